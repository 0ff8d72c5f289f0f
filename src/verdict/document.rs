//! The verdict document: what is handed over at every border. Its JSON has Dutch field names; every field is always
//! present, empty or null where there is nothing. Everything stands in rule-file order, except open questions. Only
//! fields called `tekst`, and the messages, depend on the language asked for. Made by `build`.

mod assessed;
mod findings;

use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use assessed::*;
pub use findings::*;

use crate::json::pretty::pretty;
pub use crate::json::raw::Json;
pub use crate::limits::provisional::ProvisionalReason;
use crate::message::report::Message;

/// The version of this document's form.
pub const DOCUMENT_VERSION: &str = "2";
/// The version of the rule language: what rules mean, limits of searches included.
pub const LANGUAGE_VERSION: &str = "1";

/// A scored, explained verdict on one proposal: the document as it was written, and its fields.
///
/// The JSON is written once, by the engine; the fields are read back from it. So what a host reads here is what every other
/// tool reads, and the two cannot differ.
///
/// ```
/// # let rules = include_str!("../../tests/cases/klein/regels.meetlat");
/// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
/// let proposal = meetlat.read("voorstel.json", r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja"}}"#, None)?;
/// let verdict = meetlat.evaluate(&proposal)?;
/// assert_eq!(verdict.criteria[0].name, "stip");
/// assert!(verdict.to_json_line().starts_with(r#"{"documentversie":"2""#));
/// # Ok::<(), meetlat::Diagnostics>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    line: String,
    content: Content,
}

impl Deref for Verdict {
    type Target = Content;

    fn deref(&self) -> &Content {
        &self.content
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.content.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Verdict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let content = Content::deserialize(deserializer)?;
        let line = serde_json::to_string(&content).map_err(serde::de::Error::custom)?;
        Ok(Self { line, content })
    }
}

/// The fields of a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// The version of this document's form: `2`.
    #[serde(rename = "documentversie")]
    pub document_version: String,
    /// The version of the rule language: `1`.
    #[serde(rename = "taalversie")]
    pub language_version: String,
    /// The rules it was judged by.
    pub meetlat: RuleFile,
    /// The proposal.
    #[serde(rename = "voorstel")]
    pub proposal: ProposalHeader,
    /// The verdict.
    #[serde(rename = "oordeel")]
    pub outcome: Outcome,
    /// The weighted mean of the criteria that count.
    #[serde(rename = "totaal")]
    pub total: Score,
    /// The criteria.
    pub criteria: Vec<Criterion>,
    /// What must be arranged before a start.
    #[serde(rename = "voorwaarden")]
    pub conditions: Vec<Condition>,
    /// What puts a proposal outside the programme.
    #[serde(rename = "uitsluitingen")]
    pub exclusions: Vec<Exclusion>,
    /// Advice and risks; without effect on the score.
    #[serde(rename = "signalen")]
    pub signals: Vec<Signal>,
    /// Who decides, signs, is heard.
    pub routes: Vec<Route>,
    /// The combinations of an outcome and a choice of each route that answers to the open questions can give.
    #[serde(rename = "combinaties")]
    pub combinations: Vec<Combination>,
    /// How many more there are than `combinaties` holds.
    #[serde(rename = "combinaties_meer")]
    pub combinations_more: u64,
    /// Whether `combinaties` is exact. If not, see `oordeel.voorlopig`.
    #[serde(rename = "volledig")]
    pub complete: bool,
    /// The readings that rest on the writer of the rules instead of on a document.
    #[serde(rename = "aannames")]
    pub assumptions: Vec<Assumption>,
    /// Contradictions and gaps in the documents.
    #[serde(rename = "let_op")]
    pub cautions: Vec<Caution>,
    /// The open questions that can still change the outcome or a route, most decisive first.
    #[serde(rename = "open_vragen")]
    pub open_questions: Vec<OpenQuestion>,
    /// Who assessed it beside its own answers.
    #[serde(rename = "beoordelaars")]
    pub assessors: Vec<Assessor>,
    /// The answers on which they differ: those that matter, most decisive first, then the others in file order.
    #[serde(rename = "verschillen")]
    pub differences: Vec<Difference>,
    /// What was agreed on, in place of what had been given; in file order.
    pub consensus: Vec<Consensus>,
    /// The recorded act by which open answers were counted at their worst; null when there is none.
    #[serde(rename = "afsluiting")]
    pub closing: Option<Closing>,
    /// Rows that were looked up but are not in the table. No answer can mend that.
    #[serde(rename = "ontbrekende_rijen")]
    pub missing_rows: Vec<MissingRow>,
    /// How many more there are than `ontbrekende_rijen` holds.
    #[serde(rename = "ontbrekende_rijen_meer")]
    pub missing_rows_more: u64,
    /// Warnings about the rules.
    #[serde(rename = "meldingen")]
    pub messages: Vec<Message>,
    /// Null: the empty place for the decision that people take. This document is advice.
    #[serde(rename = "besluit")]
    pub decision: (),
}

