//! Whether two rule files ever give different outcomes for the same answers.

use crate::diagram::{Engine, Halt};
use crate::evaluate::possible::{Possible, Slot};
use crate::evaluate::world::{self, World};
use crate::judge::answers::described;
use crate::judge::call::{Call, Compiled};
use crate::judge::open::judge;
use crate::limits::Limits;
use crate::limits::budget::Budget;
use crate::limits::provisional::{Provisional, ProvisionalReason};
use crate::message::language::Text;
pub use crate::program::together::Apart;
use crate::program::together::{Placed, Together, own_value, together};
use crate::proposal::answers::{Answer, Proposal, State};
use crate::proposal::place::Place;
use crate::rules::model::{Domain, Kind, Model};
use crate::value::date::Date;
use crate::value::number::Number;
use crate::value::values::Value;
use crate::verdict::answer_words::by_label;

/// A list of more items than this is not written out.
const MOST_ITEMS: i64 = 10_000;

/// What was found: see [`Meetlat::compare`](crate::Meetlat::compare).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Comparison {
    /// Whether outcomes ever differ.
    pub found: Compared,
    /// Questions that are not the same in both, so that each file has its own answer: those of the first file in its order, then those of
    /// the second.
    pub apart: Vec<Apart>,
    /// The steps that it took, of [`Limits::search_steps`].
    pub steps: u64,
}

/// Whether outcomes ever differ.
#[derive(Debug, Clone, PartialEq)]
pub enum Compared {
    /// Never: whatever is answered, the outcome has the same name in both.
    Same,
    /// Here they do.
    Differs(Box<Shown>),
    /// No answer to this question is allowed by both.
    Nothing(String),
    /// It could not be decided.
    Unknown(Provisional),
}

/// Answers for which outcomes differ, judged by both files; the same answers where both ask the same.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Shown {
    /// For the first file: everything is answered.
    pub first: Proposal,
    /// For the second.
    pub second: Proposal,
    /// The outcome of the first, by its name.
    pub outcome: String,
    /// That of the second.
    pub other: String,
    /// The answers to the first file's questions, by JSON pointer, in words.
    pub answers: Vec<(String, Text)>,
}

/// Compares.
pub(crate) fn compare(first: &Compiled, second: &Compiled, day: Option<Date>, limits: &Limits) -> Comparison {
    let budget = Budget::new(limits);
    let days = day.is_none().then(|| days(&first.model, &second.model));
    let mut both = together((&first.model, &first.program), (&second.model, &second.program), days);
    let apart = std::mem::take(&mut both.apart);
    let found = Comparing { first, second, both: &both, day, limits, budget: &budget }.run();
    Comparison { found, apart, steps: budget.used() }
}

/// The days on which both are in force; any where there are none.
fn days(first: &Model, second: &Model) -> (Option<Date>, Option<Date>) {
    let ends = |model: &Model| {
        let blocks = model.blocks.iter();
        let from = blocks.clone().filter_map(|block| block.valid_from).chain(model.valid_from).max();
        (from, blocks.filter_map(|block| block.valid_until).chain(model.valid_until).min())
    };
    let ((from, until), (from_too, until_too)) = (ends(first), ends(second));
    let from = from.into_iter().chain(from_too).max();
    let until = until.into_iter().chain(until_too).min();
    if from.zip(until).is_some_and(|(from, until)| from > until) { (None, None) } else { (from, until) }
}

struct Comparing<'a> {
    first: &'a Compiled,
    second: &'a Compiled,
    both: &'a Together,
    day: Option<Date>,
    limits: &'a Limits,
    budget: &'a Budget,
}

