//! Closing: the open answers that someone closed, in the proposal, are counted together at their worst. Open answers that nobody
//! closed are not: for each of their completions the worst over the closed answers is an outcome, and only where all of these
//! are the same does the closing give one.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::diagram::reach::{self, Combination, Reach, Unsure};
use crate::diagram::slots_of_list;
use crate::evaluate::items;
use crate::evaluate::possible::{Core, Possible, Range, Set, Slot};
use crate::evaluate::world::World;
use crate::judge::call::Call;
use crate::judge::findings::Closed;
use crate::limits::Limits;
use crate::limits::provisional::{Provisional, ProvisionalReason};
use crate::program::nodes::Program;
use crate::proposal::answers::{Answer, Proposal, State};
use crate::proposal::place::Place;
use crate::value::number::Number;
use crate::value::values::Value;

/// Numbers that hang together with others are tried one by one when they are so few.
const FEW: i64 = 64;

/// What a recorded closing makes of a proposal; none where there is no closing. Cost: a pass for every way to answer what stays
/// open that can make a difference, together as much as is left of the call's steps; on a stop every outcome that the answers
/// alone leave is kept.
pub(crate) fn close(call: Call<'_>, outcomes: &[u16]) -> Option<Closed> {
    let Call { proposal, limits, budget, .. } = call;
    let (model, program) = (call.model(), call.program());
    let closing = proposal.closing.as_ref()?;
    let world = Rc::new(call.world());
    let slots = closing.places.iter().flat_map(|place| slots_of(*place, &world, proposal)).collect();
    let reach = Reach::new(program, World::clone(&world), budget);
    let mut closer =
        Closer { program, limits, reach, closed: slots, found: BTreeSet::new(), together: false };
    let stopped = closer.worst(Rc::clone(&world)).err();
    let unsure = stopped.or(closer.together.then_some(Unsure(ProvisionalReason::Numbers)));
    if unsure.is_some() {
        closer.found = outcomes.iter().copied().collect();
    }
    let place = || Some(proposal.places(model).first()?.pointer(model));
    let mut closed = Closed {
        outcomes: closer.found.iter().copied().collect(),
        provisional: unsure.map(|Unsure(reason)| Provisional::new(reason, budget.limit(), place())),
        no_witness: None,
        witness: Vec::new(),
        beside: Vec::new(),
        routes: vec![Vec::new(); program.routes.len()],
    };
    if let Some(worst) = closed.outcome() {
        match closer.witness(&world, proposal, &closing.places, worst) {
            Ok(Some(shown)) => (closed.witness, closed.beside, closed.routes) = shown,
            Ok(None) => {}
            Err(Unsure(reason)) => closed.no_witness = Some(Provisional::new(reason, budget.limit(), None)),
        }
    }
    Some(closed)
}

type Shown = (Vec<(Place, Option<Answer>)>, Vec<(Place, Answer)>, Vec<Vec<u16>>);

struct Closer<'p> {
    program: &'p Program,
    limits: &'p Limits,
    /// The proposal's own world, and every narrower one.
    reach: Reach<'p>,
    /// The slots of the closed answers.
    closed: BTreeSet<Slot>,
    /// The worst outcomes, over the completions of what is not closed.
    found: BTreeSet<u16>,
    /// Numbers that stay open hang together, and are too many to be tried.
    together: bool,
}

