//! What the levels of a diagram ask, and in which blocks they stand.

use std::collections::BTreeMap;

use super::faces::Faces;
use super::form::{Poly, lowest};
use super::plan::{Plan, Turn, WHOLE};
use super::store::{BELOW, Shape, Store};
use crate::evaluate::possible::{Core, Possible, Set, Slot};
use crate::evaluate::world::World;
use crate::program::nodes::{ChoiceUse, Program};
use crate::value::number::Number;
use crate::value::values::Value;

/// A block has room for this many comparisons of numbers with each other.
const MOST_ATOMS: u32 = 256;

/// What a level asks.
#[derive(Debug, Clone)]
pub(crate) enum Asks {
    /// Which of these.
    Values(Vec<Value>),
    /// Which number.
    Number(Numbers),
    /// For a set of options: options (the first), or what else it can be.
    SetOr(Vec<Value>),
    /// How many of these options are chosen (`counted`), or whether all are.
    Group {
        /// The options.
        mask: u64,
        /// How many.
        counted: bool,
    },
    /// Whether this is not negative; in grid units.
    Atom(Poly),
    /// What a part gives: its place.
    Part(usize),
    /// In which class the sum over criteria is: see `summed`.
    Sum,
    /// Nothing yet: kept free for an atom.
    Nothing,
}

/// An open number.
#[derive(Debug, Clone)]
pub(crate) struct Numbers {
    /// What else it can be: geen, n.v.t.
    pub(crate) specials: Vec<Value>,
    /// The least, in grid units.
    pub(crate) lo: Number,
    /// The greatest, in grid units.
    pub(crate) hi: Number,
    /// One grid unit.
    pub(crate) step: Number,
    /// It counts days.
    pub(crate) date: bool,
    /// It is asked value by value.
    pub(crate) spelled: bool,
}

/// A level.
#[derive(Debug, Clone)]
pub(crate) struct Level {
    /// The slot; [`Slot::MAX`] where there is none.
    pub(crate) slot: Slot,
    /// What is asked.
    pub(crate) asks: Asks,
    /// Its place among the blocks.
    pub(crate) block: usize,
}

/// Levels that stand together: one, or numbers that hang together with their comparisons.
#[derive(Debug, Clone, Default)]
pub(crate) struct Block {
    /// The slots.
    pub(crate) slots: Vec<Slot>,
    /// The first level.
    pub(crate) first: u32,
    /// The level after the last.
    pub(crate) end: u32,
    /// How many comparisons there are.
    pub(crate) atoms: u32,
    /// What always holds: not negative, in grid units.
    pub(crate) always: Vec<Poly>,
}

impl Block {
    /// Whether its ways must be looked at as a whole, because no answers can go some of them.
    pub(crate) fn is_tied(&self) -> bool {
        self.atoms > 0 || !self.always.is_empty()
    }
}

/// All levels of one diagram.
#[derive(Debug, Clone, Default)]
pub(crate) struct Levels {
    /// By level.
    pub(crate) all: Vec<Level>,
    /// The blocks.
    pub(crate) blocks: Vec<Block>,
    /// What calendars make of open dates.
    pub(crate) faces: Faces,
    of_slot: BTreeMap<Slot, Vec<u32>>,
    atoms: BTreeMap<Poly, u32>,
    /// Comparisons of the same numbers that differ only in their fixed parts.
    like: BTreeMap<Vec<(Vec<Slot>, Number)>, Vec<u32>>,
}

impl Levels {
    /// The levels of the slots that `has` names, in an order; a part has its level where the first of its slots stands.
    pub(crate) fn new(
        program: &Program,
        world: &World,
        plan: &Plan,
        has: &dyn Fn(Slot) -> bool,
        parts: &[usize],
        store: &mut Store,
    ) -> Self {
        let mut levels = Self::default();
        let mut placed_parts: Vec<usize> = Vec::new();
        let tied: BTreeMap<Slot, &Vec<Slot>> =
            plan.tied.iter().flat_map(|group| group.iter().map(move |slot| (*slot, group))).collect();
        for (slot, mask) in &plan.order {
            if let Some(part) = plan.part_of(*slot).filter(|part| parts.contains(part)) {
                if !placed_parts.contains(&part) {
                    placed_parts.push(part);
                    levels.push(store, Slot::MAX, Asks::Part(part));
                }
                continue;
            }
            if !has(*slot) {
                continue;
            }
            if is_set(world, *slot) {
                levels.set(program, world, store, (*slot, *mask));
            } else if !levels.of_slot.contains_key(slot) {
                match tied.get(slot) {
                    Some(group) => levels.group(world, plan, store, group),
                    None => levels.slot(world, plan, store, *slot),
                }
            }
        }
        levels
    }

