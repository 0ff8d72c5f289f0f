//! Rules split over building blocks mean what they mean in one file, and broken building blocks are told. `MEETLAT_SPLIT` sets
//! how many are split, `MEETLAT_BROKEN` how many are broken.

use meetlat::diagnostic::Severity;
use meetlat::render::render;
use meetlat::{Language, Limits, Meetlat, Parsed, RuleText};
use serde_json::Value;

use crate::generate::generate;
use crate::generate::mutate::mutate;
use crate::support::setting;

/// The declarations of a text, each with the lines that belong to it.
fn declarations(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in text.trim_start_matches('\u{feff}').lines() {
        if found.is_empty() || line.starts_with(char::is_alphabetic) {
            found.push(String::new());
        }
        let last = found.last_mut().unwrap();
        last.push_str(line);
        last.push('\n');
    }
    found
}

/// Questions and tables moved into one building block, parts and terms into another that uses the first.
fn split(text: &str) -> (String, Vec<(String, String)>) {
    let all = declarations(text);
    let kind = |declaration: &str| declaration.split(' ').next().unwrap().to_owned();
    let header = all.iter().find(|d| d.starts_with("meetlat")).unwrap();
    let documents: String = header
        .lines()
        .filter(|line| line.trim_start().starts_with("bron"))
        .map(|line| format!("{line}\n"))
        .collect();
    let of = |kinds: &[&str]| -> String {
        all.iter().filter(|d| kinds.contains(&kind(d).as_str())).cloned().collect()
    };
    // A part may read a criterion, and a term too: those stay.
    let criteria: Vec<String> = all
        .iter()
        .filter_map(|d| d.strip_prefix("criterium ")?.split(':').next().map(str::to_owned))
        .collect();
    assert!(all.iter().all(|d| kind(d) != "gebruik"));
    let scores = of(&["onderdeel", "begrip"]);
    let movable = !criteria
        .iter()
        .any(|name| scores.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == name));
    let moved: &[&str] = if movable { &["onderdeel", "begrip"] } else { &[] };
    let first = format!("meetlat blok.a: \"Een\"\n{documents}\n{}", of(&["vraag", "tabel"]));
    let second = format!("meetlat blok.b: \"Twee\"\n{documents}\ngebruik blok.a\n\n{}", of(moved));
    let rest: String = all
        .iter()
        .filter(|d| !["vraag", "tabel"].contains(&kind(d).as_str()) && !moved.contains(&kind(d).as_str()))
        .cloned()
        .collect();
    let root = format!("gebruik blok.b\ngebruik blok.a\n{rest}");
    (root, vec![("blok.a".to_owned(), first), ("blok.b".to_owned(), second)])
}

/// What differs between the two by nature: files, lines, and the order in which declarations stand.
fn plain(document: &mut Value) {
    match document {
        Value::Object(entries) => {
            for (key, value) in entries {
                match key.as_str() {
                    "bestandsregel" | "bestanden" | "meldingen" => *value = Value::Null,
                    "aannames" | "let_op" => {
                        if let Value::Array(items) = value {
                            items.sort_by_key(Value::to_string);
                        }
                    }
                    _ => plain(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(plain),
        _ => {}
    }
}

#[test]
fn split_over_files_rules_mean_the_same() {
    let pairs = setting("MEETLAT_SPLIT", 300);
    for seed in 0..pairs {
        let case = generate(seed);
        let judged = |parsed: Parsed, rules: &str| -> Value {
            let meetlat = parsed.into_result().unwrap_or_else(|found| {
                panic!("seed {seed}\n{}\n{rules}", render(&found, Language::Nl, false))
            });
            let proposal = meetlat.read("voorstel.json", &case.proposal, case.reference_date).unwrap();
            let mut document = serde_json::from_str(&meetlat.evaluate(&proposal).unwrap().to_json()).unwrap();
            plain(&mut document);
            document
        };
        let whole = judged(Meetlat::parse("regels.meetlat", &case.rules), &case.rules);
        let (root, blocks) = split(&case.rules);
        let parts = Meetlat::load("regels.meetlat", &root, |name| {
            let block = blocks.iter().find(|(known, _)| known == name);
            Ok(block.map(|(name, text)| RuleText { name: name.clone(), text: text.clone() }))
        });
        let parts = judged(parts, &format!("{root}\n{blocks:#?}"));
        assert_eq!(whole, parts, "seed {seed}\n{root}\n{blocks:#?}");
    }
}

/// A host may give anything for a name.
#[test]
fn broken_building_blocks_give_diagnostics_not_panics() {
    let texts = setting("MEETLAT_BROKEN", 1_000);
    let mut faulty = 0;
    for seed in 0..texts {
        let (root, blocks) = split(&generate(seed % 300).rules);
        let root = if seed % 3 == 0 { mutate(seed, &root) } else { root };
        let limits = Limits { files: 6, ..Limits::default() };
        let parsed = Meetlat::load_with("regels.meetlat", &root, &limits, |name| {
            let place = blocks.iter().position(|(known, _)| known == name);
            let (at, text) = match place {
                Some(at) => (at, blocks[at].1.clone()),
                None if seed % 2 == 0 => return Ok(None),
                None if seed % 5 == 0 => return Err("stuk".into()),
                None => (9, format!("meetlat {name}: \"X\"\ngebruik blok.a\n{root}")),
            };
            let at = u64::try_from(at).unwrap();
            let mut text = mutate(seed * 10 + at, &text);
            if seed % 7 == at {
                text.push_str("\ngebruik blok.a\ngebruik nog.c\ngebruik regels\n");
            }
            Ok(Some(RuleText { name: format!("{name}.meetlat"), text }))
        });
        faulty += u32::from(parsed.diagnostics.has_errors());
        for diagnostic in &parsed.diagnostics {
            for place in &diagnostic.places {
                let source = parsed.diagnostics.source(place.span.source).unwrap().text();
                let (start, end) = (place.span.start as usize, place.span.end as usize);
                assert!(source.get(start..end).is_some(), "seed {seed}: {diagnostic:?}");
            }
        }
        let errors = parsed.diagnostics.iter().any(|found| found.severity == Severity::Error);
        assert_eq!(parsed.meetlat.is_none(), errors || parsed.is_block(), "seed {seed}");
        let shown = render(&parsed.diagnostics, Language::Nl, false);
        assert_eq!(shown.is_empty(), parsed.diagnostics.is_empty());
    }
    assert!(faulty * 2 > u32::try_from(texts).unwrap(), "{faulty} of {texts} have faults");
}
