//! The answers of one evaluation: for every slot what it can still be, and what lists add up to.

use std::collections::BTreeMap;

use crate::evaluate::possible::{Core, Line, Possible, Range, Set, Slot};
use crate::json::decimal::{AFTER, BEFORE};
use crate::limits::Limits;
use crate::program::nodes::Program;
use crate::proposal::answers::{Answer, Proposal, State};
use crate::proposal::place::Place;
use crate::rules::model::{Domain, Kind, QuestionId};
use crate::value::date::Date;
use crate::value::number::Number;
use crate::value::values::Value;

/// Where the fields of a list's items stand among the slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListSlots {
    /// Slot of the first field of the first item.
    pub base: Slot,
    /// Fields per item.
    pub fields: u32,
    /// Items there is room for.
    pub items: u32,
}

/// What an open list's items add up to in one field, where only sums read that field: how many items have a number there, and
/// their sum, each a number of its own. For every count and sum between these ends there are items that add up to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregate {
    /// The list.
    pub list: QuestionId,
    /// The field.
    pub field: u32,
    /// How many items have a number there: the list's length where every item has.
    pub count: Slot,
    /// Their sum.
    pub sum: Slot,
    /// The least that one of them can be.
    pub least: Number,
    /// The most that one of them can be.
    pub most: Number,
}

impl ListSlots {
    /// The slot of a field.
    #[must_use]
    pub const fn slot(self, item: u32, field: u32) -> Slot {
        self.base + item * self.fields + field
    }
}

/// All slots. Slots 0.. are the questions in order (a list's own slot is its length), then the fields of lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct World {
    /// What each slot can be.
    pub slots: Vec<Possible>,
    /// The least difference between two answers of a numeric slot; 0 for others.
    pub steps: Vec<Number>,
    /// Where the fields of lists are.
    pub lists: Vec<Option<ListSlots>>,
    /// The reference date; the first day of the calendar where there is none (no rule then reads it).
    pub reference_date: Date,
    /// Slots that can be exactly one of these values, whatever their set says beside: what several people answered.
    pub given: BTreeMap<Slot, Vec<Value>>,
    /// Sums over open lists.
    pub aggregates: Vec<Aggregate>,
    /// Whether the open lists range over all lengths that can make a difference.
    pub exact: bool,
}

/// A slot that does not exist: read as n.v.t. Cannot occur.
static NOTHING: Possible = Possible::Known(Value::NotApplicable);

impl World {
    /// The place that a slot belongs to. The fields of an open list belong to the list. None for a slot that no answer has.
    #[must_use]
    pub fn place(&self, slot: Slot, proposal: &Proposal) -> Option<Place> {
        if (slot as usize) < self.lists.len() {
            return Some(Place::of(QuestionId(slot)));
        }
        if let Some(sum) = self.aggregates.iter().find(|one| one.sum == slot || one.count == slot) {
            return Some(Place::of(sum.list));
        }
        for (at, list) in (0..).zip(&self.lists) {
            let question = QuestionId(at);
            if let Some(list) = list
                && slot >= list.base
                && slot < list.base + list.items * list.fields
                && list.fields > 0
            {
                let answer = proposal.answers.get(question.index());
                let given = matches!(answer.map(|answer| &answer.state), Some(State::Items(_)));
                let within = slot - list.base;
                return Some(Place {
                    question,
                    item: given.then_some((within / list.fields, within % list.fields)),
                });
            }
        }
        None
    }

    /// The slot of the answer at a place.
    #[must_use]
    pub fn slot(&self, place: Place) -> Slot {
        match place.item {
            Some((item, field)) => self.list(place.question).slot(item, field),
            None => place.question.0,
        }
    }

