//! How much is held here, in numbers alone: for whoever watches over the program, not for people at a screen.

use crate::App;
use crate::failure::Failure;
use jiangsai_domain::command::WireError;
use jiangsai_locales::Lang;

/// Numbers of what is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Competitions.
    pub competitions: u64,
    /// Records of all of them.
    pub records: u64,
    /// Of these, those that the level above has not receipted; 0 where there is none above.
    pub pending: u64,
    /// Nodes that may connect.
    pub nodes: u64,
}

impl App {
    /// Counts what is held.
    ///
    /// # Errors
    /// What the database says.
    pub async fn tally(&self) -> Result<Tally, WireError> {
        self.tallied().await.map_err(|failure| failure.wire("tally", Lang::En))
    }

    async fn tallied(&self) -> Result<Tally, Failure> {
        let _beside = self.0.gate.read().await;
        let upstream = self.upstream().await?;
        let mut tally = Tally::default();
        for scope in self.0.store.scopes().await? {
            let mut above = None;
            if let Some(upstream) = &upstream {
                let link = self.0.store.link(scope, upstream.key).await?;
                above = link.map(|(incarnation, _)| (upstream.key, incarnation));
            }
            let progress = self.0.store.progress(scope, above).await?;
            tally.competitions += 1;
            tally.records += progress.saved;
            tally.pending += if upstream.is_some() { progress.pending } else { 0 };
        }
        tally.nodes = self.0.store.nodes_below().await?.len() as u64;
        Ok(tally)
    }
}
