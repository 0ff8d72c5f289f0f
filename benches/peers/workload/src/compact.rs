//! The answer that all engines must agree on: the verdict with its explanation, in few words. Words of the rules are
//! borrowed, what is put together from a proposal is owned.

use serde::Serialize;

/// A verdict with its explanation. About 1.4 KB of JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compact {
    /// `voldoet`, `voorwaardelijk`, `afgewezen`, or `open` when the missing answers decide.
    pub oordeel: &'static str,
    /// The weighted mean of the criteria, in parts of [`crate::TOTAL_PARTS`].
    pub totaal: Range,
    /// `terug`, `kwartiermaker`, `bestuur`, or `open`.
    pub route: &'static str,
    /// The six criteria.
    pub criteria: Vec<Criterion>,
    /// `vervuld`, `niet_vervuld` or `open`.
    pub voorwaarden: Vec<Gate>,
    /// `ja`, `nee` or `open`.
    pub uitsluitingen: Vec<Gate>,
    /// The budget check: `ja`, `nee` or `open`.
    pub signalen: Vec<Gate>,
    /// The answers that rules read and that are not there, in the order of the rule file.
    pub ontbreekt: Vec<&'static str>,
    /// The answers that were read, in the order of the rule file.
    pub gebruikt: Vec<&'static str>,
}

/// Least and greatest over all ways in which missing answers can be given; the same when nothing is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Range {
    /// Least.
    pub van: u32,
    /// Greatest.
    pub tot_en_met: u32,
}

/// One criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Criterion {
    /// Its name.
    pub naam: &'static str,
    /// The score in parts of [`crate::SCORE_PARTS`].
    pub score: Range,
    /// Its requirement: `gehaald`, `niet_gehaald` or `open`.
    pub uitkomst: &'static str,
    /// The answers that give the score: `gezond is ja, veilig is deels, kansrijk is open`.
    pub reden: String,
}

/// A condition, exclusion or signal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gate {
    /// Its name.
    pub naam: &'static str,
    /// Whether it holds.
    pub status: &'static str,
}
