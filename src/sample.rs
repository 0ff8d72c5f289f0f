//! A few completions, tried before a search: a pair of which only one answer differs, with another outcome, proves at once what
//! a search would find. Which completions are tried is fixed, so the same question always gives the same answer.

use crate::evaluate;
use crate::number::Number;
use crate::possible::{Core, Possible, Range, Set, Slot};
use crate::solve::Solver;
use crate::value::Value;
use crate::world::World;

/// So many completions are tried.
const COMPLETIONS: u32 = 16;

/// And of each so many answers to the question at hand.
const ANSWERS: usize = 6;

/// Whether two of the completions that are tried differ in this slot only, and in the outcome. False proves nothing.
pub(crate) fn changes_outcome(solver: &Solver<'_>, slot: Slot) -> bool {
    let open = open_slots(solver);
    let program = solver.program;
    let mut choose = Chooser(1);
    let mut world = solver.world.clone();
    // Once everything is evaluated, another answer to the one slot moves only what reads it.
    let moving = evaluate::readers(program, &world, slot);
    let mut values = Vec::new();
    for _ in 0..COMPLETIONS {
        for at in &open {
            let one = choose.answer(solver, *at);
            world.set(*at, one);
        }
        let mut first = None;
        for answer in 0..ANSWERS {
            let one = choose.answer(solver, slot);
            world.set(slot, one);
            if answer == 0 {
                let Some(all) = evaluate::exactly(program, &world) else { break };
                values = all;
            } else if !evaluate::again(program, &world, &moving, &mut values) {
                break;
            }
            let outcome = values.get(program.outcome.index()).cloned();
            if *first.get_or_insert_with(|| outcome.clone()) != outcome {
                return true;
            }
        }
    }
    false
}

fn open_slots(solver: &Solver<'_>) -> Vec<Slot> {
    let open = (0..).zip(&solver.world.slots).filter(|(_, slot)| slot.known().is_none());
    open.map(|(at, _)| at).collect()
}

/// Some completions, one after the other: all first answers, all last ones, and some in between. Relations between numbers are not looked at.
pub(crate) fn completions(solver: &Solver<'_>) -> impl Iterator<Item = World> {
    let open = open_slots(solver);
    let mut choose = Chooser(1);
    (0..COMPLETIONS + 2).map(move |which| {
        let mut world = solver.world.clone();
        for at in &open {
            let one = match which {
                0 | 1 => end(solver, *at, which == 1),
                _ => choose.answer(solver, *at),
            };
            world.set(*at, one);
        }
        world
    })
}

/// The first answer that a slot can have.
pub(crate) fn first(solver: &Solver<'_>, slot: Slot) -> Possible {
    end(solver, slot, false)
}

/// The first or the last answer that a slot can have.
pub(crate) fn end(solver: &Solver<'_>, slot: Slot, last: bool) -> Possible {
    let open = solver.world.get(slot);
    let ways = match open.known() {
        Some(_) => return open.clone(),
        None => solver.finite(slot).unwrap_or_else(|| vec![open.clone()]),
    };
    match if last { ways.last() } else { ways.first() } {
        Some(Possible::Open(Set { core: Core::Range(range), .. })) => {
            let point = if last { &range.hi } else { &range.lo };
            Possible::range(point.clone(), point.clone(), range.date, None)
        }
        Some(way) => way.clone(),
        None => Possible::Known(Value::NotApplicable),
    }
}

/// Chooses one after the other, always the same.
struct Chooser(u64);

impl Chooser {
    fn below(&mut self, count: usize) -> usize {
        // A linear congruential generator; its high bits are mixed well enough to spread choices.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let count = u64::try_from(count).unwrap_or(u64::MAX).max(1);
        usize::try_from((self.0 >> 33) % count).unwrap_or(0)
    }

    /// One answer that the slot can have.
    fn answer(&mut self, solver: &Solver<'_>, slot: Slot) -> Possible {
        let open = solver.world.get(slot);
        if open.known().is_some() {
            return open.clone();
        }
        let ways = solver.finite(slot).unwrap_or_else(|| vec![open.clone()]);
        let Some(way) = ways.get(self.below(ways.len())) else {
            return Possible::Known(Value::NotApplicable);
        };
        match way {
            Possible::Open(Set { core: Core::Range(range), .. }) => self.number(solver, slot, range),
            way => way.clone(),
        }
    }

    /// A number of a range: where results turn, or else between the ends.
    fn number(&mut self, solver: &Solver<'_>, slot: Slot, range: &Range) -> Possible {
        let step = solver.world.step(slot);
        let turns = solver.turns.get(&slot).into_iter().flatten();
        let mut points: Vec<Number> = turns.flat_map(|turn| [turn.sub(&step), turn.clone()]).collect();
        let part = Number::fraction(i64::try_from(self.below(101)).unwrap_or(0), 100).unwrap_or_default();
        points.push(range.lo.add(&range.hi.sub(&range.lo).mul(&part)).floor_to(&step));
        points.extend([range.lo.clone(), range.hi.clone()]);
        points.retain(|point| range.lo <= *point && *point <= range.hi);
        let point = points.get(self.below(points.len())).unwrap_or(&range.lo).clone();
        Possible::range(point.clone(), point, range.date, None)
    }
}
