//! How firm verdicts are, against plain enumeration on random rules with random proposals: every end of every room by
//! putting numbers at it and on both sides of it in the rules; shares by geometry and by samples; readings by rewriting.
//! `MEETLAT_PAIRS` sets how many pairs, `MEETLAT_SEED` the first seed.

use std::collections::BTreeSet;

use meetlat::Firmness;
use meetlat::document::firmness::{Certainty, OtherReading, ReadingKind, Share, ShareStatus, ThresholdKind};
use meetlat::internals::rules::syntax::{Combining, Declaration, File};
use num_rational::BigRational;
use num_traits::{One as _, Signed as _, Zero as _};
use serde_json::Value as Json;

use crate::evaluator::each::{each, each_of};
use crate::evaluator::parsing::parsed;
use crate::evaluator::sites::{self, Site, exact, sites, with};
use crate::generate::{Case, generate};
use crate::support;
use crate::support::random::Random;

/// Cases with more completions are left out.
const CAP: u64 = 600;

fn seeds() -> std::ops::Range<u64> {
    support::seeds("MEETLAT_PAIRS", 200)
}

fn fraction(n: i64, d: i64) -> BigRational {
    BigRational::new(n.into(), d.into())
}

/// A very small number: breakpoints lie further apart.
fn tiny() -> BigRational {
    BigRational::new(1.into(), num_bigint::BigInt::from(10).pow(18))
}

/// What was compared, over all seeds.
#[derive(Debug, Default, Clone, PartialEq)]
struct Counts {
    pairs: usize,
    too_many: usize,
    settled: usize,
    open_and_settled: usize,
    ends: usize,
    unbounded: usize,
    not_exact: usize,
    shares: usize,
    share_bounds: usize,
    shares_between: usize,
    share_unknown: usize,
    readings: usize,
    readings_that_differ: usize,
    readings_not_exact: usize,
    steps_left_out: usize,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.pairs += other.pairs;
        self.too_many += other.too_many;
        self.settled += other.settled;
        self.open_and_settled += other.open_and_settled;
        self.ends += other.ends;
        self.unbounded += other.unbounded;
        self.not_exact += other.not_exact;
        self.shares += other.shares;
        self.share_bounds += other.share_bounds;
        self.shares_between += other.shares_between;
        self.share_unknown += other.share_unknown;
        self.readings += other.readings;
        self.readings_that_differ += other.readings_that_differ;
        self.readings_not_exact += other.readings_not_exact;
        self.steps_left_out += other.steps_left_out;
    }
}

#[test]
fn firmness_agrees_with_enumeration() {
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let run = |worker| {
        let mut counts = Counts::default();
        let mut wrong = Vec::new();
        for seed in seeds().skip(worker).step_by(workers) {
            let mut pair = Pair::new(seed);
            pair.compare();
            counts.add(&pair.counts);
            wrong.extend(pair.wrong.into_iter().map(|what| (seed, what)));
        }
        (counts, wrong)
    };
    let (mut counts, mut wrong) = (Counts::default(), Vec::new());
    std::thread::scope(|scope| {
        let started: Vec<_> = (0..workers).map(|worker| scope.spawn(move || run(worker))).collect();
        for one in started {
            let (more, faults) = one.join().unwrap();
            counts.add(&more);
            wrong.extend(faults);
        }
    });
    println!("{counts:?}");
    wrong.sort();
    if let Some((seed, _)) = wrong.first() {
        let case = case(*seed);
        println!("seed {seed}\n{}\n{}\n{:?}", case.rules, case.proposal, case.reference_date);
    }
    let said: Vec<String> = wrong.iter().map(|(seed, what)| format!("seed {seed}: {what}")).collect();
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), said.join("\n"));
    // What is left out is rare, and what matters is there.
    assert!(counts.too_many * 10 <= counts.pairs, "{counts:?}");
    assert!(counts.not_exact * 4_000 <= counts.ends + counts.unbounded, "{counts:?}");
    assert!(counts.readings_not_exact == 0, "{counts:?}");
    assert!(counts.share_unknown * 20 <= counts.settled, "{counts:?}");
    assert!(counts.steps_left_out * 4 <= counts.pairs, "{counts:?}");
    assert!(counts.ends >= counts.pairs / 10 && counts.shares_between * 50 >= counts.pairs, "{counts:?}");
    assert!(counts.open_and_settled * 20 >= counts.pairs && counts.readings_that_differ > 0, "{counts:?}");
}

/// A pair that once differed: a condition over a list of open length that says the same of every item.
#[test]
fn a_pair_that_once_differed() {
    let mut pair = Pair::new(2990);
    pair.compare();
    assert!(pair.wrong.is_empty() && pair.counts.settled == 1, "{:?}", pair.wrong);
}

