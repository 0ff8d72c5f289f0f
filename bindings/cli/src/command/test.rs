//! `test`: runs the `voorbeeld` blocks of rule files.

use std::path::PathBuf;

use meetlat::Meetlat;
use meetlat::trial::Trial;

use crate::engine::{self, Sound};
use crate::files::{self, Text};
use crate::output::{End, Output};

pub(crate) fn run(paths: &[PathBuf], output: &mut Output) -> End {
    let mut end = End::Good;
    for path in paths {
        match files::read_rules(path, output.language) {
            Ok(texts) => {
                for text in texts {
                    end = end.max(one(&text, output));
                }
            }
            Err(report) => {
                output.report(&report);
                end = End::Error;
            }
        }
    }
    end
}

fn one(text: &Text, output: &mut Output) -> End {
    let meetlat = match engine::read(text, output.language) {
        Ok(Sound::Meetlat(meetlat)) => meetlat,
        Ok(Sound::Block) => {
            output.print(&format!("{}\n  een bouwsteen heeft geen voorbeelden\n", text.name));
            return End::Good;
        }
        Err(diagnostics) => {
            output.errors(&diagnostics);
            return End::Error;
        }
    };
    output.print(&format!("{}\n", text.name));
    let examples = engine::examples(&meetlat);
    for (line, example) in &examples {
        show(&meetlat, *line, example, output);
    }
    let good = examples.iter().filter(|(_, example)| example.passes()).count();
    output.print(&match examples.len() {
        0 => "  er zijn geen voorbeelden\n".to_owned(),
        1 if good == 1 => "  het voorbeeld klopt\n".to_owned(),
        all if good == all => format!("  alle {all} voorbeelden kloppen\n"),
        all => format!("  {good} van {all} voorbeelden kloppen\n"),
    });
    if good < examples.len() { End::Error } else { End::Good }
}

fn show(rules: &Meetlat, line: u32, example: &Trial, output: &mut Output) {
    let mark = if example.passes() { "klopt      " } else { "klopt niet " };
    output.print(&format!("  {mark} {} (regel {line})\n", example.title));
    for failure in &example.failures {
        let line = engine::line(rules, failure.span);
        output.print(&format!("    regel {line}\n"));
        output.print(&format!("      verwacht: {}\n", failure.expected));
        output.print(&format!("      gevonden: {}\n", failure.found));
    }
    if let Some(verdict) = example.verdict.as_ref().filter(|_| !example.passes()) {
        for line in verdict.to_sum_text(output.language).lines() {
            let indent = if line.is_empty() { "" } else { "    " };
            output.print(&format!("{indent}{line}\n"));
        }
        output.print("\n");
    }
}
