//! What is asked of rules about a proposal, converted from what Python gives.

use std::num::NonZeroU64;

use meetlat_border::{How, Named, Refused, Spend, Stop, language};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::fault::{Fault, call};
use crate::given::Given;
use crate::signals::Signals;

/// A day and a language. `day`: `str`, `date` or none.
pub(crate) fn how(day: Option<&Bound<'_, PyAny>>, language: Option<&str>) -> Result<How, Fault> {
    let day = day.map(as_text).transpose()?;
    Ok(How::new(day.as_deref(), language)?)
}

fn as_text(day: &Bound<'_, PyAny>) -> PyResult<String> {
    let text = day.extract().or_else(|_| day.call_method0("isoformat")?.extract());
    text.map_err(|_| PyTypeError::new_err("a reference date must be str or date"))
}

/// What a call may take: so many steps, and no longer than until `stop` says so.
pub(crate) fn spend(limit: Option<NonZeroU64>, stop: Stop) -> Spend {
    Spend { steps: limit.map(NonZeroU64::get), stop: Some(stop) }
}

/// A proposal with how it is judged.
pub(crate) struct Asked<'n> {
    proposal: Given,
    name: &'n str,
    how: How,
    signals: Signals,
}

impl<'n> Asked<'n> {
    pub(crate) fn new(
        proposal: &Bound<'_, PyAny>,
        name: &'n str,
        day: Option<&Bound<'_, PyAny>>,
        code: Option<&str>,
        limit: Option<NonZeroU64>,
    ) -> Result<Self, Fault> {
        let language = language(code)?;
        let signals = Signals::new();
        let how = how(day, code)?.spending(spend(limit, signals.stop()));
        Ok(Self { proposal: Given::proposal(proposal, language)?, name, how, signals })
    }

    /// Asks it, without Python's lock. What a signal raises meanwhile comes out instead.
    pub(crate) fn of<T: Send>(
        &self,
        py: Python<'_>,
        ask: impl FnOnce(Named<'_>, &How) -> Result<T, Refused> + Send,
    ) -> Result<T, Fault> {
        let Self { proposal, name, how, signals } = self;
        let language = how.language();
        let done = call(py, language, || ask(Named::new(name, proposal.read(name, language)?), how));
        match signals.raised() {
            Some(raised) => Err(raised.into()),
            None => Ok(done?),
        }
    }
}
