//! The rows of a table from one database to another, from SQLite to PostgreSQL or the other way. However many there are, some are in memory.

use crate::StoreError;
use crate::append::CHUNK;
use crate::restore::OURS;
use futures::StreamExt as _;
use sea_orm::sea_query::{Alias, Expr, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, QueryResult, Statement, StreamTrait, Value};
use std::collections::BTreeMap;
use std::pin::pin;

/// Bytes of rows that are in memory at once, unless one row alone has more.
const MOST: usize = 4 * 1024 * 1024;
/// What says which migrations were applied: a database that was migrated has it.
const MIGRATIONS: &str = "seaql_migrations";

/// A table of ours, with its columns.
pub(super) struct Table {
    name: String,
    columns: Vec<(String, Kind)>,
}

impl Table {
    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

/// What a column holds; any of them may be missing.
#[derive(Clone, Copy)]
enum Kind {
    Bytes,
    Bool,
    Int,
    BigInt,
    Text,
}

impl Kind {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "bytea" => Self::Bytes,
            "boolean" => Self::Bool,
            "integer" => Self::Int,
            "bigint" => Self::BigInt,
            "text" | "character varying" => Self::Text,
            _ => return None,
        })
    }

    /// The value of a column, and about how many bytes it takes.
    fn read(self, row: &QueryResult, at: usize) -> Result<(Value, usize), DbErr> {
        let of = |value: Value| (value, size_of::<Value>());
        Ok(match self {
            Self::Bytes => {
                let bytes: Option<Vec<u8>> = row.try_get_by_index(at)?;
                let size = bytes.as_ref().map_or(0, Vec::len);
                (bytes.into(), size)
            }
            Self::Text => {
                let text: Option<String> = row.try_get_by_index(at)?;
                let size = text.as_ref().map_or(0, String::len);
                (text.into(), size)
            }
            Self::Bool => of(row.try_get_by_index::<Option<bool>>(at)?.into()),
            Self::Int => of(row.try_get_by_index::<Option<i32>>(at)?.into()),
            Self::BigInt => of(row.try_get_by_index::<Option<i64>>(at)?.into()),
        })
    }
}

/// The tables of ours on a server, in order of name. A server knows its types by name; a file has the same tables, by the same migrations.
///
/// # Errors
/// [`StoreError::Corrupt`] where one is missing or has a column of a kind that no build of this program makes.
pub(super) async fn tables(server: &impl ConnectionTrait) -> Result<Vec<Table>, StoreError> {
    let sql = "SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns \
               WHERE table_schema = current_schema() ORDER BY table_name, column_name";
    let mut found: BTreeMap<String, Vec<(String, Kind)>> = BTreeMap::new();
    for row in server.query_all_raw(Statement::from_string(server.get_database_backend(), sql)).await? {
        let (table, column): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        if !OURS.contains(&table.as_str()) {
            continue;
        }
        let word: String = row.try_get_by_index(2)?;
        let kind = Kind::of(&word).ok_or_else(|| StoreError::Corrupt(format!("column {table}.{column}: {word}")))?;
        found.entry(table).or_default().push((column, kind));
    }
    let ours = OURS.into_iter().filter(|name| *name != MIGRATIONS);
    ours.map(|name| {
        let columns = found.remove(name).ok_or_else(|| StoreError::Corrupt(format!("no table {name}")))?;
        Ok(Table { name: name.to_owned(), columns })
    })
    .collect()
}

/// Copies every row of a table; how many there were.
///
/// # Errors
/// What either database says; the transaction is lost then.
pub(super) async fn copy(from: &impl StreamTrait, to: &DatabaseTransaction, table: &Table) -> Result<u64, StoreError> {
    let names: Vec<Alias> = table.columns.iter().map(|(name, _)| Alias::new(name)).collect();
    let every = Query::select().columns(names.clone()).from(Alias::new(&table.name)).take();
    let mut rows = pin!(from.stream(&every).await?);
    let (mut batch, mut size, mut count) = (Vec::new(), 0, 0);
    while let Some(row) = rows.next().await {
        let row = row?;
        let mut values = Vec::with_capacity(table.columns.len());
        for (at, (_, kind)) in table.columns.iter().enumerate() {
            let (value, bytes) = kind.read(&row, at)?;
            values.push(value);
            size += bytes;
        }
        batch.push(values);
        count += 1;
        if batch.len() >= CHUNK || size >= MOST {
            insert(to, table, &names, std::mem::take(&mut batch)).await?;
            size = 0;
        }
    }
    insert(to, table, &names, batch).await?;
    Ok(count)
}

async fn insert(
    to: &DatabaseTransaction,
    table: &Table,
    names: &[Alias],
    rows: Vec<Vec<Value>>,
) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut insert = Query::insert().into_table(Alias::new(&table.name)).columns(names.iter().cloned()).take();
    for row in rows {
        let values = insert.values(row.into_iter().map(Expr::value));
        values.map_err(|error| StoreError::Corrupt(format!("table {}: {error}", table.name)))?;
    }
    to.execute(&insert).await?;
    Ok(())
}
