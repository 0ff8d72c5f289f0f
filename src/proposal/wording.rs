//! Values in words, in either language: `59,72%` and `€ 84.000` in Dutch, `59.72%` and `€ 84,000` in English. Printing is
//! the only place where anything is rounded; a rounded number is marked `≈`.

use crate::json::escape::{json_optional, json_text, json_texts};
use crate::json::quote::quote;
use crate::json::texts::Texts;
use crate::message::language::{Language, tell};
use crate::proposal::answers::{Answer, State};
use crate::rules::model::{Choice, Domain, Kind};
use crate::value::date::{Date, ENGLISH_MONTHS, MONTHS};
use crate::value::number::Number;
use crate::value::score_range::{Maybe, ScoreRange};
use crate::value::sink::{Sink, digits};
use crate::value::values::{Level, Value};

/// More decimals than this are not tried; then a fraction is shown.
const MOST_DECIMALS: u8 = 60;

impl Language {
    /// A fraction of one as a percentage: 2 decimals, half up, trailing zeros dropped, `≈` when rounded. It takes more
    /// decimals where the rounded value would touch or cross one of `thresholds` (fractions of one too).
    #[must_use]
    pub fn percent(self, score: &Number, thresholds: &[Number]) -> String {
        let mut text = String::with_capacity(16);
        self.percent_to(&mut text, score, thresholds);
        text
    }

    /// Writes [`Language::percent`].
    pub(crate) fn percent_to(self, out: &mut impl Sink, score: &Number, thresholds: &[Number]) {
        if self.small_percent(out, score, thresholds).is_none() {
            out.add(&self.any_percent(score, thresholds));
        }
    }

    /// The same for numbers that fit, which are nearly all; none, with nothing written, for others.
    fn small_percent(self, out: &mut impl Sink, score: &Number, thresholds: &[Number]) -> Option<()> {
        const FITS: u64 = 1 << 40;
        let (n, d) = score.small()?;
        // By far the most: the scores of nee, deels and ja.
        if let Some(words) = match (n, d) {
            (0, 1) => Some("0%"),
            (1, 2) => Some("50%"),
            (1, 1) => Some("100%"),
            _ => None,
        } {
            out.add(words);
            return Some(());
        }
        // Small enough to count in millionths and double in 64 bits.
        let (size, d) = (n.unsigned_abs(), d.unsigned_abs());
        if size >= FITS || d >= FITS {
            return None;
        }
        let mut scale = 10_000_u64;
        for decimals in 2..=4 {
            let scaled = size * scale;
            let rounded = (scaled * 2 + d) / (d * 2);
            let same = rounded * d == scaled;
            let faithful = |threshold: &Number| {
                let (a, b) = threshold.small()?;
                let (a, b) = (i128::from(a), i128::from(b));
                let signed = i128::from(rounded) * i128::from(n.signum());
                let shown = (signed * b).cmp(&(a * i128::from(scale)));
                Some(shown == (i128::from(n) * b).cmp(&(a * i128::from(d))))
            };
            let mut all = true;
            if !same {
                for threshold in thresholds {
                    all &= faithful(threshold)?;
                }
            }
            if all {
                out.add(if same { "" } else { "≈" });
                self.places_to(out, n < 0, rounded, decimals);
                out.add("%");
                return Some(());
            }
            scale *= 10;
        }
        None
    }

    /// A number counted in tenths, hundredths and so on, without zeros at its end.
    fn places_to(self, out: &mut impl Sink, below: bool, number: u64, decimals: u32) {
        let (mut rest, mut unit) = (number, 10_u64.pow(decimals));
        while unit > 1 && rest % 10 == 0 {
            (rest, unit) = (rest / 10, unit / 10);
        }
        out.add(if below && number > 0 { "-" } else { "" });
        digits(out, u128::from(rest / unit));
        if unit > 1 {
            out.add(self.pick(",", "."));
            rest %= unit;
            while unit > 1 {
                unit /= 10;
                digits(out, u128::from(rest / unit));
                rest %= unit;
            }
        }
    }

