//! The examples in a rule file: as proposals, and run.

pub mod given;
pub mod run;
