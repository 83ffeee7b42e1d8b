//! Bodies about findings.

use super::body;
use crate::App;
use crate::failure::Failure;
use jiangsai_domain::command::findings::{ListFindings, SettleFinding};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::decide;
use jiangsai_domain::ids::{CompetitionId, FactId};
use jiangsai_domain::view::findings::{self, Branch};

impl App {
    /// Branches that were set apart here and that their author has not written again.
    pub(crate) async fn branches(&self, id: &CompetitionId) -> Result<Vec<Branch>, Failure> {
        let found = self.0.store.branches(Self::scope(id)?).await?.into_iter();
        Ok(found.map(|(log, end)| (log.to_string(), FactId::new(end.to_string()))).collect())
    }
}

body!(ListFindings, |command, app, _| {
    let branches = app.branches(&command.competition).await?;
    let list = |state: &Competition| {
        decide::event(state, &command.event)?;
        Ok(findings::list(state, &command.event, &branches))
    };
    app.ask(&command.competition, list).await
});

body!(SettleFinding, |command, app, _| {
    let branches = app.branches(&command.competition).await?;
    let decide = |state: &Competition, _: &_| {
        let decided = (&command.finding, command.decision);
        Ok((decide::findings::settle(state, &command.event, &branches, decided, &command.reason)?, ()))
    };
    app.change(&command.competition, decide, |_, _, ()| Ok(())).await
});
