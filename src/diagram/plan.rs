//! Before anything is built: which numbers hang together, which parts of the rules share no answer with the rest, and in
//! which order answers are asked.

use std::collections::{BTreeMap, BTreeSet};

use super::bits::Bits;
use crate::evaluate::possible::{Core, Possible, Set, Slot};
use crate::evaluate::world::World;
use crate::program::nodes::{NodeId, Op, Program};
use crate::rules::model::QuestionId;
use crate::rules::syntax::Combining;
use crate::value::number::Number;

/// A number that hangs together with others and has at most so many values is asked value by value.
const FEW: i64 = 32;

/// A place in the order: a slot, and of a set of options those that are placed there.
pub(crate) type Turn = (Slot, u64);

/// All options.
pub(crate) const WHOLE: u64 = u64::MAX;

/// A part of the rules that shares no answer with the rest.
#[derive(Debug, Clone, Default)]
pub(crate) struct Part {
    /// The answers that nothing else reads.
    pub(crate) slots: BTreeSet<Slot>,
    /// The nodes inside that the rest reads, ascending.
    pub(crate) crossing: Vec<NodeId>,
}

/// Where a node is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    /// Inside a part: its place.
    Part(usize),
    /// In the whole, among what the parts give.
    Whole,
    /// In the flat diagram: it reads inside parts and outside them.
    Flat,
}

/// The plan.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    /// Numbers that one comparison reads together, or a list's length with its sums; two or more in each, ascending.
    pub(crate) tied: Vec<Vec<Slot>>,
    /// Numbers that are asked value by value.
    pub(crate) spelled: BTreeSet<Slot>,
    /// Parts that share no answer with the rest.
    pub(crate) parts: Vec<Part>,
    /// Every open slot, in order.
    pub(crate) order: Vec<Turn>,
    /// Per node where it is built.
    pub(crate) homes: Vec<Home>,
}

impl Plan {
    /// For a program over a world. Cost: linear in the nodes, and in the slots that they read.
    pub(crate) fn new(program: &Program, world: &World) -> Self {
        Self::with(program, world, tied(program, world, false))
    }

    /// The same, with every number of few values asked value by value. None: there are no more of those.
    pub(crate) fn spelling(program: &Program, world: &World) -> Option<Self> {
        let (groups, spelled) = tied(program, world, true);
        let more = spelled.len() > tied(program, world, false).1.len();
        more.then(|| Self::with(program, world, (groups, spelled)))
    }

    fn with(program: &Program, world: &World, (tied, spelled): (Vec<Vec<Slot>>, BTreeSet<Slot>)) -> Self {
        let order = below_what_tells(program, world, &tied, order(program, world));
        let mut plan = Self { tied, spelled, parts: Vec::new(), order, homes: Vec::new() };
        plan.part(program, world, &BTreeSet::new());
        plan
    }

    /// Finds the parts again, without those that have one of these slots.
    pub(crate) fn part(&mut self, program: &Program, world: &World, without: &BTreeSet<Slot>) {
        Parting::new(program, world, &self.tied).part(self, without);
    }

    /// Where a node is built.
    pub(crate) fn home(&self, node: NodeId) -> Home {
        self.homes.get(node.index()).copied().unwrap_or(Home::Flat)
    }

    /// The part that a slot is in.
    pub(crate) fn part_of(&self, slot: Slot) -> Option<usize> {
        self.parts.iter().position(|part| part.slots.contains(&slot))
    }
}

fn is_open_number(world: &World, slot: Slot) -> bool {
    !world.given.contains_key(&slot)
        && matches!(world.get(slot), Possible::Open(Set { core: Core::Range(range), .. }) if range.line.is_some())
}

fn fields_of(world: &World, list: QuestionId, field: u32) -> impl Iterator<Item = Slot> {
    let slots = world.list(list);
    (0..slots.items).map(move |item| slots.slot(item, field))
}

/// Slots in groups that are merged (union-find).
struct Groups(Vec<Slot>);

impl Groups {
    fn of(count: usize) -> Self {
        Self((0..).take(count).collect())
    }

