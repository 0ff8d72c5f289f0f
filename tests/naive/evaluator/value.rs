//! Values, and a calendar of its own: day by day, no closed formulas.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use meetlat::Date;
use meetlat::findings::Number;
use num_bigint::BigInt;
use num_rational::BigRational;

/// What an expression can be worth in one completion.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Value {
    /// nee 0, deels 1, ja 2
    Grade(u8),
    /// An option.
    Word(String),
    /// The choices of a `meerdere van`.
    Words(BTreeSet<String>),
    /// Numbers, percentages (5% is 1/20) and amounts in euros; scores too.
    Number(BigRational),
    Date(Day),
    /// Texts are all alike: nothing reads what they say.
    Text,
    List(Vec<Item>),
    /// `geen`
    None,
    /// `n.v.t.`
    NotApplicable,
}

/// One record of a list.
pub(crate) type Item = BTreeMap<String, Value>;

impl Value {
    pub(crate) const NEE: Self = Self::Grade(0);
    pub(crate) const DEELS: Self = Self::Grade(1);
    pub(crate) const JA: Self = Self::Grade(2);

    /// Its order; none for what has no order, so for geen and n.v.t. too.
    pub(crate) fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Grade(a), Self::Grade(b)) => Some(a.cmp(b)),
            (Self::Number(a), Self::Number(b)) => Some(a.cmp(b)),
            (Self::Date(a), Self::Date(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }

    /// Neither geen nor n.v.t.
    pub(crate) fn is_value(&self) -> bool {
        !matches!(self, Self::None | Self::NotApplicable)
    }
}

/// A day: year, month, day of the month. The order of the fields is the order of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day {
    pub(crate) year: i32,
    month: u8,
    day: u8,
}

impl Day {
    pub(crate) fn of(date: Date) -> Self {
        Self { year: date.year(), month: date.month(), day: date.day() }
    }

    /// Days since a fixed one, as the engine counts them.
    pub(crate) fn number(self) -> i64 {
        i64::from(Date::new(self.year, self.month, self.day).unwrap().day_number())
    }

    fn last_of_month(year: i32, month: u8) -> u8 {
        match month {
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    pub(crate) fn tomorrow(self) -> Self {
        if self.day < Self::last_of_month(self.year, self.month) {
            Self { day: self.day + 1, ..self }
        } else if self.month < 12 {
            Self { month: self.month + 1, day: 1, ..self }
        } else {
            Self { year: self.year + 1, month: 1, day: 1 }
        }
    }

    pub(crate) fn yesterday(self) -> Self {
        if self.day > 1 {
            Self { day: self.day - 1, ..self }
        } else if self.month > 1 {
            let month = self.month - 1;
            Self { month, day: Self::last_of_month(self.year, month), ..self }
        } else {
            Self { year: self.year - 1, month: 12, day: 31 }
        }
    }

    pub(crate) fn plus_days(self, days: i64) -> Self {
        let step = if days < 0 { Self::yesterday } else { Self::tomorrow };
        (0..days.abs()).fold(self, |day, _| step(day))
    }

    /// Same day of the month, or its last day where that month is too short.
    pub(crate) fn plus_months(self, months: i64) -> Self {
        let mut there = Self { day: 1, ..self };
        for _ in 0..months.abs() {
            there = match (months < 0, there.month) {
                (false, 12) => Self { year: there.year + 1, month: 1, ..there },
                (false, _) => Self { month: there.month + 1, ..there },
                (true, 1) => Self { year: there.year - 1, month: 12, ..there },
                (true, _) => Self { month: there.month - 1, ..there },
            };
        }
        Self { day: self.day.min(Self::last_of_month(there.year, there.month)), ..there }
    }
}

/// A whole number.
pub(crate) fn whole(n: i64) -> BigRational {
    BigRational::from_integer(BigInt::from(n))
}

/// A percentage as a pure number.
pub(crate) fn percent(n: &BigRational) -> BigRational {
    n / whole(100)
}

thread_local! {
    static LITERALS: RefCell<HashMap<(Number, bool), BigRational>> = RefCell::default();
}

/// A literal's number; of a percentage, as a pure number. Each is read once: that takes longer than all else.
fn known(number: &Number, percentage: bool) -> BigRational {
    let read = || {
        let value: BigRational = number.to_fraction_string().parse().unwrap();
        if percentage { percent(&value) } else { value }
    };
    LITERALS.with_borrow_mut(|known| known.entry((number.clone(), percentage)).or_insert_with(read).clone())
}

/// A literal's number.
pub(crate) fn big(number: &Number) -> BigRational {
    known(number, false)
}

/// A percentage's number before the sign, as a pure number.
pub(crate) fn big_percent(number: &Number) -> BigRational {
    known(number, true)
}

/// A JSON number: its digits are read as a decimal. `1e3` and `84000.00` too.
pub(crate) fn decimal(text: &str) -> BigRational {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (before, after) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: BigInt = format!("{before}{after}").parse().unwrap();
    let exponent = exponent.parse::<i64>().unwrap() - i64::try_from(after.len()).unwrap();
    let ten = whole(10);
    let mut value = BigRational::from_integer(digits);
    for _ in 0..exponent.abs() {
        value = if exponent < 0 { value / &ten } else { value * &ten };
    }
    value
}
