//! The parts of the verdict document, from what the engine found. Nothing is decided here: names, words, sources and
//! places are put beside the findings. `write` puts the parts together.

pub(crate) mod answers;
mod assessed;
mod points;
mod prose;
mod reasons;
mod relied;

pub(crate) use answers::item_name;
pub(crate) use prose::quoted;
pub(crate) use reasons::Behind;
pub(crate) use relied::Plays;

use std::borrow::Cow;
use std::ops::Deref;

use crate::judge::findings::{AnswerClass, Judgement, OpenQuestion, Status};
use crate::message::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::message::language::Language;
use crate::message::language::tell;
use crate::message::report::Message;
use crate::message::source::Span;
use crate::proposal::answers::Proposal;
use crate::proposal::wording;
use crate::rules::model::{
    Choice, Condition, Exclusion, Expression, Kind, Model, Provenance, Requirement, Route, Signal,
};
use crate::rules::thresholds::Thresholds;
use crate::value::date::Date;
use crate::value::number::Number;
use crate::value::score_range::{Maybe, ScoreRange};
use crate::verdict::document as v;
use crate::verdict::provisional::{self, About};

/// What is known of the rules alone: their words, sources and places.
#[derive(Clone, Copy)]
pub(crate) struct Rules<'a> {
    pub(crate) model: &'a Model,
    /// The rule file's text, for line numbers and for rules as written, and the warnings that go with the verdict.
    pub(crate) texts: &'a Diagnostics,
    /// That of the verdict's own sentences, and of the warnings.
    pub(crate) language: Language,
}

/// The same, and one proposal with what was found about it.
#[derive(Clone, Copy)]
pub(crate) struct Builder<'a> {
    pub(crate) rules: Rules<'a>,
    pub(crate) proposal: &'a Proposal,
    pub(crate) judgement: &'a Judgement,
    pub(crate) thresholds: &'a Thresholds,
}

impl<'a> Deref for Builder<'a> {
    type Target = Rules<'a>;

    fn deref(&self) -> &Rules<'a> {
        &self.rules
    }
}

impl Rules<'_> {
    /// The warnings, whose files have no folders here: the same rules give the same bytes wherever they lie.
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

impl Builder<'_> {
    /// The verdict, without its points, where a search was ended or someone closed what is open, too.
    pub(crate) fn outcome(&self) -> v::Outcome {
        let judgement = self.judgement;
        let settled = judgement.outcomes.first().copied().filter(|_| judgement.settled());
        let mut outcome = self.rules.outcome(settled, &judgement.outcomes, judgement.line);
        let provisional = judgement.provisional.as_ref();
        outcome.provisional =
            provisional.map(|found| provisional::document(found, About::Verdict, self.language));
        outcome.exact = outcome.provisional.is_none();
        self.with_closing(outcome)
    }

    /// What a condition must meet to apply at all, where that is open too.
    pub(crate) fn applies_if(&self, condition: &Condition, status: Status) -> Option<String> {
        let only_if = condition.only_if.as_ref().filter(|_| status == Status::Open)?;
        // It lapses nowhere when what it reads is known: then it would have lapsed already.
        let unsure = self.truth(only_if).is_none() && self.reads_open(only_if);
        unsure.then(|| self.prose(only_if.span))
    }

    pub(crate) fn open_question(
        &self,
        open: &OpenQuestion,
        all: &[(u16, Vec<u16>)],
    ) -> Option<v::OpenQuestion> {
        let question = self.model.questions.get(open.question.index())?;
        let field = open.item.and_then(|(_, field)| match &question.domain.kind {
            Kind::List { fields, .. } => fields.get(field as usize),
            _ => None,
        });
        let domain = field.map_or(&question.domain, |field| &field.domain);
        let answer = self.answer_at(open);
        let unsayable = answer.and_then(|answer| self.text(answer.unsayable));
        let class = |class: &AnswerClass| v::AnswerClass {
            answers: class.answers.clone(),
            texts: class.texts.iter().map(|text| text.get(self.language).to_owned()).collect(),
            possible: names(&self.model.verdict.outcomes, &class.outcomes),
            // A search that stopped may keep more than can happen; what all completions together exclude is left out.
            combinations: class
                .combinations
                .iter()
                .filter_map(|left| all.binary_search(left).ok().and_then(|at| u32::try_from(at).ok()))
                .collect(),
            combinations_more: class.combinations_more,
            answers_more: class.answers_more,
        };
        Some(v::OpenQuestion {
            question: question.head.name.clone(),
            field: field.map(|field| field.name.clone()),
            item: open.item.map(|(item, _)| item_name(self.proposal, question, open.question, item)),
            pointer: open.pointer.clone(),
            title: question.head.title.clone(),
            explanation: question.explanation.clone(),
            answered_by: question.answered_by.clone(),
            sources: sources(&question.head.provenance),
            unsayable,
            lacks_ground: answer.is_some_and(|answer| answer.written.is_some()),
            changes_outcome: open.changes_outcome,
            options: prose::options(&domain.kind).iter().map(named).collect(),
            classes: open.classes.iter().map(class).collect(),
            classes_more: open.classes_more,
        })
    }

    pub(crate) fn missing_rows(&self) -> Vec<v::MissingRow> {
        let row = |row: &crate::judge::findings::MissingRow| {
            let keys: Vec<&str> = row.texts.iter().map(|key| key.get(self.language)).collect();
            v::MissingRow {
                table: row.table.clone(),
                keys: row.keys.clone(),
                text: tell!(
                    self.language,
                    "De tabel {} heeft geen regel voor {}. Geen antwoord kan dat verhelpen: wat ervan afhangt, blijft open.",
                    "The table {} has no row for {}. No answer can mend that: what depends on it stays open.",
                    row.table,
                    self.language.list(&keys)
                ),
            }
        };
        self.judgement.missing_rows.iter().map(row).collect()
    }
}

