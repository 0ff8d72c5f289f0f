//! Reading proposals: what is read, and which fault is found where.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use meetlat::Date;
use meetlat::Diagnostics;
use meetlat::Limits;
use meetlat::Proposal;
use meetlat::asked;
use meetlat::findings::Number;
use meetlat::findings::{Answer, State};
use meetlat::findings::{Level, Value};
use meetlat::internals::json::texts::{Texts, Written};
use meetlat::internals::proposal::read::read;

use crate::helpers::every_kind;

fn run(text: &str, limits: &Limits) -> (Option<Proposal>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let proposal = read(&every_kind::model(), "map/voorstel.json", text, None, limits, &mut diagnostics);
    assert_eq!(proposal.is_none(), diagnostics.has_errors(), "{diagnostics:#?}");
    (proposal, diagnostics)
}

/// Lines `V0204 /antwoorden/x 12:5`, in the order of the text.
fn faults(diagnostics: &mut Diagnostics) -> String {
    diagnostics.sort();
    let mut out = String::new();
    for diagnostic in diagnostics.iter() {
        let place = &diagnostic.places[0];
        let at = diagnostics.source(place.span.source).unwrap().position(place.span.start);
        let pointer = place.pointer.as_deref().unwrap();
        writeln!(out, "{} {pointer} {}:{}", diagnostic.code, at.line, at.column).unwrap();
    }
    out
}

fn messages(diagnostics: &Diagnostics) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let help = diagnostic.help.as_ref().map_or("", |help| help.nl.as_str());
        writeln!(out, "{}: {} | {help}", diagnostic.code, diagnostic.message.nl).unwrap();
    }
    out
}

/// Reads one answer to a question, with the texts of its proposal.
fn one(question: &str, json: &str) -> Result<(Answer, Texts), String> {
    let text = format!(
        r#"{{"meetlat": "proef", "peildatum": "2020-09-01", "antwoorden": {{"{question}": {json}}}}}"#
    );
    let (proposal, diagnostics) = run(&text, &Limits::default());
    let at = every_kind::model().questions.iter().position(|q| q.head.name == question).unwrap();
    proposal
        .map(|mut proposal| (proposal.answers.remove(at), proposal.texts))
        .ok_or_else(|| messages(&diagnostics))
}

fn value(question: &str, json: &str) -> Value {
    match one(question, json).unwrap().0.state {
        State::Given(value) => value,
        other => panic!("{question} {json}: {other:?}"),
    }
}

#[test]
fn the_files_give_the_expected_faults() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/proposals");
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let write = std::env::var_os("MEETLAT_BLESS").is_some();
    let mut seen = 0;
    for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "json")) {
        let text = fs::read_to_string(file).unwrap();
        let (_, mut diagnostics) = run(&text, &Limits::default());
        let found = faults(&mut diagnostics);
        let beside = file.with_extension("verwacht");
        if write {
            fs::write(&beside, &found).unwrap();
        }
        let expected = fs::read_to_string(&beside).unwrap_or_default();
        assert_eq!(found, expected, "{}\n{}", file.display(), messages(&diagnostics));
        seen += 1;
    }
    assert!(seen > 0, "no files in {}", folder.display());
}

#[test]
fn every_code_has_a_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/proposals");
    let mut all = String::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "verwacht") {
            all.push_str(&fs::read_to_string(path).unwrap());
        }
    }
    for code in meetlat::Code::ALL {
        let code = code.as_str();
        // Only several versions together give the first (see `versions`), only other rules the second (`other_rules`).
        if code == "V0214" || code == "V0219" {
            continue;
        }
        assert!(!code.starts_with('V') || all.contains(code), "no proposal gives {code}");
    }
}

