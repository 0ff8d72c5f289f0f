//! The command line as a person or a script meets it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "tests"
)]

mod ask;
mod building_blocks;
mod built_in;
mod check;
mod corpus;
mod door;
mod english;
mod examples;
mod firmness;
mod help;
mod improve;
mod language;
mod limit;
mod lines;
mod no_dutch;
mod overview;
mod schema;
mod streams;
mod support;
mod usage;
mod verdicts;
mod versions;
mod why;
