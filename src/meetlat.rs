//! The door: a meetlat that was read, checked and compiled, and what can be asked of it.

use crate::check;
use crate::compile::compile;
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Language};
use crate::judge::judge;
use crate::limits::Limits;
use crate::meaning;
use crate::model::Model;
use crate::parse;
use crate::program::Program;
use crate::proposal::Proposal;
use crate::read;
use crate::trial::{self, Trial};
use crate::verdict::Verdict;

/// A checked and compiled rule file. Immutable; may be shared between threads.
///
/// ```
/// # let rules = include_str!("../tests/cases/klein/regels.meetlat");
/// let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
/// let proposal = meetlat.read("voorstel.json", r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja"}}"#, None)?;
/// let verdict = meetlat.evaluate(&proposal);
/// assert_eq!(verdict.outcome.possible, ["voldoet", "afgewezen"]);
/// # Ok::<(), meetlat::Diagnostics>(())
/// ```
#[derive(Debug, Clone)]
pub struct Meetlat {
    model: Model,
    program: Program,
    limits: Limits,
    /// The rule file's text and the warnings about it.
    texts: Diagnostics,
}

/// What reading a rule file gives: the rules, unless there were errors, and all diagnostics, warnings included.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// None when there were errors.
    pub meetlat: Option<Meetlat>,
    /// In order of place.
    pub diagnostics: Diagnostics,
}

impl Parsed {
    /// The rules, or the diagnostics when there were errors.
    ///
    /// # Errors
    /// The diagnostics, errors and warnings, when one of them is an error.
    pub fn into_result(self) -> Result<Meetlat, Diagnostics> {
        self.meetlat.ok_or(self.diagnostics)
    }
}

impl Meetlat {
    /// Reads a rule file with the default limits. `name` is what messages call the text.
    #[must_use]
    pub fn parse(name: &str, text: &str) -> Parsed {
        Self::parse_with(name, text, &Limits::default())
    }

    /// Reads a rule file. Cost: linear in the text; nothing is searched.
    #[must_use]
    pub fn parse_with(name: &str, text: &str, limits: &Limits) -> Parsed {
        let mut diagnostics = Diagnostics::new();
        let (source, file) = parse::parse(name, text, limits, &mut diagnostics);
        let model = check::check(source, name, &file, limits, &mut diagnostics);
        diagnostics.sort();
        diagnostics.cap(limits.diagnostics);
        let model = if diagnostics.has_errors() { None } else { model };
        let Some(model) = model else { return Parsed { meetlat: None, diagnostics } };
        let program = compile(&model);
        let (nodes, most) = (program.nodes.len(), limits.program_nodes);
        if nodes > most {
            let message = crate::says!(
                "de regels zijn te groot: {nodes} rekenstappen, en er mogen er {most} zijn",
                "the rules are too large: {nodes} operations where {most} are allowed"
            );
            let help = crate::says!(
                "maak de regels korter of verhoog de grens",
                "shorten the rules or raise the limit"
            );
            let span = crate::source::Span::new(source, 0, 0);
            diagnostics.push(Diagnostic::new(Code::ProgramTooLarge, span, message).help(help));
            return Parsed { meetlat: None, diagnostics };
        }
        let meetlat = Self { model, program, limits: *limits, texts: diagnostics.clone() };
        Parsed { meetlat: Some(meetlat), diagnostics }
    }

    /// Its name, for example `ijsselland`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.model.name
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.model.title
    }

    /// Warnings about the rules, with the text they point into.
    #[must_use]
    pub fn warnings(&self) -> &Diagnostics {
        &self.texts
    }

    /// Reads a proposal. `reference_date` wins over the proposal's own `peildatum`.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its JSON pointer, line and column.
    pub fn read(
        &self,
        name: &str,
        json: &str,
        reference_date: Option<Date>,
    ) -> Result<Proposal, Diagnostics> {
        let mut diagnostics = Diagnostics::new();
        let proposal = read::read(&self.model, name, json, reference_date, &self.limits, &mut diagnostics);
        diagnostics.sort();
        diagnostics.cap(self.limits.diagnostics);
        match proposal {
            Some(proposal) if !diagnostics.has_errors() => Ok(proposal),
            _ => Err(diagnostics),
        }
    }

    /// Judges a proposal that this meetlat read. Messages in the verdict are Dutch.
    ///
    /// Exact over all completions of what is open, unless [`Limits::search_steps`] ended a search: then `voorlopig`, and
    /// on the safe side.
    #[must_use]
    pub fn evaluate(&self, proposal: &Proposal) -> Verdict {
        self.evaluate_in(proposal, Language::Nl)
    }

    /// Judges a proposal, with the messages in a language.
    #[must_use]
    pub fn evaluate_in(&self, proposal: &Proposal, language: Language) -> Verdict {
        let judgement = judge(&self.model, &self.program, proposal, &self.limits);
        crate::build::build(&self.model, proposal, &judgement, &self.texts, language)
    }

    /// What the engine found about a proposal, before it becomes a document: for tools that want numbers, not prose.
    #[must_use]
    pub fn judge(&self, proposal: &Proposal) -> crate::judgement::Judgement {
        judge(&self.model, &self.program, proposal, &self.limits)
    }

    /// The checks that search: better answers that worsen the outcome, lines and choices that nothing reaches. Cost: some
    /// searches per question, each at most [`Limits::search_steps`].
    #[must_use]
    pub fn check_meaning(&self) -> Diagnostics {
        let mut diagnostics = self.texts.texts_only();
        meaning::check(&self.model, &self.program, &self.limits, &mut diagnostics);
        diagnostics.sort();
        diagnostics.cap(self.limits.diagnostics);
        diagnostics
    }

    /// Runs the `voorbeeld` blocks, in file order.
    #[must_use]
    pub fn run_examples(&self) -> Vec<Trial> {
        self.model
            .examples
            .iter()
            .map(|example| trial::run(&self.model, &self.program, example, &self.texts, &self.limits))
            .collect()
    }

    /// The JSON schema (draft 2020-12) of proposals for these rules.
    #[must_use]
    pub fn proposal_schema(&self) -> String {
        crate::schema::proposal_schema(&self.model)
    }

    /// An empty proposal to fill in, with the questions and their options as help; JSON that [`Self::read`] accepts.
    #[must_use]
    pub fn empty_proposal(&self) -> String {
        crate::empty::empty_proposal(&self.model)
    }
}
