//! The lines below `gegeven` and `verwacht`.

use super::grammar::{Pair, Rule};
use super::reader::Reader;
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::says;
use crate::message::source::{Span, Spanned};
use crate::rules::layout::pieces::{Item, LinePiece};
use crate::rules::syntax::{
    Expectation, ExpectationBody, ExpectedScore, ExpectedStatus, GivenLine, GivenValue, Name,
};

impl<'t> Reader<'t> {
    pub(super) fn given(&mut self, lines: &[LinePiece]) -> Vec<GivenLine> {
        let mut given = Vec::new();
        for line in lines {
            if let Some(plain) = self.plain_given(line) {
                given.push(plain);
            } else if let Some(pair) = self.phrase(Rule::given_line, &line.text) {
                given.extend(self.given_line(pair, line));
            } else if self.is_expectation(line) {
                break;
            }
        }
        given
    }

    /// `oordeel open` below `gegeven`: the line `verwacht` is missing, and what follows are expectations too.
    fn is_expectation(&mut self, line: &LinePiece) -> bool {
        let fault = self.faults.pop();
        if self.phrase(Rule::expect_line, &line.text).is_none() {
            self.faults.pop();
            self.faults.extend(fault);
            return false;
        }
        let span = self.span_of(&line.text);
        self.fail(
            Diagnostic::new(
                Code::UnexpectedText,
                span,
                says!("dit is een verwachting, geen antwoord", "this is an expectation, not an answer"),
            )
            .help(says!("zet er een regel \"verwacht\" boven", "put a line \"verwacht\" above it")),
        );
        true
    }

