//! Where results go, and how a command ends.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use meetlat::diagnostic::{Diagnostics, Language};
use meetlat::render::render;
use meetlat::report::{MessageSeverity, Report};

use crate::arguments::Shown;
use crate::files;

/// Text for people, or JSON documents, one a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Json,
}

/// How a command ends, from good to bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum End {
    /// Done; verdicts are settled.
    Good,
    /// A verdict is open.
    Open,
    /// A rule file, proposal or file has an error.
    Error,
    /// Wrong usage.
    Usage,
}

impl From<End> for ExitCode {
    fn from(end: End) -> Self {
        Self::from(match end {
            End::Good => 0,
            End::Error => 1,
            End::Usage => 2,
            End::Open => 3,
        })
    }
}

/// Collects results for standard output or a file.
pub(crate) struct Output {
    pub(crate) format: Format,
    pub(crate) language: Language,
    file: Option<PathBuf>,
    text: String,
    /// Nobody reads standard output any more: say nothing further.
    closed: bool,
    failed: bool,
}

impl Output {
    pub(crate) fn new(shown: Shown) -> Self {
        let Shown { format, language, output: file } = shown;
        Self { format, language, file, text: String::new(), closed: false, failed: false }
    }

    /// The file to write, taken over by whoever asks.
    pub(crate) fn take_file(&mut self) -> Option<PathBuf> {
        self.file.take()
    }

    /// Adds text to the result. It is printed at once, unless it goes to a file: that is written at the end.
    pub(crate) fn print(&mut self, text: &str) {
        if self.file.is_some() {
            self.text.push_str(text);
        } else if !self.closed {
            let mut out = io::stdout().lock();
            if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
                self.closed = true;
                if error.kind() != io::ErrorKind::BrokenPipe {
                    self.failed = true;
                    complain(&format!("fout: de standaarduitvoer is niet te schrijven: {error}\n"));
                }
            }
        }
    }

    /// One JSON document on a line.
    pub(crate) fn document(&mut self, json: &str) {
        self.print(&format!("{json}\n"));
    }

    /// Messages about a text that cannot be used: a document among the results, or text on standard error.
    pub(crate) fn errors(&mut self, diagnostics: &Diagnostics) {
        match self.format {
            Format::Json => self.document(&Report::new(diagnostics, self.language).to_json()),
            Format::Text => complain(&render(diagnostics, self.language, colour(&io::stderr()))),
        }
    }

    /// The same for several texts: still one document.
    pub(crate) fn all_errors(&mut self, faults: &[Diagnostics]) {
        match self.format {
            Format::Json => {
                let mut all = Report::default();
                for found in faults {
                    all.messages.extend(Report::new(found, self.language).messages);
                }
                self.document(&all.to_json());
            }
            Format::Text => {
                let shown = faults.iter().map(|found| render(found, self.language, colour(&io::stderr())));
                complain(&shown.collect::<Vec<_>>().join("\n"));
            }
        }
    }

    /// Messages that belong to no text.
    pub(crate) fn report(&mut self, report: &Report) {
        match self.format {
            Format::Json => self.document(&report.to_json()),
            Format::Text => complain(&plain(report, self.language)),
        }
    }

    /// Messages as the result itself.
    pub(crate) fn diagnostics(&mut self, diagnostics: &Diagnostics) {
        let colour = self.file.is_none() && colour(&io::stdout());
        self.print(&render(diagnostics, self.language, colour));
    }

    /// Writes the file, if there is one.
    pub(crate) fn finish(mut self, end: End) -> End {
        if let Some(file) = self.file.take()
            && let Err(report) = files::write(&file, &self.text, self.language)
        {
            self.report(&report);
            return End::Error;
        }
        if self.failed { End::Error } else { end }
    }
}

/// Text on standard error. When that is gone too there is nobody left to tell.
pub(crate) fn complain(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

fn plain(report: &Report, language: Language) -> String {
    let (error, warning, help) = match language {
        Language::Nl => ("fout", "waarschuwing", "hulp"),
        Language::En => ("error", "warning", "help"),
    };
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
