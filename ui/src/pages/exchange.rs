//! The computer above (总部): the connection to it, codes for computers below, and what is carried in files.

mod bundles;
mod hub;

use crate::backend::call;
use crate::components::{Dialog, TextField, beside};
use crate::i18n::{t, tx, wire_error};
use bundles::Bundles;
use hub::HubSection;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::sync::{Connect, Disconnect, MakePairingCode, SyncState, SyncStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Refusals that stand beside the address, and beside the code; every other stands at the foot of its section.
const ADDRESS: &[&str] = &["upstream-address", "upstream-unreachable"];
const CODE: &[&str] = &["pairing-code"];

/// What a section does at present, one thing at a time, and what went wrong with the last.
#[derive(Clone, Copy)]
pub struct Task {
    busy: RwSignal<bool>,
    fault: RwSignal<Option<WireError>>,
}

impl Task {
    fn new() -> Self {
        Self { busy: RwSignal::new(false), fault: RwSignal::new(None) }
    }

    /// What went wrong, unless it stands beside a field.
    fn told(self, beside: Vec<&'static str>) -> impl IntoView {
        let fault = move || self.fault.get().filter(|fault| !beside.contains(&fault.code.as_str()));
        view! { {move || fault().map(|error| view! { <p class="wrong-text" role="alert" data-testid="bundle-fault">{wire_error(&error)}</p> })} }
    }

    fn run(self, later: impl Future<Output = Result<(), WireError>> + 'static) {
        self.busy.set(true);
        self.fault.set(None);
        spawn_local(async move {
            let answer = later.await;
            self.busy.try_set(false);
            if let Err(error) = answer {
                self.fails(error);
            }
        });
    }

    fn fails(self, error: WireError) {
        self.fault.try_set(Some(error));
    }
}

/// The page.
#[component]
pub fn ExchangePage() -> impl IntoView {
    view! {
        <div class="narrow stack">
            <header class="head"><h1>{move || t("bundle-title")}</h1></header>
            {connection()}
            <HubSection />
            {below()}
            <Bundles />
        </div>
    }
}

/// To the computer above.
fn connection() -> AnyView {
    let task = Task::new();
    let state = RwSignal::new(None::<SyncState>);
    let leaving = RwSignal::new(false);
    let (url, code) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let look = move || async move {
        state.try_set(Some(call(SyncStatus {}).await?));
        Ok(())
    };
    task.run(look());
    let connect = move || {
        let (url, code) = (url.get_untracked(), code.get_untracked());
        task.run(async move {
            call(Connect { url, code }).await?;
            look().await
        });
    };
    let disconnect = move |_| {
        leaving.set(false);
        task.run(async move {
            call(Disconnect {}).await?;
            look().await
        });
    };
    let close = Callback::new(move |()| leaving.set(false));
    view! {
        <section class="card pad stack" aria-label=move || t("bundle-above")>
            <h2>{move || t("bundle-above")}</h2>
            <p class="sub">{move || t("bundle-about")}</p>
            {move || state.get().map(|state| match state.upstream.clone() {
                Some(above) => view! {
                    <p data-testid="bundle-state">{tx("bundle-connected", &[("url", &above)])}</p>
                    <p class="actions"><button type="button" class="btn" data-testid="bundle-disconnect" prop:disabled=move || task.busy.get() on:click=move |_| leaving.set(true)>{t("bundle-disconnect")}</button></p>
                }.into_any(),
                None => view! {
                    <p data-testid="bundle-state">{t("bundle-alone")}</p>
                    <form class="stack" on:submit=move |event| { event.prevent_default(); connect(); }>
                        <div class="fields">
                            <TextField label="bundle-url" value=url testid="bundle-url" must=true wrong=beside(task.fault, ADDRESS) />
                            <TextField label="bundle-code" value=code testid="bundle-code" must=true wrong=beside(task.fault, CODE) />
                        </div>
                        <p class="actions"><button type="submit" class="btn primary" data-testid="bundle-connect" prop:disabled=move || task.busy.get()>{t("bundle-connect")}</button></p>
                    </form>
                }.into_any(),
            })}
            {task.told([ADDRESS, CODE].concat())}
        </section>
        <Dialog open=Signal::derive(move || leaving.get()) title=Signal::derive(|| t("bundle-disconnect")) close=close testid="disconnect">
            <p>{move || t("bundle-disconnect-effect")}</p>
            <p class="dialog-actions">
                <button type="button" class="btn" on:click=move |_| close.run(())>{move || t("cancel")}</button>
                <button type="button" class="btn primary" data-testid="bundle-disconnect-do" on:click=disconnect>{move || t("bundle-disconnect")}</button>
            </p>
        </Dialog>
    }
    .into_any()
}

/// For computers below.
fn below() -> AnyView {
    let task = Task::new();
    let made = RwSignal::new(None::<String>);
    let pair = move |_| {
        made.set(None);
        task.run(async move {
            made.try_set(Some(call(MakePairingCode {}).await?));
            Ok(())
        });
    };
    view! {
        <section class="card pad stack" aria-label=move || t("bundle-below")>
            <h2>{move || t("bundle-below")}</h2>
            <p class="sub">{move || t("bundle-below-about")}</p>
            <p class="actions"><button type="button" class="btn" data-testid="bundle-pair" prop:disabled=move || task.busy.get() on:click=pair>{move || t("bundle-pair")}</button></p>
            {task.told(Vec::new())}
            <div role="status" aria-live="polite">
                {move || made.get().map(|code| view! { <p>{t("bundle-code-made")}" "<code data-testid="bundle-code-made">{code}</code></p> })}
            </div>
        </section>
    }
    .into_any()
}
