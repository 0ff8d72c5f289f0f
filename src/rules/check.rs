//! Syntax trees to model: names, kinds, ranges, tables, grounds. Everything that is wrong is reported in one run;
//! what is sound is checked on; a fault is reported once, where it is.
//!
//! A rule file and the building blocks it uses are checked as one: their names share one name space, and a file sees its
//! own names and those of the files it uses itself.
//!
//! The order: names and questions, tables, scores and terms (each after what it reads), then rules, verdict, routes and
//! examples. Nothing here searches or evaluates.

mod clauses;
mod compare;
mod criteria;
mod examples;
mod expressions;
mod files;
mod grounds;
mod header;
mod kinds;
mod ladders;
mod lists;
mod lookups;
mod names;
mod order;
mod questions;
mod ranges;
mod readings;
mod rules;
mod scores;
mod tables;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use crate::limits::Limits;
use crate::message::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::message::language::Text;
use crate::message::language::says;
use crate::message::source::Span;
use crate::rules::id::RulesId;
use crate::rules::load::Loaded;
use crate::rules::model::{
    Choice, Condition, Criterion, CriterionId, Document, Exclusion, Model, Part, PartId, QuestionId, Route,
    Signal, TableId, Term, TermId,
};
use crate::rules::syntax::{ClauseBody, Declaration, DeclarationKind};
use crate::value::number::Number;

use files::FileFacts;
use header::Header;
use kinds::Words;
use lookups::KeySource;
use names::{Names, Target};
use questions::QuestionFacts;
use scores::ScoreFacts;
use tables::TableFacts;

/// What checking gives.
#[derive(Debug, Clone)]
pub enum Checked {
    /// Rules that can judge.
    Meetlat(Box<Model>),
    /// A building block without errors: it has no `oordeel`, so it judges nothing by itself.
    Block,
    /// There were errors.
    Faulty,
}

impl Checked {
    /// The rules, when they can judge.
    #[must_use]
    pub fn model(self) -> Option<Model> {
        match self {
            Self::Meetlat(model) => Some(*model),
            Self::Block | Self::Faulty => None,
        }
    }
}

/// Checks a rule file with the building blocks it uses. Errors that `diagnostics` holds already count; warnings are no
/// hindrance. Cost: near-linear in the size of the files.
pub fn check(loaded: &Loaded, limits: &Limits, diagnostics: &mut Diagnostics) -> Checked {
    let mut checker = Checker::new(loaded, limits, diagnostics);
    let model = checker.run(loaded);
    let block = checker.is_block();
    match model {
        _ if diagnostics.has_errors() => Checked::Faulty,
        Some(model) => Checked::Meetlat(Box::new(model)),
        None if block => Checked::Block,
        None => Checked::Faulty,
    }
}

/// What was built, by place: the order of checking is not that of the file.
#[derive(Default)]
struct Built {
    parts: BTreeMap<PartId, Part>,
    terms: BTreeMap<TermId, Term>,
    criteria: BTreeMap<CriterionId, Criterion>,
}

/// The state of one run.
struct Checker<'a> {
    limits: &'a Limits,
    diagnostics: &'a mut Diagnostics,
    /// Errors reported in this run.
    errors: usize,
    /// The rule file first.
    files: Vec<FileFacts>,
    /// Stands in where there is no file at all.
    nowhere: FileFacts,
    /// The file where the check stands.
    at: usize,
    names: Names,
    /// Of all files, labels made unique.
    documents: Vec<Document>,
    partly: Option<Number>,
    /// The first score that needs `deels telt`.
    partly_needed: Option<Span>,
    questions: Vec<QuestionFacts>,
    tables: Vec<TableFacts>,
    parts: Vec<ScoreFacts>,
    terms: Vec<ScoreFacts>,
    criteria: Vec<ScoreFacts>,
    only_shown: BTreeSet<CriterionId>,
    /// Per criterion that counts: whether it may drop out.
    counting: Vec<bool>,
    total_may_lapse: bool,
    /// Names of criteria with a requirement.
    required: BTreeSet<String>,
    first_requirement: Option<Span>,
    first_exclusion: Option<Span>,
    first_condition: Option<Span>,
    condition_lapses: Vec<bool>,
    signal_lapses: Vec<bool>,
    outcomes: Option<Rc<Words>>,
    outcome_choices: Vec<Choice>,
    route_choices: Vec<Option<Rc<Words>>>,
    /// Look-ups that were examined for missing rows.
    examined: BTreeSet<(TableId, Vec<KeySource>)>,
    uses_reference_date: bool,
    /// Unknown names and labels that were reported, by file: a missing declaration is one fault, however often it is
    /// missed.
    missed: BTreeSet<(usize, String)>,
    /// Words that were looked at for suggestions.
    compared: usize,
    built: Built,
}

/// The most words that a run compares to suggest one.
const MOST_COMPARED: usize = 500_000;

