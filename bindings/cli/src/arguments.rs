//! The command line, in Dutch and in English: what can be asked, and how a call is read.

mod both;
mod build;
mod spoken;
mod table;
mod task;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::ArgMatches;
use meetlat::Date;
use meetlat::Language;
use meetlat::Limits;
use meetlat::document::Kind;

pub(crate) use self::build::{Wrong, command};
pub(crate) use self::spoken::{asked, named, of_environment};
use self::table::{COMMANDS, FORMAT, JSON, OUTPUT, Row, STEPS, Then};
use crate::output::Format;

/// What to do, as told on the command line.
pub(crate) enum Task {
    Judge {
        proposals: Vec<PathBuf>,
        rules: Vec<PathBuf>,
        reference_date: Option<Date>,
        /// Every line of every file is a proposal.
        lines: bool,
        /// None: all that the machine has.
        threads: Option<NonZeroUsize>,
    },
    Why {
        proposals: Vec<PathBuf>,
        rules: Vec<PathBuf>,
        reference_date: Option<Date>,
        answers: bool,
    },
    Improve {
        proposals: Vec<PathBuf>,
        rules: Vec<PathBuf>,
        reference_date: Option<Date>,
        targets: Vec<String>,
    },
    Ask {
        proposal: PathBuf,
        rules: Vec<PathBuf>,
        reference_date: Option<Date>,
    },
    Firmness {
        proposals: Vec<PathBuf>,
        rules: Vec<PathBuf>,
        reference_date: Option<Date>,
    },
    Check {
        rules: Vec<PathBuf>,
        strict: bool,
    },
    Test {
        rules: Vec<PathBuf>,
    },
    Overview {
        rules: Vec<PathBuf>,
        proposals: Vec<PathBuf>,
    },
    Empty {
        rules: PathBuf,
        reference_date: Option<Date>,
    },
    ProposalSchema {
        rules: PathBuf,
        reference_date: Option<Date>,
    },
    Schema(Kind),
}

/// How to show it.
pub(crate) struct Shown {
    pub(crate) format: Format,
    pub(crate) language: Language,
    pub(crate) limits: Limits,
    pub(crate) output: Option<PathBuf>,
}

/// The task in a parsed command line whose names are in this language, and how to show what comes of it. `None` only when
/// clap lets something through that its own rules forbid.
pub(crate) fn task(matches: &ArgMatches, spoken: Language) -> Option<(Task, Shown)> {
    let (mut matches, mut rows) = (matches, COMMANDS);
    loop {
        let (name, of) = matches.subcommand()?;
        let row: &Row = rows.iter().find(|row| row.name.get(spoken) == name)?;
        match &row.then {
            Then::Do(task) => return Some((task(of)?, shown(of, spoken))),
            Then::Kinds(kinds) => (matches, rows) = (of, kinds),
        }
    }
}

/// Of the engine; some commands do not ask it.
fn limits(matches: &ArgMatches) -> Limits {
    let usual = Limits::default();
    match matches.try_get_one(STEPS.id()) {
        Ok(Some(steps)) => Limits { search_steps: *steps, ..usual },
        _ => usual,
    }
}

fn shown(matches: &ArgMatches, language: Language) -> Shown {
    let format = matches.try_get_one::<String>(FORMAT.id()).ok().flatten();
    let format = if format.is_some_and(|format| JSON.is(format)) { Format::Json } else { Format::Text };
    Shown { format, language, limits: limits(matches), output: matches.get_one(OUTPUT.id()).cloned() }
}
