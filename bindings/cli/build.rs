//! Puts every rule file under `rules/` into the binary: none can be forgotten. Beside each text stands what its header
//! says, so that only the file that is asked for has to be looked at.
#![allow(clippy::print_stdout, reason = "this is how a build script talks to cargo")]

use std::path::{Path, PathBuf};
use std::{fs, io};

fn main() -> io::Result<()> {
    let here = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let rules = here.join("../../rules").canonicalize()?;
    let mut found = Vec::new();
    collect(&rules, &mut found)?;
    found.sort();
    let mut code = String::from("&[\n");
    for path in &found {
        let inside = path.strip_prefix(&rules).unwrap_or(path);
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        let (path, whole) = (parts.join("/"), path.display().to_string());
        let text = fs::read_to_string(&whole)?;
        let (name, days) = header(&text);
        let judges = text.lines().any(|line| line.starts_with("oordeel:") || line.starts_with("oordeel "));
        code.push_str(&format!(
            "    Builtin {{ path: {path:?}, name: {name:?}, judges: {judges}, days: {days:?}, text: include_str!({whole:?}) }},\n"
        ));
    }
    code.push_str("]\n");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("builtin.rs"), code)
}

/// The name in the header, and the first and last day in force where it names both; a test compares this with what the
/// library reads.
fn header(text: &str) -> (&str, Option<(String, String)>) {
    let mut lines = text.lines().skip_while(|line| !line.starts_with("meetlat "));
    let head = lines.next().and_then(|line| line.strip_prefix("meetlat ")).unwrap_or_default();
    let name = head.split(':').next().unwrap_or_default().trim();
    let mut own = lines.take_while(|line| line.is_empty() || line.starts_with(' '));
    let valid = own.find_map(|line| line.trim().strip_prefix("geldig "));
    let days = valid.and_then(|valid| {
        let (from, until) = valid.trim().strip_prefix("van ")?.split_once(" tot en met ")?;
        Some((iso(from)?, iso(until)?))
    });
    (name, days)
}

/// `1 juli 2020` as `2020-07-01`.
fn iso(date: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    let mut words = date.split_whitespace();
    let (day, month, year) = (words.next()?, words.next()?, words.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let (day, year) = (day.parse::<u8>().ok()?, year.parse::<u16>().ok()?);
    words.next().is_none().then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// The rule files in a folder and the folders below it.
fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "meetlat") {
            found.push(path);
        }
    }
    Ok(())
}
