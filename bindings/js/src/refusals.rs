//! What is wrong with what JavaScript gave, before the engine sees it.

use meetlat_border::{Language, Refused};
use wasm_bindgen::prelude::wasm_bindgen;

/// Dutch when it is no language: then the call is refused for that, once it is made.
fn language(code: Option<&str>) -> Language {
    meetlat_border::language(code).unwrap_or_default()
}

/// A number that is not whole, or that is too large for every whole number around it to be told apart.
#[wasm_bindgen]
#[must_use]
pub fn binary_fraction(pointer: &str, number: &str, code: Option<String>) -> String {
    let language = language(code.as_deref());
    Refused::host(
        "B0105",
        language.pick(
            format!("{number} op \"{pointer}\" is een binaire breuk (number), die niet exact is"),
            format!("{number} at \"{pointer}\" is a binary fraction (number), which is not exact"),
        ),
        language.pick(
            "geef een heel getal, een BigInt, een Decimal of het hele voorstel als JSON-tekst",
            "give a whole number, a BigInt, a Decimal, or the whole proposal as JSON text",
        ),
    )
    .to_json()
}

/// A value that JSON has no form for. `what`: in words that are the same in Dutch and in English.
#[wasm_bindgen]
#[must_use]
pub fn no_json(pointer: &str, what: &str, code: Option<String>) -> String {
    meetlat_border::no_form(pointer, what, language(code.as_deref())).to_json()
}

/// Rules that were let go of.
#[wasm_bindgen]
#[must_use]
pub fn let_go(code: Option<String>) -> String {
    let language = language(code.as_deref());
    Refused::host(
        "B0107",
        language.pick("deze regels zijn al losgelaten", "these rules were let go of already"),
        language.pick("roep free pas aan na het laatste gebruik", "call free only after the last use"),
    )
    .to_json()
}

/// Bytes, or half a character in a text, that are no UTF-8. `what`: the name of the text.
#[wasm_bindgen]
#[must_use]
pub fn not_utf8(what: &str, bytes: &[u8], code: Option<String>) -> String {
    Refused::not_utf8(what, bytes, language(code.as_deref())).to_json()
}

/// What the JavaScript side says when a call ended in a trap.
#[wasm_bindgen]
#[must_use]
pub fn stopped(code: Option<String>) -> String {
    meetlat_border::stopped(language(code.as_deref())).to_json()
}
