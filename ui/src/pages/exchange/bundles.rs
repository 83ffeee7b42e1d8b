//! What is carried between computers in a file (介质包) where there is no network.

use super::Task;
use crate::backend::{call, in_window};
use crate::components::{TextField, beside};
use crate::files::{download, read_chosen};
use crate::i18n::{t, tx};
use crate::session::use_session;
use jiangsai_domain::command::bundle::{
    BundleMade, BundleTaken, BundleWhat, ExportBundle, ImportBundle, ImportBundleFrom,
};
use jiangsai_domain::command::competition::{CompetitionRow, ListCompetitions};
use jiangsai_domain::command::files::FetchFile;
use jiangsai_domain::ids::CompetitionId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Refusals that stand beside the path.
const PATH: &[&str] = &["bundle-path-missing"];

/// What the last button brought.
#[derive(Clone)]
enum Came {
    Made(BundleMade),
    Taken(BundleTaken),
}

/// The section: taking in is for every computer, handing out for a competition that is chosen.
#[component]
pub fn Bundles() -> impl IntoView {
    let task = Task::new();
    let session = use_session();
    let came = RwSignal::new(None::<Came>);
    let competitions = RwSignal::new(Vec::<CompetitionRow>::new());
    let chosen = RwSignal::new(None::<CompetitionId>);
    Effect::new(move |_| {
        session.revision.track();
        spawn_local(async move {
            match call(ListCompetitions {}).await {
                Ok(rows) => {
                    let still = chosen.try_get_untracked().flatten().filter(|id| rows.iter().any(|row| row.id == *id));
                    chosen.try_set(still.or_else(|| rows.first().map(|row| row.id.clone())));
                    competitions.try_set(rows);
                }
                Err(error) => task.fails(error),
            }
        });
    });
    let export = move |what| {
        let Some(competition) = chosen.get_untracked() else { return };
        came.set(None);
        task.run(async move {
            let made = call(ExportBundle { competition, what }).await?;
            came.try_set(Some(Came::Made(made)));
            Ok(())
        });
    };
    let import = move |event: leptos::ev::Event| {
        let Some(file) = read_chosen(&event) else { return };
        came.set(None);
        task.run(async move {
            let taken = call(ImportBundle { file: file.await? }).await?;
            came.try_set(Some(Came::Taken(taken)));
            session.revision.try_update(|revision| *revision += 1);
            Ok(())
        });
    };
    // The window takes a file where it lies, of any size; a browser hands over what it was given.
    let path = RwSignal::new(String::new());
    let import_from = move || {
        let path = path.get_untracked();
        came.set(None);
        task.run(async move {
            let taken = call(ImportBundleFrom { path }).await?;
            came.try_set(Some(Came::Taken(taken)));
            session.revision.try_update(|revision| *revision += 1);
            Ok(())
        });
    };
    let by_path = in_window().then(|| {
        view! {
            <form class="stack" on:submit=move |event| { event.prevent_default(); import_from(); }>
                <TextField label="bundle-path" value=path testid="bundle-path" wrong=beside(task.fault, PATH) />
                <p class="actions"><button type="submit" class="btn" data-testid="bundle-import-from" prop:disabled=move || task.busy.get() || path.with(String::is_empty)>{move || t("bundle-import-from")}</button></p>
            </form>
        }
        .into_any()
    });
    let button = move |key: &'static str, what: BundleWhat| {
        view! {
            <button type="button" class="btn" data-testid=key prop:disabled=move || task.busy.get() on:click=move |_| export(what)>
                {move || t(key)}
            </button>
        }
        .into_any()
    };
    let option = move |row: CompetitionRow| {
        let (id, own) = (row.id.clone(), row.id);
        view! { <option value=id.to_string() selected=move || chosen.with(|chosen| chosen.as_ref() == Some(&own))>{row.title}</option> }
    };
    let choose = move |event: leptos::ev::Event| {
        let value = event_target_value(&event);
        chosen.set(
            competitions
                .with_untracked(|rows| rows.iter().map(|row| row.id.clone()).find(|id| id.to_string() == value)),
        );
    };
    view! {
        <section class="card pad stack" aria-label=move || t("bundle-files")>
            <h2>{move || t("bundle-files")}</h2>
            <p class="sub">{move || t("bundle-files-about")}</p>
            <label class="field">
                <span>{move || t("bundle-import")}</span>
                <input type="file" accept=".jsbundle" data-testid="bundle-import" prop:disabled=move || task.busy.get() on:change=import />
            </label>
            {by_path}
            <Show when=move || chosen.with(Option::is_some)>
                <label class="field">
                    <span>{move || t("bundle-competition")}</span>
                    <select data-testid="bundle-competition" on:change=choose>
                        {move || competitions.get().into_iter().map(option).collect_view()}
                    </select>
                </label>
                <p class="actions">
                    {button("bundle-lacking", BundleWhat::Lacking)}
                    {button("bundle-everything", BundleWhat::Everything)}
                    {button("bundle-receipts", BundleWhat::Receipts)}
                    {button("bundle-published", BundleWhat::Published)}
                </p>
                <p class="sub">{move || t("bundle-published-about")}</p>
            </Show>
            {task.told(PATH.to_vec())}
            <div role="status" aria-live="polite">
                {move || task.busy.get().then(|| view! { <p>{t("bundle-busy")}</p> })}
                {move || came.get().map(|came| said(came, task))}
            </div>
        </section>
    }
}

/// What came of it, in words.
fn said(came: Came, task: Task) -> AnyView {
    let number = |of: u64| of.to_string();
    match came {
        Came::Made(made) => {
            let path = made.path.clone();
            let fetch = move |_| {
                let path = path.clone();
                spawn_local(async move {
                    match call(FetchFile { path }).await {
                        Ok(file) => download(&file),
                        Err(error) => task.fails(error),
                    }
                });
            };
            let (records, receipts) = (number(made.records), made.receipts.to_string());
            let words = tx("bundle-made", &[("records", &records), ("receipts", &receipts)]);
            view! {
                <p class="documents-saved">
                    <span data-testid="bundle-made">{words}</span>
                    <code data-testid="bundle-made-path">{made.path}</code>
                    {made.more.then(|| view! { <span class="wrong-text" data-testid="bundle-more">{t("bundle-more")}</span> })}
                    <button type="button" class="btn" data-testid="bundle-download" on:click=fetch>{t("documents-download")}</button>
                </p>
            }
            .into_any()
        }
        Came::Taken(taken) => {
            let args = [number(taken.new), number(taken.known), taken.receipts.to_string()];
            let words = tx("bundle-taken", &[("new", &args[0]), ("known", &args[1]), ("receipts", &args[2])]);
            let left = taken.left_out().count();
            let left = (left > 0).then(|| tx("bundle-left-out", &[("count", &left.to_string())]));
            view! {
                <p data-testid="bundle-taken">{words}</p>
                {left.map(|left| view! { <p class="wrong-text" data-testid="bundle-left-out">{left}</p> })}
            }
            .into_any()
        }
    }
}
