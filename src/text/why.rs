//! Why an outcome is what it is, as plain text in Dutch or English. Made from the document alone.

use super::page::Page;
use crate::message::language::{Language, tell};
use crate::proposal::wording::stopped;
use crate::text::phrases::question;
use crate::why::document::{
    AnsweredQuestion, CriterionSides, DecidingKind, DecidingPoint, Others, PointStanding, Side, Strongest,
    Why,
};

/// Of what speaks for, and of what speaks against, more answers than this are counted instead of named.
const MOST_SIDES: usize = 5;

impl Why {
    /// The document as text of at most 100 columns. The page is in `language`; the document's own words on it are in the
    /// language in which it was made, so ask for the same one. Titles stay in the language of the rules.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let mut page = Page::new(language);
        self.heading(&mut page, language);
        self.deciding(&mut page, language);
        self.strongest(&mut page, language);
        page.heading(language.pick("Voor en tegen, per criterium", "For and against, per criterion"));
        page.paragraph(
            2,
            language.pick(
                "Achter een antwoord staat hoeveel lager (voor) of hoger (tegen) de score kan zijn met een ander antwoord op die \
                 vraag alleen, in procentpunten, en wat dat in het totaal is.",
                "Behind an answer stands by how much the score could be lower (for) or higher (against) with another answer to \
                 that question alone, in percentage points, and what that is in the total.",
            ),
        );
        for criterion in &self.criteria {
            of_criterion(&mut page, language, criterion);
        }
        page.heading(language.pick("Dit is advies, geen besluit.", "This is advice, not a decision."));
        page.finish()
    }

    fn heading(&self, page: &mut Page, language: Language) {
        let title = language.pick("Oordeel: ", "Verdict: ");
        let possible: Vec<String> =
            self.outcome.titles(&self.outcome.possible).map(|title| format!("\"{title}\"")).collect();
        let words_of = self.outcome.outcome_title.as_deref().unwrap_or_default();
        match &self.outcome.outcome {
            Some(outcome) if outcome == words_of => page.item(0, title, outcome),
            Some(outcome) => page.item(0, title, &format!("{words_of} ({outcome})")),
            None => {
                let open = language.pick("nog open. Mogelijk: ", "still open. Possible: ");
                page.item(0, title, &format!("{open}{}", language.either(&possible)));
            }
        }
        if let Some(provisional) = &self.provisional {
            let text = &provisional.text;
            page.line(&tell!(language, "Voorlopig. {text}", "Provisional. {text}"));
        }
        page.blank();
        let header = &self.proposal;
        let name = header.title.as_ref().unwrap_or(&header.file);
        page.item(0, language.pick("Voorstel:  ", "Proposal:  "), name);
        page.item(0, language.pick("Meetlat:   ", "Meetlat:   "), &self.meetlat.title);
        page.item(0, language.pick("Vraag:     ", "Question:  "), &self.outcome.title);
    }

    fn deciding(&self, page: &mut Page, language: Language) {
        page.heading(language.pick("Wat al beslist", "What already decides"));
        let Some(points) = &self.points else {
            let open = language.pick(
                "Nog niets: het oordeel is open. Hieronder staat wel wat voor en tegen spreekt.",
                "Nothing yet: the verdict is open. Below is what speaks for and against.",
            );
            page.paragraph(2, open);
            return;
        };
        if points.points.is_empty() {
            page.paragraph(2, whatever(language));
        } else {
            page.paragraph(
                2,
                language.pick(
                    "Dit staat al vast door het volgende, wat de rest ook is:",
                    "This is already settled by the following, whatever the rest is:",
                ),
            );
            for point in &points.points {
                page.item(2, "- ", &self::point(point, language));
            }
            page.paragraph(
                2,
                &others(points.fewest, &points.others, language.pick("punten", "points"), language),
            );
        }
        let Some(answers) = &self.answers else { return };
        page.heading(language.pick("Welke antwoorden al beslissen", "Which answers already decide"));
        if answers.answers.is_empty() {
            page.paragraph(2, whatever(language));
            return;
        }
        page.paragraph(
            2,
            &match answers.answers.len() {
                1 => tell!(
                    language,
                    "Met dit antwoord staat het al vast, wat de andere ook zijn:",
                    "With this answer it is already settled, whatever the others are:"
                ),
                count => tell!(
                    language,
                    "Met deze {count} antwoorden staat het al vast, wat de andere ook zijn:",
                    "With these {count} answers it is already settled, whatever the others are:"
                ),
            },
        );
        for answer in &answers.answers {
            page.item(2, "- ", &self::answer(answer));
        }
        page.paragraph(
            2,
            &others(answers.fewest, &answers.others, language.pick("antwoorden", "answers"), language),
        );
    }

    fn strongest(&self, page: &mut Page, language: Language) {
        page.heading(language.pick("Het sterkste punt", "The strongest point"));
        let against = match &self.strongest_against {
            Some(point) => strongest(point, language.pick("hoger", "higher"), language),
            None => language
                .pick(
                    "bij de criteria, voorwaarden en uitsluitingen spreekt niets tegen.",
                    "nothing speaks against among the criteria, conditions and exclusions.",
                )
                .to_owned(),
        };
        page.item(2, language.pick("Tegen: ", "Against: "), &against);
        let in_favour = match &self.strongest_for {
            Some(point) => strongest(point, language.pick("lager", "lower"), language),
            None => language
                .pick(
                    "bij de criteria spreekt geen antwoord voor.",
                    "no answer speaks for among the criteria.",
                )
                .to_owned(),
        };
        page.item(2, language.pick("Voor:  ", "For:     "), &in_favour);
    }
}

