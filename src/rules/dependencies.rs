//! What an expression reads: the questions, and the declarations it passes through. Nothing is evaluated.

use std::collections::BTreeSet;

use crate::rules::model::{
    CriterionId, Expression, LadderLine, Model, Node, PartId, QuestionId, TableId, TermId, WeightedPart,
};

/// What the results of a model rest on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Relied {
    /// Questions that a result reads or a criterion shows; a field counts as its list.
    pub(crate) questions: BTreeSet<QuestionId>,
    /// A result reads `peildatum`.
    pub(crate) reference_date: bool,
}

/// What the results of a model rest on. Without recursion: a chain of terms may be as long as the file.
pub(crate) fn relied(model: &Model) -> Relied {
    let mut relied = Relied::default();
    relied.questions.extend(model.criteria.iter().flat_map(|criterion| &criterion.shows));
    let (mut terms, mut parts) = (BTreeSet::new(), BTreeSet::new());
    let mut rest: Vec<&Expression> = results(model).collect();
    while let Some(expression) = rest.pop() {
        match &*expression.node {
            Node::Answer(question)
            | Node::CountChosen(question)
            | Node::CountItems(question)
            | Node::Field(question, _)
            | Node::Sum { list: question, .. }
            | Node::Quantified { list: question, .. } => {
                relied.questions.insert(*question);
            }
            Node::ReferenceDate => relied.reference_date = true,
            Node::Term(term) if terms.insert(*term) => {
                rest.extend(model.terms.get(term.index()).map(|term| &term.expression));
            }
            Node::Part(part) if parts.insert(*part) => {
                rest.extend(model.parts.get(part.index()).map(|part| &part.score));
            }
            // Criteria are results themselves.
            _ => {}
        }
        rest.extend(children(expression));
    }
    relied
}

/// What expressions read, directly or through other declarations. Each set is in file order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reads {
    /// Questions; a field counts as its list.
    pub(crate) questions: BTreeSet<QuestionId>,
    pub(crate) tables: BTreeSet<TableId>,
    pub(crate) parts: BTreeSet<PartId>,
    pub(crate) terms: BTreeSet<TermId>,
    pub(crate) criteria: BTreeSet<CriterionId>,
    /// A ja/deels/nee answer counts as a score somewhere, so it matters what `deels` counts for.
    pub(crate) levels: bool,
}

impl Reads {
    /// Adds what `expression` reads. Without recursion: a chain of terms may be as long as the file.
    pub(crate) fn add(&mut self, model: &Model, expression: &Expression) {
        let mut rest = vec![expression];
        while let Some(expression) = rest.pop() {
            match &*expression.node {
                Node::Answer(question) | Node::CountChosen(question) | Node::CountItems(question) => {
                    self.questions.insert(*question);
                }
                Node::Field(list, _) | Node::Sum { list, .. } | Node::Quantified { list, .. } => {
                    self.questions.insert(*list);
                }
                Node::LevelScore(_) => self.levels = true,
                Node::LookUp { table, .. } => {
                    self.tables.insert(*table);
                }
                Node::Term(term) if self.terms.insert(*term) => {
                    rest.extend(model.terms.get(term.index()).map(|term| &term.expression));
                }
                Node::Part(part) if self.parts.insert(*part) => {
                    rest.extend(model.parts.get(part.index()).map(|part| &part.score));
                }
                Node::Criterion(criterion) if self.criteria.insert(*criterion) => {
                    let read = model.criteria.get(criterion.index());
                    rest.extend(read.into_iter().flat_map(|read| read.score.iter().chain(&read.only_if)));
                }
                _ => {}
            }
            rest.extend(children(expression));
        }
    }

    /// What these expressions read.
    pub(crate) fn of<'a>(model: &Model, expressions: impl IntoIterator<Item = &'a Expression>) -> Self {
        let mut reads = Self::default();
        expressions.into_iter().for_each(|expression| reads.add(model, expression));
        reads
    }
}

/// The expressions directly inside a node, to read or to change: as the node is lent.
macro_rules! inside {
    ($node:expr) => {{
        let mut found = Vec::new();
        match $node {
            Node::Constant(_)
            | Node::Answer(_)
            | Node::Field(..)
            | Node::ReferenceDate
            | Node::Total
            | Node::Outcome
            | Node::Term(_)
            | Node::Part(_)
            | Node::Criterion(_)
            | Node::CountChosen(_)
            | Node::CountItems(_)
            | Node::Sum { .. }
            | Node::AnyExclusion
            | Node::AnyRequirementFailed
            | Node::EveryConditionFulfilled => {}
            Node::And(of) | Node::Or(of) | Node::AtLeast { of, .. } | Node::LookUp { keys: of, .. } => {
                found.extend(of);
            }
            Node::LevelScore(of)
            | Node::Not(of)
            | Node::Contains { set: of, .. }
            | Node::HasValue(of)
            | Node::ShiftDays(of, _)
            | Node::ShiftMonths(of, _)
            | Node::YearOf(of)
            | Node::Recode { of, .. }
            | Node::Line { of, .. }
            | Node::Quantified { body: of, .. } => found.push(of),
            Node::Equals { left, right } => {
                found.push(left);
                found.extend(right);
            }
            Node::Order { left, right, .. } | Node::Arithmetic { left, right, .. } => {
                found.extend([left, right]);
            }
            Node::Ladder(lines) => {
                for LadderLine { condition, value, .. } in lines {
                    found.extend(condition);
                    found.push(value);
                }
            }
            Node::Combine { parts, .. } => {
                for WeightedPart { value, .. } in parts {
                    found.push(value);
                }
            }
        }
        found
    }};
}

/// The expressions directly inside one.
pub(crate) fn children(expression: &Expression) -> Vec<&Expression> {
    inside!(&*expression.node)
}

/// The same, to change them.
pub(crate) fn children_mut(expression: &mut Expression) -> Vec<&mut Expression> {
    inside!(&mut *expression.node)
}

/// Every expression of a model, from the top.
pub(crate) fn roots(model: &Model) -> impl Iterator<Item = &Expression> {
    let parts = model.parts.iter().map(|part| &part.score);
    let terms = model.terms.iter().map(|term| &term.expression);
    let criteria = model.criteria.iter().flat_map(|c| c.score.iter().chain(&c.only_if));
    let conditions = model.conditions.iter().flat_map(|c| std::iter::once(&c.fulfilled_if).chain(&c.only_if));
    let exclusions = model.exclusions.iter().map(|exclusion| &exclusion.applies_if);
    let signals = model.signals.iter().flat_map(|s| std::iter::once(&s.applies_if).chain(&s.only_if));
    let lines = model.verdict.lines.iter().filter_map(|line| line.condition.as_ref());
    let routes = model.routes.iter().flat_map(|r| r.choices.iter().filter_map(|c| c.condition.as_ref()));
    parts
        .chain(terms)
        .chain(criteria)
        .chain(conditions)
        .chain(exclusions)
        .chain(signals)
        .chain(lines)
        .chain(routes)
}

/// The expressions that results rest on: all except those of parts and terms, which count only where something reads them.
pub(crate) fn results(model: &Model) -> impl Iterator<Item = &Expression> {
    let parts = model.parts.len() + model.terms.len();
    roots(model).skip(parts)
}
