//! What several documents share: files, names, scores, and what is settled.

use serde::{Deserialize, Serialize};

use crate::limits::provisional::ProvisionalReason;

/// The rules a proposal was judged by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
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
#[non_exhaustive]
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
#[non_exhaustive]
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
#[non_exhaustive]
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
#[non_exhaustive]
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

/// A name and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
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
#[non_exhaustive]
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
#[non_exhaustive]
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
#[non_exhaustive]
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
#[non_exhaustive]
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
#[non_exhaustive]
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

/// A share or a difference: a fraction of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Amount {
    /// In lowest terms: `2/3`.
    #[serde(rename = "breuk")]
    pub fraction: String,
    /// As a percentage, rounded. Of an end, never so that it seems to reach what is there now.
    #[serde(rename = "tekst")]
    pub text: String,
}

/// An outcome as it stands. The fields are those that `oordeel` of a verdict begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Standing {
    /// The question that it answers.
    #[serde(rename = "titel")]
    pub title: String,
    /// Settled, still open, or (of what to ask next alone) closed.
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
}

impl Standing {
    /// The words of the outcomes with these names, in the order of the rules.
    pub(crate) fn titles<'a>(&'a self, names: &'a [String]) -> impl Iterator<Item = &'a str> {
        let outcomes = self.outcomes.iter().filter(|one| names.contains(&one.name));
        outcomes.map(|one| one.title.as_str())
    }
}
