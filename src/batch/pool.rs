//! Work done by several threads, its results one after the other in the order of the work: chunks of results that lie on the
//! desk until the caller takes them. The threads live as long as one call: nothing is left behind, also when whoever takes
//! the results stops halfway. At most a window of jobs is taken and not yet given on: that bounds the memory.

use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::thread;

use super::desk::{Desk, Pace, Stop, lock};
use super::workers::{start, work_off};
use crate::batch::jobs::Jobs;

/// Results in the order of the jobs. An iterator that may be dropped at any time: then the threads end after the job
/// that they are at.
#[expect(missing_debug_implementations, reason = "it holds the caller's own work")]
pub struct InOrder<'p, T>(Way<'p, T>);

enum Way<'p, T> {
    /// In the caller's own thread: the next result, if there is one.
    Own(&'p mut dyn Own<T>),
    /// By others.
    Others { desk: &'p Desk<Vec<T>>, current: std::vec::IntoIter<T> },
}

impl<T> InOrder<'_, T> {
    /// Whether the next result comes without waiting for input: time to hold back what is written so far no longer when not.
    #[must_use]
    pub fn ready(&self) -> bool {
        match &self.0 {
            Way::Own(own) => own.ready(),
            Way::Others { desk, current } => current.len() > 0 || lock(&desk.state).ready(),
        }
    }
}

impl<T> Iterator for InOrder<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        match &mut self.0 {
            Way::Own(own) => own.next(),
            Way::Others { desk, current } => loop {
                if let Some(result) = current.next() {
                    return Some(result);
                }
                *current = desk.receive()?.into_iter();
            },
        }
    }
}

/// Does jobs on `threads` threads and hands the results, in the order of the jobs, to `with`. One thread: the caller's own,
/// and nothing is read ahead. More: the caller's thread only takes results, and at most `window` jobs are taken and not yet
/// given on. `worker` makes what a thread keeps from job to job; `work` does one job.
///
/// ```
/// use meetlat::batch::{Each, in_order};
///
/// let two = std::num::NonZeroUsize::new(2).expect("two is not zero");
/// let squares = in_order(Each(1..=4), two, 100, || (), |(), n| n * n, |results| results.collect::<Vec<u64>>());
/// assert_eq!(squares, [1, 4, 9, 16]);
/// ```
///
/// # Panics
/// When `work` does.
pub fn in_order<J: Jobs, W, T: Send, O>(
    jobs: J,
    threads: NonZeroUsize,
    window: usize,
    worker: impl Fn() -> W + Sync,
    work: impl Fn(&mut W, J::Job) -> T + Sync,
    with: impl FnOnce(&mut InOrder<'_, T>) -> O,
) -> O {
    if threads.get() == 1 {
        let mut own = OwnThread { jobs, taken: Vec::new(), state: worker(), work };
        return with(&mut InOrder(Way::Own(&mut own)));
    }
    let desk = Desk::new(window);
    let jobs = Mutex::new(Once(jobs));
    let each = |state: &mut W, job: &mut Option<J::Job>, results: &mut Vec<T>| {
        results.extend(job.take().map(|job| work(state, job)));
    };
    let finished = |place, jobs, results| {
        desk.put(place, jobs, results);
        Vec::new()
    };
    let run = || work_off(&desk, &jobs, Pace::new(window, threads), &worker, each, finished);
    thread::scope(|scope| {
        // Whatever happens in here, the threads must not wait for it.
        let _stop = Stop(&desk);
        // Those that did start do it all; when none did, the caller's own thread has to.
        if start(scope, threads.get(), run) == 0 {
            let mut own = OwnThread { jobs: Behind(&jobs), taken: Vec::new(), state: worker(), work: &work };
            return with(&mut InOrder(Way::Own(&mut own)));
        }
        with(&mut InOrder(Way::Others { desk: &desk, current: Vec::new().into_iter() }))
    })
}

/// Jobs that are taken out of their place to be done.
struct Once<J>(J);

impl<J: Jobs> Jobs for Once<J> {
    type Job = Option<J::Job>;

    fn take(&mut self, most: usize, into: &mut Vec<Self::Job>) {
        let mut taken = Vec::new();
        self.0.take(most, &mut taken);
        into.extend(taken.into_iter().map(Some));
    }

    fn ready(&self) -> bool {
        self.0.ready()
    }
}

/// What [`Way::Own`] needs, without its many types.
trait Own<T> {
    fn next(&mut self) -> Option<T>;
    fn ready(&self) -> bool;
}

struct OwnThread<J: Jobs, W, F> {
    jobs: J,
    taken: Vec<J::Job>,
    state: W,
    work: F,
}

impl<J: Jobs, W, T, F: Fn(&mut W, J::Job) -> T> Own<T> for OwnThread<J, W, F> {
    fn next(&mut self) -> Option<T> {
        self.jobs.take(1, &mut self.taken);
        let job = self.taken.pop()?;
        Some((self.work)(&mut self.state, job))
    }

    fn ready(&self) -> bool {
        self.jobs.ready()
    }
}

/// Jobs behind a lock that nobody else asks for.
struct Behind<'p, J>(&'p Mutex<Once<J>>);

