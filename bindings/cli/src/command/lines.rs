//! `toets` on NDJSON: a proposal on each line, a result on each line, in order. What is read, kept and shown at a time does
//! not grow with the number of lines.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use meetlat::batch::{Batch, InOrder, Line};
use meetlat::report::Report;
use meetlat::{Diagnostics, Meetlat, Scratch, Versions};

use super::choose::Rules;
use super::judge::How;
use crate::files;
use crate::output::{End, Format, Output, Page, Style, complain};
use crate::progress::Progress;
use crate::short;
use crate::tally::Tally;

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
            output.report(&files::unreadable(&name, &error, output.language));
            End::Error
        }
    }
}

/// What became of a line.
struct Done {
    page: Page,
    end: End,
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
    let spare = Spare::default();
    let work = Work { batch: &batch, rules, spare: &spare, style: output.style() };
    let mut progress = Progress::new(size, &read, output.language, output.to_file());
    let end = batch.run(
        Counted { stream, read: &read },
        || Worker { last: None, tally: Tally::default(), scratch: Scratch::default(), total: &total },
        |worker, line| work.line(worker, line),
        |results| show(results, &spare, &mut progress, name, output),
    );
    progress.clear();
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
fn show(
    results: &mut InOrder<'_, io::Result<Done>>,
    spare: &Spare,
    progress: &mut Progress<'_>,
    name: &str,
    output: &mut Output,
) -> End {
    let mut end = End::Good;
    let mut lines = 0_u64;
    while let Some(result) = results.next() {
        match result {
            Ok(done) => {
                lines += 1;
                end = end.max(done.end);
                output.hold(&done.page.out);
                if !done.page.err.is_empty() {
                    output.release();
                    progress.clear();
                    complain(&done.page.err);
                }
                spare.give(done.page.out);
            }
            Err(error) => {
                end = End::Error;
                progress.clear();
                output.report(&files::unreadable_after(name, lines, &error, output.language));
            }
        }
        let shown = progress.show(lines);
        if shown || !results.ready() {
            output.release();
        }
        if output.is_closed() {
            // Nobody reads on, but whoever writes the lines may be slow to write the next: no waiting for that.
            if name == files::stdin_name(output.language) {
                std::process::exit(end.code().into());
            }
            break;
        }
    }
    output.release();
    end
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

/// Memory of lines that are written, for lines to come. Without it every verdict would be asked of the system in one thread and
/// given back in another, which takes a third of the time of two threads.
#[derive(Default)]
struct Spare(Mutex<Vec<String>>);

impl Spare {
    /// So many are kept at most.
    const MOST: usize = 256;

    fn all(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn line(&self, text: &str) -> String {
        let mut line = self.all().pop().unwrap_or_default();
        line.clear();
        line.push_str(text);
        line.push('\n');
        line
    }

    fn give(&self, line: String) {
        let mut all = self.all();
        if all.len() < Self::MOST {
            all.push(line);
        }
    }
}

/// What all threads share.
#[derive(Clone, Copy)]
struct Work<'w> {
    batch: &'w Batch<'w>,
    rules: &'w Rules,
    spare: &'w Spare,
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
    fn line(&self, worker: &mut Worker<'w>, line: &Line) -> Done {
        if line.is_blank() {
            worker.tally.blank();
            let out = if self.style.format == Format::Json { "\n".to_owned() } else { String::new() };
            return Done { page: Page { out, err: String::new() }, end: End::Good };
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
                let page = match short {
                    Some(verdict) => short::verdict(line.number(), &verdict, self.style.language),
                    None => Page { out: self.spare.line(scratch.line()), err: String::new() },
                };
                let end = if found.outcome().is_some() { End::Good } else { End::Open };
                Done { page, end }
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
                Done { page, end: End::Error }
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
        versions.judge_json(scratch, name, text, reference_date, self.style.language)
    }
}
