//! Values and stretches of values in Dutch words, for answer classes and missing rows.
use crate::date::Date;
use crate::model::{Choice, Domain, Kind};
use crate::number::Number;
use crate::possible::{Core, Possible, Range, Set};
use crate::show;
use crate::value::Value;

/// One value; choices are counted into `words`.
#[must_use]
pub fn value(value: &Value, words: &[String]) -> String {
    match value {
        Value::Choice(at) => words.get(usize::from(*at)).cloned().unwrap_or_default(),
        Value::Number(n) => show::number(n),
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
    match &domain.kind {
        Kind::Money { .. } => show::money(n),
        Kind::Percentage { .. } => format!("{}%", show::number(&n.mul(&Number::whole(100)))),
        _ => show::number(n),
    }
}

/// Whether a stretch runs on to where the question itself has no least, or no greatest, answer.
fn unbounded(range: &Range, domain: &Domain) -> (bool, bool) {
    let (no_least, no_greatest) = match &domain.kind {
        Kind::Integer { from, until }
        | Kind::Number { from, until }
        | Kind::Percentage { from, until }
        | Kind::Money { from, until } => (from.is_none(), until.is_none()),
        Kind::Date { from, until } => (from.is_none(), until.is_none()),
        _ => (false, false),
    };
    // The furthest answers a proposal can give; far beyond what anyone writes.
    let (least, greatest) = if range.date {
        (Number::whole(Date::MIN.day_number().into()), Number::whole(Date::MAX.day_number().into()))
    } else {
        let far = Number::decimal("1", 27).unwrap_or(Number::ZERO);
        (far.neg(), far)
    };
    (no_least && range.lo <= least, no_greatest && range.hi >= greatest)
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
            match unbounded(range, domain) {
                _ if range.lo == range.hi => end(&range.lo),
                (false, false) => format!("{} tot en met {}", end(&range.lo), end(&range.hi)),
                (true, false) if range.date => format!("uiterlijk {}", end(&range.hi)),
                (true, false) => format!("hoogstens {}", end(&range.hi)),
                (false, true) if range.date => format!("vanaf {}", end(&range.lo)),
                (false, true) => format!("minstens {}", end(&range.lo)),
                (true, true) => match &domain.kind {
                    Kind::Money { .. } => "elk bedrag".to_owned(),
                    Kind::Percentage { .. } => "elk percentage".to_owned(),
                    Kind::Date { .. } => "elke datum".to_owned(),
                    Kind::Integer { .. } => "elk heel getal".to_owned(),
                    _ => "elk getal".to_owned(),
                },
            }
        }
        Possible::Open(_) => "een waarde".to_owned(),
    }
}
