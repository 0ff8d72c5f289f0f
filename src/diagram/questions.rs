//! Which open answers matter, and what each answer leaves.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::budget::Ended;
use crate::number::Number;
use crate::possible::{Core, Possible, Set, Slot};
use crate::value::Value;
use crate::world::World;

use super::build::{Diagram, Halt};
use super::engine::{Combination, Engine, Root, Where, Within};
use super::levels::{Asks, is_set, used};
use super::pass::{Bits, Flow, Pass};
use super::store::Ref;
use super::system::Stretch;

/// A set of options with more sets than this that rules can tell apart is not taken apart.
const MOST_SETS: usize = 1 << 12;

/// A number with more stretches than this is not taken apart.
const MOST_STRETCHES: i64 = 5_000;

/// An answer's slots: its own, and for an open list those of its items and sums.
pub(crate) type Slots = Vec<Slot>;

/// What was found about one open answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Matter {
    /// It can change the first of the choices.
    pub(crate) first: bool,
    /// What its answers leave: places among the combinations. Answers that leave the same stand apart here.
    pub(crate) classes: Vec<(Possible, Bits)>,
}

/// What is looked at: every open answer by a name, with its slots; and what each slot belongs to.
pub(crate) struct Asking<'a> {
    /// The slots of each answer, its own first.
    pub(crate) slots: &'a [Slots],
    /// The answer that a slot belongs to.
    pub(crate) of: &'a BTreeMap<Slot, usize>,
    /// The first choice of each combination.
    pub(crate) firsts: &'a [u16],
}

/// A diagram that is looked at: what some answers leave at its ends.
struct Looked<'d, 'p> {
    pass: Pass<'d, 'p>,
    flow: Flow,
    reach: FxHashMap<Ref, Bits>,
    ties: bool,
}

impl<'d, 'p> Looked<'d, 'p> {
    fn new(pass: Pass<'d, 'p>, root: Ref, ends: &dyn Fn(Ref) -> Bits) -> Result<Self, Ended> {
        let flow = pass.flow(root)?;
        let mut reach: FxHashMap<Ref, Bits> = FxHashMap::default();
        for end in flow.top.keys().filter(|end| end.is_end()) {
            reach.insert(*end, ends(*end));
        }
        for node in &flow.nodes {
            let mut all = Bits::default();
            for next in flow.next.get(node).into_iter().flat_map(|next| next.iter()) {
                if let Some(below) = reach.get(next) {
                    all.add(below);
                }
            }
            reach.insert(*node, all);
        }
        let ties = pass.diagram.has_ties();
        Ok(Self { pass, flow, reach, ties })
    }

    fn left(&self, of: Ref) -> Bits {
        self.reach.get(&of).cloned().unwrap_or_default()
    }

    /// Whether some two answers that differ only in these slots lead to different ends.
    fn depends(&self, own: &[Slot]) -> Result<bool, Ended> {
        let diagram = self.pass.diagram;
        for node in &self.flow.nodes {
            if let Some(block) = diagram.tied_block(*node) {
                let free: Vec<Slot> = own.iter().copied().filter(|slot| block.slots.contains(slot)).collect();
                if free.is_empty() {
                    continue;
                }
                for (a, b) in self.pass.pairs(*node, *node, block, &free)? {
                    if self.pass.differ(a, b)? {
                        return Ok(true);
                    }
                }
                continue;
            }
            let level = diagram.levels.get(diagram.store.level(*node));
            if !level.is_some_and(|level| own.contains(&level.slot)) {
                continue;
            }
            let kids = diagram.store.kids(*node).iter().zip(self.pass.open(*node));
            let mut kids: Vec<Ref> = kids.filter(|(_, open)| *open).map(|(kid, _)| *kid).collect();
            kids.sort_unstable();
            kids.dedup();
            if kids.len() < 2 {
                continue;
            }
            if !self.ties {
                return Ok(true);
            }
            for (at, kid) in kids.iter().enumerate() {
                for other in kids.iter().skip(at + 1) {
                    if self.pass.differ(*kid, *other)? {
                        return Ok(true);
                    }
                }
            }
        }
        Ok(false)
    }

