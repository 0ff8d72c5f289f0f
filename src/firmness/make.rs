//! How firm a verdict is: puts the rooms of numbers, the shares of weightings and the other readings together.

use std::collections::BTreeSet;

use crate::diagram::reach::Reach;
use crate::evaluate::world::World;
use crate::firmness::document;
use crate::firmness::intervals::{Interval, Movable, Standing, Sure, Way};
use crate::firmness::moving::End;
use crate::firmness::readings::{self, Other, Reading};
use crate::firmness::shares::{share, share_in_order};
use crate::firmness::sites::{Found, Owner, Score, Site};
use crate::judge::call::Call;
use crate::limits::provisional::{Provisional, ProvisionalReason};
use crate::message::diagnostic::Diagnostics;
use crate::message::language::{Language, tell};
use crate::message::source::Span;
use crate::program::compile::compile;
use crate::program::nodes::{NodeId, Program};
use crate::rules::model::{CriterionId, Head, Node};
use crate::rules::syntax::Combining;
use crate::value::number::Number;
use crate::verdict::assemble::headers::{proposal_header, rule_file, standing};
use crate::verdict::assemble::names::names;
use crate::verdict::document::Amount;
use crate::verdict::provisional::{self, About};

/// More ways than this to answer what is open are not added up; the bounds are wider then, and still bounds.
const MOST_WAYS: usize = 64;

/// Says how firm the verdict on a proposal is, in words of a language.
#[must_use]
pub(crate) fn firmness(call: Call<'_>, texts: &Diagnostics, language: Language) -> document::Firmness {
    Firm { call, texts, language, stopped: None, exact: true }.run()
}

struct Firm<'a> {
    call: Call<'a>,
    texts: &'a Diagnostics,
    language: Language,
    /// Why and where a search first could not tell.
    stopped: Option<ProvisionalReason>,
    exact: bool,
}

