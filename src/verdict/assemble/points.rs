//! The points that decide the verdict, made from its ladder: why the line that holds does, and why no better one does.

use std::borrow::Cow;

use crate::evaluate::operations::ordered;
use crate::judge::findings::Status;
use crate::limits::provisional::ProvisionalReason;
use crate::message::language::{Language, tell, told};
use crate::proposal::answers::State;
use crate::proposal::wording;
use crate::rules::dependencies::Reads;
use crate::rules::model::{Expression, Node, Order, VerdictLine};
use crate::rules::thresholds::constant;
use crate::value::number::Number;
use crate::value::score_range::{Maybe, ScoreRange};
use crate::value::values::Value;
use crate::verdict::assemble::builder::Builder;
use crate::verdict::assemble::rules::{requirement_text, whole_line};
use crate::verdict::document::{Point, PointCode};

impl Builder<'_> {
    /// Most important first; never empty.
    pub(crate) fn points(&self) -> Vec<Point> {
        let mut points = Points { builder: self, list: Vec::new(), held: 0, outcome: "" };
        let lines = &self.model.verdict.lines;
        match (self.judgement.settled(), self.judgement.line) {
            (true, Some(at)) => {
                let (above, held) = (lines.get(..at).unwrap_or_default(), lines.get(at));
                if let Some(held) = held {
                    points.outcome = self.label(held);
                    points.why(held.condition.as_ref(), true);
                }
                // What prevents a better outcome may be about the same thing: the nearest better outcome first.
                points.held = points.list.len();
                let reached = held.map_or(0, |held| held.outcome);
                let mut better: Vec<&VerdictLine> =
                    above.iter().filter(|line| line.outcome < reached).collect();
                better.sort_by_key(|line| std::cmp::Reverse(line.outcome));
                for line in better {
                    points.outcome = self.label(line);
                    points.why(line.condition.as_ref(), false);
                }
                if points.list.is_empty()
                    && let Some(held) = held
                {
                    let line = tell!(
                        self.language,
                        "Deze regel van het oordeel geldt: {}",
                        "This line of the verdict holds: {}",
                        self.prose(whole_line(held.span, held.condition.as_ref()))
                    );
                    points.add(PointCode::Line, None, wording::stopped(line));
                }
            }
            (true, None) => {
                let text = self.language.pick(
                    "Wat het antwoord op de open vragen ook is, het oordeel blijft hetzelfde.",
                    "Whatever the answers to the open questions are, the verdict stays the same.",
                );
                points.add(PointCode::EveryCompletion, None, text.to_owned());
            }
            (false, _) => {
                for line in lines {
                    points.outcome = self.label(line);
                    if let Some(condition) = &line.condition {
                        points.open(condition);
                    }
                }
                points.open_list();
            }
        }
        points.list
    }

    fn label(&self, line: &VerdictLine) -> &str {
        let outcome = self.model.verdict.outcomes.get(usize::from(line.outcome));
        outcome.map_or("", |outcome| &outcome.label)
    }

    /// Whether a condition is true in every completion, or false in every one, as far as can be seen without a search.
    pub(crate) fn truth(&self, condition: &Expression) -> Option<bool> {
        let found = self.judgement;
        match &*condition.node {
            Node::Constant(Value::Bool(truth)) => Some(*truth),
            Node::And(of) => all(of.iter().map(|part| self.truth(part))),
            Node::Or(of) => all(of.iter().map(|part| self.truth(part).map(|truth| !truth))).map(|none| !none),
            Node::Not(of) => self.truth(of).map(|truth| !truth),
            Node::AtLeast { count, of } => {
                let (mut held, mut can) = (0, 0);
                for truth in of.iter().map(|part| self.truth(part)) {
                    held += usize::from(truth == Some(true));
                    can += usize::from(truth != Some(false));
                }
                let count = *count as usize;
                if held >= count { Some(true) } else { (can < count).then_some(false) }
            }
            Node::Term(term) => self.truth(&self.model.terms.get(term.index())?.expression),
            Node::AnyExclusion => any(found.exclusions.iter().copied(), Status::Holds),
            Node::AnyRequirementFailed => {
                any(found.criteria.iter().filter_map(|c| c.requirement), Status::Fails)
            }
            Node::EveryConditionFulfilled => {
                any(found.conditions.iter().copied(), Status::Fails).map(|failed| !failed)
            }
            Node::Order { left, order, right } => match (self.score_of(left), constant(right)) {
                (Some(score), Some(threshold)) => compare(score, *order, &threshold),
                _ => {
                    let (left, right) = (self.value(left)?, self.value(right)?);
                    Some(!blank(&left) && !blank(&right) && ordered(left.cmp(&right), *order))
                }
            },
            Node::Equals { left, right } => {
                if let (Some(score), [right]) = (self.score_of(left), right.as_slice())
                    && matches!(&*right.node, Node::Constant(Value::NotApplicable))
                {
                    return match score.not_applicable {
                        Maybe::Yes => Some(true),
                        Maybe::No => Some(false),
                        Maybe::Maybe => None,
                    };
                }
                let left = self.value(left)?;
                let mut found = false;
                for right in right {
                    found |= self.value(right)? == left;
                }
                Some(found)
            }
            Node::Contains { set, mask } => match self.value(set)? {
                Value::Choices(set) => Some(set & mask == *mask),
                _ => Some(false),
            },
            Node::HasValue(of) => Some(!blank(&self.value(of)?)),
            _ => None,
        }
    }

    /// The findings about the score that an expression names.
    fn score_of(&self, expression: &Expression) -> Option<&ScoreRange> {
        match &*expression.node {
            Node::Total => Some(&self.judgement.total),
            Node::Criterion(criterion) => Some(&self.judgement.criteria.get(criterion.index())?.score),
            _ => None,
        }
    }

    /// The value of an answer, literal or name; none when it is open or needs more than looking up.
    fn value(&self, expression: &Expression) -> Option<Value> {
        match &*expression.node {
            Node::Constant(value) => Some(value.clone()),
            Node::Answer(question) => match &self.proposal.answers.get(question.index())?.state {
                State::Given(Value::Text) | State::Open | State::Items(_) => None,
                State::Given(value) => Some(value.clone()),
            },
            Node::ReferenceDate => self.proposal.reference_date.map(Value::Date),
            Node::Term(term) => self.value(&self.model.terms.get(term.index())?.expression),
            _ => constant(expression).map(Value::Number),
        }
    }
}

