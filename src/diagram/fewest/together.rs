//! Several ways through a block, gone with the same new answers.

use std::rc::Rc;

use crate::diagram::standing::WayAsks;
use crate::diagram::system::System;
use crate::evaluate::possible::Slot;
use crate::value::number::Number;

/// What several ways ask of the numbers that they share; the last is taken off first.
pub(super) struct Together<'s> {
    shared: &'s [Slot],
    ways: Vec<Layer>,
    asks: Vec<Rc<WayAsks>>,
    /// For each of `asks` the ends of all shared numbers after it; none where it is no number on these ways.
    ends: Vec<Option<(Number, Number)>>,
}

/// One way on top of others.
#[derive(Debug, Clone, Copy, Default)]
struct Layer {
    /// How many ways ask something, with this one.
    count: usize,
    /// What is open in a completion would have to be the same in all.
    open: bool,
    /// It added to what is asked.
    adds: bool,
}

impl<'s> Together<'s> {
    pub(super) const fn new(shared: &'s [Slot]) -> Self {
        Self { shared, ways: Vec::new(), asks: Vec::new(), ends: Vec::new() }
    }

    fn top(&self) -> Layer {
        self.ways.last().copied().unwrap_or_default()
    }

    /// How many of the ways ask something.
    pub(super) fn count(&self) -> usize {
        self.top().count
    }

    /// Whether something that is open in a completion would have to be the same in all.
    pub(super) fn is_open(&self) -> bool {
        self.top().open
    }

    /// Puts one more way on top. False: it does not fit with the others, and nothing was put there.
    pub(super) fn push(&mut self, asks: Option<&Rc<WayAsks>>) -> bool {
        let top = self.top();
        let Some(asks) = asks.filter(|_| !self.shared.is_empty()) else {
            self.ways.push(Layer { adds: false, ..top });
            return true;
        };
        let count = top.count + 1;
        if top.open || asks.open.iter().any(|slot| !self.shared.contains(slot)) {
            self.ways.push(Layer { count, open: true, adds: false });
            return true;
        }
        let before = self.ends.len();
        let others = before.checked_sub(self.shared.len()).filter(|_| top.count > 0);
        for (place, slot) in self.shared.iter().enumerate() {
            let own = asks.system.domains.get(slot);
            let both = match (own, others.and_then(|others| self.ends.get(others + place))) {
                (own, None) => own.cloned(),
                (Some((lo, hi)), Some(Some((from, to)))) => {
                    let (lo, hi) = (lo.max(from), hi.min(to));
                    if lo > hi {
                        self.ends.truncate(before);
                        return false;
                    }
                    Some((lo.clone(), hi.clone()))
                }
                (None, Some(None)) => None,
                // It is a number on all these ways, or on none.
                _ => {
                    self.ends.truncate(before);
                    return false;
                }
            };
            self.ends.push(both);
        }
        self.asks.push(Rc::clone(asks));
        self.ways.push(Layer { count, open: false, adds: true });
        true
    }

    /// Takes the last way off.
    pub(super) fn pop(&mut self) {
        if self.ways.pop().is_some_and(|way| way.adds) {
            self.asks.pop();
            self.ends.truncate(self.ends.len().saturating_sub(self.shared.len()));
        }
    }

    /// Whether everything that is asked has moved the ends.
    pub(super) fn is_of_ends(&self) -> bool {
        self.asks.iter().all(|asks| asks.system.rows.is_empty())
    }

    /// What they ask of the shared numbers.
    pub(super) fn system(&self) -> System {
        let mut all = System::default();
        let last = self.ends.len().saturating_sub(self.shared.len());
        let ends = self.shared.iter().zip(self.ends.iter().skip(last));
        all.domains.extend(ends.filter_map(|(slot, ends)| Some((*slot, ends.clone()?))));
        for WayAsks { system, .. } in self.asks.iter().map(|asks| &**asks) {
            all.rows.extend_from_slice(&system.rows);
            all.faces.extend(system.faces.iter().map(|(slot, face)| (*slot, *face)));
        }
        all
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::*;
    use crate::diagram::form::Poly;

    fn asks(ends: &[(Slot, i64, i64)], open: &[Slot]) -> Rc<WayAsks> {
        let number = |(slot, lo, hi): &(Slot, i64, i64)| (*slot, (Number::whole(*lo), Number::whole(*hi)));
        let system = System { domains: ends.iter().map(number).collect(), ..System::default() };
        Rc::new(WayAsks { system, open: open.to_vec() })
    }

    #[test]
    fn ends_narrow_and_come_back() {
        let shared = [1, 2];
        let mut together = Together::new(&shared);
        assert!(together.push(Some(&asks(&[(1, 0, 9), (2, 0, 9)], &[1]))));
        assert!(together.push(None));
        assert!(together.push(Some(&asks(&[(1, 4, 20), (2, -3, 5)], &[]))));
        let ends = |together: &Together<'_>| -> Vec<(Slot, Number, Number)> {
            together.system().domains.iter().map(|(slot, (lo, hi))| (*slot, lo.clone(), hi.clone())).collect()
        };
        let n = Number::whole;
        assert_eq!(ends(&together), [(1, n(4), n(9)), (2, n(0), n(5))]);
        assert_eq!(together.count(), 2);
        // Nothing is left of the first; it is no number on this way.
        assert!(!together.push(Some(&asks(&[(1, 10, 11), (2, 0, 9)], &[]))));
        assert!(!together.push(Some(&asks(&[(1, 4, 9)], &[]))));
        assert_eq!(ends(&together), [(1, n(4), n(9)), (2, n(0), n(5))]);
        together.pop();
        together.pop();
        assert_eq!(ends(&together), [(1, n(0), n(9)), (2, n(0), n(9))]);
        together.pop();
        assert_eq!(together.count(), 0);
    }

    #[test]
    fn an_open_number_that_is_not_shared_leaves_open_whether_they_fit() {
        let shared = [1];
        let mut together = Together::new(&shared);
        assert!(together.push(Some(&asks(&[(1, 0, 9)], &[1]))) && !together.is_open());
        assert!(together.push(Some(&asks(&[(1, 20, 21)], &[3]))) && together.is_open());
        assert!(together.push(Some(&asks(&[(1, 30, 31)], &[]))) && together.is_open());
        together.pop();
        together.pop();
        assert!(!together.is_open() && together.count() == 1);
        assert!(!together.push(Some(&asks(&[(1, 30, 31)], &[]))));
    }

    #[test]
    fn rows_of_all_ways_are_asked_together() {
        let shared = [1];
        let mut together = Together::new(&shared);
        let mut one = WayAsks { system: System::default(), open: Vec::new() };
        one.system.domains.insert(1, (Number::ZERO, Number::ONE));
        assert!(together.push(Some(&Rc::new(WayAsks { system: one.system.clone(), open: Vec::new() }))));
        assert!(together.is_of_ends());
        one.system.rows.push(Poly::of(1));
        assert!(together.push(Some(&Rc::new(one))));
        assert!(!together.is_of_ends());
        assert_eq!(together.system().rows, [Poly::of(1)]);
    }
}
