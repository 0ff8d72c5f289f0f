//! The one loop in which threads work jobs off: a free thread takes the next jobs itself, under a lock, and works on them where
//! it read them. How many it takes at a time follows from how long the last ones took, so that short jobs share the cost of a
//! lock and long ones are spread. What becomes of finished work is the caller's business: see `chunks` and `pool`.

use std::sync::Mutex;
use std::thread::{self, Scope, ScopedJoinHandle};
use std::time::Instant;

use super::desk::{Desk, Pace, STACK, StopInPanic};
use crate::batch::jobs::Jobs;

/// One thread's work, to the end. `work` does one job and adds what it gives to a chunk; `finished` gets the place of a chunk,
/// how many jobs it came of and the chunk, and gives an empty one for the next jobs.
pub(super) fn work_off<J: Jobs, W, C: Default>(
    desk: &Desk<C>,
    source: &Mutex<J>,
    mut pace: Pace,
    worker: impl Fn() -> W,
    work: impl Fn(&mut W, &mut J::Job, &mut C),
    finished: impl Fn(u64, usize, C) -> C,
) {
    let _stop = StopInPanic(desk);
    let mut state = worker();
    let mut jobs = Vec::new();
    let mut chunk = C::default();
    while let Some(place) = desk.take(source, &pace, &mut jobs) {
        let began = Instant::now();
        for job in &mut jobs {
            if desk.stopped() {
                return;
            }
            work(&mut state, job, &mut chunk);
        }
        // Without the time to hand it on: who reads slowly makes no job longer.
        pace.took(began.elapsed());
        chunk = finished(place, jobs.len(), chunk);
    }
}

/// Starts threads that all run the same; how many did start.
pub(super) fn start<'s>(
    scope: &'s Scope<'s, '_>,
    threads: usize,
    run: impl Fn() + Copy + Send + 's,
) -> usize {
    let start = |_: &usize| -> bool {
        let thread: std::io::Result<ScopedJoinHandle<'_, ()>> =
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run);
        thread.is_ok()
    };
    (0..threads).take_while(start).count()
}