    /// Fills the slots from a proposal.
    #[must_use]
    pub fn new(program: &Program, proposal: &Proposal, limits: &Limits) -> Self {
        let mut world = Self {
            slots: Vec::with_capacity(program.domains.len()),
            steps: Vec::with_capacity(program.domains.len()),
            lists: vec![None; program.domains.len()],
            reference_date: proposal.reference_date.unwrap_or(Date::MIN),
            given: BTreeMap::new(),
            aggregates: Vec::new(),
            exact: true,
        };
        for (at, domain) in program.domains.iter().enumerate() {
            world.push(at, domain, proposal.answers.get(at).map(|answer| &answer.state));
        }
        for at in 0..program.domains.len() {
            world.push_list(program, at, proposal.answers.get(at), limits);
        }
        world.dispute(proposal);
        world
    }

    /// Where givers differ, the answer can be only what they gave.
    fn dispute(&mut self, proposal: &Proposal) {
        for (place, dispute) in &proposal.disputes {
            // A place that has been answered since is no longer in dispute.
            let stands = match proposal.answer(*place).map(|answer| &answer.state) {
                Some(State::Open) => true,
                Some(State::Items(items)) => {
                    let longest = dispute.values.iter().filter_map(|value| match value {
                        Value::Number(length) => Some(length),
                        _ => None,
                    });
                    longest.max() == Some(&whole(items.len()))
                }
                _ => false,
            };
            let slot = self.slot(*place);
            if let Some(set) = stands.then(|| covering(&dispute.values)).flatten() {
                self.set(slot, set);
                self.given.insert(slot, dispute.values.clone());
            }
        }
    }

    fn push(&mut self, at: usize, domain: &Domain, state: Option<&State>) {
        let slot = Slot::try_from(at).unwrap_or(Slot::MAX);
        let possible = match state {
            Some(State::Given(value)) => Possible::Known(value.clone()),
            Some(State::Items(items)) => Possible::number(whole(items.len())),
            _ => open(domain, slot),
        };
        self.slots.push(possible);
        self.steps.push(step(domain));
    }

    fn push_list(&mut self, program: &Program, at: usize, answer: Option<&Answer>, limits: &Limits) {
        let Some(Kind::List { fields, .. }) = program.domains.get(at).map(|domain| &domain.kind) else {
            return;
        };
        let base = self.slots.len();
        let width = fields.len();
        let items = match answer.map(|answer| &answer.state) {
            Some(State::Given(_)) => 0,
            Some(State::Items(items)) => {
                for item in items {
                    for (field, answer) in fields.iter().zip(item) {
                        self.push(self.slots.len(), &field.domain, Some(&answer.state));
                    }
                }
                items.len()
            }
            _ => self.open_list(program, at, fields, limits),
        };
        if let Some(list) = self.lists.get_mut(at) {
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            *list = Some(ListSlots { base: count(base), fields: count(width), items: count(items) });
        }
    }

    /// Gives an open list slots for the items that conditions can tell apart, and for its sums. Returns how many such items there
    /// are.
    fn open_list(
        &mut self,
        program: &Program,
        at: usize,
        fields: &[crate::rules::model::Field],
        limits: &Limits,
    ) -> usize {
        let used = program.lists.get(at).cloned().flatten().unwrap_or_default();
        let most = u32::try_from(limits.list_items).unwrap_or(u32::MAX);
        let until = match program.domains.get(at).map(|domain| &domain.kind) {
            Some(Kind::List { until, .. }) => *until,
            _ => None,
        };
        // Items beyond those that conditions need can be like one of them.
        let items = until.map_or(used.items, |until| until.min(used.items));
        let (items, apart) = match until {
            _ if used.sums.is_empty() || used.apart => (items, true),
            // Sums of fields that conditions also read: item by item, where there are not too many.
            Some(until) if until <= most => (until, false),
            _ => {
                self.exact = false;
                (items, true)
            }
        };
        for _ in 0..items {
            for field in fields {
                self.push(self.slots.len(), &field.domain, None);
            }
        }
        let length = Slot::try_from(at).unwrap_or(Slot::MAX);
        if let Some(slot) = self.slots.get_mut(at)
            && let Possible::Open(set) = slot
            && let Core::Range(range) = &mut set.core
        {
            range.hi =
                until.map_or_else(|| Number::nines(BEFORE, 0), |until| Number::whole(i64::from(until)));
            range.line = Some(Line::of(length));
            // A list that can have only one length is known to have that length.
            *slot = set.clone().into();
        }
        for field in used.sums.iter().filter(|_| apart) {
            if let Some(domain) = fields.get(*field as usize).map(|field| &field.domain) {
                self.aggregate(QuestionId(length), *field, domain);
            }
        }
        items as usize
    }

