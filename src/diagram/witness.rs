//! Answers that lead to an end: a way down, and a value for everything on it and off it.

use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::build::{Halt, day};
use super::engine::{Combination, Engine, Root, Within};
use super::levels::Asks;
use super::pass::Pass;
use super::store::Ref;
use super::way::{Piece, Way};
use crate::evaluate::possible::{Core, Line, Possible, Set, Slot};
use crate::evaluate::world::World;
use crate::value::number::Number;
use crate::value::values::Value;

/// How a node was reached: from where, by which child or way.
type From = FxHashMap<Ref, (Ref, usize)>;

/// What a way down asks: per slot a value or a stretch, per block a way.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) values: BTreeMap<Slot, Value>,
    pub(super) pieces: BTreeMap<Slot, Piece>,
    pub(super) ways: BTreeMap<(usize, usize), Way>,
    /// For sets of options: how many of each group, or whether all.
    pub(super) groups: BTreeMap<Slot, Vec<(u64, bool, usize)>>,
}

impl Engine<'_> {
    /// Answers for which a combination is wanted: the world with every slot known. None: there are none.
    ///
    /// # Errors
    /// When the work of the call ended, or numbers could not be chosen.
    pub(crate) fn witness(
        &self,
        root: Root,
        within: &Within,
        wanted: &dyn Fn(&Combination) -> bool,
    ) -> Result<Option<World>, Halt> {
        self.witness_of(root, within, &|all| all.iter().any(wanted))
    }

    /// The same, given all combinations that an end stands for: several where a missing row leaves it open.
    ///
    /// # Errors
    /// As [`Self::witness`].
    pub(crate) fn witness_of(
        &self,
        root: Root,
        within: &Within,
        wanted: &dyn Fn(&[Combination]) -> bool,
    ) -> Result<Option<World>, Halt> {
        let pass = self.pass(root, within);
        let which = self.number(root);
        let is_wanted = |end: Ref| wanted(&self.choices(root, end));
        let mut asked = Asked::default();
        let Some(down) = way_down(&pass, which, root.of, &is_wanted, &mut asked)? else { return Ok(None) };
        let mut parts = down.parts;
        if let Some((summed, class)) = self.summed.as_ref().zip(down.class) {
            let Some(ends) = pass.summands(summed, class)? else { return Ok(None) };
            for (summand, chosen) in summed.summands.iter().zip(ends) {
                let down = way_down(&pass, which, summand.root, &|end| end == chosen, &mut asked)?;
                parts.extend(down.map(|down| down.parts).unwrap_or_default());
            }
        }
        for (part, at) in parts {
            let Some(inner) = self.parts.get(part) else { continue };
            let Some(value) = inner.values.get(at).copied() else { continue };
            let own = Root { at: super::engine::Where::Part(part), of: inner.root };
            let pass = self.pass(own, within);
            way_down(&pass, part, inner.root, &|end| end == value, &mut asked)?;
        }
        self.completed(root, &asked, within).map(Some)
    }

    /// A value for every slot.
    pub(super) fn completed(&self, root: Root, asked: &Asked, within: &Within) -> Result<World, Halt> {
        let mut world = (*within.world).clone();
        // Numbers that hang together first.
        for (which, diagram) in self.numbered(root) {
            for (at, block) in diagram.levels.blocks.iter().enumerate().filter(|(_, block)| block.is_tied()) {
                let free = Way::free(Ref::end(0));
                let way = asked.ways.get(&(which, at)).unwrap_or(&free);
                let Some(system) = diagram.system(block, way, &within.world) else {
                    return Err(Halt::Numbers);
                };
                let Some(point) = system.point(&diagram.solver)? else { return Err(Halt::Numbers) };
                for (slot, unit) in point {
                    let Some((_, numbers)) = diagram.levels.number(slot) else { continue };
                    set_number(&mut world, slot, &unit.mul(&numbers.step), numbers.date);
                }
                for (slot, piece) in &way.pieces {
                    if let Piece::Special(value) = piece {
                        world.set(*slot, Possible::Known(value.clone()));
                    }
                }
            }
        }
        for (slot, value) in &asked.values {
            world.set(*slot, Possible::Known(value.clone()));
        }
        for (slot, piece) in &asked.pieces {
            match piece {
                Piece::Special(value) => {
                    world.set(*slot, Possible::Known(value.clone()));
                }
                Piece::Between(from, to) => {
                    let step = world.step(*slot);
                    let Some(range) = within.world.get(*slot).as_range() else { continue };
                    let (lo, hi) = (from.mul(&step).max(range.lo), to.mul(&step).min(range.hi));
                    set_number(&mut world, *slot, &lo.min(hi), range.date);
                }
            }
        }
        for (slot, groups) in &asked.groups {
            if let Some(set) = chosen(within.world.get(*slot), groups)
                && world.get(*slot).known().is_none()
            {
                world.set(*slot, Possible::Known(Value::Choices(set)));
            }
        }
        for slot in (0..).take(world.slots.len()) {
            if world.get(slot).known().is_none() {
                let first = first(&world, slot);
                world.set(slot, Possible::Known(first));
            }
        }
        Ok(world)
    }
}

