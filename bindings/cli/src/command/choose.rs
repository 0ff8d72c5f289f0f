//! The rules that a proposal is for: of the files given, or built in.

use std::path::PathBuf;

use meetlat::Versions;
use meetlat::diagnostic::{Diagnostics, Language};
use meetlat::load::{header_name, judges};
use meetlat::report::Report;

use crate::builtin;
use crate::engine;
use crate::files::{self, Text};
use crate::output::{End, Format, Output};

/// The versions of one meetlat, read when a proposal first asks for them; or why they can't be used.
struct Shelf {
    /// The name in the headers; empty where there is none.
    name: String,
    texts: Vec<Text>,
    read: Option<Result<Versions, Vec<Diagnostics>>>,
}

impl Shelf {
    fn read(&mut self, language: Language) -> &Result<Versions, Vec<Diagnostics>> {
        let texts = &self.texts;
        self.read.get_or_insert_with(|| engine::versions(texts, language))
    }
}

/// Finds the rules for each proposal and does something with the two of them, one proposal after the other.
pub(crate) fn each(
    proposals: &[PathBuf],
    rules: &[PathBuf],
    output: &mut Output,
    mut one: impl FnMut(&Versions, &Text, &mut Output) -> End,
) -> End {
    let mut shelves = given(rules, output.language);
    if output.format == Format::Text {
        // Once is enough for people; JSON has one document per proposal.
        match &mut shelves {
            Err(report) => {
                output.report(report);
                return End::Error;
            }
            Ok(shelves) => {
                if let [only] = shelves.as_mut_slice()
                    && let Err(faults) = only.read(output.language)
                {
                    output.all_errors(faults);
                    return End::Error;
                }
            }
        }
    }
    let mut end = End::Good;
    for (at, path) in proposals.iter().enumerate() {
        if at > 0 && output.format == Format::Text {
            output.print(&format!("\n{}\n\n", "=".repeat(100)));
        }
        let text = files::read(path, output.language);
        let found = match (&text, &mut shelves) {
            (Ok(text), Ok(shelves)) => choose(text, shelves, rules.is_empty(), output.language)
                .map(|shelf| (text, shelf.read(output.language))),
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

/// The rule files given, by the name in their headers. Of a folder only those that judge: its building blocks are
/// there for them.
fn given(paths: &[PathBuf], language: Language) -> Result<Vec<Shelf>, Report> {
    let mut shelves: Vec<Shelf> = Vec::new();
    for path in paths {
        let mut texts = files::read_rules(path, language)?;
        if path.is_dir() && texts.iter().any(|text| judges(&text.text)) {
            texts.retain(|text| judges(&text.text));
        }
        for text in texts {
            let name = header_name(&text.text).unwrap_or_default().to_owned();
            match shelves.iter_mut().find(|shelf| shelf.name == name) {
                Some(shelf) => shelf.texts.push(text),
                None => shelves.push(Shelf { name, texts: vec![text], read: None }),
            }
        }
    }
    Ok(shelves)
}

/// The rules that a proposal asks for: of those given, or else built in. Where there is only one meetlat, or the
/// proposal names none, the first: that says what is wrong.
fn choose<'s>(
    proposal: &Text,
    shelves: &'s mut Vec<Shelf>,
    built_in: bool,
    language: Language,
) -> Result<&'s mut Shelf, Report> {
    let asked = engine::meetlat_name(&proposal.text);
    let known = if built_in {
        builtin::names().into_iter().map(str::to_owned).collect()
    } else {
        shelves.iter().map(|shelf| shelf.name.clone()).collect::<Vec<_>>()
    };
    let first = known.first().cloned().unwrap_or_default();
    let name = match &asked {
        Some(name) if built_in || known.len() > 1 => name.clone(),
        _ => first,
    };
    if built_in && !shelves.iter().any(|shelf| shelf.name == name) {
        let texts: Vec<Text> = builtin::named(&name).into_iter().map(Text::from).collect();
        if !texts.is_empty() {
            shelves.push(Shelf { name: name.clone(), texts, read: None });
        }
    }
    if let Some(shelf) = shelves.iter_mut().find(|shelf| shelf.name == name) {
        return Ok(shelf);
    }
    let (file, known) = (&proposal.name, known.join(", "));
    let (message, help) = match (language, built_in) {
        (Language::Nl, true) => (
            format!("{file} vraagt om de meetlat \"{name}\", en die is niet ingebouwd"),
            format!("geef het bestand met --meetlat; ingebouwd: {known}"),
        ),
        (Language::En, true) => (
            format!("{file} asks for the meetlat \"{name}\", which is not built in"),
            format!("give the file with --meetlat; built in: {known}"),
        ),
        (Language::Nl, false) => (
            format!("{file} vraagt om de meetlat \"{name}\", en die is niet gegeven"),
            format!("geef het bestand ook met --meetlat; gegeven: {known}"),
        ),
        (Language::En, false) => (
            format!("{file} asks for the meetlat \"{name}\", which is not given"),
            format!("give that file with --meetlat too; given: {known}"),
        ),
    };
    Err(Report::of_host("B0004", message, Some(help)))
}
