//! `stevigheid`: says how firm the verdict on a proposal is.

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
    output: &mut Output,
) -> End {
    choose::each(proposals, rules, reference_date, output, |versions, text, output| {
        one(versions, text, reference_date, output)
    })
}

/// One proposal.
fn one(versions: &Versions, text: &Text, reference_date: Option<Date>, output: &mut Output) -> End {
    let firmness = match engine::firmness(versions, text, reference_date, output.language) {
        Ok(firmness) => firmness,
        Err(diagnostics) => {
            output.errors(&diagnostics);
            return End::Error;
        }
    };
    match output.format {
        Format::Json => output.document(&firmness.to_json_line()),
        Format::Text => output.print(&firmness.to_text(output.language)),
    }
    if firmness.settled() { End::Good } else { End::Open }
}
