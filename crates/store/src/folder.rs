//! The data folder: its lock, the key of this node, where the database is.

use crate::StoreError;
use jiangsai_ledger::SigningKey;
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

/// The database, by name.
pub(crate) const DATABASE: &str = "jiangsai.db";
/// The key of this node, by name.
pub(crate) const KEY: &str = "node.key";
/// The key that came with a backup, until the database that belongs to it is in place.
const COMING: &str = "node.key.restored";

/// A folder held by this process.
#[derive(Debug)]
pub(crate) struct Folder {
    dir: PathBuf,
    /// Changes only when a backup with another key is restored.
    seed: RwLock<[u8; 32]>,
    /// Unlocked when it is dropped, or when the process dies in whatever way.
    _lock: File,
}

impl Folder {
    pub(crate) fn open(dir: &Path) -> Result<Self, StoreError> {
        let lock = hold(dir)?;
        let seed = RwLock::new(seed(dir)?);
        Ok(Self { dir: dir.to_owned(), seed, _lock: lock })
    }

    fn seed(&self) -> [u8; 32] {
        *self.seed.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a key beside the one that is used. It takes its place with [`Folder::key_came`], or when the folder is opened again.
    pub(crate) fn key_comes(&self, from: &Path) -> Result<String, StoreError> {
        let seed = read_seed(from)?;
        write_private(&self.dir.join(COMING), hex::encode(seed).as_bytes())?;
        self.sync()?;
        Ok(node_of(&seed))
    }

    /// Uses the key that was put beside, when it is the one of this node; else throws it away.
    pub(crate) fn key_came(&self, node: Option<&str>) -> Result<(), StoreError> {
        let coming = self.dir.join(COMING);
        if !coming.exists() {
            return Ok(());
        }
        let fresh = read_seed(&coming).ok().filter(|seed| Some(node_of(seed).as_str()) == node);
        if let Some(seed) = fresh {
            std::fs::rename(&coming, self.dir.join(KEY))?;
            *self.seed.write().unwrap_or_else(PoisonError::into_inner) = seed;
        } else {
            std::fs::remove_file(&coming)?;
        }
        self.sync()
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.dir.join(DATABASE)
    }

    pub(crate) fn node(&self) -> String {
        node_of(&self.seed())
    }

    /// The signing key of a log: from the seed of this node and the log's nonce, so that no key is in the database.
    pub(crate) fn log_key(&self, nonce: &[u8]) -> SigningKey {
        SigningKey::from_bytes(&self.derive(b"jiangsai.log-key\n", nonce))
    }

    /// The key this node signs requests and receipts with.
    pub(crate) fn node_key(&self) -> SigningKey {
        SigningKey::from_bytes(&self.derive(b"jiangsai.node-key\n", &[]))
    }

    /// What the key is made of with which bundles for this node are opened.
    pub(crate) fn sealing_secret(&self) -> [u8; 32] {
        self.derive(b"jiangsai.sealing-key\n", &[])
    }

    /// The secret PINs are keyed with.
    pub(crate) fn pin_secret(&self) -> [u8; 32] {
        self.derive(b"jiangsai.pin\n", &[])
    }

    fn derive(&self, purpose: &[u8], nonce: &[u8]) -> [u8; 32] {
        Sha256::new().chain_update(purpose).chain_update(self.seed()).chain_update(nonce).finalize().into()
    }

    /// Makes the names of new files durable.
    pub(crate) fn sync(&self) -> Result<(), StoreError> {
        sync_dir(&self.dir)
    }
}

/// Holds a folder alone, and makes it when it is not there.
pub(crate) fn hold(dir: &Path) -> Result<File, StoreError> {
    private_folder(dir)?;
    let lock = OpenOptions::new().create(true).truncate(false).write(true).open(dir.join("lock"))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// The id of the node that has a seed.
fn node_of(seed: &[u8; 32]) -> String {
    hex::encode(&Sha256::digest([b"jiangsai.node\n".as_slice(), seed].concat())[..16])
}

/// Makes a folder, and those above it that are missing, for its owner alone: it holds names and document numbers. One that exists already is left
/// as it is. On Windows it is as private as the folder it stands in.
pub(crate) fn private_folder(dir: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(dir)
}

/// Opening a file that only its owner may read.
pub(crate) fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

#[cfg(unix)]
pub(crate) fn sync_dir(dir: &Path) -> Result<(), StoreError> {
    Ok(File::open(dir)?.sync_all()?)
}

#[cfg(not(unix))]
pub(crate) fn sync_dir(_: &Path) -> Result<(), StoreError> {
    // Windows makes names durable with the file.
    Ok(())
}

/// The seed of this node, made once, readable by its owner alone.
fn seed(dir: &Path) -> Result<[u8; 32], StoreError> {
    let path = dir.join(KEY);
    if path.exists() {
        return read_seed(&path);
    }
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| StoreError::Io(std::io::Error::other(error.to_string())))?;
    // Whole or not at all: a key cut short by a crash would lock everybody out.
    let fresh = dir.join("node.key.new");
    write_private(&fresh, hex::encode(seed).as_bytes())?;
    std::fs::rename(&fresh, &path)?;
    sync_dir(dir)?;
    Ok(seed)
}

pub(crate) fn read_seed(path: &Path) -> Result<[u8; 32], StoreError> {
    let mut text = String::new();
    File::open(path)?.read_to_string(&mut text)?;
    let mut seed = [0; 32];
    hex::decode_to_slice(text.trim(), &mut seed)
        .map_err(|_| StoreError::Corrupt(format!("{} is not a key", path.display())))?;
    Ok(seed)
}

/// Writes a file that its owner alone can read, durably.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let mut file = private_file().create(true).truncate(true).open(path)?;
    file.write_all(bytes)?;
    Ok(file.sync_all()?)
}
