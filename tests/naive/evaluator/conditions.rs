//! Whether a condition holds and what a value is, in one completion.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use meetlat::internals::rules::syntax::{
    Cell, ClauseBody, Comparison, Declaration, DeclarationKind, Expression, ExpressionNode as Node, Literal,
    Operator, Quantity, Score, Unit,
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero as _;

use super::rules::{self, Rules};
use super::value::{Day, Item, Value, big, big_percent, whole};

/// What the conditions of the verdict and the routes may read besides the answers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Standing {
    pub(crate) total: Option<BigRational>,
    pub(crate) any_exclusion: bool,
    pub(crate) any_requirement_failed: bool,
    pub(crate) every_condition_fulfilled: bool,
    /// None while the verdict itself is being decided.
    pub(crate) outcome: Option<String>,
}

/// One completion: every question has an answer.
#[derive(Clone, Copy)]
pub(crate) struct World<'a> {
    pub(crate) rules: &'a Rules<'a>,
    pub(crate) answers: &'a BTreeMap<String, Value>,
    pub(crate) reference_date: Option<Day>,
    /// The record that a quantifier looks at.
    pub(crate) item: Option<&'a Item>,
    pub(crate) standing: Option<&'a Standing>,
}

impl<'a> World<'a> {
    pub(crate) fn holds(self, condition: &Expression) -> bool {
        match &*condition.node {
            Node::Group(inner) => self.holds(inner),
            Node::And(all) => all.iter().all(|one| self.holds(one)),
            Node::Or(any) => any.iter().any(|one| self.holds(one)),
            Node::Not(inner) => !self.holds(inner),
            Node::Compare { left, operator, right } => {
                let left = self.value(left);
                let right: Vec<Value> = right.iter().map(|value| self.value(value)).collect();
                compare(&left, operator.node, &right)
            }
            Node::Contains { set, items } => match self.named(&set.node) {
                Value::Words(words) => items.iter().all(|item| words.contains(&item.node)),
                Value::None | Value::NotApplicable => false,
                other => panic!("bevat over {other:?}"),
            },
            Node::Quantified { all, list, body } => {
                let Value::List(items) = self.named(&list.node) else { panic!("{} is no list", list.node) };
                let holds = |item: &Item| {
                    let inside = World { item: Some(item), ..self };
                    match &*body.node {
                        Node::Name(field) => item[field].is_value(),
                        _ => inside.holds(body),
                    }
                };
                if *all { items.iter().all(holds) } else { items.iter().any(holds) }
            }
            Node::HasField(field) => self.item.unwrap()[&field.node].is_value(),
            Node::Bullets { quantity, items, .. } => {
                let true_ones = items.iter().filter(|item| self.holds(item)).count();
                match &quantity.node {
                    Quantity::All => true_ones == items.len(),
                    Quantity::AtLeast(n) => whole(i64::try_from(true_ones).unwrap()) >= big(n),
                    Quantity::None => true_ones == 0,
                }
            }
            Node::AnyExclusion => self.standing.unwrap().any_exclusion,
            Node::AnyRequirementFailed => self.standing.unwrap().any_requirement_failed,
            Node::EveryConditionFulfilled => self.standing.unwrap().every_condition_fulfilled,
            Node::Name(term) => {
                let term = self.rules.get(term).unwrap();
                assert_eq!(term.kind.node, DeclarationKind::Term, "a bare name is a term");
                World { item: None, ..self }.holds(rules::condition(term).unwrap())
            }
            other => panic!("no condition: {other:?}"),
        }
    }

    pub(crate) fn value(self, expression: &Expression) -> Value {
        match &*expression.node {
            Node::Group(inner) => self.value(inner),
            Node::Name(name) => self.named(name),
            Node::Literal(value) => literal(value),
            Node::ReferenceDate => Value::Date(self.reference_date.unwrap()),
            Node::Total => number(self.standing.unwrap().total.clone()),
            Node::Verdict => Value::Word(self.standing.unwrap().outcome.clone().unwrap()),
            Node::Count(name) => match self.named(&name.node) {
                Value::Words(words) => count(words.len()),
                Value::List(items) => count(items.len()),
                // The answer that there is none counts none.
                Value::None => count(0),
                Value::NotApplicable => Value::NotApplicable,
                other => panic!("aantal over {other:?}"),
            },
            Node::Sum { field, list } => {
                let Value::List(items) = self.named(&list.node) else { panic!("{} is no list", list.node) };
                let mut sum = BigRational::zero();
                for item in &items {
                    if let Value::Number(n) = &item[&field.node] {
                        sum += n;
                    }
                }
                Value::Number(sum)
            }
            Node::PercentOf { percent: part, of } => match self.value(of) {
                Value::Number(n) => Value::Number(big_percent(&part.node) * n),
                _ => Value::NotApplicable,
            },
            Node::Shift { amount, unit, after, date } => match self.value(date) {
                Value::Date(day) => {
                    let amount = i64::try_from(big(&amount.node).to_integer()).unwrap();
                    let amount = if *after { amount } else { -amount };
                    Value::Date(match unit {
                        Unit::Days => day.plus_days(amount),
                        Unit::Weeks => day.plus_days(7 * amount),
                        Unit::Months => day.plus_months(amount),
                        Unit::Years => day.plus_months(12 * amount),
                    })
                }
                _ => Value::NotApplicable,
            },
            Node::YearOf(date) => match self.value(date) {
                Value::Date(day) => Value::Number(whole(day.year.into())),
                _ => Value::NotApplicable,
            },
            Node::LookUp { table, keys } => {
                let keys: Vec<Value> = keys.iter().map(|key| self.value(key)).collect();
                look_up(self.rules, self.rules.get(&table.node).unwrap(), &keys)
            }
            Node::Arithmetic { left, operator, right } => match (self.value(left), self.value(right)) {
                (Value::Number(a), Value::Number(b)) => Value::Number(match operator.node {
                    Operator::Add => a + b,
                    Operator::Subtract => a - b,
                    Operator::Multiply => a * b,
                    Operator::Divide => a / b,
                }),
                _ => Value::NotApplicable,
            },
            other => panic!("no value: {other:?}"),
        }
    }

