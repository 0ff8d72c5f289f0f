//! What a program gives: one walk over its nodes, with known answers or with sets of possible ones.

pub(crate) mod items;
pub mod operations;
pub(crate) mod over_sets;
pub mod possible;
pub mod walk;
pub mod world;
