//! Measures datalogic-rs: `cargo run --release -- [compare|open]`.

use std::cell::RefCell;

use datalogic_rs::ParsedData;
use hand::measure::{self, Asked, Fault, Phase};
use peer_datalogic::{compile, engine, rules};
use serde_json::Value;

fn main() -> Result<(), Fault> {
    let asked = Asked::from_arguments();
    let (engine, rules) = (engine(), rules());
    let logic = compile(&engine, &rules)?;
    let session = RefCell::new(engine.session());
    measure::compare("datalogic", |json| {
        let mut session = session.borrow_mut();
        let text = session.eval_str(&logic, json)?;
        session.reset();
        // Stages are chained by `map`: a list of one, of a list of one.
        let mut answer: Value = serde_json::from_str(&text)?;
        Ok(answer[0][0].take())
    })?;
    if asked == Asked::Compare {
        return Ok(());
    }
    let proposals = asked.proposals();
    let parsed = proposals.iter().map(|json| ParsedData::from_json(json)).collect::<Result<Vec<_>, _>>()?;
    let phases = vec![
        Phase::new("eval", |at| {
            let mut session = session.borrow_mut();
            let answered = session.eval_borrowed(&logic, &parsed[at]).is_ok();
            session.reset();
            answered
        }),
        Phase::new("bytes", |at| {
            let mut session = session.borrow_mut();
            let json = std::str::from_utf8(proposals[at].as_bytes());
            let answer = json.map(|json| session.eval_str(&logic, json));
            session.reset();
            answer
        }),
    ];
    measure::measure("datalogic", &proposals, || compile(&engine, &rules), phases)
}
