//! The way from a system to what a number can be: made tidy, then by the cheapest step that is left.

use std::collections::BTreeSet;

use super::{Found, Shadow, Solver, Stretch, System, nowhere};
use crate::diagram::form::{Poly, lowest};
use crate::diagram::turning::not_negative;
use crate::evaluate::possible::Slot;
use crate::value::number::Number;

impl System {
    pub(super) fn solve(
        mut self,
        keep: Option<Slot>,
        tried: usize,
        shadow: Shadow,
        solver: &Solver<'_>,
    ) -> Found {
        loop {
            let size: usize = self.rows.iter().map(|row| 1 + row.terms.len()).sum();
            solver.budget.steps(1 + u64::try_from(size).unwrap_or(0) / 4)?;
            if !self.tidy(solver) {
                return nowhere();
            }
            if self.rows.is_empty() {
                return self.kept(keep);
            }
            if let Some(found) = self.of_one_sum(keep) {
                return Ok(Some(found));
            }
            let turning = self.rows.iter().map(Poly::turning_steps).fold(0, u64::saturating_add);
            solver.budget.steps(turning)?;
            let mut slots: Vec<Slot> = self.rows.iter().flat_map(Poly::slots).collect();
            slots.sort_unstable();
            slots.dedup();
            slots.retain(|slot| Some(*slot) != keep);
            if slots.is_empty() && self.faces.is_empty() {
                return self.kept(keep);
            }
            if self.take_best_ends(&slots, keep) {
                continue;
            }
            let faced: BTreeSet<Slot> = self.faces.keys().map(|face| self.base(*face)).collect();
            slots.retain(|slot| self.is_plain(*slot));
            if let Some((slot, by)) = self.equality(&slots) {
                self.substitute(slot, &by);
                continue;
            }
            if let Some(slot) = keep.filter(|slot| self.is_plain(*slot))
                && let Some(found) = self.progression(slot, tried, shadow, solver)
            {
                return found;
            }
            if let Some(slot) = self.exactly_eliminable(&slots) {
                self.eliminate(slot, Shadow::Exact);
                continue;
            }
            let mut dates = faced.iter().copied().filter(|date| Some(*date) != keep);
            if dates.any(|date| self.as_a_year(date) || self.eliminate_date(date)) {
                continue;
            }
            // Preferably one that splits at the ends of the calendar.
            let how = |date: &&Slot| (self.ends_of_calendar(**date).is_empty(), Some(**date) == keep);
            if let Some(date) = faced.iter().min_by_key(how) {
                return self.piece_by_piece(*date, keep, (tried, shadow), solver);
            }
            if shadow == Shadow::Exact {
                return self.in_doubt(keep, &slots, tried, solver);
            }
            let Some(slot) = self.cheapest(&slots) else { return Ok(None) };
            self.eliminate(slot, shadow);
        }
    }

    /// What the kept number can be when no other is left.
    pub(super) fn kept(&self, keep: Option<Slot>) -> Found {
        let Some(slot) = keep else { return Ok(Some(vec![Stretch::all(Number::ZERO, Number::ZERO)])) };
        let (lo, hi) = self.range(slot);
        let mut parts = vec![(lo, hi)];
        for row in &self.rows {
            let holds = not_negative(row, slot, &parts);
            parts = holds;
        }
        Ok(Some(parts.into_iter().map(|(lo, hi)| Stretch::all(lo, hi)).collect()))
    }

