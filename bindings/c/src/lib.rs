//! meetlat for C. What a caller sees is `meetlat.h`, which is made from these files: their comments are its documentation.
//!
//! Every function here does the same three things: make texts of pointers and lengths ([`borrow`]), call the engine behind
//! [`give::call`], which no panic leaves, and hand out what came of it. It decides nothing.

mod blocks;
mod borrow;
mod give;
mod questions;
mod rules;
#[cfg(test)]
mod tests;
mod types;

pub use self::blocks::{MEETLAT_BLOCK_ABSENT, MEETLAT_BLOCK_FAILED, MEETLAT_BLOCK_FOUND};
pub use self::questions::{
    meetlat_empty_proposal, meetlat_evaluate, meetlat_firmness, meetlat_improve, meetlat_next,
    meetlat_schema, meetlat_why,
};
pub use self::rules::{meetlat_check, meetlat_compile, meetlat_rules_free, meetlat_warnings};
pub use self::types::{
    Blocks, Code, How, Named, Owned, Rules, Spend, Stop, Text, meetlat_string_free, meetlat_version,
};
