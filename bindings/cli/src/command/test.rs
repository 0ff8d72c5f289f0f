//! `test`: runs the `voorbeeld` blocks of rule files.

use std::path::PathBuf;

use meetlat::Meetlat;
use meetlat::findings::Trial;

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
    let meetlat = match engine::read(text, &output.limits, output.language) {
        Ok(Sound::Meetlat(meetlat)) => meetlat,
        Ok(Sound::Block) => {
            let what = output
                .language
                .pick("een bouwsteen heeft geen voorbeelden", "a building block has no examples");
            output.print(&format!("{}\n  {what}\n", text.name));
            return End::Good;
        }
        Err(diagnostics) => {
            output.errors(&diagnostics);
            return End::Error;
        }
    };
    output.print(&format!("{}\n", text.name));
    let examples = engine::examples(&meetlat, output.language);
    for (line, example) in &examples {
        show(&meetlat, *line, example, output);
    }
    let good = examples.iter().filter(|(_, example)| example.passes()).count();
    let language = output.language;
    let sum = match examples.len() {
        0 => language.pick("er zijn geen voorbeelden", "there are no examples").to_owned(),
        1 if good == 1 => language.pick("het voorbeeld klopt", "the example passes").to_owned(),
        all if good == all => {
            language.pick(format!("alle {all} voorbeelden kloppen"), format!("all {all} examples pass"))
        }
        all => language
            .pick(format!("{good} van {all} voorbeelden kloppen"), format!("{good} of {all} examples pass")),
    };
    output.print(&format!("  {sum}\n"));
    if good < examples.len() { End::Error } else { End::Good }
}

fn show(rules: &Meetlat, line: u32, example: &Trial, output: &mut Output) {
    let language = output.language;
    let mark = match example.passes() {
        true => language.pick("klopt      ", "passes "),
        false => language.pick("klopt niet ", "fails  "),
    };
    let at = language.pick("regel", "line");
    output.print(&format!("  {mark} {} ({at} {line})\n", example.title));
    for failure in &example.failures {
        let line = engine::line(rules, failure.span);
        let (expected, found) = language.pick(("verwacht", "gevonden"), ("expected", "found"));
        output.print(&format!("    {at} {line}\n"));
        output.print(&format!("      {expected}: {}\n", failure.expected));
        output.print(&format!("      {found}: {}\n", failure.found));
    }
    if let Some(verdict) = example.verdict.as_ref().filter(|_| !example.passes()) {
        for line in verdict.to_sum_text(language).lines() {
            let indent = if line.is_empty() { "" } else { "    " };
            output.print(&format!("{indent}{line}\n"));
        }
        output.print("\n");
    }
}
