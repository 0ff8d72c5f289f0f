//! `controleer`.

use std::fs;

use crate::support::{RULES, code, folder, json, out, run, text};

#[test]
fn strictness_makes_warnings_errors() {
    let folder = folder("strict");
    let rules = text(RULES);
    let path = folder.join("zonder_grond.meetlat");
    fs::write(&path, rules.replace(", aanname \"bijna de helft\"", "")).unwrap();
    let path = path.to_str().unwrap();
    let mild = run(&["controleer", path]);
    assert_eq!(code(&mild), 0, "{}", out(&mild));
    assert!(out(&mild).ends_with(": 1 waarschuwing\n"), "{}", out(&mild));
    let strict = run(&["controleer", "--streng", path, "-f", "json"]);
    assert_eq!(code(&strict), 1);
    let document = json(&strict);
    assert_eq!(document["meldingen"][0]["ernst"], "fout");
    assert_eq!(document["meldingen"][0]["code"], "M0501");
}
