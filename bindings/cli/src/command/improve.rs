//! `verbeter`: says which few changed answers would improve a proposal's outcome, and which would sink it.

use std::path::PathBuf;

use meetlat::Date;
use meetlat::Language;
use meetlat::Report;
use meetlat::Versions;

use super::choose;
use crate::engine::{self, Refused};
use crate::files::Text;
use crate::output::{End, Format, Output};

pub(crate) fn run(
    proposals: &[PathBuf],
    rules: &[PathBuf],
    reference_date: Option<Date>,
    targets: &[String],
    output: &mut Output,
) -> End {
    choose::each(proposals, rules, reference_date, output, |versions, text, output| {
        one(versions, text, reference_date, targets, output)
    })
}

/// One proposal.
fn one(
    versions: &Versions,
    text: &Text,
    reference_date: Option<Date>,
    targets: &[String],
    output: &mut Output,
) -> End {
    let improvement = match engine::improve(versions, text, reference_date, targets, output.language) {
        Ok(improvement) => improvement,
        Err(Refused::Faults(diagnostics)) => {
            output.errors(&diagnostics);
            return End::Error;
        }
        Err(Refused::Target { name, known }) => {
            output.report(&unknown(&name, &known, output.language));
            return End::Usage;
        }
    };
    match output.format {
        Format::Json => output.document(&improvement.to_json_line()),
        Format::Text => output.print(&improvement.to_text(output.language)),
    }
    End::Good
}

fn unknown(name: &str, known: &[String], language: Language) -> Report {
    let known = known.join(", ");
    let message = language.pick(
        format!("\"{name}\" is geen uitkomst of keuze van deze meetlat"),
        format!("\"{name}\" is no outcome or choice of this meetlat"),
    );
    let help = language.pick(format!("kies uit: {known}"), format!("choose from: {known}"));
    Report::of_host("B0007", message, Some(help))
}
