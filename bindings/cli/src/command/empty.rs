//! `leeg`: an empty proposal to fill in.

use std::path::Path;

use crate::command::schema::with_rules;
use crate::engine::Rules;
use crate::output::{End, Output};

pub(crate) fn run(path: &Path, output: &mut Output) -> End {
    with_rules(path, output, Rules::empty_proposal)
}
