//! What a verdict says about criteria, conditions, exclusions, signals, routes and open questions.

use serde::{Deserialize, Serialize};

use crate::json::raw::Json;
use crate::proposal::wording::between;
use crate::verdict::document::shared::{Line, Named, Score, Settled};

/// A criterion and how it scores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Criterion {
    /// Its name.
    #[serde(rename = "naam")]
    pub name: String,
    /// Its title.
    #[serde(rename = "titel")]
    pub title: String,
    /// Its score. n.v.t. for one that only shows answers.
    pub score: Score,
    /// Its weight, a fraction; null when it does not count.
    #[serde(rename = "gewicht")]
    pub weight: Option<String>,
    /// Its weight divided by the weights of all criteria that apply.
    #[serde(rename = "aandeel")]
    pub share: Score,
    /// Share times score: what it adds to the total.
    #[serde(rename = "bijdrage")]
    pub contribution: Score,
    /// What it must score at least; null when there is no such requirement.
    #[serde(rename = "eis")]
    pub requirement: Option<Requirement>,
    /// The answers its score reads or that it shows.
    #[serde(rename = "antwoorden")]
    pub answers: Vec<Answer>,
    /// Why the score is what it is.
    #[serde(rename = "score_reden")]
    pub reason: Reason,
    /// The places in documents that it cites.
    #[serde(rename = "bronnen")]
    pub sources: Vec<Citation>,
    /// The readings that rest on the writer of the rules.
    #[serde(rename = "aannames")]
    pub assumptions: Vec<Reading>,
    /// Its line in the rule file, from 1; null when it stands in a building block.
    #[serde(rename = "bestandsregel")]
    pub file_line: Option<u32>,
}

/// A requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Requirement {
    /// Whether it is met.
    pub status: RequirementStatus,
    /// The least score, a fraction of one.
    #[serde(rename = "minstens")]
    pub at_least: String,
    /// In words.
    #[serde(rename = "tekst")]
    pub text: String,
}

/// The state of a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum RequirementStatus {
    /// Met in every completion.
    #[serde(rename = "gehaald")]
    Met,
    /// Missed in every completion.
    #[serde(rename = "niet_gehaald")]
    Missed,
    /// Completions differ.
    #[serde(rename = "open")]
    Open,
    /// It does not apply.
    #[serde(rename = "vervallen")]
    Lapsed,
}

/// The state of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum ConditionStatus {
    /// Fulfilled in every completion.
    #[serde(rename = "vervuld")]
    Fulfilled,
    /// Not fulfilled in any completion.
    #[serde(rename = "niet_vervuld")]
    Unfulfilled,
    /// Completions differ.
    #[serde(rename = "open")]
    Open,
    /// It does not apply.
    #[serde(rename = "vervallen")]
    Lapsed,
}

/// The state of an exclusion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum ExclusionStatus {
    /// It excludes, in every completion.
    #[serde(rename = "ja")]
    Yes,
    /// It excludes in no completion.
    #[serde(rename = "nee")]
    No,
    /// Completions differ.
    #[serde(rename = "open")]
    Open,
}

/// The state of a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum SignalStatus {
    /// It is given, in every completion.
    #[serde(rename = "ja")]
    Yes,
    /// It is given in no completion.
    #[serde(rename = "nee")]
    No,
    /// Completions differ.
    #[serde(rename = "open")]
    Open,
    /// It does not apply.
    #[serde(rename = "vervallen")]
    Lapsed,
}

/// An answer as read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Answer {
    /// JSON pointer of the answer in the proposal.
    pub pointer: String,
    /// The question's name.
    #[serde(rename = "vraag")]
    pub question: String,
    /// The field's name, for an answer in a list; else null.
    #[serde(rename = "veld")]
    pub field: Option<String>,
    /// The question.
    #[serde(rename = "titel")]
    pub title: String,
    /// Whether it counts as answered. An answer without a ground that must have one is open.
    pub status: AnswerStatus,
    /// The answer in the form a proposal has it; for a list an array of objects; null when nothing was answered.
    #[serde(rename = "waarde")]
    pub value: Option<Json>,
    /// In words.
    #[serde(rename = "tekst")]
    pub text: String,
    /// The written ground.
    #[serde(rename = "onderbouwing")]
    pub ground: Option<String>,
    /// The evidence.
    #[serde(rename = "bewijs")]
    pub evidence: Vec<String>,
    /// The reason why it cannot be said.
    #[serde(rename = "niet_te_zeggen")]
    pub unsayable: Option<String>,
}