    fn aggregate(&mut self, list: QuestionId, field: u32, domain: &Domain) {
        let lengths = match self.get(list.0) {
            Possible::Known(Value::Number(length)) => (length.clone(), length.clone()),
            Possible::Open(Set { core: Core::Range(range), .. }) => (range.lo.clone(), range.hi.clone()),
            _ => return,
        };
        let Some(item) = open(domain, 0).as_range() else { return };
        let count = if domain.none || domain.not_applicable {
            let slot = Slot::try_from(self.slots.len()).unwrap_or(Slot::MAX);
            self.slots.push(Possible::range(Number::ZERO, lengths.1.clone(), false, Some(Line::of(slot))));
            self.steps.push(Number::ONE);
            slot
        } else {
            list.0
        };
        let zero = Number::ZERO;
        let fewest = if count == list.0 { lengths.0 } else { Number::ZERO };
        let lo = item.lo.mul(if item.lo.is_negative() { &lengths.1 } else { &fewest });
        let hi = item.hi.mul(if item.hi.is_negative() { &fewest } else { &lengths.1 });
        // geen and n.v.t. have no items.
        let (lo, hi) = match self.get(list.0) {
            Possible::Open(set) if set.none || set.not_applicable => (lo.min(zero.clone()), hi.max(zero)),
            _ => (lo, hi),
        };
        let sum = Slot::try_from(self.slots.len()).unwrap_or(Slot::MAX);
        self.slots.push(Possible::range(lo, hi, false, Some(Line::of(sum))));
        self.steps.push(step(domain));
        self.aggregates.push(Aggregate { list, field, count, sum, least: item.lo, most: item.hi });
    }

    /// The slots of a list's sum over a field; none where items are added one by one.
    #[must_use]
    pub fn aggregate_of(&self, list: QuestionId, field: u32) -> Option<&Aggregate> {
        self.aggregates.iter().find(|one| one.list == list && one.field == field)
    }

    /// What a slot can be.
    #[must_use]
    pub fn get(&self, slot: Slot) -> &Possible {
        self.slots.get(slot as usize).unwrap_or(&NOTHING)
    }

    /// Changes a slot and returns its old value.
    pub fn set(&mut self, slot: Slot, possible: Possible) -> Possible {
        match self.slots.get_mut(slot as usize) {
            Some(old) => std::mem::replace(old, possible),
            None => NOTHING.clone(),
        }
    }

    /// The least difference between two answers of a slot.
    #[must_use]
    pub fn step(&self, slot: Slot) -> Number {
        self.steps.get(slot as usize).cloned().unwrap_or_default()
    }

    /// Where the fields of a list are.
    #[must_use]
    pub fn list(&self, question: QuestionId) -> ListSlots {
        let none = ListSlots { base: 0, fields: 0, items: 0 };
        self.lists.get(question.index()).copied().flatten().unwrap_or(none)
    }

    /// How many items a list has: the number when known (0 for geen and n.v.t.), else none.
    #[must_use]
    pub fn item_count(&self, question: QuestionId) -> Option<u32> {
        match self.get(question.0) {
            Possible::Known(Value::Number(n)) => n.to_i64().and_then(|n| u32::try_from(n).ok()),
            Possible::Known(_) => Some(0),
            Possible::Open(_) => None,
        }
    }
}

