//! The rules that a proposal is for: of the files given, or built in. Read when a proposal first asks for them, once.

use std::path::PathBuf;
use std::sync::OnceLock;

use meetlat::Date;
use meetlat::Diagnostics;
use meetlat::Language;
use meetlat::Report;
use meetlat::rule_files::{header_name, judges};
use meetlat::{Limits, Versions};

use crate::builtin::{self, Builtin};
use crate::engine;
use crate::files::{self, Text};
use crate::output::{End, Format, Output};

/// Rules that were read, or why they can't be used.
type Read = Result<Versions, Vec<Diagnostics>>;

/// All rules that may be asked for. May be shared between threads.
pub(crate) struct Rules {
    shelves: Vec<Shelf>,
    built_in: bool,
    /// By which they are read, and which they keep when they are asked.
    limits: Limits,
    language: Language,
}

/// The versions of one meetlat.
struct Shelf {
    /// The name in the headers; empty where there is none.
    name: String,
    given: Vec<Text>,
    built_in: Vec<Built>,
    read: OnceLock<Read>,
}

/// A built-in version, which can be read without the others.
struct Built {
    file: Builtin,
    read: OnceLock<Read>,
}

impl Shelf {
    fn read(&self, limits: &Limits, language: Language) -> &Read {
        self.read.get_or_init(|| {
            if self.built_in.is_empty() {
                return engine::versions(&self.given, limits, language);
            }
            let texts: Vec<Text> = self.built_in.iter().map(|one| Text::from(one.file)).collect();
            engine::versions(&texts, limits, language)
        })
    }

    /// The built-in version in force on a day, when the headers leave no doubt about which that is.
    fn in_force(&self, day: Date) -> Option<&Built> {
        let day = day.to_iso();
        let mut found = None;
        for one in &self.built_in {
            let (from, until) = one.file.days?;
            // Dates written this way stand in the order of their texts.
            if from <= day.as_str() && day.as_str() <= until && found.replace(one).is_some() {
                return None;
            }
        }
        found
    }
}

impl Rules {
    /// The rule files given, by the name in their headers, or where none is given those built in. Of a folder only those
    /// that judge: its building blocks are there for them.
    pub(crate) fn of(paths: &[PathBuf], limits: &Limits, language: Language) -> Result<Self, Report> {
        let limits = limits.clone();
        if paths.is_empty() {
            let shelves = builtin::names().into_iter().map(|name| Shelf {
                name: name.to_owned(),
                given: Vec::new(),
                built_in: builtin::named(name)
                    .into_iter()
                    .map(|file| Built { file, read: OnceLock::new() })
                    .collect(),
                read: OnceLock::new(),
            });
            return Ok(Self { shelves: shelves.collect(), built_in: true, limits, language });
        }
        let mut shelves: Vec<Shelf> = Vec::new();
        for path in paths {
            let mut texts = files::read_rules(path, language)?;
            if path.is_dir() && texts.iter().any(|text| judges(&text.text)) {
                texts.retain(|text| judges(&text.text));
            }
            for text in texts {
                let name = header_name(&text.text).unwrap_or_default().to_owned();
                match shelves.iter_mut().find(|shelf| shelf.name == name) {
                    Some(shelf) => shelf.given.push(text),
                    None => shelves.push(Shelf {
                        name,
                        given: vec![text],
                        built_in: Vec::new(),
                        read: OnceLock::new(),
                    }),
                }
            }
        }
        Ok(Self { shelves, built_in: false, limits, language })
    }

    /// What is wrong with the only rules there are, for whoever wants to tell that once.
    pub(crate) fn faults(&self) -> Option<&[Diagnostics]> {
        match self.shelves.as_slice() {
            [only] if !self.built_in => {
                only.read(&self.limits, self.language).as_ref().err().map(Vec::as_slice)
            }
            _ => None,
        }
    }

    /// The rules for one proposal, with `name` for messages. Of built-in versions only the one in force is read, where
    /// that makes no difference: `host` is the reference date that wins over the proposal's own.
    pub(crate) fn for_one(&self, name: &str, text: &str, host: Option<Date>) -> Result<&Read, Report> {
        let asked = meetlat::asked(text);
        let own = asked.reference_date.and_then(|(_, date)| date);
        let day = host.or(own).filter(|_| asked.whole);
        let shelf = self.choose(name, asked.meetlat.as_deref())?;
        if shelf.built_in.len() > 1
            && let Some(built) = day.and_then(|day| shelf.in_force(day))
        {
            let read = || engine::versions(&[Text::from(built.file)], &self.limits, self.language);
            return Ok(built.read.get_or_init(read));
        }
        Ok(shelf.read(&self.limits, self.language))
    }

