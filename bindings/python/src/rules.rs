//! Rules that can judge: the class that `Meetlat` is built on.

use std::num::{NonZeroU64, NonZeroUsize};

use meetlat_border::{Blocks, How, Language, Named, Refused, language};
use pyo3::exceptions::{PyOSError, PyTypeError};
use pyo3::prelude::*;

use crate::asked::{Asked, how, spend};
use crate::document::{Document, Messages, Verdict};
use crate::fault::{Fault, call};
use crate::given::Given;
use crate::many::{self, Columns};
use crate::signals::Signals;

/// Rules, compiled. They never change; any number of threads may use them at once.
#[pyclass(frozen, subclass, module = "meetlat._native")]
pub(crate) struct Rules(meetlat_border::Rules);

#[cfg(feature = "timed")]
impl Rules {
    pub(crate) const fn inner(&self) -> &meetlat_border::Rules {
        &self.0
    }
}

/// Rule texts with their names, as Python gives them.
type Texts<'py> = Vec<(String, Bound<'py, PyAny>)>;

#[pymethods]
impl Rules {
    #[new]
    #[pyo3(signature = (texts, *, blocks=None, language=None))]
    fn new(
        py: Python<'_>,
        texts: Texts<'_>,
        blocks: Option<Bound<'_, PyAny>>,
        language: Option<&str>,
    ) -> Result<Self, Fault> {
        let rules = with_texts(py, texts, blocks, language, |texts, blocks, language| {
            meetlat_border::Rules::compile(texts, blocks, language)
        })?;
        Ok(Self(rules))
    }

    /// The name in the header.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// What deserves attention in the rules.
    #[pyo3(signature = (*, language=None))]
    fn warnings(&self, py: Python<'_>, language: Option<&str>) -> Result<Py<Messages>, Fault> {
        let language = self::language(language)?;
        Ok(Messages::give(py, call(py, language, || Ok(self.0.warnings(language)))?)?)
    }

    /// The verdict on a proposal. `name`: what messages and the verdict call it.
    #[pyo3(signature = (proposal, *, name="voorstel.json", reference_date=None, language=None, limit=None))]
    fn evaluate(
        &self,
        proposal: &Bound<'_, PyAny>,
        name: &str,
        reference_date: Option<&Bound<'_, PyAny>>,
        language: Option<&str>,
        limit: Option<NonZeroU64>,
    ) -> Result<Py<Verdict>, Fault> {
        let py = proposal.py();
        let asked = Asked::new(proposal, name, reference_date, language, limit)?;
        let (text, outcome) = asked.of(py, |it, how| self.0.evaluate_with_outcome(it, how))?;
        Ok(Verdict::give(py, text, outcome)?)
    }

