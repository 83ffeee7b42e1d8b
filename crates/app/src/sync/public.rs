//! The level above an organising headquarters, which receives public facts and statistics alone: what is sent there, and what it answers. To those below
//! it, such a headquarters is what it was without one: they learn nothing of the level above, and wait for none of its receipts.
//!
//! Left out: which bodies are public (`jiangsai_ledger::replication::Reads`), that a competition is held whole or as such a part (`jiangsai_store`).

use super::Upstream;
use super::client::NoAnswer;
use super::server::{Answer, NodeRefusal, answer};
use crate::App;
use crate::failure::Failure;
use jiangsai_ledger::ScopeId;
use jiangsai_ledger::replication::{Heads, Ours, Pull, Pulled, Push, Pushed, Reads};

impl Upstream {
    /// Does it receive public facts alone?
    pub(crate) fn receives_public(&self) -> bool {
        self.reads == Reads::Public
    }

    /// A run as it goes up there.
    pub(super) fn sent(&self, push: Push) -> Push {
        if self.receives_public() { Reads::Public.of_run(push) } else { push }
    }

    /// What it made of a run. Where nothing is pulled, its branch does not take the place of the one here: it holds headers alone.
    pub(super) fn made(&self, pushed: Pushed) -> Result<Pushed, NoAnswer> {
        match pushed {
            Pushed::Fork { .. } if self.receives_public() => Err(NoAnswer::Refused("public-fork")),
            other => Ok(other),
        }
    }
}

impl App {
    /// The node above, where what is here goes up whole: who is below hears of it, and of headquarters by it.
    pub(crate) async fn whole_above(&self) -> Result<Option<Upstream>, Failure> {
        Ok(self.upstream().await?.filter(|above| !above.receives_public()))
    }

    /// What the connection needs to know of what is here.
    pub(super) async fn ours(&self, upstream: &Upstream, scope: ScopeId, compares: bool) -> Result<Ours, Failure> {
        let store = &self.0.store;
        Ok(if upstream.receives_public() {
            store.ours_public(scope, compares).await?
        } else {
            store.ours(scope, compares).await?
        })
    }

    /// What the node above holds, as it counts here. An answer to a push that was lost brings its receipt when the same is sent again: with nothing
    /// pulled, none comes otherwise.
    pub(super) async fn as_counts(&self, upstream: &Upstream, scope: ScopeId, heads: Heads) -> Result<Heads, Failure> {
        if !upstream.receives_public() {
            return Ok(heads);
        }
        let reached = self.0.store.reached(scope, Some((upstream.key, heads.incarnation))).await?;
        Ok(heads.as_receipted(&reached))
    }

