//! Over all completions of the open answers: which results can occur? Exact, by splitting what is asked.
//!
//! [`Solver::solve`] answers for a few nodes jointly:
//! 1. evaluate over sets of possible values; what is known there is done;
//! 2. nodes that share no open answer are solved apart, and combined;
//! 3. a node whose operands fall apart is solved operand by operand, keeping only what the node makes of them (sums,
//!    truths), so that many combinations become few results;
//! 4. else one open answer is split: a finite one value by value, a number where a comparison turns.
//!
//! `layer` does the same for the whole verdict. Every step counts; at the limit the search stops and the caller answers
//! with what the sets alone say.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::asked::Asked;
use crate::distinct::Distinct;
use crate::evaluate;
use crate::lift::{Lift, Split};
use crate::linear::{self, Grid};
use crate::maker::{Maker, State, unset};
use crate::memo::{self, Kept};
use crate::number::Number;
use crate::possible::{Core, Line, Possible, Range, Set, Slot};
use crate::program::{NodeId, Op, Program};
use crate::value::Value;
use crate::world::World;

/// The search ended at its limit, while looking at this open answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    /// The answer, when there was one.
    pub slot: Option<Slot>,
}

/// How a result comes about: what open answers were narrowed to. A witness.
pub type Path = Option<Rc<Turn>>;

/// One step of a path.
#[derive(Debug)]
pub enum Turn {
    /// A slot was narrowed.
    Set(Slot, Possible, Path),
    /// A line is at least 0.
    Relation(Line, Path),
    /// Both.
    Both(Path, Path),
}

pub(crate) fn both(a: &Path, b: &Path) -> Path {
    match (a, b) {
        (None, other) | (other, None) => other.clone(),
        _ => Some(Rc::new(Turn::Both(a.clone(), b.clone()))),
    }
}

/// One possible result: a value for everything that was asked, and a witness.
#[derive(Debug, Clone)]
pub struct Row {
    /// In the order asked. Known, or a number that is linear in open answers.
    pub values: Vec<Possible>,
    /// How it comes about.
    pub path: Path,
}

/// Rows, each combination of values once; in the order found.
#[derive(Debug, Default)]
pub struct Rows(Distinct<Vec<Possible>, Path>);

impl Rows {
    /// Adds a row unless its values are there already.
    pub fn push(&mut self, row: Row) {
        self.0.push(row.values, || row.path);
    }

    /// The rows.
    #[must_use]
    pub fn into_vec(self) -> Vec<Row> {
        self.0.into_vec().into_iter().map(|(values, path)| Row { values, path }).collect()
    }
}

/// What one look at the nodes gives.
#[derive(Debug)]
pub struct Look {
    /// Per node asked.
    pub values: Vec<Possible>,
    /// Per node asked the open slots it may depend on, ascending.
    pub slots: Vec<Vec<Slot>>,
    /// Undecided comparisons.
    pub splits: Vec<Split>,
}

/// Whether nothing is left to split in a value.
#[must_use]
pub fn settled(value: &Possible) -> bool {
    match value {
        Possible::Known(_) => true,
        Possible::Open(Set { none: false, not_applicable: false, core: Core::Range(range) }) => {
            range.line.is_some()
        }
        Possible::Open(_) => false,
    }
}

/// Evaluates one program over one proposal's answers, as often as asked.
pub struct Solver<'p> {
    /// The rules.
    pub program: &'p Program,
    /// The answers; narrowed and restored while splitting.
    pub world: World,
    /// Slots with a second copy, ascending.
    pub copies: Vec<(Slot, Slot)>,
    /// Steps taken.
    pub steps: u64,
    /// Steps allowed.
    pub limit: u64,
    /// Numbers with few answers are split one by one from the start: slower, and never in doubt about the grid.
    pub enumerate: bool,
    /// Something was kept as possible of which no witness was found.
    pub inexact: bool,
    /// Nodes that read the same in both copies; empty when there is one copy only.
    pub shared: Rc<Vec<bool>>,
    /// Where comparisons turn, per slot: the least answer on the far side.
    pub turns: BTreeMap<Slot, BTreeSet<Number>>,
    /// Slots of which the turns do not tell all: numbers that were compared together, or halved.
    pub tied: BTreeSet<Slot>,
    /// Missing rows that were asked for.
    pub gaps: BTreeSet<(u32, Vec<Value>)>,
    values: [Vec<Possible>; 2],
    marks: Vec<u32>,
    mark: u32,
    /// What was found before, and the place of the world's layout in it.
    pub(crate) memo: memo::Shared,
    pub(crate) layout: usize,
}

