//! Model to program: names become places, equal expressions become one node, order guarantees operands first.
//!
//! Terms, parts and criteria refer to each other without circles (the checker makes sure), but in any order and to
//! any depth; they are compiled on demand with a stack of our own, so that a long chain cannot exhaust the thread's.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::program::nodes::{ChoiceUse, CriterionNodes, Gate, ListUse, MadeOf, NodeId, Op, Program, Table};
use crate::rules::dependencies::children;
use crate::rules::model::{Domain, Expression, Kind, Model, Node, Order, QuestionId, Shape};
use crate::value::number::Number;
use crate::value::values::Value;

/// Lays a model flat. Cost: linear in the model.
#[must_use]
pub fn compile(model: &Model) -> Program {
    Compiler::new(model).run()
}

/// A named expression that others may refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Named {
    Term(usize),
    Part(usize),
    Criterion(usize),
}

struct Compiler<'m> {
    model: &'m Model,
    nodes: Vec<Op>,
    in_item: Vec<bool>,
    known: FxHashMap<Op, NodeId>,
    named: FxHashMap<Named, NodeId>,
    /// Per score the node that says whether it has a value.
    present: FxHashMap<NodeId, NodeId>,
    /// The scores that criteria must reach.
    least: FxHashMap<usize, NodeId>,
    any_exclusion: Option<NodeId>,
    any_failed: Option<NodeId>,
    every_condition: Option<NodeId>,
    /// The weight of all criteria with a score together, which every share needs.
    weights: Option<NodeId>,
    total: Option<NodeId>,
    outcome: Option<NodeId>,
    partly: Number,
}

impl<'m> Compiler<'m> {
    fn new(model: &'m Model) -> Self {
        Self {
            model,
            nodes: Vec::new(),
            in_item: Vec::new(),
            known: FxHashMap::default(),
            named: FxHashMap::default(),
            present: FxHashMap::default(),
            least: FxHashMap::default(),
            any_exclusion: None,
            any_failed: None,
            every_condition: None,
            weights: None,
            total: None,
            outcome: None,
            partly: model.partly.as_ref().map_or(Number::ZERO, |(partly, _)| partly.clone()),
        }
    }

    fn add(&mut self, op: Op) -> NodeId {
        if let Some(&node) = self.known.get(&op) {
            return node;
        }
        let node = self.push(op.clone());
        self.known.insert(op, node);
        node
    }

    /// A node of its own, even if an equal one exists.
    fn push(&mut self, op: Op) -> NodeId {
        let mut in_item = matches!(op, Op::Field(..));
        if !matches!(op, Op::Quantified { .. }) {
            op.operands(|operand| in_item |= self.in_item.get(operand.index()).copied().unwrap_or(false));
        }
        let node = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(op);
        self.in_item.push(in_item);
        node
    }

    fn constant(&mut self, value: Value) -> NodeId {
        self.add(Op::Constant(value))
    }

    fn number(&mut self, number: Number) -> NodeId {
        self.constant(Value::Number(number))
    }

    /// The expression that a name stands for, and the condition on which it applies.
    fn definition(&self, named: Named) -> (Option<&'m Expression>, Option<&'m Expression>) {
        let model = self.model;
        match named {
            Named::Term(at) => (model.terms.get(at).map(|term| &term.expression), None),
            Named::Part(at) => (model.parts.get(at).map(|part| &part.score), None),
            Named::Criterion(at) => model
                .criteria
                .get(at)
                .map_or((None, None), |criterion| (criterion.score.as_ref(), criterion.only_if.as_ref())),
        }
    }

    /// Compiles a name after everything that it refers to, without recursion from name to name.
    fn name(&mut self, named: Named) -> NodeId {
        let mut stack = vec![(named, false)];
        while let Some((top, ready)) = stack.pop() {
            if self.named.contains_key(&top) {
                continue;
            }
            let (expression, only_if) = self.definition(top);
            if !ready {
                stack.push((top, true));
                for part in [expression, only_if].into_iter().flatten() {
                    references(part, &mut |other| {
                        if !self.named.contains_key(&other) {
                            stack.push((other, false));
                        }
                    });
                }
                continue;
            }
            let mut node = match expression {
                Some(expression) => self.expression(expression),
                None => self.constant(Value::NotApplicable),
            };
            if let Some(only_if) = only_if {
                let only_if = self.expression(only_if);
                node = self.add(Op::OnlyIf(only_if, node));
            }
            self.named.insert(top, node);
        }
        self.named.get(&named).copied().unwrap_or(NodeId(0))
    }

