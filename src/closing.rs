//! Closing: stated open answers are counted at their worst, together; only because someone recorded it in the proposal.
//! What stays open beside them is not counted: for each of its completions the worst over the closed answers is an
//! outcome, and only where these agree is there one.

use std::collections::BTreeSet;

use crate::judgement::{Closed, Provisional};
use crate::limits::Limits;
use crate::model::Model;
use crate::number::Number;
use crate::place::Place;
use crate::possible::{Core, Possible, Range, Set, Slot};
use crate::program::Program;
use crate::proposal::{Answer, Proposal, State};
use crate::reach::{Combination, Reach, Unsure};
use crate::value::Value;
use crate::world::World;

/// Numbers that hang together with others are tried one by one when they are so few.
const FEW: i64 = 64;

/// What a recorded closing makes of a proposal; none where there is no closing. Cost: at most
/// [`Limits::search_steps`] combinations for the outcomes, and some more for the witness; on a stop every outcome that the
/// answers alone leave is kept.
pub(crate) fn close(
    model: &Model,
    program: &Program,
    proposal: &Proposal,
    limits: &Limits,
    outcomes: &[u16],
) -> Option<Closed> {
    let closing = proposal.closing.as_ref()?;
    let world = World::new(program, proposal, limits);
    let slots = closing.places.iter().flat_map(|place| slots_of(*place, &world, proposal)).collect();
    let limit = limits.search_steps;
    let mut closer = Closer { program, limit, steps: 0, closed: slots, found: BTreeSet::new(), exact: true };
    let stopped = closer.worst(world.clone()).err();
    if stopped.is_some() || !closer.exact {
        closer.exact = false;
        closer.found = outcomes.iter().copied().collect();
    }
    let found: Vec<u16> = closer.found.iter().copied().collect();
    let provisional = (!closer.exact).then(|| {
        let pointer = |slot| Place::of_slot(slot, &world, proposal).map(|place| place.pointer(model));
        stopped.unwrap_or(Unsure { slot: None }).provisional(limit, pointer)
    });
    let mut closed = Closed {
        outcomes: found,
        exact: closer.exact,
        provisional,
        witness: Vec::new(),
        beside: Vec::new(),
        routes: vec![Vec::new(); program.routes.len()],
    };
    if let [worst] = closed.outcomes.as_slice() {
        let worst = *worst;
        closer.steps = 0;
        match closer.witness(&world, proposal, &closing.places, worst) {
            Ok(Some(shown)) => (closed.witness, closed.beside, closed.routes) = shown,
            Ok(None) => {}
            Err(_) => closed.provisional = Some(Provisional { limit, question: None }),
        }
    }
    Some(closed)
}

type Shown = (Vec<(Place, Option<Answer>)>, Vec<(Place, Answer)>, Vec<Vec<u16>>);

struct Closer<'p> {
    program: &'p Program,
    limit: u64,
    steps: u64,
    /// The slots of the closed answers.
    closed: BTreeSet<Slot>,
    /// The worst outcomes, over the completions of what is not closed.
    found: BTreeSet<u16>,
    exact: bool,
}

