//! Answers: `{"antwoord": …}` with a ground and evidence beside it that no rule reads.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

#[derive(Debug, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Answer<T> {
    pub(crate) antwoord: Option<T>,
}

// Derived it would ask that T has a default too.
impl<T> Default for Answer<T> {
    fn default() -> Self {
        Self { antwoord: None }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Level {
    Ja,
    Deels,
    Nee,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum YesNo {
    Ja,
    Nee,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Theme {
    Onderwijs,
    Ambulant,
    Inkoop,
    Overig,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Partner {
    Gemeente,
    Aanbieder,
    School,
    Welzijn,
    Ggd,
    Kennis,
}

/// The rules ask only whether there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Baseline {
    Value,
    None,
}

impl<'de> Deserialize<'de> for Baseline {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Seen;

        impl Visitor<'_> for Seen {
            type Value = Baseline;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("een getal of geen")
            }

            fn visit_u64<E: Error>(self, _: u64) -> Result<Baseline, E> {
                Ok(Baseline::Value)
            }

            fn visit_i64<E: Error>(self, _: i64) -> Result<Baseline, E> {
                Ok(Baseline::Value)
            }

            fn visit_f64<E: Error>(self, _: f64) -> Result<Baseline, E> {
                Ok(Baseline::Value)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Baseline, E> {
                if text == "geen" { Ok(Baseline::None) } else { Err(E::custom("geen getal, en niet geen")) }
            }
        }

        deserializer.deserialize_any(Seen)
    }
}
