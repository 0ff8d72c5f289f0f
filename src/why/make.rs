//! Why an outcome is what it is: from findings to the document.

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
use crate::verdict::document::{Amount, DOCUMENT_VERSION, Provisional, Standing};
use crate::verdict::provisional::{self, About};
use crate::why::decides::{self, Decides, Point, Search};
use crate::why::document::{
    AnsweredQuestion, CriterionSides, DecidingAnswers, DecidingKind, DecidingPoint, DecidingPoints, Others,
    PointStanding, Side, Strongest, Why,
};
use crate::why::sides::{Finder, Swing};

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

pub(crate) struct Maker<'a> {
    call: Call<'a>,
    judgement: &'a Judgement,
    language: Language,
    ended: Option<Unsure>,
}

/// Per criterion what its answers do, and its share in the total: at least so much. The order is that of the criteria, and
/// inside them that of the answers.
pub(crate) type Swings = Vec<(Number, Vec<Swing>)>;

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
        // What all answers have in common may take part of the remaining steps.
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
            // An open share counts as the least it can be.
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
    /// answer that could raise the total most.
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
pub(crate) fn strongest_side(
    criteria: &[CriterionSides],
    swings: &Swings,
    against: bool,
) -> Option<Strongest> {
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
    // Within a criterion the largest comes first.
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

pub(crate) fn others(found: &Decides) -> Others {
    Others { count: u64::try_from(found.others).unwrap_or(u64::MAX), exactly: found.all }
}
