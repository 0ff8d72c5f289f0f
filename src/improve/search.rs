//! The smallest changes of answers after which an outcome, or a route's choice, is settled; open answers stay open.
//!
//! What is open can turn out badly, so a set of changes must do it for every completion. The answers to change are looked for as
//! least sets that meet every difference known so far (`hitting`). Where a set does not do it, there is a hard completion of
//! what is open under which it fails, and under that completion a greatest set of answers that still fails: any set that does it
//! has one of the other answers. New answers for a set are looked for under the hard completions first; answers that fail show
//! another hard completion.
//!
//! The first size with a set that does it is the smallest, since every smaller set misses a difference. What is found is then
//! widened from one answer to all answers that do it (a region), each change for any answers that the others take from their regions.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::diagram::bits::Bits;
use crate::diagram::hitting::{self, Asked, Needs, Tried};
use crate::diagram::reach::{self, Reach, Unsure};
use crate::diagram::{Cost, Fewest, sample, slots_of_list};
use crate::evaluate::items;
use crate::evaluate::possible::{Core, Line, Possible, Range, Set, Slot, level_bit};
use crate::evaluate::world::World;
use crate::improve::change::{Change, ChangeSet, Found, Scope, Smallest, Target};
use crate::judge::call::Call;
use crate::limits::provisional::ProvisionalReason;
use crate::program::nodes::{NodeId, Program};
use crate::proposal::answers::State;
use crate::proposal::place::Place;
use crate::rules::model::{GoodSide, Kind};
use crate::value::number::Number;
use crate::value::values::{Level, Value};

/// Oddities of up to so many changes are looked for: larger ones would not point anyone to a fault in the rules.
const MOST_ODD: usize = 3;

/// How many hard completions are looked at together.
const TOGETHER: usize = 16;

/// Numbers that hang together with other open ones are tried one by one when they are so few.
const FEW: i64 = 64;

/// Looks for the smallest changes that settle a target. Cost: passes over one diagram for every set of lists that may be replaced,
/// together at most [`Limits::search_steps`].
#[cfg(feature = "internals")]
#[must_use]
pub fn improve(call: Call<'_>, target: Target, scope: Scope) -> Found {
    Improver::new(call, &[target]).improve(target, scope)
}

impl Target {
    /// Whether a choice is what it wants, of those of its outcome or route.
    fn wants(self, at: u16) -> bool {
        match self {
            Self::Outcome(wanted) | Self::Route(_, wanted) => at == wanted,
            Self::AtLeast(wanted) => at <= wanted,
        }
    }

    /// How far a choice is from what it wants.
    fn distance(self, at: u16) -> u16 {
        match self {
            Self::Outcome(wanted) => at.abs_diff(wanted),
            Self::AtLeast(wanted) => at.saturating_sub(wanted),
            Self::Route(_, wanted) => u16::from(at != wanted),
        }
    }

    fn node(self, program: &Program) -> NodeId {
        match self {
            Self::Outcome(_) | Self::AtLeast(_) => program.outcome,
            Self::Route(route, _) => program.routes.get(route).copied().unwrap_or(program.outcome),
        }
    }
}

/// What is known when some lists are opened as a whole, to be replaced.
struct Opened<'a> {
    /// Where every answer that may change is open: per node that is asked for.
    reaches: Vec<Reach<'a>>,
    /// The given answers and what the lists can be; the rest open.
    world: Rc<World>,
    /// The slots of the lists and of their fields.
    free: Vec<Slot>,
    /// Every open answer at its bad side; those without one at their first answer.
    worst: World,
    /// The same at the other side.
    best: World,
    /// Some completions of what is open, everything at its worst first; the free slots stay open.
    some: Vec<Rc<World>>,
    /// Per target completions that turned out to be hard, and so are for both scopes.
    hard: RefCell<BTreeMap<Target, Vec<Rc<World>>>>,
}

/// What can be asked of one proposal, target by target.
pub(crate) struct Improver<'a> {
    call: Call<'a>,
    /// What targets are about, each once.
    nodes: Vec<NodeId>,
    opened: RefCell<BTreeMap<Vec<Place>, Rc<Opened<'a>>>>,
}

impl<'a> Improver<'a> {
    /// Of a proposal, for these targets.
    pub(crate) fn new(call: Call<'a>, targets: &[Target]) -> Self {
        let nodes: BTreeSet<NodeId> = targets.iter().map(|target| target.node(call.program())).collect();
        let nodes = nodes.into_iter().collect();
        Self { call, nodes, opened: RefCell::default() }
    }

    /// The smallest changes that settle a target.
    pub(crate) fn improve(&self, target: Target, scope: Scope) -> Found {
        let mut search = Search { all: self, target, scope, any_side: false, doubt: Cell::new(None) };
        let opened = self.opened(&[]);
        let now = search.must_be(&opened, &opened.world);
        if now.is_ok_and(|must| must) {
            return Found::Already;
        }
        let most = self.call.proposal.places(self.call.model()).len();
        let plain = search.smallest(most);
        search.any_side = true;
        // An oddity is worth telling only where it takes fewer changes, and few.
        let most = plain.sets.first().map_or(most, |set| set.len().saturating_sub(1)).min(MOST_ODD);
        let odd = search.smallest(most);
        Found::Changes { plain, odd }
    }

