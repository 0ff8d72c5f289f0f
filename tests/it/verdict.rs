//! Verdicts as documents and as text, against files that people have read. `MEETLAT_BLESS=1` writes them anew: read the
//! difference before it is kept.

use std::fs;
use std::path::Path;

use meetlat::{Language, Meetlat, Verdict, document};

use crate::helpers::validator;

const RULES: &str = include_str!("../expected/buurtfonds.meetlat");
const PROPOSALS: [&str; 4] = ["buurttuin", "straatfeest", "te_laat", "leeg"];

fn meetlat() -> Meetlat {
    Meetlat::parse("map/buurtfonds.meetlat", RULES).into_result().unwrap_or_else(|found| {
        panic!("{}", meetlat::render::render(&found, Language::Nl, false));
    })
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expected"))
}

fn judged(meetlat: &Meetlat, name: &str) -> Verdict {
    judged_in(meetlat, name, Language::Nl)
}

fn judged_in(meetlat: &Meetlat, name: &str, language: Language) -> Verdict {
    let file = format!("{name}.json");
    let text = fs::read_to_string(folder().join("voorstellen").join(&file)).unwrap();
    let proposal = meetlat.read(&format!("ergens/{file}"), &text, None).unwrap_or_else(|found| {
        panic!("{}", meetlat::render::render(&found, Language::Nl, false));
    });
    meetlat.in_language(language).evaluate(&proposal).unwrap()
}

fn expect(file: &str, found: &str) {
    let path = folder().join(file);
    if std::env::var_os("MEETLAT_BLESS").is_some() {
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == found, "{file} differs; found:\n{found}");
}

#[test]
fn verdicts_are_as_expected() {
    let meetlat = meetlat();
    for name in PROPOSALS {
        let verdict = judged(&meetlat, name);
        expect(&format!("{name}.txt"), &verdict.to_text(Language::Nl));
        expect(&format!("{name}.oordeel.json"), &format!("{}\n", verdict.to_json()));
    }
}

#[test]
fn english_pages_are_as_expected() {
    let meetlat = meetlat();
    for name in PROPOSALS {
        let verdict = judged_in(&meetlat, name, Language::En);
        expect(&format!("{name}.en.txt"), &verdict.to_text(Language::En));
    }
}

#[test]
fn the_rules_have_no_warnings() {
    let meetlat = meetlat();
    let found = meetlat.warnings();
    assert!(found.is_empty(), "{}", meetlat::render::render(found, Language::Nl, false));
}

#[test]
fn a_verdict_comes_back_from_its_json_as_it_was() {
    let meetlat = meetlat();
    for name in PROPOSALS {
        let verdict = judged(&meetlat, name);
        for json in [verdict.to_json(), verdict.to_json_line()] {
            assert_eq!(serde_json::from_str::<Verdict>(&json).unwrap(), verdict, "{name}");
        }
        // Through a tree of values as well, as bindings may do it.
        let value: serde_json::Value = serde_json::from_str(&verdict.to_json()).unwrap();
        assert_eq!(
            serde_json::from_value::<Verdict>(value).unwrap().to_text(Language::Nl),
            verdict.to_text(Language::Nl)
        );
    }
}

#[test]
fn no_line_is_wider_than_a_page() {
    let meetlat = meetlat();
    let both = [Language::Nl, Language::En].into_iter();
    for (name, language) in both.flat_map(|language| PROPOSALS.map(|name| (name, language))) {
        let text = judged_in(&meetlat, name, language).to_text(language);
        // Only the table of criteria may be wider: its ranges stand in one line.
        let table = |line: &str| line.trim_start().contains("  ");
        for line in text.lines().filter(|line| line.chars().count() > 100) {
            assert!(table(line), "{name}: {line}");
        }
    }
}

#[cfg(feature = "schema")]
#[test]
fn the_schema_accepts_verdicts_and_nothing_less() {
    let schema: serde_json::Value = serde_json::from_str(&document::schema(document::Kind::Verdict)).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let meetlat = meetlat();
    for name in PROPOSALS {
        let json: serde_json::Value = serde_json::from_str(&judged(&meetlat, name).to_json()).unwrap();
        assert!(validator::accepts(&schema, &schema, &json), "{name}");
        // Every field is required, and no other is allowed.
        for key in json.as_object().unwrap().keys() {
            let mut less = json.clone();
            less.as_object_mut().unwrap().remove(key);
            assert!(!validator::accepts(&schema, &schema, &less), "{name} without {key}");
        }
        let mut more = json.clone();
        more["oordeel"]["extra"] = serde_json::Value::Null;
        assert!(!validator::accepts(&schema, &schema, &more), "{name} with more");
    }
}

#[cfg(feature = "schema")]
#[test]
fn the_schema_accepts_messages() {
    let schema: serde_json::Value = serde_json::from_str(&document::schema(document::Kind::Report)).unwrap();
    let found = Meetlat::parse("a/b.meetlat", "vraag x: \"X?\"\n  antwoord  ja of\n").diagnostics;
    assert!(!found.is_empty());
    for language in [Language::Nl, Language::En] {
        let json = meetlat::Report::new(&found, language).to_json();
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert!(validator::accepts(&schema, &schema, &json), "{json}");
        assert_eq!(json["meldingen"][0]["plaatsen"][0]["bestand"], "a/b.meetlat");
    }
}

#[test]
fn messages_show_the_source() {
    let text = "meetlat x: \"X\"\n\nvraag é: \"É?\"\n  bron nota §1\n  antwoord ja of nee\n";
    let found = Meetlat::parse("x.meetlat", text).diagnostics;
    expect("meldingen.txt", &meetlat::render::render(&found, Language::Nl, false));
    assert!(!meetlat::render::render(&found, Language::En, false).contains('\u{1b}'));
    assert!(meetlat::render::render(&found, Language::En, true).contains('\u{1b}'));
    let json =
        meetlat().read("v.json", "{\"meetlat\": \"buurtfonds\", \"antwoorden\": {\"bereik\": true}}", None);
    expect("meldingen_voorstel.txt", &meetlat::render::render(&json.unwrap_err(), Language::Nl, false));
}
