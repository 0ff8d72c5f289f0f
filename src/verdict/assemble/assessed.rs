//! Who assessed, where they differ, what they agreed on, and what was closed: names and words beside the findings.

use std::borrow::Cow;

use super::names::item_name;
use super::prose;
use crate::json::raw::Json;
use crate::json::texts::Texts;
use crate::judge::findings::{AnswerClass, Closed, Difference};
use crate::message::language::{Language, tell};
use crate::proposal::answers::{Answer, Closing, Given, State};
use crate::proposal::place::Place;
use crate::proposal::wording;
use crate::rules::model::{Domain, Kind};
use crate::value::values::Value;
use crate::verdict::answer_words::as_given;
use crate::verdict::assemble::builder::Builder;
use crate::verdict::assemble::names::{named, names};
use crate::verdict::document as v;
use crate::verdict::provisional::{self, About};

/// The names of the place where an answer stands.
struct Named<'a> {
    pointer: String,
    question: String,
    field: Option<String>,
    item: Option<String>,
    title: String,
    domain: &'a Domain,
}

impl Builder<'_> {
    pub(crate) fn assessors(&self) -> Vec<v::Assessor> {
        let assessors = self.proposal.assessors.iter();
        let assessors = assessors.map(|one| v::Assessor {
            name: one.name.clone(),
            date: one.date.to_iso(),
            lacking: one.lacking.iter().map(|place| place.pointer(self.model)).collect(),
        });
        assessors.collect()
    }

    pub(crate) fn differences(&self) -> Vec<v::Difference> {
        self.judgement.differences.iter().filter_map(|found| self.difference(found)).collect()
    }

    fn difference(&self, found: &Difference) -> Option<v::Difference> {
        let at = self.at(found.place)?;
        let dispute = self.proposal.disputes.get(&found.place)?;
        let all = &self.judgement.combinations;
        let class = |class: &AnswerClass| {
            let [names, texts] =
                [Language::Nl, self.language].map(|language| as_given(&class.answers, at.domain, language));
            self.class(class, all, names, texts)
        };
        Some(v::Difference {
            given: dispute.given.iter().map(|given| self.given(given, at.domain)).collect(),
            options: prose::options(&at.domain.kind).iter().map(named).collect(),
            classes: found.classes.iter().map(class).collect(),
            matters: found.matters,
            changes_outcome: found.changes_outcome,
            pointer: at.pointer,
            question: at.question,
            field: at.field,
            item: at.item,
            title: at.title,
        })
    }

    fn given(&self, given: &Given, domain: &Domain) -> v::GivenAnswer {
        let assessor = given.by.and_then(|by| self.proposal.assessors.get(by));
        v::GivenAnswer {
            who: assessor.map(|assessor| assessor.name.clone()),
            date: assessor.map(|assessor| assessor.date.to_iso()),
            answer: self.language.answer(&given.answer, domain, &self.proposal.texts),
            value: wording::answer_json(&given.answer, domain, &self.proposal.texts).and_then(Json::new),
            ground: self.text(given.answer.ground),
            evidence: self.proposal.texts.list_texts(given.answer.evidence).map(Cow::into_owned).collect(),
        }
    }

    pub(crate) fn consensus(&self) -> Vec<v::Consensus> {
        let agreed = self.proposal.consensus.iter().filter_map(|agreed| {
            let at = self.at(agreed.place)?;
            Some(v::Consensus {
                answer: self.language.answer(&agreed.answer, at.domain, &self.proposal.texts),
                value: wording::answer_json(&agreed.answer, at.domain, &self.proposal.texts)
                    .and_then(Json::new),
                ground: self.text(agreed.answer.ground),
                names: agreed.names.clone(),
                date: agreed.date.to_iso(),
                reason: agreed.reason.clone(),
                originals: agreed.originals.iter().map(|given| self.given(given, at.domain)).collect(),
                pointer: at.pointer,
                question: at.question,
                field: at.field,
                item: at.item,
                title: at.title,
            })
        });
        agreed.collect()
    }

    fn at(&self, place: Place) -> Option<Named<'_>> {
        let question = self.model.questions.get(place.question.index())?;
        let (field, domain) = match (place.item, &question.domain.kind) {
            (Some((_, field)), Kind::List { fields, .. }) => {
                let field = fields.get(field as usize)?;
                (Some(field.name.clone()), &field.domain)
            }
            _ => (None, &question.domain),
        };
        Some(Named {
            pointer: place.pointer(self.model),
            question: question.head.name.clone(),
            field,
            item: place
                .item
                .map(|(item, _)| item_name(self.proposal, question, place.question, item, self.language)),
            title: question.head.title.clone(),
            domain,
        })
    }

    /// What was given to an answer on which givers differ, in words; none where they don't.
    pub(crate) fn differing(&self, place: Place, domain: &Domain) -> Option<String> {
        let dispute = self.proposal.disputes.get(&place)?;
        let mut all: Vec<String> = Vec::new();
        for given in &dispute.given {
            let words = match &given.answer.state {
                State::Items(items) => {
                    tell!(self.language, "een lijst van {}", "a list of {}", items.len())
                }
                _ => self.language.answer(&given.answer, domain, &self.proposal.texts),
            };
            if !all.contains(&words) {
                all.push(words);
            }
        }
        let all = self.language.either(&all);
        Some(tell!(self.language, "verschillend beantwoord: {all}", "answered differently: {all}"))
    }

    /// An answer in words, where givers differ on it or on a field of it; none where they don't.
    pub(crate) fn differing_answer(&self, place: Place, domain: &Domain, answer: &Answer) -> Option<String> {
        if let Some(words) = self.differing(place, domain) {
            return Some(words);
        }
        let inside = self.proposal.disputes.keys().any(|other| other.question == place.question);
        let (true, None, State::Items(items), Kind::List { fields, .. }) =
            (inside, place.item, &answer.state, &domain.kind)
        else {
            return None;
        };
        let shown = (0_u32..).zip(items).map(|(at, item)| {
            let parts = (0_u32..).zip(fields.iter().zip(item)).map(|(field, (named, part))| {
                let place = Place { item: Some((at, field)), ..place };
                let words = self.differing(place, &named.domain);
                format!(
                    "{} {}",
                    named.name,
                    words.unwrap_or_else(|| self.language.answer(part, &named.domain, &self.proposal.texts))
                )
            });
            format!("({}) {}", at + 1, parts.collect::<Vec<_>>().join(", "))
        });
        Some(shown.collect::<Vec<_>>().join("; "))
    }

    /// The verdict as a closing leaves it: only where the answers alone leave it open, and what stays open cannot change it.
    pub(crate) fn with_closing(&self, mut outcome: v::Outcome) -> v::Outcome {
        let closed = self.judgement.closed.as_ref().and_then(Closed::outcome);
        if let (Some(worst), v::Settled::Open) = (closed, outcome.status)
            && let Some(worst) = self.model.verdict.outcomes.get(usize::from(worst))
        {
            outcome.status = v::Settled::Closed;
            outcome.outcome = Some(worst.name.clone());
            outcome.outcome_title = Some(worst.label.clone());
        }
        outcome
    }

    pub(crate) fn closing(&self, language: Language) -> Option<v::Closing> {
        let (closing, closed) = (self.proposal.closing.as_ref()?, self.judgement.closed.as_ref()?);
        let outcomes = &self.model.verdict.outcomes;
        let worst = closed.outcome().and_then(|only| outcomes.get(usize::from(only)));
        let ended = closed.provisional.as_ref();
        let told = |found| provisional::document(found, About::Closing, language);
        let counted = |place: Place, answer: Option<&Answer>| {
            let at = self.at(place)?;
            let answer = answer.map(|answer| in_words(answer, at.domain, language, &self.proposal.texts));
            Some(v::Counted { pointer: at.pointer, title: at.title, field: at.field, item: at.item, answer })
        };
        let witness: Vec<v::Counted> =
            closed.witness.iter().filter_map(|(place, answer)| counted(*place, answer.as_ref())).collect();
        let beside: Vec<v::Counted> =
            closed.beside.iter().filter_map(|(place, answer)| counted(*place, Some(answer))).collect();
        let routes = self.model.routes.iter().zip(&closed.routes).filter(|(_, found)| !found.is_empty());
        let routes = routes.map(|(route, found)| {
            let choices: Vec<String> = found
                .iter()
                .filter_map(|at| Some(route.choices.get(usize::from(*at))?.choice.name.clone()))
                .collect();
            v::ClosedRoute {
                route: route.head.name.clone(),
                choice: choices.first().filter(|_| choices.len() == 1).cloned(),
                possible: choices,
            }
        });
        Some(v::Closing {
            by: closing.by.clone(),
            date: closing.date.to_iso(),
            reason: closing.reason.clone(),
            questions: closing.places.iter().map(|place| place.pointer(self.model)).collect(),
            outcome: worst.map(|worst| worst.name.clone()),
            outcome_title: worst.map(|worst| worst.label.clone()),
            possible: names(outcomes, &closed.outcomes),
            exact: ended.is_none(),
            provisional: ended.or(closed.no_witness.as_ref()).map(told),
            routes: routes.collect(),
            text: self.closing_text(closing, closed, &witness, &beside, language),
            witness,
            beside,
        })
    }

    fn closing_text(
        &self,
        closing: &Closing,
        closed: &Closed,
        witness: &[v::Counted],
        beside: &[v::Counted],
        language: Language,
    ) -> String {
        let outcomes = &self.model.verdict.outcomes;
        let titles: Vec<String> = closed
            .outcomes
            .iter()
            .filter_map(|at| Some(format!("\"{}\"", outcomes.get(usize::from(*at))?.label)))
            .collect();
        let count = closing.places.len();
        let (by, reason) = (&closing.by, wording::stopped(&closing.reason));
        let day = language.day(closing.date);
        let mut said = match count {
            1 => tell!(
                language,
                "{by} heeft één open antwoord afgesloten, op {day}. Reden: {reason}",
                "{by} closed one open answer, on {day}. Reason: {reason}"
            ),
            _ => tell!(
                language,
                "{by} heeft {count} open antwoorden afgesloten, op {day}. Reden: {reason}",
                "{by} closed {count} open answers, on {day}. Reason: {reason}"
            ),
        };
        said.push_str(language.pick(
            " Wat is afgesloten, telt hier op zijn slechtst mee, alles samen genomen.",
            " What was closed counts here at its worst, all taken together.",
        ));
        let settled = self.judgement.settled();
        let left = if closed.outcome().is_some() { titles.as_slice() } else { &[] };
        said.push_str(&match (left, settled) {
            ([only], true) => tell!(
                language,
                " Het oordeel stond al vast: {only}.",
                " The verdict was settled already: {only}."
            ),
            ([only], false) => {
                tell!(language, " Zo is het oordeel {only}.", " So the verdict is {only}.")
            }
            _ => tell!(
                language,
                " Het oordeel blijft toch open, want het hangt af van antwoorden die niet zijn afgesloten: {}.",
                " The verdict stays open all the same, since it hangs on answers that were not closed: {}.",
                language.either(&titles)
            ),
        });
        if settled {
            return said;
        }
        let all = |counted: &[v::Counted]| {
            let words = counted.iter().map(|one| {
                let title = asked(&one.title);
                let title = match (&one.item, &one.field) {
                    (Some(item), Some(field)) => {
                        tell!(language, "{title} Bij {item}: {field}", "{title} For {item}: {field}")
                    }
                    _ => title,
                };
                match &one.answer {
                    Some(answer) => format!("{title} {answer}"),
                    None => tell!(language, "{title} elk antwoord", "{title} any answer"),
                }
            });
            words.collect::<Vec<_>>().join("; ")
        };
        if !witness.is_empty() {
            let counted = all(witness);
            said.push_str(&tell!(language, " Geteld als: {counted}.", " Counted as: {counted}."));
        }
        if !beside.is_empty() {
            let with = all(beside);
            said.push_str(&tell!(
                language,
                " Dat is zo bij deze antwoorden op wat verder open is: {with}. Bij andere antwoorden is er telkens een andere manier die even slecht uitkomt.",
                " That is so with these answers to what else is open: {with}. With other answers there is always another way that comes out as badly."
            ));
        }
        said
    }
}

/// A title that asks stays as it is; another gets a colon.
fn asked(title: &str) -> String {
    if title.ends_with(['?', ':', '.']) { title.to_owned() } else { format!("{title}:") }
}

/// An answer of a witness.
fn in_words(answer: &Answer, domain: &Domain, language: Language, texts: &Texts) -> String {
    match &answer.state {
        State::Given(Value::Text) => language.pick("een tekst", "a text").to_owned(),
        State::Given(Value::Choices(0)) => language.pick("niets gekozen", "nothing chosen").to_owned(),
        _ => language.answer(answer, domain, texts),
    }
}
