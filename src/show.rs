//! Values in Dutch notation. Printing is the only place where anything is rounded; a rounded number is marked `≈`.

use crate::json::quote;
use crate::judgement::{Maybe, ScoreRange};
use crate::model::{Choice, Domain, Kind, Question};
use crate::number::Number;
use crate::proposal::{Answer, State};
use crate::value::Value;

/// More decimals than this are not tried; then a fraction is shown.
const MOST_DECIMALS: u8 = 60;

/// A fraction of one as a percentage: 2 decimals, half up, trailing zeros dropped, `≈` when rounded. It takes more
/// decimals where the rounded value would touch or cross one of `thresholds` (fractions of one too).
#[must_use]
pub fn percent(score: &Number, thresholds: &[Number]) -> String {
    let hundred = Number::whole(100);
    let exact = score.mul(&hundred);
    for decimals in 2..=MOST_DECIMALS {
        let (rounded, same) = exact.round_to(decimals);
        let faithful = |threshold: &Number| {
            let threshold = threshold.mul(&hundred);
            rounded.cmp(&threshold) == exact.cmp(&threshold)
        };
        if same || thresholds.iter().all(faithful) {
            let mark = if same { "" } else { "≈" };
            return format!("{mark}{}%", trimmed(&rounded.to_decimal_string(decimals, ',')));
        }
    }
    format!("{} van het geheel", score.to_fraction_string())
}

/// A score over all completions: `50%`, `50% tot en met 75%`, `50% of n.v.t.`, `n.v.t.`.
#[must_use]
pub fn score(score: &ScoreRange, thresholds: &[Number]) -> String {
    let Some((least, greatest)) = &score.range else { return "n.v.t.".to_owned() };
    let mut text = percent(least, thresholds);
    if least != greatest {
        text.push_str(" tot en met ");
        text.push_str(&percent(greatest, thresholds));
    }
    if score.not_applicable == Maybe::Maybe {
        text.push_str(if least == greatest { " of n.v.t." } else { ", of n.v.t." });
    }
    text
}

/// An amount: `€ 84.000`, `€ 84.000,50`; `≈` when it is no whole number of cents.
#[must_use]
pub fn money(euros: &Number) -> String {
    let (rounded, same) = euros.round_to(2);
    let decimals = if rounded.is_whole() { 0 } else { 2 };
    let mark = if same { "" } else { "≈" };
    let sign = if rounded.is_negative() { "-" } else { "" };
    format!("{mark}€ {sign}{}", grouped(&rounded.abs().to_decimal_string(decimals, ',')))
}

/// A plain number: `0,5`, `1200`; at most 6 decimals, `≈` when rounded.
#[must_use]
pub fn number(number: &Number) -> String {
    let decimals = number.exact_decimals().filter(|&decimals| decimals <= 18);
    match decimals {
        Some(decimals) => number.to_decimal_string(decimals, ','),
        None => format!("≈{}", trimmed(&number.to_decimal_string(6, ','))),
    }
}

/// A value of a question or field in Dutch words.
#[must_use]
pub fn value(value: &Value, kind: &Kind) -> String {
    match (value, kind) {
        (Value::None, _) => "geen".to_owned(),
        (Value::NotApplicable, _) => "n.v.t.".to_owned(),
        (Value::Bool(true), _) => "waar".to_owned(),
        (Value::Bool(false), _) => "niet waar".to_owned(),
        (Value::Level(level), _) => level.word().to_owned(),
        (Value::Choice(at), Kind::OneOf(options)) => label(options, *at),
        (Value::Choices(set), Kind::SomeOf(options)) => {
            let labels: Vec<&str> = chosen(*set, options).map(|option| option.label.as_str()).collect();
            if labels.is_empty() { "geen enkele".to_owned() } else { labels.join("; ") }
        }
        (Value::Number(n), Kind::Percentage { .. }) => {
            format!("{}%", number(&n.mul(&Number::whole(100))))
        }
        (Value::Number(n), Kind::Money { .. }) => money(n),
        (Value::Number(n), _) => number(n),
        (Value::Date(date), _) => date.to_string(),
        (Value::Text | Value::Choice(_) | Value::Choices(_), _) => String::new(),
    }
}

