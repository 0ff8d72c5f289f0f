//! A host that may end a call.

use std::fmt;
use std::sync::Arc;

/// A function that is asked now and then, while a call works, whether it should end: a deadline has passed, a key was pressed, a
/// client left. The answer is what is known by then, marked as `voorlopig`; such an answer need not have the same bytes each time.
///
/// ```
/// use std::sync::Arc;
/// use std::sync::atomic::{AtomicBool, Ordering};
///
/// let pressed = Arc::new(AtomicBool::new(false));
/// let seen = Arc::clone(&pressed);
/// let stop = meetlat::Stop::when(move || seen.load(Ordering::Relaxed));
/// let limits = meetlat::Limits { stop: Some(stop), ..meetlat::Limits::default() };
/// assert!(limits.stop.is_some());
/// ```
#[derive(Clone)]
pub struct Stop(Arc<dyn Fn() -> bool + Send + Sync>);

impl Stop {
    /// Ends a call as soon as `ask` says true. It is asked every thousand steps or so, and must answer at once.
    #[must_use]
    pub fn when(ask: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(ask))
    }

    /// Whether it says stop now.
    pub(crate) fn asked(&self) -> bool {
        (self.0)()
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Stop")
    }
}

/// The same closure.
impl PartialEq for Stop {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Stop {}
