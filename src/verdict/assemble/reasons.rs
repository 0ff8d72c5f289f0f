//! What a score is made of, as the rules say it: which answer, part or line is behind it.

use crate::rules::model::{Criterion, Expression, LadderLine, Node, QuestionId};
use crate::verdict::assemble::rules::Rules;
use crate::verdict::document as v;

/// What a score is taken from.
pub(crate) enum Behind<'a> {
    /// One answer.
    Answer(QuestionId),
    /// Something with a title.
    Named(&'a str),
    /// Something else.
    Other,
}

impl<'a> Rules<'a> {
    /// All lines of a criterion's ladder; none where it has no ladder.
    pub(crate) fn ladder(&self, criterion: &'a Criterion) -> Vec<v::Line> {
        let ladder: &[LadderLine] = match criterion.score.as_ref().map(|score| &*self.unwrap(score).node) {
            Some(Node::Ladder(ladder)) => ladder,
            _ => &[],
        };
        let line = |(at, line): (usize, &LadderLine)| self.line(at, line.span, line.condition.as_ref());
        ladder.iter().enumerate().map(line).collect()
    }

    /// The expression that a bare name of a part or term stands for.
    pub(crate) fn unwrap(&self, expression: &'a Expression) -> &'a Expression {
        let inside = match &*expression.node {
            Node::Part(part) => self.model.parts.get(part.index()).map(|part| &part.score),
            Node::Term(term) => self.model.terms.get(term.index()).map(|term| &term.expression),
            _ => None,
        };
        // References never run in a circle: the checker makes sure.
        inside.map_or(expression, |inside| self.unwrap(inside))
    }

    /// What a score is taken from.
    pub(crate) fn behind(&self, expression: &Expression) -> Behind<'a> {
        let model = self.model;
        let title = match &*expression.node {
            Node::LevelScore(of) => return self.behind(of),
            Node::Answer(question) => return Behind::Answer(*question),
            Node::Part(part) => model.parts.get(part.index()).map(|part| &part.head),
            Node::Term(term) => model.terms.get(term.index()).map(|term| &term.head),
            Node::Criterion(criterion) => {
                model.criteria.get(criterion.index()).map(|criterion| &criterion.head)
            }
            _ => None,
        };
        title.map_or(Behind::Other, |head| Behind::Named(&head.title))
    }
}
