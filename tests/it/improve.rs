//! The smallest changes of every proposal of the project, for every outcome and every choice of a route: all are proved, and each
//! set, written into the proposal, does what is said.

use std::fs;
use std::path::PathBuf;

use meetlat::Improvement;
use meetlat::Target;
use meetlat::document::improvement::{ChangeSet, Goal};
use meetlat::fill::{Fill, fill};
use meetlat::findings::ProvisionalReason as Reason;
use meetlat::{Language, Limits, Meetlat, RuleText, Versions};

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

/// All rule files.
fn rules(limits: &Limits) -> Vec<Versions> {
    let mut all = Vec::new();
    for file in fs::read_dir("rules").unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "meetlat") {
            let text = fs::read_to_string(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            all.push(Meetlat::load_with(&name, &text, limits, |name| Ok(block(name))).into_result().unwrap());
        }
    }
    assert!(!all.is_empty(), "no rule files");
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

/// Writes every set of a goal into the proposal, and judges it. How many there were.
fn each_does_it(meetlat: &Meetlat, json: &str, goal: &Goal) -> usize {
    let mut sets = 0;
    for ways in goal.changing.iter().chain(&goal.filling) {
        for set in ways.sets.iter().chain(&ways.odd) {
            sets += 1;
            let changed = written(json, set);
            let changed = meetlat.read("voorstel.json", &changed, None).unwrap();
            let verdict = meetlat.evaluate(&changed).unwrap();
            let settled = match &goal.route {
                None => verdict.outcome.outcome.clone(),
                Some(route) => {
                    let found = verdict.routes.iter().find(|one| one.name == *route);
                    found.and_then(|one| one.choice.clone())
                }
            };
            assert_eq!(settled.as_ref(), Some(&goal.goal.name), "{set:?}");
        }
    }
    sets
}

fn targets(meetlat: &Meetlat) -> Vec<Target> {
    meetlat.targets().iter().map(|name| meetlat.target(name).unwrap()).collect()
}

#[test]
fn every_goal_is_proved_and_every_set_does_what_is_said() {
    let few = Limits { change_sets: 3, ..Limits::default() };
    let (all, few) = (rules(&Limits::default()), rules(&few));
    let (mut sets, mut goals) = (0, 0);
    for path in proposals() {
        let shown = path.display();
        let json = fs::read_to_string(&path).unwrap();
        let name = meetlat::asked(&json).meetlat.unwrap();
        let of = |rules: &[Versions]| {
            let versions = rules.iter().find(|versions| versions.name() == name).unwrap();
            let (meetlat, proposal) = versions.read("voorstel.json", &json, None).unwrap();
            (meetlat.clone(), proposal)
        };
        // All outcomes in one call, and each goal in one of its own.
        let (meetlat, proposal) = of(&all);
        let improvement = meetlat.improve(&proposal).unwrap();
        assert!(improvement.exact, "{shown}: {:?}", improvement.provisional);
        for target in targets(&meetlat) {
            let improvement = meetlat.in_language(Language::Nl).improve_to(&proposal, &[target]).unwrap();
            assert!(improvement.exact, "{shown}: {target:?} {:?}", improvement.provisional);
        }
        let (meetlat, proposal) = of(&few);
        for target in targets(&meetlat) {
            let improvement = meetlat.in_language(Language::Nl).improve_to(&proposal, &[target]).unwrap();
            let again: Improvement = serde_json::from_str(&improvement.to_json()).unwrap();
            assert_eq!(again, improvement);
            for goal in &improvement.goals {
                assert!(
                    goal.changing.iter().chain(&goal.filling).all(|ways| ways.proved),
                    "{shown}: {goal:?}"
                );
                goals += 1;
                sets += each_does_it(&meetlat, &json, goal);
            }
        }
    }
    println!("{sets} sets for {goals} goals");
    assert!(sets > 400, "{sets} sets");
}

