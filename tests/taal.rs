//! Every example in `docs/taal.md` and `docs/language.md` is run, and every word of the language is explained.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

#[path = "taal/blocks.rs"]
mod blocks;

use std::fmt::Write as _;

use blocks::{Block, Page};

const GUIDE: &str = include_str!("../docs/taal.md");
const GRAMMAR: &str = include_str!("../grammar/meetlat.pest");

fn guide() -> Vec<Block> {
    blocks::blocks("docs/taal.md", GUIDE)
}

#[test]
fn every_block_is_what_it_says() {
    let all = guide();
    let page = Page::new(&all);
    let mut wrong = String::new();
    for block in &all {
        for what in page.run(block) {
            writeln!(wrong, "{} ({}): {what}", block.place, block.words).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_first_file_has_twenty_lines() {
    let first = &guide()[0];
    assert_eq!(first.words, "meetlat");
    assert_eq!(first.text.lines().filter(|line| !line.is_empty()).count(), 20);
}

#[test]
fn what_is_shown_of_verdicts_is_in_them() {
    let all = guide();
    let page = Page::new(&all);
    let mut shown = 0;
    for pair in all.windows(2).filter(|pair| pair[1].words == "text") {
        // Between a proposal and its verdict may stand how to make it.
        let verdict = page.read(&pair[0].text).unwrap_or_else(|found| panic!("{}: {found:?}", pair[0].place));
        for line in pair[1].text.lines() {
            assert!(verdict.lines().any(|other| other == line), "{}: {line}\n{verdict}", pair[1].place);
            shown += 1;
        }
    }
    assert!(shown >= 3);
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
    let lines: Vec<&str> = sound.lines().map(str::trim).collect();
    let has = |start: &str| lines.iter().any(|line| *line == start || line.starts_with(&format!("{start} ")));
    let mut others = Vec::new();
    let mut clauses = 0;
    for line in GRAMMAR.lines().filter(|line| line.starts_with("c_") || line.starts_with("expect_")) {
        let (name, body) = line.split_once(" = ").unwrap_or((line, ""));
        let start =
            begins_with(body.trim().trim_start_matches(['@', '$', '_']).trim_matches(['{', '}', ' ']));
        if start.is_empty() {
            others.push(name.trim());
        } else {
            clauses += 1;
            let words: Vec<&str> = start.split(' ').collect();
            // An answer or a choice of words may follow; white space lines them up.
            let spaced = |line: &&str| {
                let line = line.split_whitespace().map(|word| word.trim_end_matches(','));
                line.take(words.len()).eq(words.iter().copied())
            };
            assert!(has(&start) || lines.iter().any(spaced), "{name}: {start}");
        }
    }
    assert!(clauses > 40, "{clauses}");
    // These begin with a mark or a name.
    assert_eq!(others, ["c_row", "c_outcome", "c_choice", "expect_line"]);
    assert!(has("|"));
    assert!(lines.iter().any(|line| line.starts_with("voldoet ") && line.contains(" als ")));
    assert!(lines.iter().any(|line| *line == "wethouder: \"De wethouder\""));
}

#[test]
fn every_kind_of_declaration_occurs() {
    use meetlat::syntax::DeclarationKind as K;
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
