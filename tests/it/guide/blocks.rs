//! The fenced blocks of `docs/taal.md` and `docs/language.md`, and what happens when they are run.
//!
//! The words behind the fence say what a block is:
//! - `meetlat`: a whole file, clean under `--streng`. Several of one name are versions of it.
//! - `meetlat bouwsteen`: a building block; others use it by the name in its header.
//! - `meetlat fragment`: declarations that the frame completes. They take the place of those of the frame with the same name.
//! - `meetlat fout M0203`: a fragment or a whole file that gives exactly this code.
//! - `meetlat klopt niet`: a fragment, clean, of which an example does not come out.
//! - `meetlat kader`: the frame.
//! - `json`: a proposal for one of the files above; `json fout V0201`: one that gives exactly this code.
//! - `text`: right behind a `json`, lines of its verdict as text; `text melding`: right behind a faulty fragment, parts of
//!   what is said of it.
//! - `sh`, `rust`: not run here; the Rust of `docs/language.md` is a documentation test of the crate.

use std::collections::{BTreeMap, BTreeSet};

use meetlat::{Code, Diagnostics};
use meetlat::{Language, Meetlat, Parsed, RuleText, Versions};

/// A block, and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub(crate) place: String,
    pub(crate) words: String,
    pub(crate) text: String,
}

/// The blocks of a document, in order.
pub(crate) fn blocks(name: &str, document: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut open = false;
    for (number, line) in document.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(words) => {
                open = true;
                let place = format!("{name}:{}", number + 1);
                found.push(Block { place, words: words.to_owned(), text: String::new() });
            }
            None if open => {
                let block = found.last_mut().unwrap();
                block.text.push_str(line);
                block.text.push('\n');
            }
            None => {}
        }
    }
    assert!(!open, "{name}: a block is not closed");
    found
}

/// The declarations of a rule text: what each is called, and its lines.
fn declarations(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if !line.starts_with([' ', '#', '\t']) && !line.is_empty() {
            let key = line.split([':', '"']).next().unwrap().trim();
            let word = key.split(' ').next().unwrap();
            let key = if ["meetlat", "oordeel"].contains(&word) { word } else { key };
            found.push((key.to_owned(), String::new()));
        }
        if let Some((_, lines)) = found.last_mut() {
            lines.push_str(line);
            lines.push('\n');
        }
    }
    found
}

/// Everything that the blocks need of each other.
pub(crate) struct Page {
    frame: String,
    building: BTreeMap<String, String>,
    whole: Vec<Meetlat>,
}

/// What a text gives: the codes with their messages, and the rules where they can judge.
pub(crate) struct Found {
    pub(crate) messages: Vec<(Code, String)>,
    pub(crate) meetlat: Option<Meetlat>,
    pub(crate) is_block: bool,
}

impl Page {
    pub(crate) fn new(blocks: &[Block]) -> Self {
        let frames: Vec<&Block> = blocks.iter().filter(|block| block.words == "meetlat kader").collect();
        assert_eq!(frames.len(), 1);
        let building = blocks.iter().filter(|block| block.words == "meetlat bouwsteen");
        let building = building
            .map(|block| {
                let name = meetlat::rule_files::header_name(&block.text)
                    .unwrap_or_else(|| panic!("{}", block.place));
                (name.to_owned(), block.text.clone())
            })
            .collect();
        let mut page = Self { frame: frames[0].text.clone(), building, whole: Vec::new() };
        let whole =
            blocks.iter().filter(|block| ["meetlat", "meetlat kader"].contains(&block.words.as_str()));
        page.whole = whole.filter_map(|block| page.load(&block.text).meetlat).collect();
        page
    }

    fn load(&self, text: &str) -> Parsed {
        Meetlat::load("regels.meetlat", text, |name| {
            let text = self.building.get(name);
            Ok(text.map(|text| RuleText { name: format!("{name}.meetlat"), text: text.clone() }))
        })
    }

    /// A fragment behind what the frame has besides.
    pub(crate) fn completed(&self, fragment: &str) -> String {
        let own: BTreeSet<String> = declarations(fragment).into_iter().map(|(key, _)| key).collect();
        let kept = declarations(&self.frame).into_iter().filter(|(key, _)| !own.contains(key));
        let mut text: String = kept.map(|(_, lines)| lines).collect();
        text.push_str(fragment);
        text
    }

    /// What is said of a fragment, as shown to people.
    pub(crate) fn said(&self, fragment: &Block) -> String {
        let found = self.load(&self.completed(&fragment.text)).diagnostics;
        meetlat::render::render(&found, Language::Nl, false)
    }

    /// Reads and checks a whole text, also what only a search finds, and whether it fits its other versions.
    pub(crate) fn found(&self, text: &str) -> Found {
        let parsed = self.load(text);
        let is_block = parsed.is_block();
        let mut all = parsed.diagnostics;
        if let Some(meetlat) = &parsed.meetlat {
            all.extend(meetlat.check_meaning());
            let others =
                self.whole.iter().filter(|other| other.name() == meetlat.name() && other.name() != "proef");
            for versions in Versions::group(others.cloned().chain([meetlat.clone()])) {
                all.extend(versions.check());
            }
        }
        Found { messages: messages(&all), meetlat: parsed.meetlat, is_block }
    }

