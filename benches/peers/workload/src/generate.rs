//! Proposals from a seed: the same seed gives the same bytes.

use crate::random::Random;
use crate::{Missing, READ, words};

/// Themes with how often they come.
const THEMES: [&str; 8] =
    ["onderwijs", "onderwijs", "onderwijs", "ambulant", "ambulant", "ambulant", "inkoop", "overig"];
const PARTNERS: [&str; 6] = ["gemeente", "aanbieder", "school", "welzijn", "ggd", "kennis"];

/// All questions in the order of the rule file, those that no rule reads included.
const QUESTIONS: [&str; 24] = [
    "samenvatting",
    "werkwijze",
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
    "bijzonderheden",
    "planning",
];

/// A proposal as JSON on one line.
#[must_use]
pub fn proposal(seed: u64, missing: Missing) -> String {
    let random = &mut Random::new(seed);
    let missing = missing_answers(random, missing);
    let mut out = String::with_capacity(8_192);
    out.push_str("{\"meetlat\":\"werklast\",\"titel\":");
    out.push_str(&words::title(random));
    out.push_str(",\"indiener\":");
    out.push_str(&format!("\"Stichting Eén Gezin {}\"", random.between(1, 400)));
    out.push_str(",\"peildatum\":\"2021-03-01\",\"antwoorden\":{");
    // Better proposals answer better all over, so that all outcomes come.
    let quality = random.below(100);
    let mut first = true;
    for name in QUESTIONS {
        let open = missing.contains(&name);
        if open && random.percent(50) {
            continue;
        }
        if !std::mem::take(&mut first) {
            out.push(',');
        }
        out.push_str(&format!("\"{name}\":{{\"antwoord\":"));
        if !READ.contains(&name) {
            out.push_str(&words::text(random, 4, 10));
            out.push_str(",\"onderbouwing\":");
            out.push_str(&words::text(random, 1, 3));
            bewijs(random, &mut out);
        } else if open {
            out.push_str("null");
        } else {
            out.push_str(&answer(random, name, quality));
            if random.percent(50) {
                out.push_str(",\"onderbouwing\":");
                out.push_str(&words::text(random, 1, 1));
                if random.percent(40) {
                    bewijs(random, &mut out);
                }
            }
        }
        out.push('}');
    }
    out.push_str("}}");
    out
}

fn bewijs(random: &mut Random, out: &mut String) {
    out.push_str(",\"bewijs\":[");
    for at in 0..random.between(1, 3) {
        if at > 0 {
            out.push(',');
        }
        out.push_str(&words::evidence(random));
    }
    out.push(']');
}

fn missing_answers(random: &mut Random, missing: Missing) -> Vec<&'static str> {
    if missing == Missing::Nothing {
        return Vec::new();
    }
    let may: Vec<&'static str> = READ.into_iter().filter(|name| !["thema", "start"].contains(name)).collect();
    (0..random.between(1, 6)).map(|_| random.one(&may)).collect()
}

fn answer(random: &mut Random, name: &str, quality: u64) -> String {
    let quoted = |word: &str| format!("\"{word}\"");
    match name {
        "thema" => quoted(random.one(&THEMES)),
        "partners" => {
            let chosen: Vec<String> =
                PARTNERS.into_iter().filter(|_| random.percent(40 + quality / 3)).map(quoted).collect();
            format!("[{}]", chosen.join(","))
        }
        "kinderen" => random.between(0, 40 + 15 * quality).to_string(),
        "nulmeting" => match random.below(8) {
            0 => quoted("geen"),
            1 => format!("{}.5", random.between(0, 90)),
            _ => random.between(0, 400).to_string(),
        },
        "evaluatie" => quoted(if random.percent(85) { "ja" } else { "nee" }),
        "elders" => quoted(if random.percent(4) { "ja" } else { "nee" }),
        "start" => {
            let (year, month) = (random.between(2020, 2022), random.between(1, 12));
            let month = if year == 2022 && random.percent(70) { month.div_ceil(2) } else { month };
            quoted(&format!("{year}-{month:02}-{:02}", random.between(1, 28)))
        }
        "bedrag" => (random.between(5, 170) * 1_000 + random.below(2) * random.below(1_000)).to_string(),
        _ => {
            let yes = 25 + quality / 2;
            let drawn = random.below(100);
            quoted(if drawn < yes {
                "ja"
            } else if drawn < yes + (100 - yes) * 2 / 3 {
                "deels"
            } else {
                "nee"
            })
        }
    }
}