/// The rules a proposal was judged by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleFile {
    /// Its name.
    #[serde(rename = "naam")]
    pub name: String,
    /// Its title.
    #[serde(rename = "titel")]
    pub title: String,
    /// Its version.
    #[serde(rename = "versie")]
    pub version: Option<String>,
    /// When it is in force.
    #[serde(rename = "geldig")]
    pub valid: Period,
    /// The reference date it was applied for, `JJJJ-MM-DD`.
    #[serde(rename = "peildatum")]
    pub reference_date: Option<String>,
    /// What `deels` counts for, a fraction of one in lowest terms; null where no score needs it.
    #[serde(rename = "deels_telt")]
    pub partly_counts: Option<String>,
    /// The documents that rules cite, those of building blocks too.
    #[serde(rename = "documenten")]
    pub documents: Vec<Document>,
    /// The files it was read from: the rule file, then the building blocks in the order in which they are first used.
    #[serde(rename = "bestanden")]
    pub files: Vec<File>,
}

/// A period, both days included. Null: no such end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// First day, `JJJJ-MM-DD`.
    #[serde(rename = "van")]
    pub from: Option<String>,
    /// Last day, `JJJJ-MM-DD`.
    #[serde(rename = "tot_en_met")]
    pub until: Option<String>,
}

/// A document that rules cite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The word by which rules cite it; with the building block's name behind it where another file has that word for
    /// another document.
    #[serde(rename = "naam")]
    pub label: String,
    /// Its title.
    #[serde(rename = "titel")]
    pub title: String,
    /// Its date in words: a day, a month or a year.
    #[serde(rename = "datum")]
    pub date: Option<String>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The name the host gave it, without folders.
    #[serde(rename = "naam")]
    pub name: String,
    /// SHA-256 of its bytes, in small hexadecimal letters.
    pub sha256: String,
}

/// What a proposal says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProposalHeader {
    /// Its title.
    #[serde(rename = "titel")]
    pub title: Option<String>,
    /// Who submits it.
    #[serde(rename = "indiener")]
    pub submitter: Option<String>,
    /// The reference date, `JJJJ-MM-DD`.
    #[serde(rename = "peildatum")]
    pub reference_date: Option<String>,
    /// The name the host gave its file, without folders.
    #[serde(rename = "bestand")]
    pub file: String,
    /// SHA-256 of its bytes, in small hexadecimal letters.
    pub sha256: String,
}

/// Whether something is the same whatever the answers to the open questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Settled {
    /// The same in every completion.
    #[serde(rename = "vast")]
    Settled,
    /// Completions differ.
    #[serde(rename = "open")]
    Open,
    /// Completions differ, and someone closed what is open: see `afsluiting`. Of the verdict alone, never of a route.
    #[serde(rename = "afgesloten")]
    Closed,
}

/// The verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The question that it answers.
    #[serde(rename = "titel")]
    pub title: String,
    /// Settled, still open, or closed. With the reason `lijst_zonder_grens` it is open even if `mogelijk` holds one outcome
    /// alone. Closed: then `uitkomst` is the worst that the closed answers allow, and `mogelijk` what the
    /// answers alone leave.
    pub status: Settled,
    /// The outcome's name; null when open.
    #[serde(rename = "uitkomst")]
    pub outcome: Option<String>,
    /// The outcome's words; null when open.
    #[serde(rename = "uitkomst_titel")]
    pub outcome_title: Option<String>,
    /// The names of the outcomes that are possible, best first.
    #[serde(rename = "mogelijk")]
    pub possible: Vec<String>,
    /// All outcomes of these rules, best first.
    #[serde(rename = "uitkomsten")]
    pub outcomes: Vec<Named>,
    /// Whether every possible result was decided exactly.
    pub exact: bool,
    /// Why not; null exactly when `exact`. Then `mogelijk` may name an outcome that cannot happen, never the other way round;
    /// but with `lijst_zonder_grens` others may happen too.
    #[serde(rename = "voorlopig")]
    pub provisional: Option<Provisional>,
    /// The line of the rules that gives the outcome; null when completions reach different lines.
    #[serde(rename = "regel")]
    pub line: Option<Line>,
    /// The points that decide it, most important first.
    #[serde(rename = "redenen")]
    pub points: Vec<Point>,
    /// The places in documents that the rules for the verdict cite.
    #[serde(rename = "bronnen")]
    pub sources: Vec<Citation>,
    /// The readings that rest on the writer of the rules.
    #[serde(rename = "aannames")]
    pub assumptions: Vec<Reading>,
}

/// A name and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The name.
    #[serde(rename = "naam")]
    pub name: String,
    /// What it stands for.
    #[serde(rename = "titel")]
    pub title: String,
}

