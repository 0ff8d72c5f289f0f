//! One program over one world: the diagrams of its parts, and that of the whole over what the parts give.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::build::{Code, Diagram, Halt, Made};
use super::levels::Asks;
use super::pass::Pass;
use super::plan::{Home, Plan};
use super::ranges::Totals;
use super::store::{Ref, Shape};
use super::summed::Summed;
use super::term::Term;
use crate::evaluate::possible::{Possible, Slot};
use crate::evaluate::world::World;
use crate::limits::budget::Budget;
use crate::program::nodes::{NodeId, Op, Program};
use crate::value::number::Number;
use crate::value::score_range::ScoreRange;
use crate::value::values::Value;
use rustc_hash::FxHashMap;

/// An outcome with a choice for every route, as places in their lists.
pub(crate) type Combination = (u16, Vec<u16>);

/// A part gives at most this many values; otherwise it is not treated as a part.
const MOST_VALUES: usize = 400;

/// A part of the rules that shares no answer with the rest, on its own.
pub(super) struct Inner<'p> {
    pub(super) diagram: Diagram<'p>,
    /// The nodes that the rest reads, together.
    pub(super) root: Ref,
    /// The values they can have: the ends, ascending. Each is a child of the part's level in the whole.
    pub(super) values: Vec<Ref>,
    /// The part's level in the whole.
    pub(super) level: u32,
    /// Which of the values are possible, by what the part's answers are in a narrower world.
    known: RefCell<FxHashMap<Vec<Possible>, Vec<bool>>>,
}

/// A table, and the keys of a row that it does not have; none: not one of those in the table.
pub(crate) type MissingKeys = (u32, Vec<Option<Value>>);

/// Which diagram a root stands in. References of one mean nothing in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// That of the whole.
    Whole,
    /// That of a part.
    Part(usize),
    /// One without parts, for nodes that read both inside and outside them.
    Flat,
}

/// A root, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Root {
    pub(super) at: Where,
    pub(super) of: Ref,
}

/// The diagrams.
pub(crate) struct Engine<'p> {
    pub(super) program: &'p Program,
    pub(super) world: Rc<World>,
    pub(super) budget: &'p Budget,
    pub(super) plan: Plan,
    pub(super) whole: Diagram<'p>,
    pub(super) parts: Vec<Inner<'p>>,
    pub(super) summed: Option<Summed>,
    flat: Option<Diagram<'p>>,
    /// Something was taken as possible although that could not be decided.
    pub(super) doubt: Cell<bool>,
}

/// A world that is perhaps narrower than the engine's own, and what the parts and the sum can give in it.
pub(crate) struct Within {
    pub(super) world: Rc<World>,
    pub(super) parts: BTreeMap<u32, Vec<bool>>,
}

pub(super) static NO_PARTS: BTreeMap<u32, Vec<bool>> = BTreeMap::new();

impl<'p> Engine<'p> {
    /// The engine of a world, with the total as rows of bits where it has more than `many` sums; not all passes can use that. Cost: the
    /// diagrams of the parts, and the sums.
    ///
    /// # Errors
    /// When the work of the call ended.
    pub(crate) fn summing(
        program: &'p Program,
        world: World,
        budget: &'p Budget,
        many: u64,
    ) -> Result<Self, Halt> {
        let mut engine = Self::new(program, world, budget)?;
        if engine.plan.home(program.total) == Home::Whole {
            engine.summed = match engine.whole.sum_up(program.total, &engine.plan, many) {
                // What a score leaves undecided is reported where the score is asked for.
                Err(Halt::Numbers) => None,
                found => found?,
            };
        }
        Ok(engine)
    }

    /// The engine of a world. Cost: the diagrams of the parts.
    ///
    /// # Errors
    /// When the work of the call ended.
    pub(crate) fn new(program: &'p Program, world: World, budget: &'p Budget) -> Result<Self, Halt> {
        let plan = Plan::new(program, &world);
        Self::planned(program, world, budget, plan)
    }

