//! What a world leaves possible, and a completion that shows it: the one question that every "what could still be" feature
//! asks. A caller makes a world (narrows answers, opens given ones again), and asks.

use std::collections::BTreeSet;

use crate::asked::Asked;
use crate::evaluate;
use crate::judgement::Provisional;
use crate::linear::{self, Grid};
use crate::memo;
use crate::number::Number;
use crate::possible::{Core, Possible, Range, Set, Slot};
use crate::program::{NodeId, Program};
use crate::sample;
use crate::solve::{Path, Solver, Stop, Undo};
use crate::tree::Tree;
use crate::value::Value;
use crate::world::World;

/// An outcome with a choice for every route, as places in their lists.
pub type Combination = (u16, Vec<u16>);

/// The search ended before it could tell: at its limit, or because numbers could not be decided on their grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsure {
    /// The slot at which it ended, when there was one.
    pub slot: Option<Slot>,
}

impl From<Stop> for Unsure {
    fn from(stop: Stop) -> Self {
        Self { slot: stop.slot }
    }
}

impl Unsure {
    /// The same for a judgement: the limit, and the JSON pointer of the question where it ended.
    #[must_use]
    pub fn provisional(&self, limit: u64, pointer: impl Fn(Slot) -> Option<String>) -> Provisional {
        Provisional { limit, question: self.slot.and_then(pointer) }
    }
}

/// What one world leaves possible.
pub struct Reach<'p> {
    solver: Solver<'p>,
    nodes: Vec<NodeId>,
    asked: Vec<Asked>,
    /// The world in parts, where it can be taken apart; none until it is first asked for.
    tree: Option<Option<Tree>>,
    limit: u64,
    /// Combinations of answers looked at so far, over all that was asked.
    pub steps: u64,
}

impl<'p> Reach<'p> {
    /// Of a world; `limit` is the number of combinations that each question to it may look at.
    #[must_use]
    pub fn new(program: &'p Program, world: World, limit: u64) -> Self {
        let nodes = std::iter::once(program.outcome).chain(program.routes.iter().copied()).collect();
        Self::of(program, world, limit, nodes)
    }

    /// The same for some choices only: combinations then have the first in the outcome's place, the others in the routes'.
    #[must_use]
    pub fn of(program: &'p Program, world: World, limit: u64, nodes: Vec<NodeId>) -> Self {
        Self::sharing(program, world, limit, nodes, memo::Shared::default())
    }

    /// One that knows what others about the same program and proposal found.
    #[must_use]
    pub(crate) fn sharing(
        program: &'p Program,
        world: World,
        limit: u64,
        nodes: Vec<NodeId>,
        memo: memo::Shared,
    ) -> Self {
        let asked = nodes.iter().map(|node| Asked::of(*node)).collect();
        let solver = Solver::sharing(program, world, limit, memo);
        Self { solver, nodes, asked, tree: None, limit, steps: 0 }
    }

    /// The world.
    #[must_use]
    pub const fn world(&self) -> &World {
        &self.solver.world
    }

    /// Every combination that a completion gives; none more.
    ///
    /// # Errors
    /// When the search cannot tell.
    pub fn combinations(&mut self) -> Result<BTreeSet<Combination>, Unsure> {
        if !self.solver.world.exact {
            return Err(Unsure { slot: None });
        }
        if let Some(known) = self.known(&self.solver.world) {
            self.steps += 1;
            return Ok(BTreeSet::from([known]));
        }
        self.within(|this| this.search())
    }

    /// Places at which results can turn, per slot with numbers; after [`Self::combinations`].
    #[must_use]
    pub fn turns(&self, slot: Slot) -> BTreeSet<Number> {
        self.solver.turns.get(&slot).cloned().unwrap_or_default()
    }

    /// Whether between its turns results can still hang on a slot together with others; after [`Self::combinations`].
    #[must_use]
    pub fn tied(&self, slot: Slot) -> bool {
        self.solver.tied.contains(&slot)
    }

    /// The open slots on which the outcome may hang, ascending.
    pub fn live(&mut self) -> Vec<Slot> {
        let asked: Vec<Asked> = self.asked.iter().take(1).copied().collect();
        self.solver.look(&asked).slots.into_iter().next().unwrap_or_default()
    }

    /// The answers to a slot, one by one; none for a number that is to be split where results turn.
    #[must_use]
    pub fn ways(&self, slot: Slot) -> Option<Vec<Possible>> {
        self.solver.finite(slot)
    }

    /// What a world in which every answer is known gives. None where one is open, or a look-up finds nothing.
    #[must_use]
    pub fn known(&self, world: &World) -> Option<Combination> {
        known_of(self.solver.program, world, &self.nodes)
    }

    fn search(&mut self) -> Result<BTreeSet<Combination>, Unsure> {
        let program = self.solver.program;
        if self.tree.is_none() {
            let tree = Tree::new(&mut self.solver, &self.asked, program.line)?;
            self.tree = Some(tree.filter(|_| !self.solver.inexact));
        }
        if let Some(Some(tree)) = &mut self.tree {
            let found = tree.all(&mut self.solver)?;
            if !self.solver.inexact {
                return Ok(as_combinations(found));
            }
        }
        self.tree = Some(None);
        let rows = self.rows()?;
        Ok(as_combinations(rows.into_iter().map(|(values, _)| values).collect()))
    }

