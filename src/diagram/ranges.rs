//! The ranges of scores, totals, shares and contributions over all completions.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::build::{Code, Diagram, Halt, Made};
use super::form::{Form, Poly};
use super::levels::Asks;
use super::pass::Pass;
use super::store::Ref;
use super::system::System;
use super::term::{SumRow, Sums, Term};
use super::way::Piece;
use crate::evaluate::possible::{Possible, Range, Slot};
use crate::program::nodes::NodeId;
use crate::value::number::Number;
use crate::value::score_range::{Maybe, ScoreRange};
use crate::value::values::Value;

/// The table of the total, and of each criterion that counts.
pub(crate) struct Totals {
    /// The weight of all, and the sum.
    pub(crate) total: Vec<SumRow>,
    /// Own weight, the weight of all, and the own weighted score.
    pub(crate) own: Vec<Vec<SumRow>>,
}

/// From the least to the greatest of some values.
pub(crate) fn range<'v>(values: impl Iterator<Item = &'v Possible>) -> ScoreRange {
    let (mut ends, mut with, mut without): (Option<(Number, Number)>, bool, bool) = (None, false, false);
    for value in values {
        let (has, lacks) = value.may_have_value();
        without |= lacks;
        with |= has;
        // What a missing row leaves open still counts as a score.
        let anything = || has.then_some((Number::ZERO, Number::ONE));
        let Some((lo, hi)) = value.as_range().map(|range| (range.lo, range.hi)).or_else(anything) else {
            continue;
        };
        let range = Range { lo, hi, date: false, line: None };
        ends = Some(match ends {
            None => (range.lo, range.hi),
            Some((lo, hi)) => (lo.min(range.lo), hi.max(range.hi)),
        });
    }
    let not_applicable = match (with, without) {
        (true, true) => Maybe::Maybe,
        (false, true) => Maybe::Yes,
        _ => Maybe::No,
    };
    ScoreRange { range: ends, not_applicable }
}

/// The range of quotients, given the numerator and the denominator of each row.
pub(crate) fn quotients<'r>(rows: impl Iterator<Item = &'r SumRow>, share: bool) -> ScoreRange {
    let values: Vec<Possible> = rows
        .map(|row| {
            let ends = if share { (&row.own, &row.own) } else { (&row.least, &row.greatest) };
            match (ends.0.div(&row.all), ends.1.div(&row.all)) {
                (Some(lo), Some(hi)) => Possible::range(lo, hi, false, None),
                _ => Possible::Known(Value::NotApplicable),
            }
        })
        .collect();
    range(values.iter())
}

/// What was asked, on the way to an end, of the numbers that it depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
struct Asked {
    pieces: Vec<(Slot, Piece)>,
    rows: Vec<Poly>,
}

