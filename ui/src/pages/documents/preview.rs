//! The pages of a document as pictures. A page is an image with its own address, never markup of this page.

use super::glyphs::missing as missing_glyphs;
use super::save::PageBar;
use crate::backend::call;
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::files::{DocumentPage, DocumentRequest, PreviewDocument};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag, Url};

const ZOOMS: [&str; 5] = ["fit", "75", "100", "150", "200"];

/// The preview.
#[component]
pub fn Preview(
    /// Which document.
    document: Signal<Option<DocumentRequest>>,
    /// It has pages.
    paged: Signal<bool>,
) -> impl IntoView {
    let session = use_session();
    let number = RwSignal::new(0_u32);
    let zoom = RwSignal::new("fit");
    let page = RwSignal::new(None::<DocumentPage>);
    let picture = RwSignal::new(None::<String>);
    let fault = RwSignal::new(None::<WireError>);
    let again = RwSignal::new(0_u32);
    let asked = StoredValue::new(0_u32);
    let forget = move || {
        if let Some(old) = picture.try_get_untracked().flatten() {
            // An address that is gone already is as good as forgotten.
            let _ = Url::revoke_object_url(&old);
        }
    };
    on_cleanup(forget);
    Effect::new(move |before: Option<Option<DocumentRequest>>| {
        let now = document.get();
        if before.is_some_and(|before| before != now) {
            number.set(0);
            forget();
            picture.set(None);
            page.set(None);
        }
        now
    });
    Effect::new(move |_| {
        let _ = (session.revision.get(), again.get());
        let (Some(competition), Some(document), number, true) =
            (session.competition.get(), document.get(), number.get(), paged.get())
        else {
            fault.set(None);
            return;
        };
        asked.update_value(|count| *count += 1);
        let turn = asked.get_value();
        spawn_local(async move {
            let answer = call(PreviewDocument { competition, document, page: number }).await;
            if asked.try_get_value() != Some(turn) {
                return;
            }
            match answer {
                Ok(answer) => {
                    fault.set(None);
                    forget();
                    picture.set(address(&answer.svg).ok());
                    page.set(Some(DocumentPage { svg: String::new(), ..answer }));
                }
                Err(error) => fault.set(Some(error)),
            }
        });
    });
    let pages = move || page.with(|page| page.as_ref().map_or(0, |page| page.pages));
    // Of one page there is nothing to choose.
    let shown = Signal::derive(move || (pages() > 1).then(|| number.get()));
    let several = move || pages() > 1;
    let zooms = || {
        let name = |step: &str| if step == "fit" { t("documents-zoom-fit") } else { format!("{step} %") };
        ZOOMS.iter().map(|step| view! { <option value=*step>{move || name(step)}</option> }).collect_view()
    };
    let set_zoom = move |event| {
        let wanted = event_target_value(&event);
        zoom.set(ZOOMS.iter().find(|step| **step == wanted).copied().unwrap_or("fit"));
    };
    let glyphs = move || {
        let missing = page.with(|page| page.as_ref().map(|page| page.missing_glyphs.clone()));
        missing_glyphs(missing.unwrap_or_default(), "doc-missing-glyphs")
    };
    let paper = move || {
        match (fault.get(), picture.get()) {
        (Some(error), _) => view! {
            <div class="wait" role="alert" data-testid="doc-fault">
                <p><b>{t("documents-failed-title")}</b></p>
                <p>{wire_error(&error)}</p>
                <p><button class="btn" data-testid="doc-retry" on:click=move |_| again.update(|again| *again += 1)>{t("documents-retry")}</button></p>
            </div>
        }
        .into_any(),
        (None, Some(address)) => {
            let alt = tx("documents-picture", &[("title", &t("documents-title")), ("page", &(number.get_untracked() + 1).to_string())]);
            view! { <img data-testid="doc-preview" src=address alt=alt /> }.into_any()
        }
        (None, None) => view! { <p class="wait" role="status">{t("documents-waiting")}</p> }.into_any(),
    }
    };
    view! {
        <Show
            when=move || paged.get()
            fallback=move || view! {
                <section class="card documents-nothing"><h2>{t("documents-no-preview-title")}</h2><p>{t("documents-no-preview-text")}</p></section>
            }
        >
            {glyphs}
            <div class="documents-tools">
                <Show when=several>
                    <button class="btn" data-testid="doc-prev" prop:disabled=move || number.get() == 0 on:click=move |_| number.update(|number| *number = number.saturating_sub(1))>
                        {move || t("documents-prev")}
                    </button>
                </Show>
                <span class="count" data-testid="doc-page-count" data-pages=move || pages().to_string()>
                    {move || tx("documents-page", &[("page", &(number.get() + 1).min(pages()).to_string()), ("pages", &pages().to_string())])}
                </span>
                <Show when=several>
                    <button class="btn" data-testid="doc-next" prop:disabled=move || { number.get() + 1 >= pages() } on:click=move |_| number.update(|number| *number += 1)>
                        {move || t("documents-next")}
                    </button>
                </Show>
                <label class="push">
                    <span>{move || t("documents-zoom")}</span>
                    <select class="documents-zoom" data-testid="doc-zoom" on:change=set_zoom>{zooms()}</select>
                </label>
            </div>
            <PageBar document=document page=shown />
            <div class="documents-paper" data-zoom=move || zoom.get() tabindex="0">{paper}</div>
        </Show>
    }
}

/// An address of its own for a picture.
fn address(svg: &str) -> Result<String, JsValue> {
    let parts = js_sys::Array::of1(&JsValue::from_str(svg));
    let kind = BlobPropertyBag::new();
    kind.set_type("image/svg+xml");
    Url::create_object_url_with_blob(&Blob::new_with_str_sequence_and_options(&parts, &kind)?)
}
