//! What follows a change: the line in the list of competitions, who is revoked, a snapshot now and then, and word to whoever looks on.

use super::Live;
use crate::App;
use jiangsai_domain::competition::FOLD;
use jiangsai_domain::ids::CompetitionId;
use jiangsai_ledger::ScopeId;
use jiangsai_scoring::EntryStatus;
use jiangsai_store::{Covered, IndexRow};

impl App {
    /// What follows a change: the index of competitions, a snapshot now and then, and word to whoever looks on. All of it can be made
    /// again from the records, so nothing here undoes a change that is durable.
    pub(super) async fn note(&self, id: &CompetitionId, scope: ScopeId, live: &mut Live) {
        let row = live.index_row(self.0.host.now_ms());
        if let Err(error) = self.0.store.index_put(scope, row).await {
            tracing::warn!(%error, "the index of competitions was not written");
        }
        let revoked: Vec<String> = live.state.trust.revoked().map(ToString::to_string).collect();
        if live.revoked.as_ref() != Some(&revoked) {
            match self.0.store.revoked_put(scope, &revoked).await {
                Ok(()) => {
                    // Whoever has a stream open from here is asked again whether it may.
                    if !revoked.is_empty() {
                        let _ = self.0.changes.send(crate::Change::Doors);
                    }
                    live.revoked = Some(revoked);
                }
                Err(error) => tracing::error!(%error, "who is revoked was not written: the door is open to them"),
            }
        }
        if live.since_snapshot >= live.snapshot_after()
            && let Ok(bytes) = live.state.snapshot()
        {
            let covered = Covered { cursor: live.seen, heads: live.heads() };
            match self.0.store.snapshot_save(scope, FOLD, &covered, bytes).await {
                Ok(()) => live.since_snapshot = 0,
                Err(error) => tracing::warn!(%error, "a snapshot was not written"),
            }
        }
        let on = live.state.people.signs_in();
        if live.signing_in != on {
            match self.note_signing_in(id, on).await {
                Ok(()) => live.signing_in = on,
                Err(failure) => tracing::warn!(cause = %failure, "whether people sign in was not written"),
            }
        }
        live.noted = true;
        // Nobody looking on is no fault.
        let _ = self.0.changes.send(crate::Change::Competition(id.clone()));
        self.counts_changed();
    }
}

impl Live {
    fn index_row(&self, now: i64) -> IndexRow {
        let settings = self.state.settings();
        let entries = self.state.entries.values().filter(|entry| self.state.stands(entry));
        let entries = entries.filter(|entry| entry.status() != EntryStatus::Withdrawn).count();
        IndexRow {
            title: settings.title,
            date: settings.date,
            place: settings.place,
            level: settings.level,
            host: settings.host,
            entries: i64::try_from(entries).unwrap_or(i64::MAX),
            synthetic: settings.synthetic,
            changed_at: now,
        }
    }
}
