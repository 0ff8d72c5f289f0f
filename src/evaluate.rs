//! What a program gives: one walk over its nodes, over known answers or over sets of possible ones.

pub(crate) mod items;
#[doc(hidden)]
pub mod operations;
pub(crate) mod over_sets;
#[doc(hidden)]
pub mod possible;
#[doc(hidden)]
pub mod walk;
#[doc(hidden)]
pub mod world;
