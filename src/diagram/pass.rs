//! Passes over a diagram in a world that may be narrower than the one it was built over: which ends can be reached, what
//! each node leaves, and whether two diagrams ever differ. Nothing is built.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::build::Diagram;
use super::faces::Calendar;
use super::form::Poly;
use super::levels::{Asks, Block, Level};
use super::standing::{Beside, Standing};
use super::store::Ref;
use super::system::{Stretch, System};
use super::way::{Piece, Way};
use crate::evaluate::possible::{Core, Possible, Set, Slot};
use crate::evaluate::world::World;
use crate::limits::budget::Ended;
use crate::value::number::Number;
use crate::value::values::Value;

/// A pass over one diagram.
pub(crate) struct Pass<'d, 'p> {
    pub(crate) diagram: &'d Diagram<'p>,
    pub(crate) within: &'d World,
    /// For each level of a part, or of the sum, which of its values are possible.
    pub(crate) parts: &'d BTreeMap<u32, Vec<bool>>,
    /// Something was taken as possible although that could not be decided.
    pub(crate) doubt: &'d Cell<bool>,
    /// For each level whether the world leaves out something of its slot.
    narrowed: Vec<bool>,
    /// The numbers of blocks as they stand here, by the first level of each.
    standings: RefCell<FxHashMap<u32, Rc<Standing>>>,
}

/// What is reached, and how.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    /// The nodes, from the lowest level up. Of a block of numbers that hang together those where it is entered.
    pub(crate) nodes: Vec<Ref>,
    /// Per node and end the highest level from which it is reached; -1 for the first.
    pub(crate) top: BTreeMap<Ref, i64>,
    /// Per node what comes next.
    pub(crate) next: FxHashMap<Ref, Rc<Vec<Ref>>>,
}

impl<'d, 'p> Pass<'d, 'p> {
    /// In a world in which each slot can be nothing but what it can be in the diagram's own.
    pub(crate) fn new(
        diagram: &'d Diagram<'p>,
        within: &'d World,
        parts: &'d BTreeMap<u32, Vec<bool>>,
        doubt: &'d Cell<bool>,
    ) -> Self {
        let same = std::ptr::eq(within, &*diagram.world);
        let narrowed = |level: &Level| {
            !same && level.slot != Slot::MAX && within.get(level.slot) != diagram.world.get(level.slot)
        };
        let narrowed = diagram.levels.all.iter().map(narrowed).collect();
        Self { diagram, within, parts, doubt, narrowed, standings: RefCell::default() }
    }

    pub(super) fn is_narrowed(&self, level: u32) -> bool {
        self.narrowed.get(level as usize).copied().unwrap_or(false)
    }

    fn block_is_narrowed(&self, block: &Block) -> bool {
        block.slots.iter().any(|slot| self.diagram.is_narrowed(*slot, self.within))
    }

    fn standing(&self, block: &Block) -> Rc<Standing> {
        let make = || self.diagram.standing(block, self.within);
        Rc::clone(self.standings.borrow_mut().entry(block.first).or_insert_with(make))
    }

    /// The ways through a block that are possible here, from a node in it.
    pub(crate) fn ways(&self, entry: Ref, block: &Block) -> Result<Rc<Vec<Way>>, Ended> {
        let (ways, doubt) = self.diagram.ways_from(entry)?;
        if doubt {
            self.doubt.set(true);
        }
        if !self.block_is_narrowed(block) {
            return Ok(ways);
        }
        let standing = self.standing(block);
        let mut found = Vec::new();
        for way in ways.iter() {
            match self.diagram.goes(block, way, self.within, &standing)? {
                Some(false) => continue,
                Some(true) => {}
                None => self.doubt.set(true),
            }
            found.push(way.clone());
        }
        Ok(Rc::new(found))
    }

    /// Where a block can be left here, from a node in it.
    fn exits(&self, entry: Ref, block: &Block) -> Result<Rc<Vec<Ref>>, Ended> {
        let within = if self.block_is_narrowed(block) { self.within } else { &*self.diagram.world };
        let (exits, doubt) = self.diagram.exits_from(entry, block, (within, &self.standing(block)))?;
        if doubt {
            self.doubt.set(true);
        }
        Ok(exits)
    }

