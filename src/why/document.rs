//! Why the outcome is what it is: the fewest criteria (or answers) that already decide it whatever the rest is, and per
//! criterion what speaks for and against. The document, and how it is made from what `decides` and `swing` find.

use serde::{Deserialize, Serialize};

use crate::diagram::reach::Unsure;
use crate::judge::call::Call;
use crate::judge::findings::{Judgement, Status};
use crate::judge::open::search;
use crate::limits::Limits;
use crate::limits::budget::Budget;
use crate::message::language::Language;
use crate::proposal::answers::State;
use crate::proposal::place::Place;
use crate::rules::model::Kind;
use crate::rules::thresholds::Thresholds;
use crate::value::number::Number;
use crate::verdict::assemble::headers::{proposal_header, rule_file, standing};
use crate::verdict::assemble::names::item_name;
use crate::verdict::assemble::rules::requirement_text;
use crate::verdict::document::{
    Amount, DOCUMENT_VERSION, ProposalHeader, Provisional, RuleFile, Score, Settled, Standing,
};
use crate::verdict::provisional::{self, About};
use crate::why::decides::{self, Decides, Point, Search};
use crate::why::sides::{Finder, Swing};

/// Why an outcome is what it is. Everything stands in rule-file order, except what speaks for and against: that stands
/// with the greatest difference first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
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

/// Explains a proposal's outcome, in words of a language; `answers`: down to single answers too.
pub(crate) fn why(call: Call<'_>, answers: bool, language: Language) -> Why {
    let judgement = search(call);
    let mut maker = Maker { call, judgement: &judgement, language, ended: None };
    let (criteria, swings) = maker.criteria();
    let mut document = Why {
        document_version: DOCUMENT_VERSION.to_owned(),
        meetlat: rule_file(call.model(), call.proposal),
        proposal: proposal_header(call.proposal),
        outcome: maker.outcome(),
        exact: true,
        provisional: None,
        points: None,
        answers: None,
        strongest_against: maker.strongest_against(&criteria, &swings),
        strongest_for: strongest_side(&criteria, &swings, false),
        criteria,
    };
    if let Some(outcome) = judgement.outcomes.first().filter(|_| judgement.settled()) {
        let mut search = Search::new(call, *outcome);
        document.points = Some(maker.points(&mut search));
        document.answers = answers.then(|| maker.answers(&mut search));
    }
    document.provisional = maker.provisional();
    document.exact = document.provisional.is_none();
    document
}

struct Maker<'a> {
    call: Call<'a>,
    judgement: &'a Judgement,
    language: Language,
    ended: Option<Unsure>,
}

/// Per criterion what its answers do, and its share in the total: at least so much. The order is that of the criteria, and
/// inside them that of the answers.
type Swings = Vec<(Number, Vec<Swing>)>;

