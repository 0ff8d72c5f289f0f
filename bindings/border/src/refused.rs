//! Why a call gives no document: the messages, as the document that every border uses.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use meetlat::Report;
use meetlat::{Diagnostics, Language};

/// The document `{"meldingen": […]}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(Report);

impl Refused {
    /// What is wrong with rules or a proposal.
    #[must_use]
    pub fn new(diagnostics: &Diagnostics, language: Language) -> Self {
        Self(Report::new(diagnostics, language))
    }

    /// What is wrong with a call itself: `message` and `help` in the language of texts, as [`Language::pick`] gives them.
    #[must_use]
    pub fn host(code: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self(Report::of_host(code, message.into(), Some(help.into())))
    }

    /// All messages of several refusals, in order.
    #[must_use]
    pub fn all(refusals: impl IntoIterator<Item = Self>) -> Self {
        Self(refusals.into_iter().flat_map(|refused| refused.0.messages).collect())
    }

    /// The messages, as fields.
    #[must_use]
    pub const fn report(&self) -> &Report {
        &self.0
    }

    /// The document.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// Bytes as the text that they have to be. `what`: the name of the text.
    ///
    /// # Errors
    /// [`Refused::not_utf8`]
    pub fn utf8<'a>(what: &impl fmt::Display, bytes: &'a [u8], language: Language) -> Result<&'a str, Self> {
        meetlat::utf8(bytes).map_err(|_| Self::not_utf8(&what.to_string(), bytes, language))
    }

    /// A text that had to be UTF-8 and is not. `what`: the name of the text.
    #[must_use]
    pub fn not_utf8(what: &str, bytes: &[u8], language: Language) -> Self {
        let sound = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        let line = bytes.iter().take(sound).filter(|byte| **byte == b'\n').count() + 1;
        Self::host(
            "B0002",
            language.pick(
                format!("{what} is geen UTF-8: zie regel {line}"),
                format!("{what} is not UTF-8: see line {line}"),
            ),
            language.pick("bewaar het bestand als UTF-8", "save the file as UTF-8"),
        )
    }
}

/// Calls, and makes a message of a fault of the engine itself. Rules can be called again: they never change, and buffers of
/// a call that stopped are not used again.
///
/// # Errors
/// As the call itself; [`stopped`] when it panicked.
pub fn caught<T>(language: Language, call: impl FnOnce() -> Result<T, Refused>) -> Result<T, Refused> {
    catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|_| Err(stopped(language)))
}

/// What a binding gives when the engine stopped by a fault of its own, which it caught: never a crash of the host.
#[must_use]
pub fn stopped(language: Language) -> Refused {
    Refused::host(
        "B0109",
        language.pick("meetlat is gestopt door een eigen fout", "meetlat stopped by a fault of its own"),
        language.pick(
            "meld dit met de regels en het voorstel; de regels zijn nog te gebruiken",
            "report this with the rules and the proposal; the rules can still be used",
        ),
    )
}

/// The messages, one on each line.
impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, message) in self.0.messages.iter().enumerate() {
            let place = message.places.first();
            let newline = if at > 0 { "\n" } else { "" };
            write!(f, "{newline}{}", message.code)?;
            if let Some(place) = place {
                write!(f, " {}:{}:{}", place.file, place.line, place.column)?;
            }
            write!(f, ": {}", message.text)?;
            if let Some(help) = &message.help {
                write!(f, " ({help})")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Refused {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_engine_is_a_message() {
        let refused = caught::<()>(Language::En, || panic!("on purpose")).unwrap_err();
        assert!(refused.to_string().starts_with("B0109: meetlat stopped by a fault of its own"), "{refused}");
        assert_eq!(caught(Language::Nl, || Ok(1)), Ok(1));
    }
}
