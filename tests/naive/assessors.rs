//! Several assessors, consensus and closing, against plain enumeration: on random rules with random proposals.
//! `MEETLAT_PAIRS` sets how many, `MEETLAT_SEED` the first seed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use meetlat::Proposal;
use meetlat::findings::Place;
use meetlat::findings::State;
use meetlat::{Meetlat, Verdict};
use serde_json::Value as Json;

use crate::evaluator::Combo;
use crate::evaluator::assessed::{Assessed, evaluate};
use crate::evaluator::parsing::parsed;
use crate::generate::Case;
use crate::generate::assessed::generate_assessed;
use crate::support::random::Random;
use crate::support::seeds;

/// Cases with more completions are left out; the generator keeps nearly all below it.
const CAP: u64 = 20_000;

/// What one seed showed.
#[derive(Default)]
struct Seen {
    left_out: usize,
    differences: usize,
    mattering: usize,
    consensus: usize,
    closed: usize,
    closed_open: usize,
    closed_settled: usize,
    wrong: BTreeMap<u64, Vec<String>>,
}

#[test]
fn assessors_and_closing_agree_with_plain_enumeration() {
    let seeds = seeds("MEETLAT_PAIRS", 200);
    let pairs = seeds.end - seeds.start;
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = |worker: usize| {
        let mut seen = Seen::default();
        for seed in seeds.clone().skip(worker).step_by(workers) {
            look(seed, &mut seen);
        }
        seen
    };
    let found: Vec<Seen> = std::thread::scope(|scope| {
        let started: Vec<_> = (0..workers).map(|worker| scope.spawn(move || share(worker))).collect();
        started.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let sum = |of: fn(&Seen) -> usize| found.iter().map(of).sum::<usize>();
    println!(
        "{} left out; {} differences, {} matter; {} agreed on; closings: {} closed, {} stay open, {} were settled",
        sum(|seen| seen.left_out),
        sum(|seen| seen.differences),
        sum(|seen| seen.mattering),
        sum(|seen| seen.consensus),
        sum(|seen| seen.closed),
        sum(|seen| seen.closed_open),
        sum(|seen| seen.closed_settled)
    );
    let left_out = sum(|seen| seen.left_out);
    let met = [
        sum(|seen| seen.mattering),
        sum(|seen| seen.differences) - sum(|seen| seen.mattering),
        sum(|seen| seen.consensus),
        sum(|seen| seen.closed),
        sum(|seen| seen.closed_open),
        sum(|seen| seen.closed_settled),
    ];
    let wrong: BTreeMap<u64, Vec<String>> = found.into_iter().flat_map(|seen| seen.wrong).collect();
    if let Some(seed) = wrong.keys().next() {
        let case = generate_assessed(*seed);
        println!("seed {seed}\n{}\n{}\n", case.rules, case.proposal);
    }
    let said: Vec<String> =
        wrong.iter().map(|(seed, all)| format!("seed {seed}\n  {}", all.join("\n  "))).collect();
    assert!(wrong.is_empty(), "{} pairs differ\n{}", wrong.len(), said.join("\n"));
    assert!(left_out as u64 * 25 <= pairs, "{left_out} cases have too many completions");
    // What the suite is about is met, where there are pairs enough.
    assert!(pairs < 200 || met.iter().all(|&times| times > 0), "{met:?}");
}

fn look(seed: u64, seen: &mut Seen) {
    let case = generate_assessed(seed);
    let mut random = Random::new(seed ^ 0xA55E);
    let mut proposal: Json = serde_json::from_str(&case.proposal).unwrap();
    let Some(mut expected) = naive(&case, &proposal) else {
        seen.left_out += 1;
        return;
    };
    let meetlat = match Meetlat::parse("regels.meetlat", &case.rules).into_result() {
        Ok(meetlat) => meetlat,
        Err(found) => panic!("seed {seed}: {found:?}"),
    };
    let mut wrong = Wrong::default();
    let differ: Vec<String> =
        expected.slots.iter().filter(|(_, differs)| *differs).map(|(pointer, _)| pointer.clone()).collect();
    if !differ.is_empty() && random.percent(40) {
        // What one of them gave is agreed on.
        let pointer = random.pick(&differ).clone();
        if let Some(answer) = given(&proposal, &pointer) {
            proposal["consensus"] = serde_json::json!([{
                "vraag": pointer, "antwoord": answer, "namen": ["A", "B"], "datum": "2020-02-02", "reden": "overlegd"
            }]);
            seen.consensus += 1;
            match naive(&case, &proposal) {
                Some(other) => expected = other,
                None => {
                    seen.left_out += 1;
                    return;
                }
            }
        }
    }
    if let Some((read, verdict)) = engine(&meetlat, &case, &proposal, &mut wrong) {
        assessed(&expected, &verdict, &mut wrong);
        seen.differences += verdict.differences.len();
        seen.mattering += verdict.differences.iter().filter(|one| one.matters).count();
        let _ = read;
    }
    // Some of what is open is closed.
    let pointers: Vec<String> = expected.slots.iter().map(|(pointer, _)| pointer.clone()).collect();
    if !pointers.is_empty() {
        let most = if random.percent(50) { pointers.len() } else { pointers.len().min(2) };
        let closed = random.some(&pointers, 1, most);
        proposal["afgesloten"] = serde_json::json!({
            "door": "C", "datum": "2020-03-03", "reden": "de tijd is om", "vragen": closed
        });
        if let Some((read, verdict)) = engine(&meetlat, &case, &proposal, &mut wrong) {
            closing(&meetlat, &expected, &closed, &read, &verdict, &mut wrong);
            assessed(&expected, &verdict, &mut wrong);
            match text(&verdict, "status").as_str() {
                "afgesloten" => seen.closed += 1,
                "open" => seen.closed_open += 1,
                _ => seen.closed_settled += 1,
            }
        }
    }
    if !wrong.0.is_empty() {
        seen.wrong.insert(seed, wrong.0);
    }
}

fn naive(case: &Case, proposal: &Json) -> Option<Assessed> {
    evaluate(&parsed(&case.rules), proposal, case.reference_date, CAP)
}

fn engine(meetlat: &Meetlat, case: &Case, proposal: &Json, wrong: &mut Wrong) -> Option<(Proposal, Verdict)> {
    match meetlat.read("voorstel.json", &proposal.to_string(), case.reference_date) {
        Ok(read) => {
            let verdict = meetlat.evaluate(&read).unwrap();
            Some((read, verdict))
        }
        Err(found) => {
            wrong.0.extend(found.iter().map(|one| format!("{} {}", one.code, one.message.nl)));
            None
        }
    }
}

/// An answer that someone gave to a place, with its ground.
fn given(proposal: &Json, pointer: &str) -> Option<Json> {
    let assessors = proposal["beoordelingen"].as_array().unwrap().iter();
    let all = std::iter::once(&proposal["antwoorden"]).chain(assessors.map(|one| &one["antwoorden"]));
    let mut path = pointer.strip_prefix("/antwoorden/").unwrap().split('/');
    let (question, item, field) = (path.next().unwrap(), path.next(), path.next());
    let mut found = all.filter_map(|answers| {
        let answer = &answers[question];
        match (item, field) {
            (Some(item), Some(field)) => {
                let list = if answer.is_array() { answer } else { &answer["antwoord"] };
                Some(&list.get(item.parse::<usize>().unwrap())?[field])
            }
            _ => Some(answer),
        }
    });
    found
        .rfind(|answer| {
            let bare = if answer.is_object() { &answer["antwoord"] } else { answer };
            !bare.is_null()
        })
        .cloned()
}

#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn check<T: PartialEq + Debug>(&mut self, what: &str, engine: &T, naive: &T) {
        if engine != naive {
            self.0.push(format!("{what}: engine {engine:?}, naive {naive:?}"));
        }
    }
}

