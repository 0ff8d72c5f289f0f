//! Which questions a declaration reads, by the names in its syntax tree.

use std::collections::BTreeSet;

use meetlat::internals::rules::syntax::{
    ClauseBody, Declaration, DeclarationKind, Expression, ExpressionNode as Node, File, KindName, Score,
};

use super::rules::{self, Rules};

/// What can decide an outcome, with the names of the questions it reads: criteria, conditions, exclusions by name, and
/// questions that the verdict's lines read themselves by JSON pointer.
pub(crate) fn points(file: &File) -> Vec<(String, BTreeSet<String>)> {
    let rules = Rules::new(file);
    let mut points = Vec::new();
    for kind in [DeclarationKind::Criterion, DeclarationKind::Condition, DeclarationKind::Exclusion] {
        for declaration in rules.all(kind) {
            let mut reading = Reading { rules: &rules, criteria: true, found: BTreeSet::new() };
            reading.declaration(declaration);
            points.push((rules::name(declaration).to_owned(), reading.found));
        }
    }
    let mut direct = Reading { rules: &rules, criteria: false, found: BTreeSet::new() };
    rules.all(DeclarationKind::Verdict).for_each(|verdict| direct.declaration(verdict));
    for question in rules.all(DeclarationKind::Question) {
        let name = rules::name(question);
        if direct.found.contains(name) {
            points.push((format!("/antwoorden/{name}"), BTreeSet::from([name.to_owned()])));
        }
    }
    points
}

/// The questions in file order, and whether their answers stand fast.
pub(crate) fn questions(file: &File) -> Vec<(String, bool)> {
    let rules = Rules::new(file);
    let fixed = |one: &Declaration| one.clauses.iter().any(|clause| clause.body == ClauseBody::Fixed);
    rules.all(DeclarationKind::Question).map(|one| (rules::name(one).to_owned(), fixed(one))).collect()
}

/// The fields of a list, in order; none for other questions.
pub(crate) fn fields(file: &File, name: &str) -> Vec<String> {
    let rules = Rules::new(file);
    match &rules::answer(rules.get(name).unwrap()).kind.node {
        KindName::List(fields) => fields.iter().map(|field| field.name.node.clone()).collect(),
        _ => Vec::new(),
    }
}

struct Reading<'a> {
    rules: &'a Rules<'a>,
    /// Criteria are looked into.
    criteria: bool,
    found: BTreeSet<String>,
}

impl Reading<'_> {
    fn declaration(&mut self, declaration: &Declaration) {
        for clause in &declaration.clauses {
            match &clause.body {
                ClauseBody::OnlyIf(e) | ClauseBody::If(e) | ClauseBody::FulfilledIf(e) => {
                    self.expression(e, &[]);
                }
                ClauseBody::OutcomeLine { condition: Some(e), .. } => self.expression(e, &[]),
                ClauseBody::Score(score) | ClauseBody::Value(score) => self.score(score),
                _ => {}
            }
        }
    }

    fn score(&mut self, score: &Score) {
        match score {
            Score::Expression(e) | Score::Line { of: e, .. } => self.expression(e, &[]),
            Score::Combination { parts, .. } => parts.iter().for_each(|part| self.name(&part.name.node, &[])),
            Score::Ladder(lines) => {
                for line in lines {
                    line.condition.iter().for_each(|e| self.expression(e, &[]));
                    self.expression(&line.value, &[]);
                }
            }
        }
    }

    /// `inside`: the fields of the list that a quantifier walks through.
    fn name(&mut self, name: &str, inside: &[String]) {
        if inside.iter().any(|field| field == name) {
            return;
        }
        let Some(declaration) = self.rules.get(name) else { return };
        match declaration.kind.node {
            DeclarationKind::Question => {
                self.found.insert(name.to_owned());
            }
            DeclarationKind::Part | DeclarationKind::Term => self.declaration(declaration),
            DeclarationKind::Criterion if self.criteria => self.declaration(declaration),
            _ => {}
        }
    }

    fn expression(&mut self, e: &Expression, inside: &[String]) {
        match &*e.node {
            Node::Name(name) => self.name(name, inside),
            Node::Literal(_)
            | Node::ReferenceDate
            | Node::Total
            | Node::Verdict
            | Node::HasField(_)
            | Node::AnyExclusion
            | Node::AnyRequirementFailed
            | Node::EveryConditionFulfilled => {}
            Node::Group(e)
            | Node::Not(e)
            | Node::PercentOf { of: e, .. }
            | Node::Shift { date: e, .. }
            | Node::YearOf(e) => self.expression(e, inside),
            Node::And(all)
            | Node::Or(all)
            | Node::LookUp { keys: all, .. }
            | Node::Bullets { items: all, .. } => all.iter().for_each(|e| self.expression(e, inside)),
            Node::Compare { left, right, .. } => {
                self.expression(left, inside);
                right.iter().for_each(|e| self.expression(e, inside));
            }
            Node::Arithmetic { left, right, .. } => {
                self.expression(left, inside);
                self.expression(right, inside);
            }
            Node::Contains { set, .. } => self.name(&set.node, inside),
            Node::Count(name) => self.name(&name.node, inside),
            Node::Sum { list, .. } => self.name(&list.node, &[]),
            Node::Quantified { list, body, .. } => {
                self.name(&list.node, &[]);
                let fields = match &rules::answer(self.rules.get(&list.node).unwrap()).kind.node {
                    KindName::List(fields) => fields.iter().map(|field| field.name.node.clone()).collect(),
                    _ => Vec::new(),
                };
                self.expression(body, &fields);
            }
        }
    }
}
