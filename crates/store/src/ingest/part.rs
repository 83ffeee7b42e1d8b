//! Competitions that are held as a part: what is public, and the headers of everything else, as the level above an organising headquarters receives
//! it. One is held whole or as a part, and nothing in between: headers alone would take the standings from where it is whole, and a receipt for
//! bodies would not be true where they are not kept.

use super::Run;
use super::intake::End;
use crate::append::hash;
use crate::entity::{record, scope};
use crate::{Store, StoreError};
use jiangsai_ledger::ScopeId;
use jiangsai_ledger::replication::Batch;
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect,
};
use std::collections::BTreeSet;

impl Store {
    /// Is a competition received here as public facts alone? One that is not here is not.
    ///
    /// # Errors
    /// What the database says.
    pub async fn is_part(&self, scope: ScopeId) -> Result<bool, StoreError> {
        let row = scope::Entity::find_by_id(scope.hash().bytes().to_vec()).one(&self.reader).await?;
        Ok(row.is_some_and(|row| row.part))
    }

    /// The competitions that are not received as public facts alone.
    ///
    /// # Errors
    /// What the database says.
    pub async fn scopes_whole(&self) -> Result<Vec<ScopeId>, StoreError> {
        let (mut scopes, parts) = (self.scopes().await?, self.parts().await?);
        scopes.retain(|scope| !parts.contains(scope));
        Ok(scopes)
    }

    /// The scopes of which what is public alone is received here.
    ///
    /// # Errors
    /// What the database says.
    pub async fn parts(&self) -> Result<BTreeSet<ScopeId>, StoreError> {
        let parts = scope::Entity::find().filter(scope::Column::Part.eq(true)).all(&self.reader).await?;
        parts.iter().map(|part| Ok(ScopeId::new(hash(&part.id)?))).collect()
    }
}

/// May a run come in beside what is here of its competition? The first that comes as a part makes it one.
pub(super) async fn fits(
    transaction: &DatabaseTransaction,
    run: &Run,
    batch: &Batch,
    end: &mut End,
) -> Result<(), StoreError> {
    if end.part {
        return if is_public(batch) { Ok(()) } else { Err(StoreError::HeldInPart) };
    }
    if !run.part {
        return Ok(());
    }
    if holds_more(transaction, run.scope).await? {
        return Err(StoreError::HeldWhole);
    }
    scope::Entity::update_many()
        .col_expr(scope::Column::Part, Expr::value(true))
        .filter(scope::Column::Id.eq(run.scope.hash().bytes().to_vec()))
        .exec(transaction)
        .await?;
    end.part = true;
    Ok(())
}

/// Has it no body, and no box, that is not public?
fn is_public(batch: &Batch) -> bool {
    batch.sealed.is_empty()
        && batch.records.iter().all(|(record, header, _)| record.is_withheld() || header.audience == "public")
}

/// Is a body here that is not public? A header has one spelling.
async fn holds_more(database: &impl ConnectionTrait, scope: ScopeId) -> Result<bool, StoreError> {
    let other: SimpleExpr = Expr::cust(match database.get_database_backend() {
        DatabaseBackend::Postgres => r#"position('"audience":"public"'::bytea in "header") = 0"#,
        _ => r#"instr("header", CAST('"audience":"public"' AS BLOB)) = 0"#,
    });
    let found: Option<Vec<u8>> = record::Entity::find()
        .select_only()
        .column(record::Column::Hash)
        .filter(record::Column::Scope.eq(scope.hash().bytes().to_vec()))
        .filter(Expr::cust(r#"length("body") > 0"#))
        .filter(other)
        .limit(1)
        .into_tuple()
        .one(database)
        .await?;
    Ok(found.is_some())
}
