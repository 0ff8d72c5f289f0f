//! How far one number of the rules can move while a settled outcome stands, over all completions of what is open.
//!
//! What moves are the nodes between the number and the outcome. What they read besides, their border, does not move:
//! the search gives every combination of values that it can have, and each is walked through separately.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagram::reach::Unsure;
use crate::diagram::{Engine, over_sets, sample};
use crate::evaluate::possible::{Core, Possible, Set};
use crate::evaluate::walk;
use crate::evaluate::walk::Exact;
use crate::evaluate::world::World;
use crate::firmness::moving::{End, Form, Lost, Moved, Walk, written};
use crate::firmness::sites::{self, Found, Site};
use crate::limits::budget::Budget;
use crate::limits::provisional::ProvisionalReason;
use crate::program::compile::{above, compile};
use crate::program::nodes::{NodeId, Op, Program};
use crate::rules::model::{Model, Order};
use crate::value::number::Number;
use crate::value::values::Value;

/// A row with more linear scores than this is not split by their ends.
const MOST_LINEAR: usize = 6;

/// Asking numbers value by value may take at most this fraction of the steps that are left (1 in so many).
const SPELLED_PART: u64 = 20;

/// Which way a result may err.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// Not at all.
    Exact,
    /// It may be narrower than it need be: some completions that were counted may not exist.
    Narrow,
    /// It may be wider than it is: only some completions were looked at.
    Wide,
    /// Nothing is known.
    Unknown,
}

/// Where an outcome stands: around the present number, up to these ends. None: without end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interval {
    /// Below.
    pub lower: Option<End>,
    /// Above.
    pub upper: Option<End>,
    /// Which way it may err.
    pub sure: Sure,
}

/// Rules whose numbers can be moved one by one.
pub struct Movable {
    /// Each number in a node of its own, with its present value.
    pub program: Program,
    /// The same with markers.
    marked: Program,
    /// The numbers, with their markers and the nodes they stand in.
    sites: Vec<(Found, Number, Vec<NodeId>)>,
}

impl Movable {
    /// Compiles a model with every number apart. Cost: as compiling.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let found = sites::all(model);
        let plain = compile(model);
        let taken: BTreeSet<&Number> = plain.nodes.iter().flat_map(written).collect();
        // Fractions that occur nowhere in the rules.
        let free = (1_000_003..).filter_map(|n| Number::fraction(n, 999_983)).filter(|n| !taken.contains(n));
        let markers: BTreeMap<Site, Number> = found.iter().map(|one| one.site).zip(free).collect();
        let mut changed = model.clone();
        sites::change(&mut changed, &|site| markers.get(&site).cloned());
        let marked = compile(&changed);
        let now: BTreeMap<&Number, &Number> =
            found.iter().filter_map(|one| Some((markers.get(&one.site)?, &one.now))).collect();
        let mut program = marked.clone();
        for op in &mut program.nodes {
            replace(op, &|number| now.get(number).map(|now| (*now).clone()));
        }
        let mut places: BTreeMap<&Number, Vec<NodeId>> = BTreeMap::new();
        for (at, op) in (0..).map(NodeId).zip(&marked.nodes) {
            for number in written(op) {
                if now.contains_key(number) {
                    places.entry(number).or_default().push(at);
                }
            }
        }
        let of = |one: Found| {
            let marker = markers.get(&one.site).cloned().unwrap_or_default();
            let nodes = places.get(&marker).cloned().unwrap_or_default();
            (one, marker, nodes)
        };
        let sites = found.into_iter().map(of).collect();
        Self { program, marked, sites }
    }
}

fn replace(op: &mut Op, by: &dyn Fn(&Number) -> Option<Number>) {
    let one = |number: &mut Number| {
        if let Some(other) = by(number) {
            *number = other;
        }
    };
    match op {
        Op::Constant(Value::Number(number)) | Op::ActiveWeight(_, number) | Op::Weighted(_, number) => {
            one(number)
        }
        Op::Combine(_, parts) => parts.iter_mut().for_each(|(_, weight)| one(weight)),
        _ => {}
    }
}

