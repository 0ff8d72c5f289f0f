//! Writes an answer into a proposal's text, and leaves everything else as it is written, numbers and order included.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::json::tree::Json;

/// What is written at an answer's place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fill {
    /// The answer, as JSON.
    Answer(String),
    /// The written ground of the answer that stands there.
    Ground(String),
    /// The reason why it cannot be said: it stays open, and is not asked again.
    Unsayable(String),
}

/// The proposal's text with this written at the answer that a JSON pointer names. None when the text is not a JSON object, or the
/// pointer names nothing in it that can be answered.
#[must_use]
pub fn fill(json: &str, pointer: &str, with: &Fill) -> Option<String> {
    let mut tree = tree(json)?;
    let mut parts = pointer.strip_prefix("/antwoorden/")?.split('/');
    let question = parts.next()?;
    let answers = member(&mut tree, "antwoorden", true)?;
    let place = match (parts.next(), parts.next(), parts.next()) {
        (None, ..) => member(answers, question, true)?,
        (Some(item), Some(field), None) => {
            let mut list = member(answers, question, false)?;
            if is_wrapper(list) {
                list = member(list, "antwoord", false)?;
            }
            let Json::List(items) = list else { return None };
            member(items.get_mut(item.parse::<usize>().ok()?)?, field, true)?
        }
        _ => return None,
    };
    match with {
        Fill::Answer(answer) => {
            let answer = self::tree(answer)?;
            if is_wrapper(place) {
                *member(place, "antwoord", true)? = answer;
            } else {
                *place = answer;
            }
        }
        Fill::Ground(text) => *wrapped(place, "onderbouwing")? = Json::text(text),
        Fill::Unsayable(text) => *wrapped(place, "niet_te_zeggen")? = Json::text(text),
    }
    Some(tree.pretty())
}

/// The member of an answer's wrapper, which is put around it when it has none.
fn wrapped<'j>(place: &'j mut Json, name: &str) -> Option<&'j mut Json> {
    if !is_wrapper(place) {
        let answer = std::mem::replace(place, Json::null());
        *place = Json::object([("antwoord", answer)]);
    }
    member(place, name, true)
}

fn is_wrapper(json: &Json) -> bool {
    const KEYS: [&str; 5] = ["antwoord", "onderbouwing", "bewijs", "niet_te_zeggen", "$uitleg"];
    matches!(json, Json::Object(entries) if entries.iter().any(|(key, _)| KEYS.contains(&key.as_str())))
}

/// A member of an object; added at its end when it may be.
fn member<'j>(object: &'j mut Json, name: &str, add: bool) -> Option<&'j mut Json> {
    let Json::Object(entries) = object else { return None };
    let at = match entries.iter().position(|(key, _)| key == name) {
        Some(at) => at,
        None if add => {
            entries.push((name.to_owned(), Json::null()));
            entries.len() - 1
        }
        None => return None,
    };
    entries.get_mut(at).map(|(_, value)| value)
}

/// A text as a tree that keeps order and spelling.
fn tree(text: &str) -> Option<Json> {
    match text.trim_start().chars().next()? {
        '{' => {
            let Entries(entries) = serde_json::from_str(text).ok()?;
            let entries = entries.into_iter().map(|(key, value)| Some((key, tree(value.get())?)));
            Some(Json::Object(entries.collect::<Option<_>>()?))
        }
        '[' => {
            let items: Vec<Box<RawValue>> = serde_json::from_str(text).ok()?;
            Some(Json::List(items.iter().map(|item| tree(item.get())).collect::<Option<_>>()?))
        }
        '"' => {
            let text: String = serde_json::from_str(text).ok()?;
            Some(Json::Text(text))
        }
        _ => {
            let raw: Box<RawValue> = serde_json::from_str(text).ok()?;
            Some(Json::raw(raw.get()))
        }
    }
}

/// An object's members in order.
struct Entries(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Entries;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Entries, M::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

#[cfg(test)]
mod tests {
    use super::{Fill, fill};

    const JSON: &str = r#"{"meetlat": "x", "antwoorden": {"b": 1.50, "l": {"antwoord": [{"f": null}], "onderbouwing": "o"}}}"#;

    fn compact(text: Option<String>) -> String {
        text.unwrap_or_default().split_whitespace().collect()
    }

    #[test]
    fn it_leaves_the_rest_as_written() {
        let answer = |json: &str| Fill::Answer(json.to_owned());
        let filled = compact(fill(JSON, "/antwoorden/a", &answer("\"ja\"")));
        assert!(filled.contains(r#""b":1.50"#) && filled.contains(r#""a":"ja""#), "{filled}");
        let filled = compact(fill(JSON, "/antwoorden/l/0/f", &answer("12")));
        assert!(filled.contains(r#""l":{"antwoord":[{"f":12}],"onderbouwing":"o"}"#), "{filled}");
        let filled = compact(fill(JSON, "/antwoorden/b", &Fill::Ground("om".to_owned())));
        assert!(filled.contains(r#""b":{"antwoord":1.50,"onderbouwing":"om"}"#), "{filled}");
        let filled = compact(fill(JSON, "/antwoorden/c", &Fill::Unsayable("weet".to_owned())));
        assert!(filled.contains(r#""c":{"antwoord":null,"niet_te_zeggen":"weet"}"#), "{filled}");
    }

    #[test]
    fn what_is_not_there_is_not_filled() {
        let answer = Fill::Answer("1".to_owned());
        assert_eq!(fill("[]", "/antwoorden/a", &answer), None);
        assert_eq!(fill(JSON, "/antwoorden/l/1/f", &answer), None);
        assert_eq!(fill(JSON, "/antwoorden/b/0/f", &answer), None);
        assert_eq!(fill(JSON, "/titel", &answer), None);
        assert_eq!(fill(JSON, "/antwoorden/a", &Fill::Answer("{".to_owned())), None);
    }
}
