//! Wide ranges. A question that is only ever compared with constants behaves alike between two neighbouring
//! constants: then the constants, their neighbours and the ends of the range stand for all its answers.

use std::collections::BTreeSet;

use meetlat::Date;
use meetlat::internals::rules::syntax::{
    Cell, ClauseBody, DeclarationKind, Expression, ExpressionNode as Node, File, Literal, Score,
};
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
    if !constants.contains(&Value::None) {
        return Some(constants);
    }
    // It is asked of a table: by its keys, or as a date by years that are keys.
    constants.retain(|constant| *constant != Value::None);
    let by_years = constants.contains(&Value::NotApplicable);
    constants.retain(|constant| *constant != Value::NotApplicable);
    let tables = file.declarations.iter().filter(|one| one.kind.node == DeclarationKind::Table);
    for clause in tables.flat_map(|table| &table.clauses) {
        let ClauseBody::Row(cells) = &clause.body else { continue };
        let Some((_, keys)) = cells.split_last() else { continue };
        for key in keys {
            let Cell::Literal(key) = &key.node else { continue };
            let Value::Number(n) = literal(key) else { continue };
            if !by_years {
                constants.push(Value::Number(n));
                continue;
            }
            let year = i32::try_from(n.to_integer()).unwrap();
            let start = |year| Value::Date(Day::of(Date::new(year, 1, 1).unwrap()));
            constants.extend([start(year), start(year + 1)]);
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
        // Marked by values that no constant has.
        Node::LookUp { keys, .. } => keys.iter().all(|key| match &*key.node {
            Node::Name(n) if n == name => {
                constants.push(Value::None);
                true
            }
            Node::YearOf(of) if named(of) => {
                constants.extend([Value::None, Value::NotApplicable]);
                true
            }
            _ => visit(key, name, constants),
        }),
        Node::And(all) | Node::Or(all) | Node::Bullets { items: all, .. } => {
            all.iter().all(|e| visit(e, name, constants))
        }
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
