//! `vraag`: kinds of answer, ranges, options, fields, the good side.

use std::rc::Rc;

use super::checker::Checker;
use super::kinds::Words;
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::{Text, says};
use crate::message::source::{Span, Spanned};
use crate::rules::check::facts::{Answers, FieldFacts, QuestionFacts};
use crate::rules::model::{self, Domain, GoodSide, Question, QuestionId, Target};
use crate::rules::syntax::{
    AnswerKind, Clause, ClauseBody, Declaration, Field, KindName, Name, NamedItem, Preference,
};

/// The most options of one question: subsets of them are kept as bits.
const MOST_OPTIONS: usize = 64;

impl<'a> Checker<'a> {
    pub(super) fn question(&self, id: QuestionId) -> Option<&QuestionFacts> {
        self.questions.get(id.index())
    }

    /// The question, noted as read.
    pub(super) fn read_question(&mut self, id: QuestionId) -> Option<&QuestionFacts> {
        let facts = self.questions.get_mut(id.index())?;
        facts.read = true;
        Some(facts)
    }

    pub(super) fn is_field_of(&self, list: &str, field: &str) -> bool {
        let Some(Target::Question(id)) = self.names.find(list) else { return false };
        self.question(id).is_some_and(|question| question.fields.iter().any(|f| f.name == field))
    }

