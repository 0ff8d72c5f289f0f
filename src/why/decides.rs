//! The fewest points, and the fewest answers, that already decide an outcome whatever the rest is: the search behind
//! "why". A set of points is kept, all other given answers are reopened, and the outcome must still be settled.
//!
//! Every completion with another outcome differs from the proposal in some points, and a set that decides has one of
//! them. So the sets to try are those that hit every difference known so far, the smallest first; each that does not
//! decide yields a further difference: the fewest answers that lead to another outcome, a shortest path.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::diagram::bits::Bits;
use crate::diagram::hitting::{self, Asked, Needs, Tried};
use crate::diagram::reach::{Combination, Reach, Unsure};
use crate::diagram::{Cost, Fewest};
use crate::evaluate::possible::Slot;
use crate::evaluate::world::World;
use crate::judge::call::Call;
use crate::proposal::answers::{Answer, Proposal, State};
use crate::proposal::place::Place;
use crate::rules::dependencies::Reads;
use crate::rules::model::{CriterionId, Expression, Model, QuestionId};

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

/// What the verdict's lines read directly, through terms and parts, but not through criteria.
fn read_directly(model: &Model) -> BTreeSet<QuestionId> {
    let mut reads = Reads::default();
    // A criterion counts as seen, so that its own expressions are not visited.
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
    /// The first of the smallest sets, as places among the elements; where the search ended before a smallest was found, a set from
    /// which nothing can be left out.
    pub(crate) first: Vec<usize>,
    /// How many others of that size there are, at least.
    pub(crate) others: usize,
    /// There are no more others than that.
    pub(crate) all: bool,
    /// No smaller set decides, and none of this size that comes before it.
    pub(crate) least: bool,
    /// What ended the search for the first, if something did.
    pub(crate) ended: Option<Unsure>,
}

/// The search: what decides that `outcome` comes out of a proposal?
pub(crate) struct Search<'a> {
    /// The call, for everything except its proposal.
    call: Call<'a>,
    /// The proposal, with only the states of its answers.
    proposal: Proposal,
    outcome: u16,
    /// The given answers that may be reopened, in file order.
    atoms: Vec<Place>,
    /// The layouts, by the lists whose length is kept: items of those have slots of their own.
    layouts: BTreeMap<BTreeSet<QuestionId>, Rc<Layout<'a>>>,
}

/// The proposal with some lists as they are, others reopened whole.
struct Layout<'a> {
    reach: Reach<'a>,
    /// With all answers as they are given.
    given: World,
    /// With every answer reopened, except those lengths.
    open: World,
    /// The slots of the answers that can be reopened one by one, with their places among all; ascending.
    slots: Vec<(usize, Slot)>,
    /// The answers of the lists that are reopened whole.
    whole: Bits,
    /// What must be reopened for another outcome. None: there are too many to tell apart.
    fewest: Option<Fewest>,
}

/// What `hitting` asks of a search.
struct Asking<'s, 'a, 'k> {
    search: &'s mut Search<'a>,
    keeps: &'k [Bits],
    found_one: bool,
    least: bool,
    all: bool,
    ended: Option<Unsure>,
}

impl Asked for Asking<'_, '_, '_> {
    fn test(&mut self, set: &Bits) -> Tried {
        let count = self.keeps.len();
        match self.search.differs(&union(self.keeps, set.iter()), self.keeps) {
            Ok(None) => {
                self.found_one = true;
                Tried::Enough
            }
            Ok(Some(difference)) => Tried::Lacks(Bits::of(count, |at| {
                self.keeps.get(at).is_some_and(|keep| keep.meets(&difference))
            })),
            Err(end) => {
                // Once the first is found, this only leaves the count of the others unfinished.
                self.all = false;
                if !self.found_one {
                    self.least = false;
                    self.ended.get_or_insert(end);
                }
                // Not known to decide, so it counts as not deciding: something else must be added.
                Tried::Lacks(Bits::of(count, |at| !set.contains(at)))
            }
        }
    }

    fn needs(&mut self, _: &Bits, _: usize, _: usize) -> Option<Needs> {
        Some(Needs { count: 0, next: None })
    }

    fn step(&mut self, cost: usize) -> bool {
        self.search.call.budget.steps(u64::try_from(cost).unwrap_or(u64::MAX)).is_ok()
    }
}

