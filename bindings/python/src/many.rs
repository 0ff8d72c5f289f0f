//! Many proposals at once.

use std::num::NonZeroUsize;

use meetlat_border::{How, Judged, Many, Rules};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::document::Verdict;
use crate::fault::{Fault, call, exception};
use crate::given::Given;

/// Judges all of an iterable, in order. `None` is an absent proposal.
pub(crate) fn judge(
    rules: &Rules,
    proposals: &Bound<'_, PyAny>,
    threads: Option<NonZeroUsize>,
    name: &str,
    how: How,
) -> Result<Vec<Option<Judged>>, Fault> {
    let language = how.language();
    let mut given = Vec::with_capacity(proposals.len().unwrap_or_default());
    for proposal in proposals.try_iter()? {
        let proposal = proposal?;
        if proposal.is_none() {
            given.push(None);
            continue;
        }
        given.push(match Given::proposal(&proposal, language) {
            Ok(one) => Some(Ok(one)),
            Err(Fault::Refused(refused)) => Some(Err(refused)),
            Err(fault) => return Err(fault),
        });
    }
    let many = Many { name, how, threads };
    let judge = || {
        many.judge(rules, &given, |one| match one.as_ref()? {
            Ok(given) => Some(given.read(name, language)),
            Err(refused) => Some(Err(refused.clone())),
        })
    };
    Ok(call(proposals.py(), language, || Ok(judge()))?)
}

/// A `Verdict`, a `MeetlatError` or `None`.
pub(crate) fn object(py: Python<'_>, judged: Option<Judged>) -> PyResult<Bound<'_, PyAny>> {
    match judged {
        None => Ok(py.None().into_bound(py)),
        Some(Judged { verdict: Ok(text), outcome }) => {
            Verdict::give(py, text, outcome)?.into_bound_py_any(py)
        }
        Some(Judged { verdict: Err(refused), .. }) => exception(py, &refused),
    }
}

/// Verdicts, outcomes and messages.
pub(crate) type Columns<'py> = (Vec<Option<Bound<'py, PyBytes>>>, Vec<Option<String>>, Vec<Option<String>>);

/// A column of each; where one has nothing to say it is none.
pub(crate) fn columns(py: Python<'_>, judged: Vec<Option<Judged>>) -> Columns<'_> {
    let (mut verdicts, mut outcomes, mut messages) = Columns::default();
    for one in judged {
        let (verdict, outcome, refused) = match one {
            None => (None, None, None),
            Some(Judged { verdict: Ok(text), outcome }) => {
                (Some(PyBytes::new(py, text.as_bytes())), outcome, None)
            }
            Some(Judged { verdict: Err(refused), .. }) => (None, None, Some(refused.to_json())),
        };
        verdicts.push(verdict);
        outcomes.push(outcome);
        messages.push(refused);
    }
    (verdicts, outcomes, messages)
}
