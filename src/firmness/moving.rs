//! A program in which one number moves: every value as a function of that number, near one value of it, and how far it can
//! move before a comparison turns. A third domain for the one evaluator, beside exact values and sets.
//!
//! One weight moves a mean along (a·p + b)/(c·p + d); everything above it is linear in that mean, or picks. So a comparison turns
//! where a linear function is 0, and walking from turn to turn meets every value of the outcome.

use std::cmp::Ordering;

use crate::evaluate::operations::Operands;
use crate::evaluate::walk::Domain;
use crate::evaluate::world::World;
use crate::evaluate::{operations, walk};
use crate::program::nodes::{NodeId, Op, Program};
use crate::rules::model::{Order, QuestionId};
use crate::rules::syntax::{Combining, Operator};
use crate::value::date::Date;
use crate::value::number::Number;
use crate::value::values::Value;

/// (a·p + b) / (c·p + d)
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    a: Number,
    b: Number,
    c: Number,
    d: Number,
}

impl Form {
    /// p itself.
    #[must_use]
    pub const fn moving() -> Self {
        Self { a: Number::ONE, b: Number::ZERO, c: Number::ZERO, d: Number::ONE }
    }

    const fn fixed(number: Number) -> Self {
        Self { a: Number::ZERO, b: number, c: Number::ZERO, d: Number::ONE }
    }

    fn is_fixed(&self) -> bool {
        self.a.is_zero() && self.c.is_zero()
    }

    fn same_under(&self, other: &Self) -> bool {
        self.c == other.c && self.d == other.d
    }

    /// Times a fixed number.
    fn times(&self, by: &Number) -> Self {
        Self { a: self.a.mul(by), b: self.b.mul(by), ..self.clone() }
    }

    /// None where the sum is no such form.
    fn plus(&self, other: &Self) -> Option<Self> {
        if self.same_under(other) {
            return Some(Self { a: self.a.add(&other.a), b: self.b.add(&other.b), ..self.clone() });
        }
        if self.is_fixed() {
            return other.plus_fixed(&self.b);
        }
        if other.is_fixed() {
            return self.plus_fixed(&other.b);
        }
        None
    }

    fn plus_fixed(&self, more: &Number) -> Option<Self> {
        Some(Self { a: self.a.add(&self.c.mul(more)), b: self.b.add(&self.d.mul(more)), ..self.clone() })
    }

    /// None where the product is no such form.
    fn product(&self, other: &Self) -> Option<Self> {
        if self.is_fixed() {
            return Some(other.times(&self.b));
        }
        other.is_fixed().then(|| self.times(&other.b))
    }

    /// None where the quotient is no such form; the divisor is not 0 throughout.
    fn over(&self, other: &Self) -> Option<Self> {
        if other.is_fixed() {
            return Some(self.times(&Number::ONE.div(&other.b)?));
        }
        let under = if self.same_under(other) {
            (other.a.clone(), other.b.clone())
        } else if self.is_fixed() {
            // b / ((a·p + b) / (c·p + d))
            return Some(Self {
                a: other.c.mul(&self.b),
                b: other.d.mul(&self.b),
                c: other.a.clone(),
                d: other.b.clone(),
            });
        } else {
            return None;
        };
        Some(Self { a: self.a.clone(), b: self.b.clone(), c: under.0, d: under.1 })
    }
}

/// A value while one number moves.
#[derive(Debug, Clone, PartialEq)]
pub enum Moved {
    /// The same all around the spot.
    Known(Value),
    /// A number that moves along.
    Form(Form),
}

impl Moved {
    /// As simple as it can be: forms that do not move have normal form, with 1 below the line.
    fn of(form: Form) -> Self {
        let Form { a, b, c, d } = form;
        if a.mul(&d) == b.mul(&c) {
            let fixed = if d.is_zero() { a.div(&c) } else { b.div(&d) };
            return Self::Known(fixed.map_or(Value::NotApplicable, Value::Number));
        }
        let below = if c.is_zero() { d.clone() } else { c.clone() };
        match (a.div(&below), b.div(&below), c.div(&below), d.div(&below)) {
            (Some(a), Some(b), Some(c), Some(d)) => Self::Form(Form { a, b, c, d }),
            _ => Self::Form(Form { a, b, c, d }),
        }
    }

