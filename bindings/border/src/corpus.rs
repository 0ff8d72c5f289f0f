//! The corpus: calls with what they give, as one document that every binding runs through. Made from the cases of the
//! repository by what Rust gives; a test compares that with what people have read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::Serialize;

use crate::{How, Named, Refused, Rules, Spend, check};

/// The whole document.
#[derive(Debug, Default, Serialize)]
pub struct Corpus {
    /// Sets of rules by name.
    #[serde(rename = "regels")]
    pub rules: BTreeMap<String, RuleSet>,
    /// Calls, in order.
    #[serde(rename = "gevallen")]
    pub calls: Vec<Call>,
}

/// Rule texts with the building blocks they use.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RuleSet {
    /// One, or versions of one meetlat.
    #[serde(rename = "teksten")]
    pub texts: Vec<Text>,
    /// By the name behind `gebruik`.
    #[serde(rename = "bouwstenen")]
    pub blocks: BTreeMap<String, Text>,
}

/// A text with its name.
#[derive(Debug, Clone, Serialize)]
pub struct Text {
    /// What messages call it.
    #[serde(rename = "naam")]
    pub name: String,
    /// The text.
    #[serde(rename = "tekst")]
    pub text: String,
}

/// One call and what it gives.
#[derive(Debug, Clone, Serialize)]
pub struct Call {
    /// The case it comes from, and what is done.
    #[serde(rename = "geval")]
    pub name: String,
    /// Of [`Corpus::rules`].
    #[serde(rename = "regels")]
    pub rules: String,
    /// What is called.
    #[serde(rename = "doe")]
    pub what: What,
    /// The proposal, where one is given.
    #[serde(rename = "voorstel")]
    pub proposal: Option<Text>,
    /// Given to the call.
    #[serde(rename = "peildatum")]
    pub reference_date: Option<String>,
    /// Given to the call.
    #[serde(rename = "taal")]
    pub language: &'static str,
    /// Given to `improve`.
    #[serde(rename = "doelen")]
    pub targets: Vec<String>,
    /// Whether it gives a document; else it is refused.
    #[serde(rename = "goed")]
    pub good: bool,
    /// The document, or the messages.
    #[serde(rename = "uit")]
    pub gives: String,
}

/// The calls of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Refused with messages, or the warnings.
    Compile,
    /// With what only a search finds.
    Check,
    /// The verdict.
    Evaluate,
    /// The next question.
    Next,
    /// What would change the outcome.
    Improve,
    /// Why the outcome is what it is, without single answers.
    Why,
    /// How firm the verdict is.
    Firmness,
    /// The schema of proposals.
    Schema,
    /// A proposal with everything open.
    EmptyProposal,
}