struct Points<'a> {
    builder: &'a Builder<'a>,
    list: Vec<Point>,
    /// How many of them explain the line that holds; the others, why no better one does.
    held: usize,
    /// The words of the outcome whose line is looked at.
    outcome: &'a str,
}

impl<'a> Points<'a> {
    /// Adds a point; of two about the same, the first stays.
    fn add(&mut self, code: PointCode, about: Option<&str>, text: String) {
        let twice = match code {
            PointCode::Answer | PointCode::Line => self.list.iter().any(|point| point.text == text),
            _ => self
                .list
                .iter()
                .skip(self.held)
                .any(|point| point.code == code && point.about.as_deref() == about),
        };
        if !twice {
            self.list.push(Point { code, about: about.map(str::to_owned), text });
        }
    }

    /// Whether a point that explains the line that holds is about this.
    fn told(&self, code: PointCode, about: Option<&str>) -> bool {
        self.list.iter().take(self.held).any(|point| point.code == code && point.about.as_deref() == about)
    }

    /// Why a condition is `wanted`. Parts that don't explain it are passed over.
    fn why(&mut self, condition: Option<&Expression>, wanted: bool) {
        let Some(condition) = condition else { return };
        let (builder, language) = (self.builder, self.builder.language);
        if builder.truth(condition) != Some(wanted) {
            return;
        }
        match &*condition.node {
            Node::And(of) | Node::Or(of) | Node::AtLeast { of, .. } => {
                of.iter().for_each(|part| self.why(Some(part), wanted));
            }
            Node::Not(of) => self.why(Some(of), !wanted),
            Node::Term(term) => {
                self.why(builder.model.terms.get(term.index()).map(|term| &term.expression), wanted);
            }
            Node::AnyExclusion if wanted => self.exclusions(Status::Holds),
            Node::AnyExclusion => {
                let text = language.pick("Geen enkele uitsluiting geldt.", "No exclusion applies.");
                self.add(PointCode::Exclusion, None, text.to_owned());
            }
            Node::AnyRequirementFailed if wanted => self.requirements(Status::Fails),
            Node::AnyRequirementFailed => {
                let text = language.pick("Elke eis is gehaald.", "Every requirement is met.");
                self.add(PointCode::Requirement, None, text.to_owned());
            }
            Node::EveryConditionFulfilled if wanted => {
                let text = language.pick("Elke voorwaarde is vervuld.", "Every condition is fulfilled.");
                self.add(PointCode::Condition, None, text.to_owned());
            }
            Node::EveryConditionFulfilled => self.conditions(Status::Fails),
            Node::Order { left, order, right } => match (builder.score_of(left), constant(right)) {
                (Some(_), Some(threshold)) => self.score(left, *order, &threshold, wanted),
                _ => self.answers(condition, wanted),
            },
            _ => self.answers(condition, wanted),
        }
    }

