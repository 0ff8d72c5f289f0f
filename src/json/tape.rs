//! JSON in pieces that borrow from the text, found along the tape that the scanner wrote. Nothing here reports; the caller
//! knows the place.

use std::borrow::Cow;
use std::fmt;
use std::num::NonZeroU32;
use std::ops::{Deref, Range};

use serde::Deserialize as _;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

pub(crate) use super::scan::Shape;
use super::scan::{Escapes, Node};
use crate::json::quote::{is_blank, unquoted};
use crate::json::texts::Written;

/// A text and its nodes.
#[derive(Debug)]
pub(crate) struct Tape<'a> {
    text: &'a str,
    nodes: &'a [Node],
}

/// A value or a key, as written: without space around it. Two words, so that it is passed in registers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece<'a> {
    tape: &'a Tape<'a>,
    /// Place on the tape.
    at: u32,
}

impl Deref for Piece<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_written()
    }
}

impl fmt::Display for Piece<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_written())
    }
}

impl<'a> Piece<'a> {
    /// Places past the tape's end, which nothing asks for, hold nothing.
    #[inline]
    fn node(self) -> &'a Node {
        const NOTHING: Node = Node { start: 0, end: 0, next: 0, shape: Shape::Null, escapes: Escapes::None };
        self.tape.node(self.at).unwrap_or(&NOTHING)
    }

    #[inline]
    pub(crate) fn shape(self) -> Shape {
        self.node().shape
    }

    /// A text without its quotes and escapes; none when it is not a text, or holds half a character (`\ud800`).
    #[inline]
    pub(crate) fn text(self) -> Option<Cow<'a, str>> {
        match self.node().escapes {
            Escapes::None if self.shape() == Shape::Text => self.inside().map(Cow::Borrowed),
            Escapes::Some => unquoted(self.as_written()),
            _ => None,
        }
    }

    /// Whether an escape in it is half a character.
    pub(crate) fn is_half(self) -> bool {
        self.node().escapes == Escapes::Half
    }

    /// Whether a text says nothing. For most the first letter tells.
    #[inline]
    pub(crate) fn is_blank(self) -> bool {
        let first = self.tape.text.as_bytes().get(self.place().start + 1);
        if first.is_some_and(u8::is_ascii_alphanumeric) {
            return false;
        }
        self.text().is_none_or(|text| is_blank(&text))
    }

    /// The JSON itself.
    #[inline]
    pub(crate) fn as_written(self) -> &'a str {
        self.tape.text.get(self.place()).unwrap_or_default()
    }

    /// Its length in bytes.
    #[inline]
    pub(crate) fn length(self) -> usize {
        self.place().len()
    }

    /// The bytes of a text without escapes, between its quotes; none for anything else. What is only compared need not be
    /// checked for whole characters.
    #[inline]
    pub(crate) fn unescaped_bytes(self) -> Option<&'a [u8]> {
        let Node { start, end, shape, escapes, .. } = self.node();
        if (*shape, *escapes) != (Shape::Text, Escapes::None) {
            return None;
        }
        self.tape.text.as_bytes().get(*start as usize + 1..(*end as usize).checked_sub(1)?)
    }

    #[inline]
    fn inside(self) -> Option<&'a str> {
        let Range { start, end } = self.place();
        self.tape.text.get(start + 1..end.checked_sub(1)?)
    }

    /// Where it stands, in bytes.
    #[inline]
    pub(crate) fn place(self) -> Range<usize> {
        let Node { start, end, .. } = self.node();
        *start as usize..*end as usize
    }

    /// Where it stands in the proposal's texts.
    #[inline]
    pub(crate) fn written(self) -> Option<Written> {
        let Node { start, end, shape, escapes, .. } = self.node();
        let written = Written::new(*start, *end);
        // Inside a list or object there may be any.
        match (shape, escapes) {
            (Shape::Text, Escapes::None) => written.map(Written::plain),
            _ => written,
        }
    }
}

/// A key of an object, and the value after it: the key's place on the tape, which is never 0, since the whole text comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry(NonZeroU32);

impl<'a> Tape<'a> {
    pub(crate) const fn new(text: &'a str, nodes: &'a [Node]) -> Self {
        Self { text, nodes }
    }

    /// The one value that the text holds.
    pub(crate) const fn whole(&'a self) -> Piece<'a> {
        self.piece(0)
    }

    #[inline]
    fn node(&self, at: u32) -> Option<&'a Node> {
        self.nodes.get(at as usize)
    }

    #[inline]
    const fn piece(&'a self, at: u32) -> Piece<'a> {
        Piece { tape: self, at }
    }

    #[inline]
    fn behind(&self, at: u32) -> u32 {
        self.node(at).map_or(u32::MAX, |node| node.next)
    }

    /// The items of a list; of anything else none.
    pub(crate) fn items(&'a self, list: Piece<'a>) -> impl Iterator<Item = Piece<'a>> + Clone {
        let end = if list.shape() == Shape::List { self.behind(list.at) } else { 0 };
        let first = Some(list.at + 1).filter(|&first| first < end);
        std::iter::successors(first, move |&at| Some(self.behind(at)).filter(|&next| next < end))
            .map(move |at| self.piece(at))
    }

    /// The entries of an object, in order, doubles included; of anything else none.
    pub(crate) fn entries(&'a self, object: Piece<'a>) -> impl Iterator<Item = Entry> + Clone {
        let end = if object.shape() == Shape::Object { self.behind(object.at) } else { 0 };
        let key = move |at: u32| NonZeroU32::new(at).filter(|at| at.get() < end).map(Entry);
        std::iter::successors(key(object.at + 1), move |&Entry(at)| key(self.behind(at.get() + 1)))
    }

    #[inline]
    pub(crate) fn key(&'a self, entry: Entry) -> Piece<'a> {
        self.piece(entry.0.get())
    }

    /// The value, unless it is null: `null` is absent.
    #[inline]
    pub(crate) fn present(&'a self, entry: Option<Entry>) -> Option<Piece<'a>> {
        let at = entry?.0.get() + 1;
        self.node(at).filter(|node| node.shape != Shape::Null).map(|_| self.piece(at))
    }
}

/// Hands out the raw key and value of every entry of an object.
pub(crate) struct Each<F>(pub(crate) F);

impl<'de: 'a, 'a, F: FnMut(&'a str, &'a str)> Visitor<'de> for Each<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some((key, value)) = map.next_entry::<&RawValue, &RawValue>()? {
            (self.0)(key.get(), value.get());
        }
        Ok(())
    }
}

/// Why a text is not JSON; none when it is.
pub(crate) fn fault(text: &str) -> Option<serde_json::Error> {
    let mut de = serde_json::Deserializer::from_str(text);
    <&RawValue>::deserialize(&mut de).and_then(|_| de.end()).err()
}
