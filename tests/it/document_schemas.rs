//! The schemas of the documents: every document of every case and every shipped proposal is one that its schema accepts; one
//! with a field more or less is not; and a field name means one type, whatever document it stands in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use meetlat::document::{Kind, schema};
use meetlat::overview::overview;
use meetlat::{Date, Language, Limits, Meetlat, Next, Proposal, Report, Versions};
use serde_json::Value;

use crate::helpers::{rules, validator};

/// Few: what is not exact is a document too.
const STEPS: u64 = 20_000;

fn schema_of(kind: Kind) -> Value {
    serde_json::from_str(&schema(kind)).unwrap()
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            files.extend(self::files(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn load(path: &Path) -> Meetlat {
    let folder = path.parent().unwrap().to_owned();
    let text = fs::read_to_string(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy();
    let limits = Limits { search_steps: STEPS, ..Limits::default() };
    let loaded = Meetlat::load(&name, &text, rules::blocks(folder)).into_result();
    loaded.unwrap_or_else(|found| panic!("{}: {found:?}", path.display())).with_limits(limits)
}

/// Every proposal of the cases and of the shipped rules, with the rules that read it.
fn proposals() -> Vec<(String, Meetlat, Proposal)> {
    let mut all = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut cases: Vec<PathBuf> =
        fs::read_dir(root.join("tests/cases")).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    for case in cases {
        // A case may point to what it uses.
        let of = |pointer: &str, own: &str| match fs::read_to_string(case.join(pointer)) {
            Ok(to) => case.join(to.trim()),
            Err(_) => case.join(own),
        };
        let meetlat = load(&of("regels", "regels.meetlat"));
        let text = fs::read_to_string(of("voorstel", "voorstel.json")).unwrap();
        let day = fs::read_to_string(case.join("peildatum")).ok();
        let day = day.map(|day| Date::from_iso(day.trim()).unwrap());
        let proposal = meetlat.read("voorstel.json", &text, day).unwrap();
        all.push((case.display().to_string(), meetlat, proposal));
    }
    let shipped = fs::read_dir(rules::folder()).unwrap().map(|entry| entry.unwrap().path());
    let shipped = shipped.filter(|path| path.extension().is_some_and(|found| found == "meetlat"));
    let versions = Versions::group(shipped.map(|path| load(&path)));
    for file in files(&rules::folder().join("voorstellen"), "json") {
        let text = fs::read_to_string(&file).unwrap();
        let json: Value = serde_json::from_str(&text).unwrap();
        let day = Date::from_iso(json["peildatum"].as_str().unwrap()).unwrap();
        let of = versions.iter().find(|one| json["meetlat"] == one.name()).unwrap();
        let meetlat = of.on(Some(day)).unwrap().clone();
        let proposal = meetlat.read("voorstel.json", &text, None).unwrap();
        all.push((file.display().to_string(), meetlat, proposal));
    }
    all
}

fn documents(meetlat: &Meetlat, proposal: &Proposal) -> Vec<(Kind, String)> {
    let verdict = meetlat.evaluate(proposal).unwrap();
    let improvement = meetlat.improve(proposal).unwrap();
    vec![
        (Kind::Next, Next::of(&verdict).to_json()),
        (Kind::Verdict, verdict.to_json()),
        (Kind::Improvement, improvement.to_json()),
        (Kind::Why, meetlat.in_language(Language::Nl).why_by_answers(proposal).unwrap().to_json()),
        (Kind::Firmness, meetlat.firmness(proposal).unwrap().to_json()),
        (Kind::Overview, overview(meetlat, 0).to_json()),
        (Kind::Report, Report::new(meetlat.warnings(), Language::Nl).to_json()),
    ]
}

#[test]
fn every_document_is_one_that_its_schema_accepts() {
    let schemas: BTreeMap<Kind, Value> = Kind::ALL.iter().map(|kind| (*kind, schema_of(*kind))).collect();
    let mut seen = BTreeSet::new();
    for (name, meetlat, proposal) in proposals() {
        for (kind, text) in documents(&meetlat, &proposal) {
            let (schema, json) = (&schemas[&kind], serde_json::from_str::<Value>(&text).unwrap());
            assert!(validator::accepts(schema, schema, &json), "{name}: {}", kind.name());
            // Of each type the first that is met: with a field more or less it is refused.
            let mut objects = Vec::new();
            places(schema, schema, kind.name(), &json, String::new(), &mut objects);
            for (of, place) in objects {
                if !seen.insert((kind, of.clone())) {
                    continue;
                }
                let mut more = json.clone();
                more.pointer_mut(&place).unwrap()["extra"] = Value::Null;
                assert!(!validator::accepts(schema, schema, &more), "{of} with more");
                for key in json.pointer(&place).unwrap().as_object().unwrap().keys() {
                    let mut less = json.clone();
                    less.pointer_mut(&place).unwrap().as_object_mut().unwrap().remove(key);
                    assert!(!validator::accepts(schema, schema, &less), "{of} without {key}");
                }
            }
        }
    }
    // Whatever the cases do not show, the schema still closes.
    for (kind, schema) in &schemas {
        assert!(seen.contains(&(*kind, kind.name().to_owned())), "{}", kind.name());
        for (name, of) in objects(schema, kind.name()) {
            let names: Vec<&String> = of["properties"].as_object().unwrap().keys().collect();
            let mut required: Vec<&str> =
                of["required"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
            required.sort_unstable();
            assert_eq!(names, required, "{name}: every field is required");
            assert_eq!(of["additionalProperties"], false, "{name}");
        }
    }
}

/// Where objects stand in a document, with the name of their type.
fn places(root: &Value, of: &Value, name: &str, json: &Value, at: String, found: &mut Vec<(String, String)>) {
    if let Some(target) = of["$ref"].as_str() {
        let name = target.rsplit('/').next().unwrap();
        return places(root, &root["$defs"][name], name, json, at, found);
    }
    if let Some(options) = of["anyOf"].as_array() {
        for option in options.iter().filter(|_| !json.is_null()) {
            places(root, option, name, json, at.clone(), found);
        }
    }
    if let (Some(properties), Some(fields)) = (of["properties"].as_object(), json.as_object()) {
        for (key, value) in fields {
            places(root, &properties[key], key, value, format!("{at}/{key}"), found);
        }
        found.push((name.to_owned(), at));
    } else if let (Some(items), Some(values)) = (of.get("items"), json.as_array()) {
        for (n, value) in values.iter().enumerate() {
            places(root, items, name, value, format!("{at}/{n}"), found);
        }
    }
}

/// The types of a schema that have fields.
fn objects<'s>(schema: &'s Value, root: &'s str) -> Vec<(&'s str, &'s Value)> {
    let named = schema["$defs"].as_object().into_iter().flatten().map(|(name, of)| (name.as_str(), of));
    std::iter::once((root, schema)).chain(named).filter(|(_, of)| of.get("properties").is_some()).collect()
}

/// A type as whoever reads a document meets it: what `null` adds is left out, words out of a fixed list are texts, and objects
/// are objects, whatever their fields: each of those has one type in turn.
fn shape(root: &Value, of: &Value) -> String {
    if let Some(target) = of["$ref"].as_str() {
        return shape(root, &root["$defs"][target.rsplit('/').next().unwrap()]);
    }
    let several = of["anyOf"].as_array().or_else(|| of["oneOf"].as_array());
    if let Some(options) = several {
        let shapes: BTreeSet<String> = options.iter().map(|option| shape(root, option)).collect();
        let shapes: Vec<String> = shapes.into_iter().filter(|shape| shape != "null").collect();
        return shapes.join(" or ");
    }
    let names: Vec<&str> = match &of["type"] {
        Value::String(name) => vec![name.as_str()],
        Value::Array(names) => names.iter().map(|name| name.as_str().unwrap()).collect(),
        _ => return "any".to_owned(),
    };
    match names.iter().find(|name| **name != "null") {
        Some(&"array") => format!("array of {}", shape(root, &of["items"])),
        Some(name) => (*name).to_owned(),
        None => "null".to_owned(),
    }
}

#[test]
fn a_field_name_has_one_type_in_all_documents() {
    let mut shapes: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
    for kind in Kind::ALL {
        let schema = schema_of(*kind);
        for (name, of) in objects(&schema, kind.name()) {
            for (field, of) in of["properties"].as_object().unwrap() {
                let places = shapes.entry(field.clone()).or_default().entry(shape(&schema, of)).or_default();
                places.push(format!("{}: {name}", kind.name()));
            }
        }
    }
    assert!(shapes.len() > 100, "{}", shapes.len());
    shapes.retain(|_, shapes| shapes.len() > 1);
    assert!(shapes.is_empty(), "{shapes:#?}");
}

/// What a text holds, as its description says.
fn unit(of: &Value) -> &'static str {
    let words = of["description"].as_str().unwrap_or_default();
    let is = |mark: &str| words.contains(mark);
    if is("JJJJ-MM-DD") {
        "day"
    } else if is("JSON pointer") {
        "pointer"
    } else if is("fraction") || is("lowest terms") {
        "number"
    } else {
        "words"
    }
}

/// Names under which one document has a text of another kind than another has: each was kept so when version 2 was made. There should
/// not be more.
const OF_SEVERAL_UNITS: [&str; 6] = ["datum", "naam", "over", "tot_en_met", "van", "vraag"];

/// The same JSON type is not yet the same thing: a day and a day in words are both texts.
#[test]
fn a_field_name_has_one_unit_in_all_documents() {
    let mut units: BTreeMap<String, BTreeMap<&str, Vec<String>>> = BTreeMap::new();
    for kind in Kind::ALL {
        let schema = schema_of(*kind);
        for (name, of) in objects(&schema, kind.name()) {
            let fields = of["properties"].as_object().unwrap().iter();
            for (field, of) in fields.filter(|(_, of)| shape(&schema, of) == "string") {
                let places = units.entry(field.clone()).or_default().entry(unit(of)).or_default();
                places.push(format!("{}: {name}", kind.name()));
            }
        }
    }
    units.retain(|_, units| units.len() > 1);
    let several: Vec<&str> = units.keys().map(String::as_str).collect();
    assert_eq!(several, OF_SEVERAL_UNITS, "{units:#?}");
}

/// What is generated from the schemas has one name for one type.
#[test]
fn a_type_name_is_one_type_in_all_documents() {
    let mut known: BTreeMap<String, Value> = BTreeMap::new();
    for kind in Kind::ALL {
        let mut schema = schema_of(*kind);
        for (name, of) in schema["$defs"].as_object_mut().unwrap() {
            assert_eq!(known.entry(name.clone()).or_insert_with(|| of.clone()), of, "{name}");
        }
    }
}

#[test]
fn every_schema_has_an_id_of_its_own_with_the_version() {
    let ids: BTreeSet<String> = Kind::ALL.iter().map(|kind| kind.id()).collect();
    assert_eq!(ids.len(), Kind::ALL.len());
    assert_eq!(Kind::Verdict.id(), "urn:meetlat:document:oordeel:2");
    for kind in Kind::ALL {
        let schema = schema_of(*kind);
        assert_eq!(schema["$id"], kind.id());
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        // Messages have no version of their own.
        let version = &schema["properties"]["documentversie"]["const"];
        assert!(*version == "2" || *kind == Kind::Report, "{}", kind.name());
        assert_eq!((Kind::named(kind.name()), Kind::named(kind.english_name())), (Some(*kind), Some(*kind)));
    }
    assert_eq!(Kind::named("niets"), None);
}