    /// What keeps a condition open.
    /// What keeps open a verdict of which one outcome alone may be known to be possible.
    fn open_list(&mut self) {
        let builder = self.builder;
        let Some(found) = &builder.judgement.provisional else { return };
        if found.reason == ProvisionalReason::UnboundedList {
            let text = builder.language.pick(
                "Nog open is hoe lang een lijst wordt die geen grootste lengte heeft.",
                "It is still open how long a list becomes that has no greatest length.",
            );
            self.add(PointCode::OpenList, found.question.as_deref(), text.to_owned());
        }
    }

    fn open(&mut self, condition: &Expression) {
        let builder = self.builder;
        if builder.truth(condition).is_some() {
            return;
        }
        match &*condition.node {
            Node::And(of) | Node::Or(of) | Node::AtLeast { of, .. } => {
                of.iter().for_each(|part| self.open(part))
            }
            Node::Not(of) => self.open(of),
            Node::Term(term) => {
                if let Some(term) = builder.model.terms.get(term.index()) {
                    self.open(&term.expression);
                }
            }
            Node::AnyExclusion => self.exclusions(Status::Open),
            Node::AnyRequirementFailed => self.requirements(Status::Open),
            Node::EveryConditionFulfilled => self.conditions(Status::Open),
            Node::Order { left, order, right } => match (builder.score_of(left), constant(right)) {
                (Some(_), Some(threshold)) => self.open_score(left, *order, &threshold),
                _ => self.open_answers(condition),
            },
            _ => self.open_answers(condition),
        }
    }

    fn exclusions(&mut self, status: Status) {
        let builder = self.builder;
        for (exclusion, found) in builder.model.exclusions.iter().zip(&builder.judgement.exclusions) {
            if *found == status {
                let title = &exclusion.head.title;
                let text = match status {
                    Status::Open => tell!(
                        builder.language,
                        "Nog open is of deze uitsluiting geldt: {title}",
                        "It is still open whether this exclusion applies: {title}"
                    ),
                    _ => tell!(
                        builder.language,
                        "Deze uitsluiting geldt: {title}",
                        "This exclusion applies: {title}"
                    ),
                };
                let text = wording::stopped(text);
                self.add(PointCode::Exclusion, Some(&exclusion.head.name), text);
            }
        }
    }

    fn requirements(&mut self, status: Status) {
        let builder = self.builder;
        for (at, (criterion, found)) in
            builder.model.criteria.iter().zip(&builder.judgement.criteria).enumerate()
        {
            let Some(requirement) =
                criterion.requirement.as_ref().filter(|_| found.requirement == Some(status))
            else {
                continue;
            };
            let title = &criterion.head.title;
            let score = builder.language.score(&found.score, builder.thresholds.criterion(at));
            let needed = requirement_text(requirement, builder.language);
            let text = match status {
                Status::Open => tell!(
                    builder.language,
                    "Nog open is of \"{title}\" de eis haalt: de score is nog {score}, de eis is {needed}.",
                    "It is still open whether \"{title}\" meets its requirement: the score is still {score}, and must be {needed}."
                ),
                _ => tell!(
                    builder.language,
                    "\"{title}\" haalt de eis niet: de score is {score}, de eis is {needed}.",
                    "\"{title}\" does not meet its requirement: the score is {score}, and must be {needed}."
                ),
            };
            self.add(PointCode::Requirement, Some(&criterion.head.name), text);
        }
    }

    fn conditions(&mut self, status: Status) {
        let builder = self.builder;
        for (condition, found) in builder.model.conditions.iter().zip(&builder.judgement.conditions) {
            if *found == status {
                let title = &condition.head.title;
                let text = match status {
                    Status::Open => tell!(
                        builder.language,
                        "Nog open is of deze voorwaarde is vervuld: {title}",
                        "It is still open whether this condition is fulfilled: {title}"
                    ),
                    _ => tell!(
                        builder.language,
                        "Deze voorwaarde is niet vervuld: {title}",
                        "This condition is not fulfilled: {title}"
                    ),
                };
                let text = wording::stopped(text);
                self.add(PointCode::Condition, Some(&condition.head.name), text);
            }
        }
    }

    /// The words for the score, its code and name, and how it prints.
    fn named_score(&self, of: &Expression) -> (Cow<'static, str>, PointCode, Option<&'a str>, String) {
        let (builder, language) = (self.builder, self.builder.language);
        let found = builder.score_of(of);
        if let Node::Criterion(id) = &*of.node
            && let Some(criterion) = builder.model.criteria.get(id.index())
        {
            let shown = found.map(|found| language.score(found, builder.thresholds.criterion(id.index())));
            let title = &criterion.head.title;
            let subject = tell!(language, "De score van \"{title}\"", "The score of \"{title}\"");
            return (
                subject.into(),
                PointCode::Criterion,
                Some(&criterion.head.name),
                shown.unwrap_or_default(),
            );
        }
        let shown = found.map(|found| language.score(found, &builder.thresholds.total));
        let subject = language.pick("Het totaal", "The total");
        (subject.into(), PointCode::Total, None, shown.unwrap_or_default())
    }

