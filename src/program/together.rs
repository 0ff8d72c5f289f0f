//! Two programs as one, over the questions that they share: what both read alike is one node, and one diagram says what each gives.

use std::collections::{BTreeMap, HashMap};

use crate::program::compile::{above, bodies, choice_uses, list_use};
use crate::program::nodes::{CriterionNodes, Gate, MadeOf, NodeId, Op, Program};
use crate::rules::model::{Choice, Domain, Field, Kind, Model, Question, QuestionId};
use crate::value::date::Date;
use crate::value::number::Number;
use crate::value::values::Value;

/// A question that is not the same in both files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Apart {
    /// Only the first file has it.
    First(String),
    /// Only the second file has it.
    Second(String),
    /// Both have a question of this name, of different kinds: each file has its own answer.
    Kinds(String),
}

/// Two programs as one.
pub(crate) struct Together {
    /// The outcome is that of the first; the only route is the outcome of the second.
    pub(crate) program: Program,
    /// Per file, where each question stands.
    pub(crate) places: [Vec<Placed>; 2],
    /// Questions that are not shared.
    pub(crate) apart: Vec<Apart>,
    /// A question for which no answer is allowed by both, by its name.
    pub(crate) nothing: Option<String>,
    /// The question that stands for the reference date.
    pub(crate) day: Option<QuestionId>,
}

/// Where a file's question stands among those of both, and how its options are numbered: for each option of both, that of the file.
/// None: the same in both.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    pub(crate) at: QuestionId,
    pub(crate) options: Option<Vec<Option<u16>>>,
}

/// Merges. `days`: the reference date is open between these, not fixed.
pub(crate) fn together(
    first: (&Model, &Program),
    second: (&Model, &Program),
    days: Option<(Option<Date>, Option<Date>)>,
) -> Together {
    let mut apart = Vec::new();
    let mut nothing = None;
    let mut domains: Vec<Domain> = Vec::new();
    let mut places: [Vec<Placed>; 2] = [Vec::new(), Vec::new()];
    let [own, others] = &mut places;
    let at = |n: usize| QuestionId(u32::try_from(n).unwrap_or(u32::MAX));
    let find = |name: &str| second.0.questions.iter().position(|question| question.head.name == name);
    let mut shared: BTreeMap<usize, Placed> = BTreeMap::new();
    for question in &first.0.questions {
        let name = &question.head.name;
        let place = at(domains.len());
        let mut placed = Placed { at: place, options: None };
        let mut domain = question.domain.clone();
        match find(name) {
            None => apart.push(Apart::First(name.clone())),
            Some(other) => {
                let found = second.0.questions.get(other).map(|other| both(question, other));
                match found {
                    Some(Both::Shared(both, one, two)) => {
                        domain = *both;
                        placed.options = one;
                        shared.insert(other, Placed { at: place, options: two });
                    }
                    Some(Both::Nothing) => {
                        nothing.get_or_insert_with(|| name.clone());
                        shared.insert(other, placed.clone());
                    }
                    Some(Both::Apart) | None => apart.push(Apart::Kinds(name.clone())),
                }
            }
        }
        own.push(placed);
        domains.push(domain);
    }
    for (other, question) in second.0.questions.iter().enumerate() {
        if let Some(placed) = shared.remove(&other) {
            others.push(placed);
            continue;
        }
        if !apart.contains(&Apart::Kinds(question.head.name.clone())) {
            apart.push(Apart::Second(question.head.name.clone()));
        }
        others.push(Placed { at: at(domains.len()), options: None });
        domains.push(question.domain.clone());
    }
    let reads_day = [first.1, second.1].iter().any(|program| program.nodes.contains(&Op::ReferenceDate));
    let day = days.filter(|_| reads_day).map(|(from, until)| {
        domains.push(Domain { kind: Kind::Date { from, until }, none: false, not_applicable: false });
        at(domains.len() - 1)
    });
    let mut joining = Joining { program: first.1.clone(), nodes: HashMap::new(), day };
    joining.program.domains = domains;
    joining.program.nodes.clear();
    joining.program.in_item.clear();
    joining.program.tables.clear();
    let one = joining.add(first.1, own);
    let two = joining.add(second.1, others);
    let node = |map: &[NodeId], of: NodeId| map.get(of.index()).copied().unwrap_or(of);
    let mut program = joining.program;
    program.outcome = node(&one, first.1.outcome);
    program.line = program.outcome;
    program.total = node(&one, first.1.total);
    program.routes = vec![node(&two, second.1.outcome)];
    let both = || [(&one, first.1), (&two, second.1)].into_iter();
    program.criteria = both()
        .flat_map(|(map, from)| {
            from.criteria.iter().map(move |criterion| CriterionNodes {
                score: criterion.score.map(|of| node(map, of)),
                only_if: criterion.only_if.map(|of| node(map, of)),
                share: criterion.share.map(|of| node(map, of)),
                contribution: criterion.contribution.map(|of| node(map, of)),
                requirement: criterion.requirement.clone(),
                made_of: MadeOf::Direct,
            })
        })
        .collect();
    let gates = |of: &dyn Fn(&Program) -> &[Gate]| -> Vec<Gate> {
        both()
            .flat_map(|(map, from)| {
                let gate = |gate: &Gate| Gate {
                    only_if: gate.only_if.map(|of| node(map, of)),
                    holds: node(map, gate.holds),
                };
                of(from).iter().map(gate).collect::<Vec<_>>()
            })
            .collect()
    };
    program.conditions = gates(&|program| &program.conditions);
    program.signals = gates(&|program| &program.signals);
    program.exclusions =
        both().flat_map(|(map, from)| from.exclusions.iter().map(move |of| node(map, *of))).collect();
    program.pillars =
        both().flat_map(|(map, from)| from.pillars.iter().map(move |of| node(map, *of))).collect();
    program.pillars.sort_unstable();
    program.pillars.dedup();
    program.bodies = bodies(&program);
    program.above_pillar = above(&program);
    program.choices = choice_uses(&program);
    program.lists =
        program.domains.iter().enumerate().map(|(at, domain)| list_use(&program, at, domain)).collect();
    Together { program, places, apart, nothing, day }
}

