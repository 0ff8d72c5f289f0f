//! What every engine is given to judge: a rule file, proposals, and the shape of the answer they must agree on.

mod compact;
mod generate;
mod random;
mod words;

pub use compact::{Compact, Criterion, Gate, Range};
pub use generate::proposal;

/// The rules, in the language of this project. The other engines have the same rules in theirs.
pub const RULES: &str = include_str!("../werklast.meetlat");

/// The name of the rule file.
pub const RULES_NAME: &str = "werklast.meetlat";

/// The answers that rules read, in the order of the rule file.
pub const READ: [&str; 20] = [
    "thema",
    "gezond",
    "veilig",
    "kansrijk",
    "dichterbij",
    "kort",
    "uitgaven",
    "vertrouwen",
    "eigen_omgeving",
    "opnames",
    "lerend",
    "partners",
    "omdenken",
    "gedrag",
    "kinderen",
    "nulmeting",
    "evaluatie",
    "elders",
    "start",
    "bedrag",
];

/// Scores are counted in parts of this: halves, thirds and quarters of halves come out whole.
pub const SCORE_PARTS: u32 = 24;

/// The weights of the six criteria together.
pub const WEIGHTS: u32 = 14;

/// Totals are counted in parts of this.
pub const TOTAL_PARTS: u32 = SCORE_PARTS * WEIGHTS;

/// Which answers of a set of proposals are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// None: every verdict is settled.
    Nothing,
    /// In every proposal one to six of those that rules read, absent or null. Never `thema` and `start`: what stays possible
    /// when these are missing cannot be decided by looking at one rule at a time, and hand-written rules do just that.
    Some,
}

/// 64 proposals to measure with, 5.4 KB on average, all answered.
#[must_use]
pub fn timed() -> Vec<String> {
    (0..64).map(|seed| proposal(seed, Missing::Nothing)).collect()
}

/// 64 proposals to measure with in which answers are missing.
#[must_use]
pub fn timed_open() -> Vec<String> {
    (0..64).map(|seed| proposal(1_000 + seed, Missing::Some)).collect()
}

/// 512 further proposals on which every engine must give the same answer before a number counts; in half of them answers are
/// missing.
#[must_use]
pub fn compared() -> Vec<String> {
    let missing = |seed: u64| if seed.is_multiple_of(2) { Missing::Nothing } else { Missing::Some };
    (0..512).map(|seed| proposal(10_000 + seed, missing(seed))).collect()
}
