//! Numbers taken out of a system, one at a time: by an equality, by a progression, or by what bounds them from both sides.

use std::collections::BTreeMap;

use super::{Found, MOST_ROWS, Shadow, Side, Solver, Stretch, System, join, nowhere};
use crate::diagram::faces::{Calendar, Direction};
use crate::diagram::form::Poly;
use crate::evaluate::possible::Slot;
use crate::value::number::Number;

/// A number with at most so many values is tried value by value.
const FEW: i64 = 4_096;

/// The values between what may be possible and what surely is are tried when they are at most so many.
const NEAR: i64 = 256;

/// At most so many numbers, nested, are tried value by value.
const MOST_TRIED: usize = 3;

/// Faces that come up while a system is solved are counted from here; those of a diagram never come so far.
const OWN_FACES: Slot = 3 << 29;

impl System {
    /// A number that an equality gives as a whole combination of others.
    pub(super) fn equality(&self, slots: &[Slot]) -> Option<(Slot, Poly)> {
        for row in self.rows.iter().filter(|row| row.is_linear()) {
            let opposite = row.scale(&Number::whole(-1));
            if !self.rows.contains(&opposite) {
                continue;
            }
            for (of, factor) in &row.terms {
                let Some(slot) = of.first().filter(|slot| slots.contains(slot)) else { continue };
                if factor.abs() == Number::ONE {
                    let own = Poly::of(*slot).scale(factor);
                    return Some((*slot, row.sub(&own).scale(&factor.neg())));
                }
            }
        }
        None
    }

    pub(super) fn substitute(&mut self, slot: Slot, by: &Poly) {
        let (lo, hi) = self.range(slot);
        for row in &mut self.rows {
            *row = row.replaced(slot, by);
        }
        self.rows.push(by.sub(&Poly::fixed(lo)));
        self.rows.push(Poly::fixed(hi).sub(by));
        self.domains.remove(&slot);
    }

    /// Where an equality ties the kept number to a single other: what it can be, by what the other can be.
    pub(super) fn progression(
        &self,
        keep: Slot,
        tried: usize,
        shadow: Shadow,
        solver: &Solver<'_>,
    ) -> Option<Found> {
        for row in self.rows.iter().filter(|row| row.is_linear() && row.terms.len() == 2) {
            let opposite = row.scale(&Number::whole(-1));
            let [(first, a), (second, b)] = row.terms.as_slice() else { continue };
            let (first, second) = (*first.first()?, *second.first()?);
            let plain = self.is_plain(first) && self.is_plain(second);
            if !plain || !self.rows.contains(&opposite) || (first != keep && second != keep) {
                continue;
            }
            let (other, own, its) = if first == keep { (second, a, b) } else { (first, b, a) };
            // own·keep + its·other + base = 0, with a whole number t: keep = start + its·t, other = other_start - own·t.
            let (start, other_start) = whole_solution(own, its, &row.base)?;
            let line = |start: &Number, factor: &Number| {
                Poly::of(other).scale(factor).add(&Poly::fixed(start.clone()))
            };
            let (of_keep, of_other) = (line(&start, its), line(&other_start, &own.neg()));
            let mut system = self.clone();
            for row in &mut system.rows {
                *row = row.replaced(other, &of_other).replaced(keep, &of_keep);
            }
            // `t` takes the other's place.
            for (slot, by) in [(keep, &of_keep), (other, &of_other)] {
                let (lo, hi) = self.range(slot);
                system.rows.push(by.sub(&Poly::fixed(lo)));
                system.rows.push(Poly::fixed(hi).sub(by));
            }
            system.domains.remove(&keep);
            // Wide enough for both; the rows move the ends inward.
            let reach = [keep, other]
                .iter()
                .flat_map(|slot| {
                    let (lo, hi) = self.range(*slot);
                    [lo.abs(), hi.abs()]
                })
                .fold(start.abs().add(&other_start.abs()), |sum, end| sum.add(&end));
            system.domains.insert(other, (reach.neg(), reach));
            let found = match system.solve(Some(other), tried, shadow, solver) {
                Ok(Some(found)) => found,
                rest => return Some(rest),
            };
            let stretches = found.into_iter().map(|stretch| {
                let at = |t: &Number| its.mul(t).add(&start);
                let (a, b) = (at(&stretch.first), at(&stretch.last));
                Stretch {
                    first: a.clone().min(b.clone()),
                    last: a.max(b),
                    every: its.abs().mul(&stretch.every),
                }
            });
            return Some(Ok(Some(stretches.collect())));
        }
        None
    }

