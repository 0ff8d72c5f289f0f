//! Conditions and values: one hierarchy of levels; kinds are decided later.

use super::grammar::{Pair, Rule};
use super::reader::Reader;
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::says;
use crate::message::source::{Span, Spanned};
use crate::rules::layout::pieces::Item;
use crate::rules::syntax::{
    Aside, Comparison, Expression, ExpressionNode, Ground, Name, Operator, Quantity, Unit,
};

fn expression(node: ExpressionNode, span: Span) -> Expression {
    Expression { node: Box::new(node), span }
}

impl<'t> Reader<'t> {
    /// `test`: a condition, or a quantity with the items below the line.
    pub(super) fn test(&mut self, pair: Pair<'t>, items: &[Item]) -> Option<Expression> {
        if pair.as_rule() != Rule::bullets {
            self.no_items(items);
            return self.condition(pair);
        }
        let mut span = self.span(&pair);
        let mut quantity = None;
        let mut ground = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::quantity => quantity = self.quantity(part),
                Rule::ground => ground = self.ground(part),
                _ => {}
            }
        }
        self.some_items(items, span);
        let (mut conditions, mut item_grounds) = (Vec::new(), Vec::new());
        for item in items {
            if let Some(condition) = self.plain_item_condition(item) {
                conditions.push(condition);
                item_grounds.push(None);
                span = span.to(self.span_of(item));
                continue;
            }
            let read = self.inner_phrase(Rule::item_condition, item, |reader, pair| {
                let mut inner = pair.into_inner();
                let condition = reader.condition(inner.next()?)?;
                let ground = inner.find(|part| part.as_rule() == Rule::ground);
                Some((condition, ground.and_then(|ground| reader.ground(ground))))
            });
            if let Some((condition, ground)) = read {
                conditions.push(condition);
                item_grounds.push(ground);
            }
            span = span.to(self.span_of(item));
        }
        let quantity = quantity?;
        Some(expression(ExpressionNode::Bullets { quantity, items: conditions, item_grounds, ground }, span))
    }

    fn quantity(&mut self, pair: Pair<'t>) -> Option<Spanned<Quantity>> {
        let span = self.span(&pair);
        let mut inner = pair.into_inner();
        let quantity = match inner.next()?.as_rule() {
            Rule::kw_alle => Quantity::All,
            Rule::kw_geen => Quantity::None,
            _ => Quantity::AtLeast(self.number(&inner.next()?).value),
        };
        Some(Spanned::new(quantity, span))
    }

    /// Reports items below a line that takes none.
    pub(super) fn no_items(&mut self, items: &[Item]) {
        if let Some(first) = items.first() {
            let span = self.span_of(first);
            self.fail(
                Diagnostic::new(
                    Code::UnexpectedText,
                    span,
                    says!("hier hoort geen lijst met streepjes", "no list with hyphens belongs here"),
                )
                .help(says!(
                    "een lijst staat onder een regel die eindigt op \"van\", of onder \"uitkomsten van goed naar slecht\"",
                    "a list stands below a line that ends in \"van\", or below \"uitkomsten van goed naar slecht\""
                )),
            );
        }
    }

    /// Reports a line that needs items below it and has none.
    pub(super) fn some_items(&mut self, items: &[Item], span: Span) {
        if items.is_empty() {
            self.fail_for_want(
                Diagnostic::new(
                    Code::UnexpectedEnd,
                    Span { start: span.end, ..span },
                    says!(
                        "hieronder ontbreekt een lijst met streepjes",
                        "a list with hyphens is missing below"
                    ),
                )
                .help(says!(
                    "zet elk deel op een eigen, ingesprongen regel die met \"- \" begint",
                    "put each part on an indented line of its own that starts with \"- \""
                )),
            );
        }
    }

    pub(super) fn condition(&mut self, pair: Pair<'t>) -> Option<Expression> {
        let span = self.span(&pair);
        let mut operands = Vec::new();
        let mut words: Vec<Pair<'t>> = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::kw_en | Rule::kw_of => words.push(part),
                _ => operands.push(self.operand(part)?),
            }
        }
        let Some(first) = words.first().map(Pair::as_rule) else { return operands.pop() };
        if let Some(other) = words.iter().find(|word| word.as_rule() != first) {
            let place = self.span(other);
            self.fail(
                Diagnostic::new(
                    Code::MixedAndOr,
                    place,
                    says!(
                        "\"en\" staat naast \"of\" zonder haakjes",
                        "\"en\" stands beside \"of\" without brackets"
                    ),
                )
                .help(says!(
                    "zet haakjes om wat bij elkaar hoort: \"(a en b) of c\" of \"a en (b of c)\"",
                    "put brackets around what belongs together: \"(a en b) of c\" or \"a en (b of c)\""
                )),
            );
        }
        let node =
            if first == Rule::kw_en { ExpressionNode::And(operands) } else { ExpressionNode::Or(operands) };
        Some(expression(node, span))
    }

    fn operand(&mut self, pair: Pair<'t>) -> Option<Expression> {
        let pair = if pair.as_rule() == Rule::operand { pair.into_inner().next()? } else { pair };
        let span = self.span(&pair);
        let node = match pair.as_rule() {
            Rule::negation => ExpressionNode::Not(self.operand(pair.into_inner().nth(1)?)?),
            Rule::quantified => self.quantified(pair)?,
            Rule::any_exclusion => ExpressionNode::AnyExclusion,
            Rule::any_failed => ExpressionNode::AnyRequirementFailed,
            Rule::every_fulfilled => ExpressionNode::EveryConditionFulfilled,
            _ => return self.comparison(pair),
        };
        Some(expression(node, span))
    }

    fn quantified(&mut self, pair: Pair<'t>) -> Option<ExpressionNode> {
        let mut all = false;
        let mut list = None;
        let mut body = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::kw_alle => all = true,
                Rule::name => list = Some(self.name(&part)),
                Rule::comparison => body = self.comparison(part),
                _ => {}
            }
        }
        let body = body?;
        // A bare name here is a field; in brackets it is a term.
        let body = match *body.node {
            ExpressionNode::Name(name) => {
                expression(ExpressionNode::HasField(Spanned::new(name, body.span)), body.span)
            }
            node => expression(node, body.span),
        };
        Some(ExpressionNode::Quantified { all, list: list?, body })
    }

    fn comparison(&mut self, pair: Pair<'t>) -> Option<Expression> {
        let span = self.span(&pair);
        let mut inner = pair.into_inner();
        let left = self.sum(inner.next()?)?;
        let Some(tail) = inner.next() else { return Some(left) };
        let node = match tail.as_rule() {
            Rule::contains => {
                let items = self.names(tail);
                let ExpressionNode::Name(set) = *left.node else {
                    self.fail(
                        Diagnostic::new(
                            Code::UnexpectedText,
                            left.span,
                            says!(
                                "voor \"bevat\" staat geen naam van een vraag",
                                "no name of a question stands before \"bevat\""
                            ),
                        )
                        .help(says!(
                            "schrijf \"naam bevat optie\", met de naam van een vraag met \"meerdere van\"",
                            "write \"naam bevat optie\", with the name of a question with \"meerdere van\""
                        )),
                    );
                    return None;
                };
                ExpressionNode::Contains { set: Spanned::new(set, left.span), items }
            }
            Rule::compare_sign => self.compare_sign(left, tail, None)?,
            _ => self.compare(left, tail)?,
        };
        Some(expression(node, span))
    }

    fn names(&mut self, pair: Pair<'t>) -> Vec<Name> {
        pair.into_inner().filter(|part| part.as_rule() == Rule::name).map(|part| self.name(&part)).collect()
    }

    fn compare(&mut self, left: Expression, pair: Pair<'t>) -> Option<ExpressionNode> {
        let mut inner = pair.into_inner();
        let is = self.span(&inner.next()?);
        let part = inner.next()?;
        let compare = |operator, span, right| {
            Some(ExpressionNode::Compare {
                left: left.clone(),
                operator: Spanned::new(operator, span),
                right,
            })
        };
        match part.as_rule() {
            Rule::is_one_of => {
                let (span, right) = self.is_one_of(part)?;
                compare(Comparison::IsOneOf, is.to(span), right)
            }
            Rule::order => {
                let (order, span) = self.order(part)?;
                compare(order, is.to(span), vec![self.sum(inner.next()?)?])
            }
            Rule::kw_niet => {
                let span = is.to(self.span(&part));
                compare(Comparison::IsNot, span, vec![self.sum(inner.next()?)?])
            }
            Rule::not_order => {
                let place = is.to(self.span(&part));
                let mut inner = part.into_inner();
                let not = self.span(&inner.next()?);
                let next = inner.next()?;
                let words = self.written(self.span(&next)).to_owned();
                let (operator, span, right) = if next.as_rule() == Rule::is_one_of {
                    let (span, right) = self.is_one_of(next)?;
                    (Comparison::IsOneOf, span, right)
                } else {
                    let (order, span) = self.order(next)?;
                    (order, span, vec![self.sum(inner.next()?)?])
                };
                let words = if operator == Comparison::IsOneOf { "een van" } else { words.as_str() };
                let subject = self.written(left.span);
                let values: Vec<&str> = right.iter().map(|value| self.written(value.span)).collect();
                let values = values.join(", ");
                let diagnostic = Diagnostic::new(
                    Code::UnexpectedText,
                    is.to(not),
                    says!(
                        "\"niet\" past niet voor \"{words}\", het staat voor de hele vergelijking",
                        "\"niet\" does not fit before \"{words}\", it stands before the whole comparison"
                    ),
                );
                let help = says!(
                    "schrijf \"niet {subject} is {words} {values}\"",
                    "write \"niet {subject} is {words} {values}\""
                );
                self.report(diagnostic.help(help));
                let whole = left.span.to(place);
                Some(ExpressionNode::Not(expression(compare(operator, is.to(span), right)?, whole)))
            }
            Rule::other_order => {
                let span = self.span(&part);
                let words = part.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
                let operator = meant_by_words(&words);
                self.report_symbol(Code::UnexpectedText, is.to(span), &format!("is {words}"), operator);
                compare(operator, is.to(span), vec![self.sum(inner.next()?)?])
            }
            Rule::compare_sign => self.compare_sign(left, part, Some(is)),
            _ => compare(Comparison::Is, is, vec![self.sum(part)?]),
        }
    }

    fn compare_sign(&mut self, left: Expression, pair: Pair<'t>, is: Option<Span>) -> Option<ExpressionNode> {
        let mut inner = pair.into_inner();
        let sign = inner.next()?;
        let span = self.span(&sign);
        let operator = match sign.as_str().trim_end() {
            ">=" | "=>" | "≥" => Comparison::AtLeast,
            "<=" | "=<" | "≤" => Comparison::AtMost,
            ">" => Comparison::MoreThan,
            "<" => Comparison::LessThan,
            "!=" | "<>" | "≠" => Comparison::IsNot,
            _ => Comparison::Is,
        };
        self.report_symbol(Code::SymbolForWord, span, sign.as_str().trim_end(), operator);
        let right = self.sum(inner.next()?)?;
        let operator = Spanned::new(operator, is.map_or(span, |is| is.to(span)));
        Some(ExpressionNode::Compare { left, operator, right: vec![right] })
    }

    fn report_symbol(&mut self, code: Code, span: Span, written: &str, operator: Comparison) {
        let word = match operator {
            Comparison::AtLeast => "is minstens",
            Comparison::AtMost => "is hoogstens",
            Comparison::MoreThan => "is meer dan",
            Comparison::LessThan => "is minder dan",
            Comparison::After => "is na",
            Comparison::Before => "is voor",
            Comparison::IsNot => "is niet",
            _ => "is",
        };
        let of_dates = match operator {
            Comparison::AtLeast => Some("is vanaf"),
            Comparison::AtMost => Some("is uiterlijk"),
            Comparison::MoreThan => Some("is na"),
            Comparison::LessThan => Some("is voor"),
            _ => None,
        };
        let help = match of_dates {
            Some(date) => says!(
                "schrijf \"{word}\" (bij een datum \"{date}\")",
                "write \"{word}\" (for a date \"{date}\")"
            ),
            None => says!("schrijf \"{word}\"", "write \"{word}\""),
        };
        self.report(
            Diagnostic::new(
                code,
                span,
                says!(
                    "\"{written}\" is geen vergelijking in deze taal",
                    "\"{written}\" is not a comparison in this language"
                ),
            )
            .help(help),
        );
    }

    fn is_one_of(&mut self, pair: Pair<'t>) -> Option<(Span, Vec<Expression>)> {
        let mut words = self.span(&pair);
        let mut right = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::kw_van => words = words_until(words, self.span(&part)),
                Rule::choice_item => right.push(self.value(part.into_inner().next()?)?),
                _ => {}
            }
        }
        Some((words, right))
    }

    fn order(&mut self, pair: Pair<'t>) -> Option<(Comparison, Span)> {
        let span = self.span(&pair);
        let comparison = match pair.into_inner().next()?.as_rule() {
            Rule::kw_minstens => Comparison::AtLeast,
            Rule::kw_hoogstens => Comparison::AtMost,
            Rule::kw_meer => Comparison::MoreThan,
            Rule::kw_minder => Comparison::LessThan,
            Rule::kw_vanaf => Comparison::From,
            Rule::kw_uiterlijk => Comparison::Until,
            Rule::kw_na => Comparison::After,
            _ => Comparison::Before,
        };
        Some((comparison, span))
    }

    /// `sum`, `product` and `factor`: from left to right.
    pub(super) fn sum(&mut self, pair: Pair<'t>) -> Option<Expression> {
        if pair.as_rule() == Rule::factor {
            return self.value(pair.into_inner().next()?);
        }
        let mut inner = pair.into_inner();
        let mut left = self.sum(inner.next()?)?;
        while let Some(sign) = inner.next() {
            let operator = match sign.as_rule() {
                Rule::plus => Operator::Add,
                Rule::minus => Operator::Subtract,
                Rule::times => Operator::Multiply,
                _ => Operator::Divide,
            };
            let operator = self.spanned(operator, &sign);
            let right = self.sum(inner.next()?)?;
            let span = left.span.to(right.span);
            left = expression(ExpressionNode::Arithmetic { left, operator, right }, span);
        }
        Some(left)
    }

    /// An operand: whatever stands between signs.
    pub(super) fn value(&mut self, pair: Pair<'t>) -> Option<Expression> {
        let span = self.span(&pair);
        let node = match pair.as_rule() {
            Rule::literal => {
                let literal = self.literal(&pair)?;
                return Some(expression(ExpressionNode::Literal(literal.node), literal.span));
            }
            Rule::name => ExpressionNode::Name(self.name(&pair).node),
            Rule::kw_peildatum => ExpressionNode::ReferenceDate,
            Rule::kw_totaal => ExpressionNode::Total,
            Rule::kw_oordeel => ExpressionNode::Verdict,
            Rule::reference => self.reference(pair)?,
            Rule::count => ExpressionNode::Count(self.name(&pair.into_inner().nth(1)?)),
            Rule::sum_of => {
                let mut names = self.names(pair).into_iter();
                ExpressionNode::Sum { field: names.next()?, list: names.next()? }
            }
            Rule::group => ExpressionNode::Group(self.condition(pair.into_inner().nth(1)?)?),
            Rule::year_of | Rule::year_key => ExpressionNode::YearOf(self.value(pair.into_inner().nth(2)?)?),
            Rule::percent_of => {
                let mut inner = pair.into_inner();
                let percent = inner.next()?;
                let number = self.percent(&percent).value;
                let percent = self.spanned(number, &percent);
                ExpressionNode::PercentOf { percent, of: self.value(inner.nth(1)?)? }
            }
            Rule::shift => self.shift(pair)?,
            Rule::key => return self.value(pair.into_inner().next()?),
            _ => return None,
        };
        Some(expression(node, span))
    }

    fn reference(&mut self, pair: Pair<'t>) -> Option<ExpressionNode> {
        let mut inner = pair.into_inner();
        let name = self.name(&inner.next()?);
        let mut keys = Vec::new();
        for part in inner.filter(|part| part.as_rule() == Rule::key) {
            keys.push(self.value(part)?);
        }
        Some(if keys.is_empty() {
            ExpressionNode::Name(name.node)
        } else {
            ExpressionNode::LookUp { table: name, keys }
        })
    }

    fn shift(&mut self, pair: Pair<'t>) -> Option<ExpressionNode> {
        let mut inner = pair.into_inner();
        let number = inner.next()?;
        let value = self.number(&number).value;
        let amount = self.spanned(value, &number);
        let unit = match inner.next()?.as_str().trim_end() {
            "dag" | "dagen" => Unit::Days,
            "week" | "weken" => Unit::Weeks,
            "maand" | "maanden" => Unit::Months,
            _ => Unit::Years,
        };
        let after = inner.next()?.as_rule() == Rule::kw_na;
        Some(ExpressionNode::Shift { amount, unit, after, date: self.value(inner.next()?)? })
    }

    /// `, bron …` or `, aanname "…"`
    pub(super) fn ground(&mut self, pair: Pair<'t>) -> Option<Ground> {
        self.asides.push(self.spanned(Aside::Ground, &pair));
        let part = pair.into_inner().nth(2)?;
        Some(match part.as_rule() {
            Rule::text => Ground::Assumption(self.text(&part)),
            _ => Ground::Source(self.citation(part)?),
        })
    }
}

fn words_until(start: Span, end: Span) -> Span {
    Span { end: end.end, ..start }
}

fn meant_by_words(words: &str) -> Comparison {
    let equal = words.ends_with("gelijk aan") && words.contains(" of ");
    match words.split(' ').next().unwrap_or_default() {
        "groter" | "hoger" if equal => Comparison::AtLeast,
        "kleiner" | "lager" if equal => Comparison::AtMost,
        "groter" | "hoger" => Comparison::MoreThan,
        "kleiner" | "lager" => Comparison::LessThan,
        "later" => Comparison::After,
        "eerder" => Comparison::Before,
        "minimaal" | "tenminste" => Comparison::AtLeast,
        "maximaal" => Comparison::AtMost,
        "ten" if words.ends_with("minste") => Comparison::AtLeast,
        "ten" => Comparison::AtMost,
        "ongelijk" => Comparison::IsNot,
        _ => Comparison::Is,
    }
}
