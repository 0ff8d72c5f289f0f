//! A verdict in parts that share no open answer, kept, so that many questions about it cost little: for each part every
//! contribution it can make, and for each way the other parts can come out (a context) what verdict each contribution
//! then gives. From that table follow the possible results, what any answer leaves, and whether an answer matters.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::number::Number;
use crate::possible::{Possible, Slot};
use crate::program::{NodeId, Op, Program};
use crate::solve::{Asked, Maker, Rows, Side, Solver, State, Stop};
use crate::value::Value;

/// An outcome with a choice for every route, as values.
pub type Result_ = Vec<Possible>;

/// The verdict in parts.
pub struct Parts {
    asked: Vec<Asked>,
    makers: Vec<Maker>,
    plans: [Vec<NodeId>; 2],
    base: State,
    parts: Vec<Part>,
    /// Place of the maker of the total's sum, and of the weights'; and what the total is compared with, ascending.
    total: Option<(usize, usize, Vec<Number>)>,
    /// Sets of results, each once.
    results: Vec<Vec<Result_>>,
    interned: HashMap<Vec<Result_>, u32>,
}

struct Part {
    atoms: Vec<Asked>,
    slots: BTreeSet<Slot>,
    /// Every contribution, and where it stands.
    found: Vec<State>,
    places: HashMap<State, u32>,
    /// Per context (each once) the results of every contribution. Made when first asked for.
    contexts: Option<Vec<Vec<u32>>>,
    /// Per contribution the results over all contexts.
    by_column: Vec<BTreeSet<u32>>,
}

/// What a contribution gives in contexts that differ in the total's sum only.
struct Column {
    /// Everything but the sum.
    key: State,
    /// What the contribution adds to the sum.
    plus: Number,
    /// The others' sums at which the total meets a threshold, ascending.
    turns: Vec<Number>,
    /// Per stretch between them the results, once found.
    known: Vec<Option<u32>>,
}

impl Parts {
    /// Takes a verdict apart. None where it cannot be: no sums, or scores on a straight line left open.
    ///
    /// # Errors
    /// When the limit of steps is reached.
    pub fn new(solver: &mut Solver<'_>, asked: &[Asked]) -> Result<Option<Self>, Stop> {
        let Some((atoms, makers)) = solver.atoms(asked) else { return Ok(None) };
        let (base, groups) = solver.gather(&atoms, &makers)?;
        let known =
            |state: &State| state.iter().flatten().all(|value| value.known().is_some() || is_unset(value));
        if !known(&base) {
            return Ok(None);
        }
        let mut parts = Vec::with_capacity(groups.len());
        for atoms in groups {
            let slots = solver.look(&atoms).slots.into_iter().flatten().collect();
            let found: Vec<State> =
                solver.contributions(&atoms, &makers)?.into_iter().map(|(state, _)| state).collect();
            if !found.iter().all(known) {
                return Ok(None);
            }
            let places = found.iter().cloned().zip(0..).collect();
            parts.push(Part { atoms, slots, found, places, contexts: None, by_column: Vec::new() });
        }
        let plans = solver.plans(asked, &makers);
        let total = total(solver.program, &makers, &plans);
        Ok(Some(Self {
            asked: asked.to_vec(),
            makers,
            plans,
            base,
            parts,
            total,
            results: Vec::new(),
            interned: HashMap::new(),
        }))
    }

    /// All possible results.
    ///
    /// # Errors
    /// When the limit of steps is reached.
    pub fn all(&mut self, solver: &mut Solver<'_>) -> Result<Vec<Result_>, Stop> {
        if self.parts.is_empty() {
            let base = self.base.clone();
            let id = self.conclude(solver, &base)?;
            return Ok(self.results.get(id as usize).cloned().unwrap_or_default());
        }
        let columns = (0..self.parts.first().map_or(0, |part| part.found.len())).collect();
        self.of_columns(solver, 0, &columns)
    }

    fn of_columns(
        &mut self,
        solver: &mut Solver<'_>,
        part: usize,
        columns: &BTreeSet<usize>,
    ) -> Result<Vec<Result_>, Stop> {
        self.prepare(solver, part)?;
        let mut ids = BTreeSet::new();
        if let Some(part) = self.parts.get(part) {
            ids.extend(columns.iter().filter_map(|column| part.by_column.get(*column)).flatten().copied());
        }
        let mut results: Vec<Result_> = Vec::new();
        for id in ids {
            for result in self.results.get(id as usize).into_iter().flatten() {
                if !results.contains(result) {
                    results.push(result.clone());
                }
            }
        }
        Ok(results)
    }

    fn part_of(&self, slot: Slot) -> Option<usize> {
        self.parts.iter().position(|part| part.slots.contains(&slot))
    }

