//! Who reads what computers pass on that may not read it themselves (只转送): which are known, which read, and granting it.

use super::Task;
use crate::backend::call;
use crate::components::{Choice, Dialog};
use crate::i18n::{t, tx};
use crate::session::use_session;
use jiangsai_domain::command::competition::ListCompetitions;
use jiangsai_domain::command::readers::{GrantReaders, Reader, ReaderRow, Readers, ReadersEffect, ShowReaders};
use jiangsai_domain::ids::{CompetitionId, NodeKey};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Where the section stands with one competition.
#[derive(Clone, Copy)]
struct Own {
    task: Task,
    shown: RwSignal<Option<Readers>>,
    /// Computers that are ticked.
    chosen: RwSignal<BTreeSet<NodeKey>>,
    /// What granting would change, while a person is asked.
    asked: RwSignal<Option<ReadersEffect>>,
}

impl Own {
    fn take(self, found: Readers) {
        let reading = found.nodes.iter().filter(|row| row.reads || row.own).map(|row| row.reader.key.clone());
        self.chosen.try_set(reading.collect());
        self.shown.try_set(Some(found));
    }
}

/// The section; nothing where no computer that passes on is near and nothing was granted.
#[component]
pub fn ReadersSection() -> impl IntoView {
    let session = use_session();
    let own = Own {
        task: Task::new(),
        shown: RwSignal::new(None),
        chosen: RwSignal::new(BTreeSet::new()),
        asked: RwSignal::new(None),
    };
    let competitions = RwSignal::new(Vec::<(String, String)>::new());
    let of = RwSignal::new(String::new());
    Effect::new(move |_| {
        session.revision.track();
        own.task.run(async move {
            let rows = call(ListCompetitions {}).await?;
            let rows: Vec<(String, String)> = rows.into_iter().map(|row| (row.id.to_string(), row.title)).collect();
            let still = |of: &str| rows.iter().any(|(id, _)| id == of);
            if !of.try_get_untracked().is_none_or(|of| still(&of)) {
                of.try_set(rows.first().map(|(id, _)| id.clone()).unwrap_or_default());
            }
            competitions.try_set(rows);
            Ok(())
        });
    });
    let look = move || {
        let competition = of.get();
        if competition.is_empty() {
            own.shown.set(None);
            return;
        }
        own.task.run(async move {
            own.take(call(ShowReaders { competition: CompetitionId::new(competition) }).await?);
            Ok(())
        });
    };
    Effect::new(move |_| {
        session.revision.track();
        look();
    });
    let grant = move |preview: bool| {
        let competition = CompetitionId::new(of.get_untracked());
        let nodes: Vec<NodeKey> = own.chosen.get_untracked().into_iter().collect();
        own.task.run(async move {
            let effect = call(GrantReaders { competition: competition.clone(), nodes, preview }).await?;
            own.asked.try_set(preview.then_some(effect));
            if !preview {
                own.take(call(ShowReaders { competition }).await?);
            }
            Ok(())
        });
    };
    let close = Callback::new(move |()| own.asked.set(None));
    let any = move || own.shown.with(|shown| shown.as_ref().is_some_and(concerns));
    view! {
        <Show when=any>
            <section class="card pad stack" aria-label=move || t("readers-title") data-testid="readers">
                <h2>{move || t("readers-title")}</h2>
                <p class="sub">{move || t("readers-about")}</p>
                <div class="fields"><Choice label="bundle-competition" value=of options=competitions testid="readers-competition" /></div>
                {move || own.shown.get().map(|shown| state(&shown))}
                {move || own.shown.get().filter(|shown| !shown.carries).map(|shown| list(shown, own, grant))}
                {own.task.told(Vec::new())}
            </section>
        </Show>
        <Dialog open=Signal::derive(move || own.asked.with(Option::is_some)) title=Signal::derive(|| t("readers-grant")) close=close testid="readers-dialog">
            {move || own.asked.get().map(|effect| effect_of(&effect))}
            <p class="dialog-actions">
                <button type="button" class="btn" on:click=move |_| close.run(())>{move || t("cancel")}</button>
                <button type="button" class="btn primary" data-testid="readers-grant-do" prop:disabled=move || own.task.busy.get() on:click=move |_| grant(false)>{move || t("readers-grant-do")}</button>
            </p>
        </Dialog>
    }
}

