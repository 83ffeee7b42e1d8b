//! Boxes: bodies that came encrypted to the readers of a competition, and that this node hands on as they came. A record that is one has, while it is
//! in use, the public half of the key in the place of its salt, and [`BOXED`] and the box in the place of its body; where it lies both are encrypted
//! once more, under a key that an erasure loses.

use super::{Kinds, Lying, close_all, erase, open_all};
use crate::append::{NAMES, hash, salt_of};
use crate::entity::{apart, record};
use crate::peers::renew_incarnation;
use crate::read::drop_snapshot;
use crate::{Store, StoreError};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use jiangsai_ledger::replication::Sealed;
use jiangsai_ledger::{Hash, Header, LogId, Record, ScopeId};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::collections::{BTreeMap, HashMap};

/// The first byte of a box: no body begins with it, nor what is encrypted of one.
pub(crate) const BOXED: u8 = 2;
/// Bytes of a nonce. A record may come in another box again: each lies under its own.
const NONCE: usize = 12;
/// Bytes of the name of a key.
const KEY: usize = 32;
/// Boxes that are looked at together.
const PAGE: u64 = 500;

/// Is it a box, in use or as it lies?
pub(crate) fn is_boxed(bytes: &[u8]) -> bool {
    bytes.first() == Some(&BOXED)
}

/// Of a column: it holds a box.
pub(crate) fn holds_box(database: &impl ConnectionTrait) -> SimpleExpr {
    Expr::cust(match database.get_database_backend() {
        DatabaseBackend::Postgres => r#"substr("body", 1, 1) = '\x02'::bytea"#,
        _ => r#"substr("body", 1, 1) = x'02'"#,
    })
}

/// What stands in the place of salt and body while a box is in use.
pub(crate) fn in_use(sealed: &Sealed) -> (Vec<u8>, Vec<u8>) {
    (sealed.key.bytes().to_vec(), [&[BOXED], sealed.bytes.as_slice()].concat())
}

/// The box that stands there, if it is one.
pub(crate) fn box_of(salt: &[u8], body: &[u8]) -> Option<Sealed> {
    let bytes = body.strip_prefix(&[BOXED])?.to_vec();
    Some(Sealed { key: Hash::from_bytes(salt).ok()?, bytes })
}

/// A box in use, as it lies.
pub(super) fn wrap(key: &[u8; 32], record: &Lying<'_>) -> Result<Vec<u8>, StoreError> {
    let nonce: [u8; 32] = crate::append::random()?;
    let nonce = &nonce[..NONCE];
    let plain = [record.salt.as_slice(), record.body.get(1..).unwrap_or_default()].concat();
    let payload = Payload { msg: &plain, aad: record.hash };
    let failed = || StoreError::Corrupt("a box that cannot be encrypted".to_owned());
    let of = Nonce::try_from(nonce).map_err(|_| failed())?;
    let closed = ChaCha20Poly1305::new(&(*key).into()).encrypt(&of, payload).map_err(|_| failed())?;
    Ok([&[BOXED], nonce, closed.as_slice()].concat())
}

/// A box that lies here, as it is used; nothing where this is not its key.
pub(super) fn unwrap(key: &[u8], record: &mut Lying<'_>) {
    let opened = || {
        let key: [u8; 32] = key.try_into().ok()?;
        let (nonce, closed) = record.body.get(1..)?.split_at_checked(NONCE)?;
        let payload = Payload { msg: closed, aad: record.hash };
        let plain = ChaCha20Poly1305::new(&key.into()).decrypt(&Nonce::try_from(nonce).ok()?, payload).ok()?;
        let (name, sealed) = plain.split_at_checked(KEY)?;
        Some((name.to_vec(), [&[BOXED], sealed].concat()))
    };
    match opened() {
        Some((name, sealed)) => (*record.salt, *record.body) = (name, sealed),
        None => record.blank(),
    }
}

/// Salt and body of a record as it is kept, before what is about persons is encrypted: as it came, as a box, or nothing.
pub(crate) fn kept(record: &mut Record, sealed: Option<&Sealed>) -> (Vec<u8>, Vec<u8>) {
    match sealed {
        Some(sealed) => in_use(sealed),
        None => (salt_of(record), std::mem::take(&mut record.body)),
    }
}

/// A record that is here as a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boxed {
    /// Which.
    pub hash: Hash,
    /// In which log.
    pub log: LogId,
    /// Under which number.
    pub seq: u64,
    /// The box.
    pub sealed: Sealed,
}

