//! Reads a proposal: JSON text → answers in the order of the questions. Strict: every key, type and value is
//! checked, and all faults are reported in one run, each with its JSON pointer and place.
//!
//! The text is read once, to check it and to write down where everything stands (`scan`). Then the reader walks along that
//! tape in pieces that borrow from the text (`json`): decimals are exact, and a place is the distance from the piece to the
//! text's start. Nothing builds a tree of values, and answers say where their texts stand instead of copying them.

mod answer;
mod assess;
mod buffers;
mod names;
mod not_json;
mod report;
mod spelling;
mod value;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::Deserializer as _;

use crate::limits::Limits;
use crate::message::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::message::language::Text;
use crate::message::language::says;
use crate::message::source::{Source, Span};
use crate::proposal::answers::{Answer, Proposal};
use crate::rules::id::RulesId;
use crate::rules::model::Model;
use crate::value::date::Date;

pub use self::buffers::Buffers;
pub use self::names::Plan;

pub(crate) use self::words::{date_range, range_words};
pub(crate) use crate::json::decimal::{AFTER, BEFORE, json_number};
pub(crate) use crate::json::quote::is_blank;
pub(crate) use crate::json::quote::unquoted;
pub(crate) use crate::json::scan::text_end;

use self::buffers::Slots;
use self::report::Report;
use self::words::quoted;
use crate::json::pointer::Pointer;
use crate::json::tape::{Piece, Shape, Tape};

/// The keys of a proposal, in the order a form has them.
const TOP: [&str; 10] = [
    "$schema",
    "$uitleg",
    "meetlat",
    "titel",
    "indiener",
    "peildatum",
    "antwoorden",
    "beoordelingen",
    "consensus",
    "afgesloten",
];

/// What is read and how: shared by all parts of the reader.
struct Reader<'a, 'd> {
    model: &'a Model,
    plan: &'a Plan,
    limits: &'a Limits,
    report: Report<'a, 'd>,
    tape: &'a Tape<'a>,
    slots: &'d mut Slots,
}

/// A proposal's text, and what the host says about it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given<'a> {
    /// What the host calls it.
    pub(crate) name: &'a str,
    /// JSON; a byte order mark is accepted.
    pub(crate) text: &'a str,
    /// Wins over the proposal's `peildatum`.
    pub(crate) reference_date: Option<Date>,
}

/// Reads a proposal for `model`. `name` is what the host calls the text; `reference_date` is the host's, and wins
/// over the proposal's `peildatum`. None when there is a fault; the faults are added to `diagnostics`.
///
/// Cost: linear in the text. A byte order mark is accepted.
pub fn read(
    model: &Model,
    name: &str,
    text: &str,
    reference_date: Option<Date>,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Option<Proposal> {
    let given = Given { name, text, reference_date };
    read_with(model, &Plan::new(model), given, limits, &mut Buffers::default(), diagnostics)
}

/// The same, with an index of the model's names, in memory that was used before.
pub(crate) fn read_with(
    model: &Model,
    plan: &Plan,
    given: Given<'_>,
    limits: &Limits,
    buffers: &mut Buffers,
    diagnostics: &mut Diagnostics,
) -> Option<Proposal> {
    let Given { name, text, .. } = given;
    let limit = limits.proposal_bytes.min(crate::json::texts::LONGEST);
    if text.len() > limit {
        let source = diagnostics.add_source(Source::new(name, ""));
        let length = text.len();
        let message = says!(
            "het voorstel is te lang: {length} bytes, de grens is {limit}",
            "the proposal is too long: {length} bytes, the limit is {limit}"
        );
        diagnostics.push(Diagnostic::new(Code::TextTooLong, Span::new(source, 0, 0), message).at(""));
        return None;
    }
    let mut report = Report::new(diagnostics, name, text, limits.diagnostics);
    let Buffers { nodes, inner: slots } = buffers;
    let start = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    if crate::json::scan::scan(text, start, nodes).is_none() {
        let text = text.get(start..).unwrap_or_default();
        if let Some(syntax) = crate::json::tape::fault(text) {
            let fault = not_json::explain(text, &syntax, &report);
            report.push(fault, &Pointer::ROOT);
        }
        report.finish();
        return None;
    }
    let tape = &Tape::new(text, nodes);
    let mut reader = Reader { model, plan, limits, report, tape, slots };
    let read = reader.proposal(given);
    let faultless = reader.report.finish();
    read.filter(|_| faultless)
}

/// What a proposal says at its top, to choose rules by: nothing else of it is checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// `meetlat`, when it is a text.
    pub meetlat: Option<String>,
    /// `peildatum`, when it is there: its place in bytes, and the date when it is one.
    pub reference_date: Option<(std::ops::Range<usize>, Option<Date>)>,
    /// The text is one JSON object, as far as it was cut.
    pub whole: bool,
}

