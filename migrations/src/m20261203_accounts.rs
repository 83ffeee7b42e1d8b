//! Accounts of those who come in by a browser from elsewhere, their recovery codes, who of them is signed in, and guesses at passwords. Of the
//! database, not of one node: several instances on one server have the same.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, blob, blob_null, string, text, text_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Account {
    Table,
    Id,
    /// As it is shown, and as it is compared.
    Name,
    Folded,
    /// `look` or `work`.
    May,
    /// Which secret password, authenticator and recovery codes are kept with.
    KeptWith,
    /// Null until it is set up.
    Verifier,
    /// Secret of the authenticator, encrypted; null until it is set up.
    Authenticator,
    /// The last step of time whose code was accepted.
    Step,
    /// A secret that has shown no code yet, encrypted, and until when.
    Pending,
    PendingUntil,
    /// Hash of the one-time set-up code, and until when it counts.
    Link,
    LinkUntil,
}

#[derive(DeriveIden)]
enum AccountRecovery {
    Table,
    Account,
    Hash,
}

#[derive(DeriveIden)]
enum AccountSession {
    Table,
    /// Of its token.
    Hash,
    Account,
    BegunAt,
    ActedAt,
    Browser,
}

/// Wrong tries, by what was tried: whether there is such an account or not.
#[derive(DeriveIden)]
enum AccountGuess {
    Table,
    Of,
    Wrong,
    LastAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            Table::create()
                .table(Account::Table)
                .col(string(Account::Id).primary_key())
                .col(text(Account::Name))
                .col(string(Account::Folded).unique_key())
                .col(string(Account::May))
                .col(string(Account::KeptWith))
                .col(text_null(Account::Verifier))
                .col(blob_null(Account::Authenticator))
                .col(big_integer(Account::Step))
                .col(blob_null(Account::Pending))
                .col(big_integer_null(Account::PendingUntil))
                .col(blob_null(Account::Link))
                .col(big_integer_null(Account::LinkUntil))
                .take(),
            Table::create()
                .table(AccountRecovery::Table)
                .col(string(AccountRecovery::Account))
                .col(blob(AccountRecovery::Hash))
                .primary_key(Index::create().col(AccountRecovery::Account).col(AccountRecovery::Hash))
                .take(),
            Table::create()
                .table(AccountSession::Table)
                .col(blob(AccountSession::Hash).primary_key())
                .col(string(AccountSession::Account))
                .col(big_integer(AccountSession::BegunAt))
                .col(big_integer(AccountSession::ActedAt))
                .col(text(AccountSession::Browser))
                .take(),
            Table::create()
                .table(AccountGuess::Table)
                .col(blob(AccountGuess::Of).primary_key())
                .col(big_integer(AccountGuess::Wrong))
                .col(big_integer(AccountGuess::LastAt))
                .take(),
        ];
        for table in tables {
            manager.create_table(table).await?;
        }
        Ok(())
    }
}
