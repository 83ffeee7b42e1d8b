//! A computer's draw: the order in which entries take the codes.

use crate::ids::{DrawId, EntryId};
use sha2::{Digest, Sha256};

/// Entries in the order of SHA-256 over seed, line feed and id: the first takes the first code. Anybody with a seed and the ids can
/// do it again with nothing but `sha256sum` and `sort`.
#[must_use]
pub fn order(seed: &str, mut entries: Vec<EntryId>) -> Vec<EntryId> {
    entries.sort_by_cached_key(|id| {
        let digest = Sha256::new().chain_update(seed).chain_update("\n").chain_update(id.as_str()).finalize();
        (digest.to_vec(), id.clone())
    });
    entries
}

/// Id and seed of a new draw from what chance gave. Neither can be worked out from the other: an id is seen by more people than a seed,
/// and who knows a seed knows the draw.
#[must_use]
pub fn id_and_seed(chance: u128) -> (DrawId, String) {
    let part = |name: &str| {
        let digest = Sha256::new().chain_update(name).chain_update(chance.to_le_bytes()).finalize();
        digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    (DrawId::new(part("draw")), part("seed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(count: usize) -> Vec<EntryId> {
        (0..count).map(|n| EntryId::new(n.to_string())).collect()
    }

    #[test]
    fn a_seed_gives_the_same_order_whatever_the_order_before() {
        // printf 'seed\n0' | sha256sum and so on.
        let wanted = order("seed", ids(40));
        let mut turned = ids(40);
        turned.reverse();
        assert_eq!(order("seed", turned), wanted, "only seed and ids count");
        assert_ne!(order("other", ids(40)), wanted, "another seed, another order");
    }

    #[test]
    fn every_entry_comes_first_about_as_often() {
        let mut first = [0_u32; 4];
        for seed in 0..4_000 {
            let winner: usize = order(&seed.to_string(), ids(4))[0].as_str().parse().unwrap_or_default();
            first[winner] += 1;
        }
        assert!(first.iter().all(|count| (850..1_150).contains(count)), "{first:?}");
    }
}
