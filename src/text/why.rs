//! Why an outcome is what it is, as plain text in Dutch or English. Made from the document alone.

use super::page::Page;
use crate::message::language::Language;
use crate::proposal::wording::stopped;
use crate::verdict::provisional::About;
use crate::why::document::{
    Amount, CriterionSides, DecidingKind, DecidingPoint, GivenAnswer, Others, Side, Standing, Strongest, Why,
};

/// Of what speaks for, and of what speaks against, more answers than this are counted instead of named.
const MOST_SIDES: usize = 5;

impl Why {
    /// The document as text of at most 100 columns. Titles and answers stay in the language of the rules.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let mut page = Page::new(language);
        let words = Words { language };
        self.heading(&mut page, words);
        self.deciding(&mut page, words);
        self.strongest(&mut page, words);
        page.heading(words.say("Voor en tegen, per criterium", "For and against, per criterion"));
        page.paragraph(
            2,
            words.say(
                "Achter een antwoord staat hoeveel lager (voor) of hoger (tegen) de score kan zijn met een ander antwoord op die \
                 vraag alleen, in procentpunten, en wat dat in het totaal is.",
                "Behind an answer stands by how much the score could be lower (for) or higher (against) with another answer to \
                 that question alone, in percentage points, and what that is in the total.",
            ),
        );
        for criterion in &self.criteria {
            of_criterion(&mut page, words, criterion);
        }
        page.heading(words.say("Dit is advies, geen besluit.", "This is advice, not a decision."));
        page.finish()
    }

    fn heading(&self, page: &mut Page, words: Words) {
        let title = words.say("Oordeel: ", "Verdict: ");
        let possible: Vec<String> =
            self.outcome.possible.iter().map(|one| format!("\"{}\"", one.title)).collect();
        match &self.outcome.outcome {
            Some(outcome) if outcome.name == outcome.title => page.item(0, title, &outcome.name),
            Some(outcome) => page.item(0, title, &format!("{} ({})", outcome.title, outcome.name)),
            None => {
                let open = words.say("nog open. Mogelijk: ", "still open. Possible: ");
                page.item(0, title, &format!("{open}{}", words.list(&possible, "of", "or")));
            }
        }
        if let Some(provisional) = &self.provisional {
            let text = provisional.in_words(About::Why, words.language);
            page.line(&format!("{} {text}", words.say("Voorlopig.", "Provisional.")));
        }
        page.blank();
        let header = &self.proposal;
        let name = header.title.as_ref().unwrap_or(&header.file);
        page.item(0, words.say("Voorstel:  ", "Proposal:  "), name);
        page.item(0, words.say("Meetlat:   ", "Meetlat:   "), &self.meetlat.title);
        page.item(0, words.say("Vraag:     ", "Question:  "), &self.outcome.title);
    }

    fn deciding(&self, page: &mut Page, words: Words) {
        page.heading(words.say("Wat al beslist", "What already decides"));
        let Some(points) = &self.points else {
            let open = words.say(
                "Nog niets: het oordeel is open. Hieronder staat wel wat voor en tegen spreekt.",
                "Nothing yet: the verdict is open. Below is what speaks for and against.",
            );
            page.paragraph(2, open);
            return;
        };
        if points.points.is_empty() {
            page.paragraph(2, words.whatever());
        } else {
            page.paragraph(
                2,
                words.say(
                    "Dit staat al vast door het volgende, wat de rest ook is:",
                    "This is already settled by the following, whatever the rest is:",
                ),
            );
            for point in &points.points {
                page.item(2, "- ", &words.point(point));
            }
            page.paragraph(2, &words.others(points.fewest, &points.others, ("punten", "points")));
        }
        let Some(answers) = &self.answers else { return };
        page.heading(words.say("Welke antwoorden al beslissen", "Which answers already decide"));
        if answers.answers.is_empty() {
            page.paragraph(2, words.whatever());
            return;
        }
        let count = answers.answers.len();
        page.paragraph(
            2,
            &words.say_with(
                format!(
                    "Met {} staat het al vast, wat de andere ook zijn:",
                    if count == 1 { "dit antwoord".to_owned() } else { format!("deze {count} antwoorden") }
                ),
                format!(
                    "With {} it is already settled, whatever the others are:",
                    if count == 1 { "this answer".to_owned() } else { format!("these {count} answers") }
                ),
            ),
        );
        for answer in &answers.answers {
            page.item(2, "- ", &words.answer(answer));
        }
        page.paragraph(2, &words.others(answers.fewest, &answers.others, ("antwoorden", "answers")));
    }

    fn strongest(&self, page: &mut Page, words: Words) {
        page.heading(words.say("Het sterkste punt", "The strongest point"));
        let against = match &self.strongest_against {
            Some(point) => words.strongest(point, ("hoger", "higher")),
            None => words
                .say(
                    "bij de criteria, voorwaarden en uitsluitingen spreekt niets tegen.",
                    "nothing speaks against among the criteria, conditions and exclusions.",
                )
                .to_owned(),
        };
        page.item(2, words.say("Tegen: ", "Against: "), &against);
        let in_favour = match &self.strongest_for {
            Some(point) => words.strongest(point, ("lager", "lower")),
            None => words
                .say(
                    "bij de criteria spreekt geen antwoord voor.",
                    "no answer speaks for among the criteria.",
                )
                .to_owned(),
        };
        page.item(2, words.say("Voor:  ", "For:     "), &in_favour);
    }
}

