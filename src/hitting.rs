//! Least hitting sets, in order, of a collection that grows while they are looked for: the sets that take one element at
//! least from every difference known so far.

/// A set of elements 0.. in bits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// The elements below `count` that `has` names.
    pub(crate) fn of(count: usize, has: impl Fn(usize) -> bool) -> Self {
        let mut bits = Self::default();
        (0..count).filter(|at| has(*at)).for_each(|at| bits.insert(at));
        bits
    }

    pub(crate) fn insert(&mut self, at: usize) {
        let word = at / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(word) = self.0.get_mut(word) {
            *word |= 1 << (at % 64);
        }
    }

    pub(crate) fn remove(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at / 64) {
            *word &= !(1 << (at % 64));
        }
    }

    pub(crate) fn contains(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    pub(crate) fn add(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    pub(crate) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let word = *word;
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| at * 64 + bit)
        })
    }

    /// Without the elements below `start`.
    fn from(&self, start: usize) -> Self {
        let mut bits = self.clone();
        for (at, word) in bits.0.iter_mut().enumerate() {
            let low = at * 64;
            if low + 64 <= start {
                *word = 0;
            } else if low < start {
                *word &= u64::MAX << (start - low);
            }
        }
        bits
    }
}

/// What became of a candidate.
pub(crate) enum Tried {
    /// It will do.
    Enough,
    /// It will not: a further difference, of which it has no element.
    Lacks(Bits),
}

/// All least sets that take one element at least from every difference, and that `test` finds enough.
pub(crate) struct Hitting<'t> {
    elements: usize,
    differences: Vec<Bits>,
    test: &'t mut dyn FnMut(&Bits) -> Tried,
    /// One more partial set is looked at; false: no further.
    step: &'t mut dyn FnMut() -> bool,
    most: usize,
    found: Vec<Bits>,
    stopped: bool,
}

/// What the search gives.
pub(crate) struct Least {
    /// Sets of the least size, in the order of their elements: the first is the one whose elements come first.
    pub(crate) found: Vec<Bits>,
    /// All of that size were looked at.
    pub(crate) all: bool,
}

/// Looks for the least sets, up to `most` of them. Every set of a smaller size misses a difference, and so does every set
/// of the same size that is not among those found: that is the proof. Cost: the sets that hit all differences at hand.
pub(crate) fn least(
    elements: usize,
    most: usize,
    test: &mut dyn FnMut(&Bits) -> Tried,
    step: &mut dyn FnMut() -> bool,
) -> Least {
    let mut search =
        Hitting { elements, differences: Vec::new(), test, step, most, found: Vec::new(), stopped: false };
    let mut size = 0;
    while size <= elements {
        search.choose(&mut Bits::default(), size, 0);
        if search.stopped || !search.found.is_empty() {
            break;
        }
        size += 1;
    }
    Least { all: !search.stopped, found: search.found }
}

impl Hitting<'_> {
    /// Adds `left` elements from `start` on to those chosen, in every way that can still hit all.
    fn choose(&mut self, chosen: &mut Bits, left: usize, start: usize) {
        if self.stopped {
            return;
        }
        if !(self.step)() {
            self.stopped = true;
            return;
        }
        if left == 0 {
            if self.differences.iter().all(|difference| difference.meets(chosen)) {
                self.tried(chosen);
            }
            return;
        }
        // Sets of fewer elements all miss one: so each element that is added hits one that was not hit yet, and there is one.
        let Some(next) = self.next(chosen, left, start) else { return };
        for at in next.iter() {
            chosen.insert(at);
            self.choose(chosen, left - 1, at + 1);
            chosen.remove(at);
            if self.stopped {
                return;
            }
        }
    }

    fn tried(&mut self, chosen: &Bits) {
        match (self.test)(chosen) {
            Tried::Enough if self.found.len() >= self.most => self.stopped = true,
            Tried::Enough => self.found.push(chosen.clone()),
            Tried::Lacks(difference) => self.differences.push(difference),
        }
    }

    /// The elements that may be added next. None when what is not hit cannot be hit by so few.
    fn next(&self, chosen: &Bits, left: usize, start: usize) -> Option<Bits> {
        let mut missed: Vec<Bits> = self
            .differences
            .iter()
            .filter(|difference| !difference.meets(chosen))
            .map(|difference| difference.from(start))
            .collect();
        missed.sort_by_key(Bits::count);
        // Differences that share nothing each take an element of their own.
        let (mut apart, mut taken) = (0, Bits::default());
        let mut useful = Bits::default();
        let mut last = self.elements;
        for difference in &missed {
            last = last.min(difference.iter().last()? + 1);
            useful.add(difference);
            if !difference.meets(&taken) {
                taken.add(difference);
                apart += 1;
            }
        }
        if apart > left {
            return None;
        }
        // Beyond the last element of one, that one stays missed.
        Some(Bits::of(last, |at| useful.contains(at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bits(of: &[usize]) -> Bits {
        Bits::of(100, |at| of.contains(&at))
    }

    /// Enough is what hits all of some differences, which are told one at a time.
    fn least_of(elements: usize, differences: &[&[usize]], most: usize) -> (Vec<Vec<usize>>, bool) {
        let differences: Vec<Bits> = differences.iter().map(|of| bits(of)).collect();
        let mut test = |set: &Bits| match differences.iter().find(|difference| !difference.meets(set)) {
            Some(missed) => Tried::Lacks(missed.clone()),
            None => Tried::Enough,
        };
        let found = least(elements, most, &mut test, &mut || true);
        (found.found.iter().map(|set| set.iter().collect()).collect(), found.all)
    }

    #[test]
    fn least_sets_in_order() {
        assert_eq!(least_of(5, &[], 9), (vec![vec![]], true));
        assert_eq!(
            least_of(5, &[&[0, 1], &[1, 2], &[0, 2, 4]], 9),
            (vec![vec![0, 1], vec![0, 2], vec![1, 2], vec![1, 4]], true)
        );
        assert!(!least_of(5, &[&[0, 1], &[1, 2], &[0, 2, 4]], 2).1);
        // Two of four: any three will do.
        let pairs: [&[usize]; 6] = [&[0, 1], &[0, 2], &[0, 3], &[1, 2], &[1, 3], &[2, 3]];
        assert_eq!(least_of(4, &pairs, 9).0.len(), 4);
        // Nothing will do.
        assert_eq!(least_of(2, &[&[]], 9), (vec![], true));
        assert_eq!(least_of(99, &[&[64, 70], &[3, 70]], 9), (vec![vec![70]], true));
    }
}