    fn all(&mut self, of: &[Expression]) -> Vec<NodeId> {
        of.iter().map(|part| self.expression(part)).collect()
    }

    /// Recursion here is bounded by the nesting limit of one expression; names go through [`Self::name`].
    fn expression(&mut self, expression: &Expression) -> NodeId {
        let op = match expression.node.as_ref() {
            Node::Constant(value) => Op::Constant(value.clone()),
            Node::Answer(question) => Op::Answer(*question),
            Node::Field(list, field) => Op::Field(*list, *field),
            Node::ReferenceDate => Op::ReferenceDate,
            Node::Total => return self.total(),
            Node::Outcome => return self.outcome(),
            Node::Term(id) => return self.name(Named::Term(id.index())),
            Node::Part(id) => return self.name(Named::Part(id.index())),
            Node::Criterion(id) => return self.name(Named::Criterion(id.index())),
            Node::LevelScore(of) => Op::LevelScore(self.expression(of), self.partly.clone()),
            Node::And(of) => Op::And(self.all(of)),
            Node::Or(of) => Op::Or(self.all(of)),
            Node::Not(of) => Op::Not(self.expression(of)),
            Node::AtLeast { count, of } => Op::AtLeast(*count, self.all(of)),
            Node::Equals { left, right } => Op::Equals(self.expression(left), self.all(right)),
            Node::Order { left, order, right } => {
                Op::Order(self.expression(left), *order, self.expression(right))
            }
            Node::Contains { set, mask } => Op::Contains(self.expression(set), *mask),
            Node::HasValue(of) => Op::HasValue(self.expression(of)),
            Node::CountChosen(question) => {
                let answer = self.add(Op::Answer(*question));
                Op::CountChosen(answer)
            }
            Node::CountItems(list) => Op::CountItems(*list),
            Node::Sum { list, field } => Op::Sum(*list, *field),
            Node::Arithmetic { left, operator, right } => {
                Op::Arithmetic(self.expression(left), *operator, self.expression(right))
            }
            Node::ShiftDays(of, days) => Op::ShiftDays(self.expression(of), *days),
            Node::ShiftMonths(of, months) => Op::ShiftMonths(self.expression(of), *months),
            Node::YearOf(of) => Op::YearOf(self.expression(of)),
            Node::Recode { of, map } => Op::Recode(self.expression(of), map.clone()),
            Node::LookUp { table, keys } => Op::LookUp(table.0, self.all(keys)),
            Node::Quantified { all, list, body } => {
                Op::Quantified { all: *all, list: *list, body: self.expression(body) }
            }
            Node::AnyExclusion => return self.any_exclusion(),
            Node::AnyRequirementFailed => return self.any_failed(),
            Node::EveryConditionFulfilled => return self.every_condition(),
            Node::Ladder(lines) => {
                let (first, values) = self.ladder(lines);
                Op::Pick(first, values)
            }
            Node::Combine { how, parts } => {
                let parts =
                    parts.iter().map(|part| (self.expression(&part.value), part.weight.clone())).collect();
                Op::Combine(*how, parts)
            }
            Node::Line { of, from, from_score, to, to_score } => {
                let points = [from.clone(), from_score.clone(), to.clone(), to_score.clone()];
                Op::Line(self.expression(of), Box::new(points))
            }
        };
        self.add(op)
    }

    fn ladder(&mut self, lines: &[crate::rules::model::LadderLine]) -> (NodeId, Vec<NodeId>) {
        let mut conditions = Vec::new();
        let mut values = Vec::new();
        for line in lines {
            values.push(self.expression(&line.value));
            match &line.condition {
                Some(condition) => conditions.push(self.expression(condition)),
                None => break,
            }
        }
        (self.add(Op::FirstTrue(conditions)), values)
    }

    fn criterion(&mut self, at: usize) -> NodeId {
        self.name(Named::Criterion(at))
    }

