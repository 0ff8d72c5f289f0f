//! Ends that are numbers: what an operation makes of them, and where a comparison of open numbers turns.

use std::collections::BTreeMap;

use super::build::{Code, Diagram, Halt, Made, day};
use super::faces::Calendar;
use super::form::{Form, Poly};
use super::store::Ref;
use super::system::System;
use super::term::{EITHER, FALSE, NOT_APPLICABLE, TRUE, Term};
use super::turning::not_negative;
use crate::evaluate::operations;
use crate::evaluate::over_sets::Lift;
use crate::evaluate::possible::{Core, Possible, Range, Set, Slot};
use crate::program::nodes::{NodeId, Op};
use crate::rules::model::Order;
use crate::rules::syntax::{Combining, Operator};
use crate::value::date::Date;
use crate::value::number::Number;
use crate::value::values::Value;

/// Where a number with few values is multiplied this often, its values are tried.
const MANY_TIMES: usize = 5;
const FEW: i64 = 4_096;

impl Diagram<'_> {
    /// What an end can be, as a set; numbers that depend on others as ranges.
    pub(crate) fn possible(&self, of: Ref) -> Possible {
        match self.terms.get(of) {
            Some(Term::Value(value)) => Possible::Known(value.clone()),
            Some(Term::OneOf(possible)) => possible.clone(),
            Some(Term::Form(form)) => {
                let (lo, hi) = self.bounds(form);
                Set::plain(Core::Range(Box::new(Range { lo, hi, date: form.date, line: None }))).into()
            }
            Some(Term::Missing(..) | Term::Tuple(_) | Term::Sums(_)) | None => {
                Set::plain(Core::Anything).into()
            }
        }
    }

    /// An operation on sets: where a missing row leaves several values. Operands are nodes 0, 1, …
    pub(crate) fn lifted(&self, op: &Op, of: &[Ref]) -> Possible {
        let values: Vec<Possible> = of.iter().map(|end| self.possible(*end)).collect();
        let lift = Lift { program: self.program, world: &self.world, item: 0 };
        lift.apply(op, &values, &[])
    }

    fn is_form(&self, of: Ref) -> bool {
        matches!(self.terms.get(of), Some(Term::Form(_)))
    }

    /// The same as a number that depends on others, where it is one.
    fn as_form(&self, of: Ref) -> Option<Form> {
        match self.terms.get(of)? {
            Term::Form(form) => Some(form.clone()),
            Term::Value(Value::Number(number)) => Some(Form::fixed(number.clone())),
            Term::Value(Value::Date(date)) => {
                Some(Form { date: true, ..Form::fixed(Number::whole(i64::from(date.day_number()))) })
            }
            _ => None,
        }
    }

    /// The ends of a number, in grid units, and the unit; for a face its own.
    fn grid(&self, slot: Slot) -> (Number, Number, Number) {
        let faces = &self.levels.faces;
        if faces.get(slot).is_none() {
            return self.grid_of_answer(slot);
        }
        let (lo, hi, _) = self.grid_of_answer(faces.base(slot));
        (faces.on(slot, &lo), faces.on(slot, &hi), Number::ONE)
    }

    fn grid_of_answer(&self, slot: Slot) -> (Number, Number, Number) {
        match self.levels.number(slot) {
            Some((_, numbers)) => (numbers.lo.clone(), numbers.hi.clone(), numbers.step.clone()),
            None => (Number::ZERO, Number::ZERO, Number::ONE),
        }
    }

    /// Ends between which a number lies.
    pub(crate) fn bounds(&self, form: &Form) -> (Number, Number) {
        let range = |slot: Slot| {
            let (lo, hi, step) = self.grid(slot);
            (lo.mul(&step), hi.mul(&step))
        };
        let (a, b) = form.above.bounds(&range);
        if form.below.is_fixed() {
            let by = Number::ONE.div(&form.below.base).unwrap_or(Number::ONE);
            return (a.mul(&by), b.mul(&by));
        }
        let (c, d) = form.below.bounds(&range);
        let quotients = [(&a, &c), (&a, &d), (&b, &c), (&b, &d)].map(|(n, d)| n.div(d).unwrap_or_default());
        let low = quotients.iter().min().cloned().unwrap_or_default();
        (low, quotients.into_iter().max().unwrap_or_default())
    }

    // ---- where comparisons turn

    /// Whether a number is at least 0, or (strict) above 0.
    pub(crate) fn decide(&mut self, form: &Form, strict: bool) -> Made {
        // The denominator is above 0.
        let (poly, negated) = self.canonical(&form.above, strict);
        if poly.is_fixed() {
            return Ok(if poly.base.is_negative() == negated { TRUE } else { FALSE });
        }
        let slots = poly.slots();
        if let [base] = self.levels.faces.bases(slots.iter().copied()).as_slice() {
            let holds = self.stretches_of_one(&poly, &slots, *base)?;
            return self.stretches(*base, &holds, negated);
        }
        let (low, high) = poly.bounds(&|slot| {
            let (lo, hi, _) = self.grid(slot);
            (lo, hi)
        });
        if !low.is_negative() {
            return Ok(if negated { FALSE } else { TRUE });
        }
        if high.is_negative() {
            return Ok(if negated { TRUE } else { FALSE });
        }
        let level = self.levels.atom(&poly).ok_or(Halt::Numbers)?;
        let kids = if negated { [TRUE, FALSE] } else { [FALSE, TRUE] };
        Ok(self.store.make(level, &kids, &[]))
    }

    /// Where a polynomial in one number, or in a date and its faces, is not negative.
    fn stretches_of_one(
        &self,
        poly: &Poly,
        slots: &[Slot],
        base: Slot,
    ) -> Result<Vec<(Number, Number)>, Halt> {
        let (lo, hi, _) = self.grid(base);
        let [slot] = slots else {
            let (domains, faces) = ([(base, (lo, hi))].into(), self.faces_in(slots));
            let system = System { rows: vec![poly.clone()], domains, faces };
            let found = system.can_be(base, &self.solver)?.ok_or(Halt::Numbers)?;
            return Ok(found.into_iter().map(|stretch| (stretch.first, stretch.last)).collect());
        };
        let (from, to, _) = self.grid(*slot);
        let count = to.sub(&from).add(&Number::ONE);
        let mut holds = if poly.degree() >= MANY_TIMES && count <= Number::whole(FEW) {
            self.where_not_negative(poly, &from, &to)?
        } else {
            self.budget.steps(poly.turning_steps())?;
            not_negative(poly, *slot, &[(from, to)])
        };
        for (_, face) in self.levels.faces.chain(*slot) {
            let (lo, hi, _) = self.grid(face.slot);
            let mut inner: Vec<(Number, Number)> = Vec::new();
            for (first, last) in
                holds.iter().filter_map(|(from, to)| face.days_within((&lo, &hi), (from, to)))
            {
                match inner.last_mut() {
                    Some((_, end)) if *end >= first.sub(&Number::ONE) => *end = last,
                    _ => inner.push((first, last)),
                }
            }
            holds = inner;
        }
        Ok(holds)
    }

    /// The stretches on which a polynomial in one number is not negative, value by value.
    fn where_not_negative(
        &self,
        poly: &Poly,
        from: &Number,
        to: &Number,
    ) -> Result<Vec<(Number, Number)>, Halt> {
        let mut found: Vec<(Number, Number)> = Vec::new();
        let mut at = from.clone();
        while at <= *to {
            self.budget
                .steps(1 + u64::try_from(poly.terms.len() * poly.degree()).unwrap_or(u64::MAX) / 64)?;
            if !poly.at(&|_| at.clone()).is_negative() {
                match found.last_mut() {
                    Some((_, end)) if end.add(&Number::ONE) == at => *end = at.clone(),
                    _ => found.push((at.clone(), at.clone())),
                }
            }
            at = at.add(&Number::ONE);
        }
        Ok(found)
    }

    /// The faces among some slots, with what they are faces of.
    pub(crate) fn faces_in(&self, slots: &[Slot]) -> BTreeMap<Slot, Calendar> {
        slots.iter().flat_map(|slot| self.levels.faces.chain(*slot)).collect()
    }

    /// The same question in grid units and lowest terms, with its first factor above 0; and whether its answer is reversed.
    fn canonical(&self, poly: &Poly, strict: bool) -> (Poly, bool) {
        let mut whole = Poly::fixed(poly.base.clone());
        for (slots, factor) in &poly.terms {
            let factor = slots.iter().fold(factor.clone(), |factor, slot| factor.mul(&self.grid(*slot).2));
            whole.terms.push((slots.clone(), factor));
        }
        let unit = whole.terms.iter().fold(Number::ZERO, |unit, (_, factor)| unit.common_step(&factor.abs()));
        let by = if unit.is_zero() { Number::ONE } else { Number::ONE.div(&unit).unwrap_or(Number::ONE) };
        let mut whole = whole.scale(&by);
        // For whole numbers plus a fraction: what is at least 0 (above 0) is at least the next whole number.
        whole.base = if strict { whole.base.ceil().sub(&Number::ONE) } else { whole.base.floor() };
        let turned = whole.terms.first().is_some_and(|(_, factor)| factor.is_negative());
        if turned {
            whole = whole.scale(&Number::whole(-1)).sub(&Poly::fixed(Number::ONE));
        }
        (whole, turned)
    }

    /// True on some stretches of a number (in grid units), false elsewhere; or the other way round.
    fn stretches(&mut self, slot: Slot, holds: &[(Number, Number)], negated: bool) -> Made {
        let Some((level, numbers)) = self.levels.number(slot) else { return Err(Halt::Numbers) };
        let (lo, hi, step) = (numbers.lo.clone(), numbers.hi.clone(), numbers.step.clone());
        let (is, is_not) = if negated { (FALSE, TRUE) } else { (TRUE, FALSE) };
        let mut kids: Vec<Ref> = vec![FALSE; numbers.specials.len()];
        let mut cuts = Vec::new();
        let first = kids.len();
        for (from, to) in holds {
            if *from > lo {
                if kids.len() == first {
                    kids.push(is_not);
                }
                cuts.push(self.store.cut_at(&from.mul(&step)));
            }
            kids.push(is);
            if *to < hi {
                cuts.push(self.store.cut_at(&to.add(&Number::ONE).mul(&step)));
                kids.push(is_not);
            }
        }
        if kids.len() == first {
            kids.push(is_not);
        }
        Ok(self.store.make(level, &kids, &cuts))
    }

    pub(crate) fn order_ends(&mut self, a: Ref, order: Order, b: Ref) -> Made {
        if let (Some(a), Some(b)) = (self.terms.value(a), self.terms.value(b)) {
            return Ok(if operations::order(a, order, b) { TRUE } else { FALSE });
        }
        for end in [a, b] {
            if self.terms.value(end).is_some_and(|value| !value.has_value()) {
                return Ok(FALSE);
            }
        }
        let (Some(x), Some(y)) = (self.as_form(a), self.as_form(b)) else {
            let lifted = self.lifted(&Op::Order(NodeId(0), order, NodeId(1)), &[a, b]);
            return Ok(self.one_of(lifted));
        };
        match order {
            Order::AtLeast => self.decide(&x.sub(&y), false),
            Order::AtMost => self.decide(&y.sub(&x), false),
            Order::MoreThan => self.decide(&x.sub(&y), true),
            Order::LessThan => self.decide(&y.sub(&x), true),
        }
    }

    pub(crate) fn equal_ends(&mut self, a: Ref, b: Ref) -> Made {
        if let (Some(x), Some(y)) = (self.terms.value(a), self.terms.value(b)) {
            return Ok(if x == y { TRUE } else { FALSE });
        }
        if a == b && self.is_form(a) {
            return Ok(TRUE);
        }
        let fits = |of: Ref| self.is_form(of) || self.terms.value(of).is_some_and(Value::has_value);
        if self.is_form(a) || self.is_form(b) {
            if self.terms.value(a).or(self.terms.value(b)).is_some_and(|value| !value.has_value()) {
                return Ok(FALSE);
            }
            if fits(a) && fits(b) {
                let (least, most) =
                    (self.order_ends(a, Order::AtLeast, b)?, self.order_ends(a, Order::AtMost, b)?);
                return self.and(least, most);
            }
        }
        let lifted = self.lifted(&Op::Equals(NodeId(0), vec![NodeId(1)]), &[a, b]);
        Ok(self.one_of(lifted))
    }

    // ---- arithmetic

    pub(crate) fn arithmetic_ends(&mut self, a: Ref, operator: Operator, b: Ref) -> Made {
        if let (Some(x), Some(y)) = (self.terms.value(a), self.terms.value(b)) {
            let value = operations::arithmetic(x, operator, y);
            return Ok(self.value(value));
        }
        for end in [a, b] {
            if self.terms.value(end).is_some_and(|value| !matches!(value, Value::Number(_))) {
                return Ok(NOT_APPLICABLE);
            }
        }
        let (Some(x), Some(y)) = (self.as_form(a), self.as_form(b)) else {
            let lifted = self.lifted(&Op::Arithmetic(NodeId(0), operator, NodeId(1)), &[a, b]);
            return Ok(self.one_of(lifted));
        };
        let made = match operator {
            Operator::Add => x.add(&y),
            Operator::Subtract => x.sub(&y),
            Operator::Multiply => {
                self.budget.steps(x.product_steps(&y))?;
                x.mul(&y)
            }
            Operator::Divide => match y.known() {
                Some(by) => match Number::ONE.div(&by) {
                    Some(by) => x.scale(&by),
                    None => return Ok(NOT_APPLICABLE),
                },
                None => {
                    let (low, high) = self.bounds(&y);
                    if low <= Number::ZERO && !high.is_negative() {
                        return self.divided(a, &y, b);
                    }
                    self.budget.steps(x.product_steps(&y))?;
                    x.over(&y, high.is_negative())
                }
            },
        };
        Ok(self.form(made))
    }

    /// Division by something whose ends do not show that it is never 0: split by its sign.
    fn divided(&mut self, a: Ref, y: &Form, b: Ref) -> Made {
        let (above, below) = (self.decide(y, true)?, self.decide(&y.scale(&Number::whole(-1)), true)?);
        if above == TRUE || below == TRUE {
            let Some(x) = self.as_form(a) else { return Err(Halt::Numbers) };
            let over = x.over(y, below == TRUE);
            return Ok(self.form(over));
        }
        let _ = b;
        Err(Halt::Numbers)
    }

    /// The higher (lower) of two scores; what has no value drops out.
    pub(crate) fn extreme(&mut self, code: Code, a: Ref, b: Ref) -> Made {
        let blank = |of: Ref| self.terms.value(of).is_some_and(|value| !value.has_value());
        match (blank(a), blank(b)) {
            (true, true) => return Ok(NOT_APPLICABLE),
            (true, false) => return Ok(b),
            (false, true) => return Ok(a),
            _ => {}
        }
        let how = if code == Code::Highest { Combining::Highest } else { Combining::Lowest };
        if let (Some(x), Some(y)) = (self.terms.value(a), self.terms.value(b)) {
            let one = Number::ONE;
            let value = operations::combine(how, [(x, &one), (y, &one)].into_iter());
            return Ok(self.value(value));
        }
        let known = |of: Ref| self.is_form(of) || self.terms.value(of).is_some();
        if known(a) && known(b) {
            let order = if code == Code::Highest { Order::AtLeast } else { Order::AtMost };
            let first = self.order_ends(a, order, b)?;
            return self.if_else(first, a, b);
        }
        let parts = vec![(NodeId(0), Number::ONE), (NodeId(1), Number::ONE)];
        let lifted = self.lifted(&Op::Combine(how, parts), &[a, b]);
        Ok(self.one_of(lifted))
    }

    // ---- operations of one operand

    pub(crate) fn node_of_form(&mut self, op: &Op, of: Ref, form: &Form) -> Made {
        match op {
            Op::HasValue(_) => Ok(TRUE),
            Op::ActiveWeight(_, weight) => Ok(self.number(weight.clone())),
            Op::Weighted(_, weight) => {
                let weighted = form.scale(weight);
                Ok(self.form(weighted))
            }
            Op::Line(_, points) => self.line(form, points),
            Op::ShiftDays(_, days) => self.shifted(form, *days),
            Op::ShiftMonths(_, months) => self.calendar(form, Some(*months)),
            Op::YearOf(_) => self.calendar(form, None),
            _ => self.lifted_one(op, of),
        }
    }

    /// The score on a straight line: left of both points, between them, right of both.
    fn line(&mut self, form: &Form, points: &[Number; 4]) -> Made {
        let [from, from_score, to, to_score] = points;
        let (left, right) = (from.min(to).clone(), from.max(to).clone());
        let (left_score, right_score) =
            if from <= to { (from_score, to_score) } else { (to_score, from_score) };
        let after = |point: Number| form.sub(&Form::fixed(point));
        // At its ends the line has the value it has before and after them, so an answer that goes no further has one piece.
        let after_left = self.decide(&after(left), false)?;
        let after_right = self.decide(&after(right), true)?;
        let slope = to_score.sub(from_score).div(&to.sub(from)).unwrap_or_default();
        let between =
            form.sub(&Form::fixed(from.clone())).scale(&slope).add(&Form::fixed(from_score.clone()));
        let between = self.form(between);
        let (left_score, right_score) = (self.number(left_score.clone()), self.number(right_score.clone()));
        let rest = self.if_else(after_right, right_score, between)?;
        self.if_else(after_left, rest, left_score)
    }

    /// Days later, kept inside the calendar.
    fn shifted(&mut self, form: &Form, days: i64) -> Made {
        let later = form.add(&Form { date: true, ..Form::fixed(Number::whole(days)) });
        let ends = [Date::MIN, Date::MAX].map(|date| Number::whole(i64::from(date.day_number())));
        let [first, last] = ends;
        let (early, late) = (
            self.decide(&Form::fixed(first.clone()).sub(&later), false)?,
            self.decide(&later.sub(&Form::fixed(last.clone())), false)?,
        );
        let (first, last) = (self.value(day(&first)), self.value(day(&last)));
        let later = self.form(later);
        let rest = self.if_else(late, last, later)?;
        self.if_else(early, first, rest)
    }

    /// What a calendar makes of a date some days after an open one, or after a face of one.
    fn calendar(&mut self, form: &Form, months: Option<i64>) -> Made {
        let line =
            form.above.as_line().filter(|(_, factor)| **factor == Number::ONE && form.below.is_fixed());
        let (Some((slot, _)), Some(days)) = (line, form.above.base.to_i64()) else {
            return Err(Halt::Numbers);
        };
        let calendar = Calendar::there(slot, days, months);
        let (lo, hi, _) = self.grid(slot);
        let (first, last) = (calendar.at(&lo), calendar.at(&hi));
        if first == last {
            return Ok(self.value(first));
        }
        let face = self.levels.faces.of(calendar);
        Ok(self.terms.of(Term::Form(Form::of(face, months.is_some()))))
    }

    // ---- look-ups

    /// The table's value for some keys.
    pub(crate) fn look_up(&mut self, table: u32, count: usize, keys: &[Ref]) -> Made {
        let program = self.program;
        let Some(found) = program.tables.get(table as usize) else { return Ok(EITHER) };
        let known: Option<Vec<Value>> = keys.iter().map(|key| self.terms.value(*key).cloned()).collect();
        if let Some(known) = known {
            return Ok(match found.find(known.iter()) {
                Some(value) => self.value(value.clone()),
                None => self.terms.of(Term::Missing(table, known.into_iter().map(Some).collect())),
            });
        }
        if keys.iter().any(|key| !self.is_form(*key) && self.terms.value(*key).is_none()) {
            let op = Op::LookUp(table, (0..).take(count).map(NodeId).collect());
            let lifted = self.lifted(&op, keys);
            return Ok(self.one_of(lifted));
        }
        // Row by row, since keys depend on open numbers.
        let mut result = match &found.otherwise {
            Some(value) => self.value(value.clone()),
            None => {
                let said = keys.iter().map(|key| self.terms.value(*key).cloned()).collect();
                self.terms.of(Term::Missing(table, said))
            }
        };
        for (row, value) in &found.rows {
            self.budget.step()?;
            let mut is = TRUE;
            for (cell, key) in row.iter().zip(keys) {
                let cell = self.value(cell.clone());
                let same = self.equal_ends(*key, cell)?;
                is = self.and(is, same)?;
                if is == FALSE {
                    break;
                }
            }
            let value = self.value(value.clone());
            result = self.if_else(is, value, result)?;
        }
        Ok(result)
    }
}
