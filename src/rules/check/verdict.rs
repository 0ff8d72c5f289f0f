//! `oordeel` and `route`: outcomes, ladders, and what the ladder must read.

use std::rc::Rc;

use super::checker::Checker;
use super::clauses::CLAUSE_WORDS;
use super::kinds::Words;
use super::scores::{is_deliberate, name_of};
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::says;
use crate::message::source::Span;
use crate::rules::check::facts::{Aggregates, Context};
use crate::rules::model::{self, Route, RouteChoice, VerdictLine, VerdictRule};
use crate::rules::syntax::{ClauseBody, Declaration, DeclarationKind, Expression, File, Name, NamedItem};

impl<'a> Checker<'a> {
    /// The verdict's declaration and its outcomes, which routes and signals read.
    pub(super) fn find_verdict(&mut self, file: &'a File) -> Option<&'a Declaration> {
        let mut verdicts = file.declarations.iter().filter(|d| d.kind.node == DeclarationKind::Verdict);
        let Some(verdict) = verdicts.next() else {
            if !self.is_excused("oordeel") {
                let here = self.here();
                let none = here.header.span == Span::default();
                let span = if none { Span::new(here.source, 0, 0) } else { here.header.span };
                self.fault(
                    Code::VerdictMissing,
                    span,
                    says!("het bestand heeft geen oordeel", "the file has no verdict"),
                    says!(
                        "voeg een oordeel toe: oordeel: \"Mag het verder?\", met uitkomsten en regels",
                        "add a verdict: oordeel: \"May it go on?\", with outcomes and lines"
                    ),
                );
            }
            return None;
        };
        for second in verdicts {
            let diagnostic = Diagnostic::new(
                Code::OnceOnly,
                second.kind.span,
                says!("een tweede oordeel in hetzelfde bestand", "a second verdict in the same file"),
            )
            .also(verdict.kind.span, says!("het eerste staat hier", "the first stands here"))
            .help(says!(
                "houd één oordeel; wie beslist hoort in een route",
                "keep one verdict; who decides belongs in a route"
            ));
            self.push(diagnostic);
        }
        let outcomes = verdict.clauses.iter().find_map(|clause| match &clause.body {
            ClauseBody::Outcomes(items) => Some((items, clause.span)),
            _ => None,
        });
        if let Some((items, span)) = outcomes {
            for NamedItem { name, .. } in items {
                self.keyword_clash(name, "de uitkomst", "the outcome");
            }
            if let Some((choices, words)) = self.choices(items, span, &says!("de uitkomst", "the outcome")) {
                self.outcomes = Some(Rc::new(words));
                self.outcome_choices = choices;
            }
        }
        Some(verdict)
    }

    fn keyword_clash(&mut self, name: &Name, nl: &str, en: &str) {
        let word = &name.node;
        if CLAUSE_WORDS.contains(&word.as_str()) {
            self.fault(
                Code::KeywordClash,
                name.span,
                says!(
                    "{nl} \"{word}\" heet als een woord van de regeltaal",
                    "{en} \"{word}\" has the name of a word of the rule language"
                ),
                says!(
                    "kies een andere naam, zoals \"{word}_1\"",
                    "choose another name, such as \"{word}_1\""
                ),
            );
        }
    }

    pub(super) fn check_verdict(&mut self, declaration: &'a Declaration) -> Option<VerdictRule> {
        let clauses = self.admit(declaration);
        let mut head = self.head(declaration, &clauses, "oordeel");
        head.span = declaration.kind.span;
        let mut cx = Context::new(DeclarationKind::Verdict);
        let mut lines = Vec::new();
        let mut shape = Vec::new();
        let mut used = Vec::new();
        let mut sound = true;
        let mut listed = false;
        for clause in &clauses {
            match &clause.body {
                ClauseBody::Outcomes(_) => listed = true,
                ClauseBody::OutcomeLine { outcome, condition } => {
                    shape.push((condition.is_some(), clause.span));
                    let place = self.outcome_of(outcome);
                    used.extend(place);
                    let condition = condition.as_ref().map(|e| self.condition(e, &mut cx));
                    match (place, condition) {
                        (Some(outcome), None) => {
                            lines.push(VerdictLine { outcome, condition: None, span: clause.span })
                        }
                        (Some(outcome), Some(Some(condition))) => {
                            lines.push(VerdictLine {
                                outcome,
                                condition: Some(condition),
                                span: clause.span,
                            });
                        }
                        _ => sound = false,
                    }
                }
                _ => {}
            }
        }
        if !listed {
            let help = says!(
                "noem de uitkomsten: uitkomsten van goed naar slecht, en eronder - voldoet: \"…\"",
                "name the outcomes: uitkomsten van goed naar slecht, and below it - voldoet: \"…\""
            );
            self.missing_clause(declaration, "uitkomsten", help);
        }
        let has_lines = !shape.is_empty();
        if !has_lines {
            let help = says!(
                "schrijf per regel een uitkomst: voldoet als …, en als laatste: afgewezen anders",
                "write an outcome a line: voldoet als …, and at last: afgewezen anders"
            );
            self.missing_clause(declaration, "<uitkomst> als", help);
            sound = false;
        } else if !declaration.broken {
            sound &= self.else_last(shape.into_iter(), declaration.kind.span);
        }
        if has_lines && !declaration.broken {
            self.unused_outcomes(&used);
            self.unread_results(declaration, cx.aggregates);
            self.total_meaning(declaration, cx.aggregates);
        }
        sound.then(|| VerdictRule { head, outcomes: self.outcome_choices.clone(), lines })
    }

    fn outcome_of(&mut self, name: &Name) -> Option<u16> {
        let words = self.outcomes.clone()?;
        if let Some(place) = words.place(&name.node) {
            self.names_word(name.span, &words, place);
            return Some(place);
        }
        let word = &name.node;
        self.missed.insert((self.at, word.clone()));
        let help = self.suggest_word(
            word,
            words.names.iter().map(String::as_str),
            &says!("de uitkomsten zijn", "the outcomes are"),
        );
        self.fault(
            Code::OutcomeUnused,
            name.span,
            says!("\"{word}\" staat niet bij de uitkomsten", "\"{word}\" is not among the outcomes"),
            help,
        );
        None
    }

    fn unused_outcomes(&mut self, used: &[u16]) {
        let Some(words) = self.outcomes.clone() else { return };
        for (place, (name, span)) in words.names.iter().zip(&words.spans).enumerate() {
            if !used.iter().any(|used| usize::from(*used) == place) {
                self.fault(
                    Code::OutcomeUnused,
                    *span,
                    says!("geen regel geeft de uitkomst \"{name}\"", "no line gives the outcome \"{name}\""),
                    says!(
                        "voeg een regel toe: {name} als …, of haal de uitkomst weg",
                        "add a line: {name} als …, or remove the outcome"
                    ),
                );
            }
        }
    }

    /// Exclusions, requirements and conditions work only through the lines that name them.
    fn unread_results(&mut self, declaration: &Declaration, read: Aggregates) {
        let worst = self.outcome_choices.last().map_or("afgewezen", |choice| choice.name.as_str()).to_owned();
        let best = self.outcome_choices.first().map_or("voldoet", |choice| choice.name.as_str()).to_owned();
        let wanted = [
            (
                read.exclusion,
                self.first_exclusion,
                says!("de uitsluitingen", "the exclusions"),
                says!(
                    "voeg een regel toe: {worst} als een uitsluiting geldt",
                    "add a line: {worst} als een uitsluiting geldt"
                ),
            ),
            (
                read.requirement,
                self.first_requirement,
                says!("de eisen", "the requirements"),
                says!(
                    "voeg een regel toe: {worst} als een eis niet is gehaald",
                    "add a line: {worst} als een eis niet is gehaald"
                ),
            ),
            (
                read.condition,
                self.first_condition,
                says!("de voorwaarden", "the conditions"),
                says!(
                    "zet in een regel: {best} als … en elke voorwaarde is vervuld",
                    "put in a line: {best} als … en elke voorwaarde is vervuld"
                ),
            ),
        ];
        for (read, first, what, help) in wanted {
            let Some(first) = first.filter(|_| !read) else { continue };
            let (nl, en) = (what.nl, what.en);
            let diagnostic = Diagnostic::new(
                Code::NotInVerdict,
                declaration.kind.span,
                says!(
                    "{nl} staan in geen regel van het oordeel, dus ze doen niets",
                    "{en} stand in no line of the verdict, so they do nothing"
                ),
            );
            self.push(
                diagnostic.also(first, says!("de eerste staat hier", "the first stands here")).help(help),
            );
        }
    }

    /// The total: there must be one where it is read, and a line for when it is n.v.t.
    fn total_meaning(&mut self, declaration: &Declaration, read: Aggregates) {
        if self.counting.is_empty() {
            let Some(span) = read.total.filter(|_| !self.names.incomplete && !self.criteria_failed()) else {
                return;
            };
            self.fault(
                Code::NoCriteria,
                span,
                says!(
                    "geen criterium telt mee, dus er is geen totaal",
                    "no criterion counts, so there is no total"
                ),
                says!("geef een criterium een gewicht", "give a criterion a weight"),
            );
            return;
        }
        if declaration.kind.node == DeclarationKind::Verdict {
            self.report_unwritten_total(declaration);
        }
        let Some(span) = read.total_ordered else { return };
        if self.total_may_lapse && !read.total_not_applicable && !is_deliberate(declaration) {
            let worst = match declaration.kind.node {
                DeclarationKind::Verdict => {
                    let worst =
                        self.outcome_choices.last().map_or("afgewezen", |choice| choice.name.as_str());
                    says!(
                        "voeg een regel toe: {worst} als totaal is n.v.t.",
                        "add a line: {worst} als totaal is n.v.t."
                    )
                }
                _ => says!(
                    "voeg een keuze toe met: als totaal is n.v.t.",
                    "add a choice with: als totaal is n.v.t."
                ),
            };
            self.fault(
                Code::TotalNotApplicable,
                span,
                says!(
                    "het totaal kan n.v.t. zijn; dan is geen vergelijking ermee waar",
                    "the total can be n.v.t.; then no comparison with it is true"
                ),
                worst,
            );
        }
    }

    pub(super) fn check_route(&mut self, declaration: &'a Declaration) -> Option<Route> {
        let clauses = self.admit(declaration);
        let head = self.head(declaration, &clauses, name_of(declaration));
        let mut cx = Context::new(DeclarationKind::Route);
        let mut words = Words::default();
        let mut choices = Vec::new();
        let mut shape = Vec::new();
        let mut sound = true;
        for clause in &clauses {
            let ClauseBody::Choice { name, title, condition } = &clause.body else { continue };
            shape.push((condition.is_some(), clause.span));
            self.keyword_clash(name, "de keuze", "the choice");
            if let Some(first) = words.add(&name.node, name.span) {
                let first = words.spans.get(usize::from(first)).copied().unwrap_or_default();
                self.double_item(name, first, &says!("de keuze", "the choice"));
                sound = false;
            }
            let condition = condition.as_ref().map(|e: &Expression| self.condition(e, &mut cx));
            sound &= condition != Some(None);
            let choice =
                model::Choice { name: name.node.clone(), label: title.node.clone(), span: name.span };
            choices.push(RouteChoice { choice, condition: condition.flatten() });
        }
        if shape.is_empty() {
            let help = says!(
                "noem wie beslist, met daaronder wanneer: bestuur: \"Het bestuur\", en op de regel eronder: anders",
                "name who decides, and when below it: bestuur: \"The board\", and on the line below: anders"
            );
            self.missing_clause(declaration, "<keuze>:", help);
            return None;
        }
        if !declaration.broken {
            sound &= self.else_last(shape.into_iter(), head.span);
            self.total_meaning(declaration, cx.aggregates);
        }
        let place = self.names.find_own(DeclarationKind::Route, &head.name);
        if let Some(slot) = place.and_then(|place| self.route_choices.get_mut(place)) {
            *slot = Some(Rc::new(words));
        }
        sound.then_some(Route { head, choices })
    }
}
