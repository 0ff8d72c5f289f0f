//! Measures cel: `cargo run --release -- [compare|open]`.

use hand::measure::{self, Asked, Phase};
use peer_cel::{Fault, bytes_to_bytes, compile, judge, read};

fn main() -> Result<(), Fault> {
    let asked = Asked::from_arguments();
    let rules = compile()?;
    measure::compare("cel", |json| Ok(serde_json::from_slice(&bytes_to_bytes(&rules, json.as_bytes())?)?))?;
    if asked == Asked::Compare {
        return Ok(());
    }
    let proposals = asked.proposals();
    let given = proposals.iter().map(|json| read(json.as_bytes())).collect::<Result<Vec<_>, _>>()?;
    let phases = vec![
        Phase::new("eval", |at| judge(&rules, &given[at]).is_ok()),
        Phase::new("bytes", |at| bytes_to_bytes(&rules, proposals[at].as_bytes()).is_ok()),
    ];
    measure::measure("cel", &proposals, || compile().is_ok(), phases)
}
