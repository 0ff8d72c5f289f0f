//! `toets`: verdicts, and how it ends.

use std::fs;

use serde_json::Value;

use crate::support::{OPEN, RULES, SETTLED, code, documents, err, folder, json, out, run};

#[test]
fn verdicts_end_as_they_are() {
    let settled = run(&["toets", SETTLED, "--meetlat", RULES]);
    assert_eq!(code(&settled), 0, "{}", err(&settled));
    assert!(out(&settled).starts_with("Oordeel: Komt in aanmerking (toegekend)\n"));
    let open = run(&["judge", OPEN, "--rules", RULES, "--format", "text"]);
    assert_eq!(code(&open), 3);
    assert!(out(&open).starts_with("Oordeel: nog open."));
    let both = run(&["toets", SETTLED, OPEN, "-m", RULES]);
    assert_eq!(code(&both), 3);
    let missing = run(&["toets", OPEN, "bestaat_niet.json", SETTLED, "-m", RULES]);
    assert_eq!(code(&missing), 1);
    assert!(err(&missing).contains("bestaat_niet.json is niet te lezen"), "{}", err(&missing));
    assert!(out(&missing).contains("(toegekend)"));
}

#[test]
fn json_is_one_document_a_line_in_order() {
    let folder = folder("json");
    let broken = folder.join("stuk.json");
    fs::write(&broken, "{\"meetlat\": \"buurtfonds\", \"antwoorden\": {\"bereik\": true, \"bereid\": 1}}")
        .unwrap();
    let bytes = folder.join("geen_tekst.json");
    fs::write(&bytes, b"{\n\xff}").unwrap();
    let output = run(&[
        "toets",
        SETTLED,
        broken.to_str().unwrap(),
        "bestaat_niet.json",
        bytes.to_str().unwrap(),
        OPEN,
        "-m",
        RULES,
        "--formaat",
        "json",
    ]);
    assert_eq!(code(&output), 1);
    assert_eq!(err(&output), "");
    let documents = documents(&output);
    assert_eq!(documents.len(), 5);
    assert_eq!(documents[0]["oordeel"]["uitkomst"], "toegekend");
    let pointers: Vec<&Value> = documents[1]["meldingen"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| &message["plaatsen"][0]["pad"])
        .collect();
    assert_eq!(pointers, ["/antwoorden/bereik", "/antwoorden/bereid"]);
    assert_eq!(documents[2]["meldingen"][0]["code"], "B0001");
    assert_eq!(documents[3]["meldingen"][0]["code"], "B0002");
    assert_eq!(documents[4]["oordeel"]["status"], "open");
}

#[test]
fn a_rule_file_with_errors_gives_a_document_per_proposal() {
    let folder = folder("rules");
    let rules = folder.join("stuk.meetlat");
    fs::write(&rules, "meetlat x: \"X\"\nvraag a: \"A?\"\n  antwoord ja of\n").unwrap();
    let rules = rules.to_str().unwrap();
    let output = run(&["toets", SETTLED, OPEN, "-m", rules, "-f", "json"]);
    assert_eq!(code(&output), 1);
    assert_eq!(out(&output).lines().count(), 2);
    let text = run(&["toets", SETTLED, OPEN, "-m", rules]);
    assert_eq!(code(&text), 1);
    assert_eq!(out(&text), "");
    assert!(err(&text).starts_with("fout M"), "{}", err(&text));
    let checked = run(&["check", rules, "--language", "en"]);
    assert_eq!(code(&checked), 1);
    assert!(out(&checked).contains("error M"), "{}", out(&checked));
    let none = run(&["toets", SETTLED, "-m", "bestaat_niet.meetlat", "-f", "json"]);
    assert_eq!(code(&none), 1);
    assert_eq!(json(&none)["meldingen"][0]["code"], "B0001");
}

#[test]
fn a_closed_verdict_ends_well_and_one_that_stays_open_does_not() {
    for (case, expected) in [("afgesloten", 0), ("afgesloten_blijft_open", 3), ("verschil_maakt_uit", 3)] {
        let proposal = format!("tests/cases/{case}/voorstel.json");
        let output = run(&["toets", &proposal, "-m", "tests/cases/verschil_maakt_niet_uit/regels.meetlat"]);
        assert_eq!(code(&output), expected, "{case}: {}", err(&output));
    }
}
