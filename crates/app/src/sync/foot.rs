//! Word to pages that how far records got, or how the connection is, has changed: what the foot of every page says. So no page asks now and then, and
//! while nothing happens none asks at all.

use crate::{App, Change};
use jiangsai_ledger::{Hash, ScopeId};
use jiangsai_locales::Lang;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// What changes within so long is told together: a hall of desks saves many marks a second.
const GATHER: Duration = Duration::from_secs(1);

/// What was told to pages, and what waits to be told.
#[derive(Default)]
pub(crate) struct Foot(Mutex<State>);

#[derive(Default)]
struct State {
    standing: Standing,
    waits: Option<Changed>,
}

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Changed {
    /// Numbers of records, which are shown where there is a node above.
    Counts,
    /// How the connection is, or something else that is shown everywhere.
    Standing,
}

/// How the connection is, as pages show it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Standing {
    above: Option<(Hash, String)>,
    knows_standby: bool,
    trouble: Option<&'static str>,
    stuck: Vec<(ScopeId, &'static str)>,
    backups: Option<String>,
}

impl Foot {
    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl App {
    /// Records were written, or receipts came.
    pub(crate) fn counts_changed(&self) {
        self.tell_pages(Changed::Counts);
    }

    /// Something else that pages say of the connection has changed.
    pub(crate) fn standing_changed(&self) {
        self.tell_pages(Changed::Standing);
    }

    /// Looks whether the connection is as it was told last, and tells pages where it is not. Was it told?
    pub(crate) async fn tell_of_standing(&self) -> bool {
        // What cannot be read now is looked at the next time.
        let Ok(above) = self.upstream().await else { return false };
        let mut stuck = self.0.connection.stuck();
        stuck.sort_unstable();
        let standing = Standing {
            above: above.map(|above| (above.key, above.url)),
            knows_standby: self.knows_standby().await.unwrap_or(false),
            trouble: self.0.connection.condition().1,
            stuck,
            backups: self.0.backups.trouble(Lang::En).map(|error| error.code),
        };
        let differs = self.0.foot.with(|state| {
            let differs = state.standing != standing;
            state.standing = standing;
            differs
        });
        if differs {
            self.standing_changed();
        }
        differs
    }

    fn tell_pages(&self, what: Changed) {
        let first =
            self.0.foot.with(|state| state.waits.replace(state.waits.map_or(what, |own| own.max(what)))).is_none();
        if !first {
            return;
        }
        // Without holding the folder: nobody waits for this to close it.
        let app = std::sync::Arc::downgrade(&self.0);
        tokio::spawn(async move {
            tokio::time::sleep(GATHER).await;
            let Some(app) = app.upgrade().map(Self::of) else { return };
            let what = app.0.foot.with(|state| state.waits.take());
            if app.is_worth(what).await {
                // Nobody looking on is no fault.
                let _ = app.0.changes.send(Change::Sync);
            }
        });
    }

    /// Where there is no node above pages show no numbers.
    async fn is_worth(&self, what: Option<Changed>) -> bool {
        let _beside = self.0.gate.read().await;
        what == Some(Changed::Standing) || self.upstream().await.is_ok_and(|above| above.is_some())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::super::Upstream;
    use super::*;
    use jiangsai_ledger::replication::Reads;
    use tokio::sync::broadcast::Receiver;
    use tokio::sync::broadcast::error::TryRecvError;

    /// The next word that is about the connection; how many others came before.
    async fn told(heard: &mut Receiver<Change>) -> usize {
        let mut others = 0;
        while heard.recv().await.unwrap() != Change::Sync {
            others += 1;
        }
        others
    }

    async fn connect(app: &App) {
        let key = Hash::of(b"the hub");
        let url = "https://127.0.0.1:9".to_owned();
        let (sealing, reads) = (None, Reads::Everything);
        app.keep_paired(&Upstream { url, key, root: key, sealing, reads, carrier: false }).await.unwrap();
    }

    fn waits(app: &App) -> Option<Changed> {
        app.0.foot.with(|state| state.waits)
    }

    #[tokio::test]
    async fn pages_are_told_once_when_the_connection_changes_and_an_idle_node_tells_nothing() {
        let (_folder, app) = App::in_new_folder().await;
        let mut heard = app.changes();
        assert!(!app.tell_of_standing().await, "it stands alone, as it did");
        connect(&app).await;
        assert!(app.tell_of_standing().await);
        assert_eq!(told(&mut heard).await, 0);
        app.0.connection.with(|state| state.trouble = Some("upstream-unreachable"));
        assert!(app.tell_of_standing().await, "a round that came to nothing");
        told(&mut heard).await;
        for _ in 0..3 {
            assert!(!app.tell_of_standing().await, "and others that come to the same");
        }
        assert_eq!((waits(&app), heard.try_recv()), (None, Err(TryRecvError::Empty)));
        app.0.connection.with(|state| state.trouble = None);
        assert!(app.tell_of_standing().await);
        told(&mut heard).await;
    }

    #[tokio::test]
    async fn what_changes_within_a_moment_is_told_in_one_word() {
        let (_folder, app) = App::in_new_folder().await;
        let mut heard = app.changes();
        connect(&app).await;
        app.founds().await;
        assert!(told(&mut heard).await >= 1, "that records wait, after that a competition changed");
        while waits(&app).is_some() {
            told(&mut heard).await;
        }
        while heard.try_recv().is_ok() {}
        for _ in 0..3 {
            app.counts_changed();
        }
        assert_eq!(waits(&app), Some(Changed::Counts));
        app.standing_changed();
        app.counts_changed();
        assert_eq!(waits(&app), Some(Changed::Standing), "the greater of the two");
        assert_eq!(told(&mut heard).await, 0);
        assert_eq!((waits(&app), heard.try_recv()), (None, Err(TryRecvError::Empty)), "one word for all of it");
    }

    #[tokio::test]
    async fn numbers_of_a_node_that_stands_alone_are_told_to_nobody() {
        let (_folder, app) = App::in_new_folder().await;
        assert!(!app.is_worth(Some(Changed::Counts)).await);
        assert!(app.is_worth(Some(Changed::Standing)).await, "a backup that was not written is shown there too");
        connect(&app).await;
        assert!(app.is_worth(Some(Changed::Counts)).await);
    }
}
