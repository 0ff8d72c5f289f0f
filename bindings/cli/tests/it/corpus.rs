//! The command line on every case: the same bytes as the library gives through the border that all bindings share.

use std::fs;
use std::path::Path;

use meetlat_border::corpus::{Call, Corpus, What};

use crate::support::{ROOT, err, out, run};

fn root() -> &'static Path {
    Path::new(ROOT)
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
        let output = run(&arguments);
        let found = if call.good { out(&output) } else { err(&output) };
        assert_eq!(found.trim_end(), call.gives.trim_end(), "{arguments:?}");
        seen += 1;
    }
    assert!(seen > 100, "{seen}");
}
