//! From the model to a flat program: nodes in order, every operand before its user.

#[doc(hidden)]
pub mod compile;
#[doc(hidden)]
pub mod nodes;
pub(crate) mod together;
pub(crate) mod width;
