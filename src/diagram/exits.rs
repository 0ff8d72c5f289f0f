//! Where blocks of numbers that hang together can be left, without following every way through them.

use std::collections::BTreeSet;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::bits::Bits;
use super::build::Diagram;
use super::levels::Block;
use super::standing::Standing;
use super::store::Ref;
use super::way::{Turn, Way};
use crate::evaluate::world::World;
use crate::limits::budget::Ended;

/// Up to so many ways are kept and looked at one by one.
const FEW_WAYS: usize = 64;

/// What lies below a node of a block: the exits, each by its place.
struct Below {
    exits: Vec<Ref>,
    of: FxHashMap<Ref, Bits>,
    /// An upper bound on the ways to them.
    ways: usize,
}

impl Diagram<'_> {
    /// Where a block can be left from a node in it, in a narrower world; ascending. The flag: for one of them that could not be
    /// decided. Ways to exits that have been found already are skipped.
    pub(crate) fn exits_from(
        &self,
        entry: Ref,
        block: &Block,
        (within, standing): (&World, &Standing),
    ) -> Result<(Rc<Vec<Ref>>, bool), Ended> {
        let whole = std::ptr::eq(within, &*self.world);
        let kept = if whole { &self.exits } else { &standing.exits };
        if let Some(known) = kept.borrow().get(&entry) {
            return Ok((Rc::clone(known), false));
        }
        let ways = self.ways.borrow().get(&entry).cloned();
        let (exits, doubt) = match ways {
            Some(ways) => self.exits_of(&ways, block, (within, standing))?,
            None => self.exits_looked_for(entry, block, (within, standing))?,
        };
        let exits = Rc::new(exits);
        if !doubt && (whole || self.keeps(1 + exits.len() / 16)) {
            kept.borrow_mut().insert(entry, Rc::clone(&exits));
        }
        Ok((exits, doubt))
    }

    /// Where those of some ways lead that are possible.
    fn exits_of(
        &self,
        ways: &[Way],
        block: &Block,
        (within, standing): (&World, &Standing),
    ) -> Result<(Vec<Ref>, bool), Ended> {
        // Those that some answers surely lead to, and those where that cannot be decided.
        let (mut found, mut doubtful) = (BTreeSet::new(), BTreeSet::new());
        for way in ways {
            self.budget.visit()?;
            if found.contains(&way.exit) {
                continue;
            }
            match self.goes(block, way, within, standing)? {
                Some(true) => found.insert(way.exit),
                Some(false) => false,
                None => doubtful.insert(way.exit),
            };
        }
        let doubt = !doubtful.is_subset(&found);
        found.extend(doubtful);
        Ok((found.into_iter().collect(), doubt))
    }

    /// The same where the ways are not known.
    fn exits_looked_for(
        &self,
        entry: Ref,
        block: &Block,
        (within, standing): (&World, &Standing),
    ) -> Result<(Vec<Ref>, bool), Ended> {
        let below = self.exits_below(entry, block)?;
        if below.ways <= FEW_WAYS
            && let (ways, false) = self.ways_from(entry)?
        {
            return self.exits_of(&ways, block, (within, standing));
        }
        let place = |exit: Ref| below.exits.binary_search(&exit).unwrap_or_default();
        // Those that some answers surely lead to, and those where that cannot be decided.
        let (mut found, mut doubtful) = (Bits::default(), Bits::default());
        let mut stack: Vec<(Ref, Option<Rc<Turn>>)> = vec![(entry, None)];
        while let Some((node, chain)) = stack.pop() {
            self.budget.step()?;
            self.budget.places(below.exits.len() / 64)?;
            if self.store.level(node) < block.end {
                if below.of.get(&node).is_some_and(|own| !own.is_within(&found)) {
                    self.turns(node, chain.as_ref(), &mut stack)?;
                }
                continue;
            }
            if found.contains(place(node)) {
                continue;
            }
            match self.goes(block, &Way::of(chain.as_ref(), node, &self.levels), within, standing)? {
                Some(true) => found.insert(place(node)),
                Some(false) => {}
                None => doubtful.insert(place(node)),
            }
        }
        let doubt = !doubtful.is_within(&found);
        found.add(&doubtful);
        let exits = found.iter().filter_map(|at| below.exits.get(at).copied()).collect();
        Ok((exits, doubt))
    }

    fn exits_below(&self, entry: Ref, block: &Block) -> Result<Below, Ended> {
        let (mut nodes, mut exits) = (Vec::new(), Vec::new());
        let mut of: FxHashMap<Ref, Bits> = FxHashMap::default();
        let mut stack = vec![entry];
        while let Some(node) = stack.pop() {
            self.budget.visit()?;
            if self.store.level(node) >= block.end {
                exits.push(node);
            } else if of.insert(node, Bits::default()).is_none() {
                nodes.push(node);
                stack.extend_from_slice(self.store.kids(node));
            }
        }
        exits.sort_unstable();
        exits.dedup();
        nodes.sort_unstable_by_key(|node| (std::cmp::Reverse(self.store.level(*node)), *node));
        let mut ways: FxHashMap<Ref, usize> = FxHashMap::default();
        for node in nodes {
            let (mut own, mut count) = (Bits::default(), 0_usize);
            self.budget.places(self.store.kids(node).len() * (1 + exits.len() / 64))?;
            for kid in self.store.kids(node) {
                count = count.saturating_add(ways.get(kid).copied().unwrap_or(1));
                match of.get(kid) {
                    Some(below) => own.add(below),
                    None => exits.binary_search(kid).into_iter().for_each(|at| own.insert(at)),
                }
            }
            of.insert(node, own);
            ways.insert(node, count);
        }
        let ways = ways.get(&entry).copied().unwrap_or(1);
        Ok(Below { exits, of, ways })
    }
}
