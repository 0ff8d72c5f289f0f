//! As Python: a `TypedDict` for each.

use std::fmt::Write as _;

use crate::model::{Is, Named, Type};

/// No field may be called so.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

pub(crate) fn write(types: &[Named]) -> String {
    let mut text = String::from(
        "\"\"\"The documents that calls give, as types for `Document.data`.\n\n\
         Made from their schemas by bindings/border/tests/types.rs; do not edit.\n\
         \"\"\"\n\n\
         from typing import Any, Literal, TypeAlias, TypedDict\n",
    );
    for Named { name, words, is } in types {
        match is {
            Is::Object(fields) => {
                write!(text, "\n\nclass {name}(TypedDict):\n    {}\n", told(words)).unwrap();
                for field in fields {
                    assert!(!KEYWORDS.contains(&field.name.as_str()), "{}", field.name);
                    write!(text, "\n    {}: {}\n    {}\n", field.name, kind(&field.of), told(&field.words))
                        .unwrap();
                }
            }
            Is::Words(all) => {
                let all: Vec<String> = all.iter().map(|word| format!("\"{word}\"")).collect();
                write!(text, "\n\n{name}: TypeAlias = Literal[{}]\n{}\n", all.join(", "), told(words))
                    .unwrap();
            }
        }
    }
    text
}

fn kind(of: &Type) -> String {
    match of {
        Type::Text => "str".to_owned(),
        Type::Only(only) => format!("Literal[\"{only}\"]"),
        Type::Whole => "int".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Null => "None".to_owned(),
        Type::Any => "Any".to_owned(),
        Type::Named(name) => name.clone(),
        Type::List(item) => format!("list[{}]", kind(item)),
        // `Any` holds `None` too.
        Type::OrNull(of) if matches!(**of, Type::Any) => kind(of),
        Type::OrNull(of) => format!("{} | None", kind(of)),
    }
}

/// As a docstring.
fn told(words: &str) -> String {
    let words = words.replace('\\', "\\\\").replace("\"\"\"", "'''");
    let end = if words.ends_with('"') { " " } else { "" };
    format!("\"\"\"{words}{end}\"\"\"")
}
