//! Numbers that always hang together two by two, such as the sum over a list and its length: what each of the two can be.

use std::rc::Rc;

use super::form::Poly;
use super::glance::Stand;
use super::system::{Stretch, joined};
use crate::evaluate::possible::Slot;
use crate::value::number::Number;

/// A number is gone through, as the count of its pair, where it takes at most so many values.
const MOST_VALUES: i64 = 64;

/// Numbers, of which some are tied to one other each.
#[derive(Debug, Default)]
pub(super) struct Linked {
    pairs: Vec<Pair>,
}

/// A number and what a count leaves of it.
#[derive(Debug)]
struct Pair {
    slot: Slot,
    /// The count; none: the number is bound by itself.
    count: Option<Slot>,
    /// By value of the count, in which nothing is left by some.
    left: Vec<(Number, Option<(Number, Number)>)>,
}

/// What one number of a sum can be, beside all others.
#[derive(Debug)]
pub(super) struct Reach {
    /// In ascending order, without gaps within each.
    pub(super) stretches: Vec<Stretch>,
    /// From one value to the next is no further than this.
    pub(super) step: Number,
}

impl Reach {
    fn new(stretches: Vec<Stretch>) -> Option<Self> {
        let mut step = Number::ONE;
        let mut last = stretches.first()?.last.clone();
        for stretch in &stretches {
            step = step.max(stretch.first.sub(&last));
            last.clone_from(&stretch.last);
        }
        Some(Self { stretches, step })
    }

    /// The ends.
    pub(super) fn ends(&self) -> Option<(&Number, &Number)> {
        Some((&self.stretches.first()?.first, &self.stretches.last()?.last))
    }
}

impl Linked {
    /// By what always holds of some numbers (by slot, ascending). None: more than two hang together, some can't be at all, or
    /// both of a pair take many values.
    pub(super) fn new(always: &[Poly], stands: &[Rc<Stand>]) -> Option<Self> {
        let mut groups: Vec<Vec<Slot>> = Vec::new();
        for row in always.iter().filter(|row| !row.is_fixed()) {
            if !row.is_linear() {
                return None;
            }
            let mut group = row.slots();
            groups.retain(|other| {
                let apart = other.iter().all(|slot| !group.contains(slot));
                if !apart {
                    group.extend(other);
                }
                apart
            });
            group.sort_unstable();
            group.dedup();
            groups.push(group);
        }
        let mut pairs = Vec::with_capacity(2 * groups.len());
        for group in &groups {
            let before = pairs.len();
            match *group.as_slice() {
                [one] => pairs.push(Pair::new((one, None), always, stands)?),
                [one, other] => {
                    for (slot, count) in [(one, other), (other, one)] {
                        let Stand { lo, hi, .. } = stand(count, stands)?;
                        if hi.sub(lo) < Number::whole(MOST_VALUES) {
                            pairs.push(Pair::new((slot, Some(count)), always, stands)?);
                        }
                    }
                }
                _ => return None,
            }
            if pairs.len() == before {
                return None;
            }
        }
        Some(Self { pairs })
    }

    /// Whether something always holds of a number.
    pub(super) fn has(&self, slot: Slot) -> bool {
        self.pairs.iter().any(|pair| pair.slot == slot || pair.count == Some(slot))
    }

    /// What a number of a sum can be, whatever the others of the sum are. None: that does not tell, or it can be nothing.
    pub(super) fn reach(
        &self,
        slot: Slot,
        sum: &[(Vec<Slot>, Number)],
        stands: &[Rc<Stand>],
    ) -> Option<Reach> {
        if !self.has(slot) {
            let Stand { lo, hi, .. } = stand(slot, stands)?;
            return (lo <= hi)
                .then(|| Stretch::all(lo.clone(), hi.clone()))
                .and_then(|all| Reach::new(vec![all]));
        }
        let pair = self.pairs.iter().find(|pair| pair.slot == slot)?;
        if sum.iter().any(|(slots, _)| pair.count.is_some_and(|count| slots.contains(&count))) {
            return None;
        }
        let left = pair.left.iter().filter_map(|(_, left)| left.clone());
        Reach::new(joined(left.map(|(from, to)| Stretch::all(from, to)).collect()))
    }

    /// The number that is tied to a count.
    pub(super) fn counted_by(&self, count: Slot) -> Option<Slot> {
        self.pairs.iter().find(|pair| pair.count == Some(count)).map(|pair| pair.slot)
    }

    /// What a count can be where the number that is tied to it lies between two ends.
    pub(super) fn counts(&self, count: Slot, (from, to): (&Number, &Number)) -> Vec<Stretch> {
        let left = self.pairs.iter().filter(|pair| pair.count == Some(count)).flat_map(|pair| &pair.left);
        let met = left.filter(|(_, left)| left.as_ref().is_some_and(|(lo, hi)| lo <= to && from <= hi));
        joined(met.map(|(value, _)| Stretch::all(value.clone(), value.clone())).collect())
    }
}

fn stand(slot: Slot, stands: &[Rc<Stand>]) -> Option<&Stand> {
    let at = stands.binary_search_by_key(&slot, |stand| stand.slot).ok()?;
    stands.get(at).map(AsRef::as_ref)
}

impl Pair {
    /// None: the number can be nothing.
    fn new((slot, count): (Slot, Option<Slot>), always: &[Poly], stands: &[Rc<Stand>]) -> Option<Self> {
        let own = stand(slot, stands)?;
        let rows = always.iter().filter(|row| row.reads(slot) || count.is_some_and(|count| row.reads(count)));
        let rows: Vec<&Poly> = rows.collect();
        let (mut value, last) = match count {
            Some(count) => stand(count, stands).map(|its| (its.lo.clone(), its.hi.clone()))?,
            None => Default::default(),
        };
        let mut all = Vec::new();
        while value <= last {
            let next = value.add(&Number::ONE);
            let left = left((slot, count), &rows, own, &value);
            all.push((value, left));
            value = next;
        }
        all.iter().any(|(_, left)| left.is_some()).then_some(Self { slot, count, left: all })
    }
}

