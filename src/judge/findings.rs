//! What the engine finds out about one proposal: possible results over all completions of its open answers.
//! Made by `judge`; turned into a document by `verdict`. Everything stands in rule-file order, except open questions.

use crate::limits::Limits;
use crate::limits::provisional::{Provisional, ProvisionalReason};
use crate::proposal::answers::Answer;
use crate::proposal::place::Place;
use crate::rules::model::QuestionId;
use crate::value::date::Date;
use crate::value::number::Number;
use crate::value::score_range::ScoreRange;
use crate::value::values::Value;

/// Everything that is found out about one proposal. The default is empty, to be filled.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Judgement {
    /// Outcomes that completions can give, as places in the outcome list, ascending (best first). One: settled, see
    /// [`Self::settled`]. When `provisional` it is a superset: nothing outside it can happen, something inside it may not;
    /// but with [`ProvisionalReason::UnboundedList`] others may happen too.
    pub outcomes: Vec<u16>,
    /// Why not every possible result was decided exactly; none: it was. Where there are several reasons,
    /// [`ProvisionalReason::UnboundedList`] goes first, since then nothing is settled.
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
    /// How many more there are, beyond [`Limits::combinations`].
    pub combinations_more: u64,
    /// The open questions that matter, most decisive first.
    pub open: Vec<OpenQuestion>,
    /// The answers on which givers differ: those that matter, most decisive first, then the others in file order.
    pub differences: Vec<Difference>,
    /// The result of a recorded closing; none without one.
    pub closed: Option<Closed>,
    /// Look-ups of rows that a table does not have, which no answer can mend.
    pub missing_rows: Vec<MissingRow>,
    /// How many more there are, beyond [`Limits::missing_rows`].
    pub missing_rows_more: u64,
    /// How many steps it took.
    pub steps: u64,
}

impl Judgement {
    /// Whether every possible result was decided exactly.
    #[must_use]
    pub const fn exact(&self) -> bool {
        self.provisional.is_none()
    }

    /// Whether the outcome is the same whatever the answers to the open questions. Never where a list may be longer than what
    /// could be looked at, even if one outcome alone is known to be possible.
    #[must_use]
    pub fn settled(&self) -> bool {
        self.outcomes.len() == 1 && !unbounded(self.provisional.as_ref())
    }

    /// The choice of a route that is the same in every completion, by the route's place. As [`Self::settled`].
    #[must_use]
    pub fn choice(&self, route: usize) -> Option<u16> {
        match self.routes.get(route)?.as_slice() {
            [only] if !unbounded(self.provisional.as_ref()) => Some(*only),
            _ => None,
        }
    }

    /// Whether there is an outcome because someone closed what is open.
    #[must_use]
    pub fn closed(&self) -> bool {
        !self.settled() && self.outcome().is_some()
    }

    /// The outcome, as a place in the outcome list: settled, or left by a closing.
    #[must_use]
    pub fn outcome(&self) -> Option<u16> {
        if self.settled() {
            return self.outcomes.first().copied();
        }
        self.closed.as_ref()?.outcome()
    }
}

impl Judgement {
    /// Keeps no more than the limits allow, and adds what is left out to what was left out already.
    pub(crate) fn bound(&mut self, limits: &Limits) {
        let most = limits.combinations;
        if self.combinations.len() > most {
            let all = &self.combinations;
            let classes = (self.open.iter_mut().flat_map(|open| &mut open.classes))
                .chain(self.differences.iter_mut().flat_map(|difference| &mut difference.classes));
            for class in classes {
                let mut more = 0;
                // A search that stopped may keep more than can happen; that counts nowhere.
                class.combinations.retain(|one| match all.binary_search(one) {
                    Ok(at) if at >= most => {
                        more += 1;
                        false
                    }
                    found => found.is_ok(),
                });
                class.combinations_more = class.combinations_more.saturating_add(more);
            }
        }
        left_out(&mut self.combinations, most, &mut self.combinations_more);
        left_out(&mut self.missing_rows, limits.missing_rows, &mut self.missing_rows_more);
        for open in &mut self.open {
            left_out(&mut open.classes, limits.classes, &mut open.classes_more);
        }
    }
}

/// Leaves out whatever is beyond `most`, and counts it.
fn left_out<T>(list: &mut Vec<T>, most: usize, more: &mut u64) {
    let over = list.len().saturating_sub(most);
    *more = more.saturating_add(u64::try_from(over).unwrap_or(u64::MAX));
    list.truncate(most);
}

/// Whether there may be more than what was found.
fn unbounded(provisional: Option<&Provisional>) -> bool {
    provisional.is_some_and(|found| found.reason == ProvisionalReason::UnboundedList)
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
#[non_exhaustive]
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
#[non_exhaustive]
pub enum Reason {
    /// It is only shown: `telt niet mee` without a score.
    Shown,
    /// It does not apply: `alleen als` is false in every completion.
    DoesNotApply,
    /// It is the score of one answer or expression.
    #[default]
    Direct,
    /// It combines parts.
    Combined(crate::rules::syntax::Combining),
    /// It is the score of the first line of a ladder that holds.
    Ladder,
    /// A straight line.
    Line,
}

/// An open question that matters, or a field of a given list that does.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
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
    /// How many more there are, beyond [`Limits::classes`].
    pub classes_more: u64,
}

