//! Verdicts in English, for every case: only texts depend on the language, and no Dutch word of ours is left in them.
//! What rules and proposals say stays Dutch, so it is taken away before words are looked at.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use meetlat::Date;
use meetlat::render::render;
use meetlat::{Language, Limits, Meetlat};
use serde_json::Value;

use crate::helpers::rules;

/// Words that our sentences have in both languages; the last but one is one of the rules that a message names.
const SAME: [&str; 11] =
    ["is", "open", "of", "in", "met", "score", "Score", "Criteria", "SHA-256", "anders", "route"];

/// Where in an English sentence of ours something as written in the rules begins, which then goes on to its end.
const LEADS: [&str; 7] = [
    "It is still open whether this is so: ",
    "This is so: ",
    "This is not so: ",
    "This line holds: ",
    "This line of the verdict holds: ",
    "This does not apply here: it counts only if ",
    "The score follows from the answers: ",
];
/// The same in Dutch.
const DUTCH_LEADS: [&str; 7] = [
    "Nog open is of dit klopt: ",
    "Dit klopt: ",
    "Dit klopt niet: ",
    "Deze regel geldt: ",
    "Deze regel van het oordeel geldt: ",
    "Dit geldt hier niet: het telt alleen als ",
    "De score volgt uit de antwoorden: ",
];

struct Case {
    name: String,
    /// What rules and proposal say: texts, names, labels.
    said: Vec<String>,
    /// By language, Dutch first: the document and the page.
    verdicts: [(Value, String); 2],
    /// By language: the empty proposal, and the schema of proposals.
    made: [[Value; 2]; 2],
}

fn cases() -> &'static [Case] {
    static CASES: OnceLock<Vec<Case>> = OnceLock::new();
    CASES.get_or_init(read_all)
}

fn read_all() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut all: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.retain(|path| path.is_dir());
    all.sort();
    all.iter().map(|case| read(case)).collect()
}

/// The case's own file, or the one it points to.
fn file(case: &Path, pointer: &str, own: &str) -> PathBuf {
    fs::read_to_string(case.join(pointer)).map_or_else(|_| case.join(own), |to| case.join(to.trim()))
}

fn read(case: &Path) -> Case {
    let (rules_file, proposal_file) =
        (file(case, "regels", "regels.meetlat"), file(case, "voorstel", "voorstel.json"));
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let (rules_text, proposal_text) =
        (fs::read_to_string(&rules_file).unwrap(), fs::read_to_string(&proposal_file).unwrap());
    let mut blocks = rules::blocks(rules_file.parent().unwrap().to_owned());
    let mut said = quoted(&rules_text);
    let loaded = Meetlat::load(&name(&rules_file), &rules_text, |block: &str| {
        let block = blocks(block)?;
        said.extend(block.iter().flat_map(|block| quoted(&block.text)));
        Ok(block)
    });
    let meetlat =
        loaded.into_result().unwrap_or_else(|found| panic!("{}", render(&found, Language::En, false)));
    let day = fs::read_to_string(case.join("peildatum")).ok().map(|day| Date::from_iso(day.trim()).unwrap());
    let proposal = meetlat.read(&name(&proposal_file), &proposal_text, day);
    let proposal = proposal.unwrap_or_else(|found| panic!("{}", render(&found, Language::En, false)));
    texts(&serde_json::from_str(&proposal_text).unwrap(), &mut said);
    // Judged once: the language plays no part in that.
    let judgement = meetlat.judge(&proposal).unwrap();
    let verdicts = [Language::Nl, Language::En].map(|language| {
        let verdict = meetlat.in_language(language).verdict(&proposal, &judgement).unwrap();
        (serde_json::from_str(&verdict.to_json()).unwrap(), verdict.to_text(language))
    });
    let made = [Language::Nl, Language::En].map(|language| {
        let meetlat = meetlat.in_language(language);
        [meetlat.empty_proposal(None).unwrap(), meetlat.proposal_schema(None).unwrap()]
            .map(|text| serde_json::from_str(&text).unwrap())
    });
    Case { name: name(case), said, verdicts, made }
}

/// Everything between quotes.
fn quoted(rules: &str) -> Vec<String> {
    let lines = rules.lines().flat_map(|line| line.split('"').skip(1).step_by(2));
    lines.map(str::to_owned).collect()
}

/// Every text in a document, and every key.
fn texts(document: &Value, out: &mut Vec<String>) {
    match document {
        Value::String(text) => out.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, out)),
        Value::Object(fields) => {
            out.extend(fields.keys().cloned());
            fields.values().for_each(|value| texts(value, out));
        }
        _ => {}
    }
}

/// What is not the same in both, each with its path.
fn differing(nl: &Value, en: &Value, path: &str, out: &mut Vec<(String, String)>) {
    match (nl, en) {
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
            for (key, value) in a {
                differing(value, b.get(key).unwrap(), &format!("{path}/{key}"), out);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).for_each(|(a, b)| differing(a, b, path, out));
        }
        (a, b) if a != b => out.push((path.to_owned(), format!("{a} / {b}"))),
        _ => {}
    }
}

