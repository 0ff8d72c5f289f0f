//! What all parts of the reader share.

use super::buffers::Slots;
use super::names::Plan;
use super::report::Report;
use crate::json::tape::Tape;
use crate::limits::Limits;
use crate::rules::model::Model;

/// The keys of a proposal, in the order a form has them.
pub(super) const TOP: [&str; 10] = [
    "$schema",
    "$uitleg",
    "meetlat",
    "titel",
    "indiener",
    "peildatum",
    "antwoorden",
    "beoordelingen",
    "consensus",
    "afgesloten",
];

/// What is read and how: shared by all parts of the reader.
pub(super) struct Reader<'a, 'd> {
    pub(super) model: &'a Model,
    pub(super) plan: &'a Plan,
    pub(super) limits: &'a Limits,
    pub(super) report: Report<'a, 'd>,
    pub(super) tape: &'a Tape<'a>,
    pub(super) slots: &'d mut Slots,
}
