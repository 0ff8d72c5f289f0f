//! The verdict: its document, how it is put together from findings, and how it is written.

pub mod answer_words;
pub mod assemble;
pub mod document;
pub mod next;
pub(crate) mod provisional;
pub(crate) mod write;
