//! Scores in one completion. None is n.v.t.

use meetlat::internals::rules::syntax::{
    Combining, DeclarationKind, Expression, ExpressionNode as Node, Literal, Score, WeightedPart,
};
use num_rational::BigRational;
use num_traits::{One as _, Zero as _};

use super::conditions::{World, literal};
use super::rules;
use super::value::{Value, whole};

impl World<'_> {
    /// The score of a question, part or criterion.
    pub(crate) fn score(self, name: &str) -> Option<BigRational> {
        // Scores are of whole files: no quantifier's record reaches into them.
        let world = World { item: None, ..self };
        let declaration = self.rules.get(name).unwrap();
        match declaration.kind.node {
            DeclarationKind::Question => match &self.answers[name] {
                Value::Grade(2) => Some(BigRational::one()),
                Value::Grade(1) => Some(number(self.rules.partly().unwrap())),
                Value::Grade(0) => Some(BigRational::zero()),
                Value::NotApplicable => None,
                other => panic!("{name} has no score: {other:?}"),
            },
            DeclarationKind::Criterion if rules::only_if(declaration).is_some_and(|c| !world.holds(c)) => {
                None
            }
            DeclarationKind::Part | DeclarationKind::Criterion => match rules::score(declaration)? {
                Score::Expression(expression) => world.score_of(expression),
                Score::Combination { how, parts } => world.combine(how.node, parts),
                Score::Ladder(lines) => {
                    let line =
                        lines.iter().find(|line| line.condition.as_ref().is_none_or(|c| world.holds(c)));
                    world.score_of(&line.unwrap().value)
                }
                Score::Line { of, from_score, from, to_score, to } => match world.value(of) {
                    Value::Number(x) => Some(straight_line(
                        &x,
                        (&number(&from.node), &number(&from_score.node)),
                        (&number(&to.node), &number(&to_score.node)),
                    )),
                    _ => None,
                },
            },
            _ => panic!("{name} has no score"),
        }
    }

    /// A percentage, a name of a score or n.v.t.
    fn score_of(self, expression: &Expression) -> Option<BigRational> {
        match &*expression.node {
            Node::Name(name) => self.score(name),
            Node::Literal(Literal::NotApplicable) => None,
            Node::Literal(percentage) => Some(number(percentage)),
            other => panic!("no score: {other:?}"),
        }
    }

    fn combine(self, how: Combining, parts: &[WeightedPart]) -> Option<BigRational> {
        // What is n.v.t. drops out, with its weight.
        let mut scores = Vec::new();
        for part in parts {
            if let Some(score) = self.score(&part.name.node) {
                let weight =
                    part.weight.as_ref().map_or_else(BigRational::one, |weight| number(&weight.node));
                scores.push((weight, score));
            }
        }
        match how {
            Combining::Highest => scores.into_iter().map(|(_, score)| score).max(),
            Combining::Lowest => scores.into_iter().map(|(_, score)| score).min(),
            Combining::Mean => mean(&scores),
            Combining::ShareOfYes => {
                let yes = parts.iter().filter(|part| self.answers[&part.name.node] == Value::JA).count();
                let all = i64::try_from(scores.len()).unwrap();
                (all > 0).then(|| whole(i64::try_from(yes).unwrap()) / whole(all))
            }
        }
    }
}

/// The mean of (weight, score); none of nothing.
pub(crate) fn mean(scores: &[(BigRational, BigRational)]) -> Option<BigRational> {
    if scores.is_empty() {
        return None;
    }
    let weights: BigRational = scores.iter().map(|(weight, _)| weight).sum();
    let sum: BigRational = scores.iter().map(|(weight, score)| weight * score).sum();
    Some(sum / weights)
}

/// The height at `x` of the line through two points, level outside them.
fn straight_line(
    x: &BigRational,
    (x1, y1): (&BigRational, &BigRational),
    (x2, y2): (&BigRational, &BigRational),
) -> BigRational {
    let (left, right) = if x1 < x2 { ((x1, y1), (x2, y2)) } else { ((x2, y2), (x1, y1)) };
    if x <= left.0 {
        left.1.clone()
    } else if x >= right.0 {
        right.1.clone()
    } else {
        left.1 + (right.1 - left.1) * (x - left.0) / (right.0 - left.0)
    }
}

/// A literal that is a number.
pub(crate) fn number(value: &Literal) -> BigRational {
    match literal(value) {
        Value::Number(n) => n,
        other => panic!("no number: {other:?}"),
    }
}
