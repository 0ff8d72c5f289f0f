//! The table as a command line that can be read, in one language: the names of the other one are aliases.

use std::error::Error;
use std::fmt;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, Command, value_parser};
use meetlat::{Date, Language};

use super::both::{Both, both};
use super::table::{ABOUT, AFTER, Argument, COMMANDS, HELP, LANGUAGE, Row, Takes, Then, VERSION};

const TEMPLATE: Both = both(
    "{about}\n\nGebruik: {usage}\n\n{all-args}{after-help}\n",
    "{about}\n\nUsage: {usage}\n\n{all-args}{after-help}\n",
);
const OPTIONS: Both = both("Opties", "Options");
const ARGUMENTS: Both = both("Argumenten", "Arguments");

/// The whole command line.
pub(crate) fn command(language: Language) -> Command {
    base("meetlat", language)
        .about(ABOUT.get(language))
        .override_usage(both("meetlat <OPDRACHT> [OPTIES]", "meetlat <COMMAND> [OPTIONS]").get(language))
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_help_heading(both("Opdrachten", "Commands").get(language))
        .arg(argument(&LANGUAGE, language))
        .arg(argument(&VERSION, language).display_order(101))
        .after_help(AFTER.get(language))
        .subcommands(COMMANDS.iter().map(|row| of(row, "meetlat", language)))
}

fn base(name: &'static str, language: Language) -> Command {
    Command::new(name)
        .help_template(TEMPLATE.get(language))
        // Whether clap can wrap hangs on features that others switch on; what is told must not.
        .term_width(0)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .next_help_heading(OPTIONS.get(language))
        .arg(argument(&HELP, language).display_order(100))
}

/// One command; `above` is what stands before its name.
fn of(row: &'static Row, above: &str, language: Language) -> Command {
    let name = row.name.get(language);
    let whole = format!("{above} {name}");
    let other = row.name.other(language);
    let about = match other {
        Some(other) => {
            format!("{} ({}: {other})", row.about.get(language), language.pick("ook", "also"))
        }
        None => row.about.get(language).to_owned(),
    };
    let mut command = base(name, language)
        .aliases(other)
        .about(about)
        .override_usage(usage(row, &whole, language))
        .args(row.arguments.iter().map(|one| argument(one, language)));
    if !row.after.nl.is_empty() {
        command = command.after_help(row.after.get(language));
    }
    if let Then::Kinds(kinds) = &row.then {
        command = command
            .subcommand_required(true)
            .arg_required_else_help(true)
            .subcommand_help_heading(both("Soorten", "Kinds").get(language))
            .subcommands(kinds.iter().map(|kind| of(kind, &whole, language)));
    }
    command
}

/// `meetlat toets <VOORSTEL.json>... [OPTIES]`
fn usage(row: &Row, whole: &str, language: Language) -> String {
    let mut usage = whole.to_owned();
    for one in row.arguments {
        match one.takes {
            Takes::File => usage.push_str(&format!(" <{}>", one.value.get(language))),
            Takes::Files => usage.push_str(&format!(" <{}>...", one.value.get(language))),
            _ => {}
        }
    }
    if matches!(row.then, Then::Kinds(_)) {
        usage.push_str(language.pick(" <SOORT>", " <KIND>"));
    }
    usage + language.pick(" [OPTIES]", " [OPTIONS]")
}

fn argument(one: &Argument, language: Language) -> Arg {
    let mut arg = Arg::new(one.id());
    if !one.value.nl.is_empty() {
        arg = arg.value_name(one.value.get(language));
    }
    let help = one.help.get(language);
    if let Takes::File | Takes::Files = one.takes {
        arg = arg
            .help(help)
            .help_heading(ARGUMENTS.get(language))
            .required(true)
            .value_parser(value_parser!(PathBuf));
        return if let Takes::Files = one.takes { arg.num_args(1..) } else { arg };
    }
    arg = arg.long(one.name.get(language)).aliases(one.name.other(language));
    arg = match one.name.other(language) {
        Some(other) => arg.help(format!("{help} ({} --{other})", language.pick("ook", "also"))),
        None => arg.help(help),
    };
    if let Some(letter) = one.short {
        arg = arg.short(letter);
    }
    match one.takes {
        Takes::File | Takes::Files => arg,
        Takes::Path => arg.value_parser(value_parser!(PathBuf)),
        Takes::Paths => arg.value_parser(value_parser!(PathBuf)).action(ArgAction::Append),
        Takes::Texts => arg.action(ArgAction::Append),
        Takes::OneOf(choices) => {
            let choices = choices
                .iter()
                .map(|choice| PossibleValue::new(choice.get(language)).aliases(choice.other(language)));
            arg.value_parser(choices.collect::<Vec<_>>()).hide_possible_values(true)
        }
        Takes::Date => arg.value_parser(date),
        Takes::Steps => arg.value_parser(steps),
        Takes::Threads => arg.value_parser(threads),
        Takes::Flag => arg.action(ArgAction::SetTrue),
        Takes::Help => arg.action(ArgAction::Help),
        Takes::Version => arg.action(ArgAction::Version),
    }
}

/// A value that is not what its option takes; clap hands it over again with the option and the value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wrong {
    Date,
    Number,
}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Never shown: `usage` puts it in words.
        fmt::Debug::fmt(self, out)
    }
}

impl Error for Wrong {}

fn date(text: &str) -> Result<Date, Wrong> {
    Date::from_iso(text).ok_or(Wrong::Date)
}

fn steps(text: &str) -> Result<u64, Wrong> {
    text.parse().ok().filter(|steps| *steps > 0).ok_or(Wrong::Number)
}

fn threads(text: &str) -> Result<NonZeroUsize, Wrong> {
    text.parse().map_err(|_| Wrong::Number)
}