impl Maker<'_> {
    fn outcome(&self) -> Standing {
        let possible = self.judgement.outcomes.as_slice();
        let settled = possible.first().copied().filter(|_| self.judgement.settled());
        standing(self.call.model(), settled, possible)
    }

    fn amount(&self, number: &Number) -> Amount {
        Amount { fraction: number.to_fraction_string(), text: self.language.percent(number, &[]) }
    }

    fn note(&mut self, ended: Option<Unsure>) {
        self.ended = self.ended.or(ended);
    }

    fn provisional(&self) -> Option<Provisional> {
        let pointer =
            || Some(self.call.proposal.places(self.call.model()).first()?.pointer(self.call.model()));
        let own = self.ended.map(|Unsure(reason)| {
            crate::limits::provisional::Provisional::new(reason, self.call.budget.limit(), pointer())
        });
        let found = self.judgement.provisional.clone().or(own)?;
        Some(provisional::document(&found, About::Why, self.language))
    }

    fn points(&mut self, search: &mut Search<'_>) -> DecidingPoints {
        let points = decides::points(self.call.model());
        let found = search.points(&points);
        let shown = found.first.iter().filter_map(|at| points.get(*at));
        let shown = shown.map(|(point, read)| {
            let given = |place: &Place| {
                place.item.is_none()
                    && read.contains(&place.question)
                    && self.call.proposal.answer(*place).is_some_and(|answer| answer.state != State::Open)
            };
            let places = self.call.proposal.places(self.call.model()).into_iter().filter(given);
            let answers = places.filter_map(|place| self.given(place)).collect();
            self.point(*point, answers)
        });
        let shown = shown.collect();
        let others = others(&found);
        let fewest = found.least;
        self.note(found.ended);
        DecidingPoints { points: shown, fewest, others }
    }

    fn answers(&mut self, search: &mut Search<'_>) -> DecidingAnswers {
        let found = search.answers();
        let places = found.first.iter().filter_map(|at| search.atoms().get(*at));
        let answers = places.filter_map(|place| self.given(*place)).collect();
        let others = others(&found);
        let fewest = found.least;
        self.note(found.ended);
        DecidingAnswers { answers, fewest, others }
    }

    fn point(&self, point: Point, answers: Vec<AnsweredQuestion>) -> DecidingPoint {
        let model = self.call.model();
        let status = |of: &[Status], at: usize| match of.get(at) {
            Some(Status::Holds) => PointStanding::Holds,
            Some(Status::Fails) => PointStanding::Fails,
            Some(Status::Lapses) => PointStanding::Lapses,
            _ => PointStanding::Open,
        };
        let thresholds = Thresholds::new(model);
        let (kind, head, standing, text) = match point {
            Point::Criterion(at) => {
                let score = self.judgement.criteria.get(at);
                let text = score.map(|found| self.language.score(&found.score, thresholds.criterion(at)));
                let head = model.criteria.get(at).map(|one| &one.head);
                (DecidingKind::Criterion, head, PointStanding::Scored, text)
            }
            Point::Condition(at) => {
                let head = model.conditions.get(at).map(|one| &one.head);
                (DecidingKind::Condition, head, status(&self.judgement.conditions, at), None)
            }
            Point::Exclusion(at) => {
                let head = model.exclusions.get(at).map(|one| &one.head);
                (DecidingKind::Exclusion, head, status(&self.judgement.exclusions, at), None)
            }
            Point::Answer(question) => {
                let head = model.questions.get(question.index()).map(|one| &one.head);
                let text = answers.first().map(|answer| answer.text.clone());
                (DecidingKind::Answer, head, PointStanding::Answered, text)
            }
        };
        let mut name = head.map(|head| head.name.clone()).unwrap_or_default();
        if let Point::Answer(question) = point {
            name = Place::of(question).pointer(model);
        }
        let title = head.map(|head| head.title.clone()).unwrap_or_default();
        DecidingPoint { kind, name, title, standing, text: text.unwrap_or_default(), answers }
    }

    fn given(&self, place: Place) -> Option<AnsweredQuestion> {
        let Place { question: id, item } = place;
        let question = self.call.model().questions.get(id.index())?;
        let domain = place.domain(&self.call.program().domains)?;
        let field = item.and_then(|(_, field)| match &question.domain.kind {
            Kind::List { fields, .. } => fields.get(field as usize),
            _ => None,
        });
        Some(AnsweredQuestion {
            pointer: place.pointer(self.call.model()),
            question: question.head.name.clone(),
            field: field.map(|field| field.name.clone()),
            item: item.map(|(item, _)| item_name(self.call.proposal, question, id, item, self.language)),
            title: question.head.title.clone(),
            text: self.language.answer(self.call.proposal.answer(place)?, domain, &self.call.proposal.texts),
            fixed: question.fixed,
        })
    }

    fn criteria(&mut self) -> (Vec<CriterionSides>, Swings) {
        let thresholds = Thresholds::new(self.call.model());
        let (mut sides, mut swings) = (Vec::new(), Vec::new());
        // What all answers have in common may take a part of what is left.
        let left = self.call.budget.limit().saturating_sub(self.call.budget.used());
        let trial = Budget::new(&Limits { search_steps: left / 4, ..self.call.limits.clone() });
        let mut finder = Finder::new(self.call, &trial);
        for (at, (criterion, found)) in
            self.call.model().criteria.iter().zip(&self.judgement.criteria).enumerate()
        {
            let (of, ended) = finder.of_criterion(self.judgement, at);
            self.note(ended);
            let share = found.share.settled();
            let missed = found.requirement == Some(Status::Fails);
            sides.push(CriterionSides {
                name: criterion.head.name.clone(),
                title: criterion.head.title.clone(),
                score: crate::verdict::assemble::rules::score(
                    &found.score,
                    thresholds.criterion(at),
                    self.language,
                ),
                share: share.map(|share| self.amount(share)),
                missed: criterion
                    .requirement
                    .as_ref()
                    .filter(|_| missed)
                    .map(|requirement| requirement_text(requirement, self.language)),
                speaks_for: self.sides(&of, share, |swing| &swing.loss),
                speaks_against: self.sides(&of, share, |swing| &swing.gain),
            });
            // A share that is open counts for the least it can be.
            let least = found.share.range.as_ref().map(|(least, _)| least.clone()).unwrap_or_default();
            swings.push((least, of));
        }
        // It counts; where it takes the last step the answers are known all the same.
        let _ = self.call.budget.steps(trial.used());
        (sides, swings)
    }

    fn sides(&self, of: &[Swing], share: Option<&Number>, size: impl Fn(&Swing) -> &Number) -> Vec<Side> {
        let mut of: Vec<&Swing> = of.iter().filter(|swing| !size(swing).is_zero()).collect();
        of.sort_by(|a, b| size(b).cmp(size(a)));
        of.into_iter()
            .filter_map(|swing| {
                Some(Side {
                    answer: self.given(swing.place)?,
                    difference: self.amount(size(swing)),
                    at_least: swing.at_least,
                    in_total: share.map(|share| self.amount(&size(swing).mul(share))),
                })
            })
            .collect()
    }

    /// An exclusion that applies, else a requirement that is missed, else a condition that is not fulfilled, else the
    /// answer by which the total could be most higher.
    fn strongest_against(&self, criteria: &[CriterionSides], swings: &Swings) -> Option<Strongest> {
        let (model, judgement) = (self.call.model(), self.judgement);
        let exclusion = model.exclusions.iter().zip(&judgement.exclusions);
        let exclusion = exclusion.filter(|(_, status)| **status == Status::Holds).map(|(one, _)| &one.head);
        let condition = model.conditions.iter().zip(&judgement.conditions);
        let condition = condition.filter(|(_, status)| **status == Status::Fails).map(|(one, _)| &one.head);
        let of = |kind, head: &crate::rules::model::Head| Strongest {
            kind,
            name: head.name.clone(),
            title: head.title.clone(),
            requirement: None,
            side: None,
        };
        let requirement = criteria.iter().filter(|one| one.missed.is_some()).map(|one| Strongest {
            kind: DecidingKind::Requirement,
            name: one.name.clone(),
            title: one.title.clone(),
            requirement: one.missed.clone(),
            side: None,
        });
        exclusion
            .map(|head| of(DecidingKind::Exclusion, head))
            .chain(requirement)
            .chain(condition.map(|head| of(DecidingKind::Condition, head)))
            .next()
            .or_else(|| strongest_side(criteria, swings, true))
    }
}

