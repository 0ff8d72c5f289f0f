//! What a world leaves possible, and a completion that shows it: the one question behind every feature about "what could still
//! be". A caller makes a world (narrows answers, opens given ones again), and asks.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::diagram::{self, Engine, Fewest, Halt, Root, Within};
use crate::evaluate::possible::{Core, Possible, Set, Slot};
use crate::evaluate::walk;
use crate::evaluate::world::World;
use crate::limits::budget::Budget;
use crate::limits::provisional::{Provisional, ProvisionalReason};
use crate::program::nodes::{NodeId, Program};
use crate::value::number::Number;
use crate::value::values::Value;

/// An outcome with a choice for every route, as places in their lists.
pub type Combination = (u16, Vec<u16>);

/// Why the search ended before it could tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unsure(pub ProvisionalReason);

impl From<Halt> for Unsure {
    fn from(halt: Halt) -> Self {
        Self(match halt {
            Halt::Ended(ended) => ended.into(),
            Halt::Numbers => ProvisionalReason::Numbers,
        })
    }
}

impl Unsure {
    /// The same for a judgement.
    #[must_use]
    pub fn provisional(self, limit: u64) -> Provisional {
        Provisional::new(self.0, limit, None)
    }
}

/// What one world, and every narrower one, leaves possible.
pub struct Reach<'p> {
    program: &'p Program,
    nodes: Vec<NodeId>,
    made: Result<Made<'p>, Unsure>,
}

/// A root in diagrams that others may share.
struct Made<'p> {
    engine: Rc<Engine<'p>>,
    root: Root,
    within: Within,
}

impl<'p> Reach<'p> {
    /// The outcome and the routes of a world.
    pub fn new(program: &'p Program, world: World, budget: &'p Budget) -> Self {
        let nodes = std::iter::once(program.outcome).chain(program.routes.iter().copied()).collect();
        Self::of(program, world, budget, nodes)
    }

    /// The same for only some choices: combinations then have the first in place of the outcome, and the others in place of the routes.
    pub fn of(program: &'p Program, world: World, budget: &'p Budget, nodes: Vec<NodeId>) -> Self {
        let mut all = Self::each(program, world, budget, vec![nodes.clone()]);
        let none = Err(Unsure(ProvisionalReason::Numbers));
        all.pop().unwrap_or(Self { program, nodes, made: none })
    }

    /// The same for several lists of choices, in their order; the diagrams of what they share are made once.
    pub(crate) fn each(
        program: &'p Program,
        world: World,
        budget: &'p Budget,
        asked: Vec<Vec<NodeId>>,
    ) -> Vec<Self> {
        let engine = if world.exact {
            Engine::new(program, world, budget).map_err(Unsure::from)
        } else {
            Err(Unsure(ProvisionalReason::UnboundedList))
        };
        let mut engine = match engine {
            Ok(engine) => engine,
            Err(unsure) => {
                return asked.into_iter().map(|nodes| Self { program, nodes, made: Err(unsure) }).collect();
            }
        };
        let roots: Vec<_> = asked.iter().map(|nodes| engine.together(nodes)).collect();
        let engine = Rc::new(engine);
        let made = |root: Root| Made { root, within: engine.everything(), engine: Rc::clone(&engine) };
        let both = asked.into_iter().zip(roots);
        both.map(|(nodes, root)| Self { program, nodes, made: root.map(made).map_err(Unsure::from) })
            .collect()
    }

