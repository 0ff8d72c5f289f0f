//! What all parts of the parser share: the text and its copy, places, and the faults found so far.

use pest::Parser as _;

use super::grammar::{Grammar, Pair, Rule};
use crate::limits::Limits;
use crate::message::diagnostic::Diagnostic;
use crate::message::source::{SourceId, Span, Spanned};
use crate::rules::layout::cut::word_at;
use crate::rules::layout::pieces::Piece;
use crate::rules::parse::fault::Fault;
use crate::rules::syntax::Aside;

/// Brackets nested deeper than this are refused whatever the limit says: each takes stack, and a host's stack is finite.
const DEEPEST: usize = 64;

pub(super) struct Reader<'t> {
    pub(super) source: SourceId,
    /// The text as written.
    pub(super) text: &'t str,
    /// The copy that the layout pass made.
    pub(super) copy: &'t str,
    nesting: usize,
    /// Where the layout pass found something, in order.
    reported: Vec<usize>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Phrases of the current clause that no grammar rule fits.
    pub(super) faults: Vec<Fault>,
    /// Something in the current clause has no meaning: it is left out.
    pub(super) failed: bool,
    /// How often something was wrong, shown or not.
    pub(super) said: usize,
    /// The place among the diagnostics of the message that something is missing below or after a line, if that was the last one.
    pub(super) want: Option<usize>,
    /// The grounds that were read, and the hyphens before items.
    pub(super) asides: Vec<Spanned<Aside>>,
    /// Where in the copy the phrase being built starts.
    base: usize,
    /// Plain lines are read without the grammar. Only the test that compares both ways switches this off.
    pub(super) plain: bool,
}

/// Signs (`+ - * /`) in one phrase; a longer one is an error, like too many brackets.
const MOST_SIGNS: usize = 400;

impl<'t> Reader<'t> {
    pub(super) fn new(
        source: SourceId,
        text: &'t str,
        copy: &'t str,
        limits: &Limits,
        found: &[Diagnostic],
    ) -> Self {
        let mut reported: Vec<usize> = found
            .iter()
            .filter_map(|found| found.places.first())
            .map(|place| place.span.start as usize)
            .collect();
        reported.sort_unstable();
        Self {
            source,
            text,
            copy,
            nesting: limits.nesting.min(DEEPEST),
            reported,
            diagnostics: Vec::new(),
            faults: Vec::new(),
            failed: false,
            said: 0,
            want: None,
            asides: Vec::new(),
            base: 0,
            plain: true,
        }
    }

