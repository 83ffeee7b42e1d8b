//! The data folder: its lock, the key of this node, where the database is.

use crate::StoreError;
use jiangsai_ledger::SigningKey;
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// A folder held by this process.
#[derive(Debug)]
pub(crate) struct Folder {
    dir: PathBuf,
    seed: [u8; 32],
    node: String,
    /// Unlocked when it is dropped, or when the process dies in whatever way.
    _lock: File,
}

impl Folder {
    pub(crate) fn open(dir: &Path) -> Result<Self, StoreError> {
        private_folder(dir)?;
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(dir.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::InUse),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        let seed = seed(dir)?;
        let node = hex::encode(&Sha256::digest([b"jiangsai.node\n".as_slice(), &seed].concat())[..16]);
        Ok(Self { dir: dir.to_owned(), seed, node, _lock: lock })
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.dir.join("jiangsai.db")
    }

    pub(crate) fn node(&self) -> &str {
        &self.node
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
        Sha256::new().chain_update(purpose).chain_update(self.seed).chain_update(nonce).finalize().into()
    }

    /// Makes the names of new files durable.
    pub(crate) fn sync(&self) -> Result<(), StoreError> {
        sync_dir(&self.dir)
    }
}

/// Makes a folder, and those above it that are missing, for its owner alone: it holds names and document numbers. One that exists already is left
/// as it is. On Windows it is as private as the folder it stands in.
///
/// # Errors
/// What the system says.
pub fn private_folder(dir: &Path) -> std::io::Result<()> {
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
fn sync_dir(dir: &Path) -> Result<(), StoreError> {
    Ok(File::open(dir)?.sync_all()?)
}

#[cfg(not(unix))]
fn sync_dir(_: &Path) -> Result<(), StoreError> {
    // Windows makes names durable with the file.
    Ok(())
}

/// The seed of this node, made once, readable by its owner alone.
fn seed(dir: &Path) -> Result<[u8; 32], StoreError> {
    let path = dir.join("node.key");
    let mut seed = [0; 32];
    match File::open(&path) {
        Ok(mut file) => {
            let mut text = String::new();
            file.read_to_string(&mut text)?;
            hex::decode_to_slice(text.trim(), &mut seed)
                .map_err(|_| StoreError::Corrupt(format!("{} is not a key", path.display())))?;
            return Ok(seed);
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(error.into()),
    }
    getrandom::fill(&mut seed).map_err(|error| StoreError::Io(std::io::Error::other(error.to_string())))?;
    // Whole or not at all: a key cut short by a crash would lock everybody out.
    let fresh = dir.join("node.key.new");
    let mut file = private_file().create(true).truncate(true).open(&fresh)?;
    file.write_all(hex::encode(seed).as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&fresh, &path)?;
    sync_dir(dir)?;
    Ok(seed)
}
