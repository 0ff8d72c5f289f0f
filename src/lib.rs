//! meetlat
pub mod date;
pub mod diagnostic;
mod limits;
pub mod model;
pub mod number;
pub mod source;
pub mod syntax;
pub mod value;

pub use limits::Limits;
