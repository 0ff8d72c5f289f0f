//! zen-engine on the workload, as its documentation advises: the decision made and compiled once. Nothing in it waits, so it
//! is polled without a runtime.

mod rules;

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use zen_engine::model::DecisionContent;
use zen_engine::{Decision, DecisionEngine, Variable};

pub use rules::rules;

/// What goes wrong.
pub type Fault = Box<dyn std::error::Error>;

/// The rules, compiled.
///
/// # Errors
/// When the engine does not take the rules.
pub fn compile(rules: &str) -> Result<Decision, Fault> {
    let content: DecisionContent = serde_json::from_str(rules)?;
    let mut decision = DecisionEngine::default().create_decision(content.into())?;
    decision.compile();
    Ok(decision)
}

/// Judges a proposal that was read.
///
/// # Errors
/// When the engine fails.
pub fn judge(decision: &Decision, proposal: Variable) -> Result<Variable, Fault> {
    let mut evaluation = pin!(decision.evaluate(proposal));
    match evaluation.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(response) => Ok(response.map_err(|fault| fault.to_string())?.result),
        Poll::Pending => Err("the decision waits for something".into()),
    }
}

/// A proposal's text to the answer's text.
///
/// # Errors
/// When the text is no JSON, or the engine fails.
pub fn bytes_to_bytes(decision: &Decision, json: &[u8]) -> Result<Vec<u8>, Fault> {
    Ok(serde_json::to_vec(&judge(decision, serde_json::from_slice(json)?)?)?)
}
