//! What a host gives the reader.

use crate::value::date::Date;

/// A proposal's text, and what the host says about it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given<'a> {
    /// What the host calls it.
    pub(crate) name: &'a str,
    /// JSON; a byte order mark is accepted.
    pub(crate) text: &'a str,
    /// Wins over the proposal's `peildatum`.
    pub(crate) reference_date: Option<Date>,
}
