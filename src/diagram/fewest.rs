//! The fewest answers that must change before an end is reached, under several completions at once and with the same new answers
//! in each: a shortest path. What each answer costs may differ from one question to the next; the ways down are found once.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::build::{Diagram, Halt};
use super::engine::{Combination, Engine, Root, Where, Within};
use super::levels::{Asks, Block};
use super::pass::Pass;
use super::standing::{Outs, Standing, WayAsks};
use super::store::{BELOW, Ref};
use super::system::System;
use crate::evaluate::possible::{Possible, Slot};
use crate::evaluate::world::World;
use crate::limits::budget::{Budget, Ended};
use crate::value::number::Number;

/// More answers than these are not told apart.
const MOST: usize = 256;

/// For up to so many numbers that hang together, all ways to change some of them are looked at; of more none is ruled out.
const MOST_TIED: usize = 8;

/// Several completions are looked at together up to so many places, and up to so many steps from each.
const MOST_PLACES: usize = 20_000;
const MOST_STEPS: usize = 512;

/// For up to so many answers that are asked about at several levels it is tried whether they change; for more, fractions of a change
/// are counted.
const MOST_SPLIT: usize = 4;

/// The cost of one change, in fractions, for an answer that is asked about at several levels.
const ONE: u32 = 5_040;

/// Answers that change, the first as the highest bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Few([u64; MOST / 64]);

impl Few {
    fn of(at: usize) -> Self {
        let mut few = Self::default();
        if let Some(word) = few.0.get_mut(at / 64) {
            *word = 1 << (63 - at % 64);
        }
        few
    }

    fn with(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
        self
    }

    fn iter(self) -> impl Iterator<Item = usize> {
        let has = move |at: &usize| self.0.get(at / 64).is_some_and(|word| word >> (63 - at % 64) & 1 == 1);
        (0..MOST).filter(has)
    }

    /// The first of them.
    fn first(&self) -> Option<usize> {
        let found = self.0.iter().enumerate().find(|(_, word)| **word != 0);
        found.map(|(at, word)| at * 64 + word.leading_zeros() as usize)
    }
}

/// How far away an end is: the cost of changing, and among equal costs the changes that come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Far {
    cost: u32,
    few: Few,
    /// One of the changes was counted only in part.
    partly: bool,
}

impl Far {
    const HERE: Self = Self { cost: 0, few: Few([0; MOST / 64]), partly: false };

    fn and(self, other: &Self) -> Self {
        Self {
            cost: self.cost.saturating_add(other.cost),
            few: self.few.with(&other.few),
            partly: self.partly || other.partly,
        }
    }

    fn nearer(&self, other: &Self) -> bool {
        (self.cost, std::cmp::Reverse(self.few)) < (other.cost, std::cmp::Reverse(other.few))
    }
}

/// What a step down asks.
#[derive(Debug, Clone)]
enum Needs {
    Nothing,
    /// That this answer changes, which is asked about at so many levels.
    Change(usize, u32),
    /// That all answers of one of these lists change.
    One(Vec<Vec<usize>>),
    /// A value of a part.
    Part(usize, usize),
}

#[derive(Debug)]
struct Step {
    to: usize,
    needs: Needs,
}

/// A node in a block, and how the block's numbers stand there.
type Group = (Ref, usize);

/// Nodes or ends of a diagram, one for each completion.
type Row = Rc<[Ref]>;

/// One diagram's ways down, for all completions together.
#[derive(Debug, Default)]
struct Ways {
    /// By place; each stands before what it leads to, the root first.
    steps: Vec<Vec<Step>>,
    /// The ends that are asked for, with their places.
    ends: Vec<(Row, usize)>,
}

/// Where the ways down are looked for.
struct Given<'g, 'd, 'p> {
    /// The completions.
    now: &'g [Pass<'d, 'p>],
    /// With all that may change.
    wide: &'g Pass<'d, 'p>,
    of: &'g FxHashMap<Slot, usize>,
    /// The numbers of blocks, by the first level of each.
    sides: RefCell<FxHashMap<u32, Option<Rc<Sides>>>>,
}

/// What numbers that hang together can be in some completions, and where they change.
struct Sides {
    /// The numbers that may change.
    changes: Vec<(Slot, usize)>,
    /// Sets of changes, the smallest first, with per completion how the numbers stand then.
    masks: Vec<(u32, Vec<usize>)>,
    /// How they can stand.
    stands: Vec<Stands>,
}

