//! The smallest changes of answers after which an outcome, or a route's choice, is settled; open answers stay open.
//!
//! What is open can turn out against: a set of changes must do it for every completion. So, for each size in turn:
//! 1. under one hard completion of what is open, find every set of that size that can do it (`fewest`): any set that does it
//!    for all completions is among them;
//! 2. of each such set, look for new answers that do it for all completions; answers that fail show another hard completion,
//!    under which later answers and sets are tried first.
//!
//! The first size with a set that holds is the smallest, since every smaller size was gone through. What is found is then
//! widened from one answer to all answers that do (a region), each change whatever the others take from their regions.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::change::{Change, ChangeSet, Found, Scope, Smallest, Target};
use crate::fewest::{self, Fewest, Sets};
use crate::limits::Limits;
use crate::memo;
use crate::model::{GoodSide, Kind, Model};
use crate::number::Number;
use crate::place::Place;
use crate::possible::{Core, Line, Possible, Range, Set, Slot, level_bit};
use crate::program::{NodeId, Program};
use crate::proposal::{Proposal, State};
use crate::reach::{self, Combination, Reach, Unsure};
use crate::sample;
use crate::solve::Solver;
use crate::value::{Level, Value};
use crate::world::World;

/// Oddities of up to so many changes are looked for: more than these show no fault in the rules to anyone.
const MOST_ODD: usize = 3;

/// Sets of a size are looked for under so many hard completions.
const MOST_HARD: usize = 3;

/// Looks for the smallest changes that settle a target. Cost: some searches, together at most [`Limits::search_steps`]
/// combinations for each of the two kinds of sets.
#[must_use]
pub fn improve(
    model: &Model,
    program: &Program,
    proposal: &Proposal,
    limits: &Limits,
    target: Target,
    scope: Scope,
) -> Found {
    improve_knowing(model, program, proposal, limits, target, scope, &memo::Shared::default())
}

/// The same, with what other searches about this proposal found.
pub(crate) fn improve_knowing(
    model: &Model,
    program: &Program,
    proposal: &Proposal,
    limits: &Limits,
    target: Target,
    scope: Scope,
    memo: &memo::Shared,
) -> Found {
    let memo = Rc::clone(memo);
    let mut search =
        Search { model, program, proposal, limits, target, scope, memo, any_side: false, steps: 0 };
    let world = World::new(program, proposal, limits);
    if let Ok(combinations) = search.reach(&world).combinations()
        && combinations.iter().all(|one| search.is_wanted(one))
    {
        return Found::Already;
    }
    let most = Place::all(model, proposal).len();
    let plain = search.smallest(most);
    search.any_side = true;
    search.steps = 0;
    // An oddity is worth telling only where it takes fewer changes, and few.
    let most = plain.sets.first().map_or(most, |set| set.len().saturating_sub(1)).min(MOST_ODD);
    let odd = search.smallest(most);
    Found::Changes { plain, odd }
}

struct Search<'a> {
    model: &'a Model,
    program: &'a Program,
    proposal: &'a Proposal,
    limits: &'a Limits,
    target: Target,
    scope: Scope,
    /// What searches found, for those that follow.
    memo: memo::Shared,
    /// Answers may also go to their worse side.
    any_side: bool,
    steps: u64,
}

/// The answers with some lists opened whole, to be replaced.
struct Base {
    /// The lists.
    lists: Vec<Place>,
    /// The given answers and what the lists can be; the rest open.
    world: World,
    /// Completions of what is open, each of which a set of changes must win under; hard ones.
    hard: Vec<World>,
    /// Every open answer at its bad side.
    worst: World,
    /// With how many hard completions it was last asked whether changing everything could do it.
    asked_with: usize,
    /// What each slot may become; ascending.
    allowed: Vec<(Slot, Possible)>,
    /// The slots of the lists and of their fields.
    free: Vec<Slot>,
}

impl<'a> Search<'a> {
    /// Of what is asked: the target's own choice only.
    fn is_wanted(&self, one: &Combination) -> bool {
        let (Target::Outcome(wanted) | Target::Route(_, wanted)) = self.target;
        one.0 == wanted
    }

    fn node(&self) -> NodeId {
        match self.target {
            Target::Outcome(_) => self.program.outcome,
            Target::Route(route, _) => {
                self.program.routes.get(route).copied().unwrap_or(self.program.outcome)
            }
        }
    }

