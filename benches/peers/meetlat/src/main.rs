//! This engine on the workload: `cargo run --release -- [compare|open]`. Two measurements are kept apart: the whole verdict,
//! with grounds, sources, contributions and open questions; and the same work as the others do, the compact answer.

mod same_work;
mod whole;

use hand::measure::{self, Asked, Fault, Phase};
use meetlat::Meetlat;

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
    let verdicts: Vec<_> = read.iter().map(|proposal| meetlat.evaluate(proposal)).collect();
    let phases = vec![
        Phase::new("bytes", |at| whole::bytes_to_bytes(&meetlat, &proposals[at]).is_ok()),
        Phase::new("read", |at| whole::read(&meetlat, &proposals[at]).is_ok()),
        Phase::new("judge", |at| meetlat.judge(&read[at])),
        Phase::new("eval", |at| meetlat.evaluate(&read[at])),
        Phase::new("write", |at| verdicts[at].to_json_line()),
        Phase::new("same_eval", |at| same_work::compact(&meetlat.judge(&read[at]), &read[at])),
        Phase::new("same_bytes", |at| same_work::bytes_to_bytes(&meetlat, &proposals[at]).is_ok()),
    ];
    measure::measure("meetlat", &proposals, || rules().is_ok(), phases)
}