/// What moves, and what that reads besides.
struct Cut {
    program: Program,
    plan: Vec<NodeId>,
    border: Vec<NodeId>,
    /// What is known of other nodes: it is the same in every completion, however far the number moves.
    fixed: Vec<(NodeId, Value)>,
    /// Something that moves stands inside a list.
    inside: bool,
}

impl Cut {
    /// `moves`: the nodes at which the moving starts; `given` is one of them that has its value already. `known`: what is the
    /// same in every completion, of nodes that do not move. None where what is asked does not move.
    fn new(
        mut program: Program,
        moves: &[NodeId],
        given: Option<NodeId>,
        asked: NodeId,
        known: &[Option<Value>],
    ) -> Option<Self> {
        let mut moving = Vec::with_capacity(program.nodes.len());
        let mut values: Vec<Option<Value>> = known.to_vec();
        values.resize(program.nodes.len(), None);
        for (at, op) in (0..).map(NodeId).zip(&program.nodes) {
            let mut moved = moves.contains(&at);
            op.operands(|node| moved |= moving.get(node.index()).copied().unwrap_or(false));
            if moved {
                let value = if moves.contains(&at) { None } else { anyway(op, &values) };
                if let Some(place) = values.get_mut(at.index()) {
                    *place = value;
                }
            }
            moving.push(moved);
        }
        let is_moving = |node: NodeId| moving.get(node.index()).copied().unwrap_or(false);
        let value = |node: NodeId| values.get(node.index()).and_then(Option::as_ref);
        if !is_moving(asked) {
            return None;
        }
        let (mut plan, mut border, mut inside) = (BTreeSet::new(), BTreeSet::new(), false);
        let mut stack = vec![asked];
        while let Some(node) = stack.pop() {
            if Some(node) == given || value(node).is_some() || !plan.insert(node) {
                continue;
            }
            inside |= program.in_item.get(node.index()).copied().unwrap_or(false);
            read_length_apart(&mut program, node);
            let mut rest = Vec::new();
            for operand in heeded(program.op(node), &value) {
                if is_moving(operand) {
                    stack.push(operand);
                } else if value(operand).is_none() {
                    rest.push(operand);
                }
            }
            // The rest of a sum is one number.
            if rest.len() > 1 && matches!(program.op(node), Op::Plus(_)) {
                let sum = append(&mut program, Op::Plus(rest.clone()));
                if let Some(Op::Plus(of)) = program.nodes.get_mut(node.index()) {
                    of.retain(|operand| !rest.contains(operand));
                    of.push(sum);
                }
                rest = vec![sum];
            }
            border.extend(rest);
        }
        plan.retain(|node| !program.in_item.get(node.index()).copied().unwrap_or(false));
        // The search adds up sums and aggregates part by part where it knows of them.
        let sums = border.iter().filter(|node| matches!(program.op(**node), Op::Plus(_))).copied();
        program.pillars.extend(sums.collect::<Vec<_>>());
        program.pillars.sort_unstable();
        program.pillars.dedup();
        program.above_pillar = above(&program);
        let (plan, border) = (plan.into_iter().collect(), border.into_iter().collect());
        let fixed = (0..).map(NodeId).zip(values).filter_map(|(node, value)| Some((node, value?))).collect();
        Some(Self { program, plan, border, fixed, inside })
    }

    /// A value for every node: those that are known.
    fn values(&self) -> Vec<Moved> {
        let mut values = vec![Moved::Known(Value::NotApplicable); self.program.nodes.len()];
        for (node, value) in &self.fixed {
            put(&mut values, *node, Moved::Known(value.clone()));
        }
        values
    }
}

/// A node of its own, after those of the program.
fn append(program: &mut Program, op: Op) -> NodeId {
    let node = NodeId(u32::try_from(program.nodes.len()).unwrap_or(u32::MAX));
    program.nodes.push(op);
    program.in_item.push(false);
    node
}

/// A condition over a list that says the same of every item asks two things: that condition, and whether there are items.
/// Only the second reads the list, so it can stand on the border.
fn read_length_apart(program: &mut Program, node: NodeId) {
    let Op::Quantified { all, list, body } = program.op(node) else { return };
    let (all, list, body) = (*all, *list, *body);
    if program.in_item.get(body.index()).copied().unwrap_or(false) {
        return;
    }
    let count = append(program, Op::CountItems(list));
    let none = append(program, Op::Constant(Value::Number(Number::ZERO)));
    let by = if all { Order::AtMost } else { Order::MoreThan };
    let length = append(program, Op::Order(count, by, none));
    if let Some(op) = program.nodes.get_mut(node.index()) {
        *op = if all { Op::Or(vec![length, body]) } else { Op::And(vec![length, body]) };
    }
}

