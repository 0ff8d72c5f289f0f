#![doc = include_str!("../README.md")]
// Layers are private: what is meant for other crates is named below. Without `internals` nothing else can be reached.
#![cfg_attr(not(feature = "internals"), allow(unreachable_pub, reason = "`internals` makes it reachable"))]

// The derived parser names it.
extern crate alloc;

// The layers: each imports only from those above it.
pub mod batch;
mod census;
mod comparison;
mod diagram;
#[cfg(feature = "schema")]
mod document_schema;
mod evaluate;
mod examples;
mod firmness;
mod improve;
mod in_language;
mod json;
mod judge;
mod limits;
mod lint;
mod meetlat;
mod message;
pub mod overview;
mod program;
mod proposal;
mod rules;
mod scratch;
mod text;
mod value;
mod verdict;
mod versions;
mod why;

pub use crate::batch::Batch;
pub use crate::firmness::document::Firmness;
pub use crate::improve::change::Target;
pub use crate::improve::document::Improvement;
pub use crate::in_language::InLanguage;
pub use crate::json::utf8::utf8;
pub use crate::limits::Limits;
pub use crate::limits::budget::Ended;
pub use crate::limits::stop::Stop;
pub use crate::meetlat::{Meetlat, Parsed};
pub use crate::message::diagnostic::{Code, Diagnostic, Diagnostics};
pub use crate::message::language::{Language, Text};
pub use crate::message::report::Report;
pub use crate::proposal::answers::Proposal;
pub use crate::proposal::read::{Asked, Buffers, asked};
pub use crate::rules::load::RuleText;
pub use crate::scratch::Scratch;
pub use crate::value::date::Date;
pub use crate::verdict::document::Verdict;
pub use crate::verdict::next::Next;
pub use crate::versions::Versions;
pub use crate::why::document::Why;

/// What diagnostics are made of: places in texts.
pub mod diagnostic {
    pub use crate::message::diagnostic::{Place, Severity};
    pub use crate::message::source::{Position, Source, SourceId, Span};
}

/// Diagnostics as text with a piece of the source, for a terminal.
#[cfg(feature = "render")]
pub mod render {
    pub use crate::message::render::{render, render_one};
}

/// The documents that are handed over at every border, field by field, and their schemas. With the feature `schema` the types
/// implement `schemars::JsonSchema`, for the making of schemas alone: those implementations are not promised.
pub mod document {
    #[cfg(feature = "schema")]
    pub use crate::document_schema::{Kind, schema};
    pub use crate::message::report::{Message, MessagePlace, MessageSeverity};
    pub use crate::verdict::document::*;

    /// How firm a verdict is.
    pub mod firmness {
        pub use crate::firmness::document::*;
    }

    /// What would change a verdict.
    pub mod improvement {
        pub use crate::improve::document::*;
    }

    /// Why an outcome is what it is.
    pub mod why {
        pub use crate::why::document::*;
    }
}

/// What the engine finds, before it is put in words.
pub mod findings {
    pub use crate::census::{Census, Counted, Uncounted};
    pub use crate::comparison::{Apart, Compared, Comparison, Shown};
    pub use crate::examples::run::{Failure, Trial};
    pub use crate::judge::findings::*;
    pub use crate::limits::provisional::{Provisional, ProvisionalReason};
    pub use crate::meetlat::Undecided;
    pub use crate::proposal::answers::{Answer, State};
    pub use crate::proposal::place::Place;
    pub use crate::rules::model::QuestionId;
    pub use crate::value::number::Number;
    pub use crate::value::score_range::{Maybe, ScoreRange};
    pub use crate::value::values::{Level, Value};
}

/// Writes an answer into a proposal's text, and leaves all else as it is written.
pub mod fill {
    pub use crate::proposal::fill::{Fill, fill, text_answer};
}

/// Which rule files are there, told from their text alone.
pub mod rule_files {
    pub use crate::rules::load::{header_name, judges, no_blocks};
}

/// The layers themselves, for tests and benches of this repository. Unstable: anything in it may change in any release.
#[cfg(feature = "internals")]
pub mod internals {
    macro_rules! layers {
        ($($name:ident)*) => { $(
            #[doc(hidden)]
            pub mod $name {
                pub use crate::$name::*;
            }
        )* };
    }

    layers! {
        value json message limits rules program proposal evaluate diagram judge lint census comparison verdict examples improve why
        firmness scratch meetlat versions
    }
}

/// The Rust in the reference is run with the documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../docs/language.md")]
struct Reference;