    /// Which children of a node are possible.
    pub(crate) fn open(&self, node: Ref) -> Vec<bool> {
        let store = &self.diagram.store;
        let (level, count) = (store.level(node), store.kids(node).len());
        if let Some(values) = self.parts.get(&level) {
            return values.clone();
        }
        let Some(found) = self.diagram.levels.get(level).filter(|_| self.is_narrowed(level)) else {
            return vec![true; count];
        };
        let now = self.within.get(found.slot);
        match &found.asks {
            Asks::Values(values) => values.iter().map(|value| Diagram::admits(now, value)).collect(),
            Asks::Number(numbers) => {
                let mut open: Vec<bool> =
                    numbers.specials.iter().map(|value| Diagram::admits(now, value)).collect();
                let cuts = store.cuts(node);
                let range = now.as_range();
                for at in 0..=cuts.len() {
                    let from =
                        at.checked_sub(1).and_then(|before| cuts.get(before)).map(|cut| store.cut(*cut));
                    let to = cuts.get(at).map(|cut| store.cut(*cut));
                    open.push(range.as_ref().is_some_and(|range| {
                        from.is_none_or(|from| range.hi >= *from) && to.is_none_or(|to| range.lo < *to)
                    }));
                }
                open
            }
            Asks::SetOr(kinds) => {
                let parts = now.parts();
                let is = |kind: &Value| match kind {
                    Value::None => parts.none,
                    Value::NotApplicable => parts.not_applicable,
                    _ => parts.core != Core::Nothing,
                };
                kinds.iter().map(is).collect()
            }
            Asks::Group { mask, counted } => {
                let (must, may) = match now {
                    Possible::Known(Value::Choices(set)) => (*set, *set),
                    Possible::Open(Set { core: Core::Subset { must, may }, .. }) => (*must, *may),
                    // No options were chosen, so nothing depends on these.
                    _ => return vec![true; count],
                };
                if *counted {
                    let (least, most) = ((must & mask).count_ones(), (may & mask).count_ones());
                    (0..).take(count).map(|chosen: u32| least <= chosen && chosen <= most).collect()
                } else {
                    vec![must & mask != *mask, may & mask == *mask]
                }
            }
            Asks::Atom(_) | Asks::Part(_) | Asks::Sum | Asks::Nothing => vec![true; count],
        }
    }

    /// What comes after a node: its children, or where a block is left.
    pub(crate) fn next(&self, node: Ref) -> Result<Vec<Ref>, Ended> {
        self.diagram.budget.visit()?;
        if let Some(block) = self.diagram.tied_block(node) {
            return Ok(self.exits(node, block)?.to_vec());
        }
        let kids = self.diagram.store.kids(node);
        self.diagram.budget.places(kids.len())?;
        let kids = kids.iter().zip(self.open(node));
        Ok(kids.filter(|(_, open)| *open).map(|(kid, _)| *kid).collect())
    }

    /// The ends that some answers give.
    pub(crate) fn ends(&self, root: Ref) -> Result<BTreeSet<Ref>, Ended> {
        let (mut seen, mut ends, mut stack) = (FxHashSet::default(), BTreeSet::new(), vec![root]);
        while let Some(node) = stack.pop() {
            if node.is_end() {
                ends.insert(node);
            } else if seen.insert(node) {
                stack.extend(self.next(node)?);
            }
        }
        Ok(ends)
    }

