//! How many digits the numbers of a program can grow to: products of products grow without end.

use crate::program::nodes::{NodeId, Op, Program};
use crate::rules::model::{Domain, Kind};
use crate::rules::syntax::Operator;
use crate::value::number::Number;
use crate::value::values::Value;

/// The most digits in the numerator and in the denominator.
#[derive(Debug, Clone, Copy, Default)]
struct Width {
    above: u64,
    below: u64,
}

impl Width {
    const fn whole(digits: u64) -> Self {
        Self { above: digits, below: 0 }
    }

    fn of(number: &Number) -> Self {
        let text = number.to_fraction_string();
        let digits = |part: &str| u64::try_from(part.len()).unwrap_or(u64::MAX);
        let (above, below) = text.split_once('/').unwrap_or((&text, ""));
        Self { above: digits(above), below: digits(below) }
    }

    /// Either of two.
    fn or(self, other: Self) -> Self {
        Self { above: self.above.max(other.above), below: self.below.max(other.below) }
    }

    /// Their sum, of fractions of the same kind: what sums of others grow by is no more than there are of them.
    fn add(self, other: Self) -> Self {
        let below = self.below.max(other.below);
        let above = |one: Self| one.above.saturating_add(below - one.below);
        Self { above: above(self).max(above(other)).saturating_add(1), below }
    }

    fn mul(self, other: Self) -> Self {
        Self { above: self.above.saturating_add(other.above), below: self.below.saturating_add(other.below) }
    }

    const fn turned(self) -> Self {
        Self { above: self.below, below: self.above }
    }

    const fn digits(self) -> u64 {
        self.above.saturating_add(self.below)
    }
}

/// The most digits, numerator and denominator together, that a number of the program can grow to; for sums an estimate. Cost: linear
/// in the nodes.
pub(crate) fn most_digits(program: &Program) -> u64 {
    let mut widths: Vec<Width> = Vec::with_capacity(program.nodes.len());
    for op in &program.nodes {
        let own = width(program, op, &widths);
        widths.push(own);
    }
    widths.into_iter().map(Width::digits).max().unwrap_or(0)
}

fn width(program: &Program, op: &Op, known: &[Width]) -> Width {
    let of = |node: &NodeId| known.get(node.index()).copied().unwrap_or_default();
    let any = |nodes: &[NodeId]| nodes.iter().map(of).fold(Width::default(), Width::or);
    let number = |value: &Value| match value {
        Value::Number(number) => Width::of(number),
        _ => Width::whole(1),
    };
    match op {
        Op::Constant(value) => number(value),
        Op::Answer(question) => program.domains.get(question.index()).map_or(ANSWER, answer),
        Op::Field(..) => ANSWER,
        Op::Sum(..) => ANSWER.add(Width::whole(ANSWER.above)),
        Op::Arithmetic(a, Operator::Add | Operator::Subtract, b) => of(a).add(of(b)),
        Op::Arithmetic(a, Operator::Multiply, b) => of(a).mul(of(b)),
        Op::Arithmetic(a, Operator::Divide, b) | Op::Quotient(a, b) => of(a).mul(of(b).turned()),
        Op::Plus(nodes) => nodes.iter().map(of).fold(Width::default(), Width::add),
        Op::Combine(_, parts) => {
            let weighted = parts.iter().map(|(node, weight)| of(node).mul(Width::of(weight)));
            let weights = parts.iter().map(|(_, weight)| Width::of(weight));
            let sum = weighted.fold(Width::default(), Width::add);
            sum.mul(weights.fold(Width::default(), Width::add).turned())
        }
        Op::Line(node, points) => {
            let points = points.iter().map(Width::of).fold(Width::default(), Width::or);
            // A slope is the quotient of two differences.
            of(node).add(points).mul(points).mul(points.turned()).add(points)
        }
        Op::Weighted(node, weight) => of(node).mul(Width::of(weight)),
        Op::ActiveWeight(_, weight) => Width::of(weight),
        Op::LevelScore(_, partly) => Width::of(partly),
        Op::LookUp(table, _) => {
            let table = program.tables.get(*table as usize);
            let rows = table.into_iter().flat_map(|table| table.rows.iter().map(|(_, value)| value));
            rows.chain(table.and_then(|table| table.otherwise.as_ref()))
                .map(number)
                .fold(Width::default(), Width::or)
        }
        Op::Pick(_, nodes) => any(nodes),
        Op::OnlyIf(_, node) => of(node),
        _ => Width::whole(10),
    }
}

/// An answer that is a number: up to 30 digits before the point and 18 after it are read.
const ANSWER: Width = Width { above: 48, below: 18 };

fn answer(domain: &Domain) -> Width {
    match domain.kind {
        Kind::Integer { .. } => Width::whole(30),
        _ => ANSWER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers() -> Vec<Number> {
        let fractions =
            [(0, 1), (1, 1), (9, 1), (99, 1), (-99, 1), (1, 9), (99, 98), (7, 999), (999_999, 1_000)];
        fractions.map(|(n, d)| Number::fraction(n, d).unwrap()).to_vec()
    }

    /// A minus sign counts as a digit, which does no harm.
    fn holds(width: Width, number: &Number) -> bool {
        let own = Width::of(number);
        own.above <= width.above && own.below <= width.below
    }

    #[test]
    fn products_and_quotients_have_no_more_digits_than_is_said() {
        for a in &numbers() {
            for b in &numbers() {
                let (wide, other) = (Width::of(a), Width::of(b));
                let both = wide.mul(other);
                assert!(Width::of(&a.mul(b)).digits() <= both.digits() + 1, "{a:?} * {b:?}: {both:?}");
                if let Some(quotient) = a.div(b) {
                    let both = wide.mul(other.turned());
                    assert!(Width::of(&quotient).digits() <= both.digits() + 2, "{a:?} / {b:?}: {both:?}");
                }
                assert!(holds(wide.or(other), a) && holds(wide.or(other), b));
            }
        }
    }

    #[test]
    fn sums_of_the_same_kind_have_no_more_digits_than_is_said() {
        // Decimals: every denominator divides every longer one.
        let decimals = ["0", "5", "9.9", "-9.99", "999", "0.001"].map(|text| {
            let (whole, behind) = text.split_once('.').unwrap_or((text, ""));
            Number::decimal(&format!("{whole}{behind}"), -i32::try_from(behind.len()).unwrap()).unwrap()
        });
        for a in &decimals {
            for b in &decimals {
                let sum = Width::of(a).add(Width::of(b));
                assert!(holds(sum, &a.add(b)), "{a:?} + {b:?}: {sum:?}");
            }
        }
    }

    #[test]
    fn widths_that_cannot_be_counted_stay_the_most() {
        let most = Width { above: u64::MAX, below: u64::MAX };
        assert_eq!(most.mul(most).digits(), u64::MAX);
        assert_eq!(most.add(Width::whole(1)).above, u64::MAX);
        assert_eq!(Width::whole(u64::MAX).add(most).digits(), u64::MAX);
    }
}