/// What an operation yields whatever its unknown operands are; none where that differs, or is not looked into.
fn anyway(op: &Op, values: &[Option<Value>]) -> Option<Value> {
    let value = |node: &NodeId| values.get(node.index()).and_then(Option::as_ref);
    let truth = |node: &NodeId| value(node).map(|value| *value == Value::Bool(true));
    let choice = |at: usize| u16::try_from(at).ok().map(Value::Choice);
    match op {
        Op::And(of) if of.iter().any(|node| truth(node) == Some(false)) => Some(Value::Bool(false)),
        Op::And(of) if of.iter().all(|node| truth(node) == Some(true)) => Some(Value::Bool(true)),
        Op::Or(of) if of.iter().any(|node| truth(node) == Some(true)) => Some(Value::Bool(true)),
        Op::Or(of) if of.iter().all(|node| truth(node) == Some(false)) => Some(Value::Bool(false)),
        Op::Not(of) => truth(of).map(|truth| Value::Bool(!truth)),
        Op::FirstTrue(of) => match of.iter().position(|node| truth(node) != Some(false)) {
            None => choice(of.len()),
            Some(at) => of.get(at).and_then(truth).and_then(|_| choice(at)),
        },
        Op::Pick(at, of) => match value(at)? {
            Value::Choice(at) => of.get(usize::from(*at)).and_then(value).cloned(),
            _ => None,
        },
        Op::OnlyIf(condition, _) if truth(condition) == Some(false) => Some(Value::NotApplicable),
        _ => None,
    }
}

/// The operands that count: not those behind a line that holds for certain, nor those that are not chosen.
fn heeded<'v>(op: &Op, value: &impl Fn(NodeId) -> Option<&'v Value>) -> Vec<NodeId> {
    let mut all = Vec::new();
    match op {
        Op::FirstTrue(of) => {
            for node in of {
                all.push(*node);
                if value(*node) == Some(&Value::Bool(true)) {
                    break;
                }
            }
        }
        Op::Pick(at, of) => match value(*at) {
            Some(Value::Choice(chosen)) => all.extend(of.get(usize::from(*chosen))),
            _ => op.operands(|node| all.push(node)),
        },
        _ => op.operands(|node| all.push(node)),
    }
    all
}

/// Rows of values of a border, and how sure they are.
type Rows = (Vec<Vec<Moved>>, Sure);

/// An outcome, and the world in which it is settled.
pub struct Standing<'a> {
    movable: &'a Movable,
    world: &'a World,
    /// Every node's value, when all answers are known.
    known: Option<Vec<Value>>,
    /// Per node its value where it is the same in every completion.
    same: Vec<Option<Value>>,
    outcome: Value,
    budget: &'a Budget,
    /// What first ended the work, or left something undecided.
    pub(crate) stopped: Option<ProvisionalReason>,
}

impl<'a> Standing<'a> {
    /// Of a world whose outcome is settled: the place of that outcome.
    #[must_use]
    pub(crate) fn new(movable: &'a Movable, world: &'a World, outcome: u16, budget: &'a Budget) -> Self {
        let complete = world.slots.iter().all(|slot| slot.known().is_some());
        let known = if complete { walk::exactly(&movable.program, world) } else { None };
        let outcome = Value::Choice(outcome);
        let mut same = Vec::new();
        if known.is_none() {
            let values = over_sets(&movable.program, world).into_iter().zip(&movable.program.in_item);
            same = values.map(|(value, inside)| value.known().filter(|_| !*inside).cloned()).collect();
        }
        Self { movable, world, known, same, outcome, budget, stopped: None }
    }

    /// For each number that the outcome reads how far it can move.
    pub fn intervals(&mut self) -> Vec<(Found, Interval)> {
        let movable = self.movable;
        movable
            .sites
            .iter()
            .filter_map(|(found, marker, nodes)| Some((found.clone(), self.interval(found, marker, nodes)?)))
            .collect()
    }

