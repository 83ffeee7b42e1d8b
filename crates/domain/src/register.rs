//! A value that several people may set: every version is kept, and which ones stand follows from the set of versions alone.
//!
//! A version names the versions its author saw as current (`replaces`). A version stands until another names it. Two that stand
//! side by side *cross*; equal values never cross. No clock decides: of crossing versions the later in display order holds where
//! somebody must hold, and the caller says whether a crossing value counts at all.

use crate::ids::{Actor, FactId};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};

/// One version of a value, and the act that set it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version<T> {
    /// The value.
    pub value: T,
    /// Versions its author saw as current.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<FactId>,
    /// Display order (Lamport).
    pub order: u64,
    /// Milliseconds since 1970, for information only.
    pub at: i64,
    /// Who.
    pub actor: Actor,
    /// Why, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// It takes the place of every version up to here in display order: its author saw what stood then, and could not name it. 0 for nearly all.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub floor: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the form serde asks for")]
const fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// All versions of one value.
///
/// Nearly every value is set once, and a competition holds a million of them: a list in the order of ids takes a tenth of the memory of a tree.
/// Written as a map, by id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register<T> {
    versions: Vec<(FactId, Version<T>)>,
}

/// So many versions take just the room that they need.
const FEW: usize = 4;

impl<T> Default for Register<T> {
    fn default() -> Self {
        Self { versions: Vec::new() }
    }
}

impl<T: Serialize> Serialize for Register<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.versions.iter().map(|(id, version)| (id, version)))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Register<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut versions: Vec<_> = BTreeMap::deserialize(deserializer)?.into_iter().collect();
        versions.shrink_to_fit();
        Ok(Self { versions })
    }
}

impl<T> Register<T> {
    fn place(&self, id: &FactId) -> Result<usize, usize> {
        self.versions.binary_search_by(|(own, _)| own.cmp(id))
    }
}

impl<T: PartialEq> Register<T> {
    /// Takes one version in. The order in which versions come does not matter, nor does one that comes twice.
    pub fn insert(&mut self, id: FactId, version: Version<T>) {
        if let Err(place) = self.place(&id) {
            if self.versions.len() < FEW {
                self.versions.reserve_exact(1);
            }
            self.versions.insert(place, (id, version));
        }
    }

    /// Takes out the versions that are meant: what they said was erased, wherever they are.
    pub(crate) fn forget(&mut self, meant: impl Fn(&FactId) -> bool) {
        self.versions.retain(|(id, _)| !meant(id));
    }

