//! A total as rows of sums against the diagram of it: everything that a verdict says must be the same. `MEETLAT_PAIRS` sets how many
//! pairs of each kind, `MEETLAT_SEED` the first seed.

use meetlat::findings::{Answers, Judgement};
use meetlat::internals::judge::call::Call;
use meetlat::internals::judge::open::search_summing;
use meetlat::internals::limits::budget::Budget;

use crate::generate::wide::{Wide, generate_wide};
use crate::generate::{Case, generate};
use crate::support::random::Random;
use crate::support::seeds;

/// Criteria of their own: a mean, a mark, a level or a ladder, some behind an option or an answer, some sharing an answer, under
/// thresholds of all orders, of which some read more than the total.
fn criteria(seed: u64) -> Case {
    let mut r = Random::new(seed ^ 0x5a5a_0000);
    let n = r.between(3, 7);
    let set = r.percent(60);
    let mut text = String::from(
        "meetlat proef: \"Proef\"\n  versie 1\n  geldig vanaf 1 januari 2020\n  bron plan: \"Plan\"\n  deels telt 50%, aanname \"half\"\n\n",
    );
    let (mut answers, mut ladder) = (Vec::new(), Vec::new());
    let mut question = |r: &mut Random, text: &mut String, name: &str, domain: &str, known: &str| {
        *text += &format!("vraag {name}: \"Over {name}\"\n  bron plan §1\n  antwoord {domain}\n\n");
        if r.percent(25) {
            answers.push(format!("\"{name}\": {known}"));
        }
    };
    if set {
        let options: Vec<String> = (0..n).map(|at| format!("    - o{at}\n")).collect();
        let none = if r.percent(15) { " of geen" } else { "" };
        question(
            &mut r,
            &mut text,
            "doelen",
            &format!("meerdere van{none}\n{}", options.concat()),
            "[\"o0\"]",
        );
    }
    let sets: [&[i64]; 3] = [&[1, 2, 3], &[2, 3, 5, 7, 11, 13], &[1009, 2003, 4999, 7919]];
    let weights = *r.pick(&sets);
    let (mut body, mut levels) = (String::new(), Vec::<String>::new());
    for at in 0..n {
        let name = format!("v{at}");
        let score = match r.below(5) {
            0 => {
                question(&mut r, &mut text, &name, "ja, deels of nee", "\"deels\"");
                question(&mut r, &mut text, &format!("w{at}"), "ja of nee", "\"ja\"");
                format!("score gemiddelde van {name}, w{at}")
            }
            1 => {
                question(&mut r, &mut text, &name, "heel getal van 1 tot en met 4", "3");
                format!("score {name}, van 0% bij 1 naar 100% bij 4")
            }
            2 => {
                question(&mut r, &mut text, &name, "ja, deels, nee of n.v.t.", "\"nee\"");
                format!("score {name}")
            }
            3 if levels.len() > 1 && r.percent(60) => {
                let other = r.pick(&levels).clone();
                question(&mut r, &mut text, &name, "ja of nee", "\"ja\"");
                format!("score hoogste van {name}, {other}")
            }
            _ => {
                question(&mut r, &mut text, &name, "ja, deels of nee", "\"ja\"");
                format!("score\n    100% als {name} is ja\n    33% als {name} is deels\n    0% anders")
            }
        };
        if !score.contains("van 0%") {
            levels.push(name.clone());
        }
        body += &format!(
            "criterium c{at}: \"Over c{at}\"\n  bron plan §1\n  {score}\n  gewicht {}\n",
            r.pick(weights)
        );
        if set && r.percent(60) {
            body += &format!("  alleen als doelen bevat o{at}\n");
        } else if r.percent(20) {
            question(&mut r, &mut text, &format!("p{at}"), "ja of nee", "\"nee\"");
            body += &format!("  alleen als p{at} is ja\n");
        }
        if r.percent(10) {
            body += "  eis minstens 50%\n";
        }
        body += "  aanname \"zo\"\n\n";
    }
    question(&mut r, &mut text, "los", "ja, deels of nee", "\"ja\"");
    let read = |r: &mut Random| {
        if levels.is_empty() || r.percent(70) {
            "los is ja".to_owned()
        } else {
            format!("{} is niet ja", r.pick(&levels))
        }
    };
    let order = |r: &mut Random| *r.pick(&["minstens", "meer dan", "minder dan", "hoogstens"]);
    let share = |r: &mut Random| *r.pick(&["20%", "33,33%", "40%", "50%", "62,5%", "70%", "90%"]);
    if r.percent(30) {
        body += &format!("uitsluiting u: \"Over u\"\n  bron plan §2\n  als {}\n\n", read(&mut r));
        ladder.push("slecht als een uitsluiting geldt".to_owned());
    }
    for outcome in ["goed", "matig", "goed", "matig"].iter().take(r.below(3) + 2) {
        let mut line = format!("{outcome} als totaal is {} {}", order(&mut r), share(&mut r));
        if r.percent(30) {
            line += &format!(" en {}", read(&mut r));
        }
        ladder.push(line);
    }
    if body.contains("eis minstens") {
        ladder.push("slecht als een eis niet is gehaald".to_owned());
    }
    let lapse = body.split("criterium ").skip(1).all(|one| one.contains("alleen als"));
    if lapse && r.percent(60) {
        ladder.insert(0, "matig als totaal is n.v.t.".to_owned());
    }
    let ladder: Vec<String> = ladder.iter().map(|line| format!("  {line}, aanname \"zo\"\n")).collect();
    body += &format!(
        "oordeel: \"Over het oordeel\"\n  bron plan §3\n  totaal gewogen gemiddelde, aanname \"zo\"\n  uitkomsten van goed naar slecht\n    - goed: \"Goed\"\n    - matig: \"Matig\"\n    - slecht: \"Slecht\"\n{}  slecht anders\n\n",
        ladder.concat()
    );
    if r.percent(40) {
        let reads = read(&mut r);
        body += &format!(
            "signaal s: \"Over s\"\n  bron plan §4\n  als oordeel is {} en {reads}, aanname \"zo\"\n  meld \"Let op.\"\n\n",
            r.pick(&["goed", "matig", "slecht"])
        );
    }
    if r.percent(40) {
        body += &format!(
            "route r: \"Over r\"\n  bron plan §5\n  team: \"Team\"\n    als totaal is {} {}, aanname \"zo\"\n  bestuur: \"Bestuur\"\n    anders\n\n",
            order(&mut r),
            share(&mut r)
        );
    }
    let proposal = format!("{{\"meetlat\": \"proef\", \"antwoorden\": {{{}}}}}", answers.join(", "));
    Case { rules: text + &body, proposal, reference_date: None, up_to: None, days: Vec::new() }
}

