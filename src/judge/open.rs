//! Program and answers to a judgement: passes over the diagrams of a proposal, for everything that a verdict shows.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::diagram::{Asking, Combination, Engine, Halt, Matter, Root, Within, over_sets, quotients, range};
use crate::evaluate::possible::{Possible, Slot};
use crate::evaluate::world::World;
use crate::judge::answers::described;
use crate::judge::call::Call;
use crate::judge::complete::{Settling, reason, requirement};
use crate::judge::findings::{
    AnswerClass, Answers, CriterionJudgement, Judgement, MissingRow, OpenQuestion, Reason, Status,
};
use crate::judge::{closing, complete, differences};
use crate::limits::provisional::{Provisional, ProvisionalReason};
use crate::program::nodes::{ChoiceUse, CriterionNodes, Gate, MadeOf, NodeId, Op, Program};
use crate::proposal::place::Place;
use crate::rules::model::{Domain, Kind, QuestionId};
use crate::value::number::Number;
use crate::value::score_range::{Maybe, ScoreRange};
use crate::value::values::Value;

/// The total becomes rows of sums where criteria can have more sums than this: below it a diagram is quicker.
pub const MANY: u64 = 5_000;

/// What a call leaves behind for the next one.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    pub(crate) settling: Settling,
    pub(crate) judgement: Judgement,
}

/// Judges a proposal. Cost: one pass over the program when everything is answered; else the diagrams of what is open, at most
/// [`Limits::search_steps`](crate::Limits::search_steps).
#[must_use]
pub fn judge(call: Call<'_>) -> Judgement {
    let mut buffers = Buffers::default();
    judge_into(call, &mut buffers);
    buffers.judgement
}

/// The same into buffers that are used again.
pub(crate) fn judge_into<'s>(call: Call<'_>, buffers: &'s mut Buffers) -> &'s Judgement {
    let Buffers { settling, judgement } = buffers;
    let rules = call.rules;
    let settled = complete::settle((&rules.program, &rules.plan), call.proposal, settling, judgement);
    if settled && call.proposal.closing.is_none() {
        return judgement;
    }
    if !settled {
        *judgement = search(call);
        judgement.bound(call.limits);
    }
    judgement.closed = closing::close(call, &judgement.outcomes);
    judgement
}

/// What is found out over all completions of what is open, without a closing. Also right where nothing is open.
#[must_use]
pub fn search(call: Call<'_>) -> Judgement {
    search_summing(call, MANY).0
}

/// The same, with the total as rows of sums where criteria can have more sums than `many`: for comparing both ways. Also
/// how many nodes the diagrams have and about how many bytes they take, for measurements.
#[must_use]
pub fn search_summing(call: Call<'_>, many: u64) -> (Judgement, (usize, usize)) {
    Judge { call, world: Rc::new(call.world()), sets: None, ended: None }.run(many)
}

struct Judge<'a> {
    call: Call<'a>,
    world: Rc<World>,
    /// A superset of what nodes can be, where that was needed.
    sets: Option<Vec<Possible>>,
    /// What first ended the work, or left something undecided.
    ended: Option<Halt>,
}

/// The diagrams, and the world in which they are examined; none where they could not be made.
type Seen<'a> = Option<(Engine<'a>, Within)>;

