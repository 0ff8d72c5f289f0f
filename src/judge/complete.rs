//! The straight way to a judgement, where every answer is known: each operation is evaluated once, from the answers as they
//! were read, into buffers that are used again. Nothing is searched. `judge` searches where an answer is open, where givers
//! differ, and where a look-up finds nothing; on a complete proposal it finds the same.

use std::sync::Arc;

use crate::evaluate::operations::{Gap, Operands};
use crate::evaluate::possible::Slot;
use crate::evaluate::{operations, world};
use crate::judge::findings::{CriterionJudgement, Judgement, Reason, Status};
use crate::program::nodes::{CriterionNodes, Gate, MadeOf, NodeId, Op, Program};
use crate::proposal::answers::{Answer, Proposal, State};
use crate::rules::model::{Kind, QuestionId};
use crate::value::date::Date;
use crate::value::number::{Number, Sum};
use crate::value::score_range::{Maybe, ScoreRange};
use crate::value::values::Value;

/// The part of a program's evaluation that does not depend on the answers. Made once, when rules are compiled.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Plan {
    /// Per node its value, where that is always the same; n.v.t. for the others.
    start: Vec<Value>,
    /// The other nodes that a judgement asks for, operands first; without those that read the current item.
    nodes: Vec<NodeId>,
    /// Per question what it is when nobody answers it.
    unanswered: Vec<Unanswered>,
}

/// What an open answer is for certain: a text, or the only option. None where there is a choice.
#[derive(Debug, Clone, PartialEq, Default)]
struct Unanswered {
    own: Option<Value>,
    /// The same per field, for a list.
    fields: Option<Vec<Option<Value>>>,
}

impl Plan {
    /// For a program whose other parts are made. Cost: linear in its nodes.
    #[must_use]
    pub(crate) fn new(program: &Program) -> Self {
        let mut start = vec![Value::NotApplicable; program.nodes.len()];
        let mut fixed = vec![false; program.nodes.len()];
        for (at, op) in program.nodes.iter().enumerate() {
            let reads = matches!(
                op,
                Op::Answer(_)
                    | Op::Field(..)
                    | Op::ReferenceDate
                    | Op::CountItems(_)
                    | Op::Sum(..)
                    | Op::Quantified { .. }
            );
            let mut all = !reads;
            op.operands(|node| all &= fixed.get(node.index()).copied().unwrap_or(false));
            let nobody = Answered { program, answers: &[], unanswered: &[], reference_date: Date::MIN };
            let value = all
                .then(|| operations::apply(program, op, &Values { from: &nobody, item: 0, values: &start }));
            if let (Some(Ok(value)), Some(fixed)) = (value, fixed.get_mut(at)) {
                *fixed = true;
                put(&mut start, at, value);
            }
        }
        let mut asked = vec![false; program.nodes.len()];
        let mut stack = asked_for(program);
        while let Some(node) = stack.pop() {
            if let Some(asked) = asked.get_mut(node.index()).filter(|asked| !**asked) {
                *asked = true;
                program.op(node).operands(|operand| stack.push(operand));
            }
        }
        let is = |of: &[bool], node: &NodeId| of.get(node.index()).copied().unwrap_or(false);
        let nodes = (0..program.nodes.len()).filter_map(|at| u32::try_from(at).ok().map(NodeId));
        let nodes = nodes.filter(|node| is(&asked, node) && !is(&fixed, node) && !is(&program.in_item, node));
        let nodes = nodes.collect();
        let unanswered = program.domains.iter().map(|domain| match &domain.kind {
            Kind::List { fields, .. } => {
                let fields = fields.iter().map(|field| alone(&field.domain)).collect();
                Unanswered { own: None, fields: Some(fields) }
            }
            _ => Unanswered { own: alone(domain), fields: None },
        });
        Self { start, nodes, unanswered: unanswered.collect() }
    }

    /// Whether every answer is known. Cost: linear in the answers.
    fn complete(&self, proposal: &Proposal) -> bool {
        // Where givers differ an answer can be known and yet in dispute.
        proposal.disputes.is_empty()
            && proposal.answers.len() == self.unanswered.len()
            && proposal.answers.iter().zip(&self.unanswered).all(|(answer, open)| match &answer.state {
                // A list's length is that of its items.
                State::Given(value) => open.fields.is_none() || !value.has_value(),
                State::Open => open.own.is_some(),
                State::Items(items) => {
                    let known = |(answer, alone): (&Answer, &Option<Value>)| match answer.state {
                        State::Given(_) => true,
                        _ => alone.is_some(),
                    };
                    let fields = open.fields.as_deref().unwrap_or_default();
                    let whole =
                        |item: &[Answer]| item.len() == fields.len() && item.iter().zip(fields).all(known);
                    open.fields.is_some() && items.iter().all(|item| whole(item))
                }
            })
    }
}

