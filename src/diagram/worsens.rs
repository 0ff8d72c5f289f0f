//! Two completions that differ in one answer, of which the better one has the worse outcome.
//!
//! Both are followed down one diagram at once: together until the answer in which they differ, then side by side. How each
//! pair of nodes was reached is kept, so that the two completions can be written out and judged.

use rustc_hash::FxHashMap;

use super::build::{Diagram, Halt};
use super::engine::{Engine, Root, Where, Within};
use super::form::Poly;
use super::levels::{Asks, Block};
use super::pass::Pass;
use super::store::Ref;
use super::way::{Piece, Way};
use super::witness::{Asked, way_down};
use crate::evaluate::possible::Slot;
use crate::evaluate::world::World;
use crate::limits::budget::Ended;
use crate::program::nodes::NodeId;
use crate::value::number::Number;
use crate::value::values::Value;

/// At most so many pairs of ends are written out to find one that shows a worsening.
const MOST_SHOWN: usize = 64;

/// Which second answer is better than the first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Pairs {
    /// The first and the second value.
    Values(Value, Value),
    /// A higher number.
    Higher,
    /// A lower number.
    Lower,
}

/// Whether a better answer ever has a worse outcome.
pub(crate) enum Worsens {
    /// It never has.
    Never,
    /// It has here.
    Shown(Box<Shown>),
    /// There may be such a pair, but none was found whose judgement confirms it.
    Unshown,
}

/// Two completions, judged.
pub(crate) struct Shown {
    /// With the worse answer.
    pub(crate) worse: World,
    /// With the better answer; everything else is the same.
    pub(crate) better: World,
    /// The outcome of the first.
    pub(crate) from: u16,
    /// The outcome of the second, further down.
    pub(crate) to: u16,
}

/// Where both completions stand in a diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct At {
    first: Ref,
    second: Ref,
    /// They differ from here on.
    split: bool,
}

/// What is answered to a level.
#[derive(Debug, Clone)]
enum Told {
    /// The child of this place.
    Child(usize),
    /// A number, in grid units.
    Number(Number),
}

/// How both went on from one place to the next.
#[derive(Debug, Clone)]
enum Step {
    /// By the answers to a level.
    Level(u32, Told, Told),
    /// Through a block of numbers that hang together.
    Ways(usize, Box<(Way, Way)>),
}

/// What both completions can reach, and how.
struct Trail {
    from: FxHashMap<At, (At, Step)>,
    /// The pairs of different ends, ascending.
    ends: Vec<At>,
}

/// What is asked.
struct Question<'a> {
    slot: Slot,
    pairs: &'a Pairs,
    /// Where the answer stands in a part: the part's level, and which of its values both can give at once.
    part: Option<(u32, Vec<(usize, usize)>)>,
}

