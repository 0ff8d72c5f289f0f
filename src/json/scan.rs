//! JSON in one pass: checks the whole text and records where every value and key stands, so that no part is read twice to find
//! the next one. Accepts exactly what `serde_json` accepts, at any depth; what it refuses, `serde_json`
//! explains.

#[cfg(test)]
mod against_serde;

use memchr::memchr2;

use crate::json::quote::has_control;

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
    /// None: the text is as it stands.
    None,
    /// Some, each of which is a character.
    Some,
    /// One of them is half a character (`\ud800`).
    Half,
}

/// A value or a key. A list's items follow it; so do an object's keys, each before its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Node {
    /// Its first byte.
    pub(crate) start: u32,
    /// One past its last byte.
    pub(crate) end: u32,
    /// The place after it and all that is inside it. For a list or object that is not closed yet: the one around it.
    pub(crate) next: u32,
    pub(crate) shape: Shape,
    pub(crate) escapes: Escapes,
}

/// At the top: no list or object is open.
const OUTSIDE: u32 = u32::MAX;

/// Fills `nodes` with the one value that `text` holds from `start` on: it comes first. None when it is not JSON, or longer
/// than 4 GiB.
///
/// Cost: one pass, no recursion; allocates only when `nodes` must grow.
pub(crate) fn scan(text: &str, start: usize, nodes: &mut Vec<Node>) -> Option<()> {
    nodes.clear();
    if text.len() >= OUTSIDE as usize {
        return None;
    }
    let json = Json { bytes: text.as_bytes(), controls: has_control(text.as_bytes()) };
    let mut around = Around { nodes, open: OUTSIDE, in_object: false };
    let mut at = json.space(start);
    loop {
        // A value begins here, or the key before it.
        if around.in_object {
            at = json.key(at, &mut around)?;
        }
        let first = json.byte(at)?;
        match first {
            b'"' => {
                let (end, escapes) = json.text(at + 1)?;
                around.push(at, end, Shape::Text, escapes);
                at = end;
            }
            b'{' | b'[' => {
                around.open(at, if first == b'{' { Shape::Object } else { Shape::List });
                at = json.space(at + 1);
                if !json.byte(at).is_some_and(|byte| around.is_end(byte)) {
                    continue;
                }
                at += 1;
                around.close(at)?;
            }
            _ => {
                let (end, shape) = json.word(at, first)?;
                around.push(at, end, shape, Escapes::None);
                at = end;
            }
        }
        // After a value.
        loop {
            at = json.space(at);
            if around.open == OUTSIDE {
                return (at == text.len()).then_some(());
            }
            let byte = json.byte(at)?;
            at += 1;
            if byte == b',' {
                at = json.space(at);
                break;
            }
            if !around.is_end(byte) {
                return None;
            }
            around.close(at)?;
        }
    }
}

/// The lists and objects around the place that the scan has reached, as places on the tape.
struct Around<'n> {
    nodes: &'n mut Vec<Node>,
    /// The innermost one that is not closed.
    open: u32,
    in_object: bool,
}

impl Around<'_> {
    /// Places are below 4 GiB, and there are no more nodes than bytes.
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "longer texts were refused")]
    fn push(&mut self, start: usize, end: usize, shape: Shape, escapes: Escapes) {
        let next = self.nodes.len() as u32 + 1;
        self.nodes.push(Node { start: start as u32, end: end as u32, next, shape, escapes });
    }

    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "longer texts were refused")]
    fn open(&mut self, start: usize, shape: Shape) {
        let outer = std::mem::replace(&mut self.open, self.nodes.len() as u32);
        self.in_object = shape == Shape::Object;
        let start = start as u32;
        self.nodes.push(Node { start, end: start, next: outer, shape, escapes: Escapes::None });
    }

    /// Whether it ends the innermost list or object.
    #[inline]
    fn is_end(&self, byte: u8) -> bool {
        byte == if self.in_object { b'}' } else { b']' }
    }

    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "longer texts were refused")]
    fn close(&mut self, end: usize) -> Option<()> {
        let next = self.nodes.len() as u32;
        let node = self.nodes.get_mut(self.open as usize)?;
        node.end = end as u32;
        self.open = std::mem::replace(&mut node.next, next);
        self.in_object = self.nodes.get(self.open as usize).is_some_and(|node| node.shape == Shape::Object);
        Some(())
    }
}

/// The text. A method that takes a piece of it returns the place after that piece.
#[derive(Clone, Copy)]
struct Json<'a> {
    bytes: &'a [u8],
    /// Whether there is a control character anywhere. If not, no text has to be searched for one.
    controls: bool,
}