    /// Where a stretch of levels is entered, and what is left where it is passed by.
    fn entries(&self, first: u32, end: u32) -> (Vec<Ref>, Bits) {
        let (mut entries, mut beside) = (Vec::new(), Bits::default());
        for (node, top) in &self.flow.top {
            if *top >= i64::from(first) {
                continue;
            }
            let level = self.pass.diagram.store.level(*node);
            if level >= end {
                beside.add(&self.left(*node));
            } else if level >= first {
                entries.push(*node);
            }
        }
        (entries, beside)
    }

    /// For every answer of a slot (numbers: every stretch) what it leaves.
    fn classes(&self, slot: Slot) -> Result<Vec<(Possible, Bits)>, Ended> {
        let diagram = self.pass.diagram;
        let now = self.pass.within.get(slot);
        if now.known().is_some() {
            return Ok(Vec::new());
        }
        if is_set(&diagram.world, slot) {
            return self.sets(slot);
        }
        let root = self.flow.top.iter().find(|(_, top)| **top == -1).map(|(root, _)| *root);
        let all = root.map(|root| self.left(root)).unwrap_or_default();
        let Some(level) = diagram.levels.of(slot).first().copied() else {
            return Ok(vec![(now.clone(), all)]);
        };
        let Some(block) = diagram.levels.block(level) else { return Ok(Vec::new()) };
        if block.is_tied() {
            return self.tied(slot, block);
        }
        let (entries, beside) = self.entries(level, level + 1);
        let child = |entry: &Ref, at: usize| diagram.store.kids(*entry).get(at).map(|kid| self.left(*kid));
        match diagram.levels.get(level).map(|level| &level.asks) {
            Some(Asks::Values(values)) => Ok(values
                .iter()
                .enumerate()
                .filter(|(_, value)| Diagram::admits(now, value))
                .map(|(at, value)| {
                    let mut left = beside.clone();
                    entries.iter().filter_map(|entry| child(entry, at)).for_each(|below| left.add(&below));
                    (Possible::Known(value.clone()), left)
                })
                .collect()),
            Some(Asks::Number(numbers)) => {
                let mut rows = Vec::new();
                let cuts = diagram.store.expand(level, &entries, &mut rows);
                let specials = numbers.specials.len();
                let leaves = |at: usize| {
                    let row = rows.get(at * entries.len()..(at + 1) * entries.len()).unwrap_or_default();
                    let mut left = beside.clone();
                    row.iter().for_each(|below| left.add(&self.left(*below)));
                    left
                };
                let mut found = Vec::new();
                if let Some(range) = now.as_range() {
                    for at in 0..=cuts.len() {
                        let from = at.checked_sub(1).and_then(|before| cuts.get(before));
                        let from = from.map_or(&range.lo, |cut| diagram.store.cut(*cut)).clone();
                        let to = cuts.get(at).map(|cut| diagram.store.cut(*cut).sub(&numbers.step));
                        let (from, to) = (
                            from.max(range.lo.clone()),
                            to.unwrap_or_else(|| range.hi.clone()).min(range.hi.clone()),
                        );
                        if from <= to {
                            found.push((Possible::range(from, to, range.date, None), leaves(specials + at)));
                        }
                    }
                }
                for (at, value) in numbers.specials.iter().enumerate() {
                    if Diagram::admits(now, value) {
                        found.push((Possible::Known(value.clone()), leaves(at)));
                    }
                }
                Ok(found)
            }
            _ => Ok(vec![(now.clone(), all)]),
        }
    }

