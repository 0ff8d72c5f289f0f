//! What the schemas of a proposal and of what people add to it share.

use crate::json::tree::Json;
use crate::message::language::{Language, tell};
use crate::proposal::form::about;
use crate::rules::model::{Head, Model, Question};

/// Something other than white space, in every dialect of regular expressions.
pub(crate) const SAYS_SOMETHING: &str = r"[^\s\u001c-\u001f\u0085\ufeff]";

/// `JJJJ-MM-DD`.
pub(crate) const DATE: &str = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

pub(crate) fn answers(model: &Model, language: Language) -> Json {
    let properties = model.questions.iter().map(|question| {
        let name = question.head.name.as_str();
        (name, answer(name, Some(&question.head.title), &description(model, question, language)))
    });
    let description = language.pick(
        "Een vraag zonder antwoord, of met null, is open.",
        "A question without an answer, or with null, is open.",
    );
    Json::object([
        ("type", Json::text("object")),
        ("description", Json::text(description)),
        ("properties", Json::object(properties)),
        ("additionalProperties", Json::raw(false)),
    ])
}

/// The bare answer, or the wrapped one. `definition` is that of the bare one.
pub(crate) fn answer(definition: &str, title: Option<&str>, description: &str) -> Json {
    let wrapped = Json::object([
        ("type", Json::text("object")),
        (
            "properties",
            Json::object([
                ("$uitleg", reference("$uitleg")),
                ("antwoord", reference(definition)),
                ("onderbouwing", reference("$tekst")),
                ("bewijs", reference("$bewijs")),
                ("niet_te_zeggen", reference("$tekst")),
            ]),
        ),
        ("additionalProperties", Json::raw(false)),
        ("allOf", Json::List(vec![reference("$niet_te_zeggen")])),
    ]);
    let mut entries = Vec::new();
    entries.extend(title.map(|title| ("title", Json::text(title))));
    if !description.is_empty() {
        entries.push(("description", Json::text(description)));
    }
    entries.push(("anyOf", Json::List(vec![reference(definition), wrapped])));
    Json::object(entries)
}

/// Help, source, and what the schema cannot say about this question.
fn description(model: &Model, question: &Question, language: Language) -> String {
    let mut lines = about(question, language);
    lines.extend(sources(model, &question.head, language));
    lines.join("\n")
}

fn sources(model: &Model, head: &Head, language: Language) -> Vec<String> {
    let sources = head.provenance.sources.iter().map(|citation| {
        let document = model.documents.iter().find(|document| document.label == citation.label);
        let title = document.map_or(citation.label.as_str(), |document| document.title.as_str());
        let date = document.and_then(|document| document.date.as_deref());
        let parts = [Some(title), date, Some(citation.place.as_str())];
        let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        let cited = parts.join(", ");
        tell!(language, "Bron: {cited}.", "Source: {cited}.")
    });
    sources.collect()
}

pub(crate) fn only_null() -> Json {
    Json::object([("type", Json::text("null"))])
}

/// A `$ref` to a definition. Letters outside ASCII are percent-encoded, as in every URI.
pub(crate) fn reference(definition: &str) -> Json {
    let mut encoded = String::from("#/$defs/");
    for byte in definition.bytes() {
        if byte.is_ascii() {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    Json::object([("$ref", Json::text(encoded))])
}
