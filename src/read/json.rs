//! JSON in pieces: objects and lists are cut into the raw texts of their parts, which borrow from the input.
//! Nothing here reports; the caller knows the place.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::fmt;

use serde::Deserialize as _;
use serde::Deserializer as _;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// What a piece of JSON is, seen from its first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Null,
    Bool,
    Number,
    Text,
    List,
    Object,
}

impl Shape {
    /// The shape of well-formed JSON without leading space.
    pub(super) fn of(raw: &str) -> Self {
        match raw.as_bytes().first() {
            Some(b'{') => Self::Object,
            Some(b'[') => Self::List,
            Some(b'"') => Self::Text,
            Some(b't' | b'f') => Self::Bool,
            Some(b'n') => Self::Null,
            _ => Self::Number,
        }
    }
}

/// A key and its value, as written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    /// With its quotes.
    pub(super) key: &'a str,
    pub(super) value: &'a str,
}

impl Entry<'_> {
    /// `null` is absent.
    pub(super) fn is_null(&self) -> bool {
        Shape::of(self.value) == Shape::Null
    }
}

/// Hands out the raw key and value of every entry of an object.
pub(super) struct Each<F>(pub(super) F);

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

struct Items<'a>(Vec<&'a str>);

impl<'a> Visitor<'a> for Items<'a> {
    type Value = Vec<&'a str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'a>>(mut self, mut list: A) -> Result<Self::Value, A::Error> {
        while let Some(item) = list.next_element::<&RawValue>()? {
            self.0.push(item.get());
        }
        Ok(self.0)
    }
}

/// The entries of an object, in order, doubles included.
pub(super) fn object(raw: &str) -> Result<Vec<Entry<'_>>, serde_json::Error> {
    let mut entries = Vec::new();
    let mut de = serde_json::Deserializer::from_str(raw);
    de.deserialize_map(Each(|key, value| entries.push(Entry { key, value })))?;
    de.end()?;
    Ok(entries)
}

/// The items of a list.
pub(super) fn list(raw: &str) -> Result<Vec<&str>, serde_json::Error> {
    let mut de = serde_json::Deserializer::from_str(raw);
    let items = de.deserialize_seq(Items(Vec::new()))?;
    de.end()?;
    Ok(items)
}

/// The one value that a text holds, without the space around it.
pub(super) fn well_formed(text: &str) -> Result<&str, serde_json::Error> {
    let mut de = serde_json::Deserializer::from_str(text);
    let whole = <&RawValue>::deserialize(&mut de)?;
    de.end()?;
    Ok(whole.get())
}

/// A text without its quotes and escapes; none when it is no text, or holds half a character (`\ud800`).
pub(super) fn text(raw: &str) -> Option<Cow<'_, str>> {
    if raw.contains('\\') {
        return serde_json::from_str(raw).ok().map(Cow::Owned);
    }
    raw.strip_prefix('"')?.strip_suffix('"').map(Cow::Borrowed)
}

/// Names that keys may have. Finding the names in their order, some left out, costs little; any other order, one index.
pub(super) struct Names<'n> {
    names: &'n [&'n str],
    index: OnceCell<HashMap<&'n str, usize>>,
}

impl<'n> Names<'n> {
    pub(super) const fn new(names: &'n [&'n str]) -> Self {
        Self { names, index: OnceCell::new() }
    }

    pub(super) const fn all(&self) -> &'n [&'n str] {
        self.names
    }

    /// The place of a name; it is looked for from `guess` on first, then everywhere.
    pub(super) fn find(&self, name: &str, guess: usize) -> Option<usize> {
        const NEAR: usize = 16;
        let near = self.names.iter().enumerate().skip(guess).take(NEAR);
        if let Some((at, _)) = { near }.find(|(_, known)| **known == name) {
            return Some(at);
        }
        if self.names.len() <= NEAR {
            return self.names.iter().take(guess).position(|known| *known == name);
        }
        let index = || self.names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
        self.index.get_or_init(index).get(name).copied()
    }
}
