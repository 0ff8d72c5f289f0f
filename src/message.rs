//! What is said when something is wrong: codes, places in a text, and words in two languages.

pub mod diagnostic;
pub mod language;
#[cfg(feature = "render")]
pub mod render;
pub mod report;
pub mod source;
pub(crate) mod suggest;
