//! All sets of so many changed answers that can give a wanted result, where every other answer is known. Each part of a
//! verdict (the criteria that share answers) is tried by itself; of each only what it contributes is kept, with the sets
//! that do it; contributions then add up.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::asked::Asked;
use crate::contexts::Keys;
use crate::maker::{Maker, State};
use crate::possible::{Core, Line, Possible, Set, Slot};
use crate::program::NodeId;
use crate::solve::{Path, Rows, Side, Solver, Stop, Undo, both};

/// A part that reads more answers than this is split at an answer that ties it together.
const SMALL: usize = 8;

/// An answer with more values than this is not split.
const MOST_VALUES: usize = 32;

/// A contribution, how it comes about, and the sets of changed slots that make it.
struct Way {
    /// Among the keys of the search.
    state: u32,
    path: Path,
    /// How its sets are put together. Sets are many; they are only written out when asked for.
    made: Vec<Made>,
}

/// How a set of changed slots is put together.
enum Made {
    /// These slots.
    Of(Vec<Slot>),
    /// So many of these slots, which make no difference here; under another completion they may.
    Any(Vec<Slot>, usize),
    /// A set of the one and a set of the other, which share no slot.
    Both(Rc<Way>, Rc<Way>),
    /// A set of the one, and this slot.
    With(Slot, Rc<Way>),
}

impl Way {
    /// How many sets there are; the same set may be put together in several ways.
    fn count(&self) -> u64 {
        let of = |made: &Made| match made {
            Made::Of(_) => 1,
            Made::Any(slots, size) => choose(slots.len(), *size),
            Made::Both(a, b) => a.count().saturating_mul(b.count()),
            Made::With(_, rest) => rest.count(),
        };
        self.made.iter().fold(0, |sum: u64, made| sum.saturating_add(of(made)))
    }

    /// Writes the sets out one by one, until `visit` has seen enough.
    fn each(
        &self,
        begun: &mut Vec<Slot>,
        visit: &mut dyn FnMut(&[Slot]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        for made in &self.made {
            let length = begun.len();
            match made {
                Made::Of(slots) => {
                    begun.extend(slots);
                    visit(begun)?;
                }
                Made::Any(slots, size) => {
                    for set in subsets(slots, *size) {
                        begun.extend(set);
                        visit(begun)?;
                        begun.truncate(length);
                    }
                }
                Made::With(slot, rest) => {
                    begun.push(*slot);
                    rest.each(begun, visit)?;
                }
                Made::Both(a, b) => {
                    a.each(begun, &mut |set| b.each(&mut set.to_vec(), visit))?;
                }
            }
            begun.truncate(length);
        }
        ControlFlow::Continue(())
    }
}

/// By number of changes, each contribution once.
#[derive(Default)]
struct Ways {
    by_size: Vec<Vec<Way>>,
    places: Vec<FxHashMap<u32, usize>>,
}

impl Ways {
    fn add(&mut self, size: usize, state: u32, path: &Path, made: Made) {
        while self.by_size.len() <= size {
            self.by_size.push(Vec::new());
            self.places.push(FxHashMap::default());
        }
        let (Some(ways), Some(places)) = (self.by_size.get_mut(size), self.places.get_mut(size)) else {
            return;
        };
        let at = *places.entry(state).or_insert_with(|| {
            ways.push(Way { state, path: path.clone(), made: Vec::new() });
            ways.len() - 1
        });
        if let Some(way) = ways.get_mut(at) {
            way.made.push(made);
        }
    }

    /// To be put together with others.
    fn shared(self) -> Vec<Vec<Rc<Way>>> {
        self.by_size.into_iter().map(|ways| ways.into_iter().map(Rc::new).collect()).collect()
    }
}

/// The sets of changed slots that can do it.
#[derive(Default)]
pub(crate) struct Sets {
    ways: Vec<Way>,
}

impl Sets {
    /// How many there are, at the most: the same set may count more than once.
    pub(crate) fn count(&self) -> u64 {
        self.ways.iter().fold(0, |sum: u64, way| sum.saturating_add(way.count()))
    }