    /// Answers a pull of whoever sends public facts alone: where this store is, and no record.
    pub(super) async fn hand_out_nothing(&self, pull: &Pull) -> Result<Answer, NodeRefusal> {
        let (incarnation, cursor) = (self.0.store.incarnation().await?, self.0.store.head(pull.scope).await?);
        let root = match self.whole_above().await? {
            Some(above) => self.root_of(&above, pull.scope).await?,
            None => Some(incarnation),
        };
        answer(200, &Pulled { root, ..Pulled::up_to(incarnation, cursor) })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::super::{Introduction, Welcome, signed_request};
    use super::*;
    use crate::host::SystemHost;
    use jiangsai_domain::ids::CompetitionId;
    use jiangsai_ledger::{Hash, sign};
    use serde::Serialize;
    use serde_json::json;
    use std::sync::Arc;
    use tempfile::TempDir;

    async fn open() -> (TempDir, App) {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(folder.path(), Arc::new(SystemHost::new(None))).await.unwrap();
        (folder, app)
    }

    /// With one event and a person.
    async fn founded(app: &App) -> ScopeId {
        let create = json!({"title": "模拟", "event": "", "from": "sample"});
        let id = app.dispatch("competitions.create", create, None).await.unwrap();
        id.as_str().unwrap().parse().unwrap()
    }

    async fn whole(app: &App, scope: ScopeId) -> Push {
        let log = *app.0.store.heads(scope).await.unwrap().keys().next().unwrap();
        app.0.store.run_from(scope, log, 0, 100_000).await.unwrap()
    }

    /// What a node is answered that is paired for so much.
    async fn asks(
        from: &App,
        to: &App,
        reads: Reads,
        what: &str,
        body: &(impl Serialize + Sync),
    ) -> Result<Answer, NodeRefusal> {
        let key = from.public_key().unwrap();
        to.0.store.pairing_code_put("CODE", i64::MAX, reads).await.unwrap();
        to.0.store.pair("CODE", key, "", 1).await.unwrap().unwrap();
        let body = serde_json::to_vec(body).unwrap();
        let message = signed_request(to.public_key().unwrap(), what, &body);
        let signature = sign(&from.0.store.node_key(), &message).to_string();
        to.answer_node(what, Some(&key.to_string()), Some(&signature), &body).await
    }

    fn read<T: serde::de::DeserializeOwned>(answer: &Answer) -> T {
        serde_json::from_slice(&answer.body).unwrap()
    }

    #[tokio::test]
    async fn what_is_not_public_is_refused_and_what_is_public_is_receipted_and_nothing_comes_down() {
        let ((_one, below), (_other, above)) = (open().await, open().await);
        let scope = founded(&below).await;
        let run = whole(&below, scope).await;
        let refused = asks(&below, &above, Reads::Public, "push", &run).await.unwrap_err();
        assert_eq!((refused.status, refused.code), (422, "public-plain"));
        assert!(above.0.store.scopes().await.unwrap().is_empty(), "nothing was stored");

        let part = Reads::Public.of_run(run.clone());
        let mut lacks = part.clone();
        (lacks.records[1].salt, lacks.records[1].body) = (None, None);
        assert!(jiangsai_ledger::Header::read(lacks.records[1].header.as_bytes()).unwrap().audience == "public");
        assert_eq!(asks(&below, &above, Reads::Public, "push", &lacks).await.unwrap_err().code, "records-refused");
        let refused = asks(&below, &above, Reads::Everything, "push", &part).await.unwrap_err();
        assert_eq!(refused.code, "records-refused", "whoever sends everything sends no part");
        let Pushed::Receipt(receipt) = read(&asks(&below, &above, Reads::Public, "push", &part).await.unwrap()) else {
            panic!("no receipt")
        };
        assert!(receipt.verifies() && receipt.seq + 1 == run.records.len() as u64);
        assert_eq!(receipt.issuer, above.public_key().unwrap());

        let report = above.0.store.verify_scope(scope).await.unwrap();
        assert!(report.fault.is_none() && report.withheld > 0, "{report:?}");
        assert!(above.0.store.is_part(scope).await.unwrap());
        let none: Vec<ScopeId> = read(&asks(&below, &above, Reads::Public, "scopes", &()).await.unwrap());
        assert!(none.is_empty(), "neither its own nor those of others");
        let pull = Pull::after(scope, 0, 99);
        let pulled: Pulled = read(&asks(&below, &above, Reads::Public, "pull", &pull).await.unwrap());
        assert!(pulled.runs.is_empty() && pulled.receipts.is_empty() && !pulled.more);
        assert_eq!(pulled.cursor, above.0.store.head(scope).await.unwrap());
        for (reads, sees) in [(Reads::JudgesDesk, 0), (Reads::Carrier, 0), (Reads::Everything, 1), (Reads::Standby, 1)]
        {
            let told: Vec<ScopeId> = read(&asks(&below, &above, reads, "scopes", &()).await.unwrap());
            assert_eq!(told.len(), sees, "{reads:?}: a desk has no use for it");
        }
    }

    #[tokio::test]
    async fn a_competition_is_held_whole_or_as_a_part_and_never_as_something_between() {
        let ((_one, below), (_two, part), (_three, whole_there)) = (open().await, open().await, open().await);
        let scope = founded(&below).await;
        let run = whole(&below, scope).await;
        let public = Reads::Public.of_run(run.clone());
        asks(&below, &part, Reads::Public, "push", &public).await.unwrap();
        asks(&below, &whole_there, Reads::Everything, "push", &run).await.unwrap();
        let code = |answer: Result<Answer, NodeRefusal>| answer.unwrap_err().code;
        assert_eq!(code(asks(&below, &part, Reads::Everything, "push", &run).await), "public-part");
        assert_eq!(code(asks(&below, &whole_there, Reads::Public, "push", &public).await), "public-whole");
        assert!(!whole_there.0.store.is_part(scope).await.unwrap());
        let id = CompetitionId::new(scope.to_string());
        let overview = json!({"competition": id});
        let shown = whole_there.dispatch("headquarters.overview", overview.clone(), None).await.unwrap();
        assert_eq!(shown["public"], false, "it is as whole as it was: {shown}");
        assert_eq!(part.dispatch("headquarters.overview", overview, None).await.unwrap()["public"], true);
        let standings = json!({"competition": id, "event": shown["events"][0]["event"]});
        assert!(whole_there.dispatch("standings.show", standings.clone(), None).await.is_ok());
        assert_eq!(part.dispatch("standings.show", standings, None).await.unwrap_err().code, "part");
    }

    /// A node that stands by for the level above pulls the part, and takes what is pushed there once it serves.
    #[tokio::test]
    async fn whoever_stands_by_for_the_level_above_goes_on_with_the_part() {
        let ((_one, below), (_two, above), (_three, standby)) = (open().await, open().await, open().await);
        let scope = founded(&below).await;
        let run = Reads::Public.of_run(whole(&below, scope).await);
        asks(&below, &above, Reads::Public, "push", &run).await.unwrap();
        let pull = Pull::after(scope, 0, 4_096);
        let pulled: Pulled = read(&asks(&standby, &above, Reads::Standby, "pull", &pull).await.unwrap());
        let key = above.public_key().unwrap();
        let strict = standby.0.store.keep(scope, key, &pulled, &[], false).await;
        assert!(strict.is_err(), "a desk does not go on without what desks read");
        assert_eq!(standby.0.store.keep(scope, key, &pulled, &[], true).await.unwrap().new, run.records.len());
        assert!(standby.0.store.verify_scope(scope).await.unwrap().fault.is_none());
        asks(&below, &standby, Reads::Public, "push", &run).await.unwrap();
        assert!(standby.0.store.is_part(scope).await.unwrap(), "no body that is not public is here");
        assert!(standby.0.store.verify_scope(scope).await.unwrap().fault.is_none());
    }

    #[tokio::test]
    async fn whoever_sends_public_facts_is_headquarters_for_those_below_and_takes_no_records_from_above() {
        let (_folder, app) = open().await;
        let scope = founded(&app).await;
        let (key, own) = (Hash::of(b"above"), app.public_key().unwrap());
        let url = "https://127.0.0.1:9".to_owned();
        let above = Upstream { url, key, root: key, sealing: None, reads: Reads::Public, carrier: false };
        let json = serde_json::to_string(&above).unwrap();
        app.0.store.set_setting(super::super::UPSTREAM, &json).await.unwrap();
        app.0.store.pairing_code_put("DESK", i64::MAX, Reads::JudgesDesk).await.unwrap();
        let desk = jiangsai_ledger::SigningKey::from_bytes(&[3; 32]).verifying_key();
        let desk = Hash::from_bytes(desk.as_bytes()).unwrap();
        let who = Introduction { code: "DESK".to_owned(), key: desk, name: String::new(), holds: false, node: None };
        let body = serde_json::to_vec(&who).unwrap();
        let welcome: Welcome = read(&app.answer_node("pair", None, None, &body).await.unwrap());
        assert_eq!((welcome.root, welcome.reads), (own, Reads::JudgesDesk));
        let pull = Pull::after(scope, 0, 9);
        let pulled: Pulled = read(&app.hand_out(&pull, Reads::Everything).await.unwrap());
        assert_eq!(pulled.root, Some(pulled.incarnation), "its own receipts are those of headquarters");

        // Records that come down all the same would take bodies away.
        let before = app.0.store.ends(scope).await.unwrap();
        let (_other, another) = open().await;
        let foreign = founded(&another).await;
        let runs = vec![Reads::Public.of_run(whole(&another, foreign).await)];
        let pulled = Pulled { runs, ..Pulled::up_to(Hash::of(b"store"), 7) };
        assert!(app.keep_pulled((&above, false), scope, pulled).await.is_ok(), "the cursor alone");
        assert_eq!(app.0.store.ends(scope).await.unwrap(), before);
        assert_eq!(app.0.store.scopes().await.unwrap(), [scope]);

        // And this computer holds whole competitions: it is no judge's desk.
        for (code, reads, refused) in [("HERE", Reads::JudgesDesk, true), ("PUBLIC", Reads::Public, false)] {
            app.0.store.pairing_code_put(code, i64::MAX, reads).await.unwrap();
            let holds = true;
            let who = Introduction { code: code.to_owned(), key: desk, name: String::new(), holds, node: None };
            let body = serde_json::to_vec(&who).unwrap();
            let answer = app.answer_node("pair", None, None, &body).await;
            assert_eq!(answer.is_err_and(|error| error.code == "pairing-holds"), refused, "{code}");
        }
        assert!(above.reads.holds_whole(), "so that it says what it holds when it is paired anew");
    }

    #[tokio::test]
    async fn the_level_above_closes_its_door_to_a_headquarters_that_was_lost_and_changes_nothing_in_its_competitions() {
        let ((_one, below), (_other, above)) = (open().await, open().await);
        let own = founded(&above).await;
        let scope = founded(&below).await;
        let run = Reads::Public.of_run(whole(&below, scope).await);
        asks(&below, &above, Reads::Public, "push", &run).await.unwrap();
        let node = below.0.store.node();
        above.0.store.node_named(below.public_key().unwrap(), &node).await.unwrap();
        let heads = above.0.store.heads(scope).await.unwrap();
        let revoke = json!({"node": node, "reason": "丢失"});
        let done = above.dispatch("nodes.revoke", revoke, None).await.unwrap();
        assert_eq!(done["applied"], true, "a part keeps nobody from it");
        let pull = json!({"scope": scope.to_string(), "after": 0, "limit": 9});
        assert_eq!(asks(&below, &above, Reads::Public, "pull", &pull).await.unwrap_err().code, "revoked");
        assert_eq!(above.0.store.heads(scope).await.unwrap(), heads);
        assert!(above.0.store.heads(own).await.unwrap().len() == 1, "where it wrote nothing nothing is said either");
    }

    #[test]
    fn a_branch_that_stands_above_takes_nothing_from_here() {
        let key = Hash::of(b"above");
        let of = |reads| Upstream { url: String::new(), key, root: key, sealing: None, reads, carrier: false };
        assert!(matches!(of(Reads::Public).made(Pushed::Fork { at: 3 }), Err(NoAnswer::Refused("public-fork"))));
        assert!(matches!(of(Reads::Everything).made(Pushed::Fork { at: 3 }), Ok(Pushed::Fork { at: 3 })));
        assert!(matches!(of(Reads::Public).made(Pushed::Diverged), Ok(Pushed::Diverged)));
    }
}
