//! All results of one completion.

use std::collections::BTreeMap;

use meetlat::internals::rules::syntax::{ClauseBody, Declaration, DeclarationKind, RequirementLevel};
use num_rational::BigRational;
use num_traits::One as _;

use super::Status;
use super::conditions::{Standing, World};
use super::rules::{condition, find, name, only_if, score, weight};
use super::scores::{mean, number};
use super::value::big_percent;

/// What one completion gives.
pub(crate) struct Results {
    pub(crate) outcome: String,
    /// The line of the verdict that gives it, from 1.
    pub(crate) line: usize,
    /// The choices, in file order of the routes.
    pub(crate) routes: Vec<String>,
    pub(crate) total: Option<BigRational>,
    /// Criteria that have a score.
    pub(crate) criteria: BTreeMap<String, Option<BigRational>>,
    /// Of the criteria that count: the part of all weights that apply, and that part of the score.
    pub(crate) shares: BTreeMap<String, Option<BigRational>>,
    pub(crate) contributions: BTreeMap<String, Option<BigRational>>,
    pub(crate) requirements: BTreeMap<String, Status>,
    pub(crate) conditions: BTreeMap<String, Status>,
    pub(crate) exclusions: BTreeMap<String, Status>,
    pub(crate) signals: BTreeMap<String, Status>,
}

impl World<'_> {
    pub(crate) fn results(self) -> Results {
        let mut criteria = BTreeMap::new();
        let mut requirements = BTreeMap::new();
        let mut counting = Vec::new();
        for criterion in self.rules.all(DeclarationKind::Criterion) {
            if score(criterion).is_none() {
                continue;
            }
            let score = self.score(name(criterion));
            if let Some(level) = self.required(criterion) {
                let status = match &score {
                    None => Status::Lapses,
                    Some(score) if *score >= level => Status::Holds,
                    Some(_) => Status::Fails,
                };
                requirements.insert(name(criterion).to_owned(), status);
            }
            if let (Some(weight), Some(score)) = (weight(criterion), &score) {
                counting.push((number(weight), score.clone()));
            }
            criteria.insert(name(criterion).to_owned(), score);
        }
        let weights: BigRational = counting.iter().map(|(weight, _)| weight).sum();
        let mut shares = BTreeMap::new();
        let mut contributions = BTreeMap::new();
        for criterion in self.rules.all(DeclarationKind::Criterion) {
            if let Some(weight) = weight(criterion) {
                let score = &criteria[name(criterion)];
                let share = score.as_ref().map(|_| number(weight) / &weights);
                let contribution = score.as_ref().map(|score| score * number(weight) / &weights);
                shares.insert(name(criterion).to_owned(), share);
                contributions.insert(name(criterion).to_owned(), contribution);
            }
        }
        let conditions = self.statuses(DeclarationKind::Condition);
        let exclusions = self.statuses(DeclarationKind::Exclusion);

        let mut standing = Standing {
            total: mean(&counting),
            any_exclusion: exclusions.values().any(|status| *status == Status::Holds),
            any_requirement_failed: requirements.values().any(|status| *status == Status::Fails),
            every_condition_fulfilled: conditions.values().all(|status| *status != Status::Fails),
            outcome: None,
        };
        let verdict = self.rules.all(DeclarationKind::Verdict).next().unwrap();
        let (line, outcome) = self.with(&standing).first_choice(verdict);
        standing.outcome = Some(outcome.clone());

        let world = self.with(&standing);
        Results {
            outcome,
            line,
            routes: self.rules.all(DeclarationKind::Route).map(|route| world.first_choice(route).1).collect(),
            criteria,
            shares,
            contributions,
            requirements,
            conditions,
            exclusions,
            signals: world.statuses(DeclarationKind::Signal),
            total: standing.total,
        }
    }

    fn with<'a>(&'a self, standing: &'a Standing) -> World<'a> {
        World { standing: Some(standing), ..*self }
    }

    /// The score that the requirement of a criterion asks.
    fn required(self, criterion: &Declaration) -> Option<BigRational> {
        let level = find(criterion, |body| match body {
            ClauseBody::Requirement(level) => Some(&level.node),
            _ => None,
        })?;
        Some(match level {
            RequirementLevel::Yes => BigRational::one(),
            RequirementLevel::Partly => number(self.rules.partly().unwrap()),
            RequirementLevel::Percent(n) => big_percent(n),
        })
    }

    /// Conditions, exclusions or signals.
    fn statuses(self, kind: DeclarationKind) -> BTreeMap<String, Status> {
        let status = |d: &Declaration| {
            if only_if(d).is_some_and(|c| !self.holds(c)) {
                Status::Lapses
            } else if self.holds(condition(d).unwrap()) {
                Status::Holds
            } else {
                Status::Fails
            }
        };
        self.rules.all(kind).map(|d| (name(d).to_owned(), status(d))).collect()
    }

    /// The first line of the verdict or of a route whose condition holds, counted from 1; `anders` has none.
    fn first_choice(self, of: &Declaration) -> (usize, String) {
        let lines = of.clauses.iter().filter_map(|clause| match &clause.body {
            ClauseBody::OutcomeLine { outcome: name, condition }
            | ClauseBody::Choice { name, condition, .. } => Some((&name.node, condition)),
            _ => None,
        });
        for (index, (name, condition)) in lines.enumerate() {
            if condition.as_ref().is_none_or(|c| self.holds(c)) {
                return (index + 1, name.clone());
            }
        }
        panic!("no `anders`")
    }
}
