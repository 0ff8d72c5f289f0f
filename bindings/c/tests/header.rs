//! `meetlat.h` is what the sources say: made anew, and compared. `MEETLAT_BLESS=1` writes it.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::Path;

use cbindgen::{Builder, Config};

#[test]
fn the_header_is_fresh() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = Config::from_file(here.join("cbindgen.toml").to_str().unwrap()).unwrap();
    let sources = ["types.rs", "blocks.rs", "rules.rs", "questions.rs"];
    let builder = Builder::new()
        .with_config(config)
        .with_header(fs::read_to_string(here.join("header.txt")).unwrap().trim_end());
    let builder = sources.iter().fold(builder, |builder, file| builder.with_src(here.join("src").join(file)));
    let mut made = Vec::new();
    builder.generate().unwrap().write(&mut made);
    let made = String::from_utf8(made).unwrap();
    let file = here.join("meetlat.h");
    if std::env::var_os("MEETLAT_BLESS").is_some() {
        fs::write(&file, &made).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(made == kept, "meetlat.h is not what the sources say: MEETLAT_BLESS=1 cargo test --test header");
}
