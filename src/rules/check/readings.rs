//! What a name stands for where it is read.

use super::checker::Checker;
use super::kinds::Typed;
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::{Text, says};
use crate::message::source::Span;
use crate::message::suggest::nearest;
use crate::rules::check::facts::Context;
use crate::rules::model::{self, Node, QuestionId, Target};
use crate::rules::syntax::{DeclarationKind, Name};

impl Checker<'_> {
    /// What a name stands for, read as a value.
    pub(super) fn name(&mut self, name: &str, span: Span, cx: &mut Context) -> Option<Typed> {
        if let Some(found) = cx.list.and_then(|list| self.field(list, name, span)) {
            return found;
        }
        match self.names.find(name) {
            Some(target @ Target::Question(id)) => {
                self.names_declared(span, target);
                self.question_value(id, name, span, cx)
            }
            Some(Target::Table(_)) => {
                let needed = says!("een waarde", "a value");
                let help =
                    says!("zoek erin op met sleutels: {name} bij …", "look into it with keys: {name} bij …");
                self.wrong_kind(name, span, DeclarationKind::Table, &needed, help);
                None
            }
            Some(target) => {
                self.names_declared(span, target);
                let typed = self.scored(target, span)?;
                if typed.blanks.not_applicable {
                    cx.not_applicable.push((name.to_owned(), span));
                }
                if let Some(facts) = self.term_of(target) {
                    cx.orders_blank |= facts.orders_blank;
                    if facts.reads_not_applicable {
                        cx.not_applicable.push((name.to_owned(), span));
                    }
                    if facts.orders_blank && cx.negated {
                        self.not_over_blank(span);
                    }
                }
                Some(typed)
            }
            None => {
                self.unknown_value(name, span, cx);
                None
            }
        }
    }

    fn question_value(&mut self, id: QuestionId, name: &str, span: Span, cx: &mut Context) -> Option<Typed> {
        let facts = self.read_question(id)?;
        if facts.is_list() {
            let needed = says!("één antwoord", "one answer");
            let help = says!(
                "vraag naar het aantal (aantal {name}) of naar de velden (alle {name} hebben …)",
                "ask for the number (aantal {name}) or the fields (alle {name} hebben …)"
            );
            let (nl, en) = (needed.nl, needed.en);
            self.fault(
                Code::WrongNameKind,
                span,
                says!(
                    "\"{name}\" is een lijst, maar hier hoort {nl}",
                    "\"{name}\" is a list, but {en} belongs here"
                ),
                help,
            );
            return None;
        }
        let typed = facts.answers.as_ref()?.read(Node::Answer(id), span)?;
        if typed.blanks.not_applicable {
            cx.not_applicable.push((name.to_owned(), span));
        }
        Some(typed)
    }

    fn unknown_value(&mut self, name: &str, span: Span, cx: &Context) {
        let own = [
            DeclarationKind::Condition,
            DeclarationKind::Exclusion,
            DeclarationKind::Signal,
            DeclarationKind::Route,
        ];
        if let Some(kind) = own.into_iter().find(|kind| self.names.find_own(*kind, name).is_some()) {
            let Text { nl, en } = crate::rules::check::phrases::a(kind);
            let help = if kind == DeclarationKind::Route {
                says!(
                    "herhaal de conditie, of lees het oordeel: oordeel is …",
                    "repeat the condition, or read the verdict: oordeel is …"
                )
            } else {
                says!(
                    "zet de conditie in een begrip en lees dat op beide plaatsen",
                    "put the condition in a term (begrip) and read that in both places"
                )
            };
            self.fault(
                Code::NotReadableHere,
                span,
                says!(
                    "\"{name}\" is {nl}, en die is niet te lezen",
                    "\"{name}\" is {en}, which cannot be read"
                ),
                help,
            );
            return;
        }
        let fields: Vec<String> = cx
            .list
            .and_then(|list| self.question(list))
            .map(|list| list.fields.iter().map(|field| field.name.clone()).collect())
            .unwrap_or_default();
        if let Some(field) = nearest(name, fields.iter().map(String::as_str)) {
            self.push(
                Diagnostic::new(
                    Code::UnknownName,
                    span,
                    says!("onbekende naam \"{name}\"", "unknown name \"{name}\""),
                )
                .help(says!(
                    "bedoelde u \"{field}\"? (veld van de lijst)",
                    "did you mean \"{field}\"? (field of the list)"
                )),
            );
            return;
        }
        let needed =
            says!("een vraag, onderdeel, begrip of criterium", "a question, part, term or criterion");
        self.unknown_name(name, span, &needed, |target| !matches!(target, Target::Table(_)));
    }

    /// A list or set question whose items are counted, walked through or added up.
    pub(super) fn named_question(&mut self, name: &Name, needed: &Text) -> Option<QuestionId> {
        match self.names.find(&name.node) {
            Some(target @ Target::Question(id)) => {
                self.names_declared(name.span, target);
                self.read_question(id);
                Some(id)
            }
            Some(target) => {
                let help = says!("noem hier de vraag zelf", "name the question itself here");
                self.wrong_kind(&name.node, name.span, target.kind(), needed, help);
                None
            }
            None => {
                self.unknown_name(&name.node, name.span, needed, |t| matches!(t, Target::Question(_)));
                None
            }
        }
    }

    /// Reports a question that is not a list where a list is needed.
    pub(super) fn wrong_question(&mut self, name: &Name, needed: &Text) {
        let (word, Text { nl, en }) = (&name.node, needed);
        self.fault(
            Code::WrongNameKind,
            name.span,
            says!(
                "vraag \"{word}\" past hier niet: hier hoort {nl}",
                "question \"{word}\" does not fit here: {en} belongs here"
            ),
            says!("noem {nl}", "name {en}"),
        );
    }

    /// Whether the answers of a question are known; when not, its own fault was reported.
    pub(super) fn answered(&self, id: QuestionId) -> Option<model::Domain> {
        Some(self.question(id)?.answers.as_ref()?.domain.clone())
    }
}