    /// What can come out, with these lists to be replaced and every answer that may change open.
    fn opened(&self, lists: &[Place]) -> Rc<Opened<'a>> {
        if let Some(known) = self.opened.borrow().get(lists) {
            return Rc::clone(known);
        }
        let (program, limits) = (self.call.program(), self.call.limits);
        let mut proposal = self.call.proposal.clone();
        for list in lists {
            if let Some(answer) = proposal.answer_mut(*list) {
                answer.state = State::Open;
            }
        }
        let mut world = World::new(program, &proposal, limits);
        let mut free = Vec::new();
        for list in lists {
            free.extend(slots_of_list(&world, list.question));
        }
        for slot in &free {
            world.set(*slot, plain(world.get(*slot)));
        }
        // Advice names neither geen nor n.v.t., so every item of a list that is replaced has a number.
        for sum in &mut world.aggregates {
            if lists.iter().any(|list| list.question == sum.list) {
                sum.count = sum.list.0;
            }
        }
        free.retain(|slot| world.place(*slot, &proposal).is_some());
        let mut wide = world.clone();
        wide.given.clear();
        for place in proposal.places(self.call.model()) {
            let fixed =
                self.call.model().questions.get(place.question.index()).is_none_or(|question| question.fixed);
            let slot = world.slot(place);
            let domain = place.domain(&program.domains).filter(|d| !matches!(d.kind, Kind::List { .. }));
            let disputed = world.given.contains_key(&slot);
            if let (Some(domain), false) = (domain, fixed && !disputed)
                && (disputed || world.get(slot).known().is_some())
            {
                let old = world.get(slot).clone();
                wide.set(slot, or_old(slot, &plain(&crate::evaluate::world::open(domain, slot)), &old));
            }
        }
        let (mut worst, mut best) = (world.clone(), world.clone());
        for slot in 0..Slot::try_from(world.slots.len()).unwrap_or(0) {
            if free.contains(&slot) || world.get(slot).known().is_some() {
                continue;
            }
            let question = self.call.model().questions.get(slot as usize);
            let last = question.is_some_and(|question| question.good_side == GoodSide::Lower);
            worst.set(slot, sample::end(program, &world, slot, last));
            best.set(slot, sample::end(program, &world, slot, !last));
        }
        let mut some = vec![Rc::new(worst.clone())];
        let open = |slot: &Slot| world.get(*slot).known().is_none() && !free.contains(slot);
        if (0..Slot::try_from(world.slots.len()).unwrap_or(0)).any(|slot| open(&slot)) {
            some.extend(sample::completions(program, &world).map(|mut one| {
                for slot in &free {
                    one.set(*slot, world.get(*slot).clone());
                }
                Rc::new(one)
            }));
        }
        let asked = self.nodes.iter().map(|node| vec![*node]).collect();
        let reaches = Reach::each(program, wide, self.call.budget, asked);
        let world = Rc::new(world);
        let made = Rc::new(Opened { reaches, world, free, worst, best, some, hard: RefCell::default() });
        self.opened.borrow_mut().insert(lists.to_vec(), Rc::clone(&made));
        made
    }
}

struct Search<'a, 's> {
    all: &'s Improver<'a>,
    target: Target,
    scope: Scope,
    /// Answers may also go to their worse side.
    any_side: bool,
    /// The size of the first set for which it could not be decided whether it does it.
    doubt: Cell<Option<usize>>,
}

/// One search: some lists are replaced, other answers may change.
struct Base<'a> {
    /// The lists.
    lists: Vec<Place>,
    opened: Rc<Opened<'a>>,
    /// Completions of what is open, each of which a set of changes must win under.
    hard: Vec<Rc<World>>,
    /// For each hard completion, with which changes the target is possible, and with which not.
    seen: RefCell<Vec<Seen>>,
    /// What must change under some of them together; with what to begin in that list for another.
    fewest: Vec<Fewest>,
    begun: usize,
    anew: bool,
    /// The hard completion under which the target was last impossible.
    last: Cell<usize>,
    /// What each slot may become; ascending.
    allowed: Vec<(Slot, Possible)>,
}

/// Under one completion: more changes never make less possible.
#[derive(Default)]
struct Seen {
    /// With these the target is possible; none of the sets contains another.
    can: Vec<Bits>,
    /// With these it is impossible.
    cannot: Vec<Bits>,
}

impl Seen {
    /// What is known about these changes.
    fn tells(&self, set: &Bits) -> Option<bool> {
        if self.cannot.iter().any(|more| set.is_within(more)) {
            return Some(false);
        }
        self.can.iter().any(|less| less.is_within(set)).then_some(true)
    }

    /// Adds what was found about changes that it did not know.
    fn add(&mut self, set: &Bits, can: bool) {
        if can {
            self.can.retain(|more| !set.is_within(more));
            self.can.push(set.clone());
        } else {
            self.cannot.retain(|less| !less.is_within(set));
            self.cannot.push(set.clone());
        }
    }
}

/// What `hitting` asks of a search.
struct Asking<'a, 's, 'b> {
    search: &'b Search<'a, 's>,
    base: &'b mut Base<'a>,
    found: Vec<(Vec<Place>, ChangeSet)>,
    unsure: Option<Unsure>,
    /// For each group of completions what it last said.
    known: Vec<Known>,
    /// The group that last said that it takes too many changes.
    last: usize,
}

/// What was last found needed: beside which set, of the elements from where on.
type Known = Option<(Bits, usize, usize, Vec<usize>)>;

