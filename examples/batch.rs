//! Many proposals, one a line, on all processors, in order: `cargo run --example batch`.

use std::error::Error;

use meetlat::batch::Judged;
use meetlat::{Batch, Meetlat, Versions};

const RULES: &str = include_str!("../tests/cases/klein/regels.meetlat");
const LINES: &str = r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja", "bedrag": 42000}}
{"meetlat": "klein", "antwoorden": {"gezond": "nee", "bedrag": 42000}}
{"meetlat": "klein", "antwoorden": {"gezond": "misschien"}}
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let versions = Versions::from(Meetlat::parse("regels.meetlat", RULES).into_result()?);
    let batch = Batch { name: "voorstellen.ndjson", ..Batch::default() };
    batch.judge(&versions, LINES.as_bytes(), |results| {
        for line in results {
            say(&line?);
        }
        Ok(())
    })
}

#[expect(clippy::print_stdout, reason = "an example shows what it does")]
fn say(line: &Judged) {
    match &line.value {
        Ok(verdict) => println!("line {}: {}", line.number, verdict.outcome.possible.join(" or ")),
        Err(faults) => println!("line {}: refused\n{faults}", line.number),
    }
}
