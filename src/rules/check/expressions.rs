//! Conditions and values: what each phrase yields, and whether that belongs where it stands.

use super::checker::Checker;
use super::kinds::{Blanks, Bounds, Kind, Sort, Typed, condition};
use crate::message::diagnostic::Code;
use crate::message::language::{Text, says};
use crate::message::source::{Span, Spanned};
use crate::rules::check::facts::Context;
use crate::rules::check::literals::{day, literal, percent};
use crate::rules::model::{Expression, Node, QuestionId};
use crate::rules::syntax::{self, DeclarationKind, ExpressionNode, Operator, Quantity, Unit};
use crate::value::date::Date;
use crate::value::number::Number;
use crate::value::values::Value;

/// How deep expressions may be nested; a sum of many terms counts too.
const MOST_DEPTH: usize = 100;

impl Checker<'_> {
    /// Goes one deeper; none, with a message the first time, when that is too deep.
    fn deeper<T>(
        &mut self,
        span: Span,
        cx: &mut Context,
        inside: impl FnOnce(&mut Self, &mut Context) -> Option<T>,
    ) -> Option<T> {
        if cx.depth >= MOST_DEPTH {
            if !cx.too_deep {
                cx.too_deep = true;
                self.fault(
                    Code::TooDeep,
                    span,
                    says!(
                        "deze zin is te lang of te diep genest",
                        "this phrase is too long or nested too deeply"
                    ),
                    says!("verdeel haar over een paar begrippen", "divide it over some terms (begrip)"),
                );
            }
            return None;
        }
        cx.depth += 1;
        let found = inside(self, cx);
        cx.depth -= 1;
        found
    }

    /// A condition: true or false.
    pub(super) fn condition(&mut self, e: &syntax::Expression, cx: &mut Context) -> Option<Expression> {
        self.deeper(e.span, cx, |checker, cx| checker.condition_inside(e, cx))
    }

    fn condition_inside(&mut self, e: &syntax::Expression, cx: &mut Context) -> Option<Expression> {
        let span = e.span;
        match &*e.node {
            ExpressionNode::Group(inside) => self.condition(inside, cx),
            ExpressionNode::And(items) => {
                let before = cx.filled.len();
                let filled: Vec<QuestionId> = items.iter().filter_map(|item| self.asks_item(item)).collect();
                cx.filled.extend(filled);
                let items = self.conditions(items, cx);
                cx.filled.truncate(before);
                Some(condition(Node::And(items?), span))
            }
            ExpressionNode::Or(items) => Some(condition(Node::Or(self.conditions(items, cx)?), span)),
            ExpressionNode::Not(inside) => {
                let inside = self.negated(cx, |checker, cx| checker.condition(inside, cx))?;
                Some(condition(Node::Not(inside), span))
            }
            ExpressionNode::Compare { left, operator, right } => {
                self.compare(span, left, operator, right, cx)
            }
            ExpressionNode::Contains { set, items } => self.contains(span, set, items, cx),
            ExpressionNode::Quantified { all, list, body } => self.quantified(span, *all, list, body, cx),
            ExpressionNode::HasField(field) => self.has_field(field, cx),
            ExpressionNode::Bullets { quantity, items, .. } => self.bullets(span, quantity, items, cx),
            ExpressionNode::AnyExclusion => {
                cx.aggregates.exclusion = true;
                self.aggregate(Node::AnyExclusion, span, cx)
            }
            ExpressionNode::AnyRequirementFailed => {
                cx.aggregates.requirement = true;
                self.aggregate(Node::AnyRequirementFailed, span, cx)
            }
            ExpressionNode::EveryConditionFulfilled => {
                cx.aggregates.condition = true;
                self.aggregate(Node::EveryConditionFulfilled, span, cx)
            }
            ExpressionNode::Name(name) => self.bare_name(name, span, cx),
            _ => {
                let typed = self.value(e, cx)?;
                self.not_a_condition(&typed);
                None
            }
        }
    }

    fn conditions(&mut self, items: &[syntax::Expression], cx: &mut Context) -> Option<Vec<Expression>> {
        // All of them, so that all faults are reported.
        let items: Vec<Option<Expression>> = items.iter().map(|item| self.condition(item, cx)).collect();
        items.into_iter().collect()
    }

    fn negated<T>(
        &mut self,
        cx: &mut Context,
        inside: impl FnOnce(&mut Self, &mut Context) -> Option<T>,
    ) -> Option<T> {
        cx.negated = !cx.negated;
        let found = inside(self, cx);
        cx.negated = !cx.negated;
        found
    }

    fn aggregate(&mut self, node: Node, span: Span, cx: &Context) -> Option<Expression> {
        if matches!(cx.place, DeclarationKind::Verdict | DeclarationKind::Route) {
            return Some(condition(node, span));
        }
        self.not_readable(
            span,
            says!(
                "dit staat alleen in het oordeel of een route",
                "this stands only in the verdict or a route"
            ),
        );
        None
    }

    pub(super) fn not_readable(&mut self, span: Span, help: Text) {
        let text = self.text(span);
        self.fault(
            Code::NotReadableHere,
            span,
            says!("\"{text}\" is hier niet te lezen", "\"{text}\" cannot be read here"),
            help,
        );
    }

    fn not_a_condition(&mut self, typed: &Typed) {
        let (text, is) = (self.text(typed.span), typed.kind.describe());
        let (nl, en) = (is.nl, is.en);
        self.fault(
            Code::NotACondition,
            typed.span,
            says!("\"{text}\" is {nl}, geen conditie", "\"{text}\" is {en}, no condition"),
            says!(
                "vergelijk het ergens mee, bijvoorbeeld: {text} is minstens …",
                "compare it with something, for example: {text} is minstens …"
            ),
        );
    }

    /// A name by itself in a condition: only a term that is a condition may stand so.
    fn bare_name(&mut self, name: &str, span: Span, cx: &mut Context) -> Option<Expression> {
        let typed = self.name(name, span, cx)?;
        match (&typed.kind, &typed.node) {
            (Kind::Bool, _) => Some(typed.build()),
            (kind, Node::Answer(_) | Node::Field(..)) => {
                let example = match kind {
                    Kind::Level { .. } => format!("{name} is ja"),
                    Kind::Choice(words) => format!("{name} is {}", words.name(0)),
                    Kind::Choices(words) => format!("{name} bevat {}", words.name(0)),
                    Kind::Date => format!("{name} is vanaf 1 juli 2022"),
                    Kind::Money => format!("{name} is hoogstens € 100.000"),
                    Kind::Number(Sort::Ratio) => format!("{name} is minstens 50%"),
                    _ => format!("{name} is minstens 3"),
                };
                self.fault(
                    Code::BareQuestion,
                    span,
                    says!(
                        "\"{name}\" staat los, zonder vergelijking",
                        "\"{name}\" stands bare, without a comparison"
                    ),
                    says!(
                        "schrijf welk antwoord het moet zijn: {example}",
                        "write which answer it must be: {example}"
                    ),
                );
                None
            }
            _ => {
                self.not_a_condition(&typed);
                None
            }
        }
    }

    fn bullets(
        &mut self,
        span: Span,
        quantity: &Spanned<Quantity>,
        items: &[syntax::Expression],
        cx: &mut Context,
    ) -> Option<Expression> {
        let node = match &quantity.node {
            Quantity::All => {
                let before = cx.filled.len();
                let filled: Vec<QuestionId> = items.iter().filter_map(|item| self.asks_item(item)).collect();
                cx.filled.extend(filled);
                let items = self.conditions(items, cx);
                cx.filled.truncate(before);
                Node::And(items?)
            }
            Quantity::None => {
                let items = self.negated(cx, |checker, cx| checker.conditions(items, cx))?;
                Node::Not(condition(Node::Or(items), span))
            }
            Quantity::AtLeast(count) => {
                let of = self.conditions(items, cx);
                let most = items.len();
                let fits = count.to_i64().and_then(|n| u32::try_from(n).ok());
                let Some(count) = fits.filter(|&n| n >= 1 && n as usize <= most) else {
                    let text = self.text(quantity.span);
                    self.fault(
                        Code::OutOfRange,
                        quantity.span,
                        says!(
                            "\"{text}\" kan niet: er staan {most} regels onder",
                            "\"{text}\" cannot be: {most} lines stand below it"
                        ),
                        says!(
                            "kies een heel getal van 1 tot en met {most}",
                            "choose a whole number from 1 to {most}"
                        ),
                    );
                    return None;
                };
                Node::AtLeast { count, of: of? }
            }
        };
        Some(condition(node, span))
    }

    /// A value. Conditions are an error here, but a term that is a condition is returned as one.
    pub(super) fn value(&mut self, e: &syntax::Expression, cx: &mut Context) -> Option<Typed> {
        self.deeper(e.span, cx, |checker, cx| checker.value_inside(e, cx))
    }

    fn value_inside(&mut self, e: &syntax::Expression, cx: &mut Context) -> Option<Typed> {
        let span = e.span;
        match &*e.node {
            ExpressionNode::Group(inside) => self.value(inside, cx),
            ExpressionNode::Name(name) => self.name(name, span, cx),
            ExpressionNode::Literal(value) => Some(literal(value, span)),
            ExpressionNode::ReferenceDate => {
                self.uses_reference_date = true;
                Some(Typed::new(Node::ReferenceDate, span, Kind::Date))
            }
            ExpressionNode::Total => {
                if !matches!(cx.place, DeclarationKind::Verdict | DeclarationKind::Route) {
                    let help = says!(
                        "het totaal staat alleen in het oordeel of een route",
                        "the total stands only in the verdict or a route"
                    );
                    self.not_readable(span, help);
                    return None;
                }
                cx.aggregates.total = cx.aggregates.total.or(Some(span));
                let blanks = Blanks { none: false, not_applicable: self.total_may_lapse };
                Some(
                    Typed::new(Node::Total, span, Kind::Number(Sort::Ratio))
                        .blanks(blanks)
                        .bounds(Bounds::score()),
                )
            }
            ExpressionNode::Verdict => {
                if !matches!(cx.place, DeclarationKind::Signal | DeclarationKind::Route) {
                    let help = says!(
                        "het oordeel is alleen te lezen in een route of een signaal",
                        "the verdict can be read only in a route or a signal"
                    );
                    self.not_readable(span, help);
                    return None;
                }
                let words = self.outcomes.clone()?;
                Some(Typed::new(Node::Outcome, span, Kind::Choice(words)))
            }
            ExpressionNode::Count(name) => self.count(name, span, cx),
            ExpressionNode::Sum { field, list } => self.sum(field, list, span, cx),
            ExpressionNode::PercentOf { percent: part, of } => {
                let of = self.value(of, cx)?;
                let part = percent(&part.node);
                let bounds = of.bounds.combine(Operator::Multiply, &Bounds::exactly(&part));
                let factor = Typed::new(Node::Constant(Value::Number(part)), span, Kind::Number(Sort::Ratio));
                let kind = match &of.kind {
                    Kind::Number(_) | Kind::Money => of.kind.clone(),
                    _ => {
                        self.no_arithmetic(&of);
                        return None;
                    }
                };
                let blanks = of.blanks.through_arithmetic();
                let node = Node::Arithmetic {
                    left: factor.build(),
                    operator: Operator::Multiply,
                    right: of.build(),
                };
                Some(Typed::new(node, span, kind).blanks(blanks).bounds(bounds))
            }
            ExpressionNode::Shift { amount, unit, after, date } => {
                self.shift(span, amount, *unit, *after, date, cx)
            }
            ExpressionNode::YearOf(date) => {
                let date = self.value(date, cx)?;
                self.must_be_date(&date)?;
                let year = |day: &Number| {
                    day.to_i64().and_then(Date::from_day_number).map(|date| Number::whole(date.year().into()))
                };
                let bounds = Bounds::new(
                    date.bounds.least.as_ref().and_then(year).or(Some(Number::ONE)),
                    date.bounds.greatest.as_ref().and_then(year),
                );
                let blanks = date.blanks.through_arithmetic();
                let typed = Typed::new(Node::YearOf(date.build()), span, Kind::Number(Sort::Plain));
                Some(typed.blanks(blanks).bounds(bounds.whole()))
            }
            ExpressionNode::LookUp { table, keys } => self.look_up(span, table, keys, cx),
            ExpressionNode::Arithmetic { left, operator, right } => {
                let (l, r) = (self.value(left, cx), self.value(right, cx));
                self.arithmetic(span, l?, operator, r?)
            }
            _ => {
                let text = self.text(span);
                self.fault(
                    Code::NotACondition,
                    span,
                    says!(
                        "\"{text}\" is een conditie, hier hoort een waarde",
                        "\"{text}\" is a condition, a value belongs here"
                    ),
                    says!(
                        "schrijf hier een getal, bedrag, datum of naam",
                        "write a number, amount, date or name here"
                    ),
                );
                None
            }
        }
    }

    pub(super) fn no_arithmetic(&mut self, typed: &Typed) {
        let (text, is) = (self.text(typed.span), typed.kind.describe());
        let (nl, en) = (is.nl, is.en);
        let help = if matches!(typed.kind, Kind::Date) {
            says!("tel bij een datum zo: 3 maanden na {text}", "count from a date so: 3 maanden na {text}")
        } else {
            says!(
                "reken alleen met getallen, percentages en bedragen",
                "calculate only with numbers, percentages and money"
            )
        };
        self.fault(
            Code::KindMismatch,
            typed.span,
            says!(
                "met \"{text}\" is niet te rekenen: het is {nl}",
                "\"{text}\" cannot be calculated with: it is {en}"
            ),
            help,
        );
    }

    fn arithmetic(&mut self, span: Span, l: Typed, operator: &Spanned<Operator>, r: Typed) -> Option<Typed> {
        let numeric = |typed: &Typed| matches!(typed.kind, Kind::Number(_) | Kind::Money);
        for side in [&l, &r] {
            if !numeric(side) {
                self.no_arithmetic(side);
            }
        }
        if !numeric(&l) || !numeric(&r) {
            return None;
        }
        let kind = match (operator.node, &l.kind, &r.kind) {
            (Operator::Add | Operator::Subtract, Kind::Money, Kind::Money)
            | (Operator::Multiply, Kind::Money, Kind::Number(_))
            | (Operator::Multiply, Kind::Number(_), Kind::Money)
            | (Operator::Divide, Kind::Money, Kind::Number(_)) => Kind::Money,
            (Operator::Add | Operator::Subtract, Kind::Number(_), Kind::Number(_)) => {
                Kind::Number(self.same_sort(&l, &r)?)
            }
            (Operator::Multiply, Kind::Number(a), Kind::Number(b)) => {
                Kind::Number(product(*a, l.is_literal(), *b, r.is_literal()))
            }
            (Operator::Divide, Kind::Number(_), Kind::Number(_))
            | (Operator::Divide, Kind::Money, Kind::Money) => Kind::Number(Sort::Either),
            _ => {
                self.wrong_money(span, &l, operator.node, &r);
                return None;
            }
        };
        if operator.node == Operator::Divide && r.bounds.holds(&Number::ZERO) {
            let text = self.text(r.span);
            self.fault(
                Code::DivisionByZero,
                r.span,
                says!(
                    "\"{text}\" kan 0 zijn, en delen door 0 kan niet",
                    "\"{text}\" can be 0, and dividing by 0 is impossible"
                ),
                says!(
                    "geef de vraag grenzen waar 0 buiten valt, bijvoorbeeld: heel getal vanaf 1",
                    "give the question a range without 0, for example: heel getal vanaf 1"
                ),
            );
            return None;
        }
        let blanks = l.blanks.or(r.blanks).through_arithmetic();
        let bounds = l.bounds.combine(operator.node, &r.bounds);
        let node = Node::Arithmetic { left: l.build(), operator: operator.node, right: r.build() };
        Some(Typed::new(node, span, kind).blanks(blanks).bounds(bounds))
    }

    fn wrong_money(&mut self, span: Span, l: &Typed, operator: Operator, r: &Typed) {
        let (a, b) = (self.text(l.span), self.text(r.span));
        let (message, help) = match operator {
            Operator::Multiply => (
                says!(
                    "\"{a}\" en \"{b}\" zijn allebei een bedrag, en die zijn niet te vermenigvuldigen",
                    "\"{a}\" and \"{b}\" are both money, which cannot be multiplied"
                ),
                says!(
                    "vermenigvuldig een bedrag met een getal of percentage",
                    "multiply an amount by a number or percentage"
                ),
            ),
            Operator::Divide => (
                says!(
                    "\"{a}\" is een getal en niet door bedrag \"{b}\" te delen",
                    "\"{a}\" is a number and cannot be divided by amount \"{b}\""
                ),
                says!(
                    "deel een bedrag door een bedrag of door een getal",
                    "divide an amount by an amount or by a number"
                ),
            ),
            Operator::Add | Operator::Subtract => return self.money_against_number(span, l, r),
        };
        self.fault(Code::KindMismatch, span, message, help);
    }

    pub(super) fn must_be_date(&mut self, typed: &Typed) -> Option<()> {
        if matches!(typed.kind, Kind::Date) {
            return Some(());
        }
        let (text, is) = (self.text(typed.span), typed.kind.describe());
        let (nl, en) = (is.nl, is.en);
        self.fault(
            Code::KindMismatch,
            typed.span,
            says!("\"{text}\" is {nl}, hier hoort een datum", "\"{text}\" is {en}, a date belongs here"),
            says!(
                "noem een vraag met \"datum\", of schrijf een datum: 1 juli 2022",
                "name a question with \"datum\", or write a date: 1 juli 2022"
            ),
        );
        None
    }

    fn shift(
        &mut self,
        span: Span,
        amount: &Spanned<Number>,
        unit: Unit,
        after: bool,
        date: &syntax::Expression,
        cx: &mut Context,
    ) -> Option<Typed> {
        let date = self.value(date, cx)?;
        self.must_be_date(&date)?;
        // The calendar has 9,999 years: a longer shift moves every date out of it.
        let most = match unit {
            Unit::Days => 3_652_059,
            Unit::Weeks => 521_722,
            Unit::Months => 119_988,
            Unit::Years => 9_999,
        };
        let Some(count) = amount.node.to_i64().filter(|count| (0..=most).contains(count)) else {
            let text = self.text(amount.span);
            self.fault(
                Code::OutOfRange,
                amount.span,
                says!("\"{text}\" kan hier niet", "\"{text}\" cannot stand here"),
                says!(
                    "kies een heel getal van 0 tot en met {most}",
                    "choose a whole number from 0 to {most}"
                ),
            );
            return None;
        };
        let count = if after { count } else { -count };
        let blanks = date.blanks.through_arithmetic();
        let moved = |end: &Option<Number>| {
            let from = Date::from_day_number(end.as_ref()?.to_i64()?)?;
            let to = match unit {
                Unit::Days => from.add_days(count),
                Unit::Weeks => from.add_days(count * 7),
                Unit::Months => from.add_months(count),
                Unit::Years => from.add_months(count * 12),
            };
            to.map(day)
        };
        let bounds = Bounds::new(moved(&date.bounds.least), moved(&date.bounds.greatest)).whole();
        let date = date.build();
        let node = match unit {
            Unit::Days => Node::ShiftDays(date, count),
            Unit::Weeks => Node::ShiftDays(date, count * 7),
            Unit::Months => Node::ShiftMonths(date, count),
            Unit::Years => Node::ShiftMonths(date, count * 12),
        };
        Some(Typed::new(node, span, Kind::Date).blanks(blanks).bounds(bounds))
    }
}

/// What a product counts: a fraction of a number of things is a number of things.
fn product(a: Sort, a_literal: bool, b: Sort, b_literal: bool) -> Sort {
    match (a, b) {
        _ if a_literal && b_literal => Sort::Either,
        (Sort::Either, _) | (_, Sort::Either) if !a_literal && !b_literal => Sort::Either,
        _ if a_literal => b,
        _ if b_literal => a,
        (Sort::Ratio, Sort::Ratio) => Sort::Ratio,
        _ => Sort::Plain,
    }
}
