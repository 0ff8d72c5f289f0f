//! Text inside JSON: what needs it is escaped, in the way `serde_json` does.

use memchr::memchr2;

use crate::json::quote::{has_control, quote};
use crate::value::sink::Sink;

/// The inside of a JSON text: what needs it is escaped, in the way `serde_json` does.
pub(crate) struct InJson<'a>(pub(crate) &'a mut String);

impl Sink for InJson<'_> {
    fn add(&mut self, text: &str) {
        if has_control(text.as_bytes()) {
            let quoted = quote(text);
            return self.0.push_str(quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default());
        }
        let mut rest = text;
        while let Some(at) = memchr2(b'"', b'\\', rest.as_bytes())
            && let Some((before, behind)) = rest.split_at_checked(at)
            && let Some((special, behind)) = behind.split_at_checked(1)
        {
            self.0.push_str(before);
            self.0.push('\\');
            self.0.push_str(special);
            rest = behind;
        }
        self.0.push_str(rest);
    }
}

/// Adds a text with its quotes.
pub(crate) fn json_text(out: &mut String, text: &str) {
    out.push('"');
    InJson(out).add(text);
    out.push('"');
}

/// Adds a text with its quotes, or null.
pub(crate) fn json_optional(out: &mut String, text: Option<&str>) {
    match text {
        Some(text) => json_text(out, text),
        None => out.push_str("null"),
    }
}

/// Adds texts as a list.
pub(crate) fn json_texts<'t>(out: &mut String, texts: impl IntoIterator<Item = &'t str>) {
    out.push('[');
    for (at, text) in texts.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        json_text(out, text);
    }
    out.push(']');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_as_serde_json_does() {
        let mut every: String = (0..0x300_u32).filter_map(char::from_u32).collect();
        every.push_str("€ \u{2028}😀");
        for text in [
            every.as_str(),
            "",
            "gewoon",
            "\"",
            "een lange tekst zonder iets bijzonders erin, é",
            r#"zeg "één" of \, of niets"#,
            r#""\""#,
        ] {
            let mut out = String::new();
            json_text(&mut out, text);
            assert_eq!(out, serde_json::to_string(text).unwrap());
        }
    }
}
