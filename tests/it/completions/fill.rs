//! What is open in a proposal, and random ways to fill it in.

use meetlat::Date;
use meetlat::Proposal;
use meetlat::findings::Number;
use meetlat::findings::Place;
use meetlat::findings::{Answer, State};
use meetlat::findings::{Level, Value};
use meetlat::internals::program::nodes::{Op, Program};
use meetlat::internals::rules::model::{Domain, Kind, Model};

use crate::support::random::Random;

/// An answer that is open.
#[derive(Debug, Clone)]
pub(crate) struct Opening {
    pub(crate) place: Place,
    pub(crate) domain: Domain,
    /// What was given, where givers differ; of a list its lengths.
    pub(crate) given: Option<Vec<Value>>,
}

/// One answer per opening.
pub(crate) type Filling = Vec<State>;

/// Everything that is open.
pub(crate) fn openings(model: &Model, program: &Program, proposal: &Proposal) -> Vec<Opening> {
    let mut found = Vec::new();
    for place in proposal.places(model) {
        let domain = place.domain(&program.domains).unwrap().clone();
        let dispute = proposal.disputes.get(&place);
        let open = matches!(proposal.answer(place).unwrap().state, State::Open);
        if dispute.is_some() || open {
            found.push(Opening { place, domain, given: dispute.map(|dispute| dispute.values.clone()) });
        }
    }
    found
}

/// The proposal with everything filled in, into one that was filled in from the same before.
pub(crate) fn fill(base: &Proposal, openings: &[Opening], filling: &Filling, to: &mut Proposal) {
    // Lists that were cut must have their items again.
    if !base.disputes.is_empty() {
        to.clone_from(base);
        to.disputes.clear();
    }
    let mut cut = Vec::new();
    for (opening, state) in openings.iter().zip(filling) {
        let answer = to.answer_mut(opening.place).unwrap();
        match (&opening.given, &answer.state, state) {
            (Some(_), State::Items(_), State::Given(Value::Number(length))) => {
                cut.push((opening.place, usize::try_from(length.to_i64().unwrap()).unwrap()));
            }
            _ => answer.state.clone_from(state),
        }
    }
    for (place, length) in cut {
        if let State::Items(items) = &mut to.answer_mut(place).unwrap().state {
            items.truncate(length);
        }
    }
}

/// How the choices of one completion lean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Even,
    /// Ja, all options, the greatest numbers, nearly always.
    High,
    /// Nee, no options, the least numbers, nearly always.
    Low,
    /// Numbers at the ends of their ranges.
    Ends,
    /// geen and n.v.t. half the time.
    Blank,
    /// Lists of one item many times.
    Long,
}

/// Numbers, days and lengths at which rules may turn.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pool {
    numbers: Vec<Number>,
    days: Vec<i64>,
    months: Vec<i64>,
    shifts: Vec<i64>,
    lengths: Vec<usize>,
    longest: usize,
}

impl Pool {
    pub(crate) fn new(program: &Program, longest: usize, reference_date: Option<Date>) -> Self {
        let mut pool = Self { longest, ..Self::default() };
        for op in &program.nodes {
            match op {
                Op::Constant(value) => pool.add(value),
                Op::Line(_, points) => {
                    let [from, _, to, _] = points.as_ref();
                    let width = to.sub(from);
                    for part in 0..=20 {
                        let part = Number::fraction(part, 20).unwrap();
                        pool.numbers.push(from.add(&width.mul(&part)));
                    }
                }
                Op::ShiftDays(_, days) => pool.shifts.push(*days),
                Op::ShiftMonths(_, months) => pool.months.push(*months),
                _ => {}
            }
        }
        for table in &program.tables {
            for (keys, value) in &table.rows {
                keys.iter().for_each(|key| pool.add(key));
                pool.add(value);
            }
        }
        for domain in &program.domains {
            pool.ends(domain);
        }
        pool.days.extend(reference_date.map(|date| i64::from(date.day_number())));
        pool.numbers.sort();
        pool.numbers.dedup();
        let turning: Vec<i64> = pool.numbers.iter().filter_map(Number::to_i64).collect();
        for n in turning {
            // As a year, and as a length.
            if (1900..2200).contains(&n)
                && let Some(day) = i32::try_from(n).ok().and_then(|year| Date::new(year, 1, 1))
            {
                pool.days.push(i64::from(day.day_number()));
            }
            pool.lengths.extend(usize::try_from(n).ok().filter(|n| *n <= longest));
        }
        if pool.days.is_empty() {
            pool.days.push(738_000);
        }
        pool.days.sort_unstable();
        pool.days.dedup();
        if pool.numbers.is_empty() {
            pool.numbers.push(Number::ZERO);
        }
        pool
    }

