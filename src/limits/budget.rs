//! What one call may spend: a count of steps, the same on every machine, and a host that may stop it.

use std::cell::Cell;

use crate::limits::Limits;
use crate::limits::stop::Stop;

/// What ended the work of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Ended {
    /// [`Limits::search_steps`] were taken.
    Limit,
    /// The host's [`Stop`] said so.
    Stopped,
}

/// The host is asked again after this many steps.
const ASK_EVERY: u64 = 1_024;

/// Going through this many children is as much work as a step.
const PLACES_A_STEP: u64 = 32;

/// Visiting this many existing nodes is as much work as a step, and takes no memory.
const VISITS_A_STEP: u64 = 8;

/// The steps of one call: of all its questions to the engine together.
#[derive(Debug)]
pub struct Budget {
    limit: u64,
    used: Cell<u64>,
    stop: Option<Stop>,
    /// Visits that do not make up a whole step yet.
    visits: Cell<u64>,
    /// The step at which the host is asked next.
    ask_at: Cell<u64>,
    ended: Cell<Option<Ended>>,
}

impl Budget {
    /// The budget of one call.
    pub fn new(limits: &Limits) -> Self {
        Self {
            limit: limits.search_steps,
            used: Cell::new(0),
            stop: limits.stop.clone(),
            visits: Cell::new(0),
            ask_at: Cell::new(0),
            ended: Cell::new(None),
        }
    }

    /// A part of what is left, for something that is not essential; the caller takes what it spends from this budget.
    pub fn part(&self, of: u64) -> Self {
        Self {
            limit: self.limit.saturating_sub(self.used.get()) / of.max(1),
            used: Cell::new(0),
            stop: self.stop.clone(),
            visits: Cell::new(0),
            ask_at: Cell::new(0),
            ended: Cell::new(None),
        }
    }

    /// The steps taken so far.
    pub fn used(&self) -> u64 {
        self.used.get()
    }

    /// The steps that may be taken in all.
    pub const fn limit(&self) -> u64 {
        self.limit
    }

    /// What ended the work, if something did.
    pub fn ended(&self) -> Option<Ended> {
        self.ended.get()
    }

    /// Takes one step.
    ///
    /// # Errors
    /// When none is left, or the host says stop; from then on always.
    #[inline]
    pub fn step(&self) -> Result<(), Ended> {
        self.steps(1)
    }

    /// Visits an existing node.
    ///
    /// # Errors
    /// As [`Self::step`].
    #[inline]
    pub fn visit(&self) -> Result<(), Ended> {
        let visits = self.visits.get() + 1;
        self.visits.set(visits % VISITS_A_STEP);
        if visits < VISITS_A_STEP { Ok(()) } else { self.step() }
    }

    /// Takes the steps of going through so many places: none for a few, since most nodes have few children, and what a step costs
    /// must not grow with them.
    ///
    /// # Errors
    /// As [`Self::step`].
    #[inline]
    pub fn places(&self, count: usize) -> Result<(), Ended> {
        let more = u64::try_from(count).unwrap_or(u64::MAX) / PLACES_A_STEP;
        if more == 0 { Ok(()) } else { self.steps(more) }
    }

    /// Takes so many steps at once.
    ///
    /// # Errors
    /// As [`Self::step`].
    #[inline]
    pub fn steps(&self, count: u64) -> Result<(), Ended> {
        let used = self.used.get().saturating_add(count);
        self.used.set(used);
        if used >= self.ask_at.get() || used > self.limit { self.look(used) } else { Ok(()) }
    }

    #[cold]
    fn look(&self, used: u64) -> Result<(), Ended> {
        if let Some(ended) = self.ended.get() {
            return Err(ended);
        }
        self.ask_at.set(used.saturating_add(ASK_EVERY));
        let stopped = self.stop.as_ref().is_some_and(|stop| stop.asked());
        let ended = match (stopped, used > self.limit) {
            (true, _) => Ended::Stopped,
            (_, true) => Ended::Limit,
            _ => return Ok(()),
        };
        self.ended.set(Some(ended));
        // Asked at every step from here on.
        self.ask_at.set(0);
        Err(ended)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    fn of(search_steps: u64) -> Budget {
        Budget::new(&Limits { search_steps, ..Limits::default() })
    }

    #[test]
    fn as_many_steps_as_the_limit_and_not_one_more() {
        let budget = of(3);
        assert_eq!([budget.step(), budget.step(), budget.step()], [Ok(()); 3]);
        assert_eq!(budget.ended(), None);
        // From then on always, also for what asks little.
        assert_eq!([budget.step(), budget.steps(0)], [Err(Ended::Limit); 2]);
        assert_eq!(budget.ended(), Some(Ended::Limit));
    }

    #[test]
    fn visits_and_places_are_parts_of_a_step() {
        let budget = of(2);
        let visits = (0..).take_while(|_| budget.visit().is_ok()).count();
        // The 24th makes the third step.
        assert_eq!((visits, budget.used()), (23, 3));
        let budget = of(100);
        let used = |places| {
            let before = budget.used();
            budget.places(places).unwrap();
            budget.used() - before
        };
        assert_eq!([0, 31, 32, 95, 96].map(used), [0, 0, 1, 2, 3]);
        assert_eq!(of(u64::MAX).places(usize::MAX), Ok(()));
    }

    #[test]
    fn more_steps_than_can_be_counted_end_it() {
        let budget = of(u64::MAX - 1);
        assert_eq!(budget.steps(u64::MAX), Err(Ended::Limit));
        assert_eq!(budget.steps(u64::MAX), Err(Ended::Limit));
    }

    #[test]
    fn a_part_is_of_what_is_left() {
        let budget = of(100);
        budget.steps(40).unwrap();
        assert_eq!([0, 1, 6, 61].map(|of| budget.part(of).limit()), [60, 60, 10, 0]);
        // What it takes is not taken of the whole.
        let part = budget.part(6);
        assert_eq!([part.steps(10), part.step()], [Ok(()), Err(Ended::Limit)]);
        assert_eq!((budget.used(), budget.ended()), (40, None));
        // Nothing is left of what is over its limit.
        let _ = budget.steps(1_000);
        assert_eq!(budget.part(1).limit(), 0);
    }

    #[test]
    fn the_host_is_asked_now_and_then_and_its_word_is_kept() {
        let asked = Arc::new(AtomicU64::new(0));
        let counts = Arc::clone(&asked);
        // Says stop the third time, and then never again.
        let stop = Stop::when(move || counts.fetch_add(1, Ordering::Relaxed) == 2);
        let limits = Limits { search_steps: 1_000_000, stop: Some(stop), ..Limits::default() };
        let budget = Budget::new(&limits);
        let steps = (0..).take_while(|_| budget.step().is_ok()).count() as u64;
        // At the first step, and each time after so many.
        assert_eq!((steps, asked.load(Ordering::Relaxed)), (2 * ASK_EVERY, 3));
        assert_eq!([budget.step(), budget.visit().and(budget.steps(8))], [Err(Ended::Stopped); 2]);
        assert_eq!(budget.ended(), Some(Ended::Stopped));
    }
}