/// The value that an open answer has for certain.
fn alone(domain: &crate::rules::model::Domain) -> Option<Value> {
    world::open(domain, Slot::MAX).known().cloned()
}

/// Everything that a judgement asks for.
pub(crate) fn asked_for(program: &Program) -> Vec<NodeId> {
    let mut asked = vec![program.outcome, program.line, program.total];
    asked.extend(program.routes.iter().chain(&program.exclusions));
    for gate in program.conditions.iter().chain(&program.signals) {
        asked.extend(gate.only_if);
        asked.push(gate.holds);
    }
    for nodes in &program.criteria {
        asked.extend([nodes.score, nodes.only_if, nodes.share, nodes.contribution].into_iter().flatten());
        match &nodes.made_of {
            MadeOf::Combined(_, parts) => asked.extend(parts),
            MadeOf::Ladder(first) => asked.push(*first),
            MadeOf::Direct | MadeOf::Line => {}
        }
    }
    asked
}

/// Buffers of [`settle`].
#[derive(Debug, Clone, Default)]
pub(crate) struct Settling {
    /// The plan whose fixed values stand in `values`. Held, so that no other plan can take its place in memory.
    plan: Option<Arc<Plan>>,
    values: Vec<Value>,
}

/// Judges a complete proposal into a judgement, whatever that held before. When false the judgement is meaningless: an answer is
/// open, givers differ, or a look-up found nothing. Cost: the answers and the nodes; nothing is allocated once the buffers
/// have their size.
pub(crate) fn settle(
    (program, plan): (&Program, &Arc<Plan>),
    proposal: &Proposal,
    settling: &mut Settling,
    judgement: &mut Judgement,
) -> bool {
    if !plan.complete(proposal) {
        return false;
    }
    let values = &mut settling.values;
    // The fixed values are never overwritten.
    if !settling.plan.as_ref().is_some_and(|other| Arc::ptr_eq(other, plan)) {
        values.clone_from(&plan.start);
        settling.plan = Some(Arc::clone(plan));
    }
    let reference_date = proposal.reference_date.unwrap_or(Date::MIN);
    let answered =
        Answered { program, answers: &proposal.answers, unanswered: &plan.unanswered, reference_date };
    answered.work_out(&plan.nodes, 0, values).is_ok() && Found { program, values }.fill(judgement).is_some()
}

fn put(values: &mut [Value], at: usize, value: Value) {
    if let Some(place) = values.get_mut(at) {
        *place = value;
    }
}

fn truth(value: Option<&Value>) -> bool {
    matches!(value, Some(Value::Bool(true)))
}

/// The answers of a complete proposal, as they were read.
struct Answered<'a> {
    program: &'a Program,
    answers: &'a [Answer],
    unanswered: &'a [Unanswered],
    reference_date: Date,
}

impl<'a> Answered<'a> {
    /// Evaluates these nodes, each from the values of its operands.
    fn work_out(&self, nodes: &[NodeId], item: u32, values: &mut [Value]) -> Result<(), Gap> {
        for node in nodes {
            let op = self.program.op(*node);
            if let Op::Quantified { all, list, body } = op {
                let holds = self.quantified(*all, *list, *body, values)?;
                put(values, node.index(), Value::Bool(holds));
                continue;
            }
            // Operands stand before their users.
            let Some((before, [to, ..])) = values.split_at_mut_checked(node.index()) else { continue };
            operations::apply_to(self.program, op, &Values { from: self, item, values: before }, to)?;
        }
        Ok(())
    }

    /// Whether a body holds for all items, or else for one. All are looked at: a look-up may find nothing in any of them.
    fn quantified(
        &self,
        all: bool,
        list: QuestionId,
        body: NodeId,
        values: &mut [Value],
    ) -> Result<bool, Gap> {
        let below = self.program.bodies.get(&body).map(Vec::as_slice).unwrap_or_default();
        let mut holds = all;
        for (item, _) in (0..).zip(self.items(list)) {
            self.work_out(below, item, values)?;
            // A body that reads no field was evaluated before, like any other node.
            let one = truth(values.get(body.index()));
            holds = if all { holds && one } else { holds || one };
        }
        Ok(holds)
    }

