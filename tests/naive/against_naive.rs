//! The engine against the naive evaluator, on random rules with random proposals. `MEETLAT_PAIRS` sets how many,
//! `MEETLAT_SEED` the first seed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use meetlat::Date;
use num_rational::BigRational;
use serde_json::Value as Json;

use crate::evaluator::parsing::parsed;
use crate::evaluator::{Combo, NaiveResult, NotApplicable, ScoreSet, Status, evaluate, evaluate_up_to};
use crate::generate::wide::{Wide, generate_wide};
use crate::generate::{Case, generate};
use crate::support;

/// Cases with more completions are left out; the generator keeps nearly all below it.
const CAP: u64 = 20_000;

/// The engine's verdict as JSON, or its diagnostics in words.
fn engine_json(rules: &str, proposal: &str, reference_date: Option<Date>) -> Result<Json, String> {
    let say = |diagnostics: meetlat::Diagnostics| {
        diagnostics
            .iter()
            .map(|one| format!("{} {}", one.code, one.message.nl))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let meetlat = meetlat::Meetlat::parse("regels.meetlat", rules).into_result().map_err(say)?;
    let proposal = meetlat.read("voorstel.json", proposal, reference_date).map_err(say)?;
    let verdict = meetlat.evaluate(&proposal).unwrap();
    if !verdict.outcome.exact {
        return Err("voorlopig".to_owned());
    }
    // The document is written by hand, in pieces; its types say what it must look like.
    assert_eq!(serde_json::to_string(&verdict).unwrap(), verdict.to_json_line());
    Ok(serde_json::from_str(&verdict.to_json()).unwrap())
}

fn seeds() -> std::ops::Range<u64> {
    support::seeds("MEETLAT_PAIRS", 200)
}

fn naive(case: &Case) -> Option<NaiveResult> {
    let proposal = serde_json::from_str(&case.proposal).unwrap();
    evaluate(&parsed(&case.rules), &proposal, case.reference_date, CAP)
}

#[test]
fn the_engine_agrees_with_the_naive_evaluator() {
    // Every core takes its share of the seeds; what they find is put back in order.
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = |worker| seeds().skip(worker).step_by(workers).filter_map(compare).collect();
    let found: Vec<(u64, Option<String>)> = std::thread::scope(|scope| {
        let started: Vec<_> = (0..workers)
            .map(|worker| scope.spawn(move || -> Vec<(u64, Option<String>)> { share(worker) }))
            .collect();
        started.into_iter().flat_map(|one| one.join().unwrap()).collect()
    });
    let left_out = found.iter().filter(|(_, wrong)| wrong.is_none()).count();
    let wrong: BTreeMap<u64, String> =
        found.into_iter().filter_map(|(seed, wrong)| wrong.map(|wrong| (seed, wrong))).collect();
    // The first in full, of the others what differs.
    if let Some(seed) = wrong.keys().next() {
        let case = generate(*seed);
        println!(
            "seed {seed}\n{}\n{}\nreference date {:?}\n",
            case.rules, case.proposal, case.reference_date
        );
    }
    let said: Vec<&str> = wrong.values().map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} pairs differ\n{}", wrong.len(), said.join("\n"));
    assert!(left_out * 50 <= seeds().count(), "{left_out} cases have too many completions");
}

/// The combinations that the engine may look at in the pairs of new kinds.
const STEPS: u64 = 2_000_000;

