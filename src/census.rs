//! How many completions of what is open lead to each outcome.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagram::{Combination, Engine, Halt, NotCounted, Shares, first, size};
use crate::evaluate::possible::{Possible, Slot};
use crate::evaluate::world::World;
use crate::judge::call::Call;
use crate::judge::open::search;
use crate::limits::provisional::{Provisional, ProvisionalReason};
use crate::message::diagnostic::Diagnostics;
use crate::message::language::{Text, says};
use crate::program::nodes::{NodeId, Op};
use crate::proposal::answers::{Answer, State};
use crate::proposal::place::Place;
use crate::rules::model::{Domain, Kind, QuestionId};
use crate::value::number::Number;
use crate::value::values::Value;

/// Open lists are counted length by length, for at most this many combinations of lengths.
const MOST_LENGTHS: usize = 1 << 10;

/// How many completions there are, and how many lead where: see [`Meetlat::census`](crate::Meetlat::census).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Census {
    /// All completions: the product of the numbers of answers of what is counted.
    pub completions: Number,
    /// How many lead to each outcome with choices of the routes, ascending; those that none leads to are left out.
    pub combinations: Vec<Counted>,
    /// For how many a missing row of a table leaves the outcome or a route open.
    pub undecided: Number,
    /// JSON pointers of the open answers that are counted, in rule-file order: those that can change the outcome or a route. A list
    /// counts with its items.
    pub counted: Vec<String>,
    /// JSON pointers of the open answers that are not counted, because they change nothing; in rule-file order.
    pub left_out: Vec<String>,
}

/// How many completions lead to an outcome, with these choices of the routes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counted {
    /// The outcome, as a place in the outcome list.
    pub outcome: u16,
    /// Per route the choice, as a place in its list.
    pub routes: Vec<u16>,
    /// How many.
    pub completions: Number,
}

impl Census {
    /// How many completions lead to each outcome, whatever the routes; ascending. Cost: linear.
    ///
    /// ```
    /// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
    /// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
    /// let json = r#"{"meetlat": "klein", "antwoorden": {"bedrag": 42000}}"#;
    /// let census = meetlat.census(&meetlat.read("voorstel.json", json, None)?)?;
    /// let outcomes = census.outcomes();
    /// let sum = outcomes.iter().fold(meetlat::findings::Number::ZERO, |sum, (_, count)| sum.add(count));
    /// assert_eq!(sum, census.completions);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn outcomes(&self) -> Vec<(u16, Number)> {
        let mut all: BTreeMap<u16, Number> = BTreeMap::new();
        for one in &self.combinations {
            let count = all.entry(one.outcome).or_default();
            *count = count.add(&one.completions);
        }
        all.into_iter().collect()
    }
}

/// Why completions were not counted.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Uncounted {
    /// An open answer that makes a difference has infinitely many values: a number or date without both ends, a text, a list without
    /// a greatest length.
    Endless {
        /// Its JSON pointer.
        pointer: String,
    },
    /// Open numbers hang together, and are too many to be tried.
    Together {
        /// Their JSON pointers.
        pointers: Vec<String>,
    },
    /// Open lists can have too many lengths.
    Lengths {
        /// Their JSON pointers.
        pointers: Vec<String>,
    },
    /// The limit was reached, the host said stop, or it could not be decided what makes a difference.
    Provisional(Provisional),
    /// Other rules read the proposal.
    OtherRules(Box<Diagnostics>),
}

impl std::error::Error for Uncounted {}

/// In Dutch; [`Uncounted::message`] has both languages.
impl std::fmt::Display for Uncounted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message().nl)
    }
}

impl Uncounted {
    /// What to tell a person.
    #[must_use]
    pub fn message(&self) -> Text {
        match self {
            Self::Endless { pointer } => says!(
                "het aantal antwoorden op {pointer} heeft geen grens, en het antwoord maakt verschil: dat is niet te tellen",
                "there is no end to the answers to {pointer}, and the answer makes a difference: that cannot be counted"
            ),
            Self::Together { pointers } => {
                let all = pointers.join(", ");
                says!(
                    "{all} hangen samen en hebben te veel antwoorden om te tellen",
                    "{all} hang together and have too many answers to be counted"
                )
            }
            Self::Lengths { pointers } => {
                let all = pointers.join(", ");
                says!(
                    "{all} kan te veel lengtes hebben om te tellen",
                    "{all} can have too many lengths to be counted"
                )
            }
            Self::Provisional(provisional) => {
                let at = provisional.question.clone().unwrap_or_default();
                says!("het tellen is gestopt ({at})", "the count was stopped ({at})")
            }
            Self::OtherRules(found) => found.first_message(),
        }
    }
}

