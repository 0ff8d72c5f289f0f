//! `waarom`.

use crate::support::{RULES, code, documents, json, out, run};

const LATE: &str = "tests/expected/voorstellen/te_laat.json";
const EMPTY: &str = "tests/expected/voorstellen/leeg.json";

#[test]
fn it_ends_as_the_verdict_does() {
    let settled = run(&["waarom", LATE, "-m", RULES]);
    assert_eq!(code(&settled), 0);
    assert!(out(&settled).contains("Dit staat al vast door het volgende, wat de rest ook is:"));
    assert!(!out(&settled).contains("Welke antwoorden al beslissen"));
    let open = run(&["why", EMPTY, "-m", RULES, "-t", "en"]);
    assert_eq!(code(&open), 3);
    assert!(out(&open).contains("still open"));
    assert_eq!(code(&run(&["waarom", "bestaat_niet.json", "-m", RULES])), 1);
    assert_eq!(code(&run(&["waarom"])), 2);
}

#[test]
fn answers_on_demand_and_a_document_per_line() {
    let text = run(&["waarom", LATE, "-m", RULES, "--antwoorden"]);
    assert!(out(&text).contains("Welke antwoorden al beslissen"));
    let output = run(&["waarom", LATE, EMPTY, "-m", RULES, "-f", "json", "-a"]);
    assert_eq!(code(&output), 3);
    let documents = documents(&output);
    assert_eq!(documents.len(), 2);
    assert!(documents[0]["beslissende_antwoorden"].is_object());
    assert!(documents[1]["beslissende_punten"].is_null() && documents[1]["beslissende_antwoorden"].is_null());
}

#[test]
fn a_built_in_meetlat_is_chosen_by_the_proposal() {
    let output = run(&["waarom", "rules/voorstellen/ijsselland/voorbeeld_te_laat.json", "-f", "json"]);
    assert_eq!(code(&output), 0);
    let document = json(&output);
    assert_eq!(document["beslissende_punten"]["punten"].as_array().unwrap().len(), 1);
    assert_eq!(document["sterkste_tegen"]["soort"], "uitsluiting");
}
