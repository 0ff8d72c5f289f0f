//! What both test binaries use.

pub(crate) mod random;

/// A number that the environment sets, or the suite's own where it does not. Suites share names: who sets one names the suite
/// that it is meant for.
pub(crate) fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

/// The seeds of a suite: so many from `MEETLAT_SEED` on.
pub(crate) fn seeds(name: &str, default: u64) -> std::ops::Range<u64> {
    let (first, count) = (setting("MEETLAT_SEED", 0), setting(name, default));
    assert!(count > 0, "{name} is 0: nothing would be compared");
    first..first + count
}