    fn find(&mut self, slot: Slot) -> Slot {
        let mut at = slot;
        while let Some(next) = self.0.get(at as usize).copied().filter(|next| *next != at) {
            at = next;
        }
        // The path is shortened for the next time.
        let mut from = slot;
        while from != at {
            let Some(place) = self.0.get_mut(from as usize) else { break };
            from = std::mem::replace(place, at);
        }
        at
    }

    /// Merges two groups; the least slot represents both.
    fn join(&mut self, a: Slot, b: Slot) {
        let (a, b) = (self.find(a), self.find(b));
        if let Some(place) = self.0.get_mut(a.max(b) as usize) {
            *place = a.min(b);
        }
    }

    fn join_all(&mut self, of: &[Slot]) {
        for (one, next) in of.iter().zip(of.iter().skip(1)) {
            self.join(*one, *next);
        }
    }
}

/// Groups of numbers that hang together, and those among them (or of all numbers) with few values.
fn tied(program: &Program, world: &World, all: bool) -> (Vec<Vec<Slot>>, BTreeSet<Slot>) {
    let few = |slot: Slot| {
        let Some(range) = world.get(slot).as_range() else { return false };
        let count = range.hi.sub(&range.lo).div(&world.step(slot));
        count.is_some_and(|count| count < Number::whole(FEW))
    };
    // Sums and lengths are never asked value by value: others are tied to them by definition.
    let summed: BTreeSet<Slot> =
        world.aggregates.iter().flat_map(|one| [one.list.0, one.count, one.sum]).collect();
    let mut groups = compared(program, world, &|_| true);
    let mut spelled: BTreeSet<Slot> = groups.iter().flatten().copied().filter(|slot| few(*slot)).collect();
    if all {
        let slots = (0..).take(world.slots.len());
        spelled.extend(slots.filter(|slot| is_open_number(world, *slot) && few(*slot)));
    }
    spelled.retain(|slot| !summed.contains(slot));
    if !spelled.is_empty() {
        groups = compared(program, world, &|slot| !spelled.contains(&slot));
    }
    (groups, spelled)
}

/// The open numbers that a node depends on.
struct Hangs {
    on: Vec<Slot>,
    /// It sums fields of all items, also where a condition asks it of one.
    across: bool,
}

fn compared(program: &Program, world: &World, counts: &dyn Fn(Slot) -> bool) -> Vec<Vec<Slot>> {
    let mut groups = Groups::of(world.slots.len());
    let mut hangs: Vec<Hangs> = Vec::with_capacity(program.nodes.len());
    for (at, op) in program.nodes.iter().enumerate() {
        let mut own: Vec<Slot> = Vec::new();
        let mut across = false;
        let mut from = |node: &NodeId| {
            let Some(below) = hangs.get(node.index()) else { return };
            own.extend(&below.on);
            across |= below.across;
        };
        match op {
            Op::Arithmetic(a, _, b) | Op::Quotient(a, b) => {
                from(a);
                from(b);
            }
            Op::ShiftDays(a, _)
            | Op::ShiftMonths(a, _)
            | Op::YearOf(a)
            | Op::Line(a, _)
            | Op::Weighted(a, _)
            | Op::OnlyIf(_, a) => from(a),
            Op::Pick(_, of) | Op::Plus(of) => of.iter().for_each(from),
            Op::Combine(_, of) => of.iter().for_each(|(node, _)| from(node)),
            Op::Answer(question) => own.push(question.0),
            Op::Field(list, field) => own.extend(fields_of(world, *list, *field)),
            Op::CountItems(list) => own.push(list.0),
            Op::Sum(list, field) => match world.aggregate_of(*list, *field) {
                Some(aggregate) => own.push(aggregate.sum),
                None => {
                    own.extend(fields_of(world, *list, *field));
                    across = true;
                }
            },
            _ => {}
        }
        own.retain(|slot| is_open_number(world, *slot) && counts(*slot));
        own.sort_unstable();
        own.dedup();
        let mut together: Vec<Slot> = Vec::new();
        let mut items_apart = program.in_item.get(at).copied().unwrap_or(false);
        let mut of = |node: &NodeId| {
            let Some(below) = hangs.get(node.index()) else { return };
            together.extend(&below.on);
            items_apart &= !below.across;
        };
        match op {
            Op::Order(a, _, b) => {
                of(a);
                of(b);
            }
            Op::Equals(a, others) => {
                of(a);
                others.iter().for_each(of);
            }
            Op::Combine(Combining::Highest | Combining::Lowest, parts) => {
                parts.iter().for_each(|(node, _)| of(node));
            }
            _ => {}
        }
        together.sort_unstable();
        together.dedup();
        if items_apart {
            join_by_item(world, &together, &mut groups);
        } else {
            groups.join_all(&together);
        }
        hangs.push(Hangs { on: own, across });
    }
    for one in &world.aggregates {
        let of: Vec<Slot> = [one.list.0, one.count, one.sum]
            .into_iter()
            .filter(|slot| is_open_number(world, *slot))
            .collect();
        groups.join_all(&of);
    }
    let mut found: BTreeMap<Slot, Vec<Slot>> = BTreeMap::new();
    for slot in (0..).take(world.slots.len()).filter(|slot| is_open_number(world, *slot) && counts(*slot)) {
        found.entry(groups.find(slot)).or_default().push(slot);
    }
    found.into_values().filter(|group| group.len() > 1).collect()
}

