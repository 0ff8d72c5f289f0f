//! Conditions of names, `is` and one value: `evaluatie is ja en bedrag is hoogstens € 50.000`.

use super::Words;
use crate::message::source::Spanned;
use crate::rules::parse::names::is_reserved;
use crate::rules::parse::reader::Reader;
use crate::rules::syntax::{Comparison, Expression, ExpressionNode, Literal};

fn expression(node: ExpressionNode, span: crate::message::source::Span) -> Expression {
    Expression { node: Box::new(node), span }
}

impl<'t> Reader<'t> {
    /// A condition up to the end of its piece.
    pub(super) fn plain_condition(&self, words: &mut Words<'t>) -> Option<Expression> {
        let first = self.plain_comparison(words)?;
        if words.end().is_some() {
            return Some(first);
        }
        let mut joined = None;
        let mut operands = vec![first];
        while words.end().is_none() {
            let piece = words.any_word()?;
            let word = words.of(&piece);
            // For `en` beside `of` the grammar reports that brackets are missing.
            if !matches!(word, "en" | "of") || *joined.get_or_insert(word) != word {
                return None;
            }
            operands.push(self.plain_comparison(words)?);
        }
        let span = operands.first()?.span.to(operands.last()?.span);
        let all = joined == Some("en");
        Some(expression(if all { ExpressionNode::And(operands) } else { ExpressionNode::Or(operands) }, span))
    }

    fn plain_comparison(&self, words: &mut Words<'t>) -> Option<Expression> {
        let name = self.plain_name(words)?;
        let left = expression(ExpressionNode::Name(name.node), name.span);
        let after = words.at;
        let Some(is) = words.word("is") else {
            words.at = after;
            return Some(left);
        };
        let mut operator = Spanned::new(Comparison::Is, self.span_of(&is));
        let value = words.at;
        if let Some(word) = words.any_word() {
            let comparison = match words.of(&word) {
                "niet" => Some(Comparison::IsNot),
                "minstens" => Some(Comparison::AtLeast),
                "hoogstens" => Some(Comparison::AtMost),
                "vanaf" => Some(Comparison::From),
                "uiterlijk" => Some(Comparison::Until),
                "na" => Some(Comparison::After),
                "voor" => Some(Comparison::Before),
                _ => None,
            };
            match comparison {
                Some(comparison) => {
                    operator = Spanned::new(comparison, operator.span.to(self.span_of(&word)));
                }
                None => words.at = value,
            }
        }
        let right = self.plain_operand(words)?;
        let span = left.span.to(right.span);
        Some(expression(ExpressionNode::Compare { left, operator, right: vec![right] }, span))
    }

    /// What follows `is`, when nothing is calculated and nothing looked up.
    fn plain_operand(&self, words: &mut Words<'t>) -> Option<Expression> {
        if !words.rest().first()?.is_ascii_lowercase() {
            let amount = self.plain_amount(words)?;
            return Some(expression(ExpressionNode::Literal(amount.node), amount.span));
        }
        let piece = words.any_word()?;
        let node = match words.of(&piece) {
            "ja" => ExpressionNode::Literal(Literal::Yes),
            "deels" => ExpressionNode::Literal(Literal::Partly),
            "nee" => ExpressionNode::Literal(Literal::No),
            "geen" => ExpressionNode::Literal(Literal::None),
            // `is meer dan 3`, and words that people write for it.
            "meer" | "minder" | "groter" | "hoger" | "kleiner" | "lager" | "later" | "eerder" | "gelijk"
            | "ongelijk" | "ten" | "minimaal" | "maximaal" | "tenminste" => return None,
            word if is_reserved(word) => return None,
            word => ExpressionNode::Name(word.to_owned()),
        };
        Some(expression(node, self.span_of(&piece)))
    }
}
