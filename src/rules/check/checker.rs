//! The state of one run of the checker.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::facts::{FileFacts, KeySource, Names, QuestionFacts, ScoreFacts, TableFacts};
use super::kinds::Words;
use crate::limits::Limits;
use crate::message::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::message::language::Text;
use crate::message::source::Span;
use crate::rules::load::Loaded;
use crate::rules::model::{
    Choice, Criterion, CriterionId, Document, Mark, Part, PartId, TableId, Term, TermId,
};
use crate::value::number::Number;

/// What was built, by place, since the order of checking is not that of the file.
#[derive(Default)]
pub(super) struct Built {
    pub(super) parts: BTreeMap<PartId, Part>,
    pub(super) terms: BTreeMap<TermId, Term>,
    pub(super) criteria: BTreeMap<CriterionId, Criterion>,
}

/// The state of one run.
pub(super) struct Checker<'a> {
    pub(super) limits: &'a Limits,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// Errors reported in this run.
    pub(super) errors: usize,
    /// The rule file first.
    pub(super) files: Vec<FileFacts>,
    /// A stand-in for when there is no file at all.
    pub(super) nowhere: FileFacts,
    /// The file where the check stands.
    pub(super) at: usize,
    pub(super) names: Names,
    /// The documents of all files, with unique labels.
    pub(super) documents: Vec<Document>,
    pub(super) partly: Option<Number>,
    /// The first score that needs `deels telt`.
    pub(super) partly_needed: Option<Span>,
    pub(super) questions: Vec<QuestionFacts>,
    pub(super) tables: Vec<TableFacts>,
    pub(super) parts: Vec<ScoreFacts>,
    pub(super) terms: Vec<ScoreFacts>,
    pub(super) criteria: Vec<ScoreFacts>,
    pub(super) only_shown: BTreeSet<CriterionId>,
    /// Per criterion that counts: whether it may drop out.
    pub(super) counting: Vec<bool>,
    pub(super) total_may_lapse: bool,
    /// Names of criteria with a requirement.
    pub(super) required: BTreeSet<String>,
    pub(super) first_requirement: Option<Span>,
    pub(super) first_exclusion: Option<Span>,
    pub(super) first_condition: Option<Span>,
    pub(super) condition_lapses: Vec<bool>,
    pub(super) signal_lapses: Vec<bool>,
    pub(super) outcomes: Option<Rc<Words>>,
    pub(super) outcome_choices: Vec<Choice>,
    pub(super) route_choices: Vec<Option<Rc<Words>>>,
    /// Look-ups that were examined for missing rows.
    pub(super) examined: BTreeSet<(TableId, Vec<KeySource>)>,
    pub(super) uses_reference_date: bool,
    /// Unknown names and labels that were reported, by file: a missing declaration is one fault, however often it is
    /// referred to.
    pub(super) missed: BTreeSet<(usize, String)>,
    /// How many words were compared for suggestions.
    pub(super) compared: usize,
    pub(super) built: Built,
    /// What citing a phrase takes, as it is met.
    pub(super) marks: Vec<Mark>,
}

/// The most words that a run compares for suggestions.
const MOST_COMPARED: usize = 500_000;

impl<'a> Checker<'a> {
    pub(super) fn new(loaded: &Loaded, limits: &'a Limits, diagnostics: &'a mut Diagnostics) -> Self {
        let mut checker = Self {
            limits,
            diagnostics,
            errors: 0,
            files: FileFacts::all(loaded),
            nowhere: FileFacts::default(),
            at: 0,
            names: Names::default(),
            documents: Vec::new(),
            partly: None,
            partly_needed: None,
            questions: Vec::new(),
            tables: Vec::new(),
            parts: Vec::new(),
            terms: Vec::new(),
            criteria: Vec::new(),
            only_shown: BTreeSet::new(),
            counting: Vec::new(),
            total_may_lapse: false,
            required: BTreeSet::new(),
            first_requirement: None,
            first_exclusion: None,
            first_condition: None,
            condition_lapses: Vec::new(),
            signal_lapses: Vec::new(),
            outcomes: None,
            outcome_choices: Vec::new(),
            route_choices: Vec::new(),
            examined: BTreeSet::new(),
            uses_reference_date: false,
            missed: BTreeSet::new(),
            compared: 0,
            built: Built::default(),
            marks: Vec::new(),
        };
        checker.enter_file(0);
        checker
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        if diagnostic.severity == Severity::Error {
            self.errors += 1;
        }
        self.diagnostics.push(diagnostic);
    }

    /// One message with its help.
    pub(super) fn fault(&mut self, code: Code, span: Span, message: Text, help: Text) {
        self.push(Diagnostic::new(code, span, message).help(help));
    }

    /// What the user wrote there, on one line; a text without its quotes.
    pub(super) fn text(&self, span: Span) -> String {
        let text = self.diagnostics.source(span.source).map(|source| source.slice(span)).unwrap_or_default();
        let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
        text.split_whitespace().collect::<Vec<&str>>().join(" ")
    }

    pub(super) fn line(&self, span: Span) -> u32 {
        self.diagnostics.source(span.source).map_or(0, |source| source.position(span.start).line)
    }

    /// Whether to look for a suggestion among so many words. Each costs a walk over all of them, and a file with thousands of
    /// faults would take minutes: so only the first faults get one.
    pub(super) fn may_suggest(&mut self, words: usize) -> bool {
        let may = self.compared <= MOST_COMPARED;
        self.compared = self.compared.saturating_add(words);
        may && self.diagnostics.len() <= self.limits.diagnostics
    }

    /// A criterion could not be understood, so it is not known how many count.
    pub(super) fn criteria_failed(&self) -> bool {
        self.criteria.len() != self.built.criteria.len()
    }
}