/// The numbers of a block, and what is made of them where that is asked.
struct Stands {
    numbers: Vec<Possible>,
    made: OnceCell<(World, Rc<Standing>)>,
}

impl Stands {
    fn made(&self, wide: &Pass<'_, '_>, block: &Block) -> &(World, Rc<Standing>) {
        self.made.get_or_init(|| {
            let mut world = wide.within.clone();
            for (slot, number) in block.slots.iter().zip(&self.numbers) {
                world.set(*slot, number.clone());
            }
            let standing = wide.diagram.standing(block, &world);
            (world, standing)
        })
    }
}

impl Given<'_, '_, '_> {
    /// How the numbers of a block can stand. None: too many of them may change.
    fn sides(&self, block: &Block) -> Option<Rc<Sides>> {
        let mut known = self.sides.borrow_mut();
        known.entry(block.first).or_insert_with(|| self.sides_of(block).map(Rc::new)).clone()
    }

    fn sides_of(&self, block: &Block) -> Option<Sides> {
        let (now, wide) = (self.now, self.wide.within);
        let differs = |slot: &Slot| now.iter().any(|now| now.within.get(*slot) != wide.get(*slot));
        let changes = block.slots.iter().filter(|slot| differs(slot));
        let changes: Vec<(Slot, usize)> =
            changes.filter_map(|slot| Some((*slot, *self.of.get(slot)?))).collect();
        if changes.len() > MOST_TIED {
            return None;
        }
        let mut masks: Vec<u32> = (0..1_u32 << changes.len()).collect();
        masks.sort_by_key(|mask| (mask.count_ones(), *mask));
        // Per number what it can become, and what it is in each completion; the same things have the same place.
        let mut values: Vec<Vec<&Possible>> = block.slots.iter().map(|slot| vec![wide.get(*slot)]).collect();
        let kinds = now.iter().map(|now| {
            let both = block.slots.iter().zip(&mut values);
            let kind = |(slot, values): (&Slot, &mut Vec<_>)| place(values, now.within.get(*slot));
            both.map(kind).collect()
        });
        let kinds: Vec<Vec<usize>> = kinds.collect();
        let changed: Vec<Option<usize>> =
            block.slots.iter().map(|slot| changes.iter().position(|(one, _)| one == slot)).collect();
        let (mut places, mut stands) = (FxHashMap::default(), Vec::new());
        let mut stand = |mask: u32, kinds: &Vec<usize>| {
            let becomes = |change: &Option<usize>| change.is_some_and(|at| mask >> at & 1 == 1);
            let both = kinds.iter().zip(&changed);
            let kinds: Vec<usize> =
                both.map(|(kind, change)| if becomes(change) { 0 } else { *kind }).collect();
            *places.entry(kinds).or_insert_with_key(|kinds| {
                let number = |(values, at): (&Vec<&Possible>, &usize)| values.get(*at).copied().cloned();
                let numbers = values.iter().zip(kinds).filter_map(number).collect();
                stands.push(Stands { numbers, made: OnceCell::new() });
                stands.len() - 1
            })
        };
        let masks =
            masks.into_iter().map(|mask| (mask, kinds.iter().map(|kinds| stand(mask, kinds)).collect()));
        let masks = masks.collect();
        Some(Sides { changes, masks, stands })
    }
}

/// The place of a thing among some; it is added if it is not there.
fn place<T: PartialEq>(all: &mut Vec<T>, one: T) -> usize {
    all.iter().position(|other| *other == one).unwrap_or_else(|| {
        all.push(one);
        all.len() - 1
    })
}

/// Under some completions: which changes lead where.
#[derive(Debug)]
pub(crate) struct Fewest {
    parts: Vec<Ways>,
    whole: Ways,
    elements: usize,
    /// Answers that are asked about at several levels.
    split: BTreeSet<usize>,
    /// The number is exact; otherwise at least so many must change.
    exact: bool,
    /// What is called possible is possible.
    sure: bool,
}

/// What a change costs now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cost {
    /// It is made already.
    Free,
    /// One.
    One,
    /// It cannot be made.
    Never,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Needed {
    /// So many must change at least.
    pub(crate) count: usize,
    /// So many suffice; and of all that suffice `first` comes first.
    pub(crate) exact: bool,
    /// Changes that suffice: the first of the fewest where that is exact.
    few: Few,
}

