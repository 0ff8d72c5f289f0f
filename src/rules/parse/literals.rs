//! Numbers, amounts and dates in Dutch notation, exactly; and what to write instead of a wrong one.

use super::grammar::{Pair, Rule};
use super::reader::Reader;
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::{Text, says};
use crate::message::source::{Span, Spanned};
use crate::message::suggest::nearest;
use crate::rules::syntax::{DocumentDate, Literal};
use crate::value::date::{Date, MONTHS};
use crate::value::number::Number;

/// Digits before and after the comma, as in proposals.
const WHOLE_DIGITS: usize = 30;
const DECIMALS: usize = 18;

/// What is wrong with a number: a code, the message and the remedy.
pub(super) struct Wrong {
    code: Code,
    message: Text,
    help: Text,
}

/// A number that was read, and how many decimals were written.
pub(super) struct Written {
    pub(super) value: Number,
    pub(super) decimals: u8,
}

fn bad(message: Text, help: Text) -> Wrong {
    Wrong { code: Code::BadNumber, message, help }
}

/// `0,5`, `100.000`, `-5`: a comma before the decimals, points between groups of three, all or none.
pub(super) fn dutch_number(text: &str) -> Result<Written, Wrong> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let sign = if unsigned.len() < text.len() { "-" } else { "" };
    if let Some(letter) = unsigned.chars().find(|c| !c.is_ascii_digit() && !matches!(c, '.' | ',')) {
        return Err(bad(
            says!("\"{text}\" is geen getal", "\"{text}\" is not a number"),
            says!(
                "haal \"{letter}\" weg of zet er een spatie voor",
                "remove \"{letter}\" or put a space before it"
            ),
        ));
    }
    let (whole, part) = unsigned.split_once(',').unwrap_or((unsigned, ""));
    if part.contains(',') {
        return Err(bad(
            says!("\"{text}\" heeft meer dan één komma", "\"{text}\" has more than one comma"),
            says!(
                "een komma tussen cijfers is de decimale komma; zet in een opsomming een spatie achter de komma",
                "a comma between digits is the decimal comma; put a space behind the comma of a list"
            ),
        ));
    }
    if part.contains('.') {
        let fixed = unsigned.replace(',', "").replace('.', ",");
        return Err(bad(
            says!(
                "in \"{text}\" staat de komma voor de punt",
                "in \"{text}\" the comma stands before the point"
            ),
            says!(
                "de punt scheidt duizendtallen en de komma de decimalen: \"{}\"",
                "the point separates thousands and the comma decimals: \"{}\"",
                regroup(&fixed)
            ),
        ));
    }
    let groups: Vec<&str> = whole.split('.').collect();
    let first = groups.first().copied().unwrap_or_default();
    let grouped = groups.len() > 1;
    let threes = groups.iter().skip(1).all(|group| group.len() == 3) && first.len() <= 3;
    let zero = grouped && first.starts_with('0');
    if grouped && (!threes || zero) {
        let digits: String = groups.concat();
        if groups.len() == 2 && part.is_empty() {
            let last = groups.last().copied().unwrap_or_default();
            let decimal = format!("{sign}{first},{last}");
            let thousands = if last.len() < 3 { format!("{first}{last:0<3}") } else { digits };
            let thousands = format!("{sign}{}", regroup(&thousands));
            return Err(Wrong {
                code: Code::PointInNumber,
                message: says!(
                    "\"{text}\" heeft een punt waar een komma hoort, of een groep die niet uit drie cijfers bestaat",
                    "\"{text}\" has a point where a comma belongs, or a group that is not three digits"
                ),
                help: says!(
                    "schrijf \"{decimal}\" voor een getal met decimalen, of \"{thousands}\" voor duizendtallen",
                    "write \"{decimal}\" for a number with decimals, or \"{thousands}\" for thousands"
                ),
            });
        }
        let fixed = if part.is_empty() { digits } else { format!("{digits},{part}") };
        return Err(bad(
            says!(
                "in \"{text}\" staan de punten niet om de drie cijfers",
                "in \"{text}\" the points are not three digits apart"
            ),
            says!("schrijf \"{sign}{}\"", "write \"{sign}{}\"", regroup(&fixed)),
        ));
    }
    let digits = groups.concat();
    if digits.len() > WHOLE_DIGITS || part.len() > DECIMALS {
        return Err(bad(
            says!("dit getal is te lang", "this number is too long"),
            says!(
                "hoogstens {WHOLE_DIGITS} cijfers voor de komma en {DECIMALS} erachter",
                "at most {WHOLE_DIGITS} digits before the comma and {DECIMALS} behind it"
            ),
        ));
    }
    let decimals = u8::try_from(part.len()).unwrap_or(u8::MAX);
    let value = Number::decimal(&format!("{sign}{digits}{part}"), -i32::from(decimals)).unwrap_or_default();
    Ok(Written { value, decimals })
}

