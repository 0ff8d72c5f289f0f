//! Values and stretches of values in Dutch words, for answer classes and missing rows.
use crate::model::{Choice, Domain, Kind};
use crate::number::Number;
use crate::possible::{Core, Possible, Set};
use crate::value::Value;

/// One value; choices are counted into `words`.
#[must_use]
pub fn value(value: &Value, words: &[String]) -> String {
    match value {
        Value::Choice(at) => words.get(usize::from(*at)).cloned().unwrap_or_default(),
        Value::Number(n) => n.to_decimal_string(n.exact_decimals().unwrap_or(2), ','),
        Value::Date(date) => date.to_string(),
        Value::Level(level) => level.word().to_owned(),
        Value::Bool(true) => "ja".to_owned(),
        Value::Bool(false) => "nee".to_owned(),
        Value::None => "geen".to_owned(),
        Value::NotApplicable => "n.v.t.".to_owned(),
        Value::Choices(_) | Value::Text => String::new(),
    }
}

/// Answers of a domain, each in words; stretches of numbers as such.
#[must_use]
pub fn answers(of: &[Possible], domain: &Domain) -> Vec<String> {
    of.iter().map(|possible| answer(possible, domain)).collect()
}

fn names(options: &[Choice]) -> Vec<String> {
    options.iter().map(|option| option.name.clone()).collect()
}

fn number(n: &Number, domain: &Domain) -> String {
    let plain = |n: &Number| n.to_decimal_string(n.exact_decimals().unwrap_or(2), ',');
    match &domain.kind {
        Kind::Money { .. } => format!("€ {}", plain(n)),
        Kind::Percentage { .. } => format!("{}%", plain(&n.mul(&Number::whole(100)))),
        _ => plain(n),
    }
}

fn answer(possible: &Possible, domain: &Domain) -> String {
    match possible {
        Possible::Known(Value::Choices(set)) => {
            let Kind::SomeOf(options) = &domain.kind else { return String::new() };
            let chosen: Vec<String> = names(options)
                .into_iter()
                .enumerate()
                .filter(|(at, _)| set >> at & 1 == 1)
                .map(|(_, name)| name)
                .collect();
            if chosen.is_empty() { "leeg".to_owned() } else { chosen.join(" + ") }
        }
        Possible::Known(Value::Number(n)) => number(n, domain),
        Possible::Known(known) => match &domain.kind {
            Kind::OneOf(options) => value(known, &names(options)),
            _ => value(known, &[]),
        },
        Possible::Open(Set { core: Core::Range(range), .. }) => {
            let end = |n: &Number| {
                if range.date {
                    let date = n.to_i64().and_then(crate::date::Date::from_day_number);
                    date.map_or_else(String::new, |date| date.to_string())
                } else {
                    number(n, domain)
                }
            };
            format!("{} tot en met {}", end(&range.lo), end(&range.hi))
        }
        Possible::Open(_) => "een waarde".to_owned(),
    }
}