impl Needed {
    /// Changes that suffice, ascending.
    pub(crate) fn changes(self) -> impl Iterator<Item = usize> {
        self.few.iter()
    }

    /// The first of them.
    pub(crate) fn first(&self) -> Option<usize> {
        self.few.first()
    }
}

impl Engine<'_> {
    /// What must change in some completions, given what else each answer may become: `elements` are the slots that may change. None: too
    /// much would have to be looked at.
    ///
    /// # Errors
    /// When the work of the call ended.
    pub(crate) fn fewest(
        &self,
        root: Root,
        now: &[Within],
        wide: &Within,
        elements: &[Slot],
        wanted: &dyn Fn(&Combination) -> bool,
    ) -> Result<Option<Fewest>, Halt> {
        if elements.len() > MOST {
            return Ok(None);
        }
        let of: FxHashMap<Slot, usize> = elements.iter().enumerate().map(|(at, slot)| (*slot, at)).collect();
        let (parts, whole) = (Vec::new(), Ways::default());
        let mut found = Fewest {
            parts,
            whole,
            elements: elements.len(),
            split: BTreeSet::new(),
            exact: true,
            sure: true,
        };
        if root.at == Where::Whole {
            for (at, inner) in self.parts.iter().enumerate() {
                let own = Root { at: Where::Part(at), of: inner.root };
                let passes: Vec<Pass<'_, '_>> = now.iter().map(|now| self.pass(own, now)).collect();
                let wide = self.pass(own, wide);
                let given = Given { now: &passes, wide: &wide, of: &of, sides: RefCell::default() };
                let Some(ways) = found.ways(&given, inner.root, &[], &|_| true)? else { return Ok(None) };
                found.parts.push(ways);
            }
        }
        let passes: Vec<Pass<'_, '_>> = now.iter().map(|now| self.pass(root, now)).collect();
        let wide = self.pass(root, wide);
        let given = Given { now: &passes, wide: &wide, of: &of, sides: RefCell::default() };
        let values: Vec<&[Ref]> = self.parts.iter().map(|part| part.values.as_slice()).collect();
        let is_wanted = |end: &Ref| self.choices(root, *end).iter().any(wanted);
        let asked = |row: &[Ref]| row.iter().all(is_wanted);
        let Some(ways) = found.ways(&given, root.of, &values, &asked)? else { return Ok(None) };
        found.whole = ways;
        Ok(Some(found))
    }
}