fn of_criterion(page: &mut Page, language: Language, criterion: &CriterionSides) {
    let CriterionSides { title, score, share, missed, speaks_for, speaks_against, .. } = criterion;
    let title = title.trim_end_matches('.');
    let share = share.as_ref().map(|share| tell!(language, ", aandeel {}", ", share {}", share.text));
    page.heading(&format!("{title}: {}{}", score.text, share.unwrap_or_default()));
    if let Some(missed) = missed {
        page.item(2, language.pick("Tegen: ", "Against: "), &self::missed(missed, language));
    }
    if speaks_for.is_empty() && speaks_against.is_empty() {
        page.paragraph(
            2,
            language.pick(
                "Geen gegeven antwoord maakt deze score op zichzelf hoger of lager.",
                "No given answer by itself makes this score higher or lower.",
            ),
        );
    }
    sides(page, language, language.pick("Voor:  ", "For:     "), speaks_for, language.pick("lager", "lower"));
    sides(
        page,
        language,
        language.pick("Tegen: ", "Against: "),
        speaks_against,
        language.pick("hoger", "higher"),
    );
}

fn sides(page: &mut Page, language: Language, mark: &str, all: &[Side], way: &str) {
    for side in all.iter().take(MOST_SIDES) {
        page.item(2, mark, &self::side(side, way, language));
    }
    let more = all.len().saturating_sub(MOST_SIDES);
    if more > 0 {
        let more = tell!(language, "en nog {more} met minder verschil.", "and {more} that differ less.");
        page.item(2, mark, &more);
    }
}

fn whatever(language: Language) -> &'static str {
    language.pick(
        "Het oordeel is hetzelfde, wat er ook geantwoord wordt op vragen waarvan het antwoord niet vaststaat.",
        "The verdict is the same whatever is answered to questions whose answer does not stand fast.",
    )
}

