//! Everything that could grow has a limit that the caller can set.

pub mod budget;
pub mod provisional;
pub(crate) mod stop;

use crate::limits::stop::Stop;

/// All limits of the engine, with their defaults. Change a field with struct update syntax, as below: there may be more fields in
/// any release, each with a default that changes nothing.
///
/// ```
/// let limits = meetlat::Limits { search_steps: 10_000, ..meetlat::Limits::default() };
/// assert!(limits.search_steps < meetlat::Limits::default().search_steps);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one rule file. Default 4 MiB.
    pub rule_bytes: usize,
    /// Bytes of a rule file and all building blocks it uses together. Default 16 MiB.
    pub all_rule_bytes: usize,
    /// A rule file and the building blocks it uses: how many files. Default 100.
    pub files: usize,
    /// How many `gebruik` in a row may lead from the rule file to a building block, by the shortest path. Default 16.
    pub import_depth: usize,
    /// Bytes of one proposal, counted up to 2 GiB. Default 4 MiB.
    pub proposal_bytes: usize,
    /// Nesting of brackets in a rule file; above 64 it counts as 64, since each takes stack. Default 32.
    pub nesting: usize,
    /// Declarations in one rule file. Default 20,000.
    pub declarations: usize,
    /// Items of one list in a proposal, and the greatest length that an open list ranges up to. Default 1,000.
    pub list_items: usize,
    /// Diagnostics of one run; the rest is counted, not shown. Default 1,000.
    pub diagnostics: usize,
    /// Sets of changes of the smallest size that are listed for one target; there may be more. Default 20.
    pub change_sets: usize,
    /// Nodes of one compiled program. Default 1,000,000.
    pub program_nodes: usize,
    /// Digits that a number may grow to where rules multiply and divide, numerator and denominator together, whatever the answers
    /// are. Default 20,000.
    pub number_digits: u64,
    /// Steps that one call may take, all its questions to the engine together, before it answers `voorlopig`.
    /// Default 500,000, which is part of the language version, since it can decide between exact and `voorlopig`.
    pub search_steps: u64,
    /// Orders in which equal weights can be put, over which the share of weightings is averaged; when there are more the share is
    /// not given. Default 5,040.
    pub weight_orders: u64,
    /// Other sets of points, or of answers, that decide an outcome, and are counted besides the one that is shown. Each takes a
    /// proof; all proofs together may take [`Self::search_steps`]. Where either limit ends the count, there are "at least" so
    /// many. Default 100.
    pub other_sets: usize,
    /// Missing table rows that a verdict names; the rest is counted. Default 20.
    pub missing_rows: usize,
    /// Combinations of an outcome and choices of routes that a verdict holds; the rest is counted. Default 200.
    pub combinations: usize,
    /// Classes of answers that a verdict holds for one open question; the rest is counted. Default 50.
    pub classes: usize,
    /// Bytes of one line of a batch; a longer one is a fault of that line, and is not kept. Default 4 MiB.
    pub line_bytes: usize,
    /// Asked while a call works whether it should end. Default none.
    pub stop: Option<Stop>,
    /// Lines of a batch that are read and whose results are not yet taken, when there is more than one thread. Default 1,000.
    pub batch_window: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            rule_bytes: 4 << 20,
            all_rule_bytes: 16 << 20,
            files: 100,
            import_depth: 16,
            proposal_bytes: 4 << 20,
            nesting: 32,
            declarations: 20_000,
            list_items: 1_000,
            diagnostics: 1_000,
            change_sets: 20,
            program_nodes: 1_000_000,
            number_digits: 20_000,
            search_steps: 500_000,
            weight_orders: 5_040,
            other_sets: 100,
            missing_rows: 20,
            combinations: 200,
            classes: 50,
            line_bytes: 4 << 20,
            stop: None,
            batch_window: 1_000,
        }
    }
}
