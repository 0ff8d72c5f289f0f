//! What a document says where something is not exact, on judgements made by hand: an engine gives each reason seldom.

use meetlat::Next;
use meetlat::Proposal;
use meetlat::document::{PointCode, Settled};
use meetlat::findings::{Closed, Judgement};
use meetlat::findings::{Provisional, ProvisionalReason};
use meetlat::{Language, Meetlat, Verdict};

fn small() -> Meetlat {
    Meetlat::parse("klein.meetlat", include_str!("../cases/klein/regels.meetlat")).into_result().unwrap()
}

/// One that is settled: `voldoet`.
fn settled(meetlat: &Meetlat) -> (Proposal, Judgement) {
    let json = r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja", "bedrag": 42000}}"#;
    let proposal = meetlat.read("voorstel.json", json, None).unwrap();
    let judgement = meetlat.judge(&proposal).unwrap();
    assert!(judgement.settled() && judgement.exact());
    (proposal, judgement)
}

fn because(reason: ProvisionalReason) -> Option<Provisional> {
    Some(Provisional::new(reason, 5_000, Some("/antwoorden/bedrag".to_owned())))
}

fn json(verdict: &Verdict) -> serde_json::Value {
    serde_json::from_str(&verdict.to_json_line()).unwrap()
}

#[test]
fn every_reason_stands_in_the_document_and_the_text() {
    let meetlat = small();
    let (proposal, mut judgement) = settled(&meetlat);
    for (reason, name, limit) in [
        (ProvisionalReason::Limit, "grens", Some(5_000)),
        (ProvisionalReason::Stopped, "gestopt", None),
        (ProvisionalReason::UnboundedList, "lijst_zonder_grens", None),
        (ProvisionalReason::Numbers, "getallen_samen", None),
    ] {
        judgement.provisional = because(reason);
        let verdict = meetlat.in_language(Language::Nl).verdict(&proposal, &judgement).unwrap();
        let document = json(&verdict);
        let found = &document["oordeel"]["voorlopig"];
        assert_eq!(document["documentversie"], "2");
        assert_eq!(document["oordeel"]["exact"], false);
        assert_eq!(document["volledig"], false);
        assert_eq!(found["reden"], name);
        assert_eq!(found["grens"].as_u64(), limit);
        assert_eq!(found["vraag"], "/antwoorden/bedrag");
        let next = Next::of(&verdict);
        assert_eq!(next.provisional.as_ref().map(|found| found.reason), Some(reason));
        for language in [Language::Nl, Language::En] {
            let verdict = meetlat.in_language(language).verdict(&proposal, &judgement).unwrap();
            let said = &verdict.outcome.provisional.as_ref().unwrap().text;
            let page = verdict.to_text(language).split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(page.contains(said.as_str()), "{page}");
        }
    }
}

#[test]
fn a_list_without_bound_leaves_one_known_outcome_open() {
    let meetlat = small();
    let (proposal, mut judgement) = settled(&meetlat);
    for reason in [ProvisionalReason::Limit, ProvisionalReason::Stopped, ProvisionalReason::Numbers] {
        // Nothing outside the list can happen, so one is settled.
        judgement.provisional = because(reason);
        assert!(judgement.settled() && judgement.outcome() == Some(0));
        let verdict = meetlat.in_language(Language::Nl).verdict(&proposal, &judgement).unwrap();
        assert_eq!((verdict.outcome.status, verdict.settled()), (Settled::Settled, true));
    }
    judgement.provisional = because(ProvisionalReason::UnboundedList);
    assert!(!judgement.settled() && !judgement.closed() && judgement.outcome().is_none());
    let verdict = meetlat.in_language(Language::Nl).verdict(&proposal, &judgement).unwrap();
    assert_eq!(verdict.outcome.status, Settled::Open);
    assert_eq!(verdict.outcome.outcome, None);
    assert_eq!(verdict.outcome.possible, ["voldoet"]);
    assert!(!verdict.settled() && !verdict.closed());
    assert!(verdict.outcome.points.iter().any(|point| point.code == PointCode::OpenList));
    let page = verdict.to_text(Language::Nl);
    assert!(page.starts_with("Oordeel: nog open."), "{page}");
    assert!(!page.contains("staat vast"), "{page}");
    assert_eq!(Next::of(&verdict).outcome.status, Settled::Open);
}

#[test]
fn a_closing_says_why_it_is_not_exact() {
    let meetlat = small();
    let text = r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja"}, "afgesloten": {"door": "Noor",
        "datum": "2024-03-01", "reden": "de termijn is om", "vragen": ["/antwoorden/bedrag"]}}"#;
    let proposal = meetlat.read("voorstel.json", text, None).unwrap();
    let mut judgement = meetlat.judge(&proposal).unwrap();
    assert!(judgement.closed());
    let with =
        |judgement: &Judgement| meetlat.in_language(Language::Nl).verdict(&proposal, judgement).unwrap();
    let closed = |change: fn(&mut Closed)| {
        let mut judgement = judgement.clone();
        change(judgement.closed.as_mut().unwrap());
        judgement
    };
    // The outcome is right; only the witness was not found.
    let unshown = with(&closed(|closed| closed.no_witness = because(ProvisionalReason::Stopped)));
    let closing = unshown.closing.as_ref().unwrap();
    assert!(closing.exact && unshown.closed());
    assert_eq!(closing.provisional.as_ref().unwrap().reason, ProvisionalReason::Stopped);
    let limited = with(&closed(|closed| closed.provisional = because(ProvisionalReason::Limit)));
    assert!(!limited.closing.as_ref().unwrap().exact && limited.closed());
    assert!(limited.to_text(Language::Nl).contains("naar het slechtste"));
    let unbounded = with(&closed(|closed| closed.provisional = because(ProvisionalReason::UnboundedList)));
    assert!(!unbounded.closed() && unbounded.outcome.outcome.is_none());
    assert_eq!(unbounded.closing.as_ref().unwrap().outcome, None);
    judgement.provisional = because(ProvisionalReason::UnboundedList);
    assert!(judgement.closed(), "what was closed may bound the list");
}
