//! Which open answers matter, and what each answer leaves.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::bits::Bits;
use super::build::{Diagram, Halt};
use super::engine::{Combination, Engine, Root, Where, Within};
use super::form::Poly;
use super::levels::{Asks, is_set, used};
use super::pass::{Flow, Pass};
use super::rows::{Row, others};
use super::store::Ref;
use super::summed::Summed;
use super::system::Stretch;
use super::term::FALSE;
use super::way::{Piece, Way};
use crate::evaluate::possible::{Core, Possible, Set, Slot};
use crate::evaluate::world::World;
use crate::limits::budget::Ended;
use crate::value::number::Number;
use crate::value::values::Value;

/// A question of options is not split where rules can tell apart more sets than this.
const MOST_SETS: usize = 1 << 12;

/// A set of options that criteria with many sums read is split up to this many places in rows of sums.
const MOST_PLACES: usize = 1 << 31;

/// A number with more stretches than this is not split.
const MOST_STRETCHES: i64 = 5_000;

/// An answer's slots: its own, and for an open list also those of its items and sums.
pub(crate) type Slots = Vec<Slot>;

/// What was found about one open answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Matter {
    /// It can change the first of the choices.
    pub(crate) first: bool,
    /// What its answers leave: places among the combinations. Answers that leave the same are not merged here.
    pub(crate) classes: Vec<(Possible, Bits)>,
}

/// What is examined: every open answer by a name, with its slots; and the answer that each slot belongs to.
pub(crate) struct Asking<'a> {
    /// The slots of each answer, its own first.
    pub(crate) slots: &'a [Slots],
    /// The answer that a slot belongs to.
    pub(crate) of: &'a BTreeMap<Slot, usize>,
    /// The first choice of each combination.
    pub(crate) firsts: &'a [u16],
}

