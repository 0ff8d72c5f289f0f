//! How a proposal is judged: on which day, in which language the texts are, and what it may take.

use meetlat::Date;
use meetlat::{Diagnostics, Language, Limits, Stop};

use crate::refused::Refused;

/// What a call may take. The default: what [`Limits`] says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spend {
    /// Steps to search; none: as many as usual.
    pub steps: Option<u64>,
    /// Asked now and then whether to stop.
    pub stop: Option<Stop>,
}

impl Spend {
    /// As limits; none: the usual ones.
    pub(crate) fn limits(&self) -> Option<Limits> {
        let usual = Limits::default();
        let search_steps = self.steps.unwrap_or(usual.search_steps);
        (*self != Self::default()).then(|| Limits { search_steps, stop: self.stop.clone(), ..usual })
    }
}

/// How a proposal is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct How {
    /// Wins over the proposal's own `peildatum`.
    pub(crate) reference_date: Option<Date>,
    pub(crate) language: Language,
    pub(crate) spend: Spend,
}

impl Default for How {
    fn default() -> Self {
        Self { reference_date: None, language: Language::Nl, spend: Spend::default() }
    }
}

impl How {
    /// `reference_date`: `JJJJ-MM-DD`; `language`: `nl` or `en`, Dutch when it is none.
    ///
    /// # Errors
    /// When either is something else.
    pub fn new(reference_date: Option<&str>, language: Option<&str>) -> Result<Self, Refused> {
        let language = self::language(language)?;
        let reference_date = match reference_date {
            None => None,
            Some(text) => Some(Date::from_iso(text).ok_or_else(|| no_date(text, language))?),
        };
        Ok(Self { reference_date, language, spend: Spend::default() })
    }

    /// The same with what the call may take.
    #[must_use]
    pub fn spending(self, spend: Spend) -> Self {
        Self { spend, ..self }
    }

    /// What is wrong with rules or a proposal, in the language of texts.
    pub(crate) fn refused(&self, found: &Diagnostics) -> Refused {
        Refused::new(found, self.language)
    }

    /// The language of texts.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }
}

/// A language by its code.
///
/// # Errors
/// When it is neither `nl` nor `en`.
pub fn language(code: Option<&str>) -> Result<Language, Refused> {
    match code {
        None | Some("nl") => Ok(Language::Nl),
        Some("en") => Ok(Language::En),
        // In which language to say so is not known.
        Some(other) => Err(Refused::host(
            "B0101",
            format!("\"{other}\" is geen taal die meetlat kent"),
            "geef \"nl\" of \"en\"",
        )),
    }
}

fn no_date(text: &str, language: Language) -> Refused {
    Refused::host(
        "B0102",
        language.pick(format!("\"{text}\" is geen datum"), format!("\"{text}\" is no date")),
        language.pick("schrijf jaar, maand en dag: 2020-09-01", "write year, month and day: 2020-09-01"),
    )
}
