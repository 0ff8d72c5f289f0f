//! Other readings of the rules: each as a changed copy of the model, to be judged again.

use std::collections::BTreeSet;

use crate::diagram::Engine;
use crate::evaluate::possible::{Core, Possible, Set};
use crate::evaluate::world::World;
use crate::firmness::sites::Owner;
use crate::judge::call::Call;
use crate::limits::budget::Budget;
use crate::message::source::Span;
use crate::program::nodes::Program;
use crate::proposal::answers::Answer;
use crate::rules::model::{Expression, Ground, Head, Model, Node, Provenance};
use crate::rules::syntax::Combining;
use crate::value::number::Number;
use crate::value::values::Value;

/// What is read differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// How the scores of a criterion or part combine: as written, and otherwise.
    Combining(Owner, Combining, Combining),
    /// What deels counts for: as written, and otherwise.
    Partly(Number, Number),
    /// What a criterion must reach: as written, and the next score that it can have.
    Requirement(crate::rules::model::CriterionId, Number, Number),
}

/// A reading with its place and its reason.
#[derive(Debug, Clone)]
pub struct Other {
    /// What is read otherwise.
    pub reading: Reading,
    /// Where it stands.
    pub span: Span,
    /// The reason that the writer gives for the present reading; none for a requirement that a document asks.
    pub assumption: Option<String>,
}

/// Every other reading to be tried, in no particular order; and whether the scores that criteria can have were found in time.
/// Cost: the diagrams with every answer open; at most half of the steps that are left, so that there are some for the readings.
#[must_use]
pub(crate) fn others(call: Call<'_>) -> (Vec<Other>, bool) {
    let (model, program, budget) = (call.model(), call.program(), call.budget);
    let mut found = Vec::new();
    let mut whole = true;
    partly(model, &mut found);
    for (at, part) in (0..).map(crate::rules::model::PartId).zip(&model.parts) {
        combining(Owner::Part(at), &part.score, &part.head, &mut found);
    }
    let part = budget.part(2);
    let mut engine = None;
    for (at, criterion) in (0..).map(crate::rules::model::CriterionId).zip(&model.criteria) {
        let head = &criterion.head;
        if let Some(score) = &criterion.score {
            combining(Owner::Criterion(at), score, head, &mut found);
        }
        let Some(requirement) = &criterion.requirement else { continue };
        let engine = engine.get_or_insert_with(|| empty(call, &part));
        let Some(scores) = engine.as_mut().and_then(|engine| scores(engine, program, at)) else {
            whole = false;
            continue;
        };
        let now = &requirement.at_least;
        // The least score that meets it is the step it stands on.
        let mut above = scores.iter().filter(|score| *score >= now);
        let (_, stricter) = (above.next(), above.next());
        let looser = scores.iter().rev().find(|score| *score < now);
        for step in [stricter, looser].into_iter().flatten() {
            found.push(Other {
                reading: Reading::Requirement(at, now.clone(), step.clone()),
                span: requirement.span,
                assumption: reason(&head.provenance, "eis"),
            });
        }
    }
    whole &= budget.steps(part.used()).is_ok();
    (found, whole)
}

fn partly(model: &Model, found: &mut Vec<Other>) {
    let Some((now, ground)) = &model.partly else { return };
    let whole = model.provenance.assumptions.iter().find(|one| one.about.is_empty());
    let assumption = match ground {
        Some(Ground::Assumption(text)) => text.clone(),
        Some(Ground::Source(_)) => return,
        None => match whole {
            Some(whole) => whole.text.clone(),
            None => return,
        },
    };
    let own = model.provenance.assumptions.iter().find(|one| one.about == "deels telt");
    let span = own.or(whole).map(|one| one.span);
    for (n, d) in [(1, 3), (2, 3)] {
        let Some(other) = Number::fraction(n, d).filter(|other| other != now) else { continue };
        found.push(Other {
            reading: Reading::Partly(now.clone(), other),
            span: span.unwrap_or(Span::new(model.source, 0, 0)),
            assumption: Some(assumption.clone()),
        });
    }
}

