//! What a proposal says at its top, to choose rules by.

use serde::de::Deserializer as _;

use crate::json::quote::unquoted;
use crate::json::tape::{Each, Shape};
use crate::value::date::Date;

/// What a proposal says at its top, to choose rules by: nothing else of it is checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// `meetlat`, when it is a text.
    pub meetlat: Option<String>,
    /// `peildatum`, when it is there: its place in bytes, and the date when it is one.
    pub reference_date: Option<(std::ops::Range<usize>, Option<Date>)>,
    /// The text is one JSON object, as far as it was cut.
    pub whole: bool,
}

/// Reads the top of a proposal as far as it goes.
#[must_use]
pub fn asked(text: &str) -> Asked {
    let mut asked = Asked::default();
    let mut de = serde_json::Deserializer::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    let visitor = Each(|key: &str, value: &str| match unquoted(key).as_deref() {
        Some("meetlat") if asked.meetlat.is_none() => {
            asked.meetlat = unquoted(value).map(std::borrow::Cow::into_owned);
        }
        Some("peildatum") if asked.reference_date.is_none() && Shape::of(value) != Shape::Null => {
            let start = value.as_ptr().addr().saturating_sub(text.as_ptr().addr());
            let date = unquoted(value).and_then(|date| Date::from_iso(&date));
            asked.reference_date = Some((start..start + value.len(), date));
        }
        _ => {}
    });
    // A fault further on is found, and shown, when the proposal is read.
    let whole = de.deserialize_map(visitor).and_then(|()| de.end()).is_ok();
    asked.whole = whole;
    asked
}
