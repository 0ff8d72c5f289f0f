//! Many proposals, one on each line (NDJSON): judged on several threads, returned in order, in memory that does not grow
//! with their number.
//!
//! What a thread reads it also judges and, for [`Batch::json`], writes: only finished results cross threads; with
//! [`Batch::chunks`] it also hands them on, so that hardly anything crosses. A faulty line affects no other line. Nothing keeps
//! running after a call: whoever stops taking results ends the threads.

mod chunks;
mod desk;
mod jobs;
mod lines;
mod pool;
mod workers;

use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};

pub use self::chunks::in_chunks;
pub use self::lines::Line;
pub use self::pool::{InOrder, in_order};
pub use crate::batch::jobs::{Each, Jobs};
use crate::limits::Limits;
use crate::message::diagnostic::Diagnostics;
use crate::message::language::Language;
use crate::message::report::Report;
use crate::scratch::Scratch;
use crate::value::date::Date;
use crate::verdict::document::Verdict;
use crate::versions::Versions;

/// How a batch is judged. Change a field with struct update syntax: there may be more fields in any release.
///
/// Lines end in LF or CRLF; the last may lack its end, and the first may begin with a byte order mark. Lines are numbered
/// from 1, blank ones too.
#[derive(Debug, Clone)]
pub struct Batch<'b> {
    /// What messages and verdicts call the whole, for example its path.
    pub name: &'b str,
    /// Default: as many as the machine runs at once. One: the caller's own thread.
    pub threads: Option<NonZeroUsize>,
    /// As for [`Meetlat::read`](crate::Meetlat::read): wins over each proposal's own.
    pub reference_date: Option<Date>,
    /// Of verdicts and of messages that are written. Default Dutch.
    pub language: Language,
    /// [`Limits::line_bytes`] and [`Limits::batch_window`] are used; those for reading and judging belong to the rules.
    pub limits: Limits,
}

impl Default for Batch<'_> {
    fn default() -> Self {
        Self {
            name: "(voorstellen)",
            threads: None,
            reference_date: None,
            language: Language::Nl,
            limits: Limits::default(),
        }
    }
}

/// A line with what it gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered<T> {
    /// The line's number, from 1.
    pub number: u64,
    /// What it gave.
    pub value: T,
}

/// The verdict on a line, or what is wrong with it, placed on the line's number.
pub type Judged = Numbered<Result<Verdict, Diagnostics>>;