/// An answer in Dutch words; `nog open` when there is none.
#[must_use]
pub fn answer(answer: &Answer, domain: &Domain) -> String {
    match &answer.state {
        State::Open => match &answer.written {
            Some(written) => {
                let word = written_text(answer).unwrap_or_else(|| written.clone());
                format!("{word}, maar nog zonder de onderbouwing die erbij moet")
            }
            None => "nog open".to_owned(),
        },
        State::Given(Value::Text) => match written_text(answer) {
            Some(text) => format!("\"{text}\""),
            None => String::new(),
        },
        State::Given(given) => value(given, &domain.kind),
        State::Items(items) if items.is_empty() => "een lege lijst".to_owned(),
        State::Items(items) => {
            let Kind::List { fields, .. } = &domain.kind else { return String::new() };
            let shown = items.iter().enumerate().map(|(at, item)| {
                let parts = fields.iter().zip(item);
                let parts: Vec<String> = parts
                    .map(|(field, part)| format!("{} {}", field.name, self::answer(part, &field.domain)))
                    .collect();
                format!("({}) {}", at + 1, parts.join(", "))
            });
            shown.collect::<Vec<_>>().join("; ")
        }
    }
}

/// An answer as JSON in the form a proposal has it, without grounds; none when nothing was answered.
#[must_use]
pub(crate) fn answer_json(answer: &Answer, domain: &Domain) -> Option<String> {
    match &answer.state {
        State::Open => {
            let written: serde_json::Value = serde_json::from_str(answer.written.as_deref()?).ok()?;
            // Numbers are kept as they were written.
            if written.is_number() { answer.written.clone() } else { Some(written.to_string()) }
        }
        State::Given(given) => Some(value_json(given, answer, &domain.kind)),
        State::Items(items) => {
            let Kind::List { fields, .. } = &domain.kind else { return None };
            let items = items.iter().map(|item| {
                let parts = fields.iter().zip(item).map(|(field, part)| {
                    let value = answer_json(part, &field.domain);
                    format!("{}:{}", quote(&field.name), value.as_deref().unwrap_or("null"))
                });
                format!("{{{}}}", parts.collect::<Vec<_>>().join(","))
            });
            Some(format!("[{}]", items.collect::<Vec<_>>().join(",")))
        }
    }
}

fn value_json(value: &Value, answer: &Answer, kind: &Kind) -> String {
    match (value, kind) {
        (Value::None, _) => quote("geen"),
        (Value::NotApplicable, _) => quote("n.v.t."),
        (Value::Bool(truth), _) => truth.to_string(),
        (Value::Level(level), _) => quote(level.word()),
        (Value::Choice(at), Kind::OneOf(options)) => {
            options.get(usize::from(*at)).map_or_else(|| "null".to_owned(), |option| quote(&option.name))
        }
        (Value::Choices(set), Kind::SomeOf(options)) => {
            let names = chosen(*set, options).map(|option| quote(&option.name));
            format!("[{}]", names.collect::<Vec<_>>().join(","))
        }
        (Value::Number(n), Kind::Percentage { .. }) => decimal(&n.mul(&Number::whole(100))),
        (Value::Number(n), _) => decimal(n),
        (Value::Date(date), _) => quote(&date.to_iso()),
        (Value::Text, _) => written_text(answer).map_or_else(|| "null".to_owned(), |text| quote(&text)),
        (Value::Choice(_) | Value::Choices(_), _) => "null".to_owned(),
    }
}

/// A number that came from a decimal, as a JSON number.
fn decimal(n: &Number) -> String {
    n.to_decimal_string(n.exact_decimals().unwrap_or(18), '.')
}

