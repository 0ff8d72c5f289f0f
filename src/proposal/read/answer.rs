//! One answer: bare or wrapped, its ground and evidence, what keeps it open; lists and their items.

use std::borrow::Cow;

use super::names::Names;
use super::reader::Reader;
use super::value::level_of;
use super::words::{self, Named, quoted};
use crate::json::pointer::Pointer;
use crate::json::tape::{Entry, Piece, Shape};
use crate::json::texts::Written;
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::{Text, says};
use crate::proposal::answers::{Answer, State};
use crate::rules::model::{Domain, Field, Kind};
use crate::value::values::Value;

/// The keys of a wrapped answer.
const WRAPPER: [&str; 5] = [REMARK, ANSWER, GROUND, EVIDENCE, UNSAYABLE];
const REMARK: &str = "$uitleg";
const ANSWER: &str = "antwoord";
const GROUND: &str = "onderbouwing";
const EVIDENCE: &str = "bewijs";
const UNSAYABLE: &str = "niet_te_zeggen";

/// What is asked.
pub(super) struct Asked<'m> {
    pub(super) domain: &'m Domain,
    pub(super) ground_required: bool,
    /// It was agreed on: the reason for the agreement is its ground.
    pub(super) agreed: bool,
    /// The names of a list's fields; empty for other kinds.
    pub(super) fields: &'m Names<'m>,
}

/// What is in the object around an answer, besides its texts.
struct Wrapped {
    answer: Option<Entry>,
    unsayable: Option<Entry>,
}

