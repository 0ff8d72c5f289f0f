//! The rule files inside the binary.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{ROOT, code, err, folder, json, meetlat, out, run, with_input};

#[test]
fn what_is_built_in_goes_by_name() {
    // Two versions go by this name, so it takes a date.
    let undated = run(&["leeg", "ijsselland"]);
    assert_eq!(code(&undated), 1);
    assert!(err(&undated).contains("V0212") || out(&undated).contains("V0212"), "{}", out(&undated));
    let empty = run(&["leeg", "ijsselland", "--peildatum", "2020-04-01"]);
    assert_eq!(code(&empty), 0, "{}", err(&empty));
    let document = json(&empty);
    assert_eq!(document["meetlat"], "ijsselland");
    let judged = run(&["toets", "rules/voorstellen/ijsselland/wrap_around_care.json", "-f", "json"]);
    assert_eq!(code(&judged), 0);
    let unknown = with_input(&["toets", "-"], b"{\"meetlat\": \"elders\", \"antwoorden\": {}}");
    assert_eq!(code(&unknown), 1);
    assert!(err(&unknown).contains("\"elders\"") && err(&unknown).contains("--meetlat"), "{}", err(&unknown));
    let broken = with_input(&["toets", "-", "-f", "json"], b"{");
    assert_eq!(code(&broken), 1);
    assert_eq!(json(&broken)["meldingen"][0]["code"], "V0101");
}

/// Every rule file of the project is inside the binary: by name when it judges, by its path when it is used.
#[test]
fn everything_under_rules_is_built_in() {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "meetlat") {
                found.push(path);
            }
        }
    }
    let mut files = Vec::new();
    collect(&Path::new(ROOT).join("rules"), &mut files);
    assert!(!files.is_empty());
    let elsewhere = folder("nergens");
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let name = meetlat::rule_files::header_name(&text).unwrap().to_owned();
        let output =
            meetlat().current_dir(&elsewhere).args(["controleer", &name, "-f", "json"]).output().unwrap();
        assert_eq!(code(&output), 0, "{name}: {}{}", out(&output), err(&output));
        assert!(!out(&output).is_empty());
    }
}