/// A record whose box was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Which.
    pub hash: Hash,
    /// Its salt.
    pub salt: Hash,
    /// Its body.
    pub body: Vec<u8>,
}

/// A record that is here as a box: name, log, number, and its body as it lies.
type Found = (Vec<u8>, Vec<u8>, i64, Vec<u8>);

impl Store {
    /// Some of the records of a scope that are here as boxes, those behind one of them by name; none behind the last.
    ///
    /// # Errors
    /// What the database says.
    pub async fn boxes(&self, scope: ScopeId, behind: Option<Hash>) -> Result<Vec<Boxed>, StoreError> {
        let id = scope.hash().bytes().to_vec();
        let mut found: Vec<Found> = Vec::new();
        let behind = behind.map(|name| name.bytes().to_vec()).unwrap_or_default();
        let here = record::Entity::find()
            .filter(record::Column::Scope.eq(id.clone()))
            .filter(holds_box(&self.reader))
            .filter(record::Column::Hash.gt(behind.clone()))
            .order_by_asc(record::Column::Hash)
            .limit(PAGE);
        found.extend(here.all(&self.reader).await?.into_iter().map(|row| (row.hash, row.log, row.seq, row.body)));
        let apart = apart::Entity::find()
            .filter(apart::Column::Scope.eq(id))
            .filter(holds_box(&self.reader))
            .filter(apart::Column::Hash.gt(behind))
            .order_by_asc(apart::Column::Hash)
            .limit(PAGE);
        found.extend(apart.all(&self.reader).await?.into_iter().map(|row| (row.hash, row.log, row.seq, row.body)));
        found.sort();
        found.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        let mut salts = vec![Vec::new(); found.len()];
        let lying = found.iter_mut().zip(&mut salts).map(|((hash, _, _, body), salt)| Lying { hash, salt, body });
        open_all(&self.reader, lying).await?;
        let mut boxes = Vec::with_capacity(found.len());
        for ((name, log, seq, body), salt) in found.iter().zip(&salts) {
            // One without its key is nothing that opens.
            let sealed = box_of(salt, body).unwrap_or(Sealed { key: Hash::ZERO, bytes: Vec::new() });
            let (hash, log) = (hash(name)?, LogId::new(hash(log)?));
            boxes.push(Boxed { hash, log, seq: crate::offer::number(*seq)?, sealed });
        }
        Ok(boxes)
    }

    /// Logs of a scope in which records are boxes, with the number after the last of them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn boxed_logs(&self, scope: ScopeId) -> Result<BTreeMap<LogId, u64>, StoreError> {
        let rows: Vec<(Vec<u8>, Option<i64>)> = record::Entity::find()
            .select_only()
            .column(record::Column::Log)
            .column_as(record::Column::Seq.max(), "last")
            .group_by(record::Column::Log)
            .filter(record::Column::Scope.eq(scope.hash().bytes().to_vec()))
            .filter(holds_box(&self.reader))
            .into_tuple()
            .all(&self.reader)
            .await?;
        let last = |last: Option<i64>| last.map(crate::offer::number).transpose();
        rows.iter().map(|(log, end)| Ok((LogId::new(hash(log)?), last(*end)?.map_or(0, |last| last + 1)))).collect()
    }

    /// Puts the bodies of records in the place of their boxes; how many. What was erased meanwhile, and what is not the body that its header says, is left out.
    /// Whoever pulled the boxes from here pulls anew: the incarnation is another one.
    ///
    /// # Errors
    /// What the database says; nothing is stored then.
    pub async fn put_opened(&self, scope: ScopeId, opened: &[Opened]) -> Result<usize, StoreError> {
        let transaction = self.begin().await?;
        let count = put_opened(&transaction, scope, self.kinds, opened).await?;
        if count > 0 {
            drop_snapshot(&transaction, scope).await?;
            renew_incarnation(&transaction).await?;
        }
        self.commit(transaction).await?;
        Ok(count)
    }
}