    /// The results that stay possible when a slot is narrowed. None: not to be told from the parts.
    ///
    /// # Errors
    /// When the limit of steps is reached.
    pub fn leaves(
        &mut self,
        solver: &mut Solver<'_>,
        slot: Slot,
        possible: &Possible,
    ) -> Result<Option<Vec<Result_>>, Stop> {
        let Some(at) = self.part_of(slot) else { return Ok(None) };
        let Some(part) = self.parts.get(at) else { return Ok(None) };
        let (undo, _) = solver.take_side(Side::Slot(slot, possible.clone()), &None);
        let found = solver.contributions(&part.atoms, &self.makers);
        solver.undo(undo);
        let mut columns = BTreeSet::new();
        for (state, _) in found? {
            match part.places.get(&state) {
                Some(place) => columns.insert(*place as usize),
                None => return Ok(None),
            };
        }
        self.of_columns(solver, at, &columns).map(Some)
    }

    /// Whether two completions that differ only in the doubled slots differ in a result, and in the first thing asked. The
    /// solver must have been doubled. None: not to be told from the parts.
    ///
    /// # Errors
    /// When the limit of steps is reached.
    pub fn differs(&mut self, solver: &mut Solver<'_>, slot: Slot) -> Result<Option<(bool, bool)>, Stop> {
        let Some(at) = self.part_of(slot) else { return Ok(None) };
        self.prepare(solver, at)?;
        let Some(part) = self.parts.get(at) else { return Ok(None) };
        let mut atoms: BTreeSet<Asked> = part.atoms.iter().copied().collect();
        atoms.extend(part.atoms.iter().map(|atom| solver.canonical(atom.in_second())));
        let atoms: Vec<Asked> = atoms.into_iter().collect();
        // Both copies' makers keep an atom that reads the same in both.
        let maker = |own: Asked, keeps: bool| {
            let own = if keeps { solver.canonical(own) } else { own };
            if keeps { Maker::keep(own) } else { Maker::new(solver.program, &solver.shared, own) }
        };
        let first = self.makers.iter().map(|of| maker(of.own, of.keeps()));
        let second = self.makers.iter().map(|of| maker(of.own.in_second(), of.keeps()));
        let makers: Vec<Maker> = first.chain(second).collect();
        let found = solver.accumulate(&atoms, &makers)?;
        let mut pairs = BTreeSet::new();
        for (state, _) in found {
            let (one, other) = state.split_at(self.makers.len().min(state.len()));
            match (part.places.get(one), part.places.get(other)) {
                (Some(a), Some(b)) if a != b => {
                    pairs.insert((*a, *b));
                }
                (Some(_), Some(_)) => {}
                _ => return Ok(None),
            }
        }
        let (mut differs, mut outcome) = (false, false);
        for row in part.contexts.iter().flatten() {
            for (a, b) in &pairs {
                let (Some(a), Some(b)) = (row.get(*a as usize), row.get(*b as usize)) else { continue };
                if a == b {
                    continue;
                }
                differs = true;
                let outcomes = |id: &u32| -> Vec<Option<&Possible>> {
                    self.results
                        .get(*id as usize)
                        .into_iter()
                        .flatten()
                        .map(|result| result.first())
                        .collect()
                };
                outcome |= outcomes(a) != outcomes(b);
            }
        }
        Ok(Some((differs, outcome)))
    }

