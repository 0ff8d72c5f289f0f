//! The answers of several people (the givers: the proposal and its assessors) as one: what only one gave, or all gave alike, is
//! the answer; where they differ, what was given is kept beside it. Lists are compared item by item.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::json::quote::quote;
use crate::json::texts::{Texts, Written};
use crate::proposal::answers::{Answer, Dispute, Given, State};
use crate::proposal::place::Place;
use crate::rules::model::{Model, QuestionId};
use crate::value::number::Number;
use crate::value::values::Value;

/// What one giver answers at one place; no name: the proposal itself.
type Said<'a> = (Option<usize>, &'a Answer);

/// The answers of the proposal (first) and its assessors together, and where they differ. Each holds one answer per
/// question. `names` are those of the assessors; texts put together from several answers are added to `texts`. Cost: linear in the
/// answers.
pub(crate) fn merge(
    model: &Model,
    own: &[Answer],
    assessors: &[Vec<Answer>],
    names: &[&str],
    texts: &mut Texts,
) -> (Vec<Answer>, BTreeMap<Place, Dispute>) {
    let mut merging = Merging { names, texts, disputes: BTreeMap::new() };
    let answers = (0..model.questions.len()).filter_map(|at| u32::try_from(at).ok()).map(|at| {
        let question = QuestionId(at);
        let said = said(question, own, assessors);
        merging.answer(Place::of(question), &said)
    });
    let answers = answers.collect();
    (answers, merging.disputes)
}

/// Who answered a place, and with what.
pub(crate) fn given(place: Place, own: &[Answer], assessors: &[Vec<Answer>]) -> Vec<Given> {
    let said = said(place.question, own, assessors).into_iter();
    let at_place = said.filter_map(|(by, answer)| match (place.item, &answer.state) {
        (Some((item, field)), State::Items(items)) => {
            Some((by, items.get(item as usize)?.get(field as usize)?))
        }
        (Some(_), _) => None,
        (None, _) => Some((by, answer)),
    });
    let answered = at_place.filter(|(_, answer)| answer.state != State::Open);
    answered.map(|(by, answer)| Given { by, answer: answer.clone() }).collect()
}

/// What was written without the ground that it needs, in rule-file order.
pub(crate) fn lacking(answers: &[Answer]) -> Vec<Place> {
    let lacks = |answer: &Answer| answer.state == State::Open && answer.written.is_some();
    let mut places = Vec::new();
    for (question, answer) in (0..).map(QuestionId).zip(answers) {
        if lacks(answer) {
            places.push(Place::of(question));
        }
        if let State::Items(items) = &answer.state {
            for (item, fields) in (0..).zip(items) {
                let open = (0..).zip(fields).filter(|(_, answer)| lacks(answer));
                places.extend(open.map(|(field, _)| Place { question, item: Some((item, field)) }));
            }
        }
    }
    places
}

fn said<'a>(question: QuestionId, own: &'a [Answer], assessors: &'a [Vec<Answer>]) -> Vec<Said<'a>> {
    let first = own.get(question.index()).map(|answer| (None, answer));
    let others = assessors.iter().enumerate();
    let others = others.filter_map(|(by, answers)| Some((Some(by), answers.get(question.index())?)));
    first.into_iter().chain(others).collect()
}

struct Merging<'a> {
    names: &'a [&'a str],
    texts: &'a mut Texts,
    disputes: BTreeMap<Place, Dispute>,
}

