//! `controleer`: checks rule files, also what the rules mean together and whether versions fit each other.

use std::path::PathBuf;

use meetlat::Diagnostics;
use meetlat::Language;
use meetlat::Report;
use meetlat::Versions;
use meetlat::diagnostic::Severity;

use crate::output::{End, Format, Output};
use crate::{engine, files};

pub(crate) fn run(paths: &[PathBuf], strict: bool, output: &mut Output) -> End {
    let mut end = End::Good;
    let mut sound = Vec::new();
    for path in paths {
        let texts = match files::read_rules(path, output.language) {
            Ok(texts) => texts,
            Err(report) => {
                output.report(&report);
                end = End::Error;
                continue;
            }
        };
        for text in texts {
            let (found, meetlat) = engine::check(&text, &output.limits, output.language);
            end = end.max(show(&text.name, found, strict, output));
            sound.extend(meetlat);
        }
    }
    for versions in Versions::group(sound).into_iter().filter(|versions| versions.all().len() > 1) {
        let (count, name) = (versions.all().len(), versions.name());
        let what = output
            .language
            .pick(format!("{count} versies van {name}"), format!("{count} versions of {name}"));
        end = end.max(show(&what, versions.check(), strict, output));
    }
    end
}

fn show(what: &str, mut found: Diagnostics, strict: bool, output: &mut Output) -> End {
    if strict {
        found = engine::strictly(&found);
    }
    match output.format {
        Format::Json => output.document(&Report::new(&found, output.language).to_json()),
        Format::Text => {
            output.diagnostics(&found);
            if !found.is_empty() {
                output.print("\n");
            }
            output.print(&format!("{what}: {}\n", summary(&found, output.language)));
        }
    }
    if found.has_errors() { End::Error } else { End::Good }
}

fn summary(found: &Diagnostics, language: Language) -> String {
    let errors = found.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    let warnings = found.len() - errors;
    let count = |n: usize, one: &str, more: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {more}")),
    };
    let (words, joint, fine) = language.pick(
        (
            [count(errors, "fout", "fouten"), count(warnings, "waarschuwing", "waarschuwingen")],
            " en ",
            "in orde",
        ),
        ([count(errors, "error", "errors"), count(warnings, "warning", "warnings")], " and ", "all right"),
    );
    let words: Vec<String> = words.into_iter().flatten().collect();
    if words.is_empty() { fine.to_owned() } else { words.join(joint) }
}