impl<'p> Solver<'p> {
    /// A solver.
    #[must_use]
    pub fn new(program: &'p Program, world: World, limit: u64) -> Self {
        Self::sharing(program, world, limit, memo::Shared::default())
    }

    /// One that knows what others about the same program and proposal found.
    #[must_use]
    pub(crate) fn sharing(program: &'p Program, world: World, limit: u64, memo: memo::Shared) -> Self {
        let layout = memo.borrow_mut().layout(&world);
        let blank = vec![Possible::Known(Value::NotApplicable); program.nodes.len()];
        Self {
            program,
            world,
            copies: Vec::new(),
            steps: 0,
            limit,
            inexact: false,
            enumerate: false,
            shared: Rc::new(Vec::new()),
            turns: BTreeMap::new(),
            tied: BTreeSet::new(),
            gaps: BTreeSet::new(),
            values: [blank.clone(), blank],
            marks: vec![0; program.nodes.len()],
            mark: 0,
            memo,
            layout,
        }
    }

    /// Counts one combination.
    ///
    /// # Errors
    /// When the limit is reached.
    pub fn step(&mut self, slot: Option<Slot>) -> Result<(), Stop> {
        self.steps += 1;
        if self.steps > self.limit { Err(Stop { slot }) } else { Ok(()) }
    }

    fn fresh_mark(&mut self) -> u32 {
        self.mark += 1;
        self.mark
    }

    /// Marks a node; false when it was marked already.
    fn visit(&mut self, node: NodeId, mark: u32) -> bool {
        match self.marks.get_mut(node.index()) {
            Some(place) if *place != mark => {
                *place = mark;
                true
            }
            _ => false,
        }
    }

    fn values(&self, second: bool) -> &Vec<Possible> {
        let [first, other] = &self.values;
        if second { other } else { first }
    }

    pub(crate) fn value(&self, asked: Asked) -> Possible {
        self.values(asked.second)
            .get(asked.node.index())
            .cloned()
            .unwrap_or(Possible::Known(Value::NotApplicable))
    }

    /// Whether a node's value as it stands is a single one.
    fn is_known(&self, asked: Asked) -> bool {
        self.values(asked.second).get(asked.node.index()).is_none_or(|value| value.known().is_some())
    }

    fn is_shared(&self, node: NodeId) -> bool {
        self.shared.get(node.index()).copied().unwrap_or(false)
    }

    /// What reads the same in both copies is asked in the first.
    pub(crate) fn canonical(&self, asked: Asked) -> Asked {
        Asked { second: asked.second && !self.is_shared(asked.node), ..asked }
    }

    /// Gives some slots a second copy and asks in it for what `second` reads.
    pub fn double(&mut self, slots: &[Slot], question: crate::model::QuestionId) {
        let mut copies = Vec::new();
        for slot in slots {
            let possible = self.world.get(*slot).clone();
            copies.push((*slot, self.world.copy_of(*slot, &possible)));
        }
        copies.sort_unstable();
        self.copies = copies;
        let mut shared = Vec::with_capacity(self.program.nodes.len());
        for op in &self.program.nodes {
            let reads = match op {
                Op::Answer(of)
                | Op::CountItems(of)
                | Op::Field(of, _)
                | Op::Sum(of, _)
                | Op::Quantified { list: of, .. } => *of == question,
                _ => false,
            };
            let mut same = !reads;
            op.operands(|node| same &= shared.get(node.index()).copied().unwrap_or(false));
            shared.push(same);
        }
        self.shared = Rc::new(shared);
    }

    /// Back to one copy; `slots` is the number of slots there were.
    pub fn single(&mut self, slots: usize) {
        self.world.slots.truncate(slots);
        self.world.steps.truncate(slots);
        self.world.given.retain(|slot, _| (*slot as usize) < slots);
        self.copies.clear();
        self.shared = Rc::new(Vec::new());
    }

    /// Sets a node's value, as if it had been evaluated; in both copies where they read the same.
    pub fn put(&mut self, asked: Asked, value: Possible) {
        if !asked.second && self.is_shared(asked.node) {
            let [_, other] = &mut self.values;
            if let Some(place) = other.get_mut(asked.node.index()) {
                *place = value.clone();
            }
        }
        let [first, other] = &mut self.values;
        let values = if asked.second { other } else { first };
        if let Some(place) = values.get_mut(asked.node.index()) {
            *place = value;
        }
    }

