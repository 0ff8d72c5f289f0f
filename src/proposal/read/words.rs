//! Words for messages: what was found, what belongs there, ranges and amounts as they are said.

use crate::json::tape::Shape;
use crate::message::language::{Language, Text, says, tell};
use crate::rules::model::{Choice, Domain, Kind};
use crate::value::date::Date;
use crate::value::number::Number;
use crate::value::values::Value;

/// What the keys of an object are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    Key,
    Question,
    Field,
}

/// The user's words between quotes, cut off when long.
pub(super) fn quoted(words: &str) -> String {
    const MOST: usize = 60;
    let shown: String = words.chars().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if words.chars().nth(MOST).is_some() { format!("\"{shown}…\"") } else { format!("\"{shown}\"") }
}

/// What a piece of JSON is, with its article.
pub(super) fn found(raw: &str) -> Text {
    match Shape::of(raw) {
        Shape::Null => says!("null", "null"),
        Shape::Bool => says!("{raw}", "{raw}"),
        Shape::Number => {
            let raw = quoted(raw);
            let raw = raw.trim_matches('"');
            says!("het getal {raw}", "the number {raw}")
        }
        Shape::Text => {
            let shown =
                crate::json::quote::unquoted(raw).map_or_else(|| "\"…\"".to_owned(), |text| quoted(&text));
            says!("de tekst {shown}", "the text {shown}")
        }
        Shape::List => says!("een lijst", "a list"),
        Shape::Object => says!("een object", "an object"),
    }
}

/// What answers a question takes, as a noun phrase.
pub(super) fn expected(domain: &Domain) -> Text {
    let kind = match &domain.kind {
        Kind::YesNo => says!(r#""ja" of "nee""#, r#""ja" or "nee""#),
        Kind::YesPartlyNo => says!(r#""ja", "deels" of "nee""#, r#""ja", "deels" or "nee""#),
        Kind::OneOf(_) => says!("één van de keuzes", "one of the choices"),
        Kind::SomeOf(_) => says!("een lijst van keuzes", "a list of choices"),
        Kind::Integer { .. } => says!("een heel getal", "a whole number"),
        Kind::Number { .. } => says!("een getal", "a number"),
        Kind::Percentage { .. } => {
            says!("een getal, het percentage zonder %-teken", "a number, the percentage without its % sign")
        }
        Kind::Money { .. } => says!("een bedrag als getal", "an amount as a number"),
        Kind::Date { .. } => says!("een datum als JJJJ-MM-DD", "a date as YYYY-MM-DD"),
        Kind::Text => says!("een tekst", "a text"),
        Kind::List { .. } => says!("een lijst van objecten", "a list of objects"),
    };
    let words = [(domain.none, r#""geen""#), (domain.not_applicable, r#""n.v.t.""#)];
    words
        .into_iter()
        .filter(|(has, _)| *has)
        .fold(kind, |Text { nl, en }, (_, word)| says!("{nl} of {word}", "{en} or {word}"))
}

/// The words an answer can be: ja, deels, nee, options, geen, n.v.t.; cut off after ten.
pub(super) fn words_allowed(domain: &Domain) -> Text {
    const MOST: usize = 10;
    let choices = |of: &[Choice]| of.iter().map(|choice| choice.name.clone()).collect::<Vec<_>>();
    let mut words = match &domain.kind {
        Kind::YesNo => vec!["ja".to_owned(), "nee".to_owned()],
        Kind::YesPartlyNo => vec!["ja".to_owned(), "deels".to_owned(), "nee".to_owned()],
        Kind::OneOf(of) | Kind::SomeOf(of) => choices(of),
        _ => Vec::new(),
    };
    let more = words.len() > MOST;
    words.truncate(MOST);
    for (has, word) in [(domain.none, "geen"), (domain.not_applicable, "n.v.t.")] {
        if has {
            words.push(word.to_owned());
        }
    }
    let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    let more = if more { " …" } else { "" };
    match words.split_last() {
        None => Text::default(),
        Some((last, [])) => says!("{last}{more}", "{last}{more}"),
        Some((last, rest)) => {
            let rest = rest.join(", ");
            says!("{rest} of {last}{more}", "{rest} or {last}{more}")
        }
    }
}

/// A number as it is said for its kind.
pub(super) fn said(kind: &Kind, number: &Number) -> Text {
    Text::of(|language| language.value(&Value::Number(number.clone()), kind))
}

/// `van 1 tot en met 3`, `vanaf € 0`; none without a range. Of a list: its length.
pub(crate) fn range_words(kind: &Kind, language: Language) -> Option<String> {
    match kind {
        Kind::Integer { from, until }
        | Kind::Number { from, until }
        | Kind::Percentage { from, until }
        | Kind::Money { from, until } => {
            let say = |end: &Option<Number>| {
                end.as_ref().map(|end| language.value(&Value::Number(end.clone()), kind))
            };
            span_words(say(from), say(until), language)
        }
        Kind::Date { from, until } => date_range(*from, *until, language),
        Kind::List { from, until, .. } => {
            let from = (*from > 0).then(|| from.to_string());
            span_words(from, until.map(|until| until.to_string()), language)
        }
        _ => None,
    }
}

/// [`range_words`] for a message about an answer that lies outside; nothing without a range.
pub(crate) fn range_text(kind: &Kind) -> Text {
    Text::of(|language| range_words(kind, language).unwrap_or_default())
}

fn span_words(from: Option<String>, until: Option<String>, language: Language) -> Option<String> {
    match (from, until) {
        (Some(from), Some(until)) => {
            Some(tell!(language, "van {from} tot en met {until}", "from {from} up to and including {until}"))
        }
        (Some(from), None) => Some(tell!(language, "vanaf {from}", "from {from}")),
        (None, Some(until)) => Some(tell!(language, "tot en met {until}", "up to and including {until}")),
        (None, None) => None,
    }
}

/// `van 29 januari 2020 tot en met 1 juli 2022`, `from 2020-01-29 up to and including 2022-07-01`; none when neither end is given.
pub(crate) fn date_range(from: Option<Date>, until: Option<Date>, language: Language) -> Option<String> {
    let day = |day: Date| language.pick(day.to_string(), day.to_iso());
    span_words(from.map(day), until.map(day), language)
}
