//! Lines of a stream as jobs: a line longer than a limit is not kept, and a thread does not wait for input while it has work in hand.

use std::io::{self, BufRead as _, BufReader, Read};

use crate::batch::jobs::Jobs;
use crate::message::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::message::language::says;
use crate::message::source::{Source, Span};
use crate::proposal::read::bytes::text_of;

/// Bytes read at a time. A thread takes no more lines than were read, if that is not fewer than it wants, so with few bytes
/// it mostly takes what it read itself, and does not have to fetch it from another processor.
const READ: usize = 64 << 10;
/// The memory of a line that is kept for another, in bytes: what few lines need is not held for all.
const KEPT: usize = 64 << 10;
/// A byte order mark, as UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// One line of a batch, without its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    number: u64,
    bytes: Vec<u8>,
    /// Its length in bytes when that is over the limit, and the limit; then `bytes` holds nothing.
    too_long: Option<(u64, usize)>,
}

impl Line {
    /// Its number, from 1.
    #[must_use]
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// Whether there is nothing on it, or only spaces.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.too_long.is_none() && self.bytes.iter().all(u8::is_ascii_whitespace)
    }

    /// Its text. `name` is what messages call the whole.
    ///
    /// # Errors
    /// When it is longer than the limit, or no UTF-8.
    pub fn text(&self, name: &str) -> Result<&str, Diagnostics> {
        if let Some((length, limit)) = self.too_long {
            let message = says!(
                "de regel is te lang: {length} bytes, de grens is {limit}",
                "the line is too long: {length} bytes, the limit is {limit}"
            );
            let help = says!("zet elk voorstel op een eigen regel", "put each proposal on a line of its own");
            let mut diagnostics = Diagnostics::new();
            let source = diagnostics.add_source(Source::new(name, ""));
            let span = Span::new(source, 0, 0);
            diagnostics.push(Diagnostic::new(Code::TextTooLong, span, message).help(help).at(""));
            return Err(self.place(diagnostics));
        }
        text_of(name, &self.bytes).map_err(|found| self.place(found))
    }

    /// Faults found on this line alone, as faults on this line of the whole.
    #[must_use]
    pub fn place(&self, mut diagnostics: Diagnostics) -> Diagnostics {
        diagnostics.start_at(u32::try_from(self.number).unwrap_or(u32::MAX));
        diagnostics
    }
}

/// Cuts a stream into lines.
pub(super) struct Lines<R> {
    stream: BufReader<R>,
    /// Bytes of a line that are allowed.
    most: usize,
    number: u64,
    ended: bool,
    /// Memory of lines that are done.
    spare: Vec<Vec<u8>>,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(stream: R, most: usize) -> Self {
        Self {
            stream: BufReader::with_capacity(READ, stream),
            most,
            number: 0,
            ended: false,
            spare: Vec::new(),
        }
    }

    fn next(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = self.spare.pop().unwrap_or_default();
        // Two more: what ends a line may be two bytes. And what may stand before the first.
        let before = if self.number == 0 { MARK.len() } else { 0 };
        let cut = as_u64(self.most).saturating_add(2).saturating_add(as_u64(before));
        let read = as_u64(self.stream.by_ref().take(cut).read_until(b'\n', &mut bytes)?);
        if read == 0 {
            return Ok(None);
        }
        self.number = self.number.saturating_add(1);
        let mut length = read;
        // What every program that knows of it leaves out of the text.
        if self.number == 1 && bytes.starts_with(MARK) {
            bytes.drain(..MARK.len());
            length -= as_u64(MARK.len());
        }
        if bytes.pop_if(|last| *last == b'\n').is_some() {
            length -= 1;
            if bytes.pop_if(|last| *last == b'\r').is_some() {
                length -= 1;
            }
        } else if read == cut {
            length = self.pass_over(std::mem::take(&mut bytes))?;
        }
        let too_long = (length > as_u64(self.most)).then_some((length, self.most));
        if too_long.is_some() {
            bytes = Vec::new();
        }
        Ok(Some(Line { number: self.number, bytes, too_long }))
    }
}

