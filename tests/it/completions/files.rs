//! Every rule file of the repository with the proposals that are written for it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use meetlat::Date;
use meetlat::{Meetlat, Proposal};

use crate::helpers::rules;

/// A rule file, compiled once.
pub(crate) struct File {
    /// Its path, seen from the repository.
    pub(crate) name: String,
    pub(crate) meetlat: Meetlat,
    /// By what they are called; the first is empty.
    pub(crate) proposals: Vec<(String, Proposal)>,
}

/// All of `rules`, `tests/cases` and `tests/open`. Building blocks are read through the files that use them.
pub(crate) fn all() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: BTreeMap<PathBuf, File> = BTreeMap::new();
    for path in inside(&root.join("rules")) {
        if path.extension().is_some_and(|extension| extension == "meetlat") {
            add(&mut files, root, path);
        }
    }
    for region in inside(&root.join("rules/voorstellen")) {
        for proposal in inside(&region) {
            let text = fs::read_to_string(&proposal).unwrap();
            let mut read = false;
            for file in files.values_mut() {
                // A version that is not in force on the proposal's day judges it on a day of its own.
                let day = file.meetlat.model().some_day();
                let found = [None, day].into_iter().find_map(|day| file.meetlat.read("", &text, day).ok());
                read |= found.is_some();
                file.proposals.extend(found.map(|found| (shown(root, &proposal), found)));
            }
            assert!(read, "no rules for {}", proposal.display());
        }
    }
    for case in inside(&root.join("tests/cases")).into_iter().chain(inside(&root.join("tests/open"))) {
        let path = pointed(&case, "regels", "regels.meetlat");
        let file = match files.contains_key(&path) {
            true => files.get_mut(&path).unwrap(),
            false => add(&mut files, root, path),
        };
        let proposals = match case.join("voorstel").exists() {
            true => vec![pointed(&case, "voorstel", "")],
            false => inside(&case),
        };
        for proposal in proposals {
            let name = proposal.file_name().unwrap().to_string_lossy().into_owned();
            if !name.ends_with(".json") || name == "oordeel.json" {
                continue;
            }
            let day = fs::read_to_string(case.join("peildatum")).ok();
            let day = day.map(|day| Date::from_iso(day.trim()).unwrap());
            let text = fs::read_to_string(&proposal).unwrap();
            let found = file.meetlat.read("", &text, day);
            let found = found.unwrap_or_else(|found| panic!("{}: {found:?}", proposal.display()));
            file.proposals.push((shown(root, &proposal), found));
        }
    }
    files.into_values().collect()
}

fn inside(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}

/// A case's own file, or the one it points to.
fn pointed(case: &Path, pointer: &str, own: &str) -> PathBuf {
    let path = match fs::read_to_string(case.join(pointer)) {
        Ok(to) => case.join(to.trim()),
        Err(_) => case.join(own),
    };
    path.canonicalize().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn add<'f>(files: &'f mut BTreeMap<PathBuf, File>, root: &Path, path: PathBuf) -> &'f mut File {
    let text = fs::read_to_string(&path).unwrap();
    let blocks = rules::blocks(path.parent().unwrap().to_owned());
    let loaded = Meetlat::load(&path.file_name().unwrap().to_string_lossy(), &text, blocks);
    let meetlat = loaded.into_result().unwrap_or_else(|found| panic!("{}: {found:?}", path.display()));
    let model = meetlat.model();
    let day = model.some_day().or_else(|| Date::new(2024, 6, 1));
    let empty = format!(r#"{{"meetlat": "{}", "antwoorden": {{}}}}"#, meetlat.name());
    let empty = meetlat.read("", &empty, day).unwrap_or_else(|found| panic!("{}: {found:?}", path.display()));
    let name = shown(root, &path);
    files.entry(path).or_insert(File { name, meetlat, proposals: vec![("empty".to_owned(), empty)] })
}