fn written_text(answer: &Answer) -> Option<String> {
    serde_json::from_str(answer.written.as_deref()?).ok()
}

fn label(options: &[Choice], at: u16) -> String {
    options.get(usize::from(at)).map(|option| option.label.clone()).unwrap_or_default()
}

fn chosen(set: u64, options: &[Choice]) -> impl Iterator<Item = &Choice> {
    options.iter().enumerate().filter(move |(at, _)| *at < 64 && set >> at & 1 == 1).map(|(_, option)| option)
}

/// With a full stop at its end, unless something that ends a sentence stands there: never `n.v.t..`.
#[must_use]
pub fn stopped(text: &str) -> String {
    if text.ends_with(['.', '?', '!']) { text.to_owned() } else { format!("{text}.") }
}

/// `a`, `a en b`, `a, b en c`.
#[must_use]
pub fn list<T: AsRef<str>>(words: &[T]) -> String {
    joined(words, "en")
}

/// `a`, `a of b`, `a, b of c`.
#[must_use]
pub fn either<T: AsRef<str>>(words: &[T]) -> String {
    joined(words, "of")
}

fn joined<T: AsRef<str>>(words: &[T], last_word: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [before @ .., last] => {
            let before: Vec<&str> = before.iter().map(AsRef::as_ref).collect();
            format!("{} {last_word} {}", before.join(", "), last.as_ref())
        }
    }
}

/// A phrase in pieces: words that may be names (true), and all between them, texts in quotes included.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let name = |c: char| c.is_alphanumeric() || c == '_';
        let (word, end) = if first == '"' {
            let mut quotes = rest.char_indices().skip(1).filter(|(_, c)| *c == '"');
            (false, quotes.next().map(|(at, _)| at + 1))
        } else if name(first) {
            (true, rest.find(|c: char| !name(c)))
        } else {
            (false, rest.find(|c: char| c == '"' || name(c)))
        };
        let (piece, after) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        rest = after;
        Some((word, piece))
    })
}

/// What a question's answer may be, for people who fill it in: `ja, deels of nee`.
#[must_use]
pub fn choices(question: &Question) -> String {
    domain(&question.domain)
}

/// What an answer may be, in Dutch words.
#[must_use]
pub fn domain(domain: &Domain) -> String {
    let (kind, range) = match &domain.kind {
        Kind::YesNo => ("ja of nee".to_owned(), String::new()),
        Kind::YesPartlyNo => ("ja, deels of nee".to_owned(), String::new()),
        Kind::OneOf(options) => (format!("een van {}", names(options)), String::new()),
        Kind::SomeOf(options) => (format!("meerdere van {}", names(options)), String::new()),
        Kind::Integer { from, until } => ("heel getal".to_owned(), range(from, until, number)),
        Kind::Number { from, until } => ("getal".to_owned(), range(from, until, number)),
        Kind::Percentage { from, until } => {
            ("percentage".to_owned(), range(from, until, |n| percent(n, &[])))
        }
        Kind::Money { from, until } => ("bedrag".to_owned(), range(from, until, money)),
        Kind::Date { from, until } => ("datum".to_owned(), range(from, until, ToString::to_string)),
        Kind::Text => ("tekst".to_owned(), String::new()),
        Kind::List { fields, .. } => {
            let fields: Vec<String> = fields
                .iter()
                .map(|field| format!("{} ({})", field.name, self::domain(&field.domain)))
                .collect();
            (format!("lijst van {}", fields.join(", ")), String::new())
        }
    };
    let mut text = format!("{kind}{range}");
    if domain.none {
        text.push_str(", of geen");
    }
    if domain.not_applicable {
        text.push_str(", of n.v.t.");
    }
    text
}

