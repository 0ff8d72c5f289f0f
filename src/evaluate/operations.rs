//! What each operation means on exact values. Everything else (sets of possible values) is defined by it.

use std::cmp::Ordering;

use crate::program::nodes::{NodeId, Op, Program};
use crate::rules::model::{Order, QuestionId};
use crate::rules::syntax::{Combining, Operator};
use crate::value::date::Date;
use crate::value::number::{Number, Sum};
use crate::value::values::{Level, Value};

/// A table look-up found no row and no `anders`: the result is open, and no answer can mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap;

/// Where operands and answers come from.
pub trait Operands {
    /// The value of an operand.
    fn get(&self, node: NodeId) -> &Value;
    /// The number of items of a list: a number, or geen, or n.v.t.
    fn length(&self, list: QuestionId) -> Value;
    /// The value of an answer.
    fn answer(&self, question: QuestionId) -> Value;
    /// The same, written where it belongs.
    fn answer_to(&self, question: QuestionId, to: &mut Value) {
        *to = self.answer(question);
    }
    /// The value of a field of the item at hand.
    fn field(&self, list: QuestionId, field: u32) -> Value;
    /// The values of a field over all items.
    fn column(&self, list: QuestionId, field: u32) -> Vec<Value>;
    /// The reference date; the reader made sure that there is one where rules ask for it.
    fn reference_date(&self) -> Date;
    /// The truth of a quantified body for each item.
    fn bodies(&self, list: QuestionId, body: NodeId) -> Vec<bool>;
    /// The sum of a field over all items.
    fn sum(&self, list: QuestionId, field: u32) -> Number {
        let mut sum = Sum::default();
        self.column(list, field).iter().filter_map(number).for_each(|number| sum.add(number));
        sum.total()
    }
}

/// Known operands of one operation that reads no answers, lists or items itself.
pub(crate) struct Known<'v> {
    /// The value of an operand.
    pub(crate) of: &'v dyn Fn(NodeId) -> &'v Value,
    /// The reference date.
    pub(crate) date: Date,
}

impl Operands for Known<'_> {
    fn get(&self, node: NodeId) -> &Value {
        (self.of)(node)
    }
    fn reference_date(&self) -> Date {
        self.date
    }
    fn length(&self, _: QuestionId) -> Value {
        Value::NotApplicable
    }
    fn answer(&self, _: QuestionId) -> Value {
        Value::NotApplicable
    }
    fn field(&self, _: QuestionId, _: u32) -> Value {
        Value::NotApplicable
    }
    fn column(&self, _: QuestionId, _: u32) -> Vec<Value> {
        Vec::new()
    }
    fn bodies(&self, _: QuestionId, _: NodeId) -> Vec<bool> {
        Vec::new()
    }
}

fn truth(value: &Value) -> bool {
    matches!(value, Value::Bool(true))
}

