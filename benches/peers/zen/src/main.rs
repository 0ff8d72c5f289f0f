//! Measures zen-engine: `cargo run --release -- [compare|open]`.

use hand::measure::{self, Asked, Phase};
use peer_zen::{Fault, bytes_to_bytes, compile, judge, rules};
use zen_engine::Variable;

fn main() -> Result<(), Fault> {
    let asked = Asked::from_arguments();
    let rules = rules();
    let decision = compile(&rules)?;
    measure::compare("zen", |json| {
        Ok(serde_json::from_slice(&bytes_to_bytes(&decision, json.as_bytes())?)?)
    })?;
    // Its values are shared and can be changed: a proposal that is judged again, as it is when it is measured, must stay as it is.
    measure::compare("zen, a proposal judged again", |json| {
        let proposal: Variable = serde_json::from_str(json)?;
        judge(&decision, proposal.clone())?;
        Ok(serde_json::to_value(judge(&decision, proposal)?)?)
    })?;
    if asked == Asked::Compare {
        return Ok(());
    }
    let proposals = asked.proposals();
    let read =
        proposals.iter().map(|json| serde_json::from_str(json)).collect::<Result<Vec<Variable>, _>>()?;
    let phases = vec![
        Phase::new("eval", |at| judge(&decision, read[at].clone()).is_ok()),
        Phase::new("bytes", |at| bytes_to_bytes(&decision, proposals[at].as_bytes()).is_ok()),
    ];
    measure::measure("zen", &proposals, || compile(&rules).is_ok(), phases)
}