/// Between what a number lies where a count is known, by rows that read nothing else. None: it can be nothing.
fn left(
    (slot, count): (Slot, Option<Slot>),
    rows: &[&Poly],
    own: &Stand,
    value: &Number,
) -> Option<(Number, Number)> {
    let (mut from, mut to) = (own.lo.clone(), own.hi.clone());
    for row in rows {
        let (mut rest, mut factor) = (row.base.clone(), None);
        for (slots, by) in &row.terms {
            if slots.contains(&slot) {
                factor = Some(by);
            } else if count.is_some_and(|count| slots.contains(&count)) {
                rest = rest.add(&by.mul(value));
            }
        }
        match factor {
            None if rest.is_negative() => return None,
            None => {}
            Some(by) => {
                let end = rest.neg().div(by)?;
                if by.is_negative() {
                    to = to.min(end.floor());
                } else {
                    from = from.max(end.ceil());
                }
            }
        }
    }
    (from <= to).then_some((from, to))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]
mod tests {
    use super::*;

    fn stand(slot: Slot, lo: i64, hi: i64) -> Rc<Stand> {
        Rc::new(Stand::new(slot, &Number::whole(lo), &Number::whole(hi)))
    }

    /// `count * from <= sum <= count * to`.
    fn list(sum: Slot, count: Slot, (from, to): (i64, i64)) -> [Poly; 2] {
        let times = |by| Poly::of(count).scale(&Number::whole(by));
        [Poly::of(sum).sub(&times(from)), times(to).sub(&Poly::of(sum))]
    }

    fn values(stretches: &[Stretch]) -> Vec<Number> {
        let mut found = Vec::new();
        for stretch in stretches {
            let mut at = stretch.first.clone();
            while at <= stretch.last {
                found.push(at.clone());
                at = at.add(&Number::ONE);
            }
        }
        found
    }

    #[test]
    fn a_sum_reaches_what_some_length_allows() {
        let mut tried = 0;
        for (from, to) in [(0, 3), (2, 3), (5, 6), (4, 4), (-2, 1)] {
            for (least, most) in [(0, 2), (1, 1), (0, 4), (2, 5)] {
                for (lo, hi) in [(-20, 30), (0, 9), (3, 7), (1, 1)] {
                    let stands = [stand(0, least, most), stand(1, lo, hi)];
                    let goes = |n: i64, sum: i64| n * from <= sum && sum <= n * to;
                    let can: Vec<i64> =
                        (lo..=hi).filter(|sum| (least..=most).any(|n| goes(n, *sum))).collect();
                    let linked = Linked::new(&list(1, 0, (from, to)), &stands);
                    if can.is_empty() {
                        assert!(linked.is_none());
                        continue;
                    }
                    let linked = linked.unwrap();
                    assert_eq!(linked.counted_by(0), Some(1));
                    tried += 1;
                    let reach = linked.reach(1, &[(vec![1], Number::ONE)], &stands).unwrap();
                    assert_eq!(
                        values(&reach.stretches),
                        can.iter().map(|n| Number::whole(*n)).collect::<Vec<_>>()
                    );
                    let step = can.windows(2).map(|two| two[1] - two[0]).max().unwrap_or(1);
                    assert_eq!(reach.step, Number::whole(step), "{can:?}");
                    // The other way round, where the sum takes few values.
                    let lengths: Vec<i64> =
                        (least..=most).filter(|n| (lo..=hi).any(|sum| goes(*n, sum))).collect();
                    let reach = linked.reach(0, &[(vec![0], Number::ONE)], &stands).unwrap();
                    assert_eq!(
                        values(&reach.stretches),
                        lengths.into_iter().map(Number::whole).collect::<Vec<_>>()
                    );
                    for (first, last) in [(-3, 4), (2, 2), (5, 12)] {
                        let counts = linked.counts(0, (&Number::whole(first), &Number::whole(last)));
                        let can = (least..=most)
                            .filter(|n| (first.max(lo)..=last.min(hi)).any(|sum| goes(*n, sum)));
                        assert_eq!(values(&counts), can.map(Number::whole).collect::<Vec<_>>());
                    }
                }
            }
        }
        assert!(tried > 40, "{tried}");
    }

    #[test]
    fn what_hangs_on_more_is_not_told() {
        let stands = [stand(0, 0, 3), stand(1, 0, 90), stand(2, 0, 90)];
        let one = list(1, 0, (2, 3));
        let linked = Linked::new(&one, &stands).unwrap();
        assert!(linked.has(0) && linked.has(1) && !linked.has(2));
        // Beside its own length in a sum.
        let both = [(vec![0], Number::ONE), (vec![1], Number::ONE)];
        assert!(linked.reach(1, &both, &stands).is_none());
        // Two sums over one list.
        let two: Vec<Poly> = one.into_iter().chain(list(2, 0, (1, 2))).collect();
        assert!(Linked::new(&two, &stands).is_none());
        // A length of very many values.
        let long = [stand(0, 0, 9_000), stand(1, 0, 9_000)];
        assert!(Linked::new(&list(1, 0, (0, 1)), &long).is_none());
        // A number that is bound by itself.
        let own = [Poly::of(2).sub(&Poly::fixed(Number::whole(88)))];
        let reach = Linked::new(&own, &stands).unwrap().reach(2, &[], &stands).unwrap();
        assert_eq!(values(&reach.stretches), [88, 89, 90].map(Number::whole));
    }
}
