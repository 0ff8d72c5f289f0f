//! The smallest changes, against plain enumeration: every set of answers by size, every new answer, every completion of
//! what stays open. `MEETLAT_PAIRS` sets how many pairs, `MEETLAT_SEED` the first seed.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use meetlat::Meetlat;
use meetlat::Proposal;
use meetlat::Target;
use meetlat::internals::improve::change::{Found, Scope, Smallest};
use meetlat::internals::rules::model::{GoodSide, Kind};
use serde_json::Value as Json;

use crate::evaluator;
use crate::evaluator::parsing::parsed;
use crate::evaluator::{Combo, Value, answers, completions};
use crate::generate::generate;
use crate::support::seeds;

/// Cases with more completions of what is open and changed are left out.
const CAP: u64 = 4_000;

/// Sets of changes are enumerated up to this size.
const MOST: usize = 3;

#[test]
fn the_smallest_changes_are_the_smallest() {
    let seeds = seeds("MEETLAT_PAIRS", 200);
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get) as u64;
    let told: Vec<Told> = std::thread::scope(|scope| {
        let started: Vec<_> = (0..workers)
            .map(|worker| {
                let mine = seeds.clone().filter(move |seed| seed % workers == worker);
                scope.spawn(move || mine.map(compare).collect::<Vec<Told>>())
            })
            .collect();
        started.into_iter().flat_map(|one| one.join().unwrap()).collect()
    });
    let count = |kind: fn(&Told) -> bool| told.iter().filter(|one| kind(one)).count();
    let wrong: Vec<&String> =
        told.iter().filter_map(|one| if let Told::Wrong(text) = one { Some(text) } else { None }).collect();
    let left_out = count(|one| matches!(one, Told::LeftOut));
    let unproved = count(|one| matches!(one, Told::Unproved));
    let sizes: Vec<usize> = (0..=MOST)
        .map(|size| told.iter().filter(|one| matches!(one, Told::Same(n) if *n == size)).count())
        .collect();
    println!("{} pairs, {left_out} left out, {unproved} not proved, by size (0: none) {sizes:?}", told.len());
    assert!(
        wrong.is_empty(),
        "{} pairs differ\n{}",
        wrong.len(),
        wrong.iter().map(|s| s.as_str()).collect::<Vec<_>>().join("\n")
    );
    assert!(left_out * 5 <= told.len(), "{left_out} cases have too many completions");
    assert!(unproved * 100 <= told.len(), "{unproved} cases were not decided");
    // There is something to change, where there are pairs enough.
    assert!(told.len() < 200 || sizes.iter().all(|&times| times > 0), "{sizes:?}");
}

enum Told {
    /// With the size, 0 when there is no set.
    Same(usize),
    LeftOut,
    Unproved,
    Wrong(String),
}

/// Questions whose answers cannot all be tried are made fixed, so that no change names them.
fn fix_what_is_wide(rules: &str, json: &Json) -> String {
    let file = parsed(rules);
    let mut text = rules.to_owned();
    let names: Vec<String> = json["antwoorden"].as_object().unwrap().keys().cloned().collect();
    for name in names {
        let mut without = json.clone();
        without["antwoorden"].as_object_mut().unwrap().remove(&name);
        if answers(&file, &without, CAP).is_some() {
            continue;
        }
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let start = format!("vraag {name}:");
        let Some(at) = lines.iter().position(|line| line.starts_with(&start)) else { continue };
        let Some(clause) = lines.iter().skip(at + 1).position(|line| {
            line.trim_start() != line && !line.trim_start().starts_with('#') && !line.trim().is_empty()
        }) else {
            continue;
        };
        let clause = at + 1 + clause;
        let indent: String = lines[clause].chars().take_while(|c| c.is_whitespace()).collect();
        let end = if lines[clause].ends_with('\r') { "\r" } else { "" };
        if !lines[at + 1..]
            .iter()
            .take_while(|line| line.trim_start() != line.as_str() || line.trim().is_empty())
            .any(|line| line.split('#').next().is_some_and(|clause| clause.trim() == "staat vast"))
        {
            lines.insert(clause, format!("{indent}staat vast{end}"));
        }
        text = lines.join("\n");
    }
    text
}

