//! How firm a verdict is, as plain text in Dutch or English: the tightest numbers first, then all that have room to tell of,
//! the shares of weightings, and the readings that would change it.

use super::page::Page;
use crate::firmness::document::{
    Certainty, Firmness, OtherReading, ReadingKind, Share, ShareStatus, Threshold, ThresholdKind, Weight,
    WeightKind,
};
use crate::message::language::{Language, tell};
use crate::verdict::document::Standing;

/// How many numbers are put in a sentence; the rest is only in the table.
const SENTENCES: usize = 3;
/// Longer fractions are only in the JSON document.
const LONGEST_FRACTION: usize = 30;

/// A row of a table: name, now, from, until, certainty; and its sentence.
struct Room {
    sentence: String,
    cells: Vec<String>,
    certainty: Certainty,
    bounded: bool,
}

impl Firmness {
    /// The document as text of at most 100 columns. The page is in `language`; the document's own words on it are in the
    /// language in which it was made, so ask for the same one.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let mut page = Page::new(language);
        self.heading(language, &mut page);
        if self.settled() {
            let weights: Vec<Room> =
                self.weights.iter().map(|weight| self.weight(language, weight)).collect();
            page.heading(language.pick("Gewichten", "Weights"));
            rooms(language, &mut page, &weights, language.pick("Gewicht", "Weight"));
            let thresholds: Vec<Room> =
                self.thresholds.iter().map(|threshold| self.threshold(language, threshold)).collect();
            page.heading(language.pick("Drempels", "Thresholds"));
            rooms(language, &mut page, &thresholds, language.pick("Drempel", "Threshold"));
            self.weightings(language, &mut page);
        }
        self.readings(language, &mut page);
        page.heading(language.pick("Dit is advies, geen besluit.", "This is advice, not a decision."));
        page.finish()
    }

    /// By name, since it is repeated often.
    fn outcome(&self) -> String {
        self.outcome.outcome.clone().unwrap_or_default()
    }

    fn heading(&self, language: Language, page: &mut Page) {
        if self.settled() {
            let outcome = match (&self.outcome.outcome, &self.outcome.outcome_title) {
                (Some(name), Some(title)) if quoted(name, title) != *name => {
                    format!("{} ({name})", quoted(name, title))
                }
                _ => self.outcome(),
            };
            page.line(&tell!(
                language,
                "Hoe stevig is het oordeel {outcome}?",
                "How firm is the verdict {outcome}?"
            ));
        } else {
            let possible = either(&self.outcome, &self.outcome.possible, language);
            page.line(&tell!(
                language,
                "Het oordeel is nog open: {possible}. Hoe stevig het is, is pas te zeggen als het vaststaat.",
                "The verdict is still open: {possible}. How firm it is can only be told once it is settled."
            ));
        }
        if let Some(provisional) = &self.provisional {
            let text = &provisional.text;
            page.line(&tell!(language, "Voorlopig. {text}", "Provisional. {text}"));
        }
        page.blank();
        let title = self.proposal.title.as_ref().unwrap_or(&self.proposal.file);
        page.item(0, language.pick("Voorstel: ", "Proposal: "), title);
        let mut rules = self.meetlat.title.clone();
        if let Some(version) = &self.meetlat.version {
            rules.push_str(&tell!(language, ", versie {version}", ", version {version}"));
        }
        page.item(0, language.pick("Meetlat:  ", "Meetlat:  "), &rules);
    }

    fn weight(&self, language: Language, weight: &Weight) -> Room {
        let name = match &weight.within {
            Some(within) => format!("{} in {within}", weight.name),
            None => weight.name.clone(),
        };
        let lower = weight.lower.as_ref().map(|end| lower_end(&end.share.text, end.included, language));
        let upper = weight.upper.as_ref().map(|end| upper_end(&end.share.text, end.included, language));
        let range = range(lower.as_ref(), upper.as_ref(), language);
        let (outcome, now) = (self.outcome(), &weight.now.share.text);
        let of = named(&weight.name, &weight.title);
        let whole = match (weight.kind, &weight.within) {
            (WeightKind::Part, Some(within)) => {
                tell!(language, "de gewichten in {within}", "the weights in {within}")
            }
            _ => language.pick("alle gewichten", "all weights").to_owned(),
        };
        Room {
            sentence: tell!(
                language,
                "Het oordeel blijft {outcome} zolang het gewicht van {of} {range} van {whole} is (nu {now}).",
                "The verdict stays {outcome} as long as the weight of {of} is {range} of {whole} (now {now})."
            ),
            bounded: lower.is_some() || upper.is_some(),
            cells: vec![name, now.clone(), lower.unwrap_or_else(dash), upper.unwrap_or_else(dash)],
            certainty: weight.certainty,
        }
    }

    fn threshold(&self, language: Language, threshold: &Threshold) -> Room {
        let of = named(&threshold.name, &threshold.title);
        let (what, short) = match threshold.kind {
            ThresholdKind::Total => (
                language.pick("de drempel voor het totaal", "the threshold for the total").to_owned(),
                language.pick("totaal", "total").to_owned(),
            ),
            ThresholdKind::Requirement => (
                tell!(language, "de eis aan {of}", "the requirement on {of}"),
                tell!(language, "eis {}", "requirement {}", threshold.name),
            ),
            ThresholdKind::Term => {
                (tell!(language, "het begrip {of}", "the term {of}"), threshold.name.clone())
            }
            ThresholdKind::Criterion | ThresholdKind::Part => {
                (tell!(language, "de drempel voor {of}", "the threshold for {of}"), threshold.name.clone())
            }
        };
        let line = threshold
            .file_line
            .map_or(String::new(), |line| tell!(language, ", regel {line}", ", line {line}"));
        let lower = threshold.lower.as_ref().map(|end| lower_end(&end.text, end.included, language));
        let upper = threshold.upper.as_ref().map(|end| upper_end(&end.text, end.included, language));
        let range = range(lower.as_ref(), upper.as_ref(), language);
        let (outcome, now) = (self.outcome(), &threshold.now.text);
        Room {
            sentence: tell!(
                language,
                "Het oordeel blijft {outcome} zolang {what} {range} is (nu {now}{line}).",
                "The verdict stays {outcome} as long as {what} is {range} (now {now}{line})."
            ),
            bounded: lower.is_some() || upper.is_some(),
            cells: vec![
                format!("{short}{line}"),
                now.clone(),
                lower.unwrap_or_else(dash),
                upper.unwrap_or_else(dash),
            ],
            certainty: threshold.certainty,
        }
    }

    fn weightings(&self, language: Language, page: &mut Page) {
        let Some(weightings) = &self.weightings else { return };
        page.heading(language.pick("Andere wegingen van de criteria", "Other weightings of the criteria"));
        let outcome = self.outcome();
        let all = share(&weightings.all, language);
        page.paragraph(
            2,
            &tell!(
                language,
                "Welk deel van alle denkbare wegingen geeft ook {outcome}? {all}.",
                "What part of all possible weightings gives {outcome} too? {all}."
            ),
        );
        let same = share(&weightings.same_order, language);
        page.paragraph(
            2,
            &tell!(
                language,
                "En als de criteria van zwaar naar licht in dezelfde volgorde blijven? {same}.",
                "And with the criteria in the same order from heavy to light? {same}."
            ),
        );
    }

    fn readings(&self, language: Language, page: &mut Page) {
        page.heading(language.pick("Lezingen", "Readings"));
        let (other, same): (Vec<&OtherReading>, Vec<&OtherReading>) =
            self.readings.iter().partition(|reading| reading.differs);
        if self.readings.is_empty() {
            page.paragraph(
                2,
                language.pick(
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
                language.pick(
                    "Anders gelezen verandert dit wat eruit komt:",
                    "Read otherwise, these change what comes out:",
                ),
            );
        }
        for reading in &other {
            let then = either(&self.outcome, &reading.possible, language);
            let doubt = if reading.exact { "" } else { language.pick(" (voorlopig)", " (provisional)") };
            let line = reading
                .file_line
                .map_or(String::new(), |line| tell!(language, " (regel {line})", " (line {line})"));
            page.item(
                2,
                "- ",
                &format!(
                    "{}{line}: {}{doubt}.",
                    self::reading(reading, language),
                    tell!(language, "dan {then}", "then {then}")
                ),
            );
            if let Some(assumption) = &reading.assumption {
                page.paragraph(
                    4,
                    &tell!(
                        language,
                        "Aanname bij de regel zoals die is: {assumption}",
                        "Assumption behind the rule as it is: {assumption}"
                    ),
                );
            }
        }
        let count = same.len();
        if count > 0 {
            let kept = match settled {
                true => language.pick("het oordeel blijft hetzelfde", "the verdict stays the same"),
                false => language.pick("er blijft hetzelfde mogelijk", "the same stays possible"),
            };
            let readings = match (count, other.is_empty()) {
                (1, true) => language.pick("1 andere lezing", "1 other reading").to_owned(),
                (1, false) => language.pick("nog 1 andere lezing", "1 more reading").to_owned(),
                (_, true) => tell!(language, "{count} andere lezingen", "{count} other readings"),
                (_, false) => tell!(language, "nog {count} andere lezingen", "{count} more readings"),
            };
            page.paragraph(
                2,
                &tell!(
                    language,
                    "Bij {readings} van aannames en eisen geldt: {kept}.",
                    "With {readings} of assumptions and requirements {kept}."
                ),
            );
        }
    }
}