impl Fewest {
    /// The ways down to the ends that are asked for. None: there are too many places.
    fn ways(
        &mut self,
        given: &Given<'_, '_, '_>,
        root: Ref,
        values: &[&[Ref]],
        asked: &dyn Fn(&[Ref]) -> bool,
    ) -> Result<Option<Ways>, Halt> {
        let diagram = given.wide.diagram;
        let first: Row = given.now.iter().map(|_| root).collect();
        let mut places: FxHashMap<Row, usize> = FxHashMap::default();
        let mut rows: Vec<Row> = vec![Rc::clone(&first)];
        places.insert(first, 0);
        let mut ways = Ways::default();
        while let Some(row) = rows.get(ways.steps.len()).cloned() {
            let Some(next) = self.next(given, &row, values)? else { return Ok(None) };
            diagram.budget.steps(1 + next.len() as u64 / 4)?;
            if rows.len() > MOST_PLACES {
                return Ok(None);
            }
            let mut steps = Vec::with_capacity(next.len());
            for (to, needs) in next {
                let to = *places.entry(to).or_insert_with_key(|to| {
                    rows.push(Rc::clone(to));
                    rows.len() - 1
                });
                steps.push(Step { to, needs });
            }
            ways.steps.push(steps);
        }
        let level = |row: &Row| row.iter().map(|of| diagram.store.level(*of)).min();
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|at| (rows.get(*at).and_then(level), *at));
        let is_end = |row: &Row| row.iter().all(|of| of.is_end()) && asked(row);
        let ends = rows.iter().enumerate().filter(|(_, row)| is_end(row));
        let ends: Vec<(Row, usize)> = ends.map(|(at, row)| (Rc::clone(row), at)).collect();
        ways.only(&order, ends);
        Ok(Some(ways))
    }

    /// The steps from a row of nodes. None: there are too many.
    #[allow(clippy::type_complexity, reason = "used once, just above")]
    fn next(
        &mut self,
        given: &Given<'_, '_, '_>,
        row: &Row,
        values: &[&[Ref]],
    ) -> Result<Option<Vec<(Row, Needs)>>, Halt> {
        let Given { now, wide, of, .. } = given;
        let diagram = wide.diagram;
        let store = &diagram.store;
        let mut found: Vec<(Row, Needs)> = Vec::new();
        let level = row.iter().map(|of| store.level(*of)).min().unwrap_or(BELOW);
        let Some(asked) = diagram.levels.get(level) else { return Ok(Some(found)) };
        if let Some(block) = diagram.levels.block(level).filter(|block| block.is_tied()) {
            return self.tied(given, row, block);
        }
        let mut rows = Vec::new();
        let cuts = store.expand(level, row, &mut rows);
        let rows: Vec<&[Ref]> = rows.chunks(row.len().max(1)).collect();
        if matches!(asked.asks, Asks::Sum) {
            return Ok(None);
        }
        if let Asks::Part(part) = asked.asks {
            // What the part gives in all completions together.
            let (Some(inner), Some(values)) = (self.parts.get(part), values.get(part)) else {
                return Ok(Some(found));
            };
            for (at, (ends, _)) in inner.ends.iter().enumerate() {
                let kid = |(which, end): (usize, &Ref)| {
                    let place = values.iter().position(|value| value == end)?;
                    rows.get(place)?.get(which).copied()
                };
                if let Some(to) = ends.iter().enumerate().map(kid).collect::<Option<Row>>() {
                    found.push((to, Needs::Part(part, at)));
                }
            }
            return Ok(Some(found));
        }
        let here = row.iter().copied().find(|of| store.level(*of) == level);
        let open = |pass: &Pass<'_, '_>| -> Vec<bool> {
            let Asks::Number(numbers) = &asked.asks else {
                return here.map(|here| pass.open(here)).unwrap_or_default();
            };
            let now = pass.within.get(asked.slot);
            let range = now.as_range();
            let stretch = |at: usize| {
                let from = at.checked_sub(1).and_then(|before| cuts.get(before)).map(|cut| store.cut(*cut));
                let to = cuts.get(at).map(|cut| store.cut(*cut));
                range.as_ref().is_some_and(|range| {
                    from.is_none_or(|from| range.hi >= *from) && to.is_none_or(|to| range.lo < *to)
                })
            };
            let specials = numbers.specials.iter().map(|value| Diagram::admits(now, value));
            specials.chain((0..=cuts.len()).map(stretch)).collect()
        };
        let opened: Vec<Vec<bool>> = now.iter().map(open).collect();
        let is = |open: &[bool], at: usize| open.get(at).copied().unwrap_or(false);
        let known = now.iter().all(|now| now.within.get(asked.slot).known().is_some());
        // An answer that is known goes one way; where it is no set of options, it goes no way there of its own.
        let goes = |open: &[bool], at: usize| {
            if known { open.iter().position(|open| *open) == Some(at) } else { is(open, at) }
        };
        let unchanged = |at: usize| opened.iter().all(|open| goes(open, at));
        if known {
            let kid = |(which, open): (usize, &Vec<bool>)| {
                let at = open.iter().position(|open| *open)?;
                rows.get(at)?.get(which).copied()
            };
            if let Some(to) = opened.iter().enumerate().map(kid).collect::<Option<Row>>() {
                found.push((to, Needs::Nothing));
            }
        } else {
            // What is open in a completion is chosen once and for all.
            let same = rows.iter().enumerate().filter(|(at, _)| unchanged(*at));
            found.extend(same.map(|(_, row)| (Row::from(*row), Needs::Nothing)));
        }
        if let Some(change) = of.get(&asked.slot) {
            let levels = diagram.levels.of(asked.slot).len();
            if levels > 1 {
                self.split.insert(*change);
            }
            let levels = u32::try_from(levels).unwrap_or(u32::MAX).max(1);
            let all = open(wide);
            let new = rows.iter().enumerate().filter(|(at, _)| is(&all, *at) && !unchanged(*at));
            found.extend(new.map(|(_, row)| (Row::from(*row), Needs::Change(*change, levels))));
        }
        Ok(Some(found))
    }

    /// The steps through numbers that hang together: for each exit the least lists of changes.
    #[allow(clippy::type_complexity, reason = "used once, just above")]
    fn tied(
        &mut self,
        given: &Given<'_, '_, '_>,
        row: &Row,
        block: &Block,
    ) -> Result<Option<Vec<(Row, Needs)>>, Halt> {
        let Some(sides) = given.sides(block) else { return Ok(None) };
        let changes = &sides.changes;
        let mut exits: FxHashMap<Row, Vec<u32>> = FxHashMap::default();
        let looked_for: RefCell<Vec<Ref>> = RefCell::default();
        for (mask, stands) in &sides.masks {
            let mask = *mask;
            // Completions that agree there, at the same node, go the same way.
            let mut groups: Vec<Group> = Vec::new();
            let both = row.iter().copied().zip(stands.iter().copied());
            let member: Vec<usize> = both.map(|group| place(&mut groups, group)).collect();
            let chosen = changes.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1);
            let shared: Vec<Slot> = chosen.map(|(_, (slot, _))| *slot).collect();
            let row = |all: &[Ref]| -> Row { member.iter().filter_map(|at| all.get(*at).copied()).collect() };
            let is_known = |all: &[Ref]| {
                let mut row = looked_for.borrow_mut();
                row.clear();
                row.extend(member.iter().filter_map(|at| all.get(*at)));
                let least = exits.get(row.as_slice());
                least.is_some_and(|least| least.iter().any(|less| mask & less == *less))
            };
            let sides = (&*sides, groups.as_slice(), shared.as_slice());
            let Some(found) = self.through(given.wide, block, sides, &is_known)? else { return Ok(None) };
            for all in &found {
                let least = exits.entry(row(all)).or_default();
                if least.last() != Some(&mask) {
                    least.push(mask);
                }
            }
        }
        let list = |mask: u32| {
            let chosen = changes.iter().enumerate().filter(move |(at, _)| mask >> at & 1 == 1);
            chosen.map(|(_, (_, at))| *at).collect()
        };
        let needs = |least: Vec<u32>| match least.first() {
            Some(0) => Needs::Nothing,
            _ => Needs::One(least.into_iter().map(list).collect()),
        };
        let mut exits: Vec<(Row, Vec<u32>)> = exits.into_iter().collect();
        exits.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        Ok(Some(exits.into_iter().map(|(to, least)| (to, needs(least))).collect()))
    }

    /// Where a block is left from several nodes, each with its own numbers, of which some are shared. None: there are too many ways.
    fn through(
        &mut self,
        wide: &Pass<'_, '_>,
        block: &Block,
        (sides, groups, shared): (&Sides, &[Group], &[Slot]),
        is_known: &dyn Fn(&[Ref]) -> bool,
    ) -> Result<Option<Vec<Vec<Ref>>>, Halt> {
        // Where completions share no new numbers, it does not matter which way leads to an exit.
        let apart = shared.is_empty() || groups.len() < 2;
        let mut all: Vec<(Vec<Ref>, Together)> = vec![Default::default()];
        let mut steps = 1;
        for (place, (from, stand)) in groups.iter().enumerate() {
            let Some(stand) = sides.stands.get(*stand) else { return Ok(None) };
            let outs = self.outs(wide, block, (*from, stand), apart)?;
            steps *= outs.len();
            if steps > MOST_STEPS {
                return Ok(None);
            }
            let last = place + 1 == groups.len();
            let mut next: Vec<(Vec<Ref>, Together)> = Vec::new();
            for (exits, together) in &all {
                let mut exits = exits.clone();
                for (exit, asks) in outs.iter() {
                    exits.push(*exit);
                    // That one way leads to them is enough.
                    let is_found = || is_known(&exits) || next.iter().any(|(found, _)| *found == exits);
                    if !(last && is_found())
                        && let Some(with) = together.and(asks.as_ref(), shared)
                        // A way that does not fit by itself fits with no other either.
                        && self.fit_together(wide, (&with, shared), last)?
                    {
                        next.push((exits.clone(), with));
                    }
                    exits.pop();
                }
            }
            all = next;
        }
        Ok(Some(all.into_iter().map(|(exits, _)| exits).collect()))
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
        (together, shared): (&Together, &[Slot]),
        all: bool,
    ) -> Result<bool, Halt> {
        if together.open {
            if all && together.count > 1 {
                (self.exact, self.sure) = (false, false);
            }
            return Ok(true);
        }
        if together.count < 2 {
            // Each was looked at by itself already.
            return Ok(true);
        }
        if together.asks.iter().all(|asks| asks.system.rows.is_empty()) {
            // Everything that is asked has moved the ends.
            return Ok(true);
        }
        let fits = together.system(shared).fits(&wide.diagram.solver)?;
        if all {
            self.sure &= fits.is_some();
        }
        Ok(fits.unwrap_or(true))
    }

    /// Whether it is exact how many must change.
    pub(crate) const fn is_exact(&self) -> bool {
        self.exact
    }

    /// Whether everything that is called possible is possible.
    pub(crate) const fn is_sure(&self) -> bool {
        self.sure
    }

    /// How far away the nearest wanted end is.
    fn far(&self, costs: &[Cost], budget: &Budget) -> Result<Option<Far>, Ended> {
        let mut parts: Vec<Vec<Option<Far>>> = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            let far = part.far(costs, &[], budget)?;
            parts.push(part.ends.iter().map(|(_, at)| far.get(*at).copied().flatten()).collect());
        }
        let far = self.whole.far(costs, &parts, budget)?;
        let ends = self.whole.ends.iter().filter_map(|(_, at)| far.get(*at).copied().flatten());
        Ok(ends.reduce(|best, one| if one.nearer(&best) { one } else { best }))
    }

    /// How many more answers must change, of those that may, beside those that have. None: no changes will do.
    ///
    /// # Errors
    /// When the work of the call ended.
    pub(crate) fn needed(
        &self,
        cost: &dyn Fn(usize) -> Cost,
        budget: &Budget,
    ) -> Result<Option<Needed>, Ended> {
        let mut costs: Vec<Cost> = (0..self.elements).map(cost).collect();
        let split = self.split.iter().filter(|at| costs.get(**at) == Some(&Cost::One));
        let split: Vec<usize> = split.copied().collect();
        let tried = if split.len() <= MOST_SPLIT { split } else { Vec::new() };
        let mut best: Option<Far> = None;
        for mask in 0..1_u32 << tried.len() {
            let mut changed = Far::HERE;
            for (place, at) in tried.iter().enumerate() {
                let changes = mask >> place & 1 == 1;
                if let Some(cost) = costs.get_mut(*at) {
                    *cost = if changes { Cost::Free } else { Cost::Never };
                }
                if changes {
                    changed = changed.and(&Far { cost: ONE, few: Few::of(*at), partly: false });
                }
            }
            if best.as_ref().is_some_and(|best| best.cost < changed.cost) {
                continue;
            }
            let found = self.far(&costs, budget)?.map(|far| changed.and(&far));
            best = match (best, found) {
                (Some(best), Some(found)) => Some(if found.nearer(&best) { found } else { best }),
                (best, found) => best.or(found),
            };
        }
        Ok(best.map(|best| Needed {
            count: best.cost.div_ceil(ONE) as usize,
            // What costs as much as this in full costs no less in parts.
            exact: self.exact && !best.partly,
            few: best.few,
        }))
    }
}

