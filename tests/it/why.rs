//! Why an outcome is what it is, on rules that people can read and on all proposals of this repository. `MEETLAT_BLESS=1`
//! writes expected texts anew: read the difference before it is kept.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use meetlat::Why;
use meetlat::document::why::DecidingKind;
use meetlat::internals::diagram::reach::Reach;
use meetlat::internals::evaluate::world::World;
use meetlat::{Language, Limits, Meetlat, RuleText, Versions};

use crate::helpers::validator;

const RULES: &str = include_str!("../expected/buurtfonds.meetlat");
const PROPOSALS: [&str; 4] = ["buurttuin", "straatfeest", "te_laat", "leeg"];

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expected"))
}

fn why(name: &str) -> Why {
    why_in(name, Language::Nl)
}

fn why_in(name: &str, language: Language) -> Why {
    let meetlat = Meetlat::parse("map/buurtfonds.meetlat", RULES).into_result().unwrap();
    let file = format!("{name}.json");
    let text = fs::read_to_string(folder().join("voorstellen").join(&file)).unwrap();
    meetlat.in_language(language).why_by_answers(&meetlat.read(&file, &text, None).unwrap()).unwrap()
}

fn expect(file: &str, found: &str) {
    let path = folder().join(file);
    if std::env::var_os("MEETLAT_BLESS").is_some() {
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == found, "{file} differs; found:\n{found}");
}

#[test]
fn texts_and_documents_are_as_expected() {
    for name in PROPOSALS {
        let (why, english) = (why(name), why_in(name, Language::En));
        expect(&format!("{name}.waarom.txt"), &why.to_text(Language::Nl));
        expect(&format!("{name}.waarom.en.txt"), &english.to_text(Language::En));
        expect(&format!("{name}.waarom.json"), &format!("{}\n", why.to_json()));
        for text in [why.to_text(Language::Nl), english.to_text(Language::En)] {
            assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
        }
    }
}

#[test]
fn a_document_comes_back_from_its_json_as_it_was() {
    for name in PROPOSALS {
        let why = why(name);
        for json in [why.to_json(), why.to_json_line()] {
            assert_eq!(serde_json::from_str::<Why>(&json).unwrap(), why, "{name}");
        }
    }
}

#[cfg(feature = "schema")]
#[test]
fn the_schema_accepts_documents_and_nothing_less() {
    let schema: serde_json::Value =
        serde_json::from_str(&meetlat::document::schema(meetlat::document::Kind::Why)).unwrap();
    for name in PROPOSALS {
        let json: serde_json::Value = serde_json::from_str(&why(name).to_json()).unwrap();
        assert!(validator::accepts(&schema, &schema, &json), "{name}");
        for key in json.as_object().unwrap().keys() {
            let mut less = json.clone();
            less.as_object_mut().unwrap().remove(key);
            assert!(!validator::accepts(&schema, &schema, &less), "{name} without {key}");
        }
    }
}

const WEIGHED: &str = r#"meetlat proef: "Proef"
  versie  1
  geldig  vanaf 1 januari 2000
  bron    plan: "Plan"
  deels telt 50%, aanname "halverwege"

vraag a: "A?"
  bron      plan §1
  antwoord  ja, deels of nee

vraag b: "B?"
  bron      plan §1
  antwoord  ja, deels of nee

vraag c: "C?"
  bron      plan §1
  antwoord  ja, deels of nee

vraag soort: "Soort?"
  bron      plan §1
  antwoord  een van
    - klein
    - groot
  staat vast

criterium eerste: "Eerste"
  bron     plan §1
  score    a
  gewicht  2, aanname "zwaarder"

criterium tweede: "Tweede"
  bron     plan §1
  score    b
  gewicht  1, aanname "gewoon"

criterium derde: "Derde"
  bron     plan §1
  score    c
  gewicht  1, aanname "gewoon"

oordeel: "Oordeel"
  bron    plan §2
  totaal  gewogen gemiddelde, aanname "zo doen wij het"
  uitkomsten van goed naar slecht
    - voldoet: "Voldoet"
    - afgewezen: "Afgewezen"
  afgewezen  als soort is klein
  voldoet    als totaal is minstens 60%, aanname "ruim de helft"
  afgewezen  anders
"#;

fn weighed(json: &str, limits: &Limits) -> Why {
    let meetlat = Meetlat::parse_with("regels.meetlat", WEIGHED, limits).into_result().unwrap();
    meetlat
        .in_language(Language::Nl)
        .why_by_answers(&meetlat.read("voorstel.json", json, None).unwrap())
        .unwrap()
}

fn names(why: &Why) -> Vec<&str> {
    why.points.as_ref().unwrap().points.iter().map(|point| point.name.as_str()).collect()
}

const GROOT: &str =
    r#"{"meetlat": "proef", "antwoorden": {"a": "ja", "b": "ja", "c": "ja", "soort": "groot"}}"#;

#[test]
fn the_first_of_the_smallest_sets() {
    let why = weighed(GROOT, &Limits::default());
    assert!(why.exact);
    // Half is not enough: with criterion `eerste` one other is needed, and which one is the same.
    assert_eq!(names(&why), ["eerste", "tweede"]);
    let points = why.points.as_ref().unwrap();
    assert!(points.fewest && points.others.exactly);
    assert_eq!(points.others.count, 1);
    let answers = why.answers.as_ref().unwrap();
    let pointers: Vec<&str> = answers.answers.iter().map(|answer| answer.pointer.as_str()).collect();
    assert_eq!(pointers, ["/antwoorden/a", "/antwoorden/b"]);
}

