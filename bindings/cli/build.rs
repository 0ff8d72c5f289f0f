//! Puts every rule file under `rules/` into the binary: none can be forgotten.
#![allow(clippy::print_stdout, reason = "this is how a build script talks to cargo")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

fn main() -> io::Result<()> {
    let here = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let rules = here.join("../../rules").canonicalize()?;
    let mut found = Vec::new();
    collect(&rules, &mut found)?;
    found.sort();
    let mut code = String::from("&[\n");
    for path in &found {
        let inside = path.strip_prefix(&rules).unwrap_or(path);
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        let whole = path.display().to_string();
        code.push_str(&format!("    ({:?}, include_str!({whole:?})),\n", parts.join("/")));
    }
    code.push_str("]\n");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("builtin.rs"), code)
}

/// The rule files in a folder and the folders below it.
fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "meetlat") {
            found.push(path);
        }
    }
    Ok(())
}
