//! The schema of what people add to a proposal: assessments, what was agreed on, and a closing.

use crate::json::tree::Json;
use crate::message::language::Language;
use crate::proposal::schema::parts::{SAYS_SOMETHING, answer, answers, only_null, reference};
use crate::rules::model::{Kind, Model};

/// The keys of a proposal for them, each with its schema.
pub(super) fn properties(model: &Model, language: Language) -> [(&'static str, Json); 3] {
    let assessment = object(
        vec![
            ("beoordelaar", reference("$gezegd")),
            ("datum", reference("$dag")),
            ("antwoorden", answers(model, language)),
        ],
        &["beoordelaar", "datum", "antwoorden"],
        None,
    );
    let places = Json::List(consensus_places(model));
    let consensus = object(
        vec![
            ("vraag", Json::object([("type", Json::text("string"))])),
            ("antwoord", Json::object([("not", nothing())])),
            ("namen", list(reference("$gezegd"))),
            ("datum", reference("$dag")),
            ("reden", reference("$gezegd")),
        ],
        &["vraag", "antwoord", "namen", "datum", "reden"],
        Some(places),
    );
    let closing = object(
        vec![
            ("door", reference("$gezegd")),
            ("datum", reference("$dag")),
            ("reden", reference("$gezegd")),
            ("vragen", list(reference("$plaats"))),
        ],
        &["door", "datum", "reden", "vragen"],
        None,
    );
    let several = |items: Json, description: &str| {
        Json::object([
            ("description", Json::text(description)),
            ("type", Json::texts(["array", "null"])),
            ("items", items),
        ])
    };
    let (others, agreed, closed) = language.pick(
        (
            "Antwoorden van anderen, naast die van het voorstel zelf.",
            "Wat daarna is afgesproken, in de plaats van wat was gegeven.",
            "Wie open antwoorden afsluit: die tellen dan op hun slechtst mee.",
        ),
        (
            "Answers of others, beside those of the proposal itself.",
            "What was agreed on after that, in place of what was given.",
            "Who closes open answers: these then count at their worst.",
        ),
    );
    [
        ("beoordelingen", several(assessment, others)),
        ("consensus", several(consensus, agreed)),
        (
            "afgesloten",
            Json::object([
                ("description", Json::text(closed)),
                ("anyOf", Json::List(vec![only_null(), closing])),
            ]),
        ),
    ]
}

/// A proposal has answers of its own, or others give them.
pub(super) fn answered() -> Json {
    let has = |key: &str, value: Json| {
        Json::object([("required", Json::texts([key])), ("properties", Json::object([(key, value)]))])
    };
    let given = Json::object([("type", Json::text("array")), ("minItems", Json::raw(1))]);
    Json::List(vec![
        has("antwoorden", Json::object([("type", Json::text("object"))])),
        has("beoordelingen", given),
    ])
}

pub(super) fn definitions(model: &Model) -> Vec<(String, Json)> {
    let said = [("type", Json::text("string")), ("pattern", Json::text(SAYS_SOMETHING))];
    let day = Json::object([
        ("type", Json::text("string")),
        ("format", Json::text("date")),
        ("pattern", Json::text(crate::proposal::schema::parts::DATE)),
    ]);
    let places = places(model).into_iter().map(|(place, ..)| place).collect();
    vec![
        ("$gezegd".to_owned(), Json::object(said)),
        ("$dag".to_owned(), day),
        ("$plaats".to_owned(), Json::object([("anyOf", Json::List(places))])),
    ]
}

/// Every place that a pointer can name, and the definition of its answer.
fn places(model: &Model) -> Vec<(Json, String)> {
    let mut all = Vec::new();
    for question in &model.questions {
        let name = &question.head.name;
        let constant = Json::object([("const", Json::text(format!("/antwoorden/{name}")))]);
        all.push((constant, name.clone()));
        if let Kind::List { fields, .. } = &question.domain.kind {
            for field in fields {
                let pattern = format!("^/antwoorden/{name}/(0|[1-9][0-9]*)/{}$", field.name);
                let pattern =
                    Json::object([("type", Json::text("string")), ("pattern", Json::text(pattern))]);
                all.push((pattern, format!("{name}.{}", field.name)));
            }
        }
    }
    all
}

/// What can be agreed on, for each place.
fn consensus_places(model: &Model) -> Vec<Json> {
    let place = |(place, definition): (Json, String)| {
        let agreed = answer(&definition, None, "");
        Json::object([("properties", Json::object([("vraag", place), ("antwoord", agreed)]))])
    };
    places(model).into_iter().map(place).collect()
}

/// No answer: null, or a wrapper around none.
fn nothing() -> Json {
    let wrapper = Json::object([
        ("type", Json::text("object")),
        ("properties", Json::object([("antwoord", only_null())])),
    ]);
    Json::object([("anyOf", Json::List(vec![only_null(), wrapper]))])
}

fn list(items: Json) -> Json {
    Json::object([
        ("type", Json::text("array")),
        ("items", items),
        ("minItems", Json::raw(1)),
        ("uniqueItems", Json::raw(true)),
    ])
}

fn object(mut properties: Vec<(&str, Json)>, required: &[&str], any: Option<Json>) -> Json {
    properties.insert(0, ("$uitleg", reference("$uitleg")));
    let mut entries = vec![
        ("type", Json::text("object")),
        ("properties", Json::object(properties)),
        ("required", Json::texts(required.iter().copied())),
        ("additionalProperties", Json::raw(false)),
    ];
    entries.extend(any.map(|any| ("anyOf", any)));
    Json::object(entries)
}
