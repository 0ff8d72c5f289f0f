//! What the grammar could not read, in words: the place, what stands there, what may stand there.

use super::grammar::Rule;
use super::phrases::{keyword, phrase};
use super::reader::Reader;
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::{Text, says};
use crate::message::source::Span;
use crate::message::suggest::nearest;
use crate::rules::layout::cut::word_at;
use crate::rules::parse::fault::Fault;

impl Reader<'_> {
    /// Turns the faults into diagnostics, or drops them.
    pub(super) fn take_faults(&mut self, show: bool) {
        for fault in std::mem::take(&mut self.faults) {
            if !show {
                continue;
            }
            if self.reported_in(&(self.line_of(fault.start()).start..fault.end())) {
                self.said += 1;
                continue;
            }
            let diagnostic = explain(&fault, self);
            if diagnostic.code == Code::UnexpectedEnd {
                self.fail_for_want(diagnostic);
            } else {
                self.forget_want(fault.at());
                self.report(diagnostic);
            }
        }
    }
}

/// The diagnostic for a fault.
pub(super) fn explain(fault: &Fault, reader: &Reader<'_>) -> Diagnostic {
    match fault {
        Fault::TooDeep { at, most } => Diagnostic::new(
            Code::TooDeep,
            Span::new(reader.source, *at, at + 1),
            says!(
                "hier staan meer dan {most} haakjes in elkaar, of te veel rekentekens achter elkaar",
                "more than {most} brackets are nested here, or too many signs stand in a row"
            ),
        )
        .help(says!("geef een deel een naam als \"begrip\"", "give a part a name with \"begrip\"")),
        Fault::Phrase { at, end, expected, .. } if at == end => {
            let diagnostic = Diagnostic::new(
                Code::UnexpectedEnd,
                Span::new(reader.source, *at, *at),
                says!("deze regel is niet af", "this line is not finished"),
            );
            with_list(diagnostic, &says!("hier ontbreekt", "missing here"), expected)
        }
        Fault::Phrase { start, at, end, expected } => {
            let rest = reader.copy.get(*at..*end).unwrap_or_default();
            let span = Span::new(reader.source, *at, at + token_length(rest));
            let shown = shorten(reader.written(span));
            let before = reader.copy.get(*start..*at).unwrap_or_default().trim_end();
            let message = says!("\"{shown}\" past hier niet", "\"{shown}\" does not fit here");
            let diagnostic = Diagnostic::new(Code::UnexpectedText, span, message);
            match hint(&shown, before, rest, expected) {
                Some(help) => diagnostic.help(help),
                None => with_list(diagnostic, &says!("hier kan staan", "possible here"), expected),
            }
        }
    }
}

fn with_list(diagnostic: Diagnostic, intro: &Text, expected: &[Rule]) -> Diagnostic {
    /// More suggestions than this do not help.
    const MOST: usize = 8;
    // The end comes first in the grammar's order, but is the least useful suggestion.
    let mut words: Vec<Text> = Vec::new();
    for rule in expected
        .iter()
        .filter(|rule| **rule != Rule::EOI)
        .chain(expected.iter().filter(|rule| **rule == Rule::EOI))
    {
        if let Some(text) = phrase(*rule)
            && !words.contains(&text)
            && words.len() < MOST
        {
            words.push(text);
        }
    }
    let dutch: Vec<&str> = words.iter().map(|word| word.nl.as_str()).collect();
    let english: Vec<&str> = words.iter().map(|word| word.en.as_str()).collect();
    if words.is_empty() {
        return diagnostic;
    }
    let Text { nl, en } = intro;
    let (dutch, english) = (join(&dutch, "of"), join(&english, "or"));
    diagnostic.help(says!("{nl}: {dutch}", "{en}: {english}"))
}

fn join(words: &[&str], or: &str) -> String {
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} {or} {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// Help for a known slip.
fn hint(shown: &str, before: &str, rest: &str, expected: &[Rule]) -> Option<Text> {
    let lower = shown.to_lowercase();
    let words = || expected.iter().filter_map(|rule| keyword(*rule));
    if lower != shown && words().any(|word| word == lower) {
        return Some(says!("schrijf \"{lower}\" met kleine letters", "write \"{lower}\" in small letters"));
    }
    let last = before.rsplit(' ').next().unwrap_or_default();
    let number = last.starts_with(|c: char| c.is_ascii_digit());
    match lower.as_str() {
        "euro" | "eur" if number => return Some(says!("schrijf \"€ {last}\"", "write \"€ {last}\"")),
        "procent" | "pct" if number => return Some(says!("schrijf \"{last}%\"", "write \"{last}%\"")),
        "&" => return Some(says!("schrijf \"en\"", "write \"en\"")),
        "|" if !expected.contains(&Rule::bar) => return Some(says!("schrijf \"of\"", "write \"of\"")),
        "!" => return Some(says!("schrijf \"niet\"", "write \"niet\"")),
        ";" => return Some(says!("haal de puntkomma weg", "remove the semicolon")),
        "'" => {
            return Some(says!(
                "een tekst staat tussen dubbele aanhalingstekens: \"…\"",
                "a text stands between double quotes: \"…\""
            ));
        }
        ":" if before == word_at(before) => {
            return Some(says!(
                "achter \"{before}\" hoort geen dubbele punt",
                "no colon belongs behind \"{before}\""
            ));
        }
        _ => {}
    }
    // Texts are covered here: the comma is the one after the title.
    if before.starts_with("bron") && before.contains(':') && before.contains(',') {
        return Some(says!(
            "laat de komma en wat erachter staat weg, of schrijf daar een dag, maand of jaar: \"29 januari 2020\", \"september 2018\" of \"2018\"",
            "leave out the comma and what is behind it, or write a day, month or year there: \"29 januari 2020\", \"september 2018\" or \"2018\""
        ));
    }
    if let Some(word) = nearest(&lower, words()) {
        return Some(says!("bedoelde u \"{word}\"?", "did you mean \"{word}\"?"));
    }
    if expected.contains(&Rule::text) && !word_at(rest).is_empty() {
        return Some(says!(
            "zet de tekst tussen aanhalingstekens: \"…\"",
            "put the text between quotes: \"…\""
        ));
    }
    None
}

/// The word, number, text or sign that a text starts with.
fn token_length(text: &str) -> usize {
    let mut chars = text.char_indices();
    let Some((_, first)) = chars.next() else { return 0 };
    let word = |c: char| c.is_alphanumeric() || c == '_' || ('\u{300}'..='\u{36F}').contains(&c);
    let stop = if first == '"' {
        chars.find(|(_, c)| *c == '"').map(|(at, _)| at + 1)
    } else if first.is_ascii_digit() {
        chars.find(|(_, c)| !word(*c) && !matches!(c, '.' | ',')).map(|(at, _)| at)
    } else if word(first) {
        chars.find(|(_, c)| !word(*c)).map(|(at, _)| at)
    } else {
        chars.next().map(|(at, _)| at)
    };
    stop.unwrap_or(text.len())
}

fn shorten(text: &str) -> String {
    const MOST: usize = 40;
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= MOST {
        return line.replace('"', "").to_owned();
    }
    let mut short: String = line.chars().filter(|c| *c != '"').take(MOST).collect();
    short.push('…');
    short
}
