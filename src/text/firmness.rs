//! How firm a verdict is, as plain text in Dutch or English: the tightest numbers first, then all that have room to tell of,
//! the shares of weightings, and the readings that would change it.

use super::page::Page;
use crate::firmness::document::{
    Certainty, Firmness, Reading, ReadingKind, Share, ShareStatus, Threshold, ThresholdKind, Weight,
    WeightKind,
};
use crate::message::language::Language;
use crate::verdict::document::Named;
use crate::verdict::provisional::About;

/// So many numbers are put in a sentence; the rest stands in the table alone.
const SENTENCES: usize = 3;
/// Longer fractions stand only in the JSON document.
const LONGEST_FRACTION: usize = 30;

/// A row of a table: name, now, from, until, certainty; and its sentence.
struct Room {
    sentence: String,
    cells: Vec<String>,
    certainty: Certainty,
    bounded: bool,
}

impl Firmness {
    /// The document as text of at most 100 columns.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let words = Words(language);
        let mut page = Page::new(language);
        self.heading(&words, &mut page);
        if self.settled() {
            let weights: Vec<Room> = self.weights.iter().map(|weight| self.weight(&words, weight)).collect();
            page.heading(words.of("Gewichten", "Weights"));
            rooms(&words, &mut page, &weights, words.of("Gewicht", "Weight"));
            let thresholds: Vec<Room> =
                self.thresholds.iter().map(|threshold| self.threshold(&words, threshold)).collect();
            page.heading(words.of("Drempels", "Thresholds"));
            rooms(&words, &mut page, &thresholds, words.of("Drempel", "Threshold"));
            self.weightings(&words, &mut page);
        }
        self.readings(&words, &mut page);
        page.heading(words.of("Dit is advies, geen besluit.", "This is advice, not a decision."));
        page.finish()
    }

    /// By its name: it is repeated often.
    fn outcome(&self) -> String {
        self.outcome.outcome.as_ref().map(|outcome| outcome.name.clone()).unwrap_or_default()
    }

    fn heading(&self, words: &Words, page: &mut Page) {
        if self.settled() {
            let outcome = match &self.outcome.outcome {
                Some(outcome) if quoted(outcome) != outcome.name => {
                    format!("{} ({})", quoted(outcome), outcome.name)
                }
                _ => self.outcome(),
            };
            page.line(&words.both(
                format!("Hoe stevig is het oordeel {outcome}?"),
                format!("How firm is the verdict {outcome}?"),
            ));
        } else {
            let possible = words.either(&self.outcome.possible);
            page.line(&words.both(
                format!("Het oordeel is nog open: {possible}. Hoe stevig het is, is pas te zeggen als het vaststaat."),
                format!("The verdict is still open: {possible}. How firm it is can only be told once it is settled."),
            ));
        }
        if let Some(provisional) = &self.provisional {
            let text = provisional.in_words(About::Firmness, words.0);
            page.line(&format!("{} {text}", words.of("Voorlopig.", "Provisional.")));
        }
        page.blank();
        let title = self.proposal.title.as_ref().unwrap_or(&self.proposal.file);
        page.item(0, words.of("Voorstel: ", "Proposal: "), title);
        let mut rules = self.meetlat.title.clone();
        if let Some(version) = &self.meetlat.version {
            rules.push_str(&words.both(format!(", versie {version}"), format!(", version {version}")));
        }
        page.item(0, words.of("Meetlat:  ", "Meetlat:  "), &rules);
    }

    fn weight(&self, words: &Words, weight: &Weight) -> Room {
        let name = match &weight.within {
            Some(within) => {
                words.both(format!("{} in {within}", weight.name), format!("{} in {within}", weight.name))
            }
            None => weight.name.clone(),
        };
        let lower = weight.lower.as_ref().map(|end| words.lower(&end.text, end.included));
        let upper = weight.upper.as_ref().map(|end| words.upper(&end.text, end.included));
        let range = words.range(lower.as_ref(), upper.as_ref());
        let (outcome, now) = (self.outcome(), words.number(&weight.now.text));
        let of = named(&weight.name, &weight.title);
        let (whole_nl, whole_en) = match (weight.kind, &weight.within) {
            (WeightKind::Part, Some(within)) => {
                (format!("de gewichten in {within}"), format!("the weights in {within}"))
            }
            _ => ("alle gewichten".to_owned(), "all weights".to_owned()),
        };
        Room {
            sentence: words.both(
                format!("Het oordeel blijft {outcome} zolang het gewicht van {of} {range} van {whole_nl} is (nu {now})."),
                format!("The verdict stays {outcome} as long as the weight of {of} is {range} of {whole_en} (now {now})."),
            ),
            bounded: lower.is_some() || upper.is_some(),
            cells: vec![name, now, lower.unwrap_or_else(dash), upper.unwrap_or_else(dash)],
            certainty: weight.certainty,
        }
    }

    fn threshold(&self, words: &Words, threshold: &Threshold) -> Room {
        let of = named(&threshold.name, &threshold.title);
        let (what, short) = match threshold.kind {
            ThresholdKind::Total => (
                words.of("de drempel voor het totaal", "the threshold for the total").to_owned(),
                words.of("totaal", "total").to_owned(),
            ),
            ThresholdKind::Requirement => (
                words.both(format!("de eis aan {of}"), format!("the requirement on {of}")),
                words.both(format!("eis {}", threshold.name), format!("requirement {}", threshold.name)),
            ),
            ThresholdKind::Term => {
                (words.both(format!("het begrip {of}"), format!("the term {of}")), threshold.name.clone())
            }
            ThresholdKind::Criterion | ThresholdKind::Part => (
                words.both(format!("de drempel voor {of}"), format!("the threshold for {of}")),
                threshold.name.clone(),
            ),
        };
        let line = threshold
            .file_line
            .map_or(String::new(), |line| words.both(format!(", regel {line}"), format!(", line {line}")));
        let lower = threshold.lower.as_ref().map(|end| words.lower(&end.text, end.included));
        let upper = threshold.upper.as_ref().map(|end| words.upper(&end.text, end.included));
        let range = words.range(lower.as_ref(), upper.as_ref());
        let (outcome, now) = (self.outcome(), words.number(&threshold.now.text));
        Room {
            sentence: words.both(
                format!("Het oordeel blijft {outcome} zolang {what} {range} is (nu {now}{line})."),
                format!("The verdict stays {outcome} as long as {what} is {range} (now {now}{line})."),
            ),
            bounded: lower.is_some() || upper.is_some(),
            cells: vec![
                format!("{short}{line}"),
                now,
                lower.unwrap_or_else(dash),
                upper.unwrap_or_else(dash),
            ],
            certainty: threshold.certainty,
        }
    }

    fn weightings(&self, words: &Words, page: &mut Page) {
        let Some(weightings) = &self.weightings else { return };
        page.heading(words.of("Andere wegingen van de criteria", "Other weightings of the criteria"));
        let outcome = self.outcome();
        let all = words.share(&weightings.all);
        page.paragraph(
            2,
            &words.both(
                format!("Welk deel van alle denkbare wegingen geeft ook {outcome}? {all}."),
                format!("What part of all possible weightings gives {outcome} too? {all}."),
            ),
        );
        let same = words.share(&weightings.same_order);
        page.paragraph(
            2,
            &words.both(
                format!("En als de criteria van zwaar naar licht in dezelfde volgorde blijven? {same}."),
                format!("And with the criteria in the same order from heavy to light? {same}."),
            ),
        );
    }

    fn readings(&self, words: &Words, page: &mut Page) {
        page.heading(words.of("Lezingen", "Readings"));
        let (other, same): (Vec<&Reading>, Vec<&Reading>) =
            self.readings.iter().partition(|reading| reading.differs);
        if self.readings.is_empty() {
            page.paragraph(
                2,
                words.of(
                    "In deze meetlat staat geen aanname of eis die hier anders te lezen is.",
                    "These rules have no assumption or requirement that could be read otherwise here.",
                ),
            );
            return;
        }
        let settled = self.settled();
        if !other.is_empty() {
            page.paragraph(
                2,
                words.of(
                    "Anders gelezen verandert dit wat eruit komt:",
                    "Read otherwise, these change what comes out:",
                ),
            );
        }
        for reading in &other {
            let then = words.either(&reading.possible);
            let doubt = if reading.exact { "" } else { words.of(" (voorlopig)", " (provisional)") };
            let line = reading.file_line.map_or(String::new(), |line| {
                words.both(format!(" (regel {line})"), format!(" (line {line})"))
            });
            page.item(
                2,
                "- ",
                &format!(
                    "{}{line}: {}{doubt}.",
                    words.reading(reading),
                    words.both(format!("dan {then}"), format!("then {then}"),)
                ),
            );
            if let Some(assumption) = &reading.assumption {
                page.paragraph(
                    4,
                    &words.both(
                        format!("Aanname bij de regel zoals die is: {assumption}"),
                        format!("Assumption behind the rule as it is: {assumption}"),
                    ),
                );
            }
        }
        let count = same.len();
        if count > 0 {
            let (kept_nl, kept_en) = if settled {
                ("het oordeel blijft hetzelfde", "the verdict stays the same")
            } else {
                ("er blijft hetzelfde mogelijk", "the same stays possible")
            };
            let (readings_nl, readings_en) = match (count, other.is_empty()) {
                (1, true) => ("1 andere lezing".to_owned(), "1 other reading".to_owned()),
                (1, false) => ("nog 1 andere lezing".to_owned(), "1 more reading".to_owned()),
                (_, true) => (format!("{count} andere lezingen"), format!("{count} other readings")),
                (_, false) => (format!("nog {count} andere lezingen"), format!("{count} more readings")),
            };
            page.paragraph(
                2,
                &words.both(
                    format!("Bij {readings_nl} van aannames en eisen geldt: {kept_nl}."),
                    format!("With {readings_en} of assumptions and requirements {kept_en}."),
                ),
            );
        }
    }
}

