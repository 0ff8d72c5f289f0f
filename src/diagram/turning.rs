//! Where a polynomial in one number turns, or anything else that holds from some number on.

use super::form::Poly;
use crate::evaluate::possible::Slot;
use crate::value::number::Number;

/// The stretches, of those given, on which a polynomial in one number is not negative.
pub(crate) fn not_negative(row: &Poly, slot: Slot, within: &[(Number, Number)]) -> Vec<(Number, Number)> {
    let mut found: Vec<(Number, Number)> = Vec::new();
    for (lo, hi) in within {
        for (from, to) in monotone(row, slot, lo, hi) {
            let holds = |at: &Number| !row.at(&|_| at.clone()).is_negative();
            let part = match (holds(&from), holds(&to), row.as_line()) {
                (true, true, _) => Some((from, to)),
                (false, false, _) => None,
                // A linear one turns where it is 0.
                (first, _, Some((_, slope))) => {
                    let at = row.base.neg().div(slope).unwrap_or_default();
                    if first { Some((from, at.floor())) } else { Some((at.ceil(), to)) }
                }
                (true, false, None) => {
                    let end = turn(&from, &to, &|at| !holds(at)).sub(&Number::ONE);
                    Some((from, end))
                }
                (false, true, None) => Some((turn(&from, &to, &holds), to)),
            };
            let Some((from, to)) = part else { continue };
            match found.last_mut() {
                // Neighbouring pieces share their end.
                Some((_, end)) if *end >= from.sub(&Number::ONE) => *end = end.clone().max(to),
                _ => found.push((from, to)),
            }
        }
    }
    found
}

/// The first number, after the first and up to the last, at which something holds that from there on always holds.
pub(crate) fn turn(from: &Number, to: &Number, holds: &dyn Fn(&Number) -> bool) -> Number {
    let half = Number::fraction(1, 2).unwrap_or_default();
    let (mut before, mut at) = (from.clone(), to.clone());
    while at.sub(&before) > Number::ONE {
        let middle = before.add(&at).mul(&half).floor();
        if holds(&middle) {
            at = middle;
        } else {
            before = middle;
        }
    }
    at
}

/// Pieces on each of which a polynomial in one number only rises or only falls; each begins where the one before ends.
fn monotone(row: &Poly, slot: Slot, lo: &Number, hi: &Number) -> Vec<(Number, Number)> {
    let degree = row.terms.iter().map(|(slots, _)| slots.len()).max().unwrap_or(0);
    if degree < 2 || lo == hi {
        return vec![(lo.clone(), hi.clone())];
    }
    let rise = row.difference(slot, &Number::ONE);
    let rises = not_negative(&rise, slot, &[(lo.clone(), hi.sub(&Number::ONE))]);
    let mut ends = vec![lo.clone()];
    for (from, to) in rises {
        ends.extend([from, to.add(&Number::ONE)]);
    }
    ends.push(hi.clone());
    ends.dedup();
    ends.iter().zip(ends.iter().skip(1)).map(|(from, to)| (from.clone(), to.clone())).collect()
}