fn point(point: &DecidingPoint, language: Language) -> String {
    let title = point.title.trim_end_matches('.');
    let said = match (point.kind, point.standing) {
        (DecidingKind::Answer, _) => return stopped(format!("{} {}", question(&point.title), point.text)),
        (DecidingKind::Condition, PointStanding::Holds) => language.pick("vervuld", "fulfilled"),
        (DecidingKind::Condition, PointStanding::Fails) => language.pick("niet vervuld", "not fulfilled"),
        (DecidingKind::Exclusion, PointStanding::Holds) => language.pick("geldt", "applies"),
        (DecidingKind::Exclusion, PointStanding::Fails) => language.pick("geldt niet", "does not apply"),
        (_, PointStanding::Lapses) => language.pick("geldt hier niet", "does not apply here"),
        (_, PointStanding::Open) => language.pick("nog open", "still open"),
        _ => &point.text,
    };
    stopped(match point.kind {
        DecidingKind::Condition => {
            tell!(language, "voorwaarde \"{title}\": {said}", "condition \"{title}\": {said}")
        }
        DecidingKind::Exclusion => {
            tell!(language, "uitsluiting \"{title}\": {said}", "exclusion \"{title}\": {said}")
        }
        _ => tell!(language, "criterium \"{title}\": {said}", "criterion \"{title}\": {said}"),
    })
}

/// `of`: points or answers, in the language.
fn others(fewest: bool, others: &Others, of: &str, language: Language) -> String {
    let fewer = match fewest {
        true => "",
        false => language.pick(
            "Of het met minder kan, is niet aangetoond. ",
            "Whether fewer would do has not been shown. ",
        ),
    };
    let count = others.count;
    let rest = match (others.exactly, count) {
        (true, 0) => tell!(
            language,
            "Geen ander even klein stel {of} beslist.",
            "No other set of as few {of} decides."
        ),
        (true, 1) => tell!(
            language,
            "Er is 1 ander stel van evenveel {of} dat beslist.",
            "There is 1 other set of as many {of} that decides."
        ),
        (true, _) => tell!(
            language,
            "Er zijn {count} andere stellen van evenveel {of} die beslissen.",
            "There are {count} other sets of as many {of} that decide."
        ),
        (false, 0) => tell!(
            language,
            "Of een ander stel van evenveel {of} ook beslist, is niet uitgezocht.",
            "Whether another set of as many {of} decides too was not found out."
        ),
        (false, _) => tell!(
            language,
            "Er zijn minstens {count} andere stellen van evenveel {of} die beslissen.",
            "There are at least {count} other sets of as many {of} that decide."
        ),
    };
    format!("{fewer}{rest}")
}

fn answer(answer: &AnsweredQuestion) -> String {
    stopped(answered(answer))
}

/// An answer after its question, without a full stop of ours after it.
fn answered(answer: &AnsweredQuestion) -> String {
    let AnsweredQuestion { title, field, item, text, .. } = answer;
    let title = question(title);
    match (item, field) {
        (Some(item), Some(field)) => format!("{title} {item}, {field}: {text}"),
        _ => format!("{title} {text}"),
    }
}

/// `way`: higher or lower, in the language.
fn side(side: &Side, way: &str, language: Language) -> String {
    let by = &side.difference.text;
    let at_least = if side.at_least { language.pick("minstens ", "at least ") } else { "" };
    let total = side.in_total.as_ref();
    let total = total.map(|total| tell!(language, "; totaal {}", "; total {}", total.text));
    let total = total.unwrap_or_default();
    format!("{} ({at_least}{by} {way}{total})", answered(&side.answer))
}

fn missed(requirement: &str, language: Language) -> String {
    tell!(language, "de eis is niet gehaald: {requirement}.", "the requirement is missed: {requirement}.")
}

/// `way` as for [`side`].
fn strongest(point: &Strongest, way: &str, language: Language) -> String {
    let title = point.title.trim_end_matches('.');
    let said = match (point.kind, &point.side) {
        (DecidingKind::Exclusion, _) => {
            return tell!(language, "uitsluiting \"{title}\" geldt.", "exclusion \"{title}\" applies.");
        }
        (DecidingKind::Condition, _) => {
            return tell!(
                language,
                "voorwaarde \"{title}\" is niet vervuld.",
                "condition \"{title}\" is not fulfilled."
            );
        }
        (_, Some(side)) => self::side(side, way, language),
        (_, None) => missed(point.requirement.as_deref().unwrap_or_default(), language),
    };
    tell!(language, "bij criterium \"{title}\": {said}", "in criterion \"{title}\": {said}")
}
