//! Where results go, and how a command ends.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use meetlat::Diagnostics;
use meetlat::Language;
use meetlat::Limits;
use meetlat::Report;
use meetlat::document::MessageSeverity;
use meetlat::render::render;

use crate::arguments::Shown;
use crate::files;

/// Text for people, or JSON documents, one a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Json,
}

/// How a command ends, from good to bad.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum End {
    /// Done; verdicts are settled.
    #[default]
    Good,
    /// A verdict is open.
    Open,
    /// A rule file, proposal or file has an error.
    Error,
    /// Wrong usage.
    Usage,
}

impl End {
    /// The process's exit code.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Good => 0,
            Self::Error => 1,
            Self::Usage => 2,
            Self::Open => 3,
        }
    }
}

impl From<End> for ExitCode {
    fn from(end: End) -> Self {
        Self::from(end.code())
    }
}

/// How results and messages are shown. May go to other threads.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) format: Format,
    pub(crate) language: Language,
    /// Colour in messages on standard error.
    colour: bool,
}

/// What is to be printed where.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// For standard output, or the file.
    pub(crate) out: String,
    /// For standard error.
    pub(crate) err: String,
}

impl Style {
    /// Messages about a text that cannot be used: a document among the results, or text on standard error.
    pub(crate) fn errors(self, diagnostics: &Diagnostics) -> Page {
        match self.format {
            Format::Json => document(&Report::new(diagnostics, self.language).to_json()),
            Format::Text => told(render(diagnostics, self.language, self.colour)),
        }
    }

    /// The same for several texts: still one document.
    pub(crate) fn all_errors(self, faults: &[Diagnostics]) -> Page {
        match self.format {
            Format::Json => {
                let mut all = Report::default();
                for found in faults {
                    all.messages.extend(Report::new(found, self.language).messages);
                }
                document(&all.to_json())
            }
            Format::Text => {
                let shown = faults.iter().map(|found| render(found, self.language, self.colour));
                told(shown.collect::<Vec<_>>().join("\n"))
            }
        }
    }

    /// Messages that belong to no text.
    pub(crate) fn report(self, report: &Report) -> Page {
        match self.format {
            Format::Json => document(&report.to_json()),
            Format::Text => told(plain(report, self.language)),
        }
    }
}

/// One JSON document on a line.
pub(crate) fn document(json: &str) -> Page {
    Page { out: format!("{json}\n"), err: String::new() }
}

fn told(err: String) -> Page {
    Page { out: String::new(), err }
}

/// What is kept before it is written, in bytes.
const HELD: usize = 64 << 10;
/// What is kept for a file before it is begun: a short result is written at once, at the end.
const HELD_FOR_FILE: usize = 1 << 20;

/// Collects results for standard output or a file.
pub(crate) struct Output {
    pub(crate) format: Format,
    pub(crate) language: Language,
    /// Of the engine, for whoever asks it.
    pub(crate) limits: Limits,
    file: Option<PathBuf>,
    /// The file once it is begun; what went wrong with it.
    begun: Option<io::Result<files::Replacing>>,
    held: String,
    /// Nobody reads standard output any more: say nothing further.
    closed: bool,
    failed: bool,
}

impl Output {
    pub(crate) fn new(shown: Shown) -> Self {
        let Shown { format, language, limits, output: file } = shown;
        Self {
            format,
            language,
            limits,
            file,
            begun: None,
            held: String::new(),
            closed: false,
            failed: false,
        }
    }

    pub(crate) fn style(&self) -> Style {
        Style { format: self.format, language: self.language, colour: colour(&io::stderr()) }
    }

    /// The file to write, taken over by whoever asks.
    pub(crate) fn take_file(&mut self) -> Option<PathBuf> {
        self.file.take()
    }

    /// Whether results go to a file.
    pub(crate) const fn to_file(&self) -> bool {
        self.file.is_some()
    }

    /// Whether what is printed reaches nobody any more.
    pub(crate) const fn is_closed(&self) -> bool {
        self.closed || matches!(self.begun, Some(Err(_)))
    }

    /// Adds text to the result. It is printed at once, unless it goes to a file: that is put in its place at the end.
    pub(crate) fn print(&mut self, text: &str) {
        self.hold(text);
        self.release();
    }

