//! `voorbeeld`: whether what is given and expected fits the rules. Kept as written; run by `examples`.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::checker::Checker;
use super::kinds::Words;
use crate::message::diagnostic::Code;
use crate::message::language::{Text, says};
use crate::message::source::{Span, Spanned};
use crate::message::suggest::nearest;
use crate::rules::check::facts::Answers;
use crate::rules::check::literals::{day, percent};
use crate::rules::check::phrases::shorten;
use crate::rules::model::{self, Domain, Example, Target};
use crate::rules::syntax::{
    ClauseBody, Declaration, DeclarationKind, Expectation, ExpectationBody, ExpectedScore, ExpectedStatus,
    GivenLine, GivenValue, Literal, Name,
};
use crate::value::number::Number;

impl<'a> Checker<'a> {
    pub(super) fn check_example(&mut self, declaration: &'a Declaration) -> Example {
        let mut example = Example {
            title: declaration.title.as_ref().map(|title| title.node.clone()).unwrap_or_default(),
            given: Vec::new(),
            expected: Vec::new(),
            span: declaration.span,
        };
        let mut expects = false;
        let clauses = self.admit(declaration);
        self.provenance(declaration, &clauses);
        for clause in clauses {
            match &clause.body {
                ClauseBody::Given(lines) => {
                    self.check_given(lines);
                    example.given.clone_from(lines);
                }
                ClauseBody::Expected(lines) => {
                    expects = true;
                    self.check_expected(lines);
                    example.expected.clone_from(lines);
                }
                _ => {}
            }
        }
        if !expects {
            let help = says!(
                "zeg wat eruit moet komen: verwacht, en eronder: oordeel …",
                "say what must come out: verwacht, and below it: oordeel …"
            );
            self.missing_clause(declaration, "verwacht", help);
        }
        example
    }

    fn bad(&mut self, span: Span, message: Text, help: Text) {
        self.fault(Code::BadExample, span, message, help);
    }