    /// The verdicts on many proposals, in order, on several threads. A faulty one gives its error in its place.
    #[pyo3(signature = (proposals, *, threads=None, name="voorstel.json", reference_date=None, language=None, limit=None))]
    fn evaluate_many<'py>(
        &self,
        proposals: &Bound<'py, PyAny>,
        threads: Option<NonZeroUsize>,
        name: &str,
        reference_date: Option<&Bound<'py, PyAny>>,
        language: Option<&str>,
        limit: Option<NonZeroU64>,
    ) -> Result<Vec<Bound<'py, PyAny>>, Fault> {
        let judged = many::judge(&self.0, proposals, threads, name, how(reference_date, language)?, limit)?;
        let each = judged.into_iter().map(|one| many::object(proposals.py(), one));
        Ok(each.collect::<PyResult<_>>()?)
    }

    /// Verdicts in UTF-8, outcomes, and messages of faulty proposals: what tables are made of.
    #[pyo3(signature = (proposals, *, threads=None, name="voorstel.json", reference_date=None, language=None, limit=None))]
    fn _columns<'py>(
        &self,
        proposals: &Bound<'py, PyAny>,
        threads: Option<NonZeroUsize>,
        name: &str,
        reference_date: Option<&Bound<'py, PyAny>>,
        language: Option<&str>,
        limit: Option<NonZeroU64>,
    ) -> Result<Columns<'py>, Fault> {
        let judged = many::judge(&self.0, proposals, threads, name, how(reference_date, language)?, limit)?;
        Ok(many::columns(proposals.py(), judged))
    }

    /// Which open question is best answered next.
    #[pyo3(signature = (proposal, *, name="voorstel.json", reference_date=None, language=None, limit=None))]
    fn next(
        &self,
        proposal: &Bound<'_, PyAny>,
        name: &str,
        reference_date: Option<&Bound<'_, PyAny>>,
        language: Option<&str>,
        limit: Option<NonZeroU64>,
    ) -> Result<Document, Fault> {
        let asked = Asked::new(proposal, name, reference_date, language, limit)?;
        Ok(Document::new(asked.of(proposal.py(), |it, how| self.0.next(it, how))?))
    }

    /// The smallest changes that would lead to other outcomes. `targets`: outcomes, or choices as `route=keuze`.
    #[pyo3(signature = (proposal, targets=Vec::new(), *, name="voorstel.json", reference_date=None, language=None, limit=None))]
    fn improve(
        &self,
        proposal: &Bound<'_, PyAny>,
        targets: Vec<String>,
        name: &str,
        reference_date: Option<&Bound<'_, PyAny>>,
        language: Option<&str>,
        limit: Option<NonZeroU64>,
    ) -> Result<Document, Fault> {
        let asked = Asked::new(proposal, name, reference_date, language, limit)?;
        let targets: Vec<&str> = targets.iter().map(String::as_str).collect();
        Ok(Document::new(asked.of(proposal.py(), |it, how| self.0.improve(it, &targets, how))?))
    }

    /// Why the outcome is what it is. `answers`: down to single answers.
    #[pyo3(signature = (proposal, *, answers=false, name="voorstel.json", reference_date=None, language=None, limit=None))]
    fn why(
        &self,
        proposal: &Bound<'_, PyAny>,
        answers: bool,
        name: &str,
        reference_date: Option<&Bound<'_, PyAny>>,
        language: Option<&str>,
        limit: Option<NonZeroU64>,
    ) -> Result<Document, Fault> {
        let asked = Asked::new(proposal, name, reference_date, language, limit)?;
        Ok(Document::new(asked.of(proposal.py(), |it, how| self.0.why(it, answers, how))?))
    }

    /// How firm the verdict is when weights and thresholds move.
    #[pyo3(signature = (proposal, *, name="voorstel.json", reference_date=None, language=None, limit=None))]
    fn firmness(
        &self,
        proposal: &Bound<'_, PyAny>,
        name: &str,
        reference_date: Option<&Bound<'_, PyAny>>,
        language: Option<&str>,
        limit: Option<NonZeroU64>,
    ) -> Result<Document, Fault> {
        let asked = Asked::new(proposal, name, reference_date, language, limit)?;
        Ok(Document::new(asked.of(proposal.py(), |it, how| self.0.firmness(it, how))?))
    }

    /// The JSON schema of proposals.
    #[pyo3(signature = (*, reference_date=None, language=None))]
    fn schema(
        &self,
        py: Python<'_>,
        reference_date: Option<&Bound<'_, PyAny>>,
        language: Option<&str>,
    ) -> Result<Document, Fault> {
        let how: How = how(reference_date, language)?;
        Ok(Document::new(call(py, how.language(), || self.0.schema(&how))?))
    }

    /// A proposal in which every question is open.
    #[pyo3(signature = (*, reference_date=None, language=None))]
    fn empty_proposal(
        &self,
        py: Python<'_>,
        reference_date: Option<&Bound<'_, PyAny>>,
        language: Option<&str>,
    ) -> Result<Document, Fault> {
        let how: How = how(reference_date, language)?;
        Ok(Document::new(call(py, how.language(), || self.0.empty_proposal(&how))?))
    }

    fn __repr__(&self) -> String {
        format!("<Meetlat {}>", self.0.name())
    }
}

