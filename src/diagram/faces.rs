//! Faces: what the calendar makes of an open date, namely the date some months later, or its year. A face rises with the date, and
//! is read like a number of its own.

use super::turning::turn;
use crate::evaluate::operations;
use crate::evaluate::possible::Slot;
use crate::value::date::Date;
use crate::value::number::Number;
use crate::value::values::Value;

/// Slots of faces are numbered from here; a world has fewer slots.
const FIRST: Slot = 1 << 30;

/// The calendar repeats itself after this many months.
const CYCLE: i64 = 4_800;

/// From a date, go some days later, then to its year or to the date some months later; or the way back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Calendar {
    /// The open date, or a face of one.
    pub(crate) slot: Slot,
    /// Days later.
    pub(crate) days: i64,
    /// Months later; none: the year.
    pub(crate) months: Option<i64>,
    /// Forward, or back.
    pub(crate) way: Direction,
}

/// In which direction the calendar is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    /// From a date to that some months later, or to its year.
    There,
    /// Back to the first date that leads there or beyond; the day after the calendar where there is none.
    First,
    /// Back to the last date that leads there or not so far; the day before the calendar where there is none.
    Last,
    /// Forward again, from where the way back ended; from outside the calendar that is further away than anything.
    Again,
}

use Direction::{Again, First, Last, There};

/// Further away than any day or year.
const FAR: i64 = 1 << 40;

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
        // A face comes after what it is a face of.
        std::iter::successors(Some(slot), |slot| self.get(*slot).map(|face| face.slot)).last().unwrap_or(slot)
    }

    /// A face, and the faces that it is a face of.
    pub(crate) fn chain(&self, slot: Slot) -> impl Iterator<Item = (Slot, Calendar)> + '_ {
        let face = |slot: Slot| self.get(slot).map(|face| (slot, *face));
        std::iter::successors(face(slot), move |(_, outer)| face(outer.slot))
    }

    /// What a face is where its date is this.
    pub(crate) fn on(&self, slot: Slot, date: &Number) -> Number {
        let chain: Vec<Calendar> = self.chain(slot).map(|(_, face)| face).collect();
        chain.iter().rev().fold(date.clone(), |at, face| face.on(&at))
    }

    /// The answers' own slots that some slots go back to, ascending.
    pub(crate) fn bases(&self, slots: impl IntoIterator<Item = Slot>) -> Vec<Slot> {
        let mut bases: Vec<Slot> = slots.into_iter().map(|slot| self.base(slot)).collect();
        bases.sort_unstable();
        bases.dedup();
        bases
    }
}

impl Calendar {
    /// What calendars make of a date some days after an open one.
    pub(crate) const fn there(slot: Slot, days: i64, months: Option<i64>) -> Self {
        Self { slot, days, months, way: There }
    }

    /// What it is on a day, going forward.
    pub(crate) fn at(&self, day_number: &Number) -> Value {
        let date = day(&day_number.add(&Number::whole(self.days)));
        match self.months {
            None => Value::Number(Number::whole(i64::from(date.year()))),
            Some(months) => Value::Date(operations::shift_months(date, months)),
        }
    }

    /// The same as a number, in any direction: a year, or a day number.
    pub(crate) fn on(&self, number: &Number) -> Number {
        let number = number.add(&Number::whole(self.days));
        match self.way {
            There => self.there_from(&number),
            Again if number < Number::ONE => Number::whole(-FAR),
            Again if number > of_date(Date::MAX) => Number::whole(FAR),
            Again => self.there_from(&number),
            First => self.back(&number, &|there| *there >= number),
            Last => self.back(&number, &|there| *there > number).sub(&Number::ONE),
        }
    }

    const fn goes_back(&self) -> bool {
        matches!(self.way, First | Last)
    }

    fn there_from(&self, number: &Number) -> Number {
        let date = day(number);
        Number::whole(i64::from(match self.months {
            None => date.year(),
            Some(months) => operations::shift_months(date, months).day_number(),
        }))
    }

