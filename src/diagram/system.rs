//! Whole numbers between ends, under polynomials that must not be negative: is there an answer, which can one of them be, and
//! show one. Exact, by eliminating one number after the other in ways that lose nothing on whole numbers; where none of these
//! applies it says that it does not know.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::faces::{Calendar, Direction};
use super::form::{Poly, lowest};
use super::glance::{Stand, at_a_glance};
use super::turning::{not_negative, turn};
use crate::evaluate::possible::Slot;
use crate::limits::budget::{Budget, Ended};
use crate::value::number::Number;

/// Elimination that would give more rows than this is not done.
const MOST_ROWS: usize = 300;

/// A number with at most so many values is tried value by value.
const FEW: i64 = 4_096;

/// The values between what may be possible and what surely is are tried when they are at most so many.
const NEAR: i64 = 256;

/// A number of at most so many values, beside one other in each of its rows, is tried value by value before anything else.
const MOST_COUNTED: i64 = 16;

/// At most so many numbers, nested, are tried value by value.
const MOST_TRIED: usize = 3;

/// Faces that come up while a system is solved are counted from here; those of a diagram never come so far.
const OWN_FACES: Slot = 3 << 29;

/// What a piece of a date costs, in steps: each has a system of its own.
const A_PIECE: u64 = 6;