fn combo(of: &meetlat::document::Combination) -> Combo {
    (of.outcome.clone(), of.routes.iter().map(|one| one.choice.clone()).collect())
}

fn text(verdict: &Verdict, field: &str) -> String {
    let json: Json = serde_json::from_str(&verdict.to_json()).unwrap();
    json["oordeel"][field].as_str().unwrap_or("null").to_owned()
}

fn assessed(expected: &Assessed, verdict: &Verdict, wrong: &mut Wrong) {
    wrong.check("exact", &verdict.outcome.exact, &true);
    let combos: BTreeSet<Combo> = verdict.combinations.iter().map(combo).collect();
    wrong.check("combinaties", &combos, &expected.combos);
    let differ: BTreeSet<&str> =
        expected.slots.iter().filter(|(_, differs)| *differs).map(|(pointer, _)| pointer.as_str()).collect();
    let found: BTreeSet<&str> = verdict.differences.iter().map(|one| one.pointer.as_str()).collect();
    wrong.check("verschillen", &found, &differ);
    for one in &verdict.differences {
        let pointer = one.pointer.as_str();
        let matter = expected.matters.get(pointer);
        wrong.check(&format!("{pointer} van_belang"), &one.matters, &matter.is_some());
        let Some(matter) = matter else {
            wrong.check(&format!("{pointer} klassen"), &one.classes.len(), &0);
            continue;
        };
        wrong.check(&format!("{pointer} raakt_oordeel"), &one.changes_outcome, &matter.changes_outcome);
        let left = |class: &meetlat::document::AnswerClass| -> BTreeSet<Combo> {
            class.combinations.iter().map(|at| combo(&verdict.combinations[*at as usize])).collect()
        };
        let classes: BTreeSet<BTreeSet<Combo>> = one.classes.iter().map(left).collect();
        wrong.check(&format!("{pointer} klassen"), &classes, &matter.classes);
    }
    let matter = expected.matters.keys().map(String::as_str).filter(|pointer| !differ.contains(pointer));
    let open: BTreeSet<&str> = verdict.open_questions.iter().map(|one| one.pointer.as_str()).collect();
    wrong.check("open_vragen", &open, &matter.collect());
    // Those that matter first.
    let order: Vec<bool> = verdict.differences.iter().map(|one| !one.matters).collect();
    wrong.check("volgorde", &order.is_sorted(), &true);
}

