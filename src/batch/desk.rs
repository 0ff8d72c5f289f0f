//! Where finished work waits for its turn, and how far ahead work may go.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::batch::jobs::Jobs;

/// As much as a program's first thread usually has: proposals nest.
pub(super) const STACK: usize = 8 << 20;

/// The most jobs that are taken at a time.
pub(super) const MOST: usize = 64;
/// When the last jobs together took less than this, more are taken at a time; fewer when they took longer.
const SHORT: Duration = Duration::from_micros(200);
const LONG: Duration = Duration::from_millis(2);

/// How many jobs a thread takes at a time: short ones share the cost of a lock, long ones are spread.
#[derive(Clone)]
pub(super) struct Pace {
    size: usize,
    most: usize,
}

impl Pace {
    pub(super) fn new(window: usize, threads: NonZeroUsize) -> Self {
        Self { size: 1, most: (window / threads / 2).clamp(1, MOST) }
    }

    /// How many times the most that is taken at a time fits in the window.
    pub(super) const fn full(&self, window: usize) -> usize {
        window.div_ceil(self.most)
    }

    /// How long the last ones took.
    pub(super) fn took(&mut self, took: Duration) {
        if took < SHORT {
            self.size = (self.size * 2).min(self.most);
        } else if took > LONG {
            self.size = (self.size / 2).max(1);
        }
    }
}

/// Finished work: what was taken together lies together, as one `C`.
pub(super) struct Desk<C> {
    /// The most jobs that are taken and not yet handed on.
    window: usize,
    pub(super) state: Mutex<State<C>>,
    /// There is room for more jobs.
    room: Condvar,
    /// The first place is filled, or none will be. Waited for only where somebody takes what is finished.
    done: Condvar,
    /// Nobody wants what is finished any more. Set under the lock of `state`.
    stopped: AtomicBool,
}

pub(super) struct State<C> {
    /// The number of the first place.
    first: u64,
    /// With how many jobs it came of; none: still worked on.
    places: VecDeque<Option<(usize, C)>>,
    /// Jobs taken and not yet handed on.
    jobs: usize,
    /// There are no more jobs.
    ended: bool,
    /// Somebody is handing on, and will also hand on what is finished meanwhile.
    pub(super) handing_on: bool,
}

impl<C> State<C> {
    /// Fills a place; whether it is the first.
    pub(super) fn put(&mut self, place: u64, jobs: usize, finished: C) -> bool {
        let at = usize::try_from(place.saturating_sub(self.first)).unwrap_or(usize::MAX);
        if let Some(slot) = self.places.get_mut(at) {
            *slot = Some((jobs, finished));
        }
        at == 0
    }

    /// Whether the first place is filled.
    pub(super) fn ready(&self) -> bool {
        matches!(self.places.front(), Some(Some(_)))
    }

    /// The first place, if it is filled. Its jobs count until [`Desk::handed_on`].
    pub(super) fn next(&mut self) -> Option<(usize, C)> {
        let first = self.places.front_mut()?.take()?;
        self.places.pop_front();
        self.first += 1;
        Some(first)
    }
}

impl<C> Desk<C> {
    pub(super) fn new(window: usize) -> Self {
        let state = State { first: 0, places: VecDeque::new(), jobs: 0, ended: false, handing_on: false };
        Self {
            window: window.max(1),
            state: Mutex::new(state),
            room: Condvar::new(),
            done: Condvar::new(),
            stopped: AtomicBool::new(false),
        }
    }

    /// The next jobs and their place; none: the work is over. `jobs` holds those that are done.
    pub(super) fn take<J: Jobs>(
        &self,
        source: &Mutex<J>,
        pace: &Pace,
        jobs: &mut Vec<J::Job>,
    ) -> Option<u64> {
        // Held while waiting: jobs get their places in the order in which they are taken.
        let mut source = lock(source);
        source.give_back(jobs);
        let room = self.wait_for_room()?;
        source.take(pace.size.min(room), jobs);
        let mut state = lock(&self.state);
        if jobs.is_empty() {
            state.ended = true;
            self.done.notify_all();
            return None;
        }
        state.jobs += jobs.len();
        state.places.push_back(None);
        Some(state.first + as_u64(state.places.len()) - 1)
    }

    fn wait_for_room(&self) -> Option<usize> {
        let mut state = lock(&self.state);
        while !self.stopped() {
            match self.window.saturating_sub(state.jobs) {
                0 => state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner),
                room => return Some(room),
            }
        }
        None
    }

    /// Fills a place, for whoever waits for the first.
    pub(super) fn put(&self, place: u64, jobs: usize, finished: C) {
        if lock(&self.state).put(place, jobs, finished) {
            self.done.notify_all();
        }
    }

    /// What lies at the first place; none at the end.
    pub(super) fn receive(&self) -> Option<C> {
        let mut state = lock(&self.state);
        while !self.stopped() {
            if let Some((jobs, finished)) = state.next() {
                self.handed_on(&mut state, jobs);
                return Some(finished);
            }
            if state.places.is_empty() && state.ended {
                return None;
            }
            state = self.done.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        None
    }

    /// So many jobs are over: there is room for others.
    pub(super) fn handed_on(&self, state: &mut State<C>, jobs: usize) {
        state.jobs = state.jobs.saturating_sub(jobs);
        self.room.notify_all();
    }

    pub(super) fn stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    pub(super) fn stop(&self) {
        let _state = lock(&self.state);
        self.stopped.store(true, Ordering::Relaxed);
        self.room.notify_all();
        self.done.notify_all();
    }
}

/// Stops the threads when it goes.
pub(super) struct Stop<'p, C>(pub(super) &'p Desk<C>);

impl<C> Drop for Stop<'_, C> {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// What never comes must not be waited for.
pub(super) struct StopInPanic<'p, C>(pub(super) &'p Desk<C>);

impl<C> Drop for StopInPanic<'_, C> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.stop();
        }
    }
}

/// A thread that panicked left nothing half done behind a lock: each holds it for whole steps.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn as_u64(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
