//! Whole numbers between ends, under polynomials that must not be negative: is there an answer, which can one of them be, and
//! show one. Exact, by eliminating one number after the other in ways that lose nothing on whole numbers; where none of these
//! applies it says that it does not know.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::budget::{Budget, Ended};
use crate::number::Number;
use crate::possible::Slot;

use super::form::Poly;

/// More rows than this are not multiplied out.
const MOST_ROWS: usize = 300;

/// A number with at most so many values is tried value by value.
const FEW: i64 = 4_096;

/// What may be and what surely can be may lie so far apart for the values between to be tried.
const NEAR: i64 = 256;

/// So many numbers, one inside the other, are tried value by value.
const MOST_TRIED: usize = 3;

/// Whole numbers: from the first to the last, each so much more than the one before.
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
    /// All between two ends.
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
}

/// Rows without one number, and its factor in each, above 0.
type Side = Vec<(Number, Poly)>;

type Found = Result<Option<Vec<Stretch>>, Ended>;

/// A system that hangs together, and the number that is asked about.
type Asked = (System, Option<Slot>);

/// What was found of systems: ways through a block often ask the same of some of its numbers.
pub(crate) struct Solver<'p> {
    budget: &'p Budget,
    known: RefCell<FxHashMap<Asked, Option<Vec<Stretch>>>>,
}

impl<'p> Solver<'p> {
    /// Knows nothing yet.
    pub(crate) fn new(budget: &'p Budget) -> Self {
        Self { budget, known: RefCell::default() }
    }

    fn solve(&self, part: System, keep: Option<Slot>) -> Found {
        self.budget.steps(1 + u64::try_from(part.domains.len()).unwrap_or(0))?;
        let asked = (part, keep);
        if let Some(known) = self.known.borrow().get(&asked) {
            return Ok(known.clone());
        }
        let found = asked.0.clone().solve(keep, 0, Shadow::Exact, self.budget)?;
        self.known.borrow_mut().insert(asked, found.clone());
        Ok(found)
    }
}

fn nowhere() -> Found {
    Ok(Some(Vec::new()))
}

