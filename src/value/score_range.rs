//! A score over all completions.

use crate::value::number::Number;

/// A score over all completions. The default: it never applies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScoreRange {
    /// Least and greatest over the completions in which it applies; none when it never does. Fractions of one.
    pub range: Option<(Number, Number)>,
    /// Whether it is n.v.t. in no, some or all completions.
    pub not_applicable: Maybe,
}

impl ScoreRange {
    /// The one value it has in every completion.
    #[must_use]
    pub fn settled(&self) -> Option<&Number> {
        match &self.range {
            Some((least, greatest)) if least == greatest && self.not_applicable == Maybe::No => Some(least),
            _ => None,
        }
    }
}

/// In no, some or all completions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Maybe {
    /// In none.
    No,
    /// In all.
    #[default]
    Yes,
    /// In some.
    Maybe,
}