impl<'a> Search<'a> {
    /// For a proposal whose settled outcome is `outcome`.
    pub(crate) fn new(call: Call<'a>, outcome: u16) -> Self {
        let (model, proposal) = (call.model(), call.proposal);
        let atoms: Vec<Place> = proposal
            .places(model)
            .into_iter()
            .filter(|place| {
                let fixed = model.questions.get(place.question.index()).is_none_or(|one| one.fixed);
                !fixed && proposal.answer(*place).is_some_and(|answer| answer.state != State::Open)
            })
            .collect();
        let answers = proposal.answers.iter().map(bare).collect();
        let mut proposal = Proposal { answers, title: None, submitter: None, ..proposal.clone() };
        // An answer that was given since givers differed can be anything again.
        proposal.disputes = std::mem::take(&mut proposal.disputes)
            .into_iter()
            .filter(|(place, _)| {
                let state = proposal.answer(*place).map(|answer| &answer.state);
                !atoms.contains(place) || !matches!(state, Some(State::Given(_)))
            })
            .collect();
        Self { call, proposal, outcome, atoms, layouts: BTreeMap::new() }
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
        let count = self.atoms.len();
        let keeps: Vec<Bits> = (0..count).map(|one| Bits::of(count, |at| at == one)).collect();
        self.least(&keeps)
    }

    fn atoms_of(&self, has: impl Fn(&Place) -> bool) -> Bits {
        Bits::of(self.atoms.len(), |at| self.atoms.get(at).is_some_and(&has))
    }

    fn least(&mut self, keeps: &[Bits]) -> Decides {
        let (count, most, budget) =
            (keeps.len(), self.call.limits.other_sets.saturating_add(1), self.call.budget);
        let mut asking =
            Asking { search: self, keeps, found_one: false, least: true, all: true, ended: None };
        let found = hitting::least(count, 0..=count, most, &mut asking);
        let Asking { found_one, least, all, mut ended, .. } = asking;
        if let Some(end) = budget.ended().filter(|_| !found_one) {
            ended.get_or_insert(Unsure(end.into()));
        }
        let first = found.found.first().map(|set| set.iter().collect::<Vec<_>>());
        let (least, others) = (least && first.is_some(), found.found.len().saturating_sub(1));
        let first = first.unwrap_or_else(|| self.some(keeps));
        let others = others.min(self.call.limits.other_sets);
        Decides { first, others, all: all && found.all, least, ended }
    }

    /// A set that decides and of which no element can be left out; the last ones are tried first. Not the smallest.
    fn some(&mut self, keeps: &[Bits]) -> Vec<usize> {
        let mut chosen: Vec<usize> = (0..keeps.len()).collect();
        for at in (0..keeps.len()).rev() {
            let kept = union(keeps, chosen.iter().copied().filter(|one| *one != at));
            if matches!(self.differs(&kept, keeps), Ok(None)) {
                chosen.retain(|one| *one != at);
            }
        }
        chosen
    }

    /// With only these answers kept: the answers in which a completion with another outcome differs, as few as can be. None:
    /// there is no such completion.
    fn differs(&mut self, kept: &Bits, keeps: &[Bits]) -> Result<Option<Bits>, Unsure> {
        let mut kept = kept.clone();
        let Some(mut found) = self.changed(&kept)? else { return Ok(None) };
        let count = self.atoms.len();
        let lists = (0..count).filter(|at| self.atoms.get(*at).is_some_and(|place| place.item.is_none()));
        let lists: Vec<Bits> = lists.map(|one| Bits::of(count, |at| at == one)).collect();
        let lists = lists.iter().filter(|list| list.iter().any(|at| self.is_list(at)));
        let lists: Vec<Bits> = lists.cloned().collect();
        // What else can be kept with another outcome still.
        for keep in keeps.iter().chain(&lists).filter(|keep| keep.meets(&found)).cloned().collect::<Vec<_>>()
        {
            if !keep.meets(&found) {
                continue;
            }
            let mut more = kept.clone();
            more.add(&keep);
            if let Some(fewer) = self.changed(&more)? {
                (kept, found) = (more, fewer);
            }
        }
        Ok(Some(found))
    }

    fn is_list(&self, at: usize) -> bool {
        let answer = self.atoms.get(at).and_then(|place| self.proposal.answers.get(place.question.index()));
        answer.is_some_and(|answer| matches!(answer.state, State::Items(_)))
    }

