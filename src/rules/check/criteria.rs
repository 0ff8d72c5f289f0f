//! `criterium`: weight, requirement, what it shows.

use super::checker::Checker;
use super::kinds::{Bounds, Words};
use super::scores::{name_of, score_of};
use crate::message::diagnostic::Code;
use crate::message::language::says;
use crate::message::source::{Span, Spanned};
use crate::rules::check::facts::{Context, Known};
use crate::rules::model::{self, Criterion, CriterionId};
use crate::rules::syntax::{ClauseBody, Declaration, DeclarationKind, Literal, Name, RequirementLevel};
use crate::value::number::Number;

impl<'a> Checker<'a> {
    pub(super) fn check_criterion(&mut self, id: CriterionId, declaration: &'a Declaration) -> Option<Known> {
        let before = self.errors;
        let clauses = self.admit(declaration);
        let head = self.head(declaration, &clauses, name_of(declaration));
        let mut cx = Context::new(DeclarationKind::Criterion);
        let score = score_of(&clauses);
        let scored = score.map(|score| self.score(score, declaration, &mut cx));
        let mut criterion = Criterion {
            head,
            score: None,
            weight: None,
            weight_span: declaration.kind.span,
            requirement: None,
            shows: Vec::new(),
            only_if: None,
        };
        let (mut weight, mut uncounted, mut requirement, mut shown) = (None, None, None, false);
        for clause in &clauses {
            match &clause.body {
                ClauseBody::Weight(literal) => {
                    weight = Some(clause.span);
                    criterion.weight_span = clause.span;
                    criterion.weight = self.weight(literal);
                }
                ClauseBody::NotCounted => {
                    uncounted = Some(*clause);
                    criterion.weight_span = clause.span;
                }
                ClauseBody::Shows(names) => {
                    shown = true;
                    criterion.shows = self.shows(names);
                }
                ClauseBody::Requirement(level) => requirement = Some((level, clause.span)),
                ClauseBody::OnlyIf(condition) => {
                    let mut cx = Context::new(DeclarationKind::Criterion);
                    criterion.only_if = self.condition(condition, &mut cx);
                }
                _ => {}
            }
        }
        match (weight, uncounted) {
            (Some(weight), Some(uncounted)) => self.clash(uncounted, "telt niet mee", weight, "gewicht"),
            (None, None) => {
                let help =
                    says!("schrijf: gewicht 1, of: telt niet mee", "write: gewicht 1, or: telt niet mee");
                self.missing_clause(declaration, "gewicht", help);
            }
            _ => {}
        }
        if score.is_none() && (weight.is_some() || !shown) {
            let help = if shown {
                says!(
                    "geef het een score, of schrijf \"telt niet mee\" in plaats van het gewicht",
                    "give it a score, or write \"telt niet mee\" instead of the weight"
                )
            } else {
                says!(
                    "zeg waar de score vandaan komt (score …), of wat het laat zien (toont …)",
                    "say where the score comes from (score …), or what it shows (toont …)"
                )
            };
            self.missing_clause(declaration, "score", help);
        }
        let scored = scored.flatten();
        if let Some((level, span)) = requirement {
            if uncounted.is_some() {
                self.fault(
                    Code::RequirementNotCounted,
                    span,
                    says!(
                        "een eis op een criterium dat niet meetelt",
                        "a requirement on a criterion that does not count"
                    ),
                    says!(
                        "geef het criterium een gewicht, of maak van de eis een uitsluiting of voorwaarde",
                        "give the criterion a weight, or make the requirement an exclusion or condition"
                    ),
                );
            } else if let Some(scored) = &scored {
                criterion.requirement = self.requirement(level, span, scored.levels);
            }
        }
        let lapses = scored.as_ref().is_some_and(|scored| scored.may_lapse) || criterion.only_if.is_some();
        if criterion.weight.is_some() {
            self.counting.push(lapses);
        }
        let known = scored.as_ref().map(|_| Known::score(lapses, Bounds::score()));
        criterion.score = scored.map(|scored| scored.expression);
        if self.errors == before {
            let uncounted = criterion.score.is_none();
            self.built.criteria.insert(id, criterion);
            if uncounted {
                self.only_shown.insert(id);
            }
        }
        known
    }

    fn requirement(
        &mut self,
        level: &Spanned<RequirementLevel>,
        span: Span,
        levels: Option<bool>,
    ) -> Option<model::Requirement> {
        match &level.node {
            RequirementLevel::Percent(number) => {
                let literal = Spanned::new(Literal::Percent(number.clone()), level.span);
                let at_least = self.score_percent(&literal)?;
                let text = self.text(level.span);
                let written = text.trim_start_matches("minstens").trim().to_owned();
                Some(model::Requirement { at_least, written, span })
            }
            RequirementLevel::Yes if levels.is_some() => {
                Some(model::Requirement { at_least: Number::ONE, written: "ja".to_owned(), span })
            }
            RequirementLevel::Partly if levels == Some(true) => {
                let at_least = self.partly.clone();
                // Without `deels telt` another message says so.
                Some(model::Requirement { at_least: at_least?, written: "deels".to_owned(), span })
            }
            written => {
                let (word, example) = match written {
                    RequirementLevel::Yes => ("ja", "100%"),
                    _ => ("deels", "50%"),
                };
                self.fault(
                    Code::RequirementNotPartly,
                    level.span,
                    says!("\"minstens {word}\" past niet bij deze score", "\"minstens {word}\" does not fit this score"),
                    says!(
                        "de score is niet één van zijn ja-, deels- of nee-antwoorden; schrijf een percentage: eis minstens {example}",
                        "the score is not one of its ja, deels or nee answers; write a percentage: eis minstens {example}"
                    ),
                );
                None
            }
        }
    }

    fn shows(&mut self, names: &[Name]) -> Vec<model::QuestionId> {
        let needed = says!("een vraag", "a question");
        let mut seen = Words::default();
        let mut shown = Vec::new();
        for name in names {
            if let Some(first) = seen.add(&name.node, name.span) {
                let first = seen.spans.get(usize::from(first)).copied().unwrap_or_default();
                self.double_item(name, first, &says!("de vraag", "the question"));
                continue;
            }
            shown.extend(self.named_question(name, &needed));
        }
        shown
    }

    /// A weight: a number above 0.
    pub(super) fn weight(&mut self, literal: &Spanned<Literal>) -> Option<Number> {
        let text = self.text(literal.span);
        match &literal.node {
            Literal::Number(number) if *number > Number::ZERO => Some(number.clone()),
            Literal::Number(_) => {
                self.fault(
                    Code::OutOfRange,
                    literal.span,
                    says!("gewicht \"{text}\" is niet meer dan 0", "weight \"{text}\" is not above 0"),
                    says!(
                        "kies een getal boven 0; telt het niet mee, schrijf dan: telt niet mee",
                        "choose a number above 0; if it does not count, write: telt niet mee"
                    ),
                );
                None
            }
            _ => {
                self.fault(
                    Code::KindMismatch,
                    literal.span,
                    says!("gewicht \"{text}\" is geen kaal getal", "weight \"{text}\" is no bare number"),
                    says!(
                        "gewichten zijn verhoudingen: schrijf een getal, zoals 2 of 1,5",
                        "weights are ratios: write a number, such as 2 or 1,5"
                    ),
                );
                None
            }
        }
    }
}
