//! Answers as they were read, with what they mean.

use super::texts::{quoted, text};
use crate::json::escape::InJson;
use crate::proposal::answers::{Answer, Proposal, State};
use crate::rules::model::QuestionId;
use crate::value::sink::Sink as _;
use crate::value::values::Value;
use crate::verdict::write::values::json;
use crate::verdict::write::writer::Writer;

impl Writer<'_> {
    /// The answers to questions, with commas between them. One that was already written is copied.
    pub(super) fn answers(&mut self, questions: &[QuestionId]) {
        let mut first = true;
        for id in questions {
            let Some(answer) = self.builder.proposal.answers.get(id.index()) else { continue };
            if !std::mem::take(&mut first) {
                self.out.push(',');
            }
            let written = self.written.get(id.index()).copied().unwrap_or_default();
            if written.1 > 0 {
                self.out.extend_from_within(written.0..written.1);
                continue;
            }
            let start = self.out.len();
            self.answer(*id, answer);
            if let Some(place) = self.written.get_mut(id.index()) {
                *place = (start, self.out.len());
            }
        }
    }

    fn answer(&mut self, id: QuestionId, answer: &Answer) {
        let model = self.builder.model;
        let piece = self.prepared.questions.get(id.index()).zip(model.questions.get(id.index()));
        // In dispute, or a list: one by one, in words of their own.
        let plain = self.builder.proposal.disputes.is_empty();
        match (piece.filter(|_| plain), &answer.state) {
            (Some((pieces, question)), State::Given(value)) => {
                let (language, kind) = (self.builder.language, &question.domain.kind);
                match (value, pieces.given(language, value, kind)) {
                    (_, Some(piece)) => self.out.push_str(piece),
                    (Value::Text, None) => {
                        self.out.push_str(&pieces.head);
                        text_value(self.out, self.builder.proposal, answer);
                    }
                    (value, None) => {
                        self.out.push_str(&pieces.head);
                        crate::verdict::write::values::value(self.out, language, value, kind);
                    }
                }
            }
            (Some((pieces, _)), State::Open) if answer.written.is_none() => self.out.push_str(&pieces.open),
            _ => {
                let entries = json(&self.builder.answer_entries(id));
                let inside = entries.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
                return self.out.push_str(inside.unwrap_or_default());
            }
        }
        let (out, proposal) = (&mut *self.out, self.builder.proposal);
        text(out, proposal, answer.ground);
        // Most answers have none of what follows.
        if answer.evidence.is_none() && answer.unsayable.is_none() {
            return out.push_str(",\"bewijs\":[],\"niet_te_zeggen\":null}");
        }
        out.push_str(",\"bewijs\":[");
        let mut first = true;
        for evidence in proposal.texts.list(answer.evidence) {
            if !std::mem::take(&mut first) {
                out.push(',');
            }
            text(out, proposal, Some(evidence));
        }
        if answer.unsayable.is_none() {
            return out.push_str("],\"niet_te_zeggen\":null}");
        }
        out.push_str("],\"niet_te_zeggen\":");
        text(out, proposal, answer.unsayable);
        out.push('}');
    }

    /// `Het antwoord op "…" is deels.`, inside a text.
    pub(super) fn answer_sentence(&mut self, id: QuestionId) {
        let builder = self.builder;
        let answer = builder.proposal.answers.get(id.index());
        let question = builder.model.questions.get(id.index());
        let piece = self.prepared.questions.get(id.index());
        if let (Some(question), Some(piece), Some(State::Given(value))) =
            (question, piece, answer.map(|answer| &answer.state))
            && *value != Value::Text
            && builder.proposal.disputes.is_empty()
        {
            self.out.push_str(&piece.sentence);
            builder.language.value_to(&mut InJson(self.out), value, &question.domain.kind);
            if !self.out.ends_with(['.', '?', '!']) {
                self.out.push('.');
            }
            return;
        }
        let sentence = builder.answer_sentence(id).unwrap_or_default();
        InJson(self.out).add(&sentence);
    }
}

/// The same for a text: its words between quotes.
fn text_value(out: &mut String, proposal: &Proposal, answer: &Answer) {
    out.push_str("gegeven\",\"waarde\":");
    text(out, proposal, answer.written);
    out.push_str(",\"tekst\":");
    quoted(out, proposal, answer.written);
    out.push_str(",\"onderbouwing\":");
}
