//! `test`: the examples in rule files.

use std::fs;

use crate::support::{RULES, code, err, folder, out, run, text};

#[test]
fn examples_tell_what_was_found() {
    let folder = folder("examples");
    let rules = text(RULES);
    let example = |outcome: &str| {
        format!(
            "{rules}\nvoorbeeld \"Te laat\"\n  bron nota §3\n  gegeven\n    start 1 januari 2026\n  verwacht\n    oordeel {outcome}\n"
        )
    };
    let good = folder.join("goed.meetlat");
    fs::write(&good, example("afgewezen")).unwrap();
    let output = run(&["test", good.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}{}", out(&output), err(&output));
    assert!(out(&output).ends_with("  het voorbeeld klopt\n"), "{}", out(&output));
    let bad = folder.join("fout.meetlat");
    fs::write(&bad, example("toegekend")).unwrap();
    let output = run(&["test", bad.to_str().unwrap()]);
    assert_eq!(code(&output), 1);
    let told = out(&output);
    assert!(told.contains("verwacht: oordeel toegekend"), "{told}");
    assert!(told.contains("gevonden: oordeel afgewezen"), "{told}");
    assert!(told.contains("Totaal = ("), "{told}");
}
