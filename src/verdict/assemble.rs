//! The parts of the verdict document, from what the engine found. Nothing is decided here: names, words, sources and
//! places are put beside the findings. `write` puts the parts together.

pub(crate) mod answers;
pub(crate) mod assessed;
pub(crate) mod builder;
pub(crate) mod headers;
pub(crate) mod names;
pub(crate) mod points;
pub(crate) mod prose;
pub(crate) mod reasons;
pub(crate) mod relied;
pub(crate) mod rules;