/// What a document says about the rules.
pub(crate) fn rule_file(model: &Model, proposal: &Proposal) -> v::RuleFile {
    rules_on(model, proposal.reference_date)
}

/// The same, applied for a day.
pub(crate) fn rules_on(model: &Model, reference_date: Option<Date>) -> v::RuleFile {
    v::RuleFile {
        name: model.name.clone(),
        title: model.title.clone(),
        version: Some(model.version.clone()).filter(|version| !version.is_empty()),
        valid: v::Period {
            from: model.valid_from.map(Date::to_iso),
            until: model.valid_until.map(Date::to_iso),
        },
        reference_date: reference_date.map(Date::to_iso),
        partly_counts: model.partly.as_ref().map(|(partly, _)| partly.to_fraction_string()),
        documents: model
            .documents
            .iter()
            .map(|document| v::Document {
                label: document.label.clone(),
                title: document.title.clone(),
                date: document.date.clone(),
            })
            .collect(),
        files: std::iter::once((&model.file, &model.sha256))
            .chain(model.blocks.iter().map(|block| (&block.file, &block.sha256)))
            .map(|(name, sha256)| v::File { name: name.clone(), sha256: sha256.clone() })
            .collect(),
    }
}

/// What a document says about the proposal.
pub(crate) fn proposal_header(proposal: &Proposal) -> v::ProposalHeader {
    v::ProposalHeader {
        title: proposal.title().map(Cow::into_owned),
        submitter: proposal.submitter().map(Cow::into_owned),
        reference_date: proposal.reference_date.map(Date::to_iso),
        file: proposal.file.clone(),
        sha256: proposal.sha256_text(),
    }
}

/// With the items below it, which stand in the condition.
fn whole_line(line: Span, condition: Option<&Expression>) -> Span {
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

fn status(settled: bool) -> v::Settled {
    if settled { v::Settled::Settled } else { v::Settled::Open }
}

fn condition_status(status: Status) -> v::ConditionStatus {
    match status {
        Status::Holds => v::ConditionStatus::Fulfilled,
        Status::Fails => v::ConditionStatus::Unfulfilled,
        Status::Lapses => v::ConditionStatus::Lapsed,
        Status::Open => v::ConditionStatus::Open,
    }
}

fn signal_status(status: Status) -> v::SignalStatus {
    match status {
        Status::Holds => v::SignalStatus::Yes,
        Status::Fails => v::SignalStatus::No,
        Status::Lapses => v::SignalStatus::Lapsed,
        Status::Open => v::SignalStatus::Open,
    }
}

pub(crate) fn named(choice: &Choice) -> v::Named {
    v::Named { name: choice.name.clone(), title: choice.label.clone() }
}

fn names(choices: &[Choice], places: &[u16]) -> Vec<String> {
    places.iter().filter_map(|at| Some(choices.get(usize::from(*at))?.name.clone())).collect()
}

/// Each place once, in order.
pub(crate) fn sources(provenance: &Provenance) -> Vec<v::Citation> {
    let mut sources: Vec<v::Citation> = Vec::new();
    for citation in &provenance.sources {
        let citation = v::Citation { document: citation.label.clone(), place: citation.place.clone() };
        if !sources.contains(&citation) {
            sources.push(citation);
        }
    }
    sources
}

pub(crate) fn readings(provenance: &Provenance) -> Vec<v::Reading> {
    let reading = |reading: &crate::rules::model::Assumption| v::Reading {
        about: reading.about.clone(),
        text: reading.text.clone(),
    };
    provenance.assumptions.iter().map(reading).collect()
}