/// A set that holds some values, and may hold more; none where there is no choice among them.
fn covering(values: &[Value]) -> Option<Possible> {
    let mut all = values.iter().map(|value| match value {
        // Without a linear form: such numbers are split one by one.
        Value::Number(_) | Value::Date(_) => {
            let mut set = Possible::Known(value.clone()).parts().into_owned();
            if let Core::Range(range) = &mut set.core {
                range.line = None;
            }
            Possible::Open(set)
        }
        other => Possible::Known(other.clone()),
    });
    let first = all.next()?;
    let set = all.fold(first, |set, one| set.join(&one));
    set.known().is_none().then_some(set)
}

fn whole(n: usize) -> Number {
    Number::whole(i64::try_from(n).unwrap_or(i64::MAX))
}

/// The furthest possible answer of a numeric kind, in as many digits as are read.
fn greatest(domain: &Domain) -> Number {
    Number::nines(BEFORE, decimals(domain).unwrap_or(0))
}

/// The most digits after the point in an answer of a numeric kind; none for others.
const fn decimals(domain: &Domain) -> Option<u32> {
    match domain.kind {
        Kind::Integer { .. } | Kind::Date { .. } | Kind::List { .. } => Some(0),
        Kind::Money { .. } => Some(2),
        Kind::Number { .. } => Some(AFTER),
        // Counted before the percent sign, so two more.
        Kind::Percentage { .. } => Some(AFTER + 2),
        _ => None,
    }
}

/// The least difference between two answers of a numeric kind; 0 for others.
pub(crate) fn step(domain: &Domain) -> Number {
    let exponent = decimals(domain).and_then(|decimals| i32::try_from(decimals).ok());
    exponent.map_or(Number::ZERO, |decimals| Number::decimal("1", -decimals).unwrap_or(Number::ONE))
}

/// Everything that an open answer can be.
pub(crate) fn open(domain: &Domain, slot: Slot) -> Possible {
    let count = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let step = step(domain);
    let numbers = |from: &Option<Number>, until: &Option<Number>| {
        // Ends that lie between two possible answers move inward. The furthest answers are whole steps.
        let lo = from.as_ref().map_or_else(|| greatest(domain).neg(), |from| from.ceil_to(&step));
        let hi = until.as_ref().map_or_else(|| greatest(domain), |until| until.floor_to(&step));
        Core::Range(Box::new(Range { lo, hi, date: false, line: Some(Line::of(slot)) }))
    };
    let core = match &domain.kind {
        Kind::YesNo => Core::Levels(0b101),
        Kind::YesPartlyNo => Core::Levels(0b111),
        Kind::OneOf(options) if options.len() <= 64 => Core::Choices(
            u64::MAX.checked_shr(64_u32.saturating_sub(u32::from(count(options.len())))).unwrap_or(0),
        ),
        Kind::OneOf(options) => Core::AnyChoice(count(options.len())),
        Kind::SomeOf(options) => {
            let shift = 64_u32.saturating_sub(u32::from(count(options.len())));
            Core::Subset { must: 0, may: u64::MAX.checked_shr(shift).unwrap_or(0) }
        }
        Kind::Integer { from, until }
        | Kind::Number { from, until }
        | Kind::Percentage { from, until }
        | Kind::Money { from, until } => numbers(from, until),
        Kind::Date { from, until } => {
            let day = |date: Date| Number::whole(i64::from(date.day_number()));
            let (lo, hi) = (day(from.unwrap_or(Date::MIN)), day(until.unwrap_or(Date::MAX)));
            Core::Range(Box::new(Range { lo, hi, date: true, line: Some(Line::of(slot)) }))
        }
        Kind::Text => Core::Text,
        // The greatest length is set where the fields get their slots. No linear form: lengths are split one by one.
        Kind::List { from, .. } => {
            let (lo, hi) = (Number::whole(i64::from(*from)), Number::whole(i64::from(u32::MAX)));
            Core::Range(Box::new(Range { lo, hi, date: false, line: None }))
        }
    };
    Set { none: domain.none, not_applicable: domain.not_applicable, core }.into()
}
