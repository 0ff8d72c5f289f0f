//! Operations on sets of possible values. Where all operands are known, `operations` answers; so the two cannot differ there.

use crate::evaluate::operations;
use crate::evaluate::possible::{Core, Possible, Range, Set, Slot, level_bit};
use crate::evaluate::world::World;
use crate::program::nodes::{NodeId, Op, Program};
use crate::rules::model::{Order, QuestionId};
use crate::rules::syntax::{Combining, Operator};
use crate::value::date::Date;
use crate::value::number::Number;
use crate::value::values::{Level, Value};

/// Where the operations of one evaluation find their inputs.
pub(crate) struct Lift<'a> {
    /// The rules.
    pub(crate) program: &'a Program,
    /// The answers.
    pub(crate) world: &'a World,
    /// The item at hand.
    pub(crate) item: u32,
}

fn numeric_core(lo: Number, hi: Number) -> Core {
    Core::Range(Box::new(Range { lo, hi, date: false, line: None }))
}

/// Whether some operand may lack a value.
fn blanks(values: &[&Possible]) -> bool {
    values.iter().any(|value| value.may_have_value().1)
}

impl Lift<'_> {
    fn field_slot(&self, list: QuestionId, item: u32, field: u32) -> Slot {
        self.world.list(list).slot(item, field)
    }

    fn length(&self, list: QuestionId) -> &Possible {
        self.world.get(list.0)
    }

    /// How many items a list has for certain, and how many it may have.
    #[must_use]
    pub(crate) fn lengths(&self, list: QuestionId) -> (u32, u32) {
        let slots = self.world.list(list).items;
        match self.length(list) {
            Possible::Known(Value::Number(n)) => {
                // Of an open list only some items have slots.
                let n = n.to_i64().and_then(|n| u32::try_from(n).ok()).unwrap_or(u32::MAX).min(slots);
                (n, n)
            }
            Possible::Known(_) => (0, 0),
            Possible::Open(set) => match &set.core {
                Core::Range(range) if !set.none && !set.not_applicable => {
                    (range.lo.to_i64().and_then(|n| u32::try_from(n).ok()).unwrap_or(0).min(slots), slots)
                }
                _ => (0, slots),
            },
        }
    }

    /// Applies an operation. `get` gives operands; `bodies` the truth of a quantified body per item that may exist.
    pub(crate) fn apply(&self, op: &Op, values: &[Possible], bodies: &[Possible]) -> Possible {
        static MISSING: Possible = Possible::Known(Value::NotApplicable);
        let get = |node: NodeId| values.get(node.index()).unwrap_or(&MISSING);
        match op {
            Op::Answer(question) => return self.world.get(question.0).clone(),
            Op::Field(list, field) => {
                return self.world.get(self.field_slot(*list, self.item, *field)).clone();
            }
            Op::CountItems(list) => return self.count_items(*list),
            Op::Sum(list, field) => return self.sum(*list, *field),
            Op::Quantified { all, list, .. } => return self.quantified(*all, *list, bodies),
            _ => {}
        }
        let mut known = true;
        op.operands(|node| known &= get(node).known().is_some());
        if known {
            // Operations that read answers and lists are lifted above.
            let of = |node| get(node).known().unwrap_or(&Value::NotApplicable);
            let operands = operations::Known { of: &of, date: self.world.reference_date };
            return match operations::apply(self.program, op, &operands) {
                Ok(value) => Possible::Known(value),
                Err(operations::Gap) => Set::plain(Core::Anything).into(),
            };
        }
        let all = |of: &[NodeId]| of.iter().map(|node| get(*node)).collect::<Vec<_>>();
        match op {
            Op::LevelScore(of, partly) => level_score(get(*of), partly),
            Op::And(of) => {
                let truths = of.iter().map(|node| get(*node).truths());
                let (mut may, mut may_not) = (true, false);
                for (t, f) in truths {
                    if !t {
                        return Possible::truth(false);
                    }
                    may &= t;
                    may_not |= f;
                }
                Possible::bools(may, may_not)
            }
            Op::Or(of) => {
                let (mut may, mut may_not) = (false, true);
                for (t, f) in of.iter().map(|node| get(*node).truths()) {
                    if !f {
                        return Possible::truth(true);
                    }
                    may |= t;
                    may_not &= f;
                }
                Possible::bools(may, may_not)
            }
            Op::Not(of) => {
                let (t, f) = get(*of).truths();
                Possible::bools(f, t)
            }
            Op::AtLeast(count, of) => {
                let truths: Vec<_> = of.iter().map(|node| get(*node).truths()).collect();
                let certain = truths.iter().filter(|(_, f)| !f).count();
                let most = truths.iter().filter(|(t, _)| *t).count();
                let count = *count as usize;
                Possible::bools(most >= count, certain < count)
            }
            Op::Equals(left, right) => self.equals(get(*left), &all(right)),
            Op::Order(left, order, right) => self.order(get(*left), *order, get(*right)),
            Op::Contains(set, mask) => match get(*set) {
                Possible::Open(Set { none, not_applicable, core: Core::Subset { must, may } }) => {
                    Possible::bools(may & mask == *mask, must & mask != *mask || *none || *not_applicable)
                }
                _ => Possible::bools(true, true),
            },
            Op::HasValue(of) => {
                let (has, lacks) = get(*of).may_have_value();
                Possible::bools(has, lacks)
            }
            Op::CountChosen(of) => match get(*of) {
                Possible::Open(Set { none, not_applicable, core: Core::Subset { must, may } }) => {
                    let lo = if *none { 0 } else { must.count_ones() };
                    let core = numeric_core(
                        Number::whole(i64::from(lo)),
                        Number::whole(i64::from(may.count_ones())),
                    );
                    Set { none: false, not_applicable: *not_applicable, core }.into()
                }
                Possible::Open(set) => {
                    let core = numeric_core(Number::ZERO, Number::ZERO);
                    Set { none: false, not_applicable: set.not_applicable, core }.into()
                }
                known => known.clone(),
            },
            Op::Arithmetic(left, operator, right) => arithmetic(get(*left), *operator, get(*right)),
            Op::ShiftDays(of, days) => map_dates(get(*of), true, |date| {
                Number::whole(i64::from(operations::shift_days(date, *days).day_number()))
            }),
            Op::ShiftMonths(of, months) => map_dates(get(*of), true, |date| {
                Number::whole(i64::from(operations::shift_months(date, *months).day_number()))
            }),
            Op::YearOf(of) => map_dates(get(*of), false, |date| Number::whole(i64::from(date.year()))),
            Op::Recode(of, map) => match get(*of).values(64) {
                Some(values) => join(values.into_iter().map(|value| match value {
                    Value::Choice(at) => Possible::Known(Value::Choice(
                        map.get(usize::from(at)).copied().flatten().unwrap_or(u16::MAX),
                    )),
                    other => Possible::Known(other),
                })),
                None => Set::plain(Core::AnyChoice(u16::MAX)).into(),
            },
            Op::LookUp(table, keys) => self.look_up(*table, &all(keys)),
            Op::FirstTrue(of) => first_true(&all(of)),
            Op::Pick(at, of) => match get(*at).values(of.len().max(64) + 1) {
                Some(places) => join(places.into_iter().filter_map(|place| match place {
                    Value::Choice(at) => of.get(usize::from(at)).map(|node| get(*node).clone()),
                    _ => None,
                })),
                None => join(of.iter().map(|node| get(*node).clone())),
            },
            Op::Combine(how, parts) => {
                let parts: Vec<_> = parts.iter().map(|(part, weight)| (get(*part), weight)).collect();
                self.combine(*how, &parts)
            }
            Op::Line(of, points) => self.line(get(*of), points),
            Op::OnlyIf(condition, of) => match get(*condition).truths() {
                (true, false) => get(*of).clone(),
                (false, _) => Possible::Known(Value::NotApplicable),
                _ => {
                    let mut set = get(*of).parts().into_owned();
                    set.not_applicable = true;
                    set.into()
                }
            },
            Op::ActiveWeight(of, weight) => match get(*of).may_have_value() {
                (true, false) => Possible::number(weight.clone()),
                (false, _) => Possible::number(Number::ZERO),
                _ => Possible::range(Number::ZERO, weight.clone(), false, None),
            },
            Op::Weighted(of, weight) => weighted(get(*of), weight),
            Op::Plus(of) => {
                let mut sum = Possible::number(Number::ZERO);
                for node in of {
                    sum = arithmetic(&sum, Operator::Add, get(*node));
                }
                sum
            }
            Op::Quotient(left, right) => quotient(get(*left), get(*right)),
            // All others have no operands, or were answered above.
            _ => Set::plain(Core::Anything).into(),
        }
    }

    fn count_items(&self, list: QuestionId) -> Possible {
        match self.length(list) {
            Possible::Known(Value::None) => Possible::number(Number::ZERO),
            Possible::Open(set) if set.none => {
                let mut set = set.clone();
                set.none = false;
                match &mut set.core {
                    Core::Range(range) => range.lo = Number::ZERO,
                    core => *core = numeric_core(Number::ZERO, Number::ZERO),
                }
                set.into()
            }
            other => other.clone(),
        }
    }

    fn sum(&self, list: QuestionId, field: u32) -> Possible {
        if let Possible::Known(Value::NotApplicable) = self.length(list) {
            return Possible::Known(Value::NotApplicable);
        }
        let (certain, most) = self.lengths(list);
        if let Some(aggregate) = self.world.aggregate_of(list, field) {
            let length = self.length(list).parts();
            let mut sum = zero_if_blank(self.world.get(aggregate.sum), length.none).parts().into_owned();
            sum.not_applicable = length.not_applicable;
            return sum.into();
        }
        let mut sum = Possible::number(Number::ZERO);
        for item in 0..most {
            let value = self.world.get(self.field_slot(list, item, field));
            sum = arithmetic(&sum, Operator::Add, &zero_if_blank(value, item >= certain));
        }
        match self.length(list) {
            Possible::Open(set) if set.not_applicable => {
                let mut sum = sum.parts().into_owned();
                sum.not_applicable = true;
                sum.into()
            }
            _ => sum,
        }
    }

    fn quantified(&self, all: bool, list: QuestionId, bodies: &[Possible]) -> Possible {
        let (certain, _) = self.lengths(list);
        // `all` is false as soon as one is false; `one` is true as soon as one is true: the same with true and false swapped.
        let (mut holds, mut broken) = (true, false);
        for (item, body) in bodies.iter().enumerate() {
            let (t, f) = body.truths();
            let (keeps, breaks) = if all { (t, f) } else { (f, t) };
            broken |= breaks;
            if !keeps && (item as u64) < u64::from(certain) {
                holds = false;
            }
        }
        if all { Possible::bools(holds, broken) } else { Possible::bools(broken, holds) }
    }

    /// Compares ranges: whether the left side can, and can fail to, stand in this order to the right side.
    fn ranges(left: &Range, order: Order, right: &Range) -> (bool, bool) {
        let (left, right, strict) = match order {
            Order::AtLeast => (left, right, false),
            Order::AtMost => (right, left, false),
            Order::MoreThan => (left, right, true),
            Order::LessThan => (right, left, true),
        };
        let holds = |a: &Number, b: &Number| if strict { a > b } else { a >= b };
        (holds(&left.hi, &right.lo), !holds(&left.lo, &right.hi))
    }

    fn order(&self, left: &Possible, order: Order, right: &Possible) -> Possible {
        let blank = blanks(&[left, right]);
        if !left.may_have_value().0 || !right.may_have_value().0 {
            return Possible::truth(false);
        }
        let (t, f) = match (left.as_range(), right.as_range()) {
            (Some(left), Some(right)) => Self::ranges(&left, order, &right),
            _ => match (left.values(64), right.values(64)) {
                (Some(left), Some(right)) => {
                    let mut both = (false, false);
                    for a in &left {
                        for b in &right {
                            let holds = operations::order(a, order, b);
                            both = (both.0 || holds, both.1 || !holds);
                        }
                    }
                    both
                }
                _ => (true, true),
            },
        };
        Possible::bools(t, f || blank)
    }

    fn equals(&self, left: &Possible, right: &[&Possible]) -> Possible {
        let (mut may, mut certain) = (false, false);
        for right in right {
            let (t, f) = self.equal(left, right);
            may |= t;
            certain |= !f;
        }
        if certain {
            return Possible::truth(true);
        }
        // Each may fail by itself, but together they may cover every value that the left side can have.
        let values: Option<Vec<&Value>> = right.iter().map(|right| right.known()).collect();
        if let (Some(own), Some(values)) = (left.values(64), values)
            && own.iter().all(|value| values.contains(&value))
        {
            return Possible::truth(true);
        }
        Possible::bools(may, true)
    }

    fn equal(&self, left: &Possible, right: &Possible) -> (bool, bool) {
        if let (Some(a), Some(b)) = (left.known(), right.known()) {
            return (a == b, a != b);
        }
        let (a, b) = (left.parts(), right.parts());
        let blank = (a.none && b.none) || (a.not_applicable && b.not_applicable);
        let some_blank = a.none || b.none || a.not_applicable || b.not_applicable;
        let (t, f) = match (&a.core, &b.core) {
            (Core::Range(a), Core::Range(b)) => {
                let at_least = Self::ranges(a, Order::AtLeast, b);
                let at_most = Self::ranges(a, Order::AtMost, b);
                (at_least.0 && at_most.0, at_least.1 || at_most.1)
            }
            _ => match (left.values(64), right.values(64)) {
                (Some(a), Some(b)) => (a.iter().any(|value| b.contains(value)), true),
                _ => match (&a.core, &b.core) {
                    (Core::Nothing, _) | (_, Core::Nothing) => (false, true),
                    (Core::Subset { must: a, may: b }, Core::Subset { must: c, may: d }) => {
                        (a & !d == 0 && c & !b == 0, true)
                    }
                    _ => (true, true),
                },
            },
        };
        (t || blank, f || some_blank)
    }

    fn look_up(&self, table: u32, keys: &[&Possible]) -> Possible {
        let Some(table) = self.program.tables.get(table as usize) else {
            return Set::plain(Core::Anything).into();
        };
        let may = |key: &Possible, cell: &Value| match key {
            Possible::Known(value) => value == cell,
            Possible::Open(set) => match (&set.core, cell) {
                (Core::Range(range), Value::Number(n)) => range.lo <= *n && *n <= range.hi,
                (Core::Range(range), Value::Date(date)) => {
                    let day = Number::whole(i64::from(date.day_number()));
                    range.lo <= day && day <= range.hi
                }
                _ => key.values(usize::MAX).is_none_or(|values| values.contains(cell)),
            },
        };
        let rows: Vec<_> = table
            .rows
            .iter()
            .filter(|(row, _)| row.iter().zip(keys).all(|(cell, key)| may(key, cell)))
            .map(|(_, value)| Possible::Known(value.clone()))
            .collect();
        let misses = keys
            .iter()
            .map(|key| key.values(64).map(|values| values.len()))
            .try_fold(1_usize, |product, count| Some(product.saturating_mul(count?)))
            .is_none_or(|asked| asked > rows.len());
        let otherwise = match &table.otherwise {
            _ if !misses => None,
            Some(value) => Some(Possible::Known(value.clone())),
            None => Some(Set::plain(Core::Anything).into()),
        };
        join(rows.into_iter().chain(otherwise))
    }

    fn combine(&self, how: Combining, parts: &[(&Possible, &Number)]) -> Possible {
        let all_blank = parts.iter().all(|(part, _)| part.may_have_value().1);
        let some_blank = parts.iter().any(|(part, _)| part.may_have_value().1);
        // Numbers, with the certain ones kept apart. `aandeel ja` reads levels.
        let mut ranges: Vec<(Range, &Number, bool)> = Vec::new();
        for (part, weight) in parts {
            let (has, lacks) = part.may_have_value();
            if !has {
                continue;
            }
            let part =
                if how == Combining::ShareOfYes { level_score(part, &Number::ZERO) } else { (*part).clone() };
            let anything = Range { lo: Number::ZERO, hi: Number::ONE, date: false, line: None };
            ranges.push((part.as_range().unwrap_or(anything), weight, !lacks));
        }
        if ranges.is_empty() {
            return Possible::Known(Value::NotApplicable);
        }
        let least = ranges.iter().map(|(range, ..)| &range.lo).min().cloned().unwrap_or_default();
        let greatest = ranges.iter().map(|(range, ..)| &range.hi).max().cloned().unwrap_or_default();
        let certain = || ranges.iter().filter(|(.., certain)| *certain);
        let (lo, hi) = match how {
            Combining::Highest => {
                let lo = certain().map(|(range, ..)| &range.lo).max().cloned().unwrap_or(least);
                (lo, greatest)
            }
            Combining::Lowest => {
                let hi = certain().map(|(range, ..)| &range.hi).min().cloned().unwrap_or(greatest);
                (least, hi)
            }
            Combining::Mean | Combining::ShareOfYes if some_blank => (least, greatest),
            Combining::Mean | Combining::ShareOfYes => {
                let weights = ranges.iter().fold(Number::ZERO, |sum, (_, weight, _)| sum.add(weight));
                let share = |weight: &Number| weight.div(&weights).unwrap_or_default();
                let mean = |of: &dyn Fn(&Range) -> Number| {
                    ranges
                        .iter()
                        .fold(Number::ZERO, |sum, (range, weight, _)| sum.add(&of(range).mul(&share(weight))))
                };
                (mean(&|range| range.lo.clone()), mean(&|range| range.hi.clone()))
            }
        };
        Set { none: false, not_applicable: all_blank, core: numeric_core(lo, hi) }.into()
    }

    fn line(&self, of: &Possible, points: &[Number; 4]) -> Possible {
        let (has, lacks) = of.may_have_value();
        let Some(range) = of.as_range().filter(|_| has) else {
            return if has {
                let (lo, hi) =
                    (points[1].clone().min(points[3].clone()), points[1].clone().max(points[3].clone()));
                Set { none: false, not_applicable: lacks, core: numeric_core(lo, hi) }.into()
            } else {
                Possible::Known(Value::NotApplicable)
            };
        };
        let (a, b) = (operations::line(&range.lo, points), operations::line(&range.hi, points));
        let core = numeric_core(a.clone().min(b.clone()), a.max(b));
        Set { none: false, not_applicable: lacks, core }.into()
    }
}

