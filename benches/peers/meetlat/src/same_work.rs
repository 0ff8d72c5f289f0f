//! What of our verdict is the same work as the others do: the compact answer, out of what the engine finds out. Sources,
//! assumptions, contributions, grounds and open questions with their answer classes are left out; what is found out beside
//! the compact answer is still found out.

use hand::measure::Fault;
use meetlat::findings::{Judgement, Status};
use meetlat::findings::ScoreRange;
use meetlat::findings::Number;
use meetlat::findings::{Answer, State};
use meetlat::findings::Value;
use meetlat::{Buffers, Meetlat, Proposal, Scratch};
use workload::{Compact, Criterion, Gate, READ, Range, SCORE_PARTS, TOTAL_PARTS};

use crate::whole::{fault, read_with};

/// Questions before the first that is read: they ask for text.
const BEFORE: usize = 2;

const OUTCOMES: [&str; 3] = ["voldoet", "voorwaardelijk", "afgewezen"];
const CHOICES: [&str; 3] = ["terug", "kwartiermaker", "bestuur"];
/// Criteria with the places of their answers in [`READ`].
const CRITERIA: [(&str, &[usize]); 6] = [
    ("stip", &[1, 2, 3]),
    ("doelen", &[4, 5, 6, 7]),
    ("thuis", &[8, 9]),
    ("leren", &[10, 11]),
    ("gezondheid", &[12, 13]),
    ("bereik", &[14]),
];

/// A proposal's text to the compact answer's text, in memory that is used again.
pub(crate) fn bytes_to_bytes(
    meetlat: &Meetlat,
    buffers: &mut Buffers,
    scratch: &mut Scratch,
    json: &[u8],
) -> Result<Vec<u8>, Fault> {
    let proposal = read_with(meetlat, buffers, json)?;
    let answer = serde_json::to_vec(&compact(meetlat.judge_into(&proposal, scratch).map_err(fault)?, &proposal))?;
    buffers.recycle(proposal);
    Ok(answer)
}

/// The compact answer out of what was found out.
pub(crate) fn compact(judgement: &Judgement, proposal: &Proposal) -> Compact {
    let answer = |at: usize| proposal.answers.get(at + BEFORE);
    let criteria = CRITERIA.iter().zip(&judgement.criteria).map(|((naam, places), found)| Criterion {
        naam,
        score: range(&found.score, SCORE_PARTS),
        uitkomst: word(found.requirement.unwrap_or(Status::Open), "gehaald", "niet_gehaald").to_owned(),
        reden: reason(places.iter().map(|at| (READ.get(*at).copied(), answer(*at)))),
    });
    let (mut ontbreekt, mut gebruikt) = (Vec::new(), Vec::with_capacity(READ.len()));
    for (at, name) in READ.into_iter().enumerate() {
        match answer(at).map(|answer| &answer.state) {
            None | Some(State::Open) => ontbreekt.push(name.to_owned()),
            Some(_) => gebruikt.push(name.to_owned()),
        }
    }
    Compact {
        oordeel: one(&judgement.outcomes, &OUTCOMES).to_owned(),
        totaal: range(&judgement.total, TOTAL_PARTS),
        route: judgement.routes.first().map_or("open", |choices| one(choices, &CHOICES)).to_owned(),
        criteria: criteria.collect(),
        voorwaarden: gates(&["meetbaar", "opbrengst"], &judgement.conditions, "vervuld", "niet_vervuld"),
        uitsluitingen: gates(&["te_laat", "dubbel"], &judgement.exclusions, "ja", "nee"),
        signalen: gates(&["boven_budget"], &judgement.signals, "ja", "nee"),
        ontbreekt,
        gebruikt,
    }
}

fn one(possible: &[u16], names: &[&'static str]) -> &'static str {
    match possible {
        [only] => names.get(usize::from(*only)).copied().unwrap_or("open"),
        _ => "open",
    }
}

fn gates(names: &[&'static str], found: &[Status], yes: &'static str, no: &'static str) -> Vec<Gate> {
    names.iter().zip(found).map(|(naam, status)| Gate { naam, status: word(*status, yes, no) }).collect()
}

fn word(status: Status, yes: &'static str, no: &'static str) -> &'static str {
    match status {
        Status::Holds => yes,
        Status::Fails => no,
        Status::Lapses | Status::Open => "open",
    }
}

fn range(score: &ScoreRange, parts: u32) -> Range {
    // A score that is no whole number of parts is seen in the comparison.
    let whole = |score: &Number| {
        let found = score.mul(&Number::whole(i64::from(parts))).to_i64();
        found.and_then(|found| u32::try_from(found).ok()).unwrap_or(u32::MAX)
    };
    match &score.range {
        Some((least, greatest)) => Range { van: whole(least), tot_en_met: whole(greatest) },
        None => Range { van: u32::MAX, tot_en_met: u32::MAX },
    }
}

fn reason<'a>(answers: impl Iterator<Item = (Option<&'static str>, Option<&'a Answer>)>) -> String {
    let mut out = String::with_capacity(96);
    for (at, (name, answer)) in answers.enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        out.push_str(name.unwrap_or_default());
        out.push_str(" is ");
        match answer.map(|answer| &answer.state) {
            Some(State::Given(Value::Level(level))) => out.push_str(level.word()),
            Some(State::Given(Value::Choices(chosen))) => out.push_str(&chosen.count_ones().to_string()),
            Some(State::Given(Value::Number(number))) => out.push_str(&number.to_fraction_string()),
            _ => out.push_str("open"),
        }
    }
    out
}
