//! Answers as they were read, with what they mean.

use std::borrow::Cow;

use crate::json::raw::Json;
use crate::json::texts::Written;
use crate::judge::findings::OpenQuestion;
use crate::message::language::tell;
use crate::proposal::answers::{Answer, State};
use crate::proposal::place::Place;
use crate::proposal::wording;
use crate::rules::dependencies::Reads;
use crate::rules::model::{Domain, Expression, Field, Kind, Question, QuestionId};
use crate::verdict::assemble::builder::Builder;
use crate::verdict::document as v;

impl Builder<'_> {
    /// The answer to a question. A list is one answer; a field of it follows where it has a ground,
    /// evidence or a reason of its own.
    pub(crate) fn answer_entries(&self, id: QuestionId) -> Vec<v::Answer> {
        let mut out = Vec::new();
        let question = self.model.questions.get(id.index());
        if let Some((question, answer)) = question.zip(self.proposal.answers.get(id.index())) {
            let pointer = format!("/antwoorden/{}", question.head.name);
            out.push(self.entry(question, None, pointer.clone(), &question.domain, answer));
            self.mark(Place::of(id), &question.domain, answer, &mut out);
            let (State::Items(items), Kind::List { fields, .. }) = (&answer.state, &question.domain.kind)
            else {
                return out;
            };
            for (at, item) in items.iter().enumerate() {
                for (field, part) in fields.iter().zip(item) {
                    if part.ground.is_some() || part.evidence.is_some() || part.unsayable.is_some() {
                        let pointer = format!("{pointer}/{at}/{}", field.name);
                        out.push(self.entry(question, Some(field), pointer, &field.domain, part));
                    }
                }
            }
        }
        out
    }

    /// Marks an answer on which givers differ, or that has such a field.
    fn mark(&self, place: Place, domain: &Domain, answer: &Answer, out: &mut [v::Answer]) {
        if let (Some(words), Some(last)) = (self.differing_answer(place, domain, answer), out.last_mut()) {
            last.text = words;
            if self.proposal.disputes.contains_key(&place) {
                last.status = v::AnswerStatus::Differs;
                last.value = None;
            }
        }
    }

    /// Whether an expression reads something that is not answered.
    pub(crate) fn reads_open(&self, expression: &Expression) -> bool {
        Reads::of(self.model, [expression]).questions.iter().any(|id| {
            self.proposal.answers.get(id.index()).is_some_and(|answer| match &answer.state {
                State::Open => true,
                State::Given(_) => false,
                State::Items(items) => items.iter().flatten().any(|part| matches!(part.state, State::Open)),
            })
        })
    }

    /// `Het antwoord op "…" is deels.`
    pub(crate) fn answer_sentence(&self, id: QuestionId) -> Option<String> {
        let question = self.model.questions.get(id.index())?;
        let answer = self.proposal.answers.get(id.index())?;
        if let Some(given) = self.differing(Place::of(id), &question.domain) {
            return Some(wording::stopped(format!("\"{}\" is {given}", question.head.title)));
        }
        let shown = self.language.answer(answer, &question.domain, &self.proposal.texts);
        let title = &question.head.title;
        Some(wording::stopped(tell!(
            self.language,
            "Het antwoord op \"{title}\" is {shown}",
            "The answer to \"{title}\" is {shown}"
        )))
    }

    /// The answer that an open question is about.
    pub(crate) fn answer_at(&self, open: &OpenQuestion) -> Option<&Answer> {
        let answer = self.proposal.answers.get(open.question.index())?;
        match (&answer.state, open.item) {
            (State::Items(items), Some((item, field))) => items.get(item as usize)?.get(field as usize),
            (_, Some(_)) => None,
            (_, None) => Some(answer),
        }
    }

    /// A text of the proposal.
    pub(crate) fn text(&self, piece: Option<Written>) -> Option<String> {
        self.proposal.texts.text(piece?).map(Cow::into_owned)
    }

    fn entry(
        &self,
        question: &Question,
        field: Option<&Field>,
        pointer: String,
        domain: &Domain,
        answer: &Answer,
    ) -> v::Answer {
        let texts = &self.proposal.texts;
        v::Answer {
            pointer,
            question: question.head.name.clone(),
            field: field.map(|field| field.name.clone()),
            title: question.head.title.clone(),
            status: match answer.state {
                State::Open => v::AnswerStatus::Open,
                State::Given(_) | State::Items(_) => v::AnswerStatus::Given,
            },
            value: wording::answer_json(answer, domain, texts).and_then(Json::new),
            text: self.language.answer(answer, domain, texts),
            ground: self.text(answer.ground),
            evidence: texts.list_texts(answer.evidence).map(Cow::into_owned).collect(),
            unsayable: self.text(answer.unsayable),
        }
    }
}
