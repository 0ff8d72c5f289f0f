//! Every limit: what is exactly at it passes, one more does not.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use meetlat::diagnostic::{Code, Diagnostics};
use meetlat::{Limits, Meetlat};

const PAGE: &str = include_str!("../docs/meldingen.md");
const PLACE: &str = "# hier komt het voorbeeld\n";

/// The rules that the examples of the page are read in.
fn frame() -> String {
    let (_, rest) = PAGE.split_once("```meetlat kader\n").unwrap();
    let (frame, _) = rest.split_once("```").unwrap();
    frame.to_owned()
}

fn count(diagnostics: &Diagnostics, code: Code) -> usize {
    diagnostics.iter().filter(|found| found.code == code).count()
}

/// How often the rules give a code, within a limit and within one that is one smaller.
fn at_and_past(text: &str, code: Code, most: usize, limits: impl Fn(usize) -> Limits) {
    let given = |most| count(&Meetlat::parse_with("regels.meetlat", text, &limits(most)).diagnostics, code);
    assert_eq!((given(most), given(most - 1)), (0, 1), "{code} at {most}");
}

fn default() -> Limits {
    Limits::default()
}

#[test]
fn rule_bytes() {
    let text = frame();
    at_and_past(&text, Code::TextTooLong, text.len(), |rule_bytes| Limits { rule_bytes, ..default() });
}

#[test]
fn proposal_bytes() {
    let text = r#"{"meetlat": "proef", "antwoorden": {"elders": "ja"}}"#;
    let read = |proposal_bytes| {
        let limits = Limits { proposal_bytes, ..default() };
        let meetlat = Meetlat::parse_with("regels.meetlat", &frame(), &limits).into_result().unwrap();
        meetlat.read("voorstel.json", text, None)
    };
    assert!(read(text.len()).is_ok());
    assert_eq!(count(&read(text.len() - 1).unwrap_err(), Code::TextTooLong), 1);
}

#[test]
fn nesting() {
    let nested = |depth: usize| {
        let term = format!("begrip b: \"B\"\n  als {}elders is ja{}\n", "(".repeat(depth), ")".repeat(depth));
        frame().replace(PLACE, &term)
    };
    for depth in [1, 5, 64] {
        at_and_past(&nested(depth), Code::TooDeep, depth, |nesting| Limits { nesting, ..default() });
    }
    // Above 64 it counts as 64.
    let wide = Limits { nesting: usize::MAX, ..default() };
    let found = Meetlat::parse_with("regels.meetlat", &nested(65), &wide).diagnostics;
    assert_eq!(count(&found, Code::TooDeep), 1);
}

#[test]
fn declarations() {
    let text = frame();
    let count = text.lines().filter(|line| line.starts_with(char::is_alphabetic)).count();
    let limits = |declarations| Limits { declarations, ..default() };
    at_and_past(&text, Code::TooManyDeclarations, count, limits);
}

#[test]
fn list_items() {
    let text = r#"{"meetlat": "proef", "antwoorden": {"posten": [{}, {}, {}]}}"#;
    let read = |list_items| {
        let limits = Limits { list_items, ..default() };
        let meetlat = Meetlat::parse_with("regels.meetlat", &frame(), &limits).into_result().unwrap();
        meetlat.read("voorstel.json", text, None)
    };
    assert!(read(3).is_ok());
    assert_eq!(count(&read(2).unwrap_err(), Code::ListTooLong), 1);
}

#[test]
fn diagnostics() {
    // Three faults in the rules, and three in a proposal.
    let wrong = "als gezont is ja of elderz is ja of temaa is inkoop";
    let term = format!("signaal s: \"Let op\"\n  bron plan §2\n  {wrong}\n");
    let text = frame().replace(PLACE, &term);
    let limits = |diagnostics| Limits { diagnostics, ..default() };
    at_and_past(&text, Code::TooManyDiagnostics, 3, limits);
    let shown = Meetlat::parse_with("regels.meetlat", &text, &limits(2)).diagnostics;
    assert_eq!(shown.len(), 3);
}

#[test]
fn diagnostics_of_a_proposal() {
    let limits = |diagnostics| Limits { diagnostics, ..default() };
    let text = r#"{"meetlat": "proef", "antwoorden": {"a": 1, "b": 1, "c": 1}}"#;
    let read = |most| {
        let meetlat = Meetlat::parse_with("regels.meetlat", &frame(), &limits(most)).into_result().unwrap();
        meetlat.read("voorstel.json", text, None).unwrap_err()
    };
    assert_eq!(count(&read(3), Code::TooManyDiagnostics), 0);
    assert_eq!(count(&read(2), Code::TooManyDiagnostics), 1);
    assert_eq!(read(2).len(), 3);
}

#[test]
fn program_nodes() {
    let limits = Limits { program_nodes: 1, ..default() };
    let found = Meetlat::parse_with("regels.meetlat", &frame(), &limits).diagnostics;
    assert_eq!(count(&found, Code::ProgramTooLarge), 1);
}

#[test]
fn search_steps() {
    let ends = |search_steps| {
        let limits = Limits { search_steps, ..default() };
        let meetlat = Meetlat::parse_with("regels.meetlat", &frame(), &limits).into_result().unwrap();
        count(&meetlat.check_meaning(), Code::SearchEnded) > 0
    };
    // The least that is enough: below it a search ends, from there on none does.
    let enough = (1..10_000).find(|steps| !ends(*steps)).unwrap();
    assert!(enough > 1);
    assert!(!ends(enough + 1) && !ends(default().search_steps));
}
