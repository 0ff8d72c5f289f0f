//! What a `voorbeeld` expects against what was found.

use crate::judgement::{Judgement, Maybe, ScoreRange, Status};
use crate::model::{Choice, Example, Model};
use crate::number::Number;
use crate::show;
use crate::source::Span;
use crate::syntax::{ExpectationBody, ExpectedScore, ExpectedStatus, Name};
use crate::thresholds::Thresholds;

/// An expectation that did not come true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The line that expects it.
    pub span: Span,
    /// What it is about: `oordeel`, `criterium stip`.
    pub about: String,
    /// As expected.
    pub expected: String,
    /// As found.
    pub found: String,
}

/// The expectations of `example` that `judgement`, the one on what it gives, does not meet; in file order.
#[must_use]
pub fn mismatches(model: &Model, example: &Example, judgement: &Judgement) -> Vec<Mismatch> {
    let expect = Expect { model, judgement, thresholds: Thresholds::new(model) };
    let line = |expectation: &crate::syntax::Expectation| {
        let line = expect.line(&expectation.body)?;
        (!line.met).then_some(Mismatch {
            span: expectation.span,
            about: line.about,
            expected: line.expected,
            found: line.found,
        })
    };
    example.expected.iter().filter_map(line).collect()
}

struct Expect<'a> {
    model: &'a Model,
    judgement: &'a Judgement,
    thresholds: Thresholds,
}

struct Line {
    met: bool,
    about: String,
    expected: String,
    found: String,
}

impl Line {
    fn words(about: String, expected: &str, found: String) -> Self {
        Self { met: expected == found, about, expected: expected.to_owned(), found }
    }
}

impl Expect<'_> {
    /// None for a name that does not exist: the checker has said so.
    fn line(&self, body: &ExpectationBody) -> Option<Line> {
        let (model, found) = (self.model, self.judgement);
        Some(match body {
            ExpectationBody::Outcome(expected) => {
                let found = settled(&model.verdict.outcomes, &found.outcomes);
                Line::words("oordeel".to_owned(), &expected.node, found)
            }
            ExpectationBody::Possible(expected) => {
                let names = |at: &u16| Some(model.verdict.outcomes.get(usize::from(*at))?.name.clone());
                let found: Vec<String> = found.outcomes.iter().filter_map(names).collect();
                let expected: Vec<String> = expected.iter().map(|name| name.node.clone()).collect();
                let met = expected.iter().all(|name| found.contains(name))
                    && found.iter().all(|name| expected.contains(name));
                Line {
                    met,
                    about: "mogelijk".to_owned(),
                    expected: expected.join(", "),
                    found: found.join(", "),
                }
            }
            ExpectationBody::Total(expected) => {
                score("totaal".to_owned(), &expected.node, &found.total, &self.thresholds.total)
            }
            ExpectationBody::Criterion(name, expected) => {
                let at = position(model.criteria.iter().map(|c| &c.head.name), name)?;
                let found = &found.criteria.get(at)?.score;
                score(
                    format!("criterium {}", name.node),
                    &expected.node,
                    found,
                    self.thresholds.criterion(at),
                )
            }
            ExpectationBody::Requirement(name, expected) => {
                let at = position(model.criteria.iter().map(|c| &c.head.name), name)?;
                let words = ["gehaald", "niet gehaald"];
                status("eis", name, expected.node, found.criteria.get(at)?.requirement?, words)
            }
            ExpectationBody::Condition(name, expected) => {
                let at = position(model.conditions.iter().map(|c| &c.head.name), name)?;
                let words = ["vervuld", "niet vervuld"];
                status("voorwaarde", name, expected.node, *found.conditions.get(at)?, words)
            }
            ExpectationBody::Exclusion(name, expected) => {
                let at = position(model.exclusions.iter().map(|c| &c.head.name), name)?;
                status("uitsluiting", name, expected.node, *found.exclusions.get(at)?, ["ja", "nee"])
            }
            ExpectationBody::Signal(name, expected) => {
                let at = position(model.signals.iter().map(|c| &c.head.name), name)?;
                status("signaal", name, expected.node, *found.signals.get(at)?, ["ja", "nee"])
            }
            ExpectationBody::Route(name, expected) => {
                let at = position(model.routes.iter().map(|c| &c.head.name), name)?;
                let choices: Vec<Choice> =
                    model.routes.get(at)?.choices.iter().map(|choice| choice.choice.clone()).collect();
                let found = settled(&choices, found.routes.get(at)?);
                Line::words(format!("route {}", name.node), &expected.node, found)
            }
            ExpectationBody::Matters(name) => {
                let question = position(model.questions.iter().map(|q| &q.head.name), name)?;
                let met = found.open.iter().any(|open| open.question.index() == question);
                let words = |matters| if matters { "van belang" } else { "niet van belang" }.to_owned();
                let about = format!("vraag {}", name.node);
                Line { met, about, expected: words(true), found: words(met) }
            }
        })
    }
}

