//! The rule files of the project with their proposals: read, empty, schema and examples.

use std::fs;
use std::path::{Path, PathBuf};

use meetlat::Date;
use meetlat::Diagnostics;
use meetlat::Language;
use meetlat::Limits;
use meetlat::asked;
use meetlat::internals::examples::given::given;
use meetlat::internals::proposal::form::empty_proposal;
use meetlat::internals::proposal::read::read;
use meetlat::internals::proposal::schema::proposal_schema;
use meetlat::internals::rules::check::check;
use meetlat::internals::rules::load::load;
use meetlat::internals::rules::model::Model;
use serde_json::Value;

use crate::helpers::rules;
use crate::helpers::validator;

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries.filter(|file| file.extension().is_some_and(|e| e == extension)).collect();
    files.sort();
    files
}

/// Every rule file that can be checked, with its proposals.
fn all() -> Vec<(Model, Vec<(String, String)>)> {
    let rules = rules::folder();
    let mut found = Vec::new();
    for file in files(&rules, "meetlat") {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let text = fs::read_to_string(&file).unwrap();
        let mut diagnostics = Diagnostics::new();
        let Some(model) = model(name, &text, &mut diagnostics) else {
            panic!("{name}: {diagnostics:#?}");
        };
        let proposals = files(&rules.join("voorstellen").join(&model.name), "json").into_iter().map(|file| {
            (file.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&file).unwrap())
        });
        let proposals = proposals.filter(|(_, text)| in_force(&model, text)).collect();
        found.push((model, proposals));
    }
    assert!(!found.is_empty(), "no rule files");
    found
}

/// Whether the rules are those of the proposal's day: another version judges the others.
fn in_force(model: &Model, proposal: &str) -> bool {
    let proposal: Value = serde_json::from_str(proposal).unwrap();
    let day = Date::from_iso(proposal["peildatum"].as_str().unwrap()).unwrap();
    model.valid_from.is_none_or(|from| from <= day) && model.valid_until.is_none_or(|until| day <= until)
}

fn model(name: &str, text: &str, diagnostics: &mut Diagnostics) -> Option<Model> {
    let limits = Limits::default();
    let loaded = load(name, text, &limits, &mut rules::blocks(rules::folder()), diagnostics);
    check(&loaded, &limits, diagnostics).model()
}

#[test]
fn the_proposals_read_without_faults() {
    let mut seen = 0;
    for (model, proposals) in all() {
        let schema: Value = serde_json::from_str(&proposal_schema(&model, Language::Nl)).unwrap();
        for (name, text) in proposals {
            let mut diagnostics = Diagnostics::new();
            let proposal = read(&model, &name, &text, None, &Limits::default(), &mut diagnostics);
            assert!(proposal.is_some(), "{name}: {diagnostics:#?}");
            assert_eq!(asked(&text).meetlat.as_deref(), Some(model.name.as_str()));
            let json = serde_json::from_str(&text).unwrap();
            assert!(validator::accepts(&schema, &schema, &json), "{name}");
            seen += 1;
        }
    }
    let regions = fs::read_dir(rules::folder().join("voorstellen")).unwrap();
    let proposals = regions.map(|region| files(&region.unwrap().path(), "json").len());
    assert_eq!(seen, proposals.sum::<usize>(), "each is judged by one version");
    assert!(seen > 0);
}

#[test]
fn the_empty_proposals_and_the_examples_are_sound() {
    let mut examples = 0;
    for (model, _) in all() {
        let mut diagnostics = Diagnostics::new();
        let text = empty_proposal(&model, Language::Nl);
        let host = model.valid_from;
        let proposal = read(&model, "leeg.json", &text, host, &Limits::default(), &mut diagnostics);
        assert!(proposal.is_some(), "{diagnostics:#?}");
        examples += model.examples.len();
        for example in &model.examples {
            assert!(given(&model, example).is_ok(), "{}: {:#?}", example.title, given(&model, example));
        }
    }
    assert!(examples > 0, "no examples");
}
