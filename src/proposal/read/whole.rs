//! A whole proposal: its top, and what is under each of its keys.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::answer::Asked;
use super::reader::{Reader, TOP};
use super::words::{self, quoted};
use crate::json::pointer::Pointer;
use crate::json::tape::{Piece, Shape};
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::{Text, says};
use crate::message::source::Span;
use crate::proposal::answers::{Answer, Proposal};
use crate::proposal::read::given::Given;
use crate::rules::id::RulesId;
use crate::rules::model::Model;
use crate::value::date::Date;

impl<'a> Reader<'a, '_> {
    /// The whole proposal.
    pub(super) fn proposal(&mut self, given: Given<'_>) -> Option<Proposal> {
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

    /// The identity of the rules: kept from proposal to proposal, so that threads do not contend for its reference count.
    fn rules(&mut self) -> Arc<RulesId> {
        let kept = self.slots.rules.take().filter(|kept| Arc::ptr_eq(kept, &self.model.id));
        kept.unwrap_or_else(|| Arc::clone(&self.model.id))
    }

    /// Every question left open.
    fn no_answers(&self) -> Vec<Answer> {
        vec![self.nothing(); self.model.questions.len()]
    }

    /// JSON, but not an object.
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

    pub(super) fn missing(&mut self, key: &str, root: &Pointer<'_>, brace: Span, help: Text) {
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

    /// One answer per question. `other`: the proposal says it is for another meetlat; then its answers are read only when at least
    /// half of them belong to questions of this one, since otherwise each of them would be a fault.
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
    pub(super) fn answers_in(
        &mut self,
        entry: Piece<'a>,
        holder: &Pointer<'_>,
        other: bool,
    ) -> Option<Vec<Answer>> {
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
            let asked = Asked {
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
    let days = |language| words::date_range(from, until, language).unwrap_or_default();
    let Text { nl: from_nl, en: from_en } = Text::of(days);
    Some((message, says!("{nl} geldt {from_nl}", "{en} is in force {from_en}")))
}
