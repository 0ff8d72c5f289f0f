//! The order in which scores and terms can be checked: each after what it reads. Without recursion, because a
//! chain may be as long as the file.

use std::collections::{BTreeMap, BTreeSet};

use super::checker::Checker;
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::{Text, says};
use crate::message::source::Span;
use crate::rules::check::phrases::the;
use crate::rules::model::Target;
use crate::rules::syntax::{Clause, ClauseBody, Comparison, Declaration, Expression, ExpressionNode, Score};

/// The expressions directly below one.
pub(super) fn children<'e>(node: &'e ExpressionNode, into: &mut Vec<&'e Expression>) {
    use ExpressionNode as N;
    match node {
        N::Group(of) | N::Not(of) | N::YearOf(of) | N::PercentOf { of, .. } | N::Shift { date: of, .. } => {
            into.push(of);
        }
        N::And(items) | N::Or(items) | N::Bullets { items, .. } | N::LookUp { keys: items, .. } => {
            into.extend(items);
        }
        N::Compare { left, right, .. } => {
            into.push(left);
            into.extend(right);
        }
        N::Arithmetic { left, right, .. } => into.extend([left, right]),
        N::Quantified { body, .. } => into.push(body),
        N::Name(_)
        | N::Literal(_)
        | N::ReferenceDate
        | N::Total
        | N::Verdict
        | N::Contains { .. }
        | N::Count(_)
        | N::Sum { .. }
        | N::HasField(_)
        | N::AnyExclusion
        | N::AnyRequirementFailed
        | N::EveryConditionFulfilled => {}
    }
}

/// The expressions of a clause, and the names that its score combines.
fn expressions<'d>(clause: &'d Clause, into: &mut Vec<&'d Expression>, names: &mut Vec<(&'d str, Span)>) {
    match &clause.body {
        ClauseBody::OnlyIf(e) | ClauseBody::If(e) | ClauseBody::FulfilledIf(e) => into.push(e),
        ClauseBody::Score(score) | ClauseBody::Value(score) => match score {
            Score::Expression(e) | Score::Line { of: e, .. } => into.push(e),
            Score::Combination { parts, .. } => {
                names.extend(parts.iter().map(|part| (part.name.node.as_str(), part.name.span)));
            }
            Score::Ladder(lines) => {
                for line in lines {
                    into.push(&line.value);
                    into.extend(&line.condition);
                }
            }
        },
        _ => {}
    }
}

