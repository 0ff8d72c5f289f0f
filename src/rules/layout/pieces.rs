//! Pieces of a rule file: declarations, clauses, lines and items, as stretches of its text.

use std::ops::Range;

/// A stretch of the copy, trimmed: byte offsets.
pub(crate) type Piece = Range<usize>;

/// A declaration: its header and its clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) head: Piece,
    pub(crate) clauses: Vec<ClausePiece>,
}

/// A clause with the lines below it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ClausePiece {
    /// The clause's own line, with the lines that continue it.
    pub(crate) head: Piece,
    /// `- ` items directly below it.
    pub(crate) items: Vec<Item>,
    /// The lines of a ladder or of `gegeven` and `verwacht`.
    pub(crate) lines: Vec<LinePiece>,
}

/// A ladder line or an answer line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LinePiece {
    pub(crate) text: Piece,
    pub(crate) items: Vec<Item>,
}

/// What follows a `- `.
pub(crate) type Item = Piece;

impl ClausePiece {
    /// Where the clause ends, including the lines below it.
    pub(crate) fn end(&self) -> usize {
        let items = self.items.last().map_or(0, |item| item.end);
        let line = self.lines.last().map_or(0, LinePiece::end);
        self.head.end.max(items).max(line)
    }

    /// Cuts the clause in two at an offset where a line starts.
    pub(crate) fn split(self, at: usize) -> (Self, Self) {
        let mut before = Self::default();
        let mut after = Self { head: at..at, ..Self::default() };
        (before.head, after.head) = cut(self.head, at, after.head);
        for item in self.items {
            let whole;
            (whole, after.head) = cut(item, at, after.head);
            if whole.start < at { before.items.push(whole) } else { after.items.push(whole) }
        }
        for line in self.lines {
            let (text, items) = (line.text, line.items);
            let whole;
            (whole, after.head) = cut(text, at, after.head);
            if whole.start < at {
                let mut kept = LinePiece { text: whole, items: Vec::new() };
                for item in items {
                    let whole;
                    (whole, after.head) = cut(item, at, after.head);
                    if whole.start < at { kept.items.push(whole) } else { after.items.push(whole) }
                }
                before.lines.push(kept);
            } else if whole.start == at {
                after.head = whole;
                after.items = items;
            } else {
                after.lines.push(LinePiece { text: whole, items });
            }
        }
        (before, after)
    }
}

/// The part of a piece before `at`; the part after it becomes the head, when `at` lies inside.
fn cut(piece: Piece, at: usize, head: Piece) -> (Piece, Piece) {
    if piece.start < at && at < piece.end { (piece.start..at, at..piece.end) } else { (piece, head) }
}

impl LinePiece {
    fn end(&self) -> usize {
        self.items.last().map_or(self.text.end, |item| item.end.max(self.text.end))
    }
}
