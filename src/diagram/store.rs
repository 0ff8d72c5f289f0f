//! The store of diagrams: arrays of nodes, each function once.
//!
//! A node asks one thing (its level) and has a child per answer. A level of numbers has first a child per answer that is not
//! a number, then a child per stretch of numbers, with a cut between each two. Invariants: children are below their parent,
//! no node has all its children equal, neighbouring stretches have different children; so equal functions are one reference.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use crate::value::number::Number;

/// A node, or an end of a diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Ref(u32);

/// The bit that tells ends from nodes.
const END: u32 = 1 << 31;

/// The level of everything that is not a node.
pub(crate) const BELOW: u32 = u32::MAX;

impl Ref {
    /// The end of this number.
    pub(crate) const fn end(at: u32) -> Self {
        Self(END | at)
    }

    /// Whether it is an end.
    pub(crate) const fn is_end(self) -> bool {
        self.0 & END != 0
    }

    /// The number among the ends, or among the nodes.
    pub(crate) const fn index(self) -> usize {
        (self.0 & !END) as usize
    }
}

/// The boundary between two stretches: the first number of the second one, by its place in [`Store::cut`].
pub(crate) type Cut = u32;

#[derive(Debug, Clone, Copy)]
struct Node {
    level: u32,
    kids: u32,
    len: u32,
    cuts: u32,
}

/// How the children of a level's nodes are laid out.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Shape {
    /// Numbers: first children for what is not a number, then stretches. Otherwise a child per answer.
    pub(crate) numbers: bool,
    /// How many answers are not numbers; for other levels how many answers there are.
    pub(crate) specials: u32,
}

/// All nodes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Store {
    nodes: Vec<Node>,
    kids: Vec<Ref>,
    cuts: Vec<Cut>,
    /// Open addressing: places of nodes, plus 1; 0 is free.
    table: Vec<u32>,
    shapes: Vec<Shape>,
    numbers: Vec<Number>,
    places: FxHashMap<Number, Cut>,
}

impl Store {
    /// Adds a level below all others.
    pub(crate) fn level_of(&mut self, shape: Shape) -> u32 {
        let at = u32::try_from(self.shapes.len()).unwrap_or(BELOW);
        self.shapes.push(shape);
        at
    }

    /// Changes how a level is laid out; it has no nodes yet.
    pub(crate) fn reshape(&mut self, level: u32, shape: Shape) {
        if let Some(old) = self.shapes.get_mut(level as usize) {
            *old = shape;
        }
    }

