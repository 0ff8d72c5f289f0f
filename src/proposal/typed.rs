//! From an answer as a person types it to JSON as a proposal has it.

use crate::json::quote::quote;
use crate::message::language::{Text, says};
use crate::proposal::form::hints;
use crate::rules::model::{Choice, Domain, Kind};
use crate::value::date::{Date, MONTHS};

/// The JSON of a typed answer: `ja` or `j`, an option by its name, its words or its number (from 1), several with commas
/// between, `€ 84.000`, `12,5%`, `1 september 2020` or `2020-09-01`, a text, for a list the number of its items; `geen` and
/// `n.v.t.` where the question allows them. Ranges are not checked here: reading the proposal does that.
///
/// # Errors
/// What is expected, when it is none of these.
pub(crate) fn typed(domain: &Domain, text: &str) -> Result<String, Text> {
    let text = text.trim();
    let word = text.to_lowercase();
    if domain.none && word == "geen" {
        return Ok(quote("geen"));
    }
    if domain.not_applicable && ["n.v.t.", "nvt", "n.v.t"].contains(&word.as_str()) {
        return Ok(quote("n.v.t."));
    }
    let found = match &domain.kind {
        Kind::YesNo => level(&word, false),
        Kind::YesPartlyNo => level(&word, true),
        Kind::OneOf(choices) => choice(choices, &word).map(quote),
        Kind::SomeOf(choices) => some_of(choices, &word),
        Kind::Integer { .. } | Kind::Number { .. } | Kind::Percentage { .. } | Kind::Money { .. } => {
            number(&word)
        }
        Kind::Date { .. } => date(&word).map(|date| quote(&date.to_iso())),
        Kind::Text => (!text.is_empty()).then(|| quote(text)),
        Kind::List { .. } => items(&word),
    };
    found.ok_or_else(|| expected(domain))
}

fn expected(domain: &Domain) -> Text {
    if matches!(domain.kind, Kind::List { .. }) {
        return says!(
            "typ hoeveel het er zijn, bijvoorbeeld 2; daarna komen de vragen per stuk",
            "type how many there are, for example 2; the questions about each follow"
        );
    }
    let Text { nl, en } = Text::of(|language| hints(domain, language).join(" "));
    says!("dat is geen antwoord op deze vraag. {nl}", "that is no answer to this question. {en}")
}

fn level(word: &str, partly: bool) -> Option<String> {
    Some(quote(match word {
        "ja" | "j" | "yes" | "y" => "ja",
        "nee" | "n" | "no" => "nee",
        "deels" | "d" if partly => "deels",
        _ => return None,
    }))
}

fn choice<'c>(choices: &'c [Choice], word: &str) -> Option<&'c str> {
    let word = word.trim();
    let named = choices.iter().find(|choice| choice.name == word || choice.label.to_lowercase() == word);
    let numbered = || choices.get(word.parse::<usize>().ok()?.checked_sub(1)?);
    named.or_else(numbered).map(|choice| choice.name.as_str())
}

fn some_of(choices: &[Choice], word: &str) -> Option<String> {
    if ["leeg", "-", "[]"].contains(&word) {
        return Some("[]".to_owned());
    }
    // Words of an option may hold a comma themselves.
    let mut names: Vec<&str> = match choice(choices, word) {
        Some(one) => vec![one],
        None => word.split(',').map(|one| choice(choices, one)).collect::<Option<_>>()?,
    };
    let mut seen = Vec::new();
    names.retain(|name| {
        let new = !seen.contains(name);
        seen.push(*name);
        new
    });
    Some(format!("[{}]", names.into_iter().map(quote).collect::<Vec<_>>().join(", ")))
}

/// `84.000,50`, `84000.5`, `-5`, with a euro or percent sign or without.
fn number(word: &str) -> Option<String> {
    let bare: String = word.chars().filter(|c| !c.is_whitespace() && !matches!(c, '€' | '%')).collect();
    let (sign, digits) = match bare.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", bare.as_str()),
    };
    let (whole, part) = match digits.split_once(',') {
        Some((whole, part)) => (whole, part),
        None => (digits, ""),
    };
    let groups: Vec<&str> = whole.split('.').collect();
    let grouped = groups.len() > 1
        && groups.iter().skip(1).all(|group| group.len() == 3)
        && groups.first().is_some_and(|first| (1..=3).contains(&first.len()));
    let (whole, part) = match groups.as_slice() {
        [whole] => ((*whole).to_owned(), part),
        _ if grouped => (groups.concat(), part),
        // A point as JSON has it.
        [whole, decimals] if part.is_empty() => ((*whole).to_owned(), *decimals),
        _ => return None,
    };
    let all_digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || !all_digits(&whole) || !all_digits(part) {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    Some(if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") })
}

/// `2020-09-01`, `1-9-2020`, `1 september 2020`.
fn date(word: &str) -> Option<Date> {
    if let Some(date) = Date::from_iso(word) {
        return Some(date);
    }
    let parts: Vec<&str> = word.split([' ', '-', '/']).filter(|part| !part.is_empty()).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let month = match MONTHS.iter().position(|name| name == month) {
        Some(at) => u8::try_from(at + 1).ok()?,
        None => month.parse().ok()?,
    };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month, day.parse().ok()?)
}

/// A list of so many items, of which nothing is answered yet.
fn items(word: &str) -> Option<String> {
    let count: usize = if word == "leeg" { 0 } else { word.parse().ok()? };
    // More items than anyone would go through one by one.
    (count <= 100).then(|| format!("[{}]", vec!["{}"; count].join(", ")))
}

#[cfg(test)]
mod tests {
    use super::{date, number};

    #[test]
    fn numbers_as_people_type_them() {
        for (typed, json) in [
            ("€ 84.000", "84000"),
            ("84.000,50", "84000.50"),
            ("1.234.567", "1234567"),
            ("12,5%", "12.5"),
            ("12.5", "12.5"),
            ("-5", "-5"),
            ("007", "7"),
            ("0,5", "0.5"),
        ] {
            assert_eq!(number(typed).as_deref(), Some(json), "{typed}");
        }
        for typed in ["", "ja", "1.23.456", "1,2,3", "--5", "1.234.56", "5e3", ",5"] {
            assert_eq!(number(typed), None, "{typed}");
        }
    }

    #[test]
    fn dates_as_people_type_them() {
        for typed in ["2020-09-01", "1-9-2020", "01-09-2020", "1 september 2020", "1/9/2020"] {
            assert_eq!(date(typed).map(|date| date.to_iso()).as_deref(), Some("2020-09-01"), "{typed}");
        }
        for typed in ["31 februari 2020", "1-9-20", "september 2020", "morgen"] {
            assert_eq!(date(typed), None, "{typed}");
        }
    }
}
