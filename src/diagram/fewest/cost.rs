//! What changes cost: how many answers, and which.

/// More answers than these are not told apart.
pub(super) const MOST: usize = 256;

/// The cost of one change, in fractions, for an answer that is asked about at several levels.
pub(super) const ONE: u32 = 5_040;

/// Answers that change, the first as the highest bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Few([u64; MOST / 64]);

impl Few {
    pub(super) fn of(at: usize) -> Self {
        let mut few = Self::default();
        if let Some(word) = few.0.get_mut(at / 64) {
            *word = 1 << (63 - at % 64);
        }
        few
    }

    pub(super) fn with(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
        self
    }

    pub(super) fn iter(self) -> impl Iterator<Item = usize> {
        let has = move |at: &usize| self.0.get(at / 64).is_some_and(|word| word >> (63 - at % 64) & 1 == 1);
        (0..MOST).filter(has)
    }

    /// The first of them.
    pub(super) fn first(&self) -> Option<usize> {
        let found = self.0.iter().enumerate().find(|(_, word)| **word != 0);
        found.map(|(at, word)| at * 64 + word.leading_zeros() as usize)
    }
}

/// How far away an end is: the cost of changing, and among equal costs the changes that come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Far {
    pub(super) cost: u32,
    pub(super) few: Few,
    /// One of the changes was counted only in part.
    pub(super) partly: bool,
}

impl Far {
    pub(super) const HERE: Self = Self { cost: 0, few: Few([0; MOST / 64]), partly: false };

    pub(super) fn and(self, other: &Self) -> Self {
        Self {
            cost: self.cost.saturating_add(other.cost),
            few: self.few.with(&other.few),
            partly: self.partly || other.partly,
        }
    }

    pub(super) fn nearer(&self, other: &Self) -> bool {
        (self.cost, std::cmp::Reverse(self.few)) < (other.cost, std::cmp::Reverse(other.few))
    }
}

/// What a change costs now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cost {
    /// It is made already.
    Free,
    /// One.
    One,
    /// It cannot be made.
    Never,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Needed {
    /// So many must change at least.
    pub(crate) count: usize,
    /// So many suffice; and of all that suffice `first` comes first.
    pub(crate) exact: bool,
    /// Changes that suffice: the first of the fewest where that is exact.
    pub(super) few: Few,
}

impl Needed {
    /// Changes that suffice, ascending.
    pub(crate) fn changes(self) -> impl Iterator<Item = usize> {
        self.few.iter()
    }

    /// The first of them.
    pub(crate) fn first(&self) -> Option<usize> {
        self.few.first()
    }
}
