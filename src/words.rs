//! Values and stretches of values in Dutch words, for answer classes and missing rows.

use crate::date::Date;
use crate::model::{Choice, Domain, Kind};
use crate::number::Number;
use crate::possible::{Core, Possible, Set};
use crate::program::ChoiceUse;
use crate::show;
use crate::value::Value;
use crate::world;

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

/// Answers of a domain in words; numbers and dates that follow each other as one stretch. `longest` is the greatest
/// length that an open list was tried with: it stands for all longer ones. `used` says what rules can tell about the
/// options of a `meerdere van` question.
#[must_use]
pub fn answers(
    of: &[Possible],
    domain: &Domain,
    used: Option<&ChoiceUse>,
    longest: Option<&Number>,
) -> Vec<String> {
    if let (Kind::SomeOf(options), Some(used)) = (&domain.kind, used) {
        return choices(of, &names(options), used);
    }
    let mut words = Vec::new();
    let mut stretch: Option<Stretch> = None;
    for possible in of {
        match (Stretch::of(possible), &mut stretch) {
            (Some(next), Some(before)) if before.hi.add(&world::step(domain)) == next.lo => {
                before.hi = next.hi
            }
            (next, before) => {
                words.extend(before.take().map(|done| done.words(domain, longest)));
                match next {
                    Some(next) => stretch = Some(next),
                    None => words.push(answer(possible, domain)),
                }
            }
        }
    }
    words.extend(stretch.map(|done| done.words(domain, longest)));
    words
}

/// Sets of options, as far as rules can tell them apart.
fn choices(of: &[Possible], options: &[String], used: &ChoiceUse) -> Vec<String> {
    let named = |set: u64| -> Vec<&str> {
        options
            .iter()
            .enumerate()
            .filter(|(at, _)| set >> at & 1 == 1)
            .map(|(_, name)| name.as_str())
            .collect()
    };
    let mut words = Vec::new();
    let mut counts: Vec<u32> = Vec::new();
    for possible in of {
        match possible {
            Possible::Known(Value::Choices(set)) if used.groups.is_empty() && used.counted => {
                counts.push(set.count_ones());
            }
            Possible::Known(Value::Choices(0)) if !used.counted => words.push(match used.groups.as_slice() {
                [] => "elke keuze".to_owned(),
                [one] if one.count_ones() == 1 => format!("zonder {}", named(*one).join("")),
                [one] => format!("niet alle van {}", named(*one).join(", ")),
                all => {
                    let out: Vec<String> =
                        all.iter().map(|group| format!("zonder {}", named(*group).join(" + "))).collect();
                    out.join(", ")
                }
            }),
            Possible::Known(Value::Choices(0)) => words.push("leeg".to_owned()),
            Possible::Known(Value::Choices(set)) => words.push(named(*set).join(" + ")),
            Possible::Known(known) => words.push(value(known, &[])),
            Possible::Open(_) => words.push("een keuze".to_owned()),
        }
    }
    let most = u32::try_from(options.len()).unwrap_or(u32::MAX);
    let mut stretches: Vec<(u32, u32)> = Vec::new();
    counts.sort_unstable();
    for count in counts {
        match stretches.last_mut() {
            Some((_, hi)) if count <= *hi + 1 => *hi = count,
            _ => stretches.push((count, count)),
        }
    }
    let stretch = |(lo, hi): (u32, u32)| match (lo, hi) {
        (0, 0) => "leeg".to_owned(),
        (0, hi) if hi == most => "elke keuze".to_owned(),
        (lo, hi) if lo == hi => format!("{lo} gekozen"),
        (lo, hi) if hi == most => format!("minstens {lo} gekozen"),
        (0, hi) => format!("hoogstens {hi} gekozen"),
        (lo, hi) => format!("{lo} tot en met {hi} gekozen"),
    };
    // Counts first: geen and n.v.t. stand last.
    let mut all: Vec<String> = stretches.into_iter().map(stretch).collect();
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

    fn words(&self, domain: &Domain, longest: Option<&Number>) -> String {
        if let Kind::List { until, .. } = domain.kind {
            let open_ended =
                longest == Some(&self.hi) && until.is_none_or(|until| number_of(&self.hi) < i64::from(until));
            return self.lengths(open_ended);
        }
        let end = |n: &Number| match n.to_i64().filter(|_| self.date).and_then(Date::from_day_number) {
            Some(date) => date.to_string(),
            None => number(n, domain),
        };
        if self.lo == self.hi {
            return end(&self.lo);
        }
        // One step beside a short number is better told by that number: less than 0,5.
        let step = world::step(domain);
        let short = |n: &Number| n.exact_decimals().unwrap_or(u8::MAX);
        let fine = short(&step) > 2;
        let (below, above) = (self.lo.sub(&step), self.hi.add(&step));
        let more_than = (fine && short(&below) < short(&self.lo)).then_some(below);
        let less_than = (fine && short(&above) < short(&self.hi)).then_some(above);
        let (no_least, no_greatest) = self.unbounded(domain);
        let (at_least, at_most) = if self.date { ("vanaf", "uiterlijk") } else { ("minstens", "hoogstens") };
        let least = match &more_than {
            Some(more) => format!("meer dan {}", end(more)),
            None => format!("{at_least} {}", end(&self.lo)),
        };
        let most = match &less_than {
            Some(less) => format!("minder dan {}", end(less)),
            None => format!("{at_most} {}", end(&self.hi)),
        };
        match (no_least, no_greatest) {
            (true, true) => whatever(&domain.kind).to_owned(),
            (true, false) => most,
            (false, true) => least,
            (false, false) if more_than.is_none() && less_than.is_none() => {
                format!("{} tot en met {}", end(&self.lo), end(&self.hi))
            }
            (false, false) => format!("{least} en {most}"),
        }
    }

    /// Lengths of a list.
    fn lengths(&self, open_ended: bool) -> String {
        let (lo, hi) = (number_of(&self.lo), number_of(&self.hi));
        match (lo, hi) {
            (0, _) if open_ended => "elke lijst".to_owned(),
            (lo, _) if open_ended => format!("lengte {lo} of meer"),
            (0, 0) => "leeg".to_owned(),
            (lo, hi) if lo == hi => format!("lengte {lo}"),
            (lo, hi) => format!("lengte {lo} tot en met {hi}"),
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

fn whatever(kind: &Kind) -> &'static str {
    match kind {
        Kind::Money { .. } => "elk bedrag",
        Kind::Percentage { .. } => "elk percentage",
        Kind::Date { .. } => "elke datum",
        Kind::Integer { .. } => "elk heel getal",
        _ => "elk getal",
    }
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

fn answer(possible: &Possible, domain: &Domain) -> String {
    match possible {
        Possible::Known(known) => match &domain.kind {
            Kind::OneOf(options) => value(known, &names(options)),
            _ => value(known, &[]),
        },
        Possible::Open(_) => "een waarde".to_owned(),
    }
}
