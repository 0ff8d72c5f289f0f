//! The versions of one meetlat, and which of them is in force on a day.
//!
//! The reference date picks; today's date never does. Gaps and overlaps between the versions of a meetlat are checked
//! separately ([`Versions::check`]), since a gap matters only to those who ask for a day in it.

use crate::census::{Census, Uncounted};
use crate::judge::findings::Judgement;
use crate::limits::Limits;
use crate::meetlat::Meetlat;
use crate::meetlat::Undecided;
use crate::message::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::message::language::{Language, Text, says, tell};
use crate::message::source::{Source, Span};
use crate::proposal::answers::Proposal;
use crate::proposal::read::asked;
use crate::proposal::read::bytes::text_of;
use crate::proposal::read::words::date_range;
use crate::rules::model::Model;
use crate::scratch::Scratch;
use crate::value::date::Date;
use crate::verdict::document::Standing;

/// Rule files with one name, each in force for its own days. Never empty. Immutable; may be shared between threads.
///
/// ```standalone_crate
/// use meetlat::{Meetlat, Versions};
///
/// let rules = include_str!("../tests/cases/klein/regels.meetlat");
/// let versions = Versions::from(Meetlat::parse("klein.meetlat", rules).into_result()?);
/// let json = r#"{"meetlat": "klein", "peildatum": "2024-05-01", "antwoorden": {"gezond": "ja"}}"#;
/// let (meetlat, proposal) = versions.read("voorstel.json", json, None)?;
/// assert_eq!(meetlat.version(), "1");
/// let verdict = meetlat.evaluate(&proposal)?;
/// # assert_eq!(verdict.outcome.possible.len(), 2);
/// # Ok::<(), meetlat::Diagnostics>(())
/// ```
#[derive(Debug, Clone)]
pub struct Versions {
    /// By first day; never empty.
    list: Vec<Meetlat>,
}

impl From<Meetlat> for Versions {
    fn from(only: Meetlat) -> Self {
        Self { list: vec![only] }
    }
}

