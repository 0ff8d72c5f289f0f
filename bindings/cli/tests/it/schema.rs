//! `schema`.

use crate::support::{RULES, code, err, json, run};

#[test]
fn schemas_are_json_schemas() {
    for arguments in [
        &["schema", "oordeel"][..],
        &["schema", "verdict"],
        &["schema", "vraag"],
        &["schema", "ask"],
        &["schema", "verbeter"],
        &["schema", "improve"],
        &["schema", "waarom"],
        &["schema", "why"],
        &["schema", "stevigheid"],
        &["schema", "firmness"],
        &["schema", "overzicht"],
        &["schema", "overview"],
        &["schema", "meldingen"],
        &["schema", "messages"],
        &["schema", "voorstel", RULES],
        &["schema", "proposal", RULES],
    ] {
        let output = run(arguments);
        assert_eq!(code(&output), 0, "{arguments:?}: {}", err(&output));
        let schema = json(&output);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        if let Some(kind) = meetlat::document::Kind::named(arguments[1]) {
            assert_eq!(schema["$id"], kind.id());
        }
    }
}