    /// Of a number that hangs together with others: the stretches that each way through leaves it.
    fn tied(&self, slot: Slot, block: &super::levels::Block) -> Result<Vec<(Possible, Bits)>, Ended> {
        let diagram = self.pass.diagram;
        let Some((_, numbers)) = diagram.levels.number(slot) else { return Ok(Vec::new()) };
        let (entries, beside) = self.entries(block.first, block.end);
        let mut parts: Vec<(Stretch, Bits)> = Vec::new();
        let mut specials: Vec<Bits> = vec![beside.clone(); numbers.specials.len()];
        for entry in entries {
            for way in self.pass.ways(entry, block)?.iter() {
                let left = self.left(way.exit);
                match way.piece(slot) {
                    Some(super::ways::Piece::Special(value)) => {
                        let at = numbers.specials.iter().position(|special| special == value);
                        if let Some(bits) = at.and_then(|at| specials.get_mut(at)) {
                            bits.add(&left);
                        }
                        continue;
                    }
                    // Whatever it is: also what is no number.
                    None => specials.iter_mut().for_each(|bits| bits.add(&left)),
                    Some(super::ways::Piece::Between(..)) => {}
                }
                for stretch in self.pass.can_be(slot, way, block)?.unwrap_or_default() {
                    match parts.iter_mut().find(|(other, _)| *other == stretch) {
                        Some((_, bits)) => bits.add(&left),
                        None => parts.push((stretch, left.clone())),
                    }
                }
            }
        }
        let mut found = Vec::new();
        let date = numbers.date;
        if let Some((lo, hi)) = self.pass.range(slot) {
            let starts = self.starts(&lo, &hi, &mut parts);
            for (at, from) in starts.iter().enumerate() {
                let to = starts.get(at + 1).map_or_else(|| hi.clone(), |next| next.sub(&Number::ONE));
                let mut left = beside.clone();
                for (stretch, bits) in &parts {
                    let within = stretch.first <= *from && *from <= stretch.last;
                    if within && from.sub(&stretch.first).is_multiple_of(&stretch.every) {
                        left.add(bits);
                    }
                }
                let (from, to) = (from.mul(&numbers.step), to.mul(&numbers.step));
                found.push((Possible::range(from, to, date, None), left));
            }
        }
        let now = self.pass.within.get(slot);
        for (value, bits) in numbers.specials.iter().zip(specials) {
            if Diagram::admits(now, value) {
                found.push((Possible::Known(value.clone()), bits));
            }
        }
        Ok(found)
    }

    /// Where stretches of a number begin, between which nothing changes; ascending.
    fn starts(&self, lo: &Number, hi: &Number, parts: &mut [(Stretch, Bits)]) -> Vec<Number> {
        let mut starts: BTreeSet<Number> = BTreeSet::from([lo.clone()]);
        for (stretch, _) in parts.iter_mut() {
            let count = stretch.last.sub(&stretch.first).div(&stretch.every).unwrap_or_default();
            if stretch.every != Number::ONE && count <= Number::whole(MOST_STRETCHES) {
                let mut at = stretch.first.clone();
                while at <= stretch.last {
                    starts.insert(at.clone());
                    starts.insert(at.add(&Number::ONE));
                    at = at.add(&stretch.every);
                }
                continue;
            }
            if stretch.every != Number::ONE {
                // Too many to tell apart: all between may be possible.
                stretch.every = Number::ONE;
                self.pass.doubt.set(true);
            }
            starts.insert(stretch.first.clone());
            starts.insert(stretch.last.add(&Number::ONE));
        }
        starts.retain(|at| lo <= at && at <= hi);
        starts.into_iter().collect()
    }

    /// Of a set of options: every set that rules can tell apart.
    fn sets(&self, slot: Slot) -> Result<Vec<(Possible, Bits)>, Ended> {
        let diagram = self.pass.diagram;
        let now = self.pass.within.get(slot);
        let Possible::Open(Set { none, not_applicable, core: Core::Subset { must, may } }) = now else {
            return Ok(Vec::new());
        };
        let root = self.flow.top.iter().find(|(_, top)| **top == -1).map(|(root, _)| *root);
        let Some(root) = root else { return Ok(Vec::new()) };
        let levels = diagram.levels.of(slot);
        let sets = used(diagram.program, slot).sets(*must, *may, MOST_SETS);
        let (Some(sets), Some(last)) = (sets, levels.last()) else {
            return Ok(vec![(now.clone(), self.left(root))]);
        };
        let mut answers: Vec<Value> = sets.into_iter().map(Value::Choices).collect();
        answers.extend(none.then_some(Value::None));
        answers.extend(not_applicable.then_some(Value::NotApplicable));
        let mut found = Vec::with_capacity(answers.len());
        for answer in answers {
            let mut narrower = World::clone(self.pass.within);
            narrower.set(slot, Possible::Known(answer.clone()));
            let pass = Pass::new(diagram, &narrower, self.pass.parts, self.pass.doubt);
            let mut left = Bits::default();
            let mut seen = BTreeSet::new();
            let mut stack = vec![root];
            while let Some(node) = stack.pop() {
                if diagram.store.level(node) > *last {
                    left.add(&self.left(node));
                } else if seen.insert(node) {
                    stack.extend(pass.next(node)?);
                }
            }
            found.push((Possible::Known(answer), left));
        }
        Ok(found)
    }
}

