//! The types of the documents for TypeScript and Python, made from their schemas. `MEETLAT_BLESS=1` writes the files anew; a file
//! that is not what the schemas give is a failure.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

#[path = "types/model.rs"]
mod model;
#[path = "types/python.rs"]
mod python;
#[path = "types/typescript.rs"]
mod typescript;

use std::fs;
use std::path::Path;

fn is(file: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
    if std::env::var_os("MEETLAT_BLESS").is_some() {
        fs::write(&path, made).unwrap();
    }
    let stands = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stands == made,
        "bindings/{file} is stale: MEETLAT_BLESS=1 cargo test -p meetlat-border --test types"
    );
}

#[test]
fn typescript_has_the_types_of_the_schemas() {
    is("js/ts/documents.ts", &typescript::write(&model::read()));
}

#[test]
fn python_has_the_types_of_the_schemas() {
    is("python/python/meetlat/documents.py", &python::write(&model::read()));
}