    /// Adds text that may wait for more. Much of it is written from where it stands.
    pub(crate) fn hold(&mut self, text: &str) {
        if text.len() >= HELD && self.begins() {
            self.release();
            self.write(text);
            return;
        }
        self.held.push_str(text);
        if self.held.len() >= HELD {
            self.release();
        }
    }

    /// Writes what waits.
    pub(crate) fn release(&mut self) {
        if self.begins() {
            let mut held = std::mem::take(&mut self.held);
            self.write(&held);
            held.clear();
            self.held = held;
        }
    }

    /// Whether what waits may be written: enough for a file to be begun.
    const fn begins(&self) -> bool {
        self.file.is_none() || self.begun.is_some() || self.held.len() >= HELD_FOR_FILE
    }

    fn write(&mut self, text: &str) {
        match &self.file {
            Some(file) => {
                let begun = self.begun.get_or_insert_with(|| files::Replacing::begin(file));
                if let Ok(open) = begun
                    && let Err(error) = open.write(text.as_bytes())
                {
                    *begun = Err(error);
                }
            }
            None => self.write_out(text),
        }
    }

    fn write_out(&mut self, text: &str) {
        if self.closed || text.is_empty() {
            return;
        }
        let mut out = io::stdout().lock();
        if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            self.closed = true;
            if error.kind() != io::ErrorKind::BrokenPipe {
                self.failed = true;
                complain(&self.language.pick(
                    format!(
                        "fout: de standaarduitvoer is niet te schrijven: {}\n",
                        meetlat::folder::reason(&error).nl
                    ),
                    format!("error: cannot write standard output: {error}\n"),
                ));
            }
        }
    }

    /// One JSON document on a line.
    pub(crate) fn document(&mut self, json: &str) {
        self.put(&document(json));
    }

    /// Results and messages, each where they belong.
    pub(crate) fn put(&mut self, page: &Page) {
        self.print(&page.out);
        complain(&page.err);
    }

    /// Messages about a text that cannot be used.
    pub(crate) fn errors(&mut self, diagnostics: &Diagnostics) {
        self.put(&self.style().errors(diagnostics));
    }

    /// The same for several texts: still one document.
    pub(crate) fn all_errors(&mut self, faults: &[Diagnostics]) {
        self.put(&self.style().all_errors(faults));
    }

    /// Messages that belong to no text.
    pub(crate) fn report(&mut self, report: &Report) {
        self.put(&self.style().report(report));
    }

    /// Messages as the result itself.
    pub(crate) fn diagnostics(&mut self, diagnostics: &Diagnostics) {
        let colour = self.file.is_none() && colour(&io::stdout());
        self.print(&render(diagnostics, self.language, colour));
    }

    /// Writes the file, if there is one.
    pub(crate) fn finish(mut self, end: End) -> End {
        if let Some(file) = self.file.take() {
            let begun = self.begun.take().unwrap_or_else(|| files::Replacing::begin(&file));
            let written = begun.and_then(|mut open| {
                open.write(self.held.as_bytes())?;
                open.finish()
            });
            if let Err(error) = written {
                let report = files::unwritable(&file, &error, self.language);
                // It goes to standard output: there is no file.
                self.held.clear();
                self.report(&report);
                return End::Error;
            }
        }
        if self.failed { End::Error } else { end }
    }
}

/// Text on standard error. When that is gone too there is nobody left to tell.
pub(crate) fn complain(text: &str) {
    if text.is_empty() {
        return;
    }
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

fn plain(report: &Report, language: Language) -> String {
    let (error, warning, help) =
        language.pick(("fout", "waarschuwing", "hulp"), ("error", "warning", "help"));
    let mut text = String::new();
    for message in &report.messages {
        let severity = if message.severity == MessageSeverity::Error { error } else { warning };
        text.push_str(&format!("{severity} {}: {}\n", message.code, message.text));
        if let Some(mend) = &message.help {
            text.push_str(&format!("{help}: {mend}\n"));
        }
    }
    text
}

/// Colour only on a terminal, and only when nobody asked for none.
fn colour(stream: &impl io::IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
