//! meetlat
pub mod build;
pub mod date;
pub mod diagnostic;
pub mod judgement;
mod limits;
pub mod model;
pub mod number;
pub mod proposal;
mod raw;
mod reads;
#[cfg(feature = "render")]
pub mod render;
pub mod report;
pub mod show;
pub mod source;
pub mod syntax;
mod text;
pub mod thresholds;
pub mod value;
pub mod verdict;
#[cfg(feature = "schema")]
pub mod verdict_schema;

pub use limits::Limits;
