//! Wrong usage, in Dutch and English. What the library that reads the command line says of it is not used: it speaks English
//! only, and in words of its own.

use std::error::Error as _;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use meetlat::Language;

use crate::arguments::Wrong;

/// What is wrong and what to do, for standard error; `command` is what can be asked for help.
pub(crate) fn explain(error: &Error, command: &str, language: Language) -> String {
    let (wrong, meant) = (wrong(error, language), meant(error));
    let or = language.pick(" of ", " or ");
    let meant = meant.filter(|meant| !meant.is_empty()).map(|meant| {
        let meant = meant.join(or);
        language.pick(format!("bedoelde u {meant}? "), format!("did you mean {meant}? "))
    });
    let meant = meant.unwrap_or_default();
    language.pick(
        format!("fout: {wrong}\nhulp: {meant}zie {command} --help\n"),
        format!("error: {wrong}\nhelp: {meant}see {command} --help\n"),
    )
}

fn wrong(error: &Error, language: Language) -> String {
    let of = |kind| texts(error, kind).join(", ");
    let (argument, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let command = of(ContextKind::InvalidSubcommand);
            language
                .pick(format!("onbekende opdracht \"{command}\""), format!("unknown command \"{command}\""))
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            language.pick(format!("onbekende optie {argument}"), format!("unknown option {argument}"))
        }
        ErrorKind::UnknownArgument => {
            language.pick(format!("\"{argument}\" is te veel"), format!("\"{argument}\" is too much"))
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            language.pick(format!("bij {argument} hoort een waarde"), format!("{argument} takes a value"))
        }
        ErrorKind::InvalidValue => {
            let choices = texts(error, ContextKind::ValidValue).join(language.pick(" of ", " or "));
            language.pick(
                format!("\"{value}\" past niet bij {argument}: kies {choices}"),
                format!("\"{value}\" does not fit {argument}: choose {choices}"),
            )
        }
        ErrorKind::TooManyValues => language.pick(
            format!("bij {argument} hoort geen waarde, en er staat \"{value}\""),
            format!("{argument} takes no value, and \"{value}\" is given"),
        ),
        ErrorKind::ValueValidation => {
            match error.source().and_then(|source| source.downcast_ref::<Wrong>()) {
                Some(Wrong::Date) => language.pick(
                    format!("\"{value}\" is geen datum: schrijf JJJJ-MM-DD, zoals 2020-09-01"),
                    format!("\"{value}\" is no date: write YYYY-MM-DD, like 2020-09-01"),
                ),
                Some(Wrong::Number) => language.pick(
                    format!("\"{value}\" past niet bij {argument}: kies een heel getal vanaf 1"),
                    format!("\"{value}\" does not fit {argument}: choose a whole number from 1"),
                ),
                None => language.pick(
                    format!("\"{value}\" past niet bij {argument}"),
                    format!("\"{value}\" does not fit {argument}"),
                ),
            }
        }
        ErrorKind::MissingRequiredArgument => {
            language.pick(format!("er ontbreekt: {argument}"), format!("this is missing: {argument}"))
        }
        ErrorKind::MissingSubcommand => {
            language.pick("er ontbreekt een opdracht", "a command is missing").to_owned()
        }
        ErrorKind::ArgumentConflict => {
            let prior = of(ContextKind::PriorArg);
            if prior.is_empty() || prior == argument {
                language.pick(format!("{argument} staat er twee keer"), format!("{argument} is given twice"))
            } else {
                language.pick(
                    format!("{argument} en {prior} gaan niet samen"),
                    format!("{argument} and {prior} do not go together"),
                )
            }
        }
        ErrorKind::InvalidUtf8 => language
            .pick("een argument is geen leesbare tekst (UTF-8)", "an argument is no readable text (UTF-8)")
            .to_owned(),
        _ => language.pick("deze opdracht is niet te lezen", "this command cannot be read").to_owned(),
    }
}

/// What looks like what was written.
fn meant(error: &Error) -> Option<Vec<String>> {
    match error.kind() {
        ErrorKind::InvalidSubcommand => Some(texts(error, ContextKind::SuggestedSubcommand)),
        ErrorKind::UnknownArgument => Some(texts(error, ContextKind::SuggestedArg)),
        _ => None,
    }
}

fn texts(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}
