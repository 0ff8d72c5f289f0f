//! meetlat
pub mod date;
pub mod diagnostic;
pub mod empty;
pub mod example;
mod json;
pub mod judgement;
mod limits;
pub mod model;
pub mod number;
pub mod proposal;
pub mod read;
pub mod schema;
pub mod source;
pub mod syntax;
pub mod value;

pub use limits::Limits;
