//! "Why" against plain enumeration, on random rules with random proposals: every set of points, and every set of answers, is
//! kept by deleting all other answers from the proposal, and judged by the naive evaluator. `MEETLAT_PAIRS` sets how many
//! pairs, `MEETLAT_SEED` the first seed.

use std::collections::{BTreeMap, BTreeSet};

use meetlat::Date;
use meetlat::Limits;
use meetlat::internals::rules::syntax;
use num_rational::BigRational;
use serde_json::Value as Json;

use crate::evaluator;
use crate::evaluator::parsing::parsed;
use crate::evaluator::{NaiveResult, NotApplicable, Status, reading, walk};
use crate::generate::generate;
use crate::support;
use crate::support::random::Random;

/// Cases with more completions, all answers that may be otherwise reopened, have some answers stand fast.
const CAP: u64 = 2_000;

/// Of the weighed models, and of verdicts as they are, more can be enumerated.
const MANY: u64 = 300_000;

/// Of more elements than these, not all sets are enumerated: such a case is left out.
const MOST: usize = 12;

/// A search that takes more steps is not waited for: of such a pair only what the result promises is compared.
const STEPS: u64 = 200_000;

fn seeds() -> std::ops::Range<u64> {
    support::seeds("MEETLAT_PAIRS", 200)
}

/// What became of one pair.
#[derive(Debug, Default)]
struct Compared {
    settled: bool,
    inexact: bool,
    /// A search ended at its limit.
    undecided: bool,
    /// Too many points or answers to enumerate every set of them.
    left_out: usize,
    /// Answers of which the effect on scores cannot be enumerated.
    sides_left_out: usize,
    /// Answers that were reopened alone, per criterion that reads them; of so many it changes the score.
    reopened: usize,
    sides: usize,
    /// Of the smallest sets of points, and of answers.
    sizes: [usize; 2],
    wrong: Vec<String>,
}

#[test]
fn why_agrees_with_enumeration() {
    agrees(Case::of, seeds());
}

/// Models in which weights, requirements and thresholds make sets of several points and answers decide.
#[test]
fn why_agrees_on_weighed_models() {
    let first = seeds().start;
    agrees(Case::weighed, first..first + (seeds().end - first).div_ceil(5));
}

fn agrees(case: fn(u64) -> Case, seeds: std::ops::Range<u64>) {
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let found: BTreeMap<u64, Compared> = std::thread::scope(|scope| {
        let share = |worker| {
            let seeds = seeds.clone().skip(worker).step_by(workers);
            seeds.map(|seed| (seed, compare(&case(seed))))
        };
        let started: Vec<_> =
            (0..workers).map(|worker| scope.spawn(move || share(worker).collect::<Vec<_>>())).collect();
        started.into_iter().flat_map(|one| one.join().unwrap()).collect()
    });
    let all = found.len();
    let count = |of: &dyn Fn(&Compared) -> bool| found.values().filter(|one| of(one)).count();
    let (settled, left_out) = (count(&|one| one.settled), count(&|one| one.left_out > 0));
    let undecided = count(&|one| one.undecided);
    let sum = |of: &dyn Fn(&Compared) -> usize| found.values().map(of).sum::<usize>();
    let (sides, reopened, sides_left_out) =
        (sum(&|one| one.sides), sum(&|one| one.reopened), sum(&|one| one.sides_left_out));
    let mut sizes: [BTreeMap<usize, usize>; 2] = [BTreeMap::new(), BTreeMap::new()];
    for one in found.values().filter(|one| one.settled) {
        for (sizes, size) in sizes.iter_mut().zip(one.sizes) {
            *sizes.entry(size).or_default() += 1;
        }
    }
    println!(
        "{all} pairs, {settled} settled, of {left_out} not every set was enumerated, smallest sets of points and \
         of answers by size {sizes:?}; {reopened} answers \
         reopened alone, {sides} times for or against, {sides_left_out} left out; {undecided} not decided"
    );
    let wrong: Vec<String> = found
        .iter()
        .filter(|(_, one)| !one.wrong.is_empty())
        .map(|(seed, one)| format!("seed {seed}\n  {}", one.wrong.join("\n  ")))
        .collect();
    if let Some(seed) = found.iter().find(|(_, one)| !one.wrong.is_empty()).map(|(seed, _)| *seed) {
        let case = case(seed);
        println!("seed {seed}\n{}\n{}\n{:?}", case.rules, case.proposal, case.reference_date);
    }
    assert!(wrong.is_empty(), "{} pairs differ\n{}", wrong.len(), wrong.join("\n"));
    assert!(left_out * 20 <= settled, "{left_out} of {settled} cases have too many points or answers");
    assert!(undecided * 100 <= all, "{undecided} of {all} not decided");
    let inexact = count(&|one| one.inexact);
    assert!(inexact * 50 <= all, "{inexact} of {all} not exact");
    assert!(sides_left_out * 5 <= reopened, "{sides_left_out} answers beside {reopened} left out");
    // A test in which hardly anything is settled, or by nothing, would show little.
    assert!(all < 40 || (settled * 5 >= all && sizes[1].len() > 2), "{settled} of {all}, {sizes:?}");
}

