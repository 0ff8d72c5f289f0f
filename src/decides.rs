//! The fewest points, and the fewest answers, that already decide an outcome whatever the rest is: the search behind
//! "why". A set of points is kept, all other given answers are reopened, and the outcome must still be settled.
//!
//! Every completion with another outcome differs from the proposal in some points, and a set that decides has one of
//! them. So the sets to try are those that hit every difference known so far, the smallest first; each that does not
//! decide yields a completion that shows it, and with it a further difference.

use std::cell::Cell;
use std::collections::BTreeSet;

use crate::hitting::{self, Bits, Tried};
use crate::limits::Limits;
use crate::model::{CriterionId, Expression, Model, QuestionId};
use crate::place::Place;
use crate::possible::{Possible, Slot};
use crate::program::Program;
use crate::proposal::{Answer, Proposal, State};
use crate::reach::{self, Combination, Reach, Unsure};
use crate::reads::Reads;
use crate::sample;
use crate::solve::Solver;
use crate::value::Value;
use crate::world::World;

/// Counterexamples that are kept, to be tried on later sets.
const KEPT: usize = 400;

/// Something that can decide: what is kept when it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Point {
    /// A criterion: its place among them.
    Criterion(usize),
    /// A condition.
    Condition(usize),
    /// An exclusion.
    Exclusion(usize),
    /// An answer that the verdict's own lines read.
    Answer(QuestionId),
}

/// The points of a model, criteria first, then conditions, exclusions, and answers that the verdict's lines read; each
/// with the questions it reads.
pub(crate) fn points(model: &Model) -> Vec<(Point, BTreeSet<QuestionId>)> {
    let mut points = Vec::new();
    let read = |of: Vec<&Expression>| Reads::of(model, of).questions;
    for (at, criterion) in model.criteria.iter().enumerate() {
        let of = criterion.score.iter().chain(&criterion.only_if).collect();
        points.push((Point::Criterion(at), read(of)));
    }
    for (at, condition) in model.conditions.iter().enumerate() {
        let of = std::iter::once(&condition.fulfilled_if).chain(&condition.only_if).collect();
        points.push((Point::Condition(at), read(of)));
    }
    for (at, exclusion) in model.exclusions.iter().enumerate() {
        points.push((Point::Exclusion(at), read(vec![&exclusion.applies_if])));
    }
    let direct = read_directly(model).into_iter();
    points.extend(direct.map(|question| (Point::Answer(question), BTreeSet::from([question]))));
    points
}

/// What the verdict's lines read themselves, through terms and parts, but not through criteria.
fn read_directly(model: &Model) -> BTreeSet<QuestionId> {
    let mut reads = Reads::default();
    // A criterion that counts as seen is not looked into.
    let criteria = (0..model.criteria.len()).filter_map(|at| u32::try_from(at).ok());
    reads.criteria.extend(criteria.map(CriterionId));
    for condition in model.verdict.lines.iter().filter_map(|line| line.condition.as_ref()) {
        reads.add(model, condition);
    }
    reads.questions
}

/// The smallest sets that decide.
#[derive(Debug, Clone)]
pub(crate) struct Decides {
    /// The first of the smallest sets, as places among the elements. One from which nothing can be left out, where the
    /// search ended before a smallest was found.
    pub(crate) first: Vec<usize>,
    /// How many others of that size there are, at least.
    pub(crate) others: usize,
    /// There are no more others than that.
    pub(crate) all: bool,
    /// No smaller set decides, and none of this size that comes before it.
    pub(crate) least: bool,
    /// What ended the search for the first, if something did.
    pub(crate) ended: Option<Ended>,
}

/// A search ended before it could tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ended {
    /// The slot at which it ended, when there was one.
    pub(crate) slot: Option<Slot>,
    /// At the limit. Else numbers could not be decided on their grid, or a list may be longer than what is tried.
    pub(crate) at_limit: bool,
}

