//! Garbage and broken proposals: a fault with a place, never a panic.

use std::fs;
use std::path::Path;

use meetlat::Diagnostics;
use meetlat::Limits;
use meetlat::asked;
use meetlat::internals::proposal::read::read;
use proptest::prelude::*;

use crate::helpers::every_kind;

fn texts() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/proposals");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "json"));
    files.sort();
    files.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

fn check(text: &str) {
    let model = every_kind::model();
    let mut diagnostics = Diagnostics::new();
    let proposal = read(&model, "x.json", text, None, &Limits::default(), &mut diagnostics);
    assert_eq!(proposal.is_none(), diagnostics.has_errors());
    for diagnostic in &diagnostics {
        let place = &diagnostic.places[0];
        let (start, end) = (place.span.start as usize, place.span.end as usize);
        assert!(text.get(start..end).is_some(), "{diagnostic:?}");
        assert!(place.pointer.is_some(), "{diagnostic:?}");
        assert!(!diagnostic.message.nl.is_empty() && !diagnostic.message.en.is_empty());
    }
    if let Some(proposal) = proposal {
        assert_eq!(asked(text).meetlat.as_deref(), Some("proef"));
        for answer in &proposal.answers {
            let (start, end) = (answer.span.start as usize, answer.span.end as usize);
            assert!(text.get(start..end).is_some());
        }
    }
}

const PIECES: [&str; 34] = [
    "\"",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "true",
    "1",
    "-",
    ".",
    "e",
    "0",
    "\\",
    "\\ud800",
    "\n",
    " ",
    "\u{feff}",
    "é",
    "😀",
    "ja",
    "'",
    "“",
    "€",
    "1e999",
    "\"antwoord\":",
    "[]",
    "{}",
    "n.v.t.",
    "//",
    "\0",
    "%",
    "geen",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated(
        which in any::<prop::sample::Index>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..6, 0_usize..PIECES.len()), 1..5),
    ) {
        let texts = texts();
        let mut chars: Vec<String> = which.get(&texts).chars().map(String::from).collect();
        for (place, cut, piece) in edits {
            if chars.is_empty() { break; }
            let start = place.index(chars.len());
            let end = (start + cut).min(chars.len());
            chars.splice(start..end, [PIECES[piece].to_owned()]);
        }
        check(&chars.concat());
    }

    #[test]
    fn truncated(which in any::<prop::sample::Index>(), end in any::<prop::sample::Index>()) {
        let texts = texts();
        let chars: Vec<char> = which.get(&texts).chars().collect();
        check(&chars[..end.index(chars.len())].iter().collect::<String>());
    }

    #[test]
    fn soup(pieces in prop::collection::vec(0_usize..PIECES.len(), 0..40)) {
        check(&pieces.into_iter().map(|piece| PIECES[piece]).collect::<String>());
    }

    #[test]
    fn answers_of_the_wrong_kind(
        question in any::<prop::sample::Index>(),
        json in prop::sample::select(vec![
            "1", "-1.5", "1e400", "\"x\"", "\"\"", "[]", "[1]", "[[]]", "{}", "{\"antwoord\":[{}]}", "true",
            "[{\"indicator\":[]}]", "[{\"doel\":{\"antwoord\":null}}]", "\"n.v.t.\"", "\"geen\"", "\"2020-13-01\"",
            "{\"antwoord\":{}}", "[null]", "\"€ 1.000,50\"", "\"99999999999999999999999999999999999999\"",
        ]),
    ) {
        let model = every_kind::model();
        let name = &question.get(&model.questions).head.name;
        check(&format!("{{\"meetlat\":\"proef\",\"antwoorden\":{{\"{name}\":{json}}}}}"));
    }
}
