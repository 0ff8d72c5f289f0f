//! How far a long run is, on a terminal only: never among results, and never in a file of messages.

use std::io::{self, IsTerminal as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use meetlat::Language;

use crate::output::complain;
use crate::tally::{count, rate, span};

const EVERY: Duration = Duration::from_millis(200);

/// The line with how far it is.
pub(crate) struct Progress<'p> {
    on: bool,
    /// Bytes in all, when that is known, and read so far.
    size: Option<u64>,
    read: &'p AtomicU64,
    language: Language,
    began: Instant,
    last: Instant,
    /// There is a line on the terminal.
    stands: bool,
}

impl<'p> Progress<'p> {
    /// Shown when standard error is a terminal, and results go elsewhere.
    pub(crate) fn new(size: Option<u64>, read: &'p AtomicU64, language: Language, to_file: bool) -> Self {
        let on = io::stderr().is_terminal() && (to_file || !io::stdout().is_terminal());
        let began = Instant::now();
        Self { on, size, read, language, began, last: began, stands: false }
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    /// Now and then shows how far it is; whether it was time for that, shown or not.
    pub(crate) fn show(&mut self, lines: u64) -> bool {
        if self.last.elapsed() < EVERY {
            return false;
        }
        self.last = Instant::now();
        if self.on {
            let line = self.line(lines, self.elapsed());
            complain(&format!("\r{line}\x1b[K"));
            self.stands = true;
        }
        true
    }

    fn line(&self, lines: u64, elapsed: Duration) -> String {
        let nl = self.language == Language::Nl;
        let (lines, rate) = (count(lines, self.language), rate(lines, elapsed, self.language));
        let mut line = if nl {
            format!("{lines} regels, {rate} per seconde")
        } else {
            format!("{lines} lines, {rate} per second")
        };
        if let Some(left) = self.left(elapsed) {
            let left = span(left, self.language);
            line.push_str(&if nl {
                format!(", nog ongeveer {left}")
            } else {
                format!(", about {left} left")
            });
        }
        line
    }

    /// As long as the rest takes at the pace so far.
    fn left(&self, elapsed: Duration) -> Option<Duration> {
        let read = u128::from(self.read.load(Ordering::Relaxed));
        let rest = u128::from(self.size?).saturating_sub(read);
        let millis = elapsed.as_millis().saturating_mul(rest).checked_div(read)?;
        // In whole seconds: more would only flicker.
        Some(Duration::from_secs(u64::try_from(millis / 1_000).unwrap_or(u64::MAX)))
    }

    /// Takes the line away.
    pub(crate) fn clear(&mut self) {
        if std::mem::take(&mut self.stands) {
            complain("\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pace_gives_the_time_left() {
        let read = AtomicU64::new(250);
        let progress = Progress::new(Some(1_000), &read, Language::Nl, false);
        let line = progress.line(12_345, Duration::from_millis(50_000));
        assert_eq!(line, "12.345 regels, 246 per seconde, nog ongeveer 2 min 30 s");
        let unknown = Progress::new(None, &read, Language::En, false);
        assert_eq!(unknown.line(5, Duration::ZERO), "5 lines, 5 per second");
    }
}
