//! Where an answer stands: a question's, or that of a field of an item of a given list.

use crate::evaluate::possible::Slot;
use crate::evaluate::world::World;
use crate::proposal::answers::{Answer, Proposal, State};
use crate::rules::model::{Domain, Kind, Model, QuestionId};

/// An answer's place. Ordered as in the rule file; a list before its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The question, or the list the field belongs to.
    pub question: QuestionId,
    /// Item (from 0) and field (place among the list's fields), for a field of a given list.
    pub item: Option<(u32, u32)>,
}

impl Place {
    /// A question's own answer.
    #[must_use]
    pub const fn of(question: QuestionId) -> Self {
        Self { question, item: None }
    }

    /// All answers of a proposal, given or open, in rule-file order: every question, and behind a list that is given the
    /// fields of its items.
    #[must_use]
    pub fn all(model: &Model, proposal: &Proposal) -> Vec<Self> {
        let mut places = Vec::new();
        for at in (0..model.questions.len()).filter_map(|at| u32::try_from(at).ok()) {
            let question = QuestionId(at);
            places.push(Self::of(question));
            let Some(State::Items(items)) = proposal.answers.get(question.index()).map(|one| &one.state)
            else {
                continue;
            };
            for (item, fields) in (0..).zip(items) {
                places
                    .extend((0..).zip(fields).map(|(field, _)| Self { question, item: Some((item, field)) }));
            }
        }
        places
    }

    /// The place behind a slot. The fields of an open list belong to the list. None for a slot that is no answer's.
    #[must_use]
    pub fn of_slot(slot: Slot, world: &World, proposal: &Proposal) -> Option<Self> {
        if (slot as usize) < world.lists.len() {
            return Some(Self::of(QuestionId(slot)));
        }
        if let Some(sum) = world.aggregates.iter().find(|one| one.sum == slot || one.count == slot) {
            return Some(Self::of(sum.list));
        }
        for (at, list) in (0..).zip(&world.lists) {
            let question = QuestionId(at);
            if let Some(list) = list
                && slot >= list.base
                && slot < list.base + list.items * list.fields
                && list.fields > 0
            {
                let answer = proposal.answers.get(question.index());
                let given = matches!(answer.map(|answer| &answer.state), Some(State::Items(_)));
                let within = slot - list.base;
                return Some(Self {
                    question,
                    item: given.then_some((within / list.fields, within % list.fields)),
                });
            }
        }
        None
    }

    /// The slot in which the answer stands.
    #[must_use]
    pub fn slot(self, world: &World) -> Slot {
        match self.item {
            Some((item, field)) => world.list(self.question).slot(item, field),
            None => self.question.0,
        }
    }

    /// JSON pointer: `/antwoorden/gezond`, `/antwoorden/resultaten/0/nulmeting`.
    #[must_use]
    pub fn pointer(self, model: &Model) -> String {
        let question = model.questions.get(self.question.index());
        let name = question.map_or("", |question| question.head.name.as_str());
        match (self.item, question.map(|question| &question.domain.kind)) {
            (Some((item, field)), Some(Kind::List { fields, .. })) => {
                let field = fields.get(field as usize).map_or("", |field| field.name.as_str());
                format!("/antwoorden/{name}/{item}/{field}")
            }
            _ => format!("/antwoorden/{name}"),
        }
    }

    /// What may be answered, among the domains of a program's questions.
    #[must_use]
    pub fn domain(self, domains: &[Domain]) -> Option<&Domain> {
        let domain = domains.get(self.question.index())?;
        match (self.item, &domain.kind) {
            (Some((_, field)), Kind::List { fields, .. }) => {
                fields.get(field as usize).map(|field| &field.domain)
            }
            _ => Some(domain),
        }
    }

    /// What was answered.
    #[must_use]
    pub fn answer(self, proposal: &Proposal) -> Option<&Answer> {
        let answer = proposal.answers.get(self.question.index())?;
        match (self.item, &answer.state) {
            (Some((item, field)), State::Items(items)) => items.get(item as usize)?.get(field as usize),
            (Some(_), _) => None,
            (None, _) => Some(answer),
        }
    }

    /// The same, to change it.
    pub fn answer_mut(self, proposal: &mut Proposal) -> Option<&mut Answer> {
        let answer = proposal.answers.get_mut(self.question.index())?;
        match self.item {
            None => Some(answer),
            Some((item, field)) => match &mut answer.state {
                State::Items(items) => items.get_mut(item as usize)?.get_mut(field as usize),
                _ => None,
            },
        }
    }
}
