//! Runs of many nodes that come at the same time are committed together: they share one sync of the disk. Whoever comes first takes all that
//! wait; those that come meanwhile wait for the next.

use super::intake::{From, Intake};
use super::{Ingested, Run};
use crate::{Store, StoreError};
use jiangsai_ledger::replication::Batch;
use std::collections::{BTreeSet, VecDeque};
use std::sync::PoisonError;
use tokio::sync::{Mutex, oneshot};

/// Records that are committed together at most, unless one run alone has more.
const MOST: usize = 4_096;

/// What became of a run; `None`: its transaction was lost, perhaps by the fault of another, so it is to be taken alone.
type Answer = Option<Result<Ingested, StoreError>>;

#[derive(Debug)]
struct Waiting {
    run: Run,
    batch: Batch,
    reply: oneshot::Sender<Answer>,
}

#[derive(Debug, Default)]
pub(crate) struct Queue {
    waiting: std::sync::Mutex<VecDeque<Waiting>>,
    /// Held by whoever commits.
    turn: Mutex<()>,
}

impl Queue {
    fn put(&self, run: Run, batch: Batch) -> oneshot::Receiver<Answer> {
        let (reply, answer) = oneshot::channel();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push_back(Waiting { run, batch, reply });
        answer
    }

    /// The runs that are committed next, of each log one: a second one builds on it.
    fn next(&self) -> Vec<Waiting> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut group, mut later, mut records) = (Vec::new(), VecDeque::new(), 0);
        let mut logs = BTreeSet::new();
        while let Some(one) = waiting.pop_front() {
            let fits = group.is_empty() || records + one.batch.records.len() <= MOST;
            if fits && logs.insert((one.run.scope, one.run.log)) {
                records += one.batch.records.len();
                group.push(one);
            } else {
                later.push_back(one);
            }
        }
        *waiting = later;
        group
    }
}

impl Store {
    /// Takes a verified run together with others. `None` when it is to be taken alone.
    pub(super) async fn take_with_others(&self, run: Run, batch: Batch) -> Answer {
        let mut answer = self.queue.put(run, batch);
        loop {
            tokio::select! {
                biased;
                said = &mut answer => return said.ok().flatten(),
                _turn = self.queue.turn.lock() => self.commit_group(self.queue.next()).await,
            }
        }
    }

    async fn commit_group(&self, group: Vec<Waiting>) {
        if group.is_empty() {
            return;
        }
        let (mut runs, mut replies) = (Vec::with_capacity(group.len()), Vec::with_capacity(group.len()));
        for Waiting { run, batch, reply } in group {
            runs.push((run, batch));
            replies.push(reply);
        }
        let alone = runs.len() == 1;
        // Whoever is not there any more gets no answer; what was committed is.
        match self.take_all(runs).await {
            Ok(outcomes) => {
                for (reply, outcome) in replies.into_iter().zip(outcomes) {
                    let _ = reply.send(Some(outcome));
                }
            }
            Err(error) if alone => {
                if let Some(reply) = replies.into_iter().next() {
                    let _ = reply.send(Some(Err(error)));
                }
            }
            Err(_) => replies.into_iter().for_each(|reply| drop(reply.send(None))),
        }
    }

    /// Takes runs in one transaction; what became of each.
    ///
    /// # Errors
    /// What the database says; nothing is stored then.
    pub(super) async fn take_all(
        &self,
        runs: Vec<(Run, Batch)>,
    ) -> Result<Vec<Result<Ingested, StoreError>>, StoreError> {
        let asked: Vec<Run> = runs.iter().map(|(run, _)| *run).collect();
        let mut ends = self.hold_ends().await;
        // Before: whether a commit that is never answered came through, the next one to write looks.
        if let Some(ends) = &mut ends {
            asked.iter().for_each(|run| drop(ends.remove(&run.scope)));
        }
        let transaction = self.begin().await?;
        let mut intake = Intake::of(&transaction, &self.orders, &asked, self.kinds).await?;
        let mut outcomes = Vec::with_capacity(runs.len());
        for (run, batch) in runs {
            outcomes.push(match intake.take(&run, batch, From::Below).await {
                Ok(taken) => Ok(taken.outcome),
                Err(refused @ (StoreError::Refused(_) | StoreError::HeldInPart | StoreError::HeldWhole)) => {
                    Err(refused)
                }
                Err(lost) => return Err(lost),
            });
        }
        intake.finish().await?;
        self.commit(transaction).await?;
        Ok(outcomes)
    }
}
