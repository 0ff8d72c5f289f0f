//! Measures the forms by hand: `cargo run --release -- [compare|open]`.

use hand::measure::{self, Asked, Fault, Phase};
use hand::{Proposal, bytes_to_buffer, bytes_to_bytes, bytes_to_bytes_borrowed, judge};

fn main() -> Result<(), Fault> {
    let asked = Asked::from_arguments();
    // Form b is what others are compared with; here the forms are compared with each other.
    let mut buffer = Vec::new();
    measure::compare("hand", |json| {
        bytes_to_buffer(json.as_bytes(), &mut buffer)?;
        Ok(serde_json::from_slice(&buffer)?)
    })?;
    measure::compare("hand, words borrowed", |json| {
        Ok(serde_json::from_slice(&bytes_to_bytes_borrowed(json.as_bytes())?)?)
    })?;
    if asked == Asked::Compare {
        return Ok(());
    }
    let proposals = asked.proposals();
    let parsed =
        proposals.iter().map(|json| serde_json::from_str(json)).collect::<Result<Vec<Proposal<'_>>, _>>()?;
    let bytes = |at: usize| proposals[at].as_bytes();
    let mut answer = Vec::new();
    let phases = vec![
        Phase::new("eval", |at| judge::<String>(&parsed[at])),
        Phase::new("bytes", |at| bytes_to_bytes(bytes(at))),
        Phase::new("bytes_tight", |at| {
            bytes_to_buffer(bytes(at), &mut answer).map(|()| answer.len()).unwrap_or(0)
        }),
        Phase::new("eval_borrowed", |at| judge::<&'static str>(&parsed[at])),
        Phase::new("bytes_borrowed", |at| bytes_to_bytes_borrowed(bytes(at))),
        Phase::new("serde_typed", |at| {
            serde_json::from_slice::<Proposal<'_>>(bytes(at)).is_ok_and(|proposal| {
                std::hint::black_box(&proposal);
                true
            })
        }),
        Phase::new("serde_value", |at| serde_json::from_slice::<serde_json::Value>(bytes(at))),
        Phase::new("serde_ignored", |at| serde_json::from_slice::<serde::de::IgnoredAny>(bytes(at))),
    ];
    measure::measure("hand", &proposals, || (), phases)
}
