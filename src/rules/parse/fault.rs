//! What the grammar could not read: where, and what may stand there.

use pest::error::{Error, ErrorVariant, InputLocation};

use super::grammar::Rule;

/// A phrase that no grammar rule fits. Offsets are those of the text.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// At `at` something else was needed; `end` is where the phrase ends.
    Phrase { start: usize, at: usize, end: usize, expected: Vec<Rule> },
    /// A bracket nested too deep.
    TooDeep { at: usize, most: usize },
}

impl Fault {
    /// Where the phrase starts.
    pub(super) fn start(&self) -> usize {
        match self {
            Self::Phrase { start, .. } => *start,
            Self::TooDeep { at, .. } => *at,
        }
    }

    /// Where the phrase ends.
    pub(super) fn end(&self) -> usize {
        match self {
            Self::Phrase { end, .. } => *end,
            Self::TooDeep { at, .. } => at + 1,
        }
    }

    pub(super) fn at(&self) -> usize {
        match self {
            Self::Phrase { at, .. } | Self::TooDeep { at, .. } => *at,
        }
    }
}

/// Moves pest's place to the end of the last token, when nothing follows it.
pub(crate) fn fault(error: &Error<Rule>, text: &str, base: usize) -> Fault {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let end = text.trim_end().len();
    let at = at.min(end);
    let expected = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives.clone(),
        ErrorVariant::CustomError { .. } => Vec::new(),
    };
    Fault::Phrase { start: base, at: base + at, end: base + end, expected }
}