/// Reads the top of a proposal as far as it goes.
#[must_use]
pub fn asked(text: &str) -> Asked {
    let mut asked = Asked::default();
    let mut de = serde_json::Deserializer::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    let visitor = crate::json::tape::Each(|key: &str, value: &str| {
        match crate::json::quote::unquoted(key).as_deref() {
            Some("meetlat") if asked.meetlat.is_none() => {
                asked.meetlat = crate::json::quote::unquoted(value).map(std::borrow::Cow::into_owned);
            }
            Some("peildatum") if asked.reference_date.is_none() && Shape::of(value) != Shape::Null => {
                let start = value.as_ptr().addr().saturating_sub(text.as_ptr().addr());
                let date = crate::json::quote::unquoted(value).and_then(|date| Date::from_iso(&date));
                asked.reference_date = Some((start..start + value.len(), date));
            }
            _ => {}
        }
    });
    // A fault further on is found, and shown, when the proposal is read.
    let whole = de.deserialize_map(visitor).and_then(|()| de.end()).is_ok();
    asked.whole = whole;
    asked
}

/// Only the `meetlat` that a proposal says it is for, to choose a rule file by; none when it says none before the
/// text ends or breaks. Nothing else is checked.
#[must_use]
pub fn meetlat_name(text: &str) -> Option<String> {
    asked(text).meetlat
}