    /// The first day that leads to where a condition holds, which holds from some number on.
    fn back(&self, number: &Number, holds: &dyn Fn(&Number) -> bool) -> Number {
        let holds = |at: &Number| holds(&self.there_from(at));
        let (first, last) = (of_date(Date::MIN), of_date(Date::MAX));
        if holds(&first) {
            return first;
        }
        if !holds(&last) {
            return last.add(&Number::ONE);
        }
        // It lies near the same number of months before; where it does not, anywhere.
        let near = match self.months {
            Some(months) => of_date(operations::shift_months(day(number), months.saturating_neg())),
            None => {
                let year = number.to_i64().and_then(|year| i32::try_from(year).ok());
                year.and_then(|year| Date::new(year, 1, 1)).map_or_else(|| first.clone(), of_date)
            }
        };
        let margin = Number::whole(8);
        let (from, to) = (near.sub(&margin).max(first.clone()), near.add(&margin).min(last.clone()));
        if !holds(&from) && holds(&to) { turn(&from, &to, &holds) } else { turn(&first, &last, &holds) }
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

    /// The last day of the piece that begins on a day: within it the face is constant, or a constant distance later.
    pub(crate) fn piece_end(&self, first: &Number) -> Number {
        let by = Number::whole(self.days);
        let number = first.add(&by);
        if self.months.is_none() && self.goes_back() {
            // Going back, every year has a day of its own.
            return first.clone();
        }
        if number > of_date(Date::MAX) {
            // The same for ever.
            return number.add(&number);
        }
        let date = day(&number);
        let until = |date: Option<Date>| of_date(date.unwrap_or(Date::MAX)).sub(&by).max(first.clone());
        if self.months.is_none() {
            return until(Date::new(date.year(), 12, 31));
        }
        // The last day of the month; days that the other month does not have all give its last day, or lead back to one.
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

    /// Whether it lies after the first day of the calendar, and before the last.
    pub(crate) fn is_inside(&self, number: &Number) -> (bool, bool) {
        let (min, max) = (of_date(Date::MIN), of_date(Date::MAX));
        let (on, from) = (self.on(number), number.add(&Number::whole(self.days)));
        let only = self.way == There;
        (on > min && (only || from > min), on < max && (only || from < max))
    }

    /// Whether, between two, it stays inside the calendar.
    pub(crate) fn stays_inside(&self, lo: &Number, hi: &Number) -> bool {
        self.is_inside(lo).0 && self.is_inside(hi).1
    }

    /// The fewest and the most days that it lies after its date, where it stays inside the calendar; none of a year. Cost: a walk
    /// over the months of 400 years.
    pub(crate) fn after(&self) -> Option<(i64, i64)> {
        let months = self.months?;
        if self.goes_back() {
            // It lies as far back as the forward face lies ahead; its own days come on top.
            let there = Self { days: 0, way: There, ..*self };
            let (least, most) = there.after()?;
            return Some((self.days - most, self.days - least));
        }
        let mut found: Option<(i64, i64)> = None;
        // A cycle that leaves room on the side where the months go.
        let year = if months < 0 { 9_500 } else { 1 };
        let mut first = Date::new(year, 1, 1)?;
        for _ in 0..CYCLE {
            let last = first.add_months(1)?.add_days(-1)?;
            // Days that the other month does not have give its last day, so within a month the distance falls.
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

fn of_date(date: Date) -> Number {
    Number::whole(i64::from(date.day_number()))
}

/// The day of this number.
pub(crate) fn day(number: &Number) -> Date {
    // Ranges of dates are cut to the calendar.
    let outside = if *number < Number::ONE { Date::MIN } else { Date::MAX };
    number.to_i64().and_then(Date::from_day_number).unwrap_or(outside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(days: i64, months: Option<i64>) -> Calendar {
        Calendar::there(0, days, months)
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

    /// The way back, day by day.
    #[test]
    fn back_like_day_by_day() {
        for months in [Some(1), Some(-1), Some(3), Some(-14), Some(24), None] {
            let there = calendar(0, months);
            for (year, month) in [(2023, 12), (2024, 1), (9997, 11), (9999, 11), (1, 1), (2, 12)] {
                let start = i64::from(Date::new(year, month, 1).unwrap().day_number());
                let near = if months.is_some() { start } else { i64::from(year) };
                for at in near - 3..near + 65 {
                    let at = Number::whole(at);
                    let days = (1..=3_652_059).map(Number::whole);
                    // Anywhere, but it does not lie further than some years.
                    let near = |day: &Number| day.sub(&Number::whole(start)).abs() < Number::whole(900);
                    let some: Vec<Number> = days
                        .clone()
                        .skip(usize::try_from(start).unwrap().saturating_sub(900))
                        .take(1_800)
                        .filter(near)
                        .collect();
                    let first = some.iter().find(|day| there.on(day) >= at);
                    let last = some.iter().rev().find(|day| there.on(day) <= at);
                    let back = |way| Calendar { way, ..there }.on(&at);
                    let ends = |found: Option<&Number>| {
                        found.filter(|day| **day != some[0] && **day != some[some.len() - 1]).cloned()
                    };
                    if let Some(first) = ends(first) {
                        assert_eq!(back(First), first, "{months:?} {at:?}");
                    }
                    if let Some(last) = ends(last) {
                        assert_eq!(back(Last), last, "{months:?} {at:?}");
                    }
                }
            }
            if months.is_some() {
                // Pieces and distances of the way back.
                for way in [First, Last] {
                    let back = Calendar { way, days: 2, ..there };
                    let (least, most) = back.after().unwrap();
                    let mut piece = Number::ZERO;
                    let start = i64::from(Date::new(1999, 1, 1).unwrap().day_number());
                    for at in (start..start + 3_000).map(Number::whole) {
                        let distance = back.on(&at).sub(&at);
                        assert!((Number::whole(least)..=Number::whole(most)).contains(&distance));
                        if at > piece {
                            piece = back.piece_end(&at);
                            let on = back.on(&piece);
                            assert!(
                                on == back.on(&at) || on.sub(&piece) == distance,
                                "{months:?} {way:?} {at:?}"
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn inside_the_calendar() {
        let (lo, hi) = (Number::ONE, Number::whole(3_652_059));
        let later = calendar(0, Some(24));
        assert!(!later.stays_inside(&lo, &hi));
        assert!(later.stays_inside(&lo, &of_date(Date::new(9997, 12, 30).unwrap())));
        assert_eq!(later.is_inside(&of_date(Date::new(9997, 12, 31).unwrap())), (true, false));
        assert_eq!(calendar(0, Some(-1)).is_inside(&lo), (false, true));
    }
}
