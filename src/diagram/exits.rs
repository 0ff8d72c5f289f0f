//! Where blocks of numbers that hang together can be left, without every way through them.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::build::Diagram;
use super::glance::Standing;
use super::levels::Block;
use super::pass::Bits;
use super::store::Ref;
use super::way::{Turn, Way};
use crate::evaluate::world::World;
use crate::limits::budget::Ended;

/// What lies below a node of a block: the exits, by their places.
struct Below {
    exits: Vec<Ref>,
    of: FxHashMap<Ref, Bits>,
}

impl Diagram<'_> {
    /// Where a block can be left from a node in it, in a narrower world; ascending. The flag: for one of them that could not be
    /// told. Ways to exits that are found already are not looked at.
    pub(crate) fn exits_from(
        &self,
        entry: Ref,
        block: &Block,
        (within, standing): (&World, &Standing),
    ) -> Result<(Rc<Vec<Ref>>, bool), Ended> {
        let whole = std::ptr::eq(within, &*self.world);
        if let Some(known) = self.exits.borrow().get(&entry).filter(|_| whole) {
            return Ok((Rc::clone(known), false));
        }
        let below = self.exits_below(entry, block)?;
        let place = |exit: Ref| below.exits.binary_search(&exit).unwrap_or_default();
        // Those that some answers surely lead to, and those of which it cannot be told.
        let (mut found, mut doubtful) = (Bits::default(), Bits::default());
        let mut goes = |way: &Way, found: &mut Bits| -> Result<(), Ended> {
            match self.goes(block, way, within, standing)? {
                Some(true) => found.insert(place(way.exit)),
                Some(false) => {}
                None => doubtful.insert(place(way.exit)),
            }
            Ok(())
        };
        let known = self.ways.borrow().get(&entry).cloned();
        if let Some(ways) = known {
            for way in ways.iter() {
                self.budget.visit()?;
                if !found.contains(place(way.exit)) {
                    goes(way, &mut found)?;
                }
            }
        } else {
            let mut stack: Vec<(Ref, Option<Rc<Turn>>)> = vec![(entry, None)];
            while let Some((node, chain)) = stack.pop() {
                self.budget.step()?;
                self.budget.places(below.exits.len() / 64)?;
                if self.store.level(node) < block.end {
                    if below.of.get(&node).is_some_and(|own| !own.is_within(&found)) {
                        self.turns(node, chain.as_ref(), &mut stack)?;
                    }
                } else if !found.contains(place(node)) {
                    goes(&Way::of(chain.as_ref(), node, &self.levels), &mut found)?;
                }
            }
        }
        let doubt = !doubtful.is_within(&found);
        found.add(&doubtful);
        let exits: Rc<Vec<Ref>> =
            Rc::new(found.iter().filter_map(|at| below.exits.get(at).copied()).collect());
        if whole && !doubt {
            self.exits.borrow_mut().insert(entry, Rc::clone(&exits));
        }
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
        for node in nodes {
            let mut own = Bits::default();
            self.budget.places(self.store.kids(node).len() * (1 + exits.len() / 64))?;
            for kid in self.store.kids(node) {
                match of.get(kid) {
                    Some(below) => own.add(below),
                    None => exits.binary_search(kid).into_iter().for_each(|at| own.insert(at)),
                }
            }
            of.insert(node, own);
        }
        Ok(Below { exits, of })
    }
}
