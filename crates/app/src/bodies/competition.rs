//! Bodies about a competition as a whole.

use super::body;
use crate::App;
use crate::failure::Failure;
use jiangsai_domain::command::competition::{
    CompetitionRow, CreateCompetition, EditSettings, Home, HomePage, LedgerReport, ListCompetitions, ListHistory,
    ReplaceRulebook, RulebookView, ShowRulebook, ShowSettings, VerifyLedger,
};
use jiangsai_domain::decide;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::CompetitionId;
use jiangsai_domain::view;
use jiangsai_store::Reason;

body!(ListCompetitions, |_command, app, _| {
    let parts = app.0.store.parts().await?;
    let mut rows: Vec<CompetitionRow> = app
        .0
        .store
        .index_list()
        .await?
        .into_iter()
        .map(|(scope, row)| CompetitionRow {
            id: CompetitionId::new(scope.to_string()),
            title: row.title,
            date: row.date,
            place: row.place,
            level: row.level,
            host: row.host,
            entries: u32::try_from(row.entries).unwrap_or_default(),
            synthetic: row.synthetic,
            changed_at: row.changed_at,
            public: parts.contains(&scope),
        })
        .collect();
    rows.sort_by(|one, other| (other.changed_at, &one.id).cmp(&(one.changed_at, &other.id)));
    Ok(rows)
});

body!(CreateCompetition, |command, app, _| app.found(|context| decide::found::found(&command, context)).await);

body!(Home, |command, app, _| {
    let branches = app.branches(&command.competition).await?;
    let page = app.ask(&command.competition, |state| Ok(view::home::beside(state, &branches))).await?;
    let public = app.0.store.is_part(App::scope(&command.competition)?).await?;
    Ok(HomePage { public, ..page })
});

body!(ShowSettings, |command, app, _| app.ask(&command.competition, |state| Ok(state.settings())).await);

body!(EditSettings, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((decide::settings::edit(state, &command.settings)?, ()));
    app.change(&command.competition, decide, |_, _, ()| Ok(())).await
});

body!(ShowRulebook, |command, app, _| {
    let show = |state: &jiangsai_domain::competition::Competition| {
        let event = decide::event(state, &command.event)?;
        let json = event.rulebook.value().cloned().ok_or(Refusal::new("no-rulebook"))?;
        let versions = view::rulebook::versions(state, &command.event, event, crate::print::hash_of);
        let title = event.engine().map(|engine| engine.rulebook().title.clone()).unwrap_or_default();
        let holds = versions.iter().find(|version| version.holds).ok_or(Refusal::new("no-rulebook"))?;
        let (version, hash) = (holds.number, holds.hash.clone());
        Ok(RulebookView {
            title,
            hash,
            version,
            versions,
            lines: view::rulebook::lines(event),
            in_use: decide::rulebook::in_use(state, &command.event),
            json,
        })
    };
    app.ask(&command.competition, show).await
});

body!(ReplaceRulebook, |command, app, _| {
    let decide = |state: &_, _: &_| decide::rulebook::replace(state, &command);
    app.change_after_backup(Reason::Rulebook, &command.competition, decide, |_, _, change| Ok(change)).await
});

body!(ListHistory, |command, app, _| {
    let show = |state: &_| Ok(view::history::history(state, &command.about, command.skip, command.limit));
    app.ask(&command.competition, show).await
});

body!(VerifyLedger, |command, app, _| verify(&app, &command.competition).await);

/// Checks the chain, and that the records alone give the state in memory.
async fn verify(app: &App, id: &CompetitionId) -> Result<LedgerReport, Failure> {
    let scope = App::scope(id)?;
    // Nothing is appended while the two are compared.
    let live = app.look(id).await?;
    let report = app.0.store.verify_scope(scope).await?;
    let state_agrees = match (app.fold(scope).await?.snapshot(), live.state.snapshot()) {
        (Ok(folded), Ok(held)) => folded == held,
        _ => false,
    };
    Ok(LedgerReport {
        records: report.records,
        logs: u32::try_from(report.logs).unwrap_or(u32::MAX),
        checkpoints: report.checkpoints,
        head: report.head,
        fault: report.fault.map(|fault| fault.to_string()),
        state_agrees,
    })
}
