//! `gebruik`: every folder under `tests/faults/bouwstenen` holds rules and the building blocks they use. What is wrong
//! stands at the end of the file where it is: `# verwacht: M0201 regel 9 kolom 7; a.meetlat regel 4 kolom 7`, with the
//! other places of the message after it. A folder with `meldingen.txt` says how the messages look too.
//! `MEETLAT_BLESS=1` writes them anew: read the difference before it is kept.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use meetlat::render::render;
use meetlat::rule_files::{header_name, judges};
use meetlat::{Code, Diagnostics};
use meetlat::{Language, Meetlat, Parsed, RuleText};
use serde_json::Value;

fn rules_of(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let end = text.find("# verwacht: ").unwrap_or(text.len());
    Some(text[..end].to_owned())
}

fn load(folder: &Path, start: &str) -> Parsed {
    let text = rules_of(&folder.join(start)).unwrap();
    Meetlat::load(start, &text, |name| {
        let name = format!("{}.meetlat", name.replace('.', "/"));
        Ok(rules_of(&folder.join(&name)).map(|text| RuleText { name, text }))
    })
}

fn folders() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/bouwstenen");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(!folders.is_empty(), "no folders");
    folders
}

fn folder(name: &str) -> PathBuf {
    folders().into_iter().find(|folder| folder.ends_with(name)).unwrap()
}

/// Per file of a folder, what its end must say.
fn tails(diagnostics: &Diagnostics) -> BTreeMap<String, String> {
    let mut tails: BTreeMap<String, String> = BTreeMap::new();
    for diagnostic in diagnostics {
        let mut places = diagnostic.places.iter().map(|place| {
            let source = diagnostics.source(place.span.source).unwrap();
            let at = source.position(place.span.start);
            (source.name().to_owned(), format!("regel {} kolom {}", at.line, at.column))
        });
        let (file, at) = places.next().unwrap();
        let others: String = places.map(|(file, at)| format!("; {file} {at}")).collect();
        writeln!(tails.entry(file).or_default(), "# verwacht: {} {at}{others}", diagnostic.code).unwrap();
    }
    tails
}

fn compare(path: &Path, found: &str, wrong: &mut String) {
    if fs::read_to_string(path).unwrap_or_default() == found {
        return;
    }
    if std::env::var_os("MEETLAT_BLESS").is_some() {
        fs::write(path, found).unwrap();
    }
    writeln!(wrong, "{}:\n{found}", path.display()).unwrap();
}

fn files_in(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_in(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "meetlat") {
            into.push(path);
        }
    }
}

