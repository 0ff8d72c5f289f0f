//! What a search found about some nodes, kept for when they are asked again over the same answers. A verdict's parts are asked
//! again and again: per answer to the question that ties them together, per class of answers, per set of changes that is
//! tried; and mostly another part's answers are what moved.
//!
//! What is kept is all that a search leaves behind, the steps it took included, so that a result and the place where a limit
//! ends a search are the same with it and without it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHasher};

use crate::asked::Asked;
use crate::maker::{Maker, State};
use crate::number::Number;
use crate::possible::{Possible, Slot};
use crate::program::{NodeId, Op, Program};
use crate::solve::{Path, Row, Solver, Stop};
use crate::value::Value;
use crate::world::{ListSlots, World};

/// What took fewer steps is found again sooner than it is looked up.
const LEAST_STEPS: u64 = 3;

/// At most so many values are kept; what is found after that is not.
const MOST_VALUES: usize = 1 << 19;

/// Kept findings about one program with one proposal; the answers may differ from world to world.
#[derive(Default)]
pub(crate) struct Memo {
    /// Worlds in which a list is open have other slots than those in which it is given.
    layouts: Vec<Vec<Option<ListSlots>>>,
    /// By layout.
    groups: Vec<FxHashMap<Vec<Asked>, Rc<Group>>>,
    count: u32,
    makers: Vec<Vec<(Asked, Option<Asked>)>>,
    entries: FxHashMap<u64, Vec<Rc<Entry>>>,
    values: usize,
}

/// A memo that several searches about one proposal share.
pub(crate) type Shared = Rc<RefCell<Memo>>;

/// Nodes that are asked together, and every slot they may read.
struct Group {
    id: u32,
    slots: Vec<Slot>,
}

/// What was found.
#[derive(Clone)]
pub(crate) enum Kept {
    /// Contributions to makers.
    States(Rc<Vec<(State, Path)>>),
    /// Rows.
    Rows(Rc<Vec<Row>>),
}

struct Entry {
    group: u32,
    makers: u32,
    enumerate: bool,
    answers: Vec<Possible>,
    kept: Kept,
    steps: u64,
    turns: BTreeMap<Slot, BTreeSet<Number>>,
    tied: BTreeSet<Slot>,
    gaps: BTreeSet<(u32, Vec<Value>)>,
    inexact: bool,
}

/// What is asked, over which answers.
pub(crate) struct Key {
    hash: u64,
    group: Rc<Group>,
    makers: u32,
}

impl Memo {
    /// The place of a world's layout.
    pub(crate) fn layout(&mut self, world: &World) -> usize {
        if let Some(at) = self.layouts.iter().position(|lists| *lists == world.lists) {
            return at;
        }
        self.layouts.push(world.lists.clone());
        self.groups.push(FxHashMap::default());
        self.layouts.len() - 1
    }

    fn group(
        &mut self,
        program: &Program,
        world: &World,
        layout: usize,
        asked: &[Asked],
    ) -> Option<Rc<Group>> {
        let groups = self.groups.get_mut(layout)?;
        if let Some(group) = groups.get(asked) {
            return Some(Rc::clone(group));
        }
        self.count = self.count.checked_add(1)?;
        let group = Rc::new(Group { id: self.count, slots: reads(program, world, asked) });
        groups.insert(asked.to_vec(), Rc::clone(&group));
        Some(group)
    }

    /// The place of some makers; 0 for none.
    fn makers(&mut self, makers: Option<&[Maker]>) -> Option<u32> {
        let Some(makers) = makers else { return Some(0) };
        // A maker is known by its node, and by the first of the operands it keeps.
        let own = |maker: &Maker| (maker.own, maker.children.first().copied());
        let same = |known: &Vec<(Asked, Option<Asked>)>| {
            known.len() == makers.len() && known.iter().zip(makers).all(|(known, maker)| *known == own(maker))
        };
        let at = match self.makers.iter().position(same) {
            Some(at) => at,
            None => {
                self.makers.push(makers.iter().map(own).collect());
                self.makers.len() - 1
            }
        };
        u32::try_from(at + 1).ok()
    }
}