/// Pairs that are hard to decide: what is said of them is so, decided or not.
#[test]
fn what_is_said_of_hard_pairs_is_so() {
    for seed in [2160, 2829, 4378] {
        let compared = compare(&Case::of(seed));
        assert!(compared.wrong.is_empty(), "seed {seed}: {compared:?}");
    }
}

/// A generated pair in which some answers were made to stand fast, so that the others can be reopened all at once.
struct Case {
    rules: String,
    file: syntax::File,
    proposal: Json,
    reference_date: Option<Date>,
}

impl Case {
    fn of(seed: u64) -> Self {
        let case = generate(seed);
        let (file, proposal) = (parsed(&case.rules), serde_json::from_str(&case.proposal).unwrap());
        let mut case = Self { rules: case.rules, file, proposal, reference_date: case.reference_date };
        // First those that cannot be enumerated or are many, then as many others as it takes, from the last to the first.
        for least in [40, 6, 0] {
            for (name, fixed) in reading::questions(&case.file).into_iter().rev() {
                let atoms = case.atoms();
                if walk::is_enumerable(&case.file, &case.keeping(&BTreeSet::new()), case.reference_date, CAP)
                    && atoms.len() <= MOST
                {
                    return case;
                }
                let others: BTreeSet<String> =
                    atoms.iter().filter(|atom| question(atom) != name).cloned().collect();
                let of_it = atoms.len() - others.len();
                let few = walk::is_enumerable(&case.file, &case.keeping(&others), case.reference_date, least);
                if !fixed && of_it > 0 && !(few && least > 0) {
                    case.fix(&name);
                }
            }
        }
        case
    }

