//! JSON schema (draft 2020-12) of the proposals for one rule file. It accepts all that the reader accepts; what a
//! schema cannot say, only the reader checks: see `beyond`.

mod assessed;
pub(crate) mod parts;

use crate::json::decimal::json_number;
use crate::json::tree::Json;
use crate::message::language::{Language, tell};
use crate::proposal::form::hints;
use crate::proposal::read::words::range_words;
use crate::proposal::schema::parts::{DATE, SAYS_SOMETHING, answer, answers, only_null, reference};
use crate::rules::model::{Choice, Domain, Kind, Model};
use crate::value::number::Number;

/// What the reader checks and the schema cannot say; stands in the schema's `$comment`.
fn beyond(language: Language) -> &'static str {
    language.pick(
            "Niet in dit schema, wel gecontroleerd: \
             dezelfde sleutel twee keer in één object; \
             hoogstens 30 cijfers voor en 18 cijfers achter de punt, en hele centen; \
             of een getal heel is en binnen zijn bereik ligt, op meer dan de ongeveer vijftien cijfers die veel programma's onderscheiden; \
             datums die niet bestaan, en het bereik van een datum; \
             een antwoord zonder de onderbouwing die verplicht is, en n.v.t. zonder onderbouwing, blijven open; \
             een peildatum die ontbreekt terwijl de meetlat ermee rekent, of die buiten de geldigheid valt; \
             de grenzen die de lezer zelf stelt: lengte van de tekst en van lijsten; \
             halve tekens (\\ud800 los) in een tekst; \
             een beoordelaar of naam die twee keer voorkomt, en twee keer consensus over één antwoord; \
             of een verwijzing een item aanwijst dat er is, en of een antwoord dat wordt afgesloten open is.",
            "Not in this schema, but checked: \
             the same key twice in one object; \
             at most 30 digits before and 18 digits after the point, and whole cents; \
             whether a number is whole and within its range, to more than the fifteen or so digits that many programs tell apart; \
             dates that do not exist, and the range of a date; \
             an answer without the ground that it must have, and n.v.t. without a ground, stay open; \
             a reference date that is missing while the meetlat uses it, or on which the meetlat is not in force; \
             the limits that the reader itself sets: length of the text and of lists; \
             half characters (\\ud800 alone) in a text; \
             an assessor or name that occurs twice, and consensus on one answer twice; \
             whether a pointer names an item that is there, and whether an answer that is closed is open.",
    )
}

/// The JSON schema of proposals for a rule file, as JSON text. Titles and explanations of questions and options are those of the
/// rules; the rest of the words is in the language asked for.
#[must_use]
pub fn proposal_schema(model: &Model, language: Language) -> String {
    let optional = || reference("$tekst");
    let properties = [
        ("$schema", optional()),
        ("$uitleg", reference("$uitleg")),
        ("meetlat", Json::object([("const", Json::text(&model.name))])),
        ("titel", optional()),
        ("indiener", optional()),
        ("peildatum", reference("$datum")),
        // Its own answers may be left to others: see `assessed`.
        ("antwoorden", Json::object([("anyOf", Json::List(vec![only_null(), answers(model, language)]))])),
    ];
    let properties = Json::object(properties.into_iter().chain(assessed::properties(model, language)));
    let schema = Json::object([
        ("$schema", Json::text("https://json-schema.org/draft/2020-12/schema")),
        ("title", Json::text(tell!(language, "Voorstel voor {}", "Proposal for {}", model.title))),
        ("$comment", Json::text(beyond(language))),
        ("type", Json::text("object")),
        ("properties", properties),
        ("required", Json::texts(["meetlat"])),
        ("anyOf", assessed::answered()),
        ("additionalProperties", Json::raw(false)),
        ("$defs", definitions(model, language)),
    ]);
    schema.pretty()
}

fn definitions(model: &Model, language: Language) -> Json {
    let text = || Json::text("string");
    let nullable = |kind: &str| Json::texts([kind, "null"]);
    let unsayable = Json::object([("type", text()), ("pattern", Json::text(SAYS_SOMETHING))]);
    let mut entries: Vec<(String, Json)> =
        vec![
            ("$tekst".to_owned(), Json::object([("type", nullable("string"))])),
            (
                "$uitleg".to_owned(),
                Json::object([
                    (
                        "description",
                        Json::text(language.pick(
                            "Hulp voor mensen; wordt niet gelezen.",
                            "Help for people; it is not read.",
                        )),
                    ),
                    ("type", Json::texts(["string", "array", "null"])),
                    ("items", Json::object([("type", text())])),
                ]),
            ),
            (
                "$bewijs".to_owned(),
                Json::object([("type", nullable("array")), ("items", Json::object([("type", text())]))]),
            ),
            (
                "$datum".to_owned(),
                Json::object([
                    ("type", nullable("string")),
                    ("format", Json::text("date")),
                    ("pattern", Json::text(DATE)),
                ]),
            ),
            (
                "$niet_te_zeggen".to_owned(),
                Json::object([
                    (
                        "$comment",
                        Json::text(language.pick(
                            "Een antwoord en niet_te_zeggen gaan niet samen.",
                            "An answer and niet_te_zeggen do not go together.",
                        )),
                    ),
                    (
                        "if",
                        Json::object([
                            ("properties", Json::object([("niet_te_zeggen", unsayable)])),
                            ("required", Json::texts(["niet_te_zeggen"])),
                        ]),
                    ),
                    ("then", Json::object([("properties", Json::object([("antwoord", only_null())]))])),
                ]),
            ),
        ];
    entries.extend(assessed::definitions(model));
    for question in &model.questions {
        let name = &question.head.name;
        entries.push((name.clone(), value(name, &question.domain, language)));
        if let Kind::List { fields, .. } = &question.domain.kind {
            for field in fields {
                let name = format!("{name}.{}", field.name);
                let definition = value(&name, &field.domain, language);
                entries.push((name, definition));
            }
        }
    }
    Json::Object(entries)
}