    /// Works out what every contribution of a part gives in every context.
    fn prepare(&mut self, solver: &mut Solver<'_>, at: usize) -> Result<(), Stop> {
        if self.parts.get(at).is_none_or(|part| part.contexts.is_some()) {
            return Ok(());
        }
        let others = self.others(solver, at)?;
        let found = self.parts.get(at).map(|part| part.found.clone()).unwrap_or_default();
        let mut rows: BTreeSet<Vec<u32>> = BTreeSet::new();
        let own: Vec<(State, Number)> = found.iter().map(|state| self.without_sum(state)).collect();
        for (key, sums) in others {
            let mut columns: Vec<Column> = own
                .iter()
                .map(|(other, plus)| self.column(crate::layer::join(&self.makers, &key, other), plus.clone()))
                .collect();
            for sum in sums {
                let mut row = Vec::with_capacity(columns.len());
                for column in &mut columns {
                    row.push(self.result_at(solver, column, &sum)?);
                }
                rows.insert(row);
            }
        }
        let mut by_column: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); found.len()];
        for row in &rows {
            for (ids, id) in by_column.iter_mut().zip(row) {
                ids.insert(*id);
            }
        }
        if let Some(part) = self.parts.get_mut(at) {
            part.contexts = Some(rows.into_iter().collect());
            part.by_column = by_column;
        }
        Ok(())
    }

    /// A state but for the sum, with the sums at which the total meets a threshold.
    fn column(&self, key: State, plus: Number) -> Column {
        let mut turns = Vec::new();
        if let Some((_, weights, thresholds)) = &self.total {
            let weights = match key.get(*weights).and_then(|parts| parts.first()).and_then(Possible::known) {
                Some(Value::Number(weights)) => weights.clone(),
                _ => Number::ONE,
            };
            turns = thresholds.iter().map(|threshold| threshold.mul(&weights).sub(&plus)).collect();
        }
        Column { known: vec![None; 2 * turns.len() + 1], key, plus, turns }
    }

    /// The results of a state, found once per stretch of the total between thresholds.
    fn result_at(&mut self, solver: &mut Solver<'_>, column: &mut Column, sum: &Number) -> Result<u32, Stop> {
        solver.step(None)?;
        // Below, on and above each threshold.
        let below = column.turns.partition_point(|turn| turn < sum);
        let on = column.turns.get(below).is_some_and(|turn| turn == sum);
        let stretch = 2 * below + usize::from(on);
        if let Some(Some(id)) = column.known.get(stretch) {
            return Ok(*id);
        }
        let mut state = column.key.clone();
        if let Some((at, ..)) = &self.total
            && let Some([place]) = state.get_mut(*at).map(Vec::as_mut_slice)
        {
            *place = Possible::number(sum.add(&column.plus));
        }
        let id = self.conclude(solver, &state)?;
        if let Some(place) = column.known.get_mut(stretch) {
            *place = Some(id);
        }
        Ok(id)
    }

    /// A state with the total's sum taken out.
    fn without_sum(&self, state: &State) -> (State, Number) {
        let mut state = state.clone();
        let mut sum = Number::ZERO;
        if let Some((at, ..)) = &self.total
            && let Some([place]) = state.get_mut(*at).map(Vec::as_mut_slice)
            && let Some(Value::Number(n)) = place.known().cloned()
        {
            sum = n;
            *place = Possible::number(Number::ZERO);
        }
        (state, sum)
    }

    /// All ways the other parts can come out: by everything but the sum, the sums.
    fn others(&self, solver: &mut Solver<'_>, at: usize) -> Result<Vec<(State, BTreeSet<Number>)>, Stop> {
        let (key, sum) = self.without_sum(&self.base);
        let mut states: Vec<(State, BTreeSet<Number>)> = vec![(key, BTreeSet::from([sum]))];
        for (_, part) in self.parts.iter().enumerate().filter(|(other, _)| *other != at) {
            let own: Vec<(State, Number)> = part.found.iter().map(|state| self.without_sum(state)).collect();
            let mut places: HashMap<State, usize> = HashMap::new();
            let mut next: Vec<(State, BTreeSet<Number>)> = Vec::new();
            for (key, sums) in &states {
                for (other, plus) in &own {
                    let joined = crate::layer::join(&self.makers, key, other);
                    let place = *places.entry(joined.clone()).or_insert(next.len());
                    if place == next.len() {
                        next.push((joined, BTreeSet::new()));
                    }
                    for sum in sums {
                        solver.step(None)?;
                        if let Some((_, sums)) = next.get_mut(place) {
                            sums.insert(sum.add(plus));
                        }
                    }
                }
            }
            states = next;
        }
        Ok(states)
    }

    fn conclude(&mut self, solver: &mut Solver<'_>, state: &State) -> Result<u32, Stop> {
        let mut rows = Rows::default();
        solver.conclude(&self.asked, &self.makers, &self.plans, state, &None, &mut rows)?;
        let results: Vec<Result_> = rows.into_vec().into_iter().map(|row| row.values).collect();
        if let Some(id) = self.interned.get(&results) {
            return Ok(*id);
        }
        let id = u32::try_from(self.results.len()).unwrap_or(u32::MAX);
        self.results.push(results.clone());
        self.interned.insert(results, id);
        Ok(id)
    }
}

fn is_unset(value: &Possible) -> bool {
    *value == crate::solve::unset()
}

/// The makers of the total's sum and weights, when the sum is read through comparisons of the total with fixed numbers
/// only: then results change at those alone.
fn total(
    program: &Program,
    makers: &[Maker],
    plans: &[Vec<NodeId>; 2],
) -> Option<(usize, usize, Vec<Number>)> {
    let Op::Quotient(sum, weights) = program.op(program.total) else { return None };
    let place = |node: &NodeId| makers.iter().position(|maker| maker.own.node == *node);
    let (sum_at, weights_at) = (place(sum)?, place(weights)?);
    let fixed = |node: &NodeId| match program.op(*node) {
        Op::Constant(Value::Number(number)) => Some(number.clone()),
        _ => None,
    };
    let mut thresholds = BTreeMap::new();
    for node in plans.iter().flatten() {
        let op = program.op(*node);
        let mut reads = false;
        op.operands(|operand| reads |= operand == program.total || operand == *sum);
        if !reads || *node == program.total {
            continue;
        }
        let mut add = |node: &NodeId| match fixed(node) {
            Some(number) => {
                thresholds.insert(number, ());
                true
            }
            None => *node == program.total || matches!(program.op(*node), Op::Constant(_)),
        };
        let simple = match op {
            Op::Order(left, _, right) => add(left) && add(right),
            Op::Equals(left, right) => add(left) && right.iter().all(add),
            Op::HasValue(_) => true,
            _ => false,
        };
        if !simple {
            return None;
        }
    }
    Some((sum_at, weights_at, thresholds.into_keys().collect()))
}
