//! What a program gives: one walk over its nodes, over known answers or over sets of possible ones.

pub(crate) mod items;
pub mod operations;
pub(crate) mod over_sets;
pub mod possible;
pub mod walk;
pub mod world;
