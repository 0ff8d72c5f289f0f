//! Work done by several threads and handed on by them, in the order of the work. A thread that finishes the chunk whose turn it
//! is hands it on itself, from the memory it was made in, and then those that were finished before their turn; a thread that
//! finishes one that is not next leaves it on the desk and goes on. So no thread only carries results, and large results do not
//! go from one processor to another to be written there.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::Mutex;
use std::thread;

use super::desk::{Desk, Pace, lock};
use super::workers::{start, work_off};
use crate::batch::jobs::Jobs;

/// Does jobs on `threads` threads, of which the caller's own is one, and hands on what they came to in chunks, in the order
/// of the jobs. At most `window` jobs are taken and not yet handed on.
///
/// `worker` makes what a thread keeps from job to job; `work` does one job and adds its result to a chunk. `hand_on` gets one
/// chunk after the other, from whichever thread finished it or the one before. It has to empty the chunk, whose memory is used
/// again. It is also told whether the next chunk follows at once: if not, output should no longer be held back. When it breaks
/// off it is not called again, and the threads end after the job that they are doing.
///
/// ```
/// use std::ops::ControlFlow;
///
/// use meetlat::batch::{Each, in_chunks};
///
/// let two = std::num::NonZeroUsize::new(2).expect("two is not zero");
/// let mut squares = Vec::new();
/// let work = |(): &mut (), n: &mut u64, chunk: &mut Vec<u64>| chunk.push(*n * *n);
/// in_chunks(Each(1..=4), two, 100, || (), work, |chunk, _| {
///     squares.append(chunk);
///     ControlFlow::Continue(())
/// });
/// assert_eq!(squares, [1, 4, 9, 16]);
/// ```
///
/// # Panics
/// When `work` or `hand_on` does.
pub fn in_chunks<J: Jobs, W, C: Default + Send>(
    jobs: J,
    threads: NonZeroUsize,
    window: usize,
    worker: impl Fn() -> W + Sync,
    work: impl Fn(&mut W, &mut J::Job, &mut C) + Sync,
    hand_on: impl FnMut(&mut C, bool) -> ControlFlow<()> + Send,
) {
    let pace = Pace::new(window, threads);
    let turns = Turns {
        desk: Desk::new(window),
        hand_on: Mutex::new(hand_on),
        spare: Mutex::new(Vec::new()),
        // This many of the largest fit in the window, and each thread is working on one.
        most_spare: pace.full(window) + threads.get(),
    };
    let jobs = Mutex::new(jobs);
    let finished = |place, jobs, chunk| turns.put(place, jobs, chunk);
    let run = || work_off(&turns.desk, &jobs, pace.clone(), &worker, &work, finished);
    thread::scope(|scope| {
        start(scope, threads.get() - 1, run);
        run();
    });
}

/// Chunks, and who hands them on.
struct Turns<C, F> {
    desk: Desk<C>,
    /// Locked only by the thread that is handing on.
    hand_on: Mutex<F>,
    /// Empty chunks.
    spare: Mutex<Vec<C>>,
    most_spare: usize,
}

impl<C: Default, F: FnMut(&mut C, bool) -> ControlFlow<()>> Turns<C, F> {
    /// Fills a place; gives an empty chunk, the own one if that was handed on.
    fn put(&self, place: u64, jobs: usize, chunk: C) -> C {
        self.hand_on(place, jobs, chunk).or_else(|| lock(&self.spare).pop()).unwrap_or_default()
    }

    /// Fills a place. Hands on all that can be, if nobody else does: then the own chunk comes back.
    fn hand_on(&self, place: u64, jobs: usize, chunk: C) -> Option<C> {
        let mut own = None;
        let mut state = lock(&self.desk.state);
        state.put(place, jobs, chunk);
        // Looked at and set under the same lock under which places are filled: nothing is left lying at the first place.
        if state.handing_on {
            return own;
        }
        state.handing_on = true;
        // Also after a stop: the next was promised.
        while let Some((jobs, mut chunk)) = state.next() {
            let more = state.ready();
            drop(state);
            if lock(&self.hand_on)(&mut chunk, more).is_break() {
                self.desk.stop();
                // Still handing on, as far as others know: nobody else does.
                return None;
            }
            // The first is the own one: what was finished before it would have been handed on.
            match own {
                None => own = Some(chunk),
                Some(_) => self.spare(chunk),
            }
            state = lock(&self.desk.state);
            self.desk.handed_on(&mut state, jobs);
        }
        state.handing_on = false;
        own
    }

