//! Sets of sums as rows of bits: what parts that share no answer add up to, without a node for every sum.

use crate::limits::budget::{Budget, Ended};

/// Going through this many words of a row is as much work as a step.
const WORDS_A_STEP: usize = 4_096;

/// A set of places below a length that its user keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row(Vec<u64>);

impl Row {
    /// The empty set, with room for so many places.
    pub(crate) fn none(length: usize) -> Self {
        Self(vec![0; length.div_ceil(64)])
    }

    /// The set of the first place only.
    pub(crate) fn first(length: usize) -> Self {
        let mut row = Self::none(length);
        row.fill(0, 0);
        row
    }

    /// Adds the places from one to another, both included; those without room are left out.
    pub(crate) fn fill(&mut self, from: usize, to: usize) {
        let (first, last) = (from / 64, to / 64);
        for (at, word) in self.0.iter_mut().enumerate().take(last + 1).skip(first) {
            let low = if at == first { u64::MAX << (from % 64) } else { u64::MAX };
            let high = if at == last { u64::MAX >> (63 - to % 64) } else { u64::MAX };
            *word |= low & high;
        }
    }

    /// Adds the places of another.
    pub(crate) fn join(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    /// Whether a place is among them.
    pub(crate) fn contains(&self, at: usize) -> bool {
        self.word(at / 64) >> (at % 64) & 1 == 1
    }

    /// How many there are.
    pub(crate) fn count(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// The first place from one on.
    pub(crate) fn next(&self, from: usize) -> Option<usize> {
        let first = from / 64;
        self.0.iter().enumerate().skip(first).find_map(|(at, word)| {
            let word = if at == first { word & (u64::MAX << (from % 64)) } else { *word };
            (word != 0).then(|| at * 64 + word.trailing_zeros() as usize)
        })
    }

    fn word(&self, at: usize) -> u64 {
        self.0.get(at).copied().unwrap_or(0)
    }

    /// The 64 places from one on.
    fn from(&self, at: usize) -> u64 {
        let (word, by) = (at / 64, at % 64);
        let low = self.word(word) >> by;
        if by == 0 { low } else { low | self.word(word + 1) << (64 - by) }
    }

    /// Adds the places of another, each moved up by a distance.
    fn add(&mut self, other: &Self, by: usize) {
        let (words, bits) = (by / 64, by % 64);
        let mut below = 0;
        for (word, own) in other.0.iter().zip(self.0.iter_mut().skip(words)) {
            *own |= word << bits | below;
            below = if bits == 0 { 0 } else { word >> (64 - bits) };
        }
        if let Some(own) = self.0.get_mut(words + other.0.len()) {
            *own |= below;
        }
    }

    /// The places that are reached from one of these by one of the distances.
    pub(crate) fn moved(&self, by: &[usize], budget: &Budget) -> Result<Self, Ended> {
        budget.steps(words(by.len() * self.0.len()))?;
        let mut moved = Self(vec![0; self.0.len()]);
        by.iter().for_each(|by| moved.add(self, *by));
        Ok(moved)
    }

    /// Whether one of these places lies a distance below one of the other's.
    pub(crate) fn meets(&self, other: &Self, by: usize, budget: &Budget) -> Result<bool, Ended> {
        self.any(|word, at| word & other.from(at + by) != 0, budget)
    }

    /// Whether one of these places lies one distance below one of the other's, and the other distance below none of them.
    pub(crate) fn parts(&self, other: &Self, a: usize, b: usize, budget: &Budget) -> Result<bool, Ended> {
        self.any(|word, at| word & other.from(at + a) & !other.from(at + b) != 0, budget)
    }

    /// Whether a word, given the place of its first bit, passes a test. Costs only the words that are looked at.
    fn any(&self, is: impl Fn(u64, usize) -> bool, budget: &Budget) -> Result<bool, Ended> {
        let found = self.0.iter().enumerate().position(|(at, word)| *word != 0 && is(*word, at * 64));
        budget.steps(words(found.unwrap_or(self.0.len())))?;
        Ok(found.is_some())
    }
}

/// The steps that it costs to go through so many words.
fn words(count: usize) -> u64 {
    1 + u64::try_from(count / WORDS_A_STEP).unwrap_or(u64::MAX)
}

/// What is reached from 0 by one distance of each list, after each list in turn. The first result is before any.
pub(crate) fn reached(lists: &[Vec<usize>], length: usize, budget: &Budget) -> Result<Vec<Row>, Ended> {
    let mut rows = vec![Row::first(length)];
    for by in lists {
        let next = match rows.last() {
            Some(row) => row.moved(by, budget)?,
            None => Row::none(length),
        };
        rows.push(next);
    }
    Ok(rows)
}

/// For each list what all others together reach. By halving: each half is left out once, so each list is gone through a
/// logarithmic number of times.
pub(crate) fn others<E: From<Ended>>(
    lists: &[Vec<usize>],
    length: usize,
    budget: &Budget,
    each: &mut dyn FnMut(usize, &Row) -> Result<(), E>,
) -> Result<(), E> {
    let mut stack = vec![(0, lists.len(), Row::first(length))];
    while let Some((from, to, row)) = stack.pop() {
        if to - from <= 1 {
            if from < to {
                each(from, &row)?;
            }
            continue;
        }
        let middle = from.midpoint(to);
        for ((from, to), rest) in [((middle, to), (from, middle)), ((from, middle), (middle, to))] {
            let mut with = row.clone();
            for by in lists.iter().take(rest.1).skip(rest.0) {
                with = with.moved(by, budget)?;
            }
            stack.push((from, to, with));
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::limits::Limits;

    const LENGTH: usize = 300;

    fn places(row: &Row) -> BTreeSet<usize> {
        (0..LENGTH).filter(|at| row.contains(*at)).collect()
    }

    fn row(of: &BTreeSet<usize>) -> Row {
        let mut row = Row::none(LENGTH);
        of.iter().for_each(|at| row.fill(*at, *at));
        row
    }

    fn all_sums(lists: &[Vec<usize>]) -> BTreeSet<usize> {
        let start = BTreeSet::from([0]);
        lists
            .iter()
            .fold(start, |all, by| all.iter().flat_map(|at| by.iter().map(move |by| at + by)).collect())
    }

    fn some_places() -> impl Strategy<Value = BTreeSet<usize>> {
        proptest::collection::btree_set(0..LENGTH, 0..40)
    }

    proptest! {
        #[test]
        fn rows_are_sets(a in some_places(), b in some_places(), by in 0..150_usize, other in 0..150_usize) {
            let budget = Budget::new(&Limits::default());
            let (first, second) = (row(&a), row(&b));
            prop_assert_eq!(first.count(), a.len() as u64);
            prop_assert_eq!(first.next(by), a.range(by..).next().copied());
            let moved = places(&first.moved(&[by, other], &budget).unwrap());
            let expected: BTreeSet<usize> =
                a.iter().flat_map(|at| [at + by, at + other]).filter(|at| *at < LENGTH).collect();
            prop_assert_eq!(moved, expected);
            prop_assert_eq!(first.meets(&second, by, &budget).unwrap(), a.iter().any(|at| b.contains(&(at + by))));
            let parts = |at: &usize| b.contains(&(at + by)) && !b.contains(&(at + other));
            prop_assert_eq!(first.parts(&second, by, other, &budget).unwrap(), a.iter().any(parts));
        }

        #[test]
        fn stretches_are_filled(from in 0..LENGTH, more in 0..LENGTH) {
            let mut row = Row::none(LENGTH);
            row.fill(from, from + more);
            prop_assert_eq!(places(&row), (from..=from + more).filter(|at| *at < LENGTH).collect());
        }

        #[test]
        fn sums_are_all_sums(lists in proptest::collection::vec(proptest::collection::vec(0..40_usize, 1..4), 0..7)) {
            let budget = Budget::new(&Limits::default());
            let rows = reached(&lists, LENGTH, &budget).unwrap();
            for (count, row) in rows.iter().enumerate() {
                prop_assert_eq!(places(row), all_sums(&lists[..count]));
            }
            let mut seen = Vec::new();
            others::<Ended>(&lists, LENGTH, &budget, &mut |at, row| {
                let rest: Vec<Vec<usize>> = [&lists[..at], &lists[at + 1..]].concat();
                seen.push((at, places(row) == all_sums(&rest)));
                Ok(())
            })
            .unwrap();
            prop_assert_eq!(seen, (0..lists.len()).map(|at| (at, true)).collect::<Vec<_>>());
        }
    }
}
