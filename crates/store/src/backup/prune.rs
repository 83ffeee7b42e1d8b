//! Which backups are kept: all of a day, then one a day, and never fewer than some.

use super::{Backup, list_backups};
use crate::StoreError;
use std::path::Path;

/// Milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1_000;
/// So many days have a backup each.
const DAYS: i64 = 30;
/// The newest ones that are kept whatever the clock says.
const NEWEST: usize = 5;

/// Removes the backups of a node that are not wanted any more: kept are those of the last 24 hours, the newest of each of 30 days, and
/// the five newest sound ones whatever the clock says, and the newest one in which every record was verified. Backups of other nodes are
/// let be.
///
/// # Errors
/// What the disk says; some may have been removed then.
pub fn prune_backups(place: &Path, node: &str, now: i64) -> Result<usize, StoreError> {
    let own = |backup: &Backup| backup.manifest.as_ref().is_some_and(|manifest| manifest.node == node);
    let found: Vec<Backup> = list_backups(place).into_iter().filter(own).collect();
    let ages: Vec<(i64, bool)> = found.iter().map(|backup| (backup.at, backup.has_its_size())).collect();
    let proved = found.iter().position(Backup::is_proved);
    let unwanted: Vec<usize> = unwanted(&ages, now).into_iter().filter(|at| Some(*at) != proved).collect();
    for at in &unwanted {
        std::fs::remove_dir_all(&found[*at].path)?;
    }
    Ok(unwanted.len())
}

/// Which of these are not kept. Moment and soundness of each, the newest first.
fn unwanted(backups: &[(i64, bool)], now: i64) -> Vec<usize> {
    let (mut day, mut sound_ones) = (None, 0);
    let mut kept = |at: i64, sound: bool| {
        if !sound {
            return now - at < DAY;
        }
        let first_of_day = day != Some(at.div_euclid(DAY));
        day = Some(at.div_euclid(DAY));
        sound_ones += 1;
        sound_ones <= NEWEST || now - at < DAY || (first_of_day && now - at < DAYS * DAY)
    };
    let all = backups.iter().enumerate();
    all.filter(|(_, (at, sound))| !kept(*at, *sound)).map(|(number, _)| number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = DAY / 24;
    /// Noon.
    const NOW: i64 = 20_000 * DAY + DAY / 2;

    #[test]
    fn a_day_whole_and_thirty_days_by_one_are_kept() {
        // One an hour for forty days.
        let ages: Vec<(i64, bool)> = (0..40 * 24).map(|hours| (NOW - hours * HOUR, true)).collect();
        let gone = unwanted(&ages, NOW);
        let kept: Vec<i64> =
            (0..40 * 24).filter(|at| !gone.contains(&usize::try_from(*at).unwrap_or_default())).collect();
        assert_eq!(kept[..24], (0..24).collect::<Vec<i64>>(), "all of the last 24 hours");
        let days: Vec<i64> = kept[24..].iter().map(|hours| (NOW - hours * HOUR).div_euclid(DAY)).collect();
        assert!(days.windows(2).all(|pair| pair[0] == pair[1] + 1), "one for each day before: {days:?}");
        assert!((28..=30).contains(&days.len()), "{} days", days.len());
    }

    #[test]
    fn the_only_sound_one_stays_however_old_it_is() {
        let broken = (0..10).map(|hours| (NOW - hours * HOUR, false));
        let ages: Vec<(i64, bool)> = broken.chain([(NOW - 400 * DAY, true)]).collect();
        assert!(!unwanted(&ages, NOW).contains(&10), "behind ten broken ones");
        // A clock that jumped by years.
        let ages: Vec<(i64, bool)> = (0..8).map(|hours| (NOW - hours * HOUR, true)).collect();
        assert_eq!(unwanted(&ages, NOW + 900 * DAY), [5, 6, 7]);
        assert_eq!(unwanted(&ages, NOW - 900 * DAY), Vec::<usize>::new(), "moments to come are kept");
    }
}
