//! Why the outcome is what it is: the fewest criteria (or answers) that already decide it whatever the rest is, and per
//! criterion what speaks for and against: the document. Made by `make`, from what `decides` and `sides` find.

use serde::{Deserialize, Serialize};

#[cfg(doc)]
use crate::limits::Limits;
use crate::verdict::document::{Amount, ProposalHeader, Provisional, RuleFile, Score, Settled, Standing};

/// Why an outcome is what it is. Everything stands in rule-file order, except what speaks for and against: that stands
/// with the greatest difference first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Why {
    /// The version of this document's form: `2`.
    #[serde(rename = "documentversie")]
    pub document_version: String,
    /// The rules.
    pub meetlat: RuleFile,
    /// The proposal.
    #[serde(rename = "voorstel")]
    pub proposal: ProposalHeader,
    /// The outcome that is explained.
    #[serde(rename = "oordeel")]
    pub outcome: Standing,
    /// Whether everything here was decided exactly.
    pub exact: bool,
    /// Why not; null exactly when `exact`. Not exact means: what is said to decide does decide, but it may
    /// not be the smallest, and an answer that speaks for or against may be missing.
    #[serde(rename = "voorlopig")]
    pub provisional: Option<Provisional>,
    /// The fewest points that already decide the outcome; null when the outcome is open.
    #[serde(rename = "beslissende_punten")]
    pub points: Option<DecidingPoints>,
    /// The fewest answers that already decide the outcome; null when the outcome is open, or when this was not asked.
    #[serde(rename = "beslissende_antwoorden")]
    pub answers: Option<DecidingAnswers>,
    /// Per criterion what speaks for and against.
    pub criteria: Vec<CriterionSides>,
    /// The strongest point against over all criteria, conditions and exclusions; null when nothing there speaks against.
    #[serde(rename = "sterkste_tegen")]
    pub strongest_against: Option<Strongest>,
    /// The strongest point for; null when nothing speaks for.
    #[serde(rename = "sterkste_voor")]
    pub strongest_for: Option<Strongest>,
}

/// The fewest points that already decide the outcome, whatever the other answers are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DecidingPoints {
    /// The points. Empty: the outcome is the same whatever is answered.
    #[serde(rename = "punten")]
    pub points: Vec<DecidingPoint>,
    /// It was shown that no fewer points decide.
    #[serde(rename = "kleinste")]
    pub fewest: bool,
    /// How many other sets of as many points decide too.
    #[serde(rename = "andere")]
    pub others: Others,
}

/// The fewest given answers that already decide the outcome, whatever the other answers are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DecidingAnswers {
    /// The answers. Empty: the outcome is the same whatever is answered.
    #[serde(rename = "antwoorden")]
    pub answers: Vec<AnsweredQuestion>,
    /// It was shown that no fewer answers decide.
    #[serde(rename = "kleinste")]
    pub fewest: bool,
    /// How many other sets of as many answers decide too.
    #[serde(rename = "andere")]
    pub others: Others,
}

/// How many other sets there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Others {
    /// How many were found.
    #[serde(rename = "aantal")]
    pub count: u64,
    /// There are no more. If false there are at least so many: the count ended, at [`Limits::other_sets`] or
    /// [`Limits::search_steps`].
    #[serde(rename = "precies")]
    pub exactly: bool,
}

/// A point that helps to decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DecidingPoint {
    /// What kind of point.
    #[serde(rename = "soort")]
    pub kind: DecidingKind,
    /// The name of the criterium, voorwaarde or uitsluiting; the JSON pointer of an answer.
    #[serde(rename = "naam")]
    pub name: String,
    /// Its title.
    #[serde(rename = "titel")]
    pub title: String,
    /// How it stands.
    #[serde(rename = "stand")]
    pub standing: PointStanding,
    /// The score of a criterium, the answer itself; empty for others.
    #[serde(rename = "tekst")]
    pub text: String,
    /// The given answers it reads: those that are kept, and those that stand fast.
    #[serde(rename = "antwoorden")]
    pub answers: Vec<AnsweredQuestion>,
}

