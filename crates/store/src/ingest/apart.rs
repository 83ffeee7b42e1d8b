//! Branches that lost: kept beside what stands.

use super::Run;
use crate::StoreError;
use crate::append::signed;
use crate::entity::{apart, record};
use crate::personal::boxed::kept;
use crate::personal::erase::is_personal;
use crate::personal::{Kinds, Lying, close_all};
use crate::read::of_log;
use jiangsai_ledger::replication::Batch;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};

/// Moves what stands of a log from a number on to the branches that lost. How many records that were.
pub(super) async fn set_apart(transaction: &DatabaseTransaction, run: &Run, at: u64) -> Result<usize, StoreError> {
    let lost = sea_orm::Condition::all().add(of_log(run.scope, run.log)).add(record::Column::Seq.gte(signed(at)?));
    let rows = record::Entity::find().filter(lost.clone()).order_by_asc(record::Column::Seq).all(transaction).await?;
    let count = rows.len();
    for (number, row) in rows.into_iter().enumerate() {
        let tip = number + 1 == count;
        insert(
            transaction,
            apart::ActiveModel {
                hash: Set(row.hash),
                scope: Set(row.scope),
                log: Set(row.log),
                seq: Set(row.seq),
                header: Set(row.header),
                salt: Set(row.salt),
                body: Set(row.body),
                signature: Set(row.signature),
                first: Set(if tip { Some(signed(at)?) } else { None }),
                adopted: Set(false),
            },
        )
        .await?;
    }
    record::Entity::delete_many().filter(lost).exec(transaction).await?;
    Ok(count)
}

/// Keeps a branch that came second.
pub(super) async fn keep_apart(
    transaction: &DatabaseTransaction,
    run: &Run,
    batch: Batch,
    known: usize,
    kinds: Kinds,
) -> Result<(), StoreError> {
    let at = run.from + known as u64;
    let count = batch.records.len();
    for (number, (mut record, header, signature)) in batch.records.into_iter().enumerate().skip(known) {
        let tip = number + 1 == count;
        let sealed = batch.sealed.get(&record.hash);
        let personal = sealed.is_some() || is_personal(kinds, &header, &record.body);
        let hash = record.hash.bytes().to_vec();
        let (mut salt, mut body) = kept(&mut record, sealed);
        if personal {
            let lying = Lying { hash: &hash, salt: &mut salt, body: &mut body };
            close_all(transaction, run.scope, &mut [lying]).await?;
        }
        insert(
            transaction,
            apart::ActiveModel {
                hash: Set(hash),
                scope: Set(run.scope.hash().bytes().to_vec()),
                log: Set(run.log.hash().bytes().to_vec()),
                seq: Set(signed(header.seq)?),
                salt: Set(salt),
                header: Set(record.header),
                body: Set(body),
                signature: Set(signature.map(|bytes| bytes.to_vec())),
                first: Set(if tip { Some(signed(at)?) } else { None }),
                adopted: Set(false),
            },
        )
        .await?;
    }
    Ok(())
}

async fn insert(transaction: &DatabaseTransaction, row: apart::ActiveModel) -> Result<(), StoreError> {
    let tip = matches!(row.first, Set(Some(_)));
    let mut again = OnConflict::column(apart::Column::Hash);
    // A longer branch may have gone through here before; a shorter one makes this its end.
    if tip {
        again.update_column(apart::Column::First)
    } else {
        again.do_nothing()
    };
    apart::Entity::insert(row).on_conflict(again).exec_without_returning(transaction).await?;
    Ok(())
}
