//! The engine from outside: documents, messages and texts against files that people have read, and what must hold of them.
//! One module for each subject; `cargo test --test it firmness::` runs one of them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::float_arithmetic,
    clippy::print_stdout,
    reason = "a test that panics has failed, as it should"
)]

#[path = "../support/mod.rs"]
mod support;

mod assessors;
mod batch;
mod building_blocks;
mod cases;
mod check;
mod completions;
#[cfg(feature = "schema")]
mod document_schemas;
mod english;
mod examples;
mod firmness;
mod folder;
mod guide;
mod helpers;
mod improve;
mod layers;
mod left_out;
mod limits;
mod lint;
mod messages;
mod open_answers;
mod other_rules;
mod parse;
mod proposal;
mod proposal_mutations;
mod proposal_schema;
mod provisional;
mod readme;
mod shipped_proposals;
mod used_again;
mod verdict;
mod versions;
mod why;
