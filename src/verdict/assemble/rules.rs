//! Parts of the document that depend only on the rules and on a code.

use super::names::{named, names, readings, sources};
use crate::judge::findings::Status;
use crate::message::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::message::language::Language;
use crate::message::report::Message;
use crate::message::source::Span;
use crate::proposal::wording;
use crate::rules::model::{Choice, Condition, Exclusion, Expression, Model, Requirement, Route, Signal};
use crate::value::number::Number;
use crate::value::score_range::{Maybe, ScoreRange};
use crate::verdict::document as v;

/// What is known from the rules alone: their words, sources and places.
#[derive(Clone, Copy)]
pub(crate) struct Rules<'a> {
    pub(crate) model: &'a Model,
    /// The rule file's text, for line numbers and for rules as written, and the warnings that go with the verdict.
    pub(crate) texts: &'a Diagnostics,
    /// The language of the verdict's own sentences, and of the warnings.
    pub(crate) language: Language,
}

impl Rules<'_> {
    /// The warnings, with files without their folders: the same rules give the same bytes wherever they are.
    pub(crate) fn messages(&self) -> Vec<Message> {
        let warnings = self.texts.iter().filter(|diagnostic| diagnostic.severity == Severity::Warning);
        let message = |warning: &Diagnostic| {
            let mut message = Message::new(warning, self.texts, self.language);
            for place in &mut message.places {
                if let Some((_, name)) = place.file.rsplit_once(['/', '\\']) {
                    place.file = name.to_owned();
                }
            }
            message
        };
        warnings.map(message).collect()
    }

    /// Without its answers, and without what makes it apply.
    pub(crate) fn condition(&self, condition: &Condition, status: Status) -> v::Condition {
        let open = matches!(status, Status::Fails | Status::Open);
        v::Condition {
            name: condition.head.name.clone(),
            title: condition.head.title.clone(),
            status: condition_status(status),
            to_arrange: condition.if_not.clone().filter(|_| open),
            only_if: None,
            answers: Vec::new(),
            sources: sources(&condition.head.provenance),
            assumptions: readings(&condition.head.provenance),
            file_line: self.file_line(condition.head.span),
        }
    }

    /// Without its answers.
    pub(crate) fn exclusion(&self, exclusion: &Exclusion, status: Status) -> v::Exclusion {
        let open = matches!(status, Status::Holds | Status::Open);
        v::Exclusion {
            name: exclusion.head.name.clone(),
            title: exclusion.head.title.clone(),
            status: match status {
                Status::Holds => v::ExclusionStatus::Yes,
                // An exclusion has no `alleen als`, so it never lapses.
                Status::Fails | Status::Lapses => v::ExclusionStatus::No,
                Status::Open => v::ExclusionStatus::Open,
            },
            report: exclusion.report.clone().filter(|_| open),
            answers: Vec::new(),
            sources: sources(&exclusion.head.provenance),
            assumptions: readings(&exclusion.head.provenance),
            file_line: self.file_line(exclusion.head.span),
        }
    }

    /// Without its answers.
    pub(crate) fn signal(&self, signal: &Signal, status: Status) -> v::Signal {
        let open = matches!(status, Status::Holds | Status::Open);
        v::Signal {
            name: signal.head.name.clone(),
            title: signal.head.title.clone(),
            status: signal_status(status),
            report: signal.report.clone().filter(|_| open),
            answers: Vec::new(),
            sources: sources(&signal.head.provenance),
            assumptions: readings(&signal.head.provenance),
            file_line: self.file_line(signal.head.span),
        }
    }

    /// Without its answers. `settled`: the choice that is settled; `found`: the choices that are possible.
    pub(crate) fn route(&self, route: &Route, settled: Option<u16>, found: &[u16]) -> v::Route {
        let choices: Vec<Choice> = route.choices.iter().map(|choice| choice.choice.clone()).collect();
        let settled = settled.and_then(|only| choices.get(usize::from(only)));
        v::Route {
            name: route.head.name.clone(),
            title: route.head.title.clone(),
            status: status(settled.is_some()),
            choice: settled.map(|choice| choice.name.clone()),
            choice_title: settled.map(|choice| choice.label.clone()),
            possible: names(&choices, found),
            choices: choices.iter().map(named).collect(),
            answers: Vec::new(),
            sources: sources(&route.head.provenance),
            assumptions: readings(&route.head.provenance),
            file_line: self.file_line(route.head.span),
        }
    }

    pub(crate) fn requirement(&self, requirement: &Requirement, status: Status) -> v::Requirement {
        v::Requirement {
            status: match status {
                Status::Holds => v::RequirementStatus::Met,
                Status::Fails => v::RequirementStatus::Missed,
                Status::Lapses => v::RequirementStatus::Lapsed,
                Status::Open => v::RequirementStatus::Open,
            },
            at_least: requirement.at_least.to_fraction_string(),
            text: requirement_text(requirement, self.language),
        }
    }

    /// The verdict, without its points. `settled`: the outcome that is settled; `possible` and `line` as in a [`Judgement`].
    pub(crate) fn outcome(&self, settled: Option<u16>, possible: &[u16], line: Option<usize>) -> v::Outcome {
        let rule = &self.model.verdict;
        let settled = settled.and_then(|only| rule.outcomes.get(usize::from(only)));
        v::Outcome {
            title: rule.head.title.clone(),
            status: status(settled.is_some()),
            outcome: settled.map(|outcome| outcome.name.clone()),
            outcome_title: settled.map(|outcome| outcome.label.clone()),
            possible: names(&rule.outcomes, possible),
            outcomes: rule.outcomes.iter().map(named).collect(),
            exact: true,
            provisional: None,
            line: line.and_then(|at| {
                let line = rule.lines.get(at)?;
                Some(self.line(at, line.span, line.condition.as_ref()))
            }),
            points: Vec::new(),
            sources: sources(&rule.head.provenance),
            assumptions: readings(&rule.head.provenance),
        }
    }

    /// A line of a ladder as written, on one line.
    pub(crate) fn line(&self, at: usize, span: Span, condition: Option<&Expression>) -> v::Line {
        let span = whole_line(span, condition);
        v::Line {
            number: u32::try_from(at + 1).unwrap_or(u32::MAX),
            file_line: self.file_line(span),
            written: self.written(span),
            text: self.prose(span),
        }
    }

    /// The line in the rule file itself: a number that is a line of another file would mislead.
    pub(crate) fn file_line(&self, span: Span) -> Option<u32> {
        if span.source != self.model.source {
            return None;
        }
        Some(self.texts.source(span.source)?.position(span.start).line)
    }
}

