//! `verbeter`.

use crate::support::{RULES, code, err, json, out, run};

const LATE: &str = "tests/expected/voorstellen/te_laat.json";

#[test]
fn it_says_what_would_improve_a_verdict() {
    let output = run(&["verbeter", "-m", RULES, LATE]);
    let said = out(&output);
    assert_eq!(code(&output), 0, "{said}");
    assert!(said.contains("\"Komt in aanmerking\" staat vast na 3 nieuwe antwoorden"), "{said}");
    assert!(said.contains("Met minder lukt het niet: dat is nagegaan."), "{said}");
    let output = run(&["verbeter", "-m", RULES, LATE, "--naar", "besluit=college", "-f", "json"]);
    let found = json(&output);
    assert_eq!(found["doelen"][0]["route"], "besluit");
    assert_eq!(found["doelen"][0]["richting"], "anders");
}

#[test]
fn an_unknown_target_is_told() {
    let output = run(&["verbeter", "-m", RULES, LATE, "--naar", "goedgekeurd"]);
    let said = err(&output);
    assert_eq!(code(&output), 2);
    assert!(said.contains("B0007") && said.contains("kies uit: toegekend, aanvullen, afgewezen"), "{said}");
}