/// Points between groups of three in the part before the comma.
fn regroup(number: &str) -> String {
    let (whole, part) = number.split_once(',').unwrap_or((number, ""));
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    if part.is_empty() { grouped } else { format!("{grouped},{part}") }
}

pub(super) fn dutch_money(text: &str, dash: bool) -> Result<Number, Wrong> {
    let written = dutch_number(text)?;
    if dash {
        return Err(bad(
            says!(
                "\"€ {text},-\" is geen bedrag zoals het hier geschreven wordt",
                "\"€ {text},-\" is not how an amount is written here"
            ),
            says!("schrijf \"€ {text}\"", "write \"€ {text}\""),
        ));
    }
    match written.decimals {
        0 | 2 => Ok(written.value),
        1 => Err(bad(
            says!(
                "\"€ {text}\" heeft één cijfer achter de komma",
                "\"€ {text}\" has one digit behind the comma"
            ),
            says!(
                "een bedrag heeft geen of twee decimalen: \"€ {text}0\"",
                "an amount has no decimals or two: \"€ {text}0\""
            ),
        )),
        _ => {
            let rounded = written.value.to_decimal_string(2, ',');
            Err(bad(
                says!("\"€ {text}\" is preciezer dan een cent", "\"€ {text}\" is finer than a cent"),
                says!(
                    "een bedrag heeft geen of twee decimalen, bijvoorbeeld \"€ {rounded}\"",
                    "an amount has no decimals or two, for example \"€ {rounded}\""
                ),
            ))
        }
    }
}

/// Numbers of one to four digits only, as the grammar gives them.
fn small(text: &str) -> i32 {
    text.parse().unwrap_or(0)
}

fn month_number(word: &str) -> Option<u8> {
    let at = MONTHS.iter().position(|month| *month == word)?;
    u8::try_from(at + 1).ok()
}

/// A month that is nearly right: `Juli`, `jul`, `july`.
fn month_meant(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    let short = MONTHS.iter().find(|month| lower.len() >= 3 && month.starts_with(&lower)).copied();
    short.or(if lower == "mrt" { Some("maart") } else { None }).or_else(|| nearest(&lower, MONTHS))
}

