//! What a calendar makes of an open date: so many months later, or its year. It rises with the date, and is read like a number of
//! its own: a face of the date.

use crate::date::Date;
use crate::exact;
use crate::number::Number;
use crate::possible::Slot;
use crate::value::Value;

use super::system::turn;

/// Slots of faces are counted from here; a world has fewer.
const FIRST: Slot = 1 << 30;

/// The calendar repeats itself after so many months.
const CYCLE: i64 = 4_800;

/// A date some days later, and then its year, or a date some months later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Calendar {
    /// The open date.
    pub(crate) slot: Slot,
    /// Days later.
    pub(crate) days: i64,
    /// Months later; none: the year.
    pub(crate) months: Option<i64>,
}

/// The faces that a diagram reads.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faces(Vec<Calendar>);

impl Faces {
    /// The slot of a face.
    pub(crate) fn of(&mut self, calendar: Calendar) -> Slot {
        let known = self.0.iter().position(|face| *face == calendar);
        let at = known.unwrap_or_else(|| {
            self.0.push(calendar);
            self.0.len() - 1
        });
        FIRST.saturating_add(Slot::try_from(at).unwrap_or(FIRST))
    }

    /// The face in a slot; none where the slot is an answer's own.
    pub(crate) fn get(&self, slot: Slot) -> Option<&Calendar> {
        self.0.get(usize::try_from(slot.checked_sub(FIRST)?).ok()?)
    }

    /// Whether there are none.
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The slot of the answer itself.
    pub(crate) fn base(&self, slot: Slot) -> Slot {
        self.get(slot).map_or(slot, |face| face.slot)
    }

    /// The answers' own slots behind some slots, ascending.
    pub(crate) fn bases(&self, slots: impl IntoIterator<Item = Slot>) -> Vec<Slot> {
        let mut bases: Vec<Slot> = slots.into_iter().map(|slot| self.base(slot)).collect();
        bases.sort_unstable();
        bases.dedup();
        bases
    }
}

impl Calendar {
    /// What it is on a day.
    pub(crate) fn at(&self, day_number: &Number) -> Value {
        let date = day(&day_number.add(&Number::whole(self.days)));
        match self.months {
            None => Value::Number(Number::whole(i64::from(date.year()))),
            Some(months) => Value::Date(exact::shift_months(date, months)),
        }
    }

    /// The same as a number: a year, or the number of a day.
    pub(crate) fn on(&self, day_number: &Number) -> Number {
        let date = day(&day_number.add(&Number::whole(self.days)));
        Number::whole(i64::from(match self.months {
            None => date.year(),
            Some(months) => exact::shift_months(date, months).day_number(),
        }))
    }

    /// The days, of those between two, on which it lies between two others.
    pub(crate) fn days_within(
        &self,
        (lo, hi): (&Number, &Number),
        (from, to): (&Number, &Number),
    ) -> Option<(Number, Number)> {
        if self.on(hi) < *from || self.on(lo) > *to {
            return None;
        }
        let first = if self.on(lo) >= *from { lo.clone() } else { turn(lo, hi, &|at| self.on(at) >= *from) };
        let last = if self.on(hi) <= *to {
            hi.clone()
        } else {
            turn(lo, hi, &|at| self.on(at) > *to).sub(&Number::ONE)
        };
        (first <= last).then_some((first, last))
    }

    /// The last day of the piece that begins on a day: the same value throughout, or so many days later throughout.
    pub(crate) fn piece_end(&self, first: &Number) -> Number {
        let by = Number::whole(self.days);
        let date = day(&first.add(&by));
        let until = |date: Option<Date>| {
            let last = date.unwrap_or(Date::MAX);
            Number::whole(i64::from(last.day_number())).sub(&by).max(first.clone())
        };
        if self.months.is_none() {
            return until(Date::new(date.year(), 12, 31));
        }
        // The last day of the month; days that the other month does not have all give its last day.
        let next = Date::new(date.year(), date.month(), 1).and_then(|first| first.add_months(1));
        let end = until(next.and_then(|next| next.add_days(-1)));
        let value = self.on(first);
        let same_distance = |at: &Number| self.on(at).sub(at) == value.sub(first);
        if same_distance(&end) || self.on(&end) == value {
            return end;
        }
        if self.on(&first.add(&Number::ONE)) == value {
            return turn(first, &end, &|at| self.on(at) != value).sub(&Number::ONE);
        }
        turn(first, &end, &|at| !same_distance(at)).sub(&Number::ONE)
    }