impl Closer<'_> {
    fn combinations(&self, world: &Rc<World>) -> Result<BTreeSet<Combination>, Unsure> {
        self.reach.combinations_in(world)
    }

    /// Finds the worst outcomes below a world: one per completion of what is not closed.
    fn worst(&mut self, world: Rc<World>) -> Result<(), Unsure> {
        let mut worlds = vec![world];
        while let Some(world) = worlds.pop() {
            let left = outcomes(&self.combinations(&world)?);
            // Nothing below can add an outcome.
            let Some(worst) = left.last().copied().filter(|_| !left.is_subset(&self.found)) else { continue };
            let mut open: Vec<Slot> = self.reach.live_in(&world)?.into_iter().collect();
            open.retain(|slot| !self.closed.contains(slot) && world.get(*slot).known().is_none());
            if left.len() == 1 || open.is_empty() {
                self.found.insert(worst);
                continue;
            }
            // Often one way to answer what is closed is the worst whatever else is answered.
            if let Some(witness) = self.reach.witness_in(&world, &|(outcome, _)| *outcome == worst)? {
                let mut fixed = World::clone(&world);
                for slot in &self.closed {
                    fixed.set(*slot, witness.get(*slot).clone());
                }
                if outcomes(&self.combinations(&Rc::new(fixed))?) == BTreeSet::from([worst]) {
                    self.found.insert(worst);
                    continue;
                }
            }
            let Some((slot, ways)) = self.ways(&world, &open)? else {
                self.together = true;
                self.found.extend(left);
                continue;
            };
            worlds.extend(ways.into_iter().rev().map(|way| {
                let mut below = World::clone(&world);
                below.set(slot, way);
                Rc::new(below)
            }));
        }
        Ok(())
    }

    /// An answer that is not closed, and ways to answer it that leave nothing out. None: numbers that hang together.
    fn ways(&self, world: &Rc<World>, open: &[Slot]) -> Result<Option<(Slot, Vec<Possible>)>, Unsure> {
        let finite = open.iter().find_map(|slot| Some((*slot, reach::ways(self.program, world, *slot)?)));
        if finite.is_some() {
            return Ok(finite);
        }
        for slot in open {
            if let Some(ways) = self.stretches(world, *slot)? {
                return Ok(Some((*slot, ways)));
            }
        }
        Ok(None)
    }

    /// Stretches of a number in each of which it makes no difference which it is; one point of it when there is one. None
    /// where that cannot be told.
    fn stretches(&self, world: &Rc<World>, slot: Slot) -> Result<Option<Vec<Possible>>, Unsure> {
        let Some(range) = world.get(slot).as_range() else { return Ok(None) };
        let step = world.step(slot);
        let (turns, tied) = self.reach.turns_in(world, slot)?;
        let inside: Vec<&Number> = turns.iter().filter(|at| **at > range.lo && **at <= range.hi).collect();
        let point = |at: &Number| Possible::range(at.clone(), at.clone(), range.date, None);
        let parts = world.get(slot).parts();
        let mut blanks = Vec::new();
        blanks.extend(parts.none.then_some(Possible::Known(Value::None)));
        blanks.extend(parts.not_applicable.then_some(Possible::Known(Value::NotApplicable)));
        if inside.is_empty() {
            if !tied {
                return Ok(Some([vec![point(&range.lo)], blanks].concat()));
            }
            let Some(count) = range.hi.sub(&range.lo).div(&step) else { return Ok(None) };
            if count > Number::whole(FEW) {
                return Ok(None);
            }
            let mut points = Vec::new();
            let mut at = range.lo.clone();
            while at <= range.hi {
                points.push(point(&at));
                at = at.add(&step);
            }
            return Ok(Some([points, blanks].concat()));
        }
        let mut starts = vec![range.lo.clone()];
        starts.extend(inside.into_iter().cloned());
        let ends = starts.iter().skip(1).map(|next| next.sub(&step)).chain([range.hi.clone()]);
        let stretch =
            |(lo, hi): (&Number, Number)| Possible::range(lo.clone(), hi, range.date, range.line.clone());
        let stretches: Vec<Possible> = starts.iter().zip(ends).map(stretch).collect();
        Ok(Some([stretches, blanks].concat()))
    }

    /// The answer at a place in a world in which everything is known. None inside: a list that is too long to write out.
    fn answer(&self, place: Place, world: &World, proposal: &Proposal) -> Answer {
        let with = |value: Option<Value>| match value {
            Some(value) => Answer { state: State::Given(value), ..Answer::default() },
            None => Answer::default(),
        };
        let own = world.slot(place);
        if place.item.is_some() || !matches!(world.lists.get(place.question.index()), Some(Some(_))) {
            return with(first(world.get(own)));
        }
        let given = proposal.answer(place).map(|answer| &answer.state);
        if let Some(State::Items(items)) = given {
            // For a list whose length is in dispute: its first items.
            let Some(count) = world.item_count(place.question) else { return with(first(world.get(own))) };
            let items = items.iter().take(count as usize).cloned().collect();
            return Answer { state: State::Items(items), ..Answer::default() };
        }
        match items::items(self.program, world, self.limits, place.question) {
            Some(items) => {
                let item = |item: Vec<Value>| item.into_iter().map(|value| with(Some(value))).collect();
                Answer { state: State::Items(items.into_iter().map(item).collect()), ..Answer::default() }
            }
            None => with(first(world.get(own))),
        }
    }

    /// The worst completion of the closed answers, as short as possible: answers that then make no difference are left out. With the
    /// other open answers that it needs; none where it is the worst whatever they are.
    fn witness(
        &self,
        world: &Rc<World>,
        proposal: &Proposal,
        closed: &[Place],
        worst: u16,
    ) -> Result<Option<Shown>, Unsure> {
        let Some(full) = self.reach.witness(&|(outcome, _)| *outcome == worst)? else { return Ok(None) };
        let open = self.reach.live_in(world)?;
        let mut others: Vec<Place> = open.iter().filter_map(|slot| world.place(*slot, proposal)).collect();
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
        let mut fixed = Rc::new(fixed);
        // For open answers that are not closed only the outcome counts; for closed ones the routes count too.
        for place in &others {
            let wider = widened(&fixed, *place, world, proposal);
            if outcomes(&self.combinations(&wider)?) == BTreeSet::from([worst]) {
                fixed = wider;
            } else {
                kept.insert(*place);
            }
        }
        let combinations = self.combinations(&fixed)?;
        for place in closed {
            let wider = widened(&fixed, *place, world, proposal);
            if self.combinations(&wider)? == combinations {
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
        let answer = |place: &Place| self.answer(*place, &full, proposal);
        let counted = closed.iter().map(|place| (*place, kept.contains(place).then(|| answer(place))));
        let beside = others.iter().filter(|place| kept.contains(place)).map(|place| (*place, answer(place)));
        Ok(Some((counted.collect(), beside.collect(), routes)))
    }
}

fn outcomes(combinations: &BTreeSet<Combination>) -> BTreeSet<u16> {
    combinations.iter().map(|(outcome, _)| *outcome).collect()
}

/// A world in which an answer is open again, as it was.
fn widened(fixed: &World, place: Place, world: &World, proposal: &Proposal) -> Rc<World> {
    let mut wider = fixed.clone();
    for slot in slots_of(place, world, proposal) {
        wider.set(slot, world.get(slot).clone());
    }
    Rc::new(wider)
}

/// The slots of an answer: with those of its items for a list that is not given.
fn slots_of(place: Place, world: &World, proposal: &Proposal) -> Vec<Slot> {
    let mut slots = vec![world.slot(place)];
    let given = proposal.answer(place).is_some_and(|answer| matches!(answer.state, State::Items(_)));
    if place.item.is_none() && !given {
        slots.extend(slots_of_list(world, place.question).filter(|slot| *slot != place.question.0));
    }
    slots
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