    /// The nodes outside lists that are needed for what is asked, without going below `stops`; ascending.
    pub fn plan(&mut self, asked: &[Asked], stops: &[Asked], second: bool) -> Vec<NodeId> {
        let mark = self.fresh_mark();
        for stop in stops {
            if stop.second == second || self.is_shared(stop.node) {
                self.visit(stop.node, mark);
            }
        }
        let mut found = Vec::new();
        let mut stack: Vec<NodeId> = asked.iter().filter(|a| a.second == second).map(|a| a.node).collect();
        while let Some(node) = stack.pop() {
            if !self.visit(node, mark) {
                continue;
            }
            if !self.program.in_item.get(node.index()).copied().unwrap_or(false) {
                found.push(node);
            }
            self.program.op(node).operands(|operand| stack.push(operand));
        }
        found.sort_unstable();
        found
    }

    /// Runs a plan.
    pub fn run(&mut self, plan: &[NodeId], second: bool, splits: &RefCell<Vec<Split>>) {
        let gaps = RefCell::new(Vec::new());
        let [first, other] = &mut self.values;
        let copies: &[(Slot, Slot)] = if second { &self.copies } else { &[] };
        let mut lift =
            Lift { program: self.program, world: &self.world, item: 0, copies, splits, gaps: &gaps };
        evaluate::run(self.program, &mut lift, plan, if second { other } else { first });
        self.gaps.extend(gaps.into_inner());
    }

    fn run_inner(&mut self, asked: Asked, splits: &RefCell<Vec<Split>>) {
        let Some(item) = asked.item else { return };
        let mark = self.fresh_mark();
        let mut inner = Vec::new();
        let mut stack = vec![asked.node];
        while let Some(node) = stack.pop() {
            if self.program.in_item.get(node.index()).copied().unwrap_or(false) && self.visit(node, mark) {
                inner.push(node);
                self.program.op(node).operands(|operand| stack.push(operand));
            }
        }
        inner.sort_unstable();
        for node in inner {
            let value = self.apply(Asked { node, item: Some(item), second: asked.second }, splits);
            self.put(Asked { node, item: Some(item), second: asked.second }, value);
        }
    }

    /// Applies one node to the values of its operands as they stand.
    fn apply(&mut self, asked: Asked, splits: &RefCell<Vec<Split>>) -> Possible {
        let gaps = RefCell::new(Vec::new());
        let copies: &[(Slot, Slot)] = if asked.second { &self.copies } else { &[] };
        let lift = Lift {
            program: self.program,
            world: &self.world,
            item: asked.item.unwrap_or(0),
            copies,
            splits,
            gaps: &gaps,
        };
        let value = lift.apply(self.program.op(asked.node), self.values(asked.second), &[]);
        self.gaps.extend(gaps.into_inner());
        value
    }

    /// Evaluates what is asked over the present sets.
    pub fn look(&mut self, asked: &[Asked]) -> Look {
        let splits = RefCell::new(Vec::new());
        for second in [false, true] {
            if asked.iter().any(|a| a.second == second) {
                let plan = self.plan(asked, &[], second);
                self.run(&plan, second, &splits);
            }
        }
        let mut values = Vec::with_capacity(asked.len());
        let mut slots = Vec::with_capacity(asked.len());
        for one in asked {
            self.run_inner(*one, &splits);
            let value = self.refresh(&self.value(*one));
            slots.push(match &value {
                Possible::Known(_) => Vec::new(),
                value if settled(value) => self.slots_of_line(value),
                _ => self.live(*one),
            });
            values.push(value);
        }
        for slots in &mut slots {
            self.related(slots);
        }
        Look { values, slots, splits: splits.into_inner() }
    }

    /// Adds the open slots that relations tie to these: what hangs on one is not independent of what hangs on another.
    fn related(&self, slots: &mut Vec<Slot>) {
        if slots.is_empty() {
            return;
        }
        loop {
            let before = slots.len();
            for relation in &self.world.relations {
                if relation.terms.iter().any(|(slot, _)| slots.binary_search(slot).is_ok()) {
                    let tied = relation.terms.iter().map(|(slot, _)| *slot);
                    slots.extend(tied.filter(|slot| self.world.get(*slot).known().is_none()));
                    slots.sort_unstable();
                    slots.dedup();
                }
            }
            if slots.len() == before {
                return;
            }
        }
    }

    /// The open slots of a linear value: it must not be parted from what else depends on them.
    fn slots_of_line(&self, value: &Possible) -> Vec<Slot> {
        let range = value.as_range();
        let line = range.and_then(|range| range.line).unwrap_or_default();
        let slots = line.terms.iter().map(|(slot, _)| *slot);
        slots.filter(|slot| self.world.get(*slot).known().is_none()).collect()
    }

