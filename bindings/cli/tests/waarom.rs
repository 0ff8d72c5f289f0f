//! `meetlat waarom` as a person or a script meets it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use std::process::{Command, Output, Stdio};

use serde_json::Value;

const RULES: &str = "tests/expected/buurtfonds.meetlat";
const SETTLED: &str = "tests/expected/voorstellen/te_laat.json";
const OPEN: &str = "tests/expected/voorstellen/leeg.json";

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_meetlat"));
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../"));
    command.args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn it_ends_as_the_verdict_does() {
    let settled = run(&["waarom", SETTLED, "-m", RULES]);
    assert_eq!(settled.status.code(), Some(0));
    assert!(out(&settled).contains("Dit staat al vast door het volgende, wat de rest ook is:"));
    assert!(!out(&settled).contains("Welke antwoorden al beslissen"));
    let open = run(&["why", OPEN, "-m", RULES, "-t", "en"]);
    assert_eq!(open.status.code(), Some(3));
    assert!(out(&open).contains("still open"));
    assert_eq!(run(&["waarom", "bestaat_niet.json", "-m", RULES]).status.code(), Some(1));
    assert_eq!(run(&["waarom"]).status.code(), Some(2));
}

#[test]
fn answers_on_demand_and_a_document_per_line() {
    let text = run(&["waarom", SETTLED, "-m", RULES, "--antwoorden"]);
    assert!(out(&text).contains("Welke antwoorden al beslissen"));
    let output = run(&["waarom", SETTLED, OPEN, "-m", RULES, "-f", "json", "-a"]);
    assert_eq!(output.status.code(), Some(3));
    let documents: Vec<Value> =
        out(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(documents.len(), 2);
    assert!(documents[0]["antwoorden"].is_object());
    assert!(documents[1]["punten"].is_null() && documents[1]["antwoorden"].is_null());
}

#[test]
fn a_built_in_meetlat_is_chosen_by_the_proposal() {
    let output = run(&["waarom", "rules/voorstellen/ijsselland/voorbeeld_te_laat.json", "-f", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let document: Value = serde_json::from_str(out(&output).trim()).unwrap();
    assert_eq!(document["punten"]["punten"].as_array().unwrap().len(), 1);
    assert_eq!(document["sterkste_tegen"]["soort"], "uitsluiting");
}
