//! Rules that can judge, and what can be asked of them.

use std::sync::{Arc, Mutex, PoisonError};

use meetlat::Next;
use meetlat::Report;
use meetlat::{Language, Meetlat, Parsed, Proposal, RuleText, Scratch, Versions};

use crate::how::{How, Spend};
use crate::named::{Blocks, Named};
use crate::refused::Refused;

/// Rules, ready to judge: one rule file with its building blocks, or several versions of one. They never change, so any
/// number of threads may use them at once.
#[derive(Debug, Clone)]
pub struct Rules {
    versions: Arc<Versions>,
    /// Buffers that no call is using: at most as many as there ever were calls at once. What they hold changes no result.
    spare: Arc<Mutex<Vec<Scratch>>>,
}

impl Rules {
    /// Reads and checks rule texts: one, or several that are versions of one meetlat. Warnings refuse nothing; see
    /// [`Rules::warnings`].
    ///
    /// # Errors
    /// Everything that is wrong with any of them; none given, or of different meetlatten.
    pub fn compile(
        texts: &[Named<'_>],
        blocks: &mut Blocks<'_>,
        language: Language,
    ) -> Result<Self, Refused> {
        let mut sound = Vec::new();
        let mut refused = Vec::new();
        for text in texts {
            match load(*text, blocks).into_result() {
                Ok(meetlat) => sound.push(meetlat),
                Err(found) => refused.push(Refused::new(&found, language)),
            }
        }
        if !refused.is_empty() {
            return Err(Refused::all(refused));
        }
        let mut groups = Versions::group(sound).into_iter();
        match (groups.next(), groups.next()) {
            (Some(versions), None) => Ok(Self { versions: Arc::new(versions), spare: Arc::default() }),
            (None, _) => Err(Refused::host(
                "B0103",
                language.pick("er zijn geen regels gegeven", "no rules were given"),
                language.pick("geef de tekst van een regelbestand", "give the text of a rule file"),
            )),
            (Some(one), Some(other)) => {
                let (one, other) = (one.name(), other.name());
                Err(Refused::host(
                    "B0104",
                    language.pick(
                        format!("de regels zijn van verschillende meetlatten: {one} en {other}"),
                        format!("the rules are of different meetlatten: {one} and {other}"),
                    ),
                    language.pick("geef alleen versies van één meetlat", "give only versions of one meetlat"),
                ))
            }
        }
    }

    /// The name in the header.
    #[must_use]
    pub fn name(&self) -> &str {
        self.versions.name()
    }

    /// What deserves attention, as a document `{"meldingen": […]}`: warnings about each version, then about all together.
    #[must_use]
    pub fn warnings(&self, language: Language) -> String {
        let each = self.versions.all().iter().map(Meetlat::warnings);
        let together = self.versions.check();
        let all = each.chain(std::iter::once(&together)).map(|found| Report::new(found, language).messages);
        all.flatten().collect::<Report>().to_json()
    }

    /// The verdict on a proposal, on one line.
    ///
    /// # Errors
    /// Everything that is wrong with the proposal.
    pub fn evaluate(&self, proposal: Named<'_>, how: &How) -> Result<String, Refused> {
        self.with_verdict(proposal, how, |scratch| scratch.line().to_owned())
    }

    /// The same with the name of the outcome: none while it is open.
    ///
    /// # Errors
    /// As [`Rules::evaluate`].
    pub fn evaluate_with_outcome(
        &self,
        proposal: Named<'_>,
        how: &How,
    ) -> Result<(String, Option<String>), Refused> {
        self.with_version(proposal, how, |version, scratch| {
            let outcome = scratch.judgement().outcome().and_then(|at| version.outcome_name(at));
            (scratch.line().to_owned(), outcome.map(str::to_owned))
        })
    }

    fn with_verdict<T>(
        &self,
        proposal: Named<'_>,
        how: &How,
        give: impl FnOnce(&Scratch) -> T,
    ) -> Result<T, Refused> {
        self.with_version(proposal, how, |_, scratch| give(scratch))
    }

    fn with_version<T>(
        &self,
        proposal: Named<'_>,
        how: &How,
        give: impl FnOnce(&Meetlat, &Scratch) -> T,
    ) -> Result<T, Refused> {
        let Named { name, text } = proposal;
        let How { reference_date, language, spend } = how;
        let limited = spend.limits().map(|limits| self.versions.with_limits(&limits));
        let versions = limited.as_ref().unwrap_or(&self.versions);
        let spare = || self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        let mut scratch = spare().pop().unwrap_or_default();
        let judged = versions.for_proposal(name, text, *reference_date).and_then(|version| {
            version.in_language(*language).judge_json(&mut scratch, name, text, *reference_date)?;
            Ok(give(version, &scratch))
        });
        let given = judged.map_err(|found| how.refused(&found));
        spare().push(scratch);
        given
    }

    fn read(&self, proposal: Named<'_>, how: &How) -> Result<(Meetlat, Proposal), Refused> {
        let found = self.versions.read(proposal.name, proposal.text, how.reference_date);
        let (version, proposal) = found.map_err(|found| how.refused(&found))?;
        // Cheap beside the question that follows.
        let version = match how.spend.limits() {
            Some(limits) => version.with_limits(limits),
            None => version.clone(),
        };
        Ok((version, proposal))
    }

    /// Which open question is best answered next, on one line.
    ///
    /// # Errors
    /// As [`Rules::evaluate`].
    pub fn next(&self, proposal: Named<'_>, how: &How) -> Result<String, Refused> {
        let (version, proposal) = self.read(proposal, how)?;
        let verdict = version.in_language(how.language).evaluate(&proposal);
        verdict.map(|verdict| Next::of(&verdict).to_json_line()).map_err(|found| how.refused(&found))
    }

    /// The smallest changes that would lead to other outcomes, on one line. `targets`: outcomes by name, or choices as
    /// `route=keuze`; none: every outcome.
    ///
    /// # Errors
    /// As [`Rules::evaluate`]; a target that there is not.
    pub fn improve(&self, proposal: Named<'_>, targets: &[&str], how: &How) -> Result<String, Refused> {
        let (version, proposal) = self.read(proposal, how)?;
        if targets.is_empty() {
            let found = version.in_language(how.language).improve(&proposal);
            return found.map(|found| found.to_json_line()).map_err(|found| how.refused(&found));
        }
        let mut found = Vec::with_capacity(targets.len());
        for name in targets {
            found.push(version.target(name).ok_or_else(|| no_target(&version, name, how.language))?);
        }
        let found = version.in_language(how.language).improve_to(&proposal, &found);
        found.map(|found| found.to_json_line()).map_err(|found| how.refused(&found))
    }

    /// Why the outcome is what it is, on one line. `answers`: down to single answers.
    ///
    /// # Errors
    /// As [`Rules::evaluate`].
    pub fn why(&self, proposal: Named<'_>, answers: bool, how: &How) -> Result<String, Refused> {
        let (version, proposal) = self.read(proposal, how)?;
        let why = match answers {
            true => version.in_language(how.language).why_by_answers(&proposal),
            false => version.in_language(how.language).why(&proposal),
        };
        why.map(|why| why.to_json_line()).map_err(|found| how.refused(&found))
    }

    /// How firm the verdict is when weights and thresholds move, on one line.
    ///
    /// # Errors
    /// As [`Rules::evaluate`].
    pub fn firmness(&self, proposal: Named<'_>, how: &How) -> Result<String, Refused> {
        let (version, proposal) = self.read(proposal, how)?;
        let found = version.in_language(how.language).firmness(&proposal);
        found.map(|found| found.to_json_line()).map_err(|found| how.refused(&found))
    }

    /// The JSON schema of proposals for these rules, of the version in force on the reference date; its own words in the language.
    ///
    /// # Errors
    /// Several versions, and none or more than one of them in force on that day.
    pub fn schema(&self, how: &How) -> Result<String, Refused> {
        let made = self.versions.in_language(how.language).proposal_schema(how.reference_date);
        made.map_err(|found| how.refused(&found))
    }

    /// A proposal in which every question is open, of the version in force on the reference date.
    ///
    /// # Errors
    /// As [`Rules::schema`].
    pub fn empty_proposal(&self, how: &How) -> Result<String, Refused> {
        let made = self.versions.in_language(how.language).empty_proposal(how.reference_date);
        made.map_err(|found| how.refused(&found))
    }
}

/// Everything that can be said of rule texts, as a document `{"meldingen": […]}`: faults and warnings of each, and where they
/// are versions of one meetlat, how they fit each other. `meaning`: also what only a search can find. Texts with an error
/// are no reason to be refused here: that is the answer. `spend` is for each text's search.
#[must_use]
pub fn check(
    texts: &[Named<'_>],
    blocks: &mut Blocks<'_>,
    meaning: bool,
    spend: &Spend,
    language: Language,
) -> String {
    let mut messages = Vec::new();
    let mut sound = Vec::new();
    for text in texts {
        let parsed = load(*text, blocks);
        let mut found = parsed.diagnostics;
        if let Some(meetlat) = parsed.meetlat {
            if meaning {
                let searching = match spend.limits() {
                    Some(limits) => meetlat.with_limits(limits),
                    None => meetlat.clone(),
                };
                found.extend(searching.check_meaning());
                found.sort();
            }
            sound.push(meetlat);
        }
        messages.extend(Report::new(&found, language).messages);
    }
    let together = Versions::group(sound).iter().map(Versions::check).collect::<Vec<_>>();
    messages.extend(together.iter().flat_map(|found| Report::new(found, language).messages));
    Report::from_iter(messages).to_json()
}

fn load(text: Named<'_>, blocks: &mut Blocks<'_>) -> Parsed {
    Meetlat::load(text.name, text.text, |name| match blocks(name) {
        Ok(found) => Ok(found.map(|(name, text)| RuleText { name, text })),
        // The host's words, in whatever language they are.
        Err(words) => Err(words.into()),
    })
}

fn no_target(version: &Meetlat, name: &str, language: Language) -> Refused {
    let known = version.targets().join(", ");
    Refused::host(
        "B0007",
        language.pick(
            format!("\"{name}\" is geen uitkomst of keuze van deze meetlat"),
            format!("\"{name}\" is no outcome or choice of this meetlat"),
        ),
        language.pick(format!("kies uit: {known}"), format!("choose from: {known}")),
    )
}