    /// The same, with every number of few values asked value by value, so that what depends on one is known instead of a range. None:
    /// there are no more of those than in the plain plan.
    ///
    /// # Errors
    /// When the work of the call ended.
    pub(crate) fn spelling(
        program: &'p Program,
        world: World,
        budget: &'p Budget,
    ) -> Result<Option<Self>, Halt> {
        match Plan::spelling(program, &world) {
            Some(plan) => Self::planned(program, world, budget, plan).map(Some),
            None => Ok(None),
        }
    }

    fn planned(program: &'p Program, world: World, budget: &'p Budget, mut plan: Plan) -> Result<Self, Halt> {
        let world = Rc::new(world);
        let doubt = Cell::new(false);
        let mut parts: Vec<Inner<'p>> = Vec::new();
        let mut left_out: BTreeSet<Slot> = BTreeSet::new();
        for part in &plan.parts {
            match Inner::new(program, &world, budget, &plan, part, &doubt) {
                Ok(Some(inner)) => parts.push(inner),
                Ok(None) | Err(Halt::Numbers) => left_out.extend(&part.slots),
                Err(ended) => return Err(ended),
            }
        }
        if !left_out.is_empty() {
            plan.part(program, &world, &left_out);
        }
        let all: Vec<usize> = (0..parts.len()).collect();
        let beside = |slot: Slot| plan.part_of(slot).is_none();
        let mut whole = Diagram::new(program, &world, budget, &plan, &beside, &all);
        for (at, inner) in parts.iter_mut().enumerate() {
            inner.level = whole.levels.of_part(at).unwrap_or_default();
            let crossing = plan.parts.get(at).map(|part| part.crossing.as_slice()).unwrap_or_default();
            whole.cross(at, crossing, &inner.crossing(crossing.len()));
        }
        Ok(Self { program, world, budget, plan, whole, parts, summed: None, flat: None, doubt })
    }

    /// Whether something was taken as possible although that could not be decided.
    pub(crate) fn doubt(&self) -> bool {
        self.doubt.get()
    }

    /// The same, and resets it, so that the next question is judged by itself.
    pub(crate) fn doubted(&self) -> bool {
        self.doubt.replace(false)
    }

    /// How many nodes there are in all, and about how many bytes they take.
    pub(crate) fn size(&self) -> (usize, usize) {
        let diagrams = self.parts.iter().map(|part| &part.diagram).chain([&self.whole]).chain(&self.flat);
        diagrams.fold((0, 0), |(nodes, bytes), one| (nodes + one.store.len(), bytes + one.bytes()))
    }

    /// The engine's own world, as the narrowest there is.
    pub(crate) fn everything(&self) -> Within {
        Within { world: Rc::clone(&self.world), parts: BTreeMap::new() }
    }

    /// A world in which each slot can be nothing but what it can be in the engine's own.
    ///
    /// # Errors
    /// When the work of the call ended.
    pub(crate) fn within(&self, world: Rc<World>) -> Result<Within, Halt> {
        let mut parts = BTreeMap::new();
        for (inner, part) in self.parts.iter().zip(&self.plan.parts) {
            if part.slots.iter().all(|slot| world.get(*slot) == self.world.get(*slot)) {
                continue;
            }
            let now: Vec<Possible> = part.slots.iter().map(|slot| world.get(*slot).clone()).collect();
            let known = inner.known.borrow().get(&now).cloned();
            let values = match known {
                Some(known) => known,
                None => self.values_of(inner, &world, now)?,
            };
            parts.insert(inner.level, values);
        }
        if let Some(summed) = &self.summed
            && let Some(classes) = Pass::new(&self.whole, &world, &parts, &self.doubt).sums(summed)?
        {
            parts.insert(summed.level, classes);
        }
        Ok(Within { world, parts })
    }

    /// Which values a part can give in a world in which its answers are these.
    fn values_of(&self, inner: &Inner<'p>, world: &World, now: Vec<Possible>) -> Result<Vec<bool>, Halt> {
        let doubt = Cell::new(false);
        let ends = Pass::new(&inner.diagram, world, &NO_PARTS, &doubt).ends(inner.root)?;
        let values: Vec<bool> = inner.values.iter().map(|value| ends.contains(value)).collect();
        if doubt.get() {
            self.doubt.set(true);
        } else if inner.diagram.keeps(1 + now.len()) {
            inner.known.borrow_mut().insert(now, values.clone());
        }
        Ok(values)
    }

