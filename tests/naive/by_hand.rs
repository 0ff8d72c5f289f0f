//! The naive evaluator by itself: small cases whose results were worked out by hand.

use std::collections::BTreeSet;

use crate::evaluator::NotApplicable::{Always, Maybe, No};
use crate::evaluator::Status::{Fails, Holds, Lapses};
use crate::evaluator::parsing::parsed;
use crate::evaluator::{NaiveResult, NotApplicable, ScoreSet, Status, evaluate};

const HEADER: &str = "meetlat proef: \"Proef\"\n  deels telt 50%\n\n";

const VERDICT: &str = r#"
oordeel: "Goed?"
  totaal gewogen gemiddelde
  uitkomsten van goed naar slecht
    - goed: "Goed"
    - slecht: "Slecht"
  goed    als totaal is minstens 50%
  slecht  anders
"#;

/// Judges answers by rules without a header; with a plain verdict when they have none.
fn judge(rules: &str, answers: &str) -> NaiveResult {
    judged(rules, answers, 100_000).unwrap()
}

fn judged(rules: &str, answers: &str, cap: u64) -> Option<NaiveResult> {
    let verdict = if rules.contains("oordeel:") { "" } else { VERDICT };
    let proposal = format!("{{\"meetlat\": \"proef\", \"antwoorden\": {answers}}}");
    let proposal = serde_json::from_str(&proposal).unwrap();
    evaluate(&parsed(&format!("{HEADER}{rules}{verdict}")), &proposal, None, cap)
}

/// A score in percents: least, greatest, n.v.t.
fn percents(score: &ScoreSet) -> (Option<String>, Option<String>, NotApplicable) {
    let hundred = num_rational::BigRational::from_integer(100.into());
    let percent = |n: &Option<num_rational::BigRational>| n.as_ref().map(|n| (n * &hundred).to_string());
    (percent(&score.min), percent(&score.max), score.not_applicable)
}

fn range(
    min: &str,
    max: &str,
    not_applicable: NotApplicable,
) -> (Option<String>, Option<String>, NotApplicable) {
    (Some(min.to_owned()), Some(max.to_owned()), not_applicable)
}

fn outcomes(result: &NaiveResult) -> Vec<&str> {
    result.combos.iter().map(|(outcome, _)| outcome.as_str()).collect()
}

fn matters(result: &NaiveResult) -> Vec<&str> {
    result.matters.keys().map(String::as_str).collect()
}

fn only(status: Status) -> BTreeSet<Status> {
    BTreeSet::from([status])
}

/// Whether an exclusion with this condition is there, over all completions.
fn holds(questions: &str, condition: &str, answers: &str) -> BTreeSet<Status> {
    let rules = format!(
        "{questions}\nvraag punt: \"Punt?\"\n  antwoord ja of nee\n\ncriterium c: \"C\"\n  score punt\n  gewicht 1\n\n\
         uitsluiting u: \"U\"\n  als {condition}\n{}",
        VERDICT.replace("  goed    als", "  slecht als een uitsluiting geldt\n  goed    als")
    );
    judge(&rules, answers).exclusions["u"].clone()
}

const A: &str = "vraag a: \"A?\"\n  antwoord ja, deels of nee\n\n";
const B: &str = "vraag b: \"B?\"\n  antwoord ja, deels, nee of n.v.t.\n\n";

#[test]
fn answers_score_100_partly_and_0() {
    let rules = format!("{A}criterium c: \"C\"\n  score a\n  gewicht 3\n");
    for (answer, score) in [("ja", "100"), ("deels", "50"), ("nee", "0")] {
        let result = judge(&rules, &format!("{{\"a\": \"{answer}\"}}"));
        assert_eq!(percents(&result.criteria["c"]), range(score, score, No));
        assert_eq!(result.completions, 1);
    }
    let open = judge(&rules, "{}");
    assert_eq!(percents(&open.total), range("0", "100", No));
    assert_eq!(outcomes(&open), ["goed", "slecht"]);
    assert_eq!(matters(&open), ["/antwoorden/a"]);
}

#[test]
fn a_question_used_twice_varies_once() {
    let rules = format!(
        "{}criterium c: \"C\"\n  score a\n  gewicht 1\n\ncriterium d: \"D\"\n  score\n    100% als a is nee\n    0% anders\n  gewicht 1\n",
        A.replace("ja, deels of nee", "ja of nee")
    );
    let open = judge(&rules, "{}");
    assert_eq!(percents(&open.total), range("50", "50", No));
    assert_eq!(percents(&open.criteria["c"]), range("0", "100", No));
    assert_eq!(outcomes(&open), ["goed"]);
    assert!(open.matters.is_empty());
}