/// The search: what decides that `outcome` comes out of a proposal?
pub(crate) struct Search<'a> {
    program: &'a Program,
    limits: &'a Limits,
    /// The proposal, of its answers only the states.
    proposal: Proposal,
    outcome: u16,
    /// The given answers that may be reopened, in file order.
    atoms: Vec<Place>,
    /// The proposal's answers with the open ones filled in, one way.
    base: Vec<Answer>,
    /// Completions of the proposal with all its answers reopened, that have another outcome.
    pool: Vec<Vec<Answer>>,
    steps: u64,
}

impl<'a> Search<'a> {
    /// Of a proposal of which `outcome` is settled.
    pub(crate) fn new(
        model: &Model,
        program: &'a Program,
        proposal: &Proposal,
        limits: &'a Limits,
        outcome: u16,
    ) -> Self {
        let atoms = Place::all(model, proposal)
            .into_iter()
            .filter(|place| {
                let fixed = model.questions.get(place.question.index()).is_none_or(|one| one.fixed);
                !fixed && place.answer(proposal).is_some_and(|answer| answer.state != State::Open)
            })
            .collect();
        let answers = proposal.answers.iter().map(bare).collect();
        let proposal = Proposal { answers, title: None, submitter: None, ..proposal.clone() };
        let mut search =
            Self { program, limits, proposal, outcome, atoms, base: Vec::new(), pool: Vec::new(), steps: 0 };
        search.base = search.some_completions(&search.proposal).into_iter().next().unwrap_or_default();
        // Some completions at hand, so that few sets need a search to be refuted.
        let open = search.with(search.reopened(&Bits::default()));
        for found in search.some_completions(&open) {
            search.keep(found);
        }
        search
    }

    /// The given answers that may be reopened, in file order: the elements of [`Self::answers`].
    pub(crate) fn atoms(&self) -> &[Place] {
        &self.atoms
    }

    /// The fewest of these points, each with the questions it reads.
    pub(crate) fn points(&mut self, points: &[(Point, BTreeSet<QuestionId>)]) -> Decides {
        let keeps: Vec<Bits> =
            points.iter().map(|(_, read)| self.atoms_of(|place| read.contains(&place.question))).collect();
        self.least(&keeps)
    }

    /// The fewest answers.
    pub(crate) fn answers(&mut self) -> Decides {
        let keeps: Vec<Bits> = (0..self.atoms.len()).map(|at| self.atoms_of_one(at)).collect();
        self.least(&keeps)
    }

    fn atoms_of(&self, has: impl Fn(&Place) -> bool) -> Bits {
        Bits::of(self.atoms.len(), |at| self.atoms.get(at).is_some_and(&has))
    }

    fn atoms_of_one(&self, one: usize) -> Bits {
        Bits::of(self.atoms.len(), |at| at == one)
    }

    fn least(&mut self, keeps: &[Bits]) -> Decides {
        let count = keeps.len();
        let (limit, most) = (self.limits.search_steps, self.limits.other_sets.saturating_add(1));
        let spent = Cell::new(0_u64);
        let (mut found_one, mut least, mut all) = (false, true, true);
        let mut ended: Option<Ended> = None;
        let mut test = |set: &Bits| {
            self.steps = 0;
            let found = self.differs(&union(keeps, set.iter()), keeps, limit.saturating_sub(spent.get()));
            spent.set(spent.get() + self.steps);
            match found {
                Ok(None) => {
                    found_one = true;
                    Tried::Enough
                }
                Ok(Some(difference)) => Tried::Lacks(Bits::of(count, |at| {
                    keeps.get(at).is_some_and(|keep| keep.meets(&difference))
                })),
                Err(end) => {
                    // Once the first is found, this only leaves the count of the others unfinished.
                    all = false;
                    if !found_one {
                        least = false;
                        ended.get_or_insert(end);
                    }
                    // Not known to decide, so it counts as not deciding: something else must go with it.
                    Tried::Lacks(Bits::of(count, |at| !set.contains(at)))
                }
            }
        };
        let mut step = || {
            spent.set(spent.get() + 1);
            spent.get() <= limit
        };
        let found = hitting::least(count, most, &mut test, &mut step);
        if spent.get() > limit && !found_one {
            ended.get_or_insert(Ended { slot: None, at_limit: true });
        }
        let first = found.found.first().map(|set| set.iter().collect::<Vec<_>>());
        all &= found.all;
        let (least, others) = (least && first.is_some(), found.found.len().saturating_sub(1));
        let first = first.unwrap_or_else(|| self.some(keeps));
        Decides { first, others: others.min(self.limits.other_sets), all, least, ended }
    }

