//! Nodes made from operands that come in one by one, so that many combinations of operands become few results.

use std::rc::Rc;

use crate::asked::Asked;
use crate::number::Number;
use crate::possible::{Core, Possible, Set};
use crate::program::{Op, Program};
use crate::syntax::Combining;
use crate::value::Value;

/// What is kept per node while its operands come in group by group.
pub type State = Vec<Vec<Possible>>;

/// An operand that has not come in yet.
pub(crate) fn unset() -> Possible {
    Possible::Open(Set::plain(Core::Nothing))
}

/// How a node is made from operands that come in one by one.
pub struct Maker {
    kind: MakerKind,
    /// Operands, for one that keeps them all.
    pub(crate) children: Vec<Asked>,
    /// The node.
    pub own: Asked,
    shared: Rc<Vec<bool>>,
}

enum MakerKind {
    /// True while all are; `And`, and quantified `all`.
    All,
    /// True once one is.
    One,
    /// The number of true ones, up to a least.
    Count(u32),
    /// A sum of numbers.
    Sum,
    /// A weighted mean: sum and weights.
    Mean,
    /// The highest, or lowest.
    Extreme(bool),
    /// Keeps the operands.
    Keep,
}

impl Maker {
    /// For a node.
    #[must_use]
    pub fn new(program: &Program, shared: &Rc<Vec<bool>>, own: Asked) -> Self {
        let op = program.op(own.node);
        let kind = match op {
            Op::And(_) | Op::Quantified { all: true, .. } => MakerKind::All,
            Op::Or(_) | Op::Quantified { all: false, .. } => MakerKind::One,
            Op::AtLeast(count, _) => MakerKind::Count(*count),
            Op::Plus(_) => MakerKind::Sum,
            Op::Combine(Combining::Mean | Combining::ShareOfYes, _) => MakerKind::Mean,
            Op::Combine(Combining::Highest, _) => MakerKind::Extreme(false),
            Op::Combine(Combining::Lowest, _) => MakerKind::Extreme(true),
            _ => MakerKind::Keep,
        };
        let mut children = Vec::new();
        if let MakerKind::Keep = kind {
            op.operands(|node| {
                let inner = program.in_item.get(node.index()).copied().unwrap_or(false);
                let same = shared.get(node.index()).copied().unwrap_or(false);
                let child =
                    Asked { node, item: if inner { own.item } else { None }, second: own.second && !same };
                if !children.contains(&child) {
                    children.push(child);
                }
            });
        }
        Self { kind, children, own, shared: Rc::clone(shared) }
    }

    /// One that keeps a single value.
    #[must_use]
    pub fn keep(own: Asked) -> Self {
        Self { kind: MakerKind::Keep, children: vec![own], own, shared: Rc::new(Vec::new()) }
    }

    /// Whether it only keeps.
    #[must_use]
    pub const fn keeps(&self) -> bool {
        matches!(self.kind, MakerKind::Keep)
    }

    /// Whether it is the highest or the lowest.
    #[must_use]
    pub const fn is_extreme(&self) -> bool {
        matches!(self.kind, MakerKind::Extreme(_))
    }

    /// What two groups of operands make together; which group comes first makes no difference.
    #[must_use]
    pub fn combine(&self, a: &[Possible], b: &[Possible]) -> Vec<Possible> {
        let pairs = a.iter().zip(b);
        match self.kind {
            MakerKind::All => {
                pairs.map(|(a, b)| if *a == Possible::truth(false) { a } else { b }.clone()).collect()
            }
            MakerKind::One => {
                pairs.map(|(a, b)| if *a == Possible::truth(true) { a } else { b }.clone()).collect()
            }
            MakerKind::Sum | MakerKind::Mean => pairs.map(|(a, b)| plus(a, b)).collect(),
            MakerKind::Keep => pairs.map(|(a, b)| if *a == unset() { b } else { a }.clone()).collect(),
            // Not among the pillars.
            MakerKind::Count(_) | MakerKind::Extreme(_) => a.to_vec(),
        }
    }

    /// How often, and with what weights, an operand is used.
    fn uses(&self, program: &Program, child: Asked) -> Vec<Number> {
        let walks = matches!(program.op(self.own.node), Op::Quantified { .. });
        let same = !child.second && self.shared.get(child.node.index()).copied().unwrap_or(false);
        if !(same || child.second == self.own.second)
            || !(walks || child.item.is_none() || child.item == self.own.item)
        {
            return Vec::new();
        }
        let mut uses = Vec::new();
        match program.op(self.own.node) {
            Op::Combine(_, parts) => {
                uses.extend(
                    parts.iter().filter(|(node, _)| *node == child.node).map(|(_, weight)| weight.clone()),
                );
            }
            op => op.operands(|node| {
                if node == child.node {
                    uses.push(Number::ONE);
                }
            }),
        }
        uses
    }

