//! `overzicht`: counts what stands in rule files, and what their examples reach.

use std::path::PathBuf;

use meetlat::overview;

use crate::engine::{self, Sound};
use crate::files;
use crate::output::{End, Format, Output};

pub(crate) fn run(paths: &[PathBuf], proposals: &[PathBuf], output: &mut Output) -> End {
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
            match engine::read(&text, &output.limits, output.language) {
                Ok(Sound::Meetlat(meetlat)) => sound.push(*meetlat),
                // Counted with the rule files that use it.
                Ok(Sound::Block) => {}
                Err(diagnostics) => {
                    output.errors(&diagnostics);
                    end = End::Error;
                }
            }
        }
    }
    let mut given = Vec::new();
    for path in proposals {
        match files::read_proposals(path, output.language) {
            Ok(texts) => given.extend(texts),
            Err(report) => {
                output.report(&report);
                end = End::Error;
            }
        }
    }
    let (all, faults) = engine::overviews(sound, &given);
    if !faults.is_empty() {
        output.all_errors(&faults);
        end = End::Error;
    }
    match output.format {
        Format::Json => all.iter().for_each(|one| output.document(&one.to_json())),
        Format::Text => output.print(&overview::page(&all, output.language)),
    }
    end
}
