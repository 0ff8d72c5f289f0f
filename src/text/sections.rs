//! The longer sections: open questions, the table with the sum, the criteria one by one, and what it all rests on.

use super::page::Page;
use super::{bracketed, question, stopped};
use crate::number::Number;
use crate::show;
use crate::verdict::{
    Answer, AnswerClass, AnswerStatus, Criterion, NotApplicable, OpenQuestion, ReasonCode, RequirementStatus,
    Settled, Verdict,
};

/// More answers of one class than this are counted instead of named.
const MOST_ANSWERS: usize = 6;

impl Verdict {
    pub(super) fn open_questions(&self, page: &mut Page) {
        if self.open_questions.is_empty() && self.missing_rows.is_empty() {
            return;
        }
        page.heading("Wat nog open is");
        if !self.open_questions.is_empty() {
            let words = match (self.outcome.status, self.open_questions.len()) {
                (Settled::Open, 1) => "Deze vraag kan nog iets veranderen.",
                (Settled::Open, _) => {
                    "Deze vragen kunnen nog iets veranderen. De vraag die het meest beslist, staat vooraan."
                }
                (Settled::Settled, 1) => "Deze vraag verandert het oordeel niet, wel wie er beslist.",
                (Settled::Settled, _) => "Deze vragen veranderen het oordeel niet, wel wie er beslist.",
            };
            page.paragraph(2, words);
        }
        for (at, open) in self.open_questions.iter().enumerate() {
            let mark = format!("{}. ", at + 1);
            let indent = 2 + mark.len();
            page.item(2, &mark, &self.asked(open));
            if let Some(reason) = &open.unsayable {
                page.paragraph(indent, &format!("Dit is nu niet te zeggen: {}", stopped(reason)));
            }
            if open.lacks_ground {
                page.paragraph(indent, "Er staat al een antwoord. Schrijf de onderbouwing erbij.");
            }
            if let Some(explanation) = &open.explanation {
                page.paragraph(indent, explanation);
            }
            self.leads_to(page, indent, open);
        }
        for row in &self.missing_rows {
            page.item(2, "- ", &row.text);
        }
    }

    fn asked(&self, open: &OpenQuestion) -> String {
        let place = open.pointer.strip_prefix("/antwoorden/").unwrap_or(&open.pointer);
        match &open.field {
            Some(field) => format!("{} Het veld {field} ({place})", question(&open.title)),
            None => format!("{} ({place})", open.title),
        }
    }

    /// What each answer leaves; answers that read the same stand together.
    fn leads_to(&self, page: &mut Page, indent: usize, open: &OpenQuestion) {
        let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
        for class in &open.classes {
            let left = if open.changes_outcome { self.outcomes_left(class) } else { self.routes_left(class) };
            let answers = class.answers.iter().map(String::as_str);
            match groups.iter_mut().find(|(other, _)| *other == left) {
                Some((_, all)) => all.extend(answers),
                None => groups.push((left, answers.collect())),
            }
        }
        if let [(left, _)] = groups.as_slice() {
            page.item(indent, "- ", &format!("welk antwoord ook: {left}"));
            return;
        }
        for (left, all) in groups {
            page.item(indent, "- ", &format!("{}: {left}", answers(&all)));
        }
    }

    fn outcomes_left(&self, class: &AnswerClass) -> String {
        match class.possible.as_slice() {
            [only] => format!("dan {only}"),
            all if all.len() == self.outcome.possible.len() => "elke uitkomst blijft mogelijk".to_owned(),
            some => format!("dan nog {}", show::either(some)),
        }
    }

