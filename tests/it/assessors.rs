//! Assessors and closing where a case as files does not reach: a search that ends, and the text in English.

use meetlat::document::Settled;
use meetlat::{Language, Limits, Meetlat, Verdict};

const RULES: &str = include_str!("../cases/verschil_maakt_niet_uit/regels.meetlat");

fn judged(proposal: &str, limits: &Limits) -> Verdict {
    let meetlat = Meetlat::parse_with("regels.meetlat", RULES, limits).into_result().unwrap();
    let proposal = meetlat.read("voorstel.json", proposal, None).unwrap();
    meetlat.in_language(Language::En).evaluate(&proposal).unwrap()
}

/// What stays open is kept open, and the limit is named.
#[test]
fn a_closing_that_was_not_searched_to_its_end_closes_nothing() {
    let proposal = include_str!("../cases/afgesloten/voorstel.json");
    let whole = judged(proposal, &Limits::default());
    assert_eq!(whole.outcome.status, Settled::Closed);
    let cut = judged(proposal, &Limits { search_steps: 2, ..Limits::default() });
    let closing = cut.closing.as_ref().unwrap();
    assert!(!closing.exact && closing.outcome.is_none() && closing.witness.is_empty());
    assert_eq!(closing.provisional.as_ref().unwrap().limit, Some(2));
    assert_eq!(cut.outcome.status, Settled::Open);
    assert!(
        whole.closing.as_ref().unwrap().possible.iter().all(|outcome| closing.possible.contains(outcome))
    );
}

#[test]
fn a_closing_of_what_is_settled_changes_nothing() {
    let proposal = r#"{
        "meetlat": "jury",
        "antwoorden": {"gezond": {"antwoord": "nee", "onderbouwing": "zo"}},
        "afgesloten": {"door": "Kim", "datum": "2024-06-01", "reden": "klaar", "vragen": ["/antwoorden/samen"]}
    }"#;
    let verdict = judged(proposal, &Limits::default());
    assert_eq!(verdict.outcome.status, Settled::Settled);
    assert_eq!(verdict.closing.as_ref().unwrap().outcome, verdict.outcome.outcome);
}

#[test]
fn the_sections_are_english_too() {
    let text = |proposal| judged(proposal, &Limits::default()).to_text(Language::En);
    let differ = text(include_str!("../cases/verschil_maakt_uit/voorstel.json"));
    assert!(
        differ.contains("Where assessors differ\n  These differences can change the verdict"),
        "{differ}"
    );
    let agreed = text(include_str!("../cases/consensus/voorstel.json"));
    assert!(agreed.contains("What was agreed\n") && agreed.contains("The submitter: none"), "{agreed}");
    let closed = text(include_str!("../cases/afgesloten/voorstel.json"));
    assert!(
        closed.contains("\nClosed by Kim, kwartiermaker on 1 June 2024. The answers alone leave open:"),
        "{closed}"
    );
    assert!(closed.contains("Kim, kwartiermaker closed 3 open answers, on 1 June 2024."), "{closed}");
}

/// Nothing of the new parts is lost on the way.
#[test]
fn a_document_reads_back() {
    for proposal in [
        include_str!("../cases/verschil_in_lijst/voorstel.json"),
        include_str!("../cases/verschil_maakt_niet_uit/voorstel.json"),
        include_str!("../cases/afgesloten/voorstel.json"),
    ] {
        let verdict = judged(proposal, &Limits::default());
        let again: Verdict = serde_json::from_str(&verdict.to_json()).unwrap();
        assert_eq!(again, verdict);
    }
}
