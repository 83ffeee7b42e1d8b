//! Appending: all or nothing, durable before it is answered.

use crate::entity::{body_key, log, record, scope};
use crate::personal::boxed::is_boxed;
use crate::personal::erase::{Named, erase};
use crate::personal::{close_new, insert_keys};
use crate::{Store, StoreError, watch};
use jiangsai_ledger::{
    Body, Checkpoint, Class, Draft, Hash, Header, LogId, LogWriter, Opening, Record, ScopeId, Start,
};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

/// A fact to append.
#[derive(Clone, Debug, PartialEq)]
pub struct NewFact {
    /// Coarse class.
    pub class: Class,
    /// Who may read the body.
    pub audience: String,
    /// Who acts.
    pub actor: String,
    /// Exact kind.
    pub kind: String,
    /// Version of the kind.
    pub version: u32,
    /// Records the author saw as current.
    pub replaces: Vec<Hash>,
    /// Why, or empty.
    pub reason: String,
    /// The content.
    pub fact: serde_json::Value,
}

impl NewFact {
    /// As it is sealed.
    fn draft(self, at: i64) -> Draft {
        Draft {
            class: self.class,
            audience: self.audience,
            actor: self.actor,
            at,
            kind: self.kind,
            version: self.version,
            replaces: self.replaces,
            reason: self.reason,
            fact: self.fact,
        }
    }
}

/// A fact on record.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// Hash of its header.
    pub hash: Hash,
    /// The node that wrote it, as the start of its log says.
    pub node: String,
    /// Its log.
    pub log: LogId,
    /// Its number in the log.
    pub seq: u64,
    /// Display order.
    pub order: u64,
    /// Milliseconds since 1970.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// Coarse class.
    pub class: Class,
    /// Exact kind.
    pub kind: String,
    /// Version of the kind.
    pub version: u32,
    /// Records the author saw as current.
    pub replaces: Vec<Hash>,
    /// Why, or empty.
    pub reason: String,
    /// The content.
    pub fact: serde_json::Value,
    /// The body is for others: nothing is known of it but its class.
    pub withheld: bool,
    /// The body was erased: nobody has it. It is not for others then.
    pub erased: bool,
}

impl Stored {
    /// A record as callers see it, from who wrote it in which log under which number, and the bytes of its header and body.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] naming log and number when they are not those of a record.
    pub fn read(
        (node, log, seq): (&str, LogId, u64),
        hash: Hash,
        header: &[u8],
        body: &[u8],
    ) -> Result<Self, StoreError> {
        let damaged = |error| StoreError::Corrupt(format!("log {log}, record {seq}: {error}"));
        let header = Header::read(header).map_err(damaged)?;
        let withheld = body.is_empty() || is_boxed(body);
        let body = if withheld { Body::withheld() } else { Body::read(body).map_err(damaged)? };
        Ok(Self {
            hash,
            node: node.to_owned(),
            log,
            seq,
            order: header.order,
            at: header.at,
            actor: header.actor,
            class: header.class,
            kind: body.kind,
            version: body.version,
            replaces: body.replaces,
            reason: body.reason,
            fact: body.fact,
            withheld,
            erased: false,
        })
    }
}

/// When `append` answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReplyWhen {
    /// After the commit has reached the disk.
    #[default]
    Durable,
    /// Before the commit: the mutation that the durability tests must find.
    BeforeCommit,
}

/// Rows inserted with one statement; SQLite takes 32,766 parameters, a record has ten.
pub(crate) const CHUNK: usize = 500;

/// Names asked about with one statement, for the same reason.
pub(crate) const NAMES: usize = 10_000;

/// A transaction of more records than this, or more bytes, has checkpoints on the way too, so that it travels in parts: a request has a limit,
/// an import has none.
const PART: (usize, usize) = (2_048, 8 * 1024 * 1024);

/// Where this node's log of a scope ends.
#[derive(Debug)]
pub(crate) struct End {
    pub(crate) writer: LogWriter,
    pub(crate) nonce: Vec<u8>,
}

