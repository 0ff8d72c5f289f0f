//! Small random rule files that the checker accepts, each with a proposal that leaves a random part open.
//!
//! What keeps every completion enumerable: a question with a wide range is either only compared with constants
//! ([`Width::Grid`]) or always answered ([`Width::Answered`]).

use std::collections::{BTreeMap, BTreeSet};

use meetlat::Date;

use crate::support::random::Random;

pub(crate) mod assessed;
mod expressions;
pub(crate) mod mutate;
mod proposal;
mod questions;
mod scores;
mod tables;
mod verdict;
pub(crate) mod wide;

use questions::Question;
use tables::Table;

/// Rules with a proposal for them.
pub(crate) struct Case {
    pub(crate) rules: String,
    pub(crate) proposal: String,
    /// Given apart from the proposal; the proposal may have one too, the same.
    pub(crate) reference_date: Option<Date>,
    /// What has no end is enumerated up to here.
    pub(crate) up_to: Option<usize>,
    /// The days on which its rules can be asked, where they read the reference date: those in force, or else enough of them to
    /// show all that can happen.
    pub(crate) days: Vec<Date>,
}

/// Always the same for the same seed.
pub(crate) fn generate(seed: u64) -> Case {
    generate_with(seed, Generator::proposal)
}

/// The same rules with a proposal that answers nothing; the flag says whether that can be enumerated.
pub(crate) fn generate_empty(seed: u64) -> (Case, bool) {
    let mut whole = false;
    let case = generate_with(seed, |g| {
        whole = !g.reads_reference_date && g.questions.iter().all(|q| q.width != questions::Width::Answered);
        (r#"{"meetlat": "proef", "antwoorden": {}}"#.to_owned(), None)
    });
    (case, whole)
}

/// The same rules with another kind of proposal.
fn generate_with(seed: u64, propose: impl FnOnce(&mut Generator) -> (String, Option<Date>)) -> Case {
    let mut g = Generator::new(seed);
    g.questions();
    if g.r.percent(35) {
        g.table();
    }
    for _ in 0..g.r.below(3) {
        g.term();
    }
    for _ in 0..g.r.below(3) {
        g.part();
    }
    if g.r.percent(40) {
        g.term();
    }
    for _ in 0..1 + g.r.below(3) {
        g.criterion();
    }
    if g.r.percent(30) {
        g.term();
    }
    g.reactions();
    g.verdict();
    g.routes();
    let (proposal, reference_date) = propose(&mut g);
    Case { rules: g.rules(), proposal, reference_date, up_to: None, days: Vec::new() }
}

/// What a value is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Number,
    /// A pure number compared with percentages.
    Share,
    Money,
    Day,
}

/// What may be read where a condition stands.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Scope {
    /// Inside a quantifier: the index of its list.
    pub(crate) item: Option<usize>,
    /// `totaal`
    pub(crate) total: bool,
    /// `oordeel`
    pub(crate) outcome: bool,
    /// `een uitsluiting geldt` and its kin.
    pub(crate) aggregates: bool,
}

pub(crate) struct Generator {
    pub(crate) r: Random,
    pub(crate) questions: Vec<Question>,
    pub(crate) tables: Vec<Table>,
    /// Terms that are conditions.
    pub(crate) conditions: Vec<String>,
    /// Terms that are values.
    pub(crate) values: Vec<(String, Unit)>,
    pub(crate) parts: Vec<String>,
    /// Criteria with a score.
    pub(crate) criteria: Vec<String>,
    /// What the verdict must name: exclusions, requirements, conditions.
    pub(crate) aggregates: BTreeSet<&'static str>,
    pub(crate) outcomes: Vec<String>,
    /// Parts that can be n.v.t. for a plain reason.
    pub(crate) lapsing_parts: BTreeSet<String>,
    /// Every criterion that counts can be n.v.t. for a plain reason; so can the total.
    pub(crate) total_may_lapse: bool,
    /// How many constants each question or field is compared with.
    pub(crate) constants: BTreeMap<String, usize>,
    pub(crate) reads_reference_date: bool,
    /// The texts of all declarations but the header.
    declarations: Vec<String>,
    names: usize,
    pub(crate) free_words: Vec<&'static str>,
}

