//! The longer sections: open questions, the table with the sum, the criteria one by one, and what it all rests on.

use super::page::Page;
use crate::message::language::{Language, tell};
use crate::proposal::wording::{between, stopped};
use crate::text::phrases::{bracketed, question};
use crate::value::date::{ENGLISH_MONTHS, MONTHS};
use crate::value::number::Number;
use crate::verdict::document::{
    Answer, AnswerClass, AnswerStatus, Criterion, Named, NotApplicable, OpenQuestion, ReasonCode,
    RequirementStatus, Settled, Verdict,
};

/// More answers of one class than this are counted instead of named.
const MOST_ANSWERS: usize = 6;

impl Verdict {
    pub(crate) fn open_questions(&self, page: &mut Page) {
        if self.open_questions.is_empty() && self.missing_rows.is_empty() {
            return;
        }
        page.heading(page.language.pick("Wat nog open is", "What is still open"));
        if !self.open_questions.is_empty() {
            let words = match (self.outcome.status, self.open_questions.len()) {
                (Settled::Open, 1) => page.language.pick(
                    "Deze vraag kan nog iets veranderen.",
                    "The answer to this question can still make a difference.",
                ),
                (Settled::Open, _) => page.language.pick(
                    "Deze vragen kunnen nog iets veranderen. De vraag die het meest beslist, heeft nummer 1.",
                    "The answers to these questions can still make a difference. The question that decides most is number 1.",
                ),
                (Settled::Closed, _) => page.language.pick(
                    "Zonder de afsluiting kan dit nog iets veranderen.",
                    "Without the closing this could still make a difference.",
                ),
                (Settled::Settled, 1) => page.language.pick(
                    "Deze vraag verandert het oordeel niet, wel wie er beslist.",
                    "This question does not change the verdict, but it does change who decides.",
                ),
                (Settled::Settled, _) => page.language.pick(
                    "Deze vragen veranderen het oordeel niet, wel wie er beslist.",
                    "These questions do not change the verdict, but they do change who decides.",
                ),
            };
            page.paragraph(2, words);
        }
        self.asked_one_by_one(page);
        for row in &self.missing_rows {
            page.item(2, "- ", &row.text);
        }
        if self.missing_rows_more > 0 {
            let more = page.language.count(self.missing_rows_more);
            page.item(2, "- ", &tell!(page.language, "en {more} meer", "and {more} more"));
        }
    }

    /// The questions of which an answer can settle or exclude something; then the others, those that leave the same
    /// together. Each keeps its place among all.
    fn asked_one_by_one(&self, page: &mut Page) {
        let mut explained: Vec<&str> = Vec::new();
        let mut same: Vec<(String, Vec<(usize, &OpenQuestion)>)> = Vec::new();
        for (at, open) in self.open_questions.iter().enumerate() {
            let mut groups = self.leads_to(open, page.language);
            if groups.len() == 1
                && open.classes_more == 0
                && let Some((left, ..)) = groups.pop()
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
            for (left, all, more) in groups {
                page.item(indent, "- ", &format!("{}: {left}", answers(&all, more, page.language)));
            }
            if open.classes_more > 0 {
                let more = page.language.count(open.classes_more);
                page.item(indent, "- ", &tell!(page.language, "en {more} meer", "and {more} more"));
            }
        }
        for (left, questions) in same {
            let these = match questions.len() {
                1 => page.language.pick("deze vraag", "this question"),
                _ => page.language.pick("een van deze vragen", "any one of these questions"),
            };
            let whatever = page.language.pick("Welk antwoord ook op", "Whatever the answer to");
            page.paragraph(2, &stopped(format!("{whatever} {these}: {left}")));
            for (at, open) in questions {
                self.ask(page, at, open);
            }
        }
    }

