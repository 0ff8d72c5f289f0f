//! Linear relations between open numbers: can they all hold at once, and for which answers?
//!
//! Answers lie on a grid (cents, days, the last digit that may be given). A strict relation is first moved to the
//! nearest grid value, so that all relations are closed; then variables are eliminated one by one (Fourier–Motzkin).
//! That decides exactly over fractions; a grid point is then looked for, and where none is found the answer says so.

use std::collections::BTreeMap;

use crate::lift::Split;
use crate::number::Number;
use crate::possible::{Line, Slot};
use crate::world::World;

/// More relations than this are not multiplied out: the answer is then "perhaps".
const MOST_RELATIONS: usize = 400;

/// A search for answers on the grid tries at most so many numbers.
const MOST_TRIES: u32 = 2_000;

/// `line ≥ 0`, as tight as the grid allows, for one side of a split.
#[must_use]
pub fn relation(world: &World, split: &Split, holds: bool) -> Line {
    // holds: line ≥ 0 or line > 0. fails: line < 0 or line ≤ 0, so -line > 0 or -line ≥ 0.
    let (line, strict) = if holds {
        (split.line.clone(), split.strict)
    } else {
        (split.line.scale(&Number::whole(-1)), !split.strict)
    };
    tighten(world, &line, strict)
}

/// The values of a line lie on a lattice; lowers the base so that the smallest allowed value becomes 0.
fn tighten(world: &World, line: &Line, strict: bool) -> Line {
    let mut step = Number::ZERO;
    for (slot, coefficient) in &line.terms {
        step = step.common_step(&coefficient.mul(&world.step(*slot)).abs());
    }
    if step.is_zero() {
        return line.clone();
    }
    // Slots are multiples of their step, so the line is base + a multiple of `step`.
    let rest = line.base.sub(&line.base.floor_to(&step));
    let least = if strict && rest.is_zero() { step } else { rest };
    Line { base: line.base.sub(&least), terms: line.terms.clone() }
}

/// Whether one side of a split can hold together with all that is known. True when that cannot be told.
#[must_use]
pub fn may_hold(world: &World, split: &Split, holds: bool) -> bool {
    let mut relations = world.relations.clone();
    relations.push(relation(world, split, holds));
    feasible(world, relations)
}

fn with_ranges(world: &World, mut relations: Vec<Line>) -> (Vec<Line>, Vec<Slot>) {
    let mut slots: Vec<Slot> =
        relations.iter().flat_map(|line| line.terms.iter().map(|(slot, _)| *slot)).collect();
    slots.sort_unstable();
    slots.dedup();
    for slot in &slots {
        if let Some(range) = world.get(*slot).as_range() {
            let own = Line::of(*slot);
            relations.push(own.sub(&Line::constant(range.lo.clone())));
            relations.push(Line::constant(range.hi).sub(&own));
        }
    }
    (relations, slots)
}

fn coefficient(line: &Line, slot: Slot) -> Option<&Number> {
    line.terms
        .binary_search_by_key(&slot, |(at, _)| *at)
        .ok()
        .and_then(|at| line.terms.get(at))
        .map(|(_, c)| c)
}

/// Removes a slot from relations; none when they grow too many.
fn eliminate(relations: Vec<Line>, slot: Slot) -> Option<Vec<Line>> {
    let (mut lower, mut upper, mut rest) = (Vec::new(), Vec::new(), Vec::new());
    for line in relations {
        match coefficient(&line, slot) {
            None => rest.push(line),
            Some(c) if c.is_negative() => upper.push(line),
            Some(_) => lower.push(line),
        }
    }
    if rest.len() + lower.len() * upper.len() > MOST_RELATIONS {
        return None;
    }
    for low in &lower {
        for high in &upper {
            let (Some(a), Some(b)) = (coefficient(low, slot), coefficient(high, slot)) else { continue };
            let sum = low.scale(&b.neg()).add(&high.scale(a));
            if sum.terms.is_empty() {
                if sum.base.is_negative() {
                    // Impossible: keep it alone.
                    return Some(vec![sum]);
                }
            } else if !rest.contains(&sum) {
                rest.push(sum);
            }
        }
    }
    Some(rest)
}

fn feasible(world: &World, relations: Vec<Line>) -> bool {
    let (mut relations, slots) = with_ranges(world, relations);
    for slot in slots {
        match eliminate(relations, slot) {
            Some(left) => relations = left,
            None => return true,
        }
        if relations.iter().any(|line| line.terms.is_empty() && line.base.is_negative()) {
            return false;
        }
    }
    true
}

/// What a search for answers on the grid found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grid {
    /// Answers for which all relations hold.
    Point(BTreeMap<Slot, Number>),
    /// There are none.
    Nowhere,
    /// The search ended before it could tell.
    Unknown,
}