    /// How a level is laid out.
    pub(crate) fn shape(&self, level: u32) -> Shape {
        self.shapes.get(level as usize).copied().unwrap_or_default()
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// About how many bytes are held.
    pub(crate) fn bytes(&self) -> usize {
        self.nodes.capacity() * 16 + (self.kids.capacity() + self.cuts.capacity() + self.table.capacity()) * 4
    }

    /// The number a cut stands for.
    pub(crate) fn cut(&self, cut: Cut) -> &Number {
        static NOWHERE: Number = Number::ZERO;
        self.numbers.get(cut as usize).unwrap_or(&NOWHERE)
    }

    /// The cut at a number.
    pub(crate) fn cut_at(&mut self, number: &Number) -> Cut {
        if let Some(cut) = self.places.get(number) {
            return *cut;
        }
        let cut = Cut::try_from(self.numbers.len()).unwrap_or(Cut::MAX);
        self.numbers.push(number.clone());
        self.places.insert(number.clone(), cut);
        cut
    }

    fn node(&self, of: Ref) -> Option<&Node> {
        if of.is_end() { None } else { self.nodes.get(of.index()) }
    }

    /// The level of a node; [`BELOW`] for an end.
    #[inline]
    pub(crate) fn level(&self, of: Ref) -> u32 {
        self.node(of).map_or(BELOW, |node| node.level)
    }

    /// The children of a node; none of an end.
    #[inline]
    pub(crate) fn kids(&self, of: Ref) -> &[Ref] {
        let Some(node) = self.node(of) else { return &[] };
        self.kids.get(node.kids as usize..(node.kids + node.len) as usize).unwrap_or_default()
    }

    /// The cuts of a node of numbers, ascending; none of another.
    #[inline]
    pub(crate) fn cuts(&self, of: Ref) -> &[Cut] {
        let Some(node) = self.node(of) else { return &[] };
        let shape = self.shape(node.level);
        if !shape.numbers {
            return &[];
        }
        let count = node.len.saturating_sub(shape.specials + 1);
        self.cuts.get(node.cuts as usize..(node.cuts + count) as usize).unwrap_or_default()
    }

    /// The node with these children, which stand below its level; the child itself where there is no choice.
    pub(crate) fn make(&mut self, level: u32, kids: &[Ref], cuts: &[Cut]) -> Ref {
        let Some(first) = kids.first() else { return Ref::end(0) };
        if kids.iter().all(|kid| kid == first) {
            return *first;
        }
        let shape = self.shape(level);
        let specials = shape.specials as usize;
        if shape.numbers && kids.windows(2).skip(specials).any(|pair| pair.first() == pair.get(1)) {
            let mut merged: Vec<Ref> = kids.iter().take(specials + 1).copied().collect();
            let mut kept = Vec::with_capacity(cuts.len());
            for (kid, cut) in kids.iter().skip(specials + 1).zip(cuts) {
                if merged.last() != Some(kid) {
                    merged.push(*kid);
                    kept.push(*cut);
                }
            }
            return self.intern(level, &merged, &kept);
        }
        self.intern(level, kids, cuts)
    }

    fn intern(&mut self, level: u32, kids: &[Ref], cuts: &[Cut]) -> Ref {
        if self.table.len() < 2 * (self.nodes.len() + 1) {
            self.grow();
        }
        let mask = self.table.len().saturating_sub(1);
        let mut at = hash(level, kids, cuts) & mask;
        loop {
            match self.table.get(at) {
                Some(0) | None => break,
                Some(place) => {
                    let found = Ref(place - 1);
                    // Most have few children and no cuts: comparing those with `memcmp` takes longer.
                    let same = |found: Ref| {
                        let (own, at) = (self.kids(found), self.cuts(found));
                        own.len() == kids.len()
                            && at.len() == cuts.len()
                            && own.iter().eq(kids)
                            && at.iter().eq(cuts)
                    };
                    if self.level(found) == level && same(found) {
                        return found;
                    }
                }
            }
            at = (at + 1) & mask;
        }
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let made = Ref(count(self.nodes.len()));
        self.nodes.push(Node {
            level,
            kids: count(self.kids.len()),
            len: count(kids.len()),
            cuts: count(self.cuts.len()),
        });
        self.kids.extend_from_slice(kids);
        self.cuts.extend_from_slice(cuts);
        if let Some(place) = self.table.get_mut(at) {
            *place = made.0 + 1;
        }
        made
    }

    fn grow(&mut self) {
        let size = (self.table.len() * 4).max(1 << 8);
        let mut table = vec![0_u32; size];
        for at in 0..u32::try_from(self.nodes.len()).unwrap_or(0) {
            let of = Ref(at);
            let mut place = hash(self.level(of), self.kids(of), self.cuts(of)) & (size - 1);
            while table.get(place).is_some_and(|taken| *taken != 0) {
                place = (place + 1) & (size - 1);
            }
            if let Some(free) = table.get_mut(place) {
                *free = at + 1;
            }
        }
        self.table = table;
    }

    /// For every child that a level has for these diagrams together, what each diagram becomes, one after the other in `rows`. Returns the
    /// cuts.
    pub(crate) fn expand(&self, level: u32, of: &[Ref], rows: &mut Vec<Ref>) -> Vec<Cut> {
        let shape = self.shape(level);
        let here = |f: &Ref| self.level(*f) == level;
        for at in 0..shape.specials as usize {
            rows.extend(
                of.iter().map(|f| if here(f) { self.kids(*f).get(at).copied().unwrap_or(*f) } else { *f }),
            );
        }
        if !shape.numbers {
            return Vec::new();
        }
        let mut cuts: Vec<Cut> = of.iter().filter(|f| here(f)).flat_map(|f| self.cuts(*f)).copied().collect();
        if of.iter().filter(|f| here(f)).count() > 1 {
            cuts.sort_by(|a, b| self.cut(*a).cmp(self.cut(*b)));
            cuts.dedup();
        }
        for stretch in 0..=cuts.len() {
            let start = stretch.checked_sub(1).and_then(|before| cuts.get(before));
            for f in of {
                if !here(f) {
                    rows.push(*f);
                    continue;
                }
                let own = self.cuts(*f);
                let at = start.map_or(0, |start| {
                    let start = self.cut(*start);
                    own.partition_point(|cut| self.cut(*cut) <= start)
                });
                rows.push(self.kids(*f).get(shape.specials as usize + at).copied().unwrap_or(*f));
            }
        }
        cuts
    }

    /// All nodes below, itself included, from the lowest level up; and the ends, ascending.
    pub(crate) fn below(&self, of: Ref) -> (Vec<Ref>, Vec<Ref>) {
        let mut seen = vec![false; self.nodes.len()];
        let (mut nodes, mut ends, mut stack) = (Vec::new(), Vec::new(), vec![of]);
        while let Some(next) = stack.pop() {
            if next.is_end() {
                ends.push(next);
                continue;
            }
            if let Some(seen) = seen.get_mut(next.index()).filter(|seen| !**seen) {
                *seen = true;
                nodes.push(next);
                stack.extend_from_slice(self.kids(next));
            }
        }
        ends.sort_unstable();
        ends.dedup();
        nodes.sort_by_key(|node| (std::cmp::Reverse(self.level(*node)), *node));
        (nodes, ends)
    }
}

fn hash(level: u32, kids: &[Ref], cuts: &[Cut]) -> usize {
    let mut hasher = FxHasher::default();
    level.hash(&mut hasher);
    for kid in kids {
        kid.0.hash(&mut hasher);
    }
    cuts.hash(&mut hasher);
    // The lower bits are mixed best.
    usize::try_from(hasher.finish() & u64::from(u32::MAX)).unwrap_or(0)
}
