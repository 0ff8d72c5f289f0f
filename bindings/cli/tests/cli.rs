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
        (
            &["toets", "x", "--grens", "0"],
            "\"0\" past niet bij --grens <STAPPEN>: kies een heel getal vanaf 1",
        ),
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
        &["overzicht", "--help"],
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
    // Two versions go by this name, so it takes a date.
    let undated = run(&["leeg", "ijsselland"]);
    assert_eq!(code(&undated), 1);
    assert!(err(&undated).contains("V0212") || out(&undated).contains("V0212"), "{}", out(&undated));
    let empty = run(&["leeg", "ijsselland", "--peildatum", "2020-04-01"]);
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

/// Rules that use a building block, in a folder of their own; and the path of the rules.
fn with_block(name: &str) -> (PathBuf, String) {
    let folder = folder(name);
    let from = Path::new(ROOT).join("tests/cases/bouwsteen");
    fs::create_dir(folder.join("landelijk")).unwrap();
    for file in [
        "regels.meetlat",
        "voorstel.json",
        "landelijk/vragen.meetlat",
        "landelijk/samen.meetlat",
        "landelijk/bedragen.meetlat",
    ] {
        fs::copy(from.join(file), folder.join(file)).unwrap();
    }
    let rules = folder.join("regels.meetlat").to_str().unwrap().to_owned();
    (folder, rules)
}

