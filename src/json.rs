//! JSON as text: scanned once, read in place, written in a chosen order. Nothing here knows about rules.

pub(crate) mod decimal;
pub(crate) mod escape;
pub(crate) mod hash;
pub(crate) mod pointer;
pub(crate) mod pretty;
pub(crate) mod quote;
pub(crate) mod raw;
pub(crate) mod scan;
pub(crate) mod tape;
pub mod texts;
pub mod tree;
pub(crate) mod utf8;
