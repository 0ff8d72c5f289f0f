//! meetlat
pub mod date;
pub mod diagnostic;
mod limits;
pub mod number;
pub mod source;
pub mod syntax;

pub use limits::Limits;