    /// The question and what is known about its answer; returns the indent of what comes below it.
    fn ask(&self, page: &mut Page, at: usize, open: &OpenQuestion) -> usize {
        let mark = format!("{}. ", at + 1);
        let indent = 2 + mark.len();
        let place = open.pointer.strip_prefix("/antwoorden/").unwrap_or(&open.pointer);
        let asked = match (&open.item, &open.field) {
            (Some(item), Some(field)) => {
                let title = question(&open.title);
                tell!(
                    page.language,
                    "{title} Bij {item}: het veld {field} ({place})",
                    "{title} For {item}: the field {field} ({place})"
                )
            }
            _ => format!("{} ({place})", open.title),
        };
        page.item(2, &mark, &asked);
        if let Some(reason) = &open.unsayable {
            let words = page.language.pick("Dit is nu niet te zeggen", "This cannot be said now");
            page.paragraph(indent, &format!("{words}: {}", stopped(reason)));
        }
        if open.lacks_ground {
            page.paragraph(
                indent,
                page.language.pick(
                    "Er staat al een antwoord. Schrijf de onderbouwing erbij.",
                    "There is an answer already. Add the grounds for it.",
                ),
            );
        }
        indent
    }

    /// What each answer leaves; answers with the same result in words are put together.
    fn leads_to<'v>(
        &'v self,
        open: &'v OpenQuestion,
        language: Language,
    ) -> Vec<(String, Vec<&'v str>, u64)> {
        let mut groups: Vec<(String, Vec<&str>, u64)> = Vec::new();
        for class in &open.classes {
            let left = match open.changes_outcome {
                true => self.outcomes_left(class, language),
                false => self.routes_left(class, language),
            };
            let answers = class.texts.iter().map(String::as_str);
            match groups.iter_mut().find(|(other, ..)| *other == left) {
                Some((_, all, more)) => {
                    all.extend(answers);
                    *more = more.saturating_add(class.answers_more);
                }
                None => groups.push((left, answers.collect(), class.answers_more)),
            }
        }
        groups
    }

    pub(crate) fn outcomes_left(&self, class: &AnswerClass, language: Language) -> String {
        let left = language.either(&self.outcome_titles(&class.possible));
        match class.possible.len() {
            1 => tell!(language, "dan {left}", "then {left}"),
            all if all == self.outcome.possible.len() => {
                language.pick("elke uitkomst blijft mogelijk", "every outcome stays possible").to_owned()
            }
            _ => tell!(language, "dan nog {left}", "then still {left}"),
        }
    }

    pub(crate) fn routes_left(&self, class: &AnswerClass, language: Language) -> String {
        // What is left out may leave any choice.
        if class.combinations_more > 0 {
            return language
                .pick("er blijft meer mogelijk dan hier staat", "more stays possible than is listed here")
                .to_owned();
        }
        let open = self.routes.iter().filter(|route| route.status == Settled::Open);
        let left = open.filter_map(|route| {
            let left = route.choices.iter().filter(|choice| {
                let left = class.combinations.iter().filter_map(|at| self.combinations.get(*at as usize));
                left.flat_map(|combination| &combination.routes)
                    .any(|made| made.route == route.name && made.choice == choice.name)
            });
            // In an English sentence Dutch words are quoted.
            let title = |choice: &Named| language.pick(choice.title.clone(), format!("\"{}\"", choice.title));
            let left: Vec<String> = left.map(title).collect();
            let fewer = left.len() < route.possible.len();
            fewer.then(|| format!("{} {}", question(&route.title), stopped(language.either(&left))))
        });
        let left: Vec<String> = left.collect();
        match left.as_slice() {
            [] => language.pick("alles blijft mogelijk", "everything stays possible").to_owned(),
            left => left.join(" "),
        }
    }

    pub(crate) fn table(&self, page: &mut Page) {
        page.heading("Criteria");
        let language = page.language;
        let words = language.pick(
            ["Criterium", "Gewicht", "Score", "Aandeel", "Bijdrage", "Eis"],
            ["Criterion", "Weight", "Score", "Share", "Contribution", "Requirement"],
        );
        let mut rows = vec![words.map(str::to_owned).to_vec()];
        for criterion in &self.criteria {
            let weight = criterion.weight.as_deref().map(|weight| fraction(weight, language));
            let counts = weight.is_some();
            let shown = |text: &str| if counts { text.to_owned() } else { String::new() };
            rows.push(vec![
                criterion.name.clone(),
                weight.unwrap_or_else(|| page.language.pick("telt niet mee", "not counted").to_owned()),
                if criterion.reason.code == ReasonCode::Shown {
                    String::new()
                } else {
                    criterion.score.text.clone()
                },
                shown(&criterion.share.text),
                shown(&criterion.contribution.text),
                criterion.requirement.as_ref().map_or_else(String::new, |requirement| {
                    format!("{}: {}", requirement.text, met(requirement.status, language))
                }),
            ]);
        }
        rows.push(vec![
            page.language.pick("totaal", "total").to_owned(),
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
        let language = page.language;
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
                .map(|(criterion, weight)| {
                    format!("{} × {}", fraction(weight, language), bracketed(&criterion.score))
                })
                .collect();
            let total = weights.iter().fold(Number::ZERO, |sum, weight| sum.add(&number(weight)));
            page.paragraph(
                2,
                &format!(
                    "{} = ({}) / {} = {}",
                    page.language.pick("Totaal", "Total"),
                    terms.join(" + "),
                    language.number(&total),
                    self.total.text
                ),
            );
        }
        let lapsed: Vec<String> = counted
            .iter()
            .filter(|criterion| criterion.score.not_applicable == NotApplicable::Yes)
            .map(|criterion| format!("\"{}\"", criterion.title))
            .collect();
        if !lapsed.is_empty() {
            let words = page
                .language
                .pick("Niet van toepassing, dus niet meegeteld", "Not applicable, so not counted");
            page.paragraph(2, &format!("{words}: {}.", language.list(&lapsed)));
        }
        if counted.iter().any(|criterion| criterion.score.not_applicable == NotApplicable::Maybe) {
            page.paragraph(
                2,
                page.language.pick(
                    "Wordt een criterium n.v.t., dan telt het niet mee en tellen de andere zwaarder.",
                    "If a criterion turns out to be n/a, it is not counted and the others weigh more.",
                ),
            );
        }
    }

    pub(crate) fn criteria(&self, page: &mut Page) {
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
                    let mark = tell!(page.language, "regel {}: ", "line {}: ", line.number);
                    page.item(4, &mark, &line.text);
                }
            }
            answers_of(page, criterion);
            if !criterion.sources.is_empty() {
                let sources: Vec<String> = criterion.sources.iter().map(cited).collect();
                page.item(4, page.language.pick("Bron: ", "Source: "), &sources.join("; "));
            }
        }
    }

    /// What plays a part in this verdict comes first.
    fn cautions(&self, page: &mut Page) {
        let headings = [
            (true, page.language.pick("Let op", "Cautions")),
            (
                false,
                page.language.pick(
                    "Let op bij regels die hier niet meespelen",
                    "Cautions about rules that play no part here",
                ),
            ),
        ];
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

    pub(crate) fn grounds(&self, page: &mut Page) {
        if !self.meetlat.documents.is_empty() {
            page.heading(page.language.pick("Bronnen", "Sources"));
            for document in &self.meetlat.documents {
                let date = document.date.as_ref().map(|date| format!(", {}", dated(date, page.language)));
                let date = date.unwrap_or_default();
                page.item(2, "- ", &format!("{}: {}{date}", document.label, document.title));
            }
        }
        if !self.assumptions.is_empty() {
            page.heading(page.language.pick(
                "Aannames van de schrijver van de meetlat",
                "Assumptions made by the writer of the rules",
            ));
            for reading in &self.assumptions {
                let about =
                    if reading.about.is_empty() { String::new() } else { format!(", {}", reading.about) };
                page.item(2, "- ", &format!("{}{about}: {}", reading.at, reading.text));
            }
        }
        self.cautions(page);
        if !self.messages.is_empty() {
            page.heading(page.language.pick("Waarschuwingen bij de meetlat", "Warnings about the rules"));
            for message in &self.messages {
                let place = message.places.first();
                let line = page.language.pick("regel", "line");
                let place = place.map(|place| format!(" ({}, {line} {})", place.file, place.line));
                page.item(
                    2,
                    "- ",
                    &format!("{}: {}{}", message.code, message.text, place.unwrap_or_default()),
                );
            }
        }
        page.heading(page.language.pick("Gelezen bestanden (SHA-256)", "Files read (SHA-256)"));
        let files = self.meetlat.files.iter().map(|file| vec![file.name.clone(), file.sha256.clone()]);
        let files = files.chain([vec![self.proposal.file.clone(), self.proposal.sha256.clone()]]);
        page.table(2, &files.collect::<Vec<_>>(), &[]);
    }
}