#[test]
fn every_message_stands_in_its_own_file() {
    let mut wrong = String::new();
    for folder in folders() {
        let parsed = load(&folder, "regels.meetlat");
        assert_eq!(parsed.meetlat.is_none(), parsed.diagnostics.has_errors(), "{}", folder.display());
        let tails = tails(&parsed.diagnostics);
        let mut files = Vec::new();
        files_in(&folder, &mut files);
        for path in files {
            let name = path.strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/");
            let tail = tails.get(&name).map_or("", String::as_str);
            compare(&path, &format!("{}{tail}", rules_of(&path).unwrap()), &mut wrong);
        }
        for (file, language) in [("meldingen.txt", Language::Nl), ("meldingen.en.txt", Language::En)] {
            if folder.join(file).exists() {
                compare(&folder.join(file), &render(&parsed.diagnostics, language, false), &mut wrong);
            }
        }
        for diagnostic in &parsed.diagnostics {
            let help = diagnostic.help.as_ref();
            assert!(help.is_some_and(|help| !help.nl.is_empty() && !help.en.is_empty()), "{diagnostic:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A building block by itself has no verdict and nothing that is used: nothing is said of either.
#[test]
fn a_block_may_be_checked_by_itself() {
    let good = folder("goed");
    for block in ["landelijk/keuzes.meetlat", "landelijk/bedragen.meetlat"] {
        let parsed = load(&good, block);
        assert!(parsed.is_block() && parsed.diagnostics.is_empty(), "{block}: {:?}", parsed.diagnostics);
        let refused = parsed.into_result().unwrap_err();
        assert_eq!(refused.iter().map(|found| found.code).collect::<Vec<_>>(), [Code::VerdictMissing]);
    }
    // Its own faults count.
    let parsed = load(&folder("plaatsen"), "landelijk/a.meetlat");
    assert!(!parsed.is_block() && parsed.diagnostics.has_errors());
    // One with criteria was meant to judge.
    let text = rules_of(&folder("hoort_niet").join("hoort.meetlat")).unwrap();
    let found = Meetlat::parse("hoort.meetlat", &text).diagnostics;
    assert!(found.iter().any(|found| found.code == Code::VerdictMissing));
}

#[test]
fn the_loader_is_asked_once_for_each_name_and_in_order() {
    let good = folder("goed");
    let asked = RefCell::new(Vec::new());
    let text = rules_of(&good.join("regels.meetlat")).unwrap();
    let parsed = Meetlat::load("regels.meetlat", &text, |name| {
        asked.borrow_mut().push(name.to_owned());
        let name = format!("{}.meetlat", name.replace('.', "/"));
        Ok(rules_of(&good.join(&name)).map(|text| RuleText { name: format!("ergens/{name}"), text }))
    });
    assert_eq!(*asked.borrow(), ["landelijk.keuzes", "landelijk.bedragen"]);
    let meetlat = parsed.into_result().unwrap();
    let json = r#"{"meetlat": "proef", "antwoorden": {"gezond": "ja", "ongelezen": "nee"}}"#;
    // `peildatum` is read only by a term that nobody uses: nobody is asked for it.
    let proposal = meetlat.read("voorstel.json", json, None).unwrap();
    let verdict = meetlat.evaluate(&proposal).unwrap();
    let files: Vec<&str> = verdict.meetlat.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(files, ["regels.meetlat", "keuzes.meetlat", "bedragen.meetlat"]);
    let labels: Vec<&str> =
        verdict.meetlat.documents.iter().map(|document| document.label.as_str()).collect();
    assert_eq!(labels, ["nota", "nota (landelijk.keuzes)", "lijst"]);
    // The form asks what the rules read, and the reader takes what the building block knows.
    let form: Value = serde_json::from_str(&meetlat.empty_proposal()).unwrap();
    let names: Vec<&String> = form["antwoorden"].as_object().unwrap().keys().collect();
    assert_eq!(names.len(), 4, "{names:?}");
    assert!(form["antwoorden"].get("ongelezen").is_none() && form["antwoorden"].get("hoog").is_some());
    let schema: Value = serde_json::from_str(&meetlat.proposal_schema()).unwrap();
    assert!(schema.to_string().contains("ongelezen"));
}

#[test]
fn what_the_host_cannot_read_is_told_in_its_words() {
    let text = rules_of(&folder("ontbreekt").join("regels.meetlat")).unwrap();
    let found = Meetlat::load("regels.meetlat", &text, |_| Err("de schijf is stuk".into())).diagnostics;
    let first = found.iter().next().unwrap();
    assert_eq!(first.code, Code::BlockMissing);
    assert_eq!(first.message.nl, "de bouwsteen \"landelijk.weg\" is niet te lezen: de schijf is stuk");
}

#[test]
fn a_block_out_of_force_is_named() {
    let block = "meetlat b: \"B\"\n  geldig van 1 januari 2020 tot en met 31 december 2020\n";
    let using = "gebruik b\n";
    let page = include_str!("../../docs/meldingen.md");
    let frame = page.split("```meetlat kader\n").nth(1).unwrap().split("```").next().unwrap();
    let text = frame.replace("# hier komt het voorbeeld\n", using);
    let meetlat = Meetlat::load("regels.meetlat", &text, |_| {
        Ok(Some(RuleText { name: "b.meetlat".to_owned(), text: block.to_owned() }))
    });
    let meetlat = meetlat.into_result().unwrap();
    let read = |day: &str| {
        let json = format!(r#"{{"meetlat": "proef", "peildatum": "{day}", "antwoorden": {{}}}}"#);
        meetlat.read("voorstel.json", &json, None)
    };
    assert!(read("2020-01-01").is_ok() && read("2020-12-31").is_ok());
    for day in ["2019-12-31", "2021-01-01"] {
        let found = read(day).unwrap_err();
        let only = found.iter().next().unwrap();
        assert_eq!((found.len(), only.code), (1, Code::BadReferenceDate));
        assert!(only.message.nl.contains("bouwsteen \"b\""), "{}", only.message.nl);
        let help = &only.help.as_ref().unwrap().nl;
        assert!(help.contains("van 1 januari 2020 tot en met 31 december 2020"), "{help}");
    }
}

#[test]
fn names_and_roles_are_seen_without_reading() {
    assert_eq!(header_name("\u{feff}# kop\n\nmeetlat  landelijk.a : \"A\"\r\n"), Some("landelijk.a"));
    assert_eq!(header_name("meetlatten: \"A\"\n  meetlat x: \"\"\n"), None);
    assert_eq!(header_name("meetlat \"A\"\n"), None);
    assert!(judges("meetlat a: \"A\"\noordeel: \"B\"\n"));
    assert!(!judges("meetlat a: \"A\"\n  oordeel: \"B\"\noordelen: \"C\"\n"));
}