    fn spare(&self, chunk: C) {
        let mut spare = lock(&self.spare);
        if spare.len() < self.most_spare {
            spare.push(chunk);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use std::collections::BTreeSet;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;
    use crate::batch::jobs::Each;

    fn threads(n: usize) -> NonZeroUsize {
        NonZeroUsize::new(n).unwrap()
    }

    fn add(_: &mut (), n: &mut usize, chunk: &mut Vec<usize>) {
        chunk.push(*n);
    }

    #[test]
    fn uneven_work_keeps_its_order_within_the_window() {
        for (count, window) in [(1, 1), (2, 1), (2, 7), (3, 1_000), (8, 20)] {
            let (taken, given, most) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
            let jobs = (0..2_000_usize).inspect(|_| {
                let ahead = taken.fetch_add(1, Ordering::SeqCst) + 1 - given.load(Ordering::SeqCst);
                most.fetch_max(ahead, Ordering::SeqCst);
            });
            let work = |(): &mut (), n: &mut usize, chunk: &mut Vec<usize>| {
                // Now and then one that takes much longer than those after it.
                if n.is_multiple_of(97) {
                    thread::sleep(Duration::from_millis(3));
                }
                chunk.push(*n);
            };
            let mut all = Vec::new();
            let mut promised = false;
            in_chunks(
                Each(jobs),
                threads(count),
                window,
                || (),
                work,
                |chunk, more| {
                    assert!(!chunk.is_empty());
                    given.fetch_add(chunk.len(), Ordering::SeqCst);
                    all.append(chunk);
                    promised = more;
                    // Now and then one that takes nothing for a while: the others go on, and stop at the window.
                    if all.len().is_multiple_of(31) {
                        thread::sleep(Duration::from_millis(2));
                    }
                    ControlFlow::Continue(())
                },
            );
            assert!(all.into_iter().eq(0..2_000), "{count} threads, window {window}");
            assert!(!promised, "what is held back is never released");
            let most = most.into_inner();
            assert!(most <= window, "{most} jobs ahead, {count} threads, window {window}");
        }
    }

    #[test]
    fn one_thread_is_the_callers_own() {
        let own = thread::current().id();
        let at_work = |_: &mut (), _: &mut usize, _: &mut ()| assert_eq!(thread::current().id(), own);
        in_chunks(
            Each(0..200),
            threads(1),
            10,
            || (),
            at_work,
            |(), _| {
                assert_eq!(thread::current().id(), own);
                ControlFlow::Continue(())
            },
        );
    }

    #[test]
    fn chunks_are_used_again() {
        /// Counts how many are made.
        struct Made(Vec<usize>);
        static MADE: AtomicUsize = AtomicUsize::new(0);
        impl Default for Made {
            fn default() -> Self {
                MADE.fetch_add(1, Ordering::SeqCst);
                Self(Vec::new())
            }
        }
        for count in [1, 2, 5] {
            MADE.store(0, Ordering::SeqCst);
            let mut next = 0;
            in_chunks(
                Each(0..50_000_usize),
                threads(count),
                50,
                || (),
                |(): &mut (), n: &mut usize, chunk: &mut Made| chunk.0.push(*n),
                |chunk, _| {
                    for n in chunk.0.drain(..) {
                        assert_eq!(n, next);
                        next += 1;
                    }
                    ControlFlow::Continue(())
                },
            );
            assert_eq!(next, 50_000);
            // Jobs of nothing are taken with 5 or more at a time.
            assert!(MADE.load(Ordering::SeqCst) < 500, "{count} threads");
        }
    }

    #[test]
    fn a_stop_halfway_ends_the_threads() {
        struct Ends<'a>(&'a AtomicUsize);
        impl Drop for Ends<'_> {
            fn drop(&mut self) {
                self.0.fetch_add(1, Ordering::SeqCst);
            }
        }
        for count in [1, 3] {
            let (done, ended, stopped) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicBool::new(false));
            let work = |_: &mut Ends<'_>, n: &mut usize, chunk: &mut Vec<usize>| {
                done.fetch_add(1, Ordering::SeqCst);
                chunk.push(*n);
            };
            let mut all = Vec::new();
            // Without end: this test hangs when a thread goes on.
            in_chunks(
                Each(0..),
                threads(count),
                10,
                || Ends(&ended),
                work,
                |chunk, _| {
                    assert!(!stopped.load(Ordering::SeqCst), "called after it broke off");
                    all.append(chunk);
                    if all.len() < 5 {
                        return ControlFlow::Continue(());
                    }
                    stopped.store(true, Ordering::SeqCst);
                    ControlFlow::Break(())
                },
            );
            assert!(all.iter().copied().eq(0..all.len()));
            assert_eq!(ended.into_inner(), count);
            assert!(done.into_inner() < 100);
        }
    }

    #[test]
    fn a_panic_in_work_reaches_the_caller_after_what_stood_before_it() {
        let work = |(): &mut (), n: &mut usize, chunk: &mut Vec<usize>| {
            assert!(*n != 40, "job 40");
            chunk.push(*n);
        };
        for count in [1, 3] {
            let (mut all, mut held) = (Vec::new(), Vec::new());
            let run = || {
                in_chunks(
                    Each(0..),
                    threads(count),
                    10,
                    || (),
                    work,
                    |chunk, more| {
                        held.append(chunk);
                        if !more {
                            all.append(&mut held);
                        }
                        ControlFlow::Continue(())
                    },
                );
            };
            assert!(catch_unwind(AssertUnwindSafe(run)).is_err(), "{count} threads");
            assert!(all.len() <= 40 && all.iter().copied().eq(0..all.len()), "{all:?}");
            assert!(held.is_empty(), "what was promised came");
        }
    }

    #[test]
    fn a_panic_in_handing_on_reaches_the_caller() {
        for count in [1, 3] {
            let calls = AtomicUsize::new(0);
            let run = || {
                in_chunks(
                    Each(0..),
                    threads(count),
                    10,
                    || (),
                    add,
                    |chunk, _| {
                        assert!(calls.fetch_add(1, Ordering::SeqCst) < 7, "full");
                        chunk.clear();
                        ControlFlow::Continue(())
                    },
                );
            };
            assert!(catch_unwind(AssertUnwindSafe(run)).is_err(), "{count} threads");
            assert_eq!(calls.into_inner(), 8);
        }
    }

    #[test]
    fn no_jobs_nothing_to_hand_on() {
        for count in [1, 2] {
            let mut calls = 0;
            in_chunks(
                Each(0..0),
                threads(count),
                10,
                || (),
                add,
                |_, _| {
                    calls += 1;
                    ControlFlow::Continue(())
                },
            );
            assert_eq!(calls, 0);
        }
    }

    #[test]
    fn a_slow_job_does_not_hold_up_those_after_it() {
        let done = Mutex::new(BTreeSet::new());
        let work = |(): &mut (), n: &mut usize, chunk: &mut Vec<usize>| {
            // Waits for all that fit in the window beside it.
            for _ in 0..2_000 {
                if *n != 0 || lock(&done).len() >= 9 {
                    break;
                }
                thread::sleep(Duration::from_millis(5));
            }
            lock(&done).insert(*n);
            chunk.push(*n);
        };
        let mut sizes = Vec::new();
        in_chunks(
            Each(0..10),
            threads(2),
            10,
            || (),
            work,
            |chunk, more| {
                sizes.push((chunk.first().copied(), more));
                chunk.clear();
                ControlFlow::Continue(())
            },
        );
        assert_eq!(sizes.first(), Some(&(Some(0), true)), "the others were there");
        assert_eq!(sizes.last().map(|(_, more)| *more), Some(false));
    }
}