    /// Two to five criteria with weights over up to three questions each, a threshold or two, perhaps requirements, an
    /// exclusion and a condition; nearly all is answered.
    fn weighed(seed: u64) -> Self {
        let mut r = Random::new(seed);
        let (mut rules, mut answers) = (String::new(), Vec::new());
        let mut asked = 0;
        let mut ask = |r: &mut Random, rules: &mut String, kind: &str, ways: &[&str]| {
            asked += 1;
            let fixed = if r.percent(5) { "\n  staat vast" } else { "" };
            *rules +=
                &format!("vraag v{asked}: \"Vraag {asked}\"\n  bron plan\n  antwoord {kind}{fixed}\n\n");
            if r.percent(92) {
                answers.push(format!("\"v{asked}\": \"{}\"", r.pick(ways)));
            }
            format!("v{asked}")
        };
        let criteria = 2 + r.below(4);
        let mut left = 10_usize;
        let mut requirement = false;
        for at in 1..=criteria {
            let reads = (1 + r.below(3)).min(left.saturating_sub(2 * (criteria - at))).max(1);
            left = left.saturating_sub(reads);
            let names: Vec<String> = (0..reads)
                .map(|_| match r.below(3) {
                    0 => ask(&mut r, &mut rules, "ja of nee", &["ja", "ja", "nee"]),
                    _ => ask(&mut r, &mut rules, "ja, deels of nee", &["ja", "ja", "deels", "nee"]),
                })
                .collect();
            let how = *r.pick(&["gemiddelde", "gemiddelde", "laagste", "hoogste"]);
            let score = if reads == 1 { names[0].clone() } else { format!("{how} van {}", names.join(", ")) };
            rules += &format!(
                "criterium c{at}: \"Criterium {at}\"\n  bron plan\n  score {score}\n  gewicht {}\n",
                1 + r.below(3)
            );
            if r.percent(20) {
                requirement = true;
                rules += "  eis minstens 50%\n";
            }
            rules += "\n";
        }
        let mut lines = Vec::new();
        if r.percent(30) {
            let name = ask(&mut r, &mut rules, "ja of nee", &["ja", "nee", "nee"]);
            rules += &format!("uitsluiting x: \"Uitsluiting\"\n  bron plan\n  als {name} is ja\n\n");
            lines.push("afgewezen als een uitsluiting geldt");
        }
        if requirement {
            lines.push("afgewezen als een eis niet is gehaald");
        }
        let whole = *r.pick(&["60", "70", "75", "50"]);
        let good = if r.percent(30) {
            let name = ask(&mut r, &mut rules, "ja of nee", &["ja", "ja", "nee"]);
            rules += &format!("voorwaarde w: \"Voorwaarde\"\n  bron plan\n  vervuld als {name} is ja\n\n");
            format!("voldoet als totaal is minstens {whole}% en elke voorwaarde is vervuld")
        } else {
            format!("voldoet als totaal is minstens {whole}%")
        };
        lines.push(&good);
        lines.push("matig als totaal is minstens 40%");
        lines.push("afgewezen anders");
        let header = "meetlat proef: \"Proef\"\n  versie 1\n  geldig vanaf 1 januari 2000\n  bron plan: \"Plan\"\n  \
                      deels telt 50%, aanname \"halverwege\"\n\n";
        let outcomes = "  uitkomsten van goed naar slecht\n    - voldoet: \"V\"\n    - matig: \"M\"\n    - afgewezen: \"A\"\n";
        rules = format!(
            "{header}{rules}oordeel: \"Oordeel\"\n  bron plan\n  totaal gewogen gemiddelde, bron plan\n{outcomes}  {}\n",
            lines.join("\n  ")
        );
        let proposal = format!("{{\"meetlat\": \"proef\", \"antwoorden\": {{{}}}}}", answers.join(", "));
        let (file, proposal) = (parsed(&rules), serde_json::from_str(&proposal).unwrap());
        Self { rules, file, proposal, reference_date: None }
    }

    /// Adds `staat vast` to a question.
    fn fix(&mut self, name: &str) {
        let end = if self.rules.contains("\r\n") { "\r\n" } else { "\n" };
        let start = format!("vraag {name}: ");
        let mut lines: Vec<String> = self.rules.split(end).map(str::to_owned).collect();
        let at = lines.iter().position(|line| line.starts_with(&start)).unwrap();
        let indent = lines[at + 1].len() - lines[at + 1].trim_start().len();
        lines.insert(at + 1, format!("{}staat vast", " ".repeat(indent)));
        self.rules = lines.join(end);
        self.file = parsed(&self.rules);
    }

    /// JSON pointers of all given answers, in file order; a list's before those in its items.
    fn given(&self) -> Vec<String> {
        let open = evaluator::evaluate(&self.file, &self.proposal, self.reference_date, u64::MAX / 2);
        let open = open.unwrap().open;
        let mut given = Vec::new();
        for (name, _) in reading::questions(&self.file) {
            let pointer = format!("/antwoorden/{name}");
            if open.contains(&pointer) {
                continue;
            }
            given.push(pointer.clone());
            for at in 0..items(&self.proposal["antwoorden"][&name]).map_or(0, Vec::len) {
                let fields = reading::fields(&self.file, &name).into_iter();
                let fields = fields.map(|field| format!("{pointer}/{at}/{field}"));
                given.extend(fields.filter(|field| !open.contains(field)));
            }
        }
        given
    }

