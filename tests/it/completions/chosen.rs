//! Sets of options: small rules that count the options of a question and ask for some by name are judged with the question
//! open, and with every set as its answer. Each set must be in one line of one class, and give what that class leaves.
//!
//! The classes are read back from the words in the document.

use std::fmt::Write as _;

use meetlat::document::AnswerClass;
use meetlat::findings::{State, Value};
use meetlat::{Language, Meetlat, Proposal, Verdict};

use super::classes::Classes;
use crate::support::random::Random;
use crate::support::seeds;

const OPTIONS: [&str; 5] = ["p", "q", "r", "s", "t"];

#[test]
fn every_set_is_in_the_class_that_it_gives() {
    let seeds = seeds("MEETLAT_SETS", 1_500);
    let files = seeds.end - seeds.start;
    let mut open = [0; 6];
    for seed in seeds {
        let mut r = Random::new(seed);
        let options = OPTIONS.get(..r.between(2, 5).unsigned_abs() as usize).unwrap();
        let text = rules(options, &mut r);
        let meetlat = Meetlat::parse("regels.meetlat", &text).into_result();
        let meetlat = meetlat.unwrap_or_else(|found| {
            panic!("{text}\n{:?}", found.iter().map(|one| one.message.nl.clone()).collect::<Vec<_>>())
        });
        if is_right(&meetlat, options.len(), &format!("seed {seed}\n{text}")) {
            *open.get_mut(options.len()).unwrap() += 1;
        }
    }
    // The question mostly matters.
    assert!(open.iter().sum::<u64>() * 2 > files, "{open:?}");
    println!("{open:?} of {files} files");
}

/// What two rule files with a mix of counting and asking by name say, to the letter.
#[test]
fn classes_say_which_sets_they_hold() {
    let said = |condition: &str| {
        let text = page(&["p", "q", "r"], &[condition.to_owned()], false);
        let meetlat = Meetlat::parse("regels.meetlat", &text).into_result().unwrap();
        let verdict = judged(&meetlat, &meetlat.read("v.json", OPEN, None).unwrap());
        let classes = verdict.open_questions.first().map(|one| one.classes.clone()).unwrap_or_default();
        let mut said: Vec<Vec<String>> = classes.into_iter().map(|class| class.answers).collect();
        said.sort();
        said
    };
    assert_eq!(
        said("aantal wie is 2 en wie bevat p"),
        [vec!["2 gekozen, waaronder p"], vec!["zonder p", "p", "p + q + r"]]
    );
    assert_eq!(said("wie bevat p"), [["minstens p"], ["zonder p"]]);
    assert_eq!(said("wie bevat alle van p, q"), [["minstens p en q"], ["niet alle van p, q"]]);
    assert_eq!(said("wie bevat alle van p, q, r"), [["niet alle van p, q, r"], ["p + q + r"]]);
}

/// A field of a list, whose options rules are not told apart by, has a line for each set.
#[test]
fn sets_of_a_field_are_named() {
    let list = r#"
vraag dingen: "Welke dingen?"
  bron      nota §1
  antwoord  lijst van 0 tot en met 3
    - dagen: meerdere van a, b

vraag gezond:"#;
    let text = page(&["p", "q"], &["alle dingen hebben dagen bevat a".to_owned()], false);
    let text = text.replacen("\nvraag gezond:", list, 1);
    let meetlat = Meetlat::parse("regels.meetlat", &text).into_result().unwrap();
    let json = r#"{"meetlat": "keuzes", "antwoorden": {"dingen": [{"dagen": null}]}}"#;
    let verdict = judged(&meetlat, &meetlat.read("v.json", json, None).unwrap());
    let classes = &verdict.open_questions.first().unwrap().classes;
    let said = [["leeg", "b"], ["a", "a + b"]];
    assert_eq!(classes.iter().map(|class| &class.answers).collect::<Vec<_>>(), said.each_ref());
    assert_eq!(classes.iter().map(|class| &class.texts).collect::<Vec<_>>(), said.each_ref());
}

/// On the page, answers with commas of their own are kept apart.
#[test]
fn answers_on_the_page_are_kept_apart() {
    let text =
        page(&["p", "q", "r"], &["(wie bevat p en aantal wie is 2) of aantal wie is 0".to_owned()], false);
    let meetlat = Meetlat::parse("regels.meetlat", &text).into_result().unwrap();
    let open = meetlat.read("v.json", OPEN, None).unwrap();
    let said = |language: Language| {
        let text = meetlat.in_language(language).evaluate(&open).unwrap().to_text(language);
        text.lines().filter_map(|line| line.strip_prefix("     - ")).map(str::to_owned).collect::<Vec<_>>()
    };
    let [nl, en] = [Language::Nl, Language::En].map(said);
    assert!(nl.iter().any(|line| line.starts_with("leeg; of 2 gekozen, waaronder p: dan")), "{nl:?}");
    assert!(en.iter().any(|line| line.starts_with("none chosen; or 2 chosen, including p: then")), "{en:?}");
}

const OPEN: &str = r#"{"meetlat": "keuzes", "antwoorden": {}}"#;

