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
    // As a service does it: buffers that are used again, one per thread.
    let (mut serving, mut reading, mut same) = (Scratch::default(), Buffers::default(), Scratch::default());
    // From the document that everyone gets, and from what the engine finds out.
    measure::compare("meetlat, its verdict", |json| {
        whole::compact(&serde_json::from_str(whole::judge_json(&meetlat, &mut serving, json.as_bytes())?)?)
    })?;
    measure::compare("meetlat, the same work", |json| {
        let answer = same_work::bytes_to_bytes(&meetlat, &mut reading, &mut same, json.as_bytes())?;
        Ok(serde_json::from_slice(&answer)?)
    })?;
    if asked == Asked::Compare {
        return Ok(());
    }
    let proposals = asked.proposals();
    let bytes = |at: usize| proposals[at].as_bytes();
    let read = proposals.iter().map(|json| whole::read(&meetlat, json)).collect::<Result<Vec<_>, _>>()?;
    // One each, so that phases can take turns.
    let (mut judging, mut writing, mut deciding) =
        (Scratch::default(), Scratch::default(), Scratch::default());
    let mut reading_alone = Buffers::default();
    let phases = vec![
        Phase::new("bytes", |at| whole::judge_json(&meetlat, &mut serving, bytes(at)).map(str::len).ok()),
        Phase::new("read", |at| {
            whole::read_with(&meetlat, &mut reading_alone, bytes(at))
                .map(|it| reading_alone.recycle(it))
                .is_ok()
        }),
        Phase::new("judge", |at| meetlat.judge_into(&read[at], &mut judging).unwrap().outcomes.len()),
        Phase::new("eval", |at| meetlat.in_language(Language::Nl).evaluate_json(&mut writing, &read[at]).unwrap().len()),
        Phase::new("fields", |at| meetlat.evaluate(&read[at]).unwrap()),
        Phase::new("same_eval", |at| {
            same_work::compact(meetlat.judge_into(&read[at], &mut deciding).unwrap(), &read[at])
        }),
        Phase::new("same_bytes", |at| {
            same_work::bytes_to_bytes(&meetlat, &mut reading, &mut same, bytes(at)).is_ok()
        }),
        // What all verdicts share is written when the first is asked for.
        Phase::new("first", |at| {
            let (meetlat, mut scratch) = (rules()?, Scratch::default());
            whole::judge_json(&meetlat, &mut scratch, bytes(at)).map(str::len)
        }),
    ];
    measure::measure("meetlat", &proposals, || rules().is_ok(), phases)
}