/// Random rules seldom let a weight move what a line, an extreme or arithmetic is made of: each of them here, with an end that hangs
/// on it.
#[test]
fn what_is_made_of_a_number_that_moves() {
    for condition in [
        "lijn is minstens 30%",
        "hoog is hoogstens 55%",
        "laag is minstens 25%",
        "100% - mix is minstens 30%",
        "mix + 10% is minstens 35%",
        "mix * 2 is minstens 50%",
        "mix / 2 is minstens 15%",
        "mix is meer dan 40%",
        "mix is minstens 40%",
        "mix is 40%",
    ] {
        let rules = format!(
            r#"meetlat proef: "Proef"
  versie 1
  bron nota: "Nota"
  deels telt 50%, bron nota §1

vraag a: "A?"
  bron nota §1
  antwoord ja, deels of nee

vraag b: "B?"
  bron nota §1
  antwoord ja, deels of nee

vraag c: "C?"
  bron nota §1
  antwoord ja, deels of nee

onderdeel mix: "Mix"
  bron nota §1
  score gemiddelde van, bron nota §1
    - a, gewicht 2, bron nota §1
    - b, gewicht 3, bron nota §1

onderdeel lijn: "Lijn"
  bron nota §1
  score mix, van 0% bij 20% naar 100% bij 80%, bron nota §1

onderdeel hoog: "Hoog"
  bron nota §1
  score hoogste van mix, c, bron nota §1

onderdeel laag: "Laag"
  bron nota §1
  score laagste van mix, c, bron nota §1

criterium telt: "Telt"
  bron nota §1
  score gemiddelde van lijn, hoog, laag, bron nota §1
  gewicht 1, bron nota §1

oordeel: "Mag het?"
  bron nota §1
  totaal gewogen gemiddelde, bron nota §1
  uitkomsten van goed naar slecht
    - goed
    - af
    - nooit
  goed   als {condition}, bron nota §1
  af     als totaal is minstens 1%, bron nota §1
  nooit  anders
"#
        );
        let proposal = r#"{"meetlat": "proef", "antwoorden": {"a": "ja", "b": "nee", "c": "deels"}}"#;
        let case = Case {
            rules,
            proposal: proposal.to_owned(),
            reference_date: None,
            up_to: None,
            days: Vec::new(),
        };
        let mut pair = Pair::of(case, 0);
        pair.compare();
        assert!(pair.wrong.is_empty(), "{condition}: {:?}", pair.wrong);
        // The two weights of the mix have an end, each.
        assert!(pair.counts.settled == 1 && pair.counts.ends >= 2, "{condition}: {:?}", pair.counts);
    }
}

/// Enough for every pair, so that what is compared is exact.
const STEPS: u64 = 10_000_000;

struct Pair {
    case: Case,
    file: File,
    proposal: Json,
    counts: Counts,
    wrong: Vec<String>,
    random: Random,
}

/// Rules with a proposal. Of random rules few outcomes hang on the total; in two of three its lines come first.
fn case(seed: u64) -> Case {
    let mut case = generate(seed);
    let mut random = Random::new(seed ^ 0xF1);
    if seed.is_multiple_of(3) {
        return case;
    }
    let mut lines: Vec<String> = case.rules.split_inclusive('\n').map(str::to_owned).collect();
    let start = lines.iter().position(|line| line.trim_start().starts_with("uitkomsten ")).unwrap();
    let items = lines[start + 1..].iter().take_while(|line| line.trim_start().starts_with("- ")).count();
    let outcome = |line: &String| {
        let name = line.trim_start().trim_start_matches("- ").split(':').next().unwrap();
        name.to_owned()
    };
    let outcomes: Vec<String> = lines[start + 1..=start + items].iter().map(outcome).collect();
    let indent = lines[start].chars().take_while(|c| *c == ' ').collect::<String>();
    for at in 0..1 + random.below(2) {
        let order = *random.pick(&["minstens", "meer dan", "hoogstens", "minder dan", "minstens"]);
        let percentage = *random.pick(&["25%", "33%", "40%", "50%", "60%", "66,67%", "70%", "80%"]);
        let outcome = random.pick(&outcomes);
        lines.insert(
            start + 1 + items + at,
            format!("{indent}{outcome}  als totaal is {order} {percentage}\n"),
        );
    }
    case.rules = lines.concat();
    case
}

impl Pair {
    fn new(seed: u64) -> Self {
        Self::of(case(seed), seed)
    }

    fn of(case: Case, seed: u64) -> Self {
        let file = parsed(&case.rules);
        let proposal = serde_json::from_str(&case.proposal).unwrap();
        let counts = Counts { pairs: 1, ..Counts::default() };
        Self { case, file, proposal, counts, wrong: Vec::new(), random: Random::new(seed) }
    }