    /// The numbers that hang together with one.
    pub(crate) fn tied(&self, slot: Slot) -> &[Slot] {
        self.plan.tied.iter().find(|group| group.contains(&slot)).map(Vec::as_slice).unwrap_or_default()
    }

    fn diagram(&self, at: Where) -> &Diagram<'p> {
        match at {
            Where::Whole => &self.whole,
            Where::Part(part) => self.parts.get(part).map_or(&self.whole, |part| &part.diagram),
            Where::Flat => self.flat.as_ref().unwrap_or(&self.whole),
        }
    }

    /// The number of the diagram that a root stands in.
    pub(super) fn number(&self, root: Root) -> usize {
        match root.at {
            Where::Part(part) => part,
            Where::Whole => self.parts.len(),
            Where::Flat => self.parts.len() + 1,
        }
    }

    /// The diagrams that together hold every slot, with their numbers; for a root in the flat diagram only that one.
    pub(super) fn numbered(&self, root: Root) -> Vec<(usize, &Diagram<'p>)> {
        match &self.flat {
            Some(flat) if root.at == Where::Flat => vec![(self.parts.len() + 1, flat)],
            _ => self.parts.iter().map(|part| &part.diagram).chain([&self.whole]).enumerate().collect(),
        }
    }

    fn flat(&mut self) -> &mut Diagram<'p> {
        let (program, world, budget, plan) = (self.program, &self.world, self.budget, &self.plan);
        self.flat.get_or_insert_with(|| Diagram::new(program, world, budget, plan, &|_| true, &[]))
    }

    /// A pass over the diagram that a root stands in.
    pub(super) fn pass<'d>(&'d self, root: Root, within: &'d Within) -> Pass<'d, 'p> {
        let parts = if root.at == Where::Whole { &within.parts } else { &NO_PARTS };
        Pass::new(self.diagram(root.at), &within.world, parts, &self.doubt)
    }

    /// The root of one node, in the diagram where it is smallest.
    ///
    /// # Errors
    /// When the work of the call ended, or numbers hang together in a way that is not decided.
    pub(crate) fn root(&mut self, node: NodeId) -> Result<Root, Halt> {
        let at = match self.plan.home(node) {
            Home::Part(part) => Where::Part(part),
            Home::Whole => Where::Whole,
            Home::Flat => Where::Flat,
        };
        let of = match at {
            Where::Part(part) => match self.parts.get_mut(part) {
                Some(part) => part.diagram.node(node)?,
                None => return Err(Halt::Numbers),
            },
            Where::Whole => self.whole.node(node)?,
            Where::Flat => self.flat().node(node)?,
        };
        Ok(Root { at, of })
    }

    /// Several nodes together, in the whole where that has them.
    ///
    /// # Errors
    /// As [`Self::root`].
    pub(crate) fn together(&mut self, nodes: &[NodeId]) -> Result<Root, Halt> {
        let crosses = |node: &NodeId| self.plan.parts.iter().any(|part| part.crossing.contains(node));
        let whole = nodes.iter().all(|node| self.plan.home(*node) == Home::Whole || crosses(node));
        self.together_in(if whole { Where::Whole } else { Where::Flat }, nodes)
    }

    /// The same in the diagram that another root stands in.
    ///
    /// # Errors
    /// As [`Self::root`].
    pub(crate) fn beside(&mut self, root: Root, nodes: &[NodeId]) -> Result<Root, Halt> {
        self.together_in(root.at, nodes)
    }

    fn together_in(&mut self, at: Where, nodes: &[NodeId]) -> Result<Root, Halt> {
        let diagram = match at {
            Where::Flat => self.flat(),
            Where::Whole | Where::Part(_) => &mut self.whole,
        };
        let of = tuple(diagram, nodes)?;
        Ok(Root { at, of })
    }

    /// The combinations of choices that some answers give.
    ///
    /// # Errors
    /// When the work of the call ended.
    pub(crate) fn combinations(&self, root: Root, within: &Within) -> Result<BTreeSet<Combination>, Halt> {
        let ends = self.pass(root, within).ends(root.of)?;
        Ok(ends.into_iter().flat_map(|end| self.choices(root, end)).collect())
    }

    /// Whether some answers give a combination that is asked for.
    ///
    /// # Errors
    /// When the work of the call ended.
    pub(crate) fn finds(
        &self,
        root: Root,
        within: &Within,
        asked: &mut dyn FnMut(&Combination) -> bool,
    ) -> Result<bool, Halt> {
        let mut any = |end: Ref| self.choices(root, end).iter().any(&mut *asked);
        Ok(self.pass(root, within).finds(root.of, &mut any)?)
    }

    /// The combinations that an end stands for.
    pub(super) fn choices(&self, root: Root, end: Ref) -> Vec<Combination> {
        choices(self.diagram(root.at), end)
    }

    /// The values that a node can have; numbers that depend on others by their ends.
    ///
    /// # Errors
    /// As [`Self::root`].
    pub(crate) fn score(&mut self, node: NodeId, within: &Within) -> Result<ScoreRange, Halt> {
        let root = self.root(node)?;
        self.pass(root, within).score(root.of)
    }

    /// The values that nodes can have together: one row for each combination. Numbers that depend on others are sets.
    ///
    /// # Errors
    /// As [`Self::root`].
    pub(crate) fn rows(
        &mut self,
        nodes: &[NodeId],
        within: &Within,
    ) -> Result<Vec<Vec<crate::evaluate::possible::Possible>>, Halt> {
        let root = self.together(nodes)?;
        let ends = self.pass(root, within).ends(root.of)?;
        let diagram = self.diagram(root.at);
        let row =
            |end: Ref| diagram.terms.parts(end).into_iter().map(|part| diagram.possible(part)).collect();
        Ok(ends.into_iter().map(row).collect())
    }

    /// Whether a node can be true, and whether it can be false.
    ///
    /// # Errors
    /// As [`Self::root`].
    pub(crate) fn truths(&mut self, node: NodeId, within: &Within) -> Result<(bool, bool), Halt> {
        let root = self.root(node)?;
        self.truths_of(root, within)
    }

    fn truths_of(&self, root: Root, within: &Within) -> Result<(bool, bool), Halt> {
        let ends = self.pass(root, within).ends(root.of)?;
        let diagram = self.diagram(root.at);
        Ok(ends.into_iter().fold((false, false), |(is, is_not), end| {
            let (may, may_not) = diagram.possible(end).truths();
            (is || may, is_not || may_not)
        }))
    }

    /// Whether the second can be true, and can be false, while the first is true; and whether the first can be false.
    ///
    /// # Errors
    /// As [`Self::root`].
    pub(crate) fn gate(
        &mut self,
        only_if: NodeId,
        holds: NodeId,
        within: &Within,
    ) -> Result<(bool, bool, bool), Halt> {
        let root = self.together(&[only_if, holds])?;
        let ends = self.pass(root, within).ends(root.of)?;
        let diagram = self.diagram(root.at);
        let (mut may, mut may_not, mut lapses) = (false, false, false);
        for end in ends {
            let parts: Vec<(bool, bool)> =
                diagram.terms.parts(end).into_iter().map(|part| diagram.possible(part).truths()).collect();
            let [(applies, not), (is, is_not)] = parts.as_slice() else { continue };
            may |= *applies && *is;
            may_not |= *applies && *is_not;
            lapses |= *not;
        }
        Ok((may, may_not, lapses))
    }

    /// The table of the total, and of each criterion that counts. None: they must be looked at one by one.
    ///
    /// # Errors
    /// As [`Self::root`].
    pub(crate) fn totals(&mut self, mean: NodeId) -> Result<Option<Totals>, Halt> {
        if self.plan.home(mean) != Home::Whole {
            return Ok(None);
        }
        self.whole.totals(mean, &self.doubt)
    }

    /// The slots that a root depends on, or may depend on; ascending.
    ///
    /// # Errors
    /// When the work of the call ended.
    pub(crate) fn read_by(&self, root: Root, within: &Within) -> Result<BTreeSet<Slot>, Halt> {
        let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
        let mut roots = vec![root];
        while let Some(root) = roots.pop() {
            let diagram = self.diagram(root.at);
            for node in self.pass(root, within).flow(root.of)?.nodes {
                if let Some(block) = diagram.tied_block(node) {
                    found.extend(&block.slots);
                    continue;
                }
                match diagram.levels.get(diagram.store.level(node)).map(|level| (level.slot, &level.asks)) {
                    Some((_, Asks::Sum)) => {
                        let summands = self.summed.iter().flat_map(|summed| &summed.summands);
                        roots.extend(summands.map(|one| Root { at: Where::Whole, of: one.root }));
                    }
                    Some((_, Asks::Part(part))) => {
                        let inner = self.parts.get(*part).filter(|_| seen.insert(*part));
                        roots.extend(inner.map(|inner| Root { at: Where::Part(*part), of: inner.root }));
                    }
                    Some((slot, _)) => {
                        found.insert(slot);
                    }
                    None => {}
                }
            }
        }
        Ok(found)
    }

    /// The numbers of one slot from which on a root may differ; ascending. The flag: between them it may still depend on the slot,
    /// together with others.
    ///
    /// # Errors
    /// When the work of the call ended.
    pub(crate) fn turns(
        &self,
        root: Root,
        slot: Slot,
        within: &Within,
    ) -> Result<(BTreeSet<Number>, bool), Halt> {
        let (mut found, mut tied) = (BTreeSet::new(), false);
        let mut roots = vec![root];
        if root.at == Where::Whole
            && let Some(part) = self.plan.part_of(slot)
            && let Some(inner) = self.parts.get(part)
        {
            roots = vec![Root { at: Where::Part(part), of: inner.root }];
        } else if root.at == Where::Whole
            && let Some(summed) = &self.summed
        {
            let levels = self.whole.levels.of(slot).iter();
            let own = levels.filter_map(|level| summed.reader(*level));
            roots.extend(own.map(|one| Root { at: Where::Whole, of: one.root }));
        }
        for root in roots {
            let diagram = self.diagram(root.at);
            let pass = self.pass(root, within);
            let Some((level, numbers)) = diagram.levels.number(slot) else { continue };
            for node in pass.flow(root.of)?.nodes {
                if let Some(block) = diagram.tied_block(node) {
                    if !block.slots.contains(&slot) {
                        continue;
                    }
                    tied = true;
                    let turns = pass.turns(slot, node, block)?;
                    found.extend(turns.iter().map(|turn| turn.mul(&numbers.step)));
                } else if diagram.store.level(node) == level {
                    found.extend(diagram.store.cuts(node).iter().map(|cut| diagram.store.cut(*cut).clone()));
                }
            }
        }
        Ok((found, tied))
    }

    /// The rows that look-ups ask for and do not find.
    ///
    /// # Errors
    /// As [`Self::root`].
    pub(crate) fn missing(&mut self, look_up: NodeId, within: &Within) -> Result<Vec<MissingKeys>, Halt> {
        let mut roots = Vec::new();
        if self.program.in_item.get(look_up.index()).copied().unwrap_or(false) {
            // Inside a condition over items, which is built first.
            for (node, op) in (0..).map(NodeId).zip(&self.program.nodes) {
                let Op::Quantified { list, body, .. } = op else { continue };
                if self.program.bodies.get(body).is_some_and(|below| below.contains(&look_up)) {
                    let at = self.root(node)?.at;
                    let items = 0..self.world.list(*list).items;
                    let built = |item| self.diagram(at).built(look_up, item).map(|of| Root { at, of });
                    roots.extend(items.filter_map(built));
                }
            }
        } else {
            roots.push(self.root(look_up)?);
        }
        let mut found = Vec::new();
        for root in roots {
            let ends = self.pass(root, within).ends(root.of)?;
            let diagram = self.diagram(root.at);
            found.extend(ends.into_iter().filter_map(|end| match diagram.terms.get(end) {
                Some(Term::Missing(table, keys)) => Some((*table, keys.clone())),
                _ => None,
            }));
        }
        Ok(found)
    }
}

