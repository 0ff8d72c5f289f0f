//! The door: a meetlat that was read, checked and compiled, and what can be asked of it.

use std::sync::Arc;

use crate::census::{Census, Uncounted};
use crate::comparison::Comparison;
use crate::diagram::reach::Reach;
use crate::improve::change::Target;
use crate::judge::call::{Call, Compiled};
use crate::judge::findings::Judgement;
use crate::judge::open::{judge, judge_into};
use crate::limits::Limits;
use crate::limits::budget::Budget;
use crate::limits::provisional::Provisional;
use crate::lint;
use crate::message::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::message::language::{Language, Text, says};
use crate::message::source::{SourceId, Span};
use crate::program::compile::compile;
#[cfg(feature = "internals")]
use crate::program::nodes::Program;
use crate::proposal::answers::Proposal;
use crate::proposal::read::bytes::text_of;
use crate::proposal::read::given::Given;
use crate::proposal::read::{self, Buffers, Plan};
use crate::proposal::{form, schema};
use crate::rules::check::{self, Checked};
use crate::rules::load::{self, Loader, RuleText};
use crate::rules::model::Kind;
#[cfg(feature = "internals")]
use crate::rules::model::Model;
use crate::scratch::Scratch;
use crate::value::date::Date;
use crate::verdict::assemble::rules::Rules;
use crate::verdict::document::Standing;
use crate::verdict::write::{Prepared, PreparedOnce};

/// A checked and compiled rule file. Immutable; may be shared between threads. A clone is cheap: it shares everything but the
/// limits, see [`Meetlat::with_limits`].
///
/// ```
/// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
/// let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
/// let proposal = meetlat.read("voorstel.json", r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja"}}"#, None)?;
/// let verdict = meetlat.evaluate(&proposal)?;
/// assert_eq!(verdict.outcome.possible, ["voldoet", "afgewezen"]);
/// # Ok::<(), meetlat::Diagnostics>(())
/// ```
#[derive(Debug, Clone)]
pub struct Meetlat {
    shared: Arc<Shared>,
    limits: Limits,
}

/// What all with the same rules share, whatever their limits.
#[derive(Debug)]
struct Shared {
    rules: Compiled,
    /// The names by which proposals are read.
    plan: Plan,
    /// The texts of the rule file and its building blocks, and the warnings about them.
    texts: Diagnostics,
    /// Pieces of verdicts.
    prepared: PreparedOnce,
}

/// For tests and benches of this repository.
#[cfg(feature = "internals")]
#[doc(hidden)]
impl Meetlat {
    /// What the engine judges by.
    #[must_use]
    pub fn compiled(&self) -> &Compiled {
        self.rules_of()
    }

    /// What the rules mean.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.rules_of().model
    }

    /// The same laid flat.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.rules_of().program
    }
}

/// Why possible outcomes are not known.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Undecided {
    /// Other rules read the proposal.
    OtherRules(Box<Diagnostics>),
    /// The limit was reached, the host said stop, or numbers could not be decided: nothing is excluded.
    Provisional(Provisional),
}

impl std::error::Error for Undecided {}

/// In Dutch; [`Undecided::message`] has both languages.
impl std::fmt::Display for Undecided {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OtherRules(found) => found.fmt(f),
            Self::Provisional(_) => f.write_str(&self.message().nl),
        }
    }
}

impl Undecided {
    /// What to tell a person.
    #[must_use]
    pub fn message(&self) -> Text {
        match self {
            Self::OtherRules(found) => found.first_message(),
            Self::Provisional(Provisional { reason, limit, .. }) => {
                let why = |language: Language| {
                    reason.clause("", "", &language.count(limit.unwrap_or_default()), language)
                };
                let (nl, en) = (why(Language::Nl), why(Language::En));
                says!("{nl}: geen uitkomst is uitgesloten", "{en}: no outcome is excluded")
            }
        }
    }
}