    fn check(&mut self, right: bool, what: impl FnOnce() -> String) {
        if !right {
            self.wrong.push(what());
        }
    }

    /// The outcomes that rules leave possible; none: too many completions.
    fn outcomes(&self, file: &File) -> Option<BTreeSet<String>> {
        let mut found = BTreeSet::new();
        each(file, &self.proposal, self.case.reference_date, CAP, &mut |one| {
            found.insert(one.outcome);
            true
        })?;
        Some(found)
    }

    /// Whether every completion has this outcome.
    fn stands(&self, file: &File, outcome: &str) -> bool {
        let mut same = true;
        each(file, &self.proposal, self.case.reference_date, CAP, &mut |one| {
            same = one.outcome == outcome;
            same
        })
        .unwrap();
        same
    }

    fn compare(&mut self) {
        let Some(outcomes) = self.outcomes(&self.file) else {
            self.counts.too_many += 1;
            return;
        };
        let meetlat = meetlat::Meetlat::parse("regels.meetlat", &self.case.rules).into_result().unwrap();
        let meetlat =
            meetlat.with_limits(meetlat::Limits { search_steps: STEPS, ..meetlat::Limits::default() });
        let proposal = meetlat.read("voorstel.json", &self.case.proposal, self.case.reference_date).unwrap();
        let firmness = meetlat.firmness(&proposal).unwrap();
        let found: BTreeSet<String> = firmness.outcome.possible.iter().cloned().collect();
        self.check(found == outcomes, || format!("outcomes {found:?}, naive {outcomes:?}"));
        self.readings(&firmness, &outcomes);
        let settled = outcomes.first().filter(|_| outcomes.len() == 1).cloned();
        self.check(settled.is_some() == firmness.settled(), || "settled".to_owned());
        if let Some(outcome) = settled {
            self.counts.settled += 1;
            self.rooms(&firmness, &outcome);
            self.shares(&firmness, &outcome);
        }
    }

    fn line(&self, offset: u32) -> u32 {
        // As the document counts them: from the text as it is.
        let before = &self.case.rules.as_bytes()[..offset as usize];
        u32::try_from(before.iter().filter(|byte| **byte == b'\n').count()).unwrap() + 1
    }

    fn rooms(&mut self, firmness: &Firmness, outcome: &str) {
        let sites = sites(&self.file);
        let mut seen: Vec<bool> = vec![false; sites.len()];
        for weight in &firmness.weights {
            let kind = if weight.within.is_some() { "deel" } else { "criterium" };
            let ends = Ends {
                lower: weight.lower.as_ref().map(|end| (end.number.clone(), end.included)),
                upper: weight.upper.as_ref().map(|end| (end.number.clone(), end.included)),
                certainty: weight.certainty,
                positive: true,
            };
            let key = (kind, weight.name.as_str(), weight.within.as_deref(), weight.now.number.as_str());
            self.room(&sites, &mut seen, key, weight.file_line, &ends, outcome);
            let portions = [weight.lower.as_ref(), weight.upper.as_ref()];
            let shares = portions.into_iter().flatten().map(|end| (&end.number, &end.share.fraction));
            let shares: Vec<(BigRational, BigRational)> = shares
                .chain([(&weight.now.number, &weight.now.share.fraction)])
                .map(|(number, share)| (number.parse().unwrap(), share.parse().unwrap()))
                .collect();
            let others: BigRational = sites
                .iter()
                .filter(|site| site.kind == kind && site.within == weight.within && site.name != weight.name)
                .map(|site| &site.now)
                .sum();
            for (number, share) in shares {
                self.check(&number / (&number + &others) == share, || format!("share of {}", weight.name));
            }
        }
        for threshold in &firmness.thresholds {
            let kind = match threshold.kind {
                ThresholdKind::Total => "totaal",
                ThresholdKind::Criterion => "drempel",
                ThresholdKind::Part => "onderdeel",
                ThresholdKind::Term => "begrip",
                ThresholdKind::Requirement => "eis",
                other => panic!("{other:?}"),
            };
            let ends = Ends {
                lower: threshold.lower.as_ref().map(|end| (end.number.clone(), end.included)),
                upper: threshold.upper.as_ref().map(|end| (end.number.clone(), end.included)),
                certainty: threshold.certainty,
                positive: false,
            };
            let key = (kind, threshold.name.as_str(), None, threshold.now.number.as_str());
            self.room(&sites, &mut seen, key, threshold.file_line, &ends, outcome);
        }
        // What is not there does not lead to the outcome.
        for (site, _) in sites.iter().zip(&seen).filter(|(_, seen)| !**seen) {
            for factor in [fraction(1, 70), fraction(3, 1)] {
                let file = with(&self.file, site, &(&site.now * factor + tiny()));
                let stands = self.stands(&file, outcome);
                self.check(stands, || format!("{site:?} is not there, and matters"));
            }
        }
        let tight = |ends: &[Option<BigRational>]| {
            ends.windows(2).all(|pair| match (&pair[0], &pair[1]) {
                (Some(a), Some(b)) => a <= b,
                (a, b) => a.is_some() || b.is_none(),
            })
        };
        let far = |now: &str, ends: [Option<&str>; 2]| {
            let now: BigRational = now.parse().unwrap();
            ends.into_iter().flatten().map(|end| (end.parse::<BigRational>().unwrap() - &now).abs()).min()
        };
        let weights: Vec<_> = firmness
            .weights
            .iter()
            .map(|one| {
                let ends = [one.lower.as_ref(), one.upper.as_ref()];
                far(&one.now.share.fraction, ends.map(|end| end.map(|end| end.share.fraction.as_str())))
            })
            .collect();
        let thresholds: Vec<_> = firmness
            .thresholds
            .iter()
            .map(|one| {
                let ends = [one.lower.as_ref(), one.upper.as_ref()];
                far(&one.now.number, ends.map(|end| end.map(|end| end.number.as_str())))
            })
            .collect();
        self.check(tight(&weights) && tight(&thresholds), || "not tightest first".to_owned());
    }

