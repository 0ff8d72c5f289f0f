//! The opening of a criterion, for scores that have occurred before: its score, share and contribution come from a few answers,
//! so they take few values, and writing them takes longer than copying what was written.

use std::sync::OnceLock;

use crate::judge::findings::{CriterionJudgement, Status};
use crate::value::score_range::ScoreRange;

/// How many are kept of one criterion. The mean of three answers takes seven values.
const KEPT: usize = 32;

/// What an opening depends on, besides the rules and the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// Score, share and contribution: numerator and denominator.
    numbers: [(i64, i64); 3],
    requirement: Option<Status>,
}

impl Found {
    /// None when one of them is open, n.v.t. or wide: those are written each time.
    pub(super) fn of(found: &CriterionJudgement) -> Option<Self> {
        let number = |score: &ScoreRange| score.settled()?.small();
        Some(Self {
            numbers: [number(&found.score)?, number(&found.share)?, number(&found.contribution)?],
            requirement: found.requirement,
        })
    }

    /// The two places where it may be kept.
    fn places(&self) -> [usize; 2] {
        let [(n, d), (share, of), _] = self.numbers;
        let mixed = n.wrapping_mul(7).wrapping_add(d).wrapping_add(share.wrapping_mul(5)).wrapping_add(of);
        let place = usize::try_from(mixed.rem_euclid(KEPT as i64)).unwrap_or_default();
        [place, (place + 1) % KEPT]
    }
}

/// The openings of one criterion. The first to come keeps the place, so all threads can share it and it never grows beyond
/// its size; an opening without a place is written each time.
#[derive(Debug, Clone)]
pub(super) struct Openings(Box<[Place]>);

type Place = OnceLock<(Found, Box<str>)>;

impl Openings {
    pub(super) fn new() -> Self {
        Self((0..KEPT).map(|_| Place::new()).collect())
    }

    pub(super) fn get(&self, found: &Found) -> Option<&str> {
        let kept = |place: usize| self.0.get(place)?.get();
        found.places().into_iter().filter_map(kept).find(|(other, _)| other == found).map(|(_, text)| &**text)
    }

    pub(super) fn keep(&self, found: Found, text: &str) {
        let free = |place: usize| self.0.get(place).filter(|place| place.get().is_none());
        if let Some(place) = found.places().into_iter().find_map(free) {
            // Another thread may have taken it since: then this one gets no place.
            let _ = place.set((found, text.into()));
        }
    }
}