    /// Rows without the parts; numbers with few answers one by one where the grid is in doubt.
    fn rows(&mut self) -> Result<Vec<(Vec<Possible>, Path)>, Unsure> {
        for enumerate in [false, true] {
            self.solver.inexact = false;
            self.solver.enumerate = enumerate;
            let rows = self.solver.results(&self.asked);
            self.solver.enumerate = false;
            let rows = rows?;
            if !self.solver.inexact {
                return Ok(rows.into_iter().map(|row| (row.values, row.path)).collect());
            }
        }
        self.solver.inexact = false;
        Err(Unsure { slot: None })
    }

    /// A completion whose combination is wanted: the world with every answer known. None: there is none.
    ///
    /// # Errors
    /// When the search cannot tell.
    pub fn witness(&mut self, wanted: &dyn Fn(&Combination) -> bool) -> Result<Option<World>, Unsure> {
        if let Some(known) = self.known(&self.solver.world) {
            return Ok(wanted(&known).then(|| self.solver.world.clone()));
        }
        // One that is found spares the search; finding none proves nothing.
        let (program, nodes) = (self.solver.program, self.nodes.clone());
        let fits = |world: &World| known_of(program, world, &nodes).is_some_and(|known| wanted(&known));
        let found = sample::completions(&self.solver).find(fits);
        if let Some(world) = found {
            return Ok(Some(world));
        }
        if !self.combinations()?.iter().any(wanted) {
            return Ok(None);
        }
        self.within(|this| {
            let is_wanted = |values: &[Possible]| {
                let found = as_combinations(vec![values.to_vec()]);
                found.iter().any(wanted)
            };
            let mut tree = this.tree.take();
            let found = match &mut tree {
                Some(Some(tree)) => tree.witness(&mut this.solver, &is_wanted),
                _ => Ok(None),
            };
            this.tree = tree;
            if let Some(path) = found?
                && let Some(world) = this.completed(&path)
                && fits(&world)
            {
                return Ok(Some(world));
            }
            for (values, path) in this.rows()? {
                if is_wanted(&values)
                    && let Some(world) = this.completed(&path)
                    && fits(&world)
                {
                    return Ok(Some(world));
                }
            }
            Err(Unsure { slot: None })
        })
    }

    /// The world narrowed along a path, and then every answer chosen: the first that is possible.
    fn completed(&mut self, path: &Path) -> Option<World> {
        let mut undo = Undo { slots: Vec::new(), relations: self.solver.world.relations.len() };
        self.solver.walk(path, &mut undo);
        let world = first_completion(&self.solver);
        self.solver.undo(undo);
        world
    }

    fn within<T>(&mut self, run: impl FnOnce(&mut Self) -> Result<T, Unsure>) -> Result<T, Unsure> {
        self.solver.steps = 0;
        self.solver.limit = self.limit;
        let result = run(self);
        self.steps += self.solver.steps;
        result
    }
}

/// The first completion of a world in which all its relations hold.
fn first_completion(solver: &Solver<'_>) -> Option<World> {
    let mut world = solver.world.clone();
    let Grid::Point(point) = linear::grid_point(&world) else { return None };
    for (slot, number) in point {
        let date = world.get(slot).as_range().is_some_and(|range| range.date);
        world.set(slot, Possible::range(number.clone(), number, date, None));
    }
    world.relations.clear();
    for slot in 0..Slot::try_from(world.slots.len()).ok()? {
        if world.get(slot).known().is_some() {
            continue;
        }
        let way = solver.finite(slot).and_then(|ways| ways.into_iter().next());
        let way = way.unwrap_or_else(|| world.get(slot).clone());
        let first = match way {
            Possible::Open(Set { core: Core::Range(range), .. }) => {
                let Range { lo, date, .. } = *range;
                Possible::range(lo.clone(), lo, date, None)
            }
            way => way,
        };
        world.set(slot, first);
    }
    Some(world)
}

/// The combination of a world in which every answer is known. None where one is open, or a look-up finds nothing.
#[must_use]
pub fn known(program: &Program, world: &World) -> Option<Combination> {
    let nodes: Vec<NodeId> = std::iter::once(program.outcome).chain(program.routes.iter().copied()).collect();
    known_of(program, world, &nodes)
}

fn known_of(program: &Program, world: &World, nodes: &[NodeId]) -> Option<Combination> {
    if !world.slots.iter().all(|slot| slot.known().is_some()) {
        return None;
    }
    let values = evaluate::exactly(program, world)?;
    let place = |node: &NodeId| match values.get(node.index()) {
        Some(Value::Choice(at)) => Some(*at),
        _ => None,
    };
    let (first, rest) = nodes.split_first()?;
    Some((place(first)?, rest.iter().map(place).collect::<Option<_>>()?))
}

/// Rows of an outcome and route choices as places. Where a value may stand for several, every combination of them.
pub(crate) fn as_combinations(rows: Vec<Vec<Possible>>) -> BTreeSet<Combination> {
    let mut found = BTreeSet::new();
    for row in rows {
        let mut all: Vec<Vec<u16>> = vec![Vec::new()];
        for value in &row {
            let ways: Vec<u16> = match value.values(usize::MAX) {
                Some(values) => {
                    values.iter().filter_map(|value| choice(&Possible::Known(value.clone()))).collect()
                }
                None => Vec::new(),
            };
            all = all
                .iter()
                .flat_map(|row| {
                    ways.iter().map(move |way| {
                        let mut row = row.clone();
                        row.push(*way);
                        row
                    })
                })
                .collect();
        }
        found.extend(all.into_iter().filter_map(|row| {
            let (outcome, routes) = row.split_first()?;
            Some((*outcome, routes.to_vec()))
        }));
    }
    found
}

pub(crate) fn choice(value: &Possible) -> Option<u16> {
    match value.known() {
        Some(Value::Choice(at)) => Some(*at),
        _ => None,
    }
}