    /// The open slots that a node may depend on: below it, but not below what is known.
    pub(crate) fn live(&mut self, asked: Asked) -> Vec<Slot> {
        let mark = self.fresh_mark();
        let mut found = Vec::new();
        let mut stack = vec![asked.node];
        while let Some(node) = stack.pop() {
            if !self.visit(node, mark) {
                continue;
            }
            if self.is_known(Asked { node, ..asked }) {
                continue;
            }
            let program = self.program;
            let op = program.op(node);
            self.own_slots(op, asked, &mut found);
            if let Op::Quantified { list, body, .. } = op {
                self.body_slots(*list, *body, asked, &mut found, &mut stack);
            } else {
                op.operands(|operand| stack.push(operand));
            }
        }
        found.retain(|slot| self.world.get(*slot).known().is_none());
        found.sort_unstable();
        found.dedup();
        found
    }

    fn slot(&self, slot: Slot, second: bool) -> Slot {
        if !second {
            return slot;
        }
        let at = self.copies.binary_search_by_key(&slot, |(from, _)| *from);
        at.ok().and_then(|at| self.copies.get(at)).map_or(slot, |(_, to)| *to)
    }

    fn item_limit(&self, list: crate::model::QuestionId, second: bool) -> u32 {
        match self.world.get(self.slot(list.0, second)) {
            Possible::Known(Value::Number(n)) => n.to_i64().and_then(|n| u32::try_from(n).ok()).unwrap_or(0),
            Possible::Known(_) => 0,
            Possible::Open(_) => self.world.list(list).items,
        }
    }

    fn own_slots(&self, op: &Op, asked: Asked, found: &mut Vec<Slot>) {
        match op {
            Op::Answer(question) => found.push(self.slot(question.0, asked.second)),
            Op::CountItems(list) | Op::Quantified { list, .. } => found.push(self.slot(list.0, asked.second)),
            Op::Field(list, field) => {
                let slot = self.world.list(*list).slot(asked.item.unwrap_or(0), *field);
                found.push(self.slot(slot, asked.second));
            }
            Op::Sum(list, field) => {
                found.push(self.slot(list.0, asked.second));
                for item in 0..self.item_limit(*list, asked.second) {
                    found.push(self.slot(self.world.list(*list).slot(item, *field), asked.second));
                }
            }
            _ => {}
        }
    }

    fn body_slots(
        &mut self,
        list: crate::model::QuestionId,
        body: NodeId,
        asked: Asked,
        found: &mut Vec<Slot>,
        stack: &mut Vec<NodeId>,
    ) {
        if !self.program.in_item.get(body.index()).copied().unwrap_or(false) {
            stack.push(body);
            return;
        }
        let items = self.item_limit(list, asked.second);
        let program = self.program;
        for node in program.bodies.get(&body).into_iter().flatten() {
            let op = program.op(*node);
            if let Op::Field(list, field) = op {
                for item in 0..items {
                    found.push(self.slot(self.world.list(*list).slot(item, *field), asked.second));
                }
            }
            op.operands(|operand| {
                if !self.program.in_item.get(operand.index()).copied().unwrap_or(false) {
                    stack.push(operand);
                }
            });
        }
    }

    /// All possible results of what is asked, jointly.
    ///
    /// # Errors
    /// When the limit of steps is reached.
    pub fn solve(&mut self, asked: &[Asked]) -> Result<Vec<Row>, Stop> {
        let Some(key) = self.key(asked, None) else { return self.search(asked) };
        let kept = match self.recall(&key) {
            Some(kept) => kept,
            None => self.keep(&key, |this| Ok(Kept::Rows(Rc::new(this.search(asked)?))))?,
        };
        Ok(match kept {
            Kept::Rows(rows) => Rc::unwrap_or_clone(rows),
            Kept::States(_) => Vec::new(),
        })
    }

