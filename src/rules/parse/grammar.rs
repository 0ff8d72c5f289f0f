//! The grammar, compiled. What the generator writes is not documented here.

#![allow(missing_docs, unreachable_pub, reason = "generated code")]

/// Reads one phrase with one rule of `grammar/meetlat.pest`.
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/meetlat.pest"]
pub(super) struct Grammar;

/// One node of what the grammar read.
pub(super) type Pair<'t> = pest::iterators::Pair<'t, Rule>;
