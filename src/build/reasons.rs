//! Why a criterion scores what it scores: a code with its arguments, and the sentence made from them.

use super::prose::quoted;
use super::{Builder, score};
use crate::judgement::{CriterionJudgement, Reason, ScoreRange};
use crate::model::{Criterion, Expression, LadderLine, Node, QuestionId};
use crate::number::Number;
use crate::show;
use crate::syntax::Combining;
use crate::verdict as v;

impl Builder<'_> {
    pub(super) fn reason(&self, criterion: &Criterion, found: &CriterionJudgement) -> v::Reason {
        let mut arguments = v::ReasonArguments { parts: Vec::new(), lines: Vec::new() };
        let (code, text) = match &found.reason {
            Reason::Shown => {
                (v::ReasonCode::Shown, "Dit wordt getoond. Het telt niet mee in het totaal.".to_owned())
            }
            Reason::DoesNotApply => {
                let only_if = criterion.only_if.as_ref().map(|only_if| self.prose(only_if.span));
                let only_if = only_if.filter(|written| !written.is_empty());
                let because = only_if.map(|written| format!(": het telt alleen als {written}"));
                let because = because.unwrap_or_default();
                (v::ReasonCode::Lapsed, show::stopped(&format!("Dit geldt hier niet{because}")))
            }
            Reason::Direct => (v::ReasonCode::Answer, self.direct(criterion)),
            Reason::Line => (v::ReasonCode::StraightLine, self.straight_line(criterion)),
            Reason::Ladder { lines } => {
                arguments.lines = self.ladder_lines(criterion, lines);
                (v::ReasonCode::Ladder, ladder_text(&arguments.lines))
            }
            Reason::Combined { how, parts } => {
                let (code, words) = match how {
                    Combining::Highest => (v::ReasonCode::Highest, "De hoogste score van"),
                    Combining::Lowest => (v::ReasonCode::Lowest, "De laagste score van"),
                    Combining::Mean => (v::ReasonCode::Mean, "Het gemiddelde van"),
                    Combining::ShareOfYes => (v::ReasonCode::ShareOfYes, "Het aandeel ja van"),
                };
                arguments.parts = parts.iter().map(|part| self.part(part)).collect();
                (code, combined_text(words, *how, &arguments.parts))
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
            score: score(found, thresholds),
        }
    }

    fn direct(&self, criterion: &Criterion) -> String {
        let Some(expression) = &criterion.score else { return String::new() };
        match self.behind(expression) {
            Behind::Answer(question) => self.answer_sentence(question).unwrap_or_default(),
            Behind::Named(title) => format!("Dit is de score van \"{title}\"."),
            Behind::Other => match self.prose(expression.span) {
                written if written.is_empty() => "De score volgt uit de antwoorden.".to_owned(),
                written => show::stopped(&format!("De score volgt uit de antwoorden: {written}")),
            },
        }
    }

    fn straight_line(&self, criterion: &Criterion) -> String {
        let Some(expression) = &criterion.score else { return String::new() };
        let Node::Line { of, from, from_score, to, to_score } = &*self.unwrap(expression).node else {
            return "De score ligt op een rechte lijn.".to_owned();
        };
        let show_value = |n: &Number| match of.shape {
            crate::model::Shape::Money => show::money(n),
            _ => show::number(n),
        };
        let line = format!(
            "De score loopt van {} bij {} naar {} bij {}.",
            show::percent(from_score, &[]),
            show_value(from),
            show::percent(to_score, &[]),
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
        let shown = show::answer(answer, &question.domain);
        Some(show::stopped(&format!("Het antwoord op \"{}\" is {shown}", question.head.title)))
    }
}

enum Behind<'a> {
    Answer(QuestionId),
    Named(&'a str),
    Other,
}

fn ladder_text(lines: &[v::Line]) -> String {
    match lines {
        [] => "De score volgt uit een ladder.".to_owned(),
        [line] => show::stopped(&format!("Deze regel geldt: {}", line.text)),
        lines => {
            let numbers: Vec<String> = lines.iter().map(|line| line.number.to_string()).collect();
            format!("Nog open is welke regel geldt: regel {}.", show::either(&numbers))
        }
    }
}

fn combined_text(words: &str, how: Combining, parts: &[v::ReasonPart]) -> String {
    let weighted = how == Combining::Mean && parts.iter().any(|part| part.weight != "1");
    let shown = parts.iter().map(|part| {
        let weight = if weighted { format!(", gewicht {}", part.weight) } else { String::new() };
        let name = part.title.as_deref().map_or_else(|| part.name.clone(), quoted);
        format!("{name} ({}{weight})", part.score.text)
    });
    format!("{words} {}.", show::list(&shown.collect::<Vec<_>>()))
}
