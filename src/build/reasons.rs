//! Why a criterion scores what it scores: a code with its arguments, and the sentence made from them.

use super::Builder;
use super::prose::quoted;
use crate::judgement::{CriterionJudgement, Reason, ScoreRange};
use crate::model::{Criterion, Expression, LadderLine, Node, QuestionId};
use crate::number::Number;
use crate::show;
use crate::syntax::Combining;
use crate::tell;
use crate::verdict as v;

impl Builder<'_> {
    pub(super) fn reason(&self, criterion: &Criterion, found: &CriterionJudgement) -> v::Reason {
        let mut arguments = v::ReasonArguments { parts: Vec::new(), lines: Vec::new() };
        let language = self.language;
        let (code, text) = match &found.reason {
            Reason::Shown => {
                let text = language.pick(
                    "Dit wordt getoond. Het telt niet mee in het totaal.",
                    "This is shown. It does not count towards the total.",
                );
                (v::ReasonCode::Shown, text.to_owned())
            }
            Reason::DoesNotApply => {
                let only_if = criterion.only_if.as_ref().map(|only_if| self.prose(only_if.span));
                let only_if = only_if.filter(|written| !written.is_empty());
                let text = match only_if {
                    Some(written) => tell!(
                        language,
                        "Dit geldt hier niet: het telt alleen als {written}",
                        "This does not apply here: it counts only if {written}"
                    ),
                    None => language.pick("Dit geldt hier niet", "This does not apply here").to_owned(),
                };
                (v::ReasonCode::Lapsed, show::stopped(&text))
            }
            Reason::Direct => (v::ReasonCode::Answer, self.direct(criterion)),
            Reason::Line => (v::ReasonCode::StraightLine, self.straight_line(criterion)),
            Reason::Ladder { lines } => {
                arguments.lines = self.ladder_lines(criterion, lines);
                (v::ReasonCode::Ladder, self.ladder_text(&arguments.lines))
            }
            Reason::Combined { how, parts } => {
                let code = match how {
                    Combining::Highest => v::ReasonCode::Highest,
                    Combining::Lowest => v::ReasonCode::Lowest,
                    Combining::Mean => v::ReasonCode::Mean,
                    Combining::ShareOfYes => v::ReasonCode::ShareOfYes,
                };
                arguments.parts = parts.iter().map(|part| self.part(part)).collect();
                (code, self.combined_text(*how, &arguments.parts))
            }
        };
        v::Reason { code, arguments, text }
    }

    fn part(&self, (name, weight, found): &(String, Number, ScoreRange)) -> v::ReasonPart {
        let model = self.model;
        let part = model.parts.iter().position(|part| part.head.name == *name);
        let criterion = model.criteria.iter().position(|criterion| criterion.head.name == *name);
        let thresholds = match (part, criterion) {
            (Some(part), _) => self.thresholds.parts.get(part).map_or(&[][..], Vec::as_slice),
            (None, Some(criterion)) => self.thresholds.criterion(criterion),
            (None, None) => &[],
        };
        v::ReasonPart {
            name: name.clone(),
            title: self.declared(name).map(str::to_owned),
            weight: weight.to_fraction_string(),
            score: self.score(found, thresholds),
        }
    }

    fn direct(&self, criterion: &Criterion) -> String {
        let Some(expression) = &criterion.score else { return String::new() };
        match self.behind(expression) {
            Behind::Answer(question) => self.answer_sentence(question).unwrap_or_default(),
            Behind::Named(title) => {
                tell!(self.language, "Dit is de score van \"{title}\".", "This is the score of \"{title}\".")
            }
            Behind::Other => {
                let follows = self
                    .language
                    .pick("De score volgt uit de antwoorden", "The score follows from the answers");
                match self.prose(expression.span) {
                    written if written.is_empty() => format!("{follows}."),
                    written => show::stopped(&format!("{follows}: {written}")),
                }
            }
        }
    }

    fn straight_line(&self, criterion: &Criterion) -> String {
        let Some(expression) = &criterion.score else { return String::new() };
        let Node::Line { of, from, from_score, to, to_score } = &*self.unwrap(expression).node else {
            let text =
                self.language.pick("De score ligt op een rechte lijn.", "The score lies on a straight line.");
            return text.to_owned();
        };
        let language = self.language;
        let show_value = |n: &Number| match of.shape {
            crate::model::Shape::Money => language.money(n),
            _ => language.number(n),
        };
        let line = tell!(
            language,
            "De score loopt van {} bij {} naar {} bij {}.",
            "The score runs from {} at {} to {} at {}.",
            language.percent(from_score, &[]),
            show_value(from),
            language.percent(to_score, &[]),
            show_value(to)
        );
        match self.behind(of) {
            Behind::Answer(question) => match self.answer_sentence(question) {
                Some(sentence) => format!("{line} {sentence}"),
                None => line,
            },
            _ => line,
        }
    }

    fn ladder_lines(&self, criterion: &Criterion, lines: &[usize]) -> Vec<v::Line> {
        let Some(expression) = &criterion.score else { return Vec::new() };
        let ladder: &[LadderLine] = match &*self.unwrap(expression).node {
            Node::Ladder(ladder) => ladder,
            _ => &[],
        };
        let line = |&at: &usize| {
            let line = ladder.get(at)?;
            Some(self.line(at, line.span, line.condition.as_ref()))
        };
        lines.iter().filter_map(line).collect()
    }

    /// The expression that a bare name of a part or term stands for.
    fn unwrap<'e>(&'e self, expression: &'e Expression) -> &'e Expression {
        let inside = match &*expression.node {
            Node::Part(part) => self.model.parts.get(part.index()).map(|part| &part.score),
            Node::Term(term) => self.model.terms.get(term.index()).map(|term| &term.expression),
            _ => None,
        };
        // References never run in a circle: the checker saw to that.
        inside.map_or(expression, |inside| self.unwrap(inside))
    }

    fn behind<'e>(&'e self, expression: &'e Expression) -> Behind<'e> {
        match &*expression.node {
            Node::LevelScore(of) => self.behind(of),
            Node::Answer(question) => Behind::Answer(*question),
            Node::Part(part) => self
                .model
                .parts
                .get(part.index())
                .map_or(Behind::Other, |part| Behind::Named(&part.head.title)),
            Node::Term(term) => self
                .model
                .terms
                .get(term.index())
                .map_or(Behind::Other, |term| Behind::Named(&term.head.title)),
            Node::Criterion(criterion) => self
                .model
                .criteria
                .get(criterion.index())
                .map_or(Behind::Other, |criterion| Behind::Named(&criterion.head.title)),
            _ => Behind::Other,
        }
    }

    /// `Het antwoord op "…" is deels.`
    pub(super) fn answer_sentence(&self, id: QuestionId) -> Option<String> {
        let question = self.model.questions.get(id.index())?;
        let answer = self.proposal.answers.get(id.index())?;
        if let Some(given) = self.differing(crate::place::Place::of(id), &question.domain) {
            return Some(show::stopped(&format!("\"{}\" is {given}", question.head.title)));
        }
        let shown = self.language.answer(answer, &question.domain, &self.proposal.texts);
        let title = &question.head.title;
        Some(show::stopped(&tell!(
            self.language,
            "Het antwoord op \"{title}\" is {shown}",
            "The answer to \"{title}\" is {shown}"
        )))
    }

    fn ladder_text(&self, lines: &[v::Line]) -> String {
        match lines {
            [] => self
                .language
                .pick("De score volgt uit een ladder.", "The score follows from a ladder.")
                .to_owned(),
            [line] => {
                show::stopped(&tell!(self.language, "Deze regel geldt: {}", "This line holds: {}", line.text))
            }
            lines => {
                let numbers: Vec<String> = lines.iter().map(|line| line.number.to_string()).collect();
                let numbers = self.language.either(&numbers);
                tell!(
                    self.language,
                    "Nog open is welke regel geldt: regel {numbers}.",
                    "It is still open which line holds: line {numbers}."
                )
            }
        }
    }

    fn combined_text(&self, how: Combining, parts: &[v::ReasonPart]) -> String {
        let language = self.language;
        let words = match how {
            Combining::Highest => language.pick("De hoogste score van", "The highest score of"),
            Combining::Lowest => language.pick("De laagste score van", "The lowest score of"),
            Combining::Mean => language.pick("Het gemiddelde van", "The mean of"),
            Combining::ShareOfYes => language.pick("Het aandeel ja van", "The share of yes among"),
        };
        let weighted = how == Combining::Mean && parts.iter().any(|part| part.weight != "1");
        let shown = parts.iter().map(|part| {
            let weight = if weighted {
                tell!(language, ", gewicht {}", ", weight {}", part.weight)
            } else {
                String::new()
            };
            let name = part.title.as_deref().map_or_else(|| part.name.clone(), quoted);
            format!("{name} ({}{weight})", part.score.text)
        });
        format!("{words} {}.", language.list(&shown.collect::<Vec<_>>()))
    }
}

enum Behind<'a> {
    Answer(QuestionId),
    Named(&'a str),
    Other,
}
