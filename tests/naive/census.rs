//! Counts of completions against every completion one by one, and pairs of rule files of which one place differs.
//! `MEETLAT_PAIRS` sets how many, `MEETLAT_SEED` the first seed.

use std::collections::BTreeMap;

use meetlat::Date;
use meetlat::Meetlat;
use meetlat::findings::Compared;
use meetlat::findings::Number;
use meetlat::findings::Uncounted;

use crate::evaluator::parsing::parsed;
use crate::evaluator::{completions, evaluate, outcomes_of_both};
use crate::generate::wide::{Wide, generate_wide};
use crate::generate::{Case, generate, generate_empty};
use crate::support::random::Random;
use crate::support::seeds;

const CAP: u64 = 3_000;

fn whole(n: usize) -> Number {
    Number::whole(i64::try_from(n).unwrap())
}

#[derive(Default)]
struct Counts {
    files: usize,
    counted: usize,
    sizes: usize,
    endless: usize,
    together: usize,
    other: usize,
    wrong: Vec<String>,
}

fn count(counts: &mut Counts, name: &str, case: &Case) {
    let Ok(meetlat) = Meetlat::parse("regels.meetlat", &case.rules).into_result() else { return };
    let Ok(proposal) = meetlat.read("voorstel.json", &case.proposal, case.reference_date) else { return };
    if case.up_to.is_some() {
        return;
    }
    counts.files += 1;
    let census = match meetlat.census(&proposal) {
        Ok(census) => census,
        Err(Uncounted::Endless { .. }) => {
            counts.endless += 1;
            return;
        }
        Err(Uncounted::Together { .. }) => {
            counts.together += 1;
            return;
        }
        Err(_) => {
            counts.other += 1;
            return;
        }
    };
    let sum = census.combinations.iter().fold(census.undecided.clone(), |sum, one| sum.add(&one.completions));
    if sum != census.completions {
        counts.wrong.push(format!("{name}: {sum:?} of {:?} are told", census.completions));
    }
    let json = serde_json::from_str(&case.proposal).unwrap();
    let file = parsed(&case.rules);
    let Some(all) = evaluate(&file, &json, case.reference_date, CAP) else { return };
    let Some((slots, found)) = completions(&file, &json, case.reference_date, CAP) else { return };
    if all.missed {
        return;
    }
    let matters: Vec<String> = all.matters.keys().cloned().collect();
    let mut told = census.counted.clone();
    told.sort();
    if told != matters {
        counts.wrong.push(format!("{name}: {told:?} are counted, {matters:?} matter"));
        return;
    }
    let size = slots
        .iter()
        .filter(|slot| matters.contains(&slot.pointer))
        .fold(Number::ONE, |all, slot| all.mul(&whole(slot.values.len())));
    // Elsewhere only some of a number's answers are tried.
    if size != census.completions {
        counts.sizes += 1;
        return;
    }
    counts.counted += 1;
    let model = meetlat.model();
    let mut brute: BTreeMap<(String, Vec<String>), usize> = BTreeMap::new();
    for (_, combo) in &found {
        *brute.entry(combo.clone()).or_default() += 1;
    }
    let mut said = BTreeMap::new();
    for one in &census.combinations {
        let outcome = model.verdict.outcomes[usize::from(one.outcome)].name.clone();
        let routes = model.routes.iter().zip(&one.routes);
        let routes = routes.map(|(route, at)| route.choices[usize::from(*at)].choice.name.clone()).collect();
        let scaled = one.completions.mul(&whole(found.len())).div(&census.completions).unwrap();
        said.insert((outcome, routes), scaled);
    }
    let brute: BTreeMap<_, Number> = brute.into_iter().map(|(combo, n)| (combo, whole(n))).collect();
    if brute != said {
        counts.wrong.push(format!("{name}: said {said:?}, right {brute:?}"));
    }
}