/// Whether a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum AnswerStatus {
    /// Answered.
    #[serde(rename = "gegeven")]
    Given,
    /// Not answered.
    #[serde(rename = "open")]
    Open,
    /// Answered in several ways: see `verschillen`.
    #[serde(rename = "verschil")]
    Differs,
}

/// Why a score is what it is: a code with its arguments, and the same in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Reason {
    /// What kind of reason.
    pub code: ReasonCode,
    /// Its arguments.
    #[serde(rename = "gegevens")]
    pub arguments: ReasonArguments,
    /// In words.
    #[serde(rename = "tekst")]
    pub text: String,
}

/// Kinds of reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum ReasonCode {
    /// It only shows answers.
    #[serde(rename = "getoond")]
    Shown,
    /// It does not apply.
    #[serde(rename = "vervallen")]
    Lapsed,
    /// The score of one answer or expression.
    #[serde(rename = "antwoord")]
    Answer,
    /// The highest of its parts.
    #[serde(rename = "hoogste")]
    Highest,
    /// The lowest of its parts.
    #[serde(rename = "laagste")]
    Lowest,
    /// The mean of its parts.
    #[serde(rename = "gemiddelde")]
    Mean,
    /// The share of its parts that is ja.
    #[serde(rename = "aandeel_ja")]
    ShareOfYes,
    /// The first line of a ladder that holds.
    #[serde(rename = "regel")]
    Ladder,
    /// A point on a straight line.
    #[serde(rename = "lijn")]
    StraightLine,
}

/// The arguments of a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ReasonArguments {
    /// The parts that were combined; empty for other reasons.
    #[serde(rename = "delen")]
    pub parts: Vec<ReasonPart>,
    /// The lines of a ladder that can be the first to hold; empty for other reasons.
    #[serde(rename = "regels")]
    pub lines: Vec<Line>,
}

/// A part of a combined score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ReasonPart {
    /// Its name.
    #[serde(rename = "naam")]
    pub name: String,
    /// Its title.
    #[serde(rename = "titel")]
    pub title: Option<String>,
    /// Its weight, a fraction.
    #[serde(rename = "gewicht")]
    pub weight: String,
    /// Its score.
    pub score: Score,
}

/// A place in a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Citation {
    /// The document's name, see `meetlat.documenten`.
    pub document: String,
    /// The place in it.
    #[serde(rename = "plaats")]
    pub place: String,
}

/// A reading that rests on the writer of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Reading {
    /// What it is about, such as `gewicht`; empty for the whole declaration.
    #[serde(rename = "over")]
    pub about: String,
    /// The reason, as written.
    #[serde(rename = "tekst")]
    pub text: String,
}

/// A reading that the verdict relies on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Assumption {
    /// The declaration it stands in, such as `criterium stip`.
    #[serde(rename = "bij")]
    pub at: String,
    /// What it is about, such as `gewicht`; empty for the whole declaration.
    #[serde(rename = "over")]
    pub about: String,
    /// The reason, as written.
    #[serde(rename = "tekst")]
    pub text: String,
}

/// A contradiction or gap in the documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Caution {
    /// The declaration it stands in, such as `criterium stip`.
    #[serde(rename = "bij")]
    pub at: String,
    /// Whether that declaration plays a part in this verdict. If not, what stands there does not apply to this proposal.
    #[serde(rename = "speelt_mee")]
    pub in_play: bool,
    /// As written.
    #[serde(rename = "tekst")]
    pub text: String,
}

