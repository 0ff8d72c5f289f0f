//! The right spelling of what somebody meant: `"€ 84.000"` → `84000`, `"1-9-2020"` → `"2020-09-01"`.

use crate::json::decimal::{decimal, json_number};
use crate::value::date::{Date, MONTHS};

/// The JSON number that a text stands for, read the Dutch way first; none when it can't be told.
pub(super) fn number(text: &str) -> Option<String> {
    let mut text = text.trim().to_lowercase();
    if text.len() > 60 {
        return None;
    }
    for word in ["euro", "eur", "€", "procent", "%"] {
        text = text.replace(word, "");
    }
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{a0}').collect();
    let text = text.strip_suffix(",-").or_else(|| text.strip_suffix(",--")).unwrap_or(&text);
    let (sign, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (whole, part) = match digits.split_once(',') {
        Some((whole, part)) => (whole, Some(part)),
        None => (digits, None),
    };
    let json = if plain(whole) {
        match part {
            None => whole.to_owned(),
            Some(part) if plain(part) => format!("{whole}.{part}"),
            Some(_) => return None,
        }
    } else {
        // Points: groups of three, or else the point of a decimal.
        let mut groups = whole.split('.');
        let first = groups.next()?;
        let rest: Vec<&str> = groups.collect();
        let grouped = plain(first) && first.len() <= 3 && rest.iter().all(|g| plain(g) && g.len() == 3);
        match (grouped, rest.as_slice(), part) {
            (true, rest, None) => format!("{first}{}", rest.concat()),
            (true, rest, Some(part)) if plain(part) => format!("{first}{}.{part}", rest.concat()),
            (false, [one], None) if plain(first) && plain(one) => format!("{first}.{one}"),
            _ => return None,
        }
    };
    Some(json_number(&decimal(&format!("{sign}{json}"))?))
}

/// The date that a text stands for; none when it can't be told.
pub(super) fn date(text: &str) -> Option<Date> {
    let text = text.trim().to_lowercase();
    if text.len() > 40 {
        return None;
    }
    // A time after the date: `2020-09-01T00:00:00Z`.
    if let Some(date) = text.get(..10).and_then(Date::from_iso) {
        return Some(date);
    }
    let parts: Vec<&str> =
        text.split(['-', '/', '.', ' ', '\u{a0}']).filter(|part| !part.is_empty()).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let month = |word: &str| {
        let name = |month: &&str| word.len() >= 3 && month.starts_with(word);
        let named = MONTHS.iter().position(name).and_then(|at| u8::try_from(at + 1).ok());
        named.or_else(|| word.parse().ok())
    };
    if a.len() == 4 {
        return Date::new(a.parse().ok()?, month(b)?, c.parse().ok()?);
    }
    if c.len() != 4 {
        return None;
    }
    Date::new(c.parse().ok()?, month(b)?, a.parse().ok()?)
}

/// The word that a text stands for when it is `geen` or `n.v.t.` in another spelling.
pub(super) fn blank(text: &str) -> Option<&'static str> {
    let text = text.trim().to_lowercase();
    match text.trim_end_matches('.') {
        "n.v.t" | "nvt" | "n.v.t. " | "niet van toepassing" | "n/a" | "na" => Some("n.v.t."),
        "geen" => Some("geen"),
        _ => None,
    }
}

/// ja, deels or nee in other words.
pub(super) fn level(text: &str) -> Option<&'static str> {
    match text.trim().to_lowercase().as_str() {
        "ja" | "j" | "yes" | "y" | "true" | "waar" | "1" => Some("ja"),
        "deels" | "gedeeltelijk" | "beetje" => Some("deels"),
        "nee" | "n" | "no" | "neen" | "false" | "onwaar" | "0" => Some("nee"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let cases = [
            ("€ 84.000", Some("84000")),
            ("€\u{a0}84.000,50", Some("84000.5")),
            ("84.000,-", Some("84000")),
            ("0,5", Some("0.5")),
            ("12,5%", Some("12.5")),
            ("1.5", Some("1.5")),
            ("-1.234.567", Some("-1234567")),
            ("84000 euro", Some("84000")),
            ("007", Some("7")),
            ("1.2.3", None),
            ("circa 5", None),
            ("", None),
            (",5", None),
        ];
        for (text, json) in cases {
            assert_eq!(number(text).as_deref(), json, "{text}");
        }
    }

    #[test]
    fn dates() {
        let meant = Date::new(2020, 9, 1);
        for text in
            ["1-9-2020", "01/09/2020", "1 september 2020", "1 sep 2020", "2020-9-1", "2020-09-01T12:00:00Z"]
        {
            assert_eq!(date(text), meant, "{text}");
        }
        for text in ["31-2-2020", "1-9-20", "september 2020", "morgen", "2020-13-01"] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