    /// Those that may be reopened.
    fn atoms(&self) -> Vec<String> {
        let fixed: BTreeMap<String, bool> = reading::questions(&self.file).into_iter().collect();
        self.given().into_iter().filter(|pointer| !fixed[question(pointer)]).collect()
    }

    /// The proposal with only these of the answers that may be reopened. An answer in an item keeps the list.
    fn keeping(&self, kept: &BTreeSet<String>) -> Json {
        let mut proposal = self.proposal.clone();
        let lists: BTreeSet<&str> = kept.iter().map(|pointer| question(pointer)).collect();
        for atom in self.atoms() {
            if kept.contains(&atom) || (is_whole(&atom) && lists.contains(question(&atom))) {
                continue;
            }
            remove(&mut proposal, &atom);
        }
        proposal
    }
}

fn question(pointer: &str) -> &str {
    pointer.split('/').nth(2).unwrap()
}

fn is_whole(pointer: &str) -> bool {
    pointer.split('/').count() == 3
}

/// The items of a list as given, bare or wrapped; none where there are none.
fn items(answer: &Json) -> Option<&Vec<Json>> {
    answer
        .as_array()
        .filter(|items| items.iter().all(Json::is_object))
        .or_else(|| answer["antwoord"].as_array())
}

/// Deletes one answer, wherever it stands.
fn remove(proposal: &mut Json, pointer: &str) {
    let mut path = pointer.split('/').skip(2);
    let answers = proposal["antwoorden"].as_object_mut().unwrap();
    let name = path.next().unwrap();
    let (Some(item), Some(field)) = (path.next(), path.next()) else {
        answers.remove(name);
        return;
    };
    let Some(answer) = answers.get_mut(name) else { return };
    let list = if answer.is_array() { answer } else { &mut answer["antwoord"] };
    let item: usize = item.parse().unwrap();
    list[item].as_object_mut().unwrap().remove(field);
}

/// The smallest sets that decide, in the order of their elements; none where not every set can be enumerated.
fn smallest(case: &Case, outcome: &str, keeps: &[BTreeSet<String>]) -> Option<Vec<Vec<usize>>> {
    if keeps.len() > MOST {
        return None;
    }
    // From all elements down: what a set does not decide, no part of it decides.
    let all = 1_u32 << keeps.len();
    let mut decides = vec![false; all as usize];
    let mut known: BTreeMap<BTreeSet<String>, bool> = BTreeMap::new();
    let mut sets: Vec<u32> = (0..all).collect();
    sets.sort_by_key(|set| std::cmp::Reverse(set.count_ones()));
    for set in sets {
        let mut larger = (0..keeps.len()).map(|at| set | 1 << at).filter(|larger| *larger != set);
        if !larger.all(|larger| decides[larger as usize]) {
            continue;
        }
        let kept: BTreeSet<String> =
            (0..keeps.len()).filter(|at| set >> at & 1 == 1).flat_map(|at| keeps[at].clone()).collect();
        decides[set as usize] = match known.get(&kept) {
            Some(decides) => *decides,
            None => {
                let proposal = case.keeping(&kept);
                let always = walk::always(&case.file, &proposal, case.reference_date, MANY, outcome)?;
                known.insert(kept, always);
                always
            }
        };
    }
    let elements = |set: u32| (0..keeps.len()).filter(|at| set >> at & 1 == 1).collect::<Vec<_>>();
    let of: Vec<u32> = (0..all).filter(|set| decides[*set as usize]).collect();
    let fewest = of.iter().map(|set| set.count_ones()).min().unwrap();
    let mut found: Vec<Vec<usize>> =
        of.into_iter().filter(|set| set.count_ones() == fewest).map(elements).collect();
    found.sort();
    Some(found)
}

