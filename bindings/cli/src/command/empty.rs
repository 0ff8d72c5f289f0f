//! `leeg`: an empty proposal to fill in.

use std::path::Path;

use meetlat::Date;
use meetlat::Meetlat;

use crate::command::schema::with_rules;
use crate::output::{End, Output};

pub(crate) fn run(path: &Path, reference_date: Option<Date>, output: &mut Output) -> End {
    with_rules(path, reference_date, output, Meetlat::empty_proposal)
}
