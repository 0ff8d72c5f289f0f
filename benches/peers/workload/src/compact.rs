//! The answer that all engines must agree on: the verdict with its explanation, in few words. What was found out is owned, as
//! it is for whoever keeps a verdict and its rules apart; names of criteria and gates, and a gate's word, are the program's own.

use serde::Serialize;

/// A verdict with its explanation. About 1.4 KB of JSON. Its words are a `W`: owned, or borrowed from the program to see what
/// owning them takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compact<W = String> {
    /// `voldoet`, `voorwaardelijk`, `afgewezen`, or `open` when the missing answers decide.
    pub oordeel: W,
    /// The weighted mean of the criteria, in parts of [`crate::TOTAL_PARTS`].
    pub totaal: Range,
    /// `terug`, `kwartiermaker`, `bestuur`, or `open`.
    pub route: W,
    /// The six criteria.
    pub criteria: Vec<Criterion<W>>,
    /// `vervuld`, `niet_vervuld` or `open`.
    pub voorwaarden: Vec<Gate>,
    /// `ja`, `nee` or `open`.
    pub uitsluitingen: Vec<Gate>,
    /// The budget check: `ja`, `nee` or `open`.
    pub signalen: Vec<Gate>,
    /// The answers that rules read and that are not there, in the order of the rule file.
    pub ontbreekt: Vec<W>,
    /// The answers that were read, in the order of the rule file.
    pub gebruikt: Vec<W>,
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
pub struct Criterion<W = String> {
    /// Its name.
    pub naam: &'static str,
    /// The score in parts of [`crate::SCORE_PARTS`].
    pub score: Range,
    /// Its requirement: `gehaald`, `niet_gehaald` or `open`.
    pub uitkomst: W,
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