/// Counts. Cost: as a judgement; where lists are open, one diagram for each of their lengths.
pub(crate) fn census(call: Call<'_>) -> Result<Census, Uncounted> {
    // Without a bound on the classes nothing is shown, only what matters.
    let judgement = search(call);
    if let Some(provisional) = judgement.provisional {
        return Err(Uncounted::Provisional(provisional));
    }
    let mut matters: BTreeSet<Place> =
        judgement.open.iter().map(|open| Place { question: open.question, item: open.item }).collect();
    matters.extend(judgement.differences.iter().filter(|one| one.matters).map(|one| one.place));
    let world = call.world();
    let open: BTreeSet<Place> = (0..)
        .take(world.slots.len())
        .filter(|slot| world.get(*slot).known().is_none())
        .filter_map(|slot| world.place(slot, call.proposal))
        .collect();
    let counter = Counter { call, matters: &matters };
    let mut census = counter.count()?;
    let pointers = |of: &dyn Fn(&&Place) -> bool| {
        open.iter().filter(of).map(|place| place.pointer(call.model())).collect()
    };
    census.counted = pointers(&|place| matters.contains(place));
    census.left_out = pointers(&|place| !matters.contains(place));
    Ok(census)
}

struct Counter<'a> {
    call: Call<'a>,
    matters: &'a BTreeSet<Place>,
}

/// One choice of lengths for open lists.
type Lengths = Vec<(QuestionId, State)>;