/// The tightest in sentences, then a table of all that have an end, then how many have none.
fn rooms(words: &Words, page: &mut Page, rooms: &[Room], heading: &str) {
    let bounded: Vec<&Room> = rooms.iter().filter(|room| room.bounded).collect();
    for (at, room) in bounded.iter().take(SENTENCES).enumerate() {
        page.item(2, &format!("{}. ", at + 1), &room.sentence);
    }
    let doubt = rooms.iter().any(|room| room.certainty != Certainty::Exact);
    if bounded.len() > 1 || doubt {
        let mut rows = vec![vec![
            heading.to_owned(),
            words.of("Nu", "Now").to_owned(),
            words.of("Van", "From").to_owned(),
            words.of("Tot", "Until").to_owned(),
        ]];
        for room in rooms.iter().filter(|room| room.bounded || room.certainty != Certainty::Exact) {
            let mut row = room.cells.clone();
            row.extend(words.certainty(room.certainty));
            rows.push(row);
        }
        page.blank();
        page.table(2, &rows, &[1]);
    }
    let free = rooms.iter().filter(|room| !room.bounded && room.certainty == Certainty::Exact).count();
    if free > 0 {
        let all = bounded.is_empty() && free == rooms.len();
        if !all {
            page.blank();
        }
        page.paragraph(2, &match (all, free) {
            (true, _) => words.of(
                "Geen van deze getallen kan, alleen veranderd, het oordeel veranderen.",
                "None of these numbers can change the verdict when it alone is changed.",
            ).to_owned(),
            (false, 1) => words.of(
                "1 ander getal kan elke waarde hebben zonder dat het oordeel verandert.",
                "1 other number can have any value without changing the verdict.",
            ).to_owned(),
            (false, _) => words.both(
                format!("{free} andere getallen kunnen elk elke waarde hebben zonder dat het oordeel verandert."),
                format!("{free} other numbers can each have any value without changing the verdict."),
            ),
        });
    }
    if rooms.is_empty() {
        page.paragraph(
            2,
            words.of(
                "Er zijn er geen waar het oordeel van afhangt.",
                "There are none that the verdict depends on.",
            ),
        );
    }
}

