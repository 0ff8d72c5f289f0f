//! The longer sections: open questions, the table with the sum, the criteria one by one, and what it all rests on.

use super::page::Page;
use super::{bracketed, question};
use crate::number::Number;
use crate::show::{self, stopped};
use crate::verdict::{
    Answer, AnswerClass, AnswerStatus, Criterion, Named, NotApplicable, OpenQuestion, ReasonCode,
    RequirementStatus, Settled, Verdict,
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
                    "Deze vragen kunnen nog iets veranderen. De vraag die het meest beslist, heeft nummer 1."
                }
                (Settled::Closed, _) => "Zonder de afsluiting kan dit nog iets veranderen.",
                (Settled::Settled, 1) => "Deze vraag verandert het oordeel niet, wel wie er beslist.",
                (Settled::Settled, _) => "Deze vragen veranderen het oordeel niet, wel wie er beslist.",
            };
            page.paragraph(2, words);
        }
        self.asked_one_by_one(page);
        for row in &self.missing_rows {
            page.item(2, "- ", &row.text);
        }
    }

    /// The questions of which an answer can settle or exclude something; then the others, those that leave the same
    /// together. Each keeps its place among all.
    fn asked_one_by_one(&self, page: &mut Page) {
        let mut explained: Vec<&str> = Vec::new();
        let mut same: Vec<(String, Vec<(usize, &OpenQuestion)>)> = Vec::new();
        for (at, open) in self.open_questions.iter().enumerate() {
            let mut groups = self.leads_to(open);
            if groups.len() == 1
                && let Some((left, _)) = groups.pop()
            {
                match same.iter_mut().find(|(other, _)| *other == left) {
                    Some((_, questions)) => questions.push((at, open)),
                    None => same.push((left, vec![(at, open)])),
                }
                continue;
            }
            let indent = self.ask(page, at, open);
            // The fields of a list share the explanation of the list.
            if let Some(explanation) = &open.explanation
                && !explained.contains(&open.question.as_str())
            {
                explained.push(&open.question);
                page.paragraph(indent, explanation);
            }
            for (left, all) in groups {
                page.item(indent, "- ", &format!("{}: {left}", answers(&all, &open.options)));
            }
        }
        for (left, questions) in same {
            page.paragraph(2, &stopped(&format!("Welk antwoord ook op {}: {left}", these(questions.len()))));
            for (at, open) in questions {
                self.ask(page, at, open);
            }
        }
    }

    /// The question and what is known about its answer; gives the indent of what comes below it.
    fn ask(&self, page: &mut Page, at: usize, open: &OpenQuestion) -> usize {
        let mark = format!("{}. ", at + 1);
        let indent = 2 + mark.len();
        let place = open.pointer.strip_prefix("/antwoorden/").unwrap_or(&open.pointer);
        let asked = match (&open.item, &open.field) {
            (Some(item), Some(field)) => {
                format!("{} Bij {item}: het veld {field} ({place})", question(&open.title))
            }
            _ => format!("{} ({place})", open.title),
        };
        page.item(2, &mark, &asked);
        if let Some(reason) = &open.unsayable {
            page.paragraph(indent, &format!("Dit is nu niet te zeggen: {}", stopped(reason)));
        }
        if open.lacks_ground {
            page.paragraph(indent, "Er staat al een antwoord. Schrijf de onderbouwing erbij.");
        }
        indent
    }

    /// What each answer leaves; answers that read the same stand together.
    fn leads_to<'v>(&'v self, open: &'v OpenQuestion) -> Vec<(String, Vec<&'v str>)> {
        let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
        for class in &open.classes {
            let left = if open.changes_outcome { self.outcomes_left(class) } else { self.routes_left(class) };
            let answers = class.answers.iter().map(String::as_str);
            match groups.iter_mut().find(|(other, _)| *other == left) {
                Some((_, all)) => all.extend(answers),
                None => groups.push((left, answers.collect())),
            }
        }
        groups
    }

    pub(super) fn outcomes_left(&self, class: &AnswerClass) -> String {
        match class.possible.as_slice() {
            [_] => format!("dan {}", show::either(&self.outcome_titles(&class.possible))),
            all if all.len() == self.outcome.possible.len() => "elke uitkomst blijft mogelijk".to_owned(),
            some => format!("dan nog {}", show::either(&self.outcome_titles(some))),
        }
    }

    pub(super) fn routes_left(&self, class: &AnswerClass) -> String {
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
        let lapsed: Vec<String> = counted
            .iter()
            .filter(|criterion| criterion.score.not_applicable == NotApplicable::Yes)
            .map(|criterion| format!("\"{}\"", criterion.title))
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
                    page.item(4, &format!("regel {}: ", line.number), &line.text);
                }
            }
            answers_of(page, criterion);
            if !criterion.sources.is_empty() {
                let sources: Vec<String> = criterion.sources.iter().map(cited).collect();
                page.item(4, "Bron: ", &sources.join("; "));
            }
        }
    }

    /// First what plays a part in this verdict.
    fn cautions(&self, page: &mut Page) {
        let headings = [(true, "Let op"), (false, "Let op bij regels die hier niet meespelen")];
        for (in_play, heading) in headings {
            let mut cautions = self.cautions.iter().filter(|caution| caution.in_play == in_play).peekable();
            if cautions.peek().is_some() {
                page.heading(heading);
            }
            for caution in cautions {
                page.item(2, "- ", &format!("{}: {}", caution.at, caution.text));
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
        self.cautions(page);
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

fn these(count: usize) -> &'static str {
    if count == 1 { "deze vraag" } else { "een van deze vragen" }
}

/// The answers behind a score. Open ones only where they can still change it.
fn answers_of(page: &mut Page, criterion: &Criterion) {
    let score = &criterion.score;
    let settled = score.least == score.greatest && score.not_applicable != NotApplicable::Maybe;
    let leave_out = settled && criterion.reason.code != ReasonCode::Shown;
    let idle = |answer: &Answer| leave_out && answer.status == AnswerStatus::Open;
    for answer in criterion.answers.iter().filter(|answer| !idle(answer)) {
        answered(page, answer);
    }
    if criterion.reason.code == ReasonCode::Lapsed {
        return;
    }
    match criterion.answers.iter().filter(|answer| idle(answer)).count() {
        0 => {}
        1 => page.item(4, "- ", "Een antwoord is nog open, maar kan deze score niet meer veranderen."),
        count => {
            page.item(
                4,
                "- ",
                &format!("{count} antwoorden zijn nog open, maar kunnen deze score niet meer veranderen."),
            );
        }
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

/// Answers with labels for the options they name.
pub(super) fn answers(all: &[&str], options: &[Named]) -> String {
    let label = |name: &str| options.iter().find(|option| option.name == name && option.title != option.name);
    let labelled = |answer: &&str| -> String {
        let shown = show::pieces(answer).map(|(word, piece)| match label(piece).filter(|_| word) {
            Some(option) => format!("\"{}\"", option.title),
            None => piece.to_owned(),
        });
        shown.collect()
    };
    let shown: Vec<String> = all.iter().take(MOST_ANSWERS).map(labelled).collect();
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
