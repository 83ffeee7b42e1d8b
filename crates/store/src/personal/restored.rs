//! What is about persons in a backup that is looked at: opened with the keys that lie beside it and those that are here, less what was erased
//! since, whichever of the two says so.

use super::erase::{Named, erase, want_scrub};
use super::insert_keys;
use super::keys::KeyFile;
use crate::append::{CHUNK, hash};
use crate::entity::{attachment_key, body_key, erased};
use crate::{Backup, Store, StoreError};
use jiangsai_ledger::ScopeId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DatabaseTransaction, EntityTrait, Statement};
use std::collections::BTreeMap;

/// Encrypted, and no key for it.
const CLOSED: &str = "substr(body, 1, 1) IN (x'01', x'02') AND hash NOT IN (SELECT hash FROM body_key)";

impl Store {
    /// Settles in the copy of a backup what can be read of it; how many bodies cannot, for want of a key. They are headers alone then.
    pub(crate) async fn settle(&self, copy: &Self, backup: &Backup) -> Result<u64, StoreError> {
        let mut keys = KeyFile::beside(&backup.path);
        // What is here may not hold together: then the file beside the backup is all there is.
        match KeyFile::of(&self.reader).await {
            Ok(own) => keys.add(own),
            Err(error) if error.is_damage() => {}
            Err(error) => return Err(error),
        }
        let transaction = copy.begin().await?;
        take_keys(&transaction, &keys).await?;
        // What the backup itself says was erased, and what was since.
        let mut named: BTreeMap<ScopeId, Named> = BTreeMap::new();
        let known = erased::Entity::find().all(&transaction).await?.into_iter().map(|row| [row.hash, row.scope]);
        for [name, scope] in keys.erased().into_iter().chain(known) {
            let (named, name) = (named.entry(ScopeId::new(hash(&scope)?)).or_default(), hash(&name)?);
            named.attachments.insert(format!("{}{name}", self.kinds.attachment));
            named.records.insert(name);
        }
        for (scope, named) in &named {
            erase(&transaction, *scope, self.kinds, named).await?;
        }
        let run = async |sql: &str| transaction.execute_unprepared(sql).await;
        run("DELETE FROM body_key WHERE hash NOT IN (SELECT hash FROM record UNION ALL SELECT hash FROM apart)")
            .await?;
        run("DELETE FROM attachment_key WHERE NOT EXISTS (SELECT 1 FROM attachment AS own \
             WHERE own.scope = attachment_key.scope AND own.name = attachment_key.name)")
        .await?;
        let counted = Statement::from_string(
            transaction.get_database_backend(),
            format!("SELECT COUNT(*) FROM record WHERE {CLOSED}"),
        );
        let count = transaction.query_one_raw(counted).await?;
        let unread: i64 = count.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        for table in ["record", "apart"] {
            run(&format!("UPDATE {table} SET body = x'', salt = x'' WHERE {CLOSED}")).await?;
        }
        if unread > 0 {
            // From the beginning: what cannot be read here comes again from above.
            run("DELETE FROM link").await?;
        }
        if !named.is_empty() {
            want_scrub(&transaction).await?;
        }
        transaction.commit().await?;
        Ok(u64::try_from(unread).unwrap_or_default())
    }
}

async fn take_keys(transaction: &DatabaseTransaction, keys: &KeyFile) -> Result<(), StoreError> {
    // Those that came in the file itself, as in a competition that was handed over, stay.
    let here: std::collections::BTreeSet<Vec<u8>> =
        body_key::Entity::find().all(transaction).await?.into_iter().map(|row| row.hash).collect();
    let rows = keys.body_keys().into_iter().filter(|[name, ..]| !here.contains(name));
    let rows =
        rows.map(|[name, scope, key]| body_key::ActiveModel { hash: Set(name), scope: Set(scope), key: Set(key) });
    insert_keys(transaction, rows.collect()).await?;
    let files = keys.attachment_keys();
    for files in files.chunks(CHUNK) {
        let row = |(scope, name, key): &(Vec<u8>, String, Vec<u8>)| attachment_key::ActiveModel {
            scope: Set(scope.clone()),
            name: Set(name.clone()),
            key: Set(key.clone()),
        };
        let once =
            OnConflict::columns([attachment_key::Column::Scope, attachment_key::Column::Name]).do_nothing().to_owned();
        attachment_key::Entity::insert_many(files.iter().map(row))
            .on_conflict(once)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}