/// The result of reading a rule file: the rules, unless there were errors, and all diagnostics, warnings included.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Parsed {
    /// None when there were errors, and for a building block, which has no `oordeel` and judges nothing.
    pub meetlat: Option<Meetlat>,
    /// In order of place: those of the rule file first, then those of the building blocks it uses.
    pub diagnostics: Diagnostics,
}

impl Parsed {
    /// The rules, or the diagnostics when there were errors.
    ///
    /// # Errors
    /// The diagnostics, errors and warnings, when one of them is an error; and a building block, which cannot judge.
    pub fn into_result(self) -> Result<Meetlat, Diagnostics> {
        let is_block = self.is_block();
        let Self { meetlat, mut diagnostics } = self;
        if is_block {
            let message = says!(
                "dit bestand is een bouwsteen: er is geen oordeel om mee te toetsen",
                "this file is a building block: there is no verdict to judge by"
            );
            let help = says!(
                "toets met een meetlat die deze bouwsteen gebruikt, of voeg een oordeel toe",
                "judge by a meetlat that uses this building block, or add a verdict (oordeel)"
            );
            let span = Span::new(SourceId(0), 0, 0);
            diagnostics.push(Diagnostic::new(Code::VerdictMissing, span, message).help(help));
            diagnostics.sort();
        }
        meetlat.ok_or(diagnostics)
    }

    /// A building block without errors.
    #[must_use]
    pub fn is_block(&self) -> bool {
        self.meetlat.is_none() && !self.diagnostics.has_errors()
    }
}

impl Meetlat {
    /// Reads a rule file that uses no building blocks, with the default limits. `name` is what messages call the text; a verdict shows
    /// it without folders. Never fails: what is wrong stands in [`Parsed::diagnostics`]. Cost: linear in the text; nothing is searched.
    #[must_use]
    pub fn parse(name: &str, text: &str) -> Parsed {
        Self::parse_with(name, text, &Limits::default())
    }

    /// The same within limits; those on proposals and on work are kept for later calls.
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// let limits = meetlat::Limits { rule_bytes: 100, ..meetlat::Limits::default() };
    /// let refused = meetlat::Meetlat::parse_with("klein.meetlat", rules, &limits).into_result().unwrap_err();
    /// assert_eq!(refused.iter().next().map(|one| one.code), Some(meetlat::Code::TextTooLong));
    /// ```
    #[must_use]
    pub fn parse_with(name: &str, text: &str, limits: &Limits) -> Parsed {
        Self::load_with(name, text, limits, load::no_blocks)
    }

    /// Reads a rule file and the building blocks it uses, with the default limits. `loader` is asked once for each name
    /// after `gebruik`, for example `landelijk.jeugdwet`, and gives the text of the file `landelijk/jeugdwet.meetlat`
    /// wherever the host keeps that; none when there is no such file.
    ///
    /// ```standalone_crate
    /// use meetlat::{Meetlat, RuleText};
    ///
    /// let rules = include_str!("../tests/cases/bouwsteen/regels.meetlat");
    /// let parsed = Meetlat::load("regels.meetlat", rules, |name| {
    ///     let text = match name {
    ///         "landelijk.vragen" => include_str!("../tests/cases/bouwsteen/landelijk/vragen.meetlat"),
    ///         "landelijk.samen" => include_str!("../tests/cases/bouwsteen/landelijk/samen.meetlat"),
    ///         "landelijk.bedragen" => include_str!("../tests/cases/bouwsteen/landelijk/bedragen.meetlat"),
    ///         _ => return Ok(None),
    ///     };
    ///     Ok(Some(RuleText { name: format!("{name}.meetlat"), text: text.to_owned() }))
    /// });
    /// assert_eq!(parsed.into_result()?.name(), "bouwsteen");
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    #[must_use]
    pub fn load(
        name: &str,
        text: &str,
        loader: impl FnMut(&str) -> Result<Option<RuleText>, Text>,
    ) -> Parsed {
        Self::load_with(name, text, &Limits::default(), loader)
    }

