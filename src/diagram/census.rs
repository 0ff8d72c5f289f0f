//! How large a part of all completions leads to each end.
//!
//! Every answer to a question weighs the same, so a child of a level has the share of the level's answers that lead to it, and a level
//! that is skipped changes nothing. Shares flow down from the root; what arrives at an end is its share of all completions.

use std::collections::BTreeMap;

use super::build::{Diagram, Halt};
use super::engine::{Combination, Engine, Root, Where};
use super::form::Poly;
use super::levels::{Asks, Block, Numbers};
use super::store::Ref;
use crate::evaluate::possible::{Core, Possible, Set, Slot};
use crate::limits::budget::Ended;
use crate::value::number::Number;
use crate::value::values::Value;

/// As many ways to answer numbers that hang together are tried one by one.
const MOST_TOGETHER: i64 = 1 << 20;

/// What part of all completions leads where.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shares {
    /// Per combination.
    pub(crate) all: BTreeMap<Combination, Number>,
    /// What a missing row of a table leaves open.
    pub(crate) undecided: Number,
}

/// Why it was not counted.
#[derive(Debug, Clone)]
pub(crate) enum NotCounted {
    /// What ended it.
    Halt(Halt),
    /// These numbers hang together, and are too many to be tried.
    Together(Vec<Slot>),
}

impl From<Halt> for NotCounted {
    fn from(halt: Halt) -> Self {
        Self::Halt(halt)
    }
}

impl From<Ended> for NotCounted {
    fn from(ended: Ended) -> Self {
        Self::Halt(Halt::Ended(ended))
    }
}

/// Shares by node, taken from the top; a block's nodes before those below it.
type Waiting = BTreeMap<(u32, Ref), Number>;

impl Engine<'_> {
    /// The share of each combination among all completions of the engine's own world. Every open answer of that world is counted,
    /// whether it matters or not.
    pub(crate) fn shares(&self, root: Root) -> Result<Shares, NotCounted> {
        let mut parts: Vec<Vec<Number>> = Vec::new();
        if root.at == Where::Whole {
            for inner in &self.parts {
                let ends = flow(&inner.diagram, inner.root, &[])?;
                let share = |value: &Ref| ends.get(value).cloned().unwrap_or_default();
                parts.push(inner.values.iter().map(share).collect());
            }
        }
        let mut shares = Shares::default();
        for (which, diagram) in self.numbered(root) {
            if which != self.number(root) {
                continue;
            }
            for (end, share) in flow(diagram, root.of, &parts)? {
                match self.choices(root, end).as_slice() {
                    [only] => add(shares.all.entry(only.clone()).or_default(), &share),
                    _ => add(&mut shares.undecided, &share),
                }
            }
        }
        Ok(shares)
    }
}

fn add(to: &mut Number, share: &Number) {
    *to = to.add(share);
}

/// The share of every end.
fn flow(
    diagram: &Diagram<'_>,
    root: Ref,
    parts: &[Vec<Number>],
) -> Result<BTreeMap<Ref, Number>, NotCounted> {
    let store = &diagram.store;
    let mut ends: BTreeMap<Ref, Number> = BTreeMap::new();
    let mut waiting = Waiting::new();
    let mut next = vec![(root, Number::ONE)];
    loop {
        for (to, share) in next.drain(..).filter(|(_, share)| !share.is_zero()) {
            if to.is_end() {
                add(ends.entry(to).or_default(), &share);
            } else {
                add(waiting.entry((store.level(to), to)).or_default(), &share);
            }
        }
        let Some(((level, node), share)) = waiting.pop_first() else { return Ok(ends) };
        diagram.budget.step()?;
        if let Some(block) = diagram.tied_block(node) {
            // Each node is visited once, after all its shares have arrived.
            let exits = through(diagram, node, block)?.into_iter();
            next.extend(exits.map(|(exit, part)| (exit, part.mul(&share))));
            continue;
        }
        let weights = weights(diagram, level, node, parts);
        let kids = store.kids(node).iter().zip(weights);
        next.extend(kids.map(|(kid, part)| (*kid, part.mul(&share))));
    }
}