impl Diagram<'_> {
    /// Makes the nodes of a part that the rest reads from the values that the part can give: for each value the end of each node.
    pub(super) fn cross(&mut self, part: usize, crossing: &[NodeId], values: &[Vec<Option<Term>>]) {
        let level = self.levels.of_part(part).unwrap_or_default();
        let count = u32::try_from(values.len()).unwrap_or(u32::MAX);
        self.store.reshape(level, Shape { numbers: false, specials: count });
        for (place, node) in crossing.iter().enumerate() {
            let terms: Vec<Option<Term>> =
                values.iter().map(|ends| ends.get(place).cloned().flatten()).collect();
            let kids: Vec<Ref> = terms
                .into_iter()
                .map(|term| match term {
                    Some(Term::Value(value)) => self.value(value),
                    Some(term) => self.terms.of(term),
                    None => self.value(Value::NotApplicable),
                })
                .collect();
            let made = self.store.make(level, &kids, &[]);
            self.put(*node, made);
        }
    }
}

/// The combinations that an end of a diagram stands for.
pub(super) fn choices(diagram: &Diagram<'_>, end: Ref) -> Vec<Combination> {
    let mut all: Vec<Vec<u16>> = vec![Vec::new()];
    for part in diagram.terms.parts(end) {
        let values = diagram.possible(part).values(usize::MAX).unwrap_or_default();
        let ways: Vec<u16> = values
            .into_iter()
            .filter_map(|value| match value {
                Value::Choice(at) => Some(at),
                _ => None,
            })
            .collect();
        let with =
            |row: &Vec<u16>| ways.iter().map(|way| [row.as_slice(), &[*way]].concat()).collect::<Vec<_>>();
        all = all.iter().flat_map(with).collect();
    }
    all.into_iter().filter_map(|row| row.split_first().map(|(first, rest)| (*first, rest.to_vec()))).collect()
}

