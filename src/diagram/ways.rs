//! Numbers that hang together are in one block of levels. Not every way through it is possible: here are those that are, what they ask
//! of the numbers, and where they leave the block.

use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::build::Diagram;
use super::faces::Calendar;
use super::form::Poly;
use super::glance::{Stand, at_a_glance, find};
use super::levels::{Asks, Block};
use super::standing::{Seen, Standing};
use super::store::Ref;
use super::system::System;
use super::way::{Piece, Turn, Way};
use crate::evaluate::possible::{Possible, Slot};
use crate::evaluate::world::World;
use crate::limits::budget::Ended;
use crate::value::number::Number;
use crate::value::values::Value;

impl Diagram<'_> {
    /// Whether any block has numbers that hang together.
    pub(crate) fn has_ties(&self) -> bool {
        self.levels.blocks.iter().any(Block::is_tied)
    }

    /// The block of a node, where its ways must be looked at together.
    pub(crate) fn tied_block(&self, node: Ref) -> Option<&Block> {
        self.levels.block(self.store.level(node)).filter(|block| block.is_tied())
    }

    /// The ways through a block, from a node in it, that some answers go. The flag: for one of them that could not be decided.
    pub(crate) fn ways_from(&self, entry: Ref) -> Result<(Rc<Vec<Way>>, bool), Ended> {
        if let Some(known) = self.ways.borrow().get(&entry) {
            return Ok((Rc::clone(known), false));
        }
        let Some(block) = self.tied_block(entry) else { return Ok((Rc::default(), false)) };
        let (mut found, mut doubt) = (Vec::new(), false);
        let mut seen: FxHashSet<Way> = FxHashSet::default();
        let standing = self.standing(block, &self.world);
        let mut stack: Vec<(Ref, Option<Rc<Turn>>)> = vec![(entry, None)];
        while let Some((node, chain)) = stack.pop() {
            self.budget.step()?;
            let level = self.store.level(node);
            if level >= block.end {
                let way = Way::of(chain.as_ref(), node, &self.levels);
                let fits = self.goes(block, &way, &self.world, &standing)?;
                doubt |= fits.is_none();
                if fits != Some(false) && seen.insert(way.clone()) {
                    found.push(way);
                }
                continue;
            }
            self.turns(node, chain.as_ref(), &mut stack)?;
        }
        let found = Rc::new(found);
        if !doubt {
            self.ways.borrow_mut().insert(entry, Rc::clone(&found));
        }
        Ok((found, doubt))
    }

    /// Adds the children of a node in a block, with what was asked up to there; the first child last.
    pub(super) fn turns(
        &self,
        node: Ref,
        chain: Option<&Rc<Turn>>,
        stack: &mut Vec<(Ref, Option<Rc<Turn>>)>,
    ) -> Result<(), Ended> {
        let (kids, level) = (self.store.kids(node), self.store.level(node));
        match self.levels.get(level).map(|level| (level.slot, &level.asks)) {
            Some((_, Asks::Atom(row))) => {
                let told = self.told(level, row, chain)?;
                for (kid, holds) in kids.iter().zip([false, true]).rev() {
                    if told.is_none_or(|told| told == holds) {
                        stack.push((*kid, Some(Rc::new(Turn::Row(level, holds, chain.cloned())))));
                    }
                }
            }
            Some((slot, Asks::Number(numbers))) => {
                let cuts = self.store.cuts(node);
                let specials = numbers.specials.iter().cloned().map(Piece::Special);
                let unit = |cut: &u32| self.store.cut(*cut).div(&numbers.step).unwrap_or_default();
                let starts = std::iter::once(numbers.lo.clone()).chain(cuts.iter().map(unit));
                let ends = cuts.iter().map(|cut| unit(cut).sub(&Number::ONE));
                let ends = ends.chain(std::iter::once(numbers.hi.clone()));
                let stretches = starts.zip(ends).map(|(from, to)| Piece::Between(from, to));
                let pieces: Vec<Piece> = specials.chain(stretches).collect();
                for (kid, piece) in kids.iter().zip(pieces).rev() {
                    stack.push((*kid, Some(Rc::new(Turn::Piece(slot, piece, chain.cloned())))));
                }
            }
            _ => stack.extend(kids.iter().rev().map(|kid| (*kid, chain.cloned()))),
        }
        Ok(())
    }

    /// What an earlier comparison on the way, of the same numbers with less or with more, already says about this one.
    fn told(&self, level: u32, row: &Poly, chain: Option<&Rc<Turn>>) -> Result<Option<bool>, Ended> {
        let like = self.levels.like(row);
        if like.len() < 2 {
            return Ok(None);
        }
        let (mut at, mut count) = (chain, 0);
        while let Some(turn) = at {
            count += 1;
            at = match &**turn {
                Turn::Piece(_, _, before) => before.as_ref(),
                Turn::Row(of, holds, before) => {
                    if *of != level
                        && like.binary_search(of).is_ok()
                        && let Some(Asks::Atom(other)) = self.levels.get(*of).map(|level| &level.asks)
                        && if *holds { other.base <= row.base } else { other.base >= row.base }
                    {
                        return Ok(Some(*holds));
                    }
                    before.as_ref()
                }
            };
        }
        self.budget.places(count)?;
        Ok(None)
    }

    /// The numbers of a block as a world leaves them: the same for all worlds that differ elsewhere.
    pub(super) fn standing(&self, block: &Block, within: &World) -> Rc<Standing> {
        let mut known = self.standings.borrow_mut();
        let mut places = Vec::with_capacity(block.slots.len());
        let mut stands = Some(Vec::with_capacity(block.slots.len()));
        let mut keeps = true;
        for slot in &block.slots {
            let own = known.seen.entry(*slot).or_default();
            let seen = match own.get(within.get(*slot)) {
                Some(seen) => seen.clone(),
                None => {
                    let range = self.range_in(*slot, None, within).flatten();
                    let stand = range.map(|(lo, hi)| Rc::new(Stand::new(*slot, &lo, &hi)));
                    let seen = Seen { at: u32::try_from(own.len()).unwrap_or(u32::MAX), stand };
                    if self.keeps(2) {
                        own.insert(within.get(*slot).clone(), seen.clone());
                    } else {
                        keeps = false;
                    }
                    seen
                }
            };
            places.push(seen.at);
            stands = stands.zip(seen.stand).map(|(mut stands, stand)| {
                stands.push(stand);
                stands
            });
        }
        let place = (block.first, places.into_boxed_slice());
        if keeps && let Some(standing) = known.of.get(&place) {
            return Rc::clone(standing);
        }
        let made = Rc::new(Standing::new(stands));
        if keeps && self.keeps(2) {
            known.of.insert(place, Rc::clone(&made));
        }
        made
    }

    /// Whether some answers in a world go a way; none: that cannot be decided. `standing` is that of the block.
    pub(super) fn goes(
        &self,
        block: &Block,
        way: &Way,
        within: &World,
        standing: &Standing,
    ) -> Result<Option<bool>, Ended> {
        if let Some(span) = &way.span
            // The first comparison of the sum tells what is summed.
            && let Some(Asks::Atom(first)) = self.levels.get(span.like).map(|level| &level.asks)
        {
            self.budget.visit()?;
            let told = standing.meets(span, &first.terms, (&way.pieces, &block.always));
            if told.is_some() {
                return Ok(told);
            }
        }
        let rows = way.rows.iter().chain(&block.always);
        if let Some(stands) = standing.stands.as_deref().and_then(|stands| asked_of(stands, way)) {
            let size: usize = rows.clone().map(|row| 1 + row.terms.len()).sum();
            self.budget.steps(1 + u64::try_from(size).unwrap_or(0) / 16)?;
            let told = at_a_glance(rows, stands);
            if told.is_some() {
                return Ok(told);
            }
        }
        match self.system(block, way, within) {
            Some(system) => system.fits(&self.solver),
            None => Ok(Some(false)),
        }
    }

    /// What a way asks of the block's numbers, in a narrower world. None: a number cannot be what the way asks.
    pub(crate) fn system(&self, block: &Block, way: &Way, within: &World) -> Option<System> {
        let mut domains = BTreeMap::new();
        for slot in &block.slots {
            if let Some(range) = self.range_in(*slot, way.piece(*slot), within)? {
                domains.insert(*slot, range);
            }
        }
        let rows: Vec<Poly> = way.rows.iter().chain(block.always.iter()).cloned().collect();
        let mut system = System { faces: self.faces_of(&rows), rows, domains };
        system.keep_known();
        Some(system)
    }

    /// The faces that some rows read.
    pub(crate) fn faces_of(&self, rows: &[Poly]) -> BTreeMap<Slot, Calendar> {
        if self.levels.faces.is_empty() {
            return BTreeMap::new();
        }
        rows.iter().flat_map(|row| self.faces_in(&row.slots())).collect()
    }

    /// The ends of a number, in grid units, under what is asked of it. None inside: it is not a number. None: nothing is possible.
    fn range_in(
        &self,
        slot: Slot,
        piece: Option<&Piece>,
        within: &World,
    ) -> Option<Option<(Number, Number)>> {
        let (_, numbers) = self.levels.number(slot)?;
        let (now, step) = (within.get(slot), &numbers.step);
        let range = if self.is_narrowed(slot, within) {
            let unit = |n: &Number| n.div(step).map_or_else(|| n.clone(), |n| n.floor());
            now.as_range().map(|range| (unit(&range.lo), unit(&range.hi)))
        } else {
            Some((numbers.lo.clone(), numbers.hi.clone()))
        };
        let parts = now.parts();
        match (piece, range) {
            (Some(Piece::Special(value)), _) => {
                let may = match value {
                    Value::None => parts.none,
                    _ => parts.not_applicable,
                };
                may.then_some(None)
            }
            (Some(Piece::Between(from, to)), Some((lo, hi))) => {
                let (lo, hi) = (lo.max(from.clone()), hi.min(to.clone()));
                (lo <= hi).then_some(Some((lo, hi)))
            }
            (Some(Piece::Between(..)), None) => None,
            // Nothing is asked of it: any number will do, or what else it is.
            (None, range) => Some(range),
        }
    }

    /// What a number can be, as the ends that a world leaves it.
    pub(crate) fn is_narrowed(&self, slot: Slot, within: &World) -> bool {
        !std::ptr::eq(within, &*self.world) && within.get(slot) != self.world.get(slot)
    }

    /// Whether a value is among what a slot can be.
    pub(crate) fn admits(now: &Possible, value: &Value) -> bool {
        match now {
            Possible::Known(known) => known == value,
            Possible::Open(set) => match value {
                Value::None => set.none,
                Value::NotApplicable => set.not_applicable,
                Value::Number(_) | Value::Date(_) => {
                    let number = Possible::Known(value.clone()).as_range().map(|range| range.lo);
                    now.as_range().zip(number).is_some_and(|(range, n)| range.lo <= n && n <= range.hi)
                }
                Value::Text => set.core == crate::evaluate::possible::Core::Text,
                value => now.values(usize::MAX).is_none_or(|values| values.contains(value)),
            },
        }
    }
}

/// Numbers between the ends that a way asks of them; none: it asks that one is not a number.
fn asked_of(stands: &[Rc<Stand>], way: &Way) -> Option<Vec<Stand>> {
    let mut stands: Vec<Stand> = stands.iter().map(|stand| Stand::clone(stand)).collect();
    for (slot, piece) in &way.pieces {
        let Piece::Between(from, to) = piece else { return None };
        find(*slot, &mut stands)?.narrow(from, to);
    }
    Some(stands)
}