impl Counter<'_> {
    fn count(&self) -> Result<Census, Uncounted> {
        let (mut counts, mut undecided): (BTreeMap<Combination, Number>, Number) = Default::default();
        let mut completions = Number::ZERO;
        for lengths in self.lengths()? {
            let (shares, many) = self.of(lengths)?;
            for (combination, share) in shares.all {
                let count = counts.entry(combination).or_default();
                *count = count.add(&share.mul(&many));
            }
            undecided = undecided.add(&shares.undecided.mul(&many));
            completions = completions.add(&many);
        }
        let counted = |((outcome, routes), completions)| Counted { outcome, routes, completions };
        Ok(Census {
            completions,
            combinations: counts.into_iter().map(counted).collect(),
            undecided,
            counted: Vec::new(),
            left_out: Vec::new(),
        })
    }

    /// Every choice of lengths for the open lists that make a difference.
    fn lengths(&self) -> Result<Vec<Lengths>, Uncounted> {
        let mut all: Vec<Lengths> = vec![Vec::new()];
        let mut lists = Vec::new();
        for place in self.matters.iter().filter(|place| place.item.is_none()) {
            let Some(domain) = place.domain(&self.call.program().domains) else { continue };
            let Kind::List { from, until, .. } = &domain.kind else { continue };
            // Where givers differ, its items stand.
            if self.call.proposal.disputes.contains_key(place)
                || self.call.proposal.answer(*place).is_some_and(|answer| answer.state != State::Open)
            {
                return Err(Uncounted::Lengths { pointers: vec![place.pointer(self.call.model())] });
            }
            let Some(until) = *until else {
                return Err(Uncounted::Endless { pointer: place.pointer(self.call.model()) });
            };
            lists.push(place.pointer(self.call.model()));
            let Kind::List { fields, .. } = &domain.kind else { continue };
            let items = |length: u32| {
                State::Items((0..length).map(|_| vec![Answer::default(); fields.len()]).collect())
            };
            let count = usize::try_from(until.saturating_sub(*from)).unwrap_or(usize::MAX);
            if all.len().saturating_mul(count) > MOST_LENGTHS {
                return Err(Uncounted::Lengths { pointers: lists });
            }
            let mut ways: Vec<State> = (*from..=until).map(items).collect();
            ways.extend(domain.none.then_some(State::Given(Value::None)));
            ways.extend(domain.not_applicable.then_some(State::Given(Value::NotApplicable)));
            let with = |before: &Lengths| -> Vec<Lengths> {
                let add = |way: &State| {
                    let mut lengths = before.clone();
                    lengths.push((place.question, way.clone()));
                    lengths
                };
                ways.iter().map(add).collect()
            };
            all = all.iter().flat_map(with).collect();
        }
        Ok(all)
    }

    /// The shares of all completions with these lengths, and how many those are.
    fn of(&self, lengths: Lengths) -> Result<(Shares, Number), Uncounted> {
        let mut proposal = self.call.proposal.clone();
        let lists: BTreeSet<QuestionId> = lengths.iter().map(|(list, _)| *list).collect();
        for (list, state) in lengths {
            if let Some(answer) = proposal.answers.get_mut(list.index()) {
                answer.state = state;
            }
        }
        let mut world = World::new(self.call.program(), &proposal, self.call.limits);
        let stopped = |halt: Halt| Uncounted::Provisional(self.provisional(halt));
        self.call
            .budget
            .steps(u64::try_from(world.slots.len()).unwrap_or(0))
            .map_err(|ended| stopped(ended.into()))?;
        let mut many = Number::ONE;
        let mut counted: BTreeMap<Slot, Place> = BTreeMap::new();
        for slot in (0..).take(world.slots.len()) {
            if world.get(slot).known().is_some() {
                continue;
            }
            let place = world.place(slot, &proposal);
            let counts = place.filter(|place| {
                self.matters.contains(place) || (lists.contains(&place.question) && self.reads(*place))
            });
            let Some(place) = counts else {
                // It changes nothing, whatever it is.
                let value = first(&world, slot);
                world.set(slot, Possible::Known(value));
                continue;
            };
            let given = world.given.get(&slot);
            let bounded = given.is_some() || place.domain(&self.call.program().domains).is_some_and(has_ends);
            let size = size(world.get(slot), &world.step(slot), given).filter(|_| bounded);
            let Some(size) = size else {
                return Err(Uncounted::Endless { pointer: self.pointer(place) });
            };
            many = many.mul(&size);
            counted.insert(slot, place);
        }
        let nodes: Vec<NodeId> = std::iter::once(self.call.program().outcome)
            .chain(self.call.program().routes.iter().copied())
            .collect();
        let mut engine = Engine::new(self.call.program(), world, self.call.budget).map_err(stopped)?;
        let root = engine.together(&nodes).map_err(stopped)?;
        match engine.shares(root) {
            Ok(shares) => Ok((shares, many)),
            Err(NotCounted::Halt(halt)) => Err(stopped(halt)),
            Err(NotCounted::Together(slots)) => {
                let places: BTreeSet<Place> =
                    slots.iter().filter_map(|slot| counted.get(slot).copied()).collect();
                Err(Uncounted::Together {
                    pointers: places.into_iter().map(|place| self.pointer(place)).collect(),
                })
            }
        }
    }

    /// Whether some rule reads a field of a list.
    fn reads(&self, place: Place) -> bool {
        let Some((_, field)) = place.item else { return true };
        let reads = |op: &Op| match op {
            Op::Field(list, of) | Op::Sum(list, of) => *list == place.question && *of == field,
            _ => false,
        };
        self.call.program().nodes.iter().any(reads)
    }

    fn pointer(&self, place: Place) -> String {
        place.pointer(self.call.model())
    }

    fn provisional(&self, halt: Halt) -> Provisional {
        let reason = match halt {
            Halt::Ended(ended) => ended.into(),
            Halt::Numbers => ProvisionalReason::Numbers,
        };
        let question = self.matters.first().map(|place| self.pointer(*place));
        Provisional::new(reason, self.call.budget.limit(), question)
    }
}

/// Whether the rules make the number of answers finite.
const fn has_ends(domain: &Domain) -> bool {
    match &domain.kind {
        Kind::Integer { from, until }
        | Kind::Number { from, until }
        | Kind::Percentage { from, until }
        | Kind::Money { from, until } => from.is_some() && until.is_some(),
        Kind::Date { from, until } => from.is_some() && until.is_some(),
        Kind::Text => false,
        _ => true,
    }
}
