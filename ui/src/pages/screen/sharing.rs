//! The screen in the browsers of other computers: at which addresses, as long as it is shown there.

use crate::backend::call;
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiangsai_domain::command::screen::{ScreenAddress, ShareScreen, SharedScreen, ShowShared, UnshareScreen};
use jiangsai_domain::command::{Command, WireError};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is shared, and how the last change went. Copies are the same.
#[derive(Clone, Copy)]
struct Sharing {
    shared: RwSignal<Option<SharedScreen>>,
    fault: RwSignal<Option<WireError>>,
    busy: RwSignal<bool>,
}

impl Sharing {
    fn send<C: Command<Reply = SharedScreen>>(self, command: C) {
        self.busy.set(true);
        spawn_local(async move {
            let answer = call(command).await;
            self.busy.try_set(false);
            let (shared, fault) = match answer {
                Ok(shared) => (Some(shared), None),
                Err(error) => (self.shared.try_get_untracked().flatten(), Some(error)),
            };
            self.shared.try_set(shared);
            self.fault.try_set(fault);
        });
    }
}

/// The section; nothing where the program has no pages to give.
pub fn sharing() -> AnyView {
    let session = use_session();
    let sharing = Sharing { shared: RwSignal::new(None), fault: RwSignal::new(None), busy: RwSignal::new(false) };
    Effect::new(move |_| {
        if let Some(competition) = session.competition.get() {
            sharing.send(ShowShared { competition });
        }
    });
    let again = move |_| {
        if let Some(competition) = session.competition.get_untracked() {
            sharing.send(ShowShared { competition });
        }
    };
    let open = move |_| {
        if let Some(competition) = session.competition.get_untracked() {
            sharing.send(ShareScreen { competition });
        }
    };
    let close = move |_| {
        if let Some(competition) = session.competition.get_untracked() {
            sharing.send(UnshareScreen { competition });
        }
    };
    let busy = move || sharing.busy.get();
    let state = move |shared: SharedScreen| {
        if !shared.open {
            return view! {
                <p class="actions"><button class="btn" data-testid="screen-share" prop:disabled=busy on:click=open>{t("screen-share-open")}</button></p>
            }
            .into_any();
        }
        let told = if shared.addresses.is_empty() {
            view! { <p class="wrong-text" data-testid="screen-share-no-network">{t("screen-share-no-network")}</p> }
                .into_any()
        } else {
            view! { <p>{t("screen-share-is-open")}</p> }.into_any()
        };
        view! {
            <div class="stack" role="status">
                {told}
                <ul class="screen-addresses">{shared.addresses.into_iter().map(address).collect_view()}</ul>
            </div>
            <p class="sub">{tx("screen-share-hint", &[("port", &shared.port.to_string())])}</p>
            <p class="actions">
                <button class="btn" data-testid="screen-unshare" prop:disabled=busy on:click=close>{t("screen-share-close")}</button>
                <button class="btn" data-testid="screen-share-again" prop:disabled=busy on:click=again>{t("screen-share-again")}</button>
            </p>
        }
        .into_any()
    };
    let possible = move || sharing.shared.with(|shared| shared.as_ref().is_some_and(|shared| shared.possible));
    view! {
        <Show when=possible>
            <section class="card pad" data-testid="screen-sharing">
                <h2>{move || t("screen-share")}</h2>
                <p class="sub">{move || t("screen-share-about")}</p>
                {move || sharing.shared.get().map(state)}
                {move || sharing.fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="screen-share-fault">{wire_error(&error)}</p> })}
            </section>
        </Show>
    }
    .into_any()
}

fn address(one: ScreenAddress) -> impl IntoView {
    let picture = format!("data:image/svg+xml;base64,{}", STANDARD.encode(one.picture));
    let alt = tx("screen-share-picture", &[("address", &one.address)]);
    view! {
        <li>
            <code data-testid="screen-share-address">{one.address}</code>
            <img src=picture alt=alt />
        </li>
    }
}