/// The date of a document, a day, a month or a year in Dutch words, of which only the month's name is a word.
fn dated(date: &str, language: Language) -> String {
    let word = |word| {
        let month = MONTHS.into_iter().zip(ENGLISH_MONTHS).find(|(nl, _)| *nl == word);
        month.map_or(word, |(nl, en)| language.pick(nl, en))
    };
    date.split(' ').map(word).collect::<Vec<_>>().join(" ")
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
        1 => page.item(
            4,
            "- ",
            page.language.pick(
                "Een antwoord is nog open, maar kan deze score niet meer veranderen.",
                "One answer is still open, but can no longer change this score.",
            ),
        ),
        count => page.item(
            4,
            "- ",
            &tell!(
                page.language,
                "{count} antwoorden zijn nog open, maar kunnen deze score niet meer veranderen.",
                "{count} answers are still open, but can no longer change this score."
            ),
        ),
    }
}

fn answered(page: &mut Page, answer: &Answer) {
    if answer.field.is_some() {
        // The answer itself is in its list; here is only what was written about it.
        let place = answer.pointer.strip_prefix("/antwoorden/").unwrap_or(&answer.pointer);
        page.item(6, "- ", &format!("{place}: {}", answer.text));
    } else {
        page.item(4, "- ", &format!("{} {}", question(&answer.title), answer.text));
    }
    if let Some(ground) = &answer.ground {
        page.item(6, page.language.pick("Onderbouwing: ", "Grounds: "), ground);
    }
    for evidence in &answer.evidence {
        page.item(6, page.language.pick("Bewijs: ", "Evidence: "), evidence);
    }
    if let Some(unsayable) = answer.unsayable.as_ref().filter(|_| answer.status == AnswerStatus::Open) {
        page.item(6, page.language.pick("Niet te zeggen: ", "Cannot be said: "), unsayable);
    }
}

