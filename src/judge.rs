//! From program and answers to findings: what is settled, what is still possible, and what matters.

pub mod answers;
pub mod call;
pub(crate) mod chosen;
pub(crate) mod closing;
pub(crate) mod complete;
pub(crate) mod differences;
pub mod findings;
pub mod open;