/// Several nodes as one diagram, whose ends are tuples (for one node its own ends).
fn tuple(diagram: &mut Diagram<'_>, nodes: &[NodeId]) -> Made {
    let mut all = None;
    for node in nodes {
        let one = diagram.node(*node)?;
        all = Some(match all {
            None => one,
            Some(before) => diagram.two(Code::Pair, before, one)?,
        });
    }
    all.ok_or(Halt::Numbers)
}

impl<'p> Inner<'p> {
    /// What the nodes that the rest reads give, for each value of the part.
    pub(super) fn crossing(&self, count: usize) -> Vec<Vec<Option<Term>>> {
        let terms = &self.diagram.terms;
        let ends = |value: &Ref| {
            let parts = terms.parts(*value);
            (0..count).map(|place| parts.get(place).and_then(|end| terms.get(*end)).cloned()).collect()
        };
        self.values.iter().map(ends).collect()
    }

    /// None: it saves nothing, gives too many values, or gives something that depends on open numbers.
    pub(super) fn new(
        program: &'p Program,
        world: &Rc<World>,
        budget: &'p Budget,
        plan: &Plan,
        part: &super::plan::Part,
        doubt: &Cell<bool>,
    ) -> Result<Option<Self>, Halt> {
        let has = |slot: Slot| part.slots.contains(&slot);
        Self::over(Diagram::new(program, world, budget, plan, &has, &[]), part, doubt)
    }

