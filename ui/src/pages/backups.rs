//! Backups: which there are, one more now, a second place for them, and going back to one.

mod restore;

use crate::backend::call;
use crate::components::{TextField, beside};
use crate::i18n::{t, tx, wire_error};
use crate::time::moment;
use jiangsai_domain::command::backups::{BackupRow, Backups, ListBackups, MakeBackup, SetBackupPlace};
use jiangsai_domain::command::{Command, WireError};
use leptos::prelude::*;
use leptos::task::spawn_local;
use restore::Restore;

/// Refusals that stand beside the folder of the second place.
const FOLDER: &[&str] = &["backup-place-missing", "backup-place-own"];

/// What the page shows, and what went wrong.
#[derive(Clone, Copy)]
struct Shown {
    backups: RwSignal<Option<Backups>>,
    fault: RwSignal<Option<WireError>>,
    busy: RwSignal<bool>,
}

impl Shown {
    fn ask<C: Command<Reply = Backups>>(self, command: C) {
        self.busy.set(true);
        spawn_local(async move {
            let answer = call(command).await;
            self.busy.try_set(false);
            match answer {
                Ok(backups) => {
                    self.fault.try_set(None);
                    self.backups.try_set(Some(backups));
                }
                Err(error) => {
                    self.fault.try_set(Some(error));
                }
            }
        });
    }
}

/// The page.
#[component]
pub fn BackupsPage() -> impl IntoView {
    let shown = Shown { backups: RwSignal::new(None), fault: RwSignal::new(None), busy: RwSignal::new(false) };
    let wanted = RwSignal::new(String::new());
    shown.ask(ListBackups {});
    let possible = move || shown.backups.with(|backups| backups.as_ref().is_none_or(|backups| backups.possible));
    let place = move |there: bool| {
        shown.backups.get().map(|backups| {
            let (folder, rows) = if there {
                (backups.second.unwrap_or_default(), backups.there)
            } else {
                (backups.folder, backups.here)
            };
            list(folder, rows, wanted, if there { "backups-there" } else { "backups-here" })
        })
    };
    let second = move || shown.backups.with(|backups| backups.as_ref().is_some_and(|own| own.second.is_some()));
    let trouble = move || shown.backups.with(|backups| backups.as_ref().and_then(|own| own.trouble.clone()));
    let other_fault = move || shown.fault.get().filter(|fault| !FOLDER.contains(&fault.code.as_str())).or_else(trouble);
    view! {
        <div class="narrow stack">
            <header class="head">
                <h1>{move || t("backups-title")}</h1>
                <span class="push"><a class="btn" href="#/" data-testid="backups-back">{move || t("start-back")}</a></span>
            </header>
            <Show when=possible fallback=|| view! { <p class="empty">{move || t("backups-server")}</p> }>
                <section class="card pad stack" aria-label=move || t("backups-here")>
                    <p>{move || t("backups-about")}</p>
                    <p class="sub">{move || t("backups-names")}</p>
                    <p class="actions">
                        <button class="btn primary" data-testid="backups-make" prop:disabled=move || shown.busy.get() on:click=move |_| shown.ask(MakeBackup {})>
                            {move || t(if shown.busy.get() { "backups-busy" } else { "backups-now" })}
                        </button>
                    </p>
                    {move || other_fault().map(|error| view! { <p class="wrong-text" role="alert" data-testid="backups-fault">{wire_error(&error)}</p> })}
                    {move || place(false)}
                </section>
                {second_place(shown)}
                <Show when=second><section class="card pad stack" aria-label=move || t("backups-there")>{move || place(true)}</section></Show>
                <Restore wanted=wanted done=Callback::new(move |()| shown.ask(ListBackups {})) />
            </Show>
        </div>
    }
}

fn second_place(shown: Shown) -> AnyView {
    let folder = RwSignal::new(String::new());
    Effect::new(move |_| {
        if let Some(set) = shown.backups.with(|backups| backups.as_ref().and_then(|own| own.second.clone())) {
            folder.set(set);
        }
    });
    let said = move || {
        let backups = shown.backups.get()?;
        backups.second.as_ref()?;
        Some(match backups.second_trouble {
            Some(error) => {
                view! { <p class="wrong-text" role="alert" data-testid="backups-second-fault">{wire_error(&error)}</p> }
                    .into_any()
            }
            None => view! { <p class="saved-text" data-testid="backups-second-good">{t("backups-second-good")}</p> }
                .into_any(),
        })
    };
    view! {
        <section class="card pad stack">
            <h2>{move || t("backups-second")}</h2>
            <p class="sub">{move || t("backups-second-about")}</p>
            <form class="stack" on:submit=move |event| { event.prevent_default(); shown.ask(SetBackupPlace { folder: folder.get_untracked() }); }>
                <TextField label="backups-second-folder" value=folder testid="backups-second-folder" wrong=beside(shown.fault, FOLDER) />
                <p class="actions"><button type="submit" class="btn" data-testid="backups-second-set" prop:disabled=move || shown.busy.get()>{move || t("backups-second-set")}</button></p>
            </form>
            {said}
        </section>
    }
    .into_any()
}

/// A table of backups, each with a way to look at it.
fn list(folder: String, rows: Vec<BackupRow>, wanted: RwSignal<String>, title: &'static str) -> AnyView {
    let none = rows.is_empty();
    let line = |row: BackupRow| {
        let (path, name) = (row.folder.clone(), row.folder.clone());
        view! {
            <tr data-testid="backup-row">
                <td title=name>{moment(row.at)}</td>
                <td>{t(&format!("backup-reason-{}", row.reason))}</td>
                <td>{row.computer.clone()}</td>
                <td class="num">{row.records}</td>
                <td class="num">{megabytes(row.bytes)}</td>
                <td class:wrong-text=!row.verified>{t(state(&row))}</td>
                <td><button class="btn" data-testid="backup-look" aria-label=format!("{} {}", t("backups-look"), moment(row.at)) on:click=move |_| wanted.set(path.clone())>{t("backups-look")}</button></td>
            </tr>
        }
    };
    let lines = rows.into_iter().map(line).collect_view();
    let heads = ["backups-time", "backups-why", "backups-computer"]
        .into_iter()
        .map(|key| view! { <th>{t(key)}</th> })
        .collect_view();
    let numbers = ["backups-records", "backups-size"]
        .into_iter()
        .map(|key| view! { <th class="num">{t(key)}</th> })
        .collect_view();
    view! {
        <h2>{t(title)}</h2>
        <p class="sub"><code>{folder}</code></p>
        {none.then(|| view! { <p class="empty" data-testid="backups-empty">{t("backups-empty")}</p> })}
        <div class="scroll short" class:hidden=none tabindex="0"><table>
            <thead><tr>{heads}{numbers}<th>{t("backups-state")}</th><th><span class="sr-only">{t("backups-look")}</span></th></tr></thead>
            <tbody>{lines}</tbody>
        </table></div>
    }
    .into_any()
}

/// Locale key of how sound a backup is known to be.
const fn state(row: &BackupRow) -> &'static str {
    match (row.verified, row.proved) {
        (true, true) => "backups-proved",
        (true, false) => "backups-verified",
        (false, _) => "backups-unverified",
    }
}

/// A size in megabytes, to a tenth.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    tx("backups-mb", &[("size", &format!("{}.{}", tenths / 10, tenths % 10))])
}