#[test]
fn the_helps_show_the_right_spelling() {
    let cases = [
        ("gezond", "true", r#"schrijf "ja""#),
        ("gezond", "\"Ja\"", r#"bedoelde u "ja"?"#),
        ("elders", "\"deels\"", r#"kies "ja" of "nee""#),
        ("bedrag_start", r#""€ 84.000""#, "schrijf 84000"),
        ("bedrag_start", "0.005", "schrijf bijvoorbeeld 0.01"),
        ("bedrag_start", "-1", "het bedrag loopt van € 0 tot en met € 3.246.393"),
        ("aandeel_eigen", r#""12,5%""#, "schrijf 12.5"),
        ("aandeel_eigen", "101", "het percentage loopt van 0% tot en met 100%"),
        ("factor", r#""0,5""#, "schrijf 0.5"),
        ("kinderen", "1.5", "schrijf bijvoorbeeld 1"),
        ("kinderen", r#""nvt""#, r#"schrijf "n.v.t.""#),
        ("start", r#""1-9-2020""#, r#"schrijf "2020-09-01""#),
        ("start", r#""2020-01-28""#, "de datum loopt vanaf 29 januari 2020"),
        ("start", "20200901", r#"schrijf bijvoorbeeld "2020-09-01""#),
        ("thema", r#""onderwijz""#, r#"bedoelde u "onderwijs"?"#),
        ("thema", r#""Verbinding jeugdhulp en onderwijs""#, r#"bedoelde u "onderwijs"?"#),
        ("thema", r#"["onderwijs"]"#, r#"schrijf "onderwijs""#),
        ("thema", r#""geen""#, "geef één van de keuzes; laat de vraag weg zolang het antwoord er niet is"),
        ("partners", r#""ggd""#, r#"schrijf ["ggd"]"#),
        ("partners", r#""gemeente, GGD""#, r#"schrijf ["gemeente", "ggd"]"#),
        ("doelgroep", "12", r#"schrijf "12""#),
        ("doelgroep", "\" \"", "laat de vraag weg of schrijf null: dan is zij open"),
        ("resultaten", r#"{"indicator": "x"}"#, "zet rechte haken om de items: [{…}]"),
        ("resultaten", r#"["x"]"#, r#"schrijf {"indicator": …}"#),
        ("gezond", r#"{"antword": "ja"}"#, r#"bedoelde u "antwoord"?"#),
        ("gezond", r#"{"antwoord": {"antwoord": "ja"}}"#, r#"kies "ja", "deels" of "nee""#),
        ("gezond", r#"{"antwoord": "ja", "bewijs": "zie bijlage"}"#, r#"schrijf ["zie bijlage"]"#),
    ];
    for (question, json, help) in cases {
        let found = one(question, json).expect_err(json);
        assert!(found.trim_end().ends_with(&format!("| {help}")), "{question} {json}\n{found}\n{help}");
        assert_eq!(found.lines().count(), 1, "{found}");
    }
}

#[test]
fn values() {
    let number = |n, d| Value::Number(Number::fraction(n, d).unwrap());
    assert_eq!(value("gezond", r#""deels""#), Value::Level(Level::Partly));
    assert_eq!(value("gezond", r#""dee\u006cs""#), Value::Level(Level::Partly));
    assert_eq!(value("thema", r#""ambulantisering""#), Value::Choice(1));
    assert_eq!(value("partners", r#"["ggd", "gemeente"]"#), Value::Choices(0b101));
    assert_eq!(value("partners", "[]"), Value::Choices(0));
    assert_eq!(value("bedrag_start", "84000.00"), number(84_000, 1));
    assert_eq!(value("bedrag_start", "8.4e4"), number(84_000, 1));
    assert_eq!(value("bedrag_start", "0.070"), number(7, 100));
    assert_eq!(value("aandeel_eigen", "12.5"), number(1, 8));
    assert_eq!(value("kinderen", "3.0"), number(3, 1));
    assert_eq!(value("factor", "-0.1"), number(-1, 10));
    assert_eq!(value("start", r#""2020-01-29""#), Value::Date(Date::new(2020, 1, 29).unwrap()));
    assert_eq!(value("einde", r#""geen""#), Value::None);
    assert_eq!(value("doelgroep", r#""geen""#), Value::Text);
    assert_eq!(value("risico", r#""geen""#), Value::None);
    assert_eq!(value("coördinatie", r#""ja""#), Value::Level(Level::Yes));
}

#[test]
fn what_keeps_an_answer_open() {
    let open = |question: &str, json: &str| {
        let (answer, texts) = one(question, json).unwrap();
        assert_eq!(answer.state, State::Open, "{question} {json}");
        let text = |piece: Option<Written>| piece.and_then(|piece| texts.text(piece)).map(String::from);
        let written = answer.written.map(|written| texts.json(written).to_owned());
        (written, text(answer.ground), text(answer.unsayable))
    };
    assert_eq!(open("gezond", "null").0, None);
    assert_eq!(open("gezond", "{}").0, None);
    assert_eq!(open("gezond", r#"{"antwoord": null, "onderbouwing": "later"}"#).1.unwrap(), "later");
    assert_eq!(open("administratie", r#""n.v.t.""#).0.unwrap(), r#""n.v.t.""#);
    open("administratie", r#"{"antwoord": "n.v.t.", "onderbouwing": " \t "}"#);
    assert_eq!(open("elders", r#""ja""#).0.unwrap(), r#""ja""#);
    open("jaren", r#"[{"indicator": "x"}]"#);
    let unsayable = open("gezond", r#"{"niet_te_zeggen": "onderzoek loopt"}"#);
    assert_eq!(unsayable.2.unwrap(), "onderzoek loopt");

    let given = |question, json| assert!(matches!(one(question, json).unwrap().0.state, State::Given(_)));
    given("administratie", r#"{"antwoord": "n.v.t.", "onderbouwing": "er is geen papierwerk"}"#);
    given("elders", r#"{"antwoord": "ja", "onderbouwing": "in Twente", "bewijs": ["brief", " "]}"#);
    given("gezond", r#"{"antwoord": "ja", "niet_te_zeggen": " "}"#);
    let (answer, texts) =
        one("elders", r#"{"antwoord": "ja", "bewijs": ["brief", " "], "$uitleg": "x"}"#).unwrap();
    assert_eq!(texts.list_texts(answer.evidence).collect::<Vec<_>>(), ["brief"]);
    let (answer, _) = one("elders", r#"{"antwoord": "ja", "bewijs": ["\t", " "]}"#).unwrap();
    assert_eq!(answer.evidence, None);
}

#[test]
fn lists() {
    let json = r#"{"onderbouwing": "zo", "antwoord": [
        {"indicator": {"antwoord": "plaatsingen", "bewijs": ["cijfers"]}, "nulmeting": 12.50, "jaar": 2020},
        {"nulmeting": "n.v.t.", "doel": "geen", "deelnemers": ["ggd"]}
    ]}"#;
    let (answer, texts) = one("resultaten", json).unwrap();
    assert!(texts.json(answer.written.unwrap()).starts_with('['));
    let State::Items(items) = answer.state else { panic!() };
    assert_eq!(items.len(), 2);
    assert_eq!(items[0][0].state, State::Given(Value::Text));
    assert_eq!(texts.list_texts(items[0][0].evidence).collect::<Vec<_>>(), ["cijfers"]);
    assert_eq!(items[0][1].state, State::Given(Value::Number(Number::fraction(25, 2).unwrap())));
    assert_eq!(items[0][1].written.map(|written| texts.json(written)), Some("12.50"));
    assert_eq!(items[0][2].state, State::Open);
    assert_eq!(items[1][1].state, State::Open);
    assert_eq!(items[1][2].state, State::Given(Value::None));
    assert_eq!(items[1][4].state, State::Given(Value::Choices(4)));
    assert_eq!(one("resultaten", "[]").unwrap().0.state, State::Items(Vec::new()));
}

#[test]
fn the_header() {
    let text = "\u{feff}{\"meetlat\": \"proef\", \"titel\": \"Spoedhulp\", \"indiener\": null,\n \"antwoorden\": {}}";
    let mut diagnostics = Diagnostics::new();
    let model = every_kind::model();
    let limits = Limits::default();
    let host = Date::new(2021, 1, 1);
    let proposal = read(&model, r"c:\map\x.json", text, host, &limits, &mut diagnostics).unwrap();
    assert_eq!(proposal.file, "x.json");
    assert_eq!(proposal.title().as_deref(), Some("Spoedhulp"));
    assert_eq!(proposal.submitter, None);
    assert_eq!(proposal.reference_date, host);
    assert_eq!(proposal.sha256_text().len(), 64);
    assert_eq!(proposal.answers.len(), model.questions.len());
    let own = read(&model, "x", text, Date::new(2023, 1, 1), &limits, &mut diagnostics);
    assert!(own.is_none());
    assert!(messages(&diagnostics).contains("de meetlat geldt van 29 januari 2020 tot en met 1 juli 2022"));
}

#[test]
fn the_hash_is_that_of_the_bytes() {
    let text = r#"{"meetlat": "proef", "peildatum": "2020-09-01", "antwoorden": {}}"#;
    let hash = "e891503766b9b096043d55ac2ecd42b226774c587eb465fae526c6f9aeb604b1";
    assert_eq!(run(text, &Limits::default()).0.unwrap().sha256_text(), hash);
}

#[test]
fn the_hosts_date_wins() {
    let text = r#"{"meetlat": "proef", "peildatum": "1999-01-01", "antwoorden": {}}"#;
    let model = every_kind::model();
    let mut diagnostics = Diagnostics::new();
    let host = Date::new(2022, 7, 1);
    let proposal = read(&model, "x", text, host, &Limits::default(), &mut diagnostics).unwrap();
    assert_eq!(proposal.reference_date, host);
}

#[test]
fn limits() {
    let text =
        r#"{"meetlat": "proef", "peildatum": "2020-09-01", "antwoorden": {"resultaten": [{}, {}, {}]}}"#;
    let limits = |proposal_bytes, list_items| Limits { proposal_bytes, list_items, ..Limits::default() };
    assert!(run(text, &limits(text.len(), 3)).0.is_some());
    let (_, mut long) = run(text, &limits(text.len() - 1, 3));
    assert_eq!(faults(&mut long), "G0001  1:1\n");
    let (_, mut many) = run(text, &limits(text.len(), 2));
    assert_eq!(faults(&mut many), "G0004 /antwoorden/resultaten 1:78\n");

    let unknown =
        r#"{"meetlat": "proef", "peildatum": "2020-09-01", "antwoorden": {}, "a": 1, "b": 1, "c": 1}"#;
    let (_, few) = run(unknown, &Limits { diagnostics: 2, ..Limits::default() });
    assert_eq!(few.len(), 3);
    assert!(messages(&few).contains("nog 1 fouten worden niet getoond"));
    let (_, all) = run(unknown, &Limits { diagnostics: 3, ..Limits::default() });
    assert_eq!(all.len(), 3);
}

#[test]
fn reasons_why_it_is_no_json() {
    let cases = [
        ("", "de tekst is leeg", "1:1"),
        ("\n  \n", "de tekst is leeg", "3:1"),
        ("{\"a\": 1,\n}", "na deze komma volgt niets meer", "1:8"),
        ("{\"a\": [1, ]}", "na deze komma volgt niets meer", "1:9"),
        ("{'a': 1}", "' is geen aanhalingsteken van JSON", "1:2"),
        ("{\"a\": 'x'}", "' is geen aanhalingsteken van JSON", "1:7"),
        ("{“a”: 1}", "“ is geen aanhalingsteken van JSON", "1:2"),
        ("{\"a\": 1\n \"b\": 2}", "voor \"b\" ontbreekt een komma", "2:2"),
        ("{\"a\": {\"x\": 1\n \"b\": 2}}", "voor \"b\" ontbreekt een komma", "2:2"),
        ("{\"a\" 1}", "na een sleutel ontbreekt de dubbele punt", "1:6"),
        ("{a: 1}", "hier hoort een sleutel tussen dubbele aanhalingstekens", "1:2"),
        ("{\"a\": ja}", "\"ja\" staat niet tussen aanhalingstekens", "1:7"),
        ("{\"a\": True}", "\"True\" staat niet tussen aanhalingstekens", "1:7"),
        ("{\"a\": 0,5}", "een komma in een getal", "1:8"),
        ("{\"a\": 84.000.00}", "een tweede punt in een getal", "1:13"),
        ("{\"a\": € 84}", "een getal dat zo niet geschreven wordt", "1:7"),
        ("{\"a\": 007}", "een getal dat zo niet geschreven wordt", "1:8"),
        ("{\"a\": \"x\ny\"}", "een tekst loopt door", "1:8"),
        ("{\"a\": \"\\q\"}", "na een schuine streep", "1:9"),
        ("{\"a\": 1", "de tekst houdt te vroeg op", "1:7"),
        ("{\"a\": \"x", "de tekst houdt op binnen aanhalingstekens", "1:8"),
        ("{\"a\": 1} x", "na het voorstel staat nog iets", "1:10"),
        ("{ // x\n}", "JSON kent geen opmerkingen", "1:3"),
        ("{\"a\": }", "hier hoort een waarde", "1:7"),
        ("{\"a\": [1}", "} sluit iets dat niet open is", "1:9"),
        ("{\"é\": \"ë\" \"b\": 1}", "voor \"b\" ontbreekt een komma", "1:11"),
    ];
    let mut wrong = String::new();
    for (text, message, place) in cases {
        let (_, mut diagnostics) = run(text, &Limits::default());
        let said = messages(&diagnostics);
        let found = faults(&mut diagnostics);
        if !said.contains(message) || found != format!("V0101  {place}\n") {
            writeln!(wrong, "{text}\n{place}: {message}\n{found}{said}").unwrap();
        }
    }
    assert_eq!(wrong, "");
    let deep = format!("{{\"meetlat\": {}1{}}}", "[".repeat(300_000), "]".repeat(300_000));
    assert!(run(&deep, &Limits::default()).0.is_none());
    let open = "[".repeat(1_000_000);
    assert!(run(&open, &Limits::default()).0.is_none());
}

#[test]
fn the_name_is_read_leniently() {
    assert_eq!(asked("\u{feff}{\"titel\": 1, \"meetlat\": \"x\\u0079\"").meetlat.as_deref(), Some("xy"));
    assert_eq!(asked(r#"{"meetlat": "a", "meetlat": "b"}"#).meetlat.as_deref(), Some("a"));
    for text in ["", "[]", "{", r#"{"meetlat": 1}"#, r#"{"naam": "a"}"#, "\"meetlat\""] {
        assert_eq!(asked(text).meetlat, None, "{text}");
    }
}
