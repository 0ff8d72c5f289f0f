//! How long open verdicts take: every shipped proposal, every shipped file with nothing answered, and rule files that are named behind
//! `--`, with nothing answered. Times are the least of some runs, as a ratio to the tiny case `klein` in the same run.
//!
//! `cargo bench -p meetlat --bench open -- [FILE.meetlat …]`

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "it prints a table, and stops where a file of the repository cannot be read"
)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use meetlat::internals::judge::call::Call;
use meetlat::internals::judge::open::{MANY, search_summing};
use meetlat::internals::limits::budget::Budget;
use meetlat::{Limits, Meetlat, Proposal, RuleText};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tiny = load(&root.join("tests/cases/klein/regels.meetlat"));
    let open = empty(&tiny).expect("klein reads an empty proposal");
    let unit = time(|| drop(tiny.judge(&open)), 2_000);
    println!("klein, empty: {unit:?}\n");
    println!(
        "{:<62} {:>9} {:>9} {:>9} {:>8} {:>7} {:>9} {:>9} {:>9}  exact",
        "what", "ms", "÷ klein", "steps", "nodes", "KB", "verbeter", "waarom", "stevigh."
    );
    let mut files: Vec<PathBuf> = below(&root.join("rules"), "meetlat");
    files.retain(|file| std::fs::read_to_string(file).is_ok_and(|text| text.contains("\noordeel")));
    let shipped = below(&root.join("rules/voorstellen"), "json");
    for file in &files {
        let meetlat = load(file);
        for proposal in &shipped {
            let Ok(text) = std::fs::read_to_string(proposal) else { continue };
            let named = text.contains(&format!("\"meetlat\": \"{}\"", meetlat.name()));
            if let Some(read) = named.then(|| meetlat.read("voorstel.json", &text, None).ok()).flatten() {
                row(&name(proposal), &meetlat, &read, unit, true);
            }
        }
        if let Some(open) = empty(&meetlat) {
            row(&format!("{}, empty", name(file)), &meetlat, &open, unit, false);
        }
    }
    for file in std::env::args().skip(1).filter(|argument| argument.ends_with(".meetlat")) {
        let meetlat = load(Path::new(&file));
        if let Some(open) = empty(&meetlat) {
            row(&format!("{file}, empty"), &meetlat, &open, unit, false);
        }
    }
}

fn row(what: &str, meetlat: &Meetlat, proposal: &Proposal, unit: Duration, all: bool) {
    let (rules, limits) = (meetlat.compiled(), &Limits::default());
    let measured = || search_summing(Call { rules, proposal, limits, budget: &Budget::new(limits) }, MANY);
    let (judgement, (nodes, bytes)) = measured();
    let took = time(|| drop(measured()), 5);
    let ms = |took: Duration| format!("{}.{:02}", took.as_millis(), took.as_micros() % 1_000 / 10);
    let other = |run: &dyn Fn()| if all { ms(time(run, 1)) } else { String::new() };
    println!(
        "{:<62} {:>9} {:>9} {:>9} {:>8} {:>7} {:>9} {:>9} {:>9}  {}",
        what,
        ms(took),
        took.as_nanos() / unit.as_nanos().max(1),
        judgement.steps,
        nodes,
        bytes / 1024,
        other(&|| drop(meetlat.improve(proposal))),
        other(&|| drop(meetlat.in_language(meetlat::Language::Nl).why_by_answers(proposal))),
        other(&|| drop(meetlat.firmness(proposal))),
        if judgement.exact() { "yes" } else { "NO" },
    );
}

/// The least time of some runs, after one that is not counted.
fn time(run: impl Fn(), runs: u32) -> Duration {
    run();
    (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn empty(meetlat: &Meetlat) -> Option<Proposal> {
    let text = format!(r#"{{"meetlat": "{}", "antwoorden": {{}}}}"#, meetlat.name());
    let (from, until) = meetlat.valid();
    meetlat.read("leeg.json", &text, from.or(until)).or_else(|_| meetlat.read("leeg.json", &text, None)).ok()
}

fn load(path: &Path) -> Meetlat {
    let text = std::fs::read_to_string(path).expect("a rule file");
    let folder = path.parent().unwrap_or(Path::new("."));
    let parsed = Meetlat::load(&name(path), &text, |block| {
        let file = format!("{}.meetlat", block.replace('.', "/"));
        let text = [folder, folder.parent().unwrap_or(folder)]
            .iter()
            .find_map(|folder| std::fs::read_to_string(folder.join(&file)).ok());
        Ok(text.map(|text| RuleText { name: file, text }))
    });
    parsed.into_result().expect("rules without errors")
}

fn name(path: &Path) -> String {
    let parts: Vec<_> = path.iter().rev().take(2).map(|part| part.to_string_lossy().into_owned()).collect();
    parts.into_iter().rev().collect::<Vec<_>>().join("/")
}

/// The files below a folder with an ending, in order.
fn below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
