//! The rule files of the project with the building blocks they use.

use std::fs;
use std::path::{Path, PathBuf};

use meetlat::RuleText;
use meetlat::Text;

/// The folder of the project's rule files.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")
}

/// Finds building blocks under a folder: `a.b` is `a/b.meetlat`.
pub(crate) fn blocks(folder: PathBuf) -> impl FnMut(&str) -> Result<Option<RuleText>, Text> {
    move |block| {
        let name = format!("{}.meetlat", block.replace('.', "/"));
        Ok(fs::read_to_string(folder.join(&name)).ok().map(|text| RuleText { name, text }))
    }
}
