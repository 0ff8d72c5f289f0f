//! Answers on which givers differ: which of them matter, and what each answer leaves.

use crate::evaluate::possible::Possible;
use crate::judge::answers;
use crate::judge::findings::{Answers, Difference, OpenQuestion};
use crate::program::nodes::Program;
use crate::proposal::answers::Proposal;
use crate::proposal::place::Place;
use crate::rules::model::Model;

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

/// The given answers that are meant, in the order given; none where the answer is not in dispute.
pub(super) fn given(
    program: &Program,
    proposal: &Proposal,
    place: Place,
    answers: &[Possible],
) -> Option<Vec<Answers>> {
    let dispute = proposal.disputes.get(&place)?;
    let domain = place.domain(&program.domains)?;
    let meant =
        dispute.values.iter().filter(|value| answers.iter().any(|answer| answer.known() == Some(*value)));
    Some(meant.map(|value| answers::only(value, domain)).collect())
}
