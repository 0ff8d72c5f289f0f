//! From program nodes to diagrams, operands first.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::form::Form;
use super::levels::{Asks, Levels, is_set};
use super::plan::Plan;
use super::standing::Standings;
use super::store::{Ref, Store};
use super::system::Solver;
use super::term::{EITHER, FALSE, NOT_APPLICABLE, Sums, TRUE, Term, Terms};
use super::way::Way;
use crate::evaluate::operations;
use crate::evaluate::operations::Known;
use crate::evaluate::possible::{Possible, Slot};
use crate::evaluate::world::World;
use crate::limits::budget::{Budget, Ended};
use crate::program::nodes::{NodeId, Op, Program};
use crate::rules::model::{Order, QuestionId};
use crate::rules::syntax::{Combining, Operator};
use crate::value::number::Number;
use crate::value::values::Value;

/// What was found in narrower worlds is kept up to this size, in units of some hundred bytes.
const MOST_KEPT: usize = 1 << 16;

/// Why something could not be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Halt {
    /// The work of the call ended.
    Ended(Ended),
    /// Numbers hang together in a way that cannot be decided.
    Numbers,
}

impl From<Ended> for Halt {
    fn from(ended: Ended) -> Self {
        Self::Ended(ended)
    }
}

/// A diagram, or why there is none.
pub(crate) type Made = Result<Ref, Halt>;

/// Operations on diagrams, end by end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Code {
    /// Both.
    And,
    /// One of two.
    Or,
    /// The second where the first is true, else the third.
    IfElse,
    /// Either of two, because of a missing row.
    Join,
    /// An ordering.
    Order(Order),
    /// The same.
    Equal,
    /// `+ - * /`
    Arithmetic(Operator),
    /// The highest of two scores.
    Highest,
    /// The lowest of two scores.
    Lowest,
    /// Two ends as one; a tuple grows.
    Pair,
    /// One end as a tuple.
    Single,
    /// What a node of one operand makes of it.
    Node(NodeId),
    /// A level as a score of which only ja counts.
    OnlyYes,
    /// A score times a weight, 0 where it is n.v.t.; the weight is a number of the store.
    Weighted(u32),
    /// A weight where there is a score, else 0.
    Active(u32),
    /// The quotient of sums of scores and weights.
    Quotient,
    /// Whether it is this end.
    Is(Ref),
    /// What the sums of weights and scores can be: see `ranges`.
    Sums(Sums),
}

/// A diagram under construction, with everything that has been built in it.
pub(crate) struct Diagram<'p> {
    pub(crate) program: &'p Program,
    pub(crate) world: Rc<World>,
    pub(crate) budget: &'p Budget,
    pub(crate) store: Store,
    pub(crate) terms: Terms,
    pub(crate) levels: Levels,
    /// What is known of operations on nodes.
    pub(crate) memo: FxHashMap<(Code, [Ref; 3]), Ref>,
    /// Nodes that are built, per item.
    done: FxHashMap<(NodeId, u32), Ref>,
    /// What was found of numbers that hang together.
    pub(crate) solver: Solver<'p>,
    /// Ways through blocks of numbers that hang together, by where they begin.
    pub(crate) ways: RefCell<FxHashMap<Ref, Rc<Vec<Way>>>>,
    /// What was found of blocks by what their numbers may be in a narrower world; and how much of that is kept.
    kept: Cell<usize>,
    pub(super) standings: RefCell<Standings>,
    /// Where such blocks are left, by where they begin.
    pub(crate) exits: RefCell<FxHashMap<Ref, Rc<Vec<Ref>>>>,
}

struct Frame {
    code: Code,
    of: [Ref; 3],
    count: usize,
    level: u32,
    rows: Vec<Ref>,
    at: usize,
    kids: Vec<Ref>,
    cuts: Vec<u32>,
}

impl<'p> Diagram<'p> {
    /// Over the slots that `has` names; `parts` have a level each.
    pub(crate) fn new(
        program: &'p Program,
        world: &Rc<World>,
        budget: &'p Budget,
        plan: &Plan,
        has: &dyn Fn(Slot) -> bool,
        parts: &[usize],
    ) -> Self {
        let mut store = Store::default();
        let levels = Levels::new(program, world, plan, has, parts, &mut store);
        Self {
            program,
            world: Rc::clone(world),
            budget,
            store,
            terms: Terms::new(),
            levels,
            memo: FxHashMap::default(),
            done: FxHashMap::default(),
            solver: Solver::new(budget),
            ways: RefCell::default(),
            standings: RefCell::default(),
            kept: Cell::default(),
            exits: RefCell::default(),
        }
    }

