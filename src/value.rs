//! What answers and expressions are made of: exact numbers, dates, and the sinks they are printed to.

pub mod date;
pub mod number;
pub mod score_range;
pub(crate) mod sink;
pub mod values;