    fn room(
        &mut self,
        sites: &[Site],
        seen: &mut [bool],
        (kind, name, within, now): (&str, &str, Option<&str>, &str),
        line: Option<u32>,
        ends: &Ends,
        outcome: &str,
    ) {
        let now: BigRational = now.parse().unwrap();
        // Several on one line that look the same: one of them has this room.
        let same: Vec<usize> = (0..sites.len())
            .filter(|at| {
                let site = &sites[*at];
                site.kind == kind
                    && site.name == name
                    && site.within.as_deref() == within
                    && site.now == now
                    && line == Some(self.line(site.offset))
            })
            .collect();
        if ends.certainty != Certainty::Exact {
            self.counts.not_exact += 1;
            same.iter().for_each(|at| seen[*at] = true);
            return;
        }
        self.counts.ends += usize::from(ends.lower.is_some()) + usize::from(ends.upper.is_some());
        self.counts.unbounded += usize::from(ends.lower.is_none()) + usize::from(ends.upper.is_none());
        let mut faults = vec![format!("{kind} {name} {within:?} {now} on line {line:?} is nowhere")];
        for at in same {
            match self.fault(&sites[at], ends, outcome) {
                None => {
                    seen[at] = true;
                    return;
                }
                Some(fault) => faults = vec![fault],
            }
        }
        self.wrong.extend(faults);
    }

    /// What is wrong with the ends of a site.
    fn fault(&mut self, site: &Site, ends: &Ends, outcome: &str) -> Option<String> {
        let now = &site.now;
        let mut tests: Vec<(BigRational, bool)> = Vec::new();
        for (end, outward) in [(&ends.lower, -1), (&ends.upper, 1)] {
            let outward = fraction(outward, 1);
            let limit = match end {
                Some((at, included)) => {
                    let at: BigRational = at.parse().unwrap();
                    tests.push((at.clone(), *included));
                    if *included {
                        tests.push((&at + &outward * tiny(), false));
                    }
                    if at != *now {
                        tests.push((&at - &outward * tiny(), true));
                    }
                    at
                }
                None if outward.is_negative() && ends.positive => {
                    tests.push((now * tiny(), true));
                    BigRational::zero()
                }
                None if ends.positive => {
                    tests.push((now / tiny(), true));
                    now * fraction(20, 1)
                }
                None => {
                    tests.push((now + &outward * fraction(100, 1), true));
                    now + &outward * fraction(2, 1)
                }
            };
            // Anywhere between.
            for _ in 0..1 + usize::from(end.is_some()) {
                let way = fraction(i64::try_from(1 + self.random.below(997)).unwrap(), 1_000);
                tests.push((now + (&limit - now) * way, true));
            }
        }
        for (value, expected) in tests {
            if ends.positive && !value.is_positive() {
                continue;
            }
            let file = with(&self.file, site, &value);
            if self.stands(&file, outcome) != expected {
                return Some(format!("{site:?} {ends:?}: at {value} it should be {expected}"));
            }
        }
        None
    }

