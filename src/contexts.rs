//! What the parts of a verdict contribute, by everything but the total's sum (a key) and by that sum, counted in units;
//! and what each contribution of a part gives in every context.

use std::collections::BTreeSet;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::layer;
use crate::maker::{Maker, State};
use crate::number::Number;
use crate::possible::Possible;
use crate::value::Value;

/// Contributions without the total's sum, each once, and what two of them make together.
#[derive(Default)]
pub(crate) struct Keys {
    states: Vec<State>,
    places: FxHashMap<State, u32>,
    joined: FxHashMap<(u32, u32), u32>,
    /// Per key where the total meets a threshold; made when first asked for.
    turns: Vec<Option<Rc<[i64]>>>,
}

impl Keys {
    /// The place of a key.
    pub(crate) fn intern(&mut self, state: State) -> u32 {
        if let Some(place) = self.places.get(&state) {
            return *place;
        }
        let place = u32::try_from(self.states.len()).unwrap_or(u32::MAX);
        self.states.push(state.clone());
        self.places.insert(state, place);
        place
    }

    /// The place of a key that may be there already.
    pub(crate) fn known(&mut self, state: &State) -> u32 {
        match self.places.get(state) {
            Some(place) => *place,
            None => self.intern(state.clone()),
        }
    }

    /// A key.
    pub(crate) fn state(&self, key: u32) -> &State {
        static NONE: State = State::new();
        // Places only come from `intern`, so a missing one cannot occur.
        self.states.get(key as usize).unwrap_or(&NONE)
    }

    /// The doubled places at which the total meets a threshold with a key, ascending; of one total, always the same.
    pub(crate) fn turns(&mut self, total: &Total, key: u32) -> Rc<[i64]> {
        let at = key as usize;
        if let Some(Some(turns)) = self.turns.get(at) {
            return Rc::clone(turns);
        }
        let turns: Rc<[i64]> = total.turns(self.state(key)).into();
        if self.turns.len() <= at {
            self.turns.resize(at + 1, None);
        }
        if let Some(place) = self.turns.get_mut(at) {
            *place = Some(Rc::clone(&turns));
        }
        turns
    }

    /// Two keys together.
    pub(crate) fn join(&mut self, makers: &[Maker], a: u32, b: u32) -> u32 {
        if let Some(joined) = self.joined.get(&(a, b)) {
            return *joined;
        }
        let joined = self.intern(layer::join(makers, self.state(a), self.state(b)));
        self.joined.insert((a, b), joined);
        joined
    }
}

/// What a part's contributions give.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    /// Per context, each once, the results of every contribution.
    pub(crate) contexts: Vec<Vec<u32>>,
    /// Per contribution the results over all contexts.
    pub(crate) by_column: Vec<BTreeSet<u32>>,
}

impl Table {
    /// From the rows.
    pub(crate) fn new(rows: BTreeSet<Vec<u32>>, columns: usize) -> Self {
        let mut by_column: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); columns];
        for row in &rows {
            for (ids, id) in by_column.iter_mut().zip(row) {
                ids.insert(*id);
            }
        }
        Self { contexts: rows.into_iter().collect(), by_column }
    }
}

/// The total's sum, where it is read through comparisons with fixed numbers only: then results turn at those alone.
///
/// A sum is counted as `base + units × unit`. To compare whole units with numbers that lie between two of them, both
/// are doubled: an even place is a whole number of units, an odd one lies between two.
pub(crate) struct Total {
    /// The makers of the sum and of the weights.
    sum_at: usize,
    weights_at: usize,
    /// What the total is compared with, ascending.
    thresholds: Vec<Number>,
    base: Number,
    unit: Number,
}

impl Total {
    /// With the places of the makers of the sum and of the weights.
    pub(crate) const fn new(sum_at: usize, weights_at: usize, thresholds: Vec<Number>) -> Self {
        Self { sum_at, weights_at, thresholds, base: Number::ZERO, unit: Number::ONE }
    }

    /// Chooses the base and the unit, given the sum of what is settled and the sums of every part. False when they would lie
    /// more than `most` units apart.
    pub(crate) fn measure(&mut self, settled: Number, parts: &[Vec<Number>], most: i64) -> bool {
        let (mut base, mut unit, mut width) = (settled, Number::ZERO, Number::ZERO);
        for sums in parts {
            let Some(first) = sums.first() else { continue };
            base = base.add(first);
            for sum in sums {
                unit = unit.common_step(&sum.sub(first).abs());
            }
            let (least, greatest) = (sums.iter().min(), sums.iter().max());
            width = width.add(&greatest.unwrap_or(first).sub(least.unwrap_or(first)));
        }
        if unit.is_zero() {
            unit = Number::ONE;
        }
        (self.base, self.unit) = (base, unit);
        width.div(&self.unit).is_some_and(|units| units <= Number::whole(most))
    }

    /// The sum in a contribution.
    pub(crate) fn sum(&self, state: &State) -> Number {
        number(state, self.sum_at).unwrap_or_default()
    }

    /// A contribution without its sum.
    pub(crate) fn without(&self, state: &State) -> State {
        self.put(state, Number::ZERO)
    }

    /// A key with a sum.
    pub(crate) fn with(&self, key: &State, units: i64) -> State {
        self.put(key, self.base.add(&self.unit.mul(&Number::whole(units))))
    }

    fn put(&self, state: &State, sum: Number) -> State {
        let mut state = state.clone();
        if let Some([place]) = state.get_mut(self.sum_at).map(Vec::as_mut_slice) {
            *place = Possible::number(sum);
        }
        state
    }

    /// A difference in units.
    pub(crate) fn units(&self, difference: &Number) -> i64 {
        difference.div(&self.unit).and_then(|units| units.to_i64()).unwrap_or_default()
    }

    /// The doubled places at which the total meets a threshold; ascending.
    fn turns(&self, key: &State) -> Vec<i64> {
        let weights = number(key, self.weights_at).unwrap_or(Number::ONE);
        let place = |threshold: &Number| {
            let units = threshold.mul(&weights).sub(&self.base).div(&self.unit).unwrap_or_default();
            let floor = units.floor();
            // A threshold that is too far off to count is met by no sum.
            let far = if units.is_negative() { i64::MIN / 8 } else { i64::MAX / 8 };
            let whole = floor.to_i64().map_or(far, |n| n.clamp(i64::MIN / 8, i64::MAX / 8));
            2 * whole + i64::from(floor != units)
        };
        self.thresholds.iter().map(place).collect()
    }

    /// The total; none when there are no weights.
    pub(crate) fn value(&self, key: &State, units: i64) -> Option<Number> {
        let sum = self.base.add(&self.unit.mul(&Number::whole(units)));
        sum.div(&number(key, self.weights_at).unwrap_or(Number::ONE))
    }
}

/// Which thresholds a total of so many units is below, on or above; `turns` are those of its key.
pub(crate) fn stretch(turns: &[i64], units: i64) -> usize {
    let below = turns.partition_point(|turn| *turn < 2 * units);
    2 * below + usize::from(turns.get(below) == Some(&(2 * units)))
}

fn number(state: &State, at: usize) -> Option<Number> {
    match state.get(at).and_then(|parts| parts.first()).and_then(Possible::known) {
        Some(Value::Number(number)) => Some(number.clone()),
        _ => None,
    }
}