#[test]
fn only_texts_depend_on_the_language() {
    let mut fields: BTreeSet<String> = BTreeSet::new();
    for case in cases() {
        let [(nl, _), (en, _)] = &case.verdicts;
        let mut found = Vec::new();
        differing(nl, en, "", &mut found);
        for (path, what) in found {
            let message =
                ["melding", "hulp", "tekst"].iter().any(|field| path.ends_with(&format!("/{field}")));
            let allowed = ["/tekst", "/teksten", "/bij"].iter().any(|field| path.ends_with(field))
                || (path.starts_with("/meldingen/") && message);
            assert!(allowed, "{}: {path} depends on the language: {what}", case.name);
            fields.insert(path);
        }
    }
    // Each of these is prose of ours, and differs somewhere.
    for field in [
        "/oordeel/redenen/tekst",
        "/totaal/tekst",
        "/criteria/score/tekst",
        "/criteria/aandeel/tekst",
        "/criteria/bijdrage/tekst",
        "/criteria/eis/tekst",
        "/criteria/antwoorden/tekst",
        "/criteria/score_reden/tekst",
        "/criteria/score_reden/gegevens/delen/score/tekst",
        "/open_vragen/klassen/teksten",
        "/ontbrekende_rijen/tekst",
        "/meldingen/melding",
    ] {
        assert!(fields.contains(field), "{field} is the same in both languages");
    }
}

/// Texts that a document has as the rules have them.
fn as_written(path: &str) -> bool {
    path.contains("/aannames/")
        || path.contains("/let_op/")
        || path.ends_with("/beslissende_regel/tekst")
        || path.ends_with("/regels/tekst")
}

/// The document's own sentences, and all else in it.
fn parted(document: &Value, path: &str, ours: &mut Vec<String>, theirs: &mut Vec<String>) {
    match document {
        Value::String(text) if path.ends_with("/teksten") => ours.push(text.clone()),
        Value::String(text) if path.ends_with("/tekst") && !as_written(path) => ours.push(text.clone()),
        Value::String(text) if ["/meldingen/melding", "/meldingen/hulp"].contains(&path) => {
            ours.push(text.clone());
        }
        Value::String(text) if path.starts_with("/meldingen/") => theirs.push(text.clone()),
        Value::String(_) if path.ends_with("/code") || path.ends_with("/status") => {}
        Value::String(_) if path.ends_with("/klassen/waarden") || path.ends_with("/sleutels") => {}
        Value::String(text) => theirs.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| parted(item, path, ours, theirs)),
        Value::Object(fields) => {
            for (key, value) in fields {
                // Names of fields.
                if path.ends_with("/waarde") {
                    theirs.push(key.clone());
                }
                parted(value, &format!("{path}/{key}"), ours, theirs);
            }
        }
        _ => {}
    }
}