/// Is there something to say of a competition?
fn concerns(shown: &Readers) -> bool {
    let behind = shown.nodes.iter().any(|row| row.behind);
    shown.carries || shown.above_carries || shown.has_key || shown.untrusted.is_some() || shown.unopened > 0 || behind
}

/// What holds at present.
fn state(shown: &Readers) -> AnyView {
    let count = |count: u64| count.to_string();
    let says = match shown {
        Readers { carries: true, .. } => t("readers-carries"),
        Readers { untrusted: Some(by), .. } => tx("readers-untrusted", &[("print", &by.fingerprint.to_string())]),
        Readers { has_key: false, above_carries: true, .. } => t("readers-waits"),
        Readers { has_key: false, .. } => t("readers-none"),
        _ => t("readers-has-key"),
    };
    let unopened = (shown.unopened > 0 && !shown.carries).then(|| {
        let words = tx("readers-unopened", &[("count", &count(shown.unopened))]);
        view! { <p class="wrong-text" data-testid="readers-unopened">{words}</p> }
    });
    let damaged = (shown.damaged > 0).then(|| {
        let words = tx("readers-damaged", &[("count", &count(shown.damaged))]);
        view! { <p class="wrong-text" role="alert" data-testid="readers-damaged">{words}</p> }
    });
    view! { <p role="status" data-testid="readers-state">{says}</p> {unopened} {damaged} }.into_any()
}

/// The computers, with a tick for each that is to read.
fn list(shown: Readers, own: Own, grant: impl Fn(bool) + Copy + 'static) -> AnyView {
    let line = move |row: ReaderRow| {
        let (key, ticked) = (row.reader.key.clone(), row.reader.key.clone());
        let turn = move |event: leptos::ev::Event| {
            let on = event_target_checked(&event);
            own.chosen.update(|chosen| {
                if on {
                    chosen.insert(key.clone());
                } else {
                    chosen.remove(&key);
                }
            });
        };
        let name = if row.own { t("readers-own") } else { row.reader.name.clone() };
        let tags = [(row.reads, "readers-reads"), (row.behind, "readers-behind")];
        let tags =
            tags.into_iter().filter(|(is, _)| *is).map(|(_, key)| view! { " "<span class="tag">{t(key)}</span> });
        view! {
            <li data-testid="reader">
                <label class="check">
                    <input type="checkbox" data-testid="reader-chosen" prop:disabled=row.own prop:checked=move || own.chosen.with(|chosen| chosen.contains(&ticked)) on:change=turn />
                    <span>{name}" "<code data-testid="reader-fingerprint">{row.reader.fingerprint.to_string()}</code>{tags.collect_view()}</span>
                </label>
            </li>
        }
    };
    view! {
        <p>{t("readers-compare")}</p>
        <ul class="stack">{shown.nodes.into_iter().map(line).collect_view()}</ul>
        <p class="actions"><button type="button" class="btn" data-testid="readers-grant" prop:disabled=move || own.task.busy.get() on:click=move |_| grant(true)>{t("readers-grant")}</button></p>
    }
    .into_any()
}

/// Who will read, and who no more.
fn effect_of(effect: &ReadersEffect) -> AnyView {
    let names = |key: &'static str, of: &[Reader], testid: &'static str| {
        let line = |one: &Reader| view! { <li>{one.name.clone()}" "<code>{one.fingerprint.to_string()}</code></li> };
        (!of.is_empty())
            .then(|| view! { <p>{t(key)}</p><ul data-testid=testid>{of.iter().map(line).collect_view()}</ul> })
    };
    let nothing = effect.added.is_empty() && effect.left_out.is_empty() && !effect.fresh;
    view! {
        {names("readers-effect-added", &effect.added, "readers-added")}
        {names("readers-effect-left-out", &effect.left_out, "readers-left-out")}
        {(!effect.left_out.is_empty()).then(|| view! { <p>{t("readers-effect-keeps")}</p> })}
        {effect.fresh.then(|| view! { <p>{t("readers-effect-fresh")}</p> })}
        {nothing.then(|| view! { <p>{t("readers-effect-nothing")}</p> })}
    }
    .into_any()
}
