//! What can be asked about a proposal or made for one, with the answer's own words in a language.
//!
//! One handle for one meetlat and for versions of one: [`Meetlat::in_language`], [`Versions::in_language`]. What rules and
//! proposals say stays as it is written; of a document only fields called `tekst`, and messages, hang on the language.

use crate::examples::run::{self, Trial};
use crate::firmness::document::Firmness;
use crate::firmness::make::firmness;
use crate::improve::change::Target;
use crate::improve::document::Improvement;
use crate::improve::make::{improvement, outcomes};
use crate::judge::findings::Judgement;
use crate::limits::budget::Budget;
use crate::meetlat::Meetlat;
use crate::message::diagnostic::Diagnostics;
use crate::message::language::Language;
use crate::proposal::answers::Proposal;
use crate::proposal::{form, schema};
use crate::scratch::Scratch;
use crate::value::date::Date;
use crate::verdict::document::Verdict;
use crate::verdict::next::Next;
use crate::verdict::write::write;
use crate::versions::Versions;
use crate::why::document::Why;
use crate::why::make::why;

/// A meetlat, or versions of one, that answers in a language. It is a pointer and a flag, so make one for each call.
///
/// ```
/// use meetlat::Language;
///
/// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
/// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
/// let proposal = meetlat.read("voorstel.json", r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja"}}"#, None)?;
/// let english = meetlat.in_language(Language::En);
/// let page = english.evaluate(&proposal)?.to_text(Language::En);
/// assert!(page.starts_with("Verdict: still open."), "{page}");
/// assert_eq!(english.next(&proposal)?.left, 1);
/// # Ok::<(), meetlat::Diagnostics>(())
/// ```
///
/// Every call fails where the proposal was read by other rules: its answers stand in the order of their questions. Read it again
/// with these rules.
#[derive(Debug, Clone, Copy)]
pub struct InLanguage<'m> {
    by: By<'m>,
    language: Language,
}

