//! The settings of a competition.

use crate::backend::call;
use crate::components::{TextField, beside};
use crate::i18n::{t, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::competition::{EditSettings, Settings, ShowSettings};
use jiangsai_domain::command::registration::FieldId;
use jiangsai_domain::form::switchable;
use jiangsai_domain::import::roster::field_key;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Refusals that stand beside the title, and beside the date; every other stands beside the button.
const TITLE: &[&str] = &["empty-title"];
const DATE: &[&str] = &["bad-date"];

/// The settings page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let session = use_session();
    let [title, host, organiser, co_organiser, place, date, level] =
        std::array::from_fn(|_| RwSignal::new(String::new()));
    let fields = RwSignal::new(Vec::<FieldId>::new());
    let synthetic = RwSignal::new(false);
    let fault = RwSignal::new(None::<WireError>);
    let saved = RwSignal::new(false);
    Effect::new(move |_| {
        let Some(competition) = session.competition.get() else { return };
        spawn_local(async move {
            match call(ShowSettings { competition }).await {
                Ok(now) => {
                    let texts = [now.title, now.host, now.organiser, now.co_organiser, now.place, now.date, now.level];
                    for (signal, text) in
                        [title, host, organiser, co_organiser, place, date, level].into_iter().zip(texts)
                    {
                        signal.try_set(text);
                    }
                    fields.try_set(now.fields);
                    synthetic.try_set(now.synthetic);
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    });
    let save = move || {
        let Some(competition) = session.competition.get_untracked() else { return };
        let settings = Settings {
            title: title.get_untracked(),
            host: host.get_untracked(),
            organiser: organiser.get_untracked(),
            co_organiser: co_organiser.get_untracked(),
            place: place.get_untracked(),
            date: date.get_untracked(),
            level: level.get_untracked(),
            fields: fields.get_untracked(),
            synthetic: synthetic.get_untracked(),
        };
        saved.set(false);
        spawn_local(async move {
            match call(EditSettings { competition, settings }).await {
                Ok(()) => {
                    fault.try_set(None);
                    saved.try_set(true);
                    session.revision.try_update(|revision| *revision += 1);
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let switch = move |field: FieldId| {
        let on = move || fields.with(|fields| fields.contains(&field));
        let flip = move |_| {
            fields.update(|fields| match fields.iter().position(|own| *own == field) {
                Some(at) => {
                    fields.remove(at);
                }
                None => fields.push(field),
            })
        };
        view! {
            <label class="check">
                <input type="checkbox" prop:checked=on on:change=flip />
                <span>{move || t(&field_key(field))}</span>
            </label>
        }
    };
    view! {
        <form class="narrow" on:submit=move |event| { event.prevent_default(); save(); }>
            <header class="head"><h1>{move || t("settings-title")}</h1></header>
            <section class="card pad stack">
                <div class="fields">
                    <div class="whole"><TextField label="settings-name" value=title testid="settings-name" must=true wrong=beside(fault, TITLE) /></div>
                    <TextField label="settings-level" value=level testid="settings-level" />
                    <TextField label="settings-host" value=host testid="settings-host" />
                    <TextField label="settings-organiser" value=organiser testid="settings-organiser" />
                    <TextField label="settings-co-organiser" value=co_organiser testid="settings-co-organiser" />
                    <TextField label="settings-place" value=place testid="settings-place" />
                    <TextField label="settings-date" value=date testid="settings-date" kind="date" wrong=beside(fault, DATE) />
                </div>
                <label class="check">
                    <input type="checkbox" prop:checked=move || synthetic.get() on:change=move |_| synthetic.update(|on| *on = !*on) />
                    <span>{move || t("settings-synthetic")}</span>
                </label>
                <h2>{move || t("settings-fields")}</h2>
                <p class="sub">{move || t("settings-fields-about")}</p>
                <div class="fields">{switchable().iter().map(|field| switch(*field)).collect_view()}</div>
                {move || fault.get().filter(|fault| ![TITLE, DATE].concat().contains(&fault.code.as_str())).map(|error| view! { <p class="wrong-text" role="alert" data-testid="settings-fault">{move || wire_error(&error)}</p> })}
                <p class="actions">
                    <button type="submit" class="btn primary" data-testid="settings-save">{move || t("save")}</button>
                    <Show when=move || saved.get()><span class="saved-text" role="status" data-testid="settings-saved">{move || t("saved")}</span></Show>
                </p>
            </section>
            <p class="actions">
                <a href="#/backups" data-testid="settings-backups">{move || t("backups-title")}</a>
                <a href="#/exchange" data-testid="settings-exchange">{move || t("bundle-title")}</a>
            </p>
        </form>
    }
}
