//! Answers on which givers differ: which of them matter, and what each answer leaves.

use super::Judge;
use crate::evaluate::possible::Possible;
use crate::judgement::{Difference, OpenQuestion};
use crate::message::language::tell;
use crate::message::language::{Language, Text};
use crate::proposal::place::Place;
use crate::value::values::Value;

impl Judge<'_> {
    /// Parts the open questions that matter from the differences; those that matter come first, in the order found.
    pub(super) fn part_differences(&self, found: Vec<OpenQuestion>) -> (Vec<OpenQuestion>, Vec<Difference>) {
        let disputes = &self.proposal.disputes;
        let place = |open: &OpenQuestion| Place { question: open.question, item: open.item };
        let (differ, open): (Vec<OpenQuestion>, Vec<OpenQuestion>) =
            found.into_iter().partition(|open| disputes.contains_key(&place(open)));
        let mut differences: Vec<Difference> = Vec::with_capacity(disputes.len());
        differences.extend(differ.into_iter().map(|open| Difference {
            place: place(&open),
            pointer: open.pointer,
            matters: true,
            changes_outcome: open.changes_outcome,
            classes: open.classes,
        }));
        for place in disputes.keys() {
            if !differences.iter().any(|other| other.place == *place) {
                differences.push(Difference {
                    place: *place,
                    pointer: place.pointer(self.model),
                    matters: false,
                    changes_outcome: false,
                    classes: Vec::new(),
                });
            }
        }
        (open, differences)
    }

    /// The given answers that are meant, in words; none where the answer is not in dispute.
    pub(super) fn given_words(
        &self,
        place: Place,
        answers: &[Possible],
        language: Language,
    ) -> Option<Vec<String>> {
        let dispute = self.proposal.disputes.get(&place)?;
        let domain = place.domain(&self.program.domains)?;
        let word = |value: &Value| match value {
            Value::Number(length) if matches!(domain.kind, crate::rules::model::Kind::List { .. }) => {
                let length = language.number(length);
                tell!(language, "lengte {length}", "length {length}")
            }
            value => language.value(value, &domain.kind),
        };
        let meant =
            dispute.values.iter().filter(|value| answers.iter().any(|answer| answer.known() == Some(*value)));
        Some(meant.map(word).collect())
    }

    /// The same in both languages.
    pub(super) fn given_texts(&self, place: Place, answers: &[Possible]) -> Option<Vec<Text>> {
        let (nl, en) = (
            self.given_words(place, answers, Language::Nl)?,
            self.given_words(place, answers, Language::En)?,
        );
        Some(nl.into_iter().zip(en).map(|(nl, en)| Text { nl, en }).collect())
    }
}