#[test]
fn not_applicable_drops_out_and_weights_are_rescaled() {
    let rules = format!(
        "{A}{B}criterium c: \"C\"\n  score gemiddelde van\n    - a, gewicht 3\n    - b\n  gewicht 1\n"
    );
    let given = judge(&rules, r#"{"a": "deels", "b": {"antwoord": "n.v.t.", "onderbouwing": "niet hier"}}"#);
    assert_eq!(percents(&given.total), range("50", "50", No));
    // 3/4 × 50% and from 0 to 1/4 × 100% on top.
    let open = judge(&rules, r#"{"a": "deels"}"#);
    assert_eq!(percents(&open.total), range("75/2", "125/2", No));
    assert_eq!(open.completions, 4);
}

#[test]
fn a_combination_or_total_of_nothing_is_not_applicable() {
    let rules = format!("{B}criterium c: \"C\"\n  score b\n  gewicht 1\n  eis minstens deels\n");
    let open = judge(&rules, "{}");
    assert_eq!(percents(&open.total), range("0", "100", Maybe));
    assert_eq!(open.requirements["c"], BTreeSet::from([Holds, Fails, Lapses]));
    let none = judge(&rules, r#"{"b": {"antwoord": "n.v.t.", "onderbouwing": "zie plan"}}"#);
    assert_eq!(percents(&none.total), (None, None, Always));
    // Every ordering with n.v.t. is false, so `anders` answers.
    assert_eq!(outcomes(&none), ["slecht"]);
    assert_eq!(none.requirements["c"], only(Lapses));
    assert_eq!(percents(&none.shares["c"]), (None, None, Always));
}

#[test]
fn shares_and_contributions() {
    let rules = format!(
        "{A}{B}criterium c: \"C\"\n  score a\n  gewicht 3\n\ncriterium d: \"D\"\n  score b\n  gewicht 1\n"
    );
    let open = judge(&rules, r#"{"a": "deels"}"#);
    assert_eq!(percents(&open.shares["c"]), range("75", "100", No));
    assert_eq!(percents(&open.shares["d"]), range("25", "25", Maybe));
    assert_eq!(percents(&open.contributions["c"]), range("75/2", "50", No));
    assert_eq!(percents(&open.contributions["d"]), range("0", "25", Maybe));
}

#[test]
fn an_answer_without_its_ground_is_open() {
    let rules = format!(
        "{A}  onderbouwing verplicht\n\n{B}criterium c: \"C\"\n  score hoogste van a, b\n  gewicht 1\n"
    );
    let rules = rules.replace("nee\n\n  onderbouwing", "nee\n  onderbouwing");
    let open = |answers: &str| judge(&rules, answers).open.into_iter().collect::<Vec<_>>();
    assert_eq!(open(r#"{"a": "ja", "b": "nee"}"#), ["/antwoorden/a"]);
    assert_eq!(open(r#"{"a": {"antwoord": "ja", "onderbouwing": " "}, "b": "nee"}"#), ["/antwoorden/a"]);
    assert_eq!(open(r#"{"a": {"antwoord": "ja", "onderbouwing": "zo"}, "b": "n.v.t."}"#), ["/antwoorden/b"]);
    assert_eq!(open(r#"{"a": {"antwoord": "ja", "onderbouwing": "zo"}, "b": null}"#), ["/antwoorden/b"]);
    let both = r#"{"a": {"antwoord": null, "onderbouwing": "zo"}, "b": {"niet_te_zeggen": "?"}}"#;
    assert_eq!(open(both), ["/antwoorden/a", "/antwoorden/b"]);
}

#[test]
fn highest_lowest_mean_and_share_of_yes() {
    let questions = format!("{A}{B}vraag c: \"C?\"\n  antwoord ja of nee\n\n");
    let answers = r#"{"a": "deels", "b": {"antwoord": "n.v.t.", "onderbouwing": "x"}, "c": "ja"}"#;
    for (how, score) in [("hoogste", "100"), ("laagste", "50"), ("gemiddelde", "75"), ("aandeel ja", "50")] {
        let rules = format!("{questions}criterium k: \"K\"\n  score {how} van a, b, c\n  gewicht 1\n");
        assert_eq!(percents(&judge(&rules, answers).criteria["k"]), range(score, score, No), "{how}");
    }
}

#[test]
fn only_if_false_drops_out() {
    let rules = format!(
        "{A}{B}criterium c: \"C\"\n  score a\n  gewicht 1\n\ncriterium d: \"D\"\n  score b\n  gewicht 1\n  eis minstens 100%\n  \
         alleen als a is ja\n\nvoorwaarde v: \"V\"\n  vervuld als b is ja\n  alleen als a is ja\n{}",
        VERDICT.replace(
            "  goed    als",
            "  slecht als een eis niet is gehaald\n  goed als elke voorwaarde is vervuld en"
        )
    );
    let lapsed = judge(&rules, r#"{"a": "deels", "b": "nee"}"#);
    assert_eq!(percents(&lapsed.criteria["d"]), (None, None, Always));
    assert_eq!((&lapsed.requirements["d"], &lapsed.conditions["v"]), (&only(Lapses), &only(Lapses)));
    // A lapsed condition does not stand in the way.
    assert_eq!(outcomes(&lapsed), ["goed"]);
    let there = judge(&rules, r#"{"a": "ja", "b": "nee"}"#);
    assert_eq!((&there.requirements["d"], &there.conditions["v"]), (&only(Fails), &only(Fails)));
    assert_eq!((outcomes(&there), &there.lines), (vec!["slecht"], &BTreeSet::from([1])));
}

#[test]
fn ladders_take_the_first_line_that_holds() {
    let rules = format!(
        "{A}{B}onderdeel o: \"O\"\n  score\n    n.v.t. als a is nee\n    b als a is minstens deels en b is niet n.v.t.\n    \
         30% anders\n\ncriterium c: \"C\"\n  score o\n  gewicht 1\n"
    );
    let score = |a: &str, b: &str| percents(&judge(&rules, &format!("{{\"a\": \"{a}\", \"b\": {b}}}")).total);
    assert_eq!(score("nee", "\"ja\""), (None, None, Always));
    assert_eq!(score("deels", "\"ja\""), range("100", "100", No));
    assert_eq!(score("ja", r#"{"antwoord": "n.v.t.", "onderbouwing": "x"}"#), range("30", "30", No));
    assert_eq!(percents(&judge(&rules, "{}").total), range("0", "100", Maybe));
}

const AMOUNT: &str = "vraag x: \"X?\"\n  antwoord bedrag van € 0 tot en met € 0,04\n\n";

#[test]
fn straight_lines_are_clamped() {
    let score = |line: &str, x: &str| {
        let rules = format!("{AMOUNT}criterium c: \"C\"\n  score x, {line}\n  gewicht 1\n");
        let result = judge(&rules, &format!("{{\"x\": {x}}}"));
        (percents(&result.total).0.unwrap(), percents(&result.total).1.unwrap(), result.completions)
    };
    let falling = "van 0% bij € 0,03 naar 100% bij € 0,01";
    for (x, expected) in
        [("0", "100"), ("0.01", "100"), ("0.02", "50"), ("2e-2", "50"), ("0.030", "0"), ("0.04", "0")]
    {
        assert_eq!(score(falling, x), (expected.to_owned(), expected.to_owned(), 1));
    }
    assert_eq!(score(falling, "null"), ("0".to_owned(), "100".to_owned(), 5));
    assert_eq!(score("van 20% bij € 0 naar 80% bij € 0,03", "0.01").0, "40");
}

#[test]
fn comparing_with_none_and_not_applicable() {
    let x = "vraag x: \"X?\"\n  antwoord bedrag van € 0 tot en met € 0,04 of geen of n.v.t.\n";
    let none = "{\"x\": \"geen\"}";
    for (condition, status) in [
        ("x is geen", Holds),
        ("x is niet geen", Fails),
        ("x is niet € 0,01", Holds),
        ("x is een van € 0,01, € 0,02", Fails),
        ("x is minstens € 0", Fails),
        ("niet x is minstens € 0", Holds),
        ("x is n.v.t.", Fails),
        ("x + x is minstens € 0", Fails),
        ("x + x is n.v.t.", Holds),
        ("50% van x is hoogstens € 9", Fails),
    ] {
        assert_eq!(holds(x, condition, none), only(status), "{condition}");
    }
    let lapsed = r#"{"x": {"antwoord": "n.v.t.", "onderbouwing": "x"}}"#;
    assert_eq!(holds(x, "x is n.v.t. en x is niet geen en niet x is hoogstens € 1", lapsed), only(Holds));
}

#[test]
fn percentages_are_pure_numbers() {
    let p = "vraag p: \"P?\"\n  antwoord percentage\n";
    assert_eq!(holds(p, "p is 5%", "{\"p\": 5}"), only(Holds));
    assert_eq!(holds(p, "p is meer dan 5%", "{\"p\": 5.001}"), only(Holds));
    let xy = "vraag x: \"X?\"\n  antwoord bedrag\n\nvraag y: \"Y?\"\n  antwoord bedrag vanaf € 1\n";
    assert_eq!(holds(xy, "x / y is 5%", "{\"x\": 5, \"y\": 100.00}"), only(Holds));
    assert_eq!(holds(xy, "x is 5% van y", "{\"x\": 5, \"y\": 1e2}"), only(Holds));
    assert_eq!(holds(xy, "(x + y) * 2 - y / 4 is € 185", "{\"x\": 5, \"y\": 100}"), only(Holds));
}

#[test]
fn months_are_clamped() {
    let d = "vraag d: \"D?\"\n  antwoord datum\n";
    for (date, condition) in [
        ("2020-01-31", "1 maand na d is 29 februari 2020"),
        ("2021-01-31", "1 maand na d is 28 februari 2021"),
        ("2020-02-29", "1 jaar na d is 28-02-2021"),
        ("2020-02-29", "4 jaar voor d is 29 februari 2016"),
        ("2021-03-31", "1 maand voor d is 28 februari 2021"),
        ("2021-12-31", "2 maanden na d is 28 februari 2022"),
        ("2021-01-15", "1 maand voor d is 15 december 2020"),
        ("2020-02-28", "2 dagen na d is 1 maart 2020"),
        ("2021-01-01", "1 dag voor d is 31 december 2020"),
        ("2020-12-30", "1 week na d is 6 januari 2021"),
        ("2020-12-30", "jaar van d is 2020 en jaar van 1 week na d is 2021"),
        (
            "2020-12-30",
            "d is voor 31 december 2020 en d is uiterlijk 30 december 2020 en d is vanaf 30 december 2020",
        ),
        ("2020-12-30", "niet d is na 30 december 2020"),
    ] {
        assert_eq!(holds(d, condition, &format!("{{\"d\": \"{date}\"}}")), only(Holds), "{condition}");
    }
}

#[test]
fn tables() {
    let rules = "vraag t: \"T?\"\n  antwoord een van\n    - rood\n    - groen\n\nvraag d: \"D?\"\n  antwoord datum\n\n\
                 tabel b: \"B\"\n  | t | jaar | bedrag |\n  | rood | 2020 | € 10 |\n  | groen | 2021 | € 20 |\n  anders € 1\n";
    let at = |t: &str, d: &str, condition: &str| {
        holds(rules, condition, &format!("{{\"t\": \"{t}\", \"d\": \"{d}\"}}"))
    };
    assert_eq!(at("rood", "2020-05-01", "b bij t, jaar van d is € 10"), only(Holds));
    assert_eq!(at("rood", "2021-05-01", "b bij t, jaar van d is € 1"), only(Holds));
    assert_eq!(at("rood", "2020-05-01", "b bij t, jaar van d + b bij groen, 2021 is € 30"), only(Holds));
    assert_eq!(at("groen", "2020-05-01", "€ 21 is b bij t, 2021 + b bij t, 2020"), only(Holds));
}

const LIST: &str = "vraag l: \"L?\"\n  antwoord lijst van 0 tot en met 2\n    - f: ja of nee\n    \
                    - g: bedrag van € 0 tot en met € 0,02 of geen\n";

#[test]
fn quantifiers_counts_and_sums() {
    let two = r#"{"l": [{"f": "ja", "g": 0.01}, {"f": "nee", "g": "geen"}]}"#;
    for (condition, status) in [
        ("alle l hebben g", Fails),
        ("een van l heeft g", Holds),
        ("alle l hebben f is ja", Fails),
        ("een van l heeft (f is nee en g is geen)", Holds),
        ("een van l heeft (f is ja en g is geen)", Fails),
        ("alle l hebben (f is nee of g is minstens € 0,01)", Holds),
        ("aantal l is 2", Holds),
        ("som van g in l is € 0,01", Holds),
    ] {
        assert_eq!(holds(LIST, condition, two), only(status), "{condition}");
    }
    assert_eq!(holds(LIST, "alle l hebben f is ja en som van g in l is € 0", "{\"l\": []}"), only(Holds));
    assert_eq!(holds(LIST, "een van l heeft f is ja", "{\"l\": []}"), only(Fails));
}

#[test]
fn open_lists_and_open_fields() {
    let rules = format!(
        "{LIST}\ncriterium c: \"C\"\n  score\n    100% als een van l heeft f is ja\n    0% anders\n  gewicht 1\n"
    );
    // 2 × 4 records: 1 + 8 + 64 lists.
    let open = judge(&rules, "{}");
    assert_eq!((open.completions, matters(&open)), (73, vec!["/antwoorden/l"]));
    // The length is settled, two fields are open; only one of them is read.
    let fields = judge(&rules, r#"{"l": [{"f": "nee"}, {"f": {"antwoord": null}, "g": 0}]}"#);
    assert_eq!((fields.completions, matters(&fields)), (8, vec!["/antwoorden/l/1/f"]));
    // One ja decides: the other record's field no longer matters.
    let decided = judge(&rules, r#"{"l": [{"f": "ja"}, {}]}"#);
    assert_eq!((decided.completions, matters(&decided)), (32, vec![]));
}

#[test]
fn choices_range_over_all_subsets() {
    let rules = "vraag m: \"M?\"\n  antwoord meerdere van\n    - p\n    - q\n    - r\n\ncriterium c: \"C\"\n  score\n    \
                 100% als m bevat alle van p, q\n    50% als aantal m is minstens 2\n    20% als m bevat r\n    0% anders\n  gewicht 1\n";
    let open = judge(rules, "{}");
    assert_eq!((open.completions, percents(&open.total)), (8, range("0", "100", No)));
    let total = |m: &str| percents(&judge(rules, &format!("{{\"m\": {m}}}")).total).0.unwrap();
    assert_eq!(
        (total("[]"), total("[\"r\"]"), total("[\"r\", \"p\"]")),
        ("0".into(), "20".into(), "50".into())
    );
}

#[test]
fn quantified_bullets() {
    let items = "\n    - a is ja\n    - a is minstens deels\n    - b is een van ja, n.v.t.";
    let answers = r#"{"a": "deels", "b": "ja"}"#;
    for (quantity, status) in
        [("alle van", Fails), ("minstens 2 van", Holds), ("minstens 3 van", Fails), ("geen van", Fails)]
    {
        assert_eq!(
            holds(&format!("{A}{B}"), &format!("{quantity}{items}"), answers),
            only(status),
            "{quantity}"
        );
    }
    assert_eq!(
        holds(&format!("{A}{B}"), &format!("geen van{items}"), r#"{"a": "nee", "b": "nee"}"#),
        only(Holds)
    );
}

#[test]
fn routes_are_decided_per_completion() {
    let route = "\nroute r: \"Wie?\"\n  niemand: \"Niemand\"\n    als oordeel is slecht en totaal is n.v.t.\n  team: \"Team\"\n    \
                 als oordeel is goed of a is deels\n  bestuur: \"Bestuur\"\n    anders\n";
    let rules =
        format!("{A}criterium c: \"C\"\n  score a\n  gewicht 1\n{}{route}", VERDICT.replace("50%", "75%"));
    let combo = |outcome: &str, choice: &str| (outcome.to_owned(), vec![choice.to_owned()]);
    let open = judge(&rules, "{}");
    let all = [combo("goed", "team"), combo("slecht", "bestuur"), combo("slecht", "team")];
    assert_eq!(open.combos, BTreeSet::from(all.clone()));
    let matter = &open.matters["/antwoorden/a"];
    assert!(matter.changes_outcome);
    assert_eq!(matter.classes, all.into_iter().map(|combo| BTreeSet::from([combo])).collect());
}

#[test]
fn signals_read_the_outcome() {
    let rules = format!(
        "{A}{B}criterium c: \"C\"\n  score a\n  gewicht 1\n\nsignaal s: \"S\"\n  als oordeel is niet goed\n  \
         alleen als b is niet n.v.t.\n"
    );
    assert_eq!(judge(&rules, r#"{"a": "nee", "b": "ja"}"#).signals["s"], only(Holds));
    assert_eq!(judge(&rules, r#"{"a": "nee"}"#).signals["s"], BTreeSet::from([Holds, Lapses]));
    let open = judge(&rules, "{}");
    assert_eq!(open.signals["s"], BTreeSet::from([Holds, Fails, Lapses]));
    // A signal is no outcome: b does not matter.
    assert_eq!(matters(&open), ["/antwoorden/a"]);
}

#[test]
fn the_reference_date() {
    let rules = format!(
        "{A}begrip laat: \"Laat\"\n  als 1 maand na peildatum is na 29 februari 2020\n\ncriterium c: \"C\"\n  score\n    \
         100% als laat\n    a anders\n  gewicht 1\n{VERDICT}"
    );
    let at = |date: &str| {
        let proposal = format!(
            "{{\"meetlat\": \"proef\", \"peildatum\": \"{date}\", \"antwoorden\": {{\"a\": \"nee\"}}}}"
        );
        let proposal = serde_json::from_str(&proposal).unwrap();
        percents(&evaluate(&parsed(&format!("{HEADER}{rules}")), &proposal, None, 10).unwrap().total)
            .0
            .unwrap()
    };
    assert_eq!((at("2020-01-31"), at("2020-02-01")), ("0".to_owned(), "100".to_owned()));
}

#[test]
fn terms_and_values_in_ladders() {
    let rules = format!(
        "{A}{AMOUNT}begrip ruim: \"Ruim\"\n  waarde\n    x * 2 als a is ja\n    € 0,01 anders\n\ncriterium c: \"C\"\n  \
         score ruim, van 100% bij € 0 naar 0% bij € 0,08\n  gewicht 1\n"
    );
    let total = |answers: &str| percents(&judge(&rules, answers).total);
    assert_eq!(total(r#"{"a": "ja", "x": 0.03}"#), range("25", "25", No));
    assert_eq!(total(r#"{"a": "nee", "x": 0.03}"#), range("175/2", "175/2", No));
    assert_eq!(total(r#"{"x": 0.03}"#), range("25", "175/2", No));
}

#[test]
fn amounts_together() {
    let xyz = ["x", "y", "z"].map(|name| AMOUNT.replace("vraag x", &format!("vraag {name}"))).concat();
    let within = |answers: &str| holds(&xyz, "x + y is hoogstens z", answers);
    assert_eq!(within(r#"{"x": 0.02, "y": 0.02, "z": 0.04}"#), only(Holds));
    assert_eq!(within(r#"{"x": 0.02, "z": 0.01}"#), only(Fails));
    assert_eq!(within(r#"{"x": 0.02, "z": 0.02}"#), BTreeSet::from([Holds, Fails]));
}

#[test]
fn wide_ranges_at_their_constants() {
    let x = "vraag x: \"X?\"\n  antwoord bedrag vanaf € 0\n\n";
    let c = |condition: &str| {
        format!("{x}{A}criterium c: \"C\"\n  score\n    100% als {condition}\n    a anders\n  gewicht 1\n")
    };
    let open = judge(&c("x is meer dan € 99.999,99 en x is minder dan € 100.000,01"), r#"{"a": "nee"}"#);
    assert_eq!(percents(&open.total), range("0", "100", No));
    // No amount lies between two neighbouring cents.
    let between = judge(&c("x is meer dan € 100.000 en x is minder dan € 100.000,01"), r#"{"a": "nee"}"#);
    assert_eq!(percents(&between.total), range("0", "0", No));
    // A number does lie between 1 and 1,01.
    let number = c("x is meer dan 1 en x is minder dan 1,01").replace("bedrag vanaf € 0", "getal");
    assert_eq!(percents(&judge(&number, r#"{"a": "nee"}"#).total), range("0", "100", No));
    // Read otherwise, it cannot be enumerated.
    assert_eq!(judged(&c("x + x is minstens € 1"), "{}", 1000), None);
}

#[test]
fn a_field_hides_a_question() {
    let rules = format!("{}{LIST}", "vraag f: \"F?\"\n  antwoord ja of nee\n\n");
    let answers = r#"{"f": "nee", "l": [{"f": "ja", "g": 0}]}"#;
    assert_eq!(holds(&rules, "alle l hebben f is ja", answers), only(Holds));
    // In a term, the name is the question again.
    let term = format!("{rules}\nbegrip t: \"T\"\n  als f is ja\n");
    assert_eq!(holds(&term, "alle l hebben (f is ja en t)", answers), only(Fails));
}

#[test]
fn no_result_beyond_the_cap() {
    let rules = format!("{A}{B}criterium c: \"C\"\n  score hoogste van a, b\n  gewicht 1\n");
    assert_eq!(judged(&rules, "{}", 12).map(|result| result.completions), Some(12));
    assert_eq!(judged(&rules, "{}", 11), None);
}
