//! Sets of possible values: what an operation can yield when some answers are open. Always a superset of what
//! completions give (sound); exact where no answer is used twice. Elsewhere a diagram gives the exact set.

use std::borrow::Cow;

use crate::value::date::Date;
use crate::value::number::Number;
use crate::value::values::{Level, Value};

/// Place of an open answer among the slots of an evaluation.
pub type Slot = u32;

/// What a value can be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Possible {
    /// Exactly this.
    Known(Value),
    /// One of several.
    Open(Set),
}

/// Several possible values.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Set {
    /// It may be `geen`.
    pub none: bool,
    /// It may be `n.v.t.`.
    pub not_applicable: bool,
    /// What else it may be.
    pub core: Core,
}

/// Possible values apart from geen and n.v.t.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Core {
    /// None.
    Nothing,
    /// True and false.
    Bools,
    /// Bit 0: nee, 1: deels, 2: ja.
    Levels(u8),
    /// Bit `i`: option `i`.
    Choices(u64),
    /// Any of so many options: more than fit in a mask.
    AnyChoice(u16),
    /// All of the first, none outside the second.
    Subset {
        /// Chosen for certain.
        must: u64,
        /// Possibly chosen.
        may: u64,
    },
    /// Numbers, money or (as day numbers) dates between two ends, both included.
    Range(Box<Range>),
    /// A text.
    Text,
    /// Anything: a table has no such row.
    Anything,
}

/// Numbers between two ends.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Range {
    /// Least.
    pub lo: Number,
    /// Greatest.
    pub hi: Number,
    /// Day numbers of dates.
    pub date: bool,
    /// How it depends on open answers, where it is linear in them.
    pub line: Option<Line>,
}

/// Which open answer a number is, or which fixed number: `base + Σ coefficient × answer`. Terms ascend by slot; no coefficient is 0.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Line {
    /// The fixed part.
    pub base: Number,
    /// The terms.
    pub terms: Vec<(Slot, Number)>,
}

impl Line {
    /// A fixed number.
    #[must_use]
    pub fn constant(base: Number) -> Self {
        Self { base, terms: Vec::new() }
    }

    /// One answer itself.
    #[must_use]
    pub fn of(slot: Slot) -> Self {
        Self { base: Number::ZERO, terms: vec![(slot, Number::ONE)] }
    }
}

impl Possible {
    /// A truth value.
    #[must_use]
    pub const fn truth(value: bool) -> Self {
        Self::Known(Value::Bool(value))
    }

    /// True, false or both; both when neither is given.
    #[must_use]
    pub const fn bools(may_be_true: bool, may_be_false: bool) -> Self {
        match (may_be_true, may_be_false) {
            (true, false) => Self::truth(true),
            (false, true) => Self::truth(false),
            _ => Self::Open(Set { none: false, not_applicable: false, core: Core::Bools }),
        }
    }

    /// A number.
    #[must_use]
    pub const fn number(number: Number) -> Self {
        Self::Known(Value::Number(number))
    }

    /// Numbers between two ends.
    #[must_use]
    pub fn range(lo: Number, hi: Number, date: bool, line: Option<Line>) -> Self {
        if lo == hi {
            return Self::Known(plain(&lo, date));
        }
        Set::plain(Core::Range(Box::new(Range { lo, hi, date, line }))).into()
    }

    /// The value, when there is only one.
    #[must_use]
    pub const fn known(&self) -> Option<&Value> {
        match self {
            Self::Known(value) => Some(value),
            Self::Open(_) => None,
        }
    }

    /// Whether it can be true, and whether it can be false.
    #[must_use]
    pub const fn truths(&self) -> (bool, bool) {
        match self {
            Self::Known(Value::Bool(value)) => (*value, !*value),
            Self::Known(_) => (false, true),
            Self::Open(_) => (true, true),
        }
    }