struct Joining {
    program: Program,
    nodes: HashMap<Op, NodeId>,
    day: Option<QuestionId>,
}

impl Joining {
    /// Adds a program; returns where each of its nodes now stands.
    fn add(&mut self, from: &Program, places: &[Placed]) -> Vec<NodeId> {
        let tables: Vec<u32> = from
            .tables
            .iter()
            .map(|table| {
                let at = self.program.tables.iter().position(|one| one == table).unwrap_or_else(|| {
                    self.program.tables.push(table.clone());
                    self.program.tables.len() - 1
                });
                u32::try_from(at).unwrap_or(u32::MAX)
            })
            .collect();
        let mut map: Vec<NodeId> = Vec::with_capacity(from.nodes.len());
        for (op, in_item) in from.nodes.iter().zip(&from.in_item) {
            let node = |of: &NodeId| map.get(of.index()).copied().unwrap_or(*of);
            let all = |of: &[NodeId]| of.iter().map(node).collect::<Vec<_>>();
            let place = |of: &QuestionId| places.get(of.index()).map_or(*of, |placed| placed.at);
            let made = match op {
                Op::Answer(question) => {
                    let answer = Op::Answer(place(question));
                    match places.get(question.index()).and_then(|placed| placed.options.clone()) {
                        Some(options) => Op::Recode(self.put(answer, *in_item), options),
                        None => answer,
                    }
                }
                Op::ReferenceDate => self.day.map_or(Op::ReferenceDate, Op::Answer),
                Op::Constant(_) => op.clone(),
                Op::Field(list, field) => Op::Field(place(list), *field),
                Op::CountItems(list) => Op::CountItems(place(list)),
                Op::Sum(list, field) => Op::Sum(place(list), *field),
                Op::LevelScore(a, partly) => Op::LevelScore(node(a), partly.clone()),
                Op::And(of) => Op::And(all(of)),
                Op::Or(of) => Op::Or(all(of)),
                Op::Not(a) => Op::Not(node(a)),
                Op::AtLeast(count, of) => Op::AtLeast(*count, all(of)),
                Op::Equals(a, of) => Op::Equals(node(a), all(of)),
                Op::Order(a, order, b) => Op::Order(node(a), *order, node(b)),
                Op::Contains(a, mask) => Op::Contains(node(a), *mask),
                Op::HasValue(a) => Op::HasValue(node(a)),
                Op::CountChosen(a) => Op::CountChosen(node(a)),
                Op::Arithmetic(a, operator, b) => Op::Arithmetic(node(a), *operator, node(b)),
                Op::ShiftDays(a, days) => Op::ShiftDays(node(a), *days),
                Op::ShiftMonths(a, months) => Op::ShiftMonths(node(a), *months),
                Op::YearOf(a) => Op::YearOf(node(a)),
                Op::Recode(a, words) => Op::Recode(node(a), words.clone()),
                Op::LookUp(table, keys) => {
                    Op::LookUp(tables.get(*table as usize).copied().unwrap_or(*table), all(keys))
                }
                Op::Quantified { all, list, body } => {
                    Op::Quantified { all: *all, list: place(list), body: node(body) }
                }
                Op::FirstTrue(of) => Op::FirstTrue(all(of)),
                Op::Pick(at, of) => Op::Pick(node(at), all(of)),
                Op::Combine(how, parts) => Op::Combine(
                    *how,
                    parts.iter().map(|(part, weight)| (node(part), weight.clone())).collect(),
                ),
                Op::Line(a, ends) => Op::Line(node(a), ends.clone()),
                Op::OnlyIf(a, b) => Op::OnlyIf(node(a), node(b)),
                Op::ActiveWeight(a, weight) => Op::ActiveWeight(node(a), weight.clone()),
                Op::Weighted(a, weight) => Op::Weighted(node(a), weight.clone()),
                Op::Plus(of) => Op::Plus(all(of)),
                Op::Quotient(a, b) => Op::Quotient(node(a), node(b)),
            };
            let at = self.put(made, *in_item);
            map.push(at);
        }
        map
    }

