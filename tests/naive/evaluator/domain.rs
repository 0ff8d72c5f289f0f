//! Which answers are given, which are open, and every value an open one can have.

use std::collections::BTreeMap;

use meetlat::internals::rules::syntax::{AnswerKind, ClauseBody, DeclarationKind, Field, KindName};
use num_rational::BigRational;
use serde_json::Value as Json;

use super::conditions::{literal, word};
use super::grid;
use super::rules::{self, Rules};
use super::value::{Day, Item, Value, decimal, percent, whole};

/// Whole ranges are enumerated up to this many values; wider ones only at the constants they are compared with.
const WHOLE_RANGE: usize = 80;

/// An open answer.
#[derive(Debug)]
pub(crate) struct Slot {
    pub(crate) pointer: String,
    pub(crate) question: String,
    /// For a field of a given list: which record, which field.
    pub(crate) field: Option<(usize, String)>,
    pub(crate) values: Vec<Value>,
}

/// The given answers (open ones hold their first value) and the open slots. None where an open question cannot
/// be enumerated in `cap` values.
pub(crate) fn read(
    rules: &Rules<'_>,
    proposal: &Json,
    cap: u64,
) -> Option<(BTreeMap<String, Value>, Vec<Slot>)> {
    let given_answers = &proposal["antwoorden"];
    let mut answers = BTreeMap::new();
    let mut slots = Vec::new();
    for question in rules.all(DeclarationKind::Question) {
        let name = rules::name(question);
        let kind = rules::answer(question);
        let ground_required = question.clauses.iter().any(|clause| clause.body == ClauseBody::GroundRequired);
        let answer = match (given(kind, ground_required, &given_answers[name]), &kind.kind.node) {
            (Some(Given::Json(list)), KindName::List(fields)) => {
                let mut items = Vec::new();
                for (index, record) in list.as_array().unwrap().iter().enumerate() {
                    let mut item = Item::new();
                    for field in fields {
                        let field_name = &field.name.node;
                        let value = match given(&field.answer, false, &record[field_name]) {
                            Some(given) => given.value(&field.answer.kind.node),
                            None => {
                                let values = all_values(rules, field_name, &field.answer, cap)?;
                                let first = values[0].clone();
                                slots.push(Slot {
                                    pointer: format!("/antwoorden/{name}/{index}/{field_name}"),
                                    question: name.to_owned(),
                                    field: Some((index, field_name.clone())),
                                    values,
                                });
                                first
                            }
                        };
                        item.insert(field_name.clone(), value);
                    }
                    items.push(item);
                }
                Value::List(items)
            }
            (Some(given), kind) => given.value(kind),
            (None, _) => {
                let values = all_values(rules, name, kind, cap)?;
                let first = values[0].clone();
                let pointer = format!("/antwoorden/{name}");
                slots.push(Slot { pointer, question: name.to_owned(), field: None, values });
                first
            }
        };
        answers.insert(name.to_owned(), answer);
    }
    Some((answers, slots))
}

pub(super) enum Given<'a> {
    Json(&'a Json),
    None,
    NotApplicable,
}

/// What is answered; none when that leaves it open.
pub(super) fn given<'a>(kind: &AnswerKind, ground_required: bool, json: &'a Json) -> Option<Given<'a>> {
    // Bare, or wrapped with its ground.
    let (answer, ground) = match json {
        Json::Object(wrapper) => {
            (wrapper.get("antwoord").unwrap_or(&Json::Null), wrapper.get("onderbouwing"))
        }
        bare => (bare, None),
    };
    let has_ground = ground.and_then(Json::as_str).is_some_and(|text| !text.trim().is_empty());
    if answer.is_null() || (ground_required && !has_ground) {
        return None;
    }
    if kind.not_applicable && answer == "n.v.t." {
        return has_ground.then_some(Given::NotApplicable);
    }
    if kind.none && answer == "geen" {
        return Some(Given::None);
    }
    Some(Given::Json(answer))
}

