//! Whole numbers between ends, under polynomials that must not be negative: is there an answer, which can one of them be, and
//! show one. Exact, by eliminating one number after the other in ways that lose nothing on whole numbers; where none of these
//! applies it says that it does not know.

mod at_once;
mod calendars;
mod eliminate;
mod solve;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::faces::Calendar;
use super::form::Poly;
use super::glance::{Stand, at_a_glance};
use crate::evaluate::possible::Slot;
use crate::limits::budget::{Budget, Ended};
use crate::value::number::Number;

/// Elimination that would give more rows than this is not done.
const MOST_ROWS: usize = 300;

/// Whole numbers from the first to the last, with a fixed step.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Stretch {
    /// The least.
    pub(crate) first: Number,
    /// The greatest.
    pub(crate) last: Number,
    /// From one to the next; above 0.
    pub(crate) every: Number,
}

impl Stretch {
    /// All numbers between two ends.
    pub(crate) const fn all(first: Number, last: Number) -> Self {
        Self { first, last, every: Number::ONE }
    }
}

/// What is asked of numbers together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct System {
    /// Polynomials with whole factors; none may be negative.
    pub(crate) rows: Vec<Poly>,
    /// The ends of each number.
    pub(crate) domains: BTreeMap<Slot, (Number, Number)>,
    /// Faces of dates that rows read.
    pub(crate) faces: BTreeMap<Slot, Calendar>,
}

/// Rows from which a number was taken out, with its factor in each, above 0.
type Side = Vec<(Number, Poly)>;

type Found = Result<Option<Vec<Stretch>>, Ended>;

/// A system that hangs together, and the number that is asked about.
type Asked = (System, Option<Slot>);

/// What was found about systems: ways through a block often ask the same of some of its numbers.
pub(crate) struct Solver<'p> {
    budget: &'p Budget,
    known: RefCell<FxHashMap<Asked, Option<Vec<Stretch>>>>,
    /// What counts leave of the numbers that share rows with them.
    beside: RefCell<FxHashMap<(System, Slot), Vec<Stretch>>>,
    /// How many days a calendar's face lies after its date.
    after: RefCell<FxHashMap<Calendar, Option<(i64, i64)>>>,
}

impl<'p> Solver<'p> {
    /// An empty memory.
    pub(crate) fn new(budget: &'p Budget) -> Self {
        Self { budget, known: RefCell::default(), beside: RefCell::default(), after: RefCell::default() }
    }

    fn solve(&self, part: System, keep: Option<Slot>) -> Found {
        self.budget.steps(1 + u64::try_from(part.domains.len()).unwrap_or(0))?;
        let asked = (part, keep);
        if let Some(known) = self.known.borrow().get(&asked) {
            return Ok(known.clone());
        }
        let found = asked.0.clone().solve(keep, 0, Shadow::Exact, self)?;
        self.known.borrow_mut().insert(asked, found.clone());
        Ok(found)
    }

    /// What the rows of a count leave of the one number that shares them: ascending, not touching.
    fn left_of(
        &self,
        system: &System,
        other: Slot,
        (count, own): (Slot, &[&Poly]),
    ) -> Result<Vec<Stretch>, Ended> {
        self.budget.visit()?;
        let domains = [count, other].map(|slot| (slot, system.range(slot)));
        let rows = own.iter().copied().cloned().collect();
        let asked = (System { rows, domains: BTreeMap::from(domains), faces: BTreeMap::new() }, other);
        if let Some(known) = self.beside.borrow().get(&asked) {
            return Ok(known.clone());
        }
        let one = System { domains: asked.0.domains.clone(), ..System::default() };
        let found = one.value_by_value((count, own), Some(other), self)?.unwrap_or_default();
        self.beside.borrow_mut().insert(asked, found.clone());
        Ok(found)
    }

    fn after(&self, calendar: Calendar) -> Option<(i64, i64)> {
        // Whatever date it is of.
        let calendar = Calendar { slot: 0, ..calendar };
        *self.after.borrow_mut().entry(calendar).or_insert_with(|| calendar.after())
    }
}