    /// The days, after the first of those between two, from which on it is the same to the last: the end of the calendar; and
    /// the first from which it is no longer its beginning.
    pub(crate) fn ends_of_calendar(&self, lo: &Number, hi: &Number) -> Vec<Number> {
        let mut found = Vec::new();
        if self.months.is_none() {
            return found;
        }
        let [min, max] = [Date::MIN, Date::MAX].map(|date| Number::whole(i64::from(date.day_number())));
        if self.on(lo) == min && self.on(hi) > min {
            found.push(turn(lo, hi, &|at| self.on(at) > min));
        }
        if self.on(hi) == max && self.on(lo) < max {
            found.push(turn(lo, hi, &|at| self.on(at) == max));
        }
        found
    }

    /// Whether, between two days, it stays inside the calendar.
    pub(crate) fn stays_inside(&self, lo: &Number, hi: &Number) -> bool {
        let [min, max] = [Date::MIN, Date::MAX].map(|date| Number::whole(i64::from(date.day_number())));
        self.on(lo) > min && self.on(hi) < max
    }

    /// The fewest and the most days that it lies after a date, where it stays inside the calendar; none of a year. Cost: a walk
    /// over the months of 400 years.
    pub(crate) fn after(&self) -> Option<(i64, i64)> {
        let months = self.months?;
        let mut found: Option<(i64, i64)> = None;
        // A cycle that leaves room on the side where the months go.
        let year = if months < 0 { 9_500 } else { 1 };
        let mut first = Date::new(year, 1, 1)?;
        for _ in 0..CYCLE {
            let last = first.add_months(1)?.add_days(-1)?;
            // Days that the other month does not have give its last: the distance falls within a month.
            let distance = |date: Date| {
                Some(
                    i64::from(date.add_months(months)?.day_number()) - i64::from(date.day_number())
                        + self.days,
                )
            };
            let (most, least) = (distance(first)?, distance(last)?);
            found = Some(found.map_or((least, most), |(a, b)| (a.min(least), b.max(most))));
            first = first.add_months(1)?;
        }
        found
    }
}

/// The day of this number.
pub(crate) fn day(number: &Number) -> Date {
    // Ranges of dates are cut to the calendar.
    number.to_i64().and_then(Date::from_day_number).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(days: i64, months: Option<i64>) -> Calendar {
        Calendar { slot: 0, days, months }
    }

    /// What is said of distances and pieces, day by day.
    #[test]
    fn like_day_by_day() {
        for (days, months) in [(0, 1), (0, 6), (0, 24), (3, -1), (0, -13), (-2, 48), (0, 0), (0, 11)] {
            let calendar = calendar(days, Some(months));
            let (least, most) = calendar.after().unwrap();
            let (mut fewest, mut furthest) = (i64::MAX, i64::MIN);
            let mut piece = Number::ZERO;
            let start = i64::from(Date::new(1890, 1, 1).unwrap().day_number());
            for at in start..start + 146_100 {
                let at = Number::whole(at);
                let distance = calendar.on(&at).sub(&at).to_i64().unwrap();
                (fewest, furthest) = (fewest.min(distance), furthest.max(distance));
                if at > piece {
                    piece = calendar.piece_end(&at);
                    let same = calendar.on(&piece) == calendar.on(&at);
                    assert!(same || calendar.on(&piece).sub(&piece).to_i64() == Some(distance));
                }
            }
            assert_eq!((least, most), (fewest, furthest), "{days} {months}");
        }
    }

    #[test]
    fn days_on_which_it_lies_between() {
        let number = |y, m, d| Number::whole(i64::from(Date::new(y, m, d).unwrap().day_number()));
        let later = calendar(0, Some(1));
        let (lo, hi) = (number(2023, 1, 1), number(2023, 12, 31));
        let within = |from, to| later.days_within((&lo, &hi), (&from, &to));
        // The end of February is a month after four days.
        assert_eq!(
            within(number(2023, 2, 28), number(2023, 2, 28)),
            Some((number(2023, 1, 28), number(2023, 1, 31)))
        );
        // No day lies a month before the 31st of January in this year.
        assert_eq!(within(number(2023, 1, 1), number(2023, 1, 31)), None);
        let year = calendar(0, None);
        let found =
            year.days_within((&lo, &number(2026, 5, 5)), (&Number::whole(2024), &Number::whole(2025)));
        assert_eq!(found, Some((number(2024, 1, 1), number(2025, 12, 31))));
    }

    #[test]
    fn the_ends_of_the_calendar() {
        let (lo, hi) = (Number::ONE, Number::whole(3_652_059));
        let later = calendar(0, Some(24));
        let ends = later.ends_of_calendar(&lo, &hi);
        let first = Number::whole(i64::from(Date::new(9997, 12, 31).unwrap().day_number()));
        assert_eq!(ends, vec![first]);
        assert!(!later.stays_inside(&lo, &hi));
    }
}