    /// One set that decides, of which no element can be spared, the last ones left out first. Not the smallest.
    fn some(&mut self, keeps: &[Bits]) -> Vec<usize> {
        let mut chosen: Vec<usize> = (0..keeps.len()).collect();
        self.steps = 0;
        for at in (0..keeps.len()).rev() {
            let kept = union(keeps, chosen.iter().copied().filter(|one| *one != at));
            let left = self.limits.search_steps.saturating_sub(self.steps);
            if matches!(self.differs(&kept, keeps, left), Ok(None)) {
                chosen.retain(|one| *one != at);
            }
        }
        chosen
    }

    /// With only these answers kept: the answers in which a completion with another outcome differs. None: there is no such
    /// completion.
    fn differs(&mut self, kept: &Bits, keeps: &[Bits], limit: u64) -> Result<Option<Bits>, Ended> {
        let known = (0..self.pool.len()).find_map(|at| {
            let restored = self.restored(self.pool.get(at)?, kept);
            self.steps += 1;
            self.is_other(&restored).then_some(restored)
        });
        let found = match known {
            Some(found) => found,
            None => {
                let reopened = self.with(self.reopened(kept));
                let world = World::new(self.program, &reopened, self.limits);
                let mut reach = Reach::new(self.program, world, limit);
                let outcome = self.outcome;
                let witness = reach.witness(&|combination: &Combination| combination.0 != outcome);
                self.steps += reach.steps;
                let at_limit = reach.steps > limit;
                let witness = witness.map_err(|Unsure { slot }| Ended { slot, at_limit })?;
                let Some(world) = witness else { return Ok(None) };
                let found = filled(&world, &reopened);
                self.keep(found.clone());
                found
            }
        };
        Ok(Some(self.shrunk(found, keeps)))
    }

    /// Restores given answers while the outcome stays another, and gives the answers that still differ.
    fn shrunk(&mut self, mut found: Vec<Answer>, keeps: &[Bits]) -> Bits {
        let singles: Vec<Bits> = (0..self.atoms.len()).map(|at| self.atoms_of_one(at)).collect();
        for keep in keeps.iter().chain(&singles) {
            if !keep.meets(&self.difference(&found)) {
                continue;
            }
            let restored = self.restored(&found, keep);
            self.steps += 1;
            if self.is_other(&restored) {
                found = restored;
            }
        }
        self.difference(&found)
    }

    /// The answers of a completion that are not as given. An item's field differs too where the list has another length.
    fn difference(&self, found: &[Answer]) -> Bits {
        Bits::of(self.atoms.len(), |at| {
            let Some(place) = self.atoms.get(at) else { return false };
            let of = |answers: &'_ [Answer]| answers.get(place.question.index()).map(|one| one.state.clone());
            match (of(found), of(&self.proposal.answers)) {
                (Some(State::Items(now)), Some(State::Items(given))) if now.len() == given.len() => {
                    place.item.is_some_and(|(item, field)| {
                        let of = |items: &[Vec<Answer>]| {
                            items.get(item as usize)?.get(field as usize).map(|field| field.state.clone())
                        };
                        of(&now) != of(&given)
                    })
                }
                (now, given) => now != given,
            }
        })
    }