/// Moves numbers that hang together below the answers that decide what they are compared with: above these, every comparison that
/// some answer asks for would be multiplied by every other.
fn below_what_tells(program: &Program, world: &World, tied: &[Vec<Slot>], turns: Vec<Turn>) -> Vec<Turn> {
    if tied.is_empty() {
        return turns;
    }
    let group_of: BTreeMap<Slot, usize> =
        tied.iter().enumerate().flat_map(|(at, group)| group.iter().map(move |slot| (*slot, at))).collect();
    let (mut first, mut last): (Vec<Option<usize>>, BTreeMap<Slot, usize>) =
        (vec![None; tied.len()], BTreeMap::new());
    for (at, (slot, _)) in turns.iter().enumerate() {
        match group_of.get(slot).and_then(|group| first.get_mut(*group)) {
            Some(first) => *first = first.or(Some(at)),
            None if world.get(*slot).known().is_none() => {
                last.insert(*slot, at);
            }
            None => {}
        }
    }
    // The groups that move, by the turn after which they then stand.
    let (mut moved, mut goes) = (BTreeMap::new(), BTreeSet::new());
    for (group, behind) in
        last_that_tells(program, world, &group_of, &last, tied.len()).into_iter().enumerate()
    {
        if let Some((behind, first)) = behind.zip(first.get(group).copied().flatten())
            && first < behind
        {
            moved.entry(behind).or_insert_with(Vec::new).push(group);
            goes.insert(group);
        }
    }
    let mut kept = Vec::with_capacity(turns.len());
    for (at, turn) in turns.into_iter().enumerate() {
        if group_of.get(&turn.0).is_none_or(|group| !goes.contains(group)) {
            kept.push(turn);
        }
        let here = moved.get(&at).into_iter().flatten().filter_map(|group| tied.get(*group));
        kept.extend(here.flatten().map(|slot| (*slot, WHOLE)));
    }
    kept
}

/// For each group of numbers that hang together the last turn of an answer that decides what they are compared with.
fn last_that_tells(
    program: &Program,
    world: &World,
    group_of: &BTreeMap<Slot, usize>,
    last: &BTreeMap<Slot, usize>,
    groups: usize,
) -> Vec<Option<usize>> {
    let mut behind: Vec<Option<usize>> = vec![None; groups];
    // For each node the last turn of an answer that it reads, and the groups whose numbers it is made of.
    let mut reads: Vec<(Option<usize>, Bits)> = Vec::with_capacity(program.nodes.len());
    for op in &program.nodes {
        let (mut turn, mut of) = (None, Bits::default());
        let mut read = |slot: Slot| match group_of.get(&slot) {
            Some(group) => of.insert(*group),
            None => turn = turn.max(last.get(&slot).copied()),
        };
        match op {
            Op::Answer(question) => read(question.0),
            Op::CountItems(list) | Op::Quantified { list, .. } => read(list.0),
            Op::Field(list, field) => fields_of(world, *list, *field).for_each(read),
            Op::Sum(list, field) => {
                read(list.0);
                match world.aggregate_of(*list, *field) {
                    Some(aggregate) => read(aggregate.sum),
                    None => fields_of(world, *list, *field).for_each(read),
                }
            }
            _ => {}
        }
        op.operands(|node| {
            if let Some((below, own)) = reads.get(node.index()) {
                turn = turn.max(*below);
                of.add(own);
            }
        });
        let tells = matches!(op, Op::Order(..) | Op::Equals(..));
        if tells || matches!(op, Op::Line(..) | Op::Combine(Combining::Highest | Combining::Lowest, _)) {
            for group in of.iter() {
                if let Some(behind) = behind.get_mut(group) {
                    *behind = (*behind).max(turn);
                }
            }
        }
        // The result of a comparison is not a number, so it is not compared again.
        reads.push((turn, if tells { Bits::default() } else { of }));
    }
    behind
}