    fn any_percent(self, score: &Number, thresholds: &[Number]) -> String {
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
                return format!("{mark}{}%", trimmed(&self.decimal(&rounded, decimals)));
            }
        }
        tell!(self, "{} van het geheel", "{} of the whole", score.to_fraction_string())
    }

    /// A score over all completions: `50%`, `50% tot en met 75%`, `50% of n.v.t.`, `n.v.t.`; in English `50% to 75%`, both
    /// ends included.
    #[must_use]
    pub fn score(self, score: &ScoreRange, thresholds: &[Number]) -> String {
        let mut text = String::new();
        self.score_to(&mut text, score, thresholds);
        text
    }

    /// Writes [`Language::score`].
    pub(crate) fn score_to(self, out: &mut impl Sink, score: &ScoreRange, thresholds: &[Number]) {
        let Some((least, greatest)) = &score.range else { return out.add(self.not_applicable()) };
        self.percent_to(out, least, thresholds);
        if least != greatest {
            out.add(self.pick(" tot en met ", " to "));
            self.percent_to(out, greatest, thresholds);
        }
        if score.not_applicable == Maybe::Maybe {
            out.add(if least == greatest { "" } else { "," });
            out.add(self.pick(" of n.v.t.", " or n/a"));
        }
    }

    /// From one to another, both included.
    pub(crate) fn between(self, least: &str, greatest: &str) -> String {
        tell!(self, "{least} tot en met {greatest}", "{least} to {greatest}")
    }

    /// An amount: `€ 84.000`, `€ 84.000,50`, in English `€ 84,000.50`; `≈` when it is not a whole number of cents.
    #[must_use]
    pub fn money(self, euros: &Number) -> String {
        let mut text = String::new();
        self.money_to(&mut text, euros);
        text
    }

    /// Writes [`Language::money`].
    pub(crate) fn money_to(self, out: &mut impl Sink, euros: &Number) {
        let Some((n, 1)) = euros.small() else { return out.add(&self.any_money(euros)) };
        out.add(if n < 0 { "€ -" } else { "€ " });
        let mut unit = 1_u64;
        while unit <= n.unsigned_abs() / 1000 {
            unit *= 1000;
        }
        let mut rest = n.unsigned_abs();
        digits(out, u128::from(rest / unit));
        while unit > 1 {
            (rest, unit) = (rest % unit, unit / 1000);
            out.add(self.pick(".", ","));
            let group = rest / unit;
            out.add(if group < 10 {
                "00"
            } else if group < 100 {
                "0"
            } else {
                ""
            });
            digits(out, u128::from(group));
        }
    }

    fn any_money(self, euros: &Number) -> String {
        let (rounded, same) = euros.round_to(2);
        let decimals = if rounded.is_whole() { 0 } else { 2 };
        let mark = if same { "" } else { "≈" };
        let sign = if rounded.is_negative() { "-" } else { "" };
        format!("{mark}€ {sign}{}", self.grouped(&rounded.abs(), decimals))
    }

    /// A plain number: `0,5`, `1200`; at most 6 decimals, `≈` when rounded.
    #[must_use]
    pub fn number(self, number: &Number) -> String {
        let mut text = String::new();
        self.number_to(&mut text, number);
        text
    }

    /// Writes [`Language::number`].
    pub(crate) fn number_to(self, out: &mut impl Sink, number: &Number) {
        if decimal_of(out, number, self.pick(",", ".")).is_none() {
            out.add(&self.any_number(number));
        }
    }

    fn any_number(self, number: &Number) -> String {
        let decimals = number.exact_decimals().filter(|&decimals| decimals <= 18);
        match decimals {
            Some(decimals) => self.decimal(number, decimals),
            None => format!("≈{}", trimmed(&self.decimal(number, 6))),
        }
    }

    /// How many there are: `2.000.000`.
    #[must_use]
    pub(crate) fn count(self, count: u64) -> String {
        self.grouped(&Number::whole(i64::try_from(count).unwrap_or(i64::MAX)), 0)
    }

    /// A day: `1 maart 2020`, `1 March 2020`.
    #[must_use]
    pub fn day(self, date: Date) -> String {
        let mut text = String::new();
        self.day_to(&mut text, date);
        text
    }

    /// Writes [`Language::day`].
    pub(crate) fn day_to(self, out: &mut impl Sink, date: Date) {
        let months = self.pick(&MONTHS, &ENGLISH_MONTHS);
        let (year, month, day) = date.parts();
        let month = months.get(usize::from(month).saturating_sub(1)).copied().unwrap_or_default();
        digits(out, u128::from(day));
        out.add(" ");
        out.add(month);
        out.add(" ");
        digits(out, u128::from(year));
    }

    /// A value of a question or field in words. The labels of options are as the rules write them.
    #[must_use]
    pub fn value(self, value: &Value, kind: &Kind) -> String {
        let mut text = String::new();
        self.value_to(&mut text, value, kind);
        text
    }

    /// Writes [`Language::value`].
    pub(crate) fn value_to(self, out: &mut impl Sink, value: &Value, kind: &Kind) {
        match (value, kind) {
            (Value::None, _) => out.add(self.none()),
            (Value::NotApplicable, _) => out.add(self.not_applicable()),
            (Value::Bool(true), _) => out.add(self.pick("waar", "true")),
            (Value::Bool(false), _) => out.add(self.pick("niet waar", "not true")),
            (Value::Level(level), _) => out.add(self.level(*level)),
            (Value::Choice(at), Kind::OneOf(options)) => {
                out.add(options.get(usize::from(*at)).map_or("", |option| &option.label));
            }
            (Value::Choices(0), Kind::SomeOf(_)) => out.add(self.pick("geen enkele", "none of them")),
            (Value::Choices(set), Kind::SomeOf(options)) => {
                for (at, option) in chosen(*set, options).enumerate() {
                    out.add(if at > 0 { "; " } else { "" });
                    out.add(&option.label);
                }
            }
            (Value::Number(n), Kind::Percentage { .. }) => {
                self.number_to(out, &n.mul(&Number::whole(100)));
                out.add("%");
            }
            (Value::Number(n), Kind::Money { .. }) => self.money_to(out, n),
            (Value::Number(n), _) => self.number_to(out, n),
            (Value::Date(date), _) => self.day_to(out, *date),
            (Value::Text | Value::Choice(_) | Value::Choices(_), _) => {}
        }
    }

    /// An answer of the proposal whose texts these are, in words; `nog open` when there is none.
    #[must_use]
    pub fn answer(self, answer: &Answer, domain: &Domain, texts: &Texts) -> String {
        match &answer.state {
            State::Open => match answer.written {
                Some(written) => {
                    let word = texts.text(written).unwrap_or_else(|| texts.json(written).into());
                    let word = self.answer_word(&word, domain).map_or(&*word, |known| known);
                    tell!(
                        self,
                        "{word}, maar nog zonder de onderbouwing die erbij moet",
                        "{word}, but still without the grounds that it needs"
                    )
                }
                None => self.pick("nog open", "still open").to_owned(),
            },
            State::Given(Value::Text) => match answer.written.and_then(|written| texts.text(written)) {
                Some(text) => format!("\"{text}\""),
                None => String::new(),
            },
            State::Given(given) => self.value(given, &domain.kind),
            State::Items(items) if items.is_empty() => {
                self.pick("een lege lijst", "an empty list").to_owned()
            }
            State::Items(items) => {
                let Kind::List { fields, .. } = &domain.kind else { return String::new() };
                let shown = items.iter().enumerate().map(|(at, item)| {
                    let parts = fields.iter().zip(item);
                    let parts: Vec<String> = parts
                        .map(|(field, part)| {
                            format!("{} {}", field.name, self.answer(part, &field.domain, texts))
                        })
                        .collect();
                    format!("({}) {}", at + 1, parts.join(", "))
                });
                shown.collect::<Vec<_>>().join("; ")
            }
        }
    }

    /// A word that rules and proposals use for an answer, in this language; none where it is not such a word.
    fn answer_word(self, written: &str, domain: &Domain) -> Option<&'static str> {
        let levels = matches!(domain.kind, Kind::YesNo | Kind::YesPartlyNo);
        match written {
            "geen" if domain.none => Some(self.none()),
            "n.v.t." if domain.not_applicable => Some(self.not_applicable()),
            word if levels => self.level_word(word),
            _ => None,
        }
    }

    /// `ja`, `deels` or `nee` in this language; none for another word.
    pub(crate) fn level_word(self, written: &str) -> Option<&'static str> {
        let levels = [Level::No, Level::Partly, Level::Yes];
        levels.into_iter().find(|level| level.word() == written).map(|level| self.level(level))
    }

    /// A ja/deels/nee answer.
    pub(crate) fn level(self, level: Level) -> &'static str {
        match level {
            Level::No => self.pick(level.word(), "no"),
            Level::Partly => self.pick(level.word(), "partly"),
            Level::Yes => self.pick(level.word(), "yes"),
        }
    }

    /// The answer that there is none.
    pub(crate) fn none(self) -> &'static str {
        self.pick("geen", "none")
    }

    /// The answer that it does not apply.
    pub(crate) fn not_applicable(self) -> &'static str {
        self.pick("n.v.t.", "n/a")
    }

    /// `a`, `a en b`, `a, b en c`.
    #[must_use]
    pub fn list<T: AsRef<str>>(self, words: &[T]) -> String {
        joined(words, self.pick("en", "and"))
    }

    /// `a`, `a of b`, `a, b of c`.
    #[must_use]
    pub fn either<T: AsRef<str>>(self, words: &[T]) -> String {
        joined(words, self.pick("of", "or"))
    }

    /// The same of answers: `a, b; of c` where one has a comma of its own.
    #[must_use]
    pub fn answers_either<T: AsRef<str>>(self, answers: &[T]) -> String {
        match answers {
            [before @ .., last] if between(answers) == "; " && !before.is_empty() => {
                let before: Vec<&str> = before.iter().map(AsRef::as_ref).collect();
                format!("{}; {} {}", before.join("; "), self.pick("of", "or"), last.as_ref())
            }
            _ => self.either(answers),
        }
    }

    /// Rounded to a number of decimals.
    fn decimal(self, number: &Number, decimals: u8) -> String {
        number.to_decimal_string(decimals, self.pick(',', '.'))
    }

    /// The same, with a mark between groups of three digits before the decimals.
    fn grouped(self, number: &Number, decimals: u8) -> String {
        let (point, between) = self.pick((',', '.'), ('.', ','));
        let digits = self.decimal(number, decimals);
        let (whole, part) =
            digits.split_once(point).map_or((&*digits, None), |(whole, part)| (whole, Some(part)));
        let mut out = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                out.push(between);
            }
            out.push(digit);
        }
        if let Some(part) = part {
            out.push(point);
            out.push_str(part);
        }
        out
    }
}

