//! The computer above (总部): the connection to it, and what is carried to and from it in a file where there is no network.

use crate::backend::call;
use crate::components::{TextField, beside};
use crate::files::{download, read_upload};
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::bundle::{BundleMade, BundleTaken, BundleWhat, ExportBundle, ImportBundle};
use jiangsai_domain::command::files::FetchFile;
use jiangsai_domain::command::sync::{Connect, Disconnect, MakePairingCode, SyncState, SyncStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// Refusals that stand beside the address, and beside the code; every other stands below the buttons.
const ADDRESS: &[&str] = &["upstream-address", "upstream-unreachable"];
const CODE: &[&str] = &["pairing-code"];

/// What the last button brought.
#[derive(Clone)]
enum Came {
    Code(String),
    Made(BundleMade),
    Taken(BundleTaken),
}

/// The section.
#[component]
pub fn Headquarters() -> impl IntoView {
    let session = use_session();
    let state = RwSignal::new(None::<SyncState>);
    let came = RwSignal::new(None::<Came>);
    let fault = RwSignal::new(None::<WireError>);
    let busy = RwSignal::new(false);
    let (url, code) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let look = move || {
        spawn_local(async move {
            match call(SyncStatus {}).await {
                Ok(found) => state.try_set(Some(found)).map(drop),
                Err(error) => fault.try_set(Some(error)).map(drop),
            };
        });
    };
    look();
    // One thing at a time; what it brought takes the place of what was said before.
    let run = move |later: std::pin::Pin<Box<dyn Future<Output = Result<Option<Came>, WireError>>>>| {
        busy.set(true);
        spawn_local(async move {
            let answer = later.await;
            busy.try_set(false);
            came.try_set(answer.as_ref().ok().cloned().flatten());
            fault.try_set(answer.err());
            look();
        });
    };
    let connect = move || {
        let (url, code) = (url.get_untracked(), code.get_untracked());
        run(Box::pin(async move { call(Connect { url, code }).await.map(|()| None) }));
    };
    let disconnect = move |_| run(Box::pin(async { call(Disconnect {}).await.map(|()| None) }));
    let pair = move |_| run(Box::pin(async { call(MakePairingCode {}).await.map(|code| Some(Came::Code(code))) }));
    let export = move |what| {
        let Some(competition) = session.competition.get_untracked() else { return };
        run(Box::pin(async move { call(ExportBundle { competition, what }).await.map(|made| Some(Came::Made(made))) }));
    };
    let import = move |event: leptos::ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some((input, file)) = input.and_then(|input| Some((input.clone(), input.files()?.get(0)?))) else { return };
        run(Box::pin(async move {
            let read = read_upload(file).await;
            // The same file can be chosen again.
            input.set_value("");
            call(ImportBundle { file: read? }).await.map(|taken| Some(Came::Taken(taken)))
        }));
    };
    let button = move |key: &'static str, what: BundleWhat| {
        view! {
            <button type="button" class="btn" data-testid=key prop:disabled=move || busy.get() on:click=move |_| export(what)>
                {move || t(key)}
            </button>
        }
        .into_any()
    };
    let others = [ADDRESS, CODE].concat();
    view! {
        <section class="card pad stack narrow" aria-label=move || t("bundle-title")>
            <h2>{move || t("bundle-title")}</h2>
            <p class="sub">{move || t("bundle-about")}</p>
            {move || state.get().map(|state| match state.upstream.clone() {
                Some(above) => view! {
                    <p data-testid="bundle-state">{tx("bundle-connected", &[("url", &above)])}</p>
                    <p class="actions"><button type="button" class="btn" data-testid="bundle-disconnect" on:click=disconnect>{t("bundle-disconnect")}</button></p>
                }.into_any(),
                None => view! {
                    <p data-testid="bundle-state">{t("bundle-alone")}</p>
                    <form class="stack" on:submit=move |event| { event.prevent_default(); connect(); }>
                        <div class="fields">
                            <TextField label="bundle-url" value=url testid="bundle-url" must=true wrong=beside(fault, ADDRESS) />
                            <TextField label="bundle-code" value=code testid="bundle-code" must=true wrong=beside(fault, CODE) />
                        </div>
                        <p class="actions"><button type="submit" class="btn" data-testid="bundle-connect">{t("bundle-connect")}</button></p>
                    </form>
                }.into_any(),
            })}
            <h3>{move || t("bundle-files")}</h3>
            <p class="sub">{move || t("bundle-files-about")}</p>
            <p class="actions">
                {button("bundle-lacking", BundleWhat::Lacking)}
                {button("bundle-everything", BundleWhat::Everything)}
                {button("bundle-receipts", BundleWhat::Receipts)}
                {button("bundle-published", BundleWhat::Published)}
                <button type="button" class="btn" data-testid="bundle-pair" prop:disabled=move || busy.get() on:click=pair>{move || t("bundle-pair")}</button>
            </p>
            <label class="field">
                <span>{move || t("bundle-import")}</span>
                <input type="file" accept=".jsbundle" data-testid="bundle-import" on:change=import />
            </label>
            <div role="status" aria-live="polite">{move || came.get().map(|came| said(came, fault))}</div>
            {move || fault.get().filter(|fault| !others.contains(&fault.code.as_str())).map(|error| view! { <p class="wrong-text" role="alert" data-testid="bundle-fault">{wire_error(&error)}</p> })}
        </section>
    }
}

/// What came of it, in words.
fn said(came: Came, fault: RwSignal<Option<WireError>>) -> AnyView {
    let number = |of: u64| of.to_string();
    match came {
        Came::Code(code) => {
            view! { <p>{t("bundle-code-made")}" "<code data-testid="bundle-code-made">{code}</code></p> }.into_any()
        }
        Came::Made(made) => {
            let path = made.path.clone();
            let fetch = move |_| {
                let path = path.clone();
                spawn_local(async move {
                    match call(FetchFile { path }).await {
                        Ok(file) => download(&file),
                        Err(error) => {
                            fault.try_set(Some(error));
                        }
                    }
                });
            };
            let (records, receipts) = (number(made.records), made.receipts.to_string());
            let words = tx("bundle-made", &[("records", &records), ("receipts", &receipts)]);
            view! {
                <p class="documents-saved">
                    <span data-testid="bundle-made">{words}</span>
                    <code data-testid="bundle-path">{made.path}</code>
                    <button type="button" class="btn" data-testid="bundle-download" on:click=fetch>{t("documents-download")}</button>
                </p>
            }
            .into_any()
        }
        Came::Taken(taken) => {
            let args = [number(taken.new), number(taken.known), taken.receipts.to_string()];
            let words = tx("bundle-taken", &[("new", &args[0]), ("known", &args[1]), ("receipts", &args[2])]);
            let left = taken.left_out().count();
            let left = (left > 0).then(|| tx("bundle-left-out", &[("count", &left.to_string())]));
            view! {
                <p data-testid="bundle-taken">{words}</p>
                {left.map(|left| view! { <p class="wrong-text" data-testid="bundle-left-out">{left}</p> })}
            }
            .into_any()
        }
    }
}
