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
    let is_open = move || sharing.shared.with(|shared| shared.as_ref().is_some_and(|shared| shared.open));
    let turn = move |_| {
        let Some(competition) = session.competition.get_untracked() else { return };
        if is_open() { sharing.send(UnshareScreen { competition }) } else { sharing.send(ShareScreen { competition }) }
    };
    let busy = move || sharing.busy.get();
    let told = move || {
        let shared = sharing.shared.get().filter(|shared| shared.open)?;
        Some(if shared.addresses.is_empty() {
            view! { <p class="wrong-text" data-testid="screen-share-no-network">{t("screen-share-no-network")}</p> }
                .into_any()
        } else {
            view! {
                <p>{t("screen-share-is-open")}</p>
                <ul class="screen-addresses">{shared.addresses.into_iter().map(address).collect_view()}</ul>
                <p class="sub">{tx("screen-share-hint", &[("port", &shared.port.to_string())])}</p>
            }
            .into_any()
        })
    };
    let possible = move || sharing.shared.with(|shared| shared.as_ref().is_some_and(|shared| shared.possible));
    view! {
        <Show when=possible>
            <section class="card pad" data-testid="screen-sharing">
                <h2>{move || t("screen-share")}</h2>
                <p class="sub">{move || t("screen-share-about")}</p>
                <div class="stack" role="status">{told}</div>
                <p class="actions">
                    // One button: the keyboard stays on it.
                    <button
                        class="btn"
                        data-testid=move || if is_open() { "screen-unshare" } else { "screen-share" }
                        prop:disabled=busy
                        on:click=turn
                    >
                        {move || t(if is_open() { "screen-share-close" } else { "screen-share-open" })}
                    </button>
                    <Show when=is_open>
                        <button class="btn" data-testid="screen-share-again" prop:disabled=busy on:click=again>{move || t("screen-share-again")}</button>
                    </Show>
                </p>
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