impl Generator {
    fn new(seed: u64) -> Self {
        Self {
            r: Random::new(seed),
            questions: Vec::new(),
            tables: Vec::new(),
            conditions: Vec::new(),
            values: Vec::new(),
            parts: Vec::new(),
            criteria: Vec::new(),
            aggregates: BTreeSet::new(),
            outcomes: Vec::new(),
            lapsing_parts: BTreeSet::new(),
            total_may_lapse: true,
            constants: BTreeMap::new(),
            reads_reference_date: false,
            declarations: Vec::new(),
            names: 0,
            // Clause words that may be names.
            free_words: vec!["meer", "minder", "jaar", "start", "score"],
        }
    }

    /// A name that nothing else has.
    pub(crate) fn name(&mut self, stem: &str) -> String {
        self.names += 1;
        let stem = if self.r.percent(4) { *self.r.pick(&["reëel", "één", "a_b_", "ö"]) } else { stem };
        format!("{stem}{}", self.names)
    }

    /// A declaration: its first line and its clauses.
    pub(crate) fn declare(&mut self, keyword: &str, name: &str, mut clauses: Vec<String>) {
        let space = if name.is_empty() { "" } else { " " };
        let mut lines = vec![format!("{keyword}{space}{name}: \"Over {keyword} {name}\"")];
        if self.r.percent(70) {
            clauses.insert(0, "bron plan §4.2".to_owned());
        }
        if self.r.percent(5) {
            clauses.push("let op \"de tekst spreekt zichzelf tegen\"".to_owned());
        }
        lines.extend(self.indent(clauses));
        self.declarations.push(lines.join("\n"));
    }

    /// Lines inside a clause start with spaces of their own; all get the declaration's indent.
    fn indent(&mut self, clauses: Vec<String>) -> Vec<String> {
        let indent = " ".repeat(2 + 2 * self.r.below(2));
        let mut lines = Vec::new();
        for line in clauses.iter().flat_map(|clause| clause.lines()) {
            let comment = if self.r.percent(2) { "  # \"let\" hierop: als a is ja" } else { "" };
            lines.push(format!("{indent}{line}{comment}"));
        }
        lines
    }

    /// The ground at the end of a line.
    pub(crate) fn ground(&mut self) -> &'static str {
        match self.r.below(10) {
            0 | 1 => ", aanname \"zo lezen wij het, en niet anders\"",
            2 => ", bron plan §4.4, punt 1",
            _ => "",
        }
    }

    /// The clause that grounds all of a declaration.
    pub(crate) fn assumption(&mut self) -> Option<String> {
        self.r.percent(50).then(|| "aanname \"het plan zegt hier niets over\"".to_owned())
    }

    fn rules(&mut self) -> String {
        let partly = *self.r.pick(&["50%", "50%", "25%", "75%", "33%", "66,6%"]);
        let valid = if self.r.percent(50) {
            "geldig vanaf 1 januari 2000"
        } else {
            "geldig van 1 januari 2000 tot en met 31-12-2099"
        };
        let mut header = vec![
            "versie 2020.1".to_owned(),
            valid.to_owned(),
            "bron plan: \"Plan van aanpak\", 29 januari 2020".to_owned(),
        ];
        header.push(format!("deels telt {partly}, aanname \"halverwege\""));
        let mut all = vec!["meetlat proef: \"Proef\"".to_owned()];
        all[0] = format!("{}\n{}", all[0], self.indent(header).join("\n"));
        let mut declarations = std::mem::take(&mut self.declarations);
        // Their order is free; among routes and among questions it stays, as the verdict follows it.
        if self.r.percent(50) {
            self.r.shuffle(&mut declarations);
        }
        all.extend(declarations);
        let text = all.join(if self.r.percent(10) { "\n" } else { "\n\n" }) + "\n";
        match self.r.below(40) {
            0 => text.replace('\n', "\r\n"),
            1 => format!("\u{feff}{text}"),
            2 => format!("# Vooraf\n\n{text}"),
            _ => text,
        }
    }
}