fn join(values: impl Iterator<Item = Possible>) -> Possible {
    values.reduce(|a, b| a.join(&b)).unwrap_or(Possible::Known(Value::NotApplicable))
}

fn level_score(of: &Possible, partly: &Number) -> Possible {
    let set = of.parts();
    let blank = set.none || set.not_applicable;
    let Core::Levels(mask) = set.core else {
        let core =
            if set.core == Core::Nothing { Core::Nothing } else { numeric_core(Number::ZERO, Number::ONE) };
        return Set { none: false, not_applicable: blank, core }.into();
    };
    let scores = [Level::No, Level::Partly, Level::Yes]
        .into_iter()
        .filter(|level| mask & level_bit(*level) != 0)
        .map(|level| Possible::number(operations::level_score(level, partly)));
    let mut scores = join(scores).parts().into_owned();
    scores.not_applicable |= blank;
    scores.into()
}

fn zero_if_blank(value: &Possible, may_be_absent: bool) -> Possible {
    let mut set = value.parts().into_owned();
    let blank = set.none || set.not_applicable || may_be_absent;
    set.none = false;
    set.not_applicable = false;
    if set.core == Core::Nothing {
        return Possible::number(Number::ZERO);
    }
    if blank && let Core::Range(range) = &mut set.core {
        let zero = Number::ZERO;
        **range = Range {
            lo: range.lo.clone().min(zero.clone()),
            hi: range.hi.clone().max(zero),
            date: false,
            line: None,
        };
    }
    set.into()
}

