//! `toets` on NDJSON: a proposal on each line, a result on each line, in order. What is read, kept and shown at a time does
//! not grow with the number of lines.

use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use meetlat::Report;
use meetlat::batch::{Batch, Line};
use meetlat::folder::Unloaded;
use meetlat::{Diagnostics, Meetlat, Scratch, Versions};

use super::choose::Rules;
use super::judge::How;
use crate::output::{End, Format, Output, Page, Style, complain};
use crate::progress::Progress;
use crate::tally::Tally;
use crate::{files, short};

/// All lines of a file, or of standard input.
pub(crate) fn run(path: &Path, rules: &Rules, how: &How, output: &mut Output) -> End {
    let stdin = path.as_os_str() == "-";
    let name = if stdin { files::stdin_name(output.language) } else { path.display().to_string() };
    if stdin {
        return judge(&name, io::stdin(), None, rules, how, output);
    }
    match File::open(path) {
        Ok(file) => {
            let about = file.metadata().ok().filter(std::fs::Metadata::is_file);
            judge(&name, file, about.map(|about| about.len()), rules, how, output)
        }
        Err(error) => {
            let unloaded = Unloaded::Unreadable { path: path.to_owned(), error };
            output.report(&unloaded.report(output.language));
            End::Error
        }
    }
}

/// What became of some lines.
#[derive(Default)]
struct Chunk {
    out: String,
    err: String,
    /// How far `out` and `err` go together: results up to there are printed before messages up to there.
    told: Vec<(usize, usize)>,
    lines: u64,
    /// Of the worst line.
    end: End,
}

impl Chunk {
    fn add(&mut self, end: End) {
        self.lines += 1;
        self.end = self.end.max(end);
    }

    fn put(&mut self, page: &Page) {
        self.out.push_str(&page.out);
        if !page.err.is_empty() {
            self.err.push_str(&page.err);
            self.told.push((self.out.len(), self.err.len()));
        }
    }

    /// For other lines, in the same memory.
    fn clear(&mut self) {
        let Self { out, err, told, lines, end } = self;
        out.clear();
        err.clear();
        told.clear();
        *lines = 0;
        *end = End::Good;
    }
}

fn judge(
    name: &str,
    stream: impl Read + Send,
    size: Option<u64>,
    rules: &Rules,
    how: &How,
    output: &mut Output,
) -> End {
    let read = AtomicU64::new(0);
    let total = Mutex::new(Tally::default());
    let batch = Batch {
        name,
        threads: how.threads,
        reference_date: how.reference_date,
        language: output.language,
        ..Batch::default()
    };
    let work = Work { batch: &batch, rules, style: output.style() };
    let progress = Progress::new(size, &read, output.language, output.to_file());
    let stdin = name == files::stdin_name(output.language);
    let mut show = Show { output, progress, stdin, lines: 0, end: End::Good };
    let whole = batch.chunks(
        Counted { stream, read: &read },
        || Worker { last: None, tally: Tally::default(), scratch: Scratch::default(), total: &total },
        |worker, line, chunk| work.line(worker, line, chunk),
        |chunk, more| show.chunk(chunk, more),
    );
    let Show { output, mut progress, lines, mut end, .. } = show;
    progress.clear();
    if let Err(error) = whole
        && !output.is_closed()
    {
        end = End::Error;
        output.report(&files::unreadable_after(name, lines, &error, output.language));
    }
    output.release();
    if output.is_closed() {
        return end;
    }
    let total = total.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    complain(&match output.format {
        Format::Json => total.to_json(name, progress.elapsed()),
        Format::Text => total.to_text(name, progress.elapsed(), output.language),
    });
    end
}

/// Prints results as they come. What is written waits for more only while more is there.
struct Show<'s> {
    output: &'s mut Output,
    progress: Progress<'s>,
    /// Lines are read from standard input.
    stdin: bool,
    lines: u64,
    end: End,
}