    fn add(&mut self, value: &Value) {
        match value {
            Value::Number(n) => self.numbers.push(n.clone()),
            Value::Date(date) => self.days.push(i64::from(date.day_number())),
            _ => {}
        }
    }

    fn ends(&mut self, domain: &Domain) {
        match &domain.kind {
            Kind::Integer { from, until }
            | Kind::Number { from, until }
            | Kind::Percentage { from, until }
            | Kind::Money { from, until } => self.numbers.extend(from.iter().chain(until).cloned()),
            Kind::Date { from, until } => {
                self.days.extend(from.iter().chain(until).map(|date| i64::from(date.day_number())));
            }
            Kind::List { fields, .. } => fields.iter().for_each(|field| self.ends(&field.domain)),
            _ => {}
        }
    }
}

/// Fills in at random.
pub(crate) struct Filler<'p> {
    pub(crate) pool: &'p Pool,
    pub(crate) r: &'p mut Random,
    mood: Mood,
    /// Numbers and days of this completion so far: rules may compare them with what comes.
    numbers: Vec<Number>,
    days: Vec<i64>,
}

impl<'p> Filler<'p> {
    pub(crate) fn new(pool: &'p Pool, r: &'p mut Random) -> Self {
        let moods = [Mood::Even, Mood::Even, Mood::High, Mood::Low, Mood::Ends, Mood::Blank, Mood::Long];
        let mood = *r.pick(&moods);
        Self { pool, r, mood, numbers: Vec::new(), days: Vec::new() }
    }

    /// Everything anew, in a random order, so that each may be compared with each.
    pub(crate) fn all(&mut self, base: &Proposal, openings: &[Opening]) -> Filling {
        self.given(base);
        let mut order: Vec<usize> = (0..openings.len()).collect();
        self.r.shuffle(&mut order);
        let mut filling = vec![State::Open; openings.len()];
        for at in order {
            let opening = openings.get(at).unwrap();
            let state = self.one(opening);
            if let Some(place) = filling.get_mut(at) {
                *place = state;
            }
        }
        filling
    }

    /// Another answer to one.
    pub(crate) fn change(
        &mut self,
        base: &Proposal,
        openings: &[Opening],
        filling: &Filling,
        at: usize,
    ) -> Filling {
        self.given(base);
        for state in filling {
            self.seen(state);
        }
        let mut filling = filling.clone();
        let opening = openings.get(at).unwrap();
        let place = filling.get_mut(at).unwrap();
        *place = match (&mut *place, opening.given.is_none() && self.r.percent(60)) {
            (State::Items(items), true) => self.items_changed(opening, std::mem::take(items)),
            _ => self.one(opening),
        };
        filling
    }

    /// One item more or less, or one field of an item.
    fn items_changed(&mut self, opening: &Opening, mut items: Vec<Vec<Answer>>) -> State {
        let Kind::List { fields, from, until } = &opening.domain.kind else { return State::Items(items) };
        let (least, most) = self.lengths(*from, *until);
        match self.r.below(3) {
            0 if items.len() > least => {
                let at = self.r.below(items.len());
                items.remove(at);
            }
            1 if items.len() < most => items.push(self.item(fields)),
            _ if !items.is_empty() => {
                let at = self.r.below(items.len());
                let field = self.r.below(fields.len());
                let state = self.value(&fields.get(field).unwrap().domain);
                if let Some(answer) = items.get_mut(at).and_then(|item| item.get_mut(field)) {
                    answer.state = state;
                }
            }
            _ => {}
        }
        State::Items(items)
    }

    fn given(&mut self, base: &Proposal) {
        for answer in &base.answers {
            self.seen(&answer.state);
        }
    }

    fn seen(&mut self, state: &State) {
        match state {
            State::Given(Value::Number(n)) => self.numbers.push(n.clone()),
            State::Given(Value::Date(date)) => self.days.push(i64::from(date.day_number())),
            State::Items(items) => {
                self.numbers.push(Number::whole(i64::try_from(items.len()).unwrap()));
                for answer in items.iter().take(3).flatten() {
                    self.seen(&answer.state);
                }
            }
            _ => {}
        }
    }

    fn one(&mut self, opening: &Opening) -> State {
        let state = match &opening.given {
            Some(values) => State::Given(self.r.pick(values).clone()),
            None => self.value(&opening.domain),
        };
        self.seen(&state);
        state
    }

