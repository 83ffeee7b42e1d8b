//! Who sits on which panel, seat by seat.

use crate::backend::call;
use crate::i18n::{language, t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::judging::{JudgeList, PanelView, SetPanel};
use jiangsai_domain::ids::JudgeId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Every panel of the event.
pub(super) fn panels(list: &JudgeList, again: RwSignal<u32>) -> impl IntoView + use<> {
    let judges: Vec<(JudgeId, String)> = list
        .judges
        .iter()
        .filter(|(_, judge, _)| !judge.retired)
        .map(|(id, judge, _)| (id.clone(), format!("{} {}", judge.code, judge.name)))
        .collect();
    // Test ids count seats over all panels, as a person reads the page.
    let mut before = 0;
    let cards = list.panels.iter().map(|panel| {
        let first = before;
        before += panel.seats as usize;
        card(panel.clone(), judges.clone(), first, again)
    });
    view! { <section class="panels">{cards.collect_view()}</section> }
}

fn card(panel: PanelView, judges: Vec<(JudgeId, String)>, first: usize, again: RwSignal<u32>) -> impl IntoView {
    let session = use_session();
    let seats = panel.seats as usize;
    let mut chosen: Vec<Option<JudgeId>> = panel.members.iter().cloned().map(Some).collect();
    chosen.resize(seats, None);
    let members = RwSignal::new(chosen);
    let reason = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<WireError>);
    let saved = RwSignal::new(!panel.members.is_empty());
    let (id, name, in_use) = (panel.id.clone(), panel.name.clone(), panel.in_use);
    let seat = |at: usize| {
        let judges = judges.clone();
        let options = move || {
            let own = members.with(|members| members[at].clone());
            judges
                .iter()
                .map(|(id, name)| {
                    view! {
                        <option value=id.to_string() selected=own.as_ref() == Some(id)>{name.clone()}</option>
                    }
                })
                .collect_view()
        };
        let label = (at + 1).to_string();
        view! {
            <label class="field">
                <span>{move || tx("panel-seat", &[("seat", &label)])}</span>
                <select data-testid=format!("panel-seat-{}", first + at + 1) on:change=move |event| {
                    let value = event_target_value(&event);
                    members.update(|members| members[at] = (!value.is_empty()).then(|| JudgeId::new(value)));
                    saved.set(false);
                }>
                    <option value="">"—"</option>
                    {options}
                </select>
            </label>
        }
    };
    let fields = (0..seats).map(seat).collect_view();
    let save = move |_| {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let command = SetPanel {
            competition,
            event,
            panel: id.clone(),
            members: members.get_untracked().into_iter().flatten().collect(),
            reason: reason.get_untracked(),
        };
        spawn_local(async move {
            match call(command).await {
                Ok(()) => {
                    fault.try_set(None);
                    saved.try_set(true);
                    again.try_update(|count| *count += 1);
                    session.revision.try_update(|revision| *revision += 1);
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <div class="card pad stack">
            <h2>{move || tx("panel-title", &[("name", name.get(&language())), ("seats", &seats.to_string())])}</h2>
            <div class="seats">{fields}</div>
            {in_use.then(|| view! {
                <label class="field">
                    <span>{move || t("panel-reason")}</span>
                    <input data-testid="panel-reason" prop:value=move || reason.get() on:input=move |event| reason.set(event_target_value(&event)) />
                </label>
            })}
            {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="panel-fault">{move || wire_error(&error)}</p> })}
            <p class="actions">
                <button class="btn primary" data-testid="panel-save" on:click=save>{move || t("panel-save")}</button>
                <Show when=move || saved.get()><span class="saved-text" role="status" data-testid="panel-saved">{move || t("saved")}</span></Show>
            </p>
        </div>
    }
}