impl Versions {
    /// Puts together what has the same name, in the order in which the names are first seen. The same files twice are
    /// one version. Whether versions overlap is not looked at: see [`Versions::check`].
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// use meetlat::{Date, Meetlat, Versions};
    ///
    /// let older = rules.replace("versie  1", "versie  0").replace("vanaf 1 januari 2024", "van 1 januari 2020 tot en met 31 december 2023");
    /// let read = |text: &str| Meetlat::parse("klein.meetlat", text).into_result();
    /// let [versions] = Versions::group([read(rules)?, read(&older)?]).try_into().expect("one meetlat");
    /// assert_eq!(versions.on(Date::new(2023, 12, 31))?.version(), "0");
    /// assert_eq!(versions.on(Date::new(2024, 1, 1))?.version(), "1");
    /// assert!(versions.on(None).is_err() && versions.check().is_empty());
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    #[must_use]
    pub fn group(meetlatten: impl IntoIterator<Item = Meetlat>) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        for meetlat in meetlatten {
            match groups.iter_mut().find(|group| group.name() == meetlat.name()) {
                Some(group) => {
                    if !group
                        .list
                        .iter()
                        .any(|known| same_files(&known.rules_of().model, &meetlat.rules_of().model))
                    {
                        group.list.push(meetlat);
                    }
                }
                None => groups.push(meetlat.into()),
            }
        }
        for group in &mut groups {
            group.list.sort_by_key(Meetlat::valid);
        }
        groups
    }

    /// Their name, for example `ijsselland`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.list.first().map_or("", Meetlat::name)
    }

    /// All of them, by their first day; at least one.
    #[must_use]
    pub fn all(&self) -> &[Meetlat] {
        &self.list
    }

    /// The same versions, all with other limits: see [`Meetlat::with_limits`].
    #[must_use]
    pub fn with_limits(&self, limits: &Limits) -> Self {
        Self { list: self.list.iter().map(|version| version.with_limits(limits.clone())).collect() }
    }

    /// The versions in force on a day, first and last day included: one, unless there is a gap or an overlap. By their first day.
    pub fn in_force(&self, day: Date) -> impl Iterator<Item = &Meetlat> {
        self.list.iter().filter(move |version| version.in_force(day))
    }

    /// Reads a proposal by the version in force on its reference date; `reference_date` wins over the proposal's own
    /// `peildatum`. Where there is only one version, that reads it, as [`Meetlat::read`] does: then a date is needed
    /// only if the rules use it.
    ///
    /// # Errors
    /// With more than one version: no reference date, or none or several in force on it. Otherwise everything that is wrong with the
    /// proposal.
    pub fn read(
        &self,
        name: &str,
        json: &str,
        reference_date: Option<Date>,
    ) -> Result<(&Meetlat, Proposal), Diagnostics> {
        let version = self.for_proposal(name, json, reference_date)?;
        Ok((version, version.read(name, json, reference_date)?))
    }

    /// The same from bytes, as a host receives them: see [`Meetlat::read_bytes`].
    ///
    /// # Errors
    /// The place of the first byte that is not UTF-8; otherwise as [`Versions::read`].
    pub fn read_bytes(
        &self,
        name: &str,
        json: &[u8],
        reference_date: Option<Date>,
    ) -> Result<(&Meetlat, Proposal), Diagnostics> {
        self.read(name, text_of(name, json)?, reference_date)
    }

    /// The version that read a proposal.
    ///
    /// # Errors
    /// When none of these did: the proposal was read by other rules.
    pub fn that_read(&self, proposal: &Proposal) -> Result<&Meetlat, Diagnostics> {
        let mut refused = None;
        for version in &self.list {
            match version.know(proposal) {
                Ok(()) => return Ok(version),
                Err(found) => refused = Some(found),
            }
        }
        Err(refused.unwrap_or_default())
    }

    /// [`Meetlat::judge`], by the version that read the proposal.
    ///
    /// # Errors
    /// When none of these versions read it.
    pub fn judge(&self, proposal: &Proposal) -> Result<Judgement, Diagnostics> {
        self.that_read(proposal)?.judge(proposal)
    }

    /// [`Meetlat::judge_into`], by the version that read the proposal.
    ///
    /// # Errors
    /// When none of these versions read it.
    pub fn judge_into<'s>(
        &self,
        proposal: &Proposal,
        scratch: &'s mut Scratch,
    ) -> Result<&'s Judgement, Diagnostics> {
        self.that_read(proposal)?.judge_into(proposal, scratch)
    }

    /// [`Meetlat::possible_outcomes`], by the version that read the proposal.
    ///
    /// # Errors
    /// When none of these versions read it; else as there.
    pub fn possible_outcomes(&self, proposal: &Proposal) -> Result<Standing, Undecided> {
        match self.that_read(proposal) {
            Ok(version) => version.possible_outcomes(proposal),
            Err(found) => Err(Undecided::OtherRules(Box::new(found))),
        }
    }

    /// [`Meetlat::census`], by the version that read the proposal.
    ///
    /// # Errors
    /// When none of these versions read it; else as there.
    pub fn census(&self, proposal: &Proposal) -> Result<Census, Uncounted> {
        match self.that_read(proposal) {
            Ok(version) => version.census(proposal),
            Err(found) => Err(Uncounted::OtherRules(Box::new(found))),
        }
    }

    /// What the searches of `controleer` find in each version, in order of their first day, and as the last gaps and overlaps between
    /// them. Cost: as [`Meetlat::check_meaning`], for each.
    #[must_use]
    pub fn check_meaning(&self) -> Vec<Diagnostics> {
        self.list.iter().map(Meetlat::check_meaning).chain([self.check()]).collect()
    }

    /// The version in force on a day; where there is only one version, that one, whatever the day.
    ///
    /// # Errors
    /// With more than one version: no day, or none or several in force on it. The message has no place.
    pub fn on(&self, day: Option<Date>) -> Result<&Meetlat, Diagnostics> {
        self.pick(day, Span::default()).map_err(|mut fault| {
            fault.places.clear();
            let mut diagnostics = Diagnostics::new();
            diagnostics.push(*fault);
            diagnostics
        })
    }

    fn pick(&self, day: Option<Date>, span: Span) -> Result<&Meetlat, Box<Diagnostic>> {
        let mut in_force: Box<dyn Iterator<Item = &Meetlat>> = match (day, self.list.len()) {
            (_, 1) => Box::new(self.list.iter()),
            (None, _) => return Err(Box::new(self.no_day(span))),
            (Some(day), _) => Box::new(self.in_force(day)),
        };
        match (in_force.next(), in_force.next(), day) {
            (Some(only), None, _) => Ok(only),
            (Some(_), Some(_), Some(day)) => Err(Box::new(self.several_in_force(day, span))),
            (_, _, day) => Err(Box::new(self.none_in_force(day.unwrap_or(Date::MIN), span))),
        }
    }

    /// The version that a proposal is to be read by: the one in force on its reference date; `host`, a date of the caller's, wins
    /// over the proposal's own. Where there is only one, that one. Cost: the top of the proposal is read; nothing of its answers.
    ///
    /// # Errors
    /// With more than one version: no reference date, or none or several in force on it; and whatever is wrong with the proposal in
    /// every version.
    pub fn for_proposal(&self, name: &str, json: &str, host: Option<Date>) -> Result<&Meetlat, Diagnostics> {
        let Some((last, [_, ..])) = self.list.split_last() else {
            return self.list.first().ok_or_else(Diagnostics::new);
        };
        let asked = asked(json);
        let day = host.or(asked.reference_date.as_ref().and_then(|(_, date)| *date));
        let badly_written = host.is_none() && asked.reference_date.is_some() && day.is_none();
        if !asked.whole || asked.meetlat.as_deref() != Some(self.name()) || badly_written {
            // This is wrong in every version. Faults that depend on the version are not reported.
            return match last.read(name, json, host) {
                Ok(_) => Ok(last),
                Err(found) => Err(independent(&found)),
            };
        }
        let mut diagnostics = Diagnostics::new();
        let source = diagnostics.add_source(Source::new(name, json));
        let brace = json.find('{').unwrap_or_default();
        let place = asked.reference_date.map_or(brace..brace + 1, |(place, _)| place);
        let span = Span::new(source, place.start, place.end);
        self.pick(day, span).map_err(|fault| {
            diagnostics.push(fault.at("/peildatum"));
            diagnostics
        })
    }

    fn no_day(&self, span: Span) -> Diagnostic {
        let (name, count, all) = (self.name(), self.list.len(), each(self.list.iter()));
        let message = says!(
            "de peildatum ontbreekt, en er zijn {count} versies van \"{name}\"",
            "the reference date is missing, and there are {count} versions of \"{name}\""
        );
        let day = self.list.last().and_then(|last| last.rules_of().model.some_day());
        let example = day.map_or_else(|| "2020-09-01".to_owned(), Date::to_iso);
        let Text { nl, en } = all;
        let help = says!(
            "noem een peildatum, bijvoorbeeld {example}; er zijn: {nl}",
            "give a reference date, for example {example}; there are: {en}"
        );
        Diagnostic::new(Code::BadReferenceDate, span, message).help(help)
    }

    fn none_in_force(&self, day: Date, span: Span) -> Diagnostic {
        let (name, iso) = (self.name(), day.to_iso());
        let message = says!(
            "op de peildatum {day} geldt geen versie van \"{name}\"",
            "on the reference date {iso} no version of \"{name}\" is in force"
        );
        let Text { nl, en } = each(self.list.iter());
        let help = says!(
            "kies een andere peildatum; er zijn: {nl}",
            "choose another reference date; there are: {en}"
        );
        Diagnostic::new(Code::BadReferenceDate, span, message).help(help)
    }

    fn several_in_force(&self, day: Date, span: Span) -> Diagnostic {
        let (name, iso) = (self.name(), day.to_iso());
        let message = says!(
            "op de peildatum {day} geldt meer dan een versie van \"{name}\"",
            "on the reference date {iso} more than one version of \"{name}\" is in force"
        );
        let Text { nl, en } = each(self.in_force(day));
        let help = says!(
            "laat een van deze versies eerder eindigen of later beginnen, of geef er maar een: {nl}",
            "let one of these versions end earlier or begin later, or give only one: {en}"
        );
        Diagnostic::new(Code::SeveralInForce, span, message).help(help)
    }

    /// Days on which no version is in force though one is before and one after (warnings, unless the later one's header says
    /// with `bewust` that it is so), and days on which two are (errors), each with its dates. Cost: linear in the versions, after sorting.
    #[must_use]
    pub fn check(&self) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        let mut places = Vec::new();
        for version in &self.list {
            let model = &version.rules_of().model;
            let text = version.warnings().source(model.source);
            let (name, text) = text.map_or((model.file.as_str(), ""), |text| (text.name(), text.text()));
            let source = diagnostics.add_source(Source::new(name, text));
            let span = model.valid_span.map_or(Span::default(), |span| Span { source, ..span });
            places.push(Span { source, ..span });
        }
        // Of the versions seen so far the one that ends last, with its place and its last day.
        let mut longest: Option<(&Meetlat, Span, Date)> = None;
        for (version, place) in self.list.iter().zip(places) {
            let (from, until) = version.valid();
            let (from, until) = (from.unwrap_or(Date::MIN), until.unwrap_or(Date::MAX));
            if let Some((before, its_place, its_end)) = longest {
                if from <= its_end {
                    diagnostics.push(overlap(
                        before,
                        version,
                        (from, its_end.min(until)),
                        (its_place, place),
                    ));
                } else if let Some(first) = its_end.add_days(1).filter(|first| *first < from)
                    // Its writer may say that nothing was in force.
                    && version.rules_of().model.provenance.deliberate.is_empty()
                {
                    let last = from.add_days(-1).unwrap_or(from);
                    diagnostics.push(gap(before, version, (first, last), (its_place, place)));
                }
            }
            if longest.is_none_or(|(_, _, end)| end < until) {
                longest = Some((version, place, until));
            }
        }
        diagnostics
    }
}

