//! How firm a verdict is when the numbers and readings of the rules move.

pub mod document;
pub mod intervals;
pub mod make;
pub mod moving;
pub mod readings;
pub mod shares;
pub mod sites;
