//! A verdict in parts that share no open answer, kept, so that many questions about it cost little: for each part every
//! contribution it can make, and for each way the other parts can come out (a context) what verdict each contribution
//! then gives. From that table follow the possible results, what any answer leaves, and whether an answer matters.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::asked::Asked;
use crate::contexts::{Keys, Table, Total, stretch};
use crate::judgement::{Maybe, ScoreRange};
use crate::maker::{Maker, State};
use crate::number::Number;
use crate::possible::{Possible, Slot};
use crate::program::{NodeId, Op, Program};
use crate::solve::{Path, Rows, Side, Solver, Stop, both};
use crate::sums::Sums;
use crate::value::Value;

/// An outcome with a choice for every route, as values.
pub type Result_ = Vec<Possible>;

/// The sums of parts may lie so many units apart; further apart they are not kept as bits.
const MOST_UNITS: i64 = 1 << 20;

/// The verdict in parts.
pub struct Parts {
    asked: Vec<Asked>,
    makers: Vec<Maker>,
    plans: [Vec<NodeId>; 2],
    /// The settled atoms' contribution.
    base: u32,
    parts: Vec<Part>,
    keys: Keys,
    total: Option<Total>,
    /// Sets of results, each once.
    results: Vec<Vec<Result_>>,
    interned: FxHashMap<Vec<Result_>, u32>,
    /// By key and stretch of the total, the results.
    concluded: FxHashMap<(u32, usize), u32>,
    /// The lines that can give the outcome; which one does is asked last, beside the results.
    lines: Vec<Possible>,
}

struct Part {
    atoms: Vec<Asked>,
    slots: BTreeSet<Slot>,
    /// Every contribution, and how it comes about.
    found: Rc<Vec<(State, Path)>>,
    /// Where each contribution stands; made when first asked for.
    places: Option<FxHashMap<State, u32>>,
    /// Per contribution its key, and what it adds to the total's sum, in units.
    columns: Vec<(u32, i64)>,
    /// The same by key.
    grouped: Vec<(u32, Sums)>,
    /// Made when first asked for.
    table: Option<Table>,
}

impl Part {
    fn places(&mut self) -> &FxHashMap<State, u32> {
        let found = &self.found;
        self.places.get_or_insert_with(|| found.iter().map(|(state, _)| state.clone()).zip(0..).collect())
    }
}

impl Parts {
    /// Takes a verdict apart. None where it cannot be: no sums, or scores on a straight line left open.
    ///
    /// # Errors
    /// When the limit of steps is reached.
    pub fn new(solver: &mut Solver<'_>, asked: &[Asked], line: NodeId) -> Result<Option<Self>, Stop> {
        let line = Asked::of(line);
        let asked: Vec<Asked> = asked.iter().copied().chain([line]).collect();
        let Some((atoms, makers)) = solver.atoms(&asked) else { return Ok(None) };
        let (base, groups) = solver.gather(&atoms, &makers)?;
        let known =
            |state: &State| state.iter().flatten().all(|value| value.known().is_some() || is_unset(value));
        if !known(&base) {
            return Ok(None);
        }
        let mut parts = Vec::with_capacity(groups.len());
        for atoms in groups {
            let slots = solver.look(&atoms).slots.into_iter().flatten().collect();
            let found = solver.contributions(&atoms, &makers)?;
            if !found.iter().all(|(state, _)| known(state)) {
                return Ok(None);
            }
            let (columns, grouped) = (Vec::new(), Vec::new());
            parts.push(Part { atoms, slots, found, places: None, columns, grouped, table: None });
        }
        let plans = solver.plans(&asked, &makers);
        let total = total(solver.program, &makers, &plans);
        let mut all = Self {
            asked,
            makers,
            plans,
            base: 0,
            parts,
            keys: Keys::default(),
            total,
            results: Vec::new(),
            interned: FxHashMap::default(),
            concluded: FxHashMap::default(),
            lines: Vec::new(),
        };
        all.key(&base);
        Ok(Some(all))
    }

