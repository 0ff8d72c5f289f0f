//! Several versions of one meetlat.

use std::fs;
use std::path::PathBuf;

use crate::support::{code, documents, err, folder, json, out, run, text};

/// `klein` as two versions, in a folder with a building block and another meetlat.
fn two_versions(name: &str) -> PathBuf {
    let folder = folder(name);
    let rules = text("tests/cases/klein/regels.meetlat");
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
        let document = json(&output);
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
    let documents = documents(&overlap);
    assert_eq!(documents.len(), 3);
    assert_eq!(documents[2]["meldingen"][0]["code"], "M0801");
    let broken = folder.join("leeg");
    fs::create_dir(&broken).unwrap();
    let none = run(&["controleer", broken.to_str().unwrap()]);
    assert_eq!(code(&none), 1);
    assert!(err(&none).contains("B0005"), "{}", err(&none));
}
