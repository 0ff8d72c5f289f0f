#![doc = include_str!("../README.md")]

// The derived parser names it.
extern crate alloc;

pub mod batch;
pub mod census;
pub mod comparison;
pub mod diagram;
#[cfg(feature = "schema")]
pub mod document_schema;
pub mod evaluate;
pub mod examples;
pub mod firmness;
pub mod improve;
pub mod json;
pub mod judge;
pub mod limits;
#[doc(hidden)]
pub mod lint;
pub mod meetlat;
pub mod message;
pub mod overview;
pub mod program;
pub mod proposal;
pub mod rules;
mod scratch;
pub mod text;
pub mod value;
pub mod verdict;
pub mod versions;
pub mod why;

pub use batch::Batch;
pub use census::Census;
pub use comparison::Comparison;
pub use limits::Limits;
pub use meetlat::{Meetlat, Parsed};
pub use scratch::Scratch;
pub use versions::Versions;

pub use crate::firmness::document::Firmness;
pub use crate::json::utf8::utf8;
pub use crate::limits::budget::Ended;
pub use crate::limits::stop::Stop;
pub use crate::message::diagnostic::{Diagnostic, Diagnostics};
pub use crate::message::language::Language;
pub use crate::proposal::answers::Proposal;
pub use crate::proposal::read::Buffers;
pub use crate::rules::load::RuleText;
pub use crate::verdict::document::Verdict;
pub use crate::why::document::Why;

/// The Rust in the reference is run with the documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../docs/language.md")]
struct Reference;