impl Asking<'_, '_, '_> {
    /// What a set needs in some completions: so many; and where that is exact the first of those that come first.
    fn needed(&mut self, at: usize, set: &Bits, from: usize) -> Option<(usize, Option<usize>)> {
        if let Some(Some((before, since, count, changes))) = self.known.get(at) {
            // Elements were added that were among those needed, and none that are left out now.
            let added: Vec<usize> = set.iter().filter(|one| !before.contains(*one)).collect();
            let mut rest = changes.iter().filter(|one| !set.contains(**one));
            let still = before.iter().all(|one| set.contains(one))
                && *since <= from
                && added.iter().all(|one| changes.contains(one))
                && rest.clone().all(|one| *one >= from);
            if still {
                return Some((count - added.len(), rest.next().copied()));
            }
        }
        let cost = |at: usize| match set.contains(at) {
            true => Cost::Free,
            false if at >= from => Cost::One,
            false => Cost::Never,
        };
        let needed = match self.base.fewest.get(at)?.needed(&cost, self.search.all.call.budget) {
            Ok(needed) => needed?,
            Err(ended) => {
                self.unsure.get_or_insert(Unsure(ended.into()));
                return None;
            }
        };
        if let Some(known) = self.known.get_mut(at).filter(|_| needed.exact) {
            *known = Some((set.clone(), from, needed.count, needed.changes().collect()));
        }
        Some((needed.count, needed.first().filter(|_| needed.exact)))
    }
}

impl Asked for Asking<'_, '_, '_> {
    fn test(&mut self, set: &Bits) -> Tried {
        let allowed = |at| self.base.allowed.get(at).map(|(slot, _)| *slot);
        let slots: Vec<Slot> = set.iter().filter_map(allowed).collect();
        let tried = self.search.holds(self.base, &slots).and_then(|held| match held {
            Some(changes) => {
                self.found.push((changes.iter().map(|change| change.place).collect(), changes));
                Ok(Tried::Enough)
            }
            None => self.search.difference(self.base, set).map(Tried::Lacks),
        });
        tried.unwrap_or_else(|unsure| {
            self.unsure.get_or_insert(unsure);
            Tried::Lacks(Bits::default())
        })
    }

    fn needs(&mut self, set: &Bits, from: usize, most: usize) -> Option<Needs> {
        let mut needs = Needs { count: 0, next: None };
        if self.known.len() != self.base.hard.len() {
            // What was known is of fewer completions. One place for each, so that a new one is noticed.
            self.known.clear();
            self.known.resize_with(self.base.hard.len(), || None);
        }
        // The group that last said that it takes too many mostly says so again.
        let first = self.last.min(self.base.fewest.len());
        for at in (first..self.base.fewest.len()).chain(0..first) {
            let Some((count, next)) = self.needed(at, set, from) else {
                self.last = at;
                return None;
            };
            if count > most {
                self.last = at;
                return None;
            }
            match count.cmp(&needs.count) {
                std::cmp::Ordering::Less => {}
                std::cmp::Ordering::Equal => needs.next = needs.next.max(next),
                std::cmp::Ordering::Greater => needs = Needs { count, next },
            }
        }
        Some(needs)
    }

    fn step(&mut self, cost: usize) -> bool {
        let steps = u64::try_from(cost).unwrap_or(u64::MAX);
        self.unsure.is_none() && self.search.all.call.budget.steps(steps).is_ok()
    }
}

