//! `docs/meldingen.md` has a section for every code, and every example in it gives its code.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use meetlat::diagnostic::{Code, Diagnostics, Severity};
use meetlat::{Limits, Meetlat};

const PAGE: &str = include_str!("../docs/meldingen.md");
const PLACE: &str = "# hier komt het voorbeeld\n";

/// The fenced blocks of a section: the words behind the fence, and the text.
fn blocks(section: &str) -> Vec<(&str, String)> {
    let mut found: Vec<(&str, String)> = Vec::new();
    let mut open = false;
    for line in section.lines() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(words) => {
                open = true;
                found.push((words, String::new()));
            }
            None if open => {
                let (_, text) = found.last_mut().unwrap();
                text.push_str(line);
                text.push('\n');
            }
            None => {}
        }
    }
    assert!(!open, "{section}");
    found
}

fn frame() -> String {
    blocks(PAGE).swap_remove(0).1
}

/// The sections, by code.
fn sections() -> BTreeMap<&'static str, &'static str> {
    let mut found = BTreeMap::new();
    for part in PAGE.split("\n### ").skip(1) {
        let part = part.split("\n## ").next().unwrap();
        let (code, _) = part.split_once(' ').unwrap();
        assert!(found.insert(code, part).is_none(), "{code} has two sections");
    }
    found
}

fn found_in_rules(text: &str) -> Diagnostics {
    let parsed = Meetlat::parse("regels.meetlat", text);
    match parsed.meetlat {
        // What a search finds is not found while reading.
        Some(meetlat) => {
            let mut all = parsed.diagnostics;
            all.extend(meetlat.check_meaning());
            all
        }
        None => parsed.diagnostics,
    }
}

fn codes(diagnostics: &Diagnostics) -> Vec<String> {
    diagnostics.iter().map(|found| format!("{} {}", found.code, found.message.nl)).collect()
}

#[test]
fn the_frame_is_sound() {
    let text = frame();
    assert!(text.contains(PLACE));
    let found = codes(&found_in_rules(&text));
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_code_has_a_section_with_cause_and_mend() {
    let sections = sections();
    for code in Code::ALL {
        let section = sections.get(code.as_str()).unwrap_or_else(|| panic!("{code} has no section"));
        assert!(section.contains("\nHerstel: "), "{code} says no mend");
        let words = code.as_str().starts_with('G') || *code == Code::SearchEnded;
        assert_eq!(blocks(section).len(), usize::from(!words), "{code}");
    }
    assert_eq!(sections.len(), Code::ALL.len());
}

#[test]
fn every_example_gives_its_code_and_no_other_error() {
    let frame = frame();
    let meetlat = Meetlat::parse("kader.meetlat", &frame).into_result().unwrap();
    let mut wrong = String::new();
    for code in Code::ALL {
        for (words, text) in blocks(sections()[code.as_str()]) {
            let found = match words {
                "meetlat" => found_in_rules(&frame.replace(PLACE, &text)),
                "meetlat heel" => found_in_rules(&text),
                "json" => meetlat.read("voorstel.json", &text, None).err().unwrap_or_default(),
                other => panic!("{code}: a block {other}"),
            };
            let gives = found.iter().any(|found| found.code == *code);
            // A line that begins with such an outcome is read as another clause: that message comes with it.
            let along = |other| (*code, other) == (Code::KeywordClash, Code::UnexpectedText);
            let others = found
                .iter()
                .any(|found| found.severity == Severity::Error && found.code != *code && !along(found.code));
            if !gives || others {
                writeln!(wrong, "{code}\n{text}gives {:#?}", codes(&found)).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_limits_give_their_codes() {
    let frame = frame();
    let limits = Limits::default();
    let gives = |text: &str, limits: &Limits, code: Code| {
        let found = Meetlat::parse_with("regels.meetlat", text, limits).diagnostics;
        assert!(found.iter().any(|found| found.code == code), "{code}: {:?}", codes(&found));
    };
    gives(&frame, &Limits { rule_bytes: 10, ..limits }, Code::TextTooLong);
    gives(&frame, &Limits { declarations: 3, ..limits }, Code::TooManyDeclarations);
    let nested = "begrip b: \"B\"\n  als ((elders is ja))\n";
    gives(&frame.replace(PLACE, nested), &Limits { nesting: 1, ..limits }, Code::TooDeep);
    gives("?\n?\n?\n", &Limits { diagnostics: 1, ..limits }, Code::TooManyDiagnostics);

    let small = Limits { list_items: 1, search_steps: 1, ..limits };
    let meetlat = Meetlat::parse_with("regels.meetlat", &frame, &small).into_result().unwrap();
    let text = r#"{"meetlat": "proef", "antwoorden": {"posten": [{}, {}]}}"#;
    let found = meetlat.read("voorstel.json", text, None).unwrap_err();
    assert!(found.iter().any(|found| found.code == Code::ListTooLong), "{:?}", codes(&found));
    let found = meetlat.check_meaning();
    assert!(found.iter().any(|found| found.code == Code::SearchEnded), "{:?}", codes(&found));
}