#[derive(Debug, Clone, Copy)]
enum By<'m> {
    One(&'m Meetlat),
    Versions(&'m Versions),
}

impl<'m> InLanguage<'m> {
    /// The language.
    #[must_use]
    pub const fn language(self) -> Language {
        self.language
    }

    fn of(self, proposal: &Proposal) -> Result<&'m Meetlat, Diagnostics> {
        match self.by {
            By::One(meetlat) => Ok(meetlat),
            By::Versions(versions) => versions.that_read(proposal),
        }
    }

    /// Judges a proposal.
    ///
    /// Exact over all completions of what is open, unless [`Limits::search_steps`](crate::Limits::search_steps) or
    /// [`Limits::stop`](crate::Limits::stop) ended a search: then `voorlopig`, and on the safe side. Cost: complete answers, linear in the
    /// rules; open ones, at most so many steps.
    ///
    /// # Errors
    /// When other rules read the proposal.
    pub fn evaluate(self, proposal: &Proposal) -> Result<Verdict, Diagnostics> {
        let meetlat = self.of(proposal)?;
        self.verdict(proposal, &meetlat.judge(proposal)?)
    }

    /// What [`Meetlat::judge`] found about a proposal, as the document. Cost: linear in the document.
    ///
    /// # Errors
    /// When other rules read the proposal.
    pub fn verdict(self, proposal: &Proposal, judgement: &Judgement) -> Result<Verdict, Diagnostics> {
        let meetlat = self.of(proposal)?;
        meetlat.know(proposal)?;
        let mut line = String::new();
        let (rules, prepared) = (meetlat.rules(self.language), meetlat.prepared(self.language));
        write(rules, prepared, proposal, judgement, &mut Vec::new(), &mut line);
        Ok(Verdict::written(&line))
    }

    /// The verdict's text, on one line, in buffers that are used again and without making the typed document: the bytes of
    /// [`Verdict::to_json_line`].
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
    /// let proposal = meetlat.read("voorstel.json", r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja"}}"#, None)?;
    /// let mut scratch = meetlat::Scratch::default();
    /// let line = meetlat.in_language(meetlat::Language::Nl).evaluate_json(&mut scratch, &proposal)?;
    /// assert_eq!(line, meetlat.evaluate(&proposal)?.to_json_line());
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// When other rules read the proposal; then `scratch` holds no verdict.
    pub fn evaluate_json<'s>(
        self,
        scratch: &'s mut Scratch,
        proposal: &Proposal,
    ) -> Result<&'s str, Diagnostics> {
        scratch.line.clear();
        let meetlat = self.of(proposal)?;
        meetlat.judge_into(proposal, scratch)?;
        let (rules, prepared) = (meetlat.rules(self.language), meetlat.prepared(self.language));
        let Scratch { judge, written, line, .. } = scratch;
        write(rules, prepared, proposal, &judge.judgement, written, line);
        Ok(line)
    }

    /// From the text of a proposal to the text of its verdict, on one line. `scratch` holds the verdict until the next proposal.
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
    /// let (mut scratch, dutch) = (meetlat::Scratch::default(), meetlat.in_language(meetlat::Language::Nl));
    /// for answer in ["ja", "nee"] {
    ///     let json = format!(r#"{{"meetlat": "klein", "antwoorden": {{"gezond": "{answer}", "bedrag": 42000}}}}"#);
    ///     let verdict = dutch.judge_json(&mut scratch, "voorstel.json", &json, None)?;
    ///     assert!(verdict.starts_with(r#"{"documentversie":"2""#));
    /// }
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// As [`Meetlat::read`] and [`Versions::read`].
    pub fn judge_json<'s>(
        self,
        scratch: &'s mut Scratch,
        name: &str,
        json: &str,
        reference_date: Option<Date>,
    ) -> Result<&'s str, Diagnostics> {
        scratch.line.clear();
        let meetlat = match self.by {
            By::One(meetlat) => meetlat,
            By::Versions(versions) => versions.for_proposal(name, json, reference_date)?,
        };
        let proposal = meetlat.read_with(&mut scratch.buffers, name, json, reference_date)?;
        meetlat.in_language(self.language).evaluate_json(scratch, &proposal)?;
        scratch.buffers.recycle(proposal);
        Ok(&scratch.line)
    }

    /// What to ask next: the open question that decides most, until nothing changes any more; with every class of its answers and what
    /// each leaves. Cost: as [`InLanguage::evaluate`]; whoever has the verdict calls [`Next::of`].
    ///
    /// # Errors
    /// When other rules read the proposal.
    pub fn next(self, proposal: &Proposal) -> Result<Next, Diagnostics> {
        Ok(Next::of(&self.evaluate(proposal)?))
    }

    /// What would improve a proposal's outcome, and what would sink it: for every other outcome the smallest sets of changed
    /// answers after which it is settled, what is open staying open; where changing what was answered cannot do it, also with
    /// open questions answered. Answers of questions that are fixed (`staat vast`) are never named, nor n.v.t. and geen.
    ///
    /// Targets stand from good to bad. Each set is proved to be of the smallest size, unless
    /// [`Limits::search_steps`](crate::Limits::search_steps) ended a search: all targets together may take so many. At most
    /// [`Limits::change_sets`](crate::Limits::change_sets) sets are listed per target.
    ///
    /// # Errors
    /// When other rules read the proposal.
    pub fn improve(self, proposal: &Proposal) -> Result<Improvement, Diagnostics> {
        let meetlat = self.of(proposal)?;
        self.improve_to(proposal, &outcomes(&meetlat.rules_of().model))
    }

    /// The same for chosen targets, in their order. Besides those that [`Meetlat::target`] names there is [`Target::AtLeast`]: an
    /// outcome or a better one, whichever of these it then becomes.
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
    /// let json = r#"{"meetlat": "klein", "antwoorden": {"gezond": "nee", "bedrag": 60000}}"#;
    /// let proposal = meetlat.read("voorstel.json", json, None)?;
    /// let target = meetlat.target("voldoet").expect("it is an outcome");
    /// let improvement = meetlat.in_language(meetlat::Language::En).improve_to(&proposal, &[target])?;
    /// let [goal] = improvement.goals.as_slice() else { panic!() };
    /// // Both answers have to change.
    /// assert_eq!(goal.changing.as_ref().expect("it can be reached").sets[0].changes.len(), 2);
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// When other rules read the proposal.
    pub fn improve_to(self, proposal: &Proposal, targets: &[Target]) -> Result<Improvement, Diagnostics> {
        let meetlat = self.of(proposal)?;
        let budget = Budget::new(meetlat.limits());
        Ok(improvement(meetlat.call(proposal, &budget)?, targets, self.language))
    }

    /// Why a proposal's outcome is what it is: the fewest criteria, conditions and exclusions that already decide it whatever the
    /// rest is, and per criterion the answers that speak for and against.
    ///
    /// Exact, unless [`Limits::search_steps`](crate::Limits::search_steps) ended a search: then it is `voorlopig`. Cost: a search per set of
    /// points that is tried, together at most that limit, and one per given answer that a criterion reads.
    ///
    /// # Errors
    /// When other rules read the proposal.
    pub fn why(self, proposal: &Proposal) -> Result<Why, Diagnostics> {
        self.why_of(proposal, false)
    }

    /// The same, and the fewest given answers that already decide the outcome. Cost: a search per set of answers that is tried,
    /// together at most [`Limits::search_steps`](crate::Limits::search_steps) more.
    ///
    /// # Errors
    /// When other rules read the proposal.
    pub fn why_by_answers(self, proposal: &Proposal) -> Result<Why, Diagnostics> {
        self.why_of(proposal, true)
    }

    fn why_of(self, proposal: &Proposal, answers: bool) -> Result<Why, Diagnostics> {
        let meetlat = self.of(proposal)?;
        let budget = Budget::new(meetlat.limits());
        Ok(why(meetlat.call(proposal, &budget)?, answers, self.language))
    }

    /// How firm the verdict on a proposal is: how far each weight and threshold can move before the outcome changes, what share
    /// of all weightings keeps it, and what it would be if assumptions were read otherwise.
    ///
    /// Cost: complete answers need no search; with open ones as many searches as there are numbers and readings, together at most
    /// [`Limits::search_steps`](crate::Limits::search_steps).
    ///
    /// # Errors
    /// When other rules read the proposal.
    pub fn firmness(self, proposal: &Proposal) -> Result<Firmness, Diagnostics> {
        let meetlat = self.of(proposal)?;
        let budget = Budget::new(meetlat.limits());
        Ok(firmness(meetlat.call(proposal, &budget)?, meetlat.warnings(), self.language))
    }

    /// The JSON schema (draft 2020-12) of proposals; of versions for the one in force on a day ([`Versions::on`]), while one meetlat
    /// needs none. Titles, explanations and options are as the rules have them; what else it says is in the language.
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
    /// let schema = meetlat.in_language(meetlat::Language::En).proposal_schema(None)?;
    /// assert!(schema.contains("Proposal for Kleine meetlat"));
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// As [`Versions::on`]; of one meetlat never.
    pub fn proposal_schema(self, day: Option<Date>) -> Result<String, Diagnostics> {
        Ok(schema::proposal_schema(&self.on(day)?.rules_of().model, self.language))
    }

    /// An empty proposal to fill in, with the questions and their options as help: JSON that [`Meetlat::read`] accepts. Which
    /// version it is for, and what is in the language, as with [`InLanguage::proposal_schema`].
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
    /// let form = meetlat.in_language(meetlat::Language::En).empty_proposal(None)?;
    /// assert!(form.contains("Empty proposal for the meetlat Kleine meetlat."));
    /// assert!(meetlat.read("leeg.json", &form, None).is_ok());
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// As [`Versions::on`]; of one meetlat never.
    pub fn empty_proposal(self, day: Option<Date>) -> Result<String, Diagnostics> {
        Ok(form::empty_proposal(&self.on(day)?.rules_of().model, self.language))
    }

    fn on(self, day: Option<Date>) -> Result<&'m Meetlat, Diagnostics> {
        match self.by {
            By::One(meetlat) => Ok(meetlat),
            By::Versions(versions) => versions.on(day),
        }
    }

    /// Runs the `voorbeeld` blocks, in file order; of versions those of each, in order of their first day. Never fails: an example that
    /// cannot be read is one that does not pass. Cost: as [`InLanguage::evaluate`] for each.
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// let example = "\nvoorbeeld \"Deels\"\n  gegeven\n    gezond deels\n    bedrag € 42.000\n  verwacht\n    oordeel afgewezen\n";
    /// let meetlat = meetlat::Meetlat::parse("klein.meetlat", &format!("{rules}{example}")).into_result()?;
    /// let trials = meetlat.in_language(meetlat::Language::Nl).run_examples();
    /// assert_eq!(trials.iter().map(|trial| trial.passes()).collect::<Vec<_>>(), [true]);
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    #[must_use]
    pub fn run_examples(self) -> Vec<Trial> {
        let all = match self.by {
            By::One(meetlat) => std::slice::from_ref(meetlat),
            By::Versions(versions) => versions.all(),
        };
        all.iter().flat_map(|meetlat| self.run_examples_of(meetlat)).collect()
    }

    fn run_examples_of(self, meetlat: &Meetlat) -> Vec<Trial> {
        let (prepared, rules) = (meetlat.prepared(self.language), meetlat.rules_of());
        let run =
            |example| run::run(rules, example, meetlat.warnings(), prepared, meetlat.limits(), self.language);
        rules.model.examples.iter().map(run).collect()
    }
}

