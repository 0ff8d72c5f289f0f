//! Standard input, standard output, and files that results go to.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::support::{ROOT, RULES, SETTLED, code, err, folder, json, meetlat, out, run, with_input};

#[test]
fn standard_input_is_read_once() {
    let text = fs::read(Path::new(ROOT).join(SETTLED)).unwrap();
    let output = with_input(&["toets", "-", "-m", RULES, "-f", "json"], &text);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let document = json(&output);
    assert_eq!(document["voorstel"]["bestand"], "(standaardinvoer)");
    let twice = with_input(&["toets", "-", "-m", "-"], b"");
    assert_eq!(code(&twice), 2);
    assert!(err(&twice).contains("maar een keer"));
}

#[test]
fn results_go_to_a_file_whole_or_not_at_all() {
    let folder = folder("uit");
    let path = folder.join("oordeel.json");
    let to = path.to_str().unwrap();
    let output = run(&["toets", SETTLED, "-m", RULES, "-f", "json", "--uit", to]);
    assert_eq!((code(&output), out(&output).as_str()), (0, ""));
    let written = fs::read_to_string(&path).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&written).unwrap()["documentversie"], "2");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing is left beside it");
    let nowhere = folder.join("geen_map").join("x.json");
    let output = run(&["toets", SETTLED, "-m", RULES, "--output", nowhere.to_str().unwrap()]);
    assert_eq!(code(&output), 1);
    assert!(
        err(&output).contains("is niet te schrijven: het bestand of de map bestaat niet"),
        "{}",
        err(&output)
    );
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let mut child =
        meetlat().args(["schema", "oordeel"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), err(&output).as_str()), (0, ""));
}

#[test]
fn no_colour_where_there_is_no_terminal() {
    let output = run(&["controleer", SETTLED]);
    assert_eq!(code(&output), 1);
    assert!(!out(&output).contains('\u{1b}'));
}
