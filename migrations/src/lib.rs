//! The tables, on SQLite and PostgreSQL. Migrations are only ever added; a released one is never changed.
#![forbid(unsafe_code)]

mod m20261123_ledger;
mod m20261125_sync;
mod m20261128_links;
mod m20261128_nodes;
mod m20261129_attachments;
mod m20261129_overview;
mod m20261130_reads;
mod m20261201_keys;
mod m20261201_people;
mod m20261201_revoked;
mod m20261202_standby;
mod m20261203_accounts;
mod m20261204_boxed;
mod m20261205_clocks;
mod m20261206_parts;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// Every migration, in order.
#[derive(Clone, Copy, Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_ledger::Migration),
            Box::new(m20261125_sync::Migration),
            Box::new(m20261128_links::Migration),
            Box::new(m20261128_nodes::Migration),
            Box::new(m20261129_overview::Migration),
            Box::new(m20261129_attachments::Migration),
            Box::new(m20261130_reads::Migration),
            Box::new(m20261201_keys::Migration),
            Box::new(m20261201_people::Migration),
            Box::new(m20261201_revoked::Migration),
            Box::new(m20261202_standby::Migration),
            Box::new(m20261203_accounts::Migration),
            Box::new(m20261204_boxed::Migration),
            Box::new(m20261205_clocks::Migration),
            Box::new(m20261206_parts::Migration),
        ]
    }
}