impl Show<'_> {
    fn chunk(&mut self, chunk: &mut Chunk, more: bool) -> ControlFlow<()> {
        self.lines += chunk.lines;
        self.end = self.end.max(chunk.end);
        self.print(chunk);
        chunk.clear();
        let shown = self.progress.show(self.lines);
        if shown || !more {
            self.output.release();
        }
        if !self.output.is_closed() {
            return ControlFlow::Continue(());
        }
        // Nobody reads on, but whoever writes the lines may be slow to write the next: no waiting for that.
        if self.stdin {
            std::process::exit(self.end.code().into());
        }
        ControlFlow::Break(())
    }

    fn print(&mut self, chunk: &Chunk) {
        let (mut printed, mut told) = (0, 0);
        for &(out, err) in &chunk.told {
            self.output.hold(chunk.out.get(printed..out).unwrap_or_default());
            self.output.release();
            self.progress.clear();
            complain(chunk.err.get(told..err).unwrap_or_default());
            if self.output.is_closed() {
                return;
            }
            (printed, told) = (out, err);
        }
        self.output.hold(chunk.out.get(printed..).unwrap_or_default());
    }
}

/// Counts what is read.
struct Counted<'c, R> {
    stream: R,
    read: &'c AtomicU64,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(buffer)?;
        self.read.fetch_add(u64::try_from(count).unwrap_or_default(), Ordering::Relaxed);
        Ok(count)
    }
}

/// What a thread keeps from line to line.
struct Worker<'w> {
    /// The rules of the line before: mostly those of the next too.
    last: Option<&'w Versions>,
    tally: Tally,
    scratch: Scratch,
    /// Where the tally goes in the end.
    total: &'w Mutex<Tally>,
}

impl Drop for Worker<'_> {
    fn drop(&mut self) {
        let mut total = self.total.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        total.add(std::mem::take(&mut self.tally));
    }
}

/// What all threads share.
#[derive(Clone, Copy)]
struct Work<'w> {
    batch: &'w Batch<'w>,
    rules: &'w Rules,
    style: Style,
}

/// Why a line has no verdict.
enum Fault<'w> {
    /// Of the line.
    Line(Diagnostics),
    /// There are no such rules.
    Unknown(Report),
    /// The rules have faults.
    Rules(&'w [Diagnostics]),
}

impl<'w> Work<'w> {
    fn line(&self, worker: &mut Worker<'w>, line: &Line, chunk: &mut Chunk) {
        if line.is_blank() {
            worker.tally.blank();
            if self.style.format == Format::Json {
                chunk.out.push('\n');
            }
            return chunk.add(End::Good);
        }
        match self.verdict(worker, line) {
            Ok(meetlat) => {
                let Worker { tally, scratch, .. } = worker;
                let found = scratch.judgement();
                tally.judged(meetlat, found, || scratch.verdict());
                let short = match self.style.format {
                    Format::Json => None,
                    Format::Text => scratch.verdict(),
                };
                match short {
                    Some(verdict) => {
                        chunk.out.push_str(&short::verdict(line.number(), &verdict, self.style.language));
                    }
                    None => {
                        chunk.out.push_str(scratch.line());
                        chunk.out.push('\n');
                    }
                }
                chunk.add(if found.outcome().is_some() { End::Good } else { End::Open });
            }
            Err(fault) => {
                worker.tally.fault();
                let mut page = match &fault {
                    Fault::Line(found) => self.style.errors(found),
                    Fault::Unknown(report) => self.style.report(report),
                    Fault::Rules(found) => self.style.all_errors(found),
                };
                if self.style.format == Format::Text {
                    page.out = short::fault(line.number(), &page.err, self.style.language);
                }
                chunk.put(&page);
                chunk.add(End::Error);
            }
        }
    }

    /// The rules that judged; the verdict stands in the worker's buffers.
    fn verdict(&self, worker: &mut Worker<'w>, line: &Line) -> Result<&'w Meetlat, Fault<'w>> {
        let text = line.text(self.batch.name).map_err(Fault::Line)?;
        if let Some(versions) = worker.last
            && let Ok(meetlat) = self.by(versions, &mut worker.scratch, text)
        {
            return Ok(meetlat);
        }
        // For other rules, or faulty.
        let place = format!("{}:{}", self.batch.name, line.number());
        let found = self.rules.for_many(&place, text).map_err(Fault::Unknown)?;
        let versions = found.as_ref().map_err(|faults| Fault::Rules(faults))?;
        worker.last = Some(versions);
        self.by(versions, &mut worker.scratch, text).map_err(|found| Fault::Line(line.place(found)))
    }

    fn by<'v>(
        &self,
        versions: &'v Versions,
        scratch: &mut Scratch,
        text: &str,
    ) -> Result<&'v Meetlat, Diagnostics> {
        let Batch { name, reference_date, .. } = *self.batch;
        let version = versions.for_proposal(name, text, reference_date)?;
        version.in_language(self.style.language).judge_json(scratch, name, text, reference_date)?;
        Ok(version)
    }
}
