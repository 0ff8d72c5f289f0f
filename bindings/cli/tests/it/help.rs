//! `--help` in Dutch and in English: `tests/expected/help/`.

use std::collections::BTreeSet;

use crate::support::{code, err, expect, meetlat, out, run};

/// Every command with its own help, by both names.
const COMMANDS: [(&str, &str); 19] = [
    ("", ""),
    ("toets", "judge"),
    ("waarom", "why"),
    ("verbeter", "improve"),
    ("stevigheid", "firmness"),
    ("vraag", "ask"),
    ("controleer", "check"),
    ("test", "test"),
    ("overzicht", "overview"),
    ("leeg", "empty"),
    ("schema", "schema"),
    ("schema voorstel", "schema proposal"),
    ("schema oordeel", "schema verdict"),
    ("schema vraag", "schema ask"),
    ("schema verbeter", "schema improve"),
    ("schema waarom", "schema why"),
    ("schema stevigheid", "schema firmness"),
    ("schema overzicht", "schema overview"),
    ("schema meldingen", "schema messages"),
];

fn help(command: &str, more: &[&str]) -> String {
    let words = command.split_whitespace();
    let output = meetlat().args(words).args(more).output().unwrap();
    assert_eq!((code(&output), err(&output).as_str()), (0, ""), "{command}");
    out(&output)
}

#[test]
fn every_command_has_it_in_both_languages() {
    for (nl, en) in COMMANDS {
        let file = if nl.is_empty() { "meetlat".to_owned() } else { nl.replace(' ', "_") };
        let (dutch, english) = (help(nl, &["--help"]), help(en, &["--help", "--language", "en"]));
        expect(&format!("help/{file}.nl.txt"), &dutch);
        expect(&format!("help/{file}.en.txt"), &english);
        // By whatever name, with the language wherever it stands.
        assert_eq!(help(en, &["-h"]), dutch);
        assert_eq!(help(en, &["--hulp", "--taal", "nl"]), dutch);
        assert_eq!(help(nl, &["-t", "en", "--hulp"]), english);
        assert_eq!(help(nl, &["--taal=en", "-h"]), english);
        let before = meetlat().args(["--language", "en"]).args(nl.split_whitespace()).arg("--help").output();
        assert_eq!(out(&before.unwrap()), english);
    }
    assert_eq!(out(&run(&["--version"])), format!("meetlat {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(out(&run(&["--versie", "-t", "en"])), out(&run(&["-V"])));
}

#[test]
fn all_commands_are_looked_at() {
    for all in ["", "schema"] {
        let page = help(all, &["--help"]);
        let listed = page.lines().skip_while(|line| *line != "Opdrachten:" && *line != "Soorten:").skip(1);
        let listed = listed.take_while(|line| line.starts_with("  "));
        let names: Vec<String> = listed
            .filter(|line| !line.starts_with("   "))
            .map(|line| format!("{all} {}", line.split_whitespace().next().unwrap()).trim().to_owned())
            .collect();
        assert!(names.len() > 2, "{page}");
        for name in names {
            assert!(COMMANDS.iter().any(|(nl, _)| *nl == name), "{name} is not in COMMANDS");
        }
    }
}

#[test]
fn without_arguments_it_is_shown_as_wrong_usage() {
    for arguments in [&[][..], &["schema"]] {
        let output = run(arguments);
        assert_eq!((code(&output), out(&output).as_str()), (2, ""));
        assert_eq!(err(&output), help(&arguments.concat(), &["--help"]));
        let english = meetlat().args(arguments).env("LANG", "en_US.UTF-8").output().unwrap();
        assert_eq!(code(&english), 2);
        assert_eq!(err(&english), help(&arguments.concat(), &["--help", "-t", "en"]));
    }
}

/// Words that stand in the help of both languages, and are at home in both.
const SHARED: &[&str] = &[
    // What things are called.
    "aangevuld",
    "all",
    "dd",
    "document",
    "draft",
    "en",
    "help",
    "ijsselland",
    "json",
    "jsonl",
    "lang",
    "lc",
    "markdown",
    "meetlat",
    "messages",
    "mm",
    "ndjson",
    "nl",
    "route",
    "schema",
    "script",
    "test",
    // Words of both.
    "begin",
    "computer",
    "in",
    "is",
    "of",
    "open",
    "over",
    "score",
];

/// All words of the help of all commands, without the names in the other language behind "ook:" and "also:".
fn words(language: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for (command, _) in COMMANDS {
        let page = help(command, &["--help", "-t", language]);
        for line in page.lines() {
            let own = match line.rsplit_once(" (ook").or_else(|| line.rsplit_once(" (also")) {
                Some((own, other)) if other.ends_with(')') => own,
                _ => line,
            };
            let letters = own.split(|letter: char| !letter.is_alphabetic());
            words.extend(letters.filter(|word| word.chars().count() > 1).map(str::to_lowercase));
        }
    }
    words
}

#[test]
fn no_word_of_one_language_stands_in_the_other() {
    let (dutch, english) = (words("nl"), words("en"));
    assert!(dutch.len() > 150 && english.len() > 150);
    let both: Vec<&str> = dutch.intersection(&english).map(String::as_str).collect();
    assert_eq!(both, SHARED.iter().copied().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>());
    // Also those that only clap would say, and those that only the other language has.
    let only_english = [
        "usage",
        "options",
        "commands",
        "arguments",
        "possible",
        "values",
        "default",
        "print",
        "aliases",
        "the",
    ];
    assert!(only_english.iter().all(|word| !dutch.contains(*word)));
    let only_dutch =
        ["gebruik", "opties", "opdrachten", "argumenten", "soorten", "de", "het", "een", "zonder"];
    assert!(only_dutch.iter().all(|word| !english.contains(*word)));
}
