//! Why a call gives no document: messages, which become a `MeetlatError`, or an exception of Python's own.

use meetlat_border::{Language, Refused, caught};
use pyo3::prelude::*;

/// Either of the two.
pub(crate) enum Fault {
    Refused(Refused),
    Python(PyErr),
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<PyErr> for Fault {
    fn from(error: PyErr) -> Self {
        Self::Python(error)
    }
}

impl From<Fault> for PyErr {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Python(error) => error,
            Fault::Refused(refused) => Python::attach(|py| match exception(py, &refused) {
                Ok(exception) => Self::from_value(exception),
                Err(error) => error,
            }),
        }
    }
}

/// A `MeetlatError`: with the document, and with the messages one on each line.
pub(crate) fn exception<'py>(py: Python<'py>, refused: &Refused) -> PyResult<Bound<'py, PyAny>> {
    let class = py.import("meetlat._messages")?.getattr("MeetlatError")?;
    class.call1((refused.to_json(), refused.to_string()))
}

/// Calls the engine without Python's lock.
pub(crate) fn call<T: Send>(
    py: Python<'_>,
    language: Language,
    call: impl FnOnce() -> Result<T, Refused> + Send,
) -> Result<T, Refused> {
    py.detach(|| caught(language, call))
}
