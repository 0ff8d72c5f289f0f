#![doc = include_str!("../README.md")]

// The derived parser names it.
extern crate alloc;

pub mod build;
pub mod check;
pub mod compile;
pub mod date;
pub mod diagnostic;
pub mod empty;
pub mod evaluate;
pub mod exact;
pub mod example;
pub mod json;
pub mod judge;
pub mod judgement;
pub mod layer;
mod layout;
pub mod lift;
mod limits;
pub mod linear;
pub mod meaning;
pub mod meetlat;
pub mod model;
pub mod number;
pub mod parse;
pub mod parts;
pub mod possible;
pub mod program;
pub mod proposal;
mod raw;
pub mod read;
mod reads;
#[cfg(feature = "render")]
pub mod render;
pub mod report;
pub mod schema;
pub mod show;
pub mod solve;
pub mod source;
mod suggest;
pub mod syntax;
mod text;
pub mod thresholds;
pub mod trial;
pub mod value;
pub mod verdict;
#[cfg(feature = "schema")]
pub mod verdict_schema;
pub mod words;
pub mod world;

pub use diagnostic::{Diagnostic, Diagnostics, Language};
pub use limits::Limits;
pub use meetlat::{Meetlat, Parsed};
pub use proposal::Proposal;
pub use verdict::Verdict;
