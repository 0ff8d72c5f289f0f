//! From the command line to a task, and the task done.

mod ask;
mod check;
mod choose;
mod empty;
mod firmness;
mod improve;
mod judge;
mod lines;
mod overview;
mod schema;
mod test;
mod why;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use meetlat::Language;

use crate::arguments::{self, Task};
use crate::output::{End, Format, Output, complain};
use crate::usage;

/// Does what the arguments ask; the first is the program's name. `environment` is the language where they name none.
pub(crate) fn run(arguments: &[OsString], environment: Language) -> End {
    let asked = arguments::asked(arguments);
    let language = asked.unwrap_or(environment);
    let matches = match arguments::command(language).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return not_a_task(&error, arguments, language),
    };
    let Some((task, mut shown)) = arguments::task(&matches, language) else { return End::Usage };
    // Documents are for programs: the same bytes on every machine.
    let of_documents = asked.unwrap_or(Language::Nl);
    if shown.format == Format::Json {
        shown.language = of_documents;
    }
    if let Task::Judge { proposals, rules, .. }
    | Task::Why { proposals, rules, .. }
    | Task::Improve { proposals, rules, .. }
    | Task::Firmness { proposals, rules, .. } = &task
        && stdin_twice(proposals.iter().chain(rules), language)
    {
        return End::Usage;
    }
    if let Task::Check { rules, .. } | Task::Test { rules } = &task
        && stdin_twice(rules.iter(), language)
    {
        return End::Usage;
    }
    if let Task::Overview { rules, proposals } = &task
        && stdin_twice(rules.iter().chain(proposals), language)
    {
        return End::Usage;
    }
    let mut output = Output::new(shown);
    let end = match task {
        Task::Judge { proposals, rules, reference_date, lines, threads } => {
            let how = judge::How { reference_date, lines, threads };
            judge::run(&proposals, &rules, &how, &mut output)
        }
        Task::Why { proposals, rules, reference_date, answers } => {
            why::run(&proposals, &rules, reference_date, answers, &mut output)
        }
        Task::Improve { proposals, rules, reference_date, targets } => {
            improve::run(&proposals, &rules, reference_date, &targets, &mut output)
        }
        Task::Ask { proposal, rules, reference_date } => {
            return ask::run(&proposal, &rules, reference_date, output);
        }
        Task::Firmness { proposals, rules, reference_date } => {
            firmness::run(&proposals, &rules, reference_date, &mut output)
        }
        Task::Check { rules, strict } => check::run(&rules, strict, &mut output),
        Task::Test { rules } => test::run(&rules, &mut output),
        Task::Overview { rules, proposals } => overview::run(&rules, &proposals, &mut output),
        Task::Empty { rules, reference_date } => {
            empty::run(&rules, reference_date, of_documents, &mut output)
        }
        Task::ProposalSchema { rules, reference_date } => {
            schema::of_proposals(&rules, reference_date, of_documents, &mut output)
        }
        Task::Schema(kind) => schema::of_documents(kind, &mut output),
    };
    output.finish(end)
}

/// Help, the version, or wrong usage.
fn not_a_task(error: &clap::Error, arguments: &[OsString], language: Language) -> End {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A closed pipe is no fault: whoever asked for help has seen enough.
            let _ = error.print();
            End::Good
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            End::Usage
        }
        _ => {
            complain(&usage::explain(error, &arguments::named(arguments, language), language));
            End::Usage
        }
    }
}

fn stdin_twice<'a>(paths: impl Iterator<Item = &'a PathBuf>, language: Language) -> bool {
    let twice = paths.filter(|path| path.as_os_str() == "-").count() > 1;
    if twice {
        complain(language.pick(
            "fout: de standaardinvoer (-) kan maar een keer gelezen worden\n",
            "error: standard input (-) can be read only once\n",
        ));
    }
    twice
}
