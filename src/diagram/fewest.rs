//! The fewest answers that must change before an end is reached, under several completions at once and with the same new answers
//! in each: a shortest path. What each answer costs may differ from one question to the next; the ways down are found once.

mod cost;
mod paths;
mod sides;
mod tied;
mod together;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use rustc_hash::FxHashMap;

pub(crate) use self::cost::{Cost, Needed};
use self::cost::{Far, Few, MOST, ONE};
use self::paths::{Needs, Row, Step, Ways};
use self::sides::Given;
use super::build::{Diagram, Halt};
use super::engine::{Combination, Engine, Root, Where, Within};
use super::levels::Asks;
use super::pass::Pass;
use super::store::{BELOW, Ref};
use crate::evaluate::possible::Slot;
use crate::limits::budget::{Budget, Ended};

/// Several completions are looked at together up to so many places.
const MOST_PLACES: usize = 20_000;

/// For up to so many answers that are asked about at several levels it is tried whether they change; for more, fractions of a change
/// are counted.
const MOST_SPLIT: usize = 4;

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

    /// Whether it is exact how many must change.
    pub(crate) const fn is_exact(&self) -> bool {
        self.exact
    }

    /// Whether everything that is called possible is possible.
    pub(crate) const fn is_sure(&self) -> bool {
        self.sure
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
