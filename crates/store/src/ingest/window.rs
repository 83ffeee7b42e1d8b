//! What is here of a log, as far as a run touches it.

use super::Run;
use crate::StoreError;
use crate::append::{hash, signed};
use crate::entity::record;
use crate::read::{at_places, of_log};
use jiangsai_ledger::replication::Window;
use jiangsai_ledger::{Hash, LogId};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, HashMap};

/// What stands at the number before each of some runs, and at their first: asked for all of them at once.
#[derive(Default)]
pub(super) struct Around(HashMap<(LogId, u64), Hash>);

impl Around {
    pub(super) async fn of(transaction: &DatabaseTransaction, runs: &[Run]) -> Result<Self, StoreError> {
        let mut places: BTreeMap<_, Vec<(LogId, u64)>> = BTreeMap::new();
        for run in runs {
            let of_scope = places.entry(run.scope).or_default();
            of_scope.push((run.log, run.from));
            if let Some(before) = run.from.checked_sub(1) {
                of_scope.push((run.log, before));
            }
        }
        let mut found = HashMap::new();
        for (scope, places) in places {
            found.extend(at_places(transaction, scope, &places).await?);
        }
        Ok(Self(found))
    }

    /// The window of a run that goes on where its log ends; `None` where more has to be asked.
    pub(super) fn end(&self, run: &Run) -> Option<Window> {
        if self.0.contains_key(&(run.log, run.from)) {
            return None;
        }
        let before = match run.from.checked_sub(1) {
            Some(before) => Some(*self.0.get(&(run.log, before))?),
            None => None,
        };
        Some(Window { next: run.from, before, here: Vec::new() })
    }
}

/// The window of a run of so many records.
pub(super) async fn window(transaction: &DatabaseTransaction, run: &Run, count: usize) -> Result<Window, StoreError> {
    let last: Option<Option<i64>> = record::Entity::find()
        .select_only()
        .column_as(record::Column::Seq.max(), "last")
        .filter(of_log(run.scope, run.log))
        .into_tuple()
        .one(transaction)
        .await?;
    let next = last.flatten().and_then(|last| u64::try_from(last).ok()).map_or(0, |last| last + 1);
    let (begin, end) = (run.from.saturating_sub(1), run.from.saturating_add(count as u64));
    let rows: Vec<(i64, Vec<u8>)> = record::Entity::find()
        .select_only()
        .columns([record::Column::Seq, record::Column::Hash])
        .filter(of_log(run.scope, run.log))
        .filter(record::Column::Seq.gte(signed(begin)?))
        .filter(record::Column::Seq.lt(signed(end)?))
        .order_by_asc(record::Column::Seq)
        .into_tuple()
        .all(transaction)
        .await?;
    let mut found = Window { next, before: None, here: Vec::new() };
    for (seq, name) in rows {
        let name: Hash = hash(&name)?;
        if u64::try_from(seq).is_ok_and(|seq| seq < run.from) {
            found.before = Some(name);
        } else {
            found.here.push(name);
        }
    }
    Ok(found)
}
