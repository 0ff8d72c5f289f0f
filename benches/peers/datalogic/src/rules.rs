//! The workload's rules in JSONLogic. It has no names for what was computed, so three stages are chained by `map` over a list
//! of one: scores and conditions; verdict; answer. It has no "unknown" either: every condition and score is worked out twice,
//! with missing answers at their worst and at their best, which is exact because no answer is good in one rule and bad in
//! another.

use serde_json::{Map, Value, json};

/// Criteria: name, weight, requirement in parts of 24.
const CRITERIA: [(&str, u32, u32); 6] = [
    ("stip", 3, 12),
    ("doelen", 3, 6),
    ("thuis", 2, 12),
    ("leren", 2, 12),
    ("gezondheid", 2, 6),
    ("bereik", 2, 12),
];

const READ: [&str; 20] = [
    "thema",
    "gezond",
    "veilig",
    "kansrijk",
    "dichterbij",
    "kort",
    "uitgaven",
    "vertrouwen",
    "eigen_omgeving",
    "opnames",
    "lerend",
    "partners",
    "omdenken",
    "gedrag",
    "kinderen",
    "nulmeting",
    "evaluatie",
    "elders",
    "start",
    "bedrag",
];

/// The end of a name when missing answers count at their worst and at their best.
const ENDS: [(&str, u32); 2] = [("_van", 0), ("_tot", 24)];

/// The rules as text.
#[must_use]
pub fn rules() -> String {
    json!({"map": [[first()], {"map": [[second()], third()]}]}).to_string()
}

fn answer(name: &str) -> Value {
    json!({"var": format!("antwoorden.{name}.antwoord")})
}

fn is_missing(name: &str) -> Value {
    json!({"===": [answer(name), null]})
}

fn score(name: &str, missing: u32) -> Value {
    json!({"switch": [answer(name), [["ja", 24], ["deels", 12], ["nee", 0]], missing]})
}

fn mean(names: &[&str], missing: u32) -> Value {
    let scores: Vec<Value> = names.iter().map(|name| score(name, missing)).collect();
    json!({"/": [{"+": scores}, names.len()]})
}

/// A condition on an answer, or what it counts as when the answer is missing.
fn known(name: &str, condition: Value, missing: bool) -> Value {
    json!({"if": [is_missing(name), missing, condition]})
}

fn partners(least: u32, missing: bool) -> Value {
    known("partners", json!({">=": [{"length": answer("partners")}, least]}), missing)
}

fn reason(names: &[&str]) -> Value {
    let parts = names.iter().enumerate().flat_map(|(at, name)| {
        let comma = if at > 0 { ", " } else { "" };
        [json!(format!("{comma}{name} is ")), json!({"??": [answer(name), "open"]})]
    });
    json!({"cat": parts.collect::<Vec<_>>()})
}

fn first() -> Value {
    let mut out = Map::new();
    let mut put = |name: String, value: Value| drop(out.insert(name, value));
    let stip = ["gezond", "veilig", "kansrijk"];
    let doelen = ["dichterbij", "kort", "uitgaven", "vertrouwen"];
    let gezondheid = ["omdenken", "gedrag"];
    for (end, missing) in ENDS {
        let open = missing > 0;
        put(format!("stip{end}"), mean(&stip, missing));
        put(format!("doelen{end}"), mean(&doelen, missing));
        put(
            format!("thuis{end}"),
            json!({"max": [score("eigen_omgeving", missing), score("opnames", missing)]}),
        );
        let learns = |least: u32| json!({">=": [score("lerend", missing), least]});
        put(
            format!("leren{end}"),
            json!({"if": [
                {"and": [learns(24), partners(3, open)]}, 24,
                {"and": [learns(12), partners(2, open)]}, 12,
                0
            ]}),
        );
        put(format!("gezondheid{end}"), mean(&gezondheid, missing));
        let reach = json!({"if": [
            {">=": [answer("kinderen"), 500]}, 24,
            {">=": [answer("kinderen"), 100]}, 12,
            0
        ]});
        put(format!("bereik{end}"), json!({"if": [is_missing("kinderen"), missing, reach]}));
        // Of what is good the worst is false, of what is bad it is true.
        put(
            format!("meetbaar{end}"),
            known("nulmeting", json!({"!==": [answer("nulmeting"), "geen"]}), open),
        );
        put(format!("opbrengst{end}"), known("evaluatie", json!({"===": [answer("evaluatie"), "ja"]}), open));
        put(format!("te_laat{end}"), known("start", json!({">": [answer("start"), "2022-06-30"]}), !open));
        put(format!("dubbel{end}"), known("elders", json!({"===": [answer("elders"), "ja"]}), !open));
        put(format!("boven_budget{end}"), over(!open));
    }
    put("reden_stip".to_owned(), reason(&stip));
    put("reden_doelen".to_owned(), reason(&doelen));
    put("reden_thuis".to_owned(), reason(&["eigen_omgeving", "opnames"]));
    put(
        "reden_leren".to_owned(),
        json!({"cat": [
            reason(&["lerend"]),
            ", partners is ",
            {"if": [is_missing("partners"), "open", {"length": answer("partners")}]}
        ]}),
    );
    put("reden_gezondheid".to_owned(), reason(&gezondheid));
    put("reden_bereik".to_owned(), reason(&["kinderen"]));
    let names = |missing: bool| {
        let one = |name: &&str| {
            if missing {
                json!({"if": [is_missing(name), [name], []]})
            } else {
                json!({"if": [is_missing(name), [], [name]]})
            }
        };
        json!({"merge": READ.iter().map(one).collect::<Vec<_>>()})
    };
    put("ontbreekt".to_owned(), names(true));
    put("gebruikt".to_owned(), names(false));
    Value::Object(out)
}

