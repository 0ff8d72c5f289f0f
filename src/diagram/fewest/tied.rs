//! The steps through numbers that hang together: for each exit of their block the least lists of changes.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::Fewest;
use super::paths::{Needs, Row};
use super::sides::{Given, Group, Sides, Stands, place};
use super::together::Together;
use crate::diagram::build::Halt;
use crate::diagram::levels::Block;
use crate::diagram::pass::Pass;
use crate::diagram::standing::{Outs, WayAsks};
use crate::diagram::store::Ref;
use crate::evaluate::possible::Slot;

/// So many ways through a block are looked at together.
const MOST_STEPS: usize = 512;

/// Where the completions leave a block, and what must change for it.
#[derive(Default)]
struct Exits {
    /// Per row of exits the least sets of changes.
    least: FxHashMap<Row, Vec<u32>>,
    /// The changes that are looked at.
    mask: u32,
    /// The nodes from which the block is left under them, and for each completion its place among these.
    groups: Vec<Group>,
    member: Vec<usize>,
    /// The row that was asked about last.
    row: Vec<Ref>,
}

impl Exits {
    /// Looks at these changes from now on, with which the completions stand so.
    fn begin(&mut self, mask: u32, both: impl Iterator<Item = Group>) {
        self.mask = mask;
        self.groups.clear();
        self.member.clear();
        for group in both {
            // Completions that agree there, at the same node, go the same way.
            self.member.push(place(&mut self.groups, group));
        }
    }

    /// Whether fewer of the changes lead to these exits, one for each group.
    fn knows(&mut self, exits: &[Ref]) -> bool {
        self.row.clear();
        self.row.extend(self.member.iter().filter_map(|at| exits.get(*at)));
        let least = self.least.get(self.row.as_slice());
        least.is_some_and(|least| least.iter().any(|less| self.mask & less == *less))
    }

    /// The changes lead to the exits that were asked about last.
    fn add(&mut self) {
        match self.least.get_mut(self.row.as_slice()) {
            Some(least) => least.push(self.mask),
            None => {
                self.least.insert(Row::from(self.row.as_slice()), vec![self.mask]);
            }
        }
    }
}