/// The answer that speaks most: by what it does to the total, else (where nothing weighs for certain) by what it does to its
/// criterion; of equals the first in the file.
fn strongest_side(criteria: &[CriterionSides], swings: &Swings, against: bool) -> Option<Strongest> {
    let size = |swing: &Swing| if against { swing.gain.clone() } else { swing.loss.clone() };
    let mut best: Option<((Number, Number), &CriterionSides)> = None;
    for (criterion, (share, of)) in criteria.iter().zip(swings) {
        for swing in of {
            let size = size(swing);
            let in_total = size.mul(share);
            let larger = best.as_ref().is_none_or(|((known_total, known_size), _)| {
                in_total > *known_total
                    || (in_total == *known_total && in_total.is_zero() && size > *known_size)
            });
            if !size.is_zero() && larger {
                best = Some(((in_total, size), criterion));
            }
        }
    }
    // Inside a criterion the largest stands first.
    let (_, criterion) = best?;
    let sides = if against { &criterion.speaks_against } else { &criterion.speaks_for };
    Some(Strongest {
        kind: DecidingKind::Answer,
        name: criterion.name.clone(),
        title: criterion.title.clone(),
        requirement: None,
        side: sides.first().cloned(),
    })
}

fn others(found: &Decides) -> Others {
    Others { count: u64::try_from(found.others).unwrap_or(u64::MAX), exactly: found.all }
}
