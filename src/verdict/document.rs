//! The verdict document: what is handed over at every border. Its JSON has Dutch field names; every field is always
//! present, empty or null where there is nothing. Everything stands in rule-file order, except open questions. Only
//! fields called `tekst` or `teksten`, and the messages, depend on the language asked for. Made by `assemble` and `write`.

mod assessed;
mod findings;
mod shared;

pub use assessed::*;
pub use findings::*;
use serde::{Deserialize, Serialize};
pub use shared::*;

use crate::json::pretty::pretty;
pub use crate::json::raw::Json;
pub use crate::limits::provisional::ProvisionalReason;
use crate::message::report::Message;

/// The version of this document's form.
pub const DOCUMENT_VERSION: &str = "2";
/// The version of the rule language: what rules mean, limits of searches included.
pub const LANGUAGE_VERSION: &str = "1";

/// A scored, explained verdict on one proposal.
///
/// The engine writes the document once, as JSON; this is that JSON read back, so what a host reads here is what every other tool
/// reads. Its fields are plain data in the order in which they are written.
///
/// ```
/// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
/// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
/// let proposal = meetlat.read("voorstel.json", r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja"}}"#, None)?;
/// let verdict = meetlat.evaluate(&proposal)?;
/// assert_eq!(verdict.criteria[0].name, "stip");
/// assert!(verdict.to_json_line().starts_with(r#"{"documentversie":"2""#));
/// # Ok::<(), meetlat::Diagnostics>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Verdict {
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

/// The verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
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
    #[serde(rename = "beslissende_regel")]
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

/// Keys whose values are pieces of the proposal: they stay on their line.
const WHOLE: [&str; 1] = ["\"waarde\""];

impl Verdict {
    /// From what was written.
    pub(crate) fn written(line: &str) -> Self {
        #[expect(
            clippy::expect_used,
            reason = "the line was written by `write`, for these very types; tests read all of it back"
        )]
        let verdict = serde_json::from_str(line).expect("a verdict can be read as it is written");
        verdict
    }

    /// The document as JSON, on several lines. The same rules and proposal give the same bytes.
    #[must_use]
    pub fn to_json(&self) -> String {
        pretty(&self.to_json_line(), &WHOLE)
    }

    /// The document as JSON on one line: the bytes that [`evaluate_json`](crate::InLanguage::evaluate_json) writes. Cost: it is
    /// written anew.
    #[must_use]
    pub fn to_json_line(&self) -> String {
        // Structs of texts and numbers: writing them cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }

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
