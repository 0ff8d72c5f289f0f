//! Words in both languages: a text is made twice, side by side, and shown in one.
//!
//! | what | how |
//! |---|---|
//! | one of two, as they are | [`Language::pick`] |
//! | a sentence in a language, with something put into it | `tell!` |
//! | a message, which is kept in both | `says!`; `Text::of` for what is made by language |
//!
//! Dutch first, English second, in one place in the code.

use std::fmt;

/// The language messages are shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Dutch, the language of the rules.
    #[default]
    Nl,
    /// English.
    En,
}

impl Language {
    /// One of two texts that stand side by side.
    #[must_use]
    pub fn pick<T>(self, nl: T, en: T) -> T {
        match self {
            Self::Nl => nl,
            Self::En => en,
        }
    }
}

/// One message in both languages: lower case, no full stop, the user's words between quotes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Text {
    /// Dutch.
    pub nl: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The text in one language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Nl => &self.nl,
            Language::En => &self.en,
        }
    }
}

impl Text {
    /// Made twice, by what makes it in one language.
    pub(crate) fn of(words: impl Fn(Language) -> String) -> Self {
        Self { nl: words(Language::Nl), en: words(Language::En) }
    }

    /// Written out. Apart, and seldom called: what is said is said in hundreds of places, all of them off the usual way.
    #[must_use]
    #[cold]
    #[inline(never)]
    pub(crate) fn told(nl: fmt::Arguments<'_>, en: fmt::Arguments<'_>) -> Self {
        Self { nl: nl.to_string(), en: en.to_string() }
    }
}

impl From<String> for Text {
    /// The same words in both languages, for what a host or system says.
    fn from(words: String) -> Self {
        Self { nl: words.clone(), en: words }
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        words.to_owned().into()
    }
}

/// Formats, with room for a sentence from the start.
#[must_use]
pub(crate) fn told(words: fmt::Arguments<'_>) -> String {
    let mut text = String::with_capacity(128);
    // Writing to memory cannot fail.
    let _ = fmt::Write::write_fmt(&mut text, words);
    text
}

/// `says!("Dutch {x}", "English {x}")`: one [`Text`] from two format strings that stand side by side.
macro_rules! says {
    ($nl:literal, $en:literal $(, $arg:expr)* $(,)?) => {
        $crate::message::language::Text::told(format_args!($nl $(, $arg)*), format_args!($en $(, $arg)*))
    };
}

/// `tell!(language, "Dutch {x}", "English {x}")`: a `String` in one language, from two format strings that stand side by
/// side. Arguments must be in that language already.
macro_rules! tell {
    ($language:expr, $nl:literal, $en:literal $(, $arg:expr)* $(,)?) => {
        match $language {
            $crate::message::language::Language::Nl => $crate::message::language::told(format_args!($nl $(, $arg)*)),
            $crate::message::language::Language::En => $crate::message::language::told(format_args!($en $(, $arg)*)),
        }
    };
}

pub(crate) use says;
pub(crate) use tell;
