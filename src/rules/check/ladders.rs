//! Ladders: lines with a condition, the last with `anders`; of scores and of other values.

use super::checker::Checker;
use super::compare::is_not_applicable;
use super::kinds::{Blanks, Bounds, Kind, Sort, Typed};
use super::scores::{Scored, is_deliberate};
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::says;
use crate::message::source::{Span, Spanned};
use crate::rules::check::facts::Context;
use crate::rules::check::literals::literal;
use crate::rules::model::{Expression, LadderLine, Node, Shape};
use crate::rules::syntax::{self, Declaration, ExpressionNode, Literal};
use crate::value::values::Value;

impl<'a> Checker<'a> {
    pub(super) fn value_ladder(
        &mut self,
        lines: &'a [syntax::LadderLine],
        span: Span,
        cx: &mut Context,
    ) -> Option<Typed> {
        let mut sound = self.else_last(lines.iter().map(|line| (line.condition.is_some(), line.span)), span);
        let mut built = Vec::with_capacity(lines.len());
        let mut first: Option<Typed> = None;
        let (mut blanks, mut bounds) = (Blanks::default(), None::<Bounds>);
        for line in lines {
            let condition = line.condition.as_ref().map(|condition| self.condition(condition, cx));
            let value = if is_not_applicable(&line.value) {
                Some(literal(&Literal::NotApplicable, line.value.span))
            } else {
                self.value(&line.value, cx).and_then(|typed| self.plain(typed))
            };
            let (Some(value), false) = (value, condition == Some(None)) else {
                sound = false;
                continue;
            };
            blanks = blanks.or(value.blanks);
            if !matches!(value.kind, Kind::Blank) {
                bounds = Some(bounds.map_or_else(|| value.bounds.clone(), |b| b.union(&value.bounds)));
                match &first {
                    Some(first) if !self.goes_with(first, &value) => sound = false,
                    Some(known) => {
                        // `deels` in a later line widens the possible answers.
                        if matches!(value.kind, Kind::Level { partly: true })
                            || matches!(known.kind, Kind::Number(Sort::Either))
                        {
                            first = Some(value.clone());
                        }
                    }
                    None => first = Some(value.clone()),
                }
            }
            built.push(LadderLine { condition: condition.flatten(), value: value.build(), span: line.span });
        }
        let first = first?;
        // An n.v.t. line takes the kind of the others.
        let shape = first.kind.shape();
        for line in &mut built {
            line.value.shape = shape;
        }
        sound.then(|| {
            Typed::new(Node::Ladder(built), span, first.kind)
                .blanks(blanks)
                .bounds(bounds.unwrap_or_default())
        })
    }

    fn goes_with(&mut self, first: &Typed, value: &Typed) -> bool {
        match (&first.kind, &value.kind) {
            (Kind::Number(_), Kind::Number(_)) => self.same_sort(first, value).is_some(),
            (Kind::Money, Kind::Money)
            | (Kind::Date, Kind::Date)
            | (Kind::Level { .. }, Kind::Level { .. }) => true,
            (Kind::Choice(a), Kind::Choice(b)) if a.names == b.names => true,
            _ => {
                self.cannot_compare(first, value);
                false
            }
        }
    }

    /// Every line but the last has a condition, and the last has none.
    pub(super) fn else_last(&mut self, lines: impl Iterator<Item = (bool, Span)>, whole: Span) -> bool {
        let lines: Vec<(bool, Span)> = lines.collect();
        let Some(((last_conditional, last), before)) = lines.split_last() else { return false };
        let mut sound = true;
        for (conditional, span) in before {
            if !conditional {
                sound = false;
                self.fault(
                    Code::ElseNotLast,
                    *span,
                    says!(
                        "\"anders\" staat niet op de laatste regel",
                        "\"anders\" does not stand on the last line"
                    ),
                    says!(
                        "zet de regel met \"anders\" onderaan",
                        "put the line with \"anders\" at the bottom"
                    ),
                );
            }
        }
        if *last_conditional && sound {
            sound = false;
            self.fault(
                Code::ElseNotLast,
                if lines.len() > 1 { *last } else { whole },
                says!(
                    "de laatste regel met \"anders\" ontbreekt",
                    "the last line with \"anders\" is missing"
                ),
                says!(
                    "zet er een regel onder voor alle andere gevallen: … anders",
                    "put a line below it for all other cases: … anders"
                ),
            );
        }
        sound
    }

