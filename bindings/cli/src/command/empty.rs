//! `leeg`: an empty proposal to fill in.

use std::path::Path;

use meetlat::{Date, Language};

use crate::command::schema::with_rules;
use crate::output::{End, Output};

/// `language`: of the help in it.
pub(crate) fn run(path: &Path, reference_date: Option<Date>, language: Language, output: &mut Output) -> End {
    with_rules(path, output, |versions| versions.in_language(language).empty_proposal(reference_date))
}
