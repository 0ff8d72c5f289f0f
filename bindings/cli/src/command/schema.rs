//! `schema`: JSON schemas of proposals and of documents.

use std::path::Path;

use meetlat::document::Kind;
use meetlat::{Date, Diagnostics, Language, Versions};

use crate::output::{End, Output};
use crate::{engine, files};

/// `language`: of the words in it that are not the rules'.
pub(crate) fn of_proposals(
    path: &Path,
    reference_date: Option<Date>,
    language: Language,
    output: &mut Output,
) -> End {
    with_rules(path, output, |versions| versions.in_language(language).proposal_schema(reference_date))
}

pub(crate) fn of_documents(kind: Kind, output: &mut Output) -> End {
    print(&meetlat::document::schema(kind), output)
}

/// Prints what is made from a rule file without faults, or from several versions.
pub(crate) fn with_rules(
    path: &Path,
    output: &mut Output,
    make: impl Fn(&Versions) -> Result<String, Diagnostics>,
) -> End {
    let texts = match files::read_rules(path, output.language) {
        Ok(texts) => texts,
        Err(report) => {
            output.report(&report);
            return End::Error;
        }
    };
    let made = match engine::versions(&texts, &output.limits, output.language) {
        Ok(versions) => make(&versions).map_err(|fault| vec![fault]),
        Err(faults) => Err(faults),
    };
    match made {
        Ok(made) => print(&made, output),
        Err(faults) => {
            output.all_errors(&faults);
            End::Error
        }
    }
}

fn print(text: &str, output: &mut Output) -> End {
    output.print(text.trim_end());
    output.print("\n");
    End::Good
}