impl Meetlat {
    /// These rules, answering in a language.
    #[must_use]
    pub const fn in_language(&self, language: Language) -> InLanguage<'_> {
        InLanguage { by: By::One(self), language }
    }

    /// Judges a proposal: [`InLanguage::evaluate`], in Dutch.
    ///
    /// # Errors
    /// When other rules read the proposal.
    pub fn evaluate(&self, proposal: &Proposal) -> Result<Verdict, Diagnostics> {
        self.in_language(Language::Nl).evaluate(proposal)
    }

    /// What to ask next: [`InLanguage::next`], in Dutch.
    ///
    /// # Errors
    /// When other rules read the proposal.
    pub fn next(&self, proposal: &Proposal) -> Result<Next, Diagnostics> {
        self.in_language(Language::Nl).next(proposal)
    }

    /// What would change the outcome: [`InLanguage::improve`], in Dutch.
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
    /// let json = r#"{"meetlat": "klein", "antwoorden": {"gezond": "nee", "bedrag": 42000}}"#;
    /// let improvement = meetlat.improve(&meetlat.read("voorstel.json", json, None)?)?;
    /// let ways = improvement.goals[0].changing.as_ref().expect("it is not settled yet");
    /// assert_eq!(ways.sets[0].changes[0].question, "gezond");
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// When other rules read the proposal.
    pub fn improve(&self, proposal: &Proposal) -> Result<Improvement, Diagnostics> {
        self.in_language(Language::Nl).improve(proposal)
    }

    /// Why the outcome is what it is: [`InLanguage::why`], in Dutch.
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
    /// let json = r#"{"meetlat": "klein", "antwoorden": {"gezond": "nee", "bedrag": 42000}}"#;
    /// let why = meetlat.why(&meetlat.read("voorstel.json", json, None)?)?;
    /// // The score alone decides, whatever the amount is.
    /// let points = &why.points.as_ref().expect("the outcome is settled").points;
    /// assert_eq!(points.iter().map(|point| point.name.as_str()).collect::<Vec<_>>(), ["stip"]);
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// When other rules read the proposal.
    pub fn why(&self, proposal: &Proposal) -> Result<Why, Diagnostics> {
        self.in_language(Language::Nl).why(proposal)
    }

    /// How firm the verdict is: [`InLanguage::firmness`], in Dutch.
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
    /// let json = r#"{"meetlat": "klein", "antwoorden": {"gezond": "deels", "bedrag": 42000}}"#;
    /// let firmness = meetlat.firmness(&meetlat.read("voorstel.json", json, None)?)?;
    /// // The total is 50%, so the proposal fails as long as the threshold lies above that.
    /// let [threshold] = firmness.thresholds.as_slice() else { panic!() };
    /// assert_eq!(threshold.now.text, "70%");
    /// assert_eq!(threshold.lower.as_ref().map(|end| (end.text.as_str(), end.included)), Some(("50%", false)));
    /// assert_eq!(threshold.upper, None);
    /// # Ok::<(), meetlat::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// When other rules read the proposal.
    pub fn firmness(&self, proposal: &Proposal) -> Result<Firmness, Diagnostics> {
        self.in_language(Language::Nl).firmness(proposal)
    }
}

