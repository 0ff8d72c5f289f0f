//! `vraag` and `verbeter` as a person or a script meets them.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../");
const RULES: &str = "tests/expected/buurtfonds.meetlat";
const LATE: &str = "tests/expected/voorstellen/te_laat.json";

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_meetlat"))
        .current_dir(ROOT)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Whoever ends early has closed its input.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// An empty proposal in a folder of this test's own, and where the result comes.
fn proposal(name: &str) -> (PathBuf, PathBuf) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("plan.json");
    fs::write(&file, r#"{"meetlat": "buurtfonds", "antwoorden": {"bedrag": 1500.50}}"#).unwrap();
    (file, folder.join("plan.aangevuld.json"))
}

fn ask(file: &Path, input: &str, more: &[&str]) -> Output {
    let mut arguments = vec!["vraag", "-m", RULES, file.to_str().unwrap()];
    arguments.extend(more);
    run(&arguments, input)
}

#[test]
fn it_asks_until_the_verdict_is_settled() {
    let (file, filled) = proposal("vraag_vast");
    let output = ask(&file, "gisteren\n1 maart 2024\nterug\n1-1-2026\n", &[]);
    let said = out(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("Vraag 1 (nog 6 van belang): Wanneer begint het?\n  Bron: nota §3"), "{said}");
    assert!(said.contains("dat is geen antwoord op deze vraag. Antwoord: een datum"), "{said}");
    assert!(said.contains("Het oordeel staat vast: \"Komt niet in aanmerking\"."), "{said}");
    assert_eq!(said.matches("Vraag 1 ").count(), 2, "{said}");
    let written = fs::read_to_string(&filled).unwrap();
    // What stood there stands there as it was written.
    assert!(
        written.contains(r#""bedrag": 1500.50"#) && written.contains(r#""start": "2026-01-01""#),
        "{written}"
    );
    let judged = run(&["toets", "-m", RULES, filled.to_str().unwrap()], "");
    assert_eq!(judged.status.code(), Some(0));
}

#[test]
fn what_cannot_be_said_is_not_asked_again() {
    let (file, filled) = proposal("vraag_niet_te_zeggen");
    let output = ask(&file, "niet te zeggen\nde zaal is nog niet vrij\n?\nstop\n", &[]);
    let said = out(&output);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("Vraag 2 (nog 5 van belang)") && said.contains("dan nog mogelijk"), "{said}");
    assert!(fs::read_to_string(filled).unwrap().contains(r#""niet_te_zeggen": "de zaal is nog niet vrij""#));
}

#[test]
fn no_file_is_written_over_unasked() {
    let (file, filled) = proposal("vraag_bestaat");
    fs::write(&filled, "van iemand anders").unwrap();
    for input in ["1-1-2026\nnee\n", "1-1-2026\n"] {
        let output = ask(&file, input, &[]);
        assert_eq!(output.status.code(), Some(1));
        assert!(out(&output).contains("bestaat al. Overschrijven"), "{}", out(&output));
        // Nothing is lost.
        assert!(out(&output).contains(r#""start": "2026-01-01""#));
        assert_eq!(fs::read_to_string(&filled).unwrap(), "van iemand anders");
    }
    let other = filled.with_file_name("ander.json");
    let output = ask(&file, &format!("1-1-2026\n{}\n", other.display()), &[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(other.exists());
    assert_eq!(ask(&file, "1-1-2026\nja\n", &[]).status.code(), Some(0));
    assert_ne!(fs::read_to_string(&filled).unwrap(), "van iemand anders");
}

#[test]
fn the_next_question_is_a_document() {
    let (file, filled) = proposal("vraag_json");
    let output = ask(&file, "", &["--formaat", "json"]);
    let next: Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(next["vraag"]["pointer"], "/antwoorden/start");
    assert_eq!(next["nog_van_belang"], 6);
    assert_eq!(output.status.code(), Some(3));
    assert!(!filled.exists());
}

#[test]
fn nothing_answered_is_nothing_written() {
    let (file, filled) = proposal("vraag_niets");
    let output = ask(&file, "", &[]);
    assert_eq!(output.status.code(), Some(3));
    assert!(out(&output).contains("niets geschreven") && !filled.exists());
    let output = run(&["vraag", "-m", RULES, "-"], "{}");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn it_says_what_would_improve_a_verdict() {
    let output = run(&["verbeter", "-m", RULES, LATE], "");
    let said = out(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("\"Komt in aanmerking\" staat vast na 3 nieuwe antwoorden"), "{said}");
    assert!(said.contains("Met minder lukt het niet: dat is nagegaan."), "{said}");
    let output = run(&["verbeter", "-m", RULES, LATE, "--naar", "besluit=college", "-f", "json"], "");
    let found: Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(found["doelen"][0]["route"]["naam"], "besluit");
    assert_eq!(found["doelen"][0]["richting"], "anders");
}

#[test]
fn an_unknown_target_is_told() {
    let output = run(&["verbeter", "-m", RULES, LATE, "--naar", "goedgekeurd"], "");
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("B0007") && said.contains("kies uit: toegekend, aanvullen, afgewezen"), "{said}");
}
