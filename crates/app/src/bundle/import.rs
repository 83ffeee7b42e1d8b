//! What becomes of a bundle that came in: nothing of one that is damaged, not for this node, or of a stranger; else each log as over the
//! network.

use super::envelope;
use crate::App;
use crate::blocking::blocking;
use crate::failure::Failure;
use jiangsai_domain::command::bundle::{Became, BundleKind, BundleLog, BundleTaken};
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::CompetitionId;
use jiangsai_ledger::bundle::{Bundle, Content, Head, Kind, Run, check, looks_like};
use jiangsai_ledger::replication::Reads;
use jiangsai_ledger::{Body, Hash, Opening};
use jiangsai_store::{Ingested, Reason, StoreError};

impl App {
    /// Takes a bundle in. The gate is not held: it is while what came out of it is stored.
    ///
    /// # Errors
    /// `bundle-none`, `bundle-other-recipient`, `bundle-damaged`, `bundle-stranger`, `bundle-public`, `bundle-revoked`, `bundle-other-issuer`, `bundle-not-connected`,
    /// `bundle-published`, `no-competition`, `records-refused`. Nothing of the log at fault was stored then.
    pub(crate) async fn take_bundle(&self, bytes: Vec<u8>) -> Result<BundleTaken, Failure> {
        let (own, secret) = (self.public_key()?, self.0.store.sealing_secret());
        let (head, content) = blocking(move || unpack(own, secret, &bytes)).await??;
        let _beside = self.0.gate.read().await;
        match head.kind {
            Kind::Records => self.take_records(&head, content).await,
            Kind::Receipts => self.take_receipts(&head, content).await,
            Kind::Published => Err(Refusal::new("bundle-published").into()),
        }
    }

    async fn take_records(&self, head: &Head, content: Content) -> Result<BundleTaken, Failure> {
        if !self.0.store.is_peer(head.from).await? {
            return Err(Refusal::new("bundle-stranger").with("from", head.from).into());
        }
        // Everything would be in it, and of a part nothing is lost: it comes over the network.
        if self.0.store.peer_reads(head.from).await? == Some(Reads::Public) {
            return Err(Refusal::new("bundle-public").into());
        }
        self.is_of_its_maker(head, &content).await?;
        if self.brings_news(head, &content).await? {
            self.back_up_before(Reason::Bundle).await;
        }
        let carries = self.carries().await?;
        let mut taken = empty(head, BundleKind::Records);
        for run in content.runs {
            let (log, records) = (run.log, run.records.len() as u64);
            let (first, last) = (run.from, (run.from + records).saturating_sub(1));
            let push = run.push(head.scope);
            let boxes = push.records.iter().any(|one| one.sealed.is_some());
            let readable = if carries { Reads::Carrier.takes(&push).map_err(StoreError::Refused) } else { Ok(()) };
            let taken_in = match readable {
                Ok(()) => self.0.store.ingest(&push).await,
                Err(refused) => Err(refused),
            };
            if boxes {
                self.0.carriage.tried.boxes_came(head.scope);
            }
            let became = match taken_in {
                Ok(Ingested::Held { new }) => {
                    taken.new += new as u64;
                    taken.known += records - (new as u64).min(records);
                    Became::Held
                }
                Ok(Ingested::Gap { expected }) => Became::Missing { expected },
                Ok(Ingested::Diverged) => Became::Diverged,
                Ok(Ingested::Fork { at }) => {
                    tracing::warn!(%log, at, "a fork in a bundle: the later branch is kept apart");
                    Became::Apart { at }
                }
                Err(error) => {
                    // What came before it is durable and has to be taken up.
                    self.took(head, taken.new).await?;
                    return Err(error.into());
                }
            };
            taken.logs.push(BundleLog { log: log.to_string(), first, last, became });
        }
        self.took(head, taken.new).await?;
        Ok(taken)
    }

    /// What comes from the disk of a computer that was revoked goes into quarantine by the name in its logs. A log that is not known here yet must
    /// name that computer, so that nobody brings in records under another name with it; and it brings no competition.
    async fn is_of_its_maker(&self, head: &Head, content: &Content) -> Result<(), Failure> {
        if !self.0.store.is_shut_out(head.from).await? {
            return Ok(());
        }
        let own = self.0.store.name_of(head.from).await?;
        let here = self.0.store.heads(head.scope).await?;
        let names = |run: &Run| {
            let body = run.records.first().and_then(|first| first.body.as_ref());
            let body = body.and_then(|(_, body)| Body::read(body.as_bytes()).ok());
            body.and_then(|body| serde_json::from_value::<Opening>(body.fact).ok()).map(|opening| opening.node)
        };
        let strange = |run: &&Run| !here.contains_key(&run.log) && run.from == 0 && names(run) != own;
        if here.is_empty() || own.is_none() || content.runs.iter().any(|run| strange(&run)) {
            return Err(Refusal::new("bundle-revoked").with("from", head.from).into());
        }
        Ok(())
    }

    /// Is something in it that is not here yet, in a folder that holds something?
    async fn brings_news(&self, head: &Head, content: &Content) -> Result<bool, Failure> {
        let here = self.0.store.heads(head.scope).await?;
        let is_new = |run: &Run| here.get(&run.log).is_none_or(|next| *next < run.from + run.records.len() as u64);
        Ok(content.runs.iter().any(is_new) && !self.0.store.scopes().await?.is_empty())
    }

    async fn took(&self, head: &Head, new: u64) -> Result<(), Failure> {
        if new > 0 { self.arrived(head.scope, false).await } else { Ok(()) }
    }

    async fn take_receipts(&self, head: &Head, content: Content) -> Result<BundleTaken, Failure> {
        let upstream = self.upstream_of(head.from).await?.ok_or(Refusal::new("bundle-not-connected"))?;
        if !self.0.store.scopes().await?.contains(&head.scope) {
            return Err(Refusal::new("no-competition").into());
        }
        if !content.receipts.iter().any(|one| upstream.trusts(one.issuer)) {
            return Err(Refusal::new("bundle-other-issuer").with("from", head.from).into());
        }
        let mut taken = empty(head, BundleKind::Receipts);
        let counting = self.counting_after(&upstream, head, &content.receipts).await?;
        taken.receipts = self.keep_receipts_of(&upstream, &counting, head.scope, &content.receipts).await?;
        Ok(taken)
    }
}

/// Opens what is encrypted and checks all of it: nothing is taken of a bundle that is damaged, or is for somebody else.
fn unpack(own: Hash, secret: [u8; 32], bytes: &[u8]) -> Result<(Head, Content), Failure> {
    let opened = envelope::looks_like(bytes).then(|| envelope::open(own, secret, bytes)).transpose()?;
    let bytes = opened.as_deref().unwrap_or(bytes);
    if !looks_like(bytes) {
        return Err(Refusal::new("bundle-none").into());
    }
    let found = check(bytes, None);
    if let Some(wrong) = found.wrong.first() {
        return Err(Refusal::new("bundle-damaged").with("why", wrong).into());
    }
    let Bundle { head: Some(head), content, .. } = found else {
        return Err(Refusal::new("bundle-none").into());
    };
    if let Some(to) = head.to.filter(|to| *to != own) {
        return Err(Refusal::new("bundle-other-recipient").with("to", to).into());
    }
    Ok((head, content))
}

fn empty(head: &Head, kind: BundleKind) -> BundleTaken {
    BundleTaken {
        competition: CompetitionId::new(head.scope.to_string()),
        kind,
        from: head.from.to_string(),
        made_at: head.at,
        new: 0,
        known: 0,
        receipts: 0,
        logs: Vec::new(),
    }
}
