//! The fields of the documents that leave the engine, as tables made from their schemas.

use std::collections::{BTreeSet, VecDeque};
use std::fmt::Write as _;

use serde_json::Value;

const START: &str = "<!-- fields: made by MEETLAT_BLESS=1 cargo test --test it guide:: -->\n";
const END: &str = "<!-- end of fields -->";

/// What stands before, between and behind the marks.
pub(crate) fn parts(document: &str) -> (&str, &str, &str) {
    let (before, rest) = document.split_once(START).unwrap();
    let (between, behind) = rest.split_once(END).unwrap();
    (before, between, behind)
}

/// The document with other tables.
pub(crate) fn replaced(document: &str, tables: &str) -> String {
    let (before, _, behind) = parts(document);
    format!("{before}{START}{tables}{END}{behind}")
}

/// Tables of the types of some schemas, each type once, in the order in which they are first named.
pub(crate) fn tables(schemas: &[(&str, &Value)]) -> String {
    let mut text = String::new();
    let mut known = BTreeSet::new();
    for (root, schema) in schemas {
        let mut waiting = VecDeque::from([(*root).to_owned()]);
        known.insert((*root).to_owned());
        while let Some(name) = waiting.pop_front() {
            let body = if name == *root { *schema } else { &schema["$defs"][&name] };
            one(&mut text, &name, body, &mut |found| {
                if known.insert(found.to_owned()) {
                    waiting.push_back(found.to_owned());
                }
            });
        }
    }
    text
}

fn one(text: &mut String, name: &str, schema: &Value, names: &mut dyn FnMut(&str)) {
    writeln!(text, "\n### `{name}`\n").unwrap();
    let root = schema.get("$schema").is_some();
    if !root {
        writeln!(text, "{}\n", words(schema)).unwrap();
    }
    let Some(properties) = schema["properties"].as_object() else {
        let values = schema["oneOf"].as_array().unwrap_or_else(|| panic!("{name}: {schema:#}"));
        text.push_str("| value | meaning |\n|---|---|\n");
        for value in values {
            writeln!(text, "| `{}` | {} |", value["const"].as_str().unwrap(), words(value)).unwrap();
        }
        return;
    };
    let required: BTreeSet<&str> =
        schema["required"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    text.push_str("| field | type | meaning |\n|---|---|---|\n");
    for (field, schema) in properties {
        assert!(required.contains(field.as_str()), "{name}.{field} may be absent");
        writeln!(text, "| `{field}` | {} | {} |", kind(schema, names), words(schema)).unwrap();
    }
}

fn words(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A type in words.
fn kind(schema: &Value, names: &mut dyn FnMut(&str)) -> String {
    if let Some(target) = schema["$ref"].as_str() {
        let name = target.rsplit('/').next().unwrap();
        names(name);
        return format!("[`{name}`](#{})", name.to_lowercase());
    }
    if let Some(options) = schema["anyOf"].as_array() {
        return options.iter().map(|option| kind(option, names)).collect::<Vec<_>>().join(" or ");
    }
    match &schema["type"] {
        Value::String(name) if name == "array" => format!("array of {}", kind(&schema["items"], names)),
        Value::String(name) => name.clone(),
        Value::Array(all) => all.iter().map(|name| name.as_str().unwrap()).collect::<Vec<_>>().join(" or "),
        // No type is said: any JSON.
        _ => "any JSON".to_owned(),
    }
}
