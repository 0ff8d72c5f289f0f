//! meetlat
pub mod date;
pub mod diagnostic;
pub mod judgement;
mod limits;
pub mod model;
pub mod number;
pub mod proposal;
mod raw;
#[cfg(feature = "render")]
pub mod render;
pub mod report;
pub mod source;
pub mod syntax;
pub mod value;
pub mod verdict;

pub use limits::Limits;
