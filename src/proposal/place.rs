//! Where an answer stands: that of a question, or of a field of an item in a given list.

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
}
