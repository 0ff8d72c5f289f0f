//! The command line on every case: the same bytes as the library gives through the border that all bindings share.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::fs;
use std::path::Path;
use std::process::Command;

use meetlat_border::corpus::{Call, Corpus, What};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// What the command line prints, and its messages.
fn run(arguments: &[&str]) -> (String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_meetlat"));
    let output = command.current_dir(root()).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr))
}

/// Calls that have a proposal in a file of the repository, rules in one file, and a command of their own.
fn command(call: &Call) -> Option<Vec<String>> {
    let command = match call.what {
        What::Evaluate => "toets",
        What::Next => "vraag",
        What::Improve => "verbeter",
        What::Why => "waarom",
        What::Firmness => "stevigheid",
        _ => return None,
    };
    let case = root().join(&call.name);
    let proposal = match fs::read_to_string(case.join("voorstel")) {
        Ok(to) => case.join(to.trim()),
        Err(_) => case.join("voorstel.json"),
    };
    if !proposal.exists() || !root().join(&call.rules).is_file() {
        return None;
    }
    let mut all = vec![command.to_owned(), proposal.display().to_string()];
    all.extend(["--meetlat".to_owned(), call.rules.clone()]);
    all.extend(["--formaat", "json", "--taal", call.language].map(str::to_owned));
    if let Some(day) = &call.reference_date {
        all.extend(["--peildatum".to_owned(), day.clone()]);
    }
    Some(all)
}

#[test]
fn every_case_by_the_command_line() {
    let corpus = Corpus::make(root()).unwrap();
    let mut seen = 0;
    for call in &corpus.calls {
        let Some(arguments) = command(call) else { continue };
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let (out, err) = run(&arguments);
        let found = if call.good { out } else { err };
        assert_eq!(found.trim_end(), call.gives.trim_end(), "{arguments:?}");
        seen += 1;
    }
    assert!(seen > 100, "{seen}");
}