    fn made(&self) -> Result<&Made<'p>, Unsure> {
        self.made.as_ref().map_err(|unsure| *unsure)
    }

    /// What a narrower world leaves; an error where the engine took something as possible without knowing.
    fn sure<T>(engine: &Engine<'_>, found: T) -> Result<T, Unsure> {
        if engine.doubt() { Err(Unsure(ProvisionalReason::Numbers)) } else { Ok(found) }
    }

    /// Exactly the combinations that completions give.
    ///
    /// # Errors
    /// When that cannot be told.
    pub fn combinations(&self) -> Result<BTreeSet<Combination>, Unsure> {
        let Made { engine, root, within } = self.made()?;
        let found = engine.combinations(*root, within)?;
        Self::sure(engine, found)
    }

    /// The same under rules that differ only in numbers, where that is quicker than starting again. None: start again.
    ///
    /// # Errors
    /// When that cannot be told.
    pub(crate) fn combinations_by(&self, program: &Program) -> Result<Option<BTreeSet<Combination>>, Unsure> {
        match (self.nodes.as_slice(), &self.made) {
            ([node], Ok(Made { engine, .. })) => Ok(engine.combinations_by(program, *node)?),
            _ => Ok(None),
        }
    }

    /// The same in a world in which some slots are narrower than in this one.
    ///
    /// # Errors
    /// When that cannot be told.
    pub fn combinations_in(&self, world: &Rc<World>) -> Result<BTreeSet<Combination>, Unsure> {
        let Made { engine, root, .. } = self.made()?;
        let within = engine.within(Rc::clone(world))?;
        let found = engine.combinations(*root, &within)?;
        Self::sure(engine, found)
    }

    /// Whether a completion of a narrower world gives a combination that is asked for. Stops at the first.
    ///
    /// # Errors
    /// When that cannot be told.
    pub(crate) fn finds_in(
        &self,
        world: &Rc<World>,
        asked: &mut dyn FnMut(&Combination) -> bool,
    ) -> Result<bool, Unsure> {
        let Made { engine, root, .. } = self.made()?;
        let within = engine.within(Rc::clone(world))?;
        let found = engine.finds(*root, &within, asked)?;
        Self::sure(engine, found)
    }

    /// A completion whose combination is wanted: the world with every answer known. None: there is none.
    ///
    /// # Errors
    /// When that cannot be told.
    pub fn witness(&self, wanted: &dyn Fn(&Combination) -> bool) -> Result<Option<World>, Unsure> {
        let made = self.made()?;
        self.shown(made, &made.within, wanted)
    }

    /// The same in a narrower world.
    ///
    /// # Errors
    /// When that cannot be told.
    pub fn witness_in(
        &self,
        world: &Rc<World>,
        wanted: &dyn Fn(&Combination) -> bool,
    ) -> Result<Option<World>, Unsure> {
        let made = self.made()?;
        self.shown(made, &made.engine.within(Rc::clone(world))?, wanted)
    }

    fn shown(
        &self,
        Made { engine, root, .. }: &Made<'p>,
        within: &Within,
        wanted: &dyn Fn(&Combination) -> bool,
    ) -> Result<Option<World>, Unsure> {
        let Some(world) = engine.witness(*root, within, wanted)? else { return Self::sure(engine, None) };
        // Every witness is judged, to be sure.
        match known_of(self.program, &world, &self.nodes) {
            Some(known) if wanted(&known) => Ok(Some(world)),
            _ => Err(Unsure(ProvisionalReason::Numbers)),
        }
    }

    /// The places at which results can turn, for a slot with numbers; and whether between these they can still depend on the slot
    /// together with others.
    ///
    /// # Errors
    /// When that cannot be told.
    pub(crate) fn turns_in(&self, world: &Rc<World>, slot: Slot) -> Result<(BTreeSet<Number>, bool), Unsure> {
        let Made { engine, root, .. } = self.made()?;
        let within = engine.within(Rc::clone(world))?;
        Ok(engine.turns(*root, slot, &within)?)
    }

    /// The numbers that hang together with this one; none where it stands alone.
    pub(crate) fn tied(&self, slot: Slot) -> &[Slot] {
        self.made.as_ref().map_or(&[], |made| made.engine.tied(slot))
    }

    /// What must change in some completions (what they leave open may become anything) for combinations that are wanted, in a wider
    /// world in which some slots can change. None: too much can.
    ///
    /// # Errors
    /// When that cannot be told.
    pub(crate) fn fewest_in(
        &self,
        now: &[Rc<World>],
        wide: &Rc<World>,
        elements: &[Slot],
        wanted: &dyn Fn(&Combination) -> bool,
    ) -> Result<Option<Fewest>, Unsure> {
        let Made { engine, root, .. } = self.made()?;
        let within = |world: &Rc<World>| engine.within(Rc::clone(world));
        let now: Vec<Within> = now.iter().map(within).collect::<Result<_, _>>()?;
        Ok(engine.fewest(*root, &now, &within(wide)?, elements, wanted)?)
    }

    /// The open slots on which the choices may depend, ascending.
    ///
    /// # Errors
    /// When that cannot be told.
    pub(crate) fn live_in(&self, world: &Rc<World>) -> Result<BTreeSet<Slot>, Unsure> {
        let Made { engine, root, .. } = self.made()?;
        let within = engine.within(Rc::clone(world))?;
        Ok(engine.read_by(*root, &within)?)
    }
}

/// The answers to a slot in a world, one by one; none for a number that is to be split where results turn.
pub(crate) fn ways(program: &Program, world: &World, slot: Slot) -> Option<Vec<Possible>> {
    if let Some(values) = world.given.get(&slot) {
        let now = world.get(slot);
        if now.known().is_none() {
            return Some(values.iter().cloned().map(Possible::Known).collect());
        }
    }
    match world.get(slot) {
        Possible::Known(value) => Some(vec![Possible::Known(value.clone())]),
        Possible::Open(Set { core: Core::Range(_), .. }) => None,
        Possible::Open(Set { none, not_applicable, core: Core::Subset { must, may } }) => {
            let sets = diagram::used(program, slot).sets(*must, *may, 1 << 12)?;
            let mut ways: Vec<Value> = sets.into_iter().map(Value::Choices).collect();
            ways.extend(none.then_some(Value::None));
            ways.extend(not_applicable.then_some(Value::NotApplicable));
            Some(ways.into_iter().map(Possible::Known).collect())
        }
        open => open.values(usize::MAX).map(|values| values.into_iter().map(Possible::Known).collect()),
    }
}

/// The combination of a world in which every answer is known. None where one is open, or a look-up finds nothing.
#[cfg(feature = "internals")]
#[must_use]
pub fn known(program: &Program, world: &World) -> Option<Combination> {
    let nodes: Vec<NodeId> = std::iter::once(program.outcome).chain(program.routes.iter().copied()).collect();
    known_of(program, world, &nodes)
}

fn known_of(program: &Program, world: &World, nodes: &[NodeId]) -> Option<Combination> {
    if !world.slots.iter().all(|slot| slot.known().is_some()) {
        return None;
    }
    let values = walk::exactly(program, world)?;
    let place = |node: &NodeId| match values.get(node.index()) {
        Some(Value::Choice(at)) => Some(*at),
        _ => None,
    };
    let (first, rest) = nodes.split_first()?;
    Some((place(first)?, rest.iter().map(place).collect::<Option<_>>()?))
}
