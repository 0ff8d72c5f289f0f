//! Complete proposals are judged straight, without a search: here both ways give the same, on random rules. `MEETLAT_PAIRS`
//! sets how many, `MEETLAT_SEED` the first seed.

use meetlat::findings::Judgement;
use meetlat::findings::Value;
use meetlat::findings::{Answer, State};
use meetlat::internals::diagram::reach::Reach;
use meetlat::internals::evaluate::possible::Possible;
use meetlat::internals::evaluate::world::World;
use meetlat::internals::judge::call::Call;
use meetlat::internals::judge::open::search;
use meetlat::internals::limits::budget::Budget;
use meetlat::{Meetlat, Proposal, Scratch};

use crate::generate::generate;
use crate::support::seeds;

/// What was found, and whether it was found without a search.
#[derive(Default)]
struct Counts {
    straight: usize,
    searched: usize,
    missing_rows: usize,
    not_completed: usize,
}

#[test]
fn both_ways_give_the_same() {
    let seeds = seeds("MEETLAT_PAIRS", 200);
    let all = usize::try_from(seeds.end - seeds.start).unwrap();
    let mut counts = Counts::default();
    // One for all rules: what it held before must not matter.
    let mut scratch = Scratch::default();
    for seed in seeds {
        let case = generate(seed);
        let meetlat = Meetlat::parse("regels.meetlat", &case.rules).into_result().unwrap();
        let proposal = meetlat.read("voorstel.json", &case.proposal, case.reference_date).unwrap();
        // As generated, mostly with open answers; and with these filled in.
        same(seed, &meetlat, &proposal, &mut scratch);
        let Some(complete) = completed(&meetlat, &proposal, seed) else {
            counts.not_completed += 1;
            continue;
        };
        let found = same(seed, &meetlat, &complete, &mut scratch);
        counts.missing_rows += usize::from(!found.missing_rows.is_empty());
        // A search takes several steps, or none.
        match found.steps {
            1 => counts.straight += 1,
            _ => counts.searched += 1,
        }
    }
    let Counts { straight, searched, missing_rows, not_completed } = counts;
    assert!(
        straight * 10 >= all * 8,
        "{straight} straight, {searched} searched, {missing_rows} without a row"
    );
    assert!(searched <= missing_rows, "{searched} searched, {missing_rows} without a row");
    assert!(not_completed * 20 <= all, "{not_completed} could not be completed");
}

/// Both judgements, but for the steps they took.
fn same(seed: u64, meetlat: &Meetlat, proposal: &Proposal, scratch: &mut Scratch) -> Judgement {
    let found = meetlat.judge_into(proposal, scratch).unwrap().clone();
    let (rules, limits) = (meetlat.compiled(), meetlat.limits());
    let mut expected = search(Call { rules, proposal, limits, budget: &Budget::new(limits) });
    (expected.steps, expected.closed) = (found.steps, found.closed.clone());
    assert_eq!(found, expected, "seed {seed}");
    found
}

/// A proposal with its open answers filled in as some completion has them; texts stay open now and then.
fn completed(meetlat: &Meetlat, proposal: &Proposal, seed: u64) -> Option<Proposal> {
    let world = World::new(meetlat.program(), proposal, meetlat.limits());
    let alone: Vec<bool> = world.slots.iter().map(|slot| slot.known().is_some()).collect();
    let budget = meetlat::internals::limits::budget::Budget::new(meetlat.limits());
    let reach = Reach::new(meetlat.program(), world, &budget);
    // Not always the first outcome that is found.
    let combinations = reach.combinations().ok()?;
    let at = usize::try_from(seed).unwrap() % combinations.len().max(1);
    let wanted = combinations.into_iter().nth(at);
    let world = reach.witness(&|one| wanted.as_ref().is_none_or(|wanted| one == wanted)).ok()??;
    let world = &world;
    let known = move |slot: u32| world.get(slot).known().cloned();
    let mut complete = proposal.clone();
    for (at, answer) in (0_u32..).zip(&mut complete.answers) {
        let list = world.lists[at as usize];
        if answer.state == State::Open {
            answer.state = match (known(at)?, list) {
                (Value::Number(length), Some(list)) => {
                    let length = u32::try_from(length.to_i64()?).ok()?;
                    let item = |item| (0..list.fields).map(move |field| given(known(list.slot(item, field))));
                    State::Items(
                        (0..length).map(|at| item(at).collect::<Option<_>>()).collect::<Option<_>>()?,
                    )
                }
                (Value::Text, _) if alone[at as usize] && seed.is_multiple_of(2) => State::Open,
                (value, _) => State::Given(value),
            };
        } else if let (State::Items(items), Some(list)) = (&mut answer.state, list) {
            for (item, fields) in (0..).zip(items) {
                for (field, answer) in (0..).zip(fields) {
                    if answer.state == State::Open {
                        answer.state = given(known(list.slot(item, field)))?.state;
                    }
                }
            }
        }
    }
    let world = World::new(meetlat.program(), &complete, meetlat.limits());
    assert!(world.slots.iter().all(|slot| matches!(slot, Possible::Known(_))), "seed {seed}");
    Some(complete)
}

fn given(value: Option<Value>) -> Option<Answer> {
    Some(Answer { state: State::Given(value?), ..Answer::default() })
}