/// The share of the answers to a level that leads to each child of a node.
fn weights(diagram: &Diagram<'_>, level: u32, node: Ref, parts: &[Vec<Number>]) -> Vec<Number> {
    let count = diagram.store.kids(node).len();
    let Some(found) = diagram.levels.get(level) else { return Vec::new() };
    let now = diagram.world.get(found.slot);
    let counts: Vec<Number> = match &found.asks {
        Asks::Part(part) => return parts.get(*part).cloned().unwrap_or_default(),
        Asks::Number(numbers) => {
            let mut counts = vec![Number::ONE; numbers.specials.len()];
            counts.extend(lengths(diagram, node, numbers));
            counts
        }
        Asks::SetOr(kinds) => {
            let mut counts = vec![Number::ONE; kinds.len()];
            if let Some(chosen) = counts.first_mut() {
                *chosen = power(free(now, u64::MAX).count_ones());
            }
            counts
        }
        Asks::Group { mask, counted } => {
            let (options, must) = (free(now, *mask).count_ones(), must(now, *mask).count_ones());
            let any = power(options);
            if *counted {
                let chosen = (0..).take(count).map(|chosen: u32| match chosen.checked_sub(must) {
                    Some(chosen) => choose(options, chosen),
                    None => Number::ZERO,
                });
                chosen.collect()
            } else {
                vec![any.sub(&Number::ONE), Number::ONE]
            }
        }
        // Counts are never taken where the total is rows of bits.
        Asks::Sum => return Vec::new(),
        Asks::Values(_) | Asks::Atom(_) | Asks::Nothing => vec![Number::ONE; count],
    };
    let all = counts.iter().fold(Number::ZERO, |all, count| all.add(count));
    counts.iter().map(|count| count.div(&all).unwrap_or_default()).collect()
}

/// How many numbers each stretch of a node holds.
fn lengths(diagram: &Diagram<'_>, node: Ref, numbers: &Numbers) -> Vec<Number> {
    let store = &diagram.store;
    let unit = |cut: &u32| store.cut(*cut).div(&numbers.step).unwrap_or_default();
    let cuts = store.cuts(node);
    let starts = std::iter::once(numbers.lo.clone()).chain(cuts.iter().map(unit));
    let ends = cuts.iter().map(unit).chain([numbers.hi.add(&Number::ONE)]);
    starts.zip(ends).map(|(from, to)| to.sub(&from)).collect()
}

/// The options that may be chosen or not.
fn free(now: &Possible, mask: u64) -> u64 {
    match now {
        Possible::Open(Set { core: Core::Subset { must, may }, .. }) => may & !must & mask,
        _ => 0,
    }
}

fn must(now: &Possible, mask: u64) -> u64 {
    match now {
        Possible::Open(Set { core: Core::Subset { must, .. }, .. }) => must & mask,
        _ => 0,
    }
}

/// Two to the power.
pub(crate) fn power(of: u32) -> Number {
    (0..of).fold(Number::ONE, |all, _| all.add(&all))
}

/// In how many ways so many of them can be chosen.
fn choose(of: u32, chosen: u32) -> Number {
    if chosen > of {
        return Number::ZERO;
    }
    (0..chosen).fold(Number::ONE, |ways, at| {
        let (up, down) = (Number::whole(i64::from(of - at)), Number::whole(i64::from(at) + 1));
        ways.mul(&up).div(&down).unwrap_or_default()
    })
}

