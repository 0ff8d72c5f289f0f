//! What speaks for a criterion's score and what against it: each given answer is reopened alone, and the score looked at
//! again.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::diagram::Engine;
use crate::diagram::reach::Unsure;
use crate::evaluate::possible::{Core, Line, Possible, Set, Slot};
use crate::evaluate::world::World;
use crate::judge::call::Call;
use crate::judge::findings::Judgement;
use crate::limits::budget::Budget;
use crate::limits::provisional::ProvisionalReason;
use crate::program::nodes::NodeId;
use crate::proposal::answers::State;
use crate::proposal::place::Place;
use crate::rules::dependencies::Reads;
use crate::rules::model::{Domain, Kind, QuestionId};
use crate::value::number::Number;
use crate::value::score_range::ScoreRange;

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

/// The questions about one proposal, criterion after criterion.
pub(crate) struct Finder<'a> {
    call: Call<'a>,
    /// With all given answers open, and as they are given; none where too much is open to look at together.
    together: Option<(Engine<'a>, Rc<World>)>,
}

impl<'a> Finder<'a> {
    /// For a proposal. `trial` is the budget for what all answers have in common: where it does not suffice, each is looked at by itself.
    pub(crate) fn new(call: Call<'a>, trial: &'a Budget) -> Self {
        let (program, given) = (call.program(), call.world());
        let mut open = given.clone();
        for place in call.proposal.places(call.model()) {
            let slot = given.slot(place);
            let domain = place.domain(&program.domains).filter(|domain| !is_list(domain));
            if let (Some(domain), true) = (domain, given.get(slot).known().is_some()) {
                let with = plain(crate::evaluate::world::open(domain, slot)).join(given.get(slot));
                open.set(slot, own_line(slot, with));
            }
        }
        let engine = if given.exact { Engine::new(program, open, trial).ok() } else { None };
        let together = engine.map(|engine| (engine, Rc::new(given)));
        Self { call, together }
    }

    /// The given answers that a criterion reads and that change its score, in file order. A search that ended is reported: the answer
    /// it was about is then left out, except where lengths of a list were not tried.
    pub(crate) fn of_criterion(&mut self, judgement: &Judgement, at: usize) -> (Vec<Swing>, Option<Unsure>) {
        let (mut found, mut ended) = (Vec::new(), None);
        let Some(criterion) = self.call.model().criteria.get(at) else { return (found, ended) };
        let node = self.call.program().criteria.get(at).and_then(|nodes| nodes.score);
        let score = judgement.criteria.get(at).map(|criterion| &criterion.score);
        let (Some(node), Some(ScoreRange { range: Some((least, greatest)), .. })) = (node, score) else {
            return (found, ended);
        };
        let reads = Reads::of(self.call.model(), criterion.score.iter().chain(&criterion.only_if)).questions;
        for place in self.call.proposal.places(self.call.model()) {
            let given = self.call.proposal.answer(place).is_some_and(|answer| answer.state != State::Open);
            if !given || !reads.contains(&place.question) {
                continue;
            }
            let score = match self.beside_others(place, node) {
                Some(score) => Ok((score, true)),
                None => reopened(self.call, place, node, &reads),
            };
            match score {
                Ok((score, exact)) => {
                    if !exact {
                        ended.get_or_insert(Unsure(ProvisionalReason::UnboundedList));
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

    /// A score with one given answer reopened, in the diagrams of all. None: it must be looked at alone.
    fn beside_others(&mut self, place: Place, node: NodeId) -> Option<ScoreRange> {
        let domain = place.domain(&self.call.program().domains).filter(|domain| !is_list(domain))?;
        let (engine, given) = self.together.as_mut()?;
        let slot = given.slot(place);
        let mut world = World::clone(given);
        world.set(slot, plain(crate::evaluate::world::open(domain, slot)));
        let score = engine.within(Rc::new(world)).and_then(|within| engine.score(node, &within));
        match score {
            Ok(score) if !engine.doubt() => Some(score),
            _ => {
                self.together = None;
                None
            }
        }
    }
}

fn is_list(domain: &Domain) -> bool {
    matches!(domain.kind, Kind::List { .. })
}

/// Without geen and n.v.t.
fn plain(possible: Possible) -> Possible {
    match possible {
        Possible::Open(set) => Set::plain(set.core).into(),
        known => known,
    }
}

/// A number that is open stands for itself.
fn own_line(slot: Slot, mut possible: Possible) -> Possible {
    if let Possible::Open(Set { core: Core::Range(range), .. }) = &mut possible {
        range.line = Some(Line::of(slot));
    }
    possible
}

/// A score with one given answer reopened: any value, but neither geen nor n.v.t. And whether it is exact: else its ends may
/// lie further apart.
fn reopened(
    call: Call<'_>,
    place: Place,
    node: NodeId,
    reads: &BTreeSet<QuestionId>,
) -> Result<(ScoreRange, bool), Unsure> {
    let mut open = call.proposal.clone();
    if let Some(answer) = open.answer_mut(place) {
        answer.state = State::Open;
    }
    let mut world = World::new(call.program(), &open, call.limits);
    let slot = world.slot(place);
    if let Possible::Open(set) = world.get(slot).clone() {
        let plain = Set { none: false, not_applicable: false, ..set };
        world.set(slot, plain.into());
    }
    // Lengths of a list that are not tried can only widen the score.
    let lists = |at: &QuestionId| world.lists.get(at.index()).is_some_and(Option::is_some);
    let open_list = |at: &QuestionId| lists(at) && world.item_count(*at).is_none();
    let exact = world.exact || !reads.iter().any(open_list);
    let mut engine = Engine::new(call.program(), world, call.budget)?;
    let within = engine.everything();
    let score = engine.score(node, &within)?;
    if engine.doubt() { Err(Unsure(ProvisionalReason::Numbers)) } else { Ok((score, exact)) }
}
