//! PINs of judges on this computer: argon2id, keyed with the secret of this node, never in the ledger.

use crate::entity::pin;
use crate::{Store, StoreError};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use jiangsai_ledger::ScopeId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

impl Store {
    /// Keeps a verifier of a judge's PIN.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pin_set(&self, scope: ScopeId, judge: &str, pin: &str) -> Result<(), StoreError> {
        let (secret, typed) = (self.folder.pin_secret(), pin.to_owned());
        // Hashing takes long on purpose.
        let verifier = tokio::task::spawn_blocking(move || {
            let hash = hasher(&secret)?.hash_password(typed.as_bytes()).map_err(|_| StoreError::Pin)?;
            Ok::<_, StoreError>(hash.to_string())
        });
        let row = pin::ActiveModel {
            node: Set(self.node()),
            scope: Set(scope.hash().bytes().to_vec()),
            judge: Set(judge.to_owned()),
            verifier: Set(verifier.await.map_err(|_| StoreError::Pin)??),
        };
        let replace = OnConflict::columns([pin::Column::Node, pin::Column::Scope, pin::Column::Judge])
            .update_column(pin::Column::Verifier)
            .to_owned();
        pin::Entity::insert(row).on_conflict(replace).exec_without_returning(&self.writer).await?;
        Ok(())
    }

    /// Is it the judge's PIN?
    ///
    /// # Errors
    /// What the database says.
    pub async fn pin_check(&self, scope: ScopeId, judge: &str, typed: &str) -> Result<bool, StoreError> {
        let key = (self.node(), scope.hash().bytes().to_vec(), judge.to_owned());
        let Some(row) = pin::Entity::find_by_id(key).one(&self.reader).await? else { return Ok(false) };
        let (secret, typed) = (self.folder.pin_secret(), typed.to_owned());
        let checked = tokio::task::spawn_blocking(move || {
            let kept = PasswordHash::new(&row.verifier).map_err(|_| StoreError::Pin)?;
            Ok::<_, StoreError>(hasher(&secret)?.verify_password(typed.as_bytes(), &kept).is_ok())
        });
        checked.await.map_err(|_| StoreError::Pin)?
    }

    /// Ids of the judges with a PIN on this computer.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pins(&self, scope: ScopeId) -> Result<Vec<String>, StoreError> {
        let own = pin::Column::Scope.eq(scope.hash().bytes().to_vec());
        let rows = pin::Entity::find().filter(pin::Column::Node.eq(self.node())).filter(own).all(&self.reader).await?;
        Ok(rows.into_iter().map(|row| row.judge).collect())
    }
}

fn hasher(secret: &[u8]) -> Result<Argon2<'_>, StoreError> {
    Argon2::new_with_secret(secret, Algorithm::Argon2id, Version::V0x13, Params::default()).map_err(|_| StoreError::Pin)
}
