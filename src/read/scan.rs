//! JSON in one pass: checks the whole text, and writes down where every value and key of it stands, so that no part is read
//! a second time to find the next. Accepts exactly what `serde_json` accepts, at any depth; what it refuses, `serde_json`
//! explains.

#[cfg(test)]
mod against_serde;

use memchr::memchr2;

use crate::json::has_control;

/// What a piece of JSON is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number.
    Number,
    /// A text, or a key.
    Text,
    /// A list.
    List,
    /// An object.
    Object,
}

impl Shape {
    /// The shape of well-formed JSON without leading space.
    pub(crate) fn of(raw: &str) -> Self {
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

/// What escapes a text holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escapes {
    /// None: it stands there as it is.
    None,
    /// Some, and each is a character.
    Some,
    /// One of them is half a character (`\ud800`).
    Half,
}

/// A value or a key. A list's items follow it; so do an object's keys, each before its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Node {
    /// Its first byte.
    pub(crate) start: u32,
    /// Behind its last byte.
    pub(crate) end: u32,
    /// The place behind it and all that is inside it. Of a list or object that is not closed yet: the one around it.
    pub(crate) next: u32,
    pub(crate) shape: Shape,
    pub(crate) escapes: Escapes,
}

/// The whole text is no open list or object.
const OUTSIDE: u32 = u32::MAX;

/// Fills `nodes` with the one value that `text` holds from `start` on: it comes first. None when it is no JSON, or longer
/// than 4 GiB.
///
/// Cost: one pass, no recursion; allocates only when `nodes` must grow.
pub(crate) fn scan(text: &str, start: usize, nodes: &mut Vec<Node>) -> Option<()> {
    nodes.clear();
    if text.len() >= OUTSIDE as usize {
        return None;
    }
    let bytes = text.as_bytes();
    let controls = has_control(bytes);
    let mut scanner = Scanner { bytes, controls, at: start, nodes, open: OUTSIDE, in_object: false };
    scanner.space();
    loop {
        if scanner.value()? {
            // The first item, or the value of the first key, comes next.
            continue;
        }
        loop {
            scanner.space();
            if scanner.open == OUTSIDE {
                return (scanner.at == text.len()).then_some(());
            }
            match (scanner.take()?, scanner.in_object) {
                (b',', in_object) => {
                    scanner.space();
                    if in_object {
                        scanner.key()?;
                    }
                    break;
                }
                (b'}', true) | (b']', false) => scanner.close()?,
                _ => return None,
            }
        }
    }
}

struct Scanner<'a> {
    bytes: &'a [u8],
    /// Whether a control character stands anywhere. Where none does, no text need be looked through for one.
    controls: bool,
    at: usize,
    nodes: &'a mut Vec<Node>,
    /// The innermost list or object that is not closed.
    open: u32,
    in_object: bool,
}

