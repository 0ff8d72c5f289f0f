//! The JSON schema of the verdict document, made from its types.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;

use crate::message::report::Report;
use crate::verdict::document::Verdict;
use crate::why::document::Why;

/// The schema (draft 2020-12) of what [`Verdict::to_json`](crate::Verdict::to_json) writes.
#[must_use]
pub fn verdict_schema() -> String {
    schema::<Verdict>("Oordeel", "Een oordeel met score en uitleg over een voorstel. Advies, geen besluit.")
}

/// The schema (draft 2020-12) of what [`Why::to_json`] writes.
#[must_use]
pub fn why_schema() -> String {
    schema::<Why>(
        "Waarom",
        "Wat een oordeel al beslist, en wat er voor en tegen spreekt. Advies, geen besluit.",
    )
}

/// The schema (draft 2020-12) of what [`Report::to_json`] writes.
#[must_use]
pub fn report_schema() -> String {
    schema::<Report>("Meldingen", "Fouten en waarschuwingen over een meetlat of een voorstel.")
}

fn schema<T: schemars::JsonSchema>(title: &str, description: &str) -> String {
    // As written, not as read: then every field is required.
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    schema.insert("description".to_owned(), description.into());
    let mut closed = RecursiveTransform(|schema: &mut schemars::Schema| {
        if schema.get("properties").is_some() {
            schema.insert("additionalProperties".to_owned(), false.into());
        }
    });
    schemars::transform::Transform::transform(&mut closed, &mut schema);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
