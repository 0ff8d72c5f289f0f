//! Faces of dates in a system: a year, a month or a day of the month as a number that hangs on its date.

use std::collections::BTreeSet;

use super::eliminate::end_behind;
use super::{Found, MOST_ROWS, Shadow, Solver, Stretch, System, join};
use crate::diagram::faces::{Calendar, Direction};
use crate::diagram::form::Poly;
use crate::diagram::turning::turn;
use crate::evaluate::possible::Slot;
use crate::value::number::Number;

/// What a piece of a date costs, in steps: each has a system of its own.
const A_PIECE: u64 = 6;

/// Dates inside one that is taken piece by piece have at most so many pieces.
const MOST_PIECES: usize = 64;

impl System {
    /// Drops faces that no row reads any more.
    pub(super) fn forget_faces(&mut self) {
        if self.faces.is_empty() {
            return;
        }
        let read: BTreeSet<Slot> =
            self.rows.iter().flat_map(Poly::slots).flat_map(|slot| self.chain(slot)).collect();
        self.faces.retain(|face, _| read.contains(face));
    }

    /// A face, the faces that it is a face of, and the date itself; a plain number by itself.
    pub(super) fn chain(&self, slot: Slot) -> Vec<Slot> {
        let inner = |slot: &Slot| self.faces.get(slot).map(|face| face.slot);
        std::iter::successors(Some(slot), inner).collect()
    }

    /// The slot of the answer itself.
    pub(super) fn base(&self, slot: Slot) -> Slot {
        if self.faces.is_empty() {
            return slot;
        }
        self.chain(slot).last().copied().unwrap_or(slot)
    }

    /// What a face is where its date is this; of a plain number itself.
    pub(super) fn on(&self, slot: Slot, date: &Number) -> Number {
        let chain = self.chain(slot);
        chain.iter().rev().filter_map(|slot| self.faces.get(slot)).fold(date.clone(), |at, face| face.on(&at))
    }

    /// The faces of a date.
    pub(super) fn faces_of(&self, date: Slot) -> Vec<(Slot, Calendar)> {
        let faces = self.faces.iter().filter(|(slot, _)| self.base(**slot) == date);
        faces.map(|(slot, face)| (*slot, *face)).collect()
    }

    /// The days on which faces of a date enter or leave the calendar, after the first of its days; ascending.
    pub(super) fn ends_of_calendar(&self, date: Slot) -> Vec<Number> {
        let (lo, hi) = self.range(date);
        let mut found = Vec::new();
        for (_, face) in self.faces_of(date).iter().filter(|(_, face)| face.months.is_some()) {
            let inside = |at: &Number| face.is_inside(&self.on(face.slot, at));
            let ((after_lo, before_lo), (after_hi, before_hi)) = (inside(&lo), inside(&hi));
            if !after_lo && after_hi {
                found.push(turn(&lo, &hi, &|at| inside(at).0));
            }
            if before_lo && !before_hi {
                found.push(turn(&lo, &hi, &|at| !inside(at).1));
            }
        }
        found.sort();
        found.dedup();
        found
    }

    /// The last day of the piece that begins on a day: a face is the same throughout, or so much later throughout.
    pub(super) fn piece_end(&self, slot: Slot, at: &Number, hi: &Number) -> Number {
        let mut end = hi.clone();
        for slot in self.chain(slot).iter().rev() {
            let Some(face) = self.faces.get(slot) else { continue };
            let (first, last) = (self.on(face.slot, at), self.on(face.slot, &end));
            // As long as what it is a face of stays the same, so does the face.
            if first != last {
                end = end.min(at.add(&face.piece_end(&first).sub(&first)));
            }
        }
        end
    }

    /// Removes a date of which only the year is read, since every year between two is that of some day. Returns whether there was one.
    pub(super) fn as_a_year(&mut self, date: Slot) -> bool {
        let faces = self.faces_of(date);
        let [(slot, face)] = faces.as_slice() else { return false };
        let is_year = face.months.is_none() && face.way == Direction::There;
        if !is_year || self.rows.iter().any(|row| row.reads(date)) {
            return false;
        }
        let years = self.range(*slot);
        self.faces.remove(slot);
        self.domains.insert(*slot, years);
        true
    }