impl Closer<'_> {
    fn ask<T>(
        &mut self,
        world: World,
        ask: impl FnOnce(&mut Self, &mut Reach<'_>) -> Result<T, Unsure>,
    ) -> Result<T, Unsure> {
        if self.steps >= self.limit {
            return Err(Unsure { slot: None });
        }
        let mut reach = Reach::new(self.program, world, self.limit - self.steps);
        let answer = ask(self, &mut reach);
        self.steps += reach.steps.max(1);
        answer
    }

    fn combinations(&mut self, world: World) -> Result<BTreeSet<Combination>, Unsure> {
        self.ask(world, |_, reach| reach.combinations())
    }

    /// Finds the worst outcomes below a world: one per completion of what is not closed.
    fn worst(&mut self, world: World) -> Result<(), Unsure> {
        let split = self.ask(world.clone(), |this, reach| {
            let left = outcomes(&reach.combinations()?);
            let Some(worst) = left.last().copied() else { return Ok(None) };
            // Nothing below can add an outcome.
            if left.is_subset(&this.found) {
                return Ok(None);
            }
            let mut open = reach.live();
            open.retain(|slot| !this.closed.contains(slot));
            if left.len() == 1 || open.is_empty() {
                this.found.insert(worst);
                return Ok(None);
            }
            let witness = reach.witness(&|(outcome, _)| *outcome == worst)?;
            Ok(Some((left, worst, witness, this.ways(reach, &open))))
        })?;
        let Some((left, worst, witness, ways)) = split else { return Ok(()) };
        // Often one way to answer what is closed is the worst whatever else is answered.
        if let Some(witness) = witness {
            let mut fixed = world.clone();
            for slot in &self.closed {
                fixed.set(*slot, witness.get(*slot).clone());
            }
            if outcomes(&self.combinations(fixed)?) == BTreeSet::from([worst]) {
                self.found.insert(worst);
                return Ok(());
            }
        }
        let Some((slot, ways)) = ways else {
            self.exact = false;
            self.found.extend(left);
            return Ok(());
        };
        for way in ways {
            let mut below = world.clone();
            below.set(slot, way);
            self.worst(below)?;
        }
        Ok(())
    }

    /// An answer that is not closed, and ways to answer it that leave nothing out. None: numbers that hang together.
    fn ways(&self, reach: &Reach<'_>, open: &[Slot]) -> Option<(Slot, Vec<Possible>)> {
        let finite = open.iter().find_map(|slot| Some((*slot, reach.ways(*slot)?)));
        finite.or_else(|| open.iter().find_map(|slot| Some((*slot, stretches(reach, *slot)?))))
    }

    /// The worst completion of the closed answers, as short as can be: answers that then make no difference are left out. And
    /// the other open answers that it needs; none where it is the worst whatever they are.
    fn witness(
        &mut self,
        world: &World,
        proposal: &Proposal,
        closed: &[Place],
        worst: u16,
    ) -> Result<Option<Shown>, Unsure> {
        let full = self.ask(world.clone(), |_, reach| reach.witness(&|(outcome, _)| *outcome == worst))?;
        let Some(full) = full else { return Ok(None) };
        let open = self.ask(world.clone(), |_, reach| Ok(reach.live()))?;
        let mut others: Vec<Place> =
            open.iter().filter_map(|slot| Place::of_slot(*slot, world, proposal)).collect();
        others.retain(|place| !closed.contains(place));
        others.sort_unstable();
        others.dedup();
        let mut fixed = full.clone();
        let mut kept = BTreeSet::new();
        // What was never read may be anything.
        for slot in (0..world.slots.len()).filter_map(|slot| Slot::try_from(slot).ok()) {
            if !self.closed.contains(&slot) && !open.contains(&slot) {
                fixed.set(slot, world.get(slot).clone());
            }
        }
        // Of what is not closed only the outcome counts; of what is closed the routes go with it too.
        for place in &others {
            let wider = widened(&fixed, *place, world, proposal);
            if outcomes(&self.combinations(wider.clone())?) == BTreeSet::from([worst]) {
                fixed = wider;
            } else {
                kept.insert(*place);
            }
        }
        let combinations = self.combinations(fixed.clone())?;
        for place in closed {
            let wider = widened(&fixed, *place, world, proposal);
            if self.combinations(wider.clone())? == combinations {
                fixed = wider;
            } else {
                kept.insert(*place);
            }
        }
        let routes = (0..self.program.routes.len())
            .map(|at| {
                let choices = combinations.iter().filter_map(|(_, choices)| choices.get(at).copied());
                choices.collect::<BTreeSet<_>>().into_iter().collect()
            })
            .collect();
        let answer = |place: &Place| answer(*place, &full, proposal);
        let counted = closed.iter().map(|place| (*place, kept.contains(place).then(|| answer(place))));
        let beside = others.iter().filter(|place| kept.contains(place)).map(|place| (*place, answer(place)));
        Ok(Some((counted.collect(), beside.collect(), routes)))
    }
}

