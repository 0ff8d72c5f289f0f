//! From the smallest changes that were found to the document.

use std::collections::BTreeSet;

use crate::diagram::reach::Reach;
use crate::evaluate::possible::{Core, Possible, Set};
use crate::examples::given;
use crate::improve::change::{Change, ChangeSet, Found, Scope, Smallest, Target};
use crate::improve::document as i;
use crate::improve::search::Improver;
use crate::json::quote::quote;
use crate::judge::answers::described;
use crate::judge::call::Call;
use crate::limits::provisional::{Provisional, ProvisionalReason};
use crate::message::language::{Language, tell};
use crate::proposal::answers::State;
use crate::proposal::wording;
use crate::rules::model::{Choice, Domain, Kind, Model};
use crate::value::values::{Level, Value};
use crate::verdict::answer_words::by_name;
use crate::verdict::assemble::headers::{self, proposal_header, rule_file};
use crate::verdict::assemble::names::item_name;
use crate::verdict::document as v;
use crate::verdict::document::Standing;
use crate::verdict::provisional::{self, About};

/// Looks for the smallest changes for each target, and makes the document.
#[must_use]
pub(crate) fn improvement(call: Call<'_>, targets: &[Target], language: Language) -> i::Improvement {
    let (model, program, budget) = (call.model(), call.program(), call.budget);
    let reach = Reach::of(program, call.world(), budget, vec![program.outcome]);
    let (outcomes, unsure): (BTreeSet<u16>, Option<Provisional>) = match reach.combinations() {
        Ok(found) => (found.into_iter().map(|(outcome, _)| outcome).collect(), None),
        // Nothing was excluded.
        Err(unsure) => {
            let all = (0..).zip(&model.verdict.outcomes).map(|(at, _)| at);
            (all.collect(), Some(unsure.provisional(budget.limit())))
        }
    };
    let improver = Improver::new(call, targets);
    let maker = Maker { call, improver, language, worst: outcomes.last().copied() };
    let goals: Vec<i::Goal> = targets.iter().filter_map(|target| maker.goal(*target)).collect();
    let unsure = unsure.map(|found| provisional::document(&found, About::Changes, language));
    let ways = || goals.iter().flat_map(|goal| [&goal.changing, &goal.filling]).flatten();
    let provisional = unsure.or_else(|| ways().find_map(|ways| ways.provisional.clone()));
    i::Improvement {
        document_version: v::DOCUMENT_VERSION.to_owned(),
        meetlat: rule_file(model, call.proposal),
        proposal: proposal_header(call.proposal),
        outcome: standing(model, &outcomes),
        goals,
        exact: provisional.is_none(),
        provisional,
    }
}

/// The outcomes, best first: the targets when none are named.
#[must_use]
pub(crate) fn outcomes(model: &Model) -> Vec<Target> {
    (0..).zip(&model.verdict.outcomes).map(|(at, _)| Target::Outcome(at)).collect()
}

/// The outcomes that are possible.
pub(crate) fn standing(model: &Model, outcomes: &BTreeSet<u16>) -> Standing {
    let possible: Vec<u16> = outcomes.iter().copied().collect();
    let settled = if let [only] = possible.as_slice() { Some(*only) } else { None };
    headers::standing(model, settled, &possible)
}

fn named(choice: &Choice) -> v::Named {
    v::Named { name: choice.name.clone(), title: choice.label.clone() }
}

struct Maker<'a> {
    call: Call<'a>,
    improver: Improver<'a>,
    language: Language,
    /// The worst outcome that is possible now.
    worst: Option<u16>,
}