    fn interval(&mut self, found: &Found, marker: &Number, nodes: &[NodeId]) -> Option<Interval> {
        let movable = self.movable;
        let mut program = movable.program.clone();
        let present: BTreeMap<&Number, &Number> =
            movable.sites.iter().map(|(found, marker, _)| (marker, &found.now)).collect();
        for node in nodes {
            if let Some(op) = program.nodes.get_mut(node.index()) {
                *op = movable.marked.op(*node).clone();
                replace(op, &|number| {
                    present.get(number).filter(|_| number != marker).map(|now| (*now).clone())
                });
            }
        }
        let cut = Cut::new(program, nodes, None, movable.program.outcome, &self.same)?;
        let floor = matches!(found.site, Site::Weight(_) | Site::PartWeight(..)).then_some(Number::ZERO);
        let ask =
            Ask { cut: &cut, marker, now: &found.now, floor: floor.as_ref(), outcome: self.outcome.clone() };
        if let Some(known) = &self.known {
            let interval = ask.complete(known, self.world);
            return Some(interval.unwrap_or(Interval { lower: None, upper: None, sure: Sure::Unknown }));
        }
        let rows = self.rows(&cut);
        if let Some((rows, sure)) = rows
            && let Ok(interval) = ask.rows(&rows, sure)
        {
            return Some(interval);
        }
        Some(self.sampled(&ask))
    }

    /// Over some completions only.
    fn sampled(&self, ask: &Ask<'_>) -> Interval {
        let mut all: Option<Interval> = None;
        for world in sample::completions(&self.movable.program, self.world) {
            let Some(known) = walk::exactly(&self.movable.program, &world) else { continue };
            if let Ok(one) = ask.complete(&known, &world) {
                all = Some(match all {
                    Some(all) => all.with(one),
                    None => one,
                });
            }
        }
        let unknown = Interval { lower: None, upper: None, sure: Sure::Unknown };
        all.map_or(unknown, |all| Interval { sure: Sure::Wide, ..all })
    }

    /// Every combination of values that a border can have. None when the search stopped, or something stands inside a list.
    fn rows(&mut self, cut: &Cut) -> Option<Rows> {
        if cut.inside {
            return None;
        }
        let border = cut.border.clone();
        self.values(&cut.program, &border)
    }

    fn values(&mut self, program: &Program, nodes: &[NodeId]) -> Option<Rows> {
        if let Some(known) = &self.known {
            let value = |node: &NodeId| {
                Moved::Known(known.get(node.index()).cloned().unwrap_or(Value::NotApplicable))
            };
            if nodes.iter().all(|node| node.index() < known.len()) {
                return Some((vec![nodes.iter().map(value).collect()], Sure::Exact));
            }
        }
        if nodes.is_empty() {
            return Some((vec![Vec::new()], Sure::Exact));
        }
        let found = self.asked(program, nodes);
        let found = found.map(|(rows, doubt)| read(&rows, if doubt { Sure::Narrow } else { Sure::Exact }));
        match found {
            Ok(Some((rows, Sure::Exact))) => return Some((rows, Sure::Exact)),
            Err(Unsure(reason)) if reason != ProvisionalReason::Numbers => {}
            // Ranges that depend on numbers of few values are no ranges when these are asked value by value.
            _ => {
                if let Some(rows) = self.spelled(program, nodes) {
                    return Some((rows, Sure::Exact));
                }
            }
        }
        match found {
            Ok(found) => found,
            Err(Unsure(reason)) => {
                self.stopped.get_or_insert(reason);
                None
            }
        }
    }

    fn asked(&self, program: &Program, nodes: &[NodeId]) -> Result<(Vec<Vec<Possible>>, bool), Unsure> {
        let mut engine = Engine::new(program, self.world.clone(), self.budget)?;
        let within = engine.everything();
        let rows = engine.rows(nodes, &within)?;
        Ok((rows, engine.doubt()))
    }