fn arithmetic(left: &Possible, operator: Operator, right: &Possible) -> Possible {
    if let (Some(left), Some(right)) = (left.known(), right.known()) {
        return Possible::Known(operations::arithmetic(left, operator, right));
    }
    let blank = blanks(&[left, right]);
    if !left.may_have_value().0 || !right.may_have_value().0 {
        return Possible::Known(Value::NotApplicable);
    }
    let (Some(a), Some(b)) = (left.as_range(), right.as_range()) else {
        return Set { none: false, not_applicable: blank, core: Core::Anything }.into();
    };
    let hull = |products: [Number; 4]| {
        let lo = products.iter().min().cloned().unwrap_or_default();
        (lo, products.into_iter().max().unwrap_or_default())
    };
    let (lo, hi) = match operator {
        Operator::Add => (a.lo.add(&b.lo), a.hi.add(&b.hi)),
        Operator::Subtract => (a.lo.sub(&b.hi), a.hi.sub(&b.lo)),
        Operator::Multiply => hull([a.lo.mul(&b.lo), a.lo.mul(&b.hi), a.hi.mul(&b.lo), a.hi.mul(&b.hi)]),
        Operator::Divide => {
            let inverse = |n: &Number| Number::ONE.div(n);
            let same_side = b.lo > Number::ZERO || b.hi < Number::ZERO;
            let (Some(low), Some(high), true) = (inverse(&b.lo), inverse(&b.hi), same_side) else {
                return Set { none: false, not_applicable: true, core: Core::Anything }.into();
            };
            hull([a.lo.mul(&low), a.lo.mul(&high), a.hi.mul(&low), a.hi.mul(&high)])
        }
    };
    Set { none: false, not_applicable: blank, core: numeric_core(lo, hi) }.into()
}

