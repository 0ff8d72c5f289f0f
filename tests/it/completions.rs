//! A twin of the open judgement on real files: what is open is filled in at random, judged with nothing open, and must be
//! among what was said while it was open. Where [`against_naive`](../naive/against_naive.rs) enumerates every completion of small
//! made-up files, this one samples those of every rule file in the repository, with its proposals, and of proposals that keep
//! a part of their answers.
//!
//! `MEETLAT_COMPLETIONS` sets how many a file, `MEETLAT_SEED` the first seed, `MEETLAT_FILE` a part of the name of the only
//! file to look at. With `--nocapture` each file tells how much of what is said was met.

mod chosen;
mod classes;
mod files;
mod fill;
mod within;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use classes::Classes;
use files::File;
use fill::{Filler, Filling, Opening, Pool, fill, json, openings, plainest, simpler};
use meetlat::findings::Judgement;
use meetlat::findings::Place;
use meetlat::findings::{Answer, State};
use meetlat::internals::judge::call::Call;
use meetlat::internals::judge::open::search;
use meetlat::internals::limits::budget::Budget;
use meetlat::{Limits, Proposal, Scratch};
use within::{Fault, named};

use crate::support::random::Random;
use crate::support::setting;

type Combination = (u16, Vec<u16>);

#[test]
fn completions_are_among_what_is_said_while_open() {
    let a_file = usize::try_from(setting("MEETLAT_COMPLETIONS", 2_000)).unwrap();
    let only = std::env::var("MEETLAT_FILE").unwrap_or_default();
    let files: Vec<File> = files::all().into_iter().filter(|file| file.name.contains(&only)).collect();
    assert!(!files.is_empty(), "no file is called {only}");
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let next = std::sync::atomic::AtomicUsize::new(0);
    let found: Vec<Report> = std::thread::scope(|scope| {
        let work = || {
            let mut reports = Vec::new();
            while let Some(file) = files.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                let report = look(file, a_file);
                println!("{}", report.told);
                reports.push(report);
            }
            reports
        };
        let started: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        started.into_iter().flat_map(|one| one.join().unwrap()).collect()
    });
    let completions: usize = found.iter().map(|report| report.completions).sum();
    println!("{completions} completions of {} files", files.len());
    assert!(found.len() == files.len() && found.iter().all(|report| report.completions > 0));
    let mut faults: Vec<&String> = found.iter().flat_map(|report| &report.faults).collect();
    faults.sort();
    let said: Vec<&str> = faults.iter().map(|fault| fault.as_str()).collect();
    assert!(faults.is_empty(), "{} kinds of fault\n{}", faults.len(), said.join("\n"));
}

/// What was found in one file.
struct Report {
    told: String,
    completions: usize,
    /// Of each kind the first.
    faults: Vec<String>,
}

