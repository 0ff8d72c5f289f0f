//! Possible results of a whole verdict. A verdict reads its criteria, exclusions, requirements and conditions through a
//! few sums and aggregates, the pillars. Parts that share no open answer are solved apart; of each only its
//! contribution to the pillars is kept; contributions add up.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use crate::asked::Asked;
use crate::distinct::Distinct;
use crate::maker::{Maker, State};
use crate::memo::Kept;
use crate::possible::{Possible, Slot};
use crate::program::NodeId;
use crate::solve::{Path, Row, Rows, Side, Solver, Stop, both, open_groups, settled};

/// States with their witnesses, each once, in the order found.
type States = Distinct<State, Path>;

impl Solver<'_> {
    /// All possible results of what is asked, jointly; `asked` lies outside lists.
    ///
    /// # Errors
    /// When the limit of steps is reached.
    pub fn results(&mut self, asked: &[Asked]) -> Result<Vec<Row>, Stop> {
        let mut rows = self.joint(asked)?;
        self.tighten(&mut rows);
        Ok(rows)
    }

    fn joint(&mut self, asked: &[Asked]) -> Result<Vec<Row>, Stop> {
        let look = self.look(asked);
        if look.values.iter().all(settled) {
            return Ok(vec![Row { values: look.values, path: None }]);
        }
        let (pillars, direct) = self.layer(asked);
        if pillars.is_empty() {
            return self.solve(asked);
        }
        let mut makers: Vec<Maker> =
            pillars.iter().map(|pillar| Maker::new(self.program, &self.shared, *pillar)).collect();
        makers.extend(direct.iter().map(|atom| Maker::keep(*atom)));
        let mut atoms: BTreeSet<Asked> = direct.iter().copied().collect();
        for pillar in &pillars {
            self.program.op(pillar.node).operands(|node| {
                atoms.insert(self.canonical(Asked { node, ..*pillar }));
            });
        }
        let atoms: Vec<Asked> = atoms.into_iter().collect();
        let states = self.accumulate(&atoms, &makers)?;
        let stops: Vec<Asked> = makers.iter().map(|maker| maker.own).collect();
        let plans = [self.plan(asked, &stops, false), self.plan(asked, &stops, true)];
        let mut rows = Rows::default();
        for (state, path) in states {
            let undo = self.follow(&path, &state);
            let result = self.conclude(asked, &makers, &plans, &state, &path, &mut rows);
            self.undo(undo);
            result?;
        }
        Ok(rows.into_vec())
    }

    /// What a verdict falls apart into, and the makers that put it together again; none where there is no pillar.
    pub(crate) fn atoms(&mut self, asked: &[Asked]) -> Option<(Vec<Asked>, Vec<Maker>)> {
        let (pillars, direct) = self.layer(asked);
        if pillars.is_empty() {
            return None;
        }
        let mut makers: Vec<Maker> =
            pillars.iter().map(|p| Maker::new(self.program, &self.shared, *p)).collect();
        makers.extend(direct.iter().map(|atom| Maker::keep(*atom)));
        let mut atoms: BTreeSet<Asked> = direct.iter().copied().collect();
        for pillar in &pillars {
            self.program.op(pillar.node).operands(|node| {
                atoms.insert(self.canonical(Asked { node, ..*pillar }));
            });
        }
        Some((atoms.into_iter().collect(), makers))
    }

    /// The nodes above the makers, per copy.
    pub(crate) fn plans(&mut self, asked: &[Asked], makers: &[Maker]) -> [Vec<NodeId>; 2] {
        let stops: Vec<Asked> = makers.iter().map(|maker| maker.own).collect();
        [self.plan(asked, &stops, false), self.plan(asked, &stops, true)]
    }

    /// Pillars below what is asked, and what is read beside them.
    fn layer(&mut self, asked: &[Asked]) -> (Vec<Asked>, Vec<Asked>) {
        let (mut pillars, mut direct) = (BTreeSet::new(), BTreeSet::new());
        let mut seen = BTreeSet::new();
        let mut stack = asked.to_vec();
        while let Some(one) = stack.pop() {
            if !seen.insert(one) {
                continue;
            }
            if self.program.pillars.binary_search(&one.node).is_ok() {
                pillars.insert(one);
            } else if self.program.above_pillar.get(one.node.index()).copied().unwrap_or(false) {
                self.program.op(one.node).operands(|node| stack.push(self.canonical(Asked { node, ..one })));
            } else {
                direct.insert(one);
            }
        }
        (pillars.into_iter().collect(), direct.into_iter().collect())
    }

    /// All contributions of some atoms to the makers.
    pub(crate) fn accumulate(
        &mut self,
        atoms: &[Asked],
        makers: &[Maker],
    ) -> Result<Vec<(State, Path)>, Stop> {
        let (start, groups) = self.gather(atoms, makers)?;
        let mut states = vec![(start, None)];
        for part in groups {
            let found = self.contributions(&part, makers)?;
            states = self.combine(makers, &states, &found)?;
        }
        Ok(states)
    }

    /// What the settled atoms contribute, and the open ones in groups that share no open answer.
    pub(crate) fn gather(
        &mut self,
        atoms: &[Asked],
        makers: &[Maker],
    ) -> Result<(State, Vec<Vec<Asked>>), Stop> {
        let look = self.look(atoms);
        self.step(look.slots.iter().flatten().next().copied())?;
        let groups = open_groups(&look);
        let fixed: Vec<(Asked, Possible)> = atoms
            .iter()
            .copied()
            .zip(look.values)
            .enumerate()
            .filter(|(at, _)| !groups.iter().any(|group| group.contains(at)))
            .map(|(_, fixed)| fixed)
            .collect();
        let start: State = makers.iter().map(|maker| maker.start(self.program, &fixed)).collect();
        let groups = groups.into_iter();
        let groups =
            groups.map(|group| group.iter().filter_map(|at| atoms.get(*at).copied()).collect()).collect();
        Ok((start, groups))
    }

    /// Every sum of a state and a contribution, once.
    pub(crate) fn combine(
        &mut self,
        makers: &[Maker],
        states: &[(State, Path)],
        found: &[(State, Path)],
    ) -> Result<Vec<(State, Path)>, Stop> {
        let mut next = States::default();
        for (state, path) in states {
            for (other, way) in found {
                self.step(None)?;
                next.push(join(makers, state, other), || both(path, way));
            }
        }
        Ok(next.into_vec())
    }

    /// The contributions of atoms that hang together.
    pub(crate) fn contributions(
        &mut self,
        part: &[Asked],
        makers: &[Maker],
    ) -> Result<Rc<Vec<(State, Path)>>, Stop> {
        let Some(key) = self.key(part, Some(makers)) else {
            return self.contribute(part, makers).map(Rc::new);
        };
        let kept = match self.recall(&key) {
            Some(kept) => kept,
            None => self.keep(&key, |this| Ok(Kept::States(Rc::new(this.contribute(part, makers)?))))?,
        };
        Ok(match kept {
            Kept::States(states) => states,
            Kept::Rows(_) => Rc::default(),
        })
    }

    fn contribute(&mut self, part: &[Asked], makers: &[Maker]) -> Result<Vec<(State, Path)>, Stop> {
        let look = self.look(part);
        let mut states = States::default();
        if look.values.iter().all(settled) {
            let fixed: Vec<(Asked, Possible)> = part.iter().copied().zip(look.values).collect();
            states.push(makers.iter().map(|maker| maker.start(self.program, &fixed)).collect(), || None);
            return Ok(states.into_vec());
        }
        let rows = match part {
            [_] => Some(self.solve(part)?),
            _ if look.values.iter().any(|value| value.known().is_some()) => {
                return self.accumulate(part, makers);
            }
            _ => self.fold(part)?,
        };
        let (rows, sides) = match rows {
            Some(rows) => (rows, Vec::new()),
            None => match self.choose(part, &look) {
                sides if sides.is_empty() => (self.solve(part)?, sides),
                sides => (Vec::new(), sides),
            },
        };
        for row in rows {
            let fixed: Vec<(Asked, Possible)> = part.iter().copied().zip(row.values).collect();
            states.push(makers.iter().map(|maker| maker.start(self.program, &fixed)).collect(), || row.path);
        }
        for side in sides {
            let (undo, path) = self.take_side(side, &None);
            let found = self.accumulate(part, makers);
            self.undo(undo);
            for (state, way) in found? {
                states.push(state, || both(&path, &way));
            }
        }
        Ok(states.into_vec())
    }

    pub(crate) fn conclude(
        &mut self,
        asked: &[Asked],
        makers: &[Maker],
        plans: &[Vec<NodeId>; 2],
        state: &State,
        path: &Path,
        rows: &mut Rows,
    ) -> Result<(), Stop> {
        self.step(None)?;
        let splits = RefCell::new(Vec::new());
        for (maker, parts) in makers.iter().zip(state) {
            let parts: Vec<Possible> = parts.iter().map(|part| self.refresh(part)).collect();
            let value = maker.made(&parts).or_else(|| parts.into_iter().next());
            if let Some(value) = value {
                self.put(maker.own, value);
            }
        }
        let [first, second] = plans;
        self.run(first, false, &splits);
        self.run(second, true, &splits);
        let values: Vec<Possible> = asked.iter().map(|one| self.refresh(&self.value(*one))).collect();
        if values.iter().all(settled) {
            if self.somewhere() {
                rows.push(Row { values, path: path.clone() });
            }
            return Ok(());
        }
        for split in splits.into_inner() {
            let sides = self.sides(&split);
            if sides.len() > 1 {
                for side in sides {
                    let (undo, path) = self.take_side(side, path);
                    let result = self.conclude(asked, makers, plans, state, &path, rows);
                    self.undo(undo);
                    result?;
                }
                return Ok(());
            }
        }
        self.give_up(&values, path, rows);
        Ok(())
    }

    /// The ways to split a slot, for asking what each answer leaves: finite answers one by one; numbers where results can
    /// turn are found by the caller.
    #[must_use]
    pub fn ways(&self, slot: Slot) -> Option<Vec<Side>> {
        self.finite(slot).map(|ways| ways.into_iter().map(|way| Side::Slot(slot, way)).collect())
    }
}

/// A state and a contribution together.
pub(crate) fn join(makers: &[Maker], state: &State, other: &State) -> State {
    makers.iter().zip(state.iter().zip(other)).map(|(maker, (a, b))| maker.combine(a, b)).collect()
}
