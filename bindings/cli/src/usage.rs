//! Wrong usage, in Dutch. The library that reads the command line only speaks English.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What is wrong and what to do, for standard error.
pub(crate) fn explain(error: &Error) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let argument = text(ContextKind::InvalidArg).unwrap_or_default();
    let value = text(ContextKind::InvalidValue).unwrap_or_default();
    let (message, meant) = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let command = text(ContextKind::InvalidSubcommand).unwrap_or_default();
            (format!("onbekende opdracht \"{command}\""), text(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            (format!("onbekende optie {argument}"), text(ContextKind::SuggestedArg))
        }
        ErrorKind::UnknownArgument => (format!("\"{argument}\" is te veel"), None),
        ErrorKind::InvalidValue if value.is_empty() => (format!("bij {argument} hoort een waarde"), None),
        ErrorKind::InvalidValue => {
            let choices = text(ContextKind::ValidValue).unwrap_or_default().replace(", ", " of ");
            (format!("\"{value}\" past niet bij {argument}: kies {choices}"), None)
        }
        ErrorKind::ValueValidation if argument.contains("peildatum") => {
            (format!("\"{value}\" is geen datum: schrijf JJJJ-MM-DD, zoals 2020-09-01"), None)
        }
        ErrorKind::ValueValidation if argument.contains("draden") || argument.contains("grens") => {
            (format!("\"{value}\" past niet bij {argument}: kies een heel getal vanaf 1"), None)
        }
        ErrorKind::ValueValidation => (format!("\"{value}\" past niet bij {argument}"), None),
        ErrorKind::MissingRequiredArgument => (format!("er ontbreekt: {argument}"), None),
        ErrorKind::MissingSubcommand => ("er ontbreekt een opdracht".to_owned(), None),
        ErrorKind::ArgumentConflict => match text(ContextKind::PriorArg) {
            Some(prior) if prior != argument => (format!("{argument} en {prior} gaan niet samen"), None),
            _ => (format!("{argument} staat er twee keer"), None),
        },
        ErrorKind::InvalidUtf8 => ("een argument is geen leesbare tekst (UTF-8)".to_owned(), None),
        _ => ("deze opdracht is niet te lezen".to_owned(), None),
    };
    let meant = meant
        .filter(|meant| !meant.is_empty())
        .map(|meant| format!("bedoelde u {}? ", meant.replace(", ", " of ")));
    format!("fout: {message}\nhulp: {}zie {} --help\n", meant.unwrap_or_default(), of_command(error))
}

/// `meetlat toets`, from the usage that goes with the error.
fn of_command(error: &Error) -> String {
    let usage = match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => usage.to_string(),
        _ => String::new(),
    };
    let words = usage.split_whitespace().skip_while(|word| *word != "meetlat");
    let words: Vec<&str> =
        words.take_while(|word| word.chars().all(|letter| letter.is_ascii_lowercase())).collect();
    if words.is_empty() { "meetlat".to_owned() } else { words.join(" ") }
}