impl Scanner<'_> {
    #[inline]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    #[inline]
    fn take(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    #[inline]
    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    /// Texts are shorter than `u32` can count.
    #[inline]
    fn push(&mut self, start: usize, shape: Shape, escapes: Escapes) -> Option<()> {
        let (start, end) = (u32::try_from(start).ok()?, u32::try_from(self.at).ok()?);
        let next = u32::try_from(self.nodes.len()).ok()?.checked_add(1)?;
        self.nodes.push(Node { start, end, next, shape, escapes });
        Some(())
    }

    /// A value; of a list or object that is not empty the beginning: true.
    fn value(&mut self) -> Option<bool> {
        let start = self.at;
        let shape = match self.take()? {
            b'"' => {
                let escapes = self.text()?;
                self.push(start, Shape::Text, escapes)?;
                return Some(false);
            }
            b'{' => {
                self.open(start, Shape::Object)?;
                if self.peek() == Some(b'}') {
                    self.at += 1;
                    self.close()?;
                    return Some(false);
                }
                self.key()?;
                return Some(true);
            }
            b'[' => {
                self.open(start, Shape::List)?;
                if self.peek() == Some(b']') {
                    self.at += 1;
                    self.close()?;
                    return Some(false);
                }
                return Some(true);
            }
            b't' => self.rest_of(b"rue", Shape::Bool)?,
            b'f' => self.rest_of(b"alse", Shape::Bool)?,
            b'n' => self.rest_of(b"ull", Shape::Null)?,
            b'-' => {
                let first = self.take()?;
                self.number(first)?
            }
            first => self.number(first)?,
        };
        self.push(start, shape, Escapes::None)?;
        Some(false)
    }

    #[inline]
    fn open(&mut self, start: usize, shape: Shape) -> Option<()> {
        let at = u32::try_from(self.nodes.len()).ok()?;
        self.push(start, shape, Escapes::None)?;
        let around = std::mem::replace(&mut self.open, at);
        self.nodes.last_mut()?.next = around;
        self.in_object = shape == Shape::Object;
        self.space();
        Some(())
    }

    #[inline]
    fn close(&mut self) -> Option<()> {
        let (end, next) = (u32::try_from(self.at).ok()?, u32::try_from(self.nodes.len()).ok()?);
        let node = self.nodes.get_mut(self.open as usize)?;
        node.end = end;
        self.open = std::mem::replace(&mut node.next, next);
        self.in_object = self.nodes.get(self.open as usize).is_some_and(|node| node.shape == Shape::Object);
        Some(())
    }

    /// A key, its colon, and the space up to its value.
    #[inline]
    fn key(&mut self) -> Option<()> {
        let start = self.at;
        if self.take()? != b'"' {
            return None;
        }
        let escapes = self.text()?;
        self.push(start, Shape::Text, escapes)?;
        self.space();
        if self.take()? != b':' {
            return None;
        }
        self.space();
        Some(())
    }

    fn rest_of(&mut self, word: &[u8], shape: Shape) -> Option<Shape> {
        if !self.bytes.get(self.at..)?.starts_with(word) {
            return None;
        }
        self.at += word.len();
        Some(shape)
    }

    /// `first`: the first byte behind the sign, already taken.
    fn number(&mut self, first: u8) -> Option<Shape> {
        match first {
            b'0' if self.peek().is_some_and(|byte| byte.is_ascii_digit()) => return None,
            b'0' => {}
            b'1'..=b'9' => self.digits(),
            _ => return None,
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.some_digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.some_digits()?;
        }
        Some(Shape::Number)
    }

    fn digits(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
    }

    fn some_digits(&mut self) -> Option<()> {
        self.peek().filter(u8::is_ascii_digit)?;
        self.digits();
        Some(())
    }

    /// The rest of a text, its last quote included.
    #[inline]
    fn text(&mut self) -> Option<Escapes> {
        match self.plain()? {
            b'"' => Some(Escapes::None),
            _ => self.text_with_escapes(),
        }
    }

    /// The same, behind the first backslash.
    fn text_with_escapes(&mut self) -> Option<Escapes> {
        let mut escapes = Escapes::Some;
        loop {
            if self.escape()? {
                escapes = Escapes::Half;
            }
            if self.plain()? == b'"' {
                return Some(escapes);
            }
        }
    }

    /// Takes all up to and with the next quote or backslash, which it returns.
    #[inline]
    fn plain(&mut self) -> Option<u8> {
        let rest = self.bytes.get(self.at..)?;
        let length = memchr2(b'"', b'\\', rest)?;
        if self.controls && has_control(rest.get(..length)?) {
            return None;
        }
        self.at += length + 1;
        rest.get(length).copied()
    }

    /// What follows a backslash. True when it is half a character.
    fn escape(&mut self) -> Option<bool> {
        match self.take()? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(false),
            b'u' => {
                let unit = self.hexadecimal(0)?;
                self.at += 4;
                if !(0xD800..=0xDFFF).contains(&unit) {
                    return Some(false);
                }
                // The second half follows at once, or this is half a character.
                let second = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(b"\\u"));
                let second = if second { self.hexadecimal(2) } else { None };
                if unit < 0xDC00 && second.is_some_and(|unit| (0xDC00..=0xDFFF).contains(&unit)) {
                    self.at += 6;
                    return Some(false);
                }
                Some(true)
            }
            _ => None,
        }
    }

    /// The value of the four digits that stand `ahead`.
    fn hexadecimal(&self, ahead: usize) -> Option<u32> {
        let digits = self.bytes.get(self.at + ahead..)?.first_chunk::<4>()?;
        digits.iter().try_fold(0, |value, &digit| Some(value << 4 | char::from(digit).to_digit(16)?))
    }
}

/// The length of a text, its last quote included, that starts behind its first quote. None when it does not end.
pub(crate) fn text_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = bytes.get(at..)?;
        let length = memchr2(b'"', b'\\', rest)?;
        if rest.get(length) == Some(&b'"') {
            return Some(at + length + 1);
        }
        // What follows a backslash ends no text.
        at += length + 2;
    }
}
