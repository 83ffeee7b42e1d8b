//! The data folder: its lock, the key of this node, where the database is.

use crate::StoreError;
use crate::backup::blocking;
use crate::keychain::{HeldKey, KeyIn, Keychain};
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
pub(crate) struct Folder {
    dir: PathBuf,
    keychain: Keychain,
    /// Changes only when a backup with another key is restored.
    held: RwLock<Held>,
    /// Unlocked when it is dropped, or when the process dies in whatever way. None beside the process that holds it.
    _lock: Option<File>,
}

/// The seed of this node, and where it is kept.
struct Held {
    seed: [u8; 32],
    key_in: KeyIn,
    /// Made once: every question, answer and receipt is signed with it.
    node_key: SigningKey,
}

impl Held {
    fn new((seed, key_in): ([u8; 32], KeyIn)) -> Self {
        Self { seed, key_in, node_key: SigningKey::from_bytes(&derive(&seed, b"jiangsai.node-key\n", &[])) }
    }
}

fn derive(seed: &[u8; 32], purpose: &[u8], nonce: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(purpose).chain_update(seed).chain_update(nonce).finalize().into()
}

/// Without the seed.
impl std::fmt::Debug for Folder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Folder").field("dir", &self.dir).field("node", &self.node()).finish_non_exhaustive()
    }
}

impl Folder {
    pub(crate) async fn open(dir: &Path, keychain: Keychain) -> Result<Self, StoreError> {
        let dir = dir.to_owned();
        // A keychain may ask a person to unlock it.
        blocking(move || {
            let lock = Some(hold(&dir)?);
            let held = RwLock::new(Held::new(keychain.open(&dir)?));
            Ok(Self { dir, keychain, held, _lock: lock })
        })
        .await
    }

    /// A folder for a while, which has the key of another and keeps none.
    pub(crate) fn of(dir: &Path, seed: [u8; 32]) -> Result<Self, StoreError> {
        let (lock, held) = (Some(hold(dir)?), RwLock::new(Held::new((seed, KeyIn::File))));
        Ok(Self { dir: dir.to_owned(), keychain: Keychain::None, held, _lock: lock })
    }

    /// The folder of another process, which has its key already.
    pub(crate) fn beside(dir: &Path) -> Result<Self, StoreError> {
        let held = RwLock::new(Held::new((read_seed(&dir.join(KEY))?, KeyIn::File)));
        Ok(Self { dir: dir.to_owned(), keychain: Keychain::None, held, _lock: None })
    }

    fn seed(&self) -> [u8; 32] {
        self.held.read().unwrap_or_else(PoisonError::into_inner).seed
    }

    /// Where the key of this node is.
    pub(crate) fn key_in(&self) -> KeyIn {
        self.held.read().unwrap_or_else(PoisonError::into_inner).key_in
    }

    /// What stands in the `node.key` of a backup in this place. In the data folder it is as little as in the folder itself; what leaves the folder
    /// has the key, so that it brings this node back on another computer.
    pub(crate) fn key_for(&self, place: &Path) -> HeldKey {
        match self.key_in() {
            KeyIn::Keychain if place.starts_with(&self.dir) => HeldKey::Elsewhere(self.node()),
            _ => HeldKey::Seed(self.seed()),
        }
    }

    /// The seed that a `node.key` holds or names; `None` where this computer does not have it.
    ///
    /// # Errors
    /// [`StoreError::KeyLocked`].
    pub(crate) async fn seed_of(&self, key: HeldKey) -> Result<Option<[u8; 32]>, StoreError> {
        match key {
            HeldKey::Seed(seed) => Ok(Some(seed)),
            HeldKey::Elsewhere(node) if node == self.node() => Ok(Some(self.seed())),
            HeldKey::Elsewhere(node) => {
                let keychain = self.keychain.clone();
                match blocking(move || keychain.find(&node)).await {
                    Err(StoreError::KeyMissing(_) | StoreError::KeyElsewhere) => Ok(None),
                    found => found.map(Some),
                }
            }
        }
    }

    /// Puts a key beside the one that is used. It takes its place with [`Folder::key_came`], or when the folder is opened again.
    pub(crate) fn key_comes(&self, from: &Self) -> Result<String, StoreError> {
        let (seed, node) = (from.seed(), from.node());
        if node != self.node() {
            write_private(&self.dir.join(COMING), hex::encode(seed).as_bytes())?;
            self.sync()?;
        }
        Ok(node)
    }

    /// Uses the key that was put beside, when it is the one of this node; else throws it away.
    pub(crate) async fn key_came(&self, node: Option<&str>) -> Result<(), StoreError> {
        let coming = self.dir.join(COMING);
        if !coming.exists() {
            return Ok(());
        }
        let fresh = read_seed(&coming).ok().filter(|seed| Some(node_of(seed).as_str()) == node);
        let Some(seed) = fresh else {
            std::fs::remove_file(&coming)?;
            return self.sync();
        };
        std::fs::rename(&coming, self.dir.join(KEY))?;
        self.sync()?;
        let before = self.key_in();
        let (keychain, dir) = (self.keychain.clone(), self.dir.clone());
        let hold = |key_in| *self.held.write().unwrap_or_else(PoisonError::into_inner) = Held::new((seed, key_in));
        hold(KeyIn::File);
        let kept = blocking(move || Ok(keychain.keep_as(before, &dir, &seed))).await?;
        hold(kept);
        Ok(())
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
        self.held.read().unwrap_or_else(PoisonError::into_inner).node_key.clone()
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
        derive(&self.seed(), purpose, nonce)
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
pub(crate) fn node_of(seed: &[u8; 32]) -> String {
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

/// The seed of a node that is new.
pub(crate) fn fresh_seed() -> Result<[u8; 32], StoreError> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| StoreError::Io(std::io::Error::other(error.to_string())))?;
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
