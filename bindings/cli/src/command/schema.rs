//! `schema`: JSON schemas of proposals and of documents.

use std::path::Path;

use meetlat::Date;
use meetlat::Meetlat;
use meetlat::document::Kind;

use crate::output::{End, Output};
use crate::{engine, files};

pub(crate) fn of_proposals(path: &Path, reference_date: Option<Date>, output: &mut Output) -> End {
    with_rules(path, reference_date, output, Meetlat::proposal_schema)
}

pub(crate) fn of_documents(kind: Kind, output: &mut Output) -> End {
    print(&meetlat::document::schema(kind), output)
}

/// Prints what is made from a rule file without faults: of several versions, that of the reference date.
pub(crate) fn with_rules(
    path: &Path,
    reference_date: Option<Date>,
    output: &mut Output,
    make: impl Fn(&Meetlat) -> String,
) -> End {
    let texts = match files::read_rules(path, output.language) {
        Ok(texts) => texts,
        Err(report) => {
            output.report(&report);
            return End::Error;
        }
    };
    let made = match engine::versions(&texts, &output.limits, output.language) {
        Ok(versions) => versions.on(reference_date).map(make).map_err(|fault| vec![fault]),
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
