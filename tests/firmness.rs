//! How firm a verdict is: a case worked out by hand, and every shipped proposal.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use meetlat::Meetlat;
use meetlat::firmness::{Certainty, Firmness, ReadingKind, ShareStatus, ThresholdKind, Weight};
use meetlat::number::Number;

const RULES: &str = include_str!("firmness/vijf.meetlat");
const PROPOSAL: &str = include_str!("firmness/vijf.json");

fn firmness(rules: &str, proposal: &str) -> Firmness {
    let meetlat = Meetlat::parse("vijf.meetlat", rules).into_result().unwrap();
    meetlat.firmness(&meetlat.read("vijf.json", proposal, None).unwrap())
}

fn weight<'f>(firmness: &'f Firmness, name: &str) -> &'f Weight {
    firmness.weights.iter().find(|weight| weight.name == name && weight.within.is_none()).unwrap()
}

#[test]
fn show() {
    println!("{}", firmness(RULES, PROPOSAL).to_json());
}
