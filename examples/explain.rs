//! All that can be asked about one proposal, in English: `cargo run --example explain`.

use std::error::Error;

use meetlat::findings::Uncounted;
use meetlat::{Language, Meetlat};

const RULES: &str = include_str!("../tests/cases/klein/regels.meetlat");
const PROPOSAL: &str = r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja"}}"#;

fn main() -> Result<(), Box<dyn Error>> {
    let meetlat = Meetlat::parse("regels.meetlat", RULES).into_result()?;
    let proposal = meetlat.read("voorstel.json", PROPOSAL, None)?;
    let english = meetlat.in_language(Language::En);

    print(&english.evaluate(&proposal)?.to_text(Language::En));
    if let Some(question) = english.next(&proposal)?.question {
        print(&format!("To ask next: {}\n", question.title));
    }
    print(&english.improve(&proposal)?.to_text(Language::En));
    print(&english.why(&proposal)?.to_text(Language::En));
    print(&english.firmness(&proposal)?.to_text(Language::En));

    // How many of all ways to answer what is open lead where.
    match meetlat.census(&proposal) {
        Ok(census) => {
            for (outcome, ways) in census.outcomes() {
                let name = meetlat.outcome_name(outcome).unwrap_or_default();
                print(&format!("{name}: {} ways", ways.to_fraction_string()));
            }
        }
        Err(Uncounted::Endless { pointer }) => {
            print(&format!("{pointer} can be answered in endlessly many ways"))
        }
        Err(other) => return Err(other.into()),
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "an example shows what it does")]
fn print(text: &str) {
    println!("{text}");
}