    /// The same within limits. What `loader` says with an error stands, behind the name of the building block, in the message about
    /// it. Cost: linear in the texts; nothing is searched.
    #[must_use]
    pub fn load_with(
        name: &str,
        text: &str,
        limits: &Limits,
        mut loader: impl FnMut(&str) -> Result<Option<RuleText>, Text>,
    ) -> Parsed {
        Self::load_by(name, text, limits, &mut loader)
    }

    fn load_by(name: &str, text: &str, limits: &Limits, loader: &mut Loader<'_>) -> Parsed {
        let mut diagnostics = Diagnostics::new();
        let loaded = load::load(name, text, limits, loader, &mut diagnostics);
        let checked = check::check(&loaded, limits, &mut diagnostics);
        diagnostics.sort();
        diagnostics.cap(limits.diagnostics);
        let model = match checked {
            Checked::Meetlat(model) => *model,
            Checked::Block | Checked::Faulty => return Parsed { meetlat: None, diagnostics },
        };
        let program = compile(&model);
        let too_much =
            |code, message, help| Diagnostic::new(code, Span::new(model.source, 0, 0), message).help(help);
        let (nodes, most) = (program.nodes.len(), limits.program_nodes);
        if nodes > most {
            let message = crate::message::language::says!(
                "de regels zijn te groot: {nodes} rekenstappen, en er mogen er {most} zijn",
                "the rules are too large: {nodes} operations where {most} are allowed"
            );
            let help = crate::message::language::says!(
                "maak de regels korter of verhoog de grens",
                "shorten the rules or raise the limit"
            );
            diagnostics.push(too_much(Code::ProgramTooLarge, message, help));
            return Parsed { meetlat: None, diagnostics };
        }
        let (digits, most) = (crate::program::width::most_digits(&program), limits.number_digits);
        if digits > most {
            let message = crate::message::language::says!(
                "de regels vermenigvuldigen of delen zo vaak na elkaar dat een getal meer dan {most} cijfers kan krijgen",
                "the rules multiply or divide so often in a row that a number can come to have more than {most} digits"
            );
            let help = crate::message::language::says!(
                "zoek begrippen die elkaar vermenigvuldigen en doe dat minder vaak, of verhoog de grens",
                "look for values that multiply each other and do so less often, or raise the limit"
            );
            diagnostics.push(too_much(Code::NumbersTooLong, message, help));
            return Parsed { meetlat: None, diagnostics };
        }
        let plan = Plan::new(&model);
        let (texts, prepared) = (diagnostics.clone(), PreparedOnce::default());
        let rules = Compiled::new(model, program);
        let shared = Arc::new(Shared { rules, plan, texts, prepared });
        Parsed { meetlat: Some(Self { shared, limits: limits.clone() }), diagnostics }
    }

    /// The same rules with other limits, for example those of one call, which its host may stop. Cheap: only
    /// the limits are copied, both share what either has prepared, and each can judge the proposals that the other read. Limits
    /// on rule texts no longer matter: they have been read.
    ///
    /// ```
    /// use std::time::{Duration, Instant};
    ///
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
    /// let proposal = meetlat.read("voorstel.json", r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja"}}"#, None)?;
    /// let end = Instant::now() + Duration::from_secs(2);
    /// let stop = meetlat::Stop::when(move || Instant::now() >= end);
    /// let hurried = meetlat.with_limits(meetlat::Limits { stop: Some(stop), ..meetlat::Limits::default() });
    /// assert!(hurried.evaluate(&proposal)?.outcome.exact);
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    #[must_use]
    pub fn with_limits(&self, limits: Limits) -> Self {
        Self { shared: Arc::clone(&self.shared), limits }
    }