impl Store {
    /// Founds a scope with its first facts, in one transaction.
    ///
    /// # Errors
    /// Nothing is stored then.
    pub async fn create_scope(
        &self,
        founder: NewFact,
        more: Vec<NewFact>,
        at: i64,
    ) -> Result<(ScopeId, Vec<Stored>), StoreError> {
        let transaction = self.begin().await?;
        let (mut writer, opening, nonce) = self.open_log(None, None, 0, at, &founder.actor)?;
        let id = writer.scope();
        let row = scope::ActiveModel {
            id: Set(id.hash().bytes().to_vec()),
            founded_at: Set(at),
            head: Set(0),
            part: Set(false),
        };
        scope::Entity::insert(row).exec_without_returning(&transaction).await?;
        insert_log(&transaction, &writer, &self.node(), &nonce).await?;
        let facts = std::iter::once(founder).chain(more);
        let stored = self.seal(&transaction, &mut writer, vec![opening], facts, at, &nonce).await?;
        self.commit(transaction).await?;
        Ok((id, stored))
    }

    /// Appends facts to this node's log of a scope: all or none. It answers once they would survive a power cut.
    ///
    /// # Errors
    /// Nothing is stored then.
    pub async fn append(&self, scope: ScopeId, facts: Vec<NewFact>, at: i64) -> Result<Vec<Stored>, StoreError> {
        self.append_followed(scope, facts, |_| Vec::new(), at).await
    }

    /// As [`Store::append`], with facts behind them in the same transaction that name their records: `follow` is told the hashes of these, in
    /// order.
    ///
    /// # Errors
    /// Nothing is stored then.
    pub async fn append_followed(
        &self,
        scope: ScopeId,
        facts: Vec<NewFact>,
        follow: impl FnOnce(&[Hash]) -> Vec<NewFact> + Send,
        at: i64,
    ) -> Result<Vec<Stored>, StoreError> {
        let mut ends = self.hold_ends().await;
        // Taken out, and put back after the commit only: after any failure the end is read again.
        let known = ends.as_mut().and_then(|ends| ends.remove(&scope));
        let transaction = self.begin().await?;
        let mut first = Vec::new();
        let mut end = match known {
            Some(end) => end,
            None => self.find_end(&transaction, scope, &facts, at, &mut first).await?,
        };
        let opened = first.len();
        for fact in facts {
            first.push(end.writer.seal(fact.draft(at), random()?)?);
        }
        let hashes: Vec<Hash> = first[opened..].iter().map(|record| record.hash).collect();
        for fact in follow(&hashes) {
            first.push(end.writer.seal(fact.draft(at), random()?)?);
        }
        let stored = self.insert(&transaction, &end.writer, first, opened, &end.nonce).await?;
        self.commit(transaction).await?;
        if let Some(ends) = &mut ends {
            ends.insert(scope, end);
        }
        Ok(stored)
    }