/// The number in a value; none for geen, n.v.t. and everything else.
#[must_use]
pub fn number(value: &Value) -> Option<&Number> {
    match value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

/// The score of a ja/deels/nee value.
#[must_use]
#[inline]
pub fn level_score(level: Level, partly: &Number) -> Number {
    lent_level_score(level, partly).clone()
}

#[inline]
const fn lent_level_score(level: Level, partly: &Number) -> &Number {
    match level {
        Level::Yes => &Number::ONE,
        Level::Partly => partly,
        Level::No => &Number::ZERO,
    }
}

/// An ordering of two values; false when one is geen or n.v.t.
#[must_use]
#[inline]
pub fn order(left: &Value, order: Order, right: &Value) -> bool {
    if !left.has_value() || !right.has_value() {
        return false;
    }
    let found = match (left, right) {
        // By far the most common.
        (Value::Number(left), Value::Number(right)) => left.cmp(right),
        _ => left.cmp(right),
    };
    ordered(found, order)
}

/// Whether what was found by comparing a left side with a right one fulfils an ordering.
#[must_use]
#[inline]
pub const fn ordered(found: Ordering, order: Order) -> bool {
    match order {
        Order::AtLeast => found.is_ge(),
        Order::AtMost => found.is_le(),
        Order::MoreThan => found.is_gt(),
        Order::LessThan => found.is_lt(),
    }
}

/// A date so many days later, kept inside the calendar.
#[must_use]
pub fn shift_days(date: Date, days: i64) -> Date {
    date.add_days(days).unwrap_or(if days < 0 { Date::MIN } else { Date::MAX })
}

/// A date so many months later, kept inside the calendar.
#[must_use]
pub fn shift_months(date: Date, months: i64) -> Date {
    date.add_months(months).unwrap_or(if months < 0 { Date::MIN } else { Date::MAX })
}

/// Arithmetic; n.v.t. when an operand is geen or n.v.t.
#[must_use]
#[inline]
pub fn arithmetic(left: &Value, operator: Operator, right: &Value) -> Value {
    let (Some(left), Some(right)) = (number(left), number(right)) else { return Value::NotApplicable };
    operator.between(left, right).map_or(Value::NotApplicable, Value::Number)
}

/// Scores combined: parts without a value drop out; the combination of nothing is n.v.t.
#[inline]
pub fn combine<'v>(how: Combining, parts: impl Iterator<Item = (&'v Value, &'v Number)>) -> Value {
    let mut best: Option<&Number> = None;
    let (mut sum, mut weights) = (Sum::default(), Sum::default());
    for (value, weight) in parts {
        let score = match value {
            Value::Number(number) => number,
            // `aandeel ja` reads levels, of which only ja counts.
            Value::Level(level) => lent_level_score(*level, &Number::ZERO),
            _ => continue,
        };
        match how {
            Combining::Highest if best.is_none_or(|best| score > best) => best = Some(score),
            Combining::Lowest if best.is_none_or(|best| score < best) => best = Some(score),
            Combining::Highest | Combining::Lowest => {}
            Combining::Mean | Combining::ShareOfYes => {
                sum.add_product(score, weight);
                weights.add(weight);
            }
        }
    }
    let result = match how {
        Combining::Highest | Combining::Lowest => best.cloned(),
        Combining::Mean | Combining::ShareOfYes => sum.div(weights),
    };
    result.map_or(Value::NotApplicable, Value::Number)
}

/// The score on a straight line through (from, from_score) and (to, to_score), clamped.
#[must_use]
pub fn line(x: &Number, points: &[Number; 4]) -> Number {
    let [from, from_score, to, to_score] = points;
    let share = x.sub(from).div(&to.sub(from)).unwrap_or(Number::ZERO);
    if share <= Number::ZERO {
        from_score.clone()
    } else if share >= Number::ONE {
        to_score.clone()
    } else {
        from_score.add(&to_score.sub(from_score).mul(&share))
    }
}

fn choice(at: usize) -> Value {
    Value::Choice(u16::try_from(at).unwrap_or(u16::MAX))
}

/// Applies one operation.
///
/// # Errors
/// [`Gap`] when a table has no row for the keys and no `anders`.
pub fn apply(program: &Program, op: &Op, from: &impl Operands) -> Result<Value, Gap> {
    let mut value = Value::NotApplicable;
    apply_to(program, op, from, &mut value)?;
    Ok(value)
}