    /// Its name, for example `ijsselland`: small letters, digits and `_`, as its header has it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.shared.rules.model.name
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.shared.rules.model.title
    }

    /// What its header says after `versie`; empty when it says nothing.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.shared.rules.model.version
    }

    /// The first and the last day on which it is in force, both included; none: no such end. Of its own header: the
    /// building blocks it uses may be in force for fewer days.
    #[must_use]
    pub fn valid(&self) -> (Option<Date>, Option<Date>) {
        (self.shared.rules.model.valid_from, self.shared.rules.model.valid_until)
    }

    /// Whether it is in force on a day, by its own header.
    #[must_use]
    pub fn in_force(&self, day: Date) -> bool {
        let (from, until) = self.valid();
        from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until)
    }

    /// What the engine judges by.
    pub(crate) fn rules_of(&self) -> &Compiled {
        &self.shared.rules
    }

    /// Its limits: those it was read with, or those given since.
    #[must_use]
    pub const fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Warnings about the rules, in order of place, with the texts they point into: what reading them showed. None is an error. What
    /// a search shows is told by [`Meetlat::check_meaning`].
    #[must_use]
    pub fn warnings(&self) -> &Diagnostics {
        &self.shared.texts
    }

    /// Reads a proposal: JSON with `meetlat`, `antwoorden` and whatever else [`Meetlat::proposal_schema`] allows. `name` is what
    /// messages call it; `reference_date` wins over the proposal's own `peildatum`. Cost: linear in the text; nothing is searched.
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
    /// let json = r#"{"meetlat": "klein", "antwoorden": {"gezond": "misschien", "bedrag": -1}}"#;
    /// let found = meetlat.read("voorstel.json", json, None).unwrap_err();
    /// let pointers: Vec<_> = found.iter().filter_map(|one| one.places[0].pointer.as_deref()).collect();
    /// assert_eq!(pointers, ["/antwoorden/gezond", "/antwoorden/bedrag"]);
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with it, in order of place, each with its JSON pointer, line and column; and what
    /// [`Limits::proposal_bytes`] or [`Limits::list_items`] does not allow.
    pub fn read(
        &self,
        name: &str,
        json: &str,
        reference_date: Option<Date>,
    ) -> Result<Proposal, Diagnostics> {
        self.read_with(&mut Buffers::default(), name, json, reference_date)
    }

    /// The same from bytes, as a host receives them.
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
    /// let found = meetlat.read_bytes("voorstel.json", b"{\"meetlat\": \"\xe9\"}", None).unwrap_err();
    /// assert_eq!(found.iter().next().map(|one| one.code), Some(meetlat::Code::NotJson));
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// The place of the first byte that is not UTF-8; otherwise as [`Meetlat::read`].
    pub fn read_bytes(
        &self,
        name: &str,
        json: &[u8],
        reference_date: Option<Date>,
    ) -> Result<Proposal, Diagnostics> {
        self.read(name, text_of(name, json)?, reference_date)
    }

    /// The same, in memory that was used before: see [`Buffers`].
    ///
    /// # Errors
    /// As [`Meetlat::read`].
    pub fn read_with(
        &self,
        buffers: &mut Buffers,
        name: &str,
        json: &str,
        reference_date: Option<Date>,
    ) -> Result<Proposal, Diagnostics> {
        let mut diagnostics = Diagnostics::new();
        let given = Given { name, text: json, reference_date };
        let proposal = read::read_with(
            &self.shared.rules.model,
            &self.shared.plan,
            given,
            &self.limits,
            buffers,
            &mut diagnostics,
        );
        diagnostics.sort();
        diagnostics.cap(self.limits.diagnostics);
        match proposal {
            Some(proposal) if !diagnostics.has_errors() => Ok(proposal),
            _ => Err(diagnostics),
        }
    }

    /// Whether these rules read the proposal.
    pub(crate) fn know(&self, proposal: &Proposal) -> Result<(), Diagnostics> {
        let own = &self.shared.rules.model.id;
        if proposal.was_read_by(own) { Ok(()) } else { Err(proposal.read_by_others(own)) }
    }

    /// A call of this meetlat, within its limits; refused where other rules read the proposal.
    pub(crate) fn call<'a>(
        &'a self,
        proposal: &'a Proposal,
        budget: &'a Budget,
    ) -> Result<Call<'a>, Diagnostics> {
        self.know(proposal)?;
        Ok(Call { rules: &self.shared.rules, proposal, limits: &self.limits, budget })
    }

    pub(crate) fn rules(&self, language: Language) -> Rules<'_> {
        Rules { model: &self.shared.rules.model, texts: &self.shared.texts, language }
    }

    pub(crate) fn prepared(&self, language: Language) -> &Prepared {
        self.shared
            .prepared
            .get(language, || Prepared::new(&self.rules(language), &self.shared.rules.program))
    }

    /// Whether two rule files ever give different outcomes, by their names, for the same answers. The same answers are those to
    /// questions of the same name and kind that both allow; other questions may be answered in any way, each by its own rules, and
    /// are named in [`Comparison::apart`]. Both are judged on `day`; without one on any day, the same for both, on which both are in
    /// force (or, where there is no such day, on any day at all).
    ///
    /// Where they differ two proposals show it, each judged by its own rules. Cost: as judging an empty proposal of both files in
    /// one; at most [`Limits::search_steps`] of these rules.
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// use meetlat::findings::Compared;
    ///
    /// let old = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
    /// let new = meetlat::Meetlat::parse("klein.meetlat", &rules.replace("70%", "50%")).into_result()?;
    /// assert_eq!(old.compare(&old, None).found, Compared::Same);
    /// let Compared::Differs(shown) = old.compare(&new, None).found else { panic!() };
    /// assert_eq!(old.evaluate(&shown.first)?.outcome.possible, ["afgewezen"]);
    /// assert_eq!(new.evaluate(&shown.second)?.outcome.possible, ["voldoet"]);
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    #[must_use]
    pub fn compare(&self, other: &Self, day: Option<Date>) -> Comparison {
        crate::comparison::compare(&self.shared.rules, &other.shared.rules, day, &self.limits)
    }

    /// What the engine found about a proposal, before it becomes a document: for tools that want numbers, not prose. Outcomes,
    /// criteria and the rest are told by their place in the rules, from 0. Cost: complete answers, linear in the rules; open ones, at
    /// most [`Limits::search_steps`].
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
    /// let json = r#"{"meetlat": "klein", "antwoorden": {"gezond": "deels", "bedrag": 42000}}"#;
    /// let judgement = meetlat.judge(&meetlat.read("voorstel.json", json, None)?)?;
    /// assert!(judgement.settled());
    /// assert_eq!(meetlat.outcome_name(judgement.outcomes[0]), Some("afgewezen"));
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// As [`Meetlat::evaluate`].
    pub fn judge(&self, proposal: &Proposal) -> Result<Judgement, Diagnostics> {
        let budget = Budget::new(&self.limits);
        Ok(judge(self.call(proposal, &budget)?))
    }

    /// The same into buffers that are used again: once these have grown, judging allocates nothing where every answer that the rules
    /// read is known. The result stays there until the next proposal.
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
    /// let mut scratch = meetlat::Scratch::default();
    /// for (answer, outcome) in [("ja", 0), ("nee", 1)] {
    ///     let json = format!(r#"{{"meetlat": "klein", "antwoorden": {{"gezond": "{answer}", "bedrag": 42000}}}}"#);
    ///     let proposal = meetlat.read("voorstel.json", &json, None)?;
    ///     assert_eq!(meetlat.judge_into(&proposal, &mut scratch)?.outcomes, [outcome]);
    /// }
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// As [`Meetlat::evaluate`]; then `scratch` still holds what was found before.
    pub fn judge_into<'s>(
        &self,
        proposal: &Proposal,
        scratch: &'s mut Scratch,
    ) -> Result<&'s Judgement, Diagnostics> {
        let budget = Budget::new(&self.limits);
        Ok(judge_into(self.call(proposal, &budget)?, &mut scratch.judge))
    }

    /// The outcome of a name, or the choice of a route behind `route=keuze`. None when there is no such thing. For
    /// [`InLanguage::improve_to`](crate::InLanguage::improve_to).
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
    /// assert_eq!(meetlat.targets(), ["voldoet", "afgewezen"]);
    /// assert_eq!(meetlat.target("afgewezen"), Some(meetlat::Target::Outcome(1)));
    /// assert_eq!(meetlat.target("misschien"), None);
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    #[must_use]
    pub fn target(&self, name: &str) -> Option<Target> {
        let at = |place: usize| u16::try_from(place).ok();
        match name.split_once('=') {
            None => {
                let outcomes = &self.shared.rules.model.verdict.outcomes;
                at(outcomes.iter().position(|outcome| outcome.name == name)?).map(Target::Outcome)
            }
            Some((route, choice)) => {
                let place = self.shared.rules.model.routes.iter().position(|one| one.head.name == route)?;
                let choices = &self.shared.rules.model.routes.get(place)?.choices;
                at(choices.iter().position(|one| one.choice.name == choice)?)
                    .map(|at| Target::Route(place, at))
            }
        }
    }

    /// The name of an outcome by its place in the rules, as [`Judgement::outcome`](crate::judge::findings::Judgement::outcome)
    /// gives it. None when there are fewer.
    #[must_use]
    pub fn outcome_name(&self, at: u16) -> Option<&str> {
        self.shared.rules.model.verdict.outcomes.get(usize::from(at)).map(|outcome| outcome.name.as_str())
    }

    /// All targets by name: the outcomes from good to bad, then `route=keuze` for every choice of every route, in rule order.
    #[must_use]
    pub fn targets(&self) -> Vec<String> {
        let outcomes = self.shared.rules.model.verdict.outcomes.iter().map(|outcome| outcome.name.clone());
        let choices = self.shared.rules.model.routes.iter().flat_map(|route| {
            route.choices.iter().map(|choice| format!("{}={}", route.head.name, choice.choice.name))
        });
        outcomes.chain(choices).collect()
    }

    /// The JSON of an answer as a person types it, for the question (or field) that a JSON pointer names: `ja`, an option by
    /// name or number, `€ 84.000`, `1 september 2020`, for a list the number of its items. Write it into the proposal with
    /// [`crate::proposal::fill::fill`], and read that: ranges are checked there.
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
    /// use meetlat::fill::{Fill, fill};
    ///
    /// let answer = meetlat.typed("/antwoorden/bedrag", "€ 42.000").expect("an amount");
    /// let json = fill(r#"{"meetlat": "klein", "antwoorden": {}}"#, "/antwoorden/bedrag", &Fill::Answer(answer));
    /// assert!(json.expect("it is a proposal").contains(r#""bedrag": 42000"#));
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// What is expected, when the text is not an answer to the question, or there is no such question.
    pub fn typed(&self, pointer: &str, text: &str) -> Result<String, Text> {
        let mut parts = pointer.split('/').skip(2);
        let question = parts.next().unwrap_or_default();
        let field = parts.nth(1);
        let found = self.shared.rules.model.questions.iter().find(|one| one.head.name == question);
        let domain = found.and_then(|question| match (&question.domain.kind, field) {
            (Kind::List { fields, .. }, Some(name)) => {
                fields.iter().find(|field| field.name == name).map(|field| &field.domain)
            }
            (_, Some(_)) => None,
            (_, None) => Some(&question.domain),
        });
        match domain {
            Some(domain) => crate::proposal::typed::typed(domain, text),
            None => Err(says!(
                "{pointer} is geen vraag van deze meetlat",
                "{pointer} is no question of this meetlat"
            )),
        }
    }

    /// The checks that search: better answers that worsen the outcome, lines and choices that nothing reaches. In order of place; none
    /// of it stands in [`Meetlat::warnings`]. Cost: some searches per question, each at most [`Limits::search_steps`].
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// let never = rules.replace("hoogstens € 50.000", "hoogstens € 50.000 en bedrag is minstens € 60.000");
    /// let meetlat = meetlat::Meetlat::parse("klein.meetlat", &never).into_result()?;
    /// let found = meetlat.check_meaning();
    /// assert!(found.iter().any(|one| one.code == meetlat::Code::NeverReached));
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    #[must_use]
    pub fn check_meaning(&self) -> Diagnostics {
        let mut diagnostics = self.shared.texts.texts_only();
        lint::check(&self.shared.rules.model, &self.shared.rules.program, &self.limits, &mut diagnostics);
        diagnostics.sort();
        diagnostics.cap(self.limits.diagnostics);
        diagnostics
    }

    /// The JSON schema (draft 2020-12) of proposals for these rules, on several lines: made from their questions. It refuses what
    /// [`Meetlat::read`] refuses, but for a few rules that a schema cannot say. In Dutch; [`crate::InLanguage::proposal_schema`] has
    /// another language. Cost: linear in the questions, each time.
    #[must_use]
    pub fn proposal_schema(&self) -> String {
        schema::proposal_schema(&self.shared.rules.model, Language::Nl)
    }

    /// An empty proposal to fill in, with the questions that rules read and their options as help; JSON on several lines that
    /// [`Self::read`] accepts. See [`crate::fill`]. In Dutch; [`crate::InLanguage::empty_proposal`] has another language. Cost: linear in
    /// the questions, each time.
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
    /// let empty = meetlat.read("leeg.json", &meetlat.empty_proposal(), None)?;
    /// assert_eq!(meetlat.next(&empty)?.left, 2);
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    #[must_use]
    pub fn empty_proposal(&self) -> String {
        form::empty_proposal(&self.shared.rules.model, Language::Nl)
    }

    /// Whether a proposal's outcome is settled, and which outcomes are possible: exactly those that some completion of what is
    /// open gives, from good to bad. For a host that wants no more than that; a verdict also says what every answer leaves. Cost: at
    /// most [`Limits::search_steps`], and less than a verdict's.
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
    /// let proposal = meetlat.read("voorstel.json", r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja"}}"#, None)?;
    /// let standing = meetlat.possible_outcomes(&proposal)?;
    /// assert_eq!(standing.status, meetlat::document::Settled::Open);
    /// assert_eq!(standing.possible.len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When other rules read the proposal; and when [`Limits::search_steps`] ended the search or numbers could not be decided: then
    /// nothing is excluded.
    pub fn possible_outcomes(&self, proposal: &Proposal) -> Result<Standing, Undecided> {
        let budget = Budget::new(&self.limits);
        let call = self.call(proposal, &budget).map_err(|found| Undecided::OtherRules(Box::new(found)))?;
        let program = call.program();
        let reach = Reach::of(program, call.world(), &budget, vec![program.outcome]);
        match reach.combinations() {
            Ok(found) => {
                let outcomes = found.into_iter().map(|(outcome, _)| outcome).collect();
                Ok(crate::improve::make::standing(call.model(), &outcomes))
            }
            Err(unsure) => Err(Undecided::Provisional(unsure.provisional(budget.limit()))),
        }
    }

    /// How many completions of what is open lead to each outcome and choice of the routes: exact, however many they are. Every answer
    /// counts once: an option, a set of options, a whole number, a cent, a day, a digit that may be given. Open answers that change
    /// nothing are left out. A recorded closing is ignored.
    ///
    /// Cost: as [`Meetlat::judge`]; where lists are open, one diagram for each of their lengths, together at most
    /// [`Limits::search_steps`].
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
    /// let json = r#"{"meetlat": "klein", "antwoorden": {"bedrag": 42000}}"#;
    /// let census = meetlat.census(&meetlat.read("voorstel.json", json, None)?)?;
    /// // Of ja, deels and nee only ja is good enough.
    /// assert_eq!(census.counted, ["/antwoorden/gezond"]);
    /// let counts: Vec<_> = census.outcomes().into_iter().map(|(_, count)| count.to_i64()).collect();
    /// assert_eq!(counts, [Some(1), Some(2)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When other rules read the proposal; and where that cannot be counted: an open answer that makes a difference has infinitely many
    /// values, numbers that hang together have too many, or the limit was reached.
    pub fn census(&self, proposal: &Proposal) -> Result<Census, Uncounted> {
        let budget = Budget::new(&self.limits);
        let call = self.call(proposal, &budget).map_err(|found| Uncounted::OtherRules(Box::new(found)))?;
        crate::census::census(call)
    }
}