fn same_files(a: &Model, b: &Model) -> bool {
    let files = |model: &Model| -> Vec<String> {
        std::iter::once(&model.sha256)
            .chain(model.blocks.iter().map(|block| &block.sha256))
            .cloned()
            .collect()
    };
    files(a) == files(b)
}

/// The keys of a proposal that hold answers, or name them.
const ANSWERED: [&str; 4] = ["/antwoorden", "/beoordelingen", "/consensus", "/afgesloten"];

/// Whether a pointer is that of a key, or of something inside its value.
fn under(pointer: &str, key: &str) -> bool {
    pointer.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The faults that do not depend on which version reads a proposal: the rest may not be faults at all.
fn independent(found: &Diagnostics) -> Diagnostics {
    let mut kept = found.texts_only();
    for diagnostic in found {
        let pointer = diagnostic.places.first().and_then(|place| place.pointer.as_deref());
        // Apart from the answers all versions ask for the same.
        let beside = pointer
            .is_some_and(|pointer| !pointer.is_empty() && !ANSWERED.iter().any(|key| under(pointer, key)));
        let code = diagnostic.code;
        if beside
            || matches!(code, Code::MissingKeyJson | Code::OtherMeetlat | Code::TextTooLong)
            || code.as_str().starts_with("V01")
        {
            kept.push(diagnostic.clone());
        }
    }
    // Something is there, right or wrong.
    if kept.is_empty() { found.clone() } else { kept }
}

/// `versie 2020.1 (van 29 januari 2020 tot en met 1 juli 2022)`
fn one(version: &Meetlat, language: Language) -> String {
    let (from, until) = version.valid();
    let days = date_range(from, until, language);
    let days = days.unwrap_or_else(|| language.pick("altijd", "always").to_owned());
    match version.version() {
        "" => tell!(language, "een zonder nummer ({days})", "one without a number ({days})"),
        number => tell!(language, "versie {number} ({days})", "version {number} ({days})"),
    }
}

fn each<'v>(versions: impl Iterator<Item = &'v Meetlat>) -> Text {
    let versions: Vec<&Meetlat> = versions.collect();
    Text::of(|language| versions.iter().map(|version| one(version, language)).collect::<Vec<_>>().join(", "))
}