    fn push(&mut self, store: &mut Store, slot: Slot, asks: Asks) {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let shape = match &asks {
            Asks::Values(values) | Asks::SetOr(values) => {
                Shape { numbers: false, specials: count(values.len()) }
            }
            Asks::Number(numbers) => Shape { numbers: true, specials: count(numbers.specials.len()) },
            Asks::Group { mask, counted: true } => Shape { numbers: false, specials: mask.count_ones() + 1 },
            Asks::Group { .. } | Asks::Atom(_) | Asks::Nothing => Shape { numbers: false, specials: 2 },
            Asks::Part(_) | Asks::Sum => Shape::default(),
        };
        let level = store.level_of(shape);
        if slot != Slot::MAX && !matches!(asks, Asks::Nothing) {
            self.of_slot.entry(slot).or_default().push(level);
        }
        let block = self.blocks.len();
        self.blocks.push(Block { slots: vec![slot], first: level, end: level + 1, ..Block::default() });
        self.all.push(Level { slot, asks, block });
    }

    /// Adds a level below all others.
    pub(crate) fn behind(&mut self, store: &mut Store, asks: Asks) -> u32 {
        let level = u32::try_from(self.all.len()).unwrap_or(BELOW);
        self.push(store, Slot::MAX, asks);
        level
    }

    /// The level of a part.
    pub(crate) fn of_part(&self, part: usize) -> Option<u32> {
        let is_its = |level: &Level| matches!(level.asks, Asks::Part(at) if at == part);
        self.all.iter().position(is_its).and_then(|level| u32::try_from(level).ok())
    }

    fn slot(&mut self, world: &World, plan: &Plan, store: &mut Store, slot: Slot) {
        if let Some(asks) = asks(world, plan, slot) {
            self.push(store, slot, asks);
        }
    }

    /// Numbers that hang together: one block, followed by room for their comparisons.
    fn group(&mut self, world: &World, plan: &Plan, store: &mut Store, group: &[Slot]) {
        let block = self.blocks.len();
        let mut end = BELOW;
        let mut first = BELOW;
        let free = std::iter::repeat_n(None, MOST_ATOMS as usize);
        for slot in group.iter().map(|slot| Some(*slot)).chain(free) {
            match slot {
                Some(slot) => self.slot(world, plan, store, slot),
                None => self.push(store, Slot::MAX, Asks::Nothing),
            }
            let level = u32::try_from(self.all.len()).unwrap_or(BELOW);
            if first == BELOW {
                first = level.saturating_sub(1);
            }
            end = level;
            self.blocks.truncate(block);
            if let Some(last) = self.all.last_mut() {
                last.block = block;
            }
        }
        self.blocks.push(Block { slots: group.to_vec(), first, end, atoms: 0, always: always(world, group) });
    }

    /// Levels for the options of a set that are placed here, each once, after the level for what else the answer can be.
    fn set(&mut self, program: &Program, world: &World, store: &mut Store, (slot, mask): Turn) {
        let Possible::Open(Set { none, not_applicable, core: Core::Subset { may, .. } }) = world.get(slot)
        else {
            return;
        };
        if !self.of_slot.contains_key(&slot) && (*none || *not_applicable) {
            let mut kinds = vec![Value::Choices(0)];
            kinds.extend(none.then_some(Value::None));
            kinds.extend(not_applicable.then_some(Value::NotApplicable));
            self.push(store, slot, Asks::SetOr(kinds));
        }
        let placed: Vec<u64> = self.groups(slot).into_iter().map(|(_, group, _)| group).collect();
        let used = used(program, slot);
        let mut rest = *may;
        for group in used.groups.iter().map(|group| group & may).filter(|group| *group != 0) {
            rest &= !group;
            if group & mask == group && !placed.contains(&group) {
                self.push(store, slot, Asks::Group { mask: group, counted: used.counted });
            }
        }
        if used.counted && rest != 0 && mask == WHOLE && !placed.contains(&rest) {
            self.push(store, slot, Asks::Group { mask: rest, counted: true });
        }
    }

    /// The levels of a slot, from the top; none where nothing is asked of it.
    pub(crate) fn of(&self, slot: Slot) -> &[u32] {
        self.of_slot.get(&slot).map(Vec::as_slice).unwrap_or_default()
    }

    /// What a level asks.
    pub(crate) fn get(&self, level: u32) -> Option<&Level> {
        self.all.get(level as usize)
    }

    /// The block of a level.
    pub(crate) fn block(&self, level: u32) -> Option<&Block> {
        self.blocks.get(self.get(level)?.block)
    }

    /// The open number in a slot, with its level.
    pub(crate) fn number(&self, slot: Slot) -> Option<(u32, &Numbers)> {
        let level = *self.of(slot).first()?;
        match &self.get(level)?.asks {
            Asks::Number(numbers) => Some((level, numbers)),
            _ => None,
        }
    }