/// With the items below it, which are part of the condition.
pub(crate) fn whole_line(line: Span, condition: Option<&Expression>) -> Span {
    condition.filter(|condition| condition.span.source == line.source).map_or(line, |c| line.to(c.span))
}

pub(crate) fn score(range: &ScoreRange, thresholds: &[Number], language: Language) -> v::Score {
    v::Score {
        least: range.range.as_ref().map(|(least, _)| least.to_fraction_string()),
        greatest: range.range.as_ref().map(|(_, greatest)| greatest.to_fraction_string()),
        text: language.score(range, thresholds),
        not_applicable: match range.not_applicable {
            Maybe::No => v::NotApplicable::No,
            Maybe::Yes => v::NotApplicable::Yes,
            Maybe::Maybe => v::NotApplicable::Maybe,
        },
    }
}

/// `minstens deels (50%)`, `minstens 25%`.
pub(crate) fn requirement_text(requirement: &Requirement, language: Language) -> String {
    let written = &requirement.written;
    let mut text = String::with_capacity(32);
    text.push_str(language.pick("minstens ", "at least "));
    if *written == wording::percent(&requirement.at_least, &[]) {
        language.percent_to(&mut text, &requirement.at_least, &[]);
        return text;
    }
    text.push_str(language.level_word(written).unwrap_or(written));
    text.push_str(" (");
    language.percent_to(&mut text, &requirement.at_least, &[]);
    text.push(')');
    text
}

pub(crate) fn status(settled: bool) -> v::Settled {
    if settled { v::Settled::Settled } else { v::Settled::Open }
}

pub(crate) fn condition_status(status: Status) -> v::ConditionStatus {
    match status {
        Status::Holds => v::ConditionStatus::Fulfilled,
        Status::Fails => v::ConditionStatus::Unfulfilled,
        Status::Lapses => v::ConditionStatus::Lapsed,
        Status::Open => v::ConditionStatus::Open,
    }
}

pub(crate) fn signal_status(status: Status) -> v::SignalStatus {
    match status {
        Status::Holds => v::SignalStatus::Yes,
        Status::Fails => v::SignalStatus::No,
        Status::Lapses => v::SignalStatus::Lapsed,
        Status::Open => v::SignalStatus::Open,
    }
}
