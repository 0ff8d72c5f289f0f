//! What can be wrong with values of a host's own language, before they are JSON.

use meetlat::Language;

use crate::refused::Refused;

/// A number that is a binary fraction: `0.1` in it is not a tenth. `pointer`: the JSON pointer of the value.
#[must_use]
pub fn binary_fraction(pointer: &str, language: Language) -> Refused {
    let shown = shown(pointer, language);
    Refused::host(
        "B0105",
        language.pick(
            format!("{shown} is een binaire breuk (float), en die is niet exact"),
            format!("{shown} is a binary fraction (float), which is not exact"),
        ),
        language.pick(
            "geef een geheel of een decimaal getal, of het voorstel als JSON-tekst",
            "give a whole number or a decimal, or the proposal as JSON text",
        ),
    )
}

/// A value that has no form in JSON. `what`: what it is, in the words of the host's language.
#[must_use]
pub fn no_form(pointer: &str, what: &str, language: Language) -> Refused {
    let shown = shown(pointer, language);
    Refused::host(
        "B0106",
        language.pick(
            format!("{shown} heeft geen vorm in JSON: {what}"),
            format!("{shown} has no form in JSON: {what}"),
        ),
        language.pick(
            "geef een tekst, een getal, ja of nee, een lijst of een object met tekst als sleutels",
            "give a text, a number, true or false, a list, or an object with texts as keys",
        ),
    )
}

/// The whole has an empty pointer.
fn shown(pointer: &str, language: Language) -> &str {
    if pointer.is_empty() { language.pick("het voorstel", "the proposal") } else { pointer }
}
