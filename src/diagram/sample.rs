//! A few completions of a world: all first answers, all last ones, and some in between. They are always the same ones, so the same
//! question always gives the same answer.

use crate::diagram::reach;
use crate::evaluate::possible::{Core, Possible, Range, Set, Slot};
use crate::evaluate::world::World;
use crate::program::nodes::Program;
use crate::value::number::Number;
use crate::value::values::Value;

/// How many completions are tried, besides the first and the last answers.
const COMPLETIONS: u32 = 16;

/// Some completions, one after the other.
pub(crate) fn completions(program: &Program, world: &World) -> impl Iterator<Item = World> {
    let open: Vec<Slot> =
        (0..).zip(&world.slots).filter(|(_, slot)| slot.known().is_none()).map(|(at, _)| at).collect();
    let mut choose = Chooser(1);
    (0..COMPLETIONS + 2).map(move |which| {
        let mut filled = world.clone();
        for at in &open {
            let one = match which {
                0 | 1 => end(program, world, *at, which == 1),
                _ => choose.answer(program, world, *at),
            };
            filled.set(*at, one);
        }
        for one in &world.aggregates {
            // What a list adds up to follows from what its items are: here each is the least there can be.
            let length = filled.get(one.list.0).as_range().map(|range| range.lo).unwrap_or_default();
            filled.set(one.count, Possible::number(length.clone()));
            filled.set(one.sum, Possible::number(length.mul(&one.least)));
        }
        filled
    })
}

/// The first or the last answer that a slot can have.
pub(crate) fn end(program: &Program, world: &World, slot: Slot, last: bool) -> Possible {
    let open = world.get(slot);
    let ways = match open.known() {
        Some(_) => return open.clone(),
        None => reach::ways(program, world, slot).unwrap_or_else(|| vec![open.clone()]),
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

/// A fixed sequence of choices.
struct Chooser(u64);

impl Chooser {
    fn below(&mut self, count: usize) -> usize {
        // A linear congruential generator; its high bits are mixed well enough to spread choices.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let count = u64::try_from(count).unwrap_or(u64::MAX).max(1);
        usize::try_from((self.0 >> 33) % count).unwrap_or(0)
    }

    /// An answer that the slot can have.
    fn answer(&mut self, program: &Program, world: &World, slot: Slot) -> Possible {
        let open = world.get(slot);
        if open.known().is_some() {
            return open.clone();
        }
        let ways = reach::ways(program, world, slot).unwrap_or_else(|| vec![open.clone()]);
        let Some(way) = ways.get(self.below(ways.len())) else {
            return Possible::Known(Value::NotApplicable);
        };
        match way {
            Possible::Open(Set { core: Core::Range(range), .. }) => self.number(world, slot, range),
            way => way.clone(),
        }
    }

    /// A number in a range: an end, or something in between.
    fn number(&mut self, world: &World, slot: Slot, range: &Range) -> Possible {
        let step = world.step(slot);
        let part = Number::fraction(i64::try_from(self.below(101)).unwrap_or(0), 100).unwrap_or_default();
        let between = range.lo.add(&range.hi.sub(&range.lo).mul(&part));
        let between = if step.is_zero() { range.lo.clone() } else { between.floor_to(&step) };
        let points = [between, range.lo.clone(), range.hi.clone()];
        let point = points.get(self.below(points.len())).unwrap_or(&range.lo).clone();
        Possible::range(point.clone(), point, range.date, None)
    }
}