/// What the elimination of a number leaves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shadow {
    /// Exactly that for which there is a value; only where that is certain.
    Exact,
    /// Everything for which there may be a value.
    Wide,
    /// Only that for which there surely is a value.
    Dark,
}

/// Some stretches, ascending. What meets is one: nothing turns between.
pub(super) fn joined(mut found: Vec<Stretch>) -> Vec<Stretch> {
    found.sort();
    let mut joined: Vec<Stretch> = Vec::new();
    for next in found {
        match joined.last_mut().filter(|last| next.first <= last.last.add(&Number::ONE)) {
            Some(last) => last.last = (&last.last).max(&next.last).clone(),
            None => joined.push(next),
        }
    }
    joined
}

/// Adds a stretch after the last.
fn join(all: &mut Vec<Stretch>, next: Stretch) {
    match all.last_mut() {
        Some(last) if last.last.add(&Number::ONE) == next.first && last.every == Number::ONE => {
            last.last = next.last
        }
        _ => all.push(next),
    }
}

fn nowhere() -> Found {
    Ok(Some(Vec::new()))
}

impl System {
    /// Whether there is an answer; none: that cannot be told.
    pub(crate) fn fits(&self, solver: &Solver<'_>) -> Result<Option<bool>, Ended> {
        let mut sure = true;
        // Rows that share no number are looked at separately.
        let mut left: Vec<&Poly> = self.rows.iter().collect();
        while let Some(first) = left.first().copied() {
            let mut part = self.with_rows_like(&first.slots());
            left.retain(|row| !part.rows.contains(row));
            part.rows.retain(|row| !row.is_fixed());
            if first.is_fixed() {
                if first.base.is_negative() {
                    return Ok(Some(false));
                }
                left.retain(|row| !row.is_fixed() || row.base.is_negative());
                continue;
            }
            if let [only] = part.rows.as_slice()
                && part.is_simple(only)
            {
                if only.bounds(&|slot| part.range(slot)).1.is_negative() {
                    return Ok(Some(false));
                }
                continue;
            }
            let size: usize = part.rows.iter().map(|row| 1 + row.terms.len()).sum();
            solver.budget.steps(1 + u64::try_from(size).unwrap_or(0) / 16)?;
            let told = part.of_one_sum(None).map(|found| !found.is_empty());
            let told = match told.or_else(|| part.at_a_glance()) {
                None => part.by_a_count(None, solver)?.map(|found| !found.is_empty()),
                told => told,
            };
            match told {
                Some(true) => continue,
                Some(false) => return Ok(Some(false)),
                None => {}
            }
            match solver.solve(part, None)? {
                Some(found) if found.is_empty() => return Ok(Some(false)),
                Some(_) => {}
                None => sure = false,
            }
        }
        Ok(sure.then_some(true))
    }

    /// Whether there is an answer, where that can be seen at once.
    pub(super) fn at_a_glance(&self) -> Option<bool> {
        let stands = self.domains.iter().map(|(slot, (lo, hi))| Stand::new(*slot, lo, hi)).collect();
        at_a_glance(self.rows.iter(), stands)
    }

    /// What one of the numbers can be, in no order, where there is an answer at all; none: that cannot be told.
    pub(crate) fn can_be(&self, slot: Slot, solver: &Solver<'_>) -> Found {
        let filled = self.without_known(slot);
        let open = filled.as_ref().unwrap_or(self);
        if open.rows.iter().any(|row| row.is_fixed() && row.base.is_negative()) {
            return nowhere();
        }
        let mut part = open.with_rows_like(&[slot]);
        part.domains.insert(slot, self.range(slot));
        if let [only] = part.rows.as_slice()
            && part.is_simple(only)
        {
            solver.budget.step()?;
            // A single row moves each end as far as the other numbers, at their best, allow.
            let only = only.clone();
            let fits = part.tighten(&only).is_some();
            let (lo, hi) = part.range(slot);
            return Ok(Some(if fits { vec![Stretch::all(lo, hi)] } else { Vec::new() }));
        }
        if let Some(found) = part.at_once(Some(slot), solver)? {
            solver.budget.step()?;
            return Ok(Some(found));
        }
        solver.solve(part, Some(slot))
    }