fn of_criterion(page: &mut Page, words: Words, criterion: &CriterionSides) {
    let CriterionSides { title, score, share, missed, speaks_for, speaks_against, .. } = criterion;
    let title = title.trim_end_matches('.');
    let share = share.as_ref().map(|share| {
        let share = words.number(&share.text);
        words.say_with(format!(", aandeel {share}"), format!(", share {share}"))
    });
    page.heading(&format!("{title}: {}{}", words.number(&score.text), share.unwrap_or_default()));
    if let Some(missed) = missed {
        page.item(2, words.say("Tegen: ", "Against: "), &words.missed(missed));
    }
    if speaks_for.is_empty() && speaks_against.is_empty() {
        page.paragraph(
            2,
            words.say(
                "Geen gegeven antwoord maakt deze score op zichzelf hoger of lager.",
                "No given answer by itself makes this score higher or lower.",
            ),
        );
    }
    sides(page, words, words.say("Voor:  ", "For:     "), speaks_for, ("lager", "lower"));
    sides(page, words, words.say("Tegen: ", "Against: "), speaks_against, ("hoger", "higher"));
}

fn sides(page: &mut Page, words: Words, mark: &str, all: &[Side], way: (&str, &str)) {
    for side in all.iter().take(MOST_SIDES) {
        page.item(2, mark, &words.side(side, way));
    }
    let more = all.len().saturating_sub(MOST_SIDES);
    if more > 0 {
        let more = words
            .say_with(format!("en nog {more} met minder verschil."), format!("and {more} that differ less."));
        page.item(2, mark, &more);
    }
}

/// Sentences in one of two languages.
#[derive(Clone, Copy)]
struct Words {
    language: Language,
}

impl Words {
    fn say<'t>(self, dutch: &'t str, english: &'t str) -> &'t str {
        match self.language {
            Language::Nl => dutch,
            Language::En => english,
        }
    }

    fn say_with(self, dutch: String, english: String) -> String {
        match self.language {
            Language::Nl => dutch,
            Language::En => english,
        }
    }