impl<'a> Checker<'a> {
    fn new(loaded: &Loaded, limits: &'a Limits, diagnostics: &'a mut Diagnostics) -> Self {
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
        };
        checker.enter_file(0);
        checker
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        if diagnostic.severity == Severity::Error {
            self.errors += 1;
        }
        self.diagnostics.push(diagnostic);
    }

    /// One message with its help.
    fn fault(&mut self, code: Code, span: Span, message: Text, help: Text) {
        self.push(Diagnostic::new(code, span, message).help(help));
    }

    /// What the user wrote there, on one line, a text without its quotes.
    fn text(&self, span: Span) -> String {
        let text = self.diagnostics.source(span.source).map(|source| source.slice(span)).unwrap_or_default();
        let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
        text.split_whitespace().collect::<Vec<&str>>().join(" ")
    }

    fn line(&self, span: Span) -> u32 {
        self.diagnostics.source(span.source).map_or(0, |source| source.position(span.start).line)
    }

    /// Whether to look for a suggestion among so many words. Each costs a walk over all of them, so that a file with
    /// thousands of faults would take minutes: the first faults get them.
    fn may_suggest(&mut self, words: usize) -> bool {
        let may = self.compared <= MOST_COMPARED;
        self.compared = self.compared.saturating_add(words);
        may && self.diagnostics.len() <= self.limits.diagnostics
    }

    /// A criterion could not be understood, so nothing is known of how many count.
    fn criteria_failed(&self) -> bool {
        self.criteria.len() != self.built.criteria.len()
    }

    fn run(&mut self, loaded: &'a Loaded) -> Option<Model> {
        for (at, file) in loaded.files.iter().enumerate() {
            self.enter_file(at);
            self.note_unread(&file.file.declarations);
            let header = self.check_header(&file.file);
            if let Some(facts) = self.files.get_mut(at) {
                facts.header = header;
            }
            self.check_role(&file.file, file.used_at);
        }
        // A file that is not there may have read anything too.
        self.names.incomplete |= self.files.iter().any(|facts| facts.lacks);
        let root = loaded.files.first()?;
        self.partly = self.root()?.header.partly.as_ref().map(|(value, _)| value.clone());
        let of = Sorted::new(self, loaded);

        self.check_questions(&of.questions);
        for table in &of.tables {
            self.enter(table);
            let facts = self.check_table(table);
            self.tables.push(facts);
        }
        self.enter_file(0);
        let verdict = if self.is_block() { None } else { self.find_verdict(&root.file) };
        self.check_scores(&of.scores);
        self.enter_file(0);
        self.total_may_lapse = self.counting.iter().all(|lapses| *lapses);
        let conditions: Vec<Option<Condition>> =
            of.conditions.iter().map(|d| self.check_condition(d)).collect();
        let exclusions: Vec<Option<Exclusion>> =
            of.exclusions.iter().map(|d| self.check_exclusion(d)).collect();
        let signals: Vec<Option<Signal>> = of.signals.iter().map(|d| self.check_signal(d)).collect();
        let verdict = verdict.and_then(|verdict| self.check_verdict(verdict));
        let routes: Vec<Option<Route>> = of.routes.iter().map(|d| self.check_route(d)).collect();
        let examples = of.examples.iter().map(|d| self.check_example(d)).collect();

        if self.is_block() {
            return None;
        }
        self.report_partly();
        // What could not be understood may have read anything.
        if !self.names.incomplete && self.errors == 0 {
            self.report_unread();
            self.report_unread_tables();
            self.report_unread_scores();
        }

        let blocks = self.blocks(loaded);
        let header = self.files.first_mut().map(|facts| std::mem::take(&mut facts.header))?;
        let all = |found: usize, wanted: usize| (found == wanted).then_some(());
        all(self.built.parts.len(), self.parts.len())?;
        all(self.built.terms.len(), self.terms.len())?;
        all(self.built.criteria.len(), self.criteria.len())?;
        let file = files::without_folders(&root.name);
        let mut model = Model {
            source: root.source,
            file: file.clone(),
            sha256: root.sha256.clone(),
            id: Arc::new(RulesId::new(
                (&header.name, &header.version),
                (&file, &root.sha256),
                blocks.iter().map(|block| (&*block.name, &*block.file, &*block.sha256)),
            )),
            blocks,
            name: header.name,
            title: header.title,
            version: header.version,
            valid_from: header.valid.0,
            valid_until: header.valid.1,
            valid_span: header.valid_span,
            documents: std::mem::take(&mut self.documents),
            partly: header.partly,
            provenance: header.provenance,
            questions: self.questions.drain(..).map(|facts| facts.built).collect::<Option<_>>()?,
            tables: self.tables.drain(..).map(|facts| facts.built).collect::<Option<_>>()?,
            parts: std::mem::take(&mut self.built.parts).into_values().collect(),
            terms: std::mem::take(&mut self.built.terms).into_values().collect(),
            criteria: std::mem::take(&mut self.built.criteria).into_values().collect(),
            conditions: conditions.into_iter().collect::<Option<_>>()?,
            exclusions: exclusions.into_iter().collect::<Option<_>>()?,
            signals: signals.into_iter().collect::<Option<_>>()?,
            verdict: verdict?,
            routes: routes.into_iter().collect::<Option<_>>()?,
            examples,
            uses_reference_date: self.uses_reference_date,
        };
        // What a building block offers and nobody reads asks nothing.
        if !model.blocks.is_empty() {
            model.uses_reference_date = crate::rules::dependencies::relied(&model).reference_date;
        }
        Some(model)
    }

    fn report_partly(&mut self) {
        let Some(Header { span, partly_excused: false, .. }) = self.root().map(|root| &root.header) else {
            return;
        };
        let (span, Some(needed)) = (*span, self.partly_needed) else { return };
        let name = self.text(needed);
        let diagnostic = Diagnostic::new(
            Code::PartlyMissing,
            span,
            says!("de kop zegt niet wat deels telt", "the header does not say what deels counts for"),
        )
        .also(needed, says!("de score van \"{name}\" heeft het nodig", "the score of \"{name}\" needs it"))
        .help(says!(
            "schrijf onder de kop: deels telt 50%, aanname \"halverwege nee en ja\"",
            "write below the header: deels telt 50%, aanname \"halfway between nee and ja\""
        ));
        self.push(diagnostic);
    }
}