impl Merging<'_> {
    fn answer(&mut self, place: Place, said: &[Said<'_>]) -> Answer {
        let answered: Vec<Said<'_>> =
            said.iter().filter(|(_, answer)| answer.state != State::Open).copied().collect();
        let Some((_, first)) = answered.first().copied() else { return self.unanswered(said) };
        let mut values: Vec<Value> = Vec::new();
        for (_, answer) in &answered {
            values.extend(value(&answer.state).filter(|value| !values.contains(value)));
        }
        // To the rules all texts are one value, but they may still differ.
        let distinct: BTreeSet<Option<Cow<'_, str>>> =
            answered.iter().map(|(_, answer)| text(answer, self.texts)).collect();
        let differs = values.len() > 1 || distinct.len() > 1;
        let longest = answered.iter().filter_map(|(_, answer)| match &answer.state {
            State::Items(items) => Some(items),
            _ => None,
        });
        let state = match longest.max_by_key(|items| items.len()) {
            Some(longest) => State::Items(self.items(place, longest, &answered)),
            None if values.len() > 1 => State::Open,
            None => first.state.clone(),
        };
        if differs {
            let given = answered.iter().map(|(by, answer)| Given { by: *by, answer: (*answer).clone() });
            self.disputes.insert(place, Dispute { given: given.collect(), values });
            let nothing = Answer { span: first.span, ..Answer::default() };
            return match &state {
                // The first text stands for all of them.
                State::Given(_) => Answer { state, written: first.written, ..nothing },
                _ => Answer { state, ..nothing },
            };
        }
        Answer { state, ground: self.ground(&answered), evidence: self.evidence(&answered), ..first.clone() }
    }

    /// The items of a list, as many as in the longest that was given; each field as the givers of that item answered it.
    fn items(&mut self, place: Place, longest: &[Vec<Answer>], answered: &[Said<'_>]) -> Vec<Vec<Answer>> {
        let mut merged = Vec::with_capacity(longest.len());
        for (item, fields) in (0_u32..).zip(longest) {
            let mut row = Vec::with_capacity(fields.len());
            for (field, _) in (0_u32..).zip(fields) {
                let said = answered.iter().filter_map(|(by, answer)| match &answer.state {
                    State::Items(items) => Some((*by, items.get(item as usize)?.get(field as usize)?)),
                    _ => None,
                });
                let said: Vec<Said<'_>> = said.collect();
                row.push(self.answer(Place { question: place.question, item: Some((item, field)) }, &said));
            }
            merged.push(row);
        }
        merged
    }

    /// Nobody answered it; someone may have written an answer without its ground, or why it cannot be said.
    fn unanswered(&mut self, said: &[Said<'_>]) -> Answer {
        let written = said.iter().find(|(_, answer)| answer.written.is_some());
        let first = written.or_else(|| said.first()).map(|(_, answer)| (*answer).clone());
        let mut reasons: Vec<Cow<'_, str>> = Vec::new();
        let given: Vec<Written> = said.iter().filter_map(|(_, answer)| answer.unsayable).collect();
        for reason in given.iter().filter_map(|reason| self.texts.text(*reason)) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        let unsayable = if reasons.len() < 2 {
            given.first().copied()
        } else {
            let reasons = reasons.join("; ");
            self.texts.add_text(&reasons)
        };
        Answer { unsayable, ..first.unwrap_or_default() }
    }

    /// The ground of an answer that givers share; with their names where they give several.
    fn ground(&mut self, answered: &[Said<'_>]) -> Option<Written> {
        let first = answered.iter().find_map(|(_, answer)| answer.ground);
        let grounds =
            answered.iter().filter_map(|(by, answer)| Some((*by, self.texts.text(answer.ground?)?)));
        let grounds: Vec<(Option<usize>, Cow<'_, str>)> = grounds.collect();
        let distinct: BTreeSet<&str> = grounds.iter().map(|(_, ground)| &**ground).collect();
        if distinct.len() < 2 {
            return first;
        }
        let named = grounds.iter().map(|(by, ground)| {
            let name = by.and_then(|by| self.names.get(by)).copied().unwrap_or("indiener");
            crate::proposal::wording::stopped(format!("{name}: {ground}"))
        });
        let named = named.collect::<Vec<_>>().join(" ");
        self.texts.add_text(&named)
    }

    /// The evidence of all of them, each text once.
    fn evidence(&mut self, answered: &[Said<'_>]) -> Option<Written> {
        answered.iter().find(|(_, answer)| answer.evidence.is_some())?;
        let mut all: Vec<Cow<'_, str>> = Vec::new();
        for one in answered.iter().flat_map(|(_, answer)| self.texts.list_texts(answer.evidence)) {
            if !all.contains(&one) {
                all.push(one);
            }
        }
        let all: Vec<String> = all.iter().map(|one| quote(one)).collect();
        self.texts.add(&format!("[{}]", all.join(",")))
    }
}

/// What rules can tell about an answer; for a list its length.
fn value(state: &State) -> Option<Value> {
    match state {
        State::Open => None,
        State::Given(value) => Some(value.clone()),
        State::Items(items) => {
            Some(Value::Number(Number::whole(i64::try_from(items.len()).unwrap_or(i64::MAX))))
        }
    }
}

/// The text of an answer, where it is a text.
fn text<'t>(answer: &Answer, texts: &'t Texts) -> Option<Cow<'t, str>> {
    if answer.state != State::Given(Value::Text) {
        return None;
    }
    texts.text(answer.written?)
}
