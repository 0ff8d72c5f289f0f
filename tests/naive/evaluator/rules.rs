//! The syntax tree by name, and what its clauses say.

use std::cell::Cell;
use std::collections::BTreeMap;

use meetlat::internals::rules::syntax::{
    AnswerKind, ClauseBody, Declaration, DeclarationKind, Expression, File, Literal, Score,
};

/// A file whose declarations can be found by name.
pub(crate) struct Rules<'a> {
    pub(crate) file: &'a File,
    named: BTreeMap<&'a str, &'a Declaration>,
    /// Open lists without a greatest length range over lengths up to this one, and numbers without a greatest value over so
    /// many steps from their least; without, they are not enumerated.
    pub(crate) up_to: Option<usize>,
    /// Numbers were cut off there.
    pub(crate) cut: Cell<bool>,
    /// A look-up found nothing.
    pub(crate) missed: Cell<bool>,
    /// A row that is missing counts as more than anything, instead of as less.
    pub(crate) missing_is_high: Cell<bool>,
}

impl<'a> Rules<'a> {
    pub(crate) fn new(file: &'a File) -> Self {
        let shared = [
            DeclarationKind::Question,
            DeclarationKind::Table,
            DeclarationKind::Part,
            DeclarationKind::Term,
            DeclarationKind::Criterion,
        ];
        let named = file.declarations.iter().filter(|d| shared.contains(&d.kind.node));
        let named = named.map(|d| (name(d), d)).collect();
        let [cut, missed, missing_is_high] = [false; 3].map(Cell::new);
        Self { file, named, up_to: None, cut, missed, missing_is_high }
    }

    /// The question, table, part, term or criterion of this name.
    pub(crate) fn get(&self, name: &str) -> Option<&'a Declaration> {
        self.named.get(name).copied()
    }

    /// All declarations of a kind, in file order.
    pub(crate) fn all(&self, kind: DeclarationKind) -> impl Iterator<Item = &'a Declaration> {
        self.file.declarations.iter().filter(move |d| d.kind.node == kind)
    }

    /// What `deels` counts for.
    pub(crate) fn partly(&self) -> Option<&'a Literal> {
        self.all(DeclarationKind::Header).find_map(|d| {
            find(d, |body| match body {
                ClauseBody::PartlyCounts(literal) => Some(&literal.node),
                _ => None,
            })
        })
    }
}

pub(crate) fn name(d: &Declaration) -> &str {
    &d.name.as_ref().unwrap().node
}

/// The first clause that `pick` takes.
pub(crate) fn find<'a, T>(d: &'a Declaration, pick: impl Fn(&'a ClauseBody) -> Option<T>) -> Option<T> {
    d.clauses.iter().find_map(|clause| pick(&clause.body))
}

pub(crate) fn answer(d: &Declaration) -> &AnswerKind {
    find(d, |body| match body {
        ClauseBody::Answer(answer) => Some(answer),
        _ => None,
    })
    .unwrap()
}

pub(crate) fn score(d: &Declaration) -> Option<&Score> {
    find(d, |body| match body {
        ClauseBody::Score(score) => Some(score),
        _ => None,
    })
}

/// A term's `waarde`.
pub(crate) fn value(d: &Declaration) -> Option<&Score> {
    find(d, |body| match body {
        ClauseBody::Value(score) => Some(score),
        _ => None,
    })
}

/// `als` or `vervuld als`.
pub(crate) fn condition(d: &Declaration) -> Option<&Expression> {
    find(d, |body| match body {
        ClauseBody::If(condition) | ClauseBody::FulfilledIf(condition) => Some(condition),
        _ => None,
    })
}

pub(crate) fn only_if(d: &Declaration) -> Option<&Expression> {
    find(d, |body| match body {
        ClauseBody::OnlyIf(condition) => Some(condition),
        _ => None,
    })
}

/// The weight of a criterion; none for `telt niet mee`.
pub(crate) fn weight(d: &Declaration) -> Option<&Literal> {
    find(d, |body| match body {
        ClauseBody::Weight(literal) => Some(&literal.node),
        _ => None,
    })
}
