//! Least hitting sets, in order, of a collection that grows during the search: the sets that have at least one element of every
//! difference known so far.

use super::bits::Bits;

/// What became of a candidate.
pub(crate) enum Tried {
    /// It will do.
    Enough,
    /// It will not do: here is a further difference, of which it has no element.
    Lacks(Bits),
}

/// How many more elements a set needs, by a bound apart from the differences.
pub(crate) struct Needs {
    /// At least so many.
    pub(crate) count: usize,
    /// Where it takes exactly so many: the next is this one, or a later one.
    pub(crate) next: Option<usize>,
}

/// What a search needs to know.
pub(crate) trait Asked {
    /// Whether a set will do.
    fn test(&mut self, set: &Bits) -> Tried;

    /// What a set needs besides its own elements, of those from a place on. None: nothing will make it do, or nothing of at most so
    /// many.
    fn needs(&mut self, set: &Bits, from: usize, most: usize) -> Option<Needs>;

    /// Reports the cost of partial sets that were looked at; false: go no further.
    fn step(&mut self, cost: usize) -> bool;
}

/// All least sets that have at least one element of every difference, and that turn out to do.
struct Hitting<'t> {
    elements: usize,
    differences: Vec<Bits>,
    asked: &'t mut dyn Asked,
    most: usize,
    found: Vec<Bits>,
    stopped: bool,
    /// Sets of all sizes are looked at, from the empty one on.
    from_none: bool,
    /// Cost not reported yet, in fractions of a step.
    owed: usize,
}

/// Looking at one partial set, or at eight differences for it, is this fraction of a step.
const A_STEP: usize = 8;

/// The result of the search.
pub(crate) struct Least {
    /// Sets of the least size, in the order of their elements: the first is the one whose elements come first.
    pub(crate) found: Vec<Bits>,
    /// All of that size were looked at.
    pub(crate) all: bool,
}

/// Looks for the least sets of these sizes, up to `most` of them. Every set of a smaller size misses a difference, and so does every set
/// of the same size that is not among those found: that is the proof. Cost: the sets that hit all differences at hand.
pub(crate) fn least(
    elements: usize,
    sizes: std::ops::RangeInclusive<usize>,
    most: usize,
    asked: &mut dyn Asked,
) -> Least {
    let (mut size, last) = (*sizes.start(), *sizes.end());
    let (differences, found) = (Vec::new(), Vec::new());
    let mut search =
        Hitting { elements, differences, asked, most, found, stopped: false, from_none: size == 0, owed: 0 };
    while size <= elements.min(last) {
        search.of_size(size);
        if search.stopped || !search.found.is_empty() {
            break;
        }
        size += 1;
    }
    Least { all: !search.stopped, found: search.found }
}

impl Hitting<'_> {
    /// Looks at all sets of a size that can hit all: elements are added in every way, in ascending order.
    fn of_size(&mut self, size: usize) {
        let mut chosen = Bits::default();
        // For each chosen element, and for the next one: from where on it is looked for.
        let mut starts = vec![0];
        let mut path: Vec<usize> = Vec::new();
        while let Some(start) = starts.last_mut() {
            self.owed += 1 + self.differences.len() / 8;
            let cost = self.owed / A_STEP;
            self.owed %= A_STEP;
            if !self.asked.step(cost) {
                self.stopped = true;
                return;
            }
            let next = match size - path.len() {
                0 => {
                    let hits = self.differences.iter().all(|difference| difference.meets(&chosen));
                    if hits && self.asked.needs(&chosen, self.elements, 0).is_some() {
                        self.tried(&chosen);
                    }
                    None
                }
                left => self.next(&chosen, left, *start),
            };
            if self.stopped {
                return;
            }
            if let Some(next) = next {
                *start = next + 1;
                starts.push(next + 1);
                chosen.insert(next);
                path.push(next);
            } else {
                starts.pop();
                if let Some(last) = path.pop() {
                    chosen.remove(last);
                }
            }
        }
    }

    fn tried(&mut self, chosen: &Bits) {
        match self.asked.test(chosen) {
            Tried::Enough if self.found.len() >= self.most => self.stopped = true,
            Tried::Enough => self.found.push(chosen.clone()),
            Tried::Lacks(difference) => self.differences.push(difference),
        }
    }

    /// The first element from a place on that may be added. None when so few elements cannot hit what is still missed.
    fn next(&mut self, chosen: &Bits, left: usize, start: usize) -> Option<usize> {
        let mut missed: Vec<Bits> = self
            .differences
            .iter()
            .filter(|difference| !difference.meets(chosen))
            .map(|difference| difference.from(start))
            .collect();
        missed.sort_by_cached_key(Bits::count);
        // Disjoint differences each take an element of their own.
        let (mut apart, mut taken) = (0, Bits::default());
        let mut last = self.elements;
        for difference in &missed {
            last = last.min(difference.last()? + 1);
            if !difference.meets(&taken) {
                taken.add(difference);
                apart += 1;
            }
        }
        if apart > left {
            return None;
        }
        let needs = self.asked.needs(chosen, start, left)?;
        if needs.count > left {
            return None;
        }
        let first = match needs.next {
            Some(next) if needs.count == left => next.max(start),
            _ => start,
        };
        // Beyond its last element a difference stays missed. Where all smaller sets were looked at, each misses one; and where as many
        // are missed as elements are left, each of these must hit one.
        let any = !self.from_none && apart < left;
        let useful = |at: &usize| any || missed.iter().any(|difference| difference.contains(*at));
        (first..last).find(useful)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bits(of: &[usize]) -> Bits {
        Bits::of(100, |at| of.contains(&at))
    }

    struct Told(Vec<Bits>);

    impl Asked for Told {
        fn test(&mut self, set: &Bits) -> Tried {
            match self.0.iter().find(|difference| !difference.meets(set)) {
                Some(missed) => Tried::Lacks(missed.clone()),
                None => Tried::Enough,
            }
        }

        fn needs(&mut self, _: &Bits, _: usize, _: usize) -> Option<Needs> {
            Some(Needs { count: 0, next: None })
        }

        fn step(&mut self, _: usize) -> bool {
            true
        }
    }

    /// A set will do when it hits all of some differences, which are revealed one at a time.
    fn least_of(elements: usize, differences: &[&[usize]], most: usize) -> (Vec<Vec<usize>>, bool) {
        let mut told = Told(differences.iter().map(|of| bits(of)).collect());
        let found = least(elements, 0..=elements, most, &mut told);
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