/// The bare answers of a question.
fn value(name: &str, domain: &Domain, language: Language) -> Json {
    // What every question can be besides its kind: null, and where it has them geen and n.v.t.
    let mut words: Vec<(&str, &str)> = Vec::new();
    if domain.none {
        words.push(("geen", "geen"));
    }
    if domain.not_applicable {
        words.push((
            "n.v.t.",
            language.pick("niet van toepassing, met een onderbouwing", "not applicable, with a ground"),
        ));
    }
    let open = || {
        let title = language.pick("nog niet beantwoord", "not answered yet");
        [("const", Json::null()), ("title", Json::text(title))]
    };
    let plain = match &domain.kind {
        Kind::YesNo | Kind::YesPartlyNo | Kind::OneOf(_) => {
            let mut all: Vec<(&str, &str)> = match &domain.kind {
                Kind::YesNo => vec![("ja", "ja"), ("nee", "nee")],
                Kind::YesPartlyNo => vec![("ja", "ja"), ("deels", "deels"), ("nee", "nee")],
                Kind::OneOf(choices) => pairs(choices),
                _ => Vec::new(),
            };
            all.extend(words);
            let mut alternatives = consts(&all);
            alternatives.push(Json::object(open()));
            return Json::object([("oneOf", Json::List(alternatives))]);
        }
        Kind::SomeOf(choices) => Json::object([
            ("type", Json::text("array")),
            ("items", Json::object([("oneOf", Json::List(consts(&pairs(choices))))])),
            ("uniqueItems", Json::raw(true)),
        ]),
        Kind::Integer { from, until } => number("integer", from, until, 1, None),
        Kind::Number { from, until } => number("number", from, until, 1, None),
        Kind::Money { from, until } => {
            let cents = language.pick("euro's, in hele centen", "euros, in whole cents");
            number("number", from, until, 1, Some(cents))
        }
        Kind::Percentage { from, until } => number("number", from, until, 100, None),
        Kind::Date { .. } => {
            let mut entries = vec![("$ref", Json::text("#/$defs/$datum"))];
            if let Some(range) = range_words(&domain.kind, language) {
                entries.push(("$comment", Json::text(tell!(language, "bereik: {range}", "range: {range}"))));
            }
            Json::object(entries)
        }
        Kind::Text => Json::object([("type", Json::text("string")), ("pattern", Json::text(SAYS_SOMETHING))]),
        Kind::List { fields, from, until } => {
            let answers = fields.iter().map(|field| {
                (
                    field.name.as_str(),
                    answer(
                        &format!("{name}.{}", field.name),
                        None,
                        &hints(&field.domain, language).join("\n"),
                    ),
                )
            });
            let item = Json::object([
                ("type", Json::text("object")),
                ("properties", Json::object(answers)),
                ("additionalProperties", Json::raw(false)),
            ]);
            let mut entries = vec![("type", Json::text("array")), ("items", item)];
            if *from > 0 {
                entries.push(("minItems", Json::raw(from)));
            }
            entries.extend(until.map(|until| ("maxItems", Json::raw(until))));
            Json::object(entries)
        }
    };
    let mut alternatives = vec![plain];
    alternatives.extend(consts(&words));
    alternatives.push(Json::object(open()));
    Json::object([("anyOf", Json::List(alternatives))])
}

fn pairs(choices: &[Choice]) -> Vec<(&str, &str)> {
    choices.iter().map(|choice| (choice.name.as_str(), choice.label.as_str())).collect()
}

fn consts(words: &[(&str, &str)]) -> Vec<Json> {
    let one = |(word, label): &(&str, &str)| {
        let mut entries = vec![("const", Json::text(*word))];
        if word != label {
            entries.push(("title", Json::text(*label)));
        }
        Json::object(entries)
    };
    words.iter().map(one).collect()
}

/// A number with its range, `times` as large in JSON as inside. Validators compare with floats; rounding keeps
/// the order, so nothing within the range is refused.
fn number(
    kind: &str,
    from: &Option<Number>,
    until: &Option<Number>,
    times: i64,
    comment: Option<&str>,
) -> Json {
    let mut entries = vec![("type", Json::text(kind))];
    let end = |end: &Number| Json::raw(json_number(&end.mul(&Number::whole(times))));
    entries.extend(from.as_ref().map(|from| ("minimum", end(from))));
    entries.extend(until.as_ref().map(|until| ("maximum", end(until))));
    entries.extend(comment.map(|comment| ("$comment", Json::text(comment))));
    Json::object(entries)
}