    /// The same where numbers of few values are asked value by value, if that is exact and takes little.
    fn spelled(&self, program: &Program, nodes: &[NodeId]) -> Option<Vec<Vec<Moved>>> {
        let part = self.budget.part(SPELLED_PART);
        let asked = || {
            let mut engine = Engine::spelling(program, self.world.clone(), &part).ok()??;
            let within = engine.everything();
            let rows = engine.rows(nodes, &within).ok()?;
            read(&rows, if engine.doubt() { Sure::Narrow } else { Sure::Exact })
        };
        let found = asked();
        self.budget.steps(part.used()).ok()?;
        found.filter(|(_, sure)| *sure == Sure::Exact).map(|(rows, _)| rows)
    }

    /// The outcome as a function of the total, with the scores of the criteria that count (their nodes and weights): for each
    /// way in which all can come out. None where the search stopped. Left out are ways in which the total has no say.
    pub fn ways(&mut self, criteria: &[(NodeId, Number)]) -> Option<(Vec<Way>, Sure)> {
        let program = self.movable.program.clone();
        let (total, asked) = (program.total, program.outcome);
        let Some(mut cut) = Cut::new(program, &[total], Some(total), asked, &self.same) else {
            return Some((Vec::new(), Sure::Exact));
        };
        let border = cut.border.len();
        cut.border.extend(criteria.iter().map(|(node, _)| *node));
        let (rows, sure) = self.rows(&cut)?;
        // Nothing in the program is the marker: the total moves.
        let marker = Number::whole(-1);
        let walk = Walk { program: &cut.program, world: None, marker: &marker, plan: &cut.plan, asked };
        let mut ways: BTreeSet<Way> = BTreeSet::new();
        for row in rows {
            let mut values = cut.values();
            for (node, value) in cut.border.iter().zip(&row) {
                put(&mut values, *node, value.clone());
            }
            put(&mut values, total, Moved::Form(Form::moving()));
            let scores: Vec<Option<Number>> = row.iter().skip(border).map(Moved::number).collect();
            let (mut sum, mut weights) = (Number::ZERO, Number::ZERO);
            for (score, (_, weight)) in scores.iter().zip(criteria) {
                if let Some(score) = score {
                    sum = sum.add(&score.mul(weight));
                    weights = weights.add(weight);
                }
            }
            let (least, greatest) = (scores.iter().flatten().min(), scores.iter().flatten().max());
            let (Some(now), Some(least), Some(greatest)) = (sum.div(&weights), least, greatest) else {
                continue;
            };
            // The outcome is settled: a row that gives another one is none that occurs.
            if least == greatest || walk.value(&mut values, &now) != Ok(self.outcome.clone()) {
                continue;
            }
            let stretches = walk.stretches(&mut values, least, greatest, &self.outcome).ok()?;
            let everywhere =
                matches!(stretches.as_slice(), [(from, until)] if from == least && until == greatest);
            if !everywhere {
                ways.insert(Way { stretches, scores });
            }
        }
        Some((ways.into_iter().collect(), sure))
    }
}

/// One way in which all that the outcome reads beside the total can come out, and not every weighting keeps the outcome.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Way {
    /// Between the least and the greatest score: where the total gives the outcome, apart from single values.
    pub stretches: Vec<(Number, Number)>,
    /// The scores of the criteria that count; none: n.v.t.
    pub scores: Vec<Option<Number>>,
}

impl Way {
    /// Whether every weighting with which the outcome stands this way is one with which it stands the other way.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        let (Some((from, _)), Some((_, until))) = (self.stretches.first(), self.stretches.last()) else {
            return true;
        };
        let [(low, high)] = other.stretches.as_slice() else { return false };
        let pairs = || self.scores.iter().zip(&other.scores);
        let compared = |by: fn(&Number, &Number) -> bool| {
            pairs().all(|pair| match pair {
                (None, None) => true,
                (Some(own), Some(other)) => by(own, other),
                _ => false,
            })
        };
        let (least, greatest) = (other.scores.iter().flatten().min(), other.scores.iter().flatten().max());
        // Higher scores stand from a threshold on; lower ones up to one.
        (Some(high) == greatest && from >= low && compared(|own, other| own <= other))
            || (Some(low) == least && until <= high && compared(|own, other| own >= other))
    }
}

fn put(values: &mut [Moved], node: NodeId, value: Moved) {
    if let Some(place) = values.get_mut(node.index()) {
        *place = value;
    }
}