impl Comparing<'_> {
    fn run(&self) -> Compared {
        if let Some(question) = &self.both.nothing {
            return Compared::Nothing(question.clone());
        }
        match self.search() {
            Ok(found) => found,
            Err(halt) => Compared::Unknown(self.unknown(match halt {
                Halt::Ended(ended) => ended.into(),
                Halt::Numbers => ProvisionalReason::Numbers,
            })),
        }
    }

    fn unknown(&self, reason: ProvisionalReason) -> Provisional {
        Provisional::new(reason, self.budget.limit(), None)
    }

    fn search(&self) -> Result<Compared, Halt> {
        let program = &self.both.program;
        let nobody = Proposal {
            reference_date: self.day,
            answers: vec![Answer::default(); program.domains.len()],
            ..Proposal::default()
        };
        let world = World::new(program, &nobody, self.limits);
        let exact = world.exact;
        let mut engine = Engine::new(program, world, self.budget)?;
        let mut nodes = vec![program.outcome];
        nodes.extend(&program.routes);
        let root = engine.together(&nodes)?;
        let within = engine.everything();
        let name = |model: &'_ Model, at: u16| {
            model.verdict.outcomes.get(usize::from(at)).map(|outcome| outcome.name.clone())
        };
        let differ =
            |first: u16, second: u16| name(&self.first.model, first) != name(&self.second.model, second);
        // First completions in which each outcome is certain, then those in which a missing row may give several.
        let apart = |(first, second): &(u16, Vec<u16>)| second.iter().any(|second| differ(*first, *second));
        let single = |all: &[(u16, Vec<u16>)]| matches!(all, [only] if apart(only));
        if let Some(world) = engine.witness_of(root, &within, &single)? {
            return Ok(match self.shown(&world) {
                Some(shown) => Compared::Differs(Box::new(shown)),
                None => Compared::Unknown(self.unknown(ProvisionalReason::Numbers)),
            });
        }
        let unsure = engine.combinations(root, &within)?.iter().any(apart);
        Ok(if !exact {
            Compared::Unknown(self.unknown(ProvisionalReason::UnboundedList))
        } else if unsure {
            Compared::Unknown(self.unknown(ProvisionalReason::Numbers))
        } else {
            // Whatever was taken as possible without knowing only adds ends.
            Compared::Same
        })
    }

    /// The answers, judged by both.
    fn shown(&self, world: &World) -> Option<Shown> {
        let [own, others] = &self.both.places;
        let first = self.proposal(world, self.first, own)?;
        let second = self.proposal(world, self.second, others)?;
        let outcome = |rules: &Compiled, proposal: &Proposal| {
            let (limits, budget) = (self.limits, &Budget::new(self.limits));
            let judgement = judge(Call { rules, proposal, limits, budget });
            let [only] = judgement.outcomes.as_slice() else { return None };
            Some(rules.model.verdict.outcomes.get(usize::from(*only))?.name.clone())
        };
        let (one, other) = (outcome(self.first, &first)?, outcome(self.second, &second)?);
        let answers = words(&self.first.model, &first);
        (one != other).then_some(Shown { first, second, outcome: one, other, answers })
    }

    /// A proposal for one of the files.
    fn proposal(&self, world: &World, rules: &Compiled, places: &[Placed]) -> Option<Proposal> {
        let day = match self.both.day.map(|day| world.get(day.0)) {
            Some(Possible::Known(Value::Date(day))) => Some(*day),
            _ => self.day,
        };
        let answer = |(placed, domain): (&Placed, &Domain)| {
            let value = own_value(world.get(placed.at.0).known()?, placed)?;
            let state = match (&domain.kind, &value) {
                (Kind::List { .. }, Value::Number(length)) => items(world, placed, domain, length)?,
                _ => State::Given(value),
            };
            Some(Answer { state, ..Answer::default() })
        };
        let domains = rules.model.questions.iter().map(|question| &question.domain);
        let answers: Option<Vec<Answer>> = places.iter().zip(domains).map(answer).collect();
        Some(Proposal {
            rules: Some(rules.model.id.clone()),
            reference_date: day,
            answers: answers?,
            ..Proposal::default()
        })
    }
}

/// The items of a list: those that conditions tell apart, further ones like the first, filled in so that the sums are right.
fn items(world: &World, placed: &Placed, domain: &Domain, length: &Number) -> Option<State> {
    let Kind::List { fields, .. } = &domain.kind else { return None };
    let length = usize::try_from(length.to_i64().filter(|length| *length <= MOST_ITEMS)?).ok()?;
    let slots = world.list(placed.at);
    let mut items: Vec<Vec<Answer>> = Vec::with_capacity(length);
    for item in 0..length {
        let like =
            u32::try_from(item).ok().filter(|item| *item < slots.items).or((slots.items > 0).then_some(0));
        let field = |(at, field): (u32, &crate::rules::model::Field)| {
            let value = match like {
                Some(item) => world.get(slots.slot(item, at)).known().cloned()?,
                None => some_value(&field.domain)?,
            };
            Some(Answer { state: State::Given(value), ..Answer::default() })
        };
        items.push((0..).zip(fields).map(field).collect::<Option<_>>()?);
    }
    for sum in world.aggregates.iter().filter(|one| one.list == placed.at) {
        let number = |slot: Slot| match world.get(slot) {
            Possible::Known(Value::Number(number)) => Some(number.clone()),
            _ => None,
        };
        let (count, mut left) = (number(sum.count)?.to_i64()?, number(sum.sum)?);
        let count = usize::try_from(count).ok()?;
        left = left.sub(&sum.least.mul(&Number::whole(i64::try_from(count).ok()?)));
        let field = usize::try_from(sum.field).ok()?;
        let of = &fields.get(field)?.domain;
        for (at, item) in items.iter_mut().enumerate() {
            let value = if at < count {
                let more = left.clone().min(sum.most.sub(&sum.least));
                left = left.sub(&more);
                Value::Number(sum.least.add(&more))
            } else if of.none {
                Value::None
            } else {
                Value::NotApplicable
            };
            item.get_mut(field)?.state = State::Given(value);
        }
    }
    Some(State::Items(items))
}

/// Any answer.
fn some_value(domain: &Domain) -> Option<Value> {
    let possible = world::open(domain, 0);
    if let Some(range) = possible.as_range() {
        return Possible::range(range.lo.clone(), range.lo, range.date, None).known().cloned();
    }
    match &domain.kind {
        Kind::SomeOf(_) => Some(Value::Choices(0)),
        _ => possible.values(usize::MAX)?.into_iter().next(),
    }
}

/// The answers of a proposal in words, except texts.
fn words(model: &Model, proposal: &Proposal) -> Vec<(String, Text)> {
    let all = proposal.places(model).into_iter();
    let said = |place: Place| {
        let domain = match (place.item, model.questions.get(place.question.index()).map(|one| &one.domain)) {
            (Some((_, field)), Some(Domain { kind: Kind::List { fields, .. }, .. })) => {
                &fields.get(field as usize)?.domain
            }
            (_, domain) => domain?,
        };
        let State::Given(value) = &proposal.answer(place)?.state else { return None };
        let text = match (value, &domain.kind) {
            (Value::Choices(set), Kind::SomeOf(options)) => {
                let chosen = options.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
                let names: Vec<&str> = chosen.map(|(_, option)| option.name.as_str()).collect();
                names.join(" + ").into()
            }
            (Value::Text, _) => return None,
            (value, _) => {
                let answers = described(&[Possible::Known(value.clone())], domain, None);
                Text::of(|language| by_label(&answers, domain, language).concat())
            }
        };
        Some((place.pointer(model), text))
    };
    all.filter_map(said).collect()
}