fn compare(seed: u64) -> Told {
    let case = generate(seed);
    let json: Json = serde_json::from_str(&case.proposal).unwrap();
    let rules = fix_what_is_wide(&case.rules, &json);
    let meetlat = match Meetlat::parse("regels.meetlat", &rules).into_result() {
        Ok(meetlat) => meetlat,
        Err(found) => {
            return Told::Wrong(format!(
                "seed {seed}: {:?}\n{rules}",
                found.iter().map(|d| d.message.nl.clone()).collect::<Vec<_>>()
            ));
        }
    };
    let proposal = meetlat.read("voorstel.json", &case.proposal, case.reference_date).unwrap();
    let model = meetlat.model();
    let outcomes = model.verdict.outcomes.len() as u64;
    let target = match model.routes.len() as u64 {
        routes if routes > 0 && seed % 4 == 3 => {
            let route = (seed / 4 % routes) as usize;
            Target::Route(route, (seed / 8 % model.routes[route].choices.len() as u64) as u16)
        }
        _ if seed % 8 == 1 || seed % 8 == 2 => Target::AtLeast((seed / 8 % outcomes) as u16),
        _ => Target::Outcome((seed / 2 % outcomes) as u16),
    };
    let scope = if seed.is_multiple_of(2) { Scope::Given } else { Scope::Open };
    let wanted = |combo: &Combo| match target {
        Target::Outcome(at) => combo.0 == model.verdict.outcomes[usize::from(at)].name,
        Target::AtLeast(at) => {
            model.verdict.outcomes.iter().take(usize::from(at) + 1).any(|one| one.name == combo.0)
        }
        Target::Route(route, at) => {
            combo.1[route] == model.routes[route].choices[usize::from(at)].choice.name
        }
        other => panic!("{other:?}"),
    };
    let brute = Brute {
        meetlat: &meetlat,
        proposal: &proposal,
        json: &json,
        file: parsed(&rules),
        date: case.reference_date,
        scope,
        wanted: &wanted,
    };
    let Some(now) = brute.table(&BTreeSet::new()) else { return Told::LeftOut };
    let already = now.1.iter().all(|(_, combo)| wanted(combo));
    let (rules, limits) = (meetlat.compiled(), meetlat.limits());
    let budget = &meetlat::internals::limits::budget::Budget::new(limits);
    let call = meetlat::internals::judge::call::Call { rules, proposal: &proposal, limits, budget };
    let found = meetlat::internals::improve::search::improve(call, target, scope);
    let (plain, odd) = match found {
        Found::Already => {
            return if already {
                Told::Same(0)
            } else {
                Told::Wrong(format!("seed {seed}: not settled yet"))
            };
        }
        Found::Changes { plain, odd } => (plain, odd),
    };
    if already {
        return Told::Wrong(format!("seed {seed}: settled already"));
    }
    if !plain.proved || !odd.proved {
        println!(
            "seed {seed}: not proved: {:?} {:?} {target:?} {scope:?}",
            plain.provisional, odd.provisional
        );
        return Told::Unproved;
    }
    let Some((size, sets)) = brute.smallest(MOST, false) else { return Told::LeftOut };
    let Some((odd_size, odd_sets)) = brute.smallest(if size == 0 { MOST } else { size - 1 }, true) else {
        return Told::LeftOut;
    };
    for (name, engine, size, sets) in [("plain", &plain, size, sets), ("odd", &odd, odd_size, odd_sets)] {
        if let Some(text) = differs(&meetlat, engine, size, &sets) {
            return Told::Wrong(format!("seed {seed} {name} {target:?} {scope:?}: {text}"));
        }
        if let Some(text) = brute.regions_fail(engine) {
            return Told::Wrong(format!("seed {seed} {name} {target:?} {scope:?}: {text}"));
        }
    }
    Told::Same(size)
}

fn pointers(meetlat: &Meetlat, found: &Smallest) -> BTreeSet<BTreeSet<String>> {
    let set = |set: &Vec<meetlat::internals::improve::change::Change>| {
        set.iter().map(|change| change.place.pointer(meetlat.model())).collect()
    };
    found.sets.iter().map(set).collect()
}

fn differs(
    meetlat: &Meetlat,
    engine: &Smallest,
    size: usize,
    sets: &BTreeSet<BTreeSet<String>>,
) -> Option<String> {
    let found = pointers(meetlat, engine);
    let found_size = found.first().map_or(0, BTreeSet::len);
    if size == 0 {
        // None up to the size that was enumerated.
        return (found_size > 0 && found_size <= MOST).then(|| format!("engine {found:?}, naive none"));
    }
    let same = if engine.more { found.is_subset(sets) && found_size == size } else { found == *sets };
    (!same).then(|| format!("engine {found:?} (more: {}), naive {sets:?}", engine.more))
}

struct Brute<'a> {
    meetlat: &'a Meetlat,
    proposal: &'a Proposal,
    json: &'a Json,
    file: meetlat::internals::rules::syntax::File,
    date: Option<meetlat::Date>,
    scope: Scope,
    wanted: &'a dyn Fn(&Combo) -> bool,
}

type Table = (Vec<evaluator::Slot>, Vec<(Vec<usize>, Combo)>);