/// A monotone function of a date.
fn map_dates(of: &Possible, date: bool, map: impl Fn(Date) -> Number) -> Possible {
    let (has, lacks) = of.may_have_value();
    let Some(range) = of.as_range().filter(|_| has) else {
        return if has {
            Set { none: false, not_applicable: lacks, core: Core::Anything }.into()
        } else {
            Possible::Known(Value::NotApplicable)
        };
    };
    let at = |day: &Number| day.to_i64().and_then(Date::from_day_number).unwrap_or(Date::MAX);
    let (lo, hi) = (map(at(&range.lo)), map(at(&range.hi)));
    Set {
        none: false,
        not_applicable: lacks,
        core: Core::Range(Box::new(Range { lo, hi, date, line: None })),
    }
    .into()
}

fn first_true(of: &[&Possible]) -> Possible {
    let mut mask = 0_u64;
    for (at, condition) in of.iter().enumerate() {
        let (t, f) = condition.truths();
        if at >= 63 {
            return Set::plain(Core::AnyChoice(u16::try_from(of.len() + 1).unwrap_or(u16::MAX))).into();
        }
        if t {
            mask |= 1 << at;
        }
        if !f {
            return Set::plain(Core::Choices(mask)).into();
        }
    }
    Set::plain(Core::Choices(mask | 1 << of.len().min(63))).into()
}