    fn reach(&self, world: &World) -> Reach<'a> {
        let limit = self.limits.search_steps.saturating_sub(self.steps);
        Reach::sharing(self.program, world.clone(), limit, vec![self.node()], Rc::clone(&self.memo))
    }

    /// Whether the target can be, and whether it must be.
    fn can_and_must(&mut self, world: &World) -> Result<(bool, bool), Unsure> {
        let mut reach = self.reach(world);
        let found = reach.combinations();
        self.steps += reach.steps;
        let found = found?;
        let wanted = found.iter().filter(|one| self.is_wanted(one)).count();
        Ok((wanted > 0, wanted == found.len()))
    }

    fn smallest(&mut self, most: usize) -> Smallest {
        let mut found = Smallest { proved: true, ..Smallest::default() };
        if let Err(unsure) = self.search(most, &mut found) {
            found.proved = false;
            let slots = World::new(self.program, self.proposal, self.limits);
            found.provisional = Some(unsure.provisional(self.limits.search_steps, |slot| {
                Place::of_slot(slot, &slots, self.proposal).map(|place| place.pointer(self.model))
            }));
        }
        found
    }

    fn search(&mut self, most: usize, found: &mut Smallest) -> Result<(), Unsure> {
        let mut bases = Vec::new();
        for lists in subsets_of_lists(&self.lists()) {
            bases.push(self.base(lists)?);
        }
        for size in 1..=most {
            let mut sets: Vec<(Vec<Place>, ChangeSet)> = Vec::new();
            for base in &mut bases {
                let Some(rest) = size.checked_sub(base.lists.len()) else { continue };
                if rest <= base.allowed.len() {
                    found.more |= self.of_size(base, rest, &mut sets)?;
                }
            }
            sets.sort_by(|(a, _), (b, _)| a.cmp(b));
            drop_lists(&mut sets);
            if !sets.is_empty() {
                found.more |= sets.len() > self.limits.change_sets;
                sets.truncate(self.limits.change_sets);
                found.sets = sets.into_iter().map(|(_, set)| set).collect();
                return Ok(());
            }
            found.more = false;
            // Past the easy sizes it pays to ask whether anything does it at all.
            if !self.any_side && size % 2 == 0 && !self.possible_at_all(&mut bases)? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Whether changing everything could do it under each of the hard completions.
    fn possible_at_all(&mut self, bases: &mut Vec<Base>) -> Result<bool, Unsure> {
        let mut left = Vec::new();
        for mut base in std::mem::take(bases) {
            let mut possible = true;
            for hard in base.hard.iter().skip(base.asked_with) {
                let mut world = hard.clone();
                for (slot, allowed) in &base.allowed {
                    let old = world.get(*slot).clone();
                    world.set(*slot, fewest::or_old(*slot, allowed, &old));
                }
                if !self.can_and_must(&world)?.0 {
                    possible = false;
                    break;
                }
            }
            base.asked_with = base.hard.len();
            if possible {
                left.push(base);
            }
        }
        *bases = left;
        Ok(!bases.is_empty())
    }

    /// The lists that may be replaced whole.
    fn lists(&self) -> Vec<Place> {
        let places = Place::all(self.model, self.proposal).into_iter();
        let lists = places.filter(|place| {
            let Some(question) = self.model.questions.get(place.question.index()) else { return false };
            place.item.is_none()
                && matches!(question.domain.kind, Kind::List { .. })
                && self.may_change(*place)
                && !self.has_open_fields(*place)
        });
        lists.collect()
    }

    /// What is open in a given list stays open: the list is not replaced then.
    fn has_open_fields(&self, list: Place) -> bool {
        match list.answer(self.proposal).map(|answer| &answer.state) {
            Some(State::Items(items)) => items.iter().flatten().any(|part| part.state == State::Open),
            _ => false,
        }
    }

    fn is_open(&self, place: Place) -> bool {
        place.answer(self.proposal).is_none_or(|answer| answer.state == State::Open)
    }

    /// Whether advice may name this answer at all.
    fn may_change(&self, place: Place) -> bool {
        let Some(question) = self.model.questions.get(place.question.index()) else { return false };
        if !self.is_open(place) {
            return !question.fixed;
        }
        // What cannot be said cannot be asked for either.
        let unsayable = place.answer(self.proposal).is_some_and(|answer| answer.unsayable.is_some());
        self.scope == Scope::Open && !unsayable
    }

    fn base(&mut self, lists: Vec<Place>) -> Result<Base, Unsure> {
        let mut proposal = self.proposal.clone();
        for list in &lists {
            if let Some(answer) = list.answer_mut(&mut proposal) {
                answer.state = State::Open;
            }
        }
        let mut world = World::new(self.program, &proposal, self.limits);
        let mut free = Vec::new();
        for list in &lists {
            free.push(list.question.0);
            let slots = world.list(list.question);
            free.extend(slots.base..slots.base + slots.items * slots.fields);
        }
        for slot in &free {
            world.set(*slot, plain(world.get(*slot)));
        }
        let mut allowed = Vec::new();
        for place in Place::all(self.model, &proposal) {
            let is_list =
                place.domain(&self.program.domains).is_none_or(|d| matches!(d.kind, Kind::List { .. }));
            if is_list || !self.may_change(place) {
                continue;
            }
            let slot = place.slot(&world);
            if let Some(possible) = self.allowed(place, slot, &world) {
                allowed.push((slot, possible));
            }
        }
        allowed.sort_by_key(|(slot, _)| *slot);
        let solver = Solver::new(self.program, world.clone(), self.limits.search_steps);
        let mut worst = self.worst(&solver);
        for slot in &free {
            worst.set(*slot, world.get(*slot).clone());
        }
        let hard = self.hard(&world, &worst, &free);
        Ok(Base { lists, world, hard: vec![hard], worst, asked_with: 0, allowed, free })
    }

    /// What an answer may become: never geen or n.v.t.; from its good side only what is not worse. None: nothing else.
    fn allowed(&self, place: Place, slot: Slot, world: &World) -> Option<Possible> {
        let domain = place.domain(&self.program.domains)?;
        let all = plain(&crate::world::open(domain, slot));
        let good = match self.model.questions.get(place.question.index()) {
            Some(question) if place.item.is_none() && !self.any_side => question.good_side,
            _ => GoodSide::None,
        };
        let possible = match (world.get(slot).known(), good) {
            (None, _) | (_, GoodSide::None) => all,
            (Some(old), side) => from(old, side, all),
        };
        let changes = match world.get(slot) {
            Possible::Open(_) => true,
            // A text that is open has one completion.
            known => possible != *known,
        };
        changes.then_some(possible)
    }

    /// A completion of what is open (not of the free slots) that is hard to win.
    fn hard(&self, world: &World, worst: &World, free: &[Slot]) -> World {
        let solver = Solver::new(self.program, world.clone(), self.limits.search_steps);
        let tried: Vec<World> = std::iter::once(worst.clone()).chain(sample::completions(&solver)).collect();
        let rank = |world: &World| match (self.reach(world).known(world), self.target) {
            (Some(known), Target::Outcome(wanted)) => known.0.abs_diff(wanted),
            (Some(known), Target::Route(_, wanted)) => u16::from(known.0 != wanted),
            (None, _) => 1,
        };
        // Of equals the first: everything at its worst.
        let ranked = tried.into_iter().enumerate().map(|(at, world)| (rank(&world), usize::MAX - at, world));
        let hardest = ranked.max_by_key(|(rank, at, _)| (*rank, *at)).map(|(_, _, world)| world);
        let mut hardest = hardest.unwrap_or_else(|| world.clone());
        for slot in free {
            hardest.set(*slot, world.get(*slot).clone());
        }
        hardest
    }

    /// Every open answer at its bad side; those without one at their first answer.
    fn worst(&self, solver: &Solver<'_>) -> World {
        let mut world = solver.world.clone();
        for slot in 0..Slot::try_from(world.slots.len()).unwrap_or(0) {
            let question = self.model.questions.get(slot as usize);
            let last = question.is_some_and(|question| question.good_side == GoodSide::Lower);
            let end = sample::end(solver, slot, last);
            world.set(slot, end);
        }
        world
    }

    /// All sets of a size (beside the lists) that do it. True when there may be more of them.
    fn of_size(
        &mut self,
        base: &mut Base,
        size: usize,
        found: &mut Vec<(Vec<Place>, ChangeSet)>,
    ) -> Result<bool, Unsure> {
        let Some(sets) = self.candidates(base, size)? else { return Ok(false) };
        let (sets, more) = sets.list(self.limits.tried_sets);
        let mut kept = 0;
        let mut known = base.hard.len();
        for set in &sets {
            if kept > self.limits.change_sets {
                return Ok(true);
            }
            if base.hard.len() > known {
                // What was learned may show that no set of this size does it.
                known = base.hard.len();
                if kept == 0 && self.under(base, known - 1, size)?.count() == 0 {
                    return Ok(false);
                }
            }
            if let Some(changes) = self.holds(base, set)? {
                kept += 1;
                found.push((changes.iter().map(|change| change.place).collect(), changes));
            }
        }
        if more && kept == 0 {
            // A set that was not tried might have done it.
            return Err(Unsure { slot: None });
        }
        Ok(more)
    }

    /// The sets of a size that can do it under each hard completion: those under the one that leaves fewest. None: under one
    /// of them none can.
    fn candidates(&mut self, base: &Base, size: usize) -> Result<Option<Sets>, Unsure> {
        let mut fewest: Option<Sets> = None;
        // What was learned last is hardest; each costs a search.
        for at in (0..base.hard.len()).rev().take(MOST_HARD) {
            let sets = self.under(base, at, size)?;
            if sets.count() == 0 {
                return Ok(None);
            }
            if fewest.as_ref().is_none_or(|old| sets.count() < old.count()) {
                fewest = Some(sets);
            }
        }
        Ok(fewest)
    }

    /// The sets of a size that can do it under one hard completion.
    fn under(&mut self, base: &Base, at: usize, size: usize) -> Result<Sets, Unsure> {
        let Some(hard) = base.hard.get(at) else { return Ok(Sets::default()) };
        let limit = self.limits.search_steps.saturating_sub(self.steps);
        let mut solver = Solver::sharing(self.program, hard.clone(), limit, Rc::clone(&self.memo));
        let fewest = Fewest::new(&mut solver, self.node(), &base.allowed);
        let (Target::Outcome(wanted) | Target::Route(_, wanted)) = self.target;
        // What a missing row keeps open is not settled.
        let sets = fewest.of_size(size, &|value| reach::choice(value) == Some(wanted));
        self.steps += solver.steps;
        Ok(sets?)
    }

    /// New answers at these slots that do it for every completion, as regions.
    fn holds(&mut self, base: &mut Base, set: &[Slot]) -> Result<Option<ChangeSet>, Unsure> {
        let mut world = base.world.clone();
        for slot in set {
            if let Ok(at) = base.allowed.binary_search_by_key(slot, |(slot, _)| *slot)
                && let Some((_, possible)) = base.allowed.get(at)
            {
                world.set(*slot, possible.clone());
            }
        }
        let mut slots = set.to_vec();
        slots.extend(&base.free);
        match self.fix(base, world, &slots, 0)? {
            Some(fixed) => self.widen(base, set, fixed).map(Some),
            None => Ok(None),
        }
    }

    /// Fixes slots one after the other, from a place on, so that the target is settled.
    fn fix(
        &mut self,
        base: &mut Base,
        world: World,
        slots: &[Slot],
        from: usize,
    ) -> Result<Option<World>, Unsure> {
        for hard in base.hard.iter().rev() {
            let mut under = hard.clone();
            for slot in slots {
                under.set(*slot, world.get(*slot).clone());
            }
            if !self.can_and_must(&under)?.0 {
                return Ok(None);
            }
        }
        let next = slots
            .iter()
            .enumerate()
            .skip(from)
            .find(|(_, slot)| world.get(**slot).known().is_none() && is_used(&world, **slot));
        let mut reach = self.reach(&world);
        let Some((at, slot)) = next else {
            let loser = reach.witness(&|one| !self.is_wanted(one));
            self.steps += reach.steps;
            return Ok(match loser? {
                None => Some(world),
                Some(loser) => {
                    self.learn(base, slots, &loser);
                    None
                }
            });
        };
        if reach.ways(*slot).is_none() {
            // Where numbers turn only a search shows.
            let found = reach.combinations();
            self.steps += reach.steps;
            if !found?.iter().any(|one| self.is_wanted(one)) {
                return Ok(None);
            }
        }
        for way in ways(&reach, *slot, base.world.get(*slot)) {
            let mut next = world.clone();
            next.set(*slot, way);
            if let Some(found) = self.fix(base, next, slots, at + 1)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Adds a completion under which new answers failed to those that sets are tried under first, made as hard as it gets.
    fn learn(&self, base: &mut Base, slots: &[Slot], loser: &World) {
        let mut hard = loser.clone();
        let reach = self.reach(&base.world);
        for slot in (0..).take(hard.slots.len()).filter(|slot| !slots.contains(slot)) {
            if base.world.get(slot).known().is_none() {
                let old = hard.set(slot, base.worst.get(slot).clone());
                if reach.known(&hard).is_none_or(|known| self.is_wanted(&known)) {
                    hard.set(slot, old);
                }
            }
        }
        for slot in slots {
            let kept = if base.free.contains(slot) { &base.world } else { &base.worst };
            hard.set(*slot, kept.get(*slot).clone());
        }
        if !base.hard.contains(&hard) {
            base.hard.push(hard);
        }
    }

    /// From one answer to all that do: per slot, with the slots before it at any answer of their regions, and those after it
    /// as they are.
    fn widen(&mut self, base: &Base, set: &[Slot], mut fixed: World) -> Result<ChangeSet, Unsure> {
        // Free slots first become known, so that a replaced list is one list.
        for slot in &base.free {
            let first = match fixed.get(*slot).known() {
                Some(_) => continue,
                None => sample::first(&Solver::new(self.program, fixed.clone(), 0), *slot),
            };
            fixed.set(*slot, first);
        }
        let mut changes = Vec::new();
        for list in &base.lists {
            changes.push(self.replaced(base, *list, &fixed));
        }
        for slot in set {
            let Ok(at) = base.allowed.binary_search_by_key(slot, |(slot, _)| *slot) else { continue };
            let Some((_, allowed)) = base.allowed.get(at) else { continue };
            let Some(place) = Place::of_slot(*slot, &base.world, self.proposal) else { continue };
            let chosen = nearest(fixed.get(*slot), base.world.get(*slot));
            let region = self.region(&mut fixed, *slot, allowed, &chosen)?;
            let worse_side = self.may_worsen(place, base.world.get(*slot), &region);
            changes.push(Change {
                place,
                region,
                example: chosen,
                list: None,
                fills: self.is_open(place),
                worse_side,
            });
        }
        changes.sort_by_key(|change| change.place);
        Ok(changes)
    }

    fn replaced(&self, base: &Base, list: Place, fixed: &World) -> Change {
        let slots = fixed.list(list.question);
        let known = |slot: Slot| fixed.get(slot).known().cloned().unwrap_or(Value::NotApplicable);
        let count = fixed.item_count(list.question).unwrap_or(0);
        let items =
            (0..count).map(|item| (0..slots.fields).map(|field| known(slots.slot(item, field))).collect());
        let length = base.world.get(list.question.0);
        Change {
            place: list,
            region: vec![length.clone()],
            example: known(list.question.0),
            list: Some(items.collect()),
            fills: self.is_open(list),
            worse_side: false,
        }
    }

    /// All answers of a slot that do it, `chosen` among them; the world is left with the slot at these.
    fn region(
        &mut self,
        world: &mut World,
        slot: Slot,
        allowed: &Possible,
        chosen: &Value,
    ) -> Result<Vec<Possible>, Unsure> {
        let mut open = world.clone();
        open.set(slot, allowed.clone());
        let mut reach = self.reach(&open);
        let combinations = reach.combinations();
        self.steps += reach.steps;
        let combinations = combinations?;
        if combinations.iter().all(|one| self.is_wanted(one)) {
            world.set(slot, allowed.clone());
            return Ok(vec![allowed.clone()]);
        }
        if let Some(ways) = reach.ways(slot) {
            let mut good = Vec::new();
            for way in ways {
                open.set(slot, way.clone());
                if self.can_and_must(&open)?.1 {
                    good.push(way);
                }
            }
            let joined =
                good.iter().skip(1).fold(good.first().cloned(), |all, one| all.map(|all| all.join(one)));
            // Sets of options do not join to all and only these; then the one chosen stands in the world.
            let exact = joined.filter(|joined| {
                !matches!(allowed, Possible::Open(Set { core: Core::Subset { .. }, .. }))
                    && joined.values(usize::MAX).is_none_or(|values| values.len() == good.len())
            });
            world.set(slot, exact.unwrap_or_else(|| Possible::Known(chosen.clone())));
            return Ok(good);
        }
        let Some(range) = allowed.as_range() else { return Ok(vec![Possible::Known(chosen.clone())]) };
        let turns = reach.turns(slot);
        let stretch = self.stretch(&mut open, slot, &range, &turns, chosen)?;
        world.set(slot, stretch.clone());
        Ok(vec![stretch])
    }

    /// The stretch of numbers around `chosen` in which every number does it.
    fn stretch(
        &mut self,
        open: &mut World,
        slot: Slot,
        range: &Range,
        turns: &BTreeSet<Number>,
        chosen: &Value,
    ) -> Result<Possible, Unsure> {
        let step = open.step(slot);
        let at = Possible::Known(chosen.clone()).as_range().map_or_else(|| range.lo.clone(), |one| one.lo);
        let mut good = |this: &mut Self, number: &Number| -> Result<bool, Unsure> {
            open.set(slot, Possible::range(number.clone(), number.clone(), range.date, None));
            Ok(this.can_and_must(open)?.1)
        };
        // Results turn at the turns only, or between two numbers that leave different results.
        let mut ends = [at.clone(), at.clone()];
        for (end, upward) in ends.iter_mut().zip([false, true]) {
            let mut points: Vec<Number> =
                turns.iter().flat_map(|turn| [turn.sub(&step), turn.clone()]).collect();
            points.extend([range.lo.clone(), range.hi.clone()]);
            points.retain(|point| {
                range.lo <= *point && *point <= range.hi && if upward { *point > at } else { *point < at }
            });
            points.sort();
            points.dedup();
            if !upward {
                points.reverse();
            }
            for point in points {
                if good(self, &point)? {
                    *end = point;
                    continue;
                }
                // Between the last that does and this one lies the end: by halving.
                let mut bad = point;
                loop {
                    let half = Number::fraction(1, 2).unwrap_or_default();
                    let middle = end.add(&bad).mul(&half).floor_to(&step);
                    let middle = if middle == *end && !upward { middle.add(&step) } else { middle };
                    if middle == *end || middle == bad {
                        break;
                    }
                    if good(self, &middle)? {
                        *end = middle;
                    } else {
                        bad = middle;
                    }
                }
                break;
            }
        }
        let [lo, hi] = ends;
        Ok(Possible::range(lo, hi, range.date, Some(Line::of(slot))))
    }

    /// Whether the region reaches to the worse side of the old answer.
    fn may_worsen(&self, place: Place, old: &Possible, region: &[Possible]) -> bool {
        let good = match self.model.questions.get(place.question.index()) {
            Some(question) if place.item.is_none() => question.good_side,
            _ => GoodSide::None,
        };
        let (Some(old), true) = (old.known(), good != GoodSide::None) else { return false };
        region.iter().any(|one| from(old, good, one.clone()) != *one)
    }
}

/// False for a field of an item beyond the length that its list is known to have.
fn is_used(world: &World, slot: Slot) -> bool {
    let lists = (0..).zip(&world.lists).filter_map(|(at, list)| Some((at, (*list)?)));
    for (question, list) in lists {
        if slot >= list.base && slot < list.base + list.items * list.fields {
            let count = world.item_count(crate::model::QuestionId(question));
            return count.is_none_or(|count| (slot - list.base) / list.fields.max(1) < count);
        }
    }
    true
}

/// Without geen and n.v.t.
fn plain(possible: &Possible) -> Possible {
    match possible {
        Possible::Open(set) => Set::plain(set.core.clone()).into(),
        known => known.clone(),
    }
}

/// What of `all` is not worse than the old answer.
fn from(old: &Value, good: GoodSide, all: Possible) -> Possible {
    let higher = good == GoodSide::Higher;
    match (old, all.parts().into_owned().core) {
        (Value::Level(level), Core::Levels(mask)) => {
            let keeps = |other: Level| if higher { other >= *level } else { other <= *level };
            let kept = [Level::No, Level::Partly, Level::Yes].into_iter().filter(|level| keeps(*level));
            let kept = kept.fold(0, |kept, level| kept | level_bit(level));
            Set::plain(Core::Levels(mask & kept)).into()
        }
        (Value::Number(number), Core::Range(range)) => {
            let (lo, hi) = if higher { (number.clone(), range.hi) } else { (range.lo, number.clone()) };
            Possible::range(lo, hi, range.date, range.line)
        }
        _ => all,
    }
}

/// The answers to try, those nearest to the old one first: one by one, or where numbers can turn.
fn ways(reach: &Reach<'_>, slot: Slot, old: &Possible) -> Vec<Possible> {
    let world = reach.world();
    let mut ways = match (reach.ways(slot), world.get(slot).as_range()) {
        (Some(ways), _) => ways,
        (None, None) => return Vec::new(),
        (None, Some(range)) => {
            let step = world.step(slot);
            let mut points: Vec<Number> =
                reach.turns(slot).iter().flat_map(|turn| [turn.sub(&step), turn.clone()]).collect();
            points.extend([range.lo.clone(), range.hi.clone()]);
            points.retain(|point| range.lo <= *point && *point <= range.hi);
            points.sort();
            points.dedup();
            points.into_iter().map(|point| Possible::range(point.clone(), point, range.date, None)).collect()
        }
    };
    ways.sort_by_key(|way| distance(way, old));
    ways
}

/// How far an answer lies from the old one, where that can be told.
fn distance(way: &Possible, old: &Possible) -> Number {
    let place = |possible: &Possible| match possible.known() {
        Some(Value::Level(level)) => Some(Number::whole(i64::from(level_bit(*level).trailing_zeros()))),
        Some(Value::Choices(set)) => Some(Number::whole(i64::from(set.count_ones()))),
        _ => possible.as_range().map(|range| range.lo),
    };
    match (way.known(), old.known()) {
        (Some(Value::Choices(a)), Some(Value::Choices(b))) => Number::whole(i64::from((a ^ b).count_ones())),
        _ => match (place(way), place(old)) {
            (Some(way), Some(old)) => way.sub(&old).abs(),
            _ => Number::ZERO,
        },
    }
}

/// Of what was found for a slot the value that lies nearest to the old one.
fn nearest(found: &Possible, old: &Possible) -> Value {
    if let Some(value) = found.known() {
        return value.clone();
    }
    match (found.as_range(), old.as_range()) {
        (Some(range), old) => {
            let near = match old.map(|old| old.lo) {
                Some(old) if old > range.hi => range.hi,
                Some(old) if old > range.lo => old,
                _ => range.lo,
            };
            match Possible::range(near.clone(), near, range.date, None) {
                Possible::Known(value) => value,
                Possible::Open(_) => Value::NotApplicable,
            }
        }
        _ => match found {
            Possible::Open(Set { core: Core::Subset { must, .. }, .. }) => Value::Choices(*must),
            open => open.values(usize::MAX).and_then(|all| all.into_iter().next()).unwrap_or(Value::Text),
        },
    }
}

/// All combinations of lists, the smallest first.
fn subsets_of_lists(lists: &[Place]) -> Vec<Vec<Place>> {
    let mut all: Vec<Vec<Place>> = vec![Vec::new()];
    for list in lists {
        let with: Vec<Vec<Place>> = all
            .iter()
            .map(|set| {
                let mut set = set.clone();
                set.push(*list);
                set
            })
            .collect();
        all.extend(with);
    }
    all.sort_by_key(Vec::len);
    all
}

/// Drops a set that replaces a list where another set of the size changes a field of that list instead.
fn drop_lists(sets: &mut Vec<(Vec<Place>, ChangeSet)>) {
    let all: Vec<Vec<Place>> = sets.iter().map(|(places, _)| places.clone()).collect();
    let is_spared = |places: &Vec<Place>, set: &ChangeSet| {
        set.iter().filter(|change| change.list.is_some()).any(|list| {
            all.iter().any(|other| {
                let instead = |place: &Place| place.question == list.place.question && place.item.is_some();
                other.iter().any(instead)
                    && other.len() == places.len()
                    && places.iter().filter(|place| **place != list.place).all(|place| other.contains(place))
            })
        })
    };
    let spared: Vec<bool> = sets.iter().map(|(places, set)| is_spared(places, set)).collect();
    let mut spared = spared.into_iter();
    sets.retain(|_| !spared.next().unwrap_or(false));
}