    /// The same with known numbers filled in, so that less hangs together; one number is kept. None: there is nothing to fill in, or the
    /// rows are not all linear in numbers without faces.
    fn without_known(&self, keep: Slot) -> Option<Self> {
        let is_known = |(slot, (lo, hi)): (&Slot, &(Number, Number))| *slot != keep && lo == hi;
        if !self.is_flat() || !self.domains.iter().any(is_known) {
            return None;
        }
        Some(Self { rows: self.filled(Some(keep)), domains: self.domains.clone(), faces: BTreeMap::new() })
    }

    /// The rows with the numbers that are known filled in, but for one that is kept; all are linear in numbers without faces.
    fn filled(&self, keep: Option<Slot>) -> Vec<Poly> {
        let value = |slot: Slot| {
            let ends = self.domains.get(&slot).filter(|(lo, hi)| Some(slot) != keep && lo == hi);
            ends.map(|(lo, _)| lo)
        };
        self.rows.iter().map(|row| row.filled(value)).collect()
    }

    /// Whether all rows are linear in numbers without faces.
    pub(super) fn is_flat(&self) -> bool {
        self.faces.is_empty() && self.rows.iter().all(Poly::is_linear)
    }

    /// Fills in all numbers that are known.
    pub(crate) fn fill(&mut self) {
        if self.is_flat() {
            self.rows = self.filled(None);
            return;
        }
        for (slot, (lo, hi)) in self.domains.clone() {
            if lo == hi {
                self.fix(slot, &lo);
            }
        }
    }

    /// Moves the ends of each number as far as the rows about it alone require. False: there is no answer.
    pub(crate) fn fold(&mut self) -> bool {
        let rows = std::mem::take(&mut self.rows);
        let (own, rows): (Vec<Poly>, Vec<Poly>) = rows.into_iter().partition(|row| row.terms.len() < 2);
        self.rows = rows;
        own.iter().all(|row| self.tighten(row).is_some())
    }

    /// The rows that hang together with some numbers, and the numbers in them.
    fn with_rows_like(&self, slots: &[Slot]) -> Self {
        let mut slots: BTreeSet<Slot> = slots.iter().map(|slot| self.base(*slot)).collect();
        let mut part = Self::default();
        let mut left: Vec<&Poly> = self.rows.iter().collect();
        loop {
            let count = left.len();
            left.retain(|row| {
                let own: Vec<Slot> = row.slots().into_iter().map(|slot| self.base(slot)).collect();
                let hangs = own.iter().any(|slot| slots.contains(slot));
                if hangs {
                    slots.extend(own);
                    part.rows.push((*row).clone());
                }
                !hangs
            });
            if left.len() == count {
                break;
            }
        }
        part.domains =
            slots.iter().filter_map(|slot| Some((*slot, self.domains.get(slot)?.clone()))).collect();
        part.faces = self.faces.clone();
        part.forget_faces();
        part
    }

    /// Whether it has ends for a number, or for the date whose face it is.
    pub(crate) fn knows(&self, slot: Slot) -> bool {
        self.domains.contains_key(&self.base(slot))
    }

    /// Keeps the rows whose numbers it has ends for.
    pub(crate) fn keep_known(&mut self) {
        let mut rows = std::mem::take(&mut self.rows);
        rows.retain(|row| row.slots().into_iter().all(|slot| self.knows(slot)));
        self.rows = rows;
    }

    /// Whether a number is neither a face nor has faces in the rows.
    fn is_plain(&self, slot: Slot) -> bool {
        !self.faces.contains_key(&slot) && self.faces.values().all(|face| face.slot != slot)
    }

    /// Whether a row is linear in numbers of which no two are faces of the same date.
    pub(crate) fn is_simple(&self, row: &Poly) -> bool {
        if !row.is_linear() {
            return false;
        }
        let bases: BTreeSet<Slot> =
            row.terms.iter().flat_map(|(slots, _)| slots).map(|slot| self.base(*slot)).collect();
        bases.len() == row.terms.len()
    }

