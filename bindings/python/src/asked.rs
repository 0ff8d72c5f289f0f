//! What is asked of rules about a proposal, converted from what Python gives.

use meetlat_border::{How, Named, Refused, language};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::fault::{Fault, call};
use crate::given::Given;

/// A day and a language. `day`: `str`, `date` or none.
pub(crate) fn how(day: Option<&Bound<'_, PyAny>>, language: Option<&str>) -> Result<How, Fault> {
    let day = day.map(as_text).transpose()?;
    Ok(How::new(day.as_deref(), language)?)
}

fn as_text(day: &Bound<'_, PyAny>) -> PyResult<String> {
    let text = day.extract().or_else(|_| day.call_method0("isoformat")?.extract());
    text.map_err(|_| PyTypeError::new_err("a reference date must be str or date"))
}

/// A proposal with how it is judged.
pub(crate) struct Asked<'n> {
    proposal: Given,
    name: &'n str,
    pub(crate) how: How,
}

impl<'n> Asked<'n> {
    pub(crate) fn new(
        proposal: &Bound<'_, PyAny>,
        name: &'n str,
        day: Option<&Bound<'_, PyAny>>,
        code: Option<&str>,
    ) -> Result<Self, Fault> {
        let language = language(code)?;
        Ok(Self { proposal: Given::proposal(proposal, language)?, name, how: how(day, code)? })
    }

    /// Asks it, without Python's lock.
    pub(crate) fn of<T: Send>(
        &self,
        py: Python<'_>,
        ask: impl FnOnce(Named<'_>, How) -> Result<T, Refused> + Send,
    ) -> Result<T, Refused> {
        let Self { proposal, name, how } = self;
        let language = how.language();
        call(py, language, || ask(Named::new(name, proposal.read(name, language)?), *how))
    }
}
