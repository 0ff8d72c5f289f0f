//! What both test binaries use.

pub(crate) mod random;

/// A number that the environment sets, or the suite's own where it does not. Suites share names: who sets one names the suite
/// that it is meant for.
pub(crate) fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}
