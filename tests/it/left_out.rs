//! A verdict does not grow without bound: what it leaves out is counted, in the document and on the page.

use std::fmt::Write as _;

use meetlat::findings::{AnswerClass, Answers, MissingRow, Number, Value};
use meetlat::{Language, Limits, Meetlat, Verdict};

fn small() -> Meetlat {
    Meetlat::parse("klein.meetlat", include_str!("../cases/klein/regels.meetlat")).into_result().unwrap()
}

const OPEN: &str = r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja"}}"#;

fn pages(meetlat: &Meetlat, json: &str) -> (Verdict, [String; 2]) {
    let proposal = meetlat.read("voorstel.json", json, None).unwrap();
    // Lines are broken where they get long.
    let page = |language: Language| {
        let page = meetlat.in_language(language).evaluate(&proposal).unwrap().to_text(language);
        page.replace("\n       ", " ")
    };
    (meetlat.evaluate(&proposal).unwrap(), [page(Language::Nl), page(Language::En)])
}

#[test]
fn nothing_is_left_out_of_a_small_verdict() {
    let (verdict, [nl, en]) = pages(&small(), OPEN);
    assert_eq!((verdict.combinations_more, verdict.missing_rows_more), (0, 0));
    assert_eq!(verdict.open_questions[0].classes_more, 0);
    assert!(!nl.contains(" meer\n") && !en.contains(" more\n"), "{nl}{en}");
}

#[test]
fn classes_and_combinations_beyond_the_limit_are_counted() {
    let limits = Limits { classes: 1, combinations: 1, ..Limits::default() };
    let (verdict, [nl, en]) = pages(&small().with_limits(limits), OPEN);
    // Both outcomes stay possible, whatever is listed.
    assert_eq!(verdict.outcome.possible, ["voldoet", "afgewezen"]);
    assert_eq!((verdict.combinations.len(), verdict.combinations_more), (1, 1));
    let open = &verdict.open_questions[0];
    assert_eq!((open.classes.len(), open.classes_more), (1, 1));
    let left: usize = open.classes.iter().map(|class| class.combinations.len()).sum();
    let more: u64 = open.classes.iter().map(|class| class.combinations_more).sum();
    assert_eq!((left as u64) + more, 1);
    assert!(nl.contains("- en 1 meer\n"), "{nl}");
    assert!(en.contains("- and 1 more\n"), "{en}");
    let document: serde_json::Value = serde_json::from_str(&verdict.to_json()).unwrap();
    assert_eq!(document["combinaties_meer"], 1);
    assert_eq!(document["open_vragen"][0]["klassen_meer"], 1);
}

/// A route that hangs on one question, with many choices.
fn routed(choices: u32) -> String {
    let mut text = include_str!("../cases/klein/regels.meetlat").to_owned();
    text.push_str("\nroute wie: \"Wie beslist?\"\n  bron nota §3\n");
    for at in 1..choices {
        let least = (choices - at) * 100;
        writeln!(text, "  k{at}: \"Keuze {at}\"\n    als bedrag is minstens € {least}, bron nota §3")
            .unwrap();
    }
    text.push_str("  k0: \"Keuze 0\"\n    anders\n");
    text
}

#[test]
fn what_is_left_out_says_nothing_about_routes() {
    let rules = routed(30);
    let meetlat = Meetlat::parse("klein.meetlat", &rules).into_result().unwrap_or_else(|found| {
        panic!("{:?}", found.iter().map(|one| one.message.nl.clone()).collect::<Vec<_>>())
    });
    let json = r#"{"meetlat": "klein", "antwoorden": {"gezond": "nee"}}"#;
    let (whole, [nl, _]) = pages(&meetlat, json);
    assert_eq!((whole.combinations.len(), whole.combinations_more), (30, 0));
    assert_eq!(whole.open_questions[0].classes.len(), 30);
    assert!(!nl.contains("meer mogelijk"), "{nl}");

    let (bounded, [nl, en]) =
        pages(&meetlat.with_limits(Limits { classes: 50, combinations: 10, ..Limits::default() }), json);
    assert_eq!((bounded.combinations.len(), bounded.combinations_more), (10, 20));
    let classes = &bounded.open_questions[0].classes;
    for class in classes {
        assert!(class.combinations.iter().all(|at| *at < 10));
        assert_eq!(class.combinations.len() as u64 + class.combinations_more, 1);
    }
    assert_eq!(classes.iter().map(|class| class.combinations_more).sum::<u64>(), 20);
    assert_eq!(bounded.routes[0].possible.len(), 30);
    assert!(nl.contains("er blijft meer mogelijk dan hier staat"), "{nl}");
    assert!(en.contains("more stays possible than is listed here"), "{en}");
}

#[test]
fn missing_rows_and_what_an_engine_left_out_are_told() {
    let meetlat = small();
    let proposal = meetlat.read("voorstel.json", OPEN, None).unwrap();
    let mut judgement = meetlat.judge(&proposal).unwrap();
    let keys = vec![Some(Value::Number(Number::whole(7))), None];
    judgement.missing_rows = vec![MissingRow { table: "norm".to_owned(), keys }];
    judgement.missing_rows_more = 999_954;
    judgement.combinations_more = 12;
    judgement.open[0].classes_more = 3_000;
    judgement.open[0].classes.push(AnswerClass {
        answers_more: 0,
        answers: vec![Answers::Only(Value::Number(Number::ONE))],
        outcomes: vec![0, 1],
        combinations: judgement.combinations.clone(),
        combinations_more: 12,
    });
    let verdict = meetlat.in_language(Language::Nl).verdict(&proposal, &judgement).unwrap();
    assert_eq!((verdict.missing_rows.len(), verdict.missing_rows_more), (1, 999_954));
    assert_eq!(verdict.missing_rows[0].keys, ["7", "iets dat niet in de tabel staat"]);
    assert_eq!(verdict.combinations_more, 12);
    assert_eq!(verdict.open_questions[0].classes_more, 3_000);
    assert_eq!(verdict.open_questions[0].classes.last().unwrap().combinations_more, 12);
    let page = verdict.to_text(Language::Nl);
    assert!(page.contains("- en 999.954 meer\n") && page.contains("- en 3.000 meer\n"), "{page}");
    let english =
        meetlat.in_language(Language::En).verdict(&proposal, &judgement).unwrap().to_text(Language::En);
    assert!(english.contains("- and 999,954 more\n"), "{english}");
    // What was read back is what was written.
    let again: Verdict = serde_json::from_str(&verdict.to_json_line()).unwrap();
    assert_eq!(again.to_json_line(), verdict.to_json_line());
}