    /// A completion with these answers as given again.
    fn restored(&self, found: &[Answer], keep: &Bits) -> Vec<Answer> {
        let mut restored = found.to_vec();
        for place in keep.iter().filter_map(|at| self.atoms.get(at)) {
            let at = place.question.index();
            let (Some(answer), Some(base)) = (restored.get_mut(at), self.base.get(at)) else { continue };
            match (&mut answer.state, &base.state) {
                (State::Items(now), State::Items(given)) if now.len() == given.len() => {
                    let Some((item, field)) = place.item else { continue };
                    let of = given.get(item as usize).and_then(|item| item.get(field as usize));
                    let now = now.get_mut(item as usize).and_then(|item| item.get_mut(field as usize));
                    if let (Some(now), Some(given)) = (now, of) {
                        *now = given.clone();
                    }
                }
                _ => *answer = base.clone(),
            }
        }
        restored
    }

    /// The proposal's answers with only these kept, besides those that stand fast and those that are open.
    fn reopened(&self, kept: &Bits) -> Vec<Answer> {
        let mut answers = self.proposal.answers.clone();
        let listed: BTreeSet<QuestionId> =
            kept.iter().filter_map(|at| self.atoms.get(at)).map(|place| place.question).collect();
        for (at, place) in self.atoms.iter().enumerate() {
            let Some(answer) = answers.get_mut(place.question.index()) else { continue };
            match (&mut answer.state, place.item) {
                _ if kept.contains(at) => {}
                // An answer in an item says that there is such a list.
                (State::Items(_), None) if listed.contains(&place.question) => {}
                (_, None) => answer.state = State::Open,
                (State::Items(items), Some((item, field))) => {
                    let field = items.get_mut(item as usize).and_then(|item| item.get_mut(field as usize));
                    if let Some(field) = field {
                        field.state = State::Open;
                    }
                }
                (_, Some(_)) => {}
            }
        }
        answers
    }

    fn with(&self, answers: Vec<Answer>) -> Proposal {
        Proposal { answers, ..self.proposal.clone() }
    }

    /// Whether a completion has another outcome.
    fn is_other(&self, completion: &[Answer]) -> bool {
        let world = World::new(self.program, &self.with(completion.to_vec()), self.limits);
        reach::known(self.program, &world).is_some_and(|(outcome, _)| outcome != self.outcome)
    }

    fn some_completions(&self, proposal: &Proposal) -> Vec<Vec<Answer>> {
        let world = World::new(self.program, proposal, self.limits);
        let solver = Solver::new(self.program, world, 0);
        sample::completions(&solver).map(|world| filled(&world, proposal)).collect()
    }

    fn keep(&mut self, found: Vec<Answer>) {
        if self.pool.len() < KEPT && self.is_other(&found) {
            self.pool.push(found);
        }
    }
}

/// What a set of elements keeps.
fn union(keeps: &[Bits], set: impl Iterator<Item = usize>) -> Bits {
    let mut all = Bits::default();
    set.filter_map(|at| keeps.get(at)).for_each(|keep| all.add(keep));
    all
}

/// Of an answer only what it says.
fn bare(answer: &Answer) -> Answer {
    let state = match &answer.state {
        State::Items(items) => {
            State::Items(items.iter().map(|item| item.iter().map(bare).collect()).collect())
        }
        state => state.clone(),
    };
    Answer { state, ..Answer::default() }
}

/// The answers of a world in which everything is known; of one list's items only as many as it has.
fn filled(world: &World, proposal: &Proposal) -> Vec<Answer> {
    let given = |value: &Possible| match value.known() {
        Some(value) => State::Given(value.clone()),
        None => State::Open,
    };
    let with = |state: State| Answer { state, ..Answer::default() };
    (0..)
        .map(QuestionId)
        .zip(&proposal.answers)
        .map(|(question, _)| {
            let own = world.get(question.0);
            let is_list = world.lists.get(question.index()).is_some_and(Option::is_some);
            let Some(Value::Number(_)) = own.known().filter(|_| is_list) else { return with(given(own)) };
            let list = world.list(question);
            let items = (0..world.item_count(question).unwrap_or(0)).map(|item| {
                (0..list.fields).map(|field| with(given(world.get(list.slot(item, field))))).collect()
            });
            with(State::Items(items.collect()))
        })
        .collect()
}
