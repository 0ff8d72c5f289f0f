//! The workload's rules as a JDM decision: two expression nodes, what is found out and the answer. The language has no
//! "unknown": every condition is told in a word, and every score and the verdict are worked out twice, with missing answers
//! at their worst (`_van`) and at their best (`_tot`), which is exact because no answer is good in one rule and bad in another.

use serde_json::{Value, json};

/// Criteria: name, requirement in parts of 24.
const CRITERIA: [(&str, u32); 6] =
    [("stip", 12), ("doelen", 6), ("thuis", 12), ("leren", 12), ("gezondheid", 6), ("bereik", 12)];

const READ: &str = "['thema', 'gezond', 'veilig', 'kansrijk', 'dichterbij', 'kort', 'uitgaven', 'vertrouwen', \
    'eigen_omgeving', 'opnames', 'lerend', 'partners', 'omdenken', 'gedrag', 'kinderen', 'nulmeting', 'evaluatie', \
    'elders', 'start', 'bedrag']";

/// The decision as JSON.
#[must_use]
pub fn rules() -> String {
    let node = |id: &str, kind: &str| json!({"id": id, "name": id, "type": kind});
    let expressions = |id: &str, expressions: Vec<(String, String)>| {
        let expressions: Vec<Value> = expressions
            .into_iter()
            .map(|(key, value)| json!({"id": format!("{id}_{key}"), "key": key, "value": value}))
            .collect();
        json!({"id": id, "name": id, "type": "expressionNode", "content": {"expressions": expressions}})
    };
    let edge = |from: &str, to: &str| json!({"id": format!("{from}_{to}"), "type": "edge", "sourceId": from, "targetId": to});
    json!({
        "nodes": [
            node("voorstel", "inputNode"),
            expressions("gevonden", found()),
            expressions("antwoord", told()),
            node("oordeel", "outputNode"),
        ],
        "edges": [edge("voorstel", "gevonden"), edge("gevonden", "antwoord"), edge("antwoord", "oordeel")],
    })
    .to_string()
}

fn answer(name: &str) -> String {
    format!("antwoorden.{name}.antwoord")
}

fn score(name: &str, end: &str) -> String {
    let answer = answer(name);
    if end == "_van" {
        format!("({answer} == 'ja' ? 24 : {answer} == 'deels' ? 12 : 0)")
    } else {
        format!("({answer} == 'nee' ? 0 : {answer} == 'deels' ? 12 : 24)")
    }
}

fn mean(names: &[&str], end: &str) -> String {
    let scores: Vec<String> = names.iter().map(|name| score(name, end)).collect();
    format!("({}) / {}", scores.join(" + "), names.len())
}

fn reason(names: &[&str]) -> String {
    let part = |(at, name): (usize, &&str)| {
        let comma = if at > 0 { ", " } else { "" };
        format!("'{comma}{name} is ' + ({} ?? 'open')", answer(name))
    };
    names.iter().enumerate().map(part).collect::<Vec<_>>().join(" + ")
}

fn number(name: &str, count: &str) -> String {
    format!("'{name} is ' + ({} == null ? 'open' : string({count}))", answer(name))
}

