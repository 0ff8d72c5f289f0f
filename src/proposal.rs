//! A proposal's answers, in the order of the questions. Made by `read` (from JSON) and `example` (from a `voorbeeld`).

use crate::date::Date;
use crate::source::{SourceId, Span};
use crate::value::Value;

/// A proposal that was read without faults.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Its text among the diagnostics' sources.
    pub source: SourceId,
    /// The name the host gave it, without folders.
    pub file: String,
    /// SHA-256 of its bytes, in small hexadecimal letters.
    pub sha256: String,
    /// The meetlat it is for.
    pub meetlat: String,
    /// `titel`
    pub title: Option<String>,
    /// `indiener`
    pub submitter: Option<String>,
    /// `peildatum`: the host's, else the proposal's.
    pub reference_date: Option<Date>,
    /// One per question of the model, in its order.
    pub answers: Vec<Answer>,
}

/// What was said to one question, or to one field of a list's item.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// Open, a value, or items.
    pub state: State,
    /// The answer's JSON text as written, also when something keeps it open (a missing ground); none when absent or null.
    pub written: Option<String>,
    /// `onderbouwing`; never blank.
    pub ground: Option<String>,
    /// `bewijs`
    pub evidence: Vec<String>,
    /// `niet_te_zeggen`: the reason why it stays open.
    pub unsayable: Option<String>,
    /// Where the answer stands; the empty span at 0 when absent.
    pub span: Span,
}

/// The state of an answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum State {
    /// No answer, or one that lacks its written ground.
    #[default]
    Open,
    /// A value, `geen` or `n.v.t.`.
    Given(Value),
    /// The items of a list; each has one answer per field, in the order of the fields.
    Items(Vec<Vec<Answer>>),
}
