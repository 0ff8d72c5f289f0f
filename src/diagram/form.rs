//! Numbers as functions of open numbers: polynomials, and quotients of them. Nothing is rounded.

use std::cmp::Ordering;

use crate::evaluate::possible::Slot;
use crate::value::number::Number;

/// A polynomial: a fixed part, and terms of slots multiplied (a slot twice: its square). Terms ascend; no factor is 0.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct Poly {
    /// The fixed part.
    pub(crate) base: Number,
    /// The slots of each term, ascending, and its factor.
    pub(crate) terms: Vec<(Vec<Slot>, Number)>,
}

impl Poly {
    /// A fixed number.
    pub(crate) const fn fixed(base: Number) -> Self {
        Self { base, terms: Vec::new() }
    }

    /// One number itself.
    pub(crate) fn of(slot: Slot) -> Self {
        Self { base: Number::ZERO, terms: vec![(vec![slot], Number::ONE)] }
    }

    /// Whether it depends on nothing.
    pub(crate) const fn is_fixed(&self) -> bool {
        self.terms.is_empty()
    }

    /// The sum.
    pub(crate) fn add(&self, other: &Self) -> Self {
        let mut terms: Vec<(Vec<Slot>, Number)> = Vec::with_capacity(self.terms.len() + other.terms.len());
        let (mut left, mut right) = (self.terms.iter().peekable(), other.terms.iter().peekable());
        loop {
            let next = match (left.peek(), right.peek()) {
                (None, None) => break,
                (Some(_), None) => left.next().cloned(),
                (None, Some(_)) => right.next().cloned(),
                (Some((a, x)), Some((b, y))) => match a.cmp(b) {
                    Ordering::Less => left.next().cloned(),
                    Ordering::Greater => right.next().cloned(),
                    Ordering::Equal => {
                        let sum = (a.clone(), x.add(y));
                        left.next();
                        right.next();
                        Some(sum)
                    }
                },
            };
            terms.extend(next.filter(|(_, factor)| !factor.is_zero()));
        }
        Self { base: self.base.add(&other.base), terms }
    }

    /// The difference.
    pub(crate) fn sub(&self, other: &Self) -> Self {
        self.add(&other.scale(&Number::whole(-1)))
    }

    /// The multiple.
    pub(crate) fn scale(&self, by: &Number) -> Self {
        if by.is_zero() {
            return Self::default();
        }
        let terms = self.terms.iter().map(|(slots, factor)| (slots.clone(), factor.mul(by))).collect();
        Self { base: self.base.mul(by), terms }
    }

    /// The product.
    pub(crate) fn mul(&self, other: &Self) -> Self {
        let mut product = other.scale(&self.base);
        for (slots, factor) in &self.terms {
            let mut terms: Vec<(Vec<Slot>, Number)> = other
                .terms
                .iter()
                .map(|(others, by)| {
                    let mut all = slots.clone();
                    all.extend(others);
                    all.sort_unstable();
                    (all, factor.mul(by))
                })
                .collect();
            if !other.base.is_zero() {
                terms.push((slots.clone(), factor.mul(&other.base)));
            }
            terms.sort();
            product = product.add(&Self { base: Number::ZERO, terms });
        }
        product
    }

    /// The slots it depends on, ascending.
    pub(crate) fn slots(&self) -> Vec<Slot> {
        let mut slots: Vec<Slot> = self.terms.iter().flat_map(|(slots, _)| slots).copied().collect();
        slots.sort_unstable();
        slots.dedup();
        slots
    }

    /// The most slots that one term multiplies.
    pub(crate) fn degree(&self) -> usize {
        self.terms.iter().map(|(slots, _)| slots.len()).max().unwrap_or(0)
    }

    /// What it costs to look for where it turns, in steps.
    pub(crate) fn turning_steps(&self) -> u64 {
        let degree = u64::try_from(self.degree()).unwrap_or(u64::MAX);
        // So many times it is made less steep, each time with numbers of as many digits more.
        if degree < 4 { 0 } else { degree.saturating_pow(4) / 64 }
    }

