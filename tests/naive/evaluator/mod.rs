//! A second evaluator, as simple as can be: it walks the syntax tree once for every completion of the open
//! questions, with big fractions. It shares nothing with the engine but the parser.

use std::collections::{BTreeMap, BTreeSet};

use meetlat::Date;
use meetlat::internals::rules::syntax;
use num_rational::BigRational;

pub(crate) mod assessed;
mod conditions;
mod domain;
pub(crate) mod each;
mod grid;
pub(crate) mod parsing;
pub(crate) mod reading;
mod rules;
mod scores;
pub(crate) mod sites;
mod value;
mod verdict;
pub(crate) mod walk;

use conditions::World;
pub(crate) use domain::Slot;
pub(crate) use rules::Rules;
use value::Day;
pub(crate) use value::Value;
use verdict::Results;

/// An outcome with the choices of the routes, in file order.
pub(crate) type Combo = (String, Vec<String>);

/// What can come out, over all completions.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct NaiveResult {
    pub(crate) combos: BTreeSet<Combo>,
    /// The lines of the verdict that give the outcome, from 1.
    pub(crate) lines: BTreeSet<usize>,
    /// The criteria that have a score.
    pub(crate) criteria: BTreeMap<String, ScoreSet>,
    /// Of the criteria that count: the part of all weights that apply, and that part of the score.
    pub(crate) shares: BTreeMap<String, ScoreSet>,
    pub(crate) contributions: BTreeMap<String, ScoreSet>,
    pub(crate) requirements: BTreeMap<String, BTreeSet<Status>>,
    pub(crate) conditions: BTreeMap<String, BTreeSet<Status>>,
    pub(crate) exclusions: BTreeMap<String, BTreeSet<Status>>,
    pub(crate) signals: BTreeMap<String, BTreeSet<Status>>,
    pub(crate) total: ScoreSet,
    /// The open answers that matter, by JSON pointer: two completions that differ only there differ in outcome or a
    /// choice.
    pub(crate) matters: BTreeMap<String, Matter>,
    /// JSON pointers of all open answers.
    pub(crate) open: BTreeSet<String>,
    pub(crate) completions: u64,
    /// In a completion a look-up finds nothing. What then matters is not said here.
    pub(crate) missed: bool,
    /// And what it would have given makes a difference.
    pub(crate) missing_matters: bool,
    /// Numbers were cut off: what their answers leave is not said here, since near the end others are out of reach.
    pub(crate) cut: bool,
}

/// How an open answer matters.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Matter {
    /// Two completions that differ only there differ in outcome.
    pub(crate) changes_outcome: bool,
    pub(crate) is_list: bool,
    /// What each of its values leaves possible.
    pub(crate) classes: BTreeSet<BTreeSet<Combo>>,
}

/// A requirement is met, a condition fulfilled, an exclusion or signal there; or not; or it does not apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    Holds,
    Fails,
    Lapses,
}

/// The least and greatest value over the completions in which a score applies.
#[derive(Clone, PartialEq, Default)]
pub(crate) struct ScoreSet {
    pub(crate) min: Option<BigRational>,
    pub(crate) max: Option<BigRational>,
    pub(crate) not_applicable: NotApplicable,
}

/// In how many completions a score is n.v.t.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum NotApplicable {
    #[default]
    No,
    Maybe,
    Always,
}

/// On one line, fractions as fractions.
impl std::fmt::Debug for ScoreSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let (Some(min), Some(max)) = (&self.min, &self.max) {
            write!(f, "{min} to {max}, ")?;
        }
        write!(f, "n.v.t.: {:?}", self.not_applicable)
    }
}

impl ScoreSet {
    fn add(&mut self, score: Option<&BigRational>) {
        let Some(score) = score else {
            self.not_applicable =
                if self.max.is_some() { NotApplicable::Maybe } else { NotApplicable::Always };
            return;
        };
        if self.not_applicable == NotApplicable::Always {
            self.not_applicable = NotApplicable::Maybe;
        }
        if self.min.as_ref().is_none_or(|min| score < min) {
            self.min = Some(score.clone());
        }
        if self.max.as_ref().is_none_or(|max| score > max) {
            self.max = Some(score.clone());
        }
    }
}

/// All results over all completions; none when there are more than `cap` of them, or a wide range is read in a
/// way that cannot be enumerated.
pub(crate) fn evaluate(
    file: &syntax::File,
    proposal: &serde_json::Value,
    reference_date: Option<Date>,
    cap: u64,
) -> Option<NaiveResult> {
    evaluate_up_to(file, proposal, reference_date, cap, None)
}

