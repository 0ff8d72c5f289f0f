//! datalogic-rs on the workload, as its documentation advises for repeated evaluation: one engine, rules compiled once, a
//! session whose arena is reset after every proposal.

mod rules;

use datalogic_rs::{Engine, Logic};

pub use rules::rules;

/// An engine for rules that shape their answer.
#[must_use]
pub fn engine() -> Engine {
    Engine::builder().with_templating(true).build()
}

/// The rules, compiled.
///
/// # Errors
/// When the engine does not take the rules.
pub fn compile(engine: &Engine, rules: &str) -> Result<Logic, datalogic_rs::Error> {
    engine.compile(rules)
}
