//! Why an outcome is what it is: the fewest points and answers that decide it, and what speaks for and against.

pub(crate) mod decides;
pub mod document;
pub(crate) mod make;
pub(crate) mod sides;
