//! regorus on the workload, as its documentation advises where speed counts: the policy compiled to a program of its virtual
//! machine once, the machine used again for every proposal.

use std::sync::Arc;

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::program::Program;
use regorus::rvm::vm::RegoVM;
use regorus::{Engine, Rc, Value};

/// What goes wrong.
pub type Fault = Box<dyn std::error::Error>;

const ENTRY: &str = "data.werklast.antwoord";

/// The rules, compiled.
///
/// # Errors
/// When the engine does not take the rules.
pub fn compile() -> Result<Arc<Program>, Fault> {
    let mut engine = Engine::new();
    engine.add_policy("werklast.rego".to_owned(), include_str!("../werklast.rego").to_owned())?;
    let policy = engine.compile_with_entrypoint(&Rc::from(ENTRY))?;
    Ok(Compiler::compile_from_policy(&policy, &[ENTRY])?)
}

/// A machine with the rules loaded.
#[must_use]
pub fn machine(program: Arc<Program>) -> RegoVM {
    let mut machine = RegoVM::new();
    machine.load_program(program);
    machine
}

/// Judges a proposal that was read.
///
/// # Errors
/// When the engine fails.
pub fn judge(machine: &mut RegoVM, proposal: Value) -> Result<Value, Fault> {
    machine.set_input(proposal);
    Ok(machine.execute()?)
}

/// A proposal's text to the answer's text.
///
/// # Errors
/// When the text is no JSON, or the engine fails.
pub fn bytes_to_bytes(machine: &mut RegoVM, json: &[u8]) -> Result<Vec<u8>, Fault> {
    let proposal = Value::from_json_str(std::str::from_utf8(json)?)?;
    Ok(serde_json::to_vec(&judge(machine, proposal)?)?)
}