fn over(missing: bool) -> Value {
    let key = json!({"cat": [answer("thema"), {"substr": [answer("start"), 0, 4]}]});
    let budget = json!({"switch": [
        key,
        [
            ["onderwijs2020", 100_000], ["onderwijs2021", 100_000], ["onderwijs2022", 50_000],
            ["ambulant2020", 160_000], ["ambulant2021", 120_000], ["ambulant2022", 80_000],
            ["inkoop2020", 40_000], ["inkoop2021", 30_000]
        ],
        0
    ]});
    json!({"if": [
        {"or": [is_missing("thema"), is_missing("start"), is_missing("bedrag")]},
        missing,
        {">": [answer("bedrag"), budget]}
    ]})
}

fn of_first(name: &str, end: &str) -> Value {
    json!({"var": format!("{name}{end}")})
}

/// The totals, and the verdict at the worst and at the best.
fn second() -> Value {
    let mut out = Map::new();
    // What the first stage found stays at hand.
    out.insert("eerst".to_owned(), json!({"var": ""}));
    for (end, _) in ENDS {
        let weighted = |(name, weight, _): &(&str, u32, u32)| json!({"*": [weight, of_first(name, end)]});
        let total = json!({"+": CRITERIA.iter().map(weighted).collect::<Vec<_>>()});
        let missed = CRITERIA.iter().map(|(name, _, least)| json!({"<": [of_first(name, end), least]}));
        let missed: Vec<Value> = missed.collect();
        let outcome = json!({"if": [
            {"or": [of_first("te_laat", end), of_first("dubbel", end)]}, "afgewezen",
            {"or": missed}, "afgewezen",
            {"and": [
                {">=": [{"*": [total, 10]}, 2352]},
                of_first("meetbaar", end),
                of_first("opbrengst", end)
            ]}, "voldoet",
            {">=": [total, 168]}, "voorwaardelijk",
            "afgewezen"
        ]});
        out.insert(format!("totaal{end}"), total);
        out.insert(format!("oordeel{end}"), outcome);
    }
    Value::Object(out)
}

/// The answer.
fn third() -> Value {
    let same = |left: Value, right: Value| json!({"if": [{"===": [left.clone(), right]}, left, "open"]});
    let var = |name: &str| json!({"var": name});
    let found = |name: &str, end: &str| json!({"var": format!("eerst.{name}{end}")});
    let route = |end: &str| {
        json!({"if": [
            {"===": [var(&format!("oordeel{end}")), "afgewezen"]}, "terug",
            {"and": [
                {"===": [var(&format!("oordeel{end}")), "voldoet"]},
                {"!": [found("boven_budget", end)]}
            ]}, "kwartiermaker",
            "bestuur"
        ]})
    };
    let criteria = CRITERIA.iter().map(|(name, _, least)| {
        json!({
            "naam": name,
            "score": {"van": found(name, "_van"), "tot_en_met": found(name, "_tot")},
            "uitkomst": {"if": [
                {">=": [found(name, "_van"), least]}, "gehaald",
                {"<": [found(name, "_tot"), least]}, "niet_gehaald",
                "open"
            ]},
            "reden": var(&format!("eerst.reden_{name}")),
        })
    });
    let gate = |name: &str, sure: &str, maybe: &str, yes: &str, no: &str| {
        json!({
            "naam": name,
            "status": {"if": [found(name, sure), yes, found(name, maybe), "open", no]},
        })
    };
    let good = |name: &str| gate(name, "_van", "_tot", "vervuld", "niet_vervuld");
    let bad = |name: &str| gate(name, "_tot", "_van", "ja", "nee");
    json!({
        "oordeel": same(var("oordeel_van"), var("oordeel_tot")),
        "totaal": {"van": var("totaal_van"), "tot_en_met": var("totaal_tot")},
        "route": same(route("_van"), route("_tot")),
        "criteria": criteria.collect::<Vec<_>>(),
        "voorwaarden": [good("meetbaar"), good("opbrengst")],
        "uitsluitingen": [bad("te_laat"), bad("dubbel")],
        "signalen": [bad("boven_budget")],
        "ontbreekt": var("eerst.ontbreekt"),
        "gebruikt": var("eerst.gebruikt"),
    })
}
