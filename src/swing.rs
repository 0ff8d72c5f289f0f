//! What speaks for a criterion's score and what against it: each given answer is reopened alone, and the score looked at
//! again.

use std::collections::BTreeSet;

use crate::asked::Asked;
use crate::decides::Ended;
use crate::judge;
use crate::judgement::{Judgement, ScoreRange};
use crate::limits::Limits;
use crate::model::{Model, QuestionId};
use crate::number::Number;
use crate::place::Place;
use crate::possible::{Possible, Set};
use crate::program::{NodeId, Program};
use crate::proposal::{Proposal, State};
use crate::reads::Reads;
use crate::solve::{Solver, Stop};
use crate::world::World;

/// What one given answer does to one criterion's score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Swing {
    /// The answer.
    pub(crate) place: Place,
    /// How much higher the greatest score could be with another answer.
    pub(crate) gain: Number,
    /// How much lower the least score could be with another answer.
    pub(crate) loss: Number,
    /// They may be more: not every length of a list was tried.
    pub(crate) at_least: bool,
}

/// The given answers that a criterion reads and that change its score, in file order. A search that ended tells so: the answer it was about
/// is then left out, except where lengths of a list were not tried.
pub(crate) fn of_criterion(
    model: &Model,
    program: &Program,
    proposal: &Proposal,
    limits: &Limits,
    judgement: &Judgement,
    at: usize,
) -> (Vec<Swing>, Option<Ended>) {
    let (mut found, mut ended) = (Vec::new(), None);
    let Some(criterion) = model.criteria.get(at) else { return (found, ended) };
    let node = program.criteria.get(at).and_then(|nodes| nodes.score);
    let score = judgement.criteria.get(at).map(|criterion| &criterion.score);
    let (Some(node), Some(ScoreRange { range: Some((least, greatest)), .. })) = (node, score) else {
        return (found, ended);
    };
    let reads = Reads::of(model, criterion.score.iter().chain(&criterion.only_if)).questions;
    for place in Place::all(model, proposal) {
        let given = place.answer(proposal).is_some_and(|answer| answer.state != State::Open);
        if !given || !reads.contains(&place.question) {
            continue;
        }
        match reopened(program, proposal, limits, place, node, &reads) {
            Ok((score, exact)) => {
                if !exact {
                    ended.get_or_insert(Ended { slot: None, at_limit: false });
                }
                let Some((lowest, highest)) = score.range else { continue };
                let gain = highest.sub(greatest).max(Number::ZERO);
                let loss = least.sub(&lowest).max(Number::ZERO);
                if !gain.is_zero() || !loss.is_zero() {
                    found.push(Swing { place, gain, loss, at_least: !exact });
                }
            }
            Err(end) => {
                ended.get_or_insert(end);
            }
        }
    }
    (found, ended)
}

/// A score with one given answer reopened: any value, but neither geen nor n.v.t. And whether it is exact: else its ends may
/// lie further apart.
fn reopened(
    program: &Program,
    proposal: &Proposal,
    limits: &Limits,
    place: Place,
    node: NodeId,
    reads: &BTreeSet<QuestionId>,
) -> Result<(ScoreRange, bool), Ended> {
    let mut open = proposal.clone();
    if let Some(answer) = place.answer_mut(&mut open) {
        answer.state = State::Open;
    }
    let mut world = World::new(program, &open, limits);
    let slot = place.slot(&world);
    if let Possible::Open(set) = world.get(slot).clone() {
        let plain = Set { none: false, not_applicable: false, ..set };
        world.set(slot, plain.into());
    }
    // Lengths of a list that are not tried can only widen the score.
    let lists = |at: &QuestionId| world.lists.get(at.index()).is_some_and(Option::is_some);
    let open_list = |at: &QuestionId| lists(at) && world.item_count(*at).is_none();
    let exact = world.exact || !reads.iter().any(open_list);
    let mut solver = Solver::new(program, world, limits.search_steps);
    for enumerate in [false, true] {
        (solver.inexact, solver.enumerate, solver.steps) = (false, enumerate, 0);
        let rows = solver.results(&[Asked::of(node)]);
        let rows = rows.map_err(|Stop { slot }| Ended { slot, at_limit: true })?;
        if !solver.inexact {
            let score = judge::range(rows.iter().filter_map(|row| row.values.first()));
            return Ok((score, exact));
        }
    }
    Err(Ended { slot: None, at_limit: false })
}