    fn given_line(&mut self, pair: Pair<'t>, line: &LinePiece) -> Option<GivenLine> {
        let mut span = self.span(&pair);
        let mut name = None;
        let mut value = None;
        let mut reason = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => name = Some(self.name(&part)),
                Rule::kw_peildatum => name = Some(self.spanned("peildatum".to_owned(), &part)),
                Rule::given_value => value = Some(self.given_value(part)?),
                Rule::given_reason => reason = self.reason(part),
                _ => {}
            }
        }
        let name = name?;
        if let Some(last) = line.items.last() {
            span = span.to(self.span_of(last));
        }
        let value = match value {
            Some(value) => {
                self.no_items(&line.items);
                value
            }
            None if line.items.is_empty() => {
                self.fail_for_want(
                    Diagnostic::new(
                        Code::UnexpectedEnd,
                        Span { start: name.span.end, ..name.span },
                        says!(
                            "achter \"{}\" ontbreekt een antwoord",
                            "an answer is missing behind \"{}\"",
                            name.node
                        ),
                    )
                    .help(says!(
                        "schrijf het antwoord erachter, of \"leeg\" voor een lijst zonder iets erin",
                        "write the answer behind it, or \"leeg\" for a list with nothing in it"
                    )),
                );
                return None;
            }
            None => GivenValue::Items(self.given_items(&line.items)),
        };
        Some(GivenLine { name, value, reason, span })
    }

    fn given_value(&mut self, pair: Pair<'t>) -> Option<GivenValue> {
        let part = pair.into_inner().next()?;
        if part.as_rule() == Rule::literal {
            return Some(GivenValue::Literal(self.literal(&part)?));
        }
        let words = self.name_list(part);
        Some(match words.as_slice() {
            [word] if word.node == "leeg" => GivenValue::Empty,
            _ => GivenValue::Words(words),
        })
    }

    fn name_list(&mut self, pair: Pair<'t>) -> Vec<Name> {
        pair.into_inner().filter(|part| part.as_rule() == Rule::name).map(|part| self.name(&part)).collect()
    }

    fn reason(&self, pair: Pair<'t>) -> Option<Spanned<String>> {
        pair.into_inner().find(|part| part.as_rule() == Rule::text).map(|text| self.text(&text))
    }

    fn given_items(&mut self, items: &[Item]) -> Vec<Vec<GivenLine>> {
        let mut records = Vec::new();
        for item in items {
            records.extend(self.inner_phrase(Rule::given_item, item, |reader, pair| {
                let mut fields = Vec::new();
                for field in pair.into_inner().filter(|part| part.as_rule() == Rule::given_field) {
                    fields.push(reader.given_field(field)?);
                }
                Some(fields)
            }));
        }
        records
    }

    fn given_field(&mut self, pair: Pair<'t>) -> Option<GivenLine> {
        let span = self.span(&pair);
        let mut inner = pair.into_inner();
        let name = self.name(&inner.next()?);
        let value = self.given_value(inner.next()?)?;
        let reason = inner.next().and_then(|part| self.reason(part));
        Some(GivenLine { name, value, reason, span })
    }

    pub(super) fn expected(&mut self, lines: &[LinePiece]) -> Vec<Expectation> {
        let mut expected = Vec::new();
        for line in lines {
            if let Some(plain) = self.plain_expected(line) {
                expected.push(plain);
            } else if let Some(pair) = self.phrase(Rule::expect_line, &line.text) {
                let span = self.span(&pair);
                if let Some(body) = pair.into_inner().next().and_then(|pair| self.expectation(pair)) {
                    expected.push(Expectation { body, span });
                }
                self.no_items(&line.items);
            }
        }
        expected
    }

    fn expectation(&mut self, pair: Pair<'t>) -> Option<ExpectationBody> {
        let rule = pair.as_rule();
        if rule == Rule::expect_possible {
            return Some(ExpectationBody::Possible(self.name_list(pair)));
        }
        let mut inner = pair.into_inner().skip(1);
        let first = inner.next()?;
        Some(match rule {
            Rule::expect_outcome => ExpectationBody::Outcome(self.name_or_open(&first)),
            Rule::expect_total => ExpectationBody::Total(self.expected_score(first)?),
            Rule::expect_criterion => {
                ExpectationBody::Criterion(self.name(&first), self.expected_score(inner.next()?)?)
            }
            Rule::expect_route => {
                ExpectationBody::Route(self.name(&first), self.name_or_open(&inner.next()?))
            }
            Rule::expect_matters => ExpectationBody::Matters(self.name(&first)),
            _ => {
                let name = self.name(&first);
                let rest: Vec<Pair<'t>> = inner.collect();
                let status = self.status(&rest)?;
                match rule {
                    Rule::expect_requirement => ExpectationBody::Requirement(name, status),
                    Rule::expect_condition => ExpectationBody::Condition(name, status),
                    Rule::expect_exclusion => ExpectationBody::Exclusion(name, status),
                    Rule::expect_signal => ExpectationBody::Signal(name, status),
                    _ => return None,
                }
            }
        })
    }

    fn name_or_open(&mut self, pair: &Pair<'t>) -> Name {
        match pair.as_rule() {
            Rule::kw_open => self.spanned("open".to_owned(), pair),
            _ => self.name(pair),
        }
    }

    fn expected_score(&mut self, pair: Pair<'t>) -> Option<Spanned<ExpectedScore>> {
        let inner = pair.into_inner().next()?;
        let score = match inner.as_rule() {
            Rule::percent => {
                let written = self.percent(&inner);
                ExpectedScore::Percent { value: written.value, decimals: written.decimals }
            }
            Rule::kw_open => ExpectedScore::Open,
            _ => {
                self.not_applicable(&inner);
                ExpectedScore::NotApplicable
            }
        };
        Some(self.spanned(score, &inner))
    }

    fn status(&self, words: &[Pair<'t>]) -> Option<Spanned<ExpectedStatus>> {
        let (first, last) = (words.first()?, words.last()?);
        let status = match first.as_rule() {
            Rule::kw_niet | Rule::kw_nee => ExpectedStatus::Fails,
            Rule::kw_open => ExpectedStatus::Open,
            Rule::kw_vervalt => ExpectedStatus::Lapses,
            _ => ExpectedStatus::Holds,
        };
        Some(Spanned::new(status, self.span(first).to(self.span(last))))
    }
}
