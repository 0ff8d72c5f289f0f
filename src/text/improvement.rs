//! What would improve a verdict, and what would sink it, as plain text in Dutch or English. Made from the document alone.

use super::page::Page;
use crate::improve::document::{ChangeSet, Direction, Goal, Improvement, Ways};
use crate::message::language::{Language, tell};
use crate::verdict::document::Settled;

/// Sets are named until there are this many changes; the rest is only in the JSON document.
const MOST_CHANGES: usize = 12;

impl Improvement {
    /// The document as text of at most 100 columns. Titles and answers stay in the language of the rules.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let mut page = Page::new(language);
        let words = Words { language };
        let possible: Vec<String> =
            self.outcome.titles(&self.outcome.possible).map(|title| format!("\"{title}\"")).collect();
        match self.outcome.status {
            Settled::Settled => {
                page.line(&format!("{} {}", language.pick("Oordeel:", "Verdict:"), possible.join(", ")))
            }
            _ => page.line(&format!(
                "{} {}",
                language.pick("Oordeel: nog open. Mogelijk:", "Verdict: still open. Possible:"),
                words.either(&possible)
            )),
        }
        page.blank();
        let name = self.proposal.title.as_ref().unwrap_or(&self.proposal.file);
        page.item(0, language.pick("Voorstel: ", "Proposal: "), name);
        page.item(0, "Meetlat:  ", &self.meetlat.title);
        for (direction, title) in [
            (
                Direction::Better,
                language.pick("Wat maakt het oordeel beter", "What would improve the verdict"),
            ),
            (
                Direction::Worse,
                language.pick("Wat maakt het oordeel slechter", "What would sink the verdict"),
            ),
            (Direction::Other, language.pick("Wat verandert de route", "What would change the route")),
        ] {
            let goals: Vec<&Goal> = self.goals.iter().filter(|goal| goal.direction == direction).collect();
            if goals.is_empty() {
                continue;
            }
            page.heading(title);
            for goal in goals {
                words.goal(&mut page, goal);
            }
        }
        page.heading(language.pick(
            "Dit is advies, geen besluit. Wat \"staat vast\" is, n.v.t. en geen komen niet in dit advies voor.",
            "This is advice, not a decision. What is marked \"staat vast\", \"n.v.t.\" and \"geen\" are never advised.",
        ));
        page.finish()
    }
}

#[derive(Clone, Copy)]
struct Words {
    language: Language,
}

impl Words {
    fn either(self, words: &[String]) -> String {
        self.language.either(words)
    }

    fn goal(self, page: &mut Page, goal: &Goal) {
        let about = goal.route_title.as_ref().map_or_else(String::new, |route| format!("{route} "));
        page.item(2, "- ", &format!("{about}{}", goal.text));
        let ways = goal.filling.as_ref().filter(|ways| !ways.sets.is_empty()).or(goal.changing.as_ref());
        if let Some(ways) = ways {
            self.ways(page, ways);
        }
    }

    fn ways(self, page: &mut Page, ways: &Ways) {
        let several = ways.sets.len() > 1;
        let shown = (MOST_CHANGES / ways.sets.first().map_or(1, |set| set.changes.len().max(1))).max(1);
        for (at, set) in ways.sets.iter().take(shown).enumerate() {
            let mark = if several { format!("{}. ", at + 1) } else { String::new() };
            self.set(page, &mark, set);
        }
        let left = ways.sets.len().saturating_sub(shown);
        if ways.more {
            page.paragraph(
                4,
                self.language.pick(
                    "Er zijn meer manieren met evenveel antwoorden.",
                    "There are more ways with as many answers.",
                ),
            );
        } else if left > 0 {
            let more = match left {
                1 => self
                    .language
                    .pick("En nog 1 manier met evenveel antwoorden.", "And 1 more way with as many answers."),
                _ => &tell!(
                    self.language,
                    "En nog {left} manieren met evenveel antwoorden.",
                    "And {left} more ways with as many answers."
                ),
            };
            page.paragraph(4, more);
        }
        if ways.proved && ways.size.is_some_and(|size| size > 1) {
            page.paragraph(
                4,
                self.language.pick(
                    "Met minder lukt het niet: dat is nagegaan.",
                    "Fewer do not suffice: that was checked.",
                ),
            );
        }
        for set in &ways.odd {
            page.paragraph(
                4,
                self.language.pick(
                    "Tegendraads, geen advies: volgens de regels doet ook een slechter antwoord het.",
                    "An oddity, no advice: by these rules a worse answer does it too.",
                ),
            );
            self.set(page, "", set);
        }
        if let Some(provisional) = &ways.provisional {
            page.paragraph(4, &provisional.text);
        }
    }

    fn set(self, page: &mut Page, mark: &str, set: &ChangeSet) {
        for (at, change) in set.changes.iter().enumerate() {
            let lead = match (mark.is_empty(), at) {
                (true, _) => "- ".to_owned(),
                (false, 0) => mark.to_owned(),
                (false, _) => " ".repeat(mark.chars().count()),
            };
            let last = at + 1 == set.changes.len();
            let end = if last { "." } else { self.language.pick(", en", ", and") };
            let ground = if change.ground_needed {
                self.language.pick(" (met onderbouwing)", " (with a written ground)")
            } else {
                ""
            };
            page.item(4, &lead, &format!("{}{ground}{end}", change.text));
        }
    }
}
