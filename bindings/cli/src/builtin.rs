//! The rule files inside the binary: all that stand under `rules/`.

use meetlat::load::{header_name, judges};

/// The path under `rules/`, with `/` between folders, and the text.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

/// A rule file inside the binary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Builtin {
    /// Its path under `rules/`.
    pub(crate) path: &'static str,
    pub(crate) text: &'static str,
}

fn all() -> impl Iterator<Item = Builtin> {
    FILES.iter().map(|&(path, text)| Builtin { path, text })
}

/// Those that judge, by the name in their header, in the order of their paths: the versions of one meetlat.
pub(crate) fn named(name: &str) -> Vec<Builtin> {
    all().filter(|file| header_name(file.text) == Some(name) && judges(file.text)).collect()
}

/// The same, or the building block of that name.
pub(crate) fn named_or_block(name: &str) -> Vec<Builtin> {
    let judging = named(name);
    if !judging.is_empty() {
        return judging;
    }
    at(&format!("{}.meetlat", name.replace('.', "/"))).into_iter().collect()
}

/// The one at a path under `rules/`.
pub(crate) fn at(path: &str) -> Option<Builtin> {
    all().find(|file| file.path == path)
}

/// The names of those that judge, each once, in order.
pub(crate) fn names() -> Vec<&'static str> {
    let judging = all().filter(|file| judges(file.text));
    let mut names: Vec<&str> = judging.filter_map(|file| header_name(file.text)).collect();
    names.sort_unstable();
    names.dedup();
    names
}
