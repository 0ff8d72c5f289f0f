//! What the numbers of a block can be in some completions, and what changing some of them makes of that.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::diagram::levels::Block;
use crate::diagram::pass::Pass;
use crate::diagram::standing::Standing;
use crate::diagram::store::Ref;
use crate::evaluate::possible::{Possible, Slot};
use crate::evaluate::world::World;

/// For up to so many numbers that hang together, all ways to change some of them are looked at; of more none is ruled out.
const MOST_TIED: usize = 8;

/// A node in a block, and how the block's numbers stand there.
pub(super) type Group = (Ref, usize);

/// Where the ways down are looked for.
pub(super) struct Given<'g, 'd, 'p> {
    /// The completions.
    pub(super) now: &'g [Pass<'d, 'p>],
    /// With all that may change.
    pub(super) wide: &'g Pass<'d, 'p>,
    pub(super) of: &'g FxHashMap<Slot, usize>,
    /// The numbers of blocks, by the first level of each.
    pub(super) sides: RefCell<FxHashMap<u32, Option<Rc<Sides>>>>,
}

/// What numbers that hang together can be in some completions, and where they change.
pub(super) struct Sides {
    /// The numbers that may change.
    pub(super) changes: Vec<(Slot, usize)>,
    /// Sets of changes, the smallest first, with per completion how the numbers stand then.
    pub(super) masks: Vec<(u32, Vec<usize>)>,
    /// How they can stand.
    pub(super) stands: Vec<Stands>,
}

/// The numbers of a block, and what is made of them where that is asked.
pub(super) struct Stands {
    numbers: Vec<Possible>,
    made: OnceCell<(World, Rc<Standing>)>,
}

impl Stands {
    pub(super) fn made(&self, wide: &Pass<'_, '_>, block: &Block) -> &(World, Rc<Standing>) {
        self.made.get_or_init(|| {
            let mut world = wide.within.clone();
            for (slot, number) in block.slots.iter().zip(&self.numbers) {
                world.set(*slot, number.clone());
            }
            let standing = wide.diagram.standing(block, &world);
            (world, standing)
        })
    }
}

impl Given<'_, '_, '_> {
    /// How the numbers of a block can stand. None: too many of them may change.
    pub(super) fn sides(&self, block: &Block) -> Option<Rc<Sides>> {
        let mut known = self.sides.borrow_mut();
        known.entry(block.first).or_insert_with(|| self.sides_of(block).map(Rc::new)).clone()
    }

    fn sides_of(&self, block: &Block) -> Option<Sides> {
        let (now, wide) = (self.now, self.wide.within);
        let differs = |slot: &Slot| now.iter().any(|now| now.within.get(*slot) != wide.get(*slot));
        let changes = block.slots.iter().filter(|slot| differs(slot));
        let changes: Vec<(Slot, usize)> =
            changes.filter_map(|slot| Some((*slot, *self.of.get(slot)?))).collect();
        if changes.len() > MOST_TIED {
            return None;
        }
        let mut masks: Vec<u32> = (0..1_u32 << changes.len()).collect();
        masks.sort_by_key(|mask| (mask.count_ones(), *mask));
        // Per number what it can become, and what it is in each completion; the same things have the same place.
        let mut values: Vec<Vec<&Possible>> = block.slots.iter().map(|slot| vec![wide.get(*slot)]).collect();
        let kinds = now.iter().map(|now| {
            let both = block.slots.iter().zip(&mut values);
            let kind = |(slot, values): (&Slot, &mut Vec<_>)| place(values, now.within.get(*slot));
            both.map(kind).collect()
        });
        let kinds: Vec<Vec<usize>> = kinds.collect();
        let changed: Vec<Option<usize>> =
            block.slots.iter().map(|slot| changes.iter().position(|(one, _)| one == slot)).collect();
        let mut places: FxHashMap<Vec<usize>, usize> = FxHashMap::default();
        let (mut stands, mut becoming) = (Vec::new(), Vec::with_capacity(changed.len()));
        let mut stand = |mask: u32, kinds: &Vec<usize>| {
            let becomes = |change: &Option<usize>| change.is_some_and(|at| mask >> at & 1 == 1);
            becoming.clear();
            let both = kinds.iter().zip(&changed);
            becoming.extend(both.map(|(kind, change)| if becomes(change) { 0 } else { *kind }));
            if let Some(known) = places.get(becoming.as_slice()) {
                return *known;
            }
            let number = |(values, at): (&Vec<&Possible>, &usize)| values.get(*at).copied().cloned();
            let numbers = values.iter().zip(&becoming).filter_map(number).collect();
            stands.push(Stands { numbers, made: OnceCell::new() });
            places.insert(becoming.clone(), stands.len() - 1);
            stands.len() - 1
        };
        let masks =
            masks.into_iter().map(|mask| (mask, kinds.iter().map(|kinds| stand(mask, kinds)).collect()));
        let masks = masks.collect();
        Some(Sides { changes, masks, stands })
    }
}

/// The place of a thing among some; it is added if it is not there.
pub(super) fn place<T: PartialEq>(all: &mut Vec<T>, one: T) -> usize {
    all.iter().position(|other| *other == one).unwrap_or_else(|| {
        all.push(one);
        all.len() - 1
    })
}