impl Json<'_> {
    #[inline]
    fn byte(self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// Most pieces have no space before them.
    #[inline]
    fn space(self, at: usize) -> usize {
        match self.byte(at) {
            Some(0..=b' ') => self.all_space(at),
            _ => at,
        }
    }

    fn all_space(self, mut at: usize) -> usize {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte(at) {
            at += 1;
        }
        at
    }

    /// A key, its colon, and the space up to its value.
    #[inline]
    fn key(self, at: usize, around: &mut Around<'_>) -> Option<usize> {
        if self.byte(at)? != b'"' {
            return None;
        }
        let (end, escapes) = self.text(at + 1)?;
        around.push(at, end, Shape::Text, escapes);
        let colon = self.space(end);
        if self.byte(colon)? != b':' {
            return None;
        }
        Some(self.space(colon + 1))
    }

    /// A number, `true`, `false` or `null`.
    fn word(self, at: usize, first: u8) -> Option<(usize, Shape)> {
        let (rest, shape): (&[u8], _) = match first {
            b't' => (b"rue", Shape::Bool),
            b'f' => (b"alse", Shape::Bool),
            b'n' => (b"ull", Shape::Null),
            b'-' => return Some((self.number(at + 1)?, Shape::Number)),
            _ => return Some((self.number(at)?, Shape::Number)),
        };
        let behind = self.bytes.get(at + 1..)?.starts_with(rest);
        behind.then_some((at + 1 + rest.len(), shape))
    }

    /// A number after its sign.
    fn number(self, at: usize) -> Option<usize> {
        let mut at = match self.byte(at)? {
            b'0' if self.byte(at + 1).is_some_and(|byte| byte.is_ascii_digit()) => return None,
            b'0' => at + 1,
            _ => self.digits(at)?,
        };
        if self.byte(at) == Some(b'.') {
            at = self.digits(at + 1)?;
        }
        if let Some(b'e' | b'E') = self.byte(at) {
            let signed = matches!(self.byte(at + 1), Some(b'+' | b'-'));
            at = self.digits(at + 1 + usize::from(signed))?;
        }
        Some(at)
    }

    /// At least one digit.
    fn digits(self, from: usize) -> Option<usize> {
        let mut at = from;
        while self.byte(at).is_some_and(|byte| byte.is_ascii_digit()) {
            at += 1;
        }
        (at > from).then_some(at)
    }

    /// A text after its first quote, its last quote included.
    #[inline(always)]
    fn text(self, at: usize) -> Option<(usize, Escapes)> {
        let end = self.plain(at)?;
        match self.byte(end)? {
            b'"' => Some((end + 1, Escapes::None)),
            _ => self.text_with_escapes(end + 1),
        }
    }

    /// The same, after the first backslash.
    #[inline(never)]
    fn text_with_escapes(self, mut at: usize) -> Option<(usize, Escapes)> {
        let mut escapes = Escapes::Some;
        loop {
            let (behind, half) = self.escape(at)?;
            if half {
                escapes = Escapes::Half;
            }
            let end = self.plain(behind)?;
            at = end + 1;
            if self.byte(end)? == b'"' {
                return Some((at, escapes));
            }
        }
    }

    /// The place of the next quote or backslash.
    #[inline]
    fn plain(self, at: usize) -> Option<usize> {
        let rest = self.bytes.get(at..)?;
        let length = end_of_plain(rest)?;
        if self.controls && has_control(rest.get(..length)?) {
            return None;
        }
        Some(at + length)
    }

    /// What follows a backslash: the place after it, and whether it is half a character.
    fn escape(self, at: usize) -> Option<(usize, bool)> {
        match self.byte(at)? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some((at + 1, false)),
            b'u' => {
                let unit = self.hexadecimal(at + 1)?;
                let behind = at + 5;
                if !(0xD800..=0xDFFF).contains(&unit) {
                    return Some((behind, false));
                }
                // The second half follows at once, or this is half a character.
                let second = self.bytes.get(behind..).is_some_and(|rest| rest.starts_with(b"\\u"));
                let second = if second { self.hexadecimal(behind + 2) } else { None };
                if unit < 0xDC00 && second.is_some_and(|unit| (0xDC00..=0xDFFF).contains(&unit)) {
                    return Some((behind + 6, false));
                }
                Some((behind, true))
            }
            _ => None,
        }
    }

    /// The value of four digits.
    #[inline]
    fn hexadecimal(self, at: usize) -> Option<u32> {
        let mut value = 0;
        for &digit in self.bytes.get(at..)?.first_chunk::<4>()? {
            value = value << 4 | char::from(digit).to_digit(16)?;
        }
        Some(value)
    }
}

/// How far it is to the next quote or backslash. Many texts are short, so the first bytes are examined together; only longer ones
/// are worth a call.
#[inline(always)]
fn end_of_plain(bytes: &[u8]) -> Option<usize> {
    if let Some((first, rest)) = bytes.split_first_chunk::<8>() {
        let ends = ends_in(u64::from_le_bytes(*first));
        if ends != 0 {
            return Some(ends.trailing_zeros() as usize / 8);
        }
        if let Some(second) = rest.first_chunk::<8>() {
            let ends = ends_in(u64::from_le_bytes(*second));
            if ends != 0 {
                return Some(8 + ends.trailing_zeros() as usize / 8);
            }
        }
    }
    memchr2(b'"', b'\\', bytes)
}

/// A bit in the first of the eight bytes that is a quote or backslash, and no bit below that byte.
#[inline]
const fn ends_in(word: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    let (quote, backslash) = (word ^ (ONES * b'"' as u64), word ^ (ONES * b'\\' as u64));
    // A byte of 0 borrows; a byte above it may borrow too, but never one below.
    let zero = quote.wrapping_sub(ONES) & !quote | backslash.wrapping_sub(ONES) & !backslash;
    zero & HIGH
}

/// The length of a text from after its first quote, its last quote included, and whether it holds no escape. None when it does
/// not end.
pub(crate) fn text_end(bytes: &[u8]) -> Option<(usize, bool)> {
    let mut at = 0;
    loop {
        let rest = bytes.get(at..)?;
        let length = end_of_plain(rest)?;
        if rest.get(length) == Some(&b'"') {
            return Some((at + length + 1, at == 0));
        }
        // The character after a backslash does not end a text.
        at += length + 2;
    }
}
