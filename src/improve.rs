//! What would change a verdict: the smallest changes of answers.

pub mod change;
pub mod document;
pub(crate) mod make;
pub mod search;
