//! The verdict, written: the one place where its JSON is made, straight from the findings. What depends only on the rules
//! was prepared; the rest is put in between. The typed document is read back from this JSON.

mod answers;
mod criteria;
mod openings;
mod prepared;
mod texts;
pub(crate) mod values;
pub(crate) mod writer;

pub(crate) use self::prepared::{Prepared, PreparedOnce};
use crate::judge::findings::Judgement;
use crate::proposal::answers::Proposal;
use crate::verdict::assemble::builder::Builder;
use crate::verdict::assemble::rules::Rules;
use crate::verdict::write::writer::Writer;

/// Appends a verdict to `out`, on one line. `written` is scratch. Cost: linear in what is written.
pub(crate) fn write(
    rules: Rules<'_>,
    prepared: &Prepared,
    proposal: &Proposal,
    judgement: &Judgement,
    written: &mut Vec<(usize, usize)>,
    out: &mut String,
) {
    written.clear();
    written.resize(rules.model.questions.len(), (0, 0));
    let builder = Builder { rules, proposal, judgement, thresholds: &prepared.thresholds };
    Writer { builder, prepared, written, out }.verdict();
}
