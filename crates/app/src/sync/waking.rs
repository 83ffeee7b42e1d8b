//! What begins a round before its time: word from above, somebody who asks for one, and what was written here.
//!
//! What came from above wakes nobody. It is all here by the end of the round that it came in, and a hall of desks that asked again for each of them
//! would ask on and on while records come.

use crate::{App, Change};
use jiangsai_domain::ids::CompetitionId;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// Between two rounds, when nothing was written here meanwhile and no word is heard from above; and never less between two for such a word.
pub(super) const PAUSE: Duration = Duration::from_secs(2);
/// Between two rounds while the node above says when there is something.
pub(super) const LONG_PAUSE: Duration = Duration::from_secs(15);
/// The same where another node stands by: a computer that lost its power says nothing, and is missed only when it is asked.
const WATCHFUL: Duration = Duration::from_secs(5);

impl App {
    /// Waits for the next round. `pause`: as long as the last one asks for; `two`: another node stands by for the one above.
    pub(super) async fn until_next(&self, changes: &mut Receiver<Change>, pause: Duration, two: bool) {
        // A pause after a failure is kept: a change here must not make a hall of desks ask all at once.
        let healthy = self.0.connection.condition().1.is_none();
        // What is stuck somewhere is tried again as without a word from above.
        let waits = healthy && self.0.connection.is_smooth() && self.0.hints.hears();
        let longer = if two { WATCHFUL } else { LONG_PAUSE };
        let pause = if waits && pause == PAUSE { longer } else { pause };
        let word = async {
            tokio::join!(self.0.hints.rung(), tokio::time::sleep(PAUSE));
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = self.0.connection.bell.notified() => {}
            () = self.writes(changes), if healthy => {}
            () = word, if healthy => {}
        }
    }

    /// Resolves when something changed here that goes up.
    async fn writes(&self, changes: &mut Receiver<Change>) {
        loop {
            match changes.recv().await {
                Ok(Change::Nodes | Change::Doors | Change::Sync) => {}
                Ok(Change::Competition(id)) if !self.goes_up(&id).await => {}
                // Whoever fell behind does not know what it missed.
                Ok(Change::Competition(_)) | Err(RecvError::Lagged(_)) => return,
                Err(RecvError::Closed) => return std::future::pending().await,
            }
        }
    }

    /// Is something here of a competition that the node above does not hold, as far as this one knows? What cannot be told does.
    async fn goes_up(&self, id: &CompetitionId) -> bool {
        let (Ok(scope), Ok(Some(upstream))) = (Self::scope(id), self.upstream().await) else { return true };
        let _beside = self.0.gate.read().await;
        let Ok(ours) = self.ours(&upstream, scope, false).await else { return true };
        self.0.connection.has_to_send(scope, &ours)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use super::super::Upstream;
    use super::*;
    use jiangsai_ledger::ScopeId;
    use jiangsai_ledger::replication::{Effect, Input, Link, Pull, Pulled, Reads};
    use serde_json::json;

    /// Follows a whole round of the node below about a competition that only the one above wrote in.
    async fn round(below: &App, above: &App, upstream: &Upstream, scope: ScopeId) -> Link {
        let mut link = Link::new(None);
        let mut next = None;
        loop {
            let ours = below.ours(upstream, scope, link.compares()).await.unwrap();
            let (stepped, effects) = link.step(next.take().unwrap_or(Input::Turn(ours)));
            link = stepped;
            for effect in effects {
                match effect {
                    Effect::AskHeads => next = Some(Input::Heads(above.heads_of(scope).await.unwrap())),
                    Effect::Pull { after, limit, .. } => {
                        let answer =
                            above.hand_out(&Pull::after(scope, after, limit), Reads::Everything).await.unwrap();
                        next = Some(Input::Pulled(serde_json::from_slice::<Pulled>(&answer.body).unwrap()));
                    }
                    Effect::Keep(pulled) => {
                        let kept = below.keep_pulled((upstream, false), scope, pulled).await;
                        next = Some(kept.unwrap_or_else(|_| panic!("it is kept")));
                    }
                    Effect::Anew(_) => {}
                    Effect::Rest => return link,
                    other => panic!("nothing goes up: {other:?}"),
                }
            }
        }
    }

    #[tokio::test]
    async fn what_came_from_above_begins_no_round_and_what_is_written_here_does() {
        let ((_one, below), (_other, above)) = (App::in_new_folder().await, App::in_new_folder().await);
        let scope = above.founds().await;
        let id = CompetitionId::new(scope.to_string());
        let key = above.public_key().unwrap();
        let upstream = Upstream {
            url: "https://127.0.0.1:1".to_owned(),
            key,
            root: key,
            sealing: None,
            reads: Reads::Everything,
            carrier: false,
        };
        below.keep_paired(&upstream).await.unwrap();
        assert!(below.goes_up(&id).await, "nobody asked yet what the node above holds");

        let mut changes = below.changes();
        let link = round(&below, &above, &upstream, scope).await;
        below.0.connection.put_back(scope, link, below.0.connection.era());
        assert_eq!(changes.try_recv().unwrap(), Change::Competition(id.clone()), "whoever looks on here is told");
        assert!(!below.goes_up(&id).await, "and nothing of it is sent back");

        let settings = json!({"competition": id});
        let mut settings = below.dispatch("competition.settings", settings, None).await.unwrap();
        settings["title"] = "模拟一".into();
        let edit = json!({"competition": id, "settings": settings});
        below.dispatch("competition.edit_settings", edit, None).await.unwrap();
        below.writes(&mut changes).await;
        assert!(below.goes_up(&id).await);
    }
}