    fn value(&mut self, domain: &Domain) -> State {
        let mut blank = Vec::new();
        blank.extend(domain.none.then_some(Value::None));
        blank.extend(domain.not_applicable.then_some(Value::NotApplicable));
        let often = if self.mood == Mood::Blank { 50 } else { 12 };
        if !blank.is_empty() && self.r.percent(often) {
            return State::Given(self.r.pick(&blank).clone());
        }
        let lean = match self.mood {
            Mood::High => Some(true),
            Mood::Low => Some(false),
            _ => None,
        };
        let lean = lean.filter(|_| self.r.percent(90));
        State::Given(match &domain.kind {
            Kind::YesNo | Kind::YesPartlyNo => {
                let all: &[Level] = match domain.kind {
                    Kind::YesNo => &[Level::No, Level::Yes],
                    _ => &[Level::No, Level::Partly, Level::Yes],
                };
                Value::Level(match lean {
                    Some(true) => Level::Yes,
                    Some(false) => Level::No,
                    None => *self.r.pick(all),
                })
            }
            Kind::OneOf(options) => Value::Choice(u16::try_from(self.r.below(options.len())).unwrap()),
            Kind::SomeOf(options) => {
                let often = match lean {
                    Some(true) => 92,
                    Some(false) => 8,
                    None => *self.r.pick(&[0, 15, 50, 50, 85, 100]),
                };
                let chosen = (0..options.len()).filter(|_| self.r.percent(often));
                Value::Choices(chosen.fold(0, |set, at| set | 1 << at))
            }
            Kind::Integer { from, until } => self.number(from, until, 0),
            Kind::Money { from, until } => self.number(from, until, 2),
            Kind::Number { from, until } => self.number(from, until, 18),
            Kind::Percentage { from, until } => self.number(from, until, 20),
            Kind::Date { from, until } => self.day(*from, *until),
            Kind::Text => Value::Text,
            Kind::List { fields, from, until } => {
                let (least, most) = self.lengths(*from, *until);
                let length = match self.r.below(8) {
                    0 => least,
                    1 if most < self.pool.longest => most,
                    2 if !self.pool.lengths.is_empty() => self.r.pick(&self.pool.lengths) + self.r.below(2),
                    3 => self.r.below(30),
                    // Rarely: each item costs.
                    4 if self.r.percent(2) => self.r.below(most + 1),
                    _ => least + self.r.below(5),
                };
                let length = length.clamp(least, most);
                let alike = self.mood == Mood::Long || self.r.percent(40) || length > 40;
                let mut items: Vec<Vec<Answer>> = Vec::new();
                while items.len() < length {
                    let item = match items.last() {
                        Some(last) if alike => last.clone(),
                        _ => self.item(fields),
                    };
                    items.push(item);
                }
                if alike && length > 0 && self.r.percent(50) {
                    let last = self.item(fields);
                    items.pop();
                    items.push(last);
                }
                return State::Items(items);
            }
        })
    }

    fn lengths(&self, from: u32, until: Option<u32>) -> (usize, usize) {
        let least = usize::try_from(from).unwrap();
        (least, until.map_or(self.pool.longest, |until| usize::try_from(until).unwrap()).max(least))
    }

    fn item(&mut self, fields: &[meetlat::internals::rules::model::Field]) -> Vec<Answer> {
        let mut item = Vec::new();
        for field in fields {
            let state = self.value(&field.domain);
            self.seen(&state);
            item.push(Answer { state, ..Answer::default() });
        }
        item
    }

    fn number(&mut self, from: &Option<Number>, until: &Option<Number>, decimals: i32) -> Value {
        let step = Number::decimal("1", -decimals).unwrap();
        let far = Number::decimal("1", 24).unwrap();
        let lo = from.as_ref().map_or_else(|| far.neg(), |from| from.ceil_to(&step));
        let hi = until.as_ref().map_or(far, |until| until.floor_to(&step));
        let leaning = match self.mood {
            Mood::High if self.r.percent(60) => Some(&hi),
            Mood::Low if self.r.percent(60) => Some(&lo),
            Mood::Ends if self.r.percent(70) => Some(if self.r.percent(50) { &lo } else { &hi }),
            _ => None,
        };
        let mut n = match leaning {
            Some(end) => end.clone(),
            None => self.turning(&lo, &hi),
        };
        // On the point, or beside it: by the least step or by one that people take.
        n = if self.r.percent(50) { n.floor_to(&step) } else { n.ceil_to(&step) };
        let aside = match self.r.below(10) {
            0 => step.clone(),
            1 => step.neg(),
            2 => Number::decimal("1", -2).unwrap().ceil_to(&step),
            3 => Number::decimal("1", -2).unwrap().ceil_to(&step).neg(),
            _ => Number::ZERO,
        };
        Value::Number(n.add(&aside).max(lo).min(hi))
    }