impl<'a> Judge<'a> {
    fn run(mut self, many: u64) -> (Judgement, (usize, usize)) {
        let program = self.call.program();
        let engine = Engine::summing(program, (*self.world).clone(), self.call.budget, many);
        let mut seen: Seen<'a> = self.noted(engine).map(|engine| {
            let within = engine.everything();
            (engine, within)
        });
        let mut nodes = vec![program.outcome];
        nodes.extend(&program.routes);
        let root = self.ask(&mut seen, |engine, _| engine.together(&nodes));
        let combinations = match root {
            Some(root) => self.ask(&mut seen, |engine, within| engine.combinations(root, within)),
            None => None,
        };
        let decided = combinations.is_some();
        let combinations: Vec<Combination> =
            combinations.unwrap_or_else(|| self.combined_sets(&nodes)).into_iter().collect();
        let outcomes = distinct(combinations.iter().map(|(outcome, _)| *outcome));
        let routes: Vec<Vec<u16>> = (0..program.routes.len())
            .map(|at| distinct(combinations.iter().filter_map(|(_, choices)| choices.get(at).copied())))
            .collect();
        let line = self.line(&mut seen);
        let (total, criteria) = self.scores(&mut seen);
        let conditions = program.conditions.iter().map(|gate| self.gate(&mut seen, gate)).collect();
        let exclusions = program.exclusions.iter();
        let exclusions =
            exclusions.map(|node| self.gate(&mut seen, &Gate { only_if: None, holds: *node })).collect();
        let signals = program.signals.iter().map(|gate| self.gate(&mut seen, gate)).collect();
        let missing_rows = self.missing_rows(&mut seen);
        // What only a missing row keeps open cannot be asked of anyone.
        let open = match root.filter(|_| decided && combinations.len() > 1) {
            Some(root) => self.open_questions(&mut seen, root, &combinations),
            None if combinations.len() > 1 => self.all_that_is_read(),
            None => Vec::new(),
        };
        let (open, differences) = differences::part(self.call.model(), self.call.proposal, open);
        if seen.as_ref().is_some_and(|(engine, _)| engine.doubt()) {
            self.ended.get_or_insert(Halt::Numbers);
        }
        let size = seen.as_ref().map_or((0, 0), |(engine, _)| engine.size());
        let judgement = Judgement {
            outcomes,
            provisional: self.provisional(),
            line,
            total,
            criteria,
            conditions,
            exclusions,
            signals,
            routes,
            combinations,
            combinations_more: 0,
            open,
            differences,
            closed: None,
            missing_rows,
            missing_rows_more: 0,
            steps: self.call.budget.used(),
        };
        (judgement, size)
    }

    fn noted<T>(&mut self, result: Result<T, Halt>) -> Option<T> {
        match result {
            Ok(result) => Some(result),
            Err(halt) => {
                // What ended the call takes precedence over what numbers left undecided.
                if !matches!(self.ended, Some(Halt::Ended(_))) {
                    self.ended = Some(halt);
                }
                None
            }
        }
    }

    /// Asks the diagrams; none, with the reason noted, where they give no answer.
    fn ask<T>(
        &mut self,
        seen: &mut Seen<'a>,
        ask: impl FnOnce(&mut Engine<'a>, &Within) -> Result<T, Halt>,
    ) -> Option<T> {
        let (engine, within) = seen.as_mut()?;
        let result = ask(engine, within);
        self.noted(result)
    }

    fn provisional(&self) -> Option<Provisional> {
        if !self.world.exact {
            return Some(Provisional::new(ProvisionalReason::UnboundedList, self.call.budget.limit(), None));
        }
        let reason = match self.ended? {
            Halt::Ended(ended) => ended.into(),
            Halt::Numbers => ProvisionalReason::Numbers,
        };
        let question = self.all_places().first().map(|(place, _)| place.pointer(self.call.model()));
        Some(Provisional::new(reason, self.call.budget.limit(), question))
    }

    /// A superset of what a node can be.
    fn set(&mut self, node: NodeId) -> Possible {
        let (program, world) = (self.call.program(), &self.world);
        let sets = self.sets.get_or_insert_with(|| over_sets(program, world));
        sets.get(node.index()).cloned().unwrap_or(Possible::Known(Value::NotApplicable))
    }

    /// Every combination of a superset of what choices can be.
    fn combined_sets(&mut self, nodes: &[NodeId]) -> BTreeSet<Combination> {
        let mut all: Vec<Vec<u16>> = vec![Vec::new()];
        for node in nodes {
            let ways = choices(&self.set(*node));
            let with = |row: &Vec<u16>| {
                ways.iter().map(|way| [row.as_slice(), &[*way]].concat()).collect::<Vec<_>>()
            };
            all = all.iter().flat_map(with).collect();
        }
        all.into_iter()
            .filter_map(|row| row.split_first().map(|(first, rest)| (*first, rest.to_vec())))
            .collect()
    }

    fn line(&mut self, seen: &mut Seen<'a>) -> Option<usize> {
        let node = self.call.program().line;
        let rows = self.ask(seen, |engine, within| engine.rows(&[node], within));
        let rows = rows.unwrap_or_else(|| vec![vec![self.set(node)]]);
        let lines: BTreeSet<u16> = rows.iter().flatten().flat_map(choices).collect();
        match Vec::from_iter(lines).as_slice() {
            [line] => Some(usize::from(*line)),
            _ => None,
        }
    }

    fn score(&mut self, seen: &mut Seen<'a>, node: NodeId) -> ScoreRange {
        let found = self.ask(seen, |engine, within| engine.score(node, within));
        found.unwrap_or_else(|| range([self.set(node)].iter()))
    }

    /// The total, and the criteria.
    fn scores(&mut self, seen: &mut Seen<'a>) -> (ScoreRange, Vec<CriterionJudgement>) {
        let program = self.call.program();
        let totals = self.ask(seen, |engine, _| engine.totals(program.total)).flatten();
        let total = match &totals {
            Some(totals) => quotients(totals.total.iter(), false),
            None => self.score(seen, program.total),
        };
        let mut own = totals.as_ref().map(|totals| totals.own.iter());
        let mut criteria = Vec::with_capacity(program.criteria.len());
        for nodes in &program.criteria {
            let rows = nodes.share.and_then(|_| own.as_mut().and_then(Iterator::next));
            criteria.push(self.criterion(seen, nodes, rows));
        }
        (total, criteria)
    }

    fn criterion(
        &mut self,
        seen: &mut Seen<'a>,
        nodes: &CriterionNodes,
        rows: Option<&Vec<crate::diagram::SumRow>>,
    ) -> CriterionJudgement {
        let mut of = |node: Option<NodeId>| node.map(|node| self.score(seen, node)).unwrap_or_default();
        let score = of(nodes.score);
        let (share, contribution) = match rows {
            Some(rows) => (lapsing(rows, true), lapsing(rows, false)),
            None => (of(nodes.share), of(nodes.contribution)),
        };
        let requirement = nodes.requirement.as_ref().map(|least| requirement(&score, least));
        let applies = match nodes.only_if {
            Some(node) => self.gate(seen, &Gate { only_if: None, holds: node }),
            None => Status::Holds,
        };
        let reason = reason(nodes, applies);
        let (mut parts, mut lines) = (Vec::new(), Vec::new());
        match (&nodes.made_of, reason) {
            (MadeOf::Combined(_, of), Reason::Combined(_)) => {
                parts = of.iter().map(|node| self.score(seen, *node)).collect();
            }
            (MadeOf::Ladder(first), Reason::Ladder) => {
                let rows = self.ask(seen, |engine, within| engine.rows(&[*first], within));
                let rows = rows.unwrap_or_else(|| vec![vec![self.set(*first)]]);
                let found: BTreeSet<u16> = rows.iter().flatten().flat_map(choices).collect();
                lines = found.into_iter().map(usize::from).collect();
            }
            _ => {}
        }
        CriterionJudgement { score, share, contribution, requirement, reason, parts, lines }
    }

    fn gate(&mut self, seen: &mut Seen<'a>, gate: &Gate) -> Status {
        let found = self.ask(seen, |engine, within| match gate.only_if {
            Some(only_if) => engine.gate(only_if, gate.holds, within),
            None => engine.truths(gate.holds, within).map(|(may, may_not)| (may, may_not, false)),
        });
        let (may, may_not, lapses) = found.unwrap_or_else(|| {
            let (may, may_not) = self.set(gate.holds).truths();
            let (applies, lapses) = gate.only_if.map_or((true, false), |node| self.set(node).truths());
            (applies && may, applies && may_not, lapses)
        });
        match (may, may_not, lapses) {
            (true, false, false) => Status::Holds,
            (false, true, false) => Status::Fails,
            (false, false, true) => Status::Lapses,
            _ => Status::Open,
        }
    }

    fn missing_rows(&mut self, seen: &mut Seen<'a>) -> Vec<MissingRow> {
        let program = self.call.program();
        let mut found = BTreeSet::new();
        for node in asked_look_ups(program) {
            let rows = self.ask(seen, |engine, within| engine.missing(node, within));
            found.extend(rows.unwrap_or_default());
        }
        let tables = &self.call.model().tables;
        let named = |(table, keys): (u32, Vec<Option<Value>>)| {
            let table = tables.get(table as usize)?.head.name.clone();
            Some(MissingRow { table, keys })
        };
        found.into_iter().filter_map(named).collect()
    }

    // ---- open questions

    /// The open answers, in rule-file order, each with its slots.
    fn all_places(&self) -> Vec<(Place, Vec<Slot>)> {
        let mut places: BTreeMap<Place, Vec<Slot>> = BTreeMap::new();
        for slot in (0..).take(self.world.slots.len()).filter(|slot| self.world.get(*slot).known().is_none())
        {
            if let Some(place) = self.world.place(slot, self.call.proposal) {
                let own = places.entry(place).or_insert_with(|| vec![self.world.slot(place)]);
                if !own.contains(&slot) {
                    own.push(slot);
                }
            }
        }
        places.into_iter().collect()
    }

    fn open_questions(
        &mut self,
        seen: &mut Seen<'a>,
        root: Root,
        combinations: &[Combination],
    ) -> Vec<OpenQuestion> {
        let places = self.all_places();
        let slots: Vec<Vec<Slot>> = places.iter().map(|(_, slots)| slots.clone()).collect();
        let of: BTreeMap<Slot, usize> = slots
            .iter()
            .enumerate()
            .flat_map(|(at, slots)| slots.iter().map(move |slot| (*slot, at)))
            .collect();
        let mut found: BTreeMap<usize, Matter> = BTreeMap::new();
        let firsts: Vec<u16> = combinations.iter().map(|(first, _)| *first).collect();
        let outcome = self.call.program().outcome;
        let whole = self.ask(seen, |engine, within| {
            let first = engine.beside(root, &[outcome])?;
            let asking = Asking { slots: &slots, of: &of, firsts: &firsts };
            engine.questions((root, first), combinations, within, &asking, &mut found)
        });
        let mut questions: Vec<OpenQuestion> = Vec::with_capacity(found.len());
        for (at, matter) in found {
            if let Some((place, _)) = places.get(at) {
                questions.extend(self.question(*place, matter, combinations));
            }
        }
        if whole.is_none() {
            // What was not examined may matter.
            let known: BTreeSet<Place> = questions.iter().map(place_of).collect();
            let rest = self.all_that_is_read().into_iter();
            questions.extend(rest.filter(|question| !known.contains(&place_of(question))));
        }
        let is_list = |open: &OpenQuestion| {
            let domain = self.call.program().domains.get(open.question.index());
            open.item.is_none() && matches!(domain.map(|domain| &domain.kind), Some(Kind::List { .. }))
        };
        questions.sort_by_cached_key(|open: &OpenQuestion| {
            let settling = open.classes.iter().filter(|class| class.outcomes.len() == 1).count();
            let classes = i64::try_from(open.classes.len().max(1)).unwrap_or(1);
            let share = Number::fraction(i64::try_from(settling).unwrap_or(0), classes).unwrap_or_default();
            let worst = open.classes.iter().map(|class| class.outcomes.len()).max().unwrap_or(0);
            (is_list(open), std::cmp::Reverse(share), worst, open.question, open.item)
        });
        questions
    }

    fn question(&self, place: Place, matter: Matter, combinations: &[Combination]) -> Option<OpenQuestion> {
        let slot = self.world.slot(place);
        let (step, given) = (self.world.step(slot), self.world.given.contains_key(&slot));
        let mut classes: Vec<(Vec<Possible>, crate::diagram::bits::Bits)> = Vec::new();
        for (answer, left) in matter.classes {
            match classes.iter_mut().find(|(_, other)| *other == left) {
                Some((answers, _)) if given => answers.push(answer),
                Some((answers, _)) => extend(answers, answer, &step),
                None => classes.push((vec![answer], left)),
            }
        }
        let domain = place.domain(&self.call.program().domains)?;
        // Fields of lists have no options of their own to tell apart.
        let used = self.call.program().choices.get(place.question.index()).filter(|_| place.item.is_none());
        let classes = classes
            .into_iter()
            .map(|(answers, left)| {
                let (answers, answers_more) = self.answers(place, (domain, used), answers);
                let left: Vec<Combination> =
                    left.iter().filter_map(|at| combinations.get(at).cloned()).collect();
                AnswerClass {
                    answers,
                    answers_more,
                    outcomes: distinct(left.iter().map(|(outcome, _)| *outcome)),
                    combinations: left,
                    combinations_more: 0,
                }
            })
            .collect();
        Some(self.about(place, matter.first, classes))
    }

    /// The answers of a class, no more than the limit, and how many more there are.
    fn answers(
        &self,
        place: Place,
        (domain, used): (&Domain, Option<&ChoiceUse>),
        mut answers: Vec<Possible>,
    ) -> (Vec<Answers>, u64) {
        let (program, proposal, most) = (self.call.program(), self.call.proposal, self.call.limits.classes);
        let mut more = 0;
        // Sets of options are told by what they have in common, which takes all of them.
        if !matches!(domain.kind, Kind::SomeOf(_)) {
            more = answers.len().saturating_sub(most);
            answers.truncate(most);
        }
        let given = differences::given(program, proposal, place, &answers);
        let mut all = given.unwrap_or_else(|| described(&answers, domain, used));
        more += all.len().saturating_sub(most);
        all.truncate(most);
        (all, u64::try_from(more).unwrap_or(u64::MAX))
    }

    fn about(&self, place: Place, changes_outcome: bool, classes: Vec<AnswerClass>) -> OpenQuestion {
        let answer = self.call.proposal.answer(place);
        OpenQuestion {
            question: place.question,
            item: place.item,
            pointer: place.pointer(self.call.model()),
            unsayable: answer.is_some_and(|answer| answer.unsayable.is_some()),
            changes_outcome,
            classes,
            classes_more: 0,
        }
    }

    /// Every open answer that the outcome or a route reads: each may matter.
    fn all_that_is_read(&self) -> Vec<OpenQuestion> {
        let outcome = self.read_below(&[self.call.program().outcome]);
        let all = self.read_below(&self.call.program().routes);
        let places = self.all_places().into_iter();
        let read =
            places.filter(|(place, _)| outcome.contains(&place.question) || all.contains(&place.question));
        read.map(|(place, _)| self.about(place, outcome.contains(&place.question), Vec::new())).collect()
    }

    fn read_below(&self, roots: &[NodeId]) -> BTreeSet<QuestionId> {
        let (mut seen, mut stack) = (BTreeSet::new(), roots.to_vec());
        let mut found = BTreeSet::new();
        while let Some(node) = stack.pop() {
            if !seen.insert(node) {
                continue;
            }
            let op = self.call.program().op(node);
            found.extend(op.question());
            op.operands(|operand| stack.push(operand));
        }
        found
    }
}