    /// Gives every contribution its key, and counts sums in units.
    fn key(&mut self, base: &State) {
        if let Some(total) = &mut self.total {
            let sums =
                self.parts.iter().map(|part| part.found.iter().map(|(state, _)| total.sum(state)).collect());
            if !total.measure(total.sum(base), &sums.collect::<Vec<Vec<Number>>>(), MOST_UNITS) {
                self.total = None;
            }
        }
        let total = self.total.as_ref();
        let without = |state: &State| total.map_or_else(|| state.clone(), |total| total.without(state));
        self.base = self.keys.intern(without(base));
        for part in &mut self.parts {
            let first = part.found.first().and_then(|(state, _)| total.map(|total| total.sum(state)));
            for (state, _) in part.found.iter() {
                let plus = match (total, &first) {
                    (Some(total), Some(first)) => total.units(&total.sum(state).sub(first)),
                    _ => 0,
                };
                let key = self.keys.intern(without(state));
                part.columns.push((key, plus));
                match part.grouped.iter_mut().find(|(other, _)| *other == key) {
                    Some((_, sums)) => sums.insert(plus),
                    None => part.grouped.push((key, Sums::of(plus))),
                }
            }
        }
    }

    /// All possible results.
    ///
    /// # Errors
    /// When the limit of steps is reached.
    pub fn all(&mut self, solver: &mut Solver<'_>) -> Result<Vec<Result_>, Stop> {
        let smallest =
            (0..self.parts.len()).min_by_key(|at| self.parts.get(*at).map(|part| part.found.len()));
        let Some(at) = smallest else {
            let id = self.conclude(solver, self.base, 0)?;
            return Ok(self.results.get(id as usize).cloned().unwrap_or_default());
        };
        let columns = (0..self.parts.get(at).map_or(0, |part| part.found.len())).collect();
        self.of_columns(solver, at, &columns)
    }

