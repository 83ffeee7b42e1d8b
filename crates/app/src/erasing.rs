//! After an erasure: what this program holds of it in memory goes, and the files in which it may lie yet are rewritten, at once or as soon as they
//! are there and nobody reads them.

use crate::App;

impl App {
    /// Somebody was erased, here or elsewhere: nothing of it is handed out any more. The files are rewritten beside.
    pub(crate) fn erased_here(&self) {
        self.0.handed.forget();
        // Without holding the folder: nobody waits for this to close it.
        let app = std::sync::Arc::downgrade(&self.0);
        tokio::spawn(async move {
            if let Some(app) = app.upgrade().map(Self::of) {
                app.scrub_if_wanted().await;
            }
        });
    }

    /// Rewrites what may hold erased bytes, where that was not done yet; whether nothing is left to do. The gate is not held.
    pub(crate) async fn scrub_if_wanted(&self) -> bool {
        let _turn = self.0.scrubbing.lock().await;
        let _beside = self.0.gate.read().await;
        match self.0.store.scrub().await {
            Ok(done) => done,
            Err(error) => {
                tracing::warn!(%error, "what was erased may lie in files yet; they are rewritten later");
                false
            }
        }
    }
}
