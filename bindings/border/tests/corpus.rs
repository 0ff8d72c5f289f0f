//! The corpus: what is in it, and that its verdicts are those that people have read.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use meetlat::Date;
use meetlat::{Language, Meetlat, RuleText};
use meetlat_border::corpus::{Corpus, What};
use meetlat_border::{How, Many, Named, Rules, no_blocks};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Made once: it takes a while.
fn corpus() -> &'static Corpus {
    static ONCE: LazyLock<Corpus> = LazyLock::new(|| Corpus::make(root()).unwrap());
    &ONCE
}

#[test]
fn verdicts_are_those_of_the_cases() {
    let corpus = corpus();
    let mut seen = 0;
    for call in &corpus.calls {
        let Ok(expected) = fs::read_to_string(root().join(&call.name).join("oordeel.json")) else { continue };
        if call.what != What::Evaluate || call.language != "nl" {
            continue;
        }
        // By the library itself, whose verdict has both forms.
        let set = corpus.rules.get(&call.rules).unwrap();
        let [text] = set.texts.as_slice() else { panic!("{}", call.name) };
        let meetlat = Meetlat::load(&text.name, &text.text, |name| {
            Ok(set.blocks.get(name).map(|it| RuleText { name: it.name.clone(), text: it.text.clone() }))
        });
        let meetlat = meetlat.into_result().unwrap();
        let day = call.reference_date.as_deref().map(|day| Date::from_iso(day).unwrap());
        let given = call.proposal.as_ref().unwrap();
        let verdict = meetlat.evaluate(&meetlat.read(&given.name, &given.text, day).unwrap()).unwrap();
        assert_eq!(verdict.to_json(), expected, "{}", call.name);
        assert_eq!(verdict.to_json_line(), call.gives, "{}", call.name);
        seen += 1;
    }
    let cases = fs::read_dir(root().join("tests/cases")).unwrap().count();
    assert_eq!(seen, cases, "each case once");
}

#[test]
fn every_call_is_in_it_given_and_refused() {
    let corpus = corpus();
    let has = |what: What, good: bool| corpus.calls.iter().any(|call| call.what == what && call.good == good);
    for what in [What::Compile, What::Evaluate, What::Next, What::Improve] {
        assert!(has(what, true) && has(what, false), "{what:?}");
    }
    for what in [What::Check, What::Why, What::Firmness, What::Schema, What::EmptyProposal] {
        assert!(has(what, true), "{what:?}");
    }
    assert!(has(What::EmptyProposal, false), "a day on which no version is in force");
    for call in corpus.calls.iter().filter(|call| !call.good) {
        assert!(call.gives.contains("\"meldingen\""), "{}", call.name);
    }
}

#[test]
fn many_at_once_give_what_each_gives() {
    let text = fs::read_to_string(root().join("tests/cases/klein/regels.meetlat")).unwrap();
    let rules = Rules::compile(&[Named::new("klein.meetlat", &text)], &mut no_blocks, Language::Nl).unwrap();
    let proposals: Vec<Option<String>> = (0..300)
        .map(|n| match n % 4 {
            0 => Some(r#"{"meetlat": "klein", "antwoorden": {"gezond": "nee"}}"#.to_owned()),
            1 => Some(r#"{"meetlat": "klein", "antwoorden": {}}"#.to_owned()),
            2 => Some(r#"{"meetlat": "klein", "antwoorden": {"gezond": 1}}"#.to_owned()),
            _ => None,
        })
        .collect();
    let many = Many { name: "rij", how: How::default(), threads: None };
    let found = many.judge(&rules, &proposals, |one| one.as_deref().map(Ok), || false);
    assert_eq!(found.len(), proposals.len());
    for (found, given) in found.iter().zip(&proposals) {
        assert_eq!(found.is_some(), given.is_some());
        let (Some(found), Some(given)) = (found, given) else { continue };
        let one = rules.evaluate_with_outcome(Named::new("rij", given), &How::default());
        match (&found.verdict, one) {
            (Ok(line), Ok((expected, outcome))) => {
                assert_eq!((line, &found.outcome), (&expected, &outcome));
            }
            (Err(found), Err(expected)) => assert_eq!(*found, expected),
            _ => panic!("{given}"),
        }
    }
}
