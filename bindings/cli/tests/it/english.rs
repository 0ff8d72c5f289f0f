//! `--taal en`: what commands say in English.

use std::fs;

use crate::support::{code, err, folder, out, run, text};

/// What it printed; it must have complained about nothing.
fn said(arguments: &[&str], end: i32) -> String {
    let output = run(arguments);
    assert_eq!((code(&output), err(&output).as_str()), (end, ""));
    out(&output)
}

const PROPOSAL: &str = "rules/voorstellen/ijsselland/wrap_around_care.json";

#[test]
fn a_verdict_in_english() {
    let page = said(&["toets", PROPOSAL, "--taal", "en"], 0);
    assert!(page.starts_with("Verdict: "), "{page}");
    assert!(page.contains("Reference date:  1 April 2020\n"), "{page}");
    assert!(page.ends_with("\nThis is advice, not a decision.\n"), "{page}");
    assert_eq!(page, said(&["judge", PROPOSAL, "--language", "en"], 0));
    let json = said(&["toets", PROPOSAL, "--taal", "en", "--formaat", "json"], 0);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let point = json.pointer("/oordeel/redenen/0/tekst").and_then(serde_json::Value::as_str).unwrap();
    assert!(point.starts_with("The total is "), "{point}");
}

#[test]
fn examples_in_english() {
    let folder = folder("examples_in_english");
    let file = folder.join("klein.meetlat");
    let rules = text("tests/cases/klein/regels.meetlat");
    let example = |title: &str, outcome: &str| {
        format!(
            "\nvoorbeeld \"{title}\"\n  gegeven\n    gezond  ja\n    bedrag  € 10\n  verwacht\n    oordeel  {outcome}\n"
        )
    };
    fs::write(&file, format!("{rules}{}{}", example("Goed", "voldoet"), example("Fout", "afgewezen")))
        .unwrap();
    let page = said(&["test", file.to_str().unwrap(), "--taal", "en"], 1);
    for part in [
        "  passes  Goed (line ",
        "  fails   Fout (line ",
        "      expected: oordeel afgewezen\n      found: oordeel voldoet\n",
        "    Why\n      1. The total is 100%. That is at least 70%, as \"Voldoet\" asks.\n",
        "  1 of 2 examples pass\n",
    ] {
        assert!(page.contains(part), "{part} is not in:\n{page}");
    }
}

#[test]
fn an_overview_in_english() {
    let page = said(&["overzicht", "tests/cases/klein/regels.meetlat", "--taal", "en"], 0);
    assert!(page.starts_with("# Overview of the rule files\n"), "{page}");
    let table = page.lines().find(|line| line.starts_with("| file ")).unwrap();
    assert!(table.contains("| questions |") && table.ends_with("| proposals |"), "{table}");
    assert!(page.contains(" 0 of 2 |"), "{page}");
}