    /// Each of them once, its slots ascending; at most so many, and whether there are more.
    pub(crate) fn list(&self, most: usize) -> (Vec<Vec<Slot>>, bool) {
        let mut found = BTreeSet::new();
        let mut more = false;
        for way in &self.ways {
            let ended = way.each(&mut Vec::new(), &mut |set| {
                let mut set = set.to_vec();
                set.sort_unstable();
                if found.len() == most && !found.contains(&set) {
                    more = true;
                    return ControlFlow::Break(());
                }
                found.insert(set);
                ControlFlow::Continue(())
            });
            if ended.is_break() {
                break;
            }
        }
        (found.into_iter().collect(), more)
    }
}

/// The search. In its solver's world every answer is known but those that change for nothing (the items of a list that is
/// replaced).
pub(crate) struct Fewest<'s, 'p> {
    /// The world, and the steps.
    solver: &'s mut Solver<'p>,
    /// What is asked: an outcome, or a route.
    asked: Asked,
    /// What a slot may become, by slot.
    allowed: &'s [(Slot, Possible)],
    makers: Vec<Maker>,
    /// Contributions, each once.
    keys: Keys,
}

impl<'s, 'p> Fewest<'s, 'p> {
    /// For a world.
    pub(crate) fn new(solver: &'s mut Solver<'p>, node: NodeId, allowed: &'s [(Slot, Possible)]) -> Self {
        Self { solver, asked: Asked::of(node), allowed, makers: Vec::new(), keys: Keys::default() }
    }

    /// All sets of exactly `size` changes that can give a wanted value.
    ///
    /// # Errors
    /// When the limit of steps is reached.
    pub(crate) fn of_size(mut self, size: usize, wanted: &dyn Fn(&Possible) -> bool) -> Result<Sets, Stop> {
        let asked = [self.asked];
        let atoms = match self.solver.atoms(&asked) {
            Some((atoms, makers)) => {
                self.makers = makers;
                atoms
            }
            None => {
                self.makers = vec![Maker::keep(self.asked)];
                asked.to_vec()
            }
        };
        let slots: Vec<Slot> = self.allowed.iter().map(|(slot, _)| *slot).collect();
        let ways = self.ways(&atoms, &slots, size)?;
        let plans = self.solver.plans(&asked, &self.makers);
        let mut found = Sets::default();
        for way in ways.by_size.into_iter().nth(size).into_iter().flatten() {
            let mut rows = Rows::default();
            let state = self.keys.state(way.state);
            let undo = self.solver.follow(&way.path, state);
            let result = self.solver.conclude(&asked, &self.makers, &plans, state, &way.path, &mut rows);
            self.solver.undo(undo);
            result?;
            if rows.into_vec().iter().filter_map(|row| row.values.first()).any(wanted) {
                found.ways.push(way);
            }
        }
        Ok(found)
    }

    fn open(&mut self, slots: &[Slot]) -> (Undo, Path) {
        let mut undo = Undo { slots: Vec::new(), relations: self.solver.world.relations.len() };
        let mut path = None;
        for slot in slots {
            let Ok(at) = self.allowed.binary_search_by_key(slot, |(slot, _)| *slot) else { continue };
            let Some((_, possible)) = self.allowed.get(at) else { continue };
            let (one, way) = self.solver.take_side(Side::Slot(*slot, possible.clone()), &path);
            undo.slots.extend(one.slots);
            path = way;
        }
        (undo, path)
    }