/// Something to be arranged before a start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Condition {
    /// Its name.
    #[serde(rename = "naam")]
    pub name: String,
    /// Its title.
    #[serde(rename = "titel")]
    pub title: String,
    /// Its state.
    pub status: ConditionStatus,
    /// What to arrange; null when nothing is, or when the rules don't say.
    #[serde(rename = "te_regelen")]
    pub to_arrange: Option<String>,
    /// What it must meet to apply at all, where that rests on an open question too, as far as can be seen without a search;
    /// else null.
    #[serde(rename = "geldt_alleen_als")]
    pub only_if: Option<String>,
    /// The answers it reads.
    #[serde(rename = "antwoorden")]
    pub answers: Vec<Answer>,
    /// The places in documents that it cites.
    #[serde(rename = "bronnen")]
    pub sources: Vec<Citation>,
    /// The readings that rest on the writer of the rules.
    #[serde(rename = "aannames")]
    pub assumptions: Vec<Reading>,
    /// Its line in the rule file, from 1; null when it stands in a building block.
    #[serde(rename = "bestandsregel")]
    pub file_line: Option<u32>,
}

/// Something that puts a proposal outside the programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Exclusion {
    /// Its name.
    #[serde(rename = "naam")]
    pub name: String,
    /// Its title.
    #[serde(rename = "titel")]
    pub title: String,
    /// Its state.
    pub status: ExclusionStatus,
    /// What the rules say about it, unless it certainly does not exclude.
    #[serde(rename = "melding")]
    pub report: Option<String>,
    /// The answers it reads.
    #[serde(rename = "antwoorden")]
    pub answers: Vec<Answer>,
    /// The places in documents that it cites.
    #[serde(rename = "bronnen")]
    pub sources: Vec<Citation>,
    /// The readings that rest on the writer of the rules.
    #[serde(rename = "aannames")]
    pub assumptions: Vec<Reading>,
    /// Its line in the rule file, from 1; null when it stands in a building block.
    #[serde(rename = "bestandsregel")]
    pub file_line: Option<u32>,
}

/// Advice or a risk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Signal {
    /// Its name.
    #[serde(rename = "naam")]
    pub name: String,
    /// Its title.
    #[serde(rename = "titel")]
    pub title: String,
    /// Its state.
    pub status: SignalStatus,
    /// The measure, unless the signal is certainly not given.
    #[serde(rename = "melding")]
    pub report: Option<String>,
    /// The answers it reads.
    #[serde(rename = "antwoorden")]
    pub answers: Vec<Answer>,
    /// The places in documents that it cites.
    #[serde(rename = "bronnen")]
    pub sources: Vec<Citation>,
    /// The readings that rest on the writer of the rules.
    #[serde(rename = "aannames")]
    pub assumptions: Vec<Reading>,
    /// Its line in the rule file, from 1; null when it stands in a building block.
    #[serde(rename = "bestandsregel")]
    pub file_line: Option<u32>,
}

/// Who decides, signs or is heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Route {
    /// Its name.
    #[serde(rename = "naam")]
    pub name: String,
    /// Its question.
    #[serde(rename = "titel")]
    pub title: String,
    /// Settled, or still open. Apart from the verdict: either can be settled alone.
    pub status: Settled,
    /// The choice's name; null when open.
    #[serde(rename = "keuze")]
    pub choice: Option<String>,
    /// The choice's words; null when open.
    #[serde(rename = "keuze_titel")]
    pub choice_title: Option<String>,
    /// The names of the choices that are possible, in rule order.
    #[serde(rename = "mogelijk")]
    pub possible: Vec<String>,
    /// All choices, in rule order.
    #[serde(rename = "keuzes")]
    pub choices: Vec<Named>,
    /// The answers it reads, apart from those behind the total and the outcome.
    #[serde(rename = "antwoorden")]
    pub answers: Vec<Answer>,
    /// The places in documents that it cites.
    #[serde(rename = "bronnen")]
    pub sources: Vec<Citation>,
    /// The readings that rest on the writer of the rules.
    #[serde(rename = "aannames")]
    pub assumptions: Vec<Reading>,
    /// Its line in the rule file, from 1; null when it stands in a building block.
    #[serde(rename = "bestandsregel")]
    pub file_line: Option<u32>,
}