/// The share of the answers to numbers that hang together that leads to each exit. All but one are tried one by one; the one of most
/// answers is cut where the comparisons turn.
fn through(diagram: &Diagram<'_>, entry: Ref, block: &Block) -> Result<Vec<(Ref, Number)>, NotCounted> {
    let open: Vec<(Slot, &Numbers)> = block
        .slots
        .iter()
        .filter_map(|slot| diagram.levels.number(*slot).map(|(_, numbers)| (*slot, numbers)))
        .collect();
    let together = || NotCounted::Together(open.iter().map(|(slot, _)| *slot).collect());
    let size = |numbers: &Numbers| {
        let specials = i64::try_from(numbers.specials.len()).unwrap_or(i64::MAX);
        numbers.hi.sub(&numbers.lo).add(&Number::whole(specials)).add(&Number::ONE)
    };
    let rows: Vec<&Poly> = (block.first..block.end)
        .filter_map(|level| match &diagram.levels.get(level)?.asks {
            Asks::Atom(row) => Some(row),
            _ => None,
        })
        .collect();
    let mut by_size: Vec<usize> = (0..open.len()).collect();
    by_size.sort_by_key(|at| open.get(*at).map(|(_, numbers)| size(numbers)));
    let faces = &diagram.levels.faces;
    let linear = |at: &&usize| {
        open.get(**at).is_some_and(|(slot, _)| {
            let is_face = |read: &Slot| read != slot && faces.base(*read) == *slot;
            rows.iter().all(|row| {
                let slope = row.difference(*slot, &Number::ONE);
                !row.slots().iter().any(is_face) && !slope.reads(*slot)
            })
        })
    };
    let cut = by_size.iter().rev().find(linear).copied();
    let tried: Vec<(Slot, &Numbers)> =
        open.iter().enumerate().filter(|(at, _)| Some(*at) != cut).map(|(_, one)| *one).collect();
    let ways = tried.iter().fold(Number::ONE, |all, (_, numbers)| all.mul(&size(numbers)));
    if ways > Number::whole(MOST_TOGETHER) {
        return Err(together());
    }
    let last = cut.and_then(|at| open.get(at)).copied();
    let all = last.map_or_else(|| ways.clone(), |(_, numbers)| ways.mul(&size(numbers)));
    let mut counts: BTreeMap<Ref, Number> = BTreeMap::new();
    let mut chosen: Vec<Answer> = tried.iter().map(|(_, numbers)| Answer::first(numbers)).collect();
    loop {
        diagram.budget.step()?;
        let answers: BTreeMap<Slot, &Answer> = tried.iter().map(|(slot, _)| *slot).zip(&chosen).collect();
        match last {
            None => count(diagram, entry, block, &answers, None, &mut counts)?,
            Some((slot, numbers)) => {
                for special in 0..numbers.specials.len() {
                    let special = Answer::Special(special);
                    let mut with = answers.clone();
                    with.insert(slot, &special);
                    count(diagram, entry, block, &with, None, &mut counts)?;
                }
                let whole = (slot, numbers.lo.clone(), numbers.hi.clone());
                count(diagram, entry, block, &answers, Some(whole), &mut counts)?;
            }
        }
        // The next count.
        let mut at = 0;
        loop {
            let (Some(answer), Some((_, numbers))) = (chosen.get_mut(at), tried.get(at)) else {
                let share = |(exit, count): (Ref, Number)| Some((exit, count.div(&all)?));
                return Ok(counts.into_iter().filter_map(share).collect());
            };
            if answer.next(numbers) {
                break;
            }
            at += 1;
        }
    }
}

/// An answer to a number.
#[derive(Debug, Clone, PartialEq)]
enum Answer {
    /// Not a number: the place among the other things it can be.
    Special(usize),
    /// In grid units.
    Number(Number),
}

impl Answer {
    fn first(numbers: &Numbers) -> Self {
        if numbers.specials.is_empty() { Self::Number(numbers.lo.clone()) } else { Self::Special(0) }
    }

    /// Moves to the next one; after the last it returns false and starts again with the first.
    fn next(&mut self, numbers: &Numbers) -> bool {
        *self = match self {
            Self::Special(at) if *at + 1 < numbers.specials.len() => Self::Special(*at + 1),
            Self::Special(_) => Self::Number(numbers.lo.clone()),
            Self::Number(now) if *now < numbers.hi => Self::Number(now.add(&Number::ONE)),
            Self::Number(_) => {
                *self = Self::first(numbers);
                return false;
            }
        };
        true
    }
}

