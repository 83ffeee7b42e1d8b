//! What is shown of readers: who may read what carriers pass on, and who else reads everything.

use super::current;
use crate::App;
use crate::failure::Failure;
use jiangsai_domain::command::readers::{Reader, ReaderRow, Readers};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::ids::{CompetitionId, NodeKey};
use jiangsai_domain::readers::ReadersKey;
use jiangsai_ledger::Hash;

/// A computer with what people compare of it.
pub(super) fn reader(node: &NodeKey, name: String) -> Result<Reader, Failure> {
    let key: Hash = node.as_str().parse().map_err(|_| Failure::Internal("a computer without a key".to_owned()))?;
    Ok(Reader { key: node.clone(), fingerprint: crate::sync::fingerprint_of(key), name })
}

impl App {
    /// Who may read what carriers pass on.
    ///
    /// # Errors
    /// `no-competition`; what the store says.
    pub(crate) async fn show_readers(&self, id: &CompetitionId) -> Result<Readers, Failure> {
        let scope = Self::scope(id)?;
        let (opens, trusted) = (self.opens(scope).await?, self.trusts_grants_of().await?);
        let of = |state: &Competition| {
            let keys: Vec<&ReadersKey> = state.readers_keys().into_iter().map(|(_, key)| key).collect();
            (current(keys.iter().copied(), &trusted).cloned(), keys.last().copied().cloned())
        };
        let (key, last) = of(&self.look(id).await?.state);
        let known = self.known_readers().await?;
        let name_of = |node: &NodeKey| {
            let own = known.iter().find(|one| one.ask.key.to_string() == node.as_str());
            own.map(|one| one.ask.name.clone()).unwrap_or_default()
        };
        let reads = |node: &NodeKey| key.as_ref().is_some_and(|key| key.names(node));
        let own = self.own_key()?;
        // What is granted to this one opens here, whoever granted it.
        let opens_last = last.as_ref().is_some_and(|last| last.names(&own));
        let mut nodes = vec![ReaderRow {
            reader: reader(&own, self.0.host.computer())?,
            own: true,
            reads: reads(&own) || (key.is_none() && opens_last),
            behind: false,
        }];
        for one in &known {
            let node = NodeKey::new(one.ask.key.to_string());
            let row = reader(&node, one.ask.name.clone())?;
            nodes.push(ReaderRow { reader: row, own: false, reads: reads(&node), behind: one.behind });
        }
        // Readers that say nothing at present.
        for away in key.iter().flat_map(|key| &key.boxes).map(|own| &own.node) {
            if nodes.iter().all(|row| row.reader.key != *away) {
                let row = reader(away, String::new())?;
                nodes.push(ReaderRow { reader: row, own: false, reads: true, behind: false });
            }
        }
        let untrusted = match (&key, last) {
            (None, Some(last)) => Some(reader(&last.by, name_of(&last.by))?),
            _ => None,
        };
        let carries = self.carries().await?;
        // There everything is, and nothing should open.
        let (unopened, damaged) = if carries { (0, 0) } else { self.unopened(scope, &opens).await? };
        Ok(Readers {
            carries,
            above_carries: self.paired().await?.is_some_and(|above| above.carrier),
            has_key: key.is_some(),
            untrusted,
            unopened,
            damaged,
            nodes,
        })
    }
}