/// [`Language::percent`] in the notation of the rule language.
#[must_use]
pub fn percent(score: &Number, thresholds: &[Number]) -> String {
    Language::Nl.percent(score, thresholds)
}

/// [`Language::score`] in the words of the rule language.
#[must_use]
pub fn score(score: &ScoreRange, thresholds: &[Number]) -> String {
    Language::Nl.score(score, thresholds)
}

/// An answer as JSON in the form a proposal has it, without grounds; none when nothing was answered.
#[must_use]
pub(crate) fn answer_json(answer: &Answer, domain: &Domain, texts: &Texts) -> Option<String> {
    match &answer.state {
        State::Open => {
            let json = texts.json(answer.written?);
            let written: serde_json::Value = serde_json::from_str(json).ok()?;
            // Numbers are kept as they were written.
            Some(if written.is_number() { json.to_owned() } else { written.to_string() })
        }
        State::Given(given) => Some(value_json(given, answer, &domain.kind, texts)),
        State::Items(items) => {
            let Kind::List { fields, .. } = &domain.kind else { return None };
            let items = items.iter().map(|item| {
                let parts = fields.iter().zip(item).map(|(field, part)| {
                    let value = answer_json(part, &field.domain, texts);
                    format!("{}:{}", quote(&field.name), value.as_deref().unwrap_or("null"))
                });
                format!("{{{}}}", parts.collect::<Vec<_>>().join(","))
            });
            Some(format!("[{}]", items.collect::<Vec<_>>().join(",")))
        }
    }
}

