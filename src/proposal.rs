//! From the JSON of a proposal to answers in the order of the questions; and forms, schemas and words for them.

pub mod answers;
pub(crate) mod assessments;
pub mod fill;
pub mod form;
pub(crate) mod own_rules;
pub mod place;
pub mod read;
pub mod schema;
pub(crate) mod typed;
pub mod wording;