    /// A number at which something may turn.
    fn turning(&mut self, lo: &Number, hi: &Number) -> Number {
        let pool = self.pool;
        match self.r.below(12) {
            0 => lo.clone(),
            1 => hi.clone(),
            2 | 3 => self.r.pick(&pool.numbers).clone(),
            4 => {
                let (one, other) = (self.r.pick(&pool.numbers).clone(), self.r.pick(&pool.numbers).clone());
                self.joined(&one, &other)
            }
            5 if !self.numbers.is_empty() => self.r.pick(&self.numbers).clone(),
            6 | 7 if !self.numbers.is_empty() => {
                let (one, other) = (self.r.pick(&self.numbers).clone(), self.r.pick(&pool.numbers).clone());
                self.joined(&one, &other)
            }
            8 if self.numbers.len() > 1 => {
                let (one, other) = (self.r.pick(&self.numbers).clone(), self.r.pick(&self.numbers).clone());
                self.joined(&one, &other)
            }
            9 => Number::whole(self.r.between(-2, 60)),
            _ => {
                let part = Number::fraction(self.r.between(0, 997), 997).unwrap();
                let (least, greatest) = (Number::whole(-1_000), Number::decimal("1", 7).unwrap());
                let (lo, hi) = (lo.max(&least).min(hi), hi.min(&greatest).max(lo));
                lo.add(&hi.sub(lo).mul(&part))
            }
        }
    }

    fn joined(&mut self, one: &Number, other: &Number) -> Number {
        match self.r.below(5) {
            0 => one.sub(other),
            1 => one.mul(other),
            2 => one.div(other).unwrap_or_else(|| one.clone()),
            _ => one.add(other),
        }
    }

    fn day(&mut self, from: Option<Date>, until: Option<Date>) -> Value {
        let number = |date: Date| i64::from(date.day_number());
        let (lo, hi) = (from.map_or(number(Date::MIN), number), until.map_or(number(Date::MAX), number));
        let known = match self.r.below(3) {
            0 if !self.days.is_empty() => *self.r.pick(&self.days),
            _ => *self.r.pick(&self.pool.days),
        };
        let mut day = match self.r.below(8) {
            0 => lo,
            1 => hi,
            2 => known + self.r.between(-800, 800),
            3 if !self.pool.shifts.is_empty() => {
                let shift = *self.r.pick(&self.pool.shifts);
                known + if self.r.percent(50) { shift } else { -shift }
            }
            4 | 5 if !self.pool.months.is_empty() => {
                let shift = *self.r.pick(&self.pool.months);
                let shift = if self.r.percent(50) { shift } else { -shift };
                let date = Date::from_day_number(known).and_then(|date| date.add_months(shift));
                date.map_or(known, number)
            }
            _ => known,
        };
        day += *self.r.pick(&[0, 0, 0, 1, -1]);
        Value::Date(Date::from_day_number(day.clamp(lo, hi)).unwrap())
    }
}

/// The plainest answer: what a counterexample is shrunk towards.
pub(crate) fn plainest(opening: &Opening) -> State {
    match &opening.given {
        Some(values) => State::Given(values.first().unwrap().clone()),
        None => plain(&opening.domain),
    }
}