/// A condition over the items does not compare fields of different items with each other, unless it also compares with an answer
/// outside the list.
fn join_by_item(world: &World, together: &[Slot], groups: &mut Groups) {
    let mut items: BTreeMap<(usize, u32), Vec<Slot>> = BTreeMap::new();
    for slot in together {
        let lists = world.lists.iter().enumerate();
        let mut places = lists.filter_map(|(question, list)| {
            let list = (*list)?;
            let within = slot.checked_sub(list.base).filter(|within| *within < list.items * list.fields)?;
            Some((question, within / list.fields.max(1)))
        });
        let Some(place) = places.next() else {
            groups.join_all(together);
            return;
        };
        items.entry(place).or_default().push(*slot);
    }
    items.values().for_each(|item| groups.join_all(item));
}

/// Slots in the order in which a walk meets them: depth first from the scores, then exclusions, then the rest.
fn order(program: &Program, world: &World) -> Vec<Turn> {
    let mut roots: Vec<NodeId> = program.criteria.iter().filter_map(|criterion| criterion.score).collect();
    roots.extend(&program.exclusions);
    roots.push(program.outcome);
    roots.extend(&program.routes);
    for gate in program.conditions.iter().chain(&program.signals) {
        roots.push(gate.holds);
        roots.extend(gate.only_if);
    }
    roots.extend(program.criteria.iter().filter_map(|criterion| criterion.only_if));
    let mut turns: Vec<Turn> = Vec::new();
    let mut lists: BTreeSet<QuestionId> = BTreeSet::new();
    let mut seen = vec![false; program.nodes.len()];
    for root in roots {
        let mut stack = vec![root];
        while let Some(node) = stack.pop() {
            match seen.get_mut(node.index()) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            let op = program.op(node);
            let mut below = Vec::new();
            match op {
                Op::Contains(of, mask) if matches!(program.op(*of), Op::Answer(_)) => {
                    if let Op::Answer(question) = program.op(*of) {
                        turns.push((question.0, *mask));
                    }
                    continue;
                }
                Op::Answer(question) if !is_list(world, *question) => turns.push((question.0, WHOLE)),
                Op::Answer(list)
                | Op::Field(list, _)
                | Op::CountItems(list)
                | Op::Sum(list, _)
                | Op::Quantified { list, .. }
                    if lists.insert(*list) =>
                {
                    turns.extend(slots_of_list(world, *list).map(|slot| (slot, WHOLE)));
                }
                _ => {}
            }
            op.operands(|operand| below.push(operand));
            stack.extend(below.into_iter().rev());
        }
    }
    let placed: BTreeSet<Slot> =
        turns.iter().filter(|(_, mask)| *mask == WHOLE).map(|(slot, _)| *slot).collect();
    turns.extend(
        (0..).take(world.slots.len()).filter(|slot| !placed.contains(slot)).map(|slot| (slot, WHOLE)),
    );
    turns
}

fn is_list(world: &World, question: QuestionId) -> bool {
    world.lists.get(question.index()).is_some_and(Option::is_some)
}

/// A list's length, the fields of its items, and its sums.
pub(crate) fn slots_of_list(world: &World, list: QuestionId) -> impl Iterator<Item = Slot> {
    let slots = world.list(list);
    let sums = world.aggregates.iter().filter(move |one| one.list == list);
    let sums = sums.flat_map(|one| [one.count, one.sum]).filter(move |slot| *slot != list.0);
    std::iter::once(list.0).chain(slots.base..slots.base + slots.items * slots.fields).chain(sums)
}

