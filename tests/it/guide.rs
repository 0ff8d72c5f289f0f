//! Every example in `docs/taal.md` and `docs/language.md` is run, and every word of the language is explained.

mod blocks;
mod fields;

use std::fmt::Write as _;
use std::path::Path;

use blocks::{Block, Page};
use meetlat::Code;
use meetlat::{Limits, Meetlat, Parsed, document};
use serde_json::Value;

const GUIDE: &str = include_str!("../../docs/taal.md");
const REFERENCE: &str = include_str!("../../docs/language.md");
const GRAMMAR: &str = include_str!("../../grammar/meetlat.pest");

fn guide() -> Vec<Block> {
    blocks::blocks("docs/taal.md", GUIDE)
}

fn reference() -> Vec<Block> {
    blocks::blocks("docs/language.md", REFERENCE)
}

/// Both documents share the files of the guide.
fn everything() -> (Page, Vec<Block>) {
    let all: Vec<Block> = guide().into_iter().chain(reference()).collect();
    (Page::new(&all), all)
}

#[test]
fn every_block_is_what_it_says() {
    let (page, all) = everything();
    let mut wrong = String::new();
    for block in &all {
        for what in page.run(block) {
            writeln!(wrong, "{} ({}): {what}", block.place, block.words).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    for (words, least) in [("meetlat", 3), ("meetlat fragment", 20), ("meetlat fout", 40), ("json", 5)] {
        let found = all.iter().filter(|block| block.words.starts_with(words)).count();
        assert!(found >= least, "{words}: {found}");
    }
}

#[test]
fn the_first_file_has_twenty_lines() {
    let first = &guide()[0];
    assert_eq!(first.words, "meetlat");
    assert_eq!(first.text.lines().filter(|line| !line.is_empty()).count(), 20);
}

#[test]
fn what_is_shown_of_verdicts_and_messages_is_in_them() {
    let all = guide();
    let page = Page::new(&all);
    let mut shown = 0;
    for pair in all.windows(2).filter(|pair| pair[1].words.starts_with("text")) {
        if pair[1].words == "text melding" {
            let said = page.said(&pair[0]);
            for line in pair[1].text.lines().map(str::trim) {
                assert!(said.contains(line), "{}: {line}\n{said}", pair[1].place);
                shown += 1;
            }
            continue;
        }
        let verdict = page.read(&pair[0].text).unwrap_or_else(|found| panic!("{}: {found:?}", pair[0].place));
        for line in pair[1].text.lines() {
            assert!(verdict.lines().any(|other| other == line), "{}: {line}\n{verdict}", pair[1].place);
            shown += 1;
        }
    }
    assert!(shown >= 6);
}

/// The texts that are sound, one after the other.
fn sound() -> String {
    let sound = guide().into_iter().filter(|block| {
        block.words.starts_with("meetlat") && !block.words.contains("fout") && !block.words.contains("niet")
    });
    sound.map(|block| block.text).collect()
}

/// The keywords of the grammar: the name of the rule, and the word.
fn keywords() -> Vec<(&'static str, &'static str)> {
    let rules = GRAMMAR.lines().filter(|line| line.starts_with("kw_"));
    let rules = rules.map(|line| {
        let (name, body) = line.split_once(" = ").unwrap();
        let word = body.split('"').nth(1).unwrap();
        match name {
            "kw_tot_en_met" => (name, "tot en met"),
            "kw_nvt" => (name, "n.v.t."),
            _ => (name, word),
        }
    });
    rules.collect()
}

#[test]
fn every_keyword_occurs() {
    let sound = sound();
    let sound: String = sound.lines().map(|line| format!(" {line} ")).collect();
    let words: Vec<&str> = sound.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
    let all = keywords();
    assert!(all.len() > 90, "{}", all.len());
    for (_, keyword) in all {
        let occurs =
            if keyword.contains([' ', '.']) { sound.contains(keyword) } else { words.contains(&keyword) };
        assert!(occurs, "{keyword}");
    }
}

/// The literal words a rule of the grammar begins with.
fn begins_with(body: &str) -> String {
    let all = keywords();
    let word = |part: &str| all.iter().find(|(name, _)| *name == part).map(|(_, word)| *word);
    let words: Vec<&str> = body.split('~').map(str::trim).map_while(word).collect();
    words.join(" ")
}

#[test]
fn every_clause_and_every_expectation_occurs() {
    let sound = sound();
    // Words that follow each other, white space that lines them up left out.
    let words = |line: &str| -> Vec<String> {
        line.split_whitespace().map(|word| word.trim_end_matches(',').to_owned()).collect()
    };
    let has = |indent: &str, start: &str| {
        let start = words(start);
        sound.lines().any(|line| line.starts_with(indent) && words(line).starts_with(&start))
    };
    let mut others = Vec::new();
    let mut clauses = 0;
    for line in GRAMMAR.lines().filter(|line| line.starts_with("c_") || line.starts_with("expect_")) {
        let (name, body) = line.split_once(" = ").unwrap_or((line, ""));
        let start = begins_with(body.trim().trim_matches(['{', '}', ' ']));
        if start.is_empty() {
            others.push(name.trim());
            continue;
        }
        clauses += 1;
        // An expectation stands one step further in: `criterium` at the margin is a declaration.
        let indent = if name.starts_with("expect_") { "    " } else { "  " };
        assert!(has(indent, &start), "{name}: {start}");
    }
    assert!(clauses > 40, "{clauses}");
    // These begin with a mark or a name.
    assert_eq!(others, ["c_row", "c_outcome", "c_choice", "expect_line"]);
    assert!(has("  ", "|"));
    assert!(has("  ", "voldoet als") && has("  ", "afgewezen anders"));
    assert!(has("  ", "wethouder: \"De wethouder\""));
}

#[test]
fn every_kind_of_declaration_occurs() {
    use meetlat::internals::rules::syntax::DeclarationKind as K;
    let all = [
        K::Header,
        K::Import,
        K::Question,
        K::Table,
        K::Part,
        K::Term,
        K::Criterion,
        K::Condition,
        K::Exclusion,
        K::Signal,
        K::Verdict,
        K::Route,
        K::Example,
    ];
    // A kind that is new must be added above: this does not compile without it.
    let known = |kind: K| match kind {
        K::Header | K::Import | K::Question | K::Table | K::Part | K::Term | K::Criterion => true,
        K::Condition | K::Exclusion | K::Signal | K::Verdict | K::Route | K::Example => true,
    };
    let sound = sound();
    for kind in all.into_iter().filter(|kind| known(*kind)) {
        let word = kind.keyword();
        assert!(
            sound
                .lines()
                .any(|line| line.starts_with(&format!("{word} ")) || line.starts_with(&format!("{word}:"))),
            "{word}"
        );
        assert!(
            GUIDE.lines().any(|line| line.starts_with("## ") && line.contains(&format!("`{word}`"))),
            "no chapter on {word}"
        );
    }
}

/// The cells between the bars of a table's line.
fn cells(line: &str) -> Vec<&str> {
    line.trim_matches('|').split('|').map(str::trim).collect()
}

/// The lines of the table in a chapter of the reference.
fn table(chapter: &str) -> Vec<Vec<&'static str>> {
    let (_, rest) = REFERENCE.split_once(&format!("\n## {chapter}\n")).unwrap();
    let chapter = rest.split("\n## ").next().unwrap();
    let lines =
        chapter.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    lines.skip(2).map(cells).collect()
}

#[test]
fn limits_are_as_they_are() {
    // `Limits { rule_bytes: 4194304, … }`
    let shown = format!("{:?}", Limits::default());
    let fields = shown.split_once("{ ").unwrap().1.trim_end_matches(" }").split(", ");
    let fields: Vec<(String, String)> = fields
        .map(|field| field.split_once(": ").unwrap())
        .map(|(name, value)| (format!("`{name}`"), value.to_owned()))
        .collect();
    let told: Vec<(String, String)> =
        table("Limits").iter().map(|row| (row[0].to_owned(), row[1].to_owned())).collect();
    assert_eq!(told, fields);
}

#[test]
fn codes_are_as_they_are() {
    let mut families: Vec<(&str, &str, &str)> = Vec::new();
    for code in Code::ALL.iter().map(|code| code.as_str()) {
        let family = code.get(..3).unwrap();
        match families.last_mut() {
            Some((known, _, last)) if *known == family => *last = code,
            _ => families.push((family, code, code)),
        }
    }
    let found: Vec<(String, String)> = families
        .iter()
        .map(|(family, first, last)| ((*family).to_owned(), format!("{first}–{last}")))
        .collect();
    let told: Vec<(String, String)> =
        table("Diagnostics").iter().map(|row| (row[0].to_owned(), row[2].to_owned())).collect();
    assert_eq!(told, found);
}

#[cfg(feature = "schema")]
#[test]
fn fields_are_those_of_the_schemas() {
    let read = |text: String| -> Value { serde_json::from_str(&text).unwrap() };
    let verdict = read(document::schema(document::Kind::Verdict));
    let report = read(document::schema(document::Kind::Report));
    let tables = fields::tables(&[("Verdict", &verdict), ("Report", &report)]);
    if std::env::var_os("MEETLAT_BLESS").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/language.md");
        let document = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, fields::replaced(&document, &tables)).unwrap();
        return;
    }
    let (_, told, _) = fields::parts(REFERENCE);
    for (told, found) in told.lines().zip(tables.lines()) {
        assert_eq!(told, found);
    }
    assert_eq!(told, tables);
}