    /// The rules for one proposal of many: all versions of them.
    pub(crate) fn for_many(&self, name: &str, text: &str) -> Result<&Read, Report> {
        let asked = match self.shelves.as_slice() {
            [_] if !self.built_in => None,
            _ => engine::meetlat_name(text),
        };
        self.choose(name, asked.as_deref()).map(|shelf| shelf.read(&self.limits, self.language))
    }

    /// Of those given, or else built in. Where there is only one meetlat, or the proposal names none, the first: that says
    /// what is wrong.
    fn choose(&self, file: &str, asked: Option<&str>) -> Result<&Shelf, Report> {
        let found = match asked {
            Some(name) if self.built_in || self.shelves.len() > 1 => {
                self.shelves.iter().find(|shelf| shelf.name == name)
            }
            _ => self.shelves.first(),
        };
        found.ok_or_else(|| self.unknown(file, asked.unwrap_or_default()))
    }

    fn unknown(&self, file: &str, name: &str) -> Report {
        let known: Vec<&str> = self.shelves.iter().map(|shelf| shelf.name.as_str()).collect();
        let known = known.join(", ");
        let (message, help) = match (self.language, self.built_in) {
            (Language::Nl, true) => (
                format!("{file} vraagt om de meetlat \"{name}\", en die is niet ingebouwd"),
                format!("geef het bestand met --meetlat; ingebouwd: {known}"),
            ),
            (Language::En, true) => (
                format!("{file} asks for the meetlat \"{name}\", which is not built in"),
                format!("give the file with --rules; built in: {known}"),
            ),
            (Language::Nl, false) => (
                format!("{file} vraagt om de meetlat \"{name}\", en die is niet gegeven"),
                format!("geef het bestand ook met --meetlat; gegeven: {known}"),
            ),
            (Language::En, false) => (
                format!("{file} asks for the meetlat \"{name}\", which is not given"),
                format!("give that file with --rules too; given: {known}"),
            ),
        };
        Report::of_host("B0004", message, Some(help))
    }
}

/// Finds the rules for each proposal and does something with the two of them, one proposal after the other.
pub(crate) fn each(
    proposals: &[PathBuf],
    rules: &[PathBuf],
    reference_date: Option<Date>,
    output: &mut Output,
    mut one: impl FnMut(&Versions, &Text, &mut Output) -> End,
) -> End {
    let Some(rules) = or_told_once(rules, output) else { return End::Error };
    let mut end = End::Good;
    for (at, path) in proposals.iter().enumerate() {
        if at > 0 && output.format == Format::Text {
            output.print(&between());
        }
        let text = files::read(path, output.language);
        let found = match (&text, &rules) {
            (Ok(text), Ok(rules)) => {
                rules.for_one(&text.name, &text.text, reference_date).map(|read| (text, read))
            }
            (Err(report), _) => Err(report.clone()),
            (_, Err(report)) => Err(report.clone()),
        };
        end = end.max(match found {
            Ok((text, Ok(versions))) => one(versions, text, output),
            Ok((_, Err(faults))) => {
                output.all_errors(faults);
                End::Error
            }
            Err(report) => {
                output.report(&report);
                End::Error
            }
        });
    }
    end
}

/// The rules, or why they can't be found. In text it is told at once when none of them can be used, and that is all: once is
/// enough for people. In JSON there is one document per proposal.
pub(crate) fn or_told_once(rules: &[PathBuf], output: &mut Output) -> Option<Result<Rules, Report>> {
    let found = Rules::of(rules, &output.limits, output.language);
    if output.format == Format::Text {
        match &found {
            Err(report) => {
                output.report(report);
                return None;
            }
            Ok(rules) => {
                if let Some(faults) = rules.faults() {
                    output.all_errors(faults);
                    return None;
                }
            }
        }
    }
    Some(found)
}

/// What stands between two texts.
pub(crate) fn between() -> String {
    format!("\n{}\n\n", "=".repeat(100))
}
