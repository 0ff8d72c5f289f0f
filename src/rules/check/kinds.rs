//! What the checker knows of an expression: its kind, finer than [`Shape`]; which blanks it may have; its bounds.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::message::language::{Text, says};
use crate::message::source::Span;
use crate::rules::model::{self, Domain, Expression, Node, Shape};
use crate::rules::syntax::Operator;
use crate::value::number::Number;
use crate::value::values::Value;

/// A list of options, outcomes or table words, in order. Never empty.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) names: Vec<String>,
    pub(super) spans: Vec<Span>,
    /// Of those that have one: how they are shown.
    labels: BTreeMap<u16, Arc<str>>,
    index: BTreeMap<String, u16>,
}

impl Words {
    /// Adds a word; returns its place when it was there already.
    pub(super) fn add(&mut self, name: &str, span: Span) -> Option<u16> {
        if let Some(&place) = self.index.get(name) {
            return Some(place);
        }
        self.index.insert(name.to_owned(), u16::try_from(self.names.len()).unwrap_or(u16::MAX));
        self.names.push(name.to_owned());
        self.spans.push(span);
        None
    }

    /// Gives the word that was added last a label.
    pub(super) fn label_last(&mut self, label: &str) {
        if self.names.last().is_some_and(|name| name != label)
            && let Ok(place) = u16::try_from(self.names.len() - 1)
        {
            self.labels.insert(place, label.into());
        }
    }

    /// The label of a word that has one.
    pub(super) fn label(&self, place: u16) -> Option<Arc<str>> {
        self.labels.get(&place).cloned()
    }

    pub(super) fn place(&self, name: &str) -> Option<u16> {
        self.index.get(name).copied()
    }

    pub(super) fn name(&self, place: u16) -> &str {
        self.names.get(usize::from(place)).map_or("", String::as_str)
    }
}

/// What numbers count: a factor 100 hides between the first two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// An amount of things: `getal`, `aantal`, a year.
    Plain,
    /// A fraction of one: `percentage`, a score, `5%`.
    Ratio,
    /// A quotient, or a literal below 1: compatible with both.
    Either,
}

/// What an expression yields.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    Bool,
    /// Whether `deels` is one of its answers.
    Level {
        partly: bool,
    },
    Choice(Rc<Words>),
    Choices(Rc<Words>),
    Number(Sort),
    Money,
    Date,
    Text,
    /// The literal `geen` or `n.v.t.`.
    Blank,
}

impl Kind {
    pub(super) const fn shape(&self) -> Shape {
        match self {
            Self::Bool => Shape::Bool,
            Self::Level { .. } => Shape::Level,
            Self::Choice(_) => Shape::Choice,
            Self::Choices(_) => Shape::Choices,
            Self::Number(_) | Self::Blank => Shape::Number,
            Self::Money => Shape::Money,
            Self::Date => Shape::Date,
            Self::Text => Shape::Text,
        }
    }

    /// `een bedrag`
    pub(super) fn describe(&self) -> Text {
        match self {
            Self::Bool => says!("een conditie", "a condition"),
            Self::Level { partly: true } => says!("ja, deels of nee", "ja, deels or nee"),
            Self::Level { partly: false } => says!("ja of nee", "ja or nee"),
            Self::Choice(_) => says!("een keuze", "a choice"),
            Self::Choices(_) => says!("meerdere keuzes", "several choices"),
            Self::Number(Sort::Ratio) => says!("een percentage", "a percentage"),
            Self::Number(_) => says!("een getal", "a number"),
            Self::Money => says!("een bedrag", "an amount of money"),
            Self::Date => says!("een datum", "a date"),
            Self::Text => says!("een tekst", "a text"),
            Self::Blank => says!("geen of n.v.t.", "geen or n.v.t."),
        }
    }
}

/// Which blanks an expression may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Blanks {
    pub(super) none: bool,
    pub(super) not_applicable: bool,
}

impl Blanks {
    pub(super) const fn of(domain: &Domain) -> Self {
        Self { none: domain.none, not_applicable: domain.not_applicable }
    }

    pub(super) const fn any(self) -> bool {
        self.none || self.not_applicable
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self { none: self.none || other.none, not_applicable: self.not_applicable || other.not_applicable }
    }

    /// Arithmetic with either blank gives n.v.t.
    pub(super) const fn through_arithmetic(self) -> Self {
        Self { none: false, not_applicable: self.any() }
    }

    pub(super) const NOT_APPLICABLE: Self = Self { none: false, not_applicable: true };
}

/// Least and greatest value, ends included; none is unbounded. Dates count as day numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Bounds {
    pub(super) least: Option<Number>,
    pub(super) greatest: Option<Number>,
    /// Only whole numbers.
    pub(super) whole: bool,
}

impl Bounds {
    pub(super) fn new(least: Option<Number>, greatest: Option<Number>) -> Self {
        Self { least, greatest, whole: false }
    }

    pub(super) fn exactly(number: &Number) -> Self {
        Self { least: Some(number.clone()), greatest: Some(number.clone()), whole: number.is_whole() }
    }

    pub(super) fn score() -> Self {
        Self::new(Some(Number::ZERO), Some(Number::ONE))
    }

    pub(super) fn whole(mut self) -> Self {
        self.whole = true;
        self
    }