    /// Criteria that count: their nodes and weights.
    fn counting(&mut self) -> Vec<(NodeId, Number)> {
        let model = self.model;
        let weights = model.criteria.iter().enumerate();
        let weights: Vec<_> =
            weights.filter_map(|(at, c)| c.weight.clone().map(|weight| (at, weight))).collect();
        weights.into_iter().map(|(at, weight)| (self.criterion(at), weight)).collect()
    }

    fn active_weights(&mut self) -> NodeId {
        if let Some(weights) = self.weights {
            return weights;
        }
        let parts = self.counting();
        let parts = parts.into_iter().map(|(node, weight)| self.active_weight(node, weight)).collect();
        let weights = self.add(Op::Plus(parts));
        self.weights = Some(weights);
        weights
    }

    fn total(&mut self) -> NodeId {
        if let Some(total) = self.total {
            return total;
        }
        let parts = self.counting();
        let parts = parts.into_iter().map(|(node, weight)| self.add(Op::Weighted(node, weight))).collect();
        let sum = self.add(Op::Plus(parts));
        let weights = self.active_weights();
        let total = self.add(Op::Quotient(sum, weights));
        self.total = Some(total);
        total
    }

    /// The weight where a score has a value, else 0.
    fn active_weight(&mut self, score: NodeId, weight: Number) -> NodeId {
        let has = self.presence(score);
        let one = self.number(Number::ONE);
        let unit = self.add(Op::OnlyIf(has, one));
        self.add(Op::ActiveWeight(unit, weight))
    }

    /// Whether a node has a value, from as few answers as possible: a score that is never n.v.t. always has one, so weights do not
    /// depend on scores.
    fn presence(&mut self, node: NodeId) -> NodeId {
        // Operands first, without recursion: chains of parts may be long.
        let mut below = BTreeSet::new();
        let mut stack = vec![node];
        while let Some(node) = stack.pop() {
            if self.present.contains_key(&node) || !below.insert(node) {
                continue;
            }
            match self.op(node) {
                Op::LevelScore(of, _) | Op::Line(of, _) | Op::OnlyIf(_, of) => stack.push(of),
                Op::Combine(_, parts) => stack.extend(parts.into_iter().map(|(part, _)| part)),
                Op::Pick(_, of) => stack.extend(of),
                _ => {}
            }
        }
        for node in below {
            let has = self.presence_of(node);
            self.present.insert(node, has);
        }
        self.known_presence(node)
    }

    fn op(&self, node: NodeId) -> Op {
        self.nodes.get(node.index()).cloned().unwrap_or(Op::ReferenceDate)
    }

    fn known_presence(&mut self, node: NodeId) -> NodeId {
        match self.present.get(&node) {
            Some(has) => *has,
            None => self.add(Op::HasValue(node)),
        }
    }

    /// The presence of a node, when that of its operands is known.
    fn presence_of(&mut self, node: NodeId) -> NodeId {
        let certain = Value::Bool(true);
        match self.op(node) {
            Op::Constant(value) => self.constant(Value::Bool(value.has_value())),
            Op::ReferenceDate => self.constant(certain),
            Op::Answer(question) => {
                let domain = self.model.questions.get(question.index()).map(|question| &question.domain);
                match domain {
                    Some(domain) if !domain.none && !domain.not_applicable => self.constant(certain),
                    _ => self.add(Op::HasValue(node)),
                }
            }
            Op::LevelScore(of, _) | Op::Line(of, _) => self.known_presence(of),
            Op::Combine(_, parts) => {
                let parts = parts.into_iter().map(|(part, _)| self.known_presence(part)).collect();
                self.one_of(parts)
            }
            Op::Pick(at, of) => {
                let of: Vec<NodeId> = of.into_iter().map(|node| self.known_presence(node)).collect();
                match of.first() {
                    Some(first) if of.iter().all(|node| node == first) => *first,
                    _ => self.add(Op::Pick(at, of)),
                }
            }
            Op::OnlyIf(condition, of) => {
                let of = self.known_presence(of);
                if self.is_true(of) { condition } else { self.add(Op::And(vec![condition, of])) }
            }
            _ => self.add(Op::HasValue(node)),
        }
    }