fn value_json(value: &Value, answer: &Answer, kind: &Kind, texts: &Texts) -> String {
    match (value, kind) {
        (Value::Text, _) => {
            let text = answer.written.and_then(|written| texts.text(written));
            text.map_or_else(|| "null".to_owned(), |text| quote(&text))
        }
        _ => {
            let mut out = String::new();
            value_json_to(&mut out, value, kind);
            out
        }
    }
}

/// Writes a value in the form a proposal has it; texts are not values.
pub(crate) fn value_json_to(out: &mut String, value: &Value, kind: &Kind) {
    match (value, kind) {
        (Value::None, _) => out.push_str("\"geen\""),
        (Value::NotApplicable, _) => out.push_str("\"n.v.t.\""),
        (Value::Bool(truth), _) => out.push_str(if *truth { "true" } else { "false" }),
        (Value::Level(level), _) => json_text(out, level.word()),
        (Value::Choice(at), Kind::OneOf(options)) => {
            json_optional(out, options.get(usize::from(*at)).map(|option| option.name.as_str()));
        }
        (Value::Choices(set), Kind::SomeOf(options)) => {
            json_texts(out, chosen(*set, options).map(|option| option.name.as_str()));
        }
        (Value::Number(n), Kind::Percentage { .. }) => decimal_to(out, &n.mul(&Number::whole(100))),
        (Value::Number(n), _) => decimal_to(out, n),
        (Value::Date(date), _) => {
            out.push('"');
            date.iso_to(out);
            out.push('"');
        }
        (Value::Choice(_) | Value::Choices(_) | Value::Text, _) => out.push_str("null"),
    }
}

