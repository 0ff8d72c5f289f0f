//! What the search is asked for.

use crate::program::NodeId;

/// Something that is asked: a node, in an item of a list or not, in the first or second copy of the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Asked {
    /// The node.
    pub node: NodeId,
    /// The item at hand, for nodes inside a quantified body.
    pub item: Option<u32>,
    /// The second copy of the answers.
    pub second: bool,
}

impl Asked {
    /// A node outside lists, in the first copy.
    #[must_use]
    pub const fn of(node: NodeId) -> Self {
        Self { node, item: None, second: false }
    }

    /// The same in the second copy.
    #[must_use]
    pub const fn in_second(mut self) -> Self {
        self.second = true;
        self
    }
}
