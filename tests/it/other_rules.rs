//! A proposal knows which rules read it; all others refuse it, whatever they are asked.

use meetlat::findings::Undecided;
use meetlat::{Code, Diagnostics};
use meetlat::{Language, Meetlat, RuleText, Scratch, Versions};

const GOOD: &str = "vraag goed: \"Is het goed?\"\n  bron nota\n  antwoord ja of nee\n\n";
const BAD: &str = "vraag slecht: \"Is het slecht?\"\n  bron nota\n  antwoord ja of nee\n\n";

fn rules(version: &str, questions: [&str; 2]) -> String {
    let [first, second] = questions;
    format!(
        r#"meetlat proef: "Proef"
  versie {version}
  bron nota: "Nota"

{first}{second}criterium c: "C"
  bron nota
  score goed
  gewicht 1, aanname "het enige"

oordeel: "Mag het?"
  bron nota
  totaal gewogen gemiddelde, aanname "er is er een"
  uitkomsten van goed naar slecht
    - wel: "Wel"
    - afgewezen: "Niet"
  wel als totaal is minstens 50% en slecht is nee
  afgewezen anders

voorbeeld "goed"
  gegeven
    goed ja
    slecht nee
  verwacht
    oordeel wel
"#
    )
}

fn parse(text: &str) -> Meetlat {
    Meetlat::parse("regels.meetlat", text).into_result().unwrap()
}

/// `goed` is no, so the outcome is `afgewezen`; with the answers put to questions in the other order it would be `wel`.
const PROPOSAL: &str = r#"{"meetlat": "proef", "antwoorden": {"goed": "nee", "slecht": "ja"}}"#;

fn refused<T>(found: Result<T, Diagnostics>) -> String {
    let found = found.err().unwrap();
    assert_eq!(found.len(), 1);
    let only = found.iter().next().unwrap();
    assert_eq!(only.code, Code::OtherRules);
    assert!(only.help.as_ref().unwrap().nl.contains("lees het voorstel opnieuw"));
    assert!(only.help.as_ref().unwrap().en.contains("read the proposal again"));
    only.message.nl.clone()
}

#[test]
fn other_rules_refuse_it_in_every_call() {
    let (one, other) = (parse(&rules("1", [GOOD, BAD])), parse(&rules("2", [BAD, GOOD])));
    let proposal = one.read("voorstel.json", PROPOSAL, None).unwrap();
    let mut scratch = Scratch::default();
    let judgement = one.judge(&proposal).unwrap();
    assert_eq!(
        one.in_language(Language::Nl).evaluate_json(&mut scratch, &proposal).map(str::is_empty).ok(),
        Some(false)
    );

    let message = refused(other.evaluate(&proposal));
    for part in
        ["\"voorstel.json\"", "\"proef\", versie 1 (regels.meetlat ", "\"proef\", versie 2 (regels.meetlat "]
    {
        assert!(message.contains(part), "{message}");
    }
    refused(other.in_language(Language::En).evaluate(&proposal));
    refused(other.in_language(Language::Nl).verdict(&proposal, &judgement));
    refused(other.judge(&proposal));
    refused(other.judge_into(&proposal, &mut scratch).map(drop));
    refused(other.in_language(Language::Nl).evaluate_json(&mut scratch, &proposal).map(drop));
    // No verdict of before is left to be taken for this one.
    assert_eq!(scratch.line(), "");
    let Err(Undecided::OtherRules(found)) = other.possible_outcomes(&proposal) else {
        panic!("judged by other rules")
    };
    refused::<()>(Err(*found));
    refused(other.firmness(&proposal));
    refused(other.why(&proposal));
    refused(other.in_language(Language::Nl).why_by_answers(&proposal));
    refused(other.improve(&proposal));
    refused(other.in_language(Language::En).improve(&proposal));
    refused(other.in_language(Language::Nl).improve_to(&proposal, &[]));

    let outcome = |meetlat: &Meetlat, proposal| meetlat.evaluate(proposal).unwrap().outcome.outcome.clone();
    assert_eq!(outcome(&one, &proposal).as_deref(), Some("afgewezen"));
    let again = other.read("voorstel.json", PROPOSAL, None).unwrap();
    assert_eq!(outcome(&other, &again).as_deref(), Some("afgewezen"));
}

