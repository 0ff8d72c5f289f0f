//! The total of many criteria, where most share no answer with anything else: what these add up to is one level with a child
//! for every result that the rules can tell apart, and the sums themselves are rows of bits. A diagram of the sum would have a
//! node for nearly every sum that some of them can have.

use std::collections::{BTreeMap, BTreeSet};

use super::build::{Code, Diagram, Halt};
use super::levels::{Asks, is_set};
use super::pass::Pass;
use super::plan::{Plan, slots_of_list};
use super::rows::{Row, reached};
use super::store::{Ref, Shape};
use super::term::FALSE;
use super::total::Sum;
use crate::evaluate::possible::Slot;
use crate::program::nodes::{NodeId, Op};
use crate::rules::model::{Order, QuestionId};
use crate::value::number::Number;
use crate::value::values::Value;

/// Fewer than these are not summed here.
const FEWEST: usize = 3;

/// The bits of a row, times the criteria or the results that are told apart, are at most this many: 32 MB.
const MOST_BITS: usize = 1 << 28;

/// At most this many results of the sum are told apart.
const MOST_CLASSES: usize = 400;

/// A criterion that shares no answer with anything else.
pub(super) struct Summand {
    /// Its score and weight together.
    pub(super) root: Ref,
    /// The levels that it reads.
    pub(super) levels: BTreeSet<u32>,
    /// What it can give, and how far each takes the sum.
    pub(super) values: Distances,
}

/// The sum over them.
pub(super) struct Summed {
    /// Its level: a child per class.
    pub(super) level: u32,
    /// What is summed.
    pub(super) summands: Vec<Summand>,
    /// Per class the sums that are in it.
    pub(super) classes: Vec<Row>,
    /// The length of a row.
    pub(super) length: usize,
}

impl Summed {
    /// How far each criterion can take the sum, where a narrower world leaves only some of its values.
    pub(super) fn distances(&self, keep: &dyn Fn(usize, Ref) -> bool) -> Vec<Vec<usize>> {
        let own = |(at, summand): (usize, &Summand)| {
            let kept = summand.values.iter().filter(|(end, _)| keep(at, *end));
            let mut by: Vec<usize> = kept.map(|(_, by)| *by).collect();
            by.sort_unstable();
            by.dedup();
            by
        };
        self.summands.iter().enumerate().map(own).collect()
    }

    /// The summand that reads a level.
    pub(super) fn reader(&self, level: u32) -> Option<&Summand> {
        self.summands.iter().find(|summand| summand.levels.contains(&level))
    }
}

/// What a criterion can give, and how far each takes the sum.
type Distances = Vec<(Ref, usize)>;

/// Scores and weights as numbers, per end of a criterion.
type Ends = Vec<(Ref, Number, Number)>;

struct Candidate {
    root: Ref,
    score: Ref,
    weight: Ref,
    levels: BTreeSet<u32>,
    ends: Ends,
    apart: bool,
}

/// Sums and weights in whole steps above the least.
struct Grid {
    score: Number,
    weight: Number,
    least: (Number, Number),
    /// How many sums there are for each weight.
    width: usize,
    heights: usize,
}