#[test]
fn what_stands_fast_decides_without_being_named() {
    let klein = GROOT.replace("groot", "klein");
    let why = weighed(&klein, &Limits::default());
    assert_eq!(why.outcome.outcome.as_deref(), Some("afgewezen"));
    assert!(names(&why).is_empty());
    assert!(why.to_text(Language::Nl).contains("wat er ook geantwoord wordt"));
}

#[test]
fn for_and_against_at_the_share() {
    let json =
        r#"{"meetlat": "proef", "antwoorden": {"a": "deels", "b": "nee", "c": "ja", "soort": "groot"}}"#;
    let why = weighed(json, &Limits::default());
    let against = why.strongest_against.as_ref().unwrap();
    assert_eq!((against.kind, against.name.as_str()), (DecidingKind::Answer, "eerste"));
    let side = against.side.as_ref().unwrap();
    assert_eq!(side.difference.fraction, "1/2");
    assert_eq!(side.in_total.as_ref().unwrap().fraction, "1/4");
    // As much in the total as the answer to `b`, and first in the file. In favour `a` and `c` weigh the same.
    assert_eq!(why.strongest_for.as_ref().unwrap().name, "eerste");
}

#[test]
fn a_limit_that_ends_the_count_leaves_at_least() {
    let json =
        r#"{"meetlat": "proef", "antwoorden": {"a": "nee", "b": "nee", "c": "nee", "soort": "groot"}}"#;
    let all = weighed(json, &Limits::default());
    // Without `eerste` it is half at most.
    assert_eq!(names(&all), ["eerste"]);
    let few = weighed(GROOT, &Limits { other_sets: 0, ..Limits::default() });
    let others = &few.points.as_ref().unwrap().others;
    assert!(few.exact && !others.exactly && others.count == 0);
    assert!(few.to_text(Language::Nl).contains("niet uitgezocht"));
}

#[test]
fn a_search_that_ended_says_so() {
    let why = weighed(GROOT, &Limits { search_steps: 3, ..Limits::default() });
    assert!(!why.exact);
    assert_eq!(why.provisional.as_ref().unwrap().limit, Some(3));
    assert!(!why.points.as_ref().unwrap().fewest);
    assert!(why.to_text(Language::Nl).contains("Voorlopig."));
    assert!(why.to_text(Language::En).contains("Provisional."));
}

fn paths(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            paths(&path, ending, found);
        } else if path.to_str().unwrap().ends_with(ending) {
            found.push(path);
        }
    }
}

/// Every shipped proposal: exact, and what is said to decide does: all other answers can be deleted.
#[test]
fn what_decides_does_so_without_the_other_answers() {
    let rules = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/rules"));
    let (mut files, mut proposals) = (Vec::new(), Vec::new());
    paths(rules, ".meetlat", &mut files);
    paths(&rules.join("voorstellen"), ".json", &mut proposals);
    let sound = files.iter().filter_map(|file| {
        let text = fs::read_to_string(file).unwrap();
        let parsed = Meetlat::load(file.file_name().unwrap().to_str().unwrap(), &text, |name| {
            let path = rules.join(format!("{}.meetlat", name.replace('.', "/")));
            let text = fs::read_to_string(path).ok();
            Ok(text.map(|text| RuleText { name: format!("{name}.meetlat"), text }))
        });
        parsed.meetlat
    });
    let all = Versions::group(sound);
    let mut settled = 0;
    for path in &proposals {
        let text = fs::read_to_string(path).unwrap();
        let mut json: serde_json::Value = serde_json::from_str(&text).unwrap();
        let versions = all.iter().find(|one| json["meetlat"] == one.name()).unwrap();
        let (meetlat, proposal) = versions.read("voorstel.json", &text, None).unwrap();
        let why = meetlat.why(&proposal).unwrap();
        assert!(why.exact, "{}", path.display());
        assert_eq!(why.criteria.len(), meetlat.model().criteria.len());
        let Some(points) = &why.points else { continue };
        settled += 1;
        let kept: Vec<&str> =
            points.points.iter().flat_map(|point| &point.answers).map(|one| one.question.as_str()).collect();
        let fixed =
            |name: &str| meetlat.model().questions.iter().any(|one| one.head.name == name && one.fixed);
        json["antwoorden"]
            .as_object_mut()
            .unwrap()
            .retain(|name, _| kept.contains(&name.as_str()) || fixed(name));
        let (meetlat, proposal) = versions.read("voorstel.json", &json.to_string(), None).unwrap();
        // Of the outcome alone: a whole verdict would also weigh every question that is open now.
        let (program, limits) = (meetlat.program(), meetlat.limits());
        let world = World::new(program, &proposal, limits);
        let left = Reach::new(program, world, &meetlat::internals::limits::budget::Budget::new(limits))
            .combinations()
            .unwrap();
        let outcomes: BTreeSet<&str> = left
            .iter()
            .map(|(outcome, _)| meetlat.model().verdict.outcomes[usize::from(*outcome)].name.as_str())
            .collect();
        let outcome = why.outcome.outcome.as_ref().unwrap();
        assert_eq!(outcomes, BTreeSet::from([outcome.as_str()]), "{}", path.display());
    }
    assert!(settled > 0, "none of {} is settled", proposals.len());
}
