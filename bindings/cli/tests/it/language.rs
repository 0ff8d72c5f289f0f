//! Which language a call is answered in: `--taal`, else that of the environment, else Dutch.

use std::fs;
use std::process::Output;

use crate::support::{RULES, SETTLED, code, err, feed, folder, json, meetlat, out, run};

/// With variables of the environment.
fn with(variables: &[(&str, &str)], arguments: &[&str]) -> Output {
    meetlat().envs(variables.iter().copied()).args(arguments).output().unwrap()
}

const ENGLISH: [(&str, &str); 1] = [("LANG", "en_US.UTF-8")];

fn judged(variables: &[(&str, &str)], more: &[&str]) -> Output {
    with(variables, &[&["toets", SETTLED, "-m", RULES], more].concat())
}

#[test]
fn the_environment_chooses_where_the_call_does_not() {
    let english = |variables: &[(&str, &str)]| out(&judged(variables, &[])).starts_with("Verdict: ");
    assert!(english(&ENGLISH));
    assert!(english(&[("LC_MESSAGES", "en"), ("LANG", "nl_NL.UTF-8")]));
    assert!(english(&[("LC_ALL", "en_GB.UTF-8"), ("LC_MESSAGES", "nl_NL"), ("LANG", "nl_NL")]));
    assert!(english(&[("LC_ALL", ""), ("LANG", "en_GB")]));
    for dutch in [
        &[][..],
        &[("LANG", "C.UTF-8")],
        &[("LANG", "fr_FR.UTF-8")],
        &[("LC_ALL", "C"), ("LANG", "en_US.UTF-8")],
        &[("LC_MESSAGES", "nl_NL"), ("LANG", "en_US.UTF-8")],
    ] {
        assert!(!english(dutch), "{dutch:?}");
    }
}

#[test]
fn the_call_wins_over_the_environment() {
    assert_eq!(out(&judged(&ENGLISH, &["--taal", "nl"])), out(&judged(&[], &[])));
    assert_eq!(out(&judged(&[("LC_ALL", "nl_NL")], &["--language", "en"])), out(&judged(&ENGLISH, &[])));
    let before = with(&ENGLISH, &["--taal", "nl", "toets", SETTLED, "-m", RULES]);
    assert_eq!(out(&before), out(&judged(&[], &[])));
    // What stands behind the command is closer.
    let both = with(&[], &["-t", "nl", "toets", SETTLED, "-m", RULES, "-t", "en"]);
    assert_eq!(out(&both), out(&judged(&ENGLISH, &[])));
    let help = with(&ENGLISH, &["toets", "--help", "-t", "nl"]);
    assert_eq!(out(&help), out(&run(&["toets", "--help"])));
}

#[test]
fn documents_are_the_same_on_every_machine() {
    for command in ["toets", "waarom", "verbeter", "stevigheid", "vraag"] {
        let call = [command, SETTLED, "-m", RULES, "-f", "json"];
        assert_eq!(out(&with(&ENGLISH, &call)), out(&run(&call)), "{command}");
    }
    let missing = ["judge", "nowhere.json", "--format", "json"];
    assert_eq!(out(&with(&ENGLISH, &missing)), out(&run(&missing)));
    let english = judged(&[], &["-f", "json", "-t", "en"]);
    assert_ne!(json(&english), json(&judged(&ENGLISH, &["-f", "json"])));
    for call in [&["schema", "verdict"][..], &["schema", "proposal", RULES], &["empty", RULES]] {
        assert_eq!(out(&with(&ENGLISH, call)), out(&run(call)), "{call:?}");
    }
}

/// One call for each message that is the command line's own.
#[test]
fn its_own_messages_follow() {
    let folder = folder("own_messages");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let bytes = file("bytes.json", b"{\n\xff}");
    let other = file("other.json", b"{\"meetlat\": \"elders\", \"antwoorden\": {}}");
    let none = folder.to_str().unwrap();
    let calls: &[(&[&str], &str)] = &[
        (&["judge", "nowhere.json"], "error B0001: cannot read nowhere.json: "),
        (&["judge", &bytes], "is not UTF-8: see line 2\nhelp: save the file as UTF-8\n"),
        (&["schema", "verdict", "--output", "nowhere/x.json"], "error B0003: cannot write nowhere/x.json: "),
        (&["judge", &other], "which is not built in\nhelp: give the file with --rules; built in: "),
        (&["check", none], "error B0005: there is no meetlat in the folder "),
        (&["improve", SETTLED, "--rules", RULES, "--to", "x"], "error B0007: \"x\" is no outcome or choice"),
        (&["ask", "-"], "error B0008: a dialogue needs standard input itself\n"),
    ];
    for (call, expected) in calls {
        let told = err(&with(&ENGLISH, call));
        assert!(told.starts_with("error B00") && told.contains(expected), "{call:?}: {told}");
        let dutch = err(&run(call));
        assert!(dutch.starts_with("fout B00") && !dutch.contains(expected), "{call:?}: {dutch}");
    }
}

#[test]
fn a_dialogue_follows() {
    let empty = "tests/expected/voorstellen/leeg.json";
    let said = |variables: &[(&str, &str)]| {
        let mut call = meetlat();
        call.envs(variables.iter().copied()).args(["ask", empty, "--rules", RULES]);
        out(&feed(&mut call, "?\nstop\n"))
    };
    let (english, dutch) = (said(&ENGLISH), said(&[]));
    assert!(english.starts_with("Type the answer") && english.contains("Question 1 ("), "{english}");
    assert!(dutch.starts_with("Typ het antwoord") && dutch.contains("Vraag 1 ("), "{dutch}");
    assert!(english.ends_with("Nothing was answered, so nothing is written.\n"), "{english}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    for (variables, expected) in [
        (&ENGLISH[..], "error: cannot write standard output: "),
        (&[], "fout: de standaarduitvoer is niet te schrijven: de schijf is vol\n"),
    ] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut call = meetlat();
        call.envs(variables.iter().copied()).args(["schema", "verdict"]).stdout(full);
        let output = call.output().unwrap();
        assert_eq!(code(&output), 1);
        assert!(err(&output).starts_with(expected), "{}", err(&output));
    }
}
