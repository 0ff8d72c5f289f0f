//! What the numbers of a block can be in a world, and what was found about the block there: the same for all worlds that differ only
//! elsewhere.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::evaluate::possible::{Possible, Slot};
use crate::value::number::Number;

use super::form::Poly;
use super::glance::Stand;
use super::linked::{Linked, Reach};
use super::store::Ref;
use super::system::{Stretch, System};
use super::way::{Piece, Span};

/// Where a block is left from a node, by the ways that the numbers allow, with what each way asks of the numbers; nothing where it does
/// not matter which way it is.
pub(crate) type Outs = Rc<Vec<(Ref, Option<Rc<WayAsks>>)>>;

/// What a way asks of numbers, with the known ones filled in.
#[derive(Debug)]
pub(crate) struct WayAsks {
    /// What is asked of several of them together, and the ends of each.
    pub(crate) system: System,
    /// Those that are open.
    pub(crate) open: Vec<Slot>,
}

/// Numbers from which on something changes, in grid units.
pub(super) type Turns = Rc<BTreeSet<Number>>;

/// The numbers of a block as a world leaves them, and what is made of them once.
pub(super) struct Standing {
    /// Each at its least, by slot, ascending. None: one of them is not a number there.
    pub(super) stands: Option<Vec<Rc<Stand>>>,
    /// What always holds of them; none: that is not so simple.
    linked: OnceCell<Option<Linked>>,
    /// The range of each sum of them, by the level of its first comparison.
    sums: RefCell<FxHashMap<u32, Option<Sum>>>,
    /// Where the block is left, by where it is entered.
    pub(super) exits: RefCell<FxHashMap<Ref, Rc<Vec<Ref>>>>,
    /// The ways that lead there.
    pub(super) outs: RefCell<FxHashMap<Ref, Outs>>,
    /// The numbers from which on another exit may be reached, by where the block is entered.
    pub(super) turns: RefCell<FxHashMap<(Ref, Slot), Turns>>,
}

/// The standings of blocks in the worlds that were looked at.
#[derive(Default)]
pub(super) struct Standings {
    /// By the block's first level and the places of its numbers among those seen.
    pub(super) of: FxHashMap<(u32, Box<[u32]>), Rc<Standing>>,
    /// For each number what it was seen to be.
    pub(super) seen: FxHashMap<Slot, FxHashMap<Possible, Seen>>,
}

/// One thing that a number was seen to be.
#[derive(Clone)]
pub(super) struct Seen {
    /// Its place among those of the number.
    pub(super) at: u32,
    /// The number at its least; none: it is not a number.
    pub(super) stand: Option<Rc<Stand>>,
}

impl Standing {
    /// A standing of numbers at their least.
    pub(super) fn new(stands: Option<Vec<Rc<Stand>>>) -> Self {
        let (exits, outs, turns) = (RefCell::default(), RefCell::default(), RefCell::default());
        Self { stands, linked: OnceCell::new(), sums: RefCell::default(), exits, outs, turns }
    }

    /// What always holds of the numbers; none: that is not so simple, or one of them is no number.
    fn linked(&self, always: &[Poly]) -> Option<&Linked> {
        self.linked.get_or_init(|| Linked::new(always, self.stands.as_deref()?)).as_ref()
    }

    /// Whether a sum of the numbers, of which some lie between narrower ends, can lie in a span; none: that does not tell.
    /// `always` holds of the numbers.
    pub(super) fn meets(
        &self,
        span: &Span,
        terms: &[(Vec<Slot>, Number)],
        (pieces, always): (&[(Slot, Piece)], &[Poly]),
    ) -> Option<bool> {
        let mut known = self.sums.borrow_mut();
        let linked = self.linked(always)?;
        let sum = known.entry(span.like).or_insert_with(|| Sum::new(terms, self.stands.as_deref()?, linked));
        let sum = sum.as_ref()?;
        // Narrower numbers reach no further.
        match sum.meets(span) {
            Some(false) => Some(false),
            told if pieces.is_empty() => told,
            _ if pieces.iter().any(|(slot, _)| linked.has(*slot)) => None,
            _ => match self.narrowed(sum, terms, pieces)? {
                Some(sum) => sum.meets(span),
                None => Some(false),
            },
        }
    }