    fn one_of(&mut self, conditions: Vec<NodeId>) -> NodeId {
        match conditions.iter().find(|condition| self.is_true(**condition)) {
            Some(certain) => *certain,
            None => self.add(Op::Or(conditions)),
        }
    }

    fn is_true(&self, node: NodeId) -> bool {
        self.nodes.get(node.index()) == Some(&Op::Constant(Value::Bool(true)))
    }

    fn failed(&mut self, at: usize) -> Option<NodeId> {
        let model = self.model;
        let least = model.criteria.get(at)?.requirement.as_ref()?.at_least.clone();
        let score = self.criterion(at);
        // A node of its own, so that the same rules with another requirement have as many nodes.
        let least = match self.least.get(&at) {
            Some(least) => *least,
            None => self.push(Op::Constant(Value::Number(least))),
        };
        self.least.insert(at, least);
        Some(self.add(Op::Order(score, Order::LessThan, least)))
    }

    fn any_failed(&mut self) -> NodeId {
        if let Some(node) = self.any_failed {
            return node;
        }
        let failed = (0..self.model.criteria.len()).filter_map(|at| self.failed(at)).collect();
        let node = self.add(Op::Or(failed));
        self.any_failed = Some(node);
        node
    }

    fn any_exclusion(&mut self) -> NodeId {
        if let Some(node) = self.any_exclusion {
            return node;
        }
        let model = self.model;
        let apply = model.exclusions.iter().map(|exclusion| self.expression(&exclusion.applies_if)).collect();
        let node = self.add(Op::Or(apply));
        self.any_exclusion = Some(node);
        node
    }

    fn gate(&mut self, only_if: Option<&Expression>, holds: &Expression) -> Gate {
        let only_if = only_if.map(|only_if| self.expression(only_if));
        Gate { only_if, holds: self.expression(holds) }
    }

    fn every_condition(&mut self) -> NodeId {
        if let Some(node) = self.every_condition {
            return node;
        }
        let model = self.model;
        let mut all = Vec::new();
        for condition in &model.conditions {
            let gate = self.gate(condition.only_if.as_ref(), &condition.fulfilled_if);
            all.push(match gate.only_if {
                // One that does not apply drops out.
                Some(only_if) => {
                    let lapses = self.add(Op::Not(only_if));
                    self.add(Op::Or(vec![lapses, gate.holds]))
                }
                None => gate.holds,
            });
        }
        let node = self.add(Op::And(all));
        self.every_condition = Some(node);
        node
    }

    fn line(&mut self) -> (NodeId, Vec<NodeId>) {
        let model = self.model;
        let mut conditions = Vec::new();
        let mut outcomes = Vec::new();
        for line in &model.verdict.lines {
            outcomes.push(self.constant(Value::Choice(line.outcome)));
            match &line.condition {
                Some(condition) => conditions.push(self.expression(condition)),
                None => break,
            }
        }
        (self.add(Op::FirstTrue(conditions)), outcomes)
    }

    fn outcome(&mut self) -> NodeId {
        if let Some(outcome) = self.outcome {
            return outcome;
        }
        let (line, outcomes) = self.line();
        let outcome = self.add(Op::Pick(line, outcomes));
        self.outcome = Some(outcome);
        outcome
    }

    fn route(&mut self, route: &crate::rules::model::Route) -> NodeId {
        let mut conditions = Vec::new();
        let mut choices = Vec::new();
        for (at, choice) in route.choices.iter().enumerate() {
            choices.push(self.constant(Value::Choice(u16::try_from(at).unwrap_or(u16::MAX))));
            match &choice.condition {
                Some(condition) => conditions.push(self.expression(condition)),
                None => break,
            }
        }
        let first = self.add(Op::FirstTrue(conditions));
        self.add(Op::Pick(first, choices))
    }