/// Finds parts: what the sums and aggregates over all criteria, exclusions, requirements and conditions join.
struct Parting<'a> {
    program: &'a Program,
    world: &'a World,
    /// Per open slot its unit: numbers that hang together, a list with its fields, or one answer.
    unit: BTreeMap<Slot, usize>,
    /// Per node the units it reads.
    reads: Vec<Bits>,
    /// Whether the outcome or a route reads a node.
    live: Vec<bool>,
    /// For each node its readers, among the live ones.
    users: Vec<Vec<usize>>,
}

impl<'a> Parting<'a> {
    fn new(program: &'a Program, world: &'a World, tied: &[Vec<Slot>]) -> Self {
        let mut groups = Groups::of(world.slots.len());
        for list in (0..).take(world.lists.len()).map(QuestionId).filter(|list| is_list(world, *list)) {
            groups.join_all(&slots_of_list(world, list).collect::<Vec<_>>());
        }
        tied.iter().for_each(|group| groups.join_all(group));
        let mut names: BTreeMap<Slot, usize> = BTreeMap::new();
        let mut unit = BTreeMap::new();
        for slot in (0..).take(world.slots.len()).filter(|slot| world.get(*slot).known().is_none()) {
            let next = names.len();
            unit.insert(slot, *names.entry(groups.find(slot)).or_insert(next));
        }
        let count = program.nodes.len();
        let mut parting = Self {
            program,
            world,
            unit,
            reads: Vec::new(),
            live: vec![false; count],
            users: vec![Vec::new(); count],
        };
        for op in &program.nodes {
            let mut own = parting.own(op);
            op.operands(|node| {
                if let Some(below) = parting.reads.get(node.index()) {
                    own.add(below);
                }
            });
            parting.reads.push(own);
        }
        let mut stack = parting.roots();
        while let Some(node) = stack.pop() {
            match parting.live.get_mut(node.index()) {
                Some(live) if !*live => *live = true,
                _ => continue,
            }
            program.op(node).operands(|operand| {
                if let Some(users) = parting.users.get_mut(operand.index()) {
                    users.push(node.index());
                }
                stack.push(operand);
            });
        }
        parting
    }

    fn roots(&self) -> Vec<NodeId> {
        let program = self.program;
        [program.outcome, program.line].into_iter().chain(program.routes.iter().copied()).collect()
    }

    /// The units that an operation reads itself.
    fn own(&self, op: &Op) -> Bits {
        let mut units = Bits::default();
        match op {
            Op::Answer(question) if !is_list(self.world, *question) => {
                self.unit.get(&question.0).into_iter().for_each(|unit| units.insert(*unit));
            }
            Op::Answer(list)
            | Op::CountItems(list)
            | Op::Field(list, _)
            | Op::Sum(list, _)
            | Op::Quantified { list, .. } => {
                for slot in slots_of_list(self.world, *list) {
                    self.unit.get(&slot).into_iter().for_each(|unit| units.insert(*unit));
                }
            }
            _ => {}
        }
        units
    }

    fn is(&self, of: &[bool], node: NodeId) -> bool {
        of.get(node.index()).copied().unwrap_or(false)
    }

    fn reads(&self, node: NodeId) -> &Bits {
        static NOTHING: Bits = Bits::new();
        self.reads.get(node.index()).unwrap_or(&NOTHING)
    }

    /// What the pillars join; together where one reads nothing that another does not.
    fn elements(&self) -> Vec<(Bits, Vec<NodeId>)> {
        let mut operands: BTreeSet<NodeId> = BTreeSet::new();
        for pillar in self.program.pillars.iter().filter(|pillar| self.is(&self.live, **pillar)) {
            self.program.op(*pillar).operands(|operand| {
                operands.insert(operand);
            });
        }
        let mut operands: Vec<NodeId> = operands.into_iter().collect();
        operands.sort_by_key(|operand| std::cmp::Reverse(self.reads(*operand).count()));
        let mut elements: Vec<(Bits, Vec<NodeId>)> = Vec::new();
        for operand in operands {
            let reads = self.reads(operand);
            if reads.is_empty() {
                continue;
            }
            match elements.iter_mut().find(|(units, _)| reads.is_within(units)) {
                Some((_, nodes)) => nodes.push(operand),
                None => elements.push((reads.clone(), vec![operand])),
            }
        }
        elements
    }