/// Whether the question matters while it is open; then every set is looked for in the classes.
fn is_right(meetlat: &Meetlat, options: usize, what: &str) -> bool {
    let open = meetlat.read("voorstel.json", OPEN, None).unwrap();
    let verdict = judged(meetlat, &open);
    let domain = meetlat.program().domains.first().unwrap();
    let question = verdict.open_questions.iter().find(|one| one.question == "wie");
    let classes: Vec<(Vec<String>, Vec<Combination>)> =
        question.iter().flat_map(|one| &one.classes).map(|class| parts(class, &verdict)).collect();
    let read = Classes::read(domain, classes.iter().cloned());
    assert!(question.is_none_or(|one| one.classes.iter().all(|class| class.answers_more == 0)), "{what}");
    let mut all: Vec<Value> = (0..1_u64 << options).map(Value::Choices).collect();
    all.extend(domain.none.then_some(Value::None));
    all.extend(domain.not_applicable.then_some(Value::NotApplicable));
    for value in all {
        let mut proposal = open.clone();
        let state = State::Given(value);
        proposal.answers.first_mut().unwrap().state = state.clone();
        let own = meetlat.judge(&proposal).unwrap().combinations;
        if question.is_none() {
            assert_eq!(own.len(), verdict.combinations.len(), "{state:?} {what}");
            continue;
        }
        let lines = read.lines(&state);
        let told = || format!("{state:?} in {lines:?} of {:?} {what}", question.map(|one| &one.classes));
        assert_eq!(lines.iter().sum::<usize>(), 1, "{}", told());
        let at = lines.iter().position(|lines| *lines == 1).unwrap();
        let (_, left) = classes.get(at).unwrap();
        assert_eq!(*left, own, "{}", told());
    }
    question.is_some()
}

fn judged(meetlat: &Meetlat, proposal: &Proposal) -> Verdict {
    // As others read it.
    serde_json::from_str(&meetlat.evaluate(proposal).unwrap().to_json()).unwrap()
}

type Combination = (u16, Vec<u16>);

/// The words of a class of the document, and its combinations as places.
fn parts(class: &AnswerClass, verdict: &Verdict) -> (Vec<String>, Vec<Combination>) {
    assert_eq!(class.answers.len(), class.texts.len());
    let outcomes = ["hoog", "midden", "laag"];
    let combination = |at: &u32| {
        let combination = verdict.combinations.get(*at as usize).unwrap();
        let outcome = outcomes.iter().position(|one| *one == combination.outcome).unwrap();
        let route = combination.routes.first().map(|route| u16::from(route.choice == "ander"));
        (u16::try_from(outcome).unwrap(), route.into_iter().collect())
    };
    (class.answers.clone(), class.combinations.iter().map(combination).collect())
}

fn rules(options: &[&str], r: &mut Random) -> String {
    let conditions: Vec<String> = (0..3).map(|_| condition(options, r)).collect();
    page(options, &conditions, r.percent(20))
}

/// Rules of which conditions choose the outcome (the first two), and a route.
fn page(options: &[&str], conditions: &[String], special: bool) -> String {
    let mut text = String::from(
        r#"meetlat keuzes: "Keuzes"
  versie  1
  geldig  vanaf 1 januari 2024
  bron    nota: "Voorbeeldnota"
  deels telt 50%, aanname "halverwege nee en ja"

"#,
    );
    let special = if special { ", of geen" } else { "" };
    let _ = writeln!(
        text,
        "vraag wie: \"Wie doen er mee?\"\n  bron      nota §1\n  antwoord  meerdere van{special}"
    );
    for option in options {
        let _ = writeln!(text, "    - {option}");
    }
    text.push_str(
        r#"
vraag gezond: "Groeien kinderen er gezonder door op?"
  bron      nota §1
  antwoord  ja of nee

criterium stip: "Stip op de horizon"
  bron      nota §1
  score     gezond
  gewicht   1, aanname "het enige criterium"

oordeel: "Mag het worden uitgewerkt?"
  bron      nota §3
  totaal    gewogen gemiddelde, aanname "de nota kent geen totaal"
  uitkomsten van goed naar slecht
"#,
    );
    let outcomes: Vec<_> = ["hoog", "midden"].into_iter().zip(conditions).collect();
    for outcome in outcomes.iter().map(|(outcome, _)| *outcome).chain(["laag"]) {
        let _ = writeln!(text, "    - {outcome}: \"Uitkomst {outcome}\"");
    }
    for (outcome, condition) in outcomes {
        let _ = writeln!(text, "  {outcome}  als {condition}, bron nota §3");
    }
    text.push_str("  laag  anders\n");
    if let Some(condition) = conditions.get(2) {
        let _ = write!(
            text,
            "\nroute weg: \"Wie beslist?\"\n  bron nota §3\n  deze: \"Deze\"\n    als {condition}, bron nota §3\n  \
             ander: \"Ander\"\n    anders\n"
        );
    }
    text
}

fn condition(options: &[&str], r: &mut Random) -> String {
    let mut parts: Vec<String> = (0..r.between(1, 3)).map(|_| atom(options, r)).collect();
    if r.percent(25) {
        parts.push("gezond is ja".to_owned());
    }
    parts.join(if r.percent(60) { " en " } else { " of " })
}

fn atom(options: &[&str], r: &mut Random) -> String {
    let count = r.between(0, i64::try_from(options.len()).unwrap());
    let atom = match r.below(7) {
        0 => format!("aantal wie is {count}"),
        1 => format!("aantal wie is minstens {count}"),
        2 => format!("aantal wie is hoogstens {count}"),
        3 | 4 => format!("wie bevat {}", r.pick(options)),
        _ => format!("wie bevat alle van {}", r.some(options, 2, options.len()).join(", ")),
    };
    if r.percent(25) { format!("niet ({atom})") } else { atom }
}