impl Checker<'_> {
    /// The parts, terms and criteria that a declaration reads, with where it does.
    fn reads(&self, declaration: &Declaration) -> Vec<(Target, Span)> {
        let (mut rest, mut names) = (Vec::new(), Vec::new());
        for clause in &declaration.clauses {
            expressions(clause, &mut rest, &mut names);
        }
        // Within `alle L hebben …` a field takes precedence over another name.
        let mut rest: Vec<(&Expression, Option<&str>)> = rest.into_iter().map(|e| (e, None)).collect();
        let mut below = Vec::new();
        while let Some((expression, list)) = rest.pop() {
            let mut inner = list;
            match &*expression.node {
                ExpressionNode::Name(name) if !list.is_some_and(|list| self.is_field_of(list, name)) => {
                    names.push((name, expression.span));
                }
                ExpressionNode::Quantified { list, .. } => inner = Some(list.node.as_str()),
                // A name at the right of `is` that is an option somewhere stands for the option.
                ExpressionNode::Compare { left, operator, right }
                    if matches!(operator.node, Comparison::Is | Comparison::IsNot | Comparison::IsOneOf) =>
                {
                    let option = |e: &&Expression| matches!(&*e.node, ExpressionNode::Name(name) if self.names.options.contains_key(name));
                    rest.push((left, list));
                    rest.extend(right.iter().filter(|e| !option(e)).map(|e| (e, list)));
                    continue;
                }
                _ => {}
            }
            children(&expression.node, &mut below);
            rest.extend(below.drain(..).map(|e| (e, inner)));
        }
        let scored = |(name, span): (&str, Span)| {
            let target = self.names.find(name)?;
            matches!(target, Target::Part(_) | Target::Term(_) | Target::Criterion(_))
                .then_some((target, span))
        };
        let mut reads: Vec<(Target, Span)> = names.into_iter().filter_map(scored).collect();
        reads.sort_by_key(|(_, span)| *span);
        reads
    }

    /// The given declarations, each after those it reads. Circles are reported; their members come in an arbitrary order.
    pub(super) fn in_order<'d>(
        &mut self,
        declarations: &[(Target, &'d Declaration)],
    ) -> Vec<(Target, &'d Declaration)> {
        let places: BTreeMap<Target, usize> =
            declarations.iter().enumerate().map(|(place, (target, _))| (*target, place)).collect();
        let mut reads: Vec<Vec<(usize, Span)>> = Vec::with_capacity(declarations.len());
        for (_, declaration) in declarations {
            self.enter(declaration);
            let known = |(target, span)| Some((*places.get(&target)?, span));
            reads.push(self.reads(declaration).into_iter().filter_map(known).collect());
        }
        let mut state = vec![State::New; declarations.len()];
        let mut order = Vec::with_capacity(declarations.len());
        let mut circular = BTreeSet::new();
        for start in 0..declarations.len() {
            // Where the walk stands: a declaration, the next of its reads, and the place that led to it.
            let mut path: Vec<(usize, usize, Span)> = Vec::new();
            if state.get(start) == Some(&State::New) {
                path.push((start, 0, Span::default()));
            }
            while let Some((at, next, _)) = path.last_mut() {
                let at = *at;
                let read = reads.get(at).and_then(|reads| reads.get(*next)).copied();
                *next += 1;
                let Some((to, span)) = read else {
                    set(&mut state, at, State::Done);
                    order.extend(declarations.get(at).copied());
                    path.pop();
                    continue;
                };
                set(&mut state, at, State::Open);
                match state.get(to) {
                    Some(State::New) => path.push((to, 0, span)),
                    Some(State::Open) => {
                        let from = path.iter().position(|(at, ..)| *at == to).unwrap_or_default();
                        let circle: Vec<(usize, Span)> =
                            path.iter().skip(from).map(|(at, _, span)| (*at, *span)).collect();
                        if !circle.iter().any(|(at, _)| circular.contains(at)) {
                            self.report_circle(&circle, span, declarations);
                        }
                        circular.extend(circle.iter().map(|(at, _)| *at));
                    }
                    _ => {}
                }
            }
        }
        order
    }

    /// `circle`: each declaration with the place in the one before that reads it; `closing`: the place in the last that
    /// reads the first.
    fn report_circle(&mut self, circle: &[(usize, Span)], closing: Span, all: &[(Target, &Declaration)]) {
        const MOST: usize = 6;
        let name = |place: usize| {
            all.get(place).and_then(|(_, d)| d.name.as_ref()).map_or("", |name| name.node.as_str())
        };
        let first = circle.first().map_or(0, |(place, _)| *place);
        let mut shown: Vec<String> =
            circle.iter().take(MOST).map(|(place, _)| format!("\"{}\"", name(*place))).collect();
        if circle.len() > MOST {
            shown.push("…".to_owned());
        }
        shown.push(format!("\"{}\"", name(first)));
        let path = shown.join(" → ");
        let Text { nl, en } = all.get(first).map(|(target, _)| the(target.kind())).unwrap_or_default();
        let word = name(first);
        let mut diagnostic = Diagnostic::new(
            Code::Circle,
            closing,
            says!(
                "{nl} \"{word}\" verwijst naar zichzelf: {path}",
                "{en} \"{word}\" refers to itself: {path}"
            ),
        );
        for (place, span) in circle.iter().skip(1).take(MOST) {
            let word = name(*place);
            diagnostic = diagnostic.also(*span, says!("leest \"{word}\"", "reads \"{word}\""));
        }
        self.push(diagnostic.help(says!(
            "haal een van deze verwijzingen weg, zodat er een begin is",
            "remove one of these references, so that there is a beginning"
        )));
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

fn set(state: &mut [State], at: usize, to: State) {
    if let Some(state) = state.get_mut(at) {
        *state = to;
    }
}
