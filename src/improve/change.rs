//! Changes of answers: what may change into what, and what a search for the smallest ones finds. Made by `improve`.

use crate::evaluate::possible::Possible;
use crate::limits::provisional::Provisional;
use crate::proposal::place::Place;
use crate::value::values::Value;

/// What is to be settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Target {
    /// An outcome, as its place in the outcome list (from 0).
    Outcome(u16),
    /// An outcome or a better one, as its place in the outcome list.
    AtLeast(u16),
    /// A choice of a route: the route's place and the choice's, both from 0.
    Route(usize, u16),
}

/// Which answers may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Given answers only; what is open stays open.
    Given,
    /// Given answers, and open ones that get a first answer. Open answers that are not touched stay open.
    Open,
}

/// A new answer at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where.
    pub place: Place,
    /// The answers that do it: any of these, whichever of theirs the other changes of the set take. For a list that is replaced: a
    /// single list, see `list`.
    pub region: Vec<Possible>,
    /// One of them.
    pub example: Value,
    /// The list that replaces the old one: per item its fields' values.
    pub list: Option<Vec<Vec<Value>>>,
    /// It was open.
    pub fills: bool,
    /// The new answer may lie on the worse side of the old one.
    pub worse_side: bool,
}

/// Changes that together do it; in rule-file order.
pub type ChangeSet = Vec<Change>;

/// The smallest sets of changes after which a target is settled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Smallest {
    /// The sets, each of the same size; in the order of their places. Empty: there is none, or none was found.
    pub sets: Vec<ChangeSet>,
    /// There are more sets of this size than are listed.
    pub more: bool,
    /// Proved: no smaller set does it, and where `sets` is empty no set at all; each was excluded.
    pub proved: bool,
    /// Why not, when not proved: the limit that was hit.
    pub provisional: Option<Provisional>,
}

/// What was found for one target and one scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It is settled as it is.
    Already,
    /// The smallest sets.
    Changes {
        /// Sets in which no answer moves to its worse side.
        plain: Smallest,
        /// Smaller sets, of at most three changes, in which an answer gets worse: an oddity of the rules.
        odd: Smallest,
    },
}