/// The kinds of rules that the first generator never makes. `MEETLAT_KIND` names the only one to make, `MEETLAT_PAIRS_WIDE`
/// sets how many of each, `MEETLAT_SEED` the first seed.
#[test]
fn the_engine_agrees_on_pairs_of_new_kinds() {
    let only = std::env::var("MEETLAT_KIND").unwrap_or_default();
    let seeds = support::seeds("MEETLAT_PAIRS_WIDE", 50);
    assert!(Wide::ALL.iter().any(|(name, _)| only.is_empty() || only == *name), "no kind is called {only}");
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut wrong = Vec::new();
    for (name, wide) in Wide::ALL {
        if !only.is_empty() && only != name {
            continue;
        }
        let share =
            |worker| seeds.clone().skip(worker).step_by(workers).map(|seed| (seed, compare_wide(wide, seed)));
        let start = std::time::Instant::now();
        let mut found: Vec<(u64, Compared)> = std::thread::scope(|scope| {
            let started: Vec<_> =
                (0..workers).map(|worker| scope.spawn(move || share(worker).collect::<Vec<_>>())).collect();
            started.into_iter().flat_map(|one| one.join().unwrap()).collect()
        });
        found.sort_by_key(|(seed, _)| *seed);
        let count = |of: &dyn Fn(&Compared) -> bool| found.iter().filter(|(_, one)| of(one)).count();
        let left_out = count(&|one| matches!(one, Compared::LeftOut));
        let mut inexact: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, one) in &found {
            if let Compared::Within(why) = one {
                *inexact.entry(why).or_default() += 1;
            }
        }
        let differ = count(&|one| matches!(one, Compared::Differs(_)));
        println!(
            "{name}: {} pairs in {:?}, {left_out} left out, not exact {inexact:?}, {differ} differ",
            found.len(),
            start.elapsed()
        );
        assert!(left_out * 10 <= found.len(), "{name}: {left_out} cases have too many completions");
        let mut full = true;
        for (seed, compared) in found {
            let Compared::Differs(differences) = compared else { continue };
            if full {
                let case = generate_wide(wide, seed);
                println!("{name}, seed {seed}\n{}\n{}\n", case.rules, case.proposal);
                full = false;
            }
            wrong.push(format!("{name}, seed {seed}\n  {}", differences.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{} pairs differ\n{}", wrong.len(), wrong.join("\n"));
}

/// How a pair came out.
#[derive(Debug)]
enum Compared {
    /// Too many completions.
    LeftOut,
    /// The engine says the same.
    Same,
    /// It says that it is not exact, and why; all that can happen is among what it says.
    Within(String),
    Differs(Vec<String>),
}

fn compare_wide(wide: Wide, seed: u64) -> Compared {
    let case = generate_wide(wide, seed);
    let json = serde_json::from_str(&case.proposal).unwrap();
    let Some(expected) = evaluate_up_to(&parsed(&case.rules), &json, case.reference_date, CAP, case.up_to)
    else {
        return Compared::LeftOut;
    };
    let limits = meetlat::Limits { search_steps: STEPS, ..meetlat::Limits::default() };
    let meetlat = match meetlat::Meetlat::parse_with("regels.meetlat", &case.rules, &limits).into_result() {
        Ok(meetlat) => meetlat,
        Err(faults) => panic!("{wide:?}, seed {seed}\n{}\n{faults:?}", case.rules),
    };
    let proposal = meetlat.read("voorstel.json", &case.proposal, case.reference_date).unwrap();
    let verdict: Json = serde_json::from_str(&meetlat.evaluate(&proposal).unwrap().to_json()).unwrap();
    // What a missing row is worth may be thought otherwise by each that reads it; a score is a score still.
    if expected.missed {
        let mut wrong = beyond(&expected, &verdict);
        let total = score(&verdict["totaal"]);
        if total.max.is_some_and(|max| max > BigRational::from_integer(1.into())) {
            wrong.push(format!("totaal: {}", verdict["totaal"]["tekst"]));
        }
        if expected.missing_matters && list(&verdict["ontbrekende_rijen"]).is_empty() {
            wrong.push("ontbrekende_rijen: none".to_owned());
        }
        return match wrong.is_empty() {
            true => Compared::Within("missing row".to_owned()),
            false => Compared::Differs(wrong),
        };
    }
    if verdict["oordeel"]["exact"] == Json::Bool(true) {
        let differences = differences(&expected, &verdict);
        return if differences.is_empty() { Compared::Same } else { Compared::Differs(differences) };
    }
    let beyond = beyond(&expected, &verdict);
    let why = verdict["oordeel"]["voorlopig"]["reden"].to_string();
    if beyond.is_empty() { Compared::Within(why) } else { Compared::Differs(beyond) }
}

/// What can happen and is not among what the engine says.
fn beyond(naive: &NaiveResult, verdict: &Json) -> Vec<String> {
    let mut all = Vec::new();
    let said = combos(&verdict["combinaties"]);
    let missing: Vec<&Combo> = naive.combos.iter().filter(|one| !said.contains(*one)).collect();
    if !missing.is_empty() {
        all.push(format!("not exact, combinations missing: {missing:?}"));
    }
    let mut scores = vec![("totaal".to_owned(), &verdict["totaal"], Some(&naive.total))];
    for criterion in list(&verdict["criteria"]) {
        let name = text(&criterion["naam"]);
        for (field, of) in
            [("score", &naive.criteria), ("aandeel", &naive.shares), ("bijdrage", &naive.contributions)]
        {
            scores.push((format!("{name} {field}"), &criterion[field], of.get(name)));
        }
    }
    for (what, said, expected) in scores {
        let (said, Some(expected)) = (score(said), expected) else { continue };
        let inside = expected.min.is_none() || (said.min <= expected.min && expected.max <= said.max);
        if !inside
            || said.not_applicable != NotApplicable::Maybe && said.not_applicable != expected.not_applicable
        {
            all.push(format!("not exact, {what}: engine {said:?}, naive {expected:?}"));
        }
    }
    for (field, statuses, names) in [
        ("voorwaarden", &naive.conditions, ["vervuld", "niet_vervuld", "vervallen"]),
        ("uitsluitingen", &naive.exclusions, ["ja", "nee", "vervallen"]),
        ("signalen", &naive.signals, ["ja", "nee", "vervallen"]),
    ] {
        for one in list(&verdict[field]) {
            let (name, said) = (text(&one["naam"]), text(&one["status"]));
            if said != "open" && said != status(&statuses[name], names) {
                all.push(format!("not exact, {field} {name}: engine {said}, naive {:?}", statuses[name]));
            }
        }
    }
    all
}

/// Every combination that the naive evaluator finds has a witness, and no other has.
#[test]
fn every_combination_has_a_witness() {
    let (mut all, mut left_out) = (0, 0);
    for seed in seeds().take(2_000) {
        all += 1;
        let case = generate(seed);
        let Some(expected) = naive(&case) else {
            left_out += 1;
            continue;
        };
        let meetlat = meetlat::Meetlat::parse("regels.meetlat", &case.rules).into_result().unwrap();
        let proposal = meetlat.read("voorstel.json", &case.proposal, case.reference_date).unwrap();
        let (model, program, limits) = (meetlat.model(), meetlat.program(), meetlat.limits());
        let world = meetlat::internals::evaluate::world::World::new(program, &proposal, limits);
        let budget = meetlat::internals::limits::budget::Budget::new(limits);
        let reach = meetlat::internals::diagram::reach::Reach::new(program, world, &budget);
        let named = |(outcome, routes): &meetlat::internals::diagram::reach::Combination| -> Combo {
            let choices = model.routes.iter().zip(routes);
            (
                model.verdict.outcomes[usize::from(*outcome)].name.clone(),
                choices.map(|(route, at)| route.choices[usize::from(*at)].choice.name.clone()).collect(),
            )
        };
        let found: BTreeSet<Combo> = reach.combinations().unwrap().iter().map(named).collect();
        assert_eq!(found, expected.combos, "seed {seed}");
        for combo in &expected.combos {
            let world = reach.witness(&|one| named(one) == *combo).unwrap();
            let world = world.unwrap_or_else(|| panic!("seed {seed}: no witness of {combo:?}"));
            assert_eq!(
                meetlat::internals::diagram::reach::known(program, &world).as_ref().map(named).as_ref(),
                Some(combo)
            );
        }
        assert_eq!(reach.witness(&|one| !expected.combos.contains(&named(one))), Ok(None), "seed {seed}");
    }
    assert!(left_out * 50 <= all, "{left_out} of {all} cases have too many completions");
}

/// Pairs that once differed, or were not decided: relations on the grid, and scores that are linear in open numbers.
#[test]
fn pairs_that_once_differed() {
    for seed in [3682, 21894, 25123, 31270, 32298, 35448, 38334, 38939, 41898, 44899, 48366, 55059] {
        let found = compare(seed);
        assert!(found.is_none(), "{found:?}");
    }
}

/// None: both agree. Some of none: left out, because there are too many completions.
fn compare(seed: u64) -> Option<(u64, Option<String>)> {
    let case = generate(seed);
    let Some(expected) = naive(&case) else { return Some((seed, None)) };
    let differences = match engine_json(&case.rules, &case.proposal, case.reference_date) {
        Ok(verdict) => differences(&expected, &verdict),
        Err(diagnostics) => vec![diagnostics],
    };
    (!differences.is_empty()).then(|| (seed, Some(format!("seed {seed}\n  {}", differences.join("\n  ")))))
}

/// Without the engine: every text reads without a diagnostic, every case is evaluated.
#[test]
fn every_case_is_read_and_evaluated() {
    let (mut all, mut left_out, mut completions, mut settled, mut several) = (0_u64, 0, 0, 0_u64, 0_u64);
    let mut took = std::time::Duration::ZERO;
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    for seed in seeds() {
        let case = generate(seed);
        let (file, proposal) = (parsed(&case.rules), serde_json::from_str(&case.proposal).unwrap());
        let start = std::time::Instant::now();
        let result = evaluate(&file, &proposal, case.reference_date, CAP);
        took += start.elapsed();
        let Some(result) = result else {
            left_out += 1;
            continue;
        };
        all += 1;
        completions += result.completions;
        settled += u64::from(result.combos.len() == 1);
        several += u64::from(result.completions > 1);
        for (outcome, _) in result.combos {
            *outcomes.entry(outcome).or_default() += 1;
        }
    }
    println!(
        "{all} cases, {left_out} left out, {} completions each, {several} with open answers, {settled} settled, {outcomes:?}, \
         evaluated in {took:?}",
        completions / all
    );
    assert!(left_out * 50 <= all, "{left_out} of {all} cases have too many completions");
    // Of one pair there may well be nothing open.
    assert!(
        all < 50 || (several * 2 > all && settled * 4 > all && settled < all),
        "{several} open, {settled} settled of {all}"
    );
}

/// A generator that forgets a construct tests nothing of it.
#[test]
fn every_construct_is_generated() {
    let phrases = [
        "ja of nee",
        "ja, deels of nee",
        "ja, deels, nee of n.v.t.",
        "een van",
        "meerdere van",
        "heel getal",
        "getal",
        "percentage",
        "bedrag",
        "datum",
        "tekst",
        "lijst van 0 tot en met",
        "lijst van\n",
        "keuze uit ",
        "tot en met",
        "vanaf",
        "of geen",
        "of n.v.t.",
        "onderbouwing verplicht",
        "staat vast",
        "liever nee",
        "liever hoger",
        "liever lager",
        "geen goede kant",
        "beantwoord door",
        "uitleg",
        "\ntabel ",
        "anders € ",
        " bij jn",
        " bij keus",
        "bij jaar van",
        " bij klein",
        "\nonderdeel ",
        "score hoogste van ",
        "score laagste van ",
        "gemiddelde van ",
        "van\n      - ",
        ", gewicht 2",
        "aandeel ja van ",
        "naar 100% bij",
        "n.v.t.  als ",
        "\nbegrip ",
        "waarde\n",
        "waarde € ",
        "gewicht 0,5",
        "telt niet mee",
        "toont ",
        "eis minstens deels",
        "eis minstens 50%",
        "alleen als ",
        "\nvoorwaarde ",
        "\nuitsluiting ",
        "\nsignaal ",
        "meld ",
        "zo niet ",
        "\nroute ",
        "totaal gewogen gemiddelde",
        "totaal is minstens",
        "totaal is n.v.t.",
        "als een uitsluiting geldt",
        "als een eis niet is gehaald",
        "als elke voorwaarde is vervuld",
        "niet een uitsluiting geldt",
        "oordeel is ",
        "oordeel is niet ",
        "oordeel is een van ",
        " en ",
        " of ",
        "niet (",
        "is een van ",
        "is niet ",
        "is minstens deels",
        "is meer dan ",
        "is minder dan ",
        "is hoogstens ",
        "is na ",
        "is voor ",
        "is vanaf ",
        "is uiterlijk ",
        "is niet geen",
        "is n.v.t.",
        " bevat ",
        " bevat alle van ",
        "aantal keuzes",
        "aantal lijst",
        "alle lijst",
        "een van lijst",
        " hebben (",
        " heeft bedrag",
        "alle van\n",
        "minstens 2 van",
        "geen van\n",
        " + ",
        " - ",
        " * ",
        " / ",
        "som van ",
        "5% van ",
        "maanden na ",
        "maand voor ",
        "dagen na ",
        "weken voor ",
        "jaar na ",
        "jaar van ",
        "peildatum",
        "deels telt",
        "let op ",
        "bewust ",
        "aanname ",
        ", bron plan",
        "# ",
        "is minstens 33,33%",
        "bij € 0,0",
        "\r\n",
        "\u{feff}",
    ];
    let texts: Vec<String> = (0..3_000).map(|seed| generate(seed).rules).collect();
    let count = |phrase: &str| texts.iter().filter(|text| text.contains(phrase)).count();
    let rare: Vec<(&str, usize)> =
        phrases.map(|phrase| (phrase, count(phrase))).into_iter().filter(|(_, n)| *n < 8).collect();
    assert!(rare.is_empty(), "{rare:?}");
}

/// What the engine says otherwise.
fn differences(naive: &NaiveResult, verdict: &Json) -> Vec<String> {
    let mut all = Differences::default();
    let outcomes: BTreeSet<&str> = naive.combos.iter().map(|(outcome, _)| outcome.as_str()).collect();
    let oordeel = &verdict["oordeel"];
    all.check("oordeel exact", &oordeel["exact"], &Json::Bool(true));
    all.check("oordeel mogelijk", &words(&oordeel["mogelijk"]), &outcomes);
    all.settled("oordeel", &oordeel["status"], &oordeel["uitkomst"], &outcomes);
    let line = oordeel["beslissende_regel"]["nummer"].as_u64();
    let naive_line =
        naive.lines.first().filter(|_| naive.lines.len() == 1).map(|line| u64::try_from(*line).unwrap());
    all.check("oordeel regel", &line, &naive_line);

    all.check("volledig", &verdict["volledig"], &Json::Bool(true));
    all.check("combinaties", &combos(&verdict["combinaties"]), &naive.combos);
    for (i, route) in list(&verdict["routes"]).iter().enumerate() {
        let choices: BTreeSet<&str> = naive.combos.iter().map(|(_, routes)| routes[i].as_str()).collect();
        let name = format!("route {}", text(&route["naam"]));
        all.check(&format!("{name} mogelijk"), &words(&route["mogelijk"]), &choices);
        all.settled(&name, &route["status"], &route["keuze"], &choices);
    }

    all.check("totaal", &score(&verdict["totaal"]), &naive.total);
    let not_applicable = ScoreSet { not_applicable: NotApplicable::Always, ..ScoreSet::default() };
    for criterion in list(&verdict["criteria"]) {
        let name = text(&criterion["naam"]);
        for (field, scores) in
            [("score", &naive.criteria), ("aandeel", &naive.shares), ("bijdrage", &naive.contributions)]
        {
            let expected = scores.get(name).unwrap_or(&not_applicable);
            all.check(&format!("criterium {name} {field}"), &score(&criterion[field]), expected);
        }
        let status =
            naive.requirements.get(name).map(|set| status(set, ["gehaald", "niet_gehaald", "vervallen"]));
        all.check(&format!("eis {name}"), &criterion["eis"]["status"].as_str(), &status);
    }
    for (field, statuses, names) in [
        ("voorwaarden", &naive.conditions, ["vervuld", "niet_vervuld", "vervallen"]),
        ("uitsluitingen", &naive.exclusions, ["ja", "nee", "vervallen"]),
        ("signalen", &naive.signals, ["ja", "nee", "vervallen"]),
    ] {
        let found: BTreeMap<&str, &str> =
            list(&verdict[field]).iter().map(|one| (text(&one["naam"]), text(&one["status"]))).collect();
        let expected = statuses.iter().map(|(name, set)| (name.as_str(), status(set, names))).collect();
        all.check(field, &found, &expected);
    }

    let open = list(&verdict["open_vragen"]);
    let found: BTreeSet<&str> = open.iter().map(|question| text(&question["pointer"])).collect();
    all.check("open_vragen", &found, &naive.matters.keys().map(String::as_str).collect());
    for question in open {
        let pointer = text(&question["pointer"]);
        let Some(matter) = naive.matters.get(pointer) else { continue };
        let changes = question["raakt_oordeel"].as_bool();
        all.check(&format!("{pointer} raakt_oordeel"), &changes, &Some(matter.changes_outcome));
        // The classes of a list may be those of its lengths.
        if matter.is_list || naive.cut {
            continue;
        }
        let left = |class: &Json| {
            let places = list(&class["combinatie_plaatsen"]).iter().map(|at| at.as_u64().unwrap());
            places.map(|at| combo(&list(&verdict["combinaties"])[usize::try_from(at).unwrap()])).collect()
        };
        let classes: BTreeSet<BTreeSet<Combo>> = list(&question["klassen"]).iter().map(left).collect();
        all.check(&format!("{pointer} klassen"), &classes, &matter.classes);
    }
    all.0
}

#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn check<T: PartialEq + Debug>(&mut self, what: &str, engine: &T, naive: &T) {
        if engine != naive {
            self.0.push(format!("{what}: engine {engine:?}, naive {naive:?}"));
        }
    }

    /// `vast` with the one that is possible, or `open` with null.
    fn settled(&mut self, what: &str, status: &Json, chosen: &Json, possible: &BTreeSet<&str>) {
        let one = possible.first().copied().filter(|_| possible.len() == 1);
        let expected = (if one.is_some() { "vast" } else { "open" }, one);
        self.check(what, &(text(status), chosen.as_str()), &expected);
    }
}

/// All completions agree, or it is open.
fn status(set: &BTreeSet<Status>, [holds, fails, lapses]: [&'static str; 3]) -> &'static str {
    match set.first() {
        Some(Status::Holds) if set.len() == 1 => holds,
        Some(Status::Fails) if set.len() == 1 => fails,
        Some(Status::Lapses) if set.len() == 1 => lapses,
        _ => "open",
    }
}

fn score(json: &Json) -> ScoreSet {
    let fraction = |json: &Json| json.as_str().map(|text| text.parse::<BigRational>().unwrap());
    let not_applicable = match text(&json["nvt"]) {
        "nee" => NotApplicable::No,
        "mogelijk" => NotApplicable::Maybe,
        "ja" => NotApplicable::Always,
        other => panic!("nvt: {other}"),
    };
    ScoreSet { min: fraction(&json["van"]), max: fraction(&json["tot_en_met"]), not_applicable }
}

fn combos(json: &Json) -> BTreeSet<Combo> {
    list(json).iter().map(combo).collect()
}

fn combo(json: &Json) -> Combo {
    let choices = list(&json["routes"]).iter().map(|one| text(&one["keuze"]).to_owned()).collect();
    (text(&json["uitkomst"]).to_owned(), choices)
}

fn words(json: &Json) -> BTreeSet<&str> {
    list(json).iter().map(text).collect()
}

fn list(json: &Json) -> &[Json] {
    json.as_array().unwrap_or_else(|| panic!("no list: {json}"))
}

fn text(json: &Json) -> &str {
    json.as_str().unwrap_or_else(|| panic!("no text: {json}"))
}