    /// Whether no slots are multiplied by each other.
    pub(crate) fn is_linear(&self) -> bool {
        self.terms.iter().all(|(slots, _)| slots.len() == 1)
    }

    /// The slot and its factor, where it is linear in a single slot.
    pub(crate) fn as_line(&self) -> Option<(Slot, &Number)> {
        match self.terms.as_slice() {
            [(slots, factor)] => match slots.as_slice() {
                [slot] => Some((*slot, factor)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Its value where every slot is known.
    pub(crate) fn at(&self, value: &impl Fn(Slot) -> Number) -> Number {
        let term = |(slots, factor): &(Vec<Slot>, Number)| {
            slots.iter().fold(factor.clone(), |product, slot| product.mul(&value(*slot)))
        };
        self.terms.iter().map(term).fold(self.base.clone(), |sum, term| sum.add(&term))
    }

    /// With a value filled in for one slot.
    pub(crate) fn with(&self, slot: Slot, value: &Number) -> Self {
        let (mut base, mut terms) = (self.base.clone(), Vec::with_capacity(self.terms.len()));
        let mut merged = false;
        for (slots, factor) in &self.terms {
            let count = slots.iter().filter(|one| **one == slot).count();
            if count == 0 {
                terms.push((slots.clone(), factor.clone()));
                continue;
            }
            let factor = (0..count).fold(factor.clone(), |product, _| product.mul(value));
            let rest: Vec<Slot> = slots.iter().copied().filter(|one| *one != slot).collect();
            if rest.is_empty() {
                base = base.add(&factor);
            } else if !factor.is_zero() {
                merged = true;
                terms.push((rest, factor));
            }
        }
        if merged {
            // What is left of a product may already be a term.
            let sum = Self::fixed(base);
            return terms
                .into_iter()
                .fold(sum, |sum, term| sum.add(&Self { base: Number::ZERO, terms: vec![term] }));
        }
        Self { base, terms }
    }

    /// A linear one, with values filled in for all slots that have one.
    pub(crate) fn filled<'v>(&self, value: impl Fn(Slot) -> Option<&'v Number>) -> Self {
        let (mut base, mut terms) = (self.base.clone(), Vec::with_capacity(self.terms.len()));
        for (slots, factor) in &self.terms {
            match slots.first().and_then(|slot| value(*slot)) {
                Some(value) => base = base.add(&factor.mul(value)),
                None => terms.push((slots.clone(), factor.clone())),
            }
        }
        Self { base, terms }
    }

    /// With one slot replaced by something else.
    pub(crate) fn replaced(&self, slot: Slot, by: &Self) -> Self {
        let mut sum = Self::fixed(self.base.clone());
        for (slots, factor) in &self.terms {
            let mut product = Self::fixed(factor.clone());
            for one in slots {
                product = product.mul(&if *one == slot { by.clone() } else { Self::of(*one) });
            }
            sum = sum.add(&product);
        }
        sum
    }

    /// Ends between which it lies, where each slot lies between two: exact for a linear one, else perhaps too wide.
    pub(crate) fn bounds(&self, range: &impl Fn(Slot) -> (Number, Number)) -> (Number, Number) {
        let (mut low, mut high) = (self.base.clone(), self.base.clone());
        for (slots, factor) in &self.terms {
            let (mut from, mut to) = (factor.clone(), factor.clone());
            let mut rest = slots.as_slice();
            while let Some((slot, others)) = rest.split_first() {
                let same = others.iter().take_while(|other| *other == slot).count();
                let (lo, hi) = range(*slot);
                // A square is never negative.
                let (lo, hi) = power(&lo, &hi, same + 1);
                (from, to) = times(&from, &to, &lo, &hi);
                rest = others.get(same..).unwrap_or_default();
            }
            (low, high) = (low.add(&from), high.add(&to));
        }
        (low, high)
    }

    /// The factor of a slot that is not multiplied by another anywhere; none where it is.
    pub(crate) fn factor(&self, slot: Slot) -> Option<Number> {
        let mut found = Number::ZERO;
        for (slots, factor) in self.terms.iter().filter(|(slots, _)| slots.contains(&slot)) {
            if slots.len() > 1 {
                return None;
            }
            found = factor.clone();
        }
        Some(found)
    }

    /// Whether it depends on a slot.
    pub(crate) fn reads(&self, slot: Slot) -> bool {
        self.terms.iter().any(|(slots, _)| slots.contains(&slot))
    }

    /// Its difference in a slot: what one more of it adds.
    pub(crate) fn difference(&self, slot: Slot, step: &Number) -> Self {
        let next = Poly::of(slot).add(&Poly::fixed(step.clone()));
        self.replaced(slot, &next).sub(self)
    }
}

/// A row with whole factors without a common divisor, as tight as whole numbers allow.
pub(crate) fn lowest(mut row: Poly) -> Poly {
    if row.terms.iter().all(|(_, factor)| factor.is_whole())
        && row.terms.iter().any(|(_, factor)| *factor == Number::ONE || *factor == Number::whole(-1))
    {
        // Nothing else divides a factor of 1.
        row.base = row.base.floor();
        return row;
    }
    let unit = row.terms.iter().fold(Number::ZERO, |unit, (_, factor)| unit.common_step(&factor.abs()));
    if unit.is_zero() {
        return Poly::fixed(row.base.floor());
    }
    let Some(by) = Number::ONE.div(&unit) else { return row };
    let mut row = row.scale(&by);
    row.base = row.base.floor();
    row
}

fn times(a: &Number, b: &Number, c: &Number, d: &Number) -> (Number, Number) {
    if a == b && c == d {
        let product = a.mul(c);
        return (product.clone(), product);
    }
    if a == b {
        let (low, high) = if a.is_negative() { (d, c) } else { (c, d) };
        return (a.mul(low), a.mul(high));
    }
    let products = [a.mul(c), a.mul(d), b.mul(c), b.mul(d)];
    let low = products.iter().min().cloned().unwrap_or_default();
    (low, products.into_iter().max().unwrap_or_default())
}

fn power(lo: &Number, hi: &Number, times_over: usize) -> (Number, Number) {
    let raised = |n: &Number| (1..times_over).fold(n.clone(), |product, _| product.mul(n));
    let (a, b) = (raised(lo), raised(hi));
    if times_over % 2 == 1 {
        return (a, b);
    }
    let low = if lo.is_negative() && !hi.is_negative() { Number::ZERO } else { a.clone().min(b.clone()) };
    (low, a.max(b))
}

/// A number that depends on open numbers: a polynomial divided by another that is above 0 throughout.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Form {
    /// The numerator.
    pub(crate) above: Poly,
    /// The denominator: 1, or something with slots that is above 0 for every answer.
    pub(crate) below: Poly,
    /// It counts days.
    pub(crate) date: bool,
}

impl Form {
    /// A fixed number.
    pub(crate) const fn fixed(number: Number) -> Self {
        Self { above: Poly::fixed(number), below: Poly::fixed(Number::ONE), date: false }
    }

    /// One number itself.
    pub(crate) fn of(slot: Slot, date: bool) -> Self {
        Self { above: Poly::of(slot), below: Poly::fixed(Number::ONE), date }
    }

    /// The sum.
    pub(crate) fn add(&self, other: &Self) -> Self {
        if self.below == other.below {
            return Self { above: self.above.add(&other.above), below: self.below.clone(), date: self.date };
        }
        let above = self.above.mul(&other.below).add(&other.above.mul(&self.below));
        Self { above, below: self.below.mul(&other.below), date: self.date }
    }

    /// The difference.
    pub(crate) fn sub(&self, other: &Self) -> Self {
        self.add(&other.scale(&Number::whole(-1)))
    }

    /// The multiple.
    pub(crate) fn scale(&self, by: &Number) -> Self {
        Self { above: self.above.scale(by), ..self.clone() }
    }

    /// The product.
    pub(crate) fn mul(&self, other: &Self) -> Self {
        Self { above: self.above.mul(&other.above), below: self.below.mul(&other.below), date: false }
    }

    /// What it costs to multiply two, or to divide one by the other, in steps.
    pub(crate) fn product_steps(&self, other: &Self) -> u64 {
        let size = |form: &Self| form.above.terms.len() + form.below.terms.len() + 2;
        let degree = 1 + (self.above.degree() + other.above.degree()) / 8;
        u64::try_from(size(self) * size(other) * degree).unwrap_or(u64::MAX) / 16
    }

    /// The quotient, where the divisor's sign is the same throughout; it is not 0.
    pub(crate) fn over(&self, other: &Self, negative: bool) -> Self {
        let sign = Number::whole(if negative { -1 } else { 1 });
        let (above, below) =
            (self.above.mul(&other.below).scale(&sign), self.below.mul(&other.above).scale(&sign));
        match Number::ONE.div(&below.base).filter(|_| below.is_fixed()) {
            Some(by) => Self { above: above.scale(&by), below: Poly::fixed(Number::ONE), date: false },
            None => Self { above, below, date: false },
        }
    }

    /// The number, where it depends on nothing.
    pub(crate) fn known(&self) -> Option<Number> {
        if self.above.is_fixed() && self.below.is_fixed() {
            self.above.base.div(&self.below.base)
        } else {
            None
        }
    }

    /// The slots it depends on, ascending.
    pub(crate) fn slots(&self) -> Vec<Slot> {
        let mut slots = self.above.slots();
        slots.extend(self.below.slots());
        slots.sort_unstable();
        slots.dedup();
        slots
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(n: i64) -> Number {
        Number::whole(n)
    }

    fn fixed(number: i64) -> Poly {
        Poly::fixed(n(number))
    }

    /// Some polynomials over two slots, squares and products among them.
    fn samples() -> Vec<Poly> {
        let (x, y) = (Poly::of(1), Poly::of(2));
        let line = x.scale(&n(2)).sub(&y.scale(&n(3))).add(&fixed(5));
        vec![
            fixed(0),
            fixed(-4),
            x.clone(),
            line.clone(),
            x.mul(&x).sub(&y),
            x.mul(&y).sub(&fixed(1)),
            line.mul(&line),
        ]
    }

    fn points() -> impl Iterator<Item = [Number; 2]> {
        (-3..4).flat_map(|x| (-3..4).map(move |y| [n(x), n(y)]))
    }

    fn at(poly: &Poly, [x, y]: &[Number; 2]) -> Number {
        poly.at(&|slot| if slot == 1 { x.clone() } else { y.clone() })
    }

    /// Two are equal only because terms ascend and none has a factor of 0.
    fn is_plain(poly: &Poly) -> bool {
        poly.terms.is_sorted_by(|(a, _), (b, _)| a < b)
            && poly.terms.iter().all(|(slots, factor)| slots.is_sorted() && !factor.is_zero())
    }

    #[test]
    fn sums_products_and_what_is_filled_in_are_those_of_the_values() {
        let all = samples();
        for (a, b) in all.iter().flat_map(|a| all.iter().map(move |b| (a, b))) {
            let (sum, difference, product, replaced) = (a.add(b), a.sub(b), a.mul(b), a.replaced(1, b));
            assert!([&sum, &difference, &product, &replaced].into_iter().all(is_plain), "{a:?}, {b:?}");
            for point in points() {
                let (left, right) = (at(a, &point), at(b, &point));
                assert_eq!(at(&sum, &point), left.add(&right));
                assert_eq!(at(&difference, &point), left.sub(&right));
                assert_eq!(at(&product, &point), left.mul(&right));
                assert_eq!(at(&replaced, &point), at(a, &[right, point[1].clone()]));
                let with = a.with(1, &point[0]);
                assert!(is_plain(&with) && !with.reads(1), "{a:?}");
                assert_eq!(at(&with, &point), left);
            }
        }
    }

    #[test]
    fn what_cancels_is_gone() {
        let (x, y) = (Poly::of(1), Poly::of(2));
        let squares = x.add(&y).mul(&x.sub(&y));
        assert_eq!(squares, x.mul(&x).sub(&y.mul(&y)));
        // At -1 the product and the number itself are one term, and nothing is left of it.
        assert_eq!(x.mul(&y).add(&y).with(1, &n(-1)), fixed(0));
        // What one more of it adds.
        assert_eq!(x.mul(&x).difference(1, &Number::ONE), x.scale(&n(2)).add(&fixed(1)));
    }

    #[test]
    fn every_value_lies_within_the_bounds() {
        let within = |slot| if slot == 1 { (n(-2), n(3)) } else { (n(-1), n(1)) };
        for poly in samples() {
            let (low, high) = poly.bounds(&within);
            for point in points().filter(|[x, y]| (n(-2)..=n(3)).contains(x) && (n(-1)..=n(1)).contains(y)) {
                let value = at(&poly, &point);
                assert!(low <= value && value <= high, "{poly:?} {point:?}: {low:?} {high:?}");
            }
        }
        // A square is never negative; of a line the ends are met.
        let x = Poly::of(1);
        assert_eq!(x.mul(&x).bounds(&within), (n(0), n(9)));
        assert_eq!(x.scale(&n(-2)).bounds(&within), (n(-6), n(4)));
    }

    #[test]
    fn a_row_is_as_tight_as_whole_numbers_allow() {
        let (x, y) = (Poly::of(1), Poly::of(2));
        let half = Number::fraction(1, 2).unwrap();
        let rows = [
            x.scale(&n(2)).add(&y.scale(&n(4))).sub(&fixed(3)),
            x.scale(&n(-6)).add(&y.scale(&n(9))).add(&fixed(5)),
            x.add(&y.scale(&n(7))).sub(&Poly::fixed(half.clone())),
            x.scale(&half).sub(&y.scale(&Number::fraction(1, 3).unwrap())).add(&fixed(1)),
        ];
        for row in rows {
            let lowest = lowest(row.clone());
            assert!(lowest.base.is_whole() && lowest.terms.iter().all(|(_, factor)| factor.is_whole()));
            // The same whole numbers do it.
            for point in points() {
                assert_eq!(
                    at(&row, &point).is_negative(),
                    at(&lowest, &point).is_negative(),
                    "{row:?} {point:?}"
                );
            }
        }
        assert_eq!(
            lowest(x.scale(&n(2)).add(&y.scale(&n(4))).sub(&fixed(3))),
            x.add(&y.scale(&n(2))).sub(&fixed(2))
        );
    }

    #[test]
    fn a_quotient_keeps_what_is_below_the_line_above_0() {
        let (x, y) = (Form::of(1, false), Form::of(2, false));
        let below = y.sub(&Form::fixed(n(10)));
        // Negative for all numbers that are looked at.
        let quotient = x.over(&below, true);
        for point in points() {
            let divisor = at(&quotient.below, &point);
            assert!(!divisor.is_negative() && !divisor.is_zero());
            let expected = point[0].div(&at(&below.above, &point));
            assert_eq!(at(&quotient.above, &point).div(&divisor), expected);
        }
        // Divided by a number it is a polynomial again.
        let third = x.over(&Form::fixed(n(-3)), true);
        assert_eq!(third, x.scale(&Number::fraction(-1, 3).unwrap()));
        assert_eq!(Form::fixed(n(6)).over(&Form::fixed(n(4)), false).known(), Number::fraction(3, 2));
    }
}
