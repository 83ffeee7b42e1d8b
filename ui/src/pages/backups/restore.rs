//! Going back to a backup: find it, see what it holds and what would be missing, then restore.

use super::list;
use crate::backend::call;
use crate::components::{Dialog, TextField, beside};
use crate::i18n::{t, tx, wire_error};
use crate::session::{go, use_session};
use crate::time::moment;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::backups::{
    BackupPreview, BackupRow, FindBackups, PreviewBackup, RestoreBackup, RestoredBackup,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Refusals that stand beside the path.
const PATH: &[&str] = &["backup-none"];
/// Something was recorded after the preview was made.
const STALE: &str = "restore-stale";

/// The section, and the dialog with the preview. `wanted` is the path of the backup that is looked at, or empty.
#[component]
pub fn Restore(wanted: RwSignal<String>, done: Callback<()>) -> impl IntoView {
    let from = RwSignal::new(String::new());
    let found = RwSignal::new(None::<Vec<BackupRow>>);
    let fault = RwSignal::new(None::<WireError>);
    let restored = RwSignal::new(None::<RestoredBackup>);
    let find = move || {
        spawn_local(async move {
            match call(FindBackups { from: from.get_untracked() }).await {
                Ok(rows) => {
                    fault.try_set(None);
                    if let [only] = rows.as_slice() {
                        wanted.try_set(only.folder.clone());
                    }
                    found.try_set(Some(rows));
                }
                Err(error) => {
                    found.try_set(None);
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let other_fault = move || fault.get().filter(|fault| !PATH.contains(&fault.code.as_str()));
    view! {
        <section class="card pad stack">
            <h2>{move || t("backups-restore")}</h2>
            <p class="sub">{move || t("backups-restore-about")}</p>
            <form class="stack" on:submit=move |event| { event.prevent_default(); find(); }>
                <TextField label="backups-restore-folder" value=from testid="backups-from" wrong=beside(fault, PATH) />
                <p class="actions"><button type="submit" class="btn" data-testid="backups-find">{move || t("backups-find")}</button></p>
            </form>
            {move || other_fault().map(|error| view! { <p class="wrong-text" role="alert">{wire_error(&error)}</p> })}
            {move || found.get().map(|rows| list(from.get_untracked(), rows, wanted, "backups-find"))}
            <div role="status">
                {move || restored.get().map(|done| view! {
                    <p class="saved-text" data-testid="backups-restored">{tx("backups-restored", &[("records", &done.records.to_string())])}</p>
                    {done.before.map(|folder| view! { <p>{tx("backups-restored-before", &[("folder", &folder)])}</p> })}
                })}
            </div>
        </section>
        {dialog(wanted, restored, done)}
    }
}

fn dialog(wanted: RwSignal<String>, restored: RwSignal<Option<RestoredBackup>>, done: Callback<()>) -> AnyView {
    let session = use_session();
    let preview = RwSignal::new(None::<BackupPreview>);
    let fault = RwSignal::new(None::<WireError>);
    let busy = RwSignal::new(false);
    // Read anew when records came in since.
    let anew = RwSignal::new(0_u32);
    Effect::new(move |_| {
        let from = wanted.get();
        anew.track();
        preview.set(None);
        if from.is_empty() {
            return;
        }
        spawn_local(async move {
            let answer = call(PreviewBackup { from: from.clone() }).await;
            // Closed, or another one is looked at.
            if wanted.try_get_untracked() != Some(from) {
                return;
            }
            match answer {
                Ok(found) => drop(preview.try_set(Some(found))),
                Err(error) => drop(fault.try_set(Some(error))),
            }
        });
    });
    let apply = move |_| {
        let Some(token) = preview.with_untracked(|preview| preview.as_ref().map(|own| own.token.clone())) else {
            return;
        };
        let from = wanted.get_untracked();
        busy.set(true);
        fault.set(None);
        spawn_local(async move {
            let answer = call(RestoreBackup { from, token }).await;
            busy.try_set(false);
            match answer {
                Ok(reply) => {
                    wanted.try_set(String::new());
                    restored.try_set(Some(reply));
                    session.revision.try_update(|revision| *revision += 1);
                    done.try_run(());
                    // What was open may not be there any more.
                    go("/backups");
                }
                Err(error) => {
                    if error.code == STALE {
                        anew.try_update(|count| *count += 1);
                    }
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let close = Callback::new(move |()| {
        wanted.set(String::new());
        fault.set(None);
    });
    view! {
        <Dialog open=Signal::derive(move || wanted.with(|from| !from.is_empty())) title=Signal::derive(|| t("backups-preview")) close=close testid="restore" wide=true>
            <div class="stack">
                <p><code>{move || wanted.get()}</code></p>
                {move || preview.get().map(shown)}
                <Show when=move || preview.with(Option::is_none) && fault.with(Option::is_none)><p role="status">{move || t("backups-reading")}</p></Show>
                {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="restore-fault">{wire_error(&error)}</p> })}
            </div>
            <p class="dialog-actions">
                <button type="button" class="btn" data-testid="restore-cancel" on:click=move |_| close.run(())>{move || t("cancel")}</button>
                <button type="button" class="btn primary" data-testid="restore-apply" prop:disabled=move || busy.get() || preview.with(Option::is_none) on:click=apply>
                    {move || t(if busy.get() { "backups-busy" } else { "backups-restore-do" })}
                </button>
            </p>
        </Dialog>
    }
    .into_any()
}

/// What a backup holds, and what would be missing.
fn shown(preview: BackupPreview) -> AnyView {
    let row = preview.backup;
    let about =
        [("time", moment(row.at)), ("computer", row.computer), ("reason", t(&format!("backup-reason-{}", row.reason)))];
    let args: Vec<(&str, &str)> = about.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let none = preview.competitions.is_empty();
    let lines = preview.competitions.into_iter().map(|one| {
        view! {
            <tr data-testid="restore-competition">
                <td>{one.title}" "{one.date}</td>
                <td class="num">{one.records}</td>
                <td class="num">{moment(one.newest)}</td>
            </tr>
        }
    });
    let lines = lines.collect_view();
    let count: u64 = preview.missing.iter().map(|one| one.records).sum();
    let missing = preview.missing.into_iter().map(|one| {
        let args = [
            ("title", one.title),
            ("records", one.records.to_string()),
            ("marks", one.marks.to_string()),
            ("first", moment(one.first)),
            ("last", moment(one.last)),
        ];
        let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        view! { <li>{tx("backups-loses-line", &args)}</li> }
    });
    let missing = missing.collect_view();
    view! {
        <p>{tx("backups-from", &args)}</p>
        <p class="saved-text" data-testid="restore-sound">{t("backups-sound")}</p>
        {none.then(|| view! { <p class="empty">{t("backups-holds-nothing")}</p> })}
        <div class="scroll short" class:hidden=none tabindex="0"><table>
            <thead><tr><th>{t("backups-holds")}</th><th class="num">{t("backups-records")}</th><th class="num">{t("backups-newest")}</th></tr></thead>
            <tbody>{lines}</tbody>
        </table></div>
        {(preview.unread > 0).then(|| view! { <p class="wrong-text" data-testid="restore-unread">{tx("backups-unread", &[("count", &preview.unread.to_string())])}</p> })}
        {if preview.damaged {
            view! { <p class="wrong-text" data-testid="restore-damaged">{t("backups-here-damaged")}</p> }.into_any()
        } else if count == 0 {
            view! { <p data-testid="restore-loses" data-count="0">{t("backups-loses-nothing")}</p> }.into_any()
        } else {
            view! {
                <p class="wrong-text" data-testid="restore-loses" data-count=count.to_string()>{tx("backups-loses", &[("count", &count.to_string())])}</p>
                <ul>{missing}</ul>
            }.into_any()
        }}
        <p class="sub">{t("backups-before")}</p>
    }
    .into_any()
}
