//! What `README.md` shows is what happens. Its Rust runs as a documentation test of the crate; the rules, the proposal,
//! the verdict and the command lines are checked here. `MEETLAT_BLESS=1` writes the verdict anew.

use std::fs;
use std::path::Path;

use meetlat::{Language, Meetlat};

use crate::helpers::rules;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The blocks of a kind, in order.
fn blocks(text: &str, kind: &str) -> Vec<String> {
    let (mut blocks, mut inside) = (Vec::new(), None);
    for line in text.lines() {
        match (line.strip_prefix("```"), &mut inside) {
            // What stands behind a comma is for documentation tests.
            (Some(words), None) => {
                let (name, _) = words.split_once(',').unwrap_or((words, ""));
                inside = Some((name.to_owned(), String::new()));
            }
            (Some(_), Some(_)) => blocks.extend(inside.take()),
            (None, Some((_, block))) => {
                block.push_str(line);
                block.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(blocks.iter().all(|(kind, _)| ["text", "json", "sh", "rust"].contains(&kind.as_str())));
    blocks.into_iter().filter(|(name, _)| name == kind).map(|(_, block)| block).collect()
}

#[test]
fn rules_and_proposal_give_the_verdict() {
    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (texts, proposals) = (blocks(&readme, "text"), blocks(&readme, "json"));
    assert_eq!((texts.len(), proposals.len()), (2, 1));
    let case = root().join("tests/cases/klein");
    assert_eq!(texts[0], fs::read_to_string(case.join("regels.meetlat")).unwrap());
    assert_eq!(proposals[0], fs::read_to_string(case.join("voorstel.json")).unwrap());

    let meetlat = Meetlat::parse("regels.meetlat", &texts[0]).into_result().unwrap();
    assert!(meetlat.warnings().is_empty() && meetlat.check_meaning().is_empty());
    let proposal = meetlat.read("voorstel.json", &proposals[0], None).unwrap();
    let verdict = meetlat.evaluate(&proposal).unwrap().to_text(Language::Nl);
    if std::env::var_os("MEETLAT_BLESS").is_some() {
        let shown = format!("```text\n{}```", texts[1]);
        fs::write(&path, readme.replace(&shown, &format!("```text\n{}\n```", verdict.trim_end()))).unwrap();
    } else {
        assert_eq!(texts[1].trim_end(), verdict.trim_end());
    }
}

#[test]
fn commands_are_of_this_workspace() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let lines: Vec<String> =
        blocks(&readme, "sh").iter().flat_map(|b| b.lines()).map(str::to_owned).collect();
    assert_eq!(lines.len(), 2);
    let file = lines[0].strip_prefix("cargo run -- toets ").unwrap();
    let proposal = fs::read_to_string(root().join(file)).unwrap();
    let text = fs::read_to_string(rules::folder().join("ijsselland.meetlat")).unwrap();
    let blocks = rules::blocks(rules::folder());
    let meetlat = Meetlat::load("ijsselland.meetlat", &text, blocks).into_result().unwrap();
    let proposal = meetlat.read(file, &proposal, None).unwrap();
    assert!(meetlat.evaluate(&proposal).unwrap().settled());
    assert_eq!(lines[1], "cargo test --workspace");
}

#[test]
fn places_exist() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let mut places = 0;
    for place in readme.split('`').filter(|place| place.contains('/') && !place.contains([' ', '\n'])) {
        assert!(root().join(place).exists(), "{place}");
        places += 1;
    }
    assert!(places > 10, "{places}");
}
