//! Whether a sum reaches a threshold, without making the sum: sums that lead to the same result are joined.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::build::{Code, Diagram, Halt};
use super::store::Ref;
use super::term::{FALSE, TRUE};
use crate::program::nodes::{NodeId, Op};
use crate::rules::model::Order;
use crate::rules::syntax::Operator;
use crate::value::number::Number;
use crate::value::values::Value;

/// A mean: the nodes that are added, the nodes of their weights, and the sum of the weights.
type Mean<'a> = (&'a [NodeId], &'a [NodeId], NodeId);

/// Units further apart than this are not used for counting.
pub(super) const FAR: i64 = 1 << 50;

impl<'p> Diagram<'p> {
    /// A mean over the criteria that count, where a node is one.
    pub(crate) fn mean_of(&self, node: NodeId) -> Option<Mean<'p>> {
        let program = self.program;
        let Op::Quotient(sum, weights) = program.op(node) else { return None };
        match (program.op(*sum), program.op(*weights)) {
            (Op::Plus(scores), Op::Plus(of)) if scores.len() == of.len() => Some((scores, of, *weights)),
            _ => None,
        }
    }

    /// Whether a comparison is one of a mean with a number of the rules.
    pub(crate) fn is_threshold(&self, of: NodeId, by: NodeId) -> bool {
        self.mean_of(of).is_some() && matches!(self.program.op(by), Op::Constant(Value::Number(_)))
    }

    /// The diagram of such a comparison. None: the scores depend on open numbers, or their units lie too far apart.
    pub(crate) fn threshold(&mut self, of: NodeId, order: Order, by: NodeId) -> Result<Option<Ref>, Halt> {
        let program = self.program;
        let (Some((scores, weights, all)), Op::Constant(Value::Number(by))) =
            (self.mean_of(of), program.op(by))
        else {
            return Ok(None);
        };
        let mut both = Vec::with_capacity(scores.len());
        for (score, weight) in scores.iter().zip(weights) {
            both.push((self.node(*score)?, self.node(*weight)?));
        }
        let parts = self.margins(&both, by)?;
        let Some((mut sum, start, _)) = self.sum_of(&parts, order, &[])? else { return Ok(None) };
        let (_, _, sum) = sum.run(self, start)?;
        let weights = self.node(all)?;
        let zero = self.number(Number::ZERO);
        let any = self.two(Code::Order(Order::MoreThan), weights, zero)?;
        self.and(any, sum).map(Some)
    }

    /// How far scores lie above a part of their weights: sum ≥ by · weights, so Σ (score - by · weight) ≥ 0.
    pub(super) fn margins(&mut self, both: &[(Ref, Ref)], by: &Number) -> Result<Vec<Ref>, Halt> {
        let minus = self.number(by.neg());
        let mut parts = Vec::with_capacity(both.len());
        for (score, weight) in both {
            let weight = self.two(Code::Arithmetic(Operator::Multiply), minus, *weight)?;
            parts.push(self.two(Code::Arithmetic(Operator::Add), *score, weight)?);
        }
        Ok(parts)
    }

    /// A sum of diagrams that is so ordered to 0 where it is not negative, what it starts with, and further numbers in its units.
    /// None: an end is no number, or the units lie too far apart.
    pub(super) fn sum_of(
        &self,
        parts: &[Ref],
        order: Order,
        more: &[Number],
    ) -> Result<Option<(Sum, i64, Vec<i64>)>, Halt> {
        let mut unit = more.iter().fold(Number::ZERO, |unit, number| unit.common_step(&number.abs()));
        let mut numbers: Vec<(Ref, Number)> = Vec::new();
        for part in parts {
            for end in self.store.below(*part).1 {
                let Some(Value::Number(number)) = self.terms.value(end) else { return Ok(None) };
                unit = unit.common_step(&number.abs());
                numbers.push((end, number.clone()));
            }
        }
        if unit.is_zero() {
            unit = Number::ONE;
        }
        let upper = matches!(order, Order::AtMost | Order::LessThan);
        let counted = |number: &Number| {
            let count = number.div(&unit).and_then(|count| count.to_i64()).filter(|n| n.abs() < FAR)?;
            Some(if upper { -count } else { count })
        };
        let Some(more) = more.iter().map(counted).collect::<Option<Vec<i64>>>() else { return Ok(None) };
        let mut units: FxHashMap<Ref, i64> = FxHashMap::default();
        for (end, number) in numbers {
            let Some(count) = counted(&number) else { return Ok(None) };
            units.insert(end, count);
        }
        let mut start = -i64::from(matches!(order, Order::MoreThan | Order::LessThan));
        let mut open = Vec::with_capacity(parts.len());
        for part in parts {
            match units.get(part) {
                Some(own) => start += own,
                None => open.push(*part),
            }
        }
        // From the top down; parts that were not begun yet come last.
        open.sort_by_key(|part| self.store.level(*part));
        let mut ends: FxHashMap<Ref, (i64, i64)> = FxHashMap::default();
        for part in &open {
            for node in self.store.below(*part).0 {
                let (mut least, mut most) = (i64::MAX, i64::MIN);
                for kid in self.store.kids(node) {
                    let (a, b) = match units.get(kid) {
                        Some(own) => (*own, *own),
                        None => ends.get(kid).copied().unwrap_or((0, 0)),
                    };
                    (least, most) = (least.min(a), most.max(b));
                }
                ends.insert(node, (least, most));
            }
        }
        let mut rest = vec![(0, 0); open.len() + 1];
        for (at, part) in open.iter().enumerate().rev() {
            let (a, b) = ends.get(part).copied().unwrap_or((0, 0));
            let (c, d) = rest.get(at + 1).copied().unwrap_or((0, 0));
            if let Some(place) = rest.get_mut(at) {
                *place = (a + c, b + d);
            }
        }
        Ok(Some((Sum { units, ends, open, rest, known: FxHashMap::default() }, start, more)))
    }
}

