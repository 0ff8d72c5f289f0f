//! `docs/meldingen.md` has a section for every code, and every example in it gives its code.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use meetlat::diagnostic::Severity;
use meetlat::{Code, Diagnostics};
use meetlat::{Limits, Meetlat, RuleText, Versions};

const PAGE: &str = include_str!("../../docs/meldingen.md");
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

/// The files in an example, each after a line `# bestand: …`: the path, and the text. What stands before the first such
/// line has no path.
fn files(text: &str) -> Vec<(String, String)> {
    let mut parts = text.split("# bestand: ");
    let first = (String::new(), parts.next().unwrap().to_owned());
    let rest = parts.map(|part| {
        let (path, text) = part.split_once('\n').unwrap();
        (path.trim().to_owned(), text.to_owned())
    });
    std::iter::once(first).filter(|(_, text)| !text.is_empty()).chain(rest).collect()
}

/// An example whose first file goes into the frame; the others are building blocks.
fn found_in_blocks(frame: &str, text: &str) -> Diagnostics {
    let mut blocks = files(text);
    let (_, own) = blocks.remove(0);
    let parsed = Meetlat::load("regels.meetlat", &frame.replace(PLACE, &own), |name| {
        let path = format!("{}.meetlat", name.replace('.', "/"));
        let block = blocks.iter().find(|(known, _)| *known == path);
        Ok(block.map(|(name, text)| RuleText { name: name.clone(), text: text.clone() }))
    });
    parsed.diagnostics
}

/// An example of whole files: versions of one meetlat.
fn versions(text: &str) -> Versions {
    let read = |(name, text): &(String, String)| {
        Meetlat::parse(name, text).into_result().unwrap_or_else(|found| panic!("{name}: {:?}", codes(&found)))
    };
    let meetlatten: Vec<Meetlat> = files(text).iter().map(read).collect();
    let mut groups = Versions::group(meetlatten);
    assert_eq!(groups.len(), 1);
    groups.remove(0)
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
    let more = frame.replace(PLACE, "# andere regels\n");
    let other = Meetlat::parse("kader.meetlat", &more).into_result().unwrap();
    let overlapping = versions(&blocks(sections()["M0801"])[0].1);
    let mut wrong = String::new();
    for code in Code::ALL {
        for (words, text) in blocks(sections()[code.as_str()]) {
            let found = match words {
                "meetlat" => found_in_rules(&frame.replace(PLACE, &text)),
                "meetlat heel" => found_in_rules(&text),
                "meetlat bouwstenen" => found_in_blocks(&frame, &text),
                "meetlat versies" => versions(&text).check(),
                "json versies" => overlapping.read("voorstel.json", &text, None).err().unwrap_or_default(),
                "json andere regels" => {
                    let read = meetlat.read("voorstel.json", &text, None).unwrap();
                    other.evaluate(&read).err().unwrap_or_default()
                }
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
    gives(&frame, &Limits { rule_bytes: 10, ..limits.clone() }, Code::TextTooLong);
    gives(&frame, &Limits { declarations: 3, ..limits.clone() }, Code::TooManyDeclarations);
    let nested = "begrip b: \"B\"\n  als ((elders is ja))\n";
    gives(&frame.replace(PLACE, nested), &Limits { nesting: 1, ..limits.clone() }, Code::TooDeep);
    gives("?\n?\n?\n", &Limits { diagnostics: 1, ..limits.clone() }, Code::TooManyDiagnostics);
    let using = frame.replace(PLACE, "gebruik landelijk.jeugdwet\n");
    gives(&using, &Limits { files: 1, ..limits.clone() }, Code::TooManyFiles);
    gives(&using, &Limits { import_depth: 0, ..limits.clone() }, Code::ImportsTooDeep);
    gives(&using, &Limits { all_rule_bytes: 10, ..limits.clone() }, Code::FilesTooLong);

    let small = Limits { list_items: 1, search_steps: 1, ..limits.clone() };
    let meetlat = Meetlat::parse_with("regels.meetlat", &frame, &small).into_result().unwrap();
    let text = r#"{"meetlat": "proef", "antwoorden": {"posten": [{}, {}]}}"#;
    let found = meetlat.read("voorstel.json", text, None).unwrap_err();
    assert!(found.iter().any(|found| found.code == Code::ListTooLong), "{:?}", codes(&found));
    let found = meetlat.check_meaning();
    assert!(found.iter().any(|found| found.code == Code::SearchEnded), "{:?}", codes(&found));
}
