//! What diagrams end in.

use rustc_hash::FxHashMap;

use super::form::Form;
use super::store::Ref;
use crate::evaluate::possible::Possible;
use crate::value::number::Number;
use crate::value::values::Value;

/// False.
pub(crate) const FALSE: Ref = Ref::end(0);
/// True.
pub(crate) const TRUE: Ref = Ref::end(1);
/// True or false, because of a row that a table does not have.
pub(crate) const EITHER: Ref = Ref::end(2);
/// n.v.t.
pub(crate) const NOT_APPLICABLE: Ref = Ref::end(3);

/// An end of a diagram.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Term {
    /// A value.
    Value(Value),
    /// A number, or a day, that depends on open numbers, or on faces of open dates.
    Form(Form),
    /// A look-up found no row: the table, and the keys; none: not one of those in the table.
    Missing(u32, Vec<Option<Value>>),
    /// One of several, because of a missing row.
    OneOf(Possible),
    /// Several ends together.
    Tuple(Vec<Ref>),
    /// What sums of weights and scores can be: see `ranges`.
    Sums(Vec<SumRow>),
}

/// For one weight (and one weight of all together) the least and the greatest sum of scores times weights.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SumRow {
    /// The weight of one's own.
    pub(crate) own: Number,
    /// The weight of all.
    pub(crate) all: Number,
    /// The least.
    pub(crate) least: Number,
    /// The greatest.
    pub(crate) greatest: Number,
}

/// How tables of sums are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Sums {
    /// A weighted score, and its weight.
    Of,
    /// What either of two can be.
    Either,
    /// What two add up to.
    Added,
    /// One's own, among the others.
    Own,
}

/// All ends, each once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Terms {
    all: Vec<Term>,
    places: FxHashMap<Term, Ref>,
}

impl Terms {
    /// The ends that have a name.
    pub(crate) fn new() -> Self {
        let mut terms = Self::default();
        for value in [Value::Bool(false), Value::Bool(true)] {
            terms.of(Term::Value(value));
        }
        terms.of(Term::OneOf(Possible::bools(true, true)));
        terms.of(Term::Value(Value::NotApplicable));
        terms
    }

    /// The end of this kind.
    pub(crate) fn of(&mut self, term: Term) -> Ref {
        if let Some(known) = self.places.get(&term) {
            return *known;
        }
        let made = Ref::end(u32::try_from(self.all.len()).unwrap_or(0));
        self.all.push(term.clone());
        self.places.insert(term, made);
        made
    }

    /// What an end is; none of a node.
    pub(crate) fn get(&self, of: Ref) -> Option<&Term> {
        if of.is_end() { self.all.get(of.index()) } else { None }
    }

    /// The value of an end that has one.
    pub(crate) fn value(&self, of: Ref) -> Option<&Value> {
        match self.get(of) {
            Some(Term::Value(value)) => Some(value),
            _ => None,
        }
    }

    /// The ends that stand together in a tuple; the end itself where it is none.
    pub(crate) fn parts(&self, of: Ref) -> Vec<Ref> {
        match self.get(of) {
            Some(Term::Tuple(parts)) => parts.clone(),
            _ => vec![of],
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }
}