impl Firm<'_> {
    fn run(mut self) -> document::Firmness {
        let model = self.call.model();
        let world = self.call.world();
        let reach = self.reach(self.call.program());
        let (possible, sure) = self.outcomes(&reach, None);
        self.exact &= sure;
        let settled = match Vec::from_iter(&possible).as_slice() {
            [only] if sure => Some(**only),
            _ => None,
        };
        let (mut weights, mut thresholds, mut weightings) = (Vec::new(), Vec::new(), None);
        if let Some(outcome) = settled {
            let movable = Movable::new(model);
            let mut standing = Standing::new(&movable, &world, outcome, self.call.budget);
            let intervals = standing.intervals();
            (weights, thresholds) = self.rooms(&intervals);
            let criteria = self.counting(&movable.program);
            let ways = standing.ways(&criteria);
            self.stopped = self.stopped.or(standing.stopped);
            self.exact &= intervals.iter().all(|(_, interval)| interval.sure == Sure::Exact);
            weightings = Some(self.weightings(&criteria, ways));
        }
        let readings = self.readings(&reach, &possible);
        let provisional = self.provisional();
        document::Firmness {
            document_version: document::DOCUMENT_VERSION.to_owned(),
            meetlat: rule_file(model, self.call.proposal),
            proposal: proposal_header(self.call.proposal),
            outcome: standing(model, settled, &Vec::from_iter(possible)),
            exact: provisional.is_none(),
            provisional,
            weights,
            thresholds,
            weightings,
            readings,
        }
    }

    fn provisional(&self) -> Option<crate::verdict::document::Provisional> {
        if self.exact && self.stopped.is_none() {
            return None;
        }
        let reason = self.stopped.unwrap_or(ProvisionalReason::Numbers);
        let question = self
            .call
            .proposal
            .places(self.call.model())
            .first()
            .map(|place| place.pointer(self.call.model()));
        let found = Provisional::new(reason, self.call.budget.limit(), question);
        Some(provisional::document(&found, About::Firmness, self.language))
    }

    fn reach<'p>(&self, program: &'p Program) -> Reach<'p>
    where
        Self: 'p,
    {
        let world = World::new(program, self.call.proposal, self.call.limits);
        Reach::of(program, world, self.call.budget, vec![program.outcome])
    }

    /// The outcomes that are possible by the rules or by others that are nearly the same, and whether that is exact. Else all
    /// outcomes.
    fn outcomes(&mut self, reach: &Reach<'_>, other: Option<&Program>) -> (BTreeSet<u16>, bool) {
        let found = match other {
            None => reach.combinations(),
            Some(program) => reach.combinations_by(program).and_then(|found| match found {
                Some(found) => Ok(found),
                None => self.reach(program).combinations(),
            }),
        };
        match found {
            Ok(found) => (found.into_iter().map(|(outcome, _)| outcome).collect(), true),
            Err(unsure) => {
                self.stopped.get_or_insert(unsure.0);
                let all = (0..).zip(&self.call.model().verdict.outcomes).map(|(at, _)| at);
                (all.collect(), false)
            }
        }
    }

    /// The criteria that count: the nodes of their scores, and their weights.
    fn counting(&self, program: &Program) -> Vec<(NodeId, Number)> {
        let criteria = program.criteria.iter().zip(&self.call.model().criteria);
        criteria.filter_map(|(nodes, criterion)| Some((nodes.score?, criterion.weight.clone()?))).collect()
    }

    fn rooms(&self, intervals: &[(Found, Interval)]) -> (Vec<document::Weight>, Vec<document::Threshold>) {
        let (mut weights, mut thresholds) = (Vec::new(), Vec::new());
        for (found, interval) in intervals {
            let place = found.span;
            match found.site {
                Site::Weight(_) | Site::PartWeight(..) => {
                    let others = self.others(found.site);
                    let portion = |weight: &Number| weight.div(&weight.add(&others)).unwrap_or_default();
                    let far = distance(interval, &portion(&found.now), &portion);
                    weights.push((far, place, self.weight(found, interval, &portion)));
                }
                Site::Requirement(_) | Site::Threshold(..) => {
                    let far = distance(interval, &found.now, &Number::clone);
                    thresholds.push((far, place, self.threshold(found, interval)));
                }
            }
        }
        (tightest_first(weights), tightest_first(thresholds))
    }

    /// The sum of the other weights that a weight stands among.
    fn others(&self, site: Site) -> Number {
        let add = |sum: Number, weight: &Number| sum.add(weight);
        match site {
            Site::Weight(at) => {
                let criteria =
                    self.call.model().criteria.iter().enumerate().filter(|(other, _)| *other != at.index());
                criteria.filter_map(|(_, criterion)| criterion.weight.as_ref()).fold(Number::ZERO, add)
            }
            Site::PartWeight(owner, at) => {
                let parts = self.parts(owner).iter().enumerate().filter(|(other, _)| *other != at);
                parts.map(|(_, part)| &part.weight).fold(Number::ZERO, add)
            }
            _ => Number::ZERO,
        }
    }

    fn head(&self, owner: Owner) -> Option<&Head> {
        match owner {
            Owner::Criterion(at) => {
                self.call.model().criteria.get(at.index()).map(|criterion| &criterion.head)
            }
            Owner::Part(at) => self.call.model().parts.get(at.index()).map(|part| &part.head),
        }
    }

    fn parts(&self, owner: Owner) -> &[crate::rules::model::WeightedPart] {
        let score = match owner {
            Owner::Criterion(at) => {
                self.call.model().criteria.get(at.index()).and_then(|one| one.score.as_ref())
            }
            Owner::Part(at) => self.call.model().parts.get(at.index()).map(|part| &part.score),
        };
        match score.map(|score| &*score.node) {
            Some(Node::Combine { parts, .. }) => parts,
            _ => &[],
        }
    }

    fn weight(
        &self,
        found: &Found,
        interval: &Interval,
        portion: &dyn Fn(&Number) -> Number,
    ) -> document::Weight {
        let (kind, name, title, within) = match found.site {
            Site::PartWeight(owner, at) => {
                let name = self.parts(owner).get(at).map(|part| part.name.clone()).unwrap_or_default();
                let title = self.title(&name);
                (document::WeightKind::Part, name, title, self.head(owner).map(|head| head.name.clone()))
            }
            Site::Weight(at) | Site::Requirement(at) => {
                let head = self.head(Owner::Criterion(at));
                let (name, title) = named(head);
                (document::WeightKind::Criterion, name, title, None)
            }
            Site::Threshold(..) => (document::WeightKind::Criterion, String::new(), String::new(), None),
        };
        let now = portion(&found.now);
        let end = |end: &End| {
            let share = portion(&end.at);
            document::WeightEnd {
                number: end.at.to_fraction_string(),
                share: Amount { fraction: share.to_fraction_string(), text: self.near(&share, &now) },
                included: end.included,
            }
        };
        document::Weight {
            kind,
            name,
            title,
            within,
            file_line: self.file_line(found.span),
            now: document::Portion {
                number: found.now.to_fraction_string(),
                share: Amount { fraction: now.to_fraction_string(), text: self.language.percent(&now, &[]) },
            },
            lower: interval.lower.as_ref().map(end),
            upper: interval.upper.as_ref().map(end),
            certainty: certainty(interval.sure),
        }
    }

    fn threshold(&self, found: &Found, interval: &Interval) -> document::Threshold {
        let (kind, head) = match found.site {
            Site::Requirement(at) => (document::ThresholdKind::Requirement, self.head(Owner::Criterion(at))),
            Site::Threshold(_, Score::Criterion(at)) => {
                (document::ThresholdKind::Criterion, self.head(Owner::Criterion(at)))
            }
            Site::Threshold(_, Score::Part(at)) => {
                (document::ThresholdKind::Part, self.head(Owner::Part(at)))
            }
            Site::Threshold(_, Score::ByTerm(at)) => (
                document::ThresholdKind::Term,
                self.call.model().terms.get(at.index()).map(|term| &term.head),
            ),
            _ => (document::ThresholdKind::Total, None),
        };
        let (name, title) = match head {
            Some(_) => named(head),
            None => ("totaal".to_owned(), String::new()),
        };
        let end = |end: &End| document::ThresholdEnd {
            number: end.at.to_fraction_string(),
            text: self.near(&end.at, &found.now),
            included: end.included,
        };
        document::Threshold {
            kind,
            name,
            title,
            file_line: self.file_line(found.span),
            now: document::Percentage {
                number: found.now.to_fraction_string(),
                text: self.language.percent(&found.now, &[]),
            },
            lower: interval.lower.as_ref().map(end),
            upper: interval.upper.as_ref().map(end),
            certainty: certainty(interval.sure),
        }
    }

    /// The title of a question, part or criterion.
    fn title(&self, name: &str) -> String {
        let questions = self.call.model().questions.iter().map(|question| &question.head);
        let parts = self.call.model().parts.iter().map(|part| &part.head);
        let criteria = self.call.model().criteria.iter().map(|criterion| &criterion.head);
        let mut heads = questions.chain(parts).chain(criteria);
        heads.find(|head| head.name == name).map(|head| head.title.clone()).unwrap_or_default()
    }

    /// The line in the rule file itself: a number that is a line of another file would mislead.
    fn file_line(&self, span: Span) -> Option<u32> {
        if span.source != self.call.model().source {
            return None;
        }
        Some(self.texts.source(span.source)?.position(span.start).line)
    }

    fn weightings(
        &mut self,
        criteria: &[(NodeId, Number)],
        ways: Option<(Vec<Way>, Sure)>,
    ) -> document::Weightings {
        let Some((ways, Sure::Exact)) = ways else {
            self.exact = false;
            return document::Weightings {
                all: unknown(document::ShareStatus::Unknown),
                same_order: unknown(document::ShareStatus::Unknown),
            };
        };
        let worst = worst(ways);
        let all = |way: &Way| {
            let scores: Vec<Number> = way.scores.iter().flatten().cloned().collect();
            Some(share(&scores, &way.stretches))
        };
        let same_order = |way: &Way| {
            let weighted = criteria.iter().zip(&way.scores);
            let weighted: Vec<(Number, Number)> =
                weighted.filter_map(|((_, weight), score)| Some((weight.clone(), score.clone()?))).collect();
            share_in_order(&weighted, &way.stretches, self.call.limits.weight_orders)
        };
        let (all, same_order) = (self.together(&worst, &all), self.together(&worst, &same_order));
        // A share between two bounds says so itself.
        document::Weightings { all, same_order }
    }

    fn readings(&mut self, reach: &Reach<'_>, now: &BTreeSet<u16>) -> Vec<document::OtherReading> {
        let (others, whole) = readings::others(self.call);
        if !whole {
            self.exact = false;
            self.stopped.get_or_insert(ProvisionalReason::Limit);
        }
        let mut found = Vec::with_capacity(others.len());
        let mut copy = self.call.model().clone();
        for other in others {
            let place = other.span;
            readings::change(&mut copy, self.call.model(), &other.reading, true);
            let program = compile(&copy);
            readings::change(&mut copy, self.call.model(), &other.reading, false);
            let (possible, exact) = self.outcomes(reach, Some(&program));
            self.exact &= exact;
            found.push((place, self.reading(&other, place, &possible, now, exact)));
        }
        found.sort_by_key(|(place, _)| (place.source, place.start));
        found.into_iter().map(|(_, reading)| reading).collect()
    }

    fn reading(
        &self,
        other: &Other,
        place: Span,
        possible: &BTreeSet<u16>,
        now: &BTreeSet<u16>,
        exact: bool,
    ) -> document::OtherReading {
        let language = self.language;
        let percent = |number: &Number| language.percent(number, &[]);
        let fraction = Number::to_fraction_string;
        let (kind, head, before, after, text) = match &other.reading {
            Reading::Combining(owner, from, to) => {
                let text = instead(combined(*to, language), combined(*from, language), language);
                let code = |how| combined(how, Language::Nl).to_owned();
                (document::ReadingKind::Combining, self.head(*owner), code(*from), code(*to), text)
            }
            Reading::Partly(from, to) => {
                let text = instead(&percent(to), &percent(from), language);
                (document::ReadingKind::Partly, None, fraction(from), fraction(to), text)
            }
            Reading::Requirement(at, from, to) => {
                let kind =
                    if to > from { document::ReadingKind::Stricter } else { document::ReadingKind::Looser };
                let to_reach = tell!(language, "minstens {}", "at least {}", percent(to));
                let text = instead(&to_reach, &percent(from), language);
                (kind, self.criterion(*at), fraction(from), fraction(to), text)
            }
        };
        document::OtherReading {
            kind,
            name: head.map(|head| head.name.clone()),
            title: head.map(|head| head.title.clone()),
            file_line: self.file_line(place),
            now: before,
            otherwise: after,
            text,
            assumption: other.assumption.clone(),
            possible: names(&self.call.model().verdict.outcomes, &Vec::from_iter(possible.iter().copied())),
            differs: possible != now,
            exact,
        }
    }

    /// A number that never seems to reach another one that it is not.
    fn near(&self, number: &Number, other: &Number) -> String {
        self.language.percent(number, std::slice::from_ref(other))
    }

    /// The share of the weightings with which the outcome stands in every way; exact where there is one way.
    fn together(&self, ways: &[Way], share_of: &dyn Fn(&Way) -> Option<Number>) -> document::Share {
        let (mut least, mut most) = (Number::ONE, Number::ONE);
        for way in ways.iter().take(MOST_WAYS) {
            let Some(one) = share_of(way) else { return unknown(document::ShareStatus::TooManyOrders) };
            least = least.sub(&Number::ONE.sub(&one));
            most = most.min(one);
        }
        if ways.len() > MOST_WAYS || least.is_negative() {
            least = Number::ZERO;
        }
        let status = if least == most { document::ShareStatus::Exact } else { document::ShareStatus::Bounds };
        let percent = |share: &Number| self.language.percent(share, &[Number::ZERO, Number::ONE]);
        let text = if least == most {
            percent(&most)
        } else {
            self.language.between(&percent(&least), &percent(&most))
        };
        document::Share {
            status,
            least: Some(least.to_fraction_string()),
            most: Some(most.to_fraction_string()),
            text: Some(text),
        }
    }

    fn criterion(&self, at: CriterionId) -> Option<&Head> {
        self.head(Owner::Criterion(at))
    }
}