fn compare(case: &Case) -> Compared {
    let limits = Limits { other_sets: 100_000, search_steps: STEPS, ..Limits::default() };
    let meetlat = meetlat::Meetlat::parse_with("regels.meetlat", &case.rules, &limits).into_result().unwrap();
    let text = case.proposal.to_string();
    let proposal = meetlat.read("voorstel.json", &text, case.reference_date).unwrap();
    let why: Json = serde_json::from_str(
        &meetlat.in_language(meetlat::Language::Nl).why_by_answers(&proposal).unwrap().to_json(),
    )
    .unwrap();
    let mut compared = Compared::default();
    let Some(naive) = evaluator::evaluate(&case.file, &case.proposal, case.reference_date, 20_000) else {
        compared.left_out += 1;
        return compared;
    };
    compared.undecided = !why["voorlopig"].is_null();
    let wrong = &mut compared.wrong;
    let outcomes: BTreeSet<&str> = naive.combos.iter().map(|(outcome, _)| outcome.as_str()).collect();
    let points = reading::points(&case.file);
    if outcomes.len() == 1 {
        compared.settled = true;
        let outcome = *outcomes.first().unwrap();
        let atoms = case.atoms();
        let keeps: Vec<BTreeSet<String>> = points
            .iter()
            .map(|(_, read)| atoms.iter().filter(|atom| read.contains(question(atom))).cloned().collect())
            .collect();
        let names: Vec<&str> = points.iter().map(|(name, _)| name.as_str()).collect();
        let found: Vec<&str> =
            list(&why["beslissende_punten"]["punten"]).iter().map(|one| text_of(&one["naam"])).collect();
        match smallest(case, outcome, &keeps) {
            Some(sets) => {
                compared.sizes[0] = sets[0].len();
                if compared.undecided {
                    smallest_promised(wrong, "points", &why["beslissende_punten"], &found, &names, &sets);
                } else {
                    differs(wrong, "points", &why["beslissende_punten"], &found, &names, &sets);
                }
            }
            None => compared.left_out += 1,
        }
        if compared.undecided
            && !why["beslissende_punten"].is_null()
            && !decides(case, outcome, &found, &names, &keeps)
        {
            wrong.push(format!("points: {found:?} does not decide"));
        }
        let names: Vec<&str> = atoms.iter().map(String::as_str).collect();
        let keeps: Vec<BTreeSet<String>> = atoms.iter().map(|atom| BTreeSet::from([atom.clone()])).collect();
        let found: Vec<&str> = list(&why["beslissende_antwoorden"]["antwoorden"])
            .iter()
            .map(|one| text_of(&one["pointer"]))
            .collect();
        match smallest(case, outcome, &keeps) {
            Some(sets) => {
                compared.sizes[1] = sets[0].len();
                if compared.undecided {
                    smallest_promised(
                        wrong,
                        "answers",
                        &why["beslissende_antwoorden"],
                        &found,
                        &names,
                        &sets,
                    );
                } else {
                    differs(wrong, "answers", &why["beslissende_antwoorden"], &found, &names, &sets);
                }
            }
            None => compared.left_out += 1,
        }
        if compared.undecided
            && !why["beslissende_antwoorden"].is_null()
            && !decides(case, outcome, &found, &names, &keeps)
        {
            wrong.push(format!("answers: {found:?} does not decide"));
        }
    } else if !why["beslissende_punten"].is_null() || !why["beslissende_antwoorden"].is_null() {
        wrong.push("decided while it is open".to_owned());
    }
    sides(case, &naive, &points, &why, &mut compared);
    // The engine may only be in doubt about answers that cannot be enumerated here either: a list without a greatest length,
    // numbers that hang together.
    compared.inexact = why["exact"] != true;
    if compared.undecided && !compared.inexact {
        compared.wrong.push("a search ended, and it is called exact".to_owned());
    }
    if compared.inexact && !compared.undecided && compared.sides_left_out == 0 {
        compared.wrong.push("not exact".to_owned());
    }
    compared
}

