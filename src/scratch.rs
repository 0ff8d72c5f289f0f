//! Buffers that a caller may use again.

use crate::judgement::Judgement;
use crate::read::Buffers;
use crate::settle::Settling;

/// Buffers for the work on one proposal after another: they keep what they have grown to. One per thread; they may be used
/// with any rules, in any order, and what they held before changes no result.
#[derive(Debug, Default)]
pub struct Scratch {
    /// To read in.
    pub(crate) buffers: Buffers,
    pub(crate) settling: Settling,
    pub(crate) judgement: Judgement,
    /// Where answers stand in the verdict that is being written.
    pub(crate) written: Vec<(usize, usize)>,
    /// The verdict.
    pub(crate) line: String,
}