    /// Under other rules, where these nodes depend on something that differs; what was made of the rest is kept.
    pub(crate) fn by<'q>(&self, program: &'q Program, hangs: &[bool]) -> Diagram<'q>
    where
        'p: 'q,
    {
        let stays = |node: NodeId| hangs.get(node.index()) == Some(&false);
        // Copied whole and then filtered, which is quicker than inserting what stays.
        let (mut memo, mut done) = (self.memo.clone(), self.done.clone());
        memo.retain(|(code, _), _| match code {
            Code::Node(node) => stays(*node),
            _ => true,
        });
        done.retain(|(node, _), _| stays(*node));
        Diagram {
            program,
            world: Rc::clone(&self.world),
            budget: self.budget,
            store: self.store.clone(),
            terms: self.terms.clone(),
            levels: self.levels.clone(),
            memo,
            done,
            solver: Solver::new(self.budget),
            ways: RefCell::default(),
            standings: RefCell::default(),
            kept: Cell::default(),
            exits: RefCell::default(),
        }
    }

    /// Whether there is room to keep something of this size for later, in units of some hundred bytes.
    pub(crate) fn keeps(&self, size: usize) -> bool {
        let kept = self.kept.get() + size;
        let fits = kept <= MOST_KEPT;
        if fits {
            self.kept.set(kept);
        }
        fits
    }

    /// About how many bytes are held.
    pub(crate) fn bytes(&self) -> usize {
        self.store.bytes() + self.memo.capacity() * 32 + self.terms.len() * 64
    }

    // ---- ends

    /// The end that is this value.
    pub(crate) fn value(&mut self, value: Value) -> Ref {
        match value {
            Value::Bool(false) => FALSE,
            Value::Bool(true) => TRUE,
            Value::NotApplicable => NOT_APPLICABLE,
            value => self.terms.of(Term::Value(value)),
        }
    }

    /// The end that is this number.
    pub(crate) fn number(&mut self, number: Number) -> Ref {
        self.value(Value::Number(number))
    }

    /// The end that is this number, which may depend on others.
    pub(crate) fn form(&mut self, form: Form) -> Ref {
        match form.known() {
            None => self.terms.of(Term::Form(form)),
            Some(number) if form.date => self.value(day(&number)),
            Some(number) => self.number(number),
        }
    }

    /// The end that is one of several.
    pub(crate) fn one_of(&mut self, possible: Possible) -> Ref {
        match possible {
            Possible::Known(value) => self.value(value),
            possible => self.terms.of(Term::OneOf(possible)),
        }
    }

    // ---- operations on diagrams

    /// Both.
    pub(crate) fn and(&mut self, a: Ref, b: Ref) -> Made {
        self.apply(Code::And, [a, b, FALSE], 2)
    }

    /// One of two.
    pub(crate) fn or(&mut self, a: Ref, b: Ref) -> Made {
        self.apply(Code::Or, [a, b, FALSE], 2)
    }

    /// The opposite.
    pub(crate) fn not(&mut self, a: Ref) -> Made {
        self.if_else(a, FALSE, TRUE)
    }

    /// The second where the first is true, else the third.
    pub(crate) fn if_else(&mut self, a: Ref, b: Ref, c: Ref) -> Made {
        self.apply(Code::IfElse, [a, b, c], 3)
    }

    /// An operation of two operands.
    pub(crate) fn two(&mut self, code: Code, a: Ref, b: Ref) -> Made {
        self.apply(code, [a, b, FALSE], 2)
    }

    /// An operation of one operand.
    pub(crate) fn one(&mut self, code: Code, a: Ref) -> Made {
        self.apply(code, [a, FALSE, FALSE], 1)
    }

    /// The result where no level has to be looked at.
    fn at_once(&self, code: Code, [a, b, c]: [Ref; 3]) -> Option<Ref> {
        match code {
            Code::And if a == FALSE || b == FALSE => Some(FALSE),
            Code::And if a == TRUE || a == b => Some(b),
            Code::And if b == TRUE => Some(a),
            Code::Or if a == TRUE || b == TRUE => Some(TRUE),
            Code::Or if a == FALSE || a == b => Some(b),
            Code::Or if b == FALSE => Some(a),
            Code::IfElse if a == TRUE || b == c => Some(b),
            Code::IfElse if a == FALSE => Some(c),
            Code::IfElse if b == TRUE && c == FALSE => Some(a),
            Code::Join if a == b => Some(a),
            _ => None,
        }
    }

    /// Applies an operation end by end. No recursion over levels: the frames are kept here.
    pub(crate) fn apply(&mut self, code: Code, of: [Ref; 3], count: usize) -> Made {
        let mut frames: Vec<Frame> = Vec::new();
        // The memory of earlier frames.
        let mut free: Vec<(Vec<Ref>, Vec<Ref>)> = Vec::new();
        let mut next = (code, of);
        loop {
            let (code, mut of) = next;
            if matches!(code, Code::And | Code::Or | Code::Join) && of[0] > of[1] {
                of.swap(0, 1);
            }
            let mut result = self.at_once(code, of);
            if result.is_none() {
                result = self.memo.get(&(code, of)).copied();
            }
            if result.is_none() {
                self.budget.step()?;
                let level = of.iter().take(count).map(|f| self.store.level(*f)).min().unwrap_or(u32::MAX);
                if level == u32::MAX {
                    let ends = self.ends(code, of)?;
                    self.memo.insert((code, of), ends);
                    result = Some(ends);
                } else {
                    let (mut rows, kids) = free.pop().unwrap_or_default();
                    let cuts = self.store.expand(level, of.get(..count).unwrap_or_default(), &mut rows);
                    self.budget.places(rows.len())?;
                    frames.push(Frame { code, of, count, level, rows, at: 0, kids, cuts });
                }
            }
            loop {
                let Some(frame) = frames.last_mut() else {
                    return Ok(result.unwrap_or(FALSE));
                };
                frame.kids.extend(result.take());
                if let Some(row) = frame.rows.get(frame.at..frame.at + frame.count) {
                    frame.at += frame.count;
                    let mut of = [FALSE; 3];
                    of.iter_mut().zip(row).for_each(|(place, f)| *place = *f);
                    next = (frame.code, of);
                    break;
                }
                let Some(mut done) = frames.pop() else { return Ok(FALSE) };
                let made = self.above(done.level, &done.kids, &done.cuts)?;
                self.memo.insert((done.code, done.of), made);
                result = Some(made);
                done.rows.clear();
                done.kids.clear();
                free.push((done.rows, done.kids));
            }
        }
    }

    /// The node with these children, at whatever levels they are.
    pub(crate) fn above(&mut self, level: u32, kids: &[Ref], cuts: &[u32]) -> Made {
        if kids.iter().all(|kid| self.store.level(*kid) > level) {
            return Ok(self.store.make(level, kids, cuts));
        }
        let Some((last, rest)) = kids.split_last() else { return Ok(FALSE) };
        let mut result = *last;
        for (at, kid) in rest.iter().enumerate().rev() {
            if *kid == result && rest.len() == at + 1 {
                continue;
            }
            self.budget.places(kids.len())?;
            let only = self.literal(level, at, kids.len(), cuts);
            result = self.if_else(only, *kid, result)?;
        }
        Ok(result)
    }

    /// True for one child of a level.
    pub(crate) fn literal(&mut self, level: u32, at: usize, count: usize, cuts: &[u32]) -> Ref {
        let kids: Vec<Ref> = (0..count).map(|kid| if kid == at { TRUE } else { FALSE }).collect();
        self.store.make(level, &kids, cuts)
    }

    // ---- answers

    /// The answer in a slot.
    fn answer(&mut self, slot: Slot) -> Made {
        if let Some(known) = self.world.get(slot).known() {
            let known = known.clone();
            return Ok(self.value(known));
        }
        let Some(level) = self.levels.of(slot).first().copied() else { return Err(Halt::Numbers) };
        match self.levels.get(level).map(|level| level.asks.clone()) {
            Some(Asks::Values(values)) => {
                let kids: Vec<Ref> = values.into_iter().map(|value| self.value(value)).collect();
                Ok(self.store.make(level, &kids, &[]))
            }
            Some(Asks::Number(numbers)) => {
                let mut kids: Vec<Ref> =
                    numbers.specials.iter().map(|value| self.value(value.clone())).collect();
                let mut cuts = Vec::new();
                if numbers.spelled {
                    let mut at = numbers.lo.clone();
                    while at <= numbers.hi {
                        let number = at.mul(&numbers.step);
                        if at > numbers.lo {
                            cuts.push(self.store.cut_at(&number));
                        }
                        kids.push(if numbers.date { self.value(day(&number)) } else { self.number(number) });
                        at = at.add(&Number::ONE);
                    }
                } else {
                    kids.push(self.terms.of(Term::Form(Form::of(slot, numbers.date))));
                }
                Ok(self.store.make(level, &kids, &cuts))
            }
            _ => Err(Halt::Numbers),
        }
    }

    /// For a set of options: what holds where options were chosen, where it is geen, and where it is n.v.t.
    fn of_set(&mut self, slot: Slot, chosen: Ref, none: Ref, not_applicable: Ref) -> Made {
        let Some(level) = self.levels.of(slot).first().copied() else { return Ok(chosen) };
        let Some(Asks::SetOr(kinds)) = self.levels.get(level).map(|level| level.asks.clone()) else {
            return Ok(chosen);
        };
        let kids: Vec<Ref> = kinds
            .iter()
            .map(|kind| match kind {
                Value::None => none,
                Value::NotApplicable => not_applicable,
                _ => chosen,
            })
            .collect();
        self.above(level, &kids, &[])
    }

    /// Whether all options of a mask are chosen.
    fn contains(&mut self, slot: Slot, mask: u64) -> Made {
        let (mut all, mut left) = (TRUE, mask);
        for (level, group, counted) in self.levels.groups(slot).into_iter().rev() {
            if group & mask == group {
                left &= !group;
                let count = if counted { group.count_ones() as usize + 1 } else { 2 };
                let chosen = self.literal(level, count - 1, count, &[]);
                all = self.and(chosen, all)?;
            }
        }
        // Options that can never be chosen.
        let all = if left == 0 { all } else { FALSE };
        self.of_set(slot, all, FALSE, FALSE)
    }

    fn count_chosen(&mut self, slot: Slot) -> Made {
        let zero = self.number(Number::ZERO);
        let mut sum = zero;
        for (level, group, counted) in self.levels.groups(slot).into_iter().rev() {
            if !counted {
                return Err(Halt::Numbers);
            }
            let counts = 0..=i64::from(group.count_ones());
            let kids: Vec<Ref> = counts.map(|count| self.number(Number::whole(count))).collect();
            let own = self.store.make(level, &kids, &[]);
            sum = self.two(Code::Arithmetic(Operator::Add), own, sum)?;
        }
        self.of_set(slot, sum, zero, NOT_APPLICABLE)
    }

    /// Whether a set of options is exactly this one.
    fn is_exactly(&mut self, slot: Slot, set: u64) -> Made {
        let (mut all, mut left) = (TRUE, set);
        for (level, group, counted) in self.levels.groups(slot).into_iter().rev() {
            left &= !group;
            let part = group & set;
            if part != 0 && part != group {
                return Err(Halt::Numbers);
            }
            let count = if counted { group.count_ones() as usize + 1 } else { 2 };
            let at = if part == 0 { 0 } else { count - 1 };
            let is = self.literal(level, at, count, &[]);
            all = self.and(is, all)?;
        }
        let all = if left == 0 { all } else { FALSE };
        self.of_set(slot, all, FALSE, FALSE)
    }

    /// The slot of an open set of options, where a node is the answer itself.
    fn set_of(&self, node: NodeId, item: u32) -> Option<Slot> {
        let slot = match self.program.op(node) {
            Op::Answer(question) => question.0,
            Op::Field(list, field) => self.world.list(*list).slot(item, *field),
            _ => return None,
        };
        is_set(&self.world, slot).then_some(slot)
    }

    // ---- lists

    /// Whether a list has this item.
    fn has_item(&mut self, list: QuestionId, item: u32) -> Made {
        let length = self.answer(list.0)?;
        let item = self.number(Number::whole(i64::from(item)));
        self.two(Code::Order(Order::MoreThan), length, item)
    }

    fn sum(&mut self, list: QuestionId, field: u32) -> Made {
        let length = self.answer(list.0)?;
        let zero = self.number(Number::ZERO);
        let aggregate = self.world.aggregate_of(list, field).map(|aggregate| aggregate.sum);
        let sum = match aggregate {
            Some(aggregate) => {
                let sum = self.answer(aggregate)?;
                let none = self.value(Value::None);
                let is_none = self.two(Code::Equal, length, none)?;
                self.if_else(is_none, zero, sum)?
            }
            None => {
                let mut sum = zero;
                for item in 0..self.world.list(list).items {
                    let one = self.answer(self.world.list(list).slot(item, field))?;
                    let once = self.store.cut_at(&Number::ONE);
                    let one = self.one(Code::Weighted(once), one)?;
                    let there = self.has_item(list, item)?;
                    let one = self.if_else(there, one, zero)?;
                    sum = self.two(Code::Arithmetic(Operator::Add), sum, one)?;
                }
                sum
            }
        };
        let lapses = self.two(Code::Equal, length, NOT_APPLICABLE)?;
        self.if_else(lapses, NOT_APPLICABLE, sum)
    }

    fn quantified(&mut self, all: bool, list: QuestionId, body: NodeId) -> Made {
        let mut found = if all { TRUE } else { FALSE };
        let below = self.program.bodies.get(&body).cloned().unwrap_or_default();
        for item in (0..self.world.list(list).items).rev() {
            for node in &below {
                self.node_in(*node, item)?;
            }
            let there = self.has_item(list, item)?;
            let holds = self.known(body, item)?;
            found = if all {
                let gone = self.not(there)?;
                let fine = self.or(gone, holds)?;
                self.and(fine, found)?
            } else {
                let fine = self.and(there, holds)?;
                self.or(fine, found)?
            };
        }
        Ok(found)
    }

    // ---- nodes

    /// Sets what a node is, without building it.
    pub(crate) fn put(&mut self, node: NodeId, made: Ref) {
        self.done.insert((node, 0), made);
    }

    /// The diagram of a node, where it is built.
    pub(crate) fn built(&self, node: NodeId, item: u32) -> Option<Ref> {
        self.done.get(&(node, item)).copied()
    }

    fn known(&self, node: NodeId, item: u32) -> Made {
        let item = if self.program.in_item.get(node.index()).copied().unwrap_or(false) { item } else { 0 };
        self.done.get(&(node, item)).copied().ok_or(Halt::Numbers)
    }

    /// The diagram of a node. Operands first, without recursion: rules may be long chains.
    pub(crate) fn node(&mut self, node: NodeId) -> Made {
        let mut stack = vec![(node, false)];
        while let Some((at, ready)) = stack.pop() {
            if self.done.contains_key(&(at, 0)) {
                continue;
            }
            if ready {
                let made = self.make(at, 0)?;
                self.done.insert((at, 0), made);
                continue;
            }
            stack.push((at, true));
            self.needs(at, &mut |operand| stack.push((operand, false)));
        }
        self.known(node, 0)
    }

    /// A node inside a condition over items; its operands are built.
    fn node_in(&mut self, node: NodeId, item: u32) -> Made {
        if let Some(made) = self.done.get(&(node, item)) {
            return Ok(*made);
        }
        let made = self.make(node, item)?;
        self.done.insert((node, item), made);
        Ok(made)
    }

    /// What must be built before a node can be.
    fn needs(&self, node: NodeId, visit: &mut dyn FnMut(NodeId)) {
        let program = self.program;
        match program.op(node) {
            Op::Quantified { body, .. } => {
                let inside = program.bodies.get(body).map(Vec::as_slice).unwrap_or_default();
                let is_inside = |node: NodeId| program.in_item.get(node.index()).copied().unwrap_or(false);
                let mut outside = |node: NodeId| {
                    if !is_inside(node) {
                        visit(node);
                    }
                };
                outside(*body);
                for node in inside {
                    program.op(*node).operands(&mut outside);
                }
            }
            Op::Order(of, _, by) if self.is_threshold(*of, *by) => {
                if let Some((sums, weights, all)) = self.mean_of(*of) {
                    sums.iter().chain(weights).copied().for_each(&mut *visit);
                    visit(all);
                }
            }
            Op::Contains(of, _) | Op::HasValue(of) | Op::CountChosen(of) if self.set_of(*of, 0).is_some() => {
            }
            Op::Equals(of, others) if self.set_of(*of, 0).is_some() => others.iter().copied().for_each(visit),
            op => op.operands(visit),
        }
    }

    fn make(&mut self, node: NodeId, item: u32) -> Made {
        let program = self.program;
        let op = program.op(node);
        match op {
            Op::Constant(value) => Ok(self.value(value.clone())),
            Op::ReferenceDate => Ok(self.value(Value::Date(self.world.reference_date))),
            Op::Answer(question) => {
                // A set is examined option by option.
                if is_set(&self.world, question.0) { Ok(NOT_APPLICABLE) } else { self.answer(question.0) }
            }
            Op::Field(list, field) => {
                let slot = self.world.list(*list).slot(item, *field);
                if is_set(&self.world, slot) { Ok(NOT_APPLICABLE) } else { self.answer(slot) }
            }
            Op::CountItems(list) => {
                let length = self.answer(list.0)?;
                let (none, zero) = (self.value(Value::None), self.number(Number::ZERO));
                let is_none = self.two(Code::Equal, length, none)?;
                self.if_else(is_none, zero, length)
            }
            Op::Sum(list, field) => self.sum(*list, *field),
            Op::Quantified { all, list, body } => self.quantified(*all, *list, *body),
            Op::And(of) => {
                let mut all = TRUE;
                for operand in of.iter().rev() {
                    let holds = self.known(*operand, item)?;
                    all = self.and(holds, all)?;
                }
                Ok(all)
            }
            Op::Or(of) => {
                let mut one = FALSE;
                for operand in of.iter().rev() {
                    let holds = self.known(*operand, item)?;
                    one = self.or(holds, one)?;
                }
                Ok(one)
            }
            Op::Not(of) => {
                let holds = self.known(*of, item)?;
                self.not(holds)
            }
            Op::AtLeast(count, of) => self.at_least(*count as usize, of, item),
            Op::Equals(of, others) => self.equals(*of, others, item),
            Op::Order(of, order, by) if self.is_threshold(*of, *by) => {
                match self.threshold(*of, *order, *by)? {
                    Some(made) => Ok(made),
                    None => {
                        let (of, by) = (self.node(*of)?, self.node(*by)?);
                        self.two(Code::Order(*order), of, by)
                    }
                }
            }
            Op::Order(a, order, b) => {
                let (a, b) = (self.known(*a, item)?, self.known(*b, item)?);
                self.two(Code::Order(*order), a, b)
            }
            Op::Contains(of, mask) if self.set_of(*of, item).is_some() => {
                self.contains(self.set_of(*of, item).unwrap_or_default(), *mask)
            }
            Op::HasValue(of) if self.set_of(*of, item).is_some() => {
                self.of_set(self.set_of(*of, item).unwrap_or_default(), TRUE, FALSE, FALSE)
            }
            Op::CountChosen(of) if self.set_of(*of, item).is_some() => {
                self.count_chosen(self.set_of(*of, item).unwrap_or_default())
            }
            Op::Contains(of, _)
            | Op::HasValue(of)
            | Op::CountChosen(of)
            | Op::LevelScore(of, _)
            | Op::ShiftDays(of, _)
            | Op::ShiftMonths(of, _)
            | Op::YearOf(of)
            | Op::Recode(of, _)
            | Op::Line(of, _)
            | Op::ActiveWeight(of, _)
            | Op::Weighted(of, _) => {
                let of = self.known(*of, item)?;
                self.one(Code::Node(node), of)
            }
            Op::Arithmetic(a, operator, b) => {
                let (a, b) = (self.known(*a, item)?, self.known(*b, item)?);
                self.two(Code::Arithmetic(*operator), a, b)
            }
            Op::Quotient(a, b) => {
                let (a, b) = (self.known(*a, item)?, self.known(*b, item)?);
                self.two(Code::Quotient, a, b)
            }
            Op::LookUp(_, keys) => {
                let mut all = None;
                for key in keys {
                    let key = self.known(*key, item)?;
                    all = Some(match all {
                        None => self.one(Code::Single, key)?,
                        Some(before) => self.two(Code::Pair, before, key)?,
                    });
                }
                self.one(Code::Node(node), all.unwrap_or(FALSE))
            }
            Op::FirstTrue(of) => {
                let mut first = self.value(choice(of.len()));
                for (at, operand) in of.iter().enumerate().rev() {
                    let (holds, here) = (self.known(*operand, item)?, self.value(choice(at)));
                    first = self.if_else(holds, here, first)?;
                }
                Ok(first)
            }
            Op::Pick(at, of) => self.pick(*at, of, item),
            Op::Combine(how, parts) => self.combine(*how, parts, item),
            Op::OnlyIf(condition, of) => {
                let (holds, of) = (self.known(*condition, item)?, self.known(*of, item)?);
                self.if_else(holds, of, NOT_APPLICABLE)
            }
            Op::Plus(of) => {
                let mut sum = self.number(Number::ZERO);
                for operand in of.iter().rev() {
                    let one = self.known(*operand, item)?;
                    sum = self.two(Code::Arithmetic(Operator::Add), one, sum)?;
                }
                Ok(sum)
            }
        }
    }

    /// Condition by condition: whether at least none, one, two, … of those so far hold.
    fn at_least(&mut self, count: usize, of: &[NodeId], item: u32) -> Made {
        let mut row = vec![FALSE; count + 1];
        if let Some(none) = row.first_mut() {
            *none = TRUE;
        }
        for operand in of.iter().rev() {
            let holds = self.known(*operand, item)?;
            for at in (1..=count).rev() {
                let (fewer, own) = (row.get(at - 1).copied(), row.get(at).copied());
                let (Some(fewer), Some(own)) = (fewer, own) else { continue };
                let with = self.and(holds, fewer)?;
                let either = self.or(own, with)?;
                if let Some(place) = row.get_mut(at) {
                    *place = either;
                }
            }
        }
        Ok(row.last().copied().unwrap_or(TRUE))
    }

    fn equals(&mut self, of: NodeId, others: &[NodeId], item: u32) -> Made {
        let mut found = FALSE;
        if let Some(slot) = self.set_of(of, item) {
            for other in others {
                let is = match self.program.op(*other) {
                    Op::Constant(Value::None) => self.of_set(slot, FALSE, TRUE, FALSE)?,
                    Op::Constant(Value::NotApplicable) => self.of_set(slot, FALSE, FALSE, TRUE)?,
                    Op::Constant(Value::Choices(set)) => self.is_exactly(slot, *set)?,
                    _ => return Err(Halt::Numbers),
                };
                found = self.or(found, is)?;
            }
            return Ok(found);
        }
        let of = self.known(of, item)?;
        for other in others {
            let other = self.known(*other, item)?;
            let is = self.two(Code::Equal, of, other)?;
            found = self.or(found, is)?;
        }
        Ok(found)
    }

    /// For each end of the place; where a missing row leaves several places, any of the values there.
    fn pick(&mut self, at: NodeId, of: &[NodeId], item: u32) -> Made {
        let at = self.known(at, item)?;
        let mut picked = None;
        for end in self.store.below(at).1.into_iter().rev() {
            let places = self.possible(end).values(usize::MAX);
            let all: Vec<u16> = (0..).take(of.len()).collect();
            let places = places.map_or(all, |values| values.iter().filter_map(place).collect());
            let mut here = None;
            for place in places {
                let one = match of.get(usize::from(place)) {
                    Some(node) => self.known(*node, item)?,
                    None => NOT_APPLICABLE,
                };
                here = Some(match here {
                    None => one,
                    Some(before) => self.two(Code::Join, before, one)?,
                });
            }
            let here = here.unwrap_or(NOT_APPLICABLE);
            picked = Some(match picked {
                None => here,
                Some(rest) => {
                    let is = self.one(Code::Is(end), at)?;
                    self.if_else(is, here, rest)?
                }
            });
        }
        Ok(picked.unwrap_or(NOT_APPLICABLE))
    }

    fn combine(&mut self, how: Combining, parts: &[(NodeId, Number)], item: u32) -> Made {
        if matches!(how, Combining::Highest | Combining::Lowest) {
            let code = if how == Combining::Highest { Code::Highest } else { Code::Lowest };
            let mut best = NOT_APPLICABLE;
            for (node, _) in parts.iter().rev() {
                let one = self.known(*node, item)?;
                best = self.two(code, one, best)?;
            }
            return Ok(best);
        }
        let zero = self.number(Number::ZERO);
        let (mut sum, mut weights) = (zero, zero);
        for (node, weight) in parts.iter().rev() {
            let mut score = self.known(*node, item)?;
            if how == Combining::ShareOfYes {
                score = self.one(Code::OnlyYes, score)?;
            }
            let by = self.store.cut_at(weight);
            let weighted = self.one(Code::Weighted(by), score)?;
            let active = self.one(Code::Active(by), score)?;
            sum = self.two(Code::Arithmetic(Operator::Add), weighted, sum)?;
            weights = self.two(Code::Arithmetic(Operator::Add), active, weights)?;
        }
        self.two(Code::Arithmetic(Operator::Divide), sum, weights)
    }

    // ---- ends

    fn ends(&mut self, code: Code, [a, b, c]: [Ref; 3]) -> Made {
        match code {
            Code::And | Code::Or => Ok(EITHER),
            Code::IfElse => self.two(Code::Join, b, c),
            Code::Join => {
                let joined = self.possible(a).join(&self.possible(b));
                Ok(self.one_of(joined))
            }
            Code::Order(order) => self.order_ends(a, order, b),
            Code::Equal => self.equal_ends(a, b),
            Code::Arithmetic(operator) => self.arithmetic_ends(a, operator, b),
            Code::Highest | Code::Lowest => self.extreme(code, a, b),
            Code::Pair => {
                let mut parts = self.terms.parts(a);
                parts.push(b);
                Ok(self.terms.of(Term::Tuple(parts)))
            }
            Code::Single => Ok(self.terms.of(Term::Tuple(vec![a]))),
            Code::Node(node) => self.node_end(node, a),
            Code::OnlyYes => match self.terms.value(a) {
                Some(Value::Level(level)) => {
                    let score = operations::level_score(*level, &Number::ZERO);
                    Ok(self.number(score))
                }
                Some(_) => Ok(NOT_APPLICABLE),
                None => {
                    let lifted = self.lifted(&Op::LevelScore(NodeId(0), Number::ZERO), &[a]);
                    Ok(self.one_of(lifted))
                }
            },
            Code::Weighted(weight) => {
                let weight = self.store.cut(weight).clone();
                self.weighted_end(a, &weight)
            }
            Code::Active(weight) => {
                let weight = self.store.cut(weight).clone();
                self.active_end(a, weight)
            }
            Code::Quotient => {
                let known = |of: Ref| !matches!(self.terms.get(of), Some(Term::OneOf(_) | Term::Missing(..)));
                if known(a) && known(b) {
                    return self.arithmetic_ends(a, Operator::Divide, b);
                }
                let lifted = self.lifted(&Op::Quotient(NodeId(0), NodeId(1)), &[a, b]);
                Ok(self.one_of(lifted))
            }
            Code::Is(end) => Ok(if a == end { TRUE } else { FALSE }),
            Code::Sums(how) => Ok(self.sums_end(how, a, b)),
        }
    }

    pub(crate) fn weighted_end(&mut self, of: Ref, weight: &Number) -> Made {
        match self.terms.get(of) {
            Some(Term::Value(Value::Number(score))) => {
                let weighted = score.mul(weight);
                Ok(self.number(weighted))
            }
            Some(Term::Value(_)) => Ok(self.number(Number::ZERO)),
            Some(Term::Form(form)) => {
                let weighted = form.scale(weight);
                Ok(self.form(weighted))
            }
            _ => {
                let lifted = self.lifted(&Op::Weighted(NodeId(0), weight.clone()), &[of]);
                Ok(self.one_of(lifted))
            }
        }
    }

    pub(crate) fn active_end(&mut self, of: Ref, weight: Number) -> Made {
        match self.terms.get(of) {
            Some(Term::Value(value)) => {
                let active = if value.has_value() { weight } else { Number::ZERO };
                Ok(self.number(active))
            }
            Some(Term::Form(_)) => Ok(self.number(weight)),
            _ => {
                let lifted = self.lifted(&Op::ActiveWeight(NodeId(0), weight), &[of]);
                Ok(self.one_of(lifted))
            }
        }
    }

    /// What an operation of the program makes of a known operand.
    fn node_end(&mut self, node: NodeId, of: Ref) -> Made {
        let program = self.program;
        let op = program.op(node);
        if let Op::LookUp(table, keys) = op {
            let parts = self.terms.parts(of);
            return self.look_up(*table, keys.len(), &parts);
        }
        self.op_end(op, of)
    }

    /// The same for an operation of one operand that is not a look-up.
    pub(crate) fn op_end(&mut self, op: &Op, of: Ref) -> Made {
        match self.terms.get(of).cloned() {
            Some(Term::Value(value)) => {
                let mut operand = None;
                op.operands(|node| operand = Some(node));
                // Operations that read answers and lists are built, not applied.
                let of = |node| if Some(node) == operand { &value } else { &Value::NotApplicable };
                let known = Known { of: &of, date: self.world.reference_date };
                match operations::apply(self.program, op, &known) {
                    Ok(value) => Ok(self.value(value)),
                    Err(operations::Gap) => Ok(EITHER),
                }
            }
            Some(Term::Form(form)) => self.node_of_form(op, of, &form),
            _ => self.lifted_one(op, of),
        }
    }

    /// An operation of one operand on what an end can be.
    pub(crate) fn lifted_one(&mut self, op: &Op, of: Ref) -> Made {
        let lifted = self.lifted(&alone(op), &[of]);
        Ok(self.one_of(lifted))
    }
}