impl<R: Read> Lines<R> {
    /// Passes over the rest of a line of which `piece` was read: the length of it all, without its end.
    fn pass_over(&mut self, mut piece: Vec<u8>) -> io::Result<u64> {
        let mut length = as_u64(piece.len());
        let mut last = piece.last().copied();
        loop {
            piece.clear();
            let read = self.stream.by_ref().take(as_u64(READ)).read_until(b'\n', &mut piece)?;
            let ended = piece.pop_if(|byte| *byte == b'\n').is_some();
            length = length.saturating_add(as_u64(piece.len()));
            last = piece.last().copied().or(last);
            if ended || read == 0 {
                let return_too = ended && last == Some(b'\r');
                return Ok(length.saturating_sub(u64::from(return_too)));
            }
        }
    }
}

impl<R: Read + Send> Jobs for Lines<R> {
    /// A line, or why there are no more.
    type Job = io::Result<Line>;

    fn take(&mut self, most: usize, into: &mut Vec<Self::Job>) {
        for _ in 0..most {
            if self.ended || (!into.is_empty() && !self.ready()) {
                return;
            }
            match self.next() {
                Ok(Some(line)) => into.push(Ok(line)),
                Ok(None) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    into.push(Err(error));
                }
            }
        }
    }

    fn ready(&self) -> bool {
        !self.ended && self.stream.buffer().contains(&b'\n')
    }

    fn give_back(&mut self, done: &mut Vec<Self::Job>) {
        for mut line in done.drain(..).flatten() {
            if line.bytes.capacity() <= KEPT {
                line.bytes.clear();
                self.spare.push(line.bytes);
            }
        }
    }
}

fn as_u64(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Number, text, and length where it is too long, of every line; the stream gives so many bytes at a time.
    fn cut(bytes: &[u8], most: usize, at_a_time: usize) -> Vec<(u64, String, Option<u64>)> {
        struct Slow<'b>(&'b [u8], usize);
        impl Read for Slow<'_> {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                let count = into.len().min(self.1);
                self.0.read(&mut into[..count])
            }
        }
        let mut lines = Lines::new(Slow(bytes, at_a_time), most);
        let mut found = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            let text = String::from_utf8(line.bytes).unwrap();
            found.push((line.number, text, line.too_long.map(|(length, _)| length)));
        }
        found
    }

    fn is_cut(bytes: &str, most: usize, expected: &[(&str, Option<u64>)]) {
        let expected: Vec<_> =
            (1..).zip(expected).map(|(number, (text, long))| (number, (*text).to_owned(), *long)).collect();
        for at_a_time in [1, 2, 3, 1_000] {
            assert_eq!(cut(bytes.as_bytes(), most, at_a_time), expected, "{bytes:?}, {at_a_time} at a time");
        }
    }

    #[test]
    fn lines_end_at_a_break_with_or_without_a_return() {
        is_cut("a\nb\r\n\r\nc", 9, &[("a", None), ("b", None), ("", None), ("c", None)]);
        // A return elsewhere is a part of the text; behind the last break there is no line.
        is_cut("a\rb\n\n", 9, &[("a\rb", None), ("", None)]);
        is_cut("", 9, &[]);
    }

    #[test]
    fn what_ends_a_line_does_not_count_for_its_length() {
        is_cut("abc\nabc\r\nabc", 3, &[("abc", None), ("abc", None), ("abc", None)]);
        // One more than is allowed, in each of these ways, and many more.
        is_cut("abcd\nabcd\r\nabcd", 3, &[("", Some(4)), ("", Some(4)), ("", Some(4))]);
        is_cut("abcdefgh\nabcdefgh\r\nab", 3, &[("", Some(8)), ("", Some(8)), ("ab", None)]);
        // A return that is no part of the break counts.
        is_cut("abc\r\r\nabc\r", 3, &[("", Some(4)), ("", Some(4))]);
    }

    #[test]
    fn a_byte_order_mark_is_no_text_at_the_start_only() {
        is_cut("\u{feff}abc\n\u{feff}\n", 3, &[("abc", None), ("\u{feff}", None)]);
        is_cut("\u{feff}\n", 3, &[("", None)]);
        is_cut("\u{feff}abcd\n\u{feff}a\n", 3, &[("", Some(4)), ("", Some(4))]);
        is_cut("\u{feff}abc\r\nabcdef", 3, &[("abc", None), ("", Some(6))]);
        is_cut("abcdefgh\nabc", 3, &[("", Some(8)), ("abc", None)]);
    }
}
