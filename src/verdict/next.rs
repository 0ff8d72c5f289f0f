//! What to ask next: the open question that decides most, until nothing changes any more.

use serde::{Deserialize, Serialize};

use crate::verdict::document::{OpenQuestion, ProposalHeader, Provisional, RuleFile, Standing, Verdict};

/// What to ask next about a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Next {
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
    /// The question to ask: of those that can still change the outcome or a route the most decisive, answers that cannot be
    /// said left out. Null: nothing that can be asked changes anything any more.
    #[serde(rename = "open_vraag")]
    pub question: Option<OpenQuestion>,
    /// How many questions that can be asked still matter.
    #[serde(rename = "nog_van_belang")]
    pub left: u32,
    /// Of those, how many can change the outcome; the others change a route only.
    #[serde(rename = "waarvan_voor_oordeel")]
    pub left_for_outcome: u32,
    /// JSON pointers of the answers that matter, but cannot be said.
    #[serde(rename = "niet_te_zeggen_vragen")]
    pub unsayable: Vec<String>,
    /// Whether this was decided exactly.
    pub exact: bool,
    /// Why not; null exactly when `exact`. Then a question may be asked that changes nothing after all.
    #[serde(rename = "voorlopig")]
    pub provisional: Option<Provisional>,
}

impl Next {
    /// From a verdict. Cost: none worth naming.
    #[must_use]
    pub fn of(verdict: &Verdict) -> Self {
        let (asked, unsayable): (Vec<&OpenQuestion>, Vec<&OpenQuestion>) =
            verdict.open_questions.iter().partition(|question| question.unsayable.is_none());
        let outcome = &verdict.outcome;
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            document_version: verdict.document_version.clone(),
            meetlat: verdict.meetlat.clone(),
            proposal: verdict.proposal.clone(),
            outcome: Standing {
                title: outcome.title.clone(),
                status: outcome.status,
                outcome: outcome.outcome.clone(),
                outcome_title: outcome.outcome_title.clone(),
                possible: outcome.possible.clone(),
                outcomes: outcome.outcomes.clone(),
            },
            left: count(asked.len()),
            left_for_outcome: count(asked.iter().filter(|question| question.changes_outcome).count()),
            question: asked.first().map(|question| (*question).clone()),
            unsayable: unsayable.iter().map(|question| question.pointer.clone()).collect(),
            exact: verdict.outcome.exact,
            provisional: verdict.outcome.provisional.clone(),
        }
    }

    /// The document as JSON on one line. The same rules and proposal give the same bytes.
    #[must_use]
    pub fn to_json_line(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The document as JSON, on several lines.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}
