//! What other processes write into a database that several share is taken up here as if it had come from another node: whoever looks on at this
//! instance learns it, and whoever is connected to it is told.

use crate::{App, Change, Inner};
use jiangsai_store::{StoreError, Watch};
use std::sync::Weak;
use std::time::Duration;
use tokio::sync::broadcast;

/// After the database could not be watched.
const AGAIN: Duration = Duration::from_secs(2);

impl App {
    /// Watches from now on until the last clone of the application is dropped. Where no other process can write there is nothing to watch.
    pub(crate) async fn watch_others(&self) {
        // Before anybody is answered: what comes next is heard.
        let watch = match self.0.store.watch().await {
            Ok(None) => return,
            Ok(watch) => watch,
            Err(error) => {
                missed(&error);
                None
            }
        };
        // Without holding the folder: nobody waits for this to close it.
        let (app, mut changes) = (std::sync::Arc::downgrade(&self.0), self.changes());
        tokio::spawn(async move {
            tokio::select! {
                () = dropped(&mut changes) => {}
                () = keep_watch(app, watch) => {}
            }
        });
    }
}

/// Resolves when the application is gone: with it goes whoever says what changes.
async fn dropped(changes: &mut broadcast::Receiver<Change>) {
    while !matches!(changes.recv().await, Err(broadcast::error::RecvError::Closed)) {}
}

async fn keep_watch(app: Weak<Inner>, mut watch: Option<Watch>) {
    loop {
        let heard = match &mut watch {
            Some(watch) => watch.next().await,
            None => {
                tokio::time::sleep(AGAIN).await;
                let Some(own) = app.upgrade() else { return };
                match own.store.watch().await {
                    // Everything that may have come meanwhile.
                    Ok(again) => {
                        watch = again;
                        own.store.scopes().await
                    }
                    Err(error) => Err(error),
                }
            }
        };
        match heard {
            Ok(scopes) => {
                let Some(own) = app.upgrade().map(App::of) else { return };
                scopes.into_iter().for_each(|scope| own.arrives(scope));
            }
            Err(error) => {
                missed(&error);
                watch = None;
            }
        }
    }
}

fn missed(error: &StoreError) {
    tracing::warn!(%error, "the database is not watched for what other instances write; tried again");
}
