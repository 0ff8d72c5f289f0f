//! A text as Python gives it.

use meetlat_border::{Language, Refused};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyByteArray, PyBytes, PyDict, PyString};

use crate::fault::Fault;
use crate::values;

/// Kept alive without a copy where Python cannot change it. Needs no lock to be read.
pub(crate) enum Given {
    Text(PyBackedStr),
    Bytes(PyBackedBytes),
    Made(Vec<u8>),
}

impl Given {
    /// A rule text: `str` or `bytes`.
    pub(crate) fn text(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(text) = value.cast::<PyString>() {
            return match PyBackedStr::try_from(text.clone()) {
                Ok(text) => Ok(Self::Text(text)),
                // Half a character; as bytes it is told where it stands.
                Err(_) => {
                    Ok(Self::Bytes(value.call_method1("encode", ("utf-8", "surrogatepass"))?.extract()?))
                }
            };
        }
        if value.is_instance_of::<PyBytes>() || value.is_instance_of::<PyByteArray>() {
            return Ok(Self::Bytes(value.extract()?));
        }
        let kind = values::kind(value);
        Err(PyTypeError::new_err(format!("a text must be str or bytes, not {kind}")))
    }

    /// A proposal: `dict`, `str` or `bytes`.
    pub(crate) fn proposal(value: &Bound<'_, PyAny>, language: Language) -> Result<Self, Fault> {
        if value.is_instance_of::<PyDict>() {
            return Ok(Self::Made(values::json(value, language)?));
        }
        Self::text(value).map_err(|_| {
            let kind = values::kind(value);
            PyTypeError::new_err(format!("a proposal must be dict, str or bytes, not {kind}")).into()
        })
    }

    /// The text, when it is one. `name`: what messages call it.
    pub(crate) fn read(&self, name: &str, language: Language) -> Result<&str, Refused> {
        let bytes: &[u8] = match self {
            Self::Text(text) => return Ok(text),
            Self::Bytes(bytes) => bytes,
            Self::Made(bytes) => bytes,
        };
        Refused::utf8(&name, bytes, language)
    }
}