    /// Per completion the scores of the criteria that count, with their weights.
    fn shares(&mut self, firmness: &Firmness, outcome: &str) {
        let weighted: Vec<Site> =
            sites(&self.file).into_iter().filter(|site| site.kind == "criterium").collect();
        let weightings = firmness.weightings.as_ref().unwrap();
        let mut ways: Vec<Vec<Option<BigRational>>> = Vec::new();
        let mut completions = 0;
        each(&self.file, &self.proposal, self.case.reference_date, CAP, &mut |one| {
            completions += 1;
            let way: Vec<_> = weighted.iter().map(|site| one.scores[&site.name].clone()).collect();
            if !ways.contains(&way) {
                ways.push(way);
            }
            true
        })
        .unwrap();
        self.counts.open_and_settled += usize::from(completions > 1);
        if weightings.all.status == ShareStatus::Unknown {
            self.counts.share_unknown += 1;
            return;
        }
        match weighted.len() {
            1 => {
                for share in [&weightings.all, &weightings.same_order] {
                    self.check(share.least.as_deref() == Some("1"), || format!("one weight: {share:?}"));
                }
            }
            2 => self.two(&weighted, weightings, &ways, outcome),
            _ if ways.len() == 1 => self.one_way(&weighted, weightings, &ways[0], outcome),
            _ => {}
        }
    }

    /// With other weights.
    fn weighted(&self, weighted: &[Site], weights: &[BigRational]) -> File {
        weighted.iter().zip(weights).fold(self.file.clone(), |file, (site, weight)| with(&file, site, weight))
    }

    /// The totals between which nothing can turn: the percentages that it is compared with.
    fn turns(&self) -> Vec<BigRational> {
        sites(&self.file).into_iter().filter(|site| site.kind == "totaal").map(|site| site.now).collect()
    }

    /// Two weights: the outcome turns only where some total meets a threshold, and is looked at in between.
    fn two(
        &mut self,
        weighted: &[Site],
        weightings: &meetlat::document::firmness::Weightings,
        ways: &[Vec<Option<BigRational>>],
        outcome: &str,
    ) {
        let half = fraction(1, 2);
        let mut cuts = vec![BigRational::zero(), half.clone(), BigRational::one()];
        for way in ways {
            let [Some(a), Some(b)] = way.as_slice() else { continue };
            if a != b {
                // λ·a + (1 - λ)·b = t
                cuts.extend(self.turns().iter().map(|t| (t - b) / (a - b)));
            }
        }
        cuts.retain(|cut| !cut.is_negative() && *cut <= BigRational::one());
        cuts.sort();
        cuts.dedup();
        let (mut all, mut first, mut second) =
            (BigRational::zero(), BigRational::zero(), BigRational::zero());
        for pair in cuts.windows(2) {
            let middle = (&pair[0] + &pair[1]) * &half;
            let file = self.weighted(weighted, &[middle.clone(), BigRational::one() - &middle]);
            if self.stands(&file, outcome) {
                let length = &pair[1] - &pair[0];
                all += &length;
                if middle < half { second += length } else { first += length }
            }
        }
        let same_order = match weighted[0].now.cmp(&weighted[1].now) {
            std::cmp::Ordering::Greater => first / &half,
            std::cmp::Ordering::Less => second / &half,
            std::cmp::Ordering::Equal => all.clone(),
        };
        self.share("all", &weightings.all, &all);
        self.share("same order", &weightings.same_order, &same_order);
    }

    fn share(&mut self, what: &str, found: &Share, expected: &BigRational) {
        let bound = |text: &Option<String>| text.as_ref().unwrap().parse::<BigRational>().unwrap();
        let (least, most) = (bound(&found.least), bound(&found.most));
        self.counts.shares += 1;
        self.counts.shares_between += usize::from(expected.is_positive() && *expected < BigRational::one());
        self.counts.share_bounds += usize::from(found.status == ShareStatus::Bounds);
        let right = match found.status {
            ShareStatus::Exact => least == *expected && most == *expected,
            _ => least <= *expected && *expected <= most && least < most,
        };
        self.check(right, || format!("share {what}: {found:?}, naive {expected}"));
    }