fn dash() -> String {
    "-".to_owned()
}

fn quoted(outcome: &Named) -> String {
    if outcome.title.is_empty() || outcome.title == outcome.name {
        outcome.name.clone()
    } else {
        format!("\"{}\"", outcome.title)
    }
}

fn named(name: &str, title: &str) -> String {
    if title.is_empty() || title == name { name.to_owned() } else { format!("\"{title}\"") }
}

/// The words of a language.
struct Words(Language);

impl Words {
    const fn of<'t>(&self, dutch: &'t str, english: &'t str) -> &'t str {
        match self.0 {
            Language::Nl => dutch,
            Language::En => english,
        }
    }

    fn both(&self, dutch: String, english: String) -> String {
        match self.0 {
            Language::Nl => dutch,
            Language::En => english,
        }
    }

    /// A percentage, which the document has in Dutch notation.
    fn number(&self, text: &str) -> String {
        match self.0 {
            Language::Nl => text.to_owned(),
            Language::En => text
                .replace(" tot en met ", " to ")
                .replace(" van het geheel", " of the whole")
                .replace(" in plaats van ", " instead of ")
                .replace("minstens ", "at least ")
                .replace("hoogste", "highest")
                .replace("laagste", "lowest")
                .replace("gemiddelde", "mean")
                .replace(',', "."),
        }
    }

