//! The document that says how firm a verdict is. Its JSON has Dutch field names; every field is always present, empty or null
//! where there is nothing. Made by `make`.

use serde::{Deserialize, Serialize};

use crate::verdict::document::{Amount, ProposalHeader, Provisional, RuleFile, Settled, Standing};

/// The version of this document's form.
pub const DOCUMENT_VERSION: &str = "2";

/// How firm a verdict is: what the rules' own numbers and readings could be before the outcome changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Firmness {
    /// The version of this document's form: `2`.
    #[serde(rename = "documentversie")]
    pub document_version: String,
    /// The rules.
    pub meetlat: RuleFile,
    /// The proposal.
    #[serde(rename = "voorstel")]
    pub proposal: ProposalHeader,
    /// The outcome that this is about.
    #[serde(rename = "oordeel")]
    pub outcome: Standing,
    /// Whether all of this is exact. If not, each part says which way it may err.
    pub exact: bool,
    /// Why not; null exactly when `exact`. With `getallen_samen` it may also be that a share of weightings has bounds only.
    #[serde(rename = "voorlopig")]
    pub provisional: Option<Provisional>,
    /// How far each weight can move alone, tightest first. Empty when the outcome is open.
    #[serde(rename = "gewichten")]
    pub weights: Vec<Weight>,
    /// How far each percentage that a score is compared with can move alone, tightest first. Empty when the outcome is open.
    #[serde(rename = "drempels")]
    pub thresholds: Vec<Threshold>,
    /// What share of all weightings of the criteria keeps the outcome; null when it is open.
    #[serde(rename = "wegingen")]
    pub weightings: Option<Weightings>,
    /// What the outcome would be if the rules were read otherwise.
    #[serde(rename = "lezingen")]
    pub readings: Vec<OtherReading>,
}

/// Which way something may err.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Certainty {
    /// Not at all.
    #[serde(rename = "exact")]
    Exact,
    /// There may be more room than this.
    #[serde(rename = "te_krap")]
    Narrow,
    /// There may be less room than this.
    #[serde(rename = "te_ruim")]
    Wide,
    /// Nothing was found.
    #[serde(rename = "onbekend")]
    Unknown,
}

/// A weight, and how far it can move while all others stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Weight {
    /// Of a criterion in the total, or of a part in a mean.
    #[serde(rename = "soort")]
    pub kind: WeightKind,
    /// The criterion or part of a mean that it is the weight of.
    #[serde(rename = "naam")]
    pub name: String,
    /// Its title.
    #[serde(rename = "titel")]
    pub title: String,
    /// The criterion or part whose mean it is in; null for a criterion.
    #[serde(rename = "binnen")]
    pub within: Option<String>,
    /// The line in the rule file, from 1; null when it stands in a building block.
    #[serde(rename = "bestandsregel")]
    pub file_line: Option<u32>,
    /// The weight as it is.
    #[serde(rename = "nu")]
    pub now: Portion,
    /// From where the outcome stands; null: however small, as weights are above 0.
    #[serde(rename = "ondergrens")]
    pub lower: Option<WeightEnd>,
    /// Up to where it stands; null: however great.
    #[serde(rename = "bovengrens")]
    pub upper: Option<WeightEnd>,
    /// Which way the ends may err.
    #[serde(rename = "zekerheid")]
    pub certainty: Certainty,
}

/// What a weight is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum WeightKind {
    /// A criterion.
    #[serde(rename = "criterium")]
    Criterion,
    /// A part of a mean.
    #[serde(rename = "deel")]
    Part,
}

/// A weight, and its share among the weights it stands with: those of all criteria that count, or of all parts of the mean;
/// those that do not apply included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Portion {
    /// The weight, a fraction in lowest terms.
    #[serde(rename = "getal")]
    pub number: String,
    /// Its share.
    #[serde(rename = "aandeel")]
    pub share: Amount,
}

/// An end of the room that a weight has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WeightEnd {
    /// The weight, a fraction in lowest terms.
    #[serde(rename = "getal")]
    pub number: String,
    /// Its share; in words it never seems to reach the present share.
    #[serde(rename = "aandeel")]
    pub share: Amount,
    /// Whether the outcome stands at the end itself.
    #[serde(rename = "inbegrepen")]
    pub included: bool,
}

/// A percentage that a score is compared with, and how far it can move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Threshold {
    /// What it is compared with.
    #[serde(rename = "soort")]
    pub kind: ThresholdKind,
    /// The criterion, part or term; `totaal`.
    #[serde(rename = "naam")]
    pub name: String,
    /// Its title; empty for the total.
    #[serde(rename = "titel")]
    pub title: String,
    /// The line in the rule file, from 1; null when it stands in a building block.
    #[serde(rename = "bestandsregel")]
    pub file_line: Option<u32>,
    /// The percentage as it is.
    #[serde(rename = "nu")]
    pub now: Percentage,
    /// From where the outcome stands; null: however low.
    #[serde(rename = "ondergrens")]
    pub lower: Option<ThresholdEnd>,
    /// Up to where it stands; null: however high.
    #[serde(rename = "bovengrens")]
    pub upper: Option<ThresholdEnd>,
    /// Which way the ends may err.
    #[serde(rename = "zekerheid")]
    pub certainty: Certainty,
}

