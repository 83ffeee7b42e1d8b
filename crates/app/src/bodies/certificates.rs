//! Bodies about certificates.

use super::{body, files};
use crate::failure::Failure;
use jiangsai_domain::command::certificates::{CertificateList, IssueCertificates, ListCertificates, SetArtwork};
use jiangsai_domain::decide::certificates::issue;
use jiangsai_domain::view::certificates::list;
use sha2::{Digest, Sha256};

body!(ListCertificates, |command, app, _| {
    let own = app.ask(&command.competition, |state| list(state, &command.event, command.top)).await?;
    Ok(CertificateList { pictures: app.pictures(&command.competition).await?, ..own })
});

body!(IssueCertificates, |command, app, _| {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| Failure::Internal(error.to_string()))?;
    let mut count = 0;
    let fresh = || {
        count += 1;
        verification(&seed, count)
    };
    let decide = |state: &_, _: &_| Ok((issue(state, &command, fresh)?, ()));
    let issued = app.change(&command.competition, decide, |_, facts, ()| Ok(facts.len())).await?;
    Ok(u32::try_from(issued).unwrap_or(u32::MAX))
});

body!(SetArtwork, |command, app, _| {
    let bytes = command.file.as_ref().map(files::decode).transpose()?;
    app.set_artwork(&command.competition, command.picture, bytes).await
});

/// Crockford's base 32: no letter can be taken for a digit.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A verification id: 80 bits that nobody can guess, not even from the id of another certificate of the same batch.
fn verification(seed: &[u8; 32], count: u32) -> String {
    let hash = Sha256::new().chain_update(seed).chain_update(count.to_be_bytes()).finalize();
    let bits = hash.iter().take(10).fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
    let letter = |at: usize| {
        let five = usize::try_from(bits >> (75 - 5 * at) & 31).unwrap_or_default();
        char::from(LETTERS[five])
    };
    let groups: Vec<String> = (0..4).map(|group| (0..4).map(|at| letter(4 * group + at)).collect()).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verification_id_is_four_groups_and_never_the_same() {
        let ids: std::collections::BTreeSet<String> = (0..1_000).map(|count| verification(&[7; 32], count)).collect();
        assert_eq!(ids.len(), 1_000, "each is its own");
        for id in ids {
            assert_eq!(id.len(), 19, "{id}");
            assert!(id.bytes().all(|letter| letter == b'-' || LETTERS.contains(&letter)), "{id}");
        }
    }
}
