//! The same trees, places and messages with and without what is read here.

use std::path::Path;

use crate::limits::Limits;
use crate::message::diagnostic::Diagnostics;
use crate::rules::parse::read_by;

/// Everything that comes of a text, places and messages included.
fn read(text: &str, plain: bool) -> String {
    let mut diagnostics = Diagnostics::default();
    let (_, file) = read_by("regels.meetlat", text, &Limits::default(), &mut diagnostics, plain);
    format!("{file:#?} {diagnostics:#?}")
}

fn rule_files(folder: &Path, texts: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rule_files(&path, texts);
        } else if path.extension().is_some_and(|extension| extension == "meetlat") {
            texts.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

fn all_texts() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    rule_files(&root.join("rules"), &mut texts);
    rule_files(&root.join("tests"), &mut texts);
    texts.sort();
    assert!(texts.len() > 50, "{} rule files", texts.len());
    texts
}

#[test]
fn means_what_the_grammar_makes_of_it() {
    for text in all_texts() {
        assert_eq!(read(&text, true), read(&text, false), "{text}");
    }
}

/// What a slip puts in a line, or what this file looks at.
const SLIPS: &[&str] = &[
    " ",
    " is ",
    " minstens ",
    " hoogstens 3",
    " uiterlijk ",
    " meer dan ",
    " een van a, b",
    " x ",
    " en x is ",
    "  ",
    "\n",
    "\n    ",
    ":",
    ",",
    ".",
    "\"",
    "%",
    "€ ",
    "-",
    "(",
    "#",
    "_",
    "é",
    "X",
    "7",
    "0",
    ",5",
    ".000",
    " ja",
    " nee",
    " deels",
    " niet",
    " open",
    " van",
    " en ",
    " of ",
    " bron ",
    " bij x",
    " leeg",
    " geen",
    " n.v.t.",
    " vervalt",
    " gehaald",
    " 70 %",
    " € 5,-",
    " 1 mei 2020",
    " 01-02-2020",
    "\u{A0}",
    "”",
    "aanname \"\"",
    "\n  let op \"a\"",
    "\n    - een: \"Een\"",
];

#[test]
fn slips_are_read_alike() {
    let texts = all_texts();
    let blocks: Vec<&str> = texts.iter().flat_map(|text| text.split("\n\n")).collect();
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below.max(1)).unwrap()).unwrap()
    };
    for _ in 0..5_000 {
        let mut text: Vec<char> = blocks[random(blocks.len())].chars().collect();
        for _ in 0..=random(2) {
            let at = random(text.len() + 1);
            let gone = random(3).min(text.len() - at);
            let slip = if random(4) == 0 { "" } else { SLIPS[random(SLIPS.len())] };
            text.splice(at..at + gone, slip.chars());
        }
        let text: String = text.into_iter().collect();
        let (plain, grammar) = (read(&text, true), read(&text, false));
        assert!(plain == grammar, "{text}\n--- plain\n{plain}\n--- grammar\n{grammar}");
    }
}
