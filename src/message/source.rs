//! Texts and places in them: a span is two byte offsets and a text; lines and columns exist only when shown.

use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

/// Which of the texts of a [`Diagnostics`](crate::Diagnostics) a span points into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SourceId(pub u32);

/// A place in a text: byte offsets, `start` inclusive, `end` exclusive. Invariant: `start <= end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The text it points into.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span; `end` is raised to `start` when it lies before it. Texts are limited far below 4 GiB.
    #[must_use]
    pub fn new(source: SourceId, start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX).max(start);
        Self { source, start, end }
    }

    /// The smallest span that holds both; both must lie in one text.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A line and a column, both counted from 1; the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// A text with the name its host gave it, and an index of its lines, made when a place is first shown: most texts have
/// nothing to show.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
    line_starts: OnceLock<Vec<u32>>,
    /// The number of its first line: 1, unless it is a piece of a larger text.
    first_line: u32,
}

impl Source {
    /// A text and its name.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), line_starts: OnceLock::new(), first_line: 1 }
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let ends = self.text.match_indices('\n').map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX));
            std::iter::once(0).chain(ends).collect()
        })
    }

    /// The name the host gave.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The number of its first line: 1, unless it is a piece of a larger text.
    #[must_use]
    pub const fn first_line(&self) -> u32 {
        self.first_line
    }

    /// Makes it a piece of a larger text that starts at a line, counted from 1.
    pub(crate) fn start_at(&mut self, line: u32) {
        self.first_line = line.max(1);
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte offset; an offset past the end counts as the end. Cost: logarithmic in the
    /// lines plus the length of the line; one pass over the text the first time.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let line_starts = self.line_starts();
        let line = line_starts.partition_point(|&start| start <= offset).max(1);
        let start = line_starts.get(line - 1).copied().unwrap_or(0) as usize;
        let end = (offset as usize).min(self.text.len());
        let column = self.text.as_bytes().get(start..end).unwrap_or_default();
        // Characters, not bytes: continuation bytes of UTF-8 do not count.
        let column = column.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() + 1;
        Position { line: count(line).saturating_add(self.first_line - 1), column: count(column) }
    }

    /// The text under a span; empty when the span does not lie in it.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A value and where it was written. Two are equal when their values are: layout does not count.
#[derive(Debug, Clone, Copy)]
pub struct Spanned<T> {
    /// The value.
    pub node: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins value and place.
    pub const fn new(node: T, span: Span) -> Self {
        Self { node, span }
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl<T: Hash> Hash for Spanned<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.node.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(source: &Source, offset: u32) -> (u32, u32) {
        let Position { line, column } = source.position(offset);
        (line, column)
    }

    #[test]
    fn columns_are_characters_and_lines_end_at_their_break() {
        let source = Source::new("x", "é😀a\r\nb\n\nc");
        // Before and behind two bytes, behind four, and inside them.
        assert_eq!([0, 2, 6, 4].map(|offset| at(&source, offset)), [(1, 1), (1, 2), (1, 3), (1, 3)]);
        // A break belongs to the line that it ends, a return before it too.
        assert_eq!([7, 8, 9].map(|offset| at(&source, offset)), [(1, 4), (1, 5), (2, 1)]);
        // An empty line, and the end of a text without a break.
        assert_eq!([11, 12, 13].map(|offset| at(&source, offset)), [(3, 1), (4, 1), (4, 2)]);
        assert_eq!(at(&source, 1_000), (4, 2));
        assert_eq!(at(&Source::new("x", ""), 0), (1, 1));
        // Behind the last break a new line starts.
        assert_eq!(at(&Source::new("x", "a\n"), 2), (2, 1));
    }

    #[test]
    fn a_piece_of_a_larger_text_counts_from_where_it_starts() {
        let mut source = Source::new("x", "a\nb");
        source.start_at(7);
        assert_eq!([0, 2].map(|offset| at(&source, offset)), [(7, 1), (8, 1)]);
        // There is no line before the first.
        source.start_at(0);
        assert_eq!(at(&source, 0), (1, 1));
    }

    #[test]
    fn spans_never_end_before_they_start() {
        let id = SourceId(0);
        let span = Span::new(id, 5, 3);
        assert_eq!((span.start, span.end), (5, 5));
        assert_eq!(Span::new(id, 4, 6).to(Span::new(id, 1, 5)), Span::new(id, 1, 6));
        let source = Source::new("x", "aé");
        assert_eq!(source.slice(Span::new(id, 1, 3)), "é");
        // Halfway a character, and past the end.
        assert_eq!([Span::new(id, 2, 3), Span::new(id, 1, 9)].map(|span| source.slice(span)), ["", ""]);
    }
}