fn names(options: &[Choice]) -> String {
    options.iter().map(|option| option.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn range<T>(from: &Option<T>, until: &Option<T>, show: impl Fn(&T) -> String) -> String {
    match (from, until) {
        (None, None) => String::new(),
        (Some(from), None) => format!(" vanaf {}", show(from)),
        (None, Some(until)) => format!(" tot en met {}", show(until)),
        (Some(from), Some(until)) => format!(" van {} tot en met {}", show(from), show(until)),
    }
}

/// Without zeros at the end of the decimals, and without a comma that nothing follows.
fn trimmed(digits: &str) -> &str {
    if digits.contains(',') { digits.trim_end_matches('0').trim_end_matches(',') } else { digits }
}

/// A point between groups of three digits before the comma.
fn grouped(digits: &str) -> String {
    let (whole, part) = digits.split_once(',').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push('.');
        }
        out.push(digit);
    }
    if let Some(part) = part {
        out.push(',');
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn f(n: i64, d: i64) -> Number {
        Number::fraction(n, d).unwrap()
    }

    #[test]
    fn percentages_never_touch_or_cross_a_threshold() {
        assert_eq!(percent(&f(1, 2), &[]), "50%");
        assert_eq!(percent(&f(93, 110), &[]), "≈84,55%");
        assert_eq!(percent(&f(1, 8), &[]), "12,5%");
        assert_eq!(percent(&f(1, 1), &[f(7, 10)]), "100%");
        assert_eq!(percent(&f(699_999, 1_000_000), &[f(7, 10)]), "69,9999%");
        assert_eq!(percent(&f(699_999, 1_000_000), &[f(1, 2)]), "≈70%");
        assert_eq!(percent(&f(7, 10), &[f(7, 10)]), "70%");
        assert_eq!(percent(&f(2, 3), &[f(6667, 10_000)]), "≈66,667%");
        assert_eq!(percent(&f(2, 3), &[f(2, 3)]), "2/3 van het geheel");
        assert_eq!(percent(&f(-1, 3), &[]), "≈-33,33%");
    }

    #[test]
    fn amounts() {
        assert_eq!(money(&f(84_000, 1)), "€ 84.000");
        assert_eq!(money(&f(168_001, 2)), "€ 84.000,50");
        assert_eq!(money(&f(3_246_393, 1)), "€ 3.246.393");
        assert_eq!(money(&f(5, 1)), "€ 5");
        assert_eq!(money(&f(-1000, 1)), "€ -1.000");
        assert_eq!(money(&f(1, 3)), "≈€ 0,33");
        assert_eq!(number(&f(1, 2)), "0,5");
        assert_eq!(number(&f(1, 3)), "≈0,333333");
    }

    #[test]
    fn ranges() {
        let range = |range, not_applicable| score(&ScoreRange { range, not_applicable }, &[]);
        assert_eq!(range(Some((f(1, 2), f(3, 4))), Maybe::No), "50% tot en met 75%");
        assert_eq!(range(Some((f(1, 2), f(3, 4))), Maybe::Maybe), "50% tot en met 75%, of n.v.t.");
        assert_eq!(range(Some((f(1, 2), f(1, 2))), Maybe::Maybe), "50% of n.v.t.");
        assert_eq!(range(None, Maybe::Yes), "n.v.t.");
    }

    #[test]
    fn words() {
        assert_eq!(list(&["a", "b", "c"]), "a, b en c");
        assert_eq!(either(&["a", "b"]), "a of b");
        assert_eq!(stopped("de score is n.v.t."), "de score is n.v.t.");
        assert_eq!(stopped("het antwoord is ja"), "het antwoord is ja.");
    }

    #[test]
    fn pieces_make_up_the_text() {
        let text = "thema is een van a, b_2 (\"é a\" 5%)";
        let shown: Vec<(bool, &str)> = pieces(text).collect();
        assert_eq!(shown.iter().map(|(_, piece)| *piece).collect::<String>(), text);
        assert!(shown.contains(&(true, "b_2")) && shown.contains(&(false, "\"é a\"")));
    }
}
