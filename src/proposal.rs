//! From the JSON of a proposal to answers in the order of the questions; and forms, schemas and words for them.

pub mod answers;
pub(crate) mod assessments;
pub mod fill;
#[doc(hidden)]
pub mod form;
pub(crate) mod own_rules;
#[doc(hidden)]
pub mod place;
#[doc(hidden)]
pub mod read;
#[doc(hidden)]
pub mod schema;
pub(crate) mod typed;
#[doc(hidden)]
pub mod wording;