    fn put(&mut self, op: Op, in_item: bool) -> NodeId {
        let next = NodeId(u32::try_from(self.program.nodes.len()).unwrap_or(u32::MAX));
        let at = *self.nodes.entry(op.clone()).or_insert(next);
        if at == next {
            self.program.nodes.push(op);
            self.program.in_item.push(in_item);
        }
        at
    }
}

/// What two questions of one name have in common.
enum Both {
    /// The answers that both allow; per file how its options are numbered.
    Shared(Box<Domain>, Option<Vec<Option<u16>>>, Option<Vec<Option<u16>>>),
    /// No answer is allowed by both.
    Nothing,
    /// They are of different kinds.
    Apart,
}

fn both(first: &Question, second: &Question) -> Both {
    let (one, two) = (&first.domain, &second.domain);
    let (mut counted, mut counted_too) = (None, None);
    let kind = match (&one.kind, &two.kind) {
        (Kind::OneOf(a), Kind::OneOf(b)) => {
            let all: Vec<Choice> =
                a.iter().filter(|option| b.iter().any(|other| other.name == option.name)).cloned().collect();
            let count = |own: &[Choice]| {
                let place = |option: &Choice| {
                    own.iter()
                        .position(|other| other.name == option.name)
                        .and_then(|at| u16::try_from(at).ok())
                };
                let same = own.len() == all.len() && names(own).eq(names(&all));
                (!same).then(|| all.iter().map(place).collect())
            };
            (counted, counted_too) = (count(a), count(b));
            Some(Kind::OneOf(all))
        }
        // Rules name sets of options as a whole.
        (Kind::SomeOf(a), Kind::SomeOf(b)) => names(a).eq(names(b)).then(|| one.kind.clone()),
        (
            Kind::List { fields, from, until },
            Kind::List { fields: others, from: from_too, until: until_too },
        ) => {
            let fields: Option<Vec<Field>> = (fields.len() == others.len())
                .then(|| fields.iter().zip(others).map(|(a, b)| field(a, b)).collect())
                .flatten();
            fields.map(|fields| Kind::List {
                fields,
                from: (*from).max(*from_too),
                until: least(until.as_ref(), until_too.as_ref()),
            })
        }
        (a, b) => plain(a, b),
    };
    let Some(kind) = kind else { return Both::Apart };
    let (none, not_applicable) = (one.none && two.none, one.not_applicable && two.not_applicable);
    let empty = match &kind {
        Kind::OneOf(options) => options.is_empty(),
        Kind::Integer { from, until }
        | Kind::Number { from, until }
        | Kind::Percentage { from, until }
        | Kind::Money { from, until } => {
            from.as_ref().zip(until.as_ref()).is_some_and(|(from, until)| from > until)
        }
        Kind::Date { from, until } => from.zip(*until).is_some_and(|(from, until)| from > until),
        Kind::List { from, until, fields } => {
            let never = |field: &Field| match &field.domain.kind {
                Kind::Integer { from, until }
                | Kind::Number { from, until }
                | Kind::Percentage { from, until }
                | Kind::Money { from, until } => {
                    from.as_ref().zip(until.as_ref()).is_some_and(|(from, until)| from > until)
                }
                Kind::Date { from, until } => from.zip(*until).is_some_and(|(from, until)| from > until),
                _ => false,
            };
            until.is_some_and(|until| *from > until) || fields.iter().any(never)
        }
        _ => false,
    };
    if empty {
        return Both::Nothing;
    }
    Both::Shared(Box::new(Domain { kind, none, not_applicable }), counted, counted_too)
}

