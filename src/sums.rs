//! Sets of whole numbers, as bits: the sums that parts of a verdict can add up to, counted in a common unit.

/// A set of whole numbers between a least and a greatest that are not far apart. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sums {
    /// The number that the first bit stands for; it is in the set.
    least: i64,
    /// Bit `i` of word `w` stands for `least + 64 w + i`. The last word is not 0.
    words: Vec<u64>,
}

impl Sums {
    /// One number.
    #[must_use]
    pub(crate) fn of(number: i64) -> Self {
        Self { least: number, words: vec![1] }
    }

    /// The least.
    #[must_use]
    pub(crate) const fn least(&self) -> i64 {
        self.least
    }

    /// The greatest.
    #[must_use]
    pub(crate) fn greatest(&self) -> i64 {
        let last = self.words.last().copied().unwrap_or(1);
        let words = i64::try_from(self.words.len()).unwrap_or(1);
        self.least + 64 * words - 1 - i64::from(last.leading_zeros())
    }

    /// Adds one number.
    pub(crate) fn insert(&mut self, number: i64) {
        self.union(&Self::of(number), 0);
    }

    /// Adds the other's numbers, each `by` more. Cost: the words of both.
    pub(crate) fn union(&mut self, other: &Self, by: i64) {
        let start = other.least.saturating_add(by);
        if start < self.least {
            let mut moved = Self { least: start, words: Vec::new() };
            moved.place(self.least, &self.words);
            *self = moved;
        }
        self.place(start, &other.words);
    }

    /// Every sum of one of these and one of the other's. Cost: the numbers of the other times the words.
    #[must_use]
    pub(crate) fn plus(&self, other: &Self) -> Self {
        let mut sums = Self { least: self.least.saturating_add(other.least), words: Vec::new() };
        for number in other.iter() {
            sums.place(self.least.saturating_add(number), &self.words);
        }
        sums
    }

    /// The least number of the set that is not below `from`.
    #[must_use]
    pub(crate) fn next(&self, from: i64) -> Option<i64> {
        let offset = u64::try_from(from.saturating_sub(self.least)).unwrap_or(0);
        let first = usize::try_from(offset / 64).ok()?;
        let mask = u64::MAX << (offset % 64);
        self.words.iter().enumerate().skip(first).find_map(|(at, word)| {
            let word = if at == first { word & mask } else { *word };
            let at = i64::try_from(at).ok()?;
            (word != 0).then(|| self.least + 64 * at + i64::from(word.trailing_zeros()))
        })
    }

    /// All, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = i64> + '_ {
        let mut next = self.next(self.least);
        std::iter::from_fn(move || {
            let number = next?;
            next = self.next(number + 1);
            Some(number)
        })
    }

    /// Sets the bits of words whose first bit stands for `start`, which is not below the least.
    fn place(&mut self, start: i64, words: &[u64]) {
        let offset = u64::try_from(start.saturating_sub(self.least)).unwrap_or(0);
        let (first, shift) = (usize::try_from(offset / 64).unwrap_or(0), offset % 64);
        let needed = first + words.len() + usize::from(shift > 0);
        if self.words.len() < needed {
            self.words.resize(needed, 0);
        }
        for (at, word) in words.iter().enumerate() {
            if let Some(place) = self.words.get_mut(first + at) {
                *place |= word << shift;
            }
            if shift > 0
                && let Some(place) = self.words.get_mut(first + at + 1)
            {
                *place |= word >> (64 - shift);
            }
        }
        while self.words.last() == Some(&0) {
            self.words.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::Sums;

    fn sums(numbers: &BTreeSet<i64>) -> Sums {
        let mut numbers = numbers.iter().rev();
        let mut sums = Sums::of(*numbers.next().expect("not empty"));
        numbers.for_each(|number| sums.insert(*number));
        sums
    }

    proptest! {
        #[test]
        fn it_agrees_with_plain_sets(
            a in prop::collection::btree_set(-300_i64..300, 1..20),
            b in prop::collection::btree_set(-300_i64..300, 1..20),
            by in -200_i64..200,
        ) {
            let (x, y) = (sums(&a), sums(&b));
            prop_assert_eq!(x.iter().collect::<BTreeSet<_>>(), a.clone());
            prop_assert_eq!(x.least(), *a.first().expect("not empty"));
            prop_assert_eq!(x.greatest(), *a.last().expect("not empty"));
            let all: BTreeSet<i64> = a.iter().flat_map(|p| b.iter().map(move |q| p + q)).collect();
            prop_assert_eq!(x.plus(&y), sums(&all));
            let mut union = x.clone();
            union.union(&y, by);
            let both: BTreeSet<i64> = a.iter().copied().chain(b.iter().map(|n| n + by)).collect();
            prop_assert_eq!(union, sums(&both));
            for from in -400..400 {
                prop_assert_eq!(x.next(from), a.range(from..).next().copied());
            }
        }
    }
}
