//! This engine on the workload: `cargo run --release -- [compare|open]`. Two measurements are kept apart: the whole verdict,
//! with grounds, sources, contributions and open questions; and the same work as the others do, the compact answer.

mod same_work;
mod whole;

use hand::measure::{self, Asked, Fault, Phase};
use meetlat::{Buffers, Language, Meetlat, Scratch};

fn rules() -> Result<Meetlat, Fault> {
    Meetlat::parse(workload::RULES_NAME, workload::RULES).into_result().map_err(whole::fault)
}

fn main() -> Result<(), Fault> {
    let asked = Asked::from_arguments();
    let meetlat = rules()?;
    // From the document that everyone gets, and from what the engine finds out.
    measure::compare("meetlat, its verdict", |json| {
        let verdict = serde_json::from_str(&whole::bytes_to_bytes(&meetlat, json)?)?;
        whole::compact(&verdict)
    })?;
    measure::compare("meetlat, the same work", |json| {
        Ok(serde_json::from_slice(&same_work::bytes_to_bytes(&meetlat, json)?)?)
    })?;
    if asked == Asked::Compare {
        return Ok(());
    }
    let proposals = asked.proposals();
    let read = proposals.iter().map(|json| whole::read(&meetlat, json)).collect::<Result<Vec<_>, _>>()?;
    // As a service does it: buffers that are used again, one per thread.
    let (mut buffers, mut reading, mut judging) = (Scratch::default(), Buffers::default(), Scratch::default());
    let mut writing = Scratch::default();
    let phases = vec![
        Phase::new("bytes", |at| whole::judge_json(&meetlat, &mut buffers, &proposals[at]).map(str::len).ok()),
        Phase::new("read", |at| whole::read_again(&meetlat, &mut reading, &proposals[at]).is_ok()),
        Phase::new("judge", |at| meetlat.judge_into(&read[at], &mut judging).outcomes.len()),
        Phase::new("eval", |at| meetlat.evaluate_json(&mut writing, &read[at], Language::Nl).len()),
        Phase::new("fields", |at| meetlat.evaluate(&read[at])),
        Phase::new("same_eval", |at| same_work::compact(&meetlat.judge(&read[at]), &read[at])),
        Phase::new("same_bytes", |at| same_work::bytes_to_bytes(&meetlat, &proposals[at]).is_ok()),
    ];
    measure::measure("meetlat", &proposals, || rules().is_ok(), phases)
}
