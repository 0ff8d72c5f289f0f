//! The native half of the package `meetlat`: converts what Python has to texts, calls what all bindings share, and converts
//! back. It decides nothing. Python's lock is released while the engine works, and taken now and then to look at signals.

mod asked;
mod document;
mod fault;
mod given;
mod many;
mod rules;
mod signals;
#[cfg(feature = "timed")]
mod timed;
mod values;

use pyo3::prelude::*;

/// What `meetlat` is made of.
#[pymodule]
mod _native {
    #[pymodule_export]
    use crate::document::{Document, Messages, Verdict};
    #[pymodule_export]
    use crate::rules::{Rules, check};
    #[cfg(feature = "timed")]
    #[pymodule_export]
    use crate::timed::rust_takes;
}
