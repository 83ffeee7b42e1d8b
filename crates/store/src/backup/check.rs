//! Reading a backup back: its size, its bytes, whether it holds together, where its logs end.

use super::Damage;
use crate::StoreError;
use crate::connect::{Can, sqlite_alone};
use sea_orm::sqlx::{self, SqliteConnection};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Where every log of a database ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heads(Vec<Head>);

/// Scope, log, number and hash of the last record, how many there are.
pub(crate) type Head = (Vec<u8>, Vec<u8>, i64, Vec<u8>, i64);

impl Heads {
    /// Reads them. SQLite gives the hash of the row with the highest number.
    pub(crate) async fn read(connection: &mut SqliteConnection) -> Result<Self, StoreError> {
        let found = "SELECT scope, log, MAX(seq), hash, COUNT(*) FROM record GROUP BY scope, log ORDER BY scope, log";
        Ok(Self(sqlx::query_as(found).fetch_all(connection).await?))
    }

    /// Of rows that were read elsewhere.
    pub(crate) fn of(rows: Vec<Head>) -> Self {
        Self(rows)
    }

    /// Records in all.
    pub(crate) fn records(&self) -> u64 {
        self.0.iter().map(|head| u64::try_from(head.4).unwrap_or_default()).sum()
    }

    /// A name for exactly these ends.
    pub(crate) fn digest(&self) -> String {
        let mut hasher = Sha256::new_with_prefix(b"jiangsai.heads.v1\n");
        for (scope, log, seq, hash, count) in &self.0 {
            hasher.update(scope);
            hasher.update(log);
            hasher.update(seq.to_be_bytes());
            hasher.update(hash);
            hasher.update(count.to_be_bytes());
        }
        hex::encode(hasher.finalize())
    }

    /// Does a copy that was begun when the ends were these have every log, up to here or further?
    pub(crate) fn are_in(&self, copy: &Self) -> bool {
        self.0.iter().all(|(scope, log, seq, hash, _)| {
            let same = |other: &&Head| other.0 == *scope && other.1 == *log;
            copy.0.iter().find(same).is_some_and(|other| other.2 > *seq || (other.2 == *seq && other.3 == *hash))
        })
    }
}

/// Checks that a database file is as long as its own header says.
pub(crate) fn of_size(path: &Path) -> Result<u64, StoreError> {
    let mut file = File::open(path)?;
    let has = file.metadata()?.len();
    let mut header = [0; 100];
    if file.read_exact(&mut header).is_err() || !header.starts_with(b"SQLite format 3\0") {
        return Err(Damage::Pages("SQLite format 3".to_owned()).of(path));
    }
    let number = |at: usize| u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    let page = match u64::from(u16::from_be_bytes([header[16], header[17]])) {
        1 => 65_536,
        size => size,
    };
    // The number of pages stands only where the change counter agrees with the version it is valid for.
    let wanted = if number(24) == number(92) { u64::from(number(28)) * page } else { has };
    if has < wanted { Err(Damage::Truncated { has, wanted }.of(path)) } else { Ok(has) }
}

/// SHA-256 of a file, in hex.
pub(crate) fn sha256(path: &Path) -> Result<String, StoreError> {
    let mut file = File::open(path)?;
    let (mut hasher, mut buffer) = (Sha256::new(), vec![0; 1 << 20]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex::encode(hasher.finalize())),
            read => hasher.update(&buffer[..read]),
        }
    }
}

/// Has SQLite look at every page, and gives the ends of the logs.
pub(crate) async fn integrity(path: &Path, can: Can) -> Result<Heads, StoreError> {
    let damaged = |error: StoreError| match error {
        StoreError::Corrupt(place) => Damage::Pages(place).of(path),
        other => other,
    };
    let mut connection = sqlite_alone(path, can).await.map_err(damaged)?;
    let found: Result<Vec<String>, _> =
        sqlx::query_scalar("PRAGMA integrity_check(3)").fetch_all(&mut connection).await;
    let found = found.map_err(|error| damaged(error.into()))?;
    if found != ["ok"] {
        return Err(Damage::Pages(found.join("; ")).of(path));
    }
    let heads = Heads::read(&mut connection).await.map_err(damaged)?;
    sqlx::Connection::close(connection).await?;
    Ok(heads)
}