/// Answers that may say the same in fewer words, the plainest first.
pub(crate) fn simpler(opening: &Opening, state: &State) -> Vec<State> {
    let mut all = vec![plainest(opening)];
    match (state, &opening.domain.kind) {
        (State::Items(items), Kind::List { fields, from, .. }) => {
            let least = usize::try_from(*from).unwrap();
            let mut part = items.len() / 2;
            while part > 0 {
                let without = (0..items.len()).step_by(part).map(|start| {
                    let outside = |at: &usize| *at < start || *at >= start + part;
                    (0..items.len()).filter(outside).filter_map(|at| items.get(at).cloned()).collect()
                });
                all.extend(without.filter(|items: &Vec<_>| items.len() >= least).map(State::Items));
                part /= 2;
            }
            for (at, field) in fields.iter().enumerate() {
                let plainer = |(place, item): (usize, &Vec<Answer>), only: Option<usize>| {
                    let mut item = item.clone();
                    if let Some(answer) = item.get_mut(at).filter(|_| only.is_none_or(|only| only == place)) {
                        answer.state = plain(&field.domain);
                    }
                    item
                };
                let every = std::iter::once(None).chain((0..items.len().min(20)).map(Some));
                all.extend(every.map(|only| {
                    State::Items(items.iter().enumerate().map(|item| plainer(item, only)).collect())
                }));
            }
        }
        (State::Given(Value::Number(n)), kind) => {
            let within = |other: &Number| match kind {
                Kind::Integer { from, until }
                | Kind::Number { from, until }
                | Kind::Percentage { from, until }
                | Kind::Money { from, until } => {
                    from.as_ref().is_none_or(|from| from <= other)
                        && until.as_ref().is_none_or(|end| other <= end)
                }
                _ => false,
            };
            let mut others: Vec<Number> = [1, 2, 10, 100, 1_000, 100_000].map(Number::whole).into();
            for digits in [4, 2, 1, 0, -1, -2] {
                let step = Number::decimal("1", digits).unwrap();
                others.extend([n.floor_to(&step), n.ceil_to(&step)]);
            }
            others
                .retain(|other| within(other) && (other.is_whole() || !matches!(kind, Kind::Integer { .. })));
            all.extend(others.into_iter().map(|other| State::Given(Value::Number(other))));
        }
        _ => {}
    }
    all
}

fn plain(domain: &Domain) -> State {
    let nearest = |from: &Option<Number>, until: &Option<Number>, decimals: i32| {
        let step = Number::decimal("1", -decimals).unwrap();
        let lo = from.as_ref().map(|from| from.ceil_to(&step));
        let hi = until.as_ref().map(|until| until.floor_to(&step));
        let n = lo.map_or(Number::ZERO, |lo| lo.max(Number::ZERO));
        Value::Number(hi.map_or(n.clone(), |hi| hi.min(n)))
    };
    State::Given(match &domain.kind {
        Kind::YesNo | Kind::YesPartlyNo => Value::Level(Level::No),
        Kind::OneOf(_) => Value::Choice(0),
        Kind::SomeOf(_) => Value::Choices(0),
        Kind::Integer { from, until } => nearest(from, until, 0),
        Kind::Money { from, until } => nearest(from, until, 2),
        Kind::Number { from, until } => nearest(from, until, 18),
        Kind::Percentage { from, until } => nearest(from, until, 20),
        Kind::Date { from, until } => {
            let day = Date::new(2024, 1, 1).unwrap();
            let day = from.map_or(day, |from| from.max(day));
            Value::Date(until.map_or(day, |until| until.min(day)))
        }
        Kind::Text => Value::Text,
        Kind::List { fields, from, .. } => {
            let item = || fields.iter().map(|one| Answer { state: plain(&one.domain), ..Answer::default() });
            return State::Items((0..*from).map(|_| item().collect()).collect());
        }
    })
}

/// An answer as proposals write it.
pub(crate) fn json(state: &State, domain: &Domain) -> String {
    let quoted = |text: &str| format!("\"{text}\"");
    let number = |n: &Number| n.to_decimal_string(n.exact_decimals().unwrap_or(20), '.');
    match (state, &domain.kind) {
        (State::Open, _) => "null".to_owned(),
        (State::Items(items), Kind::List { fields, .. }) => {
            let item = |item: &Vec<Answer>| {
                let members = fields.iter().zip(item);
                let members = members.map(|(field, answer)| {
                    format!("\"{}\": {}", field.name, json(&answer.state, &field.domain))
                });
                format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
            };
            format!("[{}]", items.iter().map(item).collect::<Vec<_>>().join(", "))
        }
        (State::Items(_), _) => "?".to_owned(),
        (State::Given(value), kind) => match (value, kind) {
            (Value::Level(level), _) => quoted(level.word()),
            (Value::Choice(at), Kind::OneOf(options)) => quoted(&options.get(usize::from(*at)).unwrap().name),
            (Value::Choices(set), Kind::SomeOf(options)) => {
                let chosen = options.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
                let names: Vec<String> = chosen.map(|(_, option)| quoted(&option.name)).collect();
                format!("[{}]", names.join(", "))
            }
            (Value::Number(n), Kind::Percentage { .. }) => number(&n.mul(&Number::whole(100))),
            (Value::Number(n), _) => number(n),
            (Value::Date(date), _) => quoted(&date.to_iso()),
            (Value::Text, _) => quoted("x"),
            (Value::None, _) => quoted("geen"),
            (Value::NotApplicable, _) => r#"{"antwoord": "n.v.t.", "onderbouwing": "x"}"#.to_owned(),
            (other, _) => format!("{other:?}"),
        },
    }
}
