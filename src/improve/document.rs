//! The document of what would change a verdict: for each target the smallest sets of changed answers. Its JSON has Dutch
//! field names; every field is always present, empty or null where there is nothing. Only fields called `tekst` and `naar` depend
//! on the language asked for. Made by `make`.

use serde::{Deserialize, Serialize};

pub use crate::json::raw::Json;
use crate::verdict::document::{Named, ProposalHeader, Provisional, RuleFile, Standing};

/// What would improve a verdict, and what would sink it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Improvement {
    /// The version of this document's form: `2`.
    #[serde(rename = "documentversie")]
    pub document_version: String,
    /// The rules.
    pub meetlat: RuleFile,
    /// The proposal.
    #[serde(rename = "voorstel")]
    pub proposal: ProposalHeader,
    /// The outcome as it stands.
    #[serde(rename = "oordeel")]
    pub outcome: Standing,
    /// One per target, best outcome first.
    #[serde(rename = "doelen")]
    pub goals: Vec<Goal>,
    /// Whether all of this was proved: no smaller set does.
    pub exact: bool,
    /// Why not; null exactly when `exact`.
    #[serde(rename = "voorlopig")]
    pub provisional: Option<Provisional>,
}

/// A target: an outcome, or a route's choice, that is to be settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Goal {
    /// The route's name; null for an outcome.
    pub route: Option<String>,
    /// The route's title; null for an outcome.
    #[serde(rename = "route_titel")]
    pub route_title: Option<String>,
    /// The outcome, or the choice.
    #[serde(rename = "doel")]
    pub goal: Named,
    /// Whether the target is better than what is sure now.
    #[serde(rename = "richting")]
    pub direction: Direction,
    /// The target in one sentence, with what was found.
    #[serde(rename = "tekst")]
    pub text: String,
    /// It is settled already: nothing needs to change.
    #[serde(rename = "staat_al_vast")]
    pub already: bool,
    /// Changes of given answers, everything open staying open; null when it is settled already.
    #[serde(rename = "wijzigen")]
    pub changing: Option<Ways>,
    /// The same when open questions may also be answered; null when changing given answers does it, or nothing is open.
    #[serde(rename = "wijzigen_en_invullen")]
    pub filling: Option<Ways>,
}

/// How a target lies to what is sure now: the settled outcome, or the worst that is possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Direction {
    /// A better outcome.
    #[serde(rename = "beter")]
    Better,
    /// A worse outcome; or, of an open verdict, the worst that is possible, made sure.
    #[serde(rename = "slechter")]
    Worse,
    /// A route's choice: neither.
    #[serde(rename = "anders")]
    Other,
}

/// The smallest sets of changes for one target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Ways {
    /// How many answers change; null when there is no set.
    #[serde(rename = "aantal")]
    pub size: Option<u32>,
    /// Whether it is proved that fewer do not suffice, worse answers left out; without sets: that nothing does.
    #[serde(rename = "bewezen")]
    pub proved: bool,
    /// The sets of that size.
    #[serde(rename = "reeksen")]
    pub sets: Vec<ChangeSet>,
    /// There are more sets of that size.
    #[serde(rename = "meer")]
    pub more: bool,
    /// Oddities of the rules: smaller sets, of at most three changes, in which an answer gets worse. No advice.
    #[serde(rename = "tegendraads")]
    pub odd: Vec<ChangeSet>,
    /// Why not; null exactly when `bewezen`.
    #[serde(rename = "voorlopig")]
    pub provisional: Option<Provisional>,
}

/// Changes that do it together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ChangeSet {
    /// In rule-file order.
    #[serde(rename = "wijzigingen")]
    pub changes: Vec<Change>,
}

/// A new answer to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Change {
    /// JSON pointer of the answer in the proposal.
    pub pointer: String,
    /// The question's name, or the list's.
    #[serde(rename = "vraag")]
    pub question: String,
    /// The field's name, for a field of a list.
    #[serde(rename = "veld")]
    pub field: Option<String>,
    /// The question's title.
    #[serde(rename = "titel")]
    pub title: String,
    /// The answer now, as in the proposal; null when open.
    #[serde(rename = "waarde")]
    pub now: Option<Json>,
    /// The new answers that do it, whatever the other changes of the set take from theirs: one text per stretch.
    #[serde(rename = "naar")]
    pub to: Vec<String>,
    /// One answer that does it, as a proposal has it. For a text and a list's texts: any words will do.
    #[serde(rename = "voorbeeld")]
    pub example: Json,
    /// The question was open: this is a first answer, no change.
    #[serde(rename = "was_open")]
    pub was_open: bool,
    /// The new answer needs a written ground.
    #[serde(rename = "onderbouwing_nodig")]
    pub ground_needed: bool,
    /// The new answer lies on the worse side of the old one.
    #[serde(rename = "slechtere_kant")]
    pub worse_side: bool,
    /// The change in words.
    #[serde(rename = "tekst")]
    pub text: String,
}

impl Improvement {
    /// The document as JSON, on several lines. The same rules and proposal give the same bytes.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The document as JSON on one line.
    #[must_use]
    pub fn to_json_line(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