#[test]
fn the_keys_of_a_proposal_are_those_that_are_read() {
    let (_, rest) = REFERENCE.split_once("\n## Proposals\n").unwrap();
    let chapter = rest.split("\n## ").next().unwrap();
    let keys: Vec<&str> =
        chapter.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let (page, _) = everything();
    // The reader names the keys it knows when it meets another.
    for (json, least) in [
        (r#"{"meetlat": "proef", "antwoorden": {}, "?": 1}"#, 6),
        (r#"{"meetlat": "proef", "antwoorden": {"gezond": {"antwoord": "ja", "?": 1}}}"#, 4),
    ] {
        let help = page.help(json);
        let known: Vec<&str> = help.rsplit(": ").next().unwrap().split(", ").collect();
        assert!(known.len() >= least, "{help}");
        for key in known.iter().map(|key| key.trim_matches('"')) {
            assert!(keys.contains(&key), "{key} is read and not told: {help}");
        }
    }
    assert_eq!(keys.len(), 14, "{keys:?}");
}

#[test]
fn the_fields_of_an_overview_are_told() {
    let rules = guide().into_iter().find(|block| block.words == "meetlat kader").unwrap().text;
    let meetlat = Meetlat::parse("kader.meetlat", &rules).into_result().unwrap();
    let json = meetlat::overview::overview(&meetlat, 0).to_json();
    let json: Value = serde_json::from_str(&json).unwrap();
    let rows = table("Overview");
    let told: Vec<&str> =
        rows.iter().flat_map(|row| row[0].split(", ")).map(|name| name.trim_matches('`')).collect();
    let top = json.as_object().unwrap();
    let found: Vec<&str> =
        top.keys().chain(top["bereik_uitkomsten"].as_object().unwrap().keys()).map(String::as_str).collect();
    let sorted = |mut names: Vec<&str>| -> Vec<String> {
        names.sort_unstable();
        names.into_iter().map(str::to_owned).collect()
    };
    assert_eq!(sorted(told), sorted(found));
}

/// A file that was written with nothing but the guide at hand.
#[test]
fn a_new_region_is_clean_and_its_examples_come_out() {
    const RULES: &str = include_str!("../taal/nieuwe_regio.meetlat");
    let Parsed { meetlat, diagnostics, .. } = Meetlat::parse("nieuwe_regio.meetlat", RULES);
    let said = |found: &meetlat::Diagnostics| -> Vec<String> {
        found.iter().map(|found| format!("{} {}", found.code, found.message.nl)).collect()
    };
    let meetlat = meetlat.unwrap_or_else(|| panic!("{:#?}", said(&diagnostics)));
    let found = [said(&diagnostics), said(&meetlat.check_meaning())].concat();
    assert!(found.is_empty(), "{found:#?}");
    let trials = meetlat.in_language(meetlat::Language::Nl).run_examples();
    assert!(!trials.is_empty());
    for trial in trials {
        assert!(trial.passes(), "{}: {:#?}", trial.title, trial.failures);
    }
    let reach = meetlat::overview::overview(&meetlat, 0);
    assert_eq!((reach.outcomes.never_settled, reach.choices.never_settled), (vec![], vec![]));
}