/// Writes a number that came from a decimal, as a JSON number.
fn decimal_to(out: &mut String, number: &Number) {
    if decimal_of(out, number, ".").is_none() {
        out.push_str(&number.to_decimal_string(number.exact_decimals().unwrap_or(18), '.'));
    }
}

/// Writes a number that fits and needs few decimals, exactly; none, with nothing written, for others.
fn decimal_of(out: &mut impl Sink, number: &Number, point: &str) -> Option<()> {
    const MOST: u8 = 6;
    let (n, d) = number.small()?;
    if d == 1 {
        number.fraction_to(out);
        return Some(());
    }
    let decimals = number.exact_decimals().filter(|&decimals| decimals <= MOST)?;
    let mut unit = 10_u64.pow(u32::from(decimals));
    let scaled = n.unsigned_abs().checked_mul(unit)? / d.unsigned_abs();
    out.add(if n < 0 { "-" } else { "" });
    digits(out, u128::from(scaled / unit));
    out.add(point);
    let mut rest = scaled % unit;
    while unit > 1 {
        unit /= 10;
        digits(out, u128::from(rest / unit));
        rest %= unit;
    }
    Some(())
}

fn chosen(set: u64, options: &[Choice]) -> impl Iterator<Item = &Choice> {
    options.iter().enumerate().filter(move |(at, _)| *at < 64 && set >> at & 1 == 1).map(|(_, option)| option)
}

