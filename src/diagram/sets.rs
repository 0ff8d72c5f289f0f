//! Every node over sets of possible values: the answer where the work of a call ended before anything better was known. A superset of
//! what completions give.

use crate::evaluate::over_sets::Lift;
use crate::evaluate::possible::Possible;
use crate::evaluate::walk;
use crate::evaluate::world::World;
use crate::program::nodes::{NodeId, Program};
use crate::value::values::Value;

/// What each node can be; meaningless for nodes inside conditions over items. Cost: one pass.
pub(crate) fn over_sets(program: &Program, world: &World) -> Vec<Possible> {
    let mut lift = Lift { program, world, item: 0 };
    let mut values = vec![Possible::Known(Value::NotApplicable); program.nodes.len()];
    let outside = (0..).map(NodeId).zip(&program.in_item).filter(|(_, inside)| !**inside);
    let nodes: Vec<NodeId> = outside.map(|(node, _)| node).collect();
    walk::run(program, &mut lift, &nodes, &mut values);
    values
}
