//! The examples in a rule file: as proposals, and run.

#[doc(hidden)]
pub mod given;
pub mod run;