    /// Three weights and one way: between thresholds the total gives the outcome or not; the parts of the triangle between
    /// them by their areas.
    fn one_way(
        &mut self,
        weighted: &[Site],
        weightings: &meetlat::document::firmness::Weightings,
        way: &[Option<BigRational>],
        outcome: &str,
    ) {
        let scored: Vec<(usize, BigRational)> =
            way.iter().enumerate().filter_map(|(at, score)| Some((at, score.clone()?))).collect();
        let scores: Vec<BigRational> = scored.iter().map(|(_, score)| score.clone()).collect();
        let (Some(least), Some(greatest)) = (scores.iter().min(), scores.iter().max()) else { return };
        if least == greatest {
            self.share("all", &weightings.all, &BigRational::one());
            return self.share("same order", &weightings.same_order, &BigRational::one());
        }
        let mut cuts = self.turns();
        cuts.extend([least.clone(), greatest.clone()]);
        cuts.retain(|cut| cut >= least && cut <= greatest);
        cuts.sort();
        cuts.dedup();
        let count = fraction(i64::try_from(scores.len()).unwrap(), 1);
        let mean = scores.iter().sum::<BigRational>() / &count;
        let mut stretches = Vec::new();
        for pair in cuts.windows(2) {
            let middle = (&pair[0] + &pair[1]) / fraction(2, 1);
            // From equal weights towards the criterion with the least or the greatest score.
            let end = if middle < mean { least } else { greatest };
            let far = if mean == *end { BigRational::zero() } else { (&middle - &mean) / (end - &mean) };
            let weights: Vec<BigRational> = way
                .iter()
                .enumerate()
                .map(|(at, score)| {
                    let is_end = scored.iter().find(|(_, score)| score == end).unwrap().0 == at;
                    let own = if is_end { far.clone() } else { BigRational::zero() };
                    if score.is_none() {
                        BigRational::one()
                    } else {
                        (BigRational::one() - &far) / &count + own
                    }
                })
                .collect();
            let file = self.weighted(weighted, &weights);
            if self.stands(&file, outcome) {
                stretches.push((pair[0].clone(), pair[1].clone()));
            }
        }
        let of = |corners: &[BigRational]| -> BigRational {
            let between = stretches.iter().map(|(from, until)| above(corners, from) - above(corners, until));
            between.sum()
        };
        self.share("all", &weightings.all, &of(&scores));
        // Every order of the weights, by the corners of its part of the triangle.
        let mut orders: Vec<Vec<usize>> = Vec::new();
        permutations(scored.len(), &mut Vec::new(), &mut orders);
        orders.retain(|order| {
            order.windows(2).all(|pair| weighted[scored[pair[0]].0].now >= weighted[scored[pair[1]].0].now)
        });
        let mut sum = BigRational::zero();
        for order in &orders {
            let mut total = BigRational::zero();
            let corners: Vec<BigRational> = (1..)
                .zip(order)
                .map(|(n, at)| {
                    total += &scores[*at];
                    &total / fraction(n, 1)
                })
                .collect();
            sum += of(&corners);
        }
        let same = sum / fraction(i64::try_from(orders.len()).unwrap(), 1);
        self.share("same order", &weightings.same_order, &same);
    }

    fn readings(&mut self, firmness: &Firmness, now: &BTreeSet<String>) {
        let mut expected: Vec<(ReadingKind, Option<String>, String)> = Vec::new();
        for reading in sites::readings(&self.file) {
            match reading {
                sites::Reading::Combining(_, name, how) => {
                    let all = [Combining::Highest, Combining::Mean, Combining::Lowest];
                    for other in all.into_iter().filter(|other| *other != how) {
                        expected.push((ReadingKind::Combining, Some(name.clone()), word(other).to_owned()));
                    }
                }
                sites::Reading::Partly => {
                    for other in ["1/3", "2/3"] {
                        expected.push((ReadingKind::Partly, None, other.to_owned()));
                    }
                }
                sites::Reading::Requirement(name) => self.steps(&name, firmness, &mut expected),
            }
        }
        let mut found: Vec<(ReadingKind, Option<String>, String)> =
            firmness.readings.iter().map(|one| (one.kind, one.name.clone(), one.otherwise.clone())).collect();
        let order = |one: &(ReadingKind, Option<String>, String)| format!("{one:?}");
        found.sort_by_key(order);
        expected.sort_by_key(order);
        self.check(found == expected, || format!("readings {found:?}, naive {expected:?}"));
        for reading in &firmness.readings {
            self.reading(reading, now);
        }
    }

    /// The scores one step from a requirement.
    fn steps(
        &mut self,
        name: &str,
        firmness: &Firmness,
        expected: &mut Vec<(ReadingKind, Option<String>, String)>,
    ) {
        let mut scores: BTreeSet<BigRational> = BTreeSet::new();
        let read = self.read_by(name);
        let varied = |question: &str| read.contains(question);
        // What it does not read stays as it is.
        let mut empty = self.proposal.clone();
        empty["antwoorden"].as_object_mut().unwrap().retain(|question, _| !read.contains(question));
        let date = self.case.reference_date;
        let enumerated = each_of(&self.file, &empty, date, 5_000, &varied, &mut |one| {
            scores.extend(one.scores[name].clone());
            true
        });
        // Ranges that are too wide to enumerate, and lines over them, are taken from the document.
        if enumerated.is_none() || self.lines(&read) {
            self.counts.steps_left_out += 1;
            let own = firmness.readings.iter().filter(|one| {
                matches!(one.kind, ReadingKind::Stricter | ReadingKind::Looser)
                    && one.name.as_deref() == Some(name)
            });
            expected.extend(own.map(|one| (one.kind, one.name.clone(), one.otherwise.clone())));
            return;
        }
        let site =
            sites(&self.file).into_iter().find(|site| site.kind == "eis" && site.name == name).unwrap();
        let meets: Vec<&BigRational> = scores.iter().filter(|score| **score >= site.now).collect();
        if let Some(stricter) = meets.get(1) {
            expected.push((ReadingKind::Stricter, Some(name.to_owned()), stricter.to_string()));
        }
        if let Some(looser) = scores.iter().rev().find(|score| **score < site.now) {
            expected.push((ReadingKind::Looser, Some(name.to_owned()), looser.to_string()));
        }
    }

