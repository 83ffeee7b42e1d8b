//! What is not in the ledger: the list of competitions (made again from it), and whose the tables are.

use crate::append::hash;
use crate::entity::{competition_index, pin, setting};
use crate::peers::INCARNATION;
use crate::personal::erase::SCRUB;
use crate::restore::NODE;
use crate::{Store, StoreError};
use jiangsai_ledger::ScopeId;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// Setting, of a database on a server: the node whose key it belongs to. All instances have that key.
pub(crate) const OWNER: &str = "server.node";

/// A line of the list of competitions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndexRow {
    /// Title.
    pub title: String,
    /// Date, `YYYY-MM-DD`, or empty.
    pub date: String,
    /// Place.
    pub place: String,
    /// Level and class.
    pub level: String,
    /// Who holds it.
    pub host: String,
    /// Entries that compete.
    pub entries: i64,
    /// Synthetic people only.
    pub synthetic: bool,
    /// Milliseconds since 1970 of the newest change.
    pub changed_at: i64,
}

impl Store {
    /// Keeps the line of a competition.
    ///
    /// # Errors
    /// What the database says.
    pub async fn index_put(&self, scope: ScopeId, row: IndexRow) -> Result<(), StoreError> {
        use competition_index::{ActiveModel, Column, Entity};
        let row = ActiveModel {
            scope: Set(scope.hash().bytes().to_vec()),
            title: Set(row.title),
            date: Set(row.date),
            place: Set(row.place),
            level: Set(row.level),
            host: Set(row.host),
            entries: Set(row.entries),
            synthetic: Set(row.synthetic),
            changed_at: Set(row.changed_at),
        };
        let replace = OnConflict::column(Column::Scope)
            .update_columns([
                Column::Title,
                Column::Date,
                Column::Place,
                Column::Level,
                Column::Host,
                Column::Entries,
                Column::Synthetic,
                Column::ChangedAt,
            ])
            .to_owned();
        Entity::insert(row).on_conflict(replace).exec_without_returning(&self.writer).await?;
        Ok(())
    }

    /// Every line.
    ///
    /// # Errors
    /// What the database says.
    pub async fn index_list(&self) -> Result<Vec<(ScopeId, IndexRow)>, StoreError> {
        let rows = competition_index::Entity::find().all(&self.reader).await?;
        rows.into_iter()
            .map(|row| {
                let own = IndexRow {
                    title: row.title,
                    date: row.date,
                    place: row.place,
                    level: row.level,
                    host: row.host,
                    entries: row.entries,
                    synthetic: row.synthetic,
                    changed_at: row.changed_at,
                };
                Ok((ScopeId::new(hash(&row.scope)?), own))
            })
            .collect()
    }

    /// Makes the first node that opens a database on a server the one that it belongs to.
    pub(crate) async fn own_server(&self) -> Result<(), StoreError> {
        let (key, value) = (OWNER.to_owned(), self.node());
        let row = setting::ActiveModel { node: Set(String::new()), key: Set(key), value: Set(value) };
        let once = OnConflict::columns([setting::Column::Node, setting::Column::Key]).do_nothing().to_owned();
        setting::Entity::insert(row).on_conflict(once).exec_without_returning(&self.writer).await?;
        Ok(())
    }

    /// The node that a database on a server belongs to, where it is another than this one: the computers that are paired there know its key, and not
    /// the one of this folder.
    ///
    /// # Errors
    /// What the database says.
    pub async fn other_owner(&self) -> Result<Option<String>, StoreError> {
        if !self.is_shared() {
            return Ok(None);
        }
        let row = setting::Entity::find_by_id((String::new(), OWNER.to_owned())).one(&self.reader).await?;
        Ok(row.map(|row| row.value).filter(|node| *node != self.node()))
    }

    /// Takes settings and PINs that were written before they named a node: until then a database had one.
    pub(crate) async fn claim(&self) -> Result<(), StoreError> {
        let nobody =
            setting::Column::Node.eq("").and(setting::Column::Key.is_not_in([INCARNATION, NODE, SCRUB, OWNER]));
        // Asked first: a folder that cannot be written to can be read.
        if setting::Entity::find().filter(nobody.clone()).one(&self.reader).await?.is_some() {
            let own = Expr::value(self.node());
            let write = self.settings.begin();
            setting::Entity::update_many()
                .col_expr(setting::Column::Node, own)
                .filter(nobody)
                .exec(&self.writer)
                .await?;
            write.answered();
        }
        let nobody = pin::Column::Node.eq("");
        if pin::Entity::find().filter(nobody.clone()).one(&self.reader).await?.is_some() {
            let own = Expr::value(self.node());
            pin::Entity::update_many().col_expr(pin::Column::Node, own).filter(nobody).exec(&self.writer).await?;
        }
        Ok(())
    }
}