    /// What some atoms contribute with at most `most` of these slots changed.
    fn ways(&mut self, atoms: &[Asked], slots: &[Slot], most: usize) -> Result<Ways, Stop> {
        // With everything open that may change, what then shares no answer falls apart. The old answer stays one of the
        // possible ones here: an answer that can become one thing only is still an answer that changes.
        let (undo, _) = self.open(slots);
        for (slot, old) in &undo.slots {
            let both = or_old(*slot, self.solver.world.get(*slot), old);
            self.solver.world.set(*slot, both);
        }
        let parts = self.parts(atoms, slots);
        self.solver.undo(undo);
        let (start, parts) = parts?;
        let mut all = Ways::default();
        all.add(0, self.keys.intern(start), &None, Made::Of(Vec::new()));
        let read: BTreeSet<Slot> =
            parts.iter().flat_map(|(_, readers)| readers.iter().map(|(_, slot)| *slot)).collect();
        let idle: Vec<Slot> = slots.iter().copied().filter(|slot| !read.contains(slot)).collect();
        let mut nothing = Ways::default();
        let state: State = self.makers.iter().map(|maker| maker.start(self.solver.program, &[])).collect();
        let state = self.keys.intern(state);
        for size in 0..=most.min(idle.len()) {
            nothing.add(size, state, &None, Made::Any(idle.clone(), size));
        }
        all = self.together(all, nothing, most)?;
        for (part, slots) in parts {
            let own = self.of_part(&part, &slots, most)?;
            all = self.together(all, own, most)?;
        }
        Ok(all)
    }

    /// The atoms in parts that share no answer, each with those of the slots that it reads, most read first.
    #[allow(clippy::type_complexity, reason = "used once, just above")]
    fn parts(
        &mut self,
        atoms: &[Asked],
        slots: &[Slot],
    ) -> Result<(State, Vec<(Vec<Asked>, Vec<(usize, Slot)>)>), Stop> {
        let (start, groups) = self.solver.gather(atoms, &self.makers)?;
        let mut parts = Vec::with_capacity(groups.len());
        for group in groups {
            let mut readers: Vec<(usize, Slot)> = Vec::new();
            for slot in self.solver.look(&group).slots.into_iter().flatten() {
                match readers.iter_mut().find(|(_, other)| *other == slot) {
                    Some((count, _)) => *count += 1,
                    None if slots.contains(&slot) => readers.push((1, slot)),
                    None => {}
                }
            }
            readers.sort_by_key(|(count, slot)| (usize::MAX - count, *slot));
            parts.push((group, readers));
        }
        Ok((start, parts))
    }

    /// `readers`: the slots, each with how many atoms read it, most read first.
    fn of_part(&mut self, part: &[Asked], readers: &[(usize, Slot)], most: usize) -> Result<Ways, Stop> {
        let mut slots: Vec<Slot> = readers.iter().map(|(_, slot)| *slot).collect();
        slots.sort_unstable();
        if slots.len() > SMALL && most > 0 {
            for (_, hub) in readers.iter().filter(|(readers, _)| *readers > 1) {
                if let Some(values) = self.values(*hub) {
                    slots.retain(|slot| slot != hub);
                    return self.split(part, *hub, &values, &slots, most);
                }
            }
        }
        let mut all = Ways::default();
        for size in 0..=most.min(slots.len()) {
            for set in subsets(&slots, size) {
                self.solver.step(set.first().copied())?;
                let (undo, path) = self.open(&set);
                let found = self.solver.contributions(part, &self.makers);
                self.solver.undo(undo);
                for (state, way) in found?.iter() {
                    all.add(size, self.keys.known(state), &both(&path, way), Made::Of(set.clone()));
                }
            }
        }
        Ok(all)
    }

    /// The values of an answer that can be split: few, and one by one.
    fn values(&mut self, slot: Slot) -> Option<Vec<Possible>> {
        let (undo, _) = self.open(&[slot]);
        let values = self.solver.finite(slot);
        self.solver.undo(undo);
        values.filter(|values| values.len() <= MOST_VALUES)
    }

