//! One diagram's ways down, and how far each end lies.

use std::rc::Rc;

use super::cost::{Cost, Far, Few, ONE};
use crate::diagram::store::Ref;
use crate::limits::budget::{Budget, Ended};

/// What a step down asks.
#[derive(Debug, Clone)]
pub(super) enum Needs {
    Nothing,
    /// That this answer changes, which is asked about at so many levels.
    Change(usize, u32),
    /// That all answers of one of some sets change. A set is a mask of places among these answers.
    One(Rc<[usize]>, Vec<u32>),
    /// A value of a part.
    Part(usize, usize),
}

#[derive(Debug)]
pub(super) struct Step {
    pub(super) to: usize,
    pub(super) needs: Needs,
}

/// Nodes or ends of a diagram, one for each completion.
pub(super) type Row = Rc<[Ref]>;

/// One diagram's ways down, for all completions together.
#[derive(Debug, Default)]
pub(super) struct Ways {
    /// By place; each stands before what it leads to, the root first.
    pub(super) steps: Vec<Vec<Step>>,
    /// The ends that are asked for, with their places.
    pub(super) ends: Vec<(Row, usize)>,
}

impl Ways {
    /// Keeps what leads to an end, in this order.
    pub(super) fn only(&mut self, order: &[usize], ends: Vec<(Row, usize)>) {
        let mut leads = vec![false; self.steps.len()];
        for (_, at) in &ends {
            if let Some(leads) = leads.get_mut(*at) {
                *leads = true;
            }
        }
        for at in order.iter().rev() {
            let mut steps = self.steps.get(*at).into_iter().flatten();
            let any = steps.any(|step| leads.get(step.to).copied().unwrap_or(false));
            if let Some(leads) = leads.get_mut(*at) {
                *leads |= any;
            }
        }
        let mut places: Vec<Option<usize>> = vec![None; self.steps.len()];
        let kept = order.iter().filter(|at| leads.get(**at).copied().unwrap_or(false));
        let kept: Vec<usize> = kept.copied().collect();
        for (place, at) in kept.iter().enumerate() {
            if let Some(own) = places.get_mut(*at) {
                *own = Some(place);
            }
        }
        let place = |at: usize| places.get(at).copied().flatten();
        let mut steps = Vec::with_capacity(kept.len());
        for at in &kept {
            let own = self.steps.get_mut(*at).map(std::mem::take).unwrap_or_default().into_iter();
            let own = own.filter_map(|step| Some(Step { to: place(step.to)?, ..step }));
            steps.push(own.collect());
        }
        self.steps = steps;
        self.ends = ends.into_iter().filter_map(|(row, at)| Some((row, place(at)?))).collect();
    }

    /// How far each place lies.
    pub(super) fn far(
        &self,
        costs: &[Cost],
        parts: &[Vec<Option<Far>>],
        budget: &Budget,
    ) -> Result<Vec<Option<Far>>, Ended> {
        // A step here costs a fraction of a step of another pass.
        budget.steps(1 + self.steps.len() as u64 / 8)?;
        let change = |at: usize, levels: u32| match costs.get(at) {
            Some(Cost::Free) => Some(Far::HERE),
            Some(Cost::One) => Some(Far { cost: ONE / levels, few: Few::of(at), partly: levels > 1 }),
            _ => None,
        };
        let all = |of: &[usize], mask: u32| {
            let mut set = (0..).zip(of).filter(|(place, _)| mask >> place & 1 == 1);
            set.try_fold(Far::HERE, |far, (_, at)| Some(far.and(&change(*at, 1)?)))
        };
        let mut far: Vec<Option<Far>> = vec![None; self.steps.len()];
        if let Some(root) = far.first_mut() {
            *root = Some(Far::HERE);
        }
        for (at, steps) in self.steps.iter().enumerate() {
            let Some(here) = far.get(at).copied().flatten() else { continue };
            for step in steps {
                let more = match &step.needs {
                    Needs::Nothing => Some(Far::HERE),
                    Needs::Change(at, levels) => change(*at, *levels),
                    Needs::One(of, sets) => sets
                        .iter()
                        .filter_map(|set| all(of, *set))
                        .reduce(|best, one| if one.nearer(&best) { one } else { best }),
                    Needs::Part(part, value) => {
                        parts.get(*part).and_then(|of| of.get(*value).copied().flatten())
                    }
                };
                let Some(next) = more.map(|more| here.and(&more)) else { continue };
                if let Some(to) = far.get_mut(step.to)
                    && to.as_ref().is_none_or(|known| next.nearer(known))
                {
                    *to = Some(next);
                }
            }
        }
        Ok(far)
    }
}