impl<'a> Search<'a, '_> {
    fn reach<'o>(&self, opened: &'o Opened<'a>) -> Result<&'o Reach<'a>, Unsure> {
        let node = self.target.node(self.all.call.program());
        let at = self.all.nodes.iter().position(|one| *one == node);
        at.and_then(|at| opened.reaches.get(at)).ok_or(Unsure(ProvisionalReason::Numbers))
    }

    /// Whether the target is possible in a world.
    fn can_be(&self, opened: &Opened<'a>, world: &Rc<World>) -> Result<bool, Unsure> {
        let reach = self.reach(opened)?;
        for world in self.undisputed(world)? {
            if reach.finds_in(&world, &mut |one| self.target.wants(one.0))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the target is certain in a world.
    fn must_be(&self, opened: &Opened<'a>, world: &Rc<World>) -> Result<bool, Unsure> {
        let reach = self.reach(opened)?;
        let mut any = false;
        for world in self.undisputed(world)? {
            let mut fails = |one: &reach::Combination| {
                any = true;
                !self.target.wants(one.0)
            };
            if reach.finds_in(&world, &mut fails)? {
                return Ok(false);
            }
        }
        Ok(any)
    }

    /// A completion in which the target is not reached.
    fn loser(&self, opened: &Opened<'a>, world: &Rc<World>) -> Result<Option<World>, Unsure> {
        let reach = self.reach(opened)?;
        for world in self.undisputed(world)? {
            let loser = reach.witness_in(&world, &|one| !self.target.wants(one.0))?;
            if loser.is_some() {
                return Ok(loser);
            }
        }
        Ok(None)
    }

    /// Where givers differ and the set of values is wider than what they gave: a world for each given value.
    fn undisputed(&self, world: &Rc<World>) -> Result<Vec<Rc<World>>, Unsure> {
        let mut worlds = vec![Rc::clone(world)];
        for (slot, values) in &world.given {
            let now = world.get(*slot);
            if now.known().is_some() || now.values(values.len()).is_some_and(|all| all.len() == values.len())
            {
                continue;
            }
            let each = |world: &Rc<World>| -> Vec<Rc<World>> {
                let with = |value: &Value| {
                    let mut world = World::clone(world);
                    world.set(*slot, Possible::Known(value.clone()));
                    Rc::new(world)
                };
                values.iter().map(with).collect()
            };
            let count = u64::try_from(worlds.len() * values.len()).unwrap_or(u64::MAX);
            self.all.call.budget.steps(count).map_err(|ended| Unsure(ended.into()))?;
            worlds = worlds.iter().flat_map(each).collect();
        }
        Ok(worlds)
    }

    fn smallest(&self, most: usize) -> Smallest {
        let mut found = Smallest { proved: true, ..Smallest::default() };
        self.doubt.set(None);
        let mut unsure = self.search(most, &mut found).err();
        let size = found.sets.first().map_or(usize::MAX, Vec::len);
        // One of the same size is among those of which there are more.
        if self.doubt.get().is_some_and(|doubted| doubted < size || (doubted == size && !found.more)) {
            unsure.get_or_insert(Unsure(ProvisionalReason::Numbers));
        }
        if let Some(unsure) = unsure {
            found.proved = false;
            found.provisional = Some(unsure.provisional(self.all.call.budget.limit()));
        }
        found
    }

    fn search(&self, most: usize, found: &mut Smallest) -> Result<(), Unsure> {
        let mut sets: Vec<(Vec<Place>, ChangeSet)> = Vec::new();
        let mut least = most;
        let mut unsure = None;
        let lists = self.lists();
        let mut chosen: Vec<bool> = Vec::new();
        for count in 0..=lists.len() {
            // Every choice of that many lists.
            chosen.clear();
            chosen.extend((0..lists.len()).map(|at| at < count));
            loop {
                let own = lists.iter().zip(&chosen).filter(|(_, chosen)| **chosen).map(|(list, _)| *list);
                let Some(rest) = least.checked_sub(count).filter(|_| unsure.is_none()) else { break };
                match self.of_lists(own.collect(), rest) {
                    Ok(looked) => {
                        if let Some(size) = looked.sets.first().map(|(places, _)| places.len()) {
                            if size < least || sets.is_empty() {
                                sets.clear();
                                found.more = false;
                                least = size;
                            }
                            found.more |= looked.more;
                            sets.extend(looked.sets);
                        }
                        unsure = unsure.or(looked.unsure);
                    }
                    Err(end) => unsure = Some(end),
                }
                if !next_choice(&mut chosen) {
                    break;
                }
            }
        }
        sets.sort_by(|(a, _), (b, _)| a.cmp(b));
        drop_lists(&mut sets);
        found.more |= sets.len() > self.all.call.limits.change_sets;
        sets.truncate(self.all.call.limits.change_sets);
        found.sets = sets.into_iter().map(|(_, set)| set).collect();
        unsure.map_or(Ok(()), Err)
    }

    /// The least sets of changes beside some lists that are replaced, of at most so many.
    fn of_lists(&self, lists: Vec<Place>, most: usize) -> Result<Looked, Unsure> {
        // Replacing only lists is a set too; changing nothing is not.
        let mut from = usize::from(lists.is_empty());
        let mut base = self.base(lists)?;
        let count = base.allowed.len();
        let everything = Bits::of(count, |_| true);
        for at in 0..base.hard.len() {
            if !self.can_under(&base, at, &everything)? {
                return Ok(Looked::default());
            }
        }
        for fewest in &base.fewest {
            let needed =
                fewest.needed(&|_| Cost::One, self.all.call.budget).map_err(|ended| Unsure(ended.into()))?;
            let Some(needed) = needed else { return Ok(Looked::default()) };
            from = from.max(needed.count);
        }
        let (found, known) = (Vec::new(), Vec::new());
        let mut asking = Asking { search: self, base: &mut base, found, unsure: None, known, last: 0 };
        let least = hitting::least(count, from..=most, self.all.call.limits.change_sets, &mut asking);
        let ended = self.all.call.budget.ended().map(|ended| Unsure(ended.into()));
        Ok(Looked { sets: asking.found, more: !least.all, unsure: asking.unsure.or(ended) })
    }

    /// Whether the target is possible under a hard completion, with these changes.
    fn can_under(&self, base: &Base<'a>, at: usize, set: &Bits) -> Result<bool, Unsure> {
        let Some(hard) = base.hard.get(at) else { return Ok(true) };
        if let Some(told) = base.seen.borrow().get(at).and_then(|seen| seen.tells(set)) {
            return Ok(told);
        }
        let world = changed(hard, &base.allowed, |at| set.contains(at));
        let can = self.can_be(&base.opened, &world)?;
        let mut seen = base.seen.borrow_mut();
        seen.resize_with(base.hard.len(), Seen::default);
        if let Some(seen) = seen.get_mut(at) {
            seen.add(set, can);
        }
        Ok(can)
    }

    /// For a set that does not do it: the answers of which every set that does has one.
    fn difference(&self, base: &Base<'a>, set: &Bits) -> Result<Bits, Unsure> {
        let count = base.allowed.len();
        // What is known about all completions together skips all such sets at once.
        if base.begun == 0
            && base.fewest.iter().all(|fewest| fewest.is_exact() && fewest.is_sure())
            && !base.anew
        {
            return Ok(Bits::of(count, |at| !set.contains(at)));
        }
        let paths = base.fewest.iter().rev().map(|fewest| (Some(fewest), None));
        let worlds = (0..base.hard.len()).rev().map(|hard| (None, Some(hard)));
        for tried in paths.chain(worlds) {
            let can = |set: &Bits| match tried {
                (Some(fewest), _) => {
                    let cost = |at: usize| if set.contains(at) { Cost::Free } else { Cost::Never };
                    let needed = fewest.needed(&cost, self.all.call.budget);
                    Ok(needed.map_err(|ended| Unsure(ended.into()))?.is_some())
                }
                (_, Some(hard)) => self.can_under(base, hard, set),
                _ => Ok(true),
            };
            if can(set)? {
                continue;
            }
            // The others that change nothing about it, as many at once as can be.
            let mut chosen = set.clone();
            let rest: Vec<usize> = (0..count).filter(|at| !set.contains(*at)).collect();
            let mut parts = vec![rest];
            while let Some(part) = parts.pop() {
                let mut with = chosen.clone();
                part.iter().for_each(|at| with.insert(*at));
                if part.is_empty() || !can(&with)? {
                    chosen = with;
                } else if part.len() > 1 {
                    let (first, second) = part.split_at(part.len() / 2);
                    parts.push(second.to_vec());
                    parts.push(first.to_vec());
                }
            }
            return Ok(Bits::of(count, |at| !chosen.contains(at)));
        }
        // It does it under each of them, but not with the same answers.
        Ok(Bits::of(count, |at| !set.contains(at)))
    }

    /// The lists that may be replaced as a whole.
    fn lists(&self) -> Vec<Place> {
        let places = self.all.call.proposal.places(self.all.call.model()).into_iter();
        let lists = places.filter(|place| {
            let Some(question) = self.all.call.model().questions.get(place.question.index()) else {
                return false;
            };
            place.item.is_none()
                && matches!(question.domain.kind, Kind::List { .. })
                && self.may_change(*place)
                && !self.has_open_fields(*place)
        });
        lists.collect()
    }

    /// What is open in a given list stays open: the list is not replaced then.
    fn has_open_fields(&self, list: Place) -> bool {
        match self.all.call.proposal.answer(list).map(|answer| &answer.state) {
            Some(State::Items(items)) => items.iter().flatten().any(|part| part.state == State::Open),
            _ => false,
        }
    }

    fn is_open(&self, place: Place) -> bool {
        self.all.call.proposal.answer(place).is_none_or(|answer| answer.state == State::Open)
    }

    /// Whether advice may name this answer at all.
    fn may_change(&self, place: Place) -> bool {
        let Some(question) = self.all.call.model().questions.get(place.question.index()) else {
            return false;
        };
        if !self.is_open(place) {
            return !question.fixed;
        }
        // What cannot be answered cannot be asked for either.
        let unsayable = self.all.call.proposal.answer(place).is_some_and(|answer| answer.unsayable.is_some());
        self.scope == Scope::Open && !unsayable
    }

    fn base(&self, lists: Vec<Place>) -> Result<Base<'a>, Unsure> {
        let opened = self.all.opened(&lists);
        let world = &opened.world;
        let replaced = |place: &Place| lists.iter().any(|list| list.question == place.question);
        let mut allowed = Vec::new();
        for place in self.all.call.proposal.places(self.all.call.model()) {
            let is_list = place
                .domain(&self.all.call.program().domains)
                .is_none_or(|d| matches!(d.kind, Kind::List { .. }));
            if is_list || replaced(&place) || !self.may_change(place) {
                continue;
            }
            let slot = world.slot(place);
            if let Some(possible) = self.allowed(place, slot, world) {
                allowed.push((slot, possible));
            }
        }
        allowed.sort_by_key(|(slot, _)| *slot);
        let mut hard = opened.hard.borrow().get(&self.target).cloned().unwrap_or_default();
        if hard.is_empty() {
            hard.push(self.hardest(&opened)?);
            opened.hard.borrow_mut().insert(self.target, hard.clone());
        }
        let last = Cell::new(usize::MAX);
        let (seen, fewest) = (RefCell::default(), Vec::new());
        let mut base = Base { lists, opened, hard, seen, fewest, begun: 0, anew: true, last, allowed };
        self.harden(&mut base)?;
        Ok(base)
    }

    /// Looks at all hard completions together: at those that were added last, where all are too many.
    fn harden(&self, base: &mut Base<'a>) -> Result<(), Unsure> {
        let elements: Vec<Slot> = base.allowed.iter().map(|(slot, _)| *slot).collect();
        let wanted = |one: &reach::Combination| self.target.wants(one.0);
        let reach = self.reach(&base.opened)?;
        loop {
            let together: Vec<Rc<World>> = base.hard.iter().skip(base.begun).cloned().collect();
            let Some(first) = together.first() else { return Ok(()) };
            let mut all = World::clone(first);
            for other in together.iter().skip(1) {
                for slot in (0..).take(other.slots.len()) {
                    if all.get(slot) != other.get(slot) {
                        let both = all.get(slot).join(other.get(slot));
                        all.set(slot, both);
                    }
                }
            }
            let wide = changed(&all, &base.allowed, |_| true);
            if together.len() <= TOGETHER
                && let Some(fewest) = reach.fewest_in(&together, &wide, &elements, &wanted)?
            {
                // It says all that the one before it said, where that was of the same begin.
                if together.len() > 1 && !base.anew {
                    base.fewest.pop();
                }
                base.anew = false;
                base.fewest.push(fewest);
                return Ok(());
            }
            // What is known stays; new ones are looked at with the last ones.
            base.begun += together.len().div_ceil(2);
            base.anew = true;
        }
    }

    /// What an answer may become: never geen or n.v.t.; from its good side only what is not worse. None: nothing else.
    fn allowed(&self, place: Place, slot: Slot, world: &World) -> Option<Possible> {
        let domain = place.domain(&self.all.call.program().domains)?;
        let all = plain(&crate::evaluate::world::open(domain, slot));
        let good = match self.all.call.model().questions.get(place.question.index()) {
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

    /// A completion of what is open (not of the free slots) that makes the target hard to reach.
    fn hardest(&self, opened: &Opened<'a>) -> Result<Rc<World>, Unsure> {
        let reach = self.reach(opened)?;
        let mut hardest: Option<(u16, &Rc<World>)> = None;
        for world in &opened.some {
            let left = reach.combinations_in(world)?;
            let distance = left.iter().map(|one| self.target.distance(one.0)).min().unwrap_or(0);
            // Among equals the first: everything at its worst.
            if hardest.as_ref().is_none_or(|(known, _)| distance > *known) {
                hardest = Some((distance, world));
            }
        }
        Ok(hardest.map_or_else(|| Rc::new(opened.worst.clone()), |(_, world)| Rc::clone(world)))
    }

    /// New answers at these slots that do it for every completion, as regions.
    fn holds(&self, base: &mut Base<'a>, set: &[Slot]) -> Result<Option<ChangeSet>, Unsure> {
        let mut slots = set.to_vec();
        slots.extend(&base.opened.free);
        let mut world = World::clone(&base.opened.world);
        for (slot, possible) in base.allowed.iter().filter(|(slot, _)| set.contains(slot)) {
            world.given.remove(slot);
            world.set(*slot, possible.clone());
        }
        let (doubt, size) = (self.doubt.get(), set.len() + base.lists.len());
        let world = Rc::new(world);
        loop {
            let known = base.hard.len();
            if let Some(fixed) = self.fix(base, Rc::clone(&world), &slots, size)? {
                self.doubt.set(doubt);
                return self.widen(base, set, fixed).map(Some);
            }
            // Where numbers hang together each hard completion shows other numbers to try.
            if base.hard.len() == known || !slots.iter().any(|slot| self.is_tied(base, *slot)) {
                break;
            }
        }
        if self.doubt.get() != doubt {
            // What was learned may already decide it.
            let chosen = |at: usize| base.allowed.get(at).is_some_and(|(slot, _)| set.contains(slot));
            let cost = |at: usize| if chosen(at) { Cost::Free } else { Cost::Never };
            for fewest in &base.fewest {
                if fewest.needed(&cost, self.all.call.budget).map_err(|ended| Unsure(ended.into()))?.is_none()
                {
                    self.doubt.set(doubt);
                }
            }
        }
        Ok(None)
    }

    /// Fixes slots one after the other so that the target is settled.
    fn fix(
        &self,
        base: &mut Base<'a>,
        mut world: Rc<World>,
        slots: &[Slot],
        size: usize,
    ) -> Result<Option<Rc<World>>, Unsure> {
        // Per slot that is being fixed: its place, what it was, and the answers still to be tried.
        let mut path: Vec<(usize, Possible, std::vec::IntoIter<Possible>)> = Vec::new();
        loop {
            let from = path.last().map_or(0, |(at, ..)| at + 1);
            if self.can_under_all(base, &world, slots)? {
                let mut rest = slots.iter().enumerate().skip(from);
                let next =
                    rest.find(|(_, slot)| world.get(**slot).known().is_none() && is_used(&world, **slot));
                if let Some((at, slot)) = next {
                    let ways = self.ways(base, &world, (*slot, slots), size)?;
                    path.push((at, world.get(*slot).clone(), ways.into_iter()));
                } else {
                    match self.loser(&base.opened, &world)? {
                        None => return Ok(Some(world)),
                        Some(loser) => self.learn(base, slots, &loser)?,
                    }
                }
            }
            // The next answer of the last slot that has one.
            loop {
                let Some((at, old, ways)) = path.last_mut() else { return Ok(None) };
                let Some(slot) = slots.get(*at) else { return Ok(None) };
                if let Some(way) = ways.next() {
                    Rc::make_mut(&mut world).set(*slot, way);
                    break;
                }
                Rc::make_mut(&mut world).set(*slot, old.clone());
                path.pop();
            }
        }
    }

    fn is_tied(&self, base: &Base<'a>, slot: Slot) -> bool {
        self.reach(&base.opened).is_ok_and(|reach| reach.tied(slot).len() > 1)
    }

    /// Whether the target is possible under every hard completion, with what some slots can still be.
    fn can_under_all(&self, base: &Base<'a>, world: &World, slots: &[Slot]) -> Result<bool, Unsure> {
        // The completion under which it was last impossible mostly says so again.
        let last = base.last.get();
        let first = base.hard.get(last).map(|hard| (last, hard));
        let rest = base.hard.iter().enumerate().rev().filter(|(at, _)| *at != last);
        for (at, hard) in first.into_iter().chain(rest) {
            if !self.can_be(&base.opened, &Rc::new(under(hard, world, slots)))? {
                base.last.set(at);
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The answers to try, those nearest to the old one first: one by one, or where numbers can turn.
    fn ways(
        &self,
        base: &Base<'a>,
        world: &Rc<World>,
        (slot, slots): (Slot, &[Slot]),
        size: usize,
    ) -> Result<Vec<Possible>, Unsure> {
        let mut ways = match (reach::ways(self.all.call.program(), world, slot), world.get(slot).as_range()) {
            (Some(ways), _) => ways,
            (None, None) => return Ok(Vec::new()),
            (None, Some(range)) => {
                let step = world.step(slot);
                let reach = self.reach(&base.opened)?;
                let (mut turns, _) = reach.turns_in(world, slot)?;
                let group = reach.tied(slot);
                let tied = group.iter().any(|other| *other != slot && world.get(*other).known().is_none());
                let count = range.hi.sub(&range.lo).div(&step).unwrap_or_default();
                let points = if tied && count <= Number::whole(FEW) {
                    let mut points = vec![range.lo.clone()];
                    while let Some(last) = points.last().filter(|last| **last < range.hi) {
                        points.push(last.add(&step));
                    }
                    points
                } else {
                    if tied {
                        for hard in &base.hard {
                            let under = Rc::new(under(hard, world, slots));
                            turns.extend(reach.turns_in(&under, slot)?.0);
                        }
                    }
                    let open = |other: &Slot| *other != slot && world.get(*other).known().is_none();
                    if tied
                        && base.hard.len() > 1
                        && group.iter().any(|other| slots.contains(other) && open(other))
                    {
                        // Numbers that do it together under several completions may lie between the turns of each.
                        let doubted = self.doubt.get().map_or(size, |doubted| doubted.min(size));
                        self.doubt.set(Some(doubted));
                    }
                    points(&turns, &range, &step)
                };
                let point = |point: Number| Possible::range(point.clone(), point, range.date, None);
                points.into_iter().map(point).collect()
            }
        };
        let old = base.opened.world.get(slot);
        ways.sort_by_cached_key(|way| distance(way, old));
        Ok(ways)
    }

    /// Adds a completion under which new answers failed, made as hard as possible, to those under which sets are tried first.
    fn learn(&self, base: &mut Base<'a>, slots: &[Slot], loser: &World) -> Result<(), Unsure> {
        let opened = Rc::clone(&base.opened);
        let mut hard = Rc::new(loser.clone());
        // Where it became better than is wanted, it is hard because of answers that are good.
        let better = match self.target {
            Target::Outcome(wanted) => {
                self.reach(&opened)?.combinations_in(&hard)?.iter().all(|one| one.0 < wanted)
            }
            _ => false,
        };
        let end = if better { &opened.best } else { &opened.worst };
        let others = (0..).take(loser.slots.len()).filter(|slot| !slots.contains(slot));
        let others: Vec<Slot> = others.filter(|slot| opened.world.get(*slot).known().is_none()).collect();
        // All at that end at once, or else as many as can be.
        let mut all = World::clone(&hard);
        for slot in &others {
            all.set(*slot, end.get(*slot).clone());
        }
        let all = Rc::new(all);
        if self.can_be(&opened, &all)? {
            for slot in others {
                if hard.get(slot) != end.get(slot) {
                    let old = Rc::make_mut(&mut hard).set(slot, end.get(slot).clone());
                    if self.can_be(&opened, &hard)? {
                        Rc::make_mut(&mut hard).set(slot, old);
                    }
                }
            }
        } else {
            hard = all;
        }
        for slot in slots {
            Rc::make_mut(&mut hard).set(*slot, end.get(*slot).clone());
        }
        if !base.hard.contains(&hard) {
            opened.hard.borrow_mut().entry(self.target).or_default().push(Rc::clone(&hard));
            base.hard.push(hard);
            self.harden(base)?;
        }
        Ok(())
    }

    /// From one answer to all that do it: per slot, with the slots before it at any answer of their regions, and those after it
    /// as they are.
    fn widen(&self, base: &Base<'a>, set: &[Slot], mut fixed: Rc<World>) -> Result<ChangeSet, Unsure> {
        // Free slots first become known, so that a replaced list is one list.
        for slot in &base.opened.free {
            if fixed.get(*slot).known().is_none() {
                let first = sample::end(self.all.call.program(), &fixed, *slot, false);
                Rc::make_mut(&mut fixed).set(*slot, first);
            }
        }
        let mut changes = Vec::new();
        for list in &base.lists {
            changes.push(self.replaced(base, *list, &fixed)?);
        }
        for slot in set {
            let Ok(at) = base.allowed.binary_search_by_key(slot, |(slot, _)| *slot) else { continue };
            let Some((_, allowed)) = base.allowed.get(at) else { continue };
            let Some(place) = base.opened.world.place(*slot, self.all.call.proposal) else { continue };
            let old = base.opened.world.get(*slot);
            let chosen = nearest(fixed.get(*slot), old);
            let region = self.region(base, &mut fixed, *slot, allowed, &chosen)?;
            let worse_side = self.may_worsen(place, old, &region);
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

    fn replaced(&self, base: &Base<'a>, list: Place, fixed: &World) -> Result<Change, Unsure> {
        // A list that nobody can write out is not useful advice.
        let items = items::items(self.all.call.program(), fixed, self.all.call.limits, list.question)
            .ok_or(Unsure(ProvisionalReason::UnboundedList))?;
        let length = base.opened.world.get(list.question.0);
        Ok(Change {
            place: list,
            region: vec![length.clone()],
            example: fixed.get(list.question.0).known().cloned().unwrap_or(Value::NotApplicable),
            list: Some(items),
            fills: self.is_open(list),
            worse_side: false,
        })
    }

    /// All answers of a slot that do it, `chosen` among them; in the world the slot is then set to these.
    fn region(
        &self,
        base: &Base<'a>,
        world: &mut Rc<World>,
        slot: Slot,
        allowed: &Possible,
        chosen: &Value,
    ) -> Result<Vec<Possible>, Unsure> {
        Rc::make_mut(world).set(slot, allowed.clone());
        if self.must_be(&base.opened, world)? {
            return Ok(vec![allowed.clone()]);
        }
        if let Some(ways) = reach::ways(self.all.call.program(), world, slot) {
            let mut good = Vec::new();
            for way in ways {
                Rc::make_mut(world).set(slot, way.clone());
                // The chosen one does it, whatever the others take from their regions.
                if way.known() == Some(chosen) || self.must_be(&base.opened, world)? {
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
            Rc::make_mut(world).set(slot, exact.unwrap_or_else(|| Possible::Known(chosen.clone())));
            return Ok(good);
        }
        let Some(range) = allowed.as_range() else { return Ok(vec![Possible::Known(chosen.clone())]) };
        let (turns, _) = self.reach(&base.opened)?.turns_in(world, slot)?;
        let stretch = self.stretch(base, world, (slot, &range, &turns), chosen)?;
        Rc::make_mut(world).set(slot, stretch.clone());
        Ok(vec![stretch])
    }

    /// The stretch of numbers around `chosen` in which every number does it.
    fn stretch(
        &self,
        base: &Base<'a>,
        world: &mut Rc<World>,
        (slot, range, turns): (Slot, &Range, &BTreeSet<Number>),
        chosen: &Value,
    ) -> Result<Possible, Unsure> {
        let step = world.step(slot);
        let at = Possible::Known(chosen.clone()).as_range().map_or_else(|| range.lo.clone(), |one| one.lo);
        let line = |lo: &Number, hi: &Number| {
            Possible::range(lo.clone(), hi.clone(), range.date, Some(Line::of(slot)))
        };
        // Results turn at the turns, or between two numbers that leave different results.
        let mut ends = [at.clone(), at.clone()];
        for (end, upward) in ends.iter_mut().zip([false, true]) {
            let mut points = points(turns, range, &step);
            points.retain(|point| if upward { *point > at } else { *point < at });
            if !upward {
                points.reverse();
            }
            let mut bad = None;
            for point in points {
                Rc::make_mut(world).set(slot, line(&point, &point));
                if !self.must_be(&base.opened, world)? {
                    bad = Some(point);
                    break;
                }
                *end = point;
            }
            loop {
                // Between the last that does and the first that does not lies the end: by halving.
                while let Some(wrong) = &bad {
                    let half = Number::fraction(1, 2).unwrap_or_default();
                    let middle = end.add(wrong).mul(&half).floor_to(&step);
                    let middle = if middle == *end && !upward { middle.add(&step) } else { middle };
                    if middle == *end || middle == *wrong {
                        break;
                    }
                    Rc::make_mut(world).set(slot, line(&middle, &middle));
                    if self.must_be(&base.opened, world)? {
                        *end = middle;
                    } else {
                        bad = Some(middle);
                    }
                }
                // Some of those between may still not do it, where numbers only fit at intervals.
                let (lo, hi) = if upward { (&at, &*end) } else { (&*end, &at) };
                Rc::make_mut(world).set(slot, line(lo, hi));
                let Some(loser) = self.loser(&base.opened, world)? else { break };
                let Some(wrong) =
                    loser.get(slot).as_range().map(|range| range.lo).filter(|wrong| *wrong != at)
                else {
                    break;
                };
                bad = Some(wrong);
                *end = at.clone();
            }
        }
        let [lo, hi] = ends;
        Ok(line(&lo, &hi))
    }

    /// Whether the region reaches to the worse side of the old answer.
    fn may_worsen(&self, place: Place, old: &Possible, region: &[Possible]) -> bool {
        let good = match self.all.call.model().questions.get(place.question.index()) {
            Some(question) if place.item.is_none() => question.good_side,
            _ => GoodSide::None,
        };
        let (Some(old), true) = (old.known(), good != GoodSide::None) else { return false };
        region.iter().any(|one| from(old, good, one.clone()) != *one)
    }
}

/// What was found with some lists replaced.
#[derive(Default)]
struct Looked {
    sets: Vec<(Vec<Place>, ChangeSet)>,
    /// There are more of that size.
    more: bool,
    /// What ended the search, if something did.
    unsure: Option<Unsure>,
}

/// A world in which some of the answers that may change are open to what they may become, or remain.
fn changed(world: &World, allowed: &[(Slot, Possible)], has: impl Fn(usize) -> bool) -> Rc<World> {
    let mut changed = world.clone();
    for (_, (slot, possible)) in allowed.iter().enumerate().filter(|(at, _)| has(*at)) {
        changed.given.remove(slot);
        let old = world.get(*slot);
        changed.set(*slot, or_old(*slot, possible, old));
    }
    Rc::new(changed)
}

/// A completion with other answers at some slots.
fn under(hard: &World, world: &World, slots: &[Slot]) -> World {
    let mut under = hard.clone();
    for slot in slots {
        under.set(*slot, world.get(*slot).clone());
    }
    under
}

/// Where numbers are tried: on both sides of every turn, and at the ends.
fn points(turns: &BTreeSet<Number>, range: &Range, step: &Number) -> Vec<Number> {
    let mut points: Vec<Number> = turns.iter().flat_map(|turn| [turn.sub(step), turn.clone()]).collect();
    points.extend([range.lo.clone(), range.hi.clone()]);
    points.retain(|point| range.lo <= *point && *point <= range.hi);
    points.sort();
    points.dedup();
    points
}

/// The next choice of as many: the last one that can move on does, and all after it follow. False: there is none.
fn next_choice(chosen: &mut [bool]) -> bool {
    let Some(at) = (1..chosen.len())
        .rev()
        .find(|at| chosen.get(*at) == Some(&false) && chosen.get(*at - 1) == Some(&true))
    else {
        return false;
    };
    let behind = chosen.iter().skip(at + 1).filter(|one| **one).count();
    chosen.swap(at - 1, at);
    chosen.iter_mut().skip(at + 1).enumerate().for_each(|(place, one)| *one = place < behind);
    true
}

/// False for a field of an item beyond the length that its list is known to have.
fn is_used(world: &World, slot: Slot) -> bool {
    let lists = (0..).zip(&world.lists).filter_map(|(at, list)| Some((at, (*list)?)));
    for (question, list) in lists {
        if slot >= list.base && slot < list.base + list.items * list.fields {
            let count = world.item_count(crate::rules::model::QuestionId(question));
            return count.is_none_or(|count| (slot - list.base) / list.fields.max(1) < count);
        }
    }
    true
}

/// What a slot may become, or remain.
fn or_old(slot: Slot, possible: &Possible, old: &Possible) -> Possible {
    let mut both = possible.join(old);
    if let Possible::Open(Set { core: Core::Range(range), .. }) = &mut both {
        range.line = Some(Line::of(slot));
    }
    both
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
