//! One evaluator, generic over the domain: exact values, or sets of possible values. It knows the order of nodes and
//! how quantified bodies are walked; what an operation yields is the domain's business.

use crate::evaluate::operations;
use crate::evaluate::operations::Operands;
use crate::evaluate::over_sets::Lift;
use crate::evaluate::possible::Possible;
use crate::evaluate::world::World;
use crate::program::nodes::{NodeId, Op, Program};
use crate::rules::model::QuestionId;
use crate::value::number::{Number, Sum};
use crate::value::values::Value;

/// A kind of value that programs are evaluated over.
pub trait Domain {
    /// One value.
    type V: Clone;
    /// What a node has before it is evaluated. Never read, because operands come first.
    fn blank(&self) -> Self::V;
    /// How many items a list has at most.
    fn most_items(&self, list: QuestionId) -> u32;
    /// Makes an item the current one.
    fn at_item(&mut self, item: u32);
    /// Applies an operation; `bodies` holds the value of a quantified body per item.
    fn apply(&mut self, op: &Op, values: &[Self::V], bodies: &[Self::V]) -> Self::V;
}

/// Evaluates `nodes` (ascending, closed under operands outside quantified bodies) into `values`, which has a place for
/// every node of the program. Cost: the nodes, and per quantified one its body times the items.
pub fn run<D: Domain>(program: &Program, domain: &mut D, nodes: &[NodeId], values: &mut [D::V]) {
    let mut bodies = Vec::new();
    for node in nodes {
        step(program, domain, *node, values, &mut bodies);
    }
}

fn step<D: Domain>(
    program: &Program,
    domain: &mut D,
    node: NodeId,
    values: &mut [D::V],
    bodies: &mut Vec<D::V>,
) {
    bodies.clear();
    if let Op::Quantified { list, body, .. } = program.op(node) {
        let below = program.bodies.get(body).map(Vec::as_slice).unwrap_or_default();
        for item in 0..domain.most_items(*list) {
            domain.at_item(item);
            for inner in below {
                let value = domain.apply(program.op(*inner), values, &[]);
                put(values, *inner, value);
            }
            // A body that reads no field was evaluated before, like any other node.
            bodies.extend(values.get(body.index()).cloned());
        }
    }
    let value = domain.apply(program.op(node), values, bodies);
    put(values, node, value);
}

fn put<V>(values: &mut [V], node: NodeId, value: V) {
    if let Some(place) = values.get_mut(node.index()) {
        *place = value;
    }
}

/// Every node's value, outside lists, of a world in which all answers that are read are known. None when a look-up found
/// nothing.
#[must_use]
pub fn exactly(program: &Program, world: &World) -> Option<Vec<Value>> {
    let mut domain = Exact { program, world, item: 0, gap: false };
    let mut values = vec![domain.blank(); program.nodes.len()];
    let nodes: Vec<NodeId> = (0..program.nodes.len())
        .filter(|at| !program.in_item.get(*at).copied().unwrap_or(false))
        .filter_map(|at| u32::try_from(at).ok().map(NodeId))
        .collect();
    run(program, &mut domain, &nodes, &mut values);
    (!domain.gap).then_some(values)
}

/// Sets of possible values.
impl Domain for Lift<'_> {
    type V = Possible;
    fn blank(&self) -> Possible {
        Possible::Known(Value::NotApplicable)
    }
    fn most_items(&self, list: QuestionId) -> u32 {
        self.lengths(list).1
    }
    fn at_item(&mut self, item: u32) {
        self.item = item;
    }
    fn apply(&mut self, op: &Op, values: &[Possible], bodies: &[Possible]) -> Possible {
        Lift::apply(self, op, values, bodies)
    }
}

/// Exact values: every answer that is read is known.
pub struct Exact<'a> {
    /// The rules.
    pub program: &'a Program,
    /// The answers.
    pub world: &'a World,
    /// The item at hand.
    pub item: u32,
    /// Whether a look-up found nothing; then the results do not count.
    pub gap: bool,
}

struct Values<'a> {
    domain: &'a Exact<'a>,
    values: &'a [Value],
    bodies: &'a [Value],
}

impl Operands for Values<'_> {
    fn get(&self, node: NodeId) -> &Value {
        self.values.get(node.index()).unwrap_or(&Value::NotApplicable)
    }
    fn length(&self, list: QuestionId) -> Value {
        self.answer(list)
    }
    fn answer(&self, question: QuestionId) -> Value {
        self.domain.world.get(question.0).known().cloned().unwrap_or(Value::NotApplicable)
    }
    fn field(&self, list: QuestionId, field: u32) -> Value {
        let slot = self.domain.world.list(list).slot(self.domain.item, field);
        self.domain.world.get(slot).known().cloned().unwrap_or(Value::NotApplicable)
    }
    fn column(&self, list: QuestionId, field: u32) -> Vec<Value> {
        let slots = self.domain.world.list(list);
        let items = self.domain.world.item_count(list).unwrap_or(0).min(slots.items);
        (0..items)
            .filter_map(|item| self.domain.world.get(slots.slot(item, field)).known().cloned())
            .collect()
    }
    fn sum(&self, list: QuestionId, field: u32) -> Number {
        let world = self.domain.world;
        if let Some(aggregate) = world.aggregate_of(list, field) {
            // geen and n.v.t. have no items.
            let has_items = matches!(self.answer(list), Value::Number(_));
            let sum = world.get(aggregate.sum).known().and_then(operations::number);
            return sum.filter(|_| has_items).cloned().unwrap_or_default();
        }
        let mut sum = Sum::default();
        self.column(list, field).iter().filter_map(operations::number).for_each(|number| sum.add(number));
        sum.total()
    }
    fn reference_date(&self) -> crate::value::date::Date {
        self.domain.world.reference_date
    }
    fn bodies(&self, _: QuestionId, _: NodeId) -> Vec<bool> {
        self.bodies.iter().map(|value| *value == Value::Bool(true)).collect()
    }
}

impl Domain for Exact<'_> {
    type V = Value;
    fn blank(&self) -> Value {
        Value::NotApplicable
    }
    // In an open list only some items have slots: the others are like one of these.
    fn most_items(&self, list: QuestionId) -> u32 {
        self.world.item_count(list).unwrap_or(0).min(self.world.list(list).items)
    }
    fn at_item(&mut self, item: u32) {
        self.item = item;
    }
    fn apply(&mut self, op: &Op, values: &[Value], bodies: &[Value]) -> Value {
        match operations::apply(self.program, op, &Values { domain: self, values, bodies }) {
            Ok(value) => value,
            Err(operations::Gap) => {
                self.gap = true;
                Value::NotApplicable
            }
        }
    }
}