impl Grid {
    /// None: there are too many places.
    fn of(summands: &[Candidate]) -> Option<(Self, Vec<Distances>)> {
        let (mut score, mut weight) = (Number::ZERO, Number::ZERO);
        let mut least = (Number::ZERO, Number::ZERO);
        let mut starts = Vec::with_capacity(summands.len());
        for one in summands {
            let of = |value: &dyn Fn(&(Ref, Number, Number)) -> Number| one.ends.iter().map(value).min();
            let (s, w) = (of(&|(_, s, _)| s.clone())?, of(&|(_, _, w)| w.clone())?);
            for (_, own, heavy) in &one.ends {
                score = score.common_step(&own.sub(&s));
                weight = weight.common_step(&heavy.sub(&w));
            }
            least = (least.0.add(&s), least.1.add(&w));
            starts.push((s, w));
        }
        let one = |step: Number| if step.is_zero() { Number::ONE } else { step };
        let (score, weight) = (one(score), one(weight));
        let count = |far: Number, step: &Number| {
            far.div(step)?.to_i64().and_then(|count| usize::try_from(count).ok())
        };
        let mut places: Vec<Vec<(Ref, usize, usize)>> = Vec::with_capacity(summands.len());
        let (mut width, mut heights) = (1_usize, 1_usize);
        for (one, (s, w)) in summands.iter().zip(&starts) {
            let place = |(end, own, heavy): &(Ref, Number, Number)| {
                Some((*end, count(own.sub(s), &score)?, count(heavy.sub(w), &weight)?))
            };
            let own: Vec<(Ref, usize, usize)> = one.ends.iter().map(place).collect::<Option<_>>()?;
            width = width.checked_add(own.iter().map(|(_, s, _)| *s).max()?)?;
            heights = heights.checked_add(own.iter().map(|(_, _, w)| *w).max()?)?;
            places.push(own);
        }
        let all = width.checked_mul(heights)?.checked_mul(summands.len())?;
        if all > MOST_BITS {
            return None;
        }
        let row = |own: Vec<(Ref, usize, usize)>| {
            own.into_iter().map(|(end, s, w)| (end, w * width + s)).collect::<Vec<_>>()
        };
        let values = places.into_iter().map(row).collect();
        Some((Self { score, weight, least, width, heights }, values))
    }

    fn length(&self) -> usize {
        self.width * self.heights
    }
}

/// A threshold of the mean: its node, and what it asks of the rest of the sum.
struct Threshold {
    node: NodeId,
    rest: Sum,
    /// The contributions of nothing, of one step of the sum and of one step of the weight.
    start: i64,
    score: i64,
    weight: i64,
}

impl<'p> Diagram<'p> {
    /// Sums the criteria of a mean that share no answer with anything else, where that is worth it: where the sums that some of
    /// them can have are more than `many` in all. The comparisons of the mean with numbers of the rules are built by it.
    pub(super) fn sum_up(&mut self, mean: NodeId, plan: &Plan, many: u64) -> Result<Option<Summed>, Halt> {
        let Some((scores, weights, _)) = self.mean_of(mean) else { return Ok(None) };
        let asked: Vec<(NodeId, Order, Number)> = self.thresholds(mean);
        if asked.is_empty() || scores.len() < FEWEST {
            return Ok(None);
        }
        let mut all = Vec::with_capacity(scores.len());
        for (score, weight) in scores.iter().zip(weights) {
            match self.candidate(*score, *weight)? {
                Some(one) => all.push(one),
                None => return Ok(None),
            }
        }
        let beside = self.beside(mean, plan);
        let mut readers: BTreeMap<u32, u32> = BTreeMap::new();
        all.iter().flat_map(|one| &one.levels).for_each(|level| *readers.entry(*level).or_default() += 1);
        for one in &mut all {
            let alone = |level: &u32| !beside.contains(level) && readers.get(level) == Some(&1);
            one.apart &= !one.levels.is_empty() && one.levels.iter().all(alone);
        }
        let (apart, rest): (Vec<Candidate>, Vec<Candidate>) = all.into_iter().partition(|one| one.apart);
        let ways = apart
            .iter()
            .fold(1_u64, |ways, one| ways.saturating_mul(u64::try_from(one.ends.len()).unwrap_or(u64::MAX)));
        if apart.len() < FEWEST || ways <= many {
            return Ok(None);
        }
        let Some((grid, values)) = Grid::of(&apart) else { return Ok(None) };
        let summands: Vec<Summand> = apart
            .into_iter()
            .zip(values)
            .map(|(one, values)| Summand { root: one.root, levels: one.levels, values })
            .collect();
        let mut summed = Summed { level: 0, summands, classes: Vec::new(), length: grid.length() };
        let rows = reached(&summed.distances(&|_, _| true), summed.length, self.budget)?;
        let sums = rows.iter().fold(0_u64, |sums, row| sums.saturating_add(row.count()));
        let Some(row) = rows.into_iter().next_back().filter(|_| sums > many) else { return Ok(None) };
        let mut found = Vec::with_capacity(asked.len());
        for (node, order, by) in asked {
            match self.rest(node, order, &by, &rest, &grid)? {
                Some(threshold) => found.push(threshold),
                None => return Ok(None),
            }
        }
        let Some(results) = self.classes(&mut summed, &mut found, &row, &rest, &grid)? else {
            return Ok(None);
        };
        summed.level = self.levels.behind(&mut self.store, Asks::Sum);
        let count = u32::try_from(results.len()).unwrap_or(u32::MAX);
        self.store.reshape(summed.level, Shape { numbers: false, specials: count });
        for (at, threshold) in found.iter().enumerate() {
            let kids: Vec<Ref> =
                results.iter().map(|result| result.get(at).copied().unwrap_or(FALSE)).collect();
            let made = self.above(summed.level, &kids, &[])?;
            self.put(threshold.node, made);
        }
        Ok(Some(summed))
    }

