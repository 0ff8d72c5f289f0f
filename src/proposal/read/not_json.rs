//! Why a text is not JSON, in plain words, and where. JSON is read up to its first fault; what follows can't be
//! trusted, so there is one fault.

use serde_json::error::Category;

use super::report::Report;
use super::words::quoted;
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::{Text, says};

/// Explains the fault that the JSON reader found in `text`.
pub(super) fn explain(text: &str, error: &serde_json::Error, report: &Report<'_, '_>) -> Diagnostic {
    let at = offset(text, error);
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let reason = error.to_string();
    let reason = reason.rsplit_once(" at line").map_or(reason.as_str(), |(reason, _)| reason);
    let (piece, message, help) = reasons(before, after, reason, error.classify() == Category::Eof);
    let fault = Diagnostic::new(Code::NotJson, report.part(piece), message);
    if help == Text::default() { fault } else { fault.help(help) }
}

/// The byte where the fault is: of the character that cannot stand there, or the end.
fn offset(text: &str, error: &serde_json::Error) -> usize {
    let line = error.line().saturating_sub(1);
    let start = match line {
        0 => 0,
        _ => text.match_indices('\n').nth(line - 1).map_or(text.len(), |(at, _)| at + 1),
    };
    let at = (start + error.column().saturating_sub(1)).min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The piece to point at, what is wrong, what to do.
fn reasons<'a>(before: &'a str, after: &'a str, reason: &str, ended: bool) -> (&'a str, Text, Text) {
    let none = Text::default;
    let here = after.get(..after.chars().next().map_or(0, char::len_utf8)).unwrap_or_default();
    let ahead = before.trim_end();
    let last = ahead.get(ahead.len().saturating_sub(1)..).unwrap_or_default();
    if ahead.is_empty() && after.trim().is_empty() {
        let help = says!("een voorstel begint met een accolade: {{", "a proposal starts with a brace: {{");
        return (here, says!("de tekst is leeg", "the text is empty"), help);
    }
    let inside_text = reason.contains("string") || reason.contains("escape");
    if reason.starts_with("control character") {
        let message = says!(
            "een tekst loopt door tot voorbij het eind van de regel, of bevat een tab of een ander stuurteken",
            "a text runs on past the end of its line, or holds a tab or another control character"
        );
        let help = says!(
            r#"sluit de tekst met een aanhalingsteken "; een nieuwe regel in een tekst schrijft u als \n"#,
            r#"close the text with a quote "; a new line in a text is written as \n"#
        );
        return (here, message, help);
    }
    if reason.contains("escape") || reason.contains("surrogate") || reason.contains("unicode") {
        let message = says!(
            r"na een schuine streep \ volgt iets dat daar niet kan staan",
            r"something follows a backslash \ that cannot stand there"
        );
        let help = says!(r"schrijf de streep zelf als \\", r"write the backslash itself as \\");
        return (here, message, help);
    }
    if ended || (inside_text && after.is_empty()) {
        let message = if inside_text {
            says!("de tekst houdt op binnen aanhalingstekens", "the text ends inside quotes")
        } else {
            says!("de tekst houdt te vroeg op", "the text ends too early")
        };
        let help = says!(
            "sluit elk aanhalingsteken, elke [ en elke {{ die geopend is",
            "close every quote, every [ and every {{ that was opened"
        );
        return (here, message, help);
    }
    if last == "," && matches!(here, "}" | "]") {
        let message = says!("na deze komma volgt niets meer", "nothing follows this comma");
        return (last, message, says!("haal de komma weg", "remove the comma"));
    }
    if matches!(here, "'" | "‘" | "’" | "“" | "”" | "„" | "`" | "«") {
        let message = says!("{here} is geen aanhalingsteken van JSON", "{here} is not a quote in JSON");
        return (here, message, says!(r#"gebruik rechte, dubbele: ""#, r#"use straight, double ones: ""#));
    }
    if after.starts_with("//") || after.starts_with("/*") || here == "#" {
        let message = says!("JSON kent geen opmerkingen", "JSON has no comments");
        let help =
            says!(r#"haal weg, of gebruik de sleutel "$uitleg""#, r#"remove it, or use the key "$uitleg""#);
        return (here, message, help);
    }
    let digit = |text: &str| text.bytes().next().is_some_and(|b| b.is_ascii_digit());
    let after_digit = ahead.bytes().rev().nth(1).is_some_and(|b| b.is_ascii_digit());
    if last == "," && after_digit && digit(here) {
        let message = says!("een komma in een getal", "a comma in a number");
        return (last, message, says!("schrijf een decimaal met een punt: 0.5", "write 0.5 with a point"));
    }
    if here == "." && ahead.len() == before.len() && digit(last) {
        let message = says!("een tweede punt in een getal", "a second point in a number");
        return (
            here,
            message,
            says!("schrijf duizendtallen zonder punt: 84000", "write 84000 without points"),
        );
    }
    if reason == "invalid number" || (here == "+" || here == "." || here == "€" || here == "%") {
        let message = says!("een getal dat zo niet geschreven wordt", "a number not written like this");
        let help = says!(
            "schrijf 84000 of 0.5: cijfers en hoogstens één punt, geen nul vooraan, geen € of %",
            "write 84000 or 0.5: digits and at most one point, no leading zero, no € or %"
        );
        return (here, message, help);
    }
    match reason {
        "trailing characters" => {
            let message = says!("na het voorstel staat nog iets", "something follows the proposal");
            return (here, message, says!("haal weg wat na de laatste }} staat", "remove it"));
        }
        "expected `:`" => {
            let message = says!("na een sleutel ontbreekt de dubbele punt", "a colon is missing after a key");
            return (here, message, says!(r#"schrijf "sleutel": waarde"#, r#"write "key": value"#));
        }
        "key must be a string" => {
            let message = says!(
                "hier hoort een sleutel tussen dubbele aanhalingstekens",
                "a key between double quotes belongs here"
            );
            return (word(after), message, says!(r#"schrijf "sleutel": waarde"#, r#"write "key": value"#));
        }
        "expected `,` or `]`" | "expected `,` or `}`" => {
            if matches!(here, "]" | "}") {
                let message = says!("{here} sluit iets dat niet open is", "{here} closes what is not open");
                return (
                    here,
                    message,
                    says!("elke [ sluit met ], elke {{ met }}", "[ closes with ], {{ with }}"),
                );
            }
            let message = says!(
                "voor {} ontbreekt een komma",
                "a comma is missing before {}",
                quoted(word(after).trim_matches('"'))
            );
            return (
                word(after),
                message,
                says!("zet een komma na de waarde ervoor", "put a comma after the value before it"),
            );
        }
        _ => {}
    }
    let word = word(after);
    if word.starts_with(char::is_alphabetic) || reason == "expected ident" {
        let whole = if word.is_empty() { here } else { word };
        let message =
            says!("{} staat niet tussen aanhalingstekens", "{} does not stand between quotes", quoted(whole));
        return (whole, message, says!(r#"schrijf een tekst als "ja""#, r#"write a text as "ja""#));
    }
    let message = says!("hier hoort een waarde", "a value belongs here");
    (here, message, none())
}

/// The word or quoted text that starts here, to the end of its line at most.
fn word(after: &str) -> &str {
    let quoted = after.starts_with('"');
    let end = after
        .char_indices()
        .skip(1)
        .find(
            |(_, c)| if quoted { matches!(c, '"' | '\n' | '\r') } else { !c.is_alphanumeric() && *c != '_' },
        )
        .map_or(after.len(), |(at, c)| if quoted && c == '"' { at + 1 } else { at });
    after.get(..end).unwrap_or_default()
}