/// Kinds of point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum DecidingKind {
    /// A criterion.
    #[serde(rename = "criterium")]
    Criterion,
    /// A condition.
    #[serde(rename = "voorwaarde")]
    Condition,
    /// An exclusion.
    #[serde(rename = "uitsluiting")]
    Exclusion,
    /// A requirement of a criterion.
    #[serde(rename = "eis")]
    Requirement,
    /// An answer.
    #[serde(rename = "antwoord")]
    Answer,
}

/// How a point stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum PointStanding {
    /// A criterion with a score.
    #[serde(rename = "score")]
    Scored,
    /// An answer.
    #[serde(rename = "beantwoord")]
    Answered,
    /// A condition that is fulfilled, an exclusion that applies.
    #[serde(rename = "ja")]
    Holds,
    /// A condition that is not fulfilled, an exclusion that does not apply.
    #[serde(rename = "nee")]
    Fails,
    /// It does not apply.
    #[serde(rename = "vervallen")]
    Lapses,
    /// Not decided yet.
    #[serde(rename = "open")]
    Open,
}

/// A given answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AnsweredQuestion {
    /// JSON pointer of the answer.
    pub pointer: String,
    /// The question's name.
    #[serde(rename = "vraag")]
    pub question: String,
    /// The field of a list's item; null for a question.
    #[serde(rename = "veld")]
    pub field: Option<String>,
    /// What the item is called; null for a question.
    #[serde(rename = "bij")]
    pub item: Option<String>,
    /// The question's title.
    #[serde(rename = "titel")]
    pub title: String,
    /// The answer in words.
    #[serde(rename = "tekst")]
    pub text: String,
    /// The question says that its answer stands fast.
    #[serde(rename = "staat_vast")]
    pub fixed: bool,
}

/// What speaks for and against in one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CriterionSides {
    /// Its name.
    #[serde(rename = "naam")]
    pub name: String,
    /// Its title.
    #[serde(rename = "titel")]
    pub title: String,
    /// Its score.
    pub score: Score,
    /// Its share in the total; null when that is open, or when it does not count.
    #[serde(rename = "aandeel")]
    pub share: Option<Amount>,
    /// The requirement that is missed for certain, in words (`minstens 50%`); null when there is none.
    #[serde(rename = "eis_niet_gehaald")]
    pub missed: Option<String>,
    /// The answers that speak for: with another answer the least score could be lower.
    #[serde(rename = "voor")]
    pub speaks_for: Vec<Side>,
    /// The answers that speak against: with another answer the greatest score could be higher.
    #[serde(rename = "tegen")]
    pub speaks_against: Vec<Side>,
}

/// An answer that speaks for or against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Side {
    /// The answer as given.
    #[serde(rename = "antwoord")]
    pub answer: AnsweredQuestion,
    /// How much the criterion's score could differ with another answer to this alone.
    #[serde(rename = "verschil")]
    pub difference: Amount,
    /// It may be more: not every length of a list was tried.
    #[serde(rename = "kan_meer_zijn")]
    pub at_least: bool,
    /// The same in the total, at the criterion's share; null when that share is open or the criterion does not count.
    #[serde(rename = "verschil_totaal")]
    pub in_total: Option<Amount>,
}

/// The strongest point for or against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Strongest {
    /// What kind of point. A requirement and an answer are those of a criterion.
    #[serde(rename = "soort")]
    pub kind: DecidingKind,
    /// The name of the uitsluiting, the voorwaarde or the criterium.
    #[serde(rename = "naam")]
    pub name: String,
    /// Its title.
    #[serde(rename = "titel")]
    pub title: String,
    /// The requirement in words; null for other kinds.
    #[serde(rename = "eis_niet_gehaald")]
    pub requirement: Option<String>,
    /// The answer; null for other kinds.
    #[serde(rename = "antwoord")]
    pub side: Option<Side>,
}

impl Why {
    /// The document as JSON, on several lines. The same rules and proposal give the same bytes.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Structs of texts and numbers: writing them cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The document as JSON on one line.
    #[must_use]
    pub fn to_json_line(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Whether the outcome is settled.
    #[must_use]
    pub fn settled(&self) -> bool {
        self.outcome.status == Settled::Settled
    }
}