impl Engine<'_> {
    /// Whether the outcome stands further down in one of two completions that differ in this slot only, the one with the
    /// better answer. `judged` gives the outcome of a completion.
    ///
    /// # Errors
    /// When the work of the call ended, or numbers hang together in a way that is not decided.
    pub(crate) fn worsens(
        &mut self,
        outcome: NodeId,
        slot: Slot,
        pairs: &Pairs,
        within: &Within,
        judged: &dyn Fn(&World) -> Option<u16>,
    ) -> Result<Worsens, Halt> {
        let root = self.together(&[outcome])?;
        let whole = self.pass(root, within);
        let part = self.plan.part_of(slot).filter(|_| root.at == Where::Whole);
        let inside = part.and_then(|part| Some((part, self.parts.get(part)?)));
        let mut asked = Question { slot, pairs, part: None };
        let mut below = None;
        if let Some((part, inner)) = inside {
            let pass = self.pass(Root { at: Where::Part(part), of: inner.root }, within);
            let trail = pass.trail(inner.root, &asked)?;
            let place = |end: Ref| inner.values.iter().position(|value| *value == end);
            let places =
                trail.ends.iter().filter_map(|at| Some((place(at.first)?, place(at.second)?))).collect();
            asked.part = Some((inner.level, places));
            below = Some((part, pass, trail));
        }
        let trail = whole.trail(root.of, &asked)?;
        let single = |end: Ref| match self.choices(root, end).as_slice() {
            [(only, _)] => Some(*only),
            // A missing row may give any of them: that is no outcome.
            _ => None,
        };
        let is_worse = |at: &&At| single(at.first).zip(single(at.second)).is_some_and(|(from, to)| to > from);
        let mut any = false;
        for at in trail.ends.iter().filter(is_worse).take(MOST_SHOWN) {
            any = true;
            let mut both = [Asked::default(), Asked::default()];
            let split = trail.note(&whole, self.number(root), *at, &asked, &mut both)?;
            if let (Some((first, second)), Some((part, pass, trail))) = (split, &below) {
                let values = self.parts.get(*part).map(|inner| &inner.values);
                let value = |place: usize| values.and_then(|values| values.get(place)).copied();
                let (Some(first), Some(second)) = (value(first), value(second)) else { continue };
                // Its levels are others than those of the whole.
                let inside = Question { slot, pairs, part: None };
                trail.note(pass, *part, At { first, second, split: true }, &inside, &mut both)?;
            }
            let [first, second] = &mut both;
            let parts: Vec<(usize, usize)> = trail.parts(&whole, *at);
            for (other, child) in parts.into_iter().filter(|(other, _)| Some(*other) != part) {
                let Some(inner) = self.parts.get(other) else { continue };
                let Some(value) = inner.values.get(child).copied() else { continue };
                let pass = self.pass(Root { at: Where::Part(other), of: inner.root }, within);
                way_down(&pass, other, inner.root, &|end| end == value, first)?;
            }
            // The second is the first except for the one answer.
            let worse = match self.completed(root, first, within) {
                Ok(world) => world,
                Err(Halt::Numbers) => continue,
                Err(ended) => return Err(ended),
            };
            let Ok(other) = self.completed(root, second, within) else { continue };
            let mut better = worse.clone();
            better.set(slot, other.get(slot).clone());
            if let Some((from, to)) = judged(&worse).zip(judged(&better)).filter(|(from, to)| to > from) {
                return Ok(Worsens::Shown(Box::new(Shown { worse, better, from, to })));
            }
        }
        Ok(if any { Worsens::Unshown } else { Worsens::Never })
    }
}

impl Pass<'_, '_> {
    /// Follows both completions.
    fn trail(&self, root: Ref, asked: &Question<'_>) -> Result<Trail, Ended> {
        let diagram = self.diagram;
        let store = &diagram.store;
        let mut trail = Trail { from: FxHashMap::default(), ends: Vec::new() };
        let start = At { first: root, second: root, split: false };
        let mut stack = vec![start];
        let mut next: Vec<(At, Step)> = Vec::new();
        while let Some(at) = stack.pop() {
            if at.first.is_end() && at.second.is_end() {
                if at.split {
                    trail.ends.push(at);
                }
                continue;
            }
            diagram.budget.step()?;
            let (one, other) = (store.level(at.first), store.level(at.second));
            let (upper, level) = if one <= other { (at.first, one) } else { (at.second, other) };
            if let Some(block) = diagram.tied_block(upper) {
                self.through(at, block, asked, &mut next)?;
            } else {
                self.down(at, level, asked, &mut next);
            }
            for (below, step) in next.drain(..) {
                if (below.split && below.first == below.second) || below == start {
                    continue;
                }
                if let std::collections::hash_map::Entry::Vacant(free) = trail.from.entry(below) {
                    free.insert((at, step));
                    stack.push(below);
                }
            }
        }
        trail.ends.sort_unstable();
        Ok(trail)
    }

