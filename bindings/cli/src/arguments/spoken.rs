//! Which language a call is answered in. It has to be known before the call is read: help and messages about a call that
//! cannot be read are in it too.

use std::ffi::{OsStr, OsString};

use meetlat::Language;

use super::table::{Argument, COMMANDS, HELP, LANGUAGE, Row, Takes, Then, VERSION};

/// The language of a value of `--taal`.
pub(crate) fn language(value: &str) -> Option<Language> {
    match value {
        "nl" => Some(Language::Nl),
        "en" => Some(Language::En),
        _ => None,
    }
}

/// That of the environment: English where the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set begins with `en`.
pub(crate) fn of_environment(get: impl Fn(&str) -> Option<OsString>) -> Language {
    let set = |name| get(name).filter(|value| !value.is_empty());
    let first = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set);
    match first {
        Some(value) if value.as_encoded_bytes().starts_with(b"en") => Language::En,
        _ => Language::Nl,
    }
}

/// That of `--taal`, wherever it stands, also in a call that cannot be read; the last where there are more.
pub(crate) fn asked(arguments: &[OsString]) -> Option<Language> {
    let mut found = None;
    let mut rest = arguments.iter().skip(1).map(OsString::as_os_str).map(OsStr::to_str);
    while let Some(one) = rest.next() {
        let one = one.unwrap_or_default();
        if one == "--" {
            break;
        }
        let value = match value_in(one) {
            Some("") => rest.next().flatten(),
            value => value,
        };
        found = value.and_then(language).or(found);
    }
    found
}

/// The value of `--taal` in `--taal=en`, `-t=en`, `-ten` or `-aten`; empty where it stands in the next argument. None where
/// there is no such option.
fn value_in(one: &str) -> Option<&str> {
    if let Some(long) = one.strip_prefix("--") {
        let (name, value) = long.split_once('=').unwrap_or((long, ""));
        return LANGUAGE.name.is(name).then_some(value);
    }
    let mut letters = one.strip_prefix('-')?.chars();
    while let Some(letter) = letters.next() {
        if LANGUAGE.short == Some(letter) {
            let value = letters.as_str();
            return Some(value.strip_prefix('=').unwrap_or(value));
        }
        // Behind another option that takes a value stands that value.
        if !is_flag(letter) {
            return None;
        }
    }
    None
}

/// Whether a letter stands for an option without a value.
fn is_flag(letter: char) -> bool {
    let of_commands = COMMANDS.iter().flat_map(|row| row.arguments.iter().copied());
    of_commands.chain([&HELP, &VERSION]).any(|one: &Argument| {
        one.short == Some(letter) && matches!(one.takes, Takes::Flag | Takes::Help | Takes::Version)
    })
}

/// `meetlat toets`: the command that a call names, as far as it goes.
pub(crate) fn named(arguments: &[OsString], language: Language) -> String {
    let mut words = arguments.iter().skip(1).filter_map(|one| one.to_str());
    let mut name = "meetlat".to_owned();
    let mut rows: &[Row] = COMMANDS;
    while let Some(row) = words.find_map(|word| rows.iter().find(|row| row.name.is(word))) {
        name = format!("{name} {}", row.name.get(language));
        match &row.then {
            Then::Kinds(kinds) => rows = kinds,
            Then::Do(_) => break,
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_is_found_wherever_it_stands() {
        let found = |call: &str| asked(&call.split(' ').map(OsString::from).collect::<Vec<_>>());
        for call in [
            "meetlat -t en",
            "meetlat toets --taal en --help",
            "meetlat --language=en --help",
            "meetlat waarom -aten x",
            "meetlat toets -t=en",
            "meetlat --taal nl toets x -t en",
            "meetlat toets --taal en --taal fr",
        ] {
            assert_eq!(found(call), Some(Language::En), "{call}");
        }
        for call in
            ["meetlat", "meetlat toets -- -t en", "meetlat toets -uten", "meetlat -t", "meetlat --taal fr"]
        {
            assert_eq!(found(call), None, "{call}");
        }
        assert_eq!(found("meetlat judge x -t nl"), Some(Language::Nl));
    }

    #[test]
    fn the_first_variable_that_is_set_decides() {
        let of = |set: &[(&str, &str)]| {
            of_environment(|name| {
                set.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(*value))
            })
        };
        assert_eq!(of(&[]), Language::Nl);
        assert_eq!(of(&[("LANG", "en_GB.UTF-8")]), Language::En);
        assert_eq!(of(&[("LANG", "en_GB.UTF-8"), ("LC_ALL", "")]), Language::En);
        assert_eq!(of(&[("LANG", "en_GB.UTF-8"), ("LC_ALL", "C")]), Language::Nl);
        assert_eq!(of(&[("LANG", "nl_NL.UTF-8"), ("LC_MESSAGES", "en")]), Language::En);
        assert_eq!(of(&[("LC_MESSAGES", "nl_NL"), ("LC_ALL", "en_US")]), Language::En);
        assert_eq!(of(&[("LANG", "fr_FR")]), Language::Nl);
    }

    #[test]
    fn the_command_is_found_by_either_name() {
        let found =
            |call: &str, language| named(&call.split(' ').map(OsString::from).collect::<Vec<_>>(), language);
        assert_eq!(found("meetlat -t en judge x", Language::Nl), "meetlat toets");
        assert_eq!(found("meetlat schema oordeel x", Language::En), "meetlat schema verdict");
        assert_eq!(found("meetlat schema test", Language::Nl), "meetlat schema");
        assert_eq!(found("meetlat", Language::En), "meetlat");
    }
}