impl Corpus {
    /// Reads the cases under the repository's folder and calls everything.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn make(root: &Path) -> io::Result<Self> {
        let mut corpus = Self::default();
        for case in folders(&root.join("tests/cases"))? {
            corpus.case(root, &case)?;
        }
        for file in files(&root.join("tests/faults"), "meetlat")? {
            let texts = vec![text(root, &file)?];
            corpus.rules_only(&relative(root, &file), RuleSet { texts, blocks: BTreeMap::new() });
        }
        for folder in folders(&root.join("tests/faults/bouwstenen"))? {
            let file = folder.join("regels.meetlat");
            if file.exists() {
                let set = RuleSet { texts: vec![text(root, &file)?], blocks: blocks(&folder)? };
                corpus.rules_only(&relative(root, &folder), set);
            }
        }
        corpus.faulty_proposals(root)?;
        corpus.versions(root)?;
        corpus.wrong_calls();
        Ok(corpus)
    }

    /// A case: its verdict; where the rules are its own, which are small, everything else too.
    fn case(&mut self, root: &Path, case: &Path) -> io::Result<()> {
        let named = |pointer: &str, own: &str| match fs::read_to_string(case.join(pointer)) {
            Ok(to) => case.join(to.trim()).canonicalize(),
            Err(_) => Ok(case.join(own)),
        };
        let name = relative(root, case);
        let (rules, proposal) = (named("regels", "regels.meetlat")?, named("voorstel", "voorstel.json")?);
        let small = rules.parent() == Some(case);
        let set = relative(root, &rules);
        if !self.rules.contains_key(&set) {
            let folder = rules.parent().unwrap_or(root);
            self.rules
                .insert(set.clone(), RuleSet { texts: vec![file_text(&rules)?], blocks: blocks(folder)? });
        }
        let day = fs::read_to_string(case.join("peildatum")).ok().map(|day| day.trim().to_owned());
        let proposal = file_text(&proposal)?;
        self.call(&name, &set, What::Evaluate, Some(&proposal), day.as_deref(), "nl", &[]);
        if small && !case.ends_with(ENDLESS) {
            for what in [What::Next, What::Improve, What::Why, What::Firmness] {
                self.call(&name, &set, what, Some(&proposal), day.as_deref(), "nl", &[]);
            }
            for what in [What::Evaluate, What::Next, What::Improve] {
                self.call(&name, &set, what, Some(&proposal), day.as_deref(), "en", &[]);
            }
            for what in [What::Compile, What::Check, What::Schema, What::EmptyProposal] {
                self.call(&name, &set, what, None, None, "nl", &[]);
            }
        }
        Ok(())
    }

    fn rules_only(&mut self, name: &str, set: RuleSet) {
        self.rules.insert(name.to_owned(), set);
        for language in ["nl", "en"] {
            self.call(name, name, What::Compile, None, None, language, &[]);
            self.call(name, name, What::Check, None, None, language, &[]);
        }
    }

    /// Proposals with faults, by the rules of the smallest case. Most are for other rules, which is one of the faults told.
    fn faulty_proposals(&mut self, root: &Path) -> io::Result<()> {
        for file in files(&root.join("tests/proposals"), "json")? {
            let name = relative(root, &file);
            let proposal = text(root, &file)?;
            for (what, language) in [(What::Evaluate, "nl"), (What::Evaluate, "en"), (What::Next, "nl")] {
                self.call(&name, SMALL, what, Some(&proposal), None, language, &[]);
            }
        }
        Ok(())
    }

    /// Two versions of one meetlat, and days inside, between and outside them.
    fn versions(&mut self, root: &Path) -> io::Result<()> {
        let folder = root.join("rules");
        let of_region = |file: &PathBuf| {
            file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("rijnmond"))
        };
        let texts: io::Result<Vec<Text>> = files(&folder, "meetlat")?
            .iter()
            .filter(|file| of_region(file))
            .map(|file| text(root, file))
            .collect();
        self.rules.insert("versies".to_owned(), RuleSet { texts: texts?, blocks: blocks(&folder)? });
        let proposal = text(root, &root.join("rules/voorstellen/rijnmond/span.json"))?;
        for day in [None, Some("2021-01-15"), Some("2015-01-01")] {
            self.call("versies", "versies", What::Evaluate, Some(&proposal), day, "nl", &[]);
            self.call("versies", "versies", What::EmptyProposal, None, day, "nl", &[]);
        }
        Ok(())
    }

    /// Calls that are wrong in themselves.
    fn wrong_calls(&mut self) {
        let proposal = Text {
            name: "voorstel.json".to_owned(),
            text: r#"{"meetlat": "klein", "antwoorden": {}}"#.to_owned(),
        };
        for (day, language) in [(Some("gisteren"), "nl"), (Some("2020-13-01"), "en"), (None, "fr")] {
            self.call("aanroep", SMALL, What::Evaluate, Some(&proposal), day, language, &[]);
        }
        self.call("aanroep", SMALL, What::Improve, Some(&proposal), None, "nl", &["zoiets"]);
        for text in FAULTY {
            let proposal = Text { name: "map/voorstel.json".to_owned(), text: (*text).to_owned() };
            for language in ["nl", "en"] {
                self.call("fout", SMALL, What::Evaluate, Some(&proposal), None, language, &[]);
            }
        }
        self.rules.insert("geen".to_owned(), RuleSet::default());
        self.call("aanroep", "geen", What::Compile, None, None, "nl", &[]);
        self.call("aanroep", "geen", What::Check, None, None, "nl", &[]);
    }

    #[expect(clippy::too_many_arguments, reason = "a call has so many parts")]
    fn call(
        &mut self,
        name: &str,
        rules: &str,
        what: What,
        proposal: Option<&Text>,
        day: Option<&str>,
        language: &'static str,
        targets: &[&str],
    ) {
        let Some(set) = self.rules.get(rules) else { return };
        let given = set.run(what, proposal, day, language, targets);
        let (good, gives) = match given {
            Ok(gives) => (true, gives),
            Err(refused) => (false, refused.to_json()),
        };
        self.calls.push(Call {
            name: name.to_owned(),
            rules: rules.to_owned(),
            what,
            proposal: proposal.cloned(),
            reference_date: day.map(str::to_owned),
            language,
            targets: targets.iter().map(|&target| target.to_owned()).collect(),
            good,
            gives,
        });
    }
}