    /// Its parts: may be geen, may be n.v.t., and the rest.
    #[must_use]
    pub fn parts(&self) -> Cow<'_, Set> {
        match self {
            Self::Open(set) => Cow::Borrowed(set),
            Self::Known(value) => {
                let plain = Set::plain;
                Cow::Owned(match value {
                    Value::None => Set { none: true, not_applicable: false, core: Core::Nothing },
                    Value::NotApplicable => Set { none: false, not_applicable: true, core: Core::Nothing },
                    Value::Bool(_) => plain(Core::Bools),
                    Value::Level(level) => plain(Core::Levels(level_bit(*level))),
                    Value::Choice(at) if *at < 64 => plain(Core::Choices(1 << at)),
                    Value::Choice(at) => plain(Core::AnyChoice(at.saturating_add(1))),
                    Value::Choices(set) => plain(Core::Subset { must: *set, may: *set }),
                    Value::Number(number) => plain(Core::Range(Box::new(point(number.clone(), false)))),
                    Value::Date(date) => {
                        plain(Core::Range(Box::new(point(Number::whole(i64::from(date.day_number())), true))))
                    }
                    Value::Text => plain(Core::Text),
                })
            }
        }
    }

    /// Whether it may have a value (neither geen nor n.v.t.), and whether it may have none.
    #[must_use]
    pub fn may_have_value(&self) -> (bool, bool) {
        match self {
            Self::Known(value) => {
                let has = value.has_value();
                (has, !has)
            }
            Self::Open(set) => (set.core != Core::Nothing, set.none || set.not_applicable),
        }
    }

    /// The numbers it may be, when it may be a number or date.
    #[must_use]
    pub fn as_range(&self) -> Option<Range> {
        match self {
            Self::Known(Value::Number(number)) => Some(point(number.clone(), false)),
            Self::Known(Value::Date(date)) => Some(point(Number::whole(i64::from(date.day_number())), true)),
            Self::Open(Set { core: Core::Range(range), .. }) => Some((**range).clone()),
            _ => None,
        }
    }

    /// All values it may be, when they can be listed and are at most `most`.
    #[must_use]
    pub fn values(&self, most: usize) -> Option<Vec<Value>> {
        let set = match self {
            Self::Known(value) => return Some(vec![value.clone()]),
            Self::Open(set) => set,
        };
        let mut values = match &set.core {
            Core::Nothing => Vec::new(),
            Core::Bools => vec![Value::Bool(false), Value::Bool(true)],
            Core::Levels(mask) => LEVELS
                .iter()
                .filter(|level| mask & level_bit(**level) != 0)
                .map(|level| Value::Level(*level))
                .collect(),
            Core::Choices(mask) => (0..64).filter(|at| mask >> at & 1 == 1).map(Value::Choice).collect(),
            Core::AnyChoice(count) => (0..*count).map(Value::Choice).collect(),
            Core::Text => vec![Value::Text],
            Core::Subset { .. } | Core::Range(_) | Core::Anything => return None,
        };
        if set.none {
            values.push(Value::None);
        }
        if set.not_applicable {
            values.push(Value::NotApplicable);
        }
        (values.len() <= most).then_some(values)
    }

    /// The union.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        if self == other {
            return self.clone();
        }
        let (a, b) = (self.parts().into_owned(), other.parts().into_owned());
        let core = match (a.core, b.core) {
            (Core::Nothing, core) | (core, Core::Nothing) => core,
            (Core::Bools, Core::Bools) => Core::Bools,
            (Core::Levels(a), Core::Levels(b)) => Core::Levels(a | b),
            (Core::Choices(a), Core::Choices(b)) => Core::Choices(a | b),
            (Core::AnyChoice(a), Core::AnyChoice(b)) => Core::AnyChoice(a.max(b)),
            (Core::AnyChoice(a), Core::Choices(_)) | (Core::Choices(_), Core::AnyChoice(a)) => {
                Core::AnyChoice(a.max(64))
            }
            (Core::Subset { must: a, may: b }, Core::Subset { must: c, may: d }) => {
                Core::Subset { must: a & c, may: b | d }
            }
            (Core::Range(a), Core::Range(b)) => {
                let line = if a.line == b.line { a.line.clone() } else { None };
                let date = a.date;
                Core::Range(Box::new(Range { lo: a.lo.min(b.lo), hi: a.hi.max(b.hi), date, line }))
            }
            (Core::Text, Core::Text) => Core::Text,
            _ => Core::Anything,
        };
        Set { none: a.none || b.none, not_applicable: a.not_applicable || b.not_applicable, core }.into()
    }
}

const LEVELS: [Level; 3] = [Level::No, Level::Partly, Level::Yes];

/// The bit of a level in [`Core::Levels`].
#[must_use]
pub const fn level_bit(level: Level) -> u8 {
    match level {
        Level::No => 1,
        Level::Partly => 2,
        Level::Yes => 4,
    }
}

fn point(number: Number, date: bool) -> Range {
    Range { lo: number.clone(), hi: number.clone(), date, line: Some(Line::constant(number)) }
}

fn plain(number: &Number, date: bool) -> Value {
    if date {
        // Day numbers stay inside the calendar: ranges of dates are cut to it.
        Value::Date(number.to_i64().and_then(Date::from_day_number).unwrap_or(Date::MAX))
    } else {
        Value::Number(number.clone())
    }
}

impl Set {
    /// Without geen and n.v.t.
    #[must_use]
    pub const fn plain(core: Core) -> Self {
        Self { none: false, not_applicable: false, core }
    }
}

/// A set of one value becomes [`Possible::Known`].
impl From<Set> for Possible {
    fn from(set: Set) -> Self {
        match (&set.core, set.none, set.not_applicable) {
            (Core::Nothing, true, false) => Self::Known(Value::None),
            (Core::Nothing, false, true) => Self::Known(Value::NotApplicable),
            (Core::Levels(mask), false, false) if mask.count_ones() == 1 => LEVELS
                .iter()
                .find(|level| level_bit(**level) == *mask)
                .map_or(Self::Open(set.clone()), |level| Self::Known(Value::Level(*level))),
            (Core::Choices(mask), false, false) if mask.count_ones() == 1 => {
                Self::Known(Value::Choice(u16::try_from(mask.trailing_zeros()).unwrap_or(u16::MAX)))
            }
            (Core::Subset { must, may }, false, false) if must == may => Self::Known(Value::Choices(*must)),
            (Core::Range(range), false, false) if range.lo == range.hi => {
                Self::Known(plain(&range.lo, range.date))
            }
            (Core::Text, false, false) => Self::Known(Value::Text),
            _ => Self::Open(set),
        }
    }
}
