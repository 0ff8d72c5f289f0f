//! `--grens`: how many steps are searched, on every command that asks the engine.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::process::{Command, Output, Stdio};

use serde_json::Value;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../");
const RULES: &str = "rules/ijsselland.meetlat";

fn run(arguments: &[&str]) -> Output {
    let mut meetlat = Command::new(env!("CARGO_BIN_EXE_meetlat"));
    meetlat.current_dir(ROOT).env_remove("NO_COLOR").args(arguments);
    meetlat.stdin(Stdio::null()).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn empty(test: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("grens_{test}.json"));
    let made = run(&["leeg", "ijsselland", "--peildatum", "2020-04-01"]);
    std::fs::write(&path, out(&made)).unwrap();
    path.to_string_lossy().into_owned()
}

#[test]
fn a_verdict_says_which_limit_it_reached() {
    let empty = empty("een");
    let asked = ["toets", &empty, "-m", RULES, "-p", "2020-04-01", "-f", "json"];
    let verdict = |limit: &[&str]| {
        let output = run(&[&asked[..], limit].concat());
        assert_eq!(code(&output), 3, "{}", err(&output));
        serde_json::from_str::<Value>(&out(&output)).unwrap()
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
        let output = run(&[command, &empty, "-m", RULES, "-p", "2020-04-01", "-f", "json", "-g", "50"]);
        let told = out(&output);
        assert!(code(&output) == 3 || (command == "verbeter" && code(&output) == 0), "{command}: {told}");
        assert!(told.contains(r#""reden":"grens","grens":50,"#), "{command}: {told}");
    }
    let checked = run(&["controleer", RULES, "--grens", "50"]);
    let told = out(&checked);
    assert!(told.contains("M0611") && told.contains("50 stappen"), "{told}");
    assert_eq!(code(&run(&["test", "tests/cases/klein/regels.meetlat", "--grens", "50"])), 0);
    for other in ["leeg", "overzicht"] {
        assert_eq!(code(&run(&[other, "ijsselland", "--grens", "50"])), 2);
    }
}
