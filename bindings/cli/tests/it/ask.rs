//! `vraag`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::support::{RULES, code, folder, json, out, run, with_input};

/// An empty proposal in a folder of this test's own, and where the result comes.
fn proposal(name: &str) -> (PathBuf, PathBuf) {
    let folder = folder(name);
    let file = folder.join("plan.json");
    fs::write(&file, r#"{"meetlat": "buurtfonds", "antwoorden": {"bedrag": 1500.50}}"#).unwrap();
    (file, folder.join("plan.aangevuld.json"))
}

fn ask(file: &Path, input: &str, more: &[&str]) -> Output {
    let mut arguments = vec!["vraag", "-m", RULES, file.to_str().unwrap()];
    arguments.extend(more);
    with_input(&arguments, input)
}

#[test]
fn it_asks_until_the_verdict_is_settled() {
    let (file, filled) = proposal("vraag_vast");
    let output = ask(&file, "gisteren\n1 maart 2024\nterug\n1-1-2026\n", &[]);
    let said = out(&output);
    assert_eq!(code(&output), 0, "{said}");
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
    let judged = run(&["toets", "-m", RULES, filled.to_str().unwrap()]);
    assert_eq!(code(&judged), 0);
}

#[test]
fn what_cannot_be_said_is_not_asked_again() {
    let (file, filled) = proposal("vraag_niet_te_zeggen");
    let output = ask(&file, "niet te zeggen\nde zaal is nog niet vrij\n?\nstop\n", &[]);
    let said = out(&output);
    assert_eq!(code(&output), 3, "{said}");
    assert!(said.contains("Vraag 2 (nog 5 van belang)") && said.contains("dan nog mogelijk"), "{said}");
    assert!(fs::read_to_string(filled).unwrap().contains(r#""niet_te_zeggen": "de zaal is nog niet vrij""#));
}

#[test]
fn no_file_is_written_over_unasked() {
    let (file, filled) = proposal("vraag_bestaat");
    fs::write(&filled, "van iemand anders").unwrap();
    for input in ["1-1-2026\nnee\n", "1-1-2026\n"] {
        let output = ask(&file, input, &[]);
        assert_eq!(code(&output), 1);
        assert!(out(&output).contains("bestaat al. Overschrijven"), "{}", out(&output));
        // Nothing is lost.
        assert!(out(&output).contains(r#""start": "2026-01-01""#));
        assert_eq!(fs::read_to_string(&filled).unwrap(), "van iemand anders");
    }
    let other = filled.with_file_name("ander.json");
    let output = ask(&file, &format!("1-1-2026\n{}\n", other.display()), &[]);
    assert_eq!(code(&output), 0);
    assert!(other.exists());
    assert_eq!(code(&ask(&file, "1-1-2026\nja\n", &[])), 0);
    assert_ne!(fs::read_to_string(&filled).unwrap(), "van iemand anders");
}

#[test]
fn the_next_question_is_a_document() {
    let (file, filled) = proposal("vraag_json");
    let output = ask(&file, "", &["--formaat", "json"]);
    let next = json(&output);
    assert_eq!(next["open_vraag"]["pointer"], "/antwoorden/start");
    assert_eq!(next["nog_van_belang"], 6);
    assert_eq!(code(&output), 3);
    assert!(!filled.exists());
}

#[test]
fn nothing_answered_is_nothing_written() {
    let (file, filled) = proposal("vraag_niets");
    let output = ask(&file, "", &[]);
    assert_eq!(code(&output), 3);
    assert!(out(&output).contains("niets geschreven") && !filled.exists());
    let output = with_input(&["vraag", "-m", RULES, "-"], "{}");
    assert_eq!(code(&output), 2);
}
