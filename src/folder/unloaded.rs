//! Why rule files were not read, in words.

use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use crate::message::diagnostic::{Code, Diagnostics};
use crate::message::language::{Language, Text, says};
use crate::message::report::Report;

/// Why a file or folder was not loaded. [`Unloaded::report`] is all of it as a document, [`Unloaded::message`] what to tell a person.
#[derive(Debug)]
#[non_exhaustive]
pub enum Unloaded {
    /// A file or folder cannot be read.
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A link that leads to nothing, or round.
    BrokenLink {
        /// Which.
        path: PathBuf,
        /// What the system says of it.
        error: io::Error,
    },
    /// A pipe or a device.
    NotAFile {
        /// Which.
        path: PathBuf,
    },
    /// A file is not UTF-8.
    NotUtf8 {
        /// Which.
        path: PathBuf,
        /// The line, from 1, of the first byte that cannot be read.
        line: usize,
    },
    /// A file is larger than the limits allow; no more of it was read than that.
    TooLarge {
        /// Which.
        path: PathBuf,
        /// [`Limits::rule_bytes`](crate::Limits::rule_bytes).
        most: usize,
    },
    /// There is no rule file that judges: an empty folder, or building blocks alone.
    Nothing {
        /// The folder.
        path: PathBuf,
    },
    /// Rule files have errors: those of each file that has any, in the order of their names, warnings included; or two versions of a
    /// meetlat are in force on one day.
    Faults(Vec<Diagnostics>),
}

impl std::error::Error for Unloaded {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { error, .. } | Self::BrokenLink { error, .. } => Some(error),
            _ => None,
        }
    }
}

/// In Dutch; [`Unloaded::message`] has both languages.
impl fmt::Display for Unloaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Faults(all) => all.iter().enumerate().try_for_each(|(at, found)| {
                if at > 0 {
                    f.write_str("\n")?;
                }
                found.fmt(f)
            }),
            _ => f.write_str(&self.message().nl),
        }
    }
}

impl Unloaded {
    /// What went wrong at a path: said of the link where a link is what is wrong.
    pub(super) fn at(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        let is_link = fs::symlink_metadata(&path).is_ok_and(|about| about.is_symlink());
        let leads_nowhere =
            || fs::metadata(&path).is_err_and(|error| error.kind() != io::ErrorKind::PermissionDenied);
        if is_link && leads_nowhere() {
            Self::BrokenLink { path, error }
        } else {
            Self::Unreadable { path, error }
        }
    }

    /// What to tell a person; of faults in rule files the first message.
    #[must_use]
    pub fn message(&self) -> Text {
        let name = match self {
            Self::Faults(all) => {
                return all.first().map(Diagnostics::first_message).unwrap_or_default();
            }
            Self::Nothing { path } => {
                let name = path.display();
                return says!(
                    "in de map {name} staat geen meetlat",
                    "there is no meetlat in the folder {name}"
                );
            }
            Self::NotUtf8 { .. } => return self.why(),
            Self::Unreadable { path, .. }
            | Self::BrokenLink { path, .. }
            | Self::NotAFile { path }
            | Self::TooLarge { path, .. } => path.display(),
        };
        let Text { nl, en } = self.why();
        says!("{name} is niet te lezen: {nl}", "cannot read {name}: {en}")
    }

    /// Why, to stand behind what could not be read.
    pub(super) fn why(&self) -> Text {
        match self {
            Self::Unreadable { error, .. } => reason(error),
            Self::BrokenLink { .. } => {
                says!("het is een koppeling die nergens heen leidt", "it is a link that leads nowhere")
            }
            Self::NotAFile { .. } => says!("het is geen gewoon bestand", "it is no regular file"),
            Self::NotUtf8 { path, line } => {
                let name = path.display();
                says!("{name} is geen UTF-8: zie regel {line}", "{name} is not UTF-8: see line {line}")
            }
            Self::TooLarge { most, .. } => says!(
                "het bestand is groter dan {most} bytes, en dat is de grens",
                "the file is larger than {most} bytes, which is the limit"
            ),
            Self::Nothing { .. } | Self::Faults(_) => self.message(),
        }
    }

    /// All of it as the document of messages. Codes: B0001 cannot be read, B0002 no UTF-8, B0005 no rule file, G0001 too large; faults in
    /// rule files have their own.
    #[must_use]
    pub fn report(&self, language: Language) -> Report {
        let (code, help) = match self {
            Self::Faults(all) => {
                let reports = all.iter().map(|found| Report::new(found, language));
                return Report { messages: reports.flat_map(|report| report.messages).collect() };
            }
            Self::Unreadable { .. } | Self::BrokenLink { .. } | Self::NotAFile { .. } => ("B0001", None),
            Self::NotUtf8 { .. } => {
                ("B0002", Some(says!("bewaar het bestand als UTF-8", "save the file as UTF-8")))
            }
            Self::Nothing { .. } => (
                "B0005",
                Some(says!("bestanden met regels eindigen op .meetlat", "rule files end in .meetlat")),
            ),
            Self::TooLarge { .. } => (
                Code::TextTooLong.as_str(),
                Some(says!(
                    "maak de regels korter of verhoog de grens",
                    "shorten the rules or raise the limit"
                )),
            ),
        };
        let help = help.map(|help| help.get(language).to_owned());
        Report::of_host(code, self.message().get(language).to_owned(), help)
    }
}

/// Why a file cannot be opened: in Dutch where that is known, else (and in English) in the system's words.
///
/// ```
/// use std::io;
///
/// let reason = meetlat::folder::reason(&io::ErrorKind::PermissionDenied.into());
/// assert_eq!(reason.nl, "dat mag niet van het systeem");
/// ```
#[must_use]
pub fn reason(error: &io::Error) -> Text {
    let en = error.to_string();
    let nl = match error.kind() {
        io::ErrorKind::NotFound => "het bestand of de map bestaat niet",
        io::ErrorKind::PermissionDenied => "dat mag niet van het systeem",
        io::ErrorKind::IsADirectory => "het is een map",
        io::ErrorKind::NotADirectory => "een deel van het pad is geen map",
        io::ErrorKind::InvalidFilename => "dat is geen naam van een bestand",
        io::ErrorKind::StorageFull => "de schijf is vol",
        io::ErrorKind::ReadOnlyFilesystem => "de schijf is alleen te lezen",
        _ => return Text::from(en),
    };
    Text { nl: nl.to_owned(), en }
}
