//! The engine against a second evaluator that is as simple as can be, on random rules with random proposals. Where no evaluator
//! is needed, the random rules are used alone.
//!
//! One module for each suite; `cargo test --test naive why::` runs one of them. `MEETLAT_PAIRS` sets how many pairs a suite
//! makes and `MEETLAT_SEED` the first seed; a suite says what else can be set.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    reason = "a test that panics has failed, as it should"
)]

#[path = "../support/mod.rs"]
mod support;

mod evaluator;
mod generate;

mod against_naive;
mod assessors;
mod broken_rules;
mod building_blocks;
mod by_hand;
mod census;
mod firmness;
mod improve;
mod lint;
mod settled;
mod summing;
mod why;