    fn of_columns(
        &mut self,
        solver: &mut Solver<'_>,
        part: usize,
        columns: &BTreeSet<usize>,
    ) -> Result<Vec<Result_>, Stop> {
        self.prepare(solver, part)?;
        let mut ids = BTreeSet::new();
        if let Some(table) = self.table(part) {
            ids.extend(columns.iter().filter_map(|column| table.by_column.get(*column)).flatten().copied());
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

    /// The lines that can give the outcome; after [`Self::all`].
    #[must_use]
    pub fn lines(&self) -> &[Possible] {
        &self.lines
    }

    /// What the total can be. None when its sum is not counted apart.
    ///
    /// # Errors
    /// When the limit of steps is reached.
    pub fn total(&mut self, solver: &mut Solver<'_>) -> Result<Option<ScoreRange>, Stop> {
        if self.total.is_none() {
            return Ok(None);
        }
        let all = self.others(solver, self.parts.len())?;
        let Some(total) = &self.total else { return Ok(None) };
        let (mut range, mut with, mut without): (Option<(Number, Number)>, bool, bool) = (None, false, false);
        for (key, sums) in all {
            let key = self.keys.state(key);
            let (Some(lo), Some(hi)) = (total.value(key, sums.least()), total.value(key, sums.greatest()))
            else {
                without = true;
                continue;
            };
            with = true;
            range = Some(match range {
                None => (lo, hi),
                Some((least, greatest)) => (least.min(lo), greatest.max(hi)),
            });
        }
        let not_applicable = match (with, without) {
            (true, true) => Maybe::Maybe,
            (false, true) => Maybe::Yes,
            _ => Maybe::No,
        };
        Ok(Some(ScoreRange { range, not_applicable }))
    }

    /// How a result that is wanted comes about. None: no contributions give one.
    ///
    /// # Errors
    /// When the limit of steps is reached.
    pub fn witness(
        &mut self,
        solver: &mut Solver<'_>,
        wanted: &dyn Fn(&[Possible]) -> bool,
    ) -> Result<Option<Path>, Stop> {
        // What the parts from each place on can add up to.
        let start =
            self.keys.intern(self.makers.iter().map(|maker| maker.start(solver.program, &[])).collect());
        let mut rest = vec![vec![(start, Sums::of(0))]];
        for at in (0..self.parts.len()).rev() {
            let own = self.parts.get(at).map(|part| part.grouped.clone()).unwrap_or_default();
            let next = self.added(solver, rest.last().map_or(&[], Vec::as_slice), &own)?;
            rest.push(next);
        }
        rest.reverse();
        // Part by part the first contribution with which the rest can still give a wanted result.
        let (mut key, mut sum, mut path) = (self.base, 0_i64, None);
        for at in 0..self.parts.len() {
            let columns = self.parts.get(at).map(|part| part.columns.clone()).unwrap_or_default();
            let after = rest.get(at + 1).cloned().unwrap_or_default();
            let mut chosen = None;
            for (column, (other, plus)) in columns.iter().enumerate() {
                let joined = self.keys.join(&self.makers, key, *other);
                if self.gives(solver, joined, sum + plus, &after, wanted)? {
                    chosen = Some((column, joined, sum + plus));
                    break;
                }
            }
            let Some((column, joined, with)) = chosen else { return Ok(None) };
            (key, sum) = (joined, with);
            let way =
                self.parts.get(at).and_then(|part| part.found.get(column)).and_then(|(_, way)| way.clone());
            path = both(&path, &way);
        }
        let id = self.conclude(solver, key, sum)?;
        Ok(self.results.get(id as usize).is_some_and(|all| all.iter().any(|one| wanted(one))).then_some(path))
    }

    /// Whether a key with a sum gives a wanted result together with one of what the rest can add up to.
    fn gives(
        &mut self,
        solver: &mut Solver<'_>,
        key: u32,
        sum: i64,
        rest: &[(u32, Sums)],
        wanted: &dyn Fn(&[Possible]) -> bool,
    ) -> Result<bool, Stop> {
        for (other, sums) in rest {
            let joined = self.keys.join(&self.makers, key, *other);
            let turns: BTreeSet<i64> = match &self.total {
                Some(total) => self.keys.turns(total, joined).iter().copied().collect(),
                None => BTreeSet::new(),
            };
            let mut next = Some(sums.least());
            while let Some(one) = next {
                solver.step(None)?;
                let id = self.conclude(solver, joined, sum + one)?;
                if self.results.get(id as usize).is_some_and(|all| all.iter().any(|result| wanted(result))) {
                    return Ok(true);
                }
                next = match turns.range(2 * (sum + one)..).next() {
                    Some(turn) if *turn == 2 * (sum + one) => sums.next(one + 1),
                    Some(turn) => sums.next(turn.div_euclid(2) + turn.rem_euclid(2) - sum),
                    None => None,
                };
            }
        }
        Ok(false)
    }

    fn table(&self, part: usize) -> Option<&Table> {
        self.parts.get(part).and_then(|part| part.table.as_ref())
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
        // What no part reads changes nothing.
        let Some(at) = self.part_of(slot) else { return self.all(solver).map(Some) };
        let Some(part) = self.parts.get_mut(at) else { return Ok(None) };
        let (undo, _) = solver.take_side(Side::Slot(slot, possible.clone()), &None);
        let found = solver.contributions(&part.atoms, &self.makers);
        solver.undo(undo);
        let places = part.places();
        let mut columns = BTreeSet::new();
        for (state, _) in found?.iter() {
            match places.get(state) {
                Some(place) => columns.insert(*place as usize),
                None => return Ok(None),
            };
        }
        self.of_columns(solver, at, &columns).map(Some)
    }

    /// The contributions of a part in the first and in the second copy, when they differ. The solver must have been
    /// doubled. None: not to be told from the parts.
    fn pairs(&mut self, solver: &mut Solver<'_>, at: usize) -> Result<Option<BTreeSet<(u32, u32)>>, Stop> {
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
        let Some(part) = self.parts.get_mut(at) else { return Ok(None) };
        let places = part.places();
        let mut pairs = BTreeSet::new();
        for (state, _) in found {
            let (one, other) = state.split_at(self.makers.len().min(state.len()));
            match (places.get(one), places.get(other)) {
                (Some(a), Some(b)) if a != b => {
                    pairs.insert((*a, *b));
                }
                (Some(_), Some(_)) => {}
                _ => return Ok(None),
            }
        }
        Ok(Some(pairs))
    }

    /// Whether two completions that differ only in the doubled slots differ in a result, and in the first thing asked. The
    /// solver must have been doubled. None: not to be told from the parts.
    ///
    /// # Errors
    /// When the limit of steps is reached.
    pub fn differs(&mut self, solver: &mut Solver<'_>, slot: Slot) -> Result<Option<(bool, bool)>, Stop> {
        let Some(at) = self.part_of(slot) else { return Ok(Some((false, false))) };
        let Some(pairs) = self.pairs(solver, at)? else { return Ok(None) };
        let (mut differs, mut outcome) = (false, false);
        for row in
            self.parts.get(at).and_then(|part| part.table.as_ref()).iter().flat_map(|table| &table.contexts)
        {
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

    /// Two outcomes, the second worse, of completions that differ only in the doubled slots, the second with the second
    /// copy's answer. The solver must have been doubled. None: not to be told from the parts.
    ///
    /// # Errors
    /// When the limit of steps is reached.
    pub fn worsens(
        &mut self,
        solver: &mut Solver<'_>,
        slot: Slot,
    ) -> Result<Option<Option<(u16, u16)>>, Stop> {
        let Some(at) = self.part_of(slot) else { return Ok(Some(None)) };
        let Some(pairs) = self.pairs(solver, at)? else { return Ok(None) };
        // Only what is settled in both counts: a missing row makes nothing worse.
        let outcome = |id: &u32| match self.results.get(*id as usize).map(Vec::as_slice) {
            Some([one]) => match one.first().and_then(Possible::known) {
                Some(Value::Choice(at)) => Some(*at),
                _ => None,
            },
            _ => None,
        };
        for row in self.parts.get(at).and_then(|part| part.table.as_ref()).iter().flat_map(|t| &t.contexts) {
            for (a, b) in &pairs {
                let (Some(a), Some(b)) = (row.get(*a as usize), row.get(*b as usize)) else { continue };
                if let (Some(from), Some(to)) = (outcome(a), outcome(b))
                    && to > from
                {
                    return Ok(Some(Some((from, to))));
                }
            }
        }
        Ok(Some(None))
    }

    /// Works out what every contribution of a part gives in every context.
    fn prepare(&mut self, solver: &mut Solver<'_>, at: usize) -> Result<(), Stop> {
        let Some(part) = self.parts.get(at) else { return Ok(()) };
        if part.table.is_some() {
            return Ok(());
        }
        // A part with the same contributions has the same contexts.
        let same = |(a, b): (&(State, Path), &(State, Path))| a.0 == b.0;
        let twin = self.parts.iter().filter(|other| {
            other.table.is_some()
                && other.found.len() == part.found.len()
                && other.found.iter().zip(part.found.iter()).all(same)
        });
        if let Some(table) = twin.filter_map(|other| other.table.clone()).next() {
            if let Some(part) = self.parts.get_mut(at) {
                part.table = Some(table);
            }
            return Ok(());
        }
        let columns = part.columns.clone();
        let mut rows: BTreeSet<Vec<u32>> = BTreeSet::new();
        for (key, sums) in self.others(solver, at)? {
            let mut own = Vec::with_capacity(columns.len());
            let mut turns = BTreeSet::new();
            for (other, plus) in &columns {
                let joined = self.keys.join(&self.makers, key, *other);
                if let Some(total) = &self.total {
                    turns.extend(self.keys.turns(total, joined).iter().map(|turn| turn - 2 * plus));
                }
                own.push((joined, *plus));
            }
            // Between two turns all sums give the same; only the first that is there is looked at.
            let mut next = Some(sums.least());
            while let Some(sum) = next {
                let mut row = Vec::with_capacity(own.len());
                for (joined, plus) in &own {
                    solver.step(None)?;
                    row.push(self.conclude(solver, *joined, sum + plus)?);
                }
                rows.insert(row);
                next = match turns.range(2 * sum..).next() {
                    Some(turn) if *turn == 2 * sum => sums.next(sum + 1),
                    Some(turn) => sums.next(turn.div_euclid(2) + turn.rem_euclid(2)),
                    None => None,
                };
            }
        }
        if let Some(part) = self.parts.get_mut(at) {
            part.table = Some(Table::new(rows, columns.len()));
        }
        Ok(())
    }

    /// All ways the other parts can come out: by key, the sums.
    fn others(&mut self, solver: &mut Solver<'_>, at: usize) -> Result<Vec<(u32, Sums)>, Stop> {
        let mut states: Vec<(u32, Sums)> = vec![(self.base, Sums::of(0))];
        for other in (0..self.parts.len()).filter(|other| *other != at) {
            let own = self.parts.get(other).map(|part| part.grouped.clone()).unwrap_or_default();
            states = self.added(solver, &states, &own)?;
        }
        Ok(states)
    }

    /// Every sum of a state and a part's contribution.
    fn added(
        &mut self,
        solver: &mut Solver<'_>,
        states: &[(u32, Sums)],
        part: &[(u32, Sums)],
    ) -> Result<Vec<(u32, Sums)>, Stop> {
        let mut places: FxHashMap<u32, usize> = FxHashMap::default();
        let mut next: Vec<(u32, Sums)> = Vec::new();
        for (key, sums) in states {
            for (other, plus) in part {
                solver.step(None)?;
                let joined = self.keys.join(&self.makers, *key, *other);
                let sums = sums.plus(plus);
                match places.get(&joined).and_then(|place| next.get_mut(*place)) {
                    Some((_, known)) => known.union(&sums, 0),
                    None => {
                        places.insert(joined, next.len());
                        next.push((joined, sums));
                    }
                }
            }
        }
        Ok(next)
    }

    /// The results of a key with a sum; found once per stretch of the total between thresholds.
    fn conclude(&mut self, solver: &mut Solver<'_>, key: u32, sum: i64) -> Result<u32, Stop> {
        let stretch = self.total.as_ref().map_or(0, |total| stretch(&self.keys.turns(total, key), sum));
        if let Some(id) = self.concluded.get(&(key, stretch)) {
            return Ok(*id);
        }
        let state = self.keys.state(key);
        let state = self.total.as_ref().map_or_else(|| state.clone(), |total| total.with(state, sum));
        let mut rows = Rows::default();
        solver.conclude(&self.asked, &self.makers, &self.plans, &state, &None, &mut rows)?;
        let mut results: Vec<Result_> = Vec::new();
        for row in rows.into_vec() {
            let mut values = row.values;
            let line = values.pop();
            self.lines.extend(line.filter(|line| !self.lines.contains(line)));
            if !results.contains(&values) {
                results.push(values);
            }
        }
        let id = match self.interned.get(&results) {
            Some(id) => *id,
            None => {
                let id = u32::try_from(self.results.len()).unwrap_or(u32::MAX);
                self.results.push(results.clone());
                self.interned.insert(results, id);
                id
            }
        };
        self.concluded.insert((key, stretch), id);
        Ok(id)
    }
}

fn is_unset(value: &Possible) -> bool {
    *value == crate::maker::unset()
}

/// The makers of the total's sum and weights, when the sum is read through comparisons of the total with fixed numbers
/// only: then results change at those alone.
fn total(program: &Program, makers: &[Maker], plans: &[Vec<NodeId>; 2]) -> Option<Total> {
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
    Some(Total::new(sum_at, weights_at, thresholds.into_keys().collect()))
}
