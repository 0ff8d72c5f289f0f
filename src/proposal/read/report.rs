//! Collects faults up to the limit, and knows the place of every piece of the text.

use std::ops::Range;

use crate::json::pointer::Pointer;
use crate::json::tape::Piece;
use crate::message::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::message::language::says;
use crate::message::source::{Source, SourceId, Span};
use crate::message::suggest::nearest;

/// How many comparisons with names all suggestions of one run together may take.
const COMPARISONS: usize = 500_000;

pub(super) struct Report<'a, 'd> {
    /// The text's place among the sources; it is added only when there is a first fault.
    source: SourceId,
    name: &'a str,
    text: &'a str,
    diagnostics: &'d mut Diagnostics,
    limit: usize,
    found: usize,
    comparisons: usize,
}

impl<'a, 'd> Report<'a, 'd> {
    pub(super) fn new(diagnostics: &'d mut Diagnostics, name: &'a str, text: &'a str, limit: usize) -> Self {
        let source = diagnostics.next_source();
        Self { source, name, text, diagnostics, limit, found: 0, comparisons: 0 }
    }

    /// Adds a fault; past the limit it is only counted.
    pub(super) fn push(&mut self, fault: Diagnostic, at: &Pointer<'_>) {
        if self.found == 0 {
            self.diagnostics.add_source(Source::new(self.name, self.text));
        }
        self.found += 1;
        if self.found <= self.limit {
            self.diagnostics.push(fault.at(at.to_string()));
        }
    }

    /// How many faults there are so far.
    pub(super) const fn found(&self) -> usize {
        self.found
    }

    /// Whether a fault would only be counted now; if so it is counted, and need not be made.
    pub(super) fn only_counts(&mut self) -> bool {
        // The first fault brings the text with it.
        let full = self.found >= self.limit.max(1);
        self.found += usize::from(full);
        full
    }

    /// Adds how many faults are not shown. Returns whether there were none at all.
    pub(super) fn finish(&mut self) -> bool {
        let hidden = self.found.saturating_sub(self.limit);
        if hidden > 0 {
            let span = Span::new(self.source, 0, 0);
            let message =
                says!("nog {hidden} fouten worden niet getoond", "{hidden} more faults are not shown");
            let help = says!("herstel eerst de getoonde fouten", "mend the faults shown first");
            self.diagnostics.push(Diagnostic::new(Code::TooManyDiagnostics, span, message).help(help).at(""));
        }
        self.found == 0
    }

    /// The place of a piece of the text.
    pub(super) fn span(&self, piece: &Piece<'_>) -> Span {
        let Range { start, end } = piece.place();
        Span::new(self.source, start, end)
    }

    /// The place of a part of the text that is not JSON.
    pub(super) fn part(&self, part: &str) -> Span {
        let start = part.as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        // A text that is not part of it (this cannot happen) would be shown at the start.
        let start = if start + part.len() <= self.text.len() { start } else { 0 };
        Span::new(self.source, start, start + part.len())
    }

    /// The place of its first byte: enough to show where an object or a list stands.
    pub(super) fn first_byte(&self, piece: &Piece<'_>) -> Span {
        let span = self.span(piece);
        Span { end: span.start.saturating_add(1).min(span.end), ..span }
    }

    /// Where nothing stands.
    pub(super) fn nowhere(&self) -> Span {
        Span::new(self.source, 0, 0)
    }

    /// The name most similar to `word`, if any is similar at all.
    pub(super) fn like<'n>(&mut self, word: &str, names: &[&'n str]) -> Option<&'n str> {
        self.comparisons = self.comparisons.saturating_add(names.len());
        if self.comparisons > COMPARISONS {
            return None;
        }
        let word = word.trim().replace(['-', ' '], "_");
        nearest(&word, names.iter().copied())
    }
}