/// Everything that can be said of rule texts. `search`: also what only a search can find.
#[pyfunction]
#[pyo3(signature = (texts, *, blocks=None, search=true, language=None, limit=None))]
pub(crate) fn check(
    py: Python<'_>,
    texts: Texts<'_>,
    blocks: Option<Bound<'_, PyAny>>,
    search: bool,
    language: Option<&str>,
    limit: Option<NonZeroU64>,
) -> Result<Py<Messages>, Fault> {
    let signals = Signals::new();
    let spend = spend(limit, signals.stop());
    let text = with_texts(py, texts, blocks, language, |texts, blocks, language| {
        Ok(meetlat_border::check(texts, blocks, search, &spend, language))
    })?;
    match signals.raised() {
        Some(raised) => Err(raised.into()),
        None => Ok(Messages::give(py, text)?),
    }
}

/// Calls with rule texts and building blocks. `blocks`: a callable that is given a name, and gives none, a text, or what it is
/// called and its text.
fn with_texts<T: Send>(
    py: Python<'_>,
    texts: Texts<'_>,
    blocks: Option<Bound<'_, PyAny>>,
    code: Option<&str>,
    then: impl FnOnce(&[Named<'_>], &mut Blocks<'_>, Language) -> Result<T, Refused> + Send,
) -> Result<T, Fault> {
    let language = language(code)?;
    let given =
        texts.iter().map(|(name, text)| Ok((name, Given::text(text)?))).collect::<PyResult<Vec<_>>>()?;
    let blocks = blocks.map(Bound::unbind);
    // Raised by the callable: given back as it is, whatever the engine makes of the block that is not there.
    let mut raised = None;
    let done = call(py, language, || {
        let (mut texts, mut refused) = (Vec::new(), Vec::new());
        for (name, text) in &given {
            match text.read(name, language) {
                Ok(text) => texts.push(Named::new(name, text)),
                Err(found) => refused.push(found),
            }
        }
        if !refused.is_empty() {
            return Err(Refused::all(refused));
        }
        let mut find = |name: &str| match &blocks {
            Some(blocks) if raised.is_none() => Python::attach(|py| block(blocks.bind(py), name, language))
                .unwrap_or_else(|error| {
                    let words = error.to_string();
                    raised = Some(error);
                    Err(words)
                }),
            _ => Ok(None),
        };
        then(&texts, &mut find, language)
    });
    match raised {
        Some(error) => Err(error.into()),
        None => Ok(done?),
    }
}

/// What was found, or why it cannot be read.
type Block = Result<Option<(String, String)>, String>;

/// Asks for a building block.
fn block(blocks: &Bound<'_, PyAny>, name: &str, language: Language) -> PyResult<Block> {
    let found = match blocks.call1((name,)) {
        Ok(found) if found.is_none() => return Ok(Ok(None)),
        Ok(found) => found,
        // There is one and it cannot be read: a message at its place in the rules.
        Err(error) if error.is_instance_of::<PyOSError>(blocks.py()) => {
            return Ok(Err(error.value(blocks.py()).to_string()));
        }
        Err(error) => return Err(error),
    };
    let (called, text) = match found.extract::<(String, Bound<'_, PyAny>)>() {
        Ok(both) => both,
        Err(_) => (name.to_owned(), found),
    };
    let text = Given::text(&text)
        .map_err(|_| PyTypeError::new_err("a building block must be a text, or a name and a text"))?;
    Ok(match text.read(&called, language) {
        Ok(text) => Ok(Some((called.clone(), text.to_owned()))),
        Err(refused) => Err(refused.report().messages.iter().map(|it| it.text.as_str()).collect()),
    })
}
