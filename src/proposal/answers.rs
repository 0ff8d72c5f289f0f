//! A proposal's answers, in the order of the questions. Made by `read` (from JSON) and `examples` (from a `voorbeeld`).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::json::hash;
use crate::json::texts::{Texts, Written};
use crate::message::source::Span;
use crate::proposal::place::Place;
use crate::rules::id::RulesId;
use crate::rules::model::{Model, QuestionId};
use crate::value::date::Date;
use crate::value::values::Value;

/// A proposal that was read without faults. Its texts are in [`Proposal::texts`]; everything else refers to places there.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Proposal {
    /// The rules that read it; none when it was made in another way. Only these rules can judge it.
    pub(crate) rules: Option<Arc<RulesId>>,
    /// The name the host gave it, without folders.
    pub file: String,
    /// The texts that were read.
    pub texts: Texts,
    /// `titel`; not blank.
    pub title: Option<Written>,
    /// `indiener`; never blank.
    pub submitter: Option<Written>,
    /// `peildatum`: the host's, else the proposal's.
    pub reference_date: Option<Date>,
    /// One per question of the model, in its order: what the proposal and its assessors say together. Where they differ the answer
    /// is open (a list whose length differs has its longest form), and `disputes` holds what was given.
    pub answers: Vec<Answer>,
    /// Who assessed it beside its own answers, in the order written.
    pub assessors: Vec<Assessor>,
    /// The answers on which they differ.
    pub disputes: BTreeMap<Place, Dispute>,
    /// The answers that were agreed on afterwards, in the order written; each stands in `answers`.
    pub consensus: Vec<Consensus>,
    /// Who closed what is open.
    pub closing: Option<Closing>,
}

impl Proposal {
    /// All places of answers, given or open, in rule-file order: every question, and after each given list the fields of its
    /// items.
    #[must_use]
    pub fn places(&self, model: &Model) -> Vec<Place> {
        let mut places = Vec::new();
        for at in (0..model.questions.len()).filter_map(|at| u32::try_from(at).ok()) {
            let question = QuestionId(at);
            places.push(Place::of(question));
            let Some(State::Items(items)) = self.answers.get(question.index()).map(|one| &one.state) else {
                continue;
            };
            for (item, fields) in (0..).zip(items) {
                places.extend(
                    (0..).zip(fields).map(|(field, _)| Place { question, item: Some((item, field)) }),
                );
            }
        }
        places
    }

    /// What was answered at a place.
    #[must_use]
    pub fn answer(&self, place: Place) -> Option<&Answer> {
        let answer = self.answers.get(place.question.index())?;
        match (place.item, &answer.state) {
            (Some((item, field)), State::Items(items)) => items.get(item as usize)?.get(field as usize),
            (Some(_), _) => None,
            (None, _) => Some(answer),
        }
    }

    /// The same, to change it.
    pub fn answer_mut(&mut self, place: Place) -> Option<&mut Answer> {
        let answer = self.answers.get_mut(place.question.index())?;
        match place.item {
            None => Some(answer),
            Some((item, field)) => match &mut answer.state {
                State::Items(items) => items.get_mut(item as usize)?.get_mut(field as usize),
                _ => None,
            },
        }
    }

    /// `titel`
    #[must_use]
    pub fn title(&self) -> Option<Cow<'_, str>> {
        self.texts.text(self.title?)
    }

    /// `indiener`
    #[must_use]
    pub fn submitter(&self) -> Option<Cow<'_, str>> {
        self.texts.text(self.submitter?)
    }

    /// SHA-256 of the bytes that were read; none for a `voorbeeld` of a rule file. Computed on every call: one pass.
    #[must_use]
    pub fn sha256(&self) -> Option<[u8; 32]> {
        let whole = self.texts.whole();
        (!whole.is_empty()).then(|| hash::sha256(whole))
    }

    /// The same in lower-case hexadecimal; empty for a `voorbeeld`.
    #[must_use]
    pub fn sha256_text(&self) -> String {
        let mut text = String::new();
        if let Some(hash) = self.sha256() {
            hash::hexadecimal(&mut text, &hash);
        }
        text
    }
}

/// Someone whose answers stand in `beoordelingen`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessor {
    /// `beoordelaar`; never blank, and unique.
    pub name: String,
    /// `datum`
    pub date: Date,
    /// Answers that count as not given, because they lack the ground they need.
    pub lacking: Vec<Place>,
}

/// What one giver answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// Place among the assessors; none: the proposal's own answers.
    pub by: Option<usize>,
    /// The answer; never open.
    pub answer: Answer,
}

/// An answer on which givers differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Dispute {
    /// Who gave what: the proposal first, then the assessors in order.
    pub given: Vec<Given>,
    /// What the answer can be: each value once, in the order given; for a list its lengths. Texts count as one value, since it makes
    /// no difference to any rule which text it is.
    pub values: Vec<Value>,
}

/// An answer that was agreed on.
#[derive(Debug, Clone, PartialEq)]
pub struct Consensus {
    /// The answer it replaces.
    pub place: Place,
    /// What was agreed.
    pub answer: Answer,
    /// Who agreed; at least one.
    pub names: Vec<String>,
    /// When.
    pub date: Date,
    /// Why.
    pub reason: String,
    /// Who had given what.
    pub originals: Vec<Given>,
}

/// The recorded act by which open answers are counted at their worst.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// `door`
    pub by: String,
    /// `datum`
    pub date: Date,
    /// `reden`
    pub reason: String,
    /// `vragen`: open or differing answers, each once, in the order written; at least one.
    pub places: Vec<Place>,
}

/// What was answered to one question, or to one field of a list's item. Its texts are in [`Proposal::texts`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// Open, a value, or items.
    pub state: State,
    /// The answer as written, also when something keeps it open (a missing ground); none when absent or null.
    pub written: Option<Written>,
    /// `onderbouwing`; never blank.
    pub ground: Option<Written>,
    /// `bewijs`: a list of texts, not all of them blank.
    pub evidence: Option<Written>,
    /// `niet_te_zeggen`: the reason why it stays open.
    pub unsayable: Option<Written>,
    /// Where the answer stands; the empty span at 0 when absent.
    pub span: Span,
}

/// The state of an answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum State {
    /// No answer, or one that lacks its written ground.
    #[default]
    Open,
    /// A value, `geen` or `n.v.t.`.
    Given(Value),
    /// The items of a list; each has one answer per field, in the order of the fields.
    Items(Vec<Vec<Answer>>),
}