    /// Reads a piece with one rule; what is wrong is kept in `faults`.
    pub(super) fn phrase(&mut self, rule: Rule, piece: &Piece) -> Option<Pair<'t>> {
        self.base = piece.start;
        let text = self.copy.get(piece.clone()).unwrap_or_default();
        if let Some(at) = self.too_deep(text) {
            self.failed = true;
            self.faults.push(Fault::TooDeep { at: piece.start + at, most: self.nesting });
            return None;
        }
        match Grammar::parse(rule, text) {
            Ok(mut pairs) => pairs.next(),
            Err(error) => {
                self.failed = true;
                self.faults.push(crate::rules::parse::fault::fault(&error, text, piece.start));
                None
            }
        }
    }

    /// Reads a piece in the middle of another one.
    pub(super) fn inner_phrase<T>(
        &mut self,
        rule: Rule,
        piece: &Piece,
        build: impl FnOnce(&mut Self, Pair<'t>) -> Option<T>,
    ) -> Option<T> {
        let base = self.base;
        let built = self.phrase(rule, piece).and_then(|pair| build(self, pair));
        self.base = base;
        built
    }

    /// Texts and free text are covered in the copy, so every bracket counts.
    fn too_deep(&self, text: &str) -> Option<usize> {
        let count = |sought: fn(&u8) -> bool| text.as_bytes().iter().filter(|byte| sought(byte)).count();
        // Counting is quick, and enough for nearly all.
        let signs = count(|byte| matches!(byte, b'+' | b'-' | b'*' | b'/'));
        if signs <= MOST_SIGNS && count(|byte| *byte == b'(') <= self.nesting {
            return None;
        }
        let mut depth = 0_usize;
        let mut signs = 0_usize;
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                // A sum of many terms is a tree as deep as it is long.
                b'+' | b'-' | b'*' | b'/' => {
                    signs += 1;
                    if signs > MOST_SIGNS {
                        return Some(at);
                    }
                }
                b'(' => {
                    depth += 1;
                    if depth > self.nesting {
                        return Some(at);
                    }
                }
                b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        None
    }

    /// Reports something, unless the layout pass has already reported something on its line, which is most likely the cause.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.said += 1;
        let start = diagnostic.places.first().map_or(0, |place| place.span.start as usize);
        if !self.reported_in(&self.line_of(start)) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Reports something that leaves the clause without meaning.
    pub(super) fn fail(&mut self, diagnostic: Diagnostic) {
        self.failed = true;
        self.report(diagnostic);
    }

    /// Reports that something is missing below or after a line. When the next line makes no sense, that is the real fault, and
    /// this is not shown.
    pub(super) fn fail_for_want(&mut self, diagnostic: Diagnostic) {
        self.failed = true;
        let at = self.diagnostics.len();
        let line = diagnostic.places.first().map_or(0..0, |place| self.line_of(place.span.start as usize));
        if self.reported_in(&self.line_of(line.end + 1)) {
            self.said += 1;
        } else {
            self.report(diagnostic);
        }
        self.want = (self.diagnostics.len() > at).then_some(at);
    }

    /// Something on the line at `at` makes no sense: if the line before it lacked something, only this is shown.
    pub(super) fn forget_want(&mut self, at: usize) {
        let Some(want) = self.want.take() else { return };
        let place = self.diagnostics.get(want).and_then(|diagnostic| diagnostic.places.first());
        let wanting = place.map_or(0, |place| self.line_of(place.span.start as usize).end);
        let between = self.copy.get(wanting..self.line_of(at).start).unwrap_or("-");
        if wanting < at && between.trim().is_empty() {
            self.diagnostics.remove(want);
        }
    }

    /// The line that an offset is on.
    pub(super) fn line_of(&self, at: usize) -> Piece {
        let start =
            self.copy.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
        let end = self
            .copy
            .get(at..)
            .and_then(|after| after.find('\n'))
            .map_or(self.copy.len(), |length| at + length);
        start..end.max(start + 1)
    }

    /// Whether the layout pass has reported something there.
    pub(super) fn reported_in(&self, piece: &Piece) -> bool {
        let first = self.reported.partition_point(|at| *at < piece.start);
        self.reported.get(first).is_some_and(|at| *at < piece.end)
    }

    pub(super) fn span_of(&self, piece: &Piece) -> Span {
        Span::new(self.source, piece.start, piece.end)
    }

    /// A node's place, without the blanks that the grammar skipped after it.
    pub(super) fn span(&self, pair: &Pair<'_>) -> Span {
        let start = self.base + pair.as_span().start();
        Span::new(self.source, start, start + pair.as_str().trim_end().len())
    }

    pub(super) fn spanned<T>(&self, node: T, pair: &Pair<'_>) -> Spanned<T> {
        Spanned::new(node, self.span(pair))
    }

    /// The text under a span, as written: a quote may be a whole character of three bytes where the copy has a mark of one.
    pub(super) fn written(&self, span: Span) -> &'t str {
        let (mut start, mut end) = (span.start as usize, span.end as usize);
        while start > 0 && !self.text.is_char_boundary(start) {
            start -= 1;
        }
        while end < self.text.len() && !self.text.is_char_boundary(end) {
            end += 1;
        }
        self.text.get(start..end).unwrap_or_default()
    }

    pub(super) fn first_word(&self, piece: &Piece) -> &'t str {
        word_at(self.copy.get(piece.clone()).unwrap_or_default())
    }
}
