//! Answers of a class, and answers that follow each other as one stretch.

use crate::evaluate::possible::{Core, Possible, Set};
use crate::evaluate::world;
use crate::judge::chosen;
use crate::judge::findings::Answers;
use crate::program::nodes::ChoiceUse;
use crate::rules::model::{Domain, Kind};
use crate::value::date::Date;
use crate::value::number::Number;
use crate::value::values::Value;

/// Answers of a question or field, as they are told: numbers and dates that follow each other together, sets of options by what
/// they have in common. `used` is what rules can tell about the options of a `meerdere van` question; a field has none.
#[must_use]
pub fn described(of: &[Possible], domain: &Domain, used: Option<&ChoiceUse>) -> Vec<Answers> {
    if let (Kind::SomeOf(options), Some(used)) = (&domain.kind, used) {
        return choices(of, options.len(), used);
    }
    let mut all = Vec::new();
    let mut stretch: Option<Stretch> = None;
    for possible in of {
        match (Stretch::of(possible), &mut stretch) {
            (Some(next), Some(before)) if before.hi.add(&world::step(domain)) == next.lo => {
                before.hi = next.hi
            }
            (next, before) => {
                all.extend(before.take().map(|done| done.answers(domain)));
                match next {
                    Some(next) => stretch = Some(next),
                    None => all.push(one(possible)),
                }
            }
        }
    }
    all.extend(stretch.map(|done| done.answers(domain)));
    all
}

/// One answer; of a list its length.
pub(crate) fn only(value: &Value, domain: &Domain) -> Answers {
    match Stretch::known(value).filter(|_| matches!(domain.kind, Kind::List { .. })) {
        Some(length) => length.answers(domain),
        None => Answers::Only(value.clone()),
    }
}

fn one(possible: &Possible) -> Answers {
    possible.known().map_or(Answers::Any, |known| Answers::Only(known.clone()))
}

/// Sets of options; what else a question can be answered with stands last.
fn choices(of: &[Possible], options: usize, used: &ChoiceUse) -> Vec<Answers> {
    let (mut sets, mut others) = (Vec::new(), Vec::new());
    for possible in of {
        match possible {
            Possible::Known(Value::Choices(set)) => sets.push(*set),
            other => others.push(one(other)),
        }
    }
    let mut all = chosen::described(&sets, options, used);
    all.extend(others);
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
        match possible {
            Possible::Known(known) => Self::known(known),
            Possible::Open(Set { core: Core::Range(range), .. }) => {
                Some(Self { lo: range.lo.clone(), hi: range.hi.clone(), date: range.date })
            }
            Possible::Open(_) => None,
        }
    }

    fn known(value: &Value) -> Option<Self> {
        let (at, date) = match value {
            Value::Number(n) => (n.clone(), false),
            Value::Date(date) => (Number::whole(date.day_number().into()), true),
            _ => return None,
        };
        Some(Self { lo: at.clone(), hi: at, date })
    }

    fn answers(self, domain: &Domain) -> Answers {
        if let Kind::List { until, .. } = domain.kind {
            let (least, greatest) = (length(&self.lo), length(&self.hi));
            // Longer than any list that is read.
            let open_ended = until.is_none() && greatest > u64::from(u32::MAX);
            return Answers::Lengths { least, greatest: (!open_ended).then_some(greatest) };
        }
        let day = |n: &Number| n.to_i64().filter(|_| self.date).and_then(Date::from_day_number);
        if self.lo == self.hi {
            let number = || Value::Number(self.lo.clone());
            return Answers::Only(day(&self.lo).map_or_else(number, Value::Date));
        }
        let (no_least, no_greatest) = self.unbounded(domain);
        let (lo, hi) = (Some(&self.lo).filter(|_| !no_least), Some(&self.hi).filter(|_| !no_greatest));
        match self.date {
            true => Answers::Days { first: lo.and_then(day), last: hi.and_then(day) },
            false => Answers::Numbers { least: lo.cloned(), greatest: hi.cloned() },
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

fn length(n: &Number) -> u64 {
    n.to_i64().map_or(u64::MAX, |length| u64::try_from(length).unwrap_or(0))
}
