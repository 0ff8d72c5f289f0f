//! The same over rules that differ in some numbers only: parts in which none of them stands are not made again.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::mem::discriminant;
use std::rc::Rc;

use crate::program::{NodeId, Program};

use super::build::{Diagram, Halt};
use super::engine::{Combination, Engine, Inner, NO_PARTS, choices};
use super::pass::Pass;
use super::plan::Home;
use super::term::Term;

impl Engine<'_> {
    /// What a node can be by rules that differ from the engine's own in numbers only. None: they differ in more, or it cannot be
    /// told in this way.
    ///
    /// # Errors
    /// When the work of the call ended.
    pub(crate) fn combinations_by(
        &self,
        program: &Program,
        node: NodeId,
    ) -> Result<Option<BTreeSet<Combination>>, Halt> {
        let Some(hangs) = differing(self.program, program) else { return Ok(None) };
        if self.plan.home(node) != Home::Whole {
            return Ok(None);
        }
        let hangs_on_it = |node: &NodeId| hangs.get(node.index()).copied().unwrap_or(true);
        let (world, budget, plan) = (&self.world, self.budget, &self.plan);
        let doubt = Cell::new(false);
        let mut values: Vec<Vec<Vec<Option<Term>>>> = Vec::with_capacity(plan.parts.len());
        for (part, own) in plan.parts.iter().zip(&self.parts) {
            if part.crossing.iter().any(hangs_on_it) {
                match Inner::over(own.diagram.by(program, &hangs), part, &doubt) {
                    Ok(Some(made)) => values.push(made.crossing(part.crossing.len())),
                    Ok(None) | Err(Halt::Numbers) => return Ok(None),
                    Err(ended) => return Err(ended),
                }
            } else {
                values.push(own.crossing(part.crossing.len()));
            }
        }
        let all: Vec<usize> = (0..values.len()).collect();
        let beside = |slot| plan.part_of(slot).is_none();
        let mut whole = Diagram::new(program, world, budget, plan, &beside, &all);
        for (at, (part, values)) in plan.parts.iter().zip(&values).enumerate() {
            whole.cross(at, &part.crossing, values);
        }
        let root = match whole.node(node) {
            Ok(root) => root,
            Err(Halt::Numbers) => return Ok(None),
            Err(ended) => return Err(ended),
        };
        let ends = Pass::new(&whole, &Rc::clone(world), &NO_PARTS, &doubt).ends(root)?;
        let found = ends.into_iter().flat_map(|end| choices(&whole, end)).collect();
        Ok((!doubt.get()).then_some(found))
    }
}

/// Per node whether it hangs on one that differs. None: the rules differ in more than numbers.
fn differing(program: &Program, other: &Program) -> Option<Vec<bool>> {
    let same_answers =
        program.domains == other.domains && program.lists == other.lists && program.choices == other.choices;
    if program.outcome != other.outcome || program.routes != other.routes {
        return None;
    }
    if !same_answers || program.tables != other.tables || program.nodes.len() != other.nodes.len() {
        return None;
    }
    let mut hangs: Vec<bool> = Vec::with_capacity(program.nodes.len());
    for (op, by) in program.nodes.iter().zip(&other.nodes) {
        let (mut below, mut reads, mut reads_now) = (false, Vec::new(), Vec::new());
        op.operands(|node| {
            below |= hangs.get(node.index()).copied().unwrap_or(true);
            reads.push(node);
        });
        by.operands(|node| reads_now.push(node));
        if discriminant(op) != discriminant(by) || reads != reads_now || op.question() != by.question() {
            return None;
        }
        hangs.push(below || op != by);
    }
    Some(hangs)
}
