//! One answer: bare or wrapped, its ground and evidence, what keeps it open; lists and their items.

use std::borrow::Cow;

use crate::diagnostic::{Code, Diagnostic, Text};
use crate::model::{Domain, Field, Kind};
use crate::proposal::{Answer, State};
use crate::says;
use crate::value::Value;

use super::Reader;
use super::json::{self, Entry, Names, Shape};
use super::pointer::Pointer;
use super::words::{self, Named, is_blank, quoted};

/// The keys of a wrapped answer.
const WRAPPER: [&str; 5] = ["$uitleg", "antwoord", "onderbouwing", "bewijs", "niet_te_zeggen"];

/// What is asked.
pub(super) struct Asked<'m, 'n> {
    pub(super) domain: &'m Domain,
    pub(super) ground_required: bool,
    /// It was agreed on: the reason of the agreement is its ground.
    pub(super) agreed: bool,
    /// The names of a list's fields; empty for other kinds.
    pub(super) fields: Names<'n>,
}

/// The object around an answer, taken apart.
#[derive(Default)]
struct Wrapped<'a> {
    answer: Option<&'a str>,
    ground: Option<String>,
    evidence: Vec<String>,
    unsayable: Option<(String, &'a str)>,
}

impl<'a> Reader<'a, '_> {
    /// The entries of an object; None, with a fault, when JSON itself is wrong (which the first reading excludes).
    pub(super) fn object(&mut self, raw: &'a str, at: &Pointer<'_>) -> Option<Vec<Entry<'a>>> {
        json::object(raw).map_err(|error| self.broken(raw, &error, at)).ok()
    }

    pub(super) fn list(&mut self, raw: &'a str, at: &Pointer<'_>) -> Option<Vec<&'a str>> {
        json::list(raw).map_err(|error| self.broken(raw, &error, at)).ok()
    }

    fn broken(&mut self, raw: &str, error: &serde_json::Error, at: &Pointer<'_>) {
        let fault = super::not_json::explain(raw, error, &self.report);
        self.report.push(fault, at);
    }

    /// A text without its escapes; None, with a fault, when it holds half a character.
    pub(super) fn unescaped(&mut self, raw: &'a str, at: &Pointer<'_>) -> Option<Cow<'a, str>> {
        let text = json::text(raw);
        if text.is_none() {
            let message = says!(
                r"de tekst bevat een half teken (\ud800 tot en met \udfff los)",
                r"the text holds half a character (a lone \ud800 to \udfff)"
            );
            let help = says!("schrijf het teken zelf", "write the character itself");
            let fault = Diagnostic::new(Code::NotJson, self.report.span(raw), message).help(help);
            self.report.push(fault, at);
        }
        text
    }

    /// A value that must be a text.
    pub(super) fn text(
        &mut self,
        raw: &'a str,
        at: &Pointer<'_>,
        help: Option<Text>,
    ) -> Option<Cow<'a, str>> {
        if Shape::of(raw) == Shape::Text {
            return self.unescaped(raw, at);
        }
        let Text { nl, en } = words::found(raw);
        let message = says!("hier hoort een tekst, niet {nl}", "a text belongs here, not {en}");
        let fault = Diagnostic::new(Code::WrongType, self.report.span(raw), message);
        let help = help.unwrap_or_else(|| match Shape::of(raw) {
            Shape::Bool | Shape::Number => says!(r#"schrijf "{raw}""#, r#"write "{raw}""#),
            _ => says!("schrijf een tekst tussen aanhalingstekens", "write a text between quotes"),
        });
        self.report.push(fault.help(help), at);
        None
    }

    /// A text that may be absent; blank is absent too.
    pub(super) fn optional_text(&mut self, entry: Option<Entry<'a>>, at: &Pointer<'_>) -> Option<String> {
        let text = self.text(entry?.value, at, None)?;
        (!is_blank(&text)).then(|| text.into_owned())
    }

    /// `$uitleg`: a text or a list of texts for people; checked, then forgotten.
    pub(super) fn remark(&mut self, entry: Option<Entry<'a>>, at: &Pointer<'_>) {
        if let Some(entry) = entry {
            if Shape::of(entry.value) == Shape::List {
                self.texts(entry.value, at);
            } else {
                self.text(entry.value, at, None);
            }
        }
    }

    /// A list of texts; blank ones are left out.
    fn texts(&mut self, raw: &'a str, at: &Pointer<'_>) -> Vec<String> {
        let mut texts = Vec::new();
        for (n, item) in self.list(raw, at).unwrap_or_default().into_iter().enumerate() {
            let at = at.item(n);
            if Shape::of(item) == Shape::Null {
                self.null_item(item, &at);
            } else if let Some(text) = self.text(item, &at, None)
                && !is_blank(&text)
            {
                texts.push(text.into_owned());
            }
        }
        texts
    }

    pub(super) fn null_item(&mut self, raw: &str, at: &Pointer<'_>) {
        let message = says!("null kan niet in een lijst staan", "null cannot stand in a list");
        let help = says!(
            "haal null weg: een lijst die gegeven is, is volledig",
            "remove it: a given list is complete"
        );
        self.report.push(Diagnostic::new(Code::NullItem, self.report.span(raw), message).help(help), at);
    }

    /// Puts the entries of an object at the places of their names. Reports unknown and double keys.
    pub(super) fn slots(
        &mut self,
        entries: Vec<Entry<'a>>,
        names: &Names<'_>,
        at: &Pointer<'_>,
        named: Named,
    ) -> Vec<Option<Entry<'a>>> {
        let mut slots: Vec<Option<Entry<'a>>> = vec![None; names.all().len()];
        let mut unknown: Vec<(String, Entry<'a>)> = Vec::new();
        let mut guess = 0;
        for entry in entries {
            let Some(key) = self.unescaped(entry.key, at) else { continue };
            let Some(place) = names.find(&key, guess) else {
                unknown.push((key.into_owned(), entry));
                continue;
            };
            guess = place + 1;
            match slots.get_mut(place) {
                Some(Some(first)) => {
                    let first = *first;
                    self.double(&key, entry, first, at);
                }
                Some(slot) => *slot = Some(entry),
                None => {}
            }
        }
        // In order of their text, to find doubles; stable, so the first one stays the first.
        unknown.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut doubles = Vec::new();
        for pair in unknown.windows(2) {
            if let [(a, first), (b, second)] = pair
                && a == b
            {
                doubles.push((b.clone(), *first, *second));
            }
        }
        for (key, first, second) in doubles {
            self.double(&key, second, first, at);
        }
        unknown.dedup_by(|(b, _), (a, _)| a == b);
        unknown.sort_by_key(|(_, entry)| self.report.span(entry.key));
        for (key, entry) in unknown {
            self.unknown(&key, entry, names, at, named);
        }
        slots
    }

    fn double(&mut self, key: &str, entry: Entry<'a>, first: Entry<'a>, at: &Pointer<'_>) {
        if self.report.only_counts() {
            return;
        }
        let shown = quoted(key);
        let message = says!("de sleutel {shown} staat er twee keer", "the key {shown} is given twice");
        let fault = Diagnostic::new(Code::DoubleKeyJson, self.report.span(entry.key), message)
            .also(self.report.span(first.key), says!("hier staat hij eerder", "it stands here before"))
            .help(says!("haal er één weg", "remove one of them"));
        // A wrapped answer is named by its question.
        let inner = at.key(key);
        self.report.push(fault, if key == "antwoord" { at } else { &inner });
    }

    fn unknown(&mut self, key: &str, entry: Entry<'a>, names: &Names<'_>, at: &Pointer<'_>, named: Named) {
        if self.report.only_counts() {
            return;
        }
        let shown = quoted(key);
        let message = match named {
            Named::Key => says!("onbekende sleutel {shown}", "unknown key {shown}"),
            Named::Question => {
                says!(
                    "onbekende vraag {shown}: de meetlat vraagt dit niet",
                    "unknown question {shown}: the meetlat does not ask this"
                )
            }
            Named::Field => says!("onbekend veld {shown}", "unknown field {shown}"),
        };
        let model = self.model;
        let help = if let Some(name) = self.report.like(key, names.all()) {
            says!(r#"bedoelde u "{name}"?"#, r#"did you mean "{name}"?"#)
        } else if names.all().len() == super::TOP.len()
            && named == Named::Key
            && model.questions.iter().any(|question| question.head.name == key)
        {
            says!(r#"zet {shown} binnen "antwoorden""#, r#"put {shown} inside "antwoorden""#)
        } else if named == Named::Question {
            says!(
                "haal dit antwoord weg, of kijk of de vraag nu anders heet",
                "remove this answer, or see whether the question has another name now"
            )
        } else {
            let names: Vec<String> = names.all().iter().take(12).map(|name| format!("\"{name}\"")).collect();
            let names = names.join(", ");
            says!("hier kan staan: {names}", "what can stand here: {names}")
        };
        let fault = Diagnostic::new(Code::UnknownKey, self.report.span(entry.key), message).help(help);
        self.report.push(fault, &at.key(key));
    }

    /// The answer to a question or field.
    pub(super) fn answer(
        &mut self,
        slot: Option<Entry<'a>>,
        asked: &Asked<'_, '_>,
        at: &Pointer<'_>,
    ) -> Answer {
        let nothing = Answer { span: self.report.nowhere(), ..Answer::default() };
        let Some(Entry { value: raw, .. }) = slot.filter(|entry| !entry.is_null()) else { return nothing };
        let (wrapped, span) = if Shape::of(raw) == Shape::Object {
            let Some(wrapped) = self.wrapped(raw, asked, at) else { return nothing };
            let span = self.report.span(wrapped.answer.unwrap_or(raw));
            (wrapped, span)
        } else {
            (Wrapped { answer: Some(raw), ..Wrapped::default() }, self.report.span(raw))
        };
        let Wrapped { answer, ground, evidence, unsayable } = wrapped;
        if answer.is_some()
            && let Some((_, place)) = &unsayable
        {
            let message = says!(
                r#"een antwoord en "niet_te_zeggen" tegelijk"#,
                r#"an answer and "niet_te_zeggen" at once"#
            );
            let fault =
                Diagnostic::new(Code::AnswerAndUnsayable, self.report.span(place), message).help(says!(
                    r#"haal het antwoord weg, of "niet_te_zeggen""#,
                    r#"remove the answer, or "niet_te_zeggen""#
                ));
            self.report.push(fault, at);
        }
        let state = match answer {
            None => State::Open,
            Some(raw) => match self.state(raw, asked, at) {
                State::Given(Value::NotApplicable) if ground.is_none() && !asked.agreed => State::Open,
                _ if asked.ground_required && ground.is_none() => State::Open,
                state => state,
            },
        };
        Answer {
            state,
            written: answer.map(str::to_owned),
            ground,
            evidence,
            unsayable: unsayable.map(|(reason, _)| reason),
            span,
        }
    }

    fn wrapped(&mut self, raw: &'a str, asked: &Asked<'_, '_>, at: &Pointer<'_>) -> Option<Wrapped<'a>> {
        let entries = self.object(raw, at)?;
        if self.bare_item(raw, &entries, asked, at) {
            return None;
        }
        let names = Names::new(&WRAPPER);
        let mut slots = self.slots(entries, &names, at, Named::Key);
        let mut take = |at: usize| slots.get_mut(at).and_then(Option::take).filter(|entry| !entry.is_null());
        let (remark, answer, ground, evidence, unsayable) = (take(0), take(1), take(2), take(3), take(4));
        self.remark(remark, &at.key("$uitleg"));
        let ground = self.optional_text(ground, &at.key("onderbouwing"));
        let evidence = evidence.map_or_else(Vec::new, |entry| self.evidence(entry.value, &at.key("bewijs")));
        let reason = self.optional_text(unsayable, &at.key("niet_te_zeggen"));
        let unsayable = reason.zip(unsayable.map(|entry| entry.value));
        Some(Wrapped { answer: answer.map(|entry| entry.value), ground, evidence, unsayable })
    }

    fn evidence(&mut self, raw: &'a str, at: &Pointer<'_>) -> Vec<String> {
        if Shape::of(raw) == Shape::List {
            return self.texts(raw, at);
        }
        let Text { nl, en } = words::found(raw);
        let message =
            says!("bewijs is een lijst van teksten, niet {nl}", "evidence is a list of texts, not {en}");
        let shown = if Shape::of(raw) == Shape::Text && raw.len() < 80 { raw } else { r#""…""# };
        let fault = Diagnostic::new(Code::WrongType, self.report.span(raw), message)
            .help(says!("schrijf [{shown}]", "write [{shown}]"));
        self.report.push(fault, at);
        Vec::new()
    }

    /// A likely mistake: one item where a list of items belongs.
    fn bare_item(
        &mut self,
        raw: &'a str,
        entries: &[Entry<'a>],
        asked: &Asked<'_, '_>,
        at: &Pointer<'_>,
    ) -> bool {
        let named = |names: &dyn Fn(&str) -> bool| {
            entries.iter().any(|entry| json::text(entry.key).is_some_and(|key| names(&key)))
        };
        let fields = asked.fields.all();
        if fields.is_empty()
            || named(&|key| WRAPPER.contains(&key) && !fields.contains(&key))
            || !named(&|key| asked.fields.find(key, 0).is_some())
        {
            return false;
        }
        let message = says!("een lijst staat tussen [ en ]", "a list stands between [ and ]");
        let fault = Diagnostic::new(Code::WrongShape, self.report.first_byte(raw), message).help(says!(
            "zet rechte haken om de items: [{{…}}]",
            "put square brackets around the items: [{{…}}]"
        ));
        self.report.push(fault, at);
        true
    }

    fn state(&mut self, raw: &'a str, asked: &Asked<'_, '_>, at: &Pointer<'_>) -> State {
        if let Kind::List { fields, .. } = &asked.domain.kind
            && Shape::of(raw) == Shape::List
        {
            return self.items(raw, asked, fields, at);
        }
        self.value(raw, asked.domain, at).map_or(State::Open, State::Given)
    }

    fn items(&mut self, raw: &'a str, asked: &Asked<'_, '_>, fields: &[Field], at: &Pointer<'_>) -> State {
        let Some(items) = self.list(raw, at) else { return State::Open };
        let limit = self.limits.list_items;
        if items.len() > limit {
            let length = items.len();
            let message = says!(
                "de lijst is te lang: {length} items, de grens is {limit}",
                "the list is too long: {length} items, the limit is {limit}"
            );
            let fault = Diagnostic::new(Code::ListTooLong, self.report.first_byte(raw), message);
            self.report.push(fault, at);
            return State::Open;
        }
        self.length_in_range(raw, items.len(), asked.domain, at);
        let mut read = Vec::with_capacity(items.len());
        for (n, item) in items.into_iter().enumerate() {
            let at = at.item(n);
            match Shape::of(item) {
                Shape::Object => read.push(self.item(item, asked, fields, &at)),
                Shape::Null => self.null_item(item, &at),
                _ => self.no_item(item, fields, &at),
            }
        }
        State::Items(read)
    }

    fn item(
        &mut self,
        raw: &'a str,
        asked: &Asked<'_, '_>,
        fields: &[Field],
        at: &Pointer<'_>,
    ) -> Vec<Answer> {
        let Some(entries) = self.object(raw, at) else { return Vec::new() };
        let slots = self.slots(entries, &asked.fields, at, Named::Field);
        let mut answers = Vec::with_capacity(fields.len());
        for (field, slot) in fields.iter().zip(slots) {
            let asked = Asked {
                domain: &field.domain,
                ground_required: false,
                agreed: asked.agreed,
                fields: Names::new(&[]),
            };
            answers.push(self.answer(slot, &asked, &at.key(&field.name)));
        }
        answers
    }

    fn no_item(&mut self, raw: &'a str, fields: &[Field], at: &Pointer<'_>) {
        let Text { nl, en } = words::found(raw);
        let message = says!(
            "een item van deze lijst is een object met velden, niet {nl}",
            "an item of this list is an object with fields, not {en}"
        );
        let field = fields.first().map_or("veld", |field| field.name.as_str());
        let help = says!(r#"schrijf {{"{field}": …}}"#, r#"write {{"{field}": …}}"#);
        self.report.push(Diagnostic::new(Code::WrongShape, self.report.span(raw), message).help(help), at);
    }
}
