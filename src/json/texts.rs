//! The texts of a proposal: one copy of what was read, and places in it. A text loses its quotes and escapes only when it is
//! asked for.

use std::borrow::Cow;
use std::num::NonZeroU32;
use std::sync::Arc;

use crate::json::quote::{is_blank, quote, unquoted};
use crate::json::scan::text_end;

/// A piece of JSON, as it stands in [`Texts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Written {
    start: u32,
    /// One past its last byte, with [`PLAIN`] added where that is known. Never 0, so that "none" takes no room.
    end: NonZeroU32,
}

/// There is no escape in it.
const PLAIN: u32 = 1 << 31;

/// The furthest place where a text can end: places are counted in 31 bits.
pub(crate) const LONGEST: usize = PLAIN as usize - 1;

impl Written {
    /// From its first byte to one past its last; none when it is empty, or lies too far on.
    pub(crate) fn new(start: u32, end: u32) -> Option<Self> {
        (start < end && end < PLAIN).then_some(Self { start, end: NonZeroU32::new(end)? })
    }

    /// The same, known to hold no escape.
    pub(crate) fn plain(self) -> Self {
        Self { end: self.end | PLAIN, ..self }
    }

    /// Whether it is known to hold no escape.
    pub(crate) const fn is_plain(self) -> bool {
        self.end.get() & PLAIN != 0
    }

    const fn end(self) -> u32 {
        self.end.get() & !PLAIN
    }
}

/// The text that was read, followed by what was put together from several pieces. Cloning is cheap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// None: nothing, without memory for it.
    all: Option<Arc<String>>,
    /// Length of what was read.
    read: usize,
}

impl Texts {
    /// What was read. Cost: one copy.
    pub(crate) fn new(text: &str) -> Self {
        Self { all: Some(Arc::new(text.to_owned())), read: text.len() }
    }

    /// The same, in the memory of another that is no longer needed.
    pub(crate) fn renewed(mut self, text: &str) -> Self {
        let Some(all) = self.all.as_mut().and_then(Arc::get_mut) else { return Self::new(text) };
        all.clear();
        all.push_str(text);
        self.read = text.len();
        self
    }

    /// Adds a piece of JSON. None when it is empty.
    pub(crate) fn add(&mut self, json: &str) -> Option<Written> {
        let all = Arc::make_mut(self.all.get_or_insert_default());
        let start = u32::try_from(all.len()).ok()?;
        all.push_str(json);
        let written = Written::new(start, u32::try_from(all.len()).ok()?)?;
        Some(if json.contains('\\') { written } else { written.plain() })
    }

    /// Adds a text.
    pub(crate) fn add_text(&mut self, text: &str) -> Option<Written> {
        self.add(&quote(text))
    }

    fn all(&self) -> &str {
        self.all.as_ref().map_or("", |all| all.as_str())
    }

    /// The JSON as it is written.
    #[must_use]
    pub fn json(&self, piece: Written) -> &str {
        self.all().get(piece.start as usize..piece.end() as usize).unwrap_or_default()
    }

    /// A text without its quotes and escapes; none when it is not a text. Allocates only when there are escapes.
    #[must_use]
    pub fn text(&self, piece: Written) -> Option<Cow<'_, str>> {
        unquoted(self.json(piece))
    }

    /// The texts of a list, without blank ones.
    pub fn list(&self, list: Option<Written>) -> impl Iterator<Item = Written> {
        let (mut at, end) = list.map_or((0, 0), |list| (list.start, list.end()));
        let pieces = std::iter::from_fn(move || {
            let rest = self.all().as_bytes().get(at as usize..end as usize)?;
            let quote = rest.iter().position(|&byte| byte == b'"')?;
            let (length, plain) = text_end(rest.get(quote + 1..)?)?;
            let start = at.checked_add(u32::try_from(quote).ok()?)?;
            at = start.checked_add(u32::try_from(length).ok()?)?.checked_add(1)?;
            let written = Written::new(start, at)?;
            Some(if plain { written.plain() } else { written })
        });
        pieces.filter(|&piece| !self.is_blank(piece))
    }

    /// Whether a text says nothing. For most the first letter tells.
    fn is_blank(&self, piece: Written) -> bool {
        let first = self.all().as_bytes().get(piece.start as usize + 1);
        if first.is_some_and(u8::is_ascii_alphanumeric) {
            return false;
        }
        self.text(piece).is_none_or(|text| is_blank(&text))
    }

    /// The same, without quotes and escapes.
    pub fn list_texts(&self, list: Option<Written>) -> impl Iterator<Item = Cow<'_, str>> {
        self.list(list).filter_map(|piece| self.text(piece))
    }

    /// What was read, whole; empty when the proposal was not read from JSON.
    #[must_use]
    pub fn whole(&self) -> &str {
        self.all().get(..self.read).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces() {
        let json = r#"{"a": ["x\"]", " ", "\u00e9n"], "b": 12.50}"#;
        let mut texts = Texts::new(json);
        let list = Written::new(6, 30);
        let number = Written::new(37, 42).unwrap();
        assert_eq!(texts.json(list.unwrap()), r#"["x\"]", " ", "\u00e9n"]"#);
        assert_eq!(texts.list_texts(list).collect::<Vec<_>>(), ["x\"]", "én"]);
        assert_eq!(texts.list(None).count(), 0);
        assert_eq!((texts.json(number), texts.text(number)), ("12.50", None));
        let old = texts.clone();
        let added = texts.add_text("a\nb").unwrap();
        assert_eq!((texts.json(added), texts.text(added).unwrap().as_ref()), ("\"a\\nb\"", "a\nb"));
        assert_eq!((texts.whole(), old.json(added)), (json, ""));
        assert_eq!(texts.renewed("{}"), Texts::new("{}"));
    }
}