    /// On from a level.
    fn down(&self, at: At, level: u32, asked: &Question<'_>, next: &mut Vec<(At, Step)>) {
        let diagram = self.diagram;
        let store = &diagram.store;
        let Some(found) = diagram.levels.get(level) else { return };
        let mut rows = Vec::new();
        let cuts = store.expand(level, &[at.first, at.second], &mut rows);
        let rows: Vec<(Ref, Ref)> =
            rows.chunks(2).filter_map(|row| Some((*row.first()?, *row.get(1)?))).collect();
        let told = |place: usize| match &found.asks {
            Asks::Number(numbers) => match place.checked_sub(numbers.specials.len()) {
                None => Told::Child(place),
                Some(0) => Told::Number(numbers.lo.clone()),
                Some(stretch) => {
                    let start = cuts.get(stretch - 1).and_then(|cut| store.cut(*cut).div(&numbers.step));
                    Told::Number(start.unwrap_or_else(|| numbers.lo.clone()))
                }
            },
            _ => Told::Child(place),
        };
        let mut split = |worse: usize, better: usize| {
            if let (Some((first, _)), Some((second, _))) = (rows.get(worse), rows.get(better)) {
                let below = At { first: *first, second: *second, split: true };
                next.push((below, Step::Level(level, told(worse), told(better))));
            }
        };
        if !at.split && asked.part.as_ref().is_some_and(|(part, _)| *part == level) {
            for (worse, better) in asked.part.iter().flat_map(|(_, values)| values) {
                split(*worse, *better);
            }
            return;
        }
        if !at.split && found.slot == asked.slot {
            match (&found.asks, asked.pairs) {
                (Asks::Values(values), Pairs::Values(worse, better)) => {
                    let place = |value: &Value| values.iter().position(|one| one == value);
                    if let (Some(worse), Some(better)) = (place(worse), place(better)) {
                        split(worse, better);
                    }
                }
                (Asks::Number(numbers), Pairs::Higher | Pairs::Lower) => {
                    // geen and n.v.t. have no good side. Where neighbours never worsen, none do.
                    for at in numbers.specials.len() + 1..rows.len() {
                        match asked.pairs {
                            Pairs::Higher => split(at - 1, at),
                            _ => split(at, at - 1),
                        }
                    }
                }
                _ => {}
            }
            return;
        }
        let open = self.open_together(level, [at.first, at.second]);
        for (place, ((first, second), open)) in rows.iter().zip(open).enumerate() {
            if open {
                let below = At { first: *first, second: *second, split: at.split };
                next.push((below, Step::Level(level, told(place), told(place))));
            }
        }
    }

    /// On through a block of numbers that hang together.
    fn through(
        &self,
        at: At,
        block: &Block,
        asked: &Question<'_>,
        next: &mut Vec<(At, Step)>,
    ) -> Result<(), Ended> {
        let place = self.diagram.levels.get(block.first).map_or(0, |level| level.block);
        let mut push = |split: bool, one: Way, other: Way| {
            let below = At { first: one.exit, second: other.exit, split };
            next.push((below, Step::Ways(place, Box::new((one, other)))));
        };
        let differs = !at.split && block.slots.contains(&asked.slot);
        if at.split || differs {
            let free: &[Slot] = if differs { &[asked.slot] } else { &[] };
            let more = differs.then(|| better(asked));
            for (one, other) in self.ways_together(at.first, at.second, block, free, more.as_ref())? {
                push(true, one, other);
            }
        } else {
            for way in self.ways(at.first, block)?.iter() {
                push(false, way.clone(), way.clone());
            }
        }
        Ok(())
    }
}

/// The condition that the second number is the better one, by at least a grid unit.
fn better(asked: &Question<'_>) -> Poly {
    let (first, second) = (Poly::of(asked.slot), Poly::of(Slot::MAX - asked.slot));
    let more = if *asked.pairs == Pairs::Lower { first.sub(&second) } else { second.sub(&first) };
    more.sub(&Poly::fixed(Number::ONE))
}

impl Trail {
    /// The steps to a place, from the last.
    fn steps(&self, mut at: At) -> Vec<&Step> {
        let mut steps = Vec::new();
        while let Some((before, step)) = self.from.get(&at) {
            steps.push(step);
            at = *before;
        }
        steps
    }