/// An outcome and a choice of each route that can go together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Combination {
    /// The outcome's name.
    #[serde(rename = "uitkomst")]
    pub outcome: String,
    /// One choice per route.
    pub routes: Vec<RouteChoice>,
}

/// A choice of a route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RouteChoice {
    /// The route's name.
    pub route: String,
    /// The choice's name.
    #[serde(rename = "keuze")]
    pub choice: String,
}

/// An open question that can still change the outcome or a route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct OpenQuestion {
    /// The question's name.
    #[serde(rename = "vraag")]
    pub question: String,
    /// The field's name, for an answer in a list; else null.
    #[serde(rename = "veld")]
    pub field: Option<String>,
    /// The item of the list, by its first text or else its number from 1: `"Scenario 1"`, `nummer 2`; else null.
    #[serde(rename = "bij")]
    pub item: Option<String>,
    /// JSON pointer of the answer in the proposal.
    pub pointer: String,
    /// The question.
    #[serde(rename = "titel")]
    pub title: String,
    /// Help with answering.
    #[serde(rename = "uitleg")]
    pub explanation: Option<String>,
    /// Who answers it.
    #[serde(rename = "beantwoord_door")]
    pub answered_by: Option<String>,
    /// The places in documents that it cites.
    #[serde(rename = "bronnen")]
    pub sources: Vec<Citation>,
    /// The reason why it cannot be said. Then it is not asked again.
    #[serde(rename = "niet_te_zeggen")]
    pub unsayable: Option<String>,
    /// Whether something was answered, but without the written ground that it needs.
    #[serde(rename = "mist_onderbouwing")]
    pub lacks_ground: bool,
    /// Whether it can change the outcome; else it changes a route only.
    #[serde(rename = "raakt_oordeel")]
    pub changes_outcome: bool,
    /// The options of a question that has them, with their labels: `klassen` names options.
    #[serde(rename = "opties")]
    pub options: Vec<Named>,
    /// The answers, those that leave the same results together.
    #[serde(rename = "klassen")]
    pub classes: Vec<AnswerClass>,
    /// How many more there are than `klassen` holds.
    #[serde(rename = "klassen_meer")]
    pub classes_more: u64,
}

/// Answers that leave the same results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AnswerClass {
    /// The answers in Dutch words, options by their names: `a + b` is these two alone, `minstens a` any choice with it.
    #[serde(rename = "waarden")]
    pub answers: Vec<String>,
    /// The same in the language asked for, one text for each, with options by their labels.
    #[serde(rename = "teksten")]
    pub texts: Vec<String>,
    /// How many more answers there are, that are not named.
    #[serde(rename = "waarden_meer")]
    pub answers_more: u64,
    /// The names of the outcomes that stay possible, best first.
    #[serde(rename = "mogelijk")]
    pub possible: Vec<String>,
    /// The combinations that stay possible: places in the verdict's `combinaties`, from 0, ascending.
    #[serde(rename = "combinatie_plaatsen")]
    pub combinations: Vec<u32>,
    /// How many more stay possible, that the verdict's `combinaties` do not hold.
    #[serde(rename = "combinaties_meer")]
    pub combinations_more: u64,
}

impl AnswerClass {
    /// Its answers on one line: commas between them, or semicolons where one has a comma of its own.
    #[must_use]
    pub fn listed(&self) -> String {
        self.answers.join(between(&self.answers))
    }
}

/// A row that was looked up but is not in the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct MissingRow {
    /// The table's name.
    #[serde(rename = "tabel")]
    pub table: String,
    /// The keys in words.
    #[serde(rename = "sleutels")]
    pub keys: Vec<String>,
    /// The same in a sentence.
    #[serde(rename = "tekst")]
    pub text: String,
}