fn weighted(of: &Possible, weight: &Number) -> Possible {
    let (has, lacks) = of.may_have_value();
    if !has {
        return Possible::number(Number::ZERO);
    }
    let Some(range) = of.as_range() else {
        return Possible::range(Number::ZERO, weight.clone(), false, None);
    };
    let (lo, hi) = (range.lo.mul(weight), range.hi.mul(weight));
    if lacks {
        return Possible::range(lo.min(Number::ZERO), hi.max(Number::ZERO), false, None);
    }
    Possible::range(lo, hi, false, None)
}

/// The mean of scores: always between 0 and 1, n.v.t. where no weight is left.
fn quotient(left: &Possible, right: &Possible) -> Possible {
    let (Some(a), Some(b)) = (left.as_range(), right.as_range()) else {
        return Set { none: false, not_applicable: true, core: numeric_core(Number::ZERO, Number::ONE) }
            .into();
    };
    if b.hi <= Number::ZERO {
        return Possible::Known(Value::NotApplicable);
    }
    if b.lo == b.hi {
        return arithmetic(left, Operator::Divide, right);
    }
    let clamp = |n: Number| n.clamp(Number::ZERO, Number::ONE);
    let lo = clamp(a.lo.div(&b.hi).unwrap_or_default());
    let hi = clamp(a.hi.div(&b.lo).unwrap_or(Number::ONE));
    Set { none: false, not_applicable: b.lo <= Number::ZERO, core: numeric_core(lo, hi) }.into()
}