    fn search(&mut self, asked: &[Asked]) -> Result<Vec<Row>, Stop> {
        let look = self.look(asked);
        self.step(look.slots.iter().flatten().next().copied())?;
        let groups = open_groups(&look);
        if groups.is_empty() {
            let found = self.somewhere().then_some(Row { values: look.values, path: None });
            return Ok(found.into_iter().collect());
        }
        if let [group] = groups.as_slice()
            && group.len() == asked.len()
        {
            if let Some(rows) = self.fold(asked)? {
                return Ok(rows);
            }
            return self.branch(asked, look);
        }
        // Apart, then every combination.
        let mut rows = vec![Row { values: look.values.clone(), path: None }];
        for group in groups {
            let part: Vec<Asked> = group.iter().filter_map(|at| asked.get(*at).copied()).collect();
            let results = self.solve(&part)?;
            let mut next = Vec::with_capacity(rows.len() * results.len());
            for row in &rows {
                for result in &results {
                    self.step(None)?;
                    let mut values = row.values.clone();
                    for (at, value) in group.iter().zip(&result.values) {
                        if let Some(place) = values.get_mut(*at) {
                            *place = value.clone();
                        }
                    }
                    next.push(Row { values, path: both(&row.path, &result.path) });
                }
            }
            rows = next;
        }
        Ok(rows)
    }

    /// The open operands of a node; per item for what walks through a list of known length. None: it has no operands
    /// to look at apart.
    fn operands(&self, asked: Asked) -> Option<Vec<Asked>> {
        let mut found = Vec::new();
        match self.program.op(asked.node) {
            Op::Answer(_) | Op::Field(..) | Op::CountItems(_) | Op::Sum(..) => return None,
            Op::Quantified { list, body, .. } => {
                self.world.get(self.slot(list.0, asked.second)).known()?;
                let inner = self.program.in_item.get(body.index()).copied().unwrap_or(false);
                for item in 0..self.item_limit(*list, asked.second) {
                    found.push(Asked { node: *body, item: inner.then_some(item), second: asked.second });
                }
            }
            op => {
                let chosen = self.chosen(asked);
                op.operands(|node| {
                    let inner = self.program.in_item.get(node.index()).copied().unwrap_or(false);
                    // What is not chosen plays no part.
                    if chosen.is_none_or(|chosen| chosen == node) {
                        let item = if inner { asked.item } else { None };
                        found.push(Asked { node, item, second: asked.second });
                    }
                });
            }
        }
        for child in &mut found {
            *child = self.canonical(*child);
        }
        found.sort_unstable();
        found.dedup();
        Some(found)
    }

    /// Solves operand by operand where the operands fall apart. None: they don't, or not enough.
    pub(crate) fn fold(&mut self, asked: &[Asked]) -> Result<Option<Vec<Row>>, Stop> {
        for one in asked {
            if let Some((selector, alternatives)) = self.open_choice(*one) {
                return if asked.len() == 1 { self.one_by_one(selector, &alternatives) } else { Ok(None) };
            }
        }
        let mut children: Vec<Asked> = Vec::new();
        for one in asked {
            let Some(operands) = self.operands(*one) else { return Ok(None) };
            children.extend(operands);
        }
        children.sort_unstable();
        children.dedup();
        let look = self.look(&children);
        let groups = open_groups(&look);
        let open: Vec<usize> = groups.iter().flatten().copied().collect();
        let all = count(&look.slots, &open);
        let largest = groups.iter().map(|group| count(&look.slots, group)).max().unwrap_or(0);
        let splits_enough = groups.len() > 1 && largest * 4 <= all * 3;
        // Operands that are themselves combinations or conditions, and no more of them than asked: go down to them.
        let goes_down = open.len() <= asked.len()
            && open.iter().all(|at| children.get(*at).is_some_and(|child| self.is_inner(child.node)));
        if !(splits_enough || goes_down) || asked.iter().any(|one| children.contains(one)) {
            return Ok(None);
        }
        let makers: Vec<Maker> =
            asked.iter().map(|one| Maker::new(self.program, &self.shared, *one)).collect();
        let fixed: Vec<(Asked, Possible)> = children
            .iter()
            .zip(&look.values)
            .enumerate()
            .filter(|(at, _)| !open.contains(at))
            .map(|(_, (child, value))| (*child, value.clone()))
            .collect();
        // The highest of linear scores is not linear: split the answers instead.
        let extreme = makers.iter().any(Maker::is_extreme);
        if extreme && fixed.iter().any(|(_, value)| value.known().is_none()) {
            return Ok(None);
        }
        let mut start = Vec::new();
        for maker in &makers {
            start.push(maker.start(self.program, &fixed));
        }
        let mut states = vec![(start, None)];
        for group in groups {
            let part: Vec<Asked> = group.iter().filter_map(|at| children.get(*at).copied()).collect();
            let results = self.solve(&part)?;
            let linear = results.iter().flat_map(|row| &row.values).any(|value| value.known().is_none());
            if linear && extreme {
                return Ok(None);
            }
            states = self.join(&makers, states, &part, &results)?;
        }
        let mut rows = Rows::default();
        for (state, path) in states {
            if !self.finish(asked, &makers, state, path, &mut rows)? {
                // Not to be decided from the operands as they are: split the answers instead.
                return Ok(None);
            }
        }
        Ok(Some(rows.into_vec()))
    }

