//! What each operation means on exact values. Everything else (sets of possible values) is defined by it.

use crate::date::Date;
use crate::model::{Order, QuestionId};
use crate::number::{Number, Sum};
use crate::program::{NodeId, Op, Program};
use crate::syntax::{Combining, Operator};
use crate::value::{Level, Value};

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
    /// Whether a quantified body holds for all items, or else for one.
    fn quantified(&self, all: bool, list: QuestionId, body: NodeId) -> bool {
        let bodies = self.bodies(list, body);
        if all { bodies.iter().all(|&holds| holds) } else { bodies.iter().any(|&holds| holds) }
    }
}

/// Whether a value is an answer proper: neither geen nor n.v.t.
#[must_use]
pub fn has_value(value: &Value) -> bool {
    !matches!(value, Value::None | Value::NotApplicable)
}

fn truth(value: &Value) -> bool {
    matches!(value, Value::Bool(true))
}

/// A number out of a value; none for geen, n.v.t. and all else.
#[must_use]
pub fn number(value: &Value) -> Option<&Number> {
    match value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

/// The score of a ja/deels/nee value.
#[must_use]
pub fn level_score(level: Level, partly: &Number) -> Number {
    match level {
        Level::Yes => Number::ONE,
        Level::Partly => partly.clone(),
        Level::No => Number::ZERO,
    }
}

/// An ordering on two values; false beside geen and n.v.t.
#[must_use]
pub fn order(left: &Value, order: Order, right: &Value) -> bool {
    if !has_value(left) || !has_value(right) {
        return false;
    }
    let found = match (left, right) {
        // By far the most.
        (Value::Number(left), Value::Number(right)) => left.cmp(right),
        _ => left.cmp(right),
    };
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

/// Arithmetic; n.v.t. beside geen and n.v.t.
#[must_use]
pub fn arithmetic(left: &Value, operator: Operator, right: &Value) -> Value {
    let (Some(left), Some(right)) = (number(left), number(right)) else { return Value::NotApplicable };
    match operator {
        Operator::Add => Value::Number(left.add(right)),
        Operator::Subtract => Value::Number(left.sub(right)),
        Operator::Multiply => Value::Number(left.mul(right)),
        Operator::Divide => left.div(right).map_or(Value::NotApplicable, Value::Number),
    }
}

/// Scores combined: parts without a value drop out; of nothing it is n.v.t.
pub fn combine<'v>(how: Combining, parts: impl Iterator<Item = (&'v Value, &'v Number)>) -> Value {
    let mut best: Option<&Number> = None;
    let (mut sum, mut weights) = (Sum::default(), Sum::default());
    for (value, weight) in parts {
        let score = match value {
            Value::Number(number) => number,
            Value::Level(Level::Yes) => &Number::ONE,
            // `aandeel ja` reads levels, of which only ja counts.
            Value::Level(_) => &Number::ZERO,
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
    let get = |node: &NodeId| from.get(*node);
    Ok(match op {
        Op::Constant(value) => value.clone(),
        Op::Answer(question) => from.answer(*question),
        Op::Field(list, field) => from.field(*list, *field),
        Op::ReferenceDate => Value::Date(from.reference_date()),
        Op::LevelScore(of, partly) => match get(of) {
            Value::Level(level) => Value::Number(level_score(*level, partly)),
            _ => Value::NotApplicable,
        },
        Op::And(of) => Value::Bool(of.iter().all(|node| truth(get(node)))),
        Op::Or(of) => Value::Bool(of.iter().any(|node| truth(get(node)))),
        Op::Not(of) => Value::Bool(!truth(get(of))),
        Op::AtLeast(count, of) => {
            Value::Bool(of.iter().filter(|node| truth(get(node))).count() >= *count as usize)
        }
        Op::Equals(left, right) => Value::Bool(right.iter().any(|right| get(left) == get(right))),
        Op::Order(left, by, right) => Value::Bool(order(get(left), *by, get(right))),
        Op::Contains(set, mask) => {
            Value::Bool(matches!(get(set), Value::Choices(set) if set & mask == *mask))
        }
        Op::HasValue(of) => Value::Bool(has_value(get(of))),
        Op::CountChosen(of) => match get(of) {
            Value::Choices(set) => Value::Number(Number::whole(i64::from(set.count_ones()))),
            Value::None => Value::Number(Number::ZERO),
            _ => Value::NotApplicable,
        },
        Op::CountItems(list) => match from.length(*list) {
            Value::None => Value::Number(Number::ZERO),
            length => length,
        },
        Op::Sum(list, field) => match from.length(*list) {
            Value::NotApplicable => Value::NotApplicable,
            _ => Value::Number(from.sum(*list, *field)),
        },
        Op::Arithmetic(left, operator, right) => arithmetic(get(left), *operator, get(right)),
        Op::ShiftDays(of, days) => match get(of) {
            Value::Date(date) => Value::Date(shift_days(*date, *days)),
            _ => Value::NotApplicable,
        },
        Op::ShiftMonths(of, months) => match get(of) {
            Value::Date(date) => Value::Date(shift_months(*date, *months)),
            _ => Value::NotApplicable,
        },
        Op::YearOf(of) => match get(of) {
            Value::Date(date) => Value::Number(Number::whole(i64::from(date.year()))),
            _ => Value::NotApplicable,
        },
        Op::Recode(of, map) => match get(of) {
            Value::Choice(at) => {
                Value::Choice(map.get(usize::from(*at)).copied().flatten().unwrap_or(u16::MAX))
            }
            other => other.clone(),
        },
        Op::LookUp(table, keys) => {
            let table = program.tables.get(*table as usize);
            table.and_then(|table| table.find(keys.iter().map(get))).cloned().ok_or(Gap)?
        }
        Op::Quantified { all, list, body } => Value::Bool(from.quantified(*all, *list, *body)),
        Op::FirstTrue(of) => choice(of.iter().position(|node| truth(get(node))).unwrap_or(of.len())),
        Op::Pick(at, of) => match get(at) {
            Value::Choice(at) => {
                of.get(usize::from(*at)).map_or(Value::NotApplicable, |node| get(node).clone())
            }
            _ => Value::NotApplicable,
        },
        Op::Combine(how, parts) => combine(*how, parts.iter().map(|(part, weight)| (get(part), weight))),
        Op::Line(of, points) => match number(get(of)) {
            Some(x) => Value::Number(line(x, points)),
            None => Value::NotApplicable,
        },
        Op::OnlyIf(condition, of) => {
            if truth(get(condition)) {
                get(of).clone()
            } else {
                Value::NotApplicable
            }
        }
        Op::ActiveWeight(of, weight) => {
            Value::Number(if has_value(get(of)) { weight.clone() } else { Number::ZERO })
        }
        Op::Weighted(of, weight) => {
            Value::Number(number(get(of)).map_or(Number::ZERO, |score| score.mul(weight)))
        }
        Op::Plus(of) => {
            let mut sum = Sum::default();
            of.iter().filter_map(|node| number(get(node))).for_each(|number| sum.add(number));
            Value::Number(sum.total())
        }
        Op::Quotient(left, right) => arithmetic(get(left), Operator::Divide, get(right)),
    })
}
