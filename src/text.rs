//! Documents as pages for people, in Dutch or English. Made from the documents alone.

pub(crate) mod assessed;
pub(crate) mod firmness;
pub(crate) mod improvement;
pub(crate) mod page;
pub(crate) mod phrases;
pub(crate) mod sections;
pub(crate) mod verdict;
pub(crate) mod why;
