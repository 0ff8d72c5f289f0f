//! From what was given with a command to its task.

use std::path::PathBuf;

use clap::ArgMatches;
use meetlat::Date;
use meetlat::document::Kind;

use super::Task;
use super::table::{
    ANSWERS, Argument, COUNTED, LINES, MEETLAT, REFERENCE_DATE, RULE, RULES, STRICT, TARGETS, THREADS,
    TO_COMPLETE, TO_JUDGE,
};

pub(super) fn judge(of: &ArgMatches) -> Option<Task> {
    Some(Task::Judge {
        proposals: paths(of, &TO_JUDGE),
        rules: paths(of, &MEETLAT),
        reference_date: day(of),
        lines: of.get_flag(LINES.id()),
        threads: of.get_one(THREADS.id()).copied(),
    })
}

pub(super) fn why(of: &ArgMatches) -> Option<Task> {
    Some(Task::Why {
        proposals: paths(of, &TO_JUDGE),
        rules: paths(of, &MEETLAT),
        reference_date: day(of),
        answers: of.get_flag(ANSWERS.id()),
    })
}

pub(super) fn improve(of: &ArgMatches) -> Option<Task> {
    Some(Task::Improve {
        proposals: paths(of, &TO_JUDGE),
        rules: paths(of, &MEETLAT),
        reference_date: day(of),
        targets: of.get_many(TARGETS.id()).into_iter().flatten().cloned().collect(),
    })
}

pub(super) fn ask(of: &ArgMatches) -> Option<Task> {
    let proposal = of.get_one(TO_COMPLETE.id()).cloned()?;
    Some(Task::Ask { proposal, rules: paths(of, &MEETLAT), reference_date: day(of) })
}

pub(super) fn firmness(of: &ArgMatches) -> Option<Task> {
    Some(Task::Firmness {
        proposals: paths(of, &TO_JUDGE),
        rules: paths(of, &MEETLAT),
        reference_date: day(of),
    })
}

pub(super) fn check(of: &ArgMatches) -> Option<Task> {
    Some(Task::Check { rules: paths(of, &RULES), strict: of.get_flag(STRICT.id()) })
}

pub(super) fn test(of: &ArgMatches) -> Option<Task> {
    Some(Task::Test { rules: paths(of, &RULES) })
}

pub(super) fn overview(of: &ArgMatches) -> Option<Task> {
    Some(Task::Overview { rules: paths(of, &RULES), proposals: paths(of, &COUNTED) })
}

pub(super) fn empty(of: &ArgMatches) -> Option<Task> {
    Some(Task::Empty { rules: of.get_one(RULE.id()).cloned()?, reference_date: day(of) })
}

pub(super) fn proposal_schema(of: &ArgMatches) -> Option<Task> {
    Some(Task::ProposalSchema { rules: of.get_one(RULE.id()).cloned()?, reference_date: day(of) })
}

pub(super) fn verdict_schema(_: &ArgMatches) -> Option<Task> {
    Some(Task::Schema(Kind::Verdict))
}

pub(super) fn next_schema(_: &ArgMatches) -> Option<Task> {
    Some(Task::Schema(Kind::Next))
}

pub(super) fn improvement_schema(_: &ArgMatches) -> Option<Task> {
    Some(Task::Schema(Kind::Improvement))
}

pub(super) fn why_schema(_: &ArgMatches) -> Option<Task> {
    Some(Task::Schema(Kind::Why))
}

pub(super) fn firmness_schema(_: &ArgMatches) -> Option<Task> {
    Some(Task::Schema(Kind::Firmness))
}

pub(super) fn overview_schema(_: &ArgMatches) -> Option<Task> {
    Some(Task::Schema(Kind::Overview))
}

pub(super) fn report_schema(_: &ArgMatches) -> Option<Task> {
    Some(Task::Schema(Kind::Report))
}

fn day(of: &ArgMatches) -> Option<Date> {
    of.get_one(REFERENCE_DATE.id()).copied()
}

fn paths(of: &ArgMatches, one: &Argument) -> Vec<PathBuf> {
    of.get_many(one.id()).map(|paths| paths.cloned().collect()).unwrap_or_default()
}