    /// The parts on the way, with the values that both take there.
    fn parts(&self, pass: &Pass<'_, '_>, end: At) -> Vec<(usize, usize)> {
        let part = |step: &&Step| match step {
            Step::Level(level, Told::Child(child), _) => match pass.diagram.levels.get(*level)?.asks {
                Asks::Part(part) => Some((part, *child)),
                _ => None,
            },
            _ => None,
        };
        self.steps(end).iter().filter_map(part).collect()
    }

    /// Notes what both answer on the way to a pair of ends of the diagram with this number. Returns the values that they take at the part in
    /// which they differ, if that is where they differ.
    fn note(
        &self,
        pass: &Pass<'_, '_>,
        which: usize,
        end: At,
        question: &Question<'_>,
        [first, second]: &mut [Asked; 2],
    ) -> Result<Option<(usize, usize)>, Ended> {
        let diagram = pass.diagram;
        let mut split = None;
        for step in self.steps(end) {
            match step {
                Step::Level(level, one, other) => {
                    if let (Some((part, _)), Told::Child(one), Told::Child(other)) =
                        (&question.part, one, other)
                        && part == level
                    {
                        split = Some((*one, *other));
                        continue;
                    }
                    diagram.answer_to(*level, one, first);
                    diagram.answer_to(*level, other, second);
                }
                Step::Ways(place, ways) => {
                    let (one, other) = &**ways;
                    let Some(block) = diagram.levels.blocks.get(*place) else { continue };
                    let same = one == other;
                    let free: &[Slot] =
                        if !same && block.slots.contains(&question.slot) { &[question.slot] } else { &[] };
                    let more = (!free.is_empty()).then(|| better(question));
                    let system = pass.system_together(one, other, block, free, more.as_ref());
                    let Some(point) =
                        system.map(|system| system.point(&diagram.solver)).transpose()?.flatten()
                    else {
                        continue;
                    };
                    let fixed = |way: &Way, again: bool| {
                        let mut found = Way::free(way.exit);
                        for slot in &block.slots {
                            let name = if again && free.contains(slot) { Slot::MAX - slot } else { *slot };
                            let special =
                                [way, one, other].into_iter().find_map(|way| match way.piece(*slot) {
                                    Some(Piece::Special(value)) => Some(Piece::Special(value.clone())),
                                    _ => None,
                                });
                            let number =
                                point.get(&name).map(|unit| Piece::Between(unit.clone(), unit.clone()));
                            found.pieces.extend(number.or(special).map(|piece| (*slot, piece)));
                        }
                        found
                    };
                    first.ways.insert((which, *place), fixed(one, false));
                    second.ways.insert((which, *place), fixed(other, true));
                }
            }
        }
        Ok(split)
    }
}

impl Diagram<'_> {
    /// Notes an answer to a level.
    fn answer_to(&self, level: u32, told: &Told, asked: &mut Asked) {
        let Some(level) = self.levels.get(level) else { return };
        match (&level.asks, told) {
            (Asks::Values(values), Told::Child(child)) => {
                asked.values.extend(values.get(*child).map(|value| (level.slot, value.clone())));
            }
            (Asks::Number(numbers), Told::Child(child)) => {
                let special = numbers.specials.get(*child).cloned().map(Piece::Special);
                asked.pieces.extend(special.map(|piece| (level.slot, piece)));
            }
            (Asks::Number(_), Told::Number(unit)) => {
                asked.pieces.insert(level.slot, Piece::Between(unit.clone(), unit.clone()));
            }
            (Asks::SetOr(kinds), Told::Child(child)) if *child > 0 => {
                asked.values.extend(kinds.get(*child).map(|value| (level.slot, value.clone())));
            }
            (Asks::Group { mask, counted }, Told::Child(child)) => {
                asked.groups.entry(level.slot).or_default().push((*mask, *counted, *child));
            }
            _ => {}
        }
    }
}
