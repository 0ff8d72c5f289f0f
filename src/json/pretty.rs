//! One line of JSON laid out over several: two spaces per level, as `serde_json` does it. The value of a key that
//! holds pieces of other documents stays on its line.

/// Lays out a document that was written on one line. `whole`: keys, with their quotes, whose values stay as they are.
pub(crate) fn pretty(line: &str, whole: &[&str]) -> String {
    let mut out = String::with_capacity(line.len() + line.len() / 2);
    let (mut level, mut rest, mut key) = (0_usize, line, "");
    let indent = |out: &mut String, level: usize| {
        out.push('\n');
        (0..level).for_each(|_| out.push_str("  "));
    };
    while let Some(first) = rest.bytes().next() {
        let length = match first {
            b'"' => text_end(rest),
            _ => 1,
        };
        let (piece, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        rest = after;
        match first {
            b'{' | b'[' if rest.starts_with(['}', ']']) => {
                let (close, after) = rest.split_at_checked(1).unwrap_or((rest, ""));
                out.push_str(piece);
                out.push_str(close);
                rest = after;
            }
            b'{' | b'[' => {
                out.push_str(piece);
                level += 1;
                indent(&mut out, level);
            }
            b'}' | b']' => {
                level = level.saturating_sub(1);
                indent(&mut out, level);
                out.push_str(piece);
            }
            b',' => {
                out.push(',');
                indent(&mut out, level);
            }
            b':' => {
                out.push_str(": ");
                if whole.contains(&key) {
                    let (value, after) = rest.split_at_checked(value_end(rest)).unwrap_or((rest, ""));
                    out.push_str(value);
                    rest = after;
                }
            }
            _ => {
                key = piece;
                out.push_str(piece);
            }
        }
    }
    out
}

/// The length of the text at the start, with its quotes.
fn text_end(rest: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of the value at the start.
fn value_end(rest: &str) -> usize {
    let (mut level, mut at) = (0_usize, 0);
    while let Some(tail) = rest.get(at..).filter(|tail| !tail.is_empty()) {
        match tail.bytes().next() {
            Some(b'"') => at += text_end(tail),
            Some(b'{' | b'[') => (level, at) = (level + 1, at + 1),
            Some(b'}' | b']') if level == 0 => return at,
            Some(b'}' | b']') => (level, at) = (level - 1, at + 1),
            Some(b',') if level == 0 => return at,
            // A character outside texts is one byte.
            _ => at += 1,
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lays_out_as_serde_json_does() {
        for text in [
            r#"{"a":[],"b":{},"c":[1,2.5,null,true,"x, [é] \"{\\"],"d":{"e":[{"f":-15}]}}"#,
            "[]",
            "\"a\"",
            "null",
        ] {
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            assert_eq!(pretty(text, &[]), serde_json::to_string_pretty(&value).unwrap());
        }
    }

    #[test]
    fn some_values_stay_whole() {
        let text = r#"{"waarde":[{"a":"]"},2],"b":[1],"waarde":null}"#;
        let expected = "{\n  \"waarde\": [{\"a\":\"]\"},2],\n  \"b\": [\n    1\n  ],\n  \"waarde\": null\n}";
        assert_eq!(pretty(text, &["\"waarde\""]), expected);
    }
}