    /// The selector of a choice among several open alternatives, and the alternatives. Joining the alternatives would
    /// multiply what is never there together.
    fn open_choice(&self, asked: Asked) -> Option<(Asked, Vec<Asked>)> {
        let Op::Pick(at, of) = self.program.op(asked.node) else { return None };
        let here = |node: NodeId| {
            let inner = self.program.in_item.get(node.index()).copied().unwrap_or(false);
            self.canonical(Asked { node, item: if inner { asked.item } else { None }, second: asked.second })
        };
        let selector = here(*at);
        let of: Vec<Asked> = of.iter().map(|node| here(*node)).collect();
        let open = |one: &&Asked| !self.is_known(**one);
        (open(&&selector) && of.iter().filter(open).collect::<BTreeSet<_>>().len() > 1)
            .then_some((selector, of))
    }

    /// The alternative that is chosen, of a choice whose selector is known.
    fn chosen(&self, asked: Asked) -> Option<NodeId> {
        let Op::Pick(at, of) = self.program.op(asked.node) else { return None };
        match self.value(self.canonical(Asked { node: *at, ..asked })) {
            Possible::Known(Value::Choice(at)) => of.get(usize::from(at)).copied(),
            _ => None,
        }
    }

    /// The results of each alternative that can be chosen, where which one is chosen does not hang on the same answers.
    fn one_by_one(&mut self, selector: Asked, alternatives: &[Asked]) -> Result<Option<Vec<Row>>, Stop> {
        let mut all = vec![selector];
        all.extend(alternatives);
        let look = self.look(&all);
        let Some((own, others)) = look.slots.split_first() else { return Ok(None) };
        if others.iter().flatten().any(|slot| own.binary_search(slot).is_ok()) {
            return Ok(None);
        }
        let mut rows = Rows::default();
        for chosen in self.solve(&[selector])? {
            let Some(Possible::Known(Value::Choice(at))) = chosen.values.first() else { return Ok(None) };
            let Some(alternative) = alternatives.get(usize::from(*at)) else { return Ok(None) };
            for row in self.solve(&[*alternative])? {
                rows.push(Row { values: row.values, path: both(&chosen.path, &row.path) });
            }
        }
        Ok(Some(rows.into_vec()))
    }

    /// The open slots on which it hangs which of several alternatives counts, or whether something counts at all: once
    /// they are known, what is asked falls apart. Ascending.
    pub(crate) fn selecting(&mut self, asked: &[Asked]) -> Vec<Slot> {
        let mark = self.fresh_mark();
        let mut selectors = Vec::new();
        let mut stack: Vec<Asked> = asked.to_vec();
        while let Some(one) = stack.pop() {
            if !self.visit(one.node, mark) || self.is_known(one) {
                continue;
            }
            if let Some((selector, _)) = self.open_choice(one) {
                selectors.push(selector);
            }
            if let Op::OnlyIf(condition, _) = self.program.op(one.node) {
                selectors.push(self.canonical(Asked { node: *condition, ..one }));
            }
            self.program.op(one.node).operands(|node| stack.push(self.canonical(Asked { node, ..one })));
        }
        let mut slots: Vec<Slot> = Vec::new();
        for selector in selectors {
            slots.extend(self.live(selector));
        }
        slots.sort_unstable();
        slots.dedup();
        slots
    }

    /// Whether a node combines conditions or scores, so that its results are few.
    fn is_inner(&self, node: NodeId) -> bool {
        matches!(
            self.program.op(node),
            Op::And(_)
                | Op::Or(_)
                | Op::Not(_)
                | Op::AtLeast(..)
                | Op::FirstTrue(_)
                | Op::Pick(..)
                | Op::Combine(..)
                | Op::Plus(_)
                | Op::Weighted(..)
                | Op::ActiveWeight(..)
                | Op::OnlyIf(..)
                | Op::LevelScore(..)
                | Op::Quantified { .. }
                | Op::Order(..)
                | Op::Equals(..)
                | Op::HasValue(_)
                | Op::Contains(..)
        )
    }

    fn join(
        &mut self,
        makers: &[Maker],
        states: Vec<(State, Path)>,
        part: &[Asked],
        results: &[Row],
    ) -> Result<Vec<(State, Path)>, Stop> {
        let mut next = Distinct::default();
        for (state, path) in &states {
            for result in results {
                self.step(None)?;
                let mut state = state.clone();
                for (maker, parts) in makers.iter().zip(&mut state) {
                    maker.take(self.program, parts, part, &result.values);
                }
                next.push(state, || both(path, &result.path));
            }
        }
        Ok(next.into_vec())
    }