/// The items of a list that is written out add up to what they must.
#[test]
fn lists_that_are_written_out_do_it() {
    let mut lists = 0;
    for (kind, answers) in [
        ("lijst_som", r#""netjes": "ja""#),
        ("lijst_som", r#""netjes": "ja", "bonnen": [{"bedrag_bon": 4}]"#),
        ("lijst_telt", r#""netjes": "ja", "stoelen": 3"#),
        ("lijst_telt", r#""netjes": "ja", "stoelen": 3, "gasten": []"#),
        ("lijst_lijn", ""),
        ("lijst_lijn", r#""handtekeningen": []"#),
        ("lijst_rekenwerk", r#""budget": 60, "toeslag": 2"#),
        ("lijst_rekenwerk", r#""budget": 0, "toeslag": 0, "stukken": [{"kosten": 40, "nieuw": "nee"}]"#),
    ] {
        let text = fs::read_to_string(format!("tests/open/{kind}/regels.meetlat")).unwrap();
        let meetlat = Meetlat::parse(kind, &text).into_result().unwrap();
        let json = format!(r#"{{"meetlat": "{kind}", "antwoorden": {{{answers}}}}}"#);
        let proposal = meetlat.read("voorstel.json", &json, None).unwrap();
        let improvement = meetlat.improve(&proposal).unwrap();
        for goal in &improvement.goals {
            each_does_it(&meetlat, &json, goal);
            let ways = goal.changing.iter().chain(&goal.filling);
            let changes = ways.flat_map(|ways| &ways.sets).flat_map(|set| &set.changes);
            lists += changes.filter(|change| change.example.as_str().starts_with('[')).count();
        }
    }
    assert!(lists > 5, "{lists} lists");
}

/// Little work gives little, at once: what is found does it all the same, and what is not proved says why.
#[test]
fn with_few_steps_it_says_so() {
    let rules = rules(&Limits { search_steps: 4_000, change_sets: 3, ..Limits::default() });
    let mut ended = 0;
    for path in proposals() {
        let shown = path.display();
        let json = fs::read_to_string(&path).unwrap();
        let name = meetlat::asked(&json).meetlat.unwrap();
        let versions = rules.iter().find(|versions| versions.name() == name).unwrap();
        let (meetlat, proposal) = versions.read("voorstel.json", &json, None).unwrap();
        let improvement = meetlat.improve(&proposal).unwrap();
        let why = meetlat.why(&proposal).unwrap();
        for provisional in improvement.provisional.iter().chain(&why.provisional) {
            assert_eq!(provisional.reason, Reason::Limit, "{shown}");
            ended += 1;
        }
        let full = Limits { change_sets: 3, ..Limits::default() };
        let full = meetlat.with_limits(full);
        for goal in &improvement.goals {
            each_does_it(&full, &json, goal);
        }
    }
    assert!(ended > 10, "{ended}");
}

#[test]
fn a_better_outcome_is_at_least_as_good() {
    for versions in rules(&Limits::default()) {
        for meetlat in versions.all() {
            let proposal = meetlat.read("leeg.json", &meetlat.empty_proposal(), None).unwrap();
            let size = |target| {
                let found = meetlat.in_language(Language::Nl).improve_to(&proposal, &[target]).unwrap();
                let ways = found.goals[0].filling.clone().or(found.goals[0].changing.clone());
                ways.map_or(Some(0), |ways| ways.size)
            };
            let mut best = None;
            for at in 0..u16::try_from(meetlat.model().verdict.outcomes.len()).unwrap() {
                let (exactly, at_least) = (size(Target::Outcome(at)), size(Target::AtLeast(at)));
                best = [best, exactly].into_iter().flatten().min();
                // Both ways round: one outcome of those that are good enough, or whichever of them it becomes.
                assert!(
                    at_least.is_none_or(|size| best.is_none_or(|best| size <= best)),
                    "{}",
                    meetlat.name()
                );
                assert!(best.is_none() || at_least.is_some(), "{}", meetlat.name());
                let found =
                    meetlat.in_language(Language::Nl).improve_to(&proposal, &[Target::AtLeast(at)]).unwrap();
                assert_eq!(found.goals[0].text.contains("\" of beter"), at > 0, "{}", found.goals[0].text);
            }
        }
    }
}
