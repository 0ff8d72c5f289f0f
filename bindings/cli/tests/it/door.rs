//! The command line reaches the library by the door that other crates have too.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// That it can be built without them is checked by `.ci/run`; this says where it would go wrong.
#[test]
fn the_layers_of_the_library_are_not_used() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![own.join("Cargo.toml"), own.join("build.rs")];
    sources(&own.join("src"), &mut files);
    assert!(files.len() > 20);
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        assert!(!text.contains("internals"), "{}", file.display());
    }
}