impl Brute<'_> {
    /// All completions with these answers taken away.
    fn table(&self, open: &BTreeSet<String>) -> Option<Table> {
        let mut json = self.json.clone();
        for pointer in open {
            if let Some(place) = json.pointer_mut(pointer) {
                *place = Json::Null;
                continue;
            }
            // Around a list that is wrapped with its ground.
            let parts: Vec<&str> = pointer.split('/').collect();
            if parts.len() == 5
                && let Some(place) =
                    json.pointer_mut(&format!("/antwoorden/{}/antwoord/{}/{}", parts[2], parts[3], parts[4]))
            {
                *place = Json::Null;
            }
        }
        completions(&self.file, &json, self.date, CAP)
    }

    /// What may change, with the old value; none for what is open.
    fn candidates(&self) -> BTreeMap<String, Option<Value>> {
        let (values, open) = answers(&self.file, self.json, CAP).unwrap();
        let open: BTreeSet<String> = open.into_iter().map(|slot| slot.pointer).collect();
        let model = self.meetlat.model();
        let mut found = BTreeMap::new();
        for place in self.proposal.places(model) {
            let pointer = place.pointer(model);
            let question = &model.questions[place.question.index()];
            let old = match (place.item, &values[&question.head.name]) {
                (None, value) => value.clone(),
                (Some((item, field)), Value::List(items)) => {
                    let Kind::List { fields, .. } = &question.domain.kind else { panic!() };
                    items[item as usize][&fields[field as usize].name].clone()
                }
                _ => panic!("no list"),
            };
            if open.contains(&pointer) {
                let unsayable = self.proposal.answer(place).is_some_and(|answer| answer.unsayable.is_some());
                if self.scope == Scope::Open && !unsayable {
                    found.insert(pointer, None);
                }
            } else if !question.fixed && !open.iter().any(|one| one.starts_with(&format!("{pointer}/"))) {
                // A list with open fields is not replaced: they stay open.
                found.insert(pointer, Some(old));
            }
        }
        found
    }

    fn good_side(&self, pointer: &str) -> GoodSide {
        let name: Vec<&str> = pointer.split('/').collect();
        let questions = self.meetlat.model().questions.iter();
        let mut questions = questions.filter(|question| name.len() == 3 && question.head.name == name[2]);
        questions.next().map_or(GoodSide::None, |question| question.good_side)
    }

    /// Whether advice may name the new value.
    fn may_be(&self, pointer: &str, old: Option<&Value>, new: &Value, any_side: bool) -> bool {
        fn has_none(value: &Value) -> bool {
            match value {
                Value::None | Value::NotApplicable => true,
                Value::List(items) => items.iter().flat_map(|item| item.values()).any(has_none),
                _ => false,
            }
        }
        if has_none(new) || old == Some(new) {
            return false;
        }
        let side = if any_side { GoodSide::None } else { self.good_side(pointer) };
        match (old.and_then(|old| new.order(old)), side) {
            (Some(order), GoodSide::Higher) => order == Ordering::Greater,
            (Some(order), GoodSide::Lower) => order == Ordering::Less,
            _ => true,
        }
    }

    /// Whether new answers at these places do it for every completion of the rest. None: too many completions.
    fn does(
        &self,
        set: &BTreeSet<String>,
        candidates: &BTreeMap<String, Option<Value>>,
        any_side: bool,
    ) -> Option<bool> {
        let (slots, table) = self.table(set)?;
        let mut good: BTreeMap<Vec<usize>, bool> = BTreeMap::new();
        for (chosen, combo) in &table {
            let mut own = Vec::new();
            let mut allowed = true;
            for (slot, at) in slots.iter().zip(chosen) {
                if let Some(pointer) = set.get(&slot.pointer) {
                    own.push(*at);
                    allowed &=
                        self.may_be(pointer, candidates[pointer].as_ref(), &slot.values[*at], any_side);
                }
            }
            if allowed {
                *good.entry(own).or_insert(true) &= (self.wanted)(combo);
            }
        }
        Some(good.values().any(|good| *good))
    }

    fn smallest(&self, most: usize, any_side: bool) -> Option<(usize, BTreeSet<BTreeSet<String>>)> {
        let candidates = self.candidates();
        let names: Vec<&String> = candidates.keys().collect();
        for size in 1..=most.min(names.len()) {
            let mut found = BTreeSet::new();
            for mask in 0_u32..1 << names.len() {
                if mask.count_ones() as usize != size {
                    continue;
                }
                let set: BTreeSet<String> = names
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| mask >> at & 1 == 1)
                    .map(|(_, name)| (*name).clone())
                    .collect();
                // A list and a field of it cannot both change.
                if set.iter().any(|one| set.iter().any(|other| other.starts_with(&format!("{one}/")))) {
                    continue;
                }
                if self.does(&set, &candidates, any_side)? {
                    found.insert(set);
                }
            }
            // A list is not replaced where one of its fields can be changed instead.
            let all = found.clone();
            let is_list =
                |pointer: &String| candidates.keys().any(|other| other.starts_with(&format!("{pointer}/")));
            found.retain(|set| {
                !set.iter().filter(|pointer| is_list(pointer)).any(|list| {
                    all.iter().any(|other| {
                        other.iter().any(|one| one.starts_with(&format!("{list}/")))
                            && set.iter().filter(|one| *one != list).all(|one| other.contains(one))
                    })
                })
            });
            if !found.is_empty() {
                return Some((size, found));
            }
        }
        Some((0, BTreeSet::new()))
    }

    /// Every answer in the regions does it, together with any of the others: on the values that are enumerated.
    fn regions_fail(&self, engine: &Smallest) -> Option<String> {
        let model = self.meetlat.model();
        for set in &engine.sets {
            if set.iter().any(|change| change.list.is_some()) {
                continue;
            }
            let names: BTreeSet<String> = set.iter().map(|change| change.place.pointer(model)).collect();
            let (slots, table) = self.table(&names)?;
            let (mut inside, mut examples) = (0, 0);
            for (chosen, combo) in &table {
                let within = |example: bool| {
                    slots.iter().zip(chosen).all(|(slot, at)| {
                        let change = set.iter().find(|change| change.place.pointer(model) == slot.pointer);
                        change.is_none_or(|change| {
                            let kind = &change.place.domain(&self.meetlat.program().domains).unwrap().kind;
                            let one = [meetlat::internals::evaluate::possible::Possible::Known(
                                change.example.clone(),
                            )];
                            let region = if example { &one[..] } else { &change.region };
                            region.iter().any(|possible| holds(possible, kind, &slot.values[*at]))
                        })
                    })
                };
                if within(false) {
                    inside += 1;
                    if !(self.wanted)(combo) {
                        return Some(format!(
                            "{names:?}: {chosen:?} lies in the regions and does not do it: {set:?}"
                        ));
                    }
                }
                examples += usize::from(within(true));
            }
            if inside == 0
                && examples == 0
                && set.iter().all(|change| {
                    !matches!(
                        change.place.domain(&self.meetlat.program().domains).unwrap().kind,
                        Kind::Integer { .. }
                            | Kind::Number { .. }
                            | Kind::Money { .. }
                            | Kind::Percentage { .. }
                            | Kind::Date { .. }
                    )
                })
            {
                return Some(format!("{names:?}: no value lies in the regions: {set:?}"));
            }
        }
        None
    }
}