/// A diagram that is examined: what answers leave at its ends.
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

    /// Whether two completions that differ only in these slots ever lead to different ends.
    fn depends(&self, own: &[Slot]) -> Result<bool, Ended> {
        let diagram = self.pass.diagram;
        for node in &self.flow.nodes {
            if let Some(block) = diagram.tied_block(*node) {
                let free: Vec<Slot> = own.iter().copied().filter(|slot| block.slots.contains(slot)).collect();
                if free.is_empty() {
                    continue;
                }
                if self.pass.hangs_on(*node, block, &free)? {
                    return Ok(true);
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

    /// Where a stretch of levels is entered, and what is left where it is skipped.
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

    /// For a number that hangs together with others: the stretches that each way through leaves it.
    fn tied(&self, slot: Slot, block: &super::levels::Block) -> Result<Vec<(Possible, Bits)>, Ended> {
        let diagram = self.pass.diagram;
        let Some((_, numbers)) = diagram.levels.number(slot) else { return Ok(Vec::new()) };
        let (entries, beside) = self.entries(block.first, block.end);
        let mut parts: BTreeMap<Stretch, Bits> = BTreeMap::new();
        let mut specials: Vec<Bits> = vec![beside.clone(); numbers.specials.len()];
        let mut weakest = Weakest::default();
        for entry in entries {
            for way in self.pass.ways(entry, block)?.iter() {
                let left = self.left(way.exit);
                match way.piece(slot) {
                    Some(Piece::Special(value)) => {
                        let at = numbers.specials.iter().position(|special| special == value);
                        if let Some(bits) = at.and_then(|at| specials.get_mut(at)) {
                            bits.add(&left);
                        }
                        continue;
                    }
                    // Whatever it is, also where it is not a number.
                    None => specials.iter_mut().for_each(|bits| bits.add(&left)),
                    Some(Piece::Between(..)) => {}
                }
                weakest.add(way, left);
            }
        }
        for (way, left) in weakest.ways() {
            for stretch in self.pass.can_be(slot, &way, block)?.unwrap_or_default() {
                parts.entry(stretch).or_default().add(&left);
            }
        }
        let mut found = Vec::new();
        let date = numbers.date;
        if let Some((lo, hi)) = self.pass.range(slot) {
            let mut parts = merged(parts);
            let starts = self.starts(&lo, &hi, &mut parts);
            let mut left: Vec<Bits> = vec![beside; starts.len()];
            for (stretch, bits) in &parts {
                // A start is noted where a stretch begins, and where one ends.
                let first = starts.partition_point(|at| *at < stretch.first);
                let beyond = starts.partition_point(|at| *at <= stretch.last);
                for (at, left) in starts.iter().zip(&mut left).take(beyond).skip(first) {
                    if at.sub(&stretch.first).is_multiple_of(&stretch.every) {
                        left.add(bits);
                    }
                }
            }
            for (at, (from, left)) in starts.iter().zip(left).enumerate() {
                let to = starts.get(at + 1).map_or_else(|| hi.clone(), |next| next.sub(&Number::ONE));
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
                // Too many to tell apart: everything in between may be possible.
                stretch.every = Number::ONE;
                self.pass.doubt.set(true);
            }
            starts.insert(stretch.first.clone());
            starts.insert(stretch.last.add(&Number::ONE));
        }
        starts.retain(|at| lo <= at && at <= hi);
        starts.into_iter().collect()
    }

    /// For a set of options: every set that rules can tell apart.
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

/// More ways of a kind than this are not compared with each other.
const MOST_ALIKE: usize = 64;

/// What ways have in common that differ only in the fixed parts of their comparisons: what they leave, what they ask of numbers, and
/// the comparisons without their fixed parts.
type Alike = (Bits, Vec<(Slot, Piece)>, Vec<Vec<(Vec<Slot>, Number)>>);

/// Ways, without those that ask more than another way with the same end.
#[derive(Default)]
struct Weakest(BTreeMap<Alike, Vec<Vec<Number>>>);

impl Weakest {
    fn add(&mut self, way: &Way, left: Bits) {
        let mut rows: Vec<&Poly> = way.rows.iter().collect();
        rows.sort_by(|a, b| (&a.terms, &a.base).cmp(&(&b.terms, &b.base)));
        let bases: Vec<Number> = rows.iter().map(|row| row.base.clone()).collect();
        let terms = rows.into_iter().map(|row| row.terms.clone()).collect();
        let same = self.0.entry((left, way.pieces.clone(), terms)).or_default();
        // A greater fixed part asks less of the numbers.
        let asks_more = |one: &[Number], other: &[Number]| one.iter().zip(other).all(|(a, b)| a <= b);
        if same.len() <= MOST_ALIKE {
            if same.iter().any(|other| asks_more(&bases, other)) {
                return;
            }
            same.retain(|other| !asks_more(other, &bases));
        }
        same.push(bases);
    }

    fn ways(self) -> impl Iterator<Item = (Way, Bits)> {
        self.0.into_iter().flat_map(|((left, pieces, terms), all)| {
            all.into_iter().map(move |bases| {
                let rows = terms.iter().cloned().zip(bases).map(|(terms, base)| Poly { base, terms });
                let way = Way { pieces: pieces.clone(), rows: rows.collect(), ..Way::free(FALSE) };
                (way, left.clone())
            })
        })
    }
}

/// Merges stretches that leave the same, where they touch or overlap.
fn merged(parts: BTreeMap<Stretch, Bits>) -> Vec<(Stretch, Bits)> {
    let mut found: BTreeMap<Bits, Vec<Stretch>> = BTreeMap::new();
    for (stretch, bits) in parts {
        let same = found.entry(bits).or_default();
        match same.last_mut() {
            Some(last)
                if last.every == Number::ONE
                    && stretch.every == Number::ONE
                    && stretch.first <= last.last.add(&Number::ONE) =>
            {
                last.last = stretch.last.max(last.last.clone());
            }
            _ => same.push(stretch),
        }
    }
    let each = |(bits, all): (Bits, Vec<Stretch>)| {
        all.into_iter().map(move |stretch| (stretch, bits.clone())).collect::<Vec<_>>()
    };
    found.into_iter().flat_map(each).collect()
}

impl Engine<'_> {
    /// The open answers that matter, of those asked for, with what each answer leaves. `all` are the combinations that can be,
    /// `root` the choices together, `first` the first of them.
    ///
    /// # Errors
    /// When the work of the call ended: what was found by then is in `found`.
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
        let mut left: BTreeMap<Ref, Bits> = BTreeMap::new();
        for end in self.pass(root, within).ends(root.of)? {
            left.insert(end, ends(end));
        }
        let spread = self.spread(within);
        let mut waiting = vec![Looking { both: root, first, left }];
        while let Some(looking) = waiting.pop() {
            let Looking { both, first, left } = &looking;
            let of = |end: Ref| left.get(&end).cloned().unwrap_or_default();
            let both = Looked::new(self.pass(*both, within), both.of, &of)?;
            let alone = Looked::new(self.pass(*first, within), first.of, &|_| Bits::default())?;
            look(&both, &alone, asking, &spread, found)?;
            if looking.both.at != Where::Whole {
                continue;
            }
            let below = self.below(&both, &alone)?;
            drop((both, alone));
            for (at, inner, ends) in below {
                let to = |like: &dyn Fn(&Seen) -> Ref| -> BTreeMap<Ref, Ref> {
                    ends.iter().map(|(end, seen)| (*end, like(seen))).collect()
                };
                let (by_both, by_first) = (to(&|seen| seen.like), to(&|seen| seen.like_first));
                let mut left: BTreeMap<Ref, Bits> = BTreeMap::new();
                for seen in ends.values() {
                    left.entry(seen.like).or_default().add(&seen.left);
                }
                let diagram = match at {
                    Where::Part(part) => self.parts.get_mut(part).map(|part| &mut part.diagram),
                    _ => Some(&mut self.whole),
                };
                let Some(diagram) = diagram else { continue };
                let (both, first) = (mapped(diagram, inner, &by_both), mapped(diagram, inner, &by_first));
                waiting.push(Looking { both: Root { at, of: both }, first: Root { at, of: first }, left });
            }
        }
        for slot in spread {
            let Some(matter) = asking.of.get(&slot).and_then(|name| found.get_mut(name)) else { continue };
            matter.classes = self.spread_classes(root, slot, within, &index)?;
        }
        Ok(())
    }

    /// Open sets of options that several of the summed criteria read.
    fn spread(&self, within: &Within) -> BTreeSet<Slot> {
        let mut found = BTreeSet::new();
        for level in self.summed.iter().flat_map(|summed| &summed.summands).flat_map(|one| &one.levels) {
            if let Some(level) = self.whole.levels.get(*level)
                && is_set(&self.whole.world, level.slot)
                && within.world.get(level.slot).known().is_none()
                && self.whole.levels.of(level.slot).len() > 1
            {
                found.insert(level.slot);
            }
        }
        found
    }

    /// For such a set of options what each set leaves; not split where that is too much work.
    fn spread_classes(
        &self,
        root: Root,
        slot: Slot,
        within: &Within,
        index: &BTreeMap<&Combination, usize>,
    ) -> Result<Vec<(Possible, Bits)>, Halt> {
        let now = within.world.get(slot);
        let all = |combinations: BTreeSet<Combination>| {
            let mut bits = Bits::default();
            combinations.iter().filter_map(|one| index.get(one)).for_each(|at| bits.insert(*at));
            bits.trimmed()
        };
        let sets = match now {
            Possible::Open(Set { none: false, not_applicable: false, core: Core::Subset { must, may } }) => {
                used(self.program, slot).sets(*must, *may, MOST_SETS)
            }
            _ => None,
        };
        let places = self.summed.as_ref().map_or(0, |summed| {
            summed.length * summed.summands.iter().map(|summand| summand.values.len()).sum::<usize>()
        });
        let sets = sets.filter(|sets| sets.len().saturating_mul(places) <= MOST_PLACES);
        let Some(sets) = sets else { return Ok(vec![(now.clone(), all(self.combinations(root, within)?))]) };
        let mut found = Vec::with_capacity(sets.len());
        for set in sets {
            let answer = Possible::Known(Value::Choices(set));
            let mut narrower = World::clone(&within.world);
            narrower.set(slot, answer.clone());
            let narrower = self.within(std::rc::Rc::new(narrower))?;
            found.push((answer, all(self.combinations(root, &narrower)?)));
        }
        Ok(found)
    }

    /// What is below levels of parts and of the sum, by what the rest sees of it.
    fn below(&self, both: &Looked<'_, '_>, alone: &Looked<'_, '_>) -> Result<Vec<Below>, Halt> {
        let mut found = Vec::new();
        for (part, inner) in self.parts.iter().enumerate() {
            if let Some(seen) = inside(both, alone, inner.level, inner.values.len())? {
                let value = |at: usize| inner.values.get(at).copied().unwrap_or(inner.root);
                let ends = inner.values.iter().zip(&seen).map(|(end, seen)| {
                    let (like, like_first) = (value(seen.like), value(seen.like_first));
                    (*end, Seen { like, like_first, left: seen.left.clone() })
                });
                found.push((Where::Part(part), inner.root, ends.collect()));
            }
        }
        if let Some(summed) = &self.summed
            && let Some(seen) = inside(both, alone, summed.level, summed.classes.len())?
        {
            self.below_sum(summed, &seen, both, &mut found)?;
        }
        Ok(found)
    }

    /// The same for the criteria that are summed: values of one are alike where no sum of the others tells them apart.
    fn below_sum(
        &self,
        summed: &Summed,
        seen: &[Class],
        both: &Looked<'_, '_>,
        found: &mut Vec<Below>,
    ) -> Result<(), Halt> {
        let budget = both.pass.diagram.budget;
        let left = both.pass.of_summands(summed)?;
        let keep = |at: usize, end: Ref| left.get(at).is_some_and(|ends| ends.contains(&end));
        let distances = summed.distances(&keep);
        // Classes that are the same to the rest are merged.
        let merged = |like: &dyn Fn(&Class) -> usize| -> Vec<Row> {
            let mut rows: BTreeMap<usize, Row> = BTreeMap::new();
            for (class, row) in seen.iter().zip(&summed.classes) {
                match rows.get_mut(&like(class)) {
                    Some(all) => all.join(row),
                    None => {
                        rows.insert(like(class), row.clone());
                    }
                }
            }
            rows.into_values().collect()
        };
        let (by_both, by_first) = (merged(&|class| class.like), merged(&|class| class.like_first));
        others::<Halt>(&distances, summed.length, budget, &mut |at, row| {
            let Some(summand) = summed.summands.get(at) else { return Ok(()) };
            let like = |classes: &[Row]| -> Result<BTreeMap<usize, usize>, Halt> {
                let (mut firsts, mut like): (Vec<usize>, BTreeMap<usize, usize>) = Default::default();
                for by in distances.get(at).into_iter().flatten() {
                    let mut same = None;
                    for first in &firsts {
                        let mut apart = false;
                        for class in classes {
                            apart = apart || row.parts(class, *first, *by, budget)?;
                        }
                        if !apart {
                            same = Some(*first);
                            break;
                        }
                    }
                    if same.is_none() {
                        firsts.push(*by);
                    }
                    like.insert(*by, same.unwrap_or(*by));
                }
                Ok(like)
            };
            let (like, like_first) = (like(&by_both)?, like(&by_first)?);
            let end_of = |by: Option<&usize>| {
                let by = by?;
                summand.values.iter().find(|(end, own)| own == by && keep(at, *end)).map(|(end, _)| *end)
            };
            let mut ends = BTreeMap::new();
            for (end, by) in summand.values.iter().filter(|(end, _)| keep(at, *end)) {
                let mut left = Bits::default();
                for (class, row_of) in seen.iter().zip(&summed.classes) {
                    if row.meets(row_of, *by, budget)? {
                        left.add(&class.left);
                    }
                }
                let like = end_of(like.get(by)).unwrap_or(*end);
                let like_first = end_of(like_first.get(by)).unwrap_or(*end);
                ends.insert(*end, Seen { like, like_first, left });
            }
            found.push((Where::Whole, summand.root, ends));
            Ok(())
        })
    }
}

/// A diagram to examine.
struct Looking {
    both: Root,
    first: Root,
    /// What its ends leave.
    left: BTreeMap<Ref, Bits>,
}

/// A diagram below a level: where it stands, its root, and its ends.
type Below = (Where, Ref, BTreeMap<Ref, Seen>);

/// An end of a diagram below, as the rest sees it.
struct Seen {
    /// The first end that the rest cannot tell from it.
    like: Ref,
    /// The same where only the first choice counts.
    like_first: Ref,
    /// What it leaves.
    left: Bits,
}

/// A child of a level, in the same way.
struct Class {
    like: usize,
    like_first: usize,
    left: Bits,
}

/// For each child of a level which other child is the same to the rest, and what it leaves. None: the level does not matter.
fn inside(
    both: &Looked<'_, '_>,
    alone: &Looked<'_, '_>,
    level: u32,
    count: usize,
) -> Result<Option<Vec<Class>>, Ended> {
    let here = |looked: &Looked<'_, '_>| -> Vec<Ref> {
        let nodes = looked.flow.nodes.iter().copied();
        nodes.filter(|node| looked.pass.diagram.store.level(*node) == level).collect()
    };
    let (nodes, firsts) = (here(both), here(alone));
    if nodes.is_empty() {
        return Ok(None);
    }
    let (_, beside) = both.entries(level, level + 1);
    let (like, like_first) = (alike(both, &nodes, count)?, alike(alone, &firsts, count)?);
    let classes = like.into_iter().zip(like_first).enumerate().map(|(at, (like, like_first))| {
        let mut left = beside.clone();
        for node in &nodes {
            if let Some(kid) = both.pass.diagram.store.kids(*node).get(at) {
                left.add(&both.left(*kid));
            }
        }
        Class { like, like_first, left }
    });
    Ok(Some(classes.collect()))
}

/// For each value the first one that no node of the part's level tells from it.
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

/// Examines every open answer that a diagram reads.
fn look(
    both: &Looked<'_, '_>,
    alone: &Looked<'_, '_>,
    asking: &Asking<'_>,
    spread: &BTreeSet<Slot>,
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
        if own.iter().any(|slot| spread.contains(slot)) {
            // Other diagrams read it as well: what its answers leave is examined afterwards.
            if both.depends(own)? {
                let first = alone.depends(own)?;
                found.entry(name).or_default().first |= first;
            }
            continue;
        }
        let classes = match own.first() {
            Some(slot) => both.classes(*slot)?,
            None => Vec::new(),
        };
        let classes: Vec<(Possible, Bits)> =
            classes.into_iter().map(|(answer, left)| (answer, left.trimmed())).collect();
        // Answers that leave different results are proof enough. Others may leave the same set and still change the result.
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