/// The tightest in sentences, then a table of all that have an end, then how many have none.
fn rooms(language: Language, page: &mut Page, rooms: &[Room], heading: &str) {
    let bounded: Vec<&Room> = rooms.iter().filter(|room| room.bounded).collect();
    for (at, room) in bounded.iter().take(SENTENCES).enumerate() {
        page.item(2, &format!("{}. ", at + 1), &room.sentence);
    }
    let doubt = rooms.iter().any(|room| room.certainty != Certainty::Exact);
    if bounded.len() > 1 || doubt {
        let mut rows = vec![vec![
            heading.to_owned(),
            language.pick("Nu", "Now").to_owned(),
            language.pick("Van", "From").to_owned(),
            language.pick("Tot", "Until").to_owned(),
        ]];
        for room in rooms.iter().filter(|room| room.bounded || room.certainty != Certainty::Exact) {
            let mut row = room.cells.clone();
            row.extend(certainty(room.certainty, language));
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
        page.paragraph(
            2,
            &match (all, free) {
                (true, _) => language
                    .pick(
                        "Geen van deze getallen kan, alleen veranderd, het oordeel veranderen.",
                        "None of these numbers can change the verdict when it alone is changed.",
                    )
                    .to_owned(),
                (false, 1) => language
                    .pick(
                        "1 ander getal kan elke waarde hebben zonder dat het oordeel verandert.",
                        "1 other number can have any value without changing the verdict.",
                    )
                    .to_owned(),
                (false, _) => tell!(
                    language,
                    "{free} andere getallen kunnen elk elke waarde hebben zonder dat het oordeel verandert.",
                    "{free} other numbers can each have any value without changing the verdict."
                ),
            },
        );
    }
    if rooms.is_empty() {
        page.paragraph(
            2,
            language.pick(
                "Er zijn er geen waar het oordeel van afhangt.",
                "There are none that the verdict depends on.",
            ),
        );
    }
}

fn dash() -> String {
    "-".to_owned()
}

fn quoted(name: &str, title: &str) -> String {
    if title.is_empty() || title == name { name.to_owned() } else { format!("\"{title}\"") }
}

fn named(name: &str, title: &str) -> String {
    if title.is_empty() || title == name { name.to_owned() } else { format!("\"{title}\"") }
}

/// Where the room of a number begins; `text` is in the language.
fn lower_end(text: &str, included: bool, language: Language) -> String {
    match included {
        true => tell!(language, "minstens {text}", "at least {text}"),
        false => tell!(language, "meer dan {text}", "more than {text}"),
    }
}

/// Where it ends.
fn upper_end(text: &str, included: bool, language: Language) -> String {
    match included {
        true => tell!(language, "hoogstens {text}", "at most {text}"),
        false => tell!(language, "minder dan {text}", "less than {text}"),
    }
}

fn range(lower: Option<&String>, upper: Option<&String>, language: Language) -> String {
    language.list(&lower.into_iter().chain(upper).collect::<Vec<_>>())
}

fn either(standing: &Standing, names: &[String], language: Language) -> String {
    let outcomes = standing.outcomes.iter().filter(|outcome| names.contains(&outcome.name));
    let titles: Vec<String> = outcomes.map(|outcome| quoted(&outcome.name, &outcome.title)).collect();
    language.either(&titles)
}

fn certainty(certainty: Certainty, language: Language) -> Option<String> {
    let text = match certainty {
        Certainty::Exact => return None,
        Certainty::Narrow => language.pick("er kan meer ruimte zijn", "there may be more room"),
        Certainty::Wide => language.pick("er kan minder ruimte zijn", "there may be less room"),
        Certainty::Unknown => language.pick("onbekend", "unknown"),
    };
    Some(text.to_owned())
}

fn share(share: &Share, language: Language) -> String {
    let text = share.text.as_deref().unwrap_or_default();
    let fraction = share.least.as_deref().filter(|fraction| {
        share.status == ShareStatus::Exact && fraction.contains('/') && fraction.len() <= LONGEST_FRACTION
    });
    match (share.status, fraction) {
        (ShareStatus::Exact, Some(fraction)) => format!("{fraction}, {text}"),
        (ShareStatus::Exact, None) => text.to_owned(),
        (ShareStatus::Bounds, _) => tell!(
            language,
            "Tussen twee grenzen, want er is nog iets open: {text}",
            "Between two bounds, as something is still open: {text}"
        ),
        (ShareStatus::TooManyOrders, _) => language
            .pick(
                "Niet berekend: gelijke gewichten kunnen op te veel manieren op volgorde",
                "Not computed: equal weights can be put in too many orders",
            )
            .to_owned(),
        (ShareStatus::Unknown, _) => {
            language.pick("Onbekend: er is te veel open", "Unknown: too much is open").to_owned()
        }
    }
}

fn reading(reading: &OtherReading, language: Language) -> String {
    let of = named(reading.name.as_deref().unwrap_or_default(), reading.title.as_deref().unwrap_or_default());
    let text = &reading.text;
    match reading.kind {
        ReadingKind::Combining => tell!(language, "Score van {of}: {text}", "Score of {of}: {text}"),
        ReadingKind::Partly => tell!(language, "Deels telt {text}", "\"deels\" counts for {text}"),
        ReadingKind::Stricter => tell!(
            language,
            "Eis aan {of} een stap strenger: {text}",
            "Requirement on {of} one step stricter: {text}"
        ),
        ReadingKind::Looser => tell!(
            language,
            "Eis aan {of} een stap soepeler: {text}",
            "Requirement on {of} one step looser: {text}"
        ),
    }
}