    fn form(&self) -> Option<Form> {
        match self {
            Self::Form(form) => Some(form.clone()),
            Self::Known(Value::Number(number)) => Some(Form::fixed(number.clone())),
            Self::Known(_) => None,
        }
    }

    fn known(&self) -> &Value {
        match self {
            Self::Known(value) => value,
            // Asked only where no operand moves.
            Self::Form(_) => &Value::NotApplicable,
        }
    }

    /// A number that does not move.
    #[must_use]
    pub fn number(&self) -> Option<Number> {
        match self {
            Self::Known(Value::Number(number)) => Some(number.clone()),
            _ => None,
        }
    }

    fn has_value(&self) -> bool {
        match self {
            Self::Known(value) => value.has_value(),
            Self::Form(_) => true,
        }
    }

    fn is_true(&self) -> bool {
        matches!(self, Self::Known(Value::Bool(true)))
    }
}

/// Where the moving number is: at a value, or right beside it.
#[derive(Debug, Clone)]
pub struct Spot {
    /// The value.
    pub at: Number,
    /// Just below it (-1), at it, or just above it (1).
    pub side: i8,
}

/// The domain: the world with the moving number at a spot.
struct Moving<'a> {
    program: &'a Program,
    /// None: no answer is read any more.
    world: Option<&'a World>,
    /// The number that stands for the moving one in the program.
    marker: &'a Number,
    spot: Spot,
    item: u32,
    /// The nearest turns on both sides.
    before: Option<Number>,
    after: Option<Number>,
    /// Something was no such form, or a look-up found nothing.
    lost: bool,
}