    /// Moves the ends of the numbers of a linear row inward. Returns whether one moved; none: there is no answer.
    pub(super) fn tighten(&mut self, row: &Poly) -> Option<bool> {
        let mut changed = false;
        // The most that the row can be; less what one number adds at its best end, the most that the rest can be.
        let most = row.bounds(&|slot| self.range(slot)).1;
        if most.is_negative() {
            return None;
        }
        for (slots, factor) in &row.terms {
            let Some(slot) = slots.first() else { continue };
            let (lo, hi) = self.range(*slot);
            let own = factor.mul(if factor.is_negative() { &lo } else { &hi });
            let room = own.sub(&most);
            let down = factor.is_negative();
            let Some(end) = (if down { room.div_floor(factor) } else { room.div_ceil(factor) }) else {
                continue;
            };
            let (from, to) =
                if down { (lo.clone(), end.min(hi.clone())) } else { (end.max(lo.clone()), hi.clone()) };
            if from == lo && to == hi {
                continue;
            }
            changed = true;
            if !self.move_ends(*slot, from, to) {
                return None;
            }
        }
        Some(changed)
    }

    /// Puts rows in lowest terms, drops those that always hold, and moves ends inward. False: there is no answer.
    pub(super) fn tidy(&mut self, solver: &Solver<'_>) -> bool {
        for _ in 0..3 {
            let mut changed = false;
            let mut kept: Vec<Poly> = Vec::with_capacity(self.rows.len());
            for row in std::mem::take(&mut self.rows) {
                let row = lowest(row);
                let (low, high) = self.bounds(&row, solver);
                if high.is_negative() {
                    return false;
                }
                if !low.is_negative() {
                    continue;
                }
                match kept.iter_mut().find(|other| other.terms == row.terms) {
                    Some(other) if other.base > row.base => *other = row,
                    Some(_) => {}
                    None => kept.push(row),
                }
            }
            for row in kept.iter().filter(|row| row.is_linear()) {
                match self.tighten(row) {
                    Some(moved) => changed |= moved,
                    None => return false,
                }
            }
            for (at, row) in kept.iter().enumerate() {
                let opposite = row.scale(&Number::whole(-1));
                let other = kept.iter().skip(at + 1).find(|other| other.terms == opposite.terms);
                if other.is_some_and(|other| other.base.add(&row.base).is_negative()) {
                    return false;
                }
            }
            // A row about one number has moved its ends, and says no more.
            kept.retain(|row| row.terms.len() != 1 || !row.is_linear());
            self.rows = kept;
            if !changed {
                break;
            }
        }
        self.forget_faces();
        // A known number depends on nothing any more.
        let faces = self.faces.keys().map(|face| (*face, self.range(*face)));
        let all = self.domains.iter().map(|(slot, ends)| (*slot, ends.clone())).chain(faces);
        let known: Vec<(Slot, Number)> =
            all.filter(|(_, (lo, hi))| lo == hi).map(|(slot, (lo, _))| (slot, lo)).collect();
        let mut moved = false;
        for (slot, value) in &known {
            for row in self.rows.iter_mut().filter(|row| row.reads(*slot)) {
                *row = row.with(*slot, value);
                moved = true;
            }
        }
        if moved { self.tidy(solver) } else { true }
    }

    /// Moves numbers that every row wants high, or every row wants low, to that end, all faces of a date together. Returns whether there
    /// was one.
    pub(super) fn take_best_ends(&mut self, slots: &[Slot], keep: Option<Slot>) -> bool {
        let mut bases: Vec<Slot> = slots.iter().map(|slot| self.base(*slot)).collect();
        bases.sort_unstable();
        bases.dedup();
        let mut taken = false;
        for base in bases.into_iter().filter(|base| Some(*base) != keep) {
            let (mut up, mut down) = (true, true);
            let faces = self.faces_of(base).into_iter().map(|(slot, _)| slot);
            for slot in faces.chain([base]) {
                for row in self.rows.iter().filter(|row| row.reads(slot)) {
                    let (low, high) = match row.factor(slot) {
                        Some(factor) => (factor.clone(), factor),
                        None => row.difference(slot, &Number::ONE).bounds(&|slot| self.range(slot)),
                    };
                    up &= !low.is_negative();
                    down &= high <= Number::ZERO;
                }
            }
            if up || down {
                let (lo, hi) = self.range(base);
                self.fix(base, if up { &hi } else { &lo });
                taken = true;
            }
        }
        taken
    }
}