    fn finish(
        &mut self,
        asked: &[Asked],
        makers: &[Maker],
        state: State,
        path: Path,
        rows: &mut Rows,
    ) -> Result<bool, Stop> {
        let undo = self.follow(&path, &state);
        let result = self.finish_here(asked, makers, &state, &path, rows);
        self.undo(undo);
        result
    }

    fn finish_here(
        &mut self,
        asked: &[Asked],
        makers: &[Maker],
        state: &State,
        path: &Path,
        rows: &mut Rows,
    ) -> Result<bool, Stop> {
        self.step(None)?;
        let splits = RefCell::new(Vec::new());
        let mut values = Vec::new();
        for ((one, maker), parts) in asked.iter().zip(makers).zip(state) {
            let parts: Vec<Possible> = parts.iter().map(|part| self.refresh(part)).collect();
            values.push(match maker.made(&parts) {
                Some(value) => value,
                None => {
                    for (child, value) in maker.children.iter().zip(parts) {
                        // One that was not asked for plays no part.
                        if value != unset() {
                            self.put(*child, value);
                        }
                    }
                    self.apply(*one, &splits)
                }
            });
        }
        let values: Vec<Possible> = values.iter().map(|value| self.refresh(value)).collect();
        if values.iter().all(settled) {
            if self.somewhere() {
                rows.push(Row { values, path: path.clone() });
            }
            return Ok(true);
        }
        for split in splits.into_inner() {
            let sides = self.sides(&split);
            if sides.is_empty() {
                continue;
            }
            for side in sides {
                let (undo, path) = self.take_side(side, path);
                let result = self.finish_here(asked, makers, state, &path, rows);
                self.undo(undo);
                if !result? {
                    return Ok(false);
                }
            }
            return Ok(true);
        }
        if self.gaps.is_empty() {
            return Ok(false);
        }
        self.give_up(&values, path, rows);
        Ok(true)
    }

    /// Nothing is left to split: what is still not settled can go either way (a missing row), or is kept as it is.
    pub(crate) fn give_up(&mut self, values: &[Possible], path: &Path, rows: &mut Rows) {
        let mut all: Vec<Vec<Possible>> = vec![Vec::new()];
        for value in values {
            let ways = match value.values(64) {
                Some(values) => values.into_iter().map(Possible::Known).collect(),
                None => vec![value.clone()],
            };
            if !settled(value) && self.gaps.is_empty() {
                self.inexact = true;
            }
            all = all
                .into_iter()
                .flat_map(|row| {
                    ways.iter().map(move |way| {
                        let mut row = row.clone();
                        row.push(way.clone());
                        row
                    })
                })
                .collect();
        }
        for values in all {
            rows.push(Row { values, path: path.clone() });
        }
    }

    /// Whether all that is known holds for some answers. True when that cannot be told, which is then noted.
    pub(crate) fn somewhere(&mut self) -> bool {
        if self.world.relations.is_empty() {
            return true;
        }
        match linear::grid_point(&self.world) {
            Grid::Point(_) => true,
            Grid::Nowhere => false,
            Grid::Unknown => {
                self.inexact = true;
                true
            }
        }
    }

    /// The least and greatest that linear values can be, given the relations on their way.
    pub(crate) fn tighten(&mut self, rows: &mut [Row]) {
        for row in rows {
            if row.values.iter().all(|value| value.known().is_some()) {
                continue;
            }
            let mut undo = Undo { slots: Vec::new(), relations: self.world.relations.len() };
            self.walk(&row.path, &mut undo);
            for value in &mut row.values {
                let refreshed = self.refresh(value);
                *value = match refreshed.as_range() {
                    Some(Range { line: Some(line), date, .. }) if !self.world.relations.is_empty() => {
                        match linear::extent(&self.world, &line) {
                            Some((lo, hi)) => Possible::range(lo, hi, date, Some(line)),
                            None => {
                                self.inexact = true;
                                refreshed
                            }
                        }
                    }
                    _ => refreshed,
                };
            }
            self.undo(undo);
        }
    }

    /// Bounds of a linear value follow the world.
    pub fn refresh(&self, value: &Possible) -> Possible {
        match value {
            Possible::Open(Set { none: false, not_applicable: false, core: Core::Range(range) }) => {
                match &range.line {
                    Some(line) => {
                        let (lo, hi) = self.world.bounds(line);
                        Possible::range(lo, hi, range.date, Some(line.clone()))
                    }
                    None => value.clone(),
                }
            }
            _ => value.clone(),
        }
    }