impl Moving<'_> {
    fn turn(&mut self, at: Number) {
        match at.cmp(&self.spot.at) {
            Ordering::Less => {
                if self.before.as_ref().is_none_or(|before| at > *before) {
                    self.before = Some(at);
                }
            }
            Ordering::Greater => {
                if self.after.as_ref().is_none_or(|after| at < *after) {
                    self.after = Some(at);
                }
            }
            Ordering::Equal => {}
        }
    }

    /// The sign of slope·p + base at the spot; notes where it is 0.
    fn sign(&mut self, slope: &Number, base: &Number) -> Ordering {
        let here = slope.mul(&self.spot.at).add(base).cmp(&Number::ZERO);
        if let Some(root) = base.neg().div(slope) {
            self.turn(root);
        }
        if here != Ordering::Equal {
            return here;
        }
        let side = self.spot.side.cmp(&0);
        if slope.is_negative() {
            side.reverse()
        } else if slope.is_zero() {
            Ordering::Equal
        } else {
            side
        }
    }

    fn compare(&mut self, left: &Form, right: &Form) -> Ordering {
        let square = left.a.mul(&right.c).sub(&right.a.mul(&left.c));
        if !square.is_zero() && !left.same_under(right) {
            self.lost = true;
            return Ordering::Equal;
        }
        let (slope, base, below) = if left.same_under(right) {
            (left.a.sub(&right.a), left.b.sub(&right.b), self.sign(&left.c, &left.d))
        } else {
            let slope = left.a.mul(&right.d).add(&left.b.mul(&right.c));
            let slope = slope.sub(&right.a.mul(&left.d)).sub(&right.b.mul(&left.c));
            let base = left.b.mul(&right.d).sub(&right.b.mul(&left.d));
            let (one, other) = (self.sign(&left.c, &left.d), self.sign(&right.c, &right.d));
            let below = match (one, other) {
                (Ordering::Equal, _) | (_, Ordering::Equal) => Ordering::Equal,
                (one, other) if one == other => Ordering::Greater,
                _ => Ordering::Less,
            };
            (slope, base, below)
        };
        let above = self.sign(&slope, &base);
        match below {
            Ordering::Greater => above,
            Ordering::Less => above.reverse(),
            Ordering::Equal => {
                self.lost = true;
                Ordering::Equal
            }
        }
    }

    fn or_lost(&mut self, form: Option<Form>) -> Moved {
        match form {
            Some(form) => Moved::of(form),
            None => {
                self.lost = true;
                Moved::Known(Value::NotApplicable)
            }
        }
    }

    /// A number in the program: fixed, or the moving one.
    fn written(&self, number: &Number) -> Form {
        if number == self.marker { Form::moving() } else { Form::fixed(number.clone()) }
    }

    fn equal(&mut self, left: &Moved, right: &Moved) -> bool {
        match (left, right) {
            (Moved::Known(left), Moved::Known(right)) => left == right,
            _ => match (left.form(), right.form()) {
                (Some(left), Some(right)) => self.compare(&left, &right) == Ordering::Equal,
                _ => false,
            },
        }
    }

    fn order(&mut self, left: &Moved, by: Order, right: &Moved) -> bool {
        if let (Moved::Known(left), Moved::Known(right)) = (left, right) {
            return operations::order(left, by, right);
        }
        let (Some(left), Some(right)) = (left.form(), right.form()) else { return false };
        operations::ordered(self.compare(&left, &right), by)
    }

    fn combine(&mut self, how: Combining, parts: &[(Moved, Form)]) -> Moved {
        let scored: Vec<(Form, &Form)> =
            parts.iter().filter_map(|(value, weight)| Some((value.form()?, weight))).collect();
        let Some((first, _)) = scored.first() else { return Moved::Known(Value::NotApplicable) };
        if matches!(how, Combining::Highest | Combining::Lowest) {
            let better = if how == Combining::Highest { Ordering::Greater } else { Ordering::Less };
            let mut best = first.clone();
            for (score, _) in scored.iter().skip(1) {
                if self.compare(score, &best) == better {
                    best = score.clone();
                }
            }
            return Moved::of(best);
        }
        let (mut sum, mut weights) = (Some(Form::fixed(Number::ZERO)), Some(Form::fixed(Number::ZERO)));
        for (score, weight) in &scored {
            sum = sum.and_then(|sum| sum.plus(&score.product(weight)?));
            weights = weights.and_then(|weights| weights.plus(weight));
        }
        let mean = sum.zip(weights).and_then(|(sum, weights)| sum.over(&weights));
        self.or_lost(mean)
    }

    fn line(&mut self, x: &Form, points: &[Number; 4]) -> Moved {
        let [from, from_score, to, to_score] = points;
        let width = to.sub(from);
        // Share of the way from the first point to the second.
        let share = Form::fixed(from.neg()).plus(x).and_then(|x| x.over(&Form::fixed(width)));
        let Some(share) = share else { return self.or_lost(None) };
        if self.compare(&share, &Form::fixed(Number::ZERO)) != Ordering::Greater {
            return Moved::Known(Value::Number(from_score.clone()));
        }
        if self.compare(&share, &Form::fixed(Number::ONE)) != Ordering::Less {
            return Moved::Known(Value::Number(to_score.clone()));
        }
        let form = share.times(&to_score.sub(from_score)).plus_fixed(from_score);
        self.or_lost(form)
    }

    fn arithmetic(&mut self, left: &Moved, operator: Operator, right: &Moved) -> Moved {
        let (Some(left), Some(right)) = (left.form(), right.form()) else {
            return Moved::Known(Value::NotApplicable);
        };
        let found = match operator {
            Operator::Add => left.plus(&right),
            Operator::Subtract => left.plus(&right.times(&Number::whole(-1))),
            Operator::Multiply => left.product(&right),
            Operator::Divide if right.is_fixed() && right.b.is_zero() => {
                return Moved::Known(Value::NotApplicable);
            }
            Operator::Divide => left.over(&right),
        };
        self.or_lost(found)
    }

    /// None: nothing moves here, and the exact domain says what it is.
    fn moved(&mut self, op: &Op, values: &[Moved]) -> Option<Moved> {
        let get =
            |node: &NodeId| values.get(node.index()).cloned().unwrap_or(Moved::Known(Value::NotApplicable));
        let mut moves = written(op).contains(&self.marker);
        op.operands(|node| moves |= matches!(values.get(node.index()), Some(Moved::Form(_))));
        if !moves {
            return None;
        }
        Some(match op {
            Op::Constant(_) => Moved::Form(Form::moving()),
            Op::Equals(left, right) => {
                let left = get(left);
                // All of them, so that every turn is noted.
                let equal = right.iter().filter(|right| self.equal(&left, &get(right))).count();
                Moved::Known(Value::Bool(equal > 0))
            }
            Op::Order(left, by, right) => Moved::Known(Value::Bool(self.order(&get(left), *by, &get(right)))),
            Op::HasValue(of) => Moved::Known(Value::Bool(get(of).has_value())),
            Op::Combine(how, parts) => {
                let parts: Vec<(Moved, Form)> =
                    parts.iter().map(|(part, weight)| (get(part), self.written(weight))).collect();
                self.combine(*how, &parts)
            }
            Op::Line(of, points) => match get(of).form() {
                Some(x) => self.line(&x, points),
                None => Moved::Known(Value::NotApplicable),
            },
            Op::OnlyIf(condition, of) if get(condition).is_true() => get(of),
            Op::OnlyIf(..) => Moved::Known(Value::NotApplicable),
            Op::Pick(at, of) => match get(at) {
                Moved::Known(Value::Choice(at)) => {
                    of.get(usize::from(at)).map_or(Moved::Known(Value::NotApplicable), get)
                }
                _ => Moved::Known(Value::NotApplicable),
            },
            Op::ActiveWeight(of, weight) => {
                Moved::of(if get(of).has_value() { self.written(weight) } else { Form::fixed(Number::ZERO) })
            }
            Op::Weighted(of, weight) => match get(of).form() {
                Some(score) => {
                    let weighted = score.product(&self.written(weight));
                    self.or_lost(weighted)
                }
                None => Moved::Known(Value::Number(Number::ZERO)),
            },
            Op::Plus(of) => {
                let zero = Some(Form::fixed(Number::ZERO));
                let terms = of.iter().filter_map(|node| get(node).form());
                let sum = terms.fold(zero, |sum, term| sum.and_then(|sum| sum.plus(&term)));
                self.or_lost(sum)
            }
            Op::Quotient(left, right) => self.arithmetic(&get(left), Operator::Divide, &get(right)),
            Op::Arithmetic(left, operator, right) => self.arithmetic(&get(left), *operator, &get(right)),
            _ => self.or_lost(None),
        })
    }
}

