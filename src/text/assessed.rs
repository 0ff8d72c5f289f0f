//! What people did: who closed what stays open, where assessors differ, and what they agreed on.

use super::page::Page;
use super::sections::answers;
use crate::message::language::{Language, tell};
use crate::proposal::wording::stopped;
use crate::text::phrases::{day, question};
use crate::verdict::document::{Closing, Consensus, Difference, GivenAnswer, Verdict};

impl Verdict {
    /// After the outcome: that it rests on a closing.
    pub(crate) fn closed_by(&self, page: &mut Page, language: Language) {
        let Some(closing) = self.closing.as_ref().filter(|_| self.closed()) else { return };
        let possible = self.outcome_titles(&self.outcome.possible);
        let (by, day) = (&closing.by, on(&closing.date, language));
        page.line(&tell!(
            language,
            "Afgesloten door {by} op {day}. De antwoorden alleen laten open: {}.",
            "Closed by {by} on {day}. The answers alone leave open: {}.",
            language.either(&possible)
        ));
    }

    pub(crate) fn closing(&self, page: &mut Page, language: Language) {
        let Some(closing) = &self.closing else { return };
        page.heading(language.pick("Afgesloten", "Closed"));
        page.paragraph(2, &closing.text);
        for line in self.routes_of(closing, language) {
            page.item(2, "- ", &line);
        }
        if let Some(provisional) = &closing.provisional {
            page.paragraph(2, &provisional.text);
        }
    }

    fn routes_of(&self, closing: &Closing, language: Language) -> Vec<String> {
        let lines = closing.routes.iter().filter_map(|found| {
            let route = self.routes.iter().find(|route| route.name == found.route)?;
            let titles = route.choices.iter().filter(|choice| found.possible.contains(&choice.name));
            let quoted = |title: &str| match found.possible.len() {
                1 => title.to_owned(),
                _ => format!("\"{title}\""),
            };
            let titles: Vec<String> = titles.map(|choice| quoted(&choice.title)).collect();
            let titles = language.either(&titles);
            Some(format!("{} {}", question(&route.title), stopped(&titles)))
        });
        lines.collect()
    }

    pub(crate) fn differences(&self, page: &mut Page, language: Language) {
        self.differing(page, language);
        let lacking = self.assessors.iter().filter(|assessor| !assessor.lacking.is_empty());
        let lacking: Vec<String> = lacking
            .map(|assessor| {
                let places = assessor.lacking.iter().map(|at| at.strip_prefix("/antwoorden/").unwrap_or(at));
                format!("{} ({})", assessor.name, places.collect::<Vec<_>>().join(", "))
            })
            .collect();
        if lacking.is_empty() {
            return;
        }
        let who = lacking.join("; ");
        page.heading(language.pick("Beoordeeld zonder onderbouwing", "Assessed without a ground"));
        page.paragraph(
            2,
            &tell!(
                language,
                "Deze antwoorden tellen niet mee, want de onderbouwing ontbreekt: {who}.",
                "These answers do not count, since they lack their ground: {who}."
            ),
        );
    }

    fn differing(&self, page: &mut Page, language: Language) {
        if self.differences.is_empty() {
            return;
        }
        page.heading(language.pick("Waar beoordelaars verschillen", "Where assessors differ"));
        let (matter, rest): (Vec<&Difference>, Vec<&Difference>) =
            self.differences.iter().partition(|difference| difference.matters);
        if matter.is_empty() {
            page.paragraph(
                2,
                match rest.len() {
                    1 => language.pick(
                        "Het verschil maakt niet uit: elk antwoord dat is gegeven, laat hetzelfde over.",
                        "The difference does not matter: each answer given leaves the same.",
                    ),
                    _ => language.pick(
                        "Deze verschillen maken niet uit: elk antwoord dat is gegeven, laat hetzelfde over.",
                        "These differences do not matter: each answer given leaves the same.",
                    ),
                },
            );
        } else {
            let discuss = match matter.iter().any(|one| one.changes_outcome) {
                true => language.pick(
                    "Deze verschillen kunnen het oordeel of een route veranderen. Bespreek ze in deze volgorde.",
                    "These differences can change the verdict or a route. Discuss them in this order.",
                ),
                false => language.pick(
                    "Deze verschillen veranderen het oordeel niet, wel wie er beslist. Bespreek ze in deze volgorde.",
                    "These differences don't change the verdict, but who decides. Discuss them in this order.",
                ),
            };
            page.paragraph(2, discuss);
            for (at, difference) in matter.iter().enumerate() {
                let mark = format!("{}. ", at + 1);
                page.item(2, &mark, &asked(difference, language));
                let indent = 2 + mark.len();
                given(page, indent, &difference.given, language);
                for class in &difference.classes {
                    let all: Vec<&str> = class.texts.iter().map(String::as_str).collect();
                    let left = match difference.changes_outcome {
                        true => self.outcomes_left(class, language),
                        false => self.routes_left(class, language),
                    };
                    page.item(indent, "- ", &format!("{}: {left}", answers(&all, 0, language)));
                }
            }
            if !rest.is_empty() {
                page.paragraph(2, language.pick("Deze maken niet uit:", "These do not matter:"));
            }
        }
        for difference in rest {
            page.item(2, "- ", &asked(difference, language));
            given(page, 4, &difference.given, language);
        }
    }

    pub(crate) fn agreed(&self, page: &mut Page, language: Language) {
        if self.consensus.is_empty() {
            return;
        }
        page.heading(language.pick("Wat is afgesproken", "What was agreed"));
        for agreed in &self.consensus {
            let Consensus { answer, reason, .. } = agreed;
            let (names, on) = (agreed.names.join(", "), on(&agreed.date, language));
            let title = place(&agreed.title, agreed.item.as_deref(), agreed.field.as_deref(), language);
            page.item(
                2,
                "- ",
                &tell!(
                    language,
                    "{title} {answer}. Afgesproken op {on} door {names}. Reden: {}",
                    "{title} {answer}. Agreed on {on} by {names}. Reason: {}",
                    stopped(reason)
                ),
            );
            if !agreed.originals.is_empty() {
                page.paragraph(4, language.pick("Eerder gegeven:", "Given before:"));
                given(page, 4, &agreed.originals, language);
            }
        }
    }
}

/// Who gave what.
fn given(page: &mut Page, indent: usize, all: &[GivenAnswer], language: Language) {
    for one in all {
        let who = match (&one.who, &one.date) {
            (Some(who), Some(date)) => format!("{who}, {}", on(date, language)),
            (Some(who), None) => who.clone(),
            (None, _) => language.pick("De indiener", "The submitter").to_owned(),
        };
        let ground = one.ground.as_ref().map(|ground| format!(". {}", stopped(ground))).unwrap_or_default();
        page.item(indent, "", &format!("{who}: {}{ground}", one.answer));
    }
}

fn asked(difference: &Difference, language: Language) -> String {
    let pointer = difference.pointer.strip_prefix("/antwoorden/").unwrap_or(&difference.pointer);
    let title = place(&difference.title, difference.item.as_deref(), difference.field.as_deref(), language);
    format!("{title} ({pointer})")
}

fn place(title: &str, item: Option<&str>, field: Option<&str>, language: Language) -> String {
    match (item, field) {
        (Some(item), Some(field)) => {
            let title = question(title);
            tell!(language, "{title} Bij {item}: {field}", "{title} For {item}: {field}")
        }
        _ => title.to_owned(),
    }
}

fn on(date: &str, language: Language) -> String {
    day(date, language)
}