fn names(of: &[Choice]) -> impl Iterator<Item = &str> {
    of.iter().map(|choice| choice.name.as_str())
}

fn field(a: &Field, b: &Field) -> Option<Field> {
    if a.name != b.name {
        return None;
    }
    let kind = match (&a.domain.kind, &b.domain.kind) {
        (Kind::OneOf(one), Kind::OneOf(two)) | (Kind::SomeOf(one), Kind::SomeOf(two)) => {
            names(one).eq(names(two)).then(|| a.domain.kind.clone())
        }
        (one, two) => plain(one, two),
    }?;
    let (none, not_applicable) =
        (a.domain.none && b.domain.none, a.domain.not_applicable && b.domain.not_applicable);
    Some(Field { domain: Domain { kind, none, not_applicable }, ..a.clone() })
}

/// Kinds without options or fields.
fn plain(a: &Kind, b: &Kind) -> Option<Kind> {
    type Ends<'a> = (&'a Option<Number>, &'a Option<Number>);
    let ends = |(from, until): Ends<'_>, (from_too, until_too): Ends<'_>| {
        (most(from.as_ref(), from_too.as_ref()), least(until.as_ref(), until_too.as_ref()))
    };
    Some(match (a, b) {
        (Kind::YesNo, Kind::YesNo) => Kind::YesNo,
        (Kind::YesPartlyNo, Kind::YesPartlyNo) => Kind::YesPartlyNo,
        (Kind::Text, Kind::Text) => Kind::Text,
        (Kind::Integer { from, until }, Kind::Integer { from: f, until: u }) => {
            let (from, until) = ends((from, until), (f, u));
            Kind::Integer { from, until }
        }
        (Kind::Number { from, until }, Kind::Number { from: f, until: u }) => {
            let (from, until) = ends((from, until), (f, u));
            Kind::Number { from, until }
        }
        (Kind::Percentage { from, until }, Kind::Percentage { from: f, until: u }) => {
            let (from, until) = ends((from, until), (f, u));
            Kind::Percentage { from, until }
        }
        (Kind::Money { from, until }, Kind::Money { from: f, until: u }) => {
            let (from, until) = ends((from, until), (f, u));
            Kind::Money { from, until }
        }
        (Kind::Date { from, until }, Kind::Date { from: f, until: u }) => {
            Kind::Date { from: most(from.as_ref(), f.as_ref()), until: least(until.as_ref(), u.as_ref()) }
        }
        _ => return None,
    })
}

fn least<T: Ord + Clone>(a: Option<&T>, b: Option<&T>) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b).clone()),
        (one, other) => one.or(other).cloned(),
    }
}

fn most<T: Ord + Clone>(a: Option<&T>, b: Option<&T>) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.max(b).clone()),
        (one, other) => one.or(other).cloned(),
    }
}

/// A value as a file numbers its options.
pub(crate) fn own_value(value: &Value, placed: &Placed) -> Option<Value> {
    match (value, &placed.options) {
        (Value::Choice(at), Some(options)) => options.get(usize::from(*at))?.map(Value::Choice),
        (value, _) => Some(value.clone()),
    }
}