    fn items(&self, list: QuestionId) -> &'a [Vec<Answer>] {
        match self.answers.get(list.index()).map(|answer| &answer.state) {
            Some(State::Items(items)) => items,
            _ => &[],
        }
    }

    fn unanswered(&self, question: QuestionId) -> Option<&'a Unanswered> {
        self.unanswered.get(question.index())
    }

    /// The value of a field of an item.
    fn field(&self, list: QuestionId, field: u32, item: &'a [Answer]) -> Option<&'a Value> {
        match &item.get(field as usize)?.state {
            State::Given(value) => Some(value),
            _ => self.unanswered(list)?.fields.as_ref()?.get(field as usize)?.as_ref(),
        }
    }
}

struct Values<'a> {
    from: &'a Answered<'a>,
    /// The current item.
    item: u32,
    values: &'a [Value],
}

impl Operands for Values<'_> {
    #[inline]
    fn get(&self, node: NodeId) -> &Value {
        self.values.get(node.index()).unwrap_or(&Value::NotApplicable)
    }
    fn length(&self, list: QuestionId) -> Value {
        self.answer(list)
    }
    #[inline]
    fn answer(&self, question: QuestionId) -> Value {
        match self.from.answers.get(question.index()).map(|answer| &answer.state) {
            Some(State::Given(value)) => value.clone(),
            Some(State::Items(items)) => {
                Value::Number(Number::whole(i64::try_from(items.len()).unwrap_or(i64::MAX)))
            }
            _ => {
                let alone = self.from.unanswered(question).and_then(|open| open.own.clone());
                alone.unwrap_or(Value::NotApplicable)
            }
        }
    }
    #[inline]
    fn answer_to(&self, question: QuestionId, to: &mut Value) {
        match self.from.answers.get(question.index()).map(|answer| &answer.state) {
            // Most are small, and need not be copied as a whole.
            Some(State::Given(Value::Level(level))) => *to = Value::Level(*level),
            Some(State::Given(Value::Choice(at))) => *to = Value::Choice(*at),
            Some(State::Given(value)) => to.clone_from(value),
            _ => *to = self.answer(question),
        }
    }
    fn field(&self, list: QuestionId, field: u32) -> Value {
        let item = self.from.items(list).get(self.item as usize);
        let value = item.and_then(|item| self.from.field(list, field, item));
        value.cloned().unwrap_or(Value::NotApplicable)
    }
    fn column(&self, list: QuestionId, field: u32) -> Vec<Value> {
        let items = self.from.items(list).iter();
        items.filter_map(|item| self.from.field(list, field, item).cloned()).collect()
    }
    fn reference_date(&self) -> Date {
        self.from.reference_date
    }
    // These are evaluated separately.
    fn bodies(&self, _: QuestionId, _: NodeId) -> Vec<bool> {
        Vec::new()
    }
    fn sum(&self, list: QuestionId, field: u32) -> Number {
        let mut sum = Sum::default();
        let values = self.from.items(list).iter().filter_map(|item| self.from.field(list, field, item));
        values.filter_map(operations::number).for_each(|number| sum.add(number));
        sum.total()
    }
}

/// Every node's value, outside lists.
struct Found<'a> {
    program: &'a Program,
    values: &'a [Value],
}

