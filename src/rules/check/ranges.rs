//! Ranges of answers: `van … tot en met …`.

use super::checker::Checker;
use crate::message::diagnostic::Code;
use crate::message::language::says;
use crate::message::source::{Span, Spanned};
use crate::rules::check::literals::percent;
use crate::rules::syntax::{KindName, Literal, Range};
use crate::value::date::Date;
use crate::value::number::Number;

impl Checker<'_> {
    pub(super) fn no_range(&mut self, range: Option<&Range>) -> bool {
        if let Some(range) = range {
            self.fault(
                Code::BadRange,
                range.span,
                says!("dit soort antwoord heeft geen grenzen", "this kind of answer has no range"),
                says!(
                    "haal de grenzen weg; ze horen bij getallen, bedragen, datums en lijsten",
                    "remove the range; it belongs to numbers, money, dates and lists"
                ),
            );
        }
        range.is_none()
    }

    fn wrong_end(&mut self, span: Span, needed: &str) {
        let text = self.text(span);
        self.fault(
            Code::BadRange,
            span,
            says!(
                "\"{text}\" is niet het soort grens dat hier hoort",
                "\"{text}\" is not the kind of end that belongs here"
            ),
            says!("schrijf de grens als {needed}", "write the end as {needed}"),
        );
    }

    fn check_order<T: PartialOrd>(&mut self, range: &Range, from: Option<&T>, until: Option<&T>) -> bool {
        let sound = from.zip(until).is_none_or(|(from, until)| from <= until);
        if !sound {
            self.fault(
                Code::BadRange,
                range.span,
                says!("het einde ligt voor het begin", "the end lies before the start"),
                says!("draai de grenzen om", "turn the ends around"),
            );
        }
        sound
    }

    pub(super) fn number_range(
        &mut self,
        range: Option<&Range>,
        kind: &KindName,
    ) -> Option<(Option<Number>, Option<Number>)> {
        let Some(range) = range else { return Some((None, None)) };
        let mut end = |literal: &Option<Spanned<Literal>>| -> Option<Option<Number>> {
            let Some(literal) = literal else { return Some(None) };
            let number = match (kind, &literal.node) {
                (KindName::Integer, Literal::Number(n)) if n.is_whole() => Some(n.clone()),
                (KindName::Number, Literal::Number(n)) | (KindName::Money, Literal::Money(n)) => {
                    Some(n.clone())
                }
                (KindName::Percentage, Literal::Percent(n)) => Some(percent(n)),
                _ => None,
            };
            if number.is_none() {
                let needed = match kind {
                    KindName::Integer => "3",
                    KindName::Number => "0,5",
                    KindName::Percentage => "50%",
                    _ => "€ 1.000",
                };
                self.wrong_end(literal.span, needed);
            }
            number.map(Some)
        };
        let (from, until) = (end(&range.from), end(&range.until));
        let (from, until) = (from?, until?);
        self.check_order(range, from.as_ref(), until.as_ref()).then_some((from, until))
    }

    pub(super) fn date_range(&mut self, range: Option<&Range>) -> Option<(Option<Date>, Option<Date>)> {
        let Some(range) = range else { return Some((None, None)) };
        let mut end = |literal: &Option<Spanned<Literal>>| -> Option<Option<Date>> {
            match literal {
                None => Some(None),
                Some(Spanned { node: Literal::Date(date), .. }) => Some(Some(*date)),
                Some(other) => {
                    self.wrong_end(other.span, "29 januari 2020");
                    None
                }
            }
        };
        let (from, until) = (end(&range.from), end(&range.until));
        let (from, until) = (from?, until?);
        self.check_order(range, from.as_ref(), until.as_ref()).then_some((from, until))
    }

    pub(super) fn length_range(&mut self, range: Option<&Range>) -> Option<(u32, Option<u32>)> {
        let Some(range) = range else { return Some((0, None)) };
        let mut end = |literal: &Option<Spanned<Literal>>| -> Option<Option<u32>> {
            let Some(literal) = literal else { return Some(None) };
            let length = match &literal.node {
                Literal::Number(n) => n.to_i64().and_then(|n| u32::try_from(n).ok()),
                _ => None,
            };
            if length.is_none() {
                self.wrong_end(literal.span, "3");
            }
            length.map(Some)
        };
        let (from, until) = (end(&range.from), end(&range.until));
        let (from, until) = (from?, until?);
        self.check_order(range, from.as_ref(), until.as_ref()).then_some((from.unwrap_or(0), until))
    }
}
