//! A `voorbeeld` run: what was expected, what came out.

use crate::examples::given;
use crate::judge::call::{Call, Compiled};
use crate::judge::findings::{Judgement, Status};
use crate::judge::open::judge;
use crate::limits::Limits;
use crate::limits::budget::Budget;
use crate::message::diagnostic::Diagnostics;
use crate::message::language::Language;
use crate::message::source::Span;
use crate::proposal::wording;
use crate::rules::model::{Example, Head, Model};
use crate::rules::syntax::{ExpectationBody, ExpectedScore, ExpectedStatus, Name};
use crate::rules::thresholds::Thresholds;
use crate::value::number::Number;
use crate::value::score_range::{Maybe, ScoreRange};
use crate::verdict::assemble::rules::Rules;
use crate::verdict::document::Verdict;
use crate::verdict::write::{Prepared, write};

/// The result of one example.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Trial {
    /// The text after `voorbeeld`.
    pub title: String,
    /// Where it stands.
    pub span: Span,
    /// Its verdict; none when what it gives could not be read.
    pub verdict: Option<Verdict>,
    /// What came out differently than expected; empty: it passes.
    pub failures: Vec<Failure>,
}

impl Trial {
    /// Whether everything came out as expected.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.failures.is_empty()
    }
}

/// An expectation that was not met.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Failure {
    /// The expectation's line.
    pub span: Span,
    /// What was expected, as `oordeel voldoet`.
    pub expected: String,
    /// What was found, as `oordeel open`.
    pub found: String,
}

/// Runs one example. `language` is that of the verdict; expectations are shown as the rule language writes them.
pub(crate) fn run(
    compiled: &Compiled,
    example: &Example,
    texts: &Diagnostics,
    prepared: &Prepared,
    limits: &Limits,
    language: Language,
) -> Trial {
    let mut trial =
        Trial { title: example.title.clone(), span: example.span, verdict: None, failures: Vec::new() };
    let proposal = match given::given(&compiled.model, example) {
        Ok(proposal) => proposal,
        Err(diagnostic) => {
            let span = diagnostic.places.first().map_or(example.span, |place| place.span);
            let expected = language.pick("een leesbaar voorbeeld", "an example that can be read").to_owned();
            let found = diagnostic.message.get(language).to_owned();
            trial.failures.push(Failure { span, expected, found });
            return trial;
        }
    };
    let budget = Budget::new(limits);
    let judgement = judge(Call { rules: compiled, proposal: &proposal, limits, budget: &budget });
    let model = &compiled.model;
    let judge = Compare { model, judgement: &judgement, thresholds: &prepared.thresholds };
    for expectation in &example.expected {
        if let Some((expected, found)) = judge.compare(&expectation.body) {
            trial.failures.push(Failure { span: expectation.span, expected, found });
        }
    }
    let mut line = String::new();
    write(Rules { model, texts, language }, prepared, &proposal, &judgement, &mut Vec::new(), &mut line);
    trial.verdict = Some(Verdict::written(&line));
    trial
}

struct Compare<'a> {
    model: &'a Model,
    judgement: &'a Judgement,
    thresholds: &'a Thresholds,
}

fn place<'m, T: 'm>(list: &'m [T], head: impl Fn(&'m T) -> &'m Head, name: &Name) -> Option<usize> {
    list.iter().position(|one| head(one).name == name.node)
}

fn differ(what: &str, expected: &str, found: &str) -> Option<(String, String)> {
    (expected != found).then(|| (format!("{what} {expected}"), format!("{what} {found}")))
}

