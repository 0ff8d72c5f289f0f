//! Cases as files: rules, a proposal, and the verdict that people have read. `MEETLAT_BLESS=1` writes the verdicts
//! anew: read the difference before it is kept.
//!
//! A case holds `regels.meetlat` and `voorstel.json`, or instead of either a file `regels` or `voorstel` with the path,
//! seen from the case, of the one to use. Building blocks lie beside the rules. A file `peildatum` holds the day to judge
//! it for, where that is not the proposal's own. A case with a file `oordeel.txt` shows the verdict as text too.

use std::fs;
use std::path::{Path, PathBuf};

use meetlat::Date;
use meetlat::render::render;
use meetlat::{Diagnostics, Language, Meetlat, Verdict};

use crate::helpers::rules;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<_> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.is_dir());
    cases.sort();
    assert!(!cases.is_empty(), "no cases");
    cases
}

/// The file's folder, name and text: the case's own, or the one it points to.
fn text(case: &Path, pointer: &str, own: &str) -> (PathBuf, String, String) {
    let path = match fs::read_to_string(case.join(pointer)) {
        Ok(to) => case.join(to.trim()),
        Err(_) => case.join(own),
    };
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let folder = path.parent().unwrap().to_owned();
    (folder, path.file_name().unwrap().to_string_lossy().into_owned(), text)
}

fn fail(case: &Path, found: &Diagnostics) -> ! {
    panic!("{}:\n{}", case.display(), render(found, Language::Nl, false));
}

fn judged(case: &Path) -> Verdict {
    let (folder, name, rules) = text(case, "regels", "regels.meetlat");
    let loaded = Meetlat::load(&name, &rules, rules::blocks(folder));
    let meetlat = loaded.into_result().unwrap_or_else(|found| fail(case, &found));
    let (_, name, proposal) = text(case, "voorstel", "voorstel.json");
    let day = fs::read_to_string(case.join("peildatum")).ok();
    let day = day.map(|day| Date::from_iso(day.trim()).unwrap());
    let proposal = meetlat.read(&name, &proposal, day).unwrap_or_else(|found| fail(case, &found));
    meetlat.evaluate(&proposal).unwrap()
}

#[test]
fn every_case_gives_its_verdict() {
    let mut differing = Vec::new();
    for case in cases() {
        let verdict = judged(&case);
        let mut files = vec![(case.join("oordeel.json"), verdict.to_json())];
        if case.join("oordeel.txt").exists() {
            files.push((case.join("oordeel.txt"), verdict.to_text(Language::Nl)));
        }
        for (path, found) in files {
            if std::env::var_os("MEETLAT_BLESS").is_some() {
                fs::write(&path, &found).unwrap();
            }
            let expected = fs::read_to_string(&path).unwrap_or_default();
            if expected == found {
                continue;
            }
            let at = expected.lines().zip(found.lines()).position(|(a, b)| a != b);
            let line = at.unwrap_or_else(|| expected.lines().count().min(found.lines().count()));
            differing.push(format!(
                "{}: line {}\n  expected: {}\n  found:    {}",
                path.display(),
                line + 1,
                expected.lines().nth(line).unwrap_or("(nothing)"),
                found.lines().nth(line).unwrap_or("(nothing)"),
            ));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn no_case_is_provisional() {
    for case in cases() {
        let verdict = judged(&case);
        assert!(verdict.outcome.provisional.is_none() && verdict.outcome.exact, "{}", case.display());
    }
}

#[test]
fn every_proposal_of_the_project_is_a_case() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seen = 0;
    for region in fs::read_dir(root.join("rules/voorstellen")).unwrap() {
        let region = region.unwrap().path();
        let name = region.file_name().unwrap().to_string_lossy().into_owned();
        for proposal in fs::read_dir(&region).unwrap() {
            let proposal = proposal.unwrap().path();
            let case = folder().join(format!("{name}_{}", proposal.file_stem().unwrap().to_string_lossy()));
            let pointer = fs::read_to_string(case.join("voorstel")).unwrap_or_default();
            let meant = case.join(pointer.trim()).canonicalize().unwrap_or_default();
            assert_eq!(meant, proposal.canonicalize().unwrap(), "no case for {}", proposal.display());
            seen += 1;
        }
    }
    assert!(seen >= 8, "{seen}");
}
