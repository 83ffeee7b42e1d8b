//! The tables as sea-orm sees them. Hashes are blobs of 32 bytes; salt and body are empty where a body is withheld or erased; of what is about persons, and of what is
//! carried without being read, both are encrypted in `body`.

#![allow(missing_docs, reason = "the columns are explained in the migration")]

macro_rules! entity {
    ($module:ident, $table:literal, { $($(#[$attribute:meta])* $column:ident : $type:ty),* $(,)? }) => {
        pub(crate) mod $module {
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                $($(#[$attribute])* pub $column: $type),*
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }
    };
}

entity!(scope, "scope", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Vec<u8>,
    founded_at: i64,
    head: i64,
    part: bool,
});
entity!(log, "log", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Vec<u8>,
    scope: Vec<u8>,
    node: String,
    nonce: Vec<u8>,
    closed: bool,
});
entity!(record, "record", {
    #[sea_orm(primary_key, auto_increment = false)]
    hash: Vec<u8>,
    scope: Vec<u8>,
    log: Vec<u8>,
    seq: i64,
    ord: i64,
    header: Vec<u8>,
    salt: Vec<u8>,
    body: Vec<u8>,
    signature: Option<Vec<u8>>,
    accepted: i64,
});
entity!(snapshot, "snapshot", {
    #[sea_orm(primary_key, auto_increment = false)]
    scope: Vec<u8>,
    fold: i32,
    #[sea_orm(column_type = "Text")]
    heads: String,
    state: Vec<u8>,
});
entity!(competition_index, "competition_index", {
    #[sea_orm(primary_key, auto_increment = false)]
    scope: Vec<u8>,
    #[sea_orm(column_type = "Text")]
    title: String,
    date: String,
    #[sea_orm(column_type = "Text")]
    place: String,
    #[sea_orm(column_type = "Text")]
    level: String,
    #[sea_orm(column_type = "Text")]
    host: String,
    entries: i64,
    synthetic: bool,
    changed_at: i64,
});
entity!(pin, "pin", {
    #[sea_orm(primary_key, auto_increment = false)]
    node: String,
    #[sea_orm(primary_key, auto_increment = false)]
    scope: Vec<u8>,
    #[sea_orm(primary_key, auto_increment = false)]
    judge: String,
    #[sea_orm(column_type = "Text")]
    verifier: String,
    secret: Option<Vec<u8>>,
});
entity!(setting, "setting", {
    #[sea_orm(primary_key, auto_increment = false)]
    node: String,
    #[sea_orm(primary_key, auto_increment = false)]
    key: String,
    #[sea_orm(column_type = "Text")]
    value: String,
});
entity!(attachment, "attachment", {
    #[sea_orm(primary_key, auto_increment = false)]
    scope: Vec<u8>,
    #[sea_orm(primary_key, auto_increment = false)]
    name: String,
    bytes: Vec<u8>,
});
entity!(body_key, "body_key", {
    #[sea_orm(primary_key, auto_increment = false)]
    hash: Vec<u8>,
    scope: Vec<u8>,
    key: Vec<u8>,
});
entity!(attachment_key, "attachment_key", {
    #[sea_orm(primary_key, auto_increment = false)]
    scope: Vec<u8>,
    #[sea_orm(primary_key, auto_increment = false)]
    name: String,
    key: Vec<u8>,
});
entity!(erased, "erased", {
    #[sea_orm(primary_key, auto_increment = false)]
    hash: Vec<u8>,
    scope: Vec<u8>,
});
entity!(apart, "apart", {
    #[sea_orm(primary_key, auto_increment = false)]
    hash: Vec<u8>,
    scope: Vec<u8>,
    log: Vec<u8>,
    seq: i64,
    header: Vec<u8>,
    salt: Vec<u8>,
    body: Vec<u8>,
    signature: Option<Vec<u8>>,
    first: Option<i64>,
    adopted: bool,
});
entity!(adoption, "adoption", {
    #[sea_orm(primary_key, auto_increment = false)]
    hash: Vec<u8>,
});
entity!(receipt, "receipt", {
    #[sea_orm(primary_key, auto_increment = false)]
    scope: Vec<u8>,
    #[sea_orm(primary_key, auto_increment = false)]
    log: Vec<u8>,
    #[sea_orm(primary_key, auto_increment = false)]
    issuer: Vec<u8>,
    incarnation: Vec<u8>,
    seq: i64,
    head: Vec<u8>,
    at: i64,
    signature: Vec<u8>,
});
entity!(link, "link", {
    #[sea_orm(primary_key, auto_increment = false)]
    scope: Vec<u8>,
    #[sea_orm(primary_key, auto_increment = false)]
    upstream: Vec<u8>,
    incarnation: Vec<u8>,
    cursor: i64,
    head: Option<Vec<u8>>,
    root: Option<Vec<u8>>,
});
entity!(peer, "peer", {
    #[sea_orm(primary_key, auto_increment = false)]
    key: String,
    #[sea_orm(column_type = "Text")]
    name: String,
    paired_at: i64,
    seen_at: Option<i64>,
    reads: String,
    through: Option<String>,
    node: Option<String>,
    revoked_at: Option<i64>,
    ahead: Option<i64>,
});
entity!(revoked, "revoked", {
    #[sea_orm(primary_key, auto_increment = false)]
    scope: Vec<u8>,
    #[sea_orm(primary_key, auto_increment = false)]
    node: String,
});
entity!(held, "held", {
    #[sea_orm(primary_key, auto_increment = false)]
    key: String,
    #[sea_orm(primary_key, auto_increment = false)]
    scope: Vec<u8>,
    pending: i64,
    oldest: Option<i64>,
});
entity!(pairing_code, "pairing_code", {
    #[sea_orm(primary_key, auto_increment = false)]
    code: String,
    expires_at: i64,
    reads: String,
});
entity!(account, "account", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    #[sea_orm(column_type = "Text")]
    name: String,
    folded: String,
    may: String,
    kept_with: String,
    #[sea_orm(column_type = "Text", nullable)]
    verifier: Option<String>,
    authenticator: Option<Vec<u8>>,
    step: i64,
    pending: Option<Vec<u8>>,
    pending_until: Option<i64>,
    link: Option<Vec<u8>>,
    link_until: Option<i64>,
});
entity!(account_recovery, "account_recovery", {
    #[sea_orm(primary_key, auto_increment = false)]
    account: String,
    #[sea_orm(primary_key, auto_increment = false)]
    hash: Vec<u8>,
});
entity!(account_session, "account_session", {
    #[sea_orm(primary_key, auto_increment = false)]
    hash: Vec<u8>,
    account: String,
    begun_at: i64,
    acted_at: i64,
    #[sea_orm(column_type = "Text")]
    browser: String,
});
entity!(account_guess, "account_guess", {
    #[sea_orm(primary_key, auto_increment = false)]
    of: Vec<u8>,
    wrong: i64,
    last_at: i64,
});
