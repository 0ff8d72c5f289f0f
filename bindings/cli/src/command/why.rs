//! `waarom`: says what already decides a proposal's outcome, and what speaks for and against.

use std::path::PathBuf;

use meetlat::Date;
use meetlat::Versions;

use super::choose;
use crate::engine;
use crate::files::Text;
use crate::output::{End, Format, Output};

pub(crate) fn run(
    proposals: &[PathBuf],
    rules: &[PathBuf],
    reference_date: Option<Date>,
    answers: bool,
    output: &mut Output,
) -> End {
    choose::each(proposals, rules, reference_date, output, |versions, text, output| {
        one(versions, text, reference_date, answers, output)
    })
}

/// One proposal.
fn one(
    versions: &Versions,
    text: &Text,
    reference_date: Option<Date>,
    answers: bool,
    output: &mut Output,
) -> End {
    let why = match engine::why(versions, text, reference_date, answers, output.language) {
        Ok(why) => why,
        Err(diagnostics) => {
            output.errors(&diagnostics);
            return End::Error;
        }
    };
    match output.format {
        Format::Json => output.document(&why.to_json_line()),
        Format::Text => output.print(&why.to_text(output.language)),
    }
    if why.settled() { End::Good } else { End::Open }
}