/// Answers on the grid for which all relations of a world hold.
#[must_use]
pub fn grid_point(world: &World) -> Grid {
    let (relations, slots) = with_ranges(world, world.relations.clone());
    let steps = slots.iter().map(|slot| world.step(*slot)).collect();
    Search::new(relations, slots, steps, false).map_or(Grid::Unknown, Search::run)
}

/// Least and greatest value of a line over the answers on the grid for which all relations of a world hold. None when
/// that cannot be told.
#[must_use]
pub fn extent(world: &World, line: &Line) -> Option<(Number, Number)> {
    // The value itself becomes one more number, the first to be chosen.
    let value = Slot::MAX;
    let terms = Line { base: Number::ZERO, terms: line.terms.clone() };
    let step = line.terms.iter().fold(Number::ZERO, |step, (slot, coefficient)| {
        step.common_step(&coefficient.mul(&world.step(*slot)).abs())
    });
    let difference = Line::of(value).sub(&terms);
    let mut relations = world.relations.clone();
    relations.push(difference.clone());
    relations.push(difference.scale(&Number::whole(-1)));
    let (relations, mut slots) = with_ranges(world, relations);
    slots.retain(|slot| *slot != value);
    let mut steps: Vec<Number> = vec![step];
    steps.extend(slots.iter().map(|slot| world.step(*slot)));
    slots.insert(0, value);
    let end = |greatest: bool| match Search::new(relations.clone(), slots.clone(), steps.clone(), greatest)?
        .run()
    {
        Grid::Point(point) => Some(point.get(&value)?.add(&line.base)),
        _ => None,
    };
    Some((end(false)?, end(true)?))
}

/// A search for answers on the grid, one slot after the other, each between the ends that the relations leave it.
struct Search {
    slots: Vec<Slot>,
    steps: Vec<Number>,
    /// Per slot the relations in which only it and the slots before it occur.
    chain: Vec<Vec<Line>>,
    /// The first slot from its greatest value down.
    downward: bool,
    found: BTreeMap<Slot, Number>,
    tries: u32,
}

impl Search {
    /// None when there are too many relations.
    fn new(relations: Vec<Line>, slots: Vec<Slot>, steps: Vec<Number>, downward: bool) -> Option<Self> {
        let mut chain = vec![relations];
        for slot in slots.iter().skip(1).rev() {
            chain.push(eliminate(chain.last()?.clone(), *slot)?);
        }
        chain.reverse();
        Some(Self { slots, steps, chain, downward, found: BTreeMap::new(), tries: MOST_TRIES })
    }

    fn run(mut self) -> Grid {
        match self.choose(0) {
            Some(true) => Grid::Point(self.found),
            Some(false) => Grid::Nowhere,
            None => Grid::Unknown,
        }
    }

    /// Chooses the slot at a place and all after it. None when the tries are used up.
    fn choose(&mut self, at: usize) -> Option<bool> {
        let (Some(slot), Some(step), Some(relations)) =
            (self.slots.get(at).copied(), self.steps.get(at).cloned(), self.chain.get(at))
        else {
            return Some(true);
        };
        let (mut lo, mut hi): (Option<Number>, Option<Number>) = (None, None);
        for line in relations {
            let line = substitute(line, &self.found);
            match coefficient(&line, slot) {
                None if line.base.is_negative() => return Some(false),
                None => {}
                Some(c) => {
                    let end = line.base.neg().div(c)?;
                    if c.is_negative() {
                        hi = Some(hi.map_or(end.clone(), |hi| hi.min(end)));
                    } else {
                        lo = Some(lo.map_or(end.clone(), |lo| lo.max(end)));
                    }
                }
            }
        }
        let (lo, hi) = (lo?.ceil_to(&step), hi?.floor_to(&step));
        let down = self.downward && at == 0;
        let mut value = if down { hi.clone() } else { lo.clone() };
        while lo <= value && value <= hi {
            self.tries = self.tries.checked_sub(1)?;
            self.found.insert(slot, value.clone());
            if self.choose(at + 1)? {
                return Some(true);
            }
            if step.is_zero() {
                break;
            }
            value = if down { value.sub(&step) } else { value.add(&step) };
        }
        self.found.remove(&slot);
        Some(false)
    }
}

fn substitute(line: &Line, found: &BTreeMap<Slot, Number>) -> Line {
    let mut base = line.base.clone();
    let mut terms = Vec::new();
    for (slot, c) in &line.terms {
        match found.get(slot) {
            Some(value) => base = base.add(&c.mul(value)),
            None => terms.push((*slot, c.clone())),
        }
    }
    Line { base, terms }
}
