//! Systems that need no elimination: a point shows that there is an answer, or a row that no point meets shows that there is none.

use super::form::Poly;
use crate::evaluate::possible::Slot;
use crate::value::number::Number;

/// How often all rows are gone through.
const ROUNDS: usize = 3;

/// A number while the search moves it: its ends, and its present value.
#[derive(Clone)]
pub(super) struct Stand {
    pub(super) slot: Slot,
    pub(super) lo: Number,
    pub(super) hi: Number,
    at: Number,
}

impl Stand {
    /// At its least.
    pub(super) fn new(slot: Slot, lo: &Number, hi: &Number) -> Self {
        Self { slot, lo: lo.clone(), hi: hi.clone(), at: lo.clone() }
    }

    /// Between narrower ends; at the least.
    pub(super) fn narrow(&mut self, from: &Number, to: &Number) {
        if *from > self.lo {
            self.lo = from.clone();
        }
        if *to < self.hi {
            self.hi = to.clone();
        }
        self.at = self.lo.clone();
    }
}

/// Whether there is an answer between these ends (by slot, ascending), where a few moves tell: from the least numbers on, each row
/// that is negative moves its numbers as far as it needs. None: that does not tell.
pub(super) fn at_a_glance<'r>(
    rows: impl Iterator<Item = &'r Poly> + Clone,
    mut stands: Vec<Stand>,
) -> Option<bool> {
    if stands.iter().any(|stand| stand.lo > stand.hi) {
        return Some(false);
    }
    for round in 0..ROUNDS {
        let mut moved = false;
        for row in rows.clone() {
            let mut value = value(row, &stands)?;
            if !value.is_negative() {
                continue;
            }
            if round + 1 == ROUNDS {
                return None;
            }
            moved = true;
            for (slots, factor) in &row.terms {
                let stand = find(*slots.first()?, &mut stands)?;
                let up = !factor.is_negative();
                let room = if up { stand.hi.sub(&stand.at) } else { stand.at.sub(&stand.lo) };
                let size = factor.abs();
                let by = value.neg().div_ceil(&size)?.min(room);
                if by.is_zero() {
                    continue;
                }
                value = value.add(&by.mul(&size));
                stand.at = if up { stand.at.add(&by) } else { stand.at.sub(&by) };
                if !value.is_negative() {
                    break;
                }
            }
            if value.is_negative() {
                // All its numbers are already at their best for this row.
                return Some(false);
            }
        }
        if !moved {
            return Some(true);
        }
    }
    None
}

/// The number in a slot.
pub(super) fn find(slot: Slot, stands: &mut [Stand]) -> Option<&mut Stand> {
    let at = stands.binary_search_by_key(&slot, |stand| stand.slot).ok()?;
    stands.get_mut(at)
}

/// The present value of a row. None: it is not linear, or depends on a number that is not there.
fn value(row: &Poly, stands: &[Stand]) -> Option<Number> {
    let mut sum = row.base.clone();
    for (slots, factor) in &row.terms {
        let [slot] = slots.as_slice() else { return None };
        let at = stands.binary_search_by_key(slot, |stand| stand.slot).ok()?;
        sum = sum.add(&factor.mul(&stands.get(at)?.at));
    }
    Some(sum)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::super::system::System;
    use super::*;

    /// Whatever the glance says is true, and it says something often enough to be useful.
    #[test]
    fn agrees_with_trying_every_value() {
        let mut seed = 7_u64;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i64::try_from(seed >> 33).unwrap() % i64::try_from(below).unwrap()
        };
        let mut told = (0, 0);
        for round in 0..500 {
            let ends: Vec<(i64, i64)> = (0..3).map(|_| (next(4) - 3, next(5))).collect();
            let domains =
                (0..).zip(&ends).map(|(s, (a, b))| (s, (Number::whole(*a), Number::whole(*b)))).collect();
            let rows = (0..1 + next(4))
                .map(|_| {
                    let terms = (0..3_u32).map(|slot| (vec![slot], Number::whole(next(7) - 3)));
                    let terms = terms.filter(|(_, factor)| !factor.is_zero()).collect();
                    Poly { base: Number::whole(next(15) - 9), terms }
                })
                .collect();
            let system = System { rows, domains, ..System::default() };
            let mut fits = false;
            for x in ends[0].0..=ends[0].1 {
                for y in ends[1].0..=ends[1].1 {
                    for z in ends[2].0..=ends[2].1 {
                        let at = |slot: Slot| Number::whole([x, y, z][slot as usize]);
                        fits |= system.rows.iter().all(|row| !row.at(&at).is_negative());
                    }
                }
            }
            let told_at_once = system.at_a_glance();
            match told_at_once {
                Some(true) => told.0 += 1,
                Some(false) => told.1 += 1,
                None => continue,
            }
            assert_eq!(told_at_once, Some(fits), "{round} {system:?}");
        }
        assert!(told.0 > 100 && told.1 > 20, "{told:?}");
    }
}
