//! Wrong usage, in Dutch and English. What the library that reads the command line says of it is not used: it speaks English
//! only, and in words of its own.

use std::error::Error as _;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use meetlat::{Language, Text};

use crate::arguments::Wrong;

/// What is wrong and what to do, for standard error; `command` is what can be asked for help.
pub(crate) fn explain(error: &Error, command: &str, language: Language) -> String {
    let (wrong, meant) = (wrong(error), meant(error));
    let wrong = wrong.get(language);
    let meant = meant.filter(|meant| !meant.is_empty()).map(|meant| match language {
        Language::Nl => format!("bedoelde u {}? ", meant.join(" of ")),
        Language::En => format!("did you mean {}? ", meant.join(" or ")),
    });
    let meant = meant.unwrap_or_default();
    match language {
        Language::Nl => format!("fout: {wrong}\nhulp: {meant}zie {command} --help\n"),
        Language::En => format!("error: {wrong}\nhelp: {meant}see {command} --help\n"),
    }
}

fn wrong(error: &Error) -> Text {
    let of = |kind| texts(error, kind).join(", ");
    let (argument, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let command = of(ContextKind::InvalidSubcommand);
            text(format!("onbekende opdracht \"{command}\""), format!("unknown command \"{command}\""))
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            text(format!("onbekende optie {argument}"), format!("unknown option {argument}"))
        }
        ErrorKind::UnknownArgument => {
            text(format!("\"{argument}\" is te veel"), format!("\"{argument}\" is too much"))
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            text(format!("bij {argument} hoort een waarde"), format!("{argument} takes a value"))
        }
        ErrorKind::InvalidValue => {
            let choices = texts(error, ContextKind::ValidValue);
            text(
                format!("\"{value}\" past niet bij {argument}: kies {}", choices.join(" of ")),
                format!("\"{value}\" does not fit {argument}: choose {}", choices.join(" or ")),
            )
        }
        ErrorKind::TooManyValues => text(
            format!("bij {argument} hoort geen waarde, en er staat \"{value}\""),
            format!("{argument} takes no value, and \"{value}\" is given"),
        ),
        ErrorKind::ValueValidation => {
            match error.source().and_then(|source| source.downcast_ref::<Wrong>()) {
                Some(Wrong::Date) => text(
                    format!("\"{value}\" is geen datum: schrijf JJJJ-MM-DD, zoals 2020-09-01"),
                    format!("\"{value}\" is no date: write YYYY-MM-DD, like 2020-09-01"),
                ),
                Some(Wrong::Number) => text(
                    format!("\"{value}\" past niet bij {argument}: kies een heel getal vanaf 1"),
                    format!("\"{value}\" does not fit {argument}: choose a whole number from 1"),
                ),
                None => text(
                    format!("\"{value}\" past niet bij {argument}"),
                    format!("\"{value}\" does not fit {argument}"),
                ),
            }
        }
        ErrorKind::MissingRequiredArgument => {
            text(format!("er ontbreekt: {argument}"), format!("this is missing: {argument}"))
        }
        ErrorKind::MissingSubcommand => text("er ontbreekt een opdracht", "a command is missing"),
        ErrorKind::ArgumentConflict => {
            let prior = of(ContextKind::PriorArg);
            if prior.is_empty() || prior == argument {
                text(format!("{argument} staat er twee keer"), format!("{argument} is given twice"))
            } else {
                text(
                    format!("{argument} en {prior} gaan niet samen"),
                    format!("{argument} and {prior} do not go together"),
                )
            }
        }
        ErrorKind::InvalidUtf8 => {
            text("een argument is geen leesbare tekst (UTF-8)", "an argument is no readable text (UTF-8)")
        }
        _ => text("deze opdracht is niet te lezen", "this command cannot be read"),
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

fn text(nl: impl Into<String>, en: impl Into<String>) -> Text {
    Text { nl: nl.into(), en: en.into() }
}
