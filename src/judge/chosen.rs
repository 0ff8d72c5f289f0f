//! Sets of options that leave the same results, described by what they have in common.
//!
//! Rules tell two sets apart by the groups of options that are whole in them, and by how many options they hold
//! ([`ChoiceUse`]): a set that represents its kind says nothing about the others. So a class is described by what its kinds
//! have in common, and each set is in one line of one class.

use std::collections::BTreeMap;

use crate::judge::findings::{Answers, Chosen};
use crate::program::nodes::ChoiceUse;
use crate::value::values::Value;

/// A question with no more sets than this has each set described by itself.
const FEW_SETS: u32 = 32;

/// Up to this many groups are considered together.
const MOST_GROUPS: usize = 12;

/// The only one of some sets, where there is one; `all` are the options of the question.
fn only(sets: &Chosen, all: u64) -> Option<u64> {
    let (least, most) = sets.can_hold(all.count_ones());
    let (from, until) = sets.counts.unwrap_or((least, most));
    if until.min(most) == least {
        return Some(sets.with);
    }
    let outside = sets.lacks.iter().fold(0, |outside, lack| outside | lack);
    let alone = sets.lacks.iter().all(|lack| lack.is_power_of_two());
    (from.max(least) == most && alone).then_some(all & !outside)
}

/// As one set where there is one; so many options, of none in particular, stay a number.
fn answers(sets: Chosen, all: u64) -> Answers {
    match only(&sets, all) {
        Some(only) if only == 0 || sets.with != 0 || !sets.lacks.is_empty() => one(only),
        _ => Answers::Sets(sets),
    }
}

const fn one(set: u64) -> Answers {
    Answers::Only(Value::Choices(set))
}

/// The options of a question with so many.
fn all_of(options: usize) -> u64 {
    let beyond = 64_usize.saturating_sub(options);
    u32::try_from(beyond).ok().and_then(|beyond| u64::MAX.checked_shr(beyond)).unwrap_or(0)
}

/// The sets of a class: `sets` holds one set for each of its kinds.
pub(super) fn described(sets: &[u64], options: usize, used: &ChoiceUse) -> Vec<Answers> {
    let kinds = Kinds::new(options, used);
    if !kinds.are_sets() {
        return kinds.chosen(sets).into_iter().map(|chosen| answers(chosen, kinds.all)).collect();
    }
    let each = sets.iter().map(|set| match set {
        // Where rules do no more than ask for options by name, by the names of what is not in it.
        0 if !kinds.counted => Answers::Sets(Chosen { with: 0, lacks: kinds.groups.clone(), counts: None }),
        set => one(*set),
    });
    each.collect()
}

/// What rules can tell about the options of a question.
struct Kinds {
    all: u64,
    groups: Vec<u64>,
    counted: bool,
}

/// Of the kinds of a class by their whole groups, ascending: how many options, one bit a number. Where rules do not count, the
/// first bit.
type Counts = Vec<(u64, u128)>;

/// Kinds with some groups whole, and some not; what is free can be either.
struct Region {
    with: u64,
    lacks: Vec<u64>,
    free: Vec<u64>,
    /// Those of the class.
    own: Counts,
}

impl Kinds {
    fn new(options: usize, used: &ChoiceUse) -> Self {
        let all = all_of(options);
        let mut groups = used.groups.clone();
        groups.retain(|group| *group != 0 && group & !all == 0);
        Self { all, groups, counted: used.counted }
    }

    /// Whether every kind is a single set, and there are few.
    fn are_sets(&self) -> bool {
        let rest = self.all.count_ones().saturating_sub(u32::try_from(self.groups.len()).unwrap_or(u32::MAX));
        let told = self.groups.iter().all(|group| group.is_power_of_two());
        let few = 1_u32.checked_shl(self.all.count_ones()).is_some_and(|sets| sets <= FEW_SETS);
        few && told && !self.groups.is_empty() && rest <= u32::from(self.counted)
    }

    /// What the kinds of these sets have in common: every set of these kinds is in one of what is given, and no other set.
    fn chosen(&self, sets: &[u64]) -> Vec<Chosen> {
        let mut counts: BTreeMap<u64, u128> = BTreeMap::new();
        for set in sets {
            let whole = self.groups.iter().filter(|group| set & **group == **group);
            let count = if self.counted { 1 << set.count_ones() } else { 1 };
            *counts.entry(whole.fold(0, |whole, group| whole | group)).or_default() |= count;
        }
        let (free, own) = (self.groups.clone(), counts.into_iter().collect());
        let mut found = Vec::new();
        let mut waiting = vec![Region { with: 0, lacks: Vec::new(), free, own }];
        while let Some(region) = waiting.pop() {
            match self.common(&region) {
                Some(chosen) => found.extend(chosen),
                // Of two halves the one without the group comes first.
                None => waiting.extend(self.halves(&region).into_iter().rev()),
            }
        }
        found
    }

    /// The two halves by the group that leaves most halves that can be described at once; among equals the first.
    fn halves(&self, region: &Region) -> Vec<Region> {
        let mut best: Option<(usize, [Region; 2])> = None;
        for at in 0..region.free.len() {
            let Some(halves) = region.halves(at) else { continue };
            let told = halves.iter().filter(|half| self.common(half).is_some()).count();
            if best.as_ref().is_none_or(|(most, _)| told > *most) {
                best = Some((told, halves));
            }
        }
        best.map(|(_, halves)| Vec::from(halves)).unwrap_or_default()
    }

