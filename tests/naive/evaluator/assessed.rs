//! Several givers, without the engine: every way to choose among what was given, with every completion of what nobody
//! answered. Lists are compared item by item.

use std::collections::{BTreeMap, BTreeSet};

use meetlat::Date;
use meetlat::internals::rules::syntax::{self, AnswerKind, ClauseBody, DeclarationKind, KindName};
use serde_json::Value as Json;

use super::conditions::World;
use super::domain::{Given, Slot, all_values, given, iso};
use super::rules::{self, Rules};
use super::value::{Day, Item, Value, whole};
use super::{Combo, Matter, mattering};

/// What can come out.
pub(crate) struct Assessed {
    /// The pointers of answers that are open or differ, and which differ; in order.
    pub(crate) slots: Vec<(String, bool)>,
    pub(crate) combos: BTreeSet<Combo>,
    pub(crate) matters: BTreeMap<String, Matter>,
    /// Per completion its result; the first slot varies fastest.
    all: Vec<Combo>,
    sizes: Vec<usize>,
}

impl Assessed {
    /// For every completion of what is not closed, the worst outcome over what is.
    pub(crate) fn worst(&self, closed: &[String], outcomes: &[String]) -> BTreeSet<usize> {
        let mut worst: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
        for (at, (outcome, _)) in self.all.iter().enumerate() {
            let (mut rest, mut key) = (at, Vec::new());
            for ((pointer, _), size) in self.slots.iter().zip(&self.sizes) {
                if !closed.contains(pointer) {
                    key.push(rest % size);
                }
                rest /= size;
            }
            let place = outcomes.iter().position(|name| name == outcome).unwrap();
            let entry = worst.entry(key).or_insert(place);
            *entry = place.max(*entry);
        }
        worst.into_values().collect()
    }
}

/// How the answer to a question comes about.
enum Plan {
    Fixed(Value),
    /// The value of a slot.
    Chosen(usize),
    /// Items of which some fields are chosen, and perhaps the length.
    Items {
        items: Vec<BTreeMap<String, Plan>>,
        length: Option<usize>,
    },
}

struct Reading<'r> {
    rules: &'r Rules<'r>,
    agreed: BTreeMap<&'r str, &'r Json>,
    slots: Vec<Slot>,
    differs: Vec<bool>,
    cap: u64,
}

/// All results over all choices and completions; none when there are more than `cap`.
pub(crate) fn evaluate(
    file: &syntax::File,
    proposal: &Json,
    reference_date: Option<Date>,
    cap: u64,
) -> Option<Assessed> {
    let rules = Rules::new(file);
    let written = proposal["peildatum"].as_str().map(iso);
    let reference_date = reference_date.map(Day::of).or(written);
    let mut givers = vec![&proposal["antwoorden"]];
    givers.extend(list(&proposal["beoordelingen"]).iter().map(|one| &one["antwoorden"]));
    let agreed = list(&proposal["consensus"]).iter();
    let agreed = agreed.map(|one| (one["vraag"].as_str().unwrap(), &one["antwoord"])).collect();
    let mut reading = Reading { rules: &rules, agreed, slots: Vec::new(), differs: Vec::new(), cap };
    let mut plans: BTreeMap<String, Plan> = BTreeMap::new();
    for question in rules.all(DeclarationKind::Question) {
        let name = rules::name(question);
        let ground = question.clauses.iter().any(|clause| clause.body == ClauseBody::GroundRequired);
        let said: Vec<&Json> = givers.iter().map(|answers| &answers[name]).collect();
        let pointer = format!("/antwoorden/{name}");
        plans.insert(name.to_owned(), reading.plan(&pointer, name, rules::answer(question), ground, said)?);
    }
    let Reading { slots, differs, .. } = reading;
    let sizes: Vec<usize> = slots.iter().map(|slot| slot.values.len()).collect();
    let count = sizes.iter().try_fold(1_u64, |n, size| n.checked_mul((*size).try_into().unwrap()))?;
    if count > cap {
        return None;
    }
    let mut all = Vec::new();
    for at in 0..count {
        let mut rest = usize::try_from(at).unwrap();
        let mut chosen = Vec::with_capacity(slots.len());
        for slot in &slots {
            chosen.push(&slot.values[rest % slot.values.len()]);
            rest /= slot.values.len();
        }
        let answers = plans.iter().map(|(name, plan)| (name.clone(), plan.value(&chosen))).collect();
        let world = World { rules: &rules, answers: &answers, reference_date, item: None, standing: None };
        let results = world.results();
        all.push((results.outcome, results.routes));
    }
    Some(Assessed {
        matters: mattering(&slots, &all),
        combos: all.iter().cloned().collect(),
        slots: slots.into_iter().map(|slot| slot.pointer).zip(differs).collect(),
        all,
        sizes,
    })
}