/// Goes down a block with known answers, except for one number between two ends, and adds up how many lead to each exit.
fn count(
    diagram: &Diagram<'_>,
    entry: Ref,
    block: &Block,
    answers: &BTreeMap<Slot, &Answer>,
    open: Option<(Slot, Number, Number)>,
    counts: &mut BTreeMap<Ref, Number>,
) -> Result<(), NotCounted> {
    let store = &diagram.store;
    let answer = |slot: Slot| match answers.get(&slot) {
        Some(Answer::Number(unit)) => unit.clone(),
        _ => Number::ZERO,
    };
    let faces = &diagram.levels.faces;
    let known = |slot: Slot| faces.on(slot, &answer(faces.base(slot)));
    let name = open.as_ref().map(|(slot, _, _)| *slot);
    let mut stack = vec![(entry, open.map(|(_, lo, hi)| (lo, hi)))];
    while let Some((node, range)) = stack.pop() {
        diagram.budget.step()?;
        let level = store.level(node);
        if level >= block.end {
            let many = range.map_or(Number::ONE, |(lo, hi)| hi.sub(&lo).add(&Number::ONE));
            add(counts.entry(node).or_default(), &many);
            continue;
        }
        let kids = store.kids(node);
        let mut go = |at: usize, range: Option<(Number, Number)>| {
            if range.as_ref().is_none_or(|(lo, hi)| lo <= hi) {
                stack.extend(kids.get(at).map(|kid| (*kid, range)));
            }
        };
        match diagram.levels.get(level).map(|level| (level.slot, &level.asks)) {
            Some((slot, Asks::Number(numbers))) => {
                let cuts: Vec<Number> = store
                    .cuts(node)
                    .iter()
                    .map(|cut| store.cut(*cut).div(&numbers.step).unwrap_or_default())
                    .collect();
                match (answers.get(&slot), &range) {
                    (Some(Answer::Special(at)), _) => go(*at, range.clone()),
                    (Some(Answer::Number(unit)), _) => {
                        let at = cuts.partition_point(|cut| cut <= unit);
                        go(numbers.specials.len() + at, range.clone());
                    }
                    (None, Some((lo, hi))) => {
                        let starts = std::iter::once(lo).chain(&cuts);
                        let ends = cuts.iter().map(|cut| cut.sub(&Number::ONE)).chain([hi.clone()]);
                        for (at, (from, to)) in starts.zip(ends).enumerate() {
                            let stretch = (from.clone().max(lo.clone()), to.min(hi.clone()));
                            go(numbers.specials.len() + at, Some(stretch));
                        }
                    }
                    (None, None) => {}
                }
            }
            Some((_, Asks::Atom(row))) => {
                let slope =
                    name.map(|slot| row.difference(slot, &Number::ONE).at(&known)).unwrap_or_default();
                let at_zero = row.at(&|slot| if Some(slot) == name { Number::ZERO } else { known(slot) });
                match range {
                    Some((lo, hi)) if !slope.is_zero() => {
                        // Not negative from here on, or up to here.
                        let turn = at_zero.neg().div(&slope).unwrap_or_default();
                        if slope.is_negative() {
                            let last = turn.floor();
                            go(1, Some((lo.clone(), hi.clone().min(last.clone()))));
                            go(0, Some((lo.max(last.add(&Number::ONE)), hi)));
                        } else {
                            let first = turn.ceil();
                            go(1, Some((lo.clone().max(first.clone()), hi.clone())));
                            go(0, Some((lo, hi.min(first.sub(&Number::ONE)))));
                        }
                    }
                    range => go(usize::from(!at_zero.is_negative()), range),
                }
            }
            _ => go(0, range),
        }
    }
    Ok(())
}

/// How many values a slot can have; none where that is not finite.
pub(crate) fn size(now: &Possible, step: &Number, given: Option<&Vec<Value>>) -> Option<Number> {
    let whole = |n: usize| i64::try_from(n).ok().map(Number::whole);
    if let Some(values) = given {
        return whole(values.len());
    }
    let set = match now {
        Possible::Known(_) => return Some(Number::ONE),
        Possible::Open(set) => set,
    };
    let core = match &set.core {
        Core::Nothing => Number::ZERO,
        Core::Range(range) => range.hi.sub(&range.lo).div(step)?.floor().add(&Number::ONE),
        Core::Subset { .. } => power(free(now, u64::MAX).count_ones()),
        Core::Text | Core::Anything => return None,
        core => whole(Possible::Open(Set::plain(core.clone())).values(usize::MAX)?.len())?,
    };
    let specials = i64::from(set.none) + i64::from(set.not_applicable);
    Some(core.add(&Number::whole(specials)))
}
