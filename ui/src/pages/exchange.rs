//! The computer above (总部): the connection to it, codes for computers below, and what is carried in files.

mod bundles;
mod hub;
mod readers;
mod standby;

use crate::backend::call;
use crate::components::{Choice, Dialog, TextField, beside};
use crate::i18n::{t, tx, wire_error};
use bundles::Bundles;
use hub::HubSection;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::sync::{
    Connect, Disconnect, ListNearby, MakePairingCode, NearbyNode, SyncState, SyncStatus,
};
use jiangsai_domain::pairing::{Fingerprint, Invitation, Reads};
use leptos::prelude::*;
use leptos::task::spawn_local;
use readers::ReadersSection;
use standby::StandbySection;

/// Refusals that stand beside the address, and beside the code; every other stands at the foot of its section.
const ADDRESS: &[&str] = &["upstream-address", "upstream-unreachable", "upstream-strange", "upstream-other"];
const CODE: &[&str] =
    &["pairing-code", "pairing-code-form", "pairing-code-typed", "pairing-code-group", "pairing-wait"];

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
    let served = RwSignal::new(0);
    view! {
        <div class="narrow stack">
            <header class="head">
                <h1>{move || t("bundle-title")}</h1>
                <span class="push"><a class="btn" href="#/" data-testid="exchange-back">{move || t("start-back")}</a></span>
            </header>
            {connection()}
            <HubSection served=served />
            <StandbySection served=served />
            {below(served)}
            <ReadersSection />
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
    // An invitation says both; it may be put into either field.
    Effect::new(move |_| {
        let both = [url.get(), code.get()].iter().find_map(|text| Invitation::read(text)?.ok());
        if let Some(both) = both {
            url.set(both.address.to_string());
            code.set(both.code.to_string());
        }
    });
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
                    {(state.reads == Reads::JudgesDesk).then(|| view! { <p data-testid="bundle-is-desk">{t("bundle-is-desk")}</p> })}
                    {(state.reads == Reads::Carrier).then(|| view! { <p data-testid="bundle-is-carrier">{t("bundle-is-carrier")}</p> })}
                    {(state.reads == Reads::Public).then(|| view! { <p data-testid="bundle-is-public">{t("bundle-is-public")}</p> })}
                    {state.above_carries.then(|| view! { <p data-testid="bundle-above-carries">{t("bundle-above-carries")}</p> })}
                    {state.upstream_fingerprint.map(|print| fingerprint("bundle-fingerprint-above", print, "fingerprint-above"))}
                    <p class="actions"><button type="button" class="btn" data-testid="bundle-disconnect" prop:disabled=move || task.busy.get() on:click=move |_| leaving.set(true)>{t("bundle-disconnect")}</button></p>
                }.into_any(),
                None => view! {
                    <p data-testid="bundle-state">{t("bundle-alone")}</p>
                    <p class="sub">{t("bundle-connect-about")}</p>
                    <form class="stack" on:submit=move |event| { event.prevent_default(); connect(); }>
                        <div class="fields">
                            <TextField label="bundle-url" value=url testid="bundle-url" must=true wrong=beside(task.fault, ADDRESS) />
                            <TextField label="bundle-code" value=code testid="bundle-code" must=true wrong=beside(task.fault, CODE) />
                        </div>
                        {nearby(url)}
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

/// Computers on this network that announce themselves; choosing one fills the address in.
fn nearby(url: RwSignal<String>) -> AnyView {
    let task = Task::new();
    let found = RwSignal::new(None::<Vec<NearbyNode>>);
    let look = move |_| {
        found.set(None);
        task.run(async move {
            found.try_set(Some(call(ListNearby {}).await?));
            Ok(())
        });
    };
    let line = move |node: NearbyNode| {
        let address = node.address.clone();
        view! {
            <li>
                <button type="button" class="btn" data-testid="nearby" on:click=move |_| url.set(address.clone())>{node.address}</button>
                " "<code>{node.fingerprint.to_string()}</code>
            </li>
        }
    };
    view! {
        <p class="actions"><button type="button" class="btn" data-testid="bundle-nearby" prop:disabled=move || task.busy.get() on:click=look>{move || t("bundle-nearby")}</button></p>
        {task.told(Vec::new())}
        <div role="status" aria-live="polite">
            {move || task.busy.get().then(|| view! { <p class="sub">{t("bundle-nearby-looking")}</p> })}
            {move || found.get().map(|found| match found.is_empty() {
                true => view! { <p data-testid="bundle-nearby-none">{t("bundle-nearby-none")}</p> }.into_any(),
                false => view! { <ul>{found.into_iter().map(line).collect_view()}</ul> }.into_any(),
            })}
        </div>
    }
    .into_any()
}

/// What two people compare by voice.
fn fingerprint(label: &'static str, print: Fingerprint, testid: &'static str) -> impl IntoView {
    view! { <p>{move || t(label)}" "<code data-testid=testid>{print.to_string()}</code></p> }
}

/// For computers below. `served` counts up when this one begins or ends letting them in.
fn below(served: RwSignal<u32>) -> AnyView {
    let task = Task::new();
    let made = RwSignal::new(None::<String>);
    let reads = RwSignal::new(Reads::default().name().to_owned());
    let state = RwSignal::new(None::<SyncState>);
    Effect::new(move |_| {
        served.track();
        task.run(async move {
            state.try_set(Some(call(SyncStatus {}).await?));
            Ok(())
        });
    });
    // A code that is on screen is for what was chosen when it was made.
    Effect::new(move |_| {
        reads.track();
        made.set(None);
    });
    let chosen = move || reads.with_untracked(|name| Reads::ALL.into_iter().find(|one| one.name() == name));
    let pair = move |_| {
        made.set(None);
        let reads = chosen().unwrap_or_default();
        task.run(async move {
            made.try_set(Some(call(MakePairingCode { reads }).await?));
            Ok(())
        });
    };
    let addresses = move || state.get().map(|state| state.addresses).unwrap_or_default();
    let choices = Signal::derive(|| {
        let choice = |reads: Reads| (reads.name().to_owned(), t(&format!("bundle-reads-{}", reads.name())));
        Reads::ALL.map(choice).to_vec()
    });
    view! {
        <section class="card pad stack" aria-label=move || t("bundle-below")>
            <h2>{move || t("bundle-below")}</h2>
            <p class="sub">{move || t("bundle-below-about")}</p>
            {move || state.get().map(|state| fingerprint("bundle-fingerprint-own", state.fingerprint, "fingerprint-own"))}
            {move || state.get().map(|state| {
                let place = if state.key_in_keychain { "bundle-key-keychain" } else { "bundle-key-file" };
                view! { <p class="sub" data-testid="key-place">{t(place)}</p> }
            })}
            {move || match addresses() {
                none if none.is_empty() => view! { <p data-testid="bundle-not-served">{t("bundle-not-served")}</p> }.into_any(),
                some => view! { <p>{t("bundle-reached")}" "<span data-testid="bundle-reached">{some.join(", ")}</span></p> }.into_any(),
            }}
            <div class="fields"><Choice label="bundle-reads" value=reads options=choices testid="bundle-reads" /></div>
            {move || (reads.get() == Reads::JudgesDesk.name()).then(|| view! { <p class="sub" data-testid="bundle-reads-about">{t("bundle-reads-about")}</p> })}
            {move || (reads.get() == Reads::Standby.name()).then(|| view! { <p class="sub" data-testid="bundle-standby-about">{t("bundle-reads-standby-about")}</p> })}
            {move || (reads.get() == Reads::Carrier.name()).then(|| view! { <p class="sub" data-testid="bundle-carrier-about">{t("bundle-reads-carrier-about")}</p> })}
            {move || (reads.get() == Reads::Public.name()).then(|| view! { <p class="sub" data-testid="bundle-public-about">{t("bundle-reads-public-about")}</p> })}
            <p class="actions"><button type="button" class="btn" data-testid="bundle-pair" prop:disabled=move || task.busy.get() on:click=pair>{move || t("bundle-pair")}</button></p>
            {task.told(Vec::new())}
            <div role="status" aria-live="polite">
                {move || made.get().map(|code| view! {
                    <p>{t("bundle-code-made")}" "<code data-testid="bundle-code-made">{code.clone()}</code></p>
                    {invitations(&addresses(), &code)}
                })}
            </div>
        </section>
    }
    .into_any()
}

/// The code with each address in one text, to be sent or made a QR code of.
fn invitations(addresses: &[String], code: &str) -> Option<AnyView> {
    let texts: Vec<String> =
        addresses.iter().filter_map(|one| Some(Invitation::of(one, code).ok()?.to_string())).collect();
    if texts.is_empty() {
        return None;
    }
    let lines = texts
        .into_iter()
        .map(|text| view! { <li><code data-testid="bundle-invitation">{text}</code></li> })
        .collect_view();
    Some(view! { <p>{t("bundle-invitation")}</p><ul>{lines}</ul> }.into_any())
}
