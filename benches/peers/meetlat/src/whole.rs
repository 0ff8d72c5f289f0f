//! The whole verdict: what every user of the library gets.

use hand::measure::Fault;
use meetlat::{Buffers, Diagnostics, Language, Meetlat, Proposal, Scratch};
use serde_json::{Value, json};

/// What went wrong, of which nothing is expected here.
pub(crate) fn fault(diagnostics: Diagnostics) -> Fault {
    let told: Vec<String> = diagnostics.iter().map(|it| it.message.nl.clone()).collect();
    told.join("; ").into()
}

/// A proposal's text to answers.
pub(crate) fn read(meetlat: &Meetlat, json: &str) -> Result<Proposal, Fault> {
    meetlat.read("voorstel.json", json, None).map_err(fault)
}

/// The same from bytes, in memory that is used again.
pub(crate) fn read_with(meetlat: &Meetlat, buffers: &mut Buffers, json: &[u8]) -> Result<Proposal, Fault> {
    meetlat.read_with(buffers, "voorstel.json", meetlat::utf8(json)?, None).map_err(fault)
}

/// A proposal's bytes to the verdict's text, in memory that is used again.
pub(crate) fn judge_json<'s>(
    meetlat: &Meetlat,
    scratch: &'s mut Scratch,
    json: &[u8],
) -> Result<&'s str, Fault> {
    let json = meetlat::utf8(json)?;
    meetlat.in_language(Language::Nl).judge_json(scratch, "voorstel.json", json, None).map_err(fault)
}

/// The answer that engines are compared on, out of the verdict document.
pub(crate) fn compact(verdict: &Value) -> Result<Value, Fault> {
    let criteria = &verdict["criteria"];
    let told: Vec<Value> = list(criteria)
        .iter()
        .map(|criterion| {
            Ok(json!({
                "naam": criterion["naam"],
                "score": range(&criterion["score"], workload::SCORE_PARTS)?,
                "uitkomst": criterion["eis"]["status"],
                "reden": reason(&criterion["antwoorden"]),
            }))
        })
        .collect::<Result<_, Fault>>()?;
    let gates = |of: &Value| -> Vec<Value> {
        list(of).iter().map(|gate| json!({"naam": gate["naam"], "status": gate["status"]})).collect()
    };
    // Every answer that a rule reads stands beside some criterion, condition, exclusion, signal or route.
    let places = ["criteria", "voorwaarden", "uitsluitingen", "signalen", "routes"];
    let answers: Vec<&Value> =
        places.iter().flat_map(|part| list(&verdict[*part])).flat_map(|of| list(&of["antwoorden"])).collect();
    let with = |status: &str| -> Vec<&str> {
        let is = |name: &&str| {
            answers.iter().any(|answer| answer["vraag"] == **name && answer["status"] == status)
        };
        workload::READ.into_iter().filter(is).collect()
    };
    Ok(json!({
        "oordeel": verdict["oordeel"]["uitkomst"].as_str().unwrap_or("open"),
        "totaal": range(&verdict["totaal"], workload::TOTAL_PARTS)?,
        "route": verdict["routes"][0]["keuze"].as_str().unwrap_or("open"),
        "criteria": told,
        "voorwaarden": gates(&verdict["voorwaarden"]),
        "uitsluitingen": gates(&verdict["uitsluitingen"]),
        "signalen": gates(&verdict["signalen"]),
        "ontbreekt": with("open"),
        "gebruikt": with("gegeven"),
    }))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The answers beside a criterion, in words.
fn reason(answers: &Value) -> String {
    let one = |answer: &Value| {
        let value = match &answer["waarde"] {
            Value::String(text) => text.clone(),
            Value::Array(chosen) => chosen.len().to_string(),
            Value::Null => "open".to_owned(),
            other => other.to_string(),
        };
        format!("{} is {value}", answer["vraag"].as_str().unwrap_or_default())
    };
    list(answers).iter().map(one).collect::<Vec<_>>().join(", ")
}

/// A score in whole parts.
fn range(score: &Value, parts: u32) -> Result<Value, Fault> {
    let whole = |key: &str| -> Result<u32, Fault> {
        let fraction = score[key].as_str().ok_or("a score without a value")?;
        let (n, d) = fraction.split_once('/').unwrap_or((fraction, "1"));
        let (n, d): (u32, u32) = (n.parse()?, d.parse()?);
        if (n * parts) % d == 0 {
            Ok(n * parts / d)
        } else {
            Err(format!("{fraction} is no whole number of {parts} parts").into())
        }
    };
    Ok(json!({"van": whole("van")?, "tot_en_met": whole("tot_en_met")?}))
}
