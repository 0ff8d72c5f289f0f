//! What one call may spend: a count of steps, the same on every machine, and a host that may stop it.

use std::cell::Cell;

use crate::limits::Limits;
use crate::limits::stop::Stop;

/// What ended the work of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ended {
    /// [`Limits::search_steps`] were taken.
    Limit,
    /// The host's [`Stop`] said so.
    Stopped,
}

/// After so many steps the host is asked again.
const ASK_EVERY: u64 = 1_024;

/// Going through so many children is as much work as a step.
const PLACES_A_STEP: u64 = 32;

/// Visiting so many nodes that are made already is as much work as a step, and takes no memory.
const VISITS_A_STEP: u64 = 8;

/// The steps of one call: of all its questions to the engine together.
#[derive(Debug)]
pub struct Budget {
    limit: u64,
    used: Cell<u64>,
    stop: Option<Stop>,
    /// Visits that are no whole step yet.
    visits: Cell<u64>,
    /// The step at which the host is asked next.
    ask_at: Cell<u64>,
    ended: Cell<Option<Ended>>,
}

impl Budget {
    /// Of one call.
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

    /// A part of what is left, for something that can be done without: what it takes, the caller takes of this one.
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

    /// Visits a node that is made already.
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
