//! From the text of a rule file to its model: lines, syntax tree, names and kinds.

pub mod check;
pub(crate) mod dependencies;
pub mod id;
pub(crate) mod layout;
pub mod load;
pub mod model;
pub mod parse;
pub mod syntax;
pub mod thresholds;
