//! The calls to the library, in one place.

use meetlat::Date;
use meetlat::Improvement;
use meetlat::findings::Trial;
use meetlat::overview::{Overview, overview};
use meetlat::{Diagnostics, Firmness, Language, Limits, Meetlat, Parsed, Verdict, Versions, Why};

use crate::blocks::Finder;
use crate::files::Text;
use crate::output::{End, complain};

/// Reads a rule file and the building blocks it uses; where those come from is told when it is not plain.
fn parse(text: &Text, limits: &Limits, language: Language) -> Parsed {
    let finder = Finder::new(&text.origin, &text.text, limits, language);
    let parsed = Meetlat::load_with(&text.name, &text.text, limits, |name| finder.find(name));
    finder.notes().iter().for_each(|note| complain(note));
    parsed
}

/// What a rule file is, without errors.
pub(crate) enum Sound {
    Meetlat(Box<Meetlat>),
    Block,
}

/// A rule file or building block.
pub(crate) fn read(text: &Text, limits: &Limits, language: Language) -> Result<Sound, Diagnostics> {
    let parsed = parse(text, limits, language);
    if parsed.is_block() {
        return Ok(Sound::Block);
    }
    parsed.into_result().map(|meetlat| Sound::Meetlat(Box::new(meetlat)))
}

/// Rule files that judge, as versions of one meetlat; the faults of each that has any.
pub(crate) fn versions(
    texts: &[Text],
    limits: &Limits,
    language: Language,
) -> Result<Versions, Vec<Diagnostics>> {
    let mut faults = Vec::new();
    let mut sound = Vec::new();
    for text in texts {
        match parse(text, limits, language).into_result() {
            Ok(meetlat) => sound.push(meetlat),
            Err(found) => faults.push(found),
        }
    }
    match Versions::group(sound).into_iter().next() {
        Some(versions) if faults.is_empty() => Ok(versions),
        _ => Err(faults),
    }
}

pub(crate) fn judge(
    versions: &Versions,
    proposal: &Text,
    reference_date: Option<Date>,
    language: Language,
) -> Result<Verdict, Diagnostics> {
    let (meetlat, proposal) = versions.read(&proposal.name, &proposal.text, reference_date)?;
    meetlat.in_language(language).evaluate(&proposal)
}

/// How a command ends that gives this verdict.
pub(crate) fn end(verdict: &Verdict) -> End {
    if verdict.settled() || verdict.closed() { End::Good } else { End::Open }
}

/// Why a proposal's outcome is what it is; `answers`: down to single answers.
pub(crate) fn why(
    versions: &Versions,
    proposal: &Text,
    reference_date: Option<Date>,
    answers: bool,
    language: Language,
) -> Result<Why, Diagnostics> {
    let (meetlat, proposal) = versions.read(&proposal.name, &proposal.text, reference_date)?;
    match answers {
        true => meetlat.in_language(language).why_by_answers(&proposal),
        false => meetlat.in_language(language).why(&proposal),
    }
}

/// Why no improvement can be looked for.
pub(crate) enum Refused {
    /// The proposal has faults.
    Faults(Diagnostics),
    /// There is no such target; all that there are.
    Target { name: String, known: Vec<String> },
}

/// What would change a proposal's outcome; without targets: to every outcome.
pub(crate) fn improve(
    versions: &Versions,
    proposal: &Text,
    reference_date: Option<Date>,
    targets: &[String],
    language: Language,
) -> Result<Improvement, Refused> {
    let (meetlat, proposal) =
        versions.read(&proposal.name, &proposal.text, reference_date).map_err(Refused::Faults)?;
    if targets.is_empty() {
        return meetlat.in_language(language).improve(&proposal).map_err(Refused::Faults);
    }
    let mut found = Vec::new();
    for name in targets {
        match meetlat.target(name) {
            Some(target) => found.push(target),
            None => return Err(Refused::Target { name: name.clone(), known: meetlat.targets() }),
        }
    }
    meetlat.in_language(language).improve_to(&proposal, &found).map_err(Refused::Faults)
}

/// How firm the verdict on a proposal is.
pub(crate) fn firmness(
    versions: &Versions,
    proposal: &Text,
    reference_date: Option<Date>,
    language: Language,
) -> Result<Firmness, Diagnostics> {
    let (meetlat, proposal) = versions.read(&proposal.name, &proposal.text, reference_date)?;
    meetlat.in_language(language).firmness(&proposal)
}

/// The examples, each with the line it starts at.
pub(crate) fn examples(meetlat: &Meetlat, language: Language) -> Vec<(u32, Trial)> {
    let trials = meetlat.in_language(language).run_examples().into_iter();
    trials.map(|trial| (line(meetlat, trial.span), trial)).collect()
}

/// The numbers of rule files, versions of one meetlat together, and what is wrong with proposals for them. Proposals for
/// other meetlatten are passed over.
pub(crate) fn overviews(sound: Vec<Meetlat>, proposals: &[Text]) -> (Vec<Overview>, Vec<Diagnostics>) {
    let mut faults = Vec::new();
    let mut all = Vec::new();
    for versions in Versions::group(sound) {
        let mut counts = vec![0; versions.all().len()];
        for proposal in
            proposals.iter().filter(|one| meetlat_name(&one.text).as_deref() == Some(versions.name()))
        {
            match versions.read(&proposal.name, &proposal.text, None) {
                Ok((version, _)) => {
                    let of_version = versions.all().iter().zip(&mut counts);
                    for (_, count) in of_version.filter(|(known, _)| std::ptr::eq(*known, version)) {
                        *count += 1;
                    }
                }
                Err(found) => faults.push(found),
            }
        }
        all.extend(versions.all().iter().zip(counts).map(|(version, count)| overview(version, count)));
    }
    (all, faults)
}

/// The line of a place in the rule file.
pub(crate) fn line(meetlat: &Meetlat, span: meetlat::diagnostic::Span) -> u32 {
    meetlat.warnings().source(span.source).map_or(0, |source| source.position(span.start).line)
}

/// Everything that is wrong with a rule file and the building blocks it uses, also what only a search can find; and the
/// rules, if they can judge.
pub(crate) fn check(text: &Text, limits: &Limits, language: Language) -> (Diagnostics, Option<Meetlat>) {
    let parsed = parse(text, limits, language);
    let mut found = parsed.diagnostics;
    if let Some(meetlat) = &parsed.meetlat {
        found.extend(meetlat.check_meaning());
        found.sort();
    }
    (found, parsed.meetlat)
}

/// The same, with every warning an error that counts as one.
pub(crate) fn strictly(found: &Diagnostics) -> Diagnostics {
    let mut strict = found.texts_only();
    for diagnostic in found {
        let mut diagnostic = diagnostic.clone();
        diagnostic.severity = diagnostic.code.strict_severity();
        strict.push(diagnostic);
    }
    strict
}

/// The meetlat that a proposal says it is for.
pub(crate) fn meetlat_name(proposal: &str) -> Option<String> {
    meetlat::asked(proposal).meetlat
}
