//! The results of every completion, one by one.

use std::collections::BTreeMap;

use meetlat::Date;
use meetlat::internals::rules::syntax;
use num_rational::BigRational;

use super::conditions::World;
use super::rules::Rules;
use super::value::Day;
use super::{domain, fill};

/// What one completion gives, as far as it is looked at.
pub(crate) struct One {
    pub(crate) outcome: String,
    /// Criteria that have a score; none is n.v.t.
    pub(crate) scores: BTreeMap<String, Option<BigRational>>,
}

/// Shows every completion until `visit` says false. None when there are more than `cap`, or when they cannot be enumerated.
pub(crate) fn each(
    file: &syntax::File,
    proposal: &serde_json::Value,
    reference_date: Option<Date>,
    cap: u64,
    visit: &mut dyn FnMut(One) -> bool,
) -> Option<()> {
    each_of(file, proposal, reference_date, cap, &|_| true, visit)
}

/// The same, where only the questions that are `varied` have more than one value.
pub(crate) fn each_of(
    file: &syntax::File,
    proposal: &serde_json::Value,
    reference_date: Option<Date>,
    cap: u64,
    varied: &dyn Fn(&str) -> bool,
    visit: &mut dyn FnMut(One) -> bool,
) -> Option<()> {
    let rules = Rules::new(file);
    let written = proposal["peildatum"].as_str().map(domain::iso);
    let reference_date = reference_date.map(Day::of).or(written);
    let (mut answers, mut slots) = domain::read(&rules, proposal, cap)?;
    slots.retain(|slot| varied(&slot.question));
    let completions =
        slots.iter().try_fold(1_u64, |n, slot| n.checked_mul(slot.values.len().try_into().unwrap()))?;
    if completions > cap {
        return None;
    }
    let mut chosen = vec![0_usize; slots.len()];
    loop {
        let world = World { rules: &rules, answers: &answers, reference_date, item: None, standing: None };
        let results = world.results();
        if !visit(One { outcome: results.outcome, scores: results.criteria }) {
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