    fn lower(&self, text: &str, included: bool) -> String {
        let text = self.number(text);
        let word = if included { self.of("minstens", "at least") } else { self.of("meer dan", "more than") };
        format!("{word} {text}")
    }

    fn upper(&self, text: &str, included: bool) -> String {
        let text = self.number(text);
        let word =
            if included { self.of("hoogstens", "at most") } else { self.of("minder dan", "less than") };
        format!("{word} {text}")
    }

    fn range(&self, lower: Option<&String>, upper: Option<&String>) -> String {
        let ends: Vec<&str> = lower.into_iter().chain(upper).map(String::as_str).collect();
        ends.join(self.of(" en ", " and "))
    }

    fn either(&self, outcomes: &[Named]) -> String {
        let titles: Vec<String> = outcomes.iter().map(quoted).collect();
        match titles.as_slice() {
            [before @ .., last] if !before.is_empty() => {
                format!("{} {} {last}", before.join(", "), self.of("of", "or"))
            }
            _ => titles.join(""),
        }
    }

    fn certainty(&self, certainty: Certainty) -> Option<String> {
        let text = match certainty {
            Certainty::Exact => return None,
            Certainty::Narrow => self.of("er kan meer ruimte zijn", "there may be more room"),
            Certainty::Wide => self.of("er kan minder ruimte zijn", "there may be less room"),
            Certainty::Unknown => self.of("onbekend", "unknown"),
        };
        Some(text.to_owned())
    }

    fn share(&self, share: &Share) -> String {
        let text = self.number(share.text.as_deref().unwrap_or_default());
        let fraction = share.least.as_deref().filter(|fraction| {
            share.status == ShareStatus::Exact && fraction.contains('/') && fraction.len() <= LONGEST_FRACTION
        });
        match (share.status, fraction) {
            (ShareStatus::Exact, Some(fraction)) => format!("{fraction}, {text}"),
            (ShareStatus::Exact, None) => text,
            (ShareStatus::Bounds, _) => self.both(
                format!("Tussen twee grenzen, want er is nog iets open: {text}"),
                format!("Between two bounds, as something is still open: {text}"),
            ),
            (ShareStatus::TooManyOrders, _) => self.both(
                "Niet berekend: gelijke gewichten kunnen op te veel manieren op volgorde".to_owned(),
                "Not computed: equal weights can be put in too many orders".to_owned(),
            ),
            (ShareStatus::Unknown, _) => {
                self.both("Onbekend: er is te veel open".to_owned(), "Unknown: too much is open".to_owned())
            }
        }
    }

    fn reading(&self, reading: &Reading) -> String {
        let of =
            named(reading.name.as_deref().unwrap_or_default(), reading.title.as_deref().unwrap_or_default());
        let text = self.number(&reading.text);
        match reading.kind {
            ReadingKind::Combining => {
                self.both(format!("Score van {of}: {text}"), format!("Score of {of}: {text}"))
            }
            ReadingKind::Partly => {
                self.both(format!("Deels telt {text}"), format!("Deels counts for {text}"))
            }
            ReadingKind::Stricter => self.both(
                format!("Eis aan {of} een stap strenger: {text}"),
                format!("Requirement on {of} one step stricter: {text}"),
            ),
            ReadingKind::Looser => self.both(
                format!("Eis aan {of} een stap soepeler: {text}"),
                format!("Requirement on {of} one step looser: {text}"),
            ),
        }
    }
}
