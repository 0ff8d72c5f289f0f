//! Program and answers to a judgement: asks the solver for everything that a verdict shows.

mod differences;

use std::collections::{BTreeMap, BTreeSet};

use crate::asked::Asked;
use crate::closing;
use crate::diagnostic::{Language, Text};
use crate::judgement::{
    AnswerClass, CriterionJudgement, Judgement, Maybe, MissingRow, OpenQuestion, Provisional, Reason,
    ScoreRange, Status,
};
use crate::limits::Limits;
use crate::model::{Kind, Model};
use crate::number::Number;
use crate::place::Place;
use crate::possible::{Core, Possible, Set, Slot};
use crate::program::{CriterionNodes, Gate, MadeOf, NodeId, Program};
use crate::proposal::Proposal;
use crate::reach::{Combination, as_combinations, choice};
use crate::sample;
use crate::scratch::Scratch;
use crate::settle;
use crate::solve::{Row, Side, Solver, Stop};
use crate::tree::Tree;
use crate::value::Value;
use crate::words::{self, Words};
use crate::world::World;

/// Judges a proposal. Cost: one pass over the program when everything is answered; else as many steps as the open answers
/// ask for, at most [`Limits::search_steps`] per question to the engine.
#[must_use]
pub fn judge(model: &Model, program: &Program, proposal: &Proposal, limits: &Limits) -> Judgement {
    let mut scratch = Scratch::default();
    judge_into(model, program, proposal, limits, &mut scratch);
    scratch.judgement
}

/// The same into buffers that are used again.
pub fn judge_into<'s>(
    model: &Model,
    program: &Program,
    proposal: &Proposal,
    limits: &Limits,
    scratch: &'s mut Scratch,
) -> &'s Judgement {
    let judgement = &mut scratch.judgement;
    if !settle::settle(program, proposal, &mut scratch.settling, judgement) {
        *judgement = search(model, program, proposal, limits);
    }
    judgement.closed = closing::close(model, program, proposal, limits, &judgement.outcomes);
    judgement
}

/// What is found out over all completions of what is open, without a closing. Also right where nothing is open.
#[must_use]
pub fn search(model: &Model, program: &Program, proposal: &Proposal, limits: &Limits) -> Judgement {
    Judge::new(model, program, proposal, limits).run()
}

struct Judge<'a> {
    model: &'a Model,
    program: &'a Program,
    proposal: &'a Proposal,
    solver: Solver<'a>,
    limit: u64,
    steps: u64,
    exact: bool,
    provisional: Option<Provisional>,
    /// The verdict in parts, where it can be taken apart.
    parts: Option<Tree>,
}

impl<'a> Judge<'a> {
    fn new(model: &'a Model, program: &'a Program, proposal: &'a Proposal, limits: &Limits) -> Self {
        let world = World::new(program, proposal, limits);
        let exact = world.exact;
        let solver = Solver::new(program, world, limits.search_steps);
        Self {
            model,
            program,
            proposal,
            solver,
            limit: limits.search_steps,
            steps: 0,
            exact,
            provisional: None,
            parts: None,
        }
    }

    fn place(&self, slot: Slot) -> Option<Place> {
        Place::of_slot(slot, &self.solver.world, self.proposal)
    }