impl Reader<'_> {
    /// A number; a wrong one is reported, makes the clause fail and reads as 0.
    pub(super) fn number(&mut self, pair: &Pair<'_>) -> Written {
        let span = self.span(pair);
        match dutch_number(pair.as_str()) {
            Ok(written) => written,
            Err(wrong) => {
                self.wrong(span, wrong);
                Written { value: Number::ZERO, decimals: 0 }
            }
        }
    }

    fn wrong(&mut self, span: Span, wrong: Wrong) {
        self.fail(Diagnostic::new(wrong.code, span, wrong.message).help(wrong.help));
    }

    /// The number before the sign.
    pub(super) fn percent(&mut self, pair: &Pair<'_>) -> Written {
        match pair.clone().into_inner().next() {
            Some(number) => self.number(&number),
            None => Written { value: Number::ZERO, decimals: 0 },
        }
    }

    fn money(&mut self, pair: &Pair<'_>) -> Number {
        let mut inner = pair.clone().into_inner();
        let text = inner.next().map(|number| number.as_str().to_owned()).unwrap_or_default();
        match dutch_money(&text, inner.next().is_some()) {
            Ok(value) => value,
            Err(wrong) => {
                let span = self.span(pair);
                self.wrong(span, wrong);
                Number::ZERO
            }
        }
    }

    /// `literal`, `cell_literal`, or one of the kinds in them.
    pub(super) fn literal(&mut self, pair: &Pair<'_>) -> Option<Spanned<Literal>> {
        let pair = match pair.as_rule() {
            Rule::literal | Rule::cell_literal => pair.clone().into_inner().next()?,
            _ => pair.clone(),
        };
        let literal = match pair.as_rule() {
            Rule::number => Literal::Number(self.number(&pair).value),
            Rule::percent => Literal::Percent(self.percent(&pair).value),
            Rule::money => Literal::Money(self.money(&pair)),
            Rule::date_digits | Rule::date_words => Literal::Date(self.date(&pair)),
            Rule::text => Literal::Text(self.text(&pair).node),
            Rule::kw_ja => Literal::Yes,
            Rule::kw_deels => Literal::Partly,
            Rule::kw_nee => Literal::No,
            Rule::kw_geen => Literal::None,
            Rule::kw_nvt => {
                self.not_applicable(&pair);
                Literal::NotApplicable
            }
            _ => return None,
        };
        Some(self.spanned(literal, &pair))
    }

    /// `n.v.t.`, with all its points and without capitals.
    pub(super) fn not_applicable(&mut self, pair: &Pair<'_>) {
        let text = pair.as_str().trim_end();
        if text != "n.v.t." {
            let span = self.span(pair);
            self.report(
                Diagnostic::new(
                    Code::UnexpectedText,
                    span,
                    says!("\"{text}\" is niet helemaal \"n.v.t.\"", "\"{text}\" is not quite \"n.v.t.\""),
                )
                .help(says!("schrijf \"n.v.t.\"", "write \"n.v.t.\"")),
            );
        }
    }

    /// A date; a wrong one is reported, makes the clause fail and reads as the first day of the calendar.
    pub(super) fn date(&mut self, pair: &Pair<'_>) -> Date {
        let pair = match pair.as_rule() {
            Rule::date => match pair.clone().into_inner().next() {
                Some(inner) => inner,
                None => return Date::MIN,
            },
            _ => pair.clone(),
        };
        match pair.as_rule() {
            Rule::date_digits => self.date_in_digits(&pair),
            _ => self.date_in_words(&pair),
        }
    }

    fn date_in_digits(&mut self, pair: &Pair<'_>) -> Date {
        let text = pair.as_str().trim_end();
        let mut parts = text.split(['-', '/']);
        let mut next = || parts.next().unwrap_or_default();
        let (first, month, last) = (next(), next(), next());
        let slashes = text.contains('/');
        let (day, year) = if first.len() > 2 { (last, first) } else { (first, last) };
        let date = u8::try_from(small(month)).ok().and_then(|month| {
            let day = u8::try_from(small(day)).ok()?;
            Date::new(small(year), month, day)
        });
        let span = self.span(pair);
        if let (Some(date), true, false, 4) = (date, first.len() <= 2, slashes, year.len()) {
            return date;
        }
        let message = match date {
            Some(_) => says!(
                "\"{text}\" is geen datum zoals die hier geschreven wordt",
                "\"{text}\" is not how a date is written here"
            ),
            None => says!("de datum \"{text}\" bestaat niet", "the date \"{text}\" does not exist"),
        };
        let help = match date {
            Some(date) if year.len() == 4 => says!("schrijf \"{date}\"", "write \"{date}\""),
            _ => says!(
                "schrijf dag, maand en jaar, zoals \"1 juli 2022\"",
                "write day, month and year, such as \"1 juli 2022\""
            ),
        };
        self.fail(Diagnostic::new(Code::BadDate, span, message).help(help));
        Date::MIN
    }

    fn date_in_words(&mut self, pair: &Pair<'_>) -> Date {
        let span = self.span(pair);
        let mut inner = pair.clone().into_inner();
        let mut next = || inner.next().map(|part| part.as_str().trim_end().to_owned()).unwrap_or_default();
        let (day, word, year) = (next(), next(), next());
        let month = self.month(&word, &day, &year, span);
        let Some(month) = month else { return Date::MIN };
        if year.len() != 4 {
            self.fail(
                Diagnostic::new(
                    Code::BadDate,
                    span,
                    says!(
                        "het jaar \"{year}\" heeft geen vier cijfers",
                        "the year \"{year}\" has not four digits"
                    ),
                )
                .help(says!(
                    "schrijf het jaar voluit, zoals \"{day} {word} 2022\"",
                    "write the year in full, such as \"{day} {word} 2022\""
                )),
            );
            return Date::MIN;
        }
        let date = u8::try_from(small(&day)).ok().and_then(|day| Date::new(small(&year), month, day));
        if let Some(date) = date {
            return date;
        }
        let last = (28..=31).rev().find(|day| Date::new(small(&year), month, *day).is_some());
        let message = says!(
            "de datum \"{day} {word} {year}\" bestaat niet",
            "the date \"{day} {word} {year}\" does not exist"
        );
        let help = match last {
            Some(last) => says!("{word} {year} heeft {last} dagen", "{word} {year} has {last} days"),
            None => says!("het jaar loopt van 1 tot en met 9999", "the year runs from 1 to 9999"),
        };
        self.fail(Diagnostic::new(Code::BadDate, span, message).help(help));
        Date::MIN
    }

    fn month(&mut self, word: &str, day: &str, year: &str, span: Span) -> Option<u8> {
        if let Some(month) = month_number(word) {
            return Some(month);
        }
        let written = format!("{day} {word} {year}");
        let written = written.trim();
        let help = match month_meant(word) {
            Some(month) => {
                says!("bedoelde u \"{}\"?", "did you mean \"{}\"?", format!("{day} {month} {year}").trim())
            }
            None => says!("de maanden zijn {}", "the months are {}", MONTHS.join(", ")),
        };
        let message =
            says!("in \"{written}\" is \"{word}\" geen maand", "in \"{written}\", \"{word}\" is not a month");
        self.fail(Diagnostic::new(Code::BadDate, span, message).help(help));
        None
    }

    /// `29 januari 2020`, `september 2018`, `2018`
    pub(super) fn document_date(&mut self, pair: &Pair<'_>) -> Option<Spanned<DocumentDate>> {
        let inner = pair.clone().into_inner().next()?;
        let span = self.span(&inner);
        let date = match inner.as_rule() {
            Rule::month_year => {
                let mut parts = inner.into_inner().map(|part| part.as_str().trim_end().to_owned());
                let (word, year) = (parts.next()?, parts.next()?);
                DocumentDate::Month(small(&year), self.month(&word, "", &year, span)?)
            }
            Rule::year => DocumentDate::Year(small(inner.as_str().trim_end())),
            _ => DocumentDate::Day(self.date(&inner)),
        };
        Some(Spanned::new(date, span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        dutch_number(text).ok().map(|written| written.value.to_fraction_string())
    }

    #[test]
    fn dutch_notation() {
        for (text, value) in [
            ("0,5", "1/2"),
            ("100.000", "100000"),
            ("100000", "100000"),
            ("1.234.567,25", "4938269/4"),
            ("-5", "-5"),
            ("007", "7"),
            ("1.500", "1500"),
        ] {
            assert_eq!(read(text).as_deref(), Some(value), "{text}");
        }
        for text in
            ["1.5", "0.500", "1.50", "10.0000", "1,000.5", "1.00.000", "1000.000", "1,2,3", "3x", "1e3"]
        {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(read(&"9".repeat(30)).is_some());
        assert!(read(&"9".repeat(31)).is_none());
        assert!(read(&format!("0,{}", "9".repeat(18))).is_some());
        assert!(read(&format!("0,{}", "9".repeat(19))).is_none());
    }

    #[test]
    fn both_readings_of_a_point() {
        let help = |text| dutch_number(text).err().map(|wrong| wrong.help.nl).unwrap_or_default();
        assert!(help("1.5").contains("\"1,5\"") && help("1.5").contains("\"1.500\""));
        assert!(
            help("0.500").contains("\"0,500\"") && help("0.500").contains("\"500\""),
            "{}",
            help("0.500")
        );
        assert!(help("3.246393").contains("\"3,246393\"") && help("3.246393").contains("\"3.246.393\""));
        assert!(help("1.00.000").contains("\"100.000\""));
        assert!(help("1,000.50").contains("\"1.000,50\""));
    }
}
