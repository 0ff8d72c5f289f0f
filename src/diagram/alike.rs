//! The same question under rules that differ only in some numbers: parts that none of these occur in are not built again.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;
use std::rc::Rc;

use super::build::{Diagram, Halt};
use super::engine::{Combination, Engine, Inner, NO_PARTS, choices};
use super::pass::Pass;
use super::plan::Home;
use super::term::Term;
use crate::program::nodes::{NodeId, Op, Program};

impl Engine<'_> {
    /// What a node can be under rules that differ from the engine's own only in numbers. None: they differ in more, or it cannot be
    /// told in this way.
    ///
    /// # Errors
    /// When the work of the call ended.
    pub(crate) fn combinations_by(
        &self,
        program: &Program,
        node: NodeId,
    ) -> Result<Option<BTreeSet<Combination>>, Halt> {
        let Some(Differing { own, mut hangs }) = differing(self.program, program) else { return Ok(None) };
        if self.plan.home(node) != Home::Whole || self.doubt() {
            return Ok(None);
        }
        let hangs_on_it = |node: &NodeId| hangs.get(node.index()).copied().unwrap_or(true);
        let (world, budget, plan) = (&self.world, self.budget, &self.plan);
        let doubt = Cell::new(false);
        // What the parts give under the other rules.
        let mut otherwise: BTreeMap<usize, Vec<Vec<Option<Term>>>> = BTreeMap::new();
        let mut same_counts = true;
        for (at, (part, own)) in plan.parts.iter().zip(&self.parts).enumerate() {
            if !part.crossing.iter().any(hangs_on_it) {
                continue;
            }
            let made = match Inner::over(own.diagram.by(program, &hangs), part, &doubt) {
                Ok(Some(made)) => made,
                Ok(None) | Err(Halt::Numbers) => return Ok(None),
                Err(ended) => return Err(ended),
            };
            // In one store equal functions are one reference.
            if made.root != own.root {
                same_counts &= made.values.len() == own.values.len();
                otherwise.insert(at, made.crossing(part.crossing.len()));
            }
        }
        hangs = self.hanging_beside(program, &own, &otherwise);
        let mut made = None;
        if hangs.get(node.index()) != Some(&false) {
            let mut whole = if same_counts {
                self.whole.by(program, &hangs)
            } else {
                let all: Vec<usize> = (0..self.parts.len()).collect();
                let beside = |slot| plan.part_of(slot).is_none();
                Diagram::new(program, world, budget, plan, &beside, &all)
            };
            for (at, (part, own)) in plan.parts.iter().zip(&self.parts).enumerate() {
                match otherwise.get(&at) {
                    Some(values) => whole.cross(at, &part.crossing, values),
                    None if same_counts => {}
                    None => whole.cross(at, &part.crossing, &own.crossing(part.crossing.len())),
                }
            }
            made = Some(whole);
        }
        let root = match made.as_mut().map(|whole| whole.node(node)) {
            None => self.whole.built(node, 0).ok_or(Halt::Numbers),
            Some(root) => root,
        };
        let root = match root {
            Ok(root) => root,
            Err(Halt::Numbers) => return Ok(None),
            Err(ended) => return Err(ended),
        };
        let whole = made.as_ref().unwrap_or(&self.whole);
        let ends = Pass::new(whole, &Rc::clone(world), &NO_PARTS, &doubt).ends(root)?;
        let found = ends.into_iter().flat_map(|end| choices(whole, end)).collect();
        Ok((!doubt.get()).then_some(found))
    }

    /// Per node whether the whole must build it again, because these parts give something else.
    fn hanging_beside(
        &self,
        program: &Program,
        own: &[bool],
        otherwise: &BTreeMap<usize, Vec<Vec<Option<Term>>>>,
    ) -> Vec<bool> {
        let mut crossing: BTreeMap<NodeId, bool> = BTreeMap::new();
        for (at, part) in self.plan.parts.iter().enumerate() {
            crossing.extend(part.crossing.iter().map(|node| (*node, otherwise.contains_key(&at))));
        }
        let mut hangs: Vec<bool> = Vec::with_capacity(own.len());
        for ((node, op), own) in (0..).map(NodeId).zip(&program.nodes).zip(own) {
            hangs.push(match crossing.get(&node) {
                Some(otherwise) => *otherwise,
                None => *own || below(op, &hangs),
            });
        }
        hangs
    }
}

/// Where rules differ, per node.
struct Differing {
    /// What the node itself does.
    own: Vec<bool>,
    /// The node itself, or something that it depends on.
    hangs: Vec<bool>,
}

/// Whether an operation has an operand that depends on a difference.
fn below(op: &Op, hangs: &[bool]) -> bool {
    let mut found = false;
    op.operands(|node| found |= hangs.get(node.index()).copied().unwrap_or(true));
    found
}

/// Where the nodes differ. None: the rules differ in more than numbers.
fn differing(program: &Program, other: &Program) -> Option<Differing> {
    let same_answers =
        program.domains == other.domains && program.lists == other.lists && program.choices == other.choices;
    if program.outcome != other.outcome || program.routes != other.routes {
        return None;
    }
    if !same_answers || program.tables != other.tables || program.nodes.len() != other.nodes.len() {
        return None;
    }
    let (mut own, mut hangs) =
        (Vec::with_capacity(program.nodes.len()), Vec::with_capacity(program.nodes.len()));
    for (op, by) in program.nodes.iter().zip(&other.nodes) {
        let differs = op != by;
        if differs {
            let (mut reads, mut reads_now) = (Vec::new(), Vec::new());
            op.operands(|node| reads.push(node));
            by.operands(|node| reads_now.push(node));
            if discriminant(op) != discriminant(by) || reads != reads_now || op.question() != by.question() {
                return None;
            }
        }
        let hang = differs || below(op, &hangs);
        own.push(differs);
        hangs.push(hang);
    }
    Some(Differing { own, hangs })
}
