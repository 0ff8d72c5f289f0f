//! Values and stretches of values in words, for answer classes and missing rows.

use crate::evaluate::possible::{Core, Possible, Set};
use crate::evaluate::world;
use crate::judge::chosen;
use crate::message::language::{Language, Text, tell};
use crate::program::nodes::ChoiceUse;
use crate::rules::model::{Choice, Domain, Kind};
use crate::value::date::Date;
use crate::value::number::Number;
use crate::value::values::{Level, Value};

/// One value; choices are places in `words`.
#[must_use]
pub fn value(value: &Value, words: &[String], language: Language) -> String {
    match value {
        Value::Choice(at) => words.get(usize::from(*at)).cloned().unwrap_or_default(),
        Value::Number(n) => language.number(n),
        Value::Date(date) => language.day(*date),
        Value::Level(level) => language.level(*level).to_owned(),
        Value::Bool(true) => language.level(Level::Yes).to_owned(),
        Value::Bool(false) => language.level(Level::No).to_owned(),
        Value::None => language.none().to_owned(),
        Value::NotApplicable => language.not_applicable().to_owned(),
        Value::Choices(_) | Value::Text => String::new(),
    }
}

/// The words for answers.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// Of this question or field.
    pub domain: &'a Domain,
    /// What rules can tell about the options of a `meerdere van` question.
    pub used: Option<&'a ChoiceUse>,
}

impl Words<'_> {
    /// With options by their names; numbers and dates that follow each other as one stretch.
    #[must_use]
    pub fn names(&self, of: &[Possible], language: Language) -> Vec<String> {
        self.answers(of, language, |option| option.name.clone())
    }

    /// In both languages, with options by their labels: as many as [`Self::names`], in the same order.
    #[must_use]
    pub fn texts(&self, of: &[Possible]) -> Vec<Text> {
        let label = |option: &Choice| {
            if option.label == option.name { option.name.clone() } else { format!("\"{}\"", option.label) }
        };
        let [nl, en] = [Language::Nl, Language::En].map(|language| self.answers(of, language, label));
        nl.into_iter().zip(en).map(|(nl, en)| Text { nl, en }).collect()
    }

    fn answers(&self, of: &[Possible], language: Language, call: impl Fn(&Choice) -> String) -> Vec<String> {
        let domain = self.domain;
        let options: Vec<String> = match &domain.kind {
            Kind::OneOf(options) | Kind::SomeOf(options) => options.iter().map(call).collect(),
            _ => Vec::new(),
        };
        if let (Kind::SomeOf(_), Some(used)) = (&domain.kind, self.used) {
            return choices(of, &options, used, language);
        }
        let mut words = Vec::new();
        let mut stretch: Option<Stretch> = None;
        for possible in of {
            match (Stretch::of(possible), &mut stretch) {
                (Some(next), Some(before)) if before.hi.add(&world::step(domain)) == next.lo => {
                    before.hi = next.hi
                }
                (next, before) => {
                    words.extend(before.take().map(|done| done.words(domain, language)));
                    match next {
                        Some(next) => stretch = Some(next),
                        None => words.push(match possible {
                            Possible::Known(known) => value(known, &options, language),
                            Possible::Open(_) => language.pick("een waarde", "a value").to_owned(),
                        }),
                    }
                }
            }
        }
        words.extend(stretch.map(|done| done.words(domain, language)));
        words
    }
}

/// Sets of options; the other answers of the question come last.
fn choices(of: &[Possible], options: &[String], used: &ChoiceUse, language: Language) -> Vec<String> {
    let (mut sets, mut words) = (Vec::new(), Vec::new());
    for possible in of {
        match possible {
            Possible::Known(Value::Choices(set)) => sets.push(*set),
            Possible::Known(known) => words.push(value(known, &[], language)),
            Possible::Open(_) => words.push(language.pick("een keuze", "a choice").to_owned()),
        }
    }
    let mut all = chosen::told(&sets, options, used, language);
    all.extend(words);
    all
}

/// Numbers from one to another, both included; dates by their day numbers.
struct Stretch {
    lo: Number,
    hi: Number,
    date: bool,
}

impl Stretch {
    fn of(possible: &Possible) -> Option<Self> {
        let at = |n: Number, date| Some(Self { lo: n.clone(), hi: n, date });
        match possible {
            Possible::Known(Value::Number(n)) => at(n.clone(), false),
            Possible::Known(Value::Date(date)) => at(Number::whole(date.day_number().into()), true),
            Possible::Open(Set { core: Core::Range(range), .. }) => {
                Some(Self { lo: range.lo.clone(), hi: range.hi.clone(), date: range.date })
            }
            _ => None,
        }
    }