fn days((first, last): (Date, Date)) -> Text {
    if first == last {
        let iso = first.to_iso();
        return says!("op {first}", "on {iso}");
    }
    let end = |day: Date| Some(day).filter(|day| *day != Date::MIN && *day != Date::MAX);
    let always = |language: Language| language.pick("altijd", "always").to_owned();
    Text::of(|language| date_range(end(first), end(last), language).unwrap_or_else(|| always(language)))
}

fn overlap(before: &Meetlat, version: &Meetlat, both: (Date, Date), at: (Span, Span)) -> Diagnostic {
    let (Text { nl, en }, name) = (days(both), version.name());
    let message =
        says!("van \"{name}\" gelden twee versies {nl}", "of \"{name}\" two versions are in force {en}");
    Diagnostic::new(Code::VersionsOverlap, at.1, message)
        .label(Text::of(|language| one(version, language)))
        .also(at.0, Text::of(|language| one(before, language)))
        .help(says!(
            "laat de eerste eindigen op de dag voordat de tweede begint",
            "let the first end on the day before the second begins"
        ))
}

fn gap(before: &Meetlat, version: &Meetlat, between: (Date, Date), at: (Span, Span)) -> Diagnostic {
    let (Text { nl, en }, name) = (days(between), version.name());
    let message = says!("van \"{name}\" geldt geen versie {nl}", "of \"{name}\" no version is in force {en}");
    Diagnostic::new(Code::VersionGap, at.1, message)
        .label(Text::of(|language| one(version, language)))
        .also(at.0, Text::of(|language| one(before, language)))
        .help(says!(
            "laat de eerste langer gelden of de tweede eerder beginnen; gold er niets, zet dan in de kop van de tweede: bewust \"…\" met de reden",
            "let the first last longer or the second begin earlier; if nothing was in force, add to the second's header: bewust \"…\" with the reason"
        ))
}