    /// The comparisons of a mean with numbers of the rules.
    fn thresholds(&self, mean: NodeId) -> Vec<(NodeId, Order, Number)> {
        let program = self.program;
        let nodes = (0..).map(NodeId).zip(&program.nodes);
        nodes
            .filter_map(|(node, op)| match op {
                Op::Order(of, order, by) if *of == mean => match program.op(*by) {
                    Op::Constant(Value::Number(by)) => Some((node, *order, by.clone())),
                    _ => None,
                },
                _ => None,
            })
            .collect()
    }

    /// A criterion with everything that it can give. None: not all of that is numbers.
    fn candidate(&mut self, score: NodeId, weight: NodeId) -> Result<Option<Candidate>, Halt> {
        let (score, weight) = (self.node(score)?, self.node(weight)?);
        let root = self.two(Code::Pair, score, weight)?;
        let (nodes, below) = self.store.below(root);
        let mut ends = Vec::with_capacity(below.len());
        for end in below {
            let parts = self.terms.parts(end);
            let number = |at: usize| match parts.get(at).and_then(|part| self.terms.value(*part)) {
                Some(Value::Number(number)) => Some(number.clone()),
                _ => None,
            };
            let (Some(own), Some(heavy)) = (number(0), number(1)) else { return Ok(None) };
            ends.push((end, own, heavy));
        }
        let apart = nodes.iter().all(|node| self.tied_block(*node).is_none());
        let levels = nodes.into_iter().map(|node| self.store.level(node)).collect();
        Ok(Some(Candidate { root, score, weight, levels, ends, apart }))
    }

    /// The levels that are read apart from thresholds of a mean, by whatever reads such a threshold.
    fn beside(&self, mean: NodeId, plan: &Plan) -> BTreeSet<u32> {
        let program = self.program;
        let mut all: Vec<Vec<NodeId>> =
            vec![[program.outcome, program.line].into_iter().chain(program.routes.iter().copied()).collect()];
        let gates = program.conditions.iter().chain(&program.signals);
        all.extend(gates.map(|gate| gate.only_if.into_iter().chain([gate.holds]).collect()));
        all.extend(program.exclusions.iter().map(|node| vec![*node]));
        all.extend(program.criteria.iter().map(|one| one.score.into_iter().chain(one.only_if).collect()));
        let mut found = BTreeSet::new();
        for roots in all {
            let (mut levels, mut sees) = (BTreeSet::new(), false);
            let (mut seen, mut stack) = (BTreeSet::new(), roots);
            while let Some(node) = stack.pop() {
                if !seen.insert(node) {
                    continue;
                }
                let op = program.op(node);
                if let Some(part) = plan.parts.iter().position(|part| part.crossing.contains(&node)) {
                    levels.extend(self.levels.of_part(part));
                    continue;
                }
                match op {
                    Op::Order(of, _, by) if *of == mean && self.is_threshold(*of, *by) => {
                        sees = true;
                        continue;
                    }
                    Op::Contains(of, mask) => {
                        if let Op::Answer(question) = program.op(*of)
                            && is_set(&self.world, question.0)
                        {
                            let own = self.levels.of(question.0).iter();
                            levels.extend(own.filter(|level| self.asks_of(**level, *mask)));
                            continue;
                        }
                    }
                    _ => {}
                }
                levels.extend(self.slots_read(op).iter().flat_map(|slot| self.levels.of(*slot)));
                op.operands(|operand| stack.push(operand));
            }
            if sees {
                found.extend(levels);
            }
        }
        found
    }

