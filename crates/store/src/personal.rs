//! Bodies and files about persons where they lie: encrypted, each under a random key of its own that stands in another table. Backups leave the
//! keys out ([`keys`]), so whoever has one opens with it what the keys of today open. Erasing ([`erase`]) is losing the key, here and wherever
//! else it stands.
//!
//! Bodies that this node carries without reading them, encrypted to the readers of a competition, lie here in the same way: whoever erases a person does not
//! know what they are, and names them.
//!
//! Records stay what they are: they are opened when they are read, and what is signed, sent or put in a bundle is what it was. Left out: which
//! kinds are about persons, which the caller says.

pub(crate) mod boxed;
pub(crate) mod erase;
pub(crate) mod keys;
mod restored;
pub(crate) mod scrub;

use crate::StoreError;
use crate::append::{CHUNK, NAMES, random};
use crate::entity::{apart, body_key, erased, record};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use jiangsai_ledger::{Hash, ScopeId};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeSet, HashMap};

/// The first byte of what is encrypted: no body, which is JSON text, and no picture begins with it. It also says how.
pub(crate) const MARK: u8 = 1;
/// Bytes of a salt.
const SALT: usize = 32;

/// Which kinds of records are about persons, and which erase others. The store does not know what a record means.
#[derive(Clone, Copy, Debug)]
pub struct Kinds {
    /// Is a kind about persons?
    pub personal: fn(&str) -> bool,
    /// Kinds that name, as `records` and `attachments` of their fact, what is to be erased.
    pub erasing: &'static [&'static str],
    /// What stands before the id of an attachment in its name.
    pub attachment: &'static str,
}

impl Kinds {
    /// None is about persons: nothing is encrypted, nothing can be erased.
    pub const NONE: Self = Self { personal: |_| false, erasing: &[], attachment: "" };
}

/// A salt and a body as they lie, of one record.
pub(crate) struct Lying<'a> {
    pub hash: &'a [u8],
    pub salt: &'a mut Vec<u8>,
    pub body: &'a mut Vec<u8>,
}

impl Lying<'_> {
    fn blank(&mut self) {
        self.salt.clear();
        self.body.clear();
    }
}

/// Is it a body that is encrypted here?
pub(crate) fn is_closed(bytes: &[u8]) -> bool {
    bytes.first() == Some(&MARK)
}

/// Encrypts with a key that is used for nothing else; `of` says what it is.
pub(crate) fn close(key: &[u8; 32], of: &[u8], plain: &[u8]) -> Result<Vec<u8>, StoreError> {
    let sealed = ChaCha20Poly1305::new(&(*key).into()).encrypt(&Nonce::default(), Payload { msg: plain, aad: of });
    let sealed = sealed.map_err(|_| StoreError::Corrupt("a body that cannot be encrypted".to_owned()))?;
    Ok([&[MARK], sealed.as_slice()].concat())
}

/// What was encrypted; `None` where this is not its key, or it was changed.
pub(crate) fn open(key: &[u8], of: &[u8], closed: &[u8]) -> Option<Vec<u8>> {
    let key: [u8; 32] = key.try_into().ok()?;
    let payload = Payload { msg: closed.get(1..)?, aad: of };
    ChaCha20Poly1305::new(&key.into()).decrypt(&Nonce::default(), payload).ok()
}

