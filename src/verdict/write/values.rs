//! Values, scores and parts of the document as JSON.

use serde::Serialize;

use crate::json::escape::InJson;
use crate::message::language::Language;
use crate::proposal::wording;
use crate::rules::model::Kind;
use crate::value::number::Number;
use crate::value::score_range::{Maybe, ScoreRange};
use crate::value::values::Value;

/// A value, from the status up to the ground.
pub(crate) fn value(out: &mut String, language: Language, value: &Value, kind: &Kind) {
    out.push_str("gegeven\",\"waarde\":");
    wording::value_json_to(out, value, kind);
    out.push_str(",\"tekst\":\"");
    match value {
        Value::Choice(_) | Value::Choices(_) => language.value_to(&mut InJson(out), value, kind),
        // Numbers and words of this crate: nothing in them needs an escape.
        _ => language.value_to(out, value, kind),
    }
    out.push_str("\",\"onderbouwing\":");
}

/// A score: its ends as fractions of one, and in words.
pub(crate) fn score(out: &mut String, language: Language, found: &ScoreRange, thresholds: &[Number]) {
    match &found.range {
        None => out.push_str("{\"van\":null,\"tot_en_met\":null"),
        Some((least, greatest)) => {
            out.push_str("{\"van\":\"");
            let start = out.len();
            least.fraction_to(out);
            let end = out.len();
            out.push_str("\",\"tot_en_met\":\"");
            if least == greatest {
                out.extend_from_within(start..end);
            } else {
                greatest.fraction_to(out);
            }
            out.push('"');
        }
    }
    out.push_str(",\"tekst\":\"");
    // Digits and words without anything to escape.
    language.score_to(out, found, thresholds);
    out.push_str(match found.not_applicable {
        Maybe::No => "\",\"nvt\":\"nee\"}",
        Maybe::Yes => "\",\"nvt\":\"ja\"}",
        Maybe::Maybe => "\",\"nvt\":\"mogelijk\"}",
    });
}

/// A part of the document as JSON.
pub(crate) fn json(part: &impl Serialize) -> String {
    // Structs of texts and numbers: writing them cannot fail.
    serde_json::to_string(part).unwrap_or_default()
}
