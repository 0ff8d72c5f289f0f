//! Every limit: what is exactly at it passes, one more does not.

use std::fmt::Write as _;

use meetlat::{Code, Diagnostics};
use meetlat::{Limits, Meetlat, RuleText};

const PAGE: &str = include_str!("../../docs/meldingen.md");
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

/// Each value is the square of the one before: a step more doubles the digits.
#[test]
fn number_digits() {
    let squares = |count: usize| {
        let mut values =
            "vraag n: \"N?\"\n  aanname \"a\"\n  antwoord heel getal van 0 tot en met 3\n\n".to_owned();
        values += "begrip k0: \"K\"\n  aanname \"a\"\n  waarde n + 1\n\n";
        for at in 1..count {
            let before = at - 1;
            let _ =
                write!(values, "begrip k{at}: \"K\"\n  aanname \"a\"\n  waarde k{before} * k{before}\n\n");
        }
        let last = count - 1;
        let _ = write!(values, "begrip klaar: \"K\"\n  aanname \"a\"\n  als k{last} is meer dan 5\n\n");
        Meetlat::parse("regels.meetlat", &frame().replace(PLACE, &values)).diagnostics
    };
    assert_eq!(count(&squares(8), Code::NumbersTooLong), 0);
    assert_eq!(count(&squares(40), Code::NumbersTooLong), 1);
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

/// Rules that use the first of a chain of building blocks, each of which uses the next; the last is not there.
fn chain(links: usize, limits: &Limits) -> Diagnostics {
    let text = frame().replace(PLACE, "gebruik b1\n");
    let parsed = Meetlat::load_with("regels.meetlat", &text, limits, |name| {
        let at: usize = name.strip_prefix('b').unwrap().parse().unwrap();
        let next = if at < links { format!("gebruik b{}\n", at + 1) } else { String::new() };
        let text = format!("meetlat b{at}: \"B\"\n{next}");
        Ok(Some(RuleText { name: format!("b{at}.meetlat"), text }))
    });
    parsed.diagnostics
}

#[test]
fn files() {
    // The rule file counts too.
    let given = |files| count(&chain(3, &Limits { files, ..default() }), Code::TooManyFiles);
    assert_eq!((given(4), given(3), given(1)), (0, 1, 1));
    assert!(chain(3, &Limits { files: 4, ..default() }).is_empty());
}

#[test]
fn import_depth() {
    let given = |import_depth| count(&chain(5, &Limits { import_depth, ..default() }), Code::ImportsTooDeep);
    assert_eq!((given(5), given(4), given(0)), (0, 1, 1));
    // A second, shorter way counts: the block is two deep, not three.
    let text = frame().replace(PLACE, "gebruik a\ngebruik c\n");
    let limits = Limits { import_depth: 2, ..default() };
    let parsed = Meetlat::load_with("regels.meetlat", &text, &limits, |name| {
        let next = match name {
            "a" => "gebruik b\n",
            "b" | "c" => "gebruik d\n",
            _ => "",
        };
        Ok(Some(RuleText { name: name.to_owned(), text: format!("meetlat {name}: \"B\"\n{next}") }))
    });
    assert!(parsed.diagnostics.is_empty());
}

#[test]
fn all_rule_bytes() {
    let block = "meetlat b: \"B\"\n";
    let text = frame().replace(PLACE, "gebruik b\n");
    let given = |all_rule_bytes| {
        let limits = Limits { all_rule_bytes, ..default() };
        let parsed = Meetlat::load_with("regels.meetlat", &text, &limits, |name| {
            Ok(Some(RuleText { name: name.to_owned(), text: block.to_owned() }))
        });
        count(&parsed.diagnostics, Code::FilesTooLong)
    };
    let all = text.len() + block.len();
    assert_eq!((given(all), given(all - 1), given(text.len())), (0, 1, 1));
    // The rule file alone is too long.
    assert_eq!(given(text.len() - 1), 2);
}

#[test]
fn bytes_and_declarations_are_of_each_file() {
    let block = "meetlat b: \"B\"\nbegrip x: \"X\"\n  aanname \"a\"\n  waarde 1\nbegrip y: \"Y\"\n  aanname \"a\"\n  waarde 1\n";
    let using = "meetlat a: \"A\"\ngebruik b\n";
    let given = |limits: &Limits| {
        let parsed = Meetlat::load_with("a.meetlat", using, limits, |name| {
            Ok(Some(RuleText { name: name.to_owned(), text: block.to_owned() }))
        });
        parsed.diagnostics.iter().map(|found| found.code).collect::<Vec<_>>()
    };
    assert_eq!(given(&Limits { rule_bytes: block.len(), ..default() }), []);
    assert_eq!(given(&Limits { rule_bytes: block.len() - 1, ..default() }), [Code::TextTooLong]);
    assert_eq!(given(&Limits { declarations: 3, ..default() }), []);
    assert_eq!(given(&Limits { declarations: 2, ..default() }), [Code::TooManyDeclarations]);
}

#[test]
fn judging_by_a_long_chain_of_terms_takes_little_stack() {
    let mut chain = String::new();
    for place in 0..10_000 {
        let next = if place == 9_999 { "gezond is ja".to_owned() } else { format!("b{}", place + 1) };
        writeln!(chain, "begrip b{place}: \"B\"\n  bron nota §1\n  als {next}\n").unwrap();
    }
    let rules = include_str!("../cases/klein/regels.meetlat");
    let rules =
        rules.replacen("criterium", &format!("{chain}criterium"), 1).replace("totaal is minstens 70%", "b0");
    // As much as a thread in WebAssembly, or a small one of a host, has.
    let thread = std::thread::Builder::new().stack_size(1 << 19).spawn(move || {
        let meetlat = Meetlat::parse("keten.meetlat", &rules).into_result().unwrap();
        let json = r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja"}}"#;
        let proposal = meetlat.read("voorstel.json", json, None).unwrap();
        let verdict = meetlat.evaluate(&proposal).unwrap();
        assert_eq!(verdict.outcome.possible.len(), 2);
        let _ = meetlat.why(&proposal).unwrap();
        let _ = meetlat.improve(&proposal).unwrap();
        let _ = meetlat.firmness(&proposal).unwrap();
    });
    thread.unwrap().join().unwrap();
}

#[test]
fn one_call_may_have_limits_of_its_own() {
    let rules = include_str!("../cases/klein/regels.meetlat");
    let meetlat = Meetlat::parse("klein.meetlat", rules).into_result().unwrap();
    let short = meetlat.with_limits(Limits { proposal_bytes: 10, ..Limits::default() });
    let json = r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja"}}"#;
    let proposal = meetlat.read("voorstel.json", json, None).unwrap();
    assert!(short.read("voorstel.json", json, None).is_err());
    // Limits on reading have no say in what was read.
    assert_eq!(short.evaluate(&proposal).unwrap(), meetlat.evaluate(&proposal).unwrap());
    assert_eq!(meetlat.limits(), &Limits::default());
    assert_eq!(short.limits().proposal_bytes, 10);
    // Nothing of the rules is copied.
    assert!(std::ptr::eq(meetlat.model(), short.clone().model()));
}
