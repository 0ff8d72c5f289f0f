//! What `controleer` finds by searching, against plain enumeration: lines of the verdict and choices of routes that nothing
//! reaches (M0610), and an answer that improves while the outcome worsens (M0609). All questions are open, and the reference
//! date is any day on which the rules can be asked.
//!
//! `MEETLAT_PAIRS` sets how many files of each kind, `MEETLAT_SEED` the first seed, `MEETLAT_KIND` the only kind.

use std::collections::{BTreeMap, BTreeSet};

use meetlat::Date;
use meetlat::Meetlat;
use meetlat::internals::rules::model::{GoodSide, Model};

use crate::evaluator::parsing::parsed;
use crate::evaluator::{Value, completions_up_to};
use crate::generate::wide::{Wide, generate_wide};
use crate::generate::{Case, generate};
use crate::support::seeds;

/// Files with more completions are left out.
const CAP: u64 = 12_000;

/// All that can happen.
#[derive(Default)]
struct Found {
    lines: BTreeSet<usize>,
    /// Per route, by place, the choices.
    choices: BTreeSet<(usize, String)>,
    /// Per question the pairs of answers, and of outcomes, of which the second answer is better and the second outcome worse.
    worsens: BTreeMap<String, BTreeSet<(String, String, String, String)>>,
}

fn enumerate(case: &Case, model: &Model) -> Option<Found> {
    // Days without end.
    if model.uses_reference_date && case.days.is_empty() {
        return None;
    }
    let file = parsed(&case.rules);
    let empty = serde_json::json!({"meetlat": "proef", "antwoorden": {}});
    let days: Vec<Option<Date>> = match case.days.as_slice() {
        [] => vec![case.reference_date],
        days => days.iter().copied().map(Some).collect(),
    };
    let outcomes: Vec<&str> = model.verdict.outcomes.iter().map(|one| one.name.as_str()).collect();
    let place = |name: &str| outcomes.iter().position(|one| *one == name).unwrap();
    let mut found = Found::default();
    for day in days {
        let (slots, completions) = completions_up_to(&file, &empty, day, CAP, case.up_to)?;
        for (_, (_, routes), line) in &completions {
            found.lines.insert(*line);
            found.choices.extend(routes.iter().cloned().enumerate());
        }
        for (at, slot) in slots.iter().enumerate() {
            let question = model.questions.iter().find(|one| one.head.name == slot.question).unwrap();
            let lower = match question.good_side {
                GoodSide::None => continue,
                GoodSide::Higher => false,
                GoodSide::Lower => true,
            };
            let mut alike: BTreeMap<Vec<usize>, Vec<(usize, &str)>> = BTreeMap::new();
            for (chosen, (outcome, _), _) in &completions {
                let mut others = chosen.clone();
                others[at] = 0;
                alike.entry(others).or_default().push((chosen[at], outcome));
            }
            let pairs = found.worsens.entry(slot.question.clone()).or_default();
            for group in alike.values().filter(|group| group.iter().any(|(_, one)| *one != group[0].1)) {
                for (first, from) in group {
                    for (second, to) in group {
                        let (worse, better) = (&slot.values[*first], &slot.values[*second]);
                        let order = if lower { better.order(worse) } else { worse.order(better) };
                        if order == Some(std::cmp::Ordering::Less) && place(to) > place(from) {
                            let (worse, better) = words(worse, better);
                            pairs.insert((worse, better, (*from).to_owned(), (*to).to_owned()));
                        }
                    }
                }
            }
        }
    }
    Some(found)
}

/// What the warning calls two answers.
fn words(worse: &Value, better: &Value) -> (String, String) {
    let word = |value: &Value| match value {
        Value::Grade(grade) => ["nee", "deels", "ja"][usize::from(*grade)].to_owned(),
        _ => String::new(),
    };
    match worse {
        Value::Grade(_) => (word(worse), word(better)),
        // Of numbers it names two of many, which it judged.
        _ => (String::new(), String::new()),
    }
}

/// How a file came out.
enum Compared {
    LeftOut,
    /// What there was to find: something that is never reached, and answers that worsen the outcome.
    Same {
        never: bool,
        worsens: bool,
    },
    /// The search ended, which a list without a greatest length may cause.
    Ended,
    Differs(Vec<String>),
}