fn combining(owner: Owner, score: &Expression, head: &Head, found: &mut Vec<Other>) {
    let Node::Combine { how, .. } = &*score.node else { return };
    let all = [Combining::Highest, Combining::Mean, Combining::Lowest];
    if !all.contains(how) {
        return;
    }
    let Some(assumption) = reason(&head.provenance, "score") else { return };
    for other in all.into_iter().filter(|other| other != how) {
        found.push(Other {
            reading: Reading::Combining(owner, *how, other),
            span: score.span,
            assumption: Some(assumption.clone()),
        });
    }
}

/// The assumption that a clause of a declaration rests on: its own, or that of the whole declaration unless the clause cites
/// a document.
fn reason(provenance: &Provenance, clause: &str) -> Option<String> {
    if let Some(own) = provenance.assumptions.iter().find(|one| one.about == clause) {
        return Some(own.text.clone());
    }
    if provenance.sources.iter().any(|source| source.about == clause) {
        return None;
    }
    provenance.assumptions.iter().find(|one| one.about.is_empty()).map(|one| one.text.clone())
}

/// The diagrams with every answer open. None when the search stopped.
fn empty<'p>(call: Call<'p>, budget: &'p Budget) -> Option<Engine<'p>> {
    let mut empty = call.proposal.clone();
    empty.answers = vec![Answer::default(); empty.answers.len()];
    Engine::new(call.program(), World::new(call.program(), &empty, call.limits), budget).ok()
}

/// The scores that a criterion can have at all, ascending. Of scores on a straight line the ends. None when the search stopped.
fn scores(
    engine: &mut Engine<'_>,
    program: &Program,
    at: crate::rules::model::CriterionId,
) -> Option<BTreeSet<Number>> {
    let score = program.criteria.get(at.index())?.score?;
    let within = engine.everything();
    let rows = engine.rows(&[score], &within).ok()?;
    let mut found = BTreeSet::new();
    for value in rows.iter().flatten() {
        match value {
            Possible::Known(Value::Number(number)) => {
                found.insert(number.clone());
            }
            Possible::Open(Set { core: Core::Range(range), .. }) => {
                found.insert(range.lo.clone());
                found.insert(range.hi.clone());
            }
            _ => {}
        }
    }
    Some(found)
}

/// Reads it otherwise in a copy of the model, or as written again.
pub(crate) fn change(copy: &mut Model, model: &Model, reading: &Reading, otherwise: bool) {
    match reading {
        Reading::Combining(owner, now, other) => {
            let score = match owner {
                Owner::Criterion(at) => copy.criteria.get_mut(at.index()).and_then(|c| c.score.as_mut()),
                Owner::Part(at) => copy.parts.get_mut(at.index()).map(|part| &mut part.score),
            };
            if let Some(Node::Combine { how, .. }) = score.map(|score| &mut *score.node) {
                *how = if otherwise { *other } else { *now };
            }
        }
        Reading::Partly(now, other) => {
            let partly = if otherwise { other } else { now };
            if let Some((own, _)) = &mut copy.partly {
                *own = partly.clone();
            }
            for (own, written) in copy.criteria.iter_mut().zip(&model.criteria) {
                let (Some(own), Some(written)) = (&mut own.requirement, &written.requirement) else {
                    continue;
                };
                if own.written == "deels" {
                    own.at_least = if otherwise { other.clone() } else { written.at_least.clone() };
                }
            }
        }
        Reading::Requirement(at, now, other) => {
            if let Some(own) = copy.criteria.get_mut(at.index()).and_then(|c| c.requirement.as_mut()) {
                own.at_least = if otherwise { other.clone() } else { now.clone() };
            }
        }
    }
}