impl System {
    /// Whether there is an answer; none: that cannot be told.
    pub(crate) fn fits(&self, solver: &Solver<'_>) -> Result<Option<bool>, Ended> {
        let mut sure = true;
        // What shares no number is looked at apart.
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
                && only.is_linear()
            {
                if only.bounds(&|slot| part.range(slot)).1.is_negative() {
                    return Ok(Some(false));
                }
                continue;
            }
            match solver.solve(part, None)? {
                Some(found) if found.is_empty() => return Ok(Some(false)),
                Some(_) => {}
                None => sure = false,
            }
        }
        Ok(sure.then_some(true))
    }

    /// What one of the numbers can be, in no order, where there is an answer at all; none: that cannot be told.
    pub(crate) fn can_be(&self, slot: Slot, solver: &Solver<'_>) -> Found {
        let mut part = self.with_rows_like(&[slot]);
        part.domains.insert(slot, self.range(slot));
        solver.solve(part, Some(slot))
    }

    /// The rows that hang together with some numbers, and the numbers in them.
    fn with_rows_like(&self, slots: &[Slot]) -> Self {
        let mut slots: BTreeSet<Slot> = slots.iter().copied().collect();
        let mut part = Self::default();
        let mut left: Vec<&Poly> = self.rows.iter().collect();
        loop {
            let count = left.len();
            left.retain(|row| {
                let own = row.slots();
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
        part
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

    fn fix(&mut self, slot: Slot, value: &Number) {
        for row in self.rows.iter_mut().filter(|row| row.reads(slot)) {
            *row = row.with(slot, value);
        }
        self.domains.insert(slot, (value.clone(), value.clone()));
    }

    fn range(&self, slot: Slot) -> (Number, Number) {
        self.domains.get(&slot).cloned().unwrap_or_default()
    }

    fn solve(mut self, keep: Option<Slot>, tried: usize, shadow: Shadow, budget: &Budget) -> Found {
        loop {
            let size: usize = self.rows.iter().map(|row| 1 + row.terms.len()).sum();
            budget.steps(1 + u64::try_from(size).unwrap_or(0) / 4)?;
            if !self.tidy() {
                return nowhere();
            }
            if self.rows.is_empty() {
                return self.kept(keep);
            }
            let mut slots: Vec<Slot> = self.rows.iter().flat_map(Poly::slots).collect();
            slots.sort_unstable();
            slots.dedup();
            slots.retain(|slot| Some(*slot) != keep);
            if slots.is_empty() {
                return self.kept(keep);
            }
            if self.take_best_ends(&slots) {
                continue;
            }
            if let Some((slot, by)) = self.equality(&slots) {
                self.substitute(slot, &by);
                continue;
            }
            if let Some(slot) = keep
                && let Some(found) = self.progression(slot, tried, shadow, budget)
            {
                return found;
            }
            if let Some(slot) = self.exactly_eliminable(&slots) {
                self.eliminate(slot, Shadow::Exact);
                continue;
            }
            if shadow == Shadow::Exact {
                return self.in_doubt(keep, &slots, tried, budget);
            }
            let Some(slot) = self.cheapest(&slots) else { return Ok(None) };
            self.eliminate(slot, shadow);
        }
    }

    /// What the kept number can be once no other is left.
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

    /// Rows in lowest terms, without those that always hold; ends moved inward. False: there is no answer.
    fn tidy(&mut self) -> bool {
        for _ in 0..3 {
            let mut changed = false;
            let mut kept: Vec<Poly> = Vec::with_capacity(self.rows.len());
            for row in std::mem::take(&mut self.rows) {
                let row = lowest(row);
                let (low, high) = row.bounds(&|slot| self.range(slot));
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
                // The most that the row can be; less what one number adds at its best end, the most that the rest can be.
                let most = row.bounds(&|slot| self.range(slot)).1;
                for (slots, factor) in &row.terms {
                    let Some(slot) = slots.first() else { continue };
                    let (lo, hi) = self.range(*slot);
                    let own = factor.mul(if factor.is_negative() { &lo } else { &hi });
                    let Some(end) = own.sub(&most).div(factor) else { continue };
                    let (lo, hi) = if factor.is_negative() {
                        let end = end.floor();
                        changed |= end < hi;
                        (lo, hi.min(end))
                    } else {
                        let end = end.ceil();
                        changed |= end > lo;
                        (lo.max(end), hi)
                    };
                    if lo > hi {
                        return false;
                    }
                    self.domains.insert(*slot, (lo, hi));
                }
            }
            for (at, row) in kept.iter().enumerate() {
                let opposite = row.scale(&Number::whole(-1));
                let other = kept.iter().skip(at + 1).find(|other| other.terms == opposite.terms);
                if other.is_some_and(|other| other.base.add(&row.base).is_negative()) {
                    return false;
                }
            }
            self.rows = kept;
            if !changed {
                break;
            }
        }
        // A number that is known hangs on nothing any more.
        let known: Vec<(Slot, Number)> = self
            .domains
            .iter()
            .filter(|(_, (lo, hi))| lo == hi)
            .map(|(slot, (lo, _))| (*slot, lo.clone()))
            .collect();
        let mut moved = false;
        for (slot, value) in &known {
            for row in self.rows.iter_mut().filter(|row| row.reads(*slot)) {
                *row = row.with(*slot, value);
                moved = true;
            }
        }
        if moved { self.tidy() } else { true }
    }

    /// Numbers that every row wants high, or every row wants low, are taken there. Whether there was one.
    fn take_best_ends(&mut self, slots: &[Slot]) -> bool {
        let mut taken = false;
        for slot in slots {
            let (mut up, mut down) = (true, true);
            for row in self.rows.iter().filter(|row| row.reads(*slot)) {
                let (low, high) = match row.factor(*slot) {
                    Some(factor) => (factor.clone(), factor),
                    None => row.difference(*slot, &Number::ONE).bounds(&|slot| self.range(slot)),
                };
                up &= !low.is_negative();
                down &= high <= Number::ZERO;
            }
            if up || down {
                let (lo, hi) = self.range(*slot);
                self.fix(*slot, if up { &hi } else { &lo });
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

    /// Where an equality ties the kept number to one other alone: what it can be, by what the other can be.
    fn progression(&self, keep: Slot, tried: usize, shadow: Shadow, budget: &Budget) -> Option<Found> {
        for row in self.rows.iter().filter(|row| row.is_linear() && row.terms.len() == 2) {
            let opposite = row.scale(&Number::whole(-1));
            let [(first, a), (second, b)] = row.terms.as_slice() else { continue };
            let (first, second) = (*first.first()?, *second.first()?);
            if !self.rows.contains(&opposite) || (first != keep && second != keep) {
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
            // `t` stands in the other's place.
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
            let found = match system.solve(Some(other), tried, shadow, budget) {
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
    fn between(&self, wide: &Stretch, narrow: &Stretch, slot: Slot, tried: usize, budget: &Budget) -> Found {
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
                match one.solve(None, tried + 1, Shadow::Exact, budget)? {
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

    /// Removes a number. Each pair of rows that hold it between two ends leaves one in which it does not occur.
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
    fn in_doubt(self, keep: Option<Slot>, slots: &[Slot], tried: usize, budget: &Budget) -> Found {
        // All for which there may be an answer, and all for which there surely is one.
        let wide = self.clone().solve(keep, tried, Shadow::Wide, budget)?;
        if wide.as_ref().is_some_and(Vec::is_empty) {
            return nowhere();
        }
        let narrow = self.clone().solve(keep, tried, Shadow::Dark, budget)?;
        match (wide.as_deref(), narrow.as_deref(), keep) {
            (_, Some([_, ..]), None) => return Ok(narrow),
            (Some([wide]), Some([narrow]), Some(slot)) => {
                if let Some(found) = self.between(wide, narrow, slot, tried, budget)? {
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
                match one.solve(None, tried + 1, Shadow::Exact, budget)? {
                    None => return Ok(None),
                    Some(found) if found.is_empty() => {}
                    Some(_) => join(&mut all, Stretch::all(value.clone(), value.clone())),
                }
            } else {
                let Some(found) = one.solve(keep, tried + 1, Shadow::Exact, budget)? else { return Ok(None) };
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

/// What a number that is eliminated leaves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shadow {
    /// Everything for which there is one; only where that is certain.
    Exact,
    /// Everything for which there may be one.
    Wide,
    /// Only that for which there is surely one.
    Dark,
}

/// Adds a stretch behind the last.
fn join(all: &mut Vec<Stretch>, next: Stretch) {
    match all.last_mut() {
        Some(last) if last.last.add(&Number::ONE) == next.first && last.every == Number::ONE => {
            last.last = next.last
        }
        _ => all.push(next),
    }
}

/// A row with whole factors that share no divisor, as tight as whole numbers allow.
fn lowest(row: Poly) -> Poly {
    let unit = row.terms.iter().fold(Number::ZERO, |unit, (_, factor)| unit.common_step(&factor.abs()));
    if unit.is_zero() {
        return Poly::fixed(row.base.floor());
    }
    let Some(by) = Number::ONE.div(&unit) else { return row };
    let mut row = row.scale(&by);
    row.base = row.base.floor();
    row
}

/// One whole solution of `a·x + b·y + c = 0`, where `a` and `b` share no divisor. None: too large to look for.
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

/// The stretches, of those given, on which a polynomial in one number is not negative.
pub(crate) fn not_negative(row: &Poly, slot: Slot, within: &[(Number, Number)]) -> Vec<(Number, Number)> {
    let mut found: Vec<(Number, Number)> = Vec::new();
    for (lo, hi) in within {
        for (from, to) in monotone(row, slot, lo, hi) {
            let holds = |at: &Number| !row.at(&|_| at.clone()).is_negative();
            let part = match (holds(&from), holds(&to), row.as_line()) {
                (true, true, _) => Some((from, to)),
                (false, false, _) => None,
                // A line turns where it is 0.
                (first, _, Some((_, slope))) => {
                    let at = row.base.neg().div(slope).unwrap_or_default();
                    if first { Some((from, at.floor())) } else { Some((at.ceil(), to)) }
                }
                (true, false, None) => {
                    let end = turn(&from, &to, &|at| !holds(at)).sub(&Number::ONE);
                    Some((from, end))
                }
                (false, true, None) => Some((turn(&from, &to, &holds), to)),
            };
            let Some((from, to)) = part else { continue };
            match found.last_mut() {
                // Neighbouring pieces share their end.
                Some((_, end)) if *end >= from.sub(&Number::ONE) => *end = end.clone().max(to),
                _ => found.push((from, to)),
            }
        }
    }
    found
}

/// The first number, after the first and up to the last, at which something holds that from there on always holds.
pub(crate) fn turn(from: &Number, to: &Number, holds: &dyn Fn(&Number) -> bool) -> Number {
    let half = Number::fraction(1, 2).unwrap_or_default();
    let (mut before, mut at) = (from.clone(), to.clone());
    while at.sub(&before) > Number::ONE {
        let middle = before.add(&at).mul(&half).floor();
        if holds(&middle) {
            at = middle;
        } else {
            before = middle;
        }
    }
    at
}

/// Pieces on each of which a polynomial in one number only rises or only falls; each begins where the one before ends.
fn monotone(row: &Poly, slot: Slot, lo: &Number, hi: &Number) -> Vec<(Number, Number)> {
    let degree = row.terms.iter().map(|(slots, _)| slots.len()).max().unwrap_or(0);
    if degree < 2 || lo == hi {
        return vec![(lo.clone(), hi.clone())];
    }
    let rise = row.difference(slot, &Number::ONE);
    let rises = not_negative(&rise, slot, &[(lo.clone(), hi.sub(&Number::ONE))]);
    let mut ends = vec![lo.clone()];
    for (from, to) in rises {
        ends.extend([from, to.add(&Number::ONE)]);
    }
    ends.push(hi.clone());
    ends.dedup();
    ends.iter().zip(ends.iter().skip(1)).map(|(from, to)| (from.clone(), to.clone())).collect()
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

    fn within(stretches: &[Stretch], at: i64) -> bool {
        let at = Number::whole(at);
        stretches.iter().any(|s| s.first <= at && at <= s.last && at.sub(&s.first).is_multiple_of(&s.every))
    }

    /// Every system of a few small kinds, compared with trying every value.
    #[test]
    fn like_trying_every_value() {
        let budget = Budget::new(&Limits { search_steps: u64::MAX, ..Limits::default() });
        let solver = Solver::new(&budget);
        let mut seed = 7_u64;
        let mut next = |below: i64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i64::try_from((seed >> 33) % u64::try_from(below).unwrap()).unwrap()
        };
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
            let system = System { rows, domains };
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

    /// Numbers that are too many to try.
    #[test]
    fn multiples_and_products_of_any_size() {
        let budget = Budget::new(&Limits::default());
        let solver = Solver::new(&budget);
        let far = Number::nines(30, 0);
        let domains: BTreeMap<Slot, (Number, Number)> =
            [(0, (Number::ONE, Number::whole(5_000))), (1, (Number::ZERO, Number::whole(10_000_000)))].into();
        let equal = poly(0, &[(&[0], 2_500), (&[1], -1)]);
        let system = System { rows: vec![equal.clone(), equal.scale(&Number::whole(-1))], domains };
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
        };
        assert_eq!(product.can_be(0, &solver).unwrap(), Some(vec![Stretch::all(Number::ONE, far)]));
        assert!(budget.used() < 200);
    }
}