    /// What the kinds of a class in a region have in common, where that can be described at once.
    fn common(&self, region: &Region) -> Option<Vec<Chosen>> {
        if region.own.is_empty() {
            return Some(Vec::new());
        }
        if region.free.len() > MOST_GROUPS {
            return None;
        }
        let together = region.own.iter().fold(0, |all, (_, counts)| all | counts);
        // Kinds that do not fit what the others have: where all share some groups, and no kind of the class has these, they can
        // be left out as "not all of".
        let fits = |whole: &u64| together & self.possible(*whole) == region.counts(*whole);
        let misfits = region.kinds().filter(|whole| !fits(whole));
        let shared = misfits.fold(None, |shared, whole| Some(shared.map_or(whole, |shared| shared & whole)));
        let mut lacks = region.lacks.clone();
        if let Some(shared) = shared {
            let out = shared & !region.with;
            if out == 0 || region.own.iter().any(|(whole, _)| whole & out == out) {
                return None;
            }
            lacks.push(out);
        }
        Some(self.runs(together, region.with, &lacks))
    }

    /// The numbers of options that sets with these groups whole, and no others, can hold.
    fn possible(&self, whole: u64) -> u128 {
        if !self.counted {
            return 1;
        }
        let broken = self.groups.iter().filter(|group| whole & **group == 0).count();
        let most = self.all.count_ones().saturating_sub(u32::try_from(broken).unwrap_or(u32::MAX));
        (whole.count_ones()..=most).fold(0, |counts, count| counts | 1 << count)
    }

    /// One for each run of numbers.
    fn runs(&self, counts: u128, with: u64, lacks: &[u64]) -> Vec<Chosen> {
        let one = |counts| Chosen { with, lacks: lacks.to_vec(), counts };
        if !self.counted {
            return vec![one(None)];
        }
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for count in (0..=self.all.count_ones()).filter(|count| counts >> count & 1 == 1) {
            match runs.last_mut() {
                Some((_, hi)) if *hi + 1 == count => *hi = count,
                _ => runs.push((count, count)),
            }
        }
        runs.into_iter().map(|run| one(Some(run))).collect()
    }
}

impl Region {
    /// The numbers of options of one kind that are in the class.
    fn counts(&self, whole: u64) -> u128 {
        let at = self.own.binary_search_by_key(&whole, |(whole, _)| *whole);
        at.ok().and_then(|at| self.own.get(at)).map_or(0, |(_, counts)| *counts)
    }

    /// Every kind in it, by its whole groups.
    fn kinds(&self) -> impl Iterator<Item = u64> {
        let count = u32::try_from(self.free.len()).ok().and_then(|free| 1_u64.checked_shl(free));
        (0..count.unwrap_or(0)).map(|chosen| {
            let whole = self.free.iter().enumerate().filter(move |(at, _)| chosen >> at & 1 == 1);
            whole.fold(self.with, |whole, (_, group)| whole | group)
        })
    }

    /// Without and with the free group at a place.
    fn halves(&self, at: usize) -> Option<[Self; 2]> {
        let group = *self.free.get(at)?;
        let mut free = self.free.clone();
        free.remove(at);
        let (has, has_not): (Counts, Counts) = self.own.iter().partition(|(whole, _)| whole & group != 0);
        let lacks = self.lacks.iter().copied().chain([group]).collect();
        let without = Self { with: self.with, lacks, free: free.clone(), own: has_not };
        let with = Self { with: self.with | group, lacks: self.lacks.clone(), free, own: has };
        Some([without, with])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(options: u32) -> Vec<ChoiceUse> {
        // Every way to put each option into one of the groups, or into none.
        let mut all = Vec::new();
        for code in 0..(options + 1).pow(options) {
            let mut groups = vec![0_u64; options as usize];
            for option in 0..options {
                let at = code / (options + 1).pow(option) % (options + 1);
                if at < options {
                    groups[at as usize] |= 1 << option;
                }
            }
            groups.retain(|group| *group != 0);
            // Each partition once.
            if groups.is_sorted_by_key(|group| group.trailing_zeros()) {
                all.extend([false, true].map(|counted| ChoiceUse { groups: groups.clone(), counted }));
            }
        }
        all.dedup();
        all
    }

    /// What rules see of a set.
    fn seen(set: u64, used: &ChoiceUse) -> (Vec<bool>, u32) {
        let whole = used.groups.iter().map(|group| set & group == *group).collect();
        (whole, if used.counted { set.count_ones() } else { 0 })
    }

    #[test]
    fn every_set_is_in_one_line_of_its_class() {
        let mut n = 7_u64;
        for options in 1..=4_u32 {
            for used in uses(options) {
                let all = all_of(options as usize);
                let sets = used.sets(0, all, 1 << 12).unwrap();
                let kinds = Kinds::new(options as usize, &used);
                for _ in 0..20 {
                    n = n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    let (of, bits) = (1 + n % 3, n >> 8);
                    let class = |at: usize| (bits >> (2 * at % 48)) % 4 % (of + 1);
                    let classes: Vec<Vec<Chosen>> = (0..=of)
                        .map(|one| {
                            let own = sets.iter().enumerate().filter(|(at, _)| class(*at) == one);
                            kinds.chosen(&own.map(|(_, set)| *set).collect::<Vec<_>>())
                        })
                        .collect();
                    for set in 0..=all {
                        let at = sets.iter().position(|one| seen(*one, &used) == seen(set, &used)).unwrap();
                        for (one, lines) in (0..).zip(&classes) {
                            let held = lines.iter().filter(|line| line.holds(set)).count();
                            let told = usize::from(class(at) == one);
                            assert_eq!(held, told, "{used:?} {set:b} {lines:?}");
                        }
                    }
                }
            }
        }
    }
}