/// What several ways through a block ask of the numbers that they share.
#[derive(Debug, Clone, Default)]
struct Together {
    /// How many ways ask something.
    count: usize,
    asks: Vec<Rc<WayAsks>>,
    /// The ends of each shared number; none where it is no number on these ways.
    ends: Vec<Option<(Number, Number)>>,
    /// What is open in a completion would have to be the same in all.
    open: bool,
}

impl Together {
    /// With what one more way asks. None: it does not fit with the others.
    fn and(&self, asks: Option<&Rc<WayAsks>>, shared: &[Slot]) -> Option<Self> {
        let Some(asks) = asks.filter(|_| !shared.is_empty()) else { return Some(self.clone()) };
        let count = self.count + 1;
        if self.open || asks.open.iter().any(|slot| !shared.contains(slot)) {
            return Some(Self { count, open: true, ..Self::default() });
        }
        let own = |slot: &Slot| asks.system.domains.get(slot);
        if self.count == 0 {
            let ends = shared.iter().map(|slot| own(slot).cloned()).collect();
            return Some(Self { count, asks: vec![Rc::clone(asks)], ends, open: false });
        }
        let mut ends = Vec::with_capacity(shared.len());
        for (slot, others) in shared.iter().zip(&self.ends) {
            ends.push(match (own(slot), others) {
                (Some((lo, hi)), Some((from, to))) => {
                    let (lo, hi) = (lo.max(from), hi.min(to));
                    if lo > hi {
                        return None;
                    }
                    Some((lo.clone(), hi.clone()))
                }
                (None, None) => None,
                // It is a number on all these ways, or on none.
                _ => return None,
            });
        }
        let asks = self.asks.iter().chain([asks]).cloned().collect();
        Some(Self { count, asks, ends, open: false })
    }