impl Diagram<'_> {
    fn rows_of(&self, of: Ref) -> Vec<SumRow> {
        match self.terms.get(of) {
            Some(Term::Sums(rows)) => rows.clone(),
            _ => Vec::new(),
        }
    }

    /// The end with these rows: one for each pair of weights, with the least and the greatest.
    fn sums(&mut self, mut rows: Vec<SumRow>) -> Ref {
        rows.sort_by(|a, b| (&a.own, &a.all).cmp(&(&b.own, &b.all)));
        let mut merged: Vec<SumRow> = Vec::with_capacity(rows.len());
        for row in rows {
            match merged.last_mut() {
                Some(last) if last.own == row.own && last.all == row.all => {
                    last.least = row.least.min(last.least.clone());
                    last.greatest = row.greatest.max(last.greatest.clone());
                }
                _ => merged.push(row),
            }
        }
        self.terms.of(Term::Sums(merged))
    }

    pub(crate) fn sums_end(&mut self, how: Sums, a: Ref, b: Ref) -> Ref {
        if how == Sums::Of {
            let number = |of: Ref| match self.terms.value(of) {
                Some(Value::Number(number)) => number.clone(),
                _ => Number::ZERO,
            };
            let (score, weight) = (number(a), number(b));
            let row = SumRow { own: Number::ZERO, all: weight, least: score.clone(), greatest: score };
            return self.sums(vec![row]);
        }
        let (first, second) = (self.rows_of(a), self.rows_of(b));
        let rows = match how {
            Sums::Of | Sums::Either => first.into_iter().chain(second).collect(),
            Sums::Added => pairs(&first, &second, |one, other| SumRow {
                own: Number::ZERO,
                all: one.all.add(&other.all),
                least: one.least.add(&other.least),
                greatest: one.greatest.add(&other.greatest),
            }),
            Sums::Own => pairs(&first, &second, |one, other| SumRow {
                own: one.all.clone(),
                all: one.all.add(&other.all),
                least: one.least.clone(),
                greatest: one.greatest.clone(),
            }),
        };
        self.sums(rows)
    }

    /// Leaves out levels that are not to be kept: a node there becomes the union of its children.
    fn without(&mut self, root: Ref, keep: &dyn Fn(u32) -> bool) -> Made {
        let mut made: BTreeMap<Ref, Ref> = BTreeMap::new();
        for node in self.store.below(root).0 {
            let level = self.store.level(node);
            let (kids, cuts) = (self.store.kids(node).to_vec(), self.store.cuts(node).to_vec());
            let kids: Vec<Ref> = kids.iter().map(|kid| made.get(kid).copied().unwrap_or(*kid)).collect();
            let one = if keep(level) {
                self.store.make(level, &kids, &cuts)
            } else {
                let mut all = kids.first().copied().unwrap_or(root);
                for kid in kids.iter().skip(1) {
                    if *kid != all {
                        all = self.two(Code::Sums(Sums::Either), all, *kid)?;
                    }
                }
                all
            };
            made.insert(node, one);
        }
        Ok(made.get(&root).copied().unwrap_or(root))
    }

    /// The tables of a mean over criteria. None: a missing row plays a part, or numbers that hang together are shared.
    pub(crate) fn totals(
        &mut self,
        mean: NodeId,
        doubt: &std::cell::Cell<bool>,
    ) -> Result<Option<Totals>, Halt> {
        let Some((scores, weights, _)) = self.mean_of(mean) else { return Ok(None) };
        let (mut tables, mut readers): (Vec<Ref>, BTreeMap<u32, u32>) = (Vec::new(), BTreeMap::new());
        let mut open: Vec<(usize, Ref)> = Vec::new();
        for (score, weight) in scores.iter().zip(weights) {
            let (score, weight) = (self.node(*score)?, self.node(*weight)?);
            let ends = [score, weight].map(|of| self.store.below(of).1).concat();
            let fixed = |end: &Ref| matches!(self.terms.value(*end), Some(Value::Number(_)));
            let numbers = |end: &Ref| fixed(end) || matches!(self.terms.get(*end), Some(Term::Form(_)));
            if !ends.iter().all(numbers) {
                return Ok(None);
            }
            let table = if ends.iter().all(fixed) {
                self.two(Code::Sums(Sums::Of), score, weight)?
            } else {
                let both = self.two(Code::Pair, score, weight)?;
                open.push((tables.len(), both));
                both
            };
            let levels = self.read_levels(table);
            let tied = self.store.below(table).0.iter().any(|node| self.tied_block(*node).is_some());
            if tied && open.last().is_none_or(|(at, _)| *at != tables.len()) {
                open.push((tables.len(), table));
            }
            levels.into_iter().for_each(|level| *readers.entry(level).or_default() += 1);
            tables.push(table);
        }
        // A score that depends on open numbers is examined way by way, where it shares no answer with the others.
        for (at, both) in open {
            let shared = |level: &u32| readers.get(level).is_some_and(|count| *count > 1);
            if self.read_levels(both).iter().any(shared) {
                return Ok(None);
            }
            let rows = self.open_rows(both, doubt)?;
            let table = self.sums(rows);
            if let Some(place) = tables.get_mut(at) {
                *place = table;
            }
        }
        let shared = |level: u32| readers.get(&level).is_some_and(|count| *count > 1);
        let mut small = Vec::with_capacity(tables.len());
        for table in tables {
            small.push(self.without(table, &shared)?);
        }
        let zero =
            SumRow { own: Number::ZERO, all: Number::ZERO, least: Number::ZERO, greatest: Number::ZERO };
        let nothing = self.sums(vec![zero]);
        let (mut before, mut after) = (vec![nothing], vec![nothing]);
        let mut sum = nothing;
        for table in &small {
            sum = self.two(Code::Sums(Sums::Added), sum, *table)?;
            before.push(sum);
        }
        let total = self.without(sum, &|_| false)?;
        sum = nothing;
        for table in small.iter().rev() {
            sum = self.two(Code::Sums(Sums::Added), *table, sum)?;
            after.push(sum);
        }
        after.reverse();
        let mut own = Vec::with_capacity(small.len());
        for ((table, before), after) in small.iter().zip(&before).zip(after.iter().skip(1)) {
            let others = self.two(Code::Sums(Sums::Added), *before, *after)?;
            let mine = self.two(Code::Sums(Sums::Own), *table, others)?;
            let mine = self.without(mine, &|_| false)?;
            own.push(self.rows_of(mine));
        }
        Ok(Some(Totals { total: self.rows_of(total), own }))
    }

    /// The levels that a diagram reads, in its nodes or in numbers at its ends; of numbers that hang together the first.
    fn read_levels(&self, root: Ref) -> BTreeSet<u32> {
        let (nodes, ends) = self.store.below(root);
        let mut levels: BTreeSet<u32> = nodes.into_iter().map(|node| self.store.level(node)).collect();
        for part in ends.into_iter().flat_map(|end| self.terms.parts(end)) {
            if let Some(Term::Form(form)) = self.terms.get(part) {
                let slots = self.levels.faces.bases(form.slots());
                levels.extend(slots.into_iter().filter_map(|slot| self.levels.of(slot).first().copied()));
            }
        }
        let first =
            |level: u32| self.levels.block(level).filter(|block| block.is_tied()).map(|block| block.first);
        levels.into_iter().map(|level| first(level).unwrap_or(level)).collect()
    }

    /// The rows of a score and a weight that depend on open numbers, or of a table after numbers that hang together.
    fn open_rows(&self, both: Ref, doubt: &std::cell::Cell<bool>) -> Result<Vec<SumRow>, Halt> {
        let parts = BTreeMap::new();
        let pass = Pass::new(self, &self.world, &parts, doubt);
        let mut rows = Vec::new();
        for (end, ends) in pass.spans(both)? {
            if let Some(Term::Sums(found)) = self.terms.get(end) {
                rows.extend(found.iter().cloned());
                continue;
            }
            let parts = self.terms.parts(end);
            let (Some(score), Some(weight)) = (parts.first(), parts.get(1)) else { continue };
            let Some(Value::Number(weight)) = self.terms.value(*weight) else { return Err(Halt::Numbers) };
            let (least, greatest) = match (ends, self.terms.value(*score)) {
                (Some(ends), _) => ends,
                (None, Some(Value::Number(number))) => (number.clone(), number.clone()),
                _ => continue,
            };
            rows.push(SumRow { own: Number::ZERO, all: weight.clone(), least, greatest });
        }
        Ok(rows)
    }
}