    fn run(mut self) -> Judgement {
        let program = self.program;
        let mut asked = vec![program.outcome];
        asked.extend(&program.routes);
        let both: Vec<Asked> = asked.iter().copied().map(Asked::of).collect();
        self.parts = self.within(|solver| Tree::new(solver, &both, program.line)).flatten();
        if self.solver.inexact {
            // Asked again one by one, where numbers with few answers are split one by one.
            self.solver.inexact = false;
            self.parts = None;
        }
        let combinations = self.all_combinations(&asked);
        let turns = std::mem::take(&mut self.solver.turns);
        let combinations: Vec<Combination> = combinations.into_iter().collect();
        let outcomes = distinct(combinations.iter().map(|(outcome, _)| *outcome));
        let routes: Vec<Vec<u16>> = (0..program.routes.len())
            .map(|at| distinct(combinations.iter().filter_map(|(_, choices)| choices.get(at).copied())))
            .collect();
        let (line, total) = self.line_and_total();
        let criteria = program.criteria.iter().map(|criterion| self.criterion(criterion)).collect();
        let conditions = program.conditions.iter().map(|gate| self.gate(gate)).collect();
        let exclusions =
            program.exclusions.iter().map(|node| self.gate(&Gate { only_if: None, holds: *node })).collect();
        let signals = program.signals.iter().map(|gate| self.gate(gate)).collect();
        // What only a missing row keeps open is no question to anyone.
        let open = if combinations.len() > 1 { self.open_questions(&asked, &turns) } else { Vec::new() };
        let (open, differences) = self.part_differences(open);
        let missing_rows = self.missing_rows();
        Judgement {
            outcomes,
            exact: self.exact && !self.solver.inexact,
            provisional: self.provisional.take(),
            line,
            total,
            criteria,
            conditions,
            exclusions,
            signals,
            routes,
            combinations,
            open,
            differences,
            closed: None,
            missing_rows,
            steps: self.steps,
            completions: Some(completions(&self.solver.world)),
        }
    }

    /// Runs a question to the solver with the full limit; on a stop the sets alone answer.
    fn ask(&mut self, asked: &[Asked]) -> Vec<Vec<Possible>> {
        self.solver.steps = 0;
        let doubted = std::mem::take(&mut self.solver.inexact);
        let mut result = self.solver.results(asked);
        if self.solver.inexact && !self.solver.enumerate {
            self.solver.inexact = false;
            self.solver.enumerate = true;
            result = self.solver.results(asked);
            self.solver.enumerate = false;
        }
        self.solver.inexact |= doubted;
        self.steps += self.solver.steps;
        match result {
            Ok(rows) => rows.into_iter().map(|row: Row| row.values).collect(),
            Err(stop) => {
                self.note(stop);
                let look = self.solver.look(asked);
                vec![look.values]
            }
        }
    }

