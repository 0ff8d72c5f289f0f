//! Completions one by one, for what only looks at a part of the results and may stop early.

use std::collections::BTreeMap;

use meetlat::Date;
use meetlat::internals::rules::syntax;
use num_rational::BigRational;

use super::conditions::World;
use super::rules::{self, Rules};
use super::value::{Day, Value};
use super::{domain, fill};

/// Shows every completion to `visit` until that says false. `allowed` leaves values of open answers out, by JSON pointer.
/// None when there are more than `cap` completions, or when they cannot be enumerated.
fn walk(
    file: &syntax::File,
    proposal: &serde_json::Value,
    reference_date: Option<Date>,
    cap: u64,
    allowed: &dyn Fn(&str, &Value) -> bool,
    visit: &mut dyn FnMut(World<'_>) -> bool,
) -> Option<()> {
    let rules = Rules::new(file);
    let written = proposal["peildatum"].as_str().map(domain::iso);
    let reference_date = reference_date.map(Day::of).or(written);
    let (mut answers, mut slots) = domain::read(&rules, proposal, cap)?;
    for slot in &mut slots {
        let pointer = slot.pointer.clone();
        slot.values.retain(|value| allowed(&pointer, value));
    }
    let completions =
        slots.iter().try_fold(1_u64, |n, slot| n.checked_mul(slot.values.len().try_into().unwrap()))?;
    if completions > cap {
        return None;
    }
    slots.iter().for_each(|slot| fill(&mut answers, slot, slot.values[0].clone()));
    let mut chosen = vec![0_usize; slots.len()];
    loop {
        let world = World { rules: &rules, answers: &answers, reference_date, item: None, standing: None };
        if !visit(world) {
            return Some(());
        }
        let mut at = 0;
        loop {
            let Some(slot) = slots.get(at) else { return Some(()) };
            chosen[at] = (chosen[at] + 1) % slot.values.len();
            fill(&mut answers, slot, slot.values[chosen[at]].clone());
            if chosen[at] > 0 {
                break;
            }
            at += 1;
        }
    }
}

/// Whether every completion has this outcome.
pub(crate) fn always(
    file: &syntax::File,
    proposal: &serde_json::Value,
    reference_date: Option<Date>,
    cap: u64,
    outcome: &str,
) -> Option<bool> {
    let mut same = true;
    walk(file, proposal, reference_date, cap, &|_, _| true, &mut |world| {
        same = world.results().outcome == outcome;
        same
    })?;
    Some(same)
}

/// Whether there are no more than `cap` completions.
pub(crate) fn is_enumerable(
    file: &syntax::File,
    proposal: &serde_json::Value,
    reference_date: Option<Date>,
    cap: u64,
) -> bool {
    walk(file, proposal, reference_date, cap, &|_, _| true, &mut |_| false).is_some()
}

/// The least and the greatest score of every criterion that has one in some completion; the answer at `plain` is a value,
/// neither geen nor n.v.t.
pub(crate) fn scores(
    file: &syntax::File,
    proposal: &serde_json::Value,
    reference_date: Option<Date>,
    cap: u64,
    plain: &str,
) -> Option<BTreeMap<String, (BigRational, BigRational)>> {
    let names: Vec<&str> = file
        .declarations
        .iter()
        .filter(|one| one.kind.node == syntax::DeclarationKind::Criterion && rules::score(one).is_some())
        .map(rules::name)
        .collect();
    let mut found: BTreeMap<String, (BigRational, BigRational)> = BTreeMap::new();
    let allowed = |pointer: &str, value: &Value| pointer != plain || value.is_value();
    walk(file, proposal, reference_date, cap, &allowed, &mut |world| {
        for name in &names {
            let Some(score) = world.score(name) else { continue };
            let ends = found.entry((*name).to_owned()).or_insert_with(|| (score.clone(), score.clone()));
            ends.0 = ends.0.clone().min(score.clone());
            ends.1 = ends.1.clone().max(score);
        }
        true
    })?;
    Some(found)
}
