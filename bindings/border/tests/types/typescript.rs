//! As TypeScript: an alias for each, so that an object of one can also be read as a record.

use std::fmt::Write as _;

use crate::model::{Is, Named, Type};

pub(crate) fn write(types: &[Named]) -> String {
    let mut text = String::from(
        "// The documents that calls give. Made from their schemas by bindings/border/tests/types.rs; do not edit.\n\n\
         /** Any JSON: a piece of a proposal, as it was given. */\n\
         export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };\n",
    );
    for Named { name, words, is } in types {
        write!(text, "\n/** {} */\nexport type {name} =", comment(words)).unwrap();
        match is {
            Is::Object(fields) => {
                text.push_str(" {\n");
                for field in fields {
                    writeln!(text, "  /** {} */", comment(&field.words)).unwrap();
                    writeln!(text, "  readonly {}: {};", field.name, kind(&field.of)).unwrap();
                }
                text.push_str("};\n");
            }
            Is::Words(all) => {
                let all: Vec<String> = all.iter().map(|word| format!("\"{word}\"")).collect();
                writeln!(text, " {};", all.join(" | ")).unwrap();
            }
        }
    }
    text
}

fn kind(of: &Type) -> String {
    match of {
        Type::Text => "string".to_owned(),
        Type::Only(only) => format!("\"{only}\""),
        Type::Whole => "number".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::Null => "null".to_owned(),
        Type::Any => "Json".to_owned(),
        Type::Named(name) => name.clone(),
        Type::List(item) => match &**item {
            Type::OrNull(_) | Type::Any => format!("readonly ({})[]", kind(item)),
            _ => format!("readonly {}[]", kind(item)),
        },
        Type::OrNull(of) => format!("{} | null", kind(of)),
    }
}

fn comment(words: &str) -> String {
    words.replace("*/", "* /")
}