/// The same, written where it belongs: returning and copying a value costs more than most operations do. The place is left
/// unchanged when there is no value.
#[inline(always)]
pub(crate) fn apply_to(program: &Program, op: &Op, from: &impl Operands, to: &mut Value) -> Result<(), Gap> {
    let get = |node: &NodeId| from.get(*node);
    match op {
        Op::Constant(value) => to.clone_from(value),
        Op::Answer(question) => from.answer_to(*question, to),
        Op::Field(list, field) => *to = from.field(*list, *field),
        Op::ReferenceDate => *to = Value::Date(from.reference_date()),
        Op::LevelScore(of, partly) => {
            *to = match get(of) {
                Value::Level(level) => Value::Number(level_score(*level, partly)),
                _ => Value::NotApplicable,
            }
        }
        Op::And(of) => *to = Value::Bool(of.iter().all(|node| truth(get(node)))),
        Op::Or(of) => *to = Value::Bool(of.iter().any(|node| truth(get(node)))),
        Op::Not(of) => *to = Value::Bool(!truth(get(of))),
        Op::AtLeast(count, of) => {
            *to = Value::Bool(of.iter().filter(|node| truth(get(node))).count() >= *count as usize);
        }
        Op::Equals(left, right) => {
            let left = get(left);
            *to = Value::Bool(right.iter().any(|right| left == get(right)));
        }
        Op::Order(left, by, right) => *to = Value::Bool(order(get(left), *by, get(right))),
        Op::Contains(set, mask) => {
            *to = Value::Bool(matches!(get(set), Value::Choices(set) if set & mask == *mask));
        }
        Op::HasValue(of) => *to = Value::Bool(get(of).has_value()),
        Op::CountChosen(of) => {
            *to = match get(of) {
                Value::Choices(set) => Value::Number(Number::whole(i64::from(set.count_ones()))),
                Value::None => Value::Number(Number::ZERO),
                _ => Value::NotApplicable,
            }
        }
        Op::CountItems(list) => {
            *to = match from.length(*list) {
                Value::None => Value::Number(Number::ZERO),
                length => length,
            }
        }
        Op::Sum(list, field) => {
            *to = match from.length(*list) {
                Value::NotApplicable => Value::NotApplicable,
                _ => Value::Number(from.sum(*list, *field)),
            }
        }
        Op::Arithmetic(left, operator, right) => *to = arithmetic(get(left), *operator, get(right)),
        Op::ShiftDays(of, days) => {
            *to = match get(of) {
                Value::Date(date) => Value::Date(shift_days(*date, *days)),
                _ => Value::NotApplicable,
            }
        }
        Op::ShiftMonths(of, months) => {
            *to = match get(of) {
                Value::Date(date) => Value::Date(shift_months(*date, *months)),
                _ => Value::NotApplicable,
            }
        }
        Op::YearOf(of) => {
            *to = match get(of) {
                Value::Date(date) => Value::Number(Number::whole(i64::from(date.year()))),
                _ => Value::NotApplicable,
            }
        }
        Op::Recode(of, map) => match get(of) {
            Value::Choice(at) => {
                *to = Value::Choice(map.get(usize::from(*at)).copied().flatten().unwrap_or(u16::MAX));
            }
            other => to.clone_from(other),
        },
        Op::LookUp(table, keys) => {
            let table = program.tables.get(*table as usize);
            to.clone_from(table.and_then(|table| table.find(keys.iter().map(get))).ok_or(Gap)?);
        }
        Op::Quantified { all, list, body } => {
            let bodies = from.bodies(*list, *body);
            *to = Value::Bool(if *all {
                bodies.iter().all(|&holds| holds)
            } else {
                bodies.iter().any(|&holds| holds)
            });
        }
        Op::FirstTrue(of) => *to = choice(of.iter().position(|node| truth(get(node))).unwrap_or(of.len())),
        Op::Pick(at, of) => {
            let chosen = match get(at) {
                Value::Choice(at) => of.get(usize::from(*at)),
                _ => None,
            };
            to.clone_from(chosen.map_or(&Value::NotApplicable, get));
        }
        Op::Combine(how, parts) => {
            *to = combine(*how, parts.iter().map(|(part, weight)| (get(part), weight)));
        }
        Op::Line(of, points) => {
            *to = match number(get(of)) {
                Some(x) => Value::Number(line(x, points)),
                None => Value::NotApplicable,
            }
        }
        Op::OnlyIf(condition, of) => {
            to.clone_from(if truth(get(condition)) { get(of) } else { &Value::NotApplicable });
        }
        Op::ActiveWeight(of, weight) => {
            *to = Value::Number(if get(of).has_value() { weight.clone() } else { Number::ZERO });
        }
        Op::Weighted(of, weight) => {
            *to = Value::Number(number(get(of)).map_or(Number::ZERO, |score| score.mul(weight)));
        }
        Op::Plus(of) => {
            let mut sum = Sum::default();
            of.iter().filter_map(|node| number(get(node))).for_each(|number| sum.add(number));
            *to = Value::Number(sum.total());
        }
        Op::Quotient(left, right) => *to = arithmetic(get(left), Operator::Divide, get(right)),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(n: i64) -> Number {
        Number::fraction(n, 100).unwrap()
    }

    fn score(n: i64) -> Value {
        Value::Number(percent(n))
    }

    #[test]
    fn what_has_no_value_drops_out_with_its_weight() {
        let parts = [score(100), Value::NotApplicable, score(40), Value::None];
        let weights = [1, 5, 2, 7].map(Number::whole);
        let of = |how| combine(how, parts.iter().zip(&weights));
        assert_eq!(of(Combining::Mean), score(60));
        assert_eq!(of(Combining::Highest), score(100));
        assert_eq!(of(Combining::Lowest), score(40));
        let nothing = [Value::NotApplicable, Value::None];
        for how in [Combining::Mean, Combining::Highest, Combining::Lowest, Combining::ShareOfYes] {
            assert_eq!(combine(how, nothing.iter().zip(&weights)), Value::NotApplicable);
        }
    }

    #[test]
    fn of_a_share_of_yes_only_ja_counts() {
        let levels = [Level::Yes, Level::Partly, Level::No, Level::Yes].map(Value::Level);
        let weights = [Number::ONE, Number::ONE, Number::ONE, Number::ONE];
        assert_eq!(combine(Combining::ShareOfYes, levels.iter().zip(&weights)), score(50));
    }

    #[test]
    fn a_line_is_kept_between_its_ends_whichever_way_it_runs() {
        let rising = [10, 20].map(Number::whole);
        let on = |x: i64, [from, to]: &[Number; 2], scores: [i64; 2]| {
            let [low, high] = scores.map(percent);
            line(&Number::whole(x), &[from.clone(), low, to.clone(), high])
        };
        assert_eq!([9, 10, 15, 20, 21].map(|x| on(x, &rising, [0, 100])), [0, 0, 50, 100, 100].map(percent));
        assert_eq!([9, 12, 21].map(|x| on(x, &rising, [80, 30])), [80, 70, 30].map(percent));
        // From the greater to the lesser number.
        let falling = [20, 10].map(Number::whole);
        assert_eq!([9, 12, 21].map(|x| on(x, &falling, [0, 100])), [100, 80, 0].map(percent));
    }

    #[test]
    fn comparing_and_reckoning_with_nothing_gives_nothing() {
        let one = Value::Number(Number::ONE);
        for none in [Value::None, Value::NotApplicable] {
            for by in [Order::AtLeast, Order::AtMost, Order::MoreThan, Order::LessThan] {
                assert!(!order(&one, by, &none) && !order(&none, by, &one) && !order(&none, by, &none));
            }
            assert_eq!(arithmetic(&one, Operator::Add, &none), Value::NotApplicable);
        }
        let zero = Value::Number(Number::ZERO);
        assert_eq!(arithmetic(&one, Operator::Divide, &zero), Value::NotApplicable);
        assert_eq!(arithmetic(&zero, Operator::Divide, &one), zero);
    }

    #[test]
    fn dates_stay_in_the_calendar() {
        let day = |iso| Date::from_iso(iso).unwrap();
        assert_eq!(shift_months(day("2024-01-31"), 1), day("2024-02-29"));
        assert_eq!(shift_months(day("2024-03-31"), -13), day("2023-02-28"));
        assert_eq!(shift_days(day("2024-02-28"), 2), day("2024-03-01"));
        for (by, end) in [(i64::MAX, Date::MAX), (i64::MIN, Date::MIN)] {
            assert_eq!(shift_days(day("2024-01-01"), by), end);
            assert_eq!(shift_months(day("2024-01-01"), by), end);
        }
    }
}
