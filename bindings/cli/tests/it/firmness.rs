//! `stevigheid`.

use crate::support::{code, json, out, run};

const WORKED: [&str; 3] = ["tests/firmness/vijf.json", "--meetlat", "tests/firmness/vijf.meetlat"];

#[test]
fn the_worked_case() {
    let output = run(&[&["stevigheid"], &WORKED[..], &["--formaat", "json"]].concat());
    assert_eq!(code(&output), 0);
    let document = json(&output);
    assert_eq!(document["oordeel"]["uitkomst"], "voldoet");
    let end = |name: &str, side: &str| {
        let weights = document["gewichten"].as_array().unwrap();
        weights.iter().find(|one| one["naam"] == name).unwrap()[side]["aandeel"]["breuk"].clone()
    };
    let ends = [
        ("eerste", "ondergrens", "11/75"),
        ("tweede", "bovengrens", "9/20"),
        ("derde", "ondergrens", "1/25"),
        ("vierde", "bovengrens", "71/215"),
        ("vijfde", "bovengrens", "11/43"),
    ];
    for (name, side, share) in ends {
        assert_eq!(end(name, side), share, "{name}");
    }
    assert_eq!(document["wegingen"]["alle"]["van"], "15984/30625");
}

#[test]
fn both_names_and_languages() {
    let dutch = run(&[&["stevigheid"], &WORKED[..]].concat());
    assert!(out(&dutch).starts_with("Hoe stevig is het oordeel"), "{}", out(&dutch));
    let english = run(&[&["firmness"], &WORKED[..], &["--taal", "en"]].concat());
    assert!(out(&english).starts_with("How firm is the verdict"), "{}", out(&english));
}

#[test]
fn ends_as_the_verdict_does() {
    let open = run(&["stevigheid", "rules/voorstellen/ijsselland/spoedhulp.json"]);
    assert_eq!(code(&open), 3);
    assert!(out(&open).contains("Lezingen"));
    assert_eq!(code(&run(&["stevigheid", "tests/firmness/geen.json"])), 1);
    assert_eq!(code(&run(&["stevigheid", "-", "-"])), 2);
}
