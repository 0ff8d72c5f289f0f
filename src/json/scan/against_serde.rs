//! The scanner beside `serde_json`: they accept the same texts, and cut them into the same pieces.

use proptest::prelude::*;
use serde_json::value::RawValue;

use super::{Escapes, Node, Shape, end_of_plain, scan};
use crate::json::tape::Each;

/// The pieces of a text by `serde_json`; none when it is no JSON.
fn pieces(text: &str) -> Option<Vec<Node>> {
    let whole: &RawValue = serde_json::from_str(text).ok()?;
    let mut nodes = Vec::new();
    take_apart(text, whole.get(), &mut nodes);
    Some(nodes)
}

fn take_apart(text: &str, raw: &str, nodes: &mut Vec<Node>) {
    let place = |at: usize| u32::try_from(at).unwrap();
    let start = raw.as_ptr().addr() - text.as_ptr().addr();
    let shape = Shape::of(raw);
    let escapes = match (shape, serde_json::from_str::<String>(raw)) {
        (Shape::Text, Err(_)) => Escapes::Half,
        (Shape::Text, Ok(_)) if raw.contains('\\') => Escapes::Some,
        _ => Escapes::None,
    };
    let at = nodes.len();
    nodes.push(Node { start: place(start), end: place(start + raw.len()), next: 0, shape, escapes });
    match shape {
        Shape::Object => {
            let each = Each(|key: &str, value: &str| {
                take_apart(text, key, nodes);
                take_apart(text, value, nodes);
            });
            let mut de = serde_json::Deserializer::from_str(raw);
            serde::Deserializer::deserialize_map(&mut de, each).unwrap();
        }
        Shape::List => {
            let items: Vec<&RawValue> = serde_json::from_str(raw).unwrap();
            items.iter().for_each(|item| take_apart(text, item.get(), nodes));
        }
        _ => {}
    }
    let next = place(nodes.len());
    nodes[at].next = next;
}

/// Whether it was JSON.
fn same(text: &str) -> bool {
    let mut nodes = vec![Node { start: 7, end: 7, next: 7, shape: Shape::Null, escapes: Escapes::Half }];
    let found = scan(text, 0, &mut nodes).map(|()| nodes);
    assert_eq!(found, pieces(text), "{text:?}");
    found.is_some()
}

#[test]
fn what_json_is() {
    let long = format!("\"{}\"", "é tekst ".repeat(40));
    let json = [
        "0",
        "-0",
        "-0.0",
        "10",
        "1.5",
        "1e5",
        "1E+5",
        "1e-05",
        "-12.50e10",
        "true",
        "false",
        "null",
        "\"\"",
        "\"\\u00e9\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"\\ude00\"",
        "\"\\ud83d\\n\"",
        "\"\\ud83d\\u0041\"",
        "\"\\ud83d\\ud83d\\ude00\"",
        "\"\u{7f}\u{e9}\\/\\\"\\\\\"",
        "{}",
        "[]",
        " [ ] ",
        "{\"a\":1}",
        "[[],{}]",
        "{\"a\" : [1 , 2] , \"a\" : {\"b\":null}}",
        "\t\r\n 1 \t\r\n",
        "[\"]\", \"}\"]",
        &long,
    ];
    for text in json {
        assert!(same(text), "{text}");
    }
    let other = [
        "",
        " ",
        "01",
        "-",
        "-01",
        "1.",
        "1.e5",
        ".5",
        "+1",
        "1e",
        "1e+",
        "00",
        "0x1",
        "1 2",
        "tru",
        "True",
        "nul",
        "nulll",
        "'a'",
        "\"",
        "\"a",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\u+123\"",
        "\"\\ud83d\\u12\"",
        "\"a\nb\"",
        "\"\t\"",
        "\"\u{0}\"",
        "\"\u{1f}\"",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1}",
        "{",
        "}",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{1:2}",
        "{\"a\" 1}",
        "{\"a\":}",
        "{\"a\":1]",
        "{\"a\":1 \"b\":2}",
        "[1]]",
        "{}{}",
        "\u{feff}1",
        "\u{a0}1",
        "1\u{0}",
        "// 1",
        "NaN",
        "Infinity",
    ];
    for text in other {
        assert!(!same(text), "{text}");
    }
}

#[test]
fn every_byte_at_every_place_of_a_text() {
    for length in 0..70 {
        for special in ["\"", "\\", "\\\"", "\u{1f}", "\u{0}", " ", "!", "#", "[", "]", "é", "\u{7f}"] {
            for at in 0..=length {
                let text = format!("[\"{}{special}{}\",1]", "x".repeat(at), "y".repeat(length - at));
                same(&text);
            }
        }
    }
}

