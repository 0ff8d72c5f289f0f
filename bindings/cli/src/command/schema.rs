//! `schema`: JSON schemas of proposals, verdicts and messages.

use std::path::Path;

use crate::engine::Rules;
use crate::files;
use crate::output::{End, Output};

pub(crate) fn of_proposals(path: &Path, output: &mut Output) -> End {
    with_rules(path, output, Rules::proposal_schema)
}

pub(crate) fn of_verdicts(output: &mut Output) -> End {
    print(&meetlat::verdict_schema::verdict_schema(), output)
}

pub(crate) fn of_reports(output: &mut Output) -> End {
    print(&meetlat::verdict_schema::report_schema(), output)
}

/// Prints what is made from a rule file without faults.
pub(crate) fn with_rules(path: &Path, output: &mut Output, make: impl Fn(&Rules) -> String) -> End {
    let text = match files::read_rules(path, output.language) {
        Ok(text) => text,
        Err(report) => {
            output.report(&report);
            return End::Error;
        }
    };
    match Rules::parse(&text.name, &text.text) {
        Ok(rules) => print(&make(&rules), output),
        Err(diagnostics) => {
            output.errors(&diagnostics);
            End::Error
        }
    }
}

fn print(text: &str, output: &mut Output) -> End {
    output.print(text.trim_end());
    output.print("\n");
    End::Good
}