impl Versions {
    /// These versions, answering in a language: each proposal by the version that read it.
    #[must_use]
    pub const fn in_language(&self, language: Language) -> InLanguage<'_> {
        InLanguage { by: By::Versions(self), language }
    }

    /// Judges a proposal: [`InLanguage::evaluate`], in Dutch.
    ///
    /// # Errors
    /// When other rules read the proposal.
    pub fn evaluate(&self, proposal: &Proposal) -> Result<Verdict, Diagnostics> {
        self.in_language(Language::Nl).evaluate(proposal)
    }

    /// What to ask next: [`InLanguage::next`], in Dutch.
    ///
    /// # Errors
    /// When other rules read the proposal.
    pub fn next(&self, proposal: &Proposal) -> Result<Next, Diagnostics> {
        self.in_language(Language::Nl).next(proposal)
    }

    /// What would change the outcome: [`InLanguage::improve`], in Dutch.
    ///
    /// # Errors
    /// When other rules read the proposal.
    pub fn improve(&self, proposal: &Proposal) -> Result<Improvement, Diagnostics> {
        self.in_language(Language::Nl).improve(proposal)
    }

    /// Why the outcome is what it is: [`InLanguage::why`], in Dutch.
    ///
    /// # Errors
    /// When other rules read the proposal.
    pub fn why(&self, proposal: &Proposal) -> Result<Why, Diagnostics> {
        self.in_language(Language::Nl).why(proposal)
    }

    /// How firm the verdict is: [`InLanguage::firmness`], in Dutch.
    ///
    /// # Errors
    /// When other rules read the proposal.
    pub fn firmness(&self, proposal: &Proposal) -> Result<Firmness, Diagnostics> {
        self.in_language(Language::Nl).firmness(proposal)
    }
}
