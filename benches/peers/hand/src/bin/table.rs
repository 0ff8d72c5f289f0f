//! Prints measurements as one table: `table < lines`, where a line is what a peer printed with `named`, `crates`
//! and `binary` added.
//! Ratios are taken within one process, to forms a3 and b by hand that it measured in the same rounds.

use std::io::BufRead;

use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lines: Vec<Value> = std::io::stdin()
        .lock()
        .lines()
        .map(|line| Ok(serde_json::from_str(&line?)?))
        .collect::<Result<_, Box<dyn std::error::Error>>>()?;
    println!(
        "| peer | eval µs | ÷ a3 | bytes to bytes µs | ÷ b | compile rules µs | crates | stripped binary |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|");
    for line in &lines {
        let name = line["peer"].as_str().unwrap_or_default();
        match name {
            "hand" => {
                row(line, "by hand, form b (evaluation is form a3)", "eval", "bytes");
                row(line, "by hand, form b-tight", "", "bytes_tight");
                row(line, "by hand, words of the rules borrowed", "eval_borrowed", "bytes_borrowed");
            }
            "meetlat" => {
                row(line, "meetlat: the same work as the others", "same_eval", "same_bytes");
                row(line, "meetlat: the whole verdict", "eval", "bytes");
            }
            _ => row(line, line["named"].as_str().unwrap_or(name), "eval", "bytes"),
        }
    }
    println!();
    println!("| part | µs | ÷ a3 | ÷ b |");
    println!("|---|--:|--:|--:|");
    for line in &lines {
        let parts: &[(&str, &str)] = match line["peer"].as_str() {
            Some("hand") => &[
                ("serde_json, typed, needed fields alone", "serde_typed"),
                ("serde_json, `Value` alone", "serde_value"),
                ("serde_json, all skipped (`IgnoredAny`)", "serde_ignored"),
            ],
            Some("meetlat") => &[
                ("meetlat, read a proposal", "read"),
                ("meetlat, judge (no verdict document yet)", "judge"),
                ("meetlat, judge and write the verdict", "eval"),
                ("meetlat, the same with its fields read back", "fields"),
            ],
            _ => &[],
        };
        for (title, phase) in parts {
            let took = micro(&line["phases"][phase], 2);
            println!("| {title} | {took} | {} | {} |", ratio(line, phase, A3), ratio(line, phase, B));
        }
    }
    println!();
    println!("| by hand, as each process measured it | form a3 µs | form b µs |");
    println!("|---|--:|--:|");
    for line in &lines {
        let (name, of) = (line["peer"].as_str().unwrap_or_default(), &line["phases"]);
        println!("| {name} | {} | {} |", micro(&of[A3], 2), micro(&of[B], 2));
    }
    Ok(())
}

/// What ratios are taken to.
const A3: &str = "anchor_eval";
const B: &str = "anchor";

fn row(line: &Value, title: &str, eval: &str, bytes: &str) {
    let binary = match line["binary"].as_f64() {
        Some(bytes) => format!("{:.1} MB", bytes / 1e6),
        None => String::new(),
    };
    let compile = match line["peer"].as_str() {
        Some("hand") => String::new(),
        // With the first verdict.
        Some("meetlat") if bytes == "bytes" => micro(&line["phases"]["first"], 0),
        _ => micro(&line["compile"], 0),
    };
    println!(
        "| {title} | {} | {} | {} | {} | {compile} | {} | {binary} |",
        micro(&line["phases"][eval], 2),
        ratio(line, eval, A3),
        micro(&line["phases"][bytes], 2),
        ratio(line, bytes, B),
        line["crates"],
    );
}

fn micro(nanoseconds: &Value, decimals: usize) -> String {
    nanoseconds.as_f64().map_or_else(String::new, |it| format!("{:.decimals$}", it / 1e3))
}

fn ratio(line: &Value, phase: &str, anchor: &str) -> String {
    let of = line["phases"][phase].as_f64().zip(line["phases"][anchor].as_f64());
    of.map_or_else(String::new, |(phase, anchor)| format!("{:.2}", phase / anchor))
}