impl Engine<'_> {
    /// The open answers that matter, of those asked for, with what each answer leaves. `all` are the combinations that can be,
    /// `root` the choices together, `first` the first of them.
    ///
    /// # Errors
    /// When the work of the call ended: what was found by then stands in `found`.
    pub(crate) fn questions(
        &mut self,
        (root, first): (Root, Root),
        all: &[Combination],
        within: &Within,
        asking: &Asking<'_>,
        found: &mut BTreeMap<usize, Matter>,
    ) -> Result<(), Halt> {
        let index: BTreeMap<&Combination, usize> = all.iter().zip(0..).collect();
        let ends = |end: Ref| {
            let mut bits = Bits::default();
            for choice in self.choices(root, end) {
                if let Some(at) = index.get(&choice) {
                    bits.insert(*at);
                }
            }
            bits
        };
        let both = Looked::new(self.pass(root, within), root.of, &ends)?;
        let alone = Looked::new(self.pass(first, within), first.of, &|_| Bits::default())?;
        look(&both, &alone, asking, found)?;
        if root.at != Where::Whole {
            return Ok(());
        }
        let inside = self.inside(&both, &alone)?;
        drop((both, alone));
        for (part, values) in inside {
            let (Some(inner), true) = (self.parts.get_mut(part), !values.is_empty()) else { continue };
            let ends: Vec<Ref> = inner.values.clone();
            let to = |like: &dyn Fn(&Seen) -> usize| -> BTreeMap<Ref, Ref> {
                let pairs = ends.iter().zip(&values);
                pairs.map(|(end, seen)| (*end, ends.get(like(seen)).copied().unwrap_or(*end))).collect()
            };
            let (by_both, by_first) = (to(&|seen| seen.like), to(&|seen| seen.like_first));
            let mut left: BTreeMap<Ref, Bits> = BTreeMap::new();
            for (end, seen) in ends.iter().zip(&values) {
                left.entry(by_both.get(end).copied().unwrap_or(*end)).or_default().add(&seen.left);
            }
            let (of_both, of_first) = (
                mapped(&mut inner.diagram, inner.root, &by_both),
                mapped(&mut inner.diagram, inner.root, &by_first),
            );
            let at = Where::Part(part);
            let (both, first) = (Root { at, of: of_both }, Root { at, of: of_first });
            let ends = |end: Ref| left.get(&end).cloned().unwrap_or_default();
            let both = Looked::new(self.pass(both, within), both.of, &ends)?;
            let alone = Looked::new(self.pass(first, within), first.of, &|_| Bits::default())?;
            look(&both, &alone, asking, found)?;
        }
        Ok(())
    }

    /// Per part that matters: of each of its values which other one is the same to the rest, and what it leaves.
    fn inside(
        &self,
        both: &Looked<'_, '_>,
        alone: &Looked<'_, '_>,
    ) -> Result<Vec<(usize, Vec<Seen>)>, Ended> {
        let mut found = Vec::new();
        for (part, inner) in self.parts.iter().enumerate() {
            let here = |looked: &Looked<'_, '_>| -> Vec<Ref> {
                let nodes = looked.flow.nodes.iter().copied();
                nodes.filter(|node| looked.pass.diagram.store.level(*node) == inner.level).collect()
            };
            let (nodes, firsts) = (here(both), here(alone));
            if nodes.is_empty() {
                continue;
            }
            let (_, beside) = both.entries(inner.level, inner.level + 1);
            let (like, like_first) =
                (alike(both, &nodes, inner.values.len())?, alike(alone, &firsts, inner.values.len())?);
            let values = like.into_iter().zip(like_first).enumerate().map(|(at, (like, like_first))| {
                let mut left = beside.clone();
                for node in &nodes {
                    if let Some(kid) = both.pass.diagram.store.kids(*node).get(at) {
                        left.add(&both.left(*kid));
                    }
                }
                Seen { like, like_first, left }
            });
            found.push((part, values.collect()));
        }
        Ok(found)
    }
}

