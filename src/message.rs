//! What is said when something is wrong: codes, places in a text, words in two languages.

pub mod diagnostic;
pub mod language;
#[cfg(feature = "render")]
pub mod render;
pub mod report;
pub mod source;
pub(crate) mod suggest;
