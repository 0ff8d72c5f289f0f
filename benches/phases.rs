//! Time per phase, on the rule files and proposals of this repository: `cargo bench`. Compare within one run only.
#![allow(clippy::unwrap_used, reason = "a bench that cannot read its input has nothing to measure")]

use std::fs;
use std::path::Path;

use divan::{Bencher, black_box};
use meetlat::date::Date;
use meetlat::load::RuleText;
use meetlat::{Language, Meetlat, Proposal};

fn main() {
    divan::main();
}

/// Rule files, each with the first day on which it holds.
const RULES: [&str; 4] =
    ["ijsselland.meetlat", "rijnmond.meetlat", "midden_ijssel_oost_veluwe.meetlat", "zuid_limburg.meetlat"];

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules").join(path)).unwrap()
}

fn parse(name: &str, rules: &str, block: &str) -> Meetlat {
    let loader = |_: &str| Ok(Some(RuleText { name: "jeugdwet.meetlat".to_owned(), text: block.to_owned() }));
    Meetlat::load(name, rules, loader).into_result().unwrap()
}

fn rules(name: &str) -> Meetlat {
    parse(name, &text(name), &text("landelijk/jeugdwet.meetlat"))
}

fn proposal(meetlat: &Meetlat, name: &str) -> Proposal {
    meetlat.read(name, &text(&format!("voorstellen/ijsselland/{name}")), None).unwrap()
}

fn empty(meetlat: &Meetlat) -> Proposal {
    let json = format!(r#"{{"meetlat": "{}", "antwoorden": {{}}}}"#, meetlat.name());
    let day: Option<Date> = meetlat.valid().0;
    meetlat.read("leeg.json", &json, day).unwrap()
}

/// Rule text to a meetlat that can judge: parse, check and lay flat.
#[divan::bench(args = RULES)]
fn read_rules(bencher: Bencher<'_, '_>, name: &str) {
    let (own, block) = (text(name), text("landelijk/jeugdwet.meetlat"));
    bencher.bench(|| parse(name, black_box(&own), &block));
}

/// The searches of `controleer`.
#[divan::bench(args = RULES)]
fn check_meaning(bencher: Bencher<'_, '_>, name: &str) {
    let meetlat = rules(name);
    bencher.bench(|| meetlat.check_meaning());
}

/// JSON to answers.
#[divan::bench]
fn read_proposal(bencher: Bencher<'_, '_>) {
    let meetlat = rules("ijsselland.meetlat");
    let json = text("voorstellen/ijsselland/spoedhulp.json");
    bencher.bench(|| meetlat.read("spoedhulp.json", black_box(&json), None).unwrap());
}

/// Nearly all answered: one open question that matters.
#[divan::bench(args = ["spoedhulp.json", "wrap_around_care.json", "think_op_school.json"])]
fn evaluate(bencher: Bencher<'_, '_>, name: &str) {
    let meetlat = rules("ijsselland.meetlat");
    let proposal = proposal(&meetlat, name);
    bencher.bench(|| meetlat.evaluate(black_box(&proposal)));
}

/// Nothing answered.
#[divan::bench(args = RULES, sample_count = 10)]
fn evaluate_empty(bencher: Bencher<'_, '_>, name: &str) {
    let meetlat = rules(name);
    let proposal = empty(&meetlat);
    bencher.bench(|| meetlat.evaluate(black_box(&proposal)));
}

#[divan::bench]
fn write_json(bencher: Bencher<'_, '_>) {
    let meetlat = rules("ijsselland.meetlat");
    let verdict = meetlat.evaluate(&proposal(&meetlat, "spoedhulp.json"));
    bencher.bench(|| black_box(&verdict).to_json());
}

#[divan::bench]
fn write_text(bencher: Bencher<'_, '_>) {
    let meetlat = rules("ijsselland.meetlat");
    let verdict = meetlat.evaluate(&proposal(&meetlat, "spoedhulp.json"));
    bencher.bench(|| black_box(&verdict).to_text(Language::Nl));
}