/// The numbers that stand in an operation and can be moved.
pub(crate) fn written(op: &Op) -> Vec<&Number> {
    match op {
        Op::Constant(Value::Number(number)) | Op::ActiveWeight(_, number) | Op::Weighted(_, number) => {
            vec![number]
        }
        Op::Combine(_, parts) => parts.iter().map(|(_, weight)| weight).collect(),
        _ => Vec::new(),
    }
}

struct Values<'a, 'b> {
    domain: &'a Moving<'b>,
    values: &'a [Moved],
    bodies: &'a [Moved],
}

impl Values<'_, '_> {
    fn slot(&self, slot: crate::evaluate::possible::Slot) -> Value {
        let known = self.domain.world.and_then(|world| world.get(slot).known().cloned());
        known.unwrap_or(Value::NotApplicable)
    }
}

impl Operands for Values<'_, '_> {
    fn get(&self, node: NodeId) -> &Value {
        self.values.get(node.index()).map_or(&Value::NotApplicable, Moved::known)
    }
    fn length(&self, list: QuestionId) -> Value {
        self.slot(list.0)
    }
    fn answer(&self, question: QuestionId) -> Value {
        self.slot(question.0)
    }
    fn field(&self, list: QuestionId, field: u32) -> Value {
        let slot = self.domain.world.map(|world| world.list(list).slot(self.domain.item, field));
        slot.map_or(Value::NotApplicable, |slot| self.slot(slot))
    }
    fn column(&self, list: QuestionId, field: u32) -> Vec<Value> {
        let Some(world) = self.domain.world else { return Vec::new() };
        let items = world.item_count(list).unwrap_or(0);
        (0..items).map(|item| self.slot(world.list(list).slot(item, field))).collect()
    }
    fn reference_date(&self) -> Date {
        self.domain.world.map_or(Date::MIN, |world| world.reference_date)
    }
    fn bodies(&self, _: QuestionId, _: NodeId) -> Vec<bool> {
        self.bodies.iter().map(Moved::is_true).collect()
    }
}