fn pairs(first: &[SumRow], second: &[SumRow], of: impl Fn(&SumRow, &SumRow) -> SumRow) -> Vec<SumRow> {
    first.iter().flat_map(|one| second.iter().map(|other| of(one, other)).collect::<Vec<_>>()).collect()
}

/// An end, and for a number that depends on others the ends between which it lies.
type Span = (Ref, Option<(Number, Number)>);

impl Pass<'_, '_> {
    /// What a number can be over all completions.
    pub(crate) fn score(&self, root: Ref) -> Result<ScoreRange, Halt> {
        let mut values = Vec::new();
        for (end, ends) in self.spans_of(root, true)? {
            values.push(match ends {
                Some((lo, hi)) => Possible::range(lo, hi, false, None),
                None => self.diagram.possible(end),
            });
        }
        Ok(range(values.iter()))
    }

    /// Every end that is reached; for those that depend on open numbers also the ends between which they lie.
    pub(crate) fn spans(&self, root: Ref) -> Result<Vec<Span>, Halt> {
        self.spans_of(root, false)
    }

    /// The same. Where only the range of all together counts, the ranges inside it may be wider than they should be.
    fn spans_of(&self, root: Ref, together: bool) -> Result<Vec<Span>, Halt> {
        let diagram = self.diagram;
        let (_, below) = diagram.store.below(root);
        let form = |end: Ref| {
            diagram.terms.parts(end).into_iter().find_map(|part| match diagram.terms.get(part) {
                Some(Term::Form(form)) => Some(form.clone()),
                _ => None,
            })
        };
        let hangs_on: BTreeSet<Slot> =
            below.iter().filter_map(|end| form(*end)).flat_map(|form| form.slots()).collect();
        let hangs_on: BTreeSet<Slot> = diagram.levels.faces.bases(hangs_on).into_iter().collect();
        if hangs_on.is_empty() {
            return Ok(self.ends(root)?.into_iter().map(|end| (end, None)).collect());
        }
        let mut found: BTreeMap<Ref, Option<(Number, Number)>> = BTreeMap::new();
        let mut all: Option<(Number, Number)> = None;
        let mut seen: FxHashSet<(Ref, Rc<Asked>)> = FxHashSet::default();
        let mut stack = vec![(root, Rc::new(Asked::default()))];
        while let Some((node, asked)) = stack.pop() {
            if !seen.insert((node, Rc::clone(&asked))) {
                continue;
            }
            diagram.budget.step()?;
            if node.is_end() {
                let ends = match form(node) {
                    Some(form) => match self.extent(&form, &asked, all.as_ref())? {
                        Some(ends) => Some(ends),
                        None => continue,
                    },
                    None => None,
                };
                if let Some((lo, hi)) = ends.as_ref().filter(|_| together) {
                    let (from, to) = all.take().unwrap_or_else(|| (lo.clone(), hi.clone()));
                    all = Some((from.min(lo.clone()), to.max(hi.clone())));
                }
                let known = found.entry(node).or_insert_with(|| ends.clone());
                if let (Some((lo, hi)), Some((from, to))) = (known.as_mut(), ends) {
                    *lo = from.min(lo.clone());
                    *hi = to.max(hi.clone());
                }
                continue;
            }
            if let Some(block) = diagram.tied_block(node) {
                let counts = block.slots.iter().any(|slot| hangs_on.contains(slot));
                for way in self.ways(node, block)?.iter() {
                    let next = if counts {
                        let mut next = (*asked).clone();
                        next.pieces.extend(way.pieces.iter().cloned());
                        next.rows.extend(way.rows.iter().cloned());
                        Rc::new(next)
                    } else {
                        Rc::clone(&asked)
                    };
                    stack.push((way.exit, next));
                }
                continue;
            }
            let level = diagram.store.level(node);
            let slot = diagram.levels.get(level).map_or(Slot::MAX, |level| level.slot);
            let pieces = if hangs_on.contains(&slot) { self.pieces(node) } else { Vec::new() };
            for (at, (kid, open)) in diagram.store.kids(node).iter().zip(self.open(node)).enumerate() {
                if !open {
                    continue;
                }
                let next = match pieces.get(at) {
                    Some(piece) => {
                        let mut next = (*asked).clone();
                        next.pieces.push((slot, piece.clone()));
                        Rc::new(next)
                    }
                    None => Rc::clone(&asked),
                };
                stack.push((*kid, next));
            }
        }
        Ok(found.into_iter().collect())
    }