    /// The end of this node's log of a scope; opens the log when there is none, with `first` as its first record.
    pub(crate) async fn find_end(
        &self,
        transaction: &DatabaseTransaction,
        scope: ScopeId,
        facts: &[NewFact],
        at: i64,
        first: &mut Vec<Record>,
    ) -> Result<End, StoreError> {
        let row = scope::Entity::find_by_id(scope.hash().bytes().to_vec());
        // On PostgreSQL this row is the queue at which writers of one scope wait; SQLite has one writer anyway.
        if row.lock_exclusive().one(transaction).await?.is_none() {
            return Err(StoreError::UnknownScope);
        }
        let order = self.orders.next(transaction, scope).await?;
        let own = log::Entity::find()
            .filter(log::Column::Scope.eq(scope.hash().bytes().to_vec()))
            .filter(log::Column::Node.eq(self.node()))
            .filter(log::Column::Closed.eq(false))
            .one(transaction)
            .await?;
        let Some(own) = own else {
            let before = closed_head(transaction, scope, &self.node()).await?;
            let actor = facts.first().map(|fact| fact.actor.clone()).unwrap_or_default();
            let (writer, opening, nonce) = self.open_log(Some(scope), before, order, at, &actor)?;
            insert_log(transaction, &writer, &self.node(), &nonce).await?;
            first.push(opening);
            return Ok(End { writer, nonce });
        };
        let id = LogId::new(hash(&own.id)?);
        let last = record::Entity::find()
            .filter(record::Column::Scope.eq(own.scope))
            .filter(record::Column::Log.eq(own.id))
            .order_by_desc(record::Column::Seq)
            .one(transaction)
            .await?
            .ok_or_else(|| StoreError::Corrupt("a log without records".to_owned()))?;
        let seq = u64::try_from(last.seq).map_err(|_| StoreError::Corrupt("a negative number".to_owned()))?;
        Ok(End { writer: LogWriter::resume(scope, id, seq, hash(&last.hash)?, order), nonce: own.nonce })
    }

    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        // Immediate: what is read is what will still be there when it is written.
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.writer.begin_with_options(options).await?)
    }

    pub(crate) async fn commit(&self, transaction: DatabaseTransaction) -> Result<(), StoreError> {
        // There may be a setting among what is written.
        let write = self.settings.begin();
        match self.reply {
            ReplyWhen::Durable => {
                transaction.commit().await?;
                write.answered();
            }
            ReplyWhen::BeforeCommit => {
                tokio::spawn(transaction.commit());
            }
        }
        Ok(())
    }

    fn open_log(
        &self,
        scope: Option<ScopeId>,
        before: Option<Hash>,
        order: u64,
        at: i64,
        actor: &str,
    ) -> Result<(LogWriter, Record, Vec<u8>), StoreError> {
        let nonce = random()?.to_vec();
        let key = Hash::from_bytes(self.folder.log_key(&nonce).verifying_key().as_bytes());
        let key = key.map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let opening = Opening { key, node: self.node(), before };
        let (writer, record) =
            LogWriter::open(scope, Start { opening, at, actor: actor.to_owned() }, order, random()?)?;
        Ok((writer, record, nonce))
    }

    /// Seals facts and inserts their records, the last with a checkpoint, and of very many some before it.
    pub(crate) async fn seal(
        &self,
        transaction: &DatabaseTransaction,
        writer: &mut LogWriter,
        mut records: Vec<Record>,
        facts: impl Iterator<Item = NewFact>,
        at: i64,
        nonce: &[u8],
    ) -> Result<Vec<Stored>, StoreError> {
        let opened = records.len();
        for fact in facts {
            records.push(writer.seal(fact.draft(at), random()?)?);
        }
        self.insert(transaction, writer, records, opened, nonce).await
    }

    /// Inserts sealed records, which end at the end of a log; what of them is told are those behind the first `opened`.
    async fn insert(
        &self,
        transaction: &DatabaseTransaction,
        writer: &LogWriter,
        records: Vec<Record>,
        opened: usize,
        nonce: &[u8],
    ) -> Result<Vec<Stored>, StoreError> {
        let opened = opened as u64;
        let first = writer.last() + 1 - records.len() as u64;
        let mut rows = Vec::with_capacity(records.len());
        let mut stored = Vec::with_capacity(records.len());
        let mut accepted = advance(transaction, writer.scope(), records.len()).await?;
        let (key, node) = (self.folder.log_key(nonce), self.node());
        let mut part = (0, 0);
        let (mut keys, mut named) = (Vec::new(), Named::default());
        for (seq, record) in (first..).zip(records) {
            part = (part.0 + 1, part.1 + record.header.len() + record.body.len());
            let vouched = (seq == writer.last() || part.0 >= PART.0 || part.1 >= PART.1).then(|| {
                part = (0, 0);
                Checkpoint::sign(&key, writer.log(), seq, record.hash).signature.to_vec()
            });
            let place = (node.as_str(), writer.log(), seq);
            let one = Stored::read(place, record.hash, &record.header, &record.body)?;
            let (mut salt, mut body) = (record.salt.to_vec(), record.body);
            if one.class != Class::Trust && (self.kinds.personal)(&one.kind) {
                let (key, closed) = close_new(record.hash.bytes(), &salt, &body)?;
                (salt, body) = (Vec::new(), closed);
                keys.push(body_key::ActiveModel {
                    hash: Set(record.hash.bytes().to_vec()),
                    scope: Set(writer.scope().hash().bytes().to_vec()),
                    key: Set(key.to_vec()),
                });
            }
            named.by_fact(self.kinds, &one.kind, &one.fact);
            rows.push(record::ActiveModel {
                hash: Set(record.hash.bytes().to_vec()),
                scope: Set(writer.scope().hash().bytes().to_vec()),
                log: Set(writer.log().hash().bytes().to_vec()),
                seq: Set(signed(seq)?),
                ord: Set(signed(one.order)?),
                header: Set(record.header),
                salt: Set(salt),
                body: Set(body),
                signature: Set(vouched),
                accepted: Set(accepted),
            });
            accepted += 1;
            if seq - first >= opened {
                stored.push(one);
            }
        }
        insert_records(transaction, rows).await?;
        insert_keys(transaction, keys).await?;
        if !named.is_empty() {
            erase(transaction, writer.scope(), self.kinds, &named).await?;
        }
        Ok(stored)
    }
}

