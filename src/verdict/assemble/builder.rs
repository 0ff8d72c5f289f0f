//! Parts of the document about one proposal.

use std::ops::Deref;

use super::names::{item_name, named, names, sources};
use super::prose;
use super::rules::Rules;
use crate::judge::findings::{AnswerClass, Judgement, MissingRow, OpenQuestion, Status};
use crate::message::language::{Language, tell};
use crate::proposal::answers::Proposal;
use crate::rules::model::{Condition, Kind};
use crate::rules::thresholds::Thresholds;
use crate::verdict::answer_words::{by_label, by_name, key};
use crate::verdict::document as v;
use crate::verdict::provisional::{self, About};

/// The rules, and one proposal with what was found about it.
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

impl Builder<'_> {
    /// The verdict without its points, also where a search was ended or someone closed what is open.
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
        // If everything it reads is known it cannot lapse: it would have lapsed already.
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
        let class = |class: &AnswerClass| {
            let names = by_name(&class.answers, domain, Language::Nl);
            self.class(class, all, names, by_label(&class.answers, domain, self.language))
        };
        Some(v::OpenQuestion {
            question: question.head.name.clone(),
            field: field.map(|field| field.name.clone()),
            item: open
                .item
                .map(|(item, _)| item_name(self.proposal, question, open.question, item, self.language)),
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

    /// A class, with its answers as options are named in Dutch, and as people read them.
    pub(crate) fn class(
        &self,
        class: &AnswerClass,
        all: &[(u16, Vec<u16>)],
        names: Vec<String>,
        texts: Vec<String>,
    ) -> v::AnswerClass {
        v::AnswerClass {
            answers: names,
            texts,
            possible: self::names(&self.model.verdict.outcomes, &class.outcomes),
            // A search that stopped may keep more than can happen; what all completions together exclude is left out.
            combinations: class
                .combinations
                .iter()
                .filter_map(|left| all.binary_search(left).ok().and_then(|at| u32::try_from(at).ok()))
                .collect(),
            combinations_more: class.combinations_more,
            answers_more: class.answers_more,
        }
    }

    pub(crate) fn missing_rows(&self) -> Vec<v::MissingRow> {
        let row = |row: &MissingRow| {
            let table = self.model.tables.iter().find(|table| table.head.name == row.table);
            let said = |language| {
                let keys = row.keys.iter().enumerate().map(|(at, asked)| {
                    let column = table.and_then(|table| table.columns.get(at));
                    key(asked.as_ref(), column.map_or(&[], |column| &column.words), language)
                });
                keys.collect::<Vec<String>>()
            };
            v::MissingRow {
                table: row.table.clone(),
                keys: said(Language::Nl),
                text: tell!(
                    self.language,
                    "De tabel {} heeft geen regel voor {}. Geen antwoord kan dat verhelpen: wat ervan afhangt, blijft open.",
                    "The table {} has no row for {}. No answer can mend that: what depends on it stays open.",
                    row.table,
                    self.language.list(&said(self.language))
                ),
            }
        };
        self.judgement.missing_rows.iter().map(row).collect()
    }
}