    /// Runs something with the full limit; none on a stop, which is then noted.
    fn within<T>(&mut self, run: impl FnOnce(&mut Solver<'a>) -> Result<T, Stop>) -> Option<T> {
        self.solver.steps = 0;
        let result = run(&mut self.solver);
        self.steps += self.solver.steps;
        match result {
            Ok(result) => Some(result),
            Err(stop) => {
                self.note(stop);
                None
            }
        }
    }

    fn all_combinations(&mut self, nodes: &[NodeId]) -> BTreeSet<Combination> {
        let mut parts = self.parts.take();
        let found = parts.as_mut().and_then(|parts| self.within(|solver| parts.all(solver)));
        self.parts = parts;
        match found {
            Some(rows) => as_combinations(rows),
            None => self.combinations(nodes),
        }
    }

    /// The line that gives the outcome, where there is only one, and the total.
    fn line_and_total(&mut self) -> (Option<usize>, ScoreRange) {
        let mut parts = self.parts.take();
        let found = parts.as_mut().and_then(|parts| self.within(|solver| parts.summary(solver)));
        self.parts = parts;
        let (lines, total) = match found {
            Some((lines, total)) => (lines, total),
            None => {
                let rows = self.rows(&[self.program.line]);
                let mut lines: Vec<Possible> = rows.into_iter().filter_map(|mut row| row.pop()).collect();
                lines.dedup();
                (lines, None)
            }
        };
        let mut lines = lines.iter();
        let line = match (lines.next(), lines.next()) {
            (Some(line), None) => choice(line).map(usize::from),
            _ => None,
        };
        (line, total.unwrap_or_else(|| self.score(self.program.total)))
    }

    fn note(&mut self, stop: Stop) {
        self.exact = false;
        if self.provisional.is_none() {
            let question = stop.slot.and_then(|slot| self.place(slot)).map(|place| place.pointer(self.model));
            self.provisional = Some(Provisional { limit: self.limit, question });
        }
    }

    fn rows(&mut self, nodes: &[NodeId]) -> Vec<Vec<Possible>> {
        let asked: Vec<Asked> = nodes.iter().copied().map(Asked::of).collect();
        self.ask(&asked)
    }

    /// The possible combinations of outcome and routes, in the world as it stands.
    fn combinations(&mut self, nodes: &[NodeId]) -> BTreeSet<Combination> {
        as_combinations(self.rows(nodes))
    }

    fn score(&mut self, node: NodeId) -> ScoreRange {
        range(self.rows(&[node]).iter().filter_map(|row| row.first()))
    }

    fn gate(&mut self, gate: &Gate) -> Status {
        let mut asked = vec![gate.holds];
        asked.extend(gate.only_if);
        let rows = self.rows(&asked);
        let mut found = BTreeSet::new();
        for row in &rows {
            let (holds, fails) = row.first().map_or((true, true), Possible::truths);
            let (applies, lapses) = match (gate.only_if, row.get(1)) {
                (Some(_), Some(applies)) => applies.truths(),
                _ => (true, false),
            };
            if lapses {
                found.insert(Status::Lapses);
            }
            if applies && holds {
                found.insert(Status::Holds);
            }
            if applies && fails {
                found.insert(Status::Fails);
            }
        }
        one(&found)
    }

    fn criterion(&mut self, nodes: &CriterionNodes) -> CriterionJudgement {
        let mut of = |node: Option<NodeId>| node.map(|node| self.score(node)).unwrap_or_default();
        let (score, share, contribution) = (of(nodes.score), of(nodes.share), of(nodes.contribution));
        let requirement = nodes.requirement.as_ref().map(|least| requirement(&score, least));
        let applies = match nodes.only_if {
            Some(node) => self.gate(&Gate { only_if: None, holds: node }),
            None => Status::Holds,
        };
        let reason = reason(nodes, applies);
        let (mut parts, mut lines) = (Vec::new(), Vec::new());
        match (&nodes.made_of, reason) {
            (MadeOf::Combined(_, of), Reason::Combined(_)) => {
                parts = of.iter().map(|node| self.score(*node)).collect();
            }
            (MadeOf::Ladder(first), Reason::Ladder) => {
                let rows = self.rows(&[*first]);
                let found = rows.iter().filter_map(|row| row.first()).flat_map(|value| {
                    value.values(usize::MAX).unwrap_or_default().into_iter().filter_map(|value| match value {
                        Value::Choice(at) => Some(usize::from(at)),
                        _ => None,
                    })
                });
                lines = found.collect::<BTreeSet<_>>().into_iter().collect();
            }
            _ => {}
        }
        CriterionJudgement { score, share, contribution, requirement, reason, parts, lines }
    }

    fn open_questions(
        &mut self,
        nodes: &[NodeId],
        turns: &BTreeMap<Slot, BTreeSet<Number>>,
    ) -> Vec<OpenQuestion> {
        let asked: Vec<Asked> = nodes.iter().copied().map(Asked::of).collect();
        let look = self.solver.look(&asked);
        let places = |slots: &mut dyn Iterator<Item = &Slot>| -> BTreeSet<Place> {
            slots.filter_map(|slot| self.place(*slot)).collect()
        };
        let read_by_outcome = places(&mut look.slots.first().into_iter().flatten());
        let mut found = Vec::new();
        for place in places(&mut look.slots.iter().flatten()) {
            let may_change = read_by_outcome.contains(&place);
            if let Some(question) = self.open_question(nodes, &asked, place, may_change, turns) {
                found.push(question);
            }
        }
        let is_list = |open: &OpenQuestion| {
            open.item.is_none()
                && matches!(
                    self.program.domains.get(open.question.index()).map(|d| &d.kind),
                    Some(Kind::List { .. })
                )
        };
        found.sort_by_cached_key(|open: &OpenQuestion| {
            let settling = open.classes.iter().filter(|class| class.outcomes.len() == 1).count();
            let classes = i64::try_from(open.classes.len().max(1)).unwrap_or(1);
            let share = Number::fraction(i64::try_from(settling).unwrap_or(0), classes).unwrap_or_default();
            let worst = open.classes.iter().map(|class| class.outcomes.len()).max().unwrap_or(0);
            (is_list(open), std::cmp::Reverse(share), worst, open.question, open.item)
        });
        found
    }

    fn open_question(
        &mut self,
        nodes: &[NodeId],
        asked: &[Asked],
        place: Place,
        may_change_outcome: bool,
        turns: &BTreeMap<Slot, BTreeSet<Number>>,
    ) -> Option<OpenQuestion> {
        let slot = place.slot(&self.solver.world);
        // After a stop every open question may matter; searching on for each would take as long again.
        if self.provisional.is_some() {
            return Some(self.described(place, true, Vec::new()));
        }
        let mut classes: Vec<(Vec<Possible>, BTreeSet<Combination>)> = Vec::new();
        if self.solver.world.get(slot).known().is_none() {
            let step = self.solver.world.step(slot);
            let given = self.solver.world.given.contains_key(&slot);
            for (possible, results) in self.classes(nodes, slot, turns.get(&slot)) {
                match classes.iter_mut().find(|(_, other)| *other == results) {
                    Some((answers, _)) if given => answers.push(possible),
                    Some((answers, _)) => extend(answers, possible, &step),
                    None => classes.push((vec![possible], results)),
                }
            }
        }
        let outcomes = |of: &BTreeSet<Combination>| distinct(of.iter().map(|(outcome, _)| *outcome));
        let first = classes.first().map(|(_, results)| outcomes(results));
        let mut changes = classes.len() > 1;
        let mut changes_outcome = classes.iter().any(|(_, results)| Some(outcomes(results)) != first);
        if !changes || (may_change_outcome && !changes_outcome) {
            // Different answers may leave the same results and yet turn one into another.
            let (differs, outcome) = self.differs(asked, place);
            changes |= differs;
            changes_outcome |= outcome;
        }
        if !changes {
            return None;
        }
        let domain = place.domain(&self.program.domains)?;
        // Fields of lists have no options of their own to tell apart.
        let used = self.program.choices.get(place.question.index()).filter(|_| place.item.is_none());
        let tried = classes.iter().flat_map(|(answers, _)| answers).filter_map(Possible::as_range);
        let longest = tried.map(|range| range.hi).max();
        let words = Words { domain, used, longest: longest.as_ref() };
        let classes = classes
            .into_iter()
            .map(|(answers, results)| AnswerClass {
                answers: self
                    .given_words(place, &answers, Language::Nl)
                    .unwrap_or_else(|| words.names(&answers, Language::Nl)),
                texts: self.given_texts(place, &answers).unwrap_or_else(|| words.texts(&answers)),
                outcomes: outcomes(&results),
                combinations: results.into_iter().collect(),
            })
            .collect();
        Some(self.described(place, changes_outcome, classes))
    }

    fn described(&self, place: Place, changes_outcome: bool, classes: Vec<AnswerClass>) -> OpenQuestion {
        let answer = place.answer(self.proposal);
        OpenQuestion {
            question: place.question,
            item: place.item,
            pointer: place.pointer(self.model),
            unsayable: answer.is_some_and(|answer| answer.unsayable.is_some()),
            changes_outcome,
            classes,
        }
    }

    /// For every answer (numbers: every stretch between turns) the results it leaves.
    fn classes(
        &mut self,
        nodes: &[NodeId],
        slot: Slot,
        turns: Option<&BTreeSet<Number>>,
    ) -> Vec<(Possible, BTreeSet<Combination>)> {
        let mut found = Vec::new();
        let ways = match self.solver.ways(slot) {
            Some(ways) => ways,
            None => vec![Side::Slot(slot, self.solver.world.get(slot).clone())],
        };
        for way in ways {
            let Side::Slot(_, possible) = way else { continue };
            match &possible {
                Possible::Open(Set { core: Core::Range(range), .. }) => {
                    let step = self.solver.world.step(slot);
                    let mut starts = vec![range.lo.clone()];
                    starts.extend(
                        turns.into_iter().flatten().filter(|at| **at > range.lo && **at <= range.hi).cloned(),
                    );
                    for (at, start) in starts.iter().enumerate() {
                        let end = starts.get(at + 1).map_or_else(|| range.hi.clone(), |next| next.sub(&step));
                        let at_start = self.leaves(
                            nodes,
                            slot,
                            &Possible::range(start.clone(), start.clone(), range.date, None),
                        );
                        self.stretch(nodes, slot, range.date, (start.clone(), at_start), &end, &mut found);
                    }
                }
                _ => {
                    let results = self.leaves(nodes, slot, &possible);
                    found.push((possible, results));
                }
            }
        }
        found
    }

    /// Cuts a stretch of numbers where its ends leave different results.
    fn stretch(
        &mut self,
        nodes: &[NodeId],
        slot: Slot,
        date: bool,
        (lo, at_lo): (Number, BTreeSet<Combination>),
        hi: &Number,
        found: &mut Vec<(Possible, BTreeSet<Combination>)>,
    ) {
        let step = self.solver.world.step(slot);
        let mut lo = lo;
        let mut at_lo = at_lo;
        loop {
            let at_hi = self.leaves(nodes, slot, &Possible::range(hi.clone(), hi.clone(), date, None));
            if at_hi == at_lo || lo >= *hi {
                found.push((Possible::range(lo, hi.clone(), date, None), at_lo));
                return;
            }
            // The last number from `lo` on that leaves the same: by halving.
            let (mut same, mut other) = (lo.clone(), hi.clone());
            while other.sub(&same) > step {
                let half = Number::fraction(1, 2).unwrap_or_default();
                let middle = same.add(&other).mul(&half).floor_to(&step);
                let results =
                    self.leaves(nodes, slot, &Possible::range(middle.clone(), middle.clone(), date, None));
                if results == at_lo {
                    same = middle;
                } else {
                    other = middle;
                }
            }
            found.push((Possible::range(lo, same, date, None), at_lo));
            at_lo = self.leaves(nodes, slot, &Possible::range(other.clone(), other.clone(), date, None));
            lo = other;
        }
    }

    fn leaves(&mut self, nodes: &[NodeId], slot: Slot, possible: &Possible) -> BTreeSet<Combination> {
        let mut parts = self.parts.take();
        let left = parts
            .as_mut()
            .and_then(|parts| self.within(|solver| parts.leaves(solver, slot, possible)))
            .flatten();
        self.parts = parts;
        if let Some(left) = left {
            return as_combinations(left);
        }
        let old = self.solver.world.set(slot, possible.clone());
        let results = self.combinations(nodes);
        self.solver.world.set(slot, old);
        results
    }

    /// Whether two completions that differ only in this answer differ in a result, and in the outcome.
    fn differs(&mut self, asked: &[Asked], place: Place) -> (bool, bool) {
        // One pair that is found proves it, and spares the search; finding none proves nothing.
        if sample::changes_outcome(&self.solver, place.slot(&self.solver.world)) {
            return (true, true);
        }
        let slots = self.solver.world.slots.len();
        let mut doubled = vec![place.slot(&self.solver.world)];
        if place.item.is_none()
            && !self.has_items(place)
            && let Some(Some(list)) = self.solver.world.lists.get(place.question.index())
        {
            doubled.extend(list.base..list.base + list.items * list.fields);
        }
        self.solver.double(&doubled, place.question);
        let slot = place.slot(&self.solver.world);
        let mut parts = self.parts.take();
        let found =
            parts.as_mut().and_then(|parts| self.within(|solver| parts.differs(solver, slot))).flatten();
        self.parts = parts;
        if let Some(found) = found {
            self.solver.single(slots);
            return found;
        }
        let mut both = asked.to_vec();
        both.extend(asked.iter().map(|one| self.solver.canonical(one.in_second())));
        let rows = self.ask(&both);
        self.solver.single(slots);
        let (mut differs, mut outcome) = (false, false);
        for row in rows {
            let (first, second) = row.split_at(asked.len().min(row.len()));
            let unlike = |(a, b): (&Possible, &Possible)| a != b || a.known().is_none();
            differs |= first.iter().zip(second).any(unlike);
            outcome |= first.first().zip(second.first()).is_some_and(unlike);
        }
        (differs, outcome)
    }

    fn missing_rows(&self) -> Vec<MissingRow> {
        let mut rows = BTreeSet::new();
        for (table, keys) in &self.solver.gaps {
            let Some(table) = self.model.tables.get(*table as usize) else { continue };
            let keys = keys.iter().zip(&table.columns);
            let said =
                |language| keys.clone().map(move |(key, column)| words::value(key, &column.words, language));
            let texts = said(Language::Nl).zip(said(Language::En)).map(|(nl, en)| Text { nl, en }).collect();
            rows.insert(MissingRow {
                table: table.head.name.clone(),
                keys: said(Language::Nl).collect(),
                texts,
            });
        }
        rows.into_iter().collect()
    }
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

/// Of a requirement: `score` is what the criterion's score can be.
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

fn one(found: &BTreeSet<Status>) -> Status {
    match found.iter().collect::<Vec<_>>().as_slice() {
        [status] => **status,
        _ => Status::Open,
    }
}

/// From the least to the greatest of some values.
pub(crate) fn range<'v>(values: impl Iterator<Item = &'v Possible>) -> ScoreRange {
    let (mut ends, mut with, mut without): (Option<(Number, Number)>, bool, bool) = (None, false, false);
    for value in values {
        let (has, lacks) = value.may_have_value();
        without |= lacks;
        with |= has;
        let Some(range) = value.as_range() else { continue };
        ends = Some(match ends {
            None => (range.lo, range.hi),
            Some((lo, hi)) => (lo.min(range.lo), hi.max(range.hi)),
        });
    }
    let not_applicable = match (with, without) {
        (true, true) => Maybe::Maybe,
        (false, true) => Maybe::Yes,
        _ => Maybe::No,
    };
    ScoreRange { range: ends, not_applicable }
}

/// How many completions the open answers have; an open list counts up to the length that rules can tell apart.
fn completions(world: &World) -> Number {
    let own = |slot: Slot| -> Number {
        if let Some(values) = world.given.get(&slot) {
            return Number::whole(i64::try_from(values.len()).unwrap_or(i64::MAX));
        }
        let (possible, step) = (world.get(slot), &world.step(slot));
        let Possible::Open(set) = possible else { return Number::ONE };
        let plain = match &set.core {
            Core::Nothing | Core::Anything => Number::ZERO,
            Core::Text => Number::ONE,
            Core::Bools => Number::whole(2),
            Core::Levels(mask) => Number::whole(i64::from(mask.count_ones())),
            Core::Choices(mask) => Number::whole(i64::from(mask.count_ones())),
            Core::AnyChoice(count) => Number::whole(i64::from(*count)),
            Core::Subset { must, may } => (0..(may & !must).count_ones()).fold(Number::ONE, |n, _| n.add(&n)),
            Core::Range(range) => range.hi.sub(&range.lo).div(step).unwrap_or_default().add(&Number::ONE),
        };
        plain.add(&Number::whole(i64::from(set.none) + i64::from(set.not_applicable)))
    };
    let mut product = Number::ONE;
    for (at, list) in world.lists.iter().enumerate() {
        let Ok(slot) = Slot::try_from(at) else { continue };
        let possible = world.get(slot);
        match (list, possible) {
            (Some(list), Possible::Open(_)) if world.given.contains_key(&slot) => {
                let mut sum = Number::ZERO;
                for value in world.given.get(&slot).into_iter().flatten() {
                    let items = match value {
                        Value::Number(n) => n.to_i64().and_then(|n| u32::try_from(n).ok()).unwrap_or(0),
                        _ => 0,
                    };
                    let slots = list.base..list.base + items.min(list.items) * list.fields;
                    sum = sum.add(&slots.fold(Number::ONE, |product, slot| product.mul(&own(slot))));
                }
                product = product.mul(&sum);
            }
            (Some(list), Possible::Open(set)) => {
                let item = (0..list.fields).fold(Number::ONE, |n, field| n.mul(&own(list.slot(0, field))));
                let lengths = match &set.core {
                    Core::Range(range) => (range.lo.to_i64().unwrap_or(0), range.hi.to_i64().unwrap_or(0)),
                    _ => (0, 0),
                };
                let mut power = Number::ONE;
                let mut sum = Number::whole(i64::from(set.none) + i64::from(set.not_applicable));
                for length in 0..=lengths.1 {
                    if length >= lengths.0 {
                        sum = sum.add(&power);
                    }
                    power = power.mul(&item);
                }
                product = product.mul(&sum);
            }
            (Some(list), Possible::Known(_)) => {
                for slot in list.base..list.base + list.items * list.fields {
                    product = product.mul(&own(slot));
                }
            }
            (None, _) => product = product.mul(&own(slot)),
        }
    }
    product
}
