//! One proposal, judged by the rules of a region: `cargo run --example simplest`.

use std::error::Error;

use meetlat::{Language, Meetlat};

const RULES: &str = include_str!("../tests/cases/klein/regels.meetlat");
const PROPOSAL: &str = include_str!("../tests/cases/klein/voorstel.json");

fn main() -> Result<(), Box<dyn Error>> {
    let meetlat = Meetlat::parse("regels.meetlat", RULES).into_result()?;
    let proposal = meetlat.read("voorstel.json", PROPOSAL, None)?;
    let verdict = meetlat.evaluate(&proposal)?;
    print(&verdict.to_text(Language::Nl));
    Ok(())
}

#[expect(clippy::print_stdout, reason = "an example shows what it does")]
fn print(text: &str) {
    println!("{text}");
}