fn outcomes(combinations: &BTreeSet<Combination>) -> BTreeSet<u16> {
    combinations.iter().map(|(outcome, _)| *outcome).collect()
}

/// Stretches of a number in each of which it makes no difference which it is; one point of it when there is one. None
/// where that cannot be told.
fn stretches(reach: &Reach<'_>, slot: Slot) -> Option<Vec<Possible>> {
    let range = reach.world().get(slot).as_range()?;
    let step = reach.world().step(slot);
    let turns = reach.turns(slot);
    let inside: Vec<&Number> = turns.iter().filter(|at| **at > range.lo && **at <= range.hi).collect();
    let point = |at: &Number| Possible::range(at.clone(), at.clone(), range.date, None);
    if inside.is_empty() {
        if !reach.tied(slot) {
            return Some(vec![point(&range.lo)]);
        }
        let count = range.hi.sub(&range.lo).div(&step)?;
        if count > Number::whole(FEW) {
            return None;
        }
        let mut points = Vec::new();
        let mut at = range.lo.clone();
        while at <= range.hi {
            points.push(point(&at));
            at = at.add(&step);
        }
        return Some(points);
    }
    let mut starts = vec![range.lo.clone()];
    starts.extend(inside.into_iter().cloned());
    let ends = starts.iter().skip(1).map(|next| next.sub(&step)).chain([range.hi.clone()]);
    let stretch =
        |(lo, hi): (&Number, Number)| Possible::range(lo.clone(), hi, range.date, range.line.clone());
    Some(starts.iter().zip(ends).map(stretch).collect())
}

/// A world in which an answer is as open again as it was.
fn widened(fixed: &World, place: Place, world: &World, proposal: &Proposal) -> World {
    let mut wider = fixed.clone();
    for slot in slots_of(place, world, proposal) {
        wider.set(slot, world.get(slot).clone());
    }
    wider
}

/// The slots of an answer: with those of its items for a list that is not given.
fn slots_of(place: Place, world: &World, proposal: &Proposal) -> Vec<Slot> {
    let mut slots = vec![place.slot(world)];
    let given = place.answer(proposal).is_some_and(|answer| matches!(answer.state, State::Items(_)));
    if place.item.is_none() && !given {
        let list = world.list(place.question);
        slots.extend(list.base..list.base + list.items * list.fields);
    }
    slots
}

/// The answer that a world in which all is known has at a place. Of a list that differs in length: its first items.
fn answer(place: Place, world: &World, proposal: &Proposal) -> Answer {
    let one = |slot: Slot| match first(world.get(slot)) {
        Some(value) => Answer { state: State::Given(value), ..Answer::default() },
        None => Answer::default(),
    };
    let given = place.answer(proposal).map(|answer| &answer.state);
    let list = world.list(place.question);
    let Some(count) = world.item_count(place.question).filter(|_| place.item.is_none() && list.fields > 0)
    else {
        return one(place.slot(world));
    };
    if !matches!(world.get(place.question.0), Possible::Known(Value::Number(_))) {
        return one(place.slot(world));
    }
    let items = (0..count.min(list.items)).map(|item| match given {
        Some(State::Items(items)) => items.get(item as usize).cloned().unwrap_or_default(),
        _ => (0..list.fields).map(|field| one(list.slot(item, field))).collect(),
    });
    Answer { state: State::Items(items.collect()), ..Answer::default() }
}

fn first(possible: &Possible) -> Option<Value> {
    match possible {
        Possible::Known(value) => Some(value.clone()),
        Possible::Open(Set { core: Core::Range(range), .. }) => {
            let Range { lo, date, .. } = &**range;
            Possible::range(lo.clone(), lo.clone(), *date, None).known().cloned()
        }
        Possible::Open(_) => None,
    }
}