/// Why a result is not exact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Provisional {
    /// The reason.
    #[serde(rename = "reden")]
    pub reason: ProvisionalReason,
    /// The limit that ended the search, in steps; null unless the reason is `grens`.
    #[serde(rename = "grens")]
    pub limit: Option<u64>,
    /// JSON pointer of the open question at which it was found.
    #[serde(rename = "vraag")]
    pub question: Option<String>,
    /// The same in words.
    #[serde(rename = "tekst")]
    pub text: String,
}

/// A line of a ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Its place among the ladder's lines, from 1.
    #[serde(rename = "nummer")]
    pub number: u32,
    /// Its line in the rule file, from 1; null when it stands in a building block.
    #[serde(rename = "bestandsregel")]
    pub file_line: Option<u32>,
    /// As written in the rule file, without its ground.
    #[serde(rename = "geschreven")]
    pub written: String,
    /// The same with titles instead of names.
    #[serde(rename = "tekst")]
    pub text: String,
}

/// A point that decides the verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// What kind of point.
    pub code: PointCode,
    /// What it is about: the name of a criterium, voorwaarde or uitsluiting, or the JSON pointer of an answer.
    #[serde(rename = "over")]
    pub about: Option<String>,
    /// The point in one sentence.
    #[serde(rename = "tekst")]
    pub text: String,
}

/// Kinds of deciding points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum PointCode {
    /// An exclusion.
    #[serde(rename = "uitsluiting")]
    Exclusion,
    /// A requirement of a criterion.
    #[serde(rename = "eis")]
    Requirement,
    /// A condition to be arranged.
    #[serde(rename = "voorwaarde")]
    Condition,
    /// The total against a threshold.
    #[serde(rename = "totaal")]
    Total,
    /// The score of a criterion against a threshold.
    #[serde(rename = "criterium")]
    Criterion,
    /// An answer or a notion in the ladder.
    #[serde(rename = "antwoord")]
    Answer,
    /// The line of the ladder itself.
    #[serde(rename = "regel")]
    Line,
    /// Whatever the open questions are answered.
    #[serde(rename = "alle_invullingen")]
    EveryCompletion,
    /// A list without a greatest length is still open.
    #[serde(rename = "open_lijst")]
    OpenList,
}

impl PointCode {
    /// Its name in the document.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Exclusion => "uitsluiting",
            Self::Requirement => "eis",
            Self::Condition => "voorwaarde",
            Self::Total => "totaal",
            Self::Criterion => "criterium",
            Self::Answer => "antwoord",
            Self::Line => "regel",
            Self::EveryCompletion => "alle_invullingen",
            Self::OpenList => "open_lijst",
        }
    }
}

/// Whether something is not applicable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum NotApplicable {
    /// In no completion.
    #[serde(rename = "nee")]
    No,
    /// In every completion.
    #[serde(rename = "ja")]
    Yes,
    /// In some completions.
    #[serde(rename = "mogelijk")]
    Maybe,
}

/// A score: the least and greatest value over all completions, as fractions of one in lowest terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// Least; null when it is n.v.t.
    #[serde(rename = "van")]
    pub least: Option<String>,
    /// Greatest; the same as the least when settled.
    #[serde(rename = "tot_en_met")]
    pub greatest: Option<String>,
    /// In words, rounded so that it never seems to reach or cross a threshold that it doesn't.
    #[serde(rename = "tekst")]
    pub text: String,
    /// Whether it is not applicable.
    #[serde(rename = "nvt")]
    pub not_applicable: NotApplicable,
}

/// Keys whose values are pieces of the proposal: they stay on their line.
const WHOLE: [&str; 1] = ["\"waarde\""];

impl Verdict {
    /// From what was written.
    pub(crate) fn written(line: String) -> Self {
        #[expect(
            clippy::expect_used,
            reason = "the line was written by `write`, for these very types; tests read all of it back"
        )]
        let content = serde_json::from_str(&line).expect("a verdict can be read as it is written");
        Self { line, content }
    }

    /// The document as JSON, on several lines. The same rules and proposal give the same bytes.
    #[must_use]
    pub fn to_json(&self) -> String {
        pretty(&self.line, &WHOLE)
    }

    /// The document as JSON on one line.
    #[must_use]
    pub fn to_json_line(&self) -> String {
        self.line.clone()
    }

    /// The same, without a copy.
    #[must_use]
    pub fn as_json_line(&self) -> &str {
        &self.line
    }

    /// The fields, to take apart.
    #[must_use]
    pub fn into_content(self) -> Content {
        self.content
    }
}

impl Content {
    /// Whether the outcome is the same whatever the answers to the open questions. Routes don't count.
    #[must_use]
    pub fn settled(&self) -> bool {
        self.outcome.status == Settled::Settled
    }

    /// Whether there is an outcome because someone closed what is open.
    #[must_use]
    pub fn closed(&self) -> bool {
        self.outcome.status == Settled::Closed
    }
}

/// An outcome as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Standing {
    /// Settled, or still open.
    pub status: Settled,
    /// The outcomes that are possible, best first; one when settled.
    #[serde(rename = "mogelijk")]
    pub possible: Vec<Named>,
}