    fn whatever(self) -> &'static str {
        match self.language {
            Language::Nl => {
                "Het oordeel is hetzelfde, wat er ook geantwoord wordt op vragen waarvan het antwoord niet vaststaat."
            }
            Language::En => {
                "The verdict is the same whatever is answered to questions whose answer does not stand fast."
            }
        }
    }

    fn list(self, words: &[String], dutch: &str, english: &str) -> String {
        match words {
            [] => String::new(),
            [only] => only.clone(),
            [before @ .., last] => {
                format!("{} {} {last}", before.join(", "), self.say(dutch, english))
            }
        }
    }

    /// Scores and percentages are written the Dutch way in the document.
    fn number(self, text: &str) -> String {
        match self.language {
            Language::Nl => text.to_owned(),
            Language::En => text
                .replace(',', ".")
                .replace(" tot en met ", " to ")
                .replace(". of n.v.t.", ", or not applicable")
                .replace(" of n.v.t.", " or not applicable")
                .replace("n.v.t.", "not applicable")
                .replace(" van het geheel", " of the whole"),
        }
    }

    fn point(self, point: &DecidingPoint) -> String {
        let title = point.title.trim_end_matches('.');
        let said = match (point.kind, point.standing) {
            (DecidingKind::Answer, _) => return stopped(format!("{} {}", colon(&point.title), point.text)),
            (DecidingKind::Condition, Standing::Holds) => self.say("vervuld", "fulfilled").to_owned(),
            (DecidingKind::Condition, Standing::Fails) => {
                self.say("niet vervuld", "not fulfilled").to_owned()
            }
            (DecidingKind::Exclusion, Standing::Holds) => self.say("geldt", "applies").to_owned(),
            (DecidingKind::Exclusion, Standing::Fails) => self.say("geldt niet", "does not apply").to_owned(),
            (_, Standing::Lapses) => self.say("geldt hier niet", "does not apply here").to_owned(),
            (_, Standing::Open) => self.say("nog open", "still open").to_owned(),
            _ => self.number(&point.text),
        };
        let kind = match point.kind {
            DecidingKind::Condition => self.say("voorwaarde ", "condition "),
            DecidingKind::Exclusion => self.say("uitsluiting ", "exclusion "),
            _ => self.say("criterium ", "criterion "),
        };
        stopped(format!("{kind}\"{title}\": {said}"))
    }

    fn others(self, fewest: bool, others: &Others, (dutch, english): (&str, &str)) -> String {
        let mut text = String::new();
        if !fewest {
            text.push_str(self.say(
                "Of het met minder kan, is niet aangetoond. ",
                "Whether fewer would do has not been shown. ",
            ));
        }
        let count = others.count;
        text.push_str(&match (others.exactly, count) {
            (true, 0) => self.say_with(
                format!("Geen ander even klein stel {dutch} beslist."),
                format!("No other set of as few {english} decides."),
            ),
            (true, 1) => self.say_with(
                format!("Er is 1 ander stel van evenveel {dutch} dat beslist."),
                format!("There is 1 other set of as many {english} that decides."),
            ),
            (true, _) => self.say_with(
                format!("Er zijn {count} andere stellen van evenveel {dutch} die beslissen."),
                format!("There are {count} other sets of as many {english} that decide."),
            ),
            (false, 0) => self.say_with(
                format!("Of een ander stel van evenveel {dutch} ook beslist, is niet uitgezocht."),
                format!("Whether another set of as many {english} decides too was not found out."),
            ),
            (false, _) => self.say_with(
                format!("Er zijn minstens {count} andere stellen van evenveel {dutch} die beslissen."),
                format!("There are at least {count} other sets of as many {english} that decide."),
            ),
        });
        text
    }

    fn answer(self, answer: &GivenAnswer) -> String {
        let GivenAnswer { title, field, item, text, .. } = answer;
        match (item, field) {
            (Some(item), Some(field)) => stopped(format!("{} {item}, {field}: {text}", colon(title))),
            _ => stopped(format!("{} {text}", colon(title))),
        }
    }

    fn side(self, side: &Side, (dutch, english): (&str, &str)) -> String {
        let by = self.percent(&side.difference);
        let at_least = if side.at_least { self.say("minstens ", "at least ") } else { "" };
        let total = side.in_total.as_ref().map(|total| {
            let total = self.number(&total.text);
            self.say_with(format!("; totaal {total}"), format!("; total {total}"))
        });
        let total = total.unwrap_or_default();
        let change = self.say_with(format!("{by} {dutch}{total}"), format!("{by} {english}{total}"));
        format!("{} ({at_least}{change})", self.answer(&side.answer).trim_end_matches('.'))
    }

    fn percent(self, amount: &Amount) -> String {
        self.number(&amount.text)
    }

    fn missed(self, requirement: &str) -> String {
        self.say_with(
            format!("de eis is niet gehaald: {}.", requirement),
            format!(
                "the requirement is missed: {}.",
                self.number(&requirement.replace("minstens", "at least"))
            ),
        )
    }

    fn strongest(self, point: &Strongest, way: (&str, &str)) -> String {
        let title = point.title.trim_end_matches('.');
        match (point.kind, &point.side, &point.requirement) {
            (DecidingKind::Exclusion, ..) => self.say_with(
                format!("uitsluiting \"{title}\" geldt."),
                format!("exclusion \"{title}\" applies."),
            ),
            (DecidingKind::Condition, ..) => self.say_with(
                format!("voorwaarde \"{title}\" is niet vervuld."),
                format!("condition \"{title}\" is not fulfilled."),
            ),
            (_, Some(side), _) => {
                self.say_with(format!("bij criterium \"{title}\": "), format!("in criterion \"{title}\": "))
                    + &self.side(side, way)
            }
            (_, None, requirement) => {
                let missed = self.missed(requirement.as_deref().unwrap_or_default());
                self.say_with(format!("bij criterium \"{title}\": "), format!("in criterion \"{title}\": "))
                    + &missed
            }
        }
    }
}

/// A title that asks stays as it is; one that does not gets a colon.
fn colon(title: &str) -> String {
    crate::text::phrases::question(title)
}