    /// With the answer that ties a part together as it is, and with each other value it may have.
    fn split(
        &mut self,
        part: &[Asked],
        hub: Slot,
        values: &[Possible],
        rest: &[Slot],
        most: usize,
    ) -> Result<Ways, Stop> {
        let mut all = self.ways(part, rest, most)?;
        let old = self.solver.world.get(hub).clone();
        for value in values.iter().filter(|value| **value != old) {
            let (undo, path) = self.solver.take_side(Side::Slot(hub, value.clone()), &None);
            let found = self.ways(part, rest, most - 1);
            self.solver.undo(undo);
            for (size, ways) in found?.shared().into_iter().enumerate() {
                for way in ways {
                    let path = both(&path, &way.path);
                    all.add(size + 1, way.state, &path, Made::With(hub, way));
                }
            }
        }
        Ok(all)
    }

    /// Every sum of two contributions with at most `most` changes together.
    fn together(&mut self, a: Ways, b: Ways, most: usize) -> Result<Ways, Stop> {
        let mut all = Ways::default();
        let (a, b) = (a.shared(), b.shared());
        for (first, ones) in a.iter().enumerate() {
            for (second, others) in b.iter().enumerate().take_while(|(second, _)| first + second <= most) {
                for one in ones {
                    for other in others {
                        self.solver.step(None)?;
                        let state = self.keys.join(&self.makers, one.state, other.state);
                        let made = Made::Both(Rc::clone(one), Rc::clone(other));
                        all.add(first + second, state, &both(&one.path, &other.path), made);
                    }
                }
            }
        }
        Ok(all)
    }
}

/// What a slot may become, or stay.
pub(crate) fn or_old(slot: Slot, possible: &Possible, old: &Possible) -> Possible {
    let mut both = possible.join(old);
    // Numbers without a line are looked at one by one: these are too many.
    if let Possible::Open(Set { core: Core::Range(range), .. }) = &mut both {
        range.line = Some(Line::of(slot));
    }
    both
}

/// How many subsets of a size there are.
fn choose(of: usize, size: usize) -> u64 {
    let (of, size) = (u64::try_from(of).unwrap_or(u64::MAX), u64::try_from(size).unwrap_or(u64::MAX));
    if size > of {
        return 0;
    }
    (0..size.min(of - size)).fold(1, |count: u64, at| count.saturating_mul(of - at) / (at + 1))
}

/// All subsets of a size, in lexicographic order.
fn subsets(of: &[Slot], size: usize) -> Vec<Vec<Slot>> {
    let mut all = Vec::new();
    let mut places: Vec<usize> = (0..size).collect();
    if size > of.len() {
        return all;
    }
    loop {
        all.push(places.iter().filter_map(|at| of.get(*at).copied()).collect());
        // Count on: the last place that can move, and those after it close behind.
        let moved =
            (0..size).rev().find(|at| places.get(*at).is_some_and(|place| *place + size < of.len() + at));
        let Some(at) = moved else { return all };
        let next = places.get(at).map_or(0, |place| place + 1);
        for (offset, place) in places.iter_mut().skip(at).enumerate() {
            *place = next + offset;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::subsets;

    #[test]
    fn subsets_in_order() {
        assert_eq!(subsets(&[1, 2, 3], 0), [Vec::<u32>::new()]);
        assert_eq!(subsets(&[1, 2, 3], 2), [[1, 2], [1, 3], [2, 3]]);
        assert_eq!(subsets(&[1, 2], 3), Vec::<Vec<u32>>::new());
        assert_eq!(subsets(&[1, 2, 3, 4, 5], 3).len(), 10);
        for (of, size) in [(5, 0), (5, 3), (5, 5), (5, 6), (0, 0)] {
            let slots: Vec<u32> = (0..of).collect();
            assert_eq!(super::choose(slots.len(), size), subsets(&slots, size).len() as u64);
        }
    }
}
