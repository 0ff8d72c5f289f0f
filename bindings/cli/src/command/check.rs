//! `controleer`: checks rule files, also what the rules mean together.

use std::path::PathBuf;

use meetlat::diagnostic::{Diagnostics, Language, Severity};
use meetlat::report::Report;

use crate::engine;
use crate::files;
use crate::output::{End, Format, Output};

pub(crate) fn run(paths: &[PathBuf], strict: bool, output: &mut Output) -> End {
    let mut end = End::Good;
    for path in paths {
        let text = match files::read_rules(path, output.language) {
            Ok(text) => text,
            Err(report) => {
                output.report(&report);
                end = End::Error;
                continue;
            }
        };
        let mut found = engine::check(&text.name, &text.text);
        if strict {
            found = engine::strictly(&found);
        }
        if found.has_errors() {
            end = End::Error;
        }
        match output.format {
            Format::Json => output.document(&Report::new(&found, output.language).to_json()),
            Format::Text => {
                output.diagnostics(&found);
                if !found.is_empty() {
                    output.print("\n");
                }
                output.print(&format!("{}: {}\n", text.name, summary(&found, output.language)));
            }
        }
    }
    end
}

fn summary(found: &Diagnostics, language: Language) -> String {
    let errors = found.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    let warnings = found.len() - errors;
    let count = |n: usize, one: &str, more: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {more}")),
    };
    let (words, joint, fine) = match language {
        Language::Nl => (
            [count(errors, "fout", "fouten"), count(warnings, "waarschuwing", "waarschuwingen")],
            " en ",
            "in orde",
        ),
        Language::En => {
            ([count(errors, "error", "errors"), count(warnings, "warning", "warnings")], " and ", "all right")
        }
    };
    let words: Vec<String> = words.into_iter().flatten().collect();
    if words.is_empty() { fine.to_owned() } else { words.join(joint) }
}