fn closing(
    meetlat: &Meetlat,
    expected: &Assessed,
    closed: &[String],
    read: &Proposal,
    verdict: &Verdict,
    wrong: &mut Wrong,
) {
    let names: Vec<String> = meetlat.model().verdict.outcomes.iter().map(|one| one.name.clone()).collect();
    let worst = expected.worst(closed, &names);
    let Some(found) = &verdict.closing else {
        wrong.0.push("geen afsluiting".to_owned());
        return;
    };
    wrong.check("afsluiting exact", &found.exact, &true);
    let possible: Vec<&str> = found.possible.iter().map(String::as_str).collect();
    let expected_names: Vec<&str> = worst.iter().map(|at| names[*at].as_str()).collect();
    wrong.check("afsluiting mogelijk", &possible, &expected_names);
    let one = expected_names.first().filter(|_| worst.len() == 1).copied();
    wrong.check("afsluiting uitkomst", &found.outcome.as_deref(), &one);
    let outcomes: BTreeSet<&str> = expected.combos.iter().map(|(outcome, _)| outcome.as_str()).collect();
    let status = match (outcomes.len(), worst.len()) {
        (1, _) => "vast",
        (_, 1) => "afgesloten",
        _ => "open",
    };
    wrong.check("status", &text(verdict, "status").as_str(), &status);
    let shown = if status == "open" { None } else { one };
    wrong.check("uitkomst", &verdict.outcome.outcome.as_deref(), &shown);
    // The witness, put into the proposal, gives that outcome and those routes.
    let judged = meetlat.judge(read).unwrap().closed.unwrap();
    wrong.check("getuige", &(judged.witness.len() == closed.len()), &one.is_some());
    let Some(one) = one else { return };
    let mut answered = read.clone();
    answered.closing = None;
    let counted = judged.witness.iter().filter_map(|(place, answer)| Some((place, answer.as_ref()?)));
    let all: Vec<(Place, State)> = counted
        .chain(judged.beside.iter().map(|(place, answer)| (place, answer)))
        .map(|(place, answer)| (*place, answer.state.clone()))
        .collect();
    for (place, state) in all {
        answered.disputes.remove(&place);
        match answered.answer_mut(place) {
            Some(answer) => answer.state = state,
            // Below an item that the witness leaves out.
            None => answered.disputes.retain(|other, _| *other != place),
        }
    }
    let again = meetlat.evaluate(&answered).unwrap();
    wrong.check("getuige geeft", &again.outcome.outcome.as_deref(), &Some(one));
    for (route, kept) in again.routes.iter().zip(&found.routes) {
        wrong.check(&format!("route {}", route.name), &kept.possible, &route.possible);
    }
}
