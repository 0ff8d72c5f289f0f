//! The rule files of the project with their proposals: read, empty, schema and examples.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    reason = "a test"
)]

#[path = "support/validator.rs"]
mod validator;

use std::fs;
use std::path::{Path, PathBuf};

use meetlat::Limits;
use meetlat::check::check;
use meetlat::diagnostic::Diagnostics;
use meetlat::empty::empty_proposal;
use meetlat::example::given;
use meetlat::load::{load, no_blocks};
use meetlat::model::Model;
use meetlat::read::{meetlat_name, read};
use meetlat::schema::proposal_schema;
use serde_json::Value;

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries.filter(|file| file.extension().is_some_and(|e| e == extension)).collect();
    files.sort();
    files
}

/// Every rule file that can be checked, with its proposals.
fn all() -> Vec<(Model, Vec<(String, String)>)> {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut found = Vec::new();
    for file in files(&rules, "meetlat") {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let text = fs::read_to_string(&file).unwrap();
        let mut diagnostics = Diagnostics::new();
        let Some(model) = model(name, &text, &mut diagnostics) else {
            panic!("{name}: {diagnostics:#?}");
        };
        let proposals = files(&rules.join("voorstellen").join(name), "json").into_iter().map(|file| {
            (file.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&file).unwrap())
        });
        found.push((model, proposals.collect()));
    }
    found
}

fn model(name: &str, text: &str, diagnostics: &mut Diagnostics) -> Option<Model> {
    let limits = Limits::default();
    let loaded = load(name, text, &limits, &mut no_blocks, diagnostics);
    check(&loaded, &limits, diagnostics).model()
}

#[test]
fn the_proposals_read_without_faults() {
    let mut seen = 0;
    for (model, proposals) in all() {
        let schema: Value = serde_json::from_str(&proposal_schema(&model)).unwrap();
        for (name, text) in proposals {
            let mut diagnostics = Diagnostics::new();
            let proposal = read(&model, &name, &text, None, &Limits::default(), &mut diagnostics);
            assert!(proposal.is_some(), "{name}: {diagnostics:#?}");
            assert_eq!(meetlat_name(&text).as_deref(), Some(model.name.as_str()));
            let json = serde_json::from_str(&text).unwrap();
            assert!(validator::accepts(&schema, &schema, &json), "{name}");
            seen += 1;
        }
    }
    assert!(seen > 0);
}

#[test]
fn the_empty_proposals_and_the_examples_are_sound() {
    for (model, _) in all() {
        let mut diagnostics = Diagnostics::new();
        let text = empty_proposal(&model);
        let host = model.valid_from;
        let proposal = read(&model, "leeg.json", &text, host, &Limits::default(), &mut diagnostics);
        assert!(proposal.is_some(), "{diagnostics:#?}");
        for example in &model.examples {
            assert!(given(&model, example).is_ok(), "{}: {:#?}", example.title, given(&model, example));
        }
    }
}