/// A case from a seed.
type Make = Box<dyn Fn(u64) -> Case + Sync>;

/// Without the steps taken, which differ.
fn judged(case: &Case, many: u64) -> (Judgement, u64) {
    let meetlat = meetlat::Meetlat::parse("regels.meetlat", &case.rules).into_result();
    let meetlat = meetlat.unwrap_or_else(|faults| {
        let said: Vec<_> = faults.iter().map(|one| format!("{} {}", one.code, one.message.nl)).collect();
        panic!("{}\n{}", case.rules, said.join("\n"))
    });
    let proposal = meetlat.read("voorstel.json", &case.proposal, case.reference_date).unwrap();
    let limits = meetlat::Limits { search_steps: 5_000_000, ..meetlat::Limits::default() };
    let (rules, budget) = (meetlat.compiled(), &Budget::new(&limits));
    let call = Call { rules, proposal: &proposal, limits: &limits, budget };
    let (mut found, _) = search_summing(call, many);
    let steps = std::mem::take(&mut found.steps);
    (found, steps)
}

/// Whether the total was summed, if both ways agree.
fn compare(name: &str, seed: u64, case: &Case) -> Result<bool, String> {
    let ((summed, steps), (mut built, others)) = (judged(case, 0), judged(case, u64::MAX));
    // Sets of options are not taken apart where rows of sums are long.
    for (one, other) in summed.open.iter().zip(&mut built.open) {
        if one.classes.len() == 1 && one.classes.iter().all(|class| class.answers == [Answers::Any]) {
            other.classes.clone_from(&one.classes);
        }
    }
    // Where the diagram gives up, the rows may still tell.
    if summed != built && built.provisional.is_none() {
        return Err(format!(
            "{name}, seed {seed}\n{}\n{}\nsummed {summed:#?}\nbuilt {built:#?}",
            case.rules, case.proposal
        ));
    }
    Ok(steps != others)
}

#[test]
fn rows_of_sums_agree_with_diagrams() {
    let seeds = seeds("MEETLAT_PAIRS", 100);
    let mut kinds: Vec<(&str, Make)> =
        vec![("of all kinds", Box::new(generate)), ("criteria", Box::new(criteria))];
    for (name, wide) in Wide::ALL {
        kinds.push((name, Box::new(move |seed| generate_wide(wide, seed))));
    }
    let mut all = 0;
    for (name, make) in &kinds {
        let run = |worker: u64| -> Result<u64, String> {
            let mut summed = 0;
            for seed in seeds.clone().filter(|seed| seed % 2 == worker) {
                summed += u64::from(compare(name, seed, &make(seed))?);
            }
            Ok(summed)
        };
        let summed = std::thread::scope(|scope| {
            let other = scope.spawn(|| run(1));
            run(0).and_then(|own| Ok(own + other.join().unwrap()?))
        });
        let summed = summed.unwrap_or_else(|wrong| panic!("{wrong}"));
        println!("{name}: {summed} of {} summed", seeds.clone().count());
        all += summed;
    }
    assert!(all * 20 > seeds.count() as u64, "the sum is hardly ever made");
}
