//! What the smallest program leaves out, beside what its profile does.

use std::env::var;

fn main() {
    println!("cargo::rerun-if-changed=no-unwinding.ld");
    // Only the profile `small` is optimised like this; it aborts on a panic.
    if var("OPT_LEVEL").as_deref() == Ok("z") && var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        let script = format!("{}/no-unwinding.ld", env!("CARGO_MANIFEST_DIR"));
        println!("cargo::rustc-link-arg-bin=minimal-meetlat=-Wl,-T,{script}");
    }
}