    /// All questions: first those whose options others use.
    pub(super) fn check_questions(&mut self, declarations: &[&'a Declaration]) {
        let mut options = Vec::new();
        for (place, declaration) in declarations.iter().enumerate() {
            self.enter(declaration);
            let id = QuestionId(u32::try_from(place).unwrap_or(u32::MAX));
            let facts = self.check_question(declaration);
            self.questions.push(facts);
            for clause in &declaration.clauses {
                if let ClauseBody::Answer(answer) = &clause.body {
                    options.extend(option_names(answer).map(|name| (name.clone(), id)));
                }
            }
        }
        self.option_clashes(&options);
        self.check_options_of(declarations);
    }

    fn check_question(&mut self, declaration: &'a Declaration) -> QuestionFacts {
        let name =
            declaration.name.clone().unwrap_or_else(|| Spanned::new(String::new(), declaration.kind.span));
        let clauses = self.admit(declaration);
        let head = self.head(declaration, &clauses, &name.node);
        let mut facts = QuestionFacts {
            name: name.node.clone(),
            span: name.span,
            answers: None,
            fields: Vec::new(),
            read: false,
            built: None,
        };
        let answer = clauses.iter().find_map(|clause| match &clause.body {
            ClauseBody::Answer(answer) => Some(answer),
            _ => None,
        });
        let Some(answer) = answer else {
            let help = says!(
                "zeg welk antwoord mogelijk is, bijvoorbeeld: antwoord ja, deels of nee",
                "say which answers are possible, for example: antwoord ja, deels of nee"
            );
            self.missing_clause(declaration, "antwoord", help);
            return facts;
        };
        if let KindName::List(fields) = &answer.kind.node {
            facts.fields = self.check_fields(fields);
        }
        facts.answers = self.answers(answer, true, &facts.fields);
        let good_side = self.good_side(answer, &clauses);
        if let Some(answers) = &facts.answers {
            let mut question = Question {
                head,
                domain: answers.domain.clone(),
                explanation: None,
                answered_by: None,
                fixed: false,
                ground_required: false,
                good_side,
            };
            for clause in clauses {
                match &clause.body {
                    ClauseBody::Explanation(text) => question.explanation = Some(text.node.clone()),
                    ClauseBody::AnsweredBy(text) => question.answered_by = Some(text.node.clone()),
                    ClauseBody::Fixed => question.fixed = true,
                    ClauseBody::GroundRequired => question.ground_required = true,
                    _ => {}
                }
            }
            facts.built = Some(question);
        }
        facts
    }

    fn check_fields(&mut self, fields: &[Field]) -> Vec<FieldFacts> {
        let mut seen = Words::default();
        let mut facts = Vec::new();
        for field in fields {
            if let Some(first) = seen.add(&field.name.node, field.name.span) {
                let span = seen.spans.get(usize::from(first)).copied().unwrap_or_default();
                self.double_item(&field.name, span, &says!("het veld", "the field"));
                continue;
            }
            let answers = match &field.answer.kind.node {
                // Filled in once every question is known.
                KindName::OptionsOf(_) => None,
                KindName::List(_) => {
                    self.fault(
                        Code::KindMismatch,
                        field.answer.kind.span,
                        says!("een veld kan zelf geen lijst zijn", "a field cannot be a list itself"),
                        says!("maak er een eigen vraag van", "make it a question of its own"),
                    );
                    None
                }
                _ => self.answers(&field.answer, false, &[]),
            };
            facts.push(FieldFacts { name: field.name.node.clone(), answers });
        }
        facts
    }

    /// Fields that re-use the options of a question.
    fn check_options_of(&mut self, declarations: &[&'a Declaration]) {
        for (place, declaration) in declarations.iter().enumerate() {
            self.enter(declaration);
            for clause in &declaration.clauses {
                let ClauseBody::Answer(AnswerKind { kind, .. }) = &clause.body else { continue };
                let KindName::List(fields) = &kind.node else { continue };
                for field in fields {
                    let KindName::OptionsOf(of) = &field.answer.kind.node else { continue };
                    let answers = self.options_of(&field.answer, of);
                    let facts = self.questions.get_mut(place);
                    let known = facts.and_then(|f| f.fields.iter_mut().find(|f| f.name == field.name.node));
                    if let Some(known) = known {
                        known.answers = answers;
                    }
                }
            }
            self.fill_fields(place, declaration);
        }
    }

    /// Writes the fields, now that all are known, into the built list question.
    fn fill_fields(&mut self, place: usize, declaration: &Declaration) {
        let spans = declaration.clauses.iter().find_map(|clause| match &clause.body {
            ClauseBody::Answer(AnswerKind { kind: Spanned { node: KindName::List(fields), .. }, .. }) => {
                Some(fields)
            }
            _ => None,
        });
        let (Some(written), Some(facts)) = (spans, self.questions.get_mut(place)) else { return };
        let all: Vec<model::Field> = facts
            .fields
            .iter()
            .filter_map(|field| {
                let span = written.iter().find(|w| w.name.node == field.name)?.name.span;
                let domain = field.answers.as_ref()?.domain.clone();
                Some(model::Field { name: field.name.clone(), domain, span })
            })
            .collect();
        let domains = [
            facts.answers.as_mut().map(|answers| &mut answers.domain),
            facts.built.as_mut().map(|question| &mut question.domain),
        ];
        for domain in domains.into_iter().flatten() {
            if let model::Kind::List { fields, .. } = &mut domain.kind {
                fields.clone_from(&all);
            }
        }
    }

    fn options_of(&mut self, answer: &AnswerKind, of: &Name) -> Option<Answers> {
        let needed = says!("een vraag met keuzes", "a question with options");
        let choices = |c: &Self, target: Target| match target {
            Target::Question(id) => match c.question(id)?.answers.as_ref()?.domain.kind.clone() {
                model::Kind::OneOf(choices) | model::Kind::SomeOf(choices) => Some(choices),
                _ => None,
            },
            _ => None,
        };
        let Some(target) = self.names.find(&of.node) else {
            self.unknown_name(&of.node, of.span, &needed, |t| matches!(t, Target::Question(_)));
            return None;
        };
        let Target::Question(id) = target else {
            let help = says!(
                "noem een vraag met \"een van\" of \"meerdere van\"",
                "name a question with \"een van\" or \"meerdere van\""
            );
            self.wrong_kind(&of.node, of.span, target.kind(), &needed, help);
            return None;
        };
        self.read_question(id)?.answers.as_ref()?;
        let Some(choices) = choices(self, target) else {
            self.fault(
                Code::WrongNameKind,
                of.span,
                says!("vraag \"{}\" heeft geen keuzes", "question \"{}\" has no options", of.node),
                says!(
                    "noem een vraag met \"een van\" of \"meerdere van\"",
                    "name a question with \"een van\" or \"meerdere van\""
                ),
            );
            return None;
        };
        let words = Rc::clone(&self.question(id)?.answers.as_ref()?.words);
        self.no_range(answer.range.as_ref());
        let kind = model::Kind::OneOf(choices);
        Some(Answers {
            domain: Domain { kind, none: answer.none, not_applicable: answer.not_applicable },
            words,
        })
    }

    /// The domain of an `antwoord` line.
    fn answers(&mut self, answer: &AnswerKind, top: bool, fields: &[FieldFacts]) -> Option<Answers> {
        let mut words = Rc::new(Words::default());
        let range = answer.range.as_ref();
        let kind = match &answer.kind.node {
            KindName::YesNo => self.no_range(range).then_some(model::Kind::YesNo),
            KindName::YesPartlyNo => self.no_range(range).then_some(model::Kind::YesPartlyNo),
            KindName::Text => self.no_range(range).then_some(model::Kind::Text),
            KindName::OneOf(items) | KindName::SomeOf(items) => {
                let (choices, found) =
                    self.choices(items, answer.kind.span, &says!("de keuze", "the option"))?;
                words = Rc::new(found);
                let kind = if matches!(answer.kind.node, KindName::OneOf(_)) {
                    model::Kind::OneOf(choices)
                } else {
                    model::Kind::SomeOf(choices)
                };
                self.no_range(range).then_some(kind)
            }
            KindName::OptionsOf(_) => {
                if top {
                    self.fault(
                        Code::ClauseNotHere,
                        answer.kind.span,
                        says!(
                            "\"keuze uit\" staat alleen bij een veld van een lijst",
                            "\"keuze uit\" stands only with a field of a list"
                        ),
                        says!("schrijf hier zelf de keuzes: een van", "write the options here: een van"),
                    );
                }
                None
            }
            KindName::Integer | KindName::Number | KindName::Percentage | KindName::Money => {
                let (from, until) = self.number_range(range, &answer.kind.node)?;
                Some(match &answer.kind.node {
                    KindName::Integer => model::Kind::Integer { from, until },
                    KindName::Number => model::Kind::Number { from, until },
                    KindName::Percentage => model::Kind::Percentage { from, until },
                    _ => model::Kind::Money { from, until },
                })
            }
            KindName::Date => {
                let (from, until) = self.date_range(range)?;
                Some(model::Kind::Date { from, until })
            }
            KindName::List(_) => {
                let (from, until) = self.length_range(range)?;
                if fields.is_empty() {
                    self.fault(
                        Code::ClauseMissing,
                        answer.kind.span,
                        says!("deze lijst heeft geen velden", "this list has no fields"),
                        says!(
                            "zet de velden eronder: - indicator: tekst",
                            "put the fields below it: - indicator: tekst"
                        ),
                    );
                    return None;
                }
                Some(model::Kind::List { fields: Vec::new(), from, until })
            }
        }?;
        Some(Answers {
            domain: Domain { kind, none: answer.none, not_applicable: answer.not_applicable },
            words,
        })
    }

    /// Options, outcomes or choices: each name once.
    pub(super) fn choices(
        &mut self,
        items: &[NamedItem],
        span: Span,
        what: &Text,
    ) -> Option<(Vec<model::Choice>, Words)> {
        let mut words = Words::default();
        let mut choices = Vec::new();
        for NamedItem { name, label } in items {
            if let Some(first) = words.add(&name.node, name.span) {
                let first = words.spans.get(usize::from(first)).copied().unwrap_or_default();
                self.double_item(name, first, what);
                continue;
            }
            if let Some(label) = label {
                words.label_last(&label.node);
            }
            choices.push(model::Choice {
                name: name.node.clone(),
                label: label.as_ref().map_or_else(|| name.node.clone(), |label| label.node.clone()),
                span: name.span,
            });
        }
        if choices.is_empty() {
            self.fault(
                Code::ClauseMissing,
                span,
                says!("er staan geen keuzes bij", "there are no options"),
                says!(
                    "zet ze eronder, elk op een regel: - onderwijs",
                    "put them below it, one a line: - onderwijs"
                ),
            );
            return None;
        }
        if choices.len() > MOST_OPTIONS {
            let count = choices.len();
            self.fault(
                Code::ListTooLong,
                span,
                says!(
                    "{count} keuzes is meer dan de {MOST_OPTIONS} die er mogen zijn",
                    "{count} options is more than the {MOST_OPTIONS} allowed"
                ),
                says!(
                    "voeg keuzes samen, of verdeel ze over twee vragen",
                    "join options, or divide them over two questions"
                ),
            );
            return None;
        }
        Some((choices, words))
    }

    pub(super) fn double_item(&mut self, name: &Name, first: Span, what: &Text) {
        let (word, Text { nl, en }) = (&name.node, what);
        self.push(
            Diagnostic::new(
                Code::DoubleItem,
                name.span,
                says!("{nl} \"{word}\" staat er twee keer", "{en} \"{word}\" stands there twice"),
            )
            .also(first, says!("de eerste keer", "the first time"))
            .help(says!("haal er één weg of geef die een andere naam", "remove one or give it another name")),
        );
    }

    fn good_side(&mut self, answer: &AnswerKind, clauses: &[&Clause]) -> GoodSide {
        let written = clauses.iter().find_map(|clause| match &clause.body {
            ClauseBody::Preference(preference) => Some(preference),
            _ => None,
        });
        let level = matches!(answer.kind.node, KindName::YesNo | KindName::YesPartlyNo);
        let number = matches!(
            answer.kind.node,
            KindName::Integer | KindName::Number | KindName::Percentage | KindName::Money
        );
        let Some(written) = written else {
            return if level { GoodSide::Higher } else { GoodSide::None };
        };
        match written.node {
            Preference::No if level => return GoodSide::Lower,
            Preference::None if level => return GoodSide::None,
            Preference::Higher if number => return GoodSide::Higher,
            Preference::Lower if number => return GoodSide::Lower,
            _ => {}
        }
        let text = self.text(written.span);
        let text = if text.contains(' ') { text } else { format!("liever {text}") };
        let help = if level {
            says!(
                "bij ja, deels of nee mag: liever nee, of geen goede kant",
                "with ja, deels or nee may stand: liever nee, or geen goede kant"
            )
        } else if number && written.node == Preference::None {
            says!(
                "haal de regel weg: een getal of bedrag heeft vanzelf geen goede kant",
                "remove the line: a number or amount has no good side of itself"
            )
        } else if number {
            says!(
                "bij een getal of bedrag mag: liever hoger, of liever lager",
                "with a number or amount may stand: liever hoger, or liever lager"
            )
        } else {
            says!(
                "haal de regel weg: dit soort antwoord heeft geen goede kant",
                "remove the line: this kind of answer has no good side"
            )
        };
        self.fault(
            Code::ClauseNotHere,
            written.span,
            says!(
                "\"{text}\" past niet bij dit soort antwoord",
                "\"{text}\" does not fit this kind of answer"
            ),
            help,
        );
        GoodSide::None
    }

    /// Reports questions that nothing reads or shows. A building block may offer more than is used.
    pub(super) fn report_unread(&mut self) {
        let own = self.here().source;
        let unread: Vec<(String, Span)> = self
            .questions
            .iter()
            .enumerate()
            .filter(|(_, question)| !question.read && question.span.source == own)
            .filter(|(place, question)| self.names.owns(&question.name, *place))
            .map(|(_, question)| (question.name.clone(), question.span))
            .collect();
        for (name, span) in unread {
            self.fault(
                Code::Unused,
                span,
                says!("vraag \"{name}\" wordt nergens gebruikt", "question \"{name}\" is used nowhere"),
                says!(
                    "gebruik haar in een regel, laat haar zien bij een criterium (toont {name}), of haal haar weg",
                    "use it in a rule, show it with a criterion (toont {name}), or remove it"
                ),
            );
        }
    }
}

fn option_names(answer: &AnswerKind) -> Box<dyn Iterator<Item = &Name> + '_> {
    match &answer.kind.node {
        KindName::OneOf(items) | KindName::SomeOf(items) => Box::new(items.iter().map(|item| &item.name)),
        KindName::List(fields) => Box::new(fields.iter().flat_map(|field| option_names(&field.answer))),
        _ => Box::new(std::iter::empty()),
    }
}