    /// A sum with some of its numbers, of which nothing else holds, between narrower ends. None inside: nothing is left of one of
    /// them. None: one of them is not a number there.
    fn narrowed(
        &self,
        sum: &Sum,
        terms: &[(Vec<Slot>, Number)],
        pieces: &[(Slot, Piece)],
    ) -> Option<Option<Sum>> {
        let (stands, mut sum) = (self.stands.as_deref()?, sum.clone());
        for (slot, piece) in pieces {
            let Piece::Between(from, to) = piece else { return None };
            let at = stands.binary_search_by_key(slot, |stand| stand.slot).ok()?;
            let Stand { lo, hi, .. } = &**stands.get(at)?;
            let (from, to) = (from.max(lo), to.min(hi));
            if from > to {
                return Some(None);
            }
            let own = terms.iter().filter(|(slots, _)| slots.as_slice() == [*slot]);
            for (_, factor) in own {
                let (up, down) = (factor.mul(&from.sub(lo)), factor.mul(&to.sub(hi)));
                let (low, high) = if factor.is_negative() { (down, up) } else { (up, down) };
                (sum.least, sum.most) = (sum.least.add(&low), sum.most.add(&high));
            }
        }
        Some(Some(sum))
    }
}

/// One number of a sum, and what the others add.
pub(super) struct Beside {
    /// What the number can be by itself.
    own: Reach,
    factor: Number,
    /// A count that is tied to it, where that is asked about.
    count: Option<Slot>,
    others: Sum,
}

impl Beside {
    /// Of a number, or of a count that is tied to one number of the sum. None: it is no number here or not in the sum, the sum is not
    /// one of whole multiples, or what `always` holds of its numbers is not so simple.
    pub(super) fn new(
        slot: Slot,
        terms: &[(Vec<Slot>, Number)],
        standing: &Standing,
        always: &[Poly],
    ) -> Option<Self> {
        let (stands, linked) = (standing.stands.as_deref()?, standing.linked(always)?);
        if !terms.iter().all(|(_, factor)| factor.is_whole()) {
            return None;
        }
        let is_own = |(slots, _): &(Vec<Slot>, Number)| slots.as_slice() == [slot];
        let counted = if terms.iter().any(is_own) { None } else { linked.counted_by(slot) };
        let of = counted.unwrap_or(slot);
        let (own, others): (Vec<_>, Vec<_>) =
            terms.iter().cloned().partition(|(slots, _)| slots.as_slice() == [of]);
        let [(_, factor)] = own.as_slice() else { return None };
        let own = linked.reach(of, terms, stands)?;
        let others = Sum::new(&others, stands, linked)?;
        Some(Self { own, factor: factor.clone(), count: counted.map(|_| slot), others })
    }

    /// What the number can be where the sum lies in a span. None: that does not tell.
    pub(super) fn left_by(&self, span: &Span, standing: &Standing, always: &[Poly]) -> Option<Vec<Stretch>> {
        let Sum { least: low, most: high, step } = &self.others;
        let (least, most) = (span.least.as_ref().map(Number::ceil), span.most.as_ref().map(Number::floor));
        if let (Some(least), Some(most)) = (&least, &most)
            && most.sub(least).add(&Number::ONE) < *step
        {
            return None;
        }
        let from = least.and_then(|least| least.sub(high).div(&self.factor));
        let to = most.and_then(|most| most.sub(low).div(&self.factor));
        let (from, to) = if self.factor.is_negative() { (to, from) } else { (from, to) };
        let (lo, hi) = self.own.ends()?;
        let from = from.map_or_else(|| lo.clone(), |from| from.ceil().max(lo.clone()));
        let to = to.map_or_else(|| hi.clone(), |to| to.floor().min(hi.clone()));
        if let Some(count) = self.count {
            return Some(standing.linked(always)?.counts(count, (&from, &to)));
        }
        let left =
            self.own.stretches.iter().map(|Stretch { first, last, .. }| {
                Stretch::all(first.max(&from).clone(), last.min(&to).clone())
            });
        Some(left.filter(|Stretch { first, last, .. }| first <= last).collect())
    }
}

/// A sum of multiples of whole numbers, each between its own ends, whatever the others are.
#[derive(Clone)]
struct Sum {
    least: Number,
    most: Number,
    /// From one possible value to the next is no further than this.
    step: Number,
}

impl Sum {
    fn new(terms: &[(Vec<Slot>, Number)], stands: &[Rc<Stand>], linked: &Linked) -> Option<Self> {
        let mut sum = Self { least: Number::ZERO, most: Number::ZERO, step: Number::ONE };
        for (slots, factor) in terms {
            let [slot] = slots.as_slice() else { return None };
            let reach = linked.reach(*slot, terms, stands)?;
            let (lo, hi) = reach.ends()?;
            let (low, high) = if factor.is_negative() { (hi, lo) } else { (lo, hi) };
            sum.least = sum.least.add(&factor.mul(low));
            sum.most = sum.most.add(&factor.mul(high));
            if lo < hi {
                sum.step = sum.step.max(factor.abs().mul(&reach.step));
            }
        }
        Some(sum)
    }

