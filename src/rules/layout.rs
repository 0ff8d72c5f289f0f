//! The first pass over a rule file: lines, margins and marks, before any grammar.
//!
//! It makes a copy of the text with the same length in bytes, in which comments are blank, what stands in texts is
//! covered with dots and likely slips (curly quotes, Word's bullets) are mended with a message, and it cuts that
//! copy into declarations, clauses, answer lines and items. A grammar with white space between all its tokens
//! cannot see a margin; this pass sees nothing else, so both stay simple and every offset is the source's.

mod cut;
mod scan;

use std::ops::Range;

use crate::message::diagnostic::Diagnostic;
use crate::message::source::{SourceId, Spanned};

/// A list of words, and whether a word is one of them: that is asked of every line, and a `match` is much quicker than a
/// walk through the list.
macro_rules! word_list {
    ($(#[$about:meta])* $list:ident, $is:ident: $($word:literal),+ $(,)?) => {
        $(#[$about])*
        pub(crate) const $list: [&str; [$($word),+].len()] = [$($word),+];

        /// Whether a word is one of them.
        pub(crate) fn $is(word: &str) -> bool {
            matches!(word, $($word)|+)
        }
    };
}

word_list! {
    /// Words that start a declaration at the margin.
    DECLARATIONS, is_declaration:
        "meetlat",
        "gebruik",
        "vraag",
        "tabel",
        "onderdeel",
        "begrip",
        "criterium",
        "voorwaarde",
        "uitsluiting",
        "signaal",
        "oordeel",
        "route",
        "voorbeeld",
}

word_list! {
    /// Words that start a clause.
    CLAUSES, is_clause:
        "versie",
        "geldig",
        "bron",
        "deels",
        "antwoord",
        "uitleg",
        "staat",
        "liever",
        "geen",
        "onderbouwing",
        "beantwoord",
        "score",
        "gewicht",
        "telt",
        "toont",
        "eis",
        "alleen",
        "als",
        "waarde",
        "vervuld",
        "zo",
        "meld",
        "aanname",
        "let",
        "bewust",
        "totaal",
        "uitkomsten",
        "anders",
        "gegeven",
        "verwacht",
}

pub(crate) use cut::word_at;

/// A stretch of the copy, trimmed: byte offsets.
pub(crate) type Piece = Range<usize>;

/// The text in pieces.
pub(crate) struct Layout {
    /// The copy, byte for byte as long as the text.
    pub(crate) copy: String,
    /// Comments in order.
    pub(crate) comments: Vec<Spanned<String>>,
    /// Declarations in order.
    pub(crate) blocks: Vec<Block>,
    /// What was wrong, in order.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A declaration: its header and its clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) head: Piece,
    pub(crate) clauses: Vec<ClausePiece>,
}

/// A clause with what hangs below it.
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

/// What stands behind a `- `.
pub(crate) type Item = Piece;

impl ClausePiece {
    /// Where the clause ends, with all that hangs below it.
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

/// What of a piece lies before `at`; what lies behind it becomes the head, when `at` lies inside.
fn cut(piece: Piece, at: usize, head: Piece) -> (Piece, Piece) {
    if piece.start < at && at < piece.end { (piece.start..at, at..piece.end) } else { (piece, head) }
}

impl LinePiece {
    fn end(&self) -> usize {
        self.items.last().map_or(self.text.end, |item| item.end.max(self.text.end))
    }
}

/// Reads the lines of a text.
pub(crate) fn lay_out(source: SourceId, text: &str) -> Layout {
    let scanned = scan::scan(source, text);
    let mut diagnostics = scanned.diagnostics;
    let blocks = cut::cut(source, &scanned.copy, &scanned.lines, &mut diagnostics);
    Layout { copy: scanned.copy, comments: scanned.comments, blocks, diagnostics }
}
