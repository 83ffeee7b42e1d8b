//! Pulling from the beginning again at a node that carries, when the node above has a readers' key: what it handed out as headers alone it hands out encrypted
//! then.

use crate::App;
use crate::failure::Failure;
use crate::sync::Upstream;
use jiangsai_ledger::ScopeId;
use jiangsai_ledger::replication::{Carried, Pulled};

/// Setting: the readers' key of the node above with which a scope was pulled from the beginning, and no headers alone came since.
fn pulled_with(scope: ScopeId) -> String {
    format!("carriage.pulled.{scope}")
}

impl App {
    /// What was pulled is here. Has headers alone that came before asked for again, where they come encrypted now; whether it does.
    pub(crate) async fn pulls_anew(
        &self,
        upstream: &Upstream,
        pulled: &Pulled,
        scope: ScopeId,
    ) -> Result<bool, Failure> {
        let setting = pulled_with(scope);
        let known = self.0.store.setting(&setting).await?.filter(|known| !known.is_empty());
        let bare = |one: &Carried| one.body.is_none() && one.sealed.is_none() && !one.erased;
        let came = pulled.runs.iter().flat_map(|run| &run.records).any(bare);
        match pulled.readers {
            None => {
                if came && known.is_some() {
                    self.0.store.set_setting(&setting, "").await?;
                }
                Ok(false)
            }
            Some(key) if known.as_deref() == Some(key.to_string().as_str()) => Ok(false),
            Some(key) => {
                // Also boxes of another key: it may be lost.
                let store = &self.0.store;
                let anew = !store.partial(scope).await?.is_empty() || !store.boxed_logs(scope).await?.is_empty();
                if anew {
                    self.0.store.link_from_beginning(scope, upstream.key).await?;
                }
                self.0.store.set_setting(&setting, &key.to_string()).await?;
                Ok(anew)
            }
        }
    }
}
