//! Texts of the proposal, written as they stand in it: escapes are not removed to be added again.

use memchr::memchr;

use crate::json::escape::{InJson, json_text};
use crate::json::texts::Written;
use crate::proposal::answers::Proposal;
use crate::value::sink::Sink as _;

/// A text of the proposal, or null.
pub(super) fn text(out: &mut String, proposal: &Proposal, piece: Option<Written>) {
    let Some(piece) = piece else { return out.push_str("null") };
    let json = proposal.texts.json(piece);
    if !json.starts_with('"') {
        return out.push_str("null");
    }
    if piece.is_plain() || memchr(b'\\', json.as_bytes()).is_none() {
        return out.push_str(json);
    }
    respelled(out, json);
}

/// The same between quotes of its own, inside a text.
pub(super) fn quoted(out: &mut String, proposal: &Proposal, piece: Option<Written>) {
    let json = piece.map(|piece| proposal.texts.json(piece)).filter(|json| json.starts_with('"'));
    let Some(inside) = json.and_then(|json| json.get(1..json.len().saturating_sub(1))) else {
        return json_text(out, "");
    };
    out.push_str("\"\\\"");
    respelled(out, inside);
    out.push_str("\\\"\"");
}

/// A valid piece of JSON text, each character as `serde_json` spells it.
fn respelled(out: &mut String, json: &str) {
    let mut rest = json;
    while let Some(at) = memchr(b'\\', rest.as_bytes())
        && let (Some(before), Some(escape)) = (rest.get(..at), rest.get(at + 1..))
    {
        out.push_str(before);
        rest = one(out, escape);
    }
    out.push_str(rest);
}

/// One escape, without its backslash; returns what follows it.
fn one<'t>(out: &mut String, escape: &'t str) -> &'t str {
    let mut letters = escape.chars();
    match letters.next() {
        Some('/') => out.push('/'),
        Some('u') => {
            let unit = |from: usize| u16::from_str_radix(escape.get(from..from + 4)?, 16).ok();
            let second = escape.get(5..).is_some_and(|behind| behind.starts_with("\\u"));
            let pair = [unit(1), if second { unit(7) } else { None }].into_iter().flatten();
            let found = char::decode_utf16(pair).next().and_then(Result::ok).unwrap_or_default();
            InJson(out).add(found.encode_utf8(&mut [0; 4]));
            // Four digits; of a pair also the second backslash, its `u` and four more.
            return escape.get(if found.len_utf16() == 1 { 5 } else { 11 }..).unwrap_or_default();
        }
        // These are spelled as `serde_json` does.
        Some(letter) => {
            out.push('\\');
            out.push(letter);
        }
        None => {}
    }
    letters.as_str()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(json: &str) -> (String, String) {
        let proposal = Proposal { texts: crate::json::texts::Texts::new(json), ..Proposal::default() };
        let piece = Written::new(0, u32::try_from(json.len()).unwrap());
        let (mut plain, mut inside) = (String::new(), String::new());
        text(&mut plain, &proposal, piece);
        quoted(&mut inside, &proposal, piece);
        (plain, inside)
    }

    proptest! {
        /// Any characters, any of them escaped in any way.
        #[test]
        fn as_serde_json_writes_them(letters in prop::collection::vec((any::<char>(), 0_u8..4), 0..40)) {
            let mut json = String::from("\"");
            for (letter, how) in &letters {
                match how {
                    0 => letter.encode_utf16(&mut [0; 2]).iter().for_each(|unit| json.push_str(&format!("\\u{unit:04x}"))),
                    1 => letter.encode_utf16(&mut [0; 2]).iter().for_each(|unit| json.push_str(&format!("\\u{unit:04X}"))),
                    2 if *letter == '/' => json.push_str("\\/"),
                    _ => {
                        let quoted = serde_json::to_string(letter).unwrap();
                        json.push_str(quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap());
                    }
                }
            }
            json.push('"');
            let meant: String = letters.iter().map(|(letter, _)| letter).collect();
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), meant.as_str());
            let quoted = serde_json::to_string(&format!("\"{meant}\"")).unwrap();
            prop_assert_eq!(written(&json), (serde_json::to_string(&meant).unwrap(), quoted));
        }
    }

    #[test]
    fn every_short_escape() {
        let json = r#""a\"b\\c\/d\be\ff\ng\rh\ti\u0000\u001f\u00e9\ud83d\ude00\u005c""#;
        let meant: String = serde_json::from_str(json).unwrap();
        assert_eq!(written(json).0, serde_json::to_string(&meant).unwrap());
    }

    #[test]
    fn no_text() {
        assert_eq!(written("12"), ("null".to_owned(), "\"\"".to_owned()));
    }
}