    /// Whether some answers give an end that is asked for; the pass stops at the first.
    pub(crate) fn finds(&self, root: Ref, asked: &mut dyn FnMut(Ref) -> bool) -> Result<bool, Ended> {
        let (mut seen, mut stack) = (FxHashSet::default(), vec![root]);
        while let Some(node) = stack.pop() {
            if !seen.insert(node) {
                continue;
            }
            if !node.is_end() {
                stack.extend(self.next(node)?);
            } else if asked(node) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Everything that is reached.
    pub(crate) fn flow(&self, root: Ref) -> Result<Flow, Ended> {
        let store = &self.diagram.store;
        let mut flow = Flow::default();
        let mut stack = vec![root];
        while let Some(node) = stack.pop() {
            if node.is_end() || flow.next.contains_key(&node) {
                continue;
            }
            let next = Rc::new(self.next(node)?);
            stack.extend(next.iter().copied());
            flow.next.insert(node, next);
            flow.nodes.push(node);
        }
        flow.nodes.sort_by_key(|node| (std::cmp::Reverse(store.level(*node)), *node));
        flow.top.insert(root, -1);
        for node in flow.nodes.iter().rev() {
            let from = self.diagram.tied_block(*node).map_or_else(|| store.level(*node), |block| block.first);
            for next in flow.next.get(node).into_iter().flat_map(|next| next.iter()) {
                let top = flow.top.entry(*next).or_insert(i64::MAX);
                *top = (*top).min(i64::from(from));
            }
        }
        Ok(flow)
    }

    /// Whether two diagrams differ for some answers.
    pub(crate) fn differ(&self, a: Ref, b: Ref) -> Result<bool, Ended> {
        if a == b {
            return Ok(false);
        }
        let store = &self.diagram.store;
        let mut seen: FxHashSet<(Ref, Ref)> = FxHashSet::default();
        let mut stack = vec![(a, b)];
        while let Some((a, b)) = stack.pop() {
            if a == b || !seen.insert((a, b)) {
                continue;
            }
            if a.is_end() && b.is_end() {
                return Ok(true);
            }
            self.diagram.budget.step()?;
            let (la, lb) = (store.level(a), store.level(b));
            let (upper, level) = if la <= lb { (a, la) } else { (b, lb) };
            if let Some(block) = self.diagram.tied_block(upper) {
                stack.extend(self.exits_together(a, b, block)?);
                continue;
            }
            let mut rows = Vec::new();
            store.expand(level, &[a, b], &mut rows);
            self.diagram.budget.places(rows.len())?;
            // Stretches of both together: any that lies in one that is open.
            let open = self.open_together(level, [a, b]);
            for (row, open) in rows.chunks(2).zip(open) {
                if let ([a, b], true) = (row, open) {
                    stack.push((*a, *b));
                }
            }
        }
        Ok(false)
    }

    /// Which rows of two diagrams at a level are possible.
    pub(crate) fn open_together(&self, level: u32, [a, b]: [Ref; 2]) -> Vec<bool> {
        let store = &self.diagram.store;
        let here = |f: Ref| store.level(f) == level;
        let first = if here(a) { a } else { b };
        if !(here(a) && here(b)) {
            return self.open(first);
        }
        let Some(Level { slot, asks: Asks::Number(numbers), .. }) = self.diagram.levels.get(level) else {
            return self.open(first);
        };
        let mut rows = Vec::new();
        let cuts = store.expand(level, &[a, b], &mut rows);
        if !self.is_narrowed(level) {
            // Together they may have more stretches than each has.
            return vec![true; numbers.specials.len() + cuts.len() + 1];
        }
        let now = self.within.get(*slot);
        let mut open: Vec<bool> = numbers.specials.iter().map(|value| Diagram::admits(now, value)).collect();
        let range = now.as_range();
        for at in 0..=cuts.len() {
            let from = at.checked_sub(1).and_then(|before| cuts.get(before)).map(|cut| store.cut(*cut));
            let to = cuts.get(at).map(|cut| store.cut(*cut));
            open.push(range.as_ref().is_some_and(|range| {
                from.is_none_or(|from| range.hi >= *from) && to.is_none_or(|to| range.lo < *to)
            }));
        }
        open
    }

    /// Where two ways through a block, with the same answers, leave it.
    fn exits_together(&self, a: Ref, b: Ref, block: &Block) -> Result<Vec<(Ref, Ref)>, Ended> {
        self.pairs(a, b, block, &[])
    }

    /// The same, where some of the numbers may differ between both ways: pairs of different exits.
    pub(crate) fn pairs(
        &self,
        a: Ref,
        b: Ref,
        block: &Block,
        free: &[Slot],
    ) -> Result<Vec<(Ref, Ref)>, Ended> {
        let ways = self.ways_together(a, b, block, free, None)?;
        Ok(ways.into_iter().map(|(one, other)| (one.exit, other.exit)).collect())
    }

    /// Whether answers that differ only in some of a block's numbers, from a node on, ever lead to different ends.
    pub(crate) fn hangs_on(&self, node: Ref, block: &Block, free: &[Slot]) -> Result<bool, Ended> {
        let ways = self.ways(node, block)?;
        let shared = self.shared(free);
        let mut same: FxHashSet<(Ref, Ref)> = FxHashSet::default();
        for (at, one) in ways.iter().enumerate() {
            for other in ways.iter().skip(at + 1).filter(|other| other.exit != one.exit) {
                let exits = (one.exit.min(other.exit), one.exit.max(other.exit));
                if same.contains(&exits) || one.contradicts(other, free, &shared) {
                    continue;
                }
                self.diagram.budget.step()?;
                if self.go_together(one, other, block, free, None)? {
                    if self.differ(exits.0, exits.1)? {
                        return Ok(true);
                    }
                    same.insert(exits);
                }
            }
        }
        Ok(false)
    }

    /// Whether a comparison says the same of both ways, where some numbers may differ.
    fn shared<'f>(&'f self, free: &'f [Slot]) -> impl Fn(u32) -> bool + 'f {
        |level| match self.diagram.levels.get(level).map(|level| &level.asks) {
            Some(Asks::Atom(row)) => {
                let read = self.diagram.levels.faces.bases(row.slots());
                !free.iter().any(|slot| read.contains(slot))
            }
            _ => false,
        }
    }

    /// The same, with the first two ways to each pair of exits. Something more may have to hold: in grid units, with free numbers the
    /// second time under names counted down from the last.
    pub(crate) fn ways_together(
        &self,
        a: Ref,
        b: Ref,
        block: &Block,
        free: &[Slot],
        more: Option<&Poly>,
    ) -> Result<Vec<(Way, Way)>, Ended> {
        let store = &self.diagram.store;
        let through = |from: Ref| -> Result<Rc<Vec<Way>>, Ended> {
            if store.level(from) < block.end {
                self.ways(from, block)
            } else {
                Ok(Rc::new(vec![Way::free(from)]))
            }
        };
        let (first, second) = (through(a)?, through(b)?);
        let mut found: BTreeMap<(Ref, Ref), (Way, Way)> = BTreeMap::new();
        let shared = self.shared(free);
        for one in first.iter() {
            for other in second.iter().filter(|other| other.exit != one.exit) {
                if found.contains_key(&(one.exit, other.exit)) || one.contradicts(other, free, &shared) {
                    continue;
                }
                self.diagram.budget.step()?;
                if self.go_together(one, other, block, free, more)? {
                    found.insert((one.exit, other.exit), (one.clone(), other.clone()));
                }
            }
        }
        Ok(found.into_values().collect())
    }

    fn go_together(
        &self,
        one: &Way,
        other: &Way,
        block: &Block,
        free: &[Slot],
        more: Option<&Poly>,
    ) -> Result<bool, Ended> {
        let Some(system) = self.system_together(one, other, block, free, more) else { return Ok(false) };
        match system.fits(&self.diagram.solver)? {
            Some(fits) => Ok(fits),
            None => {
                self.doubt.set(true);
                Ok(true)
            }
        }
    }

    /// What two ways together ask of the numbers, as [`Self::ways_together`] says. None: they are not possible together.
    pub(crate) fn system_together(
        &self,
        one: &Way,
        other: &Way,
        block: &Block,
        free: &[Slot],
        more: Option<&Poly>,
    ) -> Option<System> {
        let mut system = self.diagram.system(block, one, self.within)?;
        let second = self.diagram.system(block, other, self.within)?;
        // A free number occurs twice: the second time under a name of its own, and so do its faces.
        let faces = &self.diagram.levels.faces;
        let name = |slot: Slot| if free.contains(&faces.base(slot)) { Slot::MAX - slot } else { slot };
        system.faces.extend(
            second
                .faces
                .iter()
                .map(|(slot, face)| (name(*slot), Calendar { slot: name(face.slot), ..*face })),
        );
        for slot in &block.slots {
            let domain = second.domains.get(slot).cloned();
            if free.contains(slot) {
                system.domains.extend(domain.map(|domain| (name(*slot), domain)));
                continue;
            }
            let special = |way: &Way| match way.piece(*slot) {
                Some(Piece::Special(value)) => Some(value.clone()),
                _ => None,
            };
            let (a, b) = (special(one), special(other));
            let between = |way: &Way| matches!(way.piece(*slot), Some(Piece::Between(..)));
            if (a.is_some() && b.is_some() && a != b)
                || (a.is_some() && between(other))
                || (b.is_some() && between(one))
            {
                return None;
            }
            if a.is_some() || b.is_some() {
                system.domains.remove(slot);
            } else if let (Some((lo, hi)), Some((from, to))) = (system.domains.get(slot).cloned(), domain) {
                let (lo, hi) = (lo.max(from), hi.min(to));
                if lo > hi {
                    return None;
                }
                system.domains.insert(*slot, (lo, hi));
            }
        }
        for row in second.rows {
            let renamed = row.slots().into_iter().filter(|slot| name(*slot) != *slot);
            let row = renamed.fold(row.clone(), |row, slot| row.replaced(slot, &Poly::of(name(slot))));
            if !system.rows.contains(&row) {
                system.rows.push(row);
            }
        }
        if let Some(more) = more {
            if !more.slots().into_iter().all(|slot| system.knows(slot)) {
                return None;
            }
            system.rows.push(more.clone());
        }
        system.keep_known();
        Some(system)
    }

    /// The stretches that a way leaves to a number, in grid units; none where it is not a number there.
    pub(crate) fn can_be(&self, slot: Slot, way: &Way, block: &Block) -> Result<Option<Vec<Stretch>>, Ended> {
        let Some(system) = self.diagram.system(block, way, self.within) else { return Ok(None) };
        let Some((lo, hi)) = system.domains.get(&slot).cloned() else { return Ok(None) };
        match system.can_be(slot, &self.diagram.solver)? {
            Some(found) => Ok(Some(found)),
            None => {
                self.doubt.set(true);
                Ok(Some(vec![Stretch::all(lo, hi)]))
            }
        }
    }

    /// From where on, in grid units, a number can be what another way asks, of those through a block from a node in it.
    pub(crate) fn turns(&self, slot: Slot, entry: Ref, block: &Block) -> Result<Rc<BTreeSet<Number>>, Ended> {
        let standing = self.standing(block);
        if let Some(known) = standing.turns.borrow().get(&(entry, slot)) {
            return Ok(Rc::clone(known));
        }
        // Doubtful findings are not kept.
        let doubted = self.doubt.replace(false);
        let found = self.turns_looked_for(slot, entry, block).map(Rc::new);
        if let Ok(found) = &found
            && !self.doubt.get()
            && self.diagram.keeps(1 + found.len())
        {
            standing.turns.borrow_mut().insert((entry, slot), Rc::clone(found));
        }
        self.doubt.set(doubted || self.doubt.get());
        found
    }

    fn turns_looked_for(&self, slot: Slot, entry: Ref, block: &Block) -> Result<BTreeSet<Number>, Ended> {
        let mut found = BTreeSet::new();
        let standing = self.standing(block);
        let mut sums: FxHashMap<u32, Option<Beside>> = FxHashMap::default();
        for way in self.ways(entry, block)?.iter() {
            // Where everything is asked of one sum, it is enough to know what the others add.
            let span = way.span.as_ref().filter(|_| way.pieces.is_empty());
            let told = span.and_then(|span| {
                let beside = || {
                    let Some(Asks::Atom(first)) = self.diagram.levels.get(span.like).map(|level| &level.asks)
                    else {
                        return None;
                    };
                    Beside::new(slot, &first.terms, &standing, &block.always)
                };
                sums.entry(span.like).or_insert_with(beside).as_ref()?.left_by(span, &standing, &block.always)
            });
            if let Some(told) = told {
                self.diagram.budget.visit()?;
                for stretch in told {
                    found.insert(stretch.last.add(&Number::ONE));
                    found.insert(stretch.first);
                }
                continue;
            }
            for stretch in self.can_be(slot, way, block)?.unwrap_or_default() {
                found.insert(stretch.last.add(&Number::ONE));
                found.insert(stretch.first);
            }
        }
        Ok(found)
    }

    /// The range of an open number, in grid units, as the world leaves it.
    pub(crate) fn range(&self, slot: Slot) -> Option<(Number, Number)> {
        let (_, numbers) = self.diagram.levels.number(slot)?;
        let range = self.within.get(slot).as_range()?;
        let unit = |n: &Number| n.div(&numbers.step).map_or_else(|| n.clone(), |n| n.floor());
        Some((unit(&range.lo), unit(&range.hi)))
    }
}