impl<J: Jobs> Jobs for Behind<'_, J> {
    type Job = J::Job;

    fn take(&mut self, most: usize, into: &mut Vec<J::Job>) {
        lock(self.0).0.take(most, into);
    }

    fn ready(&self) -> bool {
        lock(self.0).ready()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::super::desk::MOST;
    use super::*;
    use crate::batch::jobs::Each;

    fn threads(n: usize) -> NonZeroUsize {
        NonZeroUsize::new(n).unwrap()
    }

    #[test]
    fn uneven_work_keeps_its_order_within_the_window() {
        for (count, window) in [(1, 1), (2, 1), (2, 7), (3, 1_000), (8, 20)] {
            let (taken, given) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let most = AtomicUsize::new(0);
            let jobs = (0..2_000_usize).inspect(|_| {
                let ahead = taken.fetch_add(1, Ordering::SeqCst) + 1 - given.load(Ordering::SeqCst);
                most.fetch_max(ahead, Ordering::SeqCst);
            });
            let work = |(): &mut (), n: usize| {
                // Now and then one that takes much longer than those after it.
                if n.is_multiple_of(97) {
                    thread::sleep(Duration::from_millis(3));
                }
                n
            };
            let results: Vec<usize> = in_order(
                Each(jobs),
                threads(count),
                window,
                || (),
                work,
                |results| {
                    let count = |_: &usize| {
                        given.fetch_add(1, Ordering::SeqCst);
                    };
                    results.inspect(count).collect()
                },
            );
            assert!(results.iter().copied().eq(0..2_000), "{count} threads, window {window}");
            // What was given on together still counts here until each of it was seen.
            let most = most.into_inner();
            assert!(most <= window + MOST, "{most} jobs ahead, {count} threads, window {window}");
        }
    }

    #[test]
    fn a_stop_halfway_ends_the_threads() {
        let (done, ended) = (AtomicUsize::new(0), AtomicUsize::new(0));
        struct Ends<'a>(&'a AtomicUsize);
        impl Drop for Ends<'_> {
            fn drop(&mut self) {
                self.0.fetch_add(1, Ordering::SeqCst);
            }
        }
        let work = |_: &mut Ends<'_>, n: u64| {
            done.fetch_add(1, Ordering::SeqCst);
            n
        };
        // Without end: this test hangs when a thread goes on.
        let first: Vec<u64> =
            in_order(Each(0..), threads(3), 10, || Ends(&ended), work, |results| results.take(5).collect());
        assert_eq!(first, [0, 1, 2, 3, 4]);
        assert_eq!(ended.into_inner(), 3);
        assert!(done.into_inner() < 100);
    }

    #[test]
    fn a_panic_reaches_the_caller() {
        let work = |(): &mut (), n: u64| {
            assert!(n != 40, "job 40");
            n
        };
        for count in [1, 3] {
            let all = || in_order(Each(0..), threads(count), 10, || (), work, |results| results.count());
            assert!(std::panic::catch_unwind(all).is_err(), "{count} threads");
        }
    }

    #[test]
    fn no_jobs_no_results() {
        for count in [1, 2] {
            let none =
                in_order(Each(0..0_u8), threads(count), 10, || (), |(), n| n, |results| results.count());
            assert_eq!(none, 0);
        }
    }
}