    /// The same in a diagram of the part's answers.
    pub(super) fn over(
        mut diagram: Diagram<'p>,
        part: &super::plan::Part,
        doubt: &Cell<bool>,
    ) -> Result<Option<Self>, Halt> {
        let world = Rc::clone(&diagram.world);
        if diagram.levels.all.len() < 2 {
            return Ok(None);
        }
        let mut root = None;
        for node in &part.crossing {
            let one = diagram.node(*node)?;
            root = Some(match root {
                None => diagram.one(Code::Single, one)?,
                Some(before) => diagram.two(Code::Pair, before, one)?,
            });
        }
        let Some(root) = root else { return Ok(None) };
        let values: Vec<Ref> =
            Pass::new(&diagram, &world, &NO_PARTS, doubt).ends(root)?.into_iter().collect();
        let closed = |end: &Ref| {
            let parts = diagram.terms.parts(*end).into_iter();
            parts
                .map(|part| diagram.terms.get(part))
                .all(|term| matches!(term, Some(Term::Value(_) | Term::OneOf(_) | Term::Missing(..))))
        };
        if values.len() > MOST_VALUES || !values.iter().all(closed) {
            return Ok(None);
        }
        Ok(Some(Self { diagram, root, values, level: 0, known: RefCell::default() }))
    }
}
