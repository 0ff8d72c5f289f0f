//! `toets`: judges proposals, one after the other.

use std::path::PathBuf;

use meetlat::Versions;
use meetlat::date::Date;

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
    choose::each(proposals, rules, output, |versions, text, output| {
        one(versions, text, reference_date, output)
    })
}

/// One proposal.
fn one(versions: &Versions, text: &Text, reference_date: Option<Date>, output: &mut Output) -> End {
    let verdict = match engine::judge(versions, text, reference_date, output.language) {
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
    if verdict.settled() || verdict.closed() { End::Good } else { End::Open }
}