/// The declarations by kind, in file order, their names declared.
struct Sorted<'a> {
    questions: Vec<&'a Declaration>,
    tables: Vec<&'a Declaration>,
    scores: Vec<(Target, &'a Declaration)>,
    conditions: Vec<&'a Declaration>,
    exclusions: Vec<&'a Declaration>,
    signals: Vec<&'a Declaration>,
    routes: Vec<&'a Declaration>,
    examples: Vec<&'a Declaration>,
}

impl<'a> Sorted<'a> {
    fn new(checker: &mut Checker<'a>, loaded: &'a Loaded) -> Self {
        let mut sorted = Self {
            questions: Vec::new(),
            tables: Vec::new(),
            scores: Vec::new(),
            conditions: Vec::new(),
            exclusions: Vec::new(),
            signals: Vec::new(),
            routes: Vec::new(),
            examples: Vec::new(),
        };
        let (mut parts, mut terms, mut criteria) = (0, 0, 0);
        let id = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        let next = |count: &mut u32| {
            let place = *count;
            *count += 1;
            place
        };
        let files = loaded.files.iter().enumerate();
        let declarations = files.flat_map(|(at, file)| file.file.declarations.iter().map(move |d| (at, d)));
        for (at, declaration) in declarations {
            checker.enter_file(at);
            let kind = declaration.kind.node;
            if !checker.belongs(kind) {
                continue;
            }
            let target = match kind {
                DeclarationKind::Question => Target::Question(QuestionId(id(sorted.questions.len()))),
                DeclarationKind::Table => Target::Table(TableId(id(sorted.tables.len()))),
                DeclarationKind::Part => Target::Part(PartId(next(&mut parts))),
                DeclarationKind::Term => Target::Term(TermId(next(&mut terms))),
                DeclarationKind::Criterion => Target::Criterion(CriterionId(next(&mut criteria))),
                _ => {
                    sorted.sort_own(checker, declaration);
                    continue;
                }
            };
            // One that has a name already is checked all the same: its own faults count.
            if let Some(name) = &declaration.name {
                checker.declare(name, target);
            }
            match kind {
                DeclarationKind::Question => sorted.questions.push(declaration),
                DeclarationKind::Table => sorted.tables.push(declaration),
                _ => sorted.scores.push((target, declaration)),
            }
            if kind == DeclarationKind::Criterion {
                checker.note_requirement(declaration);
            }
        }
        sorted
    }

    fn sort_own(&mut self, checker: &mut Checker<'a>, declaration: &'a Declaration) {
        let kind = declaration.kind.node;
        let span = declaration.name.as_ref().map_or(declaration.kind.span, |name| name.span);
        let lapses = declaration.clauses.iter().any(|clause| matches!(clause.body, ClauseBody::OnlyIf(_)));
        let list = match kind {
            DeclarationKind::Condition => {
                checker.first_condition = checker.first_condition.or(Some(span));
                checker.condition_lapses.push(lapses || declaration.broken);
                &mut self.conditions
            }
            DeclarationKind::Exclusion => {
                checker.first_exclusion = checker.first_exclusion.or(Some(span));
                &mut self.exclusions
            }
            DeclarationKind::Signal => {
                checker.signal_lapses.push(lapses || declaration.broken);
                &mut self.signals
            }
            DeclarationKind::Route => {
                checker.route_choices.push(None);
                &mut self.routes
            }
            DeclarationKind::Example => {
                self.examples.push(declaration);
                return;
            }
            _ => return,
        };
        let place = list.len();
        list.push(declaration);
        if let Some(name) = &declaration.name {
            checker.declare_own(kind, name, place);
        }
    }
}

impl Checker<'_> {
    fn note_requirement(&mut self, declaration: &Declaration) {
        for clause in &declaration.clauses {
            if let (ClauseBody::Requirement(_), Some(name)) = (&clause.body, &declaration.name) {
                self.first_requirement = self.first_requirement.or(Some(clause.span));
                self.required.insert(name.node.clone());
            }
        }
    }
}