/// One answer or another; many are counted, together with `more` that are not named at all.
pub(crate) fn answers(all: &[&str], more: u64, language: Language) -> String {
    let few = all.get(..MOST_ANSWERS).unwrap_or(all);
    match u64::try_from(all.len() - few.len()).unwrap_or(u64::MAX).saturating_add(more) {
        0 => language.answers_either(few),
        1 => tell!(language, "{} of nog 1 andere", "{} or 1 other", few.join(between(few))),
        more => tell!(language, "{} of nog {more} andere", "{} or {more} others", few.join(between(few))),
    }
}

fn cited(citation: &crate::verdict::document::Citation) -> String {
    format!("{} {}", citation.document, citation.place).trim_end().to_owned()
}

fn met(status: RequirementStatus, language: Language) -> &'static str {
    match status {
        RequirementStatus::Met => language.pick("gehaald", "met"),
        RequirementStatus::Missed => language.pick("niet gehaald", "not met"),
        RequirementStatus::Open => language.pick("nog open", "still open"),
        RequirementStatus::Lapsed => language.pick("vervalt", "does not apply"),
    }
}

/// A fraction as the document writes it, in the notation of a language.
fn fraction(text: &str, language: Language) -> String {
    language.number(&number(text))
}

fn number(text: &str) -> Number {
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    let read = |digits: &str| Number::decimal(digits, 0);
    read(above).zip(read(below)).and_then(|(above, below)| above.div(&below)).unwrap_or(Number::ZERO)
}
