//! Bodies of the start screen.

use super::body;
use crate::failure::Failure;
use jiangsai_domain::command::start::{
    AppStatus, CalculationReport, ListTemplates, SetLanguage, Status, Template, VerifyCalculation,
};
use jiangsai_locales::Lang;
use jiangsai_scoring::{Rulebook, selfcheck, templates};

/// Setting that holds the language of this computer.
pub(crate) const LANGUAGE: &str = "language";

body!(AppStatus, |_command, app, _| {
    let set = app.0.store.setting(LANGUAGE).await?;
    Ok(Status {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        data_dir: app.0.store.dir().display().to_string(),
        // What is set here, not what this request was asked in.
        language: set.and_then(|tag| tag.parse().ok()).unwrap_or(Lang::Zh).tag().to_owned(),
        operator_mode: app.signing_in().await?.is_empty(),
        can_open_files: app.0.host.can_open_files(),
        has_file: app.0.store.has_file(),
        closed: app.closed().await?,
    })
});

body!(SetLanguage, |command, app, _| {
    let lang: Lang = command.language.parse().map_err(|_| Failure::BadRequest(command.language.clone()))?;
    Ok(app.0.store.set_setting(LANGUAGE, lang.tag()).await?)
});

body!(ListTemplates, |_command, _app, _| {
    let read = |(id, json): &(&str, &str)| {
        let rulebook = Rulebook::from_json(json).ok()?;
        let about = rulebook.source.clone().unwrap_or_default();
        let items = u32::try_from(rulebook.items.len()).unwrap_or(u32::MAX);
        Some(Template { id: (*id).to_owned(), title: rulebook.title, about, items })
    };
    Ok(templates().iter().filter_map(read).collect())
});

body!(VerifyCalculation, |_command, _app, _| {
    let check = tokio::task::spawn_blocking(selfcheck);
    let check = check.await.map_err(|error| Failure::Internal(error.to_string()))?;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(CalculationReport {
        segments: count(check.segments),
        marks: count(check.marks),
        compared: count(check.panel_scores + check.totals + check.ranks),
        mismatches: check.mismatches,
        source: "BuzzFeed News, figure-skating-scores (ISU 2016–17), CC BY 4.0".to_owned(),
    })
});