impl Maker<'_> {
    fn goal(&self, target: Target) -> Option<i::Goal> {
        let (route, goal, direction) = match target {
            Target::Outcome(at) | Target::AtLeast(at) => {
                let outcome = self.call.model().verdict.outcomes.get(usize::from(at))?;
                let better = self.worst.is_some_and(|worst| at < worst);
                (None, named(outcome), if better { i::Direction::Better } else { i::Direction::Worse })
            }
            Target::Route(route, at) => {
                let route = self.call.model().routes.get(route)?;
                let choice = &route.choices.get(usize::from(at))?.choice;
                (Some(&route.head), named(choice), i::Direction::Other)
            }
        };
        let search = |scope| self.improver.improve(target, scope);
        let changing = self.ways(search(Scope::Given));
        // Open answers are only used where changing given ones does not do it.
        let helps = changing.as_ref().is_some_and(|ways| ways.sets.is_empty()) && self.is_open_somewhere();
        let filling = if helps { self.ways(search(Scope::Open)) } else { None };
        Some(i::Goal {
            text: self.told(&self.wanted(target, &goal.title), changing.as_ref(), filling.as_ref()),
            already: changing.is_none(),
            route: route.map(|head| head.name.clone()),
            route_title: route.map(|head| head.title.clone()),
            goal,
            direction,
            changing,
            filling,
        })
    }

    /// What is to be settled, in words.
    fn wanted(&self, target: Target, title: &str) -> String {
        match target {
            // There is nothing better.
            Target::AtLeast(0) | Target::Outcome(_) | Target::Route(..) => format!("\"{title}\""),
            Target::AtLeast(_) => tell!(self.language, "\"{title}\" of beter", "\"{title}\" or better"),
        }
    }

    fn is_open_somewhere(&self) -> bool {
        let places = self.call.proposal.places(self.call.model());
        places
            .iter()
            .any(|place| self.call.proposal.answer(*place).is_none_or(|one| one.state == State::Open))
    }

    fn ways(&self, found: Found) -> Option<i::Ways> {
        let Found::Changes { plain, odd } = found else { return None };
        let size = plain.sets.first().and_then(|set| u32::try_from(set.len()).ok());
        let known = plain.provisional.clone().or(odd.provisional.clone());
        let other = || Provisional::new(ProvisionalReason::Numbers, 0, None);
        let provisional = if plain.proved && odd.proved { None } else { Some(known.unwrap_or_else(other)) };
        Some(i::Ways {
            size,
            proved: provisional.is_none(),
            sets: self.sets(&plain),
            more: plain.more,
            odd: self.sets(&odd),
            provisional: provisional.map(|one| self.provisional(&one)),
        })
    }

    fn provisional(&self, one: &Provisional) -> v::Provisional {
        provisional::document(one, About::Changes, self.language)
    }

    fn sets(&self, found: &Smallest) -> Vec<i::ChangeSet> {
        let set = |set: &ChangeSet| i::ChangeSet {
            changes: set.iter().filter_map(|one| self.change(one)).collect(),
        };
        found.sets.iter().map(set).collect()
    }

    fn change(&self, change: &Change) -> Option<i::Change> {
        let question = self.call.model().questions.get(change.place.question.index())?;
        let domain = change.place.domain(&self.call.program().domains)?;
        let (field, item) = match (change.place.item, &question.domain.kind) {
            (Some((item, field)), Kind::List { fields, .. }) => {
                (fields.get(field as usize).map(|field| field.name.clone()), Some(item))
            }
            _ => (None, None),
        };
        let answer = self.call.proposal.answer(change.place)?;
        let now =
            if change.fills { None } else { wording::answer_json(answer, domain, &self.call.proposal.texts) };
        let to = match &change.list {
            Some(items) => vec![match items.len() {
                0 => self.language.pick("een lege lijst", "an empty list").to_owned(),
                1 => self.language.pick("een lijst met 1 item", "a list of 1 item").to_owned(),
                n => tell!(self.language, "een lijst met {n} items", "a list of {n} items"),
            }],
            None => self.region(change, domain),
        };
        let example = match &change.list {
            Some(items) => self.list(items, domain),
            None => given::answer_json(&domain.kind, &change.example).unwrap_or_else(|| quote("…")),
        };
        let name = match (&field, item) {
            (Some(field), Some(item)) => {
                let item =
                    item_name(self.call.proposal, question, change.place.question, item, self.language);
                format!("{}, {item}: {field}", question.head.title)
            }
            _ => question.head.title.clone(),
        };
        let was = if change.fills {
            None
        } else {
            Some(self.language.answer(answer, domain, &self.call.proposal.texts))
        };
        Some(i::Change {
            pointer: change.place.pointer(self.call.model()),
            question: question.head.name.clone(),
            field,
            title: question.head.title.clone(),
            now: now.and_then(i::Json::new),
            text: self.sentence(&name, was.as_deref(), &to),
            to,
            example: i::Json::new(example)?,
            was_open: change.fills,
            ground_needed: question.ground_required && change.place.item.is_none(),
            worse_side: change.worse_side,
        })
    }

    fn sentence(&self, name: &str, was: Option<&str>, to: &[String]) -> String {
        let to = self.language.answers_either(to);
        match was {
            Some(was) => {
                tell!(self.language, "{name}: van {was} naar {to}", "{name}: from {was} to {to}")
            }
            None => tell!(self.language, "{name}: beantwoord met {to}", "{name}: answer {to}"),
        }
    }

    /// The answers that do it in words: `ten minste deels`, `hoogstens € 100.000`.
    fn region(&self, change: &Change, domain: &Domain) -> Vec<String> {
        if let (Kind::YesPartlyNo, Some(words)) = (&domain.kind, self.levels(&change.region)) {
            return vec![words];
        }
        let mut all = Vec::new();
        for possible in &change.region {
            match possible {
                Possible::Open(Set { core: Core::Subset { .. }, .. }) => {
                    return vec![self.language.pick("elke keuze", "any choice").to_owned()];
                }
                Possible::Known(Value::Text) => {
                    all.push(self.language.pick("een tekst", "a text").to_owned());
                    return all;
                }
                _ => {}
            }
        }
        let values: Vec<Possible> = change
            .region
            .iter()
            .flat_map(|possible| match possible.values(usize::MAX) {
                Some(values) => values.into_iter().map(Possible::Known).collect(),
                None => vec![possible.clone()],
            })
            .collect();
        let used = self
            .call
            .program()
            .choices
            .get(change.place.question.index())
            .filter(|_| change.place.item.is_none());
        all.extend(by_name(&described(&values, domain, used), domain, self.language));
        all
    }

    fn levels(&self, region: &[Possible]) -> Option<String> {
        let values: BTreeSet<Value> = region
            .iter()
            .map(|possible| possible.values(3))
            .collect::<Option<Vec<_>>>()?
            .concat()
            .into_iter()
            .collect();
        let has = |level| values.contains(&Value::Level(level));
        let words = match (has(Level::No), has(Level::Partly), has(Level::Yes)) {
            (false, true, true) => self.language.pick("ten minste deels", "at least partly"),
            (true, true, false) => self.language.pick("hoogstens deels", "at most partly"),
            _ => return None,
        };
        Some(words.to_owned())
    }

    fn list(&self, items: &[Vec<Value>], domain: &Domain) -> String {
        let Kind::List { fields, .. } = &domain.kind else { return "[]".to_owned() };
        let item = |values: &Vec<Value>| {
            let parts = fields.iter().zip(values).map(|(field, value)| {
                let value = given::answer_json(&field.domain.kind, value).unwrap_or_else(|| quote("…"));
                format!("{}:{value}", quote(&field.name))
            });
            format!("{{{}}}", parts.collect::<Vec<_>>().join(","))
        };
        format!("[{}]", items.iter().map(item).collect::<Vec<_>>().join(","))
    }

    fn told(&self, title: &str, changing: Option<&i::Ways>, filling: Option<&i::Ways>) -> String {
        let Some(changing) = changing else {
            return tell!(self.language, "{title} staat al vast.", "{title} is settled already.");
        };
        let count = |ways: &i::Ways| ways.size.unwrap_or(0);
        if !changing.sets.is_empty() {
            return match count(changing) {
                1 => tell!(
                    self.language,
                    "{title} staat vast na 1 gewijzigd antwoord.",
                    "{title} is settled after 1 changed answer."
                ),
                n => tell!(
                    self.language,
                    "{title} staat vast na {n} gewijzigde antwoorden.",
                    "{title} is settled after {n} changed answers."
                ),
            };
        }
        if let Some(ways) = filling.filter(|ways| !ways.sets.is_empty()) {
            return match count(ways) {
                1 => tell!(
                    self.language,
                    "{title} staat vast na 1 nieuw antwoord; alleen wijzigen wat al beantwoord is, volstaat niet.",
                    "{title} is settled after 1 new answer; changing only what was answered does not suffice."
                ),
                n => tell!(
                    self.language,
                    "{title} staat vast na {n} nieuwe antwoorden; alleen wijzigen wat al beantwoord is, volstaat niet.",
                    "{title} is settled after {n} new answers; changing only what was answered does not suffice."
                ),
            };
        }
        match changing.proved && filling.is_none_or(|ways| ways.proved) {
            true => tell!(
                self.language,
                "Geen antwoorden die nog te wijzigen of te geven zijn, maken {title} zeker.",
                "No answers that can still be changed or given settle {title}."
            ),
            false => tell!(
                self.language,
                "Voor {title} is niets gevonden, maar dat er niets is, is niet bewezen.",
                "Nothing was found for {title}, but it is not proved that there is nothing."
            ),
        }
    }
}
