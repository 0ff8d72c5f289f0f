//! How a proposal is judged: on which day, and in which language the texts are.

use meetlat::Language;
use meetlat::date::Date;

use crate::refused::Refused;

/// How a proposal is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct How {
    /// Wins over the proposal's own `peildatum`.
    pub(crate) reference_date: Option<Date>,
    pub(crate) language: Language,
}

impl Default for How {
    fn default() -> Self {
        Self { reference_date: None, language: Language::Nl }
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
        Ok(Self { reference_date, language })
    }

    /// The language of texts.
    #[must_use]
    pub const fn language(self) -> Language {
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
        Some(other) => Err(Refused::host(
            Language::Nl,
            "B0101",
            (
                &format!("\"{other}\" is geen taal die meetlat kent"),
                &format!("\"{other}\" is no language of meetlat"),
            ),
            ("geef \"nl\" of \"en\"", "give \"nl\" or \"en\""),
        )),
    }
}

fn no_date(text: &str, language: Language) -> Refused {
    Refused::host(
        language,
        "B0102",
        (&format!("\"{text}\" is geen datum"), &format!("\"{text}\" is no date")),
        ("schrijf jaar, maand en dag: 2020-09-01", "write year, month and day: 2020-09-01"),
    )
}