    fn given_twice<'n>(&mut self, name: &'n Name, seen: &mut BTreeSet<&'n str>) {
        if !seen.insert(&name.node) {
            let word = &name.node;
            self.bad(
                name.span,
                says!("\"{word}\" staat er twee keer", "\"{word}\" stands there twice"),
                says!("houd één regel per vraag", "keep one line for a question"),
            );
        }
    }

    fn check_given(&mut self, lines: &[GivenLine]) {
        let mut seen = BTreeSet::new();
        for line in lines {
            self.given_twice(&line.name, &mut seen);
            let word = &line.name.node;
            if word == "peildatum" {
                let date = matches!(&line.value, GivenValue::Literal(Spanned { node: Literal::Date(_), .. }));
                if !date {
                    self.bad(
                        line.span,
                        says!("de peildatum is geen datum", "the reference date is no date"),
                        says!("schrijf: peildatum 1 maart 2020", "write: peildatum 1 maart 2020"),
                    );
                }
                continue;
            }
            let Some(Target::Question(id)) = self.names.find_anywhere(word) else {
                self.bad_name(&line.name, "vraag", "question", |target| {
                    matches!(target, Target::Question(_))
                });
                continue;
            };
            let Some(facts) = self.question(id) else { continue };
            let Some(answers) = facts.answers.clone() else { continue };
            if let model::Kind::List { from, until, .. } = answers.domain.kind {
                let fields: Vec<(String, Option<Answers>)> =
                    facts.fields.iter().map(|field| (field.name.clone(), field.answers.clone())).collect();
                self.given_list(line, &answers.domain, (from, until), &fields);
            } else {
                self.given_answer(line, &answers);
            }
        }
    }

    /// An unknown name in an example, with what it may have been.
    fn bad_name(&mut self, name: &Name, nl: &str, en: &str, fits: impl Fn(Target) -> bool) {
        let word = &name.node;
        // A question may be one of any file, also of one that could not be read.
        let unread = self.files.iter().any(|facts| facts.lacks || facts.unread.contains(word));
        if unread || !self.missed.insert((self.at, word.clone())) {
            return;
        }
        let suggestion = self.suggest_name(word, fits);
        let help =
            suggestion.unwrap_or_else(|| says!("noem een {nl} uit dit bestand", "name a {en} of this file"));
        self.bad(name.span, says!("{nl} \"{word}\" bestaat niet", "{en} \"{word}\" does not exist"), help);
    }

    fn given_list(
        &mut self,
        line: &GivenLine,
        domain: &Domain,
        (from, until): (u32, Option<u32>),
        fields: &[(String, Option<Answers>)],
    ) {
        let length = match &line.value {
            GivenValue::Empty => 0,
            GivenValue::Items(items) => {
                for item in items {
                    self.given_item(item, fields);
                }
                items.len()
            }
            GivenValue::Literal(Spanned { node: Literal::None, .. }) if domain.none => return,
            GivenValue::Literal(Spanned { node: Literal::NotApplicable, .. }) if domain.not_applicable => {
                return;
            }
            GivenValue::Literal(_) | GivenValue::Words(_) => {
                let (name, field) =
                    (&line.name.node, fields.first().map_or("veld", |(name, _)| name.as_str()));
                self.bad(
                    line.span,
                    says!("\"{name}\" is een lijst", "\"{name}\" is a list"),
                    says!(
                        "schrijf \"{name} leeg\", of eronder per item een regel: - {field} …",
                        "write \"{name} leeg\", or a line for each item below it: - {field} …"
                    ),
                );
                return;
            }
        };
        let least = usize::try_from(from).unwrap_or(usize::MAX);
        let most = until.map_or(usize::MAX, |until| usize::try_from(until).unwrap_or(usize::MAX));
        if length < least || length > most {
            let name = &line.name.node;
            self.bad(
                line.span,
                says!(
                    "\"{name}\" heeft hier {length} items, en dat mag niet",
                    "\"{name}\" has {length} items here, which is not allowed"
                ),
                says!(
                    "houd u aan de grenzen die bij de vraag staan",
                    "keep to the range that the question has"
                ),
            );
        }
    }

    fn given_item(&mut self, item: &[GivenLine], fields: &[(String, Option<Answers>)]) {
        let mut seen = BTreeSet::new();
        for line in item {
            self.given_twice(&line.name, &mut seen);
            let word = &line.name.node;
            let Some((_, answers)) = fields.iter().find(|(name, _)| name == word) else {
                let names = fields.iter().map(|(name, _)| name.as_str());
                let help = self.suggest_word(word, names, &says!("de velden zijn", "the fields are"));
                self.bad(
                    line.name.span,
                    says!("veld \"{word}\" bestaat niet", "field \"{word}\" does not exist"),
                    help,
                );
                continue;
            };
            if let Some(answers) = answers {
                self.given_answer(line, answers);
            }
        }
    }

    fn given_answer(&mut self, line: &GivenLine, answers: &Answers) {
        let name = &line.name.node;
        match (&line.value, &answers.domain.kind) {
            (GivenValue::Literal(literal), _) => self.given_literal(name, literal, answers),
            (GivenValue::Words(words), model::Kind::OneOf(_) | model::Kind::SomeOf(_)) => {
                let several = matches!(answers.domain.kind, model::Kind::SomeOf(_));
                let mut seen = BTreeSet::new();
                for word in words {
                    self.given_twice(word, &mut seen);
                    if answers.words.place(&word.node).is_none() {
                        let text = &word.node;
                        let options = answers.words.names.iter().map(String::as_str);
                        let help = self.suggest_word(text, options, &says!("mogelijk is", "possible is"));
                        self.bad(
                            word.span,
                            says!(
                                "\"{text}\" is geen keuze van \"{name}\"",
                                "\"{text}\" is no option of \"{name}\""
                            ),
                            help,
                        );
                    }
                }
                if let (false, Some(second)) = (several, words.get(1)) {
                    self.bad(
                        second.span,
                        says!("\"{name}\" heeft één antwoord", "\"{name}\" has one answer"),
                        says!("houd één keuze", "keep one option"),
                    );
                }
            }
            (GivenValue::Empty, model::Kind::SomeOf(_)) => {}
            _ => self.wrong_given(name, line.span, answers),
        }
    }

    fn wrong_given(&mut self, name: &str, span: Span, answers: &Answers) {
        let example = match &answers.domain.kind {
            model::Kind::YesNo => "ja, of: nee".to_owned(),
            model::Kind::YesPartlyNo => "ja, deels, of: nee".to_owned(),
            model::Kind::OneOf(_) | model::Kind::SomeOf(_) => answers.words.name(0).to_owned(),
            model::Kind::Integer { .. } => "3".to_owned(),
            model::Kind::Number { .. } => "0,5".to_owned(),
            model::Kind::Percentage { .. } => "50%".to_owned(),
            model::Kind::Money { .. } => "€ 1.000".to_owned(),
            model::Kind::Date { .. } => "1 juli 2022".to_owned(),
            model::Kind::Text => "\"…\"".to_owned(),
            model::Kind::List { .. } => "leeg".to_owned(),
        };
        let (nl, en) = match answers.kind() {
            Some(kind) => (kind.describe().nl, kind.describe().en),
            None => (String::new(), String::new()),
        };
        self.bad(
            span,
            says!(
                "dit is geen antwoord op \"{name}\": daar hoort {nl}",
                "this is no answer to \"{name}\": {en} belongs there"
            ),
            says!("schrijf bijvoorbeeld: {name} {example}", "write for example: {name} {example}"),
        );
    }

    fn given_literal(&mut self, name: &str, literal: &Spanned<Literal>, answers: &Answers) {
        let domain = &answers.domain;
        let number: Number = match (&literal.node, &domain.kind) {
            (Literal::None, _) if domain.none => return,
            (Literal::NotApplicable, _) if domain.not_applicable => return,
            (Literal::None | Literal::NotApplicable, _) => {
                let word = self.text(literal.span);
                self.bad(
                    literal.span,
                    says!("\"{name}\" kan niet \"{word}\" zijn", "\"{name}\" cannot be \"{word}\""),
                    says!(
                        "zet \"of {word}\" achter het antwoord van de vraag, of geef een ander antwoord",
                        "write \"of {word}\" behind the answer of the question, or give another answer"
                    ),
                );
                return;
            }
            (Literal::Yes | Literal::No, model::Kind::YesNo | model::Kind::YesPartlyNo)
            | (Literal::Partly, model::Kind::YesPartlyNo)
            | (Literal::Text(_), model::Kind::Text) => return,
            (Literal::Number(n), model::Kind::Integer { .. } | model::Kind::Number { .. })
            | (Literal::Money(n), model::Kind::Money { .. }) => n.clone(),
            (Literal::Percent(n), model::Kind::Percentage { .. }) => percent(n),
            (Literal::Date(date), model::Kind::Date { .. }) => day(*date),
            _ => {
                self.wrong_given(name, literal.span, answers);
                return;
            }
        };
        let cents = Number::fraction(1, 100).unwrap_or(Number::ONE);
        let precise = matches!(domain.kind, model::Kind::Money { .. }) && !number.is_multiple_of(&cents);
        if precise || !answers.bounds().holds(&number) {
            let text = self.text(literal.span);
            self.bad(
                literal.span,
                says!(
                    "\"{text}\" valt buiten de grenzen van \"{name}\"",
                    "\"{text}\" lies outside the range of \"{name}\""
                ),
                says!(
                    "kies een waarde binnen de grenzen die bij de vraag staan",
                    "choose a value in the range that the question has"
                ),
            );
        }
    }

    fn check_expected(&mut self, lines: &[Expectation]) {
        for line in lines {
            match &line.body {
                ExpectationBody::Outcome(name) => {
                    if name.node != "open" {
                        self.expected_outcome(name);
                    }
                }
                ExpectationBody::Possible(names) => {
                    let mut seen = BTreeSet::new();
                    for name in names {
                        self.given_twice(name, &mut seen);
                        self.expected_outcome(name);
                    }
                }
                ExpectationBody::Total(score) => self.expected_score(score),
                ExpectationBody::Criterion(name, score) => {
                    self.expected_criterion(name);
                    self.expected_score(score);
                }
                ExpectationBody::Requirement(name, _) => self.expected_requirement(name),
                ExpectationBody::Condition(name, status) => {
                    let lapses = self.expected_rule(DeclarationKind::Condition, name);
                    self.expected_lapse(name, status, lapses);
                }
                ExpectationBody::Exclusion(name, status) => {
                    self.expected_rule(DeclarationKind::Exclusion, name);
                    self.expected_lapse(name, status, Some(false));
                }
                ExpectationBody::Signal(name, status) => {
                    let lapses = self.expected_rule(DeclarationKind::Signal, name);
                    self.expected_lapse(name, status, lapses);
                }
                ExpectationBody::Route(name, choice) => self.expected_route(name, choice),
                ExpectationBody::Matters(name) => {
                    if !matches!(self.names.find_anywhere(&name.node), Some(Target::Question(_))) {
                        self.bad_name(name, "vraag", "question", |target| {
                            matches!(target, Target::Question(_))
                        });
                    }
                }
            }
        }
    }

    fn expected_outcome(&mut self, name: &Name) {
        let Some(words) = self.outcomes.clone() else { return };
        self.expected_word(name, &words, &says!("de uitkomsten zijn", "the outcomes are"));
    }

    fn expected_word(&mut self, name: &Name, words: &Rc<Words>, what: &Text) {
        if words.place(&name.node).is_none() && self.missed.insert((self.at, name.node.clone())) {
            let word = &name.node;
            let help = self.suggest_word(word, words.names.iter().map(String::as_str), what);
            self.bad(
                name.span,
                says!("\"{word}\" kan hier niet uitkomen", "\"{word}\" cannot come out here"),
                help,
            );
        }
    }

    fn expected_score(&mut self, score: &Spanned<ExpectedScore>) {
        let ExpectedScore::Percent { value, .. } = &score.node else { return };
        if value.is_negative() || percent(value) > Number::ONE {
            let text = self.text(score.span);
            self.bad(
                score.span,
                says!(
                    "\"{text}\" ligt niet tussen 0% en 100%",
                    "\"{text}\" does not lie between 0% and 100%"
                ),
                says!(
                    "een score is een percentage van 0% tot en met 100%",
                    "a score is a percentage from 0% to 100%"
                ),
            );
        }
    }

    fn expected_criterion(&mut self, name: &Name) -> bool {
        let found = matches!(self.names.find(&name.node), Some(Target::Criterion(_)));
        if !found {
            self.bad_name(name, "criterium", "criterion", |target| matches!(target, Target::Criterion(_)));
        }
        found
    }

    fn expected_requirement(&mut self, name: &Name) {
        if !self.expected_criterion(name) || self.required.contains(&name.node) {
            return;
        }
        let word = &name.node;
        let with = shorten(self.required.iter().map(String::as_str), 8);
        self.bad(
            name.span,
            says!("criterium \"{word}\" heeft geen eis", "criterion \"{word}\" has no requirement"),
            if with.is_empty() {
                says!(
                    "haal de regel weg, of geef het criterium een eis",
                    "remove the line, or give the criterion a requirement"
                )
            } else {
                says!("een eis hebben: {with}", "a requirement have: {with}")
            },
        );
    }

    /// Whether the named rule can lapse; none when it does not exist.
    fn expected_rule(&mut self, kind: DeclarationKind, name: &Name) -> Option<bool> {
        if let Some(place) = self.names.find_own(kind, &name.node) {
            let list =
                if kind == DeclarationKind::Condition { &self.condition_lapses } else { &self.signal_lapses };
            return list.get(place).copied();
        }
        let (word, nl, en) = (&name.node, kind.keyword(), crate::rules::check::phrases::english(kind));
        if self.is_excused(word) || !self.missed.insert((self.at, format!("{nl} {word}"))) {
            return None;
        }
        let names: Vec<String> =
            self.names.own.get(&kind).map(|names| names.keys().cloned().collect()).unwrap_or_default();
        let near = nearest(word, names.iter().map(String::as_str));
        let help = match near {
            Some(near) => says!("bedoelde u \"{near}\"?", "did you mean \"{near}\"?"),
            None => says!("noem een {nl} uit dit bestand", "name a {en} of this file"),
        };
        self.bad(name.span, says!("{nl} \"{word}\" bestaat niet", "{en} \"{word}\" does not exist"), help);
        None
    }

    fn expected_lapse(&mut self, name: &Name, status: &Spanned<ExpectedStatus>, lapses: Option<bool>) {
        if status.node == ExpectedStatus::Lapses && lapses == Some(false) {
            let word = &name.node;
            self.bad(
                status.span,
                says!("\"{word}\" vervalt nooit", "\"{word}\" never lapses"),
                says!(
                    "alleen wat \"alleen als\" heeft, kan vervallen",
                    "only what has \"alleen als\" can lapse"
                ),
            );
        }
    }

    fn expected_route(&mut self, name: &Name, choice: &Name) {
        let place = self.names.find_own(DeclarationKind::Route, &name.node);
        let Some(place) = place else {
            self.expected_rule(DeclarationKind::Route, name);
            return;
        };
        let words = self.route_choices.get(place).cloned().flatten();
        if let (Some(words), false) = (words, choice.node == "open") {
            self.expected_word(choice, &words, &says!("de keuzes zijn", "the choices are"));
        }
    }
}
