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
    let mut slots: Vec<Slot> = relations.iter().flat_map(|line| line.terms.iter().map(|(slot, _)| *slot)).collect();
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
    line.terms.binary_search_by_key(&slot, |(at, _)| *at).ok().and_then(|at| line.terms.get(at)).map(|(_, c)| c)
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

/// Answers on the grid for which all relations of a world hold, or none when none was found.
#[must_use]
pub fn point(world: &World) -> Option<BTreeMap<Slot, Number>> {
    let (all, slots) = with_ranges(world, world.relations.clone());
    let mut found: BTreeMap<Slot, Number> = BTreeMap::new();
    for (at, slot) in slots.iter().enumerate() {
        let mut relations: Vec<Line> = all.iter().map(|line| substitute(line, &found)).collect();
        for other in slots.iter().skip(at + 1) {
            relations = eliminate(relations, *other)?;
        }
        let (mut lo, mut hi): (Option<Number>, Option<Number>) = (None, None);
        for line in &relations {
            match coefficient(line, *slot) {
                None if line.base.is_negative() => return None,
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
        let (lo, hi) = (lo?, hi?);
        let value = lo.ceil_to(&world.step(*slot));
        if value > hi {
            return None;
        }
        found.insert(*slot, value);
    }
    Some(found)
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