/// A case of which the searches run to their limit.
const ENDLESS: &str = "ontbrekende_rij";

/// Proposals for those rules, each with faults of other kinds.
const FAULTY: &[&str] = &[
    "",
    "{\"meetlat\": \"klein\", \"antwoorden\": {\"gezond\": \"ja\",}}",
    "{\"meetlat\": \"klein\", \"antwoorden\": {\"gezond\": 1, \"bedrag\": \"veel\", \"géén\": null}}",
    "{\"meetlat\": \"klein\", \"antwoorden\": {\"bedrag\": 0.001, \"bedrag\": 1e9}, \"titel\": \"\\ud800\"}",
    "{\"meetlat\": \"klein\", \"antwoorden\": {\"bedrag\": 200000}, \"peildatum\": \"2023-12-31\"}",
];

/// The smallest rules.
const SMALL: &str = "tests/cases/klein/regels.meetlat";

impl RuleSet {
    /// Does a call from the rules' text on.
    ///
    /// # Errors
    /// When the call is refused.
    pub fn run(
        &self,
        what: What,
        proposal: Option<&Text>,
        day: Option<&str>,
        language: &str,
        targets: &[&str],
    ) -> Result<String, Refused> {
        let texts: Vec<Named<'_>> =
            self.texts.iter().map(|text| Named::new(&text.name, &text.text)).collect();
        let mut blocks = |name: &str| Ok(self.blocks.get(name).map(|it| (it.name.clone(), it.text.clone())));
        let how = How::new(day, Some(language))?;
        if what == What::Check {
            return Ok(check(&texts, &mut blocks, true, &Spend::default(), how.language()));
        }
        let rules = Rules::compile(&texts, &mut blocks, how.language())?;
        let proposal = proposal.map_or(Named::new("", ""), |text| Named::new(&text.name, &text.text));
        match what {
            What::Compile | What::Check => Ok(rules.warnings(how.language())),
            What::Evaluate => rules.evaluate(proposal, &how),
            What::Next => rules.next(proposal, &how),
            What::Improve => rules.improve(proposal, targets, &how),
            What::Why => rules.why(proposal, false, &how),
            What::Firmness => rules.firmness(proposal, &how),
            What::Schema => rules.schema(&how),
            What::EmptyProposal => rules.empty_proposal(&how),
        }
    }
}

fn relative(root: &Path, path: &Path) -> String {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().into_owned()
}

fn text(root: &Path, path: &Path) -> io::Result<Text> {
    Ok(Text { name: relative(root, path), text: fs::read_to_string(path)? })
}

/// A text under the name of its file alone.
fn file_text(path: &Path) -> io::Result<Text> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Text { name, text: fs::read_to_string(path)? })
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    found.sort();
    Ok(found)
}

fn folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    Ok(entries(folder)?.into_iter().filter(|path| path.is_dir()).collect())
}

fn files(folder: &Path, extension: &str) -> io::Result<Vec<PathBuf>> {
    let named = |path: &PathBuf| path.extension().is_some_and(|found| found == extension);
    Ok(entries(folder)?.into_iter().filter(named).collect())
}

/// All rule files of a folder and those below it, as building blocks: `a/b.meetlat` is `a.b`.
fn blocks(folder: &Path) -> io::Result<BTreeMap<String, Text>> {
    let mut found = BTreeMap::new();
    for file in files(folder, "meetlat")? {
        let Text { name, text } = text(folder, &file)?;
        found.insert(name.trim_end_matches(".meetlat").to_owned(), Text { name, text });
    }
    for below in folders(folder)? {
        let inner = below.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        for (name, Text { name: file, text }) in blocks(&below)? {
            found.insert(format!("{inner}.{name}"), Text { name: format!("{inner}/{file}"), text });
        }
    }
    Ok(found)
}
