//! For `bench/border.py` only: the same call without the border.

use std::hint::black_box;
use std::time::Instant;

use meetlat_border::{How, Named};
use pyo3::prelude::*;

use crate::fault::Fault;
use crate::rules::Rules;

/// Nanoseconds that Rust takes to evaluate a proposal `times` times.
#[pyfunction]
pub(crate) fn rust_takes(py: Python<'_>, rules: &Rules, proposal: &str, times: u32) -> Result<u128, Fault> {
    let rules = rules.inner();
    Ok(py.detach(|| {
        let start = Instant::now();
        for _ in 0..times {
            black_box(rules.evaluate(Named::new("voorstel.json", black_box(proposal)), &How::default())?);
        }
        Ok::<_, meetlat_border::Refused>(start.elapsed().as_nanos())
    })?)
}