    /// What is wrong with a block; empty: it is what its words say.
    pub(crate) fn run(&self, block: &Block) -> Vec<String> {
        let words: Vec<&str> = block.words.split(' ').collect();
        match words.as_slice() {
            ["meetlat"] | ["meetlat", "kader"] => {
                let found = self.found(&block.text);
                [clean(&found, None), judges(&found, true)].concat()
            }
            ["meetlat", "bouwsteen"] => {
                let found = self.found(&block.text);
                let mut wrong = clean(&found, None);
                if !found.is_block {
                    wrong.push("is no building block".to_owned());
                }
                wrong
            }
            ["meetlat", "fragment"] => {
                let found = self.found(&self.completed(&block.text));
                [clean(&found, Some(&block.text)), judges(&found, true)].concat()
            }
            ["meetlat", "klopt", "niet"] => {
                let found = self.found(&self.completed(&block.text));
                [clean(&found, Some(&block.text)), judges(&found, false)].concat()
            }
            ["meetlat", "fout", code] => {
                let own = declarations(&block.text);
                let whole = ["meetlat", "oordeel"].iter().all(|word| own.iter().any(|(key, _)| key == word));
                let text = if whole { block.text.clone() } else { self.completed(&block.text) };
                exactly(code, &self.found(&text).messages)
            }
            ["json"] => match self.read(&block.text) {
                Ok(_) => Vec::new(),
                Err(found) => found.into_iter().map(|(code, message)| format!("{code} {message}")).collect(),
            },
            ["json", "fout", code] => match self.read(&block.text) {
                Ok(_) => vec!["is read without a fault".to_owned()],
                Err(found) => exactly(code, &found),
            },
            ["text" | "sh" | "rust"] | ["text", "melding"] => Vec::new(),
            _ => vec!["has words that say nothing".to_owned()],
        }
    }

    /// The help of the first thing that is wrong with a proposal.
    pub(crate) fn help(&self, json: &str) -> String {
        let found = self.judge(json).err().unwrap();
        found.iter().find_map(|found| found.help.clone()).unwrap().nl
    }

    /// The verdict on a proposal, as text, or what is wrong with it.
    pub(crate) fn read(&self, json: &str) -> Result<String, Vec<(Code, String)>> {
        self.judge(json).map_err(|found| messages(&found))
    }

    fn judge(&self, json: &str) -> Result<String, Diagnostics> {
        let name = meetlat::asked(json).meetlat.unwrap_or_default();
        let versions = Versions::group(self.whole.iter().cloned());
        let versions = versions.iter().find(|versions| versions.name() == name);
        let versions = versions.unwrap_or_else(|| panic!("no file is called {name:?}:\n{json}"));
        let (meetlat, proposal) = versions.read("voorstel.json", json, None)?;
        Ok(meetlat.evaluate(&proposal).unwrap().to_text(Language::Nl))
    }
}

fn messages(diagnostics: &Diagnostics) -> Vec<(Code, String)> {
    diagnostics.iter().map(|found| (found.code, found.message.nl.clone())).collect()
}

/// What is said of sound rules. Of a fragment may be said that nothing reads a name: of one that it declares itself.
fn clean(found: &Found, fragment: Option<&str>) -> Vec<String> {
    let own: Vec<(String, String)> = fragment.map(declarations).unwrap_or_default();
    let harmless = |code: Code, message: &str| {
        let declares =
            |key: &str| key.split_once(' ').is_some_and(|(_, name)| message.contains(&format!("\"{name}\"")));
        code == Code::Unused && own.iter().any(|(key, _)| declares(key))
    };
    let said = found.messages.iter().filter(|(code, message)| !harmless(*code, message));
    said.map(|(code, message)| format!("{code} {message}")).collect()
}

/// Whether the examples come out.
fn judges(found: &Found, pass: bool) -> Vec<String> {
    let Some(meetlat) = &found.meetlat else { return vec!["cannot judge".to_owned()] };
    let failing: Vec<_> = meetlat
        .in_language(Language::Nl)
        .run_examples()
        .into_iter()
        .filter(|trial| !trial.passes())
        .collect();
    match (pass, failing.is_empty()) {
        (true, _) => failing.iter().map(|trial| format!("{}: {:#?}", trial.title, trial.failures)).collect(),
        (false, true) => vec!["every example comes out".to_owned()],
        (false, false) => Vec::new(),
    }
}

/// Whether a code is given, and no other. That nothing reads a name is passed over unless it is what was meant.
fn exactly(code: &str, found: &[(Code, String)]) -> Vec<String> {
    let counts = |other: Code| other.as_str() == code || other != Code::Unused;
    let counting: Vec<_> = found.iter().filter(|(other, _)| counts(*other)).collect();
    if !counting.is_empty() && counting.iter().all(|(other, _)| other.as_str() == code) {
        return Vec::new();
    }
    vec![format!("gives {found:#?}")]
}