#[test]
fn the_same_texts_loaded_again_are_the_same_rules() {
    let text = rules("1", [GOOD, BAD]);
    let before = parse(&text);
    let proposal = before.read("voorstel.json", PROPOSAL, None).unwrap();
    // A host that loads its rules again, perhaps from another folder.
    let after = Meetlat::parse("elders/kopie.meetlat", &text).into_result().unwrap();
    assert!(after.evaluate(&proposal).is_ok());
    assert!(before.clone().evaluate(&proposal).is_ok());
    // Nothing but a remark differs; whether that changes a verdict is not for the proposal to say.
    let changed = parse(&format!("{text}\n# gewijzigd\n"));
    refused(changed.evaluate(&proposal));
}

#[test]
fn a_building_block_belongs_to_the_rules() {
    let using = rules("1", ["", BAD]).replacen("\n\n", "\n\ngebruik landelijk.goed\n\n", 1);
    let load = |remark: &str| {
        let block = format!("meetlat landelijk.goed: \"Goed\"\n  bron nota: \"Nota\"\n\n{GOOD}{remark}");
        let loader = |_: &str| Ok(Some(RuleText { name: "goed.meetlat".to_owned(), text: block.clone() }));
        Meetlat::load("regels.meetlat", &using, loader).into_result().unwrap()
    };
    let proposal = load("").read("voorstel.json", PROPOSAL, None).unwrap();
    assert!(load("").evaluate(&proposal).is_ok());
    let message = refused(load("# later\n").evaluate(&proposal));
    // Only the file that differs is named.
    assert_eq!(message.matches("(goed.meetlat ").count(), 2, "{message}");
    assert!(!message.contains("regels.meetlat"), "{message}");
}

#[test]
fn another_version_refuses_it() {
    let version = |number: &str, from: &str, questions| {
        parse(&rules(number, questions).replacen(
            "  bron nota",
            &format!("  geldig vanaf {from}\n  bron nota"),
            1,
        ))
    };
    let old = version("1", "1 januari 2020", [GOOD, BAD]);
    let new = version("2", "1 januari 2024", [BAD, GOOD]);
    let mut groups = Versions::group([old, new]);
    let all = groups.remove(0);
    let day = meetlat::Date::from_iso("2021-05-01");
    let (version, proposal) = all.read("voorstel.json", PROPOSAL, day).unwrap();
    assert_eq!(version.version(), "1");
    assert!(version.evaluate(&proposal).is_ok());
    let other = all.all().iter().find(|one| one.version() == "2").unwrap();
    refused(other.evaluate(&proposal));
}

#[test]
fn buffers_may_be_used_with_other_rules() {
    let (one, other) = (parse(&rules("1", [GOOD, BAD])), parse(&rules("2", [BAD, GOOD])));
    let mut scratch = Scratch::default();
    let mut buffers = meetlat::Buffers::default();
    for meetlat in [&one, &other, &other, &one] {
        let verdict = meetlat
            .in_language(Language::Nl)
            .judge_json(&mut scratch, "voorstel.json", PROPOSAL, None)
            .unwrap();
        assert!(verdict.contains(r#""uitkomst":"afgewezen""#), "{verdict}");
        let proposal = meetlat.read_with(&mut buffers, "voorstel.json", PROPOSAL, None).unwrap();
        assert!(meetlat.evaluate(&proposal).is_ok());
        buffers.recycle(proposal);
    }
    assert!(one.in_language(Language::Nl).run_examples().iter().all(meetlat::findings::Trial::passes));
}