/// An answer on which givers differ.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
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
#[non_exhaustive]
pub struct Closed {
    /// For every completion of what stays open: the worst outcome over the closed answers; ascending. One: closed.
    pub outcomes: Vec<u16>,
    /// Why these are not exact; none: they are. If not, all that the answers alone leave are kept.
    pub provisional: Option<Provisional>,
    /// Why no witness was found, where there should be one.
    pub no_witness: Option<Provisional>,
    /// With one outcome: what each closed answer was counted as; none where it makes no difference, neither to the
    /// outcome nor to a route.
    /// Empty when no witness was found.
    pub witness: Vec<(Place, Option<Answer>)>,
    /// The other open answers with which the witness gives that outcome; empty: whatever they are.
    pub beside: Vec<(Place, Answer)>,
    /// Per route the choices that go with the witness, ascending.
    pub routes: Vec<Vec<u16>>,
}

impl Closed {
    /// The outcome that is left, as a place in the outcome list; none where there are several, or there may be.
    #[must_use]
    pub fn outcome(&self) -> Option<u16> {
        match self.outcomes.as_slice() {
            [only] if !unbounded(self.provisional.as_ref()) => Some(*only),
            _ => None,
        }
    }
}

/// Answers that leave the same results.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerClass {
    /// The answers. Each is in one of these and in no other class, unless some were left out.
    pub answers: Vec<Answers>,
    /// How many more there are, beyond [`Limits::classes`].
    pub answers_more: u64,
    /// The outcomes that stay possible, ascending.
    pub outcomes: Vec<u16>,
    /// The combinations of outcome and route choices that stay possible, ascending; of those that the judgement lists.
    pub combinations: Vec<(u16, Vec<u16>)>,
    /// How many more there are, that the judgement does not list.
    pub combinations_more: u64,
}

/// Answers that are told together.
///
/// ```
/// use meetlat::findings::{Answers, Number};
///
/// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
/// let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
/// let json = r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja"}}"#;
/// let judgement = meetlat.judge(&meetlat.read("voorstel.json", json, None)?)?;
/// // What is asked may cost € 0 to € 100.000, and passes up to € 50.000.
/// let [cheap, _] = judgement.open[0].classes.as_slice() else { panic!() };
/// let up_to = Answers::Numbers { least: Some(Number::ZERO), greatest: Some(Number::whole(50_000)) };
/// assert_eq!((cheap.answers.as_slice(), cheap.outcomes.as_slice()), ([up_to].as_slice(), [0].as_slice()));
/// # Ok::<(), meetlat::Diagnostics>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answers {
    /// This answer alone. Of a list never; see [`Answers::Lengths`].
    Only(Value),
    /// Numbers, amounts in euros, or percentages as fractions of one.
    Numbers {
        /// The least, itself included; none: as small as anyone likes.
        least: Option<Number>,
        /// The greatest, itself included; none: as great as anyone likes.
        greatest: Option<Number>,
    },
    /// Days.
    Days {
        /// The first, itself included; none: as early as anyone likes.
        first: Option<Date>,
        /// The last, itself included; none: as late as anyone likes.
        last: Option<Date>,
    },
    /// Lists, by how many items they have.
    Lengths {
        /// The least.
        least: u64,
        /// The greatest; none: any more than the least.
        greatest: Option<u64>,
    },
    /// What can be chosen of several options, where that is not one choice.
    Sets(Chosen),
    /// Any answer but `geen` and `n.v.t.`: they are not told apart.
    Any,
}

/// Sets of options: those that hold all options of `with`, lack an option of each of `lacks`, and hold so many. Bit `i` of a
/// mask is option `i`, in the order of the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The options that are in, as a mask.
    pub with: u64,
    /// Options that are not all in, as masks without an option in common.
    pub lacks: Vec<u64>,
    /// The least and the greatest number of options; none where any number will do.
    pub counts: Option<(u32, u32)>,
}

impl Chosen {
    /// Whether a set, as a mask, is one of them.
    ///
    /// ```
    /// use meetlat::findings::Chosen;
    ///
    /// // Two options or three: the first, and not both the second and the third.
    /// let chosen = Chosen { with: 0b001, lacks: vec![0b110], counts: Some((2, 3)) };
    /// assert!(chosen.holds(0b011) && chosen.holds(0b1101));
    /// assert!(!chosen.holds(0b001) && !chosen.holds(0b111) && !chosen.holds(0b110));
    /// ```
    #[must_use]
    pub fn holds(&self, set: u64) -> bool {
        let counted = self.counts.is_none_or(|(least, most)| (least..=most).contains(&set.count_ones()));
        counted && set & self.with == self.with && self.lacks.iter().all(|lack| set & lack != *lack)
    }

    /// The least and the greatest number of options that such sets can hold of a question with so many, whatever `counts` says.
    pub(crate) fn can_hold(&self, options: u32) -> (u32, u32) {
        let lacking = u32::try_from(self.lacks.len()).unwrap_or(u32::MAX);
        (self.with.count_ones(), options.saturating_sub(lacking))
    }
}

/// A row that a table does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingRow {
    /// The table's name.
    pub table: String,
    /// The keys asked, in the order of its columns; a choice counts among the words of the column. None: something that is in
    /// no row.
    pub keys: Vec<Option<Value>>,
}
