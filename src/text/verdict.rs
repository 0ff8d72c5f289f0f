//! A verdict as plain text, in Dutch or English: the outcome first, then why, what to arrange, who decides, what is still open, and
//! everything it rests on. Made from the document alone, so that every binding can make it.

use crate::message::language::{Language, tell};
use crate::proposal::wording::stopped;
use crate::text::page::Page;
use crate::text::phrases::{day, question};
use crate::verdict::document::{
    Answer, AnswerStatus, ConditionStatus, ExclusionStatus, Settled, Signal, SignalStatus, Verdict,
};

/// More deciding points than this are only in the JSON document.
const MOST_POINTS: usize = 3;
/// More signals or questions than this are counted instead of named.
const FEW: usize = 5;

impl Verdict {
    /// The verdict as text of at most 100 columns. The page is in `language`; the document's own sentences on it are in the
    /// language in which the verdict was made ([`Meetlat::in_language`](crate::Meetlat::in_language)), so ask for the same one.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let mut page = Page::new(language);
        self.heading(&mut page);
        self.closing(&mut page, language);
        self.why(&mut page);
        self.differences(&mut page, language);
        self.exclusions(&mut page);
        self.to_arrange(&mut page);
        self.who_decides(&mut page);
        self.signals(&mut page);
        self.open_questions(&mut page);
        self.agreed(&mut page, language);
        self.table(&mut page);
        self.criteria(&mut page);
        self.grounds(&mut page);
        page.heading(page.language.pick("Dit is advies, geen besluit.", "This is advice, not a decision."));
        page.finish()
    }

    /// Only the reasons and the table with the sum: what led to the outcome. `language` as in [`Self::to_text`].
    #[must_use]
    pub fn to_sum_text(&self, language: Language) -> String {
        let mut page = Page::new(language);
        self.why(&mut page);
        self.table(&mut page);
        page.finish()
    }

    fn heading(&self, page: &mut Page) {
        let (outcome, language) = (&self.outcome, page.language);
        let verdict = page.language.pick("Oordeel", "Verdict");
        match (&outcome.outcome, &outcome.outcome_title) {
            (Some(name), Some(title)) if name != title => page.line(&format!("{verdict}: {title} ({name})")),
            (Some(name), _) => page.line(&format!("{verdict}: {name}")),
            (None, _) => {
                let possible = language.either(&self.outcome_titles(&outcome.possible));
                page.line(&tell!(
                    language,
                    "{verdict}: nog open. Mogelijk: {possible}",
                    "{verdict}: still open. Possible: {possible}"
                ));
            }
        }
        self.closed_by(page, language);
        if outcome.status == Settled::Settled && self.open_answers() {
            page.line(page.language.pick(
                "Dit oordeel staat vast: geen antwoord op een open vraag kan het nog veranderen.",
                "This verdict is settled: no answer to an open question can change it.",
            ));
        }
        if let Some(provisional) = &outcome.provisional {
            page.line(&format!("{} {}", page.language.pick("Voorlopig.", "Provisional."), provisional.text));
        }
        page.blank();
        let proposal = &self.proposal;
        let mut title = proposal.title.clone().unwrap_or_else(|| proposal.file.clone());
        if let Some(submitter) = &proposal.submitter {
            title.push_str(&tell!(language, ", ingediend door {submitter}", ", submitted by {submitter}"));
        }
        page.item(0, page.language.pick("Voorstel:  ", "Proposal:        "), &title);
        let mut rules = self.meetlat.title.clone();
        if let Some(version) = &self.meetlat.version {
            rules.push_str(&tell!(language, ", versie {version}", ", version {version}"));
        }
        if let Some(period) = self.valid(language) {
            rules.push_str(&tell!(language, ", geldig {period}", ", in force {period}"));
        }
        page.item(0, page.language.pick("Meetlat:   ", "Rules (meetlat): "), &rules);
        if let Some(date) = &self.meetlat.reference_date {
            page.item(0, page.language.pick("Peildatum: ", "Reference date:  "), &day(date, language));
        }
        page.item(0, page.language.pick("Vraag:     ", "Question:        "), &outcome.title);
        if language == Language::En {
            page.blank();
            page.line("What the rules and the proposal say is quoted as it is written, in Dutch.");
        }
    }

    /// Outcomes by their titles, in quotes; by name where that is all there is.
    pub(crate) fn outcome_titles(&self, names: &[String]) -> Vec<String> {
        let title = |name: &String| {
            let outcome = self.outcome.outcomes.iter().find(|outcome| outcome.name == *name);
            let title = outcome.filter(|outcome| outcome.title != outcome.name);
            title.map_or_else(|| name.clone(), |outcome| format!("\"{}\"", outcome.title))
        };
        names.iter().map(title).collect()
    }

    fn open_answers(&self) -> bool {
        self.total.least != self.total.greatest
            || self.criteria.iter().any(|criterion| criterion.score.least != criterion.score.greatest)
            || self.conditions.iter().any(|condition| condition.status == ConditionStatus::Open)
            || self.exclusions.iter().any(|exclusion| exclusion.status == ExclusionStatus::Open)
    }

    fn valid(&self, language: Language) -> Option<String> {
        let valid = &self.meetlat.valid;
        let day = |iso: &String| day(iso, language);
        match (valid.from.as_ref().map(day), valid.until.as_ref().map(day)) {
            (Some(from), Some(until)) => Some(tell!(
                language,
                "van {from} tot en met {until}",
                "from {from} up to and including {until}"
            )),
            (Some(from), None) => Some(tell!(language, "vanaf {from}", "from {from}")),
            (None, Some(until)) => Some(tell!(language, "tot en met {until}", "up to and including {until}")),
            (None, None) => None,
        }
    }

    fn why(&self, page: &mut Page) {
        page.heading(page.language.pick("Waarom", "Why"));
        for (at, point) in self.outcome.points.iter().take(MOST_POINTS).enumerate() {
            page.item(2, &format!("{}. ", at + 1), &point.text);
        }
    }

    fn exclusions(&self, page: &mut Page) {
        let shown: Vec<_> =
            self.exclusions.iter().filter(|exclusion| exclusion.status != ExclusionStatus::No).collect();
        if shown.is_empty() {
            return;
        }
        page.heading(page.language.pick("Uitsluitingen", "Exclusions"));
        for exclusion in shown {
            let state = match exclusion.status {
                ExclusionStatus::Yes => page.language.pick("geldt", "applies"),
                _ => page.language.pick("nog open", "still open"),
            };
            page.item(2, "- ", &sentence(&exclusion.title, state, exclusion.report.as_deref()));
        }
    }

    fn to_arrange(&self, page: &mut Page) {
        if self.conditions.is_empty() {
            return;
        }
        page.heading(page.language.pick("Wat eerst geregeld moet zijn", "What must be arranged first"));
        let of = |status| self.conditions.iter().filter(move |condition| condition.status == status);
        for condition in of(ConditionStatus::Unfulfilled) {
            let state = page.language.pick("niet vervuld", "not fulfilled");
            page.item(2, "- ", &sentence(&condition.title, state, condition.to_arrange.as_deref()));
        }
        for condition in of(ConditionStatus::Open) {
            let state = match &condition.only_if {
                Some(only_if) => tell!(
                    page.language,
                    "nog open. Misschien geldt dit hier niet: het geldt alleen als {only_if}",
                    "still open. It may not apply here: it applies only if {only_if}"
                ),
                None => page.language.pick("nog open", "still open").to_owned(),
            };
            page.item(2, "- ", &sentence(&condition.title, &state, condition.to_arrange.as_deref()));
        }
        let unsettled = |status| matches!(status, ConditionStatus::Unfulfilled | ConditionStatus::Open);
        if !self.conditions.iter().any(|condition| unsettled(condition.status)) {
            page.paragraph(
                2,
                page.language.pick(
                    "Niets: elke voorwaarde die geldt, is vervuld.",
                    "Nothing: every condition that applies is fulfilled.",
                ),
            );
        }
        let titles =
            |status| of(status).map(|condition| condition.title.trim_end_matches('.')).collect::<Vec<_>>();
        let rest = [
            (page.language.pick("Vervuld", "Fulfilled"), ConditionStatus::Fulfilled),
            (page.language.pick("Geldt hier niet", "Does not apply here"), ConditionStatus::Lapsed),
        ];
        let rest = rest.map(|(words, status)| (words, titles(status)));
        let rest = rest.iter().filter(|(_, titles)| !titles.is_empty());
        let rest: Vec<String> =
            rest.map(|(words, titles)| stopped(format!("{words}: {}", titles.join("; ")))).collect();
        if !rest.is_empty() {
            page.paragraph(2, &rest.join(" "));
        }
    }

    fn who_decides(&self, page: &mut Page) {
        if self.routes.is_empty() {
            return;
        }
        page.heading(page.language.pick("Wie beslist", "Who decides"));
        for route in &self.routes {
            let answer = match &route.choice_title {
                Some(title) => title.clone(),
                None => {
                    let titles = route.choices.iter().filter(|choice| route.possible.contains(&choice.name));
                    let titles: Vec<String> = titles.map(|choice| format!("\"{}\"", choice.title)).collect();
                    format!(
                        "{}: {}",
                        page.language.pick("nog open", "still open"),
                        page.language.either(&titles)
                    )
                }
            };
            page.item(2, "- ", &format!("{} {}", question(&route.title), stopped(&answer)));
        }
    }

    fn signals(&self, page: &mut Page) {
        let shown = |status| matches!(status, SignalStatus::Yes | SignalStatus::Open);
        let signals: Vec<_> = self.signals.iter().filter(|signal| shown(signal.status)).collect();
        if signals.is_empty() {
            return;
        }
        page.heading(page.language.pick("Signalen", "Signals"));
        for signal in signals.iter().filter(|signal| signal.status == SignalStatus::Yes) {
            let report = signal.report.as_ref().map(|report| format!(" {report}")).unwrap_or_default();
            page.item(2, "- ", &format!("{}{report}", stopped(&signal.title)));
        }
        let open: Vec<&Signal> =
            signals.into_iter().filter(|signal| signal.status == SignalStatus::Open).collect();
        open_signals(page, &open);
    }
}

