//! The first pass over a rule file: lines, margins and marks, before any grammar.
//!
//! It makes a copy of the text with the same length in bytes, in which comments are blank, the contents of texts are
//! covered with dots, and likely slips (curly quotes, Word's bullets) are corrected with a message; and it cuts that
//! copy into declarations, clauses, answer lines and items. A grammar with white space between all its tokens
//! cannot see a margin; this pass sees nothing else, so both stay simple and every offset is the source's.

pub(super) mod cut;
pub(super) mod pieces;
mod scan;
pub(super) mod words;

use crate::message::diagnostic::Diagnostic;
use crate::message::source::{SourceId, Spanned};
use crate::rules::layout::pieces::Block;

/// The text in pieces.
pub(crate) struct Layout {
    /// The copy, byte for byte as long as the text.
    pub(crate) copy: String,
    /// Comments in order.
    pub(crate) comments: Vec<Spanned<String>>,
    /// Declarations in order.
    pub(crate) blocks: Vec<Block>,
    /// Where the hyphens before items stand, in order.
    pub(crate) hyphens: Vec<usize>,
    /// What was wrong, in order.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Reads the lines of a text.
pub(crate) fn lay_out(source: SourceId, text: &str) -> Layout {
    let scanned = scan::scan(source, text);
    let mut diagnostics = scanned.diagnostics;
    let cut::Cut { blocks, hyphens } = cut::cut(source, &scanned.copy, &scanned.lines, &mut diagnostics);
    Layout { copy: scanned.copy, comments: scanned.comments, blocks, hyphens, diagnostics }
}
