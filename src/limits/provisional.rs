//! Why something is not exact: the work of a call ended, or could not decide it. The one place for these words, in both
//! languages.

use serde::{Deserialize, Serialize};

use crate::limits::budget::Ended;
use crate::message::language::{Language, tell};

/// Why something is not exact, and where that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Provisional {
    /// Why.
    pub reason: ProvisionalReason,
    /// The limit, counted in steps; with [`ProvisionalReason::Limit`] only.
    pub limit: Option<u64>,
    /// JSON pointer of the open question at which it was found.
    pub question: Option<String>,
}

impl Provisional {
    /// With the limit where that is the reason.
    #[must_use]
    pub fn new(reason: ProvisionalReason, limit: u64, question: Option<String>) -> Self {
        Self { reason, limit: (reason == ProvisionalReason::Limit).then_some(limit), question }
    }
}

impl ProvisionalReason {
    /// The reason as a clause, with small letter and without full stop. Where it knows of them it says for what was searched
    /// (` naar …`, or nothing), where it ended (` bij …`, or nothing) and how many steps were allowed.
    pub(crate) fn clause(self, sought: &str, at: &str, limit: &str, language: Language) -> String {
        match self {
            Self::Limit => tell!(
                language,
                "het zoeken{sought} stopte{at}, na {limit} stappen",
                "the search{sought} ended{at}, after {limit} steps"
            ),
            Self::Stopped => tell!(
                language,
                "het zoeken{sought} is{at} gestopt voordat het klaar was",
                "the search{sought} was stopped{at} before it was done"
            ),
            Self::UnboundedList => tell!(
                language,
                "er is{at} een open lijst zonder grootste lengte, en er is geen lengte te bewijzen waarboven niets meer verandert",
                "there is{at} an open list without a greatest length, and no length can be proved above which nothing changes"
            ),
            Self::Numbers => tell!(
                language,
                "getallen die samenhangen zijn{at} niet samen te bepalen",
                "numbers that hang together cannot be decided together{at}"
            ),
        }
    }
}

impl From<Ended> for ProvisionalReason {
    fn from(ended: Ended) -> Self {
        match ended {
            Ended::Limit => Self::Limit,
            Ended::Stopped => Self::Stopped,
        }
    }
}

/// Why something is not exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum ProvisionalReason {
    /// The steps of the call ran out: `Limits::search_steps`.
    #[serde(rename = "grens")]
    Limit,
    /// The host said stop: `Limits::stop`.
    #[serde(rename = "gestopt")]
    Stopped,
    /// An open list has no greatest length, and no length can be proved above which nothing changes.
    #[serde(rename = "lijst_zonder_grens")]
    UnboundedList,
    /// Numbers that hang together could not be decided together.
    #[serde(rename = "getallen_samen")]
    Numbers,
}
