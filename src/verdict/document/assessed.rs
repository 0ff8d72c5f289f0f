//! What a verdict says about people who assess: where they differ, what they agreed on, and who closed what stays open.

use serde::{Deserialize, Serialize};

use super::findings::AnswerClass;
use crate::json::raw::Json;
use crate::verdict::document::shared::{Named, Provisional};

/// Someone who assessed the proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Assessor {
    /// The name.
    #[serde(rename = "naam")]
    pub name: String,
    /// When, `JJJJ-MM-DD`.
    #[serde(rename = "datum")]
    pub date: String,
    /// JSON pointers of answers that do not count, because they lack the ground they need.
    #[serde(rename = "zonder_onderbouwing")]
    pub lacking: Vec<String>,
}

/// An answer on which givers differ. It can be what was given and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Difference {
    /// JSON pointer of the answer.
    pub pointer: String,
    /// The question's name.
    #[serde(rename = "vraag")]
    pub question: String,
    /// The field's name, for an answer in a list; else null.
    #[serde(rename = "veld")]
    pub field: Option<String>,
    /// The item of the list, by its first text or else its number from 1; else null.
    #[serde(rename = "bij")]
    pub item: Option<String>,
    /// The question.
    #[serde(rename = "titel")]
    pub title: String,
    /// Whether it can change the outcome or a route.
    #[serde(rename = "van_belang")]
    pub matters: bool,
    /// Whether it can change the outcome; else a route only, or nothing.
    #[serde(rename = "raakt_oordeel")]
    pub changes_outcome: bool,
    /// Who gave what: the proposal's own answer first, then the assessors in order.
    #[serde(rename = "gegeven")]
    pub given: Vec<GivenAnswer>,
    /// The options of a question that has them, with their labels: `klassen` names options.
    #[serde(rename = "opties")]
    pub options: Vec<Named>,
    /// The given answers, those that leave the same results together; empty when it makes no difference.
    #[serde(rename = "klassen")]
    pub classes: Vec<AnswerClass>,
}

/// What one giver answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GivenAnswer {
    /// The assessor's name; null: the proposal's own answer, which is the submitter's.
    #[serde(rename = "wie")]
    pub who: Option<String>,
    /// When, `JJJJ-MM-DD`; null for the proposal's own answer.
    #[serde(rename = "datum")]
    pub date: Option<String>,
    /// The answer in words.
    #[serde(rename = "tekst")]
    pub answer: String,
    /// The same in the form a proposal has it.
    #[serde(rename = "waarde")]
    pub value: Option<Json>,
    /// The written ground.
    #[serde(rename = "onderbouwing")]
    pub ground: Option<String>,
    /// The evidence.
    #[serde(rename = "bewijs")]
    pub evidence: Vec<String>,
}

/// An answer that was agreed on, in place of what was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Consensus {
    /// JSON pointer of the answer.
    pub pointer: String,
    /// The question's name.
    #[serde(rename = "vraag")]
    pub question: String,
    /// The field's name, for an answer in a list; else null.
    #[serde(rename = "veld")]
    pub field: Option<String>,
    /// The item of the list, by its first text or else its number from 1; else null.
    #[serde(rename = "bij")]
    pub item: Option<String>,
    /// The question.
    #[serde(rename = "titel")]
    pub title: String,
    /// The answer in words.
    #[serde(rename = "tekst")]
    pub answer: String,
    /// The same in the form a proposal has it.
    #[serde(rename = "waarde")]
    pub value: Option<Json>,
    /// The ground: its own, else the reason of the agreement.
    #[serde(rename = "onderbouwing")]
    pub ground: Option<String>,
    /// Who agreed.
    #[serde(rename = "namen")]
    pub names: Vec<String>,
    /// When, `JJJJ-MM-DD`.
    #[serde(rename = "datum")]
    pub date: String,
    /// Why.
    #[serde(rename = "reden")]
    pub reason: String,
    /// What had been given.
    #[serde(rename = "oorspronkelijk")]
    pub originals: Vec<GivenAnswer>,
}

/// The recorded act by which open answers were counted at their worst, and what comes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Closing {
    /// Who closed.
    #[serde(rename = "door")]
    pub by: String,
    /// When, `JJJJ-MM-DD`.
    #[serde(rename = "datum")]
    pub date: String,
    /// Why.
    #[serde(rename = "reden")]
    pub reason: String,
    /// JSON pointers of the closed answers.
    #[serde(rename = "vragen")]
    pub questions: Vec<String>,
    /// The worst outcome over the closed answers together; null when that hangs on what stays open.
    #[serde(rename = "uitkomst")]
    pub outcome: Option<String>,
    /// The outcome's words.
    #[serde(rename = "uitkomst_titel")]
    pub outcome_title: Option<String>,
    /// The worst outcomes, one for every way to answer what stays open, best first.
    #[serde(rename = "mogelijk")]
    pub possible: Vec<String>,
    /// Whether `mogelijk` is exact. If not, see `voorlopig`: nothing outside the list can happen, but something in it may not;
    /// with `lijst_zonder_grens` something else may happen too.
    pub exact: bool,
    /// Why `mogelijk` is not exact, or where it is, why no `getuige` was found.
    #[serde(rename = "voorlopig")]
    pub provisional: Option<Provisional>,
    /// As what each closed answer was counted: one way to answer them together that gives the outcome. Empty when there is
    /// no outcome, or no such way was found.
    #[serde(rename = "getuige")]
    pub witness: Vec<Counted>,
    /// The other open answers with which the witness gives that outcome; empty: whatever they are.
    #[serde(rename = "samen_met")]
    pub beside: Vec<Counted>,
    /// The choices of the routes that go with the witness.
    pub routes: Vec<ClosedRoute>,
    /// All of this in words.
    #[serde(rename = "tekst")]
    pub text: String,
}

/// As what an answer was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Counted {
    /// JSON pointer of the answer.
    pub pointer: String,
    /// The question.
    #[serde(rename = "titel")]
    pub title: String,
    /// The field's name, for an answer in a list; else null.
    #[serde(rename = "veld")]
    pub field: Option<String>,
    /// The item of the list, by its first text or else its number from 1; else null.
    #[serde(rename = "bij")]
    pub item: Option<String>,
    /// The answer in words; null where it makes no difference, neither to the outcome nor to a route.
    #[serde(rename = "tekst")]
    pub answer: Option<String>,
}

/// A route beside the witness of a closing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ClosedRoute {
    /// The route's name.
    pub route: String,
    /// The choice's name; null when that hangs on what stays open.
    #[serde(rename = "keuze")]
    pub choice: Option<String>,
    /// The names of the choices that are possible, in rule order.
    #[serde(rename = "mogelijk")]
    pub possible: Vec<String>,
}