fn place_of(question: &OpenQuestion) -> Place {
    Place { question: question.question, item: question.item }
}

/// A share or contribution: n.v.t. where the criterion has no weight.
fn lapsing(rows: &[crate::diagram::SumRow], share: bool) -> ScoreRange {
    let mut found = quotients(rows.iter().filter(|row| !row.own.is_zero()), share);
    if rows.iter().any(|row| row.own.is_zero()) {
        found.not_applicable = if found.range.is_some() { Maybe::Maybe } else { Maybe::Yes };
    }
    found
}

/// The look-ups that a judgement asks for.
fn asked_look_ups(program: &Program) -> Vec<NodeId> {
    let mut stack = complete::asked_for(program);
    let mut seen = BTreeSet::new();
    while let Some(node) = stack.pop() {
        if seen.insert(node) {
            program.op(node).operands(|operand| stack.push(operand));
        }
    }
    seen.retain(|node| matches!(program.op(*node), Op::LookUp(..)));
    seen.into_iter().collect()
}

/// The places that a value may stand for.
fn choices(value: &Possible) -> Vec<u16> {
    let places = value.values(usize::MAX).unwrap_or_default().into_iter();
    places
        .filter_map(|value| match value {
            Value::Choice(at) => Some(at),
            _ => None,
        })
        .collect()
}

/// Adds an answer to a class; a stretch of numbers that follows on the last one lengthens it.
fn extend(answers: &mut Vec<Possible>, possible: Possible, step: &Number) {
    if let (Some(last), Some(next)) = (answers.last().and_then(Possible::as_range), possible.as_range())
        && !step.is_zero()
        && last.hi.add(step) == next.lo
    {
        answers.pop();
        answers.push(Possible::range(last.lo, next.hi, last.date, None));
        return;
    }
    answers.push(possible);
}

fn distinct(of: impl Iterator<Item = u16>) -> Vec<u16> {
    of.collect::<BTreeSet<_>>().into_iter().collect()
}