    fn score(&mut self, of: &Expression, order: Order, threshold: &Number, holds: bool) {
        let language = self.builder.language;
        let (subject, code, about, shown) = self.named_score(of);
        let needed = needed(order, threshold, language);
        let outcome = self.outcome;
        let said = wording::stopped(told(format_args!("{subject} is {shown}")));
        let text = if holds {
            tell!(
                language,
                "{said} Dat is {needed}, zoals \"{outcome}\" vraagt.",
                "{said} That is {needed}, as \"{outcome}\" asks."
            )
        } else if self.told(code, about) {
            let subject = lower(&subject);
            tell!(
                language,
                "Voor \"{outcome}\" moet {subject} {needed} zijn; dat is het niet.",
                "For \"{outcome}\" {subject} must be {needed}; it is not."
            )
        } else {
            tell!(
                language,
                "{said} Voor \"{outcome}\" moet dat {needed} zijn.",
                "{said} For \"{outcome}\" it must be {needed}."
            )
        };
        self.add(code, about, text);
    }

    fn open_score(&mut self, of: &Expression, order: Order, threshold: &Number) {
        let language = self.builder.language;
        let (subject, code, about, shown) = self.named_score(of);
        let needed = needed(order, threshold, language);
        let still = tell!(language, "{subject} is nog {shown}", "{subject} is still {shown}");
        let text = tell!(
            language,
            "{} Voor \"{}\" moet dat {needed} zijn.",
            "{} For \"{}\" it must be {needed}.",
            wording::stopped(still),
            self.outcome
        );
        self.add(code, about, text);
    }

    /// A condition over answers: the answer in a sentence when it reads one, else the condition as written.
    fn answers(&mut self, condition: &Expression, holds: bool) {
        let builder = self.builder;
        let reads = Reads::of(builder.model, [condition]);
        let mut questions = reads.questions.iter();
        if let (Some(question), None) = (questions.next(), questions.next())
            && let Some(sentence) = builder.answer_sentence(*question)
        {
            let name = builder.model.questions.get(question.index()).map_or("", |q| q.head.name.as_str());
            self.add(PointCode::Answer, Some(&format!("/antwoorden/{name}")), sentence);
            return;
        }
        let written = builder.prose(condition.span);
        let words = match holds {
            true => builder.language.pick("Dit klopt", "This is so"),
            false => builder.language.pick("Dit klopt niet", "This is not so"),
        };
        self.add(PointCode::Answer, None, wording::stopped(format!("{words}: {written}")));
    }

    fn open_answers(&mut self, condition: &Expression) {
        let written = self.builder.prose(condition.span);
        let text = tell!(
            self.builder.language,
            "Nog open is of dit klopt: {written}",
            "It is still open whether this is so: {written}"
        );
        self.add(PointCode::Answer, None, wording::stopped(text));
    }
}

/// With a lower-case first letter, for use inside a sentence.
fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// True when all are, false when one is false.
fn all(truths: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut known = Some(true);
    for truth in truths {
        match truth {
            Some(false) => return Some(false),
            Some(true) => {}
            None => known = None,
        }
    }
    known
}

/// Whether one has the status: true when one surely has, false when none can.
fn any(found: impl Iterator<Item = Status>, status: Status) -> Option<bool> {
    let mut known = Some(false);
    for one in found {
        if one == status {
            return Some(true);
        }
        if one == Status::Open {
            known = None;
        }
    }
    known
}

fn blank(value: &Value) -> bool {
    matches!(value, Value::None | Value::NotApplicable)
}

/// Whether a score compares like this in every completion, or in none.
fn compare(score: &ScoreRange, order: Order, threshold: &Number) -> Option<bool> {
    // An ordering with n.v.t. is never true.
    let Some((least, greatest)) = &score.range else { return Some(false) };
    let holds = |end: &Number| ordered(end.cmp(threshold), order);
    match (holds(least), holds(greatest)) {
        (true, true) if score.not_applicable == Maybe::No => Some(true),
        (false, false) => Some(false),
        _ => None,
    }
}

/// `minstens 70%`.
fn needed(order: Order, threshold: &Number, language: Language) -> String {
    let words = match order {
        Order::AtLeast => language.pick("minstens", "at least"),
        Order::AtMost => language.pick("hoogstens", "at most"),
        Order::MoreThan => language.pick("meer dan", "more than"),
        Order::LessThan => language.pick("minder dan", "less than"),
    };
    let mut text = String::with_capacity(32);
    text.push_str(words);
    text.push(' ');
    language.percent_to(&mut text, threshold, &[]);
    text
}
