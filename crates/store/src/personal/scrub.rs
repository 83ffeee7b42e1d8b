//! After an erasure: rewriting the files in which the old bytes may lie yet, besides where they stood. The database, so that no free page holds them;
//! its write-ahead log; the key files beside backups.

use super::erase::SCRUB;
use crate::entity::setting;
use crate::{Store, StoreError};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseBackend, EntityTrait, QueryFilter, Statement};
use std::time::Duration;

/// How often, and after how long, is tried again while somebody reads.
const TRIES: u32 = 100;
const TRY_AGAIN: Duration = Duration::from_millis(50);

/// What PostgreSQL rewrites: keys and states are few, and without the keys the rest cannot be read.
const REWRITTEN: [&str; 3] = ["body_key", "attachment_key", "snapshot"];
/// What it cleans: free space may be used again.
const CLEANED: [&str; 3] = ["record", "apart", "attachment"];

impl Store {
    /// Was something erased that may lie in files yet?
    ///
    /// # Errors
    /// What the database says.
    pub async fn wants_scrub(&self) -> Result<bool, StoreError> {
        Ok(self.scrub_token().await?.is_some())
    }

    async fn scrub_token(&self) -> Result<Option<String>, StoreError> {
        let row = setting::Entity::find_by_id((String::new(), SCRUB.to_owned())).one(&self.reader).await?;
        Ok(row.map(|row| row.value))
    }

    /// Rewrites what may hold erased bytes: key files, the database, its log. Whether it is done; a place that was not there, or somebody who
    /// went on reading, leaves it to be done again.
    ///
    /// # Errors
    /// What the database or the disk says; it is to be done again then.
    pub async fn scrub(&self) -> Result<bool, StoreError> {
        // Without the keys nothing can be read, wherever it lies: first. A place that was not there may be there now.
        let Some(token) = self.scrub_token().await? else { return self.write_keys_elsewhere().await };
        let reached = self.write_keys_everywhere().await?;
        let mut done = true;
        if self.writer.get_database_backend() == DatabaseBackend::Sqlite {
            self.writer.execute_unprepared("VACUUM").await?;
            done = self.empty_log().await?;
        } else {
            for table in REWRITTEN {
                self.writer.execute_unprepared(&format!("VACUUM FULL {table}")).await?;
            }
            for table in CLEANED {
                self.writer.execute_unprepared(&format!("VACUUM {table}")).await?;
            }
        }
        if done {
            setting::Entity::delete_many()
                .filter(setting::Column::Node.eq(""))
                .filter(setting::Column::Key.eq(SCRUB))
                // Of what came meanwhile the next one sees to.
                .filter(setting::Column::Value.eq(token))
                .exec(&self.writer)
                .await?;
        }
        Ok(done && reached)
    }

    /// Moves the write-ahead log into the database and cuts it off. False while somebody reads from it.
    async fn empty_log(&self) -> Result<bool, StoreError> {
        let cut = || Statement::from_string(DatabaseBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
        for _ in 0..TRIES {
            let busy: Option<i32> = match self.writer.query_one_raw(cut()).await? {
                Some(row) => row.try_get_by_index(0).ok(),
                None => None,
            };
            if busy == Some(0) {
                return Ok(true);
            }
            tokio::time::sleep(TRY_AGAIN).await;
        }
        Ok(false)
    }
}