    /// Its parts when these operands have come in.
    #[must_use]
    pub fn start(&self, program: &Program, fixed: &[(Asked, Possible)]) -> Vec<Possible> {
        let zero = || Possible::number(Number::ZERO);
        let mut parts = match &self.kind {
            MakerKind::All => vec![Possible::truth(true)],
            MakerKind::One => vec![Possible::truth(false)],
            MakerKind::Count(_) | MakerKind::Sum => vec![zero()],
            MakerKind::Mean => vec![zero(), zero()],
            MakerKind::Extreme(_) => vec![Possible::Known(Value::NotApplicable)],
            MakerKind::Keep => self
                .children
                .iter()
                .map(|child| {
                    let found = fixed.iter().find(|(other, _)| other == child);
                    found.map_or_else(unset, |(_, value)| value.clone())
                })
                .collect(),
        };
        if !matches!(self.kind, MakerKind::Keep) {
            for (child, value) in fixed {
                for weight in self.uses(program, *child) {
                    self.take_one(&mut parts, value, &weight, program);
                }
            }
        }
        parts
    }

    /// Takes in operands that have become known (or linear).
    pub fn take(&self, program: &Program, parts: &mut [Possible], children: &[Asked], values: &[Possible]) {
        if let MakerKind::Keep = self.kind {
            for (child, value) in children.iter().zip(values) {
                let places = self.children.iter().zip(parts.iter_mut());
                for (_, place) in places.filter(|(other, _)| *other == child) {
                    *place = value.clone();
                }
            }
            return;
        }
        for (child, value) in children.iter().zip(values) {
            for weight in self.uses(program, *child) {
                self.take_one(parts, value, &weight, program);
            }
        }
    }

    fn take_one(&self, parts: &mut [Possible], value: &Possible, weight: &Number, program: &Program) {
        let truth = *value == Possible::truth(true);
        match (&self.kind, parts) {
            (MakerKind::All, [all]) if !truth => *all = Possible::truth(false),
            (MakerKind::One, [one]) if truth => *one = Possible::truth(true),
            (MakerKind::Count(least), [count]) => {
                if truth && let Some(Value::Number(n)) = count.known() {
                    *count = Possible::number(n.add(&Number::ONE).min(Number::whole(i64::from(*least))));
                }
            }
            (MakerKind::Sum, [sum]) => *sum = plus(sum, value),
            (MakerKind::Mean, [sum, weights]) => {
                let level = matches!(program.op(self.own.node), Op::Combine(Combining::ShareOfYes, _));
                let score = match value.known() {
                    Some(Value::Level(of)) if level => {
                        Possible::number(crate::exact::level_score(*of, &Number::ZERO))
                    }
                    _ => value.clone(),
                };
                if score.may_have_value().0 && score.as_range().is_some() {
                    *sum = plus(sum, &scale(&score, weight));
                    *weights = plus(weights, &Possible::number(weight.clone()));
                }
            }
            (MakerKind::Extreme(lowest), [best]) => {
                if let (Some(Value::Number(new)), old) = (value.known(), best.known()) {
                    let better = match old {
                        Some(Value::Number(old)) => {
                            if *lowest {
                                new < old
                            } else {
                                new > old
                            }
                        }
                        _ => true,
                    };
                    if better {
                        *best = value.clone();
                    }
                }
            }
            _ => {}
        }
    }

    /// The node's value from its parts; none for one that keeps operands and must be applied to them.
    #[must_use]
    pub fn made(&self, parts: &[Possible]) -> Option<Possible> {
        match (&self.kind, parts) {
            (MakerKind::Keep, _) => None,
            (MakerKind::Count(least), [count]) => {
                Some(Possible::truth(count.known() == Some(&Value::Number(Number::whole(i64::from(*least))))))
            }
            (MakerKind::Mean, [sum, weights]) => {
                let Some(Value::Number(weights)) = weights.known() else { return None };
                Some(match Number::ONE.div(weights) {
                    Some(share) => scale(sum, &share),
                    None => Possible::Known(Value::NotApplicable),
                })
            }
            (_, [one]) => Some(one.clone()),
            _ => None,
        }
    }
}

fn plus(a: &Possible, b: &Possible) -> Possible {
    if let (Possible::Known(Value::Number(a)), Possible::Known(Value::Number(b))) = (a, b) {
        return Possible::number(a.add(b));
    }
    let (Some(a), Some(b)) = (a.as_range(), b.as_range()) else { return a.clone() };
    let line = a.line.as_ref().zip(b.line.as_ref()).map(|(a, b)| a.add(b));
    Possible::range(a.lo.add(&b.lo), a.hi.add(&b.hi), false, line)
}

fn scale(a: &Possible, by: &Number) -> Possible {
    if let Possible::Known(Value::Number(a)) = a {
        return Possible::number(a.mul(by));
    }
    let Some(a) = a.as_range() else { return a.clone() };
    // Weights are above 0, so the ends keep their order.
    Possible::range(a.lo.mul(by), a.hi.mul(by), false, a.line.map(|line| line.scale(by)))
}