    /// Narrows the world along a path, where a state still depends on open answers. Gives back what to restore.
    pub(crate) fn follow(&mut self, path: &Path, state: &State) -> Undo {
        let mut undo = Undo { slots: Vec::new(), relations: self.world.relations.len() };
        if state.iter().flatten().any(|value| value.known().is_none()) {
            self.walk(path, &mut undo);
        }
        undo
    }

    /// Narrows the world along a path.
    pub fn walk(&mut self, path: &Path, undo: &mut Undo) {
        let mut stack = vec![path.clone()];
        // A later turn on a slot is narrower than an earlier one; paths are built from the end, so the first met is
        // the earliest. They are applied in the order met, the last one staying.
        while let Some(path) = stack.pop() {
            let Some(turn) = path else { continue };
            match turn.as_ref() {
                Turn::Set(slot, possible, rest) => {
                    let old = self.world.set(*slot, possible.clone());
                    undo.slots.push((*slot, old));
                    stack.push(rest.clone());
                }
                Turn::Relation(line, rest) => {
                    self.world.relations.push(line.clone());
                    stack.push(rest.clone());
                }
                Turn::Both(a, b) => {
                    stack.push(b.clone());
                    stack.push(a.clone());
                }
            }
        }
    }

    /// Restores what a path or a side changed.
    pub fn undo(&mut self, undo: Undo) {
        self.world.relations.truncate(undo.relations);
        for (slot, possible) in undo.slots.into_iter().rev() {
            self.world.set(slot, possible);
        }
    }

    /// Splits one open answer.
    fn branch(&mut self, asked: &[Asked], look: Look) -> Result<Vec<Row>, Stop> {
        let mut rows = Rows::default();
        let sides = self.choose(asked, &look);
        if sides.is_empty() {
            self.give_up(&look.values, &None, &mut rows);
            return Ok(rows.into_vec());
        }
        for side in sides {
            let (undo, path) = self.take_side(side, &None);
            let result = self.solve(asked);
            self.undo(undo);
            for row in result? {
                // Once a value is known its witness is the whole path; linear values need their world back later.
                rows.push(Row { path: both(&path, &row.path), values: row.values });
            }
        }
        Ok(rows.into_vec())
    }
}

/// What to restore after narrowing.
#[derive(Debug)]
pub struct Undo {
    /// Slots and what they were.
    pub slots: Vec<(Slot, Possible)>,
    /// How many relations there were.
    pub relations: usize,
}

/// One side of a split.
#[derive(Debug, Clone)]
pub enum Side {
    /// A slot narrowed to this.
    Slot(Slot, Possible),
    /// A line at least 0.
    Relation(Line),
}

/// What is not settled, with the linear values that share open slots with it, in groups that share none.
#[must_use]
pub fn open_groups(look: &Look) -> Vec<Vec<usize>> {
    let slots = |at: &usize| look.slots.get(*at).is_some_and(|slots| !slots.is_empty());
    let unsettled = |at: &usize| look.values.get(*at).is_some_and(|value| !settled(value));
    let places: Vec<usize> = (0..look.values.len()).filter(|at| slots(at) || unsettled(at)).collect();
    let groups = groups(&places, &look.slots).into_iter();
    groups.filter(|group| group.iter().any(unsettled)).collect()
}

/// Places that share an open slot, together; in order of their first place.
#[must_use]
pub fn groups(places: &[usize], slots: &[Vec<Slot>]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(Vec<usize>, BTreeSet<Slot>)> = Vec::new();
    for place in places {
        let own: BTreeSet<Slot> = slots.get(*place).into_iter().flatten().copied().collect();
        let mut joined = (vec![*place], own);
        let mut apart = Vec::new();
        for group in groups {
            if group.1.iter().any(|slot| joined.1.contains(slot)) {
                joined.0.extend(group.0);
                joined.1.extend(group.1);
            } else {
                apart.push(group);
            }
        }
        apart.push(joined);
        groups = apart;
    }
    let mut groups: Vec<Vec<usize>> = groups.into_iter().map(|(places, _)| places).collect();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort();
    groups
}

fn count(slots: &[Vec<Slot>], places: &[usize]) -> usize {
    let all: BTreeSet<Slot> = places.iter().filter_map(|at| slots.get(*at)).flatten().copied().collect();
    all.len()
}