    pub(super) fn score_ladder(
        &mut self,
        lines: &'a [syntax::LadderLine],
        declaration: &Declaration,
        cx: &mut Context,
    ) -> Option<Scored> {
        let whole = lines.iter().map(|line| line.span).reduce(Span::to).unwrap_or(declaration.kind.span);
        let mut sound = self.else_last(lines.iter().map(|line| (line.condition.is_some(), line.span)), whole);
        let mut built = Vec::with_capacity(lines.len());
        let (mut may_lapse, mut has_line) = (false, false);
        for line in lines {
            // Only what the conditions read counts for the missing n.v.t. line.
            let mut reading = Context::new(cx.place);
            let value = self.line_value(&line.value, &mut reading);
            let condition = line.condition.as_ref().map(|condition| self.condition(condition, cx));
            let (Some((value, lapses)), false) = (value, condition == Some(None)) else {
                sound = false;
                continue;
            };
            has_line |= is_not_applicable(&line.value);
            may_lapse |= lapses;
            built.push(LadderLine { condition: condition.flatten(), value, span: line.span });
        }
        if !sound {
            return None;
        }
        if !has_line {
            self.ladder_without_line(declaration, whole, cx);
        }
        let expression =
            Expression { node: Box::new(Node::Ladder(built)), shape: Shape::Number, span: whole };
        Some(Scored { expression, may_lapse, levels: None })
    }

    /// The value of a score ladder's line, and whether it may be n.v.t.
    fn line_value(&mut self, value: &syntax::Expression, cx: &mut Context) -> Option<(Expression, bool)> {
        match &*value.node {
            ExpressionNode::Literal(Literal::NotApplicable) => {
                let node = Box::new(Node::Constant(Value::NotApplicable));
                Some((Expression { node, shape: Shape::Number, span: value.span }, true))
            }
            ExpressionNode::Literal(literal) => {
                let number = self.score_percent(&Spanned::new(literal.clone(), value.span))?;
                let node = Box::new(Node::Constant(Value::Number(number)));
                Some((Expression { node, shape: Shape::Number, span: value.span }, false))
            }
            ExpressionNode::Name(name) => {
                let scored = self.score_name(&Spanned::new(name.clone(), value.span), cx)?;
                Some((scored.expression, scored.may_lapse))
            }
            _ => {
                let typed = self.value(value, cx)?;
                self.not_a_score(&typed);
                None
            }
        }
    }

    fn ladder_without_line(&mut self, declaration: &Declaration, span: Span, cx: &Context) {
        let Some((name, read)) = cx.not_applicable.iter().find(|(name, _)| !cx.faced.contains(name)) else {
            return;
        };
        if is_deliberate(declaration) || declaration.broken {
            return;
        }
        let (read, diagnostic) = (
            *read,
            Diagnostic::new(
                Code::LadderWithoutNotApplicable,
                span,
                says!(
                    "\"{name}\" kan n.v.t. zijn, maar deze ladder heeft daar geen regel voor",
                    "\"{name}\" can be n.v.t., but this ladder has no line for it"
                ),
            ),
        );
        self.push(diagnostic.also(read, says!("hier gelezen", "read here")).help(says!(
            "zet bovenaan: n.v.t. als {name} is n.v.t. — of zeg waarom niet: bewust \"…\"",
            "put at the top: n.v.t. als {name} is n.v.t. — or say why not: bewust \"…\""
        )));
    }
}