fn look(file: &File, completions: usize) -> Report {
    let seed = setting("MEETLAT_SEED", 0);
    let mut r = Random::new(
        seed.wrapping_add(file.name.bytes().fold(7, |n, byte| n * 31 % 1_000_003 + u64::from(byte))),
    );
    let mut asked: Vec<(String, Proposal)> = file.proposals.clone();
    // Proposals that keep a part of their answers: of those that are shipped, and of completions.
    for at in 0..(completions / 400).max(4) {
        let (name, base) = r.pick(&file.proposals).clone();
        asked.push((format!("{name}, subset {at}"), subset(file, &base, &mut r)));
    }
    // Nothing open: one completion says it all.
    let (model, program) = (file.meetlat.model(), file.meetlat.program());
    let whole = |base: &Proposal| openings(model, program, base).is_empty();
    let share = completions.div_ceil(asked.iter().filter(|(_, base)| !whole(base)).count().max(1));
    let mut faults: BTreeMap<String, String> = BTreeMap::new();
    let (mut done, mut met, mut said) = (0, 0, 0);
    let start = std::time::Instant::now();
    let mut judging = std::time::Duration::ZERO;
    for (name, base) in &asked {
        let before = std::time::Instant::now();
        let twin = Twin::new(file, base);
        judging += before.elapsed();
        let mut seen: BTreeMap<Combination, (usize, Filling)> = BTreeMap::new();
        let times = if twin.openings.is_empty() { 1 } else { share };
        let mut proposal = base.clone();
        proposal.disputes.clear();
        proposal.closing = None;
        let mut scratch = Scratch::default();
        for _ in 0..times {
            let (filling, from) = twin.next(&seen, &mut r);
            done += 1;
            for (kind, what) in twin.faults(&filling, from.as_ref(), &mut proposal, &mut scratch) {
                let key = format!("{}: {kind}", file.name);
                faults.entry(key.clone()).or_insert_with(|| {
                    // Only what is said to matter, and not, is about two completions.
                    let from = from.clone().filter(|_| kind.contains("not said: "));
                    let (filling, from) =
                        twin.shrunk(&kind, filling.clone(), from, &mut proposal, &mut scratch);
                    twin.told(&key, name, &what, &filling, from.as_ref())
                });
            }
            let judgement = twin.judged(&filling, &mut proposal, &mut scratch);
            for combination in judgement.combinations.clone() {
                let (times, known) = seen.entry(combination).or_insert_with(|| (0, filling.clone()));
                *times += 1;
                if r.percent(20) {
                    known.clone_from(&filling);
                }
            }
        }
        met += twin.open.combinations.iter().filter(|one| seen.contains_key(*one)).count();
        said += twin.open.combinations.len();
    }
    let told = format!(
        "{}: {} proposals, {done} completions, {met} of {said} combinations met, {} kinds of fault; open {judging:?}, all {:?}",
        file.name,
        asked.len(),
        faults.len(),
        start.elapsed()
    );
    Report { told, completions: done, faults: faults.into_values().collect() }
}

/// Some answers kept, the others open; often only few are open, of a proposal that was filled in at random.
fn subset(file: &File, base: &Proposal, r: &mut Random) -> Proposal {
    let (model, program) = (file.meetlat.model(), file.meetlat.program());
    let mut proposal = base.clone();
    proposal.closing = None;
    if r.percent(60) {
        let found = openings(model, program, base);
        let pool = Pool::new(program, 6, base.reference_date);
        let filling = Filler::new(&pool, r).all(base, &found);
        fill(base, &found, &filling, &mut proposal);
        proposal.disputes.clear();
    }
    let kept = *r.pick(&[20, 50, 75, 85, 92]);
    for place in proposal.places(model) {
        let kept = if place.item.is_some() { kept.max(70) } else { kept };
        if !r.percent(kept) {
            // A place in a list that was opened just now is there no more.
            if let Some(answer) = proposal.answer_mut(place) {
                *answer = Answer::default();
                proposal.disputes.retain(|other, _| other.question != place.question);
            }
        }
    }
    proposal
}

/// An open judgement with all that is asked of its completions.
struct Twin<'a> {
    file: &'a File,
    base: &'a Proposal,
    openings: Vec<Opening>,
    limits: Limits,
    pool: Pool,
    open: Judgement,
    /// Per opening what is said of it; none where it is not said to matter.
    said: Vec<Option<Said>>,
    unsaid: Vec<usize>,
}

struct Said {
    changes_outcome: bool,
    classes: Classes,
}

/// A completion that differs in one answer: which, and the completion.
type From = (usize, Filling);