    /// Removes a date with its faces, where each row reads one of them, once, with a constant or one other number: the calendar's way back
    /// then gives the ends that hold the date. Returns whether that could be done; nothing is lost by it.
    pub(super) fn eliminate_date(&mut self, date: Slot) -> bool {
        let (lo, hi) = self.range(date);
        let (mut lower, mut upper) = (vec![Poly::fixed(lo)], vec![Poly::fixed(hi)]);
        let mut faces = self.faces.clone();
        let (own, rest): (Vec<Poly>, Vec<Poly>) = self
            .rows
            .iter()
            .cloned()
            .partition(|row| row.slots().into_iter().any(|slot| self.base(slot) == date));
        for row in &own {
            let mut terms =
                row.terms.iter().filter(|(slots, _)| slots.iter().any(|slot| self.base(*slot) == date));
            let (Some((slots, factor)), None) = (terms.next(), terms.next()) else { return false };
            let [slot] = slots.as_slice() else { return false };
            if factor.abs() != Number::ONE {
                return false;
            }
            let rest = row.sub(&Poly::of(*slot).scale(factor));
            // At least what stands beside it, or at most.
            let at_most = factor.is_negative();
            let mut end = if at_most { rest } else { rest.scale(&Number::whole(-1)) };
            for face in self.chain(*slot).iter().filter_map(|slot| self.faces.get(slot)) {
                let Some(behind) = end_behind(*face, at_most, &end, &mut faces) else { return false };
                end = behind;
            }
            if at_most { upper.push(end) } else { lower.push(end) }
        }
        if rest.len() + lower.len() * upper.len() > MOST_ROWS {
            return false;
        }
        self.rows = rest;
        self.rows.extend(lower.iter().flat_map(|low| upper.iter().map(move |high| high.sub(low))));
        self.faces = faces;
        self.domains.remove(&date);
        self.forget_faces();
        true
    }

    /// Splits a date with several faces that pull in different directions: at the ends of the calendar, and then into pieces on each of which
    /// a face is constant, or a constant number of days later.
    pub(super) fn piece_by_piece(
        self,
        date: Slot,
        keep: Option<Slot>,
        (tried, shadow): (usize, Shadow),
        solver: &Solver<'_>,
    ) -> Found {
        let (lo, hi) = self.range(date);
        let faces = self.faces_of(date);
        let starts = self.ends_of_calendar(date);
        let whole = !starts.is_empty();
        let mut found: Vec<Stretch> = Vec::new();
        let (mut at, mut pieces) = (lo, 0_usize);
        while at <= hi {
            solver.budget.steps(A_PIECE)?;
            let mut one = self.clone();
            let last = if whole {
                let next = starts.iter().find(|start| **start > at);
                next.map_or_else(|| hi.clone(), |next| next.sub(&Number::ONE))
            } else {
                faces.iter().fold(hi.clone(), |end, (slot, _)| self.piece_end(*slot, &at, &end))
            };
            for (slot, _) in faces.iter().filter(|_| !whole) {
                let (first, beyond) = (self.on(*slot, &at), self.on(*slot, &last));
                let by = if first == beyond {
                    Poly::fixed(first)
                } else {
                    Poly::of(date).add(&Poly::fixed(first.sub(&at)))
                };
                one.rows
                    .iter_mut()
                    .filter(|row| row.reads(*slot))
                    .for_each(|row| *row = row.replaced(*slot, &by));
            }
            one.domains.insert(date, (at, last.clone()));
            one.forget_faces();
            let Some(own) = one.solve(keep, tried + usize::from(!whole), shadow, solver)? else {
                return Ok(None);
            };
            if keep.is_none() && !own.is_empty() {
                return Ok(Some(own));
            }
            for stretch in own {
                // For the date itself the pieces follow each other.
                if keep == Some(date) && stretch.every == Number::ONE {
                    join(&mut found, stretch);
                } else {
                    found.push(stretch);
                }
            }
            pieces += 1;
            if tried > 0 && pieces > MOST_PIECES {
                return Ok(None);
            }
            at = last.add(&Number::ONE);
        }
        if keep != Some(date) {
            found.sort();
            found.dedup();
        }
        Ok(Some(found))
    }
}