    /// Whether a level of a set of options asks something of these, or of the answer as a whole.
    fn asks_of(&self, level: u32, options: u64) -> bool {
        match self.levels.get(level).map(|level| &level.asks) {
            Some(Asks::Group { mask, .. }) => mask & options != 0,
            _ => true,
        }
    }

    fn slots_read(&self, op: &Op) -> Vec<Slot> {
        let is_list =
            |question: &QuestionId| self.world.lists.get(question.index()).is_some_and(Option::is_some);
        match op.question() {
            Some(list) if is_list(&list) => slots_of_list(&self.world, list).collect(),
            Some(question) => vec![question.0],
            None => match op {
                Op::Quantified { list, .. } => slots_of_list(&self.world, *list).collect(),
                _ => Vec::new(),
            },
        }
    }

    /// What a threshold asks of the criteria that are not summed here. None: its units lie too far apart.
    fn rest(
        &mut self,
        node: NodeId,
        order: Order,
        by: &Number,
        rest: &[Candidate],
        grid: &Grid,
    ) -> Result<Option<Threshold>, Halt> {
        let rest: Vec<(Ref, Ref)> = rest.iter().map(|one| (one.score, one.weight)).collect();
        let parts = self.margins(&rest, by)?;
        let least = grid.least.0.sub(&by.mul(&grid.least.1));
        let steps = [least, grid.score.clone(), grid.weight.mul(by).neg()];
        let Some((sum, start, steps)) = self.sum_of(&parts, order, &steps)? else { return Ok(None) };
        let [least, score, weight] = steps.as_slice() else { return Ok(None) };
        let far = |step: &i64, count: usize| i64::try_from(count).ok().and_then(|n| step.checked_mul(n));
        let fits = far(score, grid.width).zip(far(weight, grid.heights));
        if fits.is_none_or(|(a, b)| a.abs().saturating_add(b.abs()) > super::total::FAR) {
            return Ok(None);
        }
        Ok(Some(Threshold { node, rest: sum, start: start + least, score: *score, weight: *weight }))
    }

    /// Divides the sums into classes by what the thresholds say of them, with the result of each threshold per class. None: there are too
    /// many classes.
    fn classes(
        &mut self,
        summed: &mut Summed,
        thresholds: &mut [Threshold],
        row: &Row,
        rest: &[Candidate],
        grid: &Grid,
    ) -> Result<Option<Vec<Vec<Ref>>>, Halt> {
        // A total is n.v.t. where nothing has a weight, and then no threshold holds.
        let weighs = self.any_weighs(rest)?;
        let mut names: BTreeMap<Vec<Ref>, usize> = BTreeMap::new();
        let mut results: Vec<Vec<Ref>> = Vec::new();
        for height in 0..grid.heights {
            let nothing = grid.least.1.add(&grid.weight.mul(&whole(height))).is_zero();
            let (first, last) = (height * grid.width, (height + 1) * grid.width - 1);
            let mut from = first;
            while let Some(at) = row.next(from).filter(|at| *at <= last) {
                self.budget.step()?;
                let mut to = last;
                let mut result = Vec::with_capacity(thresholds.len());
                for threshold in thresholds.iter_mut() {
                    let (steps, heavy) = (as_steps(at - first), as_steps(height));
                    let base = threshold.start + threshold.weight * heavy;
                    let (low, high, mut made) = threshold.rest.run(self, base + threshold.score * steps)?;
                    // How far the sum may go with the same result.
                    let most = match threshold.score {
                        step if step > 0 => (high.saturating_sub(base)).div_euclid(step),
                        step => (base.saturating_sub(low)).div_euclid(-step),
                    };
                    to = to.min(first.saturating_add(usize::try_from(most).unwrap_or(0))).max(at);
                    if nothing {
                        made = self.and(weighs, made)?;
                    }
                    result.push(made);
                }
                let next = results.len();
                let class = *names.entry(result.clone()).or_insert(next);
                if class == next {
                    if class == MOST_CLASSES || (class + 1).saturating_mul(summed.length) > MOST_BITS {
                        return Ok(None);
                    }
                    results.push(result);
                    summed.classes.push(Row::none(summed.length));
                }
                if let Some(row) = summed.classes.get_mut(class) {
                    row.fill(at, to);
                }
                from = to + 1;
            }
        }
        Ok(Some(results))
    }

