//! Small phrases that several pages share.

use crate::message::language::Language;
use crate::value::date::Date;
use crate::verdict::document::Score;

/// A title that asks stays as it is; one that doesn't gets a colon.
pub(crate) fn question(title: &str) -> String {
    if title.ends_with(['?', ':', '.']) { title.to_owned() } else { format!("{title}:") }
}

/// `2020-03-01` as `1 maart 2020`.
pub(crate) fn day(iso: &str, language: Language) -> String {
    Date::from_iso(iso).map_or_else(|| iso.to_owned(), |date| language.day(date))
}

/// A score in brackets where it has more than one word.
pub(crate) fn bracketed(score: &Score) -> String {
    if score.text.contains(' ') { format!("({})", score.text) } else { score.text.clone() }
}