impl<'a> Twin<'a> {
    fn new(file: &'a File, base: &'a Proposal) -> Self {
        let (model, program) = (file.meetlat.model(), file.meetlat.program());
        // All that is known, however much it is.
        let (combinations, classes) = (usize::MAX, usize::MAX);
        let limits = Limits { combinations, classes, ..file.meetlat.limits().clone() };
        let budget = &Budget::new(&limits);
        let rules = file.meetlat.compiled();
        let open = search(Call { rules, proposal: base, limits: &limits, budget });
        let openings = openings(model, program, base);
        let mut known: BTreeMap<Place, (bool, &[meetlat::findings::AnswerClass], bool)> = BTreeMap::new();
        for one in &open.open {
            let place = Place { question: one.question, item: one.item };
            known.insert(place, (one.changes_outcome, &one.classes, false));
        }
        for one in open.differences.iter().filter(|one| one.matters) {
            known.insert(one.place, (one.changes_outcome, &one.classes, true));
        }
        let said: Vec<Option<Said>> = openings
            .iter()
            .map(|opening| {
                let (changes_outcome, classes, given) = known.get(&opening.place)?;
                let classes = Classes::new(&opening.domain, classes, *given);
                Some(Said { changes_outcome: *changes_outcome, classes })
            })
            .collect();
        let unsaid = (0..said.len()).filter(|at| said.get(*at).is_some_and(Option::is_none)).collect();
        let pool = Pool::new(program, limits.list_items, base.reference_date);
        Self { file, base, openings, limits, pool, open, said, unsaid }
    }

    /// A completion: anew, or one of those that gave what is rare with another answer to one question.
    fn next(
        &self,
        seen: &BTreeMap<Combination, (usize, Filling)>,
        r: &mut Random,
    ) -> (Filling, Option<From>) {
        if self.openings.is_empty() || seen.is_empty() || r.percent(45) {
            return (Filler::new(&self.pool, r).all(self.base, &self.openings), None);
        }
        let mut known: Vec<&(usize, Filling)> = seen.values().collect();
        known.sort_by_key(|(times, _)| *times);
        let at = r.below(known.len());
        let at = if r.percent(60) { at.min(r.below(known.len())) } else { at };
        let (_, from) = *known.get(at).unwrap();
        let at = match self.unsaid.is_empty() || r.percent(60) {
            true => r.below(self.openings.len()),
            false => *r.pick(&self.unsaid),
        };
        let changed = Filler::new(&self.pool, r).change(self.base, &self.openings, from, at);
        (changed, Some((at, from.clone())))
    }