#[test]
fn depth_costs_no_stack() {
    const DEEP: usize = 1_000_000;
    let mut nodes = Vec::new();
    let text = format!("{}{}", "[{\"a\":".repeat(DEEP), "1");
    assert_eq!(scan(&text, 0, &mut nodes), None);
    let text = format!("{text}{}", "}]".repeat(DEEP));
    assert_eq!(scan(&text, 0, &mut nodes), Some(()));
    assert_eq!((nodes.len(), nodes[0].next as usize), (3 * DEEP + 1, 3 * DEEP + 1));
}

#[test]
fn from_a_place_on() {
    let mut nodes = Vec::new();
    assert_eq!(scan("\u{feff}[1]", 3, &mut nodes), Some(()));
    assert_eq!((nodes[1].start, nodes[1].end), (4, 5));
    assert_eq!(scan("[1]", 9, &mut nodes), None);
}

/// Proposals that people wrote.
const WRITTEN: [&str; 3] = [
    include_str!("../../../rules/voorstellen/ijsselland/spoedhulp.json"),
    include_str!("../../../tests/proposals/goed.json"),
    include_str!("../../../tests/proposals/vormen.json"),
];

#[test]
fn proposals() {
    for text in WRITTEN {
        assert!(same(text));
    }
}

fn token() -> impl Strategy<Value = String> {
    const FIXED: &[&str] = &[
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        " ",
        "\n",
        "\"a\"",
        "\"a\":",
        "\"b\": ",
        "1",
        "0",
        "-",
        ".",
        "e",
        "+",
        "true",
        "false",
        "null",
        "\"\\ud83d",
        "\\ude00\"",
        "\\u00e9",
        "é",
        "\u{feff}",
        "\t",
        "\u{1}",
        "[]",
        "{}",
        "12.5e-3",
    ];
    prop_oneof![
        8 => prop::sample::select(FIXED).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "\"[a-z\\\\/\"é ]{0,40}\"",
    ]
}

/// JSON with spaces and escapes where they may be.
fn json() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        "[ -!#-\\[\\]-~é€]{0,50}".prop_map(|text| format!("\"{text}\"")),
        prop::collection::vec(
            prop::sample::select(["\\n", "\\\"", "\\\\", "\\ud83d", "\\ude00", "x", "é"].as_slice()),
            0..8
        )
        .prop_map(|parts| format!("\"{}\"", parts.concat())),
    ];
    let number = "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,8})?([eE][+-]?[0-9]{1,3})?";
    let leaf = prop_oneof![text.clone(), number, Just("true".to_owned()), Just("null".to_owned())];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        let space = "[ \n\t\r]{0,3}";
        let item = (space, inner, space).prop_map(|(before, item, after)| format!("{before}{item}{after}"));
        let entry = (space, text.clone(), space, item.clone())
            .prop_map(|(before, key, after, value)| format!("{before}{key}{after}:{value}"));
        prop_oneof![
            prop::collection::vec(item, 0..6).prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec(entry, 0..6).prop_map(|entries| format!("{{{}}}", entries.join(","))),
        ]
    })
}

/// A text with some of its bytes replaced, left out or repeated.
fn broken(text: &str, changes: &[(usize, u8, u8)]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for (at, how, byte) in changes {
        let at = at % bytes.len().max(1);
        match how % 4 {
            0 if !bytes.is_empty() => bytes[at] = *byte,
            1 if !bytes.is_empty() => drop(bytes.remove(at)),
            2 => bytes.truncate(bytes.len() - at.min(bytes.len()) % 50),
            _ => bytes.insert(at, *byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn changes() -> impl Strategy<Value = Vec<(usize, u8, u8)>> {
    let byte =
        prop_oneof![any::<u8>(), prop::sample::select(b"\"\\{}[],: \n\t0123eE+-.utfn\x1f\xef".as_slice())];
    prop::collection::vec((any::<usize>(), any::<u8>(), byte), 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn any_tokens(tokens in prop::collection::vec(token(), 0..16)) {
        same(&tokens.concat());
    }

    #[test]
    fn any_json(text in json()) {
        prop_assert!(same(&text));
    }

    #[test]
    fn any_json_broken(text in json(), changes in changes()) {
        same(&broken(&text, &changes));
    }

    #[test]
    fn any_proposal_broken(which in 0..WRITTEN.len(), changes in changes()) {
        same(&broken(WRITTEN[which], &changes));
    }

    /// Bytes that differ from the two looked for by one bit or by one, and others; most lengths around a word.
    #[test]
    fn the_first_quote_or_backslash(bytes in prop::collection::vec(near_an_end(), 0..40)) {
        let first = bytes.iter().position(|byte| matches!(byte, b'"' | b'\\'));
        prop_assert_eq!(end_of_plain(&bytes), first, "{:?}", bytes);
    }
}

fn near_an_end() -> impl Strategy<Value = u8> {
    prop_oneof![
        1 => prop::sample::select(b"\"\\".as_slice()),
        6 => prop::sample::select(b"!#[]\xa2\xdc\x00\x01\x7f\x80\xff".as_slice()),
        6 => any::<u8>(),
    ]
}
