//! Many proposals at once, on as many threads as the machine has.

use std::num::NonZeroUsize;

use meetlat::batch::{Each, all_threads, in_order};

use crate::how::How;
use crate::named::Named;
use crate::refused::Refused;
use crate::rules::Rules;

/// What one of many proposals gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The name of the outcome; none while it is open, and for a faulty proposal.
    pub outcome: Option<String>,
    /// The verdict on one line, or what is wrong with this proposal.
    pub verdict: Result<String, Refused>,
}

/// How many proposals are judged.
#[derive(Debug, Clone)]
pub struct Many<'m> {
    /// What messages and verdicts call each of them.
    pub name: &'m str,
    /// On which day, in which language; and what each of them may take.
    pub how: How,
    /// None: as many as the machine runs at once.
    pub threads: Option<NonZeroUsize>,
}

impl Many<'_> {
    /// How many jobs are taken ahead: results are kept anyhow.
    const WINDOW: usize = 4096;

    /// Judges all, in order; a faulty proposal is that proposal's fault only. `text` gives each as text, or why it is none;
    /// an absent proposal gives none. `ended` is asked between proposals: once it says so, the results end.
    pub fn judge<T: Sync>(
        &self,
        rules: &Rules,
        proposals: &[T],
        text: impl Fn(&T) -> Option<Result<&str, Refused>> + Sync,
        ended: impl Fn() -> bool,
    ) -> Vec<Option<Judged>> {
        let threads = self.threads.unwrap_or_else(all_threads);
        let threads = threads.min(NonZeroUsize::new(proposals.len()).unwrap_or(NonZeroUsize::MIN));
        let one = |(): &mut (), proposal: &T| {
            let judged = text(proposal)?
                .and_then(|text| rules.evaluate_with_outcome(Named::new(self.name, text), &self.how));
            Some(match judged {
                Ok((verdict, outcome)) => Judged { outcome, verdict: Ok(verdict) },
                Err(refused) => Judged { outcome: None, verdict: Err(refused) },
            })
        };
        in_order(
            Each(proposals.iter()),
            threads,
            Self::WINDOW,
            || (),
            one,
            |results| results.take_while(|_| !ended()).collect(),
        )
    }
}