impl Given<'_> {
    pub(super) fn value(&self, kind: &KindName) -> Value {
        let json = match self {
            Self::Json(json) => json,
            Self::None => return Value::None,
            Self::NotApplicable => return Value::NotApplicable,
        };
        match kind {
            KindName::YesNo | KindName::YesPartlyNo | KindName::OneOf(_) | KindName::OptionsOf(_) => {
                word(json.as_str().unwrap())
            }
            KindName::SomeOf(_) => {
                let words = json.as_array().unwrap().iter();
                Value::Words(words.map(|word| word.as_str().unwrap().to_owned()).collect())
            }
            KindName::Integer | KindName::Number | KindName::Money => {
                Value::Number(decimal(&json.to_string()))
            }
            KindName::Percentage => Value::Number(percent(&decimal(&json.to_string()))),
            KindName::Date => Value::Date(iso(json.as_str().unwrap())),
            KindName::Text => Value::Text,
            KindName::List(_) => panic!("read by record"),
        }
    }
}

pub(crate) fn iso(text: &str) -> Day {
    Day::of(meetlat::Date::from_iso(text).unwrap())
}

/// Every answer a question or field allows.
pub(super) fn all_values(rules: &Rules<'_>, name: &str, answer: &AnswerKind, cap: u64) -> Option<Vec<Value>> {
    let cap = usize::try_from(cap).unwrap();
    let words = |options: &[meetlat::internals::rules::syntax::NamedItem]| -> Vec<String> {
        options.iter().map(|option| option.name.node.clone()).collect()
    };
    let mut values = match &answer.kind.node {
        KindName::YesNo => vec![Value::JA, Value::NEE],
        KindName::YesPartlyNo => vec![Value::JA, Value::DEELS, Value::NEE],
        KindName::OneOf(options) => words(options).into_iter().map(Value::Word).collect(),
        KindName::OptionsOf(question) => match &rules::answer(rules.get(&question.node).unwrap()).kind.node {
            KindName::OneOf(options) | KindName::SomeOf(options) => {
                words(options).into_iter().map(Value::Word).collect()
            }
            other => panic!("no options: {other:?}"),
        },
        KindName::SomeOf(options) => subsets(&words(options), cap)?,
        KindName::Integer => numbers(rules, name, answer, &whole(1))?,
        KindName::Money => numbers(rules, name, answer, &(whole(1) / whole(100)))?,
        KindName::Date => dates(rules, name, answer)?,
        KindName::Number | KindName::Percentage => {
            let (low, high) = ends(answer);
            grid::continuous(&grid::constants(rules.file, name)?, low, high)
        }
        KindName::Text => vec![Value::Text],
        KindName::List(fields) => lists(rules, answer, fields, cap)?,
    };
    if answer.none {
        values.push(Value::None);
    }
    if answer.not_applicable {
        values.push(Value::NotApplicable);
    }
    (values.len() <= cap).then_some(values)
}

fn subsets(options: &[String], cap: usize) -> Option<Vec<Value>> {
    let mut subsets = vec![std::collections::BTreeSet::new()];
    for option in options {
        for i in 0..subsets.len() {
            let mut with = subsets[i].clone();
            with.insert(option.clone());
            subsets.push(with);
        }
        if subsets.len() > cap {
            return None;
        }
    }
    Some(subsets.into_iter().map(Value::Words).collect())
}

/// The ends of a range.
fn ends(answer: &AnswerKind) -> (Option<Value>, Option<Value>) {
    let range = answer.range.as_ref();
    let end = |end: Option<
        &meetlat::internals::message::source::Spanned<meetlat::internals::rules::syntax::Literal>,
    >| { end.map(|end| literal(&end.node)) };
    (end(range.and_then(|range| range.from.as_ref())), end(range.and_then(|range| range.until.as_ref())))
}