/// The parts of a sum halfway: those that were begun, and how many were.
type Begun = (Vec<Ref>, usize);

/// The constants for which a result is the same, and the result.
type Span = (i64, i64, Ref);

/// Whether a sum of diagrams and a constant is not negative.
pub(super) struct Sum {
    /// What each end counts for.
    units: FxHashMap<Ref, i64>,
    /// The least and the most below each node.
    ends: FxHashMap<Ref, (i64, i64)>,
    open: Vec<Ref>,
    /// The least and the most of those not begun, by how many were.
    rest: Vec<(i64, i64)>,
    /// For each state the constants for which the result is known, as spans: by the last of a span its first, and the result.
    known: FxHashMap<Begun, BTreeMap<i64, (i64, Ref)>>,
}

struct Step {
    begun: Begun,
    constant: i64,
    level: u32,
    /// Per child the state below and what the ends that were met add.
    below: Vec<(Begun, i64)>,
    cuts: Vec<u32>,
    kids: Vec<Ref>,
    from: i64,
    to: i64,
}

const WIDE: i64 = i64::MAX / 4;

impl Sum {
    /// The diagram with a constant added.
    pub(super) fn run(&mut self, diagram: &mut Diagram<'_>, start: i64) -> Result<Span, Halt> {
        let mut steps: Vec<Step> = Vec::new();
        let mut next: (Begun, i64) = ((Vec::new(), 0), start);
        loop {
            let (begun, constant) = next;
            let mut result = self.at_once(&begun, constant);
            if result.is_none() {
                diagram.budget.step()?;
                let step = self.step(diagram, begun, constant);
                diagram.budget.places(step.below.iter().map(|((begun, _), _)| 1 + begun.len()).sum())?;
                steps.push(step);
            }
            loop {
                let Some(step) = steps.last_mut() else {
                    return Ok(result.unwrap_or((start, start, FALSE)));
                };
                if let Some((from, to, made)) = result.take() {
                    let added = step.below.get(step.kids.len()).map_or(0, |(_, added)| *added);
                    step.from = step.from.max(from.saturating_sub(added).max(-WIDE));
                    step.to = step.to.min(to.saturating_sub(added).min(WIDE));
                    step.kids.push(made);
                }
                if let Some((begun, added)) = step.below.get(step.kids.len()) {
                    next = (begun.clone(), step.constant + added);
                    break;
                }
                let Some(done) = steps.pop() else { return Ok((start, start, FALSE)) };
                let made = diagram.store.make(done.level, &done.kids, &done.cuts);
                self.known.entry(done.begun).or_default().insert(done.to, (done.from, made));
                result = Some((done.from, done.to, made));
            }
        }
    }

    fn at_once(&self, begun: &Begun, constant: i64) -> Option<Span> {
        let (mut least, mut most) = self.rest.get(begun.1).copied().unwrap_or((0, 0));
        for part in &begun.0 {
            let (a, b) = self.ends.get(part).copied().unwrap_or((0, 0));
            (least, most) = (least + a, most + b);
        }
        if constant + least >= 0 {
            return Some((-least, WIDE, TRUE));
        }
        if constant + most < 0 {
            return Some((-WIDE, -most - 1, FALSE));
        }
        let (to, (from, made)) = self.known.get(begun)?.range(constant..).next()?;
        (*from <= constant).then_some((*from, *to, *made))
    }

    fn step(&self, diagram: &Diagram<'_>, begun: Begun, constant: i64) -> Step {
        let store = &diagram.store;
        let (mut active, mut count) = begun.clone();
        let mut level = active.iter().map(|part| store.level(*part)).min().unwrap_or(u32::MAX);
        // The parts that begin here.
        while let Some(part) = self.open.get(count) {
            let own = store.level(*part);
            if own > level {
                break;
            }
            level = own;
            active.push(*part);
            count += 1;
        }
        let mut rows = Vec::new();
        let cuts = store.expand(level, &active, &mut rows);
        let below = rows
            .chunks(active.len().max(1))
            .map(|row| {
                let (mut left, mut added) = (Vec::with_capacity(row.len()), 0);
                for part in row {
                    match self.units.get(part) {
                        Some(own) => added += own,
                        None => left.push(*part),
                    }
                }
                left.sort_unstable();
                ((left, count), added)
            })
            .collect();
        Step { begun, constant, level, below, cuts, kids: Vec::new(), from: -WIDE, to: WIDE }
    }
}