    /// The rows that want a number high and those that want it low, with its factors; none where it is multiplied.
    pub(super) fn sides(&self, slot: Slot) -> Option<(Side, Side)> {
        let (lo, hi) = self.range(slot);
        let (mut lower, mut upper) =
            (vec![(Number::ONE, Poly::fixed(lo.neg()))], vec![(Number::ONE, Poly::fixed(hi))]);
        for row in &self.rows {
            let mut own = None;
            for (slots, factor) in &row.terms {
                if slots.contains(&slot) {
                    if slots.len() > 1 {
                        return None;
                    }
                    own = Some(factor.clone());
                }
            }
            let Some(factor) = own else { continue };
            let rest = row.sub(&Poly::of(slot).scale(&factor));
            if factor.is_negative() { upper.push((factor.neg(), rest)) } else { lower.push((factor, rest)) }
        }
        Some((lower, upper))
    }

    /// A number that can be eliminated without losing anything, with the fewest new rows.
    pub(super) fn exactly_eliminable(&self, slots: &[Slot]) -> Option<Slot> {
        let mut best: Option<(usize, Slot)> = None;
        for slot in slots {
            let Some((lower, upper)) = self.sides(*slot) else { continue };
            let exact =
                lower.iter().all(|(a, _)| upper.iter().all(|(b, _)| *a == Number::ONE || *b == Number::ONE));
            let count = lower.len() * upper.len();
            if exact && self.rows.len() + count <= MOST_ROWS && best.is_none_or(|(least, _)| count < least) {
                best = Some((count, *slot));
            }
        }
        best.map(|(_, slot)| slot)
    }

    /// The number that leaves the fewest rows when it is eliminated.
    pub(super) fn cheapest(&self, slots: &[Slot]) -> Option<Slot> {
        let count = |slot: &Slot| {
            let (lower, upper) = self.sides(*slot)?;
            Some((lower.len() * upper.len(), *slot))
        };
        let least = slots.iter().filter_map(count).min()?;
        (self.rows.len() + least.0 <= MOST_ROWS).then_some(least.1)
    }

    /// What a number can be, between what it may be and what it surely can be: the few between are tried.
    pub(super) fn between(
        &self,
        wide: &Stretch,
        narrow: &Stretch,
        slot: Slot,
        tried: usize,
        solver: &Solver<'_>,
    ) -> Found {
        if wide.every != Number::ONE || narrow.every != Number::ONE || tried >= MOST_TRIED {
            return Ok(None);
        }
        let apart = narrow.first.sub(&wide.first).add(&wide.last.sub(&narrow.last));
        if apart > Number::whole(NEAR) {
            return Ok(None);
        }
        let mut found = Vec::new();
        let parts = [
            (wide.first.clone(), narrow.first.sub(&Number::ONE)),
            (narrow.last.add(&Number::ONE), wide.last.clone()),
        ];
        for (at, (from, to)) in parts.into_iter().enumerate() {
            let mut value = from;
            while value <= to {
                let mut one = self.clone();
                one.fix(slot, &value);
                match one.solve(None, tried + 1, Shadow::Exact, solver)? {
                    None => return Ok(None),
                    Some(holds) if holds.is_empty() => {}
                    Some(_) => join(&mut found, Stretch::all(value.clone(), value.clone())),
                }
                value = value.add(&Number::ONE);
            }
            if at == 0 {
                join(&mut found, narrow.clone());
            }
        }
        Ok(Some(found))
    }

    /// Eliminates a number. Each pair of rows that bound it from both sides leaves a row in which it does not occur.
    pub(super) fn eliminate(&mut self, slot: Slot, shadow: Shadow) {
        let Some((lower, upper)) = self.sides(slot) else { return };
        self.rows.retain(|row| !row.slots().contains(&slot));
        for (a, low) in &lower {
            for (b, high) in &upper {
                let mut row = low.scale(b).add(&high.scale(a));
                if shadow == Shadow::Dark {
                    let slack = a.sub(&Number::ONE).mul(&b.sub(&Number::ONE));
                    row = row.sub(&Poly::fixed(slack));
                }
                self.rows.push(row);
            }
        }
        self.domains.remove(&slot);
    }