/// The same, with open lists and numbers that have no end, up to one that decides. Which item is which tells nothing in this
/// language, so of lists that hold the same items in another order there is one.
pub(crate) fn evaluate_up_to(
    file: &syntax::File,
    proposal: &serde_json::Value,
    reference_date: Option<Date>,
    cap: u64,
    up_to: Option<usize>,
) -> Option<NaiveResult> {
    let mut rules = Rules::new(file);
    rules.up_to = up_to;
    let written = proposal["peildatum"].as_str().map(domain::iso);
    let reference_date = reference_date.map(Day::of).or(written);
    let (mut answers, slots) = domain::read(&rules, proposal, cap)?;
    let completions =
        slots.iter().try_fold(1_u64, |n, slot| n.checked_mul(slot.values.len().try_into().unwrap()))?;
    if completions > cap {
        return None;
    }

    let mut result = NaiveResult {
        open: slots.iter().map(|slot| slot.pointer.clone()).collect(),
        completions,
        cut: rules.cut.get(),
        ..NaiveResult::default()
    };
    // Outcome and route choices by completion; the first slot varies fastest.
    let mut combos: Vec<Combo> = Vec::new();
    let mut chosen = vec![0_usize; slots.len()];
    loop {
        let world = World { rules: &rules, answers: &answers, reference_date, item: None, standing: None };
        rules.missed.set(false);
        let results = world.results();
        record(&mut result, &results);
        combos.push((results.outcome, results.routes));
        if rules.missed.get() {
            result.missed = true;
            rules.missing_is_high.set(true);
            let results = world.results();
            rules.missing_is_high.set(false);
            record(&mut result, &results);
            result.missing_matters |=
                combos.last() != Some(&(results.outcome.clone(), results.routes.clone()));
            result.combos.insert((results.outcome, results.routes));
        }
        // Count on.
        let mut at = 0;
        loop {
            let Some(slot) = slots.get(at) else {
                result.matters = mattering(&slots, &combos);
                result.combos.extend(combos);
                return Some(result);
            };
            chosen[at] = (chosen[at] + 1) % slot.values.len();
            fill(&mut answers, slot, slot.values[chosen[at]].clone());
            if chosen[at] > 0 {
                break;
            }
            at += 1;
        }
    }
}

/// A completion, as places among the values of each slot, with what it gives.
pub(crate) type Completion = (Vec<usize>, Combo);

/// The open slots, and every completion. None under the same conditions as [`evaluate`].
pub(crate) fn completions(
    file: &syntax::File,
    proposal: &serde_json::Value,
    reference_date: Option<Date>,
    cap: u64,
) -> Option<(Vec<Slot>, Vec<Completion>)> {
    let (slots, found) = completions_up_to(file, proposal, reference_date, cap, None)?;
    Some((slots, found.into_iter().map(|(chosen, combo, _)| (chosen, combo)).collect()))
}

/// A completion with the line of the verdict that holds.
pub(crate) type Lined = (Vec<usize>, Combo, usize);

/// The same, each with the line of the verdict that gives its outcome, from 1; under the conditions of [`evaluate_up_to`], and
/// none where a look-up finds nothing.
pub(crate) fn completions_up_to(
    file: &syntax::File,
    proposal: &serde_json::Value,
    reference_date: Option<Date>,
    cap: u64,
    up_to: Option<usize>,
) -> Option<(Vec<Slot>, Vec<Lined>)> {
    let mut rules = Rules::new(file);
    rules.up_to = up_to;
    let written = proposal["peildatum"].as_str().map(domain::iso);
    let reference_date = reference_date.map(Day::of).or(written);
    let (mut answers, slots) = domain::read(&rules, proposal, cap)?;
    let count =
        slots.iter().try_fold(1_u64, |n, slot| n.checked_mul(slot.values.len().try_into().unwrap()))?;
    if count > cap {
        return None;
    }
    let mut found = Vec::new();
    let mut chosen = vec![0_usize; slots.len()];
    loop {
        let world = World { rules: &rules, answers: &answers, reference_date, item: None, standing: None };
        let results = world.results();
        found.push((chosen.clone(), (results.outcome, results.routes), results.line));
        let mut at = 0;
        loop {
            let Some(slot) = slots.get(at) else {
                return (!rules.missed.get()).then_some((slots, found));
            };
            chosen[at] = (chosen[at] + 1) % slot.values.len();
            fill(&mut answers, slot, slot.values[chosen[at]].clone());
            if chosen[at] > 0 {
                break;
            }
            at += 1;
        }
    }
}