/// What is asked about one number.
struct Ask<'a> {
    cut: &'a Cut,
    marker: &'a Number,
    now: &'a Number,
    floor: Option<&'a Number>,
    outcome: Value,
}

impl Ask<'_> {
    fn walk<'b>(&'b self, world: Option<&'b World>) -> Walk<'b> {
        Walk {
            program: &self.cut.program,
            world,
            marker: self.marker,
            plan: &self.cut.plan,
            asked: self.cut.program.outcome,
        }
    }

    fn around(&self, walk: &Walk<'_>, values: &mut [Moved], sure: Sure) -> Result<Interval, Lost> {
        let lower = walk.end(values, self.now, &self.outcome, false, self.floor)?;
        let upper = walk.end(values, self.now, &self.outcome, true, None)?;
        Ok(Interval { lower, upper, sure })
    }

    /// Of one completion, of which every node's value is known.
    fn complete(&self, known: &[Value], world: &World) -> Result<Interval, Lost> {
        // Nodes of their own come after those of the program; they read nothing that moves.
        let program = &self.cut.program;
        let own = (0..program.nodes.len()).skip(known.len());
        let own: Vec<NodeId> = own.filter_map(|at| u32::try_from(at).ok().map(NodeId)).collect();
        let mut values = known.to_vec();
        values.resize(program.nodes.len(), Value::NotApplicable);
        let mut domain = Exact { program, world, item: 0, gap: false };
        walk::run(program, &mut domain, &own, &mut values);
        let mut values: Vec<Moved> = values.into_iter().map(Moved::Known).collect();
        self.around(&self.walk(Some(world)), &mut values, Sure::Exact)
    }

    /// Of all rows of the border.
    fn rows(&self, rows: &[Vec<Moved>], sure: Sure) -> Result<Interval, Lost> {
        let walk = self.walk(None);
        let mut values = self.cut.values();
        let mut all = Interval { lower: None, upper: None, sure };
        for row in rows {
            for (node, value) in self.cut.border.iter().zip(row) {
                put(&mut values, *node, value.clone());
            }
            // The outcome is settled: a row that gives another one is none that occurs.
            if walk.value(&mut values, self.now)? != self.outcome {
                continue;
            }
            all = all.with(self.around(&walk, &mut values, sure)?);
        }
        Ok(all)
    }
}

impl Interval {
    /// The interval in which both stand.
    fn with(self, other: Self) -> Self {
        Self {
            lower: tighter(self.lower, other.lower, true),
            upper: tighter(self.upper, other.upper, false),
            sure: self.sure.max(other.sure),
        }
    }
}

fn tighter(one: Option<End>, other: Option<End>, lower: bool) -> Option<End> {
    let (Some(a), Some(b)) = (&one, &other) else { return one.or(other) };
    let first = if a.at == b.at { !a.included } else { (a.at > b.at) == lower };
    if first { one } else { other }
}

/// Rows of known values. Scores that are linear in open numbers count with both their ends: between them lie more, so what
/// follows may be too wide. None where something is neither.
fn read(rows: &[Vec<Possible>], sure: Sure) -> Option<Rows> {
    let (mut found, mut sure) = (Vec::with_capacity(rows.len()), sure);
    for row in rows {
        let mut ways: Vec<Vec<Moved>> = vec![Vec::with_capacity(row.len())];
        let mut linear = 0;
        for value in row {
            let ends = match value {
                Possible::Known(value) => vec![value.clone()],
                Possible::Open(Set { none: false, not_applicable: false, core: Core::Range(range) })
                    if !range.date =>
                {
                    sure = Sure::Wide;
                    linear += 1;
                    vec![Value::Number(range.lo.clone()), Value::Number(range.hi.clone())]
                }
                Possible::Open(_) => return None,
            };
            if linear > MOST_LINEAR {
                return None;
            }
            ways = ways
                .iter()
                .flat_map(|way| {
                    ends.iter().map(move |end| {
                        let mut way = way.clone();
                        way.push(Moved::Known(end.clone()));
                        way
                    })
                })
                .collect();
        }
        found.extend(ways);
    }
    Some((found, sure))
}