/// What the answer is made of.
fn found() -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut put = |name: String, value: String| out.push((name, value));
    let stip = ["gezond", "veilig", "kansrijk"];
    let doelen = ["dichterbij", "kort", "uitgaven", "vertrouwen"];
    let thuis = ["eigen_omgeving", "opnames"];
    let gezondheid = ["omdenken", "gedrag"];
    let word = |name: &str, condition: &str, yes: &str, no: &str| {
        format!("{} == null ? 'open' : {condition} ? '{yes}' : '{no}'", answer(name))
    };
    put(
        "meetbaar".to_owned(),
        word("nulmeting", "antwoorden.nulmeting.antwoord != 'geen'", "vervuld", "niet_vervuld"),
    );
    put(
        "opbrengst".to_owned(),
        word("evaluatie", "antwoorden.evaluatie.antwoord == 'ja'", "vervuld", "niet_vervuld"),
    );
    put("te_laat".to_owned(), word("start", "d(antwoorden.start.antwoord) > d('2022-06-30')", "ja", "nee"));
    put("dubbel".to_owned(), word("elders", "antwoorden.elders.antwoord == 'ja'", "ja", "nee"));
    put(
        "budget".to_owned(),
        "{onderwijs2020: 100000, onderwijs2021: 100000, onderwijs2022: 50000, ambulant2020: 160000, \
         ambulant2021: 120000, ambulant2022: 80000, inkoop2020: 40000, inkoop2021: 30000}"
            .to_owned(),
    );
    put(
        "ruimte".to_owned(),
        "$.budget[antwoorden.thema.antwoord + string(d(antwoorden.start.antwoord).year())] ?? 0".to_owned(),
    );
    put("boven_budget".to_owned(), word("bedrag", "antwoorden.bedrag.antwoord > $.ruimte", "ja", "nee"));
    for end in ["_van", "_tot"] {
        let worst = end == "_van";
        put(format!("stip{end}"), mean(&stip, end));
        put(format!("doelen{end}"), mean(&doelen, end));
        put(format!("thuis{end}"), format!("max([{}, {}])", score(thuis[0], end), score(thuis[1], end)));
        put(
            format!("partners{end}"),
            format!("{0} == null ? {1} : len({0})", answer("partners"), if worst { 0 } else { 3 }),
        );
        put(format!("lerend{end}"), score("lerend", end));
        put(
            format!("leren{end}"),
            format!(
                "$.lerend{end} == 24 and $.partners{end} >= 3 ? 24 : \
                 $.lerend{end} >= 12 and $.partners{end} >= 2 ? 12 : 0"
            ),
        );
        put(format!("gezondheid{end}"), mean(&gezondheid, end));
        put(
            format!("bereik{end}"),
            format!(
                "{0} == null ? {1} : {0} >= 500 ? 24 : {0} >= 100 ? 12 : 0",
                answer("kinderen"),
                if worst { 0 } else { 24 }
            ),
        );
        put(
            format!("totaal{end}"),
            format!(
                "3 * $.stip{end} + 3 * $.doelen{end} + 2 * $.thuis{end} + 2 * $.leren{end} + \
                 2 * $.gezondheid{end} + 2 * $.bereik{end}"
            ),
        );
        let excluded = if worst {
            "$.te_laat != 'nee' or $.dubbel != 'nee'"
        } else {
            "$.te_laat == 'ja' or $.dubbel == 'ja'"
        };
        let ready = if worst {
            "$.meetbaar == 'vervuld' and $.opbrengst == 'vervuld'"
        } else {
            "$.meetbaar != 'niet_vervuld' and $.opbrengst != 'niet_vervuld'"
        };
        let missed: Vec<String> =
            CRITERIA.iter().map(|(name, least)| format!("$.{name}{end} < {least}")).collect();
        put(
            format!("oordeel{end}"),
            format!(
                "{excluded} ? 'afgewezen' : {} ? 'afgewezen' : \
                 $.totaal{end} * 10 >= 2352 and {ready} ? 'voldoet' : \
                 $.totaal{end} >= 168 ? 'voorwaardelijk' : 'afgewezen'",
                missed.join(" or ")
            ),
        );
        let within = if worst { "$.boven_budget == 'nee'" } else { "$.boven_budget != 'ja'" };
        put(
            format!("route{end}"),
            format!(
                "$.oordeel{end} == 'afgewezen' ? 'terug' : \
                 $.oordeel{end} == 'voldoet' and {within} ? 'kwartiermaker' : 'bestuur'"
            ),
        );
    }
    put("stip_reden".to_owned(), reason(&stip));
    put("doelen_reden".to_owned(), reason(&doelen));
    put("thuis_reden".to_owned(), reason(&thuis));
    put(
        "leren_reden".to_owned(),
        format!("{} + ', ' + {}", reason(&["lerend"]), number("partners", "$.partners_van")),
    );
    put("gezondheid_reden".to_owned(), reason(&gezondheid));
    put("bereik_reden".to_owned(), number("kinderen", &answer("kinderen")));
    put("ontbreekt".to_owned(), format!("filter({READ}, antwoorden[#].antwoord == null)"));
    put("gebruikt".to_owned(), format!("filter({READ}, antwoorden[#].antwoord != null)"));
    out
}

/// The answer.
fn told() -> Vec<(String, String)> {
    let same = |name: &str| format!("{name}_van == {name}_tot ? {name}_van : 'open'");
    let criterion = |(name, least): &(&str, u32)| {
        format!(
            "{{naam: '{name}', score: {{van: {name}_van, tot_en_met: {name}_tot}}, \
             uitkomst: {name}_van >= {least} ? 'gehaald' : {name}_tot < {least} ? 'niet_gehaald' : 'open', \
             reden: {name}_reden}}"
        )
    };
    let gates = |names: &[&str]| {
        let gate = |name: &&str| format!("{{naam: '{name}', status: {name}}}");
        format!("[{}]", names.iter().map(gate).collect::<Vec<_>>().join(", "))
    };
    let criteria = CRITERIA.iter().map(criterion).collect::<Vec<_>>().join(", ");
    [
        ("oordeel", same("oordeel")),
        ("totaal", "{van: totaal_van, tot_en_met: totaal_tot}".to_owned()),
        ("route", same("route")),
        ("criteria", format!("[{criteria}]")),
        ("voorwaarden", gates(&["meetbaar", "opbrengst"])),
        ("uitsluitingen", gates(&["te_laat", "dubbel"])),
        ("signalen", gates(&["boven_budget"])),
        ("ontbreekt", "ontbreekt".to_owned()),
        ("gebruikt", "gebruikt".to_owned()),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value))
    .collect()
}