fn position<'a>(mut names: impl Iterator<Item = &'a String>, name: &Name) -> Option<usize> {
    names.position(|one| *one == name.node)
}

/// The one that is possible, or `open`.
fn settled(choices: &[Choice], possible: &[u16]) -> String {
    match possible {
        [only] => choices.get(usize::from(*only)).map(|choice| choice.name.clone()).unwrap_or_default(),
        _ => "open".to_owned(),
    }
}

fn score(about: String, expected: &ExpectedScore, found: &ScoreRange, thresholds: &[Number]) -> Line {
    let shown = match (found.settled(), found.not_applicable) {
        (Some(_), _) | (None, Maybe::Yes) => show::score(found, thresholds),
        (None, _) => format!("open ({})", show::score(found, thresholds)),
    };
    let (met, expected) = match expected {
        ExpectedScore::Open => {
            (found.settled().is_none() && found.not_applicable != Maybe::Yes, "open".to_owned())
        }
        ExpectedScore::NotApplicable => (found.not_applicable == Maybe::Yes, "n.v.t.".to_owned()),
        ExpectedScore::Percent { value, decimals } => {
            let met = found.settled().is_some_and(|found| rounds_to(found, value, *decimals, thresholds));
            (met, format!("{}%", value.to_decimal_string(*decimals, ',')))
        }
    };
    Line { met, about, expected, found: shown }
}

/// Whether an exact score rounds to a percentage at the decimals written, on the same side of every threshold.
fn rounds_to(exact: &Number, percent: &Number, decimals: u8, thresholds: &[Number]) -> bool {
    let hundred = Number::whole(100);
    let exact = exact.mul(&hundred);
    let same_side = |threshold: &Number| {
        let threshold = threshold.mul(&hundred);
        exact.cmp(&threshold) == percent.cmp(&threshold)
    };
    exact.round_to(decimals).0 == *percent && thresholds.iter().all(same_side)
}

fn status(kind: &str, name: &Name, expected: ExpectedStatus, found: Status, words: [&str; 2]) -> Line {
    let [holds, fails] = words;
    let found = match found {
        Status::Holds => holds,
        Status::Fails => fails,
        Status::Lapses => "vervalt",
        Status::Open => "open",
    };
    let expected = match expected {
        ExpectedStatus::Holds => holds,
        ExpectedStatus::Fails => fails,
        ExpectedStatus::Lapses => "vervalt",
        ExpectedStatus::Open => "open",
    };
    Line::words(format!("{kind} {}", name.node), expected, found.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rounded_total_matches_on_the_right_side_only() {
        let f = |n, d| Number::fraction(n, d).unwrap();
        assert!(rounds_to(&f(43, 72), &f(5972, 100), 2, &[f(1, 2)]));
        assert!(rounds_to(&f(43, 72), &f(60, 1), 0, &[f(1, 2)]));
        assert!(!rounds_to(&f(43, 72), &f(60, 1), 0, &[f(6, 10)]));
        assert!(!rounds_to(&f(699_999, 1_000_000), &f(70, 1), 2, &[f(7, 10)]));
        assert!(rounds_to(&f(7, 10), &f(70, 1), 0, &[f(7, 10)]));
    }
}
