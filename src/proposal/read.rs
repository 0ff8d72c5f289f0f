//! Reads a proposal: JSON text → answers in the order of the questions. Strict: every key, type and value is
//! checked, and all faults are reported in one run, each with its JSON pointer and place.
//!
//! The text is scanned once, to check it and to record where everything stands (`scan`). Then the reader walks along that
//! tape in pieces that borrow from the text (`json`): decimals are exact, and a place is the distance from the piece to the
//! text's start. No tree of values is built, and answers refer to their texts instead of copying them.

mod answer;
mod assess;
mod buffers;
pub(crate) mod bytes;
pub(crate) mod given;
pub(crate) mod names;
mod not_json;
mod pick;
mod reader;
mod report;
mod spelling;
mod value;
mod whole;
pub(crate) mod words;

pub use self::buffers::Buffers;
pub use self::names::Plan;
pub use self::pick::{Asked, asked};
use self::reader::Reader;
use self::report::Report;
pub(crate) use self::whole::out_of_force;
use crate::json::pointer::Pointer;
use crate::json::tape::Tape;
use crate::limits::Limits;
use crate::message::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::message::language::says;
use crate::message::source::{Source, Span};
use crate::proposal::answers::Proposal;
use crate::proposal::read::given::Given;
use crate::rules::model::Model;
#[cfg(feature = "internals")]
use crate::value::date::Date;

/// Reads a proposal for `model`. `name` is what the host calls the text; `reference_date` is the host's, and wins
/// over the proposal's `peildatum`. None when there is a fault; the faults are added to `diagnostics`.
///
/// Cost: linear in the text. A byte order mark is accepted.
#[cfg(feature = "internals")]
pub fn read(
    model: &Model,
    name: &str,
    text: &str,
    reference_date: Option<Date>,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Option<Proposal> {
    let given = Given { name, text, reference_date };
    read_with(model, &Plan::new(model), given, limits, &mut Buffers::default(), diagnostics)
}

/// The same, with an index of the model's names, in memory that was used before.
pub(crate) fn read_with(
    model: &Model,
    plan: &Plan,
    given: Given<'_>,
    limits: &Limits,
    buffers: &mut Buffers,
    diagnostics: &mut Diagnostics,
) -> Option<Proposal> {
    let Given { name, text, .. } = given;
    let limit = limits.proposal_bytes.min(crate::json::texts::LONGEST);
    if text.len() > limit {
        let source = diagnostics.add_source(Source::new(name, ""));
        let length = text.len();
        let message = says!(
            "het voorstel is te lang: {length} bytes, de grens is {limit}",
            "the proposal is too long: {length} bytes, the limit is {limit}"
        );
        diagnostics.push(Diagnostic::new(Code::TextTooLong, Span::new(source, 0, 0), message).at(""));
        return None;
    }
    let mut report = Report::new(diagnostics, name, text, limits.diagnostics);
    let Buffers { nodes, inner: slots } = buffers;
    let start = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    if crate::json::scan::scan(text, start, nodes).is_none() {
        let text = text.get(start..).unwrap_or_default();
        if let Some(syntax) = crate::json::tape::fault(text) {
            let fault = not_json::explain(text, &syntax, &report);
            report.push(fault, &Pointer::ROOT);
        }
        report.finish();
        return None;
    }
    let tape = &Tape::new(text, nodes);
    let mut reader = Reader { model, plan, limits, report, tape, slots };
    let read = reader.proposal(given);
    let faultless = reader.report.finish();
    read.filter(|_| faultless)
}