    /// Has nobody ever set it?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.versions.is_empty()
    }

    /// The versions that stand, by display order and then by id.
    #[must_use]
    pub fn standing(&self) -> Vec<(&FactId, &Version<T>)> {
        // Nearly every value is set once.
        if self.versions.len() == 1 {
            return self.versions().collect();
        }
        let replaced = self.named();
        let floor = self.versions().map(|(_, version)| version.floor).max().unwrap_or_default();
        let stands = |(id, version): &(&FactId, &Version<T>)| {
            !replaced.contains(id) && (version.floor == floor || version.order > floor)
        };
        let mut standing: Vec<_> = self.versions().filter(stands).collect();
        standing.sort_by_key(|(id, version)| (version.order, *id));
        standing
    }

    /// Versions that went under beneath one with a floor and were not what its author had been told, as `told` says of a floor and a value.
    #[must_use]
    pub(crate) fn unheard(&self, told: impl Fn(u64, &T) -> bool) -> Vec<FactId> {
        let floors: BTreeSet<u64> = self.versions().map(|(_, version)| version.floor).collect();
        let replaced = self.named();
        let above = |version: &Version<T>| floors.range(version.order..).find(|floor| **floor > version.floor).copied();
        let went = self.versions().filter(|(id, _)| !replaced.contains(id));
        went.filter(|(_, version)| above(version).is_some_and(|floor| !told(floor, &version.value)))
            .map(|(id, _)| id.clone())
            .collect()
    }

    /// Ids of the versions that stand, to name in the next change.
    #[must_use]
    pub fn current(&self) -> Vec<FactId> {
        self.standing().into_iter().map(|(id, _)| id.clone()).collect()
    }

    /// The value that holds: of crossing ones the later in display order.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        self.last().map(|(_, version)| &version.value)
    }

    /// The version that holds.
    #[must_use]
    pub fn last(&self) -> Option<(&FactId, &Version<T>)> {
        self.standing().pop()
    }

    /// Do different values stand side by side?
    #[must_use]
    pub fn crosses(&self) -> bool {
        let standing = self.standing();
        standing.iter().any(|(_, version)| version.value != standing[0].1.value)
    }

    /// The value where exactly one stands; `None` when nobody set it or different values cross.
    #[must_use]
    pub fn agreed(&self) -> Option<&T> {
        if self.crosses() { None } else { self.value() }
    }

    /// Every version, by id.
    pub fn versions(&self) -> impl Iterator<Item = (&FactId, &Version<T>)> {
        self.versions.iter().map(|(id, version)| (id, version))
    }

    /// The versions that another one names.
    fn named(&self) -> BTreeSet<&FactId> {
        self.versions().flat_map(|(_, version)| &version.replaces).collect()
    }

    /// How many versions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.versions.len()
    }

    /// The version with this id.
    #[must_use]
    pub fn version(&self, id: &FactId) -> Option<&Version<T>> {
        self.place(id).ok().and_then(|place| self.versions.get(place)).map(|(_, version)| version)
    }

    /// The version that a version took the place of: the latest of those it names.
    #[must_use]
    pub fn replaced(&self, version: &Version<T>) -> Option<&Version<T>> {
        self.replaced_record(version).map(|(_, version)| version)
    }

    /// As [`Register::replaced`], with its id.
    #[must_use]
    pub fn replaced_record(&self, version: &Version<T>) -> Option<(&FactId, &Version<T>)> {
        let named = version.replaces.iter().filter_map(|id| self.versions.get(self.place(id).ok()?));
        named.map(|(id, version)| (id, version)).max_by_key(|(id, version)| (version.order, *id))
    }

    /// The value that stood there before.
    #[must_use]
    pub fn before(&self, version: &Version<T>) -> Option<&T> {
        self.replaced(version).map(|version| &version.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(value: i32, order: u64, replaces: &[&str]) -> Version<i32> {
        Version {
            value,
            replaces: replaces.iter().map(|id| FactId::from(*id)).collect(),
            order,
            at: 0,
            actor: Actor::from("operator"),
            reason: String::new(),
            floor: 0,
        }
    }

    fn register(versions: &[(&str, Version<i32>)]) -> Register<i32> {
        let mut register = Register::default();
        for (id, version) in versions {
            register.insert(FactId::from(*id), version.clone());
        }
        register
    }

    #[test]
    fn a_version_stands_until_another_names_it() {
        let register = register(&[("a", version(1, 0, &[])), ("b", version(2, 1, &["a"]))]);
        assert_eq!(register.agreed(), Some(&2), "b names a");
        assert_eq!(register.current(), vec![FactId::from("b")]);
        assert_eq!(register.before(&version(2, 1, &["a"])), Some(&1), "what stood before b");
    }

    #[test]
    fn a_version_with_a_floor_takes_the_place_of_what_stood_below_it() {
        let above = Version { floor: 3, ..version(2, 5, &[]) };
        let both = register(&[("a", version(1, 3, &[])), ("b", above.clone())]);
        assert_eq!((both.agreed(), both.current()), (Some(&2), vec![FactId::from("b")]));
        let later = register(&[("a", version(1, 4, &[])), ("b", above.clone())]);
        assert!(later.crosses(), "its author did not see what was written later");
        let named = register(&[("a", version(1, 3, &[])), ("b", above), ("c", version(4, 6, &["b"]))]);
        assert_eq!(named.agreed(), Some(&4), "what it took the place of does not come back");
        let [low, high] = [(11, 10), (21, 20)].map(|(order, floor)| Version { floor, ..version(1, order, &[]) });
        let high = Version { value: 2, ..high };
        let twice = register(&[("a", version(0, 9, &[])), ("b", low.clone()), ("c", high.clone())]);
        assert_eq!(
            (twice.agreed(), twice.current()),
            (Some(&2), vec![FactId::from("c")]),
            "the higher floor is above both"
        );
        let late = Version { order: 21, ..low };
        let unseen = register(&[("b", late), ("c", high)]);
        assert!(unseen.crosses(), "the author of the higher did not see what was written later by the lower");
    }

    #[test]
    fn different_values_cross_and_equal_ones_do_not() {
        let crossing = register(&[("a", version(1, 0, &[])), ("b", version(2, 0, &[]))]);
        assert!(crossing.crosses(), "neither names the other");
        assert_eq!(crossing.agreed(), None, "neither counts");
        assert_eq!(crossing.value(), Some(&2), "the later in display order, then by id");
        let equal = register(&[("a", version(1, 0, &[])), ("b", version(1, 5, &[]))]);
        assert_eq!(equal.agreed(), Some(&1), "equal values merge");
        let settled =
            register(&[("a", version(1, 0, &[])), ("b", version(2, 0, &[])), ("c", version(2, 1, &["a", "b"]))]);
        assert_eq!(settled.agreed(), Some(&2), "a version that names both settles it");
    }
}