    /// What each child of a node of numbers asks.
    pub(crate) fn pieces(&self, node: Ref) -> Vec<Piece> {
        let store = &self.diagram.store;
        let Some(Asks::Number(numbers)) = self.diagram.levels.get(store.level(node)).map(|level| &level.asks)
        else {
            return Vec::new();
        };
        let unit = |cut: &u32| store.cut(*cut).div(&numbers.step).unwrap_or_default();
        let cuts = store.cuts(node);
        let starts = std::iter::once(numbers.lo.clone()).chain(cuts.iter().map(unit));
        let ends = cuts.iter().map(|cut| unit(cut).sub(&Number::ONE)).chain([numbers.hi.clone()]);
        let specials = numbers.specials.iter().cloned().map(Piece::Special);
        specials.chain(starts.zip(ends).map(|(from, to)| Piece::Between(from, to))).collect()
    }

    /// The least and the greatest that a number can be; inside what is spanned already perhaps too far apart. None: it cannot be
    /// asked for there.
    fn extent(
        &self,
        form: &Form,
        asked: &Asked,
        spanned: Option<&(Number, Number)>,
    ) -> Result<Option<(Number, Number)>, Halt> {
        let diagram = self.diagram;
        let mut system = System::default();
        let mut slots: BTreeSet<Slot> = diagram.levels.faces.bases(form.slots()).into_iter().collect();
        // All that hang together with these.
        for block in diagram.levels.blocks.iter().filter(|block| block.is_tied()) {
            if block.slots.iter().any(|slot| slots.contains(slot)) {
                slots.extend(&block.slots);
                system.rows.extend(block.always.iter().cloned());
            }
        }
        for slot in &slots {
            let Some((mut lo, mut hi)) = self.range(*slot) else { continue };
            let mut special = false;
            for piece in asked.pieces.iter().filter(|(of, _)| of == slot) {
                match &piece.1 {
                    Piece::Special(_) => special = true,
                    Piece::Between(from, to) => (lo, hi) = (lo.max(from.clone()), hi.min(to.clone())),
                }
            }
            if special {
                continue;
            }
            if lo > hi {
                return Ok(None);
            }
            system.domains.insert(*slot, (lo, hi));
        }
        system.rows.extend(asked.rows.iter().cloned());
        system.faces = diagram.faces_of(&system.rows);
        system.faces.extend(diagram.faces_in(&form.slots()));
        system.keep_known();
        let in_units = |poly: &Poly| {
            let mut whole = Poly::fixed(poly.base.clone());
            for (of, factor) in &poly.terms {
                let steps = of.iter().filter_map(|slot| Some(diagram.levels.number(*slot)?.1.step.clone()));
                whole.terms.push((of.clone(), steps.fold(factor.clone(), |factor, step| factor.mul(&step))));
            }
            whole
        };
        let above = in_units(&form.above);
        let range = |slot: Slot| system.range(slot);
        if !form.below.is_fixed() {
            // Rare enough to accept ends that may lie too far apart.
            self.doubt.set(true);
            return Ok(Some(diagram.bounds(form)));
        }
        let by = Number::ONE.div(&form.below.base).unwrap_or(Number::ONE);
        let (low, high) = above.bounds(&range);
        if system.rows.is_empty() && system.is_simple(&above) {
            return Ok(Some((low.mul(&by), high.mul(&by))));
        }
        let minus = above.scale(&Number::whole(-1));
        let (low, high) = (furthest(&system, &above, &low), furthest(&system, &minus, &high.neg()).neg());
        if low > high {
            return Ok(None);
        }
        let (from, to) = (low.mul(&by), high.mul(&by));
        let inside = |at: &Number| spanned.is_some_and(|(lo, hi)| lo <= at && at <= hi);
        if (inside(&from) || self.reaches(&system, &above, &low)? == Some(true))
            && (inside(&to) || self.reaches(&system, &minus, &high.neg())? == Some(true))
        {
            return Ok(Some((from, to)));
        }
        if let Some((least, most)) = self.as_a_number(&system, &above, &low, &high)? {
            return Ok(Some((least.mul(&by), most.mul(&by))));
        }
        let Some(least) = self.least(&system, &above, &low, &high)? else { return Ok(None) };
        let Some(most) = self.least(&system, &minus, &high.neg(), &low.neg())? else { return Ok(None) };
        Ok(Some((least.mul(&by), most.neg().mul(&by))))
    }