/// A value of a part, as the rest sees it.
struct Seen {
    /// The first value that the rest cannot tell from it.
    like: usize,
    /// The same where only the first choice counts.
    like_first: usize,
    /// What it leaves.
    left: Bits,
}

/// Of each value the first that no node of the part's level tells from it.
fn alike(looked: &Looked<'_, '_>, nodes: &[Ref], count: usize) -> Result<Vec<usize>, Ended> {
    let store = &looked.pass.diagram.store;
    let kid = |node: &Ref, at: usize| store.kids(*node).get(at).copied();
    let mut firsts: BTreeMap<Vec<Option<Ref>>, usize> = BTreeMap::new();
    let mut found: Vec<usize> = Vec::with_capacity(count);
    for at in 0..count {
        let column: Vec<Option<Ref>> = nodes.iter().map(|node| kid(node, at)).collect();
        if let Some(first) = firsts.get(&column) {
            found.push(*first);
            continue;
        }
        let mut like = at;
        if looked.ties {
            for (other, first) in &firsts {
                let mut same = true;
                for (a, b) in column.iter().zip(other) {
                    if let (Some(a), Some(b)) = (a, b)
                        && looked.pass.differ(*a, *b)?
                    {
                        same = false;
                        break;
                    }
                }
                if same {
                    like = *first;
                    break;
                }
            }
        }
        firsts.insert(column, like);
        found.push(like);
    }
    Ok(found)
}

/// A diagram with its ends exchanged.
fn mapped(diagram: &mut Diagram<'_>, root: Ref, to: &BTreeMap<Ref, Ref>) -> Ref {
    let mut made: BTreeMap<Ref, Ref> = to.clone();
    for node in diagram.store.below(root).0 {
        let (level, cuts) = (diagram.store.level(node), diagram.store.cuts(node).to_vec());
        let kids: Vec<Ref> =
            diagram.store.kids(node).iter().map(|kid| made.get(kid).copied().unwrap_or(*kid)).collect();
        let one = diagram.store.make(level, &kids, &cuts);
        made.insert(node, one);
    }
    made.get(&root).copied().unwrap_or(root)
}

/// Looks at every open answer that a diagram reads.
fn look(
    both: &Looked<'_, '_>,
    alone: &Looked<'_, '_>,
    asking: &Asking<'_>,
    found: &mut BTreeMap<usize, Matter>,
) -> Result<(), Ended> {
    let diagram = both.pass.diagram;
    let mut names: BTreeSet<usize> = BTreeSet::new();
    for node in &both.flow.nodes {
        let slots: Vec<Slot> = match diagram.tied_block(*node) {
            Some(block) => block.slots.clone(),
            None => {
                diagram.levels.get(diagram.store.level(*node)).map(|level| level.slot).into_iter().collect()
            }
        };
        names.extend(slots.iter().filter_map(|slot| asking.of.get(slot)));
    }
    for name in names {
        let Some(own) = asking.slots.get(name) else { continue };
        let classes = match own.first() {
            Some(slot) => both.classes(*slot)?,
            None => Vec::new(),
        };
        let classes: Vec<(Possible, Bits)> =
            classes.into_iter().map(|(answer, left)| (answer, left.trimmed())).collect();
        // Answers that leave different results are proof enough; others may leave the same and yet turn one into another.
        let sure = !both.pass.doubt.get();
        let unlike = |of: &dyn Fn(&Bits) -> Bits| {
            let mut all = classes.iter().map(|(_, left)| of(left));
            let first = all.next();
            sure && all.any(|other| Some(&other) != first.as_ref())
        };
        if !unlike(&Bits::clone) && !both.depends(own)? {
            continue;
        }
        let firsts = |left: &Bits| {
            let mut firsts = Bits::default();
            left.iter()
                .filter_map(|at| asking.firsts.get(at))
                .for_each(|first| firsts.insert(usize::from(*first)));
            firsts.trimmed()
        };
        let first = unlike(&firsts) || alone.depends(own)?;
        found.insert(name, Matter { first, classes });
    }
    Ok(())
}
