//! `test`: runs the `voorbeeld` blocks of rule files.

use std::path::PathBuf;

use meetlat::trial::Trial;

use crate::engine::Rules;
use crate::files;
use crate::output::{End, Output};

pub(crate) fn run(paths: &[PathBuf], output: &mut Output) -> End {
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
        let rules = match Rules::parse(&text.name, &text.text) {
            Ok(rules) => rules,
            Err(diagnostics) => {
                output.errors(&diagnostics);
                end = End::Error;
                continue;
            }
        };
        output.print(&format!("{}\n", text.name));
        let examples = rules.examples();
        for (line, example) in &examples {
            show(&rules, *line, example, output);
        }
        let good = examples.iter().filter(|(_, example)| example.passes()).count();
        if good < examples.len() {
            end = End::Error;
        }
        output.print(&match examples.len() {
            0 => "  er zijn geen voorbeelden\n".to_owned(),
            1 if good == 1 => "  het voorbeeld klopt\n".to_owned(),
            all if good == all => format!("  alle {all} voorbeelden kloppen\n"),
            all => format!("  {good} van {all} voorbeelden kloppen\n"),
        });
    }
    end
}

fn show(rules: &Rules, line: u32, example: &Trial, output: &mut Output) {
    let mark = if example.passes() { "klopt      " } else { "klopt niet " };
    output.print(&format!("  {mark} {} (regel {line})\n", example.title));
    for failure in &example.failures {
        let line = rules.line(failure.span);
        output.print(&format!("    regel {line}\n"));
        output.print(&format!("      verwacht: {}\n", failure.expected));
        output.print(&format!("      gevonden: {}\n", failure.found));
    }
    if let Some(verdict) = example.verdict.as_ref().filter(|_| !example.passes()) {
        for line in verdict.to_sum_text().lines() {
            let indent = if line.is_empty() { "" } else { "    " };
            output.print(&format!("{indent}{line}\n"));
        }
        output.print("\n");
    }
}
