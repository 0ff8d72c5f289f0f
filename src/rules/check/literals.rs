//! Values as they are written, and numbers made of them.

use super::kinds::{Blanks, Bounds, Kind, Sort, Typed};
use crate::message::source::Span;
use crate::rules::model::Node;
use crate::rules::syntax::Literal;
use crate::value::date::Date;
use crate::value::number::Number;
use crate::value::values::{Level, Value};

/// A date as a number of days.
pub(crate) fn day(date: Date) -> Number {
    Number::whole(i64::from(date.day_number()))
}

/// `5%` is 1/20.
pub(crate) fn percent(before_the_sign: &Number) -> Number {
    before_the_sign.div(&Number::whole(100)).unwrap_or_default()
}

/// 0, or between -1 and 1: it can be a fraction of one as well as a number of things.
pub(crate) fn is_small(number: &Number) -> bool {
    number.abs() < Number::ONE
}

/// A literal as written.
pub(crate) fn literal(literal: &Literal, span: Span) -> Typed {
    let constant = |value: Value, kind: Kind| Typed::new(Node::Constant(value), span, kind);
    match literal {
        Literal::Number(n) => {
            let sort = if is_small(n) { Sort::Either } else { Sort::Plain };
            constant(Value::Number(n.clone()), Kind::Number(sort)).bounds(Bounds::exactly(n))
        }
        Literal::Percent(n) => {
            let n = percent(n);
            constant(Value::Number(n.clone()), Kind::Number(Sort::Ratio)).bounds(Bounds::exactly(&n))
        }
        Literal::Money(n) => constant(Value::Number(n.clone()), Kind::Money).bounds(Bounds::exactly(n)),
        Literal::Date(date) => constant(Value::Date(*date), Kind::Date).bounds(Bounds::exactly(&day(*date))),
        Literal::Text(_) => constant(Value::Text, Kind::Text),
        Literal::Yes => constant(Value::Level(Level::Yes), Kind::Level { partly: false }),
        Literal::Partly => constant(Value::Level(Level::Partly), Kind::Level { partly: true }),
        Literal::No => constant(Value::Level(Level::No), Kind::Level { partly: false }),
        Literal::None => {
            constant(Value::None, Kind::Blank).blanks(Blanks { none: true, not_applicable: false })
        }
        Literal::NotApplicable => constant(Value::NotApplicable, Kind::Blank).blanks(Blanks::NOT_APPLICABLE),
    }
}