    /// Groups of options of a set: level, options, and whether they are counted; from the top.
    pub(crate) fn groups(&self, slot: Slot) -> Vec<(u32, u64, bool)> {
        let group = |level: &u32| match self.get(*level)?.asks {
            Asks::Group { mask, counted } => Some((*level, mask, counted)),
            _ => None,
        };
        self.of(slot).iter().filter_map(group).collect()
    }

    /// The level that asks whether a polynomial (in grid units, in lowest terms) is not negative. None: its numbers are not in
    /// one block, or there is no room.
    pub(crate) fn atom(&mut self, poly: &Poly) -> Option<u32> {
        if let Some(level) = self.atoms.get(poly) {
            return Some(*level);
        }
        let mut blocks = self.faces.bases(poly.slots()).into_iter().map(|slot| {
            let level = *self.of(slot).first()?;
            Some(self.get(level)?.block)
        });
        let block = blocks.next()??;
        if blocks.any(|other| other != Some(block)) {
            return None;
        }
        let found = self.blocks.get_mut(block)?;
        let level = found.end.checked_sub(MOST_ATOMS)? + found.atoms;
        if found.slots.len() < 2 || found.atoms >= MOST_ATOMS {
            return None;
        }
        found.atoms += 1;
        let slot = self.faces.base(*poly.slots().first()?);
        self.all.get_mut(level as usize)?.asks = Asks::Atom(poly.clone());
        self.all.get_mut(level as usize)?.slot = slot;
        self.atoms.insert(poly.clone(), level);
        self.like.entry(poly.terms.clone()).or_default().push(level);
        Some(level)
    }

    /// The levels of comparisons that differ from one only in their fixed parts, and its own.
    pub(crate) fn like(&self, poly: &Poly) -> &[u32] {
        self.like.get(&poly.terms).map(Vec::as_slice).unwrap_or_default()
    }
}

/// What rules can tell about a set's options.
pub(crate) fn used(program: &Program, slot: Slot) -> ChoiceUse {
    // Fields of lists: every option by itself.
    let apart = || ChoiceUse { groups: (0..64).map(|at| 1 << at).collect(), counted: false };
    program.choices.get(slot as usize).cloned().unwrap_or_else(apart)
}

/// Whether a slot is an open set of options.
pub(crate) fn is_set(world: &World, slot: Slot) -> bool {
    !world.given.contains_key(&slot)
        && matches!(world.get(slot), Possible::Open(Set { core: Core::Subset { .. }, .. }))
}

fn asks(world: &World, plan: &Plan, slot: Slot) -> Option<Asks> {
    let Possible::Open(set) = world.get(slot) else { return None };
    if let Some(values) = world.given.get(&slot) {
        return Some(Asks::Values(values.clone()));
    }
    let mut specials = Vec::new();
    specials.extend(set.none.then_some(Value::None));
    specials.extend(set.not_applicable.then_some(Value::NotApplicable));
    Some(match &set.core {
        Core::Range(range) => {
            let step = world.step(slot);
            let unit = |n: &Number| n.div(&step).map_or_else(|| n.clone(), |n| n.floor());
            let spelled = plan.spelled.contains(&slot);
            let (lo, hi) = (unit(&range.lo), unit(&range.hi));
            Asks::Number(Numbers { specials, lo, hi, step, date: range.date, spelled })
        }
        Core::Subset { .. } => return None,
        core => {
            let mut values = Possible::Open(Set::plain(core.clone())).values(usize::MAX).unwrap_or_default();
            values.extend(specials);
            Asks::Values(values)
        }
    })
}

/// What always holds of numbers that hang together: a sum over a list lies between the least and the most times the number of
/// items.
fn always(world: &World, group: &[Slot]) -> Vec<Poly> {
    let mut found = Vec::new();
    for one in world.aggregates.iter().filter(|one| group.contains(&one.sum)) {
        // A length or count that is known is a number.
        let term = |slot: Slot, factor: &Number| {
            let known = world.get(slot).as_range().filter(|range| range.lo == range.hi).map(|range| range.lo);
            match known {
                Some(value) => Poly::fixed(value.mul(factor)),
                None => Poly::of(slot).scale(&factor.mul(&world.step(slot))),
            }
        };
        let (sum, minus) = (term(one.sum, &Number::ONE), Number::whole(-1));
        found.push(sum.sub(&term(one.count, &one.least)));
        found.push(term(one.count, &one.most).sub(&sum));
        if one.count != one.list.0 {
            found.push(term(one.list.0, &Number::ONE).add(&term(one.count, &minus)));
        }
    }
    found.retain(|poly| !poly.is_fixed());
    found.into_iter().map(lowest).collect()
}