    /// The ends of a polynomial, as those of an extra number that equals it. None: that does not tell.
    fn as_a_number(
        &self,
        system: &System,
        poly: &Poly,
        low: &Number,
        high: &Number,
    ) -> Result<Option<(Number, Number)>, Halt> {
        let unit = unit_of(poly);
        let Some(by) = Number::ONE.div(&unit) else { return Ok(None) };
        let count = |at: &Number| at.sub(&poly.base).mul(&by);
        let mut counted = poly.scale(&by);
        counted.base = Number::ZERO;
        let (value, mut system) = (Slot::MAX, system.clone());
        let row = Poly::of(value).sub(&counted);
        system.rows.push(row.scale(&Number::whole(-1)));
        system.rows.push(row);
        system.domains.insert(value, (count(low).floor(), count(high).ceil()));
        let Some(found) = system.can_be(value, &self.diagram.solver)? else { return Ok(None) };
        let least = found.iter().map(|stretch| &stretch.first).min();
        let most = found.iter().map(|stretch| &stretch.last).max();
        let at = |count: &Number| poly.base.add(&count.mul(&unit));
        Ok(least.zip(most).map(|(least, most)| (at(least), at(most))))
    }

    /// Whether a polynomial can be at most so much over a system; none: that cannot be told.
    fn reaches(&self, system: &System, poly: &Poly, at: &Number) -> Result<Option<bool>, Halt> {
        let unit = unit_of(poly);
        let by = Number::ONE.div(&unit).unwrap_or(Number::ONE);
        let mut under = system.clone();
        let mut row = Poly::fixed(at.clone()).sub(poly).scale(&by);
        row.base = row.base.floor();
        under.rows.push(row);
        Ok(under.fits(&self.diagram.solver)?)
    }

