//! Texts with and without their quotes and escapes.

use std::borrow::Cow;

/// Whether a control character stands in it.
pub(crate) fn has_control(bytes: &[u8]) -> bool {
    // Without an early exit, so that many bytes are done at a time.
    bytes.iter().fold(false, |found, &byte| found | (byte < 0x20))
}

/// A text as JSON.
pub(crate) fn quote(text: &str) -> String {
    // Writing a string to a string cannot fail.
    serde_json::to_string(text).unwrap_or_default()
}

/// A text without its quotes and escapes; none when it is not a text, or holds half a character (`\ud800`).
pub(crate) fn unquoted(raw: &str) -> Option<Cow<'_, str>> {
    if raw.contains('\\') {
        return serde_json::from_str(raw).ok().map(Cow::Owned);
    }
    raw.starts_with('"').then(|| inside(raw)).flatten().map(Cow::Borrowed)
}

/// What stands between the quotes of a text.
#[inline]
pub(crate) fn inside(raw: &str) -> Option<&str> {
    raw.get(1..raw.len().checked_sub(1)?)
}

/// Whether a text says nothing: only white space, by the same definition as the schema's pattern in every regular-expression
/// dialect.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}' | '\u{feff}'))
}