    fn any_weighs(&mut self, rest: &[Candidate]) -> Result<Ref, Halt> {
        let zero = self.number(Number::ZERO);
        let mut any = FALSE;
        for one in rest {
            let weighs = self.two(Code::Order(Order::MoreThan), one.weight, zero)?;
            any = self.or(any, weighs)?;
        }
        Ok(any)
    }
}

fn whole(count: usize) -> Number {
    Number::whole(as_steps(count))
}

fn as_steps(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

impl Pass<'_, '_> {
    /// Which classes of a sum are possible, where the world leaves less of what is summed. None: it leaves everything.
    pub(super) fn sums(&self, summed: &Summed) -> Result<Option<Vec<bool>>, Halt> {
        let is_narrower = |level: &u32| self.is_narrowed(*level) || self.parts.contains_key(level);
        let mut left: BTreeMap<usize, BTreeSet<Ref>> = BTreeMap::new();
        for (at, summand) in summed.summands.iter().enumerate() {
            if summand.levels.iter().any(is_narrower) {
                left.insert(at, self.ends(summand.root)?);
            }
        }
        if left.is_empty() {
            return Ok(None);
        }
        let keep = |at: usize, end: Ref| left.get(&at).is_none_or(|ends| ends.contains(&end));
        let budget = self.diagram.budget;
        let rows = reached(&summed.distances(&keep), summed.length, budget)?;
        let Some(row) = rows.last() else { return Ok(None) };
        let mut open = Vec::with_capacity(summed.classes.len());
        for class in &summed.classes {
            open.push(row.meets(class, 0, budget)?);
        }
        Ok(Some(open))
    }

    /// For each criterion that is summed the ends that it can have.
    pub(super) fn of_summands(&self, summed: &Summed) -> Result<Vec<BTreeSet<Ref>>, Halt> {
        let ends = summed.summands.iter().map(|summand| Ok(self.ends(summand.root)?));
        ends.collect()
    }

    /// An end for each criterion that is summed, such that together they are in one of these classes. None: there are none.
    pub(super) fn summands(&self, summed: &Summed, class: usize) -> Result<Option<Vec<Ref>>, Halt> {
        let left = self.of_summands(summed)?;
        let keep = |at: usize, end: Ref| left.get(at).is_some_and(|ends| ends.contains(&end));
        let rows = reached(&summed.distances(&keep), summed.length, self.diagram.budget)?;
        let (Some(class), Some(last)) = (summed.classes.get(class), rows.last()) else { return Ok(None) };
        let mut at = last.next(0);
        while let Some(place) = at.filter(|place| !class.contains(*place)) {
            at = last.next(place + 1);
        }
        let Some(mut at) = at else { return Ok(None) };
        let mut chosen = Vec::with_capacity(summed.summands.len());
        for ((which, summand), before) in summed.summands.iter().enumerate().zip(&rows).rev() {
            let from = summand.values.iter().find_map(|(end, by)| {
                let from = at.checked_sub(*by)?;
                (keep(which, *end) && before.contains(from)).then_some((*end, from))
            });
            let Some((end, from)) = from else { return Ok(None) };
            chosen.push(end);
            at = from;
        }
        chosen.reverse();
        Ok(Some(chosen))
    }
}
