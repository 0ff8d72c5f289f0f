//! What several modules use.

pub(crate) mod every_kind;
pub(crate) mod rules;
pub(crate) mod validator;