/// What a percentage is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum ThresholdKind {
    /// The total.
    #[serde(rename = "totaal")]
    Total,
    /// The score of a criterion.
    #[serde(rename = "criterium")]
    Criterion,
    /// The score of a part.
    #[serde(rename = "onderdeel")]
    Part,
    /// Scores, by way of a term that holds it.
    #[serde(rename = "begrip")]
    Term,
    /// The score of a criterion, as its requirement.
    #[serde(rename = "eis")]
    Requirement,
}

/// A percentage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Percentage {
    /// A fraction of one in lowest terms.
    #[serde(rename = "getal")]
    pub number: String,
    /// In words.
    #[serde(rename = "tekst")]
    pub text: String,
}

/// An end of the room that a percentage has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ThresholdEnd {
    /// A fraction of one in lowest terms.
    #[serde(rename = "getal")]
    pub number: String,
    /// In words; it never seems to reach the present percentage.
    #[serde(rename = "tekst")]
    pub text: String,
    /// Whether the outcome stands at the end itself.
    #[serde(rename = "inbegrepen")]
    pub included: bool,
}

/// Shares of the weightings of the criteria that keep the outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Weightings {
    /// Of all weightings, spread evenly.
    #[serde(rename = "alle")]
    pub all: Share,
    /// Of those that put the criteria in the same order; of equal weights either may be the greater.
    #[serde(rename = "zelfde_volgorde")]
    pub same_order: Share,
}

/// A share of weightings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Share {
    /// Whether it is known.
    pub status: ShareStatus,
    /// The least it can be, a fraction of one in lowest terms; null when not known.
    #[serde(rename = "van")]
    pub least: Option<String>,
    /// The most it can be; the same when exact.
    #[serde(rename = "tot_en_met")]
    pub most: Option<String>,
    /// In words; never 0% or 100% for what is only near it.
    #[serde(rename = "tekst")]
    pub text: Option<String>,
}

/// Whether a share is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum ShareStatus {
    /// It is.
    #[serde(rename = "exact")]
    Exact,
    /// It lies between two bounds: more than one way to answer what is open counts.
    #[serde(rename = "grenzen")]
    Bounds,
    /// Equal weights can be put in more orders than the limit allows.
    #[serde(rename = "te_veel_volgordes")]
    TooManyOrders,
    /// The search did not end, or numbers could not be decided.
    #[serde(rename = "onbekend")]
    Unknown,
}

/// A reading of the rules that could be otherwise, and what the outcome would be then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct OtherReading {
    /// What is read.
    #[serde(rename = "soort")]
    pub kind: ReadingKind,
    /// The criterion or part; null for what deels counts for.
    #[serde(rename = "naam")]
    pub name: Option<String>,
    /// Its title.
    #[serde(rename = "titel")]
    pub title: Option<String>,
    /// The line in the rule file, from 1; null when it stands in a building block.
    #[serde(rename = "bestandsregel")]
    pub file_line: Option<u32>,
    /// As it is: `hoogste`, `gemiddelde`, `laagste`, or a fraction of one.
    #[serde(rename = "lezing")]
    pub now: String,
    /// Read otherwise.
    #[serde(rename = "anders")]
    pub otherwise: String,
    /// Both in words.
    #[serde(rename = "tekst")]
    pub text: String,
    /// The reason that the writer of the rules gives; null for a requirement that a document asks.
    #[serde(rename = "aanname")]
    pub assumption: Option<String>,
    /// The names of the outcomes that are possible then, best first.
    #[serde(rename = "mogelijk")]
    pub possible: Vec<String>,
    /// Whether they are others than now.
    #[serde(rename = "verschilt")]
    pub differs: bool,
    /// Whether they were decided exactly. If not, `mogelijk` may name one that cannot happen.
    pub exact: bool,
}

/// What is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum ReadingKind {
    /// How scores combine.
    #[serde(rename = "combinatie")]
    Combining,
    /// What deels counts for.
    #[serde(rename = "deels_telt")]
    Partly,
    /// What a criterion must reach, one step stricter.
    #[serde(rename = "eis_strenger")]
    Stricter,
    /// What a criterion must reach, one step looser.
    #[serde(rename = "eis_soepeler")]
    Looser,
}

impl Firmness {
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

    /// Whether the outcome is the same whatever the answers to the open questions.
    #[must_use]
    pub fn settled(&self) -> bool {
        self.outcome.status == Settled::Settled
    }
}
