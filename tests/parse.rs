//! Rule text → syntax tree.

use meetlat::Limits;
use meetlat::diagnostic::{Code, Diagnostics, Language};
use meetlat::parse::parse;
use meetlat::syntax::*;

const EXAMPLE: &str = include_str!("parse/voorbeeld.meetlat");

/// Code, line, column, message and help of each diagnostic.
fn messages(text: &str) -> (File, Vec<String>) {
    let mut diagnostics = Diagnostics::new();
    let (_, file) = parse("toets.meetlat", text, &Limits::default(), &mut diagnostics);
    let shown = diagnostics
        .iter()
        .map(|diagnostic| {
            let span = diagnostic.places[0].span;
            let position = diagnostics.source(span.source).unwrap().position(span.start);
            let help = diagnostic.help.as_ref().map_or("", |help| help.get(Language::Nl));
            format!(
                "{} {}:{} {} = {help}",
                diagnostic.code, position.line, position.column, diagnostic.message.nl
            )
        })
        .collect();
    (file, shown)
}

#[test]
fn the_big_example_parses() {
    let (file, messages) = messages(EXAMPLE);
    assert!(messages.is_empty(), "{messages:#?}");
    assert_eq!(file.declarations.len(), 21);
    assert!(file.declarations.iter().all(|declaration| !declaration.broken));
}

#[test]
#[ignore]
fn show() {
    let path = std::env::var("MEETLAT").unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let start = std::time::Instant::now();
    let (file, messages) = messages(&text);
    println!("{:?} {} {messages:#?}", start.elapsed(), file.declarations.len());
    if std::env::var("TREE").is_ok() {
        println!("{file:#?}");
    }
}