    fn words(&self, domain: &Domain, language: Language) -> String {
        if let Kind::List { until, .. } = domain.kind {
            // Longer than any list that can be read.
            let open_ended = until.is_none() && number_of(&self.hi) > i64::from(u32::MAX);
            return self.lengths(open_ended, language);
        }
        let end = |n: &Number| match n.to_i64().filter(|_| self.date).and_then(Date::from_day_number) {
            Some(date) => language.day(date),
            None => number(n, domain, language),
        };
        if self.lo == self.hi {
            return end(&self.lo);
        }
        // A number one step from a short one is clearer in terms of that: less than 0,5.
        let step = world::step(domain);
        let short = |n: &Number| n.exact_decimals().unwrap_or(u8::MAX);
        let fine = short(&step) > 2;
        let (below, above) = (self.lo.sub(&step), self.hi.add(&step));
        let more_than = (fine && short(&below) < short(&self.lo)).then_some(below);
        let less_than = (fine && short(&above) < short(&self.hi)).then_some(above);
        let (no_least, no_greatest) = self.unbounded(domain);
        let (at_least, at_most) = match self.date {
            true => language.pick(("vanaf", "uiterlijk"), ("on or after", "on or before")),
            false => language.pick(("minstens", "hoogstens"), ("at least", "at most")),
        };
        let least = match &more_than {
            Some(more) => tell!(language, "meer dan {}", "more than {}", end(more)),
            None => format!("{at_least} {}", end(&self.lo)),
        };
        let most = match &less_than {
            Some(less) => tell!(language, "minder dan {}", "less than {}", end(less)),
            None => format!("{at_most} {}", end(&self.hi)),
        };
        match (no_least, no_greatest) {
            (true, true) => whatever(&domain.kind, language).to_owned(),
            (true, false) => most,
            (false, true) => least,
            (false, false) if more_than.is_none() && less_than.is_none() => {
                language.between(&end(&self.lo), &end(&self.hi))
            }
            (false, false) => language.list(&[least, most]),
        }
    }

    /// Lengths of a list.
    fn lengths(&self, open_ended: bool, language: Language) -> String {
        let (lo, hi) = (number_of(&self.lo), number_of(&self.hi));
        match (lo, hi) {
            (0, _) if open_ended => language.pick("elke lijst", "any list").to_owned(),
            (lo, _) if open_ended => tell!(language, "lengte {lo} of meer", "{lo} or more items"),
            (0, 0) => language.pick("leeg", "no items").to_owned(),
            (1, 1) => language.pick("lengte 1", "1 item").to_owned(),
            (lo, hi) if lo == hi => tell!(language, "lengte {lo}", "{lo} items"),
            (lo, hi) => tell!(language, "lengte {lo} tot en met {hi}", "{lo} to {hi} items"),
        }
    }

    /// Whether it runs on to where the question itself has no least, or no greatest, answer.
    fn unbounded(&self, domain: &Domain) -> (bool, bool) {
        let (no_least, no_greatest) = match &domain.kind {
            Kind::Integer { from, until }
            | Kind::Number { from, until }
            | Kind::Percentage { from, until }
            | Kind::Money { from, until } => (from.is_none(), until.is_none()),
            Kind::Date { from, until } => (from.is_none(), until.is_none()),
            _ => (false, false),
        };
        // The furthest answers a proposal can give; far beyond what anyone writes.
        let (least, greatest) = if self.date {
            (Number::whole(Date::MIN.day_number().into()), Number::whole(Date::MAX.day_number().into()))
        } else {
            let far = Number::decimal("1", 27).unwrap_or(Number::ZERO);
            (far.neg(), far)
        };
        (no_least && self.lo <= least, no_greatest && self.hi >= greatest)
    }
}

fn number_of(n: &Number) -> i64 {
    n.to_i64().unwrap_or(i64::MAX)
}

fn whatever(kind: &Kind, language: Language) -> &'static str {
    match kind {
        Kind::Money { .. } => language.pick("elk bedrag", "any amount"),
        Kind::Percentage { .. } => language.pick("elk percentage", "any percentage"),
        Kind::Date { .. } => language.pick("elke datum", "any date"),
        Kind::Integer { .. } => language.pick("elk heel getal", "any whole number"),
        _ => language.pick("elk getal", "any number"),
    }
}

fn number(n: &Number, domain: &Domain, language: Language) -> String {
    match &domain.kind {
        Kind::Money { .. } => language.money(n),
        Kind::Percentage { .. } => format!("{}%", language.number(&n.mul(&Number::whole(100)))),
        _ => language.number(n),
    }
}
