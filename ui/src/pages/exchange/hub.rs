//! This computer as the host of its hall (赛场主机): the door for other computers, and the address they are given.

use super::Task;
use crate::backend::call;
use crate::components::{Dialog, TextField, beside};
use crate::i18n::{t, tx, wire_error};
use jiangsai_domain::command::hub::{CloseHub, Hub, OpenHub, ShowHub};
use leptos::prelude::*;

/// Refusals that stand beside the port.
const PORT: &[&str] = &["hub-port", "hub-port-taken"];

/// The section; nothing where the program has no door of this kind.
#[component]
pub fn HubSection(
    /// Counts up when it was opened or closed.
    served: RwSignal<u32>,
) -> impl IntoView {
    let task = Task::new();
    let hub = RwSignal::new(None::<Hub>);
    let (port, closing) = (RwSignal::new(String::new()), RwSignal::new(false));
    let shown = move |found: Hub| {
        port.try_set(found.port.to_string());
        hub.try_set(Some(found));
        served.try_update(|served| *served += 1);
        Ok(())
    };
    task.run(async move { shown(call(ShowHub {}).await?) });
    let open = move || {
        let wanted = port.with_untracked(|port| port.trim().parse().unwrap_or(0));
        task.run(async move { shown(call(OpenHub { port: wanted }).await?) });
    };
    let close = move |_| {
        closing.set(false);
        task.run(async move { shown(call(CloseHub {}).await?) });
    };
    let stay = Callback::new(move |()| closing.set(false));
    let state = move |hub: Hub| {
        let trouble = hub.trouble.as_ref().map(
            |error| view! { <p class="wrong-text" role="alert" data-testid="hub-trouble">{wire_error(error)}</p> },
        );
        if !hub.open {
            return view! {
                {trouble}
                <form class="stack" on:submit=move |event| { event.prevent_default(); open(); }>
                    <TextField label="hub-port-field" value=port testid="hub-port" must=true wrong=beside(task.fault, PORT) />
                    <p class="actions"><button type="submit" class="btn" data-testid="hub-open" prop:disabled=move || task.busy.get()>{t("hub-open")}</button></p>
                </form>
            }
            .into_any();
        }
        let addresses = hub.addresses.clone();
        let none = addresses.is_empty().then(|| view! { <p class="wrong-text">{t("hub-no-network")}</p> });
        let list = addresses
            .into_iter()
            .map(|address| view! { <li><code data-testid="hub-address">{address}</code></li> })
            .collect_view();
        view! {
            {trouble}
            <p data-testid="hub-state">{tx("hub-is-open", &[("port", &hub.port.to_string())])}</p>
            {none}
            <ul>{list}</ul>
            <p class="sub">{t("hub-firewall")}</p>
            <p class="actions"><button type="button" class="btn" data-testid="hub-close" prop:disabled=move || task.busy.get() on:click=move |_| closing.set(true)>{t("hub-close")}</button></p>
        }
        .into_any()
    };
    let possible = move || hub.with(|hub| hub.as_ref().is_some_and(|hub| hub.possible));
    view! {
        <Show when=possible>
            <section class="card pad stack" aria-label=move || t("hub-title") data-testid="hub">
                <h2>{move || t("hub-title")}</h2>
                <p class="sub">{move || t("hub-about")}</p>
                {move || hub.get().map(state)}
                {task.told(PORT.to_vec())}
            </section>
        </Show>
        <Dialog open=Signal::derive(move || closing.get()) title=Signal::derive(|| t("hub-close")) close=stay testid="hub-close">
            <p>{move || t("hub-close-effect")}</p>
            <p class="dialog-actions">
                <button type="button" class="btn" on:click=move |_| stay.run(())>{move || t("cancel")}</button>
                <button type="button" class="btn primary" data-testid="hub-close-do" on:click=close>{move || t("hub-close")}</button>
            </p>
        </Dialog>
    }
}