fn told(counts: &Counts, what: &str) {
    let Counts { files, counted, sizes, endless, together, other, wrong } = counts;
    println!(
        "{what}: {files} files, {counted} counted, {sizes} not enumerated in full, {endless} endless, {together} together, {other} else, {} differ",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn counts_agree_with_every_completion() {
    let mut all = Counts::default();
    for seed in seeds("MEETLAT_PAIRS", 200) {
        let before = all.wrong.len();
        let case = generate(seed);
        count(&mut all, &seed.to_string(), &case);
        if all.wrong.len() > before && before == 0 {
            println!("{}\n{}", case.rules, case.proposal);
        }
    }
    told(&all, "plain");
    assert!(all.counted * 3 > all.files);
    for (name, wide) in Wide::ALL {
        // A list without a greatest length has no count.
        if wide == Wide::Lists {
            continue;
        }
        let mut all = Counts::default();
        for seed in seeds("MEETLAT_PAIRS_WIDE", 30) {
            let before = all.wrong.len();
            let case = generate_wide(wide, seed);
            count(&mut all, &format!("{name} {seed}"), &case);
            if all.wrong.len() > before && before == 0 {
                println!("{}\n{}", case.rules, case.proposal);
            }
        }
        told(&all, name);
        assert!(all.files < 10 || all.counted > 0, "{name}: nothing is counted");
    }
}

/// The same rules with one number, word or line changed; the header stays.
fn changed(seed: u64, rules: &str) -> String {
    let mut r = Random::new(seed);
    let start = rules.find("\nvraag ").map_or(0, |at| at + 1);
    let swaps = [
        ("minstens", "meer dan"),
        ("meer dan", "minstens"),
        ("hoogstens", "minder dan"),
        ("minder dan", "hoogstens"),
        (" en ", " of "),
        (" of ", " en "),
        ("is ja", "is nee"),
        ("is nee", "is ja"),
        ("laagste van", "hoogste van"),
        ("niet ", ""),
    ];
    let mut places: Vec<(usize, usize, String)> = Vec::new();
    let mut offset = 0;
    let lines: Vec<&str> = rules.split_inclusive('\n').collect();
    for (at, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        let plain = !["vraag", "antwoord", "bron", "meetlat", "aanname", "-", "#"]
            .iter()
            .any(|word| trimmed.starts_with(word));
        if offset >= start && plain {
            for (old, new) in swaps {
                places.extend(line.match_indices(old).map(|(i, _)| (offset + i, old.len(), new.to_owned())));
            }
            let digits: Vec<usize> =
                line.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(i, _)| i).collect();
            for i in digits {
                let other = char::from(b'1' + u8::try_from(r.below(9)).unwrap());
                places.push((offset + i, 1, other.to_string()));
            }
            if let Some(next) = lines.get(at + 1).filter(|_| trimmed.contains(" als ")) {
                places.push((offset, line.len() + next.len(), format!("{next}{line}")));
            }
        }
        offset += line.len();
    }
    if places.is_empty() {
        return rules.to_owned();
    }
    let (at, length, by) = r.pick(&places).clone();
    format!("{}{by}{}", &rules[..at], &rules[at + length..])
}

#[derive(Default)]
struct Pairs {
    pairs: usize,
    enumerated: usize,
    same: usize,
    differ: usize,
    unknown: usize,
    wrong: Vec<String>,
}

fn pair(found: &mut Pairs, name: &str, seed: u64, case: &Case, whole: bool) {
    let Ok(first) = Meetlat::parse("regels.meetlat", &case.rules).into_result() else { return };
    let Some((other, second)) = (0..20).find_map(|again| {
        let other = changed(seed * 20 + again, &case.rules);
        let parsed = Meetlat::parse("regels.meetlat", &other).into_result().ok()?;
        (other != case.rules).then_some((other, parsed))
    }) else {
        return;
    };
    found.pairs += 1;
    let day = Date::new(2021, 6, 15);
    let comparison = first.compare(&second, day);
    assert!(comparison.apart.is_empty(), "{name}: {:?}", comparison.apart);
    match &comparison.found {
        Compared::Same => found.same += 1,
        Compared::Differs(shown) => {
            found.differ += 1;
            let one = first.evaluate(&shown.first).unwrap().outcome.possible.clone();
            let other = second.evaluate(&shown.second).unwrap().outcome.possible.clone();
            if one.len() != 1 || other.len() != 1 || one == other {
                found.wrong.push(format!("{name}: the answers give {one:?} and {other:?}"));
            }
        }
        Compared::Nothing(question) => found.wrong.push(format!("{name}: no answer to {question}")),
        Compared::Unknown(_) => found.unknown += 1,
    }
    let files = [parsed(&case.rules), parsed(&other)];
    let Some(all) = outcomes_of_both([&files[0], &files[1]], day, CAP) else { return };
    found.enumerated += 1;
    let differs = all.iter().any(|[one, other]| one != other);
    match (&comparison.found, differs) {
        (Compared::Same, true) => found.wrong.push(format!("{name}: said to be the same\n{other}")),
        (Compared::Differs(_), false) if whole => {
            found.wrong.push(format!("{name}: said to differ\n{other}"))
        }
        _ => {}
    }
}

#[test]
fn two_files_are_compared_as_every_completion_says() {
    let mut all = Pairs::default();
    for seed in seeds("MEETLAT_PAIRS", 200) {
        let (case, whole) = generate_empty(seed);
        pair(&mut all, &seed.to_string(), seed, &case, whole);
    }
    for (name, wide) in Wide::ALL {
        for seed in seeds("MEETLAT_PAIRS_WIDE", 20) {
            let case = generate_wide(wide, seed);
            if case.up_to.is_none() {
                pair(&mut all, &format!("{name} {seed}"), seed, &case, true);
            }
        }
    }
    let Pairs { pairs, enumerated, same, differ, unknown, wrong } = &all;
    println!(
        "{pairs} pairs, {enumerated} enumerated, {same} the same, {differ} differ, {unknown} not told, {} wrong",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(*same > 0 && *differ > 0);
    assert!(
        enumerated * 4 > *pairs && unknown * 10 < *pairs,
        "{enumerated} enumerated, {unknown} not told of {pairs}"
    );
}
