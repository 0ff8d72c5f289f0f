//! The least program: a proposal from the input, the whole verdict to the output.

use std::io::Read;

use meetlat::{Language, Meetlat, Scratch};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut json = String::new();
    std::io::stdin().read_to_string(&mut json)?;
    let rules = Meetlat::parse(workload::RULES_NAME, workload::RULES);
    let meetlat = rules.into_result().map_err(|_| "the rules have faults")?;
    let mut scratch = Scratch::default();
    let verdict = meetlat.in_language(Language::Nl).judge_json(&mut scratch, "voorstel.json", &json, None);
    println!("{}", verdict.map_err(|_| "the proposal has faults")?);
    Ok(())
}
