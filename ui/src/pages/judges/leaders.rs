//! Who writes the values of a module that are marked once (裁判组长).

use crate::backend::call;
use crate::i18n::{language, t, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::judging::{JudgeList, SetLeader};
use jiangsai_domain::ids::JudgeId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A choice for every such module; it is saved as it is made.
pub(super) fn leaders(list: &JudgeList, again: RwSignal<u32>) -> impl IntoView + use<> {
    let session = use_session();
    let fault = RwSignal::new(None::<WireError>);
    let judges: Vec<(JudgeId, String)> = list
        .judges
        .iter()
        .filter(|(_, judge, _)| !judge.retired)
        .map(|(id, judge, _)| (id.clone(), format!("{} {}", judge.code, judge.name)))
        .collect();
    let choice = |(module, name, leader): (String, jiangsai_scoring::Text, Option<JudgeId>)| {
        let own = leader.clone();
        let options = judges.clone().into_iter().map(move |(id, name)| {
            let selected = own.as_ref() == Some(&id);
            view! { <option value=id.to_string() selected=selected>{name}</option> }
        });
        let testid = format!("leader-{module}");
        let save = move |event| {
            let (Some(competition), Some(event_id)) =
                (session.competition.get_untracked(), session.event.get_untracked())
            else {
                return;
            };
            let chosen = event_target_value(&event);
            let judge = (!chosen.is_empty()).then(|| JudgeId::new(chosen));
            let module = module.clone();
            spawn_local(async move {
                match call(SetLeader { competition, event: event_id, module, judge }).await {
                    Ok(()) => {
                        fault.try_set(None);
                        again.try_update(|count| *count += 1);
                    }
                    Err(error) => {
                        fault.try_set(Some(error));
                    }
                }
            });
        };
        view! {
            <label class="field">
                <span>{move || name.get(&language()).to_owned()}</span>
                <select data-testid=testid on:change=save>
                    <option value="" selected=leader.is_none()>{move || t("leader-nobody")}</option>
                    {options.collect_view()}
                </select>
            </label>
        }
    };
    let choices = list.leaders.iter().cloned().map(choice).collect_view();
    (!list.leaders.is_empty()).then(|| {
        view! {
            <section class="card pad" data-testid="leaders">
                <h2>{move || t("leaders-title")}</h2>
                <p class="sub">{move || t("leaders-about")}</p>
                <div class="fields">{choices}</div>
                {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert">{move || wire_error(&error)}</p> })}
            </section>
        }
    })
}
