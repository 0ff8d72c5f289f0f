//! Ctrl-C while the engine works: Python's signals are looked at now and then, from the thread that called.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use meetlat_border::Stop;
use pyo3::prelude::*;

/// Whoever presses a key does not notice it, and taking Python's lock so seldom costs nothing.
pub(crate) const EVERY: Duration = Duration::from_millis(10);

/// The signals of one call.
#[derive(Clone)]
pub(crate) struct Signals(Arc<Inner>);

struct Inner {
    start: Instant,
    /// When they are looked at next, in milliseconds from the start.
    next: AtomicU64,
    ended: AtomicBool,
    /// What a signal raised: `KeyboardInterrupt`, or what a handler of the program's own raises.
    raised: Mutex<Option<PyErr>>,
}

impl Signals {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Inner {
            start: Instant::now(),
            next: AtomicU64::new(milliseconds(EVERY)),
            ended: AtomicBool::new(false),
            raised: Mutex::new(None),
        }))
    }

    /// Looks at the signals itself: for work on the thread that called.
    pub(crate) fn stop(&self) -> Stop {
        let own = self.clone();
        Stop::when(move || own.look())
    }

    /// Only looks whether the work was ended: for work on other threads, where Python handles no signals.
    pub(crate) fn stop_elsewhere(&self) -> Stop {
        let own = self.clone();
        Stop::when(move || own.ended())
    }

    pub(crate) fn ended(&self) -> bool {
        self.0.ended.load(Ordering::Relaxed)
    }

    fn look(&self) -> bool {
        let now = milliseconds(self.0.start.elapsed());
        if self.ended() || now < self.0.next.load(Ordering::Relaxed) {
            return self.ended();
        }
        self.check();
        self.0.next.store(milliseconds(self.0.start.elapsed() + EVERY), Ordering::Relaxed);
        self.ended()
    }

    /// Looks at the signals now.
    pub(crate) fn check(&self) {
        if let Err(error) = Python::attach(|py| py.check_signals()) {
            *self.0.raised.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            self.0.ended.store(true, Ordering::Relaxed);
        }
    }

    /// What the call must raise instead of giving what it has.
    pub(crate) fn raised(&self) -> Option<PyErr> {
        self.0.raised.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