    /// Where no step is exact: too much, too little, or value by value.
    pub(super) fn in_doubt(
        self,
        keep: Option<Slot>,
        slots: &[Slot],
        tried: usize,
        solver: &Solver<'_>,
    ) -> Found {
        // All for which there may be an answer, and all for which there surely is one.
        let wide = self.clone().solve(keep, tried, Shadow::Wide, solver)?;
        if wide.as_ref().is_some_and(Vec::is_empty) {
            return nowhere();
        }
        let narrow = self.clone().solve(keep, tried, Shadow::Dark, solver)?;
        match (wide.as_deref(), narrow.as_deref(), keep) {
            (_, Some([_, ..]), None) => return Ok(narrow),
            (Some([wide]), Some([narrow]), Some(slot)) => {
                if let Some(found) = self.between(wide, narrow, slot, tried, solver)? {
                    return Ok(Some(found));
                }
            }
            _ => {}
        }
        let size = |slot: &Slot| {
            let (lo, hi) = self.range(*slot);
            hi.sub(&lo)
        };
        let smallest = slots.iter().chain(keep.as_ref()).min_by_key(|slot| (size(slot), **slot)).copied();
        let Some(slot) = smallest.filter(|slot| size(slot) < Number::whole(FEW) && tried < MOST_TRIED) else {
            return Ok(None);
        };
        let (lo, hi) = self.range(slot);
        let mut all = Vec::new();
        let mut value = lo;
        while value <= hi {
            let mut one = self.clone();
            one.fix(slot, &value);
            if Some(slot) == keep {
                match one.solve(None, tried + 1, Shadow::Exact, solver)? {
                    None => return Ok(None),
                    Some(found) if found.is_empty() => {}
                    Some(_) => join(&mut all, Stretch::all(value.clone(), value.clone())),
                }
            } else {
                let Some(found) = one.solve(keep, tried + 1, Shadow::Exact, solver)? else { return Ok(None) };
                if keep.is_none() && !found.is_empty() {
                    return Ok(Some(found));
                }
                all.extend(found);
            }
            value = value.add(&Number::ONE);
        }
        all.sort();
        all.dedup();
        Ok(Some(all))
    }
}

/// Where a face is at most (else at least) something: what it is a face of is then at most (at least) this. None: it cannot be said
/// with one face more.
pub(super) fn end_behind(
    face: Calendar,
    at_most: bool,
    beside: &Poly,
    faces: &mut BTreeMap<Slot, Calendar>,
) -> Option<Poly> {
    let way = match (face.way, at_most) {
        // f(date) ≥ b: the date is at least the first that leads there; f(date) ≤ b: at most the last.
        (Direction::There | Direction::Again, false) => Direction::First,
        (Direction::There | Direction::Again, true) => Direction::Last,
        // The first that leads to the date is at most b: the date is at most f(b). The last is at least b: at least f(b).
        (Direction::First, true) | (Direction::Last, false) => Direction::Again,
        // Ways back come from below as the first, from above as the last: these do not occur.
        (Direction::First, false) | (Direction::Last, true) => return None,
    };
    let after = |end: Poly| end.sub(&Poly::fixed(Number::whole(face.days)));
    let days = beside.base.to_i64()?;
    let back = |slot, days| Calendar { slot, days, months: face.months, way };
    if beside.is_fixed() {
        return Some(after(Poly::fixed(back(0, days).on(&Number::ZERO))));
    }
    let (slot, factor) = beside.as_line()?;
    if *factor != Number::ONE {
        return None;
    }
    let calendar = back(slot, days);
    let known = faces.iter().find(|(_, face)| **face == calendar).map(|(slot, _)| *slot);
    let slot =
        known.unwrap_or_else(|| faces.keys().next_back().map_or(OWN_FACES, |last| (last + 1).max(OWN_FACES)));
    faces.insert(slot, calendar);
    Some(after(Poly::of(slot)))
}

/// A whole solution of `a·x + b·y + c = 0`, where `a` and `b` have no common divisor. None: too large to look for.
pub(super) fn whole_solution(a: &Number, b: &Number, c: &Number) -> Option<(Number, Number)> {
    let (a, b) = (i128::from(a.to_i64()?), i128::from(b.to_i64()?));
    let (mut r0, mut r1, mut s0, mut s1, mut t0, mut t1) = (a, b, 1_i128, 0_i128, 0_i128, 1_i128);
    while r1 != 0 {
        let q = r0.checked_div_euclid(r1)?;
        (r0, r1) = (r1, r0.checked_sub(q.checked_mul(r1)?)?);
        (s0, s1) = (s1, s0.checked_sub(q.checked_mul(s1)?)?);
        (t0, t1) = (t1, t0.checked_sub(q.checked_mul(t1)?)?);
    }
    let part = |n: i128| i64::try_from(n).ok().map(Number::whole);
    let by = c.neg().div(&part(r0)?)?;
    if !by.is_whole() {
        return None;
    }
    Some((part(s0)?.mul(&by), part(t0)?.mul(&by)))
}
