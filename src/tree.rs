//! A verdict taken apart, where need be per answer to the question that ties its parts together: a question that every
//! criterion asks first leaves nothing that falls apart, but each of its answers does.

use std::collections::BTreeSet;

use crate::asked::Asked;
use crate::judgement::{Maybe, ScoreRange};
use crate::parts::{Parts, Result_};
use crate::possible::{Possible, Slot};
use crate::program::NodeId;
use crate::solve::{Path, Side, Solver, Stop, both};

/// A split may have so many answers.
const MOST_BRANCHES: usize = 32;

/// And so many lie below each other.
const DEEPEST: usize = 3;

/// A verdict in parts, for each way to answer the questions that tie them together.
pub enum Tree {
    /// It falls apart as it is.
    Whole(Box<Parts>),
    /// It falls apart once this is answered: per answer.
    Split(Slot, Vec<(Possible, Tree)>),
}

impl Tree {
    /// Takes a verdict apart: the outcome, the routes, and beside them the line that gives the outcome. None where it cannot
    /// be taken apart.
    ///
    /// # Errors
    /// When the limit of steps is reached.
    pub fn new(solver: &mut Solver<'_>, asked: &[Asked], line: NodeId) -> Result<Option<Self>, Stop> {
        Self::below(solver, asked, line, DEEPEST)
    }

    fn below(
        solver: &mut Solver<'_>,
        asked: &[Asked],
        line: NodeId,
        depth: usize,
    ) -> Result<Option<Self>, Stop> {
        let ways = if depth == 0 { None } else { tied(solver, asked)? };
        let Some((slot, ways)) = ways else {
            return Ok(Parts::new(solver, asked, line)?.map(|parts| Self::Whole(Box::new(parts))));
        };
        let mut branches = Vec::with_capacity(ways.len());
        for way in ways {
            let (undo, _) = solver.take_side(Side::Slot(slot, way.clone()), &None);
            let below = Self::below(solver, asked, line, depth - 1);
            solver.undo(undo);
            match below? {
                Some(below) => branches.push((way, below)),
                None => return Ok(None),
            }
        }
        Ok(Some(Self::Split(slot, branches)))
    }

    /// All possible results.
    ///
    /// # Errors
    /// When the limit of steps is reached.
    pub fn all(&mut self, solver: &mut Solver<'_>) -> Result<Vec<Result_>, Stop> {
        let mut all = Vec::new();
        self.each(solver, &mut |solver, parts| {
            all.extend(parts.all(solver)?);
            Ok(())
        })?;
        Ok(all)
    }

    /// The lines that can give the outcome, and what the total can be; after [`Self::all`]. None for a total that is not
    /// counted apart.
    ///
    /// # Errors
    /// When the limit of steps is reached.
    pub fn summary(&mut self, solver: &mut Solver<'_>) -> Result<(Vec<Possible>, Option<ScoreRange>), Stop> {
        let mut lines: Vec<Possible> = Vec::new();
        let mut totals: Option<ScoreRange> = None;
        let mut counted = true;
        self.each(solver, &mut |solver, parts| {
            for line in parts.lines() {
                if !lines.contains(line) {
                    lines.push(line.clone());
                }
            }
            match parts.total(solver)? {
                Some(total) => {
                    totals = Some(totals.take().map_or_else(|| total.clone(), |old| union(old, &total)))
                }
                None => counted = false,
            }
            Ok(())
        })?;
        Ok((lines, totals.filter(|_| counted)))
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
        match self {
            Self::Whole(parts) => parts.leaves(solver, slot, possible),
            Self::Split(own, branches) if *own == slot => {
                match branches.iter_mut().find(|(way, _)| way == possible) {
                    Some((_, below)) => below.all(solver).map(Some),
                    None => Ok(None),
                }
            }
            Self::Split(own, branches) => {
                let mut all = Vec::new();
                for (way, below) in branches {
                    let (undo, _) = solver.take_side(Side::Slot(*own, way.clone()), &None);
                    let left = below.leaves(solver, slot, possible);
                    solver.undo(undo);
                    match left? {
                        Some(left) => all.extend(left),
                        None => return Ok(None),
                    }
                }
                Ok(Some(all))
            }
        }
    }

