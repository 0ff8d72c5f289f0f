//! Words for messages: what was found, what belongs there, ranges and amounts as they are said.

use crate::json::tape::Shape;
use crate::message::language::{Text, says};
use crate::proposal::wording;
use crate::rules::model::{Choice, Domain, Kind};
use crate::value::date::Date;
use crate::value::number::Number;

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
    let Text { mut nl, mut en } = kind;
    for (has, word) in [(domain.none, r#""geen""#), (domain.not_applicable, r#""n.v.t.""#)] {
        if has {
            nl = format!("{nl} of {word}");
            en = format!("{en} or {word}");
        }
    }
    Text { nl, en }
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

/// A value in the words of its kind.
pub(super) fn said(kind: &Kind, number: &Number) -> String {
    match kind {
        Kind::Money { .. } => wording::money(number),
        Kind::Percentage { .. } => format!("{}%", wording::number(&number.mul(&Number::whole(100)))),
        _ => wording::number(number),
    }
}

/// `van 1 tot en met 3`, `vanaf € 0`; none without a range. Of a list: its length.
pub(crate) fn range_words(kind: &Kind) -> Option<Text> {
    match kind {
        Kind::Integer { from, until }
        | Kind::Number { from, until }
        | Kind::Percentage { from, until }
        | Kind::Money { from, until } => {
            let say = |end: &Option<Number>| end.as_ref().map(|end| said(kind, end));
            span_words(say(from), say(until))
        }
        Kind::Date { from, until } if from.is_some() || until.is_some() => Some(date_range(*from, *until)),
        Kind::List { from, until, .. } => {
            let from = (*from > 0).then(|| from.to_string());
            span_words(from, until.map(|until| until.to_string()))
        }
        _ => None,
    }
}

fn span_words(from: Option<String>, until: Option<String>) -> Option<Text> {
    match (from, until) {
        (Some(from), Some(until)) => {
            Some(says!("van {from} tot en met {until}", "from {from} up to and including {until}"))
        }
        (Some(from), None) => Some(says!("vanaf {from}", "from {from}")),
        (None, Some(until)) => Some(says!("tot en met {until}", "up to and including {until}")),
        (None, None) => None,
    }
}

/// `van 29 januari 2020 tot en met 1 juli 2022`; empty when neither end is given.
pub(crate) fn date_range(from: Option<Date>, until: Option<Date>) -> Text {
    let nl = span_words(from.map(|day| day.to_string()), until.map(|day| day.to_string()));
    let en = span_words(from.map(Date::to_iso), until.map(Date::to_iso));
    Text { nl: nl.map(|text| text.nl).unwrap_or_default(), en: en.map(|text| text.en).unwrap_or_default() }
}
