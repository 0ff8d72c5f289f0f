//! The WebAssembly side of the JavaScript binding: texts in, texts out. What JavaScript sees is in `ts`; it calls this, and
//! nobody else does.
//!
//! A call that is refused throws the document `{"meldingen": […]}` as a text, of which the JavaScript side makes an error with
//! fields. A panic ends in a trap, which only the JavaScript side can catch.

mod blocks;
mod refusals;
mod rules;

pub use self::refusals::{binary_fraction, let_go, no_json, not_utf8, stopped};
pub use self::rules::{Rules, check};