fn named(head: Option<&Head>) -> (String, String) {
    head.map(|head| (head.name.clone(), head.title.clone())).unwrap_or_default()
}

const fn certainty(sure: Sure) -> document::Certainty {
    match sure {
        Sure::Exact => document::Certainty::Exact,
        Sure::Narrow => document::Certainty::Narrow,
        Sure::Wide => document::Certainty::Wide,
        Sure::Unknown => document::Certainty::Unknown,
    }
}

/// How scores combine: in Dutch the rule language's own words.
fn combined(how: Combining, language: Language) -> &'static str {
    match how {
        Combining::Highest => language.pick("hoogste", "highest"),
        Combining::Lowest => language.pick("laagste", "lowest"),
        Combining::Mean => language.pick("gemiddelde", "mean"),
        Combining::ShareOfYes => language.pick("aandeel ja", "share of yes"),
    }
}

fn instead(to: &str, from: &str, language: Language) -> String {
    tell!(language, "{to} in plaats van {from}", "{to} instead of {from}")
}

/// How near the nearest end is; none: there is no end.
fn distance(interval: &Interval, now: &Number, share: &dyn Fn(&Number) -> Number) -> Option<Number> {
    let ends = interval.lower.iter().chain(&interval.upper);
    ends.map(|end| share(&end.at).sub(now).abs()).min()
}

fn tightest_first<T>(mut rows: Vec<(Option<Number>, Span, T)>) -> Vec<T> {
    rows.sort_by(|(a, here, _), (b, there, _)| {
        let near = (a.is_none(), a).cmp(&(b.is_none(), b));
        near.then_with(|| (here.source, here.start).cmp(&(there.source, there.start)))
    });
    rows.into_iter().map(|(_, _, row)| row).collect()
}

/// The ways that count: those within which no other lies.
fn worst(ways: Vec<Way>) -> Vec<Way> {
    let mut kept: Vec<Way> = Vec::new();
    for way in ways {
        if kept.iter().any(|other| other.is_within(&way)) {
            continue;
        }
        kept.retain(|other| !way.is_within(other));
        kept.push(way);
    }
    kept
}

const fn unknown(status: document::ShareStatus) -> document::Share {
    document::Share { status, least: None, most: None, text: None }
}
