//! Erasing: the bodies that a fact names are gone for good, with their keys, in the transaction that takes the fact in. The records stay as
//! headers, and their names are kept, so that no body of one comes back.

use super::boxed::is_boxed;
use super::{Kinds, Lying, open_all};
use crate::StoreError;
use crate::append::{CHUNK, NAMES};
use crate::entity::{apart, attachment, attachment_key, body_key, erased, record, setting};
use crate::read::drop_snapshot;
use jiangsai_ledger::{Body, Class, Hash, Header, ScopeId};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::BTreeSet;

/// Setting, of the database: something was erased, and may lie in files yet that are not rewritten.
pub(crate) const SCRUB: &str = "personal.scrub";

/// Hash, header, salt and body of a record.
type Row = (Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>);

/// What is to be erased.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    pub records: BTreeSet<Hash>,
    pub attachments: BTreeSet<String>,
}

impl Named {
    pub(crate) fn is_empty(&self) -> bool {
        self.records.is_empty() && self.attachments.is_empty()
    }

    /// Adds what a fact names, if it is of a kind that erases. Names that are none are nothing.
    pub(crate) fn by_fact(&mut self, kinds: Kinds, kind: &str, fact: &serde_json::Value) {
        if !kinds.erasing.contains(&kind) {
            return;
        }
        let list = |name: &str| fact.get(name).and_then(serde_json::Value::as_array).into_iter().flatten();
        let texts = |name| list(name).filter_map(serde_json::Value::as_str);
        self.records.extend(texts("records").filter_map(|name| name.parse::<Hash>().ok()));
        self.attachments.extend(texts("attachments").map(|id| format!("{}{id}", kinds.attachment)));
    }

    /// Adds what a record names that came in.
    pub(crate) fn by_record(&mut self, kinds: Kinds, header: &Header, body: &[u8]) {
        if header.class != Class::Trust
            && kinds.erasing.contains(&&*Body::kind_of(body))
            && let Ok(body) = Body::read(body)
        {
            self.by_fact(kinds, &body.kind, &body.fact);
        }
    }
}

/// Is a record about a person? What has no body says nothing.
pub(crate) fn is_personal(kinds: Kinds, header: &Header, body: &[u8]) -> bool {
    header.class != Class::Trust && !body.is_empty() && (kinds.personal)(&Body::kind_of(body))
}

/// Erases what is named. Records that are here and not about persons stay as they are, whoever names them: a mark is not erased. What is carried without
/// being read goes.
pub(crate) async fn erase(
    database: &impl ConnectionTrait,
    scope: ScopeId,
    kinds: Kinds,
    named: &Named,
) -> Result<(), StoreError> {
    let id = scope.hash().bytes().to_vec();
    let names: Vec<Vec<u8>> = named.records.iter().map(|hash| hash.bytes().to_vec()).collect();
    for names in names.chunks(NAMES.min(CHUNK * 10)) {
        let here = record::Entity::find()
            .filter(record::Column::Scope.eq(id.clone()))
            .filter(record::Column::Hash.is_in(names.iter().cloned()));
        let apart = apart::Entity::find()
            .filter(apart::Column::Scope.eq(id.clone()))
            .filter(apart::Column::Hash.is_in(names.iter().cloned()));
        let mut found: Vec<Row> = Vec::new();
        found.extend(here.all(database).await?.into_iter().map(|row| (row.hash, row.header, row.salt, row.body)));
        found.extend(apart.all(database).await?.into_iter().map(|row| (row.hash, row.header, row.salt, row.body)));
        let lying = found.iter_mut().map(|(hash, _, salt, body)| Lying { hash, salt, body });
        open_all(database, lying).await?;
        let stays = |(_, header, _, body): &&Row| {
            !body.is_empty()
                && !is_boxed(body)
                && !Header::read(header).is_ok_and(|header| is_personal(kinds, &header, body))
        };
        let stay: BTreeSet<&Vec<u8>> = found.iter().filter(stays).map(|(hash, ..)| hash).collect();
        let gone: Vec<Vec<u8>> = names.iter().filter(|name| !stay.contains(name)).cloned().collect();
        remember(database, &id, &gone).await?;
        forget_bodies(database, &gone).await?;
    }
    let files: Vec<&String> = named.attachments.iter().collect();
    for files in files.chunks(CHUNK) {
        let named = |column: attachment::Column| column.is_in(files.iter().map(|name| name.as_str()));
        attachment::Entity::delete_many()
            .filter(attachment::Column::Scope.eq(id.clone()))
            .filter(named(attachment::Column::Name))
            .exec(database)
            .await?;
        attachment_key::Entity::delete_many()
            .filter(attachment_key::Column::Scope.eq(id.clone()))
            .filter(attachment_key::Column::Name.is_in(files.iter().map(|name| name.as_str())))
            .exec(database)
            .await?;
    }
    // Under their hashes, as records are: a backup of before has them too.
    let ids = named.attachments.iter().filter_map(|name| name.rsplit('/').next()?.parse::<Hash>().ok());
    let ids: Vec<Vec<u8>> = ids.map(|id| id.bytes().to_vec()).collect();
    remember(database, &id, &ids).await?;
    drop_snapshot(database, scope).await?;
    want_scrub(database).await
}

/// Bodies, salts and keys of records that are erased.
async fn forget_bodies(database: &impl ConnectionTrait, names: &[Vec<u8>]) -> Result<(), StoreError> {
    let nothing = || Expr::value(Vec::<u8>::new());
    record::Entity::update_many()
        .col_expr(record::Column::Body, nothing())
        .col_expr(record::Column::Salt, nothing())
        .filter(record::Column::Hash.is_in(names.iter().cloned()))
        .exec(database)
        .await?;
    apart::Entity::update_many()
        .col_expr(apart::Column::Body, nothing())
        .col_expr(apart::Column::Salt, nothing())
        .filter(apart::Column::Hash.is_in(names.iter().cloned()))
        .exec(database)
        .await?;
    body_key::Entity::delete_many().filter(body_key::Column::Hash.is_in(names.iter().cloned())).exec(database).await?;
    Ok(())
}

/// Keeps the names of records whose bodies do not come back.
async fn remember(database: &impl ConnectionTrait, scope: &[u8], names: &[Vec<u8>]) -> Result<(), StoreError> {
    for names in names.chunks(CHUNK) {
        let row = |name: &Vec<u8>| erased::ActiveModel { hash: Set(name.clone()), scope: Set(scope.to_vec()) };
        let once = OnConflict::column(erased::Column::Hash).do_nothing().to_owned();
        erased::Entity::insert_many(names.iter().map(row)).on_conflict(once).exec_without_returning(database).await?;
    }
    Ok(())
}

/// Notes that files have to be rewritten, so that it is done even if the program ends before.
pub(crate) async fn want_scrub(database: &impl ConnectionTrait) -> Result<(), StoreError> {
    let row = setting::ActiveModel {
        node: Set(String::new()),
        key: Set(SCRUB.to_owned()),
        value: Set(crate::append::random().map(hex::encode)?),
    };
    let replace = OnConflict::columns([setting::Column::Node, setting::Column::Key])
        .update_column(setting::Column::Value)
        .to_owned();
    setting::Entity::insert(row).on_conflict(replace).exec_without_returning(database).await?;
    Ok(())
}