    /// Whether it can lie in a span; none: that does not tell.
    fn meets(&self, span: &Span) -> Option<bool> {
        let above = |at: &Number| span.least.as_ref().is_none_or(|least| least <= at);
        let below = |at: &Number| span.most.as_ref().is_none_or(|most| at <= most);
        if !above(&self.most) || !below(&self.least) {
            return Some(false);
        }
        // Both ends occur; a span in between may be stepped over.
        if (above(&self.least) && below(&self.least)) || (above(&self.most) && below(&self.most)) {
            return Some(true);
        }
        let room = span.most.as_ref()?.sub(span.least.as_ref()?).add(&Number::ONE);
        (self.step <= room).then_some(true)
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test")]
mod tests {
    use super::*;

    /// A list of 0 to 3 items (slot 3) with the sum over it (slot 2), beside two numbers of their own.
    const SLOTS: usize = 4;

    /// What is told of a sum by its ends is what trying every value says, and it is told often.
    #[test]
    fn a_sum_is_told_like_trying_every_value() {
        let mut seed = 11_u64;
        let mut next = |below: i64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i64::try_from(seed >> 33).unwrap_or_default() % below
        };
        let n = Number::whole;
        let mut told = [0; 2];
        for round in 0..2_000 {
            let (from, to) = (next(3), 3 + next(3));
            let times = |by| Poly::of(3).scale(&n(by));
            let always = [Poly::of(2).sub(&times(from)), times(to).sub(&Poly::of(2))];
            let lows: [i64; SLOTS] = [next(3) - 1, next(2), next(4), next(2)];
            let ends = lows.map(|low| (low, low + next(4)));
            let stands = (0..).zip(ends).map(|(slot, (lo, hi))| Rc::new(Stand::new(slot, &n(lo), &n(hi))));
            let standing = Standing::new(Some(stands.collect()));
            let factors = [next(7) - 3, next(5) - 2, next(5) - 2];
            let terms = (0..).zip(factors).filter(|(_, by)| *by != 0);
            let terms: Vec<(Vec<Slot>, Number)> = terms.map(|(slot, by)| (vec![slot], n(by))).collect();
            let least = next(24) - 12;
            let span = Span {
                like: 0,
                least: (next(4) != 0).then(|| n(least)),
                most: (next(4) != 0).then(|| n(least + next(6))),
            };
            let piece = (next(2) == 0).then(|| (ends[0].0 + next(2), ends[0].1 - next(2)));
            let pieces = piece.map(|(from, to)| (0, Piece::Between(n(from), n(to))));
            let mut can_be = vec![Vec::new(); SLOTS];
            let mut goes = false;
            let each = |slot: usize| ends[slot].0..=ends[slot].1;
            for (a, b) in each(0).flat_map(|a| each(1).map(move |b| (a, b))) {
                for (sum, count) in each(2).flat_map(|sum| each(3).map(move |count| (sum, count))) {
                    let at = n(a * factors[0] + b * factors[1] + sum * factors[2]);
                    if count * from > sum
                        || sum > count * to
                        || span.least.as_ref().is_some_and(|least| at < *least)
                        || span.most.as_ref().is_some_and(|most| at > *most)
                    {
                        continue;
                    }
                    [a, b, sum, count].into_iter().zip(&mut can_be).for_each(|(at, all)| all.push(at));
                    goes |= piece.is_none_or(|(from, to)| from <= a && a <= to);
                }
            }
            if let Some(found) = standing.meets(&span, &terms, (pieces.as_slice(), &always)) {
                told[0] += 1;
                assert_eq!(found, goes, "{round} {ends:?} {factors:?} {span:?} {piece:?}");
            }
            for (slot, all) in (0..).zip(&can_be) {
                let beside = Beside::new(slot, &terms, &standing, &always);
                let left = beside.and_then(|beside| beside.left_by(&span, &standing, &always));
                let Some(left) = left else { continue };
                told[1] += 1;
                for at in -3..=20 {
                    let is = left.iter().any(|one| one.first <= n(at) && n(at) <= one.last);
                    assert_eq!(
                        is,
                        all.contains(&at),
                        "{round} slot {slot} at {at}: {left:?} {ends:?} {span:?}"
                    );
                }
            }
        }
        assert!(told[0] > 1_000 && told[1] > 2_000, "{told:?}");
    }
}
