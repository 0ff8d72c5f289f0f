//! The numbers of a rule file that can be moved: weights, and the percentages that scores are compared with. Each has a
//! place, and can be changed in a copy of the model.

use std::collections::BTreeSet;

use crate::message::source::Span;
use crate::rules::dependencies::{children, children_mut, roots};
use crate::rules::model::{CriterionId, Expression, Model, Node, PartId, TermId};
use crate::rules::syntax::Combining;
use crate::value::number::Number;
use crate::value::values::Value;

/// A score that a percentage is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Score {
    /// `totaal`
    Total,
    /// A criterion's.
    Criterion(CriterionId),
    /// A part's.
    Part(PartId),
    /// Whatever the term that holds the percentage is compared with.
    ByTerm(TermId),
}

/// The declaration that a combined score belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// A criterion.
    Criterion(CriterionId),
    /// A part.
    Part(PartId),
}

/// A number that can be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Site {
    /// The weight of a criterion that counts.
    Weight(CriterionId),
    /// The weight of a part of a mean: its place among the parts.
    PartWeight(Owner, usize),
    /// What a criterion must reach.
    Requirement(CriterionId),
    /// A percentage beside a score: its place in the order of `thresholds`.
    Threshold(usize, Score),
}

/// A number that can be moved, as it is.
#[derive(Debug, Clone)]
pub struct Found {
    /// Which.
    pub site: Site,
    /// What it is now.
    pub now: Number,
    /// The name or number itself, or the clause it stands in.
    pub span: Span,
}

/// All of them, not in order of place.
#[must_use]
pub fn all(model: &Model) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, criterion) in (0..).map(CriterionId).zip(&model.criteria) {
        if let Some(weight) = &criterion.weight {
            let span = criterion.weight_span;
            found.push(Found { site: Site::Weight(at), now: weight.clone(), span });
        }
        if let Some(score) = &criterion.score {
            parts(Owner::Criterion(at), score, &mut found);
        }
        if let Some(requirement) = &criterion.requirement {
            let (now, span) = (requirement.at_least.clone(), requirement.span);
            found.push(Found { site: Site::Requirement(at), now, span });
        }
    }
    for (at, part) in (0..).map(PartId).zip(&model.parts) {
        parts(Owner::Part(at), &part.score, &mut found);
    }
    // The walk changes nothing here; there is one walk, so that places agree.
    let mut copy = model.clone();
    let mut place = 0;
    thresholds(&mut copy, &mut |score, number, span| {
        found.push(Found { site: Site::Threshold(place, score), now: number.clone(), span });
        place += 1;
    });
    found
}

fn parts(owner: Owner, score: &Expression, found: &mut Vec<Found>) {
    let Node::Combine { how: Combining::Mean, parts } = &*score.node else { return };
    for (at, part) in parts.iter().enumerate() {
        let site = Site::PartWeight(owner, at);
        found.push(Found { site, now: part.weight.clone(), span: part.value.span });
    }
}

/// Changes numbers in a model: `to` says what each becomes.
pub fn change(model: &mut Model, to: &dyn Fn(Site) -> Option<Number>) {
    for (at, criterion) in (0..).map(CriterionId).zip(&mut model.criteria) {
        if let (Some(weight), Some(number)) = (&mut criterion.weight, to(Site::Weight(at))) {
            *weight = number;
        }
        if let (Some(requirement), Some(number)) = (&mut criterion.requirement, to(Site::Requirement(at))) {
            requirement.at_least = number;
        }
        if let Some(score) = &mut criterion.score {
            change_parts(Owner::Criterion(at), score, to);
        }
    }
    for (at, part) in (0..).map(PartId).zip(&mut model.parts) {
        change_parts(Owner::Part(at), &mut part.score, to);
    }
    let mut place = 0;
    thresholds(model, &mut |score, number, _| {
        if let Some(other) = to(Site::Threshold(place, score)) {
            *number = other;
        }
        place += 1;
    });
}

fn change_parts(owner: Owner, score: &mut Expression, to: &dyn Fn(Site) -> Option<Number>) {
    let Node::Combine { how: Combining::Mean, parts } = &mut *score.node else { return };
    for (at, part) in parts.iter_mut().enumerate() {
        if let Some(number) = to(Site::PartWeight(owner, at)) {
            part.weight = number;
        }
    }
}

/// Visits every fixed percentage that a score is compared with: beside the score, or in a term that is nothing else.
fn thresholds(model: &mut Model, visit: &mut dyn FnMut(Score, &mut Number, Span)) {
    let mut terms = BTreeSet::new();
    for root in roots(model) {
        compared_terms(root, &mut terms);
    }
    for (at, term) in (0..).map(TermId).zip(&mut model.terms) {
        if terms.contains(&at) {
            let span = term.expression.span;
            if let Node::Constant(Value::Number(number)) = &mut *term.expression.node {
                visit(Score::ByTerm(at), number, span);
            }
        }
    }
    let parts = model.parts.iter_mut().map(|part| &mut part.score);
    parts.for_each(|root| walk(root, visit));
    model.terms.iter_mut().for_each(|term| walk(&mut term.expression, visit));
    for criterion in &mut model.criteria {
        criterion.score.iter_mut().chain(&mut criterion.only_if).for_each(|root| walk(root, visit));
    }
    for condition in &mut model.conditions {
        walk(&mut condition.fulfilled_if, visit);
        condition.only_if.iter_mut().for_each(|root| walk(root, visit));
    }
    model.exclusions.iter_mut().for_each(|exclusion| walk(&mut exclusion.applies_if, visit));
    // Signals and routes do not lead to the outcome.
    model.verdict.lines.iter_mut().filter_map(|line| line.condition.as_mut()).for_each(|c| walk(c, visit));
}

fn score(expression: &Expression) -> Option<Score> {
    match &*expression.node {
        Node::Total => Some(Score::Total),
        Node::Criterion(at) => Some(Score::Criterion(*at)),
        Node::Part(at) => Some(Score::Part(*at)),
        _ => None,
    }
}

/// Terms beside a score in a comparison.
fn compared_terms(expression: &Expression, found: &mut BTreeSet<TermId>) {
    let mut compare = |left: &Expression, right: &Expression| {
        for (of, with) in [(left, right), (right, left)] {
            if let (Some(_), Node::Term(term)) = (score(of), &*with.node) {
                found.insert(*term);
            }
        }
    };
    match &*expression.node {
        Node::Order { left, right, .. } => compare(left, right),
        Node::Equals { left, right } => right.iter().for_each(|right| compare(left, right)),
        _ => {}
    }
    for child in children(expression) {
        compared_terms(child, found);
    }
}

fn beside(of: Option<Score>, with: &mut Expression, visit: &mut dyn FnMut(Score, &mut Number, Span)) {
    let span = with.span;
    if let (Some(score), Node::Constant(Value::Number(number))) = (of, &mut *with.node) {
        visit(score, number, span);
    }
}

fn walk(expression: &mut Expression, visit: &mut dyn FnMut(Score, &mut Number, Span)) {
    match &mut *expression.node {
        Node::Order { left, right, .. } => {
            let (of_left, of_right) = (score(left), score(right));
            beside(of_left, right, visit);
            beside(of_right, left, visit);
        }
        Node::Equals { left, right } => {
            let of_left = score(left);
            for right in right {
                let of_right = score(right);
                beside(of_left, right, visit);
                beside(of_right, left, visit);
            }
        }
        _ => {}
    }
    for child in children_mut(expression) {
        walk(child, visit);
    }
}
