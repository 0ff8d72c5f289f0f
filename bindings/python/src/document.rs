//! What calls give: documents, of which Python gets text and values only when it asks for them.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyString, PyType};

/// A JSON document.
#[pyclass(frozen, subclass, module = "meetlat")]
pub(crate) struct Document {
    text: String,
    data: PyOnceLock<Py<PyAny>>,
}

impl Document {
    pub(crate) const fn new(text: String) -> Self {
        Self { text, data: PyOnceLock::new() }
    }
}

#[pymethods]
impl Document {
    /// The exact text.
    #[getter]
    fn json<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        PyString::new(py, &self.text)
    }

    /// The same in UTF-8.
    fn __bytes__<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.text.as_bytes())
    }

    /// The document as values; numbers are `int` or `Decimal`. Read once.
    #[getter]
    fn data<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let read = || {
            let how = PyDict::new(py);
            how.set_item("parse_float", py.import("decimal")?.getattr("Decimal")?)?;
            let read = py.import("json")?.getattr("loads")?.call((&self.text,), Some(&how))?;
            Ok::<_, PyErr>(read.unbind())
        };
        Ok(self.data.get_or_try_init(py, read)?.bind(py).clone())
    }

    fn __str__<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        self.json(py)
    }

    /// `Document[Fields]`, which says what `data` gives: for those who read types, not for Python.
    #[classmethod]
    fn __class_getitem__<'py>(cls: &Bound<'py, PyType>, _fields: &Bound<'py, PyAny>) -> Bound<'py, PyType> {
        cls.clone()
    }
}

/// A verdict.
#[pyclass(frozen, extends = Document, module = "meetlat")]
pub(crate) struct Verdict {
    outcome: Option<String>,
}

impl Verdict {
    pub(crate) fn give(py: Python<'_>, text: String, outcome: Option<String>) -> PyResult<Py<Self>> {
        Py::new(py, PyClassInitializer::from(Document::new(text)).add_subclass(Self { outcome }))
    }
}

#[pymethods]
impl Verdict {
    /// The name of the outcome; `None` while it is open.
    #[getter]
    fn outcome(&self) -> Option<&str> {
        self.outcome.as_deref()
    }

    fn __repr__(&self) -> String {
        match &self.outcome {
            Some(outcome) => format!("<Verdict {outcome}>"),
            None => "<Verdict open>".to_owned(),
        }
    }
}

/// What can be said of rules.
#[pyclass(frozen, extends = Document, module = "meetlat")]
pub(crate) struct Messages;

impl Messages {
    pub(crate) fn give(py: Python<'_>, text: String) -> PyResult<Py<Self>> {
        Py::new(py, PyClassInitializer::from(Document::new(text)).add_subclass(Self))
    }
}

#[pymethods]
impl Messages {
    /// The messages as objects.
    #[getter]
    fn messages<'py>(own: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let text = own.getattr("json")?;
        own.py().import("meetlat._messages")?.getattr("read")?.call1((text,))
    }
}