impl Solver<'_> {
    /// The key of what is asked now. None where what is found hangs on more than the answers: on relations between them, on a
    /// second copy, or on a missing row that was met before.
    pub(crate) fn key(&self, asked: &[Asked], makers: Option<&[Maker]>) -> Option<Key> {
        if !self.copies.is_empty() || !self.world.relations.is_empty() || !self.gaps.is_empty() {
            return None;
        }
        let mut memo = self.memo.borrow_mut();
        let group = memo.group(self.program, &self.world, self.layout, asked)?;
        let makers = memo.makers(makers)?;
        let mut hasher = FxHasher::default();
        (group.id, makers, self.enumerate).hash(&mut hasher);
        for slot in &group.slots {
            self.world.get(*slot).hash(&mut hasher);
        }
        Some(Key { hash: hasher.finish(), group, makers })
    }

    /// What was found before, as if it were found now. None: nothing was, or finding it would meet the limit of steps.
    pub(crate) fn recall(&mut self, key: &Key) -> Option<Kept> {
        let memo = Rc::clone(&self.memo);
        let memo = memo.borrow();
        let same = |entry: &&Rc<Entry>| {
            entry.group == key.group.id
                && entry.makers == key.makers
                && entry.enumerate == self.enumerate
                && key
                    .group
                    .slots
                    .iter()
                    .zip(&entry.answers)
                    .all(|(slot, answer)| self.world.get(*slot) == answer)
        };
        let entry = memo.entries.get(&key.hash)?.iter().find(same)?;
        let steps = self.steps + entry.steps;
        if steps > self.limit {
            return None;
        }
        self.steps = steps;
        self.inexact |= entry.inexact;
        self.gaps.extend(entry.gaps.iter().cloned());
        self.tied.extend(&entry.tied);
        self.note(&entry.turns);
        Some(entry.kept.clone())
    }

    fn note(&mut self, turns: &BTreeMap<Slot, BTreeSet<Number>>) {
        for (slot, turns) in turns {
            self.turns.entry(*slot).or_default().extend(turns.iter().cloned());
        }
    }

    /// Runs a search and keeps what it leaves behind.
    pub(crate) fn keep(
        &mut self,
        key: &Key,
        run: impl FnOnce(&mut Self) -> Result<Kept, Stop>,
    ) -> Result<Kept, Stop> {
        let before = self.steps;
        let (turns, tied) = (std::mem::take(&mut self.turns), std::mem::take(&mut self.tied));
        let inexact = std::mem::take(&mut self.inexact);
        let result = run(self);
        let steps = self.steps - before;
        if let Ok(kept) = &result
            && steps >= LEAST_STEPS
        {
            self.store(key, kept, steps);
        }
        self.inexact |= inexact;
        if self.tied.is_empty() {
            self.tied = tied;
        } else {
            self.tied.extend(tied);
        }
        if self.turns.is_empty() {
            self.turns = turns;
        } else {
            self.note(&turns);
        }
        result
    }

    fn store(&self, key: &Key, kept: &Kept, steps: u64) {
        let mut memo = self.memo.borrow_mut();
        let values = match kept {
            Kept::States(states) => states.len() * states.first().map_or(0, |(state, _)| state.len()),
            Kept::Rows(rows) => rows.iter().map(|row| row.values.len()).sum(),
        };
        memo.values += values + key.group.slots.len();
        if memo.values > MOST_VALUES {
            return;
        }
        let entry = Entry {
            group: key.group.id,
            makers: key.makers,
            enumerate: self.enumerate,
            answers: key.group.slots.iter().map(|slot| self.world.get(*slot).clone()).collect(),
            kept: kept.clone(),
            steps,
            turns: self.turns.clone(),
            tied: self.tied.clone(),
            gaps: self.gaps.clone(),
            inexact: self.inexact,
        };
        memo.entries.entry(key.hash).or_default().push(Rc::new(entry));
    }
}

/// Every slot that some nodes may read, ascending. In a list: that of every item.
fn reads(program: &Program, world: &World, asked: &[Asked]) -> Vec<Slot> {
    let mut seen = vec![false; program.nodes.len()];
    let mut stack: Vec<NodeId> = asked.iter().map(|one| one.node).collect();
    let mut slots = BTreeSet::new();
    while let Some(node) = stack.pop() {
        match seen.get_mut(node.index()) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        let op = program.op(node);
        match op {
            Op::Answer(of) | Op::CountItems(of) | Op::Quantified { list: of, .. } => {
                slots.insert(of.0);
            }
            Op::Field(of, field) | Op::Sum(of, field) => {
                slots.insert(of.0);
                let list = world.list(*of);
                slots.extend((0..list.items).map(|item| list.slot(item, *field)));
            }
            _ => {}
        }
        op.operands(|operand| stack.push(operand));
    }
    slots.into_iter().collect()
}
