//! Measures regorus: `cargo run --release -- [compare|open]`.

use std::cell::RefCell;

use hand::measure::{self, Asked, Phase};
use peer_regorus::{Fault, bytes_to_bytes, compile, judge, machine};
use regorus::Value;

fn main() -> Result<(), Fault> {
    let asked = Asked::from_arguments();
    let machine = RefCell::new(machine(compile()?));
    measure::compare("regorus", |json| {
        Ok(serde_json::from_slice(&bytes_to_bytes(&mut machine.borrow_mut(), json.as_bytes())?)?)
    })?;
    if asked == Asked::Compare {
        return Ok(());
    }
    let proposals = asked.proposals();
    let read = proposals.iter().map(|json| Value::from_json_str(json)).collect::<Result<Vec<_>, _>>()?;
    let phases = vec![
        Phase::new("eval", |at| judge(&mut machine.borrow_mut(), read[at].clone()).is_ok()),
        Phase::new("bytes", |at| bytes_to_bytes(&mut machine.borrow_mut(), proposals[at].as_bytes()).is_ok()),
    ];
    measure::measure("regorus", &proposals, || compile().map(peer_regorus::machine), phases)
}
