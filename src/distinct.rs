//! Things in the order found, each once.

use std::hash::{Hash, Hasher as _};

use rustc_hash::{FxHashMap, FxHasher};

/// Keys, each once and in the order found, with what came with each first. They are found again by their hash, so that no
/// second copy of them is kept.
#[derive(Debug)]
pub(crate) struct Distinct<K, V> {
    list: Vec<(K, V)>,
    places: FxHashMap<u64, usize>,
}

impl<K, V> Default for Distinct<K, V> {
    fn default() -> Self {
        Self { list: Vec::new(), places: FxHashMap::default() }
    }
}

impl<K: Hash + Eq, V> Distinct<K, V> {
    /// Adds a key that is not there yet.
    pub(crate) fn push(&mut self, key: K, value: impl FnOnce() -> V) {
        let mut hasher = FxHasher::default();
        key.hash(&mut hasher);
        let mut hash = hasher.finish();
        while let Some(at) = self.places.get(&hash) {
            if self.list.get(*at).is_some_and(|(known, _)| *known == key) {
                return;
            }
            // Another with the same hash: the next is free, or has this key.
            hash = hash.wrapping_add(1);
        }
        self.places.insert(hash, self.list.len());
        self.list.push((key, value()));
    }

    pub(crate) fn into_vec(self) -> Vec<(K, V)> {
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All of them have one hash.
    #[derive(Debug, PartialEq, Eq)]
    struct Alike(u8);

    impl Hash for Alike {
        fn hash<H: std::hash::Hasher>(&self, _: &mut H) {}
    }

    #[test]
    fn each_once_in_order() {
        let (mut numbers, mut alike) = (Distinct::default(), Distinct::default());
        for (at, key) in [3, 1, 3, 2, 1, 2, 0].into_iter().enumerate() {
            numbers.push(key, || at);
            alike.push(Alike(key), || at);
        }
        let found = [(3, 0), (1, 1), (2, 3), (0, 6)];
        assert_eq!(numbers.into_vec(), found);
        assert_eq!(alike.into_vec(), found.map(|(key, at)| (Alike(key), at)));
    }
}
