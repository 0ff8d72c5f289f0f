//! Whether what is said of one completion lies within what is said while answers are open.

use meetlat::findings::ProvisionalReason;
use meetlat::findings::{CriterionJudgement, Judgement, Reason, Status};
use meetlat::findings::{Maybe, ScoreRange};
use meetlat::internals::rules::model::Model;

/// What kind of thing is wrong, and how.
pub(crate) type Fault = (String, String);

/// Everything about a completion that an open judgement rules out. A look-up that finds nothing leaves a completion open too;
/// then all it may be must be among what is said.
pub(crate) fn faults(model: &Model, open: &Judgement, complete: &Judgement) -> Vec<Fault> {
    let mut all = Vec::new();
    let mut fault = |kind: &str, what: String| all.push((kind.to_owned(), what));
    // What is said of such a list may not be all, but then nothing may be called settled.
    let unbounded = unbounded(open);
    if unbounded && open.settled() {
        fault("settled on a list without bound", format!("{:?}", open.outcomes));
    }
    for combination in &complete.combinations {
        if !unbounded && !open.combinations.contains(combination) {
            let said = if open.exact() { "exact" } else { "not exact" };
            fault(
                "combination missing",
                format!("{} is none of {} ({said})", named(model, combination), open.combinations.len()),
            );
        }
    }
    if !unbounded && complete.outcomes.iter().any(|outcome| !open.outcomes.contains(outcome)) {
        let kind = if open.settled() { "settled, and is not" } else { "outcome missing" };
        fault(kind, format!("{:?} is none of {:?}", complete.outcomes, open.outcomes));
    }
    for (at, (complete, open)) in complete.routes.iter().zip(&open.routes).enumerate() {
        if !unbounded && complete.iter().any(|choice| !open.contains(choice)) {
            fault("choice of a route missing", format!("route {at}: {complete:?} is none of {open:?}"));
        }
    }
    if let (Some(line), Some(said)) = (complete.line, open.line)
        && line != said
    {
        fault("line of the verdict", format!("line {line} holds, said is {said}"));
    }
    let mut range = |what: String, open: &ScoreRange, complete: &ScoreRange| {
        if !unbounded && !in_range(open, complete) {
            fault(&format!("{what} out of range"), format!("{complete:?} is not within {open:?}"));
        }
    };
    range("total".to_owned(), &open.total, &complete.total);
    for (criterion, (open, complete)) in
        model.criteria.iter().zip(open.criteria.iter().zip(&complete.criteria))
    {
        let name = &criterion.head.name;
        range(format!("score of {name}"), &open.score, &complete.score);
        range(format!("share of {name}"), &open.share, &complete.share);
        range(format!("contribution of {name}"), &open.contribution, &complete.contribution);
        if open.parts.len() == complete.parts.len() {
            for (open, complete) in open.parts.iter().zip(&complete.parts) {
                range(format!("part of {name}"), open, complete);
            }
        }
    }
    for (criterion, (open, complete)) in
        model.criteria.iter().zip(open.criteria.iter().zip(&complete.criteria))
    {
        let name = &criterion.head.name;
        if !unbounded && !lines(open, complete) {
            fault(&format!("lines of {name}"), format!("{:?}, said is {:?}", complete.lines, open.lines));
        }
        if let (Some(open), Some(complete)) = (open.requirement, complete.requirement)
            && !agrees(open, complete)
        {
            fault(&format!("requirement of {name}"), format!("{complete:?}, said is {open:?}"));
        }
    }
    for (kind, open, complete) in [
        ("condition", &open.conditions, &complete.conditions),
        ("exclusion", &open.exclusions, &complete.exclusions),
        ("signal", &open.signals, &complete.signals),
    ] {
        for (at, (open, complete)) in open.iter().zip(complete).enumerate() {
            if !agrees(*open, *complete) {
                fault(kind, format!("{kind} {at}: {complete:?}, said is {open:?}"));
            }
        }
    }
    if !complete.missing_rows.is_empty() && open.missing_rows.is_empty() {
        fault("missing row not told", format!("{:?}", complete.missing_rows));
    }
    all
}

/// Whether a list may be longer than what could be looked at: others may happen than what is said.
pub(crate) fn unbounded(open: &Judgement) -> bool {
    open.provisional.as_ref().is_some_and(|why| why.reason == ProvisionalReason::UnboundedList)
}

fn agrees(open: Status, complete: Status) -> bool {
    open == Status::Open || open == complete
}

fn in_range(open: &ScoreRange, complete: &ScoreRange) -> bool {
    let marker = match (open.not_applicable, complete.not_applicable) {
        (Maybe::Maybe, _) => true,
        (open, complete) => open == complete,
    };
    let inside = match (&open.range, &complete.range) {
        (_, None) => true,
        (Some((lo, hi)), Some((least, greatest))) => lo <= least && greatest <= hi,
        (None, Some(_)) => false,
    };
    marker && inside
}

fn lines(open: &CriterionJudgement, complete: &CriterionJudgement) -> bool {
    open.reason != Reason::Ladder
        || complete.reason != Reason::Ladder
        || complete.lines.iter().all(|line| open.lines.contains(line))
}

/// A combination by its names.
pub(crate) fn named(model: &Model, (outcome, routes): &(u16, Vec<u16>)) -> String {
    let outcome = model.verdict.outcomes.get(usize::from(*outcome)).map_or("?", |one| one.name.as_str());
    let mut words = vec![outcome.to_owned()];
    for (route, choice) in model.routes.iter().zip(routes) {
        let choice = route.choices.get(usize::from(*choice)).map_or("?", |one| one.choice.name.as_str());
        words.push(choice.to_owned());
    }
    words.join(", ")
}
