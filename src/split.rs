//! What to split when open answers leave something undecided, and into what.

use std::rc::Rc;

use crate::asked::Asked;
use crate::lift::Split;
use crate::linear;
use crate::number::Number;
use crate::possible::{Core, Line, Possible, Range, Set, Slot};
use crate::program::ChoiceUse;
use crate::solve::{Look, Path, Side, Solver, Turn, Undo, both};
use crate::value::Value;

/// Numbers with at most so many answers are split one by one where relations between several numbers would be needed.
const FEW: i64 = 64;

/// More sets of options than this are not tried one by one.
const MOST_SETS: usize = 1 << 16;

impl Solver<'_> {
    /// Both sides of a split that can hold. Empty when it leads nowhere.
    pub(crate) fn sides(&mut self, split: &Split) -> Vec<Side> {
        let mut sides = Vec::new();
        for holds in [true, false] {
            let relation = linear::relation(&self.world, split, holds);
            if let [(slot, coefficient)] = relation.terms.as_slice() {
                let Some(range) = self.world.get(*slot).as_range() else { continue };
                let Some(end) = relation.base.neg().div(coefficient) else { continue };
                let step = self.world.step(*slot);
                let mut narrowed = range.clone();
                if coefficient.is_negative() {
                    narrowed.hi = narrowed.hi.min(end.floor_to(&step));
                } else {
                    narrowed.lo = narrowed.lo.max(end.ceil_to(&step));
                }
                if narrowed.lo <= narrowed.hi {
                    if narrowed == range {
                        // All answers lie on this side: the split is no split.
                        return Vec::new();
                    }
                    if coefficient.is_negative() {
                        self.turns.entry(*slot).or_default().insert(narrowed.hi.add(&step));
                    } else {
                        self.turns.entry(*slot).or_default().insert(narrowed.lo.clone());
                    }
                    sides.push(Side::Slot(*slot, self.narrow(*slot, narrowed)));
                }
            } else {
                if relation.terms.is_empty() || self.world.relations.contains(&relation) {
                    return Vec::new();
                }
                self.note_turns(&relation);
                self.tied.extend(relation.terms.iter().map(|(slot, _)| *slot));
                if linear::may_hold(&self.world, split, holds) {
                    sides.push(Side::Relation(relation));
                }
            }
        }
        sides
    }

    /// Where a relation between several answers begins and ends to bite, for each of them.
    pub(crate) fn note_turns(&mut self, relation: &Line) {
        for (slot, coefficient) in &relation.terms {
            let others: Vec<_> = relation.terms.iter().filter(|(other, _)| other != slot).cloned().collect();
            let (lo, hi) = self.world.bounds(&Line { base: relation.base.clone(), terms: others });
            let step = self.world.step(*slot);
            for end in [lo, hi].into_iter().filter_map(|end| end.neg().div(coefficient)) {
                let turn = if coefficient.is_negative() {
                    end.floor_to(&step).add(&step)
                } else {
                    end.ceil_to(&step)
                };
                self.turns.entry(*slot).or_default().insert(turn);
            }
        }
    }

    pub(crate) fn narrow(&self, slot: Slot, range: Range) -> Possible {
        let mut set = self.world.get(slot).parts().into_owned();
        set.core = Core::Range(Box::new(range));
        set.into()
    }

    pub(crate) fn take_side(&mut self, side: Side, path: &Path) -> (Undo, Path) {
        let mut undo = Undo { slots: Vec::new(), relations: self.world.relations.len() };
        let path = match side {
            Side::Slot(slot, possible) => {
                let old = self.world.set(slot, possible.clone());
                undo.slots.push((slot, old));
                both(path, &Some(Rc::new(Turn::Set(slot, possible, None))))
            }
            Side::Relation(line) => {
                self.world.relations.push(line.clone());
                both(path, &Some(Rc::new(Turn::Relation(line, None))))
            }
        };
        (undo, path)
    }

    /// What to split: the finite answer that most of what is asked depends on, else a comparison, else halfway.
    pub fn choose(&mut self, asked: &[Asked], look: &Look) -> Vec<Side> {
        let mut slots: Vec<Slot> = look.slots.iter().flatten().copied().collect();
        slots.sort_unstable();
        slots.dedup();
        let mut first = self.selecting(asked);
        first.retain(|slot| slots.binary_search(slot).is_ok());
        let sides = if first.is_empty() { Vec::new() } else { self.choose_among(&first, look) };
        if sides.is_empty() { self.choose_among(&slots, look) } else { sides }
    }

    pub(crate) fn choose_among(&mut self, slots: &[Slot], look: &Look) -> Vec<Side> {
        let mut best: Option<((usize, usize, Slot), Vec<Possible>)> = None;
        for slot in slots {
            let readers = look.slots.iter().filter(|of| of.binary_search(slot).is_ok()).count();
            let better = |key: &(usize, usize, Slot)| best.as_ref().is_none_or(|(old, _)| key < old);
            // Many readers first, then few values.
            if !better(&(usize::MAX - readers, 0, 0)) {
                continue;
            }
            if let Some(values) = self.finite(*slot) {
                let key = (usize::MAX - readers, values.len(), *slot);
                if better(&key) {
                    best = Some((key, values));
                }
            }
        }
        if let Some(((.., slot), values)) = best {
            return values.into_iter().map(|value| Side::Slot(slot, value)).collect();
        }
        for split in &look.splits {
            let concerns = split.line.terms.iter().any(|(slot, _)| slots.binary_search(slot).is_ok());
            if concerns {
                if let Some(sides) = self.few(split) {
                    self.tied.extend(split.line.terms.iter().map(|(slot, _)| *slot));
                    self.note_sides(&sides);
                    return sides;
                }
                let sides = self.sides(split);
                if sides.len() > 1 {
                    return sides;
                }
            }
        }
        self.halve(slots)
    }

    /// A relation between several answers, one of which has few values: those one by one, so that no grid is in doubt.
    pub(crate) fn few(&self, split: &Split) -> Option<Vec<Side>> {
        if split.line.terms.len() < 2 {
            return None;
        }
        split.line.terms.iter().find_map(|(slot, _)| {
            let points = self.points(*slot, &self.world.get(*slot).as_range()?)?;
            Some(points.into_iter().map(|point| Side::Slot(*slot, point)).collect())
        })
    }

    /// The numbers of a range one by one, when they are few.
    pub(crate) fn points(&self, slot: Slot, range: &Range) -> Option<Vec<Possible>> {
        let step = self.world.step(slot);
        let count = range.hi.sub(&range.lo).div(&step)?;
        if count.is_zero() || count > Number::whole(FEW) {
            return None;
        }
        let mut points = Vec::new();
        let mut at = range.lo.clone();
        while at <= range.hi {
            points.push(self.narrow(slot, Range { lo: at.clone(), hi: at.clone(), ..range.clone() }));
            at = at.add(&step);
        }
        Some(points)
    }

    /// Results may turn where a side begins.
    pub(crate) fn note_sides(&mut self, sides: &[Side]) {
        for side in sides {
            if let Side::Slot(slot, possible) = side
                && let Some(range) = possible.as_range()
            {
                self.turns.entry(*slot).or_default().insert(range.lo);
            }
        }
    }

    pub(crate) fn halve(&mut self, slots: &[Slot]) -> Vec<Side> {
        let mut widest: Option<(Number, Slot, Range)> = None;
        for slot in slots {
            let Some(range) = self.world.get(*slot).as_range() else { continue };
            let step = self.world.step(*slot);
            let steps = range.hi.sub(&range.lo).div(&step).unwrap_or_default();
            if !steps.is_zero() && widest.as_ref().is_none_or(|(most, ..)| steps > *most) {
                widest = Some((steps, *slot, range));
            }
        }
        let Some((_, slot, range)) = widest else { return Vec::new() };
        self.tied.insert(slot);
        let step = self.world.step(slot);
        let half = Number::fraction(1, 2).unwrap_or_default();
        let middle = range.lo.add(&range.hi).mul(&half).floor_to(&step);
        let left = Range { hi: middle.clone(), ..range.clone() };
        let right = Range { lo: middle.add(&step), ..range };
        let sides =
            vec![Side::Slot(slot, self.narrow(slot, left)), Side::Slot(slot, self.narrow(slot, right))];
        self.note_sides(&sides);
        sides
    }

    /// The ways to split a slot that is not only a range of numbers; none for one that is.
    #[must_use]
    pub fn finite(&self, slot: Slot) -> Option<Vec<Possible>> {
        let Possible::Open(set) = self.world.get(slot) else { return None };
        if let Some(values) = self.world.given.get(&slot) {
            return Some(values.iter().cloned().map(Possible::Known).collect());
        }
        let plain = |core: Core| Possible::from(Set::plain(core));
        let mut ways = match &set.core {
            Core::Range(range) if range.line.is_none() => {
                // The length of a list.
                let (lo, hi) = (range.lo.to_i64().unwrap_or(0), range.hi.to_i64().unwrap_or(0));
                (lo..=hi).map(|n| Possible::number(Number::whole(n))).collect()
            }
            Core::Range(_) if set.none || set.not_applicable => vec![plain(set.core.clone())],
            Core::Range(range) if self.enumerate => return self.points(slot, range),
            Core::Range(_) => return None,
            Core::Subset { must, may } => self.subsets(slot, *must, *may)?,
            core => Possible::Open(Set::plain(core.clone()))
                .values(usize::MAX)
                .unwrap_or_default()
                .into_iter()
                .map(Possible::Known)
                .collect(),
        };
        if set.none {
            ways.push(Possible::Known(Value::None));
        }
        if set.not_applicable {
            ways.push(Possible::Known(Value::NotApplicable));
        }
        Some(ways)
    }

    /// Sets of options that rules can tell apart. None when they are too many to try.
    pub(crate) fn subsets(&self, slot: Slot, must: u64, may: u64) -> Option<Vec<Possible>> {
        let own = self.copies.iter().find(|(_, to)| *to == slot).map_or(slot, |(from, _)| *from);
        // In a list every option may be asked for apart.
        let apart = || ChoiceUse { groups: (0..64).map(|at| 1 << at).collect(), counted: false };
        let used = self.program.choices.get(own as usize).cloned().unwrap_or_else(apart);
        let sets = used.sets(must, may, MOST_SETS)?;
        Some(sets.into_iter().map(|set| Possible::Known(Value::Choices(set))).collect())
    }
}