    fn system(&self, shared: &[Slot]) -> System {
        let mut all = System::default();
        let ends = shared.iter().zip(&self.ends);
        all.domains.extend(ends.filter_map(|(slot, ends)| Some((*slot, ends.clone()?))));
        for WayAsks { system, .. } in self.asks.iter().map(|asks| &**asks) {
            all.rows.extend_from_slice(&system.rows);
            all.faces.extend(system.faces.iter().map(|(slot, face)| (*slot, *face)));
        }
        all
    }
}

impl Ways {
    /// Keeps what leads to an end, in this order.
    fn only(&mut self, order: &[usize], ends: Vec<(Row, usize)>) {
        let mut leads = vec![false; self.steps.len()];
        for (_, at) in &ends {
            if let Some(leads) = leads.get_mut(*at) {
                *leads = true;
            }
        }
        for at in order.iter().rev() {
            let mut steps = self.steps.get(*at).into_iter().flatten();
            let any = steps.any(|step| leads.get(step.to).copied().unwrap_or(false));
            if let Some(leads) = leads.get_mut(*at) {
                *leads |= any;
            }
        }
        let mut places: Vec<Option<usize>> = vec![None; self.steps.len()];
        let kept = order.iter().filter(|at| leads.get(**at).copied().unwrap_or(false));
        let kept: Vec<usize> = kept.copied().collect();
        for (place, at) in kept.iter().enumerate() {
            if let Some(own) = places.get_mut(*at) {
                *own = Some(place);
            }
        }
        let place = |at: usize| places.get(at).copied().flatten();
        let mut steps = Vec::with_capacity(kept.len());
        for at in &kept {
            let own = self.steps.get_mut(*at).map(std::mem::take).unwrap_or_default().into_iter();
            let own = own.filter_map(|step| Some(Step { to: place(step.to)?, ..step }));
            steps.push(own.collect());
        }
        self.steps = steps;
        self.ends = ends.into_iter().filter_map(|(row, at)| Some((row, place(at)?))).collect();
    }