/// An operation with its one operand at node 0.
fn alone(op: &Op) -> Op {
    let node = NodeId(0);
    match op.clone() {
        Op::LevelScore(_, partly) => Op::LevelScore(node, partly),
        Op::Contains(_, mask) => Op::Contains(node, mask),
        Op::HasValue(_) => Op::HasValue(node),
        Op::CountChosen(_) => Op::CountChosen(node),
        Op::ShiftDays(_, days) => Op::ShiftDays(node, days),
        Op::ShiftMonths(_, months) => Op::ShiftMonths(node, months),
        Op::YearOf(_) => Op::YearOf(node),
        Op::Recode(_, map) => Op::Recode(node, map),
        Op::Line(_, points) => Op::Line(node, points),
        Op::ActiveWeight(_, weight) => Op::ActiveWeight(node, weight),
        Op::Weighted(_, weight) => Op::Weighted(node, weight),
        other => other,
    }
}

fn place(value: &Value) -> Option<u16> {
    match value {
        Value::Choice(at) => Some(*at),
        _ => None,
    }
}

fn choice(at: usize) -> Value {
    Value::Choice(u16::try_from(at).unwrap_or(u16::MAX))
}

/// The day of this number.
pub(crate) fn day(number: &Number) -> Value {
    Value::Date(super::faces::day(number))
}
