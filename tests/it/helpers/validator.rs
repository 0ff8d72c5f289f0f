//! The part of JSON schema (draft 2020-12) that the schema of proposals uses. A keyword it doesn't know is a failure,
//! so the schema can say nothing that is not checked.

use meetlat::Date;
use serde_json::{Map, Value};

/// Whether `schema` accepts `json`; `root` resolves references.
pub(crate) fn accepts(root: &Value, schema: &Value, json: &Value) -> bool {
    let Value::Object(schema) = schema else { return *schema == Value::Bool(true) };
    schema.iter().all(|(keyword, value)| holds(root, schema, keyword, value, json))
}

fn holds(root: &Value, schema: &Map<String, Value>, keyword: &str, value: &Value, json: &Value) -> bool {
    let each = |list: &Value| -> usize {
        list.as_array().unwrap().iter().filter(|schema| accepts(root, schema, json)).count()
    };
    let number = || (json.as_f64(), value.as_f64().unwrap());
    match keyword {
        "$schema" | "$id" | "$comment" | "$defs" | "title" | "description" | "then" => true,
        "$ref" => accepts(root, resolve(root, value.as_str().unwrap()), json),
        "const" => json == value,
        "type" => match value {
            Value::String(name) => is(json, name),
            names => names.as_array().unwrap().iter().any(|name| is(json, name.as_str().unwrap())),
        },
        "anyOf" => each(value) > 0,
        "oneOf" => each(value) == 1,
        "allOf" => each(value) == value.as_array().unwrap().len(),
        "not" => !accepts(root, value, json),
        "if" => !accepts(root, value, json) || accepts(root, &schema["then"], json),
        "properties" => json.as_object().is_none_or(|object| {
            let property = |(key, json)| value.get(key).is_none_or(|schema| accepts(root, schema, json));
            object.iter().all(property)
        }),
        "additionalProperties" => {
            assert_eq!(*value, Value::Bool(false));
            json.as_object()
                .is_none_or(|object| object.keys().all(|key| schema["properties"].get(key).is_some()))
        }
        "required" => json.as_object().is_none_or(|object| {
            value.as_array().unwrap().iter().all(|key| object.contains_key(key.as_str().unwrap()))
        }),
        "items" => json.as_array().is_none_or(|items| items.iter().all(|item| accepts(root, value, item))),
        "uniqueItems" => json
            .as_array()
            .is_none_or(|items| items.iter().enumerate().all(|(at, item)| !items[..at].contains(item))),
        "minItems" => json.as_array().is_none_or(|items| items.len() as u64 >= value.as_u64().unwrap()),
        "maxItems" => json.as_array().is_none_or(|items| items.len() as u64 <= value.as_u64().unwrap()),
        "minimum" => matches!(number(), (None, _)) || number().0 >= Some(number().1),
        "maximum" => matches!(number(), (None, _)) || number().0 <= Some(number().1),
        "format" => json.as_str().is_none_or(|text| *value == "date" && Date::from_iso(text).is_some()),
        "pattern" => json.as_str().is_none_or(|text| match value.as_str().unwrap() {
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" => {
                let digit =
                    |(at, c): (usize, char)| if at == 4 || at == 7 { c == '-' } else { c.is_ascii_digit() };
                text.len() == 10 && text.char_indices().all(digit)
            }
            r"[^\s\u001c-\u001f\u0085\ufeff]" => {
                let blank =
                    |c: char| c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}' | '\u{85}' | '\u{feff}');
                !text.chars().all(blank)
            }
            other => place(other, text),
        }),
        other => panic!("unknown keyword {other}"),
    }
}

/// `^/antwoorden/lijst/(0|[1-9][0-9]*)/veld$`
fn place(pattern: &str, text: &str) -> bool {
    let (list, field) =
        pattern.split_once("/(0|[1-9][0-9]*)/").unwrap_or_else(|| panic!("pattern {pattern}"));
    let (list, field) = (list.strip_prefix('^').unwrap(), field.strip_suffix('$').unwrap());
    let item = text.strip_prefix(list).and_then(|rest| rest.strip_prefix('/'));
    let item = item.and_then(|rest| rest.strip_suffix(field)).and_then(|rest| rest.strip_suffix('/'));
    item.is_some_and(|item| {
        item == "0"
            || (!item.starts_with('0') && !item.is_empty() && item.bytes().all(|b| b.is_ascii_digit()))
    })
}

fn is(json: &Value, name: &str) -> bool {
    match name {
        "null" => json.is_null(),
        "boolean" => json.is_boolean(),
        "string" => json.is_string(),
        "array" => json.is_array(),
        "object" => json.is_object(),
        "number" => json.is_number(),
        "integer" => json.is_i64() || json.is_u64() || json.as_f64().is_some_and(|n| n % 1.0 == 0.0),
        other => panic!("unknown type {other}"),
    }
}

fn resolve<'s>(root: &'s Value, reference: &str) -> &'s Value {
    let encoded = reference.strip_prefix("#/$defs/").unwrap().as_bytes();
    let (mut name, mut at) = (Vec::new(), 0);
    while at < encoded.len() {
        if encoded[at] == b'%' {
            let hex = std::str::from_utf8(&encoded[at + 1..at + 3]).unwrap();
            name.push(u8::from_str_radix(hex, 16).unwrap());
            at += 3;
        } else {
            name.push(encoded[at]);
            at += 1;
        }
    }
    let name = String::from_utf8(name).unwrap();
    root["$defs"].get(&name).unwrap_or_else(|| panic!("no definition {name}"))
}
