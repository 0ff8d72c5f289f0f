//! What systems of simple kinds tell at once: those of one sum, and those with a count beside one other number.

use std::cmp::Ordering;

use super::{Found, Solver, Stretch, System, joined, nowhere};
use crate::diagram::form::Poly;
use crate::evaluate::possible::Slot;
use crate::value::number::Number;

/// A number of at most so many values, beside one other in each of its rows, is tried value by value before anything else.
const MOST_COUNTED: i64 = 16;

impl System {
    /// What the number can be, where that can be told at once: see [`Self::of_one_sum`], and [`Self::by_a_count`].
    pub(super) fn at_once(&self, keep: Option<Slot>, solver: &Solver<'_>) -> Found {
        match self.of_one_sum(keep) {
            None => self.by_a_count(keep, solver),
            found => Ok(found),
        }
    }

    /// The same where a number of few values shares each of its rows with one other number, as the length of a list does with a sum over
    /// it.
    pub(super) fn by_a_count(&self, keep: Option<Slot>, solver: &Solver<'_>) -> Found {
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

    /// What the number can be, where perhaps no row is left.
    pub(super) fn left_at_once(&self, keep: Option<Slot>, solver: &Solver<'_>) -> Found {
        if !self.rows.is_empty() {
            return self.at_once(keep, solver);
        }
        let (lo, hi) = keep.map_or_else(Default::default, |slot| self.range(slot));
        Ok(Some(if lo <= hi { vec![Stretch::all(lo, hi)] } else { Vec::new() }))
    }

    /// What can be by each value of a count, of which these are the rows; it stands in no other.
    pub(super) fn value_by_value(
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
    pub(super) fn of_one_sum(&self, keep: Option<Slot>) -> Option<Vec<Stretch>> {
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
    pub(super) fn ends_of_one_sum(&self) -> Option<(Number, Option<Number>)> {
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
}
