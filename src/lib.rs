//! meetlat
pub mod compile;
pub mod date;
pub mod diagnostic;
pub mod evaluate;
pub mod exact;
pub mod judgement;
pub mod lift;
mod layout;
mod limits;
pub mod linear;
pub mod model;
pub mod number;
pub mod possible;
pub mod program;
pub mod proposal;
pub mod parse;
pub mod source;
mod suggest;
pub mod syntax;
pub mod value;
pub mod world;

pub use limits::Limits;