#[test]
fn every_command_follows_imports() {
    let (folder, rules) = with_block("bouwstenen");
    let proposal = folder.join("voorstel.json");
    let judged = run(&["toets", proposal.to_str().unwrap(), "-m", &rules, "-f", "json"]);
    assert_eq!((code(&judged), err(&judged).as_str()), (0, ""));
    let verdict: Value = serde_json::from_str(&out(&judged)).unwrap();
    let files: Vec<&str> = verdict["meetlat"]["bestanden"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["naam"].as_str().unwrap())
        .collect();
    assert_eq!(files, ["regels.meetlat", "vragen.meetlat", "bedragen.meetlat", "samen.meetlat"]);
    let checked = run(&["controleer", "--streng", &rules]);
    assert_eq!((code(&checked), err(&checked).as_str()), (0, ""), "{}", out(&checked));
    let tested = run(&["test", &rules]);
    assert_eq!(code(&tested), 0);
    assert!(out(&tested).ends_with("het voorbeeld klopt\n"));
    let empty: Value = serde_json::from_str(&out(&run(&["leeg", &rules]))).unwrap();
    assert!(empty["antwoorden"].get("samen").is_some());
    let schema = run(&["schema", "voorstel", &rules]);
    assert!(out(&schema).contains("samen"));
    // What comes in through a pipe lies where the command is given.
    let text = fs::read(&rules).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_meetlat"))
        .current_dir(&folder)
        .args(["controleer", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&text).unwrap();
    assert_eq!(code(&child.wait_with_output().unwrap()), 0);
}

#[test]
fn a_block_is_checked_by_itself_and_judges_nothing() {
    let (folder, _) = with_block("bouwsteen_zelf");
    // Its own name says where names begin: one folder up.
    let block = folder.join("landelijk/vragen.meetlat");
    let block = block.to_str().unwrap();
    let checked = run(&["controleer", "--streng", block]);
    assert_eq!((code(&checked), err(&checked).as_str()), (0, ""), "{}", out(&checked));
    assert!(out(&checked).ends_with("vragen.meetlat: in orde\n"));
    let tested = run(&["test", block]);
    assert_eq!(code(&tested), 0);
    assert!(out(&tested).contains("een bouwsteen heeft geen voorbeelden"));
    let judged = run(&["toets", SETTLED, "-m", block]);
    assert_eq!(code(&judged), 1);
    assert!(err(&judged).contains("fout M0406: dit bestand is een bouwsteen"), "{}", err(&judged));
    assert_eq!(code(&run(&["leeg", block])), 1);
}

#[test]
fn a_fault_in_a_block_shows_that_file() {
    let (folder, rules) = with_block("bouwsteen_fout");
    let block = folder.join("landelijk/samen.meetlat");
    fs::write(&block, fs::read_to_string(&block).unwrap().replace("antwoord  ja,", "antwoordt ja,")).unwrap();
    let checked = run(&["controleer", &rules]);
    assert_eq!(code(&checked), 1);
    assert!(out(&checked).contains("landelijk/samen.meetlat:6:3"), "{}", out(&checked));
    fs::remove_file(&block).unwrap();
    let judged = run(&["toets", folder.join("voorstel.json").to_str().unwrap(), "-m", &rules, "-f", "json"]);
    assert_eq!(code(&judged), 1);
    let report: Value = serde_json::from_str(&out(&judged)).unwrap();
    assert_eq!(report["meldingen"][0]["code"], "M0211");
    assert!(
        report["meldingen"][0]["plaatsen"][0]["bestand"]
            .as_str()
            .unwrap()
            .ends_with("landelijk/vragen.meetlat")
    );
    // A folder of that name is no file.
    fs::create_dir(&block).unwrap();
    let judged = run(&["controleer", &rules]);
    assert!(out(&judged).contains("\"landelijk.samen\" is niet te lezen"), "{}", out(&judged));
    fs::remove_dir(&block).unwrap();
    fs::write(&block, b"meetlat landelijk.samen: \"x\"\n\xff").unwrap();
    let judged = run(&["controleer", &rules]);
    assert!(out(&judged).contains("is geen UTF-8: zie regel 2"), "{}", out(&judged));
}

/// `klein` as two versions, in a folder with a building block and another meetlat.
fn two_versions(name: &str) -> PathBuf {
    let folder = folder(name);
    let rules = fs::read_to_string(Path::new(ROOT).join("tests/cases/klein/regels.meetlat")).unwrap();
    let version = |number: &str, valid: &str| {
        rules
            .replace("versie  1", &format!("versie  {number}"))
            .replace("geldig  vanaf 1 januari 2024", &format!("geldig  {valid}"))
    };
    let write = |file: &str, text: String| fs::write(folder.join(file), text).unwrap();
    write("klein_oud.meetlat", version("oud", "van 1 januari 2020 tot en met 30 juni 2022"));
    write("klein_nieuw.meetlat", version("nieuw", "vanaf 1 juli 2022"));
    write("ander.meetlat", rules.replace("meetlat klein", "meetlat ander"));
    write("blok.meetlat", "meetlat blok: \"Blok\"\n".to_owned());
    write("stuk.meetlat", "meetlat stuk: \"Stuk\"\noordeel: \"?\"\n".to_owned());
    write("lees.txt", "geen meetlat".to_owned());
    write("v.json", r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja", "bedrag": 5}}"#.to_owned());
    folder
}

#[test]
fn the_reference_date_picks_a_version() {
    let folder = two_versions("versies");
    let path = |file: &str| folder.join(file).to_str().unwrap().to_owned();
    let (all, old, new, proposal) =
        (path(""), path("klein_oud.meetlat"), path("klein_nieuw.meetlat"), path("v.json"));
    let version = |arguments: &[&str]| -> Result<String, String> {
        let mut whole = vec!["toets", &proposal, "-f", "json"];
        whole.extend(arguments);
        let output = run(&whole);
        let document: Value = serde_json::from_str(&out(&output)).unwrap();
        match document["meetlat"]["versie"].as_str() {
            Some(version) => Ok(version.to_owned()),
            None => {
                assert_eq!(code(&output), 1);
                let message = &document["meldingen"][0];
                Err(format!("{} {} {}", message["code"], message["melding"], message["hulp"]))
            }
        }
    };
    for rules in [vec!["-m", &all], vec!["-m", &new, "-m", &old]] {
        let on = |day: &str| {
            let mut arguments = rules.clone();
            arguments.extend(["-p", day]);
            version(&arguments)
        };
        assert_eq!(on("2022-06-30").as_deref(), Ok("oud"));
        assert_eq!(on("2022-07-01").as_deref(), Ok("nieuw"));
        let none = on("2019-12-31").unwrap_err();
        assert!(
            none.contains("V0212") && none.contains("van 1 januari 2020 tot en met 30 juni 2022"),
            "{none}"
        );
        let missing = version(&rules).unwrap_err();
        assert!(missing.contains("V0212") && missing.contains("er zijn 2 versies"), "{missing}");
    }
    // One version needs no date.
    assert_eq!(version(&["-m", &old]).as_deref(), Ok("oud"));
    fs::write(&new, fs::read_to_string(&new).unwrap().replace("1 juli 2022", "30 juni 2022")).unwrap();
    let two = version(&["-m", &all, "-p", "2022-06-30"]).unwrap_err();
    assert!(two.contains("V0214"), "{two}");
    // A meetlat that is not among them, and one that is broken.
    fs::write(&proposal, r#"{"meetlat": "weg", "antwoorden": {}}"#).unwrap();
    let absent = version(&["-m", &all]).unwrap_err();
    assert!(absent.contains("B0004") && absent.contains("gegeven: ander, klein, stuk"), "{absent}");
    fs::write(&proposal, r#"{"meetlat": "stuk", "antwoorden": {}}"#).unwrap();
    assert!(version(&["-m", &all]).unwrap_err().contains("M04"));
}

#[test]
fn forms_are_of_one_version() {
    let folder = two_versions("versies_leeg");
    fs::remove_file(folder.join("ander.meetlat")).unwrap();
    fs::remove_file(folder.join("stuk.meetlat")).unwrap();
    fs::remove_file(folder.join("blok.meetlat")).unwrap();
    let all = folder.to_str().unwrap();
    for command in [&["leeg", all][..], &["schema", "voorstel", all]] {
        let missing = run(command);
        assert_eq!(code(&missing), 1);
        assert!(err(&missing).contains("er zijn 2 versies van \"klein\""), "{}", err(&missing));
        let mut dated = command.to_vec();
        dated.extend(["--peildatum", "2021-01-01"]);
        let output = run(&dated);
        assert_eq!(code(&output), 0, "{}", err(&output));
        assert!(out(&output).starts_with('{'));
    }
}

#[test]
fn versions_are_checked_together() {
    let folder = two_versions("versies_controle");
    let path = |file: &str| folder.join(file).to_str().unwrap().to_owned();
    let (old, new, other) = (path("klein_oud.meetlat"), path("klein_nieuw.meetlat"), path("ander.meetlat"));
    let fits = run(&["controleer", &new, &other, &old]);
    assert_eq!(code(&fits), 0);
    assert!(out(&fits).ends_with("\n2 versies van klein: in orde\n"), "{}", out(&fits));
    let valid =
        |from: &str, to: &str| fs::write(&new, fs::read_to_string(&new).unwrap().replace(from, to)).unwrap();
    valid("1 juli 2022", "1 augustus 2022");
    let gap = run(&["controleer", &new, &old]);
    assert_eq!(code(&gap), 0);
    assert!(out(&gap).contains("M0802") && out(&gap).contains("van 1 juli 2022 tot en met 31 juli 2022"));
    assert_eq!(code(&run(&["controleer", "--streng", &new, &old])), 1);
    valid("1 augustus 2022", "30 juni 2022");
    let overlap = run(&["controleer", &new, &old, "-f", "json"]);
    assert_eq!(code(&overlap), 1);
    let documents: Vec<Value> =
        out(&overlap).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(documents.len(), 3);
    assert_eq!(documents[2]["meldingen"][0]["code"], "M0801");
    let broken = folder.join("leeg");
    fs::create_dir(&broken).unwrap();
    let none = run(&["controleer", broken.to_str().unwrap()]);
    assert_eq!(code(&none), 1);
    assert!(err(&none).contains("B0005"), "{}", err(&none));
}

/// Every rule file of the project is inside the binary: by name when it judges, by its path when it is used.
#[test]
fn everything_under_rules_is_built_in() {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "meetlat") {
                found.push(path);
            }
        }
    }
    let mut files = Vec::new();
    collect(&Path::new(ROOT).join("rules"), &mut files);
    assert!(!files.is_empty());
    let elsewhere = folder("nergens");
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let name = meetlat::rule_files::header_name(&text).unwrap().to_owned();
        let output = Command::new(env!("CARGO_BIN_EXE_meetlat"))
            .current_dir(&elsewhere)
            .args(["controleer", &name, "-f", "json"])
            .output()
            .unwrap();
        assert_eq!(code(&output), 0, "{name}: {}{}", out(&output), err(&output));
        assert!(!out(&output).is_empty());
    }
}