    /// The units that something other than the elements reads.
    fn beside(&self, elements: &[(Bits, Vec<NodeId>)]) -> Bits {
        let all: BTreeSet<NodeId> = elements.iter().flat_map(|(_, nodes)| nodes).copied().collect();
        let (mut found, mut seen) = (Bits::default(), BTreeSet::new());
        let mut stack = self.roots();
        while let Some(node) = stack.pop() {
            if all.contains(&node) || !seen.insert(node) {
                continue;
            }
            let op = self.program.op(node);
            found.add(&self.own(op));
            op.operands(|operand| stack.push(operand));
        }
        found
    }

    fn part(&self, plan: &mut Plan, without: &BTreeSet<Slot>) {
        let elements = self.elements();
        let beside = self.beside(&elements);
        let mut owners: BTreeMap<usize, u32> = BTreeMap::new();
        for (units, _) in &elements {
            units.iter().for_each(|unit| *owners.entry(unit).or_default() += 1);
        }
        let roots = self.roots();
        let mut inside_of: Vec<Option<usize>> = vec![None; self.program.nodes.len()];
        let (mut names, mut private): (Vec<Part>, Vec<Bits>) = (Vec::new(), Vec::new());
        for (units, _) in &elements {
            let mut own = Bits::default();
            for unit in units.iter().filter(|unit| !beside.contains(*unit) && owners.get(unit) == Some(&1)) {
                own.insert(unit);
            }
            let slots: BTreeSet<Slot> =
                self.unit.iter().filter(|(_, unit)| own.contains(**unit)).map(|(slot, _)| *slot).collect();
            if slots.is_empty() {
                continue;
            }
            let inside = |at: usize| {
                let node = NodeId(u32::try_from(at).unwrap_or(u32::MAX));
                let reads = self.reads(node);
                !reads.is_empty()
                    && reads.is_within(&own)
                    && !self.is(&self.program.above_pillar, node)
                    && self.program.pillars.binary_search(&node).is_err()
            };
            let crosses = |node: &NodeId| {
                let users = self.users.get(node.index()).into_iter().flatten();
                self.is(&self.live, *node)
                    && !self.is(&self.program.in_item, *node)
                    && inside(node.index())
                    && (users.copied().any(|user| !inside(user)) || roots.contains(node))
            };
            let crossing: Vec<NodeId> =
                (0..).take(self.program.nodes.len()).map(NodeId).filter(crosses).collect();
            // An answer by itself is not a part.
            let bare = slots.len() == 1
                && crossing.len() == 1
                && crossing.iter().all(|node| matches!(self.program.op(*node), Op::Answer(_)));
            if crossing.is_empty() || bare || !slots.is_disjoint(without) {
                continue;
            }
            let at = names.len();
            for (node, place) in inside_of.iter_mut().enumerate() {
                let reads = self.reads.get(node);
                if reads.is_some_and(|reads| !reads.is_empty() && reads.is_within(&own)) {
                    *place = Some(at);
                }
            }
            names.push(Part { slots, crossing });
            private.push(own);
        }
        plan.homes = self.homes(&names, &private, &inside_of);
        plan.parts = names;
    }

    fn homes(&self, parts: &[Part], private: &[Bits], inside_of: &[Option<usize>]) -> Vec<Home> {
        let crossing: BTreeSet<NodeId> =
            parts.iter().flat_map(|part| part.crossing.iter().copied()).collect();
        let mut all_private = Bits::default();
        private.iter().for_each(|own| all_private.add(own));
        // Whether a node reads an answer of a part in another way than through what crosses.
        let mut reaches: Vec<bool> = Vec::with_capacity(self.program.nodes.len());
        let mut homes = Vec::with_capacity(self.program.nodes.len());
        for ((at, op), inside) in (0..).map(NodeId).zip(&self.program.nodes).zip(inside_of) {
            let mut reach = self.own(op).iter().any(|unit| all_private.contains(unit));
            op.operands(|operand| reach |= self.is(&reaches, operand));
            reaches.push(reach && !crossing.contains(&at));
            homes.push(match inside {
                Some(part) => Home::Part(*part),
                None if reach => Home::Flat,
                None => Home::Whole,
            });
        }
        homes
    }
}
