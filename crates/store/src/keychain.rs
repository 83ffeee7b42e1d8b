//! The keychain of the system as the place of this node's key. `node.key` in the data folder then says that the key is there, and which one; so a
//! folder that is copied elsewhere, or that a program without a keychain opens, is known for what it is, and nobody makes another key for it.

use crate::StoreError;
use crate::folder::{KEY, fresh_seed, node_of, sync_dir, write_private};
use std::fmt::Debug;
use std::path::Path;
use std::sync::Arc;

/// First line of a `node.key` that holds no key. The id of the node is the second.
const MARK: &str = "jiangsai.key-in-keychain.v1";
/// What a person reads who opens that file.
const NOTE: &str = "本机密钥在建立它的那台电脑的系统钥匙串里，不在这个文件里。\n\
                    The key of this computer is in the system keychain of the computer that made it, not in this file.\n";
/// Beginnings of the names of folders in the data folder that hold a key each, beside their database; `backups` holds such folders.
const ASIDE: &str = "damaged-";

/// Keeps the seeds of nodes outside of data folders, each under the id of its node.
pub trait KeyKeeper: Debug + Send + Sync {
    /// What it keeps under the id of a node; `None` where it keeps nothing there.
    ///
    /// # Errors
    /// It is locked, or does not answer.
    fn get(&self, node: &str) -> Result<Option<Vec<u8>>, KeeperFault>;

    /// Keeps a seed under the id of its node, in the place of what was there.
    ///
    /// # Errors
    /// As for [`KeyKeeper::get`].
    fn put(&self, node: &str, seed: &[u8; 32]) -> Result<(), KeeperFault>;
}

/// Why a keychain did not do what it was asked, in the words of the system.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct KeeperFault(pub String);

/// What a program may do with the keychain of the system.
#[derive(Clone, Debug, Default)]
pub enum Keychain {
    /// Nothing: there is none, or the program is a service, for which nobody unlocks one.
    #[default]
    None,
    /// Read the key of a folder that has it there. A key that is in a file stays there.
    Reads(Arc<dyn KeyKeeper>),
    /// Move the key of whatever folder it opens there.
    Keeps(Arc<dyn KeyKeeper>),
}

/// Where the key of a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyIn {
    /// In the keychain of the system.
    Keychain,
    /// In `node.key` in the data folder, which its owner alone may read.
    File,
}

/// What a `node.key` says.
#[derive(Clone)]
pub(crate) enum HeldKey {
    /// The key itself.
    Seed([u8; 32]),
    /// It is in a keychain, under this id.
    Elsewhere(String),
}

impl HeldKey {
    /// Reads one.
    pub(crate) fn read(path: &Path) -> Result<Self, StoreError> {
        let text = std::fs::read_to_string(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::InvalidData => no_key(path),
            _ => error.into(),
        })?;
        let mut lines = text.lines();
        if lines.next() == Some(MARK) {
            let node =
                lines.next().filter(|node| node.len() == 32 && node.bytes().all(|letter| letter.is_ascii_hexdigit()));
            return node.map(|node| Self::Elsewhere(node.to_owned())).ok_or_else(|| no_key(path));
        }
        let mut seed = [0; 32];
        hex::decode_to_slice(text.trim(), &mut seed).map_err(|_| no_key(path))?;
        Ok(Self::Seed(seed))
    }

    /// Writes it in the place of what is there, whole or not at all: a key cut short by a crash would lock everybody out.
    pub(crate) fn write(&self, dir: &Path) -> Result<(), StoreError> {
        let fresh = dir.join("node.key.new");
        write_private(&fresh, self.text().as_bytes())?;
        std::fs::rename(&fresh, dir.join(KEY))?;
        sync_dir(dir)
    }

    fn text(&self) -> String {
        match self {
            Self::Seed(seed) => hex::encode(seed),
            Self::Elsewhere(node) => format!("{MARK}\n{node}\n{NOTE}"),
        }
    }
}

fn no_key(path: &Path) -> StoreError {
    StoreError::Corrupt(format!("{} is not a key", path.display()))
}

