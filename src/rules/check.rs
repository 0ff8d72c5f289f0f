//! Syntax trees to model: names, kinds, ranges, tables, grounds. Everything that is wrong is reported in one run;
//! the rest is still checked, and a fault is reported once, where it is.
//!
//! A rule file and the building blocks it uses are checked as one: their names share one name space, and a file sees its
//! own names and those of the files it uses itself.
//!
//! The order: names and questions, tables, scores and terms (each after what it reads), then rules, verdict, routes and
//! examples. Nothing here searches or evaluates.

mod checker;
mod clauses;
mod compare;
mod criteria;
mod examples;
mod expressions;
mod facts;
mod files;
mod grounds;
mod header;
mod kinds;
mod ladders;
mod lists;
mod literals;
mod lookups;
mod marks;
mod names;
mod order;
mod phrases;
mod questions;
mod ranges;
mod readings;
mod rules;
mod run;
mod scores;
mod tables;
mod verdict;

use checker::Checker;

use crate::limits::Limits;
use crate::message::diagnostic::Diagnostics;
use crate::rules::load::Loaded;
use crate::rules::model::Model;

/// What checking gives.
#[derive(Debug, Clone)]
pub enum Checked {
    /// Rules that can judge.
    Meetlat(Box<Model>),
    /// A building block without errors: it has no `oordeel`, so it judges nothing by itself.
    Block,
    /// There were errors.
    Faulty,
}

impl Checked {
    /// The rules, when they can judge.
    #[cfg(feature = "internals")]
    #[must_use]
    pub fn model(self) -> Option<Model> {
        match self {
            Self::Meetlat(model) => Some(*model),
            Self::Block | Self::Faulty => None,
        }
    }
}

/// Checks a rule file with the building blocks it uses. Errors that `diagnostics` already holds count too; warnings do
/// not matter. Cost: near-linear in the size of the files.
pub fn check(loaded: &Loaded, limits: &Limits, diagnostics: &mut Diagnostics) -> Checked {
    let mut checker = Checker::new(loaded, limits, diagnostics);
    let model = checker.run(loaded);
    let block = checker.is_block();
    match model {
        _ if diagnostics.has_errors() => Checked::Faulty,
        Some(model) => Checked::Meetlat(Box::new(model)),
        None if block => Checked::Block,
        None => Checked::Faulty,
    }
}