impl Batch<'_> {
    /// Judges each line. `with` is handed the verdicts in the order of the lines; blank lines give none. When the stream
    /// cannot be read any further, the last one is that error.
    ///
    /// ```standalone_crate
    /// use meetlat::batch::Batch;
    /// use meetlat::{Meetlat, Versions};
    ///
    /// let rules = include_str!("../tests/cases/klein/regels.meetlat");
    /// let versions = Versions::from(Meetlat::parse("klein.meetlat", rules).into_result()?);
    /// let lines = "{\"meetlat\": \"klein\", \"antwoorden\": {\"gezond\": \"nee\"}}\n\
    ///              {\"meetlat\": \"klein\", \"antwoorden\": {\"gezond\": 1}}\n";
    /// let batch = Batch { name: "voorstellen.ndjson", ..Batch::default() };
    /// let faulty: Vec<u64> = batch.judge(&versions, lines.as_bytes(), |verdicts| {
    ///     let all = verdicts.map(|line| line.expect("a text in memory can be read"));
    ///     all.filter(|line| line.value.is_err()).map(|line| line.number).collect()
    /// });
    /// assert_eq!(faulty, [2]);
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    pub fn judge<R: Read + Send, O>(
        &self,
        versions: &Versions,
        lines: R,
        with: impl FnOnce(&mut dyn Iterator<Item = io::Result<Judged>>) -> O,
    ) -> O {
        let work = |(): &mut (), line: &Line| {
            let value = (!line.is_blank()).then(|| self.verdict(versions, line))?;
            Some(Numbered { number: line.number(), value })
        };
        self.run(lines, || (), work, |results| with(&mut results.filter_map(Result::transpose)))
    }

    /// Judges each line and writes it, as [`Verdict::to_json_line`], or for a faulty line as [`Report::to_json`]; a blank
    /// line gives an empty text. So line `n` of the results belongs to line `n` of the stream. No line end is added.
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// # let versions = meetlat::Versions::from(meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?);
    /// let lines = "{\"meetlat\": \"klein\", \"antwoorden\": {}}\n\nstuk\n";
    /// let written: Vec<String> = meetlat::Batch::default()
    ///     .json(&versions, lines.as_bytes(), |results| results.collect::<Result<_, _>>())
    ///     .expect("a text in memory can be read");
    /// assert!(written[0].starts_with(r#"{"documentversie""#));
    /// assert_eq!(written[1], "");
    /// assert!(written[2].starts_with(r#"{"meldingen""#));
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    pub fn json<R: Read + Send, O>(
        &self,
        versions: &Versions,
        lines: R,
        with: impl FnOnce(&mut InOrder<'_, io::Result<String>>) -> O,
    ) -> O {
        let work = |scratch: &mut Scratch, line: &Line| {
            if line.is_blank() {
                return String::new();
            }
            match self.line(versions, scratch, line) {
                Ok(()) => scratch.line().to_owned(),
                Err(found) => Report::new(&found, self.language).to_json(),
            }
        };
        self.run(lines, Scratch::default, work, with)
    }

    /// Does something else with each line, for instance with rules that differ from line to line. `worker` makes what a
    /// thread keeps from line to line, such as buffers; `work` does one line, blank or not.
    ///
    /// ```
    /// use meetlat::batch::Batch;
    ///
    /// let lengths = Batch::default().run(
    ///     "een\ntwee\n".as_bytes(),
    ///     || (),
    ///     |(), line| line.text("woorden").map_or(0, str::len),
    ///     |results| results.collect::<Result<Vec<usize>, _>>(),
    /// );
    /// assert_eq!(lengths.expect("a text in memory can be read"), [3, 4]);
    /// ```
    pub fn run<R: Read + Send, W, T: Send, O>(
        &self,
        lines: R,
        worker: impl Fn() -> W + Sync,
        work: impl Fn(&mut W, &Line) -> T + Sync,
        with: impl FnOnce(&mut InOrder<'_, io::Result<T>>) -> O,
    ) -> O {
        let lines = lines::Lines::new(lines, self.limits.line_bytes);
        let threads = self.threads.unwrap_or_else(all_threads);
        let each = |state: &mut W, line: io::Result<Line>| line.map(|line| work(state, &line));
        in_order(lines, threads, self.limits.batch_window, worker, each, with)
    }

    /// Does something with each line and hands it on in chunks, from the thread and the memory it was made in: the fastest
    /// way to write results as they come. `work` adds what a line gives to its chunk. `hand_on` is called with one chunk
    /// after the other, in the order of the lines, but each time from another thread; it has to empty the chunk, which is
    /// filled again, and is told whether the next follows without waiting. See [`in_chunks`].
    ///
    /// ```
    /// use std::ops::ControlFlow;
    ///
    /// use meetlat::batch::Batch;
    ///
    /// let mut written = String::new();
    /// let work = |(): &mut (), line: &meetlat::batch::Line, chunk: &mut String| {
    ///     let length = line.text("woorden").map_or(0, str::len);
    ///     chunk.push_str(&format!("{}: {length}\n", line.number()));
    /// };
    /// let hand_on = |chunk: &mut String, _more: bool| {
    ///     written.push_str(chunk);
    ///     chunk.clear();
    ///     ControlFlow::Continue(())
    /// };
    /// Batch::default().chunks("een\ntwee\n".as_bytes(), || (), work, hand_on)?;
    /// assert_eq!(written, "1: 3\n2: 4\n");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the stream cannot be read any further; all lines before that are handed on, unless `hand_on` stopped it.
    pub fn chunks<R: Read + Send, W, C: Default + Send>(
        &self,
        lines: R,
        worker: impl Fn() -> W + Sync,
        work: impl Fn(&mut W, &Line, &mut C) + Sync,
        hand_on: impl FnMut(&mut C, bool) -> ControlFlow<()> + Send,
    ) -> io::Result<()> {
        let lines = lines::Lines::new(lines, self.limits.line_bytes);
        let threads = self.threads.unwrap_or_else(all_threads);
        let broken = Mutex::new(Ok(()));
        let each = |state: &mut W, line: &mut io::Result<Line>, chunk: &mut C| match line {
            Ok(line) => work(state, line, chunk),
            Err(error) => {
                let error = std::mem::replace(error, io::ErrorKind::Other.into());
                *broken.lock().unwrap_or_else(PoisonError::into_inner) = Err(error);
            }
        };
        in_chunks(lines, threads, self.limits.batch_window, worker, each, hand_on);
        broken.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn verdict(&self, versions: &Versions, line: &Line) -> Result<Verdict, Diagnostics> {
        let text = line.text(self.name)?;
        let (meetlat, proposal) =
            versions.read(self.name, text, self.reference_date).map_err(|found| line.place(found))?;
        meetlat.in_language(self.language).evaluate(&proposal).map_err(|found| line.place(found))
    }

    fn line(&self, versions: &Versions, scratch: &mut Scratch, line: &Line) -> Result<(), Diagnostics> {
        let text = line.text(self.name)?;
        let judged =
            versions.in_language(self.language).judge_json(scratch, self.name, text, self.reference_date);
        judged.map(drop).map_err(|found| line.place(found))
    }
}

/// As many threads as the machine runs at once; one where it doesn't say.
#[must_use]
pub fn all_threads() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}