/// Encrypts new records and keeps their keys. Of those that were erased nothing is kept.
pub(crate) async fn close_all(
    database: &impl ConnectionTrait,
    scope: ScopeId,
    records: &mut [Lying<'_>],
) -> Result<(), StoreError> {
    if records.is_empty() {
        return Ok(());
    }
    let names: Vec<Vec<u8>> = records.iter().map(|record| record.hash.to_vec()).collect();
    let (gone, known) = (erased_among(database, &names).await?, keys_of(database, &names).await?);
    let mut keys = Vec::new();
    for record in records {
        if gone.contains(record.hash) {
            record.blank();
            continue;
        }
        // One that was set apart before has its key: under it these very bytes lie there.
        let key = match known.get(record.hash).and_then(|key| <[u8; 32]>::try_from(key.as_slice()).ok()) {
            Some(key) => key,
            None => {
                let key = random()?;
                keys.push(body_key::ActiveModel {
                    hash: Set(record.hash.to_vec()),
                    scope: Set(scope.hash().bytes().to_vec()),
                    key: Set(key.to_vec()),
                });
                key
            }
        };
        let closed = if boxed::is_boxed(record.body) {
            boxed::wrap(&key, record)?
        } else {
            close(&key, record.hash, &[record.salt.as_slice(), record.body.as_slice()].concat())?
        };
        (*record.salt, *record.body) = (Vec::new(), closed);
    }
    insert_keys(database, keys).await
}

/// As [`close_all`], of one record that is new everywhere.
pub(crate) fn close_new(hash: &[u8], salt: &[u8], body: &[u8]) -> Result<([u8; 32], Vec<u8>), StoreError> {
    let key = random()?;
    Ok((key, close(&key, hash, &[salt, body].concat())?))
}

pub(crate) async fn insert_keys(
    database: &impl ConnectionTrait,
    mut keys: Vec<body_key::ActiveModel>,
) -> Result<(), StoreError> {
    while !keys.is_empty() {
        let rest = keys.split_off(keys.len().min(CHUNK));
        body_key::Entity::insert_many(std::mem::replace(&mut keys, rest)).exec_without_returning(database).await?;
    }
    Ok(())
}

/// Opens what is encrypted. What has no key here becomes a record without body; what its key does not open is left as it is: no hash fits it.
pub(crate) async fn open_all(
    database: &impl ConnectionTrait,
    records: impl Iterator<Item = Lying<'_>>,
) -> Result<(), StoreError> {
    open_with(database, records, &HashMap::new()).await
}

/// As [`open_all`], with keys that lie elsewhere as well.
pub(crate) async fn open_with(
    database: &impl ConnectionTrait,
    records: impl Iterator<Item = Lying<'_>>,
    beside: &HashMap<Vec<u8>, Vec<u8>>,
) -> Result<(), StoreError> {
    let mut closed: Vec<Lying<'_>> =
        records.filter(|record| is_closed(record.body) || boxed::is_boxed(record.body)).collect();
    let names: Vec<Vec<u8>> = closed.iter().map(|record| record.hash.to_vec()).collect();
    let own = keys_of(database, &names).await?;
    for record in &mut closed {
        let Some(key) = own.get(record.hash).or_else(|| beside.get(record.hash)) else {
            record.blank();
            continue;
        };
        if boxed::is_boxed(record.body) {
            boxed::unwrap(key, record);
        } else if let Some(mut plain) = open(key, record.hash, record.body)
            && plain.len() > SALT
        {
            *record.body = plain.split_off(SALT);
            *record.salt = plain;
        }
    }
    Ok(())
}

/// Keys of records, by hash.
pub(crate) async fn keys_of(
    database: &impl ConnectionTrait,
    names: &[Vec<u8>],
) -> Result<HashMap<Vec<u8>, Vec<u8>>, StoreError> {
    let mut found = HashMap::new();
    for names in names.chunks(NAMES) {
        let own = body_key::Entity::find().filter(body_key::Column::Hash.is_in(names.iter().cloned()));
        found.extend(own.all(database).await?.into_iter().map(|row| (row.hash, row.key)));
    }
    Ok(found)
}

/// Those of these records whose bodies were erased.
pub(crate) async fn erased_among(
    database: &impl ConnectionTrait,
    names: &[Vec<u8>],
) -> Result<BTreeSet<Vec<u8>>, StoreError> {
    let mut found = BTreeSet::new();
    for names in names.chunks(NAMES) {
        let own = erased::Entity::find().filter(erased::Column::Hash.is_in(names.iter().cloned()));
        found.extend(own.all(database).await?.into_iter().map(|row| row.hash));
    }
    Ok(found)
}

/// Every record of a scope whose body was erased: few.
pub(crate) async fn erased_of(database: &impl ConnectionTrait, scope: ScopeId) -> Result<BTreeSet<Hash>, StoreError> {
    let own = erased::Entity::find().select_only().column(erased::Column::Hash);
    let names: Vec<Vec<u8>> =
        own.filter(erased::Column::Scope.eq(scope.hash().bytes().to_vec())).into_tuple().all(database).await?;
    names.iter().map(|name| crate::append::hash(name)).collect()
}

/// Every body that can be read in the database of a folder, whoever holds it: for tests that search for what must not be there. Encrypted bytes would
/// hide it from them.
///
/// # Errors
/// What the database says.
#[doc(hidden)]
pub async fn readable_in(dir: &std::path::Path) -> Result<Vec<u8>, StoreError> {
    let database = crate::connect::sqlite_reader(&dir.join(crate::folder::DATABASE)).await?;
    let rows = record::Entity::find().all(&database).await?;
    let mut found: Vec<(Vec<u8>, Vec<u8>, Vec<u8>)> =
        rows.into_iter().map(|row| (row.hash, row.salt, row.body)).collect();
    let apart = apart::Entity::find().all(&database).await?;
    found.extend(apart.into_iter().map(|row| (row.hash, row.salt, row.body)));
    let lying = found.iter_mut().map(|(hash, salt, body)| Lying { hash, salt, body });
    open_all(&database, lying).await?;
    database.close().await?;
    Ok(found.into_iter().flat_map(|(_, _, body)| body).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn what_is_encrypted_opens_with_its_key_as_what_it_is_and_no_other_way() {
        let (key, body) = ([7; 32], br#"{"kind":"person.form"}"#);
        let closed = close(&key, b"this record", body).unwrap();
        assert!(is_closed(&closed) && !is_closed(body));
        assert_eq!(open(&key, b"this record", &closed).unwrap(), body);
        assert_eq!(open(&[8; 32], b"this record", &closed), None, "another key");
        assert_eq!(open(&key, b"that record", &closed), None, "in another place");
        assert_eq!(open(b"short", b"this record", &closed), None);
        let mut changed = closed;
        *changed.last_mut().unwrap() ^= 1;
        assert_eq!(open(&key, b"this record", &changed), None, "a changed bit");
        assert_eq!(open(&key, b"this record", &[]), None);
    }
}
