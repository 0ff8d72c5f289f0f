//! Rules that use building blocks.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{ROOT, SETTLED, code, err, feed, folder, json, meetlat, out, run};

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
    let verdict = json(&judged);
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
    let piped = feed(meetlat().current_dir(&folder).args(["controleer", "-"]), &text);
    assert_eq!(code(&piped), 0);
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
    let report = json(&judged);
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
