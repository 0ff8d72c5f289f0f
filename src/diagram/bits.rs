//! Sets of small numbers.

/// A set of numbers from 0, as bits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// None.
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    /// The numbers below `count` that `has` names.
    pub(crate) fn of(count: usize, has: impl Fn(usize) -> bool) -> Self {
        let mut bits = Self::default();
        (0..count).filter(|at| has(*at)).for_each(|at| bits.insert(at));
        bits
    }

    /// Adds one.
    pub(crate) fn insert(&mut self, at: usize) {
        if self.0.len() <= at / 64 {
            self.0.resize(at / 64 + 1, 0);
        }
        if let Some(word) = self.0.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    /// Takes one away.
    pub(crate) fn remove(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at / 64) {
            *word &= !(1 << (at % 64));
        }
    }

    /// Adds all of another.
    pub(crate) fn add(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    /// Whether one is among them.
    pub(crate) fn contains(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Whether one of them is among those of another.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(own, other)| own & other != 0)
    }

    /// Whether all are among those of another.
    pub(crate) fn is_within(&self, other: &Self) -> bool {
        let word = |at: usize| other.0.get(at).copied().unwrap_or(0);
        self.0.iter().enumerate().all(|(at, own)| own & !word(at) == 0)
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The greatest.
    pub(crate) fn last(&self) -> Option<usize> {
        let (at, word) = self.0.iter().enumerate().rev().find(|(_, word)| **word != 0)?;
        Some(at * 64 + 63 - word.leading_zeros() as usize)
    }

    /// Ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let word = *word;
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| at * 64 + bit)
        })
    }

    /// Without the numbers below `start`.
    pub(crate) fn from(&self, start: usize) -> Self {
        let mut bits = self.clone();
        for (at, word) in bits.0.iter_mut().enumerate() {
            let low = at * 64;
            if low + 64 <= start {
                *word = 0;
            } else if low < start {
                *word &= u64::MAX << (start - low);
            }
        }
        bits
    }

    /// Without trailing zeros, so that equal sets are equal.
    pub(crate) fn trimmed(mut self) -> Self {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }
}