impl<'a> Reader<'a, '_> {
    /// The whole proposal.
    fn proposal(&mut self, given: Given<'_>) -> Option<Proposal> {
        let root = Pointer::ROOT;
        let whole = self.tape.whole();
        if whole.shape() != Shape::Object {
            let fault = self.no_object(whole);
            self.report.push(fault, &root);
            return None;
        }
        let brace = self.report.first_byte(&whole);
        let [schema, remark, meetlat, title, submitter, date, answers, assessments, consensus, closing] =
            self.keys(whole, &TOP, &root);

        self.optional_text(schema, &root.key("$schema"));
        self.remark(remark, &root.key("$uitleg"));
        let other = !self.meetlat(meetlat, &root, brace);
        let title = self.optional_text(title, &root.key("titel"));
        let submitter = self.optional_text(submitter, &root.key("indiener"));
        let reference_date = self.reference_date(date, given.reference_date, &root, brace);
        let answers = match (answers, assessments) {
            // Others may answer all of it.
            (None, Some(given)) if self.tape.items(given).next().is_some() => Some(self.no_answers()),
            (answers, _) => self.answers(answers, &root, brace, other),
        };
        let lost = answers.is_none();
        if lost && other {
            return None;
        }
        let assessments = self.assessments(assessments, &root, other);
        let mut file = std::mem::take(&mut self.slots.file);
        file.clear();
        file.push_str(given.name.rsplit(['/', '\\']).next().unwrap_or(given.name));
        let mut proposal = Proposal {
            rules: Some(self.rules()),
            file,
            texts: std::mem::take(&mut self.slots.texts).renewed(given.text),
            title,
            submitter,
            reference_date,
            answers: answers.unwrap_or_else(|| self.no_answers()),
            assessors: Vec::new(),
            disputes: BTreeMap::new(),
            consensus: Vec::new(),
            closing: None,
        };
        self.combine(&mut proposal, assessments, consensus, &root);
        proposal.closing = self.closing(closing, &proposal, &root);
        (!lost).then_some(proposal)
    }

    /// What the proposal knows its rules by: kept from proposal to proposal, so that threads do not count it together.
    fn rules(&mut self) -> Arc<RulesId> {
        let kept = self.slots.rules.take().filter(|kept| Arc::ptr_eq(kept, &self.model.id));
        kept.unwrap_or_else(|| Arc::clone(&self.model.id))
    }

    /// Every question left open.
    fn no_answers(&self) -> Vec<Answer> {
        vec![self.nothing(); self.model.questions.len()]
    }

    /// JSON, but no object.
    fn no_object(&self, raw: Piece<'a>) -> Diagnostic {
        let Text { nl, en } = words::found(&raw);
        let message = says!(
            "een voorstel is een object tussen accolades, niet {nl}",
            "a proposal is an object between braces, not {en}"
        );
        Diagnostic::new(Code::WrongShape, self.report.first_byte(&raw), message).help(self.skeleton())
    }

    fn skeleton(&self) -> Text {
        let name = &self.model.name;
        says!(
            r#"begin met {{"meetlat": "{name}", "antwoorden": {{…}}}}"#,
            r#"start with {{"meetlat": "{name}", "antwoorden": {{…}}}}"#
        )
    }

    fn missing(&mut self, key: &str, root: &Pointer<'_>, brace: Span, help: Text) {
        let message = says!(r#"de sleutel "{key}" ontbreekt"#, r#"the key "{key}" is missing"#);
        let fault = Diagnostic::new(Code::MissingKeyJson, brace, message).help(help);
        self.report.push(fault, &root.key(key));
    }

    /// Whether the proposal is for this meetlat, or doesn't say.
    fn meetlat(&mut self, entry: Option<Piece<'a>>, root: &Pointer<'_>, brace: Span) -> bool {
        let model = self.model;
        let name = &model.name;
        let help = || says!(r#"schrijf "meetlat": "{name}""#, r#"write "meetlat": "{name}""#);
        let Some(entry) = entry else {
            self.missing("meetlat", root, brace, help());
            return true;
        };
        let at = root.key("meetlat");
        // Nearly always it is a text, and no help is needed.
        let help = (entry.shape() != Shape::Text).then(help);
        let Some(given) = self.text(entry, &at, help) else { return true };
        if given == *name {
            return true;
        }
        let given = quoted(&given);
        let message = says!(
            r#"dit voorstel is voor meetlat {given}, niet voor "{name}""#,
            r#"this proposal is for meetlat {given}, not for "{name}""#
        );
        let fault = Diagnostic::new(Code::OtherMeetlat, self.report.span(&entry), message).help(says!(
            r#"kies de meetlat {given}, of schrijf "meetlat": "{name}""#,
            r#"choose the meetlat {given}, or write "meetlat": "{name}""#
        ));
        self.report.push(fault, &at);
        false
    }

    fn reference_date(
        &mut self,
        entry: Option<Piece<'a>>,
        host: Option<Date>,
        root: &Pointer<'_>,
        brace: Span,
    ) -> Option<Date> {
        let at = root.key("peildatum");
        let span = entry.as_ref().map_or(brace, |entry| self.report.span(entry));
        let own = match entry {
            None => None,
            Some(entry) => match self.date(entry, &at, Code::BadReferenceDate) {
                Some(date) => Some(date),
                None => return None,
            },
        };
        let Some(date) = host.or(own) else {
            if self.model.uses_reference_date {
                let message = says!(
                    "de peildatum ontbreekt, en de meetlat rekent ermee",
                    "the reference date is missing, and the meetlat uses it"
                );
                let example = self.model.some_day().map_or_else(|| "2020-09-01".to_owned(), Date::to_iso);
                let help = says!(r#"schrijf "peildatum": "{example}""#, r#"write "peildatum": "{example}""#);
                self.report.push(Diagnostic::new(Code::BadReferenceDate, brace, message).help(help), &at);
            }
            return None;
        };
        if let Some((message, help)) = out_of_force(self.model, date) {
            self.report.push(Diagnostic::new(Code::BadReferenceDate, span, message).help(help), &at);
        }
        Some(date)
    }

    /// One answer per question. `other`: the proposal says it is for another meetlat; then its answers are read only
    /// when at least half of them are answers to questions of this one, or else each of them would be a fault.
    fn answers(
        &mut self,
        entry: Option<Piece<'a>>,
        root: &Pointer<'_>,
        brace: Span,
        other: bool,
    ) -> Option<Vec<Answer>> {
        let Some(entry) = entry else {
            let help = says!(
                r#"schrijf "antwoorden": {{}}; een vraag zonder antwoord is open"#,
                r#"write "antwoorden": {{}}; a question without an answer is open"#
            );
            self.missing("antwoorden", root, brace, help);
            return None;
        };
        self.answers_in(entry, root, other)
    }

    /// The same, of the object that holds them.
    fn answers_in(&mut self, entry: Piece<'a>, holder: &Pointer<'_>, other: bool) -> Option<Vec<Answer>> {
        let at = holder.key("antwoorden");
        if entry.shape() != Shape::Object {
            let Text { nl, en } = words::found(&entry);
            let message = says!(
                "de antwoorden staan in een object tussen accolades, niet in {nl}",
                "the answers stand in an object between braces, not in {en}"
            );
            let help = says!(
                r#"schrijf "antwoorden": {{"vraag": "antwoord", …}}"#,
                r#"write "antwoorden": {{"question": "answer", …}}"#
            );
            let span = self.report.first_byte(&entry);
            self.report.push(Diagnostic::new(Code::WrongShape, span, message).help(help), &at);
            return None;
        }
        let model = self.model;
        let names = self.plan.questions(model);
        if other {
            let tape = self.tape;
            let entries = tape.entries(entry);
            let known = entries
                .clone()
                .filter(|&entry| tape.key(entry).text().is_some_and(|key| names.find(&key, 0).is_some()));
            if known.count() * 2 < entries.count().max(1) {
                return None;
            }
        }
        let mut slots = std::mem::take(&mut self.slots.questions);
        slots.clear();
        slots.resize(names.len(), None);
        self.fill(entry, names, &at, words::Named::Question, &mut slots);
        let mut answers = std::mem::take(&mut self.slots.answers);
        answers.resize(slots.len(), self.nothing());
        for (n, ((question, slot), answer)) in
            model.questions.iter().zip(&slots).zip(&mut answers).enumerate()
        {
            let asked = answer::Asked {
                domain: &question.domain,
                ground_required: question.ground_required,
                agreed: false,
                fields: &self.plan.fields(n, question),
            };
            let given = self.tape.present(*slot);
            self.answer_to(given, &asked, &at.key(&question.head.name), answer);
        }
        self.slots.questions = slots;
        Some(answers)
    }
}

/// What is wrong with a reference date on which the rules, or a building block they use, are not in force, and what
/// to do; none when all are.
pub(crate) fn out_of_force(model: &Model, date: Date) -> Option<(Text, Text)> {
    let own = (None, model.valid_from, model.valid_until);
    let blocks = model.blocks.iter().map(|block| (Some(&block.name), block.valid_from, block.valid_until));
    let inside = |from: Option<Date>, until: Option<Date>| {
        from.is_none_or(|from| from <= date) && until.is_none_or(|until| date <= until)
    };
    let (block, from, until) =
        std::iter::once(own).chain(blocks).find(|(_, from, until)| !inside(*from, *until))?;
    let what = match block {
        None => says!("de meetlat", "the meetlat"),
        Some(name) => says!("de bouwsteen \"{name}\"", "the building block \"{name}\""),
    };
    let (nl, en, iso) = (what.nl, what.en, date.to_iso());
    let message = says!(
        "de peildatum {date} ligt buiten de geldigheid van {nl}",
        "the reference date {iso} lies outside the validity of {en}"
    );
    let Text { nl: from_nl, en: from_en } = words::date_range(from, until);
    Some((message, says!("{nl} geldt {from_nl}", "{en} is in force {from_en}")))
}
