//! One way through a block of numbers that hang together.

use std::rc::Rc;

use super::form::Poly;
use super::levels::{Asks, Levels};
use super::store::Ref;
use crate::evaluate::possible::Slot;
use crate::value::number::Number;
use crate::value::values::Value;

/// What a way asks of one number.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Piece {
    /// It is not a number, but this.
    Special(Value),
    /// It lies between these, in grid units.
    Between(Number, Number),
}

/// One way through a block.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Way {
    /// What it asks of each number about which it asks something.
    pub(crate) pieces: Vec<(Slot, Piece)>,
    /// What must not be negative, in grid units.
    pub(crate) rows: Vec<Poly>,
    /// The levels of the comparisons it decides, and how; ascending.
    pub(crate) decided: Vec<(u32, bool)>,
    /// Where it leaves the block.
    pub(crate) exit: Ref,
    /// What all its comparisons together ask, where they are about one sum and everything asked about is a number.
    pub(crate) span: Option<Span>,
}

/// The ends between which a sum of numbers lies, in grid units.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Span {
    /// The level of the first comparison of the sum.
    pub(crate) like: u32,
    /// The least.
    pub(crate) least: Option<Number>,
    /// The most.
    pub(crate) most: Option<Number>,
}

/// A chain of what was asked on the way.
pub(super) enum Turn {
    Piece(Slot, Piece, Option<Rc<Turn>>),
    Row(u32, bool, Option<Rc<Turn>>),
}

impl Way {
    /// A way that asks nothing.
    pub(crate) const fn free(exit: Ref) -> Self {
        Self { pieces: Vec::new(), rows: Vec::new(), decided: Vec::new(), exit, span: None }
    }

    /// What it asks of a number.
    pub(crate) fn piece(&self, slot: Slot) -> Option<&Piece> {
        self.pieces.iter().find(|(of, _)| *of == slot).map(|(_, piece)| piece)
    }

    /// Whether it can be seen at once that no answers go both ways; some numbers may differ between the two.
    pub(crate) fn contradicts(&self, other: &Self, free: &[Slot], shared: &dyn Fn(u32) -> bool) -> bool {
        let unlike = |(level, holds): &(u32, bool)| {
            other.decided.iter().any(|(of, other)| of == level && other != holds) && shared(*level)
        };
        let apart = |(slot, piece): &(Slot, Piece)| {
            !free.contains(slot)
                && other.piece(*slot).is_some_and(|other| match (piece, other) {
                    (Piece::Special(a), Piece::Special(b)) => a != b,
                    (Piece::Between(a, b), Piece::Between(c, d)) => b < c || d < a,
                    _ => true,
                })
        };
        self.decided.iter().any(unlike) || self.pieces.iter().any(apart)
    }

    /// Asks that something is not negative. Of several that differ only in their fixed part, the least says it all.
    fn ask(&mut self, row: Poly) {
        match self.rows.iter_mut().find(|other| other.terms == row.terms) {
            Some(other) if row.base < other.base => *other = row,
            Some(_) => {}
            None => self.rows.push(row),
        }
    }

    fn span(&self, levels: &Levels) -> Option<Span> {
        if self.pieces.iter().any(|(_, piece)| matches!(piece, Piece::Special(_))) {
            return None;
        }
        let mut span: Option<Span> = None;
        for (level, holds) in &self.decided {
            let Asks::Atom(row) = &levels.get(*level)?.asks else { return None };
            let like = *levels.like(row).first()?;
            let span = span.get_or_insert(Span { like, least: None, most: None });
            if span.like != like || !row.is_linear() {
                return None;
            }
            let end = row.base.neg();
            if *holds {
                let least = span.least.get_or_insert_with(|| end.clone());
                *least = end.max(least.clone());
            } else {
                let end = end.sub(&Number::ONE);
                let most = span.most.get_or_insert_with(|| end.clone());
                *most = end.min(most.clone());
            }
        }
        span
    }

    pub(super) fn of(chain: Option<&Rc<Turn>>, exit: Ref, levels: &Levels) -> Self {
        let mut way = Self::free(exit);
        let mut at = chain.cloned();
        while let Some(turn) = at {
            at = match &*turn {
                Turn::Piece(slot, piece, before) => {
                    way.pieces.push((*slot, piece.clone()));
                    before.clone()
                }
                Turn::Row(level, holds, before) => {
                    if let Some(Asks::Atom(row)) = levels.get(*level).map(|level| &level.asks) {
                        way.ask(if *holds { row.clone() } else { negated(row) });
                    }
                    way.decided.push((*level, *holds));
                    before.clone()
                }
            };
        }
        way.pieces.reverse();
        way.rows.reverse();
        way.decided.reverse();
        way.span = way.span(levels);
        way
    }
}

/// The opposite of a row of whole numbers: below 0.
pub(crate) fn negated(row: &Poly) -> Poly {
    row.scale(&Number::whole(-1)).sub(&Poly::fixed(Number::ONE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(pieces: &[(Slot, i64, i64)], decided: &[(u32, bool)]) -> Way {
        let between = |(slot, low, high): &(Slot, i64, i64)| {
            (*slot, Piece::Between(Number::whole(*low), Number::whole(*high)))
        };
        Way {
            pieces: pieces.iter().map(between).collect(),
            decided: decided.to_vec(),
            ..Way::free(Ref::end(0))
        }
    }

    #[test]
    fn ways_contradict_each_other_where_no_answers_go_both() {
        let apart = |one: &Way, other: &Way| {
            let both = [one.contradicts(other, &[], &|_| true), other.contradicts(one, &[], &|_| true)];
            assert_eq!(both[0], both[1], "{one:?} {other:?}");
            both[0]
        };
        let low = way(&[(1, 0, 5)], &[(9, true)]);
        // They touch, they lie apart, and they are about different numbers.
        assert!(!apart(&low, &way(&[(1, 5, 8)], &[(9, true)])));
        assert!(apart(&low, &way(&[(1, 6, 8)], &[(9, true)])));
        assert!(!apart(&low, &way(&[(2, 6, 8)], &[])));
        // The same comparison, decided the other way.
        assert!(apart(&low, &way(&[], &[(9, false)])));
        let none = Way { pieces: vec![(1, Piece::Special(Value::None))], ..way(&[], &[]) };
        let not_applicable = Way { pieces: vec![(1, Piece::Special(Value::NotApplicable))], ..way(&[], &[]) };
        assert!(apart(&low, &none) && apart(&none, &not_applicable) && !apart(&none, &none));
    }

    #[test]
    fn what_may_differ_between_them_does_not_count() {
        let (one, other) = (way(&[(1, 0, 5)], &[(9, true)]), way(&[(1, 6, 8)], &[(9, false)]));
        assert!(!one.contradicts(&other, &[1], &|_| false));
        assert!(one.contradicts(&other, &[1], &|level| level == 9));
        assert!(one.contradicts(&other, &[2], &|_| false));
    }

    #[test]
    fn of_what_asks_the_same_the_strictest_stays() {
        let mut way = way(&[], &[]);
        for base in [-3, -5, -4] {
            way.ask(Poly::of(1).add(&Poly::fixed(Number::whole(base))));
        }
        way.ask(Poly::of(2));
        let strict = Poly::of(1).add(&Poly::fixed(Number::whole(-5)));
        assert_eq!(way.rows, [strict, Poly::of(2)]);
    }
}
