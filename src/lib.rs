//! `meetlat` judges proposals by a *meetlat*, a yardstick: policy rules in Dutch that a policy writer reads and edits. It gives a
//! scored, explained verdict, exact and honest about what is unknown: an unanswered question is not a "no", and a verdict is
//! settled only if no answer to what is open could change it.
//!
//! ```
//! use meetlat::{Language, Meetlat};
//!
//! # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
//! let meetlat = Meetlat::parse("klein.meetlat", rules).into_result()?;
//! let json = r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja"}}"#;
//! let proposal = meetlat.read("voorstel.json", json, None)?;
//!
//! let verdict = meetlat.evaluate(&proposal)?;
//! assert_eq!(verdict.outcome.possible, ["voldoet", "afgewezen"]); // open: both are possible
//! let next = meetlat.next(&proposal)?.question.expect("something is open");
//! assert_eq!(next.question, "bedrag"); // what to ask next
//!
//! println!("{}", meetlat.in_language(Language::En).why(&proposal)?.to_text(Language::En));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | you want | call |
//! |---|---|
//! | rules from text; with building blocks | [`Meetlat::parse`]; [`Meetlat::load`] |
//! | several versions, by date | [`Versions::group`], [`Versions::read`] |
//! | rules from a folder, with the feature `folder` | `folder::Folder` |
//! | which meetlat and date a proposal asks for | [`asked`] |
//! | a proposal from text or bytes | [`Meetlat::read`], [`Meetlat::read_bytes`] |
//! | the verdict; what to ask next; what would change it; why; how firm | [`InLanguage`], or the same names on [`Meetlat`] and [`Versions`] for Dutch |
//! | numbers instead of documents | [`Meetlat::judge`], [`findings`] |
//! | text to text, nothing allocated twice | [`InLanguage::judge_json`], [`Scratch`] |
//! | many proposals, on all processors | [`Batch`] |
//! | bounds on work and size, and a stop | [`Limits`], [`Stop`] |
//! | checks that search; examples; a form; a schema | [`Meetlat::check_meaning`], [`InLanguage::run_examples`], [`InLanguage::empty_proposal`], [`InLanguage::proposal_schema`] |
//! | how many completions lead where; two versions compared | [`Meetlat::census`], [`Meetlat::compare`] |
//!
//! Whole programs stand in `examples/`: `simplest`, `explain`, `batch`, and `service`, a web service with versions from a folder,
//! a deadline for each request and rules that can be replaced while it runs.
//!
//! Nothing is read from the network or a clock, nor (without the feature `folder`) from a file: the host gives texts and dates. The
//! same input gives the same bytes. What goes wrong is told whole, in one run, as [`Diagnostics`]: a stable code, the place, what is
//! wrong and what to do.
//!
//! # Words
//!
//! One English word for each notion of the rules:
//!
//! | in the rules | in the code | what it is |
//! |---|---|---|
//! | meetlat | meetlat, rule file | the yardstick: one file of rules, with the building blocks it uses |
//! | vraag | question | what a proposal must tell |
//! | antwoord | answer | given, or open |
//! | tabel | table | values by key, from a document |
//! | onderdeel | part | a named score inside a criterion |
//! | begrip | term | a named condition or value |
//! | criterium | criterion | a score with a weight |
//! | eis | requirement | the least a criterion must reach |
//! | voorwaarde | condition | to be arranged before a start |
//! | uitsluiting | exclusion | outside the programme, whatever the score |
//! | signaal | signal | advice or risk, without effect on the score |
//! | oordeel | verdict; its outcome | what comes out |
//! | route | route | who decides, signs or is heard |
//! | voorbeeld | example; run as a trial | a test that the policy writer reads |
//! | bron | source, citation | the document that says so |
//! | aanname | assumption | the writer's own reading, with the reason |
//! | let op | caution | a gap or contradiction in the source |
//! | bewust | deliberate | an odd effect that is meant, with the reason |
//! | peildatum | reference date | the day for which the rules are asked |
//! | bouwsteen, gebruik | building block, use | a file without a verdict, and reading it |
//! | versie, geldig | version, in force | the rules as they were in force for some days |
//! | onderbouwing | ground | why an answer is what it is |
//! | voorstel | proposal | the answers, as JSON |
//! | voorlopig | provisional | not decided exactly; it says why |
//! | n.v.t., geen | not applicable, none | "does not apply", "there is none" |
// Layers are private: what is meant for other crates is named below. Without `internals` nothing else can be reached.
#![cfg_attr(not(feature = "internals"), allow(unreachable_pub, reason = "`internals` makes it reachable"))]

// The derived parser names it.
extern crate alloc;

// The layers, by name; in which order they import from each other stands in `CONTRIBUTING.md`.
pub mod batch;
mod census;
mod comparison;
mod diagram;
#[cfg(feature = "schema")]
mod document_schema;
mod evaluate;
mod examples;
mod firmness;
#[cfg(feature = "folder")]
pub mod folder;
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
    pub use crate::proposal::fill::{Fill, fill};
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

/// The Rust in these pages is run with the documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../docs/language.md")]
#[doc = include_str!("../README.md")]
struct Pages;