impl Domain for Moving<'_> {
    type V = Moved;
    fn blank(&self) -> Moved {
        Moved::Known(Value::NotApplicable)
    }
    fn most_items(&self, list: QuestionId) -> u32 {
        self.world.and_then(|world| world.item_count(list)).unwrap_or(0)
    }
    fn at_item(&mut self, item: u32) {
        self.item = item;
    }
    fn apply(&mut self, op: &Op, values: &[Moved], bodies: &[Moved]) -> Moved {
        if let Some(moved) = self.moved(op, values) {
            return moved;
        }
        match operations::apply(self.program, op, &Values { domain: self, values, bodies }) {
            Ok(value) => Moved::Known(value),
            Err(operations::Gap) => {
                self.lost = true;
                Moved::Known(Value::NotApplicable)
            }
        }
    }
}

/// What is walked through: the nodes that move, and the values of all that they read.
pub struct Walk<'a> {
    /// The program, with the marker where the moving number stands.
    pub program: &'a Program,
    /// The answers, all known; none where nothing that moves reads one.
    pub world: Option<&'a World>,
    /// The number that stands for the moving one.
    pub marker: &'a Number,
    /// The nodes that move, ascending.
    pub plan: &'a [NodeId],
    /// What is asked; among the plan.
    pub asked: NodeId,
}

/// The number went where its values are no longer of the form, or turned too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost;

/// An end of an interval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// Where.
    pub at: Number,
    /// Whether it belongs to the interval.
    pub included: bool,
}

/// What is asked at a spot, and up to where it stays so.
struct Here {
    value: Value,
    before: Option<Number>,
    after: Option<Number>,
}

/// The most turns in one walk.
const MOST_TURNS: usize = 10_000;

impl Walk<'_> {
    fn at(&self, values: &mut [Moved], spot: Spot) -> Result<Here, Lost> {
        let mut domain = Moving {
            program: self.program,
            world: self.world,
            marker: self.marker,
            spot,
            item: 0,
            before: None,
            after: None,
            lost: false,
        };
        walk::run(self.program, &mut domain, self.plan, values);
        if domain.lost {
            return Err(Lost);
        }
        match values.get(self.asked.index()) {
            Some(Moved::Known(value)) => {
                Ok(Here { value: value.clone(), before: domain.before, after: domain.after })
            }
            _ => Err(Lost),
        }
    }

    /// What is asked with the moving number at a value.
    ///
    /// # Errors
    /// When something is not of the form.
    pub fn value(&self, values: &mut [Moved], at: &Number) -> Result<Value, Lost> {
        Ok(self.at(values, Spot { at: at.clone(), side: 0 })?.value)
    }

    /// Up to where what is asked stays `wanted`, from a value at which it is: downward, or upward. None: without end. Turns at or
    /// below `floor` are not looked at.
    ///
    /// # Errors
    /// When something is not of the form.
    pub fn end(
        &self,
        values: &mut [Moved],
        from: &Number,
        wanted: &Value,
        up: bool,
        floor: Option<&Number>,
    ) -> Result<Option<End>, Lost> {
        let mut at = from.clone();
        for _ in 0..MOST_TURNS {
            let here = self.at(values, Spot { at: at.clone(), side: if up { 1 } else { -1 } })?;
            if here.value != *wanted {
                return Ok(Some(End { at, included: true }));
            }
            let turn = if up { here.after } else { here.before };
            let Some(turn) = turn.filter(|turn| up || floor.is_none_or(|floor| turn > floor)) else {
                return Ok(None);
            };
            if self.value(values, &turn)? != *wanted {
                return Ok(Some(End { at: turn, included: false }));
            }
            at = turn;
        }
        Err(Lost)
    }

    /// The stretches between two values on which what is asked is `wanted`, apart from single values; ascending, and joined
    /// where they meet.
    ///
    /// # Errors
    /// When something is not of the form.
    pub fn stretches(
        &self,
        values: &mut [Moved],
        from: &Number,
        until: &Number,
        wanted: &Value,
    ) -> Result<Vec<(Number, Number)>, Lost> {
        let mut found: Vec<(Number, Number)> = Vec::new();
        let mut at = from.clone();
        for _ in 0..MOST_TURNS {
            if at >= *until {
                return Ok(found);
            }
            let here = self.at(values, Spot { at: at.clone(), side: 1 })?;
            let next = here.after.filter(|after| after < until).unwrap_or_else(|| until.clone());
            if here.value == *wanted {
                match found.last_mut() {
                    Some((_, last)) if *last == at => *last = next.clone(),
                    _ => found.push((at, next.clone())),
                }
            }
            at = next;
        }
        Err(Lost)
    }
}
