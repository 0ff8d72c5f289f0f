//! Buffers that a caller may use again.

use crate::judgement::Judgement;
use crate::settle::Settling;

/// Buffers for the work on one proposal after another: they keep what they have grown to. One per thread; they may be used
/// with any rules, in any order, and what they held before changes no result.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    pub(crate) settling: Settling,
    pub(crate) judgement: Judgement,
}
