//! What the engine finds out about one proposal: possible results over all completions of its open answers.
//! Made by `judge`; turned into a document by `verdict`. Everything stands in rule-file order, except open questions.

use crate::diagnostic::Text;
use crate::model::QuestionId;
use crate::number::Number;
use crate::place::Place;
use crate::proposal::Answer;

/// Everything that is found out about one proposal. The default, of nothing, is there to be filled.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Judgement {
    /// Outcomes that completions can give, as places in the outcome list, ascending (best first). One: settled. When not
    /// `exact` it is a superset: nothing outside it can happen, something inside it may not.
    pub outcomes: Vec<u16>,
    /// Whether every possible result was decided exactly.
    pub exact: bool,
    /// Why not, when not exact.
    pub provisional: Option<Provisional>,
    /// The line of the verdict's ladder (from 0) that holds in every completion, if it is always the same.
    pub line: Option<usize>,
    /// The total.
    pub total: ScoreRange,
    /// One per criterion.
    pub criteria: Vec<CriterionJudgement>,
    /// One per condition: `Holds` is fulfilled.
    pub conditions: Vec<Status>,
    /// One per exclusion: `Holds` means it excludes. Never `Lapses`.
    pub exclusions: Vec<Status>,
    /// One per signal.
    pub signals: Vec<Status>,
    /// Per route the possible choices, ascending. One: settled.
    pub routes: Vec<Vec<u16>>,
    /// The possible combinations of an outcome and one choice per route, ascending.
    pub combinations: Vec<(u16, Vec<u16>)>,
    /// The open questions that matter, most decisive first.
    pub open: Vec<OpenQuestion>,
    /// The answers on which givers differ: those that matter, most decisive first, then the others in file order.
    pub differences: Vec<Difference>,
    /// What a recorded closing makes of it; none without one.
    pub closed: Option<Closed>,
    /// Look-ups of rows that a table does not have, which no answer can mend: table and the keys in words.
    pub missing_rows: Vec<MissingRow>,
    /// How many combinations of answers were looked at.
    pub steps: u64,
    /// How many completions the open answers have; none when more than can be counted (2^127).
    pub completions: Option<Number>,
}

impl Judgement {
    /// Whether the outcome is the same whatever the answers to the open questions.
    #[must_use]
    pub const fn settled(&self) -> bool {
        self.outcomes.len() == 1
    }

    /// Whether there is an outcome because someone closed what is open.
    #[must_use]
    pub fn closed(&self) -> bool {
        !self.settled() && self.outcome().is_some()
    }

    /// The outcome, as a place in the outcome list: settled, or left by a closing.
    #[must_use]
    pub fn outcome(&self) -> Option<u16> {
        let closed = self.closed.as_ref().map(|closed| closed.outcomes.as_slice());
        match (self.outcomes.as_slice(), closed) {
            ([only], _) | (_, Some([only])) => Some(*only),
            _ => None,
        }
    }
}

/// Which limit ended a search, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provisional {
    /// The limit, counted in combinations.
    pub limit: u64,
    /// JSON pointer of the open question at which the search ended.
    pub question: Option<String>,
}

/// A score over all completions. The default: it never applies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScoreRange {
    /// Least and greatest over the completions in which it applies; none when it never does. Fractions of one.
    pub range: Option<(Number, Number)>,
    /// Whether it is n.v.t. in no, some or all completions.
    pub not_applicable: Maybe,
}

impl ScoreRange {
    /// The one value it has in every completion.
    #[must_use]
    pub fn settled(&self) -> Option<&Number> {
        match &self.range {
            Some((least, greatest)) if least == greatest && self.not_applicable == Maybe::No => Some(least),
            _ => None,
        }
    }
}

/// In no, some or all completions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Maybe {
    /// In none.
    No,
    /// In all.
    #[default]
    Yes,
    /// In some.
    Maybe,
}

/// The state of a condition, exclusion, signal or requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// True in every completion.
    Holds,
    /// False in every completion.
    Fails,
    /// It does not apply, in every completion.
    Lapses,
    /// Completions differ.
    Open,
}