impl Found<'_> {
    /// None when an outcome or choice is not one of those in the rules, which cannot happen.
    fn fill(&self, judgement: &mut Judgement) -> Option<()> {
        let program = self.program;
        let Judgement {
            outcomes,
            provisional,
            line,
            total,
            criteria,
            conditions,
            exclusions,
            signals,
            routes,
            combinations,
            combinations_more,
            open,
            differences,
            closed,
            missing_rows,
            missing_rows_more,
            steps,
        } = judgement;
        let outcome = self.choice(program.outcome)?;
        refill(outcomes, [outcome]);
        *line = self.choice(program.line).map(usize::from);
        self.score(Some(program.total), total);
        criteria.resize_with(program.criteria.len(), CriterionJudgement::default);
        for (nodes, found) in program.criteria.iter().zip(criteria) {
            self.criterion(nodes, found);
        }
        refill(conditions, program.conditions.iter().map(|gate| self.gate(gate)));
        refill(exclusions, program.exclusions.iter().map(|node| self.status(*node)));
        refill(signals, program.signals.iter().map(|gate| self.gate(gate)));
        routes.resize_with(program.routes.len(), Vec::new);
        combinations.resize_with(1, Default::default);
        for (first, choices) in combinations {
            *first = outcome;
            choices.clear();
            for (node, route) in program.routes.iter().zip(&mut *routes) {
                let choice = self.choice(*node)?;
                refill(route, [choice]);
                choices.push(choice);
            }
        }
        (*provisional, *closed) = (None, None);
        open.clear();
        differences.clear();
        missing_rows.clear();
        (*combinations_more, *missing_rows_more) = (0, 0);
        *steps = 1;
        Some(())
    }

    fn get(&self, node: NodeId) -> &Value {
        self.values.get(node.index()).unwrap_or(&Value::NotApplicable)
    }

    fn choice(&self, node: NodeId) -> Option<u16> {
        match self.get(node) {
            Value::Choice(at) => Some(*at),
            _ => None,
        }
    }

    /// None: nothing has a score there.
    #[inline]
    fn score(&self, node: Option<NodeId>, to: &mut ScoreRange) {
        let value = node.map_or(&Value::NotApplicable, |node| self.get(node));
        to.not_applicable = if value.has_value() { Maybe::No } else { Maybe::Yes };
        to.range = match value {
            Value::Number(number) => Some((number.clone(), number.clone())),
            Value::Date(date) => {
                let day = Number::whole(i64::from(date.day_number()));
                Some((day.clone(), day))
            }
            _ => None,
        };
    }

    fn status(&self, node: NodeId) -> Status {
        if truth(Some(self.get(node))) { Status::Holds } else { Status::Fails }
    }

    fn gate(&self, gate: &Gate) -> Status {
        match gate.only_if {
            Some(only_if) if self.status(only_if) == Status::Fails => Status::Lapses,
            _ => self.status(gate.holds),
        }
    }

    fn criterion(&self, nodes: &CriterionNodes, found: &mut CriterionJudgement) {
        self.score(nodes.score, &mut found.score);
        self.score(nodes.share, &mut found.share);
        self.score(nodes.contribution, &mut found.contribution);
        found.requirement = nodes.requirement.as_ref().map(|least| requirement(&found.score, least));
        let applies = nodes.only_if.map_or(Status::Holds, |node| self.status(node));
        found.reason = reason(nodes, applies);
        let (parts, first) = match (&nodes.made_of, found.reason) {
            (MadeOf::Combined(_, parts), Reason::Combined(_)) => (parts.as_slice(), None),
            (MadeOf::Ladder(first), Reason::Ladder) => (&[][..], Some(*first)),
            _ => (&[][..], None),
        };
        found.parts.resize_with(parts.len(), ScoreRange::default);
        for (node, part) in parts.iter().zip(&mut found.parts) {
            self.score(Some(*node), part);
        }
        refill(&mut found.lines, first.and_then(|first| self.choice(first)).map(usize::from));
    }
}

fn refill<T>(to: &mut Vec<T>, from: impl IntoIterator<Item = T>) {
    to.clear();
    to.extend(from);
}

/// The state of a requirement: `score` is what the criterion's score can be.
pub(crate) fn requirement(score: &ScoreRange, least: &Number) -> Status {
    let ends = score.range.as_ref();
    let (holds, fails) = ends.map_or((false, false), |(low, high)| (high >= least, low < least));
    match (holds, fails, score.not_applicable != Maybe::No) {
        (true, false, false) => Status::Holds,
        (false, true, false) => Status::Fails,
        (false, false, true) => Status::Lapses,
        _ => Status::Open,
    }
}

/// Why a criterion's score is what it is, by what it is made of.
pub(crate) fn reason(nodes: &CriterionNodes, applies: Status) -> Reason {
    match (&nodes.made_of, nodes.score) {
        _ if applies == Status::Fails => Reason::DoesNotApply,
        (_, None) => Reason::Shown,
        (MadeOf::Direct, _) => Reason::Direct,
        (MadeOf::Line, _) => Reason::Line,
        (MadeOf::Combined(how, _), _) => Reason::Combined(*how),
        (MadeOf::Ladder(_), _) => Reason::Ladder,
    }
}
