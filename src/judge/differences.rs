//! Answers on which givers differ: which of them matter, and what each answer leaves.

use crate::evaluate::possible::Possible;
use crate::judge::findings::{Difference, OpenQuestion};
use crate::message::language::{Language, Text, tell};
use crate::program::nodes::Program;
use crate::proposal::answers::Proposal;
use crate::proposal::place::Place;
use crate::rules::model::{Kind, Model};
use crate::value::values::Value;

/// Separates the open questions that matter from the differences; those that matter come first, in the order found.
pub(super) fn part(
    model: &Model,
    proposal: &Proposal,
    found: Vec<OpenQuestion>,
) -> (Vec<OpenQuestion>, Vec<Difference>) {
    let disputes = &proposal.disputes;
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
                pointer: place.pointer(model),
                matters: false,
                changes_outcome: false,
                classes: Vec::new(),
            });
        }
    }
    (open, differences)
}

/// The given answers in words; none where the answer is not in dispute.
pub(super) fn given_words(
    program: &Program,
    proposal: &Proposal,
    place: Place,
    answers: &[Possible],
    language: Language,
) -> Option<Vec<String>> {
    let dispute = proposal.disputes.get(&place)?;
    let domain = place.domain(&program.domains)?;
    let word = |value: &Value| match value {
        Value::Number(length) if matches!(domain.kind, Kind::List { .. }) => {
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
pub(super) fn given_texts(
    program: &Program,
    proposal: &Proposal,
    place: Place,
    answers: &[Possible],
) -> Option<Vec<Text>> {
    let (nl, en) = (
        given_words(program, proposal, place, answers, Language::Nl)?,
        given_words(program, proposal, place, answers, Language::En)?,
    );
    Some(nl.into_iter().zip(en).map(|(nl, en)| Text { nl, en }).collect())
}