    fn routes_left(&self, class: &AnswerClass) -> String {
        let open = self.routes.iter().filter(|route| route.status == Settled::Open);
        let left = open.filter_map(|route| {
            let left = route.choices.iter().filter(|choice| {
                let left = class.combinations.iter().filter_map(|at| self.combinations.get(*at as usize));
                left.flat_map(|combination| &combination.routes)
                    .any(|made| made.route == route.name && made.choice == choice.name)
            });
            let left: Vec<&str> = left.map(|choice| choice.title.as_str()).collect();
            let fewer = left.len() < route.possible.len();
            fewer.then(|| format!("{} {}", question(&route.title), stopped(&show::either(&left))))
        });
        let left: Vec<String> = left.collect();
        if left.is_empty() { "alles blijft mogelijk".to_owned() } else { left.join(" ") }
    }

    pub(super) fn table(&self, page: &mut Page) {
        page.heading("Criteria");
        let words = ["Criterium", "Gewicht", "Score", "Aandeel", "Bijdrage", "Eis"];
        let mut rows = vec![words.map(str::to_owned).to_vec()];
        for criterion in &self.criteria {
            let weight = criterion.weight.as_deref().map(fraction);
            let counts = weight.is_some();
            let shown = |text: &str| if counts { text.to_owned() } else { String::new() };
            rows.push(vec![
                criterion.name.clone(),
                weight.unwrap_or_else(|| "telt niet mee".to_owned()),
                if criterion.reason.code == ReasonCode::Shown {
                    String::new()
                } else {
                    criterion.score.text.clone()
                },
                shown(&criterion.share.text),
                shown(&criterion.contribution.text),
                criterion.requirement.as_ref().map_or_else(String::new, |requirement| {
                    format!("{}: {}", requirement.text, met(requirement.status))
                }),
            ]);
        }
        rows.push(vec![
            "totaal".to_owned(),
            String::new(),
            self.total.text.clone(),
            String::new(),
            String::new(),
            String::new(),
        ]);
        page.table(2, &rows, &[1]);
        self.sum(page);
    }

    /// The weighted mean written out.
    fn sum(&self, page: &mut Page) {
        let counted: Vec<&Criterion> =
            self.criteria.iter().filter(|criterion| criterion.weight.is_some()).collect();
        let summed: Vec<&Criterion> = counted
            .iter()
            .filter(|criterion| criterion.score.not_applicable != NotApplicable::Yes)
            .copied()
            .collect();
        page.blank();
        if !summed.is_empty() {
            let weights: Vec<&str> =
                summed.iter().filter_map(|criterion| criterion.weight.as_deref()).collect();
            let terms = summed.iter().zip(&weights);
            let terms: Vec<String> = terms
                .map(|(criterion, weight)| format!("{} × {}", fraction(weight), bracketed(&criterion.score)))
                .collect();
            let total = weights.iter().fold(Number::ZERO, |sum, weight| sum.add(&number(weight)));
            page.paragraph(
                2,
                &format!("Totaal = ({}) / {} = {}", terms.join(" + "), show::number(&total), self.total.text),
            );
        }
        let lapsed: Vec<&str> = counted
            .iter()
            .filter(|criterion| criterion.score.not_applicable == NotApplicable::Yes)
            .map(|criterion| criterion.name.as_str())
            .collect();
        if !lapsed.is_empty() {
            page.paragraph(2, &format!("Niet van toepassing, dus niet meegeteld: {}.", show::list(&lapsed)));
        }
        if counted.iter().any(|criterion| criterion.score.not_applicable == NotApplicable::Maybe) {
            page.paragraph(
                2,
                "Wordt een criterium n.v.t., dan telt het niet mee en tellen de andere zwaarder.",
            );
        }
    }

    pub(super) fn criteria(&self, page: &mut Page) {
        for criterion in &self.criteria {
            page.blank();
            let score = match criterion.reason.code {
                ReasonCode::Shown => String::new(),
                _ => format!(": {}", criterion.score.text),
            };
            page.paragraph(2, &format!("{}{score}", criterion.title));
            page.paragraph(4, &criterion.reason.text);
            if criterion.reason.arguments.lines.len() > 1 {
                for line in &criterion.reason.arguments.lines {
                    page.item(4, &format!("regel {}: ", line.number), &line.written);
                }
            }
            for answer in &criterion.answers {
                answered(page, answer);
            }
            if !criterion.sources.is_empty() {
                let sources: Vec<String> = criterion.sources.iter().map(cited).collect();
                page.item(4, "Bron: ", &sources.join("; "));
            }
        }
    }

