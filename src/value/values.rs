//! The values that answers and expressions have.

use crate::value::date::Date;
use crate::value::number::Number;

/// An answer to a ja/deels/nee question. Ordered: nee < deels < ja.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// `nee`, scores 0%.
    No,
    /// `deels`, scores what the header says after `deels telt`.
    Partly,
    /// `ja`, scores 100%.
    Yes,
}

impl Level {
    /// The Dutch word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::No => "nee",
            Self::Partly => "deels",
            Self::Yes => "ja",
        }
    }
}

/// One exact value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// The truth of a condition.
    Bool(bool),
    /// A ja/deels/nee answer.
    Level(Level),
    /// One of a list of options: its place in that list, from 0. Also outcomes (best first) and table words.
    Choice(u16),
    /// Several of a list of options: bit `i` is set when option `i` is chosen. At most 64 options.
    Choices(u64),
    /// A number; a percentage is a fraction of one (5% is 1/20); money is in euros.
    Number(Number),
    /// A day.
    Date(Date),
    /// A text; which one makes no difference to any rule.
    Text,
    /// The answer `geen`.
    None,
    /// The answer `n.v.t.`, or a score of nothing.
    NotApplicable,
}

impl Value {
    /// Whether it is an answer proper: neither geen nor n.v.t.
    #[must_use]
    pub const fn has_value(&self) -> bool {
        !matches!(self, Self::None | Self::NotApplicable)
    }
}