/// Signals that may or may not be given: a few by title, more as a number; and what they depend on, when that is little.
fn open_signals(page: &mut Page, open: &[&Signal]) {
    if open.is_empty() {
        return;
    }
    let mut waits: Vec<&str> = Vec::new();
    for answer in open.iter().flat_map(|signal| &signal.answers).filter(|answer| unanswered(answer)) {
        if !waits.contains(&answer.title.as_str()) {
            waits.push(&answer.title);
        }
    }
    // If one signal depends on something else the list would be only half the truth.
    if !open.iter().all(|signal| signal.answers.iter().any(unanswered)) {
        waits.clear();
    }
    let language = page.language;
    let waits = match waits.as_slice() {
        [] => String::new(),
        [only] => tell!(
            language,
            " Dat hangt af van deze vraag: \"{only}\"",
            " That depends on this question: \"{only}\""
        ),
        few if few.len() <= FEW => {
            let few: Vec<String> = few.iter().map(|title| format!("\"{title}\"")).collect();
            tell!(
                language,
                " Dat hangt af van deze vragen: {}",
                " That depends on these questions: {}",
                language.list(&few)
            )
        }
        many => tell!(
            language,
            " Dat hangt af van {} vragen die nog open zijn",
            " That depends on {} questions that are still open",
            many.len()
        ),
    };
    let said = match open {
        [only] => tell!(
            language,
            "Nog niet te zeggen is of dit geldt: {}.{waits}",
            "It cannot be said yet whether this applies: {}.{waits}",
            only.title.trim_end_matches('.')
        ),
        few if few.len() <= FEW => tell!(
            language,
            "Nog niet te zeggen is of deze signalen gelden.{waits}",
            "It cannot be said yet whether these signals apply.{waits}"
        ),
        many => tell!(
            language,
            "Van {} signalen is nog niet te zeggen of ze gelden.{waits}",
            "It cannot be said yet whether {} signals apply.{waits}",
            many.len()
        ),
    };
    page.item(2, "- ", &stopped(&said));
    if (2..=FEW).contains(&open.len()) {
        for signal in open {
            page.item(4, "- ", &signal.title);
        }
    }
}

/// Open, or a list with an open field.
fn unanswered(answer: &Answer) -> bool {
    let items = answer.value.as_ref().and_then(|value| serde_json::from_str(value.as_str()).ok());
    let items: Vec<serde_json::Value> = items.unwrap_or_default();
    let blank = |item: &serde_json::Value| {
        item.as_object().is_some_and(|fields| fields.values().any(serde_json::Value::is_null))
    };
    answer.status == AnswerStatus::Open || items.iter().any(blank)
}

/// `Titel: niet vervuld. Wat te doen.`
fn sentence(title: &str, state: &str, more: Option<&str>) -> String {
    let said = stopped(format!("{}: {state}", title.trim_end_matches('.')));
    match more {
        Some(more) => format!("{said} {more}"),
        None => said,
    }
}