async fn put_opened(
    transaction: &DatabaseTransaction,
    scope: ScopeId,
    kinds: Kinds,
    opened: &[Opened],
) -> Result<usize, StoreError> {
    let by_name: HashMap<Vec<u8>, &Opened> = opened.iter().map(|one| (one.hash.bytes().to_vec(), one)).collect();
    let names: Vec<Vec<u8>> = by_name.keys().cloned().collect();
    let (mut count, mut named) = (0, erase::Named::default());
    for names in names.chunks(NAMES) {
        let here = record::Entity::find()
            .filter(record::Column::Scope.eq(scope.hash().bytes().to_vec()))
            .filter(record::Column::Hash.is_in(names.iter().cloned()))
            .filter(holds_box(transaction));
        let apart = apart::Entity::find()
            .filter(apart::Column::Scope.eq(scope.hash().bytes().to_vec()))
            .filter(apart::Column::Hash.is_in(names.iter().cloned()))
            .filter(holds_box(transaction));
        let mut rows: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
        rows.extend(here.all(transaction).await?.into_iter().map(|row| (row.hash, row.header)));
        rows.extend(apart.all(transaction).await?.into_iter().map(|row| (row.hash, row.header)));
        for (name, header) in rows {
            let Some(one) = by_name.get(&name) else { continue };
            let header = Header::read(&header).map_err(|error| StoreError::Corrupt(error.to_string()))?;
            if Hash::of_two(one.salt.bytes(), &one.body) != header.body {
                continue;
            }
            named.by_record(kinds, &header, &one.body);
            put_body(transaction, scope, kinds, &header, (&name, one.salt.bytes(), &one.body)).await?;
            count += 1;
        }
    }
    if !named.is_empty() {
        erase::erase(transaction, scope, kinds, &named).await?;
    }
    Ok(count)
}

/// The readers' keys of boxes that lie here, by record.
pub(crate) async fn keys_of_boxes(
    transaction: &DatabaseTransaction,
    names: &[Vec<u8>],
) -> Result<HashMap<Vec<u8>, Hash>, StoreError> {
    let mut found = HashMap::new();
    for names in names.chunks(NAMES) {
        let own = record::Entity::find().filter(record::Column::Hash.is_in(names.iter().cloned()));
        let mut rows = own.all(transaction).await?;
        let lying = rows.iter_mut().map(|row| Lying { hash: &row.hash, salt: &mut row.salt, body: &mut row.body });
        open_all(transaction, lying).await?;
        let of = |row: record::Model| Some((row.hash, box_of(&row.salt, &row.body)?.key));
        found.extend(rows.into_iter().filter_map(of));
    }
    Ok(found)
}

/// Gives a record its body, wherever it stands.
pub(crate) async fn put_body(
    transaction: &DatabaseTransaction,
    scope: ScopeId,
    kinds: Kinds,
    header: &Header,
    (name, salt, body): (&[u8], &[u8], &[u8]),
) -> Result<(), StoreError> {
    let (mut salt, mut body) = (salt.to_vec(), body.to_vec());
    if is_boxed(&body) || erase::is_personal(kinds, header, &body) {
        let lying = Lying { hash: name, salt: &mut salt, body: &mut body };
        close_all(transaction, scope, &mut [lying]).await?;
    }
    record::Entity::update_many()
        .col_expr(record::Column::Salt, Expr::value(salt.clone()))
        .col_expr(record::Column::Body, Expr::value(body.clone()))
        .filter(record::Column::Hash.eq(name.to_vec()))
        .exec(transaction)
        .await?;
    apart::Entity::update_many()
        .col_expr(apart::Column::Salt, Expr::value(salt))
        .col_expr(apart::Column::Body, Expr::value(body))
        .filter(apart::Column::Hash.eq(name.to_vec()))
        .exec(transaction)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_box_lies_encrypted_each_time_anew_and_comes_out_as_it_was() {
        let sealed = Sealed { key: Hash::of(b"readers"), bytes: vec![9; 100] };
        let (mut salt, mut body) = in_use(&sealed);
        assert_eq!(box_of(&salt, &body), Some(sealed.clone()));
        let record = Lying { hash: b"this record", salt: &mut salt, body: &mut body };
        let (one, other) = (wrap(&[7; 32], &record).unwrap(), wrap(&[7; 32], &record).unwrap());
        assert!(is_boxed(&one) && one != other, "one key, two texts: never under one nonce");
        let open = |key: [u8; 32], of: &[u8], lying: &[u8]| {
            let (mut salt, mut body) = (Vec::new(), lying.to_vec());
            unwrap(&key, &mut Lying { hash: of, salt: &mut salt, body: &mut body });
            box_of(&salt, &body)
        };
        assert_eq!(open([7; 32], b"this record", &one), Some(sealed.clone()));
        assert_eq!(open([7; 32], b"this record", &other), Some(sealed));
        assert_eq!(open([8; 32], b"this record", &one), None, "another key");
        assert_eq!(open([7; 32], b"that record", &one), None, "in another place");
        assert_eq!(open([7; 32], b"this record", &one[..9]), None, "a piece of it");
    }
}