    /// How far each place lies.
    fn far(
        &self,
        costs: &[Cost],
        parts: &[Vec<Option<Far>>],
        budget: &Budget,
    ) -> Result<Vec<Option<Far>>, Ended> {
        // A step here costs a fraction of a step of another pass.
        budget.steps(1 + self.steps.len() as u64 / 8)?;
        let change = |at: usize, levels: u32| match costs.get(at) {
            Some(Cost::Free) => Some(Far::HERE),
            Some(Cost::One) => Some(Far { cost: ONE / levels, few: Few::of(at), partly: levels > 1 }),
            _ => None,
        };
        let all =
            |list: &Vec<usize>| list.iter().try_fold(Far::HERE, |far, at| Some(far.and(&change(*at, 1)?)));
        let mut far: Vec<Option<Far>> = vec![None; self.steps.len()];
        if let Some(root) = far.first_mut() {
            *root = Some(Far::HERE);
        }
        for (at, steps) in self.steps.iter().enumerate() {
            let Some(here) = far.get(at).copied().flatten() else { continue };
            for step in steps {
                let more = match &step.needs {
                    Needs::Nothing => Some(Far::HERE),
                    Needs::Change(at, levels) => change(*at, *levels),
                    Needs::One(lists) => lists
                        .iter()
                        .filter_map(all)
                        .reduce(|best, one| if one.nearer(&best) { one } else { best }),
                    Needs::Part(part, value) => {
                        parts.get(*part).and_then(|of| of.get(*value).copied().flatten())
                    }
                };
                let Some(next) = more.map(|more| here.and(&more)) else { continue };
                if let Some(to) = far.get_mut(step.to)
                    && to.as_ref().is_none_or(|known| next.nearer(known))
                {
                    *to = Some(next);
                }
            }
        }
        Ok(far)
    }
}