/// Whole numbers or whole cents.
fn numbers(rules: &Rules<'_>, name: &str, answer: &AnswerKind, step: &BigRational) -> Option<Vec<Value>> {
    let (low, high) = ends(answer);
    if let (Some(Value::Number(low)), Some(Value::Number(high))) = (&low, &high) {
        let mut at = low.clone();
        let mut values = Vec::new();
        while at <= *high && values.len() <= WHOLE_RANGE {
            values.push(Value::Number(at.clone()));
            at += step;
        }
        if values.len() <= WHOLE_RANGE {
            return Some(values);
        }
    }
    if let (Some(Value::Number(low)), None, Some(count)) = (&low, &high, rules.up_to) {
        rules.cut.set(true);
        let at = |n: usize| low + step * whole(i64::try_from(n).unwrap());
        return Some((0..=count).map(at).map(Value::Number).collect());
    }
    Some(grid::steps(&grid::constants(rules.file, name)?, step, low, high))
}

fn dates(rules: &Rules<'_>, name: &str, answer: &AnswerKind) -> Option<Vec<Value>> {
    let (low, high) = ends(answer);
    if let (Some(Value::Date(low)), Some(Value::Date(high))) = (&low, &high) {
        let mut at = *low;
        let mut values = Vec::new();
        while at <= *high && values.len() <= WHOLE_RANGE {
            values.push(Value::Date(at));
            at = at.tomorrow();
        }
        if values.len() <= WHOLE_RANGE {
            return Some(values);
        }
    }
    Some(grid::days(&grid::constants(rules.file, name)?, low, high))
}

/// Every list of every allowed length.
fn lists(rules: &Rules<'_>, answer: &AnswerKind, fields: &[Field], cap: usize) -> Option<Vec<Value>> {
    let mut records = vec![Item::new()];
    for field in fields {
        let values = all_values(rules, &field.name.node, &field.answer, u64::try_from(cap).unwrap())?;
        records = extend(&records, &values, cap, |record, value| {
            let mut record = record.clone();
            record.insert(field.name.node.clone(), value.clone());
            record
        })?;
    }
    let (low, high) = match (ends(answer), rules.up_to) {
        ((Some(Value::Number(low)), Some(Value::Number(high))), _) => (low, high),
        ((low, None), Some(longest)) => {
            let low = match low {
                Some(Value::Number(low)) => usize::try_from(low.to_integer()).unwrap(),
                _ => 0,
            };
            return unordered(&records, low, longest, cap);
        }
        _ => return None,
    };
    let mut lists = Vec::new();
    let mut of_this_length = vec![Vec::new()];
    let mut length = whole(0);
    while length <= high {
        if length >= low {
            lists.extend(of_this_length.iter().cloned().map(Value::List));
        }
        length += whole(1);
        if length <= high {
            of_this_length = extend(&of_this_length, &records, cap, |list, record| {
                let mut list = list.clone();
                list.push(record.clone());
                list
            })?;
        }
    }
    Some(lists)
}

/// The lists of every length, without regard to the order of their items.
fn unordered(records: &[Item], low: usize, longest: usize, cap: usize) -> Option<Vec<Value>> {
    let mut lists = Vec::new();
    // By the places of their items, which never descend.
    let mut of_this_length: Vec<Vec<usize>> = vec![Vec::new()];
    for length in 0..=longest {
        if length >= low {
            let items = |places: &Vec<usize>| places.iter().map(|at| records[*at].clone()).collect();
            lists.extend(of_this_length.iter().map(items).map(Value::List));
        }
        let longer = |places: &Vec<usize>| {
            let places = places.clone();
            let next = places.last().copied().unwrap_or(0)..records.len();
            next.map(move |at| places.iter().copied().chain([at]).collect()).collect::<Vec<Vec<usize>>>()
        };
        of_this_length = of_this_length.iter().flat_map(longer).collect();
        if lists.len() + of_this_length.len() > cap {
            return None;
        }
    }
    Some(lists)
}

/// Each of `these` with each of `those`; none when that makes more than `cap`.
fn extend<A, B>(these: &[A], those: &[B], cap: usize, join: impl Fn(&A, &B) -> A) -> Option<Vec<A>> {
    if these.len().saturating_mul(those.len()) > cap {
        return None;
    }
    Some(
        these.iter().flat_map(|this| those.iter().map(|that| join(this, that)).collect::<Vec<_>>()).collect(),
    )
}
