//! cel on the workload, as its documentation advises: programs compiled once, one root context with what is constant, an inner
//! scope per proposal. Values are borrowed where the library can: the proposal by a resolver, what a stage found as a value.

use std::collections::HashMap;
use std::sync::Arc;

use cel::common::value::{CowVal, Val};
use cel::context::VariableResolver;
use cel::{Context, Env, Program, Value};

/// What goes wrong.
pub type Fault = Box<dyn std::error::Error>;

const STAGES: [(&str, &str); 6] = [
    ("g", include_str!("../rules/1_gegeven.cel")),
    ("s", include_str!("../rules/2_scores.cel")),
    ("t", include_str!("../rules/3_totaal.cel")),
    ("o", include_str!("../rules/4_oordeel.cel")),
    ("r", include_str!("../rules/5_route.cel")),
    ("", include_str!("../rules/6_antwoord.cel")),
];

const READ: [&str; 20] = [
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

const BUDGET: [(&str, i64); 8] = [
    ("onderwijs2020", 100_000),
    ("onderwijs2021", 100_000),
    ("onderwijs2022", 50_000),
    ("ambulant2020", 160_000),
    ("ambulant2021", 120_000),
    ("ambulant2022", 80_000),
    ("inkoop2020", 40_000),
    ("inkoop2021", 30_000),
];

/// The rules, compiled.
pub struct Rules {
    stages: Vec<(&'static str, Program)>,
    root: Context<'static, 'static>,
}

/// The rules, compiled.
///
/// # Errors
/// When the engine does not take the rules.
pub fn compile() -> Result<Rules, Fault> {
    let env = Arc::new(Env::stdlib());
    let compiled = STAGES.into_iter().map(|(name, rules)| Ok((name, env.compile(rules)?)));
    let stages = compiled.collect::<Result<_, Fault>>()?;
    let mut root = Context::with_env(env);
    root.add_variable("lees", READ.map(str::to_owned).to_vec())?;
    root.add_variable_from_value("budget", HashMap::from(BUDGET));
    Ok(Rules { stages, root })
}

/// A proposal's answers in the library's own form.
pub struct Proposal(Box<dyn Val>);

impl VariableResolver for Proposal {
    fn resolve<'b>(&'b self, name: &str) -> Option<CowVal<'b, 'b>> {
        (name == "antwoorden").then(|| CowVal::Borrowed(self.0.as_ref()))
    }
}

/// Reads a proposal.
///
/// # Errors
/// When the text is no JSON.
pub fn read(json: &[u8]) -> Result<Proposal, Fault> {
    let proposal: serde_json::Value = serde_json::from_slice(json)?;
    Ok(Proposal(cel::to_value(&proposal["antwoorden"])?.try_into()?))
}

/// Judges a proposal that was read.
///
/// # Errors
/// When the engine fails.
pub fn judge(rules: &Rules, proposal: &Proposal) -> Result<Value, Fault> {
    let mut scope = rules.root.new_inner_scope();
    scope.set_variable_resolver(proposal);
    for (name, program) in &rules.stages {
        let found = Value::resolve_val(program.expression(), &scope)?;
        if name.is_empty() {
            return Ok(Value::try_from(&*found)?);
        }
        let found = found.into_owned();
        scope.add_variable_as_val(*name, found);
    }
    Err("the last stage has no name".into())
}

/// A proposal's text to the answer's text.
///
/// # Errors
/// When the text is no JSON, or the engine fails.
pub fn bytes_to_bytes(rules: &Rules, json: &[u8]) -> Result<Vec<u8>, Fault> {
    let answer = judge(rules, &read(json)?)?;
    let answer = answer.json().map_err(|fault| fault.to_string())?;
    Ok(serde_json::to_vec(&answer)?)
}
