//! Names, titles, sources and readings, as the document has them.

use crate::message::language::{Language, tell};
use crate::proposal::answers::{Answer, Proposal, State};
use crate::rules::model::{Choice, Kind, Provenance, Question, QuestionId};
use crate::value::values::Value;
use crate::verdict::document as v;

pub(crate) fn named(choice: &Choice) -> v::Named {
    v::Named { name: choice.name.clone(), title: choice.label.clone() }
}

pub(crate) fn names(choices: &[Choice], places: &[u16]) -> Vec<String> {
    places.iter().filter_map(|at| Some(choices.get(usize::from(*at))?.name.clone())).collect()
}

/// Each place once, in order.
pub(crate) fn sources(provenance: &Provenance) -> Vec<v::Citation> {
    let mut sources: Vec<v::Citation> = Vec::new();
    for citation in &provenance.sources {
        let citation = v::Citation { document: citation.label.clone(), place: citation.place.clone() };
        if !sources.contains(&citation) {
            sources.push(citation);
        }
    }
    sources
}

pub(crate) fn readings(provenance: &Provenance) -> Vec<v::Reading> {
    let reading = |reading: &crate::rules::model::Assumption| v::Reading {
        about: reading.about.clone(),
        text: reading.text.clone(),
    };
    provenance.assumptions.iter().map(reading).collect()
}

/// The name of an item of a list: its first text, or else its number from 1; both where texts are the same.
pub(crate) fn item_name(
    proposal: &Proposal,
    list: &Question,
    id: QuestionId,
    at: u32,
    language: Language,
) -> String {
    let number = tell!(language, "nummer {}", "number {}", at + 1);
    let Some(State::Items(items)) = proposal.answers.get(id.index()).map(|answer| &answer.state) else {
        return number;
    };
    let Kind::List { fields, .. } = &list.domain.kind else { return number };
    let first_text = |item: &Vec<Answer>| {
        let mut texts = fields.iter().zip(item).filter(|(_, part)| part.state == State::Given(Value::Text));
        texts.next().map(|(field, part)| language.answer(part, &field.domain, &proposal.texts))
    };
    let names: Vec<Option<String>> = items.iter().map(first_text).collect();
    match names.get(at as usize).and_then(Option::as_ref) {
        Some(own) if names.iter().flatten().filter(|name| *name == own).count() == 1 => own.clone(),
        Some(own) => format!("{number}, {own}"),
        None => number,
    }
}