/// The answers of a proposal and its open slots; open answers hold their first value.
pub(crate) fn answers(
    file: &syntax::File,
    proposal: &serde_json::Value,
    cap: u64,
) -> Option<(BTreeMap<String, Value>, Vec<Slot>)> {
    domain::read(&Rules::new(file), proposal, cap)
}

fn fill(answers: &mut BTreeMap<String, Value>, slot: &Slot, value: Value) {
    let answer = answers.get_mut(&slot.question).unwrap();
    match &slot.field {
        None => *answer = value,
        Some((index, field)) => {
            let Value::List(items) = answer else { panic!("{} is no list", slot.question) };
            items[*index].insert(field.clone(), value);
        }
    }
}

fn record(result: &mut NaiveResult, one: &Results) {
    result.total.add(one.total.as_ref());
    result.lines.insert(one.line);
    let scores = [
        (&mut result.criteria, &one.criteria),
        (&mut result.shares, &one.shares),
        (&mut result.contributions, &one.contributions),
    ];
    for (sets, scores) in scores {
        for (name, score) in scores {
            sets.entry(name.clone()).or_default().add(score.as_ref());
        }
    }
    let statuses = [
        (&mut result.requirements, &one.requirements),
        (&mut result.conditions, &one.conditions),
        (&mut result.exclusions, &one.exclusions),
        (&mut result.signals, &one.signals),
    ];
    for (sets, statuses) in statuses {
        for (name, status) in statuses {
            sets.entry(name.clone()).or_default().insert(*status);
        }
    }
}

fn mattering(slots: &[Slot], combos: &[Combo]) -> BTreeMap<String, Matter> {
    let mut matters = BTreeMap::new();
    // Completions that differ by one step in this slot only lie this far apart.
    let mut stride = 1;
    for slot in slots {
        let value = |i: usize| (i / stride) % slot.values.len();
        // Where all neighbours agree, all agree.
        let neighbours =
            || (0..combos.len()).filter(|i| value(*i) + 1 < slot.values.len()).map(|i| (i, i + stride));
        if neighbours().any(|(i, j)| combos[i] != combos[j]) {
            let mut left: Vec<BTreeSet<Combo>> = vec![BTreeSet::new(); slot.values.len()];
            for (i, combo) in combos.iter().enumerate() {
                if !left[value(i)].contains(combo) {
                    left[value(i)].insert(combo.clone());
                }
            }
            let changes_outcome = neighbours().any(|(i, j)| combos[i].0 != combos[j].0);
            matters.insert(
                slot.pointer.clone(),
                Matter {
                    changes_outcome,
                    is_list: matches!(slot.values[0], Value::List(_)),
                    classes: left.into_iter().collect(),
                },
            );
        }
        stride *= slot.values.len();
    }
    matters
}

/// The outcomes that two files give for the same answers, where their questions are the same and nothing is answered: every
/// completion that either of them can tell apart. None under the same conditions as [`evaluate`], or when a look-up finds nothing.
pub(crate) fn outcomes_of_both(
    files: [&syntax::File; 2],
    reference_date: Option<Date>,
    cap: u64,
) -> Option<Vec<[String; 2]>> {
    let proposal = serde_json::json!({"antwoorden": {}});
    let rules = files.map(Rules::new);
    let reference_date = reference_date.map(Day::of);
    let (mut answers, mut slots) = domain::read(&rules[0], &proposal, cap)?;
    let (_, others) = domain::read(&rules[1], &proposal, cap)?;
    for slot in &mut slots {
        let other = others.iter().find(|other| other.pointer == slot.pointer)?;
        let all: BTreeSet<Value> = slot.values.iter().chain(&other.values).cloned().collect();
        slot.values = all.into_iter().collect();
    }
    let count =
        slots.iter().try_fold(1_u64, |n, slot| n.checked_mul(slot.values.len().try_into().unwrap()))?;
    if count > cap {
        return None;
    }
    let mut found = Vec::new();
    let mut chosen = vec![0_usize; slots.len()];
    for slot in &slots {
        fill(&mut answers, slot, slot.values[0].clone());
    }
    loop {
        let both = [0, 1].map(|at| {
            let rules: &Rules<'_> = &rules[at];
            World { rules, answers: &answers, reference_date, item: None, standing: None }.results().outcome
        });
        if rules.iter().any(|rules| rules.missed.get()) {
            return None;
        }
        found.push(both);
        let mut at = 0;
        loop {
            let Some(slot) = slots.get(at) else { return Some(found) };
            chosen[at] = (chosen[at] + 1) % slot.values.len();
            fill(&mut answers, slot, slot.values[chosen[at]].clone());
            if chosen[at] > 0 {
                break;
            }
            at += 1;
        }
    }
}
