//! Calendar dates, without a clock. Counted in days, so that dates compare and split like whole numbers.

use std::fmt;

use jiff::civil;

use crate::value::sink::Sink;

/// A day of the calendar, from 1 January of year 1 to 31 December 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

/// 1 January 1970.
const DAY_OF_1970: i32 = 719_163;

/// The Dutch names of the months, January first.
pub const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

/// The English names of the months, January first.
pub const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Date {
    /// 1 January of year 1.
    pub const MIN: Self = Self(1);
    /// 31 December 9999.
    pub const MAX: Self = Self(3_652_059);

    /// A day by year (1–9999), month (1–12) and day of the month; none when it does not exist.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let (year, month, day) =
            (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        if year < 1 {
            return None;
        }
        Self::from_civil(civil::Date::new(year, month, day).ok()?)
    }

    /// Reads `JJJJ-MM-DD`, and nothing else.
    #[must_use]
    pub fn from_iso(text: &str) -> Option<Self> {
        let [a, b, c, d, b'-', e, f, b'-', g, h] = *text.as_bytes() else { return None };
        let digit = |byte: u8| byte.is_ascii_digit().then(|| byte - b'0');
        let two = |tens, ones| Some(digit(tens)? * 10 + digit(ones)?);
        let year = i32::from(two(a, b)?) * 100 + i32::from(two(c, d)?);
        Self::new(year, two(e, f)?, two(g, h)?)
    }

    fn from_civil(date: civil::Date) -> Option<Self> {
        let hours = date.duration_since(civil::date(1, 1, 1)).as_hours();
        Self::from_day_number(hours / 24 + 1)
    }

    fn to_civil(self) -> civil::Date {
        // Counted from 1970: from year 1 a step to the last 2,000 years would be longer than `checked_add` accepts.
        let since = jiff::SignedDuration::from_hours(i64::from(self.0 - DAY_OF_1970) * 24);
        // Cannot fail: the range of `Date` lies inside that of `civil::Date`.
        civil::date(1970, 1, 1).checked_add(since).unwrap_or(civil::Date::MAX)
    }

    /// Days since the day before 1 January of year 1: 1 to 3,652,059.
    #[must_use]
    pub const fn day_number(self) -> i32 {
        self.0
    }

    /// The date with a day number; none outside the calendar.
    #[must_use]
    pub fn from_day_number(days: i64) -> Option<Self> {
        let date = Self(i32::try_from(days).ok()?);
        (Self::MIN..=Self::MAX).contains(&date).then_some(date)
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i32 {
        // The calendar repeats every 400 years. The last of four centuries, and the last of four years, can be a day longer than the
        // others: so neither count goes beyond 3.
        let day = self.0 - 1;
        let (cycles, day) = (day / 146_097, day % 146_097);
        let centuries = if day / 36_524 < 3 { day / 36_524 } else { 3 };
        let day = day - centuries * 36_524;
        let (fours, day) = (day / 1_461, day % 1_461);
        let years = if day / 365 < 3 { day / 365 } else { 3 };
        cycles * 400 + centuries * 100 + fours * 4 + years + 1
    }

    /// The month, 1–12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.to_civil().month().unsigned_abs()
    }

    /// The day of the month, 1–31.
    #[must_use]
    pub fn day(self) -> u8 {
        self.to_civil().day().unsigned_abs()
    }

    /// `days` later (earlier when negative); none outside the calendar.
    #[must_use]
    pub fn add_days(self, days: i64) -> Option<Self> {
        Self::from_day_number(i64::from(self.0).checked_add(days)?)
    }

    /// `months` later (earlier when negative), clamped to the month's last day; none outside the calendar.
    ///
    /// 31 January plus 1 month is 28 or 29 February. Going there and back need not return to the same day.
    #[must_use]
    pub fn add_months(self, months: i64) -> Option<Self> {
        let span = jiff::Span::new().try_months(months).ok()?;
        Self::from_civil(self.to_civil().checked_add(span).ok()?)
    }

    /// Year, month and day of the month.
    pub(crate) fn parts(self) -> (u16, u8, u8) {
        let date = self.to_civil();
        (date.year().unsigned_abs(), date.month().unsigned_abs(), date.day().unsigned_abs())
    }

    /// `JJJJ-MM-DD`.
    #[must_use]
    pub fn to_iso(self) -> String {
        let mut text = String::with_capacity(10);
        self.iso_to(&mut text);
        text
    }

    /// Writes [`Date::to_iso`].
    pub(crate) fn iso_to(self, out: &mut impl Sink) {
        let (year, month, day) = self.parts();
        let digit = |number: u16| b'0' + u8::try_from(number % 10).unwrap_or_default();
        let two = |number: u16| [digit(number / 10), digit(number)];
        let ([a, b], [c, d]) = (two(year / 100), two(year));
        let ([e, f], [g, h]) = (two(month.into()), two(day.into()));
        let written = [a, b, c, d, b'-', e, f, b'-', g, h];
        out.add(std::str::from_utf8(&written).unwrap_or_default());
    }
}

/// `1 juli 2022`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.to_civil();
        let month = MONTHS
            .get(usize::from(date.month().unsigned_abs()).saturating_sub(1))
            .copied()
            .unwrap_or_default();
        write!(f, "{} {month} {}", date.day(), date.year())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years() {
        for year in 1..=9999 {
            for (month, day) in [(1, 1), (2, 28), (12, 31)] {
                let date = Date::new(year, month, day).unwrap();
                assert_eq!((date.year(), date.month(), date.day()), (year, month, day));
                assert_eq!(Date::from_iso(&date.to_iso()), Some(date));
            }
        }
    }

    #[test]
    fn days_and_months() {
        assert_eq!(Date::new(1, 1, 1), Some(Date::MIN));
        assert_eq!(Date::new(9999, 12, 31), Some(Date::MAX));
        assert_eq!(Date::new(2021, 2, 29), None);
        assert_eq!(Date::new(0, 1, 1), None);
        let leap = Date::new(2020, 1, 31).unwrap().add_months(1).unwrap();
        assert_eq!(leap.to_iso(), "2020-02-29");
        assert_eq!(leap.add_months(12).unwrap().to_iso(), "2021-02-28");
        assert_eq!(leap.add_days(1).unwrap().to_string(), "1 maart 2020");
        assert_eq!(Date::MAX.add_days(1), None);
        assert_eq!(Date::MAX.add_months(1), None);
        assert_eq!(Date::from_iso("2020-09-01").unwrap().year(), 2020);
        for bad in ["2020-9-1", "01-09-2020", "2020-02-30", "+020-01-01", "２020-01-01"] {
            assert_eq!(Date::from_iso(bad), None, "{bad}");
        }
    }
}