    fn criterion_nodes(&mut self, at: usize) -> CriterionNodes {
        let model = self.model;
        let Some(criterion) = model.criteria.get(at) else {
            return CriterionNodes {
                score: None,
                only_if: None,
                share: None,
                contribution: None,
                requirement: None,
                made_of: MadeOf::Direct,
            };
        };
        let only_if = criterion.only_if.as_ref().map(|only_if| self.expression(only_if));
        let score = criterion.score.as_ref().map(|_| self.criterion(at));
        let (mut share, mut contribution) = (None, None);
        if let (Some(weight), Some(score)) = (&criterion.weight, score) {
            let weights = self.active_weights();
            let has = self.presence(score);
            let active = self.active_weight(score, weight.clone());
            let weighted = self.add(Op::Weighted(score, weight.clone()));
            let active = self.add(Op::Quotient(active, weights));
            let weighted = self.add(Op::Quotient(weighted, weights));
            share = Some(self.add(Op::OnlyIf(has, active)));
            contribution = Some(self.add(Op::OnlyIf(has, weighted)));
        }
        let made_of = match criterion.score.as_ref().map(|score| score.node.as_ref()) {
            Some(Node::Combine { how, parts }) => {
                let parts = parts
                    .iter()
                    .map(|part| {
                        let mut node = self.expression(&part.value);
                        if part.value.shape == Shape::Level {
                            node = self.add(Op::LevelScore(node, self.partly.clone()));
                        }
                        node
                    })
                    .collect();
                MadeOf::Combined(*how, parts)
            }
            Some(Node::Ladder(lines)) => MadeOf::Ladder(self.ladder(lines).0),
            Some(Node::Line { .. }) => MadeOf::Line,
            _ => MadeOf::Direct,
        };
        let requirement = criterion.requirement.as_ref().map(|requirement| requirement.at_least.clone());
        CriterionNodes { score, only_if, share, contribution, requirement, made_of }
    }

    fn run(mut self) -> Program {
        let model = self.model;
        // Names first: a chain of terms then never recurses through `expression`.
        for at in 0..model.terms.len() {
            self.name(Named::Term(at));
        }
        for at in 0..model.parts.len() {
            self.name(Named::Part(at));
        }
        let total = self.total();
        let criteria: Vec<_> = (0..model.criteria.len()).map(|at| self.criterion_nodes(at)).collect();
        let conditions: Vec<_> =
            model.conditions.iter().map(|c| self.gate(c.only_if.as_ref(), &c.fulfilled_if)).collect();
        let exclusions: Vec<_> = model.exclusions.iter().map(|e| self.expression(&e.applies_if)).collect();
        let (line, _) = self.line();
        let outcome = self.outcome();
        let routes: Vec<_> = model.routes.iter().map(|route| self.route(route)).collect();
        let signals: Vec<_> =
            model.signals.iter().map(|s| self.gate(s.only_if.as_ref(), &s.applies_if)).collect();
        let mut pillars = Vec::new();
        if let Op::Quotient(sum, weights) =
            self.nodes.get(total.index()).cloned().unwrap_or(Op::ReferenceDate)
        {
            pillars.extend([sum, weights]);
        }
        pillars.extend([self.any_exclusion, self.any_failed, self.every_condition].into_iter().flatten());
        pillars.sort_unstable();
        pillars.dedup();
        let tables = model.tables.iter().map(table).collect();
        let mut program = Program {
            nodes: self.nodes,
            in_item: self.in_item,
            bodies: BTreeMap::new(),
            domains: model.questions.iter().map(|question| question.domain.clone()).collect(),
            lists: Vec::new(),
            choices: Vec::new(),
            tables,
            line,
            outcome,
            total,
            routes,
            criteria,
            conditions,
            exclusions,
            signals,
            pillars,
            above_pillar: Vec::new(),
        };
        program.above_pillar = above(&program);
        program.bodies = bodies(&program);
        program.choices = choice_uses(&program);
        program.lists =
            program.domains.iter().enumerate().map(|(at, domain)| list_use(&program, at, domain)).collect();
        program
    }
}

fn table(table: &crate::rules::model::Table) -> Table {
    let mut rows: Vec<_> = table.rows.iter().map(|row| (row.keys.clone(), row.value.clone())).collect();
    rows.sort();
    Table {
        name: table.head.name.clone(),
        rows,
        otherwise: table.otherwise.as_ref().map(|(value, _)| value.clone()),
    }
}

/// Calls `visit` for every name that an expression refers to. A total reads criteria, but only the verdict and routes may read it, and
/// those are compiled last.
fn references(expression: &Expression, visit: &mut impl FnMut(Named)) {
    match *expression.node {
        Node::Term(id) => visit(Named::Term(id.index())),
        Node::Part(id) => visit(Named::Part(id.index())),
        Node::Criterion(id) => visit(Named::Criterion(id.index())),
        _ => children(expression).into_iter().for_each(|of| references(of, visit)),
    }
}

