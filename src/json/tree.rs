//! JSON documents that people read too: keys in a chosen order, short lists on one line. Numbers are given as text,
//! so that nothing passes through a float.

use crate::json::quote::quote;

/// A piece of JSON.
#[derive(Debug, Clone)]
pub(crate) enum Json {
    /// `null`, a number, `true`: written as it is.
    Raw(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object, its keys in this order.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// `null`
    pub(crate) fn null() -> Self {
        Self::Raw("null".to_owned())
    }

    /// A text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A whole number or `true`.
    pub(crate) fn raw(value: impl ToString) -> Self {
        Self::Raw(value.to_string())
    }

    /// A list of texts.
    pub(crate) fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    /// An object.
    pub(crate) fn object<K: Into<String>>(entries: impl IntoIterator<Item = (K, Self)>) -> Self {
        Self::Object(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }

    /// The text with two spaces per level and a newline at the end.
    pub(crate) fn pretty(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, 0);
        out.push('\n');
        out
    }

    /// The text on one line.
    fn line(&self, out: &mut String) {
        match self {
            Self::Raw(raw) => out.push_str(raw),
            Self::Text(text) => out.push_str(&quote(text)),
            Self::List(items) => {
                out.push('[');
                for (n, item) in items.iter().enumerate() {
                    if n > 0 {
                        out.push_str(", ");
                    }
                    item.line(out);
                }
                out.push(']');
            }
            Self::Object(entries) => {
                out.push('{');
                for (n, (key, value)) in entries.iter().enumerate() {
                    if n > 0 {
                        out.push_str(", ");
                    }
                    out.push_str(&quote(key));
                    out.push_str(": ");
                    value.line(out);
                }
                out.push('}');
            }
        }
    }

    fn is_short(&self) -> bool {
        const WIDTH: usize = 90;
        let plain = |json: &Self| matches!(json, Self::Raw(_) | Self::Text(_));
        let shallow = match self {
            Self::Raw(_) | Self::Text(_) => return true,
            Self::List(items) => items.iter().all(plain),
            Self::Object(entries) => entries.iter().all(|(_, value)| plain(value)),
        };
        if !shallow {
            return false;
        }
        let mut line = String::new();
        self.line(&mut line);
        line.chars().count() <= WIDTH
    }

    fn write(&self, out: &mut String, level: usize) {
        if self.is_short() {
            return self.line(out);
        }
        let indent = "  ".repeat(level + 1);
        let (open, close, length) = match self {
            Self::List(items) => ('[', ']', items.len()),
            Self::Object(entries) => ('{', '}', entries.len()),
            _ => return self.line(out),
        };
        out.push(open);
        for at in 0..length {
            out.push_str(if at > 0 { ",\n" } else { "\n" });
            out.push_str(&indent);
            match self {
                Self::List(items) => {
                    if let Some(item) = items.get(at) {
                        item.write(out, level + 1);
                    }
                }
                Self::Object(entries) => {
                    if let Some((key, value)) = entries.get(at) {
                        out.push_str(&quote(key));
                        out.push_str(": ");
                        value.write(out, level + 1);
                    }
                }
                _ => {}
            }
        }
        out.push('\n');
        out.push_str(&"  ".repeat(level));
        out.push(close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_layout() {
        let long = Json::texts([
            "een lange tekst die niet met een tweede op dezelfde regel past",
            "en deze ook niet, samen",
        ]);
        let json = Json::object([("b", Json::texts(["é\"", "\n"])), ("a", long), ("c", Json::raw(3))]);
        let text = json.pretty();
        assert!(text.starts_with("{\n  \"b\": [\"é\\\"\", \"\\n\"],\n  \"a\": [\n    \"een"), "{text}");
        assert!(text.ends_with("samen\"\n  ],\n  \"c\": 3\n}\n"), "{text}");
        assert!(serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok());
    }
}