/// The first answer that a slot can have.
pub(crate) fn first(world: &World, slot: Slot) -> Value {
    if let Some(value) = world.given.get(&slot).and_then(|values| values.first()) {
        return value.clone();
    }
    let now = world.get(slot);
    match now {
        Possible::Known(value) => value.clone(),
        Possible::Open(Set { core: Core::Range(range), .. }) if range.date => day(&range.lo),
        Possible::Open(Set { core: Core::Range(range), .. }) => Value::Number(range.lo.clone()),
        Possible::Open(Set { core: Core::Subset { must, .. }, .. }) => Value::Choices(*must),
        open => {
            open.values(usize::MAX).and_then(|all| all.into_iter().next()).unwrap_or(Value::NotApplicable)
        }
    }
}

fn set_number(world: &mut World, slot: Slot, number: &Number, date: bool) {
    world.set(slot, Possible::range(number.clone(), number.clone(), date, Some(Line::of(slot))));
}

/// Options that go with what is asked of groups.
fn chosen(now: &Possible, groups: &[(u64, bool, usize)]) -> Option<u64> {
    let (must, may) = match now {
        Possible::Known(Value::Choices(set)) => (*set, *set),
        Possible::Open(Set { core: Core::Subset { must, may }, .. }) => (*must, *may),
        _ => return None,
    };
    let mut set = must;
    for (mask, counted, at) in groups {
        if *counted {
            let mut left = (*at).saturating_sub((must & mask).count_ones() as usize);
            let mut free = mask & may & !must;
            while left > 0 && free != 0 {
                set |= free & free.wrapping_neg();
                free &= free - 1;
                left -= 1;
            }
        } else if *at == 1 {
            set |= mask;
        }
    }
    Some(set)
}

/// What else a way down asks.
#[derive(Debug, Default)]
pub(super) struct Down {
    /// The parts on it, with the values that they must give.
    pub(super) parts: Vec<(usize, usize)>,
    /// The class in which the sum must be.
    pub(super) class: Option<usize>,
}

/// Looks for a way down to an end of the diagram with this number, and notes what it asks.
pub(super) fn way_down(
    pass: &Pass<'_, '_>,
    which: usize,
    root: Ref,
    is_wanted: &dyn Fn(Ref) -> bool,
    asked: &mut Asked,
) -> Result<Option<Down>, Halt> {
    let diagram = pass.diagram;
    let mut from: From = FxHashMap::default();
    let mut ways: FxHashMap<Ref, Rc<Vec<Way>>> = FxHashMap::default();
    let mut stack = vec![root];
    let mut found = None;
    while let Some(node) = stack.pop() {
        if node.is_end() {
            if is_wanted(node) {
                found = Some(node);
                break;
            }
            continue;
        }
        diagram.budget.step()?;
        let mut next: Vec<(Ref, usize)> = Vec::new();
        if let Some(block) = diagram.tied_block(node) {
            let all = pass.ways(node, block)?;
            next.extend(all.iter().enumerate().map(|(at, way)| (way.exit, at)));
            ways.insert(node, all);
        } else {
            let kids = diagram.store.kids(node).iter().enumerate().zip(pass.open(node));
            next.extend(kids.filter(|(_, open)| *open).map(|((at, kid), _)| (*kid, at)));
        }
        for (kid, at) in next.into_iter().rev() {
            if kid != root && !from.contains_key(&kid) {
                from.insert(kid, (node, at));
                stack.push(kid);
            }
        }
    }
    let Some(mut at) = found else { return Ok(None) };
    let mut down = Down::default();
    while at != root {
        let Some((node, child)) = from.get(&at).copied() else { break };
        at = node;
        if let Some(way) = ways.get(&node).and_then(|ways| ways.get(child)) {
            let block = diagram.levels.get(diagram.store.level(node)).map_or(0, |level| level.block);
            asked.ways.insert((which, block), way.clone());
            continue;
        }
        let Some(level) = diagram.levels.get(diagram.store.level(node)) else { continue };
        match &level.asks {
            Asks::Values(values) => {
                if let Some(value) = values.get(child) {
                    asked.values.insert(level.slot, value.clone());
                }
            }
            Asks::Number(_) => {
                if let Some(piece) = pass.pieces(node).into_iter().nth(child) {
                    asked.pieces.insert(level.slot, piece);
                }
            }
            Asks::SetOr(kinds) => {
                if let Some(value) = kinds.get(child).filter(|_| child > 0) {
                    asked.values.insert(level.slot, value.clone());
                }
            }
            Asks::Group { mask, counted } => {
                asked.groups.entry(level.slot).or_default().push((*mask, *counted, child));
            }
            Asks::Part(part) => down.parts.push((*part, child)),
            Asks::Sum => down.class = Some(child),
            Asks::Atom(_) | Asks::Nothing => {}
        }
    }
    Ok(Some(down))
}
