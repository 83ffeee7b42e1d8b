//! A value that several people may set: every version is kept, and which ones stand follows from the set of versions alone.
//!
//! A version names the versions its author saw as current (`replaces`). A version stands until another names it. Two that stand
//! side by side *cross*; equal values never cross. No clock decides: of crossing versions the later in display order holds where
//! somebody must hold, and the caller says whether a crossing value counts at all.

use crate::ids::{Actor, FactId};
use serde::{Deserialize, Serialize};
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
}

/// All versions of one value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Register<T> {
    versions: BTreeMap<FactId, Version<T>>,
}

impl<T> Default for Register<T> {
    fn default() -> Self {
        Self { versions: BTreeMap::new() }
    }
}

impl<T: PartialEq> Register<T> {
    /// Takes one version in. The order in which versions come does not matter, nor does one that comes twice.
    pub fn insert(&mut self, id: FactId, version: Version<T>) {
        self.versions.entry(id).or_insert(version);
    }

    /// Takes out the versions that are meant: what they said was erased, wherever they are.
    pub(crate) fn forget(&mut self, meant: impl Fn(&FactId) -> bool) {
        self.versions.retain(|id, _| !meant(id));
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
            return self.versions.iter().collect();
        }
        let replaced: BTreeSet<&FactId> = self.versions.values().flat_map(|version| &version.replaces).collect();
        let mut standing: Vec<_> = self.versions.iter().filter(|(id, _)| !replaced.contains(id)).collect();
        standing.sort_by_key(|(id, version)| (version.order, *id));
        standing
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
        self.versions.iter()
    }

    /// How many versions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.versions.len()
    }

    /// The version with this id.
    #[must_use]
    pub fn version(&self, id: &FactId) -> Option<&Version<T>> {
        self.versions.get(id)
    }

    /// The version that a version took the place of: the latest of those it names.
    #[must_use]
    pub fn replaced(&self, version: &Version<T>) -> Option<&Version<T>> {
        let named = version.replaces.iter().filter_map(|id| Some((id, self.versions.get(id)?)));
        named.max_by_key(|(id, version)| (version.order, *id)).map(|(_, version)| version)
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