    /// All names that a declaration reads, directly or not.
    fn read_by(&self, name: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut rest = vec![name.to_owned()];
        while let Some(name) = rest.pop() {
            if !found.insert(name.clone()) {
                continue;
            }
            let shared = |one: &&Declaration| one.name.as_ref().is_some_and(|own| own.node == name);
            for declaration in self.file.declarations.iter().filter(shared) {
                let text = &self.case.rules[declaration.span.start as usize..declaration.span.end as usize];
                rest.extend(text.split(|c: char| !c.is_alphanumeric() && c != '_').map(str::to_owned));
            }
        }
        found
    }

    /// Whether one of these has a score on a straight line.
    fn lines(&self, names: &BTreeSet<String>) -> bool {
        let own = |one: &&Declaration| one.name.as_ref().is_some_and(|own| names.contains(&own.node));
        let text = |one: &Declaration| {
            self.case.rules[one.span.start as usize..one.span.end as usize].contains(" naar ")
        };
        self.file.declarations.iter().filter(own).any(text)
    }

    fn reading(&mut self, reading: &OtherReading, now: &BTreeSet<String>) {
        let name = reading.name.as_deref();
        let other = || reading.otherwise.parse::<BigRational>().unwrap();
        let file = match reading.kind {
            ReadingKind::Partly => sites::partly(&self.file, &other()),
            ReadingKind::Stricter | ReadingKind::Looser => {
                let all = sites(&self.file);
                let site =
                    all.iter().find(|site| site.kind == "eis" && Some(site.name.as_str()) == name).unwrap();
                with(&self.file, site, &other())
            }
            ReadingKind::Combining => {
                let all = sites::readings(&self.file);
                let at = all.iter().find_map(|one| match one {
                    sites::Reading::Combining(at, own, _) if Some(own.as_str()) == name => Some(*at),
                    _ => None,
                });
                let how = [Combining::Highest, Combining::Mean, Combining::Lowest]
                    .into_iter()
                    .find(|how| word(*how) == reading.otherwise);
                let Some(at) = at else {
                    return self.check(false, || format!("{reading:?} rests on no assumption"));
                };
                sites::combining(&self.file, at, how.unwrap())
            }
            other => panic!("{other:?}"),
        };
        let expected = self.outcomes(&file).unwrap();
        let found: BTreeSet<String> = reading.possible.iter().cloned().collect();
        self.counts.readings += 1;
        self.counts.readings_that_differ += usize::from(reading.differs);
        let right = if reading.exact {
            found == expected && reading.differs == (expected != *now)
        } else {
            // What says so itself may hold more, never less.
            self.counts.readings_not_exact += 1;
            found.is_superset(&expected)
        };
        self.check(right, || format!("{reading:?}: naive {expected:?}"));
    }
}

#[derive(Debug)]
struct Ends {
    lower: Option<(String, bool)>,
    upper: Option<(String, bool)>,
    certainty: Certainty,
    positive: bool,
}

const fn word(how: Combining) -> &'static str {
    match how {
        Combining::Highest => "hoogste",
        Combining::Lowest => "laagste",
        Combining::Mean => "gemiddelde",
        Combining::ShareOfYes => "aandeel ja",
    }
}

fn permutations(count: usize, chosen: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
    if chosen.len() == count {
        found.push(chosen.clone());
    }
    for next in 0..count {
        if !chosen.contains(&next) {
            chosen.push(next);
            permutations(count, chosen, found);
            chosen.pop();
        }
    }
}

/// The part of a stretch (two corners) or a triangle (three) that lies at or above a height, by its length or area. The
/// corners do not all have one height.
fn above(corners: &[BigRational], t: &BigRational) -> BigRational {
    let mut heights = corners.to_vec();
    heights.sort();
    let (low, high) = (&heights[0], &heights[heights.len() - 1]);
    if t <= low {
        return BigRational::one();
    }
    if t >= high {
        return BigRational::zero();
    }
    match heights.as_slice() {
        [low, high] => (high - t) / (high - low),
        [low, middle, high] if t >= middle => {
            let top = high - t;
            &top * &top / ((high - low) * (high - middle))
        }
        [low, middle, high] => {
            let bottom = t - low;
            BigRational::one() - &bottom * &bottom / ((high - low) * (middle - low))
        }
        other => panic!("{other:?}"),
    }
}