impl Compare<'_> {
    /// None when as expected; otherwise what was expected and what was found.
    fn compare(&self, body: &ExpectationBody) -> Option<(String, String)> {
        let (model, judgement) = (self.model, self.judgement);
        let outcome =
            |at: u16| model.verdict.outcomes.get(usize::from(at)).map_or("", |outcome| outcome.name.as_str());
        match body {
            ExpectationBody::Outcome(name) => {
                let found = match judgement.outcomes.as_slice() {
                    [one] if judgement.settled() => outcome(*one),
                    _ => "open",
                };
                differ("oordeel", &name.node, found)
            }
            ExpectationBody::Possible(names) => {
                let found: Vec<&str> = judgement.outcomes.iter().map(|at| outcome(*at)).collect();
                let mut expected: Vec<&str> = names.iter().map(|name| name.node.as_str()).collect();
                expected.sort_by_key(|name| {
                    model.verdict.outcomes.iter().position(|outcome| outcome.name == **name)
                });
                differ("mogelijk", &expected.join(", "), &found.join(", "))
            }
            ExpectationBody::Total(expected) => {
                self.score("totaal", &expected.node, &judgement.total, &self.thresholds.total)
            }
            ExpectationBody::Criterion(name, expected) => {
                let at = place(&model.criteria, |criterion| &criterion.head, name)?;
                let found = &judgement.criteria.get(at)?.score;
                self.score(
                    &format!("criterium {}", name.node),
                    &expected.node,
                    found,
                    self.thresholds.criterion(at),
                )
            }
            ExpectationBody::Requirement(name, expected) => {
                let at = place(&model.criteria, |criterion| &criterion.head, name)?;
                let found = judgement.criteria.get(at)?.requirement?;
                status("eis", name, expected.node, found, ["gehaald", "niet gehaald", "vervalt"])
            }
            ExpectationBody::Condition(name, expected) => {
                let at = place(&model.conditions, |condition| &condition.head, name)?;
                let found = *judgement.conditions.get(at)?;
                status("voorwaarde", name, expected.node, found, ["vervuld", "niet vervuld", "vervalt"])
            }
            ExpectationBody::Exclusion(name, expected) => {
                let at = place(&model.exclusions, |exclusion| &exclusion.head, name)?;
                status(
                    "uitsluiting",
                    name,
                    expected.node,
                    *judgement.exclusions.get(at)?,
                    ["ja", "nee", "vervalt"],
                )
            }
            ExpectationBody::Signal(name, expected) => {
                let at = place(&model.signals, |signal| &signal.head, name)?;
                status("signaal", name, expected.node, *judgement.signals.get(at)?, ["ja", "nee", "vervalt"])
            }
            ExpectationBody::Route(name, expected) => {
                let at = place(&model.routes, |route| &route.head, name)?;
                let route = model.routes.get(at)?;
                let found = match judgement.choice(at) {
                    Some(one) => {
                        route.choices.get(usize::from(one)).map_or("", |choice| choice.choice.name.as_str())
                    }
                    None => "open",
                };
                differ(&format!("route {}", name.node), &expected.node, found)
            }
            ExpectationBody::Matters(name) => {
                let at = place(&model.questions, |question| &question.head, name)?;
                let matters = judgement.open.iter().any(|open| open.question.index() == at);
                let found = if matters { "van belang" } else { "niet van belang" };
                differ(&format!("vraag {}", name.node), "van belang", found)
            }
        }
    }

    fn score(
        &self,
        what: &str,
        expected: &ExpectedScore,
        found: &ScoreRange,
        thresholds: &[Number],
    ) -> Option<(String, String)> {
        let text = wording::score(found, thresholds);
        match expected {
            ExpectedScore::Open => {
                let open = found.settled().is_none() && found.not_applicable != Maybe::Yes;
                (!open).then(|| (format!("{what} open"), format!("{what} {text}")))
            }
            ExpectedScore::NotApplicable => {
                let lapses = found.not_applicable == Maybe::Yes;
                (!lapses).then(|| (format!("{what} n.v.t."), format!("{what} {text}")))
            }
            ExpectedScore::Percent { value, decimals } => {
                let matches =
                    found.settled().is_some_and(|exact| rounds_to(exact, value, *decimals, thresholds));
                let percent = value.to_decimal_string(*decimals, ',');
                (!matches).then(|| (format!("{what} {percent}%"), format!("{what} {text}")))
            }
        }
    }
}

/// Whether an exact score is written like this with so many decimals, on the same side of every threshold.
fn rounds_to(exact: &Number, percent: &Number, decimals: u8, thresholds: &[Number]) -> bool {
    let hundred = Number::whole(100);
    let (rounded, _) = exact.mul(&hundred).round_to(decimals);
    rounded == *percent
        && thresholds.iter().all(|threshold| threshold.mul(&hundred).cmp(percent) == threshold.cmp(exact))
}

fn status(
    what: &str,
    name: &Name,
    expected: ExpectedStatus,
    found: Status,
    [holds, fails, lapses]: [&str; 3],
) -> Option<(String, String)> {
    let expected = match expected {
        ExpectedStatus::Holds => holds,
        ExpectedStatus::Fails => fails,
        ExpectedStatus::Open => "open",
        ExpectedStatus::Lapses => lapses,
    };
    let found = match found {
        Status::Holds => holds,
        Status::Fails => fails,
        Status::Open => "open",
        Status::Lapses => lapses,
    };
    differ(&format!("{what} {}", name.node), expected, found)
}
