//! Putting a database that does not hold together aside, whole and under a name of its own, so that a backup can take its place.

use crate::backup::{beside, blocking};
use crate::folder::{DATABASE, KEY, hold, private_folder, sync_dir, write_private};
use crate::keychain::{HeldKey, Keychain};
use crate::{Store, StoreError, connect};
use std::path::{Path, PathBuf};

/// The endings of the files a database consists of; the file itself is the last.
const FILES: [&str; 3] = ["-shm", "-wal", ""];

impl Store {
    /// Puts the database aside into a folder of this name in the data folder and begins an empty one in its place; where it is now. Nothing
    /// else may use this store meanwhile.
    ///
    /// # Errors
    /// [`StoreError::NoFile`] on a database server; [`StoreError::InUse`] when somebody goes on reading; what the disk says.
    pub async fn set_aside(&self, name: &str) -> Result<PathBuf, StoreError> {
        self.file()?;
        let mut ends = self.hold_ends().await;
        if let Some(ends) = &mut ends {
            ends.clear();
        }
        let (settings, receipts) = (self.settings.begin(), self.receipts.begin());
        connect::let_go(&self.reader).await?;
        connect::let_go(&self.writer).await?;
        let (dir, name) = (self.dir().to_owned(), name.to_owned());
        let aside = blocking(move || move_aside(&dir, &name)).await?;
        connect::migrate(&self.writer).await?;
        settings.answered();
        receipts.answered();
        Ok(aside)
    }

    /// Puts back what [`Store::set_aside`] put aside, in the place of what came after it.
    ///
    /// # Errors
    /// As for [`Store::set_aside`].
    pub async fn put_back(&self, aside: &Path) -> Result<(), StoreError> {
        let mut ends = self.hold_ends().await;
        if let Some(ends) = &mut ends {
            ends.clear();
        }
        let (settings, receipts) = (self.settings.begin(), self.receipts.begin());
        connect::let_go(&self.reader).await?;
        connect::let_go(&self.writer).await?;
        let (dir, aside) = (self.dir().to_owned(), aside.to_owned());
        blocking(move || move_back(&dir, &aside)).await?;
        settings.answered();
        receipts.answered();
        Ok(())
    }
}

/// As [`Store::set_aside`], for a folder whose database or key cannot be opened. Its key is copied; one that is none, or that the keychain does
/// not have, is put aside too.
///
/// # Errors
/// [`StoreError::InUse`] when a process holds the folder; [`StoreError::KeyLocked`] while it is not known whether there is a key, and nothing has
/// changed then; what the disk says.
pub async fn set_aside(dir: &Path, name: &str, keychain: Keychain) -> Result<PathBuf, StoreError> {
    let (dir, name) = (dir.to_owned(), name.to_owned());
    blocking(move || {
        let _held = hold(&dir)?;
        let there = HeldKey::read(&dir.join(KEY)).and_then(|key| match key {
            HeldKey::Elsewhere(node) => keychain.find(&node).map(drop),
            HeldKey::Seed(_) => Ok(()),
        });
        if let Err(locked @ StoreError::KeyLocked(_)) = there {
            return Err(locked);
        }
        let aside = move_aside(&dir, &name)?;
        if there.is_err() {
            moved(&dir.join(KEY), &aside.join(KEY))?;
        }
        Ok(aside)
    })
    .await
}

/// As [`Store::put_back`], for a folder that nobody holds, with the key that it had.
///
/// # Errors
/// As for [`set_aside`].
pub async fn put_back(dir: &Path, aside: &Path) -> Result<(), StoreError> {
    let (dir, aside) = (dir.to_owned(), aside.to_owned());
    blocking(move || {
        let _held = hold(&dir)?;
        // One that was made meanwhile wrote nothing of what comes back.
        if aside.join(KEY).exists() {
            moved(&aside.join(KEY), &dir.join(KEY))?;
        }
        move_back(&dir, &aside)
    })
    .await
}

fn move_aside(dir: &Path, name: &str) -> Result<PathBuf, StoreError> {
    let named = |number: u32| dir.join(if number == 1 { name.to_owned() } else { format!("{name}-{number}") });
    let aside = (1..u32::MAX).map(named).find(|path| !path.exists()).unwrap_or_else(|| named(1));
    private_folder(&aside)?;
    if let Ok(key) = std::fs::read(dir.join(KEY)) {
        write_private(&aside.join(KEY), &key)?;
    }
    // A new file would throw the log beside it away, so the file itself goes last: what is interrupted leaves all of it, in two places.
    for ending in FILES {
        moved(&beside(&dir.join(DATABASE), ending), &beside(&aside.join(DATABASE), ending))?;
    }
    sync_dir(&aside)?;
    sync_dir(dir)?;
    Ok(aside)
}

fn move_back(dir: &Path, aside: &Path) -> Result<(), StoreError> {
    let names = |folder: &Path| FILES.map(|ending| beside(&folder.join(DATABASE), ending));
    // No log may ever lie beside a file that it is not of.
    for here in names(dir).iter().rev() {
        match std::fs::remove_file(here) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    for (there, here) in names(aside).iter().zip(names(dir)).rev() {
        moved(there, &here)?;
    }
    if !dir.join(KEY).exists() {
        moved(&aside.join(KEY), &dir.join(KEY))?;
    }
    std::fs::remove_dir_all(aside)?;
    sync_dir(dir)
}

/// Gives a file another name, where there is one.
fn moved(from: &Path, to: &Path) -> Result<(), StoreError> {
    match std::fs::rename(from, to) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