    pub(super) fn grounds(&self, page: &mut Page) {
        if !self.meetlat.documents.is_empty() {
            page.heading("Bronnen");
            for document in &self.meetlat.documents {
                let date = document.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
                page.item(2, "- ", &format!("{}: {}{date}", document.label, document.title));
            }
        }
        if !self.assumptions.is_empty() {
            page.heading("Aannames van de schrijver van de meetlat");
            for reading in &self.assumptions {
                let about =
                    if reading.about.is_empty() { String::new() } else { format!(", {}", reading.about) };
                page.item(2, "- ", &format!("{}{about}: {}", reading.at, reading.text));
            }
        }
        if !self.cautions.is_empty() {
            page.heading("Let op");
            for caution in &self.cautions {
                page.item(2, "- ", &format!("{}: {}", caution.at, caution.text));
            }
        }
        if !self.messages.is_empty() {
            page.heading("Waarschuwingen bij de meetlat");
            for message in &self.messages {
                let place = message.places.first();
                let place = place.map(|place| format!(" ({}, regel {})", place.file, place.line));
                page.item(
                    2,
                    "- ",
                    &format!("{}: {}{}", message.code, message.text, place.unwrap_or_default()),
                );
            }
        }
        page.heading("Gelezen bestanden (SHA-256)");
        let files = self.meetlat.files.iter().map(|file| vec![file.name.clone(), file.sha256.clone()]);
        let files = files.chain([vec![self.proposal.file.clone(), self.proposal.sha256.clone()]]);
        page.table(2, &files.collect::<Vec<_>>(), &[]);
    }
}

fn answered(page: &mut Page, answer: &Answer) {
    if answer.field.is_some() {
        // The answer itself stands in its list; here only what was written about it.
        let place = answer.pointer.strip_prefix("/antwoorden/").unwrap_or(&answer.pointer);
        page.item(6, "- ", &format!("{place}: {}", answer.text));
    } else {
        page.item(4, "- ", &format!("{} {}", question(&answer.title), answer.text));
    }
    if let Some(ground) = &answer.ground {
        page.item(6, "Onderbouwing: ", ground);
    }
    for evidence in &answer.evidence {
        page.item(6, "Bewijs: ", evidence);
    }
    if let Some(unsayable) = answer.unsayable.as_ref().filter(|_| answer.status == AnswerStatus::Open) {
        page.item(6, "Niet te zeggen: ", unsayable);
    }
}

fn answers(all: &[&str]) -> String {
    let shown: Vec<&str> = all.iter().take(MOST_ANSWERS).copied().collect();
    match all.len() - shown.len() {
        0 => show::either(&shown),
        more => format!("{} of nog {more} andere", shown.join(", ")),
    }
}

fn cited(citation: &crate::verdict::Citation) -> String {
    format!("{} {}", citation.document, citation.place).trim_end().to_owned()
}

fn met(status: RequirementStatus) -> &'static str {
    match status {
        RequirementStatus::Met => "gehaald",
        RequirementStatus::Missed => "niet gehaald",
        RequirementStatus::Open => "nog open",
        RequirementStatus::Lapsed => "vervalt",
    }
}

/// A fraction as the document writes it, in Dutch notation.
fn fraction(text: &str) -> String {
    show::number(&number(text))
}

fn number(text: &str) -> Number {
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    let read = |digits: &str| Number::decimal(digits, 0);
    read(above).zip(read(below)).and_then(|(above, below)| above.div(&below)).unwrap_or(Number::ZERO)
}
