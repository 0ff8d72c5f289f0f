//! Writes the proposals as NDJSON, for whoever wants to see or use them: `cargo run -- [timed|open|compared]`. Tells on the
//! error stream how large they are.

use std::io::Write;

fn main() -> std::io::Result<()> {
    let set = std::env::args().nth(1).unwrap_or_else(|| "timed".to_owned());
    let proposals = match set.as_str() {
        "open" => workload::timed_open(),
        "compared" => workload::compared(),
        _ => workload::timed(),
    };
    let mut out = std::io::stdout().lock();
    let (mut bytes, mut values, mut read) = (0, 0, 0);
    for proposal in &proposals {
        writeln!(out, "{proposal}")?;
        bytes += proposal.len();
        let tree: serde_json::Value = serde_json::from_str(proposal)?;
        values += leaves(&tree);
        let answers = workload::READ.iter().map(|name| &tree["antwoorden"][name]["antwoord"]);
        read += answers.map(|answer| answer.to_string().len()).sum::<usize>();
    }
    let mean = |sum: usize| sum as f64 / proposals.len() as f64;
    eprintln!(
        "{} proposals, on average {:.0} bytes, {:.1} values, {:.0} bytes of answers that rules read",
        proposals.len(),
        mean(bytes),
        mean(values),
        mean(read)
    );
    Ok(())
}

fn leaves(value: &serde_json::Value) -> usize {
    match value {
        serde_json::Value::Array(items) => items.iter().map(leaves).sum(),
        serde_json::Value::Object(fields) => fields.values().map(leaves).sum(),
        _ => 1,
    }
}