/// Whether a set decides; also where that cannot be enumerated. Of two that share a name both are kept.
fn decides(case: &Case, outcome: &str, found: &[&str], names: &[&str], keeps: &[BTreeSet<String>]) -> bool {
    let shown = names.iter().zip(keeps).filter(|(name, _)| found.contains(name));
    let kept: BTreeSet<String> = shown.flat_map(|(_, keeps)| keeps.clone()).collect();
    let named = found.iter().all(|name| names.contains(name));
    named && walk::always(&case.file, &case.keeping(&kept), case.reference_date, MANY, outcome) != Some(false)
}

/// Of a search that ended: what is called smallest is so, and no more others are counted than there are.
fn smallest_promised(
    wrong: &mut Vec<String>,
    what: &str,
    why: &Json,
    found: &[&str],
    names: &[&str],
    sets: &[Vec<usize>],
) {
    if why["kleinste"] != true {
        return;
    }
    let first: Vec<&str> = sets[0].iter().map(|at| names[*at]).collect();
    let others = u64::try_from(sets.len() - 1).unwrap();
    let counted = why["andere"]["aantal"].as_u64().unwrap();
    if found != first || counted > others || (why["andere"]["precies"] == true && counted != others) {
        wrong.push(format!("{what}: engine {found:?} and {counted} others, naive {first:?} and {others}"));
    }
}

fn differs(
    wrong: &mut Vec<String>,
    what: &str,
    why: &Json,
    found: &[&str],
    names: &[&str],
    sets: &[Vec<usize>],
) {
    let first: Vec<&str> = sets[0].iter().map(|at| names[*at]).collect();
    let others = u64::try_from(sets.len() - 1).unwrap();
    if found != first || why["andere"]["aantal"] != others {
        let of = why["andere"]["aantal"].clone();
        wrong.push(format!("{what}: engine {found:?} and {of} others, naive {first:?} and {others}"));
    }
    if why["kleinste"] != true || why["andere"]["precies"] != true {
        wrong.push(format!("{what}: not shown to be the smallest, or not all counted"));
    }
}

/// Difference in the total and in the criterion; the criterion and the pointer.
type Heaviest = ((BigRational, BigRational), String, String);

/// Pointer, difference in the criterion, difference in the total.
type Side = (String, BigRational, Option<BigRational>);

