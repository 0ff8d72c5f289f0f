//! How firm a verdict is when the numbers and readings of the rules move.

pub mod document;
#[doc(hidden)]
pub mod intervals;
#[doc(hidden)]
pub mod make;
#[doc(hidden)]
pub mod moving;
#[doc(hidden)]
pub mod readings;
#[doc(hidden)]
pub mod shares;
#[doc(hidden)]
pub mod sites;
