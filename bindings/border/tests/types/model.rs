//! The types that all schemas name, each once.

use std::collections::BTreeMap;

use meetlat::document::{Kind, schema};
use serde_json::Value;

/// A named type, with what it says of itself.
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) words: String,
    pub(crate) is: Is,
}

pub(crate) enum Is {
    Object(Vec<Field>),
    /// One of these texts.
    Words(Vec<String>),
}

pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) words: String,
    pub(crate) of: Type,
}

pub(crate) enum Type {
    Text,
    /// This text alone.
    Only(String),
    Whole,
    Boolean,
    Null,
    Any,
    Named(String),
    List(Box<Self>),
    OrNull(Box<Self>),
}

/// Every type, each behind those that it names; a document's own ends with `Document`.
pub(crate) fn read() -> Vec<Named> {
    let mut reader = Reader { schemas: BTreeMap::new(), found: Vec::new() };
    let roots = Kind::ALL.iter().map(|kind| {
        let schema: Value = serde_json::from_str(&schema(*kind)).unwrap();
        (format!("{kind:?}Document"), schema)
    });
    let roots: Vec<(String, Value)> = roots.collect();
    for (_, schema) in &roots {
        reader.schemas.extend(schema["$defs"].as_object().unwrap().clone());
    }
    for (name, mut schema) in roots {
        // Titles are Dutch, as the documents are; the types are read by programmers.
        let id = schema["$id"].as_str().unwrap().to_owned();
        schema["description"] = format!("The document `{id}`.").into();
        reader.named(&name, &schema);
    }
    reader.found
}

struct Reader {
    schemas: BTreeMap<String, Value>,
    found: Vec<Named>,
}

impl Reader {
    fn named(&mut self, name: &str, schema: &Value) {
        if self.found.iter().any(|known| known.name == name) {
            return;
        }
        let is = match schema["properties"].as_object() {
            Some(fields) => {
                let field = |(name, of): (&String, &Value)| Field {
                    name: name.clone(),
                    words: words(of),
                    of: self.kind(of),
                };
                Is::Object(fields.iter().map(field).collect())
            }
            None => {
                let options = schema["oneOf"].as_array().unwrap();
                Is::Words(options.iter().map(|one| one["const"].as_str().unwrap().to_owned()).collect())
            }
        };
        self.found.push(Named { name: name.to_owned(), words: words(schema), is });
    }

    fn kind(&mut self, of: &Value) -> Type {
        if let Some(target) = of["$ref"].as_str() {
            let name = target.rsplit('/').next().unwrap();
            let schema = self.schemas[name].clone();
            self.named(name, &schema);
            return Type::Named(name.to_owned());
        }
        if let Some(options) = of["anyOf"].as_array() {
            let [one, null] = options.as_slice() else { panic!("{of}") };
            assert_eq!(null["type"], "null");
            return Type::OrNull(Box::new(self.kind(one)));
        }
        match &of["type"] {
            Value::String(name) => self.plain(name, of),
            Value::Array(names) => {
                let [name, null] = names.as_slice() else { panic!("{of}") };
                assert_eq!(null, "null");
                Type::OrNull(Box::new(self.plain(name.as_str().unwrap(), of)))
            }
            Value::Null => Type::Any,
            other => panic!("{other}"),
        }
    }

    fn plain(&mut self, name: &str, of: &Value) -> Type {
        match name {
            "string" => of["const"].as_str().map_or(Type::Text, |only| Type::Only(only.to_owned())),
            "integer" => Type::Whole,
            "boolean" => Type::Boolean,
            "null" => Type::Null,
            "array" => Type::List(Box::new(self.kind(&of["items"]))),
            other => panic!("{other}"),
        }
    }
}

fn words(schema: &Value) -> String {
    let text = schema["description"].as_str().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