/// Words of a text that are ours: without what was said by others, and without what stands in quotes.
fn words(text: &str, said: &[String], leads: &[&str]) -> Vec<String> {
    let mut left = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for lead in leads {
        if let Some(at) = left.find(lead) {
            left.truncate(at + lead.len());
        }
    }
    for text in said {
        if left.contains(text) {
            left = left.replace(text, " ");
        }
    }
    let outside = left.split('"').step_by(2).collect::<Vec<_>>().join(" ");
    let words = outside.split(' ').map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The words of ours in one language, each with the text that it stands in.
fn ours(case: &Case, language: Language) -> Vec<(String, String)> {
    let ((document, page), leads) = match language {
        Language::Nl => (&case.verdicts[0], DUTCH_LEADS),
        Language::En => (&case.verdicts[1], LEADS),
    };
    let (mut own, mut theirs) = (Vec::new(), case.said.clone());
    parted(document, "", &mut own, &mut theirs);
    // Long ones first: one may be part of another. One word alone may be part of anything, unless it is a name.
    let mut said: Vec<String> =
        theirs.iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    said.retain(|text| text.contains(' '));
    said.sort_by_key(|text| std::cmp::Reverse(text.len()));
    said.dedup();
    let names: BTreeSet<String> = theirs
        .iter()
        .filter(|text| {
            !text.contains(' ') && !["ja", "nee", "deels", "open", "geen"].contains(&text.as_str())
        })
        .flat_map(|text| words(text.trim_start_matches("/antwoorden/"), &[], &[]))
        .collect();
    // The page without the sentences of the document, which are looked at one by one.
    let mut known: Vec<String> =
        own.iter().filter(|text| text.contains(' ')).cloned().chain(said.clone()).collect();
    known.sort_by_key(|text| std::cmp::Reverse(text.len()));
    let mut all = Vec::new();
    for (text, said, leads) in
        own.iter().map(|text| (text, &said, &leads[..])).chain([(page, &known, &[][..])])
    {
        let found = words(text, said, leads).into_iter();
        all.extend(found.filter(|word| !names.contains(word)).map(|word| (word, text.clone())));
    }
    all
}

#[test]
fn no_dutch_word_of_ours_is_left_in_english() {
    let cases = cases();
    let of = |language| cases.iter().flat_map(move |case| ours(case, language));
    let dutch: BTreeSet<String> = of(Language::Nl).map(|(word, _)| word).collect();
    // Else nothing could be found.
    for word in
        ["het", "een", "niet", "Voorstel", "nog", "geldt", "antwoord", "tot", "minstens", "ja", "regel"]
    {
        assert!(dutch.contains(word), "\"{word}\" is missed");
    }
    let english: Vec<(&Case, String, String)> = cases
        .iter()
        .flat_map(|case| ours(case, Language::En).into_iter().map(move |(word, text)| (case, word, text)))
        .collect();
    let number = |word: &str| !word.chars().any(|c| c.is_alphabetic());
    let left = english
        .iter()
        .filter(|(_, word, _)| dutch.contains(word) && !SAME.contains(&word.as_str()) && !number(word));
    let left: BTreeSet<String> = left
        .map(|(case, word, text)| {
            format!("{}: \"{word}\" in: {}", case.name, text.chars().take(300).collect::<String>())
        })
        .collect();
    assert!(left.is_empty(), "{} left:\n{}", left.len(), left.into_iter().collect::<Vec<_>>().join("\n"));
    for word in SAME {
        let used = english.iter().any(|(_, other, _)| other == word) && dutch.contains(word);
        assert!(used, "\"{word}\" need not be in the list");
    }
}

/// Words that ours have in both languages in empty proposals and schemas: `één of` and `one of`, `wat was` and `what was`.
const SAME_IN_FORMS: [&str; 8] = ["in", "is", "item", "of", "open", "percentage", "ud800", "was"];

/// The words of ours in the empty proposal and the schema of proposals. What proposals hold (`antwoord`, `ja`) stands in the schema as
/// keys and constants, and citations of documents are as the rules have them.
fn ours_in_forms(case: &Case, language: Language) -> BTreeSet<String> {
    let [form, schema] = &case.made[usize::from(language == Language::En)];
    let mut all = Vec::new();
    texts(form, &mut all);
    texts(schema, &mut all);
    let names: BTreeSet<String> = all
        .iter()
        .filter(|text| !text.contains(' '))
        .flat_map(|text| text.split(['.', '/', '#']).map(str::to_owned).chain([text.clone()]))
        .chain(["null", "n.v.t", "uitleg"].map(str::to_owned))
        .chain(case.said.iter().filter(|text| !text.contains(' ')).cloned())
        .collect();
    let mut said: Vec<String> =
        case.said.iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    said.retain(|text| text.contains(' '));
    said.sort_by_key(|text| std::cmp::Reverse(text.len()));
    let lead = language.pick("Bron: ", "Source: ");
    let found = all.iter().filter(|text| text.contains(' ')).flat_map(|text| words(text, &said, &[lead]));
    let ours = found.filter(|word| word.chars().any(char::is_alphabetic) && !names.contains(word));
    ours.collect()
}

#[test]
fn no_dutch_word_of_ours_is_left_in_english_forms_and_schemas() {
    let of = |language| cases().iter().flat_map(move |case| ours_in_forms(case, language));
    let dutch: BTreeSet<String> = of(Language::Nl).collect();
    for word in ["aanhalingstekens", "Kies", "bedrag", "Bron", "gecontroleerd", "beantwoord", "afsluit"] {
        assert!(dutch.contains(word), "\"{word}\" is missed");
    }
    let both: BTreeSet<String> = of(Language::En).filter(|word| dutch.contains(word)).collect();
    assert_eq!(both, SAME_IN_FORMS.map(str::to_owned).into());
}

#[test]
fn a_search_that_ended_is_told() {
    let rules = fs::read_to_string(rules::folder().join("ijsselland.meetlat")).unwrap();
    let limits = Limits { search_steps: 2_000, ..Limits::default() };
    let loaded = Meetlat::load_with("ijsselland.meetlat", &rules, &limits, rules::blocks(rules::folder()));
    let meetlat = loaded.into_result().unwrap();
    let day = Date::from_iso("2020-04-01");
    let proposal = meetlat.read("v.json", r#"{"meetlat": "ijsselland", "antwoorden": {}}"#, day).unwrap();
    let [nl, en] = [Language::Nl, Language::En].map(|language| {
        meetlat
            .in_language(language)
            .evaluate(&proposal)
            .unwrap()
            .outcome
            .provisional
            .expect("a limit too low for this")
            .text
    });
    assert!(nl.contains("na 2.000 stappen"), "{nl}");
    assert!(en.contains("after 2,000 steps"), "{en}");
}
