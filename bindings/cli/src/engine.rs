//! The calls to the library, in one place.

use meetlat::date::Date;
use meetlat::diagnostic::Severity;
use meetlat::trial::Trial;
use meetlat::{Diagnostics, Language, Meetlat, Verdict};

/// A rule file without errors.
pub(crate) struct Rules(Meetlat);

impl Rules {
    pub(crate) fn parse(name: &str, text: &str) -> Result<Self, Diagnostics> {
        Meetlat::parse(name, text).into_result().map(Self)
    }

    pub(crate) fn judge(
        &self,
        name: &str,
        text: &str,
        reference_date: Option<Date>,
        language: Language,
    ) -> Result<Verdict, Diagnostics> {
        let proposal = self.0.read(name, text, reference_date)?;
        Ok(self.0.evaluate_in(&proposal, language))
    }

    /// The examples, each with the line it starts at.
    pub(crate) fn examples(&self) -> Vec<(u32, Trial)> {
        let texts = self.0.warnings();
        let trials = self.0.run_examples().into_iter();
        trials.map(|trial| (line(texts, trial.span), trial)).collect()
    }

    /// The line of a place in the rule file.
    pub(crate) fn line(&self, span: meetlat::source::Span) -> u32 {
        line(self.0.warnings(), span)
    }

    pub(crate) fn empty_proposal(&self) -> String {
        self.0.empty_proposal()
    }

    pub(crate) fn proposal_schema(&self) -> String {
        self.0.proposal_schema()
    }
}

fn line(texts: &Diagnostics, span: meetlat::source::Span) -> u32 {
    texts.source(span.source).map_or(0, |source| source.position(span.start).line)
}

/// Everything that is wrong with a rule file, also what only a search can find.
pub(crate) fn check(name: &str, text: &str) -> Diagnostics {
    let parsed = Meetlat::parse(name, text);
    let mut found = parsed.diagnostics;
    if let Some(meetlat) = parsed.meetlat {
        found.extend(meetlat.check_meaning());
        found.sort();
    }
    found
}

/// The same, with every warning an error.
pub(crate) fn strictly(found: &Diagnostics) -> Diagnostics {
    let mut strict = found.texts_only();
    for diagnostic in found {
        let mut diagnostic = diagnostic.clone();
        diagnostic.severity = Severity::Error;
        strict.push(diagnostic);
    }
    strict
}

/// The meetlat that a proposal says it is for.
pub(crate) fn meetlat_name(proposal: &str) -> Option<String> {
    meetlat::read::meetlat_name(proposal)
}