impl Plan {
    fn value(&self, chosen: &[&Value]) -> Value {
        match self {
            Self::Fixed(value) => value.clone(),
            Self::Chosen(slot) => chosen[*slot].clone(),
            Self::Items { items, length } => {
                let most = match length.map(|slot| chosen[slot]) {
                    None => items.len(),
                    Some(Value::Number(n)) => {
                        (0..=items.len()).find(|length| *n == whole(i64::try_from(*length).unwrap())).unwrap()
                    }
                    Some(other) => return other.clone(),
                };
                let item = |fields: &BTreeMap<String, Self>| -> Item {
                    fields.iter().map(|(name, plan)| (name.clone(), plan.value(chosen))).collect()
                };
                Value::List(items.iter().take(most).map(item).collect())
            }
        }
    }
}

impl<'r> Reading<'r> {
    fn plan(
        &mut self,
        pointer: &str,
        name: &str,
        kind: &AnswerKind,
        ground: bool,
        said: Vec<&Json>,
    ) -> Option<Plan> {
        // The reason of an agreement is the ground of all of its answer.
        let own = self.agreed.get(pointer).map(|agreed| with_ground(agreed));
        let inside = said.len() == 1 && is_below(&self.agreed, pointer);
        let said: Vec<Json> = match own {
            Some(agreed) => vec![agreed],
            None if inside => said.into_iter().map(with_ground).collect(),
            None => said.into_iter().cloned().collect(),
        };
        let answered: Vec<Given<'_>> = said.iter().filter_map(|json| given(kind, ground, json)).collect();
        if answered.is_empty() {
            let values = all_values(self.rules, name, kind, self.cap)?;
            return Some(self.chosen(pointer, values, false));
        }
        let KindName::List(fields) = &kind.kind.node else {
            let mut values: Vec<Value> = Vec::new();
            for answer in &answered {
                let value = answer.value(&kind.kind.node);
                if !values.contains(&value) {
                    values.push(value);
                }
            }
            return Some(if values.len() == 1 {
                Plan::Fixed(values.remove(0))
            } else {
                self.chosen(pointer, values, true)
            });
        };
        let lists: Vec<&Vec<Json>> = answered
            .iter()
            .filter_map(|answer| match answer {
                Given::Json(json) => json.as_array(),
                _ => None,
            })
            .collect();
        let mut lengths: Vec<Value> = Vec::new();
        for answer in &answered {
            let length = match answer {
                Given::Json(json) => {
                    Value::Number(whole(i64::try_from(json.as_array().unwrap().len()).unwrap()))
                }
                Given::None => Value::None,
                Given::NotApplicable => Value::NotApplicable,
            };
            if !lengths.contains(&length) {
                lengths.push(length);
            }
        }
        if lists.is_empty() && lengths.len() == 1 {
            return Some(Plan::Fixed(lengths.remove(0)));
        }
        let length = (lengths.len() > 1).then(|| {
            self.slot(pointer, lengths, true);
            self.slots.len() - 1
        });
        let mut items = Vec::new();
        for at in 0..lists.iter().map(|list| list.len()).max().unwrap_or(0) {
            let mut item = BTreeMap::new();
            for field in fields {
                let name = &field.name.node;
                let said = lists.iter().filter_map(|list| Some(&list.get(at)?[name])).collect();
                let pointer = format!("{pointer}/{at}/{name}");
                item.insert(name.clone(), self.plan(&pointer, name, &field.answer, false, said)?);
            }
            items.push(item);
        }
        Some(Plan::Items { items, length })
    }

    fn chosen(&mut self, pointer: &str, values: Vec<Value>, differs: bool) -> Plan {
        self.slot(pointer, values, differs);
        Plan::Chosen(self.slots.len() - 1)
    }

    fn slot(&mut self, pointer: &str, values: Vec<Value>, differs: bool) {
        self.slots.push(Slot { pointer: pointer.to_owned(), question: String::new(), field: None, values });
        self.differs.push(differs);
    }
}

fn list(json: &Json) -> &[Json] {
    json.as_array().map_or(&[], Vec::as_slice)
}

/// Whether a list that holds this field was agreed on.
fn is_below(agreed: &BTreeMap<&str, &Json>, pointer: &str) -> bool {
    agreed.keys().any(|list| pointer.strip_prefix(list).is_some_and(|rest| rest.starts_with('/')))
}

fn with_ground(answer: &Json) -> Json {
    let mut wrapped =
        if answer.is_object() { answer.clone() } else { serde_json::json!({ "antwoord": answer }) };
    let ground = wrapped["onderbouwing"].as_str().is_some_and(|ground| !ground.trim().is_empty());
    if !ground && !wrapped["antwoord"].is_null() {
        wrapped["onderbouwing"] = "overlegd".into();
    }
    wrapped
}
