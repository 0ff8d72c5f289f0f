//! `thema is a of b`: what people write for `thema is een van a, b`.
//!
//! The grammar reads it as `(thema is a) of b`, which is right when `b` is a term. So this looks at the names of the whole
//! file, after all of it was read.

use std::collections::BTreeSet;

use super::reader::Reader;
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::says;
use crate::rules::syntax::{
    Clause, ClauseBody, Comparison, DeclarationKind, Expression, ExpressionNode, File, KindName, Literal,
    NamedItem, Score,
};

/// Reports each, and corrects it in the tree so that nothing else is reported about it.
pub(super) fn mend(file: &mut File, reader: &mut Reader<'_>) {
    let names = Names::of(file);
    for declaration in &mut file.declarations {
        for clause in &mut declaration.clauses {
            for expression in expressions(clause) {
                visit(expression, &names, reader);
            }
        }
    }
}

struct Names {
    /// What can stand in a condition by itself, or is reported as something else when it does.
    declared: BTreeSet<String>,
    /// Options and outcomes.
    options: BTreeSet<String>,
}

impl Names {
    fn of(file: &File) -> Self {
        use DeclarationKind::{Criterion, Part, Question, Table, Term};
        let mut names = Self { declared: BTreeSet::new(), options: BTreeSet::new() };
        for declaration in &file.declarations {
            if let (Question | Table | Part | Term | Criterion, Some(name)) =
                (declaration.kind.node, &declaration.name)
            {
                names.declared.insert(name.node.clone());
            }
            for clause in &declaration.clauses {
                match &clause.body {
                    ClauseBody::Outcomes(items) => names.add(items),
                    ClauseBody::Answer(answer) => names.add_kind(&answer.kind.node),
                    _ => {}
                }
            }
        }
        names
    }

    fn add(&mut self, items: &[NamedItem]) {
        self.options.extend(items.iter().map(|item| item.name.node.clone()));
    }

    fn add_kind(&mut self, kind: &KindName) {
        match kind {
            KindName::OneOf(items) | KindName::SomeOf(items) => self.add(items),
            KindName::List(fields) => fields.iter().for_each(|field| self.add_kind(&field.answer.kind.node)),
            _ => {}
        }
    }

    fn is_option(&self, expression: &Expression) -> bool {
        match &*expression.node {
            ExpressionNode::Name(name) => !self.declared.contains(name) && self.options.contains(name),
            ExpressionNode::Literal(Literal::Text(_)) => false,
            ExpressionNode::Literal(_) => true,
            _ => false,
        }
    }
}

fn expressions(clause: &mut Clause) -> Vec<&mut Expression> {
    match &mut clause.body {
        ClauseBody::OnlyIf(condition) | ClauseBody::If(condition) | ClauseBody::FulfilledIf(condition) => {
            vec![condition]
        }
        ClauseBody::OutcomeLine { condition, .. } | ClauseBody::Choice { condition, .. } => {
            condition.iter_mut().collect()
        }
        ClauseBody::Score(Score::Ladder(lines)) | ClauseBody::Value(Score::Ladder(lines)) => {
            lines.iter_mut().filter_map(|line| line.condition.as_mut()).collect()
        }
        _ => Vec::new(),
    }
}

/// Recursion goes only as deep as brackets, which are limited.
fn visit(expression: &mut Expression, names: &Names, reader: &mut Reader<'_>) {
    match &mut *expression.node {
        ExpressionNode::Or(operands) => {
            operands.iter_mut().for_each(|operand| visit(operand, names, reader));
            let taken = std::mem::take(operands);
            *operands = join(taken, names, reader);
            if operands.len() == 1
                && let Some(only) = operands.pop()
            {
                *expression = only;
            }
        }
        ExpressionNode::And(operands) => {
            operands.iter_mut().for_each(|operand| visit(operand, names, reader))
        }
        ExpressionNode::Bullets { items, .. } => items.iter_mut().for_each(|item| visit(item, names, reader)),
        ExpressionNode::Group(inner) | ExpressionNode::Not(inner) => visit(inner, names, reader),
        ExpressionNode::Quantified { body, .. } => visit(body, names, reader),
        _ => {}
    }
}

fn join(operands: Vec<Expression>, names: &Names, reader: &mut Reader<'_>) -> Vec<Expression> {
    let mut joined: Vec<Expression> = Vec::new();
    // Per comparison that absorbed answers: its place in `joined`, and the first answer.
    let mut taken = Vec::new();
    for operand in operands {
        let taker = joined.last_mut().filter(|_| names.is_option(&operand));
        if taker.is_some_and(|last| take(last, &operand)) {
            let at = joined.len() - 1;
            if taken.last().is_none_or(|(last, _)| *last != at) {
                taken.push((at, operand.span));
            }
        } else {
            joined.push(operand);
        }
    }
    for (at, span) in taken {
        let written = joined.get(at).map(|comparison| listed(comparison, reader)).unwrap_or_default();
        reader.report(
            Diagnostic::new(
                Code::IsOneOf,
                span,
                says!(
                    "achter \"of\" staat geen voorwaarde maar een antwoord",
                    "behind \"of\" stands no condition but an answer"
                ),
            )
            .help(says!("schrijf \"{written}\"", "write \"{written}\"")),
        );
    }
    joined
}

/// Adds an answer to the comparison before it; false when that is not a comparison with an answer.
fn take(last: &mut Expression, operand: &Expression) -> bool {
    let ExpressionNode::Compare { operator, right, .. } = &mut *last.node else { return false };
    if !matches!(operator.node, Comparison::Is | Comparison::IsOneOf) {
        return false;
    }
    operator.node = Comparison::IsOneOf;
    right.push(operand.clone());
    last.span = last.span.to(operand.span);
    true
}

/// `thema is een van a, b`
fn listed(comparison: &Expression, reader: &Reader<'_>) -> String {
    let ExpressionNode::Compare { left, right, .. } = &*comparison.node else { return String::new() };
    let right: Vec<&str> = right.iter().map(|item| reader.written(item.span)).collect();
    format!("{} is een van {}", reader.written(left.span), right.join(", "))
}
