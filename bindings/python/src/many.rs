//! Many proposals at once.

use std::num::{NonZeroU64, NonZeroUsize};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;

use meetlat_border::{How, Judged, Language, Many, Refused, Rules, caught, stopped};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::asked::spend;
use crate::document::Verdict;
use crate::fault::{Fault, call, exception};
use crate::given::Given;
use crate::signals::{EVERY, Signals};

/// Between so many proposals the signals are looked at while they are taken in.
const LOOK: usize = 1024;
/// As much as a program's first thread usually has.
const STACK: usize = 8 << 20;

/// Judges all of an iterable, in order. `None` is an absent proposal. What a signal raises meanwhile comes out instead; the
/// proposals that are left are then passed over.
pub(crate) fn judge(
    rules: &Rules,
    proposals: &Bound<'_, PyAny>,
    threads: Option<NonZeroUsize>,
    name: &str,
    how: How,
    limit: Option<NonZeroU64>,
) -> Result<Vec<Option<Judged>>, Fault> {
    let language = how.language();
    let mut given = Vec::with_capacity(proposals.len().unwrap_or_default());
    for (at, proposal) in proposals.try_iter()?.enumerate() {
        let proposal = proposal?;
        if at % LOOK == 0 {
            proposals.py().check_signals()?;
        }
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
    let signals = Signals::new();
    let how = how.spending(spend(limit, signals.stop_elsewhere()));
    let many = Many { name, how, threads };
    let judge = || {
        many.judge(
            rules,
            &given,
            |one| match one.as_ref()? {
                Ok(given) => Some(given.read(name, language)),
                Err(refused) => Some(Err(refused.clone())),
            },
            || signals.ended(),
        )
    };
    let done = call(proposals.py(), language, || caught_elsewhere(language, &signals, judge));
    match signals.raised() {
        Some(raised) => Err(raised.into()),
        None => Ok(done?),
    }
}

/// Works on a thread of its own, while the one that called looks at the signals: Python handles them there only.
fn caught_elsewhere<T: Send>(
    language: Language,
    signals: &Signals,
    work: impl FnOnce() -> T + Send,
) -> Result<T, Refused> {
    thread::scope(|scope| {
        let (done, waiting) = mpsc::channel::<()>();
        let work = move || {
            // Let go of when the work is over, however it ends.
            let _done = done;
            caught(language, || Ok(work()))
        };
        let Ok(worker) = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work) else {
            return Err(stopped(language));
        };
        while waiting.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
            signals.check();
        }
        worker.join().unwrap_or_else(|_| Err(stopped(language)))
    })
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