/// With a full stop at its end, unless it already ends a sentence: never `n.v.t..`.
#[must_use]
pub fn stopped(text: impl Into<String>) -> String {
    let mut text = text.into();
    if !text.ends_with(['.', '?', '!']) {
        text.push('.');
    }
    text
}

/// What separates listed answers: a comma, or a semicolon where one of them has a comma of its own outside quotes. Given sets of
/// options have semicolons of their own, and keep the comma.
#[must_use]
pub fn between<T: AsRef<str>>(answers: &[T]) -> &'static str {
    let has = |mark: &str| {
        answers.iter().any(|answer| answer.as_ref().split('"').step_by(2).any(|part| part.contains(mark)))
    };
    if has(", ") && !has("; ") { "; " } else { ", " }
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

/// Without zeros at the end of the decimals, and without a point or comma that nothing follows.
fn trimmed(digits: &str) -> &str {
    let marks = [',', '.'];
    if digits.contains(marks) { digits.trim_end_matches('0').trim_end_matches(marks) } else { digits }
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
    fn numbers_that_fit_are_shown_as_all_others() {
        let thresholds = [f(7, 10), f(2, 3), f(6667, 10_000), f(-1, 8)];
        for language in [Language::Nl, Language::En] {
            for (n, d) in
                (-40..120).flat_map(|n| [1, 2, 3, 7, 8, 16, 100, 999, 10_000].map(|d| (n * n * n, d)))
            {
                let number = f(n, d);
                assert_eq!(language.percent(&number, &[]), language.any_percent(&number, &[]));
                assert_eq!(
                    language.percent(&number, &thresholds),
                    language.any_percent(&number, &thresholds)
                );
                assert_eq!(language.money(&number), language.any_money(&number));
                assert_eq!(language.number(&number), language.any_number(&number));
                let mut text = String::new();
                number.fraction_to(&mut text);
                assert_eq!(text, number.to_fraction_string());
            }
            for n in [i64::MAX, i64::MIN + 1, 999, 1000, 999_999, 1_000_000, 1_000_001] {
                assert_eq!(language.money(&f(n, 1)), language.any_money(&f(n, 1)));
                assert_eq!(
                    language.percent(&f(n, 7), &thresholds),
                    language.any_percent(&f(n, 7), &thresholds)
                );
            }
        }
    }

    #[test]
    fn amounts() {
        assert_eq!(Language::Nl.money(&f(84_000, 1)), "€ 84.000");
        assert_eq!(Language::Nl.money(&f(168_001, 2)), "€ 84.000,50");
        assert_eq!(Language::Nl.money(&f(3_246_393, 1)), "€ 3.246.393");
        assert_eq!(Language::Nl.money(&f(5, 1)), "€ 5");
        assert_eq!(Language::Nl.money(&f(-1000, 1)), "€ -1.000");
        assert_eq!(Language::Nl.money(&f(1, 3)), "≈€ 0,33");
        assert_eq!(Language::Nl.number(&f(1, 2)), "0,5");
        assert_eq!(Language::Nl.number(&f(1, 3)), "≈0,333333");
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
        assert_eq!(Language::Nl.list(&["a", "b", "c"]), "a, b en c");
        assert_eq!(Language::Nl.either(&["a", "b"]), "a of b");
        assert_eq!(Language::Nl.answers_either(&["a", "b", "\"c, d\""]), "a, b of \"c, d\"");
        assert_eq!(Language::Nl.answers_either(&["a", "1 gekozen, zonder b"]), "a; of 1 gekozen, zonder b");
        assert_eq!(Language::Nl.answers_either(&["a; b", "a; b, c"]), "a; b of a; b, c");
        assert_eq!(stopped("de score is n.v.t."), "de score is n.v.t.");
        assert_eq!(stopped("het antwoord is ja"), "het antwoord is ja.");
    }
}