fn compare(case: &Case) -> Compared {
    let meetlat = match Meetlat::parse("regels.meetlat", &case.rules).into_result() {
        Ok(meetlat) => meetlat,
        Err(faults) => panic!("{}\n{faults:?}", case.rules),
    };
    let model = meetlat.model();
    let Some(found) = enumerate(case, model) else { return Compared::LeftOut };
    let mut wrong = Vec::new();
    let mut never = BTreeSet::new();
    for (at, line) in model.verdict.lines.iter().enumerate() {
        if !found.lines.contains(&(at + 1)) {
            never.insert((line.span.start, format!("line {} of the verdict", at + 1)));
        }
    }
    for (at, route) in model.routes.iter().enumerate() {
        for choice in &route.choices {
            let name = &choice.choice.name;
            if !found.choices.contains(&(at, name.clone())) {
                never.insert((
                    choice.choice.span.start,
                    format!("choice {name} of route {}", route.head.name),
                ));
            }
        }
    }
    let diagnostics = meetlat.check_meaning();
    let coded =
        |code: &str| diagnostics.iter().filter(|one| one.code.to_string() == code).collect::<Vec<_>>();
    if let Some(one) = coded("M0611").first() {
        if std::env::var("MEETLAT_SHOW").is_ok() {
            println!("{}\n{}", one.message.nl, case.rules);
        }
        return Compared::Ended;
    }
    let said: BTreeSet<_> = coded("M0610").iter().map(|one| one.places[0].span.start).collect();
    for (span, what) in &never {
        if !said.contains(span) {
            wrong.push(format!("{what} is never reached, and nothing says so"));
        }
    }
    for one in coded("M0610") {
        if !never.iter().any(|(span, _)| *span == one.places[0].span.start) {
            wrong.push(format!("it is reached: {}", one.message.nl));
        }
    }
    // The first question, in the order of the file, for which there is such a pair.
    let deliberate = !model.verdict.head.provenance.deliberate.is_empty();
    let first = model.questions.iter().filter(|_| !deliberate).find_map(|question| {
        let pairs = found.worsens.get(&question.head.name).filter(|pairs| !pairs.is_empty())?;
        Some((question, pairs))
    });
    match (first, coded("M0609").as_slice()) {
        (None, []) => {}
        (Some((question, pairs)), [one]) => {
            let name = &question.head.name;
            let says = |(worse, better, from, to): &(String, String, String, String)| {
                let answers = format!("\"{name}\" van {worse} naar {better}");
                let answers = if worse.is_empty() { format!("\"{name}\" van ") } else { answers };
                one.message.nl.contains(&answers)
                    && one.message.nl.ends_with(&format!(", het oordeel van {from} naar {to}"))
            };
            if one.places[1].span != question.head.span || !(case.up_to.is_some() || pairs.iter().any(says)) {
                wrong.push(format!("{}; right is one of {name} {pairs:?}", one.message.nl));
            }
        }
        (Some((question, pairs)), _) => {
            wrong.push(format!(
                "\"{}\" improves and the outcome worsens, and nothing says so: {pairs:?}",
                question.head.name
            ));
        }
        (None, said) => {
            wrong.push(format!("no answer that improves worsens the outcome: {}", said[0].message.nl))
        }
    }
    if wrong.is_empty() {
        Compared::Same { never: !never.is_empty(), worsens: first.is_some() }
    } else {
        Compared::Differs(wrong)
    }
}

#[test]
fn what_controleer_finds_is_all_there_is() {
    type Make = Box<dyn Fn(u64) -> Case + Sync>;
    let mut kinds: Vec<(&str, Make)> = vec![("first", Box::new(generate))];
    for (name, wide) in Wide::ALL {
        // A row that is missing leaves open whether a line is reached.
        if wide != Wide::Rows {
            kinds.push((name, Box::new(move |seed| generate_wide(wide, seed))));
        }
    }
    let only = std::env::var("MEETLAT_KIND").unwrap_or_default();
    let seeds = seeds("MEETLAT_PAIRS", 50);
    assert!(kinds.iter().any(|(name, _)| only.is_empty() || only == *name), "no kind is called {only}");
    let (mut never, mut worsens) = (0, 0);
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut wrong = Vec::new();
    for (name, make) in kinds {
        if !only.is_empty() && only != name {
            continue;
        }
        let start = std::time::Instant::now();
        let share = |worker| {
            seeds
                .clone()
                .skip(worker)
                .step_by(workers)
                .map(|seed| (seed, compare(&make(seed))))
                .collect::<Vec<_>>()
        };
        let mut found: Vec<(u64, Compared)> = std::thread::scope(|scope| {
            let share = &share;
            let started: Vec<_> = (0..workers).map(|worker| scope.spawn(move || share(worker))).collect();
            started.into_iter().flat_map(|one| one.join().unwrap()).collect()
        });
        found.sort_by_key(|(seed, _)| *seed);
        let count = |of: &dyn Fn(&Compared) -> bool| found.iter().filter(|(_, one)| of(one)).count();
        let (left_out, ended) =
            (count(&|one| matches!(one, Compared::LeftOut)), count(&|one| matches!(one, Compared::Ended)));
        let differ = count(&|one| matches!(one, Compared::Differs(_)));
        never += count(&|one| matches!(one, Compared::Same { never: true, .. }));
        worsens += count(&|one| matches!(one, Compared::Same { worsens: true, .. }));
        println!(
            "{name}: {} files in {:?}, {left_out} left out, {ended} ended, {differ} differ",
            found.len(),
            start.elapsed()
        );
        // Of one file there may well be too many completions.
        assert!(found.len() < 20 || left_out * 20 <= found.len() * 19, "{name}: {left_out} left out");
        if name != "lists" {
            assert!(ended == 0, "{name}: {ended} searches ended");
        }
        for (seed, compared) in found {
            let Compared::Differs(differences) = compared else { continue };
            if wrong.is_empty() {
                println!("{name}, seed {seed}\n{}", make(seed).rules);
            }
            wrong.push(format!("{name}, seed {seed}\n  {}", differences.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{} files differ\n{}", wrong.len(), wrong.join("\n"));
    println!("{never} files with what is never reached, {worsens} with answers that worsen the outcome");
    assert!(
        !only.is_empty() || seeds.end - seeds.start < 20 || (never > 0 && worsens > 0),
        "{never}, {worsens}"
    );
}