    pub(super) fn holds(&self, number: &Number) -> bool {
        self.least.as_ref().is_none_or(|least| least <= number)
            && self.greatest.as_ref().is_none_or(|greatest| number <= greatest)
            && (!self.whole || number.is_whole())
    }

    /// How many whole numbers it holds, when finite.
    pub(super) fn whole_numbers(&self) -> Option<(i64, i64)> {
        let (least, greatest) = (self.least.as_ref()?.to_i64()?, self.greatest.as_ref()?.to_i64()?);
        (self.whole && least <= greatest).then_some((least, greatest))
    }

    pub(super) fn union(&self, other: &Self) -> Self {
        let least = self.least.as_ref().zip(other.least.as_ref()).map(|(a, b)| a.min(b).clone());
        let greatest = self.greatest.as_ref().zip(other.greatest.as_ref()).map(|(a, b)| a.max(b).clone());
        Self { least, greatest, whole: self.whole && other.whole }
    }

    fn neg(&self) -> Self {
        let turn = |end: &Option<Number>| end.as_ref().map(Number::neg);
        Self { least: turn(&self.greatest), greatest: turn(&self.least), whole: self.whole }
    }

    pub(super) fn combine(&self, operator: Operator, other: &Self) -> Self {
        let mut combined = match operator {
            Operator::Add => self.add(other),
            Operator::Subtract => self.add(&other.neg()),
            Operator::Multiply => self.multiply(other),
            Operator::Divide => self.divide(other),
        };
        // Products of products grow without end; such numbers are reported when everything has been read.
        for end in [&mut combined.least, &mut combined.greatest] {
            *end = end.take().filter(|end| end.bits() <= LONGEST);
        }
        combined
    }

    fn add(&self, other: &Self) -> Self {
        let sum = |a: &Option<Number>, b: &Option<Number>| Some(a.as_ref()?.add(b.as_ref()?));
        Self {
            least: sum(&self.least, &other.least),
            greatest: sum(&self.greatest, &other.greatest),
            whole: self.whole && other.whole,
        }
    }

    fn multiply(&self, other: &Self) -> Self {
        let whole = self.whole && other.whole;
        if let (Some(a), Some(b), Some(c), Some(d)) =
            (&self.least, &self.greatest, &other.least, &other.greatest)
        {
            let products = [a.mul(c), a.mul(d), b.mul(c), b.mul(d)];
            return Self {
                least: products.iter().min().cloned(),
                greatest: products.iter().max().cloned(),
                whole,
            };
        }
        // Half-bounded: only the common case of two that are never negative.
        let low = |bounds: &Self| bounds.least.clone().filter(|least| !least.is_negative());
        let least = low(self).zip(low(other)).map(|(a, b)| a.mul(&b));
        Self { least, greatest: None, whole }
    }

    fn divide(&self, other: &Self) -> Self {
        let (Some(c), Some(d)) = (&other.least, &other.greatest) else {
            // x / [c, ∞) with both positive stays positive.
            let positive =
                |bounds: &Self| bounds.least.as_ref().is_some_and(|l| !l.is_negative() && !l.is_zero());
            let least = (self.least.as_ref().is_some_and(|least| !least.is_negative()) && positive(other))
                .then_some(Number::ZERO);
            return Self { least, greatest: None, whole: false };
        };
        match (Number::ONE.div(c), Number::ONE.div(d)) {
            (Some(c), Some(d)) if !other.holds(&Number::ZERO) => {
                let inverse = Self::new(Some(c.clone().min(d.clone())), Some(c.max(d)));
                Self { whole: false, ..self.multiply(&inverse) }
            }
            _ => Self::default(),
        }
    }
}

/// Ends with more bits than this are not kept.
const LONGEST: u64 = 4_096;

/// An expression with everything that is known about it.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub(super) node: model::Node,
    pub(super) span: Span,
    pub(super) kind: Kind,
    pub(super) blanks: Blanks,
    pub(super) bounds: Bounds,
}

impl Typed {
    pub(super) fn new(node: model::Node, span: Span, kind: Kind) -> Self {
        Self { node, span, kind, blanks: Blanks::default(), bounds: Bounds::default() }
    }

    pub(super) fn blanks(mut self, blanks: Blanks) -> Self {
        self.blanks = blanks;
        self
    }

    pub(super) fn bounds(mut self, bounds: Bounds) -> Self {
        self.bounds = bounds;
        self
    }

    pub(super) fn is_literal(&self) -> bool {
        matches!(self.node, model::Node::Constant(_))
    }

    pub(super) fn build(self) -> Expression {
        Expression { shape: self.kind.shape(), node: Box::new(self.node), span: self.span }
    }
}

/// A condition.
pub(super) fn condition(node: model::Node, span: Span) -> Expression {
    Expression { node: Box::new(node), shape: Shape::Bool, span }
}

/// A choice translated to another list of words.
pub(crate) fn recoded(typed: Typed, map: Vec<Option<u16>>, words: &Rc<Words>) -> Typed {
    let (span, blanks) = (typed.span, typed.blanks);
    let constant = match &typed.node {
        Node::Constant(Value::Choice(place)) => map.get(usize::from(*place)).copied().flatten(),
        _ => None,
    };
    let node = match constant {
        Some(place) => Node::Constant(Value::Choice(place)),
        None => Node::Recode { of: typed.build(), map },
    };
    Typed::new(node, span, Kind::Choice(Rc::clone(words))).blanks(blanks)
}
