//! The smallest changes of every proposal of the project: each set, written into the proposal, does what is said.
//! `MEETLAT_STEPS` sets how many combinations a search may look at; a plain run looks at few, and leaves what it doesn't find.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};

use meetlat::fill::{Fill, fill};
use meetlat::improvement::{ChangeSet, Improvement};
use meetlat::{Limits, Meetlat, RuleText, Versions};

fn proposals() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in fs::read_dir("rules/voorstellen").unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            found.push(file.unwrap().path());
        }
    }
    found.sort();
    found
}

fn block(name: &str) -> Option<RuleText> {
    let path = format!("rules/{}.meetlat", name.replace('.', "/"));
    Some(RuleText { name: path.clone(), text: fs::read_to_string(path).ok()? })
}

/// All rule files, with small limits.
fn rules() -> Vec<Versions> {
    let steps = std::env::var("MEETLAT_STEPS").map_or(25_000, |steps| steps.parse().unwrap());
    let limits = Limits { search_steps: steps, tried_sets: 200, change_sets: 3, ..Limits::default() };
    let mut all = Vec::new();
    for file in fs::read_dir("rules").unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "meetlat") {
            let text = fs::read_to_string(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            all.push(
                Meetlat::load_with(&name, &text, &limits, |name| Ok(block(name))).into_result().unwrap(),
            );
        }
    }
    Versions::group(all)
}

fn written(json: &str, set: &ChangeSet) -> String {
    let mut json = json.to_owned();
    for change in &set.changes {
        let answer = Fill::Answer(change.example.as_str().to_owned());
        json = fill(&json, &change.pointer, &answer).unwrap();
        if change.ground_needed {
            json = fill(&json, &change.pointer, &Fill::Ground("om te proberen".to_owned())).unwrap();
        }
    }
    json
}

#[test]
fn every_set_does_what_is_said() {
    let rules = rules();
    let (mut sets, mut goals, mut proved) = (0, 0, 0);
    for path in proposals() {
        let json = fs::read_to_string(&path).unwrap();
        let name = meetlat::read::meetlat_name(&json).unwrap();
        let versions = rules.iter().find(|versions| versions.name() == name).unwrap();
        let (meetlat, proposal) = versions.read("voorstel.json", &json, None).unwrap();
        let improvement = meetlat.improve(&proposal);
        let again: Improvement = serde_json::from_str(&improvement.to_json()).unwrap();
        assert_eq!(again, improvement);
        for goal in &improvement.goals {
            for ways in goal.changing.iter().chain(&goal.filling) {
                goals += 1;
                proved += usize::from(ways.proved);
                for set in ways.sets.iter().chain(&ways.odd) {
                    sets += 1;
                    let changed = written(&json, set);
                    let changed = meetlat.read("voorstel.json", &changed, None).unwrap();
                    let verdict = meetlat.evaluate(&changed);
                    assert_eq!(
                        verdict.outcome.outcome.as_ref(),
                        Some(&goal.goal.name),
                        "{}: {set:?}",
                        Path::new(&path).display()
                    );
                }
            }
        }
    }
    println!("{sets} sets for {goals} searches, {proved} proved");
    assert!(sets > 40, "{sets} sets");
}
