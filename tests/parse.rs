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

/// A generator of the simplest kind: the same texts in every run.
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}

/// One slip: the text, and the lines it is on: two when a line was taken away or broken in two.
fn mutate(random: &mut Lcg) -> (String, std::ops::RangeInclusive<u32>) {
    const SIGNS: [char; 24] = [
        'a', 'e', 'n', 'x', 'é', 'T', '0', '5', ' ', ' ', '.', ',', ':', '"', '-', '(', ')', '|', '#', '%', '“', '\u{A0}', '\t', '\n',
    ];
    let mut chars: Vec<char> = EXAMPLE.chars().collect();
    let at = random.below(chars.len());
    let line = |at: usize| 1 + u32::try_from(chars[..at].iter().filter(|c| **c == '\n').count()).unwrap();
    let here = line(at);
    let sign = SIGNS[random.below(SIGNS.len())];
    let mut lines = here..=here;
    match random.below(4) {
        0 => {
            chars.remove(at);
        }
        1 => {
            chars.insert(at, sign);
            lines = here..=here + u32::from(sign == '\n');
        }
        2 => {
            chars[at] = sign;
            lines = here..=here + u32::from(sign == '\n');
        }
        _ => {
            lines = here - 1..=here;
            let start = chars[..at].iter().rposition(|c| *c == '\n').map_or(0, |newline| newline + 1);
            let end = chars[at..].iter().position(|c| *c == '\n').map_or(chars.len(), |length| at + length + 1);
            chars.drain(start..end);
        }
    }
    (chars.into_iter().collect(), lines)
}

#[test]
fn one_slip_gives_one_message_on_its_line() {
    let mut random = Lcg(20_200_129);
    let (mut faulty, mut right, mut single) = (0, 0, 0);
    for _ in 0..1500 {
        let (text, lines) = mutate(&mut random);
        let line = *lines.start();
        let mut diagnostics = Diagnostics::new();
        let (id, _) = parse("toets.meetlat", &text, &Limits::default(), &mut diagnostics);
        let Some(first) = diagnostics.iter().next() else { continue };
        faulty += 1;
        let found = diagnostics.source(id).unwrap().position(first.places[0].span.start).line;
        let right_line = lines.contains(&found);
        right += u32::from(right_line);
        single += u32::from(diagnostics.len() == 1);
        if std::env::var("SHOW").is_ok() && (!right_line || diagnostics.len() != 1) {
            println!("---- line {line}");
            for (n, l) in text.lines().enumerate() { if (n as u32 + 3) > line && (n as u32) < line + 1 { println!("{:3} {l}", n + 1); } }
            println!("{:#?}", messages(&text).1);
        }
    }
    println!("{faulty} {right} {single}");
}
