//! `toets`: judges proposals, one after the other.

use std::path::{Path, PathBuf};

use meetlat::date::Date;
use meetlat::diagnostic::Language;
use meetlat::report::Report;

use crate::builtin;
use crate::engine::{self, Rules};
use crate::files::{self, Text};
use crate::output::{End, Format, Output};

/// A rule file that was read, or why it can't be used.
type Loaded = Result<Rules, Unusable>;

enum Unusable {
    /// Not a rule file without faults.
    Faults(meetlat::diagnostic::Diagnostics),
    /// Not to be read.
    File(Report),
}

pub(crate) fn run(
    proposals: &[PathBuf],
    rules: Option<&Path>,
    reference_date: Option<Date>,
    output: &mut Output,
) -> End {
    let given = rules.map(|path| match files::read_rules(path, output.language) {
        Ok(text) => load(&text),
        Err(report) => Err(Unusable::File(report)),
    });
    if let (Some(Err(unusable)), Format::Text) = (&given, output.format) {
        // Once is enough for people; JSON has one document per proposal.
        tell(unusable, output);
        return End::Error;
    }
    let mut built_in: Vec<(&str, Loaded)> = Vec::new();
    let mut end = End::Good;
    for (at, path) in proposals.iter().enumerate() {
        if at > 0 && output.format == Format::Text {
            output.print(&format!("\n{}\n\n", "=".repeat(100)));
        }
        let text = match files::read(path, output.language) {
            Ok(text) => text,
            Err(report) => {
                output.report(&report);
                end = end.max(End::Error);
                continue;
            }
        };
        let loaded = match &given {
            Some(given) => given,
            None => match named(&text, &mut built_in, output.language) {
                Ok(loaded) => loaded,
                Err(report) => {
                    output.report(&report);
                    end = end.max(End::Error);
                    continue;
                }
            },
        };
        end = end.max(match loaded {
            Ok(rules) => one(rules, &text, reference_date, output),
            Err(unusable) => {
                tell(unusable, output);
                End::Error
            }
        });
    }
    end
}

/// One proposal.
fn one(rules: &Rules, text: &Text, reference_date: Option<Date>, output: &mut Output) -> End {
    let verdict = match rules.judge(&text.name, &text.text, reference_date, output.language) {
        Ok(verdict) => verdict,
        Err(diagnostics) => {
            output.errors(&diagnostics);
            return End::Error;
        }
    };
    match output.format {
        Format::Json => output.document(&verdict.to_json_line()),
        Format::Text => output.print(&verdict.to_text(output.language)),
    }
    if verdict.settled() { End::Good } else { End::Open }
}

/// The built-in rules that a proposal asks for, read once. One that names none is read by the first, which says so.
fn named<'a>(
    proposal: &Text,
    read: &'a mut Vec<(&'static str, Loaded)>,
    language: Language,
) -> Result<&'a Loaded, Report> {
    let asked = engine::meetlat_name(&proposal.text);
    let builtin = match &asked {
        None => builtin::ALL.first(),
        Some(name) => builtin::named(name),
    };
    let Some(builtin) = builtin else {
        let (file, name, known) = (&proposal.name, asked.unwrap_or_default(), builtin::names());
        let (message, help) = match language {
            Language::Nl => (
                format!("{file} vraagt om de meetlat \"{name}\", en die is niet ingebouwd"),
                format!("geef het bestand met --meetlat; ingebouwd: {known}"),
            ),
            Language::En => (
                format!("{file} asks for the meetlat \"{name}\", which is not built in"),
                format!("give the file with --meetlat; built in: {known}"),
            ),
        };
        return Err(Report::of_host("B0004", message, Some(help)));
    };
    let at = match read.iter().position(|(name, _)| *name == builtin.name) {
        Some(at) => at,
        None => {
            let text = Text { name: builtin.file.to_owned(), text: builtin.text.to_owned() };
            read.push((builtin.name, load(&text)));
            read.len() - 1
        }
    };
    match read.get(at) {
        Some((_, loaded)) => Ok(loaded),
        None => Err(Report::default()),
    }
}

fn load(text: &Text) -> Loaded {
    Rules::parse(&text.name, &text.text).map_err(Unusable::Faults)
}

fn tell(unusable: &Unusable, output: &mut Output) {
    match unusable {
        Unusable::Faults(diagnostics) => output.errors(diagnostics),
        Unusable::File(report) => output.report(report),
    }
}