    /// One answer: a value for every number. None: there is none, or it cannot be told.
    pub(crate) fn point(&self, solver: &Solver<'_>) -> Result<Option<BTreeMap<Slot, Number>>, Ended> {
        let mut left = self.clone();
        let mut found = BTreeMap::new();
        for slot in self.domains.keys() {
            let Some(can_be) = left.can_be(*slot, solver)? else { return Ok(None) };
            let Some(value) = can_be.into_iter().map(|stretch| stretch.first).min() else { return Ok(None) };
            left.fix(*slot, &value);
            left.rows.retain(|row| !row.is_fixed() || row.base.is_negative());
            if left.rows.iter().any(Poly::is_fixed) {
                return Ok(None);
            }
            found.insert(*slot, value);
        }
        Ok(Some(found))
    }

    /// Fills in a number, and with it its faces.
    pub(crate) fn fix(&mut self, slot: Slot, value: &Number) {
        let faces = self.faces_of(slot).into_iter().map(|(face, _)| (face, self.on(face, value)));
        let faces: Vec<(Slot, Number)> = faces.collect();
        for (slot, value) in faces.iter().chain([&(slot, value.clone())]) {
            for row in self.rows.iter_mut().filter(|row| row.reads(*slot)) {
                *row = row.with(*slot, value);
            }
            self.faces.remove(slot);
        }
        self.domains.insert(slot, (value.clone(), value.clone()));
    }

    /// The ends of a number, or of a face.
    pub(crate) fn range(&self, slot: Slot) -> (Number, Number) {
        let (lo, hi) = self.domains.get(&self.base(slot)).cloned().unwrap_or_default();
        if self.faces.contains_key(&slot) { (self.on(slot, &lo), self.on(slot, &hi)) } else { (lo, hi) }
    }

    /// Moves the ends of a number inward; for a face those of its date. False: nothing is left.
    fn move_ends(&mut self, slot: Slot, lo: Number, hi: Number) -> bool {
        let (mut slot, mut lo, mut hi) = (slot, lo, hi);
        while let Some(face) = self.faces.get(&slot) {
            let (first, last) = self.range(face.slot);
            let Some((from, to)) = face.days_within((&first, &last), (&lo, &hi)) else { return false };
            (slot, lo, hi) = (face.slot, from, to);
        }
        let fits = lo <= hi;
        self.domains.insert(slot, (lo, hi));
        fits
    }

    /// Ends between which a row lies: two faces of one date move together.
    fn bounds(&self, row: &Poly, solver: &Solver<'_>) -> (Number, Number) {
        let (low, high) = row.bounds(&|slot| self.range(slot));
        if self.faces.is_empty() || !row.is_linear() || self.is_simple(row) {
            return (low, high);
        }
        let mut together: BTreeMap<Slot, Number> = BTreeMap::new();
        let (mut least, mut most) = (row.base.clone(), row.base.clone());
        for (slots, factor) in &row.terms {
            let Some(slot) = slots.first().copied() else { continue };
            let base = self.base(slot);
            for face in self.chain(slot).iter().filter_map(|slot| self.faces.get(slot)) {
                let (lo, hi) = self.range(face.slot);
                let after = solver.after(*face).filter(|_| face.stays_inside(&lo, &hi));
                let Some((fewest, furthest)) = after else { return (low, high) };
                let ends = [fewest, furthest].map(|days| factor.mul(&Number::whole(days)));
                let [a, b] = ends;
                least = least.add((&a).min(&b));
                most = most.add((&a).max(&b));
            }
            let sum = together.entry(base).or_default();
            *sum = sum.add(factor);
        }
        for (base, factor) in together {
            let (lo, hi) = self.range(base);
            let (a, b) = (factor.mul(&lo), factor.mul(&hi));
            least = least.add((&a).min(&b));
            most = most.add((&a).max(&b));
        }
        (low.max(least), high.min(most))
    }
}