    /// Whether two completions that differ only in the doubled slots differ in a result, and in the first thing asked. The
    /// solver must have been doubled. None: not to be told from the parts.
    ///
    /// # Errors
    /// When the limit of steps is reached.
    pub fn differs(&mut self, solver: &mut Solver<'_>, slot: Slot) -> Result<Option<(bool, bool)>, Stop> {
        match self {
            Self::Whole(parts) => parts.differs(solver, slot),
            // Answers to the question that ties all together lie in different branches.
            Self::Split(own, _) if *own == slot => Ok(None),
            Self::Split(own, branches) => {
                let (mut differs, mut unknown) = (false, false);
                for (way, below) in branches {
                    let (undo, _) = solver.take_side(Side::Slot(*own, way.clone()), &None);
                    let found = below.differs(solver, slot);
                    solver.undo(undo);
                    match found? {
                        // One pair is enough.
                        Some((_, true)) => return Ok(Some((true, true))),
                        Some((other, false)) => differs |= other,
                        None => unknown = true,
                    }
                }
                Ok((!unknown).then_some((differs, false)))
            }
        }
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
        match self {
            Self::Whole(parts) => parts.worsens(solver, slot),
            Self::Split(own, _) if *own == slot => Ok(None),
            Self::Split(own, branches) => {
                let mut unknown = false;
                for (way, below) in branches {
                    let (undo, _) = solver.take_side(Side::Slot(*own, way.clone()), &None);
                    let found = below.worsens(solver, slot);
                    solver.undo(undo);
                    match found? {
                        Some(Some(pair)) => return Ok(Some(Some(pair))),
                        Some(None) => {}
                        None => unknown = true,
                    }
                }
                Ok((!unknown).then_some(None))
            }
        }
    }

    /// How a result that is wanted comes about. None: none is.
    ///
    /// # Errors
    /// When the limit of steps is reached.
    pub fn witness(
        &mut self,
        solver: &mut Solver<'_>,
        wanted: &dyn Fn(&[Possible]) -> bool,
    ) -> Result<Option<Path>, Stop> {
        match self {
            Self::Whole(parts) => parts.witness(solver, wanted),
            Self::Split(slot, branches) => {
                for (way, below) in branches {
                    let (undo, path) = solver.take_side(Side::Slot(*slot, way.clone()), &None);
                    let found = below.witness(solver, wanted);
                    solver.undo(undo);
                    if let Some(rest) = found? {
                        return Ok(Some(both(&path, &rest)));
                    }
                }
                Ok(None)
            }
        }
    }

    fn each(
        &mut self,
        solver: &mut Solver<'_>,
        visit: &mut impl FnMut(&mut Solver<'_>, &mut Parts) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        match self {
            Self::Whole(parts) => visit(solver, parts),
            Self::Split(slot, branches) => {
                for (way, below) in branches {
                    let (undo, _) = solver.take_side(Side::Slot(*slot, way.clone()), &None);
                    let result = below.each(solver, visit);
                    solver.undo(undo);
                    result?;
                }
                Ok(())
            }
        }
    }
}

/// The question that ties more than half of all that is open together, with its answers.
fn tied(solver: &mut Solver<'_>, asked: &[Asked]) -> Result<Option<(Slot, Vec<Possible>)>, Stop> {
    let Some((atoms, makers)) = solver.atoms(asked) else { return Ok(None) };
    let (_, groups) = solver.gather(&atoms, &makers)?;
    let mut sizes = Vec::with_capacity(groups.len());
    for group in &groups {
        let slots: BTreeSet<Slot> = solver.look(group).slots.into_iter().flatten().collect();
        sizes.push(slots.len());
    }
    let all: usize = sizes.iter().sum();
    let Some((size, group)) = sizes.into_iter().zip(&groups).max_by_key(|(size, _)| *size) else {
        return Ok(None);
    };
    if group.len() < 4 || size < 10 || size * 2 <= all {
        return Ok(None);
    }
    let look = solver.look(group);
    let mut ways = Vec::new();
    let mut slot = None;
    for side in solver.choose(group, &look) {
        let Side::Slot(of, way) = side else { return Ok(None) };
        if way.known().is_none() {
            return Ok(None);
        }
        slot = Some(of);
        ways.push(way);
    }
    Ok(slot.filter(|_| ways.len() <= MOST_BRANCHES).map(|slot| (slot, ways)))
}

fn union(a: ScoreRange, b: &ScoreRange) -> ScoreRange {
    let range = match (a.range, &b.range) {
        (Some((lo, hi)), Some((low, high))) => Some((lo.min(low.clone()), hi.max(high.clone()))),
        (a, b) => a.or_else(|| b.clone()),
    };
    let not_applicable = if a.not_applicable == b.not_applicable { a.not_applicable } else { Maybe::Maybe };
    ScoreRange { range, not_applicable }
}