/// Whether a value of the naive evaluator is one of the engine's.
fn holds(possible: &meetlat::internals::evaluate::possible::Possible, kind: &Kind, value: &Value) -> bool {
    use meetlat::findings::Value as Own;
    use meetlat::internals::evaluate::possible::{Core, Possible};
    let word = |at: usize| match kind {
        Kind::OneOf(options) | Kind::SomeOf(options) => options[at].name.clone(),
        _ => panic!("no options"),
    };
    match possible {
        Possible::Known(Own::Level(level)) => *value == Value::Grade(*level as u8),
        Possible::Known(Own::Choice(at)) => *value == Value::Word(word(usize::from(*at))),
        Possible::Known(Own::Choices(set)) => {
            let words = (0..64).filter(|at| set >> at & 1 == 1).map(word).collect();
            *value == Value::Words(words)
        }
        Possible::Known(Own::Text) => *value == Value::Text,
        Possible::Open(set) => match &set.core {
            Core::Levels(mask) => matches!(value, Value::Grade(at) if mask >> at & 1 == 1),
            Core::Choices(mask) => {
                (0..64).filter(|at| mask >> at & 1 == 1).any(|at| *value == Value::Word(word(at)))
            }
            Core::AnyChoice(_) => matches!(value, Value::Word(_)),
            Core::Subset { .. } => matches!(value, Value::Words(_)),
            Core::Range(range) => within(value, range),
            other => panic!("{other:?}"),
        },
        known => known.as_range().is_some_and(|range| within(value, &range)),
    }
}

fn within(value: &Value, range: &meetlat::internals::evaluate::possible::Range) -> bool {
    let at = match value {
        Value::Number(number) => {
            let text = number.to_string();
            let (n, d) = text.split_once('/').unwrap_or((&text, "1"));
            let (n, d) = (n.parse::<i64>(), d.parse::<i64>());
            match (n, d) {
                (Ok(n), Ok(d)) => meetlat::findings::Number::fraction(n, d).unwrap(),
                // Far beyond every bound: only at its outer end.
                _ => return false,
            }
        }
        Value::Date(day) => meetlat::findings::Number::whole(day.number()),
        _ => return false,
    };
    range.lo <= at && at <= range.hi
}