    /// The least value of a polynomial over a system, by halving between two ends. None: the system has no answer.
    fn least(
        &self,
        system: &System,
        poly: &Poly,
        low: &Number,
        high: &Number,
    ) -> Result<Option<Number>, Halt> {
        let unit = unit_of(poly);
        let mut failed = false;
        let mut reaches = |at: &Number| -> Result<bool, Halt> {
            let fits = self.reaches(system, poly, at)?;
            failed |= fits.is_none();
            Ok(fits != Some(false))
        };
        if unit.is_zero() {
            return Ok(Some(poly.base.clone()));
        }
        if !reaches(high)? {
            return Ok(None);
        }
        // Values are the base plus a number of units.
        let count = |at: &Number| at.sub(&poly.base).div(&unit).unwrap_or_default();
        let value = |count: &Number| poly.base.add(&count.mul(&unit));
        let (mut from, mut to) = (count(low).floor().sub(&Number::ONE), count(high).floor());
        let half = Number::fraction(1, 2).unwrap_or_default();
        while to.sub(&from) > Number::ONE {
            let middle = from.add(&to).mul(&half).floor();
            if reaches(&value(&middle))? {
                to = middle;
            } else {
                from = middle;
            }
        }
        if failed {
            self.doubt.set(true);
        }
        Ok(Some(value(&to)))
    }
}

/// The number of which all factors of a polynomial are whole multiples.
fn unit_of(poly: &Poly) -> Number {
    poly.terms.iter().fold(Number::ZERO, |unit, (_, factor)| unit.common_step(&factor.abs()))
}

/// The least that a polynomial may be where it is at least `low`: rows that ask the same of the same numbers move it up, and it
/// goes by its units.
fn furthest(system: &System, poly: &Poly, low: &Number) -> Number {
    let mut low = low.clone();
    if let Some((first, own)) = poly.terms.first() {
        for row in &system.rows {
            let Some((slots, factor)) = row.terms.first() else { continue };
            // row = by · poly + rest ≥ 0
            let Some(by) = factor.div(own).filter(|by| slots == first && !by.is_negative()) else { continue };
            let rest = row.sub(&poly.scale(&by));
            if let Some(end) = rest.base.neg().div(&by).filter(|_| rest.is_fixed()) {
                low = low.max(end);
            }
        }
    }
    let unit = unit_of(poly);
    match low.sub(&poly.base).div(&unit) {
        Some(count) => poly.base.add(&count.ceil().mul(&unit)),
        None => low,
    }
}