    /// With only these answers kept: some answers that change with another outcome.
    fn changed(&mut self, kept: &Bits) -> Result<Option<Bits>, Unsure> {
        let layout = self.layout(kept)?;
        let budget = self.call.budget;
        let mut found = match &layout.fewest {
            Some(fewest) => {
                let cost = |at: usize| match layout.slots.get(at) {
                    Some((atom, _)) if !kept.contains(*atom) => Cost::One,
                    _ => Cost::Never,
                };
                let needed = fewest.needed(&cost, budget).map_err(|ended| Unsure(ended.into()))?;
                let Some(needed) = needed else { return Ok(None) };
                let mut found = Bits::default();
                let changes = needed.changes().filter_map(|at| layout.slots.get(at));
                changes.for_each(|(atom, _)| found.insert(*atom));
                found
            }
            None => {
                let mut world = layout.open.clone();
                let stays = |(atom, _): &&(usize, Slot)| kept.contains(*atom);
                for (_, slot) in layout.slots.iter().filter(stays) {
                    world.set(*slot, layout.given.get(*slot).clone());
                }
                let outcome = self.outcome;
                let other =
                    layout.reach.witness_in(&Rc::new(world), &|one: &Combination| one.0 != outcome)?;
                let Some(other) = other else { return Ok(None) };
                let differ = |(_, slot): &&(usize, Slot)| other.get(*slot) != layout.given.get(*slot);
                let mut found = Bits::default();
                layout.slots.iter().filter(differ).for_each(|(atom, _)| found.insert(*atom));
                found
            }
        };
        found.add(&layout.whole);
        Ok(Some(found))
    }

    /// The layout in which these answers can be kept.
    fn layout(&mut self, kept: &Bits) -> Result<Rc<Layout<'a>>, Unsure> {
        // An answer in an item says that there is such a list, of that length.
        let places = kept.iter().filter_map(|at| self.atoms.get(at));
        let lists: BTreeSet<QuestionId> = places
            .filter(|place| {
                let answer = self.proposal.answers.get(place.question.index());
                answer.is_some_and(|answer| matches!(answer.state, State::Items(_)))
            })
            .map(|place| place.question)
            .collect();
        if let Some(known) = self.layouts.get(&lists) {
            return Ok(Rc::clone(known));
        }
        let reopened = |place: &Place| {
            let answer = self.proposal.answers.get(place.question.index());
            let is_list = answer.is_some_and(|answer| matches!(answer.state, State::Items(_)));
            is_list && !lists.contains(&place.question)
        };
        let mut given = self.proposal.clone();
        let mut open = self.proposal.clone();
        // From the back, so that items are reopened before their list is.
        for place in self.atoms.iter().rev() {
            let is_list = place.item.is_none() && lists.contains(&place.question);
            if let Some(answer) = open.answer_mut(*place).filter(|_| !is_list) {
                answer.state = State::Open;
            }
            if let Some(answer) = given.answer_mut(*place).filter(|_| place.item.is_none() && reopened(place))
            {
                answer.state = State::Open;
            }
        }
        let given = World::new(self.call.program(), &given, self.call.limits);
        let open = World::new(self.call.program(), &open, self.call.limits);
        let whole = self.atoms_of(reopened);
        let slots = (0..).zip(&self.atoms).filter(|(_, place)| {
            !(reopened(place) || place.item.is_none() && lists.contains(&place.question))
        });
        let mut slots: Vec<(usize, Slot)> = slots.map(|(at, place)| (at, given.slot(*place))).collect();
        slots.sort_unstable();
        let reach =
            Reach::of(self.call.program(), open.clone(), self.call.budget, vec![self.call.program().outcome]);
        let elements: Vec<Slot> = slots.iter().map(|(_, slot)| *slot).collect();
        let (now, wide) = (Rc::new(given.clone()), Rc::new(open.clone()));
        let outcome = self.outcome;
        let fewest = reach.fewest_in(&[now], &wide, &elements, &|one| one.0 != outcome)?;
        // Something that is only perhaps possible does not count as a difference.
        let fewest = fewest.filter(Fewest::is_sure);
        let made = Rc::new(Layout { reach, given, open, slots, whole, fewest });
        self.layouts.insert(lists, Rc::clone(&made));
        Ok(made)
    }
}

/// What a set of elements keeps.
fn union(keeps: &[Bits], set: impl Iterator<Item = usize>) -> Bits {
    let mut all = Bits::default();
    set.filter_map(|at| keeps.get(at)).for_each(|keep| all.add(keep));
    all
}

/// Only the state of an answer.
fn bare(answer: &Answer) -> Answer {
    let state = match &answer.state {
        State::Items(items) => {
            State::Items(items.iter().map(|item| item.iter().map(bare).collect()).collect())
        }
        state => state.clone(),
    };
    Answer { state, ..Answer::default() }
}