impl Fewest {
    /// The steps from a row of nodes through a block. None: too much would have to be looked at.
    #[allow(clippy::type_complexity, reason = "used once, by the caller")]
    pub(super) fn tied(
        &mut self,
        given: &Given<'_, '_, '_>,
        row: &Row,
        block: &Block,
    ) -> Result<Option<Vec<(Row, Needs)>>, Halt> {
        let Some(sides) = given.sides(block) else { return Ok(None) };
        let changes = &sides.changes;
        let mut exits = Exits::default();
        for (mask, stands) in &sides.masks {
            let chosen = changes.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1);
            let shared: Vec<Slot> = chosen.map(|(_, (slot, _))| *slot).collect();
            exits.begin(*mask, row.iter().copied().zip(stands.iter().copied()));
            if !self.through(given.wide, block, (&sides, &shared), &mut exits)? {
                return Ok(None);
            }
        }
        let of: Rc<[usize]> = changes.iter().map(|(_, at)| *at).collect();
        let needs = |least: Vec<u32>| match least.first() {
            Some(0) => Needs::Nothing,
            _ => Needs::One(Rc::clone(&of), least),
        };
        let mut exits: Vec<(Row, Vec<u32>)> = exits.least.into_iter().collect();
        exits.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        Ok(Some(exits.into_iter().map(|(to, least)| (to, needs(least))).collect()))
    }

    /// Adds where a block is left from several nodes, each with its own numbers, of which some are shared. False: there are too many
    /// ways.
    fn through(
        &mut self,
        wide: &Pass<'_, '_>,
        block: &Block,
        (sides, shared): (&Sides, &[Slot]),
        found: &mut Exits,
    ) -> Result<bool, Halt> {
        // Where completions share no new numbers, it does not matter which way leads to an exit.
        let apart = shared.is_empty() || found.groups.len() < 2;
        let (mut all, mut steps) = (Vec::with_capacity(found.groups.len()), 1);
        for (from, stand) in &found.groups {
            let Some(stand) = sides.stands.get(*stand) else { return Ok(false) };
            let outs = self.outs(wide, block, (*from, stand), apart)?;
            steps *= outs.len();
            if steps > MOST_STEPS {
                return Ok(false);
            }
            all.push(outs);
        }
        // Depth first: the exits chosen so far, and per group which of its ways is tried.
        let (mut exits, mut tried) = (Vec::with_capacity(all.len()), vec![0]);
        let mut together = Together::new(shared);
        while let (Some(outs), Some(at)) = (all.get(exits.len()), tried.last_mut()) {
            let Some((exit, asks)) = outs.get(*at) else {
                tried.pop();
                if exits.pop().is_some() {
                    together.pop();
                }
                continue;
            };
            *at += 1;
            exits.push(*exit);
            let last = exits.len() == all.len();
            // That one way leads to them is enough.
            if !(last && found.knows(&exits)) && together.push(asks.as_ref()) {
                // A way that does not fit by itself fits with no other either.
                if self.fit_together(wide, &together, last)? {
                    if !last {
                        tried.push(0);
                        continue;
                    }
                    found.add();
                }
                together.pop();
            }
            exits.pop();
        }
        Ok(true)
    }

    /// Where a block is left from a node by the ways through it, with what each asks of the numbers; or whatever way it is.
    fn outs(
        &mut self,
        wide: &Pass<'_, '_>,
        block: &Block,
        (from, stand): (Ref, &Stands),
        apart: bool,
    ) -> Result<Outs, Halt> {
        let diagram = wide.diagram;
        if diagram.store.level(from) >= block.end {
            return Ok(Rc::new(vec![(from, None)]));
        }
        let (world, standing) = stand.made(wide, block);
        if apart {
            let (exits, doubt) = diagram.exits_from(from, block, (world, standing))?;
            self.sure &= !doubt;
            return Ok(Rc::new(exits.iter().map(|exit| (*exit, None)).collect()));
        }
        if let Some(known) = standing.outs.borrow().get(&from) {
            return Ok(Rc::clone(known));
        }
        let (ways, mut doubt) = diagram.ways_from(from)?;
        let mut outs = Vec::new();
        for way in ways.iter() {
            match diagram.goes(block, way, world, standing)? {
                Some(false) => continue,
                Some(true) => {}
                // Where that cannot be told it may be.
                None => doubt = true,
            }
            let Some(mut system) = diagram.system(block, way, world) else { continue };
            system.fill();
            let open = system.domains.iter().filter(|(_, (lo, hi))| lo != hi).map(|(slot, _)| *slot);
            let open = open.collect();
            // What is asked of a single number moves its ends.
            if !system.is_flat() || system.fold() {
                outs.push((way.exit, Some(Rc::new(WayAsks { system, open }))));
            }
        }
        self.sure &= !doubt;
        let outs = Rc::new(outs);
        if !doubt && diagram.keeps(1 + 16 * outs.len()) {
            standing.outs.borrow_mut().insert(from, Rc::clone(&outs));
        }
        Ok(outs)
    }

    /// Whether some numbers can go several ways together. Doubt is only noted when these are all of the ways (`all`).
    fn fit_together(
        &mut self,
        wide: &Pass<'_, '_>,
        together: &Together<'_>,
        all: bool,
    ) -> Result<bool, Halt> {
        if together.is_open() {
            if all && together.count() > 1 {
                (self.exact, self.sure) = (false, false);
            }
            return Ok(true);
        }
        // Each was looked at by itself already; or everything that is asked has moved the ends.
        if together.count() < 2 || together.is_of_ends() {
            return Ok(true);
        }
        let fits = together.system().fits(&wide.diagram.solver)?;
        if all {
            self.sure &= fits.is_some();
        }
        Ok(fits.unwrap_or(true))
    }
}