fn sides(
    case: &Case,
    naive: &NaiveResult,
    points: &[(String, BTreeSet<String>)],
    why: &Json,
    compared: &mut Compared,
) {
    let given = case.given();
    let zero = BigRational::from_integer(0.into());
    let mut reopened = BTreeMap::new();
    for pointer in &given {
        let mut proposal = case.proposal.clone();
        remove(&mut proposal, pointer);
        let scores = walk::scores(&case.file, &proposal, case.reference_date, 20_000, pointer);
        reopened.insert(pointer.as_str(), scores);
    }
    // By what the strongest is chosen: in the total (at the least share), else in the criterion.
    let mut strongest: [Option<Heaviest>; 2] = [None, None];
    let mut missed = None;
    let mut unknown = false;
    for criterion in list(&why["criteria"]) {
        let name = text_of(&criterion["naam"]);
        let read = &points.iter().find(|(one, _)| one == name).unwrap().1;
        let share = naive.shares.get(name);
        let least_share = share.and_then(|share| share.min.clone()).unwrap_or_else(|| zero.clone());
        let share = share
            .filter(|share| share.not_applicable == NotApplicable::No && share.min == share.max)
            .and_then(|share| share.min.clone());
        let found = criterion["aandeel"]["breuk"].as_str().map(fraction);
        // Where a search ended something may be missing; what is said still holds.
        let missing = compared.undecided;
        if found != share && (found.is_some() || !missing) {
            compared.wrong.push(format!("{name}: share {} and {share:?}", criterion["aandeel"]));
        }
        let fails =
            naive.requirements.get(name).is_some_and(|found| *found == BTreeSet::from([Status::Fails]));
        let said = criterion["eis_niet_gehaald"].is_string();
        if fails != said && (said || !missing) {
            compared.wrong.push(format!("{name}: missed {}, naive {fails}", criterion["eis_niet_gehaald"]));
        }
        if fails {
            missed.get_or_insert_with(|| name.to_owned());
        }
        let mut expected: [Vec<Side>; 2] = [Vec::new(), Vec::new()];
        let mut skipped = BTreeSet::new();
        let now = naive.criteria.get(name).and_then(|score| Some((score.min.clone()?, score.max.clone()?)));
        for pointer in given.iter().filter(|pointer| read.contains(question(pointer))) {
            let Some((least, greatest)) = &now else { continue };
            let Some(scores) = &reopened[pointer.as_str()] else {
                skipped.insert(pointer.as_str());
                compared.sides_left_out += 1;
                unknown = true;
                continue;
            };
            compared.reopened += 1;
            let Some((lowest, highest)) = scores.get(name) else { continue };
            let differences = [least - lowest, highest - greatest];
            for (side, difference) in differences.into_iter().enumerate() {
                if difference > zero {
                    let key = (&difference * &least_share, difference.clone());
                    if strongest[side].as_ref().is_none_or(|(known, ..)| {
                        key.0 > known.0 || (key.0 == known.0 && key.0 == zero && key.1 > known.1)
                    }) {
                        strongest[side] = Some((key, name.to_owned(), pointer.clone()));
                    }
                    let in_total = share.as_ref().map(|share| &difference * share);
                    expected[side].push((pointer.clone(), difference, in_total));
                }
            }
        }
        for (side, field) in ["voor", "tegen"].into_iter().enumerate() {
            let sides = &mut expected[side];
            sides.sort_by(|a, b| b.1.cmp(&a.1));
            compared.sides += sides.len();
            let found: Vec<Side> = list(&criterion[field])
                .iter()
                .map(|one| {
                    let pointer = text_of(&one["antwoord"]["pointer"]).to_owned();
                    let total = one["verschil_totaal"]["breuk"].as_str().map(fraction);
                    (pointer, fraction(text_of(&one["verschil"]["breuk"])), total)
                })
                .filter(|(pointer, ..)| !skipped.contains(pointer.as_str()))
                .collect();
            let is_one = |one: &Side| {
                let same =
                    |side: &Side| side.0 == one.0 && side.1 == one.1 && (one.2.is_none() || side.2 == one.2);
                sides.iter().any(same)
            };
            if found != *sides && !(missing && found.iter().all(is_one)) {
                compared.wrong.push(format!("{name} {field}: engine {found:?}, naive {sides:?}"));
            }
        }
    }
    let only = |of: &BTreeMap<String, BTreeSet<Status>>, kind, status| {
        let declared = case.file.declarations.iter().filter(move |one| one.kind.node == kind);
        let mut names = declared.map(|one| one.name.as_ref().unwrap().node.clone());
        names.find(|name| of.get(name) == Some(&BTreeSet::from([status])))
    };
    let [in_favour, against] = strongest.map(|one| one.map(|(_, name, pointer)| (name, Some(pointer))));
    let against = only(&naive.exclusions, syntax::DeclarationKind::Exclusion, Status::Holds)
        .or(missed)
        .or_else(|| only(&naive.conditions, syntax::DeclarationKind::Condition, Status::Fails))
        .map(|name| (name, None))
        .or(against);
    let named = |point: &Json| {
        let pointer = point["antwoord"]["antwoord"]["pointer"].as_str().map(str::to_owned);
        (!point.is_null()).then(|| (text_of(&point["naam"]).to_owned(), pointer))
    };
    for (field, expected) in [("sterkste_voor", in_favour), ("sterkste_tegen", against)] {
        let found = named(&why[field]);
        if found != expected && !unknown && !compared.undecided {
            compared.wrong.push(format!("{field}: engine {found:?}, naive {expected:?}"));
        }
    }
}

fn fraction(text: &str) -> BigRational {
    text.parse().unwrap()
}

fn list(json: &Json) -> &[Json] {
    json.as_array().map_or(&[], Vec::as_slice)
}

fn text_of(json: &Json) -> &str {
    json.as_str().unwrap_or_else(|| panic!("no text: {json}"))
}