/// Per question the options that rules ask for together.
pub(crate) fn choice_uses(program: &Program) -> Vec<ChoiceUse> {
    let mut masks: Vec<BTreeSet<u64>> = vec![BTreeSet::new(); program.domains.len()];
    let mut counted = vec![false; program.domains.len()];
    let several =
        |at: &usize| matches!(program.domains.get(*at).map(|domain| &domain.kind), Some(Kind::SomeOf(_)));
    let answer = |node: &NodeId| match program.op(*node) {
        Op::Answer(question) => Some(question.index()).filter(several),
        _ => None,
    };
    for op in &program.nodes {
        match op {
            Op::Contains(set, mask) => {
                if let Some(masks) = answer(set).and_then(|at| masks.get_mut(at)) {
                    masks.insert(*mask);
                }
            }
            Op::CountChosen(set) => {
                if let Some(counted) = answer(set).and_then(|at| counted.get_mut(at)) {
                    *counted = true;
                }
            }
            // Comparing whole sets distinguishes every option.
            Op::Equals(left, right) => {
                for at in std::iter::once(left).chain(right).filter_map(answer) {
                    if let Some(masks) = masks.get_mut(at) {
                        masks.extend((0..64).map(|option| 1_u64 << option));
                    }
                }
            }
            _ => {}
        }
    }
    masks.iter().zip(counted).map(|(masks, counted)| ChoiceUse { groups: groups(masks), counted }).collect()
}

/// Groups of options that are in the same masks; ascending. Options in no mask are left out.
fn groups(masks: &BTreeSet<u64>) -> Vec<u64> {
    let all = masks.iter().fold(0, |all, mask| all | mask);
    let mut groups: Vec<u64> = std::iter::once(all).filter(|all| *all != 0).collect();
    for mask in masks {
        // Each mask separates what is in it from what is not.
        let parts = groups.iter().flat_map(|group| [group & mask, group & !mask]);
        groups = parts.filter(|part| *part != 0).collect();
    }
    groups.sort_by_key(|group| group.trailing_zeros());
    groups
}

/// How rules ask about a list; none where a question is not a list.
pub(crate) fn list_use(program: &Program, at: usize, domain: &Domain) -> Option<ListUse> {
    let Kind::List { .. } = &domain.kind else { return None };
    let list = QuestionId(u32::try_from(at).ok()?);
    let (mut items, mut sums, mut read) = (0_u32, BTreeSet::new(), BTreeSet::new());
    for op in &program.nodes {
        match op {
            Op::Quantified { list: of, .. } if *of == list => items = items.saturating_add(1),
            Op::Sum(of, field) if *of == list => {
                sums.insert(*field);
            }
            Op::Field(of, field) if *of == list => {
                read.insert(*field);
            }
            _ => {}
        }
    }
    Some(ListUse { items, apart: sums.is_disjoint(&read), sums: sums.into_iter().collect() })
}

/// For each quantified body the nodes below it that read the item at hand, in order.
pub(crate) fn bodies(program: &Program) -> BTreeMap<NodeId, Vec<NodeId>> {
    let mut bodies = BTreeMap::new();
    for op in &program.nodes {
        let Op::Quantified { body, .. } = op else { continue };
        let mut found = Vec::new();
        let mut stack = vec![*body];
        while let Some(node) = stack.pop() {
            if program.in_item.get(node.index()).copied().unwrap_or(false) && !found.contains(&node) {
                found.push(node);
                program.op(node).operands(|operand| stack.push(operand));
            }
        }
        found.sort_unstable();
        bodies.insert(*body, found);
    }
    bodies
}

/// Whether each node reads a pillar, directly or not.
pub(crate) fn above(program: &Program) -> Vec<bool> {
    let mut above: Vec<bool> = Vec::with_capacity(program.nodes.len());
    for op in &program.nodes {
        let mut reads = false;
        op.operands(|operand| {
            reads |= above.get(operand.index()).copied().unwrap_or(false)
                || program.pillars.binary_search(&operand).is_ok();
        });
        above.push(reads);
    }
    above
}
