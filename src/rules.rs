//! From the text of a rule file to its model: lines, syntax tree, names and kinds.

#[doc(hidden)]
pub mod check;
pub(crate) mod dependencies;
#[doc(hidden)]
pub mod id;
pub(crate) mod layout;
pub mod load;
#[doc(hidden)]
pub mod model;
#[doc(hidden)]
pub mod parse;
#[doc(hidden)]
pub mod syntax;
#[doc(hidden)]
pub mod thresholds;
