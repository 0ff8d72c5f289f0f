//! The command line as a person or a script meets it.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../");

fn meetlat() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_meetlat"));
    command.current_dir(ROOT).env_remove("NO_COLOR");
    command
}

fn run(arguments: &[&str]) -> Output {
    meetlat().args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn with_input(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = meetlat()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
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

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

const RULES: &str = "tests/expected/buurtfonds.meetlat";
const SETTLED: &str = "tests/expected/voorstellen/buurttuin.json";
const OPEN: &str = "tests/expected/voorstellen/straatfeest.json";

#[test]
fn verdicts_end_as_they_are() {
    let settled = run(&["toets", SETTLED, "--meetlat", RULES]);
    assert_eq!(code(&settled), 0, "{}", err(&settled));
    assert!(out(&settled).starts_with("Oordeel: Komt in aanmerking (toegekend)\n"));
    let open = run(&["judge", OPEN, "--rules", RULES, "--format", "text"]);
    assert_eq!(code(&open), 3);
    assert!(out(&open).starts_with("Oordeel: nog open."));
    let both = run(&["toets", SETTLED, OPEN, "-m", RULES]);
    assert_eq!(code(&both), 3);
    let missing = run(&["toets", OPEN, "bestaat_niet.json", SETTLED, "-m", RULES]);
    assert_eq!(code(&missing), 1);
    assert!(err(&missing).contains("bestaat_niet.json is niet te lezen"), "{}", err(&missing));
    assert!(out(&missing).contains("(toegekend)"));
}

#[test]
fn json_is_one_document_a_line_in_order() {
    let folder = folder("json");
    let broken = folder.join("stuk.json");
    fs::write(&broken, "{\"meetlat\": \"buurtfonds\", \"antwoorden\": {\"bereik\": true, \"bereid\": 1}}")
        .unwrap();
    let bytes = folder.join("geen_tekst.json");
    fs::write(&bytes, b"{\n\xff}").unwrap();
    let output = run(&[
        "toets",
        SETTLED,
        broken.to_str().unwrap(),
        "bestaat_niet.json",
        bytes.to_str().unwrap(),
        OPEN,
        "-m",
        RULES,
        "--formaat",
        "json",
    ]);
    assert_eq!(code(&output), 1);
    assert_eq!(err(&output), "");
    let documents: Vec<Value> =
        out(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(documents.len(), 5);
    assert_eq!(documents[0]["oordeel"]["uitkomst"], "toegekend");
    let pointers: Vec<&Value> = documents[1]["meldingen"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| &message["plaatsen"][0]["pad"])
        .collect();
    assert_eq!(pointers, ["/antwoorden/bereik", "/antwoorden/bereid"]);
    assert_eq!(documents[2]["meldingen"][0]["code"], "B0001");
    assert_eq!(documents[3]["meldingen"][0]["code"], "B0002");
    assert_eq!(documents[4]["oordeel"]["status"], "open");
}

#[test]
fn a_rule_file_with_errors_gives_a_document_per_proposal() {
    let folder = folder("rules");
    let rules = folder.join("stuk.meetlat");
    fs::write(&rules, "meetlat x: \"X\"\nvraag a: \"A?\"\n  antwoord ja of\n").unwrap();
    let rules = rules.to_str().unwrap();
    let output = run(&["toets", SETTLED, OPEN, "-m", rules, "-f", "json"]);
    assert_eq!(code(&output), 1);
    assert_eq!(out(&output).lines().count(), 2);
    let text = run(&["toets", SETTLED, OPEN, "-m", rules]);
    assert_eq!(code(&text), 1);
    assert_eq!(out(&text), "");
    assert!(err(&text).starts_with("fout M"), "{}", err(&text));
    let checked = run(&["check", rules, "--language", "en"]);
    assert_eq!(code(&checked), 1);
    assert!(out(&checked).contains("error M"), "{}", out(&checked));
    let none = run(&["toets", SETTLED, "-m", "bestaat_niet.meetlat", "-f", "json"]);
    assert_eq!(code(&none), 1);
    assert_eq!(serde_json::from_str::<Value>(&out(&none)).unwrap()["meldingen"][0]["code"], "B0001");
}

#[test]
fn strictness_makes_warnings_errors() {
    let folder = folder("strict");
    let rules = fs::read_to_string(Path::new(ROOT).join(RULES)).unwrap();
    let path = folder.join("zonder_grond.meetlat");
    fs::write(&path, rules.replace(", aanname \"bijna de helft\"", "")).unwrap();
    let path = path.to_str().unwrap();
    let mild = run(&["controleer", path]);
    assert_eq!(code(&mild), 0, "{}", out(&mild));
    assert!(out(&mild).ends_with(": 1 waarschuwing\n"), "{}", out(&mild));
    let strict = run(&["controleer", "--streng", path, "-f", "json"]);
    assert_eq!(code(&strict), 1);
    let document: Value = serde_json::from_str(&out(&strict)).unwrap();
    assert_eq!(document["meldingen"][0]["ernst"], "fout");
    assert_eq!(document["meldingen"][0]["code"], "M0501");
}

#[test]
fn standard_input_is_read_once() {
    let text = fs::read(Path::new(ROOT).join(SETTLED)).unwrap();
    let output = with_input(&["toets", "-", "-m", RULES, "-f", "json"], &text);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let document: Value = serde_json::from_str(&out(&output)).unwrap();
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
    assert_eq!(serde_json::from_str::<Value>(&written).unwrap()["documentversie"], "1");
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
fn wrong_usage_is_told_in_dutch() {
    let cases: &[(&[&str], &str)] = &[
        (&["toest"], "onbekende opdracht \"toest\""),
        (&["toets"], "er ontbreekt: <VOORSTEL.json>..."),
        (
            &["toets", "x", "--formaat", "xml"],
            "\"xml\" past niet bij --formaat <tekst|json>: kies tekst of json",
        ),
        (&["toets", "x", "--formaat"], "bij --formaat <tekst|json> hoort een waarde"),
        (&["toets", "x", "--peildatum", "1-9-2020"], "\"1-9-2020\" is geen datum"),
        (&["toets", "x", "--formaad", "json"], "onbekende optie --formaad"),
        (&["toets", "x", "-f", "json", "-f", "json"], "staat er twee keer"),
        (&["schema", "oordeel", "x"], "\"x\" is te veel"),
    ];
    for (arguments, expected) in cases {
        let output = run(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        let told = err(&output);
        assert!(told.starts_with("fout: ") && told.contains(expected), "{arguments:?}: {told}");
        assert!(told.contains("--help"), "{told}");
        assert_eq!(out(&output), "");
    }
    assert!(err(&run(&["toest"])).contains("bedoelde u toets of test?"));
    assert_eq!(code(&run(&[])), 2);
    assert_eq!(code(&run(&["schema"])), 2);
}

#[test]
fn help_is_dutch() {
    let commands: &[&[&str]] = &[
        &["--help"],
        &["-h"],
        &["toets", "--help"],
        &["controleer", "--hulp"],
        &["test", "--help"],
        &["leeg", "--help"],
        &["schema", "--help"],
        &["schema", "voorstel", "--help"],
    ];
    for arguments in commands {
        let output = run(arguments);
        assert_eq!(code(&output), 0, "{arguments:?}");
        let help = out(&output);
        assert!(help.contains("Gebruik: meetlat") && help.contains("Opties:"), "{help}");
        for english in
            ["Usage", "Options", "Commands", "Arguments", "possible values", "default", "Print", "aliases"]
        {
            assert!(!help.contains(english), "{english}: {help}");
        }
    }
    assert_eq!(out(&run(&["--version"])), format!("meetlat {}\n", env!("CARGO_PKG_VERSION")));
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

#[test]
fn what_is_built_in_goes_by_name() {
    let empty = run(&["leeg", "ijsselland"]);
    assert_eq!(code(&empty), 0, "{}", err(&empty));
    let document: Value = serde_json::from_str(&out(&empty)).unwrap();
    assert_eq!(document["meetlat"], "ijsselland");
    let judged = run(&["toets", "rules/voorstellen/ijsselland/wrap_around_care.json", "-f", "json"]);
    assert_eq!(code(&judged), 0);
    let unknown = with_input(&["toets", "-"], b"{\"meetlat\": \"elders\", \"antwoorden\": {}}");
    assert_eq!(code(&unknown), 1);
    assert!(err(&unknown).contains("\"elders\"") && err(&unknown).contains("--meetlat"), "{}", err(&unknown));
    let broken = with_input(&["toets", "-", "-f", "json"], b"{");
    assert_eq!(code(&broken), 1);
    assert_eq!(serde_json::from_str::<Value>(&out(&broken)).unwrap()["meldingen"][0]["code"], "V0101");
}

#[test]
fn schemas_are_json_schemas() {
    for arguments in [
        &["schema", "oordeel"][..],
        &["schema", "verdict"],
        &["schema", "meldingen"],
        &["schema", "voorstel", RULES],
        &["schema", "proposal", RULES],
    ] {
        let output = run(arguments);
        assert_eq!(code(&output), 0, "{arguments:?}: {}", err(&output));
        let schema: Value = serde_json::from_str(&out(&output)).unwrap();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    }
}

#[test]
fn examples_tell_what_was_found() {
    let folder = folder("examples");
    let rules = fs::read_to_string(Path::new(ROOT).join(RULES)).unwrap();
    let example = |outcome: &str| {
        format!(
            "{rules}\nvoorbeeld \"Te laat\"\n  bron nota §3\n  gegeven\n    start 1 januari 2026\n  verwacht\n    oordeel {outcome}\n"
        )
    };
    let good = folder.join("goed.meetlat");
    fs::write(&good, example("afgewezen")).unwrap();
    let output = run(&["test", good.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}{}", out(&output), err(&output));
    assert!(out(&output).ends_with("  het voorbeeld klopt\n"), "{}", out(&output));
    let bad = folder.join("fout.meetlat");
    fs::write(&bad, example("toegekend")).unwrap();
    let output = run(&["test", bad.to_str().unwrap()]);
    assert_eq!(code(&output), 1);
    let told = out(&output);
    assert!(told.contains("verwacht: oordeel toegekend"), "{told}");
    assert!(told.contains("gevonden: oordeel afgewezen"), "{told}");
    assert!(told.contains("Totaal = ("), "{told}");
}
