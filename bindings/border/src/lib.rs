//! What the bindings share: text in, text out. A binding converts what its language has to these texts, calls, and converts
//! back; it decides nothing. `docs/contract.md` says what every call takes and gives.
//!
//! Every call gives a document as JSON, or is [`Refused`] with the document `{"meldingen": […]}`: the same bytes in every
//! binding.
//!
//! ```
//! use meetlat_border::{How, Named, Rules, no_blocks};
//!
//! # let regels = include_str!("../../../tests/cases/klein/regels.meetlat");
//! let rules = Rules::compile(&[Named::new("klein.meetlat", regels)], &mut no_blocks, Default::default())?;
//! let proposal = Named::new("voorstel.json", r#"{"meetlat": "klein", "antwoorden": {"gezond": "nee"}}"#);
//! let verdict = rules.evaluate(proposal, &How::default())?;
//! assert!(verdict.starts_with(r#"{"documentversie":"2""#));
//! # Ok::<(), meetlat_border::Refused>(())
//! ```

pub mod corpus;
mod how;
mod many;
mod named;
mod refused;
mod rules;
mod values;

pub use meetlat::{Language, Stop};

pub use self::how::{How, Spend, language};
pub use self::many::{Judged, Many};
pub use self::named::{Blocks, Named, no_blocks};
pub use self::refused::{Refused, caught, stopped};
pub use self::rules::{Rules, check};
pub use self::values::{binary_fraction, no_form};