    /// A field where a quantifier looks at a record, else what is declared, else the word itself.
    pub(crate) fn named(self, name: &str) -> Value {
        if let Some(value) = self.item.and_then(|item| item.get(name)) {
            return value.clone();
        }
        let Some(declaration) = self.rules.get(name) else { return Value::Word(name.to_owned()) };
        match declaration.kind.node {
            DeclarationKind::Question => self.answers[name].clone(),
            DeclarationKind::Part | DeclarationKind::Criterion => number(self.score(name)),
            DeclarationKind::Term => World { item: None, ..self }.term(declaration),
            _ => panic!("{name} has no value"),
        }
    }

    fn term(self, term: &Declaration) -> Value {
        match rules::value(term).unwrap() {
            Score::Expression(expression) => self.value(expression),
            Score::Ladder(lines) => {
                let line = lines.iter().find(|line| line.condition.as_ref().is_none_or(|c| self.holds(c)));
                self.value(&line.unwrap().value)
            }
            other => panic!("no value: {other:?}"),
        }
    }
}

/// `is`, `is niet`, `is een van` are plain equality; an ordering holds only between two values that have one.
fn compare(left: &Value, operator: Comparison, right: &[Value]) -> bool {
    let order = left.order(&right[0]);
    match operator {
        Comparison::Is => *left == right[0],
        Comparison::IsNot => *left != right[0],
        Comparison::IsOneOf => right.contains(left),
        Comparison::AtLeast | Comparison::From => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        Comparison::AtMost | Comparison::Until => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        Comparison::MoreThan | Comparison::After => order == Some(Ordering::Greater),
        Comparison::LessThan | Comparison::Before => order == Some(Ordering::Less),
    }
}

/// A look-up by a key that is geen or n.v.t. is n.v.t., as arithmetic is.
/// A row that is missing may be worth anything. Such a look-up stands in one ordering only: then less than all, and more
/// than all, are all there is to try.
fn look_up(rules: &Rules<'_>, table: &Declaration, keys: &[Value]) -> Value {
    if !keys.iter().all(Value::is_value) {
        return Value::NotApplicable;
    }
    let rows = table.clauses.iter().filter_map(|clause| match &clause.body {
        ClauseBody::Row(cells) => Some(cells),
        _ => None,
    });
    for row in rows.skip(1) {
        let cells: Vec<Value> = row.iter().map(|cell| self::cell(&cell.node)).collect();
        let (value, row_keys) = cells.split_last().unwrap();
        if row_keys == keys {
            return value.clone();
        }
    }
    let otherwise = rules::find(table, |body| match body {
        ClauseBody::Otherwise(value) => Some(&value.node),
        _ => None,
    });
    otherwise.map_or_else(
        || {
            rules.missed.set(true);
            let much = whole(1_000_000_000);
            Value::Number(if rules.missing_is_high.get() { much } else { -much })
        },
        literal,
    )
}

fn cell(cell: &Cell) -> Value {
    match cell {
        Cell::Word(word) => self::word(word),
        Cell::Literal(value) => literal(value),
    }
}

/// A word of an answer or a table.
pub(crate) fn word(word: &str) -> Value {
    match word {
        "ja" => Value::JA,
        "deels" => Value::DEELS,
        "nee" => Value::NEE,
        option => Value::Word(option.to_owned()),
    }
}

pub(crate) fn literal(literal: &Literal) -> Value {
    match literal {
        Literal::Number(n) | Literal::Money(n) => Value::Number(big(n)),
        Literal::Percent(n) => Value::Number(big_percent(n)),
        Literal::Date(date) => Value::Date(Day::of(*date)),
        Literal::Text(_) => Value::Text,
        Literal::Yes => Value::JA,
        Literal::Partly => Value::DEELS,
        Literal::No => Value::NEE,
        Literal::None => Value::None,
        Literal::NotApplicable => Value::NotApplicable,
    }
}

/// A score as a value.
fn number(score: Option<BigRational>) -> Value {
    score.map_or(Value::NotApplicable, Value::Number)
}

fn count(n: usize) -> Value {
    Value::Number(BigRational::from_integer(BigInt::from(n)))
}