/// Shares of weightings of up to seven criteria against a large sample of weightings, always the same ones.
#[test]
fn shares_agree_with_samples() {
    const SAMPLES: i64 = 10_000;
    let mut random = Random::new(7);
    for case in 0..12 {
        let count = 2 + case % 6;
        let scores: Vec<BigRational> = (0..count).map(|_| fraction(random.between(0, 8), 8)).collect();
        let weights: Vec<BigRational> = (0..count).map(|_| fraction(random.between(1, 3), 1)).collect();
        let threshold = fraction(random.between(20, 80), 100);
        let stretches = [(exact(&threshold), exact(&BigRational::one()))];
        if scores.iter().all(|score| *score == scores[0]) {
            continue;
        }
        let numbers: Vec<_> = scores.iter().map(exact).collect();
        let all: BigRational = meetlat::internals::firmness::shares::share(&numbers, &stretches)
            .to_fraction_string()
            .parse()
            .unwrap();
        let weighted: Vec<_> = weights.iter().map(exact).zip(numbers).collect();
        let same =
            meetlat::internals::firmness::shares::share_in_order(&weighted, &stretches, 5_040).unwrap();
        let same: BigRational = same.to_fraction_string().parse().unwrap();
        let (mut hits, mut ordered, mut ordered_hits) = (0_i64, 0_i64, 0_i64);
        for _ in 0..SAMPLES {
            // Where a stretch is cut at random the lengths are spread evenly over the weightings.
            let mut cuts: Vec<i64> = (1..count).map(|_| random.between(0, 1_000_000_000)).collect();
            cuts.extend([0, 1_000_000_000]);
            cuts.sort_unstable();
            let mut drawn: Vec<i64> = cuts.windows(2).map(|pair| pair[1] - pair[0]).collect();
            let total = |drawn: &[i64]| -> BigRational {
                drawn
                    .iter()
                    .zip(&scores)
                    .map(|(weight, score)| fraction(*weight, 1_000_000_000) * score)
                    .sum()
            };
            hits += i64::from(total(&drawn) >= threshold);
            // The same weights in the order of the rules; of equal ones as they come.
            let mut places: Vec<usize> = (0..count).collect();
            random.shuffle(&mut places);
            places.sort_by(|a, b| weights[*b].cmp(&weights[*a]));
            drawn.sort_unstable_by(|a, b| b.cmp(a));
            let mut put = vec![0; count];
            places.iter().zip(&drawn).for_each(|(place, weight)| put[*place] = *weight);
            ordered += 1;
            ordered_hits += i64::from(total(&put) >= threshold);
        }
        let near =
            |share: &BigRational, hits: i64, of: i64| (share - fraction(hits, of)).abs() < fraction(1, 50);
        assert!(near(&all, hits, SAMPLES), "{scores:?} {threshold}: {all}, {hits} of {SAMPLES}");
        assert!(
            near(&same, ordered_hits, ordered),
            "{scores:?} {weights:?} {threshold}: {same}, {ordered_hits} of {ordered}"
        );
    }
}

/// The generator makes the cases that these tests are about.
#[test]
fn the_tests_can_tell_a_wrong_end() {
    let mut told = 0;
    for seed in seeds().take(300) {
        let mut pair = Pair::new(seed);
        let Some(outcomes) = pair.outcomes(&pair.file) else { continue };
        let Some(outcome) = outcomes.first().filter(|_| outcomes.len() == 1).cloned() else { continue };
        let meetlat = meetlat::Meetlat::parse("regels.meetlat", &pair.case.rules).into_result().unwrap();
        let proposal = meetlat.read("voorstel.json", &pair.case.proposal, pair.case.reference_date).unwrap();
        let mut firmness = meetlat.firmness(&proposal).unwrap();
        let mut changed = false;
        // What is not exact is not compared.
        let exact = firmness.thresholds.iter_mut().filter(|one| one.certainty == Certainty::Exact);
        for end in exact.filter_map(|one| one.upper.as_mut()) {
            let moved: BigRational = end.number.parse::<BigRational>().unwrap() + fraction(1, 1_000_000);
            end.number = moved.to_string();
            changed = true;
        }
        if changed {
            pair.rooms(&firmness, &outcome);
            assert!(!pair.wrong.is_empty(), "seed {seed}\n{}\n{}", pair.case.rules, pair.case.proposal);
            told += 1;
        }
    }
    assert!(told >= 10, "{told}");
}