    fn judged<'s>(
        &self,
        filling: &Filling,
        proposal: &mut Proposal,
        scratch: &'s mut Scratch,
    ) -> &'s Judgement {
        fill(self.base, &self.openings, filling, proposal);
        proposal.closing = None;
        self.file.meetlat.with_limits(self.limits.clone()).judge_into(proposal, scratch).unwrap()
    }

    fn faults(
        &self,
        filling: &Filling,
        from: Option<&From>,
        proposal: &mut Proposal,
        scratch: &mut Scratch,
    ) -> Vec<Fault> {
        let model = self.file.meetlat.model();
        let complete = self.judged(filling, proposal, scratch);
        let mut all = within::faults(model, &self.open, complete);
        let combinations = complete.combinations.clone();
        let gap = !complete.missing_rows.is_empty();
        // Where something that is said is missing, classes miss it too.
        if all.is_empty() && !within::unbounded(&self.open) {
            all.extend(self.classes(filling, &combinations));
        }
        if let Some((at, from)) = from.filter(|_| !gap) {
            let before = self.judged(from, proposal, scratch);
            if before.missing_rows.is_empty() {
                all.extend(self.relevance(*at, &before.combinations, &combinations));
            }
        }
        all
    }

    /// The class of each answer must leave what comes out.
    fn classes(&self, filling: &Filling, combinations: &[Combination]) -> Vec<Fault> {
        let mut all = Vec::new();
        for ((opening, said), state) in self.openings.iter().zip(&self.said).zip(filling) {
            let Some(said) = said.as_ref().filter(|said| !said.classes.is_empty()) else { continue };
            let pointer = opening.place.pointer(self.file.meetlat.model());
            for combination in combinations {
                match said.classes.leave(state, combination) {
                    Some(true) => {}
                    Some(false) => {
                        let named = named(self.file.meetlat.model(), combination);
                        let what = format!("{pointer}: {} leaves {named}", json(state, &opening.domain));
                        all.push((format!("class of {pointer}"), what));
                    }
                    None => {
                        let what = format!("{pointer}: no class holds {}", json(state, &opening.domain));
                        all.push((format!("no class of {pointer}"), what));
                    }
                }
            }
        }
        all
    }

    /// What is not said to matter changes nothing.
    fn relevance(&self, at: usize, before: &[Combination], after: &[Combination]) -> Vec<Fault> {
        let outcomes =
            |of: &[Combination]| -> BTreeSet<u16> { of.iter().map(|(outcome, _)| *outcome).collect() };
        let model = self.file.meetlat.model();
        let pointer = self.openings.get(at).unwrap().place.pointer(model);
        let names =
            |of: &[Combination]| of.iter().map(|one| named(model, one)).collect::<Vec<_>>().join(" | ");
        let what = || format!("{pointer}: from {} to {}", names(before), names(after));
        match self.said.get(at).unwrap() {
            // One combination: it changes, so another is missing. That is another fault.
            _ if self.open.combinations.len() < 2 => Vec::new(),
            None if before != after && !within::unbounded(&self.open) => {
                vec![(format!("matters, not said: {pointer}"), what())]
            }
            Some(said) if !said.changes_outcome && outcomes(before) != outcomes(after) => {
                vec![(format!("changes the outcome, not said: {pointer}"), what())]
            }
            _ => Vec::new(),
        }
    }

    /// The same fault with as many answers as can be at their plainest.
    fn shrunk(
        &self,
        kind: &str,
        mut filling: Filling,
        mut from: Option<From>,
        proposal: &mut Proposal,
        scratch: &mut Scratch,
    ) -> (Filling, Option<From>) {
        let mut again = true;
        while again {
            again = false;
            for (at, opening) in self.openings.iter().enumerate() {
                if from.as_ref().is_some_and(|(changed, _)| *changed == at) {
                    continue;
                }
                let Some(now) = filling.get(at).cloned() else { continue };
                let length = json(&now, &opening.domain).len();
                for state in simpler(opening, &now) {
                    let shorter = json(&state, &opening.domain).len() < length;
                    if state == now || !(shorter || state == plainest(opening)) {
                        continue;
                    }
                    let put = |filling: &Filling| {
                        let mut filling = filling.clone();
                        if let Some(place) = filling.get_mut(at) {
                            place.clone_from(&state);
                        }
                        filling
                    };
                    let plainer = put(&filling);
                    let plainer_from = from.as_ref().map(|(at, from)| (*at, put(from)));
                    let found = self.faults(&plainer, plainer_from.as_ref(), proposal, scratch);
                    if found.iter().any(|(other, _)| other == kind) {
                        (filling, from) = (plainer, plainer_from);
                        again = true;
                        break;
                    }
                }
            }
        }
        (filling, from)
    }

    /// In words: what is open, and the answers that are not at their plainest.
    fn told(&self, key: &str, proposal: &str, what: &str, filling: &Filling, from: Option<&From>) -> String {
        let model = self.file.meetlat.model();
        let mut text = format!("{key}\n  {what}\n  proposal: {proposal}\n");
        let given: Vec<String> = self
            .base
            .places(model)
            .into_iter()
            .filter_map(|place| {
                let answer = self.base.answer(place).filter(|answer| answer.state != State::Open)?;
                let domain = place.domain(&self.file.meetlat.program().domains)?;
                let open = self.openings.iter().any(|opening| opening.place == place);
                let said = json(&answer.state, domain);
                (!open && place.item.is_none()).then(|| format!("{}: {said}", place.pointer(model)))
            })
            .collect();
        let day = self.base.reference_date.map_or("none".to_owned(), |date| date.to_iso());
        let _ = writeln!(text, "  peildatum {day}; given: {}", given.join(", "));
        let answers = |filling: &Filling| {
            let changed =
                self.openings.iter().zip(filling).filter(|(opening, state)| plainest(opening) != **state);
            let words = changed.map(|(opening, state)| {
                format!("{}: {}", opening.place.pointer(model), json(state, &opening.domain))
            });
            words.collect::<Vec<_>>().join(", ")
        };
        let _ = writeln!(
            text,
            "  filled in: {}; the others nee, the first option, none, 0, 2024-01-01",
            answers(filling)
        );
        if let Some((_, from)) = from {
            let _ = writeln!(text, "  was: {}", answers(from));
        }
        text
    }
}
