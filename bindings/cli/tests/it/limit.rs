//! `--grens`: how many steps are searched, on every command that asks the engine.

use std::fs;

use serde_json::Value;

use crate::support::{code, err, folder, json, out, run};

const IJSSELLAND: &str = "rules/ijsselland.meetlat";

fn empty(test: &str) -> String {
    let path = folder(&format!("grens_{test}")).join("leeg.json");
    let made = run(&["leeg", "ijsselland", "--peildatum", "2020-04-01"]);
    fs::write(&path, out(&made)).unwrap();
    path.to_string_lossy().into_owned()
}

#[test]
fn a_verdict_says_which_limit_it_reached() {
    let empty = empty("een");
    let asked = ["toets", &empty, "-m", IJSSELLAND, "-p", "2020-04-01", "-f", "json"];
    let verdict = |limit: &[&str]| {
        let output = run(&[&asked[..], limit].concat());
        assert_eq!(code(&output), 3, "{}", err(&output));
        json(&output)
    };
    let short = verdict(&["--grens", "100"]);
    assert_eq!(short["oordeel"]["exact"], false);
    assert_eq!(short["oordeel"]["voorlopig"]["reden"], "grens");
    assert_eq!(short["oordeel"]["voorlopig"]["grens"], 100);
    let long = verdict(&["--limit", "2000000"]);
    assert_eq!(long["oordeel"]["exact"], true);
    assert_eq!(long["oordeel"]["voorlopig"], Value::Null);
}

#[test]
fn every_command_that_asks_the_engine_takes_it() {
    let empty = empty("alle");
    for command in ["toets", "waarom", "verbeter", "stevigheid", "vraag"] {
        let output = run(&[command, &empty, "-m", IJSSELLAND, "-p", "2020-04-01", "-f", "json", "-g", "50"]);
        let told = out(&output);
        assert!(code(&output) == 3 || (command == "verbeter" && code(&output) == 0), "{command}: {told}");
        assert!(told.contains(r#""reden":"grens","grens":50,"#), "{command}: {told}");
    }
    let checked = run(&["controleer", IJSSELLAND, "--grens", "50"]);
    let told = out(&checked);
    assert!(told.contains("M0611") && told.contains("50 stappen"), "{told}");
    assert_eq!(code(&run(&["test", "tests/cases/klein/regels.meetlat", "--grens", "50"])), 0);
    for other in ["leeg", "overzicht"] {
        assert_eq!(code(&run(&[other, "ijsselland", "--grens", "50"])), 2);
    }
}
