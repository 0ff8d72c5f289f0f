//! From the model to a flat program: a list of nodes, every operand before its user.

pub mod compile;
pub mod nodes;
pub(crate) mod together;
pub(crate) mod width;
