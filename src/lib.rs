//! meetlat
pub mod compile;
pub mod date;
pub mod diagnostic;
pub mod evaluate;
pub mod exact;
pub mod judge;
pub mod judgement;
pub mod layer;
mod layout;
pub mod lift;
mod limits;
pub mod linear;
pub mod model;
pub mod number;
pub mod parse;
pub mod possible;
pub mod program;
pub mod proposal;
pub mod solve;
pub mod source;
mod suggest;
pub mod syntax;
pub mod value;
pub mod words;
pub mod world;

pub use limits::Limits;
