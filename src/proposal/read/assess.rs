//! What people add to a proposal: assessments by others, what they agreed on, and who closed what stays open.

use super::names::Names;
use super::reader::Reader;
use super::words::{self, quoted};
use crate::json::pointer::Pointer;
use crate::json::quote::is_blank;
use crate::json::tape::{Piece, Shape};
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::{Text, says};
use crate::proposal::answers::{Answer, Assessor, Closing, Consensus, Proposal, State};
use crate::proposal::assessments;
use crate::proposal::place::Place;
use crate::rules::model::{Kind, QuestionId};
use crate::value::date::Date;

/// The keys of one assessment.
const ASSESSMENT: [&str; 4] = ["$uitleg", "beoordelaar", "datum", "antwoorden"];
/// The keys of one consensus.
const CONSENSUS: [&str; 6] = ["$uitleg", "vraag", "antwoord", "namen", "datum", "reden"];
/// The keys of a closing.
const CLOSING: [&str; 5] = ["$uitleg", "door", "datum", "reden", "vragen"];

/// Who answered, and what.
#[derive(Default)]
pub(super) struct Assessments {
    assessors: Vec<Assessor>,
    answers: Vec<Vec<Answer>>,
}

impl<'a> Reader<'a, '_> {
    /// `beoordelingen`. `other`: see [`Reader::answers`].
    pub(super) fn assessments(
        &mut self,
        entry: Option<Piece<'a>>,
        root: &Pointer<'_>,
        other: bool,
    ) -> Assessments {
        let mut read = Assessments::default();
        let Some(entry) = entry else { return read };
        let at = root.key("beoordelingen");
        let example = r#"[{"beoordelaar": "…", "datum": "JJJJ-MM-DD", "antwoorden": {…}}]"#;
        let mut seen: Vec<(String, Piece<'a>)> = Vec::new();
        for (n, item) in self.objects(entry, &at, example) {
            let at = at.item(n);
            let [remark, name, date, answers] = self.keys(item, &ASSESSMENT, &at);
            self.remark(remark, &at.key("$uitleg"));
            let raw = name;
            let name = self.said(name, "beoordelaar", &at, item);
            if let (Some(name), Some(raw)) = (&name, raw) {
                match seen.iter().find(|(other, _)| other == name) {
                    Some((_, first)) => {
                        let first = *first;
                        let shown = quoted(name);
                        let message = says!(
                            "beoordelaar {shown} staat er twee keer",
                            "assessor {shown} is given twice"
                        );
                        let help = says!(
                            "zet al zijn antwoorden bij elkaar, of geef de ander een eigen naam",
                            "put all answers of one person together, or give the other a name of their own"
                        );
                        self.twice(raw, first, message, help, &at.key("beoordelaar"));
                    }
                    None => seen.push((name.clone(), raw)),
                }
            }
            let date = self.day(date, &at, item);
            let answers = match answers {
                Some(answers) => self.answers_in(answers, &at, other),
                None => {
                    self.lacks("antwoorden", &at, item);
                    None
                }
            };
            if let (Some(name), Some(date), Some(answers)) = (name, date, answers) {
                let lacking = assessments::lacking(&answers);
                read.assessors.push(Assessor { name, date, lacking });
                read.answers.push(answers);
            }
        }
        read
    }

    /// Merges the assessments with the proposal's own answers, then puts what was agreed on in their place.
    pub(super) fn combine(
        &mut self,
        proposal: &mut Proposal,
        assessments: Assessments,
        consensus: Option<Piece<'a>>,
        root: &Pointer<'_>,
    ) {
        let Assessments { assessors, answers } = assessments;
        if answers.is_empty() && consensus.is_none() {
            proposal.assessors = assessors;
            return;
        }
        let own = proposal.answers.clone();
        if !answers.is_empty() {
            let names: Vec<&str> = assessors.iter().map(|assessor| assessor.name.as_str()).collect();
            (proposal.answers, proposal.disputes) =
                assessments::merge(self.model, &own, &answers, &names, &mut proposal.texts);
        }
        proposal.assessors = assessors;
        let Some(entry) = consensus else { return };
        let mut read = self.consensus(entry, &root.key("consensus"));
        // A list before the fields of its items.
        read.sort_by_key(|(_, _, agreed)| agreed.place.item.is_some());
        for (n, raw, mut agreed) in read {
            // The reason for an agreement is the ground of its answer, where that has none of its own.
            if agreed.answer.ground.is_none() {
                agreed.answer.ground = proposal.texts.add_text(&agreed.reason);
            }
            agreed.originals = assessments::given(agreed.place, &own, &answers);
            let place = agreed.place;
            let at = root.key("consensus");
            let at = at.item(n);
            let list = proposal.consensus.iter().any(|other| other.place == Place::of(place.question));
            match proposal.answer_mut(place) {
                Some(answer) if place.item.is_none() || !list => *answer = agreed.answer.clone(),
                _ => {
                    self.unknown_place(raw, &at.key("vraag"));
                    continue;
                }
            }
            proposal.disputes.retain(|other, _| {
                *other != place && (place.item.is_some() || other.question != place.question)
            });
            proposal.consensus.push(agreed);
        }
        let order = |agreed: &Consensus| agreed.place;
        proposal.consensus.sort_by_key(order);
    }

    /// The faultless entries of `consensus`: their place in it, their question as written, and what they say.
    fn consensus(&mut self, entry: Piece<'a>, at: &Pointer<'_>) -> Vec<(usize, Piece<'a>, Consensus)> {
        let example = r#"[{"vraag": "/antwoorden/…", "antwoord": …, "namen": […], "datum": "JJJJ-MM-DD", "reden": "…"}]"#;
        let mut read: Vec<(usize, Piece<'a>, Consensus)> = Vec::new();
        for (n, item) in self.objects(entry, at, example) {
            let at = at.item(n);
            let [remark, question, answer, names, date, reason] = self.keys(item, &CONSENSUS, &at);
            self.remark(remark, &at.key("$uitleg"));
            let names = self.names(names, &at, item);
            let date = self.day(date, &at, item);
            let reason = self.said(reason, "reden", &at, item);
            let raw = question;
            let place = match question {
                Some(question) => self.place(question, &at.key("vraag")),
                None => {
                    self.lacks("vraag", &at, item);
                    None
                }
            };
            if let (Some(place), Some(raw)) = (place, raw)
                && let Some((_, first, _)) = read.iter().find(|(_, _, other)| other.place == place)
            {
                let first = *first;
                let message = says!(
                    "over dit antwoord staat er al een consensus",
                    "this answer has a consensus already"
                );
                let help = says!("haal er één weg", "remove one of them");
                self.twice(raw, first, message, help, &at.key("vraag"));
            }
            let answer = match (answer, place) {
                (Some(answer), Some(place)) => self.agreed(answer, place, &at.key("antwoord")),
                (None, _) => {
                    self.lacks("antwoord", &at, item);
                    None
                }
                _ => None,
            };
            if let (Some(place), Some(raw), Some(answer), Some(names), Some(date), Some(reason)) =
                (place, raw, answer, names, date, reason)
            {
                let agreed = Consensus { place, answer, names, date, reason, originals: Vec::new() };
                read.push((n, raw, agreed));
            }
        }
        read
    }

    /// The answer that was agreed on: it must be one.
    fn agreed(&mut self, entry: Piece<'a>, place: Place, at: &Pointer<'_>) -> Option<Answer> {
        let model = self.model;
        let question = model.questions.get(place.question.index())?;
        let mut names = Names::NONE;
        let domain = match (&question.domain.kind, place.item) {
            (Kind::List { fields, .. }, Some((_, field))) => &fields.get(field as usize)?.domain,
            (Kind::List { .. }, None) => {
                names = self.plan.fields(place.question.index(), question);
                &question.domain
            }
            _ => &question.domain,
        };
        let before = self.report.found();
        let asked = super::answer::Asked { domain, ground_required: false, agreed: true, fields: &names };
        let answer = self.answer(Some(entry), &asked, at);
        if answer.state == State::Open && self.report.found() == before {
            let message = says!("een consensus zonder antwoord", "a consensus without an answer");
            let help = says!(
                "schrijf het antwoord waar men het over eens is, of haal deze consensus weg",
                "write the answer that was agreed on, or remove this consensus"
            );
            let fault = Diagnostic::new(Code::NothingSaid, self.report.span(&entry), message);
            self.report.push(fault.help(help), at);
        }
        (answer.state != State::Open).then_some(answer)
    }

    /// `afgesloten`; after [`Reader::combine`], which tells what is open.
    pub(super) fn closing(
        &mut self,
        entry: Option<Piece<'a>>,
        proposal: &Proposal,
        root: &Pointer<'_>,
    ) -> Option<Closing> {
        let entry = entry?;
        let at = root.key("afgesloten");
        if entry.shape() != Shape::Object {
            let example =
                r#"{"door": "…", "datum": "JJJJ-MM-DD", "reden": "…", "vragen": ["/antwoorden/…"]}"#;
            self.wrong_shape(entry, says!("een object", "an object"), example, &at);
            return None;
        }
        let raw = entry;
        let [remark, by, date, reason, questions] = self.keys(raw, &CLOSING, &at);
        self.remark(remark, &at.key("$uitleg"));
        let by = self.said(by, "door", &at, raw);
        let date = self.day(date, &at, raw);
        let reason = self.said(reason, "reden", &at, raw);
        let Some(questions) = questions else {
            self.lacks("vragen", &at, raw);
            return None;
        };
        let places = self.closed(questions, proposal, &at.key("vragen"));
        Some(Closing { by: by?, date: date?, reason: reason?, places: places? })
    }

    /// The answers that are closed: each open, or one on which givers differ.
    fn closed(&mut self, raw: Piece<'a>, proposal: &Proposal, at: &Pointer<'_>) -> Option<Vec<Place>> {
        let items = self.texts_of(raw, at, r#"["/antwoorden/…"]"#)?;
        let mut places: Vec<(Place, Piece<'a>)> = Vec::new();
        for (n, item) in items {
            let at = at.item(n);
            let Some(place) = self.place(item, &at) else { continue };
            let Some(answer) = proposal.answer(place) else {
                self.unknown_place(item, &at);
                continue;
            };
            if let Some((_, first)) = places.iter().find(|(other, _)| *other == place) {
                let first = *first;
                let message = says!("dit antwoord staat er twee keer", "this answer is given twice");
                self.twice(item, first, message, says!("haal er één weg", "remove one of them"), &at);
            } else if answer.state != State::Open && !proposal.disputes.contains_key(&place) {
                let shown = self.shown(item);
                let message = says!(
                    "{shown} is niet open: er valt niets af te sluiten",
                    "{shown} is not open: there is nothing to close"
                );
                let help = says!(
                    "haal deze verwijzing weg; van een lijst die gegeven is, noem het veld dat open is: /antwoorden/lijst/0/veld",
                    "remove this pointer; of a list that is given, name the field that is open: /antwoorden/list/0/field"
                );
                let fault = Diagnostic::new(Code::NotOpen, self.report.span(&item), message).help(help);
                self.report.push(fault, &at);
            } else {
                places.push((place, item));
            }
        }
        (!places.is_empty()).then(|| places.into_iter().map(|(place, _)| place).collect())
    }

    /// The place that a pointer names: `/antwoorden/vraag`, or `/antwoorden/lijst/0/veld`.
    fn place(&mut self, raw: Piece<'a>, at: &Pointer<'_>) -> Option<Place> {
        let help = says!(r#"schrijf "/antwoorden/vraag""#, r#"write "/antwoorden/question""#);
        let text = self.text(raw, at, Some(help))?;
        let found = text.strip_prefix("/antwoorden/").and_then(|path| {
            let mut steps = path.split('/');
            let name = steps.next()?;
            let question = self.model.questions.iter().position(|question| question.head.name == name)?;
            let id = QuestionId(u32::try_from(question).ok()?);
            let question = self.model.questions.get(question)?;
            let item = match (steps.next(), steps.next(), &question.domain.kind) {
                (None, _, _) => None,
                (Some(item), Some(field), Kind::List { fields, .. }) => {
                    let plain = item == "0" || !item.starts_with('0');
                    let digits = item.bytes().all(|byte| byte.is_ascii_digit());
                    let item = item.parse::<u32>().ok().filter(|_| plain && digits)?;
                    let field = fields.iter().position(|other| other.name == field)?;
                    Some((item, u32::try_from(field).ok()?))
                }
                _ => return None,
            };
            steps.next().is_none().then_some(Place { question: id, item })
        });
        if found.is_none() {
            self.unknown_place(raw, at);
        }
        found
    }

    fn unknown_place(&mut self, raw: Piece<'a>, at: &Pointer<'_>) {
        let shown = self.shown(raw);
        let message = says!("{shown} wijst geen antwoord aan", "{shown} points at no answer");
        let names: Vec<&str> = self.model.questions.iter().map(|one| one.head.name.as_str()).collect();
        let word = shown.trim_matches('"');
        let word = word.strip_prefix("/antwoorden/").unwrap_or(word);
        let help = match self.report.like(word, &names) {
            Some(name) => {
                says!(r#"bedoelde u "/antwoorden/{name}"?"#, r#"did you mean "/antwoorden/{name}"?"#)
            }
            None => says!(
                r#"schrijf "/antwoorden/" met de naam van een vraag, of "/antwoorden/lijst/0/veld""#,
                r#"write "/antwoorden/" with the name of a question, or "/antwoorden/list/0/field""#
            ),
        };
        let fault = Diagnostic::new(Code::UnknownPlace, self.report.span(&raw), message).help(help);
        self.report.push(fault, at);
    }

    fn shown(&self, raw: Piece<'a>) -> String {
        raw.text().map_or_else(|| "\"…\"".to_owned(), |text| quoted(&text))
    }

    /// `namen`: at least one, none blank, none twice.
    fn names(&mut self, entry: Option<Piece<'a>>, at: &Pointer<'_>, item: Piece<'a>) -> Option<Vec<String>> {
        let Some(entry) = entry else {
            self.lacks("namen", at, item);
            return None;
        };
        let at = at.key("namen");
        let mut names: Vec<(String, Piece<'a>)> = Vec::new();
        for (n, raw) in self.texts_of(entry, &at, r#"["…"]"#)? {
            let at = at.item(n);
            let Some(name) = self.text(raw, &at, None) else { continue };
            let name = name.trim().to_owned();
            if is_blank(&name) {
                self.blank(raw, &at);
            } else if let Some((_, first)) = names.iter().find(|(other, _)| *other == name) {
                let first = *first;
                let message = says!("deze naam staat er twee keer", "this name is given twice");
                self.twice(raw, first, message, says!("haal er één weg", "remove one of them"), &at);
            } else {
                names.push((name, raw));
            }
        }
        (!names.is_empty()).then(|| names.into_iter().map(|(name, _)| name).collect())
    }

    /// The items of a list that may not be empty, without nulls, which are faults.
    fn texts_of(
        &mut self,
        raw: Piece<'a>,
        at: &Pointer<'_>,
        example: &str,
    ) -> Option<Vec<(usize, Piece<'a>)>> {
        if raw.shape() != Shape::List {
            self.wrong_shape(raw, says!("een lijst van teksten", "a list of texts"), example, at);
            return None;
        }
        let items = self.tape.items(raw);
        if items.clone().next().is_none() {
            self.blank(raw, at);
        }
        let mut read = Vec::new();
        for (n, item) in items.enumerate() {
            if item.shape() == Shape::Null {
                self.null_item(item, &at.item(n));
            } else {
                read.push((n, item));
            }
        }
        Some(read)
    }

    /// The objects of a list; other items are faults.
    fn objects(&mut self, raw: Piece<'a>, at: &Pointer<'_>, example: &str) -> Vec<(usize, Piece<'a>)> {
        if raw.shape() != Shape::List {
            self.wrong_shape(raw, says!("een lijst", "a list"), example, at);
            return Vec::new();
        }
        let mut read = Vec::new();
        for (n, item) in self.tape.items(raw).enumerate() {
            let at = at.item(n);
            match item.shape() {
                Shape::Object => read.push((n, item)),
                Shape::Null => self.null_item(item, &at),
                _ => self.wrong_shape(item, says!("een object", "an object"), example, &at),
            }
        }
        read
    }

    fn wrong_shape(&mut self, raw: Piece<'a>, wanted: Text, example: &str, at: &Pointer<'_>) {
        let Text { nl, en } = words::found(&raw);
        let (want, wants) = (wanted.nl, wanted.en);
        let message = says!("hier hoort {want}, niet {nl}", "{wants} belongs here, not {en}");
        let help = says!("schrijf {example}", "write {example}");
        let span = self.report.first_byte(&raw);
        self.report.push(Diagnostic::new(Code::WrongShape, span, message).help(help), at);
    }

    /// A text that must be there and say something.
    fn said(
        &mut self,
        entry: Option<Piece<'a>>,
        key: &str,
        at: &Pointer<'_>,
        item: Piece<'a>,
    ) -> Option<String> {
        let Some(entry) = entry else {
            self.lacks(key, at, item);
            return None;
        };
        let at = at.key(key);
        let text = self.text(entry, &at, None)?;
        if is_blank(&text) {
            self.blank(entry, &at);
            return None;
        }
        Some(text.trim().to_owned())
    }

    fn day(&mut self, entry: Option<Piece<'a>>, at: &Pointer<'_>, item: Piece<'a>) -> Option<Date> {
        match entry {
            Some(entry) => self.date(entry, &at.key("datum"), Code::BadDateJson),
            None => {
                self.lacks("datum", at, item);
                None
            }
        }
    }

    fn blank(&mut self, raw: Piece<'a>, at: &Pointer<'_>) {
        let message = says!("hier staat niets", "nothing is said here");
        let help = says!(
            "vul dit in: wie, waarom en waarover horen erbij te staan",
            "fill this in: who, why and about what belong here"
        );
        let fault = Diagnostic::new(Code::NothingSaid, self.report.span(&raw), message).help(help);
        self.report.push(fault, at);
    }

    fn lacks(&mut self, key: &str, at: &Pointer<'_>, item: Piece<'a>) {
        let brace = self.report.first_byte(&item);
        let help = match key {
            "datum" => says!(r#"schrijf "datum": "2020-09-01""#, r#"write "datum": "2020-09-01""#),
            _ => says!(r#"schrijf "{key}": …"#, r#"write "{key}": …"#),
        };
        self.missing(key, at, brace, help);
    }

    fn twice(&mut self, raw: Piece<'a>, first: Piece<'a>, message: Text, help: Text, at: &Pointer<'_>) {
        let fault = Diagnostic::new(Code::GivenTwice, self.report.span(&raw), message)
            .also(self.report.span(&first), says!("hier staat het eerder", "it stands here before"))
            .help(help);
        self.report.push(fault, at);
    }
}
