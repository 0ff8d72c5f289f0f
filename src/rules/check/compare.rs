//! Comparisons: equality and ordering, and what each side must be.

use std::rc::Rc;

use super::checker::Checker;
use super::kinds::{Blanks, Kind, Sort, Typed, Words, condition};
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::says;
use crate::message::source::{Span, Spanned};
use crate::rules::check::facts::Context;
use crate::rules::check::kinds::recoded;
use crate::rules::check::literals::day;
use crate::rules::model::{Expression, Node, Order};
use crate::rules::syntax::{self, Comparison, DeclarationKind, ExpressionNode, Literal};
use crate::value::values::{Level, Value};

impl Checker<'_> {
    pub(super) fn compare(
        &mut self,
        span: Span,
        left: &syntax::Expression,
        operator: &Spanned<Comparison>,
        right: &[syntax::Expression],
        cx: &mut Context,
    ) -> Option<Expression> {
        let l = self.value(left, cx)?;
        if matches!(l.kind, Kind::Bool) {
            self.condition_compared(&l);
            return None;
        }
        match operator.node {
            Comparison::Is | Comparison::IsNot | Comparison::IsOneOf => {
                self.equals(span, l, operator, right, cx)
            }
            _ => self.orders(span, l, operator, right.first()?, cx),
        }
    }

    fn condition_compared(&mut self, typed: &Typed) {
        let text = self.text(typed.span);
        self.fault(
            Code::NotACondition,
            typed.span,
            says!("begrip \"{text}\" is zelf al een conditie", "term \"{text}\" is a condition already"),
            says!(
                "laat de vergelijking weg: schrijf \"{text}\", of \"niet {text}\"",
                "leave out the comparison: write \"{text}\", or \"niet {text}\""
            ),
        );
    }

    fn equals(
        &mut self,
        span: Span,
        l: Typed,
        operator: &Spanned<Comparison>,
        right: &[syntax::Expression],
        cx: &mut Context,
    ) -> Option<Expression> {
        let mut sides = Vec::with_capacity(right.len());
        let mut sound = true;
        let mut covered = Blanks::default();
        for item in right {
            match self.equal_side(&l, item, cx) {
                Some(side) => {
                    if matches!(side.kind, Kind::Blank) {
                        covered = covered.or(side.blanks);
                    }
                    sides.push(side);
                }
                None => sound = false,
            }
        }
        if !sound {
            return None;
        }
        self.doubles(&sides);
        if covered.not_applicable {
            cx.faced.push(self.text(l.span));
            cx.aggregates.total_not_applicable |= matches!(l.node, Node::Total);
        }
        for side in &sides {
            self.warn_out_of_range(&l, side);
        }
        let is_not = (operator.node == Comparison::IsNot) != cx.negated;
        let left_over = Blanks {
            none: l.blanks.none && !covered.none,
            not_applicable: l.blanks.not_applicable && !covered.not_applicable,
        };
        if is_not && cx.place == DeclarationKind::Exclusion && left_over.any() {
            self.warn_is_not(&l, left_over, operator.span);
        }
        let right = sides.into_iter().map(Typed::build).collect();
        let equals = Node::Equals { left: l.build(), right };
        Some(match operator.node {
            Comparison::IsNot => condition(Node::Not(condition(equals, span)), span),
            _ => condition(equals, span),
        })
    }

    /// One right side of `is`, read as the left side asks.
    fn equal_side(&mut self, l: &Typed, item: &syntax::Expression, cx: &mut Context) -> Option<Typed> {
        let mut inner = item;
        while let ExpressionNode::Group(inside) = &*inner.node {
            inner = inside;
        }
        if let ExpressionNode::Name(name) = &*inner.node {
            match &l.kind {
                Kind::Choice(words) => {
                    if let Some(place) = words.place(name) {
                        self.names_word(inner.span, words, place);
                        let node = Node::Constant(Value::Choice(place));
                        return Some(Typed::new(node, item.span, l.kind.clone()));
                    }
                    let known = self.names.find(name).is_some() || self.is_field_here(name, cx);
                    if !known {
                        self.unknown_option(l, name, item.span, &Rc::clone(words));
                        return None;
                    }
                }
                Kind::Level { .. } if self.names.find(name).is_none() && !self.is_field_here(name, cx) => {
                    let text = self.text(l.span);
                    let help = self.suggest_word(
                        name,
                        ["ja", "deels", "nee"].into_iter(),
                        &says!("mogelijk is", "possible is"),
                    );
                    self.fault(
                        Code::UnknownOption,
                        item.span,
                        says!(
                            "\"{name}\" is geen antwoord op \"{text}\"",
                            "\"{name}\" is no answer to \"{text}\""
                        ),
                        help,
                    );
                    return None;
                }
                Kind::Choices(words) if words.place(name).is_some() => {
                    self.set_compared(l, name, item.span);
                    return None;
                }
                _ => {}
            }
        }
        let r = self.value(item, cx)?;
        self.equal_kinds(l, r)
    }

    fn is_field_here(&self, name: &str, cx: &Context) -> bool {
        let list = cx.list.and_then(|list| self.question(list));
        list.is_some_and(|list| list.fields.iter().any(|field| field.name == name))
    }

    fn unknown_option(&mut self, l: &Typed, name: &str, span: Span, words: &Rc<Words>) {
        let text = self.text(l.span);
        let help = self.suggest_word(
            name,
            words.names.iter().map(String::as_str),
            &says!("mogelijk is", "possible is"),
        );
        self.fault(
            Code::UnknownOption,
            span,
            says!("\"{name}\" is geen keuze van \"{text}\"", "\"{name}\" is no option of \"{text}\""),
            help,
        );
    }

    fn set_compared(&mut self, l: &Typed, option: &str, span: Span) {
        let text = self.text(l.span);
        self.fault(
            Code::KindMismatch,
            span,
            says!("\"{text}\" kan meer dan één keuze zijn", "\"{text}\" can be more than one option"),
            says!("schrijf: {text} bevat {option}", "write: {text} bevat {option}"),
        );
    }

    /// Whether two values can be equal; the right side, in the words of the left.
    fn equal_kinds(&mut self, l: &Typed, r: Typed) -> Option<Typed> {
        match (&l.kind, &r.kind) {
            (_, Kind::Blank) => {
                self.has_blank(l, &r)?;
                Some(r)
            }
            (Kind::Level { partly }, Kind::Level { .. }) => {
                if !partly && r.is_literal() && matches!(r.node, Node::Constant(Value::Level(Level::Partly)))
                {
                    self.no_partly(l, &r);
                    return None;
                }
                Some(r)
            }
            (Kind::Choice(a), Kind::Choice(b)) => self.recode(r.clone(), a, b, l),
            (Kind::Number(_), Kind::Number(_)) => {
                self.same_sort(l, &r)?;
                Some(r)
            }
            (Kind::Money, Kind::Money) | (Kind::Date, Kind::Date) => Some(r),
            _ => {
                self.cannot_compare(l, &r);
                None
            }
        }
    }

    fn no_partly(&mut self, l: &Typed, r: &Typed) {
        let text = self.text(l.span);
        self.fault(
            Code::UnknownOption,
            r.span,
            says!("\"{text}\" is nooit deels", "\"{text}\" is never deels"),
            says!(
                "deze vraag kent alleen ja en nee; maak er \"antwoord ja, deels of nee\" van, of vergelijk met ja",
                "this question knows only ja and nee; make it \"antwoord ja, deels of nee\", or compare with ja"
            ),
        );
    }

    fn has_blank(&mut self, l: &Typed, r: &Typed) -> Option<()> {
        let has = if r.blanks.none { l.blanks.none } else { l.blanks.not_applicable };
        if has {
            return Some(());
        }
        let (text, word) = (self.text(l.span), if r.blanks.none { "geen" } else { "n.v.t." });
        self.fault(
            Code::NoSuchBlank,
            r.span,
            says!("\"{text}\" is nooit \"{word}\"", "\"{text}\" is never \"{word}\""),
            says!(
                "zet bij de vraag \"of {word}\" achter het antwoord, of haal deze vergelijking weg",
                "write \"of {word}\" behind the answer of the question, or remove this comparison"
            ),
        );
        None
    }

    /// The right choice in the words of the left one.
    fn recode(&mut self, r: Typed, left: &Rc<Words>, right: &Rc<Words>, l: &Typed) -> Option<Typed> {
        if Rc::ptr_eq(left, right) || left.names == right.names {
            return Some(r);
        }
        let map: Vec<Option<u16>> = right.names.iter().map(|name| left.place(name)).collect();
        if map.iter().all(Option::is_none) {
            let (a, b) = (self.text(l.span), self.text(r.span));
            self.fault(
                Code::KindMismatch,
                r.span,
                says!(
                    "\"{a}\" en \"{b}\" hebben geen keuze gemeen",
                    "\"{a}\" and \"{b}\" have no option in common"
                ),
                says!("vergelijk met een keuze van \"{a}\" zelf", "compare with an option of \"{a}\" itself"),
            );
            return None;
        }
        Some(recoded(r, map, left))
    }

    /// The same option twice in `is een van`.
    fn doubles(&mut self, sides: &[Typed]) {
        let mut seen: Vec<(&Value, Span)> = Vec::new();
        let mut found = Vec::new();
        for side in sides {
            let Node::Constant(value) = &side.node else { continue };
            match seen.iter().find(|(known, _)| *known == value) {
                Some((_, first)) => found.push((side.span, *first)),
                None => seen.push((value, side.span)),
            }
        }
        for (span, first) in found {
            let name = Spanned::new(self.text(span), span);
            self.double_item(&name, first, &says!("de waarde", "the value"));
        }
    }

    fn orders(
        &mut self,
        span: Span,
        l: Typed,
        operator: &Spanned<Comparison>,
        right: &syntax::Expression,
        cx: &mut Context,
    ) -> Option<Expression> {
        let choice = matches!(l.kind, Kind::Choice(_) | Kind::Choices(_) | Kind::Text | Kind::Blank);
        if choice {
            self.no_order(&l);
            return None;
        }
        let r = self.value(right, cx)?;
        let ordered = match (&l.kind, &r.kind) {
            (_, Kind::Blank | Kind::Choice(_) | Kind::Choices(_) | Kind::Text) => {
                self.no_order(&r);
                return None;
            }
            (_, Kind::Bool) => {
                self.condition_compared(&r);
                return None;
            }
            (Kind::Level { partly }, Kind::Level { .. }) => {
                if !partly && matches!(r.node, Node::Constant(Value::Level(Level::Partly))) {
                    self.no_partly(&l, &r);
                    return None;
                }
                true
            }
            (Kind::Number(_), Kind::Number(_)) => {
                self.same_sort(&l, &r)?;
                true
            }
            (Kind::Money, Kind::Money) | (Kind::Date, Kind::Date) => true,
            _ => false,
        };
        if !ordered {
            self.cannot_compare(&l, &r);
            return None;
        }
        let order = self.order_word(operator, matches!(l.kind, Kind::Date))?;
        self.warn_out_of_range(&l, &r);
        self.warn_out_of_range(&r, &l);
        if l.blanks.any() || r.blanks.any() {
            cx.orders_blank = true;
            if cx.negated {
                self.not_over_blank(span);
            }
        }
        if [&l, &r].into_iter().any(|side| matches!(side.node, Node::Total)) {
            cx.aggregates.total_ordered = cx.aggregates.total_ordered.or(Some(span));
        }
        Some(condition(Node::Order { left: l.build(), order, right: r.build() }, span))
    }

    /// Dates have words of their own.
    fn order_word(&mut self, operator: &Spanned<Comparison>, date: bool) -> Option<Order> {
        let (order, for_date, word, other) = match operator.node {
            Comparison::AtLeast => (Order::AtLeast, false, "is minstens", "is vanaf"),
            Comparison::AtMost => (Order::AtMost, false, "is hoogstens", "is uiterlijk"),
            Comparison::MoreThan => (Order::MoreThan, false, "is meer dan", "is na"),
            Comparison::LessThan => (Order::LessThan, false, "is minder dan", "is voor"),
            Comparison::From => (Order::AtLeast, true, "is vanaf", "is minstens"),
            Comparison::Until => (Order::AtMost, true, "is uiterlijk", "is hoogstens"),
            Comparison::After => (Order::MoreThan, true, "is na", "is meer dan"),
            Comparison::Before => (Order::LessThan, true, "is voor", "is minder dan"),
            Comparison::Is | Comparison::IsNot | Comparison::IsOneOf => return None,
        };
        if for_date == date {
            return Some(order);
        }
        let message = if date {
            says!("\"{word}\" hoort niet bij een datum", "\"{word}\" does not go with a date")
        } else {
            says!("\"{word}\" hoort alleen bij een datum", "\"{word}\" goes only with a date")
        };
        self.fault(
            Code::KindMismatch,
            operator.span,
            message,
            says!("schrijf \"{other}\"", "write \"{other}\""),
        );
        None
    }

    fn no_order(&mut self, typed: &Typed) {
        let (text, is) = (self.text(typed.span), typed.kind.describe());
        let (nl, en) = (is.nl, is.en);
        let help = match &typed.kind {
            Kind::Choices(words) => {
                let option = words.name(0);
                says!(
                    "vraag naar het aantal (aantal {text}) of naar een keuze ({text} bevat {option})",
                    "ask for the number (aantal {text}) or an option ({text} bevat {option})"
                )
            }
            Kind::Choice(words) => {
                let option = words.name(0);
                says!(
                    "schrijf: {text} is {option}, of: {text} is een van …",
                    "write: {text} is {option}, or: {text} is een van …"
                )
            }
            Kind::Blank => says!(
                "schrijf \"is {text}\" of \"is niet {text}\"",
                "write \"is {text}\" or \"is niet {text}\""
            ),
            _ => says!(
                "vergelijk een getal, percentage, bedrag, datum of ja, deels of nee",
                "compare a number, percentage, amount, date, or ja, deels or nee"
            ),
        };
        self.fault(
            Code::NoOrder,
            typed.span,
            says!(
                "\"{text}\" is {nl}, en daarin is niets meer of minder",
                "\"{text}\" is {en}, in which nothing is more or less"
            ),
            help,
        );
    }

    pub(super) fn cannot_compare(&mut self, l: &Typed, r: &Typed) {
        if matches!((&l.kind, &r.kind), (Kind::Money, Kind::Number(_)) | (Kind::Number(_), Kind::Money)) {
            self.money_against_number(r.span, l, r);
            return;
        }
        let (a, b) = (l.kind.describe(), r.kind.describe());
        let (text, a_nl, a_en, b_nl, b_en) = (self.text(l.span), a.nl, a.en, b.nl, b.en);
        let other = self.text(r.span);
        let help = match (&l.kind, &r.kind) {
            (Kind::Text, _) | (_, Kind::Text) => says!(
                "teksten worden niet vergeleken; maak van de vraag een keuze: antwoord een van",
                "texts are not compared; make the question a choice: antwoord een van"
            ),
            (Kind::Level { .. }, Kind::Number(_)) => {
                says!(
                    "vergelijk met ja, deels of nee: {text} is minstens deels",
                    "compare with ja, deels or nee: {text} is minstens deels"
                )
            }
            (Kind::Choice(words), _) => {
                let option = words.name(0);
                says!(
                    "vergelijk met een keuze: {text} is {option}",
                    "compare with an option: {text} is {option}"
                )
            }
            (Kind::Choices(words), _) => {
                let option = words.name(0);
                says!("schrijf: {text} bevat {option}", "write: {text} bevat {option}")
            }
            (Kind::Number(Sort::Ratio), Kind::Level { .. }) => {
                says!(
                    "een score is een percentage: {text} is minstens 50%",
                    "a score is a percentage: {text} is minstens 50%"
                )
            }
            _ => says!("vergelijk {a_nl} met {a_nl}", "compare {a_en} with {a_en}"),
        };
        self.fault(
            Code::KindMismatch,
            r.span,
            says!(
                "\"{text}\" is {a_nl}, maar \"{other}\" is {b_nl}: die zijn niet te vergelijken",
                "\"{text}\" is {a_en}, but \"{other}\" is {b_en}: they cannot be compared"
            ),
            help,
        );
    }

    pub(super) fn money_against_number(&mut self, span: Span, l: &Typed, r: &Typed) {
        let literal =
            [l, r].into_iter().find(|side| side.is_literal() && matches!(side.kind, Kind::Number(_)));
        let help = match literal.map(|side| self.text(side.span)) {
            Some(text) => says!("bedoelde u € {text}?", "did you mean € {text}?"),
            None => says!(
                "maak van beide een bedrag, of deel het ene bedrag door het andere",
                "make both an amount of money, or divide one amount by the other"
            ),
        };
        let (a, b) = (self.text(l.span), self.text(r.span));
        self.fault(
            Code::KindMismatch,
            span,
            says!(
                "\"{a}\" en \"{b}\": een bedrag en een getal gaan zo niet samen",
                "\"{a}\" and \"{b}\": an amount of money and a number do not go together so"
            ),
            help,
        );
    }

    /// Whether two numbers count the same: a `getal` and a percentage hide a factor 100.
    pub(super) fn same_sort(&mut self, l: &Typed, r: &Typed) -> Option<Sort> {
        let (Kind::Number(a), Kind::Number(b)) = (&l.kind, &r.kind) else { return None };
        match (a, b) {
            (Sort::Either, other) | (other, Sort::Either) => return Some(*other),
            (a, b) if a == b => return Some(*a),
            _ => {}
        }
        let (plain, ratio) = if *a == Sort::Plain { (l, r) } else { (r, l) };
        let (number, part) = (self.text(plain.span), self.text(ratio.span));
        let (message, help) = if plain.is_literal() {
            (
                says!(
                    "\"{part}\" is een percentage, maar \"{number}\" mist het procentteken",
                    "\"{part}\" is a percentage, but \"{number}\" lacks the percent sign"
                ),
                says!("schrijf {number}%", "write {number}%"),
            )
        } else if ratio.is_literal() {
            let bare = part.trim_end_matches('%').trim_end().to_owned();
            (
                says!(
                    "\"{number}\" is een getal, maar \"{part}\" is een percentage: dat scheelt een factor 100",
                    "\"{number}\" is a number, but \"{part}\" is a percentage: a factor 100 apart"
                ),
                says!(
                    "schrijf {bare}, of maak van de vraag een percentage: antwoord percentage",
                    "write {bare}, or make the question a percentage: antwoord percentage"
                ),
            )
        } else {
            (
                says!(
                    "\"{number}\" is een getal, maar \"{part}\" is een percentage: dat scheelt een factor 100",
                    "\"{number}\" is a number, but \"{part}\" is a percentage: a factor 100 apart"
                ),
                says!(
                    "maak van beide een percentage, of van beide een getal",
                    "make both a percentage, or both a number"
                ),
            )
        };
        self.fault(Code::PercentAgainstNumber, r.span, message, help);
        None
    }

    /// A constant that the question can never have.
    fn warn_out_of_range(&mut self, read: &Typed, constant: &Typed) {
        let direct = matches!(
            read.node,
            Node::Answer(_)
                | Node::Field(..)
                | Node::Total
                | Node::Part(_)
                | Node::Criterion(_)
                | Node::CountChosen(_)
                | Node::CountItems(_)
                | Node::YearOf(_)
                | Node::Term(_)
        );
        let number = match &constant.node {
            Node::Constant(Value::Number(number)) => number.clone(),
            Node::Constant(Value::Date(date)) => day(*date),
            _ => return,
        };
        if !direct || read.bounds.holds(&number) {
            return;
        }
        let (text, value) = (self.text(read.span), self.text(constant.span));
        self.fault(
            Code::NeverInRange,
            constant.span,
            says!(
                "\"{text}\" is nooit \"{value}\": dat valt buiten de grenzen",
                "\"{text}\" is never \"{value}\": that lies outside its range"
            ),
            says!(
                "kies een waarde binnen de grenzen, of verruim de grenzen van de vraag",
                "choose a value in the range, or widen the range of the question"
            ),
        );
    }

    pub(super) fn not_over_blank(&mut self, span: Span) {
        let text = self.text(span);
        self.fault(
            Code::NotOverBlank,
            span,
            says!(
                "\"{text}\" is niet waar bij geen of n.v.t., dus met \"niet\" ervoor is het dan wel waar",
                "\"{text}\" is not true for geen or n.v.t., so with \"niet\" before it, it is"
            ),
            says!(
                "schrijf de vergelijking zonder \"niet\" (is minder dan in plaats van niet minstens), of noem geen en n.v.t. apart",
                "write the comparison without \"niet\" (is minder dan instead of niet minstens), or name geen and n.v.t. apart"
            ),
        );
    }

    fn warn_is_not(&mut self, l: &Typed, blanks: Blanks, span: Span) {
        let text = self.text(l.span);
        let word = if blanks.not_applicable { "n.v.t." } else { "geen" };
        self.push(
            Diagnostic::new(
                Code::IsNotInExclusion,
                span,
                says!(
                    "deze uitsluiting geldt ook als \"{text}\" \"{word}\" is",
                    "this exclusion also holds when \"{text}\" is \"{word}\""
                ),
            )
            .help(says!(
                "noem de antwoorden die uitsluiten: {text} is …, of: {text} is een van …",
                "name the answers that exclude: {text} is …, or: {text} is een van …"
            )),
        );
    }
}

/// Whether an expression is the literal `n.v.t.`.
pub(super) fn is_not_applicable(e: &syntax::Expression) -> bool {
    matches!(&*e.node, ExpressionNode::Literal(Literal::NotApplicable))
}
