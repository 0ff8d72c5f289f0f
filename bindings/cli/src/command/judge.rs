//! `toets`: judges proposals, several at a time, and shows them in the order given.

use std::mem::ManuallyDrop;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use meetlat::Date;
use meetlat::Report;
use meetlat::Versions;
use meetlat::batch::{Each, all_threads, in_order};

use super::choose::{self, Rules};
use super::lines;
use crate::engine;
use crate::files::{self, Text};
use crate::output::{End, Format, Output, Page, Style, document};

/// How proposals are judged.
pub(crate) struct How {
    pub(crate) reference_date: Option<Date>,
    /// Every line of every file is a proposal.
    pub(crate) lines: bool,
    /// None: all that the machine has.
    pub(crate) threads: Option<NonZeroUsize>,
}

impl How {
    fn by_line(&self, path: &Path) -> bool {
        let named = path.extension().is_some_and(|extension| extension == "ndjson" || extension == "jsonl");
        self.lines || named
    }

    /// Never more threads than there is work.
    fn threads(&self, work: usize) -> NonZeroUsize {
        let Some(work) = NonZeroUsize::new(work).filter(|work| work.get() > 1) else {
            // Asking how many there are takes longer than it seems.
            return NonZeroUsize::MIN;
        };
        work.min(self.threads.unwrap_or_else(all_threads))
    }
}

pub(crate) fn run(proposals: &[PathBuf], rules: &[PathBuf], how: &How, output: &mut Output) -> End {
    let Some(rules) = choose::or_told_once(rules, output) else { return End::Error };
    // The process ends after this: freeing rules piece by piece would only take time.
    let rules = ManuallyDrop::new(rules);
    let mut end = End::Good;
    let mut first = true;
    // Files of one proposal that stand together are judged together.
    for together in proposals.chunk_by(|a, b| !how.by_line(a) && !how.by_line(b)) {
        end = end.max(match (together, &*rules) {
            ([path], Ok(rules)) if how.by_line(path) => {
                separate(&mut first, output);
                lines::run(path, rules, how, output)
            }
            ([path], Err(report)) if how.by_line(path) => {
                output.report(report);
                End::Error
            }
            _ => each(together, rules.as_ref(), how, &mut first, output),
        });
    }
    end
}

/// Files of one proposal.
fn each(
    proposals: &[PathBuf],
    rules: Result<&Rules, &Report>,
    how: &How,
    first: &mut bool,
    output: &mut Output,
) -> End {
    let threads = how.threads(proposals.len());
    let style = output.style();
    let judge = |(): &mut (), path: &PathBuf| one(path, rules, how.reference_date, style);
    // A few ahead, so that a slow proposal holds up nothing but what is shown.
    let window = threads.get().saturating_mul(16);
    in_order(
        Each(proposals.iter()),
        threads,
        window,
        || (),
        judge,
        |results| {
            results.fold(End::Good, |end, (page, its_end)| {
                separate(first, output);
                output.put(&page);
                end.max(its_end)
            })
        },
    )
}

fn separate(first: &mut bool, output: &mut Output) {
    if !std::mem::take(first) && output.format == Format::Text {
        output.print(&choose::between());
    }
}

/// One proposal.
fn one(
    path: &Path,
    rules: Result<&Rules, &Report>,
    reference_date: Option<Date>,
    style: Style,
) -> (Page, End) {
    match (files::read(path, style.language), rules) {
        (Err(report), _) => (style.report(&report), End::Error),
        (_, Err(report)) => (style.report(report), End::Error),
        (Ok(text), Ok(rules)) => match rules.for_one(&text.name, &text.text, reference_date) {
            Err(report) => (style.report(&report), End::Error),
            Ok(Err(faults)) => (style.all_errors(faults), End::Error),
            Ok(Ok(versions)) => by(versions, &text, reference_date, style),
        },
    }
}

/// One proposal, by the rules that are for it.
fn by(versions: &Versions, text: &Text, reference_date: Option<Date>, style: Style) -> (Page, End) {
    match engine::judge(versions, text, reference_date, style.language) {
        Err(diagnostics) => (style.errors(&diagnostics), End::Error),
        Ok(verdict) => {
            let page = match style.format {
                Format::Json => document(&verdict.to_json_line()),
                Format::Text => Page { out: verdict.to_text(style.language), err: String::new() },
            };
            (page, engine::end(&verdict))
        }
    }
}