impl Keychain {
    /// The seed of the node of a folder, made where there is none, and where it is kept from now on.
    ///
    /// # Errors
    /// [`StoreError::KeyLocked`], [`StoreError::KeyMissing`] and [`StoreError::KeyElsewhere`] where `node.key` says that the key is in a keychain:
    /// another key would be another node's, whose logs these are not. What the disk says.
    pub(crate) fn open(&self, dir: &Path) -> Result<([u8; 32], KeyIn), StoreError> {
        let path = dir.join(KEY);
        if !path.exists() {
            let seed = fresh_seed()?;
            let kept = self.keep(dir, &seed);
            if kept == KeyIn::File {
                HeldKey::Seed(seed).write(dir)?;
            }
            return Ok((seed, kept));
        }
        match HeldKey::read(&path)? {
            HeldKey::Seed(seed) => Ok((seed, self.keep(dir, &seed))),
            HeldKey::Elsewhere(node) => {
                let seed = self.find(&node)?;
                self.clear_out(dir);
                Ok((seed, KeyIn::Keychain))
            }
        }
    }

    /// The seed that is kept under the id of a node.
    ///
    /// # Errors
    /// As for [`Keychain::open`].
    pub(crate) fn find(&self, node: &str) -> Result<[u8; 32], StoreError> {
        let keeper = match self {
            Self::None => return Err(StoreError::KeyElsewhere),
            Self::Reads(keeper) | Self::Keeps(keeper) => keeper,
        };
        let found = keeper.get(node).map_err(|fault| StoreError::KeyLocked(fault.0))?;
        let seed = found.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        // An id is a digest of its seed, so nothing else passes for it.
        seed.filter(|seed| node_of(seed) == node).ok_or_else(|| StoreError::KeyMissing(node.to_owned()))
    }

    /// Moves a key that is in a file, or nowhere yet, into the keychain, where this program may. Where that fails the file stays as it is, and
    /// the next start tries again.
    pub(crate) fn keep(&self, dir: &Path, seed: &[u8; 32]) -> KeyIn {
        match self {
            Self::Keeps(_) if self.move_in(dir, seed).is_ok() => {
                self.clear_out(dir);
                KeyIn::Keychain
            }
            _ => KeyIn::File,
        }
    }

    /// Writes it there, reads it back, and only then takes it out of the file.
    fn move_in(&self, dir: &Path, seed: &[u8; 32]) -> Result<(), StoreError> {
        let node = node_of(seed);
        if let Self::Reads(keeper) | Self::Keeps(keeper) = self
            && !matches!(self.find(&node), Ok(kept) if kept == *seed)
        {
            keeper.put(&node, seed).map_err(|fault| StoreError::KeyLocked(fault.0))?;
        }
        self.find(&node)?;
        HeldKey::Elsewhere(node).write(dir)
    }

    /// Takes keys out of what was written into the data folder while they lay in a file: its backups, and what was put aside. What cannot be
    /// changed now is tried again at the next start.
    fn clear_out(&self, dir: &Path) {
        if !matches!(self, Self::Keeps(_)) {
            return;
        }
        let folders = |of: &Path| std::fs::read_dir(of).into_iter().flatten().flatten().map(|entry| entry.path());
        let is_aside =
            |path: &std::path::PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(ASIDE));
        for folder in folders(&dir.join("backups")).chain(folders(dir).filter(is_aside)) {
            if let Ok(HeldKey::Seed(seed)) = HeldKey::read(&folder.join(KEY)) {
                // Where it fails the key is where it was.
                let _ = self.move_in(&folder, &seed);
            }
        }
    }

    /// As [`Keychain::keep`], for a key that takes the place of one that is in the keychain.
    pub(crate) fn keep_as(&self, before: KeyIn, dir: &Path, seed: &[u8; 32]) -> KeyIn {
        match self {
            Self::Reads(keeper) if before == KeyIn::Keychain => Self::Keeps(Arc::clone(keeper)).keep(dir, seed),
            _ => self.keep(dir, seed),
        }
    }
}
