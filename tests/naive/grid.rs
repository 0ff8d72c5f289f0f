//! Wide ranges. A question that is only ever compared with constants behaves alike between two neighbouring
//! constants: then the constants, their neighbours and the ends of the range stand for all its answers.

use std::collections::BTreeSet;

use meetlat::syntax::{ClauseBody, Expression, ExpressionNode as Node, File, Literal, Score};
use num_rational::BigRational;

use super::conditions::literal;
use super::value::{Day, Value, whole};

/// The constants that `name` is compared with; none when it is read in any other way.
pub(crate) fn constants(file: &File, name: &str) -> Option<Vec<Value>> {
    let mut constants = Vec::new();
    for clause in file.declarations.iter().flat_map(|declaration| &declaration.clauses) {
        let sound = match &clause.body {
            ClauseBody::OnlyIf(e) | ClauseBody::If(e) | ClauseBody::FulfilledIf(e) => {
                visit(e, name, &mut constants)
            }
            ClauseBody::OutcomeLine { condition, .. } | ClauseBody::Choice { condition, .. } => {
                condition.as_ref().is_none_or(|e| visit(e, name, &mut constants))
            }
            ClauseBody::Score(score) | ClauseBody::Value(score) => match score {
                Score::Expression(e) | Score::Line { of: e, .. } => visit(e, name, &mut constants),
                Score::Combination { parts, .. } => parts.iter().all(|part| part.name.node != name),
                Score::Ladder(lines) => lines.iter().all(|line| {
                    visit(&line.value, name, &mut constants)
                        && line.condition.as_ref().is_none_or(|e| visit(e, name, &mut constants))
                }),
            },
            _ => true,
        };
        if !sound {
            return None;
        }
    }
    Some(constants)
}

/// Whether `name` stands only on the left of comparisons with constants; those are collected.
fn visit(e: &Expression, name: &str, constants: &mut Vec<Value>) -> bool {
    let named = |e: &Expression| matches!(&*e.node, Node::Name(n) if n == name);
    match &*e.node {
        Node::Name(n) => n != name,
        Node::Literal(_)
        | Node::ReferenceDate
        | Node::Total
        | Node::Verdict
        | Node::HasField(_)
        | Node::AnyExclusion
        | Node::AnyRequirementFailed
        | Node::EveryConditionFulfilled => true,
        Node::Group(e)
        | Node::Not(e)
        | Node::PercentOf { of: e, .. }
        | Node::Shift { date: e, .. }
        | Node::YearOf(e) => visit(e, name, constants),
        Node::And(all)
        | Node::Or(all)
        | Node::LookUp { keys: all, .. }
        | Node::Bullets { items: all, .. } => all.iter().all(|e| visit(e, name, constants)),
        Node::Compare { left, right, .. } if named(left) => right.iter().all(|e| match &*e.node {
            Node::Literal(value) => {
                if !matches!(value, Literal::None | Literal::NotApplicable) {
                    constants.push(literal(value));
                }
                true
            }
            _ => false,
        }),
        Node::Compare { left, right, .. } => {
            visit(left, name, constants) && right.iter().all(|e| visit(e, name, constants))
        }
        Node::Arithmetic { left, right, .. } => visit(left, name, constants) && visit(right, name, constants),
        Node::Quantified { body, .. } => matches!(&*body.node, Node::Name(_)) || visit(body, name, constants),
        Node::Contains { set, .. } => set.node != name,
        Node::Count(n) => n.node != name,
        Node::Sum { field, .. } => field.node != name,
    }
}

/// Multiples of `step`: next to the constants and at the ends.
pub(crate) fn steps(
    constants: &[Value],
    step: &BigRational,
    low: Option<Value>,
    high: Option<Value>,
) -> Vec<Value> {
    let mut points = BTreeSet::new();
    for point in numbers(constants, &low, &high) {
        let below = (&point / step).floor() * step;
        let above = (&point / step).ceil() * step;
        points.extend([&below - step, &above + step, below, above].map(Value::Number));
    }
    within(points, low, high)
}

/// All fractions: the constants, the ends, and one between each two of them.
pub(crate) fn continuous(constants: &[Value], low: Option<Value>, high: Option<Value>) -> Vec<Value> {
    let points: Vec<BigRational> = numbers(constants, &low, &high).into_iter().collect();
    let mut grid: BTreeSet<Value> = points.iter().cloned().map(Value::Number).collect();
    for pair in points.windows(2) {
        grid.insert(Value::Number((&pair[0] + &pair[1]) / whole(2)));
    }
    grid.insert(Value::Number(points.first().unwrap() - whole(1)));
    grid.insert(Value::Number(points.last().unwrap() + whole(1)));
    within(grid, low, high)
}

fn numbers(constants: &[Value], low: &Option<Value>, high: &Option<Value>) -> BTreeSet<BigRational> {
    let mut points = BTreeSet::new();
    for point in constants.iter().chain(low).chain(high) {
        let Value::Number(n) = point else { panic!("no number: {point:?}") };
        points.insert(n.clone());
    }
    if points.is_empty() {
        points.insert(whole(0));
    }
    points
}

pub(crate) fn days(constants: &[Value], low: Option<Value>, high: Option<Value>) -> Vec<Value> {
    let some_day = super::domain::iso("2020-01-01");
    let mut points = BTreeSet::new();
    for point in constants.iter().chain(&low).chain(&high) {
        let Value::Date(day) = point else { panic!("no date: {point:?}") };
        points.insert(*day);
    }
    if points.is_empty() {
        points.insert(some_day);
    }
    let around = |day: Day| [day.yesterday(), day, day.tomorrow()].map(Value::Date);
    within(points.into_iter().flat_map(around).collect(), low, high)
}

fn within(points: BTreeSet<Value>, low: Option<Value>, high: Option<Value>) -> Vec<Value> {
    let inside =
        |v: &Value| low.as_ref().is_none_or(|low| low <= v) && high.as_ref().is_none_or(|high| v <= high);
    points.into_iter().filter(inside).collect()
}