/// Inserts rows, as many with one statement as it takes.
pub(crate) async fn insert_records(
    transaction: &DatabaseTransaction,
    mut rows: Vec<record::ActiveModel>,
) -> Result<(), StoreError> {
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(CHUNK));
        record::Entity::insert_many(std::mem::replace(&mut rows, rest)).exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// Moves the head of a scope by so many records and gives the cursor of the first. Its row is held until the transaction ends.
pub(crate) async fn advance(transaction: &DatabaseTransaction, scope: ScopeId, by: usize) -> Result<i64, StoreError> {
    let by = signed(by as u64)?;
    let id = scope.hash().bytes().to_vec();
    scope::Entity::update_many()
        .col_expr(scope::Column::Head, Expr::col(scope::Column::Head).add(by))
        .filter(scope::Column::Id.eq(id.clone()))
        .exec(transaction)
        .await?;
    let row = scope::Entity::find_by_id(id).one(transaction).await?.ok_or(StoreError::UnknownScope)?;
    watch::tell(transaction, scope).await?;
    Ok(row.head - by + 1)
}

/// Head of a log that this node wrote and had to leave.
async fn closed_head(
    transaction: &DatabaseTransaction,
    scope: ScopeId,
    node: &str,
) -> Result<Option<Hash>, StoreError> {
    let own = log::Entity::find()
        .filter(log::Column::Scope.eq(scope.hash().bytes().to_vec()))
        .filter(log::Column::Node.eq(node))
        .all(transaction)
        .await?;
    let ids: Vec<Vec<u8>> = own.into_iter().map(|log| log.id).collect();
    let last = record::Entity::find()
        .filter(record::Column::Scope.eq(scope.hash().bytes().to_vec()))
        .filter(record::Column::Log.is_in(ids))
        .order_by_desc(record::Column::Ord)
        .one(transaction)
        .await?;
    last.map(|row| hash(&row.hash)).transpose()
}

async fn insert_log(
    transaction: &DatabaseTransaction,
    writer: &LogWriter,
    node: &str,
    nonce: &[u8],
) -> Result<(), StoreError> {
    let row = log::ActiveModel {
        id: Set(writer.log().hash().bytes().to_vec()),
        scope: Set(writer.scope().hash().bytes().to_vec()),
        node: Set(node.to_owned()),
        nonce: Set(nonce.to_vec()),
        closed: Set(false),
    };
    log::Entity::insert(row).exec_without_returning(transaction).await?;
    Ok(())
}

pub(crate) fn hash(bytes: &[u8]) -> Result<Hash, StoreError> {
    Hash::from_bytes(bytes).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// The salt of a record as it is kept: nothing where the body is withheld.
pub(crate) fn salt_of(record: &Record) -> Vec<u8> {
    if record.is_withheld() { Vec::new() } else { record.salt.to_vec() }
}

pub(crate) fn signed(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|_| StoreError::Corrupt("a number out of range".to_owned()))
}

pub(crate) fn random() -> Result<[u8; 32], StoreError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::Io(std::io::Error::other(error.to_string())))?;
    Ok(bytes)
}
