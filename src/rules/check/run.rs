//! The order of a run: each declaration after what it reads.

use std::sync::Arc;

use super::checker::Checker;
use super::facts::Header;
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::says;
use crate::rules::id::RulesId;
use crate::rules::load::Loaded;
use crate::rules::model::{
    Condition, CriterionId, Exclusion, Model, PartId, QuestionId, Route, Signal, TableId, Target, TermId,
};
use crate::rules::syntax::{ClauseBody, Declaration, DeclarationKind};

impl<'a> Checker<'a> {
    pub(super) fn run(&mut self, loaded: &'a Loaded) -> Option<Model> {
        for (at, file) in loaded.files.iter().enumerate() {
            self.enter_file(at);
            self.note_unread(&file.file.declarations);
            let header = self.check_header(&file.file);
            if let Some(facts) = self.files.get_mut(at) {
                facts.header = header;
            }
            self.check_role(&file.file, file.used_at);
        }
        // A missing file may have read anything too.
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
        let marks = self.marks(loaded);
        let file = crate::rules::check::phrases::without_folders(&root.name);
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
            marks,
        };
        // Questions that a building block offers and nothing reads need not be asked.
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

/// The declarations by kind, in file order, after declaring their names.
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
            // A declaration whose name is taken is still checked: its own faults count.
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
