//! Broken rule texts: never a panic, never more than linear time. `MEETLAT_BROKEN` sets how many texts.

use std::time::{Duration, Instant};

use meetlat::Diagnostics;
use meetlat::Limits;

use crate::generate::generate;
use crate::generate::mutate::mutate;
use crate::support::setting;

/// Reads a text, whatever it says: how many diagnostics it gives.
fn read(text: &str) -> usize {
    let mut diagnostics = Diagnostics::new();
    let _ =
        meetlat::internals::rules::parse::parse("proef.meetlat", text, &Limits::default(), &mut diagnostics);
    diagnostics.sort();
    for diagnostic in &diagnostics {
        for place in &diagnostic.places {
            // Every place lies in the text, between characters.
            let (start, end) = (place.span.start as usize, place.span.end as usize);
            let source = diagnostics.source(place.span.source).unwrap().text();
            assert!(source.get(start..end).is_some(), "{start}..{end} {diagnostic:?}\n{text}");
        }
    }
    diagnostics.len()
}

#[test]
fn broken_texts_give_diagnostics_not_panics() {
    let pairs = setting("MEETLAT_BROKEN", 4_000);
    let mut faulty = 0;
    for seed in 0..pairs {
        let text = mutate(seed, &generate(seed % 500).rules);
        let start = Instant::now();
        let found = read(&text);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(2), "seed {seed} took {took:?}\n{text}");
        faulty += u64::from(found > 0);
    }
    println!("{faulty} of {pairs} texts have faults");
    assert!(faulty * 2 > pairs, "{faulty} of {pairs} texts have faults");
}

/// Twice the text takes about twice the time, also when all of it is broken.
#[test]
fn time_grows_with_the_text_and_no_faster() {
    let hard = [
        ("(", "(".to_owned()),
        ("a is ja en ", "a is ja en ".to_owned()),
        ("niet ", "niet ".to_owned()),
        ("\"", "\"x\" ".to_owned()),
        ("€", "€ 1.".to_owned()),
        ("- ", "\n    - a is ja".to_owned()),
        ("|", "\n  | a | b |".to_owned()),
        ("vraag", "\nvraag x \"y\"\n  antwoord ja of".to_owned()),
        ("   ", "\n   ".to_owned()),
        ("bij", "t bij a, ".to_owned()),
    ];
    for (what, piece) in hard {
        let time = |n: usize| {
            let text = format!("meetlat m: \"M\"\n\nbegrip b: \"B\"\n  als {}", piece.repeat(n));
            let start = Instant::now();
            read(&text);
            start.elapsed()
        };
        let (small, large) = (time(1_000), time(16_000));
        // Sixteen times the text; room for a busy machine, none for squares.
        let limit = small.max(Duration::from_millis(5)) * 100;
        assert!(large < limit, "{what}: {small:?}, then {large:?}");
    }
}