/// What is found out about one criterion.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CriterionJudgement {
    /// Its score; n.v.t. also where `alleen als` is false. For one without a score: n.v.t.
    pub score: ScoreRange,
    /// Its weight divided by the weights of all criteria that apply; n.v.t. where it does not count.
    pub share: ScoreRange,
    /// Share times score.
    pub contribution: ScoreRange,
    /// None where it has no requirement. `Lapses` where the score is n.v.t.
    pub requirement: Option<Status>,
    /// Why the score is what it is.
    pub reason: Reason,
    /// With [`Reason::Combined`] the score of each part, in the order of the rule; else empty.
    pub parts: Vec<ScoreRange>,
    /// With [`Reason::Ladder`] the lines (from 0) that can be the first to hold, ascending; else empty.
    pub lines: Vec<usize>,
}

/// Why a score is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reason {
    /// It is only shown: `telt niet mee` without a score.
    Shown,
    /// It does not apply: `alleen als` is false in every completion.
    DoesNotApply,
    /// It is the score of one answer or expression.
    #[default]
    Direct,
    /// It combines parts.
    Combined(crate::syntax::Combining),
    /// It is the score of the first line of a ladder that holds.
    Ladder,
    /// A straight line.
    Line,
}

/// An open question that matters, or a field of a given list that does.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenQuestion {
    /// The question, or the list the field belongs to.
    pub question: QuestionId,
    /// Item (from 0) and field (place among the list's fields), for a field of a given list.
    pub item: Option<(u32, u32)>,
    /// JSON pointer of the answer: `/antwoorden/gezond`, `/antwoorden/resultaten/0/nulmeting`.
    pub pointer: String,
    /// Whether a reason was given why it cannot be said.
    pub unsayable: bool,
    /// Whether it can change the outcome (else it changes a route only).
    pub changes_outcome: bool,
    /// Its answer classes: answers that leave the same results.
    pub classes: Vec<AnswerClass>,
}

/// An answer on which givers differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The answer's place.
    pub place: Place,
    /// JSON pointer of the answer.
    pub pointer: String,
    /// Whether it can change the outcome or a route.
    pub matters: bool,
    /// Whether it can change the outcome.
    pub changes_outcome: bool,
    /// What was given, what leaves the same results together; empty when it does not matter, or after a stop.
    pub classes: Vec<AnswerClass>,
}

/// What a closing leaves.
#[derive(Debug, Clone, PartialEq)]
pub struct Closed {
    /// For every completion of what stays open: the worst outcome over the closed answers; ascending. One: closed.
    pub outcomes: Vec<u16>,
    /// Whether these are exactly the ones. If not, all that the answers alone leave are kept.
    pub exact: bool,
    /// Which limit ended the search for the outcomes, or for the witness.
    pub provisional: Option<Provisional>,
    /// With one outcome: per closed answer as what it was counted; none where it makes no difference, neither to the
    /// outcome nor to a route.
    /// Empty when no witness was found.
    pub witness: Vec<(Place, Option<Answer>)>,
    /// The other open answers with which the witness gives that outcome; empty: whatever they are.
    pub beside: Vec<(Place, Answer)>,
    /// Per route the choices that go with the witness, ascending.
    pub routes: Vec<Vec<u16>>,
}

/// Answers that leave the same results.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerClass {
    /// The answers in Dutch words: `ja`, `hoogstens € 100.000`, `3 of meer`.
    pub answers: Vec<String>,
    /// The same in both languages, with options by their labels instead of their names.
    pub texts: Vec<Text>,
    /// The outcomes that stay possible, ascending.
    pub outcomes: Vec<u16>,
    /// The combinations of outcome and route choices that stay possible, ascending.
    pub combinations: Vec<(u16, Vec<u16>)>,
}

/// A row that a table does not have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MissingRow {
    /// The table's name.
    pub table: String,
    /// The keys asked, in Dutch words.
    pub keys: Vec<String>,
    /// The same in both languages.
    pub texts: Vec<Text>,
}