impl<'a> Reader<'a, '_> {
    /// A text without its escapes; none, with a fault, when it holds half a character.
    pub(super) fn unescaped(&mut self, raw: Piece<'a>, at: &Pointer<'_>) -> Option<Cow<'a, str>> {
        let text = raw.text();
        if text.is_none() {
            self.half(raw, at);
        }
        text
    }

    /// Half a character in a text, or in a key.
    #[cold]
    fn half(&mut self, raw: Piece<'a>, at: &Pointer<'_>) {
        let message = says!(
            r"de tekst bevat een half teken (\ud800 tot en met \udfff los)",
            r"the text holds half a character (a lone \ud800 to \udfff)"
        );
        let help = says!("schrijf het teken zelf", "write the character itself");
        let fault = Diagnostic::new(Code::NotJson, self.report.span(&raw), message).help(help);
        self.report.push(fault, at);
    }

    /// A value that must be a text.
    pub(super) fn text(
        &mut self,
        raw: Piece<'a>,
        at: &Pointer<'_>,
        help: Option<Text>,
    ) -> Option<Cow<'a, str>> {
        if self.is_text(raw, at, help) { raw.text() } else { None }
    }

    /// The same, where only the place is needed: its escapes stay.
    pub(super) fn is_text(&mut self, raw: Piece<'a>, at: &Pointer<'_>, help: Option<Text>) -> bool {
        if raw.shape() == Shape::Text {
            if raw.is_half() {
                self.half(raw, at);
            }
            return !raw.is_half();
        }
        self.no_text(raw, at, help);
        false
    }

    #[cold]
    fn no_text(&mut self, raw: Piece<'a>, at: &Pointer<'_>, help: Option<Text>) {
        let Text { nl, en } = words::found(&raw);
        let message = says!("hier hoort een tekst, niet {nl}", "a text belongs here, not {en}");
        let fault = Diagnostic::new(Code::WrongType, self.report.span(&raw), message);
        let help = help.unwrap_or_else(|| match raw.shape() {
            Shape::Bool | Shape::Number => says!(r#"schrijf "{raw}""#, r#"write "{raw}""#),
            _ => says!("schrijf een tekst tussen aanhalingstekens", "write a text between quotes"),
        });
        self.report.push(fault.help(help), at);
    }

    /// A text that may be absent; blank is absent too.
    pub(super) fn optional_text(&mut self, raw: Option<Piece<'a>>, at: &Pointer<'_>) -> Option<Written> {
        let raw = raw?;
        if self.is_text(raw, at, None) && !raw.is_blank() { raw.written() } else { None }
    }

    /// `$uitleg`: a text or a list of texts for people; checked, then forgotten.
    pub(super) fn remark(&mut self, raw: Option<Piece<'a>>, at: &Pointer<'_>) {
        if let Some(raw) = raw {
            if raw.shape() == Shape::List {
                self.texts(raw, at);
            } else {
                self.is_text(raw, at, None);
            }
        }
    }

    /// A list of texts. Returns whether any of them is not blank.
    fn texts(&mut self, raw: Piece<'a>, at: &Pointer<'_>) -> bool {
        let mut says = false;
        for (n, item) in self.tape.items(raw).enumerate() {
            let at = at.item(n);
            if item.shape() == Shape::Null {
                self.null_item(item, &at);
            } else if self.is_text(item, &at, None) {
                says |= !item.is_blank();
            }
        }
        says
    }

    pub(super) fn null_item(&mut self, raw: Piece<'a>, at: &Pointer<'_>) {
        let message = says!("null kan niet in een lijst staan", "null cannot stand in a list");
        let help = says!(
            "haal null weg: een lijst die gegeven is, is volledig",
            "remove it: a given list is complete"
        );
        self.report.push(Diagnostic::new(Code::NullItem, self.report.span(&raw), message).help(help), at);
    }

    /// The values of an object at the places of its keys, without those that are null. Reports unknown and double keys.
    pub(super) fn keys<const N: usize>(
        &mut self,
        object: Piece<'a>,
        keys: &[&str; N],
        at: &Pointer<'_>,
    ) -> [Option<Piece<'a>>; N] {
        let mut slots = [None; N];
        self.fill(object, Names::keys(keys), at, Named::Key, &mut slots);
        slots.map(|slot| self.tape.present(slot))
    }

    /// The same for the object around an answer, of which a proposal has many.
    fn wrapper_keys(&mut self, object: Piece<'a>, at: &Pointer<'_>) -> [Option<Entry>; WRAPPER.len()] {
        self.known_keys(object).unwrap_or_else(|| {
            let mut slots = [None; WRAPPER.len()];
            self.fill(object, Names::keys(&WRAPPER), at, Named::Key, &mut slots);
            slots
        })
    }

    /// Its entries at the places of their names; none when there is anything about its keys to report or to think about. Reading
    /// 32 wrapped answers takes 84,000 instructions; with [`Self::fill`] alone 94,000.
    fn known_keys(&self, object: Piece<'a>) -> Option<[Option<Entry>; WRAPPER.len()]> {
        let [mut remark, mut answer, mut ground, mut evidence, mut unsayable] = [None; WRAPPER.len()];
        for entry in self.tape.entries(object) {
            let key = self.tape.key(entry).unescaped_bytes()?;
            let slot = if key == ANSWER.as_bytes() {
                &mut answer
            } else if key == GROUND.as_bytes() {
                &mut ground
            } else if key == EVIDENCE.as_bytes() {
                &mut evidence
            } else if key == UNSAYABLE.as_bytes() {
                &mut unsayable
            } else if key == REMARK.as_bytes() {
                &mut remark
            } else {
                return None;
            };
            if slot.replace(entry).is_some() {
                return None;
            }
        }
        Some([remark, answer, ground, evidence, unsayable])
    }

    /// Puts the entries of an object at the places of their names. Reports unknown and double keys.
    pub(super) fn fill(
        &mut self,
        object: Piece<'a>,
        names: Names<'_>,
        at: &Pointer<'_>,
        named: Named,
        slots: &mut [Option<Entry>],
    ) {
        let mut unknown: Vec<(String, Entry)> = Vec::new();
        let mut guess = 0;
        for entry in self.tape.entries(object) {
            let key = self.tape.key(entry);
            // Most proposals keep the order of the rules.
            if let Some(name) = names.get(guess)
                && key.unescaped_bytes() == Some(name.as_bytes())
                && let Some(slot @ None) = slots.get_mut(guess)
            {
                *slot = Some(entry);
                guess += 1;
                continue;
            }
            let Some(key) = self.unescaped(key, at) else { continue };
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
        if !unknown.is_empty() {
            self.unknown_keys(unknown, names, at, named);
        }
    }

    fn unknown_keys(
        &mut self,
        mut unknown: Vec<(String, Entry)>,
        names: Names<'_>,
        at: &Pointer<'_>,
        named: Named,
    ) {
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
        unknown.sort_by_key(|(_, entry)| self.report.span(&self.tape.key(*entry)));
        for (key, entry) in unknown {
            self.unknown(&key, entry, names, at, named);
        }
    }

    fn double(&mut self, key: &str, entry: Entry, first: Entry, at: &Pointer<'_>) {
        if self.report.only_counts() {
            return;
        }
        let shown = quoted(key);
        let message = says!("de sleutel {shown} staat er twee keer", "the key {shown} is given twice");
        let fault = Diagnostic::new(Code::DoubleKeyJson, self.report.span(&self.tape.key(entry)), message)
            .also(
                self.report.span(&self.tape.key(first)),
                says!("hier staat hij eerder", "it stands here before"),
            )
            .help(says!("haal er één weg", "remove one of them"));
        // A wrapped answer is named by its question.
        let inner = at.key(key);
        self.report.push(fault, if key == "antwoord" { at } else { &inner });
    }

    fn unknown(&mut self, key: &str, entry: Entry, names: Names<'_>, at: &Pointer<'_>, named: Named) {
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
        let help = if let Some(name) = self.report.like(key, &names.all()) {
            says!(r#"bedoelde u "{name}"?"#, r#"did you mean "{name}"?"#)
        } else if named == Named::Key
            && names.all() == super::reader::TOP
            && model.questions.iter().any(|question| question.head.name == key)
        {
            says!(r#"zet {shown} binnen "antwoorden""#, r#"put {shown} inside "antwoorden""#)
        } else if named == Named::Question {
            says!(
                "haal dit antwoord weg, of kijk of de vraag nu anders heet",
                "remove this answer, or see whether the question has another name now"
            )
        } else {
            let names: Vec<String> =
                names.all().into_iter().take(12).map(|name| format!("\"{name}\"")).collect();
            let names = names.join(", ");
            says!("hier kan staan: {names}", "what can stand here: {names}")
        };
        let fault =
            Diagnostic::new(Code::UnknownKey, self.report.span(&self.tape.key(entry)), message).help(help);
        self.report.push(fault, &at.key(key));
    }

    /// The answer to a question or field.
    pub(super) fn answer(&mut self, given: Option<Piece<'a>>, asked: &Asked<'_>, at: &Pointer<'_>) -> Answer {
        let mut answer = self.nothing();
        self.answer_to(given, asked, at, &mut answer);
        answer
    }

    /// The answer when nothing is there.
    pub(super) fn nothing(&self) -> Answer {
        Answer { span: self.report.nowhere(), ..Answer::default() }
    }

    /// The same as [`Self::answer`], written straight into an empty answer where it belongs: a processor has to wait when a value that
    /// was written in parts is then copied as a whole.
    pub(super) fn answer_to(
        &mut self,
        given: Option<Piece<'a>>,
        asked: &Asked<'_>,
        at: &Pointer<'_>,
        to: &mut Answer,
    ) {
        let Some(raw) = given else { return };
        let mut answer = given;
        if raw.shape() == Shape::Object {
            let Some(Wrapped { answer: inside, unsayable }) = self.wrapped(raw, asked, at, to) else {
                return;
            };
            answer = self.tape.present(inside);
            if answer.is_some()
                && to.unsayable.is_some()
                && let Some(place) = self.tape.present(unsayable)
            {
                self.answer_and_unsayable(place, at);
            }
        }
        to.span = self.report.span(answer.as_ref().unwrap_or(&raw));
        let Some(raw) = answer else { return };
        to.written = raw.written();
        self.state_to(raw, asked, at, &mut to.state);
        let unfounded = match to.state {
            State::Given(Value::NotApplicable) if !asked.agreed => true,
            _ => asked.ground_required,
        };
        if unfounded && to.ground.is_none() {
            to.state = State::Open;
        }
    }

    #[cold]
    fn answer_and_unsayable(&mut self, place: Piece<'a>, at: &Pointer<'_>) {
        let message = says!(
            r#"een antwoord en "niet_te_zeggen" tegelijk"#,
            r#"an answer and "niet_te_zeggen" at once"#
        );
        let fault = Diagnostic::new(Code::AnswerAndUnsayable, self.report.span(&place), message).help(says!(
            r#"haal het antwoord weg, of "niet_te_zeggen""#,
            r#"remove the answer, or "niet_te_zeggen""#
        ));
        self.report.push(fault, at);
    }

    fn wrapped(
        &mut self,
        raw: Piece<'a>,
        asked: &Asked<'_>,
        at: &Pointer<'_>,
        to: &mut Answer,
    ) -> Option<Wrapped> {
        if self.bare_item(raw, asked, at) {
            return None;
        }
        let [remark, answer, ground, evidence, unsayable] = self.wrapper_keys(raw, at);
        let tape = self.tape;
        self.remark(tape.present(remark), &at.key(REMARK));
        to.ground = self.optional_text(tape.present(ground), &at.key(GROUND));
        to.evidence = tape.present(evidence).and_then(|evidence| self.evidence(evidence, &at.key(EVIDENCE)));
        to.unsayable = self.optional_text(tape.present(unsayable), &at.key(UNSAYABLE));
        Some(Wrapped { answer, unsayable })
    }

    fn evidence(&mut self, raw: Piece<'a>, at: &Pointer<'_>) -> Option<Written> {
        if raw.shape() == Shape::List {
            return if self.texts(raw, at) { raw.written() } else { None };
        }
        let Text { nl, en } = words::found(&raw);
        let message =
            says!("bewijs is een lijst van teksten, niet {nl}", "evidence is a list of texts, not {en}");
        let shown = if raw.shape() == Shape::Text && raw.len() < 80 { &*raw } else { r#""…""# };
        let fault = Diagnostic::new(Code::WrongType, self.report.span(&raw), message)
            .help(says!("schrijf [{shown}]", "write [{shown}]"));
        self.report.push(fault, at);
        None
    }

    /// A likely mistake: one item where a list of items belongs.
    fn bare_item(&mut self, raw: Piece<'a>, asked: &Asked<'_>, at: &Pointer<'_>) -> bool {
        let fields = asked.fields;
        if fields.len() == 0 {
            return false;
        }
        let tape = self.tape;
        let named = |names: &dyn Fn(&str) -> bool| {
            tape.entries(raw).any(|entry| tape.key(entry).text().is_some_and(|key| names(&key)))
        };
        let field = |key: &str| fields.find(key, 0).is_some();
        if named(&|key| WRAPPER.contains(&key) && !field(key)) || !named(&field) {
            return false;
        }
        let message = says!("een lijst staat tussen [ en ]", "a list stands between [ and ]");
        let fault = Diagnostic::new(Code::WrongShape, self.report.first_byte(&raw), message).help(says!(
            "zet rechte haken om de items: [{{…}}]",
            "put square brackets around the items: [{{…}}]"
        ));
        self.report.push(fault, at);
        true
    }

    fn state_to(&mut self, raw: Piece<'a>, asked: &Asked<'_>, at: &Pointer<'_>, to: &mut State) {
        let kind = &asked.domain.kind;
        // The most common answers.
        if let Some(level) = raw.unescaped_bytes().and_then(|word| level_of(word, kind)) {
            *to = State::Given(Value::Level(level));
            return;
        }
        if let Kind::List { fields, .. } = kind
            && raw.shape() == Shape::List
        {
            *to = self.items(raw, asked, fields, at);
            return;
        }
        if let Some(value) = self.value(raw, asked.domain, at) {
            *to = State::Given(value);
        }
    }

    fn items(&mut self, raw: Piece<'a>, asked: &Asked<'_>, fields: &[Field], at: &Pointer<'_>) -> State {
        let items = self.tape.items(raw);
        let (length, limit) = (items.clone().count(), self.limits.list_items);
        if length > limit {
            let message = says!(
                "de lijst is te lang: {length} items, de grens is {limit}",
                "the list is too long: {length} items, the limit is {limit}"
            );
            let fault = Diagnostic::new(Code::ListTooLong, self.report.first_byte(&raw), message);
            self.report.push(fault, at);
            return State::Open;
        }
        self.length_in_range(raw, length, asked.domain, at);
        let mut read = Vec::with_capacity(length);
        for (n, item) in items.enumerate() {
            let at = at.item(n);
            match item.shape() {
                Shape::Object => read.push(self.item(item, asked, fields, &at)),
                Shape::Null => self.null_item(item, &at),
                _ => self.no_item(item, fields, &at),
            }
        }
        State::Items(read)
    }

    fn item(&mut self, raw: Piece<'a>, asked: &Asked<'_>, fields: &[Field], at: &Pointer<'_>) -> Vec<Answer> {
        let mut slots = std::mem::take(&mut self.slots.fields);
        slots.clear();
        slots.resize(fields.len(), None);
        self.fill(raw, *asked.fields, at, Named::Field, &mut slots);
        let mut answers = vec![self.nothing(); fields.len()];
        for ((field, slot), answer) in fields.iter().zip(&slots).zip(&mut answers) {
            let asked = Asked {
                domain: &field.domain,
                ground_required: false,
                agreed: asked.agreed,
                fields: &Names::NONE,
            };
            let given = self.tape.present(*slot);
            self.answer_to(given, &asked, &at.key(&field.name), answer);
        }
        self.slots.fields = slots;
        answers
    }

    fn no_item(&mut self, raw: Piece<'a>, fields: &[Field], at: &Pointer<'_>) {
        let Text { nl, en } = words::found(&raw);
        let message = says!(
            "een item van deze lijst is een object met velden, niet {nl}",
            "an item of this list is an object with fields, not {en}"
        );
        let field = fields.first().map_or("veld", |field| field.name.as_str());
        let help = says!(r#"schrijf {{"{field}": …}}"#, r#"write {{"{field}": …}}"#);
        self.report.push(Diagnostic::new(Code::WrongShape, self.report.span(&raw), message).help(help), at);
    }
}