/// Dates inside one that is taken piece by piece have at most so many pieces.
const MOST_PIECES: usize = 64;

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
        let value = |slot: Slot| {
            let (slot, ends) = self.domains.get_key_value(&slot)?;
            is_known((slot, ends)).then_some(&ends.0)
        };
        let rows = self.rows.iter().map(|row| row.filled(value)).collect();
        Some(Self { rows, domains: self.domains.clone(), faces: BTreeMap::new() })
    }

    /// Whether all rows are linear in numbers without faces.
    pub(super) fn is_flat(&self) -> bool {
        self.faces.is_empty() && self.rows.iter().all(Poly::is_linear)
    }

    /// Fills in all numbers that are known.
    pub(crate) fn fill(&mut self) {
        if self.is_flat() {
            let domains = &self.domains;
            let value = |slot: Slot| domains.get(&slot).filter(|(lo, hi)| lo == hi).map(|(lo, _)| lo);
            let rows = self.rows.iter().map(|row| row.filled(value)).collect();
            self.rows = rows;
            return;
        }
        for (slot, (lo, hi)) in self.domains.clone() {
            if lo == hi {
                self.fix(slot, &lo);
            }
        }
    }

    /// What the number can be, where that can be told at once: see [`Self::of_one_sum`], and [`Self::by_a_count`].
    fn at_once(&self, keep: Option<Slot>, solver: &Solver<'_>) -> Found {
        match self.of_one_sum(keep) {
            None => self.by_a_count(keep, solver),
            found => Ok(found),
        }
    }

    /// The same where a number of few values shares each of its rows with one other number, as the length of a list does with a sum over
    /// it.
    fn by_a_count(&self, keep: Option<Slot>, solver: &Solver<'_>) -> Found {
        if !self.is_flat() {
            return Ok(None);
        }
        if self.domains.values().any(|(lo, hi)| lo > hi) {
            return nowhere();
        }
        if self.rows.iter().any(|row| row.terms.len() < 2) {
            let mut one = self.clone();
            return if one.fold() { one.left_at_once(keep, solver) } else { nowhere() };
        }
        let is_count = |slot: Slot, (lo, hi): &(Number, Number)| {
            let mut own = self.rows.iter().filter(|row| row.reads(slot)).peekable();
            hi.sub(lo) < Number::whole(MOST_COUNTED)
                && own.peek().is_some()
                && own.all(|row| row.terms.len() <= 2)
        };
        let counts = self.domains.iter().filter(|(slot, ends)| is_count(**slot, ends));
        // One that is kept comes last: what is told of it is told value by value.
        let count = counts.map(|(slot, _)| *slot).min_by_key(|slot| Some(*slot) == keep);
        let Some(count) = count else { return Ok(None) };
        let (own, rows): (Vec<&Poly>, Vec<&Poly>) = self.rows.iter().partition(|row| row.reads(count));
        let mut others = own.iter().flat_map(|row| row.slots()).filter(|slot| *slot != count);
        let other = others.next().filter(|first| others.all(|slot| slot == *first));
        let mut one = Self { rows: rows.into_iter().cloned().collect(), ..Self::default() };
        one.domains.clone_from(&self.domains);
        let Some(other) = other else { return one.value_by_value((count, &own), keep, solver) };
        one.domains.remove(&count);
        // What the count leaves of the other number; of a count that is kept it is the other that is told of first.
        let left = match keep == Some(count) {
            true => one.left_at_once(Some(other), solver)?,
            false => Some(solver.left_of(self, other, (count, &own))?),
        };
        let Some(left) = left else { return Ok(None) };
        if keep == Some(count) {
            one.rows.clear();
            one.domains.insert(count, self.range(count));
        }
        let mut found = Vec::new();
        for Stretch { first, last, .. } in left {
            one.domains.insert(other, (first, last));
            let own = match keep == Some(count) {
                true => one.value_by_value((count, &own), keep, solver)?,
                false => one.left_at_once(keep, solver)?,
            };
            let Some(own) = own else { return Ok(None) };
            found.extend(own);
            if keep.is_none() && !found.is_empty() {
                break;
            }
        }
        Ok(Some(joined(found)))
    }

    /// Moves the ends of each number as far as the rows about it alone require. False: there is no answer.
    pub(crate) fn fold(&mut self) -> bool {
        let rows = std::mem::take(&mut self.rows);
        let (own, rows): (Vec<Poly>, Vec<Poly>) = rows.into_iter().partition(|row| row.terms.len() < 2);
        self.rows = rows;
        own.iter().all(|row| self.tighten(row).is_some())
    }

    /// What the number can be, where perhaps no row is left.
    fn left_at_once(&self, keep: Option<Slot>, solver: &Solver<'_>) -> Found {
        if !self.rows.is_empty() {
            return self.at_once(keep, solver);
        }
        let (lo, hi) = keep.map_or_else(Default::default, |slot| self.range(slot));
        Ok(Some(if lo <= hi { vec![Stretch::all(lo, hi)] } else { Vec::new() }))
    }

    /// What can be by each value of a count, of which these are the rows; it stands in no other.
    fn value_by_value(
        &self,
        (count, own): (Slot, &[&Poly]),
        keep: Option<Slot>,
        solver: &Solver<'_>,
    ) -> Found {
        let (lo, hi) = self.range(count);
        let mut one = self.clone();
        let (mut found, mut value) = (Vec::new(), lo);
        while value <= hi {
            solver.budget.visit()?;
            one.domains.clone_from(&self.domains);
            one.domains.insert(count, (value.clone(), value.clone()));
            if own.iter().all(|row| one.tighten(&row.with(count, &value)).is_some()) {
                let Some(left) = one.left_at_once(keep, solver)? else { return Ok(None) };
                found.extend(left);
                if keep.is_none() && !found.is_empty() {
                    break;
                }
            }
            value = value.add(&Number::ONE);
        }
        Ok(Some(joined(found)))
    }

    /// What can be where all rows hold one sum between two ends: of the number that is kept all between its own ends that leave the
    /// others what they can reach, where none of these steps over what is left between. None: that does not tell.
    fn of_one_sum(&self, keep: Option<Slot>) -> Option<Vec<Stretch>> {
        if !self.faces.is_empty() {
            return None;
        }
        let whole = |row: &&Poly| row.terms.iter().all(|(_, factor)| factor.is_whole());
        let first = self.rows.first().filter(|first| first.is_linear()).filter(whole)?;
        let (least, most) = self.ends_of_one_sum()?;
        let kept = |slots: &Vec<Slot>| slots.first().copied() == keep;
        let (mut low, mut high, mut widest) = (Number::ZERO, Number::ZERO, Number::ONE);
        for (slots, by) in first.terms.iter().filter(|(slots, _)| !kept(slots)) {
            let (lo, hi) = self.range(*slots.first()?);
            let (from, to) = if by.is_negative() { (&hi, &lo) } else { (&lo, &hi) };
            (low, high) = (low.add(&by.mul(from)), high.add(&by.mul(to)));
            match lo.cmp(&hi) {
                Ordering::Less => widest = widest.max(by.abs()),
                Ordering::Equal => {}
                Ordering::Greater => return Some(Vec::new()),
            }
        }
        if most.as_ref().is_some_and(|most| most.sub(&least).add(&Number::ONE) < widest) {
            return None;
        }
        // What the kept number adds lies between these.
        let (from, to) = (least.sub(&high), most.map(|most| most.sub(&low)));
        let factor = first.terms.iter().find(|(slots, _)| kept(slots)).map(|(_, factor)| factor);
        let (Some(slot), Some(factor)) = (keep, factor) else {
            let fits = from <= Number::ZERO && to.is_none_or(|to| !to.is_negative());
            let (lo, hi) = keep.map_or_else(Default::default, |slot| self.range(slot));
            return Some(if fits && lo <= hi { vec![Stretch::all(lo, hi)] } else { Vec::new() });
        };
        let (lo, hi) = self.range(slot);
        let (from, to) = (from.div(factor)?, to.map_or(Some(None), |to| to.div(factor).map(Some))?);
        let (from, to) = if factor.is_negative() { (to, Some(from)) } else { (Some(from), to) };
        let from = from.map_or(lo.clone(), |from| from.ceil().max(lo));
        let to = to.map_or(hi.clone(), |to| to.floor().min(hi));
        Some(if from <= to { vec![Stretch::all(from, to)] } else { Vec::new() })
    }

    /// The least and the most that all rows leave to the sum in the first one. None: one of them is about another sum.
    fn ends_of_one_sum(&self) -> Option<(Number, Option<Number>)> {
        let (first, rest) = self.rows.split_first()?;
        let (mut least, mut most): (Number, Option<Number>) = (first.base.floor().neg(), None);
        for row in rest.iter().filter(|row| row.terms.len() == first.terms.len()) {
            if row.terms == first.terms {
                least = least.max(row.base.floor().neg());
                continue;
            }
            let mut both = row.terms.iter().zip(&first.terms);
            if !both.all(|((slots, own), (others, its))| slots == others && *own == its.neg()) {
                return None;
            }
            let end = row.base.floor();
            most = Some(most.map_or(end.clone(), |most| most.min(end)));
        }
        rest.iter().all(|row| row.terms.len() == first.terms.len()).then_some((least, most))
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

    /// Drops faces that no row reads any more.
    fn forget_faces(&mut self) {
        if self.faces.is_empty() {
            return;
        }
        let read: BTreeSet<Slot> =
            self.rows.iter().flat_map(Poly::slots).flat_map(|slot| self.chain(slot)).collect();
        self.faces.retain(|face, _| read.contains(face));
    }

    /// A face, the faces that it is a face of, and the date itself; a plain number by itself.
    fn chain(&self, slot: Slot) -> Vec<Slot> {
        let inner = |slot: &Slot| self.faces.get(slot).map(|face| face.slot);
        std::iter::successors(Some(slot), inner).collect()
    }

    /// The slot of the answer itself.
    fn base(&self, slot: Slot) -> Slot {
        if self.faces.is_empty() {
            return slot;
        }
        self.chain(slot).last().copied().unwrap_or(slot)
    }

    /// What a face is where its date is this; of a plain number itself.
    fn on(&self, slot: Slot, date: &Number) -> Number {
        let chain = self.chain(slot);
        chain.iter().rev().filter_map(|slot| self.faces.get(slot)).fold(date.clone(), |at, face| face.on(&at))
    }

    /// The faces of a date.
    fn faces_of(&self, date: Slot) -> Vec<(Slot, Calendar)> {
        let faces = self.faces.iter().filter(|(slot, _)| self.base(**slot) == date);
        faces.map(|(slot, face)| (*slot, *face)).collect()
    }

    /// The days on which faces of a date enter or leave the calendar, after the first of its days; ascending.
    fn ends_of_calendar(&self, date: Slot) -> Vec<Number> {
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
    fn piece_end(&self, slot: Slot, at: &Number, hi: &Number) -> Number {
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

    fn solve(mut self, keep: Option<Slot>, tried: usize, shadow: Shadow, solver: &Solver<'_>) -> Found {
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
    fn kept(&self, keep: Option<Slot>) -> Found {
        let Some(slot) = keep else { return Ok(Some(vec![Stretch::all(Number::ZERO, Number::ZERO)])) };
        let (lo, hi) = self.range(slot);
        let mut parts = vec![(lo, hi)];
        for row in &self.rows {
            let holds = not_negative(row, slot, &parts);
            parts = holds;
        }
        Ok(Some(parts.into_iter().map(|(lo, hi)| Stretch::all(lo, hi)).collect()))
    }

    /// Removes a date of which only the year is read, since every year between two is that of some day. Returns whether there was one.
    fn as_a_year(&mut self, date: Slot) -> bool {
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
    fn eliminate_date(&mut self, date: Slot) -> bool {
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
    fn piece_by_piece(
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

    /// Moves the ends of the numbers of a linear row inward. Returns whether one moved; none: there is no answer.
    fn tighten(&mut self, row: &Poly) -> Option<bool> {
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
    fn tidy(&mut self, solver: &Solver<'_>) -> bool {
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
    fn take_best_ends(&mut self, slots: &[Slot], keep: Option<Slot>) -> bool {
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

    /// A number that an equality gives as a whole combination of others.
    fn equality(&self, slots: &[Slot]) -> Option<(Slot, Poly)> {
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

    fn substitute(&mut self, slot: Slot, by: &Poly) {
        let (lo, hi) = self.range(slot);
        for row in &mut self.rows {
            *row = row.replaced(slot, by);
        }
        self.rows.push(by.sub(&Poly::fixed(lo)));
        self.rows.push(Poly::fixed(hi).sub(by));
        self.domains.remove(&slot);
    }

    /// Where an equality ties the kept number to a single other: what it can be, by what the other can be.
    fn progression(&self, keep: Slot, tried: usize, shadow: Shadow, solver: &Solver<'_>) -> Option<Found> {
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
    fn sides(&self, slot: Slot) -> Option<(Side, Side)> {
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
    fn exactly_eliminable(&self, slots: &[Slot]) -> Option<Slot> {
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
    fn cheapest(&self, slots: &[Slot]) -> Option<Slot> {
        let count = |slot: &Slot| {
            let (lower, upper) = self.sides(*slot)?;
            Some((lower.len() * upper.len(), *slot))
        };
        let least = slots.iter().filter_map(count).min()?;
        (self.rows.len() + least.0 <= MOST_ROWS).then_some(least.1)
    }

    /// What a number can be, between what it may be and what it surely can be: the few between are tried.
    fn between(
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
    fn eliminate(&mut self, slot: Slot, shadow: Shadow) {
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
    fn in_doubt(self, keep: Option<Slot>, slots: &[Slot], tried: usize, solver: &Solver<'_>) -> Found {
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

/// Where a face is at most (else at least) something: what it is a face of is then at most (at least) this. None: it cannot be said
/// with one face more.
fn end_behind(
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

/// Adds a stretch after the last.
fn join(all: &mut Vec<Stretch>, next: Stretch) {
    match all.last_mut() {
        Some(last) if last.last.add(&Number::ONE) == next.first && last.every == Number::ONE => {
            last.last = next.last
        }
        _ => all.push(next),
    }
}

/// A whole solution of `a·x + b·y + c = 0`, where `a` and `b` have no common divisor. None: too large to look for.
fn whole_solution(a: &Number, b: &Number, c: &Number) -> Option<(Number, Number)> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn poly(base: i64, terms: &[(&[Slot], i64)]) -> Poly {
        terms.iter().fold(Poly::fixed(Number::whole(base)), |sum, (slots, factor)| {
            let product =
                slots.iter().fold(Poly::fixed(Number::whole(*factor)), |p, slot| p.mul(&Poly::of(*slot)));
            sum.add(&product)
        })
    }

    /// Numbers from 0 to below what is asked, always the same ones.
    fn dice(mut seed: u64) -> impl FnMut(i64) -> i64 {
        move |below| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i64::try_from((seed >> 33) % u64::try_from(below).unwrap()).unwrap()
        }
    }

    fn within(stretches: &[Stretch], at: i64) -> bool {
        let at = Number::whole(at);
        stretches.iter().any(|s| s.first <= at && at <= s.last && at.sub(&s.first).is_multiple_of(&s.every))
    }

    /// Every system of a few small kinds, compared with trying every value.
    #[test]
    fn like_trying_every_value() {
        let budget = Budget::new(&Limits { search_steps: u64::MAX, ..Limits::default() });
        let solver = Solver::new(&budget);
        let mut next = dice(7);
        let mut unknown = 0;
        for round in 0..6_000 {
            let ends: Vec<(i64, i64)> = (0..3).map(|_| (next(4) - 3, next(5) + 1)).collect();
            let mut rows = Vec::new();
            for _ in 0..=next(4) {
                let mut terms: Vec<(&[Slot], i64)> =
                    vec![(&[0], next(9) - 4), (&[1], next(9) - 4), (&[2], next(7) - 3)];
                if next(4) == 0 {
                    terms.push((&[0, 1], next(5) - 2));
                }
                if next(6) == 0 {
                    terms.push((&[2, 2], next(5) - 2));
                }
                let row = poly(next(13) - 6, &terms);
                if next(3) == 0 {
                    rows.push(row.scale(&Number::whole(-1)));
                }
                rows.push(row);
            }
            let domains =
                (0..).zip(&ends).map(|(s, (a, b))| (s, (Number::whole(*a), Number::whole(*b)))).collect();
            let system = System { rows, domains, ..System::default() };
            let mut can_be = vec![Vec::new(); 3];
            for x in ends[0].0..=ends[0].1 {
                for y in ends[1].0..=ends[1].1 {
                    for z in ends[2].0..=ends[2].1 {
                        let at = |slot: Slot| Number::whole([x, y, z][slot as usize]);
                        if system.rows.iter().all(|row| !row.at(&at).is_negative()) {
                            can_be[0].push(x);
                            can_be[1].push(y);
                            can_be[2].push(z);
                        }
                    }
                }
            }
            match system.fits(&solver).unwrap() {
                Some(fits) => assert_eq!(fits, !can_be[0].is_empty(), "{round} {system:?}"),
                None => unknown += 1,
            }
            // What one can be is asked only where there is an answer.
            for slot in (0..3_u32).filter(|_| !can_be[0].is_empty()) {
                let Some(found) = system.can_be(slot, &solver).unwrap() else {
                    unknown += 1;
                    continue;
                };
                for at in -4..=7 {
                    let is = can_be[slot as usize].contains(&at);
                    assert_eq!(
                        within(&found, at),
                        is,
                        "{round} slot {slot} at {at}: {found:?} of {system:?}"
                    );
                }
            }
            if let Some(point) = system.point(&solver).unwrap() {
                let at = |slot: Slot| point[&slot].clone();
                assert!(
                    system.rows.iter().all(|row| !row.at(&at).is_negative()),
                    "{round} {system:?} {point:?}"
                );
            }
        }
        assert_eq!(unknown, 0);
    }

    /// Dates and their faces, compared with trying every day.
    #[test]
    fn faces_like_trying_every_day() {
        let budget = Budget::new(&Limits { search_steps: u64::MAX, ..Limits::default() });
        let solver = Solver::new(&budget);
        let mut next = dice(11);
        let starts = [(2023, 1, 20), (2024, 1, 15), (2023, 12, 1), (2023, 11, 25), (9999, 10, 1), (1, 1, 1)];
        let mut unknown = 0;
        for round in 0..1_500 {
            // Two or three dates near each other, and a small number.
            let (year, month, day) = starts[usize::try_from(next(6)).unwrap()];
            let start = i64::from(crate::value::date::Date::new(year, month, day).unwrap().day_number());
            let dates: Slot = if round % 5 == 0 { 3 } else { 2 };
            let (apart, most) = if dates == 3 { (35, 14) } else { (30, 60) };
            let mut ends: Vec<(i64, i64)> = Vec::new();
            for _ in 0..dates {
                let from = start + next(apart);
                ends.push((from, (from + 5 + next(most)).min(3_652_059)));
            }
            ends.push((0, 3));
            let domains: BTreeMap<Slot, (Number, Number)> = (0..)
                .zip(&ends)
                .map(|(slot, (a, b))| (slot, (Number::whole(*a), Number::whole(*b))))
                .collect();
            let mut faces: BTreeMap<Slot, Calendar> = BTreeMap::new();
            for face in 100..=100 + Slot::try_from(next(3)).unwrap() {
                let months = [Some(1), Some(-1), Some(12), Some(3), Some(-2), None];
                let months = months[usize::try_from(next(6)).unwrap()];
                let mut slot = Slot::try_from(next(i64::from(dates))).unwrap();
                // Now and then a face of a face.
                if next(4) == 0
                    && faces.get(&(face - 1)).is_some_and(|inner: &Calendar| inner.months.is_some())
                {
                    slot = face - 1;
                }
                faces.insert(face, Calendar::there(slot, next(3) - 1, months));
            }
            let mut rows = Vec::new();
            for _ in 0..=next(if dates == 3 { 5 } else { 3 }) {
                // Differences of two or three, of those that count days or of years.
                let years = next(4) == 0;
                let read =
                    |(slot, face): (&Slot, &Calendar)| (face.months.is_none() == years).then_some(*slot);
                let mut all: Vec<Slot> = faces.iter().filter_map(read).collect();
                if years {
                    all.push(dates)
                } else {
                    all.extend(0..dates)
                }
                let pick = |at: i64| all[usize::try_from(at).unwrap() % all.len()];
                let (a, b) = (pick(next(60)), pick(next(60)));
                let mut row = Poly::of(a).sub(&Poly::of(b));
                let middle = if years && (a == dates) != (b == dates) {
                    row = Poly::of(b).add(&Poly::of(a));
                    -i64::from(year)
                } else {
                    next(80) - 40
                };
                row = row.add(&Poly::fixed(Number::whole(middle + next(3) - 1)));
                if next(3) == 0 {
                    row = row.add(&Poly::of(dates));
                }
                if next(4) == 0 {
                    rows.push(row.scale(&Number::whole(-1)).sub(&Poly::fixed(Number::whole(next(2)))));
                }
                rows.push(row);
            }
            if dates == 3 && next(2) == 0 {
                // In a ring: each holds the next between two ends.
                rows.clear();
                faces.clear();
                let months = [1, 2, -1][usize::try_from(next(3)).unwrap()];
                faces.insert(100, Calendar::there(0, 0, Some(months)));
                faces.insert(101, Calendar::there(1, 0, Some(1)));
                let first = next(2) == 0;
                let mut not_before = |one: Slot, other: Slot, days: i64| {
                    let days = Number::whole(days + next(40) - 20);
                    rows.push(Poly::of(one).sub(&Poly::of(other)).add(&Poly::fixed(days)));
                };
                if first {
                    not_before(100, 1, -30 * months);
                    not_before(2, 0, 0);
                    not_before(101, 2, -30);
                } else {
                    not_before(1, 100, 30 * months);
                    not_before(0, 2, 0);
                    not_before(2, 101, 30);
                }
            }
            let system = System { rows, domains, faces };
            let mut can_be: Vec<BTreeSet<i64>> = vec![BTreeSet::new(); ends.len()];
            let mut answers: Vec<i64> = ends.iter().map(|(from, _)| *from).collect();
            loop {
                let at = |slot: Slot| {
                    let base = answers[system.base(slot) as usize];
                    system.on(slot, &Number::whole(base))
                };
                if system.rows.iter().all(|row| !row.at(&at).is_negative()) {
                    answers.iter().zip(&mut can_be).for_each(|(at, all)| {
                        all.insert(*at);
                    });
                }
                // The next, like a counter.
                let mut more = false;
                for (at, (from, to)) in answers.iter_mut().zip(&ends) {
                    more = *at < *to;
                    *at = if more { *at + 1 } else { *from };
                    if more {
                        break;
                    }
                }
                if !more {
                    break;
                }
            }
            match system.fits(&solver).unwrap() {
                Some(fits) => assert_eq!(fits, !can_be[0].is_empty(), "{round} {system:?}"),
                None => unknown += 1,
            }
            for slot in (0..=dates).filter(|_| !can_be[0].is_empty()) {
                let Some(found) = system.can_be(slot, &solver).unwrap() else {
                    unknown += 1;
                    continue;
                };
                let (from, to) = ends[slot as usize];
                for at in from - 2..=to + 2 {
                    let is = can_be[slot as usize].contains(&at);
                    assert_eq!(
                        within(&found, at),
                        is,
                        "{round} slot {slot} at {at}: {found:?} of {system:?}"
                    );
                }
            }
            if let Some(point) = system.point(&solver).unwrap() {
                let at = |slot: Slot| system.on(slot, &point[&system.base(slot)]);
                assert!(
                    system.rows.iter().all(|row| !row.at(&at).is_negative()),
                    "{round} {system:?} {point:?}"
                );
            }
        }
        assert_eq!(unknown, 0);
    }

    /// Numbers that are too many to try.
    #[test]
    fn multiples_and_products_of_any_size() {
        let budget = Budget::new(&Limits::default());
        let solver = Solver::new(&budget);
        let far = Number::nines(30, 0);
        let domains: BTreeMap<Slot, (Number, Number)> =
            [(0, (Number::ONE, Number::whole(5_000))), (1, (Number::ZERO, Number::whole(10_000_000)))].into();
        let equal = poly(0, &[(&[0], 2_500), (&[1], -1)]);
        let system = System {
            rows: vec![equal.clone(), equal.scale(&Number::whole(-1))],
            domains,
            ..System::default()
        };
        let every = Stretch {
            first: Number::whole(2_500),
            last: Number::whole(10_000_000),
            every: Number::whole(2_500),
        };
        assert_eq!(system.can_be(1, &solver).unwrap(), Some(vec![every]));
        assert_eq!(
            system.can_be(0, &solver).unwrap(),
            Some(vec![Stretch::all(Number::ONE, Number::whole(4_000))])
        );
        let product = System {
            rows: vec![poly(-100_001, &[(&[0, 1], 1)])],
            domains: [(0, (Number::ZERO, far.clone())), (1, (Number::ZERO, far.clone()))].into(),
            ..System::default()
        };
        assert_eq!(product.can_be(0, &solver).unwrap(), Some(vec![Stretch::all(Number::ONE, far)]));
        assert!(budget.used() < 200);
    }
}
