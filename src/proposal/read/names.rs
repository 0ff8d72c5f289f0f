//! Names that keys may have.

use crate::rules::model::{Field, Kind, Model, Question};

/// How many names are compared one by one before an index is used.
const NEAR: usize = 16;

/// An index of a rule file's names: made once, so that a proposal in any order is read in linear time.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    questions: Box<[u32]>,
    /// Per question; empty for those that are not lists.
    fields: Box<[Box<[u32]>]>,
}

impl Plan {
    /// Sorts the names of questions and fields.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let fields = model.questions.iter().map(|question| match &question.domain.kind {
            Kind::List { fields, .. } => {
                order(fields.len(), |at| fields.get(at).map(|one| one.name.as_str()))
            }
            _ => Box::default(),
        });
        let questions = &model.questions;
        let name = |at: usize| questions.get(at).map(|one| one.head.name.as_str());
        Self { questions: order(questions.len(), name), fields: fields.collect() }
    }

    /// The names of all questions.
    pub(super) fn questions<'n>(&'n self, model: &'n Model) -> Names<'n> {
        Names { all: All::Questions(&model.questions), order: &self.questions }
    }

    /// The names of a question's fields, when it asks for a list.
    pub(super) fn fields<'n>(&'n self, at: usize, question: &'n Question) -> Names<'n> {
        let order = self.fields.get(at).map(|order| &**order).unwrap_or_default();
        match &question.domain.kind {
            Kind::List { fields, .. } => Names { all: All::Fields(fields), order },
            _ => Names::NONE,
        }
    }
}

/// Places in the order of their names; empty where there are too few to need it.
fn order<'n>(length: usize, name: impl Fn(usize) -> Option<&'n str>) -> Box<[u32]> {
    if length <= NEAR {
        return Box::default();
    }
    let mut order: Vec<u32> = (0..length).filter_map(|at| u32::try_from(at).ok()).collect();
    order.sort_by_key(|&at| name(at as usize));
    order.into()
}

/// The names that one object may have, in order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'n> {
    all: All<'n>,
    order: &'n [u32],
}

#[derive(Debug, Clone, Copy)]
enum All<'n> {
    Keys(&'n [&'n str]),
    Questions(&'n [Question]),
    Fields(&'n [Field]),
}

impl<'n> Names<'n> {
    pub(super) const NONE: Names<'static> = Names { all: All::Keys(&[]), order: &[] };

    /// At most [`NEAR`] of them.
    pub(super) const fn keys(keys: &'n [&'n str]) -> Self {
        Self { all: All::Keys(keys), order: &[] }
    }

    pub(super) const fn len(&self) -> usize {
        match self.all {
            All::Keys(keys) => keys.len(),
            All::Questions(questions) => questions.len(),
            All::Fields(fields) => fields.len(),
        }
    }

    #[inline]
    pub(super) fn get(self, at: usize) -> Option<&'n str> {
        match self.all {
            All::Keys(keys) => keys.get(at).copied(),
            All::Questions(questions) => questions.get(at).map(|one| one.head.name.as_str()),
            All::Fields(fields) => fields.get(at).map(|one| one.name.as_str()),
        }
    }

    /// All of them, for messages.
    pub(super) fn all(self) -> Vec<&'n str> {
        (0..self.len()).filter_map(|at| self.get(at)).collect()
    }

    /// The place of a name; searched from `guess` on first, then everywhere.
    #[inline]
    pub(super) fn find(self, name: &str, guess: usize) -> Option<usize> {
        // Proposals mostly keep the order of the rules, and leave something out here and there.
        if self.get(guess) == Some(name) {
            return Some(guess);
        }
        if self.get(guess + 1) == Some(name) {
            return Some(guess + 1);
        }
        self.search(name, guess)
    }

    fn search(self, name: &str, guess: usize) -> Option<usize> {
        let length = self.len();
        let within = |from: usize, until: usize| (from..until).find(|&at| self.get(at) == Some(name));
        if let Some(at) = within(guess, length.min(guess.saturating_add(NEAR))) {
            return Some(at);
        }
        if length <= NEAR {
            return within(0, guess.min(length));
        }
        let found = self.order.binary_search_by(|&at| self.get(at as usize).cmp(&Some(name))).ok()?;
        self.order.get(found).map(|&at| at as usize)
    }
}
